#include "bench/bench.h"
#include "base/json.h"
#include "read/input.h"
#include "record/store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 3, POOL_ROUNDS = 12, DESK_ROUNDS = 8, DESK_STORIES = 450, PARTS = 24 };
/* Of the fixtures' texts; a file's are parted in PARTS, of which each run adds one. */
typedef enum Half { HALF_ON_FILE, HALF_ADDED, HALVES } Half;

static const char script[] = "tests/bench/fill.sql";

/* ---- a database of many claims -------------------------------------------------- */

static void fail(sqlite3 *db)
{
    fprintf(stderr, "bench: %s: %s\n", script, sqlite3_errmsg(db));
    exit(EXIT_FAILURE);
}

static void execute(sqlite3 *db, const char *sql, long long claims)
{
    while (*sql) {
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(db, sql, -1, &statement, &sql) != SQLITE_OK)
            fail(db);
        if (!statement)
            continue;
        int at = sqlite3_bind_parameter_index(statement, ":n");
        if (at)
            sqlite3_bind_int64(statement, at, claims);
        int code;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW)
            ;
        if (code != SQLITE_DONE)
            fail(db);
        sqlite3_finalize(statement);
    }
}

static char *read_script(Arena *arena)
{
    enum { MOST = 64 * 1024 };
    char *text = arena_alloc(arena, MOST + 1);
    FILE *in = fopen(script, "r");
    if (!in || fread(text, 1, MOST, in) == 0)
        bench_die(script);
    fclose(in);
    return text;
}

/* What makes them anew: sorted once they take a part of the time that row by row would. */
static char *drop_indexes(sqlite3 *db, Arena *arena)
{
    static const char ask[] = "SELECT group_concat(sql, ';'), group_concat('DROP INDEX main.' || name, ';') "
                              "FROM main.sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'";
    sqlite3_stmt *both;
    if (sqlite3_prepare_v2(db, ask, -1, &both, NULL) != SQLITE_OK || sqlite3_step(both) != SQLITE_ROW)
        fail(db);
    char *make = str_cstr(arena, str_from((const char *)sqlite3_column_text(both, 0)));
    char *drop = str_cstr(arena, str_from((const char *)sqlite3_column_text(both, 1)));
    sqlite3_finalize(both);
    execute(db, drop, 0);
    return make;
}

static void fill(const char *path, const char *real, long long claims, Arena *arena)
{
    Error err;
    Store *store = store_open(path, STORE_WRITE, &err);
    if (!store) {
        fprintf(stderr, "bench: %s\n", err.text);
        exit(EXIT_FAILURE);
    }
    store_close(store);
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        fail(db);
    execute(db, str_printf(arena, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; "
                           "PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY; ATTACH '%s' AS real; BEGIN", real).ptr, 0);
    char *indexes = drop_indexes(db, arena);
    execute(db, read_script(arena), claims);
    execute(db, indexes, 0);
    execute(db, "COMMIT; PRAGMA journal_mode = WAL", 0);
    sqlite3_close(db);
}

/* ---- stories of the day after its last ------------------------------------------ */

static FILE *create(const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        bench_die(path);
    return out;
}

static void write_rounds(const char *path, Half half, int first, int rounds, Date published, Load *load)
{
    FILE *out = create(path);
    size_t bytes = 0;
    for (int round = first; round < first + rounds; round++)
        bytes += bench_write_round(out, (int)half, HALVES, round, published);
    if (fclose(out) != 0)
        bench_die(path);
    *load = (Load){ .path = path, .mb = (double)bytes / 1e6 };
}

/* Stories of a file of one's own that are of these parts; published: DATE_UNKNOWN leaves each its own day. */
static void write_parts(const char *path, const char *from, int first, int last, size_t most, Date published, Load *load)
{
    FILE *out = create(path);
    Problems problems = { 0 };
    Input *input = input_open(&from, 1, (InputOptions){ .date = DATE_UNKNOWN }, &problems);
    Arena scratch = { 0 };
    char day[DATE_TEXT_BYTES];
    size_t bytes = 0, n = 0;
    for (Story story; load->stories < most && input_next(input, &scratch, &story); n++, arena_reset(&scratch)) {
        if ((int)(n % PARTS) < first || (int)(n % PARTS) > last)
            continue;
        Date date = published == DATE_UNKNOWN ? story.published : published;
        JsonWriter json;
        json_begin(&json, &scratch);
        json_object(&json);
        json_key(&json, "id");        json_text_value(&json, story.id);
        if (date != DATE_UNKNOWN) {
            json_key(&json, "published"); json_text_value(&json, str_from(date_format(date, day)));
        }
        json_key(&json, "text");      json_text_value(&json, story.text);
        json_end(&json);
        bytes += (size_t)fprintf(out, "%.*s\n", STR_ARG(json_text(&json)));
        load->stories++;
    }
    input_close(input);
    arena_clear(&scratch);
    if (fclose(out) != 0)
        bench_die(path);
    load->path = path;
    load->mb = (double)bytes / 1e6;
}

