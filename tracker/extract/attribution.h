/*
 * attribution.h - who is speaking in a story, and which words are theirs
 *
 *     "The offer is still on the table," said Ada Roe, ...
 *      ^^^^^^^^^^^^^ content ^^^^^^^^^^  ^cue ^^source
 *
 * A sentence (or several, where a quotation runs over their ends) becomes a
 * row of chunks, each one Symbol:
 *
 *     <quote> <say> <source> , <source> , when <ask> whether ...
 *
 * and the `attribution` stanzas of the rules are matched against that row.
 * Which cue goes with which words is data; where an indirect content ends, how
 * a split or running quotation is joined, and which quotation has no cue of
 * its own is structure, done here.
 */
#ifndef TRACKER_ATTRIBUTION_H
#define TRACKER_ATTRIBUTION_H

#include "engine/rules.h"
#include "extract/mention.h"
#include "extract/statement.h"
#include "read/story.h"

typedef struct Attributor Attributor;            /* per thread */
Attributor *attributor_open(const Rules *rules, RuleMatcher *matcher);
void attributor_close(Attributor *attributor);

/* A row as the patterns saw it: tokens[i] is the first token of symbol i, tokens[len] the end. */
typedef struct AttributionRow { Symbol *symbols; uint32_t *tokens; size_t len; } AttributionRow;
typedef struct AttributionRows { AttributionRow *ptr; size_t len, cap; } AttributionRows;
/* From here on every row is appended to *rows, in the arena of its story; NULL: no more. */
void attributor_record(Attributor *attributor, AttributionRows *rows);

/*
 * Append every statement of the story, in text order, without claims.  Problems are those of rules (a pattern past
 * its match limit).
 */
void attribution_find(Attributor *attributor, const Story *story, const Text *text, const Hits *hits,
                      const MentionMap *map, Arena *arena, Statements *out, Problems *problems);

#endif
