#include "cli/session.h"

enum { LABEL_WIDTH = 11 };

static void put(FILE *out, const char *label, Str text)
{
    if (!text.len)
        return;
    fprintf(out, "  %-*s", LABEL_WIDTH - 2, label);
    cli_wrap(out, text, LABEL_WIDTH, LABEL_WIDTH);
}

static Str or_unknown(Str text)
{
    return text.len ? text : STR("unknown");
}

static void put_story_line(FILE *out, Arena *arena, Str id, Str title, Str source, Str published)
{
    put(out, "story", str_printf(arena, "%.*s: %.*s (%.*s, %.*s)", STR_ARG(id), STR_ARG(or_unknown(title)),
                                 STR_ARG(or_unknown(source)), STR_ARG(or_unknown(published))));
}

static void put_speaker(FILE *out, Arena *arena, Str speaker, Str office, Str country, Str said_on, Str place)
{
    put(out, "speaker", str_printf(arena, "%.*s, %.*s (%.*s)", STR_ARG(or_unknown(speaker)),
                                   STR_ARG(or_unknown(office)), STR_ARG(or_unknown(country))));
    put(out, "said on", str_printf(arena, "%.*s, place: %.*s", STR_ARG(or_unknown(said_on)), STR_ARG(or_unknown(place))));
}

/* ---- cards ----------------------------------------------------------------- */

static bool card_story(Session *session, Store *store, Str id, Error *err)
{
    Story story;
    char day[DATE_TEXT_BYTES];
    if (!store_get_story(store, id, session->arena, &story, err))
        return false;
    FILE *out = session->out;
    fprintf(out, "story %.*s\n", STR_ARG(story.id));
    put(out, "title", or_unknown(story.title));
    put(out, "source", or_unknown(story.source));
    put(out, "published", or_unknown(str_from(date_format(story.published, day))));
    put(out, "place", or_unknown(story.place));
    put(out, "url", story.url);
    for (Str rest = story.text, line; str_split(&rest, '\n', &line);)
        cli_wrap(out, line, 0, 0);
    return true;
}

/* The sentences around a statement, as the story has them. */
static bool put_context(Session *session, Store *store, const StatementRow *row, Error *err)
{
    Story story;
    Span points;
    if (!row_parse_span(row->context, &points))
        return true;
    if (!store_get_story(store, row->story, session->arena, &story, err))
        return false;
    put(session->out, "context", str_slice(story.text, row_span_bytes(story.text, points)));
    return true;
}

static bool card_statement(Session *session, Store *store, Str id, Error *err)
{
    StatementRow row;
    if (!store_get_statement(store, id, session->arena, &row, err))
        return false;
    Arena *arena = session->arena;
    FILE *out = session->out;
    fprintf(out, "statement %.*s (%.*s%s)\n", STR_ARG(row.id), STR_ARG(row.kind), row.negated ? ", denied" : "");
    put_speaker(out, arena, row.speaker, row.office, row.country, row.said_on, row.place);
    put(out, "named", row.speaker_text);
    put(out, "reporter", row.reporter);
    put(out, "cue", row.cue);
    put(out, "rule", row.rule);
    put(out, "words", row.text);
    for (size_t i = 0; i < row.n_claims; i++) {
        const ClaimRow *claim = &row.claims[i];
        put(out, "claim", str_printf(arena, "%.*s: %.*s on %.*s%s%s%s%.*s", STR_ARG(claim->id), STR_ARG(claim->position),
                                     STR_ARG(claim->topic_label), claim->condition ? ", on a condition" : "",
                                     claim->hedged ? ", hedged" : "", claim->limit.len ? ", " : "",
                                     STR_ARG(claim->limit)));
        put(out, "  words", claim->words);
        put(out, "  rule", claim->rule);
    }
    put_story_line(out, arena, row.story, row.title, row.source, row.published);
    put(out, "url", row.url);
    return put_context(session, store, &row, err);
}

