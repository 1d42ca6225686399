#include "extract/attribution.h"

#include "engine/names.h"
#include "extract/layout.h"

#include <stdlib.h>
#include <string.h>

/* One symbol of a row: a phrase, a quotation, a cue or a single token. */
typedef struct Chunk {
    uint32_t first, end;             /* tokens */
    int32_t mention, quote, verb, day;       /* index, or -1; verb: a VerbForm */
} Chunk;

/* A sentence, or several that a quotation joins, as the patterns see it. */
typedef struct Row {
    Chunk *chunks; Symbol *symbols;
    size_t len, cap;
    uint32_t first, end;             /* tokens */
    uint32_t paragraph;
} Row;

/* One way to read one cue. */
typedef struct Candidate {
    uint32_t rule;
    uint32_t from, to;               /* chunks of the whole match */
    uint32_t cue_from, cue_to;       /* chunks */
    int32_t  source;                 /* chunk, or -1 */
    int32_t  quote;                  /* chunk of <quote>, or -1 */
    int32_t  recipient;              /* chunk of <recipient:source>, or -1 */
    bool     has_content;
    uint32_t content_from, content_to;
    int weight;
    Str where;
} Candidate;
typedef struct Candidates { Candidate *ptr; size_t len, cap; } Candidates;

/* Tokens [first, end) */
typedef struct Range { uint32_t first, end; } Range;
typedef struct Ranges { Range *ptr; size_t len, cap; } Ranges;

struct Attributor {
    Arena arena;
    const Rules *rules;
    RuleMatcher *matcher;
    Symbol quote, source, pp, date, aux, adverb, judge;
    WordId that, and_, but, to, of, by, according, in, at, not_, never, has, have, had;
    int participles, asides, venues, interviewers, bystanders;      /* lists */
    Str source_slot, quote_slot, content_slot, recipient_slot;
};

typedef struct Flags { bool *ptr; size_t len, cap; } Flags;

/* Everything one call needs. */
typedef struct Finder {
    const Attributor *by;
    const Rules *rules;
    const Story *story;
    const Text *text;
    const Hits *hits;
    const MentionMap *map;
    Arena *arena;
    Statements *out;
    Problems *problems;
    int32_t *day_at;                 /* token -> day that starts there, or -1 */
    int32_t *quote_at;               /* token -> quotation that opens there, or -1 */
    int32_t speaker;                 /* entity that spoke last, or -1 */
    int32_t last;                    /* index of the last statement, or -1 */
    uint32_t last_paragraph;
    bool last_quoted;                /* it ended in a quotation */
    Flags undated;                   /* of each statement: its sentence puts it on no one day */
} Finder;

Attributor *attributor_open(const Rules *rules, RuleMatcher *matcher)
{
    Arena arena;
    arena_init(&arena);
    Attributor *self = ARENA_NEW(&arena, Attributor);
    const Lexicon *lex = rules->lexicon;
    self->rules = rules;
    self->matcher = matcher;
    self->quote = lexicon_tag(lex, STR("quote"));
    self->source = lexicon_tag(lex, STR("source"));
    self->pp = lexicon_tag(lex, STR("pp"));
    self->date = lexicon_tag(lex, STR("date"));
    self->aux = lexicon_tag(lex, STR("aux"));
    self->adverb = lexicon_tag(lex, STR("adverb"));
    self->judge = lexicon_tag(lex, STR("judge"));
    self->that = lexicon_word(lex, STR("that"));
    self->and_ = lexicon_word(lex, STR("and"));
    self->but = lexicon_word(lex, STR("but"));
    self->to = lexicon_word(lex, STR("to"));
    self->of = lexicon_word(lex, STR("of"));
    self->by = lexicon_word(lex, STR("by"));
    self->according = lexicon_word(lex, STR("according"));
    self->in = lexicon_word(lex, STR("in"));
    self->at = lexicon_word(lex, STR("at"));
    self->has = lexicon_word(lex, STR("has"));
    self->have = lexicon_word(lex, STR("have"));
    self->had = lexicon_word(lex, STR("had"));
    self->not_ = lexicon_word(lex, STR("not"));
    self->never = lexicon_word(lex, STR("never"));
    self->participles = rules_list(rules, "reporter-participles");
    self->asides = rules_list(rules, "reporter-asides");
    self->venues = rules_list(rules, "venues");
    self->bystanders = rules_list(rules, "bystanders");
    self->interviewers = rules_list(rules, "interviewers");
    self->source_slot = STR("source");
    self->quote_slot = STR("quote");
    self->content_slot = STR("content");
    self->recipient_slot = STR("recipient");
    self->arena = arena;
    return self;
}

void attributor_close(Attributor *self)
{
    if (self) {
        Arena arena = self->arena;
        arena_clear(&arena);
    }
}

/* ---- rows ---------------------------------------------------------------------- */

static const Token *tok(const Finder *f, uint32_t at)
{
    return &f->text->tokens[at];
}

static bool has(const Finder *f, uint32_t at, uint32_t bits)
{
    return at < f->text->n_tokens && (f->map->classes[at] & bits) != 0;
}

static bool is_mark(const Finder *f, uint32_t at, const char *marks)
{
    return at < f->text->n_tokens && tok(f, at)->kind == TOKEN_MARK && tok(f, at)->mark && strchr(marks, tok(f, at)->mark) != NULL;
}

static size_t count_words(const Finder *f, uint32_t first, uint32_t end)
{
    size_t n = 0;
    for (uint32_t i = first; i < end; i++)
        n += tok(f, i)->kind == TOKEN_WORD && !(tok(f, i)->flags & TOKEN_POSSESSIVE);
    return n;
}

/*
 * Is a quotation somebody's speech?  Not a title ("Meet the Press"), a nickname or a word in doubtful use: those
 * are short, and neither end like a sentence nor stand beside a comma of their own.
 */
static bool is_speech(const Finder *f, const Quote *quote)
{
    uint32_t first = quote->open + 1, end = quote->close;
    size_t words = count_words(f, first, end);
    if (words == 0 || quote->outer >= 0)
        return false;
    if (quote->single && words < 3)
        return false;
    bool ends = end > first && is_mark(f, end - 1, ".,?!~-");
    bool follows_comma = quote->open > 0 && is_mark(f, quote->open - 1, ",:");
    size_t capitals = 0;
    for (uint32_t i = first; i < end; i++)
        capitals += tok(f, i)->kind == TOKEN_WORD && ((tok(f, i)->flags & TOKEN_CAPITAL) || tok(f, i)->span.to - tok(f, i)->span.from <= 3);
    bool title = words <= 6 && capitals == words &&
                 quote->open > 0 && (has(f, quote->open - 1, WORD_PREPOSITION | WORD_DETERMINER) || (tok(f, quote->open - 1)->flags & TOKEN_POSSESSIVE) ||
                                     (tok(f, quote->open - 1)->flags & TOKEN_CAPITAL));
    if (title && !follows_comma)
        return false;
    return ends || words >= 4 || (follows_comma && words >= 2);
}

/* The cue that starts at a token: the longest form, of several verbs the first by name. */
static const Hit *cue_hit(const Finder *f, uint32_t at)
{
    const Hit *best = NULL;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_VERB)
            continue;
        const VerbForm *form = &f->rules->verb_forms[hit->id];
        if (!best || hit->words > best->words ||
            (hit->words == best->words && str_compare(f->rules->verbs[form->verb].name, f->rules->verbs[f->rules->verb_forms[best->id].verb].name) < 0))
            best = hit;
    }
    return best;
}

