#include "extract/mention_internal.h"

/* The paragraph of a token; in a story that came without line breaks each sentence is one. */
static uint32_t paragraph_of(const MentionFinder *f, uint32_t token)
{
    return f->text->n_paragraphs > 1 ? text_paragraph_of(f->text, token) : text_sentence_of(f->text, token);
}

/* Does the office in an entity's words hold the role's head ("envoy" in "deputy Ukraine envoy")? */
static bool office_has(const MentionFinder *f, const Entity *e, uint32_t head)
{
    if (!e->office.ptr)
        return false;
    Str want = word(f, head);
    Token *tokens;
    size_t n = token_split(e->office, f->arena, &tokens);
    for (size_t i = 0; i < n; i++)
        if (tokens[i].hash == tok(f, head)->hash && str_equal(token_fold(e->office, &tokens[i], f->arena), want))
            return true;
    return false;
}

static bool country_fits(const MentionFinder *f, const Entity *e, const Mention *m)
{
    return m->country < 0 || !e->country.ptr || str_equal(e->country, f->rules->countries[m->country].iso);
}

/* Does the office say what the person does ("fisheries commissioner"), or is it only a title ("Brigadier")? */
static bool has_role(const MentionFinder *f, Str office)
{
    Text text;
    Hits hits = lexicon_look_up(f->rules->lexicon, office, f->arena, &text);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_LIST && f->self->list_bits[hits.ptr[i].id] & WORD_ROLE)
            return true;
    return false;
}

/* Does a verb of saying stand beside one of the entity's names?  Then the name is a person's, not a place's. */
static bool speaks(const MentionFinder *f, size_t entity)
{
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        const Mention *m = &f->map->mentions.ptr[i];
        if (m->kind == MENTION_PERSON && m->entity == (int32_t)entity && mention_is_beside_cue(f, m))
            return true;
    }
    return false;
}

/*
 * May the entity be whom the lead called "a senior Norwegian official"?  The first person of that country whom one
 * of the next paragraphs names, unless his office is another one, or so high that nobody would call him so.
 */
static bool is_introduced(const MentionFinder *f, const Mention *m, uint32_t para, size_t index)
{
    enum { AHEAD_PARAGRAPHS = 3 };
    const Entity *e = &f->map->entities.ptr[index];
    uint32_t named = paragraph_of(f, e->first_token);
    bool person = e->official >= 0 || e->gender || e->office.ptr || speaks(f, index);
    if (e->unnamed || !person || named <= para || named > para + AHEAD_PARAGRAPHS || m->end - m->first < 2)
        return false;
    if (f->text->n_paragraphs == 1 && !(e->office.ptr && speaks(f, index) && mention_is_beside_cue(f, m)))
        return false;                /* there is less order in it: both must speak */
    for (size_t i = 0; i < f->map->mentions.len; i++) {      /* nobody else of that side in between */
        const Mention *other = &f->map->mentions.ptr[i];
        if (other->first <= m->first || other->kind != MENTION_PERSON || other->entity < 0 || other->possessive)
            continue;
        if (other->entity == (int32_t)index)
            break;
        if (country_fits(f, &f->map->entities.ptr[other->entity], m))
            return false;
    }
    if (office_has(f, e, m->head))
        return true;
    if (hits_list_at(f->hits, m->head, f->self->stay_unnamed))
        return false;            /* named as such, or not at all */
    if (!e->office.ptr)
        return true;
    if (hits_list_at(f->hits, m->head, f->self->generic_roles))
        return e->official < 0 || !mention_is_known_by_surname(f, &f->rules->officials[e->official]);
    return e->official < 0 && !has_role(f, e->office);
}

/* "The Oslo Republican": what stories call the person who spoke just before; -1 if nobody did. */
static int32_t last_speaker(const MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 40, PARAGRAPHS = 2, SENTENCES = 4 };
    const Mention *m = &f->map->mentions.ptr[index];
    uint32_t para = paragraph_of(f, m->first), reach = f->text->n_paragraphs > 1 ? PARAGRAPHS : SENTENCES;
    for (size_t i = index; hits_list_at(f->hits, m->head, f->self->epithets) && i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind == MENTION_PERSON && c->entity >= 0 && mention_is_beside_cue(f, c) && gender_fits(f->map->entities.ptr[c->entity].gender, m->gender) &&
            paragraph_of(f, c->first) + reach > para)
            return c->entity;
    }
    return -1;
}

