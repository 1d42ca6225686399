#include "extract/mention_internal.h"

/* What ends the name of a firm also in small letters: "Zorvan Salmon corp". */
static bool is_small_suffix(const MentionFinder *f, uint32_t at)
{
    return hits_list_at(f->hits, at, f->self->small_suffixes) && !(tok(f, at)->flags & TOKEN_CAPITAL);
}

/* "S and P", "Poor's Corp": the "and" and the "'s" of a firm's name, which ends at `end`. */
static bool is_inside_firm(const MentionFinder *f, uint32_t first, uint32_t at, uint32_t end)
{
    if (at == first || !mention_is_capital(f, at - 1) || has(f, at - 1, WORD_ROLE | WORD_TITLE))
        return false;
    return tok(f, at)->word == f->self->and_ || ((tok(f, at)->flags & TOKEN_POSSESSIVE) && at + 1 < end && has(f, at + 1, WORD_SUFFIX));
}

int32_t mention_best_official(const MentionFinder *f, uint32_t at, uint32_t end)
{
    enum { BEFORE_OFFICE_DAYS = 12 * 366 };
    const Official *best = NULL, *known = NULL;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_PERSON || hit->end != end)
            continue;
        const Official *row = &f->rules->officials[hit->id];
        if (f->story->published != DATE_UNKNOWN && row->from != DATE_UNKNOWN && row->from > f->story->published + BEFORE_OFFICE_DAYS)
            continue;                /* somebody else of that name */
        if (mention_held_on(row, f->story->published) && mention_better_row(row, best))
            best = row;
        if (!known || row < known)
            known = row;
    }
    if (!best)
        best = known;
    return best ? (int32_t)(best - f->rules->officials) : -1;
}

/*
 * The personal name in a phrase: a roster name, or the capitalised words at its end behind titles, roles,
 * countries and bodies.
 */
