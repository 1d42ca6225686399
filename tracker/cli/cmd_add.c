#include "cli/session.h"

/* One transaction holds so much: what a kill can cost, and what a commit is spread over. */
enum { COMMIT_STORIES = 500, COMMIT_BYTES = 8 * 1024 * 1024 };

typedef struct Tally { uint64_t kinds[STORE_CORRECTED + 1], statements, claims, contradictions; } Tally;

typedef struct Add {
    Session *session;
    const Rules *rules;
    Store *store;
    Arena scratch;
    Tally total, batch;                  /* batch: not committed yet */
    size_t batch_stories, batch_bytes;
    bool open;                           /* a transaction */
} Add;

static bool failed(Add *add, const Error *err)
{
    problems_add(&add->session->problems, err);
    return false;
}

static void tally_add(Tally *to, const Tally *from)
{
    for (size_t i = 0; i < BASE_COUNT(to->kinds); i++)
        to->kinds[i] += from->kinds[i];
    to->statements += from->statements;
    to->claims += from->claims;
    to->contradictions += from->contradictions;
}

static bool begin(Add *add)
{
    Error err;
    add->open = add->open || store_begin(add->store, &err) || failed(add, &err);
    return add->open;
}

/* End the batch; a dry run is one batch, which never ends. */
static bool commit(Add *add)
{
    Error err;
    if (!add->open)
        return false;
    if (!add->session->cli.options.dry_run) {
        add->open = false;
        if (!store_commit(add->store, &err))
            return failed(add, &err);
    }
    tally_add(&add->total, &add->batch);
    add->batch = (Tally){ 0 };
    add->batch_stories = add->batch_bytes = 0;
    return true;
}

static bool add_story(void *user, const Story *story, const Statements *statements)
{
    Add *add = user;
    StoreOutcome outcome = { 0 };
    Error err;
    if (!begin(add))
        return false;
    bool ok = store_add_story(add->store, add->rules, story, statements, &add->scratch, &outcome, &err);
    if (ok) {
        static const char *const words[] = { "new", "seen before", "copy of", "another version of" };
        Str own = outcome.kind == STORE_NEW || !outcome.statements ? STR("") :
                  str_printf(&add->scratch, ", says more: %zu of its statements", outcome.statements);
        session_detail(add->session, "%.*s: %s%s%.*s%.*s", STR_ARG(story->id), words[outcome.kind],
                       outcome.first.len ? " " : "", STR_ARG(outcome.first), STR_ARG(own));
        Tally one = { .statements = outcome.statements, .claims = outcome.claims,
                      .contradictions = outcome.contradictions };
        one.kinds[outcome.kind] = 1;
        tally_add(&add->batch, &one);
        add->session->claims += one.claims;
        add->session->contradictions += one.contradictions;
    } else {
        failed(add, &err);
    }
    arena_reset(&add->scratch);
    add->batch_stories++;
    add->batch_bytes += story->text.len;
    /* After a failure the commit tells whether it was this story or the disk. */
    if (!ok || add->batch_stories >= COMMIT_STORIES || add->batch_bytes >= COMMIT_BYTES)
        return commit(add);
    return true;
}

/* The pairs that this run made, before a dry run takes them back. */
static bool print_contradictions(Add *add, int64_t mark)
{
    StoreFilter filter;
    Error err;
    Sink *sink = session_sink_open(add->session, row_contradiction_columns.ptr, row_contradiction_columns.len);
    if (!sink)
        return false;
    store_filter_init(&filter);
    filter.after = mark;
    if (!store_list_contradictions(add->store, &filter, sink, NULL, &err))
        failed(add, &err);
    return session_sink_close(add->session, sink);
}

static void say_counts(Add *add)
{
    Session *session = add->session;
    const Tally *total = &add->total;
    const struct { uint64_t n; const char *one, *many; } counts[] = {
        { total->kinds[STORE_NEW], "new story", "new stories" },
        { total->kinds[STORE_SEEN], "seen", "seen" },
        { total->kinds[STORE_CORRECTED], "corrected", "corrected" },
        { total->kinds[STORE_COPY], "copied", "copied" },
        { session->skipped, "skipped", "skipped" },
        { total->statements, "statement", "statements" },
        { total->claims, "claim", "claims" },
        { total->contradictions, "contradiction", "contradictions" },
    };
    Str text = session->cli.options.dry_run ? STR("dry run: ") : STR("");
    for (size_t i = 0; i < BASE_COUNT(counts); i++) {
        Str count = session_count(session, counts[i].n, counts[i].one, counts[i].many);
        text = str_printf(session->arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : i == 5 ? "; new: " : ", ",
                          STR_ARG(count));
    }
    session_say(session, "%.*s%.*s", STR_ARG(text), STR_ARG(session_remarks(session)));
}

static bool run(Session *session)
{
    Rules rules;
    if (!session_load_rules(session, &rules))
        return true;
    Add add = { .session = session, .rules = &rules };
    bool found = false;
    int64_t mark;
    Error err;
    add.store = session_out(session) ? session_store_open(session, STORE_WRITE) : NULL;
    if (!add.store)
        goto done;
    if (!store_mark(add.store, &mark, &err)) {
        failed(&add, &err);
        goto done;
    }
    arena_init(&add.scratch);
    session_extract(session, &rules, add_story, &add);
    commit(&add);
    arena_clear(&add.scratch);
    found = print_contradictions(&add, mark);
    say_counts(&add);
done:
    store_close(add.store);
    rules_clear(&rules);
    return !found;
}

const CliCommand cmd_add = {
    .name = "add",
    .usage = "[FILE|DIR|-]...",
    .summary = "read stories, store who says what, print new contradictions",
    .about = "Reads stories, stores their statements and claims, compares the claims with those on file, and prints "
             "the pairs to check that this made. The same story twice changes nothing; a run that was killed is "
             "finished by the same command. Without an argument it reads standard input.",
    .examples = "tracker add story.txt --date 2025-02-13\n"
                "tracker add stories/ --db news.db\n"
                "tracker add stories.jsonl --dry-run\n",
    .max_args = SIZE_MAX,
    .groups = CLI_READS | CLI_EXTRACTS | CLI_PARALLEL | CLI_WRITES,
    .run = run,
};
