#include "read/input_xml.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <string.h>

enum {
    ITEM_BYTES = 8 * 1024 * 1024,    /* of one story's element: a tree takes about ten times as much memory */
    FEED_DEPTH = 2,                  /* <rss><channel><title> */
};

/* ---- nodes --------------------------------------------------------------------------- */

bool xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *xml_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (xml_is(child, name))
            return child;
    return NULL;
}

/* The node behind this one in document order, its children left out unless `inside`; NULL behind the end of `within`. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *within, bool inside)
{
    if (inside && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != within && !node->next)
        node = node->parent;
    return node == within ? NULL : node->next;
}

const xmlNode *xml_find(const xmlNode *node, const char *name)
{
    for (const xmlNode *at = node; at; at = next_node(at, node, true))
        if (at != node && xml_is(at, name))
            return at;
    return NULL;
}

typedef struct Text { char *ptr; size_t len, cap; Arena *arena; } Text;

static void add(Text *text, Str piece)
{
    if (!piece.len)
        return;
    if (text->cap - text->len < piece.len) {
        text->cap = 2 * (text->len + piece.len) + 64;
        char *ptr = arena_alloc(text->arena, text->cap);
        memcpy(ptr, text->len ? text->ptr : "", text->len);
        text->ptr = ptr;
    }
    memcpy(text->ptr + text->len, piece.ptr, piece.len);
    text->len += piece.len;
}

/* Of an entity that the file does not define, what HTML has for it: feeds write &nbsp; all the same. */
static Str entity_text(const xmlNode *node, Arena *arena)
{
    const htmlEntityDesc *entity = htmlEntityLookup(node->name);
    if (!entity)
        return STR_NONE;
    char *out = arena_alloc(arena, 4);
    return (Str){ out, utf8_encode(entity->value, out) };
}

static Str own_text(const xmlNode *node, Arena *arena)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        return str_from((const char *)node->content);
    return node->type == XML_ENTITY_REF_NODE ? entity_text(node, arena) : STR_NONE;
}

Str xml_text(const xmlNode *node, Arena *arena)
{
    Text text = { .arena = arena };
    for (const xmlNode *at = node; at; at = next_node(at, node, true))
        add(&text, own_text(at, arena));
    Str trimmed = str_trim((Str){ text.ptr, text.len });
    return trimmed.len ? trimmed : STR_NONE;
}

Str xml_attribute(const xmlNode *node, const char *name, Arena *arena)
{
    for (const xmlAttr *attribute = node ? node->properties : NULL; attribute; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0) {
            Text text = { .arena = arena };
            for (const xmlNode *at = attribute->children; at; at = at->next)
                add(&text, own_text(at, arena));
            Str trimmed = str_trim((Str){ text.ptr, text.len });
            return trimmed.len ? trimmed : STR_NONE;
        }
    return STR_NONE;
}

static void add_escaped(Text *text, Str piece)
{
    size_t from = 0;
    for (size_t i = 0; i <= piece.len; i++) {
        const char *escape = i == piece.len ? "" : piece.ptr[i] == '<' ? "&lt;" : piece.ptr[i] == '&' ? "&amp;" : NULL;
        if (!escape)
            continue;
        add(text, (Str){ piece.ptr + from, i - from });
        add(text, str_from(escape));
        from = i + 1;
    }
}

/* Recursion is as deep as libxml2 lets a file nest: 256. */
static void add_markup(Text *text, const xmlNode *node)
{
    static const char *const no_text[] = { "media", "script", "style", "object", "edNote", "body.end", "figcaption" };
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) {
            Str own = own_text(child, text->arena);
            if (own.len)
                add_escaped(text, own);
            continue;
        }
        bool skip = false;
        for (size_t i = 0; i < BASE_COUNT(no_text); i++)
            skip |= xml_is(child, no_text[i]);
        if (skip)
            continue;
        const char *name = xml_is(child, "hl1") || xml_is(child, "hl2") || xml_is(child, "block") ? "div" : (const char *)child->name;
        Str class = xml_attribute(child, "class", text->arena);
        class.len = str_find(class, STR("\""), 0);
        add(text, str_printf(text->arena, "<%s class=\"%.*s\">", name, STR_ARG(class)));
        add_markup(text, child);
        add(text, str_printf(text->arena, "</%s>", name));
    }
}

Str xml_markup(const xmlNode *node, Arena *arena)
{
    Text text = { .arena = arena };
    if (node)
        add_markup(&text, node);
    return (Str){ text.ptr, text.len };
}

