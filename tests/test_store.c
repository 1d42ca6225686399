#include "check.h"
#include "record_world.h"
#include "base/sink.h"

#include <stdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- helpers ------------------------------------------------------------------ */

static char folder[] = "/tmp/tracker-store-XXXXXX";

static const char *path_in_folder(const char *name, Arena *arena)
{
    if (strstr(folder, "XXXXXX") && !mkdtemp(folder))
        return "";
    return str_printf(arena, "%s/%s", folder, name).ptr;
}

static const char *fresh_path(Arena *arena)
{
    const char *path = path_in_folder("test.db", arena);
    static const char *const tails[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < BASE_COUNT(tails); i++)
        unlink(str_printf(arena, "%s%s", path, tails[i]).ptr);
    return path;
}

static StoreOutcome add_one(Store *store, const Story *story, const Statements *statements, const char *row)
{
    Rules rules = world_rules();
    Arena arena = { 0 };
    StoreOutcome outcome = { 0 };
    Error err = { 0 };
    bool ok = store_add_story(store, &rules, story, statements, &arena, &outcome, &err);
    CHECK_ROW(ok ? row : err.text, ok);
    outcome.first = STR_NONE;                    /* lived in the arena */
    arena_clear(&arena);
    return outcome;
}

static StoreOutcome add_world(Store *store, size_t i)
{
    Arena arena = { 0 };
    Story story;
    Statements statements;
    world_story(&world_stories[i], &arena, &story, &statements);
    StoreOutcome outcome = add_one(store, &story, &statements, world_stories[i].id);
    arena_clear(&arena);
    return outcome;
}

static Store *open_store(const char *path, StoreMode mode)
{
    Error err = { 0 };
    Store *store = store_open(path, mode, &err);
    CHECK_ROW(store ? path : err.text, store != NULL);
    return store;
}

static void begin(Store *store)
{
    Error err = { 0 };
    bool ok = store_begin(store, &err);
    CHECK_ROW(ok ? "begin" : err.text, ok);
}

static void commit(Store *store)
{
    Error err = { 0 };
    bool ok = store_commit(store, &err);
    CHECK_ROW(ok ? "commit" : err.text, ok);
}

typedef bool List(Store *store, const StoreFilter *filter, Sink *sink, size_t *n_rows, Error *err);
typedef struct Listed { List *list; const RowColumns *columns; } Listed;

static const Listed stories = { store_list_stories, &row_story_columns };
static const Listed statements = { store_list_statements, &row_statement_columns };
static const Listed claims = { store_list_claims, &row_claim_columns };
static const Listed contradictions = { store_list_contradictions, &row_contradiction_columns };
static const Listed found = { store_search, &row_search_columns };

static Str list_text(Store *store, Listed what, const StoreFilter *filter, size_t *n_rows, Arena *arena)
{
    char *text = NULL;
    size_t len = 0;
    Error err = { 0 };
    FILE *out = open_memstream(&text, &len);
    Sink *sink = sink_open(out, what.columns->ptr, what.columns->len, (SinkOptions){ .format = SINK_JSONL });
    bool ok = what.list(store, filter, sink, n_rows, &err);
    CHECK_ROW(ok ? "list" : err.text, ok);
    sink_close(sink, NULL);
    fclose(out);
    Str copy = str_copy(arena, (Str){ text, len });
    free(text);
    return copy;
}

static Str everything(Store *store, Arena *arena)
{
    StoreFilter all;
    store_filter_init(&all);
    Str parts[] = {
        list_text(store, stories, &all, NULL, arena), list_text(store, statements, &all, NULL, arena),
        list_text(store, claims, &all, NULL, arena), list_text(store, contradictions, &all, NULL, arena),
    };
    return str_printf(arena, "%.*s%.*s%.*s%.*s", STR_ARG(parts[0]), STR_ARG(parts[1]), STR_ARG(parts[2]), STR_ARG(parts[3]));
}

/* The world's stories in some order, in one batch. */
static Str world_in_order(const size_t *order, Arena *arena)
{
    Store *store = open_store(":memory:", STORE_WRITE);
    if (!store)
        return STR_NONE;
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        add_world(store, order ? order[i] : i);
    commit(store);
    Problems problems = { 0 };
    CHECK(store_check(store, &problems) && problems.errors == 0);
    Str text = everything(store, arena);
    store_close(store);
    return text;
}

/* ---- adding --------------------------------------------------------------------- */

