#include "read/input_reader.h"

#include <string.h>

/*
 * The SGML of the Reuters-21578 and RCV collections: no XML, since control characters stand in it as &#3;.
 *
 *     <REUTERS ... NEWID="12"><DATE>26-FEB-1987 15:01:01.79</DATE> ... <TEXT><TITLE>...</TITLE>
 *     <DATELINE>    SANTIAGO, Feb 26 - </DATELINE><BODY>...  Reuter &#3;</BODY></TEXT></REUTERS>
 */
static bool probe_sgml(Str head)
{
    head = str_trim(head);
    return str_starts(head, STR("<!DOCTYPE lewis")) || str_starts(head, STR("<REUTERS"));
}

static Str between(Str text, Str open, Str close)
{
    size_t from = str_find(text, open, 0), to = str_find(text, close, from);
    if (to == text.len)
        return STR_NONE;
    from += open.len;
    return from <= to ? (Str){ text.ptr + from, to - from } : STR_NONE;
}

/* &lt; and &amp;; numbers stand for control characters, which go. */
static Str unescape(Str text, Arena *arena)
{
    static const struct { Str name; char meant; } entities[] = {
        { STR_INIT("&lt;"), '<' }, { STR_INIT("&gt;"), '>' }, { STR_INIT("&amp;"), '&' }, { STR_INIT("&quot;"), '"' },
    };
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        Str rest = { text.ptr + at, text.len - at };
        size_t skip = 0;
        if (str_starts(rest, STR("&#"))) {
            size_t end = str_find(rest, STR(";"), 0);
            skip = end < 8 ? end + 1 : 0;
        }
        for (size_t i = 0; i < BASE_COUNT(entities) && !skip; i++)
            if (str_starts(rest, entities[i].name)) {
                out[len++] = entities[i].meant;
                skip = entities[i].name.len;
            }
        if (!skip)
            out[len++] = rest.ptr[0];
        at += skip ? skip : 1;
    }
    return (Str){ out, len };
}

/* The lines of one <REUTERS> element. */
static InputResult next_element(InputStream *stream, Str *element, int *line_number, Error *err)
{
    enum { ELEMENT_BYTES = 4 * 1024 * 1024 };
    Arena *scratch = input_stream_scratch(stream);
    Strs lines = { 0 };
    size_t bytes = 0;
    bool open = false, closed = false;
    while (!closed) {
        Str line;
        int number;
        InputResult result = input_stream_line(stream, &line, &number, err);
        if (result != INPUT_OK)
            return result == INPUT_END && open ? input_bad(err, *line_number, 0, "the story that begins here is not closed") : result;
        if (!open && str_find(line, STR("<REUTERS"), 0) == line.len)
            continue;
        if (!open)
            *line_number = number;
        open = true;
        closed = str_find(line, STR("</REUTERS>"), 0) < line.len;
        bytes += line.len + 1;
        if (bytes > ELEMENT_BYTES)
            return input_bad(err, *line_number, 0, "the story that begins here is not closed");
        Str kept = str_copy(scratch, line);
        LIST_PUSH(scratch, &lines, kept);
    }
    char *text = arena_alloc(scratch, bytes);
    size_t len = 0;
    for (size_t i = 0; i < lines.len; i++) {
        memcpy(text + len, lines.ptr[i].ptr, lines.ptr[i].len);
        len += lines.ptr[i].len;
        text[len++] = '\n';
    }
    *element = (Str){ text, len };
    return INPUT_OK;
}

static InputResult next_sgml(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    Arena *scratch = input_stream_scratch(stream);
    arena_reset(scratch);
    Str element;
    int line = 0;
    InputResult result = next_element(stream, &element, &line, err);
    if (result != INPUT_OK)
        return result;
    *out = (Story){ .published = DATE_UNKNOWN, .line = line, .note = input_stream_note(stream) };
    if (memchr(element.ptr, '\0', element.len))
        return input_bad(err, line, 0, "NUL byte");
    element = input_decode(element, STR_NONE, scratch, &out->note);
    Str body = between(element, STR("<BODY>"), STR("</BODY>"));
    if (!body.len)                                   /* a story of one line has no elements in its text */
        body = between(element, STR("<TEXT TYPE=\"UNPROC\">"), STR("</TEXT>"));
    Str dateline = str_trim(between(element, STR("<DATELINE>"), STR("</DATELINE>")));
    Str text = str_printf(scratch, "%.*s%s%.*s", STR_ARG(dateline), dateline.len ? " " : "", STR_ARG(str_trim(body)));
    text = str_trim(input_clean_text(unescape(text, scratch), scratch));
    static const Str signs[] = { STR_INIT("REUTER"), STR_INIT("Reuter") };
    for (size_t i = 0; i < BASE_COUNT(signs); i++)
        if (str_ends(text, signs[i]))
            text.len -= signs[i].len;
    if (!body.len || !input_take_text(text, false, arena, scratch, out))
        return input_bad(err, line, 0, "the story has a headline only");
    Str title = str_trim(unescape(between(element, STR("<TITLE>"), STR("</TITLE>")), arena));
    Str id = between(element, STR("NEWID=\""), STR("\">"));
    out->title = title.len ? title : STR_NONE;
    out->id = id.len ? str_printf(arena, "reuters-%.*s", STR_ARG(id)) : STR_NONE;
    out->source = STR("Reuters");
    Str day = str_trim(between(element, STR("<DATE>"), STR("</DATE>")));
    if (day.len)
        date_parse_stamp(day, &out->published);
    return INPUT_OK;
}

const InputReader input_sgml = { .name = "sgml", .probe = probe_sgml, .next = next_sgml };
