#include "engine/pattern_parser.h"

/* ---- ends ------------------------------------------------------------------- */

/* The run slot that a node is, in [ ] or not. */
static PatternEnd end_run(const Node *node)
{
    bool optional = node->kind == NODE_OPTION;
    if (optional)
        node = node->items.ptr[0];
    if (node->kind == NODE_SLOT && (node->slot == SLOT_OBJECT || node->slot == SLOT_CONTENT || node->slot == SLOT_ANY))
        return (PatternEnd){ node->slot, node->slot_index, optional };
    return (PatternEnd){ 0 };
}

/* A gap or a run may stand at this end of the node: it would match anything or nothing. */
static bool is_loose(const Node *node, bool at_start)
{
    if (node->kind == NODE_GAP || (node->kind == NODE_SLOT && end_run(node).slot))
        return true;
    if (node->kind == NODE_ALL)
        return is_loose(node->items.ptr[at_start ? 0 : node->items.len - 1], at_start);
    for (size_t i = 0; i < node->items.len; i++)
        if (is_loose(node->items.ptr[i], at_start))
            return true;
    return false;
}

/* Take the runs off the ends and check what is left. */
static bool pattern_end(Parser *p, Pattern *pattern, Node *node)
{
    Nodes items = node->items;
    pattern->source = node->source;
    pattern->head = end_run(items.ptr[0]);
    if (pattern->head.slot)
        items = (Nodes){ items.ptr + 1, items.len - 1, items.len - 1 };
    if (items.len) {
        pattern->tail = end_run(items.ptr[items.len - 1]);
        items.len -= pattern->tail.slot != SLOT_NONE;
    }
    Node *core = pattern_node_new(p, NODE_ALL);
    core->items = items;
    size_t from = items.len ? (size_t)(items.ptr[0]->source.ptr - p->text.ptr) : pattern->at;
    if (!pattern_node_end(p, core, from <= p->at ? from : pattern->at))
        return false;
    pattern->core = core;
    if (core->least == 0) {
        pattern_fail(p, pattern->at, "nothing in this pattern must be there: it needs a word or a tag outside [ ]");
        return false;
    }
    bool loose_start = is_loose(items.ptr[0], true);
    if (loose_start || is_loose(items.ptr[items.len - 1], false)) {
        Str part = items.ptr[loose_start ? 0 : items.len - 1]->source;
        pattern_fail(p, (size_t)(part.ptr - p->text.ptr),
                     "a gap or a run at the end of a pattern: `...N` needs words on both sides, "
                     "<object> and its like stand outside ( )");
        return false;
    }
    return true;
}

static Pattern *parse_pattern(Parser *p)
{
    pattern_skip_blanks(p);
    Pattern *pattern = ARENA_NEW(p->arena, Pattern);
    *pattern = (Pattern){ .field = p->field, .file = p->file, .at = p->at, .arena = p->arena,
                          .index = (*p->lists->n_patterns)++, .classes = p->lists->classes };
    p->pattern = pattern;
    Node *node = pattern_parse_branch(p, true);
    return node && pattern_end(p, pattern, node) ? pattern : NULL;
}

/* ---- what a match must have --------------------------------------------------- */

typedef struct Symbols { Symbol *ptr; size_t len, cap; } Symbols;

/* The symbols of the part of a node that is met least often. */
static void add_gate(const Node *node, Arena *arena, Symbols *out)
{
    if (node->kind == NODE_WORD || node->kind == NODE_SLOT) {
        LIST_PUSH(arena, out, node->symbol);
        return;
    }
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        if (node->kind == NODE_ALL && item->cost != node->cost)
            continue;
        add_gate(item, arena, out);
        if (node->kind == NODE_ALL)
            return;
    }
}

typedef struct Parts { PatternPart *ptr; size_t len, cap; } Parts;

/* What must be there, from left to right.  *before: the symbols that may stand in front of the node. */
static void add_parts(const Node *node, Arena *arena, uint32_t *before, Parts *out)
{
    if (node->kind == NODE_ALL) {
        for (size_t i = 0; i < node->items.len; i++)
            add_parts(node->items.ptr[i], arena, before, out);
        return;
    }
    uint32_t behind = pattern_sum(*before, node->most);
    if (node->cost != GATE_NEVER) {
        Symbols symbols = { 0 };
        add_gate(node, arena, &symbols);
        LIST_PUSH(arena, out, ((PatternPart){ symbols.ptr, symbols.len, behind, node->cost }));
    }
    *before = behind;
}

/* ---- reading ------------------------------------------------------------------ */

/* The words of a pattern get their symbols.  Nodes of lists are shared, so each is done once. */
static bool give_symbols(Node *node, const PatternLists *lists, Lexicon *lexicon)
{
    if (node->has_symbols)
        return true;
    node->has_symbols = true;
    for (size_t i = 0; i < node->items.len; i++)
        if (!give_symbols(node->items.ptr[i], lists, lexicon))
            return false;
    if (node->kind == NODE_WORD && node->symbol == SYMBOL_NONE) {
        node->symbol = lexicon_word_symbol(lexicon, node->folded);
        if (node->symbol == SYMBOL_NONE)
            return false;
    }
    if (node->kind == NODE_WORD && node->capital)
        lists->capitals[node->symbol / 64] |= (uint64_t)1 << (node->symbol % 64);
    if (node->kind == NODE_SLOT && node->slot == SLOT_TAG)
        node->symbol = lexicon_tag_symbol(lexicon, node->word);
    return node->kind != NODE_SLOT || node->slot != SLOT_TAG || node->symbol != SYMBOL_NONE;
}

bool pattern_parse(const RuleField *field, const char *file, const PatternLists *lists, Lexicon *lexicon,
                   Arena *arena, PatternList *out, Problems *problems)
{
    Parser p = { .field = field, .file = file, .lists = lists, .arena = arena, .problems = problems, .text = field->text };
    bool sound = true;
    for (p.at = 0;; p.at++) {
        Pattern *pattern = parse_pattern(&p);
        if (pattern && !give_symbols(pattern->core, lists, lexicon)) {
            pattern_fail(&p, pattern->at, "too many different words in patterns: there is room for 65,000");
            pattern = NULL;
        }
        if (pattern) {
            Parts parts = { 0 };
            uint32_t before = 0;
            add_parts(pattern->core, arena, &before, &parts);
            pattern->parts = parts.ptr;
            pattern->n_parts = parts.len;
            LIST_PUSH(arena, out, pattern);
        } else {
            pattern_skip_phrase(&p);
        }
        sound &= pattern != NULL;
        if (p.at >= p.text.len)
            return sound;
    }
}

size_t pattern_parts(const Pattern *pattern, const PatternPart **parts)
{
    *parts = pattern->parts;
    return pattern->n_parts;
}

size_t pattern_gate(const Pattern *pattern, const Symbol **symbols)
{
    const PatternPart *gate = NULL;
    for (size_t i = 0; i < pattern->n_parts; i++)
        if (!gate || pattern->parts[i].cost < gate->cost)
            gate = &pattern->parts[i];
    *symbols = gate ? gate->symbols : NULL;
    return gate ? gate->n : 0;
}

Str pattern_source(const Pattern *pattern)
{
    return pattern->source;
}

int pattern_line(const Pattern *pattern)
{
    return rulefile_line(pattern->field, pattern->at);
}

int pattern_col(const Pattern *pattern)
{
    return rulefile_col(pattern->field, pattern->at);
}

int pattern_weight(const Pattern *pattern)
{
    return (int)pattern->core->least;
}
