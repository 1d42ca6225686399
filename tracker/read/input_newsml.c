#include "read/input_xml.h"

/* NewsML-G2 (<newsItem>), NewsML 1.2 (<NewsItem>) and NITF (<nitf>, alone or inside the other two). */

/* The text of an element, or what its attribute says. */
static Str name_of(const xmlNode *node, Arena *arena)
{
    const xmlNode *name = node ? xml_child(node, "name") : NULL;
    static const char *const attributes[] = { "literal", "FormalName", "norm", "qcode" };
    Str found = xml_text(name ? name : node, arena);
    for (size_t i = 0; i < BASE_COUNT(attributes) && !found.len; i++)
        found = xml_attribute(node, attributes[i], arena);
    return found;
}

/* What `read` finds in the first of the elements that has something. */
static Str first_of(const xmlNode *node, Str (*read)(const xmlNode *, Arena *), const char *const *names, size_t n_names,
                    Arena *arena)
{
    Str found = STR_NONE;
    for (size_t i = 0; i < n_names && !found.len; i++)
        found = read(xml_find(node, names[i]), arena);
    return found;
}

#define NAMES(...) (const char *const[]){ __VA_ARGS__ }, BASE_COUNT(((const char *const[]){ __VA_ARGS__ }))
#define FIRST_TEXT(node, arena, ...) first_of((node), xml_text, NAMES(__VA_ARGS__), (arena))
#define FIRST_NAME(node, arena, ...) first_of((node), name_of, NAMES(__VA_ARGS__), (arena))

XmlResult input_take_nitf(const xmlNode *item, Arena *arena, Arena *scratch, Story *out)
{
    const xmlNode *body = xml_find(item, "body.content");
    if (!body)
        body = xml_find(item, "body");
    if (!body || !input_take_text(xml_markup(body, scratch), true, arena, scratch, out))
        return XML_NO_TEXT;
    out->title = FIRST_TEXT(item, arena, "hl1", "hedline", "title");
    out->id = xml_attribute(xml_find(item, "doc-id"), "id-string", arena);
    out->source = FIRST_NAME(item, arena, "distributor", "doc.copyright", "rights.owner");
    if (!out->source.len)
        out->source = xml_attribute(xml_find(item, "doc.copyright"), "holder", arena);
    const Str dates[] = {
        xml_attribute(xml_find(item, "date.issue"), "norm", scratch), xml_attribute(xml_find(item, "pubdata"), "date.publication", scratch),
        xml_attribute(xml_find(item, "story.date"), "norm", scratch), xml_text(xml_find(item, "story.date"), scratch),
        xml_attribute(xml_find(item, "date.release"), "norm", scratch), xml_attribute(item, "change.date", scratch),
    };
    out->published = xml_date(dates, BASE_COUNT(dates));
    out->place = xml_text(xml_find(xml_find(item, "dateline"), "location"), arena);
    if (!out->place.len)
        out->place = xml_attribute(xml_find(item, "evloc"), "city", arena);
    out->language = xml_attribute(item, "baselang", arena);
    return XML_STORY;
}

/* Plain text, HTML or NITF inside; what is not text has other elements. */
static XmlResult take_content(const xmlNode *item, Arena *arena, Arena *scratch, Story *out)
{
    const xmlNode *nitf = xml_find(item, "nitf"), *data = xml_find(item, "inlineXML");
    if (nitf)
        return input_take_nitf(nitf, arena, scratch, out);
    if (!data)
        data = xml_find(item, "inlineData");
    if (!data)
        data = xml_find(item, "DataContent");
    if (!data)
        return XML_NO_STORY;
    const xmlNode *body = xml_find(data, "body");
    if (xml_find(data, "html") && input_take_page(xml_markup(data, scratch), arena, scratch, out))
        return XML_STORY;
    Str text = xml_find(data, "p") ? xml_markup(body ? body : data, scratch) : xml_text(data, scratch);
    bool is_html = xml_find(data, "p") || str_find(text, STR("</p>"), 0) < text.len;
    return text.len && input_take_text(text, is_html, arena, scratch, out) ? XML_STORY : XML_NO_TEXT;
}

static void keep(Str *field, Str value)
{
    if (value.len)
        *field = value;
}

XmlResult input_take_news_item(const xmlNode *item, Arena *arena, Arena *scratch, Story *out)
{
    XmlResult result = take_content(item, arena, scratch, out);
    if (result != XML_STORY)
        return result;
    Str id = xml_attribute(item, "guid", arena);
    keep(&out->id, id.len ? id : FIRST_TEXT(item, arena, "PublicIdentifier", "NewsItemId"));
    keep(&out->title, FIRST_TEXT(item, arena, "headline", "HeadLine", "title"));
    keep(&out->source, FIRST_NAME(item, arena, "infoSource", "creditline", "CreditLine", "provider", "Provider", "ProviderId"));
    const xmlNode *located = xml_find(item, "located");
    if (!out->place.len)
        keep(&out->place, name_of(located, arena));
    const xmlNode *language = xml_find(item, "language");
    keep(&out->language, xml_attribute(language ? language : item, language ? "tag" : "lang", arena));
    const Str dates[] = {
        FIRST_TEXT(item, scratch, "firstCreated", "FirstCreated"), FIRST_TEXT(item, scratch, "versionCreated", "ThisRevisionCreated"),
        FIRST_TEXT(item, scratch, "contentCreated", "DateId"),
    };
    Date created = xml_date(dates, BASE_COUNT(dates));
    if (created != DATE_UNKNOWN)
        out->published = created;
    return XML_STORY;
}
