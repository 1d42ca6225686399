#include "record/store_internal.h"
#include "schema.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    APPLICATION_ID = 0x54726B72,         /* "Trkr" */
    BUSY_MS = 5000,
};

/*
 * One step a version of the database: step n leads from version n to n + 1.  Views speak of tables that a step may
 * change: none stands while steps are taken, and all are made anew after them.
 */
static const char drop_views[] =
    "DROP VIEW IF EXISTS who_said_what; DROP VIEW IF EXISTS positions_taken; DROP VIEW IF EXISTS standing_positions; "
    "DROP VIEW IF EXISTS offices; DROP VIEW IF EXISTS verdicts; DROP VIEW IF EXISTS disagreements; "
    "DROP VIEW IF EXISTS linked_stories";
static const char *const upgrade_steps[] = { schema_sql, schema_2_sql, schema_3_sql, schema_4_sql, schema_5_sql,
                                              schema_6_sql, schema_7_sql, schema_8_sql };
enum { VERSION_NOW = BASE_COUNT(upgrade_steps), VERSION_KEYS = 6 };

/* ---- prepared statements ---------------------------------------------------- */

/* Claims as others are compared with them: the columns of topic_claims in their order, from where they are copied. */
#define HELD_COLUMNS                                                                                  \
    "c.topic, c.position, CAST(julianday(st.published) - 2440587.5 AS INTEGER), c.row, c.topic_label, c.side, c.condition, " \
    "c.hedged, c.unconditional, c.span_from, c.span_to, c.symbols, c.names, c.flags, c.content_words, c.standing, s.speaker, " \
    "s.speaker_key, s.country, s.said_on, s.n, s.place, st.row, st.id, s.official "
#define IN_TOPIC_CLAIMS "c.curated AND c.symbols IS NOT NULL AND st.published IS NOT NULL "

