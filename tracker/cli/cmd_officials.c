#include "cli/session.h"

#include "base/file.h"
#include "engine/officials.h"

#include <stdlib.h>

/* ---- officials check -------------------------------------------------------------- */

static bool run_check(Session *session)
{
    Rules rules;
    Strs files = { 0 };
    if (!session_rule_sources(session) || !session_name_rule_files(session, &files) || !session_load_rules(session, &rules))
        return true;
    ErrorList errors = { .arena = session->arena };
    Problems gathered = { .report = error_list_add, .user = &errors };
    officials_check(&rules, session_today(session), true, &gathered);
    officials_check_terms(&rules, &gathered);
    session_show_errors(session, &errors, &files);
    session_say(session, "%.*s, %.*s", STR_ARG(session_count(session, rules.n_officials, "row", "rows")),
                STR_ARG(session_count(session, errors.len, "warning", "warnings")));
    bool any = errors.len > 0;
    rules_clear(&rules);
    return any;
}

const CliCommand cmd_officials_check = {
    .name = "officials check",
    .usage = "[FILE]...",
    .summary = "what in the roster cannot be right",
    .about = "Lists every row of officials.csv that gives rise to doubt: an alias that means two people on one day, an open "
             "end that nobody has confirmed for a year, two people in one office on the same days, months in which nobody "
             "held it. Of your own rows only, if you have some; of the shipped ones otherwise.",
    .examples = "tracker officials check\n"
                "tracker officials check --as-of 2025-02-13 --format csv\n",
    .max_args = 1000,
    .groups = CLI_CHECKS,
    .run = run_check,
};

/* ---- rows ------------------------------------------------------------------------- */

static const SinkColumn columns[] = {
    { "name", SINK_TEXT, 0, NULL }, { "office", SINK_TEXT, 0, NULL }, { "body", SINK_TEXT, SINK_WIDE, NULL },
    { "country", SINK_TEXT, 0, "gov" }, { "from", SINK_TEXT, 0, NULL }, { "until", SINK_TEXT, 0, NULL },
    { "known", SINK_TEXT, 0, NULL }, { "gender", SINK_TEXT, SINK_WIDE, NULL }, { "aliases", SINK_TEXT, SINK_WIDE, NULL },
    { "source", SINK_TEXT, SINK_WIDE, NULL }, { "row", SINK_TEXT, 0, NULL },
};

static Str day_or_none(Date day, Arena *arena)
{
    char text[DATE_TEXT_BYTES];
    return day == DATE_UNKNOWN ? STR_NONE : str_copy(arena, str_from(date_format(day, text)));
}

/* known: how far the row is known to be true, where it has no last day. */
static void send_official(Sink *sink, const Official *official, Arena *arena)
{
    const Str texts[] = {
        official->name, official->office, official->body, official->country, day_or_none(official->from, arena),
        day_or_none(official->until, arena), day_or_none(official->as_of, arena),
        official->gender ? str_printf(arena, "%c", official->gender) : STR_NONE, official->aliases, official->source,
        str_printf(arena, "%s:%d", official->file, official->line),
    };
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        sink_text(sink, texts[i].len ? texts[i] : STR_NONE);
    sink_row_end(sink);
}

/* The words of the command line from `first` on. */
static Str joined_words(Session *session, size_t first)
{
    Str words = STR("");
    for (size_t i = first; i < session->cli.args.len; i++)
        words = str_printf(session->arena, "%.*s%s%.*s", STR_ARG(words), i > first ? " " : "", STR_ARG(session->cli.args.ptr[i]));
    return words;
}

typedef struct Found { const Official *official; Holding holding; uint32_t order; } Found;
typedef struct FoundList { Found *ptr; size_t len, cap; } FoundList;

/* Who surely held it first; then the title with the least beside the words; then as the roster has them. */
static int by_fit(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    if (x->holding != y->holding)
        return x->holding > y->holding ? -1 : 1;
    if (x->holding != HOLDING_NO && x->official->office.len != y->official->office.len)
        return x->official->office.len < y->official->office.len ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Rows with these words: of a name, or, on a day, of an office. */
static bool list_rows(Session *session, Str words, Date day)
{
    Rules rules;
    if (!session_load_rules(session, &rules))
        return true;
    bool any = true;
    Arena scratch;
    arena_init(&scratch);
    FoundList found = { 0 };
    for (uint32_t i = 0; i < rules.n_officials; i++, arena_reset(&scratch)) {
        const Official *official = &rules.officials[i];
        Holding holding = day == DATE_UNKNOWN ? HOLDING_NO : official_holds(official, day);
        if (day == DATE_UNKNOWN ? official_has_name(official, words, &scratch)
                                : holding != HOLDING_NO && official_has_office(&rules, official, words, &scratch))
            LIST_PUSH(session->arena, &found, ((Found){ official, holding, i }));
    }
    if (found.len)
        qsort(found.ptr, found.len, sizeof *found.ptr, by_fit);
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    for (size_t i = 0; sink && i < found.len; i++)
        send_official(sink, found.ptr[i].official, &scratch);
    if (sink)
        any = session_sink_close(session, sink);
    if (!any)
        session_say(session, "nobody");
    arena_clear(&scratch);
    rules_clear(&rules);
    return any;
}

static bool run_show(Session *session)
{
    return list_rows(session, joined_words(session, 0), DATE_UNKNOWN);
}

const CliCommand cmd_officials_show = {
    .name = "officials show",
    .usage = "NAME",
    .summary = "the offices that a person has held",
    .about = "Lists the rows of everybody with this name or alias; part of a name is enough. The column known is the day on "
             "which a row without a last day was last confirmed.",
    .examples = "tracker officials show Kaja Kallas\n",
    .min_args = 1, .max_args = 20,
    .run = run_show,
};

static bool run_on(Session *session)
{
    Date day;
    if (date_parse(session->cli.args.ptr[0], &day))
        return list_rows(session, joined_words(session, 1), day);
    problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "%.*s: no such day (want YYYY-MM-DD)",
                  STR_ARG(session->cli.args.ptr[0]));
    return true;
}

