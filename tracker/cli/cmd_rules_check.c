#include "cli/session.h"

#include "engine/officials.h"
#include "engine/rulecheck.h"
#include "extract/ruletest.h"

#include <string.h>

static bool is_named(const Strs *files, const char *file)
{
    for (size_t i = 0; i < files->len; i++)
        if (str_equal(files->ptr[i], str_from(file)))
            return true;
    return files->len == 0;
}

/* Of the rules that came with the program, below somebody's own. */
static bool is_below(const RuleSources *sources, const char *file)
{
    for (size_t i = 1; i < sources->len; i++)
        if (str_starts(str_from(file), str_from(sources->ptr[i].path)))
            return false;
    return sources->len > 1;
}

/*
 * Those of the files that were named, else all but the warnings of rules that are not the user's to change; as
 * errors where warnings are errors.
 */
static void select_errors(ErrorList *errors, const Strs *files, const RuleSources *sources, bool strict)
{
    size_t kept = 0;
    for (size_t i = 0; i < errors->len; i++) {
        Error *err = &errors->ptr[i];
        if (!is_named(files, err->file) || (!files->len && err->warning && is_below(sources, err->file)))
            continue;
        err->warning &= !strict;
        errors->ptr[kept++] = *err;
    }
    errors->len = kept;
}

/* For editors: a row each, with the file under a name that opens. */
static void list_errors(Session *session, const ErrorList *errors)
{
    static const SinkColumn columns[] = {
        { "severity", SINK_TEXT, 0, NULL }, { "file", SINK_TEXT, 0, NULL }, { "line", SINK_INTEGER, 0, NULL },
        { "col", SINK_INTEGER, 0, NULL }, { "message", SINK_TEXT, 0, NULL }, { "path", SINK_TEXT, SINK_WIDE, NULL },
    };
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (!sink)
        return;
    for (size_t i = 0; i < errors->len; i++) {
        const Error *err = &errors->ptr[i];
        sink_text(sink, err->warning ? STR("warning") : STR("error"));
        sink_text(sink, str_from(err->file));
        err->line ? sink_integer(sink, err->line) : sink_null(sink);
        err->col ? sink_integer(sink, err->col) : sink_null(sink);
        sink_text(sink, str_from(err->text));
        sink_text(sink, str_from(session_rule_path(session, err->file)));
        sink_row_end(sink);
    }
    session_sink_close(session, sink);
}

/* As rows where a format was asked for, else told one by one, each with its line. */
static void show_errors(Session *session, const ErrorList *errors)
{
    if (!session->cli.options.format) {
        error_list_tell(errors, &session->problems);
        return;
    }
    Problems counted = { 0 };
    list_errors(session, errors);
    error_list_tell(errors, &counted);
    session->problems.errors += counted.errors;
    session->problems.warnings += counted.warnings;
    if (counted.worst > session->problems.worst)
        session->problems.worst = counted.worst;
}

static bool run_check(Session *session)
{
    const RuleSources *sources = session_rule_sources(session);
    Strs files = { 0 };
    if (!sources || !session_name_rule_files(session, &files))
        return true;
    Rules rules;
    ErrorList errors = { .arena = session->arena };
    Problems gathered = { .report = error_list_add, .user = &errors };
    rules_load_layers(sources->ptr, sources->len, session->arena, &rules, &gathered);    /* what is sound is tested in any case */
    RuleTestCounts counts = { 0 };
    RuleTestOptions options = { .files = &files };
    ruletest_run(&rules, options, &counts, &gathered);
    rulecheck_run(&rules, &gathered);
    officials_check(&rules, session_today(session), false, &gathered);
    error_list_sort(&errors);
    select_errors(&errors, &files, sources, session->cli.options.strict);
    show_errors(session, &errors);

    size_t stanzas = 0;
    for (size_t i = 0; i < rules.n_stanzas; i++)
        stanzas += is_named(&files, rules.stanzas[i].file);
    session_say(session, "%.*s, %.*s: %zu passed, %zu failed, %zu todo; %.*s, %.*s",
                STR_ARG(session_count(session, stanzas, "stanza", "stanzas")),
                STR_ARG(session_count(session, counts.passed + counts.failed, "test", "tests")),
                counts.passed, counts.failed, counts.todo,
                STR_ARG(session_count(session, (uint64_t)session->problems.errors, "error", "errors")),
                STR_ARG(session_count(session, (uint64_t)session->problems.warnings, "warning", "warnings")));
    if (counts.todo_passing)
        session_say(session, "%.*s now: make them tests",
                    STR_ARG(session_count(session, counts.todo_passing, "todo passes", "todos pass")));
    rules_clear(&rules);
    return true;
}

const CliCommand cmd_rules_check = {
    .name = "rules check",
    .usage = "[FILE]...",
    .summary = "check every rule and run its tests",
    .about = "Reads all rules, or looks only at FILEs among or over them, and prints every error and warning in order, with "
             "its line, then runs the tests that stand in the rules. Warnings are for rules without a test, rules that can "
             "never count or are slow, and rows of the roster that are ambiguous or out of date. --format json gives places "
             "for an editor.",
    .examples = "tracker rules check\n"
                "tracker rules check topics/fishing.rules\n"
                "tracker rules check --rules my-rules --strict\n"
                "tracker rules check --format json topics/fishing.rules\n",
    .max_args = 1000,
    .groups = CLI_CHECKS,
    .run = run_check,
};
