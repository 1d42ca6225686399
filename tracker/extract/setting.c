#include "extract/setting.h"

#include "engine/names.h"

#include <string.h>

SettingWords setting_words(const Rules *rules)
{
    const Lexicon *lex = rules->lexicon;
    return (SettingWords){
        .in = lexicon_word(lex, STR("in")), .on = lexicon_word(lex, STR("on")), .at = lexicon_word(lex, STR("at")),
        .of = lexicon_word(lex, STR("of")), .by = lexicon_word(lex, STR("by")), .to = lexicon_word(lex, STR("to")),
        .with = lexicon_word(lex, STR("with")), .after = lexicon_word(lex, STR("after")), .before = lexicon_word(lex, STR("before")),
        .and_ = lexicon_word(lex, STR("and")), .since = lexicon_word(lex, STR("since")), .last = lexicon_word(lex, STR("last")),
        .interview = lexicon_word(lex, STR("interview")), .during = lexicon_word(lex, STR("during")),
        .venues = rules_list(rules, "venues"), .gatherings = rules_list(rules, "gatherings"),
        .assemblies = rules_list(rules, "assemblies"), .scenes = rules_list(rules, "scenes"),
        .scene_verbs = rules_list(rules, "scene-verbs"), .place_prepositions = rules_list(rules, "place-prepositions"),
        .platforms = rules_list(rules, "platforms"), .apart = rules_list(rules, "apart"),
        .travels = rules_list(rules, "travels"),
    };
}

static const Token *tok(const SettingText *in, uint32_t at)
{
    return &in->text->tokens[at];
}

static bool has(const SettingText *in, uint32_t at, uint32_t bits)
{
    return at < in->text->n_tokens && (in->map->classes[at] & bits) != 0;
}

static bool is_word(const SettingText *in, uint32_t at, WordId word)
{
    return word && at < in->text->n_tokens && tok(in, at)->word == word;
}

static const Mention *mention_at(const SettingText *in, uint32_t at, uint32_t end)
{
    return at < end && in->map->at[at] >= 0 ? &in->map->mentions.ptr[in->map->at[at]] : NULL;
}

static bool in_content(const SettingText *in, const SettingCue *cue, uint32_t token)
{
    uint32_t byte = tok(in, token)->span.from;
    for (size_t i = 0; i < cue->content->len; i++)
        if (byte >= cue->content->ptr[i].from && byte < cue->content->ptr[i].to)
            return true;
    return false;
}

/* ---- the day --------------------------------------------------------------------- */

/* The day whose words a token is among; NULL when it is in none. */
static const DayMention *day_with(const SettingText *in, uint32_t token)
{
    const DayMentions *days = &in->map->days;
    size_t lo = 0, hi = has(in, token, WORD_DATE) ? days->len : 0;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (days->ptr[mid].end <= token)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < days->len && days->ptr[lo].first <= token && has(in, token, WORD_DATE) ? &days->ptr[lo] : NULL;
}

static const DayMention *day_at(const SettingText *in, uint32_t token)
{
    const DayMention *day = day_with(in, token);
    return day && day->first == token ? day : NULL;
}

/* "by late Friday", "until Monday", "effective June 17", "the Navy's March 20 request": the day of something else. */
static bool dates_something(const SettingText *in, const DayMention *day)
{
    uint32_t token = day->first;
    if (is_word(in, token, in->words->since))
        return true;
    if (token == 0 || (tok(in, token - 1)->flags & TOKEN_FIRST))
        return false;                /* "By Thursday the minister said ..." */
    bool inside = has(in, token, WORD_PREPOSITION | WORD_ADVERB);        /* "on Friday": the preposition is its own */
    bool behind_noun = (tok(in, token - 1)->flags & TOKEN_POSSESSIVE) || has(in, token - 1, WORD_DETERMINER);
    return (!inside && (has(in, token - 1, WORD_PREPOSITION) || behind_noun)) ||
           (day->end < in->text->n_tokens && (tok(in, day->end)->flags & TOKEN_POSSESSIVE));
}

/* ---- the place ------------------------------------------------------------------- */

static bool is_name_word(const SettingText *in, uint32_t at)
{
    return tok(in, at)->kind == TOKEN_WORD && (tok(in, at)->flags & TOKEN_CAPITAL) && !has(in, at, WORD_MONTH | WORD_WEEKDAY | WORD_DATE);
}

