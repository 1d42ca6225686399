#include "extract/mention_internal.h"

/*
 *     Ada Roe | and | Per Moe said ...                   JOINT_IN_FRONT, an entity "Ada Roe and Per Moe"
 *     said Ada Roe, a Democrat, | and | Per Moe          JOINT_BEHIND_VERB
 *     met Ada Roe | and | Per Moe                        JOINT_IN_PASSING: "both" may mean them, no verb is theirs
 *     Ada Roe | and | her aides said ...                 Ada Roe, the only one with a name
 *     the writer | and | teacher said ...                one, and no group
 *     the two men, both companies, the ministers         the last group that they fit
 */

/* Phrases that are read leftwards from the last of those who speak together. */
enum { PARTNERS = 8 };

static const Entity *entity_of(const MentionFinder *f, const Mention *m)
{
    return &f->map->entities.ptr[m->entity];
}

static bool is_human(const MentionFinder *f, const Mention *m)
{
    return m->entity >= 0 && !entity_of(f, m)->institution && (m->kind == MENTION_PERSON || m->kind == MENTION_ROLE);
}

static bool is_named_person(const MentionFinder *f, const Mention *m)
{
    return is_human(f, m) && !m->plural && !entity_of(f, m)->unnamed;
}

/* "British" is no partner of "Irish Lions coach Moe". */
static bool may_speak(const MentionFinder *f, const Mention *m)
{
    bool adjective = m->kind == MENTION_COUNTRY && m->end == m->first + 1 && !hit_of(f, m->first, LEXICON_COUNTRY) &&
                     !hit_of(f, m->first, LEXICON_CAPITAL);
    return m->entity >= 0 && !m->possessive && !adjective && m->kind != MENTION_PRONOUN && (m->kind != MENTION_OTHER || m->plural);
}

/* Where a name's own tokens end, in front of "(D-Fjord)" or "<ZRV>" that ends at a token. */
static uint32_t before_aside(const MentionFinder *f, uint32_t end)
{
    enum { ASIDE_TOKENS = 8 };
    if (end == 0 || (tok(f, end - 1)->mark != ')' && tok(f, end - 1)->mark != '>'))
        return end;
    char opening = tok(f, end - 1)->mark == ')' ? '(' : '<';
    for (uint32_t i = end - 1; i-- > 0 && i + ASIDE_TOKENS > end;)
        if (tok(f, i)->mark == opening)
            return i;
    return end;
}

/* The phrase that ends right before a token; -1 if none does. */
static int32_t phrase_before(const MentionFinder *f, uint32_t end)
{
    uint32_t ends[] = { end, end > 0 && tok(f, end - 1)->mark == '>' ? end - 1 : end, before_aside(f, end) };
    for (size_t i = 0; i < BASE_COUNT(ends); i++) {
        int32_t index = ends[i] > 0 ? f->map->at[ends[i] - 1] : -1;
        if (index >= 0 && f->map->mentions.ptr[index].end == ends[i])
            return may_speak(f, &f->map->mentions.ptr[index]) ? index : -1;
    }
    return -1;
}

/* "Ada Roe, a Democrat[,] and": whom an aside between commas tells more about; -1 if none does. */
static int32_t phrase_before_aside(const MentionFinder *f, uint32_t comma)
{
    enum { ASIDE_TOKENS = 16 };
    const uint32_t clause = WORD_CUE | WORD_AUXILIARY | WORD_COPULA | WORD_RELATIVE;
    for (uint32_t i = comma; i-- > 0 && i + ASIDE_TOKENS > comma && !(tok(f, i)->flags & TOKEN_QUOTED);) {
        if (tok(f, i)->mark != ',' && (tok(f, i)->kind == TOKEN_MARK || has(f, i, clause)))
            return -1;
        if (tok(f, i)->mark != ',')
            continue;
        int32_t index = phrase_before(f, i);
        bool letter = tok(f, i + 1)->span.to - tok(f, i + 1)->span.from == 1;        /* "D-Oslo" */
        bool tells = has(f, i + 1, WORD_DETERMINER | WORD_ROLE) || tok(f, i + 1)->kind == TOKEN_NUMBER || letter;
        return index >= 0 && tells && f->map->mentions.ptr[index].kind == MENTION_PERSON ? index : -1;
    }
    return -1;
}

/* Does a phrase open its clause, or follow the verb of saying that it is the subject of ("said Roe and Moe")? */
static JointPlace place_of(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->first - (m->first > 0 && tok(f, m->first - 1)->mark == '<');
    if (at == 0 || (tok(f, at)->flags & TOKEN_FIRST) || tok(f, at - 1)->kind != TOKEN_WORD || is_word(f, at - 1, f->self->that) ||
        has(f, at - 1, WORD_CONJUNCTION | WORD_ADVERB))
        return JOINT_IN_FRONT;
    bool according = at > 1 && is_word(f, at - 1, f->self->to) && has(f, at - 2, WORD_CUE | WORD_PREPOSITION);
    return has(f, at - 1, WORD_CUE) || according ? JOINT_BEHIND_VERB : JOINT_IN_PASSING;
}

