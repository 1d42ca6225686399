#include "engine/pattern.h"

#include "engine/names.h"
#include "engine/pattern_node.h"
#include "engine/token.h"

#include <stdio.h>
#include <string.h>

enum {
    GAP_MOST = 30,
    GROUP_DEPTH = 32,                /* ( and [ and lists inside one another */
    NODE_DEPTH = 100,
    NODE_SIZE = 4000,                /* parts of a pattern when its lists are written out */
    PHRASE_SYMBOLS = 16,             /* longest phrase that goes to the word trie */
    LIST_PHRASES = 4096,
    FORM_PHRASES = 512,
    COUNT_MOST = 1 << 24,            /* counters stop here instead of running over */
};

/* ---- lists ----------------------------------------------------------------- */

typedef enum ListState { LIST_UNREAD, LIST_BUSY, LIST_READ, LIST_BROKEN } ListState;

typedef struct List {
    const Stanza *stanza;
    Node *node;                      /* ANY of all its phrases */
    ListState state;
} List;
typedef struct Lists { List **ptr; size_t len, cap; } Lists;

struct PatternLists {
    Arena *arena;
    Lists lists;
    Names by_name;
    Strs names;                      /* for "did you mean" */
    const Str *tags; size_t n_tags;
    uint64_t *capitals;              /* bit set of symbols: words that some pattern writes with a capital */
    PatternClasses *classes;         /* of all patterns; filled by pattern_lists_seal */
    uint32_t *n_patterns;
    struct Verbs *verbs;             /* nodes of "~verb", which all patterns share */
};

typedef struct Verbs { Names by_name; Nodes nodes; } Verbs;

PatternLists *pattern_lists_new(Arena *arena)
{
    PatternLists *lists = ARENA_NEW(arena, PatternLists);
    lists->arena = arena;
    lists->verbs = ARENA_NEW(arena, Verbs);
    lists->capitals = ARENA_ARRAY(arena, uint64_t, (UINT16_MAX + 1) / 64);
    lists->classes = ARENA_NEW(arena, PatternClasses);
    lists->n_patterns = ARENA_NEW(arena, uint32_t);
    return lists;
}

bool pattern_lists_add(PatternLists *lists, const Stanza *stanza, Problems *problems)
{
    if (!names_add(&lists->by_name, lists->arena, stanza->name, (uint32_t)lists->lists.len)) {
        problems_addf(problems, ERR_RULES, stanza->file, stanza->line, stanza->name_col,
                      "there is a list `%.*s` already", STR_ARG(stanza->name));
        return false;
    }
    List *list = ARENA_NEW(lists->arena, List);
    list->stanza = stanza;
    LIST_PUSH(lists->arena, &lists->lists, list);
    LIST_PUSH(lists->arena, &lists->names, stanza->name);
    return true;
}

void pattern_lists_tags(PatternLists *lists, const Str *tags, size_t n_tags)
{
    lists->tags = tags;
    lists->n_tags = n_tags;
}

static bool starts_number(Str word)
{
    return word.len && ((word.ptr[0] >= '0' && word.ptr[0] <= '9') ||
                        (word.len > 1 && word.ptr[0] == '$' && word.ptr[1] >= '0' && word.ptr[1] <= '9'));
}

void pattern_lists_seal(PatternLists *lists, const Lexicon *lexicon)
{
    size_t n = lexicon_symbol_count(lexicon);
    PatternClasses *classes = lists->classes;
    *classes = (PatternClasses){ .numbers = ARENA_ARRAY(lists->arena, Symbol, n + 1), .names = ARENA_ARRAY(lists->arena, Symbol, n + 1) };
    classes->numbers[classes->n_numbers++] = SYMBOL_NUMBER;
    classes->names[classes->n_names++] = SYMBOL_NAME;
    for (size_t s = SYMBOL_FIRST_WORD; s < n; s++) {
        if (starts_number(lexicon_symbol_name(lexicon, (Symbol)s)))
            classes->numbers[classes->n_numbers++] = (Symbol)s;
        if (lists->capitals[s / 64] >> (s % 64) & 1)
            classes->names[classes->n_names++] = (Symbol)s;
    }
}

