#include "check.h"
#include "record_world.h"
#include "schema.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define FISH_PAIR "x-ee1375444c042638"

/* ---- helpers ------------------------------------------------------------------ */

static ReviewRow review_of(const char *pair, const char *verdict, const char *note, const char *reviewer, const char *time)
{
    return (ReviewRow){ .contradiction = str_from(pair), .verdict = str_from(verdict), .note = str_from(note),
                        .reviewer = str_from(reviewer), .reviewed_utc = str_from(time) };
}

static bool review_pair(Store *store, ReviewRow review, Error *err)
{
    CHECK(store_begin(store, err));
    bool ok = store_review_pair(store, &review, err);
    if (ok)
        CHECK(store_commit(store, err));
    else
        store_rollback(store);
    return ok;
}

typedef bool List(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);

static Str list_text(Store *store, List *list, RowColumns columns, const StoreFilter *filter, size_t *n, Arena *arena)
{
    char *text = NULL;
    size_t len = 0;
    Error err = { 0 };
    FILE *out = open_memstream(&text, &len);
    Sink *sink = sink_open(out, columns.ptr, columns.len, (SinkOptions){ .format = SINK_JSONL });
    CHECK_ROW(err.text, list(store, filter, sink, n, &err));
    sink_close(sink, NULL);
    fclose(out);
    Str copy = str_copy(arena, (Str){ text, len });
    free(text);
    return copy;
}

static size_t count_reviews(Store *store, const char *verdict, const char *reviewer)
{
    Arena arena = { 0 };
    StoreFilter filter;
    size_t n;
    store_filter_init(&filter);
    filter.reviewed = str_from(verdict);
    filter.reviewer = str_from(reviewer);
    list_text(store, store_list_reviews, row_review_columns, &filter, &n, &arena);
    arena_clear(&arena);
    return n;
}

static size_t count_pairs(Store *store, bool unreviewed, const char *verdict)
{
    Arena arena = { 0 };
    StoreFilter filter;
    size_t n;
    store_filter_init(&filter);
    filter.unreviewed = unreviewed;
    filter.reviewed = str_from(verdict);
    list_text(store, store_list_contradictions, row_contradiction_columns, &filter, &n, &arena);
    arena_clear(&arena);
    return n;
}

/* ---- tests -------------------------------------------------------------------- */

static void check_latest_counts(void)
{
    Arena arena = { 0 };
    Error err = { 0 };
    ContradictionRow pair;
    Store *store = world_store(NULL);
    size_t pairs = count_pairs(store, true, NULL);
    CHECK(review_pair(store, review_of(FISH_PAIR, "ok", NULL, "ada", "2025-03-05T10:00:00Z"), &err));
    CHECK(review_pair(store, review_of(FISH_PAIR, "wrong", "two treaties", "ben", "2025-03-06T10:00:00Z"), &err));
    CHECK(review_pair(store, review_of(FISH_PAIR, "unsure", NULL, "ada", "2025-03-04T10:00:00Z"), &err));
    CHECK(store_get_contradiction(store, STR(FISH_PAIR), &arena, &pair, &err));
    CHECK_STR("verdict", pair.review, STR("wrong"));
    CHECK_STR("note", pair.review_note, STR("two treaties"));
    CHECK_STR("reviewer", pair.reviewer, STR("ben"));
    CHECK(count_pairs(store, true, NULL) == pairs - 1);
    CHECK(count_pairs(store, false, "wrong") == 1 && count_pairs(store, false, "ok") == 0);
    CHECK(count_pairs(store, false, "any") == 1);
    CHECK(count_reviews(store, NULL, NULL) == 3 && count_reviews(store, "ok", NULL) == 1);
    CHECK(count_reviews(store, NULL, "ada") == 2 && count_reviews(store, "wrong", "ada") == 0);
    CHECK(review_pair(store, review_of(FISH_PAIR, "ok", NULL, "cid", "2025-03-06T10:00:00Z"), &err));
    CHECK(count_pairs(store, false, "ok") == 1);                    /* of one second, the later one */
    store_close(store);
    arena_clear(&arena);
}