static Str words_of(const SettingText *in, uint32_t first, uint32_t end)
{
    return str_slice(in->text->text, token_span(in->text, first, end));
}

/* "parliament", "a Senate committee", "the Oslo security conference": but no "committee" without a name. */
static Str venue_of(const SettingText *in, const Mention *m)
{
    if (!m || m->possessive)
        return STR_NONE;
    bool venue = hits_list_at(in->hits, m->head, in->words->venues), named = false;
    uint32_t first = m->first + (has(in, m->first, WORD_DETERMINER) && m->end > m->first + 1);
    for (uint32_t i = first; i <= m->head; i++)
        named |= is_name_word(in, i) || hits_list_at(in->hits, i, in->words->venues);
    return venue || (named && hits_list_at(in->hits, m->head, in->words->gatherings)) ? words_of(in, first, m->end) : STR_NONE;
}

/* "Center for Peace and Security": on over the small words between the words of a name. */
static uint32_t name_end(const SettingText *in, uint32_t at, uint32_t end)
{
    bool joined = false;             /* by a preposition: only such a name may have an "and" */
    while (at < end) {
        bool joins = has(in, at, WORD_PREPOSITION) || (joined && is_word(in, at, in->words->and_));
        if (!is_name_word(in, at) && !(joins && at + 1 < end && is_name_word(in, at + 1)))
            break;
        joined |= joins;
        at++;
    }
    return at;
}

/* What a name names, as far as the rosters know. */
enum { NAME_LAND = 1, NAME_TOWN = 2, NAME_BODY = 4, NAME_UNION = 8, NAME_OTHER = 16 };

static unsigned kinds_of_name(const SettingText *in, uint32_t first, uint32_t end)
{
    unsigned kinds = 0;
    for (uint32_t i = in->hits->at[first]; i < in->hits->at[first + 1]; i++) {
        const Hit *hit = &in->hits->ptr[i];
        bool whole = hit->end == end;
        if (hit->kind == LEXICON_COUNTRY && whole)
            kinds |= in->rules->countries[hit->id].is_body ? NAME_UNION : NAME_LAND;
        else if (hit->kind == LEXICON_CAPITAL && whole)
            kinds |= NAME_TOWN;
        else if (hit->kind == LEXICON_BODY && whole)
            kinds |= NAME_BODY;
        else if (hit->kind == LEXICON_COUNTRY || (hit->kind == LEXICON_DEMONYM && !whole) || (hit->kind == LEXICON_PERSON && hit->words > 1))
            kinds |= NAME_OTHER;     /* "Soviet officials" */
    }
    return kinds;
}

/* What the words stand at: the cue, the sentence's start, or the speaker, of whom much is told that is not of his words. */
typedef enum Spot { SPOT_CUE, SPOT_FRONT, SPOT_SPEAKER } Spot;

/*
 * Is the name [first, last) behind a preposition a place to speak at?  Not "the Treasury report", "a Newswire interview",
 * "Form 10", two places at once, and, but for the cue's own words, a body that one is in without being there ("senators
 * in Congress").
 */
static bool is_place_name(const SettingText *in, uint32_t prep, uint32_t first, uint32_t last, uint32_t end, Spot spot)
{
    bool inside = is_word(in, prep, in->words->in), scene = last < end && hits_list_at(in->hits, last, in->words->scenes);
    if (last < end && (tok(in, last)->kind == TOKEN_NUMBER || is_word(in, last, in->words->interview) ||
                       (has(in, last, WORD_BODY) && !(tok(in, last)->flags & TOKEN_CAPITAL))))
        return false;
    if (last + 1 < end && is_word(in, last, in->words->and_) && in->map->at[last + 1] >= 0 && (tok(in, last + 1)->flags & TOKEN_CAPITAL))
        return false;
    unsigned kinds = kinds_of_name(in, first, last);
    for (uint32_t i = first; i < last; i++) {
        kinds |= (inside ? hits_list_at(in->hits, i, in->words->venues) : has(in, i, WORD_BODY)) ? NAME_BODY : 0u;
        kinds |= has(in, i, WORD_TITLE | WORD_ROLE) ? NAME_OTHER : 0u;
    }
    if (kinds & (NAME_LAND | NAME_TOWN))
        return true;
    if (kinds & (NAME_BODY | NAME_UNION))            /* the European Union is no place to speak in, though one speaks at it */
        return !inside || ((kinds & NAME_BODY) && (spot == SPOT_CUE || scene));
    bool owned = has(in, prep + 1, WORD_DETERMINER) && first == prep + 2;        /* "in the Sunday Post" */
    bool firm = last > first + 1 && has(in, last - 1, WORD_BODY);
    return inside && !owned && !firm && !(kinds & NAME_OTHER);
}

