#include "check.h"

#include "engine/officials.h"

#include <stdio.h>
#include <string.h>

static Date day(const char *text)
{
    Date date = DATE_UNKNOWN;
    if (*text)
        date_parse(str_from(text), &date);
    return date;
}

/* ---- who held it ------------------------------------------------------------- */

static const struct { const char *name, *from, *until, *as_of, *day; Holding holding; } term_rows[] = {
    { "inside", "2020-01-01", "2021-01-01", "", "2020-06-01", HOLDING_YES },
    { "first day", "2020-01-01", "2021-01-01", "", "2020-01-01", HOLDING_YES },
    { "last day", "2020-01-01", "2021-01-01", "", "2021-01-01", HOLDING_YES },
    { "before", "2020-01-01", "", "", "2019-12-31", HOLDING_NO },
    { "after", "2020-01-01", "2021-01-01", "", "2021-01-02", HOLDING_NO },
    { "open", "2020-01-01", "", "", "2024-01-01", HOLDING_YES },
    { "known that far", "2020-01-01", "", "2022-01-01", "2022-01-01", HOLDING_YES },
    { "later than known", "2020-01-01", "", "2022-01-01", "2022-01-02", HOLDING_MAYBE },
    { "ever", "", "", "", "1900-01-01", HOLDING_YES },
};

static void terms(void)
{
    for (size_t i = 0; i < BASE_COUNT(term_rows); i++) {
        Official official = { .from = day(term_rows[i].from), .until = day(term_rows[i].until), .as_of = day(term_rows[i].as_of) };
        CHECK_ROW(term_rows[i].name, official_holds(&official, day(term_rows[i].day)) == term_rows[i].holding);
    }
}

static const struct { const char *words; bool found; } office_rows[] = {
    { "minister of foreign affairs", true }, { "foreign minister", false }, { "Norland's minister for foreign affairs", true },
    { "Norlander affairs minister", true }, { "NL minister", true }, { "Southland minister", false }, { "the", false }, { "", false },
};

static void words_of_an_office(void)
{
    Arena arena;
    arena_init(&arena);
    Country countries[] = { { .iso = STR("NL"), .name = STR("Norland"), .aliases = STR("North Land"), .demonym = STR("Norlander") },
                            { .iso = STR("SL"), .name = STR("Southland") } };
    Rules rules = { .countries = countries, .n_countries = 2 };
    Official official = { .name = STR("Ada Roe"), .aliases = STR("A. B. Roe;Ada of the North"), .office = STR("Minister of Affairs Foreign"),
                          .country = STR("NL") };
    CHECK(official_has_office(&rules, &official, STR("foreign minister"), &arena));
    official.office = STR("Minister for Affairs");
    official.body = STR("Foreign Office");
    for (size_t i = 0; i < BASE_COUNT(office_rows); i++) {
        bool want = office_rows[i].found || strcmp(office_rows[i].words, "foreign minister") == 0;
        CHECK_ROW(office_rows[i].words, official_has_office(&rules, &official, str_from(office_rows[i].words), &arena) == want);
    }
    CHECK(official_has_name(&official, STR("roe"), &arena) && official_has_name(&official, STR("north ada"), &arena));
    CHECK(!official_has_name(&official, STR("Ada Poe"), &arena) && !official_has_name(&official, STR(""), &arena));
    arena_clear(&arena);
}

/* ---- warnings ---------------------------------------------------------------- */

static Official row(const char *name, const char *aliases, const char *office, const char *from, const char *until, int line)
{
    return (Official){ .name = str_from(name), .aliases = str_from(aliases), .office = str_from(office), .country = STR("NL"),
                       .from = day(from), .until = day(until), .as_of = DATE_UNKNOWN, .file = "o.csv", .line = line };
}

