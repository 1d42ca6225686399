#include "extract/mention_internal.h"

#include "base/utf8.h"
#include "engine/names.h"

/* ---- entities ------------------------------------------------------------------- */

static Str span_text(const MentionFinder *f, uint32_t first, uint32_t end)
{
    return str_slice(f->text->text, token_span(f->text, first, end));
}

/* Words of a span with single blanks, without a determiner in front. */
static Str clean_text(const MentionFinder *f, uint32_t first, uint32_t end)
{
    if (end > first + 1 && has(f, first, WORD_DETERMINER))
        first++;
    Str raw = span_text(f, first, end);
    bool broken = false;
    for (size_t i = 0; i < raw.len; i++)
        broken |= raw.ptr[i] == '\n' || raw.ptr[i] == '\t' || (raw.ptr[i] == ' ' && i > 0 && raw.ptr[i - 1] == ' ');
    if (!broken)
        return raw;
    char *out = arena_alloc(f->arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i] == '\n' || raw.ptr[i] == '\t' || raw.ptr[i] == '\r' ? ' ' : raw.ptr[i];
        if (c != ' ' || (len > 0 && out[len - 1] != ' '))
            out[len++] = c;
    }
    return (Str){ out, len };
}

/* Last word of a name that is no suffix. */
static uint32_t surname_token(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->name_end - 1;
    while (at > m->name_first) {
        Str w = word(f, at);
        if (!str_equal(w, STR("jr")) && !str_equal(w, STR("sr")) && !str_equal(w, STR("ii")) && !str_equal(w, STR("iii")))
            break;
        at--;
    }
    return at;
}

/* Words of a name; "Leigh-Roe" is one. */
static uint32_t name_words(const MentionFinder *f, const Mention *m)
{
    uint32_t n = 0;
    for (uint32_t i = m->name_first; i < m->name_end; i++)
        n += !(tok(f, i)->flags & TOKEN_HYPHENED);
    return n;
}

/* ", the foreign minister of Norland," behind a name: the office in the story's words. */
static const Mention *apposition_of(const MentionFinder *f, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    if (index + 1 >= f->map->mentions.len || m->possessive)
        return NULL;
    const Mention *next = &f->map->mentions.ptr[index + 1];
    if (m->end >= f->text->n_tokens || tok(f, m->end)->mark != ',' || next->first != m->end + 1)
        return NULL;
    return next->kind == MENTION_ROLE && !next->plural ? next : NULL;
}

static Str country_code(const MentionFinder *f, int32_t row)
{
    return row >= 0 ? f->rules->countries[row].iso : STR_NONE;
}

/* The apposition with what follows it up to the comma: "President Donald Trump's deputy Ukraine envoy". */
static uint32_t apposition_end(const MentionFinder *f, const Mention *apposition)
{
    uint32_t end = apposition->end;
    while (end < f->text->n_tokens && (has(f, end, WORD_PREPOSITION) || f->map->at[end] >= 0 || has(f, end, WORD_CONJUNCTION)) &&
           tok(f, end)->kind != TOKEN_MARK && !has(f, end, WORD_RELATIVE | WORD_CUE | WORD_DATE) && end < apposition->end + 14)
        end++;
    return end;
}

static void describe_entity(MentionFinder *f, Entity *e, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    if (!e->gender)
        e->gender = m->gender;
    const Mention *apposition = apposition_of(f, index);
    if (e->official >= 0 && e->office.ptr)
        return;
    if (!e->office.ptr && m->name_first > m->first) {
        uint32_t first = m->first, end = m->name_first;
        bool role = false;
        for (uint32_t i = first; i < end; i++)
            role |= has(f, i, WORD_ROLE) || (has(f, i, WORD_TITLE) && tok(f, i)->span.to - tok(f, i)->span.from > 4);
        if (role)
            e->office = clean_text(f, first, end);
    }
    if (apposition && (!e->office.ptr || e->office.len < 10))
        e->office = clean_text(f, apposition->first, apposition_end(f, apposition));
    if (!e->country.ptr) {
        e->country = country_code(f, m->country);
        if (!e->country.ptr && apposition)
            e->country = country_code(f, apposition->country);
    }
}

