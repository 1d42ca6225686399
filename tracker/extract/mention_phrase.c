#include "extract/mention_internal.h"

/* ---- word classes ---------------------------------------------------------------- */

/* Is it, or opens it, a name of somebody or something? */
static bool is_in_roster(const MentionFinder *f, uint32_t at)
{
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++)
        if (f->hits->ptr[i].kind <= LEXICON_GIVEN)
            return true;
    return false;
}

/* The letter of "James A. Rimsky" and "Zorvan A/S" is no article, that of "Per I. Moe" no pronoun. */
static bool is_initial(const MentionFinder *f, uint32_t at)
{
    Str raw = str_slice(f->text->text, tok(f, at)->span);
    bool dot = raw.len == 2 && raw.ptr[1] == '.';
    bool slash = raw.len == 1 && at + 1 < f->text->n_tokens && tok(f, at + 1)->mark == '/';
    return (dot || slash) && (tok(f, at)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL;
}

static void mark_classes(MentionFinder *f)
{
    uint32_t *classes = f->map->classes;
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        uint32_t bits = 0;
        if (hit->kind == LEXICON_LIST)
            bits = f->self->list_bits[hit->id];
        else if (hit->kind == LEXICON_VERB)
            bits = WORD_CUE;
        else if (hit->kind == LEXICON_GIVEN)
            bits = WORD_GIVEN;
        if (bits & (WORD_TITLE | WORD_MONTH | WORD_WEEKDAY))
            if (!(tok(f, hit->first)->flags & TOKEN_CAPITAL))
                bits &= ~(uint32_t)(WORD_TITLE | WORD_MONTH | WORD_WEEKDAY);
        /* "in part" is an adverb as a whole; a cue of several words is told by its first. */
        uint32_t end = hit->kind == LEXICON_VERB ? hit->first + 1 : hit->end;
        for (uint32_t k = hit->first; k < end; k++)
            classes[k] |= bits;
    }
    for (uint32_t i = 0; i < f->text->n_tokens; i++) {
        const Token *token = tok(f, i);
        Str raw = str_slice(f->text->text, token->span);
        if (token->flags & TOKEN_HYPHENED)           /* "Florida-based", "run-up": parts of a noun */
            classes[i] &= ~(uint32_t)(WORD_PREPOSITION | WORD_CONJUNCTION);
        bool fronted = (token->flags & TOKEN_FIRST) && i + 1 < f->text->n_tokens && tok(f, i + 1)->mark == ',';       /* "Allegedly, ..." */
        bool no_name = !(token->flags & TOKEN_CAPITAL) || (fronted && !is_in_roster(f, i));
        if (token->kind == TOKEN_WORD && no_name && raw.len > 4 && str_ends(raw, STR("ly")) && !classes[i])
            classes[i] |= WORD_ADVERB;
        if (is_initial(f, i))
            classes[i] = 0;
    }
}

bool mention_is_capital(const MentionFinder *f, uint32_t token)
{
    const uint32_t closed = WORD_CONJUNCTION | WORD_PREPOSITION | WORD_ADVERB | WORD_RELATIVE | WORD_AUXILIARY | WORD_COPULA | WORD_PRONOUN |
                            WORD_DETERMINER | WORD_CUE | WORD_VERB | WORD_ROLES;
    if (token >= f->text->n_tokens || !(tok(f, token)->flags & TOKEN_CAPITAL))
        return false;
    bool opens = (tok(f, token)->flags & TOKEN_FIRST) || (token > 0 && tok(f, token - 1)->kind == TOKEN_QUOTE_OPEN);
    bool named = hits_list_at(f->hits, token, f->self->name_openers) && token + 1 < f->text->n_tokens && (tok(f, token + 1)->flags & TOKEN_CAPITAL) &&
                 !is_in_roster(f, token + 1) && !has(f, token + 1, WORD_TITLE | WORD_ROLE);        /* "First Zorvan Bank" */
    return !opens || !has(f, token, closed) || has(f, token, WORD_GIVEN) || (tok(f, token)->flags & TOKEN_ALL_CAPS) || named;
}

/* ---- noun phrases ----------------------------------------------------------------- */

/* A noun without an article: "abuses" in "alleged abuses". */
static bool is_bare_noun(const MentionFinder *f, uint32_t at)
{
    return at < f->text->n_tokens && tok(f, at)->kind == TOKEN_WORD && !mention_is_capital(f, at) &&
           !has(f, at, WORD_DETERMINER | WORD_PRONOUN | WORD_CONJUNCTION | WORD_PREPOSITION | WORD_RELATIVE | WORD_ADVERB | WORD_ROLES | WORD_DATE);
}

