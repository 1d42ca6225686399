#include "engine/token.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

typedef struct Tokens { Token *ptr; size_t len, cap; } Tokens;
typedef struct Sentences { Sentence *ptr; size_t len, cap; } Sentences;
typedef struct Paragraphs { Paragraph *ptr; size_t len, cap; } Paragraphs;
typedef struct Quotes { Quote *ptr; size_t len, cap; } Quotes;

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

/* ---- characters ------------------------------------------------------------ */

enum { C_SPACE = 1, C_UPPER = 2, C_LOWER = 4, C_DIGIT = 8, C_ALPHA = C_UPPER | C_LOWER, C_WORD = C_ALPHA | C_DIGIT, C_HIGH = 16 };

static unsigned char_class(unsigned char c)
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

static unsigned class_at(Str text, size_t at)
{
    return at < text.len ? char_class((unsigned char)text.ptr[at]) : 0;
}

static bool byte_is(Str text, size_t at, char c)
{
    return at < text.len && text.ptr[at] == c;
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

/* Bytes of an apostrophe, straight or curly, or 0. */
static size_t apostrophe_length(Str text, size_t at)
{
    if (byte_is(text, at, '\''))
        return 1;
    if (at + 2 < text.len && memcmp(text.ptr + at, "\xE2\x80\x99", 3) == 0)
        return 3;
    return 0;
}

/* ---- words ----------------------------------------------------------------- */

/* Abbreviations whose dot ends no sentence.  Facts of English spelling, not of any subject. */
static const Str abbreviations[] = {
    STR_INIT("adm"), STR_INIT("ala"), STR_INIT("amb"), STR_INIT("apr"), STR_INIT("ariz"), STR_INIT("ark"),
    STR_INIT("assn"), STR_INIT("asst"), STR_INIT("aug"), STR_INIT("ave"), STR_INIT("blvd"), STR_INIT("brig"),
    STR_INIT("calif"), STR_INIT("capt"), STR_INIT("cmdr"), STR_INIT("co"), STR_INIT("col"), STR_INIT("colo"),
    STR_INIT("comdr"), STR_INIT("conn"), STR_INIT("corp"), STR_INIT("cpl"), STR_INIT("dec"), STR_INIT("del"),
    STR_INIT("dept"), STR_INIT("dr"), STR_INIT("ed"), STR_INIT("est"), STR_INIT("etc"), STR_INIT("feb"),
    STR_INIT("fla"), STR_INIT("fr"), STR_INIT("ft"), STR_INIT("ga"), STR_INIT("gen"), STR_INIT("gov"),
    STR_INIT("govs"), STR_INIT("hon"), STR_INIT("ill"), STR_INIT("inc"), STR_INIT("ind"), STR_INIT("jan"),
    STR_INIT("jr"), STR_INIT("jul"), STR_INIT("jun"), STR_INIT("kan"), STR_INIT("ky"), STR_INIT("lt"),
    STR_INIT("ltd"), STR_INIT("maj"), STR_INIT("mar"), STR_INIT("mass"), STR_INIT("md"), STR_INIT("messrs"),
    STR_INIT("mich"), STR_INIT("minn"), STR_INIT("miss"), STR_INIT("mont"), STR_INIT("mr"), STR_INIT("mrs"),
    STR_INIT("ms"), STR_INIT("mt"), STR_INIT("neb"), STR_INIT("nev"), STR_INIT("no"), STR_INIT("nov"),
    STR_INIT("oct"), STR_INIT("okla"), STR_INIT("ore"), STR_INIT("pa"), STR_INIT("pres"), STR_INIT("prof"),
    STR_INIT("pvt"), STR_INIT("rep"), STR_INIT("reps"), STR_INIT("rev"), STR_INIT("sec"), STR_INIT("sen"),
    STR_INIT("sens"), STR_INIT("sep"), STR_INIT("sept"), STR_INIT("sgt"), STR_INIT("sr"), STR_INIT("st"),
    STR_INIT("ste"), STR_INIT("supt"), STR_INIT("tenn"), STR_INIT("tex"), STR_INIT("univ"), STR_INIT("va"),
    STR_INIT("vs"), STR_INIT("vt"), STR_INIT("wash"), STR_INIT("wis"), STR_INIT("wyo"),
};

/* Of these the dot may also end a sentence: it does when a word follows that opens sentences. */
static const Str openers[] = {
    STR_INIT("a"), STR_INIT("after"), STR_INIT("although"), STR_INIT("an"), STR_INIT("and"), STR_INIT("as"), STR_INIT("asked"),
    STR_INIT("at"), STR_INIT("but"), STR_INIT("for"), STR_INIT("he"), STR_INIT("his"), STR_INIT("however"), STR_INIT("i"),
    STR_INIT("if"), STR_INIT("in"), STR_INIT("it"), STR_INIT("its"), STR_INIT("on"), STR_INIT("one"), STR_INIT("she"),
    STR_INIT("some"), STR_INIT("that"), STR_INIT("the"), STR_INIT("their"), STR_INIT("there"), STR_INIT("these"),
    STR_INIT("they"), STR_INIT("this"), STR_INIT("we"), STR_INIT("when"), STR_INIT("while"), STR_INIT("you"),
};

/* Words that no name begins with: a capital of theirs behind "U.S." comes from a wire that put one behind every dot. */
static const Str inner_words[] = {
    STR_INIT("after"), STR_INIT("although"), STR_INIT("and"), STR_INIT("are"), STR_INIT("as"), STR_INIT("at"), STR_INIT("because"),
    STR_INIT("been"), STR_INIT("before"), STR_INIT("by"), STR_INIT("can"), STR_INIT("could"), STR_INIT("during"), STR_INIT("for"),
    STR_INIT("from"), STR_INIT("had"), STR_INIT("has"), STR_INIT("have"), STR_INIT("if"), STR_INIT("in"), STR_INIT("into"),
    STR_INIT("is"), STR_INIT("may"), STR_INIT("of"), STR_INIT("on"), STR_INIT("or"), STR_INIT("over"), STR_INIT("said"),
    STR_INIT("should"), STR_INIT("since"), STR_INIT("so"), STR_INIT("than"), STR_INIT("that"), STR_INIT("to"), STR_INIT("under"),
    STR_INIT("until"), STR_INIT("was"), STR_INIT("were"), STR_INIT("when"), STR_INIT("where"), STR_INIT("which"),
    STR_INIT("while"), STR_INIT("who"), STR_INIT("will"), STR_INIT("with"), STR_INIT("would"),
};

static bool in_table(const Str *table, size_t n, Str word)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_compare(table[mid], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

/* Lower-case ASCII copy of a short word; empty when it is long or not ASCII. */
static Str lower_short(Str word, char out[16])
{
    if (word.len > 16)
        return STR("");
    for (size_t i = 0; i < word.len; i++) {
        unsigned c = char_class((unsigned char)word.ptr[i]);
        if (c == C_HIGH)
            return STR("");
        out[i] = (char)(c == C_UPPER ? word.ptr[i] + 32 : word.ptr[i]);
    }
    return (Str){ out, word.len };
}

static bool is_abbreviation(Str word)
{
    char lower[16];
    return in_table(abbreviations, BASE_COUNT(abbreviations), lower_short(word, lower));
}

/* A word without its dots; "US" and "U.S." as "u.s" so that the country is not the pronoun; a bare possessive as 's. */
static size_t fold_word(Str word, char *out, size_t out_bytes)
{
    size_t len = 0;
    if (word.len <= 4 && byte_is(word, 0, 'U') &&
        (str_equal(word, STR("US")) || str_equal(word, STR("U.S")) || str_equal(word, STR("U.S.")))) {
        memcpy(out, "u.s", 3);
        return 3;
    }
    if (word.len && apostrophe_length(word, 0) == word.len) {
        memcpy(out, "'s", 2);        /* allies' */
        return 2;
    }
    bool letters = word.len && (char_class((unsigned char)word.ptr[0]) & C_ALPHA);       /* "3.2" is not "32" */
    for (size_t i = 0; i < word.len && len < out_bytes; i++) {
        char c = word.ptr[i];
        if ((unsigned char)c >= 0x80)
            return utf8_fold(word, out, out_bytes);
        if (c != '.' || !letters)
            out[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return len;
}

enum { WORD_BYTES = 128 };           /* a longer word is hashed by its beginning: no rule has such */

static uint32_t hash_folded(const char *ptr, size_t len)
{
    uint32_t hash = 2166136261u;     /* FNV-1a, 32 bits */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)ptr[i]) * 16777619u;
    return hash;
}

/* The same of a word that folds letter by letter, as nearly all do: ASCII letters and digits, but not "US". */
static bool hash_plain(Str word, uint32_t *out)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i], lower = c | 32;
        if (lower < 'a' || lower > 'z') {
            if (c < '0' || c > '9')
                return false;
            lower = c;
        }
        hash = (hash ^ lower) * 16777619u;
    }
    *out = hash;
    return !str_equal(word, STR("US"));
}

