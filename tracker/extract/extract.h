/*
 * extract.h - a story in, statements with their claims out
 *
 * The one entry into the core for commands, tests and fuzzers: tokens, hits,
 * mentions, attributions and claims in the order of the flow.  Touches no
 * file, clock, environment or database.  One Extractor per thread; the Rules
 * are shared.
 */
#ifndef TRACKER_EXTRACT_H
#define TRACKER_EXTRACT_H

#include "base/base.h"
#include "engine/rules.h"
#include "engine/token.h"
#include "extract/attribution.h"
#include "extract/mention.h"
#include "extract/statement.h"
#include "read/story.h"

typedef struct ExtractOptions {
    bool no_gate;            /* try every pattern everywhere: slow, same answers */
    bool trace;              /* keep the rows of attribution: see ExtractTrace */
} ExtractOptions;

typedef struct Extractor Extractor;

Extractor *extractor_open(const Rules *rules, ExtractOptions options);
void extractor_close(Extractor *extractor);

/*
 * All statements of a story, in text order, n from 1.  Everything in *out lives in `arena`.
 * Problems are those of rules (a pattern past its match limit); the story's own text cannot fail.
 */
void extract_story(Extractor *extractor, const Story *story, Arena *arena, Statements *out, Problems *problems);

/* For `rules why`: what extraction saw on its way. */
typedef struct ExtractTrace {
    Text text;
    Hits hits;
    MentionMap map;
    AttributionRows rows;    /* only if asked for */
} ExtractTrace;
const ExtractTrace *extractor_trace(const Extractor *extractor);   /* of the last story; valid until the next */

/* What patterns the extractor tried: see rule_matcher_uses. */
RuleMatcher *extractor_matcher(Extractor *extractor);

#endif
