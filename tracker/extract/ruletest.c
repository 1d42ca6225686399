#include "extract/ruletest.h"

#include "engine/names.h"
#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

typedef struct Want { Str key, value; } Want;        /* value STR_NONE for a bare word */
typedef struct Wants { Want *ptr; size_t len, cap; } Wants;

static const Str statement_keys[] = { STR_INIT("speaker"), STR_INIT("office"), STR_INIT("content"), STR_INIT("cue"), STR_INIT("place"),
                                      STR_INIT("said_on"), STR_INIT("reporter"), STR_INIT("kind"), STR_INIT("denied") };
static const Str claim_keys[] = { STR_INIT("position"), STR_INIT("topic"), STR_INIT("limit"), STR_INIT("negated"), STR_INIT("condition"),
                                  STR_INIT("hedged"), STR_INIT("unconditional") };

static bool is_key(const Str *keys, size_t n, Str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(keys[i], key))
            return true;
    return false;
}

/* key=value, key="some words", or key */
static bool parse_wants(Str text, Arena *arena, Wants *out, Str *bad)
{
    for (text = str_trim(text); text.len; text = str_trim(text)) {
        size_t end = 0;
        while (end < text.len && text.ptr[end] != '=' && text.ptr[end] != ' ')
            end++;
        Want want = { .key = { text.ptr, end }, .value = STR_NONE };
        if (end < text.len && text.ptr[end] == '=') {
            bool quoted = end + 1 < text.len && text.ptr[end + 1] == '"';
            size_t from = end + 1 + quoted;
            size_t to = str_find(text, quoted ? STR("\"") : STR(" "), from);
            want.value = (Str){ text.ptr + from, to - from };
            end = to + (quoted && to < text.len);
        }
        bool known = is_key(statement_keys, BASE_COUNT(statement_keys), want.key) || is_key(claim_keys, BASE_COUNT(claim_keys), want.key) ||
                     str_equal(want.key, STR("none"));
        if (!known) {
            *bad = want.key;
            return false;
        }
        LIST_PUSH(arena, out, want);
        text = (Str){ text.ptr + end, text.len - end };
    }
    return true;
}

/* What is wrong with a word behind "=>". */
static Str bad_want(Str word, Arena *arena)
{
    Strs known = { 0 };
    for (size_t i = 0; i < BASE_COUNT(statement_keys); i++)
        LIST_PUSH(arena, &known, statement_keys[i]);
    for (size_t i = 0; i < BASE_COUNT(claim_keys); i++)
        LIST_PUSH(arena, &known, claim_keys[i]);
    LIST_PUSH(arena, &known, STR("none"));
    Str nearest = rulefile_nearest(word, known.ptr, known.len);
    return nearest.ptr ? str_printf(arena, "a test knows no `%.*s`; did you mean `%.*s`?", STR_ARG(word), STR_ARG(nearest))
                       : str_printf(arena, "a test knows no `%.*s`", STR_ARG(word));
}

static Str kind_name(StatementKind kind)
{
    return kind == STATEMENT_DIRECT ? STR("direct") : kind == STATEMENT_INDIRECT ? STR("indirect") : STR("mixed");
}

/* Equal but for quotation marks, case of the first letter and punctuation at the ends. */
static bool same_words(Str a, Str b, Arena *arena)
{
    Token *x, *y;
    size_t n = token_split(a, arena, &x), m = token_split(b, arena, &y), i = 0, k = 0;
    for (;;) {
        while (i < n && x[i].kind == TOKEN_MARK)
            i++;
        while (k < m && y[k].kind == TOKEN_MARK)
            k++;
        if (i == n || k == m)
            return i == n && k == m;
        if (x[i++].hash != y[k++].hash)
            return false;
    }
}

static bool statement_has(const Statement *st, const Want *want, Arena *arena)
{
    char date[DATE_TEXT_BYTES];
    if (str_equal(want->key, STR("speaker")))
        return str_equal(st->speaker, want->value);
    if (str_equal(want->key, STR("office")))
        return str_equal(st->office, want->value);
    if (str_equal(want->key, STR("content")))
        return same_words(st->text, want->value, arena);
    if (str_equal(want->key, STR("cue")))
        return str_equal(st->cue, want->value);
    if (str_equal(want->key, STR("place")))
        return str_equal(st->place, want->value);
    if (str_equal(want->key, STR("reporter")))
        return str_equal(st->reporter, want->value);
    if (str_equal(want->key, STR("kind")))
        return str_equal(kind_name(st->kind), want->value);
    if (str_equal(want->key, STR("said_on")))
        return str_equal(str_from(date_format(st->said_on, date)), want->value);
    return st->negated;              /* denied */
}

static bool claim_has(const Claim *claim, const Want *want)
{
    if (str_equal(want->key, STR("position")))
        return str_equal(claim->position, want->value);
    if (str_equal(want->key, STR("topic")))
        return str_equal(claim->topic, want->value);
    if (str_equal(want->key, STR("limit")))
        return str_equal_nocase(claim->limit, want->value);
    if (str_equal(want->key, STR("negated")))
        return claim->negated;
    if (str_equal(want->key, STR("condition")))
        return claim->condition;
    if (str_equal(want->key, STR("hedged")))
        return claim->hedged;
    return claim->unconditional;
}

