#include "check.h"

#include "read/html.h"

#include <stdlib.h>
#include <string.h>

#define P1 "<p>The toll on foreign ships will not be lifted this year, the transport minister said on Tuesday.</p>"
#define P2 "<p>Harbour master Teun Aldred disagreed and said that traffic had fallen by a third since January.</p>"
#define T1 "The toll on foreign ships will not be lifted this year, the transport minister said on Tuesday."
#define T2 "Harbour master Teun Aldred disagreed and said that traffic had fallen by a third since January."
#define BOTH T1 "\n\n" T2

/* What the page has beside the article must not be in its text. */
static const struct { const char *name, *page, *text; } article_rows[] = {
    { "nothing else", "<html><body>" P1 P2 "</body></html>", BOTH },
    { "menu", "<nav><a href=/>Home</a> <a href=/w>World</a></nav>" P1 P2, BOTH },
    { "menu by class", "<div class='main-menu'><p>All our news in one place, every day of the week.</p></div><div>" P1 P2 "</div>", BOTH },
    { "links", "<div><ul><li><a href=/1>Ten ports worth a visit</a><li><a href=/2>How locks work today</a></ul>" P1 P2 "</div>", BOTH },
    { "newsletter", "<div>" P1 "<div class=newsletter><p>Get the best of our reporting every morning.</p></div>" P2 "</div>", BOTH },
    { "sign up line", "<div>" P1 "<p>Sign up for our morning letter.</p>" P2 "</div>", BOTH },
    { "caption", "<div>" P1 "<figure><figcaption>Lorries wait at the quay on Monday morning.</figcaption></figure>" P2 "</div>", BOTH },
    { "byline and day", "<article><h1>Toll stays</h1><p>By Mira Okonjo</p><p>4 March 2025</p>" P1 P2 "</article>", BOTH },
    { "comments", "<div>" P1 P2 P1 "</div><div id=comments><p>I have said this for years, and nobody has listened.</p></div>",
      BOTH "\n\n" T1 },
    { "end of the story", "<div>" P1 P2 P1 P2 "<h3>Related stories</h3><p>Ten ports that are worth a visit in the spring.</p></div>",
      BOTH "\n\n" BOTH },
    { "hidden", "<div>" P1 "<p style='display: none'>You have read all of your free articles for this month.</p>" P2 "</div>", BOTH },
    { "script", "<div>" P1 "<script>var a = '<p>Nobody said this, and nobody ever will.</p>';</script>" P2 "</div>", BOTH },
    { "headings stay", "<div>" P1 "<h2>Talks in spring</h2>" P2 "</div>", T1 "\n\nTalks in spring\n\n" T2 },
    { "heading over nothing", "<div>" P1 P2 "<h2>More</h2><ul><li><a href=/1>Ten ports worth a visit</a></ul></div>", BOTH },
    { "line breaks", "<div>" T1 "<br><br>" T2 "</div>", BOTH },
    { "one line break", "<p>The toll stays,<br>she said on Tuesday.</p>", "The toll stays,\nshe said on Tuesday." },
    { "white space", "<p>The  toll&nbsp;\n stays&#8203;, she said to&shy;day in the town.</p>", "The toll stays, she said today in the town." },
    { "windows numbers", "<p>She said: &#147;The toll stays&#148; &#150; and left.</p>",
      "She said: \xE2\x80\x9CThe toll stays\xE2\x80\x9D \xE2\x80\x93 and left." },
    { "a quotation", "<div>" P1 "<blockquote>No lock, no ships.</blockquote>" P2 "</div>", T1 "\n\nNo lock, no ships.\n\n" T2 },
    { "table of figures", "<div>" P1 "<table><tr><td>Lock</td><td>12</td></tr></table>" P2 "</div>", T1 "\n\nLock 12\n\n" T2 },
    { "table for layout", "<table><tr><td><a href=/>Home</a></td><td>" P1 P2 "</td></tr></table>", BOTH },
    { "teasers as articles", "<article>" P1 P2 P1 P2 P1 P2 P1 P2 "</article><article><p>Ten ports that are worth a visit in the spring.</p></article>",
      BOTH "\n\n" BOTH "\n\n" BOTH "\n\n" BOTH },
    { "before the headline", "<title>Toll stays for now</title><div><p>Herring season opens early this year, say the fishermen.</p>"
      "<h1>Toll stays for now</h1>" P1 P2 "</div>", BOTH },
    { "only in JSON-LD", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" T1 "\\n\\n" T2 "\"}</script>"
      "<body><div id=app></div></body>", BOTH },
    { "like furniture, but news", "<div>" P1 "<p>Subscribers to the ferry said a Reuters/Ipsos poll on Facebook and Twitter was wrong.</p>"
      "<p>Copyright lawyers will sue the port, they said.</p></div>", T1 "\n\nSubscribers to the ferry said a Reuters/Ipsos poll on "
      "Facebook and Twitter was wrong.\n\nCopyright lawyers will sue the port, they said." },
    { "no text", "<html><body><img src=x.png></body></html>", "" },
};

