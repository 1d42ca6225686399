#include "read/input_reader.h"

#include "base/json.h"

static bool probe_jsonl(Str head)
{
    head = str_trim(head);
    return head.len && head.ptr[0] == '{';
}

static InputResult bad(Error *err, int line, int col, const char *text)
{
    error_set(err, ERR_INPUT, NULL, line, col, "%s", text);
    return INPUT_BAD;
}

static InputResult fill_story(const Json *json, int line, Arena *arena, Story *out, Error *err)
{
    out->text = json_string(json, "text", arena);
    if (!out->text.ptr)
        return bad(err, line, 0, "the story has no \"text\"");
    if (!str_trim(out->text).len)
        return bad(err, line, 0, "the story's \"text\" is empty");

    /* "" says as little as null does. */
    const struct { const char *name; Str *to; } fields[] = {
        { "id", &out->id }, { "title", &out->title }, { "source", &out->source },
        { "url", &out->url }, { "place", &out->place },
    };
    for (size_t i = 0; i < BASE_COUNT(fields); i++) {
        Str value = str_trim(json_string(json, fields[i].name, arena));
        *fields[i].to = value.len ? value : STR_NONE;
    }

    Str published = str_trim(json_string(json, "published", arena));
    if (published.len && !date_parse_stamp(published, &out->published)) {
        error_set(err, ERR_INPUT, NULL, line, 0, "\"published\" is not a date: \"%.*s\"",
                  published.len < 60 ? (int)published.len : 60, published.ptr);
        err->warning = true;
    }
    return INPUT_OK;
}

static InputResult next_jsonl(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    Str line;
    int number;
    InputResult result;
    do {
        result = input_stream_line(stream, &line, &number, err);
        if (result != INPUT_OK)
            return result;
    } while (!str_trim(line).len);

    *out = (Story){ .published = DATE_UNKNOWN, .line = number, .note = input_stream_note(stream) };
    line = input_stream_decode(stream, line, &out->note);
    Json *json;
    if (!json_parse(line, &json, err)) {
        err->line = number;
        return INPUT_BAD;
    }
    result = json_is_object(json) ? fill_story(json, number, arena, out, err)
                                  : bad(err, number, 1, "not a JSON object: a line must hold one story");
    if (result == INPUT_OK && (json_member(json, "quotes") || json_member(json, "claims")))
        out->annotation = str_copy(arena, line);
    json_free(json);
    return result;
}

const InputReader input_jsonl = { "jsonl", probe_jsonl, next_jsonl };