static void check_pairs_found(void)
{
    static const struct { const char *a, *b, *topic, *grade, *relation, *found_on; int evidence; } want[] = {
        { "Kurt Lange", "Kurt Lange", "levy", "reversal", "self", "2025-04-20", 1 },
        { "Olaf Nord", "Rita Sund", "mackerel-treaty", "contradiction", "different-governments", "2025-03-03", 2 },
        { "Tom Vale", "Ida Moss", "borders", "contradiction", "same-government", "2025-02-13", 1 },
        { "Tom Vale", "Ida Moss", "union", "contradiction", "same-government", "2025-02-13", 4 },
        { "Tom Vale", "Tom Vale", "borders", "reversal", "self", "2025-02-13", 1 },
        { "Tom Vale", "Tom Vale", "union", "reversal", "self", "2025-02-13", 1 },
    };
    Arena arena = { 0 };
    StoreFilter all;
    size_t n = 0;
    store_filter_init(&all);
    Store *store = world_store(NULL);
    Str text = list_text(store, contradictions, &all, &n, &arena), line;
    CHECK(n == BASE_COUNT(want));
    size_t seen = 0;
    while (str_split(&text, '\n', &line) && line.len) {
        Error err;
        ContradictionRow row;
        Str id = { line.ptr + str_find(line, STR("x-"), 0), 18 };
        CHECK(store_get_contradiction(store, id, &arena, &row, &err));
        for (size_t i = 0; i < BASE_COUNT(want); i++)
            if (str_equal(row.a.speaker, str_from(want[i].a)) && str_equal(row.b.speaker, str_from(want[i].b)) &&
                str_equal(row.topic, str_from(want[i].topic))) {
                seen++;
                CHECK_STR(want[i].topic, row.grade, str_from(want[i].grade));
                CHECK_STR(want[i].topic, row.relation, str_from(want[i].relation));
                CHECK_STR(want[i].topic, row.found_on, str_from(want[i].found_on));
                CHECK_ROW(want[i].topic, row.evidence == want[i].evidence);
            }
    }
    CHECK(seen == BASE_COUNT(want));
    store_close(store);
    arena_clear(&arena);
}

static void check_order_does_not_matter(void)
{
    Arena arena = { 0 };
    Str want = world_in_order(NULL, &arena);
    uint32_t seed = 1;
    for (int round = 0; round < 30; round++) {
        size_t order[BASE_COUNT(world_stories)];
        for (size_t i = 0; i < BASE_COUNT(order); i++)
            order[i] = i;
        for (size_t i = BASE_COUNT(order) - 1; i > 0; i--) {
            seed = seed * 1664525u + 1013904223u;
            size_t k = (seed >> 8) % (i + 1), swap = order[i];
            order[i] = order[k];
            order[k] = swap;
        }
        CHECK(str_equal(world_in_order(order, &arena), want));
    }
    CHECK(want.len > 1000);
    arena_clear(&arena);
}

static void check_added_twice(void)
{
    Arena arena = { 0 };
    Store *store = world_store(NULL);
    Str before = everything(store, &arena);
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        CHECK_ROW(world_stories[i].id, add_world(store, i).kind == STORE_SEEN);
    commit(store);
    CHECK(str_equal(everything(store, &arena), before));
    store_close(store);
    arena_clear(&arena);
}

static void check_copies(void)
{
    Arena arena = { 0 };
    Store *store = world_store(NULL);
    Story story;
    Statements said;
    StoreCounts counts;
    Error err;
    Str before = everything(store, &arena);
    world_story(&world_stories[0], &arena, &story, &said);
    begin(store);
    story.id = STR("elsewhere");
    CHECK(add_one(store, &story, &said, "the same text under another id").kind == STORE_COPY);
    CHECK(add_one(store, &story, &said, "and once more").kind == STORE_SEEN);
    story.text = STR("The text was rewritten, and the copy is now another version of the story it was a copy of.");
    said = (Statements){ 0 };
    CHECK(add_one(store, &story, &said, "another text under the copy's id").kind == STORE_CORRECTED);
    story.id = str_from(world_stories[0].id);
    CHECK(add_one(store, &story, &said, "another text under the first id").kind == STORE_CORRECTED);
    story.id = STR("third");
    CHECK(add_one(store, &story, &said, "a copy of the corrected version").kind == STORE_COPY);
    story = (Story){ .id = STR("short-1"), .text = STR("Too short."), .published = DATE_UNKNOWN };
    CHECK(add_one(store, &story, &said, "short text").kind == STORE_NEW);
    story.id = STR("short-2");
    CHECK(add_one(store, &story, &said, "short texts are equal by chance").kind == STORE_NEW);
    commit(store);
    CHECK(store_count(store, &counts, &err) && counts.copies == 4);
    StoreFilter all;
    store_filter_init(&all);
    Str text = list_text(store, statements, &all, NULL, &arena);
    CHECK(str_find(before, text, 0) < before.len);                  /* not a statement more */
    store_close(store);
    arena_clear(&arena);
}

