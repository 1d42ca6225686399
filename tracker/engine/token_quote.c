#include "engine/token_internal.h"

typedef struct Quotes { Quote *ptr; size_t len, cap; } Quotes;

/* ---- a mark that is missing --------------------------------------------------- */

static bool is_double_mark(const Token *token)
{
    return token_is_mark(token, "\"oc");
}

/*
 * `We never agreed," Roe said`: a paragraph whose first mark can only close lacks the one that opens it.  A mark of no
 * bytes at the sentence's start takes its place.
 */
void token_supply_opening(Scanner *scan, const Paragraph *para)
{
    const Token *tokens = scan->tokens.ptr;
    uint32_t first = para->first_token, end = (uint32_t)scan->tokens.len, mark = first;
    size_t marks = 0;
    for (uint32_t at = first; at < end; at++)
        marks += is_double_mark(&tokens[at]);
    while (mark < end && !is_double_mark(&tokens[mark]))
        mark++;
    bool closes = marks % 2 == 1 && mark > first && mark + 1 < end && !(tokens[mark].flags & TOKEN_SPACED) &&
                  tokens[mark].mark != MARK_DOUBLE_OPEN && token_is_mark(&tokens[mark - 1], ",.?!") &&
                  tokens[mark + 1].flags & TOKEN_SPACED;
    if (!closes)
        return;
    for (uint32_t at = first; at + 2 < mark; at++)       /* its sentence, where there are several */
        if (token_is_stop(&tokens[at]) && tokens[at + 1].flags & TOKEN_CAPITAL && tokens[at + 1].flags & TOKEN_SPACED)
            first = at + 1;
    uint32_t from = tokens[first].span.from;
    Token opening = { .span = { from, from }, .kind = TOKEN_MARK, .mark = MARK_DOUBLE_OPEN };
    LIST_PUSH(scan->arena, &scan->tokens, opening);
    memmove(scan->tokens.ptr + first + 1, scan->tokens.ptr + first, (scan->tokens.len - 1 - first) * sizeof *scan->tokens.ptr);
    scan->tokens.ptr[first] = opening;
}

/* ---- pairs ---------------------------------------------------------------- */

typedef struct Pairing {
    const Text *text;
    Token *tokens;
    Quotes quotes;
    Arena *arena;
    int open_double, open_single;    /* index into quotes, or -1 */
} Pairing;

static void quote_open(Pairing *pair, uint32_t at, bool single)
{
    Quote quote = { .open = at, .single = single, .outer = single ? pair->open_double : -1, .continues = -1 };
    LIST_PUSH(pair->arena, &pair->quotes, quote);
    *(single ? &pair->open_single : &pair->open_double) = (int)pair->quotes.len - 1;
    pair->tokens[at].kind = TOKEN_QUOTE_OPEN;
}

static void quote_close(Pairing *pair, uint32_t at, bool single)
{
    int *open = single ? &pair->open_single : &pair->open_double;
    pair->quotes.ptr[*open].close = at;
    pair->tokens[at].kind = TOKEN_QUOTE_CLOSE;
    *open = -1;
}

/* The mark at the quotation's opening was none: an apostrophe, or an odd mark. */
static void quote_drop(Pairing *pair, int *open)
{
    Quote *quote = &pair->quotes.ptr[*open];
    pair->tokens[quote->open].kind = TOKEN_MARK;
    quote->close = quote->open;      /* empty: removed in the end */
    *open = -1;
}

static void pair_paragraph(Pairing *pair, const Paragraph *para)
{
    Token *tokens = pair->tokens;
    pair->open_double = pair->open_single = -1;
    for (uint32_t at = para->first_token; at < para->end_token; at++) {
        if (!token_is_mark(&tokens[at], "\"oc'OC"))
            continue;
        char mark = tokens[at].mark;
        if (strchr("\"oc", mark)) {
            if (pair->open_double < 0) {
                if (mark != MARK_DOUBLE_CLOSE)
                    quote_open(pair, at, false);
                continue;
            }
            if (pair->open_single > pair->open_double)
                quote_drop(pair, &pair->open_single);
            if (mark != MARK_DOUBLE_OPEN) {
                quote_close(pair, at, false);
            } else {
                /* A second opening mark: the first never closed. */
                quote_drop(pair, &pair->open_double);
                quote_open(pair, at, false);
            }
        } else if (mark == MARK_SINGLE_CLOSE || (mark == MARK_SINGLE && pair->open_single >= 0)) {
            if (pair->open_single >= 0)
                quote_close(pair, at, true);
            else
                token_try_possessive(tokens, at);
        } else if (mark == MARK_SINGLE_OPEN && pair->open_single < 0) {
            quote_open(pair, at, true);
        }
    }
    if (pair->open_single >= 0)
        quote_drop(pair, &pair->open_single);
    if (pair->open_double >= 0) {
        Quote *quote = &pair->quotes.ptr[pair->open_double];
        quote->close = para->end_token;
        quote->unclosed = true;
    }
}

/*
 * Keep an unclosed quotation when it runs on (the next paragraph opens one) or fills its paragraph from the
 * start; anything else was an odd mark.  Then drop the empty ones and fix the indexes.
 */
static void settle_quotes(Pairing *pair, Text *text)
{
    Quotes *quotes = &pair->quotes;
    int32_t *moved = ARENA_ARRAY(pair->arena, int32_t, quotes->len + 1);
    size_t kept = 0;
    int32_t running = -1;            /* index (after moving) of the unclosed quotation of the paragraph before */
    uint32_t running_paragraph = 0;
    for (size_t i = 0; i < quotes->len; i++) {
        Quote quote = quotes->ptr[i];
        moved[i] = -1;
        if (quote.close == quote.open)
            continue;
        uint32_t at = text_paragraph_of(text, quote.open);
        const Paragraph *para = &text->paragraphs[at];
        bool opens_paragraph = quote.open == para->first_token;
        if (quote.unclosed) {
            bool runs_on = at + 1 < text->n_paragraphs &&
                           text->paragraphs[at + 1].first_token < text->paragraphs[at + 1].end_token &&
                           text->tokens[text->paragraphs[at + 1].first_token].kind == TOKEN_QUOTE_OPEN;
            if (!runs_on && !opens_paragraph) {
                text->tokens[quote.open].kind = TOKEN_MARK;
                continue;
            }
        }
        if (running >= 0 && at == running_paragraph + 1 && opens_paragraph)
            quote.continues = running;
        running = -1;
        quote.outer = quote.outer >= 0 ? moved[quote.outer] : -1;
        moved[i] = (int32_t)kept;
        if (quote.unclosed) {
            running = (int32_t)kept;
            running_paragraph = at;
        }
        for (uint32_t k = quote.open + 1; k < quote.close; k++)
            text->tokens[k].flags |= TOKEN_QUOTED;
        quotes->ptr[kept++] = quote;
    }
    text->quotes = quotes->ptr;
    text->n_quotes = kept;
}

void token_pair_quotes(Text *text, Arena *arena)
{
    Pairing pair = { .text = text, .tokens = text->tokens, .arena = arena };
    for (size_t i = 0; i < text->n_paragraphs; i++)
        pair_paragraph(&pair, &text->paragraphs[i]);
    settle_quotes(&pair, text);
}
