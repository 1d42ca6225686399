#include "read/input_reader.h"

#include "base/json.h"

#include <string.h>

/*
 *     {"id":"a","text":"..."}              JSON Lines: one story a line
 *     {"version":"https://jsonfeed...      a JSON Feed, a ninjs story, an export: one object over many lines
 *     [ {"title":"...","body":"..."}, ...  an export: an array of stories, however long
 *
 * An object without text that holds an array of objects is a box of stories.
 */
enum { NAME_BYTES = 8 };             /* a shorter id in a box is a number that other boxes have as well */

typedef enum JsonKind { JSON_LINES, JSON_WHOLE, JSON_ARRAY } JsonKind;

typedef struct JsonState {
    JsonKind kind;
    Json *box;                       /* whose stories are given out one by one, or NULL */
    const Json *item;                /* the next of them */
    Str feed;                        /* the title of a JSON Feed */
    int line;
} JsonState;

static bool probe_json(Str head)
{
    head = str_trim(head);
    if (head.len && head.ptr[0] == '[') {
        Str inner = str_trim((Str){ head.ptr + 1, head.len - 1 });
        return inner.len && (inner.ptr[0] == '{' || inner.ptr[0] == ']');
    }
    return head.len && head.ptr[0] == '{';
}

/* Does the first line leave a bracket open? */
static JsonKind kind_of(Str head)
{
    size_t at = 0;
    while (at < head.len && strchr(" \t\r\n", head.ptr[at]) && head.ptr[at])
        at++;
    if (at < head.len && head.ptr[at] == '[')
        return JSON_ARRAY;
    long depth = 0;
    bool in_string = false;
    for (; at < head.len && head.ptr[at] != '\n'; at++) {
        char c = head.ptr[at];
        if (in_string && c == '\\')
            at++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string)
            depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    if (at >= head.len)
        return JSON_LINES;
    Str rest = str_trim((Str){ head.ptr + at, head.len - at });
    return !in_string && depth > 0 && rest.len && rest.ptr[0] != '{' ? JSON_WHOLE : JSON_LINES;
}

/* ---- one story ----------------------------------------------------------------------------- */

/* Names that newsrooms and exporters give to one thing, the surest first. */
static const char *const id_names[] = { "id", "guid", "_id", "uri" };
static const char *const title_names[] = { "title", "headline", "headlines", "name" };
static const char *const source_names[] = { "source", "source_domain", "publisher", "outlet", "publication", "site_name",
                                            "provider", "copyrightholder" };
static const char *const url_names[] = { "url", "link", "canonical_url", "permalink", "web_url", "webUrl", "uri" };
static const char *const place_names[] = { "place", "located" };
static const char *const language_names[] = { "language", "lang" };
static const char *const date_names[] = { "published", "date_published", "date_publish", "datePublished", "published_at",
                                          "publishedAt", "publish_date", "publication_date", "pub_date", "pubDate", "webPublicationDate",
                                          "firstcreated", "versioncreated", "date", "created_at", "timestamp" };
static const struct { const char *name; bool is_html; } text_names[] = {
    { "text", false }, { "maintext", false }, { "body_text", false }, { "content_text", false }, { "articleBody", false },
    { "body_html", true }, { "body_xhtml", true }, { "content_html", true }, { "html", true }, { "body", false },
    { "content", false }, { "article", false }, { "full_text", false }, { "bodies", true }, { "story", false },
    { "summary", false }, { "descriptions", false }, { "description_text", false }, { "description", false },
};

/* A string, the "name" of an object, or the "value" of the first object of an array. */
static Str string_of(const Json *value, Arena *arena)
{
    if (value && json_is_array(value))
        value = json_at(value, 0);
    if (!value || !json_is_object(value))
        return value ? str_trim(json_string_value(value, arena)) : STR_NONE;
    static const char *const names[] = { "value", "name", "title", "literal" };
    Str found = STR_NONE;
    for (size_t i = 0; i < BASE_COUNT(names) && !found.len; i++)
        found = str_trim(json_string(value, names[i], arena));
    return found;
}

/* "" says as little as null does. */
static Str first_of(const Json *json, const char *const *names, size_t n_names, Arena *arena)
{
    for (size_t i = 0; i < n_names; i++) {
        Str found = string_of(json_member(json, names[i]), arena);
        if (found.len)
            return found;
    }
    return STR_NONE;
}

static bool seems_html(Str text)
{
    static const Str marks[] = { STR_INIT("</p>"), STR_INIT("<p>"), STR_INIT("<br"), STR_INIT("</div>"), STR_INIT("</a>") };
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        if (str_find(text, marks[i], 0) < text.len)
            return true;
    return false;
}

/* "text" of JSON Lines stays as it is given, since offsets count in it. */
static bool take_body(const Json *json, Arena *arena, Arena *scratch, Story *out)
{
    out->text = json_string(json, "text", arena);
    if (str_trim(out->text).len)
        return true;
    for (size_t i = 1; i < BASE_COUNT(text_names); i++) {
        Str body = string_of(json_member(json, text_names[i].name), scratch);
        Str dateline = json_string(json, "dateline", scratch);
        if (str_trim(dateline).len)
            body = str_printf(scratch, "%.*s %.*s", STR_ARG(str_trim(dateline)), STR_ARG(body));
        if (body.len && input_take_text(body, text_names[i].is_html || seems_html(body), arena, scratch, out))
            return true;
    }
    return false;
}