/*
 * "the envoy" is the last person named before whose office has the word; "a senior U.S. official" in the lead is
 * the first person of that country with an office whom the next paragraphs introduce.
 */
void mention_resolve_role(MentionFinder *f, size_t index)
{
    enum { LEAD_PARAGRAPHS = 4 };
    Mention *m = &f->map->mentions.ptr[index];
    if (m->plural || m->possessive)
        return;
    uint32_t para = paragraph_of(f, m->first);
    int32_t before = -1, after = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (e->institution || !country_fits(f, e, m) || !gender_fits(e->gender, m->gender))
            continue;
        bool named_before = e->first_token < m->first;
        if (named_before && m->definite && office_has(f, e, m->head))
            before = (int32_t)i;
        else if (!named_before && after < 0 && para < LEAD_PARAGRAPHS && is_introduced(f, m, para, i))
            after = (int32_t)i;
    }
    int32_t spoke = m->definite ? last_speaker(f, index) : -1;
    if (spoke >= 0)
        before = spoke;
    m->entity = before >= 0 ? before : after;
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        if (!e->office.ptr)
            e->office = mention_clean_text(f, m->first, m->end);
        if (!e->country.ptr)
            e->country = mention_country_code(f, m->country);
        return;
    }
    Str title = mention_title_text(f, m, m->end);
    int32_t row = mention_office_holder(f->self, title, m->country, f->story->published);
    if (row < 0 || m->indefinite)
        return;
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].official >= 0 &&
            str_equal(f->rules->officials[f->map->entities.ptr[i].official].name, f->rules->officials[row].name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = mention_add_official(f, row, m->first);
    m->official = row;
}

/* Does the phrase end in a comma, an aside or its sentence, and not in the verb of the next clause? */
static bool is_closed(const MentionFinder *f, uint32_t end)
{
    return end >= f->text->n_tokens || tok(f, end)->kind == TOKEN_MARK || has(f, end, WORD_RELATIVE);
}

static void give_role(MentionFinder *f, Mention *m, int32_t entity)
{
    m->entity = entity;
    Entity *e = &f->map->entities.ptr[entity];
    if (e->institution || m->kind != MENTION_ROLE)
        return;
    if (!e->office.ptr)
        e->office = mention_clean_text(f, m->first, m->end);
    if (!e->country.ptr)
        e->country = mention_country_code(f, m->country);
}

/*
 * Appositions: "The ambassador, Pell Rimsky, said", "a Zorvan Group unit, Zorvan Plastics Inc, said": the name behind
 * is who is meant; "Pell Rimsky, 58, president of Zorvan Plastics, a maker of toys, said": the name in front.
 */
void mention_name_role(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->plural || m->possessive || (m->kind != MENTION_ROLE && m->kind != MENTION_OTHER))
        return;
    const Mention *next = index + 1 < f->map->mentions.len ? &f->map->mentions.ptr[index + 1] : NULL;
    if (next && next->entity >= 0 && next->first == m->end + 1 && tok(f, m->end)->mark == ',' && !next->possessive && is_closed(f, next->end)) {
        bool person = next->kind == MENTION_PERSON && mention_name_words(f, next) >= 2 && (m->kind == MENTION_ROLE || m->definite);
        bool body = next->kind == MENTION_BODY && next->name_end > next->name_first && m->kind == MENTION_OTHER &&
                    hits_list_at(f->hits, m->head, f->self->parts_of_firms);
        if (person || body) {
            give_role(f, m, next->entity);
            m->kind = person ? MENTION_ROLE : MENTION_BODY;
            return;
        }
    }
    if (index == 0 || m->kind != MENTION_ROLE || m->first < 2 || tok(f, m->first - 1)->mark != ',')
        return;
    uint32_t comma = m->first - 1;
    if (tok(f, comma - 1)->kind == TOKEN_NUMBER && comma >= 2 && tok(f, comma - 2)->mark == ',')
        comma -= 2;                  /* his age */
    const Mention *before = comma > 0 && f->map->at[comma - 1] >= 0 ? &f->map->mentions.ptr[f->map->at[comma - 1]] : NULL;
    if (before && before->end == comma && before->kind == MENTION_PERSON && before->entity >= 0 && !before->possessive && mention_name_words(f, before) >= 2 &&
        ((tok(f, before->first)->flags & TOKEN_FIRST) || is_closed(f, mention_apposition_end(f, m))))
        give_role(f, m, before->entity);
}

