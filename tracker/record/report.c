#include "record/report.h"

#include "base/file.h"
#include "base/json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SQL_BYTES = 1024 * 1024 };        /* a longer file is no report */

/* ---- files ----------------------------------------------------------------------- */

static bool fail_output(Str path, Error *err)
{
    return error_set(err, ERR_OUTPUT, path.ptr, 0, 0, "%s", strerror(errno));
}

static bool read_sql(const char *path, Arena *arena, Str *out, Error *err)
{
    if (!file_read(path, SQL_BYTES, arena, out, err))
        return false;
    return !memchr(out->ptr, '\0', out->len) || error_set(err, ERR_INPUT, path, 0, 0, "not an SQL text");
}

/* A file under a temporary name beside its own. */
typedef struct Draft { Str path, temporary; FILE *out; } Draft;

static bool draft_open(Draft *draft, const char *folder, Str name, Arena *arena, Error *err)
{
    draft->path = str_printf(arena, "%s/%.*s", folder, STR_ARG(name));
    draft->temporary = str_printf(arena, "%s/.%.*s.part", folder, STR_ARG(name));
    draft->out = fopen(draft->temporary.ptr, "wb");
    return draft->out || fail_output(draft->temporary, err);
}

static void draft_drop(Draft *draft)
{
    fclose(draft->out);
    unlink(draft->temporary.ptr);
}

/* All bytes on the disk, then the name: whoever sees the name sees all. */
static bool draft_keep(Draft *draft, Error *err)
{
    bool ok = fflush(draft->out) == 0 && fsync(fileno(draft->out)) == 0;
    ok = (fclose(draft->out) == 0) && ok;
    if (ok && rename(draft->temporary.ptr, draft->path.ptr) == 0)
        return true;
    fail_output(draft->path, err);
    unlink(draft->temporary.ptr);
    return false;
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY);
    if (fd >= 0) {
        fsync(fd);                       /* best effort: some file systems refuse */
        close(fd);
    }
}

/* ---- one report --------------------------------------------------------------------- */

/* "-- Pairs to check" on the first line. */
static Str title_of(Str sql)
{
    Str line = STR_NONE;
    str_split(&sql, '\n', &line);
    line = str_trim(line);
    return str_starts(line, STR("--")) ? str_trim((Str){ line.ptr + 2, line.len - 2 }) : STR_NONE;
}

typedef struct Run {
    Store *store;
    const char *folder, *out_folder;
    Date date;
    SinkOptions csv;
    Arena *arena;
} Run;

static bool run_one(const Run *run, Str name, ReportFile *file, Error *err)
{
    const char *sql_path = str_printf(run->arena, "%s/%.*s.sql", run->folder, STR_ARG(name)).ptr;
    Str csv_name = str_printf(run->arena, "%.*s.csv", STR_ARG(name)), sql;
    Draft draft;
    *file = (ReportFile){ .name = name };
    if (!read_sql(sql_path, run->arena, &sql, err))
        return false;
    file->title = title_of(sql);
    if (!draft_open(&draft, run->out_folder, csv_name, run->arena, err))
        return false;
    if (!store_run_select(run->store, sql, sql_path, run->date, draft.out, run->csv, &file->rows, err)) {
        if (err->kind == ERR_OUTPUT && !err->file[0])
            snprintf(err->file, sizeof err->file, "%s", draft.path.ptr);
        draft_drop(&draft);
        unlink(draft.path.ptr);          /* an earlier run's file would pass for this one's */
        return false;
    }
    if (!draft_keep(&draft, err))
        return false;
    file->path = draft.path;
    return true;
}

/* ---- all of them ------------------------------------------------------------------------ */

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool list_reports(const char *folder, Arena *arena, Strs *out, Error *err)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(err, ERR_INPUT, folder, 0, 0, "%s", strerror(errno));
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (name.len > 4 && str_ends(name, STR(".sql")) && name.ptr[0] != '.')
            LIST_PUSH(arena, out, str_copy(arena, (Str){ name.ptr, name.len - 4 }));
    }
    closedir(dir);
    if (out->len == 0)
        return error_set(err, ERR_INPUT, folder, 0, 0, "no *.sql in this folder");
    qsort(out->ptr, out->len, sizeof *out->ptr, compare_names);
    return true;
}

static bool write_run(const Run *run, const ReportFiles *files, Error *err)
{
    Draft draft;
    Str rules_hash, version;
    char day[DATE_TEXT_BYTES];
    JsonWriter json;
    if (!store_last_rules(run->store, run->arena, &rules_hash, &version, err))
        return false;
    json_begin(&json, run->arena);
    json_object(&json);
    json_key(&json, "as_of");    json_text_value(&json, str_from(date_format(run->date, day)));
    json_key(&json, "tracker");  json_text_value(&json, STR(TRACKER_VERSION));
    json_key(&json, "database"); json_text_value(&json, str_from(store_path(run->store)));
    json_key(&json, "rules");    json_text_value(&json, rules_hash);
    json_key(&json, "reports");
    json_array(&json);
    for (size_t i = 0; i < files->len; i++) {
        const ReportFile *file = &files->ptr[i];
        bool whole = file->path.len;
        json_object(&json);
        json_key(&json, "name");  json_text_value(&json, file->name);
        json_key(&json, "title"); json_text_value(&json, file->title);
        json_key(&json, "file");
        json_text_value(&json, whole ? str_printf(run->arena, "%.*s.csv", STR_ARG(file->name)) : STR_NONE);
        json_key(&json, "rows");
        if (whole)
            json_integer(&json, (int64_t)file->rows);
        else
            json_null(&json);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    if (!draft_open(&draft, run->out_folder, STR("run.json"), run->arena, err))
        return false;
    Str text = json_text(&json);
    fwrite(text.ptr, 1, text.len, draft.out);
    putc('\n', draft.out);
    if (!ferror(draft.out))
        return draft_keep(&draft, err);
    fail_output(draft.path, err);
    draft_drop(&draft);
    return false;
}

bool report_run(Store *store, const char *folder, Date date, const char *out_folder, ReportOptions options,
                Arena *arena, ReportFiles *files, Problems *problems)
{
    const Run run = {
        .store = store, .folder = folder, .out_folder = out_folder, .date = date, .arena = arena,
        .csv = { .format = SINK_CSV, .excel = options.excel, .verbatim = options.verbatim },
    };
    Strs names = { 0 };
    Error err;
    bool ok = list_reports(folder, arena, &names, &err);
    if (ok && mkdir(out_folder, 0777) != 0 && errno != EEXIST)
        ok = fail_output(str_from(out_folder), &err);
    if (!ok) {
        problems_add(problems, &err);
        return false;
    }
    for (size_t i = 0; i < names.len; i++) {
        ReportFile file;
        if (!run_one(&run, names.ptr[i], &file, &err)) {
            problems_add(problems, &err);
            ok = false;
        }
        LIST_PUSH(arena, files, file);
    }
    if (!write_run(&run, files, &err)) {
        problems_add(problems, &err);
        ok = false;
    }
    sync_folder(out_folder);
    return ok;
}
