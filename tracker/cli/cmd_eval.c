#include "cli/session.h"

#include "engine/rulefile.h"
#include "extract/evaluate.h"

#include <math.h>
#include <stdlib.h>

typedef struct Eval {
    Session *session;
    Evaluation evaluation;
    Arena scratch;
} Eval;

static const SinkColumn columns[] = {
    { .name = "figure" },
    { .name = "value", .type = SINK_REAL },
    { .name = "right", .type = SINK_INTEGER },
    { .name = "of", .type = SINK_INTEGER },
    { .name = "among" },
};

/* ---- floors ---------------------------------------------------------------- */

typedef struct Floors { double least[EVALUATE_FIGURES]; } Floors;     /* 0: none */

static bool read_floor(Session *session, Str piece, Floors *out)
{
    EvaluateFigure figures[EVALUATE_FIGURES];
    Str names[EVALUATE_FIGURES], rest = piece, name = STR_NONE;
    evaluate_figures(&(Evaluation){ 0 }, figures);
    str_split(&rest, '=', &name);
    name = str_trim(name);
    for (size_t i = 0; i < EVALUATE_FIGURES; i++) {
        names[i] = figures[i].name;
        if (!str_equal(names[i], name))
            continue;
        char *end, *value = str_cstr(session->arena, str_trim(rest));
        out->least[i] = strtod(value, &end);
        if (end > value && *end == '\0' && out->least[i] > 0 && out->least[i] <= 1)
            return true;
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "--floor %.*s: want a number up to 1 behind %.*s=",
                      STR_ARG(piece), STR_ARG(name));
        return false;
    }
    Str near = rulefile_nearest(name, names, EVALUATE_FIGURES);
    problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "--floor %.*s: no such figure; did you mean %.*s?",
                  STR_ARG(piece), STR_ARG(near.len ? near : names[0]));
    return false;
}

static bool read_floors(Session *session, Floors *out)
{
    Str rest = str_from(session->cli.options.floor), piece;
    *out = (Floors){ 0 };
    while (str_split(&rest, ',', &piece))
        if (!read_floor(session, piece, out))
            return false;
    return true;
}

/* False if one is below its floor, or could not be measured. */
static bool hold_floors(Session *session, const EvaluateFigure *figures, const Floors *floors)
{
    bool held = true;
    for (size_t i = 0; i < EVALUATE_FIGURES; i++) {
        if (floors->least[i] == 0 || (figures[i].known && figures[i].value >= floors->least[i]))
            continue;
        held = false;
        if (figures[i].known)
            session_say(session, "%.*s is %.4f, below its floor of %g", STR_ARG(figures[i].name), figures[i].value,
                        floors->least[i]);
        else
            session_say(session, "%.*s has a floor, but nothing to be measured on", STR_ARG(figures[i].name));
    }
    return held;
}

/* ---- the run ----------------------------------------------------------------- */

static bool measure_story(void *user, const Story *story, const Statements *statements)
{
    Eval *eval = user;
    Error err = { 0 };
    if (!evaluate_story(&eval->evaluation, story, statements, &eval->scratch, &err))
        problems_add(&eval->session->problems, &err);
    arena_reset(&eval->scratch);
    return true;
}

/* As many as asked for, from all over the input. */
static void say_misses(Session *session, const char *title, const EvaluateMisses *misses)
{
    size_t wanted = (size_t)session->cli.options.misses, n = misses->len < wanted ? misses->len : wanted;
    session_say(session, "%s: %zu, shown: %zu", title, misses->len, n);
    for (size_t i = 0; i < n; i++) {
        const EvaluateMiss *miss = &misses->ptr[i * misses->len / n];
        cli_print(stderr, str_printf(session->arena, "  %.*s | %.*s | %.*s | %.*s", STR_ARG(miss->story),
                                     STR_ARG(miss->what), STR_ARG(miss->speaker), STR_ARG(miss->words)));
        fputc('\n', stderr);
    }
}

/* In thousandths: more than that no number of stories is good for. */
static void send_figure(Sink *sink, const EvaluateFigure *figure)
{
    sink_text(sink, figure->name);
    sink_real(sink, floor(figure->value * 1000 + .5) / 1000);
    if (figure->of) {
        sink_integer(sink, (int64_t)figure->right);
        sink_integer(sink, (int64_t)figure->of);
    } else {
        sink_null(sink);
        sink_null(sink);
    }
    sink_text(sink, figure->among);
    sink_row_end(sink);
}

static bool run(Session *session)
{
    Rules rules;
    Floors floors;
    if (!read_floors(session, &floors) || !session_load_rules(session, &rules))
        return true;
    bool good = true;
    Sink *sink = session_sink_open(session, columns, BASE_COUNT(columns));
    if (sink) {
        Eval eval = { .session = session, .evaluation.rules = &rules };
        eval.evaluation.arena = session->cli.options.misses ? session->arena : NULL;
        arena_init(&eval.scratch);
        session_extract(session, &rules, measure_story, &eval);
        arena_clear(&eval.scratch);

        EvaluateFigure figures[EVALUATE_FIGURES];
        evaluate_figures(&eval.evaluation, figures);
        for (size_t i = 0; i < EVALUATE_FIGURES; i++)
            if (figures[i].known)
                send_figure(sink, &figures[i]);
        good = session_sink_close(session, sink);
        if (session->cli.options.misses && !session->cli.options.quiet) {
            say_misses(session, "missed", &eval.evaluation.missed);
            say_misses(session, "wrongly found", &eval.evaluation.wrong);
        }
        session_say(session, "%.*s (%zu skipped)", STR_ARG(session_count(session, eval.evaluation.stories, "story",
                    "stories")), session->skipped);
        good = hold_floors(session, figures, &floors) && good;
    }
    rules_clear(&rules);
    return good;
}

const CliCommand cmd_eval = {
    .name = "eval",
    .usage = "[FILE|DIR|-]...",
    .summary = "measure what is found on stories that you annotated",
    .about = "Reads JSON Lines of stories with \"quotes\" or \"claims\" that a reader marked (fixtures/README.md describes "
             "them), extracts, and prints how much of what is marked was found and how much of what was found is marked. "
             "A found statement counts if, of the letters that are found or marked, at least 50 (lenient), 80 (strict) or "
             "100 percent (exact) are both. speaker: of the matched whose words for the speaker hold a name, the last name "
             "is right; joint: found, and the last name right. The marked position of a claim is one of the rules' "
             "positions, or only its side: for, against, or a word that ends in -for or -against; claims with another "
             "position are passed over.",
    .examples = "tracker eval desk.jsonl\n"
                "tracker eval desk.jsonl --misses 20\n"
                "tracker eval desk.jsonl --floor lenient.f1=.7,joint=.6\n",
    .max_args = SIZE_MAX,
    .groups = CLI_READS | CLI_EXTRACTS | CLI_PARALLEL | CLI_MEASURES,
    .run = run,
};
