#include "record/store_rows.h"

/* ---- statements and claims ----------------------------------------------------------------- */

void store_read_claim(sqlite3_stmt *from, int at, Arena *arena, ClaimRow *out)
{
    *out = (ClaimRow){
        .id = store_column(from, at, arena), .topic = store_column(from, at + 1, arena),
        .topic_label = store_column(from, at + 2, arena), .position = store_column(from, at + 3, arena),
        .condition = sqlite3_column_int(from, at + 4), .hedged = sqlite3_column_int(from, at + 5),
        .limit = store_column(from, at + 6, arena), .span = store_column(from, at + 7, arena),
        .rule = store_column(from, at + 8, arena), .words = store_column(from, at + 9, arena),
        .curated = sqlite3_column_int(from, at + 10), .negated = sqlite3_column_int(from, at + 11),
        .unconditional = sqlite3_column_int(from, at + 12), .side = sqlite3_column_int(from, at + 13),
    };
}

void store_read_statement(sqlite3_stmt *from, int at, Arena *arena, StatementRow *out)
{
    *out = (StatementRow){
        .id = store_column(from, at + 1, arena), .story = store_column(from, at + 2, arena),
        .n = sqlite3_column_int(from, at + 3), .speaker = store_column(from, at + 4, arena),
        .speaker_text = store_column(from, at + 5, arena), .speaker_span = store_column(from, at + 6, arena),
        .office = store_column(from, at + 7, arena), .country = store_column(from, at + 8, arena),
        .kind = store_column(from, at + 9, arena), .spans = store_column(from, at + 10, arena),
        .text = store_column(from, at + 11, arena), .cue = store_column(from, at + 12, arena),
        .cue_span = store_column(from, at + 13, arena), .said_on = store_column(from, at + 14, arena),
        .place = store_column(from, at + 15, arena), .negated = sqlite3_column_int(from, at + 16),
        .reporter = store_column(from, at + 17, arena), .rule = store_column(from, at + 18, arena),
        .title = store_column(from, at + 19, arena), .published = store_column(from, at + 20, arena),
        .source = store_column(from, at + 21, arena), .url = store_column(from, at + 22, arena),
        .official = store_column(from, at + 23, arena), .institution = sqlite3_column_int(from, at + 24),
        .context = store_column(from, at + 25, arena),
    };
}

sqlite3_stmt *store_prepare_claims(Store *store, Error *err)
{
    static const char sql[] = "SELECT " CLAIM_COLUMNS "FROM claims c JOIN topics t ON t.row = c.topic "
                              "WHERE c.statement = ?1 ORDER BY c.ordinal";
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK)
        return statement;
    store_fail(store, err);
    return NULL;
}

bool store_read_claims_of(Store *store, sqlite3_stmt *claims, int64_t statement_row, Arena *arena, StatementRow *out,
                          Error *err)
{
    struct { ClaimRow *ptr; size_t len, cap; } list = { 0 };
    int code;
    sqlite3_bind_int64(claims, 1, statement_row);
    while ((code = sqlite3_step(claims)) == SQLITE_ROW) {
        ClaimRow row;
        store_read_claim(claims, 0, arena, &row);
        LIST_PUSH(arena, &list, row);
    }
    bool ok = code == SQLITE_DONE || store_fail(store, err);
    sqlite3_reset(claims);
    out->claims = list.ptr;
    out->n_claims = list.len;
    return ok;
}

/* ---- pairs ------------------------------------------------------------------------------------ */

#define SIDE_COLUMNS(x)                                                                                      \
    "c" x ".id, t" x ".id, s" x ".speaker, s" x ".office, s" x ".country, s" x ".said_on, s" x ".place, "           \
    "c" x ".position, printf('[[%d,%d]]', c" x ".span_from, c" x ".span_to), c" x ".words, t" x ".url, "           \
    "c" x ".rule, t" x ".title, t" x ".published, t" x ".source, s" x ".id"
#define SIDE_FROM(x)                                                                                         \
    "CROSS JOIN claims c" x " ON c" x ".row = x.claim_" x " CROSS JOIN statements s" x " ON s" x ".row = c" x ".statement "     \
    "CROSS JOIN stories t" x " ON t" x ".row = s" x ".story "
enum { SIDE_COLUMN_COUNT = 16 };

const char *const store_pairs_select =
    "SELECT x.id, t.slug, coalesce(x.topic_label, t.label), x.grade, x.relation, x.score, x.reason, "
    "x.found_on, x.evidence, r.verdict, nullif(r.note, ''), r.reviewer, r.reviewed_utc, "
    SIDE_COLUMNS("a") ", " SIDE_COLUMNS("b")
    " FROM contradictions x CROSS JOIN topics t ON t.row = x.topic " SIDE_FROM("a") SIDE_FROM("b")
    "LEFT JOIN reviews r ON r.row = " LATEST_REVIEW("x.id");

static void read_side(sqlite3_stmt *from, int at, Arena *arena, ContradictionSide *out)
{
    *out = (ContradictionSide){
        .claim = store_column(from, at, arena), .story = store_column(from, at + 1, arena),
        .speaker = store_column(from, at + 2, arena), .office = store_column(from, at + 3, arena),
        .country = store_column(from, at + 4, arena), .said_on = store_column(from, at + 5, arena),
        .place = store_column(from, at + 6, arena), .position = store_column(from, at + 7, arena),
        .spans = store_column(from, at + 8, arena), .text = store_column(from, at + 9, arena),
        .url = store_column(from, at + 10, arena), .rule = store_column(from, at + 11, arena),
        .title = store_column(from, at + 12, arena), .published = store_column(from, at + 13, arena),
        .source = store_column(from, at + 14, arena), .statement = store_column(from, at + 15, arena),
    };
}

void store_read_pair(sqlite3_stmt *from, Arena *arena, ContradictionRow *out)
{
    *out = (ContradictionRow){
        .id = store_column(from, 0, arena), .topic = store_column(from, 1, arena),
        .topic_label = store_column(from, 2, arena), .grade = store_column(from, 3, arena),
        .relation = store_column(from, 4, arena), .score = sqlite3_column_double(from, 5),
        .reason = store_column(from, 6, arena), .found_on = store_column(from, 7, arena),
        .evidence = sqlite3_column_int(from, 8), .review = store_column(from, 9, arena),
        .review_note = store_column(from, 10, arena), .reviewer = store_column(from, 11, arena),
        .reviewed_utc = store_column(from, 12, arena),
    };
    read_side(from, 13, arena, &out->a);
    read_side(from, 13 + SIDE_COLUMN_COUNT, arena, &out->b);
}

/* ---- parameters ------------------------------------------------------------------------------- */

void store_bind_named(sqlite3_stmt *statement, const char *name, Str text)
{
    int at = sqlite3_bind_parameter_index(statement, name);
    if (at)
        store_bind(statement, at, text);
}
