#include "record/store_adding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_KEPT_BYTES = 8 * 1024 * 1024 };

/* Two standing positions, of which a story has shown that they cannot both hold: low is the one with the lesser id. */
typedef struct FoundPair {
    int64_t rows[2];                     /* of low and high: what tells pairs apart */
    Standing low, high;
    Contradiction best;                  /* the evidence that is shown */
    Date found_on;
    double score;                        /* of the strongest */
    int64_t evidence;
    KeptPair *kept;
} FoundPair;

/* The same on its way into its row, with what the stories of the batch have shown so far. */
struct KeptPair {
    int64_t rows[2];
    int64_t row;                         /* in contradictions; 0: it is not there yet */
    Str low, high;
    Str tie; Date found_on;              /* of all, those on file included */
    bool better, earlier;                /* than what is on file: what is shown, found_on */
    int64_t claim_a, claim_b, topic;     /* of what is shown, where that is new */
    int64_t official_a, official_b, other_topic;      /* 0: none */
    Str topic_label, reason;
    Grade grade;
    Relation relation;
    double score;
    int64_t evidence;                    /* of this batch; 0: of a story that did not come in */
};

/* ---- pairs of one story ------------------------------------------------------------------ */

/* The earlier of two days, where "not known" is later than any. */
static Date earlier_day(Date a, Date b)
{
    if (a == DATE_UNKNOWN || b == DATE_UNKNOWN)
        return a == DATE_UNKNOWN ? b : a;
    return a <= b ? a : b;
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
    return store_add_standing(adding, one->view.speaker_key, &on_topic, 0, false, out);
}

/*
 * Two standing positions are one pair: the best evidence is shown, the score is that of the strongest.  A story's
 * pairs are gathered before they are kept: on a much discussed topic thousands of pieces show a few pairs.
 */
static bool gather_pair(Adding *adding, Held *x, Held *y, const Contradiction *found)
{
    const Held *a = (const Held *)found->a, *b = (const Held *)found->b;
    Standing of_a, of_b;
    if (!store_tell_held(adding->store, x, adding->err) || !store_tell_held(adding->store, y, adding->err) ||
        !standing_against(adding, a, b, &of_a) || !standing_against(adding, b, a, &of_b))
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
        LIST_PUSH(adding->arena, &adding->pairs, ((FoundPair){ .rows = { rows[0], rows[1] }, .low = a_low ? of_a : of_b, .high = a_low ? of_b : of_a }));
    }
    FoundPair *pair = &adding->pairs.ptr[at];
    if (!pair->evidence || contradiction_compare_order(found, &pair->best, adding->arena) < 0)
        pair->best = *found;
    pair->found_on = pair->evidence ? earlier_day(pair->found_on, found->found_on) : found->found_on;
    pair->score = fmax(pair->score, found->score);
    pair->evidence++;
    return true;
}

/* ---- which claims meet ---------------------------------------------------------------- */

