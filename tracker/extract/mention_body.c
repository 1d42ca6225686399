#include "extract/mention_internal.h"

/* What the lexicon knows of a name or of a word in one. */
enum { ENDS_IN_SUFFIX = 1 << 0, ENDS_IN_SMALL_SUFFIX = 1 << 1, ENDS_IN_SHORT_NAME = 1 << 2, HOLDS_GIVEN_NAME = 1 << 3 };

/* Looked up once: every phrase asks it of all bodies of the story. */
static bool is_known(const MentionFinder *f, Str name, uint32_t what)
{
    uint32_t known = names_find(f->known_names, name);
    if (known != NAMES_NONE)
        return known & what;
    Text text;
    Hits hits = lexicon_look_up(f->rules->lexicon, name, f->arena, &text);
    known = 0;
    for (size_t k = 0; k < hits.len; k++) {
        const Hit *hit = &hits.ptr[k];
        bool ends = hit->end == text.n_tokens;
        known |= ends && hit_is_of_list(hit, f->self->firm_suffixes) ? ENDS_IN_SUFFIX : 0u;
        known |= ends && hit_is_of_list(hit, f->self->small_suffixes) ? ENDS_IN_SMALL_SUFFIX : 0u;
        known |= ends && hit_is_of_list(hit, f->self->short_given_names) ? ENDS_IN_SHORT_NAME : 0u;
        known |= hit->kind == LEXICON_GIVEN ? HOLDS_GIVEN_NAME : 0u;
    }
    names_add(f->known_names, f->arena, name, known);
    return known & what;
}

/* Without the words that end a firm's name: "Norland Salmon" of Norland Salmon Co Plc. */
static Str without_suffixes(const MentionFinder *f, Str name)
{
    for (;;) {
        Str last = str_last_word(name);
        if (last.len == name.len || !is_known(f, last, ENDS_IN_SMALL_SUFFIX))
            return name;
        name.len -= last.len + 1;
    }
}

/* "GE", "IBM": the first letters of a name's words (also of "Rio Zorvan-Zinc"), with or without one more at its end. */
static bool spells(Str letters, Str name, char hyphen)
{
    size_t n = 0, words = 0;
    for (Str word, part = STR_NONE; str_split(&part, hyphen, &word) || (str_split(&name, ' ', &part) && str_split(&part, hyphen, &word));) {
        if (word.len == 0 || word.ptr[0] < 'A' || word.ptr[0] > 'Z') {
            if (word.len > 3 && n < letters.len)
                return false;        /* "the survey of the Salmon Office" */
            continue;                /* of, and, the */
        }
        words++;
        if (n < letters.len && word.ptr[0] == letters.ptr[n])
            n++;
        else if (n < letters.len || words == n)
            return false;
    }
    return n == letters.len && words <= n + 1;
}

static bool is_acronym(Str letters, Str name)
{
    return spells(letters, name, '-') || spells(letters, name, ' ');
}

/* "Ada Roe Foundation", "Zorvan Salmon corp", not "Roe campaign" */
static bool ends_like_name(const MentionFinder *f, Str name)
{
    Str last = str_last_word(name);
    return (last.len && last.ptr[0] >= 'A' && last.ptr[0] <= 'Z') || is_known(f, name, ENDS_IN_SMALL_SUFFIX);
}

/* "F. W. Zorvan Co" and "Wm. Zorvan Co" are Zorvan, but "St. Zorvan Co" is not. */
static Str without_initials(const MentionFinder *f, Str name)
{
    for (Str rest = name, word; str_split(&rest, ' ', &word) && rest.ptr && str_ends(word, STR("."));) {
        bool initials = str_find(word, STR("."), 0) == 1;
        if (!initials && !is_known(f, word, ENDS_IN_SHORT_NAME))
            break;
        name = rest;
    }
    return name;
}

/*
 * "Zorvan Salmon" for Zorvan, Salmon and Lyle Co, "Zorvan Trust" for Zorvan Corp Trust: a name begins with the words of
 * another one, but for commas and the words that end a firm's name, and has more.
 */
