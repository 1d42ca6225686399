/*
 * html.h - a saved web page: what it says of itself, and the article in it
 *
 *     <title>Port open | The Bay Herald</title>            title  "Port open"
 *     <meta property="og:site_name" content="...">         source "The Bay Herald"
 *     <nav>Home Sport</nav>
 *     <article><p>The port is open.</p>                    text   "The port is open.\n\nRoe said so."
 *     <aside>Sign up</aside><p>Roe said so.</p></article>
 *
 * libxml2 parses, with no network and no entities but HTML's own.
 */
#ifndef TRACKER_HTML_H
#define TRACKER_HTML_H

#include "base/base.h"
#include "base/date.h"

enum {
    HTML_BYTES = 16 * 1024 * 1024,           /* a larger page is refused */
    HTML_DEPTH = 1000,                       /* elements within elements; real pages stay below 100 */
};

/* STR_NONE and DATE_UNKNOWN where the page does not say. */
typedef struct HtmlPage {
    Str title, source, url, language;        /* url: the canonical one; language: as written, "en-US" */
    Str text;                                /* paragraphs with a blank line between; "" where there is no text */
    Date published;
} HtmlPage;

/*
 * A page in valid UTF-8.  All that the page needs on the way is in `scratch`, what it gives in `arena`.  Fails for
 * what is too large or nested too deeply.
 */
bool html_read_page(Str page, Arena *arena, Arena *scratch, HtmlPage *out, Error *err);

/* A fragment that is nothing but the article: all its text but captions, in paragraphs. */
bool html_plain_text(Str fragment, Arena *arena, Arena *scratch, Str *out, Error *err);

#endif