static void row_push(const Finder *f, Row *row, Chunk chunk, Symbol symbol)
{
    if (row->len == row->cap) {
        size_t cap = row->cap ? row->cap * 2 : 64;
        Chunk *chunks = ARENA_ARRAY(f->arena, Chunk, cap);
        Symbol *symbols = ARENA_ARRAY(f->arena, Symbol, cap);
        if (row->len) {
            memcpy(chunks, row->chunks, row->len * sizeof *chunks);
            memcpy(symbols, row->symbols, row->len * sizeof *symbols);
        }
        row->chunks = chunks;
        row->symbols = symbols;
        row->cap = cap;
    }
    row->chunks[row->len] = chunk;
    row->symbols[row->len++] = symbol;
}

/* A preposition and its phrase are one: "in Brussels", "to reporters". */
static bool opens_place(const Finder *f, uint32_t at)
{
    int32_t quote = at + 1 < f->text->n_tokens ? f->quote_at[at + 1] : -1;
    if (quote >= 0 && is_speech(f, &f->text->quotes[quote]))
        return false;
    if (!has(f, at, WORD_PREPOSITION) || tok(f, at)->word == f->by->of || tok(f, at)->word == f->by->by || f->map->at[at] >= 0)
        return false;
    uint32_t next = at + 1;
    if (next < f->text->n_tokens && tok(f, next)->kind == TOKEN_QUOTE_OPEN)
        next++;                      /* on "Meet the Press" */
    if (next >= f->text->n_tokens || f->map->at[next] < 0)
        return false;
    if (at > 0 && tok(f, at - 1)->word == f->by->according && tok(f, at)->word == f->by->to)
        return false;
    if (tok(f, at)->word == f->by->to)       /* "to resign" is a verb */
        return has(f, next, WORD_DETERMINER | WORD_ROLES | WORD_ROLE | WORD_PRONOUN | WORD_BODY) || (tok(f, next)->flags & TOKEN_CAPITAL);
    return true;
}

static uint32_t push_token(Finder *f, Row *row, uint32_t at)
{
    const Attributor *by = f->by;
    Chunk chunk = { at, at + 1, -1, -1, -1, -1 };
    int32_t quote = f->quote_at[at];
    if (quote >= 0 && is_speech(f, &f->text->quotes[quote])) {
        const Quote *q = &f->text->quotes[quote];
        chunk.quote = quote;
        chunk.end = q->close < row->end ? q->close + !q->unclosed : row->end;
        row_push(f, row, chunk, by->quote);
        return chunk.end;
    }
    if (tok(f, at)->kind == TOKEN_QUOTE_OPEN || tok(f, at)->kind == TOKEN_QUOTE_CLOSE)
        return at + 1;               /* marks that are no speech: only their words count */
    if (f->day_at[at] >= 0) {
        const DayMention *day = &f->map->days.ptr[f->day_at[at]];
        chunk.day = f->day_at[at];
        chunk.end = day->end < row->end ? day->end : row->end;
        row_push(f, row, chunk, by->date);
        return chunk.end;
    }
    if (f->map->at[at] >= 0) {
        chunk.mention = f->map->at[at];
        uint32_t end = f->map->mentions.ptr[chunk.mention].end;
        chunk.end = end < row->end ? end : row->end;
        row_push(f, row, chunk, by->source);
        return chunk.end;
    }
    const Hit *cue = has(f, at, WORD_CUE) ? cue_hit(f, at) : NULL;
    if (cue && cue->end <= row->end) {
        const VerbForm *form = &f->rules->verb_forms[cue->id];
        chunk.verb = (int32_t)cue->id;
        chunk.end = cue->end;
        Symbol symbol = form->tense == VERB_ING ? f->rules->verbs[form->verb].ing : f->rules->verbs[form->verb].tag;
        row_push(f, row, chunk, symbol != SYMBOL_NONE ? symbol : SYMBOL_WORD);
        return chunk.end;
    }
    if (opens_place(f, at)) {
        bool marked = tok(f, at + 1)->kind == TOKEN_QUOTE_OPEN;
        chunk.mention = f->map->at[at + 1 + marked];
        uint32_t end = f->map->mentions.ptr[chunk.mention].end;
        if (marked && end < row->end && tok(f, end)->kind == TOKEN_QUOTE_CLOSE)
            end++;
        chunk.end = end < row->end ? end : row->end;
        row_push(f, row, chunk, by->pp);
        return chunk.end;
    }
    Symbol symbol = has(f, at, WORD_AUXILIARY) ? by->aux : has(f, at, WORD_ADVERB) && !has(f, at, WORD_PREPOSITION) ? by->adverb : SYMBOL_NONE;
    row_push(f, row, chunk, symbol != SYMBOL_NONE ? symbol : lexicon_token_symbol(f->rules->lexicon, f->text, at));
    return at + 1;
}

static void build_row(Finder *f, Row *row)
{
    row->len = 0;
    for (uint32_t at = row->first; at < row->end;)
        at = push_token(f, row, at);
}

/* ---- candidates ------------------------------------------------------------------ */

static const VerbForm *candidate_verb(const Finder *f, const Row *row, const Candidate *c)
{
    int32_t verb = row->chunks[c->cue_from].verb;
    return verb >= 0 ? &f->rules->verb_forms[verb] : NULL;
}

/* The first of the auxiliaries and adverbs in front of a cue: "has not [said]"; the cue's own chunk when none is. */
static uint32_t verb_group(const Finder *f, const Row *row, uint32_t cue)
{
    while (cue > 0 && (row->symbols[cue - 1] == f->by->aux || row->symbols[cue - 1] == f->by->adverb))
        cue--;
    return cue;
}

static bool looks_plural(const Finder *f, const Row *row, uint32_t source)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN)
        return m->plural || has(f, m->first, WORD_I);
    if (m->plural || (source > 0 && tok(f, row->chunks[source - 1].first)->word == f->by->and_))
        return true;
    Str head = str_slice(f->text->text, tok(f, m->head)->span);
    return str_ends(head, STR("s")) && !str_ends(head, STR("ss")) && !(tok(f, m->head)->flags & TOKEN_CAPITAL);
}

/*
 * Do source and verb agree?  "the state support" and "swing states" hold no verb; nor does "X, Y said Z" invert.
 * What the writer or a speaker says of himself ("I think") is nobody's statement here.
 */
static bool agrees(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return true;
    uint32_t source = (uint32_t)c->source;
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN && has(f, m->first, WORD_I | WORD_OBJECT))
        return false;
    const VerbForm *form = candidate_verb(f, row, c);
    if (!form)
        return true;
    for (uint32_t k = verb_group(f, row, c->cue_from); source < c->cue_from && k < c->cue_from; k++)
        if (has(f, row->chunks[k].first, WORD_MODAL))
            return false;
    if (source > c->cue_from) {
        if (c->quote >= 0)
            return true;
        uint32_t next = source + 1;
        bool ends = next >= row->len || row->symbols[next] == SYMBOL_COMMA || row->symbols[next] == SYMBOL_STOP || row->symbols[next] == f->by->pp ||
                    row->symbols[next] == f->by->date || row->symbols[next] == SYMBOL_PAREN_OPEN || has(f, row->chunks[next].first, WORD_RELATIVE);
        return ends && m->kind != MENTION_OTHER && m->kind != MENTION_PRONOUN;
    }
    bool adjacent = source + 1 == c->cue_from;
    if (!adjacent)
        return true;
    if (form->tense == VERB_BASE)
        return looks_plural(f, row, source);
    return form->tense != VERB_S || !looks_plural(f, row, source) || m->kind == MENTION_BODY;
}