/* ---- nodes ----------------------------------------------------------------- */

typedef struct Parser {
    const RuleField *field;
    const char *file;
    const PatternLists *lists;
    Arena *arena;
    Problems *problems;
    Pattern *pattern;                /* being parsed; NULL in lists and forms, where slots are not kept */
    Str text;                        /* field->text */
    size_t at;
    int depth;                       /* groups open here */
    int outer_depth;                 /* lists and groups around this field */
} Parser;

BASE_PRINTF(3, 4)
static Node *fail(Parser *p, size_t at, const char *format, ...)
{
    char text[sizeof((Error *)0)->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    problems_addf(p->problems, ERR_RULES, p->file, rulefile_line(p->field, at), rulefile_col(p->field, at), "%s", text);
    return NULL;
}

static uint32_t sum(uint32_t a, uint32_t b)
{
    return a + b < COUNT_MOST ? a + b : COUNT_MOST;
}

static uint32_t product(uint32_t a, uint32_t b)
{
    return (uint64_t)a * b < COUNT_MOST ? a * b : COUNT_MOST;
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
    size_t low = 0, high = BASE_COUNT(common_words);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(common_words[middle], node->folded);
        if (order == 0)
            return COST_COMMON;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 1;
}

static Node *node_new(Parser *p, NodeKind kind)
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
        node->least = sum(node->least, item->least);
        node->most = sum(node->most, item->most);
        node->cost = item->cost < node->cost ? item->cost : node->cost;
    }
}

static void derive_any(Node *node)
{
    node->plain = true;
    node->least = COUNT_MOST;
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        node->plain &= item->plain;
        node->phrases = sum(node->phrases, item->phrases);
        node->least = item->least < node->least ? item->least : node->least;
        node->most = item->most > node->most ? item->most : node->most;
        node->cost = item->cost == GATE_NEVER || node->cost == GATE_NEVER ? GATE_NEVER : sum(node->cost, item->cost);
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

/* Complete a node whose items are there; its text began at byte `from`. */
static Node *node_end(Parser *p, Node *node, size_t from)
{
    node->source = str_trim(str_slice(p->text, (Span){ (uint32_t)from, (uint32_t)p->at }));
    node->size = 1;
    for (size_t i = 0; i < node->items.len; i++) {
        const Node *item = node->items.ptr[i];
        node->size = sum(node->size, item->size);
        if (item->depth >= node->depth)
            node->depth = (uint16_t)(item->depth + 1);
        if (node->kind == NODE_ALL && (node->slots & item->slots))
            return fail(p, (size_t)(item->source.ptr - p->text.ptr), "the same slot stands twice in one pattern");
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
        node->phrases = sum(node->phrases, 1);
        node->cost = GATE_NEVER;
        break;
    }
    if (node->size > NODE_SIZE || node->depth > NODE_DEPTH)
        return fail(p, from, "the pattern is too large: more than %d parts when its lists are written out", NODE_SIZE);
    return node;
}

/* Several nodes as one. */
static Node *node_of(Parser *p, NodeKind kind, Nodes items, size_t from)
{
    if (items.len == 1 && kind != NODE_OPTION)
        return items.ptr[0];
    Node *node = node_new(p, kind);
    node->items = items;
    return node_end(p, node, from);
}

/* ---- items ----------------------------------------------------------------- */

static Node *parse_branch(Parser *p, bool top);
static Node *parse_branches(Parser *p);
static bool list_read(const PatternLists *lists, List *list, int depth, Problems *problems);

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '_';
}

static char peek(const Parser *p)
{
    return p->at < p->text.len ? p->text.ptr[p->at] : 0;
}

static void skip_blanks(Parser *p)
{
    while (is_blank(peek(p)))
        p->at++;
}