static bool read_name(const MentionFinder *f, Mention *m)
{
    uint32_t end = m->end;
    while (end > m->first && (tok(f, end - 1)->flags & TOKEN_POSSESSIVE))
        end--;
    for (uint32_t at = m->first; at < end; at++) {
        const Hit *hit = hit_of(f, at, LEXICON_PERSON);
        if (!hit || hit->end > end || hit->words < 2)
            continue;
        /* "Ada Roe's deputy", "an Ada Roe aide": somebody else's name in front of the one meant */
        if (hit->end < end && ((tok(f, hit->end)->flags & TOKEN_POSSESSIVE) || has(f, hit->end, WORD_ROLE | WORD_ROLES | WORD_BODY) ||
                               !mention_is_capital(f, hit->end)))
            continue;
        /* "Per Moe Jr." is no Per Moe of the roster, unless he is called "Senator Per Moe Jr." */
        if (hit->end < end && hits_list_at(f->hits, hit->end, f->self->generations) && !(at > m->first && has(f, at - 1, WORD_TITLE)))
            continue;
        m->name_first = at;
        m->name_end = hit->end;
        m->official = mention_best_official(f, at, hit->end);
        return true;
    }
    uint32_t from = end;
    while (from > m->first) {
        uint32_t k = from - 1;
        if (tok(f, k)->kind == TOKEN_QUOTE_CLOSE && k >= m->first + 3) {         /* a nickname */
            from = k - 2;
            continue;
        }
        if (from == end && k >= m->first + 2 && (tok(f, k)->flags & TOKEN_HYPHENED) && mention_is_capital(f, k - 1) && mention_is_capital(f, k - 2) &&
            !has(f, k - 2, WORD_TITLE | WORD_ROLE) && !(tok(f, k - 2)->flags & TOKEN_POSSESSIVE) && !has(f, k, WORD_VERB | WORD_PREPOSITION | WORD_CUE)) {
            from = k - 1;            /* Moe Per-li */
            continue;
        }
        if (tok(f, k)->kind == TOKEN_MARK && from < end) {       /* "Zorvan (Far East) Ltd", "A/S" */
            bool closes = tok(f, k)->mark == ')';
            from = k;
            while (closes && from > m->first && tok(f, from)->mark != '(')
                from--;
            continue;
        }
        if (tok(f, k)->kind != TOKEN_WORD)
            break;
        bool plain_capital = mention_is_capital(f, k) && !has(f, k, WORD_TITLE | WORD_ROLE | WORD_ROLES | WORD_DATE | WORD_DETERMINER | WORD_PRONOUN);
        plain_capital |= k == m->first && from + 1 == end && has(f, k, WORD_GIVEN) && has(f, k, WORD_ROLE) && mention_is_capital(f, k);  /* Dean Roe */
        plain_capital |= from == end && k > m->first && has(f, k - 1, WORD_GIVEN) && mention_is_capital(f, k - 1) && mention_is_capital(f, k) &&
                         has(f, k, WORD_TITLE | WORD_ROLE);      /* Per Baron */
        bool suffix = k > m->first && is_small_suffix(f, k) && mention_is_capital(f, k - 1) && !has(f, k - 1, WORD_ROLE | WORD_TITLE) &&
                      !(tok(f, k - 1)->flags & TOKEN_POSSESSIVE) && !hit_of(f, k - 1, LEXICON_DEMONYM);        /* "Zorvan Salmon corp" */
        bool inside = suffix || (from < end && has(f, k, WORD_PARTICLE)) || (from < end && is_inside_firm(f, m->first, k, end));
        if ((!plain_capital && !inside) || ((tok(f, k)->flags & TOKEN_POSSESSIVE) && !inside))
            break;
        from = k;
    }
    while (from < end && !mention_is_capital(f, from))
        from++;
    /* Countries and demonyms in front are no part of the name: "French Ada Roe" */
    for (bool moved = true; moved && from < end;) {
        moved = false;
        const Hit *hit = hit_of(f, from, LEXICON_DEMONYM);
        if (!hit)
            hit = hit_of(f, from, LEXICON_COUNTRY);
        if (hit && hit->end < end && !(has(f, from, WORD_GIVEN) && hit->words == 1 && end - from == 2)) {
            from = hit->end;
            moved = true;
        }
        hit = hit_of(f, from, LEXICON_BODY);
        if (hit && hit->end < end) {
            from = hit->end;
            moved = true;
        }
    }
    if (from >= end)
        return false;
    m->name_first = from;
    m->name_end = end;
    return true;
}

static char gender_of(const MentionFinder *f, const Mention *m)
{
    if (m->official >= 0 && f->rules->officials[m->official].gender)
        return f->rules->officials[m->official].gender;
    if (m->name_end > m->name_first + 1) {       /* "chairman Ada Roe"; a single name is a surname: Young, Kelly */
        const Hit *given = hit_of(f, m->name_first, LEXICON_GIVEN);
        if (given && (given->id == 'M' || given->id == 'F'))
            return (char)given->id;
    }
    for (uint32_t i = m->first; i < m->end; i++)
        if (has(f, i, WORD_MAN | WORD_WOMAN))
            return has(f, i, WORD_MAN) ? 'M' : 'F';
    return 0;
}

static bool is_org_name(const MentionFinder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (has(f, i, WORD_BODY | WORD_SUFFIX) || tok(f, i)->word == f->self->and_ || tok(f, i)->mark == '/')
            return true;
    return false;
}

static bool is_role_phrase(const MentionFinder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = f->hits->at[first]; i < f->hits->at[first + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_LIST && f->hits->ptr[i].end == end && (f->self->list_bits[f->hits->ptr[i].id] & WORD_ROLE))
            return true;
    return false;
}

/*
 * "the ambassador to the United States Ada Roe", "Secretary of State Per Moe": a name right behind what the role is
 * of.  Not "a spokesman for Ada Roe", "an aide to President Moe".
 */
