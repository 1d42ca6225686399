/*
 * contradiction_internal.h - shared by the parts of the contradiction module only
 *
 *     contradiction.c         whether two claims oppose, and are about the same thing
 *     contradiction_names.c   who speaks, and what the words and marks of a claim name
 *     contradiction_denial.c  a deed and its denial
 *     contradiction_number.c  how many of what
 *     contradiction_text.c    why, in words, and what stands first
 *     contradiction_story.c   how alike two stories are
 */
#ifndef TRACKER_CONTRADICTION_INTERNAL_H
#define TRACKER_CONTRADICTION_INTERNAL_H

#include "record/contradiction.h"

/* When it was said, else when the story was published. */
Date contradiction_day_of(const ClaimView *view);

/* The sentence of one names the other and says that they contradict. */
bool contradiction_is_said_to_clash(const ClaimView *a, const ClaimView *b);

/* ---- names -------------------------------------------------------------------- */

Str  contradiction_first_partner(Str name);
bool contradiction_is_proper(Str name);
bool contradiction_same_speaker(const ClaimView *x, const ClaimView *y);
/* Folded as in Claim.names; out has room for twice the name, else STR_NONE. */
Str  contradiction_fold_name(Str name, char *out, size_t out_bytes);
bool contradiction_names(const ClaimView *view, const ClaimView *other, bool country);

/* A mark is one of CLAIM_..._MARK (statement.h). */
Str  contradiction_mark(const Claim *claim, char mark);
bool contradiction_has_mark(const Claim *claim, char mark);
bool contradiction_is_marked(const Claim *claim, char mark, Str name);
bool contradiction_share_name(const Claim *a, const Claim *b);
bool contradiction_says(const Claim *claim, Str name);
bool contradiction_is_about(const Claim *claim, Str name);
bool contradiction_are_apart(const ClaimView *a, const ClaimView *b, char mark, bool speakers);

/* ---- numbers ------------------------------------------------------------------ */

/* Both count the same, and neither number has room for the other. */
bool contradiction_count_otherwise(const Claim *a, const Claim *b);

/* ---- denials ------------------------------------------------------------------ */

/* What the links between a deed and its denial are worth; 0 where there are none. */
double contradiction_denial_links(const ClaimView *deed, const ClaimView *denial);
bool   contradiction_denies_other(const ClaimView *deed, const ClaimView *denial);
bool   contradiction_denies_aside(const ClaimView *deed, const ClaimView *denial);
bool   contradiction_is_bare_denial(const Claim *claim);
bool   contradiction_answers(const ClaimView *denial, const ClaimView *charge);
bool   contradiction_is_told_of(const ClaimView *charge, const ClaimView *denial);
bool   contradiction_is_own_deed(const ClaimView *deed, const ClaimView *denial);

#endif