/* "In an interview in Oslo last week, ...": a day and a place are no content. */
static bool is_only_frame(const Finder *f, const Row *row, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++) {
        Symbol symbol = row->symbols[k];
        if (symbol != f->by->pp && symbol != f->by->date && symbol != f->by->adverb && symbol != SYMBOL_COMMA && symbol != SYMBOL_STOP &&
            !has(f, row->chunks[k].first, WORD_PREPOSITION | WORD_CONJUNCTION))
            return false;
    }
    return true;
}

/* "agreed on a pact that settles ...": a finite verb behind "that" (just before the content, or its first word). */
static bool is_relative_that(const Finder *f, const Row *row, uint32_t content)
{
    uint32_t first = tok(f, row->chunks[content].first)->word == f->by->that ? content + 1 : content;
    if (first >= row->len || tok(f, row->chunks[first - 1].first)->word != f->by->that || row->chunks[first].mention >= 0 ||
        row->chunks[first].quote >= 0)
        return false;
    uint32_t token = row->chunks[first].first;
    return has(f, token, WORD_COPULA | WORD_AUXILIARY | WORD_VERB | WORD_CUE) && !str_ends(str_slice(f->text->text, tok(f, token)->span), STR("ing"));
}

/* Does a clause stand in front of a chunk ("The pact is dead, ..."), or only a phrase ("On Monday, ...")? */
static bool has_clause(const Finder *f, const Row *row, uint32_t end)
{
    for (uint32_t k = 0; k < end; k++)
        if (row->chunks[k].mention < 0 && row->chunks[k].quote < 0 &&
            (has(f, row->chunks[k].first, WORD_COPULA | WORD_AUXILIARY | WORD_VERB) || row->chunks[k].verb >= 0))
            return true;
    return false;
}

static bool read_match(const Finder *f, const Row *row, const RuleMatch *match, Candidate *out)
{
    const RulePattern *pattern = &f->rules->patterns[match->pattern];
    *out = (Candidate){ .rule = pattern->rule, .from = match->match.from, .to = match->match.to, .source = -1, .quote = -1, .recipient = -1,
                        .where = pattern->where, .weight = pattern_weight(pattern->pattern), .cue_from = UINT32_MAX };
    bool used[64] = { false };
    for (size_t i = 0; i < match->match.n_slots; i++) {
        const PatternSlot *slot = &match->match.slots[i];
        if (!slot->set)
            continue;
        for (uint32_t k = slot->from; k < slot->to && k - out->from < 64; k++)
            used[k - out->from] = true;
        if (str_equal(slot->name, f->by->source_slot))
            out->source = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->recipient_slot))
            out->recipient = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->quote_slot))
            out->quote = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->content_slot)) {
            out->has_content = true;
            out->content_from = slot->from;
            out->content_to = slot->to;
        } else if (slot->to == slot->from + 1 && row->chunks[slot->from].verb >= 0) {
            out->cue_from = slot->from;
            out->cue_to = slot->to;
        }
    }
    if (out->cue_from == UINT32_MAX) {       /* no verb: the words of the pattern itself ("according to", a colon) */
        for (uint32_t k = out->from; k < out->to && k - out->from < 64; k++)
            if (!used[k - out->from] && row->symbols[k] != SYMBOL_COMMA && row->symbols[k] != f->by->pp && row->symbols[k] != f->by->date) {
                if (out->cue_from == UINT32_MAX)
                    out->cue_from = k;
                out->cue_to = k + 1;
            }
    }
    if (out->cue_from == UINT32_MAX || !agrees(f, row, out))
        return false;
    if (out->has_content && is_only_frame(f, row, out->content_from, out->content_to))
        return false;
    if (out->has_content && out->content_from >= out->cue_to && out->content_from < row->len) {
        /* "..., she said on Monday, hours before the talks": what follows is the reporter's. */
        if (is_relative_that(f, row, out->content_from))
            return false;
        bool framed = out->source > 0 && row->symbols[out->source - 1] == SYMBOL_COMMA && has_clause(f, row, (uint32_t)out->source - 1);
        Symbol before = row->symbols[out->content_from - 1], first = row->symbols[out->content_from];
        uint32_t token = row->chunks[out->content_from].first;
        if (first == SYMBOL_SEMICOLON || (framed && (first == SYMBOL_COMMA || before == SYMBOL_COMMA || first == f->by->pp ||
                       has(f, token, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_RELATIVE))))
            return false;
    }
    /* "..., she said." has no content behind its cue */
    return !out->has_content || out->content_from < out->cue_to || out->content_to > row->len ||
           (out->content_to > out->content_from &&
            count_words(f, row->chunks[out->content_from].first, row->chunks[out->content_to - 1].end) >= 2);
}

static int candidate_rank(const Finder *f, const Candidate *c)
{
    return f->rules->rules[c->rule].rank;
}

static bool can_speak(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return false;
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    return m->kind != MENTION_OTHER && !m->possessive;
}

/* "X said A and promised B": the second cue shares the first one's source. */
static bool is_coordinated(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = verb_group(f, row, c->cue_from);
    return k > 0 && c->source >= 0 && (uint32_t)c->source < k - 1 && has(f, row->chunks[k - 1].first, WORD_CONJUNCTION);
}

/* Higher rank, then longer, then heavier, then by place of the rule: never by order of loading. */
static bool candidate_better(const Finder *f, const Row *row, const Candidate *a, const Candidate *b)
{
    int rank_a = candidate_rank(f, a), rank_b = candidate_rank(f, b);
    if (rank_a != rank_b)
        return rank_a > rank_b;
    const VerbForm *form = candidate_verb(f, row, a);
    bool speaks_a = can_speak(f, row, a), speaks_b = can_speak(f, row, b);
    if ((form && form->tense == VERB_ING) || is_coordinated(f, row, a)) {        /* the subject of the sentence, not its object */
        if (speaks_a != speaks_b)
            return speaks_a;
        if (a->source != b->source)
            return a->source < b->source;
    }
    if (a->has_content && b->has_content && a->content_to != b->content_to)
        return a->content_to > b->content_to;
    if (!form && speaks_a != speaks_b)
        return speaks_a;                     /* "Roe was curt: ..." */
    if (a->source != b->source)
        return a->source > b->source;        /* the nearer source */
    if (a->to - a->from != b->to - b->from)
        return a->to - a->from > b->to - b->from;
    if (a->weight != b->weight)
        return a->weight > b->weight;
    return str_compare(a->where, b->where) < 0;
}

static int by_cue(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    return (x->cue_from > y->cue_from) - (x->cue_from < y->cue_from);
}

static void find_candidates(Finder *f, const Row *row, Candidates *out)
{
    RuleMatches matches = { 0 };
    rules_match(f->by->matcher, RULE_ATTRIBUTION, row->symbols, row->len, NULL, 0, f->arena, &matches, f->problems);
    for (size_t i = 0; i < matches.len; i++) {
        Candidate c;
        if (!read_match(f, row, &matches.ptr[i], &c))
            continue;
        size_t k = 0;
        while (k < out->len && out->ptr[k].cue_from != c.cue_from)
            k++;
        if (k == out->len)
            LIST_PUSH(f->arena, out, c);
        else if (candidate_better(f, row, &c, &out->ptr[k]))
            out->ptr[k] = c;
    }
    if (out->len)
        qsort(out->ptr, out->len, sizeof *out->ptr, by_cue);
    Candidates single = { 0 };
    for (size_t i = 0; i < out->len; i++) {          /* a quotation has one cue */
        bool beaten = false;
        for (size_t k = 0; k < out->len && !beaten; k++)
            beaten = k != i && out->ptr[i].quote >= 0 && out->ptr[k].quote == out->ptr[i].quote &&
                     candidate_better(f, row, &out->ptr[k], &out->ptr[i]);
        if (!beaten)
            LIST_PUSH(f->arena, &single, out->ptr[i]);
    }
    *out = single;
    for (size_t i = 1; i < out->len; i++)
        if (is_coordinated(f, row, &out->ptr[i]) && out->ptr[i - 1].source >= 0)
            out->ptr[i].source = out->ptr[i - 1].source;
}