/* "Roe's office", "spokesman for President Ada Roe": the state of her who held an office on the story's day; STR_NONE. */
static Str country_of_owner(const MentionFinder *f, Str office)
{
    Text text;
    Hits hits = lexicon_look_up(f->rules->lexicon, office, f->arena, &text);
    Str country = STR_NONE;
    for (size_t i = 0; i < hits.len; i++) {
        const Hit *hit = &hits.ptr[i];
        if (hit->kind != LEXICON_PERSON && hit->kind != LEXICON_SURNAME)
            continue;
        bool owns = hit->end == text.n_tokens || text.tokens[hit->end].flags & TOKEN_POSSESSIVE || hits_list_at(&hits, hit->end, f->self->seats_of_officials);
        const Official *row = &f->rules->officials[hit->id];
        bool body = false;           /* "the UN's envoy" is no Kim Jong Un's */
        for (uint32_t k = hits.at[hit->first]; k < hits.at[hit->first + 1]; k++)
            body |= hits.ptr[k].kind == LEXICON_COUNTRY || hits.ptr[k].kind == LEXICON_BODY;
        if (body || !owns || !(text.tokens[hit->first].flags & TOKEN_CAPITAL) || !mention_held_on(row, f->story->published) ||
            (hit->words < 2 && !mention_is_known_by_surname(f, row)))
            continue;
        if (country.len && !str_equal(country, row->country))
            return STR_NONE;
        country = row->country;
    }
    return country;
}

/* "Roe's office", "the government of Ada Roe" speak for her and her country, as no campaign of hers does. */
static bool is_seat(const MentionFinder *f, Str body)
{
    Text text;
    Hits hits = lexicon_look_up(f->rules->lexicon, body, f->arena, &text);
    return text.n_tokens > 0 &&
           (hits_list_at(&hits, 0, f->self->seats_of_officials) || hits_list_at(&hits, (uint32_t)text.n_tokens - 1, f->self->seats_of_officials));
}

/* Whom the office is of: "a spokesman for Roe", "an aide to Roe", "Roe's aide".  False when it is nobody's in particular. */
static bool is_owned(const MentionFinder *f, Str office, const Names *surnames, Str *country)
{
    Token *tokens;
    size_t n = token_split(office, f->arena, &tokens);
    for (size_t i = 0; i + 1 < n; i++) {
        Str owner = STR_NONE, link = token_fold(office, &tokens[i], f->arena);
        if ((tokens[i + 1].flags & TOKEN_POSSESSIVE) && (tokens[i].flags & TOKEN_CAPITAL))
            owner = link;
        else if ((tokens[n - 1].flags & TOKEN_CAPITAL) && (str_equal(link, STR("for")) || str_equal(link, STR("to"))))
            owner = token_fold(office, &tokens[n - 1], f->arena);
        uint32_t found = owner.ptr ? names_find(surnames, owner) : NAMES_NONE;
        if (found != NAMES_NONE)
            *country = f->map->entities.ptr[found].country;
        if (owner.ptr && !country->len)
            *country = country_of_owner(f, office);
        if (owner.ptr && (country->len || !str_equal(link, STR("to"))))      /* "adviser to the Treasury": to no person */
            return true;
    }
    return false;
}

/* A role that stays without a name is somebody all the same: pronouns may mean him. */
void mention_name_unnamed(MentionFinder *f, size_t index, const Names *surnames)
{
    Mention *m = &f->map->mentions.ptr[index];
    Str name = mention_clean_text(f, m->first, m->possessive ? m->end - 1 : m->end);
    if (m->plural && hits_list_at(f->hits, m->first, f->self->quantifiers))      /* "few managers" are not the managers */
        name = str_printf(f->arena, "%.*s %.*s", STR_ARG(word(f, m->first)), STR_ARG(name));
    enum { LOOK_BACK = 100 };
    if (mention_mean_joint(f, index))
        return;
    Str owned = mention_is_beside_cue(f, m) ? mention_owned_name(f, index) : STR_NONE;
    if (owned.ptr)
        name = owned;
    bool bare = m->definite && !owned.ptr && m->end - m->first == (m->possessive ? 3u : 2u);
    for (size_t i = index; bare && i-- > 0 && index - i < LOOK_BACK;) {      /* "the officials" */
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind == MENTION_ROLE && c->entity >= 0 && c->plural == m->plural && tok(f, c->head)->hash == tok(f, m->head)->hash) {
            m->entity = c->entity;
            return;
        }
    }
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].unnamed && str_equal_nocase(f->map->entities.ptr[i].name, name)) {
            m->entity = (int32_t)i;
            return;
        }
    Str country = mention_country_code(f, m->country);
    if (!country.ptr)
        is_owned(f, name, surnames, &country);
    m->entity = mention_add_entity(f, (Entity){ .name = name, .office = name, .country = country, .official = -1,
                                        .unnamed = true, .plural = m->plural, .gender = m->gender, .first_token = m->first });
}

