#include "engine/rules.h"

#include "engine/names.h"
#include "engine/rules_roster.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    FOLDER_DEPTH = 8,
    FILE_BYTES = 64 * 1024 * 1024,
    TRIE_PHRASES = 64,               /* a pattern that stands for more phrases is a regular expression */
};

/* ---- kinds of stanza ------------------------------------------------------- */

/* Words between blanks.  The first key is required. */
typedef struct StanzaKind {
    Str name, keys, attributes;
    bool wants_test;
    bool open;                       /* other attributes are kept for those who ask for them */
} StanzaKind;

static const StanzaKind stanza_kinds[] = {
    { STR_INIT("list"), STR_INIT("phrase"), STR_INIT(""), false, false },
    { STR_INIT("verb"), STR_INIT("forms"), STR_INIT("tag effect takes"), true, true },
    { STR_INIT("attribution"), STR_INIT("pattern"), STR_INIT("rank"), true, false },
    { STR_INIT("position"), STR_INIT("cue"), STR_INIT("side fallback as denied asserted stance deed denial everything"),
      true, false },
    { STR_INIT("topic"), STR_INIT("about needs not"), STR_INIT(""), true, false },
    { STR_INIT("modifier"), STR_INIT("phrase"), STR_INIT("kind reach"), true, false },
    { STR_INIT("sense"), STR_INIT("words"), STR_INIT(""), false, false },
    { STR_INIT("opposite"), STR_INIT("plus minus"), STR_INIT(""), false, false },
};

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
    { STR_INIT("modifier"), STR_INIT("kind"), STR_INIT("condition hedge limit unconditional negation question") },
    { STR_INIT("modifier"), STR_INIT("reach"), STR_INIT("clause sentence next") },
};

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

typedef struct RuleList { Rule *ptr; size_t len, cap; } RuleList;
typedef struct RulePatterns { RulePattern *ptr; size_t len, cap; } RulePatterns;
typedef struct Verbs { Verb *ptr; size_t len, cap; } Verbs;
typedef struct VerbForms { VerbForm *ptr; size_t len, cap; } VerbForms;
typedef struct RuleTests { RuleTest *ptr; size_t len, cap; } RuleTests;

typedef struct Loader {
    Rules *rules;
    Arena *arena;
    Problems *problems;
    Stanzas stanzas;
    PatternLists *lists;
    RuleList rule_list;
    RulePatterns patterns;
    Verbs verbs;
    VerbForms verb_forms;
    RuleTests tests;
    Strs positions;
} Loader;

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

static const StanzaKind *check_kind(Loader *loader, const Stanza *stanza)
{
    Strs known = { 0 };
    for (size_t i = 0; i < BASE_COUNT(stanza_kinds); i++) {
        if (str_equal(stanza->kind, stanza_kinds[i].name))
            return &stanza_kinds[i];
        LIST_PUSH(loader->arena, &known, stanza_kinds[i].name);
    }
    complain_unknown(loader, stanza->file, stanza->line, 1, "kind of stanza", stanza->kind, &known);
    return NULL;
}

/* Fields with a key that the kind does not have are reported and taken out. */
static void check_fields(Loader *loader, Stanza *stanza, const StanzaKind *kind)
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
    if (!has_first)
        problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, 1, "%.*s `%.*s` has no `%.*s`",
                      STR_ARG(stanza->kind), STR_ARG(stanza->name), STR_ARG(known.ptr[0]));
    if (kind->wants_test && !has_test) {
        Error warning;
        error_set(&warning, ERR_RULES, stanza->file, stanza->line, 1, "%.*s `%.*s` has no test", STR_ARG(stanza->kind),
                  STR_ARG(stanza->name));
        warning.warning = true;
        problems_add(loader->problems, &warning);
    }
}

