#include "record/store_adding.h"

enum {
    CLAIMS_COMPARED = 500,               /* of one story; more would make one huge text cost its square */
};

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

bool store_add_standing(Adding *adding, Str speaker_key, const Claim *first, int64_t topic, bool new_topic, Standing *out)
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
    if (first && !store_add_standing(adding, speaker_key, first, first == claim ? topic : 0, first == claim && new_topic, &standing))
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
    store_bind(add, 20, compared ? store_symbols_text(claim, adding->arena) : STR_NONE);
    store_bind(add, 21, compared ? store_names_text(&claim->names, adding->arena) : STR_NONE);
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
    store_bind(add, 22, row->said_on.len ? row->said_on : adding->published);
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
    return store_find_pairs(adding);
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
    if (!store_limit_pairs(store, err) || !store_run_plain(store, SQL_SAVE, err))
        return false;
    if (add_any_story(&adding, statements) && store_run_plain(store, SQL_RELEASE, err)) {
        store_keep_pairs(&adding);
        return true;
    }
    *outcome = (StoreOutcome){ 0 };
    store->engine_rules = NULL;
    store_forget_held(store);
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
    if (!store_limit_pairs(store, err) || !add_new_story(&adding, statements, row, STR(""), STR("")))
        return false;
    store_keep_pairs(&adding);
    return true;
}