static const char *const sql_texts[SQL_KINDS] = {
    [SQL_BEGIN]    = "BEGIN IMMEDIATE",
    [SQL_COMMIT]   = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_SAVE]     = "SAVEPOINT story",
    [SQL_RELEASE]  = "RELEASE story",
    [SQL_BACK]     = "ROLLBACK TO story",

    [SQL_FIND_STORY]     = "SELECT row, text_hash FROM stories WHERE id = ?1",
    [SQL_FIND_COPY]      = "SELECT row FROM story_copies WHERE id = ?1 AND text_hash = ?2",
    [SQL_FIND_COPY_ID]   = "SELECT st.row, st.id FROM story_copies k JOIN stories st ON st.row = k.story "
                           "WHERE k.id = ?1 ORDER BY k.row LIMIT 1",
    [SQL_FIND_TEXT]      = "SELECT row, id FROM stories WHERE text_hash = ?1 AND text = ?2 LIMIT 1",
    [SQL_FIND_COPY_TEXT] = "SELECT st.row, st.id FROM story_copies k JOIN stories st ON st.row = k.story "
                           "WHERE k.text_hash = ?1 AND k.text = ?2 LIMIT 1",
    [SQL_FIND_KEY]       = "SELECT story FROM story_keys WHERE period = ?1 AND key = ?3 UNION ALL "
                           "SELECT story FROM story_keys WHERE period = ?2 AND key = ?3 LIMIT ?4",
    [SQL_ADD_KEY]        = "INSERT INTO story_keys (period, key, story) VALUES (?1, ?2, ?3)",
    [SQL_FIRST_STORY]    = "SELECT id, published, source, text FROM stories WHERE row = ?1",
    [SQL_FIND_VERSION]   = "SELECT first FROM story_versions WHERE story = ?1",
    [SQL_ADD_VERSION]    = "INSERT INTO story_versions (story, first, relation) VALUES (?1, ?2, ?3)",
    [SQL_ADD_ENGINE]     = "INSERT OR IGNORE INTO engines (rules_hash, version) VALUES (?1, ?2)",
    [SQL_FIND_ENGINE]    = "SELECT row FROM engines WHERE rules_hash = ?1 AND version = ?2",
    [SQL_ADD_STORY]      = "INSERT INTO stories (row, id, engine, published, title, source, url, place, "
                           "text_hash, text) VALUES (?10, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [SQL_ADD_VECTOR]     = "INSERT INTO story_vectors (day_story, vector, positions, keys) "
                           "VALUES (?1 << 32 | ?2, ?3, ?4, ?5)",
    [SQL_ADD_COPY]       = "INSERT INTO story_copies (story, id, relation, published, title, source, url, text_hash, "
                           "text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",

    [SQL_FIND_OFFICIAL]  = "SELECT row, name, on_roster, institution FROM officials WHERE key = ?1",
    [SQL_ADD_OFFICIAL]   = "INSERT INTO officials (key, name, folded, on_roster, institution) "
                           "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_SET_OFFICIAL]   = "UPDATE officials SET name = ?2, folded = ?3, on_roster = ?4, institution = ?5 WHERE row = ?1",
    [SQL_FIND_TOPIC]     = "SELECT row, label, curated FROM topics WHERE slug = ?1",
    [SQL_ADD_TOPIC]      = "INSERT INTO topics (slug, label, folded, curated) VALUES (?1, ?2, ?3, ?4)",
    [SQL_SET_TOPIC]      = "UPDATE topics SET label = ?2, folded = ?3, curated = ?4 WHERE row = ?1",

    [SQL_LAST_STATEMENT] = "SELECT coalesce(max(row), 0) FROM statements",
    [SQL_ADD_STATEMENT]  = "INSERT INTO statements (id, story, n, official, speaker_key, speaker, speaker_text, "
                           "speaker_span, office, country, kind, spans, text, cue, cue_span, said_on, place, negated, "
                           "reporter, context, rule, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                           "?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
    [SQL_ADD_WORDS]      = "INSERT INTO statement_words (rowid, text, speaker, title) "
                           "SELECT s.row, s.text, s.speaker, st.title FROM statements s CROSS JOIN stories st "
                           "ON st.row = s.story WHERE s.row > ?1 ORDER BY s.row",
    [SQL_ADD_IDS]        = "INSERT INTO thing_ids (rowid, ids) SELECT s.row, s.id || coalesce((SELECT ' ' || "
                           "group_concat(c.id, ' ') FROM claims c WHERE c.statement = s.row), '') FROM statements s "
                           "WHERE s.row > ?1 ORDER BY s.row",
    [SQL_FIND_STANDING]  = "SELECT row FROM standing WHERE topic = ?1 AND speaker_key = ?2 AND stance = ?3",
    [SQL_ADD_STANDING]   = "INSERT INTO standing (id, speaker_key, topic, stance) VALUES (?1, ?2, ?3, ?4)",
    [SQL_ADD_CLAIM]      = "INSERT INTO claims (id, statement, ordinal, topic, topic_label, position, side, curated, "
                           "negated, condition, hedged, unconditional, limiter, span_from, span_to, words, rule, "
                           "standing, published, symbols, names, flags, content_words) VALUES (?1, ?2, ?3, ?4, ?5, "
                           "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)",

    [SQL_DAY]            = "SELECT day_story & 4294967295, vector, positions, keys FROM story_vectors "
                           "WHERE day_story BETWEEN ?1 << 32 AND ?1 << 32 | 4294967295",
    [SQL_STORY_CLAIMS]   = "SELECT " HELD_COLUMNS ", c.curated FROM statements s CROSS JOIN claims c ON c.statement = s.row "
                           "CROSS JOIN stories st ON st.row = s.story "
                           "WHERE s.story = ?1 AND c.symbols IS NOT NULL ORDER BY s.n, c.ordinal",
    [SQL_TOPIC_CLAIMS]   = "SELECT *, 1 FROM topic_claims WHERE topic = ?1 AND position = ?2 AND day BETWEEN ?3 AND ?4",
    [SQL_ADD_TOPIC_CLAIMS] = "INSERT INTO topic_claims SELECT " HELD_COLUMNS "FROM statements s "
                           "CROSS JOIN claims c ON c.statement = s.row CROSS JOIN stories st ON st.row = s.story "
                           "WHERE s.story = ?1 AND " IN_TOPIC_CLAIMS,
    [SQL_TOPIC]          = "SELECT slug, label, curated FROM topics WHERE row = ?1",
    [SQL_STANDING]       = "SELECT p.id, t.slug, t.label, t.curated FROM standing p CROSS JOIN topics t ON t.row = p.topic "
                           "WHERE p.row = ?1",
    [SQL_FIND_PAIR]      = "SELECT row, found_on, tie FROM contradictions WHERE standing_low = ?1 AND standing_high = ?2",
    [SQL_ADD_PAIR]       = "INSERT INTO contradictions (id, claim_a, claim_b, topic, topic_label, grade, relation, reason, "
                           "found_on, tie, official_a, official_b, other_topic, score, evidence, standing_low, standing_high) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    [SQL_SET_PAIR]       = "UPDATE contradictions SET claim_a = ?2, claim_b = ?3, topic = ?4, topic_label = ?5, grade = ?6, "
                           "relation = ?7, reason = ?8, found_on = ?9, tie = ?10, official_a = ?11, official_b = ?12, "
                           "other_topic = ?13, score = max(score, ?14), evidence = evidence + ?15 WHERE row = ?1",
    [SQL_COUNT_PAIR]     = "UPDATE contradictions SET score = max(score, ?2), evidence = evidence + ?3 WHERE row = ?1",
    [SQL_DATE_PAIR]      = "UPDATE contradictions SET found_on = ?2 WHERE row = ?1",

    [SQL_ADD_REVIEW]     = "INSERT OR IGNORE INTO reviews (contradiction, reviewed_utc, reviewer, verdict, note, "
                           "carried_from, topic_label, a_story, a_speaker, a_from, a_to, a_text, b_story, b_speaker, "
                           "b_from, b_to, b_text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                           "?15, ?16, ?17)",
};

