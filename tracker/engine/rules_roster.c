#include "engine/rules_roster.h"

#include "base/csvfile.h"
#include "engine/names.h"

#include <stdlib.h>
#include <string.h>

typedef struct Officials { Official *ptr; size_t len, cap; } Officials;
typedef struct Countries { Country *ptr; size_t len, cap; } Countries;
typedef struct Bodies { Body *ptr; size_t len, cap; } Bodies;
typedef struct Oppositions { Opposition *ptr; size_t len, cap; } Oppositions;
typedef struct GivenName { Str name; uint32_t gender; } GivenName;
typedef struct GivenNames { GivenName *ptr; size_t len, cap; } GivenNames;

typedef struct RowMark { const char *file; int line; bool off; } RowMark;
typedef struct RowMarks { RowMark *ptr; size_t len, cap; } RowMarks;

/* One table being read, layer over layer. */
typedef struct Roster {
    Rules *rules;
    Arena *arena;
    const char *file;
    Problems *problems;
    CsvColumn *columns; size_t n_columns;        /* the last is `off` */
    Names seen;              /* key of a row -> its index */
    Countries countries;
    Officials officials;
    GivenNames given;
    Oppositions oppositions;
    const Strs *positions, *positions_off;
    RowMarks marks;          /* of each row that was kept */
    bool layered;            /* more than one text */
} Roster;

/* csv_read speaks of input; here a broken file is a matter of the rules. */
static void report_as_rules(void *user, const Error *err)
{
    Error copy = *err;
    copy.kind = ERR_RULES;
    problems_add(user, &copy);
}

static void read_texts(Roster *roster, RosterTexts texts, CsvColumn *columns, size_t n_columns,
                       bool (*each)(void *user, const CsvRow *row, Error *err))
{
    Problems through = { .report = report_as_rules, .user = roster->problems };
    roster->columns = columns;
    roster->n_columns = n_columns;
    roster->layered = texts.len > 1;
    for (size_t i = 0; i < texts.len; i++) {
        roster->file = texts.ptr[i].file;
        csv_read(texts.ptr[i].text, roster->file, columns, n_columns, each, roster, &through);
    }
}

/* Of a text that libcsv may move: a copy. */
static Str field(const Roster *roster, const CsvRow *row, size_t column)
{
    Str text = csv_field(row, &roster->columns[column]);
    return text.len ? str_copy(roster->arena, text) : STR("");
}

#define ROW_REFUSED UINT32_MAX

/*
 * Where the row goes: over the one of an earlier text that has its key, or behind all others.  Two rows with one
 * key in one text are an error if `unique`.  Officials in one text alone need no keys, and there are many.
 */
static uint32_t row_index(Roster *roster, const CsvRow *row, Str key, bool unique, Error *err)
{
    const CsvColumn *off_column = &roster->columns[roster->n_columns - 1];
    Str off = csv_field(row, off_column);
    RowMark mark = { roster->file, row->line, str_equal_nocase(off, STR("yes")) };
    if (off.len && !mark.off) {
        csv_fail(row, off_column, err, ERR_RULES, "`off` is yes or empty, not `%.*s`", STR_ARG(off));
        return ROW_REFUSED;
    }
    uint32_t known = unique || roster->layered ? names_find(&roster->seen, key) : NAMES_NONE;
    if (known != NAMES_NONE && roster->marks.ptr[known].file != roster->file) {
        roster->marks.ptr[known] = mark;
        return known;
    }
    if (known != NAMES_NONE && unique) {
        csv_fail(row, &roster->columns[0], err, ERR_RULES, "`%.*s` is in line %d already", STR_ARG(key),
                 roster->marks.ptr[known].line);
        return ROW_REFUSED;
    }
    if (mark.off) {
        csv_fail(row, off_column, err, ERR_RULES, "there is no row below to switch off: `%.*s`", STR_ARG(key));
        return ROW_REFUSED;
    }
    if (unique || roster->layered)
        names_add(&roster->seen, roster->arena, key, (uint32_t)roster->marks.len);
    LIST_PUSH(roster->arena, &roster->marks, mark);
    return (uint32_t)(roster->marks.len - 1);
}

