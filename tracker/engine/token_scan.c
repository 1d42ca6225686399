#include "engine/token_internal.h"

#include "base/utf8.h"

/* ---- characters ------------------------------------------------------------ */

static unsigned class_at(Str text, size_t at)
{
    return at < text.len ? char_class((unsigned char)text.ptr[at]) : 0;
}

/* Bytes of the letter (of any script) that starts at `at`, or 0. */
static size_t letter_length(Str text, size_t at)
{
    unsigned c = class_at(text, at);
    if (c & C_ALPHA)
        return 1;
    if (c != C_HIGH)
        return 0;
    size_t next;
    return utf8_is_letter(utf8_decode(text, at, &next)) ? next - at : 0;
}

/* ---- words and numbers ------------------------------------------------------- */

static Token *push(Scanner *scan, TokenKind kind, size_t from, size_t to, unsigned flags)
{
    LIST_PUSH(scan->arena, &scan->tokens, (Token){ 0 });
    Token *token = &scan->tokens.ptr[scan->tokens.len - 1];
    token->span = (Span){ (uint32_t)from, (uint32_t)to };
    token->kind = (uint8_t)kind;
    token->flags = (uint8_t)flags;
    if (kind == TOKEN_WORD || kind == TOKEN_NUMBER)
        token->hash = token_hash(str_slice(scan->text, token->span));
    return token;
}

static void push_mark(Scanner *scan, size_t from, size_t to, char mark, unsigned flags)
{
    push(scan, TOKEN_MARK, from, to, flags)->mark = mark;
}

/* "U.S.", "a.m.", "J.": single letters with dots between.  Bytes, or 0. */
static size_t initials_length(Str text, size_t at)
{
    size_t end = at, letters = 0;
    while ((class_at(text, end) & C_ALPHA) && byte_is(text, end + 1, '.')) {
        end += 2;
        letters++;
    }
    if (letters == 0)
        return 0;
    if (letters == 1) {
        /* A lone initial inside a name; "I." and "a." are words at the end of a sentence. */
        bool initial = (class_at(text, at) & C_UPPER) && text.ptr[at] != 'I' && class_at(text, end) == C_SPACE &&
                       (class_at(text, end + 1) & C_UPPER);
        return initial ? 2 : 0;
    }
    if (letter_length(text, end) || (class_at(text, end) & C_DIGIT)) {
        if (!(class_at(text, end) & C_ALPHA) || letter_length(text, end + 1))
            return 0;                /* "e.g.something": a word of its own */
        return end + 1 - at;         /* "U.S.A" */
    }
    return end - at;
}

/* A word from `at`; returns the byte behind it. */
static size_t scan_word(Scanner *scan, size_t at, unsigned flags)
{
    Str text = scan->text;
    size_t end = at, n, upper = 0, lower = 0;
    if ((n = initials_length(text, at))) {
        unsigned caps = class_at(text, at) & C_UPPER ? TOKEN_CAPITAL | TOKEN_ALL_CAPS : 0;
        push(scan, TOKEN_WORD, at, at + n, flags | caps);
        return at + n;
    }
    while (end < text.len) {
        unsigned c = char_class((unsigned char)text.ptr[end]);
        if (c & (C_WORD)) {
            upper += c == C_UPPER;
            lower += c == C_LOWER;
            end++;
        } else if (c == C_HIGH && (n = letter_length(text, end))) {
            size_t next;
            if (utf8_is_upper(utf8_decode(text, end, &next)))
                upper++;
            else
                lower++;
            end += n;
        } else if ((n = token_apostrophe_length(text, end)) && letter_length(text, end + n)) {
            size_t behind = end + n;
            bool is_s = (text.ptr[behind] | 32) == 's' && !letter_length(text, behind + 1) && !token_apostrophe_length(text, behind + 1);
            if (is_s)
                break;               /* the possessive, or a contracted "is": a token of its own */
            end = behind;
        } else {
            break;
        }
    }
    size_t first;
    if (utf8_is_upper(utf8_decode(text, at, &first)))
        flags |= TOKEN_CAPITAL;
    if (upper >= 2 && lower == 0)
        flags |= TOKEN_ALL_CAPS;
    Str word = { text.ptr + at, end - at };
    if (byte_is(text, end, '.') && word.len <= 5 && token_is_abbreviation(word)) {
        bool abbreviates = flags & TOKEN_CAPITAL;
        if (str_equal_nocase(word, STR("no")))
            abbreviates = abbreviates && class_at(text, end + 2) == C_DIGIT;
        if (abbreviates || str_equal_nocase(word, STR("vs")) || str_equal_nocase(word, STR("etc"))) {
            push(scan, TOKEN_WORD, at, end, flags)->span.to = (uint32_t)end + 1;
            return end + 1;
        }
    }
    push(scan, TOKEN_WORD, at, end, flags);
    n = token_apostrophe_length(text, end);
    if (n && (text.ptr[end + n < text.len ? end + n : end] | 32) == 's' && !letter_length(text, end + n + 1)) {
        push(scan, TOKEN_WORD, end, end + n + 1, TOKEN_POSSESSIVE);
        return end + n + 1;
    }
    return end;
}

