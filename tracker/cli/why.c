#include "cli/why.h"

#include "engine/names.h"

#include <stdlib.h>

enum { NEAR_MOST = 6, NEAR_PARTS = 3, NEAR_ATTRIBUTION_PARTS = 2 };

const char *const mark_kinds[MARK_KINDS] = {
    "content", "source", "cue", "verb", "mention", "day", "position", "topic", "needs", "not", "modifier", "word", "nearly"
};

typedef struct Finder {
    const Rules *rules;
    const ExtractTrace *trace;
    const Statements *statements;
    WhyOptions options;
    RuleMatcher *matcher;
    Arena *arena;
    Marks *out; size_t first;        /* of this story */
    Problems *problems;
    bool *matched;                   /* by pattern: in the sentence at hand */
} Finder;

static Str printed_or(Str text, const char *other)
{
    return text.len ? text : str_from(other);
}

static void add(const Finder *f, Mark mark)
{
    mark.order = (uint32_t)f->out->len;
    LIST_PUSH(f->arena, f->out, mark);
}

static uint32_t sentence_at(const Text *text, uint32_t byte)
{
    uint32_t i = 0;
    while (i + 1 < text->n_sentences && token_span(text, text->sentences[i].first, text->sentences[i].end).to <= byte)
        i++;
    return i;
}

static Mark mark_of_tokens(const Finder *f, MarkKind kind, uint32_t sentence, uint32_t first, uint32_t end)
{
    return (Mark){ .kind = kind, .sentence = sentence, .span = token_span(&f->trace->text, first, end), .name = STR(""),
                   .note = STR(""), .where = STR("") };
}

/* ---- statements ---------------------------------------------------------------- */

static void add_statement(const Finder *f, const Statement *st)
{
    static const char *const kinds[] = { "direct", "indirect", "mixed" };
    const Text *text = &f->trace->text;
    for (size_t i = 0; i < st->spans.len; i++)
        add(f, (Mark){ .kind = MARK_CONTENT, .sentence = sentence_at(text, st->spans.ptr[i].from), .span = st->spans.ptr[i],
                       .name = str_from(kinds[st->kind]), .note = st->negated ? STR("denied") : STR(""), .where = STR(""),
                       .statement = st->n });
    if (st->has_speaker_span)
        add(f, (Mark){ .kind = MARK_SOURCE, .sentence = sentence_at(text, st->speaker_span.from), .span = st->speaker_span,
                       .name = printed_or(st->speaker, "unknown"), .note = st->office, .where = STR(""), .statement = st->n });
    if (st->has_cue)
        add(f, (Mark){ .kind = MARK_CUE, .sentence = sentence_at(text, st->cue_span.from), .span = st->cue_span,
                       .name = st->cue, .note = STR(""), .where = st->rule, .statement = st->n });
}

/* The mark of a statement's part with these words, which says all that another one would. */
static Mark *part_with(const Finder *f, MarkKind kind, Span span)
{
    for (size_t i = f->first; i < f->out->len; i++) {
        Mark *mark = &f->out->ptr[i];
        if (mark->kind == kind && mark->span.from == span.from && mark->span.to == span.to)
            return mark;
    }
    return NULL;
}

/* ---- words ----------------------------------------------------------------------- */

static Str official_row(const Finder *f, int32_t row)
{
    const Official *official = &f->rules->officials[row];
    return str_printf(f->arena, "%s:%d", official->file, official->line);
}

static void add_mention(const Finder *f, uint32_t sentence, const Mention *m)
{
    static const char *const kinds[] = { "phrase", "person", "role", "body", "country", "pronoun" };
    if (m->kind == MENTION_OTHER && !f->options.words)
        return;
    Mark mark = mark_of_tokens(f, MARK_MENTION, sentence, m->first, m->end);
    mark.name = str_from(kinds[m->kind]);
    if (m->entity >= 0) {
        const Entity *entity = &f->trace->map.entities.ptr[m->entity];
        mark.note = entity->office.len ? str_printf(f->arena, "%.*s, %.*s", STR_ARG(entity->name), STR_ARG(entity->office))
                                       : entity->name;
        if (entity->official >= 0)
            mark.where = official_row(f, entity->official);
    } else if (m->official >= 0) {
        mark.note = f->rules->officials[m->official].name;
        mark.where = official_row(f, m->official);
    } else if (m->country >= 0) {
        mark.note = f->rules->countries[m->country].iso;
    }
    Mark *source = part_with(f, MARK_SOURCE, mark.span);
    if (source)
        source->where = mark.where;
    else
        add(f, mark);
}