#define ROW_STORE(roster, list, index, item)                                    \
    do {                                                                        \
        if ((index) == (list)->len)                                             \
            LIST_PUSH((roster)->arena, (list), (item));                         \
        else                                                                    \
            (list)->ptr[index] = (item);                                        \
    } while (0)

/* Take out the rows that are switched off; how many are left. */
static size_t rows_on(const Roster *roster, void *rows, size_t row_bytes)
{
    char *bytes = rows;
    size_t kept = 0;
    for (size_t i = 0; i < roster->marks.len; i++)
        if (!roster->marks.ptr[i].off) {
            if (kept != i)
                memcpy(bytes + kept * row_bytes, bytes + i * row_bytes, row_bytes);
            kept++;
        }
    return kept;
}

/* ---- words ----------------------------------------------------------------- */

static bool is_capital(Str text)
{
    return text.len && ((text.ptr[0] >= 'A' && text.ptr[0] <= 'Z') || (unsigned char)text.ptr[0] >= 0x80);
}

/*
 * A proper name counts only where it is capitalised.  "the Netherlands" is found without its article; "the
 * alliance" needs it, since without it the words are common ones.
 */
static void add_name(Lexicon *lexicon, Str name, LexiconKind kind, uint32_t id)
{
    name = str_trim(name);
    if (str_starts(name, STR("the ")) && is_capital((Str){ name.ptr + 4, name.len - 4 }))
        name = (Str){ name.ptr + 4, name.len - 4 };
    if (name.len)
        lexicon_add(lexicon, name, kind, id, is_capital(name) ? LEXICON_CAPITALISED : 0);
}

/* Every name of a list "a;b;c". */
static void add_names(Lexicon *lexicon, Str names, LexiconKind kind, uint32_t id)
{
    for (Str name; str_split(&names, ';', &name);)
        add_name(lexicon, name, kind, id);
}

/* "Norwegian" makes "Norwegians"; "Swedish" and "Japanese" make no word of their own. */
static void add_peoples(Rules *rules, Str demonyms, uint32_t country)
{
    for (Str name; str_split(&demonyms, ';', &name);) {
        name = str_trim(name);
        if (str_ends(name, STR("n")) || str_ends(name, STR("i")) || str_ends(name, STR("a")) || str_ends(name, STR("k")))
            add_name(rules->lexicon, str_printf(rules->arena, "%.*ss", STR_ARG(name)), LEXICON_PEOPLE, country);
    }
}

/* The last word of a name that is no suffix; "" for a name of one word, and for those named after a country ("Ada of Norland"). */
static Str surname(Str name)
{
    if (str_find(name, STR(" of "), 0) < name.len)
        return STR("");
    static const Str suffixes[] = { STR_INIT("Jr."), STR_INIT("Jr"), STR_INIT("Sr."), STR_INIT("Sr"), STR_INIT("II"),
                                    STR_INIT("III"), STR_INIT("IV") };
    for (;;) {
        name = str_trim(name);
        if (name.len && name.ptr[name.len - 1] == ',') {
            name.len--;
            continue;
        }
        Str word = str_last_word(name);
        bool suffix = false;
        for (size_t i = 0; i < BASE_COUNT(suffixes); i++)
            suffix |= str_equal(word, suffixes[i]);
        if (word.len == name.len)
            return STR("");
        if (!suffix)
            return word;
        name.len -= word.len;
    }
}

/* ---- countries ------------------------------------------------------------- */

enum {
    COUNTRY_ISO, COUNTRY_ISO3, COUNTRY_NAME, COUNTRY_DEMONYM, COUNTRY_CAPITAL, COUNTRY_ALIASES, COUNTRY_METONYMS, COUNTRY_OFF
};

