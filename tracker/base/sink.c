#include "base/sink.h"
#include "base/csvfile.h"
#include "base/json.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    TABLE_HELD_ROWS = 1000,      /* widths are those of the first rows; the rest streams past */
    TABLE_GAP = 2,               /* blanks between columns */
    TABLE_NARROWEST = 8,         /* no text column is cut below this */
    TABLE_CELL_BYTES = 4096,     /* kept of one cell when cells are cut at all */
};

/*
 * Names of the JSON objects round a column, then its key: "a.speaker" is { "a", "speaker" }.  The first `shared` of
 * the objects are those of the column before as well.
 */
typedef struct Path { const char *parts[JSON_DEPTH]; unsigned n_objects, shared; } Path;

typedef struct Cell { Str text; uint32_t width; bool unknown; } Cell;

struct Sink {
    FILE *out;
    const SinkColumn *columns;
    size_t n_columns;
    SinkOptions options;
    size_t at;                   /* the column that comes next */
    size_t rows;
    int error;                   /* errno of the first write that failed */
    Arena arena;                 /* this struct and all that lives as long */

    Path *paths;                 /* JSON: one a column */
    JsonWriter json;
    Arena row_arena;             /* table: emptied after each row, or after the held rows */

    Cell *cells;                 /* table: the current row, one a column */
    size_t *widths;
    bool *hidden;                /* table: columns that nothing is in (SINK_IF_ANY) */
    struct { Cell **ptr; size_t len, cap; } held;
    bool streaming;
};

static bool is_json(const Sink *sink)
{
    return sink->options.format == SINK_JSONL || sink->options.format == SINK_JSONARRAY;
}

static bool is_shown(const Sink *sink, size_t column)
{
    unsigned flags = sink->columns[column].flags;
    if (sink->hidden && sink->hidden[column])
        return false;
    return is_json(sink) || !(flags & SINK_JSON_ONLY ||
                              (sink->options.format == SINK_TABLE && flags & SINK_WIDE));
}

/* ---- JSON -------------------------------------------------------------------- */

static Path split_path(Arena *arena, const char *name)
{
    Path path = { 0 };
    Str rest = str_from(name), part;
    unsigned n = 0;
    while (str_split(&rest, '.', &part)) {
        assert(n < JSON_DEPTH);
        path.parts[n++] = str_cstr(arena, part);
    }
    path.n_objects = n - 1;
    return path;
}

/* How many objects, from the outside, two columns have in common. */
static unsigned shared_objects(const Path *a, const Path *b)
{
    unsigned n = 0;
    while (n < a->n_objects && n < b->n_objects && strcmp(a->parts[n], b->parts[n]) == 0)
        n++;
    return n;
}

static void split_paths(Sink *sink)
{
    sink->paths = ARENA_ARRAY(&sink->arena, Path, sink->n_columns);
    for (size_t i = 0; i < sink->n_columns; i++) {
        sink->paths[i] = split_path(&sink->arena, sink->columns[i].name);
        for (size_t k = 0; k + 1 < i; k++)           /* columns of one object stand together */
            assert(shared_objects(&sink->paths[k], &sink->paths[i]) <=
                   shared_objects(&sink->paths[i - 1], &sink->paths[i]));
        if (i > 0)
            sink->paths[i].shared = shared_objects(&sink->paths[i - 1], &sink->paths[i]);
    }
}

/* Leave the objects of the column before, enter this one's, and write its key. */
static void begin_json_value(Sink *sink)
{
    const Path *path = &sink->paths[sink->at];
    unsigned open = sink->at > 0 ? path[-1].n_objects : 0;
    for (; open > path->shared; open--)
        json_end(&sink->json);
    for (; open < path->n_objects; open++) {
        json_key(&sink->json, path->parts[open]);
        json_object(&sink->json);
    }
    json_key(&sink->json, path->parts[path->n_objects]);
}

static void begin_json_row(Sink *sink)
{
    json_restart(&sink->json);
    json_object(&sink->json);
}

static void end_json_row(Sink *sink)
{
    for (unsigned open = sink->paths[sink->n_columns - 1].n_objects; open > 0; open--)
        json_end(&sink->json);
    json_end(&sink->json);
    Str text = json_text(&sink->json);
    if (sink->options.format == SINK_JSONARRAY)
        fputs(sink->rows ? ",\n" : "[\n", sink->out);
    fwrite(text.ptr, 1, text.len, sink->out);
    if (sink->options.format == SINK_JSONL)
        putc('\n', sink->out);
}