static void add_hit(const Finder *f, uint32_t sentence, const Hit *hit)
{
    static const char *const effects[] = { "says so", "denies", "asks", "is silent" };
    const Rules *rules = f->rules;
    if (hit->kind == LEXICON_VERB) {
        const Verb *verb = &rules->verbs[rules->verb_forms[hit->id].verb];
        Mark mark = mark_of_tokens(f, MARK_VERB, sentence, hit->first, hit->end);
        mark.name = verb->name;
        mark.note = str_from(effects[verb->effect]);
        mark.where = verb->where;
        Mark *cue = part_with(f, MARK_CUE, mark.span);
        if (cue)
            cue->note = str_printf(f->arena, "verb %.*s of %.*s", STR_ARG(verb->name), STR_ARG(verb->where));
        else
            add(f, mark);
    } else if (hit->kind == LEXICON_LIST && f->options.words) {     /* half of all words stand in one */
        Mark mark = mark_of_tokens(f, MARK_WORD, sentence, hit->first, hit->end);
        mark.name = rules->list_names[hit->id];
        add(f, mark);
    }
}

static void add_words(const Finder *f, uint32_t at, const Sentence *sentence)
{
    const ExtractTrace *trace = f->trace;
    for (size_t i = 0; i < trace->map.mentions.len; i++)
        if (trace->map.mentions.ptr[i].first >= sentence->first && trace->map.mentions.ptr[i].end <= sentence->end)
            add_mention(f, at, &trace->map.mentions.ptr[i]);
    for (size_t i = 0; i < trace->map.days.len; i++) {
        const DayMention *day = &trace->map.days.ptr[i];
        char text[DATE_TEXT_BYTES];
        if (day->first < sentence->first || day->end > sentence->end)
            continue;
        Mark mark = mark_of_tokens(f, MARK_DAY, at, day->first, day->end);
        mark.name = day->day == DATE_UNKNOWN ? STR("of no one day") : str_copy(f->arena, str_from(date_format(day->day, text)));
        add(f, mark);
    }
    for (size_t i = trace->hits.at[sentence->first]; i < trace->hits.at[sentence->end]; i++)
        if (trace->hits.ptr[i].end <= sentence->end)
            add_hit(f, at, &trace->hits.ptr[i]);
}

/* ---- rules that match ------------------------------------------------------------ */

/* A claim in words that this sentence has was made by this rule. */
static bool is_used(const Finder *f, const RulePattern *pattern, Span sentence)
{
    const Rule *rule = &f->rules->rules[pattern->rule];
    for (size_t i = 0; i < f->statements->len; i++)
        for (size_t k = 0; k < f->statements->ptr[i].n_claims; k++) {
            const Claim *claim = &f->statements->ptr[i].claims[k];
            if (claim->span.to <= sentence.from && !str_equal(claim->rule, pattern->where))
                continue;
            if (pattern->kind == RULE_POSITION ? str_equal(claim->rule, pattern->where) : str_equal(claim->topic, rule->name))
                return true;
        }
    return false;
}

/* The symbols of a sentence, and the hits in it counted from its first token. */
static Symbol *sentence_symbols(const Finder *f, const Sentence *sentence, Hits *phrases)
{
    const ExtractTrace *trace = f->trace;
    Symbol *symbols = ARENA_ARRAY(f->arena, Symbol, sentence->end - sentence->first + 1);
    for (uint32_t i = sentence->first; i < sentence->end; i++)
        symbols[i - sentence->first] = lexicon_token_symbol(f->rules->lexicon, &trace->text, i);
    for (size_t i = trace->hits.at[sentence->first]; i < trace->hits.at[sentence->end]; i++) {
        Hit hit = trace->hits.ptr[i];
        if (hit.end > sentence->end)
            continue;
        hit.first -= sentence->first;
        hit.end -= sentence->first;
        LIST_PUSH(f->arena, phrases, hit);
    }
    return symbols;
}

/*
 * Worth a line to people who ask about a sentence: what counted, and what might have.  Not the weak rules that gave
 * way, a word inside a longer match, or a country that some topic needs.
 */