static void take_date(const Json *json, int line, Arena *scratch, Story *out, Error *err)
{
    for (size_t i = 0; i < BASE_COUNT(date_names) && out->published == DATE_UNKNOWN; i++) {
        Str text = string_of(json_member(json, date_names[i]), scratch);
        if (!text.len || date_parse_stamp(text, &out->published) || date_find(text, &out->published, &(size_t){ 0 }))
            continue;
        error_set(err, ERR_INPUT, NULL, line, 0, "\"%s\" is not a date: \"%.*s\"", date_names[i],
                  text.len < 60 ? (int)text.len : 60, text.ptr);
        err->warning = true;
    }
    if (out->published != DATE_UNKNOWN)
        *err = (Error){ 0 };
}

static InputResult fill_story(const Json *json, int line, Arena *arena, Arena *scratch, Story *out, Error *err)
{
    if (!take_body(json, arena, scratch, out))
        return input_bad(err, line, 0, first_of(json, title_names, BASE_COUNT(title_names), scratch).len ? "the story has a headline only"
                                       : json_string(json, "text", arena).ptr ? "the story's \"text\" is empty"
                                                                              : "the story has no \"text\"");
#define FIRST(names) first_of(json, names, BASE_COUNT(names), arena)
    out->id = FIRST(id_names);
    out->title = FIRST(title_names);
    out->source = FIRST(source_names);
    out->place = FIRST(place_names);
    out->language = FIRST(language_names);
    for (size_t i = 0; i < BASE_COUNT(url_names) && !out->url.len; i++) {
        Str url = string_of(json_member(json, url_names[i]), arena);
        if (url.len && (strcmp(url_names[i], "uri") != 0 || str_starts(url, STR("http"))))
            out->url = url;
    }
#undef FIRST
    take_date(json, line, scratch, out, err);
    return INPUT_OK;
}

/* ---- boxes of stories --------------------------------------------------------------------------- */

static const char *const box_names[] = { "items", "item", "articles", "stories", "data", "results", "documents", "docs",
                                         "hits", "news", "entries", "response" };

/* The array of objects inside an object that has no text of its own; NULL: it is no box. */
static const Json *box_in(const Json *json, int depth)
{
    for (size_t i = 0; i < BASE_COUNT(text_names); i++)
        if (json_member(json, text_names[i].name))
            return NULL;
    for (size_t i = 0; i < BASE_COUNT(box_names); i++) {
        const Json *inner = json_member(json, box_names[i]);
        if (inner && json_is_array(inner) && (json_length(inner) == 0 || json_is_object(json_at(inner, 0))))
            return inner;
        if (inner && json_is_object(inner) && depth < 3 && (inner = box_in(inner, depth + 1)) != NULL)
            return inner;
    }
    return NULL;
}

static void drop_box(JsonState *state)
{
    json_free(state->box);
    state->box = NULL;
    state->item = NULL;
}

static InputResult take_value(JsonState *state, Arena *memory, Json *json, Str text, Arena *arena, Arena *scratch, Story *out,
                              Error *err)
{
    const Json *box = json_is_object(json) ? box_in(json, 0) : NULL;
    if (box) {
        Str version = json_string(json, "version", scratch);
        state->feed = str_find(version, STR("jsonfeed"), 0) < version.len ? json_string(json, "title", memory) : STR_NONE;
        state->box = json;
        state->item = json_at(box, 0);
        return INPUT_END;
    }
    InputResult result = json_is_object(json) ? fill_story(json, state->line, arena, scratch, out, err)
                                              : input_bad(err, state->line, 1, "not a JSON object: a line must hold one story");
    if (result == INPUT_OK && (json_member(json, "quotes") || json_member(json, "claims")))
        out->annotation = str_copy(arena, text);
    json_free(json);
    return result;
}

static InputResult next_value(InputStream *stream, JsonState *state, Str *text, Error *err)
{
    InputResult result;
    do {
        result = state->kind == JSON_ARRAY   ? input_stream_json(stream, text, &state->line, err)
                 : state->kind == JSON_LINES ? input_stream_line(stream, text, &state->line, err)
                                             : input_stream_rest(stream, text, err);
    } while (result == INPUT_OK && !str_trim(*text).len);
    return result;
}

static InputResult next_json(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    void **place = input_stream_state(stream);
    Arena *scratch = input_stream_scratch(stream);
    if (!*place) {
        JsonState *fresh = ARENA_NEW(input_stream_memory(stream), JsonState);
        fresh->kind = kind_of(input_stream_head(stream));
        *place = fresh;
    }
    JsonState *state = *place;
    InputResult result;
    for (;;) {
        arena_reset(scratch);
        *out = (Story){ .published = DATE_UNKNOWN, .note = input_stream_note(stream) };
        if (state->item) {
            const Json *item = state->item;
            state->item = json_next(item);
            out->line = state->line;
            if (!json_is_object(item))
                return input_bad(err, state->line, 0, "not a JSON object: no story");
            result = fill_story(item, state->line, arena, scratch, out, err);
            if (!out->source.len && state->feed.len)
                out->source = str_copy(arena, state->feed);
            if (out->id.len < NAME_BYTES)
                out->id = STR_NONE;
            return result;
        }
        drop_box(state);
        Str text;
        Json *json;
        result = next_value(stream, state, &text, err);
        if (result != INPUT_OK)
            return result;
        out->line = state->line;
        text = input_decode(text, STR_NONE, scratch, &out->note);
        if (!json_parse(text, &json, err)) {
            err->line += state->kind == JSON_LINES ? state->line - err->line : state->line ? state->line - 1 : 0;
            return INPUT_BAD;
        }
        result = take_value(state, input_stream_memory(stream), json, text, arena, scratch, out, err);
        if (result != INPUT_END)
            return result;
    }
}

static void close_json(void *state)
{
    if (state)
        drop_box(state);
}

const InputReader input_json = { .name = "json", .probe = probe_json, .next = next_json, .close = close_json };
