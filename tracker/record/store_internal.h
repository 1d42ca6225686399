/*
 * store_internal.h - shared by the parts of the store module only
 *
 *     store.c             a database is opened, brought up to date and checked; prepared statements
 *     store_link.c        has a story come before?
 *     store_add.c         one story with its statements (store_adding.h)
 *     store_held.c        claims on file that a new one may contradict
 *     store_pairs.c       what contradicts is collected for a batch, then written
 *     store_list.c        lists: everything that a filter lets through (store_rows.h)
 *     store_get.c         one thing by its id
 *     store_select.c      somebody else's SELECT: reports
 *     store_review.c      what people said of a pair
 *     store_draft.c       what other rules would change
 */
#ifndef TRACKER_STORE_INTERNAL_H
#define TRACKER_STORE_INTERNAL_H

#include "engine/names.h"
#include "record/contradiction.h"
#include "record/fingerprint.h"
#include "record/store.h"

#include <sqlite3.h>

typedef struct Held Held;                         /* a claim as others are compared with it: store_adding.h */
typedef struct HeldClaims { Held **ptr; size_t len, cap; } HeldClaims;

/* A story that has claims to compare; the claims are read when they are first needed. */
typedef struct DayStory {
    int64_t row;
    int64_t met;                                  /* row of the last story that came upon it */
    uint64_t positions;                           /* bits of those that the claims take; all where that is not known */
    HeldClaims claims;
    const StoryVector *vector;                    /* apart: few of the stories that are come upon are measured */
} DayStory;
/* What claims of a story have: a key (contradiction.h) and a position, as the number of its bit. */
typedef struct StoryKey { uint16_t key; uint8_t position; } StoryKey;
typedef struct StoryKeys { StoryKey *ptr; size_t len, cap; } StoryKeys;
enum { POSITION_ANY = 64 };

/*
 * Stories of one day, found by the keys of their claims.  Those that were read lie side by side by the place of their
 * key, from starts[place] to starts[place + 1]; those that came since are chained: heads[place] is the last of them,
 * counted from 1.
 */
typedef struct Posting { uint32_t story, next; StoryKey key; } Posting;
typedef struct Day {
    Date date;
    DayStory *ptr;
    size_t len, cap;
    Posting *filed;
    uint32_t *starts;
    size_t n_starts;
    struct { Posting *ptr; size_t len, cap; } postings;
    uint32_t *heads;
    size_t n_heads;
} Day;
typedef struct Days { Day *ptr; size_t len, cap; } Days;

/* Claims that take one position on one curated topic, published on these days. */
typedef struct TopicHeld { int64_t topic; Str position; Date from, to; HeldClaims claims; } TopicHeld;
typedef struct TopicsHeld { TopicHeld *ptr; size_t len, cap; } TopicsHeld;

typedef struct KeptPair KeptPair;                 /* found in this batch: store_pairs.c */
typedef struct KeptPairs { KeptPair **ptr; size_t len, cap; } KeptPairs;

typedef enum Sql {
    SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK, SQL_SAVE, SQL_RELEASE, SQL_BACK,
    SQL_FIND_STORY, SQL_FIND_COPY, SQL_FIND_COPY_ID, SQL_FIND_TEXT, SQL_FIND_COPY_TEXT,
    SQL_FIND_KEY, SQL_ADD_KEY, SQL_FIRST_STORY, SQL_FIND_VERSION, SQL_ADD_VERSION,
    SQL_ADD_ENGINE, SQL_FIND_ENGINE, SQL_ADD_STORY, SQL_ADD_VECTOR, SQL_ADD_COPY,
    SQL_FIND_OFFICIAL, SQL_ADD_OFFICIAL, SQL_SET_OFFICIAL,
    SQL_FIND_TOPIC, SQL_ADD_TOPIC, SQL_SET_TOPIC,
    SQL_LAST_STATEMENT, SQL_ADD_STATEMENT, SQL_ADD_WORDS, SQL_ADD_IDS,
    SQL_FIND_STANDING, SQL_ADD_STANDING, SQL_ADD_CLAIM,
    SQL_DAY, SQL_STORY_CLAIMS, SQL_TOPIC_CLAIMS, SQL_ADD_TOPIC_CLAIMS, SQL_TOPIC, SQL_STANDING,
    SQL_FIND_PAIR, SQL_ADD_PAIR, SQL_SET_PAIR, SQL_COUNT_PAIR, SQL_DATE_PAIR,
    SQL_ADD_REVIEW,
    SQL_KINDS
} Sql;