static bool try_pair(Adding *adding, Held *x, Held *y, double likeness)
{
    Contradiction found;
    return !(x->against & y->positions) || !contradiction_find(adding->rules, &x->view, &y->view, likeness, &found) ||
           gather_pair(adding, x, y, &found);
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

/* The story on file is read only when it is like the new one, or both are brief; near: in days. */
static bool pair_with_story(Adding *adding, const HeldClaims *own, const WideVector *vector, bool near, DayStory *other)
{
    double likeness = contradiction_likeness(vector, other->vector);
    bool brief = near && own->ptr[0]->view.brief && contradiction_is_brief(other->vector);
    if (likeness < contradiction_likeness_least && !brief)
        return true;
    if (!other->claims.len) {
        if (!store_hold_story(adding->store, other->row, adding->rules, &other->claims, adding->err))
            return false;
        other->positions = 0;
        for (size_t i = 0; i < other->claims.len; i++) {
            other->positions |= other->claims.ptr[i]->positions;
            other->claims.ptr[i]->view.brief = contradiction_is_brief(other->vector);
        }
    }
    for (size_t i = 0; i < own->len; i++)
        for (size_t k = 0; k < other->claims.len; k++)
            if (own->ptr[i]->keys & other->claims.ptr[k]->keys && !on_one_curated_topic(own->ptr[i], other->claims.ptr[k]) &&
                !try_pair(adding, own->ptr[i], other->claims.ptr[k], likeness))
                return false;
    return true;
}

/* What the new story brings to those of a day. */
typedef struct Meeting { Adding *adding; const HeldClaims *own; const WideVector *vector; uint64_t against; } Meeting;

static bool meet(const Meeting *new, Day *day, const Posting *posting, StoryKey key)
{
    if (posting->key.key != key.key || posting->key.position != key.position)
        return true;
    DayStory *other = &day->ptr[posting->story];
    if (other->met == new->adding->story_row)
        return true;
    other->met = new->adding->story_row;
    Date published = new->adding->story->published;
    bool near = (day->date < published ? published - day->date : day->date - published) <= CONTRADICTION_DAYS_BRIEF;
    return !(other->positions & new->against) || pair_with_story(new->adding, new->own, new->vector, near, other);
}

/* The stories of a day with a claim that has the key and the position, each once. */
static bool pair_with_day(const Meeting *new, Day *day, StoryKey key)
{
    size_t place = day->n_starts ? store_place_of(key, day->n_starts) : 0;
    for (size_t i = day->n_starts ? day->starts[place] : 0; day->n_starts && i < day->starts[place + 1]; i++)
        if (!meet(new, day, &day->filed[i], key))
            return false;
    uint32_t at = day->n_heads ? day->heads[store_place_of(key, day->n_heads)] : 0;
    for (; at; at = day->postings.ptr[at - 1].next)
        if (!meet(new, day, &day->postings.ptr[at - 1], key))
            return false;
    return true;
}

/* Stories about the same, published within days of each other. */
static bool pair_with_near_stories(Adding *adding, const HeldClaims *own, const StoryKeys *opposed, const WideVector *vector)
{
    Date published = adding->story->published;
    Meeting new = { .adding = adding, .own = own, .vector = vector };
    for (size_t i = 0; i < own->len; i++)
        new.against |= own->ptr[i]->against;
    for (Date date = published - CONTRADICTION_DAYS_OPEN; date <= published + CONTRADICTION_DAYS_OPEN; date++) {
        Day *day = store_hold_day(adding->store, date, adding->err);
        if (!day)
            return false;
        for (size_t i = 0; i < opposed->len && day->len; i++)
            if (!pair_with_day(&new, day, opposed->ptr[i]))
                return false;
    }
    return true;
}

/* Claims of others that take one position on one topic. */
static bool pair_with_position(Adding *adding, const HeldClaims *own, const Held *on_topic, Str position)
{
    const HeldClaims *others = store_hold_topic(adding, on_topic, position);
    for (size_t k = 0; others && k < others->len; k++)
        for (size_t i = 0; i < own->len; i++)
            if (on_one_curated_topic(own->ptr[i], others->ptr[k]) && !try_pair(adding, own->ptr[i], others->ptr[k], 0))
                return false;
    return others != NULL;
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
            if (!pair_with_position(adding, own, held, ask.position))
                return false;
        }
    }
    return true;
}

/* A key of a claim, and the positions that the claim opposes. */
typedef struct OwnKey { StoryKey key; uint64_t against; } OwnKey;

static int compare_keys(const void *x, const void *y)
{
    const StoryKey *a = &((const OwnKey *)x)->key, *b = &((const OwnKey *)y)->key;
    return a->key != b->key ? a->key - b->key : a->position - b->position;
}

