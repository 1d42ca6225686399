#include "engine/token_internal.h"

#include <assert.h>

void text_tokenize(Str str, Arena *arena, Text *out)
{
    assert(str.len <= UINT32_MAX);
    *out = (Text){ .text = str };
    Paragraphs paragraphs = { 0 };
    token_split_paragraphs(str, arena, &paragraphs);

    Scanner scan = { .text = str, .arena = arena };
    scan.tokens.cap = str.len / 5 + 16;              /* one allocation for ordinary prose */
    scan.tokens.ptr = ARENA_ARRAY(arena, Token, scan.tokens.cap);
    for (size_t i = 0; i < paragraphs.len; i++) {
        Paragraph *para = &paragraphs.ptr[i];
        para->first_token = (uint32_t)scan.tokens.len;
        token_scan(&scan, para->span.from, para->span.to);
        token_supply_opening(&scan, para);
        para->end_token = (uint32_t)scan.tokens.len;
    }
    out->tokens = scan.tokens.ptr;
    out->n_tokens = scan.tokens.len;
    out->paragraphs = paragraphs.ptr;
    out->n_paragraphs = paragraphs.len;

    token_pair_quotes(out, arena);
    token_drop_wire_capitals(out);

    Sentences sentences = { 0 };
    for (size_t i = 0; i < paragraphs.len; i++) {
        token_split_sentences(out, (uint32_t)i, arena, &sentences);
        if (token_is_heading(out, &paragraphs.ptr[i]))
            paragraphs.ptr[i].kind = PARAGRAPH_HEADING;
    }
    out->sentences = sentences.ptr;
    out->n_sentences = sentences.len;
}

size_t token_split(Str phrase, Arena *arena, Token **out)
{
    Scanner scan = { .text = phrase, .arena = arena };
    token_scan(&scan, 0, phrase.len);
    for (size_t i = 0; i < scan.tokens.len; i++)
        if (token_is_mark(&scan.tokens.ptr[i], "'OC"))
            token_try_possessive(scan.tokens.ptr, (uint32_t)i);
    *out = scan.tokens.ptr;
    return scan.tokens.len;
}

/* Empty paragraphs hold no token: of several that start at one, the last is meant. */
uint32_t text_paragraph_of(const Text *text, uint32_t token)
{
    size_t low = 0, high = text->n_paragraphs;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (text->paragraphs[mid].first_token <= token)
            low = mid;
        else
            high = mid;
    }
    return (uint32_t)low;
}

uint32_t text_sentence_of(const Text *text, uint32_t token)
{
    size_t low = 0, high = text->n_sentences;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (text->sentences[mid].first <= token)
            low = mid;
        else
            high = mid;
    }
    return (uint32_t)low;
}

Span token_span(const Text *text, uint32_t first, uint32_t end)
{
    if (first >= end)
        return (Span){ 0, 0 };
    return (Span){ text->tokens[first].span.from, text->tokens[end - 1].span.to };
}
