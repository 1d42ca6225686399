#include "extract/mention_internal.h"

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
    if (has(f, at, WORD_ADVERB) && !mention_is_capital(f, at) && !has(f, at, WORD_TITLE | WORD_ROLE) && !mention_is_behind_article(f, at, first))
        return false;
    return !mention_is_verb(f, at, first) && !opens_clause(f, at, first);
}

static size_t token_length(const MentionFinder *f, uint32_t at)
{
    return tok(f, at)->span.to - tok(f, at)->span.from;
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
    return adjective && !mention_is_in_roster(f, at) && !has(f, at, WORD_BODY | WORD_TITLE) &&
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
    bool shared = is_adjective(f, left) && !has(f, left, WORD_ROLES);
    for (uint32_t i = first; i < left; i++)      /* "the", "senior Norwegian [and Swedish officials]" */
        shared = shared && (has(f, i, WORD_DETERMINER) || is_adjective(f, i) || hits_list_at(f->hits, i, f->self->ranks));
    if ((!group && !shared) || has(f, right, WORD_DETERMINER | WORD_PRONOUN | WORD_DATE))
        return false;
    while (end < limit && end < right + GROUP_TOKENS && continues_phrase(f, end, right) && !(tok(f, end)->flags & TOKEN_POSSESSIVE))
        end++;
    if (end == right || end == right + GROUP_TOKENS || !has(f, end - 1, WORD_ROLES) ||
        (mention_is_capital(f, end - 1) && !(shared && is_adjective(f, right))))
        return false;
    for (uint32_t i = right; i < end; i++)
        if (has(f, i, WORD_GIVEN) && mention_is_capital(f, i))
            return false;
    return true;
}