bool store_fail(const Store *store, Error *err)
{
    int code = sqlite3_errcode(store->db) & 0xFF, os = sqlite3_system_errno(store->db);
    const char *words = sqlite3_errmsg(store->db);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "in use by another program (%s)", words);
    if (code == SQLITE_NOTADB)
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "not a database");
    if ((code == SQLITE_CANTOPEN || code == SQLITE_IOERR) && os)
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "%s (%s)", words, strerror(os));
    return error_set(err, ERR_DATABASE, store->path, 0, 0, "%s", words);
}

void store_bind(sqlite3_stmt *statement, int at, Str text)
{
    if (text.ptr)
        sqlite3_bind_text64(statement, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, at);
}

void store_bind_or_empty(sqlite3_stmt *statement, int at, Str text)
{
    store_bind(statement, at, text.ptr ? text : STR(""));
}

Str store_column(sqlite3_stmt *statement, int at, Arena *arena)
{
    const char *text = (const char *)sqlite3_column_text(statement, at);
    return str_copy(arena, (Str){ text, text ? (size_t)sqlite3_column_bytes(statement, at) : 0 });
}

Date store_column_day(sqlite3_stmt *statement, int at)
{
    const char *text = (const char *)sqlite3_column_text(statement, at);
    Date date;
    return text && date_parse(str_from(text), &date) ? date : DATE_UNKNOWN;
}