static void check_attributes(Loader *loader, const Stanza *stanza, const StanzaKind *kind)
{
    Strs known = { 0 };
    split_words(kind->attributes, loader->arena, &known);
    for (size_t i = 0; i < stanza->attributes.len; i++) {
        const RuleAttribute *attribute = &stanza->attributes.ptr[i];
        if (word_index(kind->attributes, attribute->key) < 0 &&
            (!kind->open || rulefile_nearest(attribute->key, known.ptr, known.len).ptr))
            complain_unknown(loader, stanza->file, stanza->line, attribute->col, "attribute", attribute->key, &known);
        for (size_t k = 0; k < BASE_COUNT(attribute_values); k++) {
            Strs values = { 0 };
            if (!str_equal(stanza->kind, attribute_values[k].kind) || !str_equal(attribute->key, attribute_values[k].key) ||
                word_index(attribute_values[k].values, attribute->value) >= 0)
                continue;
            split_words(attribute_values[k].values, loader->arena, &values);
            complain_unknown(loader, stanza->file, stanza->line, attribute->col, "value", attribute->value, &values);
        }
    }
}

/* Leave what is sound in loader->stanzas. */
static void check_stanzas(Loader *loader)
{
    Names seen = { 0 };
    size_t kept = 0;
    for (size_t i = 0; i < loader->stanzas.len; i++) {
        Stanza *stanza = &loader->stanzas.ptr[i];
        const StanzaKind *kind = check_kind(loader, stanza);
        if (!kind)
            continue;
        Str key = str_printf(loader->arena, "%.*s %.*s", STR_ARG(stanza->kind), STR_ARG(stanza->name));
        if (!names_add(&seen, loader->arena, key, (uint32_t)kept)) {
            const Stanza *first = &loader->stanzas.ptr[names_find(&seen, key)];
            problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, stanza->name_col,
                          "%.*s `%.*s` is in %s:%d already", STR_ARG(stanza->kind), STR_ARG(stanza->name), first->file,
                          first->line);
            continue;
        }
        check_fields(loader, stanza, kind);
        check_attributes(loader, stanza, kind);
        loader->stanzas.ptr[kept++] = *stanza;
    }
    loader->stanzas.len = kept;
    for (size_t i = 0; i < kept; i++)
        if (is_kind(&loader->stanzas.ptr[i], "position"))
            LIST_PUSH(loader->arena, &loader->positions, loader->stanzas.ptr[i].name);
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
        pattern_list_phrases(loader->lists, names.ptr[i], loader->arena, &phrases, loader->problems);
        for (size_t k = 0; k < phrases.len; k++)
            lexicon_add(rules->lexicon, phrases.ptr[k].text, LEXICON_LIST, i, 0);
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
        .where = str_printf(loader->arena, "%s:%d", stanza->file, stanza->line),
    };
    uint32_t first_form[VERB_FIXED + 1];         /* one VerbForm a tense, made when a form has it */
    memset(first_form, 0xff, sizeof first_form);
    for (size_t i = 0; i < stanza->fields.len; i++) {
        PatternPhrases phrases = { 0 };
        if (!str_equal(stanza->fields.ptr[i].key, STR("forms")))
            continue;
        pattern_parse_phrases(&stanza->fields.ptr[i], stanza->file, loader->lists, loader->arena, &phrases, loader->problems);
        for (size_t k = 0; k < phrases.len; k++) {
            VerbTense tense = phrases.ptr[k].tense;
            if (first_form[tense] == UINT32_MAX) {
                first_form[tense] = (uint32_t)loader->verb_forms.len;
                LIST_PUSH(loader->arena, &loader->verb_forms, ((VerbForm){ (uint32_t)loader->verbs.len, tense }));
            }
            lexicon_add(lexicon, phrases.ptr[k].text, LEXICON_VERB, first_form[tense], 0);
        }
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
        problems_addf(loader->problems, ERR_RULES, stanza->file, stanza->line, 1,
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
    complain_unknown(loader, stanza->file, stanza->line, 1, "position", name, &loader->positions);
}

static void load_rule(Loader *loader, const Stanza *stanza)
{
    Names seen = { 0 };              /* a phrase that stands twice in a field counts once */
    Str side = stanza_attribute(stanza, "side");
    Rule rule = {
        .stanza = stanza, .name = stanza->name, .label = stanza->label,
        .where = str_printf(loader->arena, "%s:%d", stanza->file, stanza->line),
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
                .where = str_printf(loader->arena, "%s:%d", stanza->file, pattern_line(patterns.ptr[n])),
            };
            PatternPhrases phrases = { 0 };
            pattern.in_trie = pattern.kind != RULE_ATTRIBUTION &&
                              pattern_phrases(pattern.pattern, TRIE_PHRASES, loader->arena, &phrases);
            for (size_t p = 0; p < phrases.len; p++)
                lexicon_add(loader->rules->lexicon, phrases.ptr[p].text, LEXICON_PHRASE, (uint32_t)loader->patterns.len, 0);
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
    rules->tests = loader->tests.ptr;
    rules->n_tests = loader->tests.len;
}

/* ---- gate ------------------------------------------------------------------ */

/* Per kind: the patterns that a symbol lets through, and those that are always tried. */
typedef struct PatternIds { uint32_t *ptr; size_t len, cap; } PatternIds;
typedef struct KindGate {
    uint32_t *first;                 /* by symbol: where its patterns begin in `ids`; one more at the end */
    uint32_t *ids;
    PatternIds always;
    PatternIds all;
} KindGate;

struct RuleGate {
    size_t n_symbols;
    KindGate kinds[RULE_KINDS];
};

static void gate_build(Rules *rules)
{
    Arena *arena = rules->arena;
    struct RuleGate *gate = ARENA_NEW(arena, struct RuleGate);
    gate->n_symbols = lexicon_symbol_count(rules->lexicon);
    for (size_t k = 0; k < RULE_KINDS; k++)
        gate->kinds[k].first = ARENA_ARRAY(arena, uint32_t, gate->n_symbols + 2);
    const Symbol *symbols;
    for (uint32_t i = 0; i < rules->n_patterns; i++) {       /* count: first[s + 2], so that filling leaves first[s] */
        const RulePattern *pattern = &rules->patterns[i];
        KindGate *kind = &gate->kinds[pattern->kind];
        if (pattern->in_trie)
            continue;
        size_t n = pattern_gate(pattern->pattern, &symbols);
        LIST_PUSH(arena, &kind->all, i);
        if (n == 0)
            LIST_PUSH(arena, &kind->always, i);
        for (size_t s = 0; s < n; s++)
            kind->first[symbols[s] + 2]++;
    }
    for (size_t k = 0; k < RULE_KINDS; k++) {
        KindGate *kind = &gate->kinds[k];
        for (size_t s = 2; s < gate->n_symbols + 2; s++)
            kind->first[s] += kind->first[s - 1];
        kind->ids = ARENA_ARRAY(arena, uint32_t, kind->first[gate->n_symbols + 1] + 1);
        for (size_t p = 0; p < kind->all.len; p++) {
            size_t n = pattern_gate(rules->patterns[kind->all.ptr[p]].pattern, &symbols);
            for (size_t s = 0; s < n; s++)
                kind->ids[kind->first[symbols[s] + 1]++] = kind->all.ptr[p];
        }
    }
    rules->gate = gate;
}

/* ---- loading --------------------------------------------------------------- */

static void rules_begin(Rules *rules, Arena *arena)
{
    *rules = (Rules){ .arena = arena, .lexicon = lexicon_new(arena) };
}

static void read_rules(Loader *loader, Str text, const char *file)
{
    loader->rules->hash += str_hash(text);       /* a sum: the order of files does not matter */
    rulefile_parse(text, file, loader->arena, &loader->stanzas, loader->problems);
}

static void rules_end(Loader *loader)
{
    Rules *rules = loader->rules;
    check_stanzas(loader);
    load_stanzas(loader);
    lexicon_seal(rules->lexicon);
    for (size_t i = 0; i < rules->n_patterns; i++)
        if (!rules->patterns[i].in_trie)
            pattern_compile(rules->patterns[i].pattern, rules->lexicon, loader->problems);
    gate_build(rules);
}

bool rules_load_text(Str text, const char *name, Arena *arena, Rules *out, Problems *problems)
{
    rules_begin(out, arena);
    Loader loader = { .rules = out, .arena = arena, .problems = problems, .lists = pattern_lists_new(arena) };
    read_rules(&loader, str_copy(arena, text), str_cstr(arena, str_from(name)));
    rules_end(&loader);
    return out->n_stanzas > 0;
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Paths below `folder` of all files that end in ".rules", hidden ones left out. */
static void find_files(Loader *loader, const char *folder, Str below, int depth, Strs *out)
{
    Str path = below.len ? str_printf(loader->arena, "%s/%.*s", folder, STR_ARG(below)) : str_from(folder);
    DIR *dir = opendir(str_cstr(loader->arena, path));
    if (!dir) {
        problems_addf(loader->problems, ERR_RULES, str_cstr(loader->arena, path), 0, 0, "cannot open the folder: %s",
                      strerror(errno));
        return;
    }
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        Str name = below.len ? str_printf(loader->arena, "%.*s/%s", STR_ARG(below), entry->d_name)
                             : str_copy(loader->arena, str_from(entry->d_name));
        Str whole = str_printf(loader->arena, "%s/%.*s", folder, STR_ARG(name));
        struct stat info;
        if (stat(whole.ptr, &info) == 0 && S_ISDIR(info.st_mode)) {
            if (depth < FOLDER_DEPTH)
                find_files(loader, folder, name, depth + 1, out);
        } else if (str_ends(name, STR(".rules"))) {
            LIST_PUSH(loader->arena, out, name);
        }
    }
    closedir(dir);
}

/* A whole file below the folder.  Absent is no error if `optional`; then the text is STR_NONE. */
static bool read_file(Loader *loader, const char *folder, const char *name, bool optional, Str *out)
{
    Str path = str_printf(loader->arena, "%s/%s", folder, name);
    *out = STR_NONE;
    FILE *file = fopen(path.ptr, "rb");
    if (!file && optional && errno == ENOENT)
        return true;
    struct stat info;
    bool sound = false;
    if (!file || fstat(fileno(file), &info) != 0) {
        problems_addf(loader->problems, ERR_RULES, name, 0, 0, "cannot read the file: %s", strerror(errno));
    } else if (!S_ISREG(info.st_mode) || info.st_size > FILE_BYTES) {
        problems_addf(loader->problems, ERR_RULES, name, 0, 0, "not a file of at most %d MiB", FILE_BYTES >> 20);
    } else {
        char *text = arena_alloc(loader->arena, (size_t)info.st_size + 1);
        size_t len = fread(text, 1, (size_t)info.st_size, file);
        sound = !ferror(file);
        if (sound)
            *out = (Str){ text, len };
        else
            problems_addf(loader->problems, ERR_RULES, name, 0, 0, "cannot read the file: %s", strerror(errno));
    }
    if (file)
        fclose(file);
    return sound;
}

/* A roster that is not there is worth a warning: no official would ever be named. */
static Str read_roster(Loader *loader, const char *folder, const char *name)
{
    Str text;
    if (read_file(loader, folder, name, true, &text) && !text.ptr) {
        Error warning;
        error_set(&warning, ERR_RULES, name, 0, 0, "there is no such file in the rules folder");
        warning.warning = true;
        problems_add(loader->problems, &warning);
    }
    loader->rules->hash += str_hash(text);
    return text;
}

bool rules_load(const char *folder, Arena *arena, Rules *out, Problems *problems)
{
    rules_begin(out, arena);
    Loader loader = { .rules = out, .arena = arena, .problems = problems, .lists = pattern_lists_new(arena) };
    Strs files = { 0 };
    find_files(&loader, folder, STR(""), 0, &files);
    if (files.len)
        qsort(files.ptr, files.len, sizeof *files.ptr, by_text);
    for (size_t i = 0; i < files.len; i++) {
        Str text;
        if (read_file(&loader, folder, files.ptr[i].ptr, false, &text))
            read_rules(&loader, text, files.ptr[i].ptr);
    }
    Str text;
    if (files.len == 0) {
        problems_addf(problems, ERR_RULES, folder, 0, 0, "no rules: no file here ends in .rules");
    } else {
        if ((text = read_roster(&loader, folder, "countries.csv")).ptr)
            roster_load_countries(out, text, "countries.csv", problems);
        if ((text = read_roster(&loader, folder, "officials.csv")).ptr)
            roster_load_officials(out, text, "officials.csv", problems);
        if ((text = read_roster(&loader, folder, "given-names.csv")).ptr)
            roster_load_given_names(out, text, "given-names.csv", problems);
    }
    rules_end(&loader);
    if (files.len && (text = read_roster(&loader, folder, "oppositions.csv")).ptr)
        roster_load_oppositions(out, text, "oppositions.csv", &loader.positions, problems);
    return out->n_stanzas > 0;
}

void rules_clear(Rules *rules)
{
    for (size_t i = 0; i < rules->n_patterns; i++)
        if (!rules->patterns[i].in_trie)
            pattern_free(rules->patterns[i].pattern);
    *rules = (Rules){ 0 };
}

int rules_list(const Rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->n_list_names; i++)
        if (str_equal(rules->list_names[i], str_from(name)))
            return (int)i;
    return -1;
}

