#include "cli/cmd_show.h"

#include "base/json.h"

#include <math.h>
#include <stdlib.h>

/* One side of a pair with all that a reader weighs. */
typedef struct Side {
    const char *letter;                  /* "A", "B": in sentences */
    const ContradictionSide *row;
    StatementRow statement;
    Claim claim;                         /* as pairs are compared by it */
    ShowContext context;
} Side;

typedef struct Pair {
    ContradictionRow row;
    Side a, b;
    Strs support, doubts;
} Pair;

/* ---- reading ------------------------------------------------------------------ */

static bool read_side(Store *store, const char *letter, const ContradictionSide *row, Arena *arena, Side *out, Error *err)
{
    *out = (Side){ .letter = letter, .row = row };
    return store_get_statement(store, row->claim, arena, &out->statement, err) &&
           store_get_claim(store, row->claim, arena, &out->claim, err) &&
           show_find_context(store, row->story, row->spans, arena, &out->context, err);
}

/* ---- what speaks for the flag, and against it ----------------------------------- */

#define TELL(list, arena, ...) LIST_PUSH((arena), (list), str_printf((arena), __VA_ARGS__))

static const ClaimSymbol *find_symbol(const Claim *claim, Str name)
{
    for (size_t i = 0; i < claim->n_symbols; i++)
        if (str_equal(claim->symbols[i].name, name))
            return &claim->symbols[i];
    return NULL;
}

typedef enum Which { IN_BOTH_OBJECTS, ELSEWHERE_IN_BOTH, IN_ONE_OBJECT } Which;

static bool is_such(const ClaimSymbol *symbol, const Claim *other, Which which)
{
    const ClaimSymbol *same = find_symbol(other, symbol->name);
    bool here = symbol->weight >= 1, there = same && same->weight >= 1;
    if (symbol->weight <= 0)
        return false;
    return which == IN_BOTH_OBJECTS     ? here && there
           : which == ELSEWHERE_IN_BOTH ? same && same->weight > 0 && !(here && there)
                                        : here && !same;
}

/* Stems, sense classes in lower case, countries as their code; the first few. */
static Str words_such(const Claim *claim, const Claim *other, Which which, Arena *arena)
{
    enum { SHOWN = 6 };
    Str list = STR_NONE;
    size_t n = 0;
    for (size_t i = 0; i < claim->n_symbols; i++) {
        Str name = claim->symbols[i].name;
        if (!is_such(&claim->symbols[i], other, which))
            continue;
        if (n++ == SHOWN)
            return str_printf(arena, "%.*s \xE2\x80\xA6", STR_ARG(list));
        if (str_starts(name, STR("=")))
            name = str_lower(arena, (Str){ name.ptr + 1, name.len - 1 });
        list = list.len ? str_printf(arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(name)) : name;
    }
    return list;
}

static void find_support(Pair *pair, Arena *arena)
{
    const Claim *a = &pair->a.claim, *b = &pair->b.claim;
    Strs *list = &pair->support;
    Str both = words_such(a, b, IN_BOTH_OBJECTS, arena), more = words_such(a, b, ELSEWHERE_IN_BOTH, arena);
    if (a->curated && b->curated && str_equal(a->topic, b->topic))
        TELL(list, arena, "one rule names the topic of both (%.*s)", STR_ARG(a->topic));
    if (both.len)
        TELL(list, arena, "in the object of both: %.*s", STR_ARG(both));
    if (more.len)
        TELL(list, arena, "elsewhere in both: %.*s", STR_ARG(more));
    if (str_equal(pair->row.grade, STR("tension")))
        TELL(list, arena, "%.*s and %.*s go together badly", STR_ARG(pair->row.a.position), STR_ARG(pair->row.b.position));
    else
        TELL(list, arena, "%.*s and %.*s exclude each other", STR_ARG(pair->row.a.position),
             STR_ARG(pair->row.b.position));
}

