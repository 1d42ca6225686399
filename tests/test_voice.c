#include "check.h"

#include "engine/rules.h"
#include "extract/voice.h"
#include "rules_shared.h"

static const struct { const char *name, *speaker, *office, *official; bool is_public; } rows[] = {
    { "a minister",                   "Ada Roe", "French Foreign Minister", NULL, true },
    { "an office that nobody lists",  "Ada Roe", "Slovak energy adviser", NULL, true },
    { "of a country's own",           "Ada Roe", "Madagascar's director of fisheries", NULL, true },
    { "a director of nothing public", "Ada Roe", "director of sales", NULL, false },
    { "a company's spokesman",        "Ada Roe", "oil company spokesman", NULL, false },
    { "a lawyer",                     "Ada Roe", "attorney", NULL, false },
    { "no lawyer",                    "Ada Roe", "attorney general", NULL, true },
    { "no office at all",             "Ada Roe", NULL, NULL, false },
    { "on the roster",                "Ada Roe", NULL, "Ada Roe", true },
    { "the end of a known name",      "Lavrov", NULL, NULL, true },
    { "that name in another spelling", "Zelensky", NULL, NULL, true },
    { "a name like any other",        "Rimsky", NULL, NULL, false },
    { "a country",                    "Russia", NULL, NULL, true },
    { "two countries",                "Russia and Turkey", NULL, NULL, true },
    { "a firm named after one",       "GM Canada", NULL, NULL, false },
    { "an official's office",         "Lavrov's office", NULL, NULL, true },
    { "an official's spokesman",      "spokesman for Minister Lavrov", "spokesman for Minister Lavrov", NULL, true },
    { "an official's lawyer",         "lawyer for Lavrov", "lawyer for Lavrov", NULL, false },
    { "anybody's office",             "Rimsky's office", NULL, NULL, false },
    { "a body",                       "the Foreign Ministry", NULL, NULL, true },
    { "a party",                      "Democrats", "Democrats", NULL, true },
    { "people who know",              "sources", "sources", NULL, false },
};

static void test_rows(void)
{
    const Rules *rules = rules_shared();
    Voices voices = voices_read(rules);
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Statement statement = { .speaker = str_from(rows[i].speaker), .office = str_from(rows[i].office),
                                .official = str_from(rows[i].official) };
        CHECK(date_parse(STR("2025-02-13"), &statement.said_on));
        CHECK_ROW(rows[i].name, voice_is_public(&voices, &statement, &arena) == rows[i].is_public);
    }
    Voices none = voices;
    none.publics = -1;
    CHECK(voice_is_public(&none, &(Statement){ .speaker = STR("sources") }, &arena));
    CHECK(voice_is_public(&voices, &(Statement){ .speaker = STR("Ada Roe"), .country = STR("NO") }, &arena));
    CHECK(voice_is_public(&voices, &(Statement){ .speaker = STR("spokesman for Rimsky"), .office = STR("spokesman for Rimsky"), .country = STR("NO") }, &arena));
    CHECK(!voice_is_public(&voices, &(Statement){ .speaker = STR("spokesman for Rimsky"), .office = STR("spokesman for Rimsky") }, &arena));
    CHECK(!voice_is_public(&voices, &(Statement){ .speaker = STR("Roe Lines"), .country = STR("NO"), .institution = true }, &arena));
    arena_clear(&arena);
}

static const TestCase cases[] = { { "who speaks in public", test_rows } };

const TestSuite test_voice = SUITE(cases);
