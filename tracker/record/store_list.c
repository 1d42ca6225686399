#include "record/store_rows.h"

#include "base/utf8.h"

/* ---- filters -------------------------------------------------------------------- */

void store_filter_init(StoreFilter *filter)
{
    *filter = (StoreFilter){ .since = DATE_UNKNOWN, .until = DATE_UNKNOWN };
}

/* What a list shows, and the condition that each field of a filter is; NULL where the list has no such thing. */
typedef struct ListQuery {
    const char *select;              /* up to WHERE; NULL: store_pairs_select */
    const char *day;                 /* what since and until look at */
    const char *id, *who, *topic, *position, *source, *relation, *grade, *unreviewed, *reviewed, *any_review, *reviewer, *after, *words;
    const char *order;
} ListQuery;

#define OFFICIALS_NAMED "(SELECT row FROM officials WHERE instr(folded, :who))"
#define TOPICS_NAMED    "(SELECT row FROM topics WHERE slug = lower(:topic) OR instr(folded, :topic))"
#define STARTS_WITH_ID(column) column " BETWEEN :id AND :id || char(1114111)"
#define SAME(column, value)    column " = " value " COLLATE NOCASE"

static const ListQuery story_list = {
    .select = "SELECT st.id, st.title, st.source, st.url, st.place, st.published, "
              "(SELECT count(*) FROM statements s WHERE s.story = st.row), "
              "(SELECT count(*) FROM statements s JOIN claims c ON c.statement = s.row WHERE s.story = st.row), "
              "(SELECT count(*) FROM story_copies k WHERE k.story = st.row) + "
              "(SELECT count(*) FROM story_versions v WHERE v.first = st.row) FROM stories st",
    .day = "st.published", .id = STARTS_WITH_ID("st.id"), .source = SAME("st.source", ":source"),
    .who = "st.row IN (SELECT s.story FROM statements s WHERE s.official IN " OFFICIALS_NAMED ")",
    .topic = "st.row IN (SELECT s.story FROM claims c JOIN statements s ON s.row = c.statement WHERE c.topic IN "
             TOPICS_NAMED ")",
    .order = "st.published, st.id",
};

static const ListQuery statement_list = {
    .select = "SELECT " STATEMENT_COLUMNS STATEMENT_FROM,
    .day = "s.day", .id = "s.row IN " ROWS_OF_ID(":id") " AND " STARTS_WITH_ID("s.id"),
    .source = SAME("st.source", ":source"),
    .who = "s.official IN " OFFICIALS_NAMED,
    .topic = "s.row IN (SELECT statement FROM claims WHERE topic IN " TOPICS_NAMED ")",
    .position = "s.row IN (SELECT statement FROM claims WHERE " SAME("position", ":position") ")",
    .order = "s.day, st.id, s.n",
};

/* CROSS here and below: the order of the tables is given, since nothing tells SQLite how many rows they have. */
static const ListQuery claim_list = {
    .select = "SELECT " CLAIM_COLUMNS ", " STATEMENT_COLUMNS "FROM statements s CROSS JOIN claims c ON c.statement = s.row "
              "CROSS JOIN topics t ON t.row = c.topic CROSS JOIN stories st ON st.row = s.story "
              "LEFT JOIN officials o ON o.row = s.official",
    .day = "s.day", .id = "s.row IN " ROWS_OF_ID(":id") " AND " STARTS_WITH_ID("c.id"),
    .source = SAME("st.source", ":source"),
    .who = "s.official IN " OFFICIALS_NAMED,
    .topic = "s.row IN (SELECT statement FROM claims WHERE topic IN " TOPICS_NAMED ") AND (t.slug = lower(:topic) OR instr(t.folded, :topic))",
    .position = SAME("c.position", ":position"),
    .order = "s.day, st.id, s.n, c.ordinal",
};