static bool read_name_behind(const MentionFinder *f, Mention *m, uint32_t from, uint32_t end)
{
    for (uint32_t i = from + 2; i + 1 < end; i++) {
        const Hit *person = hit_of(f, i, LEXICON_PERSON);
        bool given = has(f, i, WORD_GIVEN) && mention_is_capital(f, i) && mention_is_capital(f, i + 1) && end - i <= 4;
        bool land_ends = false;      /* "ambassador to Norland [Octavio Moe]": nobody need know his given name */
        for (uint32_t k = from + 1; k < i && !land_ends; k++) {
            const Hit *land = hit_of(f, k, LEXICON_COUNTRY);
            land_ends = land && land->end == i && mention_is_capital(f, i) && end - i >= 2 && tok(f, from)->word == f->self->to &&
                        !is_org_name(f, i, end) && !has(f, i, WORD_PORTFOLIO);
        }
        given |= land_ends;
        bool own_role = is_role_phrase(f, m->head, i);       /* "chief of staff [Ada Roe]" */
        bool office = given && has(f, i - 1, WORD_PORTFOLIO);        /* "undersecretary of economic affairs [Ada Roe]" */
        if ((!given && (!person || person->words < 2)) || (!mention_is_capital(f, i - 1) && !office) ||
            (has(f, i - 1, WORD_ROLE | WORD_TITLE | WORD_DETERMINER) && !own_role) || has(f, i - 1, WORD_GIVEN))
            continue;
        m->name_first = i;
        m->name_end = end;
        m->official = mention_best_official(f, i, end);
        return true;
    }
    return false;
}

/* "Bank of Norland ..." */
static bool of_something(const MentionFinder *f, uint32_t at, uint32_t end)
{
    if (at + 2 >= end || !is_word(f, at, f->self->of) || !mention_is_capital(f, at - 1))
        return false;
    bool firm = false;               /* "Salmon International of Fjord Inc ..." */
    for (uint32_t i = at + 1; i + 1 < end && !firm; i++)
        firm = has(f, i, WORD_SUFFIX) && mention_is_capital(f, i);
    return firm || has(f, at - 1, WORD_BODY);
}

/*
 * "Bank of Norland governor [Ada Roe]", "Department of Fisheries officials": the last role in it, if it ends the
 * phrase or a capitalised name does; else `end`.
 */
static uint32_t last_role(const MentionFinder *f, uint32_t from, uint32_t end)
{
    uint32_t at = end - 1;
    while (at > from + 1 && mention_is_capital(f, at) && !has(f, at, WORD_ROLE | WORD_ROLES | WORD_TITLE) && tok(f, at)->kind == TOKEN_WORD &&
           !(tok(f, at)->flags & TOKEN_POSSESSIVE))
        at--;
    return at > from + 1 && has(f, at, WORD_ROLE | (at + 1 == end ? WORD_ROLES : WORD_TITLE)) ? at : end;
}

/* "Bank of Zorvania's [Rimsky]": who works there; `end` when no name ends the phrase so. */
static uint32_t owned_name(const MentionFinder *f, uint32_t from, uint32_t end)
{
    if (from + 3 >= end || !is_word(f, from, f->self->of) || !mention_is_capital(f, from - 1) || !has(f, from - 1, WORD_BODY))
        return end;
    uint32_t at = end - 1;
    while (at > from + 2 && mention_is_capital(f, at) && !(tok(f, at)->flags & TOKEN_POSSESSIVE) && !hit_of(f, at, LEXICON_COUNTRY) &&
           !has(f, at, WORD_BODY | WORD_SUFFIX | WORD_ROLE | WORD_ROLES | WORD_TITLE | WORD_PORTFOLIO | WORD_DATE))
        at--;
    return at + 1 < end && tok(f, at)->flags & TOKEN_POSSESSIVE ? at + 1 : end;
}

/* "the newspaper Fjordposten", "its statistics agency Norstat": what stands in front of the name tells that it is a body's. */
static bool is_described_body(const MentionFinder *f, uint32_t first, uint32_t name)
{
    if (name == first || mention_is_capital(f, name - 1))
        return false;
    bool surely = hits_list_at(f->hits, name - 1, f->self->anaphoric_firms) || hits_list_at(f->hits, name - 1, f->self->press);
    return surely || (has(f, name - 1, WORD_BODY) && !has(f, name, WORD_GIVEN));
}