/* ---- CSV --------------------------------------------------------------------- */

static CsvStyle csv_style(const Sink *sink)
{
    return (CsvStyle){ .verbatim = sink->options.verbatim, .excel = sink->options.excel };
}

static void write_csv_cell(Sink *sink, Str text, bool is_number)
{
    bool first = true;
    for (size_t i = 0; i < sink->at && first; i++)
        first = !is_shown(sink, i);
    csv_write_cell(sink->out, text, is_number, first, csv_style(sink));
}

static void write_csv_header(Sink *sink)
{
    if (sink->options.excel)
        csv_write_bom(sink->out);
    for (sink->at = 0; sink->at < sink->n_columns; sink->at++) {
        if (!is_shown(sink, sink->at))
            continue;
        char *name = str_cstr(&sink->arena, str_from(sink->columns[sink->at].name));
        for (char *dot = name; (dot = strchr(dot, '.')) != NULL;)
            *dot = '_';
        write_csv_cell(sink, str_from(name), false);
    }
    sink->at = 0;
    csv_write_end(sink->out, csv_style(sink));
}

/* ---- table ------------------------------------------------------------------- */

/*
 * One line of harmless characters: a story must not move the cursor, recolour
 * the screen or turn the writing direction of whoever lists it.  C0 controls
 * become their pictures (ESC is U+241B), other commands U+FFFD.
 */
static uint32_t harmless(uint32_t code)
{
    if (code == '\n' || code == '\r' || code == '\t' || code == 0x2028 || code == 0x2029)
        return ' ';
    if (code < ' ')
        return 0x2400 + code;
    if (code == 0x7F)
        return 0x2421;
    bool c1 = code >= 0x80 && code < 0xA0;
    bool bidi = code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                (code >= 0x2066 && code <= 0x2069) || code == 0x061C;
    return c1 || bidi ? 0xFFFD : code;
}

/* The longest prefix of text that is at most `width` columns wide; *used is its width. */
static Str prefix_of_width(Str text, size_t width, size_t *used)
{
    size_t end = 0;
    *used = 0;
    for (size_t at = 0; at < text.len; end = at) {
        size_t from = at;
        utf8_decode(text, at, &at);
        size_t more = utf8_width((Str){ text.ptr + from, at - from });
        if (*used + more > width)
            break;
        *used += more;
    }
    return (Str){ text.ptr, end };
}

static Cell shorten_cell(Arena *arena, Cell cell, size_t width)
{
    size_t used;
    Str start = prefix_of_width(cell.text, width - 1, &used);
    while (start.len && start.ptr[start.len - 1] == ' ')
        start.len--, used--;
    char *text = arena_alloc(arena, start.len + 3);
    memcpy(text, start.ptr, start.len);
    memcpy(text + start.len, "\xE2\x80\xA6", 3);
    return (Cell){ { text, start.len + 3 }, (uint32_t)used + 1, false };
}

static Cell clean_cell(Sink *sink, Str raw)
{
    if (sink->options.width > 0 && raw.len > TABLE_CELL_BYTES)
        raw.len = utf8_valid_prefix((Str){ raw.ptr, TABLE_CELL_BYTES });
    char *text = arena_alloc(&sink->row_arena, raw.len * 3);  /* a control character grows to three bytes */
    size_t len = 0;
    for (size_t at = 0; at < raw.len;)
        len += utf8_encode(harmless(utf8_decode(raw, at, &at)), text + len);
    Cell cell = { { text, len }, 0, false };
    cell.width = (uint32_t)utf8_width(cell.text);
    return cell;
}

static bool is_right_aligned(const SinkColumn *column)
{
    return column->type == SINK_INTEGER || column->type == SINK_REAL;
}

static void write_blanks(Sink *sink, size_t n)
{
    fprintf(sink->out, "%*s", (int)n, "");
}

/* Blanks are written only when something follows them, so that no line ends in one. */
static void write_cells(Sink *sink, const Cell *cells)
{
    size_t blanks = 0;
    bool first = true;
    for (size_t i = 0; i < sink->n_columns; i++) {
        if (!is_shown(sink, i))
            continue;
        Cell cell = cells[i];
        size_t width = sink->widths[i];
        bool right = is_right_aligned(&sink->columns[i]);
        if (cell.width > width && width > 0 && !right && sink->options.width > 0)
            cell = shorten_cell(&sink->row_arena, cell, width);
        size_t pad = cell.width < width ? width - cell.width : 0;
        blanks += (first ? 0 : TABLE_GAP) + (right ? pad : 0);
        if (cell.text.len) {
            write_blanks(sink, blanks);
            fwrite(cell.text.ptr, 1, cell.text.len, sink->out);
            blanks = 0;
        }
        blanks += right ? 0 : pad;
        first = false;
    }
}

