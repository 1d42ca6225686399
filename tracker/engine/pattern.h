/*
 * pattern.h - patterns of the rule language as PCRE2 over word symbols
 *
 *     [still|firmly] on the table            plain words, optional words
 *     (join|joining) ...3 NATO               alternatives; up to 3 words between
 *     ~refuse to ~rule out <object>          any inflection; a slot
 *     @people                                a list
 *     <source> [,] <say> that <content>      tags of spans that an earlier stage found
 *
 * A sentence is a string of 16-bit Symbols (engine/lexicon.h), one a token or
 * a span; a pattern is compiled by the 16-bit PCRE2 library (JIT, with match
 * limits) over that alphabet, and slots are its named groups.  Grammar:
 *
 *     pattern  = branch { "|" branch }            at the top level " | " separates phrases of a field
 *     branch   = item { item }
 *     item     = word | "~" verb | "@" list | "(" pattern ")" | "[" pattern "]" | "..." N
 *              | "<" slot ">" | mark (, : ; - " ( ) as \( \) )
 *
 * Slots that mean a run of text: <object>, <content>, <aside>, <any>; <number>
 * and <name> stand for one token of that class; any other slot is the tag of a
 * span.  `<object>` takes as few symbols as possible in the middle of a pattern
 * and as many as possible at its ends, and never crosses a semicolon or a dash.
 */
#ifndef TRACKER_PATTERN_H
#define TRACKER_PATTERN_H

#include "base/base.h"
#include "engine/lexicon.h"
#include "engine/rulefile.h"

enum {
    PATTERN_SLOTS = 8,               /* captured slots a pattern may have */
    PATTERN_LIMIT_STEPS = 20000,     /* PCRE2 match limit for one try in one sentence */
};

typedef struct PatternLists PatternLists;     /* `list` stanzas by name (pattern_lists_add) */
typedef struct Pattern Pattern;

PatternLists *pattern_lists_new(Arena *arena);
/* Add the phrases of one `list` stanza.  They may name other lists; a cycle is found when a pattern uses it. */
bool pattern_lists_add(PatternLists *lists, const Stanza *stanza, Problems *problems);

/*
 * Parse the text of a field into one Pattern per top-level phrase.  Words get their symbols here; nothing is
 * compiled yet, since classes such as <number> need all words of all patterns.  Errors name file:line:col of
 * the offending character.
 */
typedef struct PatternList { Pattern **ptr; size_t len, cap; } PatternList;
bool pattern_parse(const RuleField *field, const char *file, const PatternLists *lists, Lexicon *lexicon,
                   Arena *arena, PatternList *out, Problems *problems);

/*
 * The phrases a pattern stands for when it has no slot and no gap and they are at most `limit`: then it can
 * live in the word trie.  Otherwise false.
 */
bool pattern_phrases(const Pattern *pattern, size_t limit, Arena *arena, Strs *out);

/* Compile (after every pattern of every file has been parsed). */
bool pattern_compile(Pattern *pattern, const Lexicon *lexicon, Problems *problems);
void pattern_free(Pattern *pattern);          /* gives PCRE2's memory back */

/*
 * The gate: a set of symbols of which at least one must stand in a sentence for the pattern to match, derived
 * from the pattern and chosen small.  n = 0: the pattern has no required word and is always tried.
 */
size_t pattern_gate(const Pattern *pattern, const Symbol **symbols);
/* How specific: words and tags that a match must have at least.  Breaks ties between matches of one length. */
int pattern_weight(const Pattern *pattern);
Str pattern_source(const Pattern *pattern);   /* as written */
int pattern_line(const Pattern *pattern);
int pattern_col(const Pattern *pattern);

typedef struct PatternSlot { Str name; uint32_t from, to; bool set; } PatternSlot;
typedef struct PatternMatch {
    uint32_t from, to;               /* symbols */
    PatternSlot slots[PATTERN_SLOTS]; size_t n_slots;
} PatternMatch;

/* Per thread: match data and JIT stack. */
typedef struct PatternScratch PatternScratch;
PatternScratch *pattern_scratch_open(void);
void pattern_scratch_close(PatternScratch *scratch);

typedef enum PatternResult { PATTERN_NO, PATTERN_YES, PATTERN_EXPLODED } PatternResult;

/* The first match that starts at or after `from`. */
PatternResult pattern_match(const Pattern *pattern, PatternScratch *scratch, const Symbol *symbols, size_t n_symbols,
                            size_t from, PatternMatch *out);

/*
 * For `rules why`: how many of the pattern's parts match in a row from the best place, and the part that fails
 * first as written ("<say>", "table").  total = number of parts.
 */
typedef struct PatternNear { int matched, total; Str lacks; uint32_t at; } PatternNear;
bool pattern_near(const Pattern *pattern, const Symbol *symbols, size_t n_symbols, PatternNear *out);

/* Inflections of an English verb: "deny" -> deny denies denied denying (irregular ones from a table). */
void pattern_inflect(Str verb, Arena *arena, Strs *out);

#endif
