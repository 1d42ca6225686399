#include "base/utf8.h"
#include "check.h"

#include <string.h>

static void test_validity(void)
{
    static const struct { const char *row; Str text; size_t want; } rows[] = {
        { "empty",                 STR_INIT(""), 0 },
        { "ascii of 20",           STR_INIT("abcdefghijklmnopqrst"), 20 },
        { "NUL is a code point",   STR_INIT("a\0b"), 3 },
        { "2, 3 and 4 bytes",      STR_INIT("\xC3\xA9\xE2\x80\x9C\xF0\x9F\x98\x80"), 9 },
        { "latin-1 byte",          STR_INIT("12345678caf\xE9"), 11 },
        { "tail without lead",     STR_INIT("ab\x80"), 2 },
        { "cut after lead",        STR_INIT("ab\xE2\x80"), 2 },
        { "lead then letter",      STR_INIT("\xC3x"), 0 },
        { "overlong slash",        STR_INIT("\xC0\xAF"), 0 },
        { "overlong 3",            STR_INIT("\xE0\x9F\xBF"), 0 },
        { "overlong 4",            STR_INIT("\xF0\x8F\xBF\xBF"), 0 },
        { "lowest of 3",           STR_INIT("\xE0\xA0\x80"), 3 },
        { "lowest of 4",           STR_INIT("\xF0\x90\x80\x80"), 4 },
        { "surrogate",             STR_INIT("\xED\xA0\x80"), 0 },
        { "below the surrogates",  STR_INIT("\xED\x9F\xBF"), 3 },
        { "U+10FFFF",              STR_INIT("\xF4\x8F\xBF\xBF"), 4 },
        { "above U+10FFFF",        STR_INIT("\xF4\x90\x80\x80"), 0 },
        { "F5",                    STR_INIT("\xF5\x80\x80\x80"), 0 },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        CHECK_ROW(rows[i].row, utf8_valid_prefix(rows[i].text) == rows[i].want);
}

static void test_bad_byte_anywhere(void)
{
    for (size_t at = 0; at < 40; at++) {
        char text[40];
        memset(text, 'x', sizeof text);
        text[at] = '\xFF';
        CHECK(utf8_valid_prefix((Str){ text, sizeof text }) == at);
    }
}

static void test_round_trip(void)
{
    static const uint32_t codes[] = { 0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF };
    for (size_t i = 0; i < BASE_COUNT(codes); i++) {
        char bytes[4];
        size_t len = utf8_encode(codes[i], bytes), next;
        CHECK(utf8_valid_prefix((Str){ bytes, len }) == len);
        CHECK(utf8_decode((Str){ bytes, len }, 0, &next) == codes[i] && next == len);
    }
}

static void test_counting(void)
{
    Str text = STR("\xE2\x80\x9CNo,\xE2\x80\x9D Erdo\xC4\x9F" "an");    /* “No,” Erdoğan */
    CHECK(utf8_count(text) == 13);
    Utf8Counter counter;
    utf8_counter_init(&counter, text);
    CHECK(utf8_counter_at(&counter, 3) == 1);
    CHECK(utf8_counter_at(&counter, 10) == 6);
    CHECK(utf8_counter_at(&counter, text.len) == 13);
    CHECK(utf8_counter_at(&counter, 3) == 1);                /* back again */
    CHECK(utf8_counter_at(&counter, 0) == 0);
    utf8_counter_init(&counter, STR("plain"));
    CHECK(counter.ascii && utf8_counter_at(&counter, 5) == 5);
    utf8_counter_init(&counter, STR_NONE);
    CHECK(utf8_counter_at(&counter, 0) == 0);
}

static void test_fold(void)
{
    static const struct { const char *word, *want; } rows[] = {
        { "NATO", "nato" },
        { "Erdo\u011Fan", "erdogan" },
        { "ZELENSKYY\u2019s", "zelenskyy's" },
        { "\u0141\u00F3d\u017A", "lodz" },
        { "Stra\u00DFe", "strasse" },
        { "\u00C6sir", "aesir" },
        { "\u0130stanbul", "istanbul" },
        { "\u00DE\u00F3r\u00F0ur", "thordur" },
        { "o\uFB03cial", "official" },
        { "Nguy\u1EC5n", "nguyen" },
        { "Gabrie\u0301l", "gabriel" },                      /* combining acute */
        { "co\u00ADoperate", "cooperate" },                  /* soft hyphen */
        { "\u0218tefan", "stefan" },
        { "\u017Belensky", "zelensky" },
        { "\u041B\u0410\u0412\u0420\u041E\u0412", "\u043B\u0430\u0432\u0440\u043E\u0432" },
        { "\u0451\u0439", "\u0451\u0439" },
        { "\u0388\u03B8\u03BD\u03BF\u03C2", "\u03AD\u03B8\u03BD\u03BF\u03C2" },
        { "\u4E2D\u56FD", "\u4E2D\u56FD" },
        { "\u00D7", "\u00D7" },
        { "", "" },
    };
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Str folded = utf8_fold_copy(&arena, str_from(rows[i].word));
        CHECK_STR(rows[i].word, folded, str_from(rows[i].want));
        CHECK_STR("folded twice", utf8_fold_copy(&arena, folded), folded);
    }
    arena_clear(&arena);
}