#define FERRY_LEAD "Ferries between the two islands stayed in port for a second day on Monday. "
#define FERRY_PAY "The crews want higher pay for night crossings, and the company has offered half of it. "
#define FERRY_SAID "\"We will not sail at night for half of what we need to feed our children in these hard days,\" Ada Roe said. "
#define FERRY_PIER "The harbour master closed the northern pier to cars until the strike is over. "
#define FERRY_MORE "The island's council will not pay for the ferries, its head Ben Low said. "
#define FERRY FERRY_LEAD FERRY_PAY FERRY_SAID FERRY_PIER

/* One statement, with one claim, where the words stand in the text. */
static void say(Story *story, const char *speaker, const char *words, Statements *out, Arena *arena)
{
    Str text = str_from(words);
    uint32_t at = (uint32_t)str_find(story->text, text, 0);
    if (at == story->text.len)
        return;
    Claim *claim = ARENA_NEW(arena, Claim);
    *claim = (Claim){ .topic = STR("ferries"), .topic_label = STR("ferries"), .position = STR("will-not"), .side = -1,
                      .span = { at, at + (uint32_t)text.len } };
    world_symbols("ferry", arena, claim);
    Statement statement = { .n = (int)out->len + 1, .speaker = str_from(speaker), .text = text, .said_on = DATE_UNKNOWN,
                            .context = claim->span, .claims = claim, .n_claims = 1 };
    LIST_PUSH(arena, &statement.spans, claim->span);
    LIST_PUSH(arena, out, statement);
}

static StoreOutcome add_ferry(Store *store, const char *id, const char *source, const char *published, const char *text)
{
    Arena arena = { 0 };
    Statements said = { 0 };
    Story story = { .id = str_from(id), .source = str_from(source), .text = str_from(text),
                    .published = world_date(published) };
    say(&story, "Ada Roe", "We will not sail at night", &said, &arena);
    say(&story, "Ben Low", "will not pay for the ferries", &said, &arena);
    StoreOutcome outcome = add_one(store, &story, &said, id);
    arena_clear(&arena);
    return outcome;
}

static const struct { const char *name, *source, *published, *text; StoreOutcomeKind kind; size_t statements; } copy_rows[] = {
    { "the last paragraph lost", "Isle Times", "2025-03-04", FERRY_LEAD FERRY_PAY FERRY_SAID, STORE_COPY, 0 },
    { "its own headline, byline and last line", "Isle Times", "2025-03-04",
      "No boats\n\nBy Nora Field\n\n" FERRY "\n\n(Reporting by Nora Field)", STORE_COPY, 0 },
    { "a paragraph more", "Isle Times", "2025-03-04", FERRY "Shops on the quay sold out of bread. ", STORE_COPY, 0 },
    { "somebody more", "Isle Times", "2025-03-04", FERRY FERRY_MORE, STORE_COPY, 1 },
    { "another version by the same", "wire", "2025-03-04", FERRY_LEAD FERRY_PAY FERRY_SAID
      "The harbour master closed the southern pier to cars until the strike is over.", STORE_CORRECTED, 0 },
    { "the same by the same", "Wire", "2025-03-03", FERRY_LEAD FERRY_PAY FERRY_SAID, STORE_COPY, 0 },
    { "a week later", "Isle Times", "2025-03-10", "\n" FERRY, STORE_COPY, 0 },
    { "more than a week later", "Isle Times", "2025-03-11", "\n" FERRY, STORE_NEW, 1 },
    { "a week before", "Isle Times", "2025-02-24", "\n" FERRY, STORE_COPY, 0 },
    { "without a date", "Isle Times", NULL, "\n" FERRY, STORE_NEW, 1 },
    { "only the quotation in common", "Isle Times", "2025-03-04", "A strike on the ferries costs the islands a lot, a "
      "minister told the radio today. " FERRY_SAID "He was flown to the capital in a small plane of the coast guard. ",
      STORE_NEW, 1 },
};

/* A copy that another paper made its own is linked; what it says beyond the first is kept, and nothing twice. */
static void check_changed_copies(void)
{
    for (size_t i = 0; i < BASE_COUNT(copy_rows); i++) {
        Store *store = open_store(":memory:", STORE_WRITE);
        StoreCounts counts;
        Error err;
        begin(store);
        CHECK(add_ferry(store, "first", "wire", "2025-03-03", FERRY).statements == 1);
        for (int round = 0; round < 2; round++) {
            StoreOutcome got = add_ferry(store, "second", copy_rows[i].source, copy_rows[i].published, copy_rows[i].text);
            CHECK_ROW(copy_rows[i].name, got.kind == (round ? STORE_SEEN : copy_rows[i].kind));
            CHECK_ROW(copy_rows[i].name, got.statements == (round ? 0 : copy_rows[i].statements));
        }
        commit(store);
        bool linked = copy_rows[i].kind != STORE_NEW && !copy_rows[i].statements;
        CHECK_ROW(copy_rows[i].name, store_count(store, &counts, &err) && counts.copies == linked);
        CHECK_ROW(copy_rows[i].name, counts.stories == 2 - linked);
        Problems problems = { 0 };
        CHECK(store_check(store, &problems));
        store_close(store);
    }
}