/*
 * Of two phrases with "and" in between: do they mean one ("the writer and teacher", "House Ways | and | Means
 * Committee Chairman Per Moe") and not two?
 */
static bool is_one(const MentionFinder *f, const Mention *a, const Mention *b)
{
    bool role = a->kind == MENTION_ROLE && !a->plural && entity_of(f, a)->unnamed;
    bool whole = has(f, a->first, WORD_DETERMINER) && !(tok(f, a->end - 1)->flags & TOKEN_POSSESSIVE);
    if (role && !whole)
        return true;                 /* "chairman and chief executive Per Moe" */
    if (b->kind == MENTION_ROLE)
        return !b->plural && !has(f, b->first, WORD_DETERMINER);
    if (b->kind != MENTION_PERSON || b->first == b->name_first)
        return false;
    bool title = has(f, b->first, WORD_TITLE | WORD_ROLE | WORD_DETERMINER | WORD_SPEAKS_FOR) || hit_of(f, b->first, LEXICON_COUNTRY) ||
                 hit_of(f, b->first, LEXICON_DEMONYM) || hit_of(f, b->first, LEXICON_BODY);
    return has(f, b->first, WORD_SUFFIX) || (role && !mention_is_capital(f, b->first)) || (!title && !is_human(f, a));
}

/* All of them have it, or none is told of all. */
static void share(const MentionFinder *f, const Mention *const *who, size_t n, Entity *out)
{
    const Entity *first = entity_of(f, who[0]), other = { .unnamed = true };
    out->country = first->country;
    out->institution = true;
    Str office = first->office;
    for (size_t i = 0; i < n; i++) {
        const Entity *e = who[i]->entity >= 0 ? entity_of(f, who[i]) : &other;
        out->institution &= e->institution;
        if (!str_equal(e->country, out->country))
            out->country = STR_NONE;
        if (!e->office.len || e->unnamed)
            office = STR_NONE;
        else if (i > 0 && office.len && !str_equal(office, e->office))
            office = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(office), i + 1 < n ? ", " : " and ", STR_ARG(e->office));
    }
    out->office = office;
}

static Str joint_name(const MentionFinder *f, const Mention *const *who, size_t n)
{
    Str name = entity_of(f, who[0])->name;
    for (size_t i = 1; i < n; i++) {
        Str next = who[i]->entity >= 0 ? entity_of(f, who[i])->name : mention_clean_text(f, who[i]->first, who[i]->end);
        name = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(name), i + 1 < n ? ", " : " and ", STR_ARG(next));
    }
    return name;
}

static int32_t joint_entity(MentionFinder *f, const Mention *const *who, size_t n)
{
    Str name = joint_name(f, who, n);
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].plural && str_equal(f->map->entities.ptr[i].name, name))
            return (int32_t)i;
    Entity e = { .name = name, .official = -1, .unnamed = true, .plural = true, .first_token = who[0]->first };
    share(f, who, n, &e);
    return mention_add_entity(f, e);
}

/* Who stands in front of a partner in their list: behind a comma only one of his kind ("in Oslo, Roe and Moe said"). */
static int32_t partner_before(const MentionFinder *f, const Mention *m)
{
    bool comma = tok(f, m->first - 1)->mark == ',', joined = is_word(f, m->first - 1, f->self->and_);
    int32_t partner = comma || joined ? phrase_before(f, m->first - 1) : -1;
    if (partner < 0 || joined)
        return partner;
    const Mention *before = &f->map->mentions.ptr[partner];
    const Entity *e = m->entity >= 0 ? entity_of(f, m) : NULL;
    bool firms = before->kind == MENTION_BODY && e && !e->gender && e->official < 0 && !e->office.len && !e->unnamed;
    return firms || is_human(f, before) == is_human(f, m) ? partner : -1;
}

/* "Roe and his aides": those without a name speak through him who has one; -1 where all have or none has. */
static int32_t only_name(const MentionFinder *f, const Mention *const *who, size_t n)
{
    const Mention *last = who[n - 1];
    if (is_named_person(f, last) || (last->entity >= 0 && !entity_of(f, last)->unnamed))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (is_named_person(f, who[i]))
            return who[i]->entity;
    return -1;
}

