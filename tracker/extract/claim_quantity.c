#include "extract/claim_internal.h"

#include <stdlib.h>

/*
 *     some 12,500 foreign soldiers                       soldier/11250/13750
 *     20 to 30 boats                                     boat/20/30
 *     at least 2 million boats                           boat/2000000/1e+15
 *     in 2025, May 3, a 54-year-old                      nothing
 */

enum {
    UNIT_REACH = 4,                      /* words from a number to what it counts: "40 well-armed foreign soldiers" */
    BOUND_REACH = 4,                     /* words of "no fewer than" */
    NUMBER_BYTES = 24,
};

static const double ABOUT = .1, ANY_NUMBER = 1e15;

static bool list_ends_at(const Work *w, uint32_t end, int list)
{
    for (uint32_t at = end; at-- > 0 && end - at <= BOUND_REACH;)
        for (uint32_t i = w->hits->at[at]; i < w->hits->at[at + 1]; i++)
            if (hit_is_of_list(&w->hits->ptr[i], list) && w->hits->ptr[i].end == end)
                return true;
    return false;
}

/* "12,500", "1.5"; not "3rd", "2025", "54-year-old", the 3 of "May 3" nor the 2254 of "Resolution 2254". */
static bool read_number(const Work *w, uint32_t token, double *out)
{
    const Token *word = &w->text->tokens[token];
    Str raw = str_slice(w->text->text, word->span);
    char digits[NUMBER_BYTES], *end;
    size_t len = 0;
    bool named = token > 0 && (word[-1].flags & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL;
    if (word->kind != TOKEN_NUMBER || named || word->flags & TOKEN_HYPHENED || raw.len >= NUMBER_BYTES)
        return false;
    for (size_t i = 0; i < raw.len; i++)
        if (raw.ptr[i] != ',')
            digits[len++] = raw.ptr[i];
    digits[len] = '\0';
    double number = strtod(digits, &end);
    bool year = len == 4 && raw.len == 4 && number >= 1900 && number < 2100;
    if (*end != '\0' || year || number >= ANY_NUMBER)
        return false;
    *out = number;
    return true;
}

/* "million" and what else multiplies the number in front. */
static uint32_t multiply(const Work *w, uint32_t at, double *number)
{
    static const double by[CLAIM_MULTIPLIERS] = { 1e3, 1e6, 1e9 };
    for (size_t i = 0; i < CLAIM_MULTIPLIERS; i++)
        if (hits_list_at(w->hits, at, w->self->multipliers[i])) {
            *number *= by[i];
            return at + 1;
        }
    return at;
}

/* What is counted: "soldiers" of "40 foreign soldiers", "tariff" of "25 percent tariff". */
static Str unit_at(Work *w, uint32_t at, uint32_t end)
{
    const Token *tokens = w->text->tokens;
    Str unit = STR_NONE;
    for (uint32_t i = at; i < end && i < at + UNIT_REACH && tokens[i].kind == TOKEN_WORD; i++) {
        if (hits_list_at(w->hits, i, w->self->counted))
            return token_fold(w->text->text, &tokens[i], w->arena);
        if (hits_list_at(w->hits, i, w->self->measures))
            continue;
        const TopicWord *word = topic_word(w->self->topics, i);
        if (word->kind < TOPIC_WORD)
            break;
        if (word->kind == TOPIC_WORD) {
            unit = word->name;
            if (str_ends(str_slice(w->text->text, tokens[i].span), STR("s")))
                break;
        }
    }
    return unit;
}

void claim_find_quantities(Work *w, TokenRange range, Strs *out)
{
    enum { QUANTITIES_MAX = 3 };
    const ClaimFinder *self = w->self;
    for (uint32_t at = range.first; at < range.end && out->len < QUANTITIES_MAX; at++) {
        double from, to;
        if (!read_number(w, at, &from))
            continue;
        uint32_t first = at, next = multiply(w, at + 1, &from);
        to = from;
        if (next + 1 < range.end && hits_list_at(w->hits, next, self->ranges) && read_number(w, next + 1, &to)) {       /* "20 to 30 boats" */
            at = next + 1;
            next = multiply(w, at + 1, &to);
        }
        Str unit = next < range.end ? unit_at(w, next, range.end) : STR_NONE;
        if (!unit.len || to < from)
            continue;
        if (list_ends_at(w, first, self->at_least))
            to = ANY_NUMBER;
        else if (list_ends_at(w, first, self->at_most))
            from = 0;
        else if (list_ends_at(w, first, self->about)) {
            from *= 1 - ABOUT;
            to *= 1 + ABOUT;
        }
        LIST_PUSH(w->arena, out, str_printf(w->arena, "%.*s/%.9g/%.9g", STR_ARG(unit), from, to));
    }
}
