#include "cli/session.h"

#include <math.h>
#include <stdlib.h>

typedef struct Cost { const RulePattern *pattern; RuleUse use; } Cost;

static int by_cost(const void *a, const void *b)
{
    const Cost *x = a, *y = b;
    if (x->use.seconds > y->use.seconds || x->use.seconds < y->use.seconds)
        return x->use.seconds > y->use.seconds ? -1 : 1;
    if (x->use.matched != y->use.matched)
        return x->use.matched > y->use.matched ? -1 : 1;
    return str_compare(x->pattern->where, y->pattern->where);
}

/* One thread: times that ran side by side could not be added up. */
static uint64_t measure(Session *session, const Rules *rules, Cost *costs)
{
    Extractor *extractor = extractor_open(rules, (ExtractOptions){ .no_gate = session->cli.options.no_gate });
    const RuleUse *uses = rule_matcher_count(extractor_matcher(extractor), session_seconds);
    Input *input = session_input_open(session);
    Arena arena;
    arena_init(&arena);
    uint64_t stories = 0;
    for (Story story; input_next(input, &arena, &story); arena_reset(&arena)) {
        Statements statements = { 0 };
        extract_story(extractor, &story, &arena, &statements, &session->problems);
        session_progress(session, ++stories, input_bytes(input));
    }
    for (size_t i = 0; i < rules->n_patterns; i++)
        costs[i] = (Cost){ &rules->patterns[i], uses[i] };
    arena_clear(&arena);
    input_close(input);
    extractor_close(extractor);
    return stories;
}

static const SinkColumn columns[] = {
    { "rule", SINK_TEXT, 0, NULL }, { "name", SINK_TEXT, 0, NULL }, { "ms", SINK_REAL, 0, NULL },
    { "share", SINK_REAL, 0, NULL }, { "tried", SINK_INTEGER, 0, NULL }, { "hits", SINK_INTEGER, 0, NULL },
    { "phrase", SINK_TEXT, 0, NULL },
};

static bool run(Session *session)
{
    Rules rules;
    if (!session_load_rules(session, &rules))
        return true;
    bool any = true;
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (sink) {
        Cost *costs = ARENA_ARRAY(session->arena, Cost, rules.n_patterns + 1);
        uint64_t stories = measure(session, &rules, costs);
        size_t limit = session->cli.options.limit ? (size_t)session->cli.options.limit : rules.n_patterns;
        double total = 0;
        for (size_t i = 0; i < rules.n_patterns; i++)
            total += costs[i].use.seconds;
        if (rules.n_patterns)
            qsort(costs, rules.n_patterns, sizeof *costs, by_cost);
        for (size_t i = 0; i < rules.n_patterns && i < limit; i++) {
            const RulePattern *pattern = costs[i].pattern;
            sink_text(sink, pattern->where);
            sink_text(sink, rules.rules[pattern->rule].name);
            sink_real(sink, round(costs[i].use.seconds * 1e6) / 1e3);
            sink_real(sink, total > 0 ? round(costs[i].use.seconds / total * 1e3) / 1e3 : 0);
            sink_integer(sink, (int64_t)costs[i].use.tried);
            sink_integer(sink, (int64_t)costs[i].use.matched);
            sink_text(sink, pattern_source(pattern->pattern));
            sink_row_end(sink);
        }
        any = session_sink_close(session, sink);
        session_say(session, "%.*s: %.0f ms in patterns", STR_ARG(session_count(session, stories, "story", "stories")), total * 1000);
    }
    rules_clear(&rules);
    return any;
}

const CliCommand cmd_rules_cost = {
    .name = "rules cost",
    .usage = "[FILE|DIR|-]...",
    .summary = "time and hits of each rule on stories, slowest first",
    .about = "Reads stories as scan does, on one core, and lists for every phrase of a rule how long it was looked for, how "
             "often, and how often it was found. Plain phrases take no time of their own: they are all found in one pass.",
    .examples = "tracker rules cost stories.jsonl --limit 20\n",
    .max_args = SIZE_MAX,
    .groups = CLI_READS | CLI_EXTRACTS | CLI_LIMITS,
    .run = run,
};
