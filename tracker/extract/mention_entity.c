#include "extract/mention_internal.h"

#include "base/utf8.h"

static Str span_text(const MentionFinder *f, uint32_t first, uint32_t end)
{
    return str_slice(f->text->text, token_span(f->text, first, end));
}

/* Words of a span with single blanks, without a determiner in front. */
Str mention_clean_text(const MentionFinder *f, uint32_t first, uint32_t end)
{
    bool ranked = end > first + 1 && tok(f, first + 1)->kind == TOKEN_NUMBER && str_ends(span_text(f, first, first + 1), STR("."));      /* "No. 2 senator" */
    if (end > first + 1 && has(f, first, WORD_DETERMINER) && !has(f, first + 1, WORD_PREPOSITION) && !ranked)      /* "one of the officials", "some in the party" */
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
    while (at > m->name_first && hits_list_at(f->hits, at, f->self->generations))
        at--;
    return at;
}

/* "Per Moe Jr." is another one than Per Moe. */
static bool is_junior(const MentionFinder *f, const Mention *m)
{
    return surname_token(f, m) + 1 < m->name_end;
}

/* Words of a name; "Leigh-Roe" is one. */
uint32_t mention_name_words(const MentionFinder *f, const Mention *m)
{
    uint32_t n = 0;
    for (uint32_t i = m->name_first; i < m->name_end; i++)
        n += !(tok(f, i)->flags & TOKEN_HYPHENED);
    return n;
}

/* Two words that name somebody; not "Moe Jr.", "De Roe". */
static bool is_full_name(const MentionFinder *f, const Mention *m)
{
    uint32_t surname = surname_token(f, m);
    bool particle = surname == m->name_first + 1 && has(f, m->name_first, WORD_PARTICLE) && !has(f, m->name_first, WORD_GIVEN);
    return surname > m->name_first && !particle && mention_name_words(f, m) >= 2;
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
    bool inside = m->first > 0 && has(f, m->first - 1, WORD_PREPOSITION);
    bool speaks = next->definite && (inside || next->end == next->first + 2) && has(f, next->end, WORD_CUE);        /* "in Oslo, the spokesman said" */
    return next->kind == MENTION_ROLE && !next->plural && !speaks ? next : NULL;
}

Str mention_country_code(const MentionFinder *f, int32_t row)
{
    return row >= 0 ? f->rules->countries[row].iso : STR_NONE;
}

/* The apposition with what follows it up to the comma: "President Donald Trump's deputy Ukraine envoy". */
uint32_t mention_apposition_end(const MentionFinder *f, const Mention *apposition)
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
            e->office = mention_clean_text(f, first, end);
    }
    if (apposition && (!e->office.ptr || e->office.len < 10))
        e->office = mention_clean_text(f, apposition->first, mention_apposition_end(f, apposition));
    if (!e->country.ptr) {
        e->country = mention_country_code(f, m->country);
        if (!e->country.ptr && apposition)
            e->country = mention_country_code(f, apposition->country);
    }
}

int32_t mention_add_entity(MentionFinder *f, Entity entity)
{
    LIST_PUSH(f->arena, &f->map->entities, entity);
    return (int32_t)f->map->entities.len - 1;
}

/* What the given name of somebody of the roster tells; 0 if nothing. */
static char gender_of_name(const MentionFinder *f, Str name)
{
    Text text;
    Hits hits = lexicon_look_up(f->rules->lexicon, name, f->arena, &text);
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
int32_t mention_add_official(MentionFinder *f, int32_t row, uint32_t first_token)
{
    Entity e = { .first_token = first_token };
    from_roster(f, &e, row);
    Str rest = e.name, last = e.name;
    while (str_split(&rest, ' ', &last))
        ;
    e.surname = utf8_fold_copy(f->arena, last);
    return mention_add_entity(f, e);
}

/* The name without a nickname: Per "Sonny" Moe is Per Moe. */
static Str person_name(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->name_first + 1; i + 2 < m->name_end; i++)
        if (tok(f, i)->kind == TOKEN_QUOTE_OPEN)
            return str_printf(f->arena, "%.*s %.*s", STR_ARG(mention_clean_text(f, m->name_first, i)), STR_ARG(mention_clean_text(f, i + 3, m->name_end)));
    return mention_clean_text(f, m->name_first, m->name_end);
}