static int32_t new_entity(MentionFinder *f, Entity entity)
{
    LIST_PUSH(f->arena, &f->map->entities, entity);
    return (int32_t)f->map->entities.len - 1;
}

/* What the given name of somebody of the roster tells; 0 if nothing. */
static char gender_of_name(const MentionFinder *f, Str name)
{
    Text text;
    Hits hits = { 0 };
    text_tokenize(name, f->arena, &text);
    lexicon_find(f->rules->lexicon, &text, f->arena, &hits);
    for (size_t i = 0; i < hits.len && hits.ptr[i].first == 0; i++)
        if (hits.ptr[i].kind == LEXICON_GIVEN && (hits.ptr[i].id == 'M' || hits.ptr[i].id == 'F'))
            return (char)hits.ptr[i].id;
    return 0;
}

static void from_roster(MentionFinder *f, Entity *e, int32_t row)
{
    const Official *official = &f->rules->officials[row];
    e->official = row;
    e->name = official->name;
    if (official->gender)
        e->gender = official->gender;
    else if (!e->gender)
        e->gender = gender_of_name(f, official->name);
    if (mention_held_on(official, f->story->published) && official->office.len)
        e->office = official->office;
    if (official->country.len)
        e->country = official->country;
}

/* An entity for somebody of the roster whom the story names by office, or in passing. */
static int32_t new_official(MentionFinder *f, int32_t row, uint32_t first_token)
{
    Entity e = { .first_token = first_token };
    from_roster(f, &e, row);
    Str rest = e.name, last = e.name;
    while (str_split(&rest, ' ', &last))
        ;
    e.surname = utf8_fold_copy(f->arena, last);
    return new_entity(f, e);
}

/* "GE", "IBM": the first letters of a name's words, with or without the word that ends a firm's name. */
static bool is_acronym(Str letters, Str name)
{
    size_t n = 0, words = 0;
    for (Str word; str_split(&name, ' ', &word);) {
        if (word.len == 0 || word.ptr[0] < 'A' || word.ptr[0] > 'Z')
            continue;                /* of, and, the */
        words++;
        if (n < letters.len && word.ptr[0] == letters.ptr[n])
            n++;
        else if (n < letters.len || words == n)
            return false;
    }
    return n == letters.len && words <= n + 1;
}

/* "Ada Roe Foundation", not "Roe campaign" */
static bool ends_in_capital(Str name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != ' ')
        at--;
    return at < name.len && name.ptr[at] >= 'A' && name.ptr[at] <= 'Z';
}

/* "F. W. Zorvan Co" is Zorvan */
static Str without_initials(Str name)
{
    while (name.len > 3 && name.ptr[1] == '.') {
        size_t at = 2;
        while (at < name.len && (name.ptr[at] == ' ' || (at + 1 < name.len && name.ptr[at + 1] == '.' && name.ptr[at] != ' ')))
            at += name.ptr[at] == ' ' ? 1 : 2;
        name = (Str){ name.ptr + at, name.len - at };
    }
    return name;
}

/*
 * The body whose full name the story gives and which a phrase names for short: by its first words ("General
 * Electric" for General Electric Co) or first letters; -1 if there is none.
 */
static int32_t body_in_short(const MentionFinder *f, const Mention *m)
{
    uint32_t first = m->first + (m->first < m->name_first && has(f, m->first, WORD_DETERMINER));
    Str name = clean_text(f, first, m->name_end);
    bool letters = m->name_end == first + 1 && name.len >= 2 && (tok(f, first)->flags & TOKEN_ALL_CAPS);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (!e->institution || e->name.len <= name.len)
            continue;
        Str full = without_initials(e->name);
        bool begins = full.len > name.len && str_starts(full, name) && full.ptr[name.len] == ' ' && ends_in_capital(full);
        if (begins || (letters && is_acronym(name, e->name)))
            return (int32_t)i;
    }
    return -1;
}