static size_t scan_number(Scanner *scan, size_t at, size_t digits_at, unsigned flags)
{
    Str text = scan->text;
    size_t end = digits_at;
    for (;;) {
        unsigned c = class_at(text, end);
        if (c & C_WORD)
            end++;                   /* 1990s, 20th, 3.2bn */
        else if ((byte_is(text, end, ',') || byte_is(text, end, '.') || byte_is(text, end, ':')) &&
                 (class_at(text, end + 1) & C_DIGIT))
            end += 2;
        else
            break;
    }
    if (byte_is(text, end, '%'))
        end++;
    push(scan, TOKEN_NUMBER, at, end, flags);
    return end;
}

/* ---- marks ----------------------------------------------------------------- */

static bool is_space_at(Str text, size_t at)
{
    return at >= text.len || char_class((unsigned char)text.ptr[at]) == C_SPACE;
}

/* A quotation mark of `bytes` bytes; kind is one of MARK_...; keeps what it may be in Token.mark. */
static size_t scan_quote(Scanner *scan, size_t at, size_t bytes, int kind, unsigned flags)
{
    Str text = scan->text;
    bool before = at == 0 || is_space_at(text, at - 1) || strchr("([{-/", text.ptr[at - 1]) != NULL ||
                  (at >= 3 && memcmp(text.ptr + at - 3, "\xE2\x80\x94", 3) == 0) || strchr("\"'", text.ptr[at - 1]) != NULL;
    bool behind = is_space_at(text, at + bytes) || strchr(".,;:!?)]}-", text.ptr[at + bytes]) != NULL;
    if (kind == MARK_DOUBLE || kind == MARK_SINGLE) {
        if (before && !behind)
            kind = kind == MARK_DOUBLE ? MARK_DOUBLE_OPEN : MARK_SINGLE_OPEN;
        else if (behind && !before)
            kind = kind == MARK_DOUBLE ? MARK_DOUBLE_CLOSE : MARK_SINGLE_CLOSE;
    }
    push_mark(scan, at, at + bytes, (char)kind, flags);
    return at + bytes;
}

static size_t scan_ascii_mark(Scanner *scan, size_t at, unsigned flags)
{
    Str text = scan->text;
    char c = text.ptr[at];
    size_t end = at + 1;
    switch (c) {
    case '"':
        return scan_quote(scan, at, 1, MARK_DOUBLE, flags);
    case '`':
        return scan_quote(scan, at, byte_is(text, at + 1, '`') ? 2 : 1,
                          byte_is(text, at + 1, '`') ? MARK_DOUBLE_OPEN : MARK_SINGLE_OPEN, flags);
    case '\'':
        if (byte_is(text, at + 1, '\''))
            return scan_quote(scan, at, 2, MARK_DOUBLE, flags);
        return scan_quote(scan, at, 1, MARK_SINGLE, flags);
    case '.':
        while (byte_is(text, end, '.') || (byte_is(text, end, ' ') && byte_is(text, end + 1, '.')))
            end += byte_is(text, end, '.') ? 1 : 2;
        push_mark(scan, at, end, end - at > 1 ? '~' : '.', flags);
        return end;
    case '-':
        while (byte_is(text, end, '-'))
            end++;
        push_mark(scan, at, end, '-', flags);
        return end;
    default:
        push_mark(scan, at, end, c, flags);
        return end;
    }
}

