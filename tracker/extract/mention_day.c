#include "extract/mention_internal.h"

static void add_day(MentionFinder *f, uint32_t first, uint32_t end, Date day)
{
    for (uint32_t i = first; i < end; i++)
        f->map->classes[i] |= WORD_DATE;
    LIST_PUSH(f->arena, &f->map->days, ((DayMention){ first, end, day }));
    if (day != DATE_UNKNOWN)
        f->last_day = day;
}

/* "late on" in front of a day belongs to it. */
static uint32_t day_start(const MentionFinder *f, uint32_t first)
{
    while (first > 0 && hits_list_at(f->hits, first - 1, f->self->before_days))
        first--;
    return first;
}

static int small_number(const MentionFinder *f, uint32_t token)
{
    if (token >= f->text->n_tokens || tok(f, token)->kind != TOKEN_NUMBER)
        return -1;
    Str raw = str_slice(f->text->text, tok(f, token)->span);
    int value = 0;
    size_t i = 0;
    for (; i < raw.len && i < 5 && raw.ptr[i] >= '0' && raw.ptr[i] <= '9'; i++)
        value = value * 10 + (raw.ptr[i] - '0');
    bool ordinal = raw.len == i + 2 && i > 0;        /* 3rd, 20th */
    return i > 0 && (i == raw.len || ordinal) ? value : -1;
}

/* "Feb. 12", "February 12, 2025", "12 February 2025", "in January". */
static uint32_t find_month_day(MentionFinder *f, uint32_t at)
{
    int month = date_month_named(word(f, at));
    int day = small_number(f, at + 1), year = -1;
    uint32_t first = at, end = at + 1;
    if (day >= 1 && day <= 31) {
        end = at + 2;
        uint32_t k = end < f->text->n_tokens && tok(f, end)->mark == ',' ? end + 1 : end;
        if (small_number(f, k) >= 1900 && small_number(f, k) < 2200) {
            year = small_number(f, k);
            end = k + 1;
        }
    } else {
        day = at > 0 ? small_number(f, at - 1) : -1;
        if (day >= 1 && day <= 31 && !(tok(f, at - 1)->flags & TOKEN_HYPHENED))
            first = at - 1;
        else
            day = -1;
        if (small_number(f, end) >= 1900 && small_number(f, end) < 2200) {
            year = small_number(f, end);
            end++;
        }
    }
    if (month < 1)
        return at;
    if (day < 0 && (at == 0 || !has(f, at - 1, WORD_PREPOSITION | WORD_ADVERB)))
        return at;                   /* "May" alone may be a person */
    Date date = DATE_UNKNOWN;
    if (day > 0)
        date = year > 0 ? date_from_civil(year, month, day)
                        : f->story->published != DATE_UNKNOWN ? date_of_month_day(f->story->published, month, day) : DATE_UNKNOWN;
    add_day(f, day_start(f, first), end, date);
    return end;
}

static uint32_t find_weekday(MentionFinder *f, uint32_t at)
{
    uint32_t first = day_start(f, at), end = at + 1;
    bool next = false, last = false;
    for (uint32_t i = first; i < at; i++) {
        next |= is_word(f, i, f->self->next);
        last |= is_word(f, i, f->self->last);
    }
    if (end < f->text->n_tokens && (tok(f, end)->flags & TOKEN_POSSESSIVE))
        return at;                   /* "Wednesday's vote": part of a phrase */
    if (first == at && end < f->text->n_tokens && tok(f, end)->kind == TOKEN_WORD && (tok(f, end)->flags & TOKEN_CAPITAL) &&
        !has(f, end, WORD_MONTH) && at > 0 && ((mention_is_capital(f, at - 1) && !has(f, at - 1, WORD_DATE)) || has(f, at - 1, WORD_DETERMINER)))
        return at;                   /* "Fox News Sunday Morning", "the Wednesday Group" */
    end += hits_list_at(f->hits, end, f->self->parts_of_days);
    uint32_t month = end < f->text->n_tokens && tok(f, end)->mark == ',' ? end + 1 : end;
    if (has(f, month, WORD_MONTH) && small_number(f, month + 1) > 0) {
        uint32_t behind = find_month_day(f, month);
        if (behind > month)
            return behind;           /* "Thursday, Feb. 13": the date says it all */
    }
    Date day = f->story->published == DATE_UNKNOWN ? DATE_UNKNOWN
                                                   : date_of_weekday(f->story->published, date_weekday_named(word(f, at)), next);
    /* Tomorrow's name means tomorrow, or the day it already was where the story was written: never six days ago. */
    if (day != DATE_UNKNOWN && !last && day == f->story->published - 6)
        day += 7;
    add_day(f, first, end, day);
    return end;
}

/* "two weeks ago", "some years ago", "20 months ago": what counts them belongs to them. */
static uint32_t count_start(const MentionFinder *f, uint32_t first)
{
    bool counts = first > 0 && (tok(f, first - 1)->kind == TOKEN_NUMBER || (has(f, first - 1, WORD_DETERMINER) && !has(f, first - 1, WORD_DATE)));
    return counts ? first - 1 : first;
}

void mention_find_days(MentionFinder *f)
{
    for (uint32_t at = 0; at < f->text->n_tokens;) {
        const Hit *phrase = NULL;
        int offset = 0;
        for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
            const Hit *hit = &f->hits->ptr[i];
            if (hit->kind == LEXICON_LIST && f->self->list_days[hit->id] != INT32_MAX && (!phrase || hit->words > phrase->words)) {
                phrase = hit;
                offset = f->self->list_days[hit->id];
            }
        }
        uint32_t next = at;
        if (has(f, at, WORD_WEEKDAY))
            next = find_weekday(f, at);
        else if (has(f, at, WORD_MONTH))
            next = find_month_day(f, at);
        else if (phrase) {
            Date published = f->story->published, day = DATE_UNKNOWN;
            if (offset == DAY_SAME)
                day = f->last_day;
            else if (offset == DAY_BEFORE)
                day = f->last_day != DATE_UNKNOWN ? f->last_day - 1 : published != DATE_UNKNOWN ? published - 1 : DATE_UNKNOWN;
            else if (offset < DAY_VAGUE && published != DATE_UNKNOWN)
                day = published + offset;
            Date keep = f->last_day;
            add_day(f, offset == DAY_COUNTED ? count_start(f, phrase->first) : phrase->first, phrase->end, day);
            if (offset == DAY_BEFORE)
                f->last_day = keep;
            next = phrase->end;
        }
        at = next > at ? next : at + 1;
    }
}
