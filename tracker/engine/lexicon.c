#include "engine/lexicon.h"

#include <assert.h>
#include <string.h>

/*
 * Three tables: words by hash (open addressing), trie edges by (node, word),
 * and the hits that end at a node as a linked list.  All grow while rules are
 * loaded and are only read afterwards.
 */
typedef struct Word {
    Str folded;
    uint32_t hash;
    uint32_t root;                   /* trie node of the phrases that begin with it, or 0 */
    Symbol symbol;                   /* SYMBOL_NONE unless a pattern has the word */
} Word;
typedef struct Words { Word *ptr; size_t len, cap; } Words;

/* The hash once more: most words of a text are in no rule, and are known so without a look at `words`. */
typedef struct WordSlot { uint32_t hash; WordId word; } WordSlot;

typedef struct Edge { uint32_t node, word, to; } Edge;

/* next: 0 at the last.  Once sealed, the ends of a node stand in a row. */
typedef struct End { uint32_t id; uint16_t kind; uint16_t flags; uint32_t next; } End;
typedef struct Ends { End *ptr; size_t len, cap; } Ends;

/* ends: index into Ends, 0 = none; inner: a bit of each word that an edge leads on with, as word_bit gives it. */
typedef struct Node { uint32_t ends, inner; } Node;
typedef struct Nodes { Node *ptr; size_t len, cap; } Nodes;

struct Lexicon {
    Arena *arena;
    Arena scratch;                   /* tokenised phrases */
    Words words;                     /* [0] unused */
    WordSlot *word_slots; size_t n_word_slots;
    Edge *edges; size_t n_edge_slots, n_edges;
    Nodes nodes;                     /* [0] unused */
    Ends ends;                       /* [0] unused */
    Strs tags;
    Strs symbol_words;               /* names of the word symbols, from SYMBOL_FIRST_WORD on */
    WordId mark_words[128];          /* of "," in a phrase */
    bool sealed;
};

/* ---- words ----------------------------------------------------------------- */

static uint32_t hash_text(Str text)
{
    uint32_t hash = 2166136261u;     /* as the tokenizer's: FNV-1a, 32 bits */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
    return hash;
}

static void place_word(Lexicon *lex, WordId id)
{
    uint32_t hash = lex->words.ptr[id].hash;
    size_t mask = lex->n_word_slots - 1, at = hash & mask;
    while (lex->word_slots[at].word)
        at = (at + 1) & mask;
    lex->word_slots[at] = (WordSlot){ hash, id };
}

static WordId find_word(const Lexicon *lex, Str folded, uint32_t hash)
{
    size_t mask = lex->n_word_slots - 1;
    for (size_t at = hash & mask; lex->word_slots[at].word; at = (at + 1) & mask)
        if (lex->word_slots[at].hash == hash && str_equal(lex->words.ptr[lex->word_slots[at].word].folded, folded))
            return lex->word_slots[at].word;
    return 0;
}

static WordId intern(Lexicon *lex, Str folded)
{
    assert(!lex->sealed);
    uint32_t hash = hash_text(folded);
    WordId id = find_word(lex, folded, hash);
    if (id)
        return id;
    if ((lex->words.len + 1) * 2 > lex->n_word_slots) {
        lex->n_word_slots *= 2;
        lex->word_slots = ARENA_ARRAY(lex->arena, WordSlot, lex->n_word_slots);
        for (WordId k = 1; k < lex->words.len; k++)
            place_word(lex, k);
    }
    id = (WordId)lex->words.len;
    LIST_PUSH(lex->arena, &lex->words, ((Word){ .folded = str_copy(lex->arena, folded), .hash = hash }));
    place_word(lex, id);
    if (folded.len == 1 && (unsigned char)folded.ptr[0] < 128)
        lex->mark_words[(unsigned char)folded.ptr[0]] = id;
    return id;
}

