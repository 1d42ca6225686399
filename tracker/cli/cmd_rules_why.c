#include "cli/session.h"

#include "base/utf8.h"
#include "extract/extract.h"

#include <stdlib.h>

/* ---- rules why ------------------------------------------------------------- */

enum { WHY_LEFT = 26, WHY_MIDDLE = 26, WHY_WIDTH = 80, WHY_NEAR_MAX = 8, WHY_NEAR_PARTS = 3 };

typedef struct Why {
    const Rules *rules;
    const Text *text;
    const Hits *hits;
    RuleMatcher *matcher;
    Date date;
    Arena *arena;
    FILE *out;
    bool color, verbose;
    Problems *problems;
} Why;

static void put_heading(const Why *why, const char *heading)
{
    fprintf(why->out, why->color ? "\n\033[1m%s\033[0m\n" : "\n%s\n", heading);
}

/* Text in one line of at most `width` columns; how many it takes. */
static size_t put_cut(const Why *why, Str text, size_t width)
{
    size_t at = 0, col = 0;
    while (at < text.len) {
        size_t next;
        utf8_decode(text, at, &next);
        size_t wide = utf8_width((Str){ text.ptr + at, next - at });
        if (col + wide > width - 1 && utf8_width((Str){ text.ptr + at, text.len - at }) + col > width) {
            fputs("…", why->out);
            return col + 1;
        }
        cli_print(why->out, (Str){ text.ptr + at, next - at });
        col += wide;
        at = next;
    }
    return col;
}

static void put_row(const Why *why, Str left, Str middle, Str right)
{
    fputs("  ", why->out);
    for (size_t col = put_cut(why, left, WHY_LEFT); col <= WHY_LEFT; col++)
        fputc(' ', why->out);
    size_t col = put_cut(why, middle, right.len ? WHY_MIDDLE : WHY_WIDTH - WHY_LEFT - 3);
    for (; right.len && col <= WHY_MIDDLE; col++)
        fputc(' ', why->out);
    fprintf(why->out, "%.*s\n", STR_ARG(right));
}

static Str words_of(const Why *why, uint32_t first, uint32_t end)
{
    return str_slice(why->text->text, token_span(why->text, first, end));
}

static bool in_office(const Official *official, Date date)
{
    return date == DATE_UNKNOWN || ((official->from == DATE_UNKNOWN || official->from <= date) &&
                                    (official->until == DATE_UNKNOWN || date <= official->until));
}

/* What a hit says of its words; STR_NONE for hits that other lines cover. */
static Str hit_meaning(const Why *why, const Hit *hit)
{
    static const char *const effects[] = { "says so", "denies it", "asks", "is silent" };
    const Rules *rules = why->rules;
    switch ((LexiconKind)hit->kind) {
    case LEXICON_PERSON:
    case LEXICON_SURNAME: {
        const Official *official = &rules->officials[hit->id];
        if (!in_office(official, why->date))
            return STR_NONE;
        return str_printf(why->arena, "%s %.*s, %.*s", hit->kind == LEXICON_PERSON ? "official" : "surname of",
                          STR_ARG(official->name), STR_ARG(official->office));
    }
    case LEXICON_BODY:
        return str_printf(why->arena, "body %.*s", STR_ARG(rules->bodies[hit->id].name));
    case LEXICON_COUNTRY:
        return str_printf(why->arena, "country %.*s", STR_ARG(rules->countries[hit->id].iso));
    case LEXICON_DEMONYM:
        return str_printf(why->arena, "demonym %.*s", STR_ARG(rules->countries[hit->id].iso));
    case LEXICON_CAPITAL:
        return str_printf(why->arena, "capital of %.*s", STR_ARG(rules->countries[hit->id].iso));
    case LEXICON_GIVEN:
        return STR("given name");
    case LEXICON_VERB: {
        const Verb *verb = &rules->verbs[rules->verb_forms[hit->id].verb];
        return str_printf(why->arena, "verb %.*s: %s, %.*s", STR_ARG(verb->name), effects[verb->effect],
                          STR_ARG(verb->where));
    }
    case LEXICON_LIST:                       /* half of all words stand in one */
        if (why->verbose)
            return str_printf(why->arena, "list %.*s", STR_ARG(rules->list_names[hit->id]));
        break;
    case LEXICON_PHRASE:
        break;
    }
    return STR_NONE;
}

