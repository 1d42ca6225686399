#include "check.h"

#include "extract/topic.h"

#include <string.h>

static Arena arena;
static Problems problems;

/* A finder over a text with no statements. */
typedef struct Setup { Rules rules; RuleMatcher *matcher; TopicFinder *finder; Story story; Text text; Hits hits; } Setup;

static const char small_rules[] =
    "list stop-words\n"
    "  phrase  the | a | of | between | was | on\n"
    "list object-edges\n"
    "  phrase  the | a | was | idea of\n"
    "sense join\n"
    "  words   join | membership\n"
    "sense leave\n"
    "  words   pull out | withdraw\n"
    "topic reef \"The reef\"\n"
    "  about   coral reef | reef\n"
    "  needs   Norland\n"
    "  not     atoll\n"
    "topic catch \"The catch\"\n"
    "  about   catch | share of the fish\n";

static void setup_text(Setup *s, const char *title, const char *text)
{
    const Statements none = { 0 };
    s->matcher = rule_matcher_open(&s->rules, true);
    s->finder = topic_finder_open(&s->rules, s->matcher);
    s->story = (Story){ .title = str_from(title), .text = str_from(text) };
    text_tokenize(s->story.text, &arena, &s->text);
    lexicon_find(s->rules.lexicon, &s->text, &arena, &s->hits);
    topic_begin(s->finder, &s->story, &s->text, &s->hits, &none, &arena);
}

static void teardown(Setup *s)
{
    topic_finder_close(s->finder);
    rule_matcher_close(s->matcher);
    rules_clear(&s->rules);
    arena_clear(&arena);
}

static TokenRange whole(const Setup *s)
{
    return (TokenRange){ 0, (uint32_t)s->text.n_tokens };
}

static const struct { const char *name, *text, *want; } word_rows[] = {
    { "stop words fall out",      "the share of the catch",          "share catch" },
    { "inflections share a stem", "negotiations negotiate",          "negoti negoti" },
    { "one sense",                "membership joined joins",         "=join =join =join" },
    { "a sense of two words",     "They pulled out and withdrew",    "they =leave out and =leave" },
    { "numbers and marks",        "fish: 2014 (fish)",               "fish fish" },
};

static void words_are_folded(void)
{
    for (size_t i = 0; i < BASE_COUNT(word_rows); i++) {
        Setup s = { 0 };
        CHECK(rules_load_text(str_from(small_rules), "small.rules", &arena, &s.rules, &problems));
        setup_text(&s, NULL, word_rows[i].text);
        Str got = STR("");
        for (uint32_t k = 0; k < s.text.n_tokens; k++) {
            const TopicWord *word = topic_word(s.finder, k);
            if (word->kind >= TOPIC_WORD)
                got = str_printf(&arena, "%.*s%s%.*s", STR_ARG(got), got.len ? " " : "", STR_ARG(word->name));
        }
        CHECK_STR(word_rows[i].name, got, str_from(word_rows[i].want));
        teardown(&s);
    }
}

static const struct { const char *name, *title, *text, *want; } curated_rows[] = {
    { "what it needs beside it", NULL,           "the coral reef of Norland",               "reef" },
    { "needs in the headline",   "Norland acts", "the reef",                                "reef" },
    { "needs in the lead",       NULL,           "the reef. Norland is far.",               "reef" },
    { "needs nowhere",           "Sudmark acts", "the reef",                                "" },
    { "a word it must not have", NULL,           "the reef and atoll of Norland",           "" },
    { "two topics",              NULL,           "the reef of Norland or its catch",        "reef catch" },
    { "one topic once",          NULL,           "the catch, a share of the fish",          "catch" },
};

static void curated_topics_are_found(void)
{
    for (size_t i = 0; i < BASE_COUNT(curated_rows); i++) {
        Setup s = { 0 };
        CHECK(rules_load_text(str_from(small_rules), "small.rules", &arena, &s.rules, &problems));
        setup_text(&s, curated_rows[i].title, curated_rows[i].text);
        TokenRange first = topic_sentence(s.finder, 0);
        Topics topics = { 0 };
        topic_curated(s.finder, first, first, &topics, &problems);
        Str got = STR("");
        for (size_t k = 0; k < topics.len; k++)
            got = str_printf(&arena, "%.*s%s%.*s", STR_ARG(got), k ? " " : "", STR_ARG(topics.ptr[k].slug));
        CHECK_STR(curated_rows[i].name, got, str_from(curated_rows[i].want));
        teardown(&s);
    }
}

