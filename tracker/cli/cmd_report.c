#include "cli/session.h"

#include "record/report.h"

static const SinkColumn columns[] = {
    { .name = "report" }, { .name = "rows", .type = SINK_INTEGER }, { .name = "path" },
    { .name = "title", .flags = SINK_WIDE },
};

static bool run(Session *session)
{
    const CliOptions *options = &session->cli.options;
    Date date = session_today(session);
    if (session->cli.args.len && !date_parse(session->cli.args.ptr[0], &date)) {
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "%.*s: no such day (want YYYY-MM-DD)",
                      STR_ARG(session->cli.args.ptr[0]));
        return true;
    }
    if (!options->out) {
        problems_addf(&session->problems, ERR_USAGE, "tracker", 0, 0, "report needs --out DIR");
        return true;
    }
    const char *folder = session_reports_folder(session);
    Store *store = folder ? session_store_open(session, STORE_READ) : NULL;
    Sink *sink = store ? session_sink_open(session, columns, BASE_COUNT(columns)) : NULL;
    bool pairs = false;
    if (sink) {
        ReportFiles files = { 0 };
        ReportOptions style = { .excel = options->excel, .verbatim = options->verbatim };
        report_run(store, folder, date, options->out, style, session->arena, &files, &session->problems);
        for (size_t i = 0; i < files.len; i++) {
            const ReportFile *file = &files.ptr[i];
            if (!file->path.len)
                continue;
            sink_text(sink, file->name);
            sink_integer(sink, (int64_t)file->rows);
            sink_text(sink, file->path);
            sink_text(sink, file->title);
            sink_row_end(sink);
            pairs |= str_equal(file->name, STR("contradictions")) && file->rows;
        }
        session_sink_close(session, sink);
    }
    store_close(store);
    return !pairs;
}

const CliCommand cmd_report = {
    .name = "report",
    .usage = "[DATE]",
    .summary = "write the day's reports as CSV files",
    .about = "Runs every *.sql of the reports folder for one day (default: today) and writes a CSV file each, with "
             "run.json beside them. A file that is there is whole. Prints what was written. With --exit-code the "
             "status is 1 if the day has contradictions.",
    .examples = "tracker report 2025-02-13 --out today\n"
                "tracker report --out today --excel\n",
    .max_args = 1,
    .groups = CLI_REPORTS,
    .run = run,
};
