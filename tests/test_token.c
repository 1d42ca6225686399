#include "check.h"

#include "engine/token.h"

#include <string.h>

static const struct { const char *name, *text; size_t sentences; } split_rows[] = {
    { "title before name",     "Gen. Roe left. He said no.",                          2 },
    { "question in quotes",    "\"Why?\" she asked.",                                 1 },
    { "initials inside",       "The U.S. Defense Secretary spoke. Nobody came.",      2 },
    { "initials at the end",   "He lives in the U.S. The plan failed.",               2 },
    { "month",                 "It began on Feb. 12 in Oslo.",                        1 },
    { "number with a stop",    "It cost $3.2 million. He paid.",                      2 },
    { "no blank",              "They met for two nights.There was no deal.",          2 },
    { "decimal",               "Growth was 2.5 percent.",                             1 },
    { "initial in a name",     "Donald J. Trump spoke. So did Ada K. Roe.",           2 },
    { "ellipsis goes on",      "There are doubts ... as to whether they will.",       1 },
    { "two paragraphs",        "One line\n\nAnother line",                            2 },
    { "one break in a story",  "A headline that stands alone\n\nIt said that it was still on\nthe table and so on.\n\nThen it left the room at noon.\n\nAll were glad of that.", 4 },
    { "wire capitals",         "Trade of the U.S. And Norland fell. The U.S. Which sold less, and the U.S. Dollar fell.", 2 },
    { "no wire capitals",      "He left the U.S. On Monday he met U.S. officials.", 2 },
    { "odd quotation mark",    "It fell, he said. \"And it will fall again, he said.", 2 },
    { "hard-wrapped",          "This line is broken in the\nmiddle of a long sentence\nand goes on for\na while.", 1 },
    { "company",               "Acme Inc. said it would pay.",                        1 },
    { "number abbreviation",   "He is No. 2 in the party. She is first.",             2 },
    { "the word no",           "The answer is no. He left.",                          2 },
};

static void test_sentences(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(split_rows); i++) {
        Text text;
        text_tokenize(str_from(split_rows[i].text), &arena, &text);
        CHECK_ROW(split_rows[i].name, text.n_sentences == split_rows[i].sentences);
    }
    arena_clear(&arena);
}

/* Folded tokens joined by blanks; a possessive or hyphened one is marked by what it is glued with. */
static const struct { const char *name, *text, *tokens; } token_rows[] = {
    { "hyphen",            "non-negotiable",            "non -negotiable" },
    { "number hyphen",     "pre-2014 lines",            "pre -2014 lines" },
    { "possessive",        "Ukraine's and Kyiv’s",      "ukraine 's and kyiv 's" },
    { "plural possessive", "the allies' plan",          "the allies 's plan" },
    { "contraction",       "won't and don’t",           "won't and don't" },
    { "initials",          "the U.S. and US and us",    "the u.s and u.s and us" },
    { "united nations",    "U.N. UN",                   "un un" },
    { "accents",           "Erdoğan Łódź",              "erdogan lodz" },
    { "money",             "$3.2bn 50% 1,000",          "$3.2bn 50% 1,000" },
    { "o'brien",           "O'Brien's d'Orsay",         "o'brien 's d'orsay" },
    { "dashes",            "a -- b – c",                "a - b - c" },
    { "nothing",           "",                          "" },
};

static void test_tokens(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(token_rows); i++) {
        Text text;
        text_tokenize(str_from(token_rows[i].text), &arena, &text);
        Str joined = STR("");
        for (size_t k = 0; k < text.n_tokens; k++) {
            const Token *token = &text.tokens[k];
            Str folded = token->kind == TOKEN_MARK ? (Str){ &token->mark, 1 } : token_fold(text.text, token, &arena);
            joined = str_printf(&arena, "%.*s%s%s%.*s", STR_ARG(joined), k ? " " : "", token->flags & TOKEN_HYPHENED ? "-" : "", STR_ARG(folded));
        }
        CHECK_STR(token_rows[i].name, joined, str_from(token_rows[i].tokens));
    }
    arena_clear(&arena);
}

/* The words inside each quotation, joined by " | "; "..." behind an unclosed one. */
static const struct { const char *name, *text, *quotes; } quote_rows[] = {
    { "straight",        "\"We are ready,\" he said.",                               "We are ready," },
    { "curly",           "“We are ready,” he said. “Now.”",                          "We are ready,|Now." },
    { "two singles",     "''We are ready,'' he said.",                               "We are ready," },
    { "nested",          "“He said ‘no’ twice,” she said.",                          "He said ‘no’ twice,|no" },
    { "single",          "‘We are ready,’ he said.",                                 "We are ready," },
    { "apostrophes",     "The allies' plan wasn't Ada's.",                           "" },
    { "odd at the end",  "He said \"no. Then he left.",                              "" },
    { "odd harms one",   "He said \"no. Then he left.\n\n\"We are ready,\" he said.", "no. Then he left....|We are ready," },
    { "running",         "“We are ready.\n\n“We are able,” he said.",                "We are ready....|We are able," },
    { "none at the start", "We are ready,\" he said. \"Now.\"",                      "We are ready,|Now." },
    { "none at its start", "Roe left. We are ready,\" he said.",                     "We are ready," },
    { "inches",          "The gun of 9\" sank it, he said.",                         "" },
    { "decade",          "The '90s were long, he said.",                             "" },
};

static void test_quotes(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(quote_rows); i++) {
        Text text;
        text_tokenize(str_from(quote_rows[i].text), &arena, &text);
        Str joined = STR("");
        for (size_t k = 0; k < text.n_quotes; k++) {
            const Quote *quote = &text.quotes[k];
            Str inside = str_slice(text.text, token_span(&text, quote->open + 1, quote->close));
            joined = str_printf(&arena, "%.*s%s%.*s%s", STR_ARG(joined), k ? "|" : "", STR_ARG(inside), quote->unclosed ? "..." : "");
        }
        CHECK_STR(quote_rows[i].name, joined, str_from(quote_rows[i].quotes));
    }
    arena_clear(&arena);
}

static void test_running_quotation_is_linked(void)
{
    Arena arena;
    arena_init(&arena);
    Text text;
    text_tokenize(STR("“We are ready.\n\n“We are able,” he said."), &arena, &text);
    CHECK(text.n_quotes == 2 && text.quotes[1].continues == 0 && text.quotes[0].continues == -1);
    arena_clear(&arena);
}

static void test_paragraphs(void)
{
    Arena arena;
    arena_init(&arena);
    Text text;
    text_tokenize(STR("TALKS RESUME IN OSLO\n\nThe talks went on.\nThey ended late.\n"), &arena, &text);
    CHECK(text.n_paragraphs == 3);
    CHECK(text.paragraphs[0].kind == PARAGRAPH_HEADING);
    CHECK(text.paragraphs[1].kind == PARAGRAPH_BODY);
    CHECK_STR("trimmed", str_slice(text.text, text.paragraphs[2].span), STR("They ended late."));
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "sentences", test_sentences },
    { "tokens", test_tokens },
    { "quotes", test_quotes },
    { "running quotation is linked", test_running_quotation_is_linked },
    { "paragraphs", test_paragraphs },
};

const TestSuite test_token = SUITE(cases);
