#include "check.h"
#include "record_world.h"
#include "record/report.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/tracker-report-XXXXXX";
static Arena arena;

static const char *in_folder(const char *name)
{
    return str_printf(&arena, "%s/%s", folder, name).ptr;
}

static void write_text(const char *path, const char *text)
{
    FILE *out = fopen(path, "wb");
    CHECK_ROW(path, out && fputs(text, out) >= 0);
    if (out)
        fclose(out);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

enum { ERRORS_HELD = 16 };
static Error errors[ERRORS_HELD];
static size_t n_errors;
static void hold_error(void *user, const Error *err)
{
    (void)user;
    if (n_errors < ERRORS_HELD)
        errors[n_errors++] = *err;
}

static bool run(const char *reports, const char *day, const char *out, ReportOptions options, ReportFiles *files)
{
    Problems problems = { .report = hold_error };
    Store *store = world_store(NULL);
    n_errors = 0;
    *files = (ReportFiles){ 0 };
    bool ok = report_run(store, reports, world_date(day), out, options, &arena, files, &problems);
    CHECK(ok == (problems.errors == 0));
    store_close(store);
    return ok;
}

static void make_folder(void)
{
    CHECK(mkdtemp(folder) != NULL);
    CHECK(mkdir(in_folder("sql"), 0700) == 0);
}

/* ---- the reports that are shipped -------------------------------------------------- */

static void check_shipped(void)
{
    static const struct { const char *day, *name; size_t rows; } rows[] = {
        { "2025-02-13", "contradictions", 4 },
        { "2025-02-13", "statements", 5 },
        { "2025-02-13", "positions_by_official", 5 },
        { "2025-02-13", "positions_by_topic", 5 },
        { "2025-02-13", "new_officials", 2 },
        { "2025-02-14", "contradictions", 0 },
        { "2025-02-14", "new_officials", 0 },
        { "2025-03-03", "contradictions", 1 },
        { "2025-03-03", "positions_by_topic", 2 },
        { "1999-01-01", "statements", 0 },
    };
    ReportFiles files = { 0 };
    const char *done = NULL;
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        if (!done || strcmp(done, rows[i].day) != 0)
            CHECK_ROW(rows[i].day, run("reports", done = rows[i].day, in_folder("out"), (ReportOptions){ 0 }, &files));
        CHECK(files.len >= 5);
        for (size_t k = 0; k < files.len; k++)
            if (str_equal(files.ptr[k].name, str_from(rows[i].name))) {
                CHECK_ROW(rows[i].name, files.ptr[k].rows == rows[i].rows);
                CHECK_ROW(rows[i].name, files.ptr[k].title.len > 10);
                CHECK_ROW(rows[i].name, exists(files.ptr[k].path.ptr));
            }
    }
    Str text = check_read_file(in_folder("out/statements.csv"), &arena);
    CHECK(str_starts(text, STR("statement,speaker,office,country,kind,text,")));
}

/* Every column of every report is in the dictionary. */
static void check_columns_described(void)
{
    Str readme = check_read_file("reports/README.md", &arena);
    ReportFiles files = { 0 };
    CHECK(run("reports", "2025-02-13", in_folder("out"), (ReportOptions){ 0 }, &files));
    for (size_t i = 0; i < files.len; i++) {
        Str text = check_read_file(files.ptr[i].path.ptr, &arena), header, name;
        Str section = str_printf(&arena, "## %.*s", STR_ARG(files.ptr[i].name));
        CHECK_ROW(files.ptr[i].name.ptr, str_find(readme, section, 0) < readme.len);
        str_split(&text, '\n', &header);
        while (str_split(&header, ',', &name)) {
            Str quoted = str_printf(&arena, "`%.*s`", STR_ARG(name));
            CHECK_ROW(quoted.ptr, str_find(readme, quoted, 0) < readme.len);
        }
    }
}

/* ---- an analyst's own ------------------------------------------------------------------- */

static const struct { const char *name, *sql, *want; int line, col; } broken[] = {
    { "a-name", "-- A title\nSELECT speaker,\n  nosuch FROM who_said_what;\n", "no such column: nosuch", 3, 3 },
    { "a-syntax", "SELECT 1 FRM who_said_what\n", "near \"who_said_what\": syntax error", 1, 14 },
    { "deletes", "DELETE FROM statements;\n", "a report may only read: one SELECT", 0, 0 },
    { "attaches", "ATTACH '/tmp/x.db' AS x;\n", "a report may only read: one SELECT", 0, 0 },
    { "pragma", "PRAGMA user_version = 3;\n", "a report may only read: one SELECT", 0, 0 },
    { "two", "SELECT 1; SELECT 2;\n", "more than one statement: a report is one SELECT", 0, 0 },
    { "empty", "-- nothing\n", "no SELECT in it", 0, 0 },
    { "parameter", "SELECT :day;\n", "a parameter other than :date", 0, 0 },
    { "fails-late", "SELECT abs(-9223372036854775807 - 1);\n", "integer overflow", 0, 0 },
};

