#include "engine/pattern_parser.h"

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

bool pattern_list_read(const PatternLists *lists, List *list, int depth, Problems *problems)
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
            Node *node = pattern_parse_branch(&p, true);
            if (node)
                LIST_PUSH(p.arena, &phrases, node);
            else
                pattern_skip_phrase(&p);
            sound &= node != NULL;
            if (p.at >= p.text.len)
                break;
        }
    }
    if (sound && phrases.len)
        list->node = pattern_node_of(&p, NODE_ANY, phrases, 0);
    list->state = list->node ? LIST_READ : LIST_BROKEN;
    return list->node != NULL;
}
