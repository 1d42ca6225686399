#include "read/html_tree.h"

#include "base/utf8.h"

#include <string.h>

typedef enum Sign { SIGN_NONE, SIGN_WEAK, SIGN_STRONG } Sign;

/* What the words in class and id say of an element: not the article's text, perhaps or surely.  `*`: any ending. */
typedef struct SignWord { const char *word; Sign sign; } SignWord;

static const SignWord sign_words[] = {
    { "ad", SIGN_STRONG }, { "ads", SIGN_STRONG }, { "adv", SIGN_STRONG }, { "advert*", SIGN_STRONG },
    { "adsense", SIGN_STRONG }, { "author", SIGN_WEAK }, { "authors", SIGN_WEAK }, { "authorinfo", SIGN_STRONG },
    { "banner", SIGN_STRONG }, { "bio", SIGN_STRONG }, { "breadcrumb*", SIGN_STRONG }, { "byline*", SIGN_STRONG },
    { "caption*", SIGN_STRONG }, { "carousel", SIGN_STRONG }, { "comment", SIGN_STRONG }, { "comments*", SIGN_STRONG },
    { "commentlist", SIGN_STRONG }, { "commenting", SIGN_STRONG }, { "consent", SIGN_STRONG }, { "cookie*", SIGN_STRONG },
    { "copyright", SIGN_STRONG }, { "credit*", SIGN_STRONG }, { "cta", SIGN_WEAK }, { "disclaimer", SIGN_WEAK },
    { "disqus*", SIGN_STRONG }, { "donat*", SIGN_STRONG }, { "footer", SIGN_STRONG }, { "gallery", SIGN_WEAK },
    { "gdpr", SIGN_STRONG }, { "hidden", SIGN_WEAK }, { "jump", SIGN_WEAK }, { "login*", SIGN_STRONG },
    { "masthead", SIGN_STRONG }, { "menu*", SIGN_STRONG }, { "meta", SIGN_WEAK }, { "metadata", SIGN_WEAK },
    { "modal", SIGN_STRONG }, { "more", SIGN_WEAK }, { "most", SIGN_STRONG }, { "nav", SIGN_STRONG }, { "navbar", SIGN_STRONG },
    { "navigation", SIGN_STRONG }, { "newsletter*", SIGN_STRONG }, { "next", SIGN_WEAK }, { "outbrain*", SIGN_STRONG },
    { "pager", SIGN_STRONG }, { "pagination", SIGN_STRONG }, { "paywall", SIGN_WEAK }, { "player", SIGN_WEAK },
    { "poll", SIGN_STRONG }, { "popular*", SIGN_STRONG }, { "popup", SIGN_STRONG }, { "prev", SIGN_WEAK },
    { "print", SIGN_WEAK }, { "promo*", SIGN_STRONG }, { "pullquote", SIGN_STRONG }, { "rating*", SIGN_WEAK },
    { "readmore", SIGN_STRONG }, { "recirc*", SIGN_STRONG }, { "recommend*", SIGN_STRONG }, { "register", SIGN_WEAK },
    { "related*", SIGN_STRONG }, { "search", SIGN_WEAK }, { "share*", SIGN_STRONG }, { "sharing", SIGN_STRONG },
    { "sidebar*", SIGN_STRONG }, { "signup", SIGN_STRONG }, { "skip", SIGN_WEAK }, { "slideshow", SIGN_WEAK },
    { "social*", SIGN_STRONG }, { "sponsor*", SIGN_STRONG }, { "subscri*", SIGN_STRONG }, { "taboola*", SIGN_STRONG },
    { "tags", SIGN_STRONG }, { "teaser*", SIGN_STRONG }, { "timestamp", SIGN_STRONG }, { "toc", SIGN_WEAK },
    { "toolbar", SIGN_STRONG }, { "tools", SIGN_WEAK }, { "tooltip", SIGN_STRONG }, { "trending*", SIGN_STRONG },
    { "video", SIGN_WEAK }, { "widget*", SIGN_WEAK }, { "zergnet", SIGN_STRONG },
};

/* Two words of a class that together name the box around the article. */
static const char *const body_words[][2] = {
    { "article", "body" }, { "article", "content" }, { "article", "text" }, { "entry", "content" }, { "post", "content" },
    { "post", "body" }, { "post", "text" }, { "story", "body" }, { "story", "content" }, { "story", "text" },
    { "content", "body" }, { "body", "content" }, { "body", "copy" }, { "article", "copy" }, { "news", "text" },
    { "entry", "body" }, { "main", "text" }, { "body", "text" },
};