static const ListQuery contradiction_list = {
    .day = "x.found_on", .id = STARTS_WITH_ID("x.id"),
    .source = "(" SAME("ta.source", ":source") " OR " SAME("tb.source", ":source") ")",
    .who = "x.row IN (SELECT p.row FROM officials n CROSS JOIN contradictions p ON p.official_a = n.row OR "
           "p.official_b = n.row WHERE instr(n.folded, :who))",
    .topic = "x.row IN (SELECT p.row FROM topics n CROSS JOIN contradictions p ON p.topic = n.row OR p.other_topic = n.row "
             "WHERE n.slug = lower(:topic) OR instr(n.folded, :topic))",
    .position = "(" SAME("ca.position", ":position") " OR " SAME("cb.position", ":position") ")",
    .relation = SAME("x.relation", ":relation"), .grade = SAME("x.grade", ":grade"),
    .unreviewed = "r.row IS NULL", .reviewed = "r.verdict = :reviewed", .any_review = "r.row IS NOT NULL", .after = "x.row IN (SELECT row FROM contradictions WHERE row > :after)",
    .order = "x.found_on DESC, x.score DESC, x.id",
};

#define REVIEW_SIDE_COLUMNS(x)                                                                               \
    "r." x "_story, r." x "_speaker, '[' || r." x "_from || ',' || r." x "_to || ']', r." x "_text"

static const ListQuery review_list = {
    .select = "SELECT r.contradiction, r.verdict, nullif(r.note, ''), r.reviewer, r.reviewed_utc, "
              "r.row = " LATEST_REVIEW("r.contradiction") ", "
              "EXISTS (SELECT 1 FROM contradictions x WHERE x.id = r.contradiction), r.topic_label, "
              REVIEW_SIDE_COLUMNS("a") ", " REVIEW_SIDE_COLUMNS("b") ", r.carried_from FROM reviews r",
    .day = "substr(r.reviewed_utc, 1, 10)",
    .reviewed = "r.verdict = :reviewed", .reviewer = "r.reviewer = :reviewer",
    .order = "r.reviewed_utc, r.row",
};

static const ListQuery search_list = {
    .select = "SELECT " STATEMENT_COLUMNS "FROM statement_words w JOIN statements s ON s.row = w.rowid "
              "JOIN stories st ON st.row = s.story LEFT JOIN officials o ON o.row = s.official",
    .day = "s.day", .id = STARTS_WITH_ID("s.id"), .source = SAME("st.source", ":source"),
    .who = "s.official IN " OFFICIALS_NAMED,
    .topic = "s.row IN (SELECT statement FROM claims WHERE topic IN " TOPICS_NAMED ")",
    .words = "statement_words MATCH :words",
    .order = "w.rank, s.day, st.id, s.n",
};

/* ---- from filter to statement ------------------------------------------------------ */

/*
 * People's words as FTS5 has them: every word in quotation marks, so that none is taken for an operator;
 * "phrases" stay together and word* stays a beginning.
 */
static Str match_expression(Str words, Arena *arena)
{
    Str out = STR("");
    for (size_t at = 0; at < words.len;) {
        bool phrase = words.ptr[at] == '"';
        size_t from = at + phrase, to = from;
        while (to < words.len && words.ptr[to] != '"' && (phrase || words.ptr[to] != ' '))
            to++;
        Str word = str_trim((Str){ words.ptr + from, to - from });
        at = to + (to < words.len && (phrase || words.ptr[to] == ' '));
        bool beginning = phrase ? at < words.len && words.ptr[at] == '*' : str_ends(word, STR("*"));
        if (beginning && phrase)
            at++;
        else if (beginning)
            word.len--;
        if (word.len)
            out = str_printf(arena, "%.*s%s\"%.*s\"%s", STR_ARG(out), out.len ? " " : "", STR_ARG(word),
                             beginning ? "*" : "");
    }
    return out;
}

typedef struct Where { Arena *arena; Str text; } Where;

static void where_add(Where *where, bool wanted, const char *condition)
{
    if (wanted && condition)
        where->text = str_printf(where->arena, "%.*s%s%s", STR_ARG(where->text), where->text.len ? " AND " : " WHERE ",
                                 condition);
}

