#include "record/store_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

struct Draft {
    Arena arena;                         /* this struct, and the pairs that are only on one side */
    Store *store, *fresh;                /* on file; what the other rules make of it, under the same rows of stories */
    bool to_keep, locked;
    int64_t given_row, added_row;        /* stories so far: the last that was given, the last that came back */
    int64_t stories;
    sqlite3_stmt *next, *row_of;
};

/* ---- stories through other rules ------------------------------------------------- */

static bool prepare(Store *store, const char *sql, sqlite3_stmt **out, Error *err)
{
    return sqlite3_prepare_v2(store->db, sql, -1, out, NULL) == SQLITE_OK || store_fail(store, err);
}

Draft *store_draft_open(Store *store, bool to_keep, Error *err)
{
    Arena arena;
    arena_init(&arena);
    Draft *draft = ARENA_NEW(&arena, Draft);
    *draft = (Draft){ .store = store, .to_keep = to_keep, .arena = arena };
    draft->fresh = store_open_draft(store->path, err);
    /* One snapshot for all questions where nothing is kept; where it is, the lock comes when the work is done. */
    if (draft->fresh && store_begin(draft->fresh, err) && (to_keep || store_execute(store, "BEGIN", err)) &&
        prepare(store, "SELECT row, id, title, source, url, place, published, text FROM stories WHERE row > ?1 "
                       "ORDER BY row LIMIT 1", &draft->next, err) &&
        prepare(store, "SELECT row FROM stories WHERE id = ?1", &draft->row_of, err))
        return draft;
    store_draft_close(draft);
    return NULL;
}

void store_draft_close(Draft *draft)
{
    if (!draft)
        return;
    sqlite3_finalize(draft->next);
    sqlite3_finalize(draft->row_of);
    store_rollback(draft->store);
    if (draft->locked)
        store_execute(draft->store, "PRAGMA foreign_keys = ON", NULL);
    store_close(draft->fresh);
    Arena arena = draft->arena;
    arena_clear(&arena);
}

bool store_draft_lock(Draft *draft, Error *err)
{
    /* Tables are emptied and filled again as a whole; the setting is fixed while a transaction is open. */
    assert(draft->to_keep && !draft->locked);
    draft->locked = store_execute(draft->store, "PRAGMA foreign_keys = OFF", err);
    return draft->locked && store_begin(draft->store, err);
}

bool store_draft_next(Draft *draft, Arena *arena, Story *out, Error *err)
{
    sqlite3_stmt *row = draft->next;
    err->kind = ERR_NONE;
    sqlite3_bind_int64(row, 1, draft->given_row);
    if (store_step(draft->store, row, err) != STEP_ROW)
        return false;
    draft->given_row = sqlite3_column_int64(row, 0);
    *out = (Story){
        .id = store_column(row, 1, arena), .title = store_column(row, 2, arena), .source = store_column(row, 3, arena),
        .url = store_column(row, 4, arena), .place = store_column(row, 5, arena), .text = store_column(row, 7, arena),
        .published = DATE_UNKNOWN, .path = str_copy(arena, str_from(draft->store->path)),
    };
    Str day = store_column(row, 6, arena);
    if (day.len)
        date_parse(day, &out->published);
    sqlite3_reset(row);
    return true;
}

bool store_draft_add(Draft *draft, const Rules *rules, const Story *story, const Statements *statements, Arena *arena,
                     Error *err)
{
    sqlite3_bind_text64(draft->row_of, 1, story->id.ptr, story->id.len, SQLITE_STATIC, SQLITE_UTF8);
    Step got = store_step(draft->store, draft->row_of, err);
    if (got != STEP_ROW)
        return got == STEP_END ? error_set(err, ERR_DATABASE, draft->store->path, 0, 0, "story %.*s is not there any more",
                                           STR_ARG(story->id)) : false;
    draft->added_row = sqlite3_column_int64(draft->row_of, 0);
    sqlite3_reset(draft->row_of);
    draft->stories++;
    Statements fresh;
    return store_filter_version(draft->store, draft->added_row, story, statements, arena, &fresh, err) &&
           store_add_drafted(draft->fresh, draft->added_row, rules, story, &fresh, arena, err);
}