static bool card_side(Session *session, Store *store, const char *heading, const ContradictionSide *side, Error *err)
{
    StatementRow row;
    FILE *out = session->out;
    fprintf(out, "\n%s: %.*s\n", heading, STR_ARG(side->position));
    put_speaker(out, session->arena, side->speaker, side->office, side->country, side->said_on, side->place);
    put(out, "words", side->text);
    put(out, "rule", side->rule);
    put(out, "claim", side->claim);
    put_story_line(out, session->arena, side->story, side->title, side->source, side->published);
    put(out, "url", side->url);
    return store_get_statement(store, side->claim, session->arena, &row, err) && put_context(session, store, &row, err);
}

static bool card_contradiction(Session *session, Store *store, Str id, Error *err)
{
    ContradictionRow row;
    if (!store_get_contradiction(store, id, session->arena, &row, err))
        return false;
    FILE *out = session->out;
    fprintf(out, "%.*s %.*s (%.*s), a pair to check\n", STR_ARG(row.grade), STR_ARG(row.id), STR_ARG(row.relation));
    put(out, "topic", row.topic_label);
    put(out, "reason", row.reason);
    put(out, "score", str_printf(session->arena, "%.2f, from %d %s of evidence, found on %.*s", row.score, row.evidence,
                                 row.evidence == 1 ? "piece" : "pieces", STR_ARG(or_unknown(row.found_on))));
    if (row.review.len)
        put(out, "review", str_printf(session->arena, "%.*s, by %.*s, %.*s%s%.*s", STR_ARG(row.review),
                                      STR_ARG(row.reviewer), 10, row.reviewed_utc.ptr, row.review_note.len ? ": " : "",
                                      STR_ARG(row.review_note)));
    return card_side(session, store, "a", &row.a, err) && card_side(session, store, "b", &row.b, err);
}

/* ---- rows ------------------------------------------------------------------ */

typedef bool List(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);

static const struct {
    const char *name;
    bool (*card)(Session *session, Store *store, Str id, Error *err);
    List *rows;
    const RowColumns *columns;
} things[] = {
    [STORE_STORY]         = { "story", card_story, store_list_stories, &row_story_columns },
    [STORE_STATEMENT]     = { "statement", card_statement, store_list_statements, &row_statement_columns },
    [STORE_CLAIM]         = { "claim", card_statement, store_list_claims, &row_claim_columns },
    [STORE_STANDING]      = { "standing position", NULL, NULL, NULL },
    [STORE_CONTRADICTION] = { "contradiction", card_contradiction, store_list_contradictions, &row_contradiction_columns },
};

static bool show(Session *session, Store *store, Error *err)
{
    StoreThing thing;
    StoreFilter filter;
    store_filter_init(&filter);
    if (!store_find_id(store, session->cli.args.ptr[0], session->arena, &thing, &filter.id, err))
        return false;
    if (!things[thing].card)
        return error_set(err, ERR_USAGE, "tracker", 0, 0, "%.*s is a %s; show takes stories, statements, claims and "
                         "contradictions", STR_ARG(filter.id), things[thing].name);
    if (!session_out(session))
        return true;
    if (session_is_table(session))
        return things[thing].card(session, store, filter.id, err);
    Sink *sink = session_sink_open(session, things[thing].columns->ptr, things[thing].columns->len);
    bool ok = things[thing].rows(store, &filter, sink, NULL, err);
    session_sink_close(session, sink);
    return ok;
}

static bool run(Session *session)
{
    Error err;
    Store *store = session_store_open(session, STORE_READ);
    if (store && !show(session, store, &err))
        problems_add(&session->problems, &err);
    store_close(store);
    return true;
}

const CliCommand cmd_show = {
    .name = "show",
    .usage = "ID",
    .summary = "show a story, statement, claim or pair with its context",
    .about = "Shows all that is known of one thing: words, speaker, office, days, the rule that found it and the "
             "sentences around it. Any beginning of an id that only one thing has is enough.",
    .examples = "tracker show x-3f9a1b20\n"
                "tracker show c-77 --format json\n",
    .min_args = 1, .max_args = 1,
    .run = run,
};