static Str take_name(Parser *p)
{
    size_t from = p->at;
    while (is_name_char(peek(p)))
        p->at++;
    return (Str){ p->text.ptr + from, p->at - from };
}

/* Text up to a blank or a character of the grammar; a comma or colon between digits is part of a number. */
static Str take_run(Parser *p)
{
    size_t from = p->at;
    for (char c; (c = peek(p)) && !is_blank(c) && !strchr("()[]|<>~@;\"\\", c); p->at++)
        if ((c == ',' || c == ':') && !(p->at > from && is_digit(p->text.ptr[p->at - 1]) &&
                                        p->at + 1 < p->text.len && is_digit(p->text.ptr[p->at + 1])))
            break;
    return (Str){ p->text.ptr + from, p->at - from };
}

static Node *symbol_node(Parser *p, Symbol symbol, size_t from)
{
    Node *node = node_new(p, NODE_WORD);
    node->symbol = symbol;
    return node_end(p, node, from);
}

/* A mark: the symbol that the same mark has in a text. */
static bool add_mark(Parser *p, Nodes *items, char mark, size_t from)
{
    static const struct { char mark; Symbol symbol; } marks[] = {
        { ',', SYMBOL_COMMA }, { ':', SYMBOL_COLON }, { ';', SYMBOL_SEMICOLON }, { '-', SYMBOL_DASH },
        { '.', SYMBOL_STOP }, { '!', SYMBOL_STOP }, { '?', SYMBOL_STOP }, { '(', SYMBOL_PAREN_OPEN },
        { ')', SYMBOL_PAREN_CLOSE }, { '~', SYMBOL_ELLIPSIS },
    };
    if (mark == '"') {
        Nodes both = { 0 };
        LIST_PUSH(p->arena, &both, symbol_node(p, SYMBOL_OPEN, from));
        LIST_PUSH(p->arena, &both, symbol_node(p, SYMBOL_CLOSE, from));
        LIST_PUSH(p->arena, items, node_of(p, NODE_ANY, both, from));
        return true;
    }
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        if (marks[i].mark == mark) {
            LIST_PUSH(p->arena, items, symbol_node(p, marks[i].symbol, from));
            return true;
        }
    if (p->text.ptr[from] == '/')
        fail(p, from, "a rule sees words, not characters: there are no regular expressions");
    else
        fail(p, from, "a pattern has words and the marks , : ; - \" \\( \\) only");
    return false;
}

/*
 * The tail of a contraction stands for the whole words that end in it, since a text has those as one word;
 * 's is a word of its own.
 */
static const struct { Str tail, words; } contractions[] = {
    { STR_INIT("'m"), STR_INIT("i'm") },
    { STR_INIT("'re"), STR_INIT("we're they're you're") },
    { STR_INIT("'ve"), STR_INIT("i've we've they've you've") },
    { STR_INIT("'d"), STR_INIT("i'd he'd she'd it'd we'd they'd you'd") },
    { STR_INIT("'ll"), STR_INIT("i'll he'll she'll it'll we'll they'll you'll that'll there'll") },
};

static bool add_words(Parser *p, Nodes *items, Str words, VerbTense tense, size_t from);

static bool add_contraction(Parser *p, Nodes *items, Str words, size_t from)
{
    Nodes branches = { 0 };
    Str piece;
    while (str_split(&words, ' ', &piece))
        if (!add_words(p, &branches, piece, VERB_FIXED, from))
            return false;
    LIST_PUSH(p->arena, items, node_of(p, NODE_ANY, branches, from));
    return true;
}