static bool statement_fits(const Statement *st, const Wants *wants, Arena *arena)
{
    bool about_claim = false;
    for (size_t i = 0; i < wants->len; i++) {
        if (is_key(claim_keys, BASE_COUNT(claim_keys), wants->ptr[i].key))
            about_claim = true;
        else if (!statement_has(st, &wants->ptr[i], arena))
            return false;
    }
    if (!about_claim)
        return true;
    for (size_t c = 0; c < st->n_claims; c++) {
        bool all = true;
        for (size_t i = 0; i < wants->len && all; i++)
            if (is_key(claim_keys, BASE_COUNT(claim_keys), wants->ptr[i].key))
                all = claim_has(&st->claims[c], &wants->ptr[i]);
        if (all)
            return true;
    }
    return false;
}

/* "none" of a stanza: of attribution no statement, of a topic no claim on it, of a position no claim that takes it. */
static bool nothing_found(const Stanza *stanza, const Statements *all)
{
    if (str_equal(stanza->kind, STR("verb")) || str_equal(stanza->kind, STR("attribution")))
        return all->len == 0;
    for (size_t i = 0; i < all->len; i++)
        for (size_t c = 0; c < all->ptr[i].n_claims; c++) {
            const Claim *claim = &all->ptr[i].claims[c];
            if (str_equal(stanza->kind, STR("topic")) ? str_equal(claim->topic, stanza->name)
                : str_equal(stanza->kind, STR("position")) ? str_equal(claim->position, stanza->name) : true)
                return false;
        }
    return true;
}

/* What was found instead, for the message. */
static Str found_text(const Statements *all, Arena *arena)
{
    if (all->len == 0)
        return STR("no statement");
    Str out = STR("");
    for (size_t i = 0; i < all->len && i < 3; i++) {
        const Statement *st = &all->ptr[i];
        char date[DATE_TEXT_BYTES];
        out = str_printf(arena, "%.*s%sspeaker=\"%.*s\" content=\"%.*s\"", STR_ARG(out), i ? "; " : "",
                         STR_ARG(st->speaker.ptr ? st->speaker : STR("?")), STR_ARG(st->text));
        if (st->said_on != DATE_UNKNOWN)
            out = str_printf(arena, "%.*s said_on=%s", STR_ARG(out), date_format(st->said_on, date));
        for (size_t c = 0; c < st->n_claims; c++)
            out = str_printf(arena, "%.*s position=%.*s topic=%.*s", STR_ARG(out), STR_ARG(st->claims[c].position), STR_ARG(st->claims[c].topic));
    }
    return out;
}

/* At a byte of the test's text. */
static void fail(Problems *problems, const RuleTest *test, size_t at, bool warning, Str text)
{
    Error err;
    error_set(&err, ERR_RULES, test->stanza->file, rulefile_line(test->field, at), rulefile_col(test->field, at), "%.*s",
              STR_ARG(text));
    err.warning = warning;
    problems_add(problems, &err);
}

static void run_test(Extractor *extractor, const RuleTest *test, Arena *arena, RuleTestCounts *counts, Problems *problems)
{
    Str line = test->field->text;
    size_t arrow = str_find(line, STR("=>"), 0);
    Wants wants = { 0 };
    Str bad = STR_NONE;
    if (arrow == line.len) {
        fail(problems, test, 0, false, STR("a test needs \"=>\" and what must be found"));
        counts->failed++;
        return;
    }
    if (!parse_wants((Str){ line.ptr + arrow + 2, line.len - arrow - 2 }, arena, &wants, &bad) || wants.len == 0) {
        fail(problems, test, bad.ptr ? (size_t)(bad.ptr - line.ptr) : arrow, false,
             bad.ptr ? bad_want(bad, arena) : STR("nothing stands behind \"=>\""));
        counts->failed++;
        return;
    }
    Story story = { .id = STR("test"), .text = str_trim((Str){ line.ptr, arrow }), .published = DATE_UNKNOWN };
    if (story.text.len > 11 && story.text.ptr[10] == ' ' && date_parse((Str){ story.text.ptr, 10 }, &story.published))
        story.text = str_trim((Str){ story.text.ptr + 10, story.text.len - 10 });
    Statements found = { 0 };
    extract_story(extractor, &story, arena, &found, problems);
    bool ok = false;
    if (str_equal(wants.ptr[0].key, STR("none")))
        ok = nothing_found(test->stanza, &found);
    else
        for (size_t i = 0; i < found.len && !ok; i++)
            ok = statement_fits(&found.ptr[i], &wants, arena);
    if (test->todo) {
        counts->todo++;
        if (ok) {
            counts->todo_passing++;
            fail(problems, test, 0, true, STR("this todo passes now: make it a test"));
        }
    } else if (ok) {
        counts->passed++;
    } else {
        counts->failed++;
        fail(problems, test, 0, false, str_printf(arena, "test failed: found %.*s", STR_ARG(found_text(&found, arena))));
    }
}

