#include "extract/attribution_internal.h"

static bool is_lone_word(const Mention *m)
{
    return m->end == m->first + 1;
}

/* ---- the source ----------------------------------------------------------------------- */

/* "many traders", "the talks": the form that goes with "say". */
static bool looks_plural(const Finder *f, const Mention *m)
{
    if (m->kind == MENTION_PRONOUN)
        return m->plural || has(f, m->first, WORD_I);
    bool one = !is_lone_word(m) && hits_list_at(f->hits, m->first, f->by->indefinite_articles);
    for (uint32_t at = m->first; one && at < m->end; at++)
        one = !is_word(f, at, f->by->of);
    if (one && !m->plural)
        return false;                /* "a status report": no verb; "a group of traders report" */
    if (m->plural || hits_list_at(f->hits, m->first, f->by->plural_determiners))
        return true;
    return ends_in(f, m->head, "s") && !ends_in(f, m->head, "ss") && !is_capital(f, m->head);
}

/* "I think", "to him": the writer, the speaker himself, or nobody who says something. */
static bool is_no_subject(const Finder *f, const Mention *m)
{
    return m->kind == MENTION_PRONOUN && has(f, m->first, WORD_I | WORD_OBJECT);
}

/* "the previously announced sale", "its reported loss": a determiner speaks for nobody. */
static bool is_bare_determiner(const Finder *f, const Mention *m)
{
    bool superlative = m->end == m->first + 2 && hits_list_at(f->hits, m->first + 1, f->by->superlatives);       /* "the most" */
    return (is_lone_word(m) || superlative) && hits_list_at(f->hits, m->first, f->by->bare_determiners);
}

/*
 * "lawyers investigating alleged fraud", "satisfied with the proposed rules", "while tied to a box called the meter",
 * "to soften proposed rules": a verb's form.
 */
static bool is_verbal(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    if (m->kind != MENTION_OTHER || !is_lone_word(m))
        return false;
    bool of_things = chunk_in(f, row, c->cue_from, f->by->thing_participles) || (uint32_t)c->source + 1 < c->cue_from;
    bool participle = ends_in(f, m->first, "ing") || (of_things && ends_in(f, m->first, "ed"));
    return (participle && !is_capital(f, m->first)) || (m->first > 0 && is_word(f, m->first - 1, f->by->to));
}

/* ---- source and verb -------------------------------------------------------------------- */

bool attribution_is_absolute(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    return form && form->tense == VERB_ING && c->source > 0 && (uint32_t)c->source < c->cue_from &&
           row->symbols[c->source] == f->by->pp && chunk_is(f, row, (uint32_t)c->source, f->by->with);
}

/* "with the union saying it was dead"; not "with China adding 3,000 mills", nor "in Oslo adding" */
static bool brings_speaker(const Finder *f, const Row *row, const Candidate *c, const VerbForm *form)
{
    bool clause = c->quote >= 0 || !f->rules->verbs[form->verb].takes_clause || attribution_follows_that(f, row, c->content_from);
    return attribution_is_absolute(f, row, c) && clause;
}

/* Does nothing but a conjunction stand in front of a cue and its auxiliaries? */
static bool verb_group_opens(const Finder *f, const Row *row, uint32_t cue)
{
    uint32_t k = attribution_verb_group(f, row, cue);
    return k == 0 || (k == 1 && chunk_has(f, row, 0, WORD_CONJUNCTION));
}

/* "said Roe on Monday", "said Roe and Moe, ..."; "Said Roe: ..." opens its sentence. */
static bool may_invert(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    if (c->quote >= 0)
        return (uint32_t)c->quote < c->cue_from || verb_group_opens(f, row, c->cue_from);
    uint32_t next = (uint32_t)c->source + 1;
    while (next + 1 < row->len && chunk_is(f, row, next, f->by->and_) && row->symbols[next + 1] == f->by->source)
        next += 2;
    Symbol symbol = next < row->len ? row->symbols[next] : SYMBOL_STOP;
    bool ends = symbol == SYMBOL_COMMA || symbol == SYMBOL_STOP || symbol == SYMBOL_PAREN_OPEN || symbol == f->by->pp ||
                symbol == f->by->date || chunk_has(f, row, next, WORD_RELATIVE);
    return ends && m->kind != MENTION_OTHER && m->kind != MENTION_PRONOUN;
}

/* "the bank's last confirmed loss", "shares fell after Zorvan's previously reported loss" */
static bool is_owner(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    uint32_t group = attribution_verb_group(f, row, c->cue_from);
    const Mention *before = group > 0 ? chunk_mention(f, row, group - 1) : NULL;
    return (m->possessive && row->symbols[c->source] == f->by->source) || (before && before->possessive);
}

/* "unhappy with the child tax credit" */
static bool is_behind_preposition(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    return m->kind == MENTION_OTHER && !is_capital(f, m->first) && !looks_plural(f, m) &&
           attribution_verb_group(f, row, c->cue_from) == c->cue_from && row->symbols[c->cue_from - 1] == f->by->pp;
}

/* What would or might be said has not been said: "may yet say", "will continue to insist". */
static bool has_modal(const Finder *f, const Row *row, const Candidate *c, const VerbForm *form)
{
    uint32_t behind = (uint32_t)c->source + 1;
    if (form->tense == VERB_BASE && behind < c->cue_from && chunk_has(f, row, behind, WORD_MODAL) && !attribution_is_coordinated(f, row, c))
        return true;
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); k < c->cue_from; k++)
        if (chunk_has(f, row, k, WORD_MODAL))
            return true;
    return false;
}

