#include "engine/pattern_parser.h"

#include "engine/token.h"

#include <string.h>

enum { GAP_MOST = 30 };

/* ---- characters ------------------------------------------------------------ */

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

void pattern_skip_blanks(Parser *p)
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

/* ---- words and marks -------------------------------------------------------- */

static Node *symbol_node(Parser *p, Symbol symbol, size_t from)
{
    Node *node = pattern_node_new(p, NODE_WORD);
    node->symbol = symbol;
    return pattern_node_end(p, node, from);
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
        LIST_PUSH(p->arena, items, pattern_node_of(p, NODE_ANY, both, from));
        return true;
    }
    for (size_t i = 0; i < BASE_COUNT(marks); i++)
        if (marks[i].mark == mark) {
            LIST_PUSH(p->arena, items, symbol_node(p, marks[i].symbol, from));
            return true;
        }
    if (p->text.ptr[from] == '/')
        pattern_fail(p, from, "a rule sees words, not characters: there are no regular expressions");
    else
        pattern_fail(p, from, "a pattern has words and the marks , : ; - \" \\( \\) only");
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
    LIST_PUSH(p->arena, items, pattern_node_of(p, NODE_ANY, branches, from));
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
        Node *node = pattern_node_new(p, NODE_WORD);
        node->word = str_slice(words, token->span);
        node->folded = token_fold(words, token, p->arena);
        node->capital = token->flags & TOKEN_CAPITAL;
        node->tense = tense;
        if (token->flags & TOKEN_POSSESSIVE)
            node->symbol = SYMBOL_POSSESSIVE;
        LIST_PUSH(p->arena, items, pattern_node_end(p, node, from));
    }
    return true;
}

/* ---- verbs, lists, gaps, slots, groups ---------------------------------------- */

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
        return pattern_fail(p, from, "`~` needs a verb right behind it");
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
            LIST_PUSH(p->arena, &branches, pattern_node_of(p, NODE_ALL, words, from));
    }
    Node *node = sound ? pattern_node_of(p, NODE_ANY, branches, from) : NULL;
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
            return pattern_fail(p, from, "there is no list `%.*s`; did you mean @%.*s?", STR_ARG(name), STR_ARG(nearest));
        return pattern_fail(p, from, "there is no list `%.*s`", STR_ARG(name));
    }
    List *list = p->lists->lists.ptr[index];
    if (list->state == LIST_BUSY)
        return pattern_fail(p, from, "the list `%.*s` contains itself", STR_ARG(name));
    if (p->outer_depth + p->depth >= PATTERN_DEPTH)
        return pattern_fail(p, from, "too many groups and lists inside one another");
    if (!pattern_list_read(p->lists, list, p->outer_depth + p->depth + 1, p->problems))
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
        return pattern_fail(p, from, "`...` needs a number right behind it: ...3 is up to 3 words");
    if (n < 1 || n > GAP_MOST)
        return pattern_fail(p, from, "`...` takes a number from 1 to %d", GAP_MOST);
    Node *node = pattern_node_new(p, NODE_GAP);
    node->gap = (uint16_t)n;
    return pattern_node_end(p, node, from);
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
        return pattern_fail(p, from, "unknown slot <%.*s>; did you mean <%.*s>?", STR_ARG(name), STR_ARG(nearest));
    return pattern_fail(p, from, "unknown slot <%.*s>", STR_ARG(name));
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
        return pattern_fail(p, from, "a slot is <name> or <name:tag>");
    p->at++;
    Node *node = pattern_node_new(p, NODE_SLOT);
    node->slot = slot_kind(p->lists, kind_name);
    node->slot_index = SLOT_NOT_KEPT;
    node->word = kind_name;
    if (node->slot == SLOT_NONE)
        return fail_slot(p, from, kind_name);
    if (p->pattern) {
        size_t index = slot_index(p->pattern, name);
        if (index == PATTERN_SLOTS)
            return pattern_fail(p, from, "more than %d slots in one pattern", PATTERN_SLOTS);
        if (++p->pattern->n_groups > PATTERN_GROUPS)
            return pattern_fail(p, from, "more than %d slots in the branches of one pattern", PATTERN_GROUPS);
        node->slot_index = (uint8_t)index;
    } else if (node->slot != SLOT_TAG && node->slot != SLOT_NUMBER && node->slot != SLOT_NAME) {
        return pattern_fail(p, from, "<%.*s> cannot stand in a list", STR_ARG(kind_name));
    }
    return pattern_node_end(p, node, from);
}

static Node *parse_branches(Parser *p);

static Node *parse_group(Parser *p)
{
    size_t from = p->at;
    char open = p->text.ptr[p->at++], close = open == '(' ? ')' : ']';
    if (p->outer_depth + p->depth >= PATTERN_DEPTH)
        return pattern_fail(p, from, "too many groups and lists inside one another");
    p->depth++;
    Node *node = parse_branches(p);
    if (!node)
        return NULL;
    if (peek(p) != close) {
        if (p->at == p->text.len)
            return pattern_fail(p, from, "missing closing `%c`", close);
        return pattern_fail(p, p->at, "`%c` where `%c` should close the group", peek(p), close);
    }
    p->at++;
    p->depth--;
    if (open == '(')
        return node;
    Nodes items = { 0 };
    LIST_PUSH(p->arena, &items, node);
    return pattern_node_of(p, NODE_OPTION, items, from);
}

/* ---- items and branches ------------------------------------------------------ */

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
        pattern_fail(p, from, "`>` without `<`");
        break;
    case '\\':
        if (p->at + 1 < p->text.len && (p->text.ptr[p->at + 1] == '(' || p->text.ptr[p->at + 1] == ')')) {
            p->at += 2;
            return add_mark(p, items, p->text.ptr[p->at - 1], from);
        }
        pattern_fail(p, from, "only ( and ) may stand behind `\\`");
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

Node *pattern_parse_branch(Parser *p, bool top)
{
    Nodes items = { 0 };
    pattern_skip_blanks(p);
    size_t from = p->at;
    for (char c; (c = peek(p)) && !strchr("|)]", c); pattern_skip_blanks(p))
        if (!parse_item(p, &items))
            return NULL;
    if (top && p->at < p->text.len && peek(p) != '|')
        return pattern_fail(p, p->at, "`%c` closes nothing", peek(p));
    if (items.len == 0)
        return pattern_fail(p, from, "an empty alternative");
    for (size_t i = 0; i < items.len; i++)
        if (!items.ptr[i])
            return NULL;             /* reported where it was made */
    if (top) {
        Node *node = pattern_node_new(p, NODE_ALL);
        node->items = items;
        return pattern_node_end(p, node, from);
    }
    return pattern_node_of(p, NODE_ALL, items, from);
}

static Node *parse_branches(Parser *p)
{
    size_t from = p->at;
    Nodes branches = { 0 };
    for (;;) {
        Node *branch = pattern_parse_branch(p, false);
        if (!branch)
            return NULL;
        LIST_PUSH(p->arena, &branches, branch);
        if (peek(p) != '|')
            return pattern_node_of(p, NODE_ANY, branches, from);
        p->at++;
    }
}

void pattern_skip_phrase(Parser *p)
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
