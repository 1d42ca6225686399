#include "extract/voice.h"

#include "engine/officials.h"

Voices voices_read(const Rules *rules)
{
    return (Voices){ rules, rules_list(rules, "public-voices"), rules_list(rules, "private-voices"),
                     rules_list(rules, "state-roles") };
}

static bool is_state(const Hit *hit)
{
    return hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_BODY || hit->kind == LEXICON_CAPITAL;
}

static bool is_of_state(const Hit *hit)
{
    return is_state(hit) || hit->kind == LEXICON_DEMONYM;
}

/* The attorney of "attorney general" is none. */
static bool is_inside(const Hit *hit, const Hits *hits, int list)
{
    for (size_t i = 0; i < hits->len; i++) {
        const Hit *other = &hits->ptr[i];
        if (hit_is_of_list(other, list) && other->first <= hit->first && other->end >= hit->end &&
            other->end - other->first > hit->end - hit->first)
            return true;
    }
    return false;
}

/* "Norway", "Norway and the NATO": the name of a state, and nothing but others joined to it. */
static bool is_all(const Hit *hit, const Text *text, Str words, Arena *scratch)
{
    if (hit->first != 0)
        return false;
    const Token *next = &text->tokens[hit->end];
    return hit->end == text->n_tokens || next->mark == ',' || str_equal(token_fold(words, next, scratch), STR("and"));
}

/* "spokesman [for]": in front of a token */
static bool has_for(const Text *text, size_t end, Str words, Arena *scratch)
{
    for (size_t i = 0; i < end; i++)
        if (str_equal(token_fold(words, &text->tokens[i], scratch), STR("for")))
            return true;
    return false;
}

/* "Roe's office", "spokesman for Ada Roe": the name of one who held an office that day, as the owner of it. */
static bool is_of_official(const Voices *voices, const Hit *hit, const Text *text, Str words, Date day, Arena *scratch)
{
    if (hit->kind != LEXICON_PERSON && hit->kind != LEXICON_SURNAME)
        return false;
    bool owns = hit->end < text->n_tokens && text->tokens[hit->end].flags & TOKEN_POSSESSIVE;
    owns |= hit->end == text->n_tokens && has_for(text, hit->first, words, scratch);
    return owns && official_holds(&voices->rules->officials[hit->id], day) != HOLDING_NO;
}

/* "a spokesman for Roe", "Roe's aide" */
static bool names_master(const Text *text, Str words, Arena *scratch)
{
    bool owns = false;
    for (size_t i = 0; i < text->n_tokens; i++)
        owns |= (text->tokens[i].flags & TOKEN_POSSESSIVE) != 0;
    return owns || has_for(text, text->n_tokens, words, scratch);
}

typedef struct Signs { bool is_public, is_private, is_state, is_servant; } Signs;

static Signs read_signs(const Voices *voices, Str words, Date day, Arena *scratch)
{
    Signs signs = { 0 };
    bool role = false, state = false;
    Text text;
    Hits hits = lexicon_look_up(voices->rules->lexicon, words, scratch, &text);
    for (size_t i = 0; i < hits.len; i++) {
        const Hit *hit = &hits.ptr[i];
        signs.is_public |= hit_is_of_list(hit, voices->publics) && !is_inside(hit, &hits, voices->privates);
        signs.is_private |= hit_is_of_list(hit, voices->privates) && !is_inside(hit, &hits, voices->publics);
        signs.is_state |= is_state(hit) && is_all(hit, &text, words, scratch);
        role |= hit_is_of_list(hit, voices->roles);
        state |= is_of_state(hit) || is_of_official(voices, hit, &text, words, day, scratch);
    }
    signs.is_public |= role && state;
    signs.is_servant = role && names_master(&text, words, scratch);
    return signs;
}

static bool ends_in(Str whole, Str last)
{
    return whole.len > last.len && whole.ptr[whole.len - last.len - 1] == ' ' && str_ends(whole, last);
}

/* The end of a name that an official of that day bears: "Roe" of a story that takes her for known. */
static bool is_surname_of_official(const Voices *voices, const Statement *statement, Arena *scratch)
{
    Text text;
    Hits hits = lexicon_look_up(voices->rules->lexicon, statement->speaker, scratch, &text);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_SURNAME && hits.ptr[i].end == text.n_tokens &&
            (text.n_tokens == 1 || ends_in(voices->rules->officials[hits.ptr[i].id].name, statement->speaker)) &&
            official_holds(&voices->rules->officials[hits.ptr[i].id], statement->said_on) != HOLDING_NO)
            return true;
    return false;
}

bool voice_is_public(const Voices *voices, const Statement *statement, Arena *scratch)
{
    if (voices->publics < 0 || statement->official.len)
        return true;
    Signs name = read_signs(voices, statement->speaker, statement->said_on, scratch), office = { 0 };
    if (statement->office.len && !str_equal(statement->office, statement->speaker))
        office = read_signs(voices, statement->office, statement->said_on, scratch);
    if (name.is_private || office.is_private)
        return false;
    if (name.is_state || name.is_public || office.is_public)
        return true;
    if (name.is_servant && statement->country.len && !statement->institution)       /* "a spokesman for Roe", whom the story has told of */
        return true;
    bool of_country = statement->country.len && !statement->institution;         /* "Norland's Ada Roe" at a conference */
    return !statement->office.len && (of_country || is_surname_of_official(voices, statement, scratch));
}