/* What the claims have, and what those may have that oppose them: sorted, claims with one key ask once. */
static void keys_of_claims(const HeldClaims *own, StoryKeys *keys, StoryKeys *opposed, Arena *arena)
{
    struct { OwnKey *ptr; size_t len, cap; } list = { 0 };
    LIST_PUSH(arena, opposed, ((StoryKey){ CONTRADICTION_ANY_KEY, POSITION_ANY }));
    for (size_t i = 0; i < own->len; i++) {
        ClaimKeys of_one = { 0 };
        contradiction_add_keys(&own->ptr[i]->view, arena, &of_one);
        for (size_t k = 0; k < of_one.len; k++) {
            OwnKey one = { { of_one.ptr[k], own->ptr[i]->position }, own->ptr[i]->against };
            LIST_PUSH(arena, &list, one);
        }
    }
    if (list.len)
        qsort(list.ptr, list.len, sizeof *list.ptr, compare_keys);
    for (size_t i = 0, next; i < list.len; i = next) {
        uint64_t against = 0;
        for (next = i; next < list.len && list.ptr[next].key.key == list.ptr[i].key.key; next++) {
            against |= list.ptr[next].against;
            if (next == i || list.ptr[next].key.position != list.ptr[next - 1].key.position)
                LIST_PUSH(arena, keys, list.ptr[next].key);
        }
        for (uint8_t position = 0; position <= POSITION_ANY; position++)
            if (position == POSITION_ANY || against >> position & 1)
                LIST_PUSH(arena, opposed, ((StoryKey){ list.ptr[i].key.key, position }));
    }
}

static bool add_vector(Adding *adding, const DayStory *story, const StoryKeys *keys)
{
    unsigned char *bytes = arena_alloc(adding->arena, 3 * keys->len + 1);
    sqlite3_stmt *add = store_use(adding->store, SQL_ADD_VECTOR, adding->err);
    if (!add)
        return false;
    for (size_t i = 0; i < keys->len; i++) {
        bytes[3 * i] = (unsigned char)(keys->ptr[i].key & 0xFF);
        bytes[3 * i + 1] = (unsigned char)(keys->ptr[i].key >> 8);
        bytes[3 * i + 2] = keys->ptr[i].position;
    }
    sqlite3_bind_int64(add, 1, adding->story->published);
    sqlite3_bind_int64(add, 2, adding->story_row);
    sqlite3_bind_blob(add, 3, story->vector->at, STORY_VECTOR_SIZE, SQLITE_STATIC);
    sqlite3_bind_int64(add, 4, (int64_t)story->positions);
    sqlite3_bind_blob64(add, 5, bytes, 3 * keys->len, SQLITE_STATIC);
    return store_run(adding->store, add, adding->err);
}

static bool add_topic_claims(Adding *adding)
{
    sqlite3_stmt *add = store_use(adding->store, SQL_ADD_TOPIC_CLAIMS, adding->err);
    if (!add)
        return false;
    sqlite3_bind_int64(add, 1, adding->story_row);
    return store_run(adding->store, add, adding->err);
}

static bool pair_with_others(Adding *adding, DayStory *self)
{
    Store *store = adding->store;
    const HeldClaims *own = &self->claims;
    StoryKeys keys = { 0 }, opposed = { 0 };
    WideVector wide;
    keys_of_claims(own, &keys, &opposed, adding->arena);
    contradiction_widen_vector(self->vector, &wide);
    if (!pair_with_near_stories(adding, own, &opposed, &wide) || !pair_on_curated_topics(adding, own))
        return false;
    /* The story comes to its day and topics when it has met all others there. */
    store_hold_story_of_day(store, adding->story->published, self, &keys);
    bool on_topics = false;
    for (size_t i = 0; i < own->len; i++)
        if (own->ptr[i]->claim.curated) {
            store_hold_on_topic(store, own->ptr[i]);
            on_topics = true;
        }
    return add_vector(adding, self, &keys) && (!on_topics || add_topic_claims(adding));
}