static Cell heading_cell(const SinkColumn *column)
{
    Str text = str_from(column->heading ? column->heading : column->name);
    return (Cell){ text, (uint32_t)utf8_width(text), false };
}

/* Take columns from the widest text column, one by one, until the line fits or all are narrow. */
static void fit_widths(Sink *sink)
{
    size_t total = 0, shown = 0;
    for (size_t i = 0; i < sink->n_columns; i++)
        if (is_shown(sink, i)) {
            total += sink->widths[i] + (shown ? TABLE_GAP : 0);
            shown++;
        }
    for (; sink->options.width > 0 && total > (size_t)sink->options.width; total--) {
        size_t widest = sink->n_columns;
        for (size_t i = 0; i < sink->n_columns; i++)
            if (is_shown(sink, i) && !is_right_aligned(&sink->columns[i]) &&
                sink->widths[i] > TABLE_NARROWEST &&
                (widest == sink->n_columns || sink->widths[i] > sink->widths[widest]))
                widest = i;
        if (widest == sink->n_columns)
            break;
        sink->widths[widest]--;
    }
}

static bool has_value(const Sink *sink, size_t column)
{
    bool any = false;
    for (size_t row = 0; row < sink->held.len && !any; row++)
        any = !sink->held.ptr[row][column].unknown;
    return any;
}

/* Print the heading and the rows held so far; from here on rows go straight out. */
static void release_table(Sink *sink)
{
    if (sink->streaming || sink->held.len == 0)
        return;
    Cell *headings = ARENA_ARRAY(&sink->arena, Cell, sink->n_columns);
    sink->hidden = ARENA_ARRAY(&sink->arena, bool, sink->n_columns);
    for (size_t i = 0; i < sink->n_columns; i++) {
        sink->hidden[i] = sink->columns[i].flags & SINK_IF_ANY && !has_value(sink, i);
        headings[i] = heading_cell(&sink->columns[i]);
        sink->widths[i] = headings[i].width;
        for (size_t row = 0; row < sink->held.len; row++)
            if (sink->held.ptr[row][i].width > sink->widths[i])
                sink->widths[i] = sink->held.ptr[row][i].width;
    }
    fit_widths(sink);
    fputs(sink->options.color ? "\x1B[1m" : "", sink->out);
    write_cells(sink, headings);
    fputs(sink->options.color ? "\x1B[0m\n" : "\n", sink->out);
    for (size_t row = 0; row < sink->held.len; row++) {
        write_cells(sink, sink->held.ptr[row]);
        putc('\n', sink->out);
    }
    sink->streaming = true;
    arena_reset(&sink->row_arena);
}

static void end_table_row(Sink *sink)
{
    if (sink->streaming) {
        write_cells(sink, sink->cells);
        putc('\n', sink->out);
        arena_reset(&sink->row_arena);
        return;
    }
    LIST_PUSH(&sink->arena, &sink->held, sink->cells);
    sink->cells = ARENA_ARRAY(&sink->arena, Cell, sink->n_columns);
    if (sink->held.len == TABLE_HELD_ROWS)
        release_table(sink);
}

/* ---- all formats -------------------------------------------------------------- */

Sink *sink_open(FILE *out, const SinkColumn *columns, size_t n_columns, SinkOptions options)
{
    assert(n_columns > 0);
    if (options.format == SINK_AUTO)
        options.format = isatty(fileno(out)) ? SINK_TABLE : SINK_CSV;
    Arena arena;
    arena_init(&arena);
    Sink *sink = ARENA_NEW(&arena, Sink);
    *sink = (Sink){
        .out = out, .columns = columns, .n_columns = n_columns, .options = options, .arena = arena,
    };
    if (is_json(sink)) {
        split_paths(sink);
        json_begin(&sink->json, &sink->arena);
        begin_json_row(sink);
    } else if (options.format == SINK_CSV) {
        write_csv_header(sink);
    } else {
        sink->cells = ARENA_ARRAY(&sink->arena, Cell, n_columns);
        sink->widths = ARENA_ARRAY(&sink->arena, size_t, n_columns);
    }
    return sink;
}

