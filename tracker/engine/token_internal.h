/*
 * token_internal.h - shared by the parts of the token module only
 *
 *     token.c             a text from one end to the other; phrases; where a token stands
 *     token_word.c        how words are spelt: abbreviations, folding, hashes
 *     token_scan.c        characters -> words, numbers and marks
 *     token_quote.c       marks -> pairs of quotation marks
 *     token_sentence.c    lines -> paragraphs, tokens -> sentences
 */
#ifndef TRACKER_TOKEN_INTERNAL_H
#define TRACKER_TOKEN_INTERNAL_H

#include "engine/token.h"

typedef struct Tokens { Token *ptr; size_t len, cap; } Tokens;
typedef struct Sentences { Sentence *ptr; size_t len, cap; } Sentences;
typedef struct Paragraphs { Paragraph *ptr; size_t len, cap; } Paragraphs;

/* What a quotation mark may be, kept in Token.mark until the marks of a paragraph are paired. */
enum {
    MARK_DOUBLE = '"',               /* straight: opens or closes */
    MARK_DOUBLE_OPEN = 'o', MARK_DOUBLE_CLOSE = 'c',
    MARK_SINGLE = '\'', MARK_SINGLE_OPEN = 'O', MARK_SINGLE_CLOSE = 'C',
};

typedef struct Scanner {
    Str text;
    Arena *arena;
    Tokens tokens;
} Scanner;

enum { C_SPACE = 1, C_UPPER = 2, C_LOWER = 4, C_DIGIT = 8, C_ALPHA = C_UPPER | C_LOWER, C_WORD = C_ALPHA | C_DIGIT, C_HIGH = 16 };

static inline unsigned char_class(unsigned char c)
{
    if (c >= 'a' && c <= 'z')
        return C_LOWER;
    if (c >= 'A' && c <= 'Z')
        return C_UPPER;
    if (c >= '0' && c <= '9')
        return C_DIGIT;
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return C_SPACE;
    return c >= 0x80 ? C_HIGH : 0;
}

static inline bool byte_is(Str text, size_t at, char c)
{
    return at < text.len && text.ptr[at] == c;
}

/* Bytes of an apostrophe, straight or curly, or 0. */
static inline size_t token_apostrophe_length(Str text, size_t at)
{
    if (byte_is(text, at, '\''))
        return 1;
    return at + 2 < text.len && memcmp(text.ptr + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static inline bool token_is_stop(const Token *token)
{
    return token_is_mark(token, ".!?~");
}

/* "gen", "Calif": does a dot behind it end no sentence? */
bool token_is_abbreviation(Str word);
/* "The": does a word such as this open a sentence behind a dot that is also an abbreviation's? */
bool token_is_opener(Str word);
/* "and": is it a word that no name begins with? */
bool token_is_inner(Str word);
uint32_t token_hash(Str word);

/* Append the tokens of scan->text from one byte to another. */
void token_scan(Scanner *scan, size_t from, size_t to);

/* Right behind a word a mark may be the possessive of a plural, "allies'": then it becomes that. */
void token_try_possessive(Token *tokens, uint32_t at);

/* Of the paragraph at the end of what is scanned: a mark of no bytes where the text has only the closing one. */
void token_supply_opening(Scanner *scan, const Paragraph *para);
/* Pair the marks of all paragraphs: text->quotes, and the kinds of the tokens. */
void token_pair_quotes(Text *text, Arena *arena);

void token_split_paragraphs(Str text, Arena *arena, Paragraphs *out);
/* Before sentences are told apart: capitals that mean nothing. */
void token_drop_wire_capitals(Text *text);
void token_split_sentences(Text *text, uint32_t para_index, Arena *arena, Sentences *out);
bool token_is_heading(const Text *text, const Paragraph *para);

#endif
