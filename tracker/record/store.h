/*
 * store.h - the database: one SQLite file, and the only code that knows SQLite
 *
 *     stories --< statements --< claims >-- standing --< contradictions >-- reviews
 *        |            |             |
 *     copies       officials      topics
 *
 * Adding is idempotent and order does not matter: the same stories give the
 * same statements, claims and contradictions in whatever order they come (of
 * copies, the first that comes stands for all), however often, and however
 * often the program was killed in between.  All that a story makes,
 * contradictions included, is written in one transaction.
 *
 *     the same id, the same text           seen: nothing changes
 *     another id, the same text            a copy: linked to the first, not counted again
 *     most of the sentences, at most a week away: a copy, or another version where the source is the same; linked, its
 *                                          text kept.  What only it says is added, and stands in a story of its own
 *     the same id, another text            a corrected version: linked, its text kept; statements stay those
 *                                          of the version that came first
 *
 * Every failure is an ERR_DATABASE that names the file and says SQLite's words.
 */
#ifndef TRACKER_STORE_H
#define TRACKER_STORE_H

#include "base/base.h"
#include "base/date.h"
#include "base/sink.h"
#include "engine/rules.h"
#include "extract/statement.h"
#include "read/story.h"
#include "record/rows.h"

typedef struct Store Store;

typedef enum StoreMode {
    STORE_READ,                      /* the file must exist; nothing is ever written */
    STORE_CHANGE,                    /* the file must exist */
    STORE_WRITE,                     /* created when missing; ":memory:" is a database that lasts until it is closed */
} StoreMode;

Store *store_open(const char *path, StoreMode mode, Error *err);      /* NULL after filling err */
void   store_close(Store *store);                                     /* rolls back what was not committed; takes NULL */
const char *store_path(const Store *store);

/* One transaction a batch of stories.  When store_commit fails, the batch is rolled back. */
bool store_begin(Store *store, Error *err);
bool store_commit(Store *store, Error *err);
void store_rollback(Store *store);

typedef enum StoreOutcomeKind { STORE_NEW, STORE_SEEN, STORE_COPY, STORE_CORRECTED } StoreOutcomeKind;

typedef struct StoreOutcome {
    StoreOutcomeKind kind;
    Str first;                       /* STORE_COPY, STORE_CORRECTED: id of the story it is linked to; in the arena */
    size_t statements, claims, contradictions;        /* new */
} StoreOutcome;

/*
 * One story with all that was found in it, between store_begin and store_commit.  When it fails the story leaves
 * no trace; the batch can go on unless the failure is the disk's (*err says; a full disk fails the commit too).
 */
bool store_add_story(Store *store, const Rules *rules, const Story *story, const Statements *statements,
                     Arena *arena, StoreOutcome *outcome, Error *err);

/* ---- questions ------------------------------------------------------------ */

typedef struct StoreFilter {
    Str who;                         /* part of a speaker's name; case and accents do not matter */
    Str topic;                       /* a topic's slug, or part of its label */
    Date since, until;               /* DATE_UNKNOWN: open.  said (else published); contradictions: found */
    Str source, position, relation, grade;            /* exactly, but blind to case */
    Str id;                          /* only the one of this id, or of an id that starts so */
    Str words;                       /* store_search only: words, "phrases", prefixes* */
    bool unreviewed;                 /* contradictions: only those without a review */
    Str reviewed;                    /* contradictions and reviews: only of this verdict, "any" for all that have one */
    Str reviewer;                    /* reviews: only theirs */
    int64_t after;                   /* contradictions: only those made since store_mark() gave this; 0: all */
    size_t limit;                    /* 0: no limit */
} StoreFilter;

void store_filter_init(StoreFilter *filter);
/* How far the list of contradictions goes now: for StoreFilter.after. */
bool store_mark(Store *store, int64_t *out, Error *err);

/* Each sends its rows to a sink with the columns named in rows.h; *n_rows may be NULL.  Order: the day, then
 * story and place in it; contradictions: the day found, then score, highest first; search: best match first. */
