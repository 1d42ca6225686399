#include "cli/session.h"

typedef struct Scan {
    Session *session;
    Sink *sink;
    Arena scratch;
    uint64_t stories, statements, claims;
} Scan;

static bool print_story(void *user, const Story *story, const Statements *statements)
{
    Scan *scan = user;
    Utf8Counter counter;
    utf8_counter_init(&counter, story->text);
    for (size_t i = 0; i < statements->len; i++) {
        StatementRow row;
        row_from_statement(story, &statements->ptr[i], &counter, &scan->scratch, &row);
        row_send_statement(scan->sink, &row, &scan->scratch);
        scan->claims += row.n_claims;
    }
    scan->session->claims = scan->claims;
    scan->stories++;
    scan->statements += statements->len;
    arena_reset(&scan->scratch);
    return true;
}

static bool run(Session *session)
{
    Rules rules;
    Scan scan = { .session = session };
    if (!session_load_rules(session, &rules))
        return true;
    bool any = true;
    scan.sink = session_sink_open(session, row_statement_columns.ptr, row_statement_columns.len);
    if (scan.sink) {
        arena_init(&scan.scratch);
        session_extract(session, &rules, print_story, &scan);
        arena_clear(&scan.scratch);
        any = session_sink_close(session, scan.sink);
        session_say(session, "%.*s (%zu skipped): %.*s, %.*s%.*s",
                    STR_ARG(session_count(session, scan.stories, "story", "stories")), session->skipped,
                    STR_ARG(session_count(session, scan.statements, "statement", "statements")),
                    STR_ARG(session_count(session, scan.claims, "claim", "claims")),
                    STR_ARG(session_remarks(session)));
    }
    rules_clear(&rules);
    return any;
}

const CliCommand cmd_scan = {
    .name = "scan",
    .usage = "[FILE|DIR|-]...",
    .summary = "print who says what in stories; stores nothing",
    .about = "Reads stories and prints their statements with speaker, office, day, words and claims. No database is "
             "touched. Without an argument it reads standard input.",
    .examples = "tracker scan story.txt --date 2025-02-13\n"
                "tracker scan stories.jsonl --format jsonl | jq .speaker\n",
    .max_args = SIZE_MAX,
    .groups = CLI_READS | CLI_EXTRACTS | CLI_PARALLEL,
    .run = run,
};