static bool is_telling(const Finder *f, const RuleMatches *found, size_t at, bool used)
{
    const RulePattern *pattern = &f->rules->patterns[found->ptr[at].pattern];
    if (f->options.words)
        return true;
    if (pattern->kind == RULE_TOPIC_NEEDS || pattern->kind == RULE_TOPIC_NOT ||
        (!used && f->rules->rules[pattern->rule].fallback))
        return false;
    if (pattern->kind == RULE_POSITION)
        for (size_t i = 0; i < found->len; i++) {
            const PatternMatch *own = &found->ptr[at].match, *other = &found->ptr[i].match;
            if (other->from <= own->from && other->to >= own->to && other->to - other->from > own->to - own->from)
                return false;
        }
    return true;
}

static void add_matches(const Finder *f, uint32_t at, const Sentence *sentence, const Symbol *symbols, const Hits *phrases)
{
    static const MarkKind kinds[RULE_KINDS] = {
        [RULE_POSITION] = MARK_POSITION, [RULE_TOPIC_ABOUT] = MARK_TOPIC, [RULE_TOPIC_NEEDS] = MARK_NEEDS,
        [RULE_TOPIC_NOT] = MARK_NOT, [RULE_MODIFIER] = MARK_MODIFIER,
    };
    Span words = token_span(&f->trace->text, sentence->first, sentence->end);
    for (int kind = RULE_POSITION; kind < RULE_KINDS; kind++) {
        RuleMatches found = { 0 };
        rules_match(f->matcher, (RuleKind)kind, symbols, sentence->end - sentence->first, phrases->ptr, phrases->len, f->arena,
                    &found, f->problems);
        for (size_t i = 0; i < found.len; i++) {
            const RulePattern *pattern = &f->rules->patterns[found.ptr[i].pattern];
            const PatternMatch *match = &found.ptr[i].match;
            Mark mark = mark_of_tokens(f, kinds[kind], at, sentence->first + match->from, sentence->first + match->to);
            f->matched[found.ptr[i].pattern] = true;
            bool counts = kind == RULE_POSITION || kind == RULE_TOPIC_ABOUT;
            bool used = counts && is_used(f, pattern, words);
            if (!is_telling(f, &found, i, used))
                continue;
            mark.name = f->rules->rules[pattern->rule].name;
            mark.where = pattern->where;
            mark.unused = counts && !used;
            add(f, mark);
        }
    }
}

/* ---- rules that nearly match ------------------------------------------------------- */

typedef struct Near { const RulePattern *pattern; PatternNear near; Span behind; } Near;
typedef struct Nears { Near *ptr; size_t len, cap; } Nears;

static int by_nearness(const void *a, const void *b)
{
    const Near *x = a, *y = b;
    int more = y->near.total - x->near.total;            /* many parts matched: the nearest miss */
    return more ? more : str_compare(x->pattern->where, y->pattern->where);
}

/* The nearest of a sentence, as marks under the words that the missing part should have followed. */
static void add_nears(const Finder *f, uint32_t at, Nears *nears)
{
    static const char *const kinds[RULE_KINDS] = { "attribution", "position", "topic", "topic needs", "topic not", "modifier" };
    if (nears->len)
        qsort(nears->ptr, nears->len, sizeof *nears->ptr, by_nearness);
    Names told = { 0 };              /* three shapes that all lack a verb of saying are one hint */
    for (size_t i = 0; i < nears->len && (told.len < NEAR_MOST || f->options.words); i++) {
        const Near *near = &nears->ptr[i];
        const RulePattern *pattern = near->pattern;
        bool shape = pattern->kind == RULE_ATTRIBUTION;
        if (!names_add(&told, f->arena, shape ? near->near.lacks : pattern->where, 0) && !f->options.words)
            continue;
        add(f, (Mark){ .kind = MARK_NEAR, .sentence = at, .span = near->behind, .note = str_from(kinds[pattern->kind]),
                       .name = f->rules->rules[pattern->rule].name, .where = pattern->where, .lacks = near->near.lacks,
                       .pattern = pattern_source(pattern->pattern) });
    }
}

static bool is_near(const Near *near, int parts)
{
    return near->near.total >= parts && near->near.matched == near->near.total - 1;
}

/* The rarest word of the pattern is there: that it lacks another one means something. */
static bool has_rare_word(const Pattern *pattern, const Symbol *symbols, size_t n)
{
    const Symbol *gate;
    size_t n_gate = pattern_gate(pattern, &gate);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n_gate; k++)
            if (symbols[i] == gate[k])
                return true;
    return false;
}

