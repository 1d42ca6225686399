#include "read/input_reader.h"

#include <string.h>

static bool probe_text(Str head)
{
    (void)head;                      /* the last row of the table: whatever no other reader knows */
    return true;
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
    arena_reset(input_stream_scratch(stream));
    Str text = input_clean_text(input_decode(bytes, STR_NONE, input_stream_scratch(stream), &out->note), arena);
    out->text = input_mend_mojibake(text, arena);
    if (out->text.ptr != text.ptr)
        out->note = STR("text decoded twice put right");
    return str_trim(out->text).len ? INPUT_OK : input_bad(err, 0, 0, "has no text");
}

const InputReader input_text = { .name = "text", .probe = probe_text, .next = next_text };
