#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* ---- bytes and code points ------------------------------------------------- */

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes at the start of p[0..left) that are plain ASCII, eight at a time. */
static size_t ascii_prefix(const char *p, size_t left)
{
    size_t at = 0;
    for (uint64_t eight; left - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, p + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < left && (unsigned char)p[at] < 0x80)
        at++;
    return at;
}

/* Length of the well-formed sequence at p (its first byte is not ASCII), or 0: RFC 3629, section 4. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    unsigned char lead = p[0];
    size_t len = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3
               : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (len == 0 || left < len)
        return 0;
    for (size_t i = 1; i < len; i++)
        if (!is_tail(p[i]))
            return 0;
    bool overlong  = (lead == 0xE0 && p[1] < 0xA0) || (lead == 0xF0 && p[1] < 0x90);
    bool surrogate = lead == 0xED && p[1] > 0x9F;
    bool too_high  = lead == 0xF4 && p[1] > 0x8F;
    return overlong || surrogate || too_high ? 0 : len;
}

size_t utf8_valid_prefix(Str text)
{
    size_t at = 0;
    while (at < text.len) {
        at += ascii_prefix(text.ptr + at, text.len - at);
        while (at < text.len && (unsigned char)text.ptr[at] >= 0x80) {
            size_t len = sequence_length((const unsigned char *)text.ptr + at, text.len - at);
            if (len == 0)
                return at;
            at += len;
        }
    }
    return at;
}

uint32_t utf8_decode(Str text, size_t at, size_t *next)
{
    assert(at < text.len);
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (p[0] < 0x80) {
        *next = at + 1;
        return p[0];
    }
    size_t len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    assert(len <= text.len - at);
    uint32_t code = p[0] & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++)
        code = code << 6 | (p[i] & 0x3Fu);
    *next = at + len;
    return code;
}

size_t utf8_encode(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3F));
    static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    out[0] = (char)(leads[len] | code);
    return len;
}

static size_t count_points(const char *p, size_t len)
{
    size_t points = 0;
    for (size_t i = 0; i < len; i++)
        points += !is_tail((unsigned char)p[i]);
    return points;
}

size_t utf8_count(Str text)
{
    return count_points(text.ptr, text.len);
}

void utf8_counter_init(Utf8Counter *counter, Str text)
{
    *counter = (Utf8Counter){ .text = text, .ascii = ascii_prefix(text.ptr, text.len) == text.len };
}

size_t utf8_counter_at(Utf8Counter *counter, size_t byte)
{
    assert(byte <= counter->text.len);
    if (counter->ascii)
        return byte;
    if (byte < counter->byte)
        counter->byte = counter->points = 0;
    counter->points += count_points(counter->text.ptr + counter->byte, byte - counter->byte);
    counter->byte = byte;
    return counter->points;
}

/* ---- folding --------------------------------------------------------------- */

/*
 * The plain letter under each accented one, by code point; a dot where there
 * is none.  From UnicodeData.txt (canonical decompositions), with the strokes
 * that it does not decompose: d, h, l, o, t and z with a bar, eth, dotless i.
 */
static const char latin_c0_24f[] =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll"
    "lllnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "b......................i........oo.............uu....zz........."
    ".............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa...."
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "...b............";

