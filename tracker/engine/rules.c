#include "engine/rules_internal.h"

#include "engine/names.h"

#include <stdlib.h>
#include <string.h>

enum {
    TRIE_PHRASES = 64,               /* a pattern that stands for more phrases is a regular expression */
};

/* ---- kinds of stanza ------------------------------------------------------- */

/* Words between blanks.  The first key is required. */
static const RuleKindInfo kind_infos[] = {
    { STR_INIT("list"), STR_INIT("phrase"), STR_INIT("") },
    { STR_INIT("verb"), STR_INIT("forms"), STR_INIT("tag effect takes") },
    { STR_INIT("attribution"), STR_INIT("pattern"), STR_INIT("rank") },
    { STR_INIT("position"), STR_INIT("cue"), STR_INIT("side fallback as denied asserted stance deed denial everything sense pole presupposed mild own") },
    { STR_INIT("topic"), STR_INIT("about needs not"), STR_INIT("") },
    { STR_INIT("modifier"), STR_INIT("phrase"), STR_INIT("kind reach") },
    { STR_INIT("sense"), STR_INIT("words"), STR_INIT("") },
    { STR_INIT("opposite"), STR_INIT("plus minus"), STR_INIT("") },
};

const RuleKindInfo *rules_kinds(size_t *n)
{
    *n = BASE_COUNT(kind_infos);
    return kind_infos;
}

/* What nobody sees who only lists things: it goes without a test. */
static bool wants_test(const RuleKindInfo *kind)
{
    return !str_equal(kind->name, STR("list")) && !str_equal(kind->name, STR("sense")) && !str_equal(kind->name, STR("opposite"));
}

/* Attributes that nobody knows are kept for those who ask for them. */
static bool is_open(const RuleKindInfo *kind)
{
    return str_equal(kind->name, STR("verb"));
}

