/*
 * claim_internal.h - shared by the parts of the claim module only
 *
 *     claim.c             which words a statement has, and the claims that come of them
 *     claim_cue.c         cues of positions, what modifiers do to them, and which of them count
 *     claim_object.c      what a cue is about: its object, topics, and the words it is compared by
 *     claim_quantity.c    how many of what
 *
 * A segment is one sentence's share of a statement as symbols; a place in it is an index of its symbols, a TokenRange
 * one of the story's tokens.
 */
#ifndef TRACKER_CLAIM_INTERNAL_H
#define TRACKER_CLAIM_INTERNAL_H

#include "extract/claim.h"
#include "extract/topic.h"

enum {
    CLAIMS_IN_STATEMENT = 4,
    SEGMENT_TOKENS = 400,                /* of one sentence: a sentence may have no end */
    OWN_NAMES_MAX = 16,
    CLAIM_MULTIPLIERS = 3,
};

typedef struct Position {
    Str name, denied;
    int side;
    unsigned flags;
    bool fallback, asserted, presupposed;
    Str sense;                           /* what its claims are about, whatever their words: talks are "talk" */
    Str pole;                            /* the end of a scale that its claims stand at: "+raise" of "too high" */
} Position;

struct ClaimFinder {
    Arena arena, scratch;
    const Rules *rules;
    RuleMatcher *matcher;
    TopicFinder *topics;
    Position *positions;                 /* by rule; name empty for rules of other kinds */
    int at_least, at_most, about, ranges, counted, measures, multipliers[CLAIM_MULTIPLIERS];       /* lists */
    int yes, no, whether, months;
};

/* One sentence's share of a statement, with the verb of saying before it where there is one. */
typedef struct Segment {
    Symbol *symbols;
    uint32_t *tokens;                    /* of the story, by symbol */
    size_t len, cap;
    size_t cue_from, cue_end;            /* symbols of the cue; before them its auxiliaries: "had not" */
    size_t content;                      /* from here on the words said */
    Hits phrases;
    RuleMatches modifiers;
    bool *in_condition;                  /* by symbol: behind "if", in its clause */
} Segment;
typedef struct Segments { Segment *ptr; size_t len, cap; } Segments;

typedef struct Cue {
    const Position *position;
    uint32_t pattern;
    uint32_t segment;
    size_t from, to;                     /* symbols, without the slots at its ends */
    size_t object_from, object_to;
    int weight;
} Cue;
typedef struct Cues { Cue *ptr; size_t len, cap; } Cues;

/* All that one call of claim_find works on. */
typedef struct Work {
    ClaimFinder *self;
    const Text *text;
    const uint32_t *marks;               /* TOPIC_STOP ... of each token */
    const Hits *hits;
    Statements *all;
    Statement *statement;
    size_t index;
    Arena *arena;
    Problems *problems;
    TokenRanges content;                 /* one range a span */
    TokenRange around;                   /* the sentences they stand in */
    TokenRanges asked;                   /* questions put to the speaker */
    TokenRange before;                   /* the sentence before */
    struct { uint32_t hash; Str folded; } own[OWN_NAMES_MAX]; size_t n_own;      /* words of the speaker's name */
    size_t n_name;                       /* so many of them are the name itself, the rest of "Oslo's envoy Ada Roe" */
    int words;                           /* content words of the statement, counted to CONTENT_ENOUGH + 1 */
    bool pronoun;                        /* opens with one: "that is ..." */
    bool thin;
    bool denies_question;                /* "No": the words of the claim are those of the question */
} Work;

/* ---- claim.c ------------------------------------------------------------------ */

const Position *claim_position_named(const ClaimFinder *self, Str name);

/* ---- claim_cue.c -------------------------------------------------------------- */

void claim_make_segments(Work *w, const Hits *hits, Segments *out);
void claim_find_cues(Work *w, const Segments *segments, Cues *out);
void claim_find_modifiers(Work *w, Segment *segment);
/* Those that count, in text order. */
void claim_choose_cues(Work *w, const Segments *segments, Cues *cues, Cues *kept);
/* What the modifiers do to a cue; `next` is where the next cue stands.  False when they leave no claim: the cue stands in a question. */
bool claim_modify(Work *w, const Segment *segment, const Cue *cue, size_t next, Claim *claim, bool *turned);
/* A longer modifier covers the one at `at`: "without preconditions" is no condition. */
bool claim_is_covered(const Segment *segment, size_t at);
/* The cue is not the main clause of what is said. */
bool claim_is_aside(const Work *w, const Segment *segment, const Cue *cue);
/* Says what will be done, and values nothing. */
bool claim_is_plan(const Position *position);

bool claim_is_quote_mark(const Token *token);
static inline bool claim_token_has(const Work *w, uint32_t token, unsigned marks)     /* any of TOPIC_STOP ... */
{
    return w->marks[token] & marks;
}
Str  claim_word_at(const Work *w, const Segment *segment, size_t at);

/* ---- claim_object.c ----------------------------------------------------------- */

TokenRange claim_segment_range(const Segment *segment, size_t from, size_t to);
/* The words that a cue is about, inside the statement; `from` and `to` are where its neighbours' cues stand. */
TokenRange claim_cue_object(Work *w, const Segment *segment, const Cue *cue, size_t from, size_t to);
/* Where in the segment the verb of a passive stands, "lifted" of "sanctions must be lifted"; segment->len where there is none. */
size_t claim_passive_verb(const Work *w, const Segment *segment, const Cue *cue);
/* From the last break before `to` that has a content word behind it, not before `from`. */
TokenRange claim_object_before(Work *w, const Segment *segment, size_t from, size_t to);
/* Up to the end of its first noun: "the plan | for a levy". */
TokenRange claim_first_noun(const Work *w, TokenRange object);
void claim_find_topics(Work *w, TokenRange object, TokenRange segment, bool alone, Topics *out);
/* Fills claim->symbols, from the position, flags and topic that it has. */
void claim_find_symbols(Work *w, const Segment *segment, const Cue *cue, const TokenRanges *own, TokenRange clause, TokenRange except,
                        TokenRange object, TokenRange actor, bool says_itself, Claim *claim);
void claim_find_names(Work *w, Claim *claim);

/* ---- claim_quantity.c --------------------------------------------------------- */

/* What is counted in a range, and the least and the most it may be: "boat/20/30" of "20 to 30 boats". */
void claim_find_quantities(Work *w, TokenRange range, Strs *out);

#endif
