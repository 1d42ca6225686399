#include "cli/cli.h"

#include "base/utf8.h"
#include "engine/rulefile.h"

#include <stdlib.h>
#include <string.h>

/* ---- the tables ------------------------------------------------------------ */

#define FIELD(name) offsetof(CliOptions, name)

static const CliOption options[] = {
    { "date", 0, CLI_DATE, "DATE", FIELD(date), CLI_READS,
      "the day of stories that have none" },
    { "dry-run", 'n', CLI_FLAG, NULL, FIELD(dry_run), CLI_WRITES,
      "store nothing, but say what would be new or changed" },
    { "jobs", 0, CLI_COUNT, "N", FIELD(jobs), CLI_PARALLEL,
      "threads that extract (default: one per core)" },
    { "no-gate", 0, CLI_FLAG, NULL, FIELD(no_gate), CLI_EXTRACTS,
      "try every rule on every sentence: slow, same answers" },
    { "who", 0, CLI_TEXT, "NAME", FIELD(who), CLI_FILTERS,
      "only this speaker; part of a name is enough" },
    { "topic", 0, CLI_TEXT, "TOPIC", FIELD(topic), CLI_FILTERS,
      "only this topic; part of its name or label is enough" },
    { "since", 0, CLI_DATE, "DATE", FIELD(since), CLI_FILTERS | CLI_REVIEWS_ALL,
      "only what was said (reviewed) on this day or later" },
    { "until", 0, CLI_DATE, "DATE", FIELD(until), CLI_FILTERS | CLI_REVIEWS_ALL,
      "only what was said (reviewed) on this day or earlier" },
    { "source", 0, CLI_TEXT, "NAME", FIELD(source), CLI_FILTERS,
      "only stories of this source" },
    { "relation", 0, CLI_CHOICE, "same-government|different-governments|self", FIELD(relation), CLI_PAIRS,
      "only pairs of officials so related" },
    { "grade", 0, CLI_CHOICE, "contradiction|tension|reversal", FIELD(grade), CLI_PAIRS,
      "only pairs of this grade" },
    { "new", 0, CLI_FLAG, NULL, FIELD(only_new), CLI_PAIRS,
      "only pairs found today (see --as-of)" },
    { "unreviewed", 0, CLI_FLAG, NULL, FIELD(unreviewed), CLI_PAIRS,
      "only pairs that nobody has reviewed" },
    { "reviewed", 0, CLI_CHOICE, "ok|wrong|unsure|any", FIELD(reviewed), CLI_PAIRS | CLI_REVIEWS_ALL,
      "only what was reviewed so" },
    { "note", 'm', CLI_TEXT, "NOTE", FIELD(note), CLI_REVIEWS_ONE,
      "why, in a few words" },
    { "by", 0, CLI_TEXT, "NAME", FIELD(by), CLI_REVIEWER,
      "who reviews (default: your user name); in a list, only theirs" },
    { "import", 0, CLI_TEXT, "FILE", FIELD(import), CLI_REVIEWS_ALL,
      "take in reviews, as CSV or JSON Lines; - for standard input" },
    { "limit", 0, CLI_COUNT, "N", FIELD(limit), CLI_FILTERS | CLI_REVIEWS_ALL | CLI_LIMITS,
      "at most N rows" },
    { "out", 0, CLI_TEXT, "DIR", FIELD(out), CLI_REPORTS,
      "folder for the reports; made if it is missing" },
    { "reports", 0, CLI_TEXT, "DIR", FIELD(reports), CLI_REPORTS,
      "folder of *.sql (default: $TRACKER_REPORTS, else the shipped one)" },
    { "floor", 0, CLI_TEXT, "NAME=VALUE,...", FIELD(floor), CLI_MEASURES,
      "exit with 1 if a figure is below its floor" },
    { "misses", 0, CLI_COUNT, "N", FIELD(misses), CLI_MEASURES,
      "show N that were missed and N that were wrongly found" },
    { "strict", 0, CLI_FLAG, NULL, FIELD(strict), CLI_CHECKS,
      "warnings are errors" },
    { "coverage", 0, CLI_FLAG, NULL, FIELD(coverage), CLI_TESTS,
      "also list the phrases that no test hits" },
    { "kind", 0, CLI_CHOICE, "topic|position|modifier|verb|attribution|list|sense|opposite", FIELD(kind), CLI_RULES,
      "only stanzas of this kind" },
    { "uses", 0, CLI_TEXT, "WORD", FIELD(uses), CLI_RULES,
      "only stanzas that use this word, in any form" },
    { "map", 0, CLI_TEXT, "COLUMN=HEADER,...", FIELD(map), CLI_IMPORTS,
      "what the spreadsheet calls a column" },
    { "country", 0, CLI_TEXT, "COUNTRY", FIELD(country), CLI_IMPORTS,
      "the country of rows that name none" },

    { "db", 0, CLI_TEXT, "FILE", FIELD(db), CLI_EVERYWHERE,
      "database (default: $TRACKER_DB, else tracker.db)" },
    { "rules", 0, CLI_TEXT, "DIR", FIELD(rules), CLI_EVERYWHERE,
      "your rules, over the shipped ones (default: $TRACKER_RULES)" },
    { "no-shipped", 0, CLI_FLAG, NULL, FIELD(no_shipped), CLI_EVERYWHERE,
      "your rules alone, without the shipped ones" },
    { "format", 0, CLI_CHOICE, "table|csv|json|jsonl", FIELD(format), CLI_EVERYWHERE,
      "default: table on a terminal, csv elsewhere" },
    { "output", 'o', CLI_TEXT, "FILE", FIELD(output), CLI_EVERYWHERE,
      "write data to FILE, which appears when it is whole" },
    { "excel", 0, CLI_FLAG, NULL, FIELD(excel), CLI_EVERYWHERE,
      "csv with byte order mark and CRLF" },
    { "verbatim", 0, CLI_FLAG, NULL, FIELD(verbatim), CLI_EVERYWHERE,
      "csv cells as they are, also those a spreadsheet would run" },
    { "exit-code", 0, CLI_FLAG, NULL, FIELD(exit_code), CLI_EVERYWHERE,
      "exit with 1 if pairs were found, or nothing listed, or changed" },
    { "as-of", 0, CLI_DATE, "DATE", FIELD(as_of), CLI_EVERYWHERE,
      "the day that counts as today" },
    { "color", 0, CLI_CHOICE, "auto|always|never", FIELD(color), CLI_EVERYWHERE,
      "default: auto, which obeys NO_COLOR and TERM=dumb" },
    { "quiet", 'q', CLI_FLAG, NULL, FIELD(quiet), CLI_EVERYWHERE,
      "errors only" },
    { "verbose", 'v', CLI_FLAG, NULL, FIELD(verbose), CLI_EVERYWHERE,
      "also say what was decided on the way" },
    { "help", 'h', CLI_FLAG, NULL, FIELD(help), CLI_EVERYWHERE,
      "examples, then all options" },
    { "version", 0, CLI_FLAG, NULL, FIELD(version), CLI_EVERYWHERE,
      "print the version" },
};