static bool begins_name(const MentionFinder *f, Str name, Str full)
{
    Str want, word;
    bool more = false;
    str_split(&name, ' ', &want);
    for (bool first = true; str_split(&full, ' ', &word); first = false) {
        if (word.len > 1 && word.ptr[word.len - 1] == ',') {
            word.len--;
            more = true;
        }
        if (str_equal(word, want)) {
            if (!str_split(&name, ' ', &want))
                return more || full.ptr;
        } else if (first || !is_known(f, word, ENDS_IN_SMALL_SUFFIX)) {
            return false;
        } else {
            more = true;
        }
    }
    return false;
}

/* "Lyle" for Morgan Lyle Co, and where the word is no common one for Zorvan Lyle Co */
static bool is_founder(const MentionFinder *f, Str name, Str full, bool common)
{
    Str given, rest = full;
    if (!str_split(&rest, ' ', &given) || !rest.ptr || !str_starts(rest, name))
        return false;
    Str founder = without_suffixes(f, full);
    if (founder.len != given.len + 1 + name.len || founder.len == full.len)
        return false;
    return !common || is_known(f, given, HOLDS_GIVEN_NAME);
}

/*
 * The body whose full name the story gives and which a phrase names for short: by its first words ("General
 * Electric" for General Electric Co) or first letters; -1 if there is none.
 */
int32_t mention_body_in_short(const MentionFinder *f, const Mention *m)
{
    uint32_t first = m->first + (m->first < m->name_first && has(f, m->first, WORD_DETERMINER));
    Str name = mention_clean_text(f, first, m->name_end);
    bool letters = m->name_end == first + 1 && name.len >= 2 && (tok(f, first)->flags & TOKEN_ALL_CAPS);
    int32_t founded = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (!e->institution || e->name.len <= name.len)
            continue;
        Str full = without_initials(f, e->name);
        bool begins = full.len > name.len && full.ptr[0] == name.ptr[0] && begins_name(f, name, full) && ends_like_name(f, full);
        Str people, own = e->name;       /* "U.S. Salmon Office" is the SO, and the Salmon Office */
        bool owned = e->country.ptr && str_split(&own, ' ', &people) && own.ptr;
        bool spelt = letters && (is_acronym(name, e->name) || (owned && is_acronym(name, own)) ||
                                 (e->name.ptr[0] == name.ptr[0] && is_acronym(name, without_suffixes(f, e->name))));
        if (begins || spelt || (owned && str_equal(own, name)))
            return (int32_t)i;
        if (founded < 0 && is_founder(f, name, e->name, f->map->classes[first] != 0))
            founded = (int32_t)i;
    }
    return founded;
}

/* "Senate Finance Committee" is no company. */
static bool is_public(const MentionFinder *f, const Mention *m)
{
    bool public = false;
    for (uint32_t i = m->name_first; i < m->name_end; i++) {
        if (hits_list_at(f->hits, i, f->self->firm_words))
            return false;            /* "Salmon Savings Association" */
        public |= has(f, i, WORD_PUBLIC);
    }
    return public && !has(f, m->name_end - 1, WORD_SUFFIX);
}

/* "Zorvan Co", "<Zorvan Plastics>": a firm for sure. */
static bool is_marked_firm(const MentionFinder *f, const Mention *m)
{
    return has(f, m->name_end - 1, WORD_SUFFIX) || (m->end < f->text->n_tokens && (tok(f, m->end)->mark == '>' || tok(f, m->end)->mark == '<'));
}

/* "Zorvan Plastics": a name that nothing shows to be a person's. */
static bool may_be_firm(const MentionFinder *f, const Mention *m)
{
    const Entity *e = &f->map->entities.ptr[m->entity];
    return m->kind == MENTION_PERSON && e->official < 0 && !e->unnamed && !e->surnamed && !e->gender && !e->office.ptr &&
           (m->first == m->name_first || (tok(f, m->name_first - 1)->flags & TOKEN_POSSESSIVE)) && !has(f, m->name_first, WORD_GIVEN);
}

