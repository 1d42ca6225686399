#include "cli/session.h"

#include "engine/names.h"

/* ---- which stanzas use a word --------------------------------------------------- */

/* A hyphen joins the name of a list; between words it is a blank. */
static bool is_word_char(char c, bool in_name)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '\'' ||
           c == '.' || (unsigned char)c >= 0x80 || (in_name && c == '-');
}

static bool is_form_of(Str verb, Str word, Arena *arena)
{
    PatternPhrases forms = { 0 };
    pattern_inflect(verb, arena, &forms);
    for (size_t i = 0; i < forms.len; i++)
        if (str_equal_nocase(forms.ptr[i].text, word))
            return true;
    return false;
}

/* The phrase has the word, a verb that it is a form of, or one of the lists. */
static bool phrase_uses(Str phrase, Str word, const Names *lists, Arena *arena)
{
    for (size_t from = 0, to; from < phrase.len; from = to + 1) {
        char before = from ? phrase.ptr[from - 1] : ' ';
        for (to = from; to < phrase.len && is_word_char(phrase.ptr[to], before == '@');)
            to++;
        Str part = { phrase.ptr + from, to - from };
        if (part.len == 0 || before == '<')
            continue;
        if (before == '@' ? names_find(lists, part) != NAMES_NONE : before == '~' ? is_form_of(part, word, arena)
                                                                                  : str_equal_nocase(part, word))
            return true;
    }
    return false;
}

static bool is_pattern_key(Str key)
{
    return !str_equal(key, STR("test")) && !str_equal(key, STR("todo"));
}

/* The first phrase of the stanza that uses the word, with its line; phrase STR_NONE if none does. */
typedef struct Use { Str phrase; int line; } Use;

static Use find_use(const Stanza *stanza, Str word, const Names *lists, Arena *arena)
{
    for (size_t i = 0; i < stanza->fields.len; i++) {
        const RuleField *field = &stanza->fields.ptr[i];
        size_t from = 0;
        int depth = 0;
        for (size_t at = 0; at <= field->text.len && is_pattern_key(field->key); at++) {
            char c = at < field->text.len ? field->text.ptr[at] : '|';
            depth += (c == '(' || c == '[') - (c == ')' || c == ']');
            if (c != '|' || (depth > 0 && at < field->text.len))
                continue;
            Str phrase = str_trim((Str){ field->text.ptr + from, at - from });
            if (phrase.len && phrase_uses(phrase, word, lists, arena))
                return (Use){ phrase, rulefile_line(field, (size_t)(phrase.ptr - field->text.ptr)) };
            from = at + 1;
        }
    }
    return (Use){ STR_NONE, 0 };
}

/* Lists that hold the word, and lists that hold those. */
static Names lists_with(const Rules *rules, Str word, Arena *arena)
{
    Names lists = { 0 };
    for (size_t before = 1; before != lists.len;) {
        before = lists.len;
        for (size_t i = 0; i < rules->n_stanzas; i++) {
            const Stanza *stanza = &rules->stanzas[i];
            if (str_equal(stanza->kind, STR("list")) && names_find(&lists, stanza->name) == NAMES_NONE &&
                find_use(stanza, word, &lists, arena).phrase.ptr)
                names_add(&lists, arena, stanza->name, 0);
        }
        if (lists.len == 0)
            break;
    }
    return lists;
}

/* ---- the command ------------------------------------------------------------------ */

static const SinkColumn columns[] = {
    { "kind", SINK_TEXT, 0, NULL }, { "name", SINK_TEXT, 0, NULL }, { "label", SINK_TEXT, 0, NULL },
    { "rule", SINK_TEXT, 0, NULL }, { "tests", SINK_INTEGER, 0, NULL }, { "todos", SINK_INTEGER, 0, NULL },
    { "phrase", SINK_TEXT, 0, NULL },
};

static int64_t count_fields(const Stanza *stanza, const char *key)
{
    int64_t n = 0;
    for (size_t i = 0; i < stanza->fields.len; i++)
        n += str_equal(stanza->fields.ptr[i].key, str_from(key));
    return n;
}

static void send_stanza(Sink *sink, const Stanza *stanza, Use use, Arena *arena)
{
    sink_text(sink, stanza->kind);
    sink_text(sink, stanza->name);
    sink_text(sink, stanza->label);
    sink_text(sink, str_printf(arena, "%s:%d", stanza->source, use.line ? use.line : stanza->line));
    sink_integer(sink, count_fields(stanza, "test"));
    sink_integer(sink, count_fields(stanza, "todo"));
    sink_text(sink, use.phrase);
    sink_row_end(sink);
}

static bool run(Session *session)
{
    Rules rules;
    const CliOptions *options = &session->cli.options;
    Str kind = str_from(options->kind), word = str_from(options->uses);
    if (!session_load_rules(session, &rules))
        return true;
    bool any = true;
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (sink) {
        Names lists = word.len ? lists_with(&rules, word, session->arena) : (Names){ 0 };
        for (size_t i = 0; i < rules.n_stanzas; i++) {
            const Stanza *stanza = &rules.stanzas[i];
            Use use = { STR_NONE, 0 };
            if (kind.len && !str_equal(stanza->kind, kind))
                continue;
            if (word.len && !(use = find_use(stanza, word, &lists, session->arena)).phrase.ptr)
                continue;
            send_stanza(sink, stanza, use, session->arena);
        }
        any = session_sink_close(session, sink);
    }
    rules_clear(&rules);
    return any;
}

const CliCommand cmd_rules_list = {
    .name = "rules list",
    .usage = "",
    .summary = "list the stanzas, or those that use a word",
    .about = "Lists every stanza that counts, with its place and how many tests it has: of two with one name only the one on "
             "top. With --uses only those that have the word, a verb that it is a form of, or a list that has it; the phrase "
             "is the first that does.",
    .examples = "tracker rules list --kind topic\n"
                "tracker rules list --uses ruled\n",
    .groups = CLI_RULES,
    .run = run,
};
