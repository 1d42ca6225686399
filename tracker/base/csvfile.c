#include "base/csvfile.h"
#include "base/utf8.h"

#include <csv.h>
#include <string.h>

static const Str byte_order_mark = STR_INIT("\xEF\xBB\xBF");

/* ---- reading --------------------------------------------------------------- */

Str csv_field(const CsvRow *row, const CsvColumn *column)
{
    if (column->index < 0 || (size_t)column->index >= row->len)
        return STR("");
    return str_trim(row->fields[column->index]);
}

bool csv_fail(const CsvRow *row, const CsvColumn *column, Error *err, ErrorKind kind, const char *format, ...)
{
    Str raw = row->raw;
    size_t at = 0, line_start = 0;
    int line = row->line, left = column->index;
    bool quoted = false;
    for (; left > 0 && at < raw.len && (quoted || (raw.ptr[at] != '\n' && raw.ptr[at] != '\r')); at++) {
        if (raw.ptr[at] == '"') {
            quoted = !quoted;
        } else if (raw.ptr[at] == row->delimiter && !quoted) {
            left--;
        } else if (raw.ptr[at] == '\n' || (raw.ptr[at] == '\r' && (at + 1 == raw.len || raw.ptr[at + 1] != '\n'))) {
            line++;
            line_start = at + 1;
        }
    }
    while (at < raw.len && raw.ptr[at] == ' ')
        at++;
    char text[sizeof((Error *)0)->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return error_set(err, kind, "", line, (int)utf8_count((Str){ raw.ptr + line_start, at - line_start }) + 1, "%s", text);
}

/*
 * libcsv hands over one field at a time and keeps its buffer; a row's fields
 * are gathered in an arena that is emptied after each row.
 */
typedef struct Reader {
    const char *name;
    CsvColumn *columns;
    size_t n_columns, header_len;
    bool (*each)(void *user, const CsvRow *row, Error *err);
    void *user;
    Problems *problems;
    Arena arena;
    Strs fields;
    int row_line;            /* where the row began */
    Str row_raw;             /* its bytes so far */
    char delimiter;
    int field_line;          /* where the last field that was begun, began */
    bool in_row, has_header, failed, stopped;
} Reader;

static void report(Reader *reader, int line, int col, const char *what)
{
    reader->failed = true;
    problems_addf(reader->problems, ERR_INPUT, reader->name, line, col, "%s", what);
}

static void read_header(Reader *reader)
{
    reader->has_header = true;
    reader->header_len = reader->fields.len;
    for (size_t i = 0; i < reader->n_columns; i++) {
        CsvColumn *column = &reader->columns[i];
        for (size_t k = 0; k < reader->fields.len && column->index < 0; k++)
            if (str_equal_nocase(str_trim(reader->fields.ptr[k]), str_from(column->name)))
                column->index = (int)k;
        if (column->index < 0 && column->required) {
            reader->failed = reader->stopped = true;
            problems_addf(reader->problems, ERR_INPUT, reader->name, reader->row_line, 0,
                          "no column \"%s\" in the header", column->name);
        }
    }
}

static void read_row(Reader *reader)
{
    CsvRow row = { reader->fields.ptr, reader->fields.len, reader->row_line, reader->row_raw, reader->delimiter };
    while (row.len && str_trim(row.fields[row.len - 1]).len == 0)
        row.len--;                                   /* spreadsheets pad rows, and write empty ones */
    if (row.len == 0)
        return;
    if (row.len > reader->header_len) {
        report(reader, row.line, 0, "more fields than the header has; is a comma not quoted?");
        return;
    }
    Error err = { 0 };
    if (reader->each(reader->user, &row, &err))
        return;
    reader->failed = true;
    if (err.kind == ERR_NONE)
        err.kind = ERR_INPUT;
    if (!err.line)
        err.line = row.line;
    snprintf(err.file, sizeof err.file, "%s", reader->name);
    problems_add(reader->problems, &err);
}

static void on_field(void *bytes, size_t n_bytes, void *user)
{
    Reader *reader = user;
    Str field = str_copy(&reader->arena, (Str){ bytes ? bytes : "", n_bytes });
    LIST_PUSH(&reader->arena, &reader->fields, field);
}

static void on_row(int terminator, void *user)
{
    (void)terminator;
    Reader *reader = user;
    reader->in_row = false;
    if (reader->stopped)
        return;
    if (reader->has_header)
        read_row(reader);
    else
        read_header(reader);
    arena_reset(&reader->arena);
    reader->fields = (Strs){ 0 };
}

/* The line as it stands does not fit the quoting: name the place that a person has to mend. */
static void report_quoting(Reader *reader, Str line_text, size_t at, int line)
{
    if (reader->field_line < line) {
        char what[96];
        snprintf(what, sizeof what,
                 "the field that opens with a quotation mark here ends wrongly in line %d", line);
        report(reader, reader->field_line, 0, what);
    } else {
        size_t col = utf8_count((Str){ line_text.ptr, at }) + 1;
        report(reader, line, (int)col, "stray quotation mark; inside a quoted field it is doubled");
    }
}

/* One physical line with its line end; false when reading cannot go on. */
static bool read_line(Reader *reader, struct csv_parser *parser, Str text, int line)
{
    const char *nul = memchr(text.ptr, '\0', text.len);
    size_t good = nul ? (size_t)(nul - text.ptr) : utf8_valid_prefix(text);
    if (good < text.len) {
        size_t col = utf8_count((Str){ text.ptr, good }) + 1;
        report(reader, line, (int)col, nul ? "NUL byte" : "not UTF-8");
        return false;
    }
    size_t n_fields = reader->fields.len;
    if (!reader->in_row) {
        reader->row_line = reader->field_line = line;
        reader->row_raw = (Str){ text.ptr, 0 };
        reader->in_row = str_trim(text).len > 0;
    }
    reader->row_raw.len += text.len;
    size_t done = csv_parse(parser, text.ptr, text.len, on_field, on_row, reader);
    if (reader->fields.len != n_fields)
        reader->field_line = line;
    if (done == text.len)
        return !reader->stopped;
    if (csv_error(parser) == CSV_EPARSE)
        report_quoting(reader, text, done, line);
    else
        report(reader, line, 0, csv_strerror(csv_error(parser)));
    return false;
}

/* The byte behind the line that begins at `at`: lines end in LF, CRLF or CR. */
static size_t line_end(Str text, size_t at)
{
    while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r')
        at++;
    at += at + 1 < text.len && text.ptr[at] == '\r' && text.ptr[at + 1] == '\n';
    return at < text.len ? at + 1 : at;
}

static void read_lines(Reader *reader, struct csv_parser *parser, Str text)
{
    int line = 0;
    for (size_t at = 0, end; at < text.len; at = end) {
        end = line_end(text, at);
        if (!read_line(reader, parser, (Str){ text.ptr + at, end - at }, ++line))
            return;                                  /* after an error csv_fini would deliver half a row */
    }
    if (csv_fini(parser, on_field, on_row, reader) != 0)
        report(reader, reader->field_line, 0, "a quotation mark is opened here and never closed");
    else if (!reader->has_header)
        report(reader, 1, 0, "empty: no header line");
}

/* What the first line has most of outside quotation marks. */
static char find_delimiter(Str text)
{
    static const char delimiters[] = { ',', ';', '\t' };
    size_t counts[sizeof delimiters] = { 0 }, best = 0;
    bool quoted = false;
    for (size_t at = 0; at < text.len && (quoted || (text.ptr[at] != '\n' && text.ptr[at] != '\r')); at++) {
        quoted ^= text.ptr[at] == '"';
        for (size_t i = 0; i < sizeof delimiters && !quoted; i++)
            counts[i] += text.ptr[at] == delimiters[i];
    }
    for (size_t i = 1; i < sizeof delimiters; i++)
        if (counts[i] > counts[best])
            best = i;
    return delimiters[best];
}

static Str without_mark(Str text)
{
    return str_starts(text, byte_order_mark) ? (Str){ text.ptr + byte_order_mark.len, text.len - byte_order_mark.len } : text;
}

typedef struct Header { Arena *arena; Strs names; bool done; } Header;

static void on_header_field(void *bytes, size_t n_bytes, void *user)
{
    Header *header = user;
    if (!header->done)
        LIST_PUSH(header->arena, &header->names, str_copy(header->arena, str_trim((Str){ bytes ? bytes : "", n_bytes })));
}

static void on_header_end(int terminator, void *user)
{
    (void)terminator;
    ((Header *)user)->done = true;
}

Strs csv_header(Str text, Arena *arena)
{
    Header header = { .arena = arena };
    struct csv_parser parser;
    text = without_mark(text);
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, (unsigned char)find_delimiter(text));
    for (size_t at = 0, end; at < text.len && !header.done; at = end) {
        end = line_end(text, at);
        Str line = { text.ptr + at, end - at };
        if (utf8_valid_prefix(line) < line.len ||
            csv_parse(&parser, line.ptr, line.len, on_header_field, on_header_end, &header) != line.len)
            break;
        if (end == text.len && !header.done)
            csv_fini(&parser, on_header_field, on_header_end, &header);
    }
    csv_free(&parser);
    return header.done ? header.names : (Strs){ 0 };
}