/* A flash of two sentences came first: of the whole story only what is new counts, and both are kept. */
static void check_longer_version(void)
{
    Arena arena = { 0 };
    Store *store = open_store(":memory:", STORE_WRITE);
    StoreFilter all;
    begin(store);
    CHECK(add_ferry(store, "flash", "wire", "2025-03-03", FERRY_LEAD FERRY_PAY FERRY_SAID).kind == STORE_NEW);
    StoreOutcome got = add_ferry(store, "whole", "wire", "2025-03-03", FERRY_LEAD FERRY_PAY FERRY_SAID FERRY_PIER
                                 FERRY_MORE "In the north of the larger island the shops have had no fresh milk since "
                                 "Saturday, and the hospital has asked the coast guard to bring medicine by air. ");
    CHECK(got.kind == STORE_CORRECTED && got.statements == 1);
    CHECK(add_ferry(store, "copy", "Isle Times", "2025-03-04", FERRY_LEAD FERRY_PAY FERRY_SAID FERRY_PIER FERRY_MORE).kind ==
          STORE_COPY);
    commit(store);
    store_filter_init(&all);
    Str text = list_text(store, stories, &all, NULL, &arena);
    CHECK(str_find(text, STR("\"copies\":1"), 0) < text.len);
    store_close(store);
    arena_clear(&arena);
}

/* A statement found twice in a story, a story without anything, a story of 3,000 opposed claims. */
static void check_odd_stories(void)
{
    enum { MANY = 3000 };
    Arena arena = { 0 };
    Store *store = open_store(":memory:", STORE_WRITE);
    Story story;
    Statements said;
    world_story(&world_stories[0], &arena, &story, &said);
    LIST_PUSH(&arena, &said, said.ptr[0]);
    begin(store);
    StoreOutcome outcome = add_one(store, &story, &said, "twice in one story");
    CHECK(outcome.statements == 5 && outcome.claims == 5);
    story = (Story){ .id = STR("nothing"), .text = STR(""), .published = DATE_UNKNOWN };
    said = (Statements){ 0 };
    CHECK(add_one(store, &story, &said, "nothing in it").kind == STORE_NEW);

    char *text = arena_alloc(&arena, MANY);
    memset(text, 'x', MANY);
    story = (Story){ .id = STR("many"), .text = { text, MANY }, .published = world_date("2025-01-01") };
    for (uint32_t i = 0; i + 1 < MANY; i++) {
        Claim *claim = ARENA_NEW(&arena, Claim);
        *claim = (Claim){ .topic = STR("t"), .position = i % 2 ? STR("open") : STR("closed"), .side = i % 2 ? 1 : -1,
                          .span = { i, i + 1 } };
        world_symbols("fish treaty", &arena, claim);
        Statement statement = { .n = (int)i + 1, .speaker = i % 2 ? STR("Ada Roe") : STR("Ben Low"), .text = STR("x"),
                                .said_on = DATE_UNKNOWN, .claims = claim, .n_claims = 1 };
        LIST_PUSH(&arena, &statement.spans, claim->span);
        LIST_PUSH(&arena, &said, statement);
    }
    outcome = add_one(store, &story, &said, "many");
    CHECK(outcome.claims == MANY - 1 && outcome.contradictions == 1);
    commit(store);
    store_close(store);
    arena_clear(&arena);
}

/* ---- transactions ------------------------------------------------------------------- */