static Token *push(Scanner *scan, TokenKind kind, size_t from, size_t to, unsigned flags)
{
    Token token = { .span = { (uint32_t)from, (uint32_t)to }, .kind = (uint8_t)kind, .flags = (uint8_t)flags };
    if (kind == TOKEN_WORD || kind == TOKEN_NUMBER) {
        char folded[2 * WORD_BYTES];
        size_t len = to - from;
        if (len > WORD_BYTES)
            len = utf8_valid_prefix((Str){ scan->text.ptr + from, WORD_BYTES });
        Str word = { scan->text.ptr + from, len };
        if (!hash_plain(word, &token.hash)) {
            size_t folded_len = fold_word(word, folded, sizeof folded);
            token.hash = hash_folded(folded, folded_len);
        }
    }
    LIST_PUSH(scan->arena, &scan->tokens, token);
    return &scan->tokens.ptr[scan->tokens.len - 1];
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
        } else if ((n = apostrophe_length(text, end)) && letter_length(text, end + n)) {
            size_t behind = end + n;
            bool is_s = (text.ptr[behind] | 32) == 's' && !letter_length(text, behind + 1) && !apostrophe_length(text, behind + 1);
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
    if (byte_is(text, end, '.') && word.len <= 5 && is_abbreviation(word)) {
        bool abbreviates = flags & TOKEN_CAPITAL;
        if (str_equal_nocase(word, STR("no")))
            abbreviates = abbreviates && class_at(text, end + 2) == C_DIGIT;
        if (abbreviates || str_equal_nocase(word, STR("vs")) || str_equal_nocase(word, STR("etc"))) {
            push(scan, TOKEN_WORD, at, end, flags)->span.to = (uint32_t)end + 1;
            return end + 1;
        }
    }
    push(scan, TOKEN_WORD, at, end, flags);
    n = apostrophe_length(text, end);
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

static void scan_tokens(Scanner *scan, size_t from, size_t to)
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

/* ---- quotation marks --------------------------------------------------------- */

static bool is_quote_mark(const Token *token)
{
    return token->kind == TOKEN_MARK && token->mark && strchr("\"oc'OC", token->mark) != NULL;
}

typedef struct Pairing {
    const Text *text;
    Token *tokens;
    Quotes quotes;
    Arena *arena;
    int open_double, open_single;    /* index into quotes, or -1 */
} Pairing;

static bool after_word(const Token *tokens, uint32_t at)
{
    return at > 0 && !(tokens[at].flags & TOKEN_SPACED) && tokens[at - 1].kind == TOKEN_WORD;
}

static void make_possessive(Token *token)
{
    token->kind = TOKEN_WORD;
    token->flags |= TOKEN_POSSESSIVE;
    token->hash = hash_folded("'s", 2);
}

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
        if (!is_quote_mark(&tokens[at]))
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
            else if (after_word(tokens, at)) {
                make_possessive(&tokens[at]);
            }
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

/* ---- paragraphs and sentences -------------------------------------------------- */

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

static void split_paragraphs(Str text, Arena *arena, Paragraphs *out)
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

static bool is_stop(const Token *token)
{
    return token->kind == TOKEN_MARK && token->mark && strchr(".!?~", token->mark) != NULL;
}

static bool opens_sentence(const Text *text, const Token *token)
{
    char lower[16];
    Str word = str_slice(text->text, token->span);
    return token->kind == TOKEN_WORD && (token->flags & TOKEN_CAPITAL) &&
           in_table(openers, BASE_COUNT(openers), lower_short(word, lower));
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
static void drop_wire_capitals(Text *text)
{
    size_t capitals = 0;
    for (uint32_t at = 1; at < text->n_tokens; at++)
        if (follows_initials(text, at)) {
            if (!(text->tokens[at].flags & TOKEN_CAPITAL))
                return;
            capitals++;
        }
    for (uint32_t at = 1; capitals > 1 && at < text->n_tokens; at++) {
        char lower[16];
        Token *token = &text->tokens[at];
        if (follows_initials(text, at) && in_table(inner_words, BASE_COUNT(inner_words), lower_short(str_slice(text->text, token->span), lower)))
            token->flags &= (uint8_t)~(TOKEN_CAPITAL | TOKEN_ALL_CAPS);
    }
}

/* May a sentence start with this token, after a full stop? */
static bool can_start(const Token *token)
{
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_QUOTE_OPEN || (token->flags & TOKEN_CAPITAL) ||
           (token->kind == TOKEN_MARK && token->mark && strchr("(-[*\"o", token->mark)) || (token->kind == TOKEN_MARK && !token->mark);
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
        if (is_abbreviation(word) && !str_equal_nocase(word, STR("inc")) && !str_equal_nocase(word, STR("corp")) &&
            !str_equal_nocase(word, STR("co")) && !str_equal_nocase(word, STR("jr")))
            return at;               /* "Mr. He": a name */
        if (word.len == 1)
            return at;
        return next;
    }
    if (!is_stop(token))
        return at;
    while (next < end && (is_stop(&text->tokens[next]) || text->tokens[next].kind == TOKEN_QUOTE_CLOSE ||
                          (text->tokens[next].kind == TOKEN_MARK && text->tokens[next].mark && strchr(")]", text->tokens[next].mark))))
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

static void split_sentences(Text *text, uint32_t para_index, Arena *arena, Sentences *out)
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

/* A heading is short and has no stop at its end. */
static bool is_heading(const Text *text, const Paragraph *para)
{
    uint32_t n = para->end_token - para->first_token;
    if (n == 0 || n > 18)
        return false;
    const Token *last = &text->tokens[para->end_token - 1];
    bool dotted = text->text.ptr[last->span.to - 1] == '.';          /* "... Little Rock, Ark." */
    if (is_stop(last) || dotted || last->kind == TOKEN_QUOTE_CLOSE || (last->kind == TOKEN_MARK && last->mark && strchr(",:;-", last->mark)))
        return false;
    return true;
}

static bool is_double_mark(const Token *token)
{
    return token->kind == TOKEN_MARK && token->mark && strchr("\"oc", token->mark) != NULL;
}

/*
 * `We never agreed," Roe said`: a paragraph whose first mark can only close lacks the one that opens it.  A mark of no
 * bytes at the sentence's start takes its place.
 */
static void supply_opening_mark(Scanner *scan, const Paragraph *para)
{
    const Token *tokens = scan->tokens.ptr;
    uint32_t first = para->first_token, end = (uint32_t)scan->tokens.len, mark = first;
    size_t marks = 0;
    for (uint32_t at = first; at < end; at++)
        marks += is_double_mark(&tokens[at]);
    while (mark < end && !is_double_mark(&tokens[mark]))
        mark++;
    bool closes = marks % 2 == 1 && mark > first && mark + 1 < end && !(tokens[mark].flags & TOKEN_SPACED) && tokens[mark].mark != MARK_DOUBLE_OPEN &&
                  tokens[mark - 1].kind == TOKEN_MARK && tokens[mark - 1].mark && strchr(",.?!", tokens[mark - 1].mark) && tokens[mark + 1].flags & TOKEN_SPACED;
    if (!closes)
        return;
    for (uint32_t at = first; at + 2 < mark; at++)       /* its sentence, where there are several */
        if (is_stop(&tokens[at]) && tokens[at + 1].flags & TOKEN_CAPITAL && tokens[at + 1].flags & TOKEN_SPACED)
            first = at + 1;
    uint32_t from = tokens[first].span.from;
    Token opening = { .span = { from, from }, .kind = TOKEN_MARK, .mark = MARK_DOUBLE_OPEN };
    LIST_PUSH(scan->arena, &scan->tokens, opening);
    memmove(scan->tokens.ptr + first + 1, scan->tokens.ptr + first, (scan->tokens.len - 1 - first) * sizeof *scan->tokens.ptr);
    scan->tokens.ptr[first] = opening;
}

/* ---- interface ----------------------------------------------------------------- */

void text_tokenize(Str str, Arena *arena, Text *out)
{
    assert(str.len <= UINT32_MAX);
    *out = (Text){ .text = str };
    Paragraphs paragraphs = { 0 };
    split_paragraphs(str, arena, &paragraphs);

    Scanner scan = { .text = str, .arena = arena };
    scan.tokens.cap = str.len / 5 + 16;              /* one allocation for ordinary prose */
    scan.tokens.ptr = ARENA_ARRAY(arena, Token, scan.tokens.cap);
    for (size_t i = 0; i < paragraphs.len; i++) {
        Paragraph *para = &paragraphs.ptr[i];
        para->first_token = (uint32_t)scan.tokens.len;
        scan_tokens(&scan, para->span.from, para->span.to);
        supply_opening_mark(&scan, para);
        para->end_token = (uint32_t)scan.tokens.len;
    }
    out->tokens = scan.tokens.ptr;
    out->n_tokens = scan.tokens.len;
    out->paragraphs = paragraphs.ptr;
    out->n_paragraphs = paragraphs.len;

    Pairing pair = { .text = out, .tokens = out->tokens, .arena = arena };
    for (size_t i = 0; i < paragraphs.len; i++)
        pair_paragraph(&pair, &paragraphs.ptr[i]);
    settle_quotes(&pair, out);

    drop_wire_capitals(out);

    Sentences sentences = { 0 };
    for (size_t i = 0; i < paragraphs.len; i++) {
        split_sentences(out, (uint32_t)i, arena, &sentences);
        if (is_heading(out, &paragraphs.ptr[i]))
            paragraphs.ptr[i].kind = PARAGRAPH_HEADING;
    }
    out->sentences = sentences.ptr;
    out->n_sentences = sentences.len;
}

size_t token_split(Str phrase, Arena *arena, Token **out)
{
    Scanner scan = { .text = phrase, .arena = arena };
    scan_tokens(&scan, 0, phrase.len);
    for (size_t i = 0; i < scan.tokens.len; i++) {
        Token *token = &scan.tokens.ptr[i];
        if (token->kind == TOKEN_MARK && token->mark && strchr("'OC", token->mark) && after_word(scan.tokens.ptr, (uint32_t)i)) {
            make_possessive(token);
        }
    }
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

Str token_fold(Str text, const Token *token, Arena *arena)
{
    Str word = str_slice(text, token->span);
    if (word.len > WORD_BYTES)
        word.len = utf8_valid_prefix((Str){ word.ptr, WORD_BYTES });
    char *out = arena_alloc(arena, 2 * word.len + 4);
    return (Str){ out, fold_word(word, out, 2 * word.len + 4) };
}

Span token_span(const Text *text, uint32_t first, uint32_t end)
{
    if (first >= end)
        return (Span){ 0, 0 };
    return (Span){ text->tokens[first].span.from, text->tokens[end - 1].span.to };
}