static const char latin_1e00_1eff[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

_Static_assert(sizeof latin_c0_24f - 1 == 0x250 - 0xC0, "one letter per code point");
_Static_assert(sizeof latin_1e00_1eff - 1 == 0x1F00 - 0x1E00, "one letter per code point");

/* Characters that fold to something else than one letter. */
static const char *fold_special(uint32_t code)
{
    switch (code) {
    case 0x00AD: return "";                                     /* soft hyphen */
    case 0x00C6: case 0x00E6: return "ae";
    case 0x0152: case 0x0153: return "oe";
    case 0x00DF: case 0x1E9E: return "ss";
    case 0x00DE: case 0x00FE: return "th";
    case 0x0132: case 0x0133: return "ij";
    case 0x0149: return "'n";
    case 0x00B4: case 0x02B9: case 0x02BB: case 0x02BC:
    case 0x2018: case 0x2019: case 0x201B: case 0x2032: return "'";
    case 0x2010: case 0x2011: return "-";
    case 0xFB00: return "ff";
    case 0xFB01: return "fi";
    case 0xFB02: return "fl";
    case 0xFB03: return "ffi";
    case 0xFB04: return "ffl";
    case 0xFB05: case 0xFB06: return "st";
    default: return NULL;
    }
}

static uint32_t lower_greek_cyrillic(uint32_t code)
{
    if ((code >= 0x391 && code <= 0x3AB && code != 0x3A2) || (code >= 0x410 && code <= 0x42F))
        return code + 32;
    if (code >= 0x400 && code <= 0x40F)
        return code + 80;
    if (code == 0x386)
        return 0x3AC;
    if (code >= 0x388 && code <= 0x38A)
        return code + 37;
    if (code == 0x38C)
        return 0x3CC;
    if (code == 0x38E || code == 0x38F)
        return code + 63;
    if (code >= 0x460 && code <= 0x52F && utf8_is_upper(code))
        return code == 0x4C0 ? 0x4CF : code + 1;
    return code;
}

/* The folded form of one code point that is not ASCII, into out; how many bytes. */
static size_t fold_point(uint32_t code, bool after_ascii, char out[4])
{
    char letter = '.';
    if (code >= 0xC0 && code <= 0x24F)
        letter = latin_c0_24f[code - 0xC0];
    else if (code >= 0x1E00 && code <= 0x1EFF)
        letter = latin_1e00_1eff[code - 0x1E00];
    if (letter != '.') {
        out[0] = letter;
        return 1;
    }
    const char *special = fold_special(code);
    if (special) {
        size_t len = strlen(special);
        memcpy(out, special, len);
        return len;
    }
    if (code >= 0x300 && code <= 0x36F && after_ascii)          /* "e" + combining acute */
        return 0;
    return utf8_encode(lower_greek_cyrillic(code), out);
}

size_t utf8_fold(Str word, char *out, size_t out_bytes)
{
    size_t len = 0;
    for (size_t at = 0; at < word.len;) {
        char c = word.ptr[at];
        if ((unsigned char)c < 0x80) {
            if (len == out_bytes)
                break;
            out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            at++;
            continue;
        }
        char folded[4];
        bool after_ascii = len > 0 && (unsigned char)out[len - 1] < 0x80;
        size_t n = fold_point(utf8_decode(word, at, &at), after_ascii, folded);
        if (n > out_bytes - len)
            break;
        memcpy(out + len, folded, n);
        len += n;
    }
    return len;
}

Str utf8_fold_copy(Arena *arena, Str word)
{
    size_t room = word.len * 2;
    char *out = arena_alloc(arena, room + 1);
    return (Str){ out, utf8_fold(word, out, room) };
}

/* ---- classes of code points -------------------------------------------------- */

typedef struct Range { uint32_t from, to; } Range;              /* both ends belong to it */

static bool in_ranges(const Range *ranges, size_t n, uint32_t code)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].to)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && code >= ranges[low].from;
}

bool utf8_is_upper(uint32_t code)
{
    /* Where upper and lower case alternate, the parity of the first code point is the upper one. */
    static const Range alternating[] = {
        { 0x100, 0x136 }, { 0x139, 0x147 }, { 0x14A, 0x176 }, { 0x179, 0x17D }, { 0x1CD, 0x1DB },
        { 0x1DE, 0x1EE }, { 0x1F8, 0x21E }, { 0x222, 0x232 }, { 0x3D8, 0x3EE }, { 0x460, 0x480 },
        { 0x48A, 0x4BE }, { 0x4C1, 0x4CD }, { 0x4D0, 0x52E }, { 0x1E00, 0x1E94 }, { 0x1EA0, 0x1EFE },
    };
    static const Range solid[] = {
        { 'A', 'Z' }, { 0xC0, 0xD6 }, { 0xD8, 0xDE }, { 0x178, 0x178 }, { 0x386, 0x386 },
        { 0x388, 0x38F }, { 0x391, 0x3AB }, { 0x400, 0x42F }, { 0x4C0, 0x4C0 }, { 0x1E9E, 0x1E9E },
        { 0xFF21, 0xFF3A },
    };
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    if (in_ranges(solid, BASE_COUNT(solid), code))
        return true;
    for (size_t i = 0; i < BASE_COUNT(alternating); i++)
        if (code >= alternating[i].from && code <= alternating[i].to)
            return ((code ^ alternating[i].from) & 1) == 0;
    return false;
}