/* ---- contents --------------------------------------------------------------------- */

static bool is_list_at(const Finder *f, uint32_t token, int list)
{
    for (uint32_t i = f->hits->at[token]; list >= 0 && i < f->hits->at[token + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_LIST && (int)f->hits->ptr[i].id == list)
            return true;
    return false;
}

/* Chunk where the clause of another candidate begins: its source, with the conjunction in front. */
static uint32_t clause_start(const Candidate *c)
{
    uint32_t at = c->cue_from;
    if (c->source >= 0 && (uint32_t)c->source < at)
        at = (uint32_t)c->source;
    return at;
}

/* A clause between commas: "Roe, who said ...," */
static bool is_relative(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = verb_group(f, row, c->cue_from);
    return k > 1 && has(f, row->chunks[k - 1].first, WORD_RELATIVE) && row->symbols[k - 2] == SYMBOL_COMMA;
}

/* A verb that takes a thing, not a clause: "welcomed the plan". */
static bool is_judgement(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = candidate_verb(f, row, c);
    return form && f->rules->verbs[form->verb].tag == f->by->judge;
}

/* "While Roe said the pact was dead, others signed it" */
static bool is_subordinate(const Finder *f, const Row *row, const Candidate *c)
{
    static const Str openers[] = { STR_INIT("while"), STR_INIT("although"), STR_INIT("though"), STR_INIT("when"), STR_INIT("after"),
                                   STR_INIT("as"), STR_INIT("because"), STR_INIT("since"), STR_INIT("if"), STR_INIT("even") };
    if (c->source < 1 || c->source > 2 || (uint32_t)c->source > c->cue_from)
        return false;
    Str word = token_fold(f->text->text, tok(f, row->chunks[0].first), f->arena);
    for (size_t i = 0; i < BASE_COUNT(openers); i++)
        if (str_equal(word, openers[i]))
            return true;
    return false;
}

/*
 * Where content that starts at chunk `from` ends: before the next clause of saying that is joined to it, before a
 * participle of the reporter's ("contradicting ..."), before "according to" or an aside; at most at `limit`.
 */
static uint32_t content_end(const Finder *f, const Row *row, const Candidates *all, const Candidate *own, uint32_t from, uint32_t limit)
{
    uint32_t end = limit;
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        if (c == own || c->cue_from < from || c->cue_from >= end)
            continue;
        const VerbForm *verb = candidate_verb(f, row, c);
        bool participle = verb && verb->tense == VERB_ING;
        uint32_t k = participle ? c->cue_from : clause_start(c);
        if (k <= from)
            continue;
        bool joined = false;
        if (participle) {
            if (has(f, row->chunks[k - 1].first, WORD_CONJUNCTION) && k - 1 > from)
                k--;                 /* ", while acknowledging" */
            joined = row->symbols[k - 1] == SYMBOL_COMMA || row->symbols[k - 1] == SYMBOL_DASH;
        } else if (is_coordinated(f, row, c)) {
            k = c->cue_from;
            while (k > from && !has(f, row->chunks[k - 1].first, WORD_CONJUNCTION))
                k--;
            joined = k > from + 1;
            k -= joined;
        } else {
            const Token *before = tok(f, row->chunks[k - 1].first);
            bool conjunction = has(f, row->chunks[k - 1].first, WORD_CONJUNCTION) && before->word != f->by->that;
            bool comma = row->symbols[k - 1] == SYMBOL_COMMA;
            if (conjunction && k >= 2 && k - 1 > from) {
                joined = row->symbols[k - 2] == SYMBOL_COMMA || row->symbols[k - 2] == SYMBOL_SEMICOLON || before->word == f->by->but;
                k--;
            } else if (comma || row->symbols[k - 1] == SYMBOL_SEMICOLON) {
                joined = true;
            }
        }
        if (joined) {
            while (k > from && (row->symbols[k - 1] == SYMBOL_COMMA || row->symbols[k - 1] == SYMBOL_SEMICOLON || row->symbols[k - 1] == SYMBOL_DASH))
                k--;
            if (k > from && k < end)
                end = k;
        }
    }
    for (uint32_t k = from + 1; k < end; k++) {
        uint32_t token = row->chunks[k].first;
        bool behind_comma = row->symbols[k - 1] == SYMBOL_COMMA || row->symbols[k - 1] == SYMBOL_DASH;
        if ((behind_comma && is_list_at(f, token, f->by->participles)) || is_list_at(f, token, f->by->asides) ||
            (behind_comma && tok(f, token)->word == f->by->according)) {
            end = k;
            break;
        }
    }
    if (is_judgement(f, row, own))
        for (uint32_t k = from + 1; k + 1 < end; k++)
            if (row->symbols[k] == SYMBOL_COMMA && has(f, row->chunks[k + 1].first, WORD_CONJUNCTION))
                end = k;             /* "welcomed the plan, and the boats came home" */
    if (is_relative(f, row, own) || is_subordinate(f, row, own))
        for (uint32_t k = from + 1; k < end; k++)
            if (row->symbols[k] == SYMBOL_COMMA)
                end = k;
    while (end > from && (row->symbols[end - 1] == SYMBOL_STOP || row->symbols[end - 1] == SYMBOL_COMMA || row->symbols[end - 1] == SYMBOL_SEMICOLON ||
                          row->symbols[end - 1] == SYMBOL_DASH || row->symbols[end - 1] == SYMBOL_COLON))
        end--;
    return end;
}

static Range chunk_range(const Row *row, uint32_t from, uint32_t to)
{
    return (Range){ row->chunks[from].first, row->chunks[to - 1].end };
}

static Range quote_range(const Finder *f, const Row *row, uint32_t chunk)
{
    const Quote *q = &f->text->quotes[row->chunks[chunk].quote];
    uint32_t end = q->close < row->end ? q->close : row->end;
    return (Range){ q->open + 1, end };
}

/* The quotation's own end mark: "dead." ends a sentence, "dead" does not. */
static bool quote_is_open_ended(const Finder *f, const Row *row, uint32_t chunk)
{
    Range r = quote_range(f, row, chunk);
    bool ends = r.end > r.first && is_mark(f, r.end - 1, ".,?!");
    if (ends || chunk + 1 >= row->len)
        return false;
    Symbol next = row->symbols[chunk + 1];
    return next != SYMBOL_COMMA && next != SYMBOL_STOP && next != SYMBOL_SEMICOLON && next != SYMBOL_COLON && next != SYMBOL_DASH;
}

static bool is_cue_chunk(const Row *row, uint32_t at)
{
    return row->chunks[at].verb >= 0;
}

/* The second half of a split quotation: "X," he said, "Y." */
static int32_t split_quote(const Finder *f, const Row *row, const Candidates *all, const Candidate *own)
{
    enum { REACH = 24 };
    for (uint32_t k = own->to; k < row->len && k < own->to + REACH; k++) {
        for (size_t i = 0; i < all->len; i++)
            if (&all->ptr[i] != own && all->ptr[i].cue_from == k)
                return -1;
        if (row->symbols[k] == f->by->quote) {
            for (size_t i = 0; i < all->len; i++)
                if (&all->ptr[i] != own && all->ptr[i].quote == (int32_t)k)
                    return -1;
            return (int32_t)k;
        }
        if (row->symbols[k] == SYMBOL_STOP)
            return -1;
    }
    return -1;
}

