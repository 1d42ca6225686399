#include "extract/mention_internal.h"

static int32_t country_row(const MentionFinder *f, Str iso)
{
    uint32_t row = iso.len ? names_find(&f->self->lands, iso) : NAMES_NONE;
    return row != NAMES_NONE ? (int32_t)row : -1;
}

bool mention_is_namesake(const MentionFinder *f, const Hit *land)
{
    enum { BEFORE_TOKENS = 2 };
    for (uint32_t at = land->first; at > 0 && at + BEFORE_TOKENS > land->first;)
        for (uint32_t i = f->hits->at[--at]; i < f->hits->at[at + 1]; i++)
            if (hit_is_of_list(&f->hits->ptr[i], f->self->namesakes) && f->hits->ptr[i].end == land->end)
                return true;
    return false;
}

/* The countries that the story names, or is datelined from the capital of. */
void mention_find_countries(MentionFinder *f)
{
    f->named_countries = ARENA_ARRAY(f->arena, bool, f->rules->n_countries + 1);
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if ((hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_DEMONYM || hit->kind == LEXICON_CAPITAL) && !mention_is_namesake(f, hit))
            f->named_countries[hit->id] = true;
    }
    int32_t home = country_row(f, f->map->home);
    if (home >= 0)
        f->named_countries[home] = true;
}

/* The capital or the body that starts at a token, of a state that was still there on the story's day if there is one. */
const Hit *mention_seat_at(const MentionFinder *f, uint32_t at, LexiconKind kind)
{
    const Hit *first = hit_of(f, at, kind);
    for (uint32_t i = f->hits->at[at]; first && i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != kind || hit->end != first->end)
            continue;
        int32_t row = kind == LEXICON_CAPITAL ? (int32_t)hit->id : country_row(f, f->rules->bodies[hit->id].country);
        if (row < 0 || f->self->ended[row] == DATE_UNKNOWN || f->story->published == DATE_UNKNOWN || f->story->published <= f->self->ended[row])
            return hit;
    }
    return first;
}

void mention_read_country(const MentionFinder *f, Mention *m, uint32_t at)
{
    if (tok(f, at)->flags & TOKEN_HYPHENED)      /* "Inter-American" */
        return;
    const Hit *hit = hit_of(f, at, LEXICON_DEMONYM);
    if (!hit)
        hit = hit_of(f, at, LEXICON_COUNTRY);
    bool inside = at > m->first && mention_is_capital(f, at - 1);
    if (!hit && m->country < 0 && (!inside || has(f, at - 1, WORD_ROLE | WORD_TITLE | WORD_BODY)))       /* "Morgan Oslo and Co" is of no country */
        hit = mention_seat_at(f, at, LEXICON_CAPITAL);
    /* "Ada Roe Pension Fund" is not the Fund */
    bool inside_name = hit && f->rules->countries[hit->id].is_body && inside;
    if (hit && m->country < 0 && hit->end <= m->end && !inside_name && !mention_is_namesake(f, hit))
        m->country = (int32_t)hit->id;
}

/*
 * Does a body's name tell whose it is?  "White House" does; of "Defence Department" many countries have one, so that
 * the story must name the country.
 */
static bool tells_country(const MentionFinder *f, const Hit *body, int32_t country)
{
    bool generic = true;
    for (uint32_t i = body->first; i < body->end; i++)
        generic = generic && (has(f, i, WORD_BODY | WORD_PORTFOLIO | WORD_PREPOSITION | WORD_DETERMINER) || hits_list_at(f->hits, i, f->self->common_names));
    return !generic || country < 0 || f->named_countries[country];
}

/* "a White House adviser" */
void mention_read_body_country(const MentionFinder *f, Mention *m, uint32_t end)
{
    for (uint32_t i = m->first; i < end && m->country < 0; i++) {
        const Hit *body = mention_seat_at(f, i, LEXICON_BODY);
        bool inside = i > m->first && mention_is_capital(f, i - 1) && has(f, i - 1, WORD_BODY | WORD_SUFFIX);       /* "Zorvan Savings Bank FSB" */
        if (!body || inside || body->end > end || !mention_is_capital(f, i) || (body->words == 1 && has(f, i, WORD_BODY)))
            continue;
        int32_t country = country_row(f, f->rules->bodies[body->id].country);
        if (tells_country(f, body, country))
            m->country = country;
    }
}