/* ---- matching -------------------------------------------------------------- */

struct RuleMatcher {
    Arena arena;
    const Rules *rules;
    bool gated;
    PatternScratch *scratch;
    uint32_t *stamps; uint32_t stamp;            /* by pattern: the last call that tried it */
    bool *reported;                              /* by pattern: past its limit, and said so */
    RuleCounts counts;
};

RuleMatcher *rule_matcher_open(const Rules *rules, bool gated)
{
    Arena arena;
    arena_init(&arena);
    RuleMatcher *matcher = ARENA_NEW(&arena, RuleMatcher);
    matcher->rules = rules;
    matcher->gated = gated;
    matcher->scratch = pattern_scratch_open();
    matcher->stamps = ARENA_ARRAY(&arena, uint32_t, rules->n_patterns + 1);
    matcher->reported = ARENA_ARRAY(&arena, bool, rules->n_patterns + 1);
    matcher->arena = arena;
    return matcher;
}

void rule_matcher_close(RuleMatcher *matcher)
{
    if (!matcher)
        return;
    pattern_scratch_close(matcher->scratch);
    Arena arena = matcher->arena;
    arena_clear(&arena);
}

RuleCounts rule_matcher_counts(const RuleMatcher *matcher)
{
    return matcher->counts;
}

/* All that a call of rules_match hands down. */
typedef struct Run {
    RuleMatcher *matcher;
    const Symbol *symbols; size_t n_symbols;
    Arena *arena;
    RuleMatches *out;
    Problems *problems;
} Run;