/* ---- claims compared ---------------------------------------------------------------- */

typedef struct Comparison {
    Draft *draft;
    DraftEach *each;
    void *user;
    DraftSummary *summary;
    Arena arena;                         /* of one story */
    sqlite3_stmt *story_id, *verdict;
    bool going;                          /* `each` wants more */
    Error *err;
} Comparison;

typedef struct Brief {
    int64_t story;
    Str id, speaker, country, position, topic, topic_label, said_on, place, limit, words, rule;
    bool condition, hedged, negated, unconditional;
    Span span;
    bool met;                            /* its like on the other side is found */
} Brief;
typedef struct Briefs { Brief *ptr; size_t len, cap; } Briefs;

typedef struct Cursor { Store *store; sqlite3_stmt *rows; Step step; } Cursor;

static bool cursor_open(Cursor *cursor, Store *store, const char *sql, Error *err)
{
    *cursor = (Cursor){ .store = store };
    if (!prepare(store, sql, &cursor->rows, err))
        return false;
    cursor->step = store_step(store, cursor->rows, err);
    return cursor->step != STEP_FAILED;
}

static bool cursor_next(Cursor *cursor, Error *err)
{
    cursor->step = store_step(cursor->store, cursor->rows, err);
    return cursor->step != STEP_FAILED;
}

static const char brief_claims[] =
    "SELECT s.story, c.id, s.speaker, s.country, c.position, t.slug, coalesce(c.topic_label, t.label), s.said_on, "
    "s.place, c.limiter, c.words, c.rule, c.condition, c.hedged, c.negated, c.unconditional, c.span_from, c.span_to "
    "FROM statements s CROSS JOIN claims c ON c.statement = s.row CROSS JOIN topics t ON t.row = c.topic "
    "ORDER BY s.story, s.n";

/* The claims of one story; the cursor then stands on the next. */
static bool read_briefs(Cursor *cursor, int64_t story, Arena *arena, Briefs *out, Error *err)
{
    sqlite3_stmt *from = cursor->rows;
    while (cursor->step == STEP_ROW && sqlite3_column_int64(from, 0) == story) {
        Brief brief = {
            .story = story, .id = store_column(from, 1, arena), .speaker = store_column(from, 2, arena),
            .country = store_column(from, 3, arena), .position = store_column(from, 4, arena),
            .topic = store_column(from, 5, arena), .topic_label = store_column(from, 6, arena),
            .said_on = store_column(from, 7, arena), .place = store_column(from, 8, arena),
            .limit = store_column(from, 9, arena), .words = store_column(from, 10, arena),
            .rule = store_column(from, 11, arena), .condition = sqlite3_column_int(from, 12),
            .hedged = sqlite3_column_int(from, 13), .negated = sqlite3_column_int(from, 14),
            .unconditional = sqlite3_column_int(from, 15),
            .span = { (uint32_t)sqlite3_column_int64(from, 16), (uint32_t)sqlite3_column_int64(from, 17) },
        };
        LIST_PUSH(arena, out, brief);
        if (!cursor_next(cursor, err))
            return false;
    }
    return true;
}

/* "position closed -> open", behind what is there; nothing when both are the same. */
static void tell_text(Str *what, const char *name, Str was, Str now, Arena *arena)
{
    if (str_equal(was, now))
        return;
    if (!was.len)
        was = STR("unknown");
    if (!now.len)
        now = STR("unknown");
    *what = str_printf(arena, "%.*s%s%s %.*s -> %.*s", STR_ARG(*what), what->len ? "; " : "", name, STR_ARG(was),
                       STR_ARG(now));
}

