#include "cli/session.h"

#include "base/json.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- talk ------------------------------------------------------------------ */

double session_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void progress_erase(Session *session)
{
    if (session->drawn > 0)
        fputs("\r\033[K", stderr);
    session->drawn = 0;
}

static bool is_plain_terminal(int fd)
{
    const char *term = getenv("TERM");
    return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

void session_progress(Session *session, uint64_t stories, uint64_t bytes)
{
    if (session->cli.options.quiet || !is_plain_terminal(STDERR_FILENO))
        return;
    double now = session_seconds();
    if (now - session->started < 1 || now - session->drawn < 0.2)
        return;
    double megabytes = (double)bytes / 1e6;
    fprintf(stderr, "\r%llu stories, %.1f MB, %.1f MB/s", (unsigned long long)stories, megabytes,
            megabytes / (now - session->started));
    if (session->claims)
        fprintf(stderr, ", %llu claims", (unsigned long long)session->claims);
    if (session->contradictions)
        fprintf(stderr, ", %llu contradictions", (unsigned long long)session->contradictions);
    fputs("\033[K", stderr);
    session->drawn = now;
}

static void say(Session *session, const char *format, va_list args)
{
    progress_erase(session);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void session_say(Session *session, const char *format, ...)
{
    if (session->cli.options.quiet)
        return;
    va_list args;
    va_start(args, format);
    say(session, format, args);
    va_end(args);
}

void session_detail(Session *session, const char *format, ...)
{
    if (!session->cli.options.verbose || session->cli.options.quiet)
        return;
    va_list args;
    va_start(args, format);
    say(session, format, args);
    va_end(args);
}

Str session_count(Session *session, uint64_t n, const char *one, const char *many)
{
    char digits[32], out[48];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    return str_printf(session->arena, "%.*s %s", at, out, n == 1 ? one : many);
}

/* ---- errors ---------------------------------------------------------------- */

/* File names may be any bytes, and a long text is cut anywhere. */
static Str valid_text(const char *text)
{
    Str all = str_from(text);
    return (Str){ all.ptr, utf8_valid_prefix(all) };
}

/* For machines: where and what apart, and the line that people see. */
static void print_error_object(const Error *err, const char *line)
{
    static const char *const kinds[] = { "none", "found", "usage", "input", "rules", "database", "output" };
    Arena arena;
    arena_init(&arena);
    JsonWriter json;
    json_begin(&json, &arena);
    json_object(&json);
    json_key(&json, "level");   json_text_value(&json, err->warning ? STR("warning") : STR("error"));
    json_key(&json, "kind");    json_text_value(&json, str_from(kinds[err->kind]));
    json_key(&json, "file");    json_text_value(&json, err->file[0] ? valid_text(err->file) : STR_NONE);
    json_key(&json, "line");    err->line ? json_integer(&json, err->line) : json_null(&json);
    json_key(&json, "col");     err->col ? json_integer(&json, err->col) : json_null(&json);
    json_key(&json, "text");    json_text_value(&json, valid_text(err->text));
    json_key(&json, "message"); json_text_value(&json, valid_text(line));
    json_end(&json);
    fprintf(stderr, "%.*s\n", STR_ARG(json_text(&json)));
    arena_clear(&arena);
}

static void report(void *user, const Error *err)
{
    Session *session = user;
    const CliOptions *options = &session->cli.options;
    bool about_rules = err->kind == ERR_RULES && !(session->cli.command->groups & CLI_CHECKS);
    if (err->warning && (options->quiet || (about_rules && !options->verbose)))
        return;                              /* who reads a story need not hear of a roster's oddities */
    session->skipped += err->kind == ERR_INPUT && !err->warning;
    char text[1024];
    progress_erase(session);
    error_format(err, text, sizeof text);
    if (options->format && strcmp(options->format, "jsonl") == 0) {
        print_error_object(err, text);
        return;
    }
    fprintf(stderr, "%s\n", text);
    if (err->kind == ERR_RULES && err->line)
        session_show_line(session, err);
}

/* ---- database -------------------------------------------------------------- */

const char *session_database(const Session *session)
{
    const char *from_variable = getenv("TRACKER_DB");
    if (session->cli.options.db)
        return session->cli.options.db;
    return from_variable && *from_variable ? from_variable : "tracker.db";
}

Store *session_store_open(Session *session, StoreMode mode)
{
    Error err;
    const char *path = session_database(session);
    if (session->cli.options.dry_run && access(path, F_OK) != 0)
        path = ":memory:";                   /* a dry run makes no file */
    Store *store = store_open(path, mode, &err);
    if (!store)
        problems_add(&session->problems, &err);
    return store;
}

Date session_today(const Session *session)
{
    if (session->cli.options.as_of != DATE_UNKNOWN)
        return session->cli.options.as_of;
    return (Date)(time(NULL) / 86400);
}

/* ---- stories --------------------------------------------------------------- */

Input *session_input_open(Session *session)
{
    static const char *const standard_input[] = { "-" };
    const Strs *args = &session->cli.args;
    InputOptions options = { .date = session->cli.options.date };
    if (args->len == 0)
        return input_open(standard_input, 1, options, &session->problems);
    const char **paths = ARENA_ARRAY(session->arena, const char *, args->len);
    for (size_t i = 0; i < args->len; i++)
        paths[i] = args->ptr[i].ptr;
    return input_open(paths, args->len, options, &session->problems);
}

void session_note_story(Session *session, const Story *story)
{
    bool foreign = story_is_foreign(story), undated = story->published == DATE_UNKNOWN;
    session->foreign += foreign;
    session->undated += undated;
    if (foreign)
        session_detail(session, "%.*s: %.*s: in another language (%.*s): kept, and passed over", STR_ARG(story->path),
                       STR_ARG(story->id), STR_ARG(story->language));
    if (undated)
        session_detail(session, "%.*s: %.*s: has no date: days like \"on Monday\" stay unknown", STR_ARG(story->path),
                       STR_ARG(story->id));
}

Str session_remarks(Session *session)
{
    Str text = STR("");
    if (session->foreign)
        text = str_printf(session->arena, "; %llu not in English, passed over", (unsigned long long)session->foreign);
    if (session->undated)
        text = str_printf(session->arena, "%.*s; %llu without a date", STR_ARG(text), (unsigned long long)session->undated);
    return text;
}

typedef struct Counted {
    Session *session;
    Input *input;
    PipelineEach *each;
    void *user;
    uint64_t stories;
} Counted;

static bool count_story(void *user, const Story *story, const Statements *statements)
{
    Counted *counted = user;
    if (story->note.len)
        session_detail(counted->session, "%.*s: %.*s", STR_ARG(story->path), STR_ARG(story->note));
    session_note_story(counted->session, story);
    bool more = counted->each(counted->user, story, statements);
    session_progress(counted->session, ++counted->stories, input_bytes(counted->input));
    return more;
}

void session_extract(Session *session, const Rules *rules, PipelineEach *each, void *user)
{
    Counted counted = { session, session_input_open(session), each, user, 0 };
    PipelineOptions options = { .jobs = session->cli.options.jobs, .extract.no_gate = session->cli.options.no_gate };
    double started = session_seconds();
    pipeline_run(rules, counted.input, options, count_story, &counted, &session->problems);
    double took = session_seconds() - started, megabytes = (double)input_bytes(counted.input) / 1e6;
    session_detail(session, "%llu stories, %.2f MB in %.2f s: %.1f MB/s", (unsigned long long)counted.stories,
                   megabytes, took, took > 0 ? megabytes / took : 0);
    input_close(counted.input);
}

/* ---- output ---------------------------------------------------------------- */

static bool is_regular_or_missing(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 || S_ISREG(info.st_mode);
}

static const char *output_name(const Session *session)
{
    return session->cli.options.output ? session->cli.options.output : "standard output";
}

FILE *session_out(Session *session)
{
    if (session->out)
        return session->out;
    const char *path = session->cli.options.output;
    if (!path || strcmp(path, "-") == 0) {
        session->out = stdout;
    } else {
        const char *name = path;                 /* a device or a pipe is written as it is */
        if (is_regular_or_missing(path))
            name = session->temporary = str_printf(session->arena, "%s.%ld.tmp", path, (long)getpid()).ptr;
        session->out = fopen(name, "w");
        if (!session->out) {
            session->temporary = NULL;
            problems_addf(&session->problems, ERR_OUTPUT, path, 0, 0, "%s", strerror(errno));
        }
    }
    return session->out;
}

static void out_close(Session *session)
{
    if (!session->out)
        return;
    errno = 0;
    bool ok = fflush(session->out) == 0 && !ferror(session->out);
    int why = errno;
    if (session->out != stdout && fclose(session->out) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && session->temporary && rename(session->temporary, session->cli.options.output) != 0) {
        ok = false;
        why = errno;
    }
    if (!ok && session->temporary)
        remove(session->temporary);
    if (!ok && session->problems.worst != ERR_OUTPUT)    /* the sink may have told already */
        problems_addf(&session->problems, ERR_OUTPUT, output_name(session), 0, 0, "%s",
                      why ? strerror(why) : "cannot write");
}

bool session_color(const Session *session)
{
    const char *color = session->cli.options.color, *no_color = getenv("NO_COLOR");
    if (color && strcmp(color, "auto") != 0)
        return strcmp(color, "always") == 0;
    return session->out && is_plain_terminal(fileno(session->out)) && !(no_color && *no_color);
}

bool session_is_table(const Session *session)
{
    const char *format = session->cli.options.format;
    return format ? strcmp(format, "table") == 0 : session->out && isatty(fileno(session->out));
}

/* Of the terminal, or as COLUMNS says; 0: neither, nothing is cut. */
static int out_width(const Session *session)
{
    const char *columns = getenv("COLUMNS");
    if (columns && atoi(columns) > 0)
        return atoi(columns);
    struct winsize size;
    if (isatty(fileno(session->out)) && ioctl(fileno(session->out), TIOCGWINSZ, &size) == 0)
        return size.ws_col;
    return 0;
}

Sink *session_sink_open(Session *session, const SinkColumn *columns, size_t n_columns)
{
    FILE *out = session_out(session);
    if (!out)
        return NULL;
    SinkOptions options = {
        .color = session_color(session),
        .excel = session->cli.options.excel,
        .verbatim = session->cli.options.verbatim,
        .width = out_width(session),
    };
    if (session->cli.options.format)
        sink_format_named(str_from(session->cli.options.format), &options.format);
    return sink_open(out, columns, n_columns, options);
}

bool session_sink_close(Session *session, Sink *sink)
{
    Error err;
    bool any = sink_rows(sink) > 0;
    progress_erase(session);
    if (!sink_close(sink, &err)) {
        if (!err.file[0])
            snprintf(err.file, sizeof err.file, "%s", output_name(session));
        problems_add(&session->problems, &err);
    }
    return any;
}

/* ---- the run --------------------------------------------------------------- */

int session_run(Session *session)
{
    session->problems = (Problems){ .report = report, .user = session };
    session->started = session_seconds();
    bool plain = session->cli.command->run(session);
    progress_erase(session);
    out_close(session);
    if (session->reader.in)
        fclose(session->reader.in);
    if (session->problems.worst != ERR_NONE)
        return (int)session->problems.worst;
    return (session->cli.options.exit_code || session->cli.options.floor) && !plain ? ERR_FOUND : ERR_NONE;
}
