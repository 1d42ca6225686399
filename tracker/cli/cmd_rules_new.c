#include "cli/session.h"

#include "extract/ruletest.h"

#include <string.h>

typedef struct Strings { Str name, words, label, past; } Strings;      /* fishing-rights, fishing rights, Fishing rights */

/*
 * A stanza of each kind to begin with.  {name}, {words}, {label} and {past} are filled in; a test that does not hold,
 * since other rules know the words better, is printed as a todo.
 */
static const struct { const char *kind, *text; } templates[] = {
    { "topic",
      "# A topic: one thing that one can be for or against.  Two claims with opposite positions on it become a pair.\n"
      "topic {name} \"{label}\"\n"
      "  # What names it, in the claim or just before it.  Between phrases stands ` | `; (a|b) is one of the two,\n"
      "  # [x] may be missing, ...3 is up to three words, ~join is any form of the verb.\n"
      "  about   {words}\n"
      "  # One of these must stand near by; none of those may stand in the claim.  Take the # away to use them.\n"
      "  # needs   Norland | Norlander\n"
      "  # not     air show\n"
      "  # Sentences that must be found, and one that looks like them and must not.  Write your own.\n"
      "  test    The plan for {words} is off the table, Foreign Minister Ada Roe said. => topic={name} position=closed\n"
      "  test    Norland supports {words}, Foreign Minister Ada Roe said. => topic={name} position=support\n"
      "  test    The railway is off the table, Foreign Minister Ada Roe said. => none\n" },
    { "position",
      "# A position: what can be held about a subject.  side: + says yes to it, - no, 0 neither.\n"
      "# Which positions cannot both stand is said in oppositions.csv beside this file:\n"
      "#     a,b,weight,grade,note\n"
      "#     {name},closed,1,contradiction,why\n"
      "position {name}  side=+\n"
      "  # The words that show it.  Of phrases that begin at one place the longest wins, so write a negation out:\n"
      "  # `not [been] ruled out` beats `ruled out`.  <object> is what the claim is about: ~rule <object> out\n"
      "  cue     ~be {words}\n"
      "  # Sentences that must be found, and one that looks like them and must not.  Write your own.\n"
      "  test    The plan is {words}, Foreign Minister Ada Roe said. => position={name}\n"
      "  test    The plan was late, Foreign Minister Ada Roe said. => none\n" },
    { "verb",
      "# A verb of saying: how a story tells that somebody spoke.\n"
      "# tag: what the shapes in attribution.rules call it; say takes that, a colon or nothing before the words, tell a\n"
      "# listener first.  effect: assert, deny (turns the words round), question, silence (nothing was said).\n"
      "verb {name}  tag=say effect=assert\n"
      "  # ~ stands for every form: say, says, said, saying.\n"
      "  forms   ~{words}\n"
      "  # Sentences that must be found, and one that looks like them and must not.  Write your own.\n"
      "  test    Foreign Minister Ada Roe {past} that the treaty was dead. => speaker=\"Ada Roe\" content=\"the treaty was dead\"\n"
      "  test    \"The treaty is dead,\" Foreign Minister Ada Roe {past}. => speaker=\"Ada Roe\" content=\"The treaty is dead\"\n"
      "  test    The car belonged to Foreign Minister Ada Roe. => none\n" },
    { "modifier",
      "# A modifier: what narrows, hedges or turns a claim.\n"
      "# kind: condition, hedge, limit, unconditional, negation, question.  reach: clause, sentence, or next (the next\n"
      "# cue within three words).\n"
      "modifier {name}  kind=condition reach=sentence\n"
      "  phrase  {words}\n"
      "  # Sentences that must be found, and one that looks like them and must not.  Write your own.\n"
      "  test    Norland will lift the levy {words} the fleet leaves, Foreign Minister Ada Roe said. => condition\n"
      "  test    Norland will lift the levy, Foreign Minister Ada Roe said. => position=will\n" },
};

static const char *template_of(Session *session, Str kind)
{
    Strs kinds = { 0 };
    for (size_t i = 0; i < BASE_COUNT(templates); i++) {
        if (str_equal(kind, str_from(templates[i].kind)))
            return templates[i].text;
        LIST_PUSH(session->arena, &kinds, str_from(templates[i].kind));
    }
    Str near = rulefile_nearest(kind, kinds.ptr, kinds.len);
    problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "no stanza of kind %.*s to begin with; %s%.*s%s", STR_ARG(kind),
                  near.ptr ? "did you mean " : "want topic, position, verb or modifier", STR_ARG(near), near.ptr ? "?" : "");
    return NULL;
}

static bool read_strings(Session *session, Str name, Strings *out)
{
    Arena *arena = session->arena;
    char *words = str_cstr(arena, name), *label;
    for (char *c = words; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (!letter && *c != '-' && *c != '_') {
            problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0,
                          "%.*s is no name: a name has only letters, digits, - and _", STR_ARG(name));
            return false;
        }
        *c = letter ? *c : ' ';
    }
    Str trimmed = str_trim(str_from(words));
    label = str_cstr(arena, trimmed);
    if (label[0] >= 'a' && label[0] <= 'z')
        label[0] = (char)(label[0] - 'a' + 'A');
    size_t first = str_find(trimmed, STR(" "), 0);
    PatternPhrases forms = { 0 };
    Str past = { trimmed.ptr, first };
    if (first)
        pattern_inflect(past, arena, &forms);
    for (size_t i = 0; i < forms.len; i++)
        if (forms.ptr[i].tense == VERB_PAST)
            past = forms.ptr[i].text;
    *out = (Strings){ name, trimmed, str_from(label),
                      str_printf(arena, "%.*s%.*s", STR_ARG(past), (int)(trimmed.len - first), trimmed.ptr + first) };
    if (trimmed.len == 0)
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "%.*s is no name: it has no word", STR_ARG(name));
    return trimmed.len > 0;
}