static bool read_country(void *user, const CsvRow *row, Error *err)
{
    Roster *roster = user;
    Country country = {
        .iso = field(roster, row, COUNTRY_ISO), .name = field(roster, row, COUNTRY_NAME),
        .demonym = field(roster, row, COUNTRY_DEMONYM), .capital = field(roster, row, COUNTRY_CAPITAL),
        .aliases = field(roster, row, COUNTRY_ALIASES), .metonyms = field(roster, row, COUNTRY_METONYMS), .line = row->line,
        .is_body = roster->columns[COUNTRY_ISO3].index >= 0 && field(roster, row, COUNTRY_ISO3).len == 0,
    };
    if (country.iso.len == 0 || country.name.len == 0)
        return csv_fail(row, &roster->columns[country.iso.len ? COUNTRY_NAME : COUNTRY_ISO], err, ERR_RULES,
                        "a country needs iso and name");
    uint32_t index = row_index(roster, row, country.iso, true, err);
    if (index == ROW_REFUSED)
        return false;
    ROW_STORE(roster, &roster->countries, index, country);
    return true;
}

void roster_load_countries(Rules *rules, RosterTexts texts, Problems *problems)
{
    CsvColumn columns[] = {
        [COUNTRY_ISO] = { "iso", true, 0 }, [COUNTRY_ISO3] = { "iso3", false, 0 }, [COUNTRY_NAME] = { "name", true, 0 }, [COUNTRY_DEMONYM] = { "demonym", false, 0 },
        [COUNTRY_CAPITAL] = { "capital", false, 0 }, [COUNTRY_ALIASES] = { "aliases", false, 0 },
        [COUNTRY_METONYMS] = { "metonyms", false, 0 }, [COUNTRY_OFF] = { "off", false, 0 },
    };
    Roster roster = { .rules = rules, .arena = rules->arena, .problems = problems };
    read_texts(&roster, texts, columns, BASE_COUNT(columns), read_country);
    rules->countries = roster.countries.ptr;
    rules->n_countries = rows_on(&roster, rules->countries, sizeof *rules->countries);
    for (uint32_t i = 0; i < rules->n_countries; i++) {
        const Country *country = &rules->countries[i];
        add_name(rules->lexicon, country->name, LEXICON_COUNTRY, i);
        add_names(rules->lexicon, country->aliases, LEXICON_COUNTRY, i);
        add_names(rules->lexicon, country->demonym, LEXICON_DEMONYM, i);
        add_peoples(rules, country->demonym, i);
        if (!country->is_body)       /* Brussels does not mean the EU */
            add_names(rules->lexicon, country->capital, LEXICON_CAPITAL, i);
    }
}

/* ---- officials ------------------------------------------------------------- */

enum {
    OFFICIAL_NAME, OFFICIAL_ALIASES, OFFICIAL_OFFICE, OFFICIAL_BODY, OFFICIAL_COUNTRY, OFFICIAL_FROM, OFFICIAL_UNTIL,
    OFFICIAL_GENDER, OFFICIAL_SOURCE, OFFICIAL_OFF
};

/* "... (as of 2025-01-31)" */
static Date as_of(Str source)
{
    Date date;
    size_t at = str_find(source, STR("(as of "), 0) + 7;
    return at + 10 <= source.len && date_parse((Str){ source.ptr + at, 10 }, &date) ? date : DATE_UNKNOWN;
}

static bool read_day(const Roster *roster, const CsvRow *row, size_t column, bool last, Date *out, Error *err)
{
    Str text = csv_field(row, &roster->columns[column]);
    Date ends[2];
    *out = DATE_UNKNOWN;
    if (text.len == 0)
        return true;
    if (!date_parse_range(text, &ends[0], &ends[1]))
        return csv_fail(row, &roster->columns[column], err, ERR_RULES,
                        "`%.*s` is no date: write YYYY, YYYY-MM or YYYY-MM-DD", STR_ARG(text));
    *out = ends[last];
    return true;
}

