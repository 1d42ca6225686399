#include "check.h"

#include "engine/rules.h"
#include "extract/layout.h"
#include "rules_shared.h"

static const struct { const char *name, *text, *kinds; } rows[] = {
    { "byline and credits",  "By Ada Roe\n\nThe talks ended in Oslo.\n\n(Reporting by Ada Roe; Editing by Per Moe)",             "Y B Y" },
    { "headings",            "TALKS END\n\nThe talks ended in Oslo.\n\nWHAT COMES NEXT\n\nThe envoy left the hall.",             "H B H B" },
    { "teasers to the end",  "The talks ended in Oslo.\n\nThe envoy left.\n\nRead next\n\nThe minister said the fleet had left.", "B B J J" },
    { "one line in between", "The talks ended in Oslo.\n\nRead more: Fleet leaves\n\nThe minister said the fleet had left.",      "B J B" },
    { "no end at the top",   "Read next\n\nThe talks ended in Oslo.\n\nThe envoy left the hall.",                                 "J B B" },
    { "a quotation stays",   "The talks ended in Oslo.\n\nThe envoy left.\n\n\"Watch what they do,\" she said.",                  "B B B" },
};

static void test_rows(void)
{
    const Rules *rules = rules_shared();
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Text text;
        Hits hits = { 0 };
        text_tokenize(str_from(rows[i].text), &arena, &text);
        lexicon_find(rules->lexicon, &text, &arena, &hits);
        layout_mark(layout_lists(rules), &hits, &text);
        Str got = STR("");
        for (size_t p = 0; p < text.n_paragraphs; p++)
            got = str_printf(&arena, "%.*s%s%c", STR_ARG(got), p ? " " : "", "BHYJ"[text.paragraphs[p].kind]);
        CHECK_STR(rows[i].name, got, str_from(rows[i].kinds));
    }
    arena_clear(&arena);
}

static const TestCase cases[] = { { "kinds of paragraphs", test_rows } };

const TestSuite test_layout = SUITE(cases);
