#include "cli/session.h"

static const SinkColumn columns[] = { { .name = "table" }, { .name = "rows", .type = SINK_INTEGER } };

static bool run_check(Session *session)
{
    Store *store = session_store_open(session, STORE_READ);
    Sink *sink = store ? session_sink_open(session, columns, BASE_COUNT(columns)) : NULL;
    if (sink) {
        StoreCounts counts = { 0 };
        Error err;
        bool sound = store_check(store, &session->problems);
        if (store_count(store, &counts, &err)) {
            const struct { const char *name; int64_t rows; } tables[] = {
                { "stories", counts.stories }, { "copies", counts.copies }, { "officials", counts.officials },
                { "statements", counts.statements }, { "claims", counts.claims }, { "topics", counts.topics },
                { "standing positions", counts.standing }, { "contradictions", counts.contradictions },
                { "reviews", counts.reviews },
            };
            for (size_t i = 0; i < BASE_COUNT(tables); i++) {
                sink_text(sink, str_from(tables[i].name));
                sink_integer(sink, tables[i].rows);
                sink_row_end(sink);
            }
        } else {
            problems_add(&session->problems, &err);
        }
        session_sink_close(session, sink);
        if (sound)
            session_say(session, "%s is sound", store_path(store));
    }
    store_close(store);
    return true;
}

const CliCommand cmd_db_check = {
    .name = "db check",
    .usage = "",
    .summary = "check the database and count its rows",
    .about = "Checks pages, references, full text and ids, prints every fault, and counts the rows of each table.",
    .examples = "tracker db check\n"
                "tracker db check --db news.db --format json\n",
    .run = run_check,
};

static bool run_upgrade(Session *session)
{
    Store *store = session_store_open(session, STORE_CHANGE);
    if (store)
        session_say(session, "%s is up to date", store_path(store));
    store_close(store);
    return true;
}

const CliCommand cmd_db_upgrade = {
    .name = "db upgrade",
    .usage = "",
    .summary = "bring a database of an older tracker up to date",
    .about = "Changes the layout of a database that an older tracker wrote, in one transaction; what is in it stays. "
             "Commands that write to the database do the same by themselves.",
    .examples = "tracker db upgrade --db news.db\n",
    .run = run_upgrade,
};
