/*
 * input_xml.h - one story's element of an XML file; only for input_xml.c and what knows its dialects
 *
 *     <item><title>Toll stays</title><link>https://...</link><content:encoded>&lt;p&gt;The toll ...
 *     title "Toll stays", url "https://...", text "The toll ..."
 *
 * Elements are named without their prefix: feeds use them as they please.
 */
#ifndef TRACKER_INPUT_XML_H
#define TRACKER_INPUT_XML_H

#include "read/input_reader.h"

#include <libxml/tree.h>

typedef enum XmlResult {
    XML_STORY,
    XML_NO_STORY,            /* a picture, a comment, a draft: nothing to say about it */
    XML_NO_TEXT,             /* a story that has no text here */
} XmlResult;

/* What stands around the stories of a feed. */
typedef struct XmlFeed { Str title, language; } XmlFeed;

/* Each takes one kind of element and fills the story; title, source, url ... may stay unknown. */
XmlResult input_take_feed_item(const xmlNode *item, const XmlFeed *feed, Arena *arena, Arena *scratch, Story *out);
XmlResult input_take_news_item(const xmlNode *item, Arena *arena, Arena *scratch, Story *out);     /* NewsML-G2 and 1.2 */
XmlResult input_take_nitf(const xmlNode *item, Arena *arena, Arena *scratch, Story *out);

bool xml_is(const xmlNode *node, const char *name);
/* The first element so named among the children; NULL. */
const xmlNode *xml_child(const xmlNode *node, const char *name);
/* The first one at any depth, in document order. */
const xmlNode *xml_find(const xmlNode *node, const char *name);
/* All characters inside, trimmed; STR_NONE for NULL and where there are none. */
Str xml_text(const xmlNode *node, Arena *arena);
Str xml_attribute(const xmlNode *node, const char *name, Arena *arena);
/* The elements inside as HTML without prefixes, for input_take_text(). */
Str xml_markup(const xmlNode *node, Arena *arena);
/* The first of the texts that is a date. */
Date xml_date(const Str *texts, size_t n_texts);

#endif