static void check_killed(void)
{
    Arena arena = { 0 };
    const char *path = fresh_path(&arena);
    Str want = world_in_order(NULL, &arena);
    pid_t child = fork();
    if (child == 0) {
        Error err;
        Store *store = store_open(path, STORE_WRITE, &err);
        store_begin(store, &err);
        add_world(store, 0);
        add_world(store, 1);
        store_commit(store, &err);
        store_begin(store, &err);
        add_world(store, 2);
        add_world(store, 3);
        kill(getpid(), SIGKILL);
    }
    int status;
    CHECK(child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    Store *store = open_store(path, STORE_WRITE);
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        CHECK_ROW(world_stories[i].id, add_world(store, i).kind == (i < 2 ? STORE_SEEN : STORE_NEW));
    commit(store);
    CHECK(str_equal(everything(store, &arena), want));
    store_close(store);
    arena_clear(&arena);
}

static void check_rollback(void)
{
    Arena arena = { 0 };
    Str want = world_in_order(NULL, &arena);
    Store *store = open_store(":memory:", STORE_WRITE);
    StoreCounts counts;
    Error err;
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        add_world(store, i);
    store_rollback(store);
    CHECK(store_count(store, &counts, &err) && counts.stories == 0 && counts.topics == 0);
    CHECK(!store_commit(store, &err));                              /* there is nothing to commit */
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        CHECK_ROW(world_stories[i].id, add_world(store, i).kind == STORE_NEW);
    commit(store);
    CHECK(str_equal(everything(store, &arena), want));
    store_close(store);
    arena_clear(&arena);
}

/* ---- what programs read ----------------------------------------------------------------- */

static void check_scan_and_store_agree(void)
{
    Arena arena = { 0 };
    Store *store = world_store(NULL);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++) {
        Story story;
        Statements said;
        Utf8Counter counter;
        char *scanned = NULL;
        size_t len = 0;
        world_story(&world_stories[i], &arena, &story, &said);
        utf8_counter_init(&counter, story.text);
        FILE *out = open_memstream(&scanned, &len);
        Sink *sink = sink_open(out, row_statement_columns.ptr, row_statement_columns.len,
                               (SinkOptions){ .format = SINK_JSONL });
        for (size_t k = 0; k < said.len; k++) {
            StatementRow row;
            row_from_statement(&story, &said.ptr[k], &counter, &arena, &row);
            row_send_statement(sink, &row, &arena);
        }
        sink_close(sink, NULL);
        fclose(out);
        StoreFilter all;
        store_filter_init(&all);
        Str stored = list_text(store, statements, &all, NULL, &arena), line;
        Str rest = { scanned, len };
        while (str_split(&rest, '\n', &line) && line.len)
            CHECK_ROW(story.id.ptr, str_find(stored, line, 0) < stored.len);
        free(scanned);
    }
    store_close(store);
    arena_clear(&arena);
}

static void check_contract(void)
{
    Arena arena = { 0 };
    Store *store = world_store(NULL);
    StoreFilter filter;
    store_filter_init(&filter);
    filter.who = STR("NORD");
    CHECK_STR("statement", list_text(store, statements, &filter, NULL, &arena), STR(
        "{\"id\":\"s-ae145dc7c4b6ee3a\",\"story\":\"fish-1\",\"n\":1,\"speaker\":\"Olaf Nord\",\"speaker_text\":\"Olaf Nord\","
        "\"speaker_span\":null,\"office\":\"Minister\",\"country\":\"NO\",\"kind\":\"indirect\",\"spans\":[[100,134]],"
        "\"text\":\"The mackerel treaty will be signed\",\"cue\":null,\"cue_span\":null,\"said_on\":null,\"place\":null,"
        "\"negated\":false,\"reporter\":null,\"claims\":[{\"id\":\"c-9bd608302d3a33ef\",\"topic\":\"mackerel-treaty\","
        "\"topic_label\":\"mackerel-treaty\",\"position\":\"will\",\"condition\":false,\"hedged\":false,\"limit\":null,"
        "\"span\":[100,134],\"rule\":\"positions.rules:1\"}],\"rule\":\"attribution.rules:1\",\"title\":\"fish-1\","
        "\"published\":\"2025-03-01\",\"source\":\"wire\",\"url\":null}\n"));
    Str pairs = list_text(store, contradictions, &filter, NULL, &arena);
    CHECK_STR("pair", pairs, STR(
        "{\"id\":\"x-ee1375444c042638\",\"topic\":\"mackerel-treaty\",\"topic_label\":\"mackerel-treaty\","
        "\"grade\":\"contradiction\",\"relation\":\"different-governments\",\"score\":0.816,\"reason\":\"Olaf Nord: will; "
        "Rita Sund: will-not; both on mackerel-treaty (in both: mackerel, treaty); said 2 days apart; different "
        "governments\",\"found_on\":\"2025-03-03\",\"a\":{\"claim\":\"c-9bd608302d3a33ef\",\"story\":\"fish-1\","
        "\"speaker\":\"Olaf Nord\",\"office\":\"Minister\",\"country\":\"NO\",\"said_on\":null,\"place\":null,"
        "\"position\":\"will\",\"spans\":[[100,134]],\"text\":\"The mackerel treaty will be signed\",\"url\":null,"
        "\"rule\":\"positions.rules:1\"},\"b\":{\"claim\":\"c-bef457563640a1b8\",\"story\":\"fish-2\","
        "\"speaker\":\"Rita Sund\",\"office\":\"Minister\",\"country\":\"IS\",\"said_on\":null,\"place\":null,"
        "\"position\":\"will-not\",\"spans\":[[100,132]],\"text\":\"There will be no mackerel treaty\",\"url\":null,"
        "\"rule\":\"positions.rules:1\"},\"evidence\":2,\"review\":null}\n"));
    store_close(store);
    arena_clear(&arena);
}

