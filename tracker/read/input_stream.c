#include "read/input_reader.h"

#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
    BUFFER_BYTES = 256 * 1024,       /* to begin with; grows for a long line or file */
    RAW_BYTES = 16 * 1024,
    HEAD_BYTES = 4096,               /* enough to tell a format and a charset by */
    CHARACTER_BYTES = 4,             /* the longest one in UTF-8 */
};

#define NO_CONVERTER ((iconv_t)-1)
#define REPLACEMENT  STR("\xEF\xBF\xBD")

/*
 * Bytes of the file that is open, decoded where its first bytes tell how:
 *
 *     source -> raw -> iconv -> bytes        (UTF-16, and what an XML declaration names)
 *     source -----------------> bytes        (all else)
 */
struct InputStream {
    InputSource source;
    const char *failure;             /* why reading stopped, until it is reported */
    bool ended;
    bool packed;                     /* an archive or a compressed file by its first bytes */
    int line;
    Str note;
    bool in_array, array_over;       /* of input_stream_json */

    Arena buffer;                    /* holds bytes and nothing else, so that a longer buffer replaces it */
    char *bytes;
    size_t cap, start, end;          /* what is read and not yet given out */

    iconv_t converter;               /* of this file, or NO_CONVERTER */
    bool western;                    /* declared: its bytes that are no UTF-8 are no damage */
    char raw[RAW_BYTES];
    size_t raw_len;

    void *state;                     /* the reader's */
    Arena memory, scratch;
};

InputStream *input_stream_new(Arena *arena)
{
    InputStream *stream = ARENA_NEW(arena, InputStream);
    arena_init(&stream->buffer);
    arena_init(&stream->memory);
    arena_init(&stream->scratch);
    stream->converter = NO_CONVERTER;
    return stream;
}

static size_t read_source(InputStream *stream, char *out, size_t room)
{
    assert(room > 0);
    const char *message = NULL;
    ptrdiff_t got = stream->source.read(stream->source.user, out, room, &message);
    if (got > 0)
        return (size_t)got;
    stream->failure = got < 0 ? message : NULL;
    stream->ended = true;
    return 0;
}

static void append(InputStream *stream, Str text)
{
    assert(stream->cap - stream->end >= text.len);
    memcpy(stream->bytes + stream->end, text.ptr, text.len);
    stream->end += text.len;
}

/* From raw to bytes, as much as fits.  At the end of the file half a character counts as a broken one. */
static void convert_raw(InputStream *stream)
{
    char *in = stream->raw;
    size_t left = stream->raw_len;
    while (left && stream->cap - stream->end >= CHARACTER_BYTES) {
        char *out = stream->bytes + stream->end;
        size_t room = stream->cap - stream->end;
        size_t status = iconv(stream->converter, &in, &left, &out, &room);
        stream->end = stream->cap - room;
        bool incomplete = status == (size_t)-1 && errno == EINVAL;
        if (incomplete && !stream->ended)
            break;
        if (incomplete || (status == (size_t)-1 && errno == EILSEQ)) {
            if (room < CHARACTER_BYTES)
                break;
            append(stream, REPLACEMENT);
            size_t skip = left < 2 ? left : 2;
            in += skip;
            left -= skip;
            stream->note = STR("broken characters replaced");
        }
    }
    memmove(stream->raw, in, left);
    stream->raw_len = left;
}