/* Words through the text's own tokenizer, so that a pattern and a story agree on what a word is. */
static bool add_words(Parser *p, Nodes *items, Str words, VerbTense tense, size_t from)
{
    if (str_equal(words, STR("'s")) || str_equal(words, STR("\xE2\x80\x99s"))) {
        LIST_PUSH(p->arena, items, symbol_node(p, SYMBOL_POSSESSIVE, from));
        return true;
    }
    for (size_t i = 0; i < BASE_COUNT(contractions); i++)
        if (str_equal(words, contractions[i].tail))
            return add_contraction(p, items, contractions[i].words, from);
    Token *tokens;
    size_t n = token_split(words, p->arena, &tokens);
    for (size_t i = 0; i < n; i++) {
        const Token *token = &tokens[i];
        if (token->kind == TOKEN_MARK) {
            bool here = words.ptr >= p->text.ptr && words.ptr < p->text.ptr + p->text.len;   /* not of a contraction */
            if (!add_mark(p, items, strchr("ocOC'", token->mark) && token->mark ? '"' : token->mark,
                          here ? (size_t)(words.ptr - p->text.ptr) + token->span.from : from))
                return false;
            continue;
        }
        Node *node = node_new(p, NODE_WORD);
        node->word = str_slice(words, token->span);
        node->folded = token_fold(words, token, p->arena);
        node->capital = token->flags & TOKEN_CAPITAL;
        node->tense = tense;
        if (token->flags & TOKEN_POSSESSIVE)
            node->symbol = SYMBOL_POSSESSIVE;
        LIST_PUSH(p->arena, items, node_end(p, node, from));
    }
    return true;
}

/* A copy of a shared node that knows how it is written here. */
static Node *written_here(Parser *p, const Node *shared, size_t from)
{
    Node *node = ARENA_NEW(p->arena, Node);
    *node = *shared;
    node->source = str_slice(p->text, (Span){ (uint32_t)from, (uint32_t)p->at });
    return node;
}

static Node *parse_verb(Parser *p)
{
    size_t from = p->at++;
    Str verb = take_run(p);
    for (size_t i = 0; i < verb.len; i++)
        if (is_digit(verb.ptr[i]) || verb.ptr[i] == '.')
            verb.len = 0;
    if (verb.len == 0)
        return fail(p, from, "`~` needs a verb right behind it");
    Verbs *verbs = p->lists->verbs;
    uint32_t known = names_find(&verbs->by_name, verb);
    if (known != NAMES_NONE)
        return written_here(p, verbs->nodes.ptr[known], from);
    Arena *own = p->arena;
    p->arena = p->lists->arena;
    PatternPhrases forms = { 0 };
    Nodes branches = { 0 };
    bool sound = true;
    pattern_inflect(verb, p->arena, &forms);
    for (size_t i = 0; i < forms.len && sound; i++) {
        Nodes words = { 0 };
        sound = add_words(p, &words, forms.ptr[i].text, forms.ptr[i].tense, from) && words.len > 0;
        if (sound)
            LIST_PUSH(p->arena, &branches, node_of(p, NODE_ALL, words, from));
    }
    Node *node = sound ? node_of(p, NODE_ANY, branches, from) : NULL;
    if (node) {
        names_add(&verbs->by_name, p->arena, verb, (uint32_t)verbs->nodes.len);
        LIST_PUSH(p->arena, &verbs->nodes, node);
    }
    p->arena = own;
    return node;
}

static Node *parse_list(Parser *p)
{
    size_t from = p->at++;
    Str name = take_name(p);
    uint32_t index = names_find(&p->lists->by_name, name);
    if (index == NAMES_NONE) {
        Str nearest = rulefile_nearest(name, p->lists->names.ptr, p->lists->names.len);
        if (nearest.ptr)
            return fail(p, from, "there is no list `%.*s`; did you mean @%.*s?", STR_ARG(name), STR_ARG(nearest));
        return fail(p, from, "there is no list `%.*s`", STR_ARG(name));
    }
    List *list = p->lists->lists.ptr[index];
    if (list->state == LIST_BUSY)
        return fail(p, from, "the list `%.*s` contains itself", STR_ARG(name));
    if (p->outer_depth + p->depth >= GROUP_DEPTH)
        return fail(p, from, "too many groups and lists inside one another");
    if (!list_read(p->lists, list, p->outer_depth + p->depth + 1, p->problems))
        return NULL;
    return written_here(p, list->node, from);
}

