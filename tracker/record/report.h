/*
 * report.h - a folder of *.sql in, a folder of CSV files out
 *
 *     reports/contradictions.sql  --:date = 2025-02-13-->  DIR/contradictions.csv
 *     reports/statements.sql                               DIR/statements.csv
 *                                                          DIR/run.json
 *
 * Each file is one SELECT.  A report is written under a temporary name and renamed, so a file
 * that is there is whole; run.json is written last.  An error in one .sql is reported
 * with its line, and the other reports still run.
 */
#ifndef TRACKER_REPORT_H
#define TRACKER_REPORT_H

#include "base/base.h"
#include "base/date.h"
#include "record/store.h"

typedef struct ReportOptions {
    bool excel, verbatim;            /* see base/csvfile.h */
} ReportOptions;

typedef struct ReportFile {
    Str name;                        /* "contradictions" */
    Str title;                       /* first comment line of its .sql */
    Str path;                        /* what was written; STR_NONE when it failed */
    size_t rows;
} ReportFile;
typedef struct ReportFiles { ReportFile *ptr; size_t len, cap; } ReportFiles;

/*
 * Run every *.sql of `folder`, in the order of their names, for one day into out_folder (created when missing).
 * *files (in the arena) tells what was written.  False when any report failed; problems has each.
 */
bool report_run(Store *store, const char *folder, Date date, const char *out_folder, ReportOptions options,
                Arena *arena, ReportFiles *files, Problems *problems);

#endif