static void check_characters(void)
{
    static const struct { const char *name; Span points, bytes; } spans[] = {
        { "before the letter", { 0, 2 }, { 0, 2 } },
        { "the letter",        { 2, 3 }, { 2, 4 } },
        { "behind it",         { 3, 8 }, { 4, 9 } },
        { "the end",           { 8, 8 }, { 9, 9 } },
        { "past the end",      { 9, 30 }, { 9, 9 } },
    };
    static const struct { const char *json; bool ok; Span span; } texts[] = {
        { "[840,894]", true, { 840, 894 } }, { "[0,0]", true, { 0, 0 } }, { "", false, { 0, 0 } },
        { "[5,4]", false, { 0, 0 } }, { "[5,", false, { 0, 0 } }, { "5,6", false, { 0, 0 } },
        { "[99999999999999999999,1]", false, { 0, 0 } },
    };
    for (size_t i = 0; i < BASE_COUNT(spans); i++) {
        Span bytes = row_span_bytes(STR("Br\xC3\xBCssel."), spans[i].points);
        CHECK_ROW(spans[i].name, bytes.from == spans[i].bytes.from && bytes.to == spans[i].bytes.to);
    }
    for (size_t i = 0; i < BASE_COUNT(texts); i++) {
        Span span = { 0, 0 };
        CHECK_ROW(texts[i].json, row_parse_span(str_from(texts[i].json), &span) == texts[i].ok);
        CHECK_ROW(texts[i].json, !texts[i].ok || (span.from == texts[i].span.from && span.to == texts[i].span.to));
    }
    Arena arena = { 0 };
    Spans list = { 0 };
    row_parse_spans(STR("[[1,2],[30,40]]"), &arena, &list);
    CHECK(list.len == 2 && list.ptr[1].from == 30 && list.ptr[1].to == 40);
    arena_clear(&arena);
}

/* ---- questions ------------------------------------------------------------------------------ */

static void check_filters(void)
{
    static const struct {
        const char *name;
        const Listed *list;
        const char *who, *topic, *since, *until, *source, *position, *relation, *grade, *id, *words;
        size_t limit, rows;
    } rows[] = {
        { "all stories", &stories, .rows = 8 },
        { "stories of a day", &stories, .since = "2025-03-01", .until = "2025-03-02", .rows = 2 },
        { "stories by speaker", &stories, .who = "vale", .rows = 2 },
        { "stories by topic", &stories, .topic = "levy", .rows = 2 },
        { "all statements", &statements, .rows = 15 },
        { "statements by part of a name", &statements, .who = "mos", .rows = 3 },
        { "statements by topic", &statements, .topic = "UNION", .rows = 5 },
        { "statements by topic and speaker", &statements, .who = "Vale", .topic = "union", .rows = 3 },
        { "statements by day said", &statements, .until = "2025-02-12", .rows = 2 },
        { "statements of a source", &statements, .source = "WIRE", .rows = 15 },
        { "statements of no source", &statements, .source = "other", .rows = 0 },
        { "statements, first three", &statements, .limit = 3, .rows = 3 },
        { "a wildcard is no wildcard", &statements, .who = "%", .rows = 0 },
        { "an apostrophe is no end", &statements, .who = "' OR 1 --", .rows = 0 },
        { "claims by position", &claims, .position = "will-not", .rows = 5 },
        { "claims by part of a topic", &claims, .topic = "mackerel", .rows = 5 },
        { "pairs by relation", &contradictions, .relation = "self", .rows = 3 },
        { "pairs by grade", &contradictions, .grade = "Contradiction", .rows = 3 },
        { "pairs found since", &contradictions, .since = "2025-03-04", .rows = 1 },
        { "pairs of a speaker", &contradictions, .who = "Ida Moss", .rows = 2 },
        { "pairs by topic", &contradictions, .topic = "union", .rows = 2 },
        { "no id starts so", &contradictions, .id = "x-zz", .rows = 0 },
        { "every id starts so", &contradictions, .id = "x-", .rows = 6 },
        { "one word", &found, .words = "mackerel", .rows = 5 },
        { "another form of a word", &found, .words = "borders", .rows = 2 },
        { "two words", &found, .words = "mackerel signed", .rows = 2 },
        { "a phrase", &found, .words = "\"on the table\"", .rows = 5 },
        { "a phrase in another order", &found, .words = "\"table the on\"", .rows = 0 },
        { "the beginning of a word", &found, .words = "unreal*", .rows = 1 },
        { "a speaker", &found, .words = "Lange", .rows = 2 },
        { "operators are words", &found, .words = "NOT AND OR NEAR(", .rows = 0 },
        { "open mark", &found, .words = "\"on the", .rows = 5 },
        { "marks only", &found, .words = "\"\" - *", .rows = 0 },
        { "words and a speaker", &found, .words = "table", .who = "moss", .rows = 3 },
    };
    Store *store = world_store(NULL);
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        StoreFilter filter;
        size_t n = 0;
        store_filter_init(&filter);
        filter.who = str_from(rows[i].who), filter.topic = str_from(rows[i].topic);
        filter.since = world_date(rows[i].since), filter.until = world_date(rows[i].until);
        filter.source = str_from(rows[i].source), filter.position = str_from(rows[i].position);
        filter.relation = str_from(rows[i].relation), filter.grade = str_from(rows[i].grade);
        filter.id = str_from(rows[i].id), filter.words = str_from(rows[i].words);
        filter.limit = rows[i].limit;
        list_text(store, *rows[i].list, &filter, &n, &arena);
        CHECK_ROW(rows[i].name, n == rows[i].rows);
    }
    store_close(store);
    arena_clear(&arena);
}