static void tell_flag(Str *what, const char *name, bool was, bool now, Arena *arena)
{
    if (was != now)
        *what = str_printf(arena, "%.*s%s%s%s", STR_ARG(*what), what->len ? "; " : "", now ? "now " : "no longer ", name);
}

static Str tell_claim(const Brief *was, const Brief *now, Arena *arena)
{
    Str what = STR("");
    tell_text(&what, "speaker", was->speaker, now->speaker, arena);
    tell_text(&what, "country", was->country, now->country, arena);
    tell_text(&what, "position", was->position, now->position, arena);
    tell_text(&what, "topic", was->topic, now->topic, arena);
    tell_text(&what, "said_on", was->said_on, now->said_on, arena);
    tell_text(&what, "place", was->place, now->place, arena);
    tell_text(&what, "limit", was->limit, now->limit, arena);
    tell_flag(&what, "conditional", was->condition, now->condition, arena);
    tell_flag(&what, "hedged", was->hedged, now->hedged, arena);
    tell_flag(&what, "negated", was->negated, now->negated, arena);
    tell_flag(&what, "unconditional", was->unconditional, now->unconditional, arena);
    if (was->span.from != now->span.from || was->span.to != now->span.to)
        tell_flag(&what, "in other words", false, true, arena);
    return what;
}

static void send(Comparison *with, const ChangeRow *change)
{
    bool is_pair = str_equal(change->thing, STR("pair"));
    DraftCounts *counts = is_pair ? &with->summary->pairs : &with->summary->claims;
    counts->gained += str_equal(change->change, STR("gained"));
    counts->lost += str_equal(change->change, STR("lost"));
    counts->changed += str_equal(change->change, STR("changed"));
    with->going = with->going && (!with->each || with->each(with->user, change));
}

/* The row of a claim; was: what it was before, where it has changed. */
static bool send_claim(Comparison *with, Str change, const Brief *was, const Brief *shown)
{
    Arena *arena = &with->arena;
    sqlite3_bind_int64(with->story_id, 1, shown->story);
    Step got = store_step(with->draft->store, with->story_id, with->err);
    if (got == STEP_FAILED)
        return false;
    Str story = got == STEP_ROW ? store_column(with->story_id, 0, arena) : STR_NONE;
    sqlite3_reset(with->story_id);
    ChangeRow row = {
        .change = change, .thing = STR("claim"), .id = shown->id,
        .was = was && !str_equal(was->id, shown->id) ? was->id : STR_NONE,
        .what = was ? tell_claim(was, shown, arena) : STR_NONE,
        .topic = shown->topic, .topic_label = shown->topic_label,
        .a = { .claim = shown->id, .story = story, .speaker = shown->speaker, .country = shown->country,
               .said_on = shown->said_on, .position = shown->position, .text = shown->words, .rule = shown->rule,
               .spans = str_printf(arena, "[[%u,%u]]", (unsigned)shown->span.from, (unsigned)shown->span.to) },
    };
    send(with, &row);
    return true;
}

static uint32_t overlap(Span a, Span b)
{
    uint32_t from = a.from > b.from ? a.from : b.from, to = a.to < b.to ? a.to : b.to;
    return from < to ? to - from : 0;
}

static uint32_t length(Span span)
{
    return span.to - span.from;
}

/* How much two claims of one story look like one that is read differently; 0: they do not. */
static uint32_t likeness(const Brief *was, const Brief *now)
{
    uint32_t shared = overlap(was->span, now->span);
    uint32_t shorter = length(was->span) < length(now->span) ? length(was->span) : length(now->span);
    if (shared * 2 < shorter || !shared)
        return 0;
    unsigned same = (unsigned)str_equal(was->speaker, now->speaker) + str_equal(was->position, now->position) +
                    str_equal(was->topic, now->topic);
    return shared * (1 + same);
}

