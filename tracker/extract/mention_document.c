#include "extract/mention_internal.h"

/*
 *     a report | by the Salmon Board                     who wrote it stands behind
 *     the Salmon Board published | a report              or in front
 *     in a letter | to the board, Ada Roe wrote          or behind a comma
 *     The report | said ...                              as far as the story tells: the Salmon Board
 *     his office | said ...                              "Per Moe's office"
 */

/* A noun for what somebody has written or found: "the report", "its figures". */
static bool is_paper(const MentionFinder *f, const Mention *m)
{
    return (m->kind == MENTION_BODY || m->kind == MENTION_OTHER) && m->country < 0 && m->body < 0 && hits_list_at(f->hits, m->head, f->self->papers);
}

/* Who may have written it; -1 for places and for papers themselves. */
static int32_t writer_at(const MentionFinder *f, int32_t index)
{
    const Mention *m = index >= 0 ? &f->map->mentions.ptr[index] : NULL;
    bool writes = m && m->entity >= 0 && !m->possessive && m->kind != MENTION_COUNTRY && m->kind != MENTION_PRONOUN && !is_paper(f, m);
    return writes ? m->entity : -1;
}

static bool is_among(const MentionFinder *f, uint32_t at, int list)
{
    return at < f->text->n_tokens && hits_list_at(f->hits, at, list);
}

/* "the report", not "his report" */
static bool is_article(const MentionFinder *f, const Mention *m)
{
    return hits_list_at(f->hits, m->first, f->self->articles);
}

/* "a report by the Salmon Board", "a letter signed by Ada Roe", "figures from the bureau" */
static int32_t writer_behind(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->end;
    if (is_among(f, at, f->self->issuing))
        at++;
    bool owned = m->definite && !is_article(f, m);       /* "drew its data from that report" */
    bool by = at + 1 < f->text->n_tokens && (is_word(f, at, f->self->by) || (at == m->end && !owned && is_word(f, at, f->self->from)));
    return by ? writer_at(f, f->map->at[at + 1]) : -1;
}

/* The subject of a verb: of "the envoy in Oslo wrote" the envoy; nobody where it is passive. */
static int32_t writer_before(const MentionFinder *f, uint32_t verb)
{
    uint32_t at = verb;
    while (at > 0 && has(f, at - 1, WORD_ADVERB | WORD_AUXILIARY | WORD_DATE) && !has(f, at - 1, WORD_COPULA))
        at--;
    at = at > 0 && tok(f, at - 1)->mark == '>' ? at - 1 : at;
    int32_t index = at > 0 ? f->map->at[at - 1] : -1;
    if (index < 0 || f->map->mentions.ptr[index].end != at)
        return -1;
    uint32_t first = f->map->mentions.ptr[index].first;
    if (first > 1 && has(f, first - 1, WORD_PREPOSITION)) {
        index = f->map->at[first - 2];
        if (index < 0 || f->map->mentions.ptr[index].end != first - 1)
            return -1;
    }
    const Joint *joint = mention_joint_of(f->map, (size_t)index);
    return joint && joint->last == (uint32_t)index && joint->place == JOINT_IN_FRONT ? joint->entity : writer_at(f, index);
}

/* "The Salmon Board published a report", "Roe said on Monday in a letter", "said Roe in a letter" */
static int32_t writer_in_front(const MentionFinder *f, const Mention *m)
{
    enum { REACH = 8 };
    uint32_t at = m->first;
    if (at == 0)
        return -1;
    if (is_among(f, at - 1, f->self->issuing))
        return writer_before(f, at - 1);
    if (!is_word(f, at - 1, f->self->in_))
        return -1;
    for (uint32_t i = at - 1; i-- > 0 && i + REACH > at && tok(f, i)->kind != TOKEN_MARK;) {
        if (!has(f, i, WORD_CUE) || f->map->at[i] >= 0)
            continue;
        int32_t writer = writer_before(f, i);
        return writer < 0 && f->map->at[i + 1] >= 0 ? writer_at(f, f->map->at[i + 1]) : writer;
    }
    return -1;
}

/* "In a letter to the board, Ada Roe wrote": who speaks behind the comma. */
static int32_t writer_behind_comma(const MentionFinder *f, const Mention *m)
{
    enum { REACH = 12 };
    if (m->first == 0 || !is_word(f, m->first - 1, f->self->in_) || !(tok(f, m->first - 1)->flags & TOKEN_FIRST))
        return -1;
    uint32_t at = m->end;
    while (at < m->end + REACH && at + 1 < f->text->n_tokens && tok(f, at)->kind != TOKEN_MARK)
        at++;
    int32_t index = at + 1 < f->text->n_tokens && tok(f, at)->mark == ',' ? f->map->at[at + 1] : -1;
    if (index < 0)
        return -1;
    const Joint *joint = mention_joint_of(f->map, (size_t)index);
    if (joint && joint->first == (uint32_t)index && joint->place != JOINT_IN_PASSING)
        return joint->entity;
    return mention_is_beside_cue(f, &f->map->mentions.ptr[index]) ? writer_at(f, index) : -1;
}