/* "Suu Kyi" of a story that has named Aung San Suu Kyi. */
static bool is_end_of(const Entity *e, Str name)
{
    return !e->institution && !e->unnamed && e->name.len > name.len && e->name.ptr[e->name.len - name.len - 1] == ' ' && str_ends(e->name, name);
}

/* "Per Moe Jr." and "Per Moe Jr" */
static Str undotted(Str name)
{
    name.len -= str_ends(name, STR("."));
    return name;
}

/* "Morgan Lyle" of a story about Morgan Lyle and Co is no man. */
static bool is_house_of(const MentionFinder *f, const Entity *e, const Mention *m)
{
    Str name = mention_clean_text(f, m->name_first, m->name_end);
    if (!str_starts(e->name, name))
        return false;
    Str rest = str_trim((Str){ e->name.ptr + name.len, e->name.len - name.len });
    return str_starts(rest, STR("and Co")) || str_starts(rest, STR("& Co"));
}

/* Full names first, so that a surname in the lead finds the name given later. */
static void name_full(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->official < 0 && (m->entity = mention_body_in_short(f, m)) >= 0) {
        if (!has(f, m->name_first, WORD_GIVEN) || is_house_of(f, &f->map->entities.ptr[m->entity], m)) {
            m->kind = MENTION_BODY;
            return;
        }
        m->entity = -1;
    }
    uint32_t surname = surname_token(f, m);
    Str name = person_name(f, m);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        bool same_row = m->official >= 0 && e->official >= 0 && str_equal(f->rules->officials[m->official].name, f->rules->officials[e->official].name);
        if (same_row || str_equal_nocase(undotted(e->name), undotted(name)) || (m->official < 0 && !has(f, m->name_first, WORD_GIVEN) && is_end_of(e, name))) {
            m->entity = (int32_t)i;
            describe_entity(f, e, index);
            return;
        }
    }
    Entity e = { .name = name, .surname = token_fold(f->text->text, tok(f, surname), f->arena), .official = -1,
                 .gender = m->gender, .junior = is_junior(f, m), .first_token = m->first };
    if (m->official >= 0)
        from_roster(f, &e, m->official);
    m->entity = mention_add_entity(f, e);
    describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

/* Heads of state and government and their foreign ministers are news under their surnames alone. */
bool mention_is_known_by_surname(const MentionFinder *f, const Official *row)
{
    Text office;
    Hits hits = lexicon_look_up(f->rules->lexicon, row->office, f->arena, &office);
    for (size_t i = 0; i < hits.len; i++)
        if (hit_is_of_list(&hits.ptr[i], f->self->known_offices) && hits.ptr[i].words == office.n_tokens)
            return true;
    return false;
}

/* "Lord Roe" */
static bool is_peer(const MentionFinder *f, const Mention *m)
{
    return m->name_first > m->first && hits_list_at(f->hits, m->name_first - 1, f->self->peers);
}

/* In no arena: every short name asks it of all names of the story. */
static bool folds_to(Str word, Str folded)
{
    enum { WORD_BYTES = 128 };
    char out[WORD_BYTES];
    if (2 * word.len > sizeof out)
        return false;
    size_t len = utf8_fold(word, out, sizeof out);
    return str_equal((Str){ out, len }, folded);
}

