#include "read/input_reader.h"

#include <string.h>

static bool probe_text(Str head)
{
    (void)head;                      /* the last row of the table: whatever no other reader knows */
    return true;
}

/* Line ends become LF, page breaks too; other control characters (wire files have them) go. */
static Str clean(Str text, Arena *arena)
{
    char *out = str_cstr(arena, text);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        if (c == '\r' || c == '\f' || c == '\v')
            out[len++] = '\n';
        else if ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t')
            out[len++] = (char)c;
    }
    return (Str){ out, len };
}

static InputResult next_text(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    Str bytes;
    InputResult result = input_stream_rest(stream, &bytes, err);
    if (result != INPUT_OK)
        return result;

    *out = (Story){ .published = DATE_UNKNOWN, .note = input_stream_note(stream) };
    const char *nul = memchr(bytes.ptr, '\0', bytes.len);
    if (nul) {
        error_set(err, ERR_INPUT, NULL, 0, 0, "is binary: NUL byte at offset %zu", (size_t)(nul - bytes.ptr));
        return INPUT_BAD;
    }
    out->text = clean(input_stream_decode(stream, bytes, &out->note), arena);
    if (!str_trim(out->text).len) {
        error_set(err, ERR_INPUT, NULL, 0, 0, "has no text");
        return INPUT_BAD;
    }
    return INPUT_OK;
}

const InputReader input_text = { "text", probe_text, next_text };
