#include "check.h"
#include "cli/cli.h"
#include "cli/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- parsing --------------------------------------------------------------- */

enum { MAX_WORDS = 8 };

static bool parse(const char *line, Arena *arena, Cli *cli, Error *err)
{
    char *argv[MAX_WORDS + 1] = { "tracker" };
    int argc = 1;
    Str rest = str_from(line);
    for (Str word; argc < MAX_WORDS && *line && str_split(&rest, ' ', &word);)
        argv[argc++] = str_cstr(arena, word);
    *err = (Error){ 0 };
    return cli_parse(argc, argv, arena, cli, err);
}

static const struct { const char *line, *command, *who, *args; } parse_rows[] = {
    { "claims",                         "claims",      NULL,   "" },
    { "claims --who Roe",               "claims",      "Roe",  "" },
    { "--who Roe claims",               "claims",      "Roe",  "" },
    { "--who=Roe claims",               "claims",      "Roe",  "" },
    { "claims --who=a=b",               "claims",      "a=b",  "" },
    { "show --db x.db x-1",             "show",        NULL,   "x-1" },
    { "add -n a.txt -q b.txt",          "add",         NULL,   "a.txt b.txt" },
    { "add -nq -",                      "add",         NULL,   "-" },
    { "add -- -n --who",                "add",         NULL,   "-n --who" },
    { "rules -v why text",              "rules why",   NULL,   "text" },
    { "search --who Roe red line",      "search",      "Roe",  "red line" },
    { "-oout.csv statements",           "statements",  NULL,   "" },
    { "show --help",                    "show",        NULL,   "" },
    { "",                               NULL,          NULL,   "" },
    { "--version",                      NULL,          NULL,   "" },
};

static void test_parse(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(parse_rows); i++) {
        const char *row = parse_rows[i].line;
        Cli cli;
        Error err;
        CHECK_ROW(row, parse(row, &arena, &cli, &err));
        CHECK_STR(row, str_from(cli.command ? cli.command->name : NULL), str_from(parse_rows[i].command));
        CHECK_STR(row, str_from(cli.options.who), str_from(parse_rows[i].who));
        Str args = STR("");
        for (size_t k = 0; k < cli.args.len; k++)
            args = str_printf(&arena, "%.*s%s%.*s", STR_ARG(args), k ? " " : "", STR_ARG(cli.args.ptr[k]));
        CHECK_STR(row, args, str_from(parse_rows[i].args));
    }
    arena_clear(&arena);
}

static const struct { const char *line, *error; } error_rows[] = {
    { "claims --formt csv",             "unknown option --formt; did you mean --format?" },
    { "claims --form=csv",              "unknown option --form; did you mean --format?" },
    { "claims --frobnicate",            "unknown option --frobnicate; see tracker --help" },
    { "claims -z",                      "unknown option -z; see tracker --help" },
    { "clams",                          "unknown command clams; did you mean claims?" },
    { "rules chek",                     "unknown command rules chek; did you mean rules check?" },
    { "rules",                          "rules needs a second word; see tracker --help" },
    { "check",                          "unknown command check; see tracker --help" },
    { "read --who Roe a.txt",           "tracker read does not take --who" },
    { "claims --format xml",            "--format xml: want one of table|csv|json|jsonl" },
    { "claims --format",                "--format needs table|csv|json|jsonl" },
    { "claims -o",                      "-o needs FILE" },
    { "claims --who=",                  "--who is empty" },
    { "claims --quiet=1",               "--quiet takes no value" },
    { "claims --since 2025-02-30",      "--since 2025-02-30: no such day (want YYYY-MM-DD)" },
    { "claims --limit 0",               "--limit 0: want a number from 1" },
    { "claims --limit 1e9",             "--limit 1e9: want a number from 1" },
    { "claims --limit 99999999999",     "--limit 99999999999: want a number from 1" },
    { "show",                           "usage: tracker show ID..." },
    { "report 2025-02-13 x",            "unexpected argument x; usage: tracker report [DATE]" },
    { "db check x",                     "unexpected argument x; usage: tracker db check " },
};

