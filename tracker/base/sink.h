/*
 * sink.h - rows out as a table, CSV, JSON or JSON Lines: the only code that formats output
 *
 * A command describes its columns once and fills rows; the format is the
 * user's choice.  A dot in a column's name nests it in JSON and is an
 * underscore in CSV:
 *
 *     columns  { "topic" }, { "a.speaker" }, { "a.spans", SINK_JSON }
 *     jsonl    {"topic":"x","a":{"speaker":"Ada Roe","spans":[[0,4]]}}
 *     csv      topic,a_speaker,a_spans
 *     table    the columns that are not SINK_WIDE, fitted to the terminal
 *
 * Fields are given in column order, each exactly once a row; columns of one
 * nested object stand together.  Unknown values are null in JSON, empty in CSV,
 * a dot in a table.
 *
 * A table shows control characters as pictures, so that a story cannot command
 * the terminal; its columns take the widths of the first 1000 rows, and with
 * no rows it prints nothing.
 */
#ifndef TRACKER_SINK_H
#define TRACKER_SINK_H

#include "base/base.h"

#include <stdio.h>

typedef enum SinkFormat { SINK_AUTO, SINK_TABLE, SINK_CSV, SINK_JSONARRAY, SINK_JSONL } SinkFormat;

typedef enum SinkType {
    SINK_TEXT = 0,
    SINK_INTEGER,
    SINK_REAL,
    SINK_BOOL,               /* true/false in JSON, yes/no elsewhere */
    SINK_JSON,               /* text that is JSON already: nested in JSON, as text in CSV */
} SinkType;

enum {
    SINK_WIDE = 1,           /* not shown in tables */
    SINK_JSON_ONLY = 2,      /* only in json and jsonl */
    SINK_IF_ANY = 4,         /* in tables only if one of the rows that decide its widths has a value */
};

typedef struct SinkColumn {
    const char *name;
    SinkType type;
    unsigned flags;
    const char *heading;     /* in tables; NULL: the name */
} SinkColumn;

typedef struct SinkOptions {
    SinkFormat format;       /* SINK_AUTO: table on a terminal, CSV elsewhere */
    bool color;
    bool excel, verbatim;    /* CSV only: see csvfile.h */
    int  width;              /* of the terminal in columns; 0: do not cut */
} SinkOptions;

typedef struct Sink Sink;

/* columns must outlive the sink.  Output goes to `out`, which stays the caller's. */
Sink *sink_open(FILE *out, const SinkColumn *columns, size_t n_columns, SinkOptions options);

void sink_text(Sink *sink, Str text);              /* STR_NONE: unknown; also takes the SINK_JSON columns */
void sink_integer(Sink *sink, int64_t value);
void sink_real(Sink *sink, double value);
void sink_bool(Sink *sink, bool value);
void sink_null(Sink *sink);
void sink_row_end(Sink *sink);                     /* asserts that every column was given */

size_t sink_rows(const Sink *sink);
/* Flush, free, and report a write error (ERR_OUTPUT).  A closed pipe is no error: the reader had enough. */
bool sink_close(Sink *sink, Error *err);

/* "table" ... "jsonl"; false for anything else. */
bool sink_format_named(Str name, SinkFormat *out);

#endif
