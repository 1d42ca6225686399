#include "engine/rules_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- gate ------------------------------------------------------------------ */

/* Per kind: the patterns that a symbol lets through, and those that are always tried. */
typedef struct PatternIds { uint32_t *ptr; size_t len, cap; } PatternIds;
typedef struct KindGate {
    uint32_t *first;                 /* by symbol: where its patterns begin in `ids`; one more at the end */
    uint32_t *ids;
    PatternIds always;
    PatternIds all;
} KindGate;

typedef uint16_t Need;

struct RuleGate {
    size_t n_symbols;
    KindGate kinds[RULE_KINDS];
    const Need **needs;              /* by pattern: its parts, as write_needs has them */
};

enum {
    PART_SYMBOLS = 256,              /* a part with more is not looked for: trying costs no more */
    FAR = UINT16_MAX,                /* so many symbols or more */
};

/*
 * How many symbols may stand before the gate; then of each part the number of its symbols, how many may stand before
 * it, and the symbols; 0 ends them.
 */
static const Need *write_needs(const Pattern *pattern, Arena *arena)
{
    const PatternPart *parts;
    const Symbol *gate;
    size_t n_parts = pattern_parts(pattern, &parts), len = 2, at = 1;
    pattern_gate(pattern, &gate);
    for (size_t i = 0; i < n_parts; i++)
        len += parts[i].n <= PART_SYMBOLS ? 2 + parts[i].n : 0;
    Need *needs = ARENA_ARRAY(arena, Need, len);
    for (size_t i = 0; i < n_parts; i++) {
        Need before = parts[i].before < FAR ? (Need)parts[i].before : FAR;
        if (parts[i].symbols == gate)
            needs[0] = before;
        if (parts[i].n > PART_SYMBOLS)
            continue;
        needs[at++] = (Need)parts[i].n;
        needs[at++] = before;
        memcpy(needs + at, parts[i].symbols, parts[i].n * sizeof *needs);
        at += parts[i].n;
    }
    return needs;
}

