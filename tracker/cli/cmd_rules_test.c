#include "cli/session.h"

#include "extract/ruletest.h"

static void list_gaps(Session *session, const RuleGaps *gaps)
{
    static const SinkColumn columns[] = {
        { "kind", SINK_TEXT, 0, NULL }, { "name", SINK_TEXT, 0, NULL }, { "file", SINK_TEXT, 0, NULL },
        { "line", SINK_INTEGER, 0, NULL }, { "col", SINK_INTEGER, SINK_WIDE, NULL }, { "phrase", SINK_TEXT, 0, NULL },
    };
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    for (size_t i = 0; sink && i < gaps->len; i++) {
        const RuleGap *gap = &gaps->ptr[i];
        sink_text(sink, gap->stanza->kind);
        sink_text(sink, gap->stanza->name);
        sink_text(sink, str_from(gap->stanza->file));
        sink_integer(sink, gap->line);
        sink_integer(sink, gap->col);
        sink_text(sink, gap->text);
        sink_row_end(sink);
    }
    if (sink)
        session_sink_close(session, sink);
    session_say(session, "%.*s of %zu %s hit by no test", STR_ARG(session_count(session, gaps->len, "phrase", "phrases")),
                gaps->phrases, gaps->len == 1 ? "is" : "are");
}

static bool run(Session *session)
{
    Rules rules;
    Strs files = { 0 };
    if (!session_rule_sources(session) || !session_name_rule_files(session, &files) || !session_load_rules(session, &rules))
        return true;
    RuleTestCounts counts = { 0 };
    RuleGaps gaps = { .arena = session->arena };
    RuleTestOptions options = { .files = &files, .gaps = session->cli.options.coverage ? &gaps : NULL };
    ErrorList errors = { .arena = session->arena };
    Problems gathered = { .report = error_list_add, .user = &errors };
    ruletest_run(&rules, options, &counts, &gathered);
    error_list_sort(&errors);
    error_list_tell(&errors, &session->problems);
    session_say(session, "%.*s: %zu passed, %zu failed, %zu todo",
                STR_ARG(session_count(session, counts.passed + counts.failed, "test", "tests")), counts.passed, counts.failed,
                counts.todo);
    if (options.gaps)
        list_gaps(session, &gaps);
    rules_clear(&rules);
    return true;
}

const CliCommand cmd_rules_test = {
    .name = "rules test",
    .usage = "[FILE]...",
    .summary = "run the tests in the rules; which phrases they miss",
    .about = "Runs the tests that stand in the rules, or only in FILEs among or over them. With --coverage it also lists "
             "every phrase that none of those sentences hits: what is written there may be wrong without anyone noticing.",
    .examples = "tracker rules test\n"
                "tracker rules test --coverage topics/fishing.rules\n",
    .max_args = 1000,
    .groups = CLI_CHECKS | CLI_TESTS,
    .run = run,
};