static Node *parse_gap(Parser *p)
{
    size_t from = p->at;
    Str run = take_run(p);
    int n = 0;
    for (size_t i = 3; i < run.len; i++)
        n = is_digit(run.ptr[i]) && n <= GAP_MOST ? n * 10 + run.ptr[i] - '0' : GAP_MOST + 1;
    if (run.len == 3)
        return fail(p, from, "`...` needs a number right behind it: ...3 is up to 3 words");
    if (n < 1 || n > GAP_MOST)
        return fail(p, from, "`...` takes a number from 1 to %d", GAP_MOST);
    Node *node = node_new(p, NODE_GAP);
    node->gap = (uint16_t)n;
    return node_end(p, node, from);
}

static const struct { Str name; SlotKind kind; } slot_kinds[] = {
    { STR_INIT("object"), SLOT_OBJECT }, { STR_INIT("content"), SLOT_CONTENT }, { STR_INIT("any"), SLOT_ANY },
    { STR_INIT("aside"), SLOT_ASIDE }, { STR_INIT("number"), SLOT_NUMBER }, { STR_INIT("name"), SLOT_NAME },
};

static SlotKind slot_kind(const PatternLists *lists, Str name)
{
    for (size_t i = 0; i < BASE_COUNT(slot_kinds); i++)
        if (str_equal(name, slot_kinds[i].name))
            return slot_kinds[i].kind;
    for (size_t i = 0; i < lists->n_tags; i++)
        if (str_equal(name, lists->tags[i]))
            return SLOT_TAG;
    return SLOT_NONE;
}

static Node *fail_slot(Parser *p, size_t from, Str name)
{
    Strs known = { 0 };
    for (size_t i = 0; i < BASE_COUNT(slot_kinds); i++)
        LIST_PUSH(p->arena, &known, slot_kinds[i].name);
    for (size_t i = 0; i < p->lists->n_tags; i++)
        LIST_PUSH(p->arena, &known, p->lists->tags[i]);
    Str nearest = rulefile_nearest(name, known.ptr, known.len);
    if (nearest.ptr)
        return fail(p, from, "unknown slot <%.*s>; did you mean <%.*s>?", STR_ARG(name), STR_ARG(nearest));
    return fail(p, from, "unknown slot <%.*s>", STR_ARG(name));
}

/* The index of a slot's name among those of the pattern, or PATTERN_SLOTS when there is no room. */
static size_t slot_index(Pattern *pattern, Str name)
{
    size_t index = 0;
    while (index < pattern->n_slots && !str_equal(pattern->slot_names[index], name))
        index++;
    if (index == pattern->n_slots && index < PATTERN_SLOTS)
        pattern->slot_names[pattern->n_slots++] = name;
    return index;
}

/* "<kind>" or "<name:kind>"; in a list it matches but is not kept. */
static Node *parse_slot(Parser *p)
{
    size_t from = p->at++;
    Str name = take_name(p), kind_name = name;
    if (peek(p) == ':') {
        p->at++;
        kind_name = take_name(p);
    }
    if (peek(p) != '>' || name.len == 0)
        return fail(p, from, "a slot is <name> or <name:tag>");
    p->at++;
    Node *node = node_new(p, NODE_SLOT);
    node->slot = slot_kind(p->lists, kind_name);
    node->slot_index = SLOT_NOT_KEPT;
    node->word = kind_name;
    if (node->slot == SLOT_NONE)
        return fail_slot(p, from, kind_name);
    if (p->pattern) {
        size_t index = slot_index(p->pattern, name);
        if (index == PATTERN_SLOTS)
            return fail(p, from, "more than %d slots in one pattern", PATTERN_SLOTS);
        if (++p->pattern->n_groups > PATTERN_GROUPS)
            return fail(p, from, "more than %d slots in the branches of one pattern", PATTERN_GROUPS);
        node->slot_index = (uint8_t)index;
    } else if (node->slot != SLOT_TAG && node->slot != SLOT_NUMBER && node->slot != SLOT_NAME) {
        return fail(p, from, "<%.*s> cannot stand in a list", STR_ARG(kind_name));
    }
    return node_end(p, node, from);
}