static void doubt_side(Pair *pair, const Side *side, const Side *other, Arena *arena)
{
    const Claim *claim = &side->claim;
    const StatementRow *statement = &side->statement;
    Strs *list = &pair->doubts;
    Str own = words_such(claim, &other->claim, IN_ONE_OBJECT, arena);
    if (claim->condition)
        TELL(list, arena, "%s is said on a condition", side->letter);
    if (claim->hedged)
        TELL(list, arena, "%s is hedged", side->letter);
    if (claim->limit.len)
        TELL(list, arena, "%s is limited (%.*s)", side->letter, STR_ARG(claim->limit));
    if (claim->flags & CLAIM_ASIDE)
        TELL(list, arena, "%s is said in passing", side->letter);
    if (claim->flags & CLAIM_UNDECIDED)
        TELL(list, arena, "%s leaves it undecided", side->letter);
    if (claim->flags & CLAIM_EVERYTHING)
        TELL(list, arena, "%s speaks of everything, not of this alone", side->letter);
    if (statement->reporter.len)
        TELL(list, arena, "%s is told by %.*s", side->letter, STR_ARG(statement->reporter));
    else if (str_equal(statement->kind, STR("indirect")))
        TELL(list, arena, "%s is reported speech, not a quotation", side->letter);
    if (!statement->speaker.len)
        TELL(list, arena, "%s has no name for its speaker", side->letter);
    if (!side->row->said_on.len)
        TELL(list, arena, "the day of %s is not known", side->letter);
    if (own.len)
        TELL(list, arena, "only %s speaks of: %.*s", side->letter, STR_ARG(own));
}

static Date day_of(const ContradictionSide *side)
{
    Date date;
    return side->said_on.len && date_parse(side->said_on, &date) ? date : DATE_UNKNOWN;
}

static void find_doubts(Pair *pair, Arena *arena)
{
    Date a = day_of(&pair->row.a), b = day_of(&pair->row.b);
    doubt_side(pair, &pair->a, &pair->b, arena);
    doubt_side(pair, &pair->b, &pair->a, arena);
    if (a != DATE_UNKNOWN && b != DATE_UNKNOWN && a != b)
        TELL(&pair->doubts, arena, "said %d day%s apart", abs(b - a), abs(b - a) == 1 ? "" : "s");
    if (!str_equal(pair->row.a.story, pair->row.b.story))
        TELL(&pair->doubts, arena, "they stand in two stories");
}

static bool read_pair(Store *store, Str id, Arena *arena, Pair *out, Error *err)
{
    *out = (Pair){ 0 };
    if (!store_get_contradiction(store, id, arena, &out->row, err) ||
        !read_side(store, "A", &out->row.a, arena, &out->a, err) ||
        !read_side(store, "B", &out->row.b, arena, &out->b, err))
        return false;
    find_support(out, arena);
    find_doubts(out, arena);
    return true;
}

/* ---- for people ------------------------------------------------------------------ */

static Str join(const Strs *list, Arena *arena)
{
    Str out = STR_NONE;
    for (size_t i = 0; i < list->len; i++)
        out = i ? str_printf(arena, "%.*s; %.*s", STR_ARG(out), STR_ARG(list->ptr[i])) : list->ptr[i];
    return out;
}

static void put_side(Session *session, const Side *side)
{
    Arena *arena = session->arena;
    const ContradictionSide *row = side->row;
    const char *on = session_color(session) ? "\x1B[1m" : "", *off = *on ? "\x1B[0m" : "";
    fprintf(session->out, "\n%s%s: ", on, side->letter);
    cli_print(session->out, row->position);
    fprintf(session->out, "%s\n", off);
    show_put(session, "speaker", show_speaker(row->speaker, row->office, row->country, arena));
    show_put(session, "said", str_printf(arena, "on %.*s, place: %.*s", STR_ARG(show_or_unknown(row->said_on)),
                                         STR_ARG(show_or_unknown(row->place))));
    show_put_context(session, &side->context);
    show_put_story(session, row->story, row->title, row->source, row->published, row->url);
    show_put(session, "rules", str_printf(arena, "%.*s (%.*s), %.*s (who said it); claim %.*s",
                                          STR_ARG(show_or_unknown(row->rule)), STR_ARG(row->position),
                                          STR_ARG(show_or_unknown(side->statement.rule)), STR_ARG(row->claim)));
}

static Str review_text(const ContradictionRow *row, Arena *arena)
{
    if (!row->review.len)
        return str_printf(arena, "none yet; tracker review %.*s ok|wrong|unsure -m NOTE", STR_ARG(row->id));
    return str_printf(arena, "%.*s, by %.*s, %.*s%s%.*s", STR_ARG(row->review), STR_ARG(row->reviewer),
                      STR_ARG(row->reviewed_utc), row->review_note.len ? ": " : "", STR_ARG(row->review_note));
}

