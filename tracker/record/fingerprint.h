/*
 * fingerprint.h - which sentences two stories share, whatever stands around them
 *
 *     LISBON, March 3 (Newswire) - Ferries stayed in port for a second day. "We can wait," the union's chief said.
 *                                  ^^^^^^^^^^^^^^^^ 8 words, all told ^^^^^   ^^^^^^^^^^ 7 words, 4 of them told
 *
 * A passage is a run of words up to a full stop, a dash or the end of a paragraph; case, accents, punctuation and
 * line breaks do not tell two of them apart.  Only words outside quotation marks count ("told"): two papers that
 * quote one speech have it in common and are two stories all the same.
 *
 * A story's keys are its passages of the lowest hashes: a copy that lost some sentences and gained others has most
 * of them, so that a look at a few keys finds it.  The cost is one pass over the text, and no state.
 */
#ifndef TRACKER_FINGERPRINT_H
#define TRACKER_FINGERPRINT_H

#include "base/base.h"

enum { FINGERPRINT_KEYS = 6 };

typedef struct Passage { uint64_t hash; Span span; uint32_t told; bool stopped; } Passage;      /* stopped: by a full stop */

typedef struct Fingerprint {
    Str text;                            /* borrowed */
    Passage *ptr; size_t len, cap;       /* in the order of the text, which is not looked at beyond the first thousands */
} Fingerprint;

void fingerprint_make(Str text, Arena *arena, Fingerprint *out);

/* The keys to find it by, none twice; how many there are. */
size_t fingerprint_keys(const Fingerprint *of, int32_t keys[FINGERPRINT_KEYS]);

/* How a passage of one story stands in the other: not at all; reworded, with other numbers; reworded; as it is. */
typedef enum Wording { WORDING_NONE, WORDING_NUMBERS, WORDING_OTHER, WORDING_SAME } Wording;

typedef struct FingerprintMatch {
    double share;                        /* of the words that the story tells, those in passages the first has too */
    double held;                         /* of the words that the first tells, those in passages the story has too */
    Wording lead;                        /* of its first whole sentence */
    bool edited;                         /* a passage does not stand in the first as it is */
    Wording *wordings;                   /* of each passage of the story */
} FingerprintMatch;

/* A story against one that came first.  False where they share too little to tell. */
bool fingerprint_compare(const Fingerprint *story, const Fingerprint *first, Arena *arena, FingerprintMatch *out);

/* Does the span reach into a passage whose wording is below `least`? */
bool fingerprint_is_fresh(const Fingerprint *story, const FingerprintMatch *match, Span span, Wording least);

#endif
