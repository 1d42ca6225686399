#include "extract/attribution_internal.h"

static Str without_determiner(const Finder *f, const Mention *m)
{
    uint32_t first = m->first;
    if (m->end > first + 1 && has(f, first, WORD_DETERMINER) && !is_word(f, first + 1, f->by->of))
        first++;                     /* but "one of the filings" */
    return str_slice(f->text->text, token_span(f->text, first, m->end));
}

/* The phrase that ends right before a token and may speak together with the one behind it; -1 if none does. */
static int32_t partner_before(const Finder *f, uint32_t end)
{
    int32_t index = end > 0 ? f->map->at[end - 1] : -1;
    const Mention *m = index >= 0 ? &f->map->mentions.ptr[index] : NULL;
    return m && m->end == end && m->entity >= 0 && !m->possessive && m->kind != MENTION_OTHER && m->kind != MENTION_PRONOUN ? index : -1;
}

static bool is_named_person(const Finder *f, int32_t mention)
{
    const Mention *m = &f->map->mentions.ptr[mention];
    return m->kind == MENTION_PERSON && m->entity >= 0;
}

/*
 * "Roe, Moe and the ministry said": given the last of those who speak together, the token at which the first begins.
 * They must open their clause: in "thanked Roe and Moe said" only Moe speaks.  *speaker is the last, or the first
 * person who is named when the last is none: "Roe and his aides".
 */
static uint32_t first_partner(const Finder *f, int32_t last, int32_t *speaker)
{
    int32_t first = last, person = last;
    for (int32_t partner = last; partner >= 0;) {
        first = partner;
        if (!is_named_person(f, last) && is_named_person(f, first))
            person = first;
        uint32_t at = f->map->mentions.ptr[first].first;
        bool joined = at > 0 && (is_word(f, at - 1, f->by->and_) || (first != last && is_mark(f, at - 1, ",")));
        partner = joined ? partner_before(f, at - 1) : -1;
    }
    uint32_t at = f->map->mentions.ptr[first].first;
    bool opens = at == 0 || (tok(f, at)->flags & TOKEN_FIRST) || tok(f, at - 1)->kind != TOKEN_WORD || is_word(f, at - 1, f->by->that) ||
                 has(f, at - 1, WORD_CONJUNCTION | WORD_ADVERB);
    *speaker = opens ? person : last;
    return opens ? at : f->map->mentions.ptr[last].first;
}

void attribution_speak_as(const Finder *f, Statement *st, int32_t entity)
{
    const Entity *e = &f->map->entities.ptr[entity];
    st->speaker = e->name;
    st->office = e->office;
    st->country = e->country;
    st->institution = e->institution;
    st->official = e->official >= 0 ? f->rules->officials[e->official].name : STR_NONE;
}

/* "a study by the Salmon Fund": whose words a document holds; -1 if that is not told. */
static int32_t author_of(const Finder *f, const Mention *m)
{
    bool document = m->kind == MENTION_BODY && m->country < 0 && m->name_end == m->name_first &&
                    m->end + 1 < f->text->n_tokens && is_word(f, m->end, f->by->by);
    int32_t behind = document ? f->map->at[m->end + 1] : -1;
    const Mention *author = behind >= 0 ? &f->map->mentions.ptr[behind] : NULL;
    return author && !author->possessive && (author->kind == MENTION_BODY || author->kind == MENTION_PERSON) ? author->entity : -1;
}

int32_t attribution_set_speaker(const Finder *f, Statement *st, int32_t mention)
{
    if (mention < 0)
        return -1;
    uint32_t end = f->map->mentions.ptr[mention].end, first = first_partner(f, mention, &mention);
    const Mention *m = &f->map->mentions.ptr[mention];
    st->speaker_span = token_span(f->text, first, end);
    st->has_speaker_span = true;
    st->speaker_text = str_slice(f->text->text, st->speaker_span);
    int32_t entity = mention_resolve(f->text, f->map, (size_t)mention, f->speaker);
    st->bystander = m->kind == MENTION_OTHER || hits_list_at(f->hits, m->head, f->by->bystanders);
    int32_t author = author_of(f, m);
    if (author >= 0)
        entity = author;
    if (entity >= 0) {
        const Entity *e = &f->map->entities.ptr[entity];
        st->bystander = st->bystander && (e->unnamed || e->institution);
        attribution_speak_as(f, st, entity);
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
