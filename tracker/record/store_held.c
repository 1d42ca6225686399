#include "record/store_adding.h"
#include "extract/topic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAYS_HELD_BYTES = 48 * 1024 * 1024,
    DAYS_HELD = 4000,
    CLAIMS_HELD_BYTES = 32 * 1024 * 1024,
};

static void forget_claims(Store *store)
{
    arena_reset(&store->held_arena);
    store->held = (HeldClaims){ 0 };
    store->held_rows = (Names){ 0 };
    store->topics = (TopicsHeld){ 0 };
}

void store_forget_held(Store *store)
{
    arena_reset(&store->day_arena);
    store->days = (Days){ 0 };
    forget_claims(store);
}

void store_limit_held(Store *store)
{
    if (store->day_arena.held_bytes > DAYS_HELD_BYTES || store->days.len > DAYS_HELD)
        store_forget_held(store);
    if (store->held_arena.held_bytes <= CLAIMS_HELD_BYTES)
        return;
    forget_claims(store);
    for (size_t i = 0; i < store->days.len; i++)
        for (size_t k = 0; k < store->days.ptr[i].len; k++)
            store->days.ptr[i].ptr[k].claims = (HeldClaims){ 0 };
}

/* ---- claims -------------------------------------------------------------------------- */

/* "1000 treaty\n400c ua\n": weight in thousandths, c for a country. */
Str store_symbols_text(const Claim *claim, Arena *arena)
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

Str store_names_text(const Strs *names, Arena *arena)
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
static uint8_t number_of_position(Str position)
{
    return (uint8_t)(str_hash(position) * 0x9E3779B97F4A7C15u >> 58);
}