struct Store {
    Arena arena;                                  /* this struct */
    sqlite3 *db;
    const char *path;
    bool writable;
    sqlite3_stmt *statements[SQL_KINDS];          /* prepared at first use */
    Arena day_arena;
    Days days;                                    /* read for comparisons, by date */
    Arena held_arena;
    HeldClaims held;                              /* so are these */
    Names held_rows;                              /* row of a claim -> index in held */
    TopicsHeld topics;                            /* and these: all forgotten on any rollback, and when others write */
    int64_t data_version;                         /* of what is held */
    Arena kept_arena;
    KeptPairs kept;                               /* pairs of this batch, not yet written */
    Names kept_rows;                              /* rows of their standing positions -> index in kept */
    int64_t words_row;                            /* the last statement whose words and ids are in the full text */
    const Rules *engine_rules;                    /* the rules that engine_row stands for */
    int64_t engine_row;
};

/* What SQLite says, as an ERR_DATABASE of this file; returns false. */
bool store_fail(const Store *store, Error *err);

/* Ready to be bound; NULL after filling err. */
sqlite3_stmt *store_use(Store *store, Sql sql, Error *err);
/* Step a statement that gives no rows.  It is left reset: what was bound need not live on. */
bool store_run(Store *store, sqlite3_stmt *statement, Error *err);
bool store_run_plain(Store *store, Sql sql, Error *err);
/* Step one that gives rows; after the last, and after a failure, it is reset. */
typedef enum Step { STEP_ROW, STEP_END, STEP_FAILED } Step;
Step store_step(Store *store, sqlite3_stmt *statement, Error *err);

void store_forget_held(Store *store);
/* What the batch has found so far, into contradictions; or nowhere. */
bool store_write_pairs(Store *store, Error *err);
void store_drop_pairs(Store *store);

/*
 * Has the story come before?  The outcome's kind says so.  Where it says nothing more than what came first it is
 * linked; where it does, version->first is the row of the first, and the story is to be added with the statements
 * that are new in it.  A STORE_NEW one is to be added whole.  What is added wants its keys.
 */
typedef struct StoreVersion { int64_t first; Statements fresh; Fingerprint print; } StoreVersion;
bool store_link_story(Store *store, const Story *story, const Statements *statements, Str text_hash, Arena *arena,
                      StoreOutcome *outcome, StoreVersion *version, Error *err);
bool store_add_version(Store *store, int64_t row, const StoreVersion *version, StoreOutcomeKind kind, Error *err);
/* Of a story on file: all its statements, or those that are new in it. */
bool store_filter_version(Store *store, int64_t row, const Story *story, const Statements *statements, Arena *arena,
                          Statements *fresh, Error *err);
bool store_add_keys(Store *store, int64_t story, Date published, const Fingerprint *print, Error *err);
/* The keys of all stories on file: for an upgrade. */
bool store_fill_keys(Store *store, Error *err);

/* A temporary database of the same layout that is gone when it is closed; errors name `path`. */
Store *store_open_draft(const char *path, Error *err);
/* Several statements without rows. */
bool store_execute(Store *store, const char *sql, Error *err);
/* A story under a row number that is given, without its text and without a look at those on file. */
bool store_add_drafted(Store *store, int64_t row, const Rules *rules, const Story *story, const Statements *statements,
                       Arena *arena, Error *err);
/* The row of these rules and this program in engines. */
bool store_add_engine(Store *store, const Rules *rules, int64_t *row, Arena *arena, Error *err);
/* Full text of all statements behind store->words_row, and their ids. */
bool store_add_words(Store *store, Error *err);

/* Pairs with all that is joined, up to WHERE; the first column is the id. */
extern const char *const store_pairs_select;
void store_read_pair(sqlite3_stmt *from, Arena *arena, ContradictionRow *out);

/* The columns claims.symbols and claims.names. */
void store_parse_symbols(Str text, Arena *arena, Claim *out);
void store_parse_names(Str text, Arena *arena, Strs *out);

/* NULL binds and reads as STR_NONE.  Bound text must outlive the step. */
void store_bind(sqlite3_stmt *statement, int at, Str text);
void store_bind_or_empty(sqlite3_stmt *statement, int at, Str text);              /* NULL as "" */
Str  store_column(sqlite3_stmt *statement, int at, Arena *arena);
Date store_column_day(sqlite3_stmt *statement, int at);      /* NULL: unknown */
Str  store_day(Date date, Arena *arena);           /* as text; unknown: STR_NONE */

#endif
