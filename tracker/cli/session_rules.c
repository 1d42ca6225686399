#define _XOPEN_SOURCE 700                    /* realpath */

#include "cli/session.h"

#include "base/file.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- folders of data -------------------------------------------------------- */

static bool is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
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

/* The folder `name` that lies beside the program; NULL if there is none. */
static const char *shipped_folder(const Session *session, const char *name)
{
    static const char *const places[] = { "../share/tracker/", "../../", "../../../" };   /* installed; build/bin; build/asan/bin */
    Str program = program_folder(session);
    for (size_t i = 0; i < BASE_COUNT(places); i++) {
        Str path = str_printf(session->arena, "%.*s%s%s", STR_ARG(program), places[i], name);
        if (file_is_folder(path.ptr))
            return path.ptr;
    }
    return NULL;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

const char *session_reports_folder(Session *session)
{
    const char *asked = session->cli.options.reports;
    if (!asked)
        asked = variable("TRACKER_REPORTS");
    if (!asked)
        asked = shipped_folder(session, "reports");
    if (!asked)
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0,
                      "no folder of reports beside the program; give one with --reports DIR");
    return asked;
}

/* The user's own rules: as asked for, else what the environment says, else the place for settings, if there is one. */
static const char *own_rules(const Session *session)
{
    const char *asked = session->cli.options.rules, *settings = variable("XDG_CONFIG_HOME"), *home = variable("HOME");
    if (asked || (asked = getenv("TRACKER_RULES")) != NULL)
        return *asked ? asked : NULL;        /* TRACKER_RULES= : none */
    if (settings && settings[0] == '/')      /* the specification passes over relative ones */
        asked = str_printf(session->arena, "%s/tracker/rules", settings).ptr;
    else if (home)
        asked = str_printf(session->arena, "%s/.config/tracker/rules", home).ptr;
    return asked && file_is_folder(asked) ? asked : NULL;
}

/* "desk/rules-nl/" -> "rules-nl" */
static const char *last_part(const Session *session, const char *path)
{
    Str name = str_from(path);
    while (name.len > 1 && name.ptr[name.len - 1] == '/')
        name.len--;
    for (size_t i = name.len; i-- > 0;)
        if (name.ptr[i] == '/' && i + 1 < name.len)
            return str_cstr(session->arena, (Str){ name.ptr + i + 1, name.len - i - 1 });
    return str_cstr(session->arena, name);
}

const RuleSources *session_rule_sources(Session *session)
{
    RuleSources *sources = &session->rule_sources;
    const char *own = own_rules(session), *shipped = shipped_folder(session, "rules");
    if (sources->len)
        return sources;
    if (session->cli.options.no_shipped)
        shipped = NULL;
    if (own && !file_is_folder(own)) {
        problems_addf(&session->problems, ERR_RULES, own, 0, 0, "no such folder of rules");
        return NULL;
    }
    if (shipped)
        LIST_PUSH(session->arena, sources, ((RuleSource){ shipped, "", STR_NONE }));
    if (own && !(shipped && is_same(own, shipped)))
        LIST_PUSH(session->arena, sources, ((RuleSource){ own, last_part(session, own), STR_NONE }));
    if (sources->len)
        return sources;
    problems_addf(&session->problems, ERR_RULES, "tracker", 0, 0, "no folder of rules%s; give one with --rules DIR",
                  session->cli.options.no_shipped ? "" : " beside the program");
    return NULL;
}

