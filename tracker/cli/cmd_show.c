#include "cli/cmd_show.h"

#include "base/utf8.h"
#include "engine/token.h"

#include <string.h>

enum { SHOW_WIDTH = 79, NEIGHBOUR_BYTES = 400, HERE_BYTES = 4000 };

/* ---- words in their place ---------------------------------------------------- */

static Str cut(Str text, size_t most_bytes, Arena *arena)
{
    if (text.len <= most_bytes)
        return text;
    text.len = utf8_valid_prefix((Str){ text.ptr, most_bytes });
    return str_printf(arena, "%.*s \xE2\x80\xA6", STR_ARG(text));
}

/* The end matters in what goes before. */
static Str cut_start(Str text, size_t most_bytes, Arena *arena)
{
    if (text.len <= most_bytes)
        return text;
    size_t from = text.len - most_bytes;
    while (((unsigned char)text.ptr[from] & 0xC0) == 0x80)
        from++;
    return str_printf(arena, "\xE2\x80\xA6 %.*s", (int)(text.len - from), text.ptr + from);
}

static Span sentence_span(const Text *text, size_t sentence)
{
    return token_span(text, text->sentences[sentence].first, text->sentences[sentence].end);
}

static void find_sentences(Str story, Span marked, Arena *arena, ShowContext *out)
{
    Text text;
    text_tokenize(story, arena, &text);
    size_t first = text.n_sentences, last = 0;
    for (size_t i = 0; i < text.n_sentences; i++) {
        Span span = sentence_span(&text, i);
        if (span.to <= marked.from || span.from >= marked.to)
            continue;
        first = i < first ? i : first;
        last = i;
    }
    if (first == text.n_sentences) {
        *out = (ShowContext){ .here = str_slice(story, marked), .marked = { 0, marked.to - marked.from } };
        return;
    }
    Span here = { sentence_span(&text, first).from, sentence_span(&text, last).to };
    here.from = marked.from < here.from ? marked.from : here.from;         /* a mark may stand outside its sentence */
    here.to = marked.to > here.to ? marked.to : here.to;
    *out = (ShowContext){
        .here = str_slice(story, here), .marked = { marked.from - here.from, marked.to - here.from },
    };
    if (first > 0)
        out->before = cut_start(str_slice(story, sentence_span(&text, first - 1)), NEIGHBOUR_BYTES, arena);
    if (last + 1 < text.n_sentences)
        out->after = cut(str_slice(story, sentence_span(&text, last + 1)), NEIGHBOUR_BYTES, arena);
}

bool show_find_context(Store *store, Str story_id, Str points, Arena *arena, ShowContext *out, Error *err)
{
    Story story;
    Span span;
    Spans spans = { 0 };
    *out = (ShowContext){ 0 };
    if (row_parse_span(points, &span))
        LIST_PUSH(arena, &spans, span);
    else
        row_parse_spans(points, arena, &spans);
    if (!store_get_story(store, story_id, arena, &story, err))
        return false;
    if (!spans.len)
        return true;
    span = spans.ptr[0];
    for (size_t i = 1; i < spans.len; i++) {
        span.from = spans.ptr[i].from < span.from ? spans.ptr[i].from : span.from;
        span.to = spans.ptr[i].to > span.to ? spans.ptr[i].to : span.to;
    }
    find_sentences(story.text, row_span_bytes(story.text, span), arena, out);
    return true;
}

/* ---- lines ------------------------------------------------------------------- */

/* A paragraph on its way out, word by word. */
typedef struct Wrap {
    FILE *out;
    int col, indent;
    bool first, color, marking;
} Wrap;

