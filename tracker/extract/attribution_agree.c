#include "extract/attribution_internal.h"

static bool looks_plural(const Finder *f, const Row *row, uint32_t source)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN)
        return m->plural || has(f, m->first, WORD_I);
    Str opening = str_slice(f->text->text, tok(f, m->first)->span);
    bool one = m->end > m->first + 1 && (str_equal_nocase(opening, STR("a")) || str_equal_nocase(opening, STR("an")));
    for (uint32_t at = m->first; one && at < m->end; at++)
        one = tok(f, at)->word != f->by->of;
    if (one && !m->plural)
        return false;                /* "a status report": no verb; "a group of traders report" */
    if (m->plural)
        return true;
    static const Str groups[] = { STR_INIT("many"), STR_INIT("some"), STR_INIT("most"), STR_INIT("several"), STR_INIT("few"), STR_INIT("both"),
                                  STR_INIT("these"), STR_INIT("those") };
    for (size_t i = 0; i < BASE_COUNT(groups); i++)
        if (str_equal_nocase(opening, groups[i]))
            return true;
    Str head = str_slice(f->text->text, tok(f, m->head)->span);
    return str_ends(head, STR("s")) && !str_ends(head, STR("ss")) && !(tok(f, m->head)->flags & TOKEN_CAPITAL);
}

/* "the previously announced sale", "its reported loss": an article speaks for nobody. */
static bool is_bare_article(const Finder *f, const Mention *m)
{
    static const Str articles[] = { STR_INIT("the"), STR_INIT("a"), STR_INIT("an"), STR_INIT("its"), STR_INIT("their"), STR_INIT("his"),
                                    STR_INIT("our"), STR_INIT("my"), STR_INIT("your"), STR_INIT("no"), STR_INIT("every") };
    Str word = str_slice(f->text->text, tok(f, m->first)->span);
    for (size_t i = 0; i < BASE_COUNT(articles) && m->end == m->first + 1; i++)
        if (str_equal_nocase(word, articles[i]))
            return true;
    return false;
}

/* "Growers fear ...": a name or a plural, as the verb wants it. */
static bool opens_sentence(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    Str only = str_slice(f->text->text, tok(f, m->first)->span);
    return m->end == m->first + 1 && (tok(f, m->first)->flags & TOKEN_FIRST) && str_ends(only, STR("s")) && !attribution_is_coordinated(f, row, c);
}

/* Does nothing but a conjunction stand in front of a cue and its auxiliaries? */
static bool verb_group_opens(const Finder *f, const Row *row, uint32_t cue)
{
    uint32_t k = attribution_verb_group(f, row, cue);
    return k == 0 || (k == 1 && has(f, row->chunks[0].first, WORD_CONJUNCTION));
}

/* "Analysts say it could hurt trade and threaten the port": goes on after the helping verb, and no clause follows. */
static bool goes_on_infinitive(const Finder *f, const Row *row, const Candidate *c)
{
    bool helped = false;
    for (uint32_t k = (uint32_t)c->source + 1; k < c->cue_from; k++)
        helped |= has(f, row->chunks[k].first, WORD_MODAL) || (tok(f, row->chunks[k].first)->word == f->by->to && row->chunks[k].mention < 0);
    return helped && c->quote < 0 && attribution_is_coordinated(f, row, c) && !attribution_is_clause(f, row, c->content_from, c->content_to);
}

/* "compensation claims", "renewed fears that": nouns, unless nobody uses the last as one ("research suggests"). */
static bool is_compound_noun(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    const Chunk *cue = &row->chunks[c->cue_from];
    bool adjective = m->end == m->first + 1 && str_ends(str_slice(f->text->text, tok(f, m->first)->span), STR("ed"));
    return m->kind == MENTION_OTHER && !has(f, m->first, WORD_DETERMINER) &&
           !(tok(f, m->first)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) &&
           !hits_list_at(f->hits, cue->first, f->by->never_nouns) && cue->end < f->text->n_tokens &&
           (adjective || tok(f, cue->end)->word != f->by->that || has(f, cue->end + 1, WORD_AUXILIARY | WORD_COPULA));
}

bool attribution_is_absolute(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    return form && form->tense == VERB_ING && c->source > 0 && (uint32_t)c->source < c->cue_from && row->symbols[c->source] == f->by->pp &&
           tok(f, row->chunks[c->source].first)->word == f->by->with;
}