/* The state that a hit names, or UINT32_MAX. */
static uint32_t named_state(const MentionFinder *f, const Hit *hit)
{
    bool state = (hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_DEMONYM) && mention_is_capital(f, hit->first) &&
                 !f->rules->countries[hit->id].is_body && !mention_is_namesake(f, hit);
    return state ? hit->id : UINT32_MAX;
}

/* "a refiner", "one conservation specialist", "underwriters": by its ending. */
static bool is_person_noun(const MentionFinder *f, uint32_t at, bool plural)
{
    static const Str ends[] = { STR_INIT("er"), STR_INIT("or"), STR_INIT("ist"), STR_INIT("ian"), STR_INIT("ant"), STR_INIT("eur") };
    Str noun = word(f, at);
    if (plural && !str_ends(noun, STR("s")))
        return false;
    noun.len -= plural;
    bool person = false;
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        person |= noun.len > 4 && str_ends(noun, ends[i]);
    return person && !mention_is_capital(f, at) && !hits_list_at(f->hits, at, f->self->things);
}

/* People whom no list of roles has, when they speak: pronouns may mean them. */
void mention_name_speaker(MentionFinder *f, size_t index, const Names *surnames)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->kind != MENTION_OTHER || m->possessive || has(f, m->head, WORD_BODY | WORD_DATE | WORD_DETERMINER) || !mention_is_beside_cue(f, m))
        return;
    if (!m->indefinite && is_person_noun(f, m->head, true)) {
        m->plural = true;
        m->entity = mention_add_entity(f, (Entity){ .name = mention_clean_text(f, m->first, m->end), .official = -1, .unnamed = true, .plural = true,
                                                    .first_token = m->first });
    } else if (m->indefinite && is_person_noun(f, m->head, false)) {
        m->kind = MENTION_ROLE;
        mention_name_unnamed(f, index, surnames);
    }
}

/*
 * The country that a story names at least twice as often as any other; STR_NONE when none is.  *names_home: is that of
 * its dateline named, and not just in passing?
 */
static Str country_of_story(MentionFinder *f, bool *names_home)
{
    uint32_t *counts = ARENA_ARRAY(f->arena, uint32_t, f->rules->n_countries + 1);
    uint32_t best = UINT32_MAX, second = 0;
    for (size_t i = 0; i < f->hits->len; i++) {
        uint32_t row = named_state(f, &f->hits->ptr[i]);
        if (row == UINT32_MAX)
            continue;
        counts[row]++;
        if (best == UINT32_MAX || counts[row] > counts[best])
            best = row;
    }
    for (size_t i = 0; i < f->hits->len; i++) {
        uint32_t row = named_state(f, &f->hits->ptr[i]);
        if (row != UINT32_MAX && row != best && counts[row] > second)
            second = counts[row];
        *names_home |= row != UINT32_MAX && counts[row] * 3 >= counts[best] && str_equal(f->rules->countries[row].iso, f->map->home);
    }
    return best != UINT32_MAX && counts[best] >= 2 && counts[best] >= 2 * second ? f->rules->countries[best].iso : STR_NONE;
}

/* Serves a state, and is not that state itself. */
static bool serves_state(const MentionFinder *f, const Entity *e)
{
    bool state = false;
    for (size_t i = 0; e->country.len && i < f->rules->n_countries; i++) {
        const Country *country = &f->rules->countries[i];
        if (e->institution && str_equal(country->name, e->name))
            return false;
        state |= !country->is_body && str_equal(country->iso, e->country);
    }
    return state;
}

