#include "cli/session.h"

#include "base/utf8.h"
#include "cli/why.h"

#include <string.h>
#include <sys/stat.h>

enum { WIDTH = 80, TEXT_WIDTH = 76 };

typedef struct Why {
    Session *session;
    const Rules *rules;
    Extractor *extractor;
    Arena scratch, *arena;           /* of one story */
    FILE *out;
    Sink *sink;                      /* rows; NULL: drawings */
    bool color;
    size_t stories;
} Why;

/* ---- drawings ------------------------------------------------------------------ */

/* Text in one line of at most `width` columns; how many it takes. */
static size_t put_cut(const Why *why, Str text, size_t width)
{
    size_t at = 0, col = 0;
    while (at < text.len) {
        size_t next;
        utf8_decode(text, at, &next);
        size_t wide = utf8_width((Str){ text.ptr + at, next - at });
        if (col + wide > width - 1 && utf8_width((Str){ text.ptr + at, text.len - at }) + col > width) {
            fputs("…", why->out);
            return col + 1;
        }
        cli_print(why->out, (Str){ text.ptr + at, next - at });
        col += wide;
        at = next;
    }
    return col;
}

static void begin_color(const Why *why, MarkKind kind)
{
    static const int colors[MARK_KINDS] = {
        [MARK_CONTENT] = 32, [MARK_SOURCE] = 36, [MARK_CUE] = 33, [MARK_VERB] = 33, [MARK_MENTION] = 36, [MARK_DAY] = 36,
        [MARK_POSITION] = 35, [MARK_TOPIC] = 34, [MARK_NEEDS] = 34, [MARK_NOT] = 34, [MARK_MODIFIER] = 31, [MARK_WORD] = 90,
        [MARK_NEAR] = 90,
    };
    if (why->color)
        fprintf(why->out, "\033[%dm", colors[kind]);
}

static void end_color(const Why *why)
{
    if (why->color)
        fputs("\033[0m", why->out);
}

/* "position closed (not used)  positions.rules:87" */
static Str label_of(const Why *why, const Mark *mark)
{
    Str label = STR("");
    switch (mark->kind) {
    case MARK_CONTENT:
        label = str_printf(why->arena, "words of %d, %.*s", mark->statement, STR_ARG(mark->name));
        break;
    case MARK_SOURCE:
        label = str_printf(why->arena, "source of %d: %.*s", mark->statement, STR_ARG(mark->name));
        break;
    case MARK_CUE:
        label = str_printf(why->arena, "cue of %d", mark->statement);
        break;
    case MARK_MENTION:
        label = mark->name;
        break;
    default:
        label = str_printf(why->arena, "%s %.*s", mark_kinds[mark->kind], STR_ARG(mark->name));
    }
    if (mark->note.len)
        label = str_printf(why->arena, "%.*s, %.*s", STR_ARG(label), STR_ARG(mark->note));
    if (mark->unused)
        label = str_printf(why->arena, "%.*s (not used)", STR_ARG(label));
    if (mark->where.len)
        label = str_printf(why->arena, "%.*s  %.*s", STR_ARG(label), STR_ARG(mark->where));
    return label;
}

static void put_blanks(const Why *why, size_t n)
{
    for (; n > 0; n--)
        fputc(' ', why->out);
}

/* A line of the sentence, bytes of the story. */
static void draw_mark(const Why *why, Str text, Span line, const Mark *mark)
{
    uint32_t from = mark->span.from > line.from ? mark->span.from : line.from;
    uint32_t to = mark->span.to < line.to ? mark->span.to : line.to;
    size_t col = 1 + utf8_width(str_slice(text, (Span){ line.from, from })), wide = utf8_width(str_slice(text, (Span){ from, to }));
    Str label = mark->span.to > line.to ? STR("") : label_of(why, mark);
    size_t need = utf8_width(label), left = 0;
    wide = wide ? wide : 1;
    bool behind = col + wide + 2 + need <= WIDTH, before = !behind && need + 2 <= col;
    if (before)
        left = need + 2;
    put_blanks(why, col - left);
    begin_color(why, mark->kind);
    if (before) {
        cli_print(why->out, label);
        fputs("  ", why->out);
    }
    for (size_t i = 0; i < wide; i++)
        fputc('^', why->out);
    if (need && !before) {
        if (!behind)
            fputc('\n', why->out);
        put_blanks(why, behind ? 2 : col + need <= WIDTH ? col : 3);
        put_cut(why, label, WIDTH - 3);
    }
    end_color(why);
    fputc('\n', why->out);
}

/* Where a line of the sentence ends: between words, after TEXT_WIDTH columns at most. */
static uint32_t line_end(Str text, Span rest)
{
    uint32_t end = rest.from, blank = 0;
    for (size_t col = 0, next; end < rest.to && col < TEXT_WIDTH; end = (uint32_t)next) {
        utf8_decode(text, end, &next);
        if (strchr(" \t\n\r", text.ptr[end]))
            blank = end;
        col += utf8_width((Str){ text.ptr + end, next - end });
    }
    return end < rest.to && blank > rest.from ? blank : end;
}