/* Claims of one story on both sides: equal by id, else the likest, else only there. */
static bool compare_story(Comparison *with, Briefs *was, Briefs *now)
{
    enum { CLOSELY = 300 };              /* beyond that, claims that differ are lost and gained: no quadratic work */
    Names ids = { 0 };
    for (size_t i = 0; i < now->len; i++)
        names_add(&ids, &with->arena, now->ptr[i].id, (uint32_t)i);
    for (size_t i = 0; i < was->len; i++) {
        Brief *before = &was->ptr[i];
        uint32_t at = names_find(&ids, before->id);
        if (at == NAMES_NONE)
            continue;
        Brief *after = &now->ptr[at];
        before->met = after->met = true;
        if (tell_claim(before, after, &with->arena).len && !send_claim(with, STR("changed"), before, after))
            return false;
    }
    for (size_t i = 0; i < was->len; i++) {
        Brief *before = &was->ptr[i], *best = NULL;
        uint32_t most = 0;
        if (before->met)
            continue;
        for (size_t k = 0; k < now->len && was->len <= CLOSELY && now->len <= CLOSELY; k++) {
            uint32_t like = now->ptr[k].met ? 0 : likeness(before, &now->ptr[k]);
            if (like > most) {
                most = like;
                best = &now->ptr[k];
            }
        }
        if (best)
            best->met = true;
        if (!(best ? send_claim(with, STR("changed"), before, best) : send_claim(with, STR("lost"), NULL, before)))
            return false;
    }
    for (size_t i = 0; i < now->len; i++)
        if (!now->ptr[i].met && !send_claim(with, STR("gained"), NULL, &now->ptr[i]))
            return false;
    return true;
}

static int64_t story_at(const Cursor *cursor)
{
    return cursor->step == STEP_ROW ? sqlite3_column_int64(cursor->rows, 0) : INT64_MAX;
}

static bool compare_claims(Comparison *with)
{
    Cursor was = { 0 }, now = { 0 };
    bool ok = cursor_open(&was, with->draft->store, brief_claims, with->err) &&
              cursor_open(&now, with->draft->fresh, brief_claims, with->err);
    while (ok && with->going && (was.step == STEP_ROW || now.step == STEP_ROW)) {
        int64_t story = story_at(&was) < story_at(&now) ? story_at(&was) : story_at(&now);
        Briefs before = { 0 }, after = { 0 };
        ok = read_briefs(&was, story, &with->arena, &before, with->err) &&
             read_briefs(&now, story, &with->arena, &after, with->err) && compare_story(with, &before, &after);
        with->summary->claims.before += (int64_t)before.len;
        with->summary->claims.after += (int64_t)after.len;
        arena_reset(&with->arena);
    }
    sqlite3_finalize(was.rows);
    sqlite3_finalize(now.rows);
    return ok;
}

/* ---- pairs compared ------------------------------------------------------------------- */

typedef struct Lone { ContradictionRow row; uint32_t next; bool met; } Lone;         /* only on one side */
typedef struct Lones { Lone *ptr; size_t len, cap; } Lones;

static Str tell_pair(const ContradictionRow *was, const ContradictionRow *now, Arena *arena)
{
    Str what = STR("");
    tell_text(&what, "topic", was->topic, now->topic, arena);
    tell_text(&what, "grade", was->grade, now->grade, arena);
    tell_text(&what, "relation", was->relation, now->relation, arena);
    if (fabs(was->score - now->score) >= .0005)
        what = str_printf(arena, "%.*s%sscore %.3g -> %.3g", STR_ARG(what), what.len ? "; " : "", was->score, now->score);
    if (!str_equal(was->a.text, now->a.text) || !str_equal(was->b.text, now->b.text))
        tell_flag(&what, "in other words", false, true, arena);
    return what;
}

/* The verdict on file: of a pair that is there now only, it has waited for it. */
static bool read_verdict(Comparison *with, Str pair, Arena *arena, Str *out)
{
    store_bind(with->verdict, 1, pair);
    Step got = store_step(with->draft->store, with->verdict, with->err);
    *out = got == STEP_ROW ? store_column(with->verdict, 0, arena) : STR_NONE;
    sqlite3_reset(with->verdict);
    return got != STEP_FAILED;
}

