/* test_language.c - what the rules' README and the editors know is the language that the program reads */
#include "check.h"

#include "base/json.h"
#include "engine/rules.h"

static const char *const grammars[] = {
    "rules/editors/vim/syntax/tracker-rules.vim", "rules/editors/vscode/syntaxes/tracker-rules.tmLanguage.json",
};

static bool contains(Str text, Str part)
{
    return str_find(text, part, 0) < text.len;
}

/* A word of an alternation: after ( or |, before ) or |, with or without backslashes. */
static bool has_word(Str text, Str word)
{
    for (size_t at = 0; (at = str_find(text, word, at)) < text.len; at++) {
        char before = at ? text.ptr[at - 1] : ' ', after = at + word.len < text.len ? text.ptr[at + word.len] : ' ';
        if ((before == '(' || before == '|') && (after == ')' || after == '|' || after == '\\'))
            return true;
    }
    return false;
}

static void check_words(Str words, Str text, const char *file)
{
    for (Str word; words.len && str_split(&words, ' ', &word);)
        if (!has_word(text, word))
            CHECK_STR(file, STR("not there"), word);
}

static void grammars_are_complete(void)
{
    for (size_t g = 0; g < BASE_COUNT(grammars); g++) {
        Arena arena;
        arena_init(&arena);
        Str text = check_read_file(grammars[g], &arena);
        size_t n;
        const RuleKindInfo *kinds = rules_kinds(&n);
        for (size_t i = 0; i < n; i++) {
            check_words(kinds[i].name, text, grammars[g]);
            check_words(kinds[i].keys, text, grammars[g]);
            check_words(kinds[i].attributes, text, grammars[g]);
        }
        check_words(STR("off test todo"), text, grammars[g]);
        check_words(STR("speaker office content cue place said_on reporter kind denied position topic limit negated condition hedged "
                        "unconditional none"), text, grammars[g]);
        arena_clear(&arena);
    }
}

static void json_is_sound(void)
{
    static const char *const files[] = {
        "rules/editors/vscode/package.json", "rules/editors/vscode/language-configuration.json",
        "rules/editors/vscode/syntaxes/tracker-rules.tmLanguage.json",
    };
    for (size_t i = 0; i < BASE_COUNT(files); i++) {
        Arena arena;
        Json *json = NULL;
        Error err = { 0 };
        arena_init(&arena);
        CHECK_ROW(files[i], json_parse(check_read_file(files[i], &arena), &json, &err) && json_is_object(json));
        json_free(json);
        arena_clear(&arena);
    }
}

/* Every kind, key, attribute and value stands in the reference, as code. */
static void reference_is_complete(void)
{
    Arena arena;
    arena_init(&arena);
    Str text = check_read_file("rules/README.md", &arena);
    size_t n;
    const RuleKindInfo *kinds = rules_kinds(&n);
    for (size_t i = 0; i < n; i++) {
        CHECK_ROW(kinds[i].name.ptr, contains(text, str_printf(&arena, "| `%.*s NAME", STR_ARG(kinds[i].name))));
        Str rest = kinds[i].keys;
        for (Str key; rest.len && str_split(&rest, ' ', &key);)
            CHECK_ROW(key.ptr, contains(text, str_printf(&arena, "`%.*s`", STR_ARG(key))));
        rest = kinds[i].attributes;
        for (Str key; rest.len && str_split(&rest, ' ', &key);) {
            CHECK_ROW(key.ptr, contains(text, str_printf(&arena, "`%.*s=", STR_ARG(key))) ||
                               contains(text, str_printf(&arena, "`%.*s`", STR_ARG(key))));
            Str values = rules_attribute_values(kinds[i].name, key);
            for (Str value; values.len && str_split(&values, ' ', &value);)
                CHECK_ROW(value.ptr, str_equal(value, STR("no")) || contains(text, str_printf(&arena, "`%.*s`", STR_ARG(value))) ||
                                     contains(text, str_printf(&arena, "=%.*s`", STR_ARG(value))));
        }
    }
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "the editors know every word", grammars_are_complete },
    { "their files are sound", json_is_sound },
    { "the reference knows every word", reference_is_complete },
};
const TestSuite test_language = SUITE(cases);