static const CliCommand *const commands[] = {
    &cmd_add, &cmd_scan, &cmd_read, &cmd_statements, &cmd_claims, &cmd_contradictions, &cmd_show,
    &cmd_search, &cmd_review, &cmd_reviews, &cmd_rescan, &cmd_report, &cmd_eval, &cmd_rules_check, &cmd_rules_test,
    &cmd_rules_why, &cmd_rules_list, &cmd_rules_cost, &cmd_rules_new, &cmd_rules_try,
    &cmd_officials_check, &cmd_officials_show, &cmd_officials_on, &cmd_officials_import, &cmd_db_check, &cmd_db_upgrade,
};

const CliOption *cli_options(size_t *n)
{
    *n = BASE_COUNT(options);
    return options;
}

const CliCommand *const *cli_commands(size_t *n)
{
    *n = BASE_COUNT(commands);
    return commands;
}

/* ---- parsing --------------------------------------------------------------- */

typedef struct Parser {
    Arena *arena;
    Cli *cli;
    Error *err;
    unsigned char given[BASE_COUNT(options)];      /* checked against the command, which may come later */
} Parser;

static bool usage_error(Error *err, Str text)
{
    return error_set(err, ERR_USAGE, "tracker", 0, 0, "%.*s", STR_ARG(text));
}

