#include "engine/officials.h"

#include "base/csvfile.h"
#include "base/utf8.h"
#include "engine/names.h"

#include <string.h>

enum {
    COLUMN_NAME, COLUMN_GIVEN, COLUMN_FAMILY, COLUMN_ALIASES, COLUMN_OFFICE, COLUMN_BODY, COLUMN_COUNTRY, COLUMN_FROM,
    COLUMN_UNTIL, COLUMN_GENDER, COLUMN_SOURCE, COLUMNS
};

/* What spreadsheets call the columns, folded, the usual first. */
static const struct { const char *key, *headers; } known_headers[COLUMNS] = {
    [COLUMN_NAME] = { "name", "name|full name|fullname|official|person|holder|office holder|officeholder|minister|incumbent" },
    [COLUMN_GIVEN] = { "given", "given name|first name|firstname|forename|given names|first names" },
    [COLUMN_FAMILY] = { "family", "family name|last name|lastname|surname" },
    [COLUMN_ALIASES] = { "aliases", "aliases|alias|also known as|aka|other names|nickname|nicknames" },
    [COLUMN_OFFICE] = { "office", "office|title|position|role|post|function|job title|portfolio" },
    [COLUMN_BODY] = { "body", "body|ministry|department|institution|organisation|organization|agency" },
    [COLUMN_COUNTRY] = { "country", "country|state|nation|iso|country code|government" },
    [COLUMN_FROM] = { "from", "from|start|start date|since|begin|term start|took office|in office since|appointed|date from" },
    [COLUMN_UNTIL] = { "until", "until|to|end|end date|till|term end|left office|date to" },
    [COLUMN_GENDER] = { "gender", "gender|sex" },
    [COLUMN_SOURCE] = { "source", "source|url|link|reference|origin" },
};

typedef struct Import {
    const Rules *rules;
    ImportOptions options;
    Arena *arena;
    CsvColumn columns[COLUMNS];
    Names countries;                 /* folded name, alias, code or demonym -> row */
    Names seen;                      /* person, office, country, first day -> line */
    Officials *out;
} Import;

/* ---- headers ------------------------------------------------------------------- */

/* "Start_Date " -> "start date" */
static Str fold_header(Str text, Arena *arena)
{
    char *folded = str_cstr(arena, str_lower(arena, str_trim(text)));
    for (char *c = folded; *c; c++)
        if (*c == '_' || *c == '-')
            *c = ' ';
    return str_trim(str_from(folded));
}

/* The header that the user says stands for `key` ("office=Fonction,from=Beginn"); STR_NONE if none was named. */
static Str mapped_header(Str map, const char *key)
{
    for (Str pair; map.len && str_split(&map, ',', &pair);) {
        size_t equals = str_find(pair, STR("="), 0);
        if (str_equal_nocase(str_trim((Str){ pair.ptr, equals }), str_from(key)) && equals < pair.len)
            return str_trim((Str){ pair.ptr + equals + 1, pair.len - equals - 1 });
    }
    return STR_NONE;
}

static bool is_key(Str key)
{
    for (size_t i = 0; i < COLUMNS; i++)
        if (str_equal_nocase(key, str_from(known_headers[i].key)))
            return true;
    return false;
}

static Str header_list(const Strs *header, Arena *arena)
{
    Str out = STR("");
    for (size_t i = 0; i < header->len; i++)
        out = str_printf(arena, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "", STR_ARG(header->ptr[i]));
    return out;
}

