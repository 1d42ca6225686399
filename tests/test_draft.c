#include "check.h"
#include "record_world.h"

#define FISH_PAIR "x-ee1375444c042638"

/* ---- helpers ------------------------------------------------------------------ */

/* What other rules make of the world; NULL in a field: as it was. */
typedef struct Reading {
    const char *words;                   /* of the claim that is read differently */
    const char *topic, *position;
    bool lost;
} Reading;

static void read_world(size_t i, const Reading *reading, Arena *arena, Story *story, Statements *statements)
{
    world_story(&world_stories[i], arena, story, statements);
    for (size_t k = 0; reading && k < statements->len; k++) {
        Statement *statement = &statements->ptr[k];
        if (!str_equal(statement->text, str_from(reading->words)))
            continue;
        if (reading->lost)
            statement->n_claims = 0;
        if (reading->topic)
            statement->claims[0].topic = statement->claims[0].topic_label = str_from(reading->topic);
        if (reading->position) {
            statement->claims[0].position = str_from(reading->position);
            statement->claims[0].side = -statement->claims[0].side;
        }
    }
}

typedef struct Seen { Arena *arena; Str text; } Seen;

/* "changed claim Kurt Lange: position will -> will-not" */
static bool see(void *user, const ChangeRow *change)
{
    Seen *seen = user;
    seen->text = str_printf(seen->arena, "%.*s%.*s %.*s %.*s%s%.*s%s%.*s\n", STR_ARG(seen->text),
                            STR_ARG(change->change), STR_ARG(change->thing), STR_ARG(change->a.speaker),
                            change->b.speaker.len ? "/" : "", STR_ARG(change->b.speaker), change->what.len ? ": " : "",
                            STR_ARG(change->what));
    return true;
}

static Str reread(Store *store, const Reading *reading, bool keep, DraftSummary *summary, Arena *arena)
{
    Error err = { 0 };
    Rules rules = world_rules();
    Seen seen = { .arena = arena, .text = STR("") };
    Draft *draft = store_draft_open(store, keep, &err);
    CHECK_ROW(err.text, draft != NULL);
    Story story;
    size_t i = 0;
    for (; store_draft_next(draft, arena, &story, &err); i++) {
        Story read;
        Statements statements;
        read_world(i, reading, arena, &read, &statements);
        CHECK_STR(world_stories[i].id, story.text, read.text);
        CHECK(story.published == read.published && str_equal(story.id, read.id));
        CHECK_ROW(err.text, store_draft_add(draft, &rules, &story, &statements, arena, &err));
    }
    CHECK(i == BASE_COUNT(world_stories) && err.kind == ERR_NONE);
    CHECK_ROW(err.text, !keep || store_draft_lock(draft, &err));
    CHECK_ROW(err.text, store_draft_compare(draft, see, &seen, summary, &err));
    CHECK_ROW(err.text, !keep || store_draft_keep(draft, &rules, summary, &err));
    store_draft_close(draft);
    Problems problems = { 0 };
    CHECK(store_check(store, &problems));
    return seen.text;
}

static Str verdict_of(Store *store, const char *pair, Arena *arena)
{
    ContradictionRow row;
    Error err;
    return store_get_contradiction(store, str_from(pair), arena, &row, &err) ? row.review : STR("no such pair");
}

static void review(Store *store, const char *verdict, const char *time)
{
    Error err = { 0 };
    ReviewRow row = { .contradiction = STR(FISH_PAIR), .verdict = str_from(verdict), .reviewer = STR("ada"),
                      .reviewed_utc = str_from(time) };
    CHECK_ROW(err.text, store_begin(store, &err) && store_review_pair(store, &row, &err) && store_commit(store, &err));
}

/* ---- tests -------------------------------------------------------------------- */

static void check_same_rules(void)
{
    Arena arena = { 0 };
    DraftSummary summary;
    Store *store = world_store(NULL);
    for (int keep = 0; keep < 2; keep++) {
        CHECK_STR("nothing", reread(store, NULL, keep, &summary, &arena), STR(""));
        CHECK(summary.stories == BASE_COUNT(world_stories) && summary.claims.before == BASE_COUNT(world_claims));
        CHECK(summary.claims.after == summary.claims.before && summary.pairs.before == 6 && summary.pairs.after == 6);
    }
    store_close(store);
    arena_clear(&arena);
}

static const struct { const char *name; Reading reading; const char *changes; } rows[] = {
    { "lost", { .words = "The mackerel treaty will be signed", .lost = true },
      "lost claim Olaf Nord\n"
      "lost pair Olaf Nord/Rita Sund\n" },
    { "another topic", { .words = "We will not raise the levy", .topic = "tax" },
      "changed claim Kurt Lange: topic levy -> tax\n"
      "lost pair Kurt Lange/Kurt Lange\n" },
    /* Of two stories; her other words now stand against his. */
    { "another position", { .words = "There will be no mackerel treaty", .position = "will" },
      "changed claim Rita Sund: position will-not -> will\n"
      "changed claim Rita Sund: position will-not -> will\n"
      "lost pair Olaf Nord/Rita Sund\n"
      "gained pair Olaf Nord/Rita Sund\n" },
};