static bool unknown(Parser *parser, const char *what, Str word, const Strs *known)
{
    Str near = rulefile_nearest(word, known->ptr, known->len);
    return usage_error(parser->err, near.len
                       ? str_printf(parser->arena, "unknown %s %.*s; did you mean %.*s?", what, STR_ARG(word), STR_ARG(near))
                       : str_printf(parser->arena, "unknown %s %.*s; see tracker --help", what, STR_ARG(word)));
}

static bool is_choice(Str choices, Str value)
{
    for (Str choice; str_split(&choices, '|', &choice);)
        if (str_equal(choice, value))
            return true;
    return false;
}

/* value NULL: none was given (a flag). */
static bool set_option(Parser *parser, const CliOption *option, const char *value)
{
    void *field = (char *)&parser->cli->options + option->offset;
    Str text = str_from(value);
    parser->given[option - options] = 1;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)field = true;
        return true;
    case CLI_TEXT:
        *(const char **)field = value;
        return text.len ? true
                        : usage_error(parser->err, str_printf(parser->arena, "--%s is empty", option->name));
    case CLI_CHOICE:
        *(const char **)field = value;
        return is_choice(str_from(option->argument), text) ||
               usage_error(parser->err, str_printf(parser->arena, "--%s %s: want one of %s", option->name, value,
                                                   option->argument));
    case CLI_DATE:
        return date_parse(text, (Date *)field) ||
               usage_error(parser->err, str_printf(parser->arena, "--%s %s: no such day (want YYYY-MM-DD)",
                                                   option->name, value));
    case CLI_COUNT: {
        char *end;
        long number = strtol(value, &end, 10);
        *(int *)field = (int)number;
        return (text.len && *end == '\0' && number > 0 && number <= 1000000000) ||
               usage_error(parser->err, str_printf(parser->arena, "--%s %s: want a number from 1", option->name, value));
    }
    }
    return false;
}

/* One option; *i moves over a value that is an argument of its own. */
static bool parse_option(Parser *parser, const CliOption *option, const char *shown, const char *value,
                         int argc, char *const *argv, int *i)
{
    if (option->kind == CLI_FLAG)
        return value ? usage_error(parser->err, str_printf(parser->arena, "%s takes no value", shown))
                     : set_option(parser, option, NULL);
    if (!value && *i + 1 < argc)
        value = argv[++*i];
    return value ? set_option(parser, option, value)
                 : usage_error(parser->err, str_printf(parser->arena, "%s needs %s", shown, option->argument));
}

static bool parse_long(Parser *parser, int argc, char *const *argv, int *i)
{
    Str word = str_from(argv[*i]), name = word;
    const char *value = strchr(argv[*i], '=');
    if (value)
        name.len = (size_t)(value++ - argv[*i]);
    Strs known = { 0 };
    for (size_t k = 0; k < BASE_COUNT(options); k++) {
        Str with_dashes = str_printf(parser->arena, "--%s", options[k].name);
        if (str_equal(with_dashes, name))
            return parse_option(parser, &options[k], with_dashes.ptr, value, argc, argv, i);
        LIST_PUSH(parser->arena, &known, with_dashes);
    }
    return unknown(parser, "option", name, &known);
}