void rules_build_gate(Rules *rules)
{
    Arena *arena = rules->arena;
    struct RuleGate *gate = ARENA_NEW(arena, struct RuleGate);
    gate->n_symbols = lexicon_symbol_count(rules->lexicon);
    gate->needs = ARENA_ARRAY(arena, const Need *, rules->n_patterns + 1);
    for (size_t k = 0; k < RULE_KINDS; k++)
        gate->kinds[k].first = ARENA_ARRAY(arena, uint32_t, gate->n_symbols + 2);
    const Symbol *symbols;
    for (uint32_t i = 0; i < rules->n_patterns; i++) {       /* count: first[s + 2], so that filling leaves first[s] */
        const RulePattern *pattern = &rules->patterns[i];
        KindGate *kind = &gate->kinds[pattern->kind];
        if (pattern->in_trie)
            continue;
        size_t n = pattern_gate(pattern->pattern, &symbols);
        gate->needs[i] = write_needs(pattern->pattern, arena);
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

/* ---- matching -------------------------------------------------------------- */

/* Where a symbol stands in the string of a call. */
typedef struct Place { uint32_t first, last; } Place;

/* The last call that met a pattern's gate; the gate's first and last place in that call. */
typedef struct Met { uint32_t stamp; Span gate; } Met;

struct RuleMatcher {
    Arena arena;
    Arena call;                                  /* one call */
    const Rules *rules;
    bool gated;
    PatternScratch *scratch;
    uint32_t stamp;                              /* of the present call */
    Met *met;                                    /* by pattern */
    uint32_t *open; size_t n_open;               /* patterns whose gate this call met */
    uint64_t *present; size_t n_present;         /* bits by symbol: stands in the string */
    Place *places;                               /* by symbol that does */
    bool *reported;                              /* by pattern: past its limit, and said so */
    RuleCounts counts;
    RuleUse *uses;                               /* NULL: not counted */
    double (*clock)(void);
};

RuleMatcher *rule_matcher_open(const Rules *rules, bool gated)
{
    Arena arena;
    arena_init(&arena);
    RuleMatcher *matcher = ARENA_NEW(&arena, RuleMatcher);
    matcher->rules = rules;
    matcher->gated = gated;
    matcher->scratch = pattern_scratch_open();
    matcher->met = ARENA_ARRAY(&arena, Met, rules->n_patterns + 1);
    matcher->open = ARENA_ARRAY(&arena, uint32_t, rules->n_patterns + 1);
    matcher->n_present = rules->gate->n_symbols / 64 + 1;
    matcher->present = ARENA_ARRAY(&arena, uint64_t, matcher->n_present);
    matcher->places = ARENA_ARRAY(&arena, Place, rules->gate->n_symbols);
    matcher->reported = ARENA_ARRAY(&arena, bool, rules->n_patterns + 1);
    matcher->arena = arena;
    return matcher;
}

void rule_matcher_close(RuleMatcher *matcher)
{
    if (!matcher)
        return;
    pattern_scratch_close(matcher->scratch);
    arena_clear(&matcher->call);
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
    RuleMatches *out;
    Problems *problems;
} Run;

const RuleUse *rule_matcher_count(RuleMatcher *matcher, double (*clock)(void))
{
    matcher->uses = ARENA_ARRAY(&matcher->arena, RuleUse, matcher->rules->n_patterns + 1);
    matcher->clock = clock;
    return matcher->uses;
}

static bool is_present(const RuleMatcher *matcher, Symbol symbol)
{
    return matcher->present[symbol / 64] >> (symbol % 64) & 1;
}

static void note_places(RuleMatcher *matcher, const Symbol *symbols, size_t n)
{
    memset(matcher->present, 0, matcher->n_present * sizeof *matcher->present);
    for (size_t i = 0; i < n; i++) {
        if (symbols[i] >= matcher->rules->gate->n_symbols)
            continue;
        Place *place = &matcher->places[symbols[i]];
        if (!is_present(matcher, symbols[i]))
            place->first = (uint32_t)i;
        place->last = (uint32_t)i;
        matcher->present[symbols[i] / 64] |= (uint64_t)1 << (symbols[i] % 64);
    }
}

/* Does every part of the pattern stand in the string? */
static bool has_parts(const RuleMatcher *matcher, const Need *need)
{
    for (size_t n; (n = *need++) != 0; need += n) {
        bool present = false;
        need++;
        for (size_t i = 0; i < n && !present; i++)
            present = is_present(matcher, need[i]);
        if (!present)
            return false;
    }
    return true;
}

/* Narrow the places where a match may start: its parts must stand there, each behind the one before.  False: none is left. */
static bool narrow_starts(const RuleMatcher *matcher, const Need *need, Span *starts)
{
    size_t from = starts->from;                  /* of the next part */
    for (size_t n; (n = *need++) != 0; need += n) {
        size_t first = SIZE_MAX, last = 0, before = *need++;
        for (size_t i = 0; i < n; i++) {
            const Place *place = &matcher->places[need[i]];
            if (!is_present(matcher, need[i]) || place->last < from)
                continue;
            size_t at = place->first > from ? place->first : from;      /* none stands in front of it */
            first = at < first ? at : first;
            last = place->last > last ? place->last : last;
        }
        if (first == SIZE_MAX)
            return false;
        if (before < FAR && first > before + starts->from)
            starts->from = (uint32_t)(first - before);
        starts->to = last < starts->to ? (uint32_t)last : starts->to;
        from = first + 1;
    }
    return starts->from <= starts->to;
}

/* Of a pattern with a gate, where the gate lets a match start. */
static void start_at_gate(const RuleMatcher *matcher, uint32_t id, Span *starts)
{
    size_t before = matcher->rules->gate->needs[id][0];
    Span gate = matcher->met[id].gate;
    if (before < FAR && gate.from > before + starts->from)
        starts->from = (uint32_t)(gate.from - before);
    if (gate.to < starts->to)
        starts->to = gate.to;
}

static bool can_match(const RuleMatcher *matcher, uint32_t id, Span *starts)
{
    if (!matcher->gated)
        return true;
    const Need *needs = matcher->rules->gate->needs[id] + 1;
    if (matcher->met[id].stamp == matcher->stamp)
        start_at_gate(matcher, id, starts);
    return has_parts(matcher, needs) && narrow_starts(matcher, needs, starts);
}

static void try_pattern(Run *run, uint32_t id, Span starts)
{
    RuleMatcher *matcher = run->matcher;
    const RulePattern *pattern = &matcher->rules->patterns[id];
    RuleMatch match = { .pattern = id };
    PatternResult result = PATTERN_YES;
    do {
        result = pattern_match(pattern->pattern, matcher->scratch, run->symbols, run->n_symbols, starts, &match.match);
        if (result != PATTERN_YES)
            break;
        LIST_PUSH(&matcher->call, run->out, match);
        starts = (Span){ match.match.from + 1, (uint32_t)run->n_symbols };
    } while (starts.from < run->n_symbols && can_match(matcher, id, &starts));
    if (result != PATTERN_NO && result != PATTERN_YES && !matcher->reported[id]) {
        matcher->reported[id] = true;
        const Stanza *stanza = matcher->rules->rules[pattern->rule].stanza;
        problems_addf(run->problems, ERR_RULES, stanza->file, pattern_line(pattern->pattern), pattern_col(pattern->pattern),
                      result == PATTERN_BROKEN ? "the pattern is too large and is skipped: see tracker rules check"
                          : "the pattern takes too long here and is skipped: fewer gaps or runs would help");
    }
}

/* The pattern's gate stands at a place, and not before it unless that was told. */
static void meet_gate(RuleMatcher *matcher, uint32_t id, const Place *place)
{
    Met *met = &matcher->met[id];
    if (met->stamp != matcher->stamp) {
        *met = (Met){ matcher->stamp, { place->first, place->last } };
        matcher->open[matcher->n_open++] = id;
    } else if (place->last > met->gate.to) {
        met->gate.to = place->last;
    }
}

static void run_pattern(Run *run, uint32_t id)
{
    RuleMatcher *matcher = run->matcher;
    Span starts = { 0, (uint32_t)run->n_symbols };
    if (!can_match(matcher, id, &starts))
        return;
    matcher->counts.tried++;
    if (!matcher->uses) {
        try_pattern(run, id, starts);
        return;
    }
    size_t found = run->out->len;
    double started = matcher->clock ? matcher->clock() : 0;
    try_pattern(run, id, starts);
    matcher->uses[id].tried++;
    matcher->uses[id].matched += run->out->len - found;
    if (matcher->clock)
        matcher->uses[id].seconds += matcher->clock() - started;
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
static void add_sorted(RuleMatcher *matcher, const RuleMatches *matches, Arena *arena, RuleMatches *out)
{
    const Rules *rules = matcher->rules;
    if (matches->len == 0)
        return;
    if (!out->cap) {                             /* a match is large: room for these and no more */
        out->ptr = ARENA_ARRAY(arena, RuleMatch, matches->len);
        out->cap = matches->len;
    }
    Ordered *ordered = ARENA_ARRAY(&matcher->call, Ordered, matches->len);
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
    Run run = { matcher, symbols, n_symbols, &found, problems };
    uint64_t tried = matcher->counts.tried;
    if (++matcher->stamp == 0) {                 /* run over: all stamps are stale */
        memset(matcher->met, 0, rules->n_patterns * sizeof *matcher->met);
        matcher->stamp = 1;
    }
    note_places(matcher, symbols, n_symbols);
    const PatternIds *anyway = matcher->gated ? &gate->always : &gate->all;
    for (size_t i = 0; i < anyway->len; i++)
        run_pattern(&run, anyway->ptr[i]);
    for (size_t i = 0; matcher->gated && i < n_symbols; i++)
        if (symbols[i] < rules->gate->n_symbols && matcher->places[symbols[i]].first == i)
            for (uint32_t at = gate->first[symbols[i]]; at < gate->first[symbols[i] + 1]; at++)
                meet_gate(matcher, gate->ids[at], &matcher->places[symbols[i]]);
    for (size_t i = 0; i < matcher->n_open; i++)
        run_pattern(&run, matcher->open[i]);
    matcher->n_open = 0;
    matcher->counts.held += gate->all.len - (matcher->counts.tried - tried);
    for (size_t i = 0; i < n_phrases; i++) {
        const Hit *hit = &phrases[i];
        if (hit->kind != LEXICON_PHRASE || rules->patterns[hit->id].kind != kind)
            continue;
        if (matcher->uses)
            matcher->uses[hit->id].matched++;
        PatternMatch match = { .from = hit->first, .to = hit->end, .whole_from = hit->first, .whole_to = hit->end };
        LIST_PUSH(&matcher->call, &found, ((RuleMatch){ hit->id, match }));
    }
    add_sorted(matcher, &found, arena, out);
    arena_reset(&matcher->call);
}