/* "General Salmon of Norland Ltd", "Salmon Banks of Fjord Inc"; not "Ada Roe of Salmon Ltd".  `of` is the token of that word. */
static bool is_firm_of_place(const MentionFinder *f, uint32_t first, uint32_t of, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!mention_is_capital(f, i) && !is_word(f, i, f->self->of))
            return false;
    const Hit *land = hit_of(f, of + 1, LEXICON_COUNTRY);
    return has(f, end - 1, WORD_SUFFIX) && !has(f, first, WORD_GIVEN) && !has(f, of - 1, WORD_ROLE | WORD_ROLES) &&
           (land || has(f, of - 1, WORD_BODY) || str_ends(word(f, of - 1), STR("s")));
}

bool mention_is_body_for(const MentionFinder *f, uint32_t at, uint32_t limit)
{
    return at > 0 && at + 1 < limit && mention_is_capital(f, at - 1) && mention_is_capital(f, at + 1) && !has(f, at + 1, WORD_DATE) &&
           hits_list_at(f->hits, at - 1, f->self->purpose_bodies) && hits_list_at(f->hits, at, f->self->purpose_prepositions);
}

/* What a phrase is that ends in a name of nobody of the roster. */
static void classify_named(const MentionFinder *f, Mention *m, const Mention *name)
{
    uint32_t n = name->name_end - name->name_first;
    bool titled = name->name_first > m->first && has(f, name->name_first - 1, WORD_TITLE | WORD_ROLE);
    bool given = has(f, name->name_first, WORD_GIVEN);
    const Hit *body = mention_seat_at(f, name->name_first, LEXICON_BODY);
    const Hit *land = hit_of(f, name->name_first, LEXICON_COUNTRY);
    const Hit *capital = mention_seat_at(f, name->name_first, LEXICON_CAPITAL);
    const Hit *people = n == 1 && !m->indefinite ? hit_of(f, name->name_first, LEXICON_DEMONYM) : NULL;      /* "the Japanese" */
    if (!land)
        land = people;
    if (body && body->end == name->name_end) {
        m->kind = MENTION_BODY;
        m->body = (int32_t)body->id;
    } else if (!titled && land && land->end == name->name_end) {
        m->kind = MENTION_COUNTRY;
        m->country = (int32_t)land->id;
    } else if (!titled && capital && capital->end == name->name_end) {
        m->kind = MENTION_COUNTRY;
        m->country = (int32_t)capital->id;
    } else if (is_org_name(f, name->name_first, name->name_end) || is_described_body(f, m->first, name->name_first)) {
        m->kind = MENTION_BODY;
    } else if (titled || (given && n >= 2)) {
        m->kind = MENTION_PERSON;
    } else if (n >= 2 && n <= 4) {
        m->kind = m->definite ? MENTION_BODY : MENTION_PERSON;
    } else if (n == 1) {
        m->kind = MENTION_PERSON;        /* a surname, if the story or the roster knows it: see name_entities */
    }
}

