#include "cli/rescan.h"

typedef struct Rescan {
    Session *session;
    const Rules *rules;
    Draft *draft;
    Arena scratch;
    uint64_t stories, bytes;
    bool failed;
} Rescan;

static bool report(Rescan *rescan, const Error *err)
{
    problems_add(&rescan->session->problems, err);
    rescan->failed = true;
    return false;
}

static bool next_story(void *user, Arena *arena, Story *out)
{
    Rescan *rescan = user;
    Error err;
    if (rescan->failed)
        return false;
    return store_draft_next(rescan->draft, arena, out, &err) || (err.kind && report(rescan, &err));
}

static bool add_story(void *user, const Story *story, const Statements *statements)
{
    Rescan *rescan = user;
    Error err;
    bool ok = store_draft_add(rescan->draft, rescan->rules, story, statements, &rescan->scratch, &err) ||
              report(rescan, &err);
    arena_reset(&rescan->scratch);
    rescan->bytes += story->text.len;
    session_progress(rescan->session, ++rescan->stories, rescan->bytes);
    return ok;
}

static bool read_stories(Rescan *rescan)
{
    const CliOptions *options = &rescan->session->cli.options;
    PipelineOptions how = { .jobs = options->jobs, .extract.no_gate = options->no_gate };
    pipeline_run_from(rescan->rules, next_story, rescan, how, add_story, rescan, &rescan->session->problems);
    return !rescan->failed;
}

bool rescan_run(Session *session, Store *store, const Rules *rules, bool keep, DraftEach *each, void *user,
                DraftSummary *summary)
{
    Error err;
    Rescan rescan = { .session = session, .rules = rules };
    bool ok = false;
    rescan.draft = store_draft_open(store, keep, &err);
    if (!rescan.draft)
        return report(&rescan, &err);
    arena_init(&rescan.scratch);
    if (!read_stories(&rescan))
        goto done;
    /* With the lock, the few stories that came in meanwhile. */
    if (keep && !(store_draft_lock(rescan.draft, &err) || report(&rescan, &err)))
        goto done;
    if (keep && !read_stories(&rescan))
        goto done;
    ok = (store_draft_compare(rescan.draft, each, user, summary, &err) &&
          (!keep || store_draft_keep(rescan.draft, rules, summary, &err))) || report(&rescan, &err);
done:
    store_draft_close(rescan.draft);
    arena_clear(&rescan.scratch);
    return ok;
}

static Str say_counts(Session *session, const char *what, const DraftCounts *counts)
{
    return str_printf(session->arena, "%s %.*s -> %.*s: %.*s, %.*s, %.*s", what,
                      STR_ARG(str_trim(session_count(session, (uint64_t)counts->before, "", ""))),
                      STR_ARG(str_trim(session_count(session, (uint64_t)counts->after, "", ""))),
                      STR_ARG(session_count(session, (uint64_t)counts->gained, "gained", "gained")),
                      STR_ARG(session_count(session, (uint64_t)counts->lost, "lost", "lost")),
                      STR_ARG(session_count(session, (uint64_t)counts->changed, "changed", "changed")));
}

void rescan_say(Session *session, const DraftSummary *summary)
{
    Str claims = say_counts(session, "claims", &summary->claims), pairs = say_counts(session, "pairs", &summary->pairs);
    Str reviews = STR("");
    if (summary->reviewed_lost)
        reviews = str_printf(session->arena, "; of the lost, %lld reviewed", (long long)summary->reviewed_lost);
    if (summary->reviews_carried)
        reviews = str_printf(session->arena, "%.*s; %.*s carried over", STR_ARG(reviews),
                             STR_ARG(session_count(session, (uint64_t)summary->reviews_carried, "review", "reviews")));
    session_say(session, "%s%.*s; %.*s; %.*s%.*s", session->cli.options.dry_run ? "dry run: " : "",
                STR_ARG(session_count(session, (uint64_t)summary->stories, "story", "stories")), STR_ARG(claims),
                STR_ARG(pairs), STR_ARG(reviews));
}
