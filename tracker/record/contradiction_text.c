#include "record/contradiction_internal.h"

#include <math.h>
#include <string.h>

static Str speaker_or_unnamed(const ClaimView *view)
{
    return view->speaker.len ? view->speaker : STR("unnamed speaker");
}

static Str said_apart(const Contradiction *pair, Arena *arena)
{
    Date a = contradiction_day_of(pair->a), b = contradiction_day_of(pair->b);
    if (a == DATE_UNKNOWN || b == DATE_UNKNOWN)
        return STR("days unknown");
    return b == a       ? STR("said on one day")
           : b - a == 1 ? STR("said a day apart")
                        : str_printf(arena, "said %d days apart", (int)(b - a));
}

/* The first few words that both claims have; sense classes as a word, countries as their code. */
static Str shared_words(const Contradiction *pair, Arena *arena)
{
    enum { SHOWN = 4 };
    const Claim *a = pair->a->claim, *b = pair->b->claim;
    Str list = STR_NONE;
    size_t n = 0;
    for (size_t i = 0; i < a->n_symbols && n < SHOWN; i++)
        for (size_t k = 0; k < b->n_symbols; k++) {
            Str name = a->symbols[i].name;
            if (a->symbols[i].weight <= 0 || !str_equal(name, b->symbols[k].name))
                continue;
            if (str_starts(name, STR("=")))
                name = str_lower(arena, (Str){ name.ptr + 1, name.len - 1 });
            list = n++ ? str_printf(arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(name)) : name;
            break;
        }
    return list;
}

Str contradiction_reason(const Contradiction *pair, Arena *arena)
{
    static const char *const relations[] = { "one speaker", "same government", "different governments" };
    const Claim *a = pair->a->claim, *b = pair->b->claim;
    Str words = a->curated && b->curated ? STR_NONE : shared_words(pair, arena);
    bool denial = pair->relation != RELATION_SELF && contradiction_denial_links(pair->a, pair->b) + contradiction_denial_links(pair->b, pair->a) > 0;
    bool unknown = pair->relation == RELATION_DIFFERENT_GOVERNMENTS && (!pair->a->country.len || !pair->b->country.len);
    bool condition = a->condition || b->condition, hedged = a->hedged || b->hedged;
    bool clash = pair->grade != GRADE_TENSION && contradiction_is_said_to_clash(pair->a, pair->b);
    const Claim *topic = pair->topic->claim;
    Str label = topic->topic_label.len ? topic->topic_label : topic->topic;
    Str who_b = pair->relation == RELATION_SELF ? STR("the same speaker") : speaker_or_unnamed(pair->b);
    return str_printf(arena, "%.*s: %.*s; %.*s: %.*s; both on %.*s%s%.*s%s%s%s%s%s; %.*s; %s",
                      STR_ARG(speaker_or_unnamed(pair->a)), STR_ARG(a->position), STR_ARG(who_b),
                      STR_ARG(b->position), STR_ARG(label), words.len ? " (in both: " : "", STR_ARG(words),
                      words.len ? ")" : "", contradiction_count_otherwise(a, b) ? "; two numbers for one thing" : "", denial ? "; a deed and its denial" : "",
                      condition ? "; with a condition" : hedged ? "; hedged" : "",
                      clash ? "; the report sets them against each other" : "", STR_ARG(said_apart(pair, arena)),
                      unknown ? "governments not known" : relations[pair->relation]);
}

/* A reader can go after a pair whose days and places are known. */
static int count_unknown(const ClaimView *view)
{
    return (view->said_on == DATE_UNKNOWN) + (view->place.len == 0);
}

/* What the key begins with, as "14 0730": at most six digits. */
static int rank_of(const Contradiction *pair)
{
    int unknown = count_unknown(pair->a) + count_unknown(pair->b), score = (int)lround(1000 - pair->score * 1000);
    return ((pair->grade == GRADE_TENSION) * 10 + unknown) * 10000 + score;
}

