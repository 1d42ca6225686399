#include "cli/pipeline.h"

#include <pthread.h>
#include <unistd.h>

enum {
    PIPELINE_JOBS_MAX = 64,
    BATCH_STORIES = 32,                      /* enough that locking costs nothing beside extracting */
    BATCH_BYTES = 128 * 1024,
    BATCHES_PER_JOB = 4,
    FLIGHT_BYTES = 32 * 1024 * 1024,         /* text between reading and delivery: bounds memory for big stories */
};

typedef struct Errors { Error *ptr; size_t len, cap; } Errors;

typedef struct Batch {
    Arena arena;                             /* of the texts and of all that is made of them */
    Story stories[BATCH_STORIES];
    Statements statements[BATCH_STORIES];
    Errors errors[BATCH_STORIES];            /* of rules, found while extracting */
    size_t len, bytes;
    bool done;
} Batch;

/* Batches are counted from 0; batch i lives in ring[i % n_ring]:  delivered <= taken <= filled <= delivered + n_ring */
typedef struct Pipeline {
    const Rules *rules;
    PipelineNext *next;
    void *next_user;
    PipelineOptions options;
    pthread_t workers[PIPELINE_JOBS_MAX];
    int n_workers;
    Batch *ring;
    size_t n_ring;
    size_t filled, delivered;                /* the main thread's; workers read `filled` under the lock */
    size_t flight_bytes;

    pthread_mutex_t lock;                    /* guards what follows, `filled` and Batch.done */
    pthread_cond_t work, done;
    size_t taken;
    bool stop;
} Pipeline;

typedef struct Collector { Errors *errors; Arena *arena; } Collector;

static void collect(void *user, const Error *err)
{
    Collector *to = user;
    LIST_PUSH(to->arena, to->errors, *err);
}

static void extract_batch(Extractor *extractor, Batch *batch)
{
    for (size_t i = 0; i < batch->len; i++) {
        Collector to = { &batch->errors[i], &batch->arena };
        Problems problems = { .report = collect, .user = &to };
        if (!story_is_foreign(&batch->stories[i]))
            extract_story(extractor, &batch->stories[i], &batch->arena, &batch->statements[i], &problems);
    }
}

static void *work(void *user)
{
    Pipeline *pipe = user;
    Extractor *extractor = extractor_open(pipe->rules, pipe->options.extract);
    pthread_mutex_lock(&pipe->lock);
    for (;;) {
        while (!pipe->stop && pipe->taken == pipe->filled)
            pthread_cond_wait(&pipe->work, &pipe->lock);
        if (pipe->stop)
            break;
        Batch *batch = &pipe->ring[pipe->taken++ % pipe->n_ring];
        pthread_mutex_unlock(&pipe->lock);
        extract_batch(extractor, batch);
        pthread_mutex_lock(&pipe->lock);
        batch->done = true;
        pthread_cond_signal(&pipe->done);
    }
    pthread_mutex_unlock(&pipe->lock);
    extractor_close(extractor);
    return NULL;
}

/* A worker for each batch until there are enough: one story needs one, and one Extractor. */
static bool start_worker(Pipeline *pipe, Problems *problems)
{
    if (pipe->n_workers == pipe->options.jobs)
        return true;
    if (pthread_create(&pipe->workers[pipe->n_workers], NULL, work, pipe) == 0)
        pipe->n_workers++;
    if (pipe->n_workers == 0)
        problems_addf(problems, ERR_INPUT, NULL, 0, 0, "cannot start a thread");
    return pipe->n_workers > 0;
}

/* False when the input is at its end. */
static bool fill(Pipeline *pipe)
{
    Batch *batch = &pipe->ring[pipe->filled % pipe->n_ring];
    batch->len = batch->bytes = 0;
    batch->done = false;
    bool more = true;
    while (batch->len < BATCH_STORIES && batch->bytes < BATCH_BYTES) {
        Story *story = &batch->stories[batch->len];
        *story = (Story){ 0 };
        more = pipe->next(pipe->next_user, &batch->arena, story);
        if (!more)
            break;
        batch->statements[batch->len] = (Statements){ 0 };
        batch->errors[batch->len] = (Errors){ 0 };
        batch->len++;
        batch->bytes += story->text.len;
    }
    if (batch->len) {
        pipe->flight_bytes += batch->bytes;
        pthread_mutex_lock(&pipe->lock);
        pipe->filled++;
        pthread_cond_signal(&pipe->work);
        pthread_mutex_unlock(&pipe->lock);
    }
    return more;
}