static bool read_official(void *user, const CsvRow *row, Error *err)
{
    Roster *roster = user;
    Official official = {
        .name = field(roster, row, OFFICIAL_NAME), .aliases = field(roster, row, OFFICIAL_ALIASES),
        .office = field(roster, row, OFFICIAL_OFFICE), .body = field(roster, row, OFFICIAL_BODY),
        .country = field(roster, row, OFFICIAL_COUNTRY), .source = field(roster, row, OFFICIAL_SOURCE),
        .file = roster->file, .line = row->line,
    };
    Str gender = csv_field(row, &roster->columns[OFFICIAL_GENDER]);
    if (official.name.len == 0)
        return csv_fail(row, &roster->columns[OFFICIAL_NAME], err, ERR_RULES, "an official needs a name");
    if (gender.len > 1 || (gender.len == 1 && gender.ptr[0] != 'M' && gender.ptr[0] != 'F'))
        return csv_fail(row, &roster->columns[OFFICIAL_GENDER], err, ERR_RULES, "gender is M, F or empty, not `%.*s`",
                        STR_ARG(gender));
    official.gender = gender.len ? gender.ptr[0] : 0;
    if (!read_day(roster, row, OFFICIAL_FROM, false, &official.from, err) ||
        !read_day(roster, row, OFFICIAL_UNTIL, true, &official.until, err))
        return false;
    if (official.from != DATE_UNKNOWN && official.until != DATE_UNKNOWN && official.until < official.from)
        return csv_fail(row, &roster->columns[OFFICIAL_UNTIL], err, ERR_RULES, "until is before from");
    official.as_of = as_of(official.source);
    Str key = STR_NONE;
    if (roster->layered)
        key = str_printf(roster->arena, "%.*s, %.*s, %.*s, %.*s", STR_ARG(official.name), STR_ARG(official.office),
                         STR_ARG(official.country), STR_ARG(csv_field(row, &roster->columns[OFFICIAL_FROM])));
    uint32_t index = row_index(roster, row, key, false, err);
    if (index == ROW_REFUSED)
        return false;
    ROW_STORE(roster, &roster->officials, index, official);
    return true;
}

/* The bodies of the officials, then the metonyms of the countries: the same name may stand for several. */
static void add_bodies(Rules *rules)
{
    Names by_name = { 0 };
    Bodies bodies = { 0 };
    for (size_t i = 0; i < rules->n_officials; i++) {
        const Official *official = &rules->officials[i];
        if (official->body.len == 0)
            continue;
        if (names_add(&by_name, rules->arena, official->body, (uint32_t)bodies.len)) {
            lexicon_add(rules->lexicon, official->body, LEXICON_BODY, (uint32_t)bodies.len, 0);
            LIST_PUSH(rules->arena, &bodies, ((Body){ official->body, official->country }));
        } else {
            Body *body = &bodies.ptr[names_find(&by_name, official->body)];
            if (!str_equal(body->country, official->country))
                body->country = STR_NONE;        /* "Foreign Ministry": every country has one */
        }
    }
    for (size_t i = 0; i < rules->n_countries; i++) {
        const Country *country = &rules->countries[i];
        Str metonyms = country->metonyms;
        for (Str metonym; str_split(&metonyms, ';', &metonym);) {
            Str name = str_trim((Str){ metonym.ptr, str_find(metonym, STR("="), 0) });
            uint32_t same = names_find(&by_name, name);
            if (name.len == 0 || (same != NAMES_NONE && str_equal(bodies.ptr[same].country, country->iso)))
                continue;
            add_name(rules->lexicon, name, LEXICON_BODY, (uint32_t)bodies.len);
            LIST_PUSH(rules->arena, &bodies, ((Body){ name, country->iso }));
        }
    }
    rules->bodies = bodies.ptr;
    rules->n_bodies = bodies.len;
}

