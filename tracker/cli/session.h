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

typedef struct RuleSources { RuleSource *ptr; size_t len, cap; } RuleSources;
typedef struct LineReader { FILE *in; int line; char file[256], text[4096]; } LineReader;

typedef struct Session {
    Cli cli;
    Arena *arena;                    /* lives as long as the run */
    Problems problems;
    const char *program;             /* argv[0]: rules and reports are found from where it lies */
    RuleSources rule_sources;        /* once found; see session_rule_sources */
    LineReader reader;               /* of the file that holds the last error shown */
    FILE *out;                       /* once opened; see session_out */
    const char *temporary;           /* what -o FILE is called until it is whole */
    size_t skipped;                  /* errors of input so far: stories that could not be read */
    uint64_t foreign, undated;       /* stories not in English; without a date */
    uint64_t claims, contradictions; /* found so far, for progress */
    double started, drawn;           /* progress: seconds; drawn 0 = no line stands there */
} Session;

/* Runs the command; the exit code. */
int session_run(Session *session);

const char *session_reports_folder(Session *session);      /* NULL after reporting */

/*
 * The rules: the shipped ones, and over them the folder of --rules, else of TRACKER_RULES, else
 * ~/.config/tracker/rules.  NULL after reporting that there are none.
 */
const RuleSources *session_rule_sources(Session *session);
/*
 * The files that the command line names: each is loaded over the others unless it lies in one of their folders.
 * Appends what errors call them; false after reporting.
 */
bool session_name_rule_files(Session *session, Strs *files);
/* Errors are told in order of file and line.  False if nothing is sound: then nothing is to be cleared. */
bool session_load_rules(Session *session, Rules *rules);
const char *session_rule_path(const Session *session, const char *file);     /* of a file as errors name it */
void session_show_line(Session *session, const Error *err);                  /* with a caret, on stderr */

/* Errors that wait until all are known. */
typedef struct ErrorList { Arena *arena; Error *ptr; size_t len, cap, dropped; } ErrorList;
void error_list_add(void *list, const Error *err);         /* a Problems.report */
void error_list_sort(ErrorList *list);
void error_list_tell(const ErrorList *list, Problems *problems);
/*
 * Those of the named files, sorted; of all files where none is named, but then without the warnings of shipped rules
 * that lie below the user's own.  Warnings are errors with --strict.  Told one by one, or with --format as rows.
 */
void session_show_errors(Session *session, ErrorList *errors, const Strs *files);
bool session_is_named(const Strs *files, const char *file);      /* true where none is named */

Store *session_store_open(Session *session, StoreMode mode);
const char *session_database(const Session *session);
double session_seconds(void);                              /* of a clock that only goes forward */
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
/* Counts a story's language and date for session_remarks(); told in detail with -v. */
void session_note_story(Session *session, const Story *story);
/* What there is to know of the stories that were read: "; 2 not in English, passed over; 3 without a date"; or "". */
Str session_remarks(Session *session);
/* "1 story", "21,559 stories" */
Str session_count(Session *session, uint64_t n, const char *one, const char *many);

#endif
