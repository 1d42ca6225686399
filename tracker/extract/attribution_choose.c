#include "extract/attribution_internal.h"

#include <stdlib.h>

static int candidate_rank(const Finder *f, const Candidate *c)
{
    return f->rules->rules[c->rule].rank;
}

static bool can_speak(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return false;
    const Mention *m = attribution_source(f, row, c);
    return m->kind != MENTION_OTHER && !m->possessive;
}

/*
 * "In Oslo, as the ministry fell silent, Roe left and said": a source in the phrase that a row opens with, in front of
 * the comma behind which the subject stands.
 */
static bool is_fronted(const Finder *f, const Row *row, const Candidate *c)
{
    bool opened = row->symbols[0] == f->by->pp || chunk_has(f, row, 0, WORD_PREPOSITION | WORD_CONJUNCTION) ||
                  chunk_ends_in(f, row, 0, "ing");
    for (uint32_t k = (uint32_t)c->source + 1; opened && k + 1 < c->cue_from; k++)
        if (row->symbols[k] == SYMBOL_COMMA)
            return row->symbols[k + 1] == f->by->source && k + 1 < c->cue_from;
    return false;
}

/* "Roe, who ..., said" */
static bool is_before_aside(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t source = (uint32_t)c->source;
    return c->source >= 0 && source + 2 < attribution_verb_group(f, row, c->cue_from) && row->symbols[source + 1] == SYMBOL_COMMA;
}

/* Higher rank, then longer, then heavier, then by place of the rule: never by order of loading. */
static bool candidate_better(const Finder *f, const Row *row, const Candidate *a, const Candidate *b)
{
    if (a->mute != b->mute)
        return b->mute;
    int rank_a = candidate_rank(f, a), rank_b = candidate_rank(f, b);
    if (rank_a != rank_b)
        return rank_a > rank_b;
    const VerbForm *form = attribution_verb(f, row, a);
    bool speaks_a = can_speak(f, row, a), speaks_b = can_speak(f, row, b);
    /* the subject of the sentence, not its object */
    if ((form && form->tense == VERB_ING) || attribution_is_coordinated(f, row, a)) {
        if (speaks_a != speaks_b)
            return speaks_a;
        if (a->source != b->source) {
            bool fronted_a = is_fronted(f, row, a), fronted_b = is_fronted(f, row, b);
            return fronted_a != fronted_b ? fronted_b : a->source < b->source;
        }
    }
    if (a->has_content && b->has_content && a->content_to != b->content_to)
        return a->content_to > b->content_to;
    if (!form && speaks_a != speaks_b)
        return speaks_a;                     /* "Roe was curt: ..." */
    if (a->source != b->source) {
        /* "Roe, whose home, Oslo, lies by the sea, said": both stand before an aside, and the second inside the first's */
        bool apart = is_before_aside(f, row, a) && is_before_aside(f, row, b) && speaks_a && speaks_b;
        return apart ? a->source < b->source : a->source > b->source;        /* else the nearer source */
    }
    if (a->to - a->from != b->to - b->from)
        return a->to - a->from > b->to - b->from;
    if (a->weight != b->weight)
        return a->weight > b->weight;
    return str_compare(a->where, b->where) < 0;
}

/*
 * "The group trying to buy Zorvan Corp said", "ministers called by Roe said": the chunk that has the participle in front
 * of the source, and so speaks; the source itself when it stands in nobody's modifier.
 */
