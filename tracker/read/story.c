#include "read/story.h"

#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

enum {
    TOP_LINES = 16,                  /* a page's menu, headline, byline, date, and then the dateline */
    DATELINE_BYTES = 120,            /* before its dash */
    TITLE_BYTES = 200,
    BYLINE_BYTES = 100,
    DATE_LINE_BYTES = 60,
    PARAGRAPH_BYTES = 250,           /* a longer line is not one of a text wrapped by hand */
};

typedef struct Dateline { Str place, source; Date date; } Dateline;

/* ---- letters ------------------------------------------------------------------ */

static bool is_lower(uint32_t code)
{
    return utf8_is_letter(code) && !utf8_is_upper(code);
}

static bool has_lower(Str text)
{
    for (size_t at = 0; at < text.len;)
        if (is_lower(utf8_decode(text, at, &at)))
            return true;
    return false;
}

/* Latin capitals only: other scripts have no datelines in English news. */
static uint32_t to_lower(uint32_t code)
{
    if (code == 0x130 || !utf8_is_upper(code))                /* I with a dot */
        return code == 0x130 ? 'i' : code;
    return code < 0x100 ? code + 32 : code < 0x250 ? code + 1 : code;
}

static Str take(Str *text, size_t n_bytes)
{
    Str head = { text->ptr, n_bytes };
    *text = (Str){ text->ptr + n_bytes, text->len - n_bytes };
    return head;
}

/* "RIO DE JANEIRO" -> "Rio de Janeiro"; words with inner dots stay: "D.C." */
static Str title_case(Str place, Arena *arena)
{
    static const Str small[] = { STR_INIT("DE"), STR_INIT("DO"), STR_INIT("LA"), STR_INIT("AU"), STR_INIT("OF"),
                                 STR_INIT("AND"), STR_INIT("UPON"), STR_INIT("ON"), STR_INIT("THE") };
    if (has_lower(place))
        return str_copy(arena, place);
    char *out = arena_alloc(arena, place.len + 1);
    size_t len = 0;
    for (Str rest = place; rest.len;) {
        size_t n = 0;
        while (n < rest.len && rest.ptr[n] != ' ' && rest.ptr[n] != '-' && rest.ptr[n] != '/' && rest.ptr[n] != '\'')
            n++;
        Str word = take(&rest, n);
        bool keep = str_find(word, STR("."), 0) + 1 < word.len;
        bool lower = false;
        for (size_t i = 0; i < BASE_COUNT(small); i++)
            lower |= len > 0 && str_equal(word, small[i]);
        for (size_t at = 0; at < word.len; lower = true) {
            uint32_t code = utf8_decode(word, at, &at);
            len += utf8_encode(keep || !lower ? code : to_lower(code), out + len);
        }
        if (rest.len)
            out[len++] = take(&rest, 1).ptr[0];
    }
    return (Str){ out, len };
}

/* ---- the parts of a dateline ---------------------------------------------------- */

/* "Reuters", "AP", "Thomson Reuters Foundation": what stands in the brackets. */
static bool is_source(Str text)
{
    if (str_equal(text, STR("dpa")))             /* writes itself small */
        return true;
    if (text.len < 2 || text.len > 40 || !utf8_is_upper(utf8_decode(text, 0, &(size_t){ 0 })))
        return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_decode(text, at, &at);
        if (!utf8_is_letter(code) && !(code < 0x80 && strchr(" ./&-'", (int)code)))
            return false;
    }
    return true;
}

/* "Feb 26", "13 February", and the "2025" that may follow. */
static bool is_date(Str text)
{
    bool named = false, number = false;
    int n_words = 0;
    Str word;
    while (str_split(&text, ' ', &word)) {
        if (!word.len)
            continue;
        char lower[16];
        if (++n_words > 3 || word.len > sizeof lower)
            return false;
        for (size_t i = 0; i < word.len; i++)
            lower[i] = (char)(word.ptr[i] | 32);
        if (word.ptr[0] >= '0' && word.ptr[0] <= '9')
            number = true;
        else if (date_month_named((Str){ lower, word.len }) > 0)
            named = true;
        else
            return false;
    }
    return number && (named || n_words == 1);
}

/* One to four words that begin with a capital; `strict`: all in capitals.  Small words may stand between. */
static bool is_place(Str text, bool strict)
{
    int n_words = 0;
    Str word;
    if (!text.len || (strict && has_lower(text)))
        return false;
    while (str_split(&text, ' ', &word)) {
        if (!word.len)
            continue;
        if (++n_words > 4)
            return false;
        bool particle = n_words > 1 && text.len && (str_equal(word, STR("de")) || str_equal(word, STR("of")) ||
                                                    str_equal(word, STR("and")) || str_equal(word, STR("the")));
        for (size_t at = 0; at < word.len && !particle;) {
            bool first = at == 0;
            uint32_t code = utf8_decode(word, at, &at);
            if (first ? !utf8_is_upper(code)
                      : !utf8_is_letter(code) && code != 0x2019 && !(code < 0x80 && strchr("/.-'", (int)code)))
                return false;
        }
    }
    return n_words > 0;
}

