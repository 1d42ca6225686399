/* Stories of a few sentences in, day and place of every statement out. */
#include "check.h"

#include "extract/extract.h"
#include "rules_shared.h"

#define MINISTER "Foreign Minister Ada Roe"

/* The stories came out on Thursday, 2025-02-13; want: "DAY PLACE" of each statement, "-" where none. */
static const struct { const char *name, *text, *want; } rows[] = {
    /* the phrase around the cue */
    { "behind the cue",        MINISTER " told reporters in Oslo on Tuesday that the fleet would sail.", "2025-02-11 Oslo" },
    { "behind the speaker",    "The fleet would sail, said " MINISTER " in Oslo on Tuesday.", "2025-02-11 Oslo" },
    { "in front",              "At a news conference in central Oslo on Tuesday, " MINISTER " said the fleet would sail.", "2025-02-11 Oslo" },
    { "between commas",        MINISTER ", speaking in Oslo on Tuesday, said the fleet would sail.", "2025-02-11 Oslo" },
    { "interview",             MINISTER ", in an interview with Newswire on Tuesday, said the fleet would sail.", "2025-02-11 -" },
    { "listeners",             MINISTER " told a conference of bankers in Oslo that the fleet would sail.", "2025-02-13 Oslo" },
    { "listeners somewhere",   MINISTER " told allies in Oslo that the fleet would sail.", "2025-02-13 Oslo" },
    { "after talks",           "The fleet would sail, " MINISTER " told reporters after talks in Oslo.", "2025-02-13 Oslo" },
    { "on a visit",            MINISTER ", on a visit to Oslo, said the fleet would sail.", "2025-02-13 Oslo" },
    { "during a trip",         "During a trip to Oslo, " MINISTER " said the fleet would sail.", "2025-02-13 Oslo" },
    { "before a trip",         "Before a trip to Oslo, " MINISTER " said the fleet would sail.", "2025-02-13 -" },
    { "participle",            MINISTER " delivered another message in Oslo on Tuesday, saying the fleet would sail.", "2025-02-11 Oslo" },
    { "before a committee",    "Testifying before the Senate Fisheries Committee, " MINISTER " said the fleet would sail.", "2025-02-13 Senate Fisheries Committee" },
    { "at a body",             "The fleet would sail, " MINISTER " told reporters at the White House.", "2025-02-13 White House" },
    { "the capital of",        "The fleet would sail, " MINISTER " told reporters in Norway's capital Oslo.", "2025-02-13 Oslo" },
    { "briefing of a body",    "In a White House briefing, " MINISTER " said the fleet would sail.", "2025-02-13 White House" },
    { "a gathering's name",    MINISTER " told reporters at the Zorvan fisheries summit that the fleet would sail.", "2025-02-13 Zorvan fisheries summit" },
    { "posted",                "\"The fleet will sail at dawn,\" " MINISTER " wrote on Twitter.", "2025-02-13 Twitter" },
    { "posted here, said there", "\"The fleet will sail at dawn,\" " MINISTER " wrote on Twitter.\n\nRoe said the fleet was ready.", "2025-02-13 Twitter; 2025-02-13 -" },

    /* what is no day or place of speaking */
    { "in the words",          MINISTER " said that the fleet lay in Oslo on Tuesday.", "2025-02-13 -" },
    { "what it is about",      MINISTER " told reporters about the attack in Oslo that the fleet would sail.", "2025-02-13 -" },
    { "after an event",        "After the bombing in Oslo, " MINISTER " said the fleet would sail.", "2025-02-13 -" },
    { "of the speaker",        MINISTER ", who met captains in Oslo on Tuesday, said the fleet would sail.", "2025-02-13 -" },
    { "a body one belongs to", MINISTER ", a rare friend of the fleet in Congress, said it would sail.", "2025-02-13 -" },
    { "another clause",        "The storm hit the coast on Tuesday and " MINISTER " said the fleet would sail.", "2025-02-13 -" },
    { "a thing's place",       "In the Oslo case, " MINISTER " said the fleet would sail.", "2025-02-13 -" },
    { "two places",            MINISTER " told ministers at the White House and NATO that the fleet would sail.", "2025-02-13 -" },

    /* days */
    { "no one day",            "Last month " MINISTER " said the fleet would sail.", "- -" },
    { "main clause",           "The change came in December when " MINISTER " said the fleet would sail.", "- -" },
    { "tomorrow's name",       MINISTER " said on Friday the fleet would sail.", "2025-02-14 -" },
    { "last week's day",       MINISTER " said last Friday the fleet would sail.", "2025-02-07 -" },
    { "days counted",          MINISTER " said three days ago the fleet would sail.", "2025-02-10 -" },
    { "weeks counted",         "Two weeks ago " MINISTER " said the fleet would sail.", "- -" },
    { "years in figures",      MINISTER " said 20 years ago the fleet would sail.", "- -" },
    { "years in the words",    MINISTER " said the fleet had sailed 20 years ago.", "2025-02-13 -" },
    { "of a second clause",    MINISTER " said on Monday the fleet would sail, but on Tuesday Trade Minister Max Moe said it would not.", "2025-02-10 -; 2025-02-11 -" },
    { "of the lead",           "The fleet will sail, " MINISTER " said on Wednesday.\n\n\"It is time,\" said Per Moe, an adviser.", "2025-02-12 -; 2025-02-12 -" },
    { "an event of the lead",  "Two ships attacked on Saturday have sunk, " MINISTER " said.", "2025-02-13 -" },
    { "told in between",       MINISTER " said on Wednesday the fleet would sail. On Monday Roe had said it would not move. Roe said the port was open.",
                               "2025-02-12 -; 2025-02-10 -; 2025-02-12 -" },

    /* the dateline */
    { "of its country",        "OSLO, Feb 13 (Newswire) - Norwegian " MINISTER " said the fleet would sail.", "2025-02-13 Oslo" },
    { "of two places",         "OSLO/BERGEN, Feb 13 (Newswire) - Norwegian " MINISTER " said the fleet would sail.", "2025-02-13 -" },
    { "of another country",    "OSLO, Feb 13 (Newswire) - Norwegian " MINISTER " said the fleet would sail. French President Luc Aubert said it would not.",
                               "2025-02-13 Oslo; 2025-02-13 -" },
    { "of a gathering",        "OSLO, Feb 13 (Newswire) - Delegates went home without a pact.\n\nFrench minister Luc Aubert said the pact was dead. "
                               "German minister Jan Holt said the pact was alive. Polish minister Ewa Nowicka said the pact was a joke.",
                               "2025-02-13 Oslo; 2025-02-13 Oslo; 2025-02-13 Oslo" },

    /* from one statement to the next */
    { "carried on",            MINISTER " told reporters in Oslo on Tuesday that the fleet would sail.\n\nRoe said the port was open.", "2025-02-11 Oslo; 2025-02-11 Oslo" },
    { "carried back",          MINISTER " said the fleet would sail.\n\n\"It is time,\" she told reporters in Oslo.", "2025-02-13 Oslo; 2025-02-13 Oslo" },
    { "elsewhere later",       MINISTER " told reporters in Oslo that the fleet would sail. Roe later told captains that the port was open.", "2025-02-13 Oslo; 2025-02-13 -" },
    { "at the same event",     MINISTER " told a conference in Oslo that the fleet would sail. \"It is time to go,\" Per Moe, an adviser, said at the conference.",
                               "2025-02-13 Oslo; 2025-02-13 Oslo" },
};

static void test_rows(void)
{
    Extractor *extractor = extractor_open(rules_shared(), (ExtractOptions){ 0 });
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena;
        arena_init(&arena);
        Story story = { .id = STR("t"), .text = str_from(rows[i].text), .published = DATE_UNKNOWN };
        date_parse(STR("2025-02-13"), &story.published);
        story_complete(&story, &arena);
        Statements found = { 0 };
        Problems problems = { 0 };
        extract_story(extractor, &story, &arena, &found, &problems);
        Str got = STR("");
        for (size_t k = 0; k < found.len; k++) {
            char date[DATE_TEXT_BYTES];
            Str day = str_from(date_format(found.ptr[k].said_on, date)), place = found.ptr[k].place;
            got = str_printf(&arena, "%.*s%s%.*s %.*s", STR_ARG(got), k ? "; " : "", STR_ARG(day.len ? day : STR("-")),
                             STR_ARG(place.len ? place : STR("-")));
        }
        CHECK_STR(rows[i].name, got, str_from(rows[i].want));
        arena_clear(&arena);
    }
    extractor_close(extractor);
}

static const TestCase cases[] = { { "days and places", test_rows } };

const TestSuite test_setting = SUITE(cases);