static void find_nears(const Finder *f, const Sentence *sentence, const Symbol *symbols, Nears *out)
{
    size_t n = sentence->end - sentence->first;
    for (size_t i = 0; i < f->rules->n_patterns; i++) {
        Near near = { .pattern = &f->rules->patterns[i] };
        if (near.pattern->kind == RULE_ATTRIBUTION || f->matched[i] ||
            !has_rare_word(near.pattern->pattern, symbols, n) ||
            !pattern_near(near.pattern->pattern, symbols, n, &near.near) || !is_near(&near, NEAR_PARTS))
            continue;
        uint32_t last = sentence->first + (near.near.at ? near.near.at - 1 : 0);
        near.behind = token_span(&f->trace->text, last, last + 1);
        LIST_PUSH(f->arena, out, near);
    }
}

static bool has_statement(const Finder *f, Span sentence)
{
    for (size_t i = 0; i < f->statements->len; i++)
        for (size_t k = 0; k < f->statements->ptr[i].spans.len; k++) {
            Span span = f->statements->ptr[i].spans.ptr[k];
            if (span.from < sentence.to && sentence.from < span.to)
                return true;
        }
    return false;
}

/* Of a sentence that says nothing, or so it seems: the shapes of attribution that lack one part of its row. */
static void find_attribution_nears(const Finder *f, const Sentence *sentence, Nears *out)
{
    if (has_statement(f, token_span(&f->trace->text, sentence->first, sentence->end)) && !f->options.words)
        return;
    for (size_t r = 0; r < f->trace->rows.len; r++) {
        const AttributionRow *row = &f->trace->rows.ptr[r];
        if (row->len == 0 || row->tokens[0] >= sentence->end || row->tokens[row->len] <= sentence->first)
            continue;
        for (size_t i = 0; i < f->rules->n_patterns; i++) {
            Near near = { .pattern = &f->rules->patterns[i] };
            if (near.pattern->kind != RULE_ATTRIBUTION || !pattern_near(near.pattern->pattern, row->symbols, row->len, &near.near) ||
                !is_near(&near, NEAR_ATTRIBUTION_PARTS))
                continue;
            uint32_t last = near.near.at ? near.near.at - 1 : 0;
            near.behind = token_span(&f->trace->text, row->tokens[last], row->tokens[last + 1]);
            LIST_PUSH(f->arena, out, near);
        }
    }
}

/* ---- all ------------------------------------------------------------------------------ */

static int by_words(const void *a, const void *b)
{
    const Mark *x = a, *y = b;
    bool near_x = x->kind == MARK_NEAR, near_y = y->kind == MARK_NEAR;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    if (near_x != near_y)
        return near_x - near_y;
    if (near_x)
        return x->order < y->order ? -1 : 1;
    if (x->span.from != y->span.from)
        return x->span.from < y->span.from ? -1 : 1;
    if (x->span.to != y->span.to)
        return x->span.to > y->span.to ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

void why_find(const Rules *rules, const ExtractTrace *trace, const Statements *statements, WhyOptions options, Arena *arena,
              Marks *out, Problems *problems)
{
    Finder f = { .rules = rules, .trace = trace, .statements = statements, .options = options, .arena = arena, .out = out,
                 .problems = problems, .first = out->len, .matcher = rule_matcher_open(rules, !options.no_gate) };
    for (size_t i = 0; i < statements->len; i++)
        add_statement(&f, &statements->ptr[i]);
    for (uint32_t i = 0; i < trace->text.n_sentences; i++) {
        const Sentence *sentence = &trace->text.sentences[i];
        Hits phrases = { 0 };
        Nears nears = { 0 };
        f.matched = ARENA_ARRAY(arena, bool, rules->n_patterns + 1);
        add_words(&f, i, sentence);
        const Symbol *symbols = sentence_symbols(&f, sentence, &phrases);
        add_matches(&f, i, sentence, symbols, &phrases);
        find_attribution_nears(&f, sentence, &nears);
        find_nears(&f, sentence, symbols, &nears);
        add_nears(&f, i, &nears);
    }
    rule_matcher_close(f.matcher);
    if (out->len > f.first)
        qsort(out->ptr + f.first, out->len - f.first, sizeof *out->ptr, by_words);
}