/* Room for one more character at least; false when the buffer has reached its limit. */
static bool make_room(InputStream *stream)
{
    if (stream->cap - stream->end >= CHARACTER_BYTES)
        return true;
    if (stream->start > 0) {
        memmove(stream->bytes, stream->bytes + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
        return stream->cap - stream->end >= CHARACTER_BYTES || make_room(stream);
    }
    const size_t limit = (size_t)INPUT_LINE_BYTES + BUFFER_BYTES;
    if (stream->cap >= limit)
        return false;
    Arena larger;
    arena_init(&larger);
    size_t cap = stream->cap < limit / 2 ? stream->cap * 2 : limit;
    char *bytes = arena_alloc(&larger, cap);
    memcpy(bytes, stream->bytes, stream->end);
    arena_clear(&stream->buffer);
    stream->buffer = larger;
    stream->bytes = bytes;
    stream->cap = cap;
    return true;
}

/* False when nothing more comes: at the end, after an error, or at the buffer's limit. */
static bool fill(InputStream *stream)
{
    size_t before = stream->end - stream->start;
    while (stream->end - stream->start == before && make_room(stream)) {
        if (stream->converter == NO_CONVERTER) {
            if (stream->ended)
                return false;
            stream->end += read_source(stream, stream->bytes + stream->end, stream->cap - stream->end);
        } else {
            if (!stream->ended)
                stream->raw_len += read_source(stream, stream->raw + stream->raw_len, RAW_BYTES - stream->raw_len);
            else if (!stream->raw_len)
                return false;
            convert_raw(stream);
        }
    }
    return stream->end - stream->start > before;
}

static const char utf16_le[] = "UTF-16LE", utf16_be[] = "UTF-16BE";

/*
 * What iconv calls the charset, NULL if it is not UTF-16.  Text in UTF-16 without a mark: every second byte
 * of Western text is NUL, and none of the others.
 */
static const char *charset_of(Str head, size_t *mark_bytes)
{
    static const struct { Str mark; const char *charset; } marks[] = {
        { STR_INIT("\xEF\xBB\xBF"), NULL }, { STR_INIT("\xFF\xFE"), utf16_le }, { STR_INIT("\xFE\xFF"), utf16_be },
    };
    for (size_t i = 0; i < BASE_COUNT(marks); i++) {
        *mark_bytes = marks[i].mark.len;
        if (str_starts(head, marks[i].mark))
            return marks[i].charset;
    }
    *mark_bytes = 0;
    size_t pairs = head.len / 2, even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += head.ptr[2 * i] == '\0';
        odd += head.ptr[2 * i + 1] == '\0';
    }
    if (odd > pairs / 2 && even == 0)
        return utf16_le;
    return even > pairs / 2 && odd == 0 ? utf16_be : NULL;
}

/* The charset of an XML declaration that iconv has to know about; NULL: UTF-8, Western or none. */
static const char *declared_charset(Str head, Arena *arena, bool *western)
{
    Str name = str_starts(str_trim(head), STR("<?xml")) ? input_declared_charset(head) : STR_NONE;
    bool utf = str_starts_nocase(name, STR("utf"));
    *western = input_is_western(name);
    return name.len && !utf && !*western ? str_cstr(arena, name) : NULL;
}

static bool seems_packed(Str head)
{
    static const Str marks[] = { STR_INIT("PK\3\4"), STR_INIT("PK\5\6"), STR_INIT("\x1F\x8B"), STR_INIT("BZh"),
                                 STR_INIT("\xFD\x37zXZ"), STR_INIT("\x28\xB5\x2F\xFD") };
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        if (str_starts(head, marks[i]))
            return true;
    return head.len > 262 && memcmp(head.ptr + 257, "ustar", 5) == 0;
}