enum {
    SENTENCE_WORDS = 4,                      /* a shorter line that ends like a sentence is not counted as one */
    PARAGRAPH_WORDS = 12,                    /* running text even without a full stop */
    BYLINE_WORDS = 10,
    DATE_LINE_WORDS = 7,                     /* a line with little but the date */
    END_WORDS = 8,
    ARTICLE_WORDS = 80,                      /* good ones; with fewer an element is not the article */
};

/* ---- what an element says of itself ------------------------------------------------- */

static bool matches(const char *word, Str token)
{
    size_t len = strlen(word);
    if (word[len - 1] == '*')
        return token.len >= len - 1 && memcmp(token.ptr, word, len - 1) == 0;
    return token.len == len && memcmp(token.ptr, word, len) == 0;
}

/* The next word of "article-body", "articleBody", "article_body"; lower case in out. */
static bool next_token(Str *rest, char *out, size_t out_bytes, Str *token)
{
    size_t at = 0, len = 0;
    if (!rest->len)
        return false;
    while (at < rest->len && !((rest->ptr[at] | 32) >= 'a' && (rest->ptr[at] | 32) <= 'z'))
        at++;
    for (bool lower_before = false; at < rest->len; at++) {
        char c = rest->ptr[at], low = (char)(c | 32);
        if (low < 'a' || low > 'z' || (lower_before && c != low))
            break;
        lower_before = c == low;
        if (len < out_bytes)
            out[len++] = low;
    }
    *rest = (Str){ rest->ptr + at, rest->len - at };
    *token = (Str){ out, len };
    return len > 0;
}

static Sign sign_of_names(Str names)
{
    Sign sign = SIGN_NONE;
    char buffer[32];
    for (Str token; sign != SIGN_STRONG && next_token(&names, buffer, sizeof buffer, &token);)
        for (size_t i = 0; i < BASE_COUNT(sign_words); i++)
            if (sign_words[i].word[0] == token.ptr[0] && sign_words[i].sign > sign && matches(sign_words[i].word, token))
                sign = sign_words[i].sign;
    return sign;
}

static bool is_hidden(const HtmlNode *node)
{
    Str style = html_attribute(node, HTML_STYLE_OF);
    size_t display = str_find(style, STR("display"), 0);
    return html_attribute(node, HTML_HIDDEN).ptr || str_equal(html_attribute(node, HTML_ARIA_HIDDEN), STR("true")) ||
           (display < style.len && str_find(style, STR("none"), display) < style.len);
}

static Sign sign_of(const HtmlNode *node)
{
    static const Str roles[] = { STR_INIT("navigation"), STR_INIT("complementary"), STR_INIT("contentinfo"),
                                 STR_INIT("banner"), STR_INIT("dialog"), STR_INIT("search"), STR_INIT("note") };
    switch (node->tag) {
    case HTML_NAV: case HTML_FOOTER: case HTML_ASIDE: case HTML_FIGCAPTION: case HTML_FIGURE:
        return SIGN_STRONG;
    default:
        break;
    }
    Str role = html_attribute(node, HTML_ROLE);
    for (size_t i = 0; i < BASE_COUNT(roles); i++)
        if (str_equal(role, roles[i]))
            return SIGN_STRONG;
    Sign by_class = sign_of_names(html_attribute(node, HTML_CLASS)), by_id = sign_of_names(html_attribute(node, HTML_ID));
    Sign sign = by_class > by_id ? by_class : by_id;
    if (sign != SIGN_STRONG && is_hidden(node))
        return SIGN_STRONG;
    return sign == SIGN_NONE && (node->tag == HTML_HEADER || node->tag == HTML_FORM) ? SIGN_WEAK : sign;
}

static bool names_body(Str names)
{
    char buffers[2][32];
    Str before = STR_NONE, token;
    for (int n = 0; next_token(&names, buffers[n & 1], sizeof buffers[0], &token); n++, before = token)
        for (size_t i = 0; i < BASE_COUNT(body_words); i++)
            if ((matches(body_words[i][0], before) && matches(body_words[i][1], token)) ||
                (token.len == strlen(body_words[i][0]) + strlen(body_words[i][1]) &&
                 str_starts(token, str_from(body_words[i][0])) && str_ends(token, str_from(body_words[i][1]))))
                return true;
    return false;
}