/* "a Norway expert" studies it; "a Norwegian expert" is from there. */
bool mention_is_topic(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->first; i < m->head && hits_list_at(f->hits, m->head, f->self->bystanders); i++) {
        const Hit *land = hit_of(f, i, LEXICON_COUNTRY), *people = hit_of(f, i, LEXICON_DEMONYM);
        if (land && land->end == m->head && !people)
            return true;
    }
    return false;
}

/* "Norwegian and Swedish officials" serve two. */
bool mention_joins_countries(const MentionFinder *f, const Mention *m, uint32_t end)
{
    bool joined = false;
    for (uint32_t i = m->first; i < end && m->country >= 0; i++) {
        const Hit *people = hit_of(f, i, LEXICON_DEMONYM);
        joined |= tok(f, i)->word == f->self->and_;
        if (joined && people && (int32_t)people->id != m->country && has(f, end - 1, WORD_ROLES))
            return true;
    }
    return false;
}

/*
 * "president of Norway", "head of Norway's coast guard", "commander of the Norwegian navy", "spokesman for the ministry of
 * Norway": whose office it is.  A "critic
 * of Norwegian fish" and the "manager of a European bank" are of no country.
 */
void mention_read_country_behind(const MentionFinder *f, Mention *m, uint32_t of, uint32_t end)
{
    uint32_t at = of + 1 + (of + 1 < end && has(f, of + 1, WORD_DETERMINER));
    bool one_of_many = of + 1 < end && has(f, of + 1, WORD_DETERMINER) && !str_equal(word(f, of + 1), STR("the"));
    bool speaks_for = of < end && !is_word(f, of, f->self->to) && has(f, m->head, WORD_SPEAKS_FOR) && !one_of_many;
    if (m->country >= 0 || at >= end || !(speaks_for || is_word(f, of, f->self->of)) || hits_list_at(f->hits, m->head, f->self->bystanders) ||
        has(f, end - 1, WORD_SUFFIX))
        return;
    const Hit *land = hit_of(f, at, LEXICON_COUNTRY), *people = hit_of(f, at, LEXICON_DEMONYM);
    bool whole = land && (land->end >= end || tok(f, land->end)->flags & TOKEN_POSSESSIVE);
    bool body = people && !f->rules->countries[people->id].is_body && has(f, end - 1, WORD_BODY | WORD_PORTFOLIO | WORD_PUBLIC);
    bool of_body = speaks_for && whole && land->end < end && f->rules->countries[land->id].is_body;      /* "the UN's World Fund" */
    if ((whole || body) && !of_body)
        mention_read_country(f, m, at);
    for (uint32_t i = at + 1; i + 1 < end && speaks_for && m->country < 0; i++) {
        uint32_t last = i + 1 + (i + 2 < end && has(f, i + 1, WORD_DETERMINER));
        land = hit_of(f, last, LEXICON_COUNTRY);
        if (is_word(f, i, f->self->of) && land && land->end == end)
            mention_read_country(f, m, last);
    }
}

/* "the country's foreign minister": of the country named last before, in the same paragraph or the one before. */
void mention_read_anaphoric_country(const MentionFinder *f, Mention *m)
{
    uint32_t at = m->first + has(f, m->first, WORD_DETERMINER);
    if (m->country >= 0 || at + 2 >= m->end || !(tok(f, at + 1)->flags & TOKEN_POSSESSIVE) || !hits_list_at(f->hits, at, f->self->anaphoric_lands))
        return;
    uint32_t paragraph = text_paragraph_of(f->text, m->first);
    uint32_t first = f->text->paragraphs[paragraph > 0 ? paragraph - 1 : 0].first_token;
    for (uint32_t k = m->first; k > first; k--) {
        const Hit *land = hit_of(f, k - 1, LEXICON_COUNTRY);
        if (land && !f->rules->countries[land->id].is_body) {
            m->country = (int32_t)land->id;
            return;
        }
    }
}
