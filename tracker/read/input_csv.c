#include "read/input_reader.h"

#include "base/csvfile.h"

#include <string.h>

/*
 * CSV exports, one story a row, and manifests, one file a row:
 *
 *     title,text,subject,date                      columns are found by the names that exporters use
 *     path,url,source,published                    the files named are read; the row says what they do not
 */
typedef enum Column {
    COLUMN_ID, COLUMN_TEXT, COLUMN_TITLE, COLUMN_SOURCE, COLUMN_URL, COLUMN_PLACE, COLUMN_LANGUAGE, COLUMN_DATE, COLUMN_PATH,
    COLUMN_COUNT,
} Column;

/* The surest name of each first. */
static const struct { const char *name; Column column; } column_names[] = {
    { "id", COLUMN_ID }, { "guid", COLUMN_ID }, { "article_id", COLUMN_ID }, { "uuid", COLUMN_ID },
    { "text", COLUMN_TEXT }, { "maintext", COLUMN_TEXT }, { "full_text", COLUMN_TEXT }, { "body", COLUMN_TEXT },
    { "content", COLUMN_TEXT }, { "article", COLUMN_TEXT }, { "story", COLUMN_TEXT }, { "article_text", COLUMN_TEXT },
    { "full text", COLUMN_TEXT }, { "bodytext", COLUMN_TEXT }, { "article body", COLUMN_TEXT }, { "lp", COLUMN_TEXT },
    { "title", COLUMN_TITLE }, { "headline", COLUMN_TITLE }, { "heading", COLUMN_TITLE },
    { "source", COLUMN_SOURCE }, { "outlet", COLUMN_SOURCE }, { "publication", COLUMN_SOURCE }, { "publisher", COLUMN_SOURCE },
    { "source_domain", COLUMN_SOURCE }, { "newspaper", COLUMN_SOURCE }, { "media", COLUMN_SOURCE }, { "site", COLUMN_SOURCE },
    { "url", COLUMN_URL }, { "link", COLUMN_URL }, { "permalink", COLUMN_URL }, { "web_url", COLUMN_URL },
    { "place", COLUMN_PLACE }, { "location", COLUMN_PLACE },
    { "language", COLUMN_LANGUAGE }, { "lang", COLUMN_LANGUAGE },
    { "published", COLUMN_DATE }, { "date", COLUMN_DATE }, { "published_at", COLUMN_DATE }, { "date_published", COLUMN_DATE },
    { "date_publish", COLUMN_DATE }, { "publish_date", COLUMN_DATE }, { "publication_date", COLUMN_DATE },
    { "publishedat", COLUMN_DATE }, { "pubdate", COLUMN_DATE }, { "pub_date", COLUMN_DATE }, { "publication date", COLUMN_DATE },
    { "path", COLUMN_PATH }, { "file", COLUMN_PATH }, { "filename", COLUMN_PATH },
};

typedef struct CsvState {
    char delimiter;
    int index[COLUMN_COUNT];         /* in the row, or -1 */
} CsvState;

static bool is_quoted_to_the_end(Str row)
{
    bool inside = false;
    for (const char *mark = row.ptr; (mark = memchr(mark, '"', (size_t)(row.ptr + row.len - mark))) != NULL; mark++)
        inside = !inside;
    return inside;
}

static char delimiter_of(Str header)
{
    static const char marks[] = { ',', ';', '\t', '|' };
    char best = ',';
    size_t most = 0;
    for (size_t i = 0; i < sizeof marks; i++) {
        size_t n = 0;
        for (size_t at = 0; at < header.len; at++)
            n += header.ptr[at] == marks[i];
        if (n > most) {
            most = n;
            best = marks[i];
        }
    }
    return best;
}

/* How many columns of the header are known. */
static int map_columns(Str header, Arena *arena, CsvState *out)
{
    out->delimiter = delimiter_of(header);
    Strs fields = csv_split_row(header, out->delimiter, arena);
    int n = 0;
    for (int column = 0; column < COLUMN_COUNT; column++)
        out->index[column] = -1;
    for (size_t i = 0; i < BASE_COUNT(column_names); i++)
        for (size_t k = 0; k < fields.len && out->index[column_names[i].column] < 0; k++)
            if (str_equal_nocase(str_trim(fields.ptr[k]), str_from(column_names[i].name))) {
                out->index[column_names[i].column] = (int)k;
                n++;
            }
    return fields.len > 1 ? n : 0;
}

static Str first_line(Str head)
{
    Str line = { head.ptr, str_find(head, STR("\n"), 0) };
    return line.len < head.len ? str_trim(line) : STR("");
}

static bool header_has(Str head, Column wanted)
{
    Str line = first_line(head);
    if (!line.len || memchr(line.ptr, '\0', line.len))
        return false;
    Arena arena;
    arena_init(&arena);
    CsvState state;
    bool yes = map_columns(line, &arena, &state) >= 2 && state.index[wanted] >= 0;
    arena_clear(&arena);
    return yes;
}

static bool probe_csv(Str head)
{
    return header_has(head, COLUMN_TEXT);
}

bool input_is_manifest(Str head)
{
    return header_has(head, COLUMN_PATH) && !header_has(head, COLUMN_TEXT);
}

