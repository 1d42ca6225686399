#include "read/html_tree.h"

#include "base/json.h"

#include <string.h>

enum {
    LD_DEPTH = 6,                    /* @graph, mainEntity and arrays within each other */
    NEAR_BLOCKS = 12,                /* around the headline, where a byline may have the date */
    DATE_BLOCK_WORDS = 30,
    TITLE_BYTES = 400,
};

static bool find_date(Str text, Date *out)
{
    return date_parse_stamp(text, out) || date_find(text, out, &(size_t){ 0 });
}

/* ---- JSON-LD ----------------------------------------------------------------------------- */

typedef struct LinkedData {
    Str headline, body, publisher, url;
    Date published;
} LinkedData;

static bool is_article_type(const Json *object, Arena *arena)
{
    static const Str endings[] = { STR_INIT("Article"), STR_INIT("Posting"), STR_INIT("Report"), STR_INIT("Review") };
    const Json *type = json_member(object, "@type");
    Str name = type && json_is_array(type) && json_length(type) ? json_string_value(json_at(type, 0), arena)
                                                                 : json_string(object, "@type", arena);
    for (size_t i = 0; i < BASE_COUNT(endings); i++)
        if (str_ends(name, endings[i]))
            return true;
    return false;
}

static Str name_in(const Json *object, const char *name, Arena *arena)
{
    const Json *inner = json_member(object, name);
    if (inner && json_is_array(inner))
        inner = json_at(inner, 0);
    return !inner ? STR_NONE : json_is_object(inner) ? json_string(inner, "name", arena) : json_string_value(inner, arena);
}

static void take(Str *to, Str value)
{
    if (!to->ptr && str_trim(value).len)
        *to = str_trim(value);
}

static void read_object(const Json *json, int depth, Arena *arena, LinkedData *out)
{
    if (depth > LD_DEPTH || !json)
        return;
    if (json_is_array(json)) {
        for (const Json *item = json_at(json, 0); item; item = json_next(item))
            read_object(item, depth + 1, arena, out);
        return;
    }
    if (!json_is_object(json))
        return;
    if (is_article_type(json, arena)) {
        take(&out->headline, json_string(json, "headline", arena));
        take(&out->body, json_string(json, "articleBody", arena));
        take(&out->publisher, name_in(json, "publisher", arena));
        take(&out->url, json_string(json, "url", arena));
        if (out->published == DATE_UNKNOWN)
            find_date(json_string(json, "datePublished", arena), &out->published);
    }
    static const char *const inner[] = { "@graph", "mainEntity", "mainEntityOfPage" };
    for (size_t i = 0; i < BASE_COUNT(inner); i++)
        read_object(json_member(json, inner[i]), depth + 1, arena, out);
}

/* Of JSON that is broken, the one thing that can be told without a parser. */
static void read_broken(Str text, LinkedData *out)
{
    size_t at = str_find(text, STR("\"datePublished\""), 0) + STR("\"datePublished\"").len;
    if (at < text.len && out->published == DATE_UNKNOWN)
        find_date((Str){ text.ptr + at, text.len - at < 40 ? text.len - at : 40 }, &out->published);
}

static void read_linked_data(Str text, Arena *arena, LinkedData *out)
{
    size_t from = 0, to = text.len;          /* comment marks round it protect old browsers */
    while (from < to && text.ptr[from] != '{' && text.ptr[from] != '[')
        from++;
    while (to > from && text.ptr[to - 1] != '}' && text.ptr[to - 1] != ']')
        to--;
    Str value = { text.ptr + from, to - from };
    Json *json;
    if (json_parse(value, &json, NULL)) {
        read_object(json, 0, arena, out);
        json_free(json);
    } else {
        read_broken(value, out);
    }
}

/* ---- elements ------------------------------------------------------------------------------ */

/* What an element may be a candidate for, in the order of trust. */
typedef enum Field {
    FIELD_TITLE, FIELD_TITLE_ELEMENT, FIELD_SOURCE, FIELD_URL, FIELD_OG_URL, FIELD_LANGUAGE, FIELD_DATE, FIELD_DATE_LOOSE,
    FIELD_COUNT,
} Field;

typedef struct Finder {
    Arena *arena;
    Str found[FIELD_COUNT];
    LinkedData linked;
    Date prop, time, first_time;     /* itemprop, the first time element behind the headline, the first of all */
    bool behind_headline;
} Finder;

