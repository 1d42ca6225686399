#include "extract/mention.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- word classes ------------------------------------------------------------ */

static const struct { const char *list; uint32_t bit; } class_lists[] = {
    { "determiners", WORD_DETERMINER }, { "prepositions", WORD_PREPOSITION }, { "conjunctions", WORD_CONJUNCTION },
    { "relatives", WORD_RELATIVE }, { "auxiliaries", WORD_AUXILIARY }, { "copulas", WORD_COPULA }, { "adverbs", WORD_ADVERB },
    { "he", WORD_HE }, { "she", WORD_SHE }, { "they", WORD_THEY }, { "it", WORD_IT }, { "speaker-pronouns", WORD_I },
    { "titles", WORD_TITLE }, { "roles", WORD_ROLE }, { "group-roles", WORD_ROLES }, { "bodies", WORD_BODY },
    { "speaks-for", WORD_SPEAKS_FOR }, { "common-verbs", WORD_VERB }, { "weekdays", WORD_WEEKDAY }, { "months", WORD_MONTH },
    { "modals", WORD_MODAL }, { "object-pronouns", WORD_OBJECT },
};

/* Phrases that mean a day, as offset from the story's own day. */
enum { DAY_VAGUE = 1000, DAY_SAME = 1001, DAY_BEFORE = 1002 };
static const struct { const char *list; int offset; } day_lists[] = {
    { "day-today", 0 }, { "day-yesterday", -1 }, { "day-before", DAY_BEFORE }, { "day-same", DAY_SAME }, { "day-vague", DAY_VAGUE },
};

/* One official in one office, by country and title words in any order. */
typedef struct OfficeKey { uint64_t key; uint32_t row; } OfficeKey;

struct Mentioner {
    const Rules *rules;
    Arena arena;
    uint32_t *list_bits;             /* list id -> WORD_... */
    int *list_days;                  /* list id -> offset, or INT32_MAX */
    OfficeKey *offices; size_t n_offices;
    int known_offices, anaphoric_bodies;     /* lists */
    WordId to, that;
};

/*
 * "Minister of Foreign Affairs", "foreign minister" and "Foreign Affairs Minister" have one key: the sum of the
 * hashes of their words without the empty ones.
 */
static uint64_t office_key(Str title, Str country, Arena *scratch)
{
    static const Str empty[] = { STR_INIT("of"), STR_INIT("for"), STR_INIT("the"), STR_INIT("and"), STR_INIT("to"), STR_INIT("affairs"),
                                 STR_INIT("'s"), STR_INIT("u.s"), STR_INIT("federal"), STR_INIT("special"), STR_INIT("a") };
    Token *tokens;
    size_t n = token_split(title, scratch, &tokens);
    uint64_t key = str_hash(country);
    for (size_t i = 0; i < n; i++) {
        if (tokens[i].kind == TOKEN_MARK)
            continue;
        Str word = token_fold(title, &tokens[i], scratch);
        bool drop = false;
        for (size_t k = 0; k < BASE_COUNT(empty); k++)
            drop |= str_equal(word, empty[k]);
        if (str_equal(word, STR("defence")))
            word = STR("defense");
        if (!drop)
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
    self->anaphoric_bodies = rules_list(rules, "anaphoric-bodies");
    self->known_offices = rules_list(rules, "known-by-surname");
    Arena scratch;
    arena_init(&scratch);
    self->n_offices = rules->n_officials;
    self->offices = ARENA_ARRAY(&arena, OfficeKey, self->n_offices + 1);
    for (size_t i = 0; i < rules->n_officials; i++) {
        self->offices[i] = (OfficeKey){ office_key(rules->officials[i].office, rules->officials[i].country, &scratch), (uint32_t)i };
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

/* Was the row's office held on `day`?  An open end after "as of" counts for three years at most. */
static bool held_on(const Official *row, Date day)
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

/* Of two rows of one person held on the day, the one that began later says more. */
static bool better_row(const Official *row, const Official *best)
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
    uint64_t key = office_key(title, self->rules->countries[country].iso, &scratch);
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
        if (held_on(row, day) && (row->until != DATE_UNKNOWN || row->as_of == DATE_UNKNOWN || day <= row->as_of + 366) &&
            better_row(row, best))
            best = row;
    }
    return best ? (int32_t)(best - self->rules->officials) : -1;
}

/* ---- phrases ------------------------------------------------------------------- */

typedef struct Finder {
    const Mentioner *self;
    const Rules *rules;
    const Story *story;
    const Text *text;
    const Hits *hits;
    Arena *arena;
    MentionMap *map;
    Date last_day;
} Finder;

static bool has(const Finder *f, uint32_t token, uint32_t bits)
{
    return token < f->text->n_tokens && (f->map->classes[token] & bits) != 0;
}

static const Token *tok(const Finder *f, uint32_t token)
{
    return &f->text->tokens[token];
}

static Str word(const Finder *f, uint32_t token)
{
    return token_fold(f->text->text, tok(f, token), f->arena);
}

/* The longest hit of a kind that starts at a token; NULL if there is none. */
static const Hit *hit_of(const Finder *f, uint32_t token, LexiconKind kind)
{
    for (uint32_t i = f->hits->at[token]; i < f->hits->at[token + 1]; i++)
        if (f->hits->ptr[i].kind == kind)
            return &f->hits->ptr[i];
    return NULL;
}

static void mark_classes(Finder *f)
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
        if (token->kind == TOKEN_WORD && !(token->flags & TOKEN_CAPITAL) && raw.len > 4 && str_ends(raw, STR("ly")) && !classes[i])
            classes[i] |= WORD_ADVERB;
    }
}

/* Capitalised for its own sake, not because it opens a sentence ("But", "Asked", "Speaking"). */
static bool is_capital(const Finder *f, uint32_t token)
{
    const uint32_t closed = WORD_CONJUNCTION | WORD_PREPOSITION | WORD_ADVERB | WORD_RELATIVE | WORD_AUXILIARY | WORD_COPULA | WORD_PRONOUN |
                            WORD_DETERMINER | WORD_CUE | WORD_VERB | WORD_ROLES;
    if (token >= f->text->n_tokens || !(tok(f, token)->flags & TOKEN_CAPITAL))
        return false;
    bool opens = (tok(f, token)->flags & TOKEN_FIRST) || (token > 0 && tok(f, token - 1)->kind == TOKEN_QUOTE_OPEN);
    return !opens || !has(f, token, closed) || has(f, token, WORD_GIVEN) || (tok(f, token)->flags & TOKEN_ALL_CAPS);
}

