#include "record/rows.h"
#include "base/json.h"

#include <string.h>

#define COLUMNS(table) { (table), BASE_COUNT(table) }

/* The order of the fields is what programs read: columns are only ever added, at the end. */

static const SinkColumn statement_columns[] = {
    { .name = "id" },
    { .name = "story", .flags = SINK_WIDE },
    { .name = "n", .type = SINK_INTEGER, .flags = SINK_WIDE },
    { .name = "speaker" },
    { .name = "speaker_text", .flags = SINK_WIDE },
    { .name = "speaker_span", .type = SINK_JSON, .flags = SINK_WIDE },
    { .name = "office" },
    { .name = "country", .heading = "gov" },
    { .name = "kind", .flags = SINK_WIDE },
    { .name = "spans", .type = SINK_JSON, .flags = SINK_WIDE },
    { .name = "text" },
    { .name = "cue", .flags = SINK_WIDE },
    { .name = "cue_span", .type = SINK_JSON, .flags = SINK_WIDE },
    { .name = "said_on" },
    { .name = "place", .flags = SINK_WIDE },
    { .name = "negated", .type = SINK_BOOL, .flags = SINK_WIDE },
    { .name = "reporter", .flags = SINK_WIDE },
    { .name = "claims", .type = SINK_JSON, .flags = SINK_JSON_ONLY },
    { .name = "rule", .flags = SINK_WIDE },
    { .name = "title", .flags = SINK_WIDE },
    { .name = "published", .flags = SINK_WIDE },
    { .name = "source", .flags = SINK_WIDE },
    { .name = "url", .flags = SINK_WIDE },
};

static const SinkColumn claim_columns[] = {
    { .name = "id" },
    { .name = "topic", .flags = SINK_WIDE },
    { .name = "topic_label", .heading = "topic" },
    { .name = "position" },
    { .name = "condition", .type = SINK_BOOL, .flags = SINK_WIDE },
    { .name = "hedged", .type = SINK_BOOL, .flags = SINK_WIDE },
    { .name = "limit", .flags = SINK_WIDE },
    { .name = "span", .type = SINK_JSON, .flags = SINK_WIDE },
    { .name = "rule", .flags = SINK_WIDE },
    { .name = "speaker" },
    { .name = "office", .flags = SINK_WIDE },
    { .name = "country", .heading = "gov" },
    { .name = "said_on" },
    { .name = "place", .flags = SINK_WIDE },
    { .name = "text" },
    { .name = "statement", .flags = SINK_WIDE },
    { .name = "story", .flags = SINK_WIDE },
    { .name = "title", .flags = SINK_WIDE },
    { .name = "published", .flags = SINK_WIDE },
    { .name = "source", .flags = SINK_WIDE },
    { .name = "url", .flags = SINK_WIDE },
};

#define SIDE(side, heading_speaker, heading_text)                                                   \
    { .name = side ".claim", .flags = SINK_WIDE }, { .name = side ".story", .flags = SINK_WIDE },   \
    { .name = side ".speaker", .heading = heading_speaker },                                        \
    { .name = side ".office", .flags = SINK_WIDE }, { .name = side ".country", .flags = SINK_WIDE }, \
    { .name = side ".said_on", .flags = SINK_WIDE }, { .name = side ".place", .flags = SINK_WIDE }, \
    { .name = side ".position", .flags = SINK_WIDE },                                               \
    { .name = side ".spans", .type = SINK_JSON, .flags = SINK_WIDE },                               \
    { .name = side ".text", .heading = heading_text },                                              \
    { .name = side ".url", .flags = SINK_WIDE }, { .name = side ".rule", .flags = SINK_WIDE }

static const SinkColumn contradiction_columns[] = {
    { .name = "id" },
    { .name = "topic", .flags = SINK_WIDE },
    { .name = "topic_label", .heading = "topic" },
    { .name = "grade" },
    { .name = "relation", .flags = SINK_WIDE },
    { .name = "score", .type = SINK_REAL },
    { .name = "reason", .flags = SINK_WIDE },
    { .name = "found_on" },
    SIDE("a", "a", "a said"),
    SIDE("b", "b", "b said"),
    { .name = "evidence", .type = SINK_INTEGER, .flags = SINK_WIDE },
    { .name = "review", .flags = SINK_IF_ANY },
};