/* The name without a nickname: Per "Sonny" Moe is Per Moe. */
static Str person_name(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->name_first + 1; i + 2 < m->name_end; i++)
        if (tok(f, i)->kind == TOKEN_QUOTE_OPEN)
            return str_printf(f->arena, "%.*s %.*s", STR_ARG(clean_text(f, m->name_first, i)), STR_ARG(clean_text(f, i + 3, m->name_end)));
    return clean_text(f, m->name_first, m->name_end);
}

/* Full names first, so that a surname in the lead finds the name given later. */
static void name_full(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->official < 0 && !has(f, m->name_first, WORD_GIVEN) && (m->entity = body_in_short(f, m)) >= 0) {
        m->kind = MENTION_BODY;
        return;
    }
    uint32_t surname = surname_token(f, m);
    Str name = person_name(f, m);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        bool same_row = m->official >= 0 && e->official >= 0 && str_equal(f->rules->officials[m->official].name, f->rules->officials[e->official].name);
        if (same_row || str_equal_nocase(e->name, name)) {
            m->entity = (int32_t)i;
            describe_entity(f, e, index);
            return;
        }
    }
    Entity e = { .name = name, .surname = token_fold(f->text->text, tok(f, surname), f->arena), .official = -1,
                 .gender = m->gender, .first_token = m->first };
    if (m->official >= 0)
        from_roster(f, &e, m->official);
    m->entity = new_entity(f, e);
    describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

/* Heads of state and government and their foreign ministers are news under their surnames alone. */
static bool known_by_surname(const MentionFinder *f, const Official *row)
{
    Text office;
    Hits hits = { 0 };
    text_tokenize(row->office, f->arena, &office);
    lexicon_find(f->rules->lexicon, &office, f->arena, &hits);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_LIST && (int)hits.ptr[i].id == f->self->known_offices && hits.ptr[i].words == office.n_tokens)
            return true;
    return false;
}

/* A surname (or a first name) of somebody whom the story names in full. */
static int32_t entity_by_surname(const MentionFinder *f, const Mention *m)
{
    Str surname = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena);
    int32_t best = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (e->institution || e->unnamed || !str_equal(e->surname, surname) || !gender_fits(e->gender, m->gender))
            continue;
        if (e->first_token > m->first && best >= 0)
            break;
        if (m->first == m->name_first && e->official >= 0 && known_by_surname(f, &f->rules->officials[e->official]))
            return (int32_t)i;       /* a president by his surname alone, not his daughter */
        best = (int32_t)i;           /* the last one named before */
        if (e->first_token > m->first)
            break;
    }
    if (best >= 0)
        return best;
    for (size_t i = 0; i < f->map->entities.len; i++) {      /* "Kim" for Kim Jong Un */
        const Entity *e = &f->map->entities.ptr[i];
        Str rest = e->name, first;
        if (!e->institution && !e->unnamed && str_split(&rest, ' ', &first) && rest.ptr && str_equal(utf8_fold_copy(f->arena, first), surname))
            return (int32_t)i;
    }
    return -1;
}

/* The title in front of a surname, without country and determiner words. */
static Str title_text(const MentionFinder *f, const Mention *m, uint32_t end)
{
    uint32_t first = m->first;
    while (first < end && (has(f, first, WORD_DETERMINER) || hit_of(f, first, LEXICON_DEMONYM) || hit_of(f, first, LEXICON_COUNTRY) ||
                           (tok(f, first)->flags & TOKEN_POSSESSIVE)))
        first++;
    return first < end ? span_text(f, first, end) : STR("");
}

/*
 * A surname that the story never gives in full: the roster's only holder of an office on the day with that
 * surname, in the country and office that the phrase names.
 */