/* "Kim" for Kim Jong Un, "Lantos" for Javier Lantos Ibarro; not "Zorvan" for Zorvan Salmon, which may be a firm. */
static bool is_inner_name(const MentionFinder *f, const Entity *e, const Mention *m, Str name)
{
    uint32_t n = 0;
    Str rest = e->name, word;
    for (; str_split(&rest, ' ', &word) && rest.ptr; n++) {
        if (!str_equal_nocase(word, name) && !folds_to(word, name))
            continue;
        bool human = e->gender || e->official >= 0 || e->office.ptr;
        if (n > 0)
            return (e->official >= 0 || e->office.ptr) && word.len > 3 && !has(f, m->name_first, WORD_GIVEN | WORD_PARTICLE) && mention_body_in_short(f, m) < 0;
        return human || mention_body_in_short(f, m) < 0;
    }
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
        if (is_junior(f, m) ? !e->junior : e->junior && best >= 0)
            continue;
        if (e->first_token > m->first && (best >= 0 || is_peer(f, m)))
            break;
        if (m->first == m->name_first && e->official >= 0 && mention_is_known_by_surname(f, &f->rules->officials[e->official]))
            return (int32_t)i;       /* a president by his surname alone, not his daughter */
        best = (int32_t)i;           /* the last one named before */
        if (e->first_token > m->first)
            break;
    }
    if (best >= 0)
        return best;
    for (size_t i = 0; i < f->map->entities.len && best < 0 && !is_junior(f, m); i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (!e->institution && !e->unnamed && gender_fits(e->gender, m->gender) && is_inner_name(f, e, m, surname))
            best = (int32_t)i;
    }
    return best;
}

/* The title in front of a surname, without country and determiner words. */
Str mention_title_text(const MentionFinder *f, const Mention *m, uint32_t end)
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
    Str title = mention_title_text(f, m, m->name_first);
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
        if (found >= 0 && !str_equal(f->rules->officials[found].name, row->name)) {
            bool known = mention_is_known_by_surname(f, row), other_known = mention_is_known_by_surname(f, &f->rules->officials[found]);
            several |= known == other_known;             /* a foreign minister, and not a deputy of that name */
            if (known != other_known) {
                found = known ? (int32_t)hit->id : found;
                continue;
            }
        }
        if (found < 0 || mention_better_row(row, &f->rules->officials[found]))
            found = (int32_t)hit->id;
    }
    bool titled = m->name_first > m->first;
    return several || found < 0 || (!titled && m->country < 0 && !mention_is_known_by_surname(f, &f->rules->officials[found])) ? -1 : found;
}

static void name_short(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    m->entity = entity_by_surname(f, m);
    if (m->entity >= 0 && f->map->entities.ptr[m->entity].junior && !is_junior(f, m)) {
        int32_t father = official_by_surname(f, m);
        if (father >= 0 && str_starts(f->map->entities.ptr[m->entity].name, f->rules->officials[father].name))
            m->entity = -1;          /* the president, not his son */
    }
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        Str last = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena);
        e->surnamed |= str_equal(last, e->surname) && e->name.len > last.len;
        if (!e->office.ptr || !e->country.ptr)
            describe_entity(f, e, index);
        return;
    }
    int32_t row = is_junior(f, m) ? -1 : official_by_surname(f, m);
    if (row < 0 && (m->entity = mention_body_in_short(f, m)) >= 0) {
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
    if (is_peer(f, m))
        first = m->name_first - 1;
    Entity e = { .name = mention_clean_text(f, first, m->name_end), .official = -1, .gender = m->gender, .junior = is_junior(f, m), .first_token = m->first,
                 .surname = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena) };
    if (row >= 0)
        from_roster(f, &e, row);
    else if (m->definite && m->first + 1 == m->name_first && !m->plural) {       /* "the Bundesbank" */
        m->kind = MENTION_BODY;
        e.institution = true;
    }
    m->entity = mention_add_entity(f, e);
    if (!e.institution)
        describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

/* Where the sentence goes on behind a name and the sign of a firm: "Zorvan Ltd <ZRV.L> [said]". */
static uint32_t behind_name(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->end;
    if (at < f->text->n_tokens && tok(f, at)->mark == '>')
        at++;
    return at < f->text->n_tokens ? mention_ticker_end(f->text, f->map, at) : at;
}

/* "Zorvan, a maker of toys, [said]": the name opens its sentence. */
static bool is_before_aside(const MentionFinder *f, const Mention *m, uint32_t at)
{
    enum { ASIDE_TOKENS = 22 };
    if (at >= f->text->n_tokens || tok(f, at)->mark != ',' || !(tok(f, m->first)->flags & TOKEN_FIRST))
        return false;
    for (uint32_t i = at + 1; i + 1 < f->text->n_tokens && i < at + ASIDE_TOKENS && tok(f, i)->mark != '.'; i++)
        if (tok(f, i)->mark == ',' && has(f, i + 1, WORD_CUE))
            return true;
    return false;
}

