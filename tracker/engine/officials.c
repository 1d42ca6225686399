#include "engine/officials.h"

#include "engine/names.h"

#include <stdlib.h>

enum { YEAR_DAYS = 365, GAP_DAYS = 31, OVERLAP_DAYS = 1 };

/* ---- terms ------------------------------------------------------------------- */

/* First and last day that the row is known for. */
typedef struct Term { Date first, last; } Term;

static Term term_of(const Official *official)
{
    Term term = { official->from == DATE_UNKNOWN ? INT32_MIN + 1 : official->from, INT32_MAX };
    if (official->until != DATE_UNKNOWN)
        term.last = official->until;
    else if (official->as_of != DATE_UNKNOWN)
        term.last = official->as_of;
    return term;
}

Holding official_holds(const Official *official, Date day)
{
    Term term = term_of(official);
    if (day < term.first || (official->until != DATE_UNKNOWN && day > official->until))
        return HOLDING_NO;
    return day <= term.last ? HOLDING_YES : HOLDING_MAYBE;
}

static bool is_small(Str text, const Token *token)
{
    static const Str small[] = { STR_INIT("of"), STR_INIT("the"), STR_INIT("for"), STR_INIT("and"), STR_INIT("'s") };
    for (size_t i = 0; i < BASE_COUNT(small); i++)
        if (str_equal_nocase(str_slice(text, token->span), small[i]))
            return true;
    return token->kind == TOKEN_MARK;
}

/* Every word of `words` that is not small stands in `text`, and there is one. */
static bool has_words(Str text, Str words, Arena *arena)
{
    Token *all, *wanted;
    size_t n = token_split(text, arena, &all), m = token_split(words, arena, &wanted), found = 0;
    for (size_t i = 0; i < m; i++) {
        size_t k = 0;
        if (is_small(words, &wanted[i]))
            continue;
        while (k < n && all[k].hash != wanted[i].hash)
            k++;
        if (k == n)
            return false;
        found++;
    }
    return found > 0;
}

bool official_has_office(const Rules *rules, const Official *official, Str words, Arena *arena)
{
    Str text = str_printf(arena, "%.*s ; %.*s ; %.*s", STR_ARG(official->office), STR_ARG(official->body),
                          STR_ARG(official->country));
    for (size_t i = 0; i < rules->n_countries; i++) {
        const Country *country = &rules->countries[i];
        if (str_equal(country->iso, official->country))
            text = str_printf(arena, "%.*s ; %.*s ; %.*s ; %.*s", STR_ARG(text), STR_ARG(country->name),
                              STR_ARG(country->aliases), STR_ARG(country->demonym));
    }
    return has_words(text, words, arena);
}

bool official_has_name(const Official *official, Str words, Arena *arena)
{
    Str rest = official->aliases;
    if (has_words(official->name, words, arena))
        return true;
    for (Str alias; rest.len && str_split(&rest, ';', &alias);)
        if (has_words(alias, words, arena))
            return true;
    return false;
}

/* ---- warnings ------------------------------------------------------------------ */

/* One sort of warning: the first, and how many there are, or all of them. */
typedef struct Sort { Error first; size_t n; } Sort;

static void warn(Sort *sort, bool all, const Official *official, Str text, Problems *problems)
{
    Error err;
    error_set(&err, ERR_RULES, official->file, official->line, 0, "%.*s", STR_ARG(text));
    err.warning = true;
    if (all)
        problems_add(problems, &err);
    else if (sort->n == 0)
        sort->first = err;
    sort->n++;
}

static void tell_first(const Sort *sort, Arena *arena, Problems *problems)
{
    Error err = sort->first;
    if (sort->n == 0)
        return;
    if (sort->n > 1) {
        Str text = str_printf(arena, "%s; and %zu more rows like it: see tracker officials check", err.text, sort->n - 1);
        error_set(&err, err.kind, sort->first.file, err.line, 0, "%.*s", STR_ARG(text));
        err.warning = true;
    }
    problems_add(problems, &err);
}

/* Rows that one name or alias leads to, as a list linked by index. */
typedef struct NameUse { uint32_t row, next; } NameUse;
typedef struct NameUses { NameUse *ptr; size_t len, cap; } NameUses;
typedef struct NameIndex { Names by_name; NameUses uses; Arena *arena; } NameIndex;

static void index_name(NameIndex *index, Str name, uint32_t row)
{
    Str folded = str_lower(index->arena, str_trim(name));
    if (folded.len == 0)
        return;
    uint32_t first = names_find(&index->by_name, folded), next = NAMES_NONE;
    if (first != NAMES_NONE) {
        next = index->uses.ptr[first].next;
        index->uses.ptr[first].next = (uint32_t)index->uses.len;
    } else {
        names_add(&index->by_name, index->arena, folded, (uint32_t)index->uses.len);
    }
    LIST_PUSH(index->arena, &index->uses, ((NameUse){ row, next }));
}