static Node *parse_group(Parser *p)
{
    size_t from = p->at;
    char open = p->text.ptr[p->at++], close = open == '(' ? ')' : ']';
    if (p->outer_depth + p->depth >= GROUP_DEPTH)
        return fail(p, from, "too many groups and lists inside one another");
    p->depth++;
    Node *node = parse_branches(p);
    if (!node)
        return NULL;
    if (peek(p) != close) {
        if (p->at == p->text.len)
            return fail(p, from, "missing closing `%c`", close);
        return fail(p, p->at, "`%c` where `%c` should close the group", peek(p), close);
    }
    p->at++;
    p->depth--;
    if (open == '(')
        return node;
    Nodes items = { 0 };
    LIST_PUSH(p->arena, &items, node);
    return node_of(p, NODE_OPTION, items, from);
}

/* One item of a branch; a word with a hyphen is several nodes. */
static bool parse_item(Parser *p, Nodes *items)
{
    size_t from = p->at;
    Node *node = NULL;
    switch (peek(p)) {
    case '(': case '[':
        node = parse_group(p);
        break;
    case '<':
        node = parse_slot(p);
        break;
    case '@':
        node = parse_list(p);
        break;
    case '~':
        node = parse_verb(p);
        break;
    case '>':
        fail(p, from, "`>` without `<`");
        break;
    case '\\':
        if (p->at + 1 < p->text.len && (p->text.ptr[p->at + 1] == '(' || p->text.ptr[p->at + 1] == ')')) {
            p->at += 2;
            return add_mark(p, items, p->text.ptr[p->at - 1], from);
        }
        fail(p, from, "only ( and ) may stand behind `\\`");
        break;
    case ',': case ':': case ';': case '"':
        p->at++;
        return add_mark(p, items, p->text.ptr[from], from);
    default:
        if (str_starts((Str){ p->text.ptr + from, p->text.len - from }, STR("..."))) {
            node = parse_gap(p);
            break;
        }
        return add_words(p, items, take_run(p), VERB_FIXED, from);
    }
    if (!node)
        return false;
    LIST_PUSH(p->arena, items, node);
    return true;
}

/* Items up to `|`, a closing bracket or the end. */
static Node *parse_branch(Parser *p, bool top)
{
    Nodes items = { 0 };
    skip_blanks(p);
    size_t from = p->at;
    for (char c; (c = peek(p)) && !strchr("|)]", c); skip_blanks(p))
        if (!parse_item(p, &items))
            return NULL;
    if (top && p->at < p->text.len && peek(p) != '|')
        return fail(p, p->at, "`%c` closes nothing", peek(p));
    if (items.len == 0)
        return fail(p, from, "an empty alternative");
    for (size_t i = 0; i < items.len; i++)
        if (!items.ptr[i])
            return NULL;             /* reported where it was made */
    if (top) {
        Node *node = node_new(p, NODE_ALL);
        node->items = items;
        return node_end(p, node, from);
    }
    return node_of(p, NODE_ALL, items, from);
}

static Node *parse_branches(Parser *p)
{
    size_t from = p->at;
    Nodes branches = { 0 };
    for (;;) {
        Node *branch = parse_branch(p, false);
        if (!branch)
            return NULL;
        LIST_PUSH(p->arena, &branches, branch);
        if (peek(p) != '|')
            return node_of(p, NODE_ANY, branches, from);
        p->at++;
    }
}

/* After an error: on to the next phrase of the field. */
static void skip_phrase(Parser *p)
{
    int depth = p->depth;
    for (; p->at < p->text.len; p->at++) {
        char c = p->text.ptr[p->at];
        if (c == '|' && depth <= 0)
            break;
        depth += (c == '(' || c == '[') - (c == ')' || c == ']');
    }
    p->depth = 0;
}