/* ---- both ------------------------------------------------------------------------- */

static Result add(const char *tracker, const char *db, const char *stories, Arena *arena)
{
    char *word[] = { str_cstr(arena, str_from(tracker)), str_cstr(arena, STR("add")), str_cstr(arena, STR("-q")),
                     str_cstr(arena, STR("--format=jsonl")), str_cstr(arena, STR("--db")),
                     str_cstr(arena, str_from(db)), str_cstr(arena, str_from(stories)), NULL };
    return bench_run(word);
}

static void keep_least(Result *least, Result one)
{
    if (least->seconds <= 0 || one.seconds < least->seconds)
        least->seconds = one.seconds;
    if (least->cpu_seconds <= 0 || one.cpu_seconds < least->cpu_seconds)
        least->cpu_seconds = one.cpu_seconds;
}

static void print_ratio(const char *what, const Result both[2])
{
    printf("%-18s %8.3f %10.3f %10.2f %10.3f %10.3f %10.2f\n", what, both[0].seconds, both[1].seconds,
           both[1].seconds / both[0].seconds, both[0].cpu_seconds, both[1].cpu_seconds,
           both[1].cpu_seconds / both[0].cpu_seconds);
}

void bench_grow(const char *tracker, const char *folder, const char *more, long long claims)
{
    Arena arena;
    arena_init(&arena);
    Date last = date_from_civil(2026, 1, 1);
    const char *pool = str_printf(&arena, "%s/pool.jsonl", folder).ptr, *real = str_printf(&arena, "%s/pool.db", folder).ptr;
    const char *empty = str_printf(&arena, "%s/empty.db", folder).ptr, *full = str_printf(&arena, "%s/full.db", folder).ptr;
    const char *desk = str_printf(&arena, "%s/desk.jsonl", folder).ptr, *one = str_printf(&arena, "%s/one.jsonl", folder).ptr;
    Load load = { 0 }, single = { 0 };
    bench_remove_database(real);
    bench_remove_database(full);
    if (more)
        write_parts(pool, more, RUNS, PARTS - 1, SIZE_MAX, DATE_UNKNOWN, &load);
    else
        write_rounds(pool, HALF_ON_FILE, 1000, POOL_ROUNDS, DATE_UNKNOWN, &load);
    add(tracker, real, pool, &arena);
    fill(full, real, claims, &arena);

    Result day[2] = { { 0 } }, story[2] = { { 0 } };
    for (int run = 0; run < RUNS; run++) {
        load = single = (Load){ 0 };
        if (more)
            write_parts(desk, more, run, run, DESK_STORIES, last + 1, &load);
        else
            write_rounds(desk, HALF_ADDED, 2000 + run * DESK_ROUNDS, DESK_ROUNDS, last + 1, &load);
        FILE *out = create(one);
        single.mb = (double)fprintf(out, "{\"id\":\"one-%d\",\"published\":\"2026-01-02\",\"text\":\"The ferry treaty is off "
                                    "the table, Foreign Minister Ada Roe said on Friday. Number %d.\"}\n", run, run) / 1e6;
        fclose(out);
        bench_remove_database(empty);
        keep_least(&story[0], add(tracker, empty, one, &arena));
        keep_least(&story[1], add(tracker, full, one, &arena));
        bench_remove_database(empty);
        keep_least(&day[0], add(tracker, empty, desk, &arena));
        keep_least(&day[1], add(tracker, full, desk, &arena));
    }
    printf("\nwith %lld claims on file, against an empty database; the least of %d runs\n", claims, RUNS);
    printf("%-18s %8s %10s %10s %10s %10s %10s\n", "", "empty", "full", "full/empty", "CPU empty", "CPU full",
           "full/empty");
    print_ratio("one story", story);
    print_ratio("a day's stories", day);
    bench_remove_database(full);
    bench_remove_database(empty);
    bench_remove_database(real);
    arena_clear(&arena);
}
