#include "read/input_reader.h"

#include <string.h>

/*
 * Wire messages, IPTC 7901 and ANPA 1312: control characters part header, text and trailer.
 *
 *     SOH  eca062 4 i 211 ccccb   dpa 061          ANPA: SYN SYN SOH f0017 ...
 *     Country-politics/
 *     STX  Headline that may run on =              ANPA: ^Headline<
 *          Berlin (dpa) - Text, its paragraphs indented
 *     ETX  131137 GMT Nov 13                       ANPA: AP-NY-02-13-25 1530EST<
 */
enum { SOH = 1, STX = 2, ETX = 3, SYN = 22 };

static bool probe_wire(Str head)
{
    size_t at = 0;
    while (at < head.len && at < 32 && strchr("\r\n \026\177", head.ptr[at]) && head.ptr[at])
        at++;
    return at < head.len && head.ptr[at] == SOH && memchr(head.ptr + at, STX, head.len - at);
}

typedef struct Message {
    Strs header, lines;              /* before and behind STX */
    Str trailer;                     /* behind ETX on its line */
    int line;
} Message;

static InputResult next_message(InputStream *stream, Message *out, Error *err)
{
    enum { MESSAGE_BYTES = 4 * 1024 * 1024 };
    Arena *scratch = input_stream_scratch(stream);
    bool open = false, in_text = false;
    size_t bytes = 0;
    *out = (Message){ 0 };
    for (;;) {
        Str line;
        int number;
        InputResult result = input_stream_line(stream, &line, &number, err);
        if (result == INPUT_END)
            return open ? INPUT_OK : INPUT_END;          /* cut off: what there is of it counts */
        if (result != INPUT_OK)
            return result;
        const char *start = memchr(line.ptr, SOH, line.len);
        if (!open && !start)
            continue;
        if (!open) {
            out->line = number;
            line = (Str){ start + 1, line.len - (size_t)(start + 1 - line.ptr) };
            open = true;
        }
        bytes += line.len;
        if (bytes > MESSAGE_BYTES)
            return input_bad(err, out->line, 0, "the message that begins here has no end");
        Str kept = str_copy(scratch, line);
        const char *text = memchr(kept.ptr, STX, kept.len), *end = memchr(kept.ptr, ETX, kept.len);
        in_text |= text != NULL;
        if (end) {
            out->trailer = (Str){ end + 1, kept.len - (size_t)(end + 1 - kept.ptr) };
            kept.len = (size_t)(end - kept.ptr);
        }
        LIST_PUSH(scratch, in_text ? &out->lines : &out->header, kept);
        if (end)
            return INPUT_OK;
    }
}

/* Notes to editors and contacts behind the text. */
static bool ends_text(Str line)
{
    static const Str marks[] = { STR_INIT("* * * *"), STR_INIT("## "), STR_INIT("The following information is not ") };
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        if (str_starts(line, marks[i]))
            return true;
    return str_starts(line, STR("# ")) && str_find(line, STR("NOTEBOOK"), 0) < line.len;
}

static bool is_byline(Str line)
{
    return line.len > 3 && str_starts_nocase(line, STR("by "));
}

/* "1ST LEAD", "URGENT": what editors write over a headline. */
static bool is_label(Str line)
{
    static const Str labels[] = { STR_INIT("LEAD"), STR_INIT("URGENT"), STR_INIT("UPDATE"), STR_INIT("ROUNDUP"),
                                  STR_INIT("CORRECTION"), STR_INIT("BULLETIN"), STR_INIT("ADVANCER") };
    for (size_t i = 0; i < BASE_COUNT(labels); i++)
        if (line.len < 20 && str_find(line, labels[i], 0) < line.len)
            return true;
    return false;
}

static Str strip(Str line, Str mark)
{
    line = str_trim(line);
    if (str_ends(line, mark))
        line.len -= mark.len;
    return str_trim(line);
}

/* The lines of the headline: up to one that ends in =, or an empty one.  Where the text begins. */
static size_t take_headline(const Strs *lines, Arena *scratch, Str *title)
{
    *title = STR("");
    for (size_t i = 0; i < lines->len; i++) {
        Str line = str_trim(lines->ptr[i]);
        bool last = str_ends(line, STR("="));
        line = strip(line, STR("="));
        if (!line.len) {
            if (title->len || last)
                return i + 1;
            continue;
        }
        if (!is_byline(line) && !is_label(line))
            *title = str_printf(scratch, "%.*s%s%.*s", STR_ARG(*title), title->len ? " " : "", STR_ARG(line));
        if (last)
            return i + 1;
    }
    return lines->len;
}

/* "^Port toll stays<": ANPA marks the lines over the text.  Where the text begins. */
static size_t take_marked_headline(const Strs *lines, Str *title)
{
    *title = STR_NONE;
    size_t i = 0;
    for (; i < lines->len; i++) {
        Str line = str_trim(lines->ptr[i]);
        if (!line.len)
            continue;
        if (line.ptr[0] != '^')
            break;
        line = strip((Str){ line.ptr + 1, line.len - 1 }, STR("<"));
        bool note = str_starts(line, STR("Eds:")) || is_byline(line) || str_starts(line, STR("AP-"));
        if (!title->len && !note)
            *title = strip(line, STR("="));
    }
    return i;
}

static bool digits_at(Str text, size_t at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (at + i >= text.len || text.ptr[at + i] < '0' || text.ptr[at + i] > '9')
            return false;
    return true;
}

/* "AP-NY-02-13-25 1530EST": agency, desk, month, day, year. */
static bool is_sign(Str line)
{
    return line.len >= 14 && line.ptr[2] == '-' && line.ptr[5] == '-' && digits_at(line, 6, 2) && line.ptr[8] == '-' &&
           digits_at(line, 9, 2) && line.ptr[11] == '-' && digits_at(line, 12, 2);
}