/* Several officials may bear one surname: some are named, the others counted. */
static void show_hits(const Why *why, const Sentence *sentence)
{
    enum { NAMED = 3 };
    const Hits *hits = why->hits;
    put_heading(why, "words");
    for (size_t i = 0; i < hits->len;) {
        const Hit *hit = &hits->ptr[i];
        size_t named = 0, others = 0;
        for (; i < hits->len && hits->ptr[i].first == hit->first && hits->ptr[i].end == hit->end &&
               hits->ptr[i].kind == hit->kind; i++) {
            Str meaning = hit->first >= sentence->first && hit->end <= sentence->end ? hit_meaning(why, &hits->ptr[i])
                                                                                     : STR_NONE;
            if (!meaning.len)
                continue;
            if (named < NAMED)
                put_row(why, named ? STR("") : words_of(why, hit->first, hit->end), meaning, STR_NONE), named++;
            else
                others++;
        }
        if (others)
            put_row(why, STR(""), str_printf(why->arena, "and %zu more", others), STR_NONE);
    }
}

static Str pattern_title(const Why *why, const RulePattern *pattern)
{
    static const char *const kinds[RULE_KINDS] = { "attribution", "position", "topic", "topic needs", "topic not", "modifier" };
    return str_printf(why->arena, "%s %.*s", kinds[pattern->kind], STR_ARG(why->rules->rules[pattern->rule].name));
}

typedef struct Near { const RulePattern *pattern; PatternNear near; } Near;
typedef struct Nears { Near *ptr; size_t len, cap; } Nears;

static int near_compare(const void *a, const void *b)
{
    const Near *x = a, *y = b;
    int more = y->near.total - x->near.total;            /* many parts matched: the nearest miss */
    return more ? more : str_compare(x->pattern->where, y->pattern->where);
}

/* The rules that match anywhere in the sentence, then those that lack one part. */
static void show_rules(const Why *why, const Sentence *sentence)
{
    size_t n = sentence->end - sentence->first;
    Symbol *symbols = ARENA_ARRAY(why->arena, Symbol, n);
    for (uint32_t i = 0; i < n; i++)
        symbols[i] = lexicon_token_symbol(why->rules->lexicon, why->text, sentence->first + i);
    Hits phrases = { 0 };
    for (size_t i = 0; i < why->hits->len; i++) {
        Hit hit = why->hits->ptr[i];
        if (hit.first >= sentence->first && hit.end <= sentence->end) {
            hit.first -= sentence->first;
            hit.end -= sentence->first;
            LIST_PUSH(why->arena, &phrases, hit);
        }
    }

    bool *matched = ARENA_ARRAY(why->arena, bool, why->rules->n_patterns);
    put_heading(why, "rules that match");
    for (int kind = RULE_POSITION; kind < RULE_KINDS; kind++) {
        RuleMatches found = { 0 };
        rules_match(why->matcher, (RuleKind)kind, symbols, n, phrases.ptr, phrases.len, why->arena, &found, why->problems);
        for (size_t i = 0; i < found.len; i++) {
            const RulePattern *pattern = &why->rules->patterns[found.ptr[i].pattern];
            if (matched[found.ptr[i].pattern])
                continue;
            matched[found.ptr[i].pattern] = true;
            put_row(why, words_of(why, sentence->first + found.ptr[i].match.from, sentence->first + found.ptr[i].match.to),
                    pattern_title(why, pattern), pattern->where);
        }
    }

    Nears nears = { 0 };
    for (size_t i = 0; i < why->rules->n_patterns; i++) {
        Near near = { &why->rules->patterns[i], { 0 } };
        if (near.pattern->kind != RULE_ATTRIBUTION && !matched[i] &&
            pattern_near(near.pattern->pattern, symbols, n, &near.near) &&
            near.near.total >= WHY_NEAR_PARTS && near.near.matched == near.near.total - 1)
            LIST_PUSH(why->arena, &nears, near);
    }
    if (!nears.len)
        return;
    qsort(nears.ptr, nears.len, sizeof *nears.ptr, near_compare);
    put_heading(why, "rules that lack one part");
    for (size_t i = 0; i < nears.len && i < WHY_NEAR_MAX; i++) {
        const RulePattern *pattern = nears.ptr[i].pattern;
        put_row(why, str_printf(why->arena, "lacks %.*s", STR_ARG(nears.ptr[i].near.lacks)), pattern_title(why, pattern),
                pattern->where);
        fputs("    ", why->out);
        put_cut(why, pattern_source(pattern->pattern), WHY_WIDTH - 6);
        fputc('\n', why->out);
    }
    if (nears.len > WHY_NEAR_MAX)
        fprintf(why->out, "  and %zu more\n", nears.len - WHY_NEAR_MAX);
}

