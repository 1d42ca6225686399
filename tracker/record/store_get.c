#include "record/store_rows.h"

/* Prepare, bind one id and step to its row.  NULL after filling err; ERR_USAGE when there is no row. */
static sqlite3_stmt *find_row(Store *store, const char *sql, Str id, Error *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        store_fail(store, err);
        return NULL;
    }
    store_bind(statement, 1, id);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return statement;
    if (code == SQLITE_DONE)
        error_set(err, ERR_USAGE, store->path, 0, 0, "nothing has the id %.*s", STR_ARG(id));
    else
        store_fail(store, err);
    sqlite3_finalize(statement);
    return NULL;
}

static const struct { char letter; StoreThing thing; const char *sql; } id_tables[] = {
    { 0,   STORE_STORY,         "SELECT id FROM stories WHERE id = ?1" },
    { 's', STORE_STATEMENT,     "SELECT id FROM statements WHERE row IN " ROWS_OF_ID("?1")
                              " AND id BETWEEN ?1 AND ?1 || 'g' LIMIT 2" },
    { 'c', STORE_CLAIM,         "SELECT id FROM claims WHERE statement IN " ROWS_OF_ID("?1")
                              " AND id BETWEEN ?1 AND ?1 || 'g' LIMIT 2" },
    { 'p', STORE_STANDING,      "SELECT id FROM standing WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 2" },
    { 'x', STORE_CONTRADICTION, "SELECT id FROM contradictions WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 2" },
    { 0,   STORE_STORY,         "SELECT st.id FROM story_copies k JOIN stories st ON st.row = k.story WHERE k.id = ?1 LIMIT 1" },
    { 0,   STORE_STORY,         "SELECT id FROM stories WHERE id BETWEEN ?1 AND ?1 || char(1114111) LIMIT 2" },
};

bool store_find_id(Store *store, Str prefix, Arena *arena, StoreThing *thing, Str *id, Error *err)
{
    Error here = { 0 };
    bool found = false;
    for (size_t i = 0; i < BASE_COUNT(id_tables) && !found && prefix.len; i++) {
        char letter = id_tables[i].letter;
        if (letter && !(prefix.len >= 2 && prefix.ptr[0] == letter && prefix.ptr[1] == '-'))
            continue;
        sqlite3_stmt *statement = find_row(store, id_tables[i].sql, prefix, &here);
        if (!statement && here.kind == ERR_DATABASE) {
            *err = here;
            return false;
        }
        if (!statement)
            continue;
        found = true;
        *id = store_column(statement, 0, arena);
        *thing = id_tables[i].thing;
        bool several = !str_equal(*id, prefix) && sqlite3_step(statement) == SQLITE_ROW;
        Str other = several ? store_column(statement, 0, arena) : STR_NONE;
        sqlite3_finalize(statement);
        if (several)
            return error_set(err, ERR_USAGE, store->path, 0, 0, "more than one id begins with %.*s: %.*s, %.*s ...",
                             STR_ARG(prefix), STR_ARG(*id), STR_ARG(other));
    }
    return found || error_set(err, ERR_USAGE, store->path, 0, 0, "nothing has the id %.*s", STR_ARG(prefix));
}

bool store_get_story(Store *store, Str id, Arena *arena, Story *out, Error *err)
{
    sqlite3_stmt *row = find_row(store, "SELECT id, title, source, url, place, published, text FROM stories "
                                 "WHERE id = ?1", id, err);
    if (!row)
        return false;
    *out = (Story){
        .id = store_column(row, 0, arena), .title = store_column(row, 1, arena), .source = store_column(row, 2, arena),
        .url = store_column(row, 3, arena), .place = store_column(row, 4, arena), .text = store_column(row, 6, arena),
        .published = DATE_UNKNOWN, .path = str_copy(arena, str_from(store->path)),
    };
    Str day = store_column(row, 5, arena);
    if (day.len)
        date_parse(day, &out->published);
    sqlite3_finalize(row);
    return true;
}