/* ---- coverage -------------------------------------------------------------------- */

typedef struct Coverage { const Rules *rules; const Strs *files; RuleGaps *gaps; Names forms; } Coverage;

static bool is_wanted(const Strs *files, const Stanza *stanza)
{
    for (size_t i = 0; files && i < files->len; i++)
        if (str_equal(files->ptr[i], str_from(stanza->file)))
            return true;
    return !files || files->len == 0;
}

/* Which forms of verbs the last test's text has. */
static void note_forms(Coverage *coverage, const ExtractTrace *trace)
{
    for (size_t i = 0; i < trace->hits.len; i++) {
        const Hit *hit = &trace->hits.ptr[i];
        if (hit->kind == LEXICON_VERB)
            names_add(&coverage->forms, coverage->gaps->arena,
                      str_lower(coverage->gaps->arena, str_slice(trace->text.text, token_span(&trace->text, hit->first, hit->end))), 0);
    }
}

static void add_gap(Coverage *coverage, const Stanza *stanza, Str text, int line, int col)
{
    LIST_PUSH(coverage->gaps->arena, coverage->gaps, ((RuleGap){ stanza, text, line, col }));
}

static void find_pattern_gaps(Coverage *coverage, const RuleUse *uses)
{
    const Rules *rules = coverage->rules;
    for (size_t i = 0; i < rules->n_patterns; i++) {
        const Stanza *stanza = rules->rules[rules->patterns[i].rule].stanza;
        const Pattern *pattern = rules->patterns[i].pattern;
        if (!is_wanted(coverage->files, stanza))
            continue;
        coverage->gaps->phrases++;
        if (!uses[i].matched)
            add_gap(coverage, stanza, pattern_source(pattern), pattern_line(pattern), pattern_col(pattern));
    }
}

/* The phrases of a field of verb forms: one is hit if one of its inflections is. */
static void find_form_gaps(Coverage *coverage, const Stanza *stanza, const RuleField *field)
{
    Arena *arena = coverage->gaps->arena;
    Problems silent = { 0 };
    Str rest = field->text;
    for (Str piece; str_split(&rest, '|', &piece);) {
        Str text = str_trim(piece);
        RuleField part = { .key = field->key, .text = text };
        PatternPhrases phrases = { 0 };
        bool hit = false;
        if (!pattern_parse_phrases(&part, stanza->file, coverage->rules->lists, arena, &phrases, &silent))
            continue;                            /* with brackets round a |: rare enough among verbs */
        for (size_t i = 0; i < phrases.len; i++)
            hit |= names_find(&coverage->forms, str_lower(arena, phrases.ptr[i].text)) != NAMES_NONE;
        coverage->gaps->phrases++;
        if (!hit)
            add_gap(coverage, stanza, text, rulefile_line(field, (size_t)(text.ptr - field->text.ptr)),
                    rulefile_col(field, (size_t)(text.ptr - field->text.ptr)));
    }
}

static int by_place(const void *a, const void *b)
{
    const RuleGap *x = a, *y = b;
    int order = strcmp(x->stanza->file, y->stanza->file);
    if (order)
        return order;
    return x->line != y->line ? x->line - y->line : x->col - y->col;
}

static void find_gaps(Coverage *coverage, const RuleUse *uses)
{
    find_pattern_gaps(coverage, uses);
    for (size_t i = 0; i < coverage->rules->n_stanzas; i++) {
        const Stanza *stanza = &coverage->rules->stanzas[i];
        for (size_t k = 0; k < stanza->fields.len && is_wanted(coverage->files, stanza); k++)
            if (str_equal(stanza->kind, STR("verb")) && str_equal(stanza->fields.ptr[k].key, STR("forms")))
                find_form_gaps(coverage, stanza, &stanza->fields.ptr[k]);
    }
    if (coverage->gaps->len)
        qsort(coverage->gaps->ptr, coverage->gaps->len, sizeof *coverage->gaps->ptr, by_place);
}

/* What must hold first, and what covers; then the known gaps, which cover nothing. */
bool ruletest_run(const Rules *rules, RuleTestOptions options, RuleTestCounts *counts, Problems *problems)
{
    Extractor *extractor = extractor_open(rules, (ExtractOptions){ 0 });
    Coverage coverage = { .rules = rules, .files = options.files, .gaps = options.gaps };
    const RuleUse *uses = options.gaps ? rule_matcher_count(extractor_matcher(extractor), NULL) : NULL;
    Arena arena;
    arena_init(&arena);
    for (int todo = 0; todo < 2; todo++) {
        for (size_t i = 0; i < rules->n_tests; i++) {
            const RuleTest *test = &rules->tests[i];
            if (test->todo != (todo == 1) || !is_wanted(options.files, test->stanza))
                continue;
            run_test(extractor, test, &arena, counts, problems);
            if (uses && !todo)
                note_forms(&coverage, extractor_trace(extractor));
            arena_reset(&arena);
        }
        if (uses && !todo)
            find_gaps(&coverage, uses);
    }
    arena_clear(&arena);
    extractor_close(extractor);
    return counts->failed == 0;
}