static void bind_number(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int at = sqlite3_bind_parameter_index(statement, name);
    if (at)
        sqlite3_bind_int64(statement, at, value);
}

/* NULL after filling err.  What is bound lives in the arena or the filter. */
static sqlite3_stmt *prepare_list(Store *store, const ListQuery *list, const StoreFilter *filter, Arena *arena,
                                  Error *err)
{
    Where where = { arena, STR("") };
    where_add(&where, filter->words.len, list->words);
    where_add(&where, filter->id.len, list->id);
    where_add(&where, filter->who.len, list->who);
    where_add(&where, filter->topic.len, list->topic);
    where_add(&where, filter->position.len, list->position);
    where_add(&where, filter->source.len, list->source);
    where_add(&where, filter->relation.len, list->relation);
    where_add(&where, filter->grade.len, list->grade);
    bool any_review = str_equal(filter->reviewed, STR("any"));
    where_add(&where, filter->unreviewed, list->unreviewed);
    where_add(&where, filter->reviewed.len, any_review ? list->any_review : list->reviewed);
    where_add(&where, filter->reviewer.len, list->reviewer);
    where_add(&where, filter->after > 0, list->after);
    where_add(&where, filter->since != DATE_UNKNOWN, str_printf(arena, "%s >= :since", list->day).ptr);
    where_add(&where, filter->until != DATE_UNKNOWN, str_printf(arena, "%s <= :until", list->day).ptr);
    const char *select = list->select ? list->select : store_pairs_select;
    Str sql = str_printf(arena, "%s%.*s ORDER BY %s LIMIT :limit", select, STR_ARG(where.text), list->order);
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql.ptr, (int)sql.len, &statement, NULL) != SQLITE_OK) {
        store_fail(store, err);
        return NULL;
    }
    store_bind_named(statement, ":words", match_expression(filter->words, arena));
    store_bind_named(statement, ":id", filter->id);
    store_bind_named(statement, ":who", utf8_fold_copy(arena, filter->who));
    store_bind_named(statement, ":topic", utf8_fold_copy(arena, filter->topic));
    store_bind_named(statement, ":position", filter->position);
    store_bind_named(statement, ":source", filter->source);
    store_bind_named(statement, ":relation", filter->relation);
    store_bind_named(statement, ":grade", filter->grade);
    store_bind_named(statement, ":reviewed", filter->reviewed);
    store_bind_named(statement, ":reviewer", filter->reviewer);
    bind_number(statement, ":after", filter->after);
    store_bind_named(statement, ":since", store_day(filter->since, arena));
    store_bind_named(statement, ":until", store_day(filter->until, arena));
    bind_number(statement, ":limit", filter->limit && filter->limit < INT64_MAX ? (int64_t)filter->limit : -1);
    return statement;
}

/* ---- lists ---------------------------------------------------------------------------------- */

typedef struct Listing {
    Store *store;
    Sink *sink;
    Arena row;                       /* emptied after each row */
    sqlite3_stmt *claims;            /* store_prepare_claims, where it is needed */
    Error *err;
} Listing;

typedef bool SendRow(Listing *listing, sqlite3_stmt *from);

static bool send_story(Listing *listing, sqlite3_stmt *from)
{
    StoryRow row = {
        .id = store_column(from, 0, &listing->row), .title = store_column(from, 1, &listing->row),
        .source = store_column(from, 2, &listing->row), .url = store_column(from, 3, &listing->row),
        .place = store_column(from, 4, &listing->row), .published = store_column(from, 5, &listing->row),
        .statements = sqlite3_column_int(from, 6), .claims = sqlite3_column_int(from, 7),
        .copies = sqlite3_column_int(from, 8),
    };
    row_send_story(listing->sink, &row);
    return true;
}

static bool send_statement(Listing *listing, sqlite3_stmt *from)
{
    StatementRow row;
    store_read_statement(from, 0, &listing->row, &row);
    if (!store_read_claims_of(listing->store, listing->claims, sqlite3_column_int64(from, 0), &listing->row, &row,
                              listing->err))
        return false;
    row_send_statement(listing->sink, &row, &listing->row);
    return true;
}