/* "the company", "the rating agency": no name, and nothing that tells it from another one. */
static bool is_anaphor(const MentionFinder *f, const Mention *m, bool loose)
{
    uint32_t head = m->end - 1 - m->possessive;
    if (!str_equal(word(f, m->first), STR("the")) || m->head != head || head == m->first)
        return false;
    for (uint32_t i = m->first + 1; i < head; i++)
        if (!loose || tok(f, i)->kind != TOKEN_WORD || (tok(f, i)->flags & (TOKEN_CAPITAL | TOKEN_POSSESSIVE)) ||
            hits_list_at(f->hits, i, f->self->other_firms))
            return false;
    return true;
}

/* "The central bank" is "Norland's central bank" or the Bank of Norland, not "a small bank" or Salmon Bank Ltd. */
static bool shares_words(const MentionFinder *f, const Mention *m, const Mention *c)
{
    if (m->head == m->first + 1 || (mention_is_capital(f, c->head) && !is_marked_firm(f, c) && c->body < 0))
        return true;
    return c->head > c->first && tok(f, c->head - 1)->hash == tok(f, m->head - 1)->hash;
}

/* The body of that name, whatever its capitals; -1 if the story has named none. */
static int32_t body_named(const MentionFinder *f, Str name)
{
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].institution && str_equal_nocase(f->map->entities.ptr[i].name, name))
            return (int32_t)i;
    return -1;
}

/* "Zorvan Salmon Co chairman Kevin Moe": the firm in front of somebody's office; -1 if there is none. */
static int32_t employer_of(MentionFinder *f, const Mention *m)
{
    uint32_t end = m->kind == MENTION_PERSON ? m->name_first : m->kind == MENTION_ROLE ? m->head : m->first;
    for (uint32_t i = m->first + 1; i < end; i++) {
        uint32_t first = i;
        while (first > m->first && (mention_is_capital(f, first - 1) || tok(f, first - 1)->word == f->self->and_) && !has(f, first - 1, WORD_DETERMINER))
            first--;
        if (!has(f, i, WORD_SUFFIX) || !mention_is_capital(f, i) || first == i)
            continue;
        Str name = mention_clean_text(f, first, i + 1);
        int32_t known = body_named(f, name);
        return known >= 0 ? known : mention_add_entity(f, (Entity){ .name = name, .official = -1, .institution = true, .first_token = first });
    }
    return -1;
}

/* "Zorvan Co's fish unit": the only firm that the story has named before a token; -1 if it has named none, or several. */
static int32_t only_firm(const MentionFinder *f, uint32_t before)
{
    int32_t only = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (!e->institution || e->first_token >= before || !is_known(f, e->name, ENDS_IN_SMALL_SUFFIX))
            continue;
        if (only >= 0)
            return -1;
        only = (int32_t)i;
    }
    return only;
}

/* "Zorvan is on sale in Oslo": the single name, no common word, that opens the story and comes again in it; -1 if none does. */
static int32_t firm_of_lead(MentionFinder *f, uint32_t before)
{
    uint32_t first = 0;
    while (first < f->text->n_tokens && f->text->paragraphs[text_paragraph_of(f->text, first)].kind != PARAGRAPH_BODY)
        first++;
    const Mention *m = first < before && f->map->at[first] >= 0 ? &f->map->mentions.ptr[f->map->at[first]] : NULL;
    if (!m || m->entity >= 0 || m->first != first || m->end - m->possessive != first + 1 || !mention_is_capital(f, first) || f->map->classes[first])
        return -1;
    bool again = false;
    for (uint32_t i = first + 1; i < f->text->n_tokens && !again; i++)
        again = tok(f, i)->hash == tok(f, first)->hash && (tok(f, i)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL && !mention_is_capital(f, i + 1) &&
                !mention_is_capital(f, i - 1);
    if (!again)
        return -1;
    return mention_add_entity(f, (Entity){ .name = mention_clean_text(f, first, first + 1), .official = -1, .institution = true, .first_token = first });
}

static bool has_press_name(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->name_first; i < m->name_end; i++)
        if (hits_list_at(f->hits, i, f->self->press_names))
            return true;
    return false;
}