static bool is_article_body(const HtmlNode *node)
{
    Str prop = html_attribute(node, HTML_ITEMPROP);
    return str_find(prop, STR("articleBody"), 0) < prop.len || names_body(html_attribute(node, HTML_CLASS)) ||
           names_body(html_attribute(node, HTML_ID));
}

/* ---- what a block's text says ---------------------------------------------------------- */

/* Lines that pages put between the paragraphs, told by how they start; not longer than so many words. */
static const struct { const char *start; uint32_t words; } furniture[] = {
    { "advert", 3 }, { "advertisement", 12 }, { "ad feedback", 3 }, { "read more", 40 }, { "read also", 40 },
    { "also read", 40 }, { "read next", 40 }, { "read:", 40 }, { "related:", 40 }, { "related stor", 10 },
    { "related article", 10 }, { "see also", 40 }, { "more:", 40 }, { "more on ", 8 }, { "more from ", 8 },
    { "sign up ", 40 }, { "subscribe", 40 }, { "follow us", 40 }, { "share this", 20 }, { "share on", 8 },
    { "click here", 25 }, { "copyright \xC2\xA9", 60 }, { "copyright (c)", 60 }, { "copyright 20", 60 }, { "copyright 19", 60 }, { "(c) ", 30 }, { "\xC2\xA9", 60 }, { "photo:", 40 }, { "photos:", 40 },
    { "photograph:", 40 }, { "image:", 40 }, { "image credit", 20 }, { "image copyright", 20 }, { "image caption", 40 },
    { "media caption", 40 }, { "credit:", 20 }, { "photo credit", 20 }, { "caption:", 60 }, { "video:", 25 }, { "watch:", 25 },
    { "listen:", 25 }, { "have a tip", 40 }, { "got a tip", 40 }, { "send tips", 40 }, { "get the latest", 40 },
    { "get our ", 30 }, { "download our", 30 }, { "download the ", 14 }, { "join the conversation", 20 },
    { "join the discussion", 20 }, { "comments", 3 }, { "leave a comment", 10 }, { "leave a reply", 10 },
    { "terms of use", 12 }, { "privacy policy", 12 }, { "continue reading", 14 }, { "story continues", 8 },
    { "article continues", 8 }, { "recommended", 5 }, { "what to read next", 10 }, { "scroll down", 12 },
    { "tap here", 20 }, { "skip ", 6 }, { "loading", 3 }, { "tags:", 40 }, { "topics:", 40 }, { "filed under", 40 },
    { "posted in", 30 }, { "categories:", 40 }, { "you may also", 10 }, { "don't miss", 20 }, { "don\xE2\x80\x99t miss", 20 },
    { "like us on", 20 }, { "find us on", 20 }, { "note: we are", 40 }, { "this article originally", 30 },
    { "this story was originally", 30 }, { "this post was originally", 30 }, { "this article was originally", 30 },
    { "share", 2 }, { "tweet", 2 }, { "print", 2 }, { "email", 2 }, { "save", 2 }, { "reply", 2 }, { "report", 1 },
    { "tell us what you think", 10 }, { "about the author", 6 }, { "something went wrong", 12 }, { "please enable", 30 },
    { "your browser", 30 }, { "this video is no longer", 12 }, { "check out more", 20 }, { "if you enjoyed", 30 },
};

/* Words that only captions, small print and calls to follow have, as they are written there; not longer than so many words. */
static const struct { const char *part; uint32_t words; } furniture_parts[] = {
    { "ll rights reserved", 60 }, { "(Image:", 50 }, { "(Photo:", 50 }, { "(Photo by", 60 }, { "(Picture:", 50 }, { "Photograph:", 50 },
    { "/Getty Images", 50 }, { "via Getty", 50 }, { "/Getty", 50 }, { "(Getty Images", 50 }, { "(AP Photo", 80 }, { "AFP via", 50 },
    { "REUTERS/", 50 }, { "Photo credit", 50 }, { "Image credit", 50 }, { "on Twitter at", 40 }, { "on Twitter @", 40 },
    { "our newsletter", 40 }, { "ewsletter here", 40 }, { "newsletters.", 25 }, { "to our daily", 30 }, { "may be reached at", 40 },
    { "can be reached at", 40 }, { "affiliate links", 40 }, { "ookie policy", 40 }, { "e use cookies", 80 },
    { "ay not be published, broadcast", 40 }, { "on Facebook, Twitter", 25 }, { "Follow us on", 40 }, { "section on Facebook", 40 },
};