/* -q, -qv, -oFILE, -o FILE */
static bool parse_short(Parser *parser, int argc, char *const *argv, int *i)
{
    for (const char *letter = argv[*i] + 1; *letter; letter++) {
        const CliOption *option = NULL;
        for (size_t k = 0; k < BASE_COUNT(options); k++)
            if (options[k].letter == *letter)
                option = &options[k];
        char shown[3] = { '-', *letter, '\0' };
        if (!option)
            return unknown(parser, "option", str_from(argv[*i]), &(Strs){ 0 });
        bool takes_rest = option->kind != CLI_FLAG;
        if (!parse_option(parser, option, shown, takes_rest && letter[1] ? letter + 1 : NULL, argc, argv, i))
            return false;
        if (takes_rest)
            break;
    }
    return true;
}

/* The command is the first argument, or the first two: "rules check". */
static bool find_command(Parser *parser)
{
    Cli *cli = parser->cli;
    Strs known = { 0 };
    Str first = cli->args.ptr[0];
    Str second = cli->args.len > 1 ? cli->args.ptr[1] : STR_NONE;
    bool is_group = false;
    for (size_t i = 0; i < BASE_COUNT(commands); i++) {
        Str rest = str_from(commands[i]->name), head, tail;
        str_split(&rest, ' ', &head);
        tail = rest;
        if (str_equal(head, first)) {
            is_group = tail.ptr != NULL;
            if (!is_group || str_equal(tail, second)) {
                size_t words = is_group ? 2 : 1;
                cli->command = commands[i];
                cli->args.ptr += words;
                cli->args.len -= words;
                return true;
            }
        }
        LIST_PUSH(parser->arena, &known, str_from(commands[i]->name));
        if (tail.ptr)
            LIST_PUSH(parser->arena, &known, head);
    }
    if (is_group)
        first = second.ptr ? str_printf(parser->arena, "%.*s %.*s", STR_ARG(first), STR_ARG(second)) : first;
    if (is_group && !second.ptr)
        return cli->options.help || usage_error(parser->err, str_printf(parser->arena,
                                    "%.*s needs a second word; see tracker --help", STR_ARG(first)));
    return unknown(parser, "command", first, &known);
}

static bool check_arguments(Parser *parser)
{
    const Cli *cli = parser->cli;
    const CliCommand *command = cli->command;
    for (size_t i = 0; i < BASE_COUNT(options); i++)
        if (parser->given[i] && !(options[i].groups & (command->groups | CLI_EVERYWHERE)))
            return usage_error(parser->err, str_printf(parser->arena, "tracker %s does not take --%s", command->name,
                                                       options[i].name));
    if (cli->options.help || cli->options.version)
        return true;
    if (cli->args.len < command->min_args)
        return usage_error(parser->err, str_printf(parser->arena, "usage: tracker %s %s", command->name, command->usage));
    if (cli->args.len > command->max_args)
        return usage_error(parser->err, str_printf(parser->arena, "unexpected argument %.*s; usage: tracker %s %s",
                           STR_ARG(cli->args.ptr[command->max_args]), command->name, command->usage));
    return true;
}

bool cli_parse(int argc, char *const *argv, Arena *arena, Cli *out, Error *err)
{
    *out = (Cli){ .options = { .as_of = DATE_UNKNOWN, .date = DATE_UNKNOWN,
                               .since = DATE_UNKNOWN, .until = DATE_UNKNOWN } };
    Parser parser = { .arena = arena, .cli = out, .err = err };
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        if (ended || argv[i][0] != '-' || argv[i][1] == '\0')
            LIST_PUSH(arena, &out->args, str_from(argv[i]));
        else if (strcmp(argv[i], "--") == 0)
            ended = true;
        else if (!(argv[i][1] == '-' ? parse_long : parse_short)(&parser, argc, argv, &i))
            return false;
    }
    return out->args.len == 0 || (find_command(&parser) && (!out->command || check_arguments(&parser)));
}

/* ---- help ------------------------------------------------------------------ */

enum { HELP_WIDTH = 79, HELP_INDENT = 24 };

