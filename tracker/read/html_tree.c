#include "read/html_tree.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

/* ---- names --------------------------------------------------------------------- */

typedef struct Named { const char *name; int id; } Named;

/* Both tables are sorted for bsearch.  What browsers draw as a box of its own and has no name here is a div. */
static const Named tags[] = {
    { "a", HTML_A }, { "address", HTML_DIV }, { "article", HTML_ARTICLE }, { "aside", HTML_ASIDE },
    { "audio", HTML_VIDEO }, { "blockquote", HTML_BLOCKQUOTE }, { "body", HTML_BODY }, { "br", HTML_BR },
    { "button", HTML_BUTTON }, { "canvas", HTML_VIDEO }, { "caption", HTML_FIGCAPTION }, { "center", HTML_DIV },
    { "dd", HTML_DD }, { "details", HTML_DIV }, { "dialog", HTML_ASIDE }, { "div", HTML_DIV }, { "dl", HTML_DL },
    { "dt", HTML_DT }, { "fieldset", HTML_FORM }, { "figcaption", HTML_FIGCAPTION }, { "figure", HTML_FIGURE },
    { "footer", HTML_FOOTER }, { "form", HTML_FORM }, { "h1", HTML_H1 }, { "h2", HTML_H2 }, { "h3", HTML_H3 },
    { "h4", HTML_H4 }, { "h5", HTML_H5 }, { "h6", HTML_H6 }, { "head", HTML_HEAD }, { "header", HTML_HEADER },
    { "hr", HTML_HR }, { "html", HTML_HTML }, { "iframe", HTML_IFRAME }, { "label", HTML_BUTTON },
    { "legend", HTML_BUTTON }, { "li", HTML_LI }, { "link", HTML_LINK }, { "main", HTML_MAIN }, { "menu", HTML_NAV },
    { "meta", HTML_META }, { "nav", HTML_NAV }, { "noscript", HTML_NOSCRIPT }, { "object", HTML_OBJECT },
    { "ol", HTML_OL }, { "option", HTML_BUTTON }, { "p", HTML_P }, { "pre", HTML_PRE }, { "script", HTML_SCRIPT },
    { "section", HTML_SECTION }, { "select", HTML_BUTTON }, { "style", HTML_STYLE }, { "summary", HTML_DIV },
    { "svg", HTML_SVG }, { "table", HTML_TABLE }, { "tbody", HTML_TBODY }, { "td", HTML_TD },
    { "template", HTML_TEMPLATE }, { "textarea", HTML_BUTTON }, { "tfoot", HTML_TBODY }, { "th", HTML_TD },
    { "thead", HTML_TBODY }, { "time", HTML_TIME }, { "title", HTML_TITLE }, { "tr", HTML_TR }, { "ul", HTML_UL },
    { "video", HTML_VIDEO },
}, names[] = {
    { "aria-hidden", HTML_ARIA_HIDDEN }, { "class", HTML_CLASS }, { "content", HTML_CONTENT },
    { "datetime", HTML_DATETIME }, { "hidden", HTML_HIDDEN }, { "href", HTML_HREF }, { "id", HTML_ID },
    { "itemprop", HTML_ITEMPROP }, { "lang", HTML_LANG }, { "name", HTML_NAME }, { "property", HTML_PROPERTY },
    { "rel", HTML_REL }, { "role", HTML_ROLE }, { "style", HTML_STYLE_OF }, { "type", HTML_TYPE },
};

static int compare_name(const void *key, const void *row)
{
    return strcmp(key, ((const Named *)row)->name);
}

static HtmlTag find_tag(const char *name)
{
    const Named *row = bsearch(name, tags, BASE_COUNT(tags), sizeof *tags, compare_name);
    return row ? (HtmlTag)row->id : strchr(name, '-') ? HTML_DIV : HTML_OTHER;
}

/* ---- parsing --------------------------------------------------------------------- */

typedef struct Frame { HtmlNode *node, *last; } Frame;      /* an open element and its last child so far */

typedef struct Builder {
    Arena *arena;
    xmlParserCtxtPtr parser;
    Frame frames[HTML_DEPTH];
    size_t depth;
    uint32_t n_nodes;
    HtmlNode *root;
    Str saved_from;
    bool too_deep;
} Builder;

static HtmlNode *add_node(Builder *builder, HtmlTag tag)
{
    HtmlNode *node = ARENA_NEW(builder->arena, HtmlNode);
    node->tag = tag;
    node->index = builder->n_nodes++;
    if (!builder->depth) {
        builder->root = builder->root ? builder->root : node;
        return node;
    }
    Frame *open = &builder->frames[builder->depth - 1];
    node->parent = open->node;
    if (open->last)
        open->last->next = node;
    else
        open->node->first = node;
    open->last = node;
    return node;
}