static size_t scan_high_mark(Scanner *scan, size_t at, unsigned flags)
{
    size_t end;
    uint32_t code = utf8_decode(scan->text, at, &end);
    switch (code) {
    case 0x201C: case 0x201E: case 0x00AB: case 0x301D:
        return scan_quote(scan, at, end - at, MARK_DOUBLE_OPEN, flags);
    case 0x201D: case 0x00BB: case 0x301E:
        return scan_quote(scan, at, end - at, MARK_DOUBLE_CLOSE, flags);
    case 0x2018: case 0x201B: case 0x2039:
        return scan_quote(scan, at, end - at, MARK_SINGLE_OPEN, flags);
    case 0x2019: case 0x203A:
        return scan_quote(scan, at, end - at, MARK_SINGLE_CLOSE, flags);
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
        push_mark(scan, at, end, '-', flags);
        return end;
    case 0x2026:
        push_mark(scan, at, end, '~', flags);
        return end;
    case 0x00A3: case 0x20AC: case 0x00A5:
        if (class_at(scan->text, end) & C_DIGIT)
            return scan_number(scan, at, end, flags);
        break;
    default:
        break;
    }
    push_mark(scan, at, end, 0, flags);
    return end;
}

/* A hyphen (or a non-breaking one) between two word characters joins them. */
static size_t hyphen_length(Str text, size_t at)
{
    size_t n = byte_is(text, at, '-') ? 1 : 0;
    if (at + 2 < text.len && (memcmp(text.ptr + at, "\xE2\x80\x90", 3) == 0 || memcmp(text.ptr + at, "\xE2\x80\x91", 3) == 0))
        n = 3;
    if (!n || at == 0)
        return 0;
    bool left = (class_at(text, at - 1) & C_WORD) || class_at(text, at - 1) == C_HIGH || byte_is(text, at - 1, '.');
    bool right = letter_length(text, at + n) || (class_at(text, at + n) & C_DIGIT);
    return left && right ? n : 0;
}

void token_scan(Scanner *scan, size_t from, size_t to)
{
    Str text = scan->text;
    size_t at = from;
    bool joined = false;
    bool spaced = true;
    while (at < to) {
        unsigned c = char_class((unsigned char)text.ptr[at]);
        if (c == C_SPACE) {
            at++;
            spaced = true;
            continue;
        }
        if (c == C_HIGH && at + 1 < to && memcmp(text.ptr + at, "\xC2\xA0", 2) == 0) {
            at += 2;
            spaced = true;
            continue;
        }
        unsigned flags = (spaced ? TOKEN_SPACED : 0u) | (joined ? TOKEN_HYPHENED : 0u);
        spaced = joined = false;
        size_t n;
        if (c & C_DIGIT)
            at = scan_number(scan, at, at, flags);
        else if (c & C_ALPHA || (c == C_HIGH && letter_length(text, at)))
            at = scan_word(scan, at, flags);
        else if (text.ptr[at] == '$' && (class_at(text, at + 1) & C_DIGIT))
            at = scan_number(scan, at, at + 1, flags);
        else if (!(flags & TOKEN_SPACED) && (n = hyphen_length(text, at))) {
            at += n;
            joined = true;
        } else if (c == C_HIGH)
            at = scan_high_mark(scan, at, flags);
        else
            at = scan_ascii_mark(scan, at, flags);
    }
}

void token_try_possessive(Token *tokens, uint32_t at)
{
    Token *token = &tokens[at];
    if (at == 0 || token->flags & TOKEN_SPACED || tokens[at - 1].kind != TOKEN_WORD)
        return;
    token->kind = TOKEN_WORD;
    token->flags |= TOKEN_POSSESSIVE;
    token->hash = token_hash(STR("'"));
}