bool attribution_agrees(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return true;
    uint32_t source = (uint32_t)c->source;
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN && has(f, m->first, WORD_I | WORD_OBJECT))
        return false;
    const VerbForm *form = attribution_verb(f, row, c);
    if (!form)
        return true;
    if (source < c->cue_from && is_bare_article(f, m))
        return false;
    if (form->tense == VERB_ING && row->symbols[source] == f->by->pp) {
        bool clause = c->quote >= 0 || !f->rules->verbs[form->verb].takes_clause || attribution_follows_that(f, row, c->content_from);
        return attribution_is_absolute(f, row, c) && clause;        /* not "with China adding 3,000 mills" */
    }
    Str head = str_slice(f->text->text, tok(f, m->first)->span);
    bool of_things = hits_list_at(f->hits, row->chunks[c->cue_from].first, f->by->thing_participles);
    if (m->kind == MENTION_OTHER && m->end == m->first + 1 && (str_ends(head, STR("ing")) || (of_things && str_ends(head, STR("ed")))) &&
        !(tok(f, m->first)->flags & TOKEN_CAPITAL))
        return false;                /* "lawyers investigating alleged fraud", "satisfied with the proposed rules" */
    if (m->possessive && form->tense == VERB_PAST && source < c->cue_from && row->symbols[source] == f->by->source)
        return false;                /* "the bank's last confirmed loss" */
    uint32_t group = attribution_verb_group(f, row, c->cue_from);
    int32_t owner = source < c->cue_from && group > 0 ? row->chunks[group - 1].mention : -1;
    if (owner >= 0 && f->map->mentions.ptr[owner].possessive && form->tense == VERB_PAST)
        return false;                /* "shares fell after Zorvan's previously reported loss" */
    if (m->kind == MENTION_OTHER && m->end == m->first + 1 && m->first > 0 && tok(f, m->first - 1)->word == f->by->to)
        return false;                /* "to soften proposed rules" */
    bool lower = !(tok(f, m->first)->flags & TOKEN_CAPITAL);
    if (m->kind == MENTION_OTHER && lower && source < c->cue_from && form->tense == VERB_BASE && !looks_plural(f, row, source) &&
        attribution_verb_group(f, row, c->cue_from) == c->cue_from && row->symbols[c->cue_from - 1] == f->by->pp)
        return false;                /* "unhappy with the child tax credit" */
    if (form->tense == VERB_BASE && source + 1 < c->cue_from && !attribution_is_coordinated(f, row, c) && has(f, row->chunks[source + 1].first, WORD_MODAL))
        return false;                /* "will continue to insist" */
    bool helped = source + 1 < c->cue_from && tok(f, row->chunks[c->cue_from - 1].first)->word == f->by->to;      /* "went on to say" */
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); source < c->cue_from && k < c->cue_from; k++) {
        if (has(f, row->chunks[k].first, WORD_MODAL))
            return false;
        helped |= row->symbols[k] == f->by->aux;         /* "did say" */
    }
    if (source > c->cue_from) {
        if (c->quote >= 0)                   /* "Said Roe: ..." opens its sentence */
            return (uint32_t)c->quote < c->cue_from || verb_group_opens(f, row, c->cue_from);
        uint32_t next = source + 1;
        while (next + 1 < row->len && tok(f, row->chunks[next].first)->word == f->by->and_ && row->symbols[next + 1] == f->by->source)
            next += 2;               /* "said Roe and Moe" */
        bool ends = next >= row->len || row->symbols[next] == SYMBOL_COMMA || row->symbols[next] == SYMBOL_STOP || row->symbols[next] == f->by->pp ||
                    row->symbols[next] == f->by->date || row->symbols[next] == SYMBOL_PAREN_OPEN || has(f, row->chunks[next].first, WORD_RELATIVE);
        return ends && m->kind != MENTION_OTHER && m->kind != MENTION_PRONOUN;
    }
    if (form->tense == VERB_BASE && !helped) {
        bool joined = source > 0 && tok(f, row->chunks[source - 1].first)->word == f->by->and_;
        for (uint32_t at = m->first; at < m->end; at++)
            joined |= tok(f, at)->word == f->by->and_;
        bool thing = m->kind == MENTION_OTHER && attribution_is_coordinated(f, row, c);      /* "plans that hurt small farms and call for help" */
        return !goes_on_infinitive(f, row, c) && (((joined || looks_plural(f, row, source)) && !thing) || opens_sentence(f, row, c, m));
    }
    if (source + 1 != c->cue_from)
        return true;
    if (form->tense == VERB_S && is_compound_noun(f, row, c, m))
        return false;
    return form->tense != VERB_S || !looks_plural(f, row, source) || m->kind == MENTION_BODY;
}
