#include "extract/attribution_internal.h"

/*
 * ---- the cue as a participle ------------------------------------------------------
 *
 *     research | cited | by the senator                  who did it stands behind
 *     shares | offered | in May through brokers          a thing offers nothing, and no clause follows
 *     the package | announced | in May, ...              so is mostly meant of some verbs, whatever follows
 *     remarks | published | today were accurate          the noun's own verb stands behind
 *     a group | called | the Sea Bears                   what it is called
 */

/* A thing, and right behind it the past form of a verb. */
static bool is_past_of_thing(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = attribution_source(f, row, c);
    const VerbForm *form = attribution_verb(f, row, c);
    return m && form && m->kind == MENTION_OTHER && form->tense == VERB_PAST && (uint32_t)c->source + 1 == c->cue_from;
}

static bool is_preposition(const Finder *f, const Row *row, uint32_t at)
{
    return row->chunks[at].mention < 0 && chunk_has(f, row, at, WORD_PREPOSITION);
}

static bool is_participle_of_things(const Finder *f, const Row *row, const Candidate *c)
{
    return is_past_of_thing(f, row, c) && !is_capital(f, attribution_source(f, row, c)->head) &&
           chunk_in(f, row, c->cue_from, f->by->thing_participles);
}

bool attribution_is_thing_participle(const Finder *f, const Row *row, const Candidate *c)
{
    return c->quote < 0 && c->cue_to < row->len && is_participle_of_things(f, row, c) &&
           (row->symbols[c->cue_to] == f->by->pp || is_preposition(f, row, c->cue_to));
}

/* "research cited by the senator", "friends described as loyal", "critics blame for the war" */
static bool has_doer(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from;
    if (at == c->cue_to && at + 1 < row->len && row->symbols[at] == f->by->adverb && chunk_is(f, row, at + 1, f->by->by))
        return true;                 /* "a law defended fiercely by farmers" */
    bool plain = row->chunks[c->cue_from].end == row->chunks[c->cue_from].first + 1;      /* not "refer to" */
    return at == c->cue_to && plain && row->chunks[at].quote < 0 &&
           (chunk_is(f, row, at, f->by->by) || chunk_in(f, row, at, attribution_is_judgement(f, row, c) ? f->by->gaps : -1));
}

static bool is_past_participle(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from;
    if (!is_past_of_thing(f, row, c) || chunk_is(f, row, at - 1, f->by->that))
        return false;
    bool clause = attribution_is_clause(f, row, at, c->content_to);
    bool own_clause = clause && at > c->cue_to && row->symbols[at] == f->by->source;     /* "the nations agreed in Oslo rates were fair" */
    bool comma = at > c->cue_to && row->symbols[at] == SYMBOL_COMMA;
    if (!own_clause && (comma ? is_participle_of_things(f, row, c) : attribution_is_thing_participle(f, row, c)))
        return true;
    return !attribution_is_judgement(f, row, c) &&
           (is_preposition(f, row, at) || (row->symbols[c->cue_to] == f->by->pp && !clause));
}

/* "remarks published today were accurate": the verb behind the cue is that of the noun in front of it. */
static bool has_own_verb(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = attribution_source(f, row, c);
    bool gap = c->source > 1 && chunk_has(f, row, (uint32_t)c->source - 1, WORD_RELATIVE) &&
               (row->chunks[c->source - 2].mention >= 0 ||
                row->symbols[c->source - 2] == SYMBOL_COMMA);      /* "changes that they say would" */
    uint32_t token = row->chunks[c->content_from].first;
    Str word = token_fold(f->text->text, tok(f, token), f->arena);
    bool own_subject = str_find(word, STR("'"), 0) < word.len;       /* "he'd", "they've" */
    int32_t verb = row->chunks[c->content_from].verb;
    bool past = verb >= 0 && f->rules->verb_forms[verb].tense == VERB_PAST;
    bool finite = (past || has(f, token, WORD_COPULA | WORD_AUXILIARY)) && !own_subject && !str_ends(word, STR("ing"));
    bool pronoun = m->kind == MENTION_PRONOUN && !attribution_is_judgement(f, row, c);       /* but "the reasons she cited were" */
    return (uint32_t)c->source + 1 == c->cue_from && !gap && !pronoun && finite;
}