static const struct { const char *name; Field field; } metas[] = {
    { "og:title", FIELD_TITLE }, { "twitter:title", FIELD_TITLE }, { "dc.title", FIELD_TITLE }, { "headline", FIELD_TITLE },
    { "og:site_name", FIELD_SOURCE }, { "application-name", FIELD_SOURCE }, { "dc.publisher", FIELD_SOURCE },
    { "publisher", FIELD_SOURCE },
    { "og:url", FIELD_OG_URL },
    { "content-language", FIELD_LANGUAGE }, { "dc.language", FIELD_LANGUAGE }, { "og:locale", FIELD_LANGUAGE },
    { "article:published_time", FIELD_DATE }, { "og:article:published_time", FIELD_DATE },
    { "article:published", FIELD_DATE }, { "datepublished", FIELD_DATE }, { "og:published_time", FIELD_DATE },
    { "rnews:datepublished", FIELD_DATE }, { "bt:pubdate", FIELD_DATE }, { "parsely-pub-date", FIELD_DATE },
    { "sailthru.date", FIELD_DATE }, { "pubdate", FIELD_DATE }, { "publishdate", FIELD_DATE }, { "publish-date", FIELD_DATE },
    { "publish_date", FIELD_DATE }, { "published", FIELD_DATE }, { "published_at", FIELD_DATE },
    { "publication_date", FIELD_DATE }, { "article_date_original", FIELD_DATE }, { "originalpublicationdate", FIELD_DATE },
    { "cxenseparse:recs:publishtime", FIELD_DATE }, { "ptime", FIELD_DATE }, { "article.published", FIELD_DATE },
    { "dc.date.issued", FIELD_DATE }, { "dcterms.issued", FIELD_DATE }, { "dcterms.created", FIELD_DATE },
    { "dc.date.created", FIELD_DATE }, { "dc.date", FIELD_DATE_LOOSE }, { "dcterms.date", FIELD_DATE_LOOSE },
    { "date", FIELD_DATE_LOOSE }, { "created", FIELD_DATE_LOOSE }, { "timestamp", FIELD_DATE_LOOSE },
};

static void read_meta_element(Finder *finder, const HtmlNode *node)
{
    static const HtmlName keys[] = { HTML_PROPERTY, HTML_NAME, HTML_ITEMPROP };
    Str content = html_attribute(node, HTML_CONTENT);
    Date date;
    for (size_t k = 0; k < BASE_COUNT(keys); k++) {
        Str key = html_attribute(node, keys[k]);
        for (size_t i = 0; key.len && i < BASE_COUNT(metas); i++) {
            bool is_date = metas[i].field == FIELD_DATE || metas[i].field == FIELD_DATE_LOOSE;
            if (str_equal_nocase(key, str_from(metas[i].name)) && (!is_date || find_date(content, &date)))
                take(&finder->found[metas[i].field], content);
        }
    }
}

static Str folded_inside(Finder *finder, const HtmlNode *node)
{
    return html_fold_space(html_raw_text(node, finder->arena), finder->arena);
}

/* The day that an element gives: as an attribute, else as its text. */
static Date date_of(Finder *finder, const HtmlNode *node)
{
    Date date = DATE_UNKNOWN;
    if (!find_date(html_attribute(node, HTML_DATETIME), &date) && !find_date(html_attribute(node, HTML_CONTENT), &date))
        find_date(folded_inside(finder, node), &date);
    return date;
}

static void read_element(Finder *finder, const HtmlNode *node)
{
    Str *found = finder->found, prop = html_attribute(node, HTML_ITEMPROP);
    switch (node->tag) {
    case HTML_HTML:
        take(&found[FIELD_LANGUAGE], html_attribute(node, HTML_LANG));
        break;
    case HTML_META:
        read_meta_element(finder, node);
        break;
    case HTML_LINK:
        if (str_equal_nocase(html_attribute(node, HTML_REL), STR("canonical")))
            take(&found[FIELD_URL], html_attribute(node, HTML_HREF));
        break;
    case HTML_SCRIPT:
        if (node->first)
            read_linked_data(html_raw_text(node, finder->arena), finder->arena, &finder->linked);
        break;
    case HTML_TITLE:
        take(&found[FIELD_TITLE_ELEMENT], folded_inside(finder, node));
        break;
    case HTML_H1:
        finder->behind_headline = true;
        break;
    case HTML_TIME:
        if (finder->first_time == DATE_UNKNOWN)
            finder->first_time = date_of(finder, node);
        if (finder->behind_headline && finder->time == DATE_UNKNOWN)
            finder->time = date_of(finder, node);
        break;
    default:
        break;
    }
    if (finder->prop == DATE_UNKNOWN && node->tag != HTML_META && str_find(prop, STR("datePublished"), 0) < prop.len)
        finder->prop = date_of(finder, node);
}

