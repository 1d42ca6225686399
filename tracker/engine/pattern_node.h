/*
 * pattern_node.h - the parsed form of a pattern: pattern_parser.h makes it, pattern_match.c matches it
 *
 *     [still|firmly] on <object>
 *
 *     ALL
 *       OPTION - ANY - WORD still, WORD firmly
 *       WORD on
 *     tail: object
 *
 * Nodes are shared: every pattern that names @list holds the same node.
 */
#ifndef TRACKER_PATTERN_NODE_H
#define TRACKER_PATTERN_NODE_H

#include "engine/pattern.h"

typedef enum NodeKind { NODE_WORD, NODE_GAP, NODE_SLOT, NODE_ALL, NODE_ANY, NODE_OPTION } NodeKind;

typedef enum SlotKind {
    SLOT_NONE, SLOT_OBJECT, SLOT_CONTENT, SLOT_ANY, SLOT_ASIDE, SLOT_NUMBER, SLOT_NAME, SLOT_TAG
} SlotKind;

enum {
    PATTERN_END_SYMBOLS = 25,        /* <object> at an end, <aside> */
    PATTERN_MIDDLE_SYMBOLS = 15,     /* <object> in the middle */
    PATTERN_CONTENT_SYMBOLS = 120,   /* <content> in the middle */
    PATTERN_GROUPS = 31,             /* capturing groups: a slot may stand in several branches */
    SLOT_NOT_KEPT = UINT8_MAX,       /* slot_index of a slot in a list */
};

typedef struct Node Node;
typedef struct Nodes { Node **ptr; size_t len, cap; } Nodes;

struct Node {
    NodeKind kind;
    Str source;              /* as written */
    Symbol symbol;           /* WORD, SLOT of SLOT_TAG: SYMBOL_NONE until given */
    Str word, folded;        /* WORD: as written and folded, empty for a mark; SLOT_TAG: word is the tag */
    bool capital;            /* WORD: written with a capital */
    VerbTense tense;         /* WORD: of a "~verb" */
    SlotKind slot; uint8_t slot_index;
    uint16_t gap;            /* GAP: at most so many symbols */
    Nodes items;             /* ALL, ANY, OPTION (one) */
    bool has_symbols;

    /* Derived from the items when the node is made. */
    bool plain;              /* words only */
    uint8_t slots;           /* bit set of slot indexes */
    uint16_t depth;
    uint32_t size;           /* nodes when all lists are written out */
    uint32_t phrases;        /* phrases it stands for, if plain */
    uint32_t least, most;    /* words and tags needed; symbols covered */
    uint32_t cost;           /* how often its gate opens, roughly; GATE_NEVER: it has none */
};

enum { GATE_NEVER = 1 << 30 };

typedef struct PatternEnd { SlotKind slot; uint8_t slot_index; bool optional; } PatternEnd;

/* What <number> and <name> stand for: their own symbols and those of the words that belong to them. */
typedef struct PatternClasses { Symbol *numbers, *names; size_t n_numbers, n_names; } PatternClasses;

struct Pattern {
    const RuleField *field;
    const char *file;
    Str source;
    size_t at;               /* byte of field->text where it starts */
    Arena *arena;
    uint32_t index;          /* among the patterns of its PatternLists */
    const PatternClasses *classes;
    Node *core;              /* ALL, without runs at the ends */
    PatternEnd head, tail;
    Str slot_names[PATTERN_SLOTS]; size_t n_slots;
    size_t n_groups;         /* slots in all branches */

    PatternPart *parts; size_t n_parts;      /* from left to right */
};

#endif