void cli_print(FILE *out, Str text)
{
    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t code = utf8_decode(text, at, &next);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0))
            fputc(' ', out);
        else
            fwrite(text.ptr + at, 1, next - at, out);
    }
}

void cli_wrap(FILE *out, Str text, int at, int indent)
{
    int col = at;
    bool first = true;
    for (size_t from = 0, end; from < text.len; from = end + 1) {
        for (end = from; end < text.len && !strchr(" \t\r\n", text.ptr[end]); end++)
            ;
        int width = (int)utf8_width((Str){ text.ptr + from, end - from });
        if (end == from)
            continue;
        if (!first && col + 1 + width > HELP_WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            col = indent;
        } else if (!first) {
            fputc(' ', out);
            col++;
        }
        cli_print(out, (Str){ text.ptr + from, end - from });
        col += width;
        first = false;
    }
    fputc('\n', out);
}

static void indent_lines(FILE *out, const char *lines)
{
    Str rest = str_from(lines), line;
    while (str_split(&rest, '\n', &line) && (line.len || rest.ptr))
        fprintf(out, "  %.*s\n", STR_ARG(line));
}

static void list_options(FILE *out, unsigned groups)
{
    for (size_t i = 0; i < BASE_COUNT(options); i++) {
        const CliOption *option = &options[i];
        if (!(option->groups & groups))
            continue;
        char letter[4] = "   ", left[96];
        if (option->letter)
            snprintf(letter, sizeof letter, "-%c,", option->letter);
        int len = snprintf(left, sizeof left, "  %s --%s%s%s", letter, option->name, option->argument ? " " : "",
                           option->argument ? option->argument : "");
        if (len + 2 > HELP_INDENT)
            fprintf(out, "%s\n%*s", left, HELP_INDENT, "");
        else
            fprintf(out, "%-*s", HELP_INDENT, left);
        cli_wrap(out, str_from(option->help), HELP_INDENT, HELP_INDENT);
    }
}

static void list_commands(FILE *out)
{
    for (size_t i = 0; i < BASE_COUNT(commands); i++)
        fprintf(out, "  %-18s%s\n", commands[i]->name, commands[i]->summary);
}

void cli_hello(FILE *out)
{
    fputs("tracker reads news stories, records who said what, and lists pairs of\n"
          "statements by officials that cannot both stand: pairs to check.\n"
          "\n"
          "  tracker scan story.txt --date 2025-02-13      who claims what in one story\n"
          "  tracker --help                                everything else\n", out);
}

static void help_program(FILE *out)
{
    fputs("Examples\n"
          "  tracker scan story.txt --date 2025-02-13      print, store nothing\n"
          "  tracker add stories/                          read a folder into tracker.db\n"
          "  tracker contradictions --since 2025-02-01     pairs to check\n"
          "  tracker report 2025-02-13 --out reports-today\n"
          "\n"
          "Usage\n"
          "  tracker COMMAND [ARGUMENT]... [OPTION]...\n"
          "\n"
          "Commands (tracker COMMAND --help shows examples)\n", out);
    list_commands(out);
    fputs("\nOptions of every command, before or after its name\n", out);
    list_options(out, CLI_EVERYWHERE);
    fputs("\nExit status\n"
          "  0 done, 1 with --exit-code or --floor only, 2 usage, 3 some input unreadable,\n"
          "  4 rules, 5 database, 6 output; see tracker(1)\n", out);
}

void cli_help(const CliCommand *command, FILE *out)
{
    if (!command) {
        help_program(out);
        return;
    }
    fputs("Examples\n", out);
    indent_lines(out, command->examples);
    fprintf(out, "\nUsage\n  tracker %s%s%s [OPTION]...\n\n", command->name, *command->usage ? " " : "", command->usage);
    cli_wrap(out, str_from(command->about), 0, 0);
    if (command->groups) {
        fprintf(out, "\nOptions of %s\n", command->name);
        list_options(out, command->groups);
    }
    fputs("\nOptions of every command\n", out);
    list_options(out, CLI_EVERYWHERE);
}