static bool send_pair(Comparison *with, Str change, const ContradictionRow *was, const ContradictionRow *shown,
                      Arena *arena)
{
    ChangeRow row = {
        .change = change, .thing = STR("pair"), .id = shown->id,
        .was = was && !str_equal(was->id, shown->id) ? was->id : STR_NONE,
        .what = was ? tell_pair(was, shown, arena) : STR_NONE,
        .topic = shown->topic, .topic_label = shown->topic_label, .grade = shown->grade, .score = shown->score,
        .a = shown->a, .b = shown->b,
    };
    if (!read_verdict(with, was ? was->id : shown->id, arena, &row.review))
        return false;
    with->summary->reviewed_lost += str_equal(change, STR("lost")) && row.review.len;
    send(with, &row);
    return true;
}

static bool is_same_side(const ContradictionSide *a, const ContradictionSide *b)
{
    Span x, y;
    return str_equal(a->story, b->story) && str_equal(a->speaker, b->speaker) && a->spans.len && b->spans.len &&
           row_parse_span((Str){ a->spans.ptr + 1, a->spans.len - 1 }, &x) &&
           row_parse_span((Str){ b->spans.ptr + 1, b->spans.len - 1 }, &y) && overlap(x, y);
}

/* Equal for two pairs of the same two stories. */
static Str stories_key(const ContradictionRow *row, Arena *arena)
{
    bool swap = str_compare(row->a.story, row->b.story) > 0;
    Str first = swap ? row->b.story : row->a.story, second = swap ? row->a.story : row->b.story;
    return str_printf(arena, "%.*s\x1F%.*s", STR_ARG(first), STR_ARG(second));
}