static void test_articles(void)
{
    Arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    for (size_t i = 0; i < BASE_COUNT(article_rows); i++) {
        HtmlPage page;
        CHECK_ROW(article_rows[i].name, html_read_page(str_from(article_rows[i].page), &arena, &scratch, &page, NULL));
        CHECK_STR(article_rows[i].name, page.text, str_from(article_rows[i].text));
    }
    arena_clear(&arena);
    arena_clear(&scratch);
}

static const struct { const char *name, *head, *title, *source, *url, *language, *day; } meta_rows[] = {
    { "title element", "<title>Toll stays for now | The Bay Herald</title>", "Toll stays for now", "The Bay Herald", NULL, NULL, "" },
    { "headline on the page", "<title>Toll stays for now - Herald</title><h1>Toll stays for now</h1>", "Toll stays for now", "Herald", NULL, NULL, "" },
    { "open graph", "<meta property=og:title content='Toll stays'><meta property=og:site_name content='Herald | News'>"
      "<meta property=og:url content='https://h.example/a'>", "Toll stays", "Herald", "https://h.example/a", NULL, "" },
    { "canonical", "<link rel=canonical href='https://www.h.example/toll'><meta property=og:url content='https://h.example/b'>",
      NULL, "h.example", "https://www.h.example/toll", NULL, "" },
    { "relative address", "<link rel=canonical href='/toll'>", NULL, NULL, NULL, NULL, "" },
    { "saved by a browser", "<!-- saved from url=(0021)https://h.example/toll --><p>Toll", NULL, "h.example", "https://h.example/toll", NULL, "" },
    { "language", "<html lang=en-GB>", NULL, NULL, NULL, "en-GB", "" },
    { "JSON-LD", "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":\"2019-01-01\"},{\"@type\":"
      "[\"NewsArticle\"],\"headline\":\"Toll stays\",\"datePublished\":\"2025-03-04T10:00:00Z\",\"publisher\":{\"name\":\"Herald\"}}]}</script>",
      "Toll stays", "Herald", NULL, NULL, "2025-03-04" },
    { "broken JSON-LD", "<script type=application/ld+json>{\"headline\":\"a\"b\",\"datePublished\":\"2025-03-04\"}</script>",
      NULL, NULL, NULL, NULL, "2025-03-04" },
    { "meta element", "<meta property=article:published_time content='2025-03-04T23:30:00-05:00'>", NULL, NULL, NULL, NULL, "2025-03-04" },
    { "meta before loose", "<meta name=date content='2025-03-09'><meta name=pubdate content='2025-03-04'>", NULL, NULL, NULL, NULL, "2025-03-04" },
    { "itemprop", "<span itemprop=datePublished content='2025-03-04'>Tuesday</span>", NULL, NULL, NULL, NULL, "2025-03-04" },
    { "address", "<link rel=canonical href='https://h.example/2025/03/04/toll'>", NULL, "h.example", "https://h.example/2025/03/04/toll", NULL,
      "2025-03-04" },
    { "evening in UTC", "<meta property=article:published_time content='2025-03-05T02:10:00Z'><link rel=canonical "
      "href='https://h.example/2025/03/04/toll'>", NULL, "h.example", "https://h.example/2025/03/04/toll", NULL, "2025-03-04" },
    { "address, month named", "<link rel=canonical href='https://h.example/2025/mar/04/toll'>", NULL, "h.example",
      "https://h.example/2025/mar/04/toll", NULL, "2025-03-04" },
    { "address, no day", "<link rel=canonical href='https://h.example/20250344/120250304'>", NULL, "h.example",
      "https://h.example/20250344/120250304", NULL, "" },
    { "byline", "<title>Toll stays for now</title><h1>Toll stays for now</h1><div>By Mira Okonjo, March 4, 2025 6:20 pm</div>",
      "Toll stays for now", NULL, NULL, NULL, "2025-03-04" },
    { "time element", "<time datetime=2025-03-01></time><h1>Toll stays</h1><time datetime='2025-03-04T10:00'></time>", "Toll stays", NULL,
      NULL, NULL, "2025-03-04" },
    { "year that cannot be", "<meta name=pubdate content='0001-01-01'>", NULL, NULL, NULL, NULL, "" },
};

