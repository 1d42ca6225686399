/*
 * contradiction.h - are two claims about the same thing, and can both stand?
 *
 *     a  John Coale, Munich, 2025-02-13      open    "still on the table"     { =JOIN NATO ua }
 *     b  Pete Hegseth, Brussels, 2025-02-12  closed  "not part of a solution" { NATO =JOIN ua solut }
 *
 *     -> score .78, grade contradiction, relation same-government,
 *        "Pete Hegseth: closed; John Coale: open; both on NATO membership for Ukraine; said a day apart; same government"
 *
 * A pure function of the two claims, their stories' likeness and the table of
 * oppositions: no database, no clock.  It gives the same answer whichever claim
 * comes first, so that the order in which stories arrive cannot matter.  The
 * method and its constants come from measurements on labelled news
 * (contradiction.c has them in one table).
 */
#ifndef TRACKER_CONTRADICTION_H
#define TRACKER_CONTRADICTION_H

#include "base/base.h"
#include "base/date.h"
#include "engine/rules.h"
#include "extract/statement.h"

/* One side: a claim, who holds it, and where it stands.  All borrowed. */
typedef struct ClaimView {
    const Claim *claim;
    Str speaker;                 /* full name or institution */
    Str speaker_key;             /* equal for one speaker in all stories (row.h) */
    Str country, place;
    Str story;
    Date published, said_on;
    int n;                       /* of the statement in its story */
    bool brief;                  /* its story says too little to be like another one (contradiction_is_brief) */
} ClaimView;

typedef enum Relation { RELATION_SELF, RELATION_SAME_GOVERNMENT, RELATION_DIFFERENT_GOVERNMENTS } Relation;
typedef enum Grade { GRADE_TENSION, GRADE_CONTRADICTION, GRADE_REVERSAL } Grade;

extern const char *const relation_names[];       /* "self", "same-government", "different-governments" */
extern const char *const grade_names[];          /* "tension", "contradiction", "reversal" */

/* A pair worth showing. `a` was said first; where that is not known, it stands first by story and place in it. */
typedef struct Contradiction {
    const ClaimView *a, *b;
    const ClaimView *topic;      /* the one of the two whose topic names the pair */
    double score;                /* 0..1 */
    Grade grade;                 /* tension, too, where little tells that both speak of one thing */
    Relation relation;
    Date found_on;               /* the day the later of the two stories was published */
} Contradiction;

/*
 * Compare two claims.  likeness is that of their stories (0..1, see contradiction_story_vector); it is not
 * looked at inside one story, nor between two brief ones.  False when they do not oppose, or are not about the
 * same thing.
 */
bool contradiction_find(const Rules *rules, const ClaimView *x, const ClaimView *y, double likeness,
                        Contradiction *out);

/* Why, in one neutral sentence; only needed for pairs that are kept. */
Str contradiction_reason(const Contradiction *pair, Arena *arena);

/*
 * A key that sorts all evidence for one pair, best first: contradictions before tensions, then pairs whose days and
 * places are known, then the higher score, then what was said first.  No two pieces of evidence have the same.
 */
Str contradiction_order(const Contradiction *pair, Arena *arena);
/* As a comparison of the two keys, most of the time without making them. */
int contradiction_compare_order(const Contradiction *a, const Contradiction *b, Arena *scratch);
/* Is its key below this one? */
bool contradiction_stands_before(const Contradiction *pair, Str key, Arena *scratch);

/*
 * Do two claims of one speaker in one story say the same?  They then form one standing position, so that
 * a repeated answer makes one pair and not two.
 */
bool contradiction_same_stand(const Claim *a, const Claim *b);

/* Has the claim a verb whose opposite turns its position round ("lift" and "impose")?  It may then oppose its like. */
bool contradiction_has_pole(const Claim *claim);

/* Does the claim say how many?  It may then oppose its like, as two of the position CONTRADICTION_NUMBER do. */
bool contradiction_has_number(const Claim *claim);
#define CONTRADICTION_NUMBER STR("number")

/* Can a position oppose any other?  Claims whose position cannot are never compared. */
bool contradiction_possible(const Rules *rules, const Claim *claim);

/*
 * What a claim can have in common with those of other stories: its words, and who speaks.  Two claims of two stories
 * that are not on one curated topic make a pair only when they have a key in common; one that makes none there has no
 * key.  Hashes, so that a key in common asks for a closer look; no claim has CONTRADICTION_ANY_KEY.
 */
typedef struct ClaimKeys { uint16_t *ptr; size_t len, cap; } ClaimKeys;
enum { CONTRADICTION_ANY_KEY = 0 };
void contradiction_add_keys(const ClaimView *view, Arena *arena, ClaimKeys *keys);

/*
 * The days that two stories may lie apart for their claims to meet: on topics without and with a rule, and where both
 * stories are brief.
 */
enum { CONTRADICTION_DAYS_OPEN = 14, CONTRADICTION_DAYS_CURATED = 60, CONTRADICTION_DAYS_BRIEF = 7 };

/*
 * A story as a point: its words hashed with a sign into a few hundred dimensions, so that likeness costs
 * nanoseconds and needs nothing but the two stories themselves (no word statistics, which would grow with the
 * database and make results depend on the order of stories).
 */
enum { STORY_VECTOR_SIZE = 512 };
typedef struct StoryVector { int8_t at[STORY_VECTOR_SIZE]; double length; } StoryVector;
/* The same of the story that many are compared with: 16 bits multiply and add without widening. */
typedef struct WideVector { int16_t at[STORY_VECTOR_SIZE]; double length; } WideVector;
void   contradiction_story_vector(Str title, Str text, StoryVector *out);
void   contradiction_measure_vector(StoryVector *vector);        /* fills length from at */
void   contradiction_widen_vector(const StoryVector *vector, WideVector *out);
double contradiction_likeness(const WideVector *a, const StoryVector *b);
/* Below this likeness claims of two stories on no curated topic do not meet, unless both are brief. */
extern const double contradiction_likeness_least;
/* A flash, a pasted sentence or two: what it has in common with another one is what their claims have in common. */
bool   contradiction_is_brief(const StoryVector *vector);

#endif
