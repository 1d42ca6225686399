#include "cli/session.h"

typedef bool List(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);

/* True if there was a row. */
static bool list(Session *session, List *rows, RowColumns columns, const StoreFilter *filter)
{
    bool any = false;
    Error err;
    Store *store = session_store_open(session, STORE_READ);
    Sink *sink = store ? session_sink_open(session, columns.ptr, columns.len) : NULL;
    if (sink) {
        if (!rows(store, filter, sink, NULL, &err))
            problems_add(&session->problems, &err);
        any = session_sink_close(session, sink);
    }
    store_close(store);
    return any;
}

static StoreFilter filter_from_options(const CliOptions *options)
{
    StoreFilter filter;
    store_filter_init(&filter);
    filter.who = str_from(options->who);
    filter.topic = str_from(options->topic);
    filter.since = options->since;
    filter.until = options->until;
    filter.source = str_from(options->source);
    filter.relation = str_from(options->relation);
    filter.grade = str_from(options->grade);
    filter.limit = (size_t)options->limit;
    return filter;
}

static bool run_statements(Session *session)
{
    StoreFilter filter = filter_from_options(&session->cli.options);
    return list(session, store_list_statements, row_statement_columns, &filter);
}

static bool run_claims(Session *session)
{
    StoreFilter filter = filter_from_options(&session->cli.options);
    return list(session, store_list_claims, row_claim_columns, &filter);
}

static bool run_contradictions(Session *session)
{
    StoreFilter filter = filter_from_options(&session->cli.options);
    if (session->cli.options.only_new)
        filter.since = filter.until = session_today(session);
    filter.unreviewed = session->cli.options.unreviewed;
    filter.reviewed = str_from(session->cli.options.reviewed);
    return !list(session, store_list_contradictions, row_contradiction_columns, &filter);
}

static bool run_search(Session *session)
{
    StoreFilter filter = filter_from_options(&session->cli.options);
    const Strs *args = &session->cli.args;
    for (size_t i = 0; i < args->len; i++)
        filter.words = i ? str_printf(session->arena, "%.*s %.*s", STR_ARG(filter.words), STR_ARG(args->ptr[i]))
                         : args->ptr[i];
    return list(session, store_search, row_search_columns, &filter);
}

const CliCommand cmd_statements = {
    .name = "statements",
    .usage = "",
    .summary = "list who said what",
    .about = "Lists the statements on file, oldest first: speaker, office that day, day, words, and the claims in them.",
    .examples = "tracker statements --who Hegseth --since 2025-02-01\n"
                "tracker statements --topic NATO --format jsonl\n",
    .groups = CLI_FILTERS,
    .run = run_statements,
};

const CliCommand cmd_claims = {
    .name = "claims",
    .usage = "",
    .summary = "list positions taken on topics",
    .about = "Lists the claims on file, oldest first: a claim is one position on one topic inside a statement.",
    .examples = "tracker claims --topic NATO\n"
                "tracker claims --who Coale --format csv -o coale.csv\n",
    .groups = CLI_FILTERS,
    .run = run_claims,
};

const CliCommand cmd_contradictions = {
    .name = "contradictions",
    .usage = "",
    .summary = "list pairs of claims that cannot both stand",
    .about = "Lists pairs to check, newest first: two officials whose claims on one topic cannot both stand, claims in "
             "tension, and officials against their own earlier claims. --since and --until look at the day a pair "
             "was found. With --exit-code the status is 1 if there is a pair.",
    .examples = "tracker contradictions\n"
                "tracker contradictions --relation same-government --since 2025-02-01\n"
                "tracker contradictions --unreviewed --limit 10\n"
                "tracker contradictions --new --as-of 2025-02-13 --format jsonl\n",
    .groups = CLI_FILTERS | CLI_PAIRS,
    .run = run_contradictions,
};

const CliCommand cmd_search = {
    .name = "search",
    .usage = "WORDS...",
    .summary = "find statements by their words",
    .about = "Full-text search, best match first. \"Words in marks\" are a phrase, and word* is any word that begins so.",
    .examples = "tracker search red line\n"
                "tracker search '\"on the table\"' --who Coale\n",
    .min_args = 1, .max_args = SIZE_MAX,
    .groups = CLI_FILTERS,
    .run = run_search,
};