/* Lines as paragraphs: an indented line begins one. */
static Str text_of(const Strs *lines, size_t from, Arena *scratch)
{
    size_t bytes = 1, len = 0;
    for (size_t i = from; i < lines->len; i++)
        bytes += lines->ptr[i].len + 2;
    char *out = arena_alloc(scratch, bytes);
    for (size_t i = from; i < lines->len; i++) {
        Str line = lines->ptr[i];
        Str body = strip(line, STR("<"));
        if (ends_text(body) || is_sign(body))
            break;
        /* A dash is an underscore in ANPA's alphabet. */
        size_t dash = str_find(body, STR(") _ "), 0);
        if (dash < body.len)
            body = str_printf(scratch, "%.*s) - %.*s", (int)dash, body.ptr, (int)(body.len - dash - 4), body.ptr + dash + 4);
        bool indented = line.len > 2 && (line.ptr[0] == '\t' || (line.ptr[0] == ' ' && line.ptr[1] == ' '));
        bool after_blank = len > 1 && out[len - 2] == '\n';
        if (indented && len && !after_blank)
            out[len++] = '\n';
        if ((body.len && body.ptr[0] == '^') || (!body.len && after_blank))
            continue;
        memcpy(out + len, body.len ? body.ptr : "", body.len);
        len += body.len;
        out[len++] = '\n';
    }
    return str_trim((Str){ out, len });
}

static int number_at(Str text, size_t at)
{
    return (text.ptr[at] - '0') * 10 + text.ptr[at + 1] - '0';
}

static int year_of(int two)
{
    return two + (two < 70 ? 2000 : 1900);
}

/* In English; German agencies slip into their own. */
static int month_named(Str name)
{
    static const struct { Str name; int month; } german[] = { { STR_INIT("mai"), 5 }, { STR_INIT("okt"), 10 }, { STR_INIT("dez"), 12 } };
    char low[3] = { 0 };
    for (size_t i = 0; i < 3 && i < name.len; i++)
        low[i] = (char)(name.ptr[i] | 32);
    for (size_t i = 0; i < BASE_COUNT(german); i++)
        if (str_equal((Str){ low, 3 }, german[i].name))
            return german[i].month;
    return date_month_named((Str){ low, 3 });
}

/* "131137 GMT Nov 13": day, time, month and year. */
static Date date_in_trailer(Str trailer)
{
    for (size_t at = 0; at + 10 < trailer.len; at++) {
        if (!digits_at(trailer, at, 6))
            continue;
        Str rest = str_trim((Str){ trailer.ptr + at + 6, trailer.len - at - 6 }), zone, month, year;
        if (!str_split(&rest, ' ', &zone) || !str_split(&rest, ' ', &month) || !str_split(&rest, ' ', &year) || !digits_at(year, 0, 2))
            continue;
        return date_from_civil(year_of(number_at(year, 0)), month_named(month), number_at(trailer, at));
    }
    return DATE_UNKNOWN;
}

static Date date_in_sign(const Strs *lines)
{
    for (size_t i = 0; i < lines->len; i++) {
        Str line = str_trim(lines->ptr[i]);
        if (is_sign(line))
            return date_from_civil(year_of(number_at(line, 12)), number_at(line, 6), number_at(line, 9));
    }
    return DATE_UNKNOWN;
}

/* "eca062 4 i 211 ccccb   dpa 061": the word before the last number. */
static Str agency_in(Str header, Arena *arena)
{
    Str word, before = STR_NONE, last = STR_NONE;
    for (Str rest = str_trim(header); str_split(&rest, ' ', &word);)
        if (word.len) {
            before = last;
            last = word;
        }
    for (size_t i = 0; i < before.len; i++)
        if (!((before.ptr[i] | 32) >= 'a' && (before.ptr[i] | 32) <= 'z'))
            return STR_NONE;
    return before.len > 1 && before.len < 8 && last.len == 3 && digits_at(last, 0, 3) ? str_copy(arena, before) : STR_NONE;
}

static InputResult next_wire(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    Arena *scratch = input_stream_scratch(stream);
    arena_reset(scratch);
    Message message;
    InputResult result = next_message(stream, &message, err);
    if (result != INPUT_OK)
        return result;
    *out = (Story){ .published = DATE_UNKNOWN, .line = message.line, .note = input_stream_note(stream) };
    Strs lines = { 0 };
    for (size_t i = 0; i < message.lines.len; i++) {
        Str bytes = message.lines.ptr[i];
        const char *nul = memchr(bytes.ptr, '\0', bytes.len);
        bytes.len = nul ? (size_t)(nul - bytes.ptr) : bytes.len;
        Str line = input_clean_text(input_decode(bytes, STR_NONE, scratch, &out->note), scratch);
        LIST_PUSH(scratch, &lines, line);
    }
    Str title;
    size_t start = take_marked_headline(&lines, &title);
    if (!title.len)
        start = take_headline(&lines, scratch, &title);
    if (!input_take_text(text_of(&lines, start, scratch), false, arena, scratch, out))
        return input_bad(err, message.line, 0, "the message has no text");
    out->title = title.len ? str_copy(arena, title) : STR_NONE;
    if (message.header.len)
        out->source = agency_in(message.header.ptr[0], arena);
    Date day = date_in_trailer(message.trailer);
    out->published = day != DATE_UNKNOWN ? day : date_in_sign(&lines);
    return INPUT_OK;
}

const InputReader input_wire = { .name = "wire", .probe = probe_wire, .next = next_wire };