/*
 * "that X and that Y" is two contents of one cue: the end of the first; the second goes into *second.
 */
static uint32_t split_that(const Finder *f, const Row *row, uint32_t from, uint32_t end, Range *second)
{
    if (from == 0 || tok(f, row->chunks[from - 1].first)->word != f->by->that)
        return end;
    for (uint32_t k = from + 1; k + 2 < end; k++) {
        WordId word = tok(f, row->chunks[k].first)->word;
        if ((word == f->by->and_ || word == f->by->but) && tok(f, row->chunks[k + 1].first)->word == f->by->that) {
            *second = chunk_range(row, k + 2, end);
            return k;
        }
    }
    return end;
}

/* ---- statements ---------------------------------------------------------------------- */

static Span range_span(const Finder *f, Range r)
{
    while (r.end > r.first && is_mark(f, r.end - 1, ",;:-"))
        r.end--;
    while (r.end > r.first && is_mark(f, r.first, ",;:"))
        r.first++;
    return token_span(f->text, r.first, r.end);
}

static StatementKind kind_of(const Finder *f, const Ranges *ranges)
{
    bool inside = false, outside = false;
    for (size_t i = 0; i < ranges->len; i++)
        for (uint32_t k = ranges->ptr[i].first; k < ranges->ptr[i].end; k++)
            if (tok(f, k)->kind == TOKEN_WORD || tok(f, k)->kind == TOKEN_NUMBER) {
                bool quoted = tok(f, k)->flags & TOKEN_QUOTED;
                inside |= quoted;
                outside |= !quoted;
            }
    return inside && outside ? STATEMENT_MIXED : inside ? STATEMENT_DIRECT : STATEMENT_INDIRECT;
}

static Str join_text(const Finder *f, const Spans *spans)
{
    Str all = f->text->text;
    if (spans->len == 1)
        return str_slice(all, spans->ptr[0]);
    Str out = STR("");
    for (size_t i = 0; i < spans->len; i++)
        out = i ? str_printf(f->arena, "%.*s … %.*s", STR_ARG(out), STR_ARG(str_slice(all, spans->ptr[i]))) : str_slice(all, spans->ptr[i]);
    return out;
}

static void set_spans(const Finder *f, Statement *st, const Ranges *ranges)
{
    st->spans = (Spans){ 0 };
    for (size_t i = 0; i < ranges->len; i++) {
        Span span = range_span(f, ranges->ptr[i]);
        if (span.from < span.to)
            LIST_PUSH(f->arena, &st->spans, span);
    }
    st->text = join_text(f, &st->spans);
    st->kind = kind_of(f, ranges);
}

static Str without_determiner(const Finder *f, const Mention *m)
{
    uint32_t first = m->first;
    if (m->end > first + 1 && has(f, first, WORD_DETERMINER))
        first++;
    return str_slice(f->text->text, token_span(f->text, first, m->end));
}

/* Who speaks: fills the speaker fields from a mention; returns the entity or -1. */
static int32_t set_speaker(const Finder *f, Statement *st, int32_t mention)
{
    if (mention < 0)
        return -1;
    const Mention *m = &f->map->mentions.ptr[mention];
    st->speaker_span = token_span(f->text, m->first, m->end);
    st->has_speaker_span = true;
    st->speaker_text = str_slice(f->text->text, st->speaker_span);
    int32_t entity = mention_resolve(f->text, f->map, (size_t)mention, f->speaker);
    st->bystander = m->kind == MENTION_OTHER || is_list_at(f, m->head, f->by->bystanders);
    if (entity >= 0) {
        const Entity *e = &f->map->entities.ptr[entity];
        st->bystander = st->bystander && (e->unnamed || e->institution);
        st->speaker = e->name;
        st->office = e->office;
        st->country = e->country;
        st->institution = e->institution;
        st->official = e->official >= 0 ? f->rules->officials[e->official].name : STR_NONE;
        return entity;
    }
    if (m->kind == MENTION_PRONOUN) {
        st->speaker = STR_NONE;
        return -1;
    }
    st->speaker = without_determiner(f, m);
    if (m->kind == MENTION_ROLE)
        st->office = st->speaker;
    st->institution = m->kind == MENTION_BODY || m->kind == MENTION_OTHER;
    if (m->country >= 0)
        st->country = f->rules->countries[m->country].iso;
    return -1;
}

static bool in_ranges(const Ranges *ranges, uint32_t token)
{
    for (size_t i = 0; i < ranges->len; i++)
        if (token >= ranges->ptr[i].first && token < ranges->ptr[i].end)
            return true;
    return false;
}

/* "by late Friday", "until Monday", "effective June 17", "the Navy's March 20 request": the day of something else. */
static bool dates_something(const Finder *f, uint32_t token)
{
    const DayMention *day = &f->map->days.ptr[f->day_at[token]];
    if (token == 0)
        return false;
    if (tok(f, token - 1)->flags & TOKEN_FIRST)
        return false;                /* "By Thursday the minister said ..." */
    bool inside = has(f, token, WORD_PREPOSITION | WORD_ADVERB);        /* "on Friday": the preposition is its own */
    bool behind_noun = (tok(f, token - 1)->flags & TOKEN_POSSESSIVE) || has(f, token - 1, WORD_DETERMINER);
    return (!inside && (has(f, token - 1, WORD_PREPOSITION) || behind_noun)) ||
           (day->end < f->text->n_tokens && (tok(f, day->end)->flags & TOKEN_POSSESSIVE));
}

/*
 * The day told beside the cue, outside the content: the nearest one that no other cue stands before.  True if that
 * is no one day ("last month").
 */
static bool set_day(const Finder *f, Statement *st, const Row *row, const Candidates *all, const Candidate *own, const Ranges *ranges)
{
    enum { BEHIND_CHUNKS = 6 };
    st->said_on = DATE_UNKNOWN;
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < row->len; i++) {
        uint32_t token = row->chunks[i].first, cue = own->cue_from;
        if (row->chunks[i].day < 0 || in_ranges(ranges, token) || dates_something(f, token) || i > own->cue_to + BEHIND_CHUNKS)
            continue;
        bool others = false;
        for (size_t k = 0; k < all->len; k++) {
            uint32_t other = all->ptr[k].cue_from;
            others |= &all->ptr[k] != own && (i < cue ? other > i && other < cue : other > cue && other < i);
        }
        uint32_t away = i > cue ? i - cue : cue - i;
        if (!others && away < best) {
            best = away;
            st->said_on = f->map->days.ptr[row->chunks[i].day].day;
        }
    }
    return best < UINT32_MAX && st->said_on == DATE_UNKNOWN;
}

/* "has said", "had long argued": no news of the day. */
static bool is_perfect(const Finder *f, const Row *row, const Candidate *c)
{
    for (uint32_t k = verb_group(f, row, c->cue_from); k < c->cue_from; k++) {
        WordId aux = tok(f, row->chunks[k].first)->word;
        if (aux && (aux == f->by->has || aux == f->by->have || aux == f->by->had))
            return true;
    }
    return false;
}

