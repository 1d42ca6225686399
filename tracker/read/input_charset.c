#include "read/input_reader.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define NO_CONVERTER ((iconv_t)-1)
#define REPLACEMENT  STR("\xEF\xBF\xBD")
#define NOTE_BROKEN  STR("broken characters replaced")

enum {
    GUESS_BYTES = 64 * 1024,         /* a charset is guessed from so much */
    NAME_BYTES = 40,
    FEW_HIGH_BYTES = 8,              /* so few say nothing but that English text has a pound sign or an accent */
};

/* Of the bytes 80 to 9F; 0: none. */
static const uint16_t windows[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

uint32_t input_windows_character(unsigned char byte)
{
    uint32_t code = byte >= 0x80 && byte < 0xA0 ? windows[byte - 0x80] : byte;
    return code ? code : 0xFFFD;
}

/* ---- UTF-8 with damage --------------------------------------------------------------- */

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

/* ---- other charsets -------------------------------------------------------------------- */

bool input_is_western(Str charset)
{
    static const Str names[] = { STR_INIT("iso-8859-1"), STR_INIT("iso8859-1"), STR_INIT("latin1"), STR_INIT("latin-1"),
                                 STR_INIT("us-ascii"), STR_INIT("ascii"), STR_INIT("windows-1252"), STR_INIT("cp1252") };
    for (size_t i = 0; i < BASE_COUNT(names); i++)
        if (str_equal_nocase(charset, names[i]))
            return true;
    return false;
}

static bool is_utf8_name(Str charset)
{
    return str_equal_nocase(charset, STR("utf-8")) || str_equal_nocase(charset, STR("utf8"));
}

/* Bytes that mean nothing in the charset become U+FFFD; *n_bad counts them. */
static bool convert(Str bytes, Str charset, Arena *arena, Str *out, size_t *n_bad)
{
    char name[NAME_BYTES + 1];
    if (charset.len > NAME_BYTES || memchr(charset.ptr, '/', charset.len))
        return false;
    memcpy(name, charset.ptr, charset.len);
    name[charset.len] = '\0';
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == NO_CONVERTER)
        return false;
    size_t room = 4 * bytes.len + 16, left = bytes.len;      /* no charset in use has more than four for one byte */
    char *in = (char *)(uintptr_t)bytes.ptr, *to = arena_alloc(arena, room);     /* iconv does not write to `in` */
    *out = (Str){ to, 0 };
    *n_bad = 0;
    while (left && iconv(converter, &in, &left, &to, &room) == (size_t)-1) {
        if (errno == E2BIG || room < REPLACEMENT.len)
            break;
        memcpy(to, REPLACEMENT.ptr, REPLACEMENT.len);
        to += REPLACEMENT.len;
        room -= REPLACEMENT.len;
        in++;
        left--;
        ++*n_bad;
    }
    iconv_close(converter);
    out->len = (size_t)(to - out->ptr);
    return true;
}

static Str guess(Str bytes, char name[NAME_BYTES + 1])
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        return STR_NONE;
    Str found = STR_NONE;
    if (uchardet_handle_data(detector, bytes.ptr, bytes.len < GUESS_BYTES ? bytes.len : GUESS_BYTES) == 0) {
        uchardet_data_end(detector);
        found = str_from(uchardet_get_charset(detector));
    }
    found.len = found.len < NAME_BYTES ? found.len : 0;
    memcpy(name, found.ptr ? found.ptr : "", found.len);
    uchardet_delete(detector);
    return (Str){ name, found.len };
}

Str input_decode(Str bytes, Str declared, Arena *arena, Str *note)
{
    Str out = bytes;
    size_t n_bad, n_high = 0;
    bool valid = utf8_valid_prefix(bytes) == bytes.len;
    /* Valid UTF-8 is no accident, but for charsets that have only seven bits, where it says nothing. */
    if (valid && !str_equal_nocase(declared, STR("utf-7")) && !str_starts(declared, STR("iso-2022")) &&
        !str_starts(declared, STR("ISO-2022")))
        return bytes;
    if (declared.len && !input_is_western(declared) && !is_utf8_name(declared) &&
        convert(bytes, declared, arena, &out, &n_bad) && n_bad <= bytes.len / 100) {
        *note = str_printf(arena, "decoded from %.*s", STR_ARG(declared));
        return out;
    }
    if (valid)
        return bytes;
    if (is_damaged_utf8(bytes, &n_high)) {
        *note = NOTE_BROKEN;
        return replace_broken(bytes, arena_alloc(arena, bytes.len + 2 * n_high + 1));
    }
    char name[NAME_BYTES + 1];
    Str charset = STR("Windows-1252");
    if (!input_is_western(declared) && n_high > FEW_HIGH_BYTES && n_high > bytes.len / 100) {
        Str guessed = guess(bytes, name);
        if (guessed.len && !input_is_western(guessed) && !is_utf8_name(guessed))
            charset = guessed;
    }
    if (!convert(bytes, charset, arena, &out, &n_bad) && !convert(bytes, STR("WINDOWS-1252"), arena, &out, &n_bad)) {
        *note = NOTE_BROKEN;
        return replace_broken(bytes, arena_alloc(arena, bytes.len + 2 * n_high + 1));
    }
    *note = str_printf(arena, "decoded from %.*s", STR_ARG(charset));
    return out;
}