/* "Roe reminisced about", "Moe outpolled Roe": an unknown verb, since no noun follows that it could belong to. */
static bool is_past_behind_name(const MentionFinder *f, uint32_t at)
{
    Str raw = str_slice(f->text->text, tok(f, at)->span);
    return raw.len > 4 && str_ends(raw, STR("ed")) && mention_is_capital(f, at - 1) && !has(f, at, WORD_ROLE | WORD_ROLES | WORD_BODY) &&
           !is_bare_noun(f, at + 1);
}

/* "press secretary", "holding company": no verb begins there. */
static bool is_long_noun(const MentionFinder *f, uint32_t first)
{
    for (uint32_t i = f->hits->at[first]; i < f->hits->at[first + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_LIST && f->hits->ptr[i].words > 1 && (f->self->list_bits[f->hits->ptr[i].id] & (WORD_ROLE | WORD_BODY)))
            return true;
    return false;
}

/* "built", "added": by its ending; of the forms of cues only what can be nothing else ("report" and "demand" cannot). */
static bool is_past(const MentionFinder *f, uint32_t at)
{
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_VERB && f->hits->ptr[i].words == 1 && f->rules->verb_forms[f->hits->ptr[i].id].tense == VERB_BASE)
            return false;
    Str form = word(f, at);
    return str_ends(form, STR("d")) || str_ends(form, STR("t"));
}

/* "the [previously] announced sale", "the [first] official" */
static bool is_behind_article(const MentionFinder *f, uint32_t at, uint32_t first)
{
    return at == first + 1 && hits_list_at(f->hits, first, f->self->articles) && at + 1 < f->text->n_tokens && tok(f, at + 1)->kind == TOKEN_WORD &&
           !has(f, at + 1, WORD_AUXILIARY | WORD_COPULA | WORD_PREPOSITION | WORD_CONJUNCTION | WORD_DETERMINER | WORD_PRONOUN);
}

/* "Estimates suggest that", "Figures to be released": what opens a sentence with an -s is a subject, not a verb that has one. */
static bool is_noun_first(const MentionFinder *f, uint32_t at)
{
    const Token *token = tok(f, at);
    Str form = word(f, at);
    if (!(token->flags & TOKEN_FIRST) || !(token->flags & TOKEN_CAPITAL) || !str_ends(form, STR("s")) || str_ends(form, STR("ss")) ||
        at + 1 >= f->text->n_tokens)
        return false;
    bool of = has(f, at + 1, WORD_PREPOSITION) && !hits_list_at(f->hits, at, f->self->never_nouns);      /* "Says of the pact: ..." */
    return (of || has(f, at + 1, WORD_CUE | WORD_VERB | WORD_AUXILIARY | WORD_COPULA)) && !mention_is_capital(f, at + 1);
}