/* "a group called the Sea Bears": a name behind a thing that is called so; not "called it a sham", "which Roe called a sham". */
static bool is_naming(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = attribution_source(f, row, c);
    uint32_t at = c->content_from, next = at + 1;
    const Chunk *chunk = &row->chunks[at];
    bool gap = c->source > 0 && chunk_has(f, row, (uint32_t)c->source - 1, WORD_RELATIVE | WORD_CONJUNCTION);
    uint32_t behind = (uint32_t)c->source + 1;
    while (behind < c->cue_from && row->symbols[behind] == f->by->pp)
        behind++;                    /* "a group within the army called the Sea Bears" */
    bool name = is_capital(f, chunk->end - 1) && (chunk->mention >= 0 || chunk->quote >= 0);
    for (uint32_t k = chunk->first; k < chunk->end && chunk->mention >= 0; k++)      /* "the E-meter" */
        name |= is_capital(f, k) && tok(f, k)->span.to < f->text->text.len && f->text->text.ptr[tok(f, k)->span.to] == '-';
    bool one = m->kind == MENTION_OTHER && hits_list_at(f->hits, m->first, f->by->indefinite_articles);     /* "a trick called double counting" */
    for (uint32_t k = next; k < row->len && k < next + 2; k++)
        gap |= row->chunks[k].quote >= 0;
    bool alone = next >= row->len || tok(f, row->chunks[next].first)->kind != TOKEN_WORD || row->symbols[next] == f->by->pp ||
                 chunk_has(f, row, next, WORD_PREPOSITION | WORD_RELATIVE | WORD_CONJUNCTION);
    return attribution_verb(f, row, c)->tense == VERB_PAST && row->chunks[c->cue_from].end == row->chunks[c->cue_from].first + 1 &&
           chunk_in(f, row, c->cue_from, f->by->naming) &&
           behind == c->cue_from && at == c->cue_to && !gap && (one || (name && alone)) && m->name_end == m->name_first && m->kind != MENTION_PRONOUN;
}

/* "the firm, which boasts nine boats, says ...": the clause between two commas goes no further. */
static uint32_t aside_end(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t group = attribution_verb_group(f, row, c->cue_from);
    if (group < 2 || row->symbols[group - 2] != SYMBOL_COMMA || !chunk_has(f, row, group - 1, WORD_RELATIVE))
        return c->content_to;
    uint32_t end = c->content_from;
    for (; end < c->content_to && end < row->len && row->symbols[end] != SYMBOL_COMMA; end++)
        if (chunk_is(f, row, end, f->by->to) && !chunk_mention(f, row, end))
            return c->content_to;            /* "hopes to build" */
    return end;
}

/* "wrote the memo to Moe and had left", "mentioned the war, and Moe laughed": where something else is told. */
static uint32_t bare_end(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t end = aside_end(f, row, c);
    for (uint32_t k = c->content_from + 1; k + 1 < end && k + 1 < row->len; k++) {
        bool joins = row->chunks[k].mention < 0 && (chunk_is(f, row, k, f->by->and_) || chunk_is(f, row, k, f->by->but));
        bool tells = joins && chunk_has(f, row, k + 1, WORD_AUXILIARY | WORD_COPULA);
        if (tells)
            return k;
    }
    return end;
}

/* "leaving the hall"; not "farming is dead" */
static bool is_deed(const Finder *f, const Row *row, uint32_t at)
{
    const Mention *m = at < row->len ? chunk_mention(f, row, at) : NULL;
    return m ? m->end == m->first + 1 && ends_in(f, m->first, "ing") && at + 1 < row->len && row->symbols[at + 1] == f->by->source
             : attribution_ends_in_ing(f, row, at);
}

/* "them", and no more of a clause */
static bool is_object(const Finder *f, const Row *row, uint32_t at)
{
    const Mention *m = chunk_mention(f, row, at);
    if (!m || m->kind != MENTION_PRONOUN || !has(f, m->first, WORD_OBJECT) || at + 1 >= row->len)
        return false;
    Symbol next = row->symbols[at + 1];
    return next == SYMBOL_COMMA || next == SYMBOL_STOP || next == f->by->date || next == f->by->adverb ||
           (next == f->by->pp && !chunk_in(f, row, at + 1, f->by->topic_prepositions));
}