/* The name in the header for each column that there is one for. */
static bool map_columns(Import *import, const Strs *header, const char *file, Problems *problems)
{
    Arena *arena = import->arena;
    for (Str rest = import->options.map, pair; rest.len && str_split(&rest, ',', &pair);) {
        Str key = str_trim((Str){ pair.ptr, str_find(pair, STR("="), 0) });
        if (!is_key(key) || !mapped_header(import->options.map, str_cstr(arena, key)).len) {
            problems_addf(problems, ERR_USAGE, "tracker", 0, 0, "--map %.*s: want COLUMN=HEADER, where COLUMN is name, given, "
                          "family, aliases, office, body, country, from, until, gender or source", STR_ARG(pair));
            return false;
        }
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        Str mapped = mapped_header(import->options.map, known_headers[i].key);
        import->columns[i] = (CsvColumn){ "\n", false, -1 };        /* a name that no header has */
        if (mapped.ptr) {
            import->columns[i] = (CsvColumn){ str_cstr(arena, mapped), true, -1 };
            continue;
        }
        Str names = str_from(known_headers[i].headers);
        for (Str name; import->columns[i].name[0] == '\n' && str_split(&names, '|', &name);)
            for (size_t k = 0; k < header->len; k++)
                if (str_equal(fold_header(header->ptr[k], arena), name))
                    import->columns[i].name = str_cstr(arena, header->ptr[k]);
    }
    const struct { bool missing; const char *what; } needed[] = {
        { import->columns[COLUMN_NAME].name[0] == '\n' && import->columns[COLUMN_FAMILY].name[0] == '\n', "name" },
        { import->columns[COLUMN_OFFICE].name[0] == '\n', "office" },
        { import->columns[COLUMN_COUNTRY].name[0] == '\n' && !import->options.country.len, "country" },
    };
    bool all = true;
    for (size_t i = 0; i < BASE_COUNT(needed); i++)
        if (needed[i].missing) {
            problems_addf(problems, ERR_INPUT, file, 1, 0, "no column for the %s among: %.*s; say which with --map %s=HEADER",
                          needed[i].what, STR_ARG(header_list(header, arena)), needed[i].what);
            all = false;
        }
    return all;
}

/* ---- cells --------------------------------------------------------------------- */

static bool is_nothing(Str text)
{
    static const Str words[] = {
        STR_INIT("-"), STR_INIT("\xE2\x80\x93"), STR_INIT("present"), STR_INIT("now"), STR_INIT("today"),
        STR_INIT("incumbent"), STR_INIT("current"), STR_INIT("ongoing"), STR_INIT("n/a"), STR_INIT("?"),
    };
    for (size_t i = 0; i < BASE_COUNT(words); i++)
        if (str_equal_nocase(text, words[i]))
            return true;
    return text.len == 0;
}

