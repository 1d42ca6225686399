#include "check.h"

#include "read/story.h"

static Story completed(const char *text, Arena *arena)
{
    Story story = { .text = str_from(text), .published = DATE_UNKNOWN };
    story_complete(&story, arena);
    return story;
}

/* NULL: must stay unknown. */
static const struct { const char *name, *text, *place, *source, *published; } dateline_rows[] = {
    { "en dash",          "MUNICH (Reuters) \xE2\x80\x93 A senior official left.", "Munich", "Reuters", NULL },
    { "hyphen, date",     "WASHINGTON, Feb 26 - The bank said so.", "Washington", NULL, NULL },
    { "two places",       "BRUSSELS/PARIS (AFP) \xE2\x80\x94 Talks go on.", "Brussels/Paris", "AFP", NULL },
    { "two dashes",       "MOSCOW, March 3 (Xinhua) -- Talks go on.", "Moscow", "Xinhua", NULL },
    { "date with year",   "MOSCOW, March 3, 2024 (Xinhua) -- Talks go on.", "Moscow", "Xinhua", "2024-03-03" },
    { "day first",        "PARIS, 3 March 2024 (AFP) - Talks go on.", "Paris", "AFP", "2024-03-03" },
    { "region",           "KYIV, Ukraine (AP) \xE2\x80\x94 Talks go on.", "Kyiv", "AP", NULL },
    { "region, date",     "SAN JOSE, Calif., Feb. 3 (AP) - Talks go on.", "San Jose", "AP", NULL },
    { "stray comma",      "LONDON, (Reuters) - Talks go on.", "London", "Reuters", NULL },
    { "two words",        "NEW YORK/LONDON (Reuters) - Talks go on.", "New York/London", "Reuters", NULL },
    { "saint",            "ST. PETERSBURG (Reuters) - Talks go on.", "St. Petersburg", "Reuters", NULL },
    { "small words",      "RIO DE JANEIRO (Reuters) - Talks go on.", "Rio de Janeiro", "Reuters", NULL },
    { "hyphens",          "PORT-AU-PRINCE (Reuters) - Talks go on.", "Port-au-Prince", "Reuters", NULL },
    { "apostrophe",       "L'AQUILA (Reuters) - Talks go on.", "L'Aquila", "Reuters", NULL },
    { "accents",          "CHI\xC8\x98IN\xC4\x82U (Reuters) - Talks go on.", "Chi\xC8\x99in\xC4\x83u", "Reuters", NULL },
    { "initials",         "WASHINGTON D.C. (Reuters) - Talks go on.", "Washington D.C.", "Reuters", NULL },
    { "small source",     "Munich (dpa) - Talks go on.", "Munich", "dpa", NULL },
    { "mixed case",       "Munich (here) - Talks go on.", NULL, NULL, NULL },
    { "mixed, source",    "Munich (Reuters) - Talks go on.", "Munich", "Reuters", NULL },
    { "no place",         "(Reuters) - Talks go on.", NULL, "Reuters", NULL },
    { "date, no place",   "Feb 13 (Reuters) - Talks go on.", NULL, "Reuters", NULL },
    { "slashes",          "MOSCOW, February 13. /TASS/. Talks go on.", "Moscow", "TASS", NULL },
    { "bare place",       "WASHINGTON \xE2\x80\x94 The envoy left. He was late.", "Washington", NULL, NULL },
    { "dash ends line",   "OSLO (NTB) -\n\nThe envoy left.", "Oslo", "NTB", NULL },
    { "after headline",   "Envoy leaves talks\n\nBy Ada Roe\n\nOSLO (NTB) - The envoy left.", "Oslo", "NTB", NULL },
    { "first one counts", "OSLO (NTB) - The envoy left.\n\nROME (ANSA) - He came back.", "Oslo", "NTB", NULL },
    { "below a menu",     "a\nb\nc\nd\ne\nf\ng\nh\nOSLO (NTB) - The envoy left.", "Oslo", "NTB", NULL },
    { "too far down",     "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nOSLO (NTB) - The envoy left.", NULL, NULL, NULL },
    { "capital headline", "NATO SAYS UKRAINE OFF TABLE - SOURCES", NULL, NULL, NULL },
    { "headline, source", "UKRAINE (REUTERS) - NATO SAYS NO", NULL, NULL, NULL },
    { "headline, dash",   "UKRAINE - What the envoy meant\n\nThe envoy left.", NULL, NULL, NULL },
    { "label",            "EXCLUSIVE - The envoy left. He was late.", NULL, NULL, NULL },
    { "label with digit", "UPDATE 2 - The envoy left. He was late.", NULL, NULL, NULL },
    { "party",            "Ada Roe (D) - The envoy left.", NULL, NULL, NULL },
    { "sentence",         "The envoy \xE2\x80\x94 a Dane \xE2\x80\x94 left.", NULL, NULL, NULL },
    { "hyphenated",       "U.S.-Russian talks - the first - go on.", NULL, NULL, NULL },
    { "only marks",       "(---) - \n- -\n--", NULL, NULL, NULL },
    { "date line",        "Envoy leaves\n\nFriday, July 21, 2017\n\nThe envoy left.", NULL, NULL, "2017-07-21" },
    { "labelled date",    "Envoy leaves\n\nPublished: 13 Feb 2025 18:30\n\nThe envoy left.", NULL, NULL, "2025-02-13" },
    { "date in text",     "On July 21, 2017, the envoy left.", NULL, NULL, NULL },
};

