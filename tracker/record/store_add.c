#include "record/store_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CLAIMS_COMPARED = 500,               /* of one story; more would make one huge text cost its square */
    DAYS_HELD_BYTES = 48 * 1024 * 1024,
    DAYS_HELD = 4000,
    CLAIMS_HELD_BYTES = 32 * 1024 * 1024,
};

/* ---- days ------------------------------------------------------------------------ */

static Date day_of_column(sqlite3_stmt *statement, int at)
{
    const char *text = (const char *)sqlite3_column_text(statement, at);
    Date date;
    return text && date_parse(str_from(text), &date) ? date : DATE_UNKNOWN;
}

/* Index of the first day that is not before `date`. */
static size_t day_index(const Days *days, Date date)
{
    size_t low = 0, high = days->len;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (days->ptr[mid].date < date)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static Day *find_day(Store *store, Date date)
{
    size_t at = day_index(&store->days, date);
    return at < store->days.len && store->days.ptr[at].date == date ? &store->days.ptr[at] : NULL;
}

/* NULL after filling err. */
static Day *load_day(Store *store, Date date, Error *err)
{
    Step got;
    sqlite3_stmt *statement = store_use(store, SQL_DAY, err);
    if (!statement)
        return NULL;
    Day day = { .date = date };
    sqlite3_bind_int64(statement, 1, date);
    while ((got = store_step(store, statement, err)) == STEP_ROW) {
        DayStory story = { .row = sqlite3_column_int64(statement, 0),
                           .positions = (uint64_t)sqlite3_column_int64(statement, 2) };
        const void *bytes = sqlite3_column_blob(statement, 1);
        if (!bytes || sqlite3_column_bytes(statement, 1) != STORY_VECTOR_SIZE)
            continue;
        memcpy(story.vector.at, bytes, STORY_VECTOR_SIZE);
        contradiction_measure_vector(&story.vector);
        LIST_PUSH(&store->day_arena, &day, story);
    }
    if (got == STEP_FAILED)
        return NULL;
    size_t at = day_index(&store->days, date);
    LIST_PUSH(&store->day_arena, &store->days, day);
    Day *place = &store->days.ptr[at];
    memmove(place + 1, place, (store->days.len - 1 - at) * sizeof *place);
    *place = day;
    return place;
}

/* Before a story: what is held must stay until it is done. */
static void limit_held(Store *store)
{
    if (store->day_arena.held_bytes > DAYS_HELD_BYTES || store->days.len > DAYS_HELD)
        store_forget_days(store);
    if (store->held_arena.held_bytes <= CLAIMS_HELD_BYTES)
        return;
    arena_reset(&store->held_arena);
    store->held = (HeldClaims){ 0 };
    store->held_rows = (Names){ 0 };
    for (size_t i = 0; i < store->days.len; i++)
        for (size_t k = 0; k < store->days.ptr[i].len; k++)
            store->days.ptr[i].ptr[k].claims = (HeldClaims){ 0 };
}

/* ---- claims to compare -------------------------------------------------------------- */

typedef struct Standing { int64_t row; Str id; } Standing;

/* A claim as the database has it.  New ones are read back too, so that both sides of every pair come from there. */
struct Held {
    ClaimView view;                      /* first: a ClaimView of ours is a Held */
    Claim claim;
    Str id;
    int64_t row, topic_row, story_row;
    Standing standing;
    Claim stand;                         /* the standing position's topic, no more */
    uint64_t position, against;          /* bits of its position, and of those that oppose it */
};

/* "1000 treaty\n400c ua\n": weight in thousandths, c for a country. */
static Str symbols_text(const Claim *claim, Arena *arena)
{
    enum { NUMBER_BYTES = 16 };
    size_t len = 0;
    for (size_t i = 0; i < claim->n_symbols; i++)
        len += claim->symbols[i].name.len + NUMBER_BYTES;
    char *out = arena_alloc(arena, len + 1);
    size_t at = 0;
    for (size_t i = 0; i < claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &claim->symbols[i];
        int thousandths = (int)lround(fmin(fmax((double)symbol->weight, 0), 1000) * 1000);
        at += (size_t)snprintf(out + at, len + 1 - at, "%d%s %.*s\n", thousandths, symbol->country ? "c" : "",
                               STR_ARG(symbol->name));
    }
    return (Str){ out, at };
}

void store_parse_symbols(Str text, Arena *arena, Claim *out)
{
    struct { ClaimSymbol *ptr; size_t len, cap; } list = { 0 };
    Str line, number;
    while (str_split(&text, '\n', &line)) {
        if (!str_split(&line, ' ', &number) || !number.len || !line.ptr)
            continue;
        ClaimSymbol symbol = { .name = line, .weight = (float)strtol(number.ptr, NULL, 10) / 1000.0f,
                               .country = str_ends(number, STR("c")) };
        LIST_PUSH(arena, &list, symbol);
    }
    out->symbols = list.ptr;
    out->n_symbols = list.len;
}

static Str names_text(const Strs *names, Arena *arena)
{
    size_t len = 0, at = 0;
    for (size_t i = 0; i < names->len; i++)
        len += names->ptr[i].len + 1;
    char *out = arena_alloc(arena, len + 1);
    for (size_t i = 0; i < names->len; i++) {
        if (names->ptr[i].len)
            memcpy(out + at, names->ptr[i].ptr, names->ptr[i].len);
        at += names->ptr[i].len;
        out[at++] = '\n';
    }
    return (Str){ out, at };
}

void store_parse_names(Str text, Arena *arena, Strs *out)
{
    Str name;
    while (str_split(&text, '\n', &name))
        if (name.len)
            LIST_PUSH(arena, out, name);
}

/* Positions as bits of a word: two may share one, so a bit in common asks for a closer look. */
static uint64_t position_bit(Str position)
{
    return (uint64_t)1 << (str_hash(position) * 0x9E3779B97F4A7C15u >> 58);
}

static uint64_t bits_against(const Rules *rules, Str position)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < rules->n_oppositions; i++) {
        const Opposition *row = &rules->oppositions[i];
        if (row->weight > 0 && str_equal(row->a, position))
            bits |= position_bit(row->b);
        if (row->weight > 0 && str_equal(row->b, position))
            bits |= position_bit(row->a);
    }
    return bits;
}

