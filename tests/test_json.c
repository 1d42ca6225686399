#include "base/json.h"
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void test_reading(void)
{
    Arena arena;
    arena_init(&arena);
    Json *json;
    Error err;
    CHECK(json_parse(STR(" {\"id\":\"a\\u00e9\",\"n\":12,\"r\":0.25,\"none\":null,\"no\":false,\"list\":[1,[],{}],"
                         "\"big\":9007199254740993,\"far\":1e999,\"nul\":\"\\\\u0000\"}\r\n"), &json, &err));
    CHECK(json_is_object(json) && !json_is_array(json));
    CHECK_STR("string", json_string(json, "id", &arena), STR("a\xC3\xA9"));
    CHECK_STR("number", json_string(json, "n", &arena), STR("12"));
    CHECK_STR("fraction", json_string(json, "r", &arena), STR("0.25"));
    CHECK_STR("null", json_string(json, "none", &arena), STR_NONE);
    CHECK_STR("bool", json_string(json, "no", &arena), STR_NONE);
    CHECK_STR("absent", json_string(json, "nix", &arena), STR_NONE);
    CHECK_STR("other case", json_string(json, "ID", &arena), STR_NONE);
    CHECK_STR("not finite", json_string(json, "far", &arena), STR_NONE);
    CHECK_STR("backslash, not NUL", json_string(json, "nul", &arena), STR("\\u0000"));
    CHECK(json_member(json, "none") == NULL);

    double number = 0;
    CHECK(json_number(json, "r", &number) && fabs(number - 0.25) < 1e-12);
    CHECK(!json_number(json, "id", &number));
    CHECK(!json_number(json, "far", &number));
    CHECK(!json_number(json, "none", &number));

    CHECK(json_is_false(json_member(json, "no")));
    CHECK(!json_is_false(json_member(json, "n")) && !json_is_false(json_member(json, "none")));

    const Json *list = json_member(json, "list");
    CHECK(json_length(list) == 3 && json_length(json) == 0);
    CHECK_STR("element", json_string_value(json_at(list, 0), &arena), STR("1"));
    CHECK(json_next(json_at(list, 0)) == json_at(list, 1));
    CHECK(json_next(json_at(list, 2)) == NULL);
    CHECK(json_at(list, 3) == NULL && json_at(json, 0) == NULL && json_at(NULL, 0) == NULL);
    json_free(json);
    arena_clear(&arena);
}