bool input_stream_open(InputStream *stream, InputSource source, Error *err)
{
    stream->source = source;
    stream->failure = NULL;
    stream->ended = stream->in_array = stream->array_over = false;
    stream->line = 0;
    stream->note = STR_NONE;
    stream->start = stream->end = stream->raw_len = 0;
    if (!stream->bytes) {
        stream->cap = BUFFER_BYTES;
        stream->bytes = arena_alloc(&stream->buffer, stream->cap);
    }

    while (stream->raw_len < HEAD_BYTES && !stream->ended)
        stream->raw_len += read_source(stream, stream->raw + stream->raw_len, RAW_BYTES - stream->raw_len);
    Str head = { stream->raw, stream->raw_len };
    size_t mark_bytes;
    const char *charset = charset_of(head, &mark_bytes);
    stream->packed = seems_packed(head);
    stream->western = false;
    if (stream->packed)
        charset = NULL;
    else if (!charset && !mark_bytes)
        charset = declared_charset(head, &stream->memory, &stream->western);
    head = (Str){ head.ptr + mark_bytes, head.len - mark_bytes };
    if (!head.len)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", stream->failure ? stream->failure : "is empty");
    if (!charset) {
        append(stream, head);
        return true;
    }
    stream->converter = iconv_open("UTF-8", charset);
    if (stream->converter == NO_CONVERTER)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is in %s, which this system cannot convert", charset);
    stream->note = str_printf(&stream->memory, "decoded from %s", charset);
    memmove(stream->raw, head.ptr, head.len);
    stream->raw_len = head.len;
    convert_raw(stream);
    return true;
}

void input_stream_close(InputStream *stream)
{
    if (stream->converter != NO_CONVERTER)
        iconv_close(stream->converter);
    stream->converter = NO_CONVERTER;
    if (stream->source.close)
        stream->source.close(stream->source.user);
    stream->source = (InputSource){ 0 };
    stream->state = NULL;
    arena_reset(&stream->memory);
    arena_reset(&stream->scratch);
}

void input_stream_free(InputStream *stream)
{
    input_stream_close(stream);
    arena_clear(&stream->buffer);
    arena_clear(&stream->memory);
    arena_clear(&stream->scratch);
}

Str input_stream_head(const InputStream *stream)
{
    return (Str){ stream->bytes + stream->start, stream->end - stream->start };
}

bool input_stream_seems_packed(const InputStream *stream)
{
    return stream->packed;
}

void **input_stream_state(InputStream *stream)
{
    return &stream->state;
}

Arena *input_stream_memory(InputStream *stream)
{
    return &stream->memory;
}

Arena *input_stream_scratch(InputStream *stream)
{
    return &stream->scratch;
}

Str input_stream_note(const InputStream *stream)
{
    return stream->note;
}

static InputResult read_failed(InputStream *stream, Error *err)
{
    error_set(err, ERR_INPUT, NULL, stream->line ? stream->line + 1 : 0, 0, "cannot read on: %s", stream->failure);
    stream->failure = NULL;
    stream->start = stream->end;
    return INPUT_BAD;
}

/* ---- what readers take --------------------------------------------------------------- */

InputResult input_stream_line(InputStream *stream, Str *line, int *line_number, Error *err)
{
    size_t seen = 0;                 /* bytes behind start that hold no line end */
    bool too_long = false;
    const char *stop = NULL;
    for (;;) {
        const char *from = stream->bytes + stream->start;
        size_t len = stream->end - stream->start;
        stop = memchr(from + seen, '\n', len - seen);
        if (stop)
            break;
        seen = len;
        if (seen > INPUT_LINE_BYTES) {
            too_long = true;
            stream->start = stream->end;
            seen = 0;
        }
        if (!fill(stream))
            break;
    }
    if (stream->failure)
        return read_failed(stream, err);

    const char *from = stream->bytes + stream->start;
    size_t len = stop ? (size_t)(stop - from) : stream->end - stream->start;
    if (!stop && !len && !too_long)
        return INPUT_END;
    *line = (Str){ from, len };
    *line_number = ++stream->line;
    stream->start += stop ? len + 1 : len;
    if (!too_long && len <= INPUT_LINE_BYTES)
        return INPUT_OK;
    error_set(err, ERR_INPUT, NULL, stream->line, 0, "the line is longer than %d MiB", INPUT_LINE_BYTES >> 20);
    return INPUT_BAD;
}

