#include "engine/pattern_parser.h"

#include <stdio.h>

enum {
    NODE_DEPTH = 100,
    NODE_SIZE = 4000,                /* parts of a pattern when its lists are written out */
};

Node *pattern_fail(Parser *p, size_t at, const char *format, ...)
{
    char text[sizeof((Error *)0)->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    problems_addf(p->problems, ERR_RULES, p->file, rulefile_line(p->field, at), rulefile_col(p->field, at), "%s", text);
    return NULL;
}

static uint32_t product(uint32_t a, uint32_t b)
{
    return (uint64_t)a * b < PATTERN_COUNT_MOST ? a * b : PATTERN_COUNT_MOST;
}

/*
 * How often a word stands in a sentence, against 1 for an ordinary word: the gate of a pattern is the part that
 * is met least often.  Sorted.
 */
static const Str common_words[] = {
    STR_INIT("a"), STR_INIT("about"), STR_INIT("after"), STR_INIT("all"), STR_INIT("an"), STR_INIT("and"), STR_INIT("any"),
    STR_INIT("are"), STR_INIT("as"), STR_INIT("at"), STR_INIT("be"), STR_INIT("been"), STR_INIT("but"), STR_INIT("by"),
    STR_INIT("for"), STR_INIT("from"), STR_INIT("had"), STR_INIT("has"), STR_INIT("have"), STR_INIT("he"), STR_INIT("his"),
    STR_INIT("i"), STR_INIT("if"), STR_INIT("in"), STR_INIT("is"), STR_INIT("it"), STR_INIT("its"), STR_INIT("more"),
    STR_INIT("new"), STR_INIT("no"), STR_INIT("not"), STR_INIT("of"), STR_INIT("on"), STR_INIT("or"), STR_INIT("our"),
    STR_INIT("out"), STR_INIT("said"), STR_INIT("she"), STR_INIT("that"), STR_INIT("the"), STR_INIT("their"),
    STR_INIT("there"), STR_INIT("they"), STR_INIT("this"), STR_INIT("to"), STR_INIT("up"), STR_INIT("was"), STR_INIT("we"),
    STR_INIT("were"), STR_INIT("which"), STR_INIT("who"), STR_INIT("will"), STR_INIT("with"), STR_INIT("would"),
    STR_INIT("you"),
};
enum { COST_COMMON = 40, COST_TAG = 20, COST_MARK = 60, COST_SOURCE = 100 };

static uint32_t word_cost(const Node *node)
{
    if (node->symbol != SYMBOL_NONE)
        return COST_MARK;
    return str_is_in(common_words, BASE_COUNT(common_words), node->folded) ? COST_COMMON : 1;
}

Node *pattern_node_new(Parser *p, NodeKind kind)
{
    Node *node = ARENA_NEW(p->arena, Node);
    node->kind = kind;
    node->tense = VERB_FIXED;
    return node;
}

static void derive_all(Node *node)
{
    node->plain = true;
    node->phrases = 1;
    node->cost = GATE_NEVER;
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        node->plain &= item->plain;
        node->phrases = product(node->phrases, item->phrases);
        node->least = pattern_sum(node->least, item->least);
        node->most = pattern_sum(node->most, item->most);
        node->cost = item->cost < node->cost ? item->cost : node->cost;
    }
}

static void derive_any(Node *node)
{
    node->plain = true;
    node->least = PATTERN_COUNT_MOST;
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        node->plain &= item->plain;
        node->phrases = pattern_sum(node->phrases, item->phrases);
        node->least = item->least < node->least ? item->least : node->least;
        node->most = item->most > node->most ? item->most : node->most;
        node->cost = item->cost == GATE_NEVER || node->cost == GATE_NEVER ? GATE_NEVER : pattern_sum(node->cost, item->cost);
    }
}

static void derive_slot(Node *node)
{
    node->cost = node->slot != SLOT_TAG ? GATE_NEVER : str_equal(node->word, STR("source")) ? COST_SOURCE : COST_TAG;
    node->least = node->slot == SLOT_TAG || node->slot == SLOT_NUMBER || node->slot == SLOT_NAME;
    node->most = node->slot == SLOT_CONTENT ? PATTERN_CONTENT_SYMBOLS : PATTERN_END_SYMBOLS + 2;
    if (node->slot_index != SLOT_NOT_KEPT)
        node->slots = (uint8_t)(1u << node->slot_index);
}

Node *pattern_node_end(Parser *p, Node *node, size_t from)
{
    node->source = str_trim(str_slice(p->text, (Span){ (uint32_t)from, (uint32_t)p->at }));
    node->size = 1;
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        node->size = pattern_sum(node->size, item->size);
        if (item->depth >= node->depth)
            node->depth = (uint16_t)(item->depth + 1);
        if (node->kind == NODE_ALL && (node->slots & item->slots))
            return pattern_fail(p, (size_t)(item->source.ptr - p->text.ptr), "the same slot stands twice in one pattern");
        node->slots |= item->slots;
    }
    switch (node->kind) {
    case NODE_WORD:
        node->plain = node->word.len > 0;
        node->phrases = node->least = node->most = 1;
        node->cost = word_cost(node);
        break;
    case NODE_GAP:
        node->most = node->gap;
        node->cost = GATE_NEVER;
        break;
    case NODE_SLOT:
        derive_slot(node);
        break;
    case NODE_ALL:
        derive_all(node);
        break;
    case NODE_ANY:
        derive_any(node);
        break;
    case NODE_OPTION:
        derive_all(node);
        node->least = 0;
        node->phrases = pattern_sum(node->phrases, 1);
        node->cost = GATE_NEVER;
        break;
    }
    if (node->size > NODE_SIZE || node->depth > NODE_DEPTH)
        return pattern_fail(p, from, "the pattern is too large: more than %d parts when its lists are written out", NODE_SIZE);
    return node;
}

Node *pattern_node_of(Parser *p, NodeKind kind, Nodes items, size_t from)
{
    if (items.len == 1 && kind != NODE_OPTION)
        return items.ptr[0];
    Node *node = pattern_node_new(p, kind);
    node->items = items;
    return pattern_node_end(p, node, from);
}