/* ---- pairs of a batch -------------------------------------------------------------------- */

/* What is kept of a pair, or on file of it; NULL after filling err. */
static KeptPair *find_kept(Adding *adding, const FoundPair *pair)
{
    Store *store = adding->store;
    uint32_t at = names_find(&store->kept_rows, (Str){ (const char *)pair->rows, sizeof pair->rows });
    if (at != NAMES_NONE)
        return store->kept.ptr[at];
    sqlite3_stmt *find = store_use(store, SQL_FIND_PAIR, adding->err);
    if (!find)
        return NULL;
    sqlite3_bind_int64(find, 1, pair->rows[0]);
    sqlite3_bind_int64(find, 2, pair->rows[1]);
    Step got = store_step(store, find, adding->err);
    if (got == STEP_FAILED)
        return NULL;
    KeptPair *kept = ARENA_NEW(&store->kept_arena, KeptPair);
    *kept = (KeptPair){ .rows = { pair->rows[0], pair->rows[1] }, .found_on = DATE_UNKNOWN };
    if (got == STEP_ROW) {
        kept->row = sqlite3_column_int64(find, 0);
        kept->found_on = store_column_day(find, 1);
        kept->tie = store_column(find, 2, &store->kept_arena);
        sqlite3_reset(find);
    }
    names_add(&store->kept_rows, &store->kept_arena, (Str){ (const char *)kept->rows, sizeof kept->rows },
              (uint32_t)store->kept.len);
    LIST_PUSH(&store->kept_arena, &store->kept, kept);
    return kept;
}

static void show(KeptPair *kept, const FoundPair *pair, Arena *arena)
{
    const Contradiction *best = &pair->best;
    const Held *a = (const Held *)best->a, *b = (const Held *)best->b, *topic = (const Held *)best->topic;
    const Held *other = topic == a ? b : a;
    kept->better = true;
    kept->tie = contradiction_order(best, arena);
    kept->claim_a = a->row;
    kept->claim_b = b->row;
    kept->official_a = a->official_row;
    kept->official_b = b->official_row;
    kept->topic = topic->topic_row;
    kept->other_topic = other->topic_row == topic->topic_row ? 0 : other->topic_row;
    kept->topic_label = str_copy(arena, topic->claim.topic_label);
    kept->grade = best->grade;
    kept->relation = best->relation;
    kept->reason = contradiction_reason(best, arena);
}

void store_keep_pairs(Adding *adding)
{
    Arena *arena = &adding->store->kept_arena;
    for (size_t i = 0; i < adding->pairs.len; i++) {
        const FoundPair *pair = &adding->pairs.ptr[i];
        KeptPair *kept = pair->kept;
        bool first = !kept->row && !kept->evidence;
        adding->outcome->contradictions += first;
        if (!kept->evidence) {
            kept->low = str_copy(arena, pair->low.id);
            kept->high = str_copy(arena, pair->high.id);
        }
        Date earliest = first ? pair->found_on : earlier_day(kept->found_on, pair->found_on);
        kept->earlier |= earliest != kept->found_on;
        kept->found_on = earliest;
        if (first || contradiction_stands_before(&pair->best, kept->tie, adding->arena))
            show(kept, pair, arena);
        kept->score = fmax(kept->score, pair->score);
        kept->evidence += pair->evidence;
    }
}