/* "The palace said in a statement" */
static bool issues(const MentionFinder *f, const Mention *who, const Mention *document)
{
    enum { REACH = 8 };
    for (uint32_t i = who->end; i < who->end + REACH && i < document->first; i++)
        if (tok(f, i)->hash == tok(f, document->head)->hash)
            return true;
    return false;
}

/* "OSLO (Zorvan Wire) - ..." */
static bool is_dateline(const MentionFinder *f, const Mention *m)
{
    uint32_t end = m->end;
    return m->first == f->text->paragraphs[text_paragraph_of(f->text, m->first)].first_token && tok(f, m->first)->flags & TOKEN_ALL_CAPS &&
           end < f->text->n_tokens && (tok(f, end)->mark == '(' || tok(f, end)->mark == '-');
}

uint32_t mention_name_start(const MentionFinder *f, uint32_t from, uint32_t at)
{
    for (;;) {
        while (at > from && mention_is_capital(f, at - 1) && !has(f, at - 1, WORD_DETERMINER | WORD_TITLE | WORD_ROLE | WORD_ROLES | WORD_DATE) &&
               !(tok(f, at - 1)->flags & TOKEN_POSSESSIVE))
            at--;
        if (at < from + 2 || !is_word(f, at - 1, f->self->of) || !mention_is_capital(f, at - 2) || !has(f, at - 2, WORD_BODY))
            return at;
        at -= 2;
    }
}

/* "The administration" of a story that has told of a "Roe administration official"; -1 when `c` holds no such body. */
static int32_t named_inside(MentionFinder *f, const Mention *m, const Mention *c)
{
    bool panel = hits_list_at(f->hits, m->head, f->self->anaphoric_panels);
    for (uint32_t i = c->first + 1; i < c->end && (c->kind == MENTION_ROLE || c->kind == MENTION_PERSON); i++) {
        bool same = tok(f, i)->hash == tok(f, m->head)->hash || (panel && hits_list_at(f->hits, i, f->self->panels) && mention_is_capital(f, i));
        uint32_t first = same && i != c->head ? mention_name_start(f, c->first, i) : i;
        if (first == i)
            continue;
        uint32_t end = i + 1;        /* "Salmon Association [of Norway]" */
        while (end + 1 < c->end && is_word(f, end, f->self->of) && mention_is_capital(f, end + 1))
            for (end += 2; end < c->end && mention_is_capital(f, end) && !has(f, end, WORD_ROLE | WORD_ROLES | WORD_TITLE);)
                end++;
        const Hit *land = hit_of(f, first, LEXICON_COUNTRY);
        bool known = land && land->end == end;
        Str name = known ? f->rules->countries[land->id].name : mention_clean_text(f, first, end);
        int32_t told = body_named(f, name);
        if (told >= 0)
            return told;
        return mention_add_entity(f, (Entity){ .name = name, .country = mention_country_code(f, known ? (int32_t)land->id : c->country), .official = -1, .institution = true,
                                               .first_token = first });
    }
    return -1;
}

/*
 * "The ministry", "the company": the last named body before it whose name has the word.  Of firms, whose names tell
 * nothing, the last one that spoke, else that began a sentence, else the first one named.  Of agencies, papers and
 * the like the last one that spoke near by, and of a statement whoever did.  Else the only body that the story has named.  -1 if none is.
 */