static Held *find_held(const Store *store, int64_t row)
{
    uint32_t at = names_find(&store->held_rows, (Str){ (const char *)&row, sizeof row });
    return at == NAMES_NONE ? NULL : store->held.ptr[at];
}

/* The claim of a row of HELD_COLUMNS. */
static Held *hold_claim(Store *store, sqlite3_stmt *from, const Rules *rules)
{
    Arena *arena = &store->held_arena;
    Held *held = find_held(store, sqlite3_column_int64(from, 1));
    if (held)
        return held;
    held = ARENA_NEW(arena, Held);
    *held = (Held){
        .claim = {
            .position = store_column(from, 0, arena), .topic = store_column(from, 4, arena),
            .topic_label = store_column(from, 5, arena), .side = sqlite3_column_int(from, 6),
            .curated = sqlite3_column_int(from, 7), .condition = sqlite3_column_int(from, 8),
            .hedged = sqlite3_column_int(from, 9), .unconditional = sqlite3_column_int(from, 10),
            .span = { (uint32_t)sqlite3_column_int64(from, 11), (uint32_t)sqlite3_column_int64(from, 12) },
            .flags = (unsigned)sqlite3_column_int(from, 15), .content_words = sqlite3_column_int(from, 16),
        },
        .row = sqlite3_column_int64(from, 1), .id = store_column(from, 2, arena),
        .topic_row = sqlite3_column_int64(from, 3), .story_row = sqlite3_column_int64(from, 30),
        .standing = { sqlite3_column_int64(from, 17), store_column(from, 18, arena) },
        .view = {
            .claim = &held->claim,
            .speaker = store_column(from, 19, arena), .speaker_key = store_column(from, 20, arena),
            .country = store_column(from, 21, arena), .said_on = day_of_column(from, 22),
            .n = sqlite3_column_int(from, 23), .story = store_column(from, 24, arena),
            .published = day_of_column(from, 25), .place = store_column(from, 26, arena),
        },
        .stand = {
            .topic = store_column(from, 27, arena), .topic_label = store_column(from, 28, arena),
            .curated = sqlite3_column_int(from, 29),
        },
    };
    store_parse_symbols(store_column(from, 13, arena), arena, &held->claim);
    store_parse_names(store_column(from, 14, arena), arena, &held->claim.names);
    held->position = position_bit(held->claim.position);
    held->against = contradiction_has_pole(&held->claim) ? UINT64_MAX : bits_against(rules, held->claim.position);
    names_add(&store->held_rows, arena, (Str){ (const char *)&held->row, sizeof held->row }, (uint32_t)store->held.len);
    LIST_PUSH(arena, &store->held, held);
    return held;
}

static bool story_claims(Store *store, int64_t story, const Rules *rules, HeldClaims *out, Error *err)
{
    Step got;
    sqlite3_stmt *statement = store_use(store, SQL_STORY_CLAIMS, err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, story);
    while ((got = store_step(store, statement, err)) == STEP_ROW)
        LIST_PUSH(&store->held_arena, out, hold_claim(store, statement, rules));
    return got == STEP_END;
}