static const char *add_rule_file(Session *session, const char *path)
{
    RuleSources *sources = &session->rule_sources;
    const char *shown = NULL;
    char *file = realpath(path, NULL);
    for (size_t i = 0; file && i < sources->len && !shown; i++) {
        const RuleSource *source = &sources->ptr[i];
        char *folder = realpath(source->path, NULL);
        size_t len = folder ? strlen(folder) : 0;
        if (len && strncmp(file, folder, len) == 0 && file[len] == '/')
            shown = source->name[0] ? str_printf(session->arena, "%s/%s", source->path, file + len + 1).ptr
                                    : str_printf(session->arena, "%s", file + len + 1).ptr;
        free(folder);
    }
    if (!file)
        problems_addf(&session->problems, ERR_RULES, path, 0, 0, "cannot read the file: %s", strerror(errno));
    else if (!shown && !str_ends(str_from(path), STR(".rules")))
        problems_addf(&session->problems, ERR_USAGE, path, 0, 0,
                      "in none of the rules folders, and its name does not end in .rules");
    else if (!shown)
        LIST_PUSH(session->arena, sources, ((RuleSource){ shown = path, last_part(session, path), STR_NONE }));
    free(file);
    return shown;
}

bool session_name_rule_files(Session *session, Strs *files)
{
    for (size_t i = 0; i < session->cli.args.len; i++) {
        const char *file = add_rule_file(session, session->cli.args.ptr[i].ptr);
        if (!file)
            return false;
        LIST_PUSH(session->arena, files, str_from(file));
    }
    return true;
}

bool session_load_rules(Session *session, Rules *rules)
{
    const RuleSources *sources = session_rule_sources(session);
    if (!sources)
        return false;
    double started = session_seconds();
    ErrorList errors = { .arena = session->arena };
    Problems gathered = { .report = error_list_add, .user = &errors };
    bool ok = rules_load_layers(sources->ptr, sources->len, session->arena, rules, &gathered);
    error_list_sort(&errors);
    error_list_tell(&errors, &session->problems);
    const RuleSource *top = &sources->ptr[sources->len - 1];
    session_detail(session, "rules %s: %zu stanzas, %zu patterns, %zu officials in %.0f ms", top->path, rules->n_stanzas,
                   rules->n_patterns, rules->n_officials, (session_seconds() - started) * 1000);
    if (!ok)
        rules_clear(rules);
    return ok;
}

/* ---- errors in order -------------------------------------------------------- */

enum { ERRORS_KEPT = 10000 };                /* a file of nonsense has one a line */

void error_list_add(void *user, const Error *err)
{
    ErrorList *list = user;
    if (list->len < ERRORS_KEPT)
        LIST_PUSH(list->arena, list, *err);
    else
        list->dropped++;
}

static int by_place(const void *a, const void *b)
{
    const Error *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (order)
        return order;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->col != y->col)
        return x->col < y->col ? -1 : 1;
    return strcmp(x->text, y->text);
}

void error_list_sort(ErrorList *list)
{
    if (list->len)
        qsort(list->ptr, list->len, sizeof *list->ptr, by_place);
}

void error_list_tell(const ErrorList *list, Problems *problems)
{
    for (size_t i = 0; i < list->len; i++)
        problems_add(problems, &list->ptr[i]);
    if (list->dropped)
        problems_addf(problems, ERR_RULES, "", 0, 0, "and %zu more errors", list->dropped);
}

bool session_is_named(const Strs *files, const char *file)
{
    for (size_t i = 0; i < files->len; i++)
        if (str_equal(files->ptr[i], str_from(file)))
            return true;
    return files->len == 0;
}

/* Of the rules that came with the program, below somebody's own. */
static bool is_below(const RuleSources *sources, const char *file)
{
    for (size_t i = 1; i < sources->len; i++)
        if (str_starts(str_from(file), str_from(sources->ptr[i].path)))
            return false;
    return sources->len > 1;
}

/*
 * Those of the files that were named, else all but the warnings of rules that are not the user's to change; as
 * errors where warnings are errors.
 */
static void select_errors(ErrorList *errors, const Strs *files, const RuleSources *sources, bool strict)
{
    size_t kept = 0;
    for (size_t i = 0; i < errors->len; i++) {
        Error *err = &errors->ptr[i];
        if (!session_is_named(files, err->file) || (!files->len && err->warning && is_below(sources, err->file)))
            continue;
        err->warning &= !strict;
        errors->ptr[kept++] = *err;
    }
    errors->len = kept;
}

