/* Stories of a few sentences in, statements out: mentions, attribution, days and places together. */
#include "check.h"

#include "extract/extract.h"
#include "rules_shared.h"

typedef struct Reading { Arena arena; Extractor *extractor; Statements found; } Reading;

static void read_text(Reading *reading, const char *text, const char *published, bool no_gate)
{
    arena_init(&reading->arena);
    reading->extractor = extractor_open(rules_shared(), (ExtractOptions){ .no_gate = no_gate });
    reading->found = (Statements){ 0 };
    Story story = { .id = STR("t"), .text = str_from(text), .published = DATE_UNKNOWN };
    date_parse(str_from(published), &story.published);
    Problems problems = { 0 };
    extract_story(reading->extractor, &story, &reading->arena, &reading->found, &problems);
    CHECK(problems.errors == 0);
}

static void close_reading(Reading *reading)
{
    extractor_close(reading->extractor);
    arena_clear(&reading->arena);
}

/* "speaker: words" of every statement, joined by " | ". */
static Str who_said_what(Reading *reading)
{
    Str out = STR("");
    for (size_t i = 0; i < reading->found.len; i++) {
        const Statement *st = &reading->found.ptr[i];
        out = str_printf(&reading->arena, "%.*s%s%.*s: %.*s", STR_ARG(out), i ? " | " : "",
                         STR_ARG(st->speaker.ptr ? st->speaker : STR("?")), STR_ARG(st->text));
    }
    return out;
}