static void test_dateline(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(dateline_rows); i++) {
        Story story = completed(dateline_rows[i].text, &arena);
        char date[DATE_TEXT_BYTES];
        CHECK_STR(dateline_rows[i].name, story.place, str_from(dateline_rows[i].place));
        CHECK_STR(dateline_rows[i].name, story.source, str_from(dateline_rows[i].source));
        date_format(story.published, date);
        CHECK_STR(dateline_rows[i].name, date[0] ? str_from(date) : STR_NONE, str_from(dateline_rows[i].published));
    }
    arena_clear(&arena);
}

static const struct { const char *name, *text, *title; } title_rows[] = {
    { "blank line",        "Envoy leaves U.S. talks\n\nThe envoy left.", "Envoy leaves U.S. talks" },
    { "question",          "Will the envoy leave?\n\nHe will.", "Will the envoy leave?" },
    { "quotation at end",  "Envoy: \"I left\"\n\nThe envoy left.", "Envoy: \"I left\"" },
    { "byline follows",    "Envoy leaves talks\nBy Ada Roe\nThe envoy left.", "Envoy leaves talks" },
    { "dateline follows",  "Envoy leaves talks\nOSLO (NTB) - The envoy left.", "Envoy leaves talks" },
    { "full stop",         "The envoy left.\n\nHe was late.", NULL },
    { "stop inside marks", "He said: \"I left.\"\n\nHe was late.", NULL },
    { "wrapped by hand",   "The envoy said on Thursday that Oslo\nTalks would go on.", NULL },
    { "one line",          "Envoy leaves talks", NULL },
    { "byline first",      "By Ada Roe\n\nThe envoy left.", NULL },
    { "dateline first",    "OSLO (NTB) - The envoy left\n\nHe was late.", NULL },
};

static void test_title(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(title_rows); i++)
        CHECK_STR(title_rows[i].name, completed(title_rows[i].text, &arena).title, str_from(title_rows[i].title));
    arena_clear(&arena);
}

static void test_given_wins(void)
{
    Arena arena;
    arena_init(&arena);
    Story story = {
        .id = STR("a"), .title = STR("Given"), .source = STR("Desk"), .place = STR("BONN"), .published = 20000,
        .text = STR("Envoy leaves\n\nOSLO, March 3, 2020 (NTB) - The envoy left."),
    };
    story_complete(&story, &arena);
    CHECK_STR("id", story.id, STR("a"));
    CHECK_STR("title", story.title, STR("Given"));
    CHECK_STR("source", story.source, STR("Desk"));
    CHECK_STR("place", story.place, STR("BONN"));
    CHECK(story.published == 20000);
    arena_clear(&arena);
}

