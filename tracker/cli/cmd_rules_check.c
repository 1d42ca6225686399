#include "cli/session.h"

#include "engine/officials.h"
#include "engine/rulecheck.h"
#include "extract/ruletest.h"

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
    session_show_errors(session, &errors, &files);

    size_t stanzas = 0;
    for (size_t i = 0; i < rules.n_stanzas; i++)
        stanzas += session_is_named(&files, rules.stanzas[i].file);
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