/* Words in capitals that newsrooms put before a dash, and that are not on the map. */
static bool is_label(Str text)
{
    static const Str labels[] = {
        STR_INIT("ADVERTISEMENT"), STR_INIT("ANALYSIS"), STR_INIT("BREAKING"), STR_INIT("COMMENT"),
        STR_INIT("CORRECTED"), STR_INIT("CORRECTION"), STR_INIT("EDITORIAL"), STR_INIT("EXCLUSIVE"),
        STR_INIT("EXPLAINER"), STR_INIT("FACTBOX"), STR_INIT("INTERVIEW"), STR_INIT("LIVE"), STR_INIT("NOTE"),
        STR_INIT("OPINION"), STR_INIT("READ"), STR_INIT("TIMELINE"), STR_INIT("UPDATE"), STR_INIT("UPDATED"),
        STR_INIT("VIDEO"), STR_INIT("WATCH"),
    };
    size_t space = str_find(text, STR(" "), 0);
    for (size_t i = 0; i < BASE_COUNT(labels); i++)
        if (str_equal((Str){ text.ptr, space }, labels[i]))
            return true;
    return false;
}

/* The dash that ends a dateline; a hyphen counts only between blanks. */
static bool split_at_dash(Str line, Str *head, Str *rest)
{
    static const Str dashes[] = { STR_INIT("--"), STR_INIT("\xE2\x80\x93"), STR_INIT("\xE2\x80\x94"),
                                  STR_INIT("\xE2\x80\x95"), STR_INIT("-") };
    for (size_t at = 0; at < line.len && at < DATELINE_BYTES; at++) {
        Str tail = { line.ptr + at, line.len - at };
        if (line.ptr[at] != '-' && line.ptr[at] != '\xE2')
            continue;
        for (size_t i = 0; i < BASE_COUNT(dashes); i++) {
            if (!str_starts(tail, dashes[i]))
                continue;
            Str after = { tail.ptr + dashes[i].len, tail.len - dashes[i].len };
            if (dashes[i].len == 1 && (at == 0 || (line.ptr[at - 1] != ' ' && line.ptr[at - 1] != ')') ||
                                       (after.len && after.ptr[0] != ' ')))
                continue;
            *head = str_trim((Str){ line.ptr, at });
            *rest = str_trim(after);
            return true;
        }
    }
    return false;
}

/* "MOSCOW, February 13. /TASS/. The ministry": slashes do the work of brackets and dash. */
static bool split_at_slashes(Str line, Str *head, Str *source, Str *rest)
{
    Str top = { line.ptr, line.len < DATELINE_BYTES ? line.len : DATELINE_BYTES };
    size_t open = str_find(top, STR(" /"), 0), close = str_find(top, STR("/"), open + 2);
    if (close == top.len)
        return false;
    *source = (Str){ line.ptr + open + 2, close - open - 2 };
    *rest = (Str){ line.ptr + close + 1, line.len - close - 1 };
    if (rest->len && rest->ptr[0] == '.')
        take(rest, 1);
    *rest = str_trim(*rest);
    *head = str_trim((Str){ line.ptr, open });
    if (str_ends(*head, STR(".")))
        head->len--;
    return is_source(*source) && !has_lower(*source);
}

/* "(Reuters)" at the end of the head goes to *source. */
static void split_source(Str *head, Str *source)
{
    size_t open = str_find(*head, STR("("), 0);
    if (!str_ends(*head, STR(")")) || open == head->len)
        return;
    Str inside = { head->ptr + open + 1, head->len - open - 2 };
    if (is_source(inside)) {
        *source = inside;
        *head = str_trim((Str){ head->ptr, open });
    }
}

/*
 *     MUNICH (Reuters) - A senior           place and source
 *     KYIV, Ukraine (AP) -- The             region
 *     BRUSSELS/PARIS, Feb 26 - Talks        date
 *     WASHINGTON -- The envoy left.         nothing else: then a whole sentence must follow
 *
 * A headline in capitals ("KYIV - NATO SAYS NO") has no lower-case text behind its dash.
 */