static int32_t head_source(const Finder *f, const Row *row, const Candidate *c)
{
    enum { REACH = 10 };
    if (c->source < 2 || (uint32_t)c->source >= c->cue_from || !attribution_verb(f, row, c) ||
        chunk_is(f, row, c->cue_from - 1, f->by->as))       /* "a paper quoting Roe as saying" */
        return c->source;
    uint32_t source = (uint32_t)c->source;
    for (uint32_t k = source; k > 0 && source - k < REACH; k--) {
        const Chunk *chunk = &row->chunks[k];
        Symbol symbol = row->symbols[k];
        bool participle = k < source && chunk->quote < 0 && chunk->day < 0 && tok(f, chunk->first)->kind == TOKEN_WORD &&
                          (chunk->mention < 0 || chunk->end == chunk->first + 1) && symbol != f->by->pp &&
                          !has(f, chunk->first, WORD_ROLE | WORD_ROLES | WORD_BODY | WORD_PRONOUN | WORD_PREPOSITION) &&
                          !is_capital(f, chunk->first) &&
                          (ends_in(f, chunk->first, "ing") ||
                           (k + 1 < source && chunk_is(f, row, k + 1, f->by->by) && row->chunks[k + 1].mention < 0));
        if (participle) {
            uint32_t head = k - 1;
            while (head > 0 && row->symbols[head] == f->by->pp)
                head--;
            const Mention *m = row->symbols[head] == f->by->source ? chunk_mention(f, row, head) : NULL;
            /* but "the holding company" */
            bool object = k + 1 < source || chunk_has(f, row, source, WORD_DETERMINER) || (m && m->plural && m->kind == MENTION_ROLE);
            bool opens = head == 0 || row->symbols[head - 1] == SYMBOL_COMMA || chunk_is(f, row, head - 1, f->by->that) ||
                         (row->chunks[head - 1].mention < 0 && chunk_has(f, row, head - 1, WORD_CONJUNCTION));
            return m && object && opens && !m->possessive && m->kind != MENTION_PRONOUN ? (int32_t)head : c->source;
        }
        bool breaks = symbol == SYMBOL_COMMA || chunk->quote >= 0 || symbol == SYMBOL_SEMICOLON || symbol == SYMBOL_DASH ||
                      (tok(f, chunk->first)->kind == TOKEN_MARK) || has(f, chunk->first, WORD_RELATIVE | WORD_COPULA | WORD_AUXILIARY) ||
                      (k < source && chunk->mention < 0 && (chunk->verb >= 0 || has(f, chunk->first, WORD_CONJUNCTION)) &&
                       !chunk_is(f, row, k - 1, f->by->to));
        if (breaks)
            return c->source;
    }
    return c->source;
}

/* "a teacher from Oslo, who said", "Roe, dean of the college, who said": the person in front of places and bodies. */
static int32_t who_source(const Finder *f, const Row *row, const Candidate *c)
{
    enum { REACH = 8 };
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    const VerbForm *form = attribution_verb(f, row, c);
    if (c->source < 1 || (uint32_t)c->source + 2 > k || !chunk_is(f, row, k - 1, f->by->who) || !form || form->tense == VERB_BASE)
        return c->source;
    for (uint32_t at = (uint32_t)c->source + 1; at-- > 0 && c->source - (int32_t)at < REACH;) {
        const Chunk *chunk = &row->chunks[at];
        const Mention *m = chunk->mention >= 0 ? &f->map->mentions.ptr[chunk->mention] : NULL;
        if (m && (m->kind == MENTION_PERSON || m->kind == MENTION_ROLE || m->plural))
            return (int32_t)at;
        if (!m && row->symbols[at] != SYMBOL_COMMA && !is_word(f, chunk->first, f->by->of) && tok(f, chunk->first)->kind != TOKEN_NUMBER)
            break;
    }
    return c->source;
}

static int by_cue(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    return (x->cue_from > y->cue_from) - (x->cue_from < y->cue_from);
}

/* "said the fall in proven and estimated reserves was small": joined to a word of a phrase that has no verb yet. */
static bool is_coordinated_adjective(const Finder *f, const Row *row, const Candidate *before, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    uint32_t from = before->content_from, at = c->cue_from;
    return form && form->tense == VERB_PAST && attribution_is_coordinated(f, row, c) && before->has_content && from >= before->cue_to &&
           from + 1 < at && attribution_verb(f, row, before) && !attribution_is_judgement(f, row, before) &&
           chunk_ends_in(f, row, at, "ed") && row->symbols[at - 2] != SYMBOL_COMMA &&
           c->content_from == c->cue_to && row->chunks[at + 1].mention >= 0 && !chunk_has(f, row, at + 1, WORD_DETERMINER | WORD_PRONOUN) &&
           !is_capital(f, row->chunks[at + 1].first) &&
           !attribution_is_clause(f, row, from, at - 1) && attribution_is_clause(f, row, at + 1, (uint32_t)row->len);
}