/* A finite verb seen from its left: not a noun that happens to look like one. */
static bool is_verb_here(const MentionFinder *f, uint32_t at, uint32_t phrase_first)
{
    if (mention_is_capital(f, at) || (tok(f, at)->flags & TOKEN_HYPHENED))       /* "Russia-backed" */
        return false;
    if (is_long_noun(f, at))
        return false;
    if (!has(f, at, WORD_CUE | WORD_VERB))
        return at > 0 && is_past_behind_name(f, at);
    if (is_noun_first(f, at))
        return false;
    bool behind_preposition = at > 0 && has(f, at - 1, WORD_PREPOSITION) && tok(f, at - 1)->word != f->self->to;
    if (at == phrase_first)
        return !behind_preposition || str_ends(word(f, at), STR("ing"));       /* "with support" */
    Str form = word(f, at);
    bool past = is_past(f, at);
    bool ing = str_ends(form, STR("ing"));
    bool behind_determiner = has(f, at - 1, WORD_DETERMINER) || (tok(f, at - 1)->flags & TOKEN_POSSESSIVE);
    if (behind_determiner || (past && has(f, at - 1, WORD_ADVERB) && is_behind_article(f, at - 1, phrase_first)))
        return false;                /* "the report", "his stated aim", "Ukraine's allied forces" */
    if (past && !ing) {
        /* "500 added jobs", "investigating alleged abuses": an adjective, when a bare noun follows */
        bool open_before = tok(f, at - 1)->kind == TOKEN_NUMBER || (str_ends(word(f, at - 1), STR("ing")) && !mention_is_capital(f, at - 1));
        return !(open_before && is_bare_noun(f, at + 1));
    }
    uint32_t next = at + 1;
    /* "the narrator says", "the ad claims that": a singular noun before */
    Str before = str_slice(f->text->text, tok(f, at - 1)->span);
    bool behind_plural = str_ends(before, STR("s")) && !str_ends(before, STR("ss"));
    const Hit *cue = behind_plural ? NULL : hit_of(f, at, LEXICON_VERB);
    if (cue && f->rules->verb_forms[cue->id].tense == VERB_S && next < f->text->n_tokens) {
        const Token *behind = tok(f, next);
        if (hits_list_at(f->hits, at, f->self->never_nouns) || behind->kind == TOKEN_QUOTE_OPEN || behind->word == f->self->that ||
            has(f, next, WORD_DETERMINER))
            return true;
    }
    /* Base and -s forms are nouns as often as verbs: a verb behind a name, a plural or a pronoun, and not before a verb. */
    if (next < f->text->n_tokens && has(f, next, WORD_CUE | WORD_COPULA | WORD_AUXILIARY | WORD_ROLE) && !mention_is_capital(f, next))
        return false;
    if (next < f->text->n_tokens && is_word(f, next, f->self->of))
        return false;
    if (ing)
        return true;
    /* "members vow to", "analysts expect that": a plural before, a complement behind */
    if (behind_plural && next < f->text->n_tokens &&
        (hits_list_at(f->hits, at, f->self->never_nouns) || tok(f, next)->word == f->self->to || tok(f, next)->word == f->self->that || has(f, next, WORD_DETERMINER | WORD_PRONOUN)))
        return true;
    if (at == phrase_first + 1 && is_noun_first(f, phrase_first) && !str_ends(form, STR("s")))
        return true;
    bool behind_name = mention_is_capital(f, at - 1) || has(f, at - 1, WORD_ROLES | WORD_ROLE | WORD_BODY | WORD_PRONOUN);
    return behind_name;
}

/* "denied press reports [Norland] was ...": behind a plural noun a land with a verb of its own begins the next clause. */
static bool opens_clause(const MentionFinder *f, uint32_t at, uint32_t first)
{
    const Hit *land = hit_of(f, at, LEXICON_COUNTRY);
    if (!land)
        land = hit_of(f, at, LEXICON_CAPITAL);
    if (!land || at == first || !mention_is_capital(f, at) || has(f, at - 1, WORD_ROLE | WORD_ROLES | WORD_TITLE))
        return false;
    Str before = str_slice(f->text->text, tok(f, at - 1)->span);
    return !(tok(f, at - 1)->flags & TOKEN_CAPITAL) && str_ends(before, STR("s")) && !str_ends(before, STR("ss")) &&
           has(f, land->end, WORD_COPULA | WORD_AUXILIARY);
}

/* May the token stand inside a noun phrase that began at `first`? */
static bool continues_phrase(const MentionFinder *f, uint32_t at, uint32_t first)
{
    if (at >= f->text->n_tokens)
        return false;
    const Token *token = tok(f, at);
    if (token->kind == TOKEN_NUMBER)
        return !has(f, at, WORD_DATE);
    if (token->kind != TOKEN_WORD)
        return false;
    if (token->flags & (TOKEN_POSSESSIVE | TOKEN_HYPHENED))
        return true;
    if (has(f, at, WORD_DATE) && !(token->flags & TOKEN_ALL_CAPS))
        return false;
    if (has(f, at, WORD_PRONOUN | WORD_AUXILIARY | WORD_COPULA | WORD_RELATIVE) && !mention_is_capital(f, at))
        return false;                /* but Theresa May */
    if (has(f, at, WORD_PREPOSITION | WORD_CONJUNCTION) && !mention_is_capital(f, at))
        return false;
    if (has(f, at, WORD_DETERMINER) && at > first && !has(f, at - 1, WORD_DETERMINER) && !mention_is_capital(f, at))
        return false;
    if (has(f, at, WORD_ADVERB) && !mention_is_capital(f, at) && !has(f, at, WORD_TITLE | WORD_ROLE) && !is_behind_article(f, at, first))
        return false;
    return !is_verb_here(f, at, first) && !opens_clause(f, at, first);
}