static void draw_nears(const Why *why, const Marks *marks, size_t first, size_t end)
{
    bool any = false;
    for (size_t i = first; i < end; i++) {
        const Mark *near = &marks->ptr[i];
        if (near->kind != MARK_NEAR)
            continue;
        if (!any)
            fputs(" nearly:\n", why->out);
        any = true;
        Str line = str_printf(why->arena, "%.*s %.*s  %.*s  lacks %.*s", STR_ARG(near->note), STR_ARG(near->name),
                              STR_ARG(near->where), STR_ARG(near->lacks));
        fputs("   ", why->out);
        begin_color(why, MARK_NEAR);
        put_cut(why, line, WIDTH - 4);
        fputs("\n     ", why->out);
        put_cut(why, near->pattern, WIDTH - 6);
        end_color(why);
        fputc('\n', why->out);
    }
}

/* One sentence, its marks [first, end). */
static void draw_sentence(const Why *why, const Text *text, const Sentence *sentence, const Marks *marks, size_t first, size_t end)
{
    Span rest = token_span(text, sentence->first, sentence->end);
    bool top = true;
    while (rest.from < rest.to) {
        Span line = { rest.from, line_end(text->text, rest) };
        fputc(' ', why->out);
        cli_print(why->out, str_slice(text->text, line));
        fputc('\n', why->out);
        for (size_t i = first; i < end; i++) {
            const Mark *mark = &marks->ptr[i];
            bool begins = top ? mark->span.from < line.to : mark->span.from >= line.from && mark->span.from < line.to;
            bool goes_on = mark->span.from < line.from && mark->span.to > line.from;
            if (mark->kind != MARK_NEAR && (begins || goes_on))
                draw_mark(why, text->text, line, mark);
        }
        rest.from = line.to;
        while (rest.from < rest.to && strchr(" \t\n\r", text->text.ptr[rest.from]))
            rest.from++;
        top = false;
    }
    draw_nears(why, marks, first, end);
}

static void draw_statement(const Why *why, const Statement *st)
{
    char day[DATE_TEXT_BYTES];
    Str line = str_printf(why->arena, "%d. %.*s", st->n, STR_ARG(st->speaker.len ? st->speaker : STR("unknown")));
    if (st->office.len)
        line = str_printf(why->arena, "%.*s, %.*s", STR_ARG(line), STR_ARG(st->office));
    if (st->country.len)
        line = str_printf(why->arena, "%.*s (%.*s)", STR_ARG(line), STR_ARG(st->country));
    line = str_printf(why->arena, "%.*s, said on %s%s%.*s", STR_ARG(line),
                      st->said_on == DATE_UNKNOWN ? "an unknown day" : date_format(st->said_on, day),
                      st->place.len ? " in " : "", STR_ARG(st->place));
    fputc(' ', why->out);
    cli_wrap(why->out, line, 1, 4);
    for (size_t i = 0; i < st->n_claims; i++) {
        const Claim *claim = &st->claims[i];
        line = str_printf(why->arena, "%.*s on %.*s%s%s%s%s%.*s%s  %.*s", STR_ARG(claim->position), STR_ARG(claim->topic_label),
                          claim->negated ? ", negated" : "", claim->condition ? ", with a condition" : "",
                          claim->hedged ? ", hedged" : "", claim->limit.len ? ", limited: " : "", STR_ARG(claim->limit),
                          claim->curated ? "" : " (no topic rule)", STR_ARG(claim->rule));
        fputs("    ", why->out);
        cli_wrap(why->out, line, 4, 6);
    }
    if (!st->n_claims)
        fputs("    no claim: no position was found in these words\n", why->out);
}

static void draw_story(Why *why, const ExtractTrace *trace, const Statements *statements, const Marks *marks)
{
    if (why->stories++)
        fputc('\n', why->out);
    for (size_t i = 0, first = 0; i < trace->text.n_sentences; i++) {
        size_t end = first;
        while (end < marks->len && marks->ptr[end].sentence == i)
            end++;
        if (i)
            fputc('\n', why->out);
        draw_sentence(why, &trace->text, &trace->text.sentences[i], marks, first, end);
        first = end;
    }
    fputs(statements->len ? "\nstatements\n" : "\nno statement\n", why->out);
    for (size_t i = 0; i < statements->len; i++)
        draw_statement(why, &statements->ptr[i]);
}

/* ---- rows -------------------------------------------------------------------------- */

