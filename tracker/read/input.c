#include "read/input.h"

#include "base/utf8.h"
#include "read/input_reader.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 256 * 1024,       /* to begin with; grows for a long line or file */
    RAW_BYTES = 16 * 1024,
    HEAD_BYTES = 4096,               /* enough to tell a format and a charset by */
    CHARACTER_BYTES = 4,             /* the longest one in UTF-8 */
};

#define NO_CONVERTER ((iconv_t)-1)
#define REPLACEMENT  STR("\xEF\xBF\xBD")
#define NOTE_BROKEN  STR("broken characters replaced")

/*
 * Bytes of the file that is open, decoded if they are UTF-16:
 *
 *     file -> raw -> iconv -> bytes        (UTF-16)
 *     file -----------------> bytes        (all else)
 */
struct InputStream {
    int fd;
    int error;                       /* errno of a failed read, until it is reported */
    bool ended;
    int line;
    Str note;
    uint64_t read_bytes;             /* of all files */

    Arena memory;                    /* holds bytes and nothing else, so that a longer buffer replaces it */
    char *bytes;
    size_t cap, start, end;          /* what is read and not yet given out */

    iconv_t utf16;                   /* of this file */
    char raw[RAW_BYTES];
    size_t raw_len;

    iconv_t windows;                 /* opened at first need, kept for all files */
    Arena scratch;                   /* of input_stream_decode */
};

/* A folder whose entries are being read. */
typedef struct Folder {
    Arena memory;
    Strs paths;
    size_t next;
} Folder;

typedef struct Folders { Folder *ptr; size_t len, cap; } Folders;

struct Input {
    Arena memory;
    Problems *problems;
    InputOptions options;
    Strs paths;                      /* as given */
    size_t next_path;
    Folders folders;                 /* from the outermost to the one at hand */
    Str path;                        /* of the open file */
    const InputReader *reader;       /* NULL: no file is open */
    InputStream stream;
};

/* The first row whose probe says yes. */
static const InputReader *const readers[] = { &input_jsonl, &input_text };

/* ---- bytes of one file ----------------------------------------------------- */

static size_t read_file(InputStream *stream, char *out, size_t room)
{
    assert(room > 0);
    ssize_t got;
    do {
        got = read(stream->fd, out, room);
    } while (got < 0 && errno == EINTR);
    if (got <= 0) {
        stream->error = got < 0 ? errno : 0;
        stream->ended = true;
        return 0;
    }
    stream->read_bytes += (uint64_t)got;
    return (size_t)got;
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
        size_t status = iconv(stream->utf16, &in, &left, &out, &room);
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
            stream->note = NOTE_BROKEN;
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
    arena_clear(&stream->memory);
    stream->memory = larger;
    stream->bytes = bytes;
    stream->cap = cap;
    return true;
}

