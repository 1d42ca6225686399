/*
 * cli.h - the command line: commands and options as data
 *
 *     tracker claims --who Hegseth --since=2025-02-01 -o claims.csv
 *             ^ CliCommand         ^ CliOption
 *
 * A command is one struct in its own file (cmd_*.c), an option one row of the
 * table in cli.c.  Parsing, --help, the man page's test and the completion all
 * come from these.  To add a command: write cmd_x.c, name it here and in the
 * list in cli.c, describe it in man/tracker.1; the tests say what is missing.
 */
#ifndef TRACKER_CLI_H
#define TRACKER_CLI_H

#include "base/base.h"
#include "base/date.h"

#include <stdio.h>

/* ---- options --------------------------------------------------------------- */

/* What the user chose.  NULL, 0, false and DATE_UNKNOWN where nothing was said. */
typedef struct CliOptions {
    const char *db, *rules, *reports, *output, *out, *format, *color;
    const char *who, *topic, *source, *relation, *grade, *reviewed, *note, *by, *import, *floor, *kind, *uses,
         *map, *country;
    Date as_of, date, since, until;
    int jobs, limit, misses;
    bool quiet, verbose, dry_run, no_gate, exit_code, excel, verbatim, only_new, unreviewed, no_shipped, strict, coverage,
         help, version;
} CliOptions;

/* Which commands take an option. */
enum {
    CLI_EVERYWHERE = 1 << 0,
    CLI_READS      = 1 << 1,         /* reads stories: --date */
    CLI_EXTRACTS   = 1 << 2,         /* --no-gate */
    CLI_PARALLEL   = 1 << 3,         /* --jobs */
    CLI_WRITES     = 1 << 4,         /* --dry-run */
    CLI_FILTERS    = 1 << 5,         /* --who, --topic, --since, ... */
    CLI_PAIRS      = 1 << 6,         /* --relation, --grade, --new, --unreviewed, --reviewed */
    CLI_REPORTS    = 1 << 7,         /* --out, --reports */
    CLI_MEASURES   = 1 << 8,         /* --floor, --misses */
    CLI_REVIEWS_ONE= 1 << 9,         /* --note */
    CLI_REVIEWS_ALL= 1 << 10,        /* --import, and of the filters --reviewed, --since, --until, --limit */
    CLI_REVIEWER   = 1 << 11,        /* --by */
    CLI_CHECKS     = 1 << 12,        /* --strict */
    CLI_TESTS      = 1 << 13,        /* --coverage */
    CLI_RULES      = 1 << 14,        /* --kind, --uses */
    CLI_LIMITS     = 1 << 15,        /* --limit, where there is nothing to filter */
    CLI_IMPORTS    = 1 << 16,        /* --map, --country */
};

typedef enum CliKind { CLI_FLAG, CLI_TEXT, CLI_CHOICE, CLI_DATE, CLI_COUNT } CliKind;

typedef struct CliOption {
    const char *name;                /* without the dashes */
    char letter;                     /* 0: none */
    CliKind kind;
    const char *argument;            /* "FILE"; for a choice its values: "table|csv|json|jsonl" */
    size_t offset;                   /* of its field in CliOptions */
    unsigned groups;
    const char *help;
} CliOption;

const CliOption *cli_options(size_t *n);

/* ---- commands -------------------------------------------------------------- */

struct Session;                      /* cli/session.h */

typedef struct CliCommand {
    const char *name;                /* "add", "rules check" */
    const char *usage;               /* "[FILE|DIR|-]..." */
    const char *summary;             /* one line */
    const char *about;               /* a paragraph for --help */
    const char *examples;            /* lines, each ending in \n */
    size_t min_args, max_args;
    unsigned groups;
    bool (*run)(struct Session *session);      /* false: with --exit-code, 1; errors go to session->problems */
} CliCommand;

extern const CliCommand cmd_add, cmd_scan, cmd_read, cmd_statements, cmd_claims, cmd_contradictions, cmd_show,
    cmd_search, cmd_review, cmd_reviews, cmd_rescan, cmd_report, cmd_eval, cmd_rules_check, cmd_rules_why, cmd_rules_test,
    cmd_rules_list, cmd_rules_cost, cmd_rules_new, cmd_rules_try, cmd_officials_check, cmd_officials_show, cmd_officials_on, cmd_officials_import,
    cmd_db_check, cmd_db_upgrade;

const CliCommand *const *cli_commands(size_t *n);

/* ---- parsing --------------------------------------------------------------- */

typedef struct Cli {
    const CliCommand *command;       /* NULL where none was named */
    CliOptions options;
    Strs args;                       /* what is left; NUL-terminated, since it comes from argv */
} Cli;

/* False with an error that says what is wrong and what may have been meant. */
bool cli_parse(int argc, char *const *argv, Arena *arena, Cli *out, Error *err);

void cli_help(const CliCommand *command, FILE *out);       /* NULL: the whole program */
void cli_hello(FILE *out);                                 /* what no arguments give */
/* Valid UTF-8 for a terminal: stories are untrusted, so control characters become blanks. */
void cli_print(FILE *out, Str text);
/* One paragraph folded to 79 columns and a line feed; the first line starts in column `at`, the others indented. */
void cli_wrap(FILE *out, Str text, int at, int indent);

#endif
