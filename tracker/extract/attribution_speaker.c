#include "extract/attribution_internal.h"

static Str without_determiner(const Finder *f, const Mention *m)
{
    uint32_t first = m->first;
    if (m->end > first + 1 && has(f, first, WORD_DETERMINER) && !has(f, first + 1, WORD_PREPOSITION))
        first++;                     /* but "one of the filings", "some in the party" */
    return str_slice(f->text->text, token_span(f->text, first, m->end));
}

/* The group that speaks where a mention does, all in front of the verb or all behind it ("said Roe and Moe"); NULL if none does. */
static const Joint *group_of(const Finder *f, int32_t mention, uint32_t cue)
{
    const Joint *joint = mention_joint_of(f->map, (size_t)mention);
    if (!joint || joint->place == JOINT_IN_PASSING)
        return NULL;
    bool behind = f->map->mentions.ptr[joint->first].first > cue, front = f->map->mentions.ptr[joint->last].end <= cue;
    return (joint->place == JOINT_BEHIND_VERB ? behind && (int32_t)joint->first == mention : front) ? joint : NULL;
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

int32_t attribution_set_speaker(const Finder *f, Statement *st, int32_t mention, uint32_t cue)
{
    if (mention < 0)
        return -1;
    const Mention *m = &f->map->mentions.ptr[mention];
    const Joint *joint = group_of(f, mention, cue);
    st->speaker_span = joint ? token_span(f->text, f->map->mentions.ptr[joint->first].first, f->map->mentions.ptr[joint->last].end)
                             : token_span(f->text, m->first, m->end);
    st->has_speaker_span = true;
    st->speaker_text = str_slice(f->text->text, st->speaker_span);
    int32_t entity = joint ? joint->entity : mention_resolve(f->text, f->map, (size_t)mention, f->speaker);
    st->bystander = m->kind == MENTION_OTHER || hits_list_at(f->hits, m->head, f->by->bystanders);
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