/* A pair under another id is the same two speakers' words in the same stories: its topic or side was renamed. */
static bool send_lones(Comparison *with, Lones *lost, Lones *gained, Arena *arena)
{
    Names first = { 0 };
    for (size_t i = 0; i < gained->len; i++) {
        Str key = stories_key(&gained->ptr[i].row, arena);
        uint32_t head = names_find(&first, key);
        gained->ptr[i].next = UINT32_MAX;
        if (head == NAMES_NONE) {
            names_add(&first, arena, key, (uint32_t)i);
        } else {
            gained->ptr[i].next = gained->ptr[head].next;
            gained->ptr[head].next = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < lost->len; i++) {
        const ContradictionRow *was = &lost->ptr[i].row;
        uint32_t at = names_find(&first, stories_key(was, arena));
        for (; at != UINT32_MAX; at = gained->ptr[at].next) {
            const ContradictionRow *now = &gained->ptr[at].row;
            if (!gained->ptr[at].met && ((is_same_side(&was->a, &now->a) && is_same_side(&was->b, &now->b)) ||
                                         (is_same_side(&was->a, &now->b) && is_same_side(&was->b, &now->a))))
                break;
        }
        Lone *met = at == UINT32_MAX ? NULL : &gained->ptr[at];
        if (met)
            met->met = true;
        if (!(met ? send_pair(with, STR("changed"), was, &met->row, arena)
                  : send_pair(with, STR("lost"), NULL, was, arena)))
            return false;
    }
    for (size_t i = 0; i < gained->len; i++)
        if (!gained->ptr[i].met && !send_pair(with, STR("gained"), NULL, &gained->ptr[i].row, arena))
            return false;
    return true;
}

static bool compare_pairs(Comparison *with)
{
    Arena *kept = &with->draft->arena, *arena = &with->arena;
    Cursor was = { 0 }, now = { 0 };
    Lones lost = { 0 }, gained = { 0 };
    const char *sql = str_printf(kept, "%s ORDER BY x.id", store_pairs_select).ptr;
    bool ok = cursor_open(&was, with->draft->store, sql, with->err) &&
              cursor_open(&now, with->draft->fresh, sql, with->err);
    while (ok && (was.step == STEP_ROW || now.step == STEP_ROW)) {
        Str old = was.step == STEP_ROW ? store_column(was.rows, 0, arena) : STR_NONE;
        Str new = now.step == STEP_ROW ? store_column(now.rows, 0, arena) : STR_NONE;
        int order = !old.ptr ? 1 : !new.ptr ? -1 : str_compare(old, new);
        ContradictionRow before, after;
        if (order <= 0)
            store_read_pair(was.rows, order ? kept : arena, &before);
        if (order >= 0)
            store_read_pair(now.rows, order ? kept : arena, &after);
        if (order < 0)
            LIST_PUSH(kept, &lost, ((Lone){ .row = before }));
        else if (order > 0)
            LIST_PUSH(kept, &gained, ((Lone){ .row = after }));
        else if (tell_pair(&before, &after, arena).len)
            ok = send_pair(with, STR("changed"), &before, &after, arena);
        with->summary->pairs.before += order <= 0;
        with->summary->pairs.after += order >= 0;
        ok = ok && (order > 0 || cursor_next(&was, with->err)) && (order < 0 || cursor_next(&now, with->err));
        arena_reset(arena);
    }
    ok = ok && send_lones(with, &lost, &gained, kept);
    sqlite3_finalize(was.rows);
    sqlite3_finalize(now.rows);
    return ok;
}

bool store_draft_compare(Draft *draft, DraftEach *each, void *user, DraftSummary *summary, Error *err)
{
    Comparison with = { .draft = draft, .each = each, .user = user, .summary = summary, .going = true, .err = err };
    assert(draft->locked == draft->to_keep);
    *summary = (DraftSummary){ .stories = draft->stories };
    arena_init(&with.arena);
    bool ok = store_write_pairs(draft->fresh, err) &&
              prepare(draft->store, "SELECT id FROM stories WHERE row = ?1", &with.story_id, err) &&
              prepare(draft->store, "SELECT verdict FROM verdicts WHERE contradiction = ?1", &with.verdict, err) &&
              compare_claims(&with) && (!with.going || compare_pairs(&with));
    sqlite3_finalize(with.story_id);
    sqlite3_finalize(with.verdict);
    arena_clear(&with.arena);
    return ok;
}

/* ---- the draft takes the place of what is on file -------------------------------------- */

static bool copy_rows(Draft *draft, const char *from, const char *to, Error *err)
{
    sqlite3_stmt *read = NULL, *write = NULL;
    Step got = STEP_FAILED;
    if (prepare(draft->fresh, from, &read, err) && prepare(draft->store, to, &write, err)) {
        int n = sqlite3_column_count(read);
        while ((got = store_step(draft->fresh, read, err)) == STEP_ROW) {
            for (int i = 0; i < n; i++)
                sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
            if (!store_run(draft->store, write, err)) {
                got = STEP_FAILED;
                break;
            }
        }
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    return got == STEP_END;
}

static bool copy_table(Draft *draft, const char *table, Arena *arena, Error *err)
{
    int64_t columns = 0;
    sqlite3_stmt *count = NULL;
    Str sql = str_printf(arena, "SELECT * FROM %s", table);
    if (!prepare(draft->fresh, sql.ptr, &count, err))
        return false;
    columns = sqlite3_column_count(count);
    sqlite3_finalize(count);
    Str places = STR("?");
    while (--columns > 0)
        places = str_printf(arena, "%.*s, ?", STR_ARG(places));
    Str into = str_printf(arena, "INSERT INTO %s VALUES (%.*s)", table, STR_ARG(places));
    return copy_rows(draft, sql.ptr, into.ptr, err);
}

/*
 * A review whose pair is not on file says which words it was about: the pair that stands between the same two
 * speakers' words now takes it over, unless it has one that is as new.  Words may be cut otherwise by new rules, and
 * a topic may be renamed; where both differ the verdict was about something else.
 */
static const char carry_reviews[] =
    "INSERT OR IGNORE INTO reviews (contradiction, reviewed_utc, reviewer, verdict, note, carried_from, topic_label, "
    "a_story, a_speaker, a_from, a_to, a_text, b_story, b_speaker, b_from, b_to, b_text) "
    "SELECT x.id, r.reviewed_utc, r.reviewer, r.verdict, r.note, r.contradiction, r.topic_label, "
    "r.a_story, r.a_speaker, r.a_from, r.a_to, r.a_text, r.b_story, r.b_speaker, r.b_from, r.b_to, r.b_text "
    "FROM verdicts v CROSS JOIN reviews r ON r.contradiction = v.contradiction AND r.reviewed_utc = v.reviewed_utc "
    "AND r.reviewer = v.reviewer AND r.verdict = v.verdict AND r.note = v.note "
    "CROSS JOIN stories ta ON ta.id = r.a_story CROSS JOIN stories tb ON tb.id = r.b_story "
    "CROSS JOIN statements sa ON sa.story = ta.row AND sa.speaker = r.a_speaker "
    "CROSS JOIN claims ca ON ca.statement = sa.row AND ca.span_from < r.a_to AND ca.span_to > r.a_from "
    "CROSS JOIN statements sb ON sb.story = tb.row AND sb.speaker = r.b_speaker "
    "CROSS JOIN claims cb ON cb.statement = sb.row AND cb.span_from < r.b_to AND cb.span_to > r.b_from "
    "CROSS JOIN contradictions x ON (x.standing_low = ca.standing AND x.standing_high = cb.standing) "
    "OR (x.standing_low = cb.standing AND x.standing_high = ca.standing) "
    "WHERE ((SELECT coalesce(x.topic_label, t.label) FROM topics t WHERE t.row = x.topic) = r.topic_label "
    "OR (ca.span_from = r.a_from AND ca.span_to = r.a_to AND cb.span_from = r.b_from AND cb.span_to = r.b_to)) AND NOT EXISTS (SELECT 1 FROM contradictions y WHERE y.id = r.contradiction) "
    "AND NOT EXISTS (SELECT 1 FROM reviews w WHERE w.contradiction = x.id "
    "AND w.reviewed_utc >= r.reviewed_utc) GROUP BY x.id";

static bool replace_all(Draft *draft, const Rules *rules, DraftSummary *summary, Arena *arena, Error *err)
{
    static const char *const tables[] = { "officials", "topics", "standing", "statements", "claims", "contradictions",
                                          "story_vectors", "topic_claims" };
    Store *store = draft->store;
    int64_t engine;
    for (size_t i = BASE_COUNT(tables); i-- > 0;)
        if (!store_execute(store, str_printf(arena, "DELETE FROM %s", tables[i]).ptr, err))
            return false;
    if (!store_execute(store, "INSERT INTO statement_words (statement_words) VALUES ('delete-all'); "
                              "INSERT INTO thing_ids (thing_ids) VALUES ('delete-all')", err))
        return false;
    for (size_t i = 0; i < BASE_COUNT(tables); i++)
        if (!copy_table(draft, tables[i], arena, err))
            return false;
    store->words_row = 0;
    if (!store_add_engine(store, rules, &engine, arena, err) ||
        !store_execute(store, str_printf(arena, "UPDATE stories SET engine = %lld", (long long)engine).ptr, err) ||
        !store_execute(store, carry_reviews, err))
        return false;
    summary->reviews_carried = sqlite3_changes(store->db);
    return true;
}

bool store_draft_keep(Draft *draft, const Rules *rules, DraftSummary *summary, Error *err)
{
    Arena arena;
    assert(draft->locked);
    arena_init(&arena);
    bool ok = store_write_pairs(draft->fresh, err) && replace_all(draft, rules, summary, &arena, err) && store_commit(draft->store, err);
    store_forget_held(draft->store);
    arena_clear(&arena);
    return ok;
}
