/* What was marked against what was found, both written by hand: matching, names, sides, and annotations that are no use. */
#include "check.h"

#include "extract/evaluate.h"
#include "rules_shared.h"

#include <math.h>
#include <string.h>

static const char story_text[] = "\xE2\x80\x9CThe levy is dead,\xE2\x80\x9D Ada Roe said. The fleet sails, said Bo Lee.";

/* A statement with the words `words` of the text, and its claim if there is a position. */
typedef struct Found { const char *words, *speaker, *position; int side; } Found;

static Statements make_statements(const Found *found, size_t n, Arena *arena)
{
    Statements out = { 0 };
    for (size_t i = 0; i < n && found[i].words; i++) {
        size_t at = str_find(str_from(story_text), str_from(found[i].words), 0);
        CHECK_ROW(found[i].words, at < strlen(story_text));
        Statement statement = { .speaker = str_from(found[i].speaker), .said_on = DATE_UNKNOWN };
        LIST_PUSH(arena, &statement.spans, ((Span){ (uint32_t)at, (uint32_t)(at + strlen(found[i].words)) }));
        if (found[i].position) {
            statement.claims = ARENA_NEW(arena, Claim);
            *statement.claims = (Claim){ .position = str_from(found[i].position), .side = found[i].side };
            statement.n_claims = 1;
        }
        LIST_PUSH(arena, &out, statement);
    }
    return out;
}

static bool measure(const char *annotation, const Found *found, size_t n, Evaluation *out, Arena *arena, Error *err)
{
    Story story = { .id = STR("t"), .text = str_from(story_text), .path = STR("desk.jsonl"), .line = 3,
                    .annotation = str_from(annotation) };
    Statements statements = make_statements(found, n, arena);
    Arena scratch;
    arena_init(&scratch);
    *out = (Evaluation){ .rules = rules_shared(), .arena = arena };
    bool ok = evaluate_story(out, &story, &statements, &scratch, err);
    arena_clear(&scratch);
    return ok;
}

static const EvaluateFigure *figure_named(const EvaluateFigure *figures, const char *name)
{
    for (size_t i = 0; i < EVALUATE_FIGURES; i++)
        if (str_equal(figures[i].name, str_from(name)))
            return &figures[i];
    CHECK_ROW(name, false);
    return figures;
}

enum { FOUND_MAX = 3 };

/* The levy is dead: [1,17].  The fleet sails: [34,49]. */
#define LEVY "{\"quote\":[0,19],\"kind\":\"direct\",\"speaker_full\":\"Ada Roe\"}"
#define FLEET "{\"quote\":[34,49],\"kind\":\"indirect\",\"speaker_full\":\"Bo Lee\"}"

