#include "record/store_rows.h"

#include "base/utf8.h"

#include <string.h>

static int allow_reading_only(void *user, int action, const char *a, const char *b, const char *c, const char *d)
{
    (void)user, (void)a, (void)b, (void)c, (void)d;
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE
               ? SQLITE_OK : SQLITE_DENY;
}

static bool fail_in_sql(const Store *store, Str sql, const char *name, Error *err)
{
    int offset = sqlite3_error_offset(store->db), line = 0, col = 0;
    if (offset >= 0 && (size_t)offset <= sql.len) {
        Str before = { sql.ptr, (size_t)offset };
        size_t start = before.len;
        while (start > 0 && before.ptr[start - 1] != '\n')
            start--;
        line = 1;
        for (size_t i = 0; i < start; i++)
            line += before.ptr[i] == '\n';
        col = (int)utf8_count((Str){ before.ptr + start, before.len - start }) + 1;
    }
    const char *words = sqlite3_errmsg(store->db);
    return error_set(err, ERR_DATABASE, name, line, col, "%s",
                     strcmp(words, "not authorized") == 0 ? "a report may only read: one SELECT" : words);
}

/* White space, semicolons and comments. */
static bool is_idle_sql(Str sql)
{
    while ((sql = str_trim(sql)).len) {
        Str line;
        if (sql.ptr[0] == ';')
            sql = (Str){ sql.ptr + 1, sql.len - 1 };
        else if (str_starts(sql, STR("--")))
            str_split(&sql, '\n', &line);
        else
            return false;
    }
    return true;
}

static sqlite3_stmt *prepare_select(Store *store, Str sql, const char *name, Error *err)
{
    sqlite3_stmt *statement = NULL;
    const char *tail = NULL;
    sqlite3_set_authorizer(store->db, allow_reading_only, NULL);
    int code = sqlite3_prepare_v2(store->db, sql.ptr, (int)sql.len, &statement, &tail);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    if (code != SQLITE_OK) {
        fail_in_sql(store, sql, name, err);
        return NULL;
    }
    const char *fault = NULL;
    if (!statement)
        fault = "no SELECT in it";
    else if (!is_idle_sql((Str){ tail, sql.len - (size_t)(tail - sql.ptr) }))
        fault = "more than one statement: a report is one SELECT";
    else if (!sqlite3_stmt_readonly(statement))
        fault = "a report may only read: one SELECT";
    for (int i = 1; !fault && i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *parameter = sqlite3_bind_parameter_name(statement, i);
        if (!parameter || strcmp(parameter, ":date") != 0)
            fault = "a parameter other than :date";
    }
    if (!fault)
        return statement;
    error_set(err, ERR_DATABASE, name, 0, 0, "%s", fault);
    sqlite3_finalize(statement);
    return NULL;
}

static void send_value(Sink *sink, sqlite3_stmt *from, int at, Arena *arena)
{
    switch (sqlite3_column_type(from, at)) {
    case SQLITE_INTEGER: sink_integer(sink, sqlite3_column_int64(from, at)); break;
    case SQLITE_FLOAT:   sink_real(sink, sqlite3_column_double(from, at)); break;
    case SQLITE_NULL:    sink_null(sink); break;
    default:             sink_text(sink, store_column(from, at, arena)); break;
    }
}

bool store_run_select(Store *store, Str sql, const char *name, Date date, FILE *out, SinkOptions options,
                      size_t *n_rows, Error *err)
{
    sqlite3_stmt *statement = prepare_select(store, sql, name, err);
    if (!statement)
        return false;
    Arena arena, row;
    arena_init(&arena);
    arena_init(&row);
    int n = sqlite3_column_count(statement), code;
    SinkColumn *columns = ARENA_ARRAY(&arena, SinkColumn, n);
    for (int i = 0; i < n; i++)
        columns[i].name = str_cstr(&arena, str_from(sqlite3_column_name(statement, i)));
    store_bind_named(statement, ":date", store_day(date, &arena));
    Sink *sink = sink_open(out, columns, (size_t)n, options);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < n; i++)
            send_value(sink, statement, i, &row);
        sink_row_end(sink);
        arena_reset(&row);
    }
    *n_rows = sink_rows(sink);
    bool ok = code == SQLITE_DONE || fail_in_sql(store, sql, name, err);
    ok &= sink_close(sink, ok ? err : NULL);
    sqlite3_finalize(statement);
    arena_clear(&row);
    arena_clear(&arena);
    return ok;
}