static void test_errors(void)
{
    Arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(error_rows); i++) {
        Cli cli;
        Error err;
        CHECK_ROW(error_rows[i].line, !parse(error_rows[i].line, &arena, &cli, &err));
        CHECK_ROW(error_rows[i].line, err.kind == ERR_USAGE);
        CHECK_STR(error_rows[i].line, str_from(err.text), str_from(error_rows[i].error));
    }
    arena_clear(&arena);
}

/* ---- the table against help, man page and completion ----------------------- */

static bool contains(Str text, Str part)
{
    return str_find(text, part, 0) < text.len;
}

/* Every command has examples that parse, and a summary that fits the list. */
static void test_help(void)
{
    Arena arena;
    arena_init(&arena);
    size_t n;
    const CliCommand *const *commands = cli_commands(&n);
    for (size_t i = 0; i < n; i++) {
        const CliCommand *command = commands[i];
        CHECK_ROW(command->name, strlen(command->summary) <= 79 - 20);
        CHECK_ROW(command->name, command->about && command->run && *command->examples);
        for (Str rest = str_from(command->examples), line; str_split(&rest, '\n', &line) && line.len;) {
            Str start = str_printf(&arena, "tracker %s", command->name);
            CHECK_ROW(command->name, str_starts(line, start));
            if (memchr(line.ptr, '\'', line.len) || memchr(line.ptr, '|', line.len))
                continue;                        /* words for a shell */
            Cli cli;
            Error err;
            Str words = { line.ptr + strlen("tracker "), line.len - strlen("tracker ") };
            CHECK_ROW(command->name, parse(str_cstr(&arena, words), &arena, &cli, &err));
            CHECK_ROW(command->name, cli.command == command);
        }
        FILE *out = tmpfile();
        CHECK_ROW(command->name, out != NULL);
        if (!out)
            continue;
        cli_help(command, out);
        rewind(out);
        char line[512] = "";
        CHECK_ROW(command->name, fgets(line, sizeof line, out) && strcmp(line, "Examples\n") == 0);
        while (fgets(line, sizeof line, out))
            CHECK_ROW(line, strlen(line) <= 81);
        fclose(out);
    }
    arena_clear(&arena);
}

static void test_man(void)
{
    Arena arena;
    arena_init(&arena);
    Str man = check_read_file("tracker/man/tracker.1", &arena);
    size_t n;
    const CliOption *options = cli_options(&n);
    for (size_t i = 0; i < n; i++) {
        const CliOption *option = &options[i];
        Str item = option->letter ? str_printf(&arena, "\n.It Fl %c , -%s", option->letter, option->name)
                                  : str_printf(&arena, "Fl -%s", option->name);
        CHECK_ROW(option->name, contains(man, item));
        if (option->kind == CLI_CHOICE) {
            Str choices = STR(""), rest = str_from(option->argument);
            for (Str choice; str_split(&rest, '|', &choice);)
                choices = str_printf(&arena, "%.*s%s%.*s", STR_ARG(choices), choices.len ? " | " : " Cm ", STR_ARG(choice));
            CHECK_ROW(option->name, contains(man, str_printf(&arena, "Fl -%s%.*s\n", option->name, STR_ARG(choices))));
        }
    }
    const CliCommand *const *commands = cli_commands(&n);
    for (size_t i = 0; i < n; i++)
        CHECK_ROW(commands[i]->name, contains(man, str_printf(&arena, "\n.It Cm %s", commands[i]->name)));
    arena_clear(&arena);
}

static Str option_words(unsigned groups, Arena *arena)
{
    size_t n;
    const CliOption *options = cli_options(&n);
    Str words = STR("");
    for (size_t i = 0; i < n; i++)
        if (options[i].groups & groups)
            words = str_printf(arena, "%.*s%s--%s", STR_ARG(words), words.len ? " " : "", options[i].name);
    return words;
}