static int32_t official_by_surname(const MentionFinder *f, const Mention *m)
{
    if (f->story->published == DATE_UNKNOWN)
        return -1;
    uint32_t at = surname_token(f, m);
    while (at > m->name_first && (tok(f, at)->flags & TOKEN_HYPHENED))
        at--;
    Str title = title_text(f, m, m->name_first);
    int32_t holder = m->country >= 0 && title.len ? mention_office_holder(f->self, title, m->country, f->story->published) : -1;
    int32_t found = -1;
    bool several = false;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_SURNAME || hit->end != m->name_end)
            continue;
        const Official *row = &f->rules->officials[hit->id];
        if (holder >= 0 && str_equal(row->name, f->rules->officials[holder].name))
            return holder;
        if (!mention_held_on(row, f->story->published) || (m->country >= 0 && !str_equal(row->country, f->rules->countries[m->country].iso)))
            continue;
        if (found >= 0 && !str_equal(f->rules->officials[found].name, row->name))
            several = true;
        if (found < 0 || mention_better_row(row, &f->rules->officials[found]))
            found = (int32_t)hit->id;
    }
    bool titled = m->name_first > m->first;
    return several || found < 0 || (!titled && m->country < 0 && !known_by_surname(f, &f->rules->officials[found])) ? -1 : found;
}

static void name_short(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    m->entity = entity_by_surname(f, m);
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        if (!e->office.ptr || !e->country.ptr)
            describe_entity(f, e, index);
        return;
    }
    int32_t row = official_by_surname(f, m);
    if (row < 0 && (m->entity = body_in_short(f, m)) >= 0) {
        m->kind = MENTION_BODY;
        return;
    }
    bool titled = m->name_first > m->first && has(f, m->name_first - 1, WORD_TITLE | WORD_ROLE);
    bool known = hit_of(f, m->name_first, LEXICON_SURNAME) != NULL;
    const uint32_t closed = WORD_PREPOSITION | WORD_CONJUNCTION | WORD_AUXILIARY | WORD_COPULA | WORD_DETERMINER | WORD_PRONOUN;
    if (row < 0 && !known && !titled && has(f, m->name_first, closed)) {
        m->kind = MENTION_OTHER;     /* "for Norway To sign" */
        return;
    }
    if (row < 0 && !titled && !known && !apposition_of(f, index) && !has(f, m->end, WORD_CUE) && !(m->first > 0 && has(f, m->first - 1, WORD_CUE))) {
        m->kind = MENTION_OTHER;     /* a capitalised word that nobody is called by */
        return;
    }
    /* "British Salmon" is a firm, or nobody knows who: its people's name belongs to it */
    uint32_t first = m->name_first;
    if (row < 0 && !titled && !known && first > m->first && hit_of(f, first - 1, LEXICON_DEMONYM))
        first--;
    Entity e = { .name = clean_text(f, first, m->name_end), .official = -1, .gender = m->gender, .first_token = m->first,
                 .surname = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena) };
    if (row >= 0)
        from_roster(f, &e, row);
    else if (m->definite && m->first + 1 == m->name_first && !m->plural) {       /* "the Bundesbank" */
        m->kind = MENTION_BODY;
        e.institution = true;
    }
    m->entity = new_entity(f, e);
    if (!e.institution)
        describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

static bool is_beside_cue(const MentionFinder *f, const Mention *m)
{
    return !m->possessive && (has(f, m->end, WORD_CUE) || (m->first > 0 && has(f, m->first - 1, WORD_CUE)));
}

/* "Senate Finance Committee" is no company. */
static bool is_public(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->name_first; i < m->name_end; i++)
        if (has(f, i, WORD_PUBLIC))
            return true;
    return false;
}