static void run_pattern(Run *run, uint32_t id)
{
    RuleMatcher *matcher = run->matcher;
    if (matcher->stamps[id] == matcher->stamp)
        return;
    matcher->stamps[id] = matcher->stamp;
    matcher->counts.tried++;
    const RulePattern *pattern = &matcher->rules->patterns[id];
    RuleMatch match = { .pattern = id };
    PatternResult result = PATTERN_YES;
    for (size_t from = 0; from < run->n_symbols; from = (size_t)match.match.from + 1) {
        result = pattern_match(pattern->pattern, matcher->scratch, run->symbols, run->n_symbols, from, &match.match);
        if (result != PATTERN_YES)
            break;
        LIST_PUSH(run->arena, run->out, match);
    }
    if (result == PATTERN_EXPLODED && !matcher->reported[id]) {
        matcher->reported[id] = true;
        const Stanza *stanza = matcher->rules->rules[pattern->rule].stanza;
        problems_addf(run->problems, ERR_RULES, stanza->file, pattern_line(pattern->pattern), pattern_col(pattern->pattern),
                      "the pattern takes too long here and is skipped: fewer gaps or runs would help");
    }
}

typedef struct Ordered { const RuleMatch *match; int weight; Str name, source; } Ordered;

static int by_worth(const void *a, const void *b)
{
    const Ordered *x = a, *y = b;
    const PatternMatch *m = &x->match->match, *n = &y->match->match;
    if (m->from != n->from)
        return m->from < n->from ? -1 : 1;
    if (m->to != n->to)
        return m->to > n->to ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    int order = str_compare(x->name, y->name);
    return order ? order : str_compare(x->source, y->source);
}