/*
 * The place behind a preposition: "Oslo", "central Oslo", "Norway's capital Oslo", "the White House", "a White House
 * briefing", "the Oslo security conference"; STR_NONE for "the Oslo case".
 */
static Str place_at(const SettingText *in, uint32_t prep, uint32_t end, Spot spot)
{
    const SettingWords *w = in->words;
    const Mention *m = mention_at(in, prep + 1, end);
    if (!m || (spot == SPOT_SPEAKER && !is_word(in, prep, w->in)))
        return STR_NONE;             /* "an analyst at Zorvan Bank", "a defector from Zorvan" */
    uint32_t limit = m->end < end ? m->end : end, first = prep + 1;
    for (uint32_t i = first; i < limit; i++)
        if (tok(in, i)->flags & TOKEN_POSSESSIVE)
            first = i + 1;           /* "Norway's capital Oslo" */
    while (first < limit && !is_name_word(in, first) && !has(in, first, WORD_PREPOSITION) && !hits_list_at(in->hits, first, w->scenes))
        first++;
    if (first == limit || !is_name_word(in, first))
        return STR_NONE;
    if (hits_list_at(in->hits, first, w->platforms))
        return words_of(in, first, first + 1);
    if (is_word(in, prep, w->on))
        return STR_NONE;
    uint32_t last = name_end(in, first, limit);
    if (last == m->end) {
        unsigned kinds = kinds_of_name(in, first, last);
        bool goes_on = !(kinds & (NAME_LAND | NAME_TOWN | NAME_UNION)) && has(in, last - 1, WORD_BODY) && has(in, last, WORD_PREPOSITION);
        last = goes_on ? name_end(in, first, end) : last;        /* "the Center" with "for Peace and Security" behind */
        return is_place_name(in, prep, first, last, end, spot) ? words_of(in, first, last) : STR_NONE;
    }
    bool gathering = m->end <= end && m->head >= last && (hits_list_at(in->hits, m->head, w->scenes) || hits_list_at(in->hits, m->head, w->gatherings));
    if (!gathering || is_word(in, m->head, w->interview))
        return STR_NONE;
    unsigned kinds = kinds_of_name(in, first, last);
    bool apart = (kinds & NAME_TOWN) || (!(kinds & NAME_OTHER) && ((kinds & NAME_BODY) || (!(kinds & NAME_UNION) && hits_list_at(in->hits, last, w->scenes))));
    return apart && !hits_list_at(in->hits, last - 1, w->venues) ? words_of(in, first, last) : venue_of(in, m);
}

/* ---- scenes ---------------------------------------------------------------------- */

/* What a stretch of words tells. */
typedef struct Scene {
    Str place;
    const DayMention *day;
    bool there;                      /* "at the conference" */
} Scene;

static bool opens_phrase(const SettingText *in, uint32_t at)
{
    return has(in, at, WORD_PREPOSITION) || is_word(in, at, in->words->after) || is_word(in, at, in->words->before);
}

/*
 * Read on from a cue, or from the start of a phrase that sets the scene, for as long as no clause of its own begins:
 *
 *     told reporters in Oslo on Monday         speaking at a conference of bankers in Oslo
 *     after talks in Oslo                      but not: after a bombing in Oslo, about the war in Syria
 *
 * A place is that of the scene when it is told of the cue itself, of those who listen or of a scene (a list).  Returns
 * where it stopped.
 */