/* The promise of the header, for every code point there is. */
static void test_fold_bounds(void)
{
    size_t broken = 0;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char word[5] = "x", out[10];
        Str text = { word, 1 + utf8_encode(code, word + 1) };
        size_t len = utf8_fold(text, out, sizeof out);
        broken += len > 2 * text.len || utf8_valid_prefix((Str){ out, len }) != len;
        broken += (utf8_is_upper(code) && !utf8_is_letter(code)) || utf8_width(text) > 3;
    }
    CHECK(broken == 0);
    char out[3];
    CHECK(utf8_fold(STR("ab\u4E2D"), out, sizeof out) == 2);      /* never half a character */
}

static void test_width(void)
{
    static const struct { const char *text; size_t want; } rows[] = {
        { "abc", 3 }, { "Erdo\u011Fan", 7 }, { "e\u0301", 1 }, { "\u4E2D\u56FD", 4 },
        { "\uFEFF", 0 }, { "\u2026", 1 }, { "\U0001F600", 2 }, { "", 0 },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        CHECK_ROW(rows[i].text, utf8_width(str_from(rows[i].text)) == rows[i].want);
}

static void test_classes(void)
{
    static const struct { const char *row; uint32_t code; bool upper, letter; } rows[] = {
        { "A", 'A', true, true },            { "a", 'a', false, true },
        { "5", '5', false, false },          { "@", '@', false, false },
        { "E acute", 0xC9, true, true },     { "e acute", 0xE9, false, true },
        { "times", 0xD7, false, false },     { "divide", 0xF7, false, false },
        { "G breve", 0x11E, true, true },    { "g breve", 0x11F, false, true },
        { "Z dot", 0x17B, true, true },      { "z dot", 0x17C, false, true },
        { "Y diaeresis", 0x178, true, true }, { "Alpha", 0x391, true, true },
        { "alpha", 0x3B1, false, true },     { "Cyrillic ZHE", 0x416, true, true },
        { "Cyrillic zhe", 0x436, false, true }, { "curly quote", 0x201C, false, false },
        { "dash", 0x2014, false, false },    { "euro", 0x20AC, false, false },
        { "Han", 0x4E2D, false, true },      { "ideographic stop", 0x3002, false, false },
        { "Hebrew", 0x5D0, false, true },    { "Arabic", 0x628, false, true },
        { "Arabic comma", 0x60C, false, false }, { "emoji", 0x1F600, false, false },
        { "no-break space", 0xA0, false, false }, { "combining", 0x301, false, true },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        CHECK_ROW(rows[i].row, utf8_is_upper(rows[i].code) == rows[i].upper);
        CHECK_ROW(rows[i].row, utf8_is_letter(rows[i].code) == rows[i].letter);
    }
}

static const TestCase cases[] = {
    { "validity", test_validity },
    { "bad byte anywhere", test_bad_byte_anywhere },
    { "round trip", test_round_trip },
    { "counting", test_counting },
    { "fold", test_fold },
    { "fold bounds", test_fold_bounds },
    { "width", test_width },
    { "classes", test_classes },
};
const TestSuite test_utf8 = SUITE(cases);
