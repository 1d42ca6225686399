#include "check.h"

#include "engine/pattern.h"

#include <stdio.h>
#include <string.h>

static const Str tags[] = { STR_INIT("source"), STR_INIT("say"), STR_INIT("quote") };

/* Lists that every row may use, and one position whose cue is the pattern. */
static const char lists_text[] =
    "list colour\n  phrase  red | dark blue | @more\n"
    "list more\n  phrase  green\n"
    "list loop\n  phrase  a | @pool\n"
    "list pool\n  phrase  @loop\n"
    "list wrong\n  phrase  (a\n"
    "list chunk\n  phrase  , <say> ,\n";

typedef struct Bench {
    Arena arena;
    Lexicon *lexicon;
    PatternLists *lists;
    PatternList patterns;
    Stanzas stanzas;
    CheckLog log;
    Problems problems;
    bool sound;
} Bench;

static void bench_open(Bench *bench, const char *pattern)
{
    *bench = (Bench){ .problems = { .report = check_log, .user = &bench->log } };
    arena_init(&bench->arena);
    Arena *arena = &bench->arena;
    bench->lexicon = lexicon_new(arena);
    bench->lists = pattern_lists_new(arena);
    rulefile_parse(str_from(lists_text), "lists", arena, &bench->stanzas, &bench->problems);
    for (size_t i = 0; i < bench->stanzas.len; i++)
        pattern_lists_add(bench->lists, &bench->stanzas.ptr[i], &bench->problems);
    pattern_lists_tags(bench->lists, tags, BASE_COUNT(tags));
    Stanzas position = { 0 };
    Str text = str_printf(arena, "position p\n  cue  %s\n", pattern);
    rulefile_parse(text, "r", arena, &position, &bench->problems);
    bench->sound = pattern_parse(&position.ptr[0].fields.ptr[0], "r", bench->lists, bench->lexicon, arena, &bench->patterns,
                                 &bench->problems);
}

static void bench_compile(Bench *bench)
{
    lexicon_seal(bench->lexicon);
    pattern_lists_seal(bench->lists, bench->lexicon);
    for (size_t i = 0; i < bench->patterns.len; i++)
        CHECK(pattern_check(bench->patterns.ptr[i], &bench->problems));
}

static void bench_close(Bench *bench)
{
    arena_clear(&bench->arena);
}

/* The symbols of a sentence; SOURCE, SAY and QUOTE stand for spans. */
static size_t symbols_of(Bench *bench, const char *sentence, Text *text, Symbol **out)
{
    static const Str spans[] = { STR_INIT("SOURCE"), STR_INIT("SAY"), STR_INIT("QUOTE") };
    Hits hits = { 0 };
    text_tokenize(str_from(sentence), &bench->arena, text);
    lexicon_find(bench->lexicon, text, &bench->arena, &hits);
    *out = ARENA_ARRAY(&bench->arena, Symbol, text->n_tokens + 1);
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        (*out)[i] = lexicon_token_symbol(bench->lexicon, text, i);
        for (size_t k = 0; k < BASE_COUNT(spans); k++)
            if (str_equal(str_slice(text->text, text->tokens[i].span), spans[k]))
                (*out)[i] = lexicon_tag(bench->lexicon, tags[k]);
    }
    return text->n_tokens;
}

static Str words(const Text *text, uint32_t from, uint32_t to)
{
    return from < to ? str_slice(text->text, token_span(text, from, to)) : STR("");
}

/* "words of the match {slot=words}" of every match, one after the other. */
static Str matches_of(Bench *bench, const char *sentence)
{
    Text text;
    Symbol *symbols;
    size_t n = symbols_of(bench, sentence, &text, &symbols);
    Str out = STR("");
    PatternScratch *scratch = pattern_scratch_open();
    for (size_t i = 0; i < bench->patterns.len; i++) {
        PatternMatch match;
        for (size_t from = 0; pattern_match(bench->patterns.ptr[i], scratch, symbols, n, (Span){ (uint32_t)from, (uint32_t)n }, &match) == PATTERN_YES;
             from = match.from + 1) {
            Str at = words(&text, match.from, match.to);
            out = str_printf(&bench->arena, "%.*s%s%.*s", STR_ARG(out), out.len ? " / " : "", STR_ARG(at));
            for (size_t s = 0; s < match.n_slots; s++)
                if (match.slots[s].set) {
                    Str in = words(&text, match.slots[s].from, match.slots[s].to);
                    out = str_printf(&bench->arena, "%.*s {%.*s=%.*s}", STR_ARG(out), STR_ARG(match.slots[s].name), STR_ARG(in));
                }
        }
    }
    pattern_scratch_close(scratch);
    return out;
}