/* -- days -- */

static void add_day(Finder *f, uint32_t first, uint32_t end, Date day)
{
    for (uint32_t i = first; i < end; i++)
        f->map->classes[i] |= WORD_DATE;
    LIST_PUSH(f->arena, &f->map->days, ((DayMention){ first, end, day }));
    if (day != DATE_UNKNOWN)
        f->last_day = day;
}

/* "on", "late on", "earlier on" before a day belong to it. */
static uint32_t day_start(const Finder *f, uint32_t first)
{
    while (first > 0 && tok(f, first - 1)->kind == TOKEN_WORD) {
        Str before = word(f, first - 1);
        if (!str_equal(before, STR("on")) && !str_equal(before, STR("late")) && !str_equal(before, STR("early")) &&
            !str_equal(before, STR("earlier")) && !str_equal(before, STR("later")) && !str_equal(before, STR("last")) &&
            !str_equal(before, STR("next")) && !str_equal(before, STR("this")) && !str_equal(before, STR("since")) &&
            !str_equal(before, STR("in")))
            break;
        first--;
    }
    return first;
}

static int small_number(const Finder *f, uint32_t token)
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
static uint32_t find_month_day(Finder *f, uint32_t at)
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

static uint32_t find_weekday(Finder *f, uint32_t at)
{
    uint32_t first = day_start(f, at), end = at + 1;
    bool next = false;
    for (uint32_t i = first; i < at; i++)
        next |= str_equal(word(f, i), STR("next"));
    if (end < f->text->n_tokens && (tok(f, end)->flags & TOKEN_POSSESSIVE))
        return at;                   /* "Wednesday's vote": part of a phrase */
    if (first == at && end < f->text->n_tokens && tok(f, end)->kind == TOKEN_WORD && (tok(f, end)->flags & TOKEN_CAPITAL) &&
        !has(f, end, WORD_MONTH) && at > 0 && ((is_capital(f, at - 1) && !has(f, at - 1, WORD_DATE)) || has(f, at - 1, WORD_DETERMINER)))
        return at;                   /* "Fox News Sunday Morning", "the Wednesday Group" */
    static const Str parts[] = { STR_INIT("morning"), STR_INIT("afternoon"), STR_INIT("evening"), STR_INIT("night") };
    for (size_t i = 0; i < BASE_COUNT(parts); i++)
        if (end < f->text->n_tokens && tok(f, end)->kind == TOKEN_WORD && str_equal(word(f, end), parts[i]))
            end++;
    uint32_t month = end < f->text->n_tokens && tok(f, end)->mark == ',' ? end + 1 : end;
    if (has(f, month, WORD_MONTH) && small_number(f, month + 1) > 0) {
        uint32_t behind = find_month_day(f, month);
        if (behind > month)
            return behind;           /* "Thursday, Feb. 13": the date says it all */
    }
    Date day = f->story->published == DATE_UNKNOWN ? DATE_UNKNOWN
                                                   : date_of_weekday(f->story->published, date_weekday_named(word(f, at)), next);
    add_day(f, first, end, day);
    return end;
}

static void find_days(Finder *f)
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
            else if (offset != DAY_VAGUE && published != DATE_UNKNOWN)
                day = published + offset;
            Date keep = f->last_day;
            add_day(f, phrase->first, phrase->end, day);
            if (offset == DAY_BEFORE)
                f->last_day = keep;
            next = phrase->end;
        }
        at = next > at ? next : at + 1;
    }
}

/* -- noun phrases -- */

/* A finite verb seen from its left: not a noun that happens to look like one. */
static bool is_verb_here(const Finder *f, uint32_t at, uint32_t phrase_first)
{
    if (!has(f, at, WORD_CUE | WORD_VERB) || is_capital(f, at))
        return false;
    if (tok(f, at)->flags & TOKEN_HYPHENED)
        return false;                /* "Russia-backed" */
    bool behind_preposition = at > 0 && has(f, at - 1, WORD_PREPOSITION) && tok(f, at - 1)->word != f->self->to;
    if (at == phrase_first)
        return !behind_preposition || str_ends(word(f, at), STR("ing"));       /* "with support" */
    Str form = word(f, at);
    bool past = str_ends(form, STR("ed")) || str_ends(form, STR("d")) || str_ends(form, STR("id")) || str_ends(form, STR("t"));
    bool ing = str_ends(form, STR("ing"));
    bool behind_determiner = has(f, at - 1, WORD_DETERMINER) || (tok(f, at - 1)->flags & TOKEN_POSSESSIVE);
    if (behind_determiner)
        return false;                /* "the report", "his stated aim", "Ukraine's allied forces" */
    if (past && !ing) {
        /* "500 added jobs", "investigating alleged abuses": an adjective, when a bare noun follows */
        uint32_t noun = at + 1;
        bool bare = noun < f->text->n_tokens && tok(f, noun)->kind == TOKEN_WORD && !is_capital(f, noun) &&
                    !has(f, noun, WORD_DETERMINER | WORD_PRONOUN | WORD_CONJUNCTION | WORD_PREPOSITION | WORD_RELATIVE | WORD_ADVERB | WORD_ROLES | WORD_DATE);
        bool open_before = tok(f, at - 1)->kind == TOKEN_NUMBER || (str_ends(word(f, at - 1), STR("ing")) && !is_capital(f, at - 1));
        return !(bare && open_before);
    }
    /* Base and -s forms are nouns as often as verbs: a verb behind a name, a plural or a pronoun, and not before a verb. */
    uint32_t next = at + 1;
    if (next < f->text->n_tokens && has(f, next, WORD_CUE | WORD_COPULA | WORD_AUXILIARY | WORD_ROLE) && !is_capital(f, next))
        return false;
    if (next < f->text->n_tokens && tok(f, next)->kind == TOKEN_WORD && str_equal(word(f, next), STR("of")))
        return false;
    if (ing)
        return true;
    /* "members vow to", "analysts expect that": a plural before, a complement behind */
    Str before = str_slice(f->text->text, tok(f, at - 1)->span);
    if (str_ends(before, STR("s")) && !str_ends(before, STR("ss")) && next < f->text->n_tokens &&
        (tok(f, next)->word == f->self->to || tok(f, next)->word == f->self->that || has(f, next, WORD_DETERMINER | WORD_PRONOUN)))
        return true;
    bool behind_name = is_capital(f, at - 1) || has(f, at - 1, WORD_ROLES | WORD_ROLE | WORD_BODY | WORD_PRONOUN);
    return behind_name;
}