Lexicon *lexicon_new(Arena *arena)
{
    Lexicon *lex = ARENA_NEW(arena, Lexicon);
    lex->arena = arena;
    arena_init(&lex->scratch);
    lex->n_word_slots = 1 << 15;
    lex->word_slots = ARENA_ARRAY(arena, WordSlot, lex->n_word_slots);
    lex->n_edge_slots = 1 << 15;
    lex->edges = ARENA_ARRAY(arena, Edge, lex->n_edge_slots);
    LIST_PUSH(arena, &lex->words, ((Word){ 0 }));
    LIST_PUSH(arena, &lex->nodes, ((Node){ 0 }));
    LIST_PUSH(arena, &lex->ends, ((End){ 0 }));
    return lex;
}

WordId lexicon_word(const Lexicon *lex, Str folded)
{
    return find_word(lex, folded, hash_text(folded));
}

/* ---- symbols ---------------------------------------------------------------- */

Symbol lexicon_word_symbol(Lexicon *lex, Str folded)
{
    WordId id = intern(lex, folded);             /* first: it may move the words */
    Word *word = &lex->words.ptr[id];
    if (word->symbol == SYMBOL_NONE) {
        size_t symbol = SYMBOL_FIRST_WORD + lex->symbol_words.len;
        if (symbol > UINT16_MAX)
            return SYMBOL_NONE;
        word->symbol = (Symbol)symbol;
        LIST_PUSH(lex->arena, &lex->symbol_words, word->folded);
    }
    return word->symbol;
}

Symbol lexicon_tag(const Lexicon *lex, Str tag)
{
    for (size_t i = 0; i < lex->tags.len; i++)
        if (str_equal(lex->tags.ptr[i], tag))
            return (Symbol)(SYMBOL_FIRST_TAG + i);
    return SYMBOL_NONE;
}

Symbol lexicon_tag_symbol(Lexicon *lex, Str tag)
{
    Symbol known = lexicon_tag(lex, tag);
    if (known != SYMBOL_NONE)
        return known;
    assert(!lex->sealed);
    if (SYMBOL_FIRST_TAG + lex->tags.len >= SYMBOL_FIRST_WORD)
        return SYMBOL_NONE;
    LIST_PUSH(lex->arena, &lex->tags, str_copy(lex->arena, tag));
    return (Symbol)(SYMBOL_FIRST_TAG + lex->tags.len - 1);
}

Str lexicon_symbol_name(const Lexicon *lex, Symbol symbol)
{
    if (symbol >= SYMBOL_FIRST_WORD && symbol - (size_t)SYMBOL_FIRST_WORD < lex->symbol_words.len)
        return lex->symbol_words.ptr[symbol - SYMBOL_FIRST_WORD];
    if (symbol >= SYMBOL_FIRST_TAG && symbol - (size_t)SYMBOL_FIRST_TAG < lex->tags.len)
        return lex->tags.ptr[symbol - SYMBOL_FIRST_TAG];
    return STR("");
}

size_t lexicon_symbol_count(const Lexicon *lex)
{
    return SYMBOL_FIRST_WORD + lex->symbol_words.len;
}

/* ---- phrases ---------------------------------------------------------------- */

/* Most words lead nowhere from a node, and nearly all of them are known by it without a look at `edges`. */
static uint32_t word_bit(WordId word)
{
    return (uint32_t)1 << (word % 32);
}

static size_t edge_slot(const Lexicon *lex, uint32_t node, uint32_t word)
{
    size_t mask = lex->n_edge_slots - 1;
    uint64_t key = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(key >> 32) & mask;
    while (lex->edges[at].to && (lex->edges[at].node != node || lex->edges[at].word != word))
        at = (at + 1) & mask;
    return at;
}