/* Attributes that take one of a few words. */
static const struct { Str kind, key, values; } attribute_values[] = {
    { STR_INIT("verb"), STR_INIT("effect"), STR_INIT("assert deny question silence") },
    { STR_INIT("verb"), STR_INIT("takes"), STR_INIT("clause") },
    { STR_INIT("position"), STR_INIT("side"), STR_INIT("+ - 0") },
    { STR_INIT("position"), STR_INIT("fallback"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("stance"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("deed"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("denial"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("asserted"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("everything"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("presupposed"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("mild"), STR_INIT("yes no") },
    { STR_INIT("position"), STR_INIT("own"), STR_INIT("yes no") },
    { STR_INIT("modifier"), STR_INIT("kind"), STR_INIT("condition hedge limit unconditional negation question") },
    { STR_INIT("modifier"), STR_INIT("reach"), STR_INIT("clause sentence next") },
    { STR_INIT(""), STR_INIT("off"), STR_INIT("yes no") },          /* every kind */
};

Str rules_attribute_values(Str kind, Str attribute)
{
    for (size_t i = 0; i < BASE_COUNT(attribute_values); i++)
        if ((attribute_values[i].kind.len == 0 || str_equal(attribute_values[i].kind, kind)) &&
            str_equal(attribute_values[i].key, attribute))
            return attribute_values[i].values;
    return STR_NONE;
}

/* What attribution.c makes of a sentence, beside the tags of verbs. */
static const Str span_tags[] = {
    STR_INIT("quote"), STR_INIT("source"), STR_INIT("pp"), STR_INIT("date"), STR_INIT("aux"), STR_INIT("adverb"),
};

/* Which fields hold patterns. */
static const struct { Str stanza, key; RuleKind kind; } pattern_fields[] = {
    { STR_INIT("attribution"), STR_INIT("pattern"), RULE_ATTRIBUTION },
    { STR_INIT("position"), STR_INIT("cue"), RULE_POSITION },
    { STR_INIT("topic"), STR_INIT("about"), RULE_TOPIC_ABOUT },
    { STR_INIT("topic"), STR_INIT("needs"), RULE_TOPIC_NEEDS },
    { STR_INIT("topic"), STR_INIT("not"), RULE_TOPIC_NOT },
    { STR_INIT("modifier"), STR_INIT("phrase"), RULE_MODIFIER },
};

static bool is_off(const Stanza *stanza)
{
    return str_equal(stanza_attribute(stanza, "off"), STR("yes"));
}

static bool is_kind(const Stanza *stanza, const char *kind)
{
    return str_equal(stanza->kind, str_from(kind));
}

/* The position of `word` in a table of words between blanks, or -1. */
static int word_index(Str words, Str word)
{
    int index = 0;
    for (Str piece; str_split(&words, ' ', &piece); index++)
        if (str_equal(piece, word))
            return index;
    return -1;
}

static void split_words(Str words, Arena *arena, Strs *out)
{
    for (Str piece; words.len && str_split(&words, ' ', &piece);)
        LIST_PUSH(arena, out, piece);
}

static bool is_word(Str word, const Strs *words)
{
    for (size_t i = 0; i < words->len; i++)
        if (str_equal(words->ptr[i], word))
            return true;
    return false;
}

/* "unknown WHAT `word`", with the nearest known one if there is one. */
static void complain_unknown(Loader *loader, const char *file, int line, int col, const char *what, Str word,
                             const Strs *known)
{
    Str nearest = rulefile_nearest(word, known->ptr, known->len);
    if (nearest.ptr)
        problems_addf(loader->problems, ERR_RULES, file, line, col, "unknown %s `%.*s`; did you mean `%.*s`?", what,
                      STR_ARG(word), STR_ARG(nearest));
    else
        problems_addf(loader->problems, ERR_RULES, file, line, col, "unknown %s `%.*s`", what, STR_ARG(word));
}

/* ---- checking -------------------------------------------------------------- */

static const RuleKindInfo *check_kind(Loader *loader, const Stanza *stanza)
{
    Strs known = { 0 };
    for (size_t i = 0; i < BASE_COUNT(kind_infos); i++) {
        if (str_equal(stanza->kind, kind_infos[i].name))
            return &kind_infos[i];
        LIST_PUSH(loader->arena, &known, kind_infos[i].name);
    }
    complain_unknown(loader, stanza->file, stanza->line, 1, "kind of stanza", stanza->kind, &known);
    return NULL;
}

/* Fields with a key that the kind does not have are reported and taken out. */
static void check_fields(Loader *loader, Stanza *stanza, const RuleKindInfo *kind)
{
    Strs known = { 0 };
    split_words(kind->keys, loader->arena, &known);
    LIST_PUSH(loader->arena, &known, STR("test"));
    LIST_PUSH(loader->arena, &known, STR("todo"));
    bool has_first = false, has_test = false;
    size_t kept = 0;
    for (size_t i = 0; i < stanza->fields.len; i++) {
        const RuleField *field = &stanza->fields.ptr[i];
        size_t k = 0;
        while (k < known.len && !str_equal(known.ptr[k], field->key))
            k++;
        if (k == known.len) {
            complain_unknown(loader, stanza->file, field->key_line, field->key_col, "key", field->key, &known);
            continue;
        }
        has_first |= k == 0;
        has_test |= k == known.len - 2;
        stanza->fields.ptr[kept++] = *field;
    }
    stanza->fields.len = kept;
    if (is_off(stanza))
        return;
    if (!has_first)
        problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, 1, "%.*s `%.*s` has no `%.*s`",
                      STR_ARG(stanza->kind), STR_ARG(stanza->name), STR_ARG(known.ptr[0]));
    if (wants_test(kind) && !has_test) {
        Error warning;
        error_set(&warning, ERR_RULES, stanza->file, stanza->line, 1, "%.*s `%.*s` has no test", STR_ARG(stanza->kind),
                  STR_ARG(stanza->name));
        warning.warning = true;
        problems_add(loader->problems, &warning);
    }
}

static void check_attributes(Loader *loader, const Stanza *stanza, const RuleKindInfo *kind)
{
    Strs known = { 0 };
    split_words(kind->attributes, loader->arena, &known);
    LIST_PUSH(loader->arena, &known, STR("off"));
    for (size_t i = 0; i < stanza->attributes.len; i++) {
        const RuleAttribute *attribute = &stanza->attributes.ptr[i];
        if (!is_word(attribute->key, &known) &&
            (!is_open(kind) || rulefile_nearest(attribute->key, known.ptr, known.len).ptr))
            complain_unknown(loader, stanza->file, stanza->line, attribute->col, "attribute", attribute->key, &known);
        Str allowed = rules_attribute_values(stanza->kind, attribute->key);
        if (allowed.ptr && word_index(allowed, attribute->value) < 0) {
            Strs values = { 0 };
            split_words(allowed, loader->arena, &values);
            complain_unknown(loader, stanza->file, stanza->line, attribute->value_col, "value", attribute->value, &values);
        }
    }
}

/* A stanza that takes out another, and there is none. */
static void complain_nothing_below(Loader *loader, const Stanza *stanza, size_t kept)
{
    Strs names = { 0 };
    for (size_t i = 0; i < kept; i++)
        if (str_equal(loader->stanzas.ptr[i].kind, stanza->kind))
            LIST_PUSH(loader->arena, &names, loader->stanzas.ptr[i].name);
    Str nearest = rulefile_nearest(stanza->name, names.ptr, names.len);
    problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, stanza->name_col,
                  "there is no %.*s `%.*s` to switch off%s%.*s%s", STR_ARG(stanza->kind), STR_ARG(stanza->name),
                  nearest.ptr ? "; did you mean `" : "", STR_ARG(nearest), nearest.ptr ? "`?" : "");
}

static int by_kind_and_name(const void *a, const void *b)
{
    const Stanza *x = a, *y = b;
    int order = str_compare(x->kind, y->kind);
    return order ? order : str_compare(x->name, y->name);
}

/* Leave what is sound and counts in loader->stanzas: of several layers the highest, nothing that is switched off. */
static void check_stanzas(Loader *loader)
{
    Names seen = { 0 };
    Stanza *stanzas = loader->stanzas.ptr;
    size_t kept = 0, on = 0;
    for (size_t i = 0; i < loader->stanzas.len; i++) {
        Stanza *stanza = &stanzas[i];
        const RuleKindInfo *kind = check_kind(loader, stanza);
        if (!kind)
            continue;
        Str key = str_printf(loader->arena, "%.*s %.*s", STR_ARG(stanza->kind), STR_ARG(stanza->name));
        uint32_t below = names_find(&seen, key);
        if (below != NAMES_NONE && stanzas[below].layer == stanza->layer) {
            problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, stanza->name_col,
                          "%.*s `%.*s` is in %s:%d already", STR_ARG(stanza->kind), STR_ARG(stanza->name),
                          stanzas[below].file, stanzas[below].line);
            continue;
        }
        check_fields(loader, stanza, kind);
        check_attributes(loader, stanza, kind);
        if (below != NAMES_NONE) {
            stanzas[below] = *stanza;
            continue;
        }
        if (is_off(stanza) && stanza->fields.len == 0)       /* one with fields is the user's own, asleep */
            complain_nothing_below(loader, stanza, kept);
        names_add(&seen, loader->arena, key, (uint32_t)kept);
        stanzas[kept++] = *stanza;
    }
    for (size_t i = 0; i < kept; i++)
        if (!is_off(&stanzas[i]))
            stanzas[on++] = stanzas[i];
        else if (is_kind(&stanzas[i], "position"))
            LIST_PUSH(loader->arena, &loader->positions_off, stanzas[i].name);
    loader->stanzas.len = on;
    if (on)
        qsort(stanzas, on, sizeof *stanzas, by_kind_and_name);
    for (size_t i = 0; i < on; i++)
        if (is_kind(&stanzas[i], "position"))
            LIST_PUSH(loader->arena, &loader->positions, stanzas[i].name);
}

/* ---- lists and verbs ------------------------------------------------------- */

static void load_lists(Loader *loader)
{
    Rules *rules = loader->rules;
    Strs names = { 0 };
    for (size_t i = 0; i < loader->stanzas.len; i++)
        if (is_kind(&loader->stanzas.ptr[i], "list")) {
            pattern_lists_add(loader->lists, &loader->stanzas.ptr[i], loader->problems);
            LIST_PUSH(loader->arena, &names, loader->stanzas.ptr[i].name);
        }
    for (uint32_t i = 0; i < names.len; i++) {
        PatternPhrases phrases = { 0 };
        pattern_list_phrases(loader->lists, names.ptr[i], &loader->scratch, &phrases, loader->problems);
        for (size_t k = 0; k < phrases.len; k++)
            lexicon_add(rules->lexicon, phrases.ptr[k].text, LEXICON_LIST, i, 0);
        arena_reset(&loader->scratch);
    }
    rules->list_names = names.ptr;
    rules->n_list_names = names.len;
}

static Str verb_tag(const Stanza *stanza)
{
    Str tag = stanza_attribute(stanza, "tag");
    return tag.ptr ? tag : STR("say");
}

/* "judge" -> "judging" */
static Str ing_tag(Loader *loader, const Stanza *stanza)
{
    PatternPhrases forms = { 0 };
    pattern_inflect(verb_tag(stanza), loader->arena, &forms);
    size_t i = 0;
    while (i < forms.len && forms.ptr[i].tense != VERB_ING)
        i++;
    return i < forms.len ? forms.ptr[i].text : STR("");
}

/* The tags that attribution patterns may name: a verb's, and that of its -ing forms. */
static void declare_tags(Loader *loader)
{
    Names seen = { 0 };
    Strs tags = { 0 };
    for (size_t i = 0; i < BASE_COUNT(span_tags); i++)
        LIST_PUSH(loader->arena, &tags, span_tags[i]);
    for (size_t i = 0; i < loader->stanzas.len; i++) {
        const Stanza *stanza = &loader->stanzas.ptr[i];
        if (!is_kind(stanza, "verb") || !names_add(&seen, loader->arena, verb_tag(stanza), 0))
            continue;
        LIST_PUSH(loader->arena, &tags, verb_tag(stanza));
        LIST_PUSH(loader->arena, &tags, ing_tag(loader, stanza));
    }
    pattern_lists_tags(loader->lists, tags.ptr, tags.len);
}

static void load_verb(Loader *loader, const Stanza *stanza)
{
    Lexicon *lexicon = loader->rules->lexicon;
    Str effect = stanza_attribute(stanza, "effect");
    int index = word_index(attribute_values[0].values, effect);
    Verb verb = {
        .stanza = stanza, .name = stanza->name, .tag = lexicon_tag_symbol(lexicon, verb_tag(stanza)),
        .ing = lexicon_tag(lexicon, ing_tag(loader, stanza)),
        .effect = index > 0 ? (VerbEffect)index : VERB_ASSERT,
        .takes_clause = str_equal(stanza_attribute(stanza, "takes"), STR("clause")),
        .where = str_printf(loader->arena, "%s:%d", stanza->source, stanza->line),
    };
    uint32_t first_form[VERB_FIXED + 1];         /* one VerbForm a tense, made when a form has it */
    memset(first_form, 0xff, sizeof first_form);
    for (size_t i = 0; i < stanza->fields.len; i++) {
        PatternPhrases phrases = { 0 };
        if (!str_equal(stanza->fields.ptr[i].key, STR("forms")))
            continue;
        pattern_parse_phrases(&stanza->fields.ptr[i], stanza->file, loader->lists, &loader->scratch, &phrases, loader->problems);
        for (size_t k = 0; k < phrases.len; k++) {
            VerbTense tense = phrases.ptr[k].tense;
            if (first_form[tense] == UINT32_MAX) {
                first_form[tense] = (uint32_t)loader->verb_forms.len;
                LIST_PUSH(loader->arena, &loader->verb_forms, ((VerbForm){ (uint32_t)loader->verbs.len, tense }));
            }
            lexicon_add(lexicon, phrases.ptr[k].text, LEXICON_VERB, first_form[tense], 0);
        }
        arena_reset(&loader->scratch);
    }
    LIST_PUSH(loader->arena, &loader->verbs, verb);
}

/* ---- rules ----------------------------------------------------------------- */

static int read_rank(Loader *loader, const Stanza *stanza)
{
    Str text = stanza_attribute(stanza, "rank");
    if (!text.ptr)
        return 0;
    char *end;
    long rank = strtol(str_cstr(loader->arena, text), &end, 10);
    if (*end || rank < -1000 || rank > 1000) {
        problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, stanza_attribute_col(stanza, "rank"),
                      "rank is a whole number up to 1000, not `%.*s`", STR_ARG(text));
        return 0;
    }
    return (int)rank;
}

/* as= and denied= name positions. */
static void check_position_name(Loader *loader, const Stanza *stanza, const char *key)
{
    Str name = stanza_attribute(stanza, key);
    if (!name.ptr)
        return;
    for (size_t i = 0; i < loader->positions.len; i++)
        if (str_equal(loader->positions.ptr[i], name))
            return;
    complain_unknown(loader, stanza->file, stanza->line, stanza_attribute_col(stanza, key), "position", name, &loader->positions);
}

static void load_rule(Loader *loader, const Stanza *stanza)
{
    Names seen = { 0 };              /* a phrase that stands twice in a field counts once */
    Str side = stanza_attribute(stanza, "side");
    Rule rule = {
        .stanza = stanza, .name = stanza->name, .label = stanza->label,
        .where = str_printf(loader->arena, "%s:%d", stanza->source, stanza->line),
        .rank = read_rank(loader, stanza),
        .side = str_equal(side, STR("+")) ? 1 : str_equal(side, STR("-")) ? -1 : 0,
        .fallback = str_equal(stanza_attribute(stanza, "fallback"), STR("yes")),
        .modifier = stanza_attribute(stanza, "kind"), .reach = stanza_attribute(stanza, "reach"),
    };
    check_position_name(loader, stanza, "as");
    check_position_name(loader, stanza, "denied");
    for (size_t i = 0; i < stanza->fields.len; i++) {
        const RuleField *field = &stanza->fields.ptr[i];
        size_t k = 0;
        while (k < BASE_COUNT(pattern_fields) &&
               !(str_equal(pattern_fields[k].stanza, stanza->kind) && str_equal(pattern_fields[k].key, field->key)))
            k++;
        if (k == BASE_COUNT(pattern_fields))
            continue;
        PatternList patterns = { 0 };
        pattern_parse(field, stanza->file, loader->lists, loader->rules->lexicon, loader->arena, &patterns, loader->problems);
        for (size_t n = 0; n < patterns.len; n++) {
            Str key = str_printf(loader->arena, "%.*s %.*s", STR_ARG(field->key), STR_ARG(pattern_source(patterns.ptr[n])));
            if (!names_add(&seen, loader->arena, key, 0))
                continue;
            RulePattern pattern = {
                .kind = pattern_fields[k].kind, .rule = (uint32_t)loader->rule_list.len, .pattern = patterns.ptr[n],
                .where = str_printf(loader->arena, "%s:%d", stanza->source, pattern_line(patterns.ptr[n])),
            };
            PatternPhrases phrases = { 0 };
            pattern.in_trie = pattern.kind != RULE_ATTRIBUTION &&
                              pattern_phrases(pattern.pattern, TRIE_PHRASES, &loader->scratch, &phrases);
            for (size_t p = 0; p < phrases.len; p++)
                lexicon_add(loader->rules->lexicon, phrases.ptr[p].text, LEXICON_PHRASE, (uint32_t)loader->patterns.len, 0);
            arena_reset(&loader->scratch);
            LIST_PUSH(loader->arena, &loader->patterns, pattern);
        }
    }
    LIST_PUSH(loader->arena, &loader->rule_list, rule);
}

/* The phrases of a sense: folded words with one blank between, as texts are compared. */
static void load_senses(Loader *loader, const Stanza *stanza, const char *key, int sign)
{
    for (size_t i = 0; i < stanza->fields.len; i++) {
        PatternPhrases phrases = { 0 };
        if (!str_equal(stanza->fields.ptr[i].key, str_from(key)))
            continue;
        pattern_parse_phrases(&stanza->fields.ptr[i], stanza->file, loader->lists, loader->arena, &phrases, loader->problems);
        for (size_t k = 0; k < phrases.len; k++) {
            Token *tokens;
            Str words = STR("");
            size_t n = token_split(phrases.ptr[k].text, loader->arena, &tokens);
            for (size_t t = 0; t < n; t++) {
                Str word = token_fold(phrases.ptr[k].text, &tokens[t], loader->arena);
                words = str_printf(loader->arena, "%.*s%s%.*s", STR_ARG(words), t ? " " : "", STR_ARG(word));
            }
            LIST_PUSH(loader->arena, &loader->rules->senses, ((Sense){ words, stanza->name, sign }));
        }
    }
}

static void load_stanzas(Loader *loader)
{
    Rules *rules = loader->rules;
    declare_tags(loader);
    load_lists(loader);
    for (size_t i = 0; i < loader->stanzas.len; i++)
        if (is_kind(&loader->stanzas.ptr[i], "attribution"))
            load_rule(loader, &loader->stanzas.ptr[i]);
    pattern_lists_tags(loader->lists, NULL, 0);          /* only attribution sees spans; the others see words */
    for (size_t i = 0; i < loader->stanzas.len; i++) {
        const Stanza *stanza = &loader->stanzas.ptr[i];
        if (is_kind(stanza, "verb"))
            load_verb(loader, stanza);
        else if (is_kind(stanza, "position") || is_kind(stanza, "topic") || is_kind(stanza, "modifier"))
            load_rule(loader, stanza);
        load_senses(loader, stanza, "words", 0);
        load_senses(loader, stanza, "plus", 1);
        load_senses(loader, stanza, "minus", -1);
        for (size_t k = 0; k < stanza->fields.len; k++) {
            const RuleField *field = &stanza->fields.ptr[k];
            bool todo = str_equal(field->key, STR("todo"));
            if (todo || str_equal(field->key, STR("test")))
                LIST_PUSH(loader->arena, &loader->tests, ((RuleTest){ stanza, field, todo }));
        }
    }
    rules->stanzas = loader->stanzas.ptr;
    rules->n_stanzas = loader->stanzas.len;
    rules->rules = loader->rule_list.ptr;
    rules->n_rules = loader->rule_list.len;
    rules->patterns = loader->patterns.ptr;
    rules->n_patterns = loader->patterns.len;
    rules->verbs = loader->verbs.ptr;
    rules->n_verbs = loader->verbs.len;
    rules->verb_forms = loader->verb_forms.ptr;
    rules->n_verb_forms = loader->verb_forms.len;
    rules->lists = loader->lists;
    rules->tests = loader->tests.ptr;
    rules->n_tests = loader->tests.len;
}

void rules_compile(Loader *loader)
{
    Rules *rules = loader->rules;
    arena_init(&loader->scratch);
    check_stanzas(loader);
    load_stanzas(loader);
    arena_clear(&loader->scratch);
    lexicon_seal(rules->lexicon);
    pattern_lists_seal(loader->lists, rules->lexicon);
    rules_build_gate(rules);
}

void rules_clear(Rules *rules)
{
    *rules = (Rules){ 0 };           /* all of it lives in its arena */
}

int rules_list(const Rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->n_list_names; i++)
        if (str_equal(rules->list_names[i], str_from(name)))
            return (int)i;
    return -1;
}
