#include "cli/session.h"

#include "base/csvfile.h"
#include "base/file.h"
#include "base/json.h"

#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { IMPORT_BYTES = 64 * 1024 * 1024 };        /* a file of reviews; some 100,000 of them */

/* ---- one review ------------------------------------------------------------ */

static Str user_name(const Session *session)
{
    const char *by = session->cli.options.by;
    const struct passwd *user = by ? NULL : getpwuid(getuid());
    return by ? str_from(by) : user && *user->pw_name ? str_from(user->pw_name) : STR("unknown");
}

/* The clock's second, or the start of the day that --as-of calls today. */
static Str time_now(Session *session)
{
    char text[32];
    struct tm now;
    time_t seconds = session->cli.options.as_of != DATE_UNKNOWN ? (time_t)session->cli.options.as_of * 86400 : time(NULL);
    gmtime_r(&seconds, &now);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &now);
    return str_copy(session->arena, str_from(text));
}

static bool is_verdict(Str word)
{
    return str_equal(word, STR("ok")) || str_equal(word, STR("wrong")) || str_equal(word, STR("unsure"));
}

static bool review(Session *session, Store *store, Error *err)
{
    Str word = session->cli.args.ptr[1];
    StoreThing thing;
    ContradictionRow before;
    ReviewRow row = {
        .verdict = word, .note = str_from(session->cli.options.note), .reviewer = user_name(session),
        .reviewed_utc = time_now(session),
    };
    if (!is_verdict(word))
        return error_set(err, ERR_USAGE, "tracker", 0, 0, "verdict %.*s: want one of ok|wrong|unsure", STR_ARG(word));
    if (!store_find_id(store, session->cli.args.ptr[0], session->arena, &thing, &row.contradiction, err))
        return false;
    if (thing != STORE_CONTRADICTION)
        return error_set(err, ERR_USAGE, "tracker", 0, 0, "%.*s is no pair; a review takes what "
                         "`tracker contradictions` lists (x-...)", STR_ARG(row.contradiction));
    if (!store_get_contradiction(store, row.contradiction, session->arena, &before, err) || !store_begin(store, err))
        return false;
    if (!store_review_pair(store, &row, err)) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, err))
        return false;
    Str was = before.review.len ? str_printf(session->arena, " (before: %.*s, by %.*s)", STR_ARG(before.review),
                                             STR_ARG(before.reviewer)) : STR("");
    session_say(session, "%.*s: %.*s, by %.*s%.*s", STR_ARG(row.contradiction), STR_ARG(row.verdict),
                STR_ARG(row.reviewer), STR_ARG(was));
    return true;
}

static bool run_review(Session *session)
{
    Error err;
    Store *store = session_store_open(session, STORE_CHANGE);
    if (store && !review(session, store, &err))
        problems_add(&session->problems, &err);
    store_close(store);
    return true;
}

/* ---- many, out and in ------------------------------------------------------ */

typedef struct Import {
    Session *session;
    Store *store;
    const char *path;
    uint64_t added, known, refused;
    bool broken;                     /* the database failed: nothing more can be done */
} Import;

/* An error of the row gets its place; one of the database ends the import. */
static bool import_row(Import *import, const ReviewRow *row, int line, Error *err)
{
    bool is_new;
    if (store_add_review(import->store, row, &is_new, err)) {
        is_new ? import->added++ : import->known++;
        return true;
    }
    import->broken = err->kind == ERR_DATABASE;
    import->refused++;
    if (!import->broken) {
        snprintf(err->file, sizeof err->file, "%s", import->path);
        err->line = line;
    }
    return false;
}

static Str json_span(const Json *side, Arena *arena)
{
    const Json *span = json_member(side, "span");
    if (!span || !json_is_array(span) || json_length(span) != 2)
        return STR_NONE;
    Str from = json_string_value(json_at(span, 0), arena), to = json_string_value(json_at(span, 1), arena);
    return str_printf(arena, "[%.*s,%.*s]", STR_ARG(from), STR_ARG(to));
}