static uint32_t child_of(Lexicon *lex, uint32_t node, uint32_t word)
{
    size_t at = edge_slot(lex, node, word);
    if (lex->edges[at].to)
        return lex->edges[at].to;
    if ((lex->n_edges + 1) * 2 > lex->n_edge_slots) {
        Edge *old = lex->edges;
        size_t n = lex->n_edge_slots;
        lex->n_edge_slots *= 2;
        lex->edges = ARENA_ARRAY(lex->arena, Edge, lex->n_edge_slots);
        for (size_t i = 0; i < n; i++)
            if (old[i].to)
                lex->edges[edge_slot(lex, old[i].node, old[i].word)] = old[i];
        at = edge_slot(lex, node, word);
    }
    uint32_t to = (uint32_t)lex->nodes.len;
    LIST_PUSH(lex->arena, &lex->nodes, ((Node){ 0 }));
    lex->nodes.ptr[node].inner |= word_bit(word);
    lex->edges[at] = (Edge){ node, word, to };
    lex->n_edges++;
    return to;
}

void lexicon_add(Lexicon *lex, Str phrase, LexiconKind kind, uint32_t id, unsigned flags)
{
    Token *tokens;
    size_t n = token_split(phrase, &lex->scratch, &tokens);
    uint32_t node = 0;
    for (size_t i = 0; i < n; i++) {
        Str folded = tokens[i].kind == TOKEN_MARK ? str_slice(phrase, tokens[i].span)
                                                  : token_fold(phrase, &tokens[i], &lex->scratch);
        WordId word = intern(lex, folded);
        if (i == 0) {
            if (!lex->words.ptr[word].root) {
                lex->words.ptr[word].root = (uint32_t)lex->nodes.len;
                LIST_PUSH(lex->arena, &lex->nodes, ((Node){ 0 }));
            }
            node = lex->words.ptr[word].root;
        } else {
            node = child_of(lex, node, word);
        }
    }
    arena_reset(&lex->scratch);
    if (!node)
        return;
    for (uint32_t at = lex->nodes.ptr[node].ends; at; at = lex->ends.ptr[at].next)
        if (lex->ends.ptr[at].kind == kind && lex->ends.ptr[at].id == id)
            return;
    End end = { .id = id, .kind = (uint16_t)kind, .flags = (uint16_t)flags, .next = lex->nodes.ptr[node].ends };
    lex->nodes.ptr[node].ends = (uint32_t)lex->ends.len;
    LIST_PUSH(lex->arena, &lex->ends, end);
}

/* In a row of memory they are read several at a time. */
static void straighten_ends(Lexicon *lex)
{
    Ends row = { .ptr = ARENA_ARRAY(lex->arena, End, lex->ends.len), .len = 1, .cap = lex->ends.len };
    for (size_t i = 1; i < lex->nodes.len; i++) {
        uint32_t at = lex->nodes.ptr[i].ends;
        if (at)
            lex->nodes.ptr[i].ends = (uint32_t)row.len;
        for (; at; at = lex->ends.ptr[at].next) {
            row.ptr[row.len] = lex->ends.ptr[at];
            row.ptr[row.len].next = lex->ends.ptr[at].next ? (uint32_t)row.len + 1 : 0;
            row.len++;
        }
    }
    lex->ends = row;
}

void lexicon_seal(Lexicon *lex)
{
    arena_clear(&lex->scratch);
    straighten_ends(lex);
    lex->sealed = true;
}

/* ---- finding ---------------------------------------------------------------- */

static bool same_word(const Word *word, Str text, const Token *token, Arena *arena)
{
    Str raw = str_slice(text, token->span);
    if (str_equal_nocase(raw, word->folded))
        return !str_equal(raw, STR("US"));           /* folds to "u.s" */
    return str_equal(token_fold(text, token, arena), word->folded);
}

static WordId token_word(const Lexicon *lex, Str text, const Token *token, Arena *arena)
{
    if (token->kind == TOKEN_MARK)
        return token->mark > 0 ? lex->mark_words[(unsigned char)token->mark] : 0;
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return 0;
    size_t mask = lex->n_word_slots - 1;
    for (size_t at = token->hash & mask; lex->word_slots[at].word; at = (at + 1) & mask)
        if (lex->word_slots[at].hash == token->hash &&
            same_word(&lex->words.ptr[lex->word_slots[at].word], text, token, arena))
            return lex->word_slots[at].word;
    return 0;
}

