#include "read/html_tree.h"

static bool cut(Str page, Arena *scratch, HtmlTree *tree, HtmlBlocks *blocks, Error *err)
{
    *blocks = (HtmlBlocks){ 0 };
    if (!html_parse(page, scratch, tree, err))
        return false;
    html_cut_blocks(tree->root, scratch, blocks);
    return true;
}

/* Lines become paragraphs; some sites leave their markup in. */
static Str linked_paragraphs(Str body, Arena *scratch)
{
    HtmlTree tree;
    HtmlBlocks blocks = { 0 };
    if (str_find(body, STR("</"), 0) < body.len && cut(body, scratch, &tree, &blocks, NULL))
        return html_join_blocks(&blocks, NULL, scratch);
    for (Str line; str_split(&body, '\n', &line);)
        if (str_trim(line).len)
            LIST_PUSH(scratch, &blocks, ((HtmlBlock){ .text = html_fold_space(line, scratch) }));
    return html_join_blocks(&blocks, NULL, scratch);
}

bool html_read_page(Str page, Arena *arena, Arena *scratch, HtmlPage *out, Error *err)
{
    HtmlTree tree;
    HtmlBlocks blocks;
    *out = (HtmlPage){ .published = DATE_UNKNOWN };
    if (!cut(page, scratch, &tree, &blocks, err))
        return false;
    Str linked_body = STR_NONE;
    html_read_meta(&tree, &blocks, scratch, out, &linked_body);
    out->text = html_find_article(&tree, &blocks, out->title, scratch);
    /* A page that a script would fill has its article only there. */
    if (linked_body.len > 2 * out->text.len)
        out->text = linked_paragraphs(linked_body, scratch);
    Str *const texts[] = { &out->title, &out->source, &out->url, &out->language, &out->text };
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        *texts[i] = texts[i]->ptr ? str_copy(arena, *texts[i]) : STR_NONE;
    return true;
}

static bool is_aside(const HtmlNode *node)
{
    for (; node; node = node->parent)
        if (node->tag == HTML_FIGCAPTION || node->tag == HTML_ASIDE || node->tag == HTML_NAV || node->tag == HTML_FORM)
            return true;
    return false;
}

bool html_plain_text(Str fragment, Arena *arena, Arena *scratch, Str *out, Error *err)
{
    HtmlTree tree;
    HtmlBlocks blocks;
    *out = STR("");
    if (!str_trim(fragment).len)
        return true;
    if (!cut(fragment, scratch, &tree, &blocks, err))
        return false;
    bool *keep = ARENA_ARRAY(scratch, bool, blocks.len + 1);
    for (size_t i = 0; i < blocks.len; i++)
        keep[i] = !is_aside(blocks.ptr[i].node);
    *out = html_join_blocks(&blocks, keep, arena);
    return true;
}