/* The first row of somebody else who bears `name` while `own` is in office, or NULL. */
static const Official *other_bearer(const Rules *rules, const NameIndex *index, const Official *own, Str name)
{
    Term term = term_of(own);
    const Official *first = NULL;
    uint32_t at = names_find(&index->by_name, str_lower(index->arena, name));
    for (; at != NAMES_NONE; at = index->uses.ptr[at].next) {
        const Official *other = &rules->officials[index->uses.ptr[at].row];
        Term others = term_of(other);
        if (!str_equal(other->name, own->name) && others.first <= term.last && term.first <= others.last)
            first = first && first < other ? first : other;
    }
    return first;
}

static void check_aliases(const Rules *rules, bool all, Arena *arena, Problems *problems)
{
    NameIndex index = { .arena = arena };
    Names told = { 0 };
    Sort sort = { .n = 0 };
    for (uint32_t i = 0; i < rules->n_officials; i++) {
        const Official *official = &rules->officials[i];
        index_name(&index, official->name, i);
        Str rest = official->aliases;
        for (Str alias; rest.len && str_split(&rest, ';', &alias);)
            index_name(&index, alias, i);
    }
    for (size_t i = 0; i < rules->n_officials; i++) {
        const Official *official = &rules->officials[i];
        Str rest = official->aliases;
        for (Str alias; rest.len && str_split(&rest, ';', &alias);) {
            alias = str_trim(alias);
            const Official *other = alias.len ? other_bearer(rules, &index, official, alias) : NULL;
            if (other && names_add(&told, arena, str_lower(arena, alias), 0))
                warn(&sort, all, official, str_printf(arena, "`%.*s` means two people on one day: %.*s, and %.*s in line %d",
                     STR_ARG(alias), STR_ARG(official->name), STR_ARG(other->name), other->line), problems);
        }
    }
    if (!all)
        tell_first(&sort, arena, problems);
}

static void check_open_ends(const Rules *rules, Date today, bool all, Arena *arena, Problems *problems)
{
    Sort sort = { .n = 0 };
    for (size_t i = 0; i < rules->n_officials; i++) {
        const Official *official = &rules->officials[i];
        char day[DATE_TEXT_BYTES];
        Date known = official->as_of != DATE_UNKNOWN ? official->as_of : official->from;
        if (official->until == DATE_UNKNOWN && known != DATE_UNKNOWN && known < today - YEAR_DAYS)
            warn(&sort, all, official, str_printf(arena, "%.*s, %.*s: no last day, and last known on %s",
                 STR_ARG(official->name), STR_ARG(official->office), date_format(known, day)), problems);
    }
    if (!all)
        tell_first(&sort, arena, problems);
}

void officials_check(const Rules *rules, Date today, bool all, Problems *problems)
{
    Arena arena;
    arena_init(&arena);
    check_aliases(rules, all, &arena, problems);
    check_open_ends(rules, today, all, &arena, problems);
    arena_clear(&arena);
}

/* ---- overlaps and gaps --------------------------------------------------------- */

static int by_office(const void *a, const void *b)
{
    const Official *x = *(const Official *const *)a, *y = *(const Official *const *)b;
    int order = str_compare(x->country, y->country);
    if (!order)
        order = str_compare(x->office, y->office);
    if (order)
        return order;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->line - y->line;
}

/* Rows of one office in order of their first day, of which each has one. */
static void check_office(const Official *const *rows, size_t n, Arena *arena, Problems *problems)
{
    Sort sort = { .n = 0 };
    const Official *last = rows[0];              /* who holds it longest so far */
    for (size_t i = 1; i < n; i++) {
        const Official *next = rows[i];
        Term before = term_of(last), term = term_of(next);
        char from[DATE_TEXT_BYTES], to[DATE_TEXT_BYTES];
        if (last->until != DATE_UNKNOWN && next->from - last->until > GAP_DAYS)
            warn(&sort, true, next, str_printf(arena, "gap: nobody is %.*s (%.*s) between %s and %s", STR_ARG(next->office),
                 STR_ARG(next->country), date_format(last->until, from), date_format(next->from, to)), problems);
        Date common = before.last < term.last ? before.last : term.last;
        if (!str_equal(last->name, next->name) && common - OVERLAP_DAYS > term.first)
            warn(&sort, true, next, str_printf(arena, "overlap: from %s on %.*s and %.*s (line %d) are both %.*s (%.*s)",
                 date_format(term.first, from), STR_ARG(next->name), STR_ARG(last->name), last->line, STR_ARG(next->office),
                 STR_ARG(next->country)), problems);
        if (term.last >= before.last)
            last = next;
    }
}

void officials_check_terms(const Rules *rules, Problems *problems)
{
    Arena arena;
    arena_init(&arena);
    const Official **rows = ARENA_ARRAY(&arena, const Official *, rules->n_officials + 1);
    size_t n = 0;
    for (size_t i = 0; i < rules->n_officials; i++)
        if (rules->officials[i].from != DATE_UNKNOWN)
            rows[n++] = &rules->officials[i];
    if (n)
        qsort(rows, n, sizeof *rows, by_office);
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && str_equal(rows[to]->office, rows[from]->office) && str_equal(rows[to]->country, rows[from]->country))
            to++;
        check_office(rows + from, to - from, &arena, problems);
    }
    arena_clear(&arena);
}