/* "Ada Roe of Zorvan and Moe", "the head of the Salmon and Herring Board": what is joined is whose the first one is. */
static bool is_of_both(const MentionFinder *f, const Mention *a, const Mention *b)
{
    bool of = false;
    for (uint32_t i = a->head + 1; i < a->end; i++)
        of |= is_word(f, i, f->self->of);
    bool surname = b->kind == MENTION_PERSON && b->end == b->first + 1 && entity_of(f, b)->first_token == b->first &&
                   entity_of(f, b)->official < 0;
    bool body = b->kind == MENTION_BODY && !has(f, b->first, WORD_DETERMINER) && a->kind == MENTION_ROLE;
    return is_human(f, a) && !a->plural && of && (surname || body);
}

void mention_join(MentionFinder *f, size_t index)
{
    const Mention *who[PARTNERS], *last = &f->map->mentions.ptr[index];
    uint32_t at = last->first - (last->first > 0 && tok(f, last->first - 1)->mark == '<');
    bool others = last->entity < 0 && last->kind == MENTION_OTHER && !last->possessive;
    if (!(others || may_speak(f, last)) || at < 2 || !is_word(f, at - 1, f->self->and_) || (tok(f, at - 1)->flags & TOKEN_QUOTED))
        return;
    bool comma = tok(f, at - 2)->mark == ',';
    int32_t partner = comma ? phrase_before_aside(f, at - 2) : phrase_before(f, at - 1);
    bool aside = comma && partner >= 0;
    if (comma && partner < 0)
        partner = phrase_before(f, at - 2);          /* "Roe, Moe, and Low" */
    size_t n = 0, keep = 0;
    JointPlace place = JOINT_IN_PASSING, here = JOINT_IN_PASSING;
    who[PARTNERS - ++n] = last;
    while (partner >= 0 && n < PARTNERS) {
        const Mention *m = &f->map->mentions.ptr[partner];
        who[PARTNERS - ++n] = m;
        here = place_of(f, m);
        if (here != JOINT_IN_PASSING) {
            keep = n;
            place = here;
        }
        partner = m->first > 1 ? partner_before(f, m) : -1;
    }
    if (keep < 2)
        keep = n;
    else if (here == JOINT_IN_PASSING)
        place = JOINT_LAST_OF_LIST;
    if (place == JOINT_LAST_OF_LIST && keep > 1 && who[PARTNERS - keep]->entity == who[PARTNERS - keep - 1]->entity)
        keep--;                      /* "in a letter to his lawyer, Ada Roe, Moe and Low said" */
    if (keep < (comma && !aside ? 3 : 2))
        return;
    const Mention *const *first = &who[PARTNERS - keep];
    bool described = keep > 2 && first[0]->plural && !first[1]->plural && is_human(f, first[1]);      /* "two senators, Roe and Moe" */
    if (described || (keep > 2 && first[0]->entity == first[1]->entity)) {       /* "Roe, the head of the Salmon and Herring Board" */
        first++;
        keep--;
    }
    for (size_t i = 0; i + 1 < keep; i++)
        for (size_t k = i + 1; k < keep; k++)
            if (first[i]->entity == first[k]->entity)
                return;
    if (!others && is_one(f, first[keep - 2], last))
        return;
    int32_t only = is_of_both(f, first[keep - 2], last) ? first[keep - 2]->entity : only_name(f, first, keep);
    Joint joint = { .first = (uint32_t)(first[0] - f->map->mentions.ptr), .last = (uint32_t)index, .partners = (uint32_t)keep,
                    .place = place, .firms = true, .people = true,
                    .entity = only >= 0 ? only : joint_entity(f, first, keep) };
    for (size_t i = 0; i < keep; i++) {
        const Entity *e = first[i]->entity >= 0 ? entity_of(f, first[i]) : NULL;
        joint.firms &= e && first[i]->kind != MENTION_COUNTRY && (e->institution || !(e->unnamed || e->gender || e->official >= 0 || e->office.len));
        joint.people &= is_human(f, first[i]);
    }
    if (described)
        f->map->mentions.ptr[joint.first - 1].entity = joint.entity;
    LIST_PUSH(f->arena, &f->map->joints, joint);
}

/* "The ministers": is one of them in an office of that name? */
static bool has_office(const MentionFinder *f, const Joint *joint, const Mention *m)
{
    Str one = word(f, m->head);
    if (!str_ends(one, STR("s")))
        return false;
    one.len--;
    for (uint32_t i = joint->first; i <= joint->last; i++) {
        const Mention *who = &f->map->mentions.ptr[i];
        Token *tokens;
        size_t n = who->entity >= 0 && who->kind == MENTION_PERSON ? token_split(entity_of(f, who)->office, f->arena, &tokens) : 0;
        for (size_t k = 0; k < n; k++) {
            Str title = token_fold(entity_of(f, who)->office, &tokens[k], f->arena);
            if (str_equal(title, one) || str_equal(title, word(f, m->head)))
                return true;
        }
    }
    return false;
}