/* The name of the place that begins at a token; STR_NONE when none does. */
static Str place_at(const Finder *f, uint32_t at, uint32_t end, bool in)
{
    int32_t index = at < end ? f->map->at[at] : -1;
    if (index < 0)
        return STR_NONE;
    const Mention *m = &f->map->mentions.ptr[index];
    uint32_t first = at + (has(f, at, WORD_DETERMINER) && at + 1 < m->end), last = first;
    while (last < m->end && last < end && (tok(f, last)->flags & TOKEN_CAPITAL) && !has(f, last, WORD_MONTH | WORD_WEEKDAY) && tok(f, last)->kind == TOKEN_WORD)
        last++;
    if (last == first || (last < m->end && (tok(f, last)->flags & TOKEN_POSSESSIVE)))
        return STR_NONE;
    bool known = false, person = false, demonym = false, union_ = false;      /* the European Union is no place to speak in */
    for (uint32_t i = f->hits->at[first]; i < f->hits->at[first + 1]; i++) {
        uint16_t kind = f->hits->ptr[i].kind;
        union_ |= kind == LEXICON_COUNTRY && f->rules->countries[f->hits->ptr[i].id].is_body;
        known |= kind == LEXICON_COUNTRY || kind == LEXICON_CAPITAL || kind == LEXICON_BODY;
        demonym |= kind == LEXICON_DEMONYM && last < m->end;
        person |= kind == LEXICON_PERSON && f->hits->ptr[i].words > 1;
    }
    return !person && !union_ && !demonym && (known || in) ? str_slice(f->text->text, token_span(f->text, first, last)) : STR_NONE;
}

/* "told a parliamentary committee": where it sits, they spoke. */
static Str venue_of(const Finder *f, int32_t mention)
{
    const Mention *m = mention >= 0 ? &f->map->mentions.ptr[mention] : NULL;
    return m && !m->possessive && is_list_at(f, m->head, f->by->venues) ? without_determiner(f, m) : STR_NONE;
}

/*
 * "told reporters in Brussels", "Speaking in Munich, ...": the place nearest to the cue, outside the content, close
 * behind the cue or at the sentence's start.
 */
static void set_place(const Finder *f, Statement *st, const Row *row, const Ranges *ranges, uint32_t cue)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t at = row->first; at + 1 < row->end; at++) {
        WordId prep = tok(f, at)->word;
        if ((prep != f->by->in && prep != f->by->at) || !prep || in_ranges(ranges, at) || (tok(f, at)->flags & TOKEN_QUOTED))
            continue;
        enum { NEAR_TOKENS = 12, START_TOKENS = 8 };
        uint32_t away = at > cue ? at - cue : cue - at;
        if (at > cue ? away > NEAR_TOKENS : at > row->first + START_TOKENS && away > 3)
            continue;
        Str place = place_at(f, at + 1, row->end, prep == f->by->in);
        if (place.ptr && away < best) {
            best = away;
            st->place = place;
        }
    }
}

static void push_statement(Finder *f, Statement st, int32_t entity, bool quoted, bool undated, uint32_t paragraph)
{
    if (st.spans.len == 0)
        return;
    LIST_PUSH(f->arena, f->out, st);
    LIST_PUSH(f->arena, &f->undated, undated);
    f->last = (int32_t)f->out->len - 1;
    f->last_paragraph = paragraph;
    f->last_quoted = quoted;
    if (entity >= 0)
        f->speaker = entity;
}

static bool is_negated(const Finder *f, const Row *row, const Candidate *c)
{
    for (uint32_t k = verb_group(f, row, c->cue_from); k < c->cue_from; k++) {
        const Token *token = tok(f, row->chunks[k].first);
        Str raw = str_slice(f->text->text, token->span);
        if (token->word == f->by->not_ || token->word == f->by->never || str_ends(raw, STR("n't")) || str_ends(raw, STR("n’t")))
            return true;
    }
    return false;
}

/* Does a quotation stand for itself, or is it the end of the reporter's sentence ("likely to be 'overrun,'")? */
static bool opens_clause(const Finder *f, const Row *row, uint32_t quote)
{
    if (quote == 0)
        return true;
    Symbol before = row->symbols[quote - 1];
    return before == SYMBOL_COMMA || before == SYMBOL_COLON || before == SYMBOL_STOP || before == SYMBOL_DASH || before == f->by->quote ||
           before == SYMBOL_ELLIPSIS || before == SYMBOL_SEMICOLON;
}

/* Where content that stands before its cue begins: behind the last attribution of the same kind, else at the row's start. */
static uint32_t content_start(const Finder *f, const Row *row, const Candidates *all, const Candidate *own, uint32_t to)
{
    uint32_t from = 0;
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        bool behind = c->has_content && c->content_from >= c->cue_to;
        if (c != own && !behind && c->to > from && c->to < to)
            from = c->to;            /* "X, she said, and Y, he said" */
    }
    while (from < to && (row->symbols[from] == SYMBOL_COMMA || row->symbols[from] == SYMBOL_STOP ||
                         (row->symbols[from] == f->by->quote && !quote_is_open_ended(f, row, from))))
        from++;
    return from < to ? from : to;
}

/* "..., when asked whether the U.S. had ruled out ...": what stands there is the question, and nobody's claim. */
static bool in_question(const Finder *f, const Row *row, uint32_t cue)
{
    for (uint32_t k = cue; k-- > 0 && row->symbols[k] != SYMBOL_COMMA && row->symbols[k] != f->by->quote;)
        if (is_list_at(f, row->chunks[k].first, f->by->asides))
            return true;
    return false;
}

/* The statement that a pattern found; false when it says nothing. */
static bool make_statement(Finder *f, const Row *row, const Candidates *all, const Candidate *c, Range *second, Ranges *ranges)
{
    *ranges = (Ranges){ 0 };
    second->first = second->end = 0;
    if (c->quote >= 0) {
        uint32_t quote = (uint32_t)c->quote;
        if (quote >= c->cue_to && quote_is_open_ended(f, row, quote)) {
            uint32_t end = content_end(f, row, all, c, quote, (uint32_t)row->len);
            end = end > quote ? end : quote + 1;
            LIST_PUSH(f->arena, ranges, chunk_range(row, quote, split_that(f, row, quote, end, second)));
            return true;
        }
        if (quote < c->cue_from && !opens_clause(f, row, quote)) {
            LIST_PUSH(f->arena, ranges, ((Range){ row->chunks[content_start(f, row, all, c, quote)].first, quote_range(f, row, quote).end }));
            return true;
        }
        LIST_PUSH(f->arena, ranges, quote_range(f, row, quote));
        int32_t more = split_quote(f, row, all, c);
        if (more >= 0)
            LIST_PUSH(f->arena, ranges, quote_range(f, row, (uint32_t)more));
        return true;
    }
    if (!c->has_content)
        return false;
    uint32_t from = c->content_from, to = c->content_to;
    if (from >= c->cue_to) {
        uint32_t end = content_end(f, row, all, c, from, to);
        if (end <= from || count_words(f, row->chunks[from].first, row->chunks[end - 1].end) < 2)
            return false;
        LIST_PUSH(f->arena, ranges, chunk_range(row, from, split_that(f, row, from, end, second)));
        return true;
    }
    from = content_start(f, row, all, c, to);
    while (from < to && (row->symbols[from] == SYMBOL_COMMA || row->symbols[from] == SYMBOL_STOP))
        from++;
    while (to > from && (row->symbols[to - 1] == SYMBOL_COMMA || row->symbols[to - 1] == SYMBOL_DASH))
        to--;
    if (to <= from)
        return false;
    LIST_PUSH(f->arena, ranges, chunk_range(row, from, to));
    /* ", he said, " in the middle: what follows goes on. */
    bool inverted = c->source > (int32_t)c->cue_from;
    if (!inverted && c->to < row->len && row->symbols[c->to] == SYMBOL_COMMA && c->to + 2 < row->len) {
        uint32_t next = c->to + 1;
        uint32_t end = content_end(f, row, all, c, next, (uint32_t)row->len);
        bool cue_next = is_cue_chunk(row, next);
        for (size_t i = 0; i < all->len; i++)
            cue_next |= &all->ptr[i] != c && all->ptr[i].cue_from >= next && clause_start(&all->ptr[i]) <= next + 1;
        if (!cue_next && end > next + 1 && count_words(f, row->chunks[next].first, row->chunks[end - 1].end) >= 2 &&
            !has(f, row->chunks[next].first, WORD_RELATIVE))
            LIST_PUSH(f->arena, ranges, chunk_range(row, next, end));
    }
    /* "The talks, he said, failed": two words in front are enough when more follows. */
    return ranges->len > 1 || count_words(f, row->chunks[from].first, row->chunks[to - 1].end) >= 3;
}

