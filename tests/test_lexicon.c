#include "check.h"

#include "engine/lexicon.h"

#include <stdio.h>

static Str found(const Lexicon *lex, const char *sentence, Arena *arena)
{
    Text text;
    Hits hits = { 0 };
    text_tokenize(str_from(sentence), arena, &text);
    lexicon_find(lex, &text, arena, &hits);
    Str out = STR("");
    for (size_t i = 0; i < hits.len; i++)
        out = str_printf(arena, "%.*s%s%u-%u:%u", STR_ARG(out), i ? " " : "", hits.ptr[i].first, hits.ptr[i].end, hits.ptr[i].id);
    return out;
}

static const struct { const char *name, *text, *hits; } rows[] = {
    { "longest first",            "the foreign minister said",          "1-3:1 2-3:2" },
    { "blind to case",            "The Foreign Minister",               "1-3:1 2-3:2" },
    { "across a line break",      "foreign\nminister",                  "0-2:1 1-2:2" },
    { "hyphen as blank",          "foreign-minister",                   "0-2:1 1-2:2" },
    { "part of a phrase only",    "foreign affairs",                    "" },
    { "needs its capital",        "may and May",                        "2-3:3" },
    { "curly mark",               "it won’t work",                      "1-2:4" },
    { "country, not pronoun",     "they told us and the US",            "5-6:5" },
    { "nothing known",            "lorem ipsum",                        "" },
};

static void test_find(void)
{
    Arena arena;
    arena_init(&arena);
    Lexicon *lex = lexicon_new(&arena);
    lexicon_add(lex, STR("foreign minister"), LEXICON_BODY, 1, 0);
    lexicon_add(lex, STR("foreign minister"), LEXICON_BODY, 1, 0);
    lexicon_add(lex, STR("minister"), LEXICON_BODY, 2, 0);
    lexicon_add(lex, STR("May"), LEXICON_PERSON, 3, LEXICON_CAPITALISED);
    lexicon_add(lex, STR("won't"), LEXICON_LIST, 4, 0);
    lexicon_add(lex, STR("U.S."), LEXICON_COUNTRY, 5, 0);
    lexicon_add(lex, STR(""), LEXICON_COUNTRY, 6, 0);
    lexicon_seal(lex);
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        CHECK_STR(rows[i].name, found(lex, rows[i].text, &arena), str_from(rows[i].hits));
    arena_clear(&arena);
}

static void test_symbols(void)
{
    Arena arena;
    arena_init(&arena);
    Lexicon *lex = lexicon_new(&arena);
    Symbol table = lexicon_word_symbol(lex, STR("table"));
    Symbol say = lexicon_tag_symbol(lex, STR("say"));
    CHECK(table >= SYMBOL_FIRST_WORD && lexicon_word_symbol(lex, STR("table")) == table);
    CHECK(say >= SYMBOL_FIRST_TAG && say < SYMBOL_FIRST_WORD && lexicon_tag(lex, STR("say")) == say);
    CHECK(lexicon_tag(lex, STR("nothing")) == SYMBOL_NONE);
    CHECK_STR("name of a word", lexicon_symbol_name(lex, table), STR("table"));
    CHECK_STR("name of a tag", lexicon_symbol_name(lex, say), STR("say"));
    lexicon_seal(lex);

    static const struct { uint32_t token; Symbol symbol; } want[] = {
        { 0, SYMBOL_WORD }, { 1, SYMBOL_NAME }, { 2, SYMBOL_POSSESSIVE }, { 3, 0 }, { 4, SYMBOL_COMMA }, { 5, SYMBOL_NUMBER }, { 6, SYMBOL_STOP },
    };
    Text text;
    Hits hits = { 0 };
    text_tokenize(STR("The Oslo's Table, 50."), &arena, &text);
    lexicon_find(lex, &text, &arena, &hits);
    for (size_t i = 0; i < BASE_COUNT(want); i++)
        CHECK(lexicon_token_symbol(lex, &text, want[i].token) == (want[i].symbol ? want[i].symbol : table));
    arena_clear(&arena);
}

/* Many words: the tables grow and still find everything. */
static void test_growth(void)
{
    enum { WORDS = 60000 };
    Arena arena;
    arena_init(&arena);
    Lexicon *lex = lexicon_new(&arena);
    char phrase[64];
    for (uint32_t i = 0; i < WORDS; i++) {
        snprintf(phrase, sizeof phrase, "word%u of%u", i, i % 7);
        lexicon_add(lex, str_from(phrase), LEXICON_LIST, i, 0);
    }
    lexicon_seal(lex);
    CHECK_STR("first", found(lex, "word0 of0", &arena), STR("0-2:0"));
    CHECK_STR("last", found(lex, "word59999 of2", &arena), STR("0-2:59999"));
    CHECK_STR("wrong partner", found(lex, "word59999 of3", &arena), STR(""));
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "find", test_find },
    { "symbols", test_symbols },
    { "growth", test_growth },
};

const TestSuite test_lexicon = SUITE(cases);