static Str or_unknown(Str text)
{
    return text.len ? text : STR("unknown");
}

static void show_statements(const Why *why, const Statements *statements)
{
    static const char *const kinds[] = { "direct", "indirect", "mixed" };
    put_heading(why, statements->len ? "statements" : "no statement");
    for (size_t i = 0; i < statements->len; i++) {
        const Statement *statement = &statements->ptr[i];
        char day[DATE_TEXT_BYTES];
        fprintf(why->out, "  %d. %.*s, %.*s (%.*s), said on %s\n", statement->n, STR_ARG(or_unknown(statement->speaker)),
                STR_ARG(or_unknown(statement->office)), STR_ARG(or_unknown(statement->country)),
                statement->said_on == DATE_UNKNOWN ? "an unknown day" : date_format(statement->said_on, day));
        put_row(why, STR("   speaker"), statement->speaker_text, STR_NONE);
        put_row(why, STR("   cue"), str_printf(why->arena, "%.*s%s", STR_ARG(statement->cue),
                                              statement->negated ? " (denies)" : ""), statement->rule);
        put_row(why, STR("   words"), str_printf(why->arena, "%s", kinds[statement->kind]), STR_NONE);
        fputs("     ", why->out);
        cli_wrap(why->out, statement->text, 5, 5);
        for (size_t k = 0; k < statement->n_claims; k++) {
            const Claim *claim = &statement->claims[k];
            put_row(why, str_printf(why->arena, "   claim: %.*s", STR_ARG(claim->position)), claim->topic_label, claim->rule);
            Str marks = str_printf(why->arena, "%s%s%s%.*s", claim->negated ? "negated " : "",
                                   claim->condition ? "condition " : "", claim->hedged ? "hedged " : "",
                                   STR_ARG(claim->limit));
            if (marks.len)
                put_row(why, STR("     but"), marks, STR_NONE);
        }
    }
}

static bool run_why(Session *session)
{
    Rules rules;
    Str given = session->cli.args.ptr[0];
    if (utf8_valid_prefix(given) != given.len) {
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "the sentence is not UTF-8");
        return true;
    }
    if (!session_out(session) || !session_load_rules(session, &rules))
        return true;
    Story story = { .text = given, .published = session->cli.options.date, .path = STR("argument") };
    story_complete(&story, session->arena);
    ExtractOptions options = { .no_gate = session->cli.options.no_gate };
    Extractor *extractor = extractor_open(&rules, options);
    Statements statements = { 0 };
    extract_story(extractor, &story, session->arena, &statements, &session->problems);
    const ExtractTrace *trace = extractor_trace(extractor);
    Why why = {
        .rules = &rules, .text = &trace->text, .hits = &trace->hits,
        .matcher = rule_matcher_open(&rules, !options.no_gate),
        .date = story.published, .arena = session->arena, .out = session->out,
        .color = session_color(session), .verbose = session->cli.options.verbose,
        .problems = &session->problems,
    };
    for (size_t i = 0; i < trace->text.n_sentences; i++) {
        const Sentence *sentence = &trace->text.sentences[i];
        if (i)
            fputc('\n', why.out);
        cli_wrap(why.out, words_of(&why, sentence->first, sentence->end), 0, 0);
        show_hits(&why, sentence);
        show_rules(&why, sentence);
    }
    show_statements(&why, &statements);
    rule_matcher_close(why.matcher);
    extractor_close(extractor);
    rules_clear(&rules);
    return true;
}

const CliCommand cmd_rules_why = {
    .name = "rules why",
    .usage = "TEXT",
    .summary = "show what fires in a sentence, and what nearly does",
    .about = "Shows for each sentence of TEXT the words that rules and rosters know, the rules that match with their "
             "places, the rules that lack one part, and the statements and claims that come out.",
    .examples = "tracker rules why '\"It is off the table,\" said Hegseth.' --date 2025-02-12\n",
    .min_args = 1, .max_args = 1,
    .groups = CLI_READS | CLI_EXTRACTS,
    .run = run_why,
};