/* Append the matches in order.  The trie gives every length of a pattern's phrases: the longest from one start counts. */
static void add_sorted(const Rules *rules, const RuleMatches *matches, Arena *arena, RuleMatches *out)
{
    if (matches->len == 0)
        return;
    Ordered *ordered = ARENA_ARRAY(arena, Ordered, matches->len);
    for (size_t i = 0; i < matches->len; i++) {
        const RulePattern *pattern = &rules->patterns[matches->ptr[i].pattern];
        ordered[i] = (Ordered){ &matches->ptr[i], pattern_weight(pattern->pattern), rules->rules[pattern->rule].name,
                                pattern_source(pattern->pattern) };
    }
    qsort(ordered, matches->len, sizeof *ordered, by_worth);
    size_t first = out->len;
    for (size_t i = 0; i < matches->len; i++) {
        const RuleMatch *match = ordered[i].match;
        bool again = false;
        for (size_t k = out->len; k > first && !again && out->ptr[k - 1].match.from == match->match.from; k--)
            again = out->ptr[k - 1].pattern == match->pattern;
        if (!again)
            LIST_PUSH(arena, out, *match);
    }
}

void rules_match(RuleMatcher *matcher, RuleKind kind, const Symbol *symbols, size_t n_symbols,
                 const Hit *phrases, size_t n_phrases, Arena *arena, RuleMatches *out, Problems *problems)
{
    const Rules *rules = matcher->rules;
    const KindGate *gate = &rules->gate->kinds[kind];
    RuleMatches found = { 0 };
    Run run = { matcher, symbols, n_symbols, arena, &found, problems };
    uint64_t tried = matcher->counts.tried;
    if (++matcher->stamp == 0) {                 /* run over: all stamps are stale */
        memset(matcher->stamps, 0, rules->n_patterns * sizeof *matcher->stamps);
        matcher->stamp = 1;
    }
    const PatternIds *anyway = matcher->gated ? &gate->always : &gate->all;
    for (size_t i = 0; i < anyway->len; i++)
        run_pattern(&run, anyway->ptr[i]);
    for (size_t i = 0; matcher->gated && i < n_symbols; i++)
        if (symbols[i] < rules->gate->n_symbols)
            for (uint32_t at = gate->first[symbols[i]]; at < gate->first[symbols[i] + 1]; at++)
                run_pattern(&run, gate->ids[at]);
    matcher->counts.held += gate->all.len - (matcher->counts.tried - tried);
    for (size_t i = 0; i < n_phrases; i++) {
        const Hit *hit = &phrases[i];
        if (hit->kind != LEXICON_PHRASE || rules->patterns[hit->id].kind != kind)
            continue;
        PatternMatch match = { .from = hit->first, .to = hit->end, .whole_from = hit->first, .whole_to = hit->end };
        LIST_PUSH(arena, &found, ((RuleMatch){ hit->id, match }));
    }
    add_sorted(rules, &found, arena, out);
}