static int32_t named_before(MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 300, NEAR_PARAGRAPHS = 3 };
    const Mention *m = &f->map->mentions.ptr[index];
    bool firm = hits_list_at(f->hits, m->head, f->self->anaphoric_firms), loose = !firm && hits_list_at(f->hits, m->head, f->self->loose_bodies);
    bool press = hits_list_at(f->hits, m->head, f->self->press), document = hits_list_at(f->hits, m->head, f->self->documents);
    bool capital = mention_is_capital(f, m->head);       /* "the Post": only a body of that name */
    bool listed = firm || loose || hits_list_at(f->hits, m->head, f->self->anaphoric_bodies);
    if (!is_anaphor(f, m, firm || loose || document) || (!listed && !capital))
        return -1;
    bool panel = hits_list_at(f->hits, m->head, f->self->anaphoric_panels);
    bool national = hits_list_at(f->hits, m->head - 1, f->self->national_bodies);        /* "the central bank" */
    int32_t only = -1, spoke = -1, began = -1, named = -1;
    bool several = false;
    uint32_t para = text_paragraph_of(f->text, m->first);
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        bool long_name = c->kind == MENTION_BODY && c->entity >= 0 && c->end - c->first > (c->possessive ? 3u : 2u);
        bool described = firm && !mention_is_capital(f, c->head);       /* "the Fjord fishing company" */
        described |= firm && c->first > 0 && tok(f, c->first - 1)->mark == ',';      /* "Zorvan Co, a small company" */
        if (long_name && !described && (listed || mention_is_capital(f, c->head)) && tok(f, c->head)->hash == tok(f, m->head)->hash && shares_words(f, m, c))
            return c->entity;        /* "the Bank of Norland", "a federal court" */
        if (panel && c->kind == MENTION_BODY && c->entity >= 0 && mention_is_capital(f, c->head) && hits_list_at(f->hits, c->head, f->self->panels))
            return c->entity;        /* "the Senate Salmon Committee" */
        int32_t inside = listed && m->head == m->first + 1 ? named_inside(f, m, c) : -1;
        if (inside >= 0)
            return inside;
        if (c->entity < 0 || c->name_end == c->name_first || !listed)
            continue;
        if (is_dateline(f, c)) {
            several = true;
            continue;
        }
        if (document && !f->map->entities.ptr[c->entity].document && mention_is_beside_cue(f, c) &&
            text_paragraph_of(f->text, c->first) + NEAR_PARAGRAPHS > para) {
            if (issues(f, c, m))
                return c->entity;
            if (spoke < 0 && (c->kind == MENTION_BODY || c->kind == MENTION_COUNTRY))
                spoke = c->entity;
        }
        bool body = c->kind == MENTION_BODY;
        if (!body && !((firm || loose) && may_be_firm(f, c)))
            continue;
        for (uint32_t k = c->first; k < c->name_end && body && shares_words(f, m, c); k++)
            if (tok(f, k)->hash == tok(f, m->head)->hash)
                return c->entity;
        bool letters = c->end == c->first + 1 && (tok(f, c->first)->flags & TOKEN_ALL_CAPS);
        bool fits = c->body < 0 && (press ? has_press_name(f, c) || (!is_public(f, c) && !letters) : !is_public(f, c));
        if (firm && fits && !c->possessive) {
            if (spoke < 0 && mention_is_beside_cue(f, c))
                spoke = c->entity;
            bool heading = f->text->paragraphs[text_paragraph_of(f->text, c->first)].kind != PARAGRAPH_BODY;
            if (began < 0 && (tok(f, c->first)->flags & TOKEN_FIRST) && !heading)
                began = c->entity;
        }
        if (firm && fits && body && is_marked_firm(f, c))
            named = c->entity;
        if (loose && !national && fits && spoke < 0 && mention_is_beside_cue(f, c) && text_paragraph_of(f->text, c->first) + NEAR_PARAGRAPHS > para)
            spoke = c->entity;
        several |= body && only >= 0 && only != c->entity;
        if (body)
            only = c->entity;
    }
    if (firm && spoke < 0)
        spoke = began >= 0 ? began : named;
    for (size_t i = index; firm && spoke < 0 && i-- > 0 && index - i < LOOK_BACK;)
        spoke = employer_of(f, &f->map->mentions.ptr[i]);
    bool bare = firm && m->head == m->first + 1;         /* not "the consulting company" */
    if (bare && spoke < 0)
        spoke = only_firm(f, m->first);
    if (bare && spoke < 0)
        spoke = firm_of_lead(f, m->first);
    if (spoke >= 0 && !document)
        f->map->entities.ptr[spoke].institution = true;
    if (firm || spoke >= 0)
        return spoke;
    return several || hits_list_at(f->hits, m->head, f->self->national_bodies) ? -1 : only;
}

