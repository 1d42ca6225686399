/*
 * pipeline.h - many stories through extraction, on all cores, in order
 *
 *     main thread     input_next ... -> batch 7          each(story), each(story) ... of batch 4
 *     workers                          extract 5, 6
 *
 * The main thread fills batches of stories and takes them back in the order of
 * the input; the workers, each with its own Extractor, only extract.  So
 * `each` needs no lock, and neither results nor their order depend on how many
 * workers there are.  Batches form a ring of fixed size, each with an arena
 * that is reset after use: memory does not grow with the input.
 */
#ifndef TRACKER_PIPELINE_H
#define TRACKER_PIPELINE_H

#include "base/base.h"
#include "engine/rules.h"
#include "extract/extract.h"
#include "read/input.h"

typedef struct PipelineOptions {
    int jobs;                /* workers; 0: one per core */
    ExtractOptions extract;
} PipelineOptions;

/* One story, done; it lives until the call returns.  False ends the run. */
typedef bool PipelineEach(void *user, const Story *story, const Statements *statements);

/* The next story, living in the arena; false at the end. */
typedef bool PipelineNext(void *user, Arena *arena, Story *out);

/* All stories that `next` gives.  It is called where `each` is, never at the same time. */
void pipeline_run_from(const Rules *rules, PipelineNext *next, void *next_user, PipelineOptions options,
                       PipelineEach *each, void *user, Problems *problems);

/*
 * All stories of an input.  Problems with the input are reported when they are
 * met, problems of rules once for each rule, before the story that showed them.
 */
void pipeline_run(const Rules *rules, Input *input, PipelineOptions options,
                  PipelineEach *each, void *user, Problems *problems);

#endif