static void check_contract(void)
{
    Arena arena = { 0 };
    Error err = { 0 };
    StoreFilter all;
    store_filter_init(&all);
    Store *store = world_store(NULL);
    CHECK(review_pair(store, review_of(FISH_PAIR, "ok", "both said so", "ada", "2025-03-05T10:00:00Z"), &err));
    CHECK_STR("review", list_text(store, store_list_reviews, row_review_columns, &all, NULL, &arena), STR(
        "{\"contradiction\":\"" FISH_PAIR "\",\"verdict\":\"ok\",\"note\":\"both said so\",\"reviewer\":\"ada\","
        "\"reviewed_utc\":\"2025-03-05T10:00:00Z\",\"latest\":true,\"on_file\":true,\"topic_label\":\"mackerel-treaty\","
        "\"a\":{\"story\":\"fish-1\",\"speaker\":\"Olaf Nord\",\"span\":[100,134],"
        "\"text\":\"The mackerel treaty will be signed\"},\"b\":{\"story\":\"fish-2\",\"speaker\":\"Rita Sund\","
        "\"span\":[100,132],\"text\":\"There will be no mackerel treaty\"},\"carried_from\":null}\n"));
    store_close(store);
    arena_clear(&arena);
}

static void check_refused(void)
{
    static const struct { const char *pair, *verdict, *reviewer, *time, *text; } rows[] = {
        { "x-ee13", "ok", "ada", "2025-03-05T10:00:00Z", "contradiction is not the id of a pair" },
        { "c-ee1375444c042638", "ok", "ada", "2025-03-05T10:00:00Z", "contradiction is not the id of a pair" },
        { "x-ee1375444c04263G", "ok", "ada", "2025-03-05T10:00:00Z", "contradiction is not the id of a pair" },
        { FISH_PAIR, "good", "ada", "2025-03-05T10:00:00Z", "verdict is not one of ok, wrong, unsure" },
        { FISH_PAIR, NULL, "ada", "2025-03-05T10:00:00Z", "verdict is not one of ok, wrong, unsure" },
        { FISH_PAIR, "ok", "ada", "2025-03-05", "reviewed_utc is not like 2025-02-13T09:30:00Z" },
        { FISH_PAIR, "ok", "ada", "2025-02-30T10:00:00Z", "reviewed_utc is not like 2025-02-13T09:30:00Z" },
        { FISH_PAIR, "ok", "ada", "2025-03-05T10:00:00+01:00", "reviewed_utc is not like 2025-02-13T09:30:00Z" },
        { FISH_PAIR, "ok", NULL, "2025-03-05T10:00:00Z", "reviewer is missing" },
    };
    Store *store = world_store(NULL);
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Error err = { 0 };
        bool is_new;
        ReviewRow review = review_of(rows[i].pair, rows[i].verdict, NULL, rows[i].reviewer, rows[i].time);
        CHECK_ROW(rows[i].text, !store_add_review(store, &review, &is_new, &err) && err.kind == ERR_INPUT);
        CHECK_STR(rows[i].text, str_from(err.text), str_from(rows[i].text));
    }
    Error err = { 0 };
    CHECK(!review_pair(store, review_of("x-0123456789abcdef", "ok", NULL, "ada", "2025-03-05T10:00:00Z"), &err));
    CHECK(err.kind == ERR_USAGE && count_reviews(store, NULL, NULL) == 0);
    store_close(store);
}

/* One made elsewhere waits for its pair, and is there when the pair is found. */
static void check_waits_for_its_pair(void)
{
    Arena arena = { 0 };
    Error err = { 0 };
    Rules rules = world_rules();
    Store *store = world_store("fish-2");
    ReviewRow review = review_of(FISH_PAIR, "ok", NULL, "ada", "2025-03-05T10:00:00Z");
    bool is_new;
    CHECK(store_begin(store, &err));
    CHECK(store_add_review(store, &review, &is_new, &err) && is_new);
    CHECK(store_add_review(store, &review, &is_new, &err) && !is_new);
    CHECK(store_commit(store, &err));
    CHECK(count_pairs(store, false, "any") == 0 && count_reviews(store, NULL, NULL) == 1);
    CHECK(store_begin(store, &err));
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++) {
        Story story;
        Statements statements;
        StoreOutcome outcome;
        world_story(&world_stories[i], &arena, &story, &statements);
        CHECK(store_add_story(store, &rules, &story, &statements, &arena, &outcome, &err));
    }
    CHECK(store_commit(store, &err));
    CHECK(count_pairs(store, false, "ok") == 1);
    Problems problems = { 0 };
    CHECK(store_check(store, &problems));
    store_close(store);
    arena_clear(&arena);
}

#define BRIDGE "The bridge over the sound stays closed to lorries until the end of the week. " \
    "Engineers found cracks in two of its pillars on Monday and have begun to fill them with resin."