/* How many "the two men" are; 0 where no number is told. */
static uint32_t number_of(const MentionFinder *f, const Mention *m)
{
    static const Str numbers[] = { STR_INIT("two"), STR_INIT("three"), STR_INIT("four"), STR_INIT("five") };
    if (str_equal(word(f, m->first), STR("both")))
        return 2;
    uint32_t at = m->first + 1;
    for (uint32_t i = 0; m->definite && at < m->end && i < BASE_COUNT(numbers); i++)
        if (str_equal(word(f, at), numbers[i]))
            return i + 2;
    return 0;
}

bool mention_mean_joint(MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 60, MEAN_WORDS = 3 };     /* "the two men" */
    Mention *m = &f->map->mentions.ptr[index];
    uint32_t words = m->end - m->possessive - m->first;
    if (f->map->joints.len == 0 || m->kind == MENTION_PRONOUN || words > MEAN_WORDS || m->head + 1 != m->first + words ||
        mention_is_capital(f, m->head) || !(m->plural || str_ends(word(f, m->head), STR("s"))))
        return false;
    uint32_t number = number_of(f, m);
    bool firms = hits_list_at(f->hits, m->head, f->self->joint_firms), people = hits_list_at(f->hits, m->head, f->self->joint_people);
    bool lands = hits_list_at(f->hits, m->head, f->self->joint_lands);
    bool roles = has(f, m->head, WORD_ROLES), both = number == 2 && words == 2 && !m->definite, told = words == 2 + (number > 0) || both;
    if (!(m->plural || number) || !(m->definite || both) || !told)
        return false;
    for (size_t i = f->map->joints.len; i-- > 0;) {
        const Joint *joint = &f->map->joints.ptr[i];
        if (joint->last + LOOK_BACK < index)
            break;
        if (joint->place != JOINT_IN_FRONT && joint->place != JOINT_BEHIND_VERB)
            continue;
        for (uint32_t k = joint->last + 1; k < index && !number && !firms; k++) {        /* others of that kind since */
            const Mention *c = &f->map->mentions.ptr[k];
            if (c->kind == MENTION_ROLE && c->plural && c->entity >= 0 && tok(f, c->head)->hash == tok(f, m->head)->hash)
                return false;
        }
        bool fits = firms ? joint->firms : !joint->people ? number && !roles && !(lands && joint->firms) : people || (roles && (number || has_office(f, joint, m)));
        if (f->map->entities.ptr[joint->entity].plural && fits && (!number || joint->partners == number)) {
            m->entity = joint->entity;
            m->kind = MENTION_ROLE;
            m->plural = true;
            return true;
        }
    }
    return false;
}

/* Does the verb of saying of what ends at a token follow? */
static bool is_before_cue(const MentionFinder *f, uint32_t end)
{
    while (has(f, end, WORD_ADVERB | WORD_AUXILIARY))
        end++;
    bool compound = end + 1 < f->text->n_tokens && (tok(f, end + 1)->flags & TOKEN_HYPHENED);      /* "both add-on rules" */
    return has(f, end, WORD_CUE) && !mention_is_capital(f, end) && !compound;
}

uint32_t mention_group_end(const MentionFinder *f, uint32_t at)
{
    bool opens = at == 0 || (tok(f, at)->flags & TOKEN_FIRST) || tok(f, at - 1)->kind == TOKEN_QUOTE_CLOSE || is_word(f, at - 1, f->self->that) ||
                 has(f, at - 1, WORD_CONJUNCTION) || (tok(f, at - 1)->mark == ',' && !hits_list_at(f->hits, at, f->self->floating));
    for (uint32_t i = f->hits->at[at]; opens && i < f->hits->at[at + 1]; i++)
        if (hit_is_of_list(&f->hits->ptr[i], f->self->group_pronouns) && is_before_cue(f, f->hits->ptr[i].end))
            return f->hits->ptr[i].end;
    return at;
}

bool mention_floats(const MentionFinder *f, uint32_t at)
{
    bool behind = at > 0 && (f->map->at[at - 1] >= 0 || has(f, at - 1, WORD_AUXILIARY) || tok(f, at - 1)->mark == '>');
    return behind && hits_list_at(f->hits, at, f->self->floating) && is_before_cue(f, at + 1);
}

size_t mention_joints_before(const MentionMap *map, size_t index)
{
    size_t low = 0, high = map->joints.len;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (map->joints.ptr[mid].last < index)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const Joint *mention_joint_of(const MentionMap *map, size_t index)
{
    size_t at = mention_joints_before(map, index);
    return at < map->joints.len && map->joints.ptr[at].first <= index ? &map->joints.ptr[at] : NULL;
}