void roster_load_officials(Rules *rules, RosterTexts texts, Problems *problems)
{
    CsvColumn columns[] = {
        [OFFICIAL_NAME] = { "name", true, 0 }, [OFFICIAL_ALIASES] = { "aliases", false, 0 },
        [OFFICIAL_OFFICE] = { "office", true, 0 }, [OFFICIAL_BODY] = { "body", false, 0 },
        [OFFICIAL_COUNTRY] = { "country", true, 0 }, [OFFICIAL_FROM] = { "from", false, 0 },
        [OFFICIAL_UNTIL] = { "until", false, 0 }, [OFFICIAL_GENDER] = { "gender", false, 0 },
        [OFFICIAL_SOURCE] = { "source", false, 0 }, [OFFICIAL_OFF] = { "off", false, 0 },
    };
    Roster roster = { .rules = rules, .arena = rules->arena, .problems = problems };
    read_texts(&roster, texts, columns, BASE_COUNT(columns), read_official);
    rules->officials = roster.officials.ptr;
    rules->n_officials = rows_on(&roster, rules->officials, sizeof *rules->officials);
    for (uint32_t i = 0; i < rules->n_officials; i++) {
        const Official *official = &rules->officials[i];
        Str last = surname(official->name);
        add_name(rules->lexicon, official->name, LEXICON_PERSON, i);
        add_names(rules->lexicon, official->aliases, LEXICON_PERSON, i);
        if (last.len >= 2)
            add_name(rules->lexicon, last, LEXICON_SURNAME, i);
        Str aliases = official->aliases;                         /* "Zelensky" for Zelenskiy */
        for (Str alias; str_split(&aliases, ';', &alias);) {
            Str spelling = surname(str_trim(alias));
            if (last.len >= 2 && spelling.len > 2 && spelling.ptr[0] == last.ptr[0] && !str_equal(spelling, last))
                add_name(rules->lexicon, spelling, LEXICON_SURNAME, i);
        }
    }
    add_bodies(rules);
}

/* ---- given names ----------------------------------------------------------- */

enum { GIVEN_NAME, GIVEN_GENDER, GIVEN_OFF };

static bool read_given_name(void *user, const CsvRow *row, Error *err)
{
    Roster *roster = user;
    Str name = csv_field(row, &roster->columns[GIVEN_NAME]), gender = csv_field(row, &roster->columns[GIVEN_GENDER]);
    if (name.len == 0)
        return csv_fail(row, &roster->columns[GIVEN_NAME], err, ERR_RULES, "a given name is missing");
    if (gender.len > 1 || (gender.len == 1 && !strchr("MFU", gender.ptr[0])))
        return csv_fail(row, &roster->columns[GIVEN_GENDER], err, ERR_RULES, "gender is M, F, U or empty, not `%.*s`",
                        STR_ARG(gender));
    GivenName given = { str_copy(roster->arena, name), gender.len ? (uint32_t)gender.ptr[0] : 'U' };
    uint32_t index = row_index(roster, row, given.name, false, err);
    if (index == ROW_REFUSED)
        return false;
    ROW_STORE(roster, &roster->given, index, given);
    return true;
}

void roster_load_given_names(Rules *rules, RosterTexts texts, Problems *problems)
{
    CsvColumn columns[] = {
        [GIVEN_NAME] = { "name", true, 0 }, [GIVEN_GENDER] = { "gender", true, 0 }, [GIVEN_OFF] = { "off", false, 0 },
    };
    Roster roster = { .rules = rules, .arena = rules->arena, .problems = problems };
    read_texts(&roster, texts, columns, BASE_COUNT(columns), read_given_name);
    size_t n = rows_on(&roster, roster.given.ptr, sizeof *roster.given.ptr);
    for (size_t i = 0; i < n; i++)
        add_name(rules->lexicon, roster.given.ptr[i].name, LEXICON_GIVEN, roster.given.ptr[i].gender);
}

/* ---- oppositions ----------------------------------------------------------- */

enum { OPPOSITION_A, OPPOSITION_B, OPPOSITION_WEIGHT, OPPOSITION_GRADE, OPPOSITION_NOTE, OPPOSITION_OFF };

static bool is_one_of(Str name, const Strs *names)
{
    for (size_t i = 0; i < names->len; i++)
        if (str_equal(names->ptr[i], name))
            return true;
    return false;
}

static bool check_position(const Roster *roster, const CsvRow *row, size_t column, Error *err)
{
    Str name = csv_field(row, &roster->columns[column]);
    if (is_one_of(name, roster->positions))
        return true;
    Str nearest = rulefile_nearest(name, roster->positions->ptr, roster->positions->len);
    return csv_fail(row, &roster->columns[column], err, ERR_RULES, "there is no position `%.*s`%s%.*s%s", STR_ARG(name),
                    nearest.ptr ? "; did you mean `" : "", STR_ARG(nearest), nearest.ptr ? "`?" : "");
}