static Str fill(Arena *arena, Str text, const Strings *strings)
{
    const struct { Str mark, value; } marks[] = {
        { STR("{name}"), strings->name }, { STR("{words}"), strings->words }, { STR("{label}"), strings->label },
        { STR("{past}"), strings->past },
    };
    Str out = STR("");
    size_t at = 0;
    while (at < text.len) {
        size_t open = str_find(text, STR("{"), at);
        out = str_printf(arena, "%.*s%.*s", STR_ARG(out), (int)(open - at), text.ptr + at);
        at = open;
        for (size_t i = 0; i < BASE_COUNT(marks) && at == open; i++)
            if (str_starts((Str){ text.ptr + open, text.len - open }, marks[i].mark)) {
                out = str_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(marks[i].value));
                at += marks[i].mark.len;
            }
    }
    return out;
}

static const char own_file[] = "new stanza";

/* Tests that fail, by line. */
static void note_failure(void *user, const Error *err)
{
    bool *failing = user;
    if (!err->warning && strcmp(err->file, own_file) == 0)
        failing[err->line] = true;
}

/* Load the stanza over all others and run its tests; those that fail become todos. */
static Str with_known_gaps(Session *session, const RuleSources *sources, Str stanza, Str kind, Str name, size_t *n_gaps)
{
    Arena *arena = session->arena;
    Rules rules;
    RuleSources all = { 0 };
    for (size_t i = 0; i < sources->len; i++)
        LIST_PUSH(arena, &all, sources->ptr[i]);
    Problems silent = { 0 };
    rules_load_layers(all.ptr, all.len, arena, &rules, &silent);
    for (size_t i = 0; i < rules.n_stanzas; i++)
        if (str_equal(rules.stanzas[i].kind, kind) && str_equal(rules.stanzas[i].name, name))
            session_say(session, "there is a %.*s %.*s in %s:%d; yours would replace it", STR_ARG(kind), STR_ARG(name),
                        rules.stanzas[i].file, rules.stanzas[i].line);
    rules_clear(&rules);

    bool *failing = ARENA_ARRAY(arena, bool, stanza.len + 2);
    Problems noted = { .report = note_failure, .user = failing };
    LIST_PUSH(arena, &all, ((RuleSource){ own_file, own_file, stanza }));
    Strs files = { 0 };
    LIST_PUSH(arena, &files, STR(own_file));
    RuleTestCounts counts = { 0 };
    rules_load_layers(all.ptr, all.len, arena, &rules, &noted);
    ruletest_run(&rules, (RuleTestOptions){ .files = &files }, &counts, &noted);
    rules_clear(&rules);

    Str out = STR(""), rest = stanza;
    int line = 0;
    for (Str text; str_split(&rest, '\n', &text) && (text.len || rest.len);) {
        bool gap = failing[++line] && str_starts(text, STR("  test "));
        *n_gaps += gap;
        out = gap ? str_printf(arena, "%.*s  todo %.*s\n", STR_ARG(out), (int)(text.len - 7), text.ptr + 7)
                  : str_printf(arena, "%.*s%.*s\n", STR_ARG(out), STR_ARG(text));
    }
    return out;
}

static bool run(Session *session)
{
    Str kind = session->cli.args.ptr[0], name = session->cli.args.ptr[1];
    const char *text = template_of(session, kind);
    Strings strings;
    const RuleSources *sources;
    if (!text || !read_strings(session, name, &strings) || !(sources = session_rule_sources(session)))
        return true;
    size_t n_gaps = 0;
    Str stanza = with_known_gaps(session, sources, fill(session->arena, str_from(text), &strings), kind, name, &n_gaps);
    if (!session_out(session))
        return true;
    fwrite(stanza.ptr, 1, stanza.len, session->out);
    if (n_gaps)
        session_say(session, "%.*s not hold yet and stand%s as todo: see tracker rules why",
                    STR_ARG(session_count(session, n_gaps, "test does", "tests do")), n_gaps == 1 ? "s" : "");
    return true;
}

const CliCommand cmd_rules_new = {
    .name = "rules new",
    .usage = "topic|position|verb|modifier NAME",
    .summary = "print a stanza to begin with",
    .about = "Prints a stanza with its words taken from NAME, comments on what to write where, and tests that hold. Put it "
             "into a file of your own that ends in .rules, below ~/.config/tracker/rules or the folder of --rules, and edit it.",
    .examples = "tracker rules new topic fishing-rights\n"
                "tracker rules new verb murmur -o ~/.config/tracker/rules/murmur.rules\n",
    .min_args = 2, .max_args = 2,
    .run = run,
};
