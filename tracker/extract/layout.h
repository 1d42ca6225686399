/*
 * layout.h - which paragraphs are the article's own
 *
 *     By Ada Roe                              PARAGRAPH_BYLINE
 *     EUROPEAN INVOLVEMENT                    PARAGRAPH_HEADING
 *     "We won't sign," the envoy said.        PARAGRAPH_BODY
 *     Read next                               PARAGRAPH_JUNK, and all that follows it
 *
 * The words that give such paragraphs away are lists in rules/grammar.rules.
 */
#ifndef TRACKER_LAYOUT_H
#define TRACKER_LAYOUT_H

#include "engine/rules.h"
#include "engine/token.h"

/* The lists that tell what a paragraph is. */
typedef struct LayoutLists { int opens, starts, byline; } LayoutLists;
LayoutLists layout_lists(const Rules *rules);

/* Set the kind of every paragraph that text_tokenize left as body or heading; a sentence begins behind a dateline too. */
void layout_mark(LayoutLists lists, const Hits *hits, Text *text);

/*
 * The first token behind a dateline ("MUNICH, Feb 13, 2025 (Newswire) -"), or the paragraph's first token when it
 * has none.
 */
uint32_t layout_dateline_end(const Text *text, const Paragraph *paragraph);

#endif