enum { PHRASE_WORDS = 24 };          /* the longest phrase looked for */

void lexicon_find(const Lexicon *lex, Text *text, Arena *arena, Hits *hits)
{
    /* Memory is slow and the table large: all words are on their way from it before the first is looked at. */
    for (size_t i = 0; i < text->n_tokens; i++)
        text->tokens[i].word = lex->word_slots[text->tokens[i].hash & (lex->n_word_slots - 1)].word;
    for (size_t i = 0; i < text->n_tokens; i++)
        text->tokens[i].word = token_word(lex, text->text, &text->tokens[i], arena);

    hits->at = ARENA_ARRAY(arena, uint32_t, text->n_tokens + 2);
    if (!hits->cap) {                            /* ordinary prose has fewer */
        hits->cap = 2 * text->n_tokens + 4;
        hits->ptr = ARENA_ARRAY(arena, Hit, hits->cap);
    }
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        hits->at[i] = (uint32_t)hits->len;
        uint32_t node = lex->words.ptr[text->tokens[i].word].root;
        if (!node)
            continue;
        uint32_t path[PHRASE_WORDS], n = 0;
        path[n++] = node;
        for (WordId next; i + n < text->n_tokens && n < PHRASE_WORDS && (next = text->tokens[i + n].word) != 0;) {
            if (!(lex->nodes.ptr[node].inner & word_bit(next)))
                break;
            node = lex->edges[edge_slot(lex, node, next)].to;
            if (!node)
                break;
            path[n++] = node;
        }
        bool capital = text->tokens[i].flags & TOKEN_CAPITAL;
        for (; n > 0; n--)
            for (uint32_t at = lex->nodes.ptr[path[n - 1]].ends; at; at = lex->ends.ptr[at].next) {
                const End *end = &lex->ends.ptr[at];
                if (capital || !(end->flags & LEXICON_CAPITALISED))
                    LIST_PUSH(arena, hits, ((Hit){ i, i + n, end->id, end->kind, (uint16_t)n }));
            }
    }
    hits->at[text->n_tokens] = hits->at[text->n_tokens + 1] = (uint32_t)hits->len;
}

Hits lexicon_look_up(const Lexicon *lex, Str words, Arena *arena, Text *text)
{
    Hits hits = { 0 };
    text_tokenize(words, arena, text);
    lexicon_find(lex, text, arena, &hits);
    return hits;
}

Symbol lexicon_token_symbol(const Lexicon *lex, const Text *text, uint32_t at)
{
    const Token *token = &text->tokens[at];
    Symbol own = lex->words.ptr[token->word].symbol;
    if (own != SYMBOL_NONE && token->kind != TOKEN_MARK)
        return own;
    switch ((TokenKind)token->kind) {
    case TOKEN_WORD:
        if (token->flags & TOKEN_POSSESSIVE)
            return SYMBOL_POSSESSIVE;
        return (token->flags & TOKEN_CAPITAL) && !(token->flags & TOKEN_FIRST) ? SYMBOL_NAME : SYMBOL_WORD;
    case TOKEN_NUMBER:
        return SYMBOL_NUMBER;
    case TOKEN_QUOTE_OPEN:
        return SYMBOL_OPEN;
    case TOKEN_QUOTE_CLOSE:
        return SYMBOL_CLOSE;
    case TOKEN_MARK:
        break;
    }
    switch (token->mark) {
    case ',': return SYMBOL_COMMA;
    case ':': return SYMBOL_COLON;
    case ';': return SYMBOL_SEMICOLON;
    case '-': return SYMBOL_DASH;
    case '.': case '!': case '?': return SYMBOL_STOP;
    case '(': case '[': return SYMBOL_PAREN_OPEN;
    case ')': case ']': return SYMBOL_PAREN_CLOSE;
    case '~': return SYMBOL_ELLIPSIS;
    default: return SYMBOL_MARK;
    }
}
