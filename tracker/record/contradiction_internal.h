/*
 * contradiction_internal.h - shared by the parts of the contradiction module only
 *
 *     contradiction.c         whether two claims oppose, and are about the same thing
 *     contradiction_text.c    why, in words, and what stands first
 *     contradiction_story.c   how alike two stories are
 */
#ifndef TRACKER_CONTRADICTION_INTERNAL_H
#define TRACKER_CONTRADICTION_INTERNAL_H

#include "record/contradiction.h"

/* When it was said, else when the story was published. */
Date contradiction_day_of(const ClaimView *view);

/* What the links between a deed and its denial are worth; 0 where there are none. */
double contradiction_denial_links(const ClaimView *deed, const ClaimView *denial);

/* The sentence of one names the other and says that they contradict. */
bool contradiction_is_said_to_clash(const ClaimView *a, const ClaimView *b);

#endif