/* "said it paid in cash and notes": what is joined to a verb in the past and has an -s is a noun. */
static bool is_coordinated_noun(const Finder *f, const Row *row, const Candidate *before, const Candidate *c)
{
    const VerbForm *first = attribution_verb(f, row, before), *form = attribution_verb(f, row, c);
    bool verb = chunk_in(f, row, c->cue_from, f->by->never_nouns) || c->cue_to >= row->len ||
                row->symbols[c->cue_to] == f->by->source || row->chunks[c->cue_to].quote >= 0 ||
                chunk_is(f, row, c->cue_to, f->by->that);
    return first && form && first->tense == VERB_PAST && form->tense == VERB_S && !verb && attribution_is_coordinated(f, row, c);
}

/* "said the system uses steam and adds gas", "said that the port, which sold fish and credit cards, ...": goes on with the words. */
static bool is_inner_predicate(const Finder *f, const Row *row, const Candidate *before, const Candidate *c)
{
    const VerbForm *first = attribution_verb(f, row, before), *form = attribution_verb(f, row, c);
    uint32_t from = before->content_from, group = attribution_verb_group(f, row, c->cue_from);
    bool helped = row->symbols[before->cue_from - (before->cue_from > 0)] == f->by->aux;         /* "has said A and claims B" */
    for (uint32_t k = group; k < c->cue_from; k++)
        helped |= row->symbols[k] == f->by->aux;                     /* "said A but did not think B" */
    bool bare = form && form->tense == VERB_BASE && !attribution_is_clause(f, row, c->content_from, c->content_to);      /* "credit cards" */
    return first && form && first->tense == VERB_PAST && (form->tense == VERB_S || bare) && !helped &&
           attribution_is_coordinated(f, row, c) && before->has_content && from >= before->cue_to &&
           !attribution_is_judgement(f, row, before) && f->rules->verbs[form->verb].effect != VERB_SILENCE &&
           (attribution_follows_that(f, row, from) || chunk_in(f, row, before->cue_from, f->by->clause_verbs) ||
            attribution_is_clause(f, row, from, group - 1));
}

void attribution_candidates(Finder *f, const Row *row, Candidates *out)
{
    RuleMatches matches = { 0 };
    rules_match(f->by->matcher, RULE_ATTRIBUTION, row->symbols, row->len, NULL, 0, f->arena, &matches, f->problems);
    for (size_t i = 0; i < matches.len; i++) {
        Candidate c;
        if (!attribution_read_match(f, row, &matches.ptr[i], &c))
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
    *out = (Candidates){ 0 };
    for (size_t i = 0; i < single.len; i++)
        if (i == 0 || (!is_coordinated_noun(f, row, &single.ptr[i - 1], &single.ptr[i]) &&
                       !is_coordinated_adjective(f, row, &single.ptr[i - 1], &single.ptr[i]) &&
                       !is_inner_predicate(f, row, &single.ptr[i - 1], &single.ptr[i])))
            LIST_PUSH(f->arena, out, single.ptr[i]);
    for (size_t i = 0; i < out->len; i++)
        out->ptr[i].source = head_source(f, row, &out->ptr[i]);
    for (size_t i = 0; i < out->len; i++)
        out->ptr[i].source = who_source(f, row, &out->ptr[i]);
    for (size_t i = 1; i < out->len; i++)
        if (attribution_is_coordinated(f, row, &out->ptr[i]) && out->ptr[i - 1].source >= 0)
            out->ptr[i].source = out->ptr[i - 1].source;
}