static void read_elements(Finder *finder, const HtmlNode *node)
{
    for (; node; node = node->next) {
        if (node->tag != HTML_TEXT)
            read_element(finder, node);
        read_elements(finder, node->first);
    }
}

/* ---- title and source ------------------------------------------------------------------------ */

/* "Port open | The Bay Herald": the last piece behind a mark that sites put before their name. */
static bool split_site(Str title, Str *head, Str *site)
{
    static const Str marks[] = { STR_INIT(" | "), STR_INIT(" - "), STR_INIT(" \xE2\x80\x93 "), STR_INIT(" \xE2\x80\x94 "),
                                 STR_INIT(" \xC2\xBB "), STR_INIT(" :: "), STR_INIT(" \xC2\xB7 ") };
    size_t best = 0, mark_bytes = 0;
    *head = *site = STR_NONE;
    if (!title.len)
        return false;
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        for (size_t at = 0; (at = str_find(title, marks[i], at)) < title.len; at++)
            if (at > best) {
                best = at;
                mark_bytes = marks[i].len;
            }
    *head = str_trim((Str){ title.ptr, best });
    *site = str_trim((Str){ title.ptr + best + mark_bytes, title.len - best - mark_bytes });
    return best > 0 && head->len > site->len;
}

static bool holds(Str text, Str part)
{
    return part.len && str_find(text, part, 0) < text.len;
}

/* The host of an address without its www. */
static Str host_of(Str url)
{
    size_t at = str_find(url, STR("://"), 0);
    if (at == url.len)
        return STR_NONE;
    Str host = { url.ptr + at + 3, url.len - at - 3 };
    host.len = str_find(host, STR("/"), 0);
    if (str_starts(host, STR("www.")))
        host = (Str){ host.ptr + 4, host.len - 4 };
    return host.len ? host : STR_NONE;
}

static Str choose_title(const Finder *finder, const HtmlBlocks *blocks, Str *site)
{
    Str whole = finder->found[FIELD_TITLE_ELEMENT], title = finder->found[FIELD_TITLE], head, tail;
    bool split = split_site(whole, &head, &tail);
    *site = split ? tail : STR_NONE;
    take(&title, finder->linked.headline);
    /* The headline on the page is whole, and has no site's name, where what the head of the page says confirms it. */
    for (size_t i = 0; i < blocks->len; i++) {
        const HtmlBlock *block = &blocks->ptr[i];
        if (block->node->tag == HTML_H1 && block->words > 2 && block->text.len <= TITLE_BYTES &&
            (holds(whole, block->text) || holds(title, block->text)) && !str_equal_nocase(block->text, *site) &&
            !str_equal_nocase(block->text, finder->found[FIELD_SOURCE]))
            return block->text;
    }
    Str known = finder->found[FIELD_SOURCE];
    if (title.len && split_site(title, &head, &tail) && (str_equal_nocase(tail, known) || str_equal_nocase(tail, *site)))
        title = head;
    if (!title.len && split_site(whole, &head, &tail))
        title = head;
    take(&title, whole);
    for (size_t i = 0; i < blocks->len && !title.len; i++)
        if (blocks->ptr[i].node->tag == HTML_H1)
            title = blocks->ptr[i].text;
    return title.len && title.len <= TITLE_BYTES ? title : STR_NONE;
}

/* ---- the day --------------------------------------------------------------------------------- */