/* Every worker meets the same bad rule: the user hears of it once. */
static void report_once(const Errors *errors, Arena *arena, Errors *seen, Problems *problems)
{
    for (size_t i = 0; i < errors->len; i++) {
        const Error *err = &errors->ptr[i];
        bool known = false;
        for (size_t k = 0; k < seen->len && !known; k++)
            known = seen->ptr[k].line == err->line && seen->ptr[k].col == err->col &&
                    str_equal(str_from(seen->ptr[k].file), str_from(err->file));
        if (!known) {
            LIST_PUSH(arena, seen, *err);
            problems_add(problems, err);
        }
    }
}

void pipeline_run_from(const Rules *rules, PipelineNext *next, void *next_user, PipelineOptions options,
                       PipelineEach *each, void *user, Problems *problems)
{
    if (options.jobs <= 0)
        options.jobs = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (options.jobs < 1)
        options.jobs = 1;
    if (options.jobs > PIPELINE_JOBS_MAX)
        options.jobs = PIPELINE_JOBS_MAX;

    Arena arena;
    arena_init(&arena);
    Pipeline pipe = { .rules = rules, .next = next, .next_user = next_user, .options = options,
                      .n_ring = (size_t)options.jobs * BATCHES_PER_JOB };
    pipe.ring = ARENA_ARRAY(&arena, Batch, pipe.n_ring);
    pthread_mutex_init(&pipe.lock, NULL);
    pthread_cond_init(&pipe.work, NULL);
    pthread_cond_init(&pipe.done, NULL);

    Errors seen = { 0 };
    bool more = true, going = true;
    while (going) {
        while (more && going && pipe.filled - pipe.delivered < pipe.n_ring && pipe.flight_bytes < FLIGHT_BYTES) {
            more = fill(&pipe);
            if (pipe.filled > pipe.delivered)
                going = start_worker(&pipe, problems);
            pthread_mutex_lock(&pipe.lock);
            bool ready = pipe.filled > pipe.delivered && pipe.ring[pipe.delivered % pipe.n_ring].done;
            pthread_mutex_unlock(&pipe.lock);
            if (ready)
                break;                       /* what is done goes out before more comes in */
        }
        if (!going || pipe.filled == pipe.delivered)
            break;
        Batch *batch = &pipe.ring[pipe.delivered % pipe.n_ring];
        pthread_mutex_lock(&pipe.lock);
        while (!batch->done)
            pthread_cond_wait(&pipe.done, &pipe.lock);
        pthread_mutex_unlock(&pipe.lock);
        for (size_t i = 0; going && i < batch->len; i++) {
            report_once(&batch->errors[i], &arena, &seen, problems);
            going = each(user, &batch->stories[i], &batch->statements[i]);
        }
        pipe.flight_bytes -= batch->bytes;
        arena_reset(&batch->arena);
        pipe.delivered++;
    }

    pthread_mutex_lock(&pipe.lock);
    pipe.stop = true;
    pthread_cond_broadcast(&pipe.work);
    pthread_mutex_unlock(&pipe.lock);
    for (int i = 0; i < pipe.n_workers; i++)
        pthread_join(pipe.workers[i], NULL);
    for (size_t i = 0; i < pipe.n_ring; i++)
        arena_clear(&pipe.ring[i].arena);
    pthread_cond_destroy(&pipe.done);
    pthread_cond_destroy(&pipe.work);
    pthread_mutex_destroy(&pipe.lock);
    arena_clear(&arena);
}

static bool next_of_input(void *user, Arena *arena, Story *out)
{
    return input_next(user, arena, out);
}

void pipeline_run(const Rules *rules, Input *input, PipelineOptions options,
                  PipelineEach *each, void *user, Problems *problems)
{
    pipeline_run_from(rules, next_of_input, input, options, each, user, problems);
}
