#include "engine/token_internal.h"

/* ---- paragraphs -------------------------------------------------------------- */

/*
 * Is the text hard-wrapped?  Then a single line break inside a sentence is no paragraph.  Told by the share of
 * lines that end without a stop and go on with a small letter, of those that another line follows.
 */
static bool is_hard_wrapped(Str text)
{
    size_t lines = 0, wrapped = 0, at = 0;
    while (at < text.len && lines < 2000) {
        size_t end = str_find(text, STR("\n"), at);
        if (end + 1 < text.len && end > at + 20 && text.ptr[end + 1] != '\n' && text.ptr[end + 1] != '\r') {
            lines++;
            unsigned next = char_class((unsigned char)text.ptr[end + 1]);
            wrapped += next == C_LOWER && !strchr(".!?:\"", text.ptr[end - 1]);
        }
        at = end + 1;
    }
    return wrapped * 5 > lines;
}

static void add_paragraph(Str text, size_t from, size_t to, Arena *arena, Paragraphs *out)
{
    while (from < to && char_class((unsigned char)text.ptr[from]) == C_SPACE)
        from++;
    while (to > from && char_class((unsigned char)text.ptr[to - 1]) == C_SPACE)
        to--;
    if (from < to)
        LIST_PUSH(arena, out, ((Paragraph){ .span = { (uint32_t)from, (uint32_t)to } }));
}

void token_split_paragraphs(Str text, Arena *arena, Paragraphs *out)
{
    bool wrapped = is_hard_wrapped(text);
    size_t from = 0, at = 0;
    while (at < text.len) {
        size_t end = str_find(text, STR("\n"), at);
        size_t next = end + 1;
        bool breaks = !wrapped;
        if (wrapped) {
            size_t k = next;
            while (k < text.len && (text.ptr[k] == ' ' || text.ptr[k] == '\t' || text.ptr[k] == '\r'))
                k++;
            breaks = k >= text.len || text.ptr[k] == '\n' || k - next >= 2;
        }
        if (breaks) {
            add_paragraph(text, from, end < text.len ? end : text.len, arena, out);
            from = next;
        }
        at = next;
    }
    if (from < text.len)
        add_paragraph(text, from, text.len, arena, out);
}

/* A heading is short and has no stop at its end. */
bool token_is_heading(const Text *text, const Paragraph *para)
{
    uint32_t n = para->end_token - para->first_token;
    if (n == 0 || n > 18)
        return false;
    const Token *last = &text->tokens[para->end_token - 1];
    bool dotted = text->text.ptr[last->span.to - 1] == '.';          /* "... Little Rock, Ark." */
    return !token_is_stop(last) && !dotted && last->kind != TOKEN_QUOTE_CLOSE && !token_is_mark(last, ",:;-");
}

/* ---- sentences ----------------------------------------------------------------- */

static bool opens_sentence(const Text *text, const Token *token)
{
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_CAPITAL) && token_is_opener(str_slice(text->text, token->span));
}

/* "U.S.": the token behind it is looked at, when that is a word. */
static bool follows_initials(const Text *text, uint32_t at)
{
    const Token *token = &text->tokens[at], *before = token - 1;
    return at > 0 && token->kind == TOKEN_WORD && (token->flags & TOKEN_SPACED) && before->kind == TOKEN_WORD &&
           before->span.to - before->span.from > 3 && text->text.ptr[before->span.to - 1] == '.' && text->text.ptr[before->span.from + 1] == '.';
}

/*
 * Old wire texts have a capital behind every dot: "trade between the U.S. And Japan".  Where no word behind such
 * initials has a small letter, the capital of a small word there means nothing.
 */
void token_drop_wire_capitals(Text *text)
{
    size_t capitals = 0;
    for (uint32_t at = 1; at < text->n_tokens; at++)
        if (follows_initials(text, at)) {
            if (!(text->tokens[at].flags & TOKEN_CAPITAL))
                return;
            capitals++;
        }
    for (uint32_t at = 1; capitals > 1 && at < text->n_tokens; at++) {
        Token *token = &text->tokens[at];
        if (follows_initials(text, at) && token_is_inner(str_slice(text->text, token->span)))
            token->flags &= (uint8_t)~(TOKEN_CAPITAL | TOKEN_ALL_CAPS);
    }
}

/* May a sentence start with this token, after a full stop? */
static bool can_start(const Token *token)
{
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_QUOTE_OPEN || (token->flags & TOKEN_CAPITAL) ||
           token_is_mark(token, "(-[*\"o") || (token->kind == TOKEN_MARK && !token->mark);
}

/* The token behind the sentence that the token `at` may end, or `at` when it ends none. */
static uint32_t sentence_end(const Text *text, uint32_t at, uint32_t end)
{
    const Token *token = &text->tokens[at];
    uint32_t next = at + 1;
    if (token->kind == TOKEN_WORD) {
        /* "... in the U.S. The plan": the dot belongs to the word and ends the sentence too. */
        bool dotted = token->span.to - token->span.from > 1 && text->text.ptr[token->span.to - 1] == '.';
        if (!dotted || next >= end || !(text->tokens[next].flags & TOKEN_SPACED) || !opens_sentence(text, &text->tokens[next]))
            return at;
        Str word = str_slice(text->text, (Span){ token->span.from, token->span.to - 1 });
        if (token_is_abbreviation(word) && !str_equal_nocase(word, STR("inc")) && !str_equal_nocase(word, STR("corp")) &&
            !str_equal_nocase(word, STR("co")) && !str_equal_nocase(word, STR("jr")))
            return at;               /* "Mr. He": a name */
        if (word.len == 1)
            return at;
        return next;
    }
    if (!token_is_stop(token))
        return at;
    while (next < end && (token_is_stop(&text->tokens[next]) || text->tokens[next].kind == TOKEN_QUOTE_CLOSE ||
                          token_is_mark(&text->tokens[next], ")]")))
        next++;
    if (next >= end)
        return end;
    if (!can_start(&text->tokens[next]))
        return at;
    bool glued = !(text->tokens[next].flags & TOKEN_SPACED);
    if (glued && (token->mark != '.' || !(text->tokens[next].flags & TOKEN_CAPITAL) || text->tokens[next].kind != TOKEN_WORD))
        return at;                   /* "nights.There" splits, "3.Next" and "x.?" do not */
    if (glued && next == at + 1 && at > 0 && (text->tokens[at - 1].flags & TOKEN_CAPITAL))
        return at;                   /* "Amazon.Com" */
    if (token->mark == '~' && !(text->tokens[next].flags & TOKEN_CAPITAL))
        return at;
    return next;
}

void token_split_sentences(Text *text, uint32_t para_index, Arena *arena, Sentences *out)
{
    Paragraph *para = &text->paragraphs[para_index];
    para->first_sentence = (uint32_t)out->len;
    uint32_t first = para->first_token;
    bool start = true;
    for (uint32_t at = para->first_token; at < para->end_token; at++) {
        if (start && text->tokens[at].kind == TOKEN_WORD) {
            text->tokens[at].flags |= TOKEN_FIRST;
            start = false;
        }
        if (at < first)
            continue;
        uint32_t end = sentence_end(text, at, para->end_token);
        if (end == at)
            continue;
        LIST_PUSH(arena, out, ((Sentence){ first, end, para_index }));
        first = end;
        start = true;
    }
    if (first < para->end_token)
        LIST_PUSH(arena, out, ((Sentence){ first, para->end_token, para_index }));
    para->end_sentence = (uint32_t)out->len;
}