/* A row with the line ends that are inside quotation marks.  In scratch. */
static InputResult next_row(InputStream *stream, CsvState *state, Strs *fields, int *line_number, Error *err)
{
    Arena *scratch = input_stream_scratch(stream);
    Str line, row = STR_NONE;
    int number;
    for (bool open = false; !row.ptr || open;) {
        InputResult result = input_stream_line(stream, &line, &number, err);
        if (result != INPUT_OK)
            return result == INPUT_END && open ? input_bad(err, *line_number, 0, "a quotation mark that opens here is not closed")
                                               : result;
        if (!row.ptr && !str_trim(line).len)
            continue;
        if (!row.ptr)
            *line_number = number;
        if (row.len + line.len > INPUT_LINE_BYTES)
            return input_bad(err, *line_number, 0, "a quotation mark that opens here is not closed");
        row = row.ptr ? str_printf(scratch, "%.*s\n%.*s", STR_ARG(row), STR_ARG(line)) : str_copy(scratch, line);
        open = is_quoted_to_the_end(row);
    }
    *fields = csv_split_row(row, state->delimiter, scratch);
    return INPUT_OK;
}

static Str field_of(const CsvState *state, const Strs *fields, Column column)
{
    int index = state->index[column];
    return index >= 0 && (size_t)index < fields->len ? str_trim(fields->ptr[index]) : STR_NONE;
}

static Str decoded(InputStream *stream, Str bytes, Story *out)
{
    const char *nul = bytes.len ? memchr(bytes.ptr, '\0', bytes.len) : NULL;
    bytes.len = nul ? (size_t)(nul - bytes.ptr) : bytes.len;
    return input_decode(bytes, STR_NONE, input_stream_scratch(stream), &out->note);
}

static void take_fields(InputStream *stream, const CsvState *state, const Strs *fields, Arena *arena, Story *out, Error *err)
{
    const struct { Column column; Str *to; } texts[] = {
        { COLUMN_ID, &out->id }, { COLUMN_TITLE, &out->title }, { COLUMN_SOURCE, &out->source }, { COLUMN_URL, &out->url },
        { COLUMN_PLACE, &out->place }, { COLUMN_LANGUAGE, &out->language },
    };
    for (size_t i = 0; i < BASE_COUNT(texts); i++) {
        Str value = decoded(stream, field_of(state, fields, texts[i].column), out);
        if (value.len)
            *texts[i].to = str_copy(arena, value);
    }
    Str day = decoded(stream, field_of(state, fields, COLUMN_DATE), out);
    if (!day.len || date_parse_stamp(day, &out->published) || date_find(day, &out->published, &(size_t){ 0 }))
        return;
    error_set(err, ERR_INPUT, NULL, out->line, 0, "\"%.*s\" is not a date", day.len < 60 ? (int)day.len : 60, day.ptr);
    err->warning = true;
}

static InputResult read_header(InputStream *stream, CsvState *state, Error *err)
{
    Str line;
    int number;
    InputResult result = input_stream_line(stream, &line, &number, err);
    if (result == INPUT_OK)
        map_columns(str_trim(line), input_stream_scratch(stream), state);
    return result;
}

static InputResult next_csv(InputStream *stream, Arena *arena, Story *out, Error *err)
{
    void **place = input_stream_state(stream);
    arena_reset(input_stream_scratch(stream));
    InputResult result;
    if (!*place) {
        *place = ARENA_NEW(input_stream_memory(stream), CsvState);
        result = read_header(stream, *place, err);
        if (result != INPUT_OK)
            return result;
    }
    CsvState *state = *place;
    Strs fields;
    int line;
    result = next_row(stream, state, &fields, &line, err);
    if (result != INPUT_OK)
        return result;
    *out = (Story){ .published = DATE_UNKNOWN, .line = line, .note = input_stream_note(stream) };
    Str text = decoded(stream, field_of(state, &fields, COLUMN_TEXT), out);
    bool is_html = str_find(text, STR("</p>"), 0) < text.len || str_find(text, STR("<br"), 0) < text.len;
    if (!text.len || !input_take_text(text, is_html, arena, input_stream_scratch(stream), out))
        return input_bad(err, line, 0, "the row has no text");
    take_fields(stream, state, &fields, arena, out, err);
    return INPUT_OK;
}

InputResult input_next_in_manifest(InputStream *stream, Arena *arena, Str *path, Story *given, Error *err)
{
    CsvState **state = (CsvState **)input_stream_state(stream);
    arena_reset(input_stream_scratch(stream));
    if (!*state) {
        *state = ARENA_NEW(input_stream_memory(stream), CsvState);
        InputResult result = read_header(stream, *state, err);
        if (result != INPUT_OK)
            return result;
    }
    Strs fields;
    int line;
    InputResult result = next_row(stream, *state, &fields, &line, err);
    if (result != INPUT_OK)
        return result;
    *given = (Story){ .published = DATE_UNKNOWN, .line = line };
    *path = decoded(stream, field_of(*state, &fields, COLUMN_PATH), given);
    if (!path->len)
        return input_bad(err, line, 0, "the row names no file");
    *path = str_copy(arena, *path);
    take_fields(stream, *state, &fields, arena, given, err);
    return INPUT_OK;
}

const InputReader input_csv = { .name = "csv", .probe = probe_csv, .next = next_csv };