static const struct { const char *name, *pattern, *sentence, *matches; } match_rows[] = {
    { "plain words", "on the table", "It is on the table.", "on the table" },
    { "blind to case and breaks", "on the table", "ON\nThe TABLE", "ON\nThe TABLE" },
    { "every start", "no", "no means no", "no / no" },
    { "no match", "on the table", "on a table", "" },
    { "phrases of a field", "off the table | unrealistic", "unrealistic and off the table", "off the table / unrealistic" },
    { "alternatives", "(join|leave) NATO", "they leave NATO", "leave NATO" },
    { "longest alternative first", "rule (out|out for good)", "rule out for good", "rule out for good" },
    { "optional", "not [been] ruled out", "not ruled out, not been ruled out", "not ruled out / not been ruled out" },
    { "optional words", "[still|firmly] on", "still on", "still on / on" },
    { "gap", "join ...2 NATO", "join the great NATO", "join the great NATO" },
    { "gap may be empty", "join ...2 NATO", "join NATO", "join NATO" },
    { "gap too long", "join ...2 NATO", "join the great old NATO", "" },
    { "gap stops at a semicolon", "join ...3 NATO", "join us; NATO waits", "" },
    { "inflection", "~deny it", "denies it, denying it, denied it", "denies it / denying it / denied it" },
    { "irregular", "~rule out | ~be here", "was here", "was here" },
    { "only the verb is inflected", "~rule out", "ruled out, rules outs", "ruled out" },
    { "list", "a @colour flag", "a dark blue flag, a green flag", "a dark blue flag / a green flag" },
    { "hyphens", "non-negotiable", "this is non negotiable, non-negotiable", "non negotiable / non-negotiable" },
    { "curly and straight", "won't sign", "He won’t sign", "won’t sign" },
    { "country, not pronoun", "U.S. troops", "us troops, US troops", "US troops" },
    { "possessive", "Ukraine's borders", "Ukraine’s borders", "Ukraine’s borders" },
    { "'s alone", "Roe 's plan", "Roe's plan", "Roe's plan" },
    { "tail of a contraction", "'re ready", "We're ready", "We're ready" },
    { "marks", "yes , but", "yes, but yes but", "yes, but" },
    { "mark alternatives", "said [,|:] no", "said: no said, no said no", "said: no / said, no / said no" },
    { "parentheses", "Roe \\( of Norland \\)", "Roe (of Norland)", "Roe (of Norland)" },
    { "quotation marks", "\" no \"", "she said \"no\" there", "\"no\"" },
    { "a number", "2014 borders", "the 2014 borders and 2015 borders", "2014 borders" },
    { "number slot", "<number> troops", "some 3,000 troops", "3,000 troops {number=3,000}" },
    { "number slot takes known numbers", "<number> troops | 2014 borders", "2014 troops", "2014 troops {number=2014}" },
    { "name slot", "called <name>", "called Roe and called him", "called Roe {name=Roe}" },
    { "object behind", "off the table , <object>", "off the table, the old borders; yes",
      "off the table, {object=the old borders}" },
    { "object before", "<object> off the table", "No; the old borders are off the table",
      "off the table {object=the old borders are}" },
    { "object stops at a full stop", "~reject <object>", "We reject it. They do not.", "reject {object=it}" },
    { "object is needed", "~reject <object>", "this we reject.", "" },
    { "object is optional", "~reject [<object>]", "this we reject.", "reject" },
    { "object in the middle", "~rule <object> out", "they ruled a deal out", "ruled a deal out {object=a deal}" },
    { "content at the end", "said that <content>", "she said that it is over; really",
      "said that {content=it is over; really}" },
    { "content at the start", "<content> , she said", "It is over, she said", ", she said {content=It is over}" },
    { "aside", "Roe <aside> said", "Roe, the envoy, said; Roe said", "Roe, the envoy, said {aside=the envoy} / Roe said" },
    { "tags", "<source> [,] <say> that <content>", "SOURCE SAY that it is over",
      "SOURCE SAY that {source=SOURCE} {say=SAY} {content=it is over}" },
    { "a tag under a name", "<say> <to:source>", "SAY SOURCE", "SAY SOURCE {say=SAY} {to=SOURCE}" },
    { "tags of a list are not kept", "<source> [@chunk] left", "SOURCE, SAY, left", "SOURCE, SAY, left {source=SOURCE}" },
    { "a slot in two branches", "(<source> <say>|<say> <source>) no", "SAY SOURCE no", "SAY SOURCE no {source=SOURCE} {say=SAY}" },
};

