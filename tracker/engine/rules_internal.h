/*
 * rules_internal.h - what the files behind rules.h share
 *
 *     rules_load.c     folders and files -> stanzas and rosters, layer over layer
 *     rules.c          stanzas -> checked, parsed, compiled
 *     rules_match.c    the gate, and matching
 */
#ifndef TRACKER_RULES_INTERNAL_H
#define TRACKER_RULES_INTERNAL_H

#include "engine/rules.h"

typedef struct RuleList { Rule *ptr; size_t len, cap; } RuleList;
typedef struct RulePatterns { RulePattern *ptr; size_t len, cap; } RulePatterns;
typedef struct Verbs { Verb *ptr; size_t len, cap; } Verbs;
typedef struct VerbForms { VerbForm *ptr; size_t len, cap; } VerbForms;
typedef struct RuleTests { RuleTest *ptr; size_t len, cap; } RuleTests;

typedef struct Loader {
    Rules *rules;
    Arena *arena;
    Arena scratch;                   /* phrases written out */
    Problems *problems;
    Stanzas stanzas;                 /* as read, lowest layer first; then those that are sound and count */
    PatternLists *lists;
    RuleList rule_list;
    RulePatterns patterns;
    Verbs verbs;
    VerbForms verb_forms;
    RuleTests tests;
    Strs positions, positions_off;   /* their names; those that a layer switched off */
} Loader;

/* Check the loader's stanzas, lay the layers over each other, parse and compile what is sound. */
void rules_compile(Loader *loader);
/* Symbol -> patterns, once all of them are compiled. */
void rules_build_gate(Rules *rules);

#endif
