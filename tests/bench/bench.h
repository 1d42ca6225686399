/*
 * bench.h - what the files of the bench share: runs of the program and the rows that tell of them
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include "base/base.h"
#include "base/date.h"
#include "read/story.h"

#include <stdio.h>

typedef struct Load { const char *path; double mb; size_t stories; } Load;
typedef struct Result { double seconds, cpu_seconds; long peak_kb; } Result;

_Noreturn void bench_die(const char *what);
/* A command to its end; a failure ends the bench. */
Result bench_run(char *const *command);
/* "what  seconds  MB/s  stories/s  peak MB"; `what` of any length. */
void bench_print_row(const char *what, Load load, Result result);
void bench_remove_database(const char *path);

/* Every `step`-th of the fixtures' stories from the `first` as JSON Lines, with other numbers in each round; how many
 * bytes.  published: DATE_UNKNOWN leaves each its own day, moved by the round. */
size_t bench_write_round(FILE *out, int first, int step, int round, Date published);

/*
 * Stories added to an empty database and to one with so many claims on file, which is made in the folder and removed
 * again.  more: stories as JSON Lines to draw from instead of the fixtures', or NULL.  No text is both on file and
 * added: news tells of the same matters, not in the same words.
 */
void bench_grow(const char *tracker, const char *folder, const char *more, long long claims);

#endif
