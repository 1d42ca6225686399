#include "record/store_internal.h"

#include <stdlib.h>

enum {
    COPY_BYTES = 64,                     /* shorter texts can be equal by chance */
    COPY_DAYS = 7,                       /* between a story and a copy that is known by its sentences */
    PERIOD_DAYS = 2 * COPY_DAYS,
    PERIOD_UNKNOWN = -1000000,
    STORIES_OF_KEY = 32,                 /* a sentence of more stories is a phrase of their house */
    STORIES_COMPARED = 4,                /* those that share most keys */
};

/* Of the words that one of two stories tells; less, and they may be two reports that have some sentences in common. */
static const double copy_share_least = 0.6;

typedef struct Linking {
    Store *store;
    const Story *story;
    const Statements *statements;
    Str text_hash;
    Arena *arena;
    StoreOutcome *outcome;
    StoreVersion *version;
    Error *err;
} Linking;

/* ---- sentences shared with a story of about the same day -------------------------- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

static int64_t period_of(Date date)
{
    return date == DATE_UNKNOWN ? PERIOD_UNKNOWN : floor_divide(date, PERIOD_DAYS);
}

/* The period that days up to COPY_DAYS away may lie in when they are not in the story's own. */
static int64_t period_beside(Date date)
{
    int64_t own = period_of(date);
    return date - own * PERIOD_DAYS < COPY_DAYS ? own - 1 : own + 1;
}

bool store_add_keys(Store *store, int64_t story, Date published, const Fingerprint *print, Error *err)
{
    int32_t keys[FINGERPRINT_KEYS];
    size_t n = fingerprint_keys(print, keys);
    for (size_t i = 0; i < n; i++) {
        sqlite3_stmt *add = store_use(store, SQL_ADD_KEY, err);
        if (!add)
            return false;
        sqlite3_bind_int64(add, 1, period_of(published));
        sqlite3_bind_int64(add, 2, keys[i]);
        sqlite3_bind_int64(add, 3, story);
        if (!store_run(store, add, err))
            return false;
    }
    return true;
}

static Date day_of(Str text)
{
    Date date;
    return date_parse(text, &date) ? date : DATE_UNKNOWN;
}

bool store_fill_keys(Store *store, Error *err)
{
    sqlite3_stmt *stories;
    Arena arena = { 0 };
    Step got = STEP_END;
    if (sqlite3_prepare_v2(store->db, "SELECT row, published, text FROM stories", -1, &stories, NULL) != SQLITE_OK)
        return store_fail(store, err);
    while ((got = store_step(store, stories, err)) == STEP_ROW) {
        Fingerprint print;
        fingerprint_make(store_column(stories, 2, &arena), &arena, &print);
        if (!store_add_keys(store, sqlite3_column_int64(stories, 0), day_of(store_column(stories, 1, &arena)), &print, err))
            got = STEP_FAILED;
        arena_reset(&arena);
        if (got == STEP_FAILED)
            break;
    }
    sqlite3_finalize(stories);
    arena_clear(&arena);
    return got == STEP_END;
}

static Str relation_of(StoreOutcomeKind kind)
{
    return kind == STORE_COPY ? STR("copy") : STR("corrected");
}

typedef struct Candidate { int64_t row; size_t keys; } Candidate;
typedef struct Candidates { Candidate *ptr; size_t len, cap; } Candidates;

/* Most keys first; of equal ones the first that came. */
static int compare_candidates(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->keys != y->keys)
        return x->keys > y->keys ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool find_candidates(const Linking *linking, const Fingerprint *print, Candidates *out)
{
    Store *store = linking->store;
    int32_t keys[FINGERPRINT_KEYS];
    size_t n = fingerprint_keys(print, keys);
    for (size_t i = 0; i < n; i++) {
        sqlite3_stmt *find = store_use(store, SQL_FIND_KEY, linking->err);
        Step got;
        if (!find)
            return false;
        sqlite3_bind_int64(find, 1, period_of(linking->story->published));
        if (linking->story->published == DATE_UNKNOWN)
            sqlite3_bind_null(find, 2);
        else
            sqlite3_bind_int64(find, 2, period_beside(linking->story->published));
        sqlite3_bind_int64(find, 3, keys[i]);
        sqlite3_bind_int64(find, 4, STORIES_OF_KEY);
        while ((got = store_step(store, find, linking->err)) == STEP_ROW) {
            int64_t row = sqlite3_column_int64(find, 0);
            size_t at = 0;
            while (at < out->len && out->ptr[at].row != row)
                at++;
            if (at == out->len)
                LIST_PUSH(linking->arena, out, ((Candidate){ .row = row }));
            out->ptr[at].keys++;
        }
        if (got == STEP_FAILED)
            return false;
    }
    if (out->len)
        qsort(out->ptr, out->len, sizeof *out->ptr, compare_candidates);
    return true;
}