/* For editors: a row each, with the file under a name that opens. */
static void list_errors(Session *session, const ErrorList *errors)
{
    static const SinkColumn columns[] = {
        { "severity", SINK_TEXT, 0, NULL }, { "file", SINK_TEXT, 0, NULL }, { "line", SINK_INTEGER, 0, NULL },
        { "col", SINK_INTEGER, 0, NULL }, { "message", SINK_TEXT, 0, NULL }, { "path", SINK_TEXT, SINK_WIDE, NULL },
    };
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (!sink)
        return;
    for (size_t i = 0; i < errors->len; i++) {
        const Error *err = &errors->ptr[i];
        sink_text(sink, err->warning ? STR("warning") : STR("error"));
        sink_text(sink, str_from(err->file));
        err->line ? sink_integer(sink, err->line) : sink_null(sink);
        err->col ? sink_integer(sink, err->col) : sink_null(sink);
        sink_text(sink, str_from(err->text));
        sink_text(sink, str_from(session_rule_path(session, err->file)));
        sink_row_end(sink);
    }
    session_sink_close(session, sink);
}

static void tell_errors(Session *session, const ErrorList *errors)
{
    if (!session->cli.options.format) {
        error_list_tell(errors, &session->problems);
        return;
    }
    Problems counted = { 0 };
    list_errors(session, errors);
    error_list_tell(errors, &counted);
    session->problems.errors += counted.errors;
    session->problems.warnings += counted.warnings;
    if (counted.worst > session->problems.worst)
        session->problems.worst = counted.worst;
}

void session_show_errors(Session *session, ErrorList *errors, const Strs *files)
{
    error_list_sort(errors);
    select_errors(errors, files, &session->rule_sources, session->cli.options.strict);
    tell_errors(session, errors);
}

/* ---- the line of an error --------------------------------------------------- */

/* The next line; false at the end.  What is longer than the buffer is cut. */
static bool next_line(FILE *in, char *line, size_t line_bytes)
{
    if (!fgets(line, (int)line_bytes, in))
        return false;
    size_t len = strcspn(line, "\n");
    for (int c = line[len] ? '\n' : ' '; c != '\n' && c != EOF;)
        c = fgetc(in);
    line[len] = '\0';
    return true;
}

const char *session_rule_path(const Session *session, const char *file)
{
    const RuleSources *sources = &session->rule_sources;
    if (sources->len && !sources->ptr[0].name[0]) {
        const char *path = str_printf(session->arena, "%s/%s", sources->ptr[0].path, file).ptr;
        if (access(path, R_OK) == 0)
            return path;
    }
    return file;
}

/* Errors come sorted: the file of the last one stays open where it was left. */
static bool find_line(LineReader *reader, const Session *session, const Error *err)
{
    if (!reader->in || strcmp(reader->file, err->file) != 0 || err->line < reader->line) {
        if (reader->in)
            fclose(reader->in);
        snprintf(reader->file, sizeof reader->file, "%s", err->file);
        reader->in = fopen(session_rule_path(session, err->file), "r");
        reader->line = 0;
    }
    while (reader->in && reader->line < err->line) {
        if (!next_line(reader->in, reader->text, sizeof reader->text))
            return false;
        reader->line++;
    }
    return reader->in != NULL;
}

/*
 * The line of a rule and a caret under the column, as far as an 80-column
 * terminal shows it.  Tabs are blanks here, so that the caret stands right.
 */
void session_show_line(Session *session, const Error *err)
{
    enum { SHOWN = 74 };
    LineReader *reader = &session->reader;
    if (!find_line(reader, session, err))
        return;
    char line[sizeof reader->text];
    memcpy(line, reader->text, sizeof line);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
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