const CliCommand cmd_officials_on = {
    .name = "officials on",
    .usage = "DATE OFFICE",
    .summary = "who held an office on a day",
    .about = "Lists who held an office on that day, or may have: the day is behind what the column known tells. All words of "
             "OFFICE must stand in the office, its body or its country, in any order.",
    .examples = "tracker officials on 2025-02-13 U.S. secretary of defense\n",
    .min_args = 2, .max_args = 20,
    .run = run_on,
};

/* ---- officials import ---------------------------------------------------------------- */

enum { IMPORT_BYTES = 64 * 1024 * 1024 };

static bool run_import(Session *session)
{
    static const SinkColumn roster_columns[] = {
        { "name", SINK_TEXT, 0, NULL }, { "aliases", SINK_TEXT, 0, NULL }, { "office", SINK_TEXT, 0, NULL },
        { "body", SINK_TEXT, 0, NULL }, { "country", SINK_TEXT, 0, NULL }, { "from", SINK_TEXT, 0, NULL },
        { "until", SINK_TEXT, 0, NULL }, { "gender", SINK_TEXT, 0, NULL }, { "source", SINK_TEXT, 0, NULL },
    };
    Rules rules;
    Str text;
    CliOptions *options = &session->cli.options;
    const char *file = session->cli.args.ptr[0].ptr;
    Error err;
    if (!file_read(file, IMPORT_BYTES, session->arena, &text, &err)) {
        problems_add(&session->problems, &err);
        return true;
    }
    if (!session_load_rules(session, &rules))
        return true;
    char day[DATE_TEXT_BYTES];
    Str source = options->as_of == DATE_UNKNOWN ? str_from(file)
                                                : str_printf(session->arena, "%s (as of %s)", file, date_format(options->as_of, day));
    ImportOptions how = { .map = options->map ? str_from(options->map) : STR(""),
                          .country = options->country ? str_from(options->country) : STR(""), .source = source };
    Officials rows = { 0 };
    officials_import(&rules, text, file, how, session->arena, &rows, &session->problems);
    if (!options->format)
        options->format = "csv";                 /* what it prints is a roster, whoever reads it */
    options->verbatim = true;
    Sink *sink = session_sink_open(session, roster_columns, BASE_COUNT(roster_columns));
    for (size_t i = 0; sink && i < rows.len; i++) {
        const ImportedOfficial *row = &rows.ptr[i];
        const Str texts[] = { row->name, row->aliases, row->office, row->body, row->country, row->from, row->until,
                              row->gender ? str_printf(session->arena, "%c", row->gender) : STR(""), row->source };
        for (size_t k = 0; k < BASE_COUNT(texts); k++)
            sink_text(sink, texts[k]);
        sink_row_end(sink);
    }
    if (sink)
        session_sink_close(session, sink);
    session_say(session, "%.*s, %.*s left out", STR_ARG(session_count(session, rows.len, "row", "rows")),
                STR_ARG(session_count(session, (uint64_t)session->problems.errors, "row", "rows")));
    rules_clear(&rules);
    return rows.len > 0;
}

const CliCommand cmd_officials_import = {
    .name = "officials import",
    .usage = "FILE",
    .summary = "turn a spreadsheet into rows of officials.csv",
    .about = "Reads CSV with commas, semicolons or tabs, whatever its columns are called and in whatever order: title, role "
             "or position is the office, start date or since the first day, and so on; --map names others. Countries may be "
             "written out, dates as 31.5.2024 or May 31, 2024. Every cell that cannot be understood is told with line and "
             "column, and its row left out. Where a row names no source, the file does, with the day of --as-of.",
    .examples = "tracker officials import cabinet.csv -o ~/.config/tracker/rules/officials.csv\n"
                "tracker officials import liste.csv --map office=Fonction --country FR\n",
    .min_args = 1, .max_args = 1,
    .groups = CLI_IMPORTS,
    .run = run_import,
};