Date xml_date(const Str *texts, size_t n_texts)
{
    Date date = DATE_UNKNOWN;
    for (size_t i = 0; i < n_texts && date == DATE_UNKNOWN; i++)
        if (texts[i].len && !date_parse_stamp(texts[i], &date))
            date_find(texts[i], &date, &(size_t){ 0 });
    return date;
}

/* ---- the file ---------------------------------------------------------------------------- */

typedef struct XmlState {
    InputStream *stream;
    xmlTextReaderPtr reader;
    XmlFeed feed;
    Arena *memory;
    size_t item_bytes;               /* read since the last story began */
    bool skip;                       /* the element at hand is done with */
    bool started, failed, any, package;
    Error err;                       /* of the stream */
    char complaint[200];             /* libxml2's first, and its line */
    int line;
} XmlState;

static int read_bytes(void *user, char *out, int room)
{
    XmlState *state = user;
    if (state->item_bytes > ITEM_BYTES) {
        if (!state->failed)
            error_set(&state->err, ERR_INPUT, NULL, 0, 0, "has a story of more than %d MiB", ITEM_BYTES >> 20);
        state->failed = true;
        return -1;
    }
    ptrdiff_t got = input_stream_read(state->stream, out, (size_t)room, &state->err);
    state->failed |= got < 0;
    state->item_bytes += got > 0 ? (size_t)got : 0;
    return (int)got;
}

static void on_error(void *user, xmlErrorPtr problem)
{
    XmlState *state = user;
    /* Entities of HTML are known here, and prefixes that nobody declared do not matter. */
    bool harmless = problem->domain == XML_FROM_NAMESPACE || problem->code == XML_ERR_UNDECLARED_ENTITY ||
                    problem->code == XML_WAR_UNDECLARED_ENTITY;
    if (state->complaint[0] || harmless || problem->level < XML_ERR_ERROR)
        return;
    Str message = str_trim(str_from(problem->message ? problem->message : "is not well-formed"));
    if (str_starts(message, STR("Excessive depth")))
        message = STR("elements nested more than 256 deep");
    if (problem->code == XML_ERR_ENTITY_LOOP)
        message = STR("it defines entities, which are not read");
    size_t len = message.len < sizeof state->complaint ? message.len : sizeof state->complaint - 1;
    memcpy(state->complaint, message.ptr, len);
    state->complaint[len] = '\0';
    state->line = problem->line;
}

static XmlState *open_reader(InputStream *stream)
{
    XmlState *state = ARENA_NEW(input_stream_memory(stream), XmlState);
    state->stream = stream;
    state->memory = input_stream_memory(stream);
    state->reader = xmlReaderForIO(read_bytes, NULL, state, NULL, "UTF-8", XML_PARSE_RECOVER | XML_PARSE_NONET |
                                   XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    if (state->reader)
        xmlTextReaderSetStructuredErrorHandler(state->reader, on_error, state);
    return state;
}

/* A file that defines entities is up to something: no feed needs them, and they can blow up or reach for other files. */
static bool defines_entities(xmlTextReaderPtr reader)
{
    const xmlNode *at = xmlTextReaderCurrentNode(reader);    /* xmlTextReaderCurrentDoc() would make the document ours */
    const xmlDoc *doc = at ? at->doc : NULL;
    for (const xmlNode *node = doc && doc->intSubset ? doc->intSubset->children : NULL; node; node = node->next)
        if (node->type == XML_ENTITY_DECL)
            return true;
    return false;
}

static void take_feed_text(XmlState *state, const char *name, int depth)
{
    Str *to = strcmp(name, "title") == 0 ? &state->feed.title : strcmp(name, "language") == 0 ? &state->feed.language : NULL;
    if (!to || to->len || depth > FEED_DEPTH || depth == 0)
        return;
    const xmlNode *node = xmlTextReaderExpand(state->reader);
    if (node)
        *to = str_copy(state->memory, xml_text(node, input_stream_scratch(state->stream)));
}

static const struct { const char *name; int kind; } story_elements[] = {
    { "item", 0 }, { "entry", 0 }, { "newsItem", 1 }, { "NewsItem", 1 }, { "nitf", 2 },
};

/* 1: *result says what the element at hand gave; 0: it is none of a story. */
static int take_element(XmlState *state, Arena *arena, Story *out, XmlResult *result)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(state->reader);
    Arena *scratch = input_stream_scratch(state->stream);
    for (size_t i = 0; i < BASE_COUNT(story_elements); i++) {
        if (strcmp(name, story_elements[i].name) != 0)
            continue;
        state->item_bytes = 0;
        state->skip = true;
        state->any = true;
        out->line = xmlTextReaderGetParserLineNumber(state->reader);
        const xmlNode *node = xmlTextReaderExpand(state->reader);
        if (!node)
            *result = XML_NO_STORY;
        else if (story_elements[i].kind == 0)
            *result = input_take_feed_item(node, &state->feed, arena, scratch, out);
        else
            *result = story_elements[i].kind == 1 ? input_take_news_item(node, arena, scratch, out)
                                                  : input_take_nitf(node, arena, scratch, out);
        return 1;
    }
    state->package |= strcmp(name, "packageItem") == 0;
    take_feed_text(state, name, xmlTextReaderDepth(state->reader));
    return 0;
}