/* Where a body's own name begins: "underwriter [Zorvan Bank Ltd]", but "[Norwegian Fisheries Ministry]". */
static uint32_t body_start(const MentionFinder *f, const Mention *m)
{
    uint32_t at = m->name_first;
    if (at > m->first && !mention_is_capital(f, at - 1) && has(f, at - 1, WORD_BODY))
        return at;                   /* "the newspaper [Fjordposten]" */
    if (m->name_end < m->name_first + 2)
        return m->first;
    while (at > m->first && mention_is_capital(f, at - 1) && !has(f, at - 1, WORD_DETERMINER))
        at--;
    bool firm = has(f, m->name_end - 1, WORD_SUFFIX);        /* "Zorvan's Salmon Service Inc" */
    if (firm && at >= m->first + 2 && (tok(f, at - 1)->flags & TOKEN_POSSESSIVE) && mention_is_capital(f, at - 2) && at - 2 == m->first &&
        !has(f, at - 2, WORD_SUFFIX) && !hit_of(f, at - 2, LEXICON_COUNTRY))
        at -= 2;
    return at;
}

/* "Salmon Paper" for Salmon Paper Co: the firm whose name has only its last word more; -1 if the story names none. */
static int32_t firm_in_full(const MentionFinder *f, Str name)
{
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Str full = f->map->entities.ptr[i].name;
        if (!f->map->entities.ptr[i].institution || full.len <= name.len + 1 || !str_starts(full, name) || full.ptr[name.len] != ' ')
            continue;
        Text text;
        Hits hits = lexicon_look_up(f->rules->lexicon, (Str){ full.ptr + name.len + 1, full.len - name.len - 1 }, f->arena, &text);
        for (size_t k = 0; k < hits.len; k++)
            if (hits.ptr[k].kind == LEXICON_LIST && hits.ptr[k].first == 0 && hits.ptr[k].end == text.n_tokens &&
                f->self->list_bits[hits.ptr[k].id] & WORD_SUFFIX)
                return (int32_t)i;
    }
    return -1;
}

/* "the government", "the central bank" and no more */
static bool is_national(const MentionFinder *f, const Mention *m)
{
    uint32_t first = m->first + has(f, m->first, WORD_DETERMINER), end = m->end - m->possessive;
    bool national = false;
    for (uint32_t i = f->hits->at[first]; i < f->hits->at[first + 1]; i++)
        national |= hit_is_of_list(&f->hits->ptr[i], f->self->national_bodies) && f->hits->ptr[i].end == end;
    return national && m->kind == MENTION_BODY && m->body < 0;
}

/* "Zorvan Co's Salmon Paper unit [said]", "the Fjord division of Zorvan Co": a part of a firm that speaks by its name. */
static bool is_named_part(const MentionFinder *f, const Mention *m)
{
    bool unknown = m->kind == MENTION_OTHER || (m->kind == MENTION_PERSON && m->official < 0 && !m->gender);
    bool of_speaker = has(f, m->first, WORD_DETERMINER) && !str_equal(word(f, m->first), STR("the"));      /* "said its Salmon unit agreed" */
    if (!unknown || of_speaker || m->plural || !hits_list_at(f->hits, m->head, f->self->parts_of_firms) || !mention_is_beside_cue(f, m))
        return false;
    if (m->end < f->text->n_tokens && tok(f, m->end)->mark == ',' && mention_is_capital(f, m->end + 1))
        return false;                /* its name follows */
    bool named = false;
    for (uint32_t i = m->first; i < m->end && !named; i++)
        named = mention_is_capital(f, i) && !has(f, i, WORD_DETERMINER);
    return named;
}