static uint32_t read_scene(const SettingText *in, const SettingCue *cue, uint32_t at, uint32_t end, bool near, Spot spot, Scene *out)
{
    const SettingWords *w = in->words;
    bool governed = false, set = near;       /* by a preposition that leads away; a scene, or near one, so that days count */
    uint32_t link = UINT32_MAX;              /* the preposition right in front */
    uint32_t leads = UINT32_MAX;             /* the "to" of "on a visit to" */
    while (at < end && !in_content(in, cue, at) && (tok(in, at)->kind == TOKEN_WORD || tok(in, at)->kind == TOKEN_NUMBER)) {
        const DayMention *day = day_at(in, at);
        const Mention *m = mention_at(in, at, end);
        bool acts = hits_list_at(in->hits, at, w->scene_verbs);
        if (day) {
            if (!out->day && set && !dates_something(in, day))
                out->day = day;
            at = day->end;
        } else if (m && !acts) {
            bool scene = false;
            for (uint32_t i = at; i < m->end; i++)
                scene |= hits_list_at(in->hits, i, w->scenes) || hits_list_at(in->hits, i, w->gatherings) || hits_list_at(in->hits, i, w->venues);
            set |= scene;
            near = scene || (near && !governed);
            bool there = near && is_word(in, link, w->at);
            if (!out->place.ptr && (there || (near && (is_word(in, link, w->to) || is_word(in, link, w->before) || is_word(in, link, w->by)))))
                out->place = venue_of(in, m);
            for (uint32_t i = m->head + 1; near && !out->place.ptr && i < m->end; i++)      /* "allies in Oslo" */
                if (hits_list_at(in->hits, i, w->place_prepositions))
                    out->place = place_at(in, i, end, spot);
            out->there |= there && scene && m->definite;
            if ((is_word(in, link, w->on) || is_word(in, link, w->during)) && hits_list_at(in->hits, m->head, w->travels))
                leads = m->head + 1;
            for (uint32_t i = m->head + 1; i < m->end && i == leads && is_word(in, i, w->to) && !out->place.ptr; i++)
                out->place = place_at(in, i, end, spot);
            governed = false;
            link = UINT32_MAX;
            at = m->end;
        } else {
            bool led = at == leads && is_word(in, at, w->to);
            if (!out->place.ptr && (led || (near && hits_list_at(in->hits, at, w->place_prepositions))))
                out->place = place_at(in, at, end, led ? SPOT_CUE : spot);
            if (acts || hits_list_at(in->hits, at, w->scenes)) {
                near = set = true;
                governed = false;
            } else if (opens_phrase(in, at)) {
                link = at;
                governed = !is_word(in, at, w->of) && !is_word(in, at, w->by) && !is_word(in, at, w->to) && !is_word(in, at, w->with);
            } else if (has(in, at, WORD_CUE | WORD_VERB | WORD_AUXILIARY | WORD_COPULA | WORD_RELATIVE | WORD_CONJUNCTION)) {
                break;
            }
            at++;
        }
    }
    return at;
}

static uint32_t skip_adverbs(const SettingText *in, uint32_t at, uint32_t end)
{
    while (at < end && has(in, at, WORD_ADVERB) && !has(in, at, WORD_DATE | WORD_PREPOSITION) && !hits_list_at(in->hits, at, in->words->scene_verbs))
        at++;
    bool manner = at + 1 < end && str_ends(words_of(in, at, at + 1), STR("ly")) && hits_list_at(in->hits, at + 1, in->words->scene_verbs);
    return at + manner;
}

/* "In Russia, the company said": what is spoken of, rather than where. */
static bool is_bare_country(const SettingText *in, const SettingCue *cue, uint32_t at, uint32_t end)
{
    const Mention *m = mention_at(in, at + 1, end);
    bool person = cue->source >= 0 && in->map->mentions.ptr[cue->source].kind == MENTION_PERSON;
    if (!m || person || !is_word(in, at, in->words->in) || m->end >= end || tok(in, m->end)->mark != ',')
        return false;
    for (uint32_t i = in->hits->at[at + 1]; i < in->hits->at[m->end]; i++)
        if (in->hits->ptr[i].kind == LEXICON_COUNTRY)
            return true;
    return false;
}

/*
 * The day of the clause that a cue without a clause of its own depends on: "denied the reports on Friday, saying ...",
 * "it came in June, when the minister said ...".
 */