/* "Zorvan Plastics": a name that nothing shows to be a person's. */
static bool may_be_firm(const MentionFinder *f, const Mention *m)
{
    const Entity *e = &f->map->entities.ptr[m->entity];
    return m->kind == MENTION_PERSON && e->official < 0 && !e->unnamed && !e->gender && !e->office.ptr && m->first == m->name_first &&
           !has(f, m->name_first, WORD_GIVEN);
}

/*
 * "The ministry", "the company": the last named body before it whose name has the word.  Of firms, whose names tell
 * nothing, the last one that spoke, else that began a sentence.  Else the only body that the story has named.  -1 if none is.
 */
static int32_t named_before(const MentionFinder *f, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    bool firm = in_list(f, m->head, f->self->anaphoric_firms);
    if (!str_equal(word(f, m->first), STR("the")) || (!firm && !in_list(f, m->head, f->self->anaphoric_bodies)) || m->end - m->first > (m->possessive ? 3u : 2u))
        return -1;
    int32_t only = -1, spoke = -1, began = -1;
    bool several = false;
    enum { LOOK_BACK = 300 };
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind == MENTION_BODY && c->entity >= 0 && c->end - c->first > (c->possessive ? 3u : 2u) && tok(f, c->head)->hash == tok(f, m->head)->hash)
            return c->entity;        /* "the Bank of Norland", "a federal court" */
        if (c->entity < 0 || c->name_end == c->name_first)
            continue;
        bool body = c->kind == MENTION_BODY;
        if (!body && !(firm && may_be_firm(f, c)))
            continue;
        for (uint32_t k = c->name_first; k < c->name_end && body; k++)
            if (tok(f, k)->hash == tok(f, m->head)->hash)
                return c->entity;
        if (firm && c->body < 0 && !c->possessive && !is_public(f, c)) {
            if (spoke < 0 && is_beside_cue(f, c))
                spoke = c->entity;
            if (began < 0 && (tok(f, c->first)->flags & TOKEN_FIRST))
                began = c->entity;
        }
        several |= body && only >= 0 && only != c->entity;
        if (body)
            only = c->entity;
    }
    if (firm && spoke < 0)
        spoke = began;
    if (firm && spoke >= 0)
        f->map->entities.ptr[spoke].institution = true;
    return firm ? spoke : several ? -1 : only;
}

/* Where a body's own name begins: "underwriter [Zorvan Bank Ltd]", but "[Norwegian Fisheries Ministry]". */
static uint32_t body_start(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->name_first;
    if (m->name_end < m->name_first + 2)
        return m->first;
    while (at > m->first && mention_is_capital(f, at - 1) && !has(f, at - 1, WORD_DETERMINER))
        at--;
    return at;
}

/* A body or a country: one entity for each name. */
static void name_institution(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->kind == MENTION_BODY && m->body < 0 && m->name_end <= m->name_first + 1 && (m->entity = named_before(f, index)) >= 0)
        return;
    Str name;
    if (m->kind == MENTION_COUNTRY) {
        name = f->rules->countries[m->country].name;
    } else {
        uint32_t end = m->possessive ? m->end - 1 : m->end;
        name = m->body >= 0 && m->country < 0 ? f->rules->bodies[m->body].name : clean_text(f, body_start(f, m), end);
    }
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].institution && str_equal_nocase(f->map->entities.ptr[i].name, name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = new_entity(f, (Entity){ .name = name, .country = country_code(f, m->country), .official = -1, .institution = true,
                                        .first_token = m->first });
}

/* ---- roles -------------------------------------------------------------------------- */

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
    Hits hits = { 0 };
    text_tokenize(office, f->arena, &text);
    lexicon_find(f->rules->lexicon, &text, f->arena, &hits);
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
        if (m->kind == MENTION_PERSON && m->entity == (int32_t)entity && is_beside_cue(f, m))
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
    uint32_t named = text_paragraph_of(f->text, e->first_token);
    bool person = e->official >= 0 || e->gender || e->office.ptr || speaks(f, index);
    if (e->unnamed || !person || named <= para || named > para + AHEAD_PARAGRAPHS || m->end - m->first < 2)
        return false;
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
    if (in_list(f, m->head, f->self->stay_unnamed))
        return false;            /* named as such, or not at all */
    if (!e->office.ptr)
        return true;
    if (in_list(f, m->head, f->self->generic_roles))
        return e->official < 0 || !known_by_surname(f, &f->rules->officials[e->official]);
    return e->official < 0 && !has_role(f, e->office);
}