static const SinkColumn story_columns[] = {
    { .name = "id" }, { .name = "published" }, { .name = "title" }, { .name = "source" },
    { .name = "place", .flags = SINK_WIDE }, { .name = "url", .flags = SINK_WIDE },
    { .name = "statements", .type = SINK_INTEGER }, { .name = "claims", .type = SINK_INTEGER },
    { .name = "copies", .type = SINK_INTEGER, .flags = SINK_WIDE },
};

static const SinkColumn search_columns[] = {
    { .name = "id" }, { .name = "speaker" }, { .name = "office", .flags = SINK_WIDE }, { .name = "said_on" },
    { .name = "text" }, { .name = "story", .flags = SINK_WIDE }, { .name = "title", .flags = SINK_WIDE },
    { .name = "published", .flags = SINK_WIDE }, { .name = "source", .flags = SINK_WIDE },
    { .name = "url", .flags = SINK_WIDE },
};

#define REVIEW_SIDE(side)                                                                           \
    { .name = side ".story", .flags = SINK_WIDE }, { .name = side ".speaker", .heading = side },    \
    { .name = side ".span", .type = SINK_JSON, .flags = SINK_WIDE }, { .name = side ".text", .flags = SINK_WIDE }

static const SinkColumn review_columns[] = {
    { .name = "contradiction" }, { .name = "verdict" }, { .name = "note" }, { .name = "reviewer" },
    { .name = "reviewed_utc" }, { .name = "latest", .type = SINK_BOOL, .flags = SINK_WIDE },
    { .name = "on_file", .type = SINK_BOOL, .flags = SINK_WIDE }, { .name = "topic_label", .heading = "topic" },
    REVIEW_SIDE("a"), REVIEW_SIDE("b"), { .name = "carried_from", .flags = SINK_WIDE },
};

#define CHANGE_SIDE(side, heading_text)                                                             \
    { .name = side ".claim", .flags = SINK_WIDE }, { .name = side ".story", .flags = SINK_WIDE },   \
    { .name = side ".speaker", .heading = side, .flags = SINK_IF_ANY },                             \
    { .name = side ".country", .flags = SINK_WIDE }, { .name = side ".said_on", .flags = SINK_WIDE }, \
    { .name = side ".position", .flags = SINK_WIDE },                                               \
    { .name = side ".spans", .type = SINK_JSON, .flags = SINK_WIDE },                               \
    { .name = side ".text", .heading = heading_text, .flags = SINK_IF_ANY }, { .name = side ".rule", .flags = SINK_WIDE }

static const SinkColumn change_columns[] = {
    { .name = "change" }, { .name = "thing", .heading = "" }, { .name = "id" }, { .name = "was", .flags = SINK_WIDE },
    { .name = "what", .flags = SINK_IF_ANY }, { .name = "topic", .flags = SINK_WIDE },
    { .name = "topic_label", .heading = "topic" }, { .name = "grade", .flags = SINK_WIDE },
    { .name = "score", .type = SINK_REAL, .flags = SINK_WIDE }, CHANGE_SIDE("a", "a said"), CHANGE_SIDE("b", "b said"),
    { .name = "review", .flags = SINK_IF_ANY },
};

const RowColumns row_statement_columns = COLUMNS(statement_columns), row_claim_columns = COLUMNS(claim_columns),
                 row_contradiction_columns = COLUMNS(contradiction_columns),
                 row_story_columns = COLUMNS(story_columns), row_search_columns = COLUMNS(search_columns),
                 row_review_columns = COLUMNS(review_columns), row_change_columns = COLUMNS(change_columns);

/* ---- ids --------------------------------------------------------------------- */