/* The one country that all officials and bodies serve of whom the story says whom they serve, if they are so many; STR_NONE. */
static Str country_of_officials(const MentionFinder *f, int least)
{
    Str one = STR_NONE;
    int n = 0;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (!(e->office.ptr || e->institution) || !serves_state(f, e))
            continue;
        if (one.len && !str_equal(one, e->country))
            return STR_NONE;
        one = e->country;
        n++;
    }
    return n >= least ? one : STR_NONE;
}

/* Does the office not tell that its holder serves the country of the story ("analyst", "farmer", "ambassador")? */
static bool serves_nobody(const MentionFinder *f, const Hits *office)
{
    for (size_t i = 0; i < office->len; i++)
        if (hit_is_of_list(&office->ptr[i], f->self->bystanders) || hit_is_of_list(&office->ptr[i], f->self->posted_abroad))
            return true;
    return false;
}

/* "Tory spokesman", from wherever he speaks: the lists offices-gb, offices-us ... of what one country alone has; STR_NONE. */
static Str country_of_office(const MentionFinder *f, const Hits *office)
{
    const Str mark = STR("offices-");
    for (size_t i = 0; i < office->len; i++) {
        Str list = office->ptr[i].kind == LEXICON_LIST ? f->rules->list_names[office->ptr[i].id] : STR_NONE;
        for (size_t k = 0; k < f->rules->n_countries && str_starts(list, mark); k++)
            if (str_equal_nocase(f->rules->countries[k].iso, (Str){ list.ptr + mark.len, list.len - mark.len }))
                return f->rules->countries[k].iso;
    }
    return STR_NONE;
}

/* "The government" of a story about Norland is the "Norlandic government". */
static void place_body(const MentionFinder *f, Entity *e, Str iso)
{
    for (size_t i = 0; i < f->rules->n_countries; i++) {
        Str rest = f->rules->countries[i].demonym, people;
        if (!str_equal(f->rules->countries[i].iso, iso) || !str_split(&rest, ';', &people) || people.len == 0)
            continue;
        e->country = f->rules->countries[i].iso;
        if (str_equal(iso, STR("US")))
            people = STR("U.S.");
        else if (str_ends(people, STR("er")))        /* "New Zealander": only people are that */
            people = f->rules->countries[i].name;
        e->name = str_printf(f->arena, "%.*s %.*s", STR_ARG(people), STR_ARG(e->name));
        return;
    }
}

/*
 * Officials of whom the story does not say whose they are: those of the lead serve the country of whose capital it
 * is datelined ("the deputy treasury secretary" from Washington), all others the country that the story is about.  Without
 * a dateline "the government" is that of the officials in it.
 */
void mention_place_entities(MentionFinder *f, const Names *surnames)
{
    enum { LEAD_PARAGRAPHS = 3 };
    bool names_home = false;
    Str dateline = f->map->home, about = country_of_story(f, &names_home);
    /* From Washington come stories about the governments of all the world. */
    Str nation = about.ptr && (!dateline.ptr || str_equal(dateline, about)) ? about :
                 dateline.ptr && names_home && !str_equal(dateline, STR("US")) ? dateline : STR_NONE;
    Str officials = dateline.ptr ? STR_NONE : country_of_officials(f, about.ptr ? 2 : 1);        /* a quarrel at home over a war abroad */
    if (officials.len)
        nation = officials;
    bool visited = dateline.ptr && about.ptr && !names_home && !str_equal(dateline, STR("US")) && !str_equal(about, STR("US"));      /* a minister abroad */
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        if (e->institution && e->national && !e->country.ptr && nation.ptr)
            place_body(f, e, nation);
        if (e->institution && !e->country.ptr && is_seat(f, e->name))
            e->country = country_of_owner(f, e->name);
        if (e->institution || e->country.ptr || !e->office.ptr || e->official >= 0)
            continue;
        Text text;
        Hits office = lexicon_look_up(f->rules->lexicon, e->office, f->arena, &text);
        if (serves_nobody(f, &office) || is_owned(f, e->office, surnames, &e->country))
            continue;
        e->country = country_of_office(f, &office);
        if (!e->country.len)
            e->country = text_paragraph_of(f->text, e->first_token) < LEAD_PARAGRAPHS && dateline.ptr && !visited ? dateline : about;
    }
}