/* False when nothing more comes: at the end, after an error, or at the buffer's limit. */
static bool fill(InputStream *stream)
{
    size_t before = stream->end - stream->start;
    while (stream->end - stream->start == before && make_room(stream)) {
        if (stream->utf16 == NO_CONVERTER) {
            if (stream->ended)
                return false;
            stream->end += read_file(stream, stream->bytes + stream->end, stream->cap - stream->end);
        } else {
            if (!stream->ended)
                stream->raw_len += read_file(stream, stream->raw + stream->raw_len, RAW_BYTES - stream->raw_len);
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

/* Takes the descriptor over. */
static bool stream_open(InputStream *stream, int fd, Error *err)
{
    stream->fd = fd;
    stream->error = 0;
    stream->ended = false;
    stream->line = 0;
    stream->note = STR_NONE;
    stream->start = stream->end = stream->raw_len = 0;
    stream->utf16 = NO_CONVERTER;
    if (!stream->bytes) {
        stream->cap = BUFFER_BYTES;
        stream->bytes = arena_alloc(&stream->memory, stream->cap);
    }

    while (stream->raw_len < HEAD_BYTES && !stream->ended)
        stream->raw_len += read_file(stream, stream->raw + stream->raw_len, RAW_BYTES - stream->raw_len);
    Str head = { stream->raw, stream->raw_len };
    size_t mark_bytes;
    const char *charset = charset_of(head, &mark_bytes);
    head = (Str){ head.ptr + mark_bytes, head.len - mark_bytes };
    if (!head.len)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", stream->error ? strerror(stream->error) : "is empty");
    if (!charset) {
        append(stream, head);
        return true;
    }
    stream->utf16 = iconv_open("UTF-8", charset);
    if (stream->utf16 == NO_CONVERTER)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is in %s, which this system cannot convert", charset);
    stream->note = charset == utf16_le ? STR("decoded from UTF-16LE") : STR("decoded from UTF-16BE");
    memmove(stream->raw, head.ptr, head.len);
    stream->raw_len = head.len;
    convert_raw(stream);
    return true;
}

static void stream_close(InputStream *stream)
{
    if (stream->utf16 != NO_CONVERTER)
        iconv_close(stream->utf16);
    stream->utf16 = NO_CONVERTER;
    if (stream->fd > STDIN_FILENO)
        close(stream->fd);
    stream->fd = -1;
}

static InputResult read_failed(InputStream *stream, Error *err)
{
    error_set(err, ERR_INPUT, NULL, stream->line ? stream->line + 1 : 0, 0, "cannot read on: %s", strerror(stream->error));
    stream->error = 0;
    stream->start = stream->end;
    return INPUT_BAD;
}

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
    if (stream->error)
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
    if (stream->error)
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

Str input_stream_note(const InputStream *stream)
{
    return stream->note;
}

/* ---- charset of text that is not UTF-16 ------------------------------------ */

/* Length of the broken character that the text starts with: a lead byte and what it still has of its tail. */
static size_t broken_bytes(Str text)
{
    size_t n = 1;
    while (n < text.len && n < 3 && (unsigned char)text.ptr[0] >= 0xC0 && ((unsigned char)text.ptr[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Broken bytes are more likely damage to UTF-8 than another charset where sound characters outnumber them. */
static bool is_damaged_utf8(Str bytes, size_t *n_high)
{
    size_t sound = 0, broken = 0;
    *n_high = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t valid = utf8_valid_prefix((Str){ bytes.ptr + at, bytes.len - at });
        for (size_t i = at; i < at + valid; i++) {
            unsigned char c = (unsigned char)bytes.ptr[i];
            *n_high += c >= 0x80;
            sound += c >= 0xC0;
        }
        at += valid;
        if (at < bytes.len) {
            size_t n = broken_bytes((Str){ bytes.ptr + at, bytes.len - at });
            at += n;
            *n_high += n;
            broken++;
        }
    }
    return sound > broken;
}

static Str replace_broken(Str bytes, char *out)
{
    size_t len = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t valid = utf8_valid_prefix((Str){ bytes.ptr + at, bytes.len - at });
        memcpy(out + len, bytes.ptr + at, valid);
        len += valid;
        at += valid;
        if (at < bytes.len) {
            memcpy(out + len, REPLACEMENT.ptr, REPLACEMENT.len);
            len += REPLACEMENT.len;
            at += broken_bytes((Str){ bytes.ptr + at, bytes.len - at });
        }
    }
    return (Str){ out, len };
}

static Str decode_windows(iconv_t converter, Str bytes, char *out, size_t room)
{
    char *in = (char *)(uintptr_t)bytes.ptr, *to = out;      /* iconv does not write there */
    size_t left = bytes.len;
    while (left && iconv(converter, &in, &left, &to, &room) == (size_t)-1) {
        memcpy(to, REPLACEMENT.ptr, REPLACEMENT.len);        /* one of the five bytes that mean nothing */
        to += REPLACEMENT.len;
        room -= REPLACEMENT.len;
        in++;
        left--;
    }
    return (Str){ out, (size_t)(to - out) };
}

Str input_stream_decode(InputStream *stream, Str bytes, Str *note)
{
    if (utf8_valid_prefix(bytes) == bytes.len)
        return bytes;

    size_t n_high;
    bool damaged = is_damaged_utf8(bytes, &n_high);
    arena_reset(&stream->scratch);
    size_t room = bytes.len + 2 * n_high;                    /* no byte becomes more than three */
    char *out = arena_alloc(&stream->scratch, room);
    if (!damaged && stream->windows == NO_CONVERTER)
        stream->windows = iconv_open("UTF-8", "WINDOWS-1252");
    if (damaged || stream->windows == NO_CONVERTER) {
        *note = NOTE_BROKEN;
        return replace_broken(bytes, out);
    }
    *note = STR("decoded from Windows-1252");
    return decode_windows(stream->windows, bytes, out, room);
}

/* ---- files and folders ------------------------------------------------------- */

static int compare_paths(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool enter_folder(Input *input, Str path, Error *err)
{
    DIR *dir = opendir(path.ptr);
    if (!dir)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
    Folder folder = { 0 };
    const char *slash = str_ends(path, STR("/")) ? "" : "/";
    const struct dirent *entry;
    while ((errno = 0, entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            LIST_PUSH(&folder.memory, &folder.paths,
                      str_printf(&folder.memory, "%.*s%s%s", STR_ARG(path), slash, entry->d_name));
    int failure = errno;
    closedir(dir);
    if (folder.paths.len)
        qsort(folder.paths.ptr, folder.paths.len, sizeof *folder.paths.ptr, compare_paths);
    LIST_PUSH(&input->memory, &input->folders, folder);
    return !failure || error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(failure));
}

/* A path from the innermost folder, else the next one that was given. */
static bool next_path(Input *input, Str *path, bool *in_folder)
{
    while (input->folders.len) {
        Folder *folder = &input->folders.ptr[input->folders.len - 1];
        if (folder->next < folder->paths.len) {
            *path = folder->paths.ptr[folder->next++];
            *in_folder = true;
            return true;
        }
        arena_clear(&folder->memory);
        input->folders.len--;
    }
    *in_folder = false;
    if (input->next_path == input->paths.len)
        return false;
    *path = input->paths.ptr[input->next_path++];
    return true;
}

/* Opens a file, enters a folder or passes over what is neither; false with an error. */
static bool open_path(Input *input, Str path, bool in_folder, Error *err)
{
    int fd = STDIN_FILENO;
    if (in_folder || !str_equal(path, STR("-"))) {
        struct stat info, link;
        if (stat(path.ptr, &info) != 0)
            return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
        /* In a folder a link could lead in circles and a pipe would wait for ever. */
        if (in_folder && !S_ISREG(info.st_mode) &&
            (!S_ISDIR(info.st_mode) || lstat(path.ptr, &link) != 0 || S_ISLNK(link.st_mode)))
            return true;
        if (S_ISDIR(info.st_mode))
            return enter_folder(input, path, err);
        fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
    }
    if (!stream_open(&input->stream, fd, err)) {
        stream_close(&input->stream);
        return false;
    }
    input->path = path;
    Str head = { input->stream.bytes + input->stream.start, input->stream.end - input->stream.start };
    for (size_t i = 0; !input->reader; i++)
        if (readers[i]->probe(head))
            input->reader = readers[i];
    return true;
}

static void report(Input *input, Str path, Error *err)
{
    Str name = str_equal(path, STR("-")) ? STR("standard input") : path;
    snprintf(err->file, sizeof err->file, "%.*s", STR_ARG(name));
    problems_add(input->problems, err);
}

static bool next_file(Input *input)
{
    Str path;
    bool in_folder;
    while (!input->reader && next_path(input, &path, &in_folder)) {
        Error err = { 0 };
        if (!open_path(input, path, in_folder, &err))
            report(input, path, &err);
    }
    return input->reader != NULL;
}

Input *input_open(const char *const *paths, size_t n_paths, InputOptions options, Problems *problems)
{
    Arena memory;
    arena_init(&memory);
    Input *input = ARENA_NEW(&memory, Input);
    *input = (Input){ .memory = memory, .problems = problems, .options = options };
    input->stream.fd = -1;
    input->stream.utf16 = input->stream.windows = NO_CONVERTER;
    for (size_t i = 0; i < n_paths; i++)
        LIST_PUSH(&input->memory, &input->paths, str_copy(&input->memory, str_from(paths[i])));
    return input;
}

bool input_next(Input *input, Arena *arena, Story *out)
{
    while (next_file(input)) {
        Error err = { 0 };
        InputResult result = input->reader->next(&input->stream, arena, out, &err);
        if (result == INPUT_END) {
            stream_close(&input->stream);
            input->reader = NULL;
            continue;
        }
        if (err.kind != ERR_NONE)
            report(input, input->path, &err);
        if (result == INPUT_OK) {
            out->path = str_copy(arena, input->path);
            story_complete(out, arena);
            if (out->published == DATE_UNKNOWN)
                out->published = input->options.date;
            return true;
        }
    }
    return false;
}

uint64_t input_bytes(const Input *input)
{
    return input->stream.read_bytes;
}

void input_close(Input *input)
{
    if (!input)
        return;
    stream_close(&input->stream);
    if (input->stream.windows != NO_CONVERTER)
        iconv_close(input->stream.windows);
    arena_clear(&input->stream.memory);
    arena_clear(&input->stream.scratch);
    for (size_t i = 0; i < input->folders.len; i++)
        arena_clear(&input->folders.ptr[i].memory);
    Arena memory = input->memory;
    arena_clear(&memory);
}
