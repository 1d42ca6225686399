/*
 * session.h - one run of one command: rules, output and talk
 *
 *     rules/topics/nato.rules:14:22: error: missing closing parenthesis
 *       about   (join|joining NATO
 *               ^
 *
 * stdout (or -o FILE) is data, stderr is talk, and only this folder prints.
 * Errors are printed as they come; the worst one is the exit code.
 */
#ifndef TRACKER_SESSION_H
#define TRACKER_SESSION_H

#include "base/sink.h"
#include "cli/cli.h"
#include "cli/pipeline.h"
#include "engine/rules.h"
#include "record/store.h"

typedef struct Session {
    Cli cli;
    Arena *arena;                    /* lives as long as the run */
    Problems problems;
    const char *program;             /* argv[0]: rules and reports are found from where it lies */
    const char *rules_folder;        /* once found: where errors look up their lines */
    FILE *out;                       /* once opened; see session_out */
    const char *temporary;           /* what -o FILE is called until it is whole */
    size_t skipped;                  /* errors of input so far: stories that could not be read */
    double started, drawn;           /* progress: seconds; drawn 0 = no line stands there */
} Session;

/* Runs the command; the exit code. */
int session_run(Session *session);

/* Folders of data; NULL after reporting. */
const char *session_rules_folder(Session *session);
const char *session_reports_folder(Session *session);
bool session_load_rules(Session *session, Rules *rules);   /* all of them sound, or false and nothing to clear */
Store *session_store_open(Session *session, StoreMode mode);
const char *session_database(const Session *session);
Date session_today(const Session *session);                /* --as-of, else the clock's day in UTC */

FILE *session_out(Session *session);                       /* stdout or -o FILE; NULL after reporting */
bool session_color(const Session *session);                /* in what goes to session_out */
bool session_is_table(const Session *session);             /* for people: asked for, or a terminal */
Sink *session_sink_open(Session *session, const SinkColumn *columns, size_t n_columns);
bool session_sink_close(Session *session, Sink *sink);     /* true if there was a row */

/* Every story of the arguments (none: standard input) through the pipeline. */
void session_extract(Session *session, const Rules *rules, PipelineEach *each, void *user);
Input *session_input_open(Session *session);

/* Talk, on stderr: the first unless -q, the second with -v only. */
void session_say(Session *session, const char *format, ...) BASE_PRINTF(2, 3);
void session_detail(Session *session, const char *format, ...) BASE_PRINTF(2, 3);
/* A line that counts, on a terminal and after a second only. */
void session_progress(Session *session, uint64_t stories, uint64_t bytes);
/* "1 story", "21,559 stories" */
Str session_count(Session *session, uint64_t n, const char *one, const char *many);

#endif
