#include "cli/rescan.h"

#include "engine/names.h"

/*
 * The database may have been made with other rules.  So first the rules without FILE are compared with what is on
 * file, and then, with FILE, only the changes that are not among those are FILE's.
 */
typedef struct Try {
    Arena *arena;
    Names before;                    /* changes that come without FILE */
    Sink *sink;                      /* NULL: they are being gathered */
    size_t limit;
    DraftCounts claims, pairs;       /* of FILE alone */
} Try;

static Str change_key(const ChangeRow *change, Arena *arena)
{
    return str_printf(arena, "%.*s %.*s %.*s %.*s %.*s", STR_ARG(change->change), STR_ARG(change->thing), STR_ARG(change->id),
                      STR_ARG(change->was), STR_ARG(change->what));
}

static bool see_change(void *user, const ChangeRow *change)
{
    Try *try = user;
    Str key = change_key(change, try->arena);
    if (!try->sink) {
        names_add(&try->before, try->arena, key, 0);
        return true;
    }
    if (names_find(&try->before, key) != NAMES_NONE)
        return true;
    DraftCounts *counts = str_equal(change->thing, STR("claim")) ? &try->claims : &try->pairs;
    counts->gained += str_equal(change->change, STR("gained"));
    counts->lost += str_equal(change->change, STR("lost"));
    counts->changed += str_equal(change->change, STR("changed"));
    if (!try->limit || sink_rows(try->sink) < try->limit)
        row_send_change(try->sink, change);
    return true;
}

/* What the rules of now, without the files of the command line, would change anyhow. */
static bool gather_before(Session *session, Store *store, Try *try)
{
    Rules rules;
    DraftSummary summary;
    if (!session_load_rules(session, &rules))
        return false;
    bool ok = rescan_run(session, store, &rules, false, see_change, try, &summary);
    rules_clear(&rules);
    return ok;
}

static bool try_files(Session *session, Store *store, Try *try)
{
    Rules rules;
    DraftSummary summary;
    if (!session_load_rules(session, &rules))
        return false;
    bool ok = session->problems.errors == 0;     /* half a rule would be half an answer */
    if (ok && (try->sink = session_sink_open(session, row_change_columns.ptr, row_change_columns.len)) != NULL) {
        ok = rescan_run(session, store, &rules, false, see_change, try, &summary);
        session_sink_close(session, try->sink);
        if (ok)
            session_say(session, "%.*s; claims: %lld gained, %lld lost, %lld changed; pairs: %lld gained, %lld lost, %lld changed; "
                        "nothing was stored", STR_ARG(session_count(session, (uint64_t)summary.stories, "story", "stories")),
                        (long long)try->claims.gained, (long long)try->claims.lost, (long long)try->claims.changed,
                        (long long)try->pairs.gained, (long long)try->pairs.lost, (long long)try->pairs.changed);
    }
    rules_clear(&rules);
    return ok;
}

static bool run(Session *session)
{
    Strs files = { 0 };
    const RuleSources *sources = session_rule_sources(session);
    if (!sources)
        return true;
    size_t n_before = sources->len;
    RuleSources before = *sources;
    if (!session_name_rule_files(session, &files))
        return true;
    RuleSources all = session->rule_sources;
    Store *store = session_store_open(session, STORE_READ);
    Try try = { .arena = session->arena, .limit = (size_t)session->cli.options.limit };
    bool ok = store != NULL;
    if (ok && all.len > n_before) {
        session->rule_sources = before;
        ok = gather_before(session, store, &try);
        session->rule_sources = all;
    }
    if (ok)
        try_files(session, store, &try);
    store_close(store);
    return try.claims.gained + try.claims.lost + try.claims.changed + try.pairs.gained + try.pairs.lost + try.pairs.changed > 0;
}

const CliCommand cmd_rules_try = {
    .name = "rules try",
    .usage = "FILE...",
    .summary = "what a rule would change in what is stored",
    .about = "Reads every story on file again, without and with the rules in FILE, and prints the claims and pairs that "
             "FILE gains, loses and changes. The database stays as it is; tracker rescan puts new rules into effect. A FILE "
             "that lies in your folder of rules already is compared with what is stored.",
    .examples = "tracker rules try draft/fishing.rules --db news.db\n"
                "tracker rules try draft/fishing.rules --format jsonl\n",
    .min_args = 1, .max_args = 1000,
    .groups = CLI_EXTRACTS | CLI_PARALLEL | CLI_LIMITS,
    .run = run,
};