static void test_completion(void)
{
    Arena arena;
    arena_init(&arena);
    Str bash = check_read_file("tracker/completion/tracker.bash", &arena);
    Str want = str_printf(&arena, "everywhere='%.*s'\n", STR_ARG(option_words(CLI_EVERYWHERE, &arena)));
    CHECK_ROW(want.ptr, contains(bash, want));
    size_t n;
    const CliCommand *const *commands = cli_commands(&n);
    for (size_t i = 0; i < n; i++) {
        const char *mark = strchr(commands[i]->name, ' ') ? "'" : "";
        want = str_printf(&arena, "\n        %s%s%s) words='%.*s' ;;\n", mark, commands[i]->name, mark,
                          STR_ARG(option_words(commands[i]->groups, &arena)));
        CHECK_ROW(want.ptr, contains(bash, want));
    }
    const CliOption *options = cli_options(&n);
    for (size_t i = 0; i < n; i++) {
        if (options[i].kind != CLI_CHOICE)
            continue;
        char *choices = str_cstr(&arena, str_from(options[i].argument));
        for (char *c = choices; *c; c++)
            if (*c == '|')
                *c = ' ';
        want = str_printf(&arena, "--%s) words='%s' ;;\n", options[i].name, choices);
        CHECK_ROW(want.ptr, contains(bash, want));
    }
    arena_clear(&arena);
}

/* ---- the pipeline ---------------------------------------------------------- */

typedef struct Seen { Arena *arena; uint64_t hash; size_t stories, statements; int order_errors, stop_after; } Seen;

static bool see(void *user, const Story *story, const Statements *statements)
{
    Seen *seen = user;
    char id[32];
    snprintf(id, sizeof id, "story-%zu", seen->stories++);
    seen->order_errors += !str_equal(story->id, str_from(id));
    for (size_t i = 0; i < statements->len; i++) {
        const Statement *statement = &statements->ptr[i];
        Str line = str_printf(seen->arena, "%.*s|%.*s|%.*s|%zu", STR_ARG(story->id), STR_ARG(statement->speaker),
                              STR_ARG(statement->text), statement->n_claims);
        seen->hash = seen->hash * 31 + str_hash(line);
    }
    seen->statements += statements->len;
    return seen->stop_after == 0 || (int)seen->stories < seen->stop_after;
}

static Seen run_pipeline(const Rules *rules, const char *path, int jobs, int stop_after, Arena *arena)
{
    Problems problems = { 0 };
    Seen seen = { .arena = arena, .stop_after = stop_after };
    Input *input = input_open(&path, 1, (InputOptions){ .date = DATE_UNKNOWN }, &problems);
    pipeline_run(rules, input, (PipelineOptions){ .jobs = jobs }, see, &seen, &problems);
    input_close(input);
    CHECK(problems.errors == 0);
    return seen;
}

/* The same stories in the same order with the same statements, however many workers. */
static void test_pipeline(void)
{
    enum { STORIES = 700 };
    Arena arena;
    arena_init(&arena);
    Rules rules;
    Problems problems = { 0 };
    CHECK(rules_load("rules", &arena, &rules, &problems));
    char path[] = "/tmp/tracker-test-XXXXXX";
    int fd = mkstemp(path);
    FILE *out = fd >= 0 ? fdopen(fd, "w") : NULL;
    CHECK(out != NULL);
    if (out) {
        for (int i = 0; i < STORIES; i++)
            fprintf(out, "{\"id\":\"story-%d\",\"published\":\"2025-02-13\",\"text\":\"\\\"We will send %d ships,\\\" "
                    "Foreign Minister Ada Roe said on Wednesday.\\n\\n%s\"}\n", i, i,
                    i % 50 == 0 ? "Nothing was signed. She left. Ada Roe said that talks were closed." : "");
        fclose(out);
        Seen one = run_pipeline(&rules, path, 1, 0, &arena);
        CHECK(one.stories == STORIES && one.order_errors == 0 && one.statements >= STORIES);
        for (int jobs = 2; jobs <= 5; jobs += 3) {
            Seen many = run_pipeline(&rules, path, jobs, 0, &arena);
            CHECK(many.stories == one.stories && many.order_errors == 0 && many.hash == one.hash);
        }
        CHECK(run_pipeline(&rules, path, 3, 40, &arena).stories == 40);       /* stops when told */
        remove(path);
    }
    rules_clear(&rules);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "options and arguments", test_parse },
    { "usage errors", test_errors },
    { "help", test_help },
    { "man page has every option", test_man },
    { "completion equals the table", test_completion },
    { "pipeline", test_pipeline },
};

const TestSuite test_cli = SUITE(cases);