static size_t token_length(const MentionFinder *f, uint32_t at)
{
    return tok(f, at)->span.to - tok(f, at)->span.from;
}

static bool is_org_name(const MentionFinder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (has(f, i, WORD_BODY | WORD_SUFFIX) || tok(f, i)->word == f->self->and_ || tok(f, i)->mark == '/')
            return true;
    return false;
}

/* "S and P", "Poor's Corp": the "and" and the "'s" of a firm's name, which ends at `end`. */
static bool is_inside_firm(const MentionFinder *f, uint32_t first, uint32_t at, uint32_t end)
{
    if (at == first || !mention_is_capital(f, at - 1) || has(f, at - 1, WORD_ROLE | WORD_TITLE))
        return false;
    return tok(f, at)->word == f->self->and_ || ((tok(f, at)->flags & TOKEN_POSSESSIVE) && at + 1 < end && has(f, at + 1, WORD_SUFFIX));
}

static int32_t country_row(const MentionFinder *f, Str iso)
{
    for (size_t i = 0; i < f->rules->n_countries && iso.len; i++)
        if (str_equal(f->rules->countries[i].iso, iso))
            return (int32_t)i;
    return -1;
}

/* The capital or the body that starts at a token, of a state that was still there on the story's day if there is one. */
static const Hit *seat_at(const MentionFinder *f, uint32_t at, LexiconKind kind)
{
    const Hit *first = hit_of(f, at, kind);
    for (uint32_t i = f->hits->at[at]; first && i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != kind || hit->end != first->end)
            continue;
        int32_t row = kind == LEXICON_CAPITAL ? (int32_t)hit->id : country_row(f, f->rules->bodies[hit->id].country);
        if (row < 0 || f->self->ended[row] == DATE_UNKNOWN || f->story->published == DATE_UNKNOWN || f->story->published <= f->self->ended[row])
            return hit;
    }
    return first;
}

static void read_country(const MentionFinder *f, Mention *m, uint32_t at)
{
    const Hit *hit = hit_of(f, at, LEXICON_DEMONYM);
    if (!hit)
        hit = hit_of(f, at, LEXICON_COUNTRY);
    if (!hit && m->country < 0)
        hit = seat_at(f, at, LEXICON_CAPITAL);
    /* "Ada Roe Pension Fund" is not the Fund */
    bool inside_name = hit && f->rules->countries[hit->id].is_body && at > m->first && mention_is_capital(f, at - 1);
    if (hit && m->country < 0 && hit->end <= m->end && !inside_name)
        m->country = (int32_t)hit->id;
}

/*
 * Does a body's name tell whose it is?  "White House" does; of "Defence Department" many countries have one, so that
 * the story must name the country.
 */
static bool tells_country(const MentionFinder *f, const Hit *body, int32_t country)
{
    bool generic = true;
    for (uint32_t i = body->first; i < body->end; i++)
        generic = generic && (has(f, i, WORD_BODY | WORD_PORTFOLIO | WORD_PREPOSITION | WORD_DETERMINER) || hits_list_at(f->hits, i, f->self->common_names));
    return !generic || country < 0 || f->named_countries[country];
}