static int32_t writer_of(const MentionFinder *f, const Mention *m)
{
    int32_t writer = writer_behind(f, m);
    if (writer < 0)
        writer = writer_in_front(f, m);
    return writer < 0 ? writer_behind_comma(f, m) : writer;
}

/* "The report", "the 40-page letter": one of which the story has told. */
static int32_t writer_told(const MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 150 };
    const Mention *m = &f->map->mentions.ptr[index];
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (!is_paper(f, c) || tok(f, c->head)->hash != tok(f, m->head)->hash)
            continue;
        if (f->writers[i] >= 0 || c->indefinite || c->possessive)
            return f->writers[i];
    }
    return -1;
}

/* Nothing tells that it is a person's name: those who publish reports are bodies. */
static void take_for_body(Entity *e)
{
    e->institution |= !e->gender && e->official < 0 && !e->office.len && !e->unnamed && !e->surnamed && !e->plural;
}

/* "His office": gender and number are those of the owner.  False where no pronoun tells of one. */
static bool read_owner(const MentionFinder *f, Mention *m)
{
    Str owner = word(f, m->first);
    bool his = str_equal(owner, STR("his")), her = str_equal(owner, STR("her")), their = str_equal(owner, STR("their"));
    if (m->end > m->first + 4 || !(his || her || their || str_equal(owner, STR("its"))))
        return false;
    m->owned = true;
    m->gender = his ? 'M' : her ? 'F' : 0;
    m->plural = their;
    return true;
}

/* "According to his web page": whose it is will be told as of a pronoun. */
static void note_owner(const MentionFinder *f, Mention *m)
{
    if (read_owner(f, m))
        m->kind = MENTION_BODY;
}

/* Is it somebody whom "his" may mean, or something by a name of its own that "its" may; not the place of a dateline? */
static bool may_own(const MentionFinder *f, const Entity *e, char gender)
{
    if (e->unnamed || e->document || e->plural || e->name.len == 0)
        return false;
    bool dateline = e->first_token == 0 && f->text->n_tokens > 1 && tok(f, 1)->mark == '(';
    bool named = !(e->name.ptr[0] >= 'a' && e->name.ptr[0] <= 'z');
    return gender ? !e->institution && (e->gender || e->official >= 0 || e->office.len) : e->institution && named && !dateline;
}

Str mention_owned_name(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index], whole = *m;
    if ((m->first > 0 && has(f, m->first - 1, WORD_CONJUNCTION) && !(tok(f, m->first - 1)->flags & TOKEN_FIRST)) || !read_owner(f, m))
        return STR_NONE;             /* "Roe and his office" */
    char gender = m->gender;
    int32_t owner = m->plural ? -1 : mention_resolve(f->text, f->map, index, -1);
    *m = whole;
    const Entity *e = owner >= 0 ? &f->map->entities.ptr[owner] : NULL;
    if (!e || !may_own(f, e, gender))
        return STR_NONE;
    Str own = mention_clean_text(f, m->first, m->end - m->possessive);
    return str_printf(f->arena, "%.*s'%s %.*s", STR_ARG(e->name), str_ends(e->name, STR("s")) ? "" : "s", STR_ARG(own));
}

void mention_find_writers(MentionFinder *f)
{
    f->writers = ARENA_ARRAY(f->arena, int32_t, f->map->mentions.len + 1);
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        Mention *m = &f->map->mentions.ptr[i];
        f->writers[i] = -1;
        if (m->possessive || !is_paper(f, m))
            continue;
        int32_t behind = writer_behind(f, m);
        f->writers[i] = writer_of(f, m);
        bool bare = m->definite && m->end == m->first + 2 && is_article(f, m);
        if (f->writers[i] < 0 && bare)
            f->writers[i] = writer_told(f, i);
        if (f->writers[i] >= 0 && (bare || behind >= 0)) {
            m->entity = f->writers[i];
            m->kind = MENTION_BODY;
            take_for_body(&f->map->entities.ptr[m->entity]);
        } else if (f->writers[i] < 0) {
            note_owner(f, m);
        }
    }
}