static void mark(Wrap *wrap, bool on)
{
    fputs(on ? "\x1B[1;4m" : "\x1B[0m", wrap->out);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* To where a word of so many columns goes; what is marked is not underlined over a line's end. */
static void wrap_gap(Wrap *wrap, int width)
{
    bool styled = wrap->marking && wrap->color;
    if (!wrap->first && wrap->col + 1 + width > SHOW_WIDTH) {
        if (styled)
            mark(wrap, false);
        fprintf(wrap->out, "\n%*s", wrap->indent, "");
        if (styled)
            mark(wrap, true);
        wrap->col = wrap->indent;
    } else if (!wrap->first) {
        fputc(' ', wrap->out);
        wrap->col++;
    }
    wrap->first = false;
}

/* head and tail touch the first and the last word: marks stay with them. */
static void wrap_text(Wrap *wrap, Str text, bool marked, Str head, Str tail, Arena *arena)
{
    bool first = true;
    text = str_trim(text);
    while (text.len) {
        size_t end = 0;
        while (end < text.len && !is_blank(text.ptr[end]))
            end++;
        Str word = { text.ptr, end };
        text = str_trim((Str){ text.ptr + end, text.len - end });
        if (first && head.len)
            word = str_printf(arena, "%.*s%.*s", STR_ARG(head), STR_ARG(word));
        if (!text.len && tail.len)
            word = str_printf(arena, "%.*s%.*s", STR_ARG(word), STR_ARG(tail));
        int width = (int)utf8_width(word);
        wrap_gap(wrap, width);
        if (first && marked && wrap->color)
            mark(wrap, true);
        wrap->marking = marked;
        cli_print(wrap->out, word);
        wrap->col += width;
        first = false;
    }
    if (wrap->marking && wrap->color)
        mark(wrap, false);
    wrap->marking = false;
}

/* The bytes of text up to the last blank, and the rest: what touches the marked words goes with them. */
static Str touching_end(Str *text)
{
    size_t from = text->len;
    while (from > 0 && !is_blank(text->ptr[from - 1]))
        from--;
    Str end = { text->ptr + from, text->len - from };
    text->len = from;
    return end;
}

static Str touching_start(Str *text)
{
    size_t to = 0;
    while (to < text->len && !is_blank(text->ptr[to]))
        to++;
    Str start = { text->ptr, to };
    *text = (Str){ text->ptr + to, text->len - to };
    return start;
}

void show_put_context(Session *session, const ShowContext *context)
{
    Arena *arena = session->arena;
    Wrap wrap = { .out = session->out, .col = SHOW_LABEL_WIDTH, .indent = SHOW_LABEL_WIDTH, .first = true,
                  .color = session_color(session) };
    Str here = context->here;
    if (!here.len)
        return;
    Str left = str_slice(here, (Span){ 0, context->marked.from });
    Str words = cut(str_slice(here, context->marked), HERE_BYTES, arena);
    Str right = str_slice(here, (Span){ context->marked.to, (uint32_t)here.len });
    left = cut_start(left, HERE_BYTES, arena);
    right = cut(right, HERE_BYTES, arena);
    Str head = touching_end(&left), tail = touching_start(&right);
    fprintf(wrap.out, "  %-*s", SHOW_LABEL_WIDTH - 2, "context");
    wrap_text(&wrap, context->before, false, STR_NONE, STR_NONE, arena);
    wrap_text(&wrap, left, false, STR_NONE, STR_NONE, arena);
    bool plain = !wrap.color;
    wrap_text(&wrap, words, true, plain ? str_printf(arena, "%.*s[", STR_ARG(head)) : head,
              plain ? str_printf(arena, "]%.*s", STR_ARG(tail)) : tail, arena);
    wrap_text(&wrap, right, false, STR_NONE, STR_NONE, arena);
    wrap_text(&wrap, context->after, false, STR_NONE, STR_NONE, arena);
    fputc('\n', wrap.out);
}

void show_put(Session *session, const char *label, Str text)
{
    if (!text.len)
        return;
    fprintf(session->out, "  %-*s", SHOW_LABEL_WIDTH - 2, label);
    cli_wrap(session->out, text, SHOW_LABEL_WIDTH, SHOW_LABEL_WIDTH);
}

Str show_or_unknown(Str text)
{
    return text.len ? text : STR("unknown");
}

Str show_speaker(Str speaker, Str office, Str country, Arena *arena)
{
    bool told = office.len && !str_equal_nocase(office, speaker);
    return str_printf(arena, "%.*s%s%.*s (%s%.*s)", STR_ARG(show_or_unknown(speaker)), told ? ", " : "", STR_ARG(told ? office : STR_NONE),
                      country.len ? "" : "country ", STR_ARG(show_or_unknown(country)));
}

void show_put_story(Session *session, Str id, Str title, Str source, Str published, Str url)
{
    show_put(session, "story", str_printf(session->arena, "%.*s (%.*s, %.*s), %.*s", STR_ARG(show_or_unknown(title)),
                                          STR_ARG(show_or_unknown(source)), STR_ARG(show_or_unknown(published)),
                                          STR_ARG(id)));
    show_put(session, "link", url);
}

/* ---- cards ------------------------------------------------------------------- */

/* "copy     Isle Times, 2025-03-04, https://..." */
static void show_put_link(Session *session, const StoryLink *link)
{
    const Str more[] = { link->published, link->url.len ? link->url : link->id };
    Str text = show_or_unknown(link->source);
    for (size_t i = 0; i < BASE_COUNT(more); i++)
        if (more[i].len)
            text = str_printf(session->arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(more[i]));
    show_put(session, str_equal(link->relation, STR("copy")) ? "copy" : "version", text);
}

static bool card_story(Session *session, Store *store, Str id, Error *err)
{
    Story story;
    StoryLinks links;
    char day[DATE_TEXT_BYTES];
    if (!store_get_story(store, id, session->arena, &story, err) || !store_get_links(store, id, session->arena, &links, err))
        return false;
    fprintf(session->out, "story %.*s\n", STR_ARG(story.id));
    show_put(session, "title", show_or_unknown(story.title));
    show_put(session, "source", show_or_unknown(story.source));
    show_put(session, "date", show_or_unknown(str_from(date_format(story.published, day))));
    show_put(session, "place", show_or_unknown(story.place));
    show_put(session, "link", story.url);
    show_put(session, "adds to", links.first);
    for (size_t i = 0; i < links.len; i++)
        show_put_link(session, &links.ptr[i]);
    for (Str rest = story.text, line; str_split(&rest, '\n', &line);)
        cli_wrap(session->out, line, 0, 0);
    return true;
}

static bool card_statement(Session *session, Store *store, Str id, Error *err)
{
    StatementRow row;
    ShowContext context;
    Arena *arena = session->arena;
    if (!store_get_statement(store, id, arena, &row, err) ||
        !show_find_context(store, row.story, row.spans, arena, &context, err))
        return false;
    fprintf(session->out, "statement %.*s (%.*s%s)\n", STR_ARG(row.id), STR_ARG(row.kind), row.negated ? ", denied" : "");
    show_put(session, "speaker", show_speaker(row.speaker, row.office, row.country, arena));
    show_put(session, "said on", str_printf(arena, "%.*s, place: %.*s", STR_ARG(show_or_unknown(row.said_on)),
                                            STR_ARG(show_or_unknown(row.place))));
    show_put(session, "named", row.speaker_text);
    show_put(session, "reporter", row.reporter);
    show_put(session, "cue", row.cue);
    show_put(session, "rule", row.rule);
    show_put_context(session, &context);
    for (size_t i = 0; i < row.n_claims; i++) {
        const ClaimRow *claim = &row.claims[i];
        show_put(session, "claim", str_printf(arena, "%.*s: %.*s on %.*s%s%s%s%.*s", STR_ARG(claim->id),
                                              STR_ARG(claim->position), STR_ARG(claim->topic_label),
                                              claim->condition ? ", on a condition" : "", claim->hedged ? ", hedged" : "",
                                              claim->limit.len ? ", " : "", STR_ARG(claim->limit)));
        show_put(session, "  words", claim->words);
        show_put(session, "  rule", claim->rule);
    }
    show_put_story(session, row.story, row.title, row.source, row.published, row.url);
    return true;
}

/* ---- rows -------------------------------------------------------------------- */

static bool list_one(Store *store, Str id, Sink *sink, Error *err,
                     bool (*list)(Store *, const StoreFilter *, Sink *, size_t *, Error *))
{
    StoreFilter filter;
    store_filter_init(&filter);
    filter.id = id;
    return list(store, &filter, sink, NULL, err);
}

static bool row_story(Session *session, Store *store, Str id, Sink *sink, Error *err)
{
    (void)session;
    return list_one(store, id, sink, err, store_list_stories);
}

static bool row_statement(Session *session, Store *store, Str id, Sink *sink, Error *err)
{
    (void)session;
    return list_one(store, id, sink, err, store_list_statements);
}

static bool row_claim(Session *session, Store *store, Str id, Sink *sink, Error *err)
{
    (void)session;
    return list_one(store, id, sink, err, store_list_claims);
}

static const struct {
    const char *name;
    bool (*card)(Session *session, Store *store, Str id, Error *err);
    bool (*row)(Session *session, Store *store, Str id, Sink *sink, Error *err);
    const RowColumns *columns;
} things[] = {
    [STORE_STORY]         = { "story", card_story, row_story, &row_story_columns },
    [STORE_STATEMENT]     = { "statement", card_statement, row_statement, &row_statement_columns },
    [STORE_CLAIM]         = { "claim", card_statement, row_claim, &row_claim_columns },
    [STORE_STANDING]      = { "standing position", NULL, NULL, NULL },
    [STORE_CONTRADICTION] = { "pair", show_pair_card, show_pair_row, &show_pair_columns },
};

/* ---- the command ------------------------------------------------------------- */

typedef struct Shown { StoreThing thing; Str id; } Shown;

static bool find(Session *session, Store *store, Str asked, Shown *out, Error *err)
{
    if (str_ends(asked, STR("\xE2\x80\xA6")))        /* pasted from a table that cut it */
        asked.len -= 3;
    if (!store_find_id(store, asked, session->arena, &out->thing, &out->id, err))
        return false;
    return things[out->thing].card || error_set(err, ERR_USAGE, "tracker", 0, 0, "%.*s is a %s; show takes stories, "
                                                "statements, claims and pairs", STR_ARG(out->id), things[out->thing].name);
}

static bool is_jsonl(const Session *session)
{
    return session->cli.options.format && strcmp(session->cli.options.format, "jsonl") == 0;
}

/* One table holds things of one sort; JSON Lines need no header and may mix them. */
static bool show_rows(Session *session, Store *store, const Shown *shown, size_t n, Error *err)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && shown[end].thing == shown[i].thing; end++)
            ;
        if (end < n && !is_jsonl(session))
            return error_set(err, ERR_USAGE, "tracker", 0, 0, "a %s and a %s do not fit one table; --format jsonl takes both",
                             things[shown[i].thing].name, things[shown[end].thing].name);
        Sink *sink = session_sink_open(session, things[shown[i].thing].columns->ptr, things[shown[i].thing].columns->len);
        bool ok = true;
        for (size_t k = i; k < end && ok; k++)
            ok = things[shown[k].thing].row(session, store, shown[k].id, sink, err);
        session_sink_close(session, sink);
        if (!ok)
            return false;
    }
    return true;
}

