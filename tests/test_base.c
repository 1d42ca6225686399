#include "check.h"

#include <stdio.h>
#include <string.h>

static void test_search(void)
{
    static const struct { const char *row, *text, *part; size_t from, want; } rows[] = {
        { "at start",          "talks on",  "talks", 0, 0 },
        { "after from",        "aXaX",      "X",     2, 3 },
        { "partial then full", "aab",       "ab",    0, 1 },
        { "at the very end",   "over",      "er",    0, 2 },
        { "none",              "over",      "ox",    0, 4 },
        { "longer than text",  "ov",        "over",  0, 2 },
        { "from behind end",   "ov",        "v",     5, 2 },
        { "empty part",        "ov",        "",      1, 1 },
        { "empty text",        "",          "v",     0, 0 },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        CHECK_ROW(rows[i].row, str_find(str_from(rows[i].text), str_from(rows[i].part), rows[i].from) == rows[i].want);
}

static void test_split(void)
{
    static const struct { const char *row, *text, *want; } rows[] = {
        { "three",        "a;b;c", "[a][b][c]" },
        { "empty pieces", ";a;",   "[][a][]" },
        { "no separator", "abc",   "[abc]" },
        { "empty text",   "",      "[]" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char got[64] = "";
        Str rest = str_from(rows[i].text), piece;
        while (str_split(&rest, ';', &piece))
            snprintf(got + strlen(got), sizeof got - strlen(got), "[%.*s]", STR_ARG(piece));
        CHECK_STR(rows[i].row, str_from(got), str_from(rows[i].want));
    }
    Str none = STR_NONE, piece;
    CHECK(!str_split(&none, ';', &piece));
}

static void test_compare(void)
{
    CHECK(str_equal(STR(""), STR_NONE));
    CHECK(str_equal_nocase(STR("NATO"), STR("nato")));
    CHECK(!str_equal_nocase(STR("NATO"), STR("natos")));
    CHECK(str_compare(STR("a"), STR("ab")) < 0);
    CHECK(str_compare(STR("b"), STR("ab")) > 0);
    CHECK(str_compare(STR("a"), STR("\xC3\xA9")) < 0);
    static const Str sorted[] = { STR_INIT("a"), STR_INIT("fee"), STR_INIT("tax"), STR_INIT("taxes") };
    CHECK(str_is_in(sorted, 4, STR("a")) && str_is_in(sorted, 4, STR("taxes")) && !str_is_in(sorted, 4, STR("fe")) && !str_is_in(sorted, 0, STR("a")));
    CHECK(str_starts(STR("rule out"), STR("rule")));
    CHECK(!str_starts(STR("rule"), STR("rule out")));
    CHECK(str_starts_nocase(STR("Rule out"), STR("rULE")) && !str_starts_nocase(STR("rul"), STR("RULE")));
    CHECK(str_ends(STR("rule out"), STR("out")));
    CHECK(!str_ends(STR("out"), STR("rule out")));
    CHECK(str_equal(str_last_word(STR("Ada Roe")), STR("Roe")));
    CHECK(str_equal(str_last_word(STR("Roe")), STR("Roe")));
    CHECK(str_last_word(STR("Roe ")).len == 0);
    CHECK(str_last_word(STR_NONE).len == 0);
    CHECK_STR("trim", str_trim(STR(" \t\r\n x y \f\v")), STR("x y"));
    CHECK_STR("trim to nothing", str_trim(STR("  ")), STR(""));
    CHECK_STR("slice", str_slice(STR("abcdef"), (Span){ 2, 4 }), STR("cd"));
    CHECK(str_hash(STR("")) == 14695981039346656037u);
    CHECK(str_hash(STR("a")) == 0xAF63DC4C8601EC8Cu);     /* published test vector */
}

static void test_arena(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t n = 1; n < 300000; n *= 3) {
        unsigned char *bytes = arena_alloc(&arena, n);
        CHECK((uintptr_t)bytes % 16 == 0);
        CHECK(bytes[0] == 0 && bytes[n - 1] == 0);
        memset(bytes, 0xFF, n);                           /* dirties what a later reset reuses */
    }
    arena_reset(&arena);
    CHECK(arena.held_bytes <= 1024 * 1024);
    const unsigned char *again = arena_alloc(&arena, 100);
    CHECK(again[0] == 0 && again[99] == 0);

    Spans spans = { 0 };
    for (uint32_t i = 0; i < 1000; i++)
        LIST_PUSH(&arena, &spans, ((Span){ i, i + 1 }));
    CHECK(spans.len == 1000 && spans.ptr[0].from == 0 && spans.ptr[999].to == 1000);

    CHECK_STR("printf", str_printf(&arena, "%d/%s", 7, "x"), STR("7/x"));
    CHECK_STR("lower", str_lower(&arena, STR("NATO \xC3\x89")), STR("nato \xC3\x89"));
    CHECK_STR("copy of none", str_copy(&arena, STR_NONE), STR_NONE);
    CHECK_STR("copy of empty", str_copy(&arena, STR("")), STR(""));
    CHECK(strcmp(str_cstr(&arena, STR("abc")), "abc") == 0);
    arena_clear(&arena);
    CHECK(arena.held_bytes == 0);
}

static void count_report(void *user, const Error *err)
{
    CHECK(err->text[0] != '\0');
    ++*(int *)user;
}

static void test_errors(void)
{
    static const struct { const char *file; int line, col; bool warning; const char *want; } rows[] = {
        { "a.rules", 14, 22, false, "a.rules:14:22: error: no end" },
        { "a.rules", 14, 0,  false, "a.rules:14: error: no end" },
        { "a.rules", 0,  0,  true,  "a.rules: warning: no end" },
        { NULL,      0,  0,  false, "error: no end" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Error err;
        CHECK(!error_set(&err, ERR_RULES, rows[i].file, rows[i].line, rows[i].col, "no %s", "end"));
        err.warning = rows[i].warning;
        char text[100];
        error_format(&err, text, sizeof text);
        CHECK_STR(rows[i].want, str_from(text), str_from(rows[i].want));
    }
    CHECK(!error_set(NULL, ERR_INPUT, "x", 1, 1, "nobody listens"));

    int reported = 0;
    Problems problems = { .report = count_report, .user = &reported };
    problems_addf(&problems, ERR_RULES, "x", 1, 1, "first");
    problems_addf(&problems, ERR_INPUT, "x", 2, 1, "second");
    problems_add(&problems, &(Error){ .kind = ERR_OUTPUT, .warning = true, .text = "third" });
    CHECK(reported == 3 && problems.errors == 2 && problems.warnings == 1);
    CHECK(problems.worst == ERR_RULES);
}

static const TestCase cases[] = {
    { "search", test_search },
    { "split", test_split },
    { "compare", test_compare },
    { "arena", test_arena },
    { "errors", test_errors },
};
const TestSuite test_base = SUITE(cases);
