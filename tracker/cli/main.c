#include "cli/session.h"

#include <signal.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_DFL);                /* `| head` ends quietly, also under parents that ignore the signal */
    Arena arena;
    arena_init(&arena);
    Session session = { .arena = &arena, .program = argv[0] ? argv[0] : "tracker" };
    const Cli *cli = &session.cli;
    Error err;
    int code = ERR_NONE;
    if (!cli_parse(argc, argv, &arena, &session.cli, &err)) {
        char text[1024];
        error_format(&err, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        code = (int)err.kind;
    } else if (cli->options.version) {
        puts("tracker " TRACKER_VERSION);
    } else if (cli->options.help) {
        cli_help(cli->command, stdout);
    } else if (!cli->command) {
        cli_hello(stderr);
        code = ERR_USAGE;
    } else {
        code = session_run(&session);
    }
    arena_clear(&arena);
    return code;
}