static void check_mark(void)
{
    Arena arena = { 0 };
    Store *store = open_store(":memory:", STORE_WRITE);
    StoreFilter filter;
    Error err;
    size_t n;
    store_filter_init(&filter);
    begin(store);
    add_world(store, 0);
    CHECK(store_mark(store, &filter.after, &err));
    StoreOutcome outcome = add_world(store, 1);
    CHECK(outcome.contradictions == 0);                             /* more evidence for pairs on file */
    add_world(store, 2);
    CHECK(add_world(store, 3).contradictions == 1);
    list_text(store, contradictions, &filter, &n, &arena);
    CHECK(n == 1);
    commit(store);
    store_close(store);
    arena_clear(&arena);
}

static void check_ids(void)
{
    static const struct { const char *prefix; bool ok; StoreThing thing; } rows[] = {
        { "fish-1", true, STORE_STORY }, { "turn-1", true, STORE_STORY }, { "fish-f", true, STORE_STORY },
        { "fish", false, STORE_STORY }, { "s-ae145dc7c4b6ee3a", true, STORE_STATEMENT }, { "s-ae145", true, STORE_STATEMENT },
        { "c-9bd608", true, STORE_CLAIM }, { "x-ee1375", true, STORE_CONTRADICTION }, { "s-", false, STORE_STATEMENT },
        { "x-zz", false, STORE_CONTRADICTION }, { "", false, STORE_STORY }, { "'", false, STORE_STORY },
    };
    Store *store = world_store(NULL);
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        StoreThing thing;
        Str id;
        Error err = { 0 };
        bool ok = store_find_id(store, str_from(rows[i].prefix), &arena, &thing, &id, &err);
        CHECK_ROW(rows[i].prefix, ok == rows[i].ok);
        CHECK_ROW(rows[i].prefix, ok ? thing == rows[i].thing : err.kind == ERR_USAGE);
    }
    StatementRow statement;
    Story story;
    Error err = { 0 };
    CHECK(store_get_statement(store, STR("c-9bd608302d3a33ef"), &arena, &statement, &err));
    CHECK(statement.n_claims == 1 && str_equal(statement.id, STR("s-ae145dc7c4b6ee3a")));
    CHECK(store_get_story(store, statement.story, &arena, &story, &err));
    CHECK(story.published == world_date("2025-03-01") && story.text.len == strlen(world_stories[2].text));
    CHECK(!store_get_story(store, STR("no such"), &arena, &story, &err) && err.kind == ERR_USAGE);
    store_close(store);
    arena_clear(&arena);
}

/* ---- files ------------------------------------------------------------------------------------- */

static void write_file(const char *path, const char *bytes, size_t len)
{
    FILE *out = fopen(path, "wb");
    CHECK_ROW(path, out && fwrite(bytes, 1, len, out) == len);
    if (out)
        fclose(out);
}

static void patch_file(const char *path, long at, const char *bytes, size_t len)
{
    FILE *file = fopen(path, "r+b");
    CHECK_ROW(path, file && fseek(file, at, SEEK_SET) == 0 && fwrite(bytes, 1, len, file) == len);
    if (file)
        fclose(file);
}