/* Headings, or lines like one, behind which nothing of the article comes. */
static const char *const end_starts[] = {
    "related", "more stories", "more from", "more great", "more on this", "more news", "more in ", "comments", "top rated comments",
    "leave a reply", "leave a comment", "recommended", "read next", "read more", "you may also", "you might also", "most read",
    "most popular", "most viewed", "most shared", "trending", "about the author", "about us", "newsletter", "sign up",
    "popular", "latest news", "latest stories", "latest from", "share this", "what to read", "what's next", "don't miss",
    "also on", "also in", "around the web", "from the web", "promoted", "sponsored", "post a comment", "add a comment",
    "join the conversation", "view comments", "show comments", "see more", "editor's picks", "top stories", "elsewhere",
    "up next", "get the newsletter", "subscribe", "featured", "other stories", "similar articles", "keep reading",
};

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Whole words: "subscribe" is no start of "Subscribers". */
static bool starts_with_words(Str text, Str start)
{
    return str_starts_nocase(text, start) &&
           !(text.len > start.len && is_letter(text.ptr[start.len]) && is_letter(start.ptr[start.len - 1]));
}

static bool ends_sentence(Str text)
{
    static const Str ends[] = { STR_INIT("."), STR_INIT("!"), STR_INIT("?"), STR_INIT(":"), STR_INIT("\xE2\x80\xA6"),
                                STR_INIT("\xE3\x80\x82") };
    static const Str closing[] = { STR_INIT("\""), STR_INIT("'"), STR_INIT(")"), STR_INIT("]"), STR_INIT("\xE2\x80\x9D"),
                                   STR_INIT("\xE2\x80\x99"), STR_INIT("\xC2\xBB") };
    for (size_t i = 0; i < BASE_COUNT(closing); i++)
        if (str_ends(text, closing[i]))
            text.len -= closing[i].len;
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        if (str_ends(text, ends[i]))
            return true;
    return false;
}

static bool is_furniture(const HtmlBlock *block)
{
    Date date;
    bool line = block->words <= BYLINE_WORDS && !ends_sentence(block->text) && block->node->tag != HTML_TR;
    if (line && (starts_with_words(block->text, STR("by ")) ||
                 (block->words <= DATE_LINE_WORDS && date_find(block->text, &date, &(size_t){ 0 }))))
        return true;
    for (size_t i = 0; i < BASE_COUNT(furniture); i++)
        if (block->words <= furniture[i].words && starts_with_words(block->text, str_from(furniture[i].start)))
            return true;
    for (size_t i = 0; i < BASE_COUNT(furniture_parts); i++)
        if (block->words <= furniture_parts[i].words &&
            str_find(block->text, str_from(furniture_parts[i].part), 0) < block->text.len)
            return true;
    return false;
}

static bool is_end(const HtmlBlock *block)
{
    if (block->words > END_WORDS || (ends_sentence(block->text) && !html_is_heading(block->node->tag)))
        return false;
    for (size_t i = 0; i < BASE_COUNT(end_starts); i++)
        if (starts_with_words(block->text, str_from(end_starts[i])))
            return true;
    return false;
}

static const HtmlNode *enclosing(const HtmlNode *node, HtmlTag tag)
{
    while (node && node->tag != tag)
        node = node->parent;
    return node;
}

/* Words that speak for a block, or against it. */
static float weigh(const HtmlBlock *block)
{
    float words = (float)block->words, links = (float)block->link_words;
    if (enclosing(block->node, HTML_BLOCKQUOTE))
        return words;
    if (links > words / 2)
        return -links - 1;
    if (block->node->tag == HTML_TR)
        return words / 4;
    if (html_is_heading(block->node->tag) || is_furniture(block))
        return 0;
    if (block->words >= PARAGRAPH_WORDS || (block->words >= SENTENCE_WORDS && ends_sentence(block->text)))
        return words - (block->node->tag == HTML_LI ? 4 : 2) * links;
    return -words / 2 - 1;
}

/* ---- choosing --------------------------------------------------------------------------- */

typedef struct Weigher {
    const HtmlTree *tree;
    const HtmlBlocks *blocks;
    const HtmlNode *headline;                /* the heading that is the title, or NULL */
    float *weight;                           /* of each block */
    bool *dropped;                           /* of each block: not the article's, whatever it weighs */
    bool *drop;                              /* of each node: so for all blocks inside */
    float *behind;                           /* of each block: what speaks for it and the ones behind it */
    float *good;                             /* of each node: words of good blocks inside that are not dropped */
    float *gain;                             /* of each node: weights of blocks inside that are not dropped */
} Weigher;

