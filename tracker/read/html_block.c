#include "read/html_tree.h"

#include "base/utf8.h"

#include <string.h>

typedef struct Cutter {
    Arena *arena;
    HtmlBlocks *out;
    char *text;                              /* of the block at hand */
    size_t len, cap;
    const HtmlNode *node;                    /* of its first character */
    size_t link_from;
    uint32_t link_words;
    unsigned in_link, n_breaks;
    const HtmlNode *row;                     /* the last table row whose cells are one block */
    bool space;                              /* white space waits for the next character */
} Cutter;

static bool is_space(uint32_t code)
{
    return code <= ' ' || code == 0xA0 || code == 0x85 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

static bool is_invisible(uint32_t code)
{
    return code == 0xAD || (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* Pages that write &#146; mean the character that Windows has there. */
static uint32_t from_c1(uint32_t code)
{
    static const uint16_t windows[32] = {
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    };
    return code >= 0x80 && code < 0xA0 ? windows[code - 0x80] : code;
}

static uint32_t count_words(Str text)
{
    uint32_t words = 0, wide = 0;
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        uint32_t code = c < 0x80 ? (at++, c) : utf8_decode(text, at, &at);
        bool is_wide = (code >= 0x2E80 && code < 0xAC00) || (code >= 0xF900 && code < 0xFB00) || code >= 0x20000;
        bool is_word = code < 0x80 ? (code | 32) - 'a' < 26 || code - '0' < 10 || (inside && code == '\'')
                                   : !is_wide && (utf8_is_letter(code) || (inside && code == 0x2019));
        wide += is_wide;
        words += is_word && !inside;
        inside = is_word;
    }
    return words + wide / 2;
}

/* Appends text with its white space folded; `space` carries over from one piece to the next. */
static size_t fold_into(Str text, char *out, size_t len, bool *space)
{
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        uint32_t code = c < 0x80 ? (at++, c) : from_c1(utf8_decode(text, at, &at));
        if (is_space(code)) {
            *space = true;
        } else if (c < 0x80 || (code && !is_invisible(code))) {
            if (*space && len && out[len - 1] != '\n')
                out[len++] = ' ';
            *space = false;
            len += utf8_encode(code, out + len);
        }
    }
    return len;
}

/* A C1 control of two bytes becomes three; a blank may come before. */
static size_t room_for(Str text)
{
    return text.len + text.len / 2 + 2;
}

Str html_fold_space(Str text, Arena *arena)
{
    char *out = arena_alloc(arena, room_for(text));
    bool space = false;
    return (Str){ out, fold_into(text, out, 0, &space) };
}

static void make_room(Cutter *cut, size_t more)
{
    if (cut->cap - cut->len >= more)
        return;
    cut->cap = (cut->len + more) * 2;
    char *text = arena_alloc(cut->arena, cut->cap);
    if (cut->len)
        memcpy(text, cut->text, cut->len);
    cut->text = text;
}

static void add_link_words(Cutter *cut)
{
    if (cut->in_link && cut->len > cut->link_from)
        cut->link_words += count_words((Str){ cut->text + cut->link_from, cut->len - cut->link_from });
    cut->link_from = 0;
}

static void end_block(Cutter *cut)
{
    add_link_words(cut);
    Str text = str_trim((Str){ cut->text, cut->len });
    if (text.len)
        LIST_PUSH(cut->arena, cut->out,
                  ((HtmlBlock){ str_copy(cut->arena, text), cut->node, count_words(text), cut->link_words }));
    cut->len = 0;
    cut->node = NULL;
    cut->link_words = 0;
    cut->n_breaks = 0;
    cut->space = false;
}

static void add_text(Cutter *cut, Str text, const HtmlNode *box)
{
    make_room(cut, room_for(text));
    size_t before = cut->len;
    cut->len = fold_into(text, cut->text, cut->len, &cut->space);
    if (cut->len == before)
        return;
    cut->n_breaks = 0;
    if (!cut->node)
        cut->node = box;
}

static void add_break(Cutter *cut)
{
    if (++cut->n_breaks == 2) {
        end_block(cut);
    } else if (cut->len) {
        make_room(cut, 1);
        cut->text[cut->len++] = '\n';
        cut->space = false;
    }
}

static bool is_no_text(HtmlTag tag)
{
    switch (tag) {
    case HTML_SCRIPT: case HTML_STYLE: case HTML_BUTTON: case HTML_IFRAME: case HTML_OBJECT: case HTML_SVG:
    case HTML_TEMPLATE: case HTML_VIDEO: case HTML_TITLE: case HTML_NOSCRIPT:
        return true;
    default:
        return false;
    }
}

static bool is_box(HtmlTag tag)
{
    return tag != HTML_TEXT && tag != HTML_OTHER && tag != HTML_A && tag != HTML_TIME && tag != HTML_LINK &&
           tag != HTML_META && tag != HTML_BR;
}

static bool has_box(const HtmlNode *node)
{
    for (const HtmlNode *child = node->first; child; child = child->next)
        if (is_box(child->tag) || has_box(child))
            return true;
    return false;
}

/* A row of figures or names, not of a page that is laid out as a table: several cells, none with boxes in it. */
static bool is_data_row(const HtmlNode *node)
{
    size_t n_cells = 0;
    for (const HtmlNode *cell = node->first; cell; cell = cell->next) {
        if (cell->tag != HTML_TEXT && has_box(cell))
            return false;
        n_cells += cell->tag == HTML_TD;
    }
    return n_cells > 1;
}

static void walk(Cutter *cut, const HtmlNode *node, const HtmlNode *box)
{
    if (node->tag == HTML_TEXT) {
        add_text(cut, node->text, box);
    } else if (node->tag == HTML_BR) {
        add_break(cut);
    } else if (!is_no_text(node->tag)) {
        bool in_row = node->tag == HTML_TD && node->parent == cut->row;
        bool boxed = is_box(node->tag) && !in_row, link = node->tag == HTML_A;
        if (boxed)
            end_block(cut);
        cut->space |= in_row;
        if (node->tag == HTML_TR && is_data_row(node))
            cut->row = node;
        if (link && cut->in_link++ == 0)
            cut->link_from = cut->len;
        for (const HtmlNode *child = node->first; child; child = child->next)
            walk(cut, child, boxed ? node : box);
        if (link) {
            if (cut->in_link == 1)
                add_link_words(cut);
            cut->in_link--;
        }
        if (boxed)
            end_block(cut);
    }
}

void html_cut_blocks(const HtmlNode *root, Arena *arena, HtmlBlocks *out)
{
    Cutter cut = { .arena = arena, .out = out };
    walk(&cut, root, root);
    end_block(&cut);
}

Str html_join_blocks(const HtmlBlocks *blocks, const bool *keep, Arena *arena)
{
    size_t bytes = 1, len = 0;
    for (size_t i = 0; i < blocks->len; i++)
        bytes += !keep || keep[i] ? blocks->ptr[i].text.len + 2 : 0;
    char *out = arena_alloc(arena, bytes);
    for (size_t i = 0; i < blocks->len; i++) {
        if (keep && !keep[i])
            continue;
        if (len) {
            out[len++] = '\n';
            out[len++] = '\n';
        }
        memcpy(out + len, blocks->ptr[i].text.ptr, blocks->ptr[i].text.len);
        len += blocks->ptr[i].text.len;
    }
    return (Str){ out, len };
}