static void test_errors(void)
{
    static const struct { Str text; int line, col; const char *want; } rows[] = {
        { STR_INIT(""),                       1, 1,  "empty" },
        { STR_INIT(" \n"),                    1, 1,  "empty" },
        { STR_INIT("{\"a\":1"),               1, 7,  "ends too early" },
        { STR_INIT("{\"a\":1,"),              1, 8,  "ends too early" },
        { STR_INIT("["),                      1, 2,  "ends too early" },
        { STR_INIT("{\"a\":1]"),              1, 7,  "unexpected ]" },
        { STR_INIT("{\"a\":\n  x}"),          2, 3,  "unexpected x" },
        { STR_INIT("{a:1}"),                  1, 2,  "unexpected a" },
        { STR_INIT("{\"a\":1,}"),             1, 8,  "unexpected }" },
        { STR_INIT("{\"a\":1, 'b':2}"),       1, 9,  "unexpected '" },
        { STR_INIT("{\"a\""),                 1, 5,  "ends too early" },
        { STR_INIT("{\"a"),                   1, 3,  "a string is not closed" },
        { STR_INIT("[tru]"),                  1, 2,  "unexpected t" },
        { STR_INIT("[\xC3\xA9]"),             1, 2,  "unexpected \xC3\xA9" },
        { STR_INIT("[1,]"),                   1, 4,  "unexpected ]" },
        { STR_INIT("{\"a\":1} {\"b\":2}"),    1, 9,  "more text after the value" },
        { STR_INIT("[\"\xC3\xA9\xC3\xA9\" 1]"), 1, 7, "unexpected 1" },
        { STR_INIT("[\"a\\qb\"]"),            1, 4,  "bad escape in a string" },
        { STR_INIT("[\"\\ud800\"]"),          1, 3,  "bad escape in a string" },
        { STR_INIT("[\"a\\u0000\"]"),         1, 4,  "NUL character" },
        { STR_INIT("[\"a\\\\\\u0000\"]"),     1, 6,  "NUL character" },
        { STR_INIT("[\"a\0\"]"),              1, 4,  "NUL byte" },
        { STR_INIT("[\"caf\xE9\"]"),          1, 6,  "not UTF-8" },
        { STR_INIT("[\"\xED\xA0\x80\"]"),     1, 3,  "not UTF-8" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Json *json;
        Error err = { 0 };
        char text[450];
        CHECK_ROW(rows[i].text.ptr, !json_parse(rows[i].text, &json, &err) && json == NULL);
        CHECK_ROW(rows[i].text.ptr, err.kind == ERR_INPUT && err.line == rows[i].line && err.col == rows[i].col);
        snprintf(text, sizeof text, "broken JSON: %s", rows[i].want);
        CHECK_STR(rows[i].text.ptr, str_from(err.text), str_from(text));
    }
    Json *json;
    CHECK(!json_parse(STR("\"not closed"), &json, NULL));
}

static void test_nesting(void)
{
    static char deep[200000];
    memset(deep, '[', sizeof deep);
    Json *json;
    Error err;
    CHECK(!json_parse((Str){ deep, sizeof deep }, &json, &err));
    CHECK_STR("deep", str_from(err.text), STR("broken JSON: nested too deeply"));
}

/* Every prefix of a good text, in memory of just that size, so that the sanitizer sees over-reads. */
static void test_prefixes(void)
{
    Str whole = STR("{\"a\":[1.5e3,true,null,\"x\\n\\u00e9\"],\"b\":{\"c\":-7}}");
    Arena arena;
    arena_init(&arena);
    for (size_t len = 0; len <= whole.len; len++) {
        Json *json;
        char *exact = arena_alloc(&arena, len ? len : 1);
        memcpy(exact, whole.ptr, len);
        bool ok = json_parse((Str){ exact, len }, &json, NULL);
        CHECK(ok == (len == whole.len));
        json_free(json);
    }
    arena_clear(&arena);
}

static void test_writing(void)
{
    Arena arena;
    arena_init(&arena);
    JsonWriter w;
    json_begin(&w, &arena);
    json_object(&w);
    json_key(&w, "text");
    json_text_value(&w, STR("a\"\\\n\t\r\b\f\x01\x1B\x7F\xC2\x9B \xC3\xA9/"));
    json_key(&w, "none");
    json_text_value(&w, STR_NONE);
    json_key(&w, "empty");
    json_text_value(&w, STR(""));
    json_key(&w, "spans");
    json_array(&w);
    for (int i = 0; i < 2; i++) {
        json_array(&w);
        json_integer(&w, i);
        json_integer(&w, INT64_MIN);
        json_end(&w);
    }
    json_end(&w);
    json_key(&w, "o");
    json_object(&w);
    json_end(&w);
    json_key(&w, "yes");
    json_bool(&w, true);
    json_key(&w, "raw");
    json_raw(&w, STR("[1]"));
    json_end(&w);
    CHECK_STR("object", json_text(&w),
              STR("{\"text\":\"a\\\"\\\\\\n\\t\\r\\b\\f\\u0001\\u001b\\u007f\\u009b \xC3\xA9/\",\"none\":null,"
                  "\"empty\":\"\",\"spans\":[[0,-9223372036854775808],[1,-9223372036854775808]],\"o\":{},"
                  "\"yes\":true,\"raw\":[1]}"));
    Json *json;
    CHECK(json_parse(json_text(&w), &json, NULL));
    CHECK_STR("read back", json_string(json, "text", &arena), STR("a\"\\\n\t\r\b\f\x01\x1B\x7F\xC2\x9B \xC3\xA9/"));
    json_free(json);
    arena_clear(&arena);
}

static void test_reals(void)
{
    static const struct { double value; const char *want; } rows[] = {
        { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { 0.5, "0.5" }, { 0.1 + 0.2, "0.3" }, { -2.25, "-2.25" },
        { 1.0 / 3, "0.333333" }, { 1234567, "1234567" }, { 1e20, "1e+20" }, { 1e-7, "1e-07" },
        { INFINITY, "null" }, { NAN, "null" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char out[JSON_REAL_BYTES];
        CHECK_STR(rows[i].want, json_format_real(rows[i].value, out), str_from(rows[i].want));
    }
}

static const TestCase cases[] = {
    { "reading", test_reading },
    { "errors", test_errors },
    { "nesting", test_nesting },
    { "prefixes", test_prefixes },
    { "writing", test_writing },
    { "reals", test_reals },
};
const TestSuite test_json = SUITE(cases);
