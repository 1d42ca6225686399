#include "engine/pattern_parser.h"

enum {
    PHRASE_SYMBOLS = 16,             /* longest phrase that goes to the word trie */
    LIST_PHRASES = 4096,
    FORM_PHRASES = 512,
};

/* ---- phrases --------------------------------------------------------------- */

static PatternPhrase join(PatternPhrase a, PatternPhrase b, Arena *arena)
{
    if (a.text.len == 0)
        return b;
    if (b.text.len == 0)
        return a;
    bool close = b.text.ptr[0] == '\'' || str_starts(b.text, STR("\xE2\x80\x99"));
    return (PatternPhrase){ str_printf(arena, "%.*s%s%.*s", STR_ARG(a.text), close ? "" : " ", STR_ARG(b.text)), a.tense };
}

/* All phrases of a plain node.  How many there are has been checked. */
static void write_out(const Node *node, Arena *arena, PatternPhrases *out)
{
    if (node->kind == NODE_WORD) {
        LIST_PUSH(arena, out, ((PatternPhrase){ node->word, node->tense }));
        return;
    }
    if (node->kind == NODE_ANY) {
        for (size_t i = 0; i < node->items.len; i++)
            write_out(node->items.ptr[i], arena, out);
        return;
    }
    PatternPhrases heads = { 0 };
    LIST_PUSH(arena, &heads, ((PatternPhrase){ STR(""), VERB_FIXED }));
    for (size_t i = 0; i < node->items.len; i++) {
        PatternPhrases tails = { 0 }, whole = { 0 };
        write_out(node->items.ptr[i], arena, &tails);
        for (size_t h = 0; h < heads.len; h++)
            for (size_t t = 0; t < tails.len; t++)
                LIST_PUSH(arena, &whole, join(heads.ptr[h], tails.ptr[t], arena));
        heads = whole;
    }
    for (size_t h = 0; h < heads.len; h++)
        LIST_PUSH(arena, out, heads.ptr[h]);
    if (node->kind == NODE_OPTION)
        LIST_PUSH(arena, out, ((PatternPhrase){ STR(""), VERB_FIXED }));
}

static bool has_phrases(const Node *node, size_t limit)
{
    return node->plain && node->phrases <= limit && node->most <= PHRASE_SYMBOLS;
}

bool pattern_phrases(const Pattern *pattern, size_t limit, Arena *arena, PatternPhrases *out)
{
    if (pattern->head.slot || pattern->tail.slot || !has_phrases(pattern->core, limit))
        return false;
    write_out(pattern->core, arena, out);
    return true;
}

bool pattern_parse_phrases(const RuleField *field, const char *file, const PatternLists *lists, Arena *arena,
                           PatternPhrases *out, Problems *problems)
{
    Parser p = { .field = field, .file = file, .lists = lists, .arena = arena, .problems = problems, .text = field->text };
    bool sound = true;
    for (p.at = 0;; p.at++) {
        pattern_skip_blanks(&p);
        size_t from = p.at;
        Node *node = pattern_parse_branch(&p, true);
        if (!node) {
            pattern_skip_phrase(&p);
        } else if (node->least == 0 || !has_phrases(node, FORM_PHRASES)) {
            node = pattern_fail(&p, from, "only words here: no gap, no mark, at most %d words and %d phrases in all",
                                PHRASE_SYMBOLS, FORM_PHRASES);
        } else {
            write_out(node, arena, out);
        }
        sound &= node != NULL;
        if (p.at >= p.text.len)
            return sound;
    }
}

bool pattern_list_phrases(const PatternLists *lists, Str name, Arena *arena, PatternPhrases *out,
                          Problems *problems)
{
    uint32_t index = names_find(&lists->by_name, name);
    if (index == NAMES_NONE || !pattern_list_read(lists, lists->lists.ptr[index], 0, problems))
        return false;
    const Node *node = lists->lists.ptr[index]->node;
    const Nodes alone = { &lists->lists.ptr[index]->node, 1, 1 };
    const Nodes *phrases = node->kind == NODE_ANY ? &node->items : &alone;
    for (size_t i = 0; i < phrases->len; i++)
        if (has_phrases(phrases->ptr[i], LIST_PHRASES))
            write_out(phrases->ptr[i], arena, out);
    return true;
}

/* ---- samples --------------------------------------------------------------- */

/* A word that no rule has. */
static const Str filler = STR_INIT("zorvu");

typedef struct Sampler { unsigned choice; uint32_t state; Arena *arena; PatternPhrase text; } Sampler;

/* One of n; always the first for choice 0. */
static size_t pick(Sampler *sampler, size_t n)
{
    if (sampler->choice == 0 || n < 2)
        return 0;
    sampler->state = sampler->state * 1664525u + 1013904223u;
    return (sampler->state >> 16) % n;
}

static void say(Sampler *sampler, Str word)
{
    sampler->text = join(sampler->text, (PatternPhrase){ word, VERB_FIXED }, sampler->arena);
}

static void say_node(Sampler *sampler, const Node *node)
{
    static const Str marks[SYMBOL_FIRST_TAG] = {
        [SYMBOL_COMMA] = STR_INIT(","), [SYMBOL_COLON] = STR_INIT(":"), [SYMBOL_SEMICOLON] = STR_INIT(";"),
        [SYMBOL_DASH] = STR_INIT("-"), [SYMBOL_STOP] = STR_INIT("."), [SYMBOL_OPEN] = STR_INIT("\""),
        [SYMBOL_CLOSE] = STR_INIT("\""), [SYMBOL_PAREN_OPEN] = STR_INIT("("), [SYMBOL_PAREN_CLOSE] = STR_INIT(")"),
        [SYMBOL_ELLIPSIS] = STR_INIT("..."), [SYMBOL_POSSESSIVE] = STR_INIT("'s"),
    };
    switch (node->kind) {
    case NODE_WORD:
        say(sampler, node->word.len ? node->word : marks[node->symbol]);
        break;
    case NODE_GAP:
        for (size_t n = pick(sampler, (size_t)node->gap + 1); n > 0; n--)
            say(sampler, filler);
        break;
    case NODE_SLOT:
        if (node->slot == SLOT_TAG)
            say(sampler, node->word);
        else if (node->slot != SLOT_ASIDE)
            say(sampler, node->slot == SLOT_NUMBER ? STR("7") : node->slot == SLOT_NAME ? STR("Zorvu") : filler);
        break;
    case NODE_ALL:
        for (size_t i = 0; i < node->items.len; i++)
            say_node(sampler, node->items.ptr[i]);
        break;
    case NODE_ANY:
        say_node(sampler, node->items.ptr[pick(sampler, node->items.len)]);
        break;
    case NODE_OPTION:
        if (pick(sampler, 2))
            say_node(sampler, node->items.ptr[0]);
        break;
    }
}

Str pattern_sample(const Pattern *pattern, unsigned choice, Arena *arena)
{
    Sampler sampler = { .choice = choice, .state = choice * 2654435761u, .arena = arena };
    if (pattern->head.slot)
        say(&sampler, filler);
    say_node(&sampler, pattern->core);
    if (pattern->tail.slot && !pattern->tail.optional)
        say(&sampler, filler);
    return sampler.text.text;
}