/* "cited Roe as saying": Roe speaks, at the second verb; but "attacked the pact as encouraging theft". */
static bool is_quoting(const Finder *f, const Row *row, const Candidate *c)
{
    enum { REACH = 8 };
    for (uint32_t k = c->content_from; k + 1 < row->len && k < c->content_from + REACH; k++) {
        int32_t next = row->chunks[k + 1].verb;
        const VerbForm *form = next >= 0 ? &f->rules->verb_forms[next] : NULL;
        if (chunk_is(f, row, k, f->by->as) && form)
            return k > c->content_from && form->tense == VERB_ING && chunk_in(f, row, k + 1, f->by->quoting);
        if (row->chunks[k].verb >= 0 || row->chunks[k].quote >= 0 || chunk_has(f, row, k, WORD_COPULA | WORD_AUXILIARY | WORD_RELATIVE))
            return false;
    }
    return false;
}

bool attribution_is_mute(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from, token = row->chunks[at].first;
    const VerbForm *form = attribution_verb(f, row, c);
    WordId word = tok(f, token)->word;
    bool that = chunk_is(f, row, at - 1, f->by->that);
    if (!form || c->source < 0 || (uint32_t)c->source > c->cue_from)
        return false;
    if (c->source > 0 && chunk_in(f, row, (uint32_t)c->source - 1, f->by->conditions))
        return true;                         /* "if it threatened the port" */
    if (c->quote >= 0)
        return false;
    if (c->source > 0 && (form->tense == VERB_S || form->tense == VERB_BASE) && !that &&
        chunk_in(f, row, (uint32_t)c->source - 1, f->by->times) && chunk_in(f, row, c->cue_from, f->by->announcing))
        return true;                         /* "when the bank announces its rates" */
    if (attribution_source(f, row, c)->kind == MENTION_OTHER && chunk_in(f, row, c->cue_from, f->by->meaning))
        return true;                         /* "the figures refer to salmon" */
    if (at == c->cue_to && word && (word == f->by->and_ || word == f->by->but))
        return true;
    if (row->symbols[at] == SYMBOL_COMMA && !that && is_deed(f, row, at + 1))
        return true;                         /* "..., he said, leaving the hall" */
    if (row->symbols[at] == SYMBOL_COMMA && at + 1 < row->len && row->chunks[at + 1].mention < 0 &&
        (chunk_is(f, row, at + 1, f->by->and_) || chunk_is(f, row, at + 1, f->by->but)))
        return true;                         /* "..., he said, and the talks went on" */
    if (that && at > c->cue_to + 1 && chunk_in(f, row, at - 2, f->by->hearsay))
        return true;                         /* "commented on reports that", whose words they are */
    if (chunk_in(f, row, at, f->by->wishes))
        return true;                         /* "asked not to be named" */
    if (is_object(f, row, at) && !attribution_is_judgement(f, row, c))
        return true;                         /* "repeated them on Monday" */
    if (row->symbols[at] == SYMBOL_COMMA && at + 1 < row->len && attribution_is_judgement(f, row, c) &&
        chunk_has(f, row, at + 1, WORD_CONJUNCTION | WORD_RELATIVE | WORD_PREPOSITION | WORD_PRONOUN))
        return true;                         /* "an offer that the union rejects, and ..." */
    if (form->tense == VERB_S && row->symbols[at] == SYMBOL_COMMA && at + 1 < row->len && attribution_opens_relative(f, row, at + 1))
        return true;                         /* "its forecasts, which ..." */
    if (is_past_participle(f, row, c) || has_doer(f, row, c) || has_own_verb(f, row, c) || is_naming(f, row, c) || is_quoting(f, row, c))
        return true;
    bool means = form->tense == VERB_ING && c->cue_from > 0 && chunk_in(f, row, c->cue_from - 1, f->by->means);
    return (means || f->rules->verbs[form->verb].takes_clause) && !that && !attribution_is_clause(f, row, at, bare_end(f, row, c));
}