static const struct { const char *name, *text, *want; } attribution_rows[] = {
    { "split quotation",
      "\"The levy is dead,\" Foreign Minister Ada Roe said, \"and it will stay dead.\"",
      "Ada Roe: The levy is dead … and it will stay dead." },
    { "quotation goes on behind the cue",
      "\"The levy is dead,\" Foreign Minister Ada Roe said. \"It will stay dead.\"",
      "Ada Roe: The levy is dead … It will stay dead." },
    { "quotation paragraph without a cue",
      "\"The levy is dead,\" Foreign Minister Ada Roe said.\n\n\"It is a mistake. It never worked.\"",
      "Ada Roe: The levy is dead | Ada Roe: It is a mistake. It never worked." },
    { "running quotation without closing marks",
      "“The levy is dead,” Foreign Minister Ada Roe said. “It never worked.\n\n“It will stay dead.”",
      "Ada Roe: The levy is dead … It never worked. … It will stay dead." },
    { "surname, pronoun and role",
      "Foreign Minister Ada Roe arrived on Monday. The fleet will sail, Roe said. She added that it was large.\n\n"
      "The minister said that nobody would stop it.",
      "Ada Roe: The fleet will sail | Ada Roe: it was large | Ada Roe: nobody would stop it" },
    { "lead descriptor named later",
      "A senior Norwegian official said the fleet would sail.\n\n"
      "\"It sails at dawn,\" said Ada Roe, Norway's deputy fisheries envoy.",
      "Ada Roe: the fleet would sail | Ada Roe: It sails at dawn" },
    { "that and that",
      "Foreign Minister Ada Roe said that the fleet would sail and that the levy was dead.",
      "Ada Roe: the fleet would sail and that the levy was dead" },
    { "two speakers in one sentence",
      "Foreign Minister Ada Roe said the fleet would sail, but Prime Minister Per Moe said it would stay in port.",
      "Ada Roe: the fleet would sail | Per Moe: it would stay in port" },
    { "reporter takes over again",
      "Foreign Minister Ada Roe said the fleet would sail, contradicting her own ministry.",
      "Ada Roe: the fleet would sail" },
    { "question put to the speaker",
      "\"It still sails,\" said Foreign Minister Ada Roe when asked whether Norway had cancelled the voyage.",
      "Ada Roe: It still sails" },
    { "a title in marks is no speech",
      "Foreign Minister Ada Roe said on \"Morning Report\" that the fleet would sail.",
      "Ada Roe: the fleet would sail" },
    { "nothing said",
      "Foreign Minister Ada Roe declined to comment on the fleet.",
      "" },
    { "an odd mark harms its paragraph only",
      "The \"fleet left port.\n\n\"It sails,\" Foreign Minister Ada Roe said.",
      "Ada Roe: It sails" },
    { "spokesman is not his master",
      "A spokesman for President Per Moe said the fleet would sail.",
      "spokesman for President Per Moe: the fleet would sail" },
    { "an aside parts the content",
      "The levy, Foreign Minister Ada Roe said, is six crowns a ton.",
      "Ada Roe: The levy … is six crowns a ton" },
    { "a coordinated cue ends the content before it",
      "Foreign Minister Ada Roe told the council her office had left the building and said it would return.",
      "Ada Roe: her office had left the building | Ada Roe: it would return" },
    { "a thing ends where the speaker acts",
      "Foreign Minister Ada Roe denounced the levy on cod and accused the owners of greed. She denied a quarrel and stayed.",
      "Ada Roe: the levy on cod | Ada Roe: the owners of greed | Ada Roe: a quarrel" },
    { "others say otherwise",
      "Foreign Minister Ada Roe said the fleet would sail while Prime Minister Per Moe said it would stay.",
      "Ada Roe: the fleet would sail | Per Moe: it would stay" },
    { "a colon announces the next paragraph",
      "Foreign Minister Ada Roe went on:\n\n\"The levy is dead. It never worked.\"\n\nThe hall was silent.",
      "Ada Roe: The levy is dead. It never worked." },
    { "so does a comma",
      "Foreign Minister Ada Roe stated,\n\n\"The levy is dead. It never worked.\"\n\nThe hall was silent.",
      "Ada Roe: The levy is dead. It never worked." },
    { "circumstances before that",
      "Foreign Minister Ada Roe told reporters before leaving on Monday that the levy was dead.",
      "Ada Roe: the levy was dead" },
    { "an adverb of several words",
      "Foreign Minister Ada Roe said in a statement the levy was dead.",
      "Ada Roe: the levy was dead" },
    { "words in marks behind the cue that are no second half",
      "\"The levy is dead,\" Foreign Minister Ada Roe said, pleased with the \"song of the sea\" that the choir gave.",
      "Ada Roe: The levy is dead" },
    { "transcript",
      "Foreign Minister Ada Roe spoke in Oslo.\n\nQ: Will the talks resume?\n\nA: They will never resume.\n\n"
      "PER MOE: The levy stays.\n\nROE: The levy is dead. It never worked.",
      "Ada Roe: They will never resume. | PER MOE: The levy stays. | Ada Roe: The levy is dead. It never worked." },
    { "acts, conditions and participles say nothing",
      "Foreign Minister Ada Roe posted a photo of the fleet. If she threatened the owners, they would strike. "
      "The rules described as harsh will stay, and a plan cited by the owners failed.",
      "" },
    { "a clause in front ends at its comma",
      "The minister, Ada Roe, arrived. While the minister said the levy was dead, the fleet left at dawn.",
      "Ada Roe: the levy was dead" },
    { "what an official says of her own side is hers",
      "Foreign Minister Ada Roe said her ministry believed the levy was dead.",
      "Ada Roe: her ministry believed the levy was dead" },
    { "a speaker new to the story ends the words before her",
      "Growers said the levy was dead and a union spokesman said it would stay.",
      "Growers: the levy was dead | union spokesman: it would stay" },
    { "one thing has no verb in the plural, several people do",
      "Foreign Minister Ada Roe read a status report the levy was dead. Several staff say the levy is dead.",
      "staff: the levy is dead" },
    { "a determiner speaks for nobody",
      "The owners said the recently proposed levy would end, and their earlier announced sale would go on.",
      "owners: the recently proposed levy would end, and their earlier announced sale would go on" },
    { "what is agreed on is part of the words",
      "Foreign Minister Ada Roe agreed with Norland on a range in which the levy would move.",
      "Ada Roe: on a range in which the levy would move" },
};

static void test_attribution(void)
{
    for (size_t i = 0; i < BASE_COUNT(attribution_rows); i++) {
        Reading reading;
        read_text(&reading, attribution_rows[i].text, "2025-02-13", false);
        CHECK_STR(attribution_rows[i].name, who_said_what(&reading), str_from(attribution_rows[i].want));
        close_reading(&reading);
    }
}

/* Published on Thursday, 2025-02-13. */
static const struct { const char *name, *text, *said_on, *place; } when_rows[] = {
    { "weekday",            "Foreign Minister Ada Roe said on Wednesday the fleet would sail.",                  "2025-02-12", "" },
    { "weekday in front",   "On Monday, Foreign Minister Ada Roe said the fleet would sail.",                    "2025-02-10", "" },
    { "the story's own day","Foreign Minister Ada Roe said on Thursday the fleet would sail.",                   "2025-02-13", "" },
    { "month and day",      "Foreign Minister Ada Roe said on Feb. 7 the fleet would sail.",                     "2025-02-07", "" },
    { "yesterday",          "The fleet would sail, Foreign Minister Ada Roe said yesterday.",                    "2025-02-12", "" },
    { "no one day",         "Foreign Minister Ada Roe said last month that the fleet would sail.",               "",           "" },
    { "perfect tense",      "Foreign Minister Ada Roe has said that the fleet would sail.",                      "",           "" },
    { "place",              "Foreign Minister Ada Roe told reporters in Oslo on Tuesday that the fleet would sail.", "2025-02-11", "Oslo" },
    { "speaking in",        "Speaking in Oslo, Foreign Minister Ada Roe said that the fleet would sail.",        "2025-02-13", "Oslo" },
    { "place in the words", "Foreign Minister Ada Roe said that the fleet lay in Oslo.",                         "2025-02-13", "" },
};

