#include "cli/rescan.h"

typedef struct Printer { Sink *sink; size_t limit; } Printer;

static bool print_change(void *user, const ChangeRow *change)
{
    Printer *printer = user;
    if (!printer->limit || sink_rows(printer->sink) < printer->limit)
        row_send_change(printer->sink, change);
    return true;                         /* what is not printed is counted */
}

static bool run(Session *session)
{
    Rules rules;
    bool keep = !session->cli.options.dry_run, any = false;
    if (!session_load_rules(session, &rules))
        return true;
    Store *store = session_store_open(session, keep ? STORE_CHANGE : STORE_READ);
    Printer printer = { .limit = (size_t)session->cli.options.limit };
    printer.sink = store ? session_sink_open(session, row_change_columns.ptr, row_change_columns.len) : NULL;
    if (printer.sink) {
        DraftSummary summary;
        bool ok = rescan_run(session, store, &rules, keep, print_change, &printer, &summary);
        any = session_sink_close(session, printer.sink);
        if (ok)
            rescan_say(session, &summary);
    }
    store_close(store);
    rules_clear(&rules);
    return !any;
}

const CliCommand cmd_rescan = {
    .name = "rescan",
    .usage = "",
    .summary = "read the stories on file again, with the rules of now",
    .about = "Reads every story on file again and puts what the rules find now in the place of what they found then, in "
             "one transaction, and prints the claims and pairs gained, lost and changed. Reviews stay: that of a lost "
             "pair waits for it, that of a pair which has another id now goes with it. With --dry-run nothing is "
             "written. With --exit-code the status is 1 if anything changed.",
    .examples = "tracker rescan --dry-run --rules rules-desk\n"
                "tracker rescan --db news.db --format jsonl -o changes.jsonl\n",
    .groups = CLI_EXTRACTS | CLI_PARALLEL | CLI_WRITES | CLI_LIMITS,
    .run = run,
};