static const SinkColumn columns[] = {
    { "story", SINK_TEXT, SINK_WIDE, NULL }, { "sentence", SINK_INTEGER, 0, NULL }, { "kind", SINK_TEXT, 0, NULL },
    { "name", SINK_TEXT, 0, NULL }, { "note", SINK_TEXT, 0, NULL }, { "rule", SINK_TEXT, 0, NULL },
    { "statement", SINK_INTEGER, 0, NULL }, { "used", SINK_BOOL, 0, NULL }, { "span", SINK_JSON, 0, NULL },
    { "text", SINK_TEXT, 0, NULL }, { "lacks", SINK_TEXT, 0, NULL }, { "pattern", SINK_TEXT, SINK_WIDE, NULL },
};

static Str or_null(Str text)
{
    return text.len ? text : STR_NONE;
}

static void list_story(const Why *why, const Story *story, const Marks *marks)
{
    Utf8Counter counter;
    utf8_counter_init(&counter, story->text);
    for (size_t i = 0; i < marks->len; i++) {
        const Mark *mark = &marks->ptr[i];
        size_t from = utf8_counter_at(&counter, mark->span.from), to = utf8_counter_at(&counter, mark->span.to);
        sink_text(why->sink, story->path);
        sink_integer(why->sink, (int64_t)mark->sentence + 1);
        sink_text(why->sink, str_from(mark_kinds[mark->kind]));
        sink_text(why->sink, or_null(mark->name));
        sink_text(why->sink, or_null(mark->note));
        sink_text(why->sink, or_null(mark->where));
        mark->statement ? sink_integer(why->sink, mark->statement) : sink_null(why->sink);
        sink_bool(why->sink, !mark->unused && mark->kind != MARK_NEAR);
        sink_text(why->sink, str_printf(why->arena, "[%zu,%zu]", from, to));
        sink_text(why->sink, str_slice(story->text, mark->span));
        sink_text(why->sink, or_null(mark->lacks));
        sink_text(why->sink, or_null(mark->pattern));
        sink_row_end(why->sink);
    }
}

/* ---- the command ------------------------------------------------------------------- */

static void explain(Why *why, const Story *story)
{
    Session *session = why->session;
    Statements statements = { 0 };
    Marks marks = { 0 };
    extract_story(why->extractor, story, why->arena, &statements, &session->problems);
    const ExtractTrace *trace = extractor_trace(why->extractor);
    WhyOptions options = { .words = session->cli.options.verbose, .no_gate = session->cli.options.no_gate };
    why_find(why->rules, trace, &statements, options, why->arena, &marks, &session->problems);
    if (why->sink)
        list_story(why, story, &marks);
    else
        draw_story(why, trace, &statements, &marks);
}

static bool is_file(Str name)
{
    struct stat info;
    return str_equal(name, STR("-")) || (name.len < 4096 && stat(name.ptr, &info) == 0);
}

static void explain_all(Why *why)
{
    Session *session = why->session;
    Str given = session->cli.args.ptr[0];
    arena_init(&why->scratch);
    why->arena = &why->scratch;
    if (is_file(given)) {
        Input *input = session_input_open(session);
        for (Story story; input_next(input, why->arena, &story); arena_reset(why->arena))
            explain(why, &story);
        input_close(input);
    } else if (utf8_valid_prefix(given) != given.len) {
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "the sentence is not UTF-8");
    } else {
        Story story = { .text = given, .published = session->cli.options.date, .path = STR("argument") };
        story_complete(&story, why->arena);
        explain(why, &story);
    }
    arena_clear(why->arena);
}

static bool run(Session *session)
{
    Rules rules;
    const char *format = session->cli.options.format;
    Why why = { .session = session, .rules = &rules };
    if (!session_load_rules(session, &rules))
        return true;
    if (format && strcmp(format, "table") != 0)
        why.sink = session_sink_open(session, columns, BASE_COUNT(columns));
    why.out = session_out(session);
    why.color = session_color(session);
    if (why.out) {
        why.extractor = extractor_open(&rules, (ExtractOptions){ .no_gate = session->cli.options.no_gate, .trace = true });
        explain_all(&why);
        extractor_close(why.extractor);
    }
    if (why.sink)
        session_sink_close(session, why.sink);
    rules_clear(&rules);
    return true;
}

const CliCommand cmd_rules_why = {
    .name = "rules why",
    .usage = "TEXT|FILE",
    .summary = "show what fires in a sentence, and what nearly does",
    .about = "Shows each sentence of TEXT, or of the stories in FILE, with everything that was found drawn under its words: "
             "who is meant, who says what by which rule, positions, topics and modifiers, each with file and line of its rule. "
             "Rules that lack only one part come last, with the first part that failed. -v also shows words that only stand in "
             "lists. --format json gives a row for each mark; spans count code points.",
    .examples = "tracker rules why '\"It is off the table,\" said Hegseth.' --date 2025-02-13\n"
                "tracker rules why story.txt --format jsonl\n",
    .min_args = 1, .max_args = 1,
    .groups = CLI_READS | CLI_EXTRACTS,
    .run = run,
};