static void test_id(void)
{
    Arena arena;
    arena_init(&arena);
    Str one = completed("The envoy left.", &arena).id, other = completed("The envoy came.", &arena).id;
    CHECK(one.len == 18 && str_starts(one, STR("t-")));
    CHECK(!str_equal(one, other));
    CHECK_STR("same text, same id", completed("The envoy left.", &arena).id, one);
    arena_clear(&arena);
}

static const struct { const char *text, *language; } language_rows[] = {
    { "The toll stays, the minister said, and that is the end of it.", "en" },
    { "Die Ministerin hat gesagt, dass der Zoll nicht abgeschafft wird und das auch so bleibt.", "de" },
    { "Le ministre a dit que les ports ne sont pas dans une situation qui permet cette taxe.", "fr" },
    { "El ministro dijo que los puertos no son para la gente que vive en las islas y por eso fue all\xC3\xAD.", "es" },
    { "\xD0\x9F\xD0\xBE\xD1\x80\xD1\x82 \xD0\xB7\xD0\xB0\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82.", "und" },
    { "In Die Zeit the minister said that the word Schadenfreude was not one for her.", "en" },
    { "COPRA 275.00 PALM OIL 330 dlrs per tonne cif Rotterdam Apr May Jun unch per", NULL },
    { "Toll stays", NULL },
    { "", NULL },
};

static void test_languages(void)
{
    for (size_t i = 0; i < BASE_COUNT(language_rows); i++)
        CHECK_STR(language_rows[i].text, story_language(str_from(language_rows[i].text)), str_from(language_rows[i].language));
    Arena arena;
    arena_init(&arena);
    Story story = { .text = STR("Toll stays"), .language = STR("DE-at"), .published = DATE_UNKNOWN };
    story_complete(&story, &arena);
    CHECK_STR("as given", story.language, STR("de"));
    CHECK(story_is_foreign(&story));
    story = (Story){ .text = str_from(language_rows[0].text), .language = STR("de"), .published = DATE_UNKNOWN };
    story_complete(&story, &arena);
    CHECK_STR("the text knows better", story.language, STR("en"));
    CHECK(!story_is_foreign(&story) && !story_is_foreign(&(Story){ 0 }));
    arena_clear(&arena);
}

static const struct { const char *url, *canonical; } url_rows[] = {
    { "https://www.herald.example/toll-stays/?utm_source=mail#top", "herald.example/toll-stays" },
    { "HTTP://Herald.Example/Toll-stays", "herald.example/Toll-stays" },
    { "https://herald.example/story?id=12&fbclid=x&page=2", "herald.example/story?id=12&page=2" },
    { "https://herald.example/?p=1234567", "herald.example?p=1234567" },
    { "https://herald.example/", NULL },
    { "https://herald.example", NULL },
    { "https://herald.example/world/", NULL },
    { "https://herald.example?x=/toll-stays", NULL },
    { "herald.example/toll-stays", NULL },
    { "", NULL },
};

static void test_addresses(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(url_rows); i++)
        CHECK_STR(url_rows[i].url, story_canonical_url(str_from(url_rows[i].url), &arena), str_from(url_rows[i].canonical));
    Str ids[2];
    for (size_t i = 0; i < 2; i++) {
        Story story = { .text = i ? STR("The toll goes.") : STR("The toll stays."), .url = str_from(url_rows[0].url),
                        .published = DATE_UNKNOWN };
        story_complete(&story, &arena);
        ids[i] = story.id;
    }
    CHECK_STR("two versions", ids[0], ids[1]);
    CHECK(str_starts(ids[0], STR("u-")) && ids[0].len == 18);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "addresses", test_addresses },
    { "languages", test_languages },
    { "dateline", test_dateline },
    { "title", test_title },
    { "what is given wins", test_given_wins },
    { "id from text", test_id },
};

const TestSuite test_story = SUITE(cases);
