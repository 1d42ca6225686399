/*
 * claim.h - the positions that a statement takes, and on what
 *
 *     the United States had not ruled out NATO membership for Ukraine or a return to its pre-2014 borders
 *                       ^^^^ cue ^^^^^^^^ ^^^^^^^^^^^^^^^^^^^^^^^^ object ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
 *     claims: ukraine-nato open, ukraine-borders-2014 open
 *
 * Cues are the `position` stanzas of the rules: the longest match wins, so
 * that "not ruled out" beats "ruled out"; modifiers add conditions, hedges and
 * limits, and turn a cue that stands behind a negation round.  They are looked
 * for in the words of the statement and in the verb of saying itself ("urged",
 * "accused").  Where the words say only "that", the topic comes from the
 * question put to the speaker, the rest of the sentence or the sentence before.
 */
#ifndef TRACKER_CLAIM_H
#define TRACKER_CLAIM_H

#include "engine/rules.h"
#include "extract/statement.h"
#include "read/story.h"

typedef struct ClaimFinder ClaimFinder;          /* per thread */
ClaimFinder *claim_finder_open(const Rules *rules, RuleMatcher *matcher);
void claim_finder_close(ClaimFinder *finder);

/*
 * Fill the claims of all->ptr[index]; most statements that only describe have none.  The statements of a story
 * are taken in order: index 0 starts a new story.  Strings live in the arena or in the rules.
 */
void claim_find(ClaimFinder *finder, const Story *story, const Text *text, const Hits *hits,
                Statements *all, size_t index, Arena *arena, Problems *problems);

#endif
