/*
 * html_tree.h - a page as a tree and as blocks of running text; only for html*.c
 *
 *     <div>By Roe<p>The <a>port</a> is open.<br><br>It was shut.</div>
 *     "By Roe" (div)   "The port is open." (p, 1 of 4 words a link)   "It was shut." (p)
 *
 * The tree holds only the attributes that matter, lives as long as its arena
 * and is not changed once it is built.
 */
#ifndef TRACKER_HTML_TREE_H
#define TRACKER_HTML_TREE_H

#include "read/html.h"

typedef enum HtmlTag {
    HTML_TEXT,                               /* not an element: characters */
    HTML_OTHER,                              /* any element not named here */
    HTML_A, HTML_ARTICLE, HTML_ASIDE, HTML_BLOCKQUOTE, HTML_BODY, HTML_BR, HTML_BUTTON, HTML_DD, HTML_DIV, HTML_DL,
    HTML_DT, HTML_FIGCAPTION, HTML_FIGURE, HTML_FOOTER, HTML_FORM, HTML_H1, HTML_H2, HTML_H3, HTML_H4, HTML_H5, HTML_H6,
    HTML_HEAD, HTML_HEADER, HTML_HR, HTML_HTML, HTML_IFRAME, HTML_LI, HTML_LINK, HTML_MAIN, HTML_META, HTML_NAV,
    HTML_NOSCRIPT, HTML_OBJECT, HTML_OL, HTML_P, HTML_PRE, HTML_SCRIPT, HTML_SECTION, HTML_STYLE, HTML_SVG, HTML_TABLE,
    HTML_TBODY, HTML_TD, HTML_TEMPLATE, HTML_TIME, HTML_TITLE, HTML_TR, HTML_UL, HTML_VIDEO,
} HtmlTag;

typedef enum HtmlName {
    HTML_ARIA_HIDDEN, HTML_CLASS, HTML_CONTENT, HTML_DATETIME, HTML_HIDDEN, HTML_HREF, HTML_ID, HTML_ITEMPROP, HTML_LANG,
    HTML_NAME, HTML_PROPERTY, HTML_REL, HTML_ROLE, HTML_STYLE_OF, HTML_TYPE,
} HtmlName;

typedef struct HtmlAttribute { HtmlName name; Str value; } HtmlAttribute;

typedef struct HtmlNode {
    const struct HtmlNode *parent, *first, *next;
    HtmlTag tag;
    uint32_t index;                          /* in document order, from 0; smaller than the tree's n_nodes */
    uint32_t n_attributes;
    const HtmlAttribute *attributes;
    Str text;                                /* HTML_TEXT only */
} HtmlNode;

typedef struct HtmlTree {
    const HtmlNode *root;
    uint32_t n_nodes;
    Str saved_from;                          /* the address that a browser wrote into the page it saved, or STR_NONE */
} HtmlTree;

/* Broken markup is mended as browsers do; fails only for what is too large or too deep. */
bool html_parse(Str page, Arena *arena, HtmlTree *out, Error *err);

/* The value of an attribute, trimmed; STR_NONE where there is none. */
Str html_attribute(const HtmlNode *node, HtmlName name);

/* All characters inside, as they stand. */
Str html_raw_text(const HtmlNode *node, Arena *arena);

bool html_is_heading(HtmlTag tag);

typedef struct HtmlBlock {
    Str text;                                /* white space folded; a lone <br> is a line end */
    const HtmlNode *node;                    /* the innermost box around it */
    uint32_t words, link_words;              /* a Chinese or Japanese word is two characters */
} HtmlBlock;

typedef struct HtmlBlocks { HtmlBlock *ptr; size_t len, cap; } HtmlBlocks;

/* In document order.  Scripts, menus of choices, buttons and drawings are no text. */
void html_cut_blocks(const HtmlNode *root, Arena *arena, HtmlBlocks *out);

/* The texts of the blocks, a blank line between; keep NULL: all of them. */
Str html_join_blocks(const HtmlBlocks *blocks, const bool *keep, Arena *arena);

/* Text as it is meant: white space folded, invisible characters gone, C1 controls read as Windows-1252. */
Str html_fold_space(Str text, Arena *arena);

/*
 * Meta elements, JSON-LD, time elements, the address and the lines round the headline; all but out->text.
 * *linked_body is the article as the page's own JSON-LD has it, or STR_NONE.
 */
void html_read_meta(const HtmlTree *tree, const HtmlBlocks *blocks, Arena *arena, HtmlPage *out, Str *linked_body);

/* The paragraphs of the article. */
Str html_find_article(const HtmlTree *tree, const HtmlBlocks *blocks, Str title, Arena *arena);

#endif