/* May the token stand inside a noun phrase that began at `first`? */
static bool continues_phrase(const Finder *f, uint32_t at, uint32_t first)
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
    if (has(f, at, WORD_PRONOUN | WORD_AUXILIARY | WORD_COPULA | WORD_RELATIVE) && !is_capital(f, at))
        return false;                /* but Theresa May */
    if (has(f, at, WORD_PREPOSITION | WORD_CONJUNCTION) && !is_capital(f, at))
        return false;
    if (has(f, at, WORD_DETERMINER) && at > first && !has(f, at - 1, WORD_DETERMINER) && !is_capital(f, at))
        return false;
    if (has(f, at, WORD_ADVERB) && !is_capital(f, at) && !has(f, at, WORD_TITLE | WORD_ROLE))
        return false;
    return !is_verb_here(f, at, first);
}

static bool is_org_name(const Finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (has(f, i, WORD_BODY))
            return true;
    return false;
}

/* Particles inside a personal name: "de", "van", "al". */
static bool is_particle(const Finder *f, uint32_t at)
{
    static const Str particles[] = { STR_INIT("de"), STR_INIT("van"), STR_INIT("der"), STR_INIT("von"), STR_INIT("al"), STR_INIT("el"),
                                     STR_INIT("bin"), STR_INIT("da"), STR_INIT("di"), STR_INIT("la"), STR_INIT("du"), STR_INIT("dos"),
                                     STR_INIT("den"), STR_INIT("ben"), STR_INIT("ibn"), STR_INIT("y") };
    Str w = word(f, at);
    for (size_t i = 0; i < BASE_COUNT(particles); i++)
        if (str_equal(w, particles[i]))
            return true;
    return false;
}

static int32_t country_row(const Finder *f, Str iso)
{
    for (size_t i = 0; i < f->rules->n_countries && iso.len; i++)
        if (str_equal(f->rules->countries[i].iso, iso))
            return (int32_t)i;
    return -1;
}

static void read_country(const Finder *f, Mention *m, uint32_t at)
{
    const Hit *hit = hit_of(f, at, LEXICON_DEMONYM);
    if (!hit)
        hit = hit_of(f, at, LEXICON_COUNTRY);
    if (!hit && m->country < 0)
        hit = hit_of(f, at, LEXICON_CAPITAL);
    if (hit && m->country < 0 && hit->end <= m->end)
        m->country = (int32_t)hit->id;
}

/* The roster row that fits a name best on the story's day, among the rows that bear it. */
static int32_t best_official(const Finder *f, uint32_t at, uint32_t end)
{
    const Official *best = NULL, *known = NULL;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_PERSON || hit->end != end)
            continue;
        const Official *row = &f->rules->officials[hit->id];
        if (held_on(row, f->story->published) && better_row(row, best))
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
static bool read_name(const Finder *f, Mention *m)
{
    uint32_t end = m->end;
    while (end > m->first && (tok(f, end - 1)->flags & TOKEN_POSSESSIVE))
        end--;
    for (uint32_t at = m->first; at < end; at++) {
        const Hit *hit = hit_of(f, at, LEXICON_PERSON);
        if (!hit || hit->end > end || hit->words < 2)
            continue;
        /* "Donald Trump's deputy": somebody else's name in front of the one meant */
        if (hit->end < end && (tok(f, hit->end)->flags & TOKEN_POSSESSIVE))
            continue;
        m->name_first = at;
        m->name_end = hit->end;
        m->official = best_official(f, at, hit->end);
        return true;
    }
    uint32_t from = end;
    while (from > m->first && tok(f, from - 1)->kind == TOKEN_WORD) {
        uint32_t k = from - 1;
        bool plain_capital = is_capital(f, k) && !has(f, k, WORD_TITLE | WORD_ROLE | WORD_ROLES | WORD_DATE | WORD_DETERMINER | WORD_PRONOUN);
        if ((tok(f, k)->flags & TOKEN_POSSESSIVE) || (!plain_capital && !(from < end && is_particle(f, k))))
            break;
        from = k;
    }
    while (from < end && !is_capital(f, from))
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

static char gender_of(const Finder *f, const Mention *m)
{
    if (m->official >= 0 && f->rules->officials[m->official].gender)
        return f->rules->officials[m->official].gender;
    for (uint32_t i = m->first; i < m->end; i++) {
        Str w = word(f, i);
        if (str_equal(w, STR("mr")) || str_equal(w, STR("sir")) || str_equal(w, STR("lord")) || str_equal(w, STR("spokesman")) ||
            str_equal(w, STR("chairman")) || str_equal(w, STR("king")) || str_equal(w, STR("congressman")) || str_equal(w, STR("man")))
            return 'M';
        if (str_equal(w, STR("mrs")) || str_equal(w, STR("ms")) || str_equal(w, STR("miss")) || str_equal(w, STR("spokeswoman")) ||
            str_equal(w, STR("chairwoman")) || str_equal(w, STR("queen")) || str_equal(w, STR("congresswoman")) ||
            str_equal(w, STR("woman")) || str_equal(w, STR("baroness")))
            return 'F';
    }
    if (m->name_end > m->name_first) {
        const Hit *given = hit_of(f, m->name_first, LEXICON_GIVEN);
        if (given && (given->id == 'M' || given->id == 'F'))
            return (char)given->id;
    }
    return 0;
}

/*
 * "the ambassador to the United States Ada Roe", "Secretary of State Per Moe": a name right behind what the role is
 * of.  Not "a spokesman for Ada Roe", "an aide to President Moe".
 */
static bool read_name_behind(const Finder *f, Mention *m, uint32_t from, uint32_t end)
{
    for (uint32_t i = from + 2; i + 1 < end; i++) {
        const Hit *person = hit_of(f, i, LEXICON_PERSON);
        bool given = has(f, i, WORD_GIVEN) && is_capital(f, i) && is_capital(f, i + 1) && end - i <= 4;
        if ((!given && (!person || person->words < 2)) || !is_capital(f, i - 1) || has(f, i - 1, WORD_ROLE | WORD_TITLE | WORD_DETERMINER) ||
            has(f, i - 1, WORD_GIVEN))
            continue;
        m->name_first = i;
        m->name_end = end;
        m->official = best_official(f, i, end);
        return true;
    }
    return false;
}

/* What a phrase is, from the words in it. */
static void classify(Finder *f, Mention *m)
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
    while (head_end < end && !(has(f, head_end, WORD_PREPOSITION) && !is_capital(f, head_end)))
        head_end++;
    uint32_t head = head_end > m->first ? head_end - 1 : m->first;
    while (head > m->first && (tok(f, head)->flags & TOKEN_POSSESSIVE))
        head--;
    m->head = head;
    for (uint32_t i = m->first; i < head_end; i++)
        read_country(f, m, i);
    for (uint32_t i = m->first; i < end && m->country < 0; i++) {
        const Hit *body = hit_of(f, i, LEXICON_BODY);      /* "a White House adviser" */
        if (body && body->end <= end && is_capital(f, i) && (body->words > 1 || !has(f, i, WORD_BODY)))
            m->country = country_row(f, f->rules->bodies[body->id].country);
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
        const Hit *body = hit_of(f, front.name_first, LEXICON_BODY);
        const Hit *land = hit_of(f, front.name_first, LEXICON_COUNTRY);
        const Hit *capital = hit_of(f, front.name_first, LEXICON_CAPITAL);
        if (body && body->end == front.name_end) {
            m->kind = MENTION_BODY;
            m->body = (int32_t)body->id;
        } else if (!titled && land && land->end == front.name_end) {
            m->kind = MENTION_COUNTRY;
            m->country = (int32_t)land->id;
        } else if (!titled && capital && capital->end == front.name_end) {
            m->kind = MENTION_COUNTRY;
            m->country = (int32_t)capital->id;
        } else if (is_org_name(f, front.name_first, front.name_end)) {
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
            const Hit *body = hit_of(f, i, LEXICON_BODY);
            if (body && body->end == head + 1) {
                m->kind = MENTION_BODY;
                m->body = (int32_t)body->id;
                break;
            }
        }
    }
    if (m->kind == MENTION_BODY && m->body >= 0 && m->country < 0)
        m->country = country_row(f, f->rules->bodies[m->body].country);
    if (named && (m->kind == MENTION_PERSON || m->kind == MENTION_BODY || m->kind == MENTION_COUNTRY)) {
        m->name_first = front.name_first;
        m->name_end = front.name_end;
        m->official = m->kind == MENTION_PERSON ? front.official : -1;
    }
    m->gender = m->plural ? 0 : gender_of(f, m);
}