sqlite3_stmt *store_use(Store *store, Sql sql, Error *err)
{
    sqlite3_stmt **statement = &store->statements[sql];
    if (*statement) {
        sqlite3_reset(*statement);
        return *statement;
    }
    if (sqlite3_prepare_v3(store->db, sql_texts[sql], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK)
        store_fail(store, err);
    return *statement;
}

bool store_run(Store *store, sqlite3_stmt *statement, Error *err)
{
    int code = sqlite3_step(statement);
    bool ok = code == SQLITE_DONE || code == SQLITE_ROW || store_fail(store, err);
    sqlite3_reset(statement);
    return ok;
}

bool store_run_plain(Store *store, Sql sql, Error *err)
{
    sqlite3_stmt *statement = store_use(store, sql, err);
    return statement && store_run(store, statement, err);
}

Step store_step(Store *store, sqlite3_stmt *statement, Error *err)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return STEP_ROW;
    if (code != SQLITE_DONE)
        store_fail(store, err);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? STEP_END : STEP_FAILED;
}

Str store_day(Date date, Arena *arena)
{
    char text[DATE_TEXT_BYTES];
    return date == DATE_UNKNOWN ? STR_NONE : str_copy(arena, str_from(date_format(date, text)));
}

/* ---- opening ------------------------------------------------------------------- */

bool store_execute(Store *store, const char *sql, Error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(store, err);
}

static bool ask_number(Store *store, const char *sql, int64_t *out, Error *err)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        return store_fail(store, err);
    bool ok = sqlite3_step(statement) == SQLITE_ROW || store_fail(store, err);
    if (ok)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return ok;
}

typedef struct Stamp { int64_t application, version, tables; } Stamp;

static bool read_stamp(Store *store, Stamp *out, Error *err)
{
    return ask_number(store, "PRAGMA application_id", &out->application, err) &&
           ask_number(store, "PRAGMA user_version", &out->version, err) &&
           ask_number(store, "SELECT count(*) FROM sqlite_schema", &out->tables, err);
}

/* Is the file ours, and of a version that this program knows? */
static bool check_stamp(Store *store, const Stamp *stamp, Error *err)
{
    if (stamp->application != APPLICATION_ID && stamp->tables > 0)
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "a database of another program");
    if (stamp->version > VERSION_NOW)
        return error_set(err, ERR_DATABASE, store->path, 0, 0,
                         "was written by a newer tracker (version %d, this one knows %d)", (int)stamp->version,
                         (int)VERSION_NOW);
    if (store->writable || stamp->version == VERSION_NOW)
        return true;
    return error_set(err, ERR_DATABASE, store->path, 0, 0,
                     stamp->tables ? "was written by an older tracker; tracker db upgrade brings it up to date"
                                   : "empty: no story was added yet");
}

