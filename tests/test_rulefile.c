#include "check.h"

#include "engine/rulefile.h"

#include <stdio.h>
#include <string.h>

/* All messages of one parse, a line each. */
static void stanza_is_read(void)
{
    Arena arena;
    Stanzas stanzas = { 0 };
    Problems problems = { 0 };
    arena_init(&arena);
    Str text = STR("# a comment\n"
                   "topic ukraine-nato \"NATO membership\" side=+ note=\"two words\"\n"
                   "  about   joining ...3 NATO | won't #not now\n"
                   "          | Kyïv in\n"
                   "# between\n"
                   "\n"
                   "  needs   Ukraine\n"
                   "verb deny effect=deny\n"
                   "\tforms\t~deny");
    CHECK(rulefile_parse(text, "a.rules", &arena, &stanzas, &problems));
    CHECK(problems.errors == 0 && stanzas.len == 2);
    const Stanza *topic = &stanzas.ptr[0];
    CHECK_STR("kind", topic->kind, STR("topic"));
    CHECK_STR("name", topic->name, STR("ukraine-nato"));
    CHECK_STR("label", topic->label, STR("NATO membership"));
    CHECK(topic->line == 2 && topic->name_col == 7);
    CHECK_STR("side", stanza_attribute(topic, "side"), STR("+"));
    CHECK_STR("note", stanza_attribute(topic, "note"), STR("two words"));
    CHECK_STR("no such", stanza_attribute(topic, "rank"), STR_NONE);
    CHECK(topic->fields.len == 2);
    const RuleField *about = &topic->fields.ptr[0];
    CHECK_STR("about", about->text, STR("joining ...3 NATO | won't #not now | Kyïv in"));
    CHECK(about->line == 3 && about->col == 11 && about->key_col == 3);
    size_t in = str_find(about->text, STR(" in"), 20) + 1;
    CHECK(rulefile_line(about, in) == 4 && rulefile_col(about, in) == 18);
    CHECK(rulefile_line(about, 0) == 3 && rulefile_col(about, 0) == 11);
    CHECK_STR("needs", topic->fields.ptr[1].text, STR("Ukraine"));
    CHECK_STR("tabs", stanzas.ptr[1].fields.ptr[0].text, STR("~deny"));
    CHECK_STR("no label", stanzas.ptr[1].label, STR_NONE);
    arena_clear(&arena);
}

static const struct { const char *name, *text, *log; size_t stanzas; } error_rows[] = {
    { "CRLF and BOM", "\xEF\xBB\xBFlist a\r\n  phrase  b\r\n", "", 1 },
    { "empty", "", "", 0 },
    { "indented first", "  cue  x\nlist a\n  phrase b\n", "r:1:3: error: an indented line before any stanza\n", 1 },
    { "no name", "list\n  phrase  b\nlist c\n", "r:1:1: error: `list` needs a name behind it\n", 1 },
    { "bad name", "list a.b\n", "r:1:6: error: `a.b` is no name: a name has only letters, digits, - and _\n", 0 },
    { "no attribute", "list a b\n", "r:1:8: error: expected key=value or \"label\", not `b`\n", 0 },
    { "attribute twice", "verb a x=1 x=2\n", "r:1:12: error: attribute `x` is given twice\n", 0 },
    { "no value", "verb a x=\n", "r:1:8: error: attribute `x` has no value\n", 0 },
    { "open label", "topic a \"b\n", "r:1:9: error: missing closing quotation mark\n", 0 },
    { "bad key", "list a\n  phrase: b\n", "r:2:3: error: `phrase:` is no key: a key has only letters and -\n", 1 },
    { "no text", "list a\n  phrase\n  test  b\n", "r:2:3: error: `phrase` has no text\n", 1 },
    { "no text at the end", "list a\n  phrase\n", "r:2:3: error: `phrase` has no text\n", 1 },
    { "one column off", "list a\n  phrase  b\n   test  c\n",
      "r:3:4: error: neither in line with `phrase` above nor two columns deeper\n", 1 },
    { "not UTF-8", "list a\n  phrase  b\xFF\n  test  c\n", "r:2:12: error: not UTF-8: the line is skipped\n", 1 },
    { "binary", "list a\n\x01\n", "r:2: error: not a text file: it holds the byte 0x01\n", 0 },
    { "two errors", "list\n\nverb\n", "r:1:1: error: `list` needs a name behind it\nr:3:1: error: `verb` needs a name behind it\n", 0 },
};

static void errors_name_the_place(void)
{
    for (size_t i = 0; i < BASE_COUNT(error_rows); i++) {
        Arena arena;
        Stanzas stanzas = { 0 };
        CheckLog log = { "" };
        Problems problems = { .report = check_log, .user = &log };
        arena_init(&arena);
        bool sound = rulefile_parse(str_from(error_rows[i].text), "r", &arena, &stanzas, &problems);
        CHECK_STR(error_rows[i].name, str_from(log.text), str_from(error_rows[i].log));
        CHECK_ROW(error_rows[i].name, sound == (error_rows[i].log[0] == 0));
        CHECK_ROW(error_rows[i].name, stanzas.len == error_rows[i].stanzas);
        arena_clear(&arena);
    }
}

static void nul_and_long_lines_are_refused(void)
{
    Arena arena;
    Stanzas stanzas = { 0 };
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    arena_init(&arena);
    CHECK(!rulefile_parse((Str){ "list a\n\0", 8 }, "r", &arena, &stanzas, &problems));
    char *text = arena_alloc(&arena, RULEFILE_LINE_BYTES + 100);
    memset(text, 'x', RULEFILE_LINE_BYTES + 99);
    memcpy(text, "list a\n  ", 9);
    CHECK(!rulefile_parse(str_from(text), "r", &arena, &stanzas, &problems));
    CHECK_STR("messages", str_from(log.text),
              STR("r:2: error: not a text file: it holds the byte 0x00\nr:2:1: error: the line is longer than 64 KiB\n"));
    arena_clear(&arena);
}

static const struct { const char *word, *nearest; } nearest_rows[] = {
    { "positon", "position" }, { "psoition", "position" }, { "topics", "topic" }, { "vreb", "verb" }, { "banana", NULL },
    { "lis", "list" }, { "x", NULL }, { "", NULL },
};

static void nearest_word_is_found(void)
{
    static const Str words[] = { STR_INIT("list"), STR_INIT("verb"), STR_INIT("position"), STR_INIT("topic") };
    for (size_t i = 0; i < BASE_COUNT(nearest_rows); i++)
        CHECK_STR(nearest_rows[i].word, rulefile_nearest(str_from(nearest_rows[i].word), words, BASE_COUNT(words)),
                  str_from(nearest_rows[i].nearest));
}

static const TestCase cases[] = {
    { "a stanza is read", stanza_is_read },
    { "errors name the place", errors_name_the_place },
    { "NUL and long lines are refused", nul_and_long_lines_are_refused },
    { "the nearest word is found", nearest_word_is_found },
};
const TestSuite test_rulefile = SUITE(cases);
