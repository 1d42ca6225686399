#include "extract/setting.h"

#include "engine/names.h"

#include <string.h>

SettingWords setting_words(const Rules *rules)
{
    return (SettingWords){ lexicon_word(rules->lexicon, STR("in")), lexicon_word(rules->lexicon, STR("at")), rules_list(rules, "venues") };
}

static const Token *tok(const SettingText *in, uint32_t at)
{
    return &in->text->tokens[at];
}

static bool has(const SettingText *in, uint32_t at, uint32_t bits)
{
    return at < in->text->n_tokens && (in->map->classes[at] & bits) != 0;
}

/* ---- the day --------------------------------------------------------------------- */

/* The day that a token begins; NULL when none does. */
static const DayMention *day_at(const SettingText *in, uint32_t token)
{
    const DayMentions *days = &in->map->days;
    size_t lo = 0, hi = has(in, token, WORD_DATE) ? days->len : 0;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (days->ptr[mid].first < token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < days->len && days->ptr[lo].first == token && has(in, token, WORD_DATE) ? &days->ptr[lo] : NULL;
}

/* "by late Friday", "until Monday", "effective June 17", "the Navy's March 20 request": the day of something else. */
static bool dates_something(const SettingText *in, const DayMention *day)
{
    uint32_t token = day->first;
    if (token == 0)
        return false;
    if (tok(in, token - 1)->flags & TOKEN_FIRST)
        return false;                /* "By Thursday the minister said ..." */
    bool inside = has(in, token, WORD_PREPOSITION | WORD_ADVERB);        /* "on Friday": the preposition is its own */
    bool behind_noun = (tok(in, token - 1)->flags & TOKEN_POSSESSIVE) || has(in, token - 1, WORD_DETERMINER);
    return (!inside && (has(in, token - 1, WORD_PREPOSITION) || behind_noun)) ||
           (day->end < in->text->n_tokens && (tok(in, day->end)->flags & TOKEN_POSSESSIVE));
}

static bool in_content(const SettingText *in, const SettingCue *cue, uint32_t token)
{
    uint32_t byte = tok(in, token)->span.from;
    for (size_t i = 0; i < cue->content->len; i++)
        if (byte >= cue->content->ptr[i].from && byte < cue->content->ptr[i].to)
            return true;
    return false;
}

/*
 * The day told beside the cue, outside the content: the nearest one that no other cue stands before.  True if that
 * is no one day ("last month").
 */
static bool set_day(const SettingText *in, const SettingCue *cue, Statement *st)
{
    enum { BEHIND_TOKENS = 12 };
    const DayMention *best = NULL;
    uint32_t away = 0, best_away = UINT32_MAX;
    for (uint32_t at = cue->end; at < cue->to && away < BEHIND_TOKENS && !best; at++) {
        const DayMention *day = in_content(in, cue, at) ? NULL : day_at(in, at);
        away += !in_content(in, cue, at);
        if (day && !dates_something(in, day)) {
            best = day;
            best_away = away;
        }
    }
    away = 0;
    for (uint32_t at = cue->first; at-- > cue->from && away < best_away;) {
        const DayMention *day = in_content(in, cue, at) ? NULL : day_at(in, at);
        away += !in_content(in, cue, at);
        if (day && !dates_something(in, day)) {
            best = day;
            break;
        }
    }
    st->said_on = best ? best->day : DATE_UNKNOWN;
    return best && best->day == DATE_UNKNOWN;
}

/* ---- the place ------------------------------------------------------------------- */

/* The name of the place that begins at a token; STR_NONE when none does. */
static Str place_at(const SettingText *in, uint32_t at, uint32_t end, bool inside)
{
    int32_t index = at < end ? in->map->at[at] : -1;
    if (index < 0)
        return STR_NONE;
    const Mention *m = &in->map->mentions.ptr[index];
    uint32_t first = at + (has(in, at, WORD_DETERMINER) && at + 1 < m->end), last = first;
    while (last < m->end && last < end && (tok(in, last)->flags & TOKEN_CAPITAL) && !has(in, last, WORD_MONTH | WORD_WEEKDAY) && tok(in, last)->kind == TOKEN_WORD)
        last++;
    if (last == first || (last < m->end && (tok(in, last)->flags & TOKEN_POSSESSIVE)))
        return STR_NONE;
    bool known = false, person = false, demonym = false, union_ = false;      /* the European Union is no place to speak in */
    for (uint32_t i = in->hits->at[first]; i < in->hits->at[first + 1]; i++) {
        uint16_t kind = in->hits->ptr[i].kind;
        union_ |= kind == LEXICON_COUNTRY && in->rules->countries[in->hits->ptr[i].id].is_body;
        known |= kind == LEXICON_COUNTRY || kind == LEXICON_CAPITAL || kind == LEXICON_BODY;
        demonym |= kind == LEXICON_DEMONYM && last < m->end;
        person |= kind == LEXICON_PERSON && in->hits->ptr[i].words > 1;
    }
    return !person && !union_ && !demonym && (known || inside) ? str_slice(in->text->text, token_span(in->text, first, last)) : STR_NONE;
}

static bool is_venue(const SettingText *in, uint32_t token)
{
    for (uint32_t i = in->hits->at[token]; i < in->hits->at[token + 1]; i++)
        if (in->hits->ptr[i].kind == LEXICON_LIST && (int)in->hits->ptr[i].id == in->words->venues)
            return true;
    return false;
}

/* "told a parliamentary committee": where it sits, they spoke. */
static Str venue_of(const SettingText *in, int32_t mention)
{
    const Mention *m = mention >= 0 ? &in->map->mentions.ptr[mention] : NULL;
    if (!m || m->possessive || !is_venue(in, m->head))
        return STR_NONE;
    uint32_t first = m->first + (has(in, m->first, WORD_DETERMINER) && m->end > m->first + 1);
    return str_slice(in->text->text, token_span(in->text, first, m->end));
}

/*
 * "told reporters in Brussels", "Speaking in Munich, ...": the place nearest to the cue, outside the content, close
 * behind the cue or at the sentence's start.
 */
static void set_place(const SettingText *in, const SettingCue *cue, Statement *st)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t at = cue->row_first; at + 1 < cue->row_end; at++) {
        WordId prep = tok(in, at)->word;
        if ((prep != in->words->in && prep != in->words->at) || !prep || in_content(in, cue, at) || (tok(in, at)->flags & TOKEN_QUOTED))
            continue;
        enum { NEAR_TOKENS = 12, START_TOKENS = 8 };
        uint32_t away = at > cue->first ? at - cue->first : cue->first - at;
        if (at > cue->first ? away > NEAR_TOKENS : at > cue->row_first + START_TOKENS && away > 3)
            continue;
        Str place = place_at(in, at + 1, cue->row_end, prep == in->words->in);
        if (place.ptr && away < best) {
            best = away;
            st->place = place;
        }
    }
}