bool store_get_links(Store *store, Str id, Arena *arena, StoryLinks *out, Error *err)
{
    Step got = STEP_FAILED;
    sqlite3_stmt *row;
    *out = (StoryLinks){ 0 };
    if (sqlite3_prepare_v2(store->db, "SELECT relation, story, published, source, url, first <> ?1, first FROM linked_stories "
                           "WHERE first = ?1 UNION ALL SELECT relation, story, published, source, url, 1, first "
                           "FROM linked_stories WHERE story = ?1 AND first <> ?1 ORDER BY 3, 4, 2", -1, &row, NULL) != SQLITE_OK)
        return store_fail(store, err);
    store_bind(row, 1, id);
    while ((got = store_step(store, row, err)) == STEP_ROW) {
        StoryLink link = { .relation = store_column(row, 0, arena), .id = store_column(row, 1, arena),
                           .published = store_column(row, 2, arena), .source = store_column(row, 3, arena),
                           .url = store_column(row, 4, arena) };
        if (sqlite3_column_int(row, 5))
            out->first = store_column(row, 6, arena);
        else
            LIST_PUSH(arena, out, link);
    }
    sqlite3_finalize(row);
    return got == STEP_END;
}

bool store_get_statement(Store *store, Str id, Arena *arena, StatementRow *out, Error *err)
{
    sqlite3_stmt *row = find_row(store, str_starts(id, STR("c-"))
        ? "SELECT " STATEMENT_COLUMNS STATEMENT_FROM "WHERE s.row = (SELECT statement FROM claims "
          "WHERE statement IN " ROWS_OF_ID("?1") " AND id = ?1)"
        : "SELECT " STATEMENT_COLUMNS STATEMENT_FROM "WHERE s.row IN " ROWS_OF_ID("?1") " AND s.id = ?1", id, err);
    if (!row)
        return false;
    sqlite3_stmt *claims = store_prepare_claims(store, err);
    store_read_statement(row, 0, arena, out);
    bool ok = claims && store_read_claims_of(store, claims, sqlite3_column_int64(row, 0), arena, out, err);
    sqlite3_finalize(claims);
    sqlite3_finalize(row);
    return ok;
}

bool store_get_claim(Store *store, Str id, Arena *arena, Claim *out, Error *err)
{
    sqlite3_stmt *row = find_row(store, "SELECT t.slug, coalesce(c.topic_label, t.label), c.curated, c.position, c.side, "
                                 "c.negated, c.condition, c.hedged, c.unconditional, c.limiter, c.rule, c.flags, "
                                 "c.content_words, c.symbols, c.names FROM claims c JOIN topics t ON t.row = c.topic "
                                 "WHERE c.statement IN " ROWS_OF_ID("?1") " AND c.id = ?1", id, err);
    if (!row)
        return false;
    *out = (Claim){
        .topic = store_column(row, 0, arena), .topic_label = store_column(row, 1, arena),
        .curated = sqlite3_column_int(row, 2), .position = store_column(row, 3, arena),
        .side = sqlite3_column_int(row, 4), .negated = sqlite3_column_int(row, 5),
        .condition = sqlite3_column_int(row, 6), .hedged = sqlite3_column_int(row, 7),
        .unconditional = sqlite3_column_int(row, 8), .limit = store_column(row, 9, arena),
        .rule = store_column(row, 10, arena), .flags = (unsigned)sqlite3_column_int(row, 11),
        .content_words = sqlite3_column_int(row, 12),
    };
    store_parse_symbols(store_column(row, 13, arena), arena, out);
    store_parse_names(store_column(row, 14, arena), arena, &out->names);
    sqlite3_finalize(row);
    return true;
}

bool store_get_contradiction(Store *store, Str id, Arena *arena, ContradictionRow *out, Error *err)
{
    Str sql = str_printf(arena, "%s WHERE x.id = ?1", store_pairs_select);
    sqlite3_stmt *row = find_row(store, sql.ptr, id, err);
    if (!row)
        return false;
    store_read_pair(row, arena, out);
    sqlite3_finalize(row);
    return true;
}
