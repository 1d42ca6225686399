#include "read/input_reader.h"

#include "read/html.h"

#include <string.h>

/* Elements that a page or a saved piece of one starts with; XML dialects of news are told by input_xml.c before. */
static bool probe_html(Str head)
{
    static const Str starts[] = {
        STR_INIT("<!doctype html"), STR_INIT("<html"), STR_INIT("<head"), STR_INIT("<body"), STR_INIT("<title"),
        STR_INIT("<meta"), STR_INIT("<article"), STR_INIT("<div"), STR_INIT("<p>"), STR_INIT("<p "), STR_INIT("<h1"),
        STR_INIT("<main"), STR_INIT("<section"), STR_INIT("<script"), STR_INIT("<link"),
    };
    head = str_trim(head);
    while (head.len && head.ptr[0] == '<') {
        Str skip = str_starts(head, STR("<!--")) ? STR("-->") : str_starts(head, STR("<?")) ? STR("?>") : STR_NONE;
        for (size_t i = 0; !skip.len && i < BASE_COUNT(starts); i++)
            if (str_starts_nocase(head, starts[i]))
                return true;
        size_t end = str_find(head, skip, 0) + skip.len;
        if (!skip.len || end > head.len)
            return false;
        head = str_trim((Str){ head.ptr + end, head.len - end });
    }
    return false;
}

static void strip_nul(Str *bytes, Arena *arena)
{
    if (!memchr(bytes->ptr, '\0', bytes->len))
        return;
    char *out = arena_alloc(arena, bytes->len);
    size_t len = 0;
    for (size_t i = 0; i < bytes->len; i++)
        if (bytes->ptr[i])
            out[len++] = bytes->ptr[i];
    *bytes = (Str){ out, len };
}

bool input_take_whole_page(Str bytes, Arena *arena, Arena *scratch, Story *out, Error *err)
{
    HtmlPage page;
    if (!html_read_page(bytes, arena, scratch, &page, err))
        return false;
    out->title = page.title;
    out->source = page.source;
    out->url = page.url;
    out->language = page.language;
    out->published = page.published;
    return input_take_text(page.text, false, arena, scratch, out) ||
           error_set(err, ERR_INPUT, NULL, 0, 0, "is a page without an article");
}

static InputResult next_html(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    enum { HEAD_BYTES = 4096 };
    Str bytes;
    InputResult result = input_stream_rest(stream, &bytes, err);
    if (result != INPUT_OK)
        return result;

    *out = (Story){ .published = DATE_UNKNOWN, .note = input_stream_note(stream) };
    Arena *scratch = input_stream_scratch(stream);
    arena_reset(scratch);
    Str head = { bytes.ptr, bytes.len < HEAD_BYTES ? bytes.len : HEAD_BYTES };
    strip_nul(&bytes, scratch);
    bytes = input_decode(bytes, input_declared_charset(head), scratch, &out->note);
    return input_take_whole_page(bytes, arena, scratch, out, err) ? INPUT_OK : INPUT_BAD;
}

const InputReader input_html = { .name = "html", .probe = probe_html, .next = next_html };