bool store_find_pairs(Adding *adding)
{
    if (adding->n_compared == 0)
        return true;
    const Story *story = adding->story;
    store_limit_held(adding->store);
    StoryVector *vector = ARENA_NEW(&adding->store->day_arena, StoryVector);
    DayStory self = { .row = adding->story_row, .vector = vector };
    contradiction_story_vector(story->title, story->text, vector);
    if (!store_hold_story(adding->store, adding->story_row, adding->rules, &self.claims, adding->err) ||
        !pair_inside(adding, &self.claims))
        return false;
    for (size_t i = 0; i < self.claims.len; i++) {
        self.positions |= self.claims.ptr[i]->positions;
        self.claims.ptr[i]->view.brief = contradiction_is_brief(self.vector);
    }
    if (story->published != DATE_UNKNOWN && !pair_with_others(adding, &self))
        return false;
    for (size_t i = 0; i < adding->pairs.len; i++)
        if (!(adding->pairs.ptr[i].kept = find_kept(adding, &adding->pairs.ptr[i])))
            return false;
    return true;
}

static void bind_row(sqlite3_stmt *statement, int at, int64_t row)
{
    if (row)
        sqlite3_bind_int64(statement, at, row);
    else
        sqlite3_bind_null(statement, at);
}

static bool insert_pair(Store *store, const KeptPair *kept, Error *err)
{
    Arena *arena = &store->kept_arena;
    const Str parts[] = { kept->low, kept->high };
    sqlite3_stmt *add = store_use(store, kept->row ? SQL_SET_PAIR : SQL_ADD_PAIR, err);
    if (!add)
        return false;
    if (kept->row) {
        sqlite3_bind_int64(add, 1, kept->row);
    } else {
        store_bind(add, 1, row_id('x', parts, BASE_COUNT(parts), arena));
        sqlite3_bind_int64(add, 16, kept->rows[0]);
        sqlite3_bind_int64(add, 17, kept->rows[1]);
    }
    sqlite3_bind_int64(add, 2, kept->claim_a);
    sqlite3_bind_int64(add, 3, kept->claim_b);
    sqlite3_bind_int64(add, 4, kept->topic);
    store_bind(add, 5, kept->topic_label);
    store_bind(add, 6, str_from(grade_names[kept->grade]));
    store_bind(add, 7, str_from(relation_names[kept->relation]));
    store_bind(add, 8, kept->reason);
    store_bind(add, 9, store_day(kept->found_on, arena));
    store_bind(add, 10, kept->tie);
    bind_row(add, 11, kept->official_a);
    bind_row(add, 12, kept->official_b);
    bind_row(add, 13, kept->other_topic);
    sqlite3_bind_double(add, 14, kept->score);
    sqlite3_bind_int64(add, 15, kept->evidence);
    return store_run(store, add, err);
}

/* Of a pair on file what it shows stays: its other columns are in no index but for the day. */
static bool count_pair(Store *store, const KeptPair *kept, Error *err)
{
    sqlite3_stmt *count = store_use(store, SQL_COUNT_PAIR, err);
    if (!count)
        return false;
    sqlite3_bind_int64(count, 1, kept->row);
    sqlite3_bind_double(count, 2, kept->score);
    sqlite3_bind_int64(count, 3, kept->evidence);
    if (!store_run(store, count, err))
        return false;
    if (!kept->earlier)
        return true;
    sqlite3_stmt *date = store_use(store, SQL_DATE_PAIR, err);
    if (!date)
        return false;
    sqlite3_bind_int64(date, 1, kept->row);
    store_bind(date, 2, store_day(kept->found_on, &store->kept_arena));
    return store_run(store, date, err);
}

bool store_write_pairs(Store *store, Error *err)
{
    for (size_t i = 0; i < store->kept.len; i++) {
        const KeptPair *kept = store->kept.ptr[i];
        if (kept->evidence && !(kept->better ? insert_pair(store, kept, err) : count_pair(store, kept, err)))
            return false;
    }
    store_drop_pairs(store);
    return true;
}

void store_drop_pairs(Store *store)
{
    arena_reset(&store->kept_arena);
    store->kept = (KeptPairs){ 0 };
    store->kept_rows = (Names){ 0 };
}

bool store_limit_pairs(Store *store, Error *err)
{
    return store->kept_arena.held_bytes <= PAIRS_KEPT_BYTES || store_write_pairs(store, err);
}