static bool is_plausible(Date date)
{
    int year, month, day;
    if (date == DATE_UNKNOWN)
        return false;
    date_to_civil(date, &year, &month, &day);
    return year >= 1980 && year < 2100;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "2025-feb-13" */
static bool parse_named_month(Str text, Date *out)
{
    if (text.len < 11 || text.ptr[4] != '-' || text.ptr[8] != '-' || !is_digit(text.ptr[9]) || !is_digit(text.ptr[10]))
        return false;
    int year = 0;
    for (int i = 0; i < 4; i++)
        year = year * 10 + (is_digit(text.ptr[i]) ? text.ptr[i] - '0' : 0);
    char month[3] = { (char)(text.ptr[5] | 32), (char)(text.ptr[6] | 32), (char)(text.ptr[7] | 32) };
    *out = date_from_civil(year, date_month_named((Str){ month, 3 }), (text.ptr[9] - '0') * 10 + text.ptr[10] - '0');
    return *out != DATE_UNKNOWN;
}

/* .../2025/02/13/..., .../2025/feb/13/..., ...-2025-02-13..., .../20250213/... */
static bool date_in_url(Str url, Date *out)
{
    char text[11] = { 0 };
    for (size_t at = 0; at + 8 <= url.len; at++) {
        if (!is_digit(url.ptr[at]) || (at > 0 && is_digit(url.ptr[at - 1])))
            continue;
        size_t len = url.len - at < sizeof text ? url.len - at : sizeof text;
        for (size_t i = 0; i < len; i++)
            text[i] = url.ptr[at + i] == '/' ? '-' : url.ptr[at + i];
        bool found = date_parse_stamp((Str){ text, len < 10 ? len : 10 }, out) ||
                     (!(len > 8 && is_digit(text[8])) && date_parse_stamp((Str){ text, 8 }, out)) ||
                     parse_named_month((Str){ text, len }, out);
        if (found && is_plausible(*out))
            return true;
    }
    return false;
}

/* "Published Feb. 13, 2025" in the short lines round the headline. */
static bool date_in_byline(const HtmlBlocks *blocks, Str title, Date *out)
{
    size_t headline = 0;
    while (headline < blocks->len && !str_equal(blocks->ptr[headline].text, title))
        headline++;
    if (headline == blocks->len)
        headline = 0;
    size_t end = headline + NEAR_BLOCKS < blocks->len ? headline + NEAR_BLOCKS : blocks->len;
    for (size_t i = headline; i < end; i++)
        if (blocks->ptr[i].words <= DATE_BLOCK_WORDS && find_date(blocks->ptr[i].text, out) && is_plausible(*out))
            return true;
    for (size_t i = headline; i-- > 0 && i + NEAR_BLOCKS / 2 > headline;)
        if (blocks->ptr[i].words <= DATE_BLOCK_WORDS && find_date(blocks->ptr[i].text, out) && is_plausible(*out))
            return true;
    return false;
}

static Date choose_date(const Finder *finder, const HtmlBlocks *blocks, Str url, Str title)
{
    Date meta = DATE_UNKNOWN, loose = DATE_UNKNOWN, other;
    find_date(finder->found[FIELD_DATE], &meta);
    find_date(finder->found[FIELD_DATE_LOOSE], &loose);
    bool shown = date_in_url(url, &other) || date_in_byline(blocks, title, &other);
    const Date stated[] = { finder->linked.published, meta, finder->prop };
    /* An evening's story has the next day in UTC: the day that readers see is the one that its words count from. */
    for (size_t i = 0; i < BASE_COUNT(stated); i++)
        if (is_plausible(stated[i]))
            return shown && other == stated[i] - 1 ? other : stated[i];
    if (shown)
        return other;
    const Date guessed[] = { finder->time, loose, finder->first_time };
    for (size_t i = 0; i < BASE_COUNT(guessed); i++)
        if (is_plausible(guessed[i]))
            return guessed[i];
    return DATE_UNKNOWN;
}

static bool is_address(Str url)
{
    return str_starts(url, STR("http://")) || str_starts(url, STR("https://"));
}

void html_read_meta(const HtmlTree *tree, const HtmlBlocks *blocks, Arena *arena, HtmlPage *out, Str *linked_body)
{
    Finder finder = {
        .arena = arena, .linked.published = DATE_UNKNOWN, .prop = DATE_UNKNOWN, .time = DATE_UNKNOWN,
        .first_time = DATE_UNKNOWN,
    };
    read_elements(&finder, tree->root);
    Str site;
    out->title = choose_title(&finder, blocks, &site);
    const Str urls[] = { finder.found[FIELD_URL], finder.found[FIELD_OG_URL], finder.linked.url, tree->saved_from };
    for (size_t i = 0; i < BASE_COUNT(urls); i++)
        if (is_address(urls[i]))
            take(&out->url, urls[i]);
    const Str sources[] = { finder.found[FIELD_SOURCE], finder.linked.publisher, site, host_of(out->url) };
    for (size_t i = 0; i < BASE_COUNT(sources); i++)
        take(&out->source, is_address(sources[i]) ? host_of(sources[i]) : (Str){ sources[i].ptr, str_find(sources[i], STR(" | "), 0) });
    out->language = finder.found[FIELD_LANGUAGE];
    out->published = choose_date(&finder, blocks, out->url, out->title);
    *linked_body = finder.linked.body;
}
