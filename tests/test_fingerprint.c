#include "check.h"
#include "record/fingerprint.h"

#include <string.h>

#define FERRY \
    "PORT ROYAL, March 3 (Newswire) - Ferries between the two islands stayed in port for a second day on Monday. " \
    "The crews want higher pay for night crossings, and the company has offered half of it. " \
    "\"We can wait longer than the company can,\" the chief of the union said. " \
    "The harbour master closed the northern pier to cars until the strike is over."

static const Str first_text = STR_INIT(FERRY);

static Fingerprint print_of(Str text, Arena *arena)
{
    Fingerprint print;
    fingerprint_make(text, arena, &print);
    return print;
}

/* ---- passages -------------------------------------------------------------------- */

/* "8 5q 3|": words told, those of a passage without a full stop with a bar. */
static const struct { const char *name, *text, *told; } passage_rows[] = {
    { "sentences", "He left. She stayed for a while! Why?", "2 5 1" },
    { "a dateline", "LISBON, March 3 - The talks are over.", "3| 4" },
    { "dashes", "The talks\xE2\x80\x94long ones--are over.", "2| 2| 2" },
    { "a hyphen and a number", "The well-known envoy paid 3.5 crowns.", "8" },
    { "a quotation", "\"We are done,\" he said. \xE2\x80\x9CWe go,\xE2\x80\x9D he said.", "2 2" },
    { "a quotation that is not closed", "\"We are done.\n\nHe left the room.", "0 4" },
    { "wrapped lines", "He left\nthe room\nat noon.", "6" },
    { "lines with full stops", "He left.\nShe stayed.", "2 2" },
    { "a headline", "Envoy leaves early\n\nHe left at noon.", "3| 4" },
    { "a full stop inside", "He paid 3.5 to tracker.example in all.", "9" },
    { "a closing mark", "He left. (She did not.) They met.", "2 3 2" },
    { "other letters", "Z\xC3\xBCrich\xE2\x80\x99s mayor \xE2\x80\xA6 stayed.", "4" },
    { "nothing", " \n\n. -- ", "" },
};

static void check_passages(void)
{
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(passage_rows); i++) {
        Fingerprint print = print_of(str_from(passage_rows[i].text), &arena);
        Str told = STR("");
        for (size_t k = 0; k < print.len; k++)
            told = str_printf(&arena, "%.*s%s%u%s", STR_ARG(told), k ? " " : "", (unsigned)print.ptr[k].told,
                              print.ptr[k].stopped ? "" : "|");
        CHECK_STR(passage_rows[i].name, told, str_from(passage_rows[i].told));
    }
    arena_clear(&arena);
}

static const struct { const char *name, *a, *b; bool same; } hash_rows[] = {
    { "case and marks", "The envoy, \"done\", left.", "the Envoy \xE2\x80\x9C" "done\xE2\x80\x9D left!", true },
    { "accents and line ends", "Z\xC3\xBCrich\xE2\x80\x99s mayor left.", "Zurich's\nmayor   left.", true },
    { "another word", "The envoy left.", "The envoy stayed.", false },
    { "where words end", "A way out.", "Away out.", false },
    { "another number", "He paid 35 crowns.", "He paid 36 crowns.", false },
};

static void check_hashes(void)
{
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(hash_rows); i++) {
        Fingerprint a = print_of(str_from(hash_rows[i].a), &arena), b = print_of(str_from(hash_rows[i].b), &arena);
        CHECK_ROW(hash_rows[i].name, a.len == 1 && b.len == 1 && (a.ptr[0].hash == b.ptr[0].hash) == hash_rows[i].same);
    }
    arena_clear(&arena);
}

/* The lowest, sorted, none twice, whatever their order in the text. */
static void check_keys(void)
{
    Arena arena = { 0 };
    Str text = STR(""), back = STR("");
    for (int i = 0; i < 40; i++) {
        text = str_printf(&arena, "%.*sThe boat of pier number %d left at noon. ", STR_ARG(text), i % 20);
        back = str_printf(&arena, "%.*sThe boat of pier number %d left at noon. ", STR_ARG(back), 19 - i % 20);
    }
    int32_t keys[FINGERPRINT_KEYS], others[FINGERPRINT_KEYS];
    Fingerprint print = print_of(text, &arena), reversed = print_of(back, &arena);
    CHECK(fingerprint_keys(&print, keys) == FINGERPRINT_KEYS && fingerprint_keys(&reversed, others) == FINGERPRINT_KEYS);
    CHECK(memcmp(keys, others, sizeof keys) == 0);
    for (size_t i = 1; i < FINGERPRINT_KEYS; i++)
        CHECK(keys[i - 1] < keys[i]);
    Fingerprint short_one = print_of(STR("He left. \"We stay here and wait for you,\" she said."), &arena);
    CHECK(fingerprint_keys(&short_one, keys) == 0);
    arena_clear(&arena);
}

/* ---- two stories --------------------------------------------------------------------- */