/* From `at`, the end of a noun phrase; `at` itself when none starts there. */
static uint32_t phrase_end(const Finder *f, uint32_t at, uint32_t limit)
{
    const Token *token = tok(f, at);
    if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
        return at;
    if (has(f, at, WORD_DATE) || (token->flags & TOKEN_POSSESSIVE))
        return at;
    if (has(f, at, WORD_PRONOUN) && !(token->flags & TOKEN_ALL_CAPS))
        return at + 1;
    const Hit *person = hit_of(f, at, LEXICON_PERSON);
    if (!continues_phrase(f, at, at) && !person)
        return at;
    uint32_t end = at + 1;
    while (end < limit) {
        if (continues_phrase(f, end, at)) {
            end++;
            continue;
        }
        /* "Ministry of Foreign Affairs", "president of France": what follows "of" belongs to it. */
        bool of = tok(f, end)->kind == TOKEN_WORD && str_equal(word(f, end), STR("of"));
        bool speaks = false;
        if (!of && has(f, end, WORD_PREPOSITION) && !has(f, end, WORD_DATE)) {
            uint32_t head = end - 1;
            speaks = has(f, head, WORD_SPEAKS_FOR) && !is_capital(f, head);
            static const Str links[] = { STR_INIT("for"), STR_INIT("from"), STR_INIT("at"), STR_INIT("with"), STR_INIT("in"), STR_INIT("to"),
                                         STR_INIT("on") };
            bool linked = false;
            for (size_t i = 0; i < BASE_COUNT(links); i++)
                linked |= str_equal(word(f, end), links[i]);
            speaks = speaks && linked;
        }
        if ((of || speaks) && end + 1 < limit && continues_phrase(f, end + 1, end + 1) && !has(f, end + 1, WORD_DATE)) {
            end += 2;
            continue;
        }
        /* "Trade and Industry Ministry": names joined inside a title */
        break;
    }
    return end;
}

static void find_phrases(Finder *f)
{
    for (size_t s = 0; s < f->text->n_sentences; s++) {
        const Sentence *sentence = &f->text->sentences[s];
        for (uint32_t at = sentence->first; at < sentence->end;) {
            uint32_t end = phrase_end(f, at, sentence->end);
            if (end == at) {
                at++;
                continue;
            }
            Mention m = { .first = at, .end = end };
            classify(f, &m);
            for (uint32_t i = at; i < end; i++)
                f->map->at[i] = (int32_t)f->map->mentions.len;
            LIST_PUSH(f->arena, &f->map->mentions, m);
            at = end;
        }
    }
}

/* ---- entities ------------------------------------------------------------------- */

static Str span_text(const Finder *f, uint32_t first, uint32_t end)
{
    return str_slice(f->text->text, token_span(f->text, first, end));
}

/* Words of a span with single blanks, without a determiner in front. */
static Str clean_text(const Finder *f, uint32_t first, uint32_t end)
{
    if (end > first + 1 && has(f, first, WORD_DETERMINER))
        first++;
    Str raw = span_text(f, first, end);
    bool broken = false;
    for (size_t i = 0; i < raw.len; i++)
        broken |= raw.ptr[i] == '\n' || raw.ptr[i] == '\t' || (raw.ptr[i] == ' ' && i > 0 && raw.ptr[i - 1] == ' ');
    if (!broken)
        return raw;
    char *out = arena_alloc(f->arena, raw.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.ptr[i] == '\n' || raw.ptr[i] == '\t' || raw.ptr[i] == '\r' ? ' ' : raw.ptr[i];
        if (c != ' ' || (len > 0 && out[len - 1] != ' '))
            out[len++] = c;
    }
    return (Str){ out, len };
}