static bool is_near(Date a, Date b)
{
    if (a == DATE_UNKNOWN || b == DATE_UNKNOWN)
        return a == b;
    return a - b <= COPY_DAYS && b - a <= COPY_DAYS;
}

/*
 * Reworded, a sentence says the same; with other numbers it is corrected, if it is of the same day, and otherwise
 * tomorrow's figures in today's words.
 */
static Wording least_wording(Date story, Date first)
{
    return story == first ? WORDING_NUMBERS : WORDING_OTHER;
}

static Statements fresh_statements(const Fingerprint *story, const FingerprintMatch *match, Wording least,
                                   const Statements *statements, Arena *arena)
{
    Statements fresh = { 0 };
    for (size_t i = 0; i < statements->len; i++) {
        const Spans *spans = &statements->ptr[i].spans;
        bool is_fresh = false;
        for (size_t k = 0; k < spans->len && !is_fresh; k++)
            is_fresh = fingerprint_is_fresh(story, match, spans->ptr[k], least);
        if (is_fresh)
            LIST_PUSH(arena, &fresh, statements->ptr[i]);
    }
    return fresh;
}

typedef struct First { int64_t row; Str id, source, text; Date published; } First;

static Step read_first(Store *store, int64_t row, Arena *arena, First *out, Error *err)
{
    sqlite3_stmt *read = store_use(store, SQL_FIRST_STORY, err);
    if (!read)
        return STEP_FAILED;
    sqlite3_bind_int64(read, 1, row);
    Step got = store_step(store, read, err);
    if (got == STEP_ROW) {
        *out = (First){ .row = row, .id = store_column(read, 0, arena), .published = day_of(store_column(read, 1, arena)),
                        .source = store_column(read, 2, arena), .text = store_column(read, 3, arena) };
        sqlite3_reset(read);
    }
    return got;
}

/* A story on file that has most of this one's sentences, or most of its own in this one. */
static bool find_by_sentences(const Linking *linking, int64_t *first)
{
    const Story *story = linking->story;
    const Fingerprint *print = &linking->version->print;
    Arena *arena = linking->arena;
    Candidates candidates = { 0 };
    double best = 0;
    if (!find_candidates(linking, print, &candidates))
        return false;
    for (size_t i = 0; i < candidates.len && i < STORIES_COMPARED; i++) {
        First other;
        Fingerprint others;
        FingerprintMatch match;
        Step got = read_first(linking->store, candidates.ptr[i].row, arena, &other, linking->err);
        if (got == STEP_FAILED)
            return false;
        if (got == STEP_END || !is_near(story->published, other.published))
            continue;
        fingerprint_make(other.text, arena, &others);
        Wording least = least_wording(story->published, other.published);
        if (!fingerprint_compare(print, &others, arena, &match) || match.share <= best ||
            (match.share < copy_share_least && match.held < copy_share_least) ||
            (match.lead == WORDING_NUMBERS && match.lead < least))
            continue;
        bool own = other.source.len && str_equal_nocase(other.source, story->source);
        best = match.share;
        *first = other.row;
        linking->outcome->first = other.id;
        linking->outcome->kind = own && match.edited ? STORE_CORRECTED : STORE_COPY;
        linking->version->fresh = fresh_statements(print, &match, least, linking->statements, arena);
        linking->version->first = linking->version->fresh.len || match.lead < least || match.share < copy_share_least
                                      ? other.row : 0;
    }
    return true;
}

bool store_filter_version(Store *store, int64_t row, const Story *story, const Statements *statements, Arena *arena,
                          Statements *fresh, Error *err)
{
    First first;
    Fingerprint print, others;
    FingerprintMatch match;
    *fresh = *statements;
    sqlite3_stmt *find = store_use(store, SQL_FIND_VERSION, err);
    if (!find)
        return false;
    sqlite3_bind_int64(find, 1, row);
    Step got = store_step(store, find, err);
    if (got != STEP_ROW)
        return got == STEP_END;
    int64_t first_row = sqlite3_column_int64(find, 0);
    sqlite3_reset(find);
    got = read_first(store, first_row, arena, &first, err);
    if (got != STEP_ROW)
        return got == STEP_END;
    fingerprint_make(story->text, arena, &print);
    fingerprint_make(first.text, arena, &others);
    if (fingerprint_compare(&print, &others, arena, &match))
        *fresh = fresh_statements(&print, &match, least_wording(story->published, first.published), statements, arena);
    return true;
}