/* Up to three numbers with one sort of mark between them: 31.5.2024, 5/31/2024 */
static int split_numbers(Str text, int out[3], char *mark)
{
    int n = 0;
    *mark = 0;
    for (size_t at = 0; at < text.len && n < 3;) {
        int value = 0;
        size_t from = at;
        for (; at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9' && at - from < 5; at++)
            value = value * 10 + text.ptr[at] - '0';
        if (at == from)
            return 0;
        out[n++] = value;
        if (at == text.len)
            return n;
        if (*mark && text.ptr[at] != *mark)
            return 0;
        *mark = text.ptr[at++];
    }
    return 0;
}

/* What the roster writes for a date of a spreadsheet; "" for none.  False: it is no date, or could be two. */
static bool read_date(Import *import, const CsvRow *row, size_t column, Str *out, Error *err)
{
    const CsvColumn *place = &import->columns[column];
    Str text = csv_field(row, place);
    Date first, last;
    char mark, day[DATE_TEXT_BYTES];
    int numbers[3];
    *out = STR("");
    if (is_nothing(text))
        return true;
    if (date_parse_range(text, &first, &last)) {
        *out = str_copy(import->arena, text);
        return true;
    }
    Date date = DATE_UNKNOWN;
    if (split_numbers(text, numbers, &mark) == 3 && (mark == '.' || mark == '/' || mark == '-')) {
        bool day_first = mark == '.' || numbers[0] > 12;
        if (numbers[0] > 31)
            date = date_from_civil(numbers[0], numbers[1], numbers[2]);
        else if (day_first || numbers[1] > 12 || numbers[0] == numbers[1])
            date = date_from_civil(numbers[2], day_first ? numbers[1] : numbers[0], day_first ? numbers[0] : numbers[1]);
        else
            return csv_fail(row, place, err, ERR_INPUT, "`%.*s` may be day/month or month/day: write YYYY-MM-DD", STR_ARG(text));
        if (numbers[2] < 100 && numbers[0] <= 31)
            date = DATE_UNKNOWN;
    } else {
        date_parse_stamp(text, &date);
    }
    if (date == DATE_UNKNOWN) {                  /* "May 2024" */
        size_t blank = str_find(text, STR(" "), 0);
        int month = date_month_named(utf8_fold_copy(import->arena, (Str){ text.ptr, blank }));
        Str year = str_trim((Str){ text.ptr + blank, text.len - blank });
        if (month > 0 && year.len == 4 && date_parse_range(year, &first, &last)) {
            *out = str_printf(import->arena, "%.*s-%02d", STR_ARG(year), month);
            return true;
        }
        return csv_fail(row, place, err, ERR_INPUT, "`%.*s` is no date: write YYYY, YYYY-MM or YYYY-MM-DD", STR_ARG(text));
    }
    *out = str_copy(import->arena, str_from(date_format(date, day)));
    return true;
}

static void index_countries(Import *import)
{
    for (uint32_t i = 0; i < import->rules->n_countries; i++) {
        const Country *country = &import->rules->countries[i];
        const Str lists[] = { country->iso, country->name, country->aliases, country->demonym };
        for (size_t k = 0; k < BASE_COUNT(lists); k++) {
            Str rest = lists[k];
            for (Str name; rest.len && str_split(&rest, ';', &name);)
                if (str_trim(name).len)
                    names_add(&import->countries, import->arena, str_lower(import->arena, str_trim(name)), i);
        }
    }
}

static bool read_country(Import *import, const CsvRow *row, Str *out, Error *err)
{
    const CsvColumn *place = &import->columns[COLUMN_COUNTRY];
    Str text = csv_field(row, place);
    if (text.len == 0)
        text = import->options.country;
    if (str_starts(text, STR("the ")) || str_starts(text, STR("The ")))
        text = (Str){ text.ptr + 4, text.len - 4 };
    uint32_t known = names_find(&import->countries, str_lower(import->arena, text));
    if (text.len && known != NAMES_NONE) {
        *out = import->rules->countries[known].iso;
        return true;
    }
    Strs names = { 0 };
    for (size_t i = 0; i < import->rules->n_countries; i++)
        LIST_PUSH(import->arena, &names, import->rules->countries[i].name);
    Str near = rulefile_nearest(text, names.ptr, names.len);
    return csv_fail(row, place, err, ERR_INPUT, "there is no country `%.*s`%s%.*s%s", STR_ARG(text),
                    near.ptr ? "; did you mean `" : "", STR_ARG(near), near.ptr ? "`?" : "");
}

static bool read_gender(Import *import, const CsvRow *row, char *out, Error *err)
{
    static const struct { Str word; char gender; } words[] = {
        { STR_INIT("m"), 'M' }, { STR_INIT("male"), 'M' }, { STR_INIT("man"), 'M' }, { STR_INIT("f"), 'F' },
        { STR_INIT("female"), 'F' }, { STR_INIT("woman"), 'F' }, { STR_INIT("w"), 'F' },
    };
    Str text = csv_field(row, &import->columns[COLUMN_GENDER]);
    *out = 0;
    for (size_t i = 0; i < BASE_COUNT(words); i++)
        if (str_equal_nocase(text, words[i].word))
            *out = words[i].gender;
    if (*out || is_nothing(text))
        return true;
    return csv_fail(row, &import->columns[COLUMN_GENDER], err, ERR_INPUT, "gender is M, F or empty, not `%.*s`", STR_ARG(text));
}

/* Several aliases in one cell have semicolons in the roster, whatever stood between them. */
static Str read_aliases(Import *import, const CsvRow *row)
{
    char *text = str_cstr(import->arena, csv_field(row, &import->columns[COLUMN_ALIASES]));
    for (char *c = text; *c; c++)
        if (*c == '|' || *c == '\n' || *c == '\r')
            *c = ';';
    return str_from(text);
}

/* ---- rows ---------------------------------------------------------------------- */

static Str cell(Import *import, const CsvRow *row, size_t column)
{
    return str_copy(import->arena, csv_field(row, &import->columns[column]));
}

/* "Ada Roe", of one column or two; "Roe, Ada" is turned round, "James Poe, Jr." is not. */
static Str read_name(Import *import, const CsvRow *row)
{
    Str name = cell(import, row, COLUMN_NAME);
    if (name.len == 0)
        name = str_trim(str_printf(import->arena, "%.*s %.*s", STR_ARG(csv_field(row, &import->columns[COLUMN_GIVEN])),
                                   STR_ARG(csv_field(row, &import->columns[COLUMN_FAMILY]))));
    size_t comma = str_find(name, STR(","), 0);
    if (comma == name.len)
        return name;
    Str given = str_trim((Str){ name.ptr + comma + 1, name.len - comma - 1 });
    if (given.len == 0 || str_starts(given, STR("Jr")) || str_starts(given, STR("Sr")))
        return name;
    return str_printf(import->arena, "%.*s %.*s", STR_ARG(given), STR_ARG(str_trim((Str){ name.ptr, comma })));
}

static bool import_row(void *user, const CsvRow *row, Error *err)
{
    Import *import = user;
    ImportedOfficial official = {
        .name = read_name(import, row), .office = cell(import, row, COLUMN_OFFICE),
        .body = cell(import, row, COLUMN_BODY), .aliases = read_aliases(import, row),
        .source = cell(import, row, COLUMN_SOURCE), .line = row->line,
    };
    size_t name_column = import->columns[COLUMN_NAME].index >= 0 ? COLUMN_NAME : COLUMN_FAMILY;
    if (official.name.len == 0)
        return csv_fail(row, &import->columns[name_column], err, ERR_INPUT, "no name");
    if (official.office.len == 0)
        return csv_fail(row, &import->columns[COLUMN_OFFICE], err, ERR_INPUT, "no office");
    if (!read_country(import, row, &official.country, err) || !read_gender(import, row, &official.gender, err) ||
        !read_date(import, row, COLUMN_FROM, &official.from, err) || !read_date(import, row, COLUMN_UNTIL, &official.until, err))
        return false;
    Date from[2], until[2];
    if (date_parse_range(official.from, &from[0], &from[1]) && date_parse_range(official.until, &until[0], &until[1]) &&
        until[1] < from[0])
        return csv_fail(row, &import->columns[COLUMN_UNTIL], err, ERR_INPUT, "the last day is before the first");
    Str key = str_printf(import->arena, "%.*s, %.*s, %.*s, %.*s", STR_ARG(official.name), STR_ARG(official.office),
                         STR_ARG(official.country), STR_ARG(official.from));
    if (!names_add(&import->seen, import->arena, key, (uint32_t)row->line))
        return csv_fail(row, &import->columns[COLUMN_NAME], err, ERR_INPUT, "`%.*s` is in line %u already", STR_ARG(key),
                        names_find(&import->seen, key));
    if (official.source.len == 0)
        official.source = import->options.source;
    LIST_PUSH(import->arena, import->out, official);
    return true;
}

bool officials_import(const Rules *rules, Str text, const char *file, ImportOptions options, Arena *arena, Officials *out,
                      Problems *problems)
{
    Import import = { .rules = rules, .options = options, .arena = arena, .out = out };
    Strs header = csv_header(text, arena);
    if (header.len && !map_columns(&import, &header, file, problems))
        return false;
    for (size_t i = 0; i < COLUMNS && !header.len; i++)
        import.columns[i] = (CsvColumn){ "\n", false, -1 };      /* csv_read says what is wrong with the header */
    index_countries(&import);
    return csv_read(text, file, import.columns, COLUMNS, import_row, &import, problems);
}