static bool show_cards(Session *session, Store *store, const Shown *shown, size_t n, Error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            fputc('\n', session->out);
        if (!things[shown[i].thing].card(session, store, shown[i].id, err))
            return false;
    }
    return true;
}

static bool run(Session *session)
{
    const Strs *args = &session->cli.args;
    Shown *shown = ARENA_ARRAY(session->arena, Shown, args->len);
    size_t n = 0;
    Error err;
    Store *store = session_store_open(session, STORE_READ);
    for (size_t i = 0; store && i < args->len; i++) {
        if (find(session, store, args->ptr[i], &shown[n], &err))
            n++;
        else
            problems_add(&session->problems, &err);
    }
    if (n && session_out(session) &&
        !(session_is_table(session) ? show_cards : show_rows)(session, store, shown, n, &err))
        problems_add(&session->problems, &err);
    store_close(store);
    return true;
}

const CliCommand cmd_show = {
    .name = "show",
    .usage = "ID...",
    .summary = "show a story, statement, claim or pair with its context",
    .about = "Shows all that is known of one thing: words, speaker, office, days, the rules that found it and the "
             "sentences around it; of a pair also why it is one, what speaks against that, and what was found when it "
             "was checked. Any beginning of an id that only one thing has is enough.",
    .examples = "tracker show x-3f9a1b20\n"
                "tracker show c-77 c-81 --format json\n",
    .min_args = 1, .max_args = SIZE_MAX,
    .run = run,
};