static bool parse_dateline(Str line, Dateline *out)
{
    Str head, rest, source = STR_NONE;
    if (!split_at_slashes(line, &head, &source, &rest)) {
        source = STR_NONE;
        if (!split_at_dash(line, &head, &rest))
            return false;
        split_source(&head, &source);
    }
    if (rest.len ? !has_lower(rest) : !source.ptr)
        return false;

    *out = (Dateline){ .source = source, .date = DATE_UNKNOWN };
    bool dated = false, strict = !source.ptr;
    Str parts = head, part;
    for (int n = 0; head.len && str_split(&parts, ',', &part); n++) {
        const char *from = part.ptr;
        part = str_trim(part);
        if (n > 0 && !part.len) {                             /* "LONDON, (Reuters) -" */
            continue;
        } else if (is_date(part)) {
            if (!dated)
                date_parse_stamp((Str){ from, (size_t)(head.ptr + head.len - from) }, &out->date);
            dated = true;
        } else if (!is_place(part, strict && n == 0)) {
            return false;
        } else if (n == 0) {
            out->place = part;
        }
    }
    if (source.ptr)
        return true;
    if (!out->place.ptr || is_label(out->place))
        return false;
    return dated || str_ends(rest, STR(".")) || str_find(rest, STR(". "), 0) < rest.len;
}

/* ---- other lines at the top --------------------------------------------------------- */

static bool is_byline(Str line)
{
    return line.len <= BYLINE_BYTES && line.len > 3 && str_starts_nocase(line, STR("by "));
}

/* "Friday, July 21, 2017", "Published: 13 Feb 2025 18:30" */
static bool parse_date_line(Str line, Date *out)
{
    static const Str labels[] = { STR_INIT("published"), STR_INIT("posted"), STR_INIT("updated"),
                                  STR_INIT("last updated"), STR_INIT("date"), STR_INIT("on"), STR_INIT(":") };
    if (line.len > DATE_LINE_BYTES)
        return false;
    for (size_t i = 0; i < BASE_COUNT(labels); i++)
        if (line.len > labels[i].len && str_starts_nocase(line, labels[i])) {
            take(&line, labels[i].len);
            line = str_trim(line);
        }
    return date_parse_stamp(line, out);
}

/* A short line without a full stop, set off from the text by what follows it. */
static bool is_title(Str line, bool blank_follows, Str next)
{
    Date date;
    Dateline dateline;
    if (line.len > TITLE_BYTES || !next.len || is_byline(line) || parse_date_line(line, &date))
        return false;
    if (!blank_follows && next.len < PARAGRAPH_BYTES && !is_byline(next) && !parse_date_line(next, &date) &&
        !parse_dateline(next, &dateline))
        return false;
    Str end = line;
    while (str_ends(end, STR("\"")) || str_ends(end, STR("'")))
        end.len--;
    while (str_ends(end, STR("\xE2\x80\x9D")) || str_ends(end, STR("\xE2\x80\x99")))
        end.len -= 3;
    return !str_ends(end, STR(".")) && !str_ends(end, STR(",")) && !parse_dateline(line, &dateline);
}

void story_complete(Story *story, Arena *arena)
{
    /* By its address, so that a page that was changed is another version of the same story. */
    Str address = story->id.ptr ? STR_NONE : story_canonical_url(story->url, arena);
    if (!story->id.ptr)
        story->id = address.len ? str_printf(arena, "u-%016" PRIx64, str_hash(address))
                                : str_printf(arena, "t-%016" PRIx64, str_hash(story->text));
    /* Sites say "en" of whatever they publish: the text knows better. */
    Str told = story_language(story->text), given = story->language;
    given.len = given.len > 2 && (given.ptr[2] == '-' || given.ptr[2] == '_') ? 2 : given.len;
    story->language = told.len ? told : given.len == 2 ? str_lower(arena, given) : STR_NONE;

    Str lines[TOP_LINES];
    bool blank_after[TOP_LINES] = { false };
    size_t n_lines = 0;
    Str rest = story->text, line;
    while (n_lines < TOP_LINES && str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.len)
            lines[n_lines++] = line;
        else if (n_lines)
            blank_after[n_lines - 1] = true;
    }

    if (!story->title.ptr && n_lines > 1 && is_title(lines[0], blank_after[0], lines[1]))
        story->title = lines[0];

    Dateline dateline = { .date = DATE_UNKNOWN };
    for (size_t i = 0; i < n_lines && !parse_dateline(lines[i], &dateline); i++)
        dateline = (Dateline){ .date = DATE_UNKNOWN };
    if (!story->place.ptr && dateline.place.ptr)
        story->place = title_case(dateline.place, arena);
    if (!story->source.ptr && dateline.source.ptr)
        story->source = dateline.source;
    if (story->published == DATE_UNKNOWN)
        story->published = dateline.date;
    for (size_t i = 0; i < n_lines && story->published == DATE_UNKNOWN; i++)
        parse_date_line(lines[i], &story->published);
}