Str row_id(char letter, const Str *parts, size_t n_parts, Arena *arena)
{
    size_t len = 0, at = 0;
    for (size_t i = 0; i < n_parts; i++)
        len += parts[i].len + 1;
    char *key = arena_alloc(arena, len);
    for (size_t i = 0; i < n_parts; i++) {
        if (parts[i].len)
            memcpy(key + at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
        key[at++] = '\x1F';
    }
    enum { DIGITS = 16 };
    uint64_t hash = str_hash((Str){ key, len });
    char *id = arena_alloc(arena, DIGITS + 3);           /* by hand, as in span_json(): every row has several */
    id[0] = letter;
    id[1] = '-';
    for (size_t i = 0; i < DIGITS; i++)
        id[2 + i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    return (Str){ id, DIGITS + 2 };
}

Str row_speaker_key(const Story *story, const Statement *statement, Arena *arena)
{
    if (statement->official.len)
        return statement->official;
    if (statement->speaker.len)
        return utf8_fold_copy(arena, statement->speaker);
    if (!statement->speaker_text.len)
        return STR_NONE;
    Str words = utf8_fold_copy(arena, statement->speaker_text);
    return str_printf(arena, "?%.*s:%.*s", STR_ARG(story->id), STR_ARG(words));
}

/* ---- spans --------------------------------------------------------------------- */

/* Digits that end before `end`; where they begin. */
static char *write_number(size_t value, char *end)
{
    do
        *--end = (char)('0' + value % 10);
    while (value /= 10);
    return end;
}

/*
 * A statement's spans lie close together but in no order, and a counter only runs forward cheaply: each look-up
 * starts from a copy that stands where the statement's surroundings begin.
 */
static Str span_json(const Utf8Counter *start, Span bytes, Arena *arena)
{
    Utf8Counter counter = *start;
    size_t from = utf8_counter_at(&counter, bytes.from), to = utf8_counter_at(&counter, bytes.to);
    char digits[48], *at = digits + sizeof digits;
    *--at = ']';
    at = write_number(to, at);
    *--at = ',';
    at = write_number(from, at);
    *--at = '[';
    return str_copy(arena, (Str){ at, (size_t)(digits + sizeof digits - at) });
}

static Str spans_json(const Utf8Counter *start, const Spans *spans, Arena *arena)
{
    JsonWriter json;
    json_begin(&json, arena);
    json_array(&json);
    for (size_t i = 0; i < spans->len; i++)
        json_raw(&json, span_json(start, spans->ptr[i], arena));
    json_end(&json);
    return json_text(&json);
}

/* A whole number before `end`; false if there is none. */
static bool parse_number(Str *rest, char end, uint32_t *out)
{
    uint64_t value = 0;
    size_t i = 0;
    for (; i < rest->len && rest->ptr[i] >= '0' && rest->ptr[i] <= '9' && value < UINT32_MAX; i++)
        value = value * 10 + (uint64_t)(rest->ptr[i] - '0');
    if (i == 0 || i >= rest->len || rest->ptr[i] != end || value > UINT32_MAX)
        return false;
    *out = (uint32_t)value;
    *rest = (Str){ rest->ptr + i + 1, rest->len - i - 1 };
    return true;
}

static bool parse_pair(Str *rest, Span *out)
{
    if (!str_starts(*rest, STR("[")))
        return false;
    *rest = (Str){ rest->ptr + 1, rest->len - 1 };
    return parse_number(rest, ',', &out->from) && parse_number(rest, ']', &out->to) && out->from <= out->to;
}

bool row_parse_span(Str json, Span *out)
{
    return parse_pair(&json, out);
}

void row_parse_spans(Str json, Arena *arena, Spans *out)
{
    Span span;
    while (json.len) {
        json = (Str){ json.ptr + 1, json.len - 1 };         /* the outer [, or a comma */
        if (parse_pair(&json, &span))
            LIST_PUSH(arena, out, span);
    }
}

Span row_span_bytes(Str text, Span points)
{
    Span bytes = { (uint32_t)text.len, (uint32_t)text.len };
    uint32_t point = 0;
    for (size_t at = 0; at < text.len && point <= points.to; point++) {
        if (point == points.from)
            bytes.from = (uint32_t)at;
        if (point == points.to)
            bytes.to = (uint32_t)at;
        utf8_decode(text, at, &at);
    }
    return bytes;
}

/* ---- from extraction -------------------------------------------------------------- */

static Str day_text(Date date, Arena *arena)
{
    char day[DATE_TEXT_BYTES];
    return date == DATE_UNKNOWN ? STR_NONE : str_copy(arena, str_from(date_format(date, day)));
}

static void claim_from(const Story *story, Str statement_id, const Claim *claim, const Utf8Counter *start,
                       Arena *arena, ClaimRow *out)
{
    *out = (ClaimRow){
        .topic = claim->topic, .topic_label = claim->topic_label, .position = claim->position,
        .condition = claim->condition, .hedged = claim->hedged, .limit = claim->limit,
        .span = span_json(start, claim->span, arena), .rule = claim->rule,
        .words = str_slice(story->text, claim->span),
        .curated = claim->curated, .negated = claim->negated, .unconditional = claim->unconditional,
        .side = claim->side,
    };
    const Str parts[] = { statement_id, out->topic, out->position, out->span };
    out->id = row_id('c', parts, BASE_COUNT(parts), arena);
}

void row_from_statement(const Story *story, const Statement *statement, Utf8Counter *counter, Arena *arena,
                        StatementRow *out)
{
    static const char *const kinds[] = { "direct", "indirect", "mixed" };
    *out = (StatementRow){
        .story = story->id, .n = statement->n, .speaker = statement->speaker,
        .speaker_text = statement->speaker_text, .office = statement->office, .country = statement->country,
        .kind = str_from(kinds[statement->kind]), .text = statement->text, .cue = statement->cue,
        .said_on = day_text(statement->said_on, arena), .place = statement->place, .negated = statement->negated,
        .reporter = statement->reporter, .rule = statement->rule, .title = story->title,
        .published = day_text(story->published, arena), .source = story->source, .url = story->url,
        .official = statement->official, .institution = statement->institution,
    };
    utf8_counter_at(counter, statement->context.from);
    if (statement->has_speaker_span)
        out->speaker_span = span_json(counter, statement->speaker_span, arena);
    if (statement->has_cue)
        out->cue_span = span_json(counter, statement->cue_span, arena);
    out->spans = spans_json(counter, &statement->spans, arena);
    out->context = span_json(counter, statement->context, arena);
    const Str parts[] = { story->id, row_speaker_key(story, statement, arena), out->reporter, out->spans, out->cue_span };
    out->id = row_id('s', parts, BASE_COUNT(parts), arena);
    out->n_claims = statement->n_claims;
    out->claims = ARENA_ARRAY(arena, ClaimRow, out->n_claims);
    for (size_t i = 0; i < out->n_claims; i++)
        claim_from(story, out->id, &statement->claims[i], counter, arena, &out->claims[i]);
}

/* ---- to a sink ---------------------------------------------------------------------- */

static Str claims_json(const StatementRow *row, Arena *arena)
{
    JsonWriter json;
    json_begin(&json, arena);
    json_array(&json);
    for (size_t i = 0; i < row->n_claims; i++) {
        const ClaimRow *claim = &row->claims[i];
        json_object(&json);
        json_key(&json, "id");          json_text_value(&json, claim->id);
        json_key(&json, "topic");       json_text_value(&json, claim->topic);
        json_key(&json, "topic_label"); json_text_value(&json, claim->topic_label);
        json_key(&json, "position");    json_text_value(&json, claim->position);
        json_key(&json, "condition");   json_bool(&json, claim->condition);
        json_key(&json, "hedged");      json_bool(&json, claim->hedged);
        json_key(&json, "limit");       json_text_value(&json, claim->limit);
        json_key(&json, "span");        json_raw(&json, claim->span);
        json_key(&json, "rule");        json_text_value(&json, claim->rule);
        json_end(&json);
    }
    json_end(&json);
    return json_text(&json);
}

void row_send_statement(Sink *sink, const StatementRow *row, Arena *scratch)
{
    sink_text(sink, row->id);
    sink_text(sink, row->story);
    sink_integer(sink, row->n);
    sink_text(sink, row->speaker);
    sink_text(sink, row->speaker_text);
    sink_text(sink, row->speaker_span);
    sink_text(sink, row->office);
    sink_text(sink, row->country);
    sink_text(sink, row->kind);
    sink_text(sink, row->spans);
    sink_text(sink, row->text);
    sink_text(sink, row->cue);
    sink_text(sink, row->cue_span);
    sink_text(sink, row->said_on);
    sink_text(sink, row->place);
    sink_bool(sink, row->negated);
    sink_text(sink, row->reporter);
    sink_text(sink, claims_json(row, scratch));
    sink_text(sink, row->rule);
    sink_text(sink, row->title);
    sink_text(sink, row->published);
    sink_text(sink, row->source);
    sink_text(sink, row->url);
    sink_row_end(sink);
}

void row_send_claim(Sink *sink, const StatementRow *row, const ClaimRow *claim)
{
    sink_text(sink, claim->id);
    sink_text(sink, claim->topic);
    sink_text(sink, claim->topic_label);
    sink_text(sink, claim->position);
    sink_bool(sink, claim->condition);
    sink_bool(sink, claim->hedged);
    sink_text(sink, claim->limit);
    sink_text(sink, claim->span);
    sink_text(sink, claim->rule);
    sink_text(sink, row->speaker);
    sink_text(sink, row->office);
    sink_text(sink, row->country);
    sink_text(sink, row->said_on);
    sink_text(sink, row->place);
    sink_text(sink, claim->words);
    sink_text(sink, row->id);
    sink_text(sink, row->story);
    sink_text(sink, row->title);
    sink_text(sink, row->published);
    sink_text(sink, row->source);
    sink_text(sink, row->url);
    sink_row_end(sink);
}

static void send_side(Sink *sink, const ContradictionSide *side)
{
    sink_text(sink, side->claim);
    sink_text(sink, side->story);
    sink_text(sink, side->speaker);
    sink_text(sink, side->office);
    sink_text(sink, side->country);
    sink_text(sink, side->said_on);
    sink_text(sink, side->place);
    sink_text(sink, side->position);
    sink_text(sink, side->spans);
    sink_text(sink, side->text);
    sink_text(sink, side->url);
    sink_text(sink, side->rule);
}

void row_send_contradiction(Sink *sink, const ContradictionRow *row)
{
    sink_text(sink, row->id);
    sink_text(sink, row->topic);
    sink_text(sink, row->topic_label);
    sink_text(sink, row->grade);
    sink_text(sink, row->relation);
    sink_real(sink, row->score);
    sink_text(sink, row->reason);
    sink_text(sink, row->found_on);
    send_side(sink, &row->a);
    send_side(sink, &row->b);
    sink_integer(sink, row->evidence);
    sink_text(sink, row->review);
    sink_row_end(sink);
}

void row_send_story(Sink *sink, const StoryRow *row)
{
    sink_text(sink, row->id);
    sink_text(sink, row->published);
    sink_text(sink, row->title);
    sink_text(sink, row->source);
    sink_text(sink, row->place);
    sink_text(sink, row->url);
    sink_integer(sink, row->statements);
    sink_integer(sink, row->claims);
    sink_integer(sink, row->copies);
    sink_row_end(sink);
}

void row_send_search(Sink *sink, const StatementRow *row)
{
    sink_text(sink, row->id);
    sink_text(sink, row->speaker);
    sink_text(sink, row->office);
    sink_text(sink, row->said_on);
    sink_text(sink, row->text);
    sink_text(sink, row->story);
    sink_text(sink, row->title);
    sink_text(sink, row->published);
    sink_text(sink, row->source);
    sink_text(sink, row->url);
    sink_row_end(sink);
}

static void send_review_side(Sink *sink, const ReviewSide *side)
{
    sink_text(sink, side->story);
    sink_text(sink, side->speaker);
    sink_text(sink, side->span);
    sink_text(sink, side->text);
}

void row_send_review(Sink *sink, const ReviewRow *row)
{
    sink_text(sink, row->contradiction);
    sink_text(sink, row->verdict);
    sink_text(sink, row->note);
    sink_text(sink, row->reviewer);
    sink_text(sink, row->reviewed_utc);
    sink_bool(sink, row->latest);
    sink_bool(sink, row->on_file);
    sink_text(sink, row->topic_label);
    send_review_side(sink, &row->a);
    send_review_side(sink, &row->b);
    sink_text(sink, row->carried_from);
    sink_row_end(sink);
}

static void send_change_side(Sink *sink, const ContradictionSide *side)
{
    sink_text(sink, side->claim);
    sink_text(sink, side->story);
    sink_text(sink, side->speaker);
    sink_text(sink, side->country);
    sink_text(sink, side->said_on);
    sink_text(sink, side->position);
    sink_text(sink, side->spans);
    sink_text(sink, side->text);
    sink_text(sink, side->rule);
}

void row_send_change(Sink *sink, const ChangeRow *row)
{
    sink_text(sink, row->change);
    sink_text(sink, row->thing);
    sink_text(sink, row->id);
    sink_text(sink, row->was);
    sink_text(sink, row->what);
    sink_text(sink, row->topic);
    sink_text(sink, row->topic_label);
    sink_text(sink, row->grade);
    if (row->grade.len)
        sink_real(sink, row->score);
    else
        sink_null(sink);
    send_change_side(sink, &row->a);
    send_change_side(sink, &row->b);
    sink_text(sink, row->review);
    sink_row_end(sink);
}