static void sentences_are_matched(void)
{
    for (size_t i = 0; i < BASE_COUNT(match_rows); i++) {
        Bench bench;
        bench_open(&bench, match_rows[i].pattern);
        CHECK_STR(match_rows[i].name, str_from(bench.log.text), STR(""));
        bench_compile(&bench);
        CHECK_STR(match_rows[i].name, matches_of(&bench, match_rows[i].sentence), str_from(match_rows[i].matches));
        bench_close(&bench);
    }
}

static const struct { const char *pattern, *log; } error_rows[] = {
    { "(a|b", "r:2:8: error: missing closing `)`\n" },
    { "a [b", "r:2:10: error: missing closing `]`\n" },
    { "(a]", "r:2:10: error: `]` where `)` should close the group\n" },
    { "a) b | c", "r:2:9: error: `)` closes nothing\n" },
    { "a | | b", "r:2:12: error: an empty alternative\n" },
    { "a | b |", "r:2:15: error: an empty alternative\n" },
    { "(a||b) c", "r:2:11: error: an empty alternative\n" },
    { "a [] b", "r:2:11: error: an empty alternative\n" },
    { "<sorce> says", "r:2:8: error: unknown slot <sorce>; did you mean <source>?\n" },
    { "<source says", "r:2:8: error: a slot is <name> or <name:tag>\n" },
    { "a > b", "r:2:10: error: `>` without `<`\n" },
    { "<source> <say> <source>", "r:2:23: error: the same slot stands twice in one pattern\n" },
    { "a @color", "r:2:10: error: there is no list `color`; did you mean @colour?\n" },
    { "a @banana", "r:2:10: error: there is no list `banana`\n" },
    { "a @loop", "lists:8:11: error: the list `loop` contains itself\n" },
    { "a @wrong", "lists:10:11: error: missing closing `)`\n" },
    { "a ... b", "r:2:10: error: `...` needs a number right behind it: ...3 is up to 3 words\n" },
    { "a ...31 b", "r:2:10: error: `...` takes a number from 1 to 30\n" },
    { "a ...x b", "r:2:10: error: `...` takes a number from 1 to 30\n" },
    { "...3 b", "r:2:8: error: a gap or a run at the end of a pattern: `...N` needs words on both sides, <object> and its like stand "
                "outside ( )\n" },
    { "(<object> is|was) off", "r:2:9: error: a gap or a run at the end of a pattern: `...N` needs words on both sides, <object> and "
                               "its like stand outside ( )\n" },
    { "~ deny", "r:2:8: error: `~` needs a verb right behind it\n" },
    { "~(a|b)", "r:2:8: error: `~` needs a verb right behind it\n" },
    { "a \\n", "r:2:10: error: only ( and ) may stand behind `\\`\n" },
    { "a & b", "r:2:10: error: a pattern has words and the marks , : ; - \" \\( \\) only\n" },
    { "[a] [b]", "r:2:8: error: nothing in this pattern must be there: it needs a word or a tag outside [ ]\n" },
    { "<object>", "r:2:8: error: nothing in this pattern must be there: it needs a word or a tag outside [ ]\n" },
    { "ü @banana", "r:2:10: error: there is no list `banana`\n" },
    { "((((((((((((((((((((((((((((((((((a", "r:2:40: error: too many groups and lists inside one another\n" },
};

static void errors_name_the_place(void)
{
    for (size_t i = 0; i < BASE_COUNT(error_rows); i++) {
        Bench bench;
        bench_open(&bench, error_rows[i].pattern);
        CHECK_STR(error_rows[i].pattern, str_from(bench.log.text), str_from(error_rows[i].log));
        CHECK_ROW(error_rows[i].pattern, !bench.sound);
        bench_close(&bench);
    }
}

static void other_phrases_survive_an_error(void)
{
    Bench bench;
    bench_open(&bench, "a [b | c] d) | good | (x | @nope) | fine");
    CHECK(!bench.sound && bench.problems.errors == 2 && bench.patterns.len == 2);
    CHECK_STR("first", pattern_source(bench.patterns.ptr[0]), STR("good"));
    CHECK_STR("second", pattern_source(bench.patterns.ptr[1]), STR("fine"));
    CHECK(pattern_line(bench.patterns.ptr[0]) == 2 && pattern_col(bench.patterns.ptr[0]) == 23);
    bench_close(&bench);
}