bool store_add_version(Store *store, int64_t row, const StoreVersion *version, StoreOutcomeKind kind, Error *err)
{
    sqlite3_stmt *add = store_use(store, SQL_ADD_VERSION, err);
    if (!add)
        return false;
    sqlite3_bind_int64(add, 1, row);
    sqlite3_bind_int64(add, 2, version->first);
    store_bind(add, 3, relation_of(kind));
    return store_run(store, add, err);
}

/* ---- the same id, the same text ------------------------------------------------------ */

/* Ask with one or two keys; the first row's number, and its text into outcome->first. */
static Step find_first(const Linking *linking, Sql sql, Str key, Str more, int64_t *row)
{
    sqlite3_stmt *find = store_use(linking->store, sql, linking->err);
    if (!find)
        return STEP_FAILED;
    store_bind_or_empty(find, 1, key);
    if (more.ptr)
        store_bind(find, 2, more);
    Step got = store_step(linking->store, find, linking->err);
    if (got == STEP_ROW) {
        *row = sqlite3_column_int64(find, 0);
        if (sqlite3_column_count(find) > 1)
            linking->outcome->first = store_column(find, 1, linking->arena);
        sqlite3_reset(find);
    }
    return got;
}

/* text: where it is not that of the first. */
static bool add_link(const Linking *linking, int64_t first, Str text)
{
    const Story *story = linking->story;
    sqlite3_stmt *add = store_use(linking->store, SQL_ADD_COPY, linking->err);
    if (!add)
        return false;
    sqlite3_bind_int64(add, 1, first);
    store_bind_or_empty(add, 2, story->id);
    store_bind(add, 3, relation_of(linking->outcome->kind));
    store_bind(add, 4, store_day(story->published, linking->arena));
    store_bind(add, 5, story->title);
    store_bind(add, 6, story->source);
    store_bind(add, 7, story->url);
    store_bind(add, 8, linking->text_hash);
    store_bind(add, 9, text);
    return store_run(linking->store, add, linking->err);
}

static bool link_story(const Linking *linking)
{
    const Story *story = linking->story;
    StoreOutcome *outcome = linking->outcome;
    int64_t first = 0, copy = 0;
    Str text = story->text.ptr ? story->text : STR(""), hash = linking->text_hash;
    Step by_id = find_first(linking, SQL_FIND_STORY, story->id, STR_NONE, &first);
    bool same = by_id == STEP_ROW && str_equal(outcome->first, hash);
    Step known = by_id == STEP_FAILED || same ? by_id : find_first(linking, SQL_FIND_COPY, story->id, hash, &copy);
    if (known == STEP_FAILED)
        return false;
    if (known == STEP_ROW || by_id == STEP_ROW) {
        outcome->kind = known == STEP_ROW ? STORE_SEEN : STORE_CORRECTED;
        outcome->first = story->id;
        return outcome->kind == STORE_SEEN || add_link(linking, first, text);
    }
    const struct { Sql sql; Str key, more; StoreOutcomeKind kind; } links[] = {
        { SQL_FIND_COPY_ID, story->id, STR_NONE, STORE_CORRECTED },
        { SQL_FIND_TEXT, hash, story->text, STORE_COPY },
        { SQL_FIND_COPY_TEXT, hash, story->text, STORE_COPY },
    };
    for (size_t i = 0; i < BASE_COUNT(links); i++) {
        outcome->kind = links[i].kind;
        if (outcome->kind == STORE_COPY && story->text.len < COPY_BYTES)
            break;
        Step got = find_first(linking, links[i].sql, links[i].key, links[i].more, &first);
        if (got != STEP_END)
            return got == STEP_ROW && add_link(linking, first, outcome->kind == STORE_COPY ? STR_NONE : text);
    }
    outcome->kind = STORE_NEW;
    outcome->first = STR_NONE;
    fingerprint_make(story->text, linking->arena, &linking->version->print);
    return find_by_sentences(linking, &first) &&
           (outcome->kind == STORE_NEW || linking->version->first || add_link(linking, first, text));
}

bool store_link_story(Store *store, const Story *story, const Statements *statements, Str text_hash, Arena *arena,
                      StoreOutcome *outcome, StoreVersion *version, Error *err)
{
    *version = (StoreVersion){ 0 };
    return link_story(&(Linking){ .store = store, .story = story, .statements = statements, .text_hash = text_hash,
                                  .arena = arena, .outcome = outcome, .version = version, .err = err });
}
