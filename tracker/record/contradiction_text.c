#include "record/contradiction_internal.h"

#include <math.h>

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

static Str view_order(const ClaimView *view, Arena *arena)
{
    char day[DATE_TEXT_BYTES];
    Date said = contradiction_day_of(view);
    return str_printf(arena, "%s %.*s %08d %010u %.*s %.*s", said == DATE_UNKNOWN ? "unknown" : date_format(said, day),
                      STR_ARG(view->story), view->n, (unsigned)view->claim->span.from, STR_ARG(view->claim->topic),
                      STR_ARG(view->claim->position));
}

/* A reader can go after a pair whose days and places are known. */
static int count_unknown(const ClaimView *view)
{
    return (view->said_on == DATE_UNKNOWN) + (view->place.len == 0);
}

Str contradiction_order(const Contradiction *pair, Arena *arena)
{
    Str a = view_order(pair->a, arena), b = view_order(pair->b, arena);
    return str_printf(arena, "%d%d %04d %.*s | %.*s", pair->grade == GRADE_TENSION,
                      count_unknown(pair->a) + count_unknown(pair->b), (int)lround(1000 - pair->score * 1000),
                      STR_ARG(a), STR_ARG(b));
}