bool utf8_is_letter(uint32_t code)
{
    /* What is NOT a letter from U+0080 on: signs, punctuation, digits, symbols, private use. */
    static const Range others[] = {
        { 0x80, 0xA9 }, { 0xAB, 0xB4 }, { 0xB6, 0xB9 }, { 0xBB, 0xBF }, { 0xD7, 0xD7 },
        { 0xF7, 0xF7 }, { 0x2B9, 0x2BF }, { 0x2C2, 0x2DF }, { 0x2E5, 0x2FF }, { 0x37E, 0x37E },
        { 0x387, 0x387 }, { 0x482, 0x482 }, { 0x55A, 0x55F }, { 0x589, 0x590 }, { 0x5BE, 0x5BE },
        { 0x5C0, 0x5C0 }, { 0x5C3, 0x5C3 }, { 0x5C6, 0x5C6 }, { 0x5F3, 0x60F }, { 0x61B, 0x61F },
        { 0x660, 0x66D }, { 0x6D4, 0x6D4 }, { 0x6F0, 0x6F9 }, { 0x700, 0x70F }, { 0x964, 0x96F },
        { 0xE3F, 0xE3F }, { 0xE4F, 0xE5B }, { 0xF04, 0xF3F }, { 0x104A, 0x104F }, { 0x1360, 0x137F },
        { 0x1800, 0x181F }, { 0x2000, 0x2070 }, { 0x2072, 0x207E }, { 0x2080, 0x208F },
        { 0x20A0, 0x20CF }, { 0x2100, 0x2101 }, { 0x2103, 0x2106 }, { 0x2108, 0x2109 },
        { 0x2114, 0x2114 }, { 0x2116, 0x2118 }, { 0x211E, 0x2123 }, { 0x2140, 0x2BFF },
        { 0x2E00, 0x3004 }, { 0x3007, 0x3030 }, { 0x3036, 0x3040 }, { 0x30FB, 0x30FB },
        { 0x3200, 0x33FF }, { 0x4DC0, 0x4DFF }, { 0xD800, 0xF8FF }, { 0xFD3E, 0xFD4F },
        { 0xFE00, 0xFE6F }, { 0xFEFF, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 },
        { 0xFFE0, 0xFFFF }, { 0x1D000, 0x1D3FF }, { 0x1F000, 0x1FAFF }, { 0xE0000, 0x10FFFF },
    };
    if (code < 0x80)
        return (code | 32) >= 'a' && (code | 32) <= 'z';
    return !in_ranges(others, BASE_COUNT(others), code);
}

static size_t point_width(uint32_t code)
{
    static const Range none[] = {
        { 0xAD, 0xAD }, { 0x300, 0x36F }, { 0x483, 0x489 }, { 0x591, 0x5BD }, { 0x5BF, 0x5BF },
        { 0x5C1, 0x5C2 }, { 0x5C4, 0x5C5 }, { 0x5C7, 0x5C7 }, { 0x610, 0x61A }, { 0x64B, 0x65F },
        { 0x670, 0x670 }, { 0x6D6, 0x6DC }, { 0x6DF, 0x6E4 }, { 0x6E7, 0x6E8 }, { 0x6EA, 0x6ED },
        { 0x93C, 0x93C }, { 0x941, 0x948 }, { 0x94D, 0x94D }, { 0xE31, 0xE31 }, { 0xE34, 0xE3A },
        { 0xE47, 0xE4E }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x200B, 0x200F }, { 0x202A, 0x202E },
        { 0x2060, 0x2069 }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF },
        { 0xE0000, 0xE0FFF },
    };
    static const Range wide[] = {
        { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF }, { 0x4E00, 0xA4CF },
        { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 },
        { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF },
        { 0x20000, 0x3FFFD },
    };
    if (code < 0x80)
        return 1;
    return in_ranges(none, BASE_COUNT(none), code) ? 0 : in_ranges(wide, BASE_COUNT(wide), code) ? 2 : 1;
}

size_t utf8_width(Str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;)
        width += point_width(utf8_decode(text, at, &at));
    return width;
}