static const DayMention *day_of_clause(const SettingText *in, const SettingCue *cue, uint32_t first, uint32_t end)
{
    for (uint32_t at = end; at-- > first && !in_content(in, cue, at) && !has(in, at, WORD_RELATIVE);) {
        const DayMention *day = day_at(in, at);
        if (tok(in, at)->kind != TOKEN_WORD && tok(in, at)->kind != TOKEN_NUMBER)
            break;
        if (day && !dates_something(in, day))
            return day;
    }
    return NULL;
}

/* "denied the reports on Friday, saying", "opened the talks by saying"; but not of what will be, or came before. */
static bool is_dependent(const SettingText *in, uint32_t first, uint32_t cue)
{
    if (!str_ends(words_of(in, cue, cue + 1), STR("ing")) || (tok(in, cue - 1)->mark != ',' && !has(in, cue - 1, WORD_PREPOSITION)))
        return false;
    for (uint32_t at = first; at < cue; at++)
        if (is_word(in, at, in->words->after) || is_word(in, at, in->words->before))
            return false;
    return !has(in, skip_adverbs(in, first, cue), WORD_MODAL);
}

/* The phrases that stand by themselves: at the sentence's start, between commas, behind the content. */
static void read_phrases(const SettingText *in, const SettingCue *cue, const Mention *source, Scene *out)
{
    for (uint32_t at = cue->from; at < cue->to; at++) {
        bool starts = at == cue->row_first || tok(in, at - 1)->mark == ',' || in_content(in, cue, at - 1);
        uint32_t first = skip_adverbs(in, at, cue->to);
        if (!starts || in_content(in, cue, at) || first >= cue->to)
            continue;
        bool acts = hits_list_at(in->hits, first, in->words->scene_verbs), dated = has(in, first, WORD_DATE), phrase = opens_phrase(in, first);
        bool front = at == cue->row_first && at < cue->first && (acts || dated || phrase);
        bool behind_source = source && at == source->end + 1 && at < cue->first && hits_list_at(in->hits, at, in->words->place_prepositions);
        bool sets = acts || behind_source || (dated && at <= cue->end + 1) || (front && !is_bare_country(in, cue, first, cue->to));
        uint32_t end = at >= cue->first ? cue->to : front && source && source->first < cue->first ? source->first : cue->first;
        if (sets || phrase)
            read_scene(in, cue, first, end, sets, front ? SPOT_FRONT : SPOT_CUE, out);
    }
}

/* ", but on Friday the minister said": the day alone in front of the speaker, though another clause stands before it. */
static const DayMention *day_before_source(const SettingText *in, const SettingCue *cue, const Mention *source)
{
    uint32_t end = source->first;
    if (end > cue->from && tok(in, end - 1)->mark == ',')
        end--;
    const DayMention *day = end > cue->from ? day_with(in, end - 1) : NULL;
    if (!day || day->end != end || day->first <= cue->from || in_content(in, cue, day->first) || dates_something(in, day))
        return NULL;
    uint32_t before = day->first - 1;
    return has(in, before, WORD_CONJUNCTION) || tok(in, before)->mark == ',' || in_content(in, cue, before) ? day : NULL;
}

/* All that the words around one cue tell, those close behind it first. */
static Scene scene_of(const SettingText *in, const SettingCue *cue)
{
    Scene scene = { STR_NONE, NULL, false };
    const Mention *source = cue->source >= 0 ? &in->map->mentions.ptr[cue->source] : NULL;
    bool inverted = source && source->first >= cue->end, ahead = source && source->end <= cue->first;
    read_scene(in, cue, inverted ? source->end : cue->end, cue->to, true, inverted ? SPOT_SPEAKER : SPOT_CUE, &scene);
    if (ahead)
        read_scene(in, cue, source->end, cue->first, true, SPOT_SPEAKER, &scene);
    if (ahead && !scene.day)
        scene.day = day_before_source(in, cue, source);
    read_phrases(in, cue, source, &scene);
    if (ahead && source->end < cue->first && cue->from <= source->end && is_dependent(in, source->end, cue->first)) {
        if (!scene.day)
            scene.day = day_of_clause(in, cue, source->end, cue->first - 1);
        for (uint32_t at = source->end; at < cue->first && !scene.place.ptr; at++)
            at = read_scene(in, cue, at, cue->first, false, SPOT_FRONT, &scene);
    }
    if (!scene.day && source && source->first > cue->row_first && has(in, source->first - 1, WORD_CONJUNCTION) &&
        !is_word(in, source->first - 1, in->words->and_))
        scene.day = day_of_clause(in, cue, cue->row_first, source->first - 1);
    return scene;
}