static uint64_t position_bit(Str position)
{
    return (uint64_t)1 << number_of_position(position);
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

/* False when there is no such row, and after filling err. */
static bool read_row(Store *store, Sql sql, int64_t row, sqlite3_stmt **out, Error *err)
{
    if (!(*out = store_use(store, sql, err)))
        return false;
    sqlite3_bind_int64(*out, 1, row);
    Step got = store_step(store, *out, err);
    return got == STEP_ROW || (got == STEP_END && error_set(err, ERR_DATABASE, store->path, 0, 0, "damaged: "
                                                             "a claim's topic or standing position is missing"));
}

static bool name_topic(Store *store, Held *held, Error *err)
{
    sqlite3_stmt *topic;
    if (held->claim.topic.ptr)
        return true;
    if (!read_row(store, SQL_TOPIC, held->topic_row, &topic, err))
        return false;
    held->claim.topic = store_column(topic, 0, &store->held_arena);
    if (!held->claim.topic_label.ptr)
        held->claim.topic_label = store_column(topic, 1, &store->held_arena);
    sqlite3_reset(topic);
    return true;
}

bool store_tell_held(Store *store, Held *held, Error *err)
{
    Arena *arena = &store->held_arena;
    sqlite3_stmt *standing;
    if (held->told)
        return true;
    if (!name_topic(store, held, err) || !read_row(store, SQL_STANDING, held->standing.row, &standing, err))
        return false;
    held->standing.id = store_column(standing, 0, arena);
    held->stand = (Claim){ .topic = store_column(standing, 1, arena), .topic_label = store_column(standing, 2, arena),
                           .curated = sqlite3_column_int(standing, 3) };
    sqlite3_reset(standing);
    return held->told = true;
}

static uint64_t bits_of_keys(const ClaimView *view, Arena *arena)
{
    ClaimKeys keys = { 0 };
    uint64_t bits = 0;
    contradiction_add_keys(view, arena, &keys);
    for (size_t i = 0; i < keys.len; i++)
        bits |= (uint64_t)1 << keys.ptr[i] % 64;
    return bits;
}

/* The claim of a row of HELD_COLUMNS with `curated` behind them; like: one on the same topic, or NULL.  NULL after filling err. */
static Held *hold_claim(Store *store, sqlite3_stmt *from, const Held *like, const Rules *rules, Error *err)
{
    Arena *arena = &store->held_arena;
    Held *held = find_held(store, sqlite3_column_int64(from, 3));
    if (held)
        return held;
    held = ARENA_NEW(arena, Held);
    *held = (Held){
        .claim = {
            .position = store_column(from, 1, arena), .topic_label = store_column(from, 4, arena),
            .side = sqlite3_column_int(from, 5), .condition = sqlite3_column_int(from, 6),
            .hedged = sqlite3_column_int(from, 7), .unconditional = sqlite3_column_int(from, 8),
            .span = { (uint32_t)sqlite3_column_int64(from, 9), (uint32_t)sqlite3_column_int64(from, 10) },
            .flags = (unsigned)sqlite3_column_int(from, 13), .content_words = sqlite3_column_int(from, 14),
            .curated = sqlite3_column_int(from, 25),
        },
        .row = sqlite3_column_int64(from, 3), .topic_row = sqlite3_column_int64(from, 0),
        .story_row = sqlite3_column_int64(from, 22), .official_row = sqlite3_column_int64(from, 24),
        .standing.row = sqlite3_column_int64(from, 15),
        .view = {
            .claim = &held->claim,
            .speaker = store_column(from, 16, arena), .speaker_key = store_column(from, 17, arena),
            .country = topic_heir(store_column(from, 18, arena)), .said_on = store_column_day(from, 19),
            .n = sqlite3_column_int(from, 20), .story = store_column(from, 23, arena),
            .published = sqlite3_column_type(from, 2) == SQLITE_NULL ? DATE_UNKNOWN : (Date)sqlite3_column_int64(from, 2),
            .place = store_column(from, 21, arena),
        },
    };
    if (like && held->claim.topic_label.ptr)
        held->claim.topic = like->claim.topic;
    else if (held->claim.curated && !name_topic(store, held, err))
        return NULL;
    store_parse_symbols(store_column(from, 11, arena), arena, &held->claim);
    store_parse_names(store_column(from, 12, arena), arena, &held->claim.names);
    /* One that is turned round meets any, whichever of the two came first. */
    bool turns = contradiction_has_pole(&held->claim);
    held->position = turns ? POSITION_ANY : number_of_position(held->claim.position);
    held->positions = turns ? UINT64_MAX : position_bit(held->claim.position);
    held->against = turns ? UINT64_MAX : bits_against(rules, held->claim.position);
    if (contradiction_has_number(&held->claim)) {
        held->position = POSITION_ANY;
        held->positions |= position_bit(CONTRADICTION_NUMBER);
        held->against |= bits_against(rules, CONTRADICTION_NUMBER);
    }
    names_add(&store->held_rows, arena, (Str){ (const char *)&held->row, sizeof held->row }, (uint32_t)store->held.len);
    LIST_PUSH(arena, &store->held, held);
    return held;
}

bool store_hold_story(Store *store, int64_t story, const Rules *rules, HeldClaims *out, Error *err)
{
    Step got;
    sqlite3_stmt *statement = store_use(store, SQL_STORY_CLAIMS, err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, story);
    while ((got = store_step(store, statement, err)) == STEP_ROW) {
        Held *held = hold_claim(store, statement, NULL, rules, err);
        if (!held) {
            sqlite3_reset(statement);
            return false;
        }
        held->keys = bits_of_keys(&held->view, &store->held_arena);
        LIST_PUSH(&store->held_arena, out, held);
    }
    return got == STEP_END;
}

/* ---- claims on a curated topic --------------------------------------------------------- */

static TopicHeld *find_topic(Store *store, int64_t topic, Str position)
{
    for (size_t i = 0; i < store->topics.len; i++)
        if (store->topics.ptr[i].topic == topic && str_equal(store->topics.ptr[i].position, position))
            return &store->topics.ptr[i];
    return NULL;
}

static bool load_topic(Adding *adding, const Held *own, TopicHeld *out)
{
    Store *store = adding->store;
    Step got;
    sqlite3_stmt *rows = store_use(store, SQL_TOPIC_CLAIMS, adding->err);
    if (!rows)
        return false;
    out->claims.len = 0;
    sqlite3_bind_int64(rows, 1, out->topic);
    store_bind(rows, 2, out->position);
    sqlite3_bind_int64(rows, 3, out->from);
    sqlite3_bind_int64(rows, 4, out->to);
    while ((got = store_step(store, rows, adding->err)) == STEP_ROW) {
        Held *held = hold_claim(store, rows, own, adding->rules, adding->err);
        if (!held) {
            sqlite3_reset(rows);
            return false;
        }
        LIST_PUSH(&store->held_arena, &out->claims, held);
    }
    return got == STEP_END;
}

const HeldClaims *store_hold_topic(Adding *adding, const Held *own, Str position)
{
    Store *store = adding->store;
    Date published = adding->story->published;
    Date from = published - CONTRADICTION_DAYS_CURATED, to = published + CONTRADICTION_DAYS_CURATED;
    TopicHeld *held = find_topic(store, own->topic_row, position);
    if (held && held->from <= from && to <= held->to)
        return &held->claims;
    if (!held) {
        LIST_PUSH(&store->held_arena, &store->topics,
                  ((TopicHeld){ .topic = own->topic_row, .position = str_copy(&store->held_arena, position) }));
        held = &store->topics.ptr[store->topics.len - 1];
    }
    held->from = from;
    held->to = to;
    return load_topic(adding, own, held) ? &held->claims : NULL;
}

void store_hold_on_topic(Store *store, Held *held)
{
    TopicHeld *topic = find_topic(store, held->topic_row, held->claim.position);
    if (topic && topic->from <= held->view.published && held->view.published <= topic->to)
        LIST_PUSH(&store->held_arena, &topic->claims, held);
}

/* ---- days ------------------------------------------------------------------------------ */

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

size_t store_place_of(StoryKey key, size_t places)
{
    return (key.key + key.position * 0x9E37u) & (places - 1);
}

static void chain(Day *day, size_t posting)
{
    Posting *one = &day->postings.ptr[posting];
    uint32_t *head = &day->heads[store_place_of(one->key, day->n_heads)];
    one->next = *head;
    *head = (uint32_t)posting + 1;
}

static void add_posting(Arena *arena, Day *day, StoryKey key)
{
    LIST_PUSH(arena, &day->postings, ((Posting){ .story = (uint32_t)day->len - 1, .key = key }));
    if (day->postings.len <= day->n_heads) {
        chain(day, day->postings.len - 1);
        return;
    }
    day->n_heads = day->n_heads ? day->n_heads * 2 : 64;
    day->heads = ARENA_ARRAY(arena, uint32_t, day->n_heads);
    for (size_t i = 0; i < day->postings.len; i++)
        chain(day, i);
}

static void add_story(Arena *arena, Day *day, const DayStory *story, const StoryKeys *keys)
{
    LIST_PUSH(arena, day, *story);
    for (size_t i = 0; i < keys->len; i++)
        add_posting(arena, day, keys->ptr[i]);
}

/* What has been read of a day, from its chains to its places. */
static void file_postings(Arena *arena, Day *day)
{
    day->n_starts = day->n_heads;
    day->starts = ARENA_ARRAY(arena, uint32_t, day->n_starts + 1);
    day->filed = ARENA_ARRAY(arena, Posting, day->postings.len + 1);
    size_t n = 0;
    for (size_t place = 0; place < day->n_starts; place++) {
        day->starts[place] = (uint32_t)n;
        for (uint32_t at = day->heads[place]; at; at = day->postings.ptr[at - 1].next)
            day->filed[n++] = day->postings.ptr[at - 1];
    }
    day->starts[day->n_starts] = (uint32_t)n;
    day->postings.len = day->n_heads = 0;
}

/* As they are in the database: three bytes each, the lower one of the key, the higher one, the position. */
static void read_keys(sqlite3_stmt *from, int at, Arena *arena, StoryKeys *out)
{
    const unsigned char *bytes = sqlite3_column_blob(from, at);
    size_t n = (size_t)sqlite3_column_bytes(from, at) / 3;
    for (size_t i = 0; i < n; i++, bytes += 3)
        LIST_PUSH(arena, out, ((StoryKey){ (uint16_t)(bytes[0] | bytes[1] << 8), bytes[2] }));
    if (sqlite3_column_type(from, at) == SQLITE_NULL)
        LIST_PUSH(arena, out, ((StoryKey){ CONTRADICTION_ANY_KEY, POSITION_ANY }));
}

/* NULL after filling err. */
static Day *load_day(Store *store, Date date, Error *err)
{
    Step got;
    sqlite3_stmt *statement = store_use(store, SQL_DAY, err);
    if (!statement)
        return NULL;
    Day day = { .date = date };
    StoryKeys keys = { 0 };
    sqlite3_bind_int64(statement, 1, date);
    while ((got = store_step(store, statement, err)) == STEP_ROW) {
        DayStory story = { .row = sqlite3_column_int64(statement, 0),
                           .positions = (uint64_t)sqlite3_column_int64(statement, 2) };
        const void *bytes = sqlite3_column_blob(statement, 1);
        if (!bytes || sqlite3_column_bytes(statement, 1) != STORY_VECTOR_SIZE)
            continue;
        StoryVector *vector = ARENA_NEW(&store->day_arena, StoryVector);
        memcpy(vector->at, bytes, STORY_VECTOR_SIZE);
        contradiction_measure_vector(vector);
        story.vector = vector;
        keys.len = 0;
        read_keys(statement, 3, &store->day_arena, &keys);
        add_story(&store->day_arena, &day, &story, &keys);
    }
    if (got == STEP_FAILED)
        return NULL;
    file_postings(&store->day_arena, &day);
    size_t at = day_index(&store->days, date);
    LIST_PUSH(&store->day_arena, &store->days, day);
    Day *place = &store->days.ptr[at];
    memmove(place + 1, place, (store->days.len - 1 - at) * sizeof *place);
    *place = day;
    return place;
}

Day *store_hold_day(Store *store, Date date, Error *err)
{
    Day *day = find_day(store, date);
    return day ? day : load_day(store, date, err);
}

void store_hold_story_of_day(Store *store, Date date, const DayStory *story, const StoryKeys *keys)
{
    add_story(&store->day_arena, find_day(store, date), story, keys);
}
