#include "engine/rulecheck.h"

/* As many phrases as a trie pattern may stand for: those are tried out in full. */
enum { SAMPLES = 24, PHRASES = 64 };

static void warn(Problems *problems, const Rules *rules, const RulePattern *pattern, Str text)
{
    Error err;
    error_set(&err, ERR_RULES, rules->rules[pattern->rule].stanza->file, pattern_line(pattern->pattern),
              pattern_col(pattern->pattern), "%.*s", STR_ARG(text));
    err.warning = true;
    problems_add(problems, &err);
}

static void check_size(const Rules *rules, Problems *problems)
{
    for (size_t i = 0; i < rules->n_patterns; i++)
        if (!rules->patterns[i].in_trie)
            pattern_check(rules->patterns[i].pattern, problems);
}

static void check_speed(const Rules *rules, Arena *arena, Problems *problems)
{
    for (size_t i = 0; i < rules->n_patterns; i++) {
        const Symbol *symbols;
        const RulePattern *pattern = &rules->patterns[i];
        if (!pattern->in_trie && pattern_gate(pattern->pattern, &symbols) == 0)
            warn(problems, rules, pattern,
                 str_printf(arena, "slow: no word of it must be there, so it is tried on every sentence"));
    }
}

/* ---- what can never match ----------------------------------------------------- */

typedef struct Checker { const Rules *rules; RuleMatcher *matcher; Arena *arena; } Checker;

/*
 * Which pattern takes a sentence made for pattern `own`: of the matches that begin where its own does, the first in
 * order.  `own` itself if its own is not there at all: that is another matter.
 */
static uint32_t winner(const Checker *checker, uint32_t own, Str sentence)
{
    const Rules *rules = checker->rules;
    Problems silent = { 0 };
    Text text;
    Hits hits = lexicon_look_up(rules->lexicon, sentence, checker->arena, &text);
    RuleMatches matches = { 0 };
    Symbol *symbols = ARENA_ARRAY(checker->arena, Symbol, text.n_tokens + 1);
    for (uint32_t i = 0; i < text.n_tokens; i++)
        symbols[i] = lexicon_token_symbol(rules->lexicon, &text, i);
    rules_match(checker->matcher, rules->patterns[own].kind, symbols, text.n_tokens, hits.ptr, hits.len, checker->arena,
                &matches, &silent);
    size_t mine = 0;
    while (mine < matches.len && matches.ptr[mine].pattern != own)
        mine++;
    if (mine == matches.len)
        return own;
    size_t first = mine;
    while (first > 0 && matches.ptr[first - 1].match.from == matches.ptr[mine].match.from)
        first--;
    return matches.ptr[first].pattern;
}

/* The pattern that takes every sentence made for this one, or the pattern itself. */
static uint32_t shadow_of(const Checker *checker, uint32_t own)
{
    const RulePattern *pattern = &checker->rules->patterns[own];
    uint32_t shadow = own;
    PatternPhrases phrases = { 0 };
    size_t n = SAMPLES;
    if (pattern->in_trie && pattern_phrases(pattern->pattern, PHRASES, checker->arena, &phrases))
        n = phrases.len;
    for (size_t i = 0; i < n; i++) {
        Str sentence = pattern->in_trie ? phrases.ptr[i].text : pattern_sample(pattern->pattern, (unsigned)i, checker->arena);
        shadow = winner(checker, own, sentence);
        if (shadow == own)
            return own;
    }
    return shadow;
}

/* Only positions exclude one another; topics and modifiers may all hold. */
static void check_shadows(const Rules *rules, Arena *arena, Problems *problems)
{
    Arena scratch;
    arena_init(&scratch);
    Checker checker = { rules, rule_matcher_open(rules, true), &scratch };
    for (uint32_t i = 0; i < rules->n_patterns; i++) {
        const RulePattern *pattern = &rules->patterns[i];
        if (pattern->kind != RULE_POSITION)
            continue;
        uint32_t shadow = shadow_of(&checker, i);
        arena_reset(&scratch);
        if (shadow == i)
            continue;
        const RulePattern *other = &rules->patterns[shadow];
        warn(problems, rules, pattern,
             str_printf(arena, "never counts: `%.*s` of %.*s (%.*s) always comes first",
                        STR_ARG(pattern_source(other->pattern)), STR_ARG(rules->rules[other->rule].name),
                        STR_ARG(other->where)));
    }
    rule_matcher_close(checker.matcher);
    arena_clear(&scratch);
}

void rulecheck_run(const Rules *rules, Problems *problems)
{
    Arena arena;
    arena_init(&arena);
    check_size(rules, problems);
    check_speed(rules, &arena, problems);
    check_shadows(rules, &arena, problems);
    arena_clear(&arena);
}