/* Keys are made by hand: a much discussed topic asks for thousands. */
static char *put(char *at, Str text)
{
    if (text.len)
        memcpy(at, text.ptr, text.len);
    return at + text.len;
}

enum { NUMBER_BYTES = 10 };

static char *put_number(char *at, unsigned number, int width)
{
    char digits[NUMBER_BYTES];
    int n = 0;
    for (; n < width || number; number /= 10)
        digits[n++] = (char)('0' + number % 10);
    while (n > 0)
        *at++ = digits[--n];
    return at;
}

enum { VIEW_BYTES = DATE_TEXT_BYTES + 2 * NUMBER_BYTES + 8 };         /* and its story, topic and position */

static size_t view_bytes(const ClaimView *view)
{
    return VIEW_BYTES + view->story.len + view->claim->topic.len + view->claim->position.len;
}

static char *put_view(char *at, const ClaimView *view)
{
    char day[DATE_TEXT_BYTES];
    Date said = contradiction_day_of(view);
    at = put(at, said == DATE_UNKNOWN ? STR("unknown") : str_from(date_format(said, day)));
    at = put(put(put(at, STR(" ")), view->story), STR(" "));
    at = put(put_number(at, (unsigned)view->n, 8), STR(" "));
    at = put(put_number(at, view->claim->span.from, 10), STR(" "));
    return put(put(put(at, view->claim->topic), STR(" ")), view->claim->position);
}

static char *put_rank(char *at, int rank)
{
    return put(put_number(put(put_number(at, (unsigned)rank / 10000, 2), STR(" ")), (unsigned)rank % 10000, 4), STR(" "));
}

Str contradiction_order(const Contradiction *pair, Arena *arena)
{
    char *key = arena_alloc(arena, view_bytes(pair->a) + view_bytes(pair->b) + NUMBER_BYTES + 3), *at = key;
    at = put_view(put(put_view(put_rank(at, rank_of(pair)), pair->a), STR(" | ")), pair->b);
    return (Str){ key, (size_t)(at - key) };
}

bool contradiction_stands_before(const Contradiction *pair, Str key, Arena *scratch)
{
    char rank[NUMBER_BYTES];
    Str head = { rank, (size_t)(put_rank(rank, rank_of(pair)) - rank) };
    return str_compare(str_starts(key, head) ? contradiction_order(pair, scratch) : head, key) < 0;
}

enum { AS_KEYS = 2 };

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Part by part as put_view() writes them; AS_KEYS where the one text goes on behind the end of the other. */
static int compare_views(const ClaimView *a, const ClaimView *b)
{
    Date day_a = contradiction_day_of(a), day_b = contradiction_day_of(b);
    if (day_a != day_b)
        return day_a == DATE_UNKNOWN ? 1 : day_b == DATE_UNKNOWN ? -1 : compare_numbers(day_a, day_b);
    if (!str_equal(a->story, b->story))
        return str_starts(a->story, b->story) || str_starts(b->story, a->story) ? AS_KEYS : str_compare(a->story, b->story);
    if (a->n != b->n || a->claim->span.from != b->claim->span.from)
        return a->n != b->n ? compare_numbers(a->n, b->n) : compare_numbers(a->claim->span.from, b->claim->span.from);
    return str_equal(a->claim->topic, b->claim->topic) && str_equal(a->claim->position, b->claim->position) ? 0 : AS_KEYS;
}

int contradiction_compare_order(const Contradiction *a, const Contradiction *b, Arena *scratch)
{
    int order = compare_numbers(rank_of(a), rank_of(b));
    if (order == 0)
        order = compare_views(a->a, b->a);
    if (order == 0)
        order = compare_views(a->b, b->b);
    return order == AS_KEYS ? str_compare(contradiction_order(a, scratch), contradiction_order(b, scratch)) : order;
}