static bool send_claim(Listing *listing, sqlite3_stmt *from)
{
    ClaimRow claim;
    StatementRow statement;
    store_read_claim(from, 0, &listing->row, &claim);
    store_read_statement(from, CLAIM_COLUMN_COUNT, &listing->row, &statement);
    row_send_claim(listing->sink, &statement, &claim);
    return true;
}

static bool send_contradiction(Listing *listing, sqlite3_stmt *from)
{
    ContradictionRow row;
    store_read_pair(from, &listing->row, &row);
    row_send_contradiction(listing->sink, &row);
    return true;
}

static void read_review_side(sqlite3_stmt *from, int at, Arena *arena, ReviewSide *out)
{
    *out = (ReviewSide){
        .story = store_column(from, at, arena), .speaker = store_column(from, at + 1, arena),
        .span = store_column(from, at + 2, arena), .text = store_column(from, at + 3, arena),
    };
}

static bool send_review(Listing *listing, sqlite3_stmt *from)
{
    Arena *arena = &listing->row;
    ReviewRow row = {
        .contradiction = store_column(from, 0, arena), .verdict = store_column(from, 1, arena),
        .note = store_column(from, 2, arena), .reviewer = store_column(from, 3, arena),
        .reviewed_utc = store_column(from, 4, arena), .latest = sqlite3_column_int(from, 5),
        .on_file = sqlite3_column_int(from, 6), .topic_label = store_column(from, 7, arena),
        .carried_from = store_column(from, 16, arena),
    };
    read_review_side(from, 8, arena, &row.a);
    read_review_side(from, 12, arena, &row.b);
    row_send_review(listing->sink, &row);
    return true;
}

static bool send_search(Listing *listing, sqlite3_stmt *from)
{
    StatementRow row;
    store_read_statement(from, 0, &listing->row, &row);
    row_send_search(listing->sink, &row);
    return true;
}

static bool list_rows(Store *store, const ListQuery *list, const StoreFilter *filter, SendRow *send, Sink *sink,
                      size_t *n_rows, Error *err)
{
    Listing listing = { .store = store, .sink = sink, .err = err };
    Arena arena;
    size_t rows = 0;
    bool ok = false;
    arena_init(&arena);
    arena_init(&listing.row);
    sqlite3_stmt *statement = prepare_list(store, list, filter, &arena, err);
    if (!statement)
        goto done;
    if (list == &statement_list && !(listing.claims = store_prepare_claims(store, err)))
        goto done;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!send(&listing, statement))
            goto done;
        arena_reset(&listing.row);
        rows++;
    }
    ok = code == SQLITE_DONE || store_fail(store, err);
done:
    if (n_rows)
        *n_rows = rows;
    sqlite3_finalize(listing.claims);
    sqlite3_finalize(statement);
    arena_clear(&listing.row);
    arena_clear(&arena);
    return ok;
}

bool store_list_stories(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    return list_rows(store, &story_list, filter, send_story, sink, n_rows, err);
}

bool store_list_statements(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    return list_rows(store, &statement_list, filter, send_statement, sink, n_rows, err);
}

bool store_list_claims(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    return list_rows(store, &claim_list, filter, send_claim, sink, n_rows, err);
}

bool store_list_contradictions(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    /* A dry run asks before its batch has ended. */
    if (!store_write_pairs(store, err))
        return false;
    return list_rows(store, &contradiction_list, filter, send_contradiction, sink, n_rows, err);
}

bool store_list_reviews(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    return list_rows(store, &review_list, filter, send_review, sink, n_rows, err);
}

bool store_search(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err)
{
    if (!str_trim(filter->words).len)
        return error_set(err, ERR_USAGE, NULL, 0, 0, "no words to search for");
    return list_rows(store, &search_list, filter, send_search, sink, n_rows, err);
}
