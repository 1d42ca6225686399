#include "extract/mention_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- word classes ------------------------------------------------------------ */

static const struct { const char *list; uint32_t bit; } class_lists[] = {
    { "determiners", WORD_DETERMINER }, { "prepositions", WORD_PREPOSITION }, { "conjunctions", WORD_CONJUNCTION },
    { "relatives", WORD_RELATIVE }, { "auxiliaries", WORD_AUXILIARY }, { "copulas", WORD_COPULA }, { "adverbs", WORD_ADVERB },
    { "he", WORD_HE }, { "she", WORD_SHE }, { "they", WORD_THEY }, { "it", WORD_IT }, { "speaker-pronouns", WORD_I },
    { "titles", WORD_TITLE }, { "roles", WORD_ROLE }, { "group-roles", WORD_ROLES }, { "bodies", WORD_BODY },
    { "speaks-for", WORD_SPEAKS_FOR }, { "common-verbs", WORD_VERB }, { "weekdays", WORD_WEEKDAY }, { "months", WORD_MONTH },
    { "modals", WORD_MODAL }, { "object-pronouns", WORD_OBJECT }, { "name-particles", WORD_PARTICLE }, { "male-words", WORD_MAN },
    { "female-words", WORD_WOMAN }, { "portfolios", WORD_PORTFOLIO }, { "firm-suffixes", WORD_SUFFIX },
    { "public-bodies", WORD_PUBLIC },
};

/* Phrases that mean a day. */
static const struct { const char *list; int offset; } day_lists[] = {
    { "day-today", 0 }, { "day-yesterday", -1 }, { "day-before", DAY_BEFORE }, { "day-same", DAY_SAME }, { "day-vague", DAY_VAGUE },
    { "day-counted", DAY_COUNTED },
    { "day-2-ago", -2 }, { "day-3-ago", -3 }, { "day-4-ago", -4 }, { "day-5-ago", -5 }, { "day-6-ago", -6 },
};

static void read_office_fillers(Mentioner *self, Arena *arena)
{
    Problems problems = { 0 };       /* what is wrong with the list has been told */
    PatternPhrases words = { 0 };
    pattern_list_phrases(self->rules->lists, STR("office-fillers"), arena, &words, &problems);
    for (size_t i = 0; i < words.len; i++) {
        Token *tokens;
        if (token_split(words.ptr[i].text, arena, &tokens))
            names_add(&self->office_fillers, arena, token_fold(words.ptr[i].text, tokens, arena), 0);
    }
}

/*
 * "Minister of Foreign Affairs", "foreign minister" and "Foreign Affairs Minister" have one key: the sum of the
 * hashes of their words without the fillers.
 */
static uint64_t office_key(const Mentioner *self, Str title, Str country, Arena *scratch)
{
    Token *tokens;
    size_t n = token_split(title, scratch, &tokens);
    uint64_t key = str_hash(country);
    for (size_t i = 0; i < n; i++) {
        if (tokens[i].kind == TOKEN_MARK || tokens[i].flags & TOKEN_POSSESSIVE)
            continue;
        Str word = token_fold(title, &tokens[i], scratch);
        if (str_equal(word, STR("defence")))
            word = STR("defense");
        if (names_find(&self->office_fillers, word) == NAMES_NONE)
            key += str_hash(word) * 0x9E3779B97F4A7C15u;
    }
    return key;
}