/* "The Commission", which may be known by that name: but the story told of a "Norwegian Salmon Commission"; -1 if of none. */
static int32_t told_in_full(const MentionFinder *f, size_t index)
{
    enum { LOOK_BACK = 300 };
    const Mention *m = &f->map->mentions.ptr[index];
    if (!is_anaphor(f, m, false) || !hits_list_at(f->hits, m->head, f->self->anaphoric_bodies))
        return -1;
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind == MENTION_BODY && c->entity >= 0 && c->end - c->first > 2 && mention_is_capital(f, c->head) && tok(f, c->head)->hash == tok(f, m->head)->hash)
            return c->entity;
    }
    return -1;
}

/* A body or a country: one entity for each name. */
void mention_name_body(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->kind == MENTION_BODY && m->body < 0 && m->name_end <= m->name_first + 1 && (m->entity = named_before(f, index)) >= 0)
        return;
    if (m->kind == MENTION_BODY && m->body >= 0 && (m->entity = told_in_full(f, index)) >= 0)
        return;
    Str name;
    if (m->kind == MENTION_COUNTRY) {
        name = f->rules->countries[m->country].name;
    } else {
        uint32_t end = m->possessive ? m->end - 1 : m->end;
        Str owned = m->body < 0 && !is_national(f, m) && m->name_end == m->name_first &&
                    mention_is_beside_cue(f, m) ? mention_owned_name(f, index) : STR_NONE;
        name = owned.ptr ? owned : m->body >= 0 && m->country < 0 ? f->rules->bodies[m->body].name : mention_clean_text(f, body_start(f, m), end);
    }
    if ((m->entity = body_named(f, name)) >= 0)
        return;
    if (m->kind == MENTION_BODY && m->body < 0 && (m->entity = firm_in_full(f, name)) >= 0)
        return;
    m->entity = mention_add_entity(f, (Entity){ .name = name, .country = mention_country_code(f, m->country), .official = -1, .institution = true,
                                        .document = m->end - m->first <= 2 && hits_list_at(f->hits, m->head, f->self->documents),
                                        .national = is_national(f, m), .first_token = m->first });
}

void mention_name_parts(MentionFinder *f)
{
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        Mention *m = &f->map->mentions.ptr[i];
        if (!is_named_part(f, m))
            continue;
        m->kind = MENTION_BODY;
        m->country = -1;
        m->name_first = m->first + has(f, m->first, WORD_DETERMINER);
        m->name_end = m->end;
        mention_name_body(f, i);
    }
}

/* "Salmon General" of a story about Salmon General Corp is no general. */
void mention_name_firm_of_roles(MentionFinder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    uint32_t end = m->end - m->possessive;
    for (uint32_t i = m->first; i < end; i++)
        if (!mention_is_capital(f, i) || has(f, i, WORD_DETERMINER))
            return;
    Mention whole = *m;
    whole.name_first = m->first;
    whole.name_end = end;
    whole.entity = mention_body_in_short(f, &whole);
    if (whole.entity < 0 || !is_known(f, f->map->entities.ptr[whole.entity].name, ENDS_IN_SUFFIX))
        return;
    whole.kind = MENTION_BODY;
    whole.gender = 0;
    *m = whole;
}

/* What turned out to be a firm's name is one wherever it stands. */
void mention_retype_firms(MentionFinder *f)
{
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        Mention *m = &f->map->mentions.ptr[i];
        if (m->kind == MENTION_PERSON && m->entity >= 0 && f->map->entities.ptr[m->entity].institution) {
            m->kind = MENTION_BODY;
            m->gender = 0;
        }
    }
}