static bool upgrade(Store *store, Error *err)
{
    Stamp stamp;
    /* The lock first: another program may be about to do the same.  Steps make tables anew under the same names. */
    if (!store_execute(store, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; BEGIN IMMEDIATE", err) ||
        !read_stamp(store, &stamp, err) || !check_stamp(store, &stamp, err) ||
        !store_execute(store, drop_views, err))
        return false;
    for (int64_t version = stamp.version; version < VERSION_NOW; version++)
        if (!store_execute(store, upgrade_steps[version], err))
            return false;
    if (stamp.version < VERSION_KEYS && !store_fill_keys(store, err))
        return false;
    if (!store_execute(store, schema_views_sql, err))
        return false;
    char text[192];
    snprintf(text, sizeof text, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT; "
             "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON", (int)APPLICATION_ID, (int)VERSION_NOW);
    return store_execute(store, text, err);
}

static bool prepare_file(Store *store, Error *err)
{
    Stamp stamp;
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_extended_result_codes(store->db, 1);
    if (!store_execute(store, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32768", err) ||
        !read_stamp(store, &stamp, err) || !check_stamp(store, &stamp, err))
        return false;
    if (!store->writable)
        return store_execute(store, "PRAGMA query_only = ON", err);
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "may be read but not written");
    /* temp_store: the journals of savepoints, one a story, stay in memory. */
    return store_execute(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000; "
                          "PRAGMA temp_store = MEMORY", err) &&
           (stamp.version == VERSION_NOW || upgrade(store, err));
}

/* SQLite calls a read-only folder "no such file": it tries to read when it cannot create. */
static bool check_folder(const char *path, Error *err)
{
    Arena arena;
    arena_init(&arena);
    char *folder = str_cstr(&arena, str_from(path)), *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    bool ok = access(slash ? folder : ".", W_OK) == 0 ||
              error_set(err, ERR_DATABASE, path, 0, 0, "cannot be created (%s)", strerror(errno));
    arena_clear(&arena);
    return ok;
}

static bool check_path(const char *path, StoreMode mode, Error *err)
{
    struct stat about;
    if (strcmp(path, ":memory:") == 0)
        return true;
    if (stat(path, &about) == 0)
        return !S_ISDIR(about.st_mode) || error_set(err, ERR_DATABASE, path, 0, 0, "is a directory, not a database");
    if (errno == ENOENT && mode != STORE_WRITE)
        return error_set(err, ERR_DATABASE, path, 0, 0, "no such database (tracker add makes one)");
    return errno != ENOENT || check_folder(path, err);                                        /* SQLite says what else is wrong */
}

static bool connect(Store *store, const char *name, int flags, Error *err)
{
    return (sqlite3_open_v2(name, &store->db, flags, NULL) == SQLITE_OK || store_fail(store, err)) &&
           prepare_file(store, err);
}

/*
 * SQLite reads a database with a write-ahead log only where it can make files, and so not on a read-only disk.
 * Without a log nobody is writing: then the file can be read as one that does not change.
 */
static bool connect_immutable(Store *store, Error *err)
{
    struct stat about;
    int code = sqlite3_errcode(store->db) & 0xFF;
    Str log = str_printf(&store->arena, "%s-wal", store->path);
    if (store->writable || (code != SQLITE_READONLY && code != SQLITE_CANTOPEN) || stat(log.ptr, &about) == 0)
        return false;
    Str name = store->path[0] == '/' ? STR("file://") : STR("file:");
    for (const char *c = store->path; *c; c++)
        name = strchr("%?#", *c) ? str_printf(&store->arena, "%.*s%%%02X", STR_ARG(name), (unsigned)*c)
                                 : str_printf(&store->arena, "%.*s%c", STR_ARG(name), *c);
    name = str_printf(&store->arena, "%.*s?immutable=1", STR_ARG(name));
    sqlite3_close(store->db);
    return connect(store, name.ptr, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
}

Store *store_open(const char *path, StoreMode mode, Error *err)
{
    if (!check_path(path, mode, err))
        return NULL;
    Arena arena;
    arena_init(&arena);
    Store *store = ARENA_NEW(&arena, Store);
    store->path = str_cstr(&arena, str_from(path));
    store->writable = mode != STORE_READ;
    store->arena = arena;
    int flags = mode == STORE_READ     ? SQLITE_OPEN_READONLY
                : mode == STORE_CHANGE ? SQLITE_OPEN_READWRITE
                                       : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (connect(store, path, flags, err) || connect_immutable(store, err))
        return store;
    store_close(store);
    return NULL;
}

Store *store_open_draft(const char *path, Error *err)
{
    Arena arena;
    arena_init(&arena);
    Store *store = ARENA_NEW(&arena, Store);
    store->path = str_cstr(&arena, str_from(path));
    store->writable = true;
    store->arena = arena;
    if (connect(store, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) &&
        store_execute(store, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF", err))
        return store;
    store_close(store);
    return NULL;
}

void store_close(Store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < SQL_KINDS; i++)
        sqlite3_finalize(store->statements[i]);
    if (store->db && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(store->db);
    arena_clear(&store->day_arena);
    arena_clear(&store->held_arena);
    arena_clear(&store->kept_arena);
    Arena arena = store->arena;                          /* holds the store itself */
    arena_clear(&arena);
}

const char *store_path(const Store *store)
{
    return store->path;
}

/* ---- batches ------------------------------------------------------------------- */

bool store_begin(Store *store, Error *err)
{
    int64_t version;
    store->engine_rules = NULL;
    if (!store_run_plain(store, SQL_BEGIN, err))
        return false;
    if (!ask_number(store, "PRAGMA data_version", &version, err)) {
        store_rollback(store);
        return false;
    }
    if (version != store->data_version)
        store_forget_held(store);                        /* others have written since */
    store->data_version = version;
    sqlite3_stmt *last = store_use(store, SQL_LAST_STATEMENT, err);
    if (last && store_step(store, last, err) == STEP_ROW) {
        store->words_row = sqlite3_column_int64(last, 0);
        sqlite3_reset(last);
        return true;
    }
    store_rollback(store);
    return false;
}

/* Once a batch: FTS5 writes what it has gathered at every savepoint, and each story is one. */
bool store_add_words(Store *store, Error *err)
{
    static const Sql both[] = { SQL_ADD_WORDS, SQL_ADD_IDS };
    for (size_t i = 0; i < BASE_COUNT(both); i++) {
        sqlite3_stmt *add = store_use(store, both[i], err);
        if (!add)
            return false;
        sqlite3_bind_int64(add, 1, store->words_row);
        if (!store_run(store, add, err))
            return false;
    }
    return true;
}

bool store_commit(Store *store, Error *err)
{
    /* A full disk ends the transaction by itself. */
    if (sqlite3_get_autocommit(store->db))
        return error_set(err, ERR_DATABASE, store->path, 0, 0, "the stories since the last commit could not be stored");
    if (store_write_pairs(store, err) && store_add_words(store, err) && store_run_plain(store, SQL_COMMIT, err))
        return true;
    store_rollback(store);
    return false;
}

void store_rollback(Store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        store_run_plain(store, SQL_ROLLBACK, NULL);
    store_drop_pairs(store);
    store_forget_held(store);
}

/* ---- upkeep --------------------------------------------------------------------------------- */

bool store_mark(Store *store, int64_t *out, Error *err)
{
    return store_write_pairs(store, err) && ask_number(store, "SELECT coalesce(max(row), 0) FROM contradictions", out, err);
}

bool store_count(Store *store, StoreCounts *out, Error *err)
{
    return ask_number(store, "SELECT count(*) FROM stories", &out->stories, err) &&
           ask_number(store, "SELECT count(*) FROM story_copies", &out->copies, err) &&
           ask_number(store, "SELECT count(*) FROM officials", &out->officials, err) &&
           ask_number(store, "SELECT count(*) FROM statements", &out->statements, err) &&
           ask_number(store, "SELECT count(*) FROM claims", &out->claims, err) &&
           ask_number(store, "SELECT count(*) FROM topics", &out->topics, err) &&
           ask_number(store, "SELECT count(*) FROM standing", &out->standing, err) &&
           ask_number(store, "SELECT count(*) FROM contradictions", &out->contradictions, err) &&
           ask_number(store, "SELECT count(*) FROM reviews", &out->reviews, err);
}

/* Each gives an id and the parts that it must be the hash of. */
static const struct { char letter; const char *sql; } id_checks[] = {
    { 's', "SELECT s.id, st.id, s.speaker_key, s.reporter, s.spans, s.cue_span "
           "FROM statements s JOIN stories st ON st.row = s.story" },
    { 'c', "SELECT c.id, s.id, t.slug, c.position, printf('[%d,%d]', c.span_from, c.span_to) "
           "FROM claims c JOIN statements s ON s.row = c.statement JOIN topics t ON t.row = c.topic" },
    { 'p', "SELECT p.id, p.speaker_key, t.slug, p.stance FROM standing p JOIN topics t ON t.row = p.topic" },
    { 'x', "SELECT x.id, l.id, h.id FROM contradictions x JOIN standing l ON l.row = x.standing_low "
           "JOIN standing h ON h.row = x.standing_high" },
};

/* Every row of a question that finds faults becomes one problem. */
typedef bool Judge(sqlite3_stmt *row, char letter, Arena *arena, Error *err);

static bool judge_rows(Store *store, const char *sql, Judge *judge, char letter, Problems *problems)
{
    enum { FAULTS_SHOWN = 20 };
    Error err;
    sqlite3_stmt *statement;
    Arena arena;
    int code, faults = 0;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        store_fail(store, &err);
        problems_add(problems, &err);
        return false;
    }
    arena_init(&arena);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!judge(statement, letter, &arena, &err) && faults++ < FAULTS_SHOWN) {
            snprintf(err.file, sizeof err.file, "%s", store->path);
            problems_add(problems, &err);
        }
        arena_reset(&arena);
    }
    arena_clear(&arena);
    if (code != SQLITE_DONE) {
        store_fail(store, &err);
        problems_add(problems, &err);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE && faults == 0;
}

static bool judge_page(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str text = store_column(row, 0, arena);
    (void)letter;
    return str_equal(text, STR("ok")) || error_set(err, ERR_DATABASE, NULL, 0, 0, "%.*s", STR_ARG(text));
}

static bool judge_reference(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str table = store_column(row, 0, arena), parent = store_column(row, 2, arena);
    (void)letter;
    return error_set(err, ERR_DATABASE, NULL, 0, 0, "%.*s, row %lld: refers to a row of %.*s that is not there",
                     STR_ARG(table), (long long)sqlite3_column_int64(row, 1), STR_ARG(parent));
}

static bool judge_words(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    (void)letter, (void)arena;
    return sqlite3_column_int64(row, 0) == 0 ||
           error_set(err, ERR_DATABASE, NULL, 0, 0, "full text: %lld of the statements are missing or too many",
                     (long long)sqlite3_column_int64(row, 0));
}

static bool judge_id(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str parts[8];
    size_t n = (size_t)sqlite3_column_count(row) - 1;
    assert(n <= BASE_COUNT(parts));
    for (size_t i = 0; i < n; i++)
        parts[i] = store_column(row, (int)i + 1, arena);
    Str id = store_column(row, 0, arena), want = row_id(letter, parts, n, arena);
    return str_equal(id, want) || error_set(err, ERR_DATABASE, NULL, 0, 0, "%.*s: its content has the id %.*s",
                                            STR_ARG(id), STR_ARG(want));
}

static bool judge_review(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str pair = store_column(row, 0, arena), time = store_column(row, 1, arena);
    (void)letter;
    return error_set(err, ERR_DATABASE, NULL, 0, 0, "review of %.*s at %.*s: no id of a pair, or no time in UTC",
                     STR_ARG(pair), STR_ARG(time));
}

static const char reviews_at_fault[] =
    "SELECT contradiction, reviewed_utc FROM reviews "
    "WHERE length(contradiction) <> 18 OR contradiction NOT GLOB 'x-*' OR substr(contradiction, 3) GLOB '*[^0-9a-f]*' "
    "OR strftime('%Y-%m-%dT%H:%M:%SZ', reviewed_utc) IS NOT reviewed_utc";

static bool judge_twice(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str id = store_column(row, 0, arena);
    (void)letter;
    return error_set(err, ERR_DATABASE, NULL, 0, 0, "%.*s: two things have this id", STR_ARG(id));
}

static const char ids_at_fault[] =
    "SELECT id FROM statements GROUP BY id HAVING count(*) > 1 "
    "UNION ALL SELECT id FROM claims GROUP BY id HAVING count(*) > 1 "
    "UNION ALL SELECT id FROM standing GROUP BY id HAVING count(*) > 1";

static bool judge_vector(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    Str story = store_column(row, 0, arena);
    (void)letter;
    return error_set(err, ERR_DATABASE, NULL, 0, 0, "story %.*s: its vector is missing, or not that of its day",
                     STR_ARG(story.len ? story : STR("(none)")));
}

/* Stories with claims to compare have a vector under their day, and no others. */
static const char vectors_at_fault[] =
    "SELECT st.id FROM story_vectors v LEFT JOIN stories st ON st.row = v.day_story & 4294967295 "
    "WHERE st.row IS NULL OR CAST(julianday(st.published) - 2440587.5 AS INTEGER) IS NOT v.day_story >> 32 "
    "OR length(v.vector) <> 512 "
    "UNION ALL SELECT st.id FROM stories st WHERE st.published IS NOT NULL AND NOT EXISTS (SELECT 1 FROM story_vectors v "
    "WHERE v.day_story = CAST(julianday(st.published) - 2440587.5 AS INTEGER) << 32 | st.row) "
    "AND EXISTS (SELECT 1 FROM statements s CROSS JOIN claims c ON c.statement = s.row "
    "WHERE s.story = st.row AND c.symbols IS NOT NULL)";

static bool judge_topic_claim(sqlite3_stmt *row, char letter, Arena *arena, Error *err)
{
    (void)letter, (void)arena;
    return error_set(err, ERR_DATABASE, NULL, 0, 0, "topic_claims: claim %lld is missing, or not as it is in claims",
                     (long long)sqlite3_column_int64(row, 0));
}

static const char topic_claims_at_fault[] =
    "WITH there (topic, position, day, claim, topic_label, side, condition, hedged, unconditional, span_from, span_to, symbols, "
    "names, flags, content_words, standing, speaker, speaker_key, country, said_on, n, place, story, story_id, official) AS (SELECT " HELD_COLUMNS "FROM claims c CROSS JOIN statements s ON s.row = c.statement "
    "CROSS JOIN stories st ON st.row = s.story WHERE " IN_TOPIC_CLAIMS ") "
    "SELECT claim FROM (SELECT * FROM topic_claims EXCEPT SELECT * FROM there) "
    "UNION SELECT claim FROM (SELECT * FROM there EXCEPT SELECT * FROM topic_claims)";

bool store_check(Store *store, Problems *problems)
{
    bool ok = judge_rows(store, "PRAGMA integrity_check", judge_page, 0, problems);
    ok &= judge_rows(store, "PRAGMA foreign_key_check", judge_reference, 0, problems);
    ok &= judge_rows(store, "SELECT abs((SELECT count(*) FROM statements) - "
                            "(SELECT count(*) FROM statement_words_docsize)) + abs((SELECT count(*) FROM statements) - "
                            "(SELECT count(*) FROM thing_ids_docsize))", judge_words, 0, problems);
    ok &= judge_rows(store, ids_at_fault, judge_twice, 0, problems);
    ok &= judge_rows(store, reviews_at_fault, judge_review, 0, problems);
    ok &= judge_rows(store, vectors_at_fault, judge_vector, 0, problems);
    ok &= judge_rows(store, topic_claims_at_fault, judge_topic_claim, 0, problems);
    for (size_t i = 0; i < BASE_COUNT(id_checks); i++)
        ok &= judge_rows(store, id_checks[i].sql, judge_id, id_checks[i].letter, problems);
    return ok;
}

bool store_last_rules(Store *store, Arena *arena, Str *rules_hash, Str *version, Error *err)
{
    sqlite3_stmt *statement;
    *rules_hash = *version = STR_NONE;
    if (sqlite3_prepare_v2(store->db, "SELECT e.rules_hash, e.version FROM stories st JOIN engines e "
                           "ON e.row = st.engine ORDER BY st.row DESC LIMIT 1", -1, &statement, NULL) != SQLITE_OK)
        return store_fail(store, err);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        *rules_hash = store_column(statement, 0, arena);
        *version = store_column(statement, 1, arena);
    }
    bool ok = code == SQLITE_ROW || code == SQLITE_DONE || store_fail(store, err);
    sqlite3_finalize(statement);
    return ok;
}