bool mention_is_beside_cue(const MentionFinder *f, const Mention *m)
{
    if (m->possessive)
        return false;
    uint32_t at = behind_name(f, m), front = m->first;
    if (front > 0 && tok(f, front - 1)->mark == '<')
        front--;
    const Hit *before = front > 0 ? hit_of(f, front - 1, LEXICON_VERB) : NULL;
    bool told = before && f->rules->verbs[f->rules->verb_forms[before->id].verb].tag == f->self->tell;      /* and says nothing himself */
    /* "..., said Zorvan": not "to be called Zorvan", "will ask Zorvan" */
    bool inverted = before && !told && (front == 1 || tok(f, front - 2)->kind != TOKEN_WORD);
    return has(f, at, WORD_CUE) || inverted || is_before_aside(f, m, at);
}

/* Is somebody called so already? */
static bool is_named(const MentionFinder *f, Str name)
{
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (str_equal_nocase(f->map->entities.ptr[i].name, name))
            return true;
    return false;
}

/* Does the story know another one by the surname at a token, or a firm: "Roe and Co"? */
static bool is_taken(const MentionFinder *f, uint32_t surname)
{
    Str raw = str_slice(f->text->text, tok(f, surname)->span), folded = word(f, surname);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (e->institution ? str_starts(e->name, raw) : str_equal(e->surname, folded))
            return true;
    }
    return false;
}

/* "rival [Ada Roe] 4-6": do these words look like a whole name, and not like a part of a longer one? */
static bool is_in_passing(const MentionFinder *f, uint32_t first, uint32_t end)
{
    bool longer = first > 0 && mention_is_capital(f, first - 1) && !has(f, first - 1, WORD_TITLE | WORD_ROLE | WORD_ROLES);
    longer |= mention_is_capital(f, end) || (tok(f, end)->flags & TOKEN_HYPHENED) || has(f, end, WORD_PARTICLE);
    int32_t mention = f->map->at[first];
    return !longer && !has(f, first, WORD_TITLE) && mention >= 0 && f->map->mentions.ptr[mention].kind != MENTION_BODY;
}

/*
 * "Ada Roe's lawyer", "the choice of Ada Roe", "Governors Ada Roe of Oslo and Per Moe of Bergen": she is no phrase of her
 * own, but the story has named her.
 */
static void name_owners(MentionFinder *f)
{
    for (uint32_t i = 0; i + 2 < f->text->n_tokens; i++) {
        if (!has(f, i, WORD_GIVEN) || !mention_is_capital(f, i))
            continue;
        uint32_t last = i + 1;       /* "Ada de Roe", "Ada T. Roe" */
        Str middle = str_slice(f->text->text, tok(f, last)->span);
        if (last + 2 < f->text->n_tokens && (has(f, last, WORD_PARTICLE) || (middle.len == 2 && middle.ptr[1] == '.')))
            last++;
        bool owns = (tok(f, last + 1)->flags & TOKEN_POSSESSIVE) != 0;
        bool of = i > 0 && is_word(f, i - 1, f->self->of) && f->map->at[i] >= 0 && f->map->mentions.ptr[f->map->at[i]].end == last + 1;
        bool passing = is_in_passing(f, i, last + 1);
        if ((!owns && !of && !passing) || !mention_is_capital(f, last) || has(f, last, WORD_TITLE | WORD_ROLE | WORD_BODY | WORD_DATE | WORD_PORTFOLIO) ||
            f->map->at[i] < 0 || f->map->at[i] != f->map->at[last] || hit_of(f, i, LEXICON_PERSON))
            continue;
        Str name = mention_clean_text(f, i, last + 1);
        bool known = is_named(f, name) || (passing && !owns && !of && is_taken(f, last));
        const Hit *given = hit_of(f, i, LEXICON_GIVEN);
        char gender = given && (given->id == 'M' || given->id == 'F') ? (char)given->id : 0;
        if (!known)
            mention_add_entity(f, (Entity){ .name = name, .surname = word(f, last), .official = -1, .gender = gender, .first_token = i });
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
            mention_add_official(f, row, hit->first);
    }
}

