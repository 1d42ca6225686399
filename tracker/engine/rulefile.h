/*
 * rulefile.h - the stanza language: lines in, stanzas out, nothing interpreted yet
 *
 *     # a comment
 *     topic ukraine-nato "NATO membership for Ukraine"        kind, name, label
 *       about   joining ...3 NATO | NATO membership           field: key and text
 *       needs   Ukraine | Kyiv
 *               | Ukrainian                                   deeper than the key: goes on
 *     verb deny  effect=deny tag=say                          attributes
 *       forms   ~deny
 *
 * A line in column 1 opens a stanza; indented lines belong to it.  Nothing
 * needs quoting.  A broken line is reported and skipped, the rest is read, so
 * that one run shows every error.
 */
#ifndef TRACKER_RULEFILE_H
#define TRACKER_RULEFILE_H

#include "base/base.h"

/* One line's share of a field: text from byte `from` on stood at line:col. */
typedef struct RulePiece { size_t from; int line, col; } RulePiece;
typedef struct RulePieces { RulePiece *ptr; size_t len, cap; } RulePieces;

typedef struct RuleField {
    Str key, text;           /* text: trimmed, continuation lines joined by one space */
    int line, col;           /* of the text's first character */
    int key_line, key_col;
    RulePieces pieces;       /* in text order, at least one */
} RuleField;
typedef struct RuleFields { RuleField *ptr; size_t len, cap; } RuleFields;

typedef struct RuleAttribute { Str key, value; int col, value_col; } RuleAttribute;
typedef struct RuleAttributes { RuleAttribute *ptr; size_t len, cap; } RuleAttributes;

typedef struct Stanza {
    Str kind, name, label;   /* label STR_NONE when there is none */
    const char *file;        /* as errors name it: "topics/nato.rules", "/home/ada/rules/nato.rules" */
    const char *source;      /* as results name it: "topics/nato.rules", "rules/nato.rules" */
    int layer;               /* 0 for the lowest: see RuleSource */
    int line, name_col;
    RuleAttributes attributes;
    RuleFields fields;
} Stanza;
typedef struct Stanzas { Stanza *ptr; size_t len, cap; } Stanzas;

enum { RULEFILE_LINE_BYTES = 64 * 1024 };

/* Read one file's text, which must outlive the stanzas.  Appends to *out what is sound; false if anything was reported. */
bool rulefile_parse(Str text, const char *file, Arena *arena, Stanzas *out, Problems *problems);

/* The attribute's value, or STR_NONE. */
Str stanza_attribute(const Stanza *stanza, const char *key);

/* The column of that value; without such an attribute that of the name. */
int stanza_attribute_col(const Stanza *stanza, const char *key);

/* Where a byte of field->text stood in the file. */
int rulefile_line(const RuleField *field, size_t at);
int rulefile_col(const RuleField *field, size_t at);

/*
 * The nearest of `words` to `word` (edit distance at most 2), or STR_NONE: for "did you mean".
 */
Str rulefile_nearest(Str word, const Str *words, size_t n_words);

#endif