/* Why reading ended before the file did. */
static InputResult failure(XmlState *state, Error *err)
{
    if (state->failed) {
        *err = state->err;
        err->kind = ERR_INPUT;
    } else if (state->complaint[0]) {
        error_set(err, ERR_INPUT, NULL, state->line, 0, "broken XML: %s", state->complaint);
    } else {
        error_set(err, ERR_INPUT, NULL, 0, 0, "holds no story: %s", state->package ? "a package that only names its stories"
                                                                     : state->feed.title.len ? "a feed without items"
                                                                                             : "XML of a kind that is not known");
    }
    return INPUT_BAD;
}

static InputResult next_xml(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    void **place = input_stream_state(stream);
    if (!*place)
        *place = open_reader(stream);
    XmlState *state = *place;
    while (state->reader && !state->failed) {
        int more = state->skip ? xmlTextReaderNext(state->reader) : xmlTextReaderRead(state->reader);
        state->skip = false;
        if (more != 1)
            break;
        if (xmlTextReaderNodeType(state->reader) != XML_READER_TYPE_ELEMENT)
            continue;
        if (!state->started && defines_entities(state->reader)) {
            error_set(&state->err, ERR_INPUT, NULL, 0, 0, "defines entities, which are not read");
            state->failed = true;
            break;
        }
        state->started = true;
        arena_reset(input_stream_scratch(stream));
        *out = (Story){ .published = DATE_UNKNOWN, .note = input_stream_note(stream) };
        XmlResult result;
        if (!take_element(state, arena, out, &result) || result == XML_NO_STORY)
            continue;
        return result == XML_STORY ? INPUT_OK : input_bad(err, out->line, 0, "the story has no text");
    }
    /* Said once: the end comes next. */
    bool whole = state->reader && !state->failed && !state->complaint[0] && state->any;
    if (state->reader)
        xmlFreeTextReader(state->reader);
    bool told = !state->reader;
    state->reader = NULL;
    return whole || told ? INPUT_END : failure(state, err);
}

static void close_xml(void *state)
{
    XmlState *xml = state;
    if (xml && xml->reader)
        xmlFreeTextReader(xml->reader);
}

/* The first element of a file of news; any element behind an XML declaration that is not a web page's. */
static bool probe_xml(Str head)
{
    static const char *const roots[] = { "rss", "rdf", "feed", "newsmessage", "newsitem", "packageitem", "newsml", "nitf",
                                         "channel", "item", "entry", "knowledgeitem" };
    bool declared = false;
    head = str_trim(head);
    while (str_starts(head, STR("<?")) || str_starts(head, STR("<!--")) || str_starts(head, STR("<!DOCTYPE"))) {
        declared |= str_starts(head, STR("<?xml"));
        Str close = str_starts(head, STR("<!--")) ? STR("-->") : STR(">");
        size_t end = str_find(head, close, 0) + close.len, subset = str_find(head, STR("["), 0);
        if (str_starts(head, STR("<!DOCTYPE")) && subset < end)
            return declared;
        if (end > head.len)
            return declared;
        head = str_trim((Str){ head.ptr + end, head.len - end });
    }
    if (!head.len || head.ptr[0] != '<')
        return declared && !head.len;
    size_t len = 1, from = 1;
    while (len < head.len && !strchr(" \t\r\n/>", head.ptr[len]))
        from = head.ptr[len++] == ':' ? len : from;
    Str name = { head.ptr + from, len - from };
    for (size_t i = 0; i < BASE_COUNT(roots); i++)
        if (str_equal_nocase(name, str_from(roots[i])))
            return true;
    return declared && !str_equal_nocase(name, STR("html"));
}

const InputReader input_xml = { .name = "xml", .probe = probe_xml, .next = next_xml, .close = close_xml };