static void check_bad_files(void)
{
    enum { VERSION_AT = 60, APPLICATION_AT = 68 };       /* in the header of an SQLite file */
    Arena arena = { 0 };
    const char *good = fresh_path(&arena), *noise = path_in_folder("noise", &arena);
    const char *newer = path_in_folder("newer.db", &arena), *other = path_in_folder("other.db", &arena);
    const char *empty = path_in_folder("empty.db", &arena);
    store_close(open_store(good, STORE_WRITE));
    store_close(open_store(good, STORE_READ));
    Str bytes = check_read_file(good, &arena);
    write_file(newer, bytes.ptr, bytes.len);
    patch_file(newer, VERSION_AT, "\0\0\0\x63", 4);
    write_file(other, bytes.ptr, bytes.len);
    patch_file(other, APPLICATION_AT, "\0\0\0\1", 4);
    char *garbage = arena_alloc(&arena, 5000);
    memset(garbage, 'g', 5000);
    write_file(noise, garbage, 5000);
    write_file(empty, "", 0);
    const struct { const char *name, *path; StoreMode mode; const char *text; } rows[] = {
        { "missing", path_in_folder("missing.db", &arena), STORE_READ, "no such database (tracker add makes one)" },
        { "a folder", folder, STORE_WRITE, "is a directory, not a database" },
        { "no folder", path_in_folder("no/such.db", &arena), STORE_WRITE, "cannot be created (No such file or directory)" },
        { "no database", noise, STORE_READ, "not a database" },
        { "no database, to write", noise, STORE_WRITE, "not a database" },
        { "newer", newer, STORE_READ, "was written by a newer tracker (version 99, this one knows 8)" },
        { "newer, to write", newer, STORE_WRITE, "was written by a newer tracker (version 99, this one knows 8)" },
        { "of another program", other, STORE_WRITE, "a database of another program" },
        { "empty", empty, STORE_READ, "empty: no story was added yet" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Error err = { 0 };
        Store *store = store_open(rows[i].path, rows[i].mode, &err);
        CHECK_ROW(rows[i].name, !store && err.kind == ERR_DATABASE && strcmp(err.file, rows[i].path) == 0);
        CHECK_STR(rows[i].name, str_from(err.text), str_from(rows[i].text));
        store_close(store);
    }
    store_close(open_store(empty, STORE_WRITE));                    /* an empty file becomes a database */
    store_close(open_store(empty, STORE_READ));
    arena_clear(&arena);
}

static void check_two_writers(void)
{
    Arena arena = { 0 };
    const char *path = fresh_path(&arena);
    Store *first = open_store(path, STORE_WRITE), *reader = open_store(path, STORE_READ);
    StoreCounts counts;
    Error err;
    begin(first);
    add_world(first, 0);
    CHECK(store_count(reader, &counts, &err) && counts.stories == 0);
    commit(first);
    CHECK(store_count(reader, &counts, &err) && counts.stories == 1);
    CHECK(!store_begin(reader, &err) && err.kind == ERR_DATABASE);
    store_close(reader);
    /* What another adds between two batches is seen, though its day was read before. */
    Store *second = open_store(path, STORE_WRITE);
    begin(first);
    add_world(first, 5);
    commit(first);
    begin(second);
    add_world(second, 2);
    commit(second);
    begin(first);
    CHECK(add_world(first, 3).contradictions == 1);
    commit(first);
    store_close(second);
    store_close(first);
    arena_clear(&arena);
}

static int faults;
static void count_fault(void *user, const Error *err)
{
    (void)user, (void)err;
    faults++;
}

static void check_damage(void)
{
    Arena arena = { 0 };
    const char *path = fresh_path(&arena);
    Store *store = open_store(path, STORE_WRITE);
    Problems problems = { .report = count_fault };
    begin(store);
    for (size_t i = 0; i < BASE_COUNT(world_stories); i++)
        add_world(store, i);
    commit(store);
    store_close(store);
    Str bytes = check_read_file(path, &arena);
    size_t at = str_find(bytes, STR("fish-12025-03-01"), 0);        /* id and day in a row of stories */
    CHECK(at < bytes.len);
    patch_file(path, (long)at, "fash-1", 6);
    store = open_store(path, STORE_READ);
    faults = 0;
    CHECK(!store_check(store, &problems) && faults > 0 && problems.worst == ERR_DATABASE);
    store_close(store);
    arena_clear(&arena);
}

static void remove_files(void)
{
    static const char *const names[] = { "test.db", "noise", "newer.db", "other.db", "empty.db" };
    static const char *const tails[] = { "", "-wal", "-shm" };
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(names); i++)
        for (size_t k = 0; k < BASE_COUNT(tails); k++)
            unlink(str_printf(&arena, "%s%s", path_in_folder(names[i], &arena), tails[k]).ptr);
    CHECK_ROW(folder, rmdir(folder) == 0);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "pairs found", check_pairs_found },
    { "order does not matter", check_order_does_not_matter },
    { "added twice", check_added_twice },
    { "copies and corrections", check_copies },
    { "changed copies", check_changed_copies },
    { "a longer version", check_longer_version },
    { "odd stories", check_odd_stories },
    { "killed", check_killed },
    { "rolled back", check_rollback },
    { "scan and store agree", check_scan_and_store_agree },
    { "the contract of rows", check_contract },
    { "characters and bytes", check_characters },
    { "filters", check_filters },
    { "what is new", check_mark },
    { "ids", check_ids },
    { "bad files", check_bad_files },
    { "a reader beside a writer", check_two_writers },
    { "damage", check_damage },
    { "clean up", remove_files },
};

const TestSuite test_store = SUITE(cases);