static const struct { const char *name, *text; bool tells; double share, held; Wording lead; bool edited; } match_rows[] = {
    { "the same", FERRY, true, 1, 1, WORDING_SAME, false },
    { "cut", "Ferries between the two islands stayed in port for a second day on Monday. The crews want higher pay for "
      "night crossings, and the company has offered half of it.", true, 1, .55, WORDING_SAME, false },
    { "another headline, byline and last line", "No boats today\n\nBy Nora Field\n\nFerries between the two islands stayed "
      "in port for a second day on Monday. The crews want higher pay for night crossings, and the company has offered "
      "half of it. \"We can wait longer than the company can,\" the chief of the union said. The harbour master closed "
      "the northern pier to cars until the strike is over.\n\n(Reporting by Nora Field)", true, .83, .91, WORDING_SAME, true },
    { "reworded lead", "Ferries between both islands stayed in port for a second day Monday. The crews want higher pay for "
      "night crossings, and the company has offered half of it. The harbour master closed the northern pier to cars until "
      "the strike is over.", true, .71, .55, WORDING_OTHER, true },
    { "another lead", "A court told the crews on Tuesday to go back to work. The crews want higher pay for night "
      "crossings, and the company has offered half of it. The harbour master closed the northern pier to cars until the "
      "strike is over.", true, .71, .55, WORDING_NONE, true },
    { "one quotation in common", "The strike on the ferries costs the islands much, a minister told the radio. \"We can "
      "wait longer than the company can,\" the chief of the union said.", false, 0, 0, WORDING_SAME, false },
    { "another story", "The talks on the treaty ended without a word to the press, and the envoys flew home.", false, 0, 0,
      WORDING_SAME, false },
    { "nothing", "", false, 0, 0, WORDING_SAME, false },
};

static void check_matches(void)
{
    Arena arena = { 0 };
    Fingerprint first = print_of(first_text, &arena);
    for (size_t i = 0; i < BASE_COUNT(match_rows); i++) {
        Fingerprint print = print_of(str_from(match_rows[i].text), &arena);
        FingerprintMatch match;
        bool tells = fingerprint_compare(&print, &first, &arena, &match);
        CHECK_ROW(match_rows[i].name, tells == match_rows[i].tells);
        if (!tells)
            continue;
        CHECK_STR(match_rows[i].name, str_printf(&arena, "%.2f %.2f", match.share, match.held),
                  str_printf(&arena, "%.2f %.2f", match_rows[i].share, match_rows[i].held));
        CHECK_ROW(match_rows[i].name, match.lead == match_rows[i].lead && match.edited == match_rows[i].edited);
    }
    arena_clear(&arena);
}

/* Other numbers are another day's figures or a correction: the caller knows the days. */
static void check_numbers(void)
{
    static const char daily[] = "The bank bought 350 million crowns of bills at a rate of 9 per cent on the open market. "
                                "It said before that it expected a shortage in the market, which is due to taxes. "
                                "Dealers had thought that it would wait for the end of the week.";
    static const char next[] = "The bank bought 420 million crowns of bills at a rate of 9 per cent on the open market. "
                               "It said before that it expected a shortage in the market, which is due to taxes. "
                               "Dealers had thought that it would wait for the end of the week.";
    Arena arena = { 0 };
    FingerprintMatch match;
    Fingerprint first = print_of(STR(daily), &arena), story = print_of(STR(next), &arena);
    CHECK(fingerprint_compare(&story, &first, &arena, &match) && match.lead == WORDING_NUMBERS);
    Span bought = { 4, 30 }, expected = { 90, 120 };
    CHECK(fingerprint_is_fresh(&story, &match, bought, WORDING_OTHER));
    CHECK(!fingerprint_is_fresh(&story, &match, bought, WORDING_NUMBERS));
    CHECK(!fingerprint_is_fresh(&story, &match, expected, WORDING_SAME));
    arena_clear(&arena);
}

/* What is compared has a limit. */
static void check_huge(void)
{
    enum { SENTENCES = 60000 };
    Arena arena = { 0 };
    static const char part[] = "Boats left the old pier today and came back. ";
    char *text = arena_alloc(&arena, SENTENCES * sizeof part);
    size_t len = 0;
    for (int i = 0; i < SENTENCES; i++) {
        memcpy(text + len, part, sizeof part - 1);
        text[len + 6] = (char)('a' + i % 26);
        text[len + 7] = (char)('a' + i / 26 % 26);
        text[len + 8] = (char)('a' + i / 676 % 26);
        len += sizeof part - 1;
    }
    Fingerprint first = print_of((Str){ text, len }, &arena), story = print_of((Str){ text + 2 * len / 3, len / 3 }, &arena);
    FingerprintMatch match;
    CHECK(first.len == 4096 && story.len == 4096);
    fingerprint_compare(&story, &first, &arena, &match);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "passages", check_passages },
    { "hashes", check_hashes },
    { "keys", check_keys },
    { "two stories", check_matches },
    { "other numbers", check_numbers },
    { "a huge text", check_huge },
};

const TestSuite test_fingerprint = SUITE(cases);