static void test_when_and_where(void)
{
    for (size_t i = 0; i < BASE_COUNT(when_rows); i++) {
        Reading reading;
        char date[DATE_TEXT_BYTES];
        read_text(&reading, when_rows[i].text, "2025-02-13", false);
        CHECK_ROW(when_rows[i].name, reading.found.len == 1);
        if (reading.found.len == 1) {
            const Statement *st = &reading.found.ptr[0];
            CHECK_STR(when_rows[i].name, str_from(date_format(st->said_on, date)), str_from(when_rows[i].said_on));
            CHECK_STR(when_rows[i].name, st->place.ptr ? st->place : STR(""), str_from(when_rows[i].place));
        }
        close_reading(&reading);
    }
}

static void test_unknown_day_stays_unknown(void)
{
    Reading reading;
    read_text(&reading, "Foreign Minister Ada Roe said on Wednesday the fleet would sail.", "", false);
    CHECK(reading.found.len == 1 && reading.found.ptr[0].said_on == DATE_UNKNOWN);
    close_reading(&reading);
}

/* Offices are those of the day. */
static void test_office_of_the_day(void)
{
    static const struct { const char *published, *office; } rows[] = {
        { "2025-02-13", "Secretary of Defense" }, { "2025-10-01", "Secretary of War" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Reading reading;
        read_text(&reading, "Pete Hegseth said the fleet would sail.", rows[i].published, false);
        CHECK(reading.found.len == 1);
        if (reading.found.len == 1) {
            CHECK_STR(rows[i].published, reading.found.ptr[0].office, str_from(rows[i].office));
            CHECK_STR(rows[i].published, reading.found.ptr[0].country, STR("US"));
        }
        close_reading(&reading);
    }
}

/* What is asked is listed and is nobody's claim; the same words, said, are one. */
static void test_question_is_no_claim(void)
{
    static const struct { const char *text; bool claims; } rows[] = {
        { "Foreign Minister Ada Roe asked whether Norway had rejected the pact.", false },
        { "Foreign Minister Ada Roe said that Norway had rejected the pact.", true },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Reading reading;
        read_text(&reading, rows[i].text, "2025-02-13", false);
        CHECK_ROW(rows[i].text, reading.found.len == 1);
        CHECK_ROW(rows[i].text, reading.found.len == 1 && (reading.found.ptr[0].n_claims > 0) == rows[i].claims);
        close_reading(&reading);
    }
}

static bool same_claims(const Statement *a, const Statement *b)
{
    if (a->n_claims != b->n_claims)
        return false;
    for (size_t i = 0; i < a->n_claims; i++)
        if (!str_equal(a->claims[i].topic, b->claims[i].topic) || !str_equal(a->claims[i].position, b->claims[i].position))
            return false;
    return true;
}

/* The gate only saves time: with it and without it the same is found, on all annotated stories. */
static void test_gate_changes_nothing(void)
{
    Arena arena;
    arena_init(&arena);
    Str file = check_read_file("fixtures/annotated.jsonl", &arena), line;
    size_t stories = 0, statements = 0;
    while (str_split(&file, '\n', &line)) {
        Reading with, without;
        const char *text = str_cstr(&arena, line);           /* the raw JSON line is as good a text as any */
        read_text(&with, text, "2025-02-13", false);
        read_text(&without, text, "2025-02-13", true);
        CHECK(with.found.len == without.found.len);
        for (size_t i = 0; i < with.found.len && i < without.found.len; i++) {
            CHECK(str_equal(with.found.ptr[i].text, without.found.ptr[i].text));
            CHECK(str_equal(with.found.ptr[i].speaker, without.found.ptr[i].speaker));
            CHECK(same_claims(&with.found.ptr[i], &without.found.ptr[i]));
        }
        stories++;
        statements += with.found.len;
        close_reading(&with);
        close_reading(&without);
    }
    CHECK(stories > 20 && statements > 100);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "attribution", test_attribution },
    { "when and where", test_when_and_where },
    { "unknown day stays unknown", test_unknown_day_stays_unknown },
    { "office of the day", test_office_of_the_day },
    { "question is no claim", test_question_is_no_claim },
    { "gate changes nothing", test_gate_changes_nothing },
};

const TestSuite test_extract = SUITE(cases);