/* Last word of a name that is no suffix. */
static uint32_t surname_token(const Finder *f, const Mention *m)
{
    uint32_t at = m->name_end - 1;
    while (at > m->name_first) {
        Str w = word(f, at);
        if (!str_equal(w, STR("jr")) && !str_equal(w, STR("sr")) && !str_equal(w, STR("ii")) && !str_equal(w, STR("iii")))
            break;
        at--;
    }
    return at;
}

/* ", the foreign minister of Norland," behind a name: the office in the story's words. */
static const Mention *apposition_of(const Finder *f, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    if (index + 1 >= f->map->mentions.len || m->possessive)
        return NULL;
    const Mention *next = &f->map->mentions.ptr[index + 1];
    if (m->end >= f->text->n_tokens || tok(f, m->end)->mark != ',' || next->first != m->end + 1)
        return NULL;
    return next->kind == MENTION_ROLE && !next->plural ? next : NULL;
}

static Str country_code(const Finder *f, int32_t row)
{
    return row >= 0 ? f->rules->countries[row].iso : STR_NONE;
}

/* The apposition with what follows it up to the comma: "President Donald Trump's deputy Ukraine envoy". */
static uint32_t apposition_end(const Finder *f, const Mention *apposition)
{
    uint32_t end = apposition->end;
    while (end < f->text->n_tokens && (has(f, end, WORD_PREPOSITION) || f->map->at[end] >= 0 || has(f, end, WORD_CONJUNCTION)) &&
           tok(f, end)->kind != TOKEN_MARK && !has(f, end, WORD_RELATIVE | WORD_CUE | WORD_DATE) && end < apposition->end + 14)
        end++;
    return end;
}

static void describe_entity(Finder *f, Entity *e, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    if (!e->gender)
        e->gender = m->gender;
    const Mention *apposition = apposition_of(f, index);
    if (e->official >= 0 && e->office.ptr)
        return;
    if (!e->office.ptr && m->name_first > m->first) {
        uint32_t first = m->first, end = m->name_first;
        bool role = false;
        for (uint32_t i = first; i < end; i++)
            role |= has(f, i, WORD_ROLE) || (has(f, i, WORD_TITLE) && tok(f, i)->span.to - tok(f, i)->span.from > 4);
        if (role)
            e->office = clean_text(f, first, end);
    }
    if (apposition && (!e->office.ptr || e->office.len < 10))
        e->office = clean_text(f, apposition->first, apposition_end(f, apposition));
    if (!e->country.ptr) {
        e->country = country_code(f, m->country);
        if (!e->country.ptr && apposition)
            e->country = country_code(f, apposition->country);
    }
}

static int32_t new_entity(Finder *f, Entity entity)
{
    LIST_PUSH(f->arena, &f->map->entities, entity);
    return (int32_t)f->map->entities.len - 1;
}

static void from_roster(Finder *f, Entity *e, int32_t row)
{
    const Official *official = &f->rules->officials[row];
    e->official = row;
    e->name = official->name;
    e->gender = official->gender ? official->gender : e->gender;
    if (held_on(official, f->story->published) && official->office.len)
        e->office = official->office;
    if (official->country.len)
        e->country = official->country;
}

/* An entity for somebody of the roster whom the story names by office, or in passing. */
static int32_t new_official(Finder *f, int32_t row, uint32_t first_token)
{
    Entity e = { .first_token = first_token };
    from_roster(f, &e, row);
    Str rest = e.name, last = e.name;
    while (str_split(&rest, ' ', &last))
        ;
    e.surname = utf8_fold_copy(f->arena, last);
    return new_entity(f, e);
}

/* Full names first, so that a surname in the lead finds the name given later. */
static void name_full(Finder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    uint32_t surname = surname_token(f, m);
    Str name = clean_text(f, m->name_first, m->name_end);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        bool same_row = m->official >= 0 && e->official >= 0 && str_equal(f->rules->officials[m->official].name, f->rules->officials[e->official].name);
        if (same_row || str_equal_nocase(e->name, name)) {
            m->entity = (int32_t)i;
            describe_entity(f, e, index);
            return;
        }
    }
    Entity e = { .name = name, .surname = token_fold(f->text->text, tok(f, surname), f->arena), .official = -1,
                 .gender = m->gender, .first_token = m->first };
    if (m->official >= 0)
        from_roster(f, &e, m->official);
    m->entity = new_entity(f, e);
    describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

static bool gender_fits(char a, char b)
{
    return !a || !b || a == b;
}

/* A surname (or a first name) of somebody whom the story names in full. */
static int32_t entity_by_surname(const Finder *f, const Mention *m)
{
    Str surname = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena);
    int32_t best = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (e->institution || e->unnamed || !str_equal(e->surname, surname) || !gender_fits(e->gender, m->gender))
            continue;
        if (best < 0 || e->first_token <= m->first)
            best = (int32_t)i;       /* the last one named before */
        if (e->first_token > m->first)
            break;
    }
    if (best >= 0)
        return best;
    for (size_t i = 0; i < f->map->entities.len; i++) {      /* "Kim" for Kim Jong Un */
        const Entity *e = &f->map->entities.ptr[i];
        Str rest = e->name, first;
        if (!e->institution && !e->unnamed && str_split(&rest, ' ', &first) && rest.ptr && str_equal(utf8_fold_copy(f->arena, first), surname))
            return (int32_t)i;
    }
    return -1;
}

/* The title in front of a surname, without country and determiner words. */
static Str title_text(const Finder *f, const Mention *m, uint32_t end)
{
    uint32_t first = m->first;
    while (first < end && (has(f, first, WORD_DETERMINER) || hit_of(f, first, LEXICON_DEMONYM) || hit_of(f, first, LEXICON_COUNTRY) ||
                           (tok(f, first)->flags & TOKEN_POSSESSIVE)))
        first++;
    return first < end ? span_text(f, first, end) : STR("");
}

/* Heads of state and government and their foreign ministers are news under their surnames alone. */
static bool known_by_surname(const Finder *f, const Official *row)
{
    Text office;
    Hits hits = { 0 };
    text_tokenize(row->office, f->arena, &office);
    lexicon_find(f->rules->lexicon, &office, f->arena, &hits);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_LIST && (int)hits.ptr[i].id == f->self->known_offices && hits.ptr[i].words == office.n_tokens)
            return true;
    return false;
}

/*
 * A surname that the story never gives in full: the roster's only holder of an office on the day with that
 * surname, in the country and office that the phrase names.
 */
