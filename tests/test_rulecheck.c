#include "check.h"

#include "engine/rulecheck.h"

#include <stdio.h>
#include <string.h>

#define T "\n  test x => none\n"

static const struct { const char *name, *text, *log; } rows[] = {
    { "nothing to say", "position a\n  cue  off the table" T "position b\n  cue  not off the table | on [the] table" T, "" },
    { "the same phrase in two positions", "position a\n  cue  off the table" T "position b\n  cue  good | off the table" T,
      "r:5:15: warning: never counts: `off the table` of a (r:2) always comes first\n" },
    { "every phrase of it is another's", "position a\n  cue  off (the|a|this) table" T "position b\n  cue  off (a|the) table" T,
      "r:5:8: warning: never counts: `off (the|a|this) table` of a (r:2) always comes first\n" },
    { "one phrase of it is not", "position a\n  cue  off (the|a) table" T "position b\n  cue  off (a|the|this) table" T, "" },
    { "a longer one that has a gap in the way", "position a\n  cue  off ...2 table <object>" T "position b\n  cue  off ...1 table" T, "" },
    { "a longer one that may always be there", "position a\n  cue  off ...3 table [<object>]" T "position b\n  cue  off ...2 table" T,
      "r:5:8: warning: never counts: `off ...3 table [<object>]` of a (r:2) always comes first\n" },
    { "twice in one stanza", "position a\n  cue  off (the|a) table\n  cue  off the table" T,
      "r:3:8: warning: never counts: `off (the|a) table` of a (r:2) always comes first\n" },
    { "the one that requires more comes first", "position a\n  cue  off [the] table\n  cue  off the table" T, "" },
    { "topics may share a phrase", "topic a\n  about  fish" T "topic b\n  about  fish" T, "" },
    { "slow", "position a\n  cue  <number> ...3 <name>" T,
      "r:2:8: warning: slow: no word of it must be there, so it is tried on every sentence\n" },
};

static void warnings_have_their_place(void)
{
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena;
        Rules rules;
        CheckLog log = { "" };
        Problems problems = { .report = check_log, .user = &log };
        arena_init(&arena);
        rules_load_text(str_from(rows[i].text), "r", &arena, &rules, &problems);
        CHECK_STR(rows[i].name, str_from(log.text), STR(""));
        rulecheck_run(&rules, &problems);
        CHECK_STR(rows[i].name, str_from(log.text), str_from(rows[i].log));
        CHECK_ROW(rows[i].name, problems.errors == 0);
        rules_clear(&rules);
        arena_clear(&arena);
    }
}

/* Made sentences do match: otherwise nothing could be said to come first. */
static void samples_match(void)
{
    static const char text[] =
        "list hue\n  phrase  red | deep blue\n"
        "position a\n  cue  off [the|a] @hue ...4 ~shrink , it 's (<name>|<number>) \\( two \\) | ~rule <object> out <aside> of <any> it" T;
    Arena arena;
    Rules rules;
    Problems problems = { 0 };
    arena_init(&arena);
    CHECK(rules_load_text(str_from(text), "r", &arena, &rules, &problems));
    PatternScratch *scratch = pattern_scratch_open();
    size_t matched = 0, tried = 0;
    for (size_t i = 0; i < rules.n_patterns; i++)
        for (unsigned choice = 0; choice < 20; choice++, tried++) {
            Text sample;
            Hits hits = { 0 };
            PatternMatch match;
            text_tokenize(pattern_sample(rules.patterns[i].pattern, choice, &arena), &arena, &sample);
            lexicon_find(rules.lexicon, &sample, &arena, &hits);
            Symbol *symbols = ARENA_ARRAY(&arena, Symbol, sample.n_tokens + 1);
            for (uint32_t k = 0; k < sample.n_tokens; k++)
                symbols[k] = lexicon_token_symbol(rules.lexicon, &sample, k);
            bool yes = pattern_match(rules.patterns[i].pattern, scratch, symbols, sample.n_tokens, (Span){ 0, (uint32_t)sample.n_tokens }, &match) == PATTERN_YES;
            if (!yes)
                CHECK_STR("a sample", sample.text, pattern_source(rules.patterns[i].pattern));
            matched += yes;
        }
    CHECK(tried == 40 && matched == tried);
    pattern_scratch_close(scratch);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "warnings have their place", warnings_have_their_place },
    { "samples match their pattern", samples_match },
};
const TestSuite test_rulecheck = SUITE(cases);