static void doubts(void)
{
    Official officials[] = {
        row("Ada Roe", "the Fox; A. Roe", "Envoy", "2010-01-01", "2014-01-01", 2),
        row("Max Moe", "The Fox", "Chief", "2013-01-01", "2020-01-01", 3),
        row("Jo Poe", "the Fox", "Judge", "2021-01-01", "2022-01-01", 4),
        row("Ada Roe", "A. Roe", "Chair", "2012-01-01", "2016-01-01", 5),
        row("Li Loe", "", "Envoy", "2013-12-01", "2015-01-01", 6),
        row("Ki Koe", "", "Envoy", "2016-01-01", "", 7),
        row("Ki Koe", "", "Envoy", "2017-01-01", "2018-01-01", 8),
        row("Vi Voe", "", "Usher", "", "", 9),
    };
    Rules rules = { .officials = officials, .n_officials = BASE_COUNT(officials) };
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    officials_check(&rules, day("2017-06-01"), true, &problems);
    CHECK_STR("all", str_from(log.text),
              STR("o.csv:2: warning: `the Fox` means two people on one day: Ada Roe, and Max Moe in line 3\n"
                  "o.csv:7: warning: Ki Koe, Envoy: no last day, and last known on 2016-01-01\n"));
    officials[5].as_of = day("2017-01-01");
    officials[2].until = DATE_UNKNOWN;
    officials[0].until = DATE_UNKNOWN;
    log.text[0] = 0;
    officials_check(&rules, day("2022-06-01"), false, &problems);
    CHECK_STR("the first of each sort", str_from(log.text),
              STR("o.csv:2: warning: `the Fox` means two people on one day: Ada Roe, and Max Moe in line 3\n"
                  "o.csv:2: warning: Ada Roe, Envoy: no last day, and last known on 2010-01-01; and 2 more rows like it: "
                  "see tracker officials check\n"));
    officials[0].until = day("2014-01-01");
    log.text[0] = 0;
    officials_check_terms(&rules, &problems);
    CHECK_STR("terms", str_from(log.text),
              STR("o.csv:6: warning: overlap: from 2013-12-01 on Li Loe and Ada Roe (line 2) are both Envoy (NL)\n"
                  "o.csv:7: warning: gap: nobody is Envoy (NL) between 2015-01-01 and 2016-01-01\n"));
    CHECK(problems.errors == 0 && problems.warnings == 6);
}

/* ---- import -------------------------------------------------------------------- */