static void add_up(float *sums, const HtmlNode *node, float weight)
{
    for (; node; node = node->parent)
        sums[node->index] += weight;
}

static bool is_inside(const HtmlNode *node, const HtmlNode *outer)
{
    while (node && node != outer)
        node = node->parent;
    return node != NULL;
}

static bool has_inside(const HtmlNode *node, HtmlTag tag)
{
    for (const HtmlNode *child = node->first; child; child = child->next)
        if (child->tag == tag || has_inside(child, tag))
            return true;
    return false;
}

/* A post of somebody's that the article shows. */
static bool is_embedded_quotation(const HtmlNode *node)
{
    static const Str boxes[] = { STR_INIT("embed"), STR_INIT("video"), STR_INIT("media") };
    Str names = html_attribute(node, HTML_CLASS);
    bool named = node->tag == HTML_FIGURE;
    for (size_t i = 0; i < BASE_COUNT(boxes); i++)
        named |= str_find(names, boxes[i], 0) < names.len;
    return named && has_inside(node, HTML_BLOCKQUOTE);
}

/* Elements whose names say that they are none of the article's, unless most of the text is in them. */
static void drop_signed(Weigher *weigher, const HtmlNode *node)
{
    float total = weigher->good[weigher->tree->root->index] + 1;
    for (const HtmlNode *child = node->first; child; child = child->next) {
        if (child->tag == HTML_TEXT)
            continue;
        Sign sign = sign_of(child);
        float share = weigher->good[child->index] / total;
        bool has_headline = weigher->headline && is_inside(weigher->headline, child) && weigher->good[child->index] > ARTICLE_WORDS;
        if (sign != SIGN_NONE && share < (sign == SIGN_STRONG ? .7f : .3f) && !has_headline && !is_embedded_quotation(child))
            weigher->drop[child->index] = true;
        else
            drop_signed(weigher, child);
    }
}

/* The article element with the most text, and how much the next one has. */
static void find_largest(const Weigher *weigher, const HtmlNode *node, const HtmlNode **largest, float *second)
{
    for (const HtmlNode *child = node->first; child; child = child->next) {
        if (child->tag == HTML_TEXT || weigher->drop[child->index])
            continue;
        if (child->tag != HTML_ARTICLE) {
            find_largest(weigher, child, largest, second);
            continue;
        }
        float good = weigher->good[child->index], before = *largest ? weigher->good[(*largest)->index] : 0;
        if (good > before)
            *largest = child;
        *second = good > before ? before : good > *second ? good : *second;
    }
}

static void sum_gains(Weigher *weigher)
{
    const HtmlBlocks *blocks = weigher->blocks;
    memset(weigher->gain, 0, weigher->tree->n_nodes * sizeof *weigher->gain);
    memset(weigher->good, 0, weigher->tree->n_nodes * sizeof *weigher->good);
    for (size_t i = 0; i < blocks->len; i++) {
        if (weigher->dropped[i])
            continue;
        add_up(weigher->gain, blocks->ptr[i].node, weigher->weight[i]);
        if (weigher->weight[i] > 0)
            add_up(weigher->good, blocks->ptr[i].node, weigher->weight[i]);
    }
}

static float gain_of(const Weigher *weigher, const HtmlNode *node)
{
    return weigher->gain[node->index] * (is_article_body(node) ? 1.3f : 1);
}

static const HtmlNode *choose_box(const Weigher *weigher, const HtmlNode *node)
{
    const HtmlNode *best = node;
    float best_gain = gain_of(weigher, node);
    for (const HtmlNode *child = node->first; child; child = child->next) {
        if (child->tag == HTML_TEXT || weigher->good[child->index] <= 0 || weigher->good[child->index] * 1.3f < best_gain)
            continue;                        /* nothing inside can gain more than it has good words */
        const HtmlNode *inner = choose_box(weigher, child);
        if (gain_of(weigher, inner) >= best_gain) {
            best = inner;
            best_gain = gain_of(weigher, inner);
        }
    }
    return best;
}

/* Blocks before the headline and the headline itself, where most of the text in the box comes behind it. */
static bool drop_before_headline(Weigher *weigher, const HtmlNode *box, Str title)
{
    const HtmlBlocks *blocks = weigher->blocks;
    float *behind = weigher->behind;
    behind[blocks->len] = 0;
    for (size_t i = blocks->len; i-- > 0;) {
        bool counts = !weigher->dropped[i] && weigher->weight[i] > 0 && is_inside(blocks->ptr[i].node, box);
        behind[i] = behind[i + 1] + (counts ? weigher->weight[i] : 0);
    }
    for (size_t i = 0; i < blocks->len && behind[i] > behind[0] / 2; i++)
        if (html_is_heading(blocks->ptr[i].node->tag) && str_equal_nocase(blocks->ptr[i].text, title)) {
            memset(weigher->dropped, true, i + 1);
            return true;
        }
    return false;
}