bool csv_read(Str text, const char *name, CsvColumn *columns, size_t n_columns,
              bool (*each)(void *user, const CsvRow *row, Error *err), void *user, Problems *problems)
{
    Reader reader = {
        .name = name, .columns = columns, .n_columns = n_columns,
        .each = each, .user = user, .problems = problems,
    };
    text = without_mark(text);
    reader.delimiter = find_delimiter(text);
    for (size_t i = 0; i < n_columns; i++)
        columns[i].index = -1;

    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, (unsigned char)reader.delimiter);
    csv_set_blk_size(&parser, 64 * 1024);            /* it grows by this much: 128 bytes for a huge field */
    read_lines(&reader, &parser, text);
    csv_free(&parser);
    arena_clear(&reader.arena);
    return !reader.failed;
}

typedef struct Splitter { Arena *arena; Strs fields; } Splitter;

static void on_split_field(void *bytes, size_t n_bytes, void *user)
{
    Splitter *splitter = user;
    Str field = str_copy(splitter->arena, (Str){ bytes ? bytes : "", n_bytes });
    LIST_PUSH(splitter->arena, &splitter->fields, field);
}

static void on_split_row(int terminator, void *user)
{
    (void)terminator;
    (void)user;
}

Strs csv_split_row(Str row, char delimiter, Arena *arena)
{
    Splitter splitter = { .arena = arena };
    struct csv_parser parser;
    if (csv_init(&parser, 0) != 0)
        return splitter.fields;
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_parse(&parser, row.ptr, row.len, on_split_field, on_split_row, &splitter);
    csv_fini(&parser, on_split_field, on_split_row, &splitter);
    csv_free(&parser);
    return splitter.fields;
}

