/*
 * pattern_parser.h - shared by the parts of the pattern module that read patterns
 *
 *     pattern.c           whole patterns: runs at the ends, symbols, what a match must have
 *     pattern_list.c      `list` stanzas; classes such as <number>
 *     pattern_item.c      characters -> nodes, item by item
 *     pattern_node.c      what follows for a node from those below it
 *     pattern_phrase.c    nodes -> the phrases that they stand for, and samples
 *
 * A parser reads one field.  A function that gives no node, or false, has reported why.
 */
#ifndef TRACKER_PATTERN_PARSER_H
#define TRACKER_PATTERN_PARSER_H

#include "engine/names.h"
#include "engine/pattern_node.h"

enum {
    PATTERN_DEPTH = 32,              /* ( and [ and lists inside one another */
    PATTERN_COUNT_MOST = 1 << 24,    /* counters of nodes stop here instead of running over */
};

typedef enum ListState { LIST_UNREAD, LIST_BUSY, LIST_READ, LIST_BROKEN } ListState;

typedef struct List {
    const Stanza *stanza;
    Node *node;                      /* ANY of all its phrases */
    ListState state;
} List;
typedef struct Lists { List **ptr; size_t len, cap; } Lists;

typedef struct Verbs { Names by_name; Nodes nodes; } Verbs;

struct PatternLists {
    Arena *arena;
    Lists lists;
    Names by_name;
    Strs names;                      /* for "did you mean" */
    const Str *tags; size_t n_tags;
    uint64_t *capitals;              /* bit set of symbols: words that some pattern writes with a capital */
    PatternClasses *classes;         /* of all patterns; filled by pattern_lists_seal */
    uint32_t *n_patterns;
    Verbs *verbs;                    /* nodes of "~verb", which all patterns share */
};

typedef struct Parser {
    const RuleField *field;
    const char *file;
    const PatternLists *lists;
    Arena *arena;
    Problems *problems;
    Pattern *pattern;                /* being parsed; NULL in lists and forms, where slots are not kept */
    Str text;                        /* field->text */
    size_t at;
    int depth;                       /* groups open here */
    int outer_depth;                 /* lists and groups around this field */
} Parser;

/* Report a fault at a byte of the field; NULL. */
BASE_PRINTF(3, 4)
Node *pattern_fail(Parser *p, size_t at, const char *format, ...);

Node *pattern_node_new(Parser *p, NodeKind kind);
/* Complete a node whose items are there; its text began at byte `from`. */
Node *pattern_node_end(Parser *p, Node *node, size_t from);
/* Several nodes as one. */
Node *pattern_node_of(Parser *p, NodeKind kind, Nodes items, size_t from);

/* a + b, which stops at PATTERN_COUNT_MOST. */
static inline uint32_t pattern_sum(uint32_t a, uint32_t b)
{
    return a + b < PATTERN_COUNT_MOST ? a + b : PATTERN_COUNT_MOST;
}

void pattern_skip_blanks(Parser *p);
/* After an error: on to the next phrase of the field. */
void pattern_skip_phrase(Parser *p);
/* Items up to `|`, a closing bracket or the end; top: not inside a bracket. */
Node *pattern_parse_branch(Parser *p, bool top);

/* The list's node is there, or its faults are reported; `depth`: groups and lists around where it is named. */
bool pattern_list_read(const PatternLists *lists, List *list, int depth, Problems *problems);

#endif