/* Two standing positions on their way into their row: low is the one with the lesser id. */
typedef struct Pair {
    int64_t rows[2];                     /* of low and high: what tells pairs apart */
    Standing low, high;
    Contradiction best;                  /* the evidence that is shown */
    Str id, tie, found_on;
    double score;                        /* of the strongest */
    int64_t evidence;
} Pair;
typedef struct Pairs { Pair *ptr; size_t len, cap; } Pairs;

typedef struct Adding {                  /* one story on its way in */
    Store *store;
    const Rules *rules;
    const Story *story;
    Arena *arena;
    StoreOutcome *outcome;
    Error *err;
    int64_t story_row;
    Str published;                       /* day of the story */
    size_t n_compared;                   /* claims that others are compared with */
    Names ids;                           /* of its statements and claims */
    Pairs pairs;                         /* found so far */
    Names pair_rows;                     /* Pair.rows -> index in pairs */
} Adding;

/* ---- officials, topics, standing positions -------------------------------------------- */

/*
 * officials and topics have a name that every story may spell in its own way: of all spellings the least in
 * byte order is kept, which does not depend on which came first.
 */
static bool is_lesser(Str a, Str b)
{
    return str_compare(a, b) < 0;
}

static bool add_official(Adding *adding, const StatementRow *row, Str key, int64_t *out)
{
    Store *store = adding->store;
    sqlite3_stmt *statement = store_use(store, SQL_FIND_OFFICIAL, adding->err);
    if (!statement)
        return false;
    store_bind(statement, 1, key);
    Step got = store_step(store, statement, adding->err);
    if (got == STEP_FAILED)
        return false;
    bool on_roster = row->official.len, institution = row->institution, known = got == STEP_ROW;
    Str name = row->speaker;
    if (known) {
        Str old = store_column(statement, 1, adding->arena);
        bool was_on_roster = sqlite3_column_int(statement, 2), was_institution = sqlite3_column_int(statement, 3);
        *out = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        name = is_lesser(old, name) ? old : name;
        on_roster |= was_on_roster;
        institution |= was_institution;
        if (str_equal(name, old) && on_roster == was_on_roster && institution == was_institution)
            return true;
    }
    statement = store_use(store, known ? SQL_SET_OFFICIAL : SQL_ADD_OFFICIAL, adding->err);
    if (!statement)
        return false;
    if (known)
        sqlite3_bind_int64(statement, 1, *out);
    else
        store_bind(statement, 1, key);
    store_bind(statement, 2, name);
    store_bind(statement, 3, utf8_fold_copy(adding->arena, name));
    sqlite3_bind_int(statement, 4, on_roster);
    sqlite3_bind_int(statement, 5, institution);
    if (!store_run(store, statement, adding->err))
        return false;
    if (!known)
        *out = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool add_topic(Adding *adding, Str slug, Str label, bool curated, int64_t *out, bool *is_new)
{
    Store *store = adding->store;
    sqlite3_stmt *statement = store_use(store, SQL_FIND_TOPIC, adding->err);
    if (!statement)
        return false;
    store_bind_or_empty(statement, 1, slug);
    Step got = store_step(store, statement, adding->err);
    if (got == STEP_FAILED)
        return false;
    if (!label.len)
        label = slug.ptr ? slug : STR("");
    bool known = got == STEP_ROW;
    *is_new = !known;
    if (known) {
        Str old = store_column(statement, 1, adding->arena);
        bool was_curated = sqlite3_column_int(statement, 2);
        *out = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        if (curated == was_curated)
            label = is_lesser(old, label) ? old : label;
        else if (was_curated)
            label = old;
        curated |= was_curated;
        if (str_equal(label, old) && curated == was_curated)
            return true;
    }
    statement = store_use(store, known ? SQL_SET_TOPIC : SQL_ADD_TOPIC, adding->err);
    if (!statement)
        return false;
    if (known)
        sqlite3_bind_int64(statement, 1, *out);
    else
        store_bind_or_empty(statement, 1, slug);
    store_bind(statement, 2, label);
    store_bind(statement, 3, utf8_fold_copy(adding->arena, label));
    sqlite3_bind_int(statement, 4, curated);
    if (!store_run(store, statement, adding->err))
        return false;
    if (!known)
        *out = sqlite3_last_insert_rowid(store->db);
    return true;
}

static Step find_standing(Adding *adding, int64_t topic, Str speaker_key, Str stance, int64_t *row)
{
    sqlite3_stmt *find = store_use(adding->store, SQL_FIND_STANDING, adding->err);
    if (!find)
        return STEP_FAILED;
    sqlite3_bind_int64(find, 1, topic);
    store_bind(find, 2, speaker_key);
    store_bind_or_empty(find, 3, stance);
    Step got = store_step(adding->store, find, adding->err);
    if (got == STEP_ROW) {
        *row = sqlite3_column_int64(find, 0);
        sqlite3_reset(find);
    }
    return got;
}

/* The standing position of which `first` is the first claim.  topic is that of `first`, or 0 where it is not known. */
static bool add_standing(Adding *adding, Str speaker_key, const Claim *first, int64_t topic, bool new_topic, Standing *out)
{
    Store *store = adding->store;
    Str stance = first->side > 0 ? STR("+") : first->side < 0 ? STR("-") : first->position;
    const Str parts[] = { speaker_key, first->topic, stance };
    out->id = row_id('p', parts, BASE_COUNT(parts), adding->arena);
    if (!topic && !add_topic(adding, first->topic, first->topic_label, first->curated, &topic, &new_topic))
        return false;
    Step got = new_topic ? STEP_END : find_standing(adding, topic, speaker_key, stance, &out->row);
    if (got != STEP_END)
        return got == STEP_ROW;
    sqlite3_stmt *add = store_use(store, SQL_ADD_STANDING, adding->err);
    if (!add)
        return false;
    store_bind(add, 1, out->id);
    store_bind(add, 2, speaker_key);
    sqlite3_bind_int64(add, 3, topic);
    store_bind_or_empty(add, 4, stance);
    if (!store_run(store, add, adding->err))
        return false;
    out->row = sqlite3_last_insert_rowid(store->db);
    return true;
}

/* ---- pairs ---------------------------------------------------------------------------- */

/* The earlier of two days, where "not known" is later than any. */
static Str earlier_day(Str a, Str b)
{
    if (!a.ptr || !b.ptr)
        return a.ptr ? a : b;
    return str_compare(a, b) <= 0 ? a : b;
}

static bool write_pair(Adding *adding, Sql sql, const Pair *pair)
{
    const Contradiction *best = &pair->best;
    const Held *topic = (const Held *)best->topic;
    sqlite3_stmt *statement = store_use(adding->store, sql, adding->err);
    if (!statement)
        return false;
    store_bind(statement, 1, pair->id);
    sqlite3_bind_int64(statement, 2, pair->low.row);
    sqlite3_bind_int64(statement, 3, pair->high.row);
    sqlite3_bind_int64(statement, 4, ((const Held *)best->a)->row);
    sqlite3_bind_int64(statement, 5, ((const Held *)best->b)->row);
    sqlite3_bind_int64(statement, 6, topic->topic_row);
    store_bind(statement, 7, topic->claim.topic_label);
    store_bind(statement, 8, str_from(grade_names[best->grade]));
    store_bind(statement, 9, str_from(relation_names[best->relation]));
    sqlite3_bind_double(statement, 10, pair->score);
    store_bind(statement, 11, contradiction_reason(best, adding->arena));
    store_bind(statement, 12, pair->found_on);
    store_bind(statement, 13, pair->tie);
    sqlite3_bind_int64(statement, 14, pair->evidence);
    return store_run(adding->store, statement, adding->err);
}

/* What `one` holds in a pair with `other`: "everything is on the table" is a position on whatever the other speaks of. */
static bool standing_against(Adding *adding, const Held *one, const Held *other, Standing *out)
{
    *out = one->standing;
    if (!(one->claim.flags & CLAIM_EVERYTHING))
        return true;
    Claim on_topic = other->stand;
    on_topic.side = one->claim.side;
    on_topic.position = one->claim.position;
    return add_standing(adding, one->view.speaker_key, &on_topic, 0, false, out);
}

/*
 * Two standing positions are one pair: the best evidence is shown, the score is that of the strongest.  A story's
 * pairs are gathered before they are written: on a much discussed topic thousands of pieces show a few pairs.
 */
static bool gather_pair(Adding *adding, const Contradiction *found)
{
    const Held *a = (const Held *)found->a, *b = (const Held *)found->b;
    Standing of_a, of_b;
    if (!standing_against(adding, a, b, &of_a) || !standing_against(adding, b, a, &of_b))
        return false;
    if (of_a.row == of_b.row)
        return true;
    bool a_low = str_compare(of_a.id, of_b.id) < 0;
    int64_t rows[2] = { a_low ? of_a.row : of_b.row, a_low ? of_b.row : of_a.row };
    Str key = { (const char *)rows, sizeof rows };
    uint32_t at = names_find(&adding->pair_rows, key);
    if (at == NAMES_NONE) {
        at = (uint32_t)adding->pairs.len;
        names_add(&adding->pair_rows, adding->arena, str_copy(adding->arena, key), at);
        LIST_PUSH(adding->arena, &adding->pairs, ((Pair){ .low = a_low ? of_a : of_b, .high = a_low ? of_b : of_a }));
    }
    Pair *pair = &adding->pairs.ptr[at];
    Str tie = contradiction_order(found, adding->arena), found_on = store_day(found->found_on, adding->arena);
    if (!pair->evidence || str_compare(tie, pair->tie) < 0) {
        pair->best = *found;
        pair->tie = tie;
    }
    pair->found_on = pair->evidence ? earlier_day(pair->found_on, found_on) : found_on;
    pair->score = fmax(pair->score, found->score);
    pair->evidence++;
    return true;
}

static bool keep_pair(Adding *adding, Pair *pair)
{
    const Str parts[] = { pair->low.id, pair->high.id };
    pair->id = row_id('x', parts, BASE_COUNT(parts), adding->arena);
    sqlite3_stmt *find = store_use(adding->store, SQL_FIND_PAIR, adding->err);
    if (!find)
        return false;
    store_bind(find, 1, pair->id);
    Step got = store_step(adding->store, find, adding->err);
    if (got == STEP_FAILED)
        return false;
    if (got == STEP_END) {
        adding->outcome->contradictions++;
        return write_pair(adding, SQL_ADD_PAIR, pair);
    }
    int64_t row = sqlite3_column_int64(find, 0);
    pair->found_on = earlier_day(pair->found_on, store_column(find, 1, adding->arena));
    bool better = str_compare(pair->tie, store_column(find, 2, adding->arena)) < 0;
    sqlite3_reset(find);
    if (better)
        return write_pair(adding, SQL_SET_PAIR, pair);
    sqlite3_stmt *count = store_use(adding->store, SQL_COUNT_PAIR, adding->err);
    if (!count)
        return false;
    sqlite3_bind_int64(count, 1, row);
    store_bind(count, 2, pair->found_on);
    sqlite3_bind_double(count, 3, pair->score);
    sqlite3_bind_int64(count, 4, pair->evidence);
    return store_run(adding->store, count, adding->err);
}

static bool try_pair(Adding *adding, const Held *x, const Held *y, double likeness)
{
    Contradiction found;
    return !(x->against & y->position) || !contradiction_find(adding->rules, &x->view, &y->view, likeness, &found) ||
           gather_pair(adding, &found);
}

static bool on_one_curated_topic(const Held *x, const Held *y)
{
    return x->claim.curated && y->claim.curated && x->topic_row == y->topic_row;
}

static bool pair_inside(Adding *adding, const HeldClaims *own)
{
    for (size_t i = 0; i < own->len; i++)
        for (size_t k = i + 1; k < own->len; k++)
            if (!try_pair(adding, own->ptr[i], own->ptr[k], 1))
                return false;
    return true;
}

/* The story on file is read only when it lies near the new one. */
static bool pair_with_story(Adding *adding, const HeldClaims *own, const WideVector *vector, DayStory *other)
{
    double likeness = contradiction_likeness(vector, &other->vector);
    if (likeness < contradiction_likeness_least)
        return true;
    if (!other->claims.len) {
        if (!story_claims(adding->store, other->row, adding->rules, &other->claims, adding->err))
            return false;
        other->positions = 0;
        for (size_t i = 0; i < other->claims.len; i++)
            other->positions |= other->claims.ptr[i]->position;
    }
    for (size_t i = 0; i < own->len; i++)
        for (size_t k = 0; k < other->claims.len; k++)
            if (!on_one_curated_topic(own->ptr[i], other->claims.ptr[k]) &&
                !try_pair(adding, own->ptr[i], other->claims.ptr[k], likeness))
                return false;
    return true;
}

/* Stories about the same, published within days of each other. */
static bool pair_with_near_stories(Adding *adding, const HeldClaims *own, const WideVector *vector)
{
    Date published = adding->story->published;
    uint64_t against = 0;
    for (size_t i = 0; i < own->len; i++)
        against |= own->ptr[i]->against;
    for (Date date = published - CONTRADICTION_DAYS_OPEN; date <= published + CONTRADICTION_DAYS_OPEN; date++) {
        Day *day = find_day(adding->store, date);
        if (!day && !(day = load_day(adding->store, date, adding->err)))
            return false;
        for (size_t i = 0; i < day->len; i++)
            if (day->ptr[i].positions & against && !pair_with_story(adding, own, vector, &day->ptr[i]))
                return false;
    }
    return true;
}

static bool pair_with_claim(Adding *adding, const HeldClaims *own, const Held *other)
{
    for (size_t i = 0; i < own->len; i++)
        if (on_one_curated_topic(own->ptr[i], other) && !try_pair(adding, own->ptr[i], other, 0))
            return false;
    return true;
}

/* Claims on file that take one position on one topic. */
static bool pair_with_position(Adding *adding, const HeldClaims *own, int64_t topic, Str position)
{
    Store *store = adding->store;
    Date published = adding->story->published;
    Step got;
    sqlite3_stmt *rows = store_use(store, SQL_TOPIC_CLAIMS, adding->err);
    if (!rows)
        return false;
    sqlite3_bind_int64(rows, 1, topic);
    store_bind(rows, 2, position);
    store_bind(rows, 3, store_day(published - CONTRADICTION_DAYS_CURATED, adding->arena));
    store_bind(rows, 4, store_day(published + CONTRADICTION_DAYS_CURATED, adding->arena));
    while ((got = store_step(store, rows, adding->err)) == STEP_ROW) {
        Held *other = find_held(store, sqlite3_column_int64(rows, 0));
        if (!other) {
            sqlite3_stmt *claim = store_use(store, SQL_CLAIM, adding->err);
            if (!claim)
                return false;
            sqlite3_bind_int64(claim, 1, sqlite3_column_int64(rows, 0));
            if ((got = store_step(store, claim, adding->err)) == STEP_FAILED)
                return false;
            if (got == STEP_END)                         /* not to be compared */
                continue;
            other = hold_claim(store, claim, adding->rules);
            sqlite3_reset(claim);
        }
        if (other->story_row != adding->story_row && !pair_with_claim(adding, own, other))
            return false;
    }
    return got == STEP_END;
}

static bool pair_on_curated_topics(Adding *adding, const HeldClaims *own)
{
    typedef struct Ask { int64_t topic; Str position; } Ask;
    struct { Ask *ptr; size_t len, cap; } asked = { 0 };         /* each topic and position once */
    const Rules *rules = adding->rules;
    for (size_t i = 0; i < own->len; i++) {
        const Held *held = own->ptr[i];
        for (size_t o = 0; o < rules->n_oppositions && held->claim.curated; o++) {
            const Opposition *row = &rules->oppositions[o];
            bool is_a = str_equal(row->a, held->claim.position);
            if (row->weight <= 0 || !(is_a || str_equal(row->b, held->claim.position)))
                continue;
            Ask ask = { held->topic_row, is_a ? row->b : row->a };
            bool known = false;
            for (size_t k = 0; k < asked.len && !known; k++)
                known = asked.ptr[k].topic == ask.topic && str_equal(asked.ptr[k].position, ask.position);
            if (known)
                continue;
            LIST_PUSH(adding->arena, &asked, ask);
            if (!pair_with_position(adding, own, ask.topic, ask.position))
                return false;
        }
    }
    return true;
}

static bool keep_pairs(Adding *adding)
{
    for (size_t i = 0; i < adding->pairs.len; i++)
        if (!keep_pair(adding, &adding->pairs.ptr[i]))
            return false;
    return true;
}

static bool add_vector(Adding *adding, const DayStory *story)
{
    sqlite3_stmt *add = store_use(adding->store, SQL_ADD_VECTOR, adding->err);
    if (!add)
        return false;
    sqlite3_bind_int64(add, 1, adding->story->published);
    sqlite3_bind_int64(add, 2, adding->story_row);
    sqlite3_bind_blob(add, 3, story->vector.at, STORY_VECTOR_SIZE, SQLITE_STATIC);
    sqlite3_bind_int64(add, 4, (int64_t)story->positions);
    return store_run(adding->store, add, adding->err);
}

static bool find_pairs(Adding *adding)
{
    if (adding->n_compared == 0)
        return true;
    Store *store = adding->store;
    const Story *story = adding->story;
    DayStory self = { .row = adding->story_row };
    HeldClaims *own = &self.claims;
    contradiction_story_vector(story->title, story->text, &self.vector);
    limit_held(store);
    if (!story_claims(store, adding->story_row, adding->rules, own, adding->err) || !pair_inside(adding, own))
        return false;
    for (size_t i = 0; i < own->len; i++)
        self.positions |= own->ptr[i]->position;
    if (story->published != DATE_UNKNOWN) {
        /* The story itself comes to its day when all others there are done. */
        WideVector wide;
        contradiction_widen_vector(&self.vector, &wide);
        if (!pair_with_near_stories(adding, own, &wide) || !pair_on_curated_topics(adding, own))
            return false;
        LIST_PUSH(&store->day_arena, find_day(store, story->published), self);
        if (!add_vector(adding, &self))
            return false;
    }
    return keep_pairs(adding);
}

/* ---- one story ---------------------------------------------------------------------------- */

/* One thing found twice in a story is stored once. */
static bool is_twice(Adding *adding, Str id)
{
    return !names_add(&adding->ids, adding->arena, id, 0);
}

/* Claims of the story so far, by the first of each speaker's equal ones. */
typedef struct Stand { Str speaker_key; const Claim *first; } Stand;
typedef struct Stands { Stand *ptr; size_t len, cap; } Stands;

static const Claim *first_of_stand(Adding *adding, Stands *stands, Str speaker_key, const Claim *claim)
{
    if (adding->n_compared >= CLAIMS_COMPARED)
        return claim;
    for (size_t i = 0; i < stands->len; i++)
        if (str_equal(stands->ptr[i].speaker_key, speaker_key) && contradiction_same_stand(stands->ptr[i].first, claim))
            return stands->ptr[i].first;
    LIST_PUSH(adding->arena, stands, ((Stand){ speaker_key, claim }));
    return claim;
}

static bool add_claim(Adding *adding, int64_t statement_row, size_t ordinal, const Claim *claim, const ClaimRow *row,
                      Str speaker_key, Stands *stands)
{
    Store *store = adding->store;
    int64_t topic;
    bool new_topic;
    Standing standing = { 0 };
    Span span = { 0, 0 };
    if (is_twice(adding, row->id))
        return true;
    if (!add_topic(adding, claim->topic, claim->topic_label, claim->curated, &topic, &new_topic))
        return false;
    const Claim *first = speaker_key.len ? first_of_stand(adding, stands, speaker_key, claim) : NULL;
    if (first && !add_standing(adding, speaker_key, first, first == claim ? topic : 0, first == claim && new_topic, &standing))
        return false;
    bool compared = speaker_key.len && adding->n_compared < CLAIMS_COMPARED &&
                    contradiction_possible(adding->rules, claim);
    row_parse_span(row->span, &span);
    sqlite3_stmt *add = store_use(store, SQL_ADD_CLAIM, adding->err);
    if (!add)
        return false;
    store_bind(add, 1, row->id);
    sqlite3_bind_int64(add, 2, statement_row);
    sqlite3_bind_int64(add, 3, (int64_t)ordinal);
    sqlite3_bind_int64(add, 4, topic);
    store_bind(add, 5, claim->topic_label);
    store_bind_or_empty(add, 6, claim->position);
    sqlite3_bind_int(add, 7, claim->side);
    sqlite3_bind_int(add, 8, claim->curated);
    sqlite3_bind_int(add, 9, claim->negated);
    sqlite3_bind_int(add, 10, claim->condition);
    sqlite3_bind_int(add, 11, claim->hedged);
    sqlite3_bind_int(add, 12, claim->unconditional);
    store_bind(add, 13, claim->limit);
    sqlite3_bind_int64(add, 14, span.from);
    sqlite3_bind_int64(add, 15, span.to);
    store_bind_or_empty(add, 16, row->words);
    store_bind(add, 17, claim->rule);
    if (speaker_key.len)
        sqlite3_bind_int64(add, 18, standing.row);
    else
        sqlite3_bind_null(add, 18);
    store_bind(add, 19, adding->published);
    store_bind(add, 20, compared ? symbols_text(claim, adding->arena) : STR_NONE);
    store_bind(add, 21, compared ? names_text(&claim->names, adding->arena) : STR_NONE);
    sqlite3_bind_int64(add, 22, claim->flags);
    sqlite3_bind_int(add, 23, claim->content_words);
    if (!store_run(store, add, adding->err))
        return false;
    adding->n_compared += compared;
    adding->outcome->claims++;
    return true;
}

static bool add_statement(Adding *adding, const Statement *statement, const StatementRow *row, Stands *stands)
{
    Store *store = adding->store;
    Str key = row_speaker_key(adding->story, statement, adding->arena);
    int64_t official = 0;
    if (is_twice(adding, row->id))
        return true;
    if (row->speaker.len && !add_official(adding, row, key, &official))
        return false;
    sqlite3_stmt *add = store_use(store, SQL_ADD_STATEMENT, adding->err);
    if (!add)
        return false;
    store_bind(add, 1, row->id);
    sqlite3_bind_int64(add, 2, adding->story_row);
    sqlite3_bind_int(add, 3, row->n);
    if (official)
        sqlite3_bind_int64(add, 4, official);
    else
        sqlite3_bind_null(add, 4);
    store_bind(add, 5, key);
    store_bind(add, 6, row->speaker);
    store_bind(add, 7, row->speaker_text);
    store_bind(add, 8, row->speaker_span);
    store_bind(add, 9, row->office);
    store_bind(add, 10, row->country);
    store_bind(add, 11, row->kind);
    store_bind(add, 12, row->spans);
    store_bind_or_empty(add, 13, row->text);
    store_bind(add, 14, row->cue);
    store_bind(add, 15, row->cue_span);
    store_bind(add, 16, row->said_on);
    store_bind(add, 17, row->place);
    sqlite3_bind_int(add, 18, row->negated);
    store_bind(add, 19, row->reporter);
    store_bind(add, 20, row->context);
    store_bind(add, 21, row->rule);
    if (!store_run(store, add, adding->err))
        return false;
    int64_t statement_row = sqlite3_last_insert_rowid(store->db);
    adding->outcome->statements++;
    for (size_t i = 0; i < statement->n_claims; i++)
        if (!add_claim(adding, statement_row, i, &statement->claims[i], &row->claims[i], key, stands))
            return false;
    return true;
}

static Str hex(uint64_t value, Arena *arena)
{
    return str_printf(arena, "%016llx", (unsigned long long)value);
}

bool store_add_engine(Store *store, const Rules *rules, int64_t *row, Arena *arena, Error *err)
{
    Str hash = hex(rules->hash, arena);
    static const Sql both[] = { SQL_ADD_ENGINE, SQL_FIND_ENGINE };
    for (size_t i = 0; i < BASE_COUNT(both); i++) {
        sqlite3_stmt *statement = store_use(store, both[i], err);
        if (!statement)
            return false;
        store_bind(statement, 1, hash);
        store_bind(statement, 2, STR(TRACKER_VERSION));
        Step got = store_step(store, statement, err);
        if (got == STEP_FAILED)
            return false;
        if (got == STEP_ROW) {
            *row = sqlite3_column_int64(statement, 0);
            sqlite3_reset(statement);
        }
    }
    return true;
}

/* Once a batch. */
static bool set_engine(Adding *adding)
{
    Store *store = adding->store;
    if (store->engine_rules == adding->rules)
        return true;
    if (!store_add_engine(store, adding->rules, &store->engine_row, adding->arena, adding->err))
        return false;
    store->engine_rules = adding->rules;
    return true;
}

/* row 0: the next that is free. */
static bool add_new_story(Adding *adding, const Statements *statements, int64_t row, Str text_hash, Str text)
{
    Store *store = adding->store;
    const Story *story = adding->story;
    if (!set_engine(adding))
        return false;
    sqlite3_stmt *add = store_use(store, SQL_ADD_STORY, adding->err);
    if (!add)
        return false;
    store_bind_or_empty(add, 1, story->id);
    sqlite3_bind_int64(add, 2, store->engine_row);
    store_bind(add, 3, adding->published);
    store_bind(add, 4, story->title);
    store_bind(add, 5, story->source);
    store_bind(add, 6, story->url);
    store_bind(add, 7, story->place);
    store_bind(add, 8, text_hash);
    store_bind_or_empty(add, 9, text);
    if (row)
        sqlite3_bind_int64(add, 10, row);
    else
        sqlite3_bind_null(add, 10);
    if (!store_run(store, add, adding->err))
        return false;
    adding->story_row = sqlite3_last_insert_rowid(store->db);
    Utf8Counter counter;
    Stands stands = { 0 };
    utf8_counter_init(&counter, story->text);
    for (size_t i = 0; i < statements->len; i++) {
        StatementRow from;
        row_from_statement(story, &statements->ptr[i], &counter, adding->arena, &from);
        if (!add_statement(adding, &statements->ptr[i], &from, &stands))
            return false;
    }
    return find_pairs(adding);
}

static bool add_any_story(Adding *adding, const Statements *statements)
{
    Store *store = adding->store;
    const Story *story = adding->story;
    StoreOutcome *outcome = adding->outcome;
    Str hash = hex(str_hash(story->text), adding->arena);
    StoreVersion version;
    if (!store_link_story(store, story, statements, hash, adding->arena, outcome, &version, adding->err))
        return false;
    if (outcome->kind != STORE_NEW && !version.first)
        return true;
    return add_new_story(adding, version.first ? &version.fresh : statements, 0, hash, story->text) &&
           (!version.first || store_add_version(store, adding->story_row, &version, outcome->kind, adding->err)) &&
           store_add_keys(store, adding->story_row, story->published, &version.print, adding->err);
}

bool store_add_story(Store *store, const Rules *rules, const Story *story, const Statements *statements,
                     Arena *arena, StoreOutcome *outcome, Error *err)
{
    *outcome = (StoreOutcome){ 0 };
    Adding adding = { .store = store, .rules = rules, .story = story, .arena = arena, .outcome = outcome, .err = err };
    adding.published = store_day(story->published, arena);
    if (!store_run_plain(store, SQL_SAVE, err))
        return false;
    if (add_any_story(&adding, statements))
        return store_run_plain(store, SQL_RELEASE, err);
    *outcome = (StoreOutcome){ 0 };
    store->engine_rules = NULL;
    store_forget_days(store);
    /* Nothing to take back when a full disk has ended the whole batch. */
    if (!sqlite3_get_autocommit(store->db)) {
        store_run_plain(store, SQL_BACK, NULL);
        store_run_plain(store, SQL_RELEASE, NULL);
    }
    return false;
}

bool store_add_drafted(Store *store, int64_t row, const Rules *rules, const Story *story, const Statements *statements,
                       Arena *arena, Error *err)
{
    StoreOutcome outcome = { 0 };
    Adding adding = { .store = store, .rules = rules, .story = story, .arena = arena, .outcome = &outcome, .err = err };
    adding.published = store_day(story->published, arena);
    return add_new_story(&adding, statements, row, STR(""), STR(""));
}
