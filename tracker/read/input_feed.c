#include "read/input_xml.h"

#include <string.h>

/* RSS 2.0, RSS 1.0, Atom and WordPress exports (WXR): <item> and <entry>. */

enum { ID_BYTES = 12 };              /* a shorter guid is a number that other feeds have as well */

/* Posts and pages that are published; no pictures, menus and drafts. */
static bool is_wordpress_extra(const xmlNode *item, Arena *scratch)
{
    Str type = xml_text(xml_child(item, "post_type"), scratch), status = xml_text(xml_child(item, "status"), scratch);
    return (type.len && !str_equal(type, STR("post")) && !str_equal(type, STR("page"))) ||
           (status.len && !str_equal(status, STR("publish")));
}

/* Atom has several links; the story's own is the alternate one, or has no relation. */
static Str link_of(const xmlNode *item, Arena *arena)
{
    for (const xmlNode *child = item->children; child; child = child->next) {
        if (!xml_is(child, "link"))
            continue;
        Str href = xml_attribute(child, "href", arena), rel = xml_attribute(child, "rel", arena);
        if (href.len && (!rel.len || str_equal(rel, STR("alternate"))))
            return href;
        if (!href.len)
            return xml_text(child, arena);
    }
    return STR_NONE;
}

/* The longest of the texts that the feed has of the story. */
static bool take_body(const xmlNode *item, Arena *arena, Arena *scratch, Story *out)
{
    static const char *const names[] = { "encoded", "content", "description", "summary", "fulltext", "body" };
    Str best = STR_NONE;
    for (const xmlNode *child = item->children; child; child = child->next)
        for (size_t i = 0; i < BASE_COUNT(names); i++) {
            /* <media:content> is a picture, <excerpt:encoded> the summary. */
            const char *prefix = child->ns && child->ns->prefix ? (const char *)child->ns->prefix : "";
            if (!xml_is(child, names[i]) || strcmp(prefix, "media") == 0 || strcmp(prefix, "itunes") == 0)
                continue;
            bool nested = str_equal(xml_attribute(child, "type", scratch), STR("xhtml")) || xml_child(child, "div") ||
                          xml_child(child, "p");
            Str body = nested ? xml_markup(child, scratch) : xml_text(child, scratch);
            best = body.len > best.len ? body : best;
        }
    return best.len && input_take_text(best, true, arena, scratch, out);
}

static Str take_plain(const xmlNode *node, Arena *arena, Arena *scratch)
{
    Story holder = { 0 };
    Str text = xml_text(node, scratch);
    return text.len && input_take_text(text, true, arena, scratch, &holder) ? holder.text : STR_NONE;
}

XmlResult input_take_feed_item(const xmlNode *item, const XmlFeed *feed, Arena *arena, Arena *scratch, Story *out)
{
    if (is_wordpress_extra(item, scratch))
        return XML_NO_STORY;
    if (!take_body(item, arena, scratch, out))
        return xml_child(item, "itemMeta") || xml_child(item, "resource") ? XML_NO_STORY : XML_NO_TEXT;
    out->title = take_plain(xml_child(item, "title"), arena, scratch);
    out->url = link_of(item, arena);
    Str id = xml_text(xml_child(item, "guid"), arena);
    if (!id.len)
        id = xml_text(xml_child(item, "id"), arena);
    if (id.len >= ID_BYTES)
        out->id = id;
    const Str dates[] = {
        xml_text(xml_child(item, "pubDate"), scratch), xml_text(xml_child(item, "published"), scratch),
        xml_text(xml_child(item, "issued"), scratch), xml_text(xml_child(item, "date"), scratch),
        xml_text(xml_child(item, "post_date"), scratch), xml_text(xml_child(item, "updated"), scratch),
    };
    out->published = xml_date(dates, BASE_COUNT(dates));
    /* An Atom source is an element with a title; RSS has the name as its text. */
    const xmlNode *source = xml_child(item, "source");
    out->source = xml_text(xml_child(source, "title") ? xml_child(source, "title") : source, arena);
    if (!out->source.len)
        out->source = xml_text(xml_child(item, "publisher"), arena);
    if (!out->source.len && feed->title.len)
        out->source = str_copy(arena, feed->title);
    out->language = xml_text(xml_child(item, "language"), arena);
    if (!out->language.len && feed->language.len)
        out->language = str_copy(arena, feed->language);
    return XML_STORY;
}