/* "Later, ...", "he later told ...": on another occasion than what stands before and behind. */
static bool is_apart(const SettingText *in, const SettingCue *cue)
{
    return hits_list_at(in->hits, cue->row_first, in->words->apart) || (cue->first > cue->row_first && hits_list_at(in->hits, cue->first - 1, in->words->apart));
}

static bool is_platform(const SettingText *in, const SettingCue *cue, Str place)
{
    for (uint32_t at = cue->row_first; place.ptr && at < cue->row_end; at++)
        if (in->text->text.ptr + tok(in, at)->span.from == place.ptr)
            return hits_list_at(in->hits, at, in->words->platforms);
    return false;
}

unsigned setting_read(const SettingText *in, const SettingCue *cue, Statement *st)
{
    Scene scene = scene_of(in, cue);
    Date published = in->story->published;
    if (scene.day && scene.day->day != DATE_UNKNOWN && published != DATE_UNKNOWN && scene.day->day > published + 1)
        scene.day = NULL;                /* "asked about the meeting next Friday, he said": yet to come */
    st->said_on = scene.day ? scene.day->day : DATE_UNKNOWN;
    st->place = scene.place.ptr ? scene.place : cue->recipient >= 0 ? venue_of(in, &in->map->mentions.ptr[cue->recipient]) : STR_NONE;
    unsigned notes = scene.there ? SETTING_THERE : 0;
    if (st->said_on == DATE_UNKNOWN && (scene.day || cue->perfect))
        notes |= SETTING_UNDATED;
    if (cue->perfect)
        notes |= SETTING_BEFORE;
    if (is_apart(in, cue) || is_platform(in, cue, st->place))
        notes |= SETTING_APART;
    return notes;
}

/* ---- the whole story ------------------------------------------------------------- */

/* Does a sentence name the weekday of a day? */
static bool names_weekday(const SettingText *in, const Sentence *sentence, Date date)
{
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const DayMention *day = has(in, i, WORD_WEEKDAY) ? day_with(in, i) : NULL;
        if (day && day->day == date && !is_word(in, i - 1, in->words->last) && !dates_something(in, day))
            return true;
    }
    return false;
}

/*
 * When news without a day was made: on the day that the first sentence says something was said, or that one of the
 * next names by its weekday ("yesterday" there is of another event), else yesterday if the lead names its weekday,
 * else on the day of publication.
 */
