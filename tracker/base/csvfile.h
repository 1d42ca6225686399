/*
 * csvfile.h - CSV files through libcsv, read strictly and written safely
 *
 * libcsv swallows an unclosed quote unless told otherwise, delivers half a row
 * after an error, and knows no lines: this cover reads strictly, counts lines
 * and names the place.  It takes UTF-8 with or without a BOM, LF or CRLF, and
 * as delimiter what the header has most of: comma, semicolon or tab.
 *
 *     name,office                          row 1 (header): columns are found by name
 *     "Roe, Ada",Foreign Minister          row 2: fields "Roe, Ada", "Foreign Minister"
 */
#ifndef TRACKER_CSVFILE_H
#define TRACKER_CSVFILE_H

#include "base/base.h"

#include <stdio.h>

/* One row; fields are unquoted and live until the call returns.  line is where the row starts. */
typedef struct CsvRow {
    const Str *fields; size_t len;
    int line;
    Str raw;                 /* its bytes in the file, and what separates fields there: for csv_fail */
    char delimiter;
} CsvRow;

typedef struct CsvColumn {
    const char *name;        /* in the header, blind to case */
    bool required;
    int index;               /* filled: position in the rows, or -1 */
} CsvColumn;

/* The field of a column, trimmed; "" when the row is short or the column absent. */
Str csv_field(const CsvRow *row, const CsvColumn *column);

/*
 * Fill *err with line and column of a field of the row and return false.  The column is that of the field's first
 * character, or of the row's end where the field is missing.
 */
bool csv_fail(const CsvRow *row, const CsvColumn *column, Error *err, ErrorKind kind, const char *format, ...)
    BASE_PRINTF(5, 6);

/* The names in the header, trimmed, in `arena`; none if the text has no sound header.  For those who map names. */
Strs csv_header(Str text, Arena *arena);

/*
 * Read text (a whole file called `name`) and call `each` for every row after the header.  `each` returns
 * false to have the row reported (it fills err; file and, if it set none, line are added) and skipped.  Broken CSV ends the
 * reading with an error that names the line where the open quote began.  Returns false if anything was reported.
 */
bool csv_read(Str text, const char *name, CsvColumn *columns, size_t n_columns,
              bool (*each)(void *user, const CsvRow *row, Error *err), void *user, Problems *problems);

/*
 * The fields of one row, quotation marks and line ends inside it included; empty fields stay.  Lax, as exports are: a
 * stray mark is text.  `delimiter` is a comma, a semicolon, a TAB or a bar.
 */
Strs csv_split_row(Str row, char delimiter, Arena *arena);

/* ---- writing --------------------------------------------------------------- */

typedef struct CsvStyle {
    bool verbatim;           /* leave cells alone that a spreadsheet would execute */
    bool excel;              /* CRLF line ends (the BOM is the caller's: csv_write_bom) */
} CsvStyle;

void csv_write_bom(FILE *out);
/*
 * One cell.  Text (not numbers) that starts with = + - @ TAB or CR gets a leading ' unless verbatim.
 * Quoted only where needed.  `first` tells whether a comma goes before.
 */
void csv_write_cell(FILE *out, Str cell, bool is_number, bool first, CsvStyle style);
void csv_write_end(FILE *out, CsvStyle style);

#endif
