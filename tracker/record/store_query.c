#include "record/store_internal.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

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
#define LATEST_REVIEW(pair)                                                                                   \
    "(SELECT l.row FROM reviews l WHERE l.contradiction = " pair " ORDER BY l.reviewed_utc DESC, l.row DESC LIMIT 1)"
/* Statements that have an id, or a claim of an id, that starts so; a phrase may hold no quotation mark. */
#define ROWS_OF_ID(id) "(SELECT rowid FROM thing_ids WHERE thing_ids MATCH '\"' || replace(" id ", '\"', '') || '\"*')"
#define SAME(column, value)    column " = " value " COLLATE NOCASE"

#define STATEMENT_COLUMNS                                                                                    \
    "s.row, s.id, st.id, s.n, s.speaker, s.speaker_text, s.speaker_span, s.office, s.country, s.kind, s.spans, "   \
    "s.text, s.cue, s.cue_span, s.said_on, s.place, s.negated, s.reporter, s.rule, st.title, st.published, "      \
    "st.source, st.url, CASE WHEN o.on_roster THEN o.key END, o.institution, s.context "
#define STATEMENT_FROM                                                                                       \
    "FROM statements s CROSS JOIN stories st ON st.row = s.story LEFT JOIN officials o ON o.row = s.official "

#define CLAIM_COLUMNS                                                                                        \
    "c.id, t.slug, coalesce(c.topic_label, t.label), c.position, c.condition, c.hedged, c.limiter, "              \
    "printf('[%d,%d]', c.span_from, c.span_to), c.rule, c.words, c.curated, c.negated, c.unconditional, c.side "
enum { CLAIM_COLUMN_COUNT = 14 };

#define SIDE_COLUMNS(x)                                                                                      \
    "c" x ".id, t" x ".id, s" x ".speaker, s" x ".office, s" x ".country, s" x ".said_on, s" x ".place, "           \
    "c" x ".position, printf('[[%d,%d]]', c" x ".span_from, c" x ".span_to), c" x ".words, t" x ".url, "           \
    "c" x ".rule, t" x ".title, t" x ".published, t" x ".source, s" x ".id"
#define SIDE_FROM(x)                                                                                         \
    "CROSS JOIN claims c" x " ON c" x ".row = x.claim_" x " CROSS JOIN statements s" x " ON s" x ".row = c" x ".statement "     \
    "CROSS JOIN stories t" x " ON t" x ".row = s" x ".story "
enum { SIDE_COLUMN_COUNT = 16 };

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

const char *const store_pairs_select =
    "SELECT x.id, t.slug, coalesce(x.topic_label, t.label), x.grade, x.relation, x.score, x.reason, "
    "x.found_on, x.evidence, r.verdict, nullif(r.note, ''), r.reviewer, r.reviewed_utc, "
    SIDE_COLUMNS("a") ", " SIDE_COLUMNS("b")
    " FROM contradictions x CROSS JOIN topics t ON t.row = x.topic " SIDE_FROM("a") SIDE_FROM("b")
    "LEFT JOIN reviews r ON r.row = " LATEST_REVIEW("x.id");

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

static void bind_named(sqlite3_stmt *statement, const char *name, Str text)
{
    int at = sqlite3_bind_parameter_index(statement, name);
    if (at)
        store_bind(statement, at, text);
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
    bind_named(statement, ":words", match_expression(filter->words, arena));
    bind_named(statement, ":id", filter->id);
    bind_named(statement, ":who", utf8_fold_copy(arena, filter->who));
    bind_named(statement, ":topic", utf8_fold_copy(arena, filter->topic));
    bind_named(statement, ":position", filter->position);
    bind_named(statement, ":source", filter->source);
    bind_named(statement, ":relation", filter->relation);
    bind_named(statement, ":grade", filter->grade);
    bind_named(statement, ":reviewed", filter->reviewed);
    bind_named(statement, ":reviewer", filter->reviewer);
    bind_number(statement, ":after", filter->after);
    bind_named(statement, ":since", store_day(filter->since, arena));
    bind_named(statement, ":until", store_day(filter->until, arena));
    bind_number(statement, ":limit", filter->limit && filter->limit < INT64_MAX ? (int64_t)filter->limit : -1);
    return statement;
}

/* ---- rows -------------------------------------------------------------------------------- */

static void read_claim(sqlite3_stmt *from, int at, Arena *arena, ClaimRow *out)
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

/* Without its claims; the row number is column `at`. */
static void read_statement(sqlite3_stmt *from, int at, Arena *arena, StatementRow *out)
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

static const char claims_of_statement[] =
    "SELECT " CLAIM_COLUMNS "FROM claims c JOIN topics t ON t.row = c.topic WHERE c.statement = ?1 ORDER BY c.ordinal";

static bool read_claims_of(Store *store, sqlite3_stmt *claims, int64_t statement_row, Arena *arena, StatementRow *out,
                           Error *err)
{
    struct { ClaimRow *ptr; size_t len, cap; } list = { 0 };
    int code;
    sqlite3_bind_int64(claims, 1, statement_row);
    while ((code = sqlite3_step(claims)) == SQLITE_ROW) {
        ClaimRow row;
        read_claim(claims, 0, arena, &row);
        LIST_PUSH(arena, &list, row);
    }
    bool ok = code == SQLITE_DONE || store_fail(store, err);
    sqlite3_reset(claims);
    out->claims = list.ptr;
    out->n_claims = list.len;
    return ok;
}

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

static void read_review_side(sqlite3_stmt *from, int at, Arena *arena, ReviewSide *out)
{
    *out = (ReviewSide){
        .story = store_column(from, at, arena), .speaker = store_column(from, at + 1, arena),
        .span = store_column(from, at + 2, arena), .text = store_column(from, at + 3, arena),
    };
}

/* ---- lists ---------------------------------------------------------------------------------- */

typedef struct Listing {
    Store *store;
    Sink *sink;
    Arena row;                       /* emptied after each row */
    sqlite3_stmt *claims;            /* claims_of_statement, where it is needed */
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
    read_statement(from, 0, &listing->row, &row);
    if (!read_claims_of(listing->store, listing->claims, sqlite3_column_int64(from, 0), &listing->row, &row,
                        listing->err))
        return false;
    row_send_statement(listing->sink, &row, &listing->row);
    return true;
}

static bool send_claim(Listing *listing, sqlite3_stmt *from)
{
    ClaimRow claim;
    StatementRow statement;
    read_claim(from, 0, &listing->row, &claim);
    read_statement(from, CLAIM_COLUMN_COUNT, &listing->row, &statement);
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
    read_statement(from, 0, &listing->row, &row);
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
    if (list == &statement_list &&
        sqlite3_prepare_v2(store->db, claims_of_statement, -1, &listing.claims, NULL) != SQLITE_OK) {
        store_fail(store, err);
        goto done;
    }
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

/* ---- single things ----------------------------------------------------------------------------- */

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
    sqlite3_stmt *claims = NULL;
    if (!row)
        return false;
    bool ok = sqlite3_prepare_v2(store->db, claims_of_statement, -1, &claims, NULL) == SQLITE_OK ||
              store_fail(store, err);
    if (ok) {
        read_statement(row, 0, arena, out);
        ok = read_claims_of(store, claims, sqlite3_column_int64(row, 0), arena, out, err);
    }
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

/* ---- reports: somebody else's SELECT ------------------------------------------------------------ */

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
    bind_named(statement, ":date", store_day(date, &arena));
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