/* "his country", "its delegation": whose side it is stands in the word. */
static bool is_owned(const Finder *f, uint32_t token)
{
    static const Str owners[] = { STR_INIT("his"), STR_INIT("her"), STR_INIT("its"), STR_INIT("their"), STR_INIT("our"), STR_INIT("my") };
    Str word = token_fold(f->text->text, tok(f, token), f->arena);
    for (size_t i = 0; i < BASE_COUNT(owners); i++)
        if (str_equal(word, owners[i]))
            return true;
    return false;
}

/* The statement of this row in whose content the source stands: its speaker reports this one.  NULL if none does. */
static const Statement *reporter_of(const Finder *f, size_t first_of_row, uint32_t source_token)
{
    uint32_t byte = tok(f, source_token)->span.from;
    for (size_t i = first_of_row; i < f->out->len; i++) {
        const Statement *st = &f->out->ptr[i];
        for (size_t k = 0; k < st->spans.len; k++)
            if (byte >= st->spans.ptr[k].from && byte < st->spans.ptr[k].to)
                return st;
    }
    return NULL;
}

static void emit_candidates(Finder *f, const Row *row, const Candidates *all)
{
    size_t first_of_row = f->out->len;
    int32_t speaker = f->speaker;
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        const VerbForm *form = candidate_verb(f, row, c);
        VerbEffect effect = form ? f->rules->verbs[form->verb].effect : VERB_ASSERT;
        bool not_said = is_negated(f, row, c);
        if (c->quote < 0 && is_mark(f, row->end - 1, "?"))
            continue;                /* the reporter asks */
        if (c->quote < 0 && c->source >= 0 && row->chunks[c->source].mention >= 0 &&
            is_list_at(f, f->map->mentions.ptr[row->chunks[c->source].mention].head, f->by->interviewers))
            continue;
        if (effect == VERB_SILENCE || (not_said && effect != VERB_DENY) || in_question(f, row, c->cue_from))
            continue;
        Ranges ranges;
        Range second;
        if (!make_statement(f, row, all, c, &second, &ranges))
            continue;
        f->speaker = speaker;
        Statement st = { .rule = c->where, .said_on = DATE_UNKNOWN };
        int32_t mention = c->source >= 0 ? row->chunks[c->source].mention : -1;
        int32_t entity = set_speaker(f, &st, mention);
        set_spans(f, &st, &ranges);
        Range cue = chunk_range(row, c->cue_from, c->cue_to);
        st.cue_span = token_span(f->text, cue.first, cue.end);
        st.cue = str_slice(f->text->text, st.cue_span);
        st.has_cue = true;
        st.negated = effect == VERB_DENY && !not_said;
        st.question = effect == VERB_QUESTION;
        st.context = token_span(f->text, row->first, row->end);
        if (second.end > second.first)
            LIST_PUSH(f->arena, &ranges, second);
        bool undated = set_day(f, &st, row, all, c, &ranges) || is_perfect(f, row, c);
        set_place(f, &st, row, &ranges, cue.first);
        if (!st.place.ptr && c->recipient >= 0)
            st.place = venue_of(f, row->chunks[c->recipient].mention);
        const Statement *reporter = c->source >= 0 ? reporter_of(f, first_of_row, row->chunks[c->source].first) : NULL;
        if (reporter) {
            if (is_judgement(f, row, c))
                continue;            /* what others did, in somebody's words */
            /* An official who says what his own side says or does speaks for himself. */
            bool own_side = str_equal(reporter->speaker, st.speaker) || is_owned(f, row->chunks[c->source].first) ||
                            (reporter->country.len && str_equal(reporter->country, st.country));
            if (own_side)
                continue;
            st.reporter = reporter->speaker;
        }
        bool quoted = tok(f, ranges.ptr[ranges.len - 1].end - 1)->flags & TOKEN_QUOTED;
        push_statement(f, st, entity, quoted, undated, row->paragraph);
        if (second.end > second.first) {
            Ranges rest = { &second, 1, 1 };
            set_spans(f, &st, &rest);
            push_statement(f, st, entity, quoted, undated, row->paragraph);
        }
        if (entity >= 0)
            speaker = entity;
    }
    f->speaker = speaker;
}

/* ---- quotations without a cue of their own ------------------------------------------------ */

/* Nothing but quotations (and their punctuation)? */
static bool is_pure_quote(const Finder *f, const Row *row)
{
    bool any = false;
    for (size_t i = 0; i < row->len; i++) {
        if (row->symbols[i] == f->by->quote)
            any = true;
        else if (row->symbols[i] != SYMBOL_STOP && row->symbols[i] != SYMBOL_COMMA && row->symbols[i] != SYMBOL_ELLIPSIS &&
                 row->symbols[i] != SYMBOL_DASH)
            return false;
    }
    return any;
}

static void add_range(const Finder *f, Statement *st, Range range)
{
    Span span = range_span(f, range);
    if (span.from >= span.to)
        return;
    LIST_PUSH(f->arena, &st->spans, span);
    st->text = join_text(f, &st->spans);
    st->context.to = span.to;
}

static void emit_uncued(Finder *f, const Row *row)
{
    enum { SPEECH_WORDS = 4 };
    for (uint32_t k = 0; k < row->len; k++) {
        if (row->symbols[k] != f->by->quote)
            continue;
        Range range = quote_range(f, row, k);
        const Quote *quote = &f->text->quotes[row->chunks[k].quote];
        Statement *last = f->last >= 0 ? &f->out->ptr[f->last] : NULL;
        bool near = last && f->last_paragraph + 1 >= row->paragraph;
        if (near && f->last_quoted && (f->last_paragraph == row->paragraph || quote->continues >= 0)) {
            add_range(f, last, range);
            f->last_paragraph = row->paragraph;
            continue;
        }
        if (!near || f->speaker < 0 || count_words(f, range.first, range.end) < SPEECH_WORDS)
            continue;
        Ranges ranges = { &range, 1, 1 };
        Statement st = { .rule = STR("quotation without a cue"), .said_on = DATE_UNKNOWN };
        const Entity *e = &f->map->entities.ptr[f->speaker];
        st.speaker = e->name;
        st.office = e->office;
        st.country = e->country;
        st.institution = e->institution;
        st.official = e->official >= 0 ? f->rules->officials[e->official].name : STR_NONE;
        st.context = token_span(f->text, row->first, row->end);
        set_spans(f, &st, &ranges);
        push_statement(f, st, f->speaker, true, false, row->paragraph);
    }
}

/* ---- the whole story -------------------------------------------------------------------- */

/*
 * The day that the lead tells beside a verb of saying ("said on Thursday"), else the day of publication: when news
 * without a day was made.
 */
static Date news_day(const Finder *f)
{
    enum { LEAD_SENTENCES = 3, NEWS_DAYS = 7 };
    size_t body = 0;
    for (size_t s = 0; s < f->text->n_sentences && body < LEAD_SENTENCES; s++) {
        const Sentence *sentence = &f->text->sentences[s];
        if (f->text->paragraphs[sentence->paragraph].kind != PARAGRAPH_BODY)
            continue;
        body++;
        bool says = false;
        for (uint32_t i = sentence->first; i < sentence->end; i++)
            says |= has(f, i, WORD_CUE) && f->map->at[i] < 0;
        for (uint32_t i = sentence->first; i < sentence->end && says; i++) {
            Date day = f->day_at[i] >= 0 && !dates_something(f, i) ? f->map->days.ptr[f->day_at[i]].day : DATE_UNKNOWN;
            if (day != DATE_UNKNOWN && day <= f->story->published && day + NEWS_DAYS >= f->story->published)
                return day;
        }
    }
    return f->story->published;
}