InputResult input_stream_rest(InputStream *stream, Str *rest, Error *err)
{
    while (stream->end - stream->start <= INPUT_FILE_BYTES && fill(stream))
        ;
    if (stream->failure)
        return read_failed(stream, err);
    *rest = (Str){ stream->bytes + stream->start, stream->end - stream->start };
    stream->start = stream->end;
    if (rest->len > INPUT_FILE_BYTES) {
        stream->ended = true;
        stream->raw_len = 0;
        error_set(err, ERR_INPUT, NULL, 0, 0, "is larger than %d MiB", INPUT_FILE_BYTES >> 20);
        return INPUT_BAD;
    }
    return rest->len ? INPUT_OK : INPUT_END;
}

ptrdiff_t input_stream_read(InputStream *stream, char *out, size_t room, Error *err)
{
    while (stream->end - stream->start < CHARACTER_BYTES && fill(stream))
        ;                            /* a character may be cut by what was read so far */
    if (stream->failure) {
        read_failed(stream, err);
        return -1;
    }
    size_t len = 0;
    while (stream->start < stream->end) {
        Str rest = { stream->bytes + stream->start, stream->end - stream->start };
        Str part = { rest.ptr, rest.len < room - len ? rest.len : room - len };
        size_t valid = utf8_valid_prefix(part);
        memcpy(out + len, part.ptr, valid);
        len += valid;
        stream->start += valid;
        bool cut = part.len - valid < CHARACTER_BYTES && (part.len < rest.len || !stream->ended || stream->raw_len);
        if (valid == part.len || (cut && len))
            break;
        if (room - len < CHARACTER_BYTES)
            break;
        len += utf8_encode(input_windows_character((unsigned char)rest.ptr[valid]), out + len);
        stream->start++;
        stream->note = stream->western ? STR("decoded from Windows-1252") : STR("broken characters read as Windows-1252");
    }
    return (ptrdiff_t)len;
}

/* ---- values of a JSON array -------------------------------------------------------------- */

static void skip_blanks(InputStream *stream)
{
    for (;;) {
        while (stream->start < stream->end && strchr(" \t\r\n,", stream->bytes[stream->start]) && stream->bytes[stream->start])
            stream->line += stream->bytes[stream->start++] == '\n';
        if (stream->start < stream->end || !fill(stream))
            return;
    }
}

InputResult input_stream_json(InputStream *stream, Str *value, int *line_number, Error *err)
{
    if (stream->array_over)
        return INPUT_END;
    skip_blanks(stream);
    if (!stream->in_array) {
        stream->in_array = true;
        stream->line = 1;
        stream->start++;             /* the bracket */
        skip_blanks(stream);
    }
    if (stream->failure)
        return read_failed(stream, err);
    if (stream->start == stream->end || stream->bytes[stream->start] == ']') {
        bool whole = stream->start < stream->end;
        stream->array_over = true;
        return whole ? INPUT_END : input_bad(err, stream->line, 0, "the array is not closed");
    }
    size_t at = 0, depth = 0;
    bool in_string = false, done = false;
    *line_number = stream->line;
    while (!done) {
        if (stream->start + at == stream->end && !fill(stream))
            break;
        char c = stream->bytes[stream->start + at];
        stream->line += c == '\n';
        if (in_string) {
            if (c == '\\' && stream->start + ++at == stream->end && !fill(stream))
                break;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth && (c == '}' || c == ']')) {
            done = --depth == 0;     /* the bracket belongs to the value, */
        } else if (!depth && (c == ',' || c == ']')) {
            break;                   /* what ends a number or a word does not */
        }
        at++;
    }
    if (stream->failure)
        return read_failed(stream, err);
    *value = (Str){ stream->bytes + stream->start, at };
    stream->start += at;
    if (done || (at && stream->start < stream->end))
        return INPUT_OK;
    stream->array_over = true;
    if (at > INPUT_LINE_BYTES)
        error_set(err, ERR_INPUT, NULL, *line_number, 0, "a value is longer than %d MiB", INPUT_LINE_BYTES >> 20);
    else
        error_set(err, ERR_INPUT, NULL, *line_number, 0, "broken JSON: the array ends within a value");
    return INPUT_BAD;
}
