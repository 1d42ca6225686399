#include "cli/session.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- talk ------------------------------------------------------------------ */

static double seconds_now(void)
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
    double now = seconds_now();
    if (now - session->started < 1 || now - session->drawn < 0.2)
        return;
    fprintf(stderr, "\r%llu stories, %.1f MB\033[K", (unsigned long long)stories, (double)bytes / 1e6);
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

/* Line `wanted` of a file; false if there is none. */
static bool read_line(FILE *in, int wanted, char *line, size_t line_bytes)
{
    for (int n = 1; fgets(line, (int)line_bytes, in);) {
        size_t len = strcspn(line, "\n");
        bool whole = line[len] == '\n';
        if (n == wanted) {
            line[len] = '\0';
            return true;
        }
        n += whole;
    }
    return false;
}

/*
 * The line of a rule and a caret under the column, as far as an 80-column
 * terminal shows it.  Tabs are blanks here, so that the caret stands right.
 */
static void show_line(const Session *session, const Error *err)
{
    enum { SHOWN = 74 };
    char path[1024], line[4096];
    FILE *in = NULL;
    if (session->rules_folder) {
        snprintf(path, sizeof path, "%s/%s", session->rules_folder, err->file);
        in = fopen(path, "r");
    }
    if (!in)
        in = fopen(err->file, "r");
    if (!in)
        return;
    if (read_line(in, err->line, line, sizeof line)) {
        for (char *c = line; *c; c++)
            if ((unsigned char)*c < ' ')
                *c = ' ';
        Str text = { line, utf8_valid_prefix(str_from(line)) };
        size_t from = 0, at = 0;                 /* bytes: first shown, under the caret */
        for (int col = 1; col < err->col && at < text.len; col++)
            utf8_decode(text, at, &at);
        while (utf8_width((Str){ text.ptr + from, at - from }) > SHOWN - 20)
            utf8_decode(text, from, &from);
        size_t end = from;
        while (end < text.len && utf8_width((Str){ text.ptr + from, end - from }) < SHOWN)
            utf8_decode(text, end, &end);
        fprintf(stderr, "  %.*s\n", (int)(end - from), text.ptr + from);
        if (err->col)
            fprintf(stderr, "  %*s^\n", (int)utf8_width((Str){ text.ptr + from, at - from }), "");
    }
    fclose(in);
}

static void report(void *user, const Error *err)
{
    Session *session = user;
    const CliOptions *options = &session->cli.options;
    bool about_rules = err->kind == ERR_RULES && session->cli.command != &cmd_rules_check;
    if (err->warning && (options->quiet || (about_rules && !options->verbose)))
        return;                              /* who reads a story need not hear of a roster's oddities */
    session->skipped += err->kind == ERR_INPUT && !err->warning;
    char text[1024];
    progress_erase(session);
    error_format(err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    if (err->kind == ERR_RULES && err->line)
        show_line(session, err);
}

/* ---- rules, reports, database ---------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The folder of the running program: from /proc where there is one, else from argv[0] and PATH. */
static Str program_folder(const Session *session)
{
    char link[4096];
    ssize_t len = readlink("/proc/self/exe", link, sizeof link);
    Str path = len > 0 && (size_t)len < sizeof link ? str_copy(session->arena, (Str){ link, (size_t)len })
                                                   : str_from(session->program);
    if (!memchr(path.ptr, '/', path.len)) {
        Str folders = str_from(getenv("PATH"));
        for (Str folder; str_split(&folders, ':', &folder);) {
            Str candidate = str_printf(session->arena, "%.*s/%s", STR_ARG(folder), session->program);
            if (access(candidate.ptr, X_OK) == 0) {
                path = candidate;
                break;
            }
        }
    }
    while (path.len && path.ptr[path.len - 1] != '/')
        path.len--;
    return path;                             /* with its slash, or "" */
}

/* What was asked for, else what the environment says, else what lies beside the program. */
static const char *find_folder(Session *session, const char *asked, const char *variable, const char *name,
                               ErrorKind kind)
{
    const char *from_variable = getenv(variable);
    if (asked)
        return asked;
    if (from_variable && *from_variable)
        return from_variable;
    static const char *const places[] = { "../share/tracker/", "../../", "../../../" };   /* installed; build/bin; build/asan/bin */
    Str program = program_folder(session);
    for (size_t i = 0; i < BASE_COUNT(places); i++) {
        Str path = str_printf(session->arena, "%.*s%s%s", STR_ARG(program), places[i], name);
        if (is_folder(path.ptr))
            return path.ptr;
    }
    problems_addf(&session->problems, kind, "tracker", 0, 0, "no folder of %s beside the program; give one with --%s DIR",
                  name, name);
    return NULL;
}

const char *session_rules_folder(Session *session)
{
    if (!session->rules_folder)
        session->rules_folder = find_folder(session, session->cli.options.rules, "TRACKER_RULES", "rules", ERR_RULES);
    return session->rules_folder;
}

const char *session_reports_folder(Session *session)
{
    return find_folder(session, session->cli.options.reports, "TRACKER_REPORTS", "reports", ERR_USAGE);
}

bool session_load_rules(Session *session, Rules *rules)
{
    const char *folder = session_rules_folder(session);
    if (!folder)
        return false;
    double started = seconds_now();
    bool ok = rules_load(folder, session->arena, rules, &session->problems);
    session_detail(session, "rules %s: %zu stanzas, %zu patterns, %zu officials in %.0f ms", folder, rules->n_rules,
                   rules->n_patterns, rules->n_officials, (seconds_now() - started) * 1000);
    if (!ok)
        rules_clear(rules);
    return ok;
}

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
    session_progress(counted->session, ++counted->stories, input_bytes(counted->input));
    return counted->each(counted->user, story, statements);
}

void session_extract(Session *session, const Rules *rules, PipelineEach *each, void *user)
{
    Counted counted = { session, session_input_open(session), each, user, 0 };
    PipelineOptions options = { .jobs = session->cli.options.jobs, .extract.no_gate = session->cli.options.no_gate };
    double started = seconds_now();
    pipeline_run(rules, counted.input, options, count_story, &counted, &session->problems);
    double took = seconds_now() - started, megabytes = (double)input_bytes(counted.input) / 1e6;
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
    session->started = seconds_now();
    bool plain = session->cli.command->run(session);
    progress_erase(session);
    out_close(session);
    if (session->problems.worst != ERR_NONE)
        return (int)session->problems.worst;
    return (session->cli.options.exit_code || session->cli.options.floor) && !plain ? ERR_FOUND : ERR_NONE;
}