/* "Institute for Fisheries [and] Fjord Studies" */
static bool is_in_purpose(const MentionFinder *f, uint32_t first, uint32_t joint)
{
    for (uint32_t at = joint - 1; at > first && mention_is_capital(f, at); at--)
        if (mention_is_body_for(f, at - 1, joint))
            return true;
    return false;
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
    if (is_in_purpose(f, first, joint))
        return !mention_is_in_roster(f, right) && !has(f, right, WORD_TITLE | WORD_ROLE | WORD_GIVEN) && !has(f, right + 1, WORD_SUFFIX);
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

/* "Fjord/Zorvan", without a blank on either side */
static bool is_tight(const MentionFinder *f, uint32_t at)
{
    return tok(f, at - 1)->span.to == tok(f, at)->span.from && tok(f, at)->span.to == tok(f, at + 1)->span.from;
}

/*
 * "Zorvan, Moe and Lyle" is one firm where the story goes on with "Zorvan said" or "Zorvan Moe": three who speak together
 * would each have a name of their own.  `comma` is the token of the comma.
 */
static bool is_house_of_three(const MentionFinder *f, uint32_t comma, uint32_t limit)
{
    enum { LOOK_TOKENS = 1000 };
    uint32_t one = comma - 1, two = comma + 1, three = comma + 3;
    if (three >= limit || tok(f, comma + 2)->word != f->self->and_ || !mention_is_capital(f, three) || (one > 0 && mention_is_capital(f, one - 1)))
        return false;
    bool and_co = hits_list_at(f->hits, three, f->self->small_suffixes);         /* "Zorvan, Moe and Co" is one for sure */
    for (uint32_t at = one; at <= (and_co ? two : three); at += 2)
        if (has(f, at, WORD_BODY | WORD_SUFFIX | WORD_ROLE | WORD_TITLE | WORD_DATE) || hit_of(f, at, LEXICON_COUNTRY) || hit_of(f, at, LEXICON_DEMONYM) ||
            hit_of(f, at, LEXICON_CAPITAL) || !mention_is_capital(f, at))
            return false;
    bool goes_on = and_co;
    for (uint32_t at = one > LOOK_TOKENS ? one - LOOK_TOKENS : 0; !and_co && at + 1 < f->text->n_tokens && at < three + LOOK_TOKENS; at++) {
        if (at == one)
            at = three + 1;
        bool first = tok(f, at)->hash == tok(f, one)->hash, pair = first && tok(f, at + 1)->hash == tok(f, two)->hash;
        bool second = tok(f, at)->hash == tok(f, two)->hash && !(at > 0 && tok(f, at - 1)->hash == tok(f, one)->hash);
        if (second || tok(f, at)->hash == tok(f, three)->hash || (first && !pair && mention_is_capital(f, at + 1)))
            return false;
        goes_on |= pair || (first && has(f, at + 1, WORD_CUE));
    }
    return goes_on;
}

/*
 * "Zorvan (Far East) Ltd", "Zorvan, Inc", "A/S", a "Zorvan/Salmon Weekly poll": the token behind what a mark inside a
 * firm's name begins; `at` when it is none.
 */
static uint32_t inside_name_end(const MentionFinder *f, uint32_t at, uint32_t limit)
{
    enum { INSIDE_TOKENS = 4 };
    if (at + 1 < limit && tok(f, at)->mark == '/' && tok(f, at - 1)->kind == TOKEN_NUMBER && tok(f, at + 1)->kind == TOKEN_NUMBER)
        return is_tight(f, at) && token_length(f, at - 1) == 4 ? at + 2 : at;        /* "the 1986/87 report", not "5/16" */
    if (at + 1 >= limit || tok(f, at)->kind != TOKEN_MARK || !mention_is_capital(f, at - 1) || !mention_is_capital(f, at + 1))
        return at;
    if (tok(f, at)->mark == '/')
        return is_tight(f, at) && !has(f, at - 1, WORD_MONTH) ? at + 2 : at;
    if (tok(f, at)->mark == ',' && is_house_of_three(f, at, limit))
        return at + 4;
    if (tok(f, at)->mark == ',')
        return hits_list_at(f->hits, at + 1, f->self->small_suffixes) && !has(f, at - 1, WORD_SUFFIX) ? at + 2 : at;
    if (tok(f, at)->mark != '(')
        return at;
    uint32_t end = at + 1;
    while (end < limit && end <= at + INSIDE_TOKENS && mention_is_capital(f, end))
        end++;
    return end + 1 < limit && tok(f, end)->mark == ')' && has(f, end + 1, WORD_SUFFIX) && mention_is_capital(f, end + 1) ? end + 2 : at;
}

/*
 * "A broker [hired] by the bank", "a letter [written] by Roe": a participle is no part of the phrase in front of it, but
 * of one who is told something ("told a meeting held by the bank that").
 */
static bool ends_in_participle(const MentionFinder *f, uint32_t at, uint32_t end, uint32_t limit)
{
    uint32_t last = end - 1;
    return end < limit && last > at && !(at > 0 && has(f, at - 1, WORD_CUE)) && is_word(f, end, f->self->by) && !mention_is_capital(f, last) &&
           !has(f, last, WORD_ROLE | WORD_ROLES | WORD_BODY) && !has(f, last - 1, WORD_DETERMINER) &&
           (str_ends(word(f, last), STR("ed")) || hits_list_at(f->hits, last, f->self->issuing));
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
            speaks = (speaks && hits_list_at(f->hits, end, f->self->master_prepositions)) || mention_is_body_for(f, end, limit);
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
    return end - ends_in_participle(f, at, end, limit);
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
            if (mention_floats(f, at)) {
                f->map->classes[at++] |= WORD_ADVERB;
                continue;
            }
            uint32_t group = mention_group_end(f, at), end = group > at ? group : phrase_end(f, at, sentence->end);
            if (end == at) {
                at++;
                continue;
            }
            Mention m = { .first = at, .end = end };
            mention_classify(f, &m);
            if (group > at) {
                m.kind = MENTION_PRONOUN;
                m.plural = true;
            }
            if (m.kind == MENTION_ROLE || m.kind == MENTION_PERSON || m.kind == MENTION_BODY)
                mention_read_anaphoric_country(f, &m);
            for (uint32_t i = at; i < end; i++)
                f->map->at[i] = (int32_t)f->map->mentions.len;
            LIST_PUSH(f->arena, &f->map->mentions, m);
            at = end;
        }
    }
}

void mention_cut(MentionFinder *f)
{
    mention_find_countries(f);
    for (size_t i = 0; i <= f->text->n_tokens; i++)
        f->map->at[i] = -1;
    mention_mark_classes(f);
    mention_find_days(f);
    find_phrases(f);
}