/* "did say", "went on to say": what the source agrees with is another verb. */
static bool is_helped(const Finder *f, const Row *row, const Candidate *c)
{
    bool helped = (uint32_t)c->source + 1 < c->cue_from && chunk_is(f, row, c->cue_from - 1, f->by->to);
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); k < c->cue_from; k++)
        helped |= row->symbols[k] == f->by->aux;
    return helped;
}

/* "Growers fear ...": a name or a plural, as the verb wants it. */
static bool opens_sentence(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    return is_lone_word(m) && (tok(f, m->first)->flags & TOKEN_FIRST) && ends_in(f, m->first, "s") &&
           !attribution_is_coordinated(f, row, c);
}

/* "Analysts say it could hurt trade and threaten the port": goes on after the helping verb, and no clause follows. */
static bool goes_on_infinitive(const Finder *f, const Row *row, const Candidate *c)
{
    bool helped = false;
    for (uint32_t k = (uint32_t)c->source + 1; k < c->cue_from; k++)
        helped |= chunk_has(f, row, k, WORD_MODAL) || (chunk_is(f, row, k, f->by->to) && row->chunks[k].mention < 0);
    return helped && c->quote < 0 && attribution_is_coordinated(f, row, c) &&
           !attribution_is_clause(f, row, c->content_from, c->content_to);
}

/* "ministers say", "Roe and Moe say"; not "the state support", "plans that hurt small farms and call for help" */
static bool agrees_with_base(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    if (goes_on_infinitive(f, row, c))
        return false;
    bool joined = c->source > 0 && chunk_is(f, row, (uint32_t)c->source - 1, f->by->and_);
    for (uint32_t at = m->first; at < m->end; at++)
        joined |= is_word(f, at, f->by->and_);
    bool thing = m->kind == MENTION_OTHER && attribution_is_coordinated(f, row, c);
    return ((joined || looks_plural(f, m)) && !thing) || opens_sentence(f, row, c, m);
}

/* "compensation claims", "renewed fears that": nouns, unless nobody uses the last as one ("research suggests"). */
static bool is_compound_noun(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    const Chunk *cue = &row->chunks[c->cue_from];
    bool adjective = is_lone_word(m) && ends_in(f, m->first, "ed");
    bool noun = m->kind == MENTION_OTHER || (m->kind == MENTION_ROLE && !m->plural && is_lone_word(m));      /* "executive orders" */
    return noun && !has(f, m->first, WORD_DETERMINER) &&
           !(tok(f, m->first)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) &&
           !chunk_in(f, row, c->cue_from, f->by->never_nouns) && cue->end < f->text->n_tokens &&
           (adjective || !is_word(f, cue->end, f->by->that) || has(f, cue->end + 1, WORD_AUXILIARY | WORD_COPULA));
}

/* "the FTC settling charges", "telecommunications orders remained", "more attention and reports of abuse": no verb. */
static bool is_noun_behind(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    if (chunk_in(f, row, c->cue_from, f->by->never_nouns) || c->quote >= 0)
        return false;
    bool settling = !is_lone_word(m) && ends_in(f, m->end - 1, "ing") && !is_capital(f, m->end - 1) && is_capital(f, m->end - 2) &&
                    !has(f, m->end - 1, WORD_BODY);
    uint32_t behind = row->chunks[c->cue_to - 1].end;
    bool finite = c->has_content && c->content_from == c->cue_to && row->chunks[c->content_from].mention < 0 &&
                  attribution_is_finite(f, row, c->content_from) && attribution_is_judgement(f, row, c);
    return settling || finite || is_word(f, behind, f->by->of);
}

/* "the envoy says", "the police says"; not "swing states", "compensation claims" */
static bool agrees_with_s(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    return !is_compound_noun(f, row, c, m) && (!looks_plural(f, m) || m->kind == MENTION_BODY);
}

bool attribution_agrees(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = attribution_source(f, row, c);
    const VerbForm *form = attribution_verb(f, row, c);
    if (m && is_no_subject(f, m))
        return false;
    if (!m || !form)
        return true;
    bool inverted = (uint32_t)c->source > c->cue_from, beside = (uint32_t)c->source + 1 == c->cue_from;
    if (!inverted && is_bare_determiner(f, m))
        return false;
    if (form->tense == VERB_ING && row->symbols[c->source] == f->by->pp)
        return brings_speaker(f, row, c, form);
    if (is_verbal(f, row, c, m))
        return false;
    if (form->tense == VERB_ING && m->kind == MENTION_OTHER && attribution_is_judgement(f, row, c) &&
        chunk_has(f, row, attribution_verb_group(f, row, c->cue_from) - 1, WORD_COPULA | WORD_AUXILIARY))
        return false;                /* "insects are threatening to ruin the crop" */
    if (inverted)
        return may_invert(f, row, c, m);
    if ((form->tense == VERB_PAST && is_owner(f, row, c, m)) ||
        (form->tense == VERB_BASE && is_behind_preposition(f, row, c, m)) || has_modal(f, row, c, form))
        return false;
    if (form->tense == VERB_BASE)
        return is_helped(f, row, c) || agrees_with_base(f, row, c, m);
    return form->tense != VERB_S || (!is_noun_behind(f, row, c, m) && (!beside || agrees_with_s(f, row, c, m)));
}