/* "The Oslo Republican": what stories call the person who spoke just before; -1 if nobody did. */
static int32_t last_speaker(const MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 40, PARAGRAPHS = 2 };
    const Mention *m = &f->map->mentions.ptr[index];
    uint32_t para = text_paragraph_of(f->text, m->first);
    for (size_t i = index; in_list(f, m->head, f->self->epithets) && i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind == MENTION_PERSON && c->entity >= 0 && is_beside_cue(f, c) && gender_fits(f->map->entities.ptr[c->entity].gender, m->gender) &&
            text_paragraph_of(f->text, c->first) + PARAGRAPHS > para)
            return c->entity;
    }
    return -1;
}

/*
 * "the envoy" is the last person named before whose office has the word; "a senior U.S. official" in the lead is
 * the first person of that country with an office whom the next paragraphs introduce.
 */
static void resolve_role(MentionFinder *f, size_t index)
{
    enum { LEAD_PARAGRAPHS = 4 };
    Mention *m = &f->map->mentions.ptr[index];
    if (m->plural || m->possessive)
        return;
    uint32_t para = text_paragraph_of(f->text, m->first);
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
    if (before < 0 && m->definite)
        before = last_speaker(f, index);
    m->entity = before >= 0 ? before : after;
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        if (!e->office.ptr)
            e->office = clean_text(f, m->first, m->end);
        if (!e->country.ptr)
            e->country = country_code(f, m->country);
        return;
    }
    Str title = title_text(f, m, m->end);
    int32_t row = mention_office_holder(f->self, title, m->country, f->story->published);
    if (row < 0 || m->indefinite)
        return;
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].official >= 0 &&
            str_equal(f->rules->officials[f->map->entities.ptr[i].official].name, f->rules->officials[row].name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = new_official(f, row, m->first);
    m->official = row;
}

/* "Ada Roe's lawyer": the owner is no phrase of her own, but the story has named her. */
static void name_owners(MentionFinder *f)
{
    for (uint32_t i = 0; i + 2 < f->text->n_tokens; i++) {
        if (!(tok(f, i + 2)->flags & TOKEN_POSSESSIVE) || !has(f, i, WORD_GIVEN) || !mention_is_capital(f, i) || !mention_is_capital(f, i + 1) ||
            has(f, i + 1, WORD_TITLE | WORD_ROLE | WORD_BODY | WORD_DATE) || f->map->at[i] < 0 || f->map->at[i] != f->map->at[i + 1] ||
            hit_of(f, i, LEXICON_PERSON))
            continue;
        Str name = clean_text(f, i, i + 2);
        bool known = false;
        for (size_t k = 0; k < f->map->entities.len && !known; k++)
            known = str_equal_nocase(f->map->entities.ptr[k].name, name);
        const Hit *given = hit_of(f, i, LEXICON_GIVEN);
        char gender = given && (given->id == 'M' || given->id == 'F') ? (char)given->id : 0;
        if (!known)
            new_entity(f, (Entity){ .name = name, .surname = word(f, i + 1), .official = -1, .gender = gender, .first_token = i });
    }
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
        e->office = clean_text(f, m->first, m->end);
    if (!e->country.ptr)
        e->country = country_code(f, m->country);
}

/*
 * Appositions: "The ambassador, Pell Rimsky, said", "a Zorvan Group unit, Zorvan Plastics Inc, said": the name behind
 * is who is meant; "Pell Rimsky, 58, president of Zorvan Plastics, a maker of toys, said": the name in front.
 */