static bool list_read(const PatternLists *lists, List *list, int depth, Problems *problems)
{
    if (list->state != LIST_UNREAD)
        return list->state == LIST_READ;
    list->state = LIST_BUSY;
    Nodes phrases = { 0 };
    bool sound = true;
    Parser p = { .file = list->stanza->file, .lists = lists, .arena = lists->arena, .problems = problems, .outer_depth = depth };
    for (size_t i = 0; i < list->stanza->fields.len; i++) {
        p.field = &list->stanza->fields.ptr[i];
        if (!str_equal(p.field->key, STR("phrase")))
            continue;
        p.text = p.field->text;
        for (p.at = 0;; p.at++) {
            Node *node = parse_branch(&p, true);
            if (node)
                LIST_PUSH(p.arena, &phrases, node);
            else
                skip_phrase(&p);
            sound &= node != NULL;
            if (p.at >= p.text.len)
                break;
        }
    }
    if (phrases.len == 0)
        sound = false;
    if (sound)
        list->node = node_of(&p, NODE_ANY, phrases, 0);
    list->state = list->node ? LIST_READ : LIST_BROKEN;
    return list->node != NULL;
}

/* ---- whole patterns -------------------------------------------------------- */

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
    Node *core = node_new(p, NODE_ALL);
    core->items = items;
    size_t from = items.len ? (size_t)(items.ptr[0]->source.ptr - p->text.ptr) : pattern->at;
    if (!node_end(p, core, from <= p->at ? from : pattern->at))
        return false;
    pattern->core = core;
    if (core->least == 0) {
        fail(p, pattern->at, "nothing in this pattern must be there: it needs a word or a tag outside [ ]");
        return false;
    }
    bool loose_start = is_loose(items.ptr[0], true);
    if (loose_start || is_loose(items.ptr[items.len - 1], false)) {
        Str part = items.ptr[loose_start ? 0 : items.len - 1]->source;
        fail(p, (size_t)(part.ptr - p->text.ptr), "a gap or a run at the end of a pattern: `...N` needs words on both sides, "
                             "<object> and its like stand outside ( )");
        return false;
    }
    return true;
}

static Pattern *parse_pattern(Parser *p)
{
    skip_blanks(p);
    Pattern *pattern = ARENA_NEW(p->arena, Pattern);
    *pattern = (Pattern){ .field = p->field, .file = p->file, .at = p->at, .arena = p->arena,
                          .index = (*p->lists->n_patterns)++, .classes = p->lists->classes };
    p->pattern = pattern;
    Node *node = parse_branch(p, true);
    return node && pattern_end(p, pattern, node) ? pattern : NULL;
}

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
    uint32_t behind = sum(*before, node->most);
    if (node->cost != GATE_NEVER) {
        Symbols symbols = { 0 };
        add_gate(node, arena, &symbols);
        LIST_PUSH(arena, out, ((PatternPart){ symbols.ptr, symbols.len, behind, node->cost }));
    }
    *before = behind;
}

bool pattern_parse(const RuleField *field, const char *file, const PatternLists *lists, Lexicon *lexicon,
                   Arena *arena, PatternList *out, Problems *problems)
{
    Parser p = { .field = field, .file = file, .lists = lists, .arena = arena, .problems = problems, .text = field->text };
    bool sound = true;
    for (p.at = 0;; p.at++) {
        Pattern *pattern = parse_pattern(&p);
        if (pattern && !give_symbols(pattern->core, lists, lexicon)) {
            fail(&p, pattern->at, "too many different words in patterns: there is room for 65,000");
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
            skip_phrase(&p);
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
        skip_blanks(&p);
        size_t from = p.at;
        Node *node = parse_branch(&p, true);
        if (!node) {
            skip_phrase(&p);
        } else if (node->least == 0 || !has_phrases(node, FORM_PHRASES)) {
            node = fail(&p, from, "only words here: no gap, no mark, at most %d words and %d phrases in all",
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
    if (index == NAMES_NONE || !list_read(lists, lists->lists.ptr[index], 0, problems))
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