void mention_classify(MentionFinder *f, Mention *m)
{
    m->name_first = m->name_end = m->head = m->first;
    m->official = m->country = m->body = m->entity = -1;
    m->kind = MENTION_OTHER;
    uint32_t end = m->end;
    if (end > m->first && (tok(f, end - 1)->flags & TOKEN_POSSESSIVE)) {
        m->possessive = true;
        end--;
    }
    if (has(f, m->first, WORD_PRONOUN) && m->end - m->first <= 2) {
        m->kind = MENTION_PRONOUN;
        m->gender = has(f, m->first, WORD_HE) ? 'M' : has(f, m->first, WORD_SHE) ? 'F' : 0;
        m->plural = has(f, m->first, WORD_THEY);
        return;
    }
    if (has(f, m->first, WORD_DETERMINER)) {
        Str det = word(f, m->first);
        m->definite = str_equal(det, STR("the")) || str_equal(det, STR("his")) || str_equal(det, STR("her")) || str_equal(det, STR("its"));
        m->indefinite = str_equal(det, STR("a")) || str_equal(det, STR("an")) || str_equal(det, STR("one"));
    }
    /* The head noun: the last word of the first part ("a spokesman for the ministry" -> spokesman). */
    uint32_t head_end = m->first;
    while (head_end < end && !(has(f, head_end, WORD_PREPOSITION) && !mention_is_capital(f, head_end)))
        head_end++;
    uint32_t head = head_end > m->first ? head_end - 1 : m->first;
    while (head > m->first && (tok(f, head)->flags & TOKEN_POSSESSIVE))
        head--;
    m->head = head;
    for (uint32_t i = m->first; i < head_end; i++)
        mention_read_country(f, m, i);
    if (mention_joins_countries(f, m, head_end))
        m->country = -1;
    mention_read_body_country(f, m, end);
    if (head_end < end && (is_firm_of_place(f, m->first, head_end, end) || mention_is_body_for(f, head_end, end))) {
        m->kind = MENTION_BODY;
        m->name_end = end;
        while (!mention_is_capital(f, m->name_first) || has(f, m->name_first, WORD_DETERMINER))
            m->name_first++;
        return;
    }
    bool head_role = has(f, head, WORD_ROLE), head_roles = has(f, head, WORD_ROLES);
    Mention front = *m;
    front.end = head_end;
    bool named = read_name(f, &front);
    if (head_role && head_end < end && read_name_behind(f, m, head_end, end)) {
        m->kind = MENTION_PERSON;
        m->gender = gender_of(f, m);
        return;
    }
    uint32_t owned = head_role || head_roles ? end : owned_name(f, head_end, end);
    if (owned < end) {
        m->kind = MENTION_PERSON;
        m->country = -1;
        m->name_first = owned;
        m->name_end = end;
        return;
    }
    uint32_t role = head_role || head_roles || !of_something(f, head_end, end) ? end : last_role(f, head_end, end);
    for (uint32_t i = head_end; i < role && role < end; i++)
        mention_read_country(f, m, i);
    if (role + 1 < end) {
        m->kind = MENTION_PERSON;
        m->name_first = role + 1;
        m->name_end = end;
        m->official = mention_best_official(f, role + 1, end);
        m->gender = gender_of(f, m);
        return;
    }
    if (role < end) {
        m->head = role;
        m->kind = MENTION_ROLE;
        m->plural = has(f, role, WORD_ROLES);
        m->gender = m->plural ? 0 : gender_of(f, m);
        return;
    }
    if (named && front.official >= 0) {
        m->kind = MENTION_PERSON;
    } else if (head_role && !(named && front.name_end == head_end && front.name_end - front.name_first >= 2 && has(f, front.name_first, WORD_GIVEN))) {
        m->kind = MENTION_ROLE;
        named = false;
    } else if (head_roles) {
        m->kind = MENTION_ROLE;
        m->plural = true;
        named = false;
    } else if (named && front.name_end == head + 1) {
        classify_named(f, m, &front);
    } else if (has(f, head, WORD_BODY)) {
        m->kind = MENTION_BODY;
        named = false;
    } else {
        named = false;
        for (uint32_t i = m->first; i < head_end; i++) {
            const Hit *body = mention_seat_at(f, i, LEXICON_BODY);
            if (body && body->end == head + 1) {
                m->kind = MENTION_BODY;
                m->body = (int32_t)body->id;
                break;
            }
        }
    }
    if (m->kind == MENTION_BODY && m->body >= 0)
        mention_read_body_country(f, m, end);
    if (m->kind == MENTION_ROLE && mention_is_topic(f, m))
        m->country = -1;
    if (m->kind == MENTION_ROLE)
        mention_read_country_behind(f, m, head_end, end);
    if (named && (m->kind == MENTION_PERSON || m->kind == MENTION_BODY || m->kind == MENTION_COUNTRY)) {
        m->name_first = front.name_first;
        m->name_end = front.name_end;
        m->official = m->kind == MENTION_PERSON ? front.official : -1;
    }
    if (m->kind == MENTION_PERSON) {         /* Chad Roe is of no country */
        m->country = -1;
        for (uint32_t i = m->first; i < m->name_first; i++)
            mention_read_country(f, m, i);
        mention_read_body_country(f, m, m->name_first);
    }
    m->gender = m->plural ? 0 : gender_of(f, m);
}