static int by_key(const void *a, const void *b)
{
    const OfficeKey *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void read_capitals(Mentioner *self, Arena *arena)
{
    for (uint32_t i = 0; i < self->rules->n_countries; i++) {
        Str rest = self->rules->countries[i].capital, capital;
        while (!self->rules->countries[i].is_body && str_split(&rest, ';', &capital))
            if (str_trim(capital).len)
                names_add(&self->capitals, arena, str_lower(arena, str_trim(capital)), i);   /* the first by row: of Moscow RU, not SU */
    }
}

/*
 * Of a state that is no more all officials have left office: on later days its capital and its palace are those of
 * the state that came after it.
 */
static void read_ends(Mentioner *self, Arena *arena)
{
    bool *lasts = ARENA_ARRAY(arena, bool, self->rules->n_countries + 1);
    self->ended = ARENA_ARRAY(arena, Date, self->rules->n_countries + 1);
    for (uint32_t i = 0; i < self->rules->n_countries; i++) {
        self->ended[i] = DATE_UNKNOWN;
        names_add(&self->lands, arena, self->rules->countries[i].iso, i);
    }
    for (size_t i = 0; i < self->rules->n_officials; i++) {
        const Official *official = &self->rules->officials[i];
        uint32_t row = official->country.len ? names_find(&self->lands, official->country) : NAMES_NONE;
        if (row == NAMES_NONE)
            continue;
        lasts[row] |= official->until == DATE_UNKNOWN;
        if (!lasts[row] && (self->ended[row] == DATE_UNKNOWN || official->until > self->ended[row]))
            self->ended[row] = official->until;
    }
    for (uint32_t i = 0; i < self->rules->n_countries; i++)
        if (lasts[i])
            self->ended[i] = DATE_UNKNOWN;
}

Mentioner *mentioner_open(const Rules *rules)
{
    Arena arena;
    arena_init(&arena);
    Mentioner *self = ARENA_NEW(&arena, Mentioner);
    self->rules = rules;
    self->list_bits = ARENA_ARRAY(&arena, uint32_t, rules->n_list_names + 1);
    self->list_days = ARENA_ARRAY(&arena, int, rules->n_list_names + 1);
    for (size_t i = 0; i < rules->n_list_names; i++)
        self->list_days[i] = INT32_MAX;
    for (size_t i = 0; i < BASE_COUNT(class_lists); i++) {
        int list = rules_list(rules, class_lists[i].list);
        if (list >= 0)
            self->list_bits[list] |= class_lists[i].bit;
    }
    for (size_t i = 0; i < BASE_COUNT(day_lists); i++) {
        int list = rules_list(rules, day_lists[i].list);
        if (list >= 0)
            self->list_days[list] = day_lists[i].offset;
    }
    self->to = lexicon_word(rules->lexicon, STR("to"));
    self->that = lexicon_word(rules->lexicon, STR("that"));
    self->and_ = lexicon_word(rules->lexicon, STR("and"));
    self->of = lexicon_word(rules->lexicon, STR("of"));
    self->by = lexicon_word(rules->lexicon, STR("by"));
    self->from = lexicon_word(rules->lexicon, STR("from"));
    self->in_ = lexicon_word(rules->lexicon, STR("in"));
    self->next = lexicon_word(rules->lexicon, STR("next"));
    self->last = lexicon_word(rules->lexicon, STR("last"));
    self->anaphoric_bodies = rules_list(rules, "anaphoric-bodies");
    self->anaphoric_firms = rules_list(rules, "anaphoric-firms");
    self->generic_roles = rules_list(rules, "generic-roles");
    self->common_names = rules_list(rules, "common-names");
    self->name_openers = rules_list(rules, "name-openers");
    self->firm_words = rules_list(rules, "firm-words");
    self->press = rules_list(rules, "press");
    self->press_names = rules_list(rules, "press-names");
    self->things = rules_list(rules, "things");
    self->articles = rules_list(rules, "articles");
    self->loose_bodies = rules_list(rules, "loose-bodies");
    self->other_firms = rules_list(rules, "other-firms");
    self->epithets = rules_list(rules, "epithets");
    self->joint_firms = rules_list(rules, "joint-firms");
    self->joint_people = rules_list(rules, "joint-people");
    self->joint_lands = rules_list(rules, "joint-lands");
    self->papers = rules_list(rules, "papers");
    self->ranks = rules_list(rules, "ranks");
    self->issuing = rules_list(rules, "issuing");
    self->floating = rules_list(rules, "floating");
    self->group_pronouns = rules_list(rules, "group-pronouns");
    self->bystanders = rules_list(rules, "bystanders");
    self->seats_of_officials = rules_list(rules, "seats-of-officials");
    self->peers = rules_list(rules, "peers");
    self->parts_of_firms = rules_list(rules, "parts-of-firms");
    self->stay_unnamed = rules_list(rules, "stay-unnamed");
    self->known_offices = rules_list(rules, "known-by-surname");
    self->quantifiers = rules_list(rules, "quantifiers");
    self->documents = rules_list(rules, "documents");
    self->national_bodies = rules_list(rules, "national-bodies");
    self->anaphoric_lands = rules_list(rules, "anaphoric-lands");
    self->namesakes = rules_list(rules, "namesakes");
    self->firm_suffixes = rules_list(rules, "firm-suffixes");
    self->small_suffixes = rules_list(rules, "small-suffixes");
    self->master_prepositions = rules_list(rules, "master-prepositions");
    self->purpose_bodies = rules_list(rules, "purpose-bodies");
    self->purpose_prepositions = rules_list(rules, "purpose-prepositions");
    self->generations = rules_list(rules, "generations");
    self->short_given_names = rules_list(rules, "short-given-names");
    self->anaphoric_panels = rules_list(rules, "anaphoric-panels");
    self->panels = rules_list(rules, "panels");
    self->posted_abroad = rules_list(rules, "posted-abroad");
    self->tell = lexicon_tag(rules->lexicon, STR("tell"));
    self->never_nouns = rules_list(rules, "never-nouns");
    self->before_days = rules_list(rules, "before-days");
    self->parts_of_days = rules_list(rules, "parts-of-days");
    read_capitals(self, &arena);
    read_ends(self, &arena);
    Arena scratch;
    arena_init(&scratch);
    self->n_offices = rules->n_officials;
    read_office_fillers(self, &arena);
    self->offices = ARENA_ARRAY(&arena, OfficeKey, self->n_offices + 1);
    for (size_t i = 0; i < rules->n_officials; i++) {
        self->offices[i] = (OfficeKey){ office_key(self, rules->officials[i].office, rules->officials[i].country, &scratch), (uint32_t)i };
        arena_reset(&scratch);
    }
    arena_clear(&scratch);
    qsort(self->offices, self->n_offices, sizeof *self->offices, by_key);
    self->arena = arena;
    return self;
}

void mentioner_close(Mentioner *self)
{
    if (self) {
        Arena arena = self->arena;
        arena_clear(&arena);
    }
}

/* ---- officials on a date ------------------------------------------------------- */

bool mention_held_on(const Official *row, Date day)
{
    enum { OPEN_END_DAYS = 3 * 366 };
    if (day == DATE_UNKNOWN)
        return row->until == DATE_UNKNOWN;
    if (row->from != DATE_UNKNOWN && day < row->from)
        return false;
    if (row->until != DATE_UNKNOWN)
        return day <= row->until;
    return row->as_of == DATE_UNKNOWN || day <= row->as_of + OPEN_END_DAYS;
}

/* The one that began later says more. */
bool mention_better_row(const Official *row, const Official *best)
{
    if (!best)
        return true;
    bool diplomat = str_starts(best->office, STR("Ambassador")), diplomat_too = str_starts(row->office, STR("Ambassador"));
    if (diplomat != diplomat_too)
        return diplomat;
    Date a = row->from == DATE_UNKNOWN ? INT32_MIN : row->from, b = best->from == DATE_UNKNOWN ? INT32_MIN : best->from;
    return a != b ? a > b : row < best;
}

int32_t mention_office_holder(const Mentioner *self, Str title, int32_t country, Date day)
{
    if (country < 0 || title.len == 0 || day == DATE_UNKNOWN)
        return -1;
    Arena scratch;
    arena_init(&scratch);
    uint64_t key = office_key(self, title, self->rules->countries[country].iso, &scratch);
    arena_clear(&scratch);
    size_t low = 0, high = self->n_offices;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (self->offices[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    const Official *best = NULL;
    for (; low < self->n_offices && self->offices[low].key == key; low++) {
        const Official *row = &self->rules->officials[self->offices[low].row];
        if (mention_held_on(row, day) && (row->until != DATE_UNKNOWN || row->as_of == DATE_UNKNOWN || day <= row->as_of + 366) &&
            mention_better_row(row, best))
            best = row;
    }
    return best ? (int32_t)(best - self->rules->officials) : -1;
}

/* ISO code of the state whose capital a place is ("Washington", "Washington, D.C."); STR_NONE if of none. */
static Str country_of_capital(const Mentioner *self, Str place, Arena *arena)
{
    uint32_t row = place.len ? names_find(&self->capitals, str_lower(arena, place)) : NAMES_NONE;
    return row != NAMES_NONE ? self->rules->countries[row].iso : STR_NONE;
}

/* ---- interface ------------------------------------------------------------------------ */

void mention_find(Mentioner *self, const Story *story, const Text *text, const Hits *hits, Arena *arena, MentionMap *out)
{
    *out = (MentionMap){ .classes = ARENA_ARRAY(arena, uint32_t, text->n_tokens + 1), .at = ARENA_ARRAY(arena, int32_t, text->n_tokens + 1),
                         .home = country_of_capital(self, story->place, arena) };
    MentionFinder f = { .self = self, .rules = self->rules, .story = story, .text = text, .hits = hits, .arena = arena, .map = out,
                        .last_day = story->published, .known_names = ARENA_NEW(arena, Names) };
    mention_cut(&f);
    mention_name(&f);
}

uint32_t mention_ticker_end(const Text *text, const MentionMap *map, uint32_t at)
{
    enum { TICKER_TOKENS = 4, TICKER_LETTERS = 6 };
    const Token *open = &text->tokens[at];
    if (at == 0 || open->kind != TOKEN_MARK || (open->mark != '<' && open->mark != '('))
        return at;
    if (open[-1].kind != TOKEN_WORD || !((open[-1].flags & TOKEN_CAPITAL) || map->classes[at - 1] & WORD_SUFFIX))
        return at;
    bool dot = false;
    for (uint32_t i = at + 1; i < text->n_tokens && i <= at + 1 + TICKER_TOKENS; i++) {
        const Token *token = &text->tokens[i];
        if (token->kind == TOKEN_MARK && token->mark == (open->mark == '<' ? '>' : ')'))
            return i > at + 1 && (dot || open->mark == '<') ? i + 1 : at;
        bool letters = token->kind == TOKEN_WORD && token->span.to - token->span.from <= TICKER_LETTERS &&
                       (token->flags & (token->span.to - token->span.from > 1 ? TOKEN_ALL_CAPS : TOKEN_CAPITAL));
        if (!letters && token->kind != TOKEN_NUMBER && !(token->kind == TOKEN_MARK && token->mark == '.'))
            return at;
        dot |= token->kind == TOKEN_MARK;
    }
    return at;
}

static bool person_fits(const MentionMap *map, int32_t entity, const Mention *m)
{
    return entity >= 0 && !map->entities.ptr[entity].institution && !map->entities.ptr[entity].plural &&
           gender_fits(map->entities.ptr[entity].gender, m->gender);
}

/* "Zorvan Salmon" may be a firm, "the cook" anybody. */
static bool is_surely_human(const Entity *e)
{
    return e->gender || e->official >= 0 || (!e->unnamed && e->office.ptr);
}

/* "with Roe", "seeing Roe", "told Roe": no subject; but "For Roe, it is over." */
static bool is_object(const Text *text, const MentionMap *map, const Mention *m)
{
    if (m->first == 0 || (text->tokens[m->first].flags & TOKEN_FIRST))
        return false;
    const Token *before = &text->tokens[m->first - 1];
    return before->kind == TOKEN_WORD && !(before->flags & TOKEN_FIRST) && ((map->classes[m->first - 1] & (WORD_PREPOSITION | WORD_VERB | WORD_CUE)) ||
                                          str_ends(str_slice(text->text, before->span), STR("ing")));
}

static int32_t resolve_person(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    const Mention *m = &map->mentions.ptr[index];
    size_t sentence = text_sentence_of(text, m->first);
    uint32_t para = text->sentences[sentence].paragraph;
    /* "Roe exaggerates when she says": who begins the pronoun's own sentence; not "Moe was wrong, she said". */
    bool behind_comma = m->first > 0 && text->tokens[m->first - 1].mark == ',';
    for (uint32_t at = text->sentences[sentence].first; at < m->first && !behind_comma; at++) {
        const Mention *c = map->at[at] >= 0 ? &map->mentions.ptr[map->at[at]] : NULL;
        if (!c)
            continue;
        if (at > 0 && map->classes[at - 1] & WORD_PREPOSITION) {         /* "On Monday's show, Roe" */
            at = c->end - 1;
            continue;
        }
        if (!c->possessive && c->kind == MENTION_PERSON && person_fits(map, c->entity, m) && is_surely_human(&map->entities.ptr[c->entity]) &&
            !(text->tokens[at].flags & TOKEN_QUOTED))
            return c->entity;
        break;
    }
    /* The subject of the sentence before, in its paragraph or the last; an unnamed one in its own only. */
    if (sentence > 0 && text->sentences[sentence - 1].paragraph + 1 >= para) {
        const Sentence *before = &text->sentences[sentence - 1];
        int32_t first = -1, weak = -1;
        for (size_t i = index; i-- > 0 && map->mentions.ptr[i].first >= before->first;) {
            const Mention *c = &map->mentions.ptr[i];
            if (c->first >= before->end || c->possessive || !person_fits(map, c->entity, m) || (text->tokens[c->first].flags & TOKEN_QUOTED))
                continue;
            if (c->entity == speaker)
                return speaker;
            bool object = is_object(text, map, c) && person_fits(map, speaker, m);
            *(is_surely_human(&map->entities.ptr[c->entity]) && !object ? &first : &weak) = c->entity;
        }
        if (first >= 0)
            return first;
        if (weak >= 0 && !person_fits(map, speaker, m) && text->sentences[sentence - 1].paragraph == para)
            return weak;
    }
    if (person_fits(map, speaker, m))
        return speaker;
    enum { LOOK_BACK = 300 };        /* mentions; keeps a text of pronouns only linear */
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &map->mentions.ptr[i];
        if (text->sentences[text_sentence_of(text, c->first)].paragraph + 3 < para)
            break;
        if (!c->possessive && (c->kind == MENTION_PERSON || c->kind == MENTION_ROLE) && person_fits(map, c->entity, m) &&
            !(text->tokens[c->first].flags & TOKEN_QUOTED))
            return c->entity;
    }
    return -1;
}

/* "They": those who opened a clause together. */
static bool is_subject(const MentionMap *map, const Joint *joint)
{
    return map->entities.ptr[joint->entity].plural && joint->place <= JOINT_BEHIND_VERB;
}

/* "Both", "the two": those who spoke together last, else whom the story named together; -1 if nobody did near by. */
static int32_t resolve_joint(const Text *text, const MentionMap *map, size_t index)
{
    enum { NEAR_PARAGRAPHS = 2, LOOK_BACK = 20 };
    uint32_t para = text_paragraph_of(text, map->mentions.ptr[index].first);
    int32_t passing = -1;
    size_t end = mention_joints_before(map, index);
    for (size_t i = end; i-- > 0 && end - i < LOOK_BACK;) {
        const Joint *joint = &map->joints.ptr[i];
        if (text_paragraph_of(text, map->mentions.ptr[joint->last].first) + NEAR_PARAGRAPHS < para)
            break;
        if (is_subject(map, joint))
            return joint->entity;
        if (passing < 0 && joint->people && joint->place == JOINT_IN_PASSING)
            passing = joint->entity;
    }
    return passing;
}

/* "They": the people who begin its sentence ("Farmers said they ..."), who spoke last, or who begin the sentence before. */
static int32_t resolve_group(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    uint32_t first = map->mentions.ptr[index].first;
    if (first > 0 && text->tokens[first - 1].mark == ',' && speaker >= 0 && map->entities.ptr[speaker].plural)
        return speaker;              /* "Prices rose for farmers, they said" */
    size_t sentence = text_sentence_of(text, map->mentions.ptr[index].first);
    for (int back = 0; back < 2 && sentence >= (size_t)back; back++) {
        const Sentence *in = &text->sentences[sentence - (size_t)back];
        int32_t found = -1;
        for (size_t i = index; i-- > 0 && map->mentions.ptr[i].first >= in->first;) {
            const Mention *c = &map->mentions.ptr[i];
            const Joint *joint = c->first < in->end ? mention_joint_of(map, i) : NULL;
            if (joint && joint->last < index && is_subject(map, joint))
                found = joint->entity;
            else if (c->first < in->end && c->plural && c->entity >= 0 && !c->possessive && (c->kind == MENTION_ROLE || c->kind == MENTION_OTHER))
                found = c->entity;
        }
        if (found >= 0)
            return found;
        if (speaker >= 0 && map->entities.ptr[speaker].plural)
            return speaker;
    }
    return -1;
}

/* "Zorvan": nothing tells that it is a person's name. */
static bool may_be_body(const Entity *e)
{
    return !e->gender && e->official < 0 && !e->office.ptr && !e->unnamed && !e->surnamed && !e->plural;
}

/* "Zorvan Co shut the mine when it said": who begins the sentence, and so its clause; not "Zorvan Co shut the mine, it said". */
static int32_t body_of_clause(const Text *text, const MentionMap *map, size_t index)
{
    const Mention *m = &map->mentions.ptr[index];
    const Sentence *in = &text->sentences[text_sentence_of(text, m->first)];
    if (m->first == in->first || text->tokens[m->first - 1].mark == ',')
        return -1;
    uint32_t at = in->first;
    while (at < m->first && map->at[at] < 0 && (text->tokens[at].kind != TOKEN_WORD || map->classes[at] & (WORD_CONJUNCTION | WORD_DATE)))
        at++;
    const Mention *c = at < m->first && map->at[at] >= 0 ? &map->mentions.ptr[map->at[at]] : NULL;
    if (!c || c->entity < 0 || c->possessive || text->tokens[at].flags & TOKEN_QUOTED || text->tokens[c->end].kind != TOKEN_WORD)
        return -1;
    for (const Mention *other = c + 1; other < m; other++)       /* nobody else in between */
        if (other->entity >= 0 && other->entity != c->entity && (other->kind == MENTION_BODY || other->kind == MENTION_COUNTRY))
            return -1;
    const Entity *e = &map->entities.ptr[c->entity];
    return (e->institution && !e->document) || (c->kind == MENTION_PERSON && may_be_body(e)) ? c->entity : -1;
}

/* "Its web page": of the body that its sentence told of first; "his", "their": as the pronouns. */
static int32_t owner_of(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    const Mention *m = &map->mentions.ptr[index];
    if (m->gender)
        return resolve_person(text, map, index, speaker);
    if (m->plural)
        return resolve_group(text, map, index, speaker);
    const Sentence *in = &text->sentences[text_sentence_of(text, m->first)];
    int32_t first = -1;
    for (size_t i = index; i-- > 0 && map->mentions.ptr[i].first >= in->first;) {
        const Mention *c = &map->mentions.ptr[i];
        bool inside = c->first > 0 && map->classes[c->first - 1] & WORD_PREPOSITION;
        if (c->entity >= 0 && !c->possessive && !inside && (map->entities.ptr[c->entity].institution || may_be_body(&map->entities.ptr[c->entity])))
            first = c->entity;
    }
    return first >= 0 ? first : speaker >= 0 && map->entities.ptr[speaker].institution ? speaker : -1;
}

int32_t mention_resolve(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    const Mention *m = &map->mentions.ptr[index];
    if (m->owned) {
        int32_t owner = owner_of(text, map, index, speaker);
        return owner >= 0 ? owner : m->entity;
    }
    if (m->entity >= 0 || m->kind != MENTION_PRONOUN)
        return m->entity;
    if (m->gender)
        return resolve_person(text, map, index, speaker);
    if (map->classes[m->first] & WORD_I)
        return -1;
    if (m->plural && !(map->classes[m->first] & WORD_THEY))
        return resolve_joint(text, map, index);
    if (m->plural) {
        int32_t group = resolve_group(text, map, index, speaker);
        if (group >= 0)
            return group;
    }
    /* "it", "they": the body or country that begins the pronoun's clause, that spoke or that was named last */
    int32_t own = m->plural ? -1 : body_of_clause(text, map, index);
    if (own >= 0)
        return own;
    bool one_of_many = speaker >= 0 && map->entities.ptr[speaker].plural && !m->plural;
    if (speaker >= 0 && !one_of_many && (map->entities.ptr[speaker].institution || (!m->plural && may_be_body(&map->entities.ptr[speaker]))))
        return speaker;
    enum { LOOK_BACK = 30, NEAR = 12 };
    for (size_t i = index; speaker >= 0 && !m->plural && i-- > 0 && index - i < LOOK_BACK;)      /* "the letter", through which he spoke */
        if (map->mentions.ptr[i].kind == MENTION_BODY && map->mentions.ptr[i].entity == speaker)
            return speaker;
    size_t sentence = text_sentence_of(text, m->first);
    uint32_t from = sentence > 0 ? text->sentences[sentence - 1].first : 0, to = text->sentences[sentence].first;
    int32_t subject = -1, near = -1;
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &map->mentions.ptr[i];
        if ((c->kind != MENTION_BODY && c->kind != MENTION_COUNTRY) || c->entity < 0 || c->possessive)
            continue;
        bool inside_phrase = c->first > 0 && map->classes[c->first - 1] & WORD_PREPOSITION;
        bool document = map->entities.ptr[c->entity].document;       /* only when nobody else is there */
        if (c->first >= from && c->first < to && c->kind == MENTION_BODY && !inside_phrase && (!document || (subject < 0 && !m->plural)))
            subject = c->entity;     /* the first of the sentence before */
        if (!document && near < 0 && index - i < NEAR)
            near = c->entity;
    }
    return subject >= 0 ? subject : near;
}