bool setting_read(const SettingText *in, const SettingCue *cue, Statement *st)
{
    set_place(in, cue, st);
    if (!st->place.ptr)
        st->place = venue_of(in, cue->recipient);
    return set_day(in, cue, st);
}

/* ---- the whole story ------------------------------------------------------------- */

/*
 * The day that the lead tells beside a verb of saying ("said on Thursday"), else the day of publication: when news
 * without a day was made.
 */
static Date news_day(const SettingText *in)
{
    enum { LEAD_SENTENCES = 3, NEWS_DAYS = 7 };
    size_t body = 0;
    for (size_t s = 0; s < in->text->n_sentences && body < LEAD_SENTENCES; s++) {
        const Sentence *sentence = &in->text->sentences[s];
        if (in->text->paragraphs[sentence->paragraph].kind != PARAGRAPH_BODY)
            continue;
        body++;
        bool says = false;
        for (uint32_t i = sentence->first; i < sentence->end; i++)
            says |= has(in, i, WORD_CUE) && in->map->at[i] < 0;
        for (uint32_t i = sentence->first; i < sentence->end && says; i++) {
            const DayMention *day = day_at(in, i);
            if (day && day->day != DATE_UNKNOWN && day->day <= in->story->published && day->day + NEWS_DAYS >= in->story->published &&
                !dates_something(in, day))
                return day->day;
        }
    }
    return in->story->published;
}

/* What is known of one speaker while a story's statements are gone through. */
typedef struct Telling { const Statement *last; bool placed; } Telling;

/* A number for each speaker's name, so that a story of many statements stays linear. */
static uint32_t *number_speakers(const SettingText *in, const Statements *all, size_t *n)
{
    Names names = { 0 };
    uint32_t *numbers = ARENA_ARRAY(in->arena, uint32_t, all->len + 1);
    for (size_t i = 0; i < all->len; i++) {
        Str speaker = all->ptr[i].speaker;
        numbers[i] = NAMES_NONE;
        if (!speaker.ptr)
            continue;
        names_add(&names, in->arena, speaker, (uint32_t)names.len);
        numbers[i] = names_find(&names, speaker);
    }
    *n = names.len;
    return numbers;
}

/*
 * A speaker's day holds for what he says next without telling one; news without any day is of the story's day,
 * unless its tense or its words put it elsewhere ("has long said", "last month").  His place holds for all that he
 * says on that day; the dateline is where those spoke that day of whom no other place is told, if they are of the
 * dateline's country or of the lead's.
 */
void setting_spread(const SettingText *in, Statements *all, const bool *undated)
{
    Date day = news_day(in);
    Str home = mention_country_of_capital(in->rules, in->story->place);
    size_t n_speakers;
    const uint32_t *speakers = number_speakers(in, all, &n_speakers);
    Telling *told = ARENA_ARRAY(in->arena, Telling, n_speakers + 1);
    for (size_t i = 0; i < all->len; i++) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        const Statement *before = by ? by->last : NULL;
        if (st->said_on == DATE_UNKNOWN && !undated[i])
            st->said_on = before && before->said_on != DATE_UNKNOWN ? before->said_on : day;
        if (!st->place.ptr && before && before->said_on == st->said_on)
            st->place = before->place;
        if (by)
            by->last = st;
    }
    memset(told, 0, (n_speakers + 1) * sizeof *told);
    for (size_t i = all->len; i-- > 0;) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        if (by && !st->place.ptr && by->last && by->last->said_on == st->said_on)
            st->place = by->last->place;
        if (by && st->place.ptr) {
            by->last = st;
            by->placed = true;
        }
    }
    for (size_t i = 0; i < all->len && in->story->place.ptr; i++) {
        Statement *st = &all->ptr[i];
        bool at_home = !st->country.ptr || str_equal(st->country, all->ptr[0].country) || str_equal(st->country, home);
        bool placed = speakers[i] != NAMES_NONE && told[speakers[i]].placed;
        if (!st->place.ptr && st->said_on == day && day != DATE_UNKNOWN && at_home && !placed)
            st->place = in->story->place;
    }
}