/* A list that doubles itself level by level must not be written out. */
static void large_patterns_are_refused(void)
{
    Arena arena;
    Stanzas stanzas = { 0 };
    Problems problems = { 0 };
    PatternPhrases phrases = { 0 };
    arena_init(&arena);
    Str text = STR("list l0\n  phrase  a b\n");
    for (int i = 1; i <= 30; i++)
        text = str_printf(&arena, "%.*slist l%d\n  phrase  @l%d @l%d\n", STR_ARG(text), i, i - 1, i - 1);
    CHECK(rulefile_parse(text, "r", &arena, &stanzas, &problems));
    PatternLists *lists = pattern_lists_new(&arena);
    for (size_t i = 0; i < stanzas.len; i++)
        CHECK(pattern_lists_add(lists, &stanzas.ptr[i], &problems));
    CHECK(!pattern_lists_add(lists, &stanzas.ptr[0], &problems));
    CHECK(problems.errors == 1);
    CHECK(!pattern_list_phrases(lists, STR("l30"), &arena, &phrases, &problems));
    CHECK(problems.errors == 2 && phrases.len == 0);
    arena_clear(&arena);
}

static const struct { const char *pattern, *phrases; } phrase_rows[] = {
    { "on the table", "on the table" },
    { "[still] on (the|a) table", "still on the table, still on a table, on the table, on a table" },
    { "a @colour flag", "a red flag, a dark blue flag, a green flag" },
    { "~put out", "put out, puts out, put out, putting out" },
    { "Ukraine's borders", "Ukraine's borders" },
    { "join ...2 NATO", NULL },
    { "~reject <object>", NULL },
    { "yes , but", NULL },
    { "(a|b|c) (a|b|c) (a|b|c)", NULL },
};

static void plain_patterns_are_phrases(void)
{
    for (size_t i = 0; i < BASE_COUNT(phrase_rows); i++) {
        Bench bench;
        PatternPhrases phrases = { 0 };
        bench_open(&bench, phrase_rows[i].pattern);
        CHECK_ROW(phrase_rows[i].pattern, bench.patterns.len == 1);
        bool plain = pattern_phrases(bench.patterns.ptr[0], 8, &bench.arena, &phrases);
        Str got = plain ? STR("") : STR_NONE;
        for (size_t k = 0; k < phrases.len; k++)
            got = str_printf(&bench.arena, "%.*s%s%.*s", STR_ARG(got), k ? ", " : "", STR_ARG(phrases.ptr[k].text));
        CHECK_STR(phrase_rows[i].pattern, got, str_from(phrase_rows[i].phrases));
        bench_close(&bench);
    }
}

static const struct { const char *verb, *forms; } inflect_rows[] = {
    { "deny", "deny denies denied denying" },
    { "say", "say says said saying" },
    { "put", "put puts put putting" },
    { "read", "read reads read reading" },
    { "take", "take takes took taken taking" },
    { "have", "have has had having" },
    { "do", "do does did done doing" },
    { "go", "go goes went gone going" },
    { "be", "be am is are was were been being" },
    { "stop", "stop stops stopped stopping" },
    { "admit", "admit admits admitted admitting" },
    { "visit", "visit visits visited visiting" },
    { "agree", "agree agrees agreed agreeing" },
    { "lie", "lie lies lied lay lied lain lying" },
    { "signal", "signal signals signaled signalled signaling signalling" },
    { "fix", "fix fixes fixed fixing" },
    { "reach", "reach reaches reached reaching" },
    { "veto", "veto vetoes vetoed vetoing" },
    { "quit", "quit quits quit quitting" },
    { "equip", "equip equips equipped equipping" },
    { "urge", "urge urges urged urging" },
    { "play", "play plays played playing" },
    { "appeal", "appeal appeals appealed appealing" },
};

static void verbs_are_inflected(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(inflect_rows); i++) {
        PatternPhrases forms = { 0 };
        Str got = STR("");
        pattern_inflect(str_from(inflect_rows[i].verb), &arena, &forms);
        for (size_t k = 0; k < forms.len; k++)
            got = str_printf(&arena, "%.*s%s%.*s", STR_ARG(got), k ? " " : "", STR_ARG(forms.ptr[k].text));
        CHECK_STR(inflect_rows[i].verb, got, str_from(inflect_rows[i].forms));
    }
    arena_clear(&arena);
    CHECK(str_equal(pattern_base_form(STR("sunk")), STR("sink")) && str_equal(pattern_base_form(STR("withdrew")), STR("withdraw")));
    CHECK(!pattern_base_form(STR("ground")).len && !pattern_base_form(STR("signed")).len && !pattern_base_form(STR_NONE).len);
}