static const struct { const char *name, *text, *map, *rows, *log; } import_rows[] = {
    { "the roster's own columns", "name,aliases,office,body,country,from,until,gender,source\nAda Roe,A. Roe,Envoy,Court,NL,2020-05,2021,F,list\n", "",
      "Ada Roe|A. Roe|Envoy|Court|NL|2020-05|2021|F|list\n", "" },
    { "any order, other names, semicolons", "Start_Date;Nation;Job Title;Last name;First Name;Sex\n31.5.2024;the Netherlands;Envoy;Roe;Ada;female\n", "",
      "Ada Roe||Envoy||NL|2024-05-31||F|file\n", "" },
    { "tabs, a BOM and CRLF", "\xEF\xBB\xBFTitle\tName\tCountry\r\nEnvoy\t\"Roe, Ada\"\tdutch\r\n", "", "Ada Roe||Envoy||NL||||file\n", "" },
    { "named columns", "Fonction,Nom,Pays\nEnvoy,Ada Roe,nl\n", "office=Fonction, name=Nom,country=Pays", "Ada Roe||Envoy||NL||||file\n", "" },
    { "dates as people write them", "name,office,country,from,until\nA A,x,NL,\"May 31, 2024\",present\nB B,x,NL,5/31/2024,31/5/2025\n"
      "C C,x,NL,May 2024,2025-1-2\nD D,x,NL,-,n/a\n", "",
      "A A||x||NL|2024-05-31|||file\nB B||x||NL|2024-05-31|2025-05-31||file\nC C||x||NL|2024-05|2025-01-02||file\nD D||x||NL||||file\n", "" },
    { "aliases", "name,aka,office,country\nAda Roe,\"A. Roe\nRoe\",x,NL\n", "", "Ada Roe|A. Roe;Roe|x||NL||||file\n", "" },
    { "a suffix is no first name", "name,office,country\n\"James Poe, Jr.\",x,NL\n", "", "James Poe, Jr.||x||NL||||file\n", "" },
    { "every wrong cell has its place", "office,name,country,from,until,sex\nEnvoy,Ada Roe,Netherland,2020,,\nEnvoy,\"Max\n Moe\",NL,soon,,\n"
      "Envoy,Jo Poe,NL,4/5/2020,,\nEnvoy,,NL,,,\n,Li Loe,NL,,,\nEnvoy,Ki Koe,NL,2021,2020,\nEnvoy,Vi Voe,NL,,,x\nEnvoy,Ok Oe,NL,2020,,\nEnvoy,Ok Oe,NL,2020,,\n", "",
      "Ok Oe||Envoy||NL|2020|||file\n",
      "f:2:15: error: there is no country `Netherland`; did you mean `Netherlands`?\n"
      "f:4:10: error: `soon` is no date: write YYYY, YYYY-MM or YYYY-MM-DD\n"
      "f:5:17: error: `4/5/2020` may be day/month or month/day: write YYYY-MM-DD\n"
      "f:6:7: error: no name\nf:7:1: error: no office\nf:8:22: error: the last day is before the first\n"
      "f:9:19: error: gender is M, F or empty, not `x`\nf:11:7: error: `Ok Oe, Envoy, NL, 2020` is in line 10 already\n" },
    { "no such column", "who,country\nAda,NL\n", "", "",
      "f:1: error: no column for the name among: who, country; say which with --map name=HEADER\n"
      "f:1: error: no column for the office among: who, country; say which with --map office=HEADER\n" },
    { "a map that is none", "name\n", "offce=x", "", "tracker: error: --map offce=x: want COLUMN=HEADER, where COLUMN is name, given, family, "
      "aliases, office, body, country, from, until, gender or source\n" },
    { "a map to nothing", "name,office,country\nA,b,NL\n", "body=Ministry", "", "f:1: error: no column \"Ministry\" in the header\n" },
    { "an open quotation mark", "name,office,country\nAda Roe,Envoy,NL\n\"Max Moe,Envoy,NL\n", "", "Ada Roe||Envoy||NL||||file\n",
      "f:3: error: a quotation mark is opened here and never closed\n" },
    { "a stray one", "name,office,country\nAda \"Roe,Envoy,NL\n", "", "", "f:2:5: error: stray quotation mark; inside a quoted field it is doubled\n" },
    { "not UTF-8", "name,office,country\nAda R\xF6,Envoy,NL\n", "", "", "f:2:6: error: not UTF-8\n" },
    { "too many fields", "name,office,country\nRoe, Ada,Envoy,NL\n", "", "", "f:2: error: more fields than the header has; is a comma not quoted?\n" },
    { "empty", "", "", "", "f:1: error: empty: no header line\n" },
};

static void imports(void)
{
    for (size_t i = 0; i < BASE_COUNT(import_rows); i++) {
        Arena arena;
        arena_init(&arena);
        Country countries[] = { { .iso = STR("NL"), .name = STR("Netherlands"), .demonym = STR("Dutch") } };
        Rules rules = { .countries = countries, .n_countries = 1 };
        CheckLog log = { "" };
        Problems problems = { .report = check_log, .user = &log };
        Officials rows = { 0 };
        ImportOptions options = { .map = str_from(import_rows[i].map), .source = STR("file"), .country = STR("") };
        officials_import(&rules, str_from(import_rows[i].text), "f", options, &arena, &rows, &problems);
        Str out = STR("");
        for (size_t k = 0; k < rows.len; k++) {
            const ImportedOfficial *o = &rows.ptr[k];
            char gender[2] = { o->gender, 0 };
            out = str_printf(&arena, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%.*s|%s|%.*s\n", STR_ARG(out), STR_ARG(o->name), STR_ARG(o->aliases),
                             STR_ARG(o->office), STR_ARG(o->body), STR_ARG(o->country), STR_ARG(o->from), STR_ARG(o->until), gender,
                             STR_ARG(o->source));
        }
        CHECK_STR(import_rows[i].name, out, str_from(import_rows[i].rows));
        CHECK_STR(import_rows[i].name, str_from(log.text), str_from(import_rows[i].log));
        arena_clear(&arena);
    }
}

static const TestCase cases[] = {
    { "terms", terms },
    { "words of an office and of a name", words_of_an_office },
    { "doubts about rows", doubts },
    { "spreadsheets become rows", imports },
};
const TestSuite test_officials = SUITE(cases);