/* ---- declarations ------------------------------------------------------------------------ */

static Str value_behind(Str text, size_t at)
{
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '=' || text.ptr[at] == '"' || text.ptr[at] == '\''))
        at++;
    size_t end = at;
    while (end < text.len && !strchr(" \"'>;?/\r\n\t", text.ptr[end]))
        end++;
    return (Str){ text.ptr + at, end - at };
}

Str input_declared_charset(Str head)
{
    Str start = str_trim(head);
    if (str_starts(start, STR("<?xml"))) {
        Str line = { start.ptr, str_find(start, STR("?>"), 0) };
        size_t at = str_find(line, STR("encoding"), 0);
        return at < line.len ? value_behind(line, at + STR("encoding").len) : STR_NONE;
    }
    for (size_t at = 0; (at = str_find(head, STR("<"), at)) < head.len; at++) {
        Str element = { head.ptr + at, str_find(head, STR(">"), at) - at };
        if (element.len < 6 || !str_starts_nocase(element, STR("<meta")))
            continue;
        for (size_t i = 5; i + 8 < element.len; i++)
            if (str_equal_nocase((Str){ element.ptr + i, 7 }, STR("charset")))
                return value_behind(element, i + 7);
    }
    return STR_NONE;
}

/* ---- mojibake ------------------------------------------------------------------------------ */

/* The byte that a character stands for where text was read as Windows-1252 or Latin-1; -1 if there is none. */
static int byte_of(uint32_t code)
{
    if (code < 0x100)
        return (int)code;
    for (int i = 0; i < 32; i++)
        if (windows[i] == code)
            return 0x80 + i;
    return -1;
}

/* Pairs that text has of itself: a capital with an accent before a mark or a blank, as in BEYONCÉ’S. */
static bool is_natural(Str bytes)
{
    unsigned char lead = (unsigned char)bytes.ptr[0], tail = (unsigned char)bytes.ptr[1];
    if (bytes.len > 2 || lead == 0xC3)
        return false;
    return lead == 0xC2 ? tail < 0xA0 : memchr("\x85\x91\x92\x93\x94\x96\x97\xA0\xAB\xBB", tail, 10) != NULL;
}

/* The character that starts at `at` when its characters are read as bytes; *next is behind it. */
static size_t mended(Str text, size_t at, char out[4], size_t *next)
{
    size_t n = 0, want = 1;
    *next = at;
    while (n < want && *next < text.len) {
        int byte = byte_of(utf8_decode(text, *next, next));
        if (byte < 0x80 || (n == 0 && (byte < 0xC2 || byte > 0xF4)) || (n > 0 && byte >= 0xC0))
            return 0;
        if (n == 0)
            want = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        out[n++] = (char)byte;
    }
    return n == want && utf8_valid_prefix((Str){ out, n }) == n && !is_natural((Str){ out, n }) ? n : 0;
}

Str input_mend_mojibake(Str text, Arena *arena)
{
    char bytes[4], *out = NULL;
    size_t len = 0, next;
    for (size_t at = 0; at < text.len;) {
        unsigned char lead = (unsigned char)text.ptr[at];
        size_t n = lead == 0xC3 || lead == 0xC2 ? mended(text, at, bytes, &next) : 0;     /* U+00C2 to U+00F4 */
        if (n && !out) {
            out = arena_alloc(arena, text.len);
            memcpy(out, text.ptr, at);
            len = at;
        }
        if (n) {
            memcpy(out + len, bytes, n);
            len += n;
            at = next;
        } else {
            if (out)
                out[len++] = text.ptr[at];
            at++;
        }
    }
    return out ? (Str){ out, len } : text;
}