static bool read_weight(const Roster *roster, const CsvRow *row, float *out, Error *err)
{
    Str text = csv_field(row, &roster->columns[OPPOSITION_WEIGHT]);
    char *end;
    const char *from = str_cstr(roster->arena, text);
    double weight = strtod(from, &end);
    if (text.len == 0 || *end || !(weight >= 0 && weight <= 1))
        return csv_fail(row, &roster->columns[OPPOSITION_WEIGHT], err, ERR_RULES,
                        "weight is a number from 0 to 1, not `%.*s`", STR_ARG(text));
    *out = (float)weight;
    return true;
}

static bool read_opposition(void *user, const CsvRow *row, Error *err)
{
    static const Str grades[] = { STR_INIT("contradiction"), STR_INIT("tension"), STR_INIT("compatible") };
    Roster *roster = user;
    Opposition opposition = {
        .a = field(roster, row, OPPOSITION_A), .b = field(roster, row, OPPOSITION_B),
        .grade = field(roster, row, OPPOSITION_GRADE), .note = field(roster, row, OPPOSITION_NOTE),
    };
    if (is_one_of(opposition.a, roster->positions_off) || is_one_of(opposition.b, roster->positions_off))
        return true;
    bool known = false;
    for (size_t i = 0; i < BASE_COUNT(grades); i++)
        known |= str_equal(opposition.grade, grades[i]);
    if (!known)
        return csv_fail(row, &roster->columns[OPPOSITION_GRADE], err, ERR_RULES,
                        "grade is contradiction, tension or compatible, not `%.*s`", STR_ARG(opposition.grade));
    if (!check_position(roster, row, OPPOSITION_A, err) || !check_position(roster, row, OPPOSITION_B, err) ||
        !read_weight(roster, row, &opposition.weight, err))
        return false;
    if (str_compare(opposition.a, opposition.b) > 0) {
        Str a = opposition.a;
        opposition.a = opposition.b;
        opposition.b = a;
    }
    Str key = str_printf(roster->arena, "%.*s, %.*s", STR_ARG(opposition.a), STR_ARG(opposition.b));
    uint32_t index = row_index(roster, row, key, true, err);
    if (index == ROW_REFUSED)
        return false;
    ROW_STORE(roster, &roster->oppositions, index, opposition);
    return true;
}

static int by_pair(const void *a, const void *b)
{
    const Opposition *x = a, *y = b;
    int order = str_compare(x->a, y->a);
    return order ? order : str_compare(x->b, y->b);
}

void roster_load_oppositions(Rules *rules, RosterTexts texts, const Strs *positions, const Strs *off, Problems *problems)
{
    CsvColumn columns[] = {
        [OPPOSITION_A] = { "a", true, 0 }, [OPPOSITION_B] = { "b", true, 0 }, [OPPOSITION_WEIGHT] = { "weight", true, 0 },
        [OPPOSITION_GRADE] = { "grade", true, 0 }, [OPPOSITION_NOTE] = { "note", false, 0 },
        [OPPOSITION_OFF] = { "off", false, 0 },
    };
    Roster roster = { .rules = rules, .arena = rules->arena, .problems = problems, .positions = positions, .positions_off = off };
    read_texts(&roster, texts, columns, BASE_COUNT(columns), read_opposition);
    rules->oppositions = roster.oppositions.ptr;
    rules->n_oppositions = rows_on(&roster, rules->oppositions, sizeof *rules->oppositions);
    if (rules->n_oppositions)
        qsort(rules->oppositions, rules->n_oppositions, sizeof *rules->oppositions, by_pair);
}

Str rules_denied(const Rules *rules, Str position)
{
    for (size_t i = 0; i < rules->n_rules; i++)
        if (str_equal(rules->rules[i].name, position) && str_equal(rules->rules[i].stanza->kind, STR("position")))
            return stanza_attribute(rules->rules[i].stanza, "denied");
    return STR_NONE;
}

const Opposition *rules_opposition(const Rules *rules, Str a, Str b)
{
    bool turned = str_compare(a, b) > 0;
    Opposition key = { .a = turned ? b : a, .b = turned ? a : b };
    if (!rules->n_oppositions)
        return NULL;
    return bsearch(&key, rules->oppositions, rules->n_oppositions, sizeof key, by_pair);
}