static int32_t official_by_surname(const Finder *f, const Mention *m)
{
    if (f->story->published == DATE_UNKNOWN)
        return -1;
    uint32_t at = surname_token(f, m);
    Str title = title_text(f, m, m->name_first);
    int32_t holder = m->country >= 0 && title.len ? mention_office_holder(f->self, title, m->country, f->story->published) : -1;
    int32_t found = -1;
    bool several = false;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_SURNAME || hit->end != m->name_end)
            continue;
        const Official *row = &f->rules->officials[hit->id];
        if (holder >= 0 && str_equal(row->name, f->rules->officials[holder].name))
            return holder;
        if (!held_on(row, f->story->published) || (m->country >= 0 && !str_equal(row->country, f->rules->countries[m->country].iso)))
            continue;
        if (found >= 0 && !str_equal(f->rules->officials[found].name, row->name))
            several = true;
        if (found < 0 || better_row(row, &f->rules->officials[found]))
            found = (int32_t)hit->id;
    }
    bool titled = m->name_first > m->first;
    return several || found < 0 || (!titled && m->country < 0 && !known_by_surname(f, &f->rules->officials[found])) ? -1 : found;
}

static void name_short(Finder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    m->entity = entity_by_surname(f, m);
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        if (!e->office.ptr || !e->country.ptr)
            describe_entity(f, e, index);
        return;
    }
    int32_t row = official_by_surname(f, m);
    bool titled = m->name_first > m->first && has(f, m->name_first - 1, WORD_TITLE | WORD_ROLE);
    bool known = hit_of(f, m->name_first, LEXICON_SURNAME) != NULL;
    if (row < 0 && !titled && !known && !apposition_of(f, index) && !has(f, m->end, WORD_CUE) && !(m->first > 0 && has(f, m->first - 1, WORD_CUE))) {
        m->kind = MENTION_OTHER;     /* a capitalised word that nobody is called by */
        return;
    }
    Entity e = { .name = clean_text(f, m->name_first, m->name_end), .official = -1, .gender = m->gender, .first_token = m->first,
                 .surname = token_fold(f->text->text, tok(f, surname_token(f, m)), f->arena) };
    if (row >= 0)
        from_roster(f, &e, row);
    m->entity = new_entity(f, e);
    describe_entity(f, &f->map->entities.ptr[m->entity], index);
}

/*
 * "The ministry", "the company": the last named body before it whose name has the word, else (of firms, whose names
 * tell nothing) the last named body at all, if the story has named no other.  -1 if there is none.
 */
static int32_t named_before(const Finder *f, size_t index)
{
    const Mention *m = &f->map->mentions.ptr[index];
    bool anaphoric = false;
    for (uint32_t i = f->hits->at[m->head]; i < f->hits->at[m->head + 1]; i++)
        anaphoric |= f->hits->ptr[i].kind == LEXICON_LIST && (int)f->hits->ptr[i].id == f->self->anaphoric_bodies;
    if (!anaphoric || !m->definite || m->end - m->first > (m->possessive ? 3u : 2u))
        return -1;
    int32_t only = -1;
    bool several = false;
    enum { LOOK_BACK = 300 };
    for (size_t i = index; i-- > 0 && index - i < LOOK_BACK;) {
        const Mention *c = &f->map->mentions.ptr[i];
        if (c->kind != MENTION_BODY || c->entity < 0 || c->name_end == c->name_first)
            continue;
        for (uint32_t k = c->name_first; k < c->name_end; k++)
            if (tok(f, k)->hash == tok(f, m->head)->hash)
                return c->entity;
        several |= only >= 0 && only != c->entity;
        only = c->entity;
    }
    return several ? -1 : only;
}

/* A body or a country: one entity for each name. */
static void name_institution(Finder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (m->kind == MENTION_BODY && m->name_end == m->name_first && (m->entity = named_before(f, index)) >= 0)
        return;
    Str name;
    if (m->kind == MENTION_COUNTRY) {
        name = f->rules->countries[m->country].name;
    } else {
        uint32_t end = m->possessive ? m->end - 1 : m->end;
        name = m->body >= 0 && m->country < 0 ? f->rules->bodies[m->body].name : clean_text(f, m->first, end);
    }
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].institution && str_equal_nocase(f->map->entities.ptr[i].name, name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = new_entity(f, (Entity){ .name = name, .country = country_code(f, m->country), .official = -1, .institution = true,
                                        .first_token = m->first });
}

/* ---- roles -------------------------------------------------------------------------- */

/* Does the office in an entity's words hold the role's head ("envoy" in "deputy Ukraine envoy")? */
static bool office_has(const Finder *f, const Entity *e, uint32_t head)
{
    if (!e->office.ptr)
        return false;
    Str want = word(f, head);
    Token *tokens;
    size_t n = token_split(e->office, f->arena, &tokens);
    for (size_t i = 0; i < n; i++)
        if (tokens[i].hash == tok(f, head)->hash && str_equal(token_fold(e->office, &tokens[i], f->arena), want))
            return true;
    return false;
}

static bool country_fits(const Finder *f, const Entity *e, const Mention *m)
{
    return m->country < 0 || !e->country.ptr || str_equal(e->country, f->rules->countries[m->country].iso);
}

static bool is_generic_official(const Finder *f, uint32_t head)
{
    Str w = word(f, head);
    return str_equal(w, STR("official")) || str_equal(w, STR("diplomat")) || str_equal(w, STR("aide")) || str_equal(w, STR("adviser"));
}

/* Does the office say what the person does ("fisheries commissioner"), or is it only a title ("Brigadier")? */
static bool has_role(const Finder *f, Str office)
{
    Text text;
    Hits hits = { 0 };
    text_tokenize(office, f->arena, &text);
    lexicon_find(f->rules->lexicon, &text, f->arena, &hits);
    for (size_t i = 0; i < hits.len; i++)
        if (hits.ptr[i].kind == LEXICON_LIST && f->self->list_bits[hits.ptr[i].id] & WORD_ROLE)
            return true;
    return false;
}

/* Does a verb of saying stand beside one of the entity's names?  Then the name is a person's, not a place's. */
static bool speaks(const Finder *f, size_t entity)
{
    for (size_t i = 0; i < f->map->mentions.len; i++) {
        const Mention *m = &f->map->mentions.ptr[i];
        if (m->kind == MENTION_PERSON && m->entity == (int32_t)entity && !m->possessive &&
            (has(f, m->end, WORD_CUE) || (m->first > 0 && has(f, m->first - 1, WORD_CUE))))
            return true;
    }
    return false;
}