/* A story on file from before is known again in a copy. */
static void check_keys_filled(Store *store)
{
    Arena arena = { 0 };
    Rules rules = world_rules();
    Statements none = { 0 };
    StoreOutcome outcome = { 0 };
    Error err = { 0 };
    Story copy = { .id = STR("copy"), .text = STR(BRIDGE "\n\n(Reporting by Nora Field)"), .published = world_date("2025-03-05") };
    CHECK_ROW(err.text, store_begin(store, &err) && store_add_story(store, &rules, &copy, &none, &arena, &outcome, &err) &&
                        store_commit(store, &err));
    CHECK(outcome.kind == STORE_COPY);
    arena_clear(&arena);
}

/* A database of the first version, with a view of its time and a review that somebody wrote into it by hand. */
static void check_upgrade(void)
{
    char path[] = "/tmp/tracker-review-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    close(fd);
    sqlite3 *db;
    char stamp[] = "PRAGMA application_id = 0x54726B72; PRAGMA user_version = 1;"
                   "CREATE VIEW disagreements AS SELECT st.vector, r.reviewed_on FROM stories st, reviews r;"
                   "INSERT INTO engines VALUES (1, 'a', '0');"
                   "INSERT INTO stories (id, engine, published, text_hash, text) VALUES ('old', 1, '2025-03-04', 'h', '" BRIDGE "');"
                   "INSERT INTO reviews VALUES ('" FISH_PAIR "', 'wrong', NULL, '2025-03-05')";
    CHECK(sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, schema_sql, NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "ANALYZE", NULL, NULL, NULL) == SQLITE_OK);
    CHECK(sqlite3_exec(db, stamp, NULL, NULL, NULL) == SQLITE_OK && sizeof schema_2_sql + sizeof schema_3_sql + sizeof schema_4_sql +
          sizeof schema_5_sql + sizeof schema_6_sql + sizeof schema_7_sql + sizeof schema_8_sql + sizeof schema_views_sql > 7);
    sqlite3_close(db);
    Error err = { 0 };
    Store *store = store_open(path, STORE_READ, &err);
    CHECK(!store);
    CHECK_STR("old", str_from(err.text),
              STR("was written by an older tracker; tracker db upgrade brings it up to date"));
    store = store_open(path, STORE_CHANGE, &err);
    CHECK(store && count_reviews(store, "wrong", "unknown") == 1);
    check_keys_filled(store);
    Problems problems = { 0 };
    CHECK(store && store_check(store, &problems));
    store_close(store);
    /* No statistics: those of a small database mislead when it has grown. */
    CHECK(sqlite3_open(path, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "SELECT * FROM sqlite_stat1", NULL, NULL, NULL) == SQLITE_ERROR);
    CHECK(sqlite3_exec(db, "SELECT reviewer, a_words FROM disagreements", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(db);
    store = store_open(path, STORE_READ, &err);
    CHECK(store && count_reviews(store, "wrong", NULL) == 1);
    store_close(store);
    unlink(path);
    CHECK(!store_open(path, STORE_CHANGE, &err) && access(path, F_OK) != 0);
}

/* What a step copies from the tables of before is what adding writes, and a check misses what is lost. */
static void check_topic_claims(void)
{
    char path[] = "/tmp/tracker-review-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0);
    close(fd);
    Error err = { 0 };
    Problems problems = { 0 };
    Store *store = world_store_at(path, NULL);
    CHECK(store_check(store, &problems));
    store_close(store);

    static const struct { const char *name, *sql; bool sound; } changes[] = {
        { "some are on file", "DELETE FROM topic_claims WHERE claim = (SELECT min(claim) FROM topic_claims)", false },
        { "made by the step", "DROP TABLE topic_claims; PRAGMA user_version = 7", true },
        { "another day", "UPDATE topic_claims SET day = day + 1", false },
    };
    for (size_t i = 0; i < BASE_COUNT(changes); i++) {
        sqlite3 *db;
        CHECK(sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, changes[i].sql, NULL, NULL, NULL) == SQLITE_OK);
        sqlite3_close(db);
        store = store_open(path, STORE_CHANGE, &err);
        CHECK_ROW(changes[i].name, store && store_check(store, &problems) == changes[i].sound);
        store_close(store);
    }
    unlink(path);
}

static const TestCase cases[] = {
    { "the latest counts", check_latest_counts },
    { "the contract of rows", check_contract },
    { "what is no review", check_refused },
    { "a review waits for its pair", check_waits_for_its_pair },
    { "a database of version 1", check_upgrade },
    { "claims on topics", check_topic_claims },
};

const TestSuite test_review = SUITE(cases);
