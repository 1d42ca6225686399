#include "extract/layout.h"

enum {
    LINE_TOKENS = 14,        /* a junk line is short */
    ARTICLE_PARAGRAPHS = 2,  /* before so many of its own paragraphs an article does not end */
};

/* Does a phrase of the list open the paragraph (an opening bracket or mark in front allowed)? */
static bool opens_with(const Hits *hits, size_t *next, const Paragraph *para, int list)
{
    while (*next < hits->len && hits->ptr[*next].first < para->first_token)
        ++*next;
    for (size_t i = *next; i < hits->len && hits->ptr[i].first <= para->first_token + 1 && hits->ptr[i].first < para->end_token; i++)
        if (hit_is_of_list(&hits->ptr[i], list))
            return true;
    return false;
}

LayoutLists layout_lists(const Rules *rules)
{
    return (LayoutLists){ rules_list(rules, "junk-opens"), rules_list(rules, "junk-starts"), rules_list(rules, "byline-opens") };
}

uint32_t layout_dateline_end(const Text *text, const Paragraph *para)
{
    enum { DATELINE_TOKENS = 20 };
    const Token *tokens = text->tokens;
    if (para->first_token == para->end_token || !(tokens[para->first_token].flags & TOKEN_ALL_CAPS))
        return para->first_token;
    for (uint32_t i = para->first_token + 1; i + 1 < para->end_token && i < para->first_token + DATELINE_TOKENS; i++) {
        const Token *token = &tokens[i];
        if (token->kind == TOKEN_QUOTE_OPEN || (token->kind == TOKEN_MARK && token->mark == ';'))
            break;
        if (token->kind == TOKEN_MARK && token->mark == '-' && (token->flags & TOKEN_SPACED))
            return i + 1;
    }
    return para->first_token;
}

void layout_mark(LayoutLists lists, const Hits *hits, Text *text)
{
    size_t next = 0, body = 0;
    bool ended = false;
    for (size_t i = 0; i < text->n_paragraphs; i++) {
        Paragraph *para = &text->paragraphs[i];
        uint32_t n = para->end_token - para->first_token;
        bool bracketed = n > 0 && text->tokens[para->first_token].mark == '(';
        bool line = para->kind == PARAGRAPH_HEADING || n <= LINE_TOKENS;
        if (ended) {
            para->kind = PARAGRAPH_JUNK;
        } else if (line && body >= ARTICLE_PARAGRAPHS && opens_with(hits, &next, para, lists.starts)) {
            para->kind = PARAGRAPH_JUNK;
            ended = true;
        } else if ((para->kind == PARAGRAPH_HEADING || bracketed) && opens_with(hits, &next, para, lists.byline)) {
            para->kind = PARAGRAPH_BYLINE;
        } else if (line && opens_with(hits, &next, para, lists.opens) && text->tokens[para->first_token].kind != TOKEN_QUOTE_OPEN) {
            para->kind = PARAGRAPH_JUNK;
        } else if (para->kind == PARAGRAPH_BODY) {
            uint32_t first = layout_dateline_end(text, para);
            if (first > para->first_token && first < para->end_token)
                text->tokens[first].flags |= TOKEN_FIRST;
            body++;
        }
    }
}