/*
 * May the entity be whom the lead called "a senior Norwegian official"?  The first person of that country whom one
 * of the next paragraphs names, unless his office is another one, or so high that nobody would call him so.
 */
static bool is_introduced(const Finder *f, const Mention *m, uint32_t para, size_t index)
{
    enum { AHEAD_PARAGRAPHS = 3 };
    const Entity *e = &f->map->entities.ptr[index];
    uint32_t named = text_paragraph_of(f->text, e->first_token);
    bool person = e->official >= 0 || e->gender || e->office.ptr || speaks(f, index);
    if (e->unnamed || !person || named <= para || named > para + AHEAD_PARAGRAPHS || m->end - m->first < 2)
        return false;
    for (size_t i = 0; i < f->map->mentions.len; i++) {      /* nobody else of that side in between */
        const Mention *other = &f->map->mentions.ptr[i];
        if (other->first <= m->first || other->kind != MENTION_PERSON || other->entity < 0 || other->possessive)
            continue;
        if (other->entity == (int32_t)index)
            break;
        if (country_fits(f, &f->map->entities.ptr[other->entity], m))
            return false;
    }
    if (!e->office.ptr || office_has(f, e, m->head))
        return true;
    if (is_generic_official(f, m->head))
        return e->official < 0 || !known_by_surname(f, &f->rules->officials[e->official]);
    return e->official < 0 && !has_role(f, e->office);
}

/*
 * "the envoy" is the last person named before whose office has the word; "a senior U.S. official" in the lead is
 * the first person of that country with an office whom the next paragraphs introduce.
 */
static void resolve_role(Finder *f, size_t index)
{
    enum { LEAD_PARAGRAPHS = 4 };
    Mention *m = &f->map->mentions.ptr[index];
    if (m->plural || m->possessive)
        return;
    uint32_t para = text_paragraph_of(f->text, m->first);
    int32_t before = -1, after = -1;
    for (size_t i = 0; i < f->map->entities.len; i++) {
        const Entity *e = &f->map->entities.ptr[i];
        if (e->institution || !country_fits(f, e, m) || !gender_fits(e->gender, m->gender))
            continue;
        bool named_before = e->first_token < m->first;
        if (named_before && m->definite && office_has(f, e, m->head))
            before = (int32_t)i;
        else if (!named_before && after < 0 && para < LEAD_PARAGRAPHS && is_introduced(f, m, para, i))
            after = (int32_t)i;
    }
    m->entity = before >= 0 ? before : after;
    if (m->entity >= 0) {
        Entity *e = &f->map->entities.ptr[m->entity];
        if (!e->office.ptr)
            e->office = clean_text(f, m->first, m->end);
        if (!e->country.ptr)
            e->country = country_code(f, m->country);
        return;
    }
    Str title = title_text(f, m, m->end);
    int32_t row = mention_office_holder(f->self, title, m->country, f->story->published);
    if (row < 0 || m->indefinite)
        return;
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].official >= 0 &&
            str_equal(f->rules->officials[f->map->entities.ptr[i].official].name, f->rules->officials[row].name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = new_official(f, row, m->first);
    m->official = row;
}

/* "Ada Roe's lawyer": the owner is no phrase of her own, but the story has named her. */
static void name_owners(Finder *f)
{
    for (uint32_t i = 0; i + 2 < f->text->n_tokens; i++) {
        if (!(tok(f, i + 2)->flags & TOKEN_POSSESSIVE) || !has(f, i, WORD_GIVEN) || !is_capital(f, i) || !is_capital(f, i + 1) ||
            has(f, i + 1, WORD_TITLE | WORD_ROLE | WORD_BODY | WORD_DATE) || f->map->at[i] < 0 || f->map->at[i] != f->map->at[i + 1] ||
            hit_of(f, i, LEXICON_PERSON))
            continue;
        Str name = clean_text(f, i, i + 2);
        bool known = false;
        for (size_t k = 0; k < f->map->entities.len && !known; k++)
            known = str_equal_nocase(f->map->entities.ptr[k].name, name);
        const Hit *given = hit_of(f, i, LEXICON_GIVEN);
        char gender = given && (given->id == 'M' || given->id == 'F') ? (char)given->id : 0;
        if (!known)
            new_entity(f, (Entity){ .name = name, .surname = word(f, i + 1), .official = -1, .gender = gender, .first_token = i });
    }
}

/* "The ambassador, Pell Rimsky, said": the name behind the role is who is meant. */
static void name_role(Finder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    if (index + 1 >= f->map->mentions.len || m->plural || m->possessive || m->end >= f->text->n_tokens || tok(f, m->end)->mark != ',')
        return;
    const Mention *person = &f->map->mentions.ptr[index + 1];
    bool closed = person->end >= f->text->n_tokens || tok(f, person->end)->kind == TOKEN_MARK;
    if (person->kind != MENTION_PERSON || person->entity < 0 || person->first != m->end + 1 || person->first != person->name_first || !closed ||
        person->name_end - person->name_first < 2)
        return;
    m->entity = person->entity;
    Entity *e = &f->map->entities.ptr[m->entity];
    if (!e->office.ptr)
        e->office = clean_text(f, m->first, m->end);
    if (!e->country.ptr)
        e->country = country_code(f, m->country);
}

/* A role that stays without a name is somebody all the same: pronouns may mean him. */
static void name_unnamed(Finder *f, size_t index)
{
    Mention *m = &f->map->mentions.ptr[index];
    Str name = clean_text(f, m->first, m->possessive ? m->end - 1 : m->end);
    for (size_t i = 0; i < f->map->entities.len; i++)
        if (f->map->entities.ptr[i].unnamed && str_equal_nocase(f->map->entities.ptr[i].name, name)) {
            m->entity = (int32_t)i;
            return;
        }
    m->entity = new_entity(f, (Entity){ .name = name, .office = name, .country = country_code(f, m->country), .official = -1,
                                        .unnamed = true, .plural = m->plural, .gender = m->gender, .first_token = m->first });
}