/* "a White House adviser" */
static void read_body_country(const MentionFinder *f, Mention *m, uint32_t end)
{
    for (uint32_t i = m->first; i < end && m->country < 0; i++) {
        const Hit *body = seat_at(f, i, LEXICON_BODY);
        if (!body || body->end > end || !mention_is_capital(f, i) || (body->words == 1 && has(f, i, WORD_BODY)))
            continue;
        int32_t country = country_row(f, f->rules->bodies[body->id].country);
        if (tells_country(f, body, country))
            m->country = country;
    }
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
        bool suffix = k > m->first && is_small_suffix(str_slice(f->text->text, tok(f, k)->span)) && mention_is_capital(f, k - 1) && !has(f, k - 1, WORD_ROLE | WORD_TITLE) &&
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

/* "a Norway expert" studies it; "a Norwegian expert" is from there. */
static bool is_topic(const MentionFinder *f, const Mention *m)
{
    for (uint32_t i = m->first; i < m->head && hits_list_at(f->hits, m->head, f->self->bystanders); i++) {
        const Hit *land = hit_of(f, i, LEXICON_COUNTRY), *people = hit_of(f, i, LEXICON_DEMONYM);
        if (land && land->end == m->head && !people)
            return true;
    }
    return false;
}

/* "Norwegian and Swedish officials" serve two. */
static bool joins_countries(const MentionFinder *f, const Mention *m, uint32_t end)
{
    bool joined = false;
    for (uint32_t i = m->first; i < end && m->country >= 0; i++) {
        const Hit *people = hit_of(f, i, LEXICON_DEMONYM);
        joined |= tok(f, i)->word == f->self->and_;
        if (joined && people && (int32_t)people->id != m->country && has(f, end - 1, WORD_ROLES))
            return true;
    }
    return false;
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

/*
 * "president of Norway", "head of Norway's coast guard", "commander of the Norwegian navy": whose office it is.  A "critic
 * of Norwegian fish" and the "manager of a European bank" are of no country.
 */
static void read_country_behind(const MentionFinder *f, Mention *m, uint32_t of, uint32_t end)
{
    uint32_t at = of + 1 + (of + 1 < end && has(f, of + 1, WORD_DETERMINER));
    if (m->country >= 0 || at >= end || !is_word(f, of, f->self->of) || hits_list_at(f->hits, m->head, f->self->bystanders) ||
        has(f, end - 1, WORD_SUFFIX))
        return;
    const Hit *land = hit_of(f, at, LEXICON_COUNTRY), *people = hit_of(f, at, LEXICON_DEMONYM);
    bool whole = land && (land->end >= end || tok(f, land->end)->flags & TOKEN_POSSESSIVE);
    bool body = people && !f->rules->countries[people->id].is_body && has(f, end - 1, WORD_BODY | WORD_PORTFOLIO | WORD_PUBLIC);
    if (whole || body)
        read_country(f, m, at);
}

/* What a phrase is, from the words in it. */
static void classify(MentionFinder *f, Mention *m)
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
        read_country(f, m, i);
    if (joins_countries(f, m, head_end))
        m->country = -1;
    read_body_country(f, m, end);
    if (head_end < end && is_firm_of_place(f, m->first, head_end, end)) {
        m->kind = MENTION_BODY;
        m->name_first = m->first;
        m->name_end = end;
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
    uint32_t role = head_role || head_roles || !of_something(f, head_end, end) ? end : last_role(f, head_end, end);
    for (uint32_t i = head_end; i < role && role < end; i++)
        read_country(f, m, i);
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
        uint32_t n = front.name_end - front.name_first;
        bool titled = front.name_first > m->first && has(f, front.name_first - 1, WORD_TITLE | WORD_ROLE);
        bool given = has(f, front.name_first, WORD_GIVEN);
        const Hit *body = seat_at(f, front.name_first, LEXICON_BODY);
        const Hit *land = hit_of(f, front.name_first, LEXICON_COUNTRY);
        const Hit *capital = seat_at(f, front.name_first, LEXICON_CAPITAL);
        const Hit *people = n == 1 && !m->indefinite ? hit_of(f, front.name_first, LEXICON_DEMONYM) : NULL;      /* "the Japanese" */
        if (!land)
            land = people;
        if (body && body->end == front.name_end) {
            m->kind = MENTION_BODY;
            m->body = (int32_t)body->id;
        } else if (!titled && land && land->end == front.name_end) {
            m->kind = MENTION_COUNTRY;
            m->country = (int32_t)land->id;
        } else if (!titled && capital && capital->end == front.name_end) {
            m->kind = MENTION_COUNTRY;
            m->country = (int32_t)capital->id;
        } else if (is_org_name(f, front.name_first, front.name_end) || is_described_body(f, m->first, front.name_first)) {
            m->kind = MENTION_BODY;
        } else if (titled || (given && n >= 2)) {
            m->kind = MENTION_PERSON;
        } else if (n >= 2 && n <= 4) {
            m->kind = m->definite ? MENTION_BODY : MENTION_PERSON;
        } else if (n == 1) {
            m->kind = MENTION_PERSON;        /* a surname, if the story or the roster knows it: see name_entities */
        }
    } else if (has(f, head, WORD_BODY)) {
        m->kind = MENTION_BODY;
        named = false;
    } else {
        named = false;
        for (uint32_t i = m->first; i < head_end; i++) {
            const Hit *body = seat_at(f, i, LEXICON_BODY);
            if (body && body->end == head + 1) {
                m->kind = MENTION_BODY;
                m->body = (int32_t)body->id;
                break;
            }
        }
    }
    if (m->kind == MENTION_BODY && m->body >= 0)
        read_body_country(f, m, end);
    if (m->kind == MENTION_ROLE && is_topic(f, m))
        m->country = -1;
    if (m->kind == MENTION_ROLE)
        read_country_behind(f, m, head_end, end);
    if (named && (m->kind == MENTION_PERSON || m->kind == MENTION_BODY || m->kind == MENTION_COUNTRY)) {
        m->name_first = front.name_first;
        m->name_end = front.name_end;
        m->official = m->kind == MENTION_PERSON ? front.official : -1;
    }
    if (m->kind == MENTION_PERSON) {         /* Chad Roe is of no country */
        m->country = -1;
        for (uint32_t i = m->first; i < m->name_first; i++)
            read_country(f, m, i);
        read_body_country(f, m, m->name_first);
    }
    m->gender = m->plural ? 0 : gender_of(f, m);
}

/* "private", "diplomatic", "Norwegian": a word that stands in front of a noun. */
static bool is_adjective(const MentionFinder *f, uint32_t at)
{
    static const Str ends[] = { STR_INIT("ic"), STR_INIT("al"), STR_INIT("an"), STR_INIT("ive"), STR_INIT("ary"), STR_INIT("ese"), STR_INIT("ish"),
                                STR_INIT("ous"), STR_INIT("ate") };
    const Hit *people = hit_of(f, at, LEXICON_DEMONYM);
    if (people && people->end == at + 1)
        return true;
    Str raw = word(f, at);
    bool adjective = false;
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        adjective |= raw.len > 5 && str_ends(raw, ends[i]);
    bool opens = (tok(f, at)->flags & TOKEN_FIRST) && !str_ends(raw, STR("an"));        /* a name, perhaps */
    return adjective && !is_in_roster(f, at) && !has(f, at, WORD_BODY | WORD_TITLE) &&
           (!mention_is_capital(f, at) || opens || has(f, at, WORD_ROLE) || str_ends(raw, STR("ic")));
}

/*
 * Is the "and" at `joint` between groups who speak as one?  "economists and analysts", "Norwegian and Swedish
 * officials"; not "officials and Ada Roe", "the president and lawmakers".
 */
static bool joins_groups(const MentionFinder *f, uint32_t first, uint32_t joint, uint32_t limit)
{
    enum { GROUP_TOKENS = 5 };
    uint32_t left = joint - 1, right = joint + 1, end = right;
    bool group = has(f, left, WORD_ROLES) && !mention_is_capital(f, left);
    bool shared = is_adjective(f, left) && (left == first || (left == first + 1 && has(f, first, WORD_DETERMINER)));
    if ((!group && !shared) || has(f, right, WORD_DETERMINER | WORD_PRONOUN | WORD_DATE))
        return false;
    while (end < limit && end < right + GROUP_TOKENS && continues_phrase(f, end, right) && !(tok(f, end)->flags & TOKEN_POSSESSIVE))
        end++;
    if (end == right || end == right + GROUP_TOKENS || !has(f, end - 1, WORD_ROLES) || mention_is_capital(f, end - 1))
        return false;
    for (uint32_t i = right; i < end; i++)
        if (has(f, i, WORD_GIVEN) && mention_is_capital(f, i))
            return false;
    return true;
}

/*
 * Is the "and" at `joint` inside one name or title?  "Trade and Industry Ministry", "chairman and chief executive Per
 * Moe", "S and P", "Merry Land and Investment Co"; not "Ada Roe and Treasury Secretary Per Moe".
 */
static bool joins_names(const MentionFinder *f, uint32_t first, uint32_t joint, uint32_t limit)
{
    enum { TITLE_TOKENS = 5 };
    uint32_t left = joint - 1, right = joint + 1;
    bool ampersand = str_equal(str_slice(f->text->text, tok(f, joint)->span), STR("&"));
    if (ampersand && right < limit && mention_is_capital(f, left) && mention_is_capital(f, right))
        return true;                 /* "Fish & Game" */
    if (tok(f, joint)->word != f->self->and_ || right >= limit || tok(f, right)->kind != TOKEN_WORD || has(f, right, WORD_DETERMINER | WORD_PRONOUN | WORD_DATE))
        return false;
    if (joins_groups(f, first, joint, limit))
        return true;
    if (has(f, left, WORD_ROLE) && !has(f, left, WORD_GIVEN)) {      /* two roles of one person: the second without an article */
        for (uint32_t i = right; i < limit && i < right + TITLE_TOKENS && continues_phrase(f, i, right); i++)
            if (has(f, i, WORD_ROLE))
                return !has(f, first, WORD_ROLES);
            else if (has(f, i, WORD_GIVEN | WORD_ROLES | WORD_TITLE) || (tok(f, i)->flags & TOKEN_POSSESSIVE))
                return false;
        return false;
    }
    if (!mention_is_capital(f, left) || !mention_is_capital(f, right))
        return false;
    if (tok(f, left)->hash == tok(f, right)->hash && !(left > 0 && has(f, left - 1, WORD_PREPOSITION)))
        return true;                 /* "Moe and Moe", not "a bid for Moe and Moe said" */
    bool ends_firm = right + 1 < limit && has(f, right + 1, WORD_SUFFIX) && mention_is_capital(f, right + 1);        /* "Zorvan and Lyle Plc" */
    if (has(f, right, WORD_TITLE | WORD_ROLE) || (has(f, right, WORD_GIVEN) && !ends_firm))
        return false;
    if (has(f, left, WORD_PORTFOLIO))
        return true;
    bool letters = (token_length(f, left) == 1 && token_length(f, right) == 1) ||
                   (right + 2 < limit && (tok(f, right + 1)->flags & TOKEN_POSSESSIVE) && has(f, right + 2, WORD_SUFFIX));
    if (letters || has(f, left, WORD_SUFFIX) || hit_of(f, left, LEXICON_COUNTRY))
        return letters;
    for (uint32_t i = left - 1; i > first && mention_is_capital(f, i) && !has(f, right, WORD_SUFFIX); i--)
        if (has(f, i, WORD_GIVEN) && has(f, i - 1, WORD_ROLE))
            return false;            /* "chairman Kevin Moe and Zorvan Works Co" */
    for (uint32_t i = right; i < limit && i < right + TITLE_TOKENS && mention_is_capital(f, i); i++)
        if (has(f, i, WORD_SUFFIX))
            return true;
    return false;
}

/* Per "Sonny" Moe */
static bool is_nickname(const MentionFinder *f, uint32_t at, uint32_t limit)
{
    return at + 3 < limit && tok(f, at)->kind == TOKEN_QUOTE_OPEN && tok(f, at + 2)->kind == TOKEN_QUOTE_CLOSE && mention_is_capital(f, at - 1) &&
           (tok(f, at + 1)->flags & TOKEN_CAPITAL) && mention_is_capital(f, at + 3) && !has(f, at - 1, WORD_CUE);
}

/* "... by Moe Jr. [Moe] Jr. said": the full stop also ended a sentence. */
static bool begins_again(const MentionFinder *f, uint32_t first, uint32_t at)
{
    Str before = str_slice(f->text->text, tok(f, at - 1)->span);
    return (str_equal(before, STR("Jr.")) || str_equal(before, STR("Sr."))) && at >= first + 2 && tok(f, at)->hash == tok(f, at - 2)->hash;
}

/* "Zorvan (Far East) Ltd", "A/S": the token behind what a mark inside a firm's name begins; `at` when it is none. */
static uint32_t inside_name_end(const MentionFinder *f, uint32_t at, uint32_t limit)
{
    enum { INSIDE_TOKENS = 4 };
    if (at + 1 >= limit || tok(f, at)->kind != TOKEN_MARK || !mention_is_capital(f, at - 1) || !mention_is_capital(f, at + 1))
        return at;
    if (tok(f, at)->mark == '/')
        return token_length(f, at - 1) == 1 && token_length(f, at + 1) == 1 ? at + 2 : at;
    if (tok(f, at)->mark != '(')
        return at;
    uint32_t end = at + 1;
    while (end < limit && end <= at + INSIDE_TOKENS && mention_is_capital(f, end))
        end++;
    return end + 1 < limit && tok(f, end)->mark == ')' && has(f, end + 1, WORD_SUFFIX) && mention_is_capital(f, end + 1) ? end + 2 : at;
}

/* From `at`, the end of a noun phrase; `at` itself when none starts there. */
static uint32_t phrase_end(const MentionFinder *f, uint32_t at, uint32_t limit)
{
    const Token *token = tok(f, at);
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return at;
    if (has(f, at, WORD_DATE) || (token->flags & TOKEN_POSSESSIVE))
        return at;
    if (token->kind == TOKEN_NUMBER && at > 0 && tok(f, at - 1)->mark == ',' && at + 1 < limit && tok(f, at + 1)->mark == ',')
        return at;                   /* somebody's age */
    if (has(f, at, WORD_PRONOUN) && !(token->flags & TOKEN_ALL_CAPS))
        return at + 1;
    const Hit *person = hit_of(f, at, LEXICON_PERSON);
    if (!continues_phrase(f, at, at) && !person)
        return at;
    uint32_t end = at + 1;
    while (end < limit) {
        if (begins_again(f, at, end))
            break;
        if (continues_phrase(f, end, at)) {
            end++;
            continue;
        }
        /* "Ministry of Foreign Affairs", "president of France": what follows "of" belongs to it. */
        bool of = is_word(f, end, f->self->of);
        bool speaks = false;
        if (!of && has(f, end, WORD_PREPOSITION) && !has(f, end, WORD_DATE)) {
            uint32_t head = end - 1;
            uint32_t master = end + 1 + has(f, end + 1, WORD_DETERMINER);
            speaks = has(f, head, WORD_SPEAKS_FOR) &&
                     (!mention_is_capital(f, head) || (tok(f, end)->word == f->self->to && master < limit && mention_is_capital(f, master)));
            bool linked = false;
            for (size_t i = 0; i < BASE_COUNT(f->self->links); i++)
                linked |= is_word(f, end, f->self->links[i]);
            speaks = speaks && linked;
        }
        if ((of || speaks) && end + 1 < limit && continues_phrase(f, end + 1, end + 1) && !has(f, end + 1, WORD_DATE)) {
            end += 2;
            continue;
        }
        uint32_t inside = inside_name_end(f, end, limit);
        if (inside > end)
            end = inside;
        else if (joins_names(f, at, end, limit))
            end += 2;
        else if (is_nickname(f, end, limit))
            end += 4;
        else
            break;
    }
    return end;
}

/* "the country's foreign minister": of the country named last before, in the same paragraph or the one before. */
static void read_anaphoric_country(const MentionFinder *f, Mention *m)
{
    static const Str words[] = { STR_INIT("country"), STR_INIT("nation"), STR_INIT("kingdom") };
    uint32_t at = m->first + has(f, m->first, WORD_DETERMINER);
    bool anaphoric = false;
    for (size_t i = 0; m->country < 0 && at + 2 < m->end && (tok(f, at + 1)->flags & TOKEN_POSSESSIVE) && i < BASE_COUNT(words); i++)
        anaphoric |= str_equal(word(f, at), words[i]);
    if (!anaphoric)
        return;
    uint32_t paragraph = text_paragraph_of(f->text, m->first);
    uint32_t first = f->text->paragraphs[paragraph > 0 ? paragraph - 1 : 0].first_token;
    for (uint32_t k = m->first; k > first; k--) {
        const Hit *land = hit_of(f, k - 1, LEXICON_COUNTRY);
        if (land && !f->rules->countries[land->id].is_body) {
            m->country = (int32_t)land->id;
            return;
        }
    }
}

static void find_phrases(MentionFinder *f)
{
    for (size_t s = 0; s < f->text->n_sentences; s++) {
        const Sentence *sentence = &f->text->sentences[s];
        for (uint32_t at = sentence->first; at < sentence->end;) {
            uint32_t behind = mention_ticker_end(f->text, f->map, at);
            if (behind > at) {
                at = behind;
                continue;
            }
            uint32_t end = phrase_end(f, at, sentence->end);
            if (end == at) {
                at++;
                continue;
            }
            Mention m = { .first = at, .end = end };
            classify(f, &m);
            if (m.kind == MENTION_ROLE || m.kind == MENTION_PERSON || m.kind == MENTION_BODY)
                read_anaphoric_country(f, &m);
            for (uint32_t i = at; i < end; i++)
                f->map->at[i] = (int32_t)f->map->mentions.len;
            LIST_PUSH(f->arena, &f->map->mentions, m);
            at = end;
        }
    }
}

/* The countries that the story names, or is datelined from the capital of. */
static void find_countries(MentionFinder *f)
{
    f->named_countries = ARENA_ARRAY(f->arena, bool, f->rules->n_countries + 1);
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_DEMONYM || hit->kind == LEXICON_CAPITAL)
            f->named_countries[hit->id] = true;
    }
    int32_t home = country_row(f, f->map->home);
    if (home >= 0)
        f->named_countries[home] = true;
}

void mention_cut(MentionFinder *f)
{
    find_countries(f);
    for (size_t i = 0; i <= f->text->n_tokens; i++)
        f->map->at[i] = -1;
    mark_classes(f);
    mention_find_days(f);
    find_phrases(f);
}