static void name_role(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->plural || m->possessive || (m->kind != MENTION_ROLE && m->kind != MENTION_OTHER))
        return;
    const Mention *next = index + 1 < f->map->mentions.len ? &f->map->mentions.ptr[index + 1] : NULL;
    if (next && next->entity >= 0 && next->first == m->end + 1 && tok(f, m->end)->mark == ',' && !next->possessive && is_closed(f, next->end)) {
        bool person = next->kind == MENTION_PERSON && name_words(f, next) >= 2 && (m->kind == MENTION_ROLE || m->definite);
        bool body = next->kind == MENTION_BODY && next->name_end > next->name_first && m->kind == MENTION_OTHER &&
                    in_list(f, m->head, f->self->parts_of_firms);
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
    if (before && before->end == comma && before->kind == MENTION_PERSON && before->entity >= 0 && !before->possessive && name_words(f, before) >= 2 &&
        ((tok(f, before->first)->flags & TOKEN_FIRST) || is_closed(f, apposition_end(f, m))))
        give_role(f, m, before->entity);
}

/* Whom the office is of: "a spokesman for Roe", "Roe's aide".  False when it is nobody's in particular. */
static bool is_owned(const MentionFinder *f, Str office, const Names *surnames, Str *country)
{
    Token *tokens;
    size_t n = token_split(office, f->arena, &tokens);
    for (size_t i = 0; i + 1 < n; i++) {
        Str owner = STR_NONE;
        if ((tokens[i + 1].flags & TOKEN_POSSESSIVE) && (tokens[i].flags & TOKEN_CAPITAL))
            owner = token_fold(office, &tokens[i], f->arena);
        else if ((tokens[n - 1].flags & TOKEN_CAPITAL) && str_equal(token_fold(office, &tokens[i], f->arena), STR("for")))
            owner = token_fold(office, &tokens[n - 1], f->arena);
        uint32_t found = owner.ptr ? names_find(surnames, owner) : NAMES_NONE;
        if (found != NAMES_NONE)
            *country = f->map->entities.ptr[found].country;
        if (owner.ptr)
            return true;
    }
    return false;
}

/* A role that stays without a name is somebody all the same: pronouns may mean him. */
static void name_unnamed(MentionFinder *f, size_t index, const Names *surnames)
{
    Mention *m = &f->map->mentions.ptr[index];
    Str name = clean_text(f, m->first, m->possessive ? m->end - 1 : m->end);
    enum { LOOK_BACK = 100 };
    bool bare = m->definite && m->end - m->first == (m->possessive ? 3u : 2u);
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
    Str country = country_code(f, m->country);
    if (!country.ptr)
        is_owned(f, name, surnames, &country);
    m->entity = new_entity(f, (Entity){ .name = name, .office = name, .country = country, .official = -1,
                                        .unnamed = true, .plural = m->plural, .gender = m->gender, .first_token = m->first });
}

/* The country that a story names at least twice as often as any other; STR_NONE when none is. */
static Str country_of_story(MentionFinder *f)
{
    size_t *counts = ARENA_ARRAY(f->arena, size_t, f->rules->n_countries + 1);
    size_t best = 0, second = 0;
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if ((hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_DEMONYM) && mention_is_capital(f, hit->first) &&
            !f->rules->countries[hit->id].is_body)
            counts[hit->id]++;
    }
    for (size_t i = 1; i < f->rules->n_countries; i++)
        if (counts[i] > counts[best])
            best = i;
    for (size_t i = 0; i < f->rules->n_countries; i++)
        if (i != best && counts[i] > second)
            second = counts[i];
    return counts[best] >= 2 && counts[best] >= 2 * second ? f->rules->countries[best].iso : STR_NONE;
}

