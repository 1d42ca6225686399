/*
 * utf8.h - validate, count and fold UTF-8
 *
 * Bytes are checked once, where they enter the program (read/input); from
 * then on code trusts them.  Folding makes two spellings of one word equal:
 *
 *     "Erdoğan" -> "erdogan"     "ZELENSKYY’s" -> "zelenskyy's"     "Łódź" -> "lodz"
 */
#ifndef TRACKER_UTF8_H
#define TRACKER_UTF8_H

#include "base/base.h"

/* Length in bytes of the longest valid prefix (RFC 3629: no surrogates, no overlong forms). */
size_t utf8_valid_prefix(Str text);

/* Decode the code point at byte `at` of valid text; *next is the byte behind it. */
uint32_t utf8_decode(Str text, size_t at, size_t *next);

/* Append the bytes of one code point to out (at least 4 bytes); how many were written. */
size_t utf8_encode(uint32_t code, char *out);

/* Number of code points in valid text. */
size_t utf8_count(Str text);

/*
 * Byte offsets -> code point offsets of one text.  Look-ups in rising order
 * cost one pass over the text in all; a look-up further back starts anew.
 */
typedef struct Utf8Counter { Str text; size_t byte, points; bool ascii; } Utf8Counter;
void   utf8_counter_init(Utf8Counter *counter, Str text);
size_t utf8_counter_at(Utf8Counter *counter, size_t byte);

/*
 * Fold one word: lower case, Latin letters without their accents, curly
 * apostrophes as ', ligatures and sharp s spelt out.  Other scripts stay as they are.
 * The result is never longer than 2 x word.len bytes.
 */
size_t utf8_fold(Str word, char *out, size_t out_bytes);
Str    utf8_fold_copy(Arena *arena, Str word);

/* Columns the text takes on a terminal: combining marks 0, East Asian wide 2, others 1. */
size_t utf8_width(Str text);

bool utf8_is_upper(uint32_t code);       /* Latin, Greek, Cyrillic */
bool utf8_is_letter(uint32_t code);      /* any script; good enough to delimit words */

#endif