static const struct { const char *pattern; size_t gate; int weight; } gate_rows[] = {
    { "on the table", 1, 3 },            /* table */
    { "(join|leave) the NATO", 1, 3 },   /* NATO */
    { "(join|leave) the", 2, 2 },
    { "[still] out", 1, 1 },
    { "<number>", 0, 1 },
    { "<source> <say> that", 1, 3 },
    { "(a|<number>)", 0, 1 },
};

static void gates_are_small(void)
{
    for (size_t i = 0; i < BASE_COUNT(gate_rows); i++) {
        Bench bench;
        const Symbol *symbols;
        bench_open(&bench, gate_rows[i].pattern);
        bench_compile(&bench);
        CHECK_ROW(gate_rows[i].pattern, pattern_gate(bench.patterns.ptr[0], &symbols) == gate_rows[i].gate);
        CHECK_ROW(gate_rows[i].pattern, pattern_weight(bench.patterns.ptr[0]) == gate_rows[i].weight);
        bench_close(&bench);
    }
}

static const struct { const char *pattern, *sentence; int matched, total; const char *lacks; } near_rows[] = {
    { "on the table", "it is on the shelf", 2, 3, "table" },
    { "on the table", "it is off the table", 2, 3, "on" },
    { "~rule out ...3 deal", "he ruled out a bargain", 2, 3, "deal" },
    { "[not] ~rule out", "not outed", 0, 2, "" },
    { "<source> <say> that <content>", "SOURCE lied that it is", 1, 3, "<say>" },
};

static void near_misses_name_what_lacks(void)
{
    for (size_t i = 0; i < BASE_COUNT(near_rows); i++) {
        Bench bench;
        Text text;
        Symbol *symbols;
        PatternNear near;
        bench_open(&bench, near_rows[i].pattern);
        bench_compile(&bench);
        size_t n = symbols_of(&bench, near_rows[i].sentence, &text, &symbols);
        bool any = pattern_near(bench.patterns.ptr[0], symbols, n, &near);
        CHECK_ROW(near_rows[i].pattern, any == (near_rows[i].matched > 0) && near.matched == near_rows[i].matched);
        CHECK_ROW(near_rows[i].pattern, near.total == near_rows[i].total);
        if (any)
            CHECK_STR(near_rows[i].pattern, near.lacks, str_from(near_rows[i].lacks));
        bench_close(&bench);
    }
}

static void explosion_is_stopped(void)
{
    Bench bench;
    PatternMatch match;
    enum { N = 2000 };
    bench_open(&bench, "a ...30 a ...30 a ...30 a ...30 a ...30 b");
    Symbol *symbols = ARENA_ARRAY(&bench.arena, Symbol, N);
    Symbol a = lexicon_word_symbol(bench.lexicon, STR("a"));
    for (size_t i = 0; i < N; i++)
        symbols[i] = a;
    symbols[N - 1] = lexicon_word_symbol(bench.lexicon, STR("b"));
    bench_compile(&bench);
    PatternScratch *scratch = pattern_scratch_open();
    CHECK(pattern_match(bench.patterns.ptr[0], scratch, symbols, N, (Span){ 0, N }, &match) == PATTERN_EXPLODED);
    CHECK(pattern_match(bench.patterns.ptr[0], scratch, symbols, 0, (Span){ 0, 0 }, &match) == PATTERN_NO);
    pattern_scratch_close(scratch);
    bench_close(&bench);
}

static const TestCase cases[] = {
    { "sentences are matched", sentences_are_matched },
    { "errors name the place", errors_name_the_place },
    { "other phrases survive an error", other_phrases_survive_an_error },
    { "large patterns are refused", large_patterns_are_refused },
    { "plain patterns are phrases", plain_patterns_are_phrases },
    { "verbs are inflected", verbs_are_inflected },
    { "gates are small", gates_are_small },
    { "near misses name what lacks", near_misses_name_what_lacks },
    { "an explosion is stopped", explosion_is_stopped },
};
const TestSuite test_pattern = SUITE(cases);