static void check_broken(void)
{
    ReportFiles files;
    for (size_t i = 0; i < BASE_COUNT(broken); i++)
        write_text(str_printf(&arena, "%s/sql/%s.sql", folder, broken[i].name).ptr, broken[i].sql);
    write_text(in_folder("sql/good.sql"), "-- Good\nSELECT :date AS day, 1 AS n, 0.5 AS share, NULL AS blank, '=1+1' AS "
               "formula, -5 AS minus -- the end\n;\n");
    write_text(in_folder("sql/.hidden.sql"), "SELECT 1;\n");
    write_text(in_folder("sql/notes.txt"), "no report\n");
    mkdir(in_folder("broken"), 0700);
    write_text(in_folder("broken/deletes.csv"), "of yesterday\n");
    CHECK(!run(in_folder("sql"), "2025-02-13", in_folder("broken"), (ReportOptions){ 0 }, &files));
    CHECK(files.len == BASE_COUNT(broken) + 1);
    CHECK(n_errors == BASE_COUNT(broken));
    for (size_t i = 0; i < BASE_COUNT(broken); i++) {
        Str path = str_printf(&arena, "%s/sql/%s.sql", folder, broken[i].name);
        size_t k = 0;
        while (k < n_errors && strcmp(errors[k].file, path.ptr) != 0)
            k++;
        CHECK_ROW(broken[i].name, k < n_errors);
        if (k == n_errors)
            continue;
        CHECK_STR(broken[i].name, str_from(errors[k].text), str_from(broken[i].want));
        CHECK_ROW(broken[i].name, errors[k].line == broken[i].line && errors[k].col == broken[i].col);
        CHECK_ROW(broken[i].name, !exists(str_printf(&arena, "%s/broken/%s.csv", folder, broken[i].name).ptr));
    }
    CHECK_STR("good", check_read_file(in_folder("broken/good.csv"), &arena),
              STR("day,n,share,blank,formula,minus\n2025-02-13,1,0.5,,'=1+1,-5\n"));
    DIR *dir = opendir(in_folder("broken"));
    size_t n = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL; n++)
        CHECK_ROW(entry->d_name, !strstr(entry->d_name, ".part"));
    if (dir)
        closedir(dir);
    CHECK(n == 4);                                                  /* . .. good.csv run.json */
}

static void check_run_file(void)
{
    ReportFiles files;
    for (size_t i = 0; i < BASE_COUNT(broken); i++)
        unlink(str_printf(&arena, "%s/sql/%s.sql", folder, broken[i].name).ptr);
    write_text(in_folder("sql/bad.sql"), "SELECT nosuch;\n");
    CHECK(!run(in_folder("sql"), "2025-02-13", in_folder("one"), (ReportOptions){ 0 }, &files));
    Str want = str_printf(&arena, "{\"as_of\":\"2025-02-13\",\"tracker\":\"%s\",\"database\":\":memory:\","
                          "\"rules\":\"0000000000000007\",\"reports\":[{\"name\":\"bad\",\"title\":null,\"file\":null,"
                          "\"rows\":null},{\"name\":\"good\",\"title\":\"Good\",\"file\":\"good.csv\",\"rows\":1}]}\n",
                          TRACKER_VERSION);
    CHECK_STR("run.json", check_read_file(in_folder("one/run.json"), &arena), want);
}

static void check_styles(void)
{
    ReportFiles files;
    unlink(in_folder("sql/bad.sql"));
    write_text(in_folder("sql/good.sql"), "SELECT '=1+1' AS formula;\n");
    CHECK(run(in_folder("sql"), "2025-02-13", in_folder("one"), (ReportOptions){ .excel = true }, &files));
    CHECK_STR("excel", check_read_file(in_folder("one/good.csv"), &arena), STR("\xEF\xBB\xBF" "formula\r\n'=1+1\r\n"));
    CHECK(run(in_folder("sql"), "2025-02-13", in_folder("one"), (ReportOptions){ .verbatim = true }, &files));
    CHECK_STR("verbatim", check_read_file(in_folder("one/good.csv"), &arena), STR("formula\n=1+1\n"));
}

static void check_folders(void)
{
    ReportFiles files;
    CHECK(!run(in_folder("no-such"), "2025-02-13", in_folder("one"), (ReportOptions){ 0 }, &files));
    CHECK(errors[0].kind == ERR_INPUT && strcmp(errors[0].file, in_folder("no-such")) == 0);
    CHECK(!run(in_folder("one"), "2025-02-13", in_folder("two"), (ReportOptions){ 0 }, &files));
    CHECK_STR("no reports", str_from(errors[0].text), STR("no *.sql in this folder"));
    CHECK(!run(in_folder("sql"), "2025-02-13", in_folder("one/good.csv/x"), (ReportOptions){ 0 }, &files));
    CHECK(errors[0].kind == ERR_OUTPUT);
    CHECK(!run(in_folder("sql"), "2025-02-13", in_folder("no/such"), (ReportOptions){ 0 }, &files));
    CHECK(errors[0].kind == ERR_OUTPUT);
}

static void remove_folder(void)
{
    static const char *const folders[] = { "out", "sql", "broken", "one", "." };
    for (size_t i = 0; i < BASE_COUNT(folders); i++) {
        const char *path = in_folder(folders[i]);
        DIR *dir = opendir(path);
        for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
            unlink(str_printf(&arena, "%s/%s", path, entry->d_name).ptr);
        if (dir)
            closedir(dir);
        if (strcmp(folders[i], ".") != 0)
            rmdir(path);
    }
    CHECK_ROW(folder, rmdir(folder) == 0);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "set up", make_folder },
    { "the reports that are shipped", check_shipped },
    { "every column is described", check_columns_described },
    { "broken reports", check_broken },
    { "run.json", check_run_file },
    { "for spreadsheets and for programs", check_styles },
    { "folders", check_folders },
    { "clean up", remove_folder },
};

const TestSuite test_report = SUITE(cases);