static Date news_day(const SettingText *in, const Statements *all)
{
    enum { LEAD_SENTENCES = 3, NEWS_DAYS = 4 };
    Date published = in->story->published, named = published;
    size_t body = 0, next = 0;
    for (size_t s = 0; s < in->text->n_sentences && body < LEAD_SENTENCES && published != DATE_UNKNOWN; s++) {
        const Sentence *sentence = &in->text->sentences[s];
        if (in->text->paragraphs[sentence->paragraph].kind != PARAGRAPH_BODY)
            continue;
        body++;
        uint32_t end = token_span(in->text, sentence->first, sentence->end).to;
        for (; next < all->len && all->ptr[next].context.from < end; next++) {
            Date day = all->ptr[next].said_on;
            bool news = day != DATE_UNKNOWN && day <= published + 1 && day + NEWS_DAYS >= published;
            if (news && (body == 1 || names_weekday(in, sentence, day)))
                return day;
        }
        bool says = false;
        for (uint32_t i = sentence->first; i < sentence->end; i++)
            says |= has(in, i, WORD_CUE) && in->map->at[i] < 0;
        if (says && names_weekday(in, sentence, published - 1))
            named = published - 1;
    }
    return named;
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

/* Is the lead about a gathering, and do officials of several countries speak?  Then all of them speak where it is. */
static bool is_gathering(const SettingText *in, const Statements *all, Str home)
{
    enum { COUNTRIES = 3 };
    const Sentence *lead = NULL;
    for (size_t s = 0; s < in->text->n_sentences && !lead; s++)
        if (in->text->paragraphs[in->text->sentences[s].paragraph].kind == PARAGRAPH_BODY)
            lead = &in->text->sentences[s];
    bool gathers = false;
    for (uint32_t i = lead ? lead->first : 0; lead && i < lead->end; i++)
        gathers |= hits_list_at(in->hits, i, in->words->assemblies);
    Str seen[COUNTRIES];
    size_t n = 0;
    for (size_t i = 0; gathers && i < all->len && n < COUNTRIES; i++) {
        Str country = all->ptr[i].country;
        bool known = !country.ptr || str_equal(country, home) || all->ptr[i].institution;
        for (size_t k = 0; k < n; k++)
            known |= str_equal(seen[k], country);
        if (!known)
            seen[n++] = country;
    }
    return n == COUNTRIES;
}

static bool is_same_day(const Statement *a, const Statement *b)
{
    return a->said_on == b->said_on && a->said_on != DATE_UNKNOWN;
}

/* Older news is told for comparison: what comes behind it is today's again. */
static bool is_recent(const SettingText *in, const Statement *st)
{
    enum { WEEK = 7 };
    return in->story->published == DATE_UNKNOWN || st->said_on + WEEK >= in->story->published;
}

static bool is_same_paragraph(const SettingText *in, const Statement *first, const Statement *second)
{
    size_t from = first->context.to, to = second->context.from;
    return to <= from || !memchr(in->text->text.ptr + from, '\n', to - from);
}

/*
 * A speaker's day holds for what he says next without telling one; news without any day is of the story's day,
 * unless its tense or its words put it elsewhere ("has long said", "last month").  His place holds for all that he
 * says on that day; the dateline is where those spoke that day of whom no other place is told, if they are of the
 * dateline's country (then also the day before) or of the lead's.
 */
void setting_spread(const SettingText *in, Statements *all, const unsigned *notes)
{
    Date day = news_day(in, all);
    Str home = in->map->home;
    size_t n_speakers;
    const uint32_t *speakers = number_speakers(in, all, &n_speakers);
    Telling *told = ARENA_ARRAY(in->arena, Telling, n_speakers + 1);
    const Statement *there = NULL;       /* the last whose place is told */
    for (size_t i = 0; i < all->len; i++) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        const Statement *before = by ? by->last : NULL;
        unsigned before_notes = before ? notes[before - all->ptr] : 0;
        if (st->said_on == DATE_UNKNOWN && !(notes[i] & SETTING_UNDATED))
            st->said_on = before && before->said_on != DATE_UNKNOWN && (is_recent(in, before) || (before + 1 == st && is_same_paragraph(in, before, st))) ? before->said_on : day;
        if (!st->place.ptr && there && (notes[i] & SETTING_THERE))
            st->place = there->place;
        if (st->place.ptr)
            there = st;
        else if (before && !(before_notes & SETTING_APART) && is_same_day(before, st) && !(notes[i] & SETTING_APART))
            st->place = before->place;
        if (by && !(notes[i] & SETTING_BEFORE))
            by->last = st;
    }
    memset(told, 0, (n_speakers + 1) * sizeof *told);
    for (size_t i = all->len; i-- > 0;) {
        Statement *st = &all->ptr[i];
        Telling *by = speakers[i] == NAMES_NONE ? NULL : &told[speakers[i]];
        if (by && !st->place.ptr && by->last && is_same_day(by->last, st) && !(notes[i] & SETTING_APART))
            st->place = by->last->place;
        if (by && st->place.ptr && !(notes[i] & SETTING_APART)) {
            by->placed = true;
            by->last = st;
        }
    }
    Str dateline = in->story->place;
    bool one_place = dateline.ptr && str_find(dateline, STR("/"), 0) == dateline.len;
    bool gathered = one_place && is_gathering(in, all, home);
    for (size_t i = 0; i < all->len && one_place; i++) {
        Statement *st = &all->ptr[i];
        bool at_home = gathered || !st->country.ptr || str_equal(st->country, all->ptr[0].country) || str_equal(st->country, home);
        bool placed = speakers[i] != NAMES_NONE && told[speakers[i]].placed;
        bool fresh = st->said_on == day || (st->said_on + 1 == in->story->published && home.ptr && str_equal(st->country, home));
        if (!st->place.ptr && fresh && st->said_on != DATE_UNKNOWN && at_home && !placed)
            st->place = dateline;
    }
}