/* Somebody called Paris, or King, of whom the story has told; -1 if the word means a place, a body, a role. */
static int32_t bearer_of(const MentionFinder *f, const Mention *m)
{
    bool name = (m->kind == MENTION_COUNTRY || m->kind == MENTION_BODY) && m->name_end == m->name_first + 1 && m->first == m->name_first;
    bool role = m->kind == MENTION_ROLE && m->entity < 0 && m->end == m->first + 1 + m->possessive && mention_is_capital(f, m->first);
    if ((!name && !role) || !mention_is_beside_cue(f, m))
        return -1;
    Mention whole = *m;
    whole.name_first = m->first;
    whole.name_end = m->first + 1;
    return entity_by_surname(f, &whole);
}

/* "Zorvan Co's board", "a former Zorvan Inc clerk": a firm that is no phrase of its own, but the story has named it in full. */
static void name_inner_firms(MentionFinder *f)
{
    for (uint32_t i = 1; i < f->text->n_tokens; i++) {
        if (!has(f, i, WORD_SUFFIX) || !mention_is_capital(f, i) || !hits_list_at(f->hits, i, f->self->small_suffixes) || f->map->at[i] < 0)
            continue;
        const Mention *m = &f->map->mentions.ptr[f->map->at[i]];
        if (m->kind == MENTION_BODY && m->end - m->possessive == i + 1)
            continue;
        uint32_t first = mention_name_start(f, m->first, i), end = i + 1;
        while (end < m->end && has(f, end, WORD_SUFFIX) && mention_is_capital(f, end))
            end++;
        Str name = mention_clean_text(f, first, end);
        if (first < i && !is_named(f, name))
            mention_add_entity(f, (Entity){ .name = name, .official = -1, .institution = true, .first_token = first });
    }
}

void mention_name(MentionFinder *f)
{
    Mentions *mentions = &f->map->mentions;
    mention_name_parts(f);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_BODY && mentions->ptr[i].entity < 0 &&
            mentions->ptr[i].name_end > mentions->ptr[i].name_first + (mentions->ptr[i].body < 0))
            mention_name_body(f, i);
    name_inner_firms(f);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_PERSON && is_full_name(f, &mentions->ptr[i]))
            name_full(f, i);
    name_inner(f);
    name_owners(f);
    for (size_t i = 0; i < mentions->len; i++) {
        Mention *m = &mentions->ptr[i];
        int32_t bearer = bearer_of(f, m);
        if (bearer >= 0) {
            m->kind = MENTION_PERSON;
            m->entity = bearer;
        }
        if (m->kind == MENTION_PERSON && m->entity < 0 && m->name_end > m->name_first)
            name_short(f, i);
        else if (m->entity < 0 && (m->kind == MENTION_BODY || (m->kind == MENTION_COUNTRY && m->country >= 0)))
            mention_name_body(f, i);
    }
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && !mentions->ptr[i].plural)
            mention_name_firm_of_roles(f, i);
    mention_retype_firms(f);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].entity < 0 || mentions->ptr[i].kind == MENTION_OTHER)
            mention_name_role(f, i);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            mention_resolve_role(f, i);
    Names surnames = { 0 };          /* of those whose country the story tells */
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].surname.len && f->map->entities.ptr[i].country.ptr)
            names_add(&surnames, f->arena, f->map->entities.ptr[i].surname, (uint32_t)i);
    mention_place_entities(f, &surnames);
    for (size_t i = 0; i < mentions->len; i++) {
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            mention_name_unnamed(f, i, &surnames);
        else if (mentions->ptr[i].entity < 0 && !mention_mean_joint(f, i))
            mention_name_speaker(f, i, &surnames);
        mention_join(f, i);
    }
    mention_find_writers(f);
}
