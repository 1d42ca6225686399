/*
 * lexicon.h - every word and phrase that rules and rosters know, in one word trie
 *
 *     lexicon_add(lex, STR("foreign ministry"), LEXICON_BODY, 17, 0)
 *     ...
 *     lexicon_find(lex, &text, arena, &hits)
 *         tokens   the Norwegian foreign ministry said
 *         hits     1-2 DEMONYM NO, 2-4 BODY 17, 4-5 VERB 3
 *
 * One pass over a story gives all hits of all kinds, ordered by first token,
 * longest first; overlapping hits are all given and the caller chooses.
 *
 * A word also has a Symbol: the 16-bit code unit that patterns are written in
 * (engine/pattern.h).  Only words that stand in a pattern get one of their
 * own; all other words share a few class symbols, so 16 bits are enough for
 * any roster.
 */
#ifndef TRACKER_LEXICON_H
#define TRACKER_LEXICON_H

#include "base/base.h"
#include "engine/token.h"

typedef uint16_t Symbol;

enum {
    SYMBOL_NONE = 0,
    SYMBOL_WORD,             /* a word that no pattern has, lower case */
    SYMBOL_NAME,             /* the same, capitalised inside a sentence */
    SYMBOL_NUMBER,
    SYMBOL_COMMA, SYMBOL_COLON, SYMBOL_SEMICOLON, SYMBOL_DASH, SYMBOL_STOP,      /* . ! ? */
    SYMBOL_OPEN, SYMBOL_CLOSE,                                                   /* quotation marks */
    SYMBOL_PAREN_OPEN, SYMBOL_PAREN_CLOSE, SYMBOL_ELLIPSIS, SYMBOL_MARK,
    SYMBOL_POSSESSIVE,       /* 's */
    SYMBOL_FIRST_TAG = 32,   /* span tags: <source>, <say>, ... */
    SYMBOL_FIRST_WORD = 512,
};

typedef enum LexiconKind {
    LEXICON_PERSON = 1,      /* full name or alias of an official: id = row of officials (several hits if several bear it) */
    LEXICON_SURNAME,         /* last word of a roster name: id = row */
    LEXICON_BODY,            /* Foreign Ministry, Kremlin, European Commission: id = index of the body */
    LEXICON_COUNTRY,         /* name or alias: id = row of countries */
    LEXICON_DEMONYM,         /* id = row of countries */
    LEXICON_PEOPLE,          /* "the Norwegians": id = row of countries */
    LEXICON_CAPITAL,         /* id = row of countries */
    LEXICON_GIVEN,           /* given name: id = 'M' or 'F' or 'U' */
    LEXICON_VERB,            /* a form of a cue verb: id = index of VerbForm in Rules */
    LEXICON_PHRASE,          /* a pattern that is a plain phrase: id = index of RulePattern in Rules */
    LEXICON_LIST,            /* a phrase of a `list` stanza that C code asks for by name: id = index of the list */
} LexiconKind;

enum { LEXICON_CAPITALISED = 1 };    /* the hit's first word must be capitalised in the text */

typedef struct Hit {
    uint32_t first, end;     /* tokens */
    uint32_t id;
    uint16_t kind;
    uint16_t words;          /* length, for choosing the longest */
} Hit;

/* at[i] is the first hit that starts at token i or behind it, for i up to n_tokens + 1 (filled by lexicon_find). */
typedef struct Hits { Hit *ptr; size_t len, cap; uint32_t *at; } Hits;

typedef struct Lexicon Lexicon;

Lexicon *lexicon_new(Arena *arena);
/* Add a phrase (tokenised here).  Nothing happens for a phrase without a word.  The same (phrase, kind, id) twice is one. */
void lexicon_add(Lexicon *lexicon, Str phrase, LexiconKind kind, uint32_t id, unsigned flags);
/* A word of a pattern: its symbol, given on first use; SYMBOL_NONE when all 65,000 are used up. */
Symbol lexicon_word_symbol(Lexicon *lexicon, Str folded);
/* A tag such as "source": its symbol, given on first use. */
Symbol lexicon_tag_symbol(Lexicon *lexicon, Str tag);
/* The symbol of a tag that some pattern uses; SYMBOL_NONE otherwise. */
Symbol lexicon_tag(const Lexicon *lexicon, Str tag);
/* The word or <tag> of a symbol, for messages; "" for class symbols. */
Str lexicon_symbol_name(const Lexicon *lexicon, Symbol symbol);
size_t lexicon_symbol_count(const Lexicon *lexicon);             /* one past the highest symbol given */
WordId lexicon_word(const Lexicon *lexicon, Str folded);         /* 0 if unknown */

/* After the last lexicon_add: from here on immutable and safe to share between threads. */
void lexicon_seal(Lexicon *lexicon);

/* Fill every token's word, append all hits in text order. */
void lexicon_find(const Lexicon *lexicon, Text *text, Arena *arena, Hits *hits);
/* The hits in a few words that stand by themselves, such as a name or an office; *text is made of them. */
Hits lexicon_look_up(const Lexicon *lexicon, Str words, Arena *arena, Text *text);

/* Is it a phrase of the list (an id, or -1 for none)? */
static inline bool hit_is_of_list(const Hit *hit, int list)
{
    return hit->kind == LEXICON_LIST && (int)hit->id == list;
}

/* Does a phrase of the list start at the token? */
static inline bool hits_list_at(const Hits *hits, uint32_t token, int list)
{
    for (uint32_t i = hits->at[token]; list >= 0 && i < hits->at[token + 1]; i++)
        if (hit_is_of_list(&hits->ptr[i], list))
            return true;
    return false;
}

/* The symbol of one token, by its word or its class. */
Symbol lexicon_token_symbol(const Lexicon *lexicon, const Text *text, uint32_t token);

#endif