bool store_list_stories(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
bool store_list_statements(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
bool store_list_claims(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
bool store_list_contradictions(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
bool store_search(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
/* Every review ever made, oldest first; since and until look at the day of the review. */
bool store_list_reviews(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);

typedef enum StoreThing { STORE_STORY, STORE_STATEMENT, STORE_CLAIM, STORE_STANDING, STORE_CONTRADICTION } StoreThing;

/* What an id, or the unique beginning of one, names: of a copy, the story it is linked to.  ERR_USAGE when nothing or more than one thing does. */
bool store_find_id(Store *store, Str prefix, Arena *arena, StoreThing *thing, Str *id, Error *err);

/* Everything joined, by full id; false with ERR_USAGE when there is no such row. */
bool store_get_story(Store *store, Str id, Arena *arena, Story *out, Error *err);
/* Where else it stands; and the story that it is linked to itself because it says more than that one, or STR_NONE. */
typedef struct StoryLink { Str relation, id, published, source, url; } StoryLink;
typedef struct StoryLinks { StoryLink *ptr; size_t len, cap; Str first; } StoryLinks;
bool store_get_links(Store *store, Str id, Arena *arena, StoryLinks *out, Error *err);
/* By the id of a statement or of one of its claims; all its claims are filled. */
bool store_get_statement(Store *store, Str id, Arena *arena, StatementRow *out, Error *err);
/* A claim as it is compared with others; of its statement it knows nothing. */
bool store_get_claim(Store *store, Str id, Arena *arena, Claim *out, Error *err);
bool store_get_contradiction(Store *store, Str id, Arena *arena, ContradictionRow *out, Error *err);

/* ---- reviews ---------------------------------------------------------------

   A review names its pair by content id, so that it holds for the same pair in any database, outlives the pair,
   and counts again when the pair is found again.  All are kept; the latest by time counts.  */

/* What the caller knows of a new review: contradiction (a full id), verdict, note, reviewer, reviewed_utc.  The words
 * that were judged are taken from the pair. */
bool store_review_pair(Store *store, const ReviewRow *review, Error *err);
/* One that was exported, as it stands: the pair need not be on file.  *is_new: it was not there yet.  ERR_INPUT when
 * it is none. */
bool store_add_review(Store *store, const ReviewRow *review, bool *is_new, Error *err);

/* ---- what other rules make of the stories on file ---------------------------

       stories on file --store_draft_next--> extraction --store_draft_add--> draft, a temporary database of its own
                                                                               |
       claims and pairs on file <----------- store_draft_compare ------------->|   gained, lost, changed
                                <----------- store_draft_keep -----------------'   takes their place, reviews stay

   Until it is kept a draft changes nothing on file.  */

typedef struct Draft Draft;

/* to_keep: others may add stories while it is made, up to store_draft_lock; otherwise it compares with what is on
 * file now, whatever they add.  The store must stay open, and be writable for a draft to keep.  NULL after filling err. */
Draft *store_draft_open(Store *store, bool to_keep, Error *err);
void   store_draft_close(Draft *draft);           /* takes NULL; what was not kept is gone */
/* Nobody else writes from here on: take the stories that were added meanwhile, compare, keep. */
bool   store_draft_lock(Draft *draft, Error *err);

/* The next story on file that the draft has not been given; false at the end, and with err->kind set on failure. */
bool store_draft_next(Draft *draft, Arena *arena, Story *out, Error *err);
/* Stories in the order they came, each with what the other rules find in it. */
bool store_draft_add(Draft *draft, const Rules *rules, const Story *story, const Statements *statements, Arena *arena,
                     Error *err);

typedef struct DraftCounts { int64_t before, after, gained, lost, changed; } DraftCounts;
typedef struct DraftSummary {
    int64_t stories;
    DraftCounts claims, pairs;
    int64_t reviewed_lost;           /* lost pairs that people had reviewed; their reviews wait for them */
    int64_t reviews_carried;         /* filled by keep: reviews of pairs that are under another id now */
} DraftSummary;

/* Claims in the order of stories, then pairs; a row lives until `each` returns, whose false ends it without error. */
typedef bool DraftEach(void *user, const ChangeRow *change);
bool store_draft_compare(Draft *draft, DraftEach *each, void *user, DraftSummary *summary, Error *err);

/*
 * In one transaction: killed at any moment, the database is as before or as after.  A review whose pair is gone goes
 * over to the pair that now stands between the words that were judged, where that has none as new.
 */
bool store_draft_keep(Draft *draft, const Rules *rules, DraftSummary *summary, Error *err);

/* ---- upkeep ---------------------------------------------------------------- */

typedef struct StoreCounts {
    int64_t stories, copies, officials, statements, claims, topics, standing, contradictions, reviews;
} StoreCounts;

bool store_count(Store *store, StoreCounts *out, Error *err);

/* Pages, references, full text and ids; every fault goes to problems.  False if there was one. */
bool store_check(Store *store, Problems *problems);

/*
 * Run one read-only SELECT (a report) with :date bound, as CSV.  Errors name `name` and the line in it.
 * *n_rows is filled on success.
 */
bool store_run_select(Store *store, Str sql, const char *name, Date date, FILE *out, SinkOptions options,
                      size_t *n_rows, Error *err);

/* Hash of the rules and version of the program that wrote last, for run.json; STR_NONE in an empty database. */
bool store_last_rules(Store *store, Arena *arena, Str *rules_hash, Str *version, Error *err);

#endif