/* A draft that is not kept changes nothing; one that is kept leaves what it said, and the other way is back. */
static void check_changes(void)
{
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena = { 0 };
        DraftSummary tried, kept, again, back;
        Store *store = world_store(NULL);
        Str want = str_from(rows[i].changes);
        CHECK_STR(rows[i].name, reread(store, &rows[i].reading, false, &tried, &arena), want);
        CHECK_STR(rows[i].name, reread(store, &rows[i].reading, true, &kept, &arena), want);
        CHECK_STR(rows[i].name, reread(store, &rows[i].reading, false, &again, &arena), STR(""));
        CHECK_ROW(rows[i].name, tried.pairs.lost == kept.pairs.lost && again.pairs.before == kept.pairs.after);
        reread(store, NULL, true, &back, &arena);
        CHECK_ROW(rows[i].name, back.pairs.gained == kept.pairs.lost && back.claims.gained == kept.claims.lost);
        store_close(store);
        arena_clear(&arena);
    }
}

/* The review of a pair that vanishes waits, and counts when the pair is back. */
static void check_review_waits(void)
{
    Arena arena = { 0 };
    DraftSummary summary;
    Reading lost = { .words = "The mackerel treaty will be signed", .lost = true };
    Store *store = world_store(NULL);
    review(store, "wrong", "2025-03-05T10:00:00Z");
    reread(store, &lost, true, &summary, &arena);
    CHECK(summary.reviewed_lost == 1 && summary.reviews_carried == 0);
    CHECK_STR("gone", verdict_of(store, FISH_PAIR, &arena), STR("no such pair"));
    reread(store, NULL, true, &summary, &arena);
    CHECK_STR("back", verdict_of(store, FISH_PAIR, &arena), STR("wrong"));
    store_close(store);
    arena_clear(&arena);
}

/* Rules that give a topic another name give its pairs other ids: the review goes along, and a later one back. */
static void check_review_goes_along(void)
{
    Arena arena = { 0 };
    DraftSummary summary;
    StoreCounts counts;
    Error err;
    Reading renamed = { .words = "The mackerel treaty will be signed", .topic = "mackerel" };
    Store *store = world_store(NULL);
    review(store, "wrong", "2025-03-05T10:00:00Z");
    CHECK_STR("renamed", reread(store, &renamed, true, &summary, &arena), STR(
        "changed claim Olaf Nord: topic mackerel-treaty -> mackerel\n"
        "changed pair Olaf Nord/Rita Sund: topic mackerel-treaty -> mackerel\n"));
    CHECK(summary.reviews_carried == 1 && summary.reviewed_lost == 0);
    CHECK_STR("not under the old id", verdict_of(store, FISH_PAIR, &arena), STR("no such pair"));
    CHECK(store_count(store, &counts, &err) && counts.reviews == 2);
    reread(store, NULL, true, &summary, &arena);
    CHECK(summary.reviews_carried == 0);         /* it has its own, as new */
    CHECK_STR("back", verdict_of(store, FISH_PAIR, &arena), STR("wrong"));
    store_close(store);
    arena_clear(&arena);
}

/* Stories that come in while a draft is made are read before it is kept. */
static void check_added_meanwhile(void)
{
    Arena arena = { 0 };
    Error err = { 0 };
    Rules rules = world_rules();
    DraftSummary summary;
    Store *store = world_store(NULL);
    Draft *draft = store_draft_open(store, true, &err);
    Story story, late = { .id = STR("late"), .text = STR("Nothing was said."), .published = DATE_UNKNOWN };
    Statements none = { 0 };
    StoreOutcome outcome;
    for (size_t i = 0; store_draft_next(draft, &arena, &story, &err); i++) {
        Statements statements;
        read_world(i, NULL, &arena, &story, &statements);
        CHECK(store_draft_add(draft, &rules, &story, &statements, &arena, &err));
    }
    CHECK(store_begin(store, &err) && store_add_story(store, &rules, &late, &none, &arena, &outcome, &err));
    CHECK(store_commit(store, &err) && store_draft_lock(draft, &err));
    CHECK(store_draft_next(draft, &arena, &story, &err) && str_equal(story.id, STR("late")));
    CHECK(store_draft_add(draft, &rules, &story, &none, &arena, &err));
    CHECK(!store_draft_next(draft, &arena, &story, &err) && err.kind == ERR_NONE);
    CHECK(store_draft_compare(draft, NULL, NULL, &summary, &err) && summary.stories == BASE_COUNT(world_stories) + 1);
    CHECK(store_draft_keep(draft, &rules, &summary, &err));
    store_draft_close(draft);
    CHECK(store_get_story(store, STR("late"), &arena, &story, &err));
    store_close(store);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "the same rules change nothing", check_same_rules },
    { "what other rules change", check_changes },
    { "a review waits", check_review_waits },
    { "a review goes along", check_review_goes_along },
    { "stories added meanwhile", check_added_meanwhile },
};

const TestSuite test_draft = SUITE(cases);
