/*
 * token.h - paragraphs, sentences, tokens and paired quotation marks
 *
 *     "We won't sign," said U.S. envoy Ada Roe.  He left.
 *     ( we won't sign , ) said u.s envoy ada roe . | he left .
 *
 * Tokens are words, numbers and single marks.  A hyphen inside a word splits
 * it ("non-negotiable" is two tokens, the second with TOKEN_HYPHENED), a
 * possessive is a token of its own ("Ukraine" "'s"), a contraction is one word
 * ("won't").  Dots of initials are dropped in the folded form; "US" and "U.S."
 * both fold to "u.s", so that the country is not the pronoun.
 *
 * Patterns and phrases of the rules go through the same tokenizer, so that a
 * rule is blind to case, to curly or straight marks, to hyphens and line breaks.
 *
 * A quotation runs from one mark to its partner.  Marks pair within a
 * paragraph; a paragraph that opens a quotation and never closes it is a
 * running quotation when the next paragraph opens one too; any other odd mark
 * harms its own paragraph only.
 */
#ifndef TRACKER_TOKEN_H
#define TRACKER_TOKEN_H

#include "base/base.h"

#include <string.h>

typedef enum TokenKind {
    TOKEN_WORD,
    TOKEN_NUMBER,            /* digits, with , . % and a currency sign in front: "$3.2", "2014", "50%" */
    TOKEN_MARK,              /* one punctuation character, or "..." or a dash */
    TOKEN_QUOTE_OPEN,        /* paired quotation marks only */
    TOKEN_QUOTE_CLOSE,
} TokenKind;

enum {
    TOKEN_CAPITAL   = 1 << 0,        /* first letter is upper case */
    TOKEN_ALL_CAPS  = 1 << 1,        /* two or more letters, all upper case */
    TOKEN_SPACED    = 1 << 2,        /* white space before it */
    TOKEN_HYPHENED  = 1 << 3,        /* joined to the token before by a hyphen */
    TOKEN_POSSESSIVE= 1 << 4,        /* 's or a bare apostrophe behind a word */
    TOKEN_QUOTED    = 1 << 5,        /* inside a quotation */
    TOKEN_FIRST     = 1 << 6,        /* first word of its sentence: its capital means nothing */
};

typedef uint32_t WordId;             /* of the lexicon; 0 = a word that no rule and no roster has */

typedef struct Token {
    Span span;                       /* bytes of the text */
    uint32_t hash;                   /* of the folded word: equal words have equal hashes */
    WordId word;                     /* filled by lexicon_find */
    uint8_t kind, flags;
    char mark;                       /* for TOKEN_MARK: its ASCII form; '-' any dash, '~' an ellipsis, 0 other */
} Token;

typedef struct Quote {
    uint32_t open, close;            /* token indexes of the marks; close == end of the paragraph when unclosed */
    bool unclosed;
    bool single;                     /* ‘ ’ or ' ' */
    int32_t outer;                   /* index of the quotation around it, or -1 */
    int32_t continues;               /* index of the quotation that it goes on from in the paragraph before, or -1 */
} Quote;

typedef struct Sentence {
    uint32_t first, end;             /* tokens */
    uint32_t paragraph;
} Sentence;

typedef enum ParagraphKind {
    PARAGRAPH_BODY,
    PARAGRAPH_HEADING,               /* short, no full stop: headline, EUROPEAN INVOLVEMENT */
    PARAGRAPH_BYLINE,                /* By Erin Banco; (Reporting by ...) */
    PARAGRAPH_JUNK,                  /* what stands around an article: Read next, teasers, share links, tags */
} ParagraphKind;

typedef struct Paragraph {
    Span span;                       /* bytes, without white space at the ends */
    uint32_t first_token, end_token;
    uint32_t first_sentence, end_sentence;
    ParagraphKind kind;
} Paragraph;

typedef struct Text {
    Str text;
    Token *tokens;          size_t n_tokens;
    Sentence *sentences;    size_t n_sentences;
    Paragraph *paragraphs;  size_t n_paragraphs;
    Quote *quotes;          size_t n_quotes;      /* by opening mark */
} Text;

/* All of a text.  Any valid UTF-8 is fine; arrays live in the arena, the text stays borrowed. */
void text_tokenize(Str text, Arena *arena, Text *out);

/* Only the tokens of a phrase, as rules have them: no sentences, no pairing (marks stay TOKEN_MARK). */
size_t token_split(Str phrase, Arena *arena, Token **out);

/* The folded form of a word token: what a lexicon stores. */
Str token_fold(Str text, const Token *token, Arena *arena);

/* The paragraph and the sentence that hold a token: indexes into text's arrays, which must not be empty. */
uint32_t text_paragraph_of(const Text *text, uint32_t token);
uint32_t text_sentence_of(const Text *text, uint32_t token);

/* Is it one of these marks?  `marks` are as Token.mark has them. */
static inline bool token_is_mark(const Token *token, const char *marks)
{
    return token->kind == TOKEN_MARK && token->mark && strchr(marks, token->mark) != NULL;
}

/* Bytes from the first token to the last (end exclusive). */
Span token_span(const Text *text, uint32_t first, uint32_t end);

#endif