/* ---- writing --------------------------------------------------------------- */

void csv_write_bom(FILE *out)
{
    fwrite(byte_order_mark.ptr, 1, byte_order_mark.len, out);
}

/* What a spreadsheet takes for a formula: stories are written by strangers. */
static bool is_executable(Str cell)
{
    return cell.len > 0 && memchr("=+-@\t\r", cell.ptr[0], 6) != NULL;
}

static bool needs_quotes(Str cell)
{
    if (cell.len == 0)
        return false;
    if (str_trim(cell).len < cell.len)
        return true;                                 /* readers may trim */
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] == ',' || cell.ptr[i] == '"' || cell.ptr[i] == '\n' || cell.ptr[i] == '\r')
            return true;
    return false;
}

void csv_write_cell(FILE *out, Str cell, bool is_number, bool first, CsvStyle style)
{
    if (!first)
        putc(',', out);
    bool guard = !is_number && !style.verbatim && is_executable(cell);
    if (!needs_quotes(cell)) {
        if (guard)
            putc('\'', out);
        if (cell.len)
            fwrite(cell.ptr, 1, cell.len, out);
    } else if (guard) {
        Arena scratch;                               /* csv_fwrite quotes one piece of memory */
        arena_init(&scratch);
        char *guarded = arena_alloc(&scratch, cell.len + 1);
        guarded[0] = '\'';
        memcpy(guarded + 1, cell.ptr, cell.len);
        csv_fwrite(out, guarded, cell.len + 1);
        arena_clear(&scratch);
    } else {
        csv_fwrite(out, cell.ptr, cell.len);
    }
}

void csv_write_end(FILE *out, CsvStyle style)
{
    fputs(style.excel ? "\r\n" : "\n", out);
}