/* A field of CSV or a table; unknown is STR_NONE. */
static void put_plain(Sink *sink, Str text, bool is_number)
{
    if (!is_shown(sink, sink->at))
        return;
    if (sink->options.format == SINK_CSV)
        write_csv_cell(sink, text, is_number);
    else
        sink->cells[sink->at] = text.ptr ? clean_cell(sink, text) : (Cell){ STR("."), 1, true };
}

static void expect_field(const Sink *sink)
{
    assert(sink->at < sink->n_columns);
    (void)sink;
}

void sink_text(Sink *sink, Str text)
{
    expect_field(sink);
    if (is_json(sink)) {
        begin_json_value(sink);
        if (sink->columns[sink->at].type == SINK_JSON && text.len)
            json_raw(&sink->json, text);
        else if (sink->columns[sink->at].type == SINK_JSON)
            json_null(&sink->json);
        else
            json_text_value(&sink->json, text);
    } else {
        put_plain(sink, text, false);
    }
    sink->at++;
}

void sink_integer(Sink *sink, int64_t value)
{
    expect_field(sink);
    if (is_json(sink)) {
        begin_json_value(sink);
        json_integer(&sink->json, value);
    } else {
        char digits[24];
        int len = snprintf(digits, sizeof digits, "%lld", (long long)value);
        put_plain(sink, (Str){ digits, (size_t)len }, true);
    }
    sink->at++;
}

void sink_real(Sink *sink, double value)
{
    expect_field(sink);
    if (is_json(sink)) {
        begin_json_value(sink);
        json_real(&sink->json, value);
    } else {
        char digits[JSON_REAL_BYTES];
        Str text = json_format_real(value, digits);
        put_plain(sink, str_equal(text, STR("null")) ? STR_NONE : text, true);
    }
    sink->at++;
}

void sink_bool(Sink *sink, bool value)
{
    expect_field(sink);
    if (is_json(sink)) {
        begin_json_value(sink);
        json_bool(&sink->json, value);
    } else {
        put_plain(sink, value ? STR("yes") : STR("no"), false);
    }
    sink->at++;
}

void sink_null(Sink *sink)
{
    expect_field(sink);
    if (is_json(sink)) {
        begin_json_value(sink);
        json_null(&sink->json);
    } else {
        put_plain(sink, STR_NONE, false);
    }
    sink->at++;
}

/* errno is only good right after the write that failed, so look after each row. */
static void note_error(Sink *sink)
{
    if (!sink->error && ferror(sink->out))
        sink->error = errno ? errno : EIO;
}

void sink_row_end(Sink *sink)
{
    assert(sink->at == sink->n_columns);
    if (is_json(sink)) {
        end_json_row(sink);
        begin_json_row(sink);
    } else if (sink->options.format == SINK_CSV) {
        csv_write_end(sink->out, csv_style(sink));
    } else {
        end_table_row(sink);
    }
    sink->at = 0;
    sink->rows++;
    note_error(sink);
}

size_t sink_rows(const Sink *sink)
{
    return sink->rows;
}

bool sink_close(Sink *sink, Error *err)
{
    assert(sink->at == 0);
    if (sink->options.format == SINK_JSONARRAY)
        fputs(sink->rows ? "\n]\n" : "[]\n", sink->out);
    else if (sink->options.format == SINK_TABLE)
        release_table(sink);
    note_error(sink);
    if (fflush(sink->out) != 0 && !sink->error)
        sink->error = errno;
    int error = sink->error;
    arena_clear(&sink->row_arena);
    Arena arena = sink->arena;                       /* holds the sink itself */
    arena_clear(&arena);
    if (error && error != EPIPE)
        return error_set(err, ERR_OUTPUT, NULL, 0, 0, "cannot write: %s", strerror(error));
    return true;
}

bool sink_format_named(Str name, SinkFormat *out)
{
    static const struct { Str name; SinkFormat format; } formats[] = {
        { STR_INIT("table"), SINK_TABLE }, { STR_INIT("csv"), SINK_CSV },
        { STR_INIT("json"), SINK_JSONARRAY }, { STR_INIT("jsonl"), SINK_JSONL },
    };
    for (size_t i = 0; i < BASE_COUNT(formats); i++)
        if (str_equal(name, formats[i].name)) {
            *out = formats[i].format;
            return true;
        }
    return false;
}