static ReviewSide json_side(const Json *row, const char *name, Arena *arena)
{
    const Json *side = json_member(row, name);
    if (!side || !json_is_object(side))
        return (ReviewSide){ 0 };
    return (ReviewSide){ json_string(side, "story", arena), json_string(side, "speaker", arena), json_span(side, arena),
                         json_string(side, "text", arena) };
}

static void import_jsonl(Import *import, Str text)
{
    Arena arena;
    Str line;
    arena_init(&arena);
    for (int n = 1; !import->broken && str_split(&text, '\n', &line); n++) {
        Error err;
        Json *json = NULL;
        if (!str_trim(line).len)
            continue;
        bool ok = json_parse(line, &json, &err);
        if (!ok) {
            import->refused++;
            snprintf(err.file, sizeof err.file, "%s", import->path);
            err.line = n;
            err.kind = ERR_INPUT;
        } else {
            ReviewRow row = { 0 };
            if (json_is_object(json))
                row = (ReviewRow){
                    .contradiction = json_string(json, "contradiction", &arena),
                    .verdict = json_string(json, "verdict", &arena), .note = json_string(json, "note", &arena),
                    .reviewer = json_string(json, "reviewer", &arena),
                    .reviewed_utc = json_string(json, "reviewed_utc", &arena),
                    .carried_from = json_string(json, "carried_from", &arena),
                    .topic_label = json_string(json, "topic_label", &arena),
                    .a = json_side(json, "a", &arena), .b = json_side(json, "b", &arena),
                };
            ok = import_row(import, &row, n, &err);
        }
        if (!ok)
            problems_add(&import->session->problems, &err);
        json_free(json);
        arena_reset(&arena);
    }
    arena_clear(&arena);
}

enum { CSV_PAIR, CSV_VERDICT, CSV_NOTE, CSV_REVIEWER, CSV_TIME, CSV_TOPIC, CSV_FROM, CSV_SIDES };
static const char *const csv_names[] = {
    "contradiction", "verdict", "note", "reviewer", "reviewed_utc", "topic_label", "carried_from",
    "a_story", "a_speaker", "a_span", "a_text", "b_story", "b_speaker", "b_span", "b_text",
};
typedef struct CsvImport { Import *import; CsvColumn columns[BASE_COUNT(csv_names)]; } CsvImport;

/* Without the mark that keeps a spreadsheet from running a cell; nothing is unknown. */
static Str csv_text(const CsvImport *csv, const CsvRow *row, size_t column)
{
    Str cell = csv_field(row, &csv->columns[column]);
    if (cell.len >= 2 && cell.ptr[0] == '\'' && strchr("=+-@\t\r", cell.ptr[1]))
        return (Str){ cell.ptr + 1, cell.len - 1 };
    return cell.len ? cell : STR_NONE;
}

static ReviewSide csv_side(const CsvImport *csv, const CsvRow *row, size_t at)
{
    return (ReviewSide){ csv_text(csv, row, at), csv_text(csv, row, at + 1), csv_text(csv, row, at + 2),
                         csv_text(csv, row, at + 3) };
}

static bool import_csv_row(void *user, const CsvRow *from, Error *err)
{
    CsvImport *csv = user;
    if (csv->import->broken)
        return true;
    ReviewRow row = {
        .contradiction = csv_text(csv, from, CSV_PAIR), .verdict = csv_text(csv, from, CSV_VERDICT),
        .note = csv_text(csv, from, CSV_NOTE), .reviewer = csv_text(csv, from, CSV_REVIEWER),
        .reviewed_utc = csv_text(csv, from, CSV_TIME), .topic_label = csv_text(csv, from, CSV_TOPIC),
        .carried_from = csv_text(csv, from, CSV_FROM), .a = csv_side(csv, from, CSV_SIDES),
        .b = csv_side(csv, from, CSV_SIDES + 4),
    };
    return import_row(csv->import, &row, from->line, err);
}

