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
 *              | "<" slot ">" | "<" name ":" slot ">" | mark (, : ; - " ( ) as \( \) )
 *
 * Slots that mean a run of text:
 *
 *     <object>    1 to 25 symbols, as many as possible, at an end of the pattern; 1 to 15, as few as possible, in
 *                 its middle; never across a full stop, a semicolon or a dash
 *     <content>   at an end of the pattern everything up to the end of the string; in the middle as few as possible
 *     <any>       as <object>, but across anything save a full stop
 *     <aside>     optional: a comma, up to 25 symbols (these are the slot), a comma
 *
 * <number> and <name> stand for one token of that class; any other slot is the
 * tag of a span (pattern_lists_tags).  <recipient:source> is a <source> that is
 * kept under another name.  Slots in lists match but are not kept.  Runs at the ends are not part of the
 * regular expression: they are measured from the match outwards, so that a
 * pattern costs the same with and without them.
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
/* Add one `list` stanza.  It may name lists that come later; its phrases are read on first use. */
bool pattern_lists_add(PatternLists *lists, const Stanza *stanza, Problems *problems);
/* The span tags that patterns parsed from here on may name as slots. */
void pattern_lists_tags(PatternLists *lists, const Str *tags, size_t n_tags);

/*
 * Parse the text of a field into one Pattern per top-level phrase.  Words get their symbols here.  Errors name
 * file:line:col of the offending character.
 */
typedef struct PatternList { Pattern **ptr; size_t len, cap; } PatternList;
bool pattern_parse(const RuleField *field, const char *file, const PatternLists *lists, Lexicon *lexicon,
                   Arena *arena, PatternList *out, Problems *problems);

typedef enum VerbTense { VERB_BASE, VERB_S, VERB_PAST, VERB_ING, VERB_PARTICIPLE, VERB_FIXED } VerbTense;

/* A plain phrase; tense: of the "~verb" that it begins with, VERB_FIXED when it begins with none. */
typedef struct PatternPhrase { Str text; VerbTense tense; } PatternPhrase;
typedef struct PatternPhrases { PatternPhrase *ptr; size_t len, cap; } PatternPhrases;

/*
 * The phrases a pattern stands for when it has only words and they are at most `limit`: then it can live in the
 * word trie.  Otherwise false.
 */
bool pattern_phrases(const Pattern *pattern, size_t limit, Arena *arena, PatternPhrases *out);
/* The phrases of a field that may have words only (forms of a verb, words of a sense).  No word gets a symbol. */
bool pattern_parse_phrases(const RuleField *field, const char *file, const PatternLists *lists, Arena *arena,
                           PatternPhrases *out, Problems *problems);
/* Those phrases of a list that have words only.  False if its text was reported as wrong. */
bool pattern_list_phrases(const PatternLists *lists, Str name, Arena *arena, PatternPhrases *out,
                          Problems *problems);

/*
 * Words that the pattern matches, made up: `choice` picks among its alternatives, options and gaps; 0 takes the
 * shortest way.  Spans are written as their tags.
 */
Str pattern_sample(const Pattern *pattern, unsigned choice, Arena *arena);

/* After every pattern of every file has been parsed: classes such as <number> need all words of all patterns. */
void pattern_lists_seal(PatternLists *lists, const Lexicon *lexicon);
/* Whether PCRE2 takes the pattern.  Otherwise reported; a match would tell PATTERN_BROKEN. */
bool pattern_check(const Pattern *pattern, Problems *problems);

/*
 * The parts that a match must have, in this order: of each one of its symbols, with at most `before` symbols between
 * it and the match's start.  Derived from the pattern; the cost says how often a part is met, roughly.
 */
typedef struct PatternPart { const Symbol *symbols; size_t n; uint32_t before, cost; } PatternPart;
size_t pattern_parts(const Pattern *pattern, const PatternPart **parts);
/* The symbols of the part that is met least often: the gate.  0: no word is required and the pattern is always tried. */
size_t pattern_gate(const Pattern *pattern, const Symbol **symbols);
/* How specific: words and tags that a match must have at least.  Breaks ties between matches of one length. */
int pattern_weight(const Pattern *pattern);
Str pattern_source(const Pattern *pattern);   /* as written */
int pattern_line(const Pattern *pattern);
int pattern_col(const Pattern *pattern);

typedef struct PatternSlot { Str name; uint32_t from, to; bool set; } PatternSlot;
typedef struct PatternMatch {
    uint32_t from, to;               /* symbols, without the runs at the ends: what the pattern's own words cover */
    uint32_t whole_from, whole_to;   /* with them */
    PatternSlot slots[PATTERN_SLOTS]; size_t n_slots;
} PatternMatch;

/*
 * Per thread: what PCRE2 needs for a match, and the patterns compiled.  Each is compiled when it is first tried: most
 * stories need few of them.  For the patterns of one PatternLists.
 */
typedef struct PatternScratch PatternScratch;
PatternScratch *pattern_scratch_open(void);
void pattern_scratch_close(PatternScratch *scratch);

typedef enum PatternResult { PATTERN_NO, PATTERN_YES, PATTERN_EXPLODED, PATTERN_BROKEN } PatternResult;

/* The first match whose own words start in starts, ends included.  Look for the next one from out->from + 1. */
PatternResult pattern_match(const Pattern *pattern, PatternScratch *scratch, const Symbol *symbols, size_t n_symbols,
                            Span starts, PatternMatch *out);

/*
 * For `rules why`: how many of the pattern's parts match in a row from the best place, and the part that fails
 * first as written ("<say>", "table").  total = number of parts.
 */
typedef struct PatternNear { int matched, total; Str lacks; uint32_t at; } PatternNear;
bool pattern_near(const Pattern *pattern, const Symbol *symbols, size_t n_symbols, PatternNear *out);

/*
 * Inflections of an English verb: "deny" -> deny, denies, denied, denying (irregular ones from a table).  A
 * participle that equals the past is left out; a past that equals the base form is given twice.
 */
void pattern_inflect(Str verb, Arena *arena, PatternPhrases *out);
/* The verb of an irregular past or participle in lower case: "sunk" -> sink; STR_NONE of all other words. */
Str pattern_base_form(Str past);

#endif
