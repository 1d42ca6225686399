/*
 * ruletest.h - runs the tests that stand in the rules themselves
 *
 *     test  2025-02-13 "It is off the table," Ada Roe said on Wednesday. => speaker="Ada Roe" position=closed said_on=2025-02-12
 *     test  The car belonged to Ada Roe. => none
 *     todo  a known gap: must still fail, so that a fix is noticed
 *
 * The text before "=>" is read as a story of its own.  After it stand
 *
 *     speaker= office= content= cue= place= said_on= reporter= kind=direct|indirect|mixed denied
 *                              one statement must have them all
 *     position= topic= limit= negated condition hedged unconditional
 *                              one claim of that statement must have them all
 *     none                     no statement (in verb and attribution stanzas), else no claim of this stanza
 */
#ifndef TRACKER_RULETEST_H
#define TRACKER_RULETEST_H

#include "engine/rules.h"

typedef struct RuleTestCounts { size_t passed, failed, todo, todo_passing; } RuleTestCounts;

/* A phrase that no test ever hits. */
typedef struct RuleGap { const Stanza *stanza; Str text; int line, col; } RuleGap;
typedef struct RuleGaps { Arena *arena; RuleGap *ptr; size_t len, cap, phrases; } RuleGaps;      /* of so many phrases */

typedef struct RuleTestOptions {
    const Strs *files;               /* only the tests of these, as stanzas name them; NULL or none: all */
    RuleGaps *gaps;                  /* filled if given: the gaps of the same files, in their order */
} RuleTestOptions;

/*
 * Run the tests of the rules.  Each failure goes to problems with its place and what was found instead; a
 * todo that passes is a warning.  False if any test failed.
 */
bool ruletest_run(const Rules *rules, RuleTestOptions options, RuleTestCounts *counts, Problems *problems);

#endif