bool show_pair_card(Session *session, Store *store, Str id, Error *err)
{
    Arena *arena = session->arena;
    Pair pair;
    if (!read_pair(store, id, arena, &pair, err))
        return false;
    const ContradictionRow *row = &pair.row;
    fprintf(session->out, "%.*s %.*s (%.*s), a pair to check\n", STR_ARG(row->grade), STR_ARG(row->id),
            STR_ARG(row->relation));
    show_put(session, "topic", row->topic_label);
    put_side(session, &pair.a);
    put_side(session, &pair.b);
    fputc('\n', session->out);
    show_put(session, "reason", row->reason);
    show_put(session, "score", str_printf(arena, "%.2f of 1; %d %s of evidence, found on %.*s", row->score, row->evidence,
                                          row->evidence == 1 ? "piece" : "pieces",
                                          STR_ARG(show_or_unknown(row->found_on))));
    show_put(session, "for", join(&pair.support, arena));
    show_put(session, "against", join(&pair.doubts, arena));
    show_put(session, "review", review_text(row, arena));
    return true;
}

/* ---- for programs ------------------------------------------------------------------ */

#define SIDE(x)                                                                                     \
    { .name = x ".claim" }, { .name = x ".story" }, { .name = x ".speaker" }, { .name = x ".office" },  \
    { .name = x ".country" }, { .name = x ".said_on" }, { .name = x ".place" }, { .name = x ".position" },  \
    { .name = x ".spans", .type = SINK_JSON }, { .name = x ".text" }, { .name = x ".url" }, { .name = x ".rule" }, \
    { .name = x ".statement" }, { .name = x ".statement_rule" }, { .name = x ".kind" }, { .name = x ".reporter" }, \
    { .name = x ".condition", .type = SINK_BOOL }, { .name = x ".hedged", .type = SINK_BOOL }, { .name = x ".limit" }, \
    { .name = x ".before" }, { .name = x ".sentence" }, { .name = x ".after" }, { .name = x ".title" },   \
    { .name = x ".published" }, { .name = x ".source" }

/* The keys of `contradictions`, and more. */
static const SinkColumn columns[] = {
    { .name = "id" }, { .name = "topic" }, { .name = "topic_label" }, { .name = "grade" }, { .name = "relation" },
    { .name = "score", .type = SINK_REAL }, { .name = "reason" }, { .name = "found_on" }, SIDE("a"), SIDE("b"),
    { .name = "evidence", .type = SINK_INTEGER }, { .name = "review" }, { .name = "review_note" },
    { .name = "reviewer" }, { .name = "reviewed_utc" }, { .name = "support", .type = SINK_JSON },
    { .name = "against", .type = SINK_JSON },
};

const RowColumns show_pair_columns = { columns, BASE_COUNT(columns) };

static void send_side(Sink *sink, const Side *side)
{
    const ContradictionSide *row = side->row;
    const Str texts[] = {
        row->claim, row->story, row->speaker, row->office, row->country, row->said_on, row->place, row->position,
        row->spans, row->text, row->url, row->rule, row->statement, side->statement.rule, side->statement.kind,
        side->statement.reporter,
    };
    const Str more[] = {
        side->claim.limit, side->context.before, side->context.here, side->context.after, row->title, row->published,
        row->source,
    };
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        sink_text(sink, texts[i]);
    sink_bool(sink, side->claim.condition);
    sink_bool(sink, side->claim.hedged);
    for (size_t i = 0; i < BASE_COUNT(more); i++)
        sink_text(sink, more[i]);
}

static Str json_list(const Strs *list, Arena *arena)
{
    JsonWriter json;
    json_begin(&json, arena);
    json_array(&json);
    for (size_t i = 0; i < list->len; i++)
        json_text_value(&json, list->ptr[i]);
    json_end(&json);
    return json_text(&json);
}

bool show_pair_row(Session *session, Store *store, Str id, Sink *sink, Error *err)
{
    Arena *arena = session->arena;
    Pair pair;
    if (!read_pair(store, id, arena, &pair, err))
        return false;
    const ContradictionRow *row = &pair.row;
    const Str texts[] = { row->id, row->topic, row->topic_label, row->grade, row->relation };
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        sink_text(sink, texts[i]);
    sink_real(sink, row->score);
    sink_text(sink, row->reason);
    sink_text(sink, row->found_on);
    send_side(sink, &pair.a);
    send_side(sink, &pair.b);
    sink_integer(sink, row->evidence);
    sink_text(sink, row->review);
    sink_text(sink, row->review_note);
    sink_text(sink, row->reviewer);
    sink_text(sink, row->reviewed_utc);
    sink_text(sink, json_list(&pair.support, arena));
    sink_text(sink, json_list(&pair.doubts, arena));
    sink_row_end(sink);
    return true;
}