static void on_start(void *user, const xmlChar *name, const xmlChar **given)
{
    Builder *builder = user;
    if (builder->depth == HTML_DEPTH) {
        builder->too_deep = true;
        xmlStopParser(builder->parser);
    }
    if (builder->too_deep)
        return;
    HtmlNode *node = add_node(builder, find_tag((const char *)name));
    HtmlAttribute kept[BASE_COUNT(names)];
    for (; given && given[0] && node->n_attributes < BASE_COUNT(kept); given += 2) {
        const Named *row = bsearch(given[0], names, BASE_COUNT(names), sizeof *names, compare_name);
        if (row)
            kept[node->n_attributes++] = (HtmlAttribute){
                (HtmlName)row->id, str_copy(builder->arena, str_trim(str_from((const char *)given[1])))
            };
    }
    if (node->n_attributes) {
        HtmlAttribute *attributes = ARENA_ARRAY(builder->arena, HtmlAttribute, node->n_attributes);
        memcpy(attributes, kept, node->n_attributes * sizeof *kept);
        node->attributes = attributes;
    }
    builder->frames[builder->depth++] = (Frame){ node, NULL };
}

static void on_end(void *user, const xmlChar *name)
{
    Builder *builder = user;
    (void)name;                              /* libxml2 closes what was opened, in order */
    if (builder->depth && !builder->too_deep)
        builder->depth--;
}

static void on_text(void *user, const xmlChar *bytes, int len)
{
    Builder *builder = user;
    if (!builder->depth || builder->too_deep || len <= 0)
        return;
    const HtmlNode *parent = builder->frames[builder->depth - 1].node;
    if (parent->tag == HTML_STYLE ||
        (parent->tag == HTML_SCRIPT && !str_equal_nocase(html_attribute(parent, HTML_TYPE), STR("application/ld+json"))))
        return;
    add_node(builder, HTML_TEXT)->text = str_copy(builder->arena, (Str){ (const char *)bytes, (size_t)len });
}

/* <!-- saved from url=(0026)https://example.org/story --> */
static void on_comment(void *user, const xmlChar *text)
{
    Builder *builder = user;
    Str comment = str_trim(str_from((const char *)text));
    size_t at = str_find(comment, STR(")"), 0) + 1;
    if (str_starts(comment, STR("saved from url=(")) && at < comment.len && !builder->saved_from.ptr)
        builder->saved_from = str_copy(builder->arena, (Str){ comment.ptr + at, comment.len - at });
}

bool html_parse(Str page, Arena *arena, HtmlTree *out, Error *err)
{
    *out = (HtmlTree){ 0 };
    if (page.len > HTML_BYTES)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is a page of more than %d MiB", HTML_BYTES >> 20);
    Builder *builder = ARENA_NEW(arena, Builder);
    builder->arena = arena;
    htmlParserCtxtPtr parser = page.len ? htmlCreateMemoryParserCtxt(page.ptr, (int)page.len) : NULL;
    if (parser) {
        static const htmlSAXHandler handler = {
            .startElement = on_start, .endElement = on_end, .characters = on_text, .cdataBlock = on_text,
            .comment = on_comment,
        };
        *parser->sax = handler;
        parser->userData = builder;
        builder->parser = parser;
        htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                   HTML_PARSE_IGNORE_ENC);
        xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
        htmlParseDocument(parser);
        htmlFreeParserCtxt(parser);
    }
    *out = (HtmlTree){ builder->root, builder->n_nodes, builder->saved_from };
    if (builder->too_deep)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "has elements nested more than %d deep", HTML_DEPTH);
    return builder->root || error_set(err, ERR_INPUT, NULL, 0, 0, "has no text");
}

Str html_attribute(const HtmlNode *node, HtmlName name)
{
    for (uint32_t i = 0; i < node->n_attributes; i++)
        if (node->attributes[i].name == name)
            return node->attributes[i].value;
    return STR_NONE;
}

static const HtmlNode *next_node(const HtmlNode *node, const HtmlNode *within)
{
    if (node->first)
        return node->first;
    while (node != within && !node->next)
        node = node->parent;
    return node == within ? NULL : node->next;
}

Str html_raw_text(const HtmlNode *node, Arena *arena)
{
    size_t len = 0;
    for (const HtmlNode *at = node; at; at = next_node(at, node))
        len += at->text.len;
    char *out = arena_alloc(arena, len + 1);
    len = 0;
    for (const HtmlNode *at = node; at; at = next_node(at, node))
        if (at->text.len) {
            memcpy(out + len, at->text.ptr, at->text.len);
            len += at->text.len;
        }
    return (Str){ out, len };
}

bool html_is_heading(HtmlTag tag)
{
    return tag >= HTML_H1 && tag <= HTML_H6;
}
