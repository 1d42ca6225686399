/*
 * why.h - what was found in a story, as marks under its words: the data of `rules why`
 *
 *     "It is off the table," said Hegseth on Wednesday.
 *      ^^^^^^^^^^^^^^^^^^^^                                content of 1, direct
 *            ^^^^^^^^^^^^^                                  position closed, positions.rules:87
 *                            ^^^^                           cue of 1, attribution.rules:101
 *                                 ^^^^^^^                   source of 1: Pete Hegseth
 *
 * Marks are in order of their words; those that nearly matched stand behind the others of their sentence.
 */
#ifndef TRACKER_WHY_H
#define TRACKER_WHY_H

#include "extract/extract.h"

typedef enum MarkKind {
    MARK_CONTENT, MARK_SOURCE, MARK_CUE, MARK_VERB, MARK_MENTION, MARK_DAY, MARK_POSITION, MARK_TOPIC, MARK_NEEDS, MARK_NOT,
    MARK_MODIFIER, MARK_WORD, MARK_NEAR, MARK_KINDS
} MarkKind;

typedef struct Mark {
    MarkKind kind;
    uint32_t sentence;
    Span span;               /* of the story's text */
    Str name;                /* of the rule, the person, the list */
    Str note;                /* more about it; may be "" */
    Str where;               /* the rule's file:line; "" if none decided */
    Str lacks, pattern;      /* MARK_NEAR: the part that failed first, and all of it */
    int statement;           /* CONTENT, SOURCE, CUE: its n; 0 */
    bool unused;             /* matched, but nothing was made of it */
    uint32_t order;          /* in which it was found: of those that nearly matched, the nearest first */
} Mark;
typedef struct Marks { Mark *ptr; size_t len, cap; } Marks;

typedef struct WhyOptions {
    bool words;              /* also what lists and names of no consequence say */
    bool no_gate;
} WhyOptions;

extern const char *const mark_kinds[MARK_KINDS];         /* "content", "source", ... */

/* Everything about one story whose extraction has just ended; in `arena`. */
void why_find(const Rules *rules, const ExtractTrace *trace, const Statements *statements, WhyOptions options, Arena *arena,
              Marks *out, Problems *problems);

#endif