/* Does the office name no official ("analyst", "farmer")? */
static bool is_bystander(const MentionFinder *f, Str office)
{
    Text text;
    Hits hits = { 0 };
    text_tokenize(office, f->arena, &text);
    lexicon_find(f->rules->lexicon, &text, f->arena, &hits);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_LIST && (int)hits.ptr[i].id == f->self->bystanders)
            return true;
    return false;
}

/*
 * Officials of whom the story does not say whose they are: those of the lead serve the country of whose capital it
 * is datelined ("the deputy treasury secretary" from Washington), all others the country that the story is about.
 */
static void place_entities(MentionFinder *f, const Names *surnames)
{
    enum { LEAD_PARAGRAPHS = 3 };
    Str dateline = mention_country_of_capital(f->rules, f->story->place), about = country_of_story(f);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        if (e->institution || e->country.ptr || !e->office.ptr || e->official >= 0 || is_bystander(f, e->office) ||
            is_owned(f, e->office, surnames, &e->country))
            continue;
        e->country = text_paragraph_of(f->text, e->first_token) < LEAD_PARAGRAPHS && dateline.ptr ? dateline : about;
    }
}

/* "President Donald Trump's deputy": he is no phrase of his own, but the story has named him. */
static void name_inner(MentionFinder *f)
{
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_PERSON || hit->words < 2 || f->map->at[hit->first] < 0)
            continue;
        const Mention *outer = &f->map->mentions.ptr[f->map->at[hit->first]];
        if (outer->name_first == hit->first && outer->name_end > outer->name_first)
            continue;
        int32_t row = mention_best_official(f, hit->first, hit->end);
        bool known = row < 0;
        for (size_t k = 0; k < f->map->entities.len && !known; k++)
            known = f->map->entities.ptr[k].official >= 0 &&
                    str_equal(f->rules->officials[f->map->entities.ptr[k].official].name, f->rules->officials[row].name);
        if (!known)
            new_official(f, row, hit->first);
    }
}

/* What turned out to be a firm's name is one wherever it stands. */
static void retype_firms(MentionFinder *f)
{
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        Mention *m = &f->map->mentions.ptr[i];
        if (m->kind == MENTION_PERSON && m->entity >= 0 && f->map->entities.ptr[m->entity].institution) {
            m->kind = MENTION_BODY;
            m->gender = 0;
        }
    }
}

void mention_name(MentionFinder *f)
{
    Mentions *mentions = &f->map->mentions;
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_BODY && mentions->ptr[i].name_end > mentions->ptr[i].name_first + (mentions->ptr[i].body < 0))
            name_institution(f, i);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_PERSON && name_words(f, &mentions->ptr[i]) >= 2)
            name_full(f, i);
    name_inner(f);
    name_owners(f);
    for (size_t i = 0; i < mentions->len; i++) {
        Mention *m = &mentions->ptr[i];
        int32_t bearer = (m->kind == MENTION_COUNTRY || m->kind == MENTION_BODY) && m->name_end == m->name_first + 1 && m->first == m->name_first &&
                         is_beside_cue(f, m) ? entity_by_surname(f, m) : -1;
        if (bearer >= 0) {           /* somebody called Paris */
            m->kind = MENTION_PERSON;
            m->entity = bearer;
        }
        if (m->kind == MENTION_PERSON && m->entity < 0 && m->name_end > m->name_first)
            name_short(f, i);
        else if (m->entity < 0 && (m->kind == MENTION_BODY || (m->kind == MENTION_COUNTRY && m->country >= 0)))
            name_institution(f, i);
    }
    retype_firms(f);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].entity < 0 || mentions->ptr[i].kind == MENTION_OTHER)
            name_role(f, i);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            resolve_role(f, i);
    Names surnames = { 0 };          /* of those whose country the story tells */
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].surname.len && f->map->entities.ptr[i].country.ptr)
            names_add(&surnames, f->arena, f->map->entities.ptr[i].surname, (uint32_t)i);
    place_entities(f, &surnames);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            name_unnamed(f, i, &surnames);
}
