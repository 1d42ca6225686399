#include "extract/mention_internal.h"

/* Is it, or opens it, a name of somebody or something? */
bool mention_is_in_roster(const MentionFinder *f, uint32_t at)
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
    if (raw.len > 2)
        return false;
    bool dot = raw.len == 2 && raw.ptr[1] == '.';
    bool slash = raw.len == 1 && at + 1 < f->text->n_tokens && tok(f, at + 1)->mark == '/';
    return (dot || slash) && (tok(f, at)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL;
}

/* By its ending alone: "suddenly", at the front "Allegedly, ..." and "Nearly two"; no name such as "Kelly". */
static bool is_unknown_adverb(const MentionFinder *f, uint32_t at)
{
    const Token *token = tok(f, at);
    Str raw = str_slice(f->text->text, token->span);
    if (raw.len <= 4 || !str_ends(raw, STR("ly")))
        return false;
    bool fronted = (token->flags & TOKEN_FIRST) && at + 1 < f->text->n_tokens &&
                   (tok(f, at + 1)->mark == ',' || tok(f, at + 1)->kind == TOKEN_NUMBER || has(f, at + 1, WORD_DETERMINER));
    return !(token->flags & TOKEN_CAPITAL) || (fronted && !mention_is_in_roster(f, at));
}

void mention_mark_classes(MentionFinder *f)
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
        if (token->flags & TOKEN_HYPHENED)           /* "Florida-based", "run-up": parts of a noun */
            classes[i] &= ~(uint32_t)(WORD_PREPOSITION | WORD_CONJUNCTION);
        if (token->kind == TOKEN_WORD && !classes[i] && is_unknown_adverb(f, i))
            classes[i] = WORD_ADVERB;
        if (is_initial(f, i))
            classes[i] = 0;
    }
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

/*
 * "Norland Jr. [Had] asked", "the U.S. [And] Japan": many a text writes a capital behind any full stop.  Not "U.S. Under
 * Secretary", "Gen. Will Roe".
 */
static bool is_false_capital(const MentionFinder *f, uint32_t at)
{
    const uint32_t joining = WORD_CONJUNCTION | WORD_AUXILIARY | WORD_COPULA | WORD_RELATIVE, other = WORD_PREPOSITION | WORD_DETERMINER | WORD_PRONOUN | WORD_ADVERB;
    if (at == 0 || tok(f, at - 1)->kind != TOKEN_WORD || has(f, at - 1, WORD_TITLE) || has(f, at, WORD_GIVEN) || (tok(f, at)->flags & (TOKEN_ALL_CAPS | TOKEN_HYPHENED)))
        return false;
    Str before = str_slice(f->text->text, tok(f, at - 1)->span);
    if (before.len < 3 || !str_ends(before, STR(".")))
        return false;
    bool name_goes_on = at + 1 < f->text->n_tokens && (tok(f, at + 1)->flags & TOKEN_CAPITAL);
    return has(f, at, joining) || (!name_goes_on && (has(f, at, other) || (has(f, at, WORD_CUE | WORD_VERB) && is_past(f, at))));
}

bool mention_is_capital(const MentionFinder *f, uint32_t token)
{
    const uint32_t closed = WORD_CONJUNCTION | WORD_PREPOSITION | WORD_ADVERB | WORD_RELATIVE | WORD_AUXILIARY | WORD_COPULA | WORD_PRONOUN |
                            WORD_DETERMINER | WORD_CUE | WORD_VERB | WORD_ROLES;
    if (token >= f->text->n_tokens || !(tok(f, token)->flags & TOKEN_CAPITAL) || is_false_capital(f, token))
        return false;
    bool opens = (tok(f, token)->flags & TOKEN_FIRST) || (token > 0 && tok(f, token - 1)->kind == TOKEN_QUOTE_OPEN);
    if (!opens || !has(f, token, closed) || has(f, token, WORD_GIVEN) || (tok(f, token)->flags & TOKEN_ALL_CAPS))
        return true;
    return hits_list_at(f->hits, token, f->self->name_openers) && token + 1 < f->text->n_tokens && (tok(f, token + 1)->flags & TOKEN_CAPITAL) &&
           !mention_is_in_roster(f, token + 1) && !has(f, token + 1, WORD_TITLE | WORD_ROLE);      /* "First Zorvan Bank" */
}

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

/* "has approached Norland": an unknown verb behind its auxiliary, not "has limited powers". */
static bool is_past_behind_auxiliary(const MentionFinder *f, uint32_t at)
{
    Str raw = str_slice(f->text->text, tok(f, at)->span);
    return raw.len > 4 && str_ends(raw, STR("ed")) && has(f, at - 1, WORD_AUXILIARY) && !has(f, at, WORD_ROLE | WORD_ROLES | WORD_BODY) && !is_bare_noun(f, at + 1);
}

/* "press secretary", "holding company": no verb begins there. */
static bool is_long_noun(const MentionFinder *f, uint32_t first)
{
    for (uint32_t i = f->hits->at[first]; i < f->hits->at[first + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_LIST && f->hits->ptr[i].words > 1 && (f->self->list_bits[f->hits->ptr[i].id] & (WORD_ROLE | WORD_BODY)))
            return true;
    return false;
}

/* "the [previously] announced sale", "the [first] official" */
bool mention_is_behind_article(const MentionFinder *f, uint32_t at, uint32_t first)
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
bool mention_is_verb(const MentionFinder *f, uint32_t at, uint32_t phrase_first)
{
    if (mention_is_capital(f, at) || (tok(f, at)->flags & TOKEN_HYPHENED))       /* "Russia-backed" */
        return false;
    if (is_long_noun(f, at))
        return false;
    if (!has(f, at, WORD_CUE | WORD_VERB))
        return at > 0 && (is_past_behind_name(f, at) || is_past_behind_auxiliary(f, at));
    if (is_noun_first(f, at))
        return false;
    bool behind_preposition = at > 0 && has(f, at - 1, WORD_PREPOSITION) && tok(f, at - 1)->word != f->self->to;
    if (at == phrase_first)
        return !behind_preposition || str_ends(word(f, at), STR("ing"));       /* "with support" */
    Str form = word(f, at);
    bool past = is_past(f, at);
    bool ing = str_ends(form, STR("ing"));
    bool behind_determiner = has(f, at - 1, WORD_DETERMINER) || (tok(f, at - 1)->flags & TOKEN_POSSESSIVE);
    if (behind_determiner || (past && has(f, at - 1, WORD_ADVERB) && mention_is_behind_article(f, at - 1, phrase_first)))
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