/* The country that a story names at least twice as often as any other; STR_NONE when none is. */
static Str country_of_story(Finder *f)
{
    size_t *counts = ARENA_ARRAY(f->arena, size_t, f->rules->n_countries + 1);
    size_t best = 0, second = 0;
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if ((hit->kind == LEXICON_COUNTRY || hit->kind == LEXICON_DEMONYM) && is_capital(f, hit->first))
            counts[hit->id]++;
    }
    for (size_t i = 1; i < f->rules->n_countries; i++)
        if (counts[i] > counts[best])
            best = i;
    for (size_t i = 0; i < f->rules->n_countries; i++)
        if (i != best && counts[i] > second)
            second = counts[i];
    return counts[best] >= 2 && counts[best] >= 2 * second ? f->rules->countries[best].iso : STR_NONE;
}

/*
 * Officials of whom the story does not say whose they are: those of the lead serve the country of whose capital it
 * is datelined ("the deputy treasury secretary" from Washington), all others the country that the story is about.
 */
static void place_entities(Finder *f)
{
    enum { LEAD_PARAGRAPHS = 3 };
    Str dateline = mention_country_of_capital(f->rules, f->story->place), about = country_of_story(f);
    for (size_t i = 0; i < f->map->entities.len; i++) {
        Entity *e = &f->map->entities.ptr[i];
        if (e->institution || e->country.ptr || !e->office.ptr || e->official >= 0)
            continue;
        e->country = text_paragraph_of(f->text, e->first_token) < LEAD_PARAGRAPHS && dateline.ptr ? dateline : about;
    }
}

/* "President Donald Trump's deputy": he is no phrase of his own, but the story has named him. */
static void name_inner(Finder *f)
{
    for (size_t i = 0; i < f->hits->len; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_PERSON || hit->words < 2 || f->map->at[hit->first] < 0)
            continue;
        const Mention *outer = &f->map->mentions.ptr[f->map->at[hit->first]];
        if (outer->name_first == hit->first && outer->name_end > outer->name_first)
            continue;
        int32_t row = best_official(f, hit->first, hit->end);
        bool known = row < 0;
        for (size_t k = 0; k < f->map->entities.len && !known; k++)
            known = f->map->entities.ptr[k].official >= 0 &&
                    str_equal(f->rules->officials[f->map->entities.ptr[k].official].name, f->rules->officials[row].name);
        if (!known)
            new_official(f, row, hit->first);
    }
}

static void name_entities(Finder *f)
{
    Mentions *mentions = &f->map->mentions;
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_PERSON && mentions->ptr[i].name_end - mentions->ptr[i].name_first >= 2)
            name_full(f, i);
    name_inner(f);
    name_owners(f);
    for (size_t i = 0; i < mentions->len; i++) {
        Mention *m = &mentions->ptr[i];
        if (m->kind == MENTION_PERSON && m->entity < 0 && m->name_end > m->name_first)
            name_short(f, i);
        else if (m->kind == MENTION_BODY || (m->kind == MENTION_COUNTRY && m->country >= 0))
            name_institution(f, i);
    }
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            name_role(f, i);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            resolve_role(f, i);
    place_entities(f);
    for (size_t i = 0; i < mentions->len; i++)
        if (mentions->ptr[i].kind == MENTION_ROLE && mentions->ptr[i].entity < 0)
            name_unnamed(f, i);
}

Str mention_country_of_capital(const Rules *rules, Str place)
{
    for (size_t i = 0; i < rules->n_countries && place.ptr; i++) {
        Str rest = rules->countries[i].capital, capital;
        while (!rules->countries[i].is_body && str_split(&rest, ';', &capital))
            if (str_equal_nocase(str_trim(capital), place))
                return rules->countries[i].iso;      /* the first by row: of Moscow RU, not SU */
    }
    return STR_NONE;
}

/* ---- interface ------------------------------------------------------------------------ */

void mention_find(Mentioner *self, const Story *story, const Text *text, const Hits *hits, Arena *arena, MentionMap *out)
{
    *out = (MentionMap){ .classes = ARENA_ARRAY(arena, uint32_t, text->n_tokens + 1), .at = ARENA_ARRAY(arena, int32_t, text->n_tokens + 1) };
    Finder f = { .self = self, .rules = self->rules, .story = story, .text = text, .hits = hits, .arena = arena, .map = out,
                 .last_day = story->published };
    for (size_t i = 0; i <= text->n_tokens; i++)
        out->at[i] = -1;
    mark_classes(&f);
    find_days(&f);
    find_phrases(&f);
    name_entities(&f);
}

static bool person_fits(const MentionMap *map, int32_t entity, const Mention *m)
{
    return entity >= 0 && !map->entities.ptr[entity].institution && !map->entities.ptr[entity].plural &&
           gender_fits(map->entities.ptr[entity].gender, m->gender);
}

static int32_t resolve_person(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    const Mention *m = &map->mentions.ptr[index];
    size_t sentence = text_sentence_of(text, m->first);
    uint32_t para = text->sentences[sentence].paragraph;
    /* The subject of the sentence before, in the same paragraph. */
    if (sentence > 0 && text->sentences[sentence - 1].paragraph == para) {
        const Sentence *before = &text->sentences[sentence - 1];
        int32_t first = -1, weak = -1;
        for (size_t i = index; i-- > 0 && map->mentions.ptr[i].first >= before->first;) {
            const Mention *c = &map->mentions.ptr[i];
            if (c->first >= before->end || c->possessive || !person_fits(map, c->entity, m) || (text->tokens[c->first].flags & TOKEN_QUOTED))
                continue;
            if (c->entity == speaker)
                return speaker;
            const Entity *e = &map->entities.ptr[c->entity];
            *(e->unnamed && !e->gender ? &weak : &first) = c->entity;
        }
        if (first >= 0)
            return first;
        if (weak >= 0 && !person_fits(map, speaker, m))
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

int32_t mention_resolve(const Text *text, const MentionMap *map, size_t index, int32_t speaker)
{
    const Mention *m = &map->mentions.ptr[index];
    if (m->entity >= 0 || m->kind != MENTION_PRONOUN)
        return m->entity;
    if (m->gender)
        return resolve_person(text, map, index, speaker);
    if (map->classes[m->first] & WORD_I)
        return -1;
    /* "it", "they": the body or country that spoke or was named last */
    if (speaker >= 0 && map->entities.ptr[speaker].institution)
        return speaker;
    for (size_t i = index; i-- > 0 && index - i < 12;) {
        const Mention *c = &map->mentions.ptr[i];
        if ((c->kind == MENTION_BODY || c->kind == MENTION_COUNTRY) && c->entity >= 0 && !c->possessive)
            return c->entity;
    }
    return -1;
}