/* ---- what stays ---------------------------------------------------------------------------- */

static void choose_blocks(const Weigher *weigher, const HtmlNode *box, Str title, bool *keep)
{
    const HtmlBlocks *blocks = weigher->blocks;
    size_t first = blocks->len, last = 0;
    float total = 0, sum = 0;
    for (size_t i = 0; i < blocks->len; i++) {
        keep[i] = !weigher->dropped[i] && is_inside(blocks->ptr[i].node, box);
        if (keep[i] && weigher->weight[i] > 0)
            total += weigher->weight[i];
    }
    bool ended = false;
    for (size_t i = 0; i < blocks->len; i++) {
        const HtmlBlock *block = &blocks->ptr[i];
        if (!keep[i])
            continue;
        float weight = weigher->weight[i];
        ended = ended || (sum > total * .85f && is_end(block));
        bool heading = html_is_heading(block->node->tag);
        bool short_line = weight < 0 && block->link_words * 2 <= block->words &&
                          (block->words > 4 || (block->node->tag != HTML_DIV && block->node->tag != HTML_SECTION));
        keep[i] = !ended && (weight > 0 || (heading && !is_furniture(block)) || short_line) && !is_furniture(block) &&
                  !(heading && str_equal_nocase(block->text, title));
        if (keep[i] && weight > 0) {
            sum += weight;
            first = first < i ? first : i;
            last = i;
        }
    }
    for (size_t i = 0; i < blocks->len; i++)
        keep[i] = i <= last && keep[i] && (i >= first || html_is_heading(blocks->ptr[i].node->tag));
    /* A heading with nothing of its own behind it stood over something that is gone. */
    for (size_t i = 0; i < blocks->len; i++) {
        if (!keep[i] || !html_is_heading(blocks->ptr[i].node->tag))
            continue;
        size_t next = i + 1;
        while (next < blocks->len && !keep[next] && blocks->ptr[next].link_words * 2 <= blocks->ptr[next].words)
            next++;
        keep[i] = next < blocks->len && keep[next];
    }
}

Str html_find_article(const HtmlTree *tree, const HtmlBlocks *blocks, Str title, Arena *arena)
{
    Weigher weigher = {
        .tree = tree, .blocks = blocks,
        .weight = ARENA_ARRAY(arena, float, blocks->len + 1), .dropped = ARENA_ARRAY(arena, bool, blocks->len + 1),
        .behind = ARENA_ARRAY(arena, float, blocks->len + 1),
        .drop = ARENA_ARRAY(arena, bool, tree->n_nodes), .good = ARENA_ARRAY(arena, float, tree->n_nodes),
        .gain = ARENA_ARRAY(arena, float, tree->n_nodes),
    };
    for (size_t i = 0; i < blocks->len; i++) {
        weigher.weight[i] = weigh(&blocks->ptr[i]);
        if (weigher.weight[i] > 0)
            add_up(weigher.good, blocks->ptr[i].node, weigher.weight[i]);
        if (!weigher.headline && html_is_heading(blocks->ptr[i].node->tag) && str_equal_nocase(blocks->ptr[i].text, title))
            weigher.headline = blocks->ptr[i].node;
    }
    drop_signed(&weigher, tree->root);
    const HtmlNode *top = tree->root, *largest = NULL;
    float second = 0;
    find_largest(&weigher, tree->root, &largest, &second);
    if (largest && weigher.good[largest->index] > ARTICLE_WORDS && weigher.good[largest->index] > 2 * second)
        top = largest;
    for (size_t i = 0; i < blocks->len; i++)
        for (const HtmlNode *node = blocks->ptr[i].node; node && !weigher.dropped[i]; node = node->parent)
            weigher.dropped[i] = weigher.drop[node->index];
    sum_gains(&weigher);
    const HtmlNode *box = choose_box(&weigher, top);
    if (drop_before_headline(&weigher, box, title)) {
        sum_gains(&weigher);
        box = choose_box(&weigher, top);
    }
    bool *keep = ARENA_ARRAY(arena, bool, blocks->len + 1);
    choose_blocks(&weigher, box, title, keep);
    return html_join_blocks(blocks, keep, arena);
}