/* What is known of one speaker while a story's statements are gone through. */
typedef struct Telling { const Statement *last; bool placed; } Telling;

/* A number for each speaker's name, so that a story of many statements stays linear. */
static uint32_t *number_speakers(const Finder *f, size_t *n)
{
    Names names = { 0 };
    uint32_t *numbers = ARENA_ARRAY(f->arena, uint32_t, f->out->len + 1);
    for (size_t i = 0; i < f->out->len; i++) {
        Str speaker = f->out->ptr[i].speaker;
        numbers[i] = NAMES_NONE;
        if (!speaker.ptr)
            continue;
        names_add(&names, f->arena, speaker, (uint32_t)names.len);
        numbers[i] = names_find(&names, speaker);
    }
    *n = names.len;
    return numbers;
}

/*
 * A speaker's day holds for what he says next without telling one; news without any day is of the story's day,
 * unless its tense or its words put it elsewhere ("has long said", "last month").  His place holds for all that he
 * says on that day; the dateline is where those spoke that day of whom no other place is told, if they are of the
 * dateline's country or of the lead's.
 */
static void spread_day_and_place(const Finder *f)
{
    Statements *all = f->out;
    Date day = news_day(f);
    Str home = mention_country_of_capital(f->rules, f->story->place);
    size_t n_speakers;
    const uint32_t *speakers = number_speakers(f, &n_speakers);
    Telling *told = ARENA_ARRAY(f->arena, Telling, n_speakers + 1);
    for (size_t i = 0; i < all->len; i++) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        const Statement *before = by ? by->last : NULL;
        if (st->said_on == DATE_UNKNOWN && !f->undated.ptr[i])
            st->said_on = before && before->said_on != DATE_UNKNOWN ? before->said_on : day;
        if (!st->place.ptr && before && before->said_on == st->said_on)
            st->place = before->place;
        if (by)
            by->last = st;
    }
    memset(told, 0, (n_speakers + 1) * sizeof *told);
    for (size_t i = all->len; i-- > 0;) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        if (by && !st->place.ptr && by->last && by->last->said_on == st->said_on)
            st->place = by->last->place;
        if (by && st->place.ptr) {
            by->last = st;
            by->placed = true;
        }
    }
    for (size_t i = 0; i < all->len && f->story->place.ptr; i++) {
        Statement *st = &all->ptr[i];
        bool at_home = !st->country.ptr || str_equal(st->country, all->ptr[0].country) || str_equal(st->country, home);
        bool placed = speakers[i] != NAMES_NONE && told[speakers[i]].placed;
        if (!st->place.ptr && st->said_on == day && day != DATE_UNKNOWN && at_home && !placed)
            st->place = f->story->place;
    }
}

static void index_starts(Finder *f)
{
    size_t n = f->text->n_tokens;
    f->day_at = ARENA_ARRAY(f->arena, int32_t, n + 1);
    f->quote_at = ARENA_ARRAY(f->arena, int32_t, n + 1);
    for (uint32_t i = 0; i <= n; i++)
        f->day_at[i] = f->quote_at[i] = -1;
    for (size_t i = 0; i < f->map->days.len; i++)
        f->day_at[f->map->days.ptr[i].first] = (int32_t)i;
    for (size_t i = 0; i < f->text->n_quotes; i++)
        f->quote_at[f->text->quotes[i].open] = (int32_t)i;
}

/* Is a quotation still open where a sentence ends? */
static bool inside_quote(const Finder *f, uint32_t end, uint32_t *close)
{
    if (end >= f->text->n_tokens || !(tok(f, end)->flags & TOKEN_QUOTED))
        return false;
    for (uint32_t i = end; i-- > 0;) {
        int32_t quote = f->quote_at[i];
        if (quote >= 0 && f->text->quotes[quote].outer < 0 && f->text->quotes[quote].close > end) {
            *close = f->text->quotes[quote].close;
            return true;
        }
        if (!(tok(f, i)->flags & TOKEN_QUOTED) && tok(f, i)->kind != TOKEN_QUOTE_OPEN)
            break;
    }
    return false;
}

/*
 * "Is it in our interest?" Roe asked.  The mark ends no sentence when what follows is short and only says who
 * spoke: a cue among its first words, nothing quoted, and no content of its own behind "that".
 */
static bool asks_on(const Finder *f, const Text *text, uint32_t next)
{
    enum { FIRST_TOKENS = 14 };
    const Sentence *before = &text->sentences[next - 1], *after = &text->sentences[next];
    if (before->paragraph != after->paragraph || before->end < before->first + 2 || tok(f, before->end - 1)->kind != TOKEN_QUOTE_CLOSE ||
        !is_mark(f, before->end - 2, "?!~-") || tok(f, after->first)->kind == TOKEN_QUOTE_OPEN)
        return false;
    for (uint32_t i = after->first; i < after->end && i < after->first + FIRST_TOKENS; i++)
        if (has(f, i, WORD_CUE) && f->map->at[i] < 0) {
            uint32_t behind = i + 1;
            while (behind < after->end && (has(f, behind, WORD_DATE | WORD_ADVERB | WORD_PREPOSITION) || f->map->at[behind] >= 0))
                behind++;
            return behind >= after->end || is_mark(f, behind, ".,") || tok(f, behind)->kind == TOKEN_QUOTE_OPEN;
        }
    return false;
}

/* Sentences longer than any real one are read in pieces, so that the cost of a text stays linear. */
enum { ROW_TOKENS = 800 };

static void read_row(Finder *f, Row *row, uint32_t first, uint32_t end, uint32_t paragraph)
{
    for (; first < end; first = row->end) {
        row->first = first;
        row->end = end - first > ROW_TOKENS ? first + ROW_TOKENS : end;
        row->paragraph = paragraph;
        build_row(f, row);
        Candidates candidates = { 0 };
        find_candidates(f, row, &candidates);
        size_t before = f->out->len;
        emit_candidates(f, row, &candidates);
        if (f->out->len == before && is_pure_quote(f, row))
            emit_uncued(f, row);
    }
}

void attribution_find(Attributor *self, const Story *story, const Text *text, const Hits *hits,
                      const MentionMap *map, Arena *arena, Statements *out, Problems *problems)
{
    Finder f = { .by = self, .rules = self->rules, .story = story, .text = text, .hits = hits, .map = map,
                 .arena = arena, .out = out, .problems = problems, .speaker = -1, .last = -1 };
    index_starts(&f);
    Row row = { 0 };
    for (size_t p = 0; p < text->n_paragraphs; p++) {
        const Paragraph *para = &text->paragraphs[p];
        if (para->kind != PARAGRAPH_BODY)
            continue;
        for (uint32_t s = para->first_sentence; s < para->end_sentence;) {
            uint32_t next = s + 1, close;
            while (next < para->end_sentence && (inside_quote(&f, text->sentences[next - 1].end, &close) || asks_on(&f, text, next)))
                next++;
            uint32_t first = text->sentences[s].first;
            if (s == para->first_sentence)
                first = layout_dateline_end(text, para);
            read_row(&f, &row, first, text->sentences[next - 1].end, (uint32_t)p);
            s = next;
        }
    }
    spread_day_and_place(&f);
}
