/*
 * evaluate.h - what extraction finds, measured against what a reader marked
 *
 *     {"id":"a", "text":"Roe said the levy is dead. It rained.", "quotes":[{"quote":[9,25], "kind":"indirect",
 *      "speaker_text":"Roe", "speaker_full":"Ada Roe"}]}
 *
 *     marked      the levy is dead                 13 letters
 *     found       the levy is dead. It rained      21, of which 13 are marked: alike by 13/21 = .62
 *
 * Words are lenient matches if they are alike by .5, strict ones by .8, exact ones by 1.  Only letters and digits
 * count: marks and blanks at the ends are a matter of taste.  A marked statement goes to at most one found one, and
 * the most alike go first.
 *
 * The annotation is Story.annotation; its fields are described in fixtures/README.md.  Offsets there count code
 * points of the text.  A story may have "quotes", "claims" or both, and is measured by what it has.
 */
#ifndef TRACKER_EVALUATE_H
#define TRACKER_EVALUATE_H

#include "base/base.h"
#include "engine/rules.h"
#include "extract/statement.h"
#include "read/story.h"

/* What is counted; evaluate.c says which ratios are made of these. */
typedef enum EvaluateCount {
    EVALUATE_FOUND,                                          /* all statements of stories with "quotes" */
    EVALUATE_MARKED,                                         /* quotes that are speech ... */
    EVALUATE_MARKED_DIRECT, EVALUATE_MARKED_INDIRECT, EVALUATE_MARKED_MIXED,        /* as StatementKind */
    EVALUATE_MARKED_NAMED,                                   /* ... with a speaker's full name */
    EVALUATE_LENIENT, EVALUATE_STRICT, EVALUATE_EXACT,       /* found statements that are marked */
    EVALUATE_LENIENT_SPEECH, EVALUATE_STRICT_SPEECH, EVALUATE_EXACT_SPEECH,
    EVALUATE_MATCHED_DIRECT, EVALUATE_MATCHED_INDIRECT, EVALUATE_MATCHED_MIXED,
    EVALUATE_NAMED, EVALUATE_NAMED_RIGHT,                    /* matched, the name stands in the speaker's words */
    EVALUATE_JOINT,                                          /* matched, and the speaker is right */

    EVALUATE_CLAIMS_FOUND, EVALUATE_CLAIMS_MARKED, EVALUATE_CLAIMS_MATCHED,
    EVALUATE_CLAIM_SPEAKER, EVALUATE_CLAIM_SIDE, EVALUATE_CLAIM_JOINT,
    EVALUATE_DAYS, EVALUATE_DAYS_RIGHT,                      /* of matched claims with a day */
    EVALUATE_PLACES, EVALUATE_PLACES_RIGHT,
    EVALUATE_COUNTS
} EvaluateCount;

/* One thing missed or wrongly found: "indirect, said"; "Ada Roe, not Bo Lee"; the words in one line, cut. */
typedef struct EvaluateMiss { Str story, what, speaker, words; } EvaluateMiss;
typedef struct EvaluateMisses { EvaluateMiss *ptr; size_t len, cap; } EvaluateMisses;

typedef struct Evaluation {
    const Rules *rules;                  /* which side a position takes */
    Arena *arena;                        /* of the misses; NULL: they are not kept */
    uint64_t stories, counts[EVALUATE_COUNTS];
    EvaluateMisses missed, wrong;
} Evaluation;

/* False, and nothing is counted, if the story's annotation is missing or unusable: err says why and where. */
bool evaluate_story(Evaluation *evaluation, const Story *story, const Statements *statements, Arena *scratch, Error *err);

enum { EVALUATE_FIGURES = 22 };

typedef struct EvaluateFigure {
    Str name;                            /* "lenient.precision", "claims.side" */
    bool known;                          /* false: nothing was marked or found that it could be measured on */
    double value;                        /* right / of; an f1 has neither */
    uint64_t right, of;
    Str among;                           /* what `of` counts: "marked", "found", "matched" */
} EvaluateFigure;

void evaluate_figures(const Evaluation *evaluation, EvaluateFigure out[EVALUATE_FIGURES]);

#endif