static void test_meta(void)
{
    Arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    for (size_t i = 0; i < BASE_COUNT(meta_rows); i++) {
        const char *row = meta_rows[i].name;
        HtmlPage page;
        char day[DATE_TEXT_BYTES];
        CHECK_ROW(row, html_read_page(str_from(meta_rows[i].head), &arena, &scratch, &page, NULL));
        CHECK_STR(row, page.title, str_from(meta_rows[i].title));
        CHECK_STR(row, page.source, str_from(meta_rows[i].source));
        CHECK_STR(row, page.url, str_from(meta_rows[i].url));
        CHECK_STR(row, page.language, str_from(meta_rows[i].language));
        if (meta_rows[i].day)
            CHECK_STR(row, str_from(date_format(page.published, day)), str_from(meta_rows[i].day));
    }
    arena_clear(&arena);
    arena_clear(&scratch);
}

static Str repeated(const char *piece, size_t times, Arena *arena)
{
    size_t len = strlen(piece);
    char *out = arena_alloc(arena, len * times);
    for (size_t i = 0; i < times; i++)
        memcpy(out + i * len, piece, len);
    return (Str){ out, len * times };
}

static void test_limits(void)
{
    Arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    HtmlPage page;
    Error err = { 0 };
    CHECK(!html_read_page(repeated("<div>", 100000, &scratch), &arena, &scratch, &page, &err));
    CHECK_STR("deep", str_from(err.text), STR("has elements nested more than 1000 deep"));
    CHECK(!html_read_page(repeated("0123456789abcdef", HTML_BYTES / 16 + 1, &scratch), &arena, &scratch, &page, &err));
    CHECK_STR("large", str_from(err.text), STR("is a page of more than 16 MiB"));
    CHECK(html_read_page(repeated("<p>a</b>", 100000, &scratch), &arena, &scratch, &page, &err));
    CHECK(!html_read_page(repeated("<", 100000, &scratch), &arena, &scratch, &page, &err));
    arena_clear(&arena);
    arena_clear(&scratch);
}

static void test_fragments(void)
{
    Arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    Str text;
    CHECK(html_plain_text(STR("<p>One &amp; two.</p><ul><li>By Roe</ul>Three"), &arena, &scratch, &text, NULL));
    CHECK_STR("all of it", text, STR("One & two.\n\nBy Roe\n\nThree"));
    CHECK(html_plain_text(STR(" \n"), &arena, &scratch, &text, NULL));
    CHECK_STR("blank", text, STR(""));
    arena_clear(&arena);
    arena_clear(&scratch);
}

static const TestCase cases[] = {
    { "articles", test_articles },
    { "what pages say of themselves", test_meta },
    { "limits", test_limits },
    { "fragments", test_fragments },
};
const TestSuite test_html = SUITE(cases);