static void import_csv(Import *import, Str text)
{
    CsvImport csv = { .import = import };
    for (size_t i = 0; i < BASE_COUNT(csv_names); i++)
        csv.columns[i] = (CsvColumn){ .name = csv_names[i], .required = i <= CSV_TIME };
    csv_read(text, import->path, csv.columns, BASE_COUNT(csv.columns), import_csv_row, &csv,
             &import->session->problems);
}

/* The text of a file of reviews; STR_NONE after reporting. */
static Str read_text(Session *session, const char *path)
{
    Str text;
    Error err;
    bool read = file_read(path, IMPORT_BYTES, session->arena, &text, &err);
    if (read && !memchr(text.ptr, 0, text.len) && utf8_valid_prefix(text) == text.len)
        return text;
    if (read)
        error_set(&err, ERR_INPUT, path, 0, 0, "not a text in UTF-8");
    problems_add(&session->problems, &err);
    return STR_NONE;
}

/* All of the file that can be used, in one transaction. */
static void import_file(Session *session, Store *store)
{
    Error err;
    Import import = { .session = session, .store = store, .path = session->cli.options.import };
    Str text = read_text(session, import.path);
    if (!text.ptr)
        return;
    if (!store_begin(store, &err)) {
        problems_add(&session->problems, &err);
        return;
    }
    if (str_starts(str_trim(text), STR("{")))
        import_jsonl(&import, text);
    else
        import_csv(&import, text);
    if (import.broken) {
        store_rollback(store);
        return;
    }
    if (!store_commit(store, &err)) {
        problems_add(&session->problems, &err);
        return;
    }
    session_say(session, "%.*s, %llu seen, %llu refused",
                STR_ARG(session_count(session, import.added, "new review", "new reviews")),
                (unsigned long long)import.known, (unsigned long long)import.refused);
}

static bool list_reviews(Session *session, Store *store)
{
    const CliOptions *options = &session->cli.options;
    Error err;
    StoreFilter filter;
    Sink *sink = session_sink_open(session, row_review_columns.ptr, row_review_columns.len);
    if (!sink)
        return true;
    store_filter_init(&filter);
    filter.reviewed = str_from(options->reviewed);
    filter.reviewer = str_from(options->by);
    filter.since = options->since;
    filter.until = options->until;
    filter.limit = (size_t)options->limit;
    if (!store_list_reviews(store, &filter, sink, NULL, &err))
        problems_add(&session->problems, &err);
    return session_sink_close(session, sink);
}

static bool run_reviews(Session *session)
{
    bool any = true, import = session->cli.options.import;
    Store *store = session_store_open(session, import ? STORE_WRITE : STORE_READ);
    if (store && import)
        import_file(session, store);
    else if (store)
        any = list_reviews(session, store);
    store_close(store);
    return any;
}

const CliCommand cmd_review = {
    .name = "review",
    .usage = "ID ok|wrong|unsure",
    .summary = "say what you found when you checked a pair",
    .about = "Keeps your verdict on a pair: ok (it is one), wrong (it is none) or unsure, with a note, your name and "
             "the time. It holds for the pair whatever is added later, and is there again when changed rules lose the "
             "pair and find it again. Every review is kept; the latest counts.",
    .examples = "tracker review x-3f9a1b20 ok\n"
                "tracker review x-3f9a1b20 wrong -m 'two different treaties'\n",
    .min_args = 2, .max_args = 2,
    .groups = CLI_REVIEWS_ONE | CLI_REVIEWER,
    .run = run_review,
};

const CliCommand cmd_reviews = {
    .name = "reviews",
    .usage = "",
    .summary = "list the reviews of pairs, or take in those of others",
    .about = "Lists every review, oldest first; latest tells which one of a pair counts, on_file whether the pair is in "
             "the database. As CSV or JSON Lines this is an export that another desk can --import: a review that is "
             "there already changes nothing, and of two verdicts the later one counts.",
    .examples = "tracker reviews --format table\n"
                "tracker reviews --format jsonl -o reviews.jsonl\n"
                "tracker reviews --import reviews.jsonl --db other.db\n",
    .groups = CLI_REVIEWS_ALL | CLI_REVIEWER,
    .run = run_reviews,
};