static const struct { const char *name, *annotation; Found found[FOUND_MAX]; const char *figure; double want; } rows[] = {
    { "marks and commas do not count", "{\"quotes\":[" LEVY "]}", { { "The levy is dead", "Ada Roe", NULL, 0 } },
      "exact.f1", 1 },
    { "more words than marked", "{\"quotes\":[" LEVY "]}", { { "The levy is dead,\xE2\x80\x9D Ada", "Ada Roe", NULL, 0 } },
      "strict.recall", 1 },
    { "which is not exact", "{\"quotes\":[" LEVY "]}", { { "The levy is dead,\xE2\x80\x9D Ada", "Ada Roe", NULL, 0 } },
      "exact.recall", 0 },
    { "too few words", "{\"quotes\":[" LEVY "]}", { { "dead", "Ada Roe", NULL, 0 } }, "lenient.f1", 0 },
    { "one missed", "{\"quotes\":[" LEVY "," FLEET "]}", { { "The levy is dead", "Ada Roe", NULL, 0 } },
      "lenient.recall", .5 },
    { "by kind", "{\"quotes\":[" LEVY "," FLEET "]}", { { "The levy is dead", "Ada Roe", NULL, 0 } },
      "indirect.recall", 0 },
    { "one wrongly found", "{\"quotes\":[" LEVY "]}",
      { { "The levy is dead", "Ada Roe", NULL, 0 }, { "The fleet sails", "Bo Lee", NULL, 0 } }, "lenient.precision", .5 },
    { "two found for one marked", "{\"quotes\":[" LEVY "]}",
      { { "The levy is", "Ada Roe", NULL, 0 }, { "The levy is dead", "Bo Lee", NULL, 0 } }, "joint", 0 },
    { "what is no speech is not asked for", "{\"quotes\":[" LEVY ",{\"quote\":[34,49],\"kind\":\"mixed\",\"speech\":false}]}",
      { { "The levy is dead", "Ada Roe", NULL, 0 } }, "lenient.recall", 1 },
    { "but right if found", "{\"quotes\":[{\"quote\":[34,49],\"kind\":\"mixed\",\"speech\":false}]}",
      { { "The fleet sails", "Bo Lee", NULL, 0 } }, "lenient.precision", 1 },
    { "parts", "{\"quotes\":[{\"quote\":[1,48],\"parts\":[[34,49],[1,17]],\"kind\":\"direct\"}]}",
      { { "The levy is dead,\xE2\x80\x9D Ada Roe said. The fleet sails", "Ada Roe", NULL, 0 } }, "exact.recall", 0 },
    { "speaker by the last name", "{\"quotes\":[" LEVY "]}", { { "The levy is dead", "Minister \xC3\x81" "da Ro\xC3\xA9, Jr.", NULL, 0 } },
      "speaker", 1 },
    { "wrong speaker", "{\"quotes\":[" LEVY "]}", { { "The levy is dead", "Bo Lee", NULL, 0 } }, "joint", 0 },
    { "not by name", "{\"quotes\":[{\"quote\":[1,17],\"kind\":\"direct\",\"speaker_full\":\"Ada Roe\",\"speaker_full_src\":\"coref\"}]}",
      { { "The levy is dead", "Ada Roe", NULL, 0 } }, "joint", 1 },

    { "claim", "{\"claims\":[{\"quote\":[1,17],\"position\":\"closed\",\"speaker\":\"Ada Roe\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 } }, "claims.joint", 1 },
    { "claim marked in fewer words", "{\"claims\":[{\"quote\":[13,17],\"position\":\"closed\",\"speaker\":\"Ada Roe\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 } }, "claims.recall", 1 },
    { "the same side", "{\"claims\":[{\"quote\":[1,17],\"position\":\"normative-against\",\"speaker\":\"Ada Roe\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 } }, "claims.side", 1 },
    { "the other side", "{\"claims\":[{\"quote\":[1,17],\"position\":\"for\",\"speaker\":\"Ada Roe\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 } }, "claims.side", 0 },
    { "spelling", "{\"claims\":[{\"quote\":[1,17],\"position\":\"closed\",\"speaker\":\"Ada Roeskyy\"}]}",
      { { "The levy is dead", "Ada Roeski", "closed", -1 } }, "claims.speaker", 1 },
    { "no spelling", "{\"claims\":[{\"quote\":[1,17],\"position\":\"closed\",\"speaker\":\"Ada May\"}]}",
      { { "The levy is dead", "Ada Ma", "closed", -1 } }, "claims.speaker", 0 },
    { "words with a claim beside any side", "{\"claims\":[{\"quote\":[1,17],\"position\":\"closed\",\"speaker\":\"Ada Roe\"},"
      "{\"quote\":[34,49],\"position\":\"other\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 }, { "The fleet sails", "Bo Lee", "will", 1 } }, "claims.precision", 1 },
    { "a day not found", "{\"claims\":[{\"quote\":[1,17],\"position\":\"closed\",\"said_on\":\"2025-02-13\"}]}",
      { { "The levy is dead", "Ada Roe", "closed", -1 } }, "claims.said_on", 0 },
};

static void test_figures(void)
{
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena;
        arena_init(&arena);
        Evaluation evaluation;
        Error err = { 0 };
        EvaluateFigure figures[EVALUATE_FIGURES];
        CHECK_ROW(rows[i].name, measure(rows[i].annotation, rows[i].found, FOUND_MAX, &evaluation, &arena, &err));
        evaluate_figures(&evaluation, figures);
        const EvaluateFigure *figure = figure_named(figures, rows[i].figure);
        CHECK_ROW(rows[i].name, figure->known && fabs(figure->value - rows[i].want) < 1e-9);
        arena_clear(&arena);
    }
}

/* What nothing was marked for has no figure; a f1 is known with its recall. */
static void test_unknown(void)
{
    static const struct { const char *annotation, *figure; bool known; } unknown_rows[] = {
        { "{\"quotes\":[" LEVY "]}", "claims.f1", false },
        { "{\"quotes\":[" LEVY "]}", "mixed.recall", false },
        { "{\"quotes\":[" LEVY "]}", "lenient.precision", false },
        { "{\"quotes\":[" LEVY "]}", "lenient.f1", true },
        { "{\"claims\":[]}", "lenient.f1", false },
    };
    for (size_t i = 0; i < BASE_COUNT(unknown_rows); i++) {
        Arena arena;
        arena_init(&arena);
        Evaluation evaluation;
        Error err = { 0 };
        EvaluateFigure figures[EVALUATE_FIGURES];
        CHECK(measure(unknown_rows[i].annotation, NULL, 0, &evaluation, &arena, &err));
        evaluate_figures(&evaluation, figures);
        CHECK_ROW(unknown_rows[i].figure, figure_named(figures, unknown_rows[i].figure)->known == unknown_rows[i].known);
        arena_clear(&arena);
    }
}

static void test_misses(void)
{
    static const Found found[] = { { "The levy is dead", "Bo Lee", NULL, 0 }, { "Ada Roe said", "Ada Roe", NULL, 0 } };
    Arena arena;
    arena_init(&arena);
    Evaluation evaluation;
    Error err = { 0 };
    CHECK(measure("{\"quotes\":[" LEVY "," FLEET "]}", found, BASE_COUNT(found), &evaluation, &arena, &err));
    CHECK(evaluation.missed.len == 1 && evaluation.wrong.len == 2);
    CHECK_STR("missed", evaluation.missed.ptr[0].words, STR("The fleet sails"));
    CHECK_STR("missed", evaluation.missed.ptr[0].what, STR("indirect"));
    CHECK_STR("wrong speaker", evaluation.wrong.ptr[0].speaker, STR("Ada Roe, not Bo Lee"));
    CHECK_STR("wrong words", evaluation.wrong.ptr[1].words, STR("Ada Roe said"));
    arena_clear(&arena);
}

static const struct { const char *annotation, *error; } error_rows[] = {
    { "",                                                       "neither \"quotes\" nor \"claims\"" },
    { "{\"quotes\":[" LEVY ",{\"kind\":\"direct\"}]}",          "\"quotes\" no. 2: \"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[0,999],\"kind\":\"direct\"}]}", "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[9,1],\"kind\":\"direct\"}]}",   "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[0,1.5],\"kind\":\"direct\"}]}", "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[-1,1],\"kind\":\"direct\"}]}",  "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[0,4294967300],\"kind\":\"direct\"}]}", "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[0,1,2],\"kind\":\"direct\"}]}", "\"quote\" must be" },
    { "{\"quotes\":[{\"quote\":[0,1],\"kind\":\"loud\"}]}",     "\"kind\" must be" },
    { "{\"quotes\":{}}",                                        "must be lists" },
    { "{\"quotes\":[7]}",                                       "\"quote\" must be" },
    { "{\"claims\":[{\"quote\":[0,1]}]}",                       "no \"position\"" },
    { "{\"claims\":[{\"quote\":[0,1],\"position\":\"will\",\"said_on\":\"Monday\"}]}", "\"said_on\" must be" },
};

static void test_errors(void)
{
    for (size_t i = 0; i < BASE_COUNT(error_rows); i++) {
        Arena arena;
        arena_init(&arena);
        Evaluation evaluation;
        Error err = { 0 };
        CHECK_ROW(error_rows[i].annotation, !measure(error_rows[i].annotation, NULL, 0, &evaluation, &arena, &err));
        CHECK_ROW(err.text, strstr(err.text, error_rows[i].error) != NULL);
        CHECK_ROW(error_rows[i].annotation, err.kind == ERR_INPUT && err.line == 3 && strcmp(err.file, "desk.jsonl") == 0);
        CHECK_ROW(error_rows[i].annotation, evaluation.stories == 0 && evaluation.counts[EVALUATE_MARKED] == 0);
        arena_clear(&arena);
    }
}

static const TestCase cases[] = {
    { "figures", test_figures },
    { "nothing to measure", test_unknown },
    { "misses", test_misses },
    { "annotations of no use", test_errors },
};

const TestSuite test_evaluate = SUITE(cases);