static const struct { const char *name, *text, *slug, *label; } open_rows[] = {
    { "words, then names", "the fishing treaty between Norland and Sudmark", "fishing-treaty-norland-sudmark",
      "fishing treaty between Norland and Sudmark" },
    { "the order of words is no matter", "a treaty on fishing of Sudmark and Norland", "fishing-treaty-norland-sudmark",
      "treaty on fishing of Sudmark and Norland" },
    { "plural and singular", "the borders",          "border",  "borders" },
    { "edges",               "the idea of a levy was", "levy",  "levy" },
    { "line breaks",         "share\n  prices",      "price-share", "share prices" },
};

static void open_topics_are_made_of_words(void)
{
    for (size_t i = 0; i < BASE_COUNT(open_rows); i++) {
        Setup s = { 0 };
        Topic topic = { 0 };
        CHECK(rules_load_text(STR("list stop-words\n  phrase  the | a | of | between | was | on | and\n"
                                  "list object-edges\n  phrase  the | a | was | idea of\n"),
                              "small.rules", &arena, &s.rules, &problems));
        setup_text(&s, NULL, open_rows[i].text);
        CHECK_ROW(open_rows[i].name, topic_open(s.finder, whole(&s), &topic));
        CHECK_STR(open_rows[i].name, topic.slug, str_from(open_rows[i].slug));
        CHECK_STR(open_rows[i].name, topic.label, str_from(open_rows[i].label));
        teardown(&s);
    }
}

static const struct { const char *text; bool named; } named_rows[] = {
    { "the levy", true },  { "no levy", true },    { "enrichment", true }, { "talks", true },   { "to Norland", true },
    { "formal talks", true }, { "honest", false },   { "leaving", false },   { "levy", false },   { "of the", false },
};

static void things_are_told_from_other_words(void)
{
    for (size_t i = 0; i < BASE_COUNT(named_rows); i++) {
        Setup s = { 0 };
        CHECK(rules_load_text(STR("list stop-words\n  phrase  the | of | to\nlist before-nouns\n  phrase  the | no\n"),
                              "small.rules", &arena, &s.rules, &problems));
        setup_text(&s, NULL, named_rows[i].text);
        CHECK_ROW(named_rows[i].text, topic_is_named(s.finder, whole(&s)) == named_rows[i].named);
        teardown(&s);
    }
}

static void no_words_make_no_topic(void)
{
    Setup s = { 0 };
    Topic topic;
    CHECK(rules_load_text(str_from(small_rules), "small.rules", &arena, &s.rules, &problems));
    setup_text(&s, NULL, "the a of 12 ...");
    CHECK(!topic_open(s.finder, whole(&s), &topic));
    CHECK(!topic_open(s.finder, (TokenRange){ 0, 0 }, &topic));
    teardown(&s);
}

static const struct { const char *name, *text, *want; } country_rows[] = {
    { "name, demonym, capital", "Ukraine Ukrainian Kyiv",             "ua ua ua" },
    { "abbreviations",          "the U.S. and the US",                "us us" },
    { "the pronoun",            "with us",                            "" },
    { "metonyms",               "the Kremlin, the White House",       "ru us" },
    { "a successor",            "Soviet Russian",                     "ru ru" },
    { "cities that host many",  "Geneva Brussels Vienna",             "" },
    { "a body",                 "NATO and the European Union",        "nato eu" },
};

static void countries_are_folded(void)
{
    Setup s = { 0 };
    Arena rules_arena;
    arena_init(&rules_arena);
    CHECK(rules_load("rules", &rules_arena, &s.rules, &problems));
    Rules rules = s.rules;
    for (size_t i = 0; i < BASE_COUNT(country_rows); i++) {
        Setup row = { .rules = rules };
        setup_text(&row, NULL, country_rows[i].text);
        Str got = STR("");
        for (uint32_t k = 0; k < row.text.n_tokens; k++) {
            const TopicWord *word = topic_word(row.finder, k);
            if (word->kind == TOPIC_COUNTRY)
                got = str_printf(&arena, "%.*s%s%.*s", STR_ARG(got), got.len ? " " : "", STR_ARG(word->name));
        }
        CHECK_STR(country_rows[i].name, got, str_from(country_rows[i].want));
        topic_finder_close(row.finder);
        rule_matcher_close(row.matcher);
    }
    rules_clear(&rules);
    arena_clear(&rules_arena);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "words are folded", words_are_folded },
    { "countries are folded", countries_are_folded },
    { "curated topics are found", curated_topics_are_found },
    { "open topics are made of words", open_topics_are_made_of_words },
    { "things are told from other words", things_are_told_from_other_words },
    { "no words make no topic", no_words_make_no_topic },
};

const TestSuite test_topic = SUITE(cases);
