#include "engine/rulefile.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

typedef struct Reader {
    const char *file;
    Arena *arena;
    Stanzas *out;
    Problems *problems;
    int line;
    Str text;                /* of the line, without its end */
    bool in_stanza;          /* an indented line belongs to the last stanza of *out */
    bool skipping;           /* ... or to one whose first line was broken: passed over in silence */
    RuleField field;         /* being gathered; key.len == 0: none */
    Strs parts;              /* its text so far, one part a line */
    int field_indent;
    bool sound;
} Reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* 1-based column of a byte of the line, in code points. */
static int column(const Reader *reader, size_t at)
{
    return (int)utf8_count((Str){ reader->text.ptr, at }) + 1;
}

BASE_PRINTF(3, 4)
static void complain(Reader *reader, size_t at, const char *format, ...)
{
    char text[sizeof((Error *)0)->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    reader->sound = false;
    problems_addf(reader->problems, ERR_RULES, reader->file, reader->line, column(reader, at), "%s", text);
}

/* ---- fields ---------------------------------------------------------------- */

/* Hand the gathered field to its stanza.  One line is borrowed as it stands; more are joined once, at the end. */
static void field_close(Reader *reader)
{
    RuleField *field = &reader->field;
    if (field->key.len == 0)
        return;
    const Strs *parts = &reader->parts;
    if (parts->len == 0) {
        reader->sound = false;
        problems_addf(reader->problems, ERR_RULES, reader->file, field->key_line, field->key_col,
                      "`%.*s` has no text", STR_ARG(field->key));
    } else {
        size_t len = 0;
        for (size_t i = 0; i < parts->len; i++)
            len += parts->ptr[i].len + 1;
        if (parts->len == 1) {
            field->text = parts->ptr[0];
        } else {
            char *text = arena_alloc(reader->arena, len);
            size_t at = 0;
            for (size_t i = 0; i < parts->len; i++) {
                field->pieces.ptr[i].from = at;
                memcpy(text + at, parts->ptr[i].ptr, parts->ptr[i].len);
                at += parts->ptr[i].len;
                text[at++] = ' ';
            }
            field->text = (Str){ text, at - 1 };
        }
        field->line = field->pieces.ptr[0].line;
        field->col = field->pieces.ptr[0].col;
        Stanza *stanza = &reader->out->ptr[reader->out->len - 1];
        LIST_PUSH(reader->arena, &stanza->fields, *field);
    }
    reader->field = (RuleField){ 0 };
    reader->parts = (Strs){ 0 };
}

static void field_add_line(Reader *reader, size_t at)
{
    Str part = str_trim((Str){ reader->text.ptr + at, reader->text.len - at });
    if (part.len == 0)
        return;
    RulePiece piece = { 0, reader->line, column(reader, (size_t)(part.ptr - reader->text.ptr)) };
    LIST_PUSH(reader->arena, &reader->field.pieces, piece);
    LIST_PUSH(reader->arena, &reader->parts, part);
}

/* An indented line: a key and its text, or more text of the field above. */
static void read_indented(Reader *reader, size_t at, int indent)
{
    if (!reader->in_stanza) {
        if (!reader->skipping)
            complain(reader, at, "an indented line before any stanza");
        return;
    }
    if (reader->field.key.len && indent >= reader->field_indent + 2) {
        field_add_line(reader, at);
        return;
    }
    if (reader->field.key.len && indent > reader->field_indent) {
        complain(reader, at, "neither in line with `%.*s` above nor two columns deeper", STR_ARG(reader->field.key));
        return;
    }
    field_close(reader);
    size_t end = at;
    while (end < reader->text.len && !is_blank(reader->text.ptr[end]))
        end++;
    Str key = { reader->text.ptr + at, end - at };
    for (size_t i = 0; i < key.len; i++)
        if (!is_name_char(key.ptr[i])) {
            complain(reader, at, "`%.*s` is no key: a key has only letters and -", STR_ARG(key));
            return;
        }
    reader->field = (RuleField){ .key = key, .key_line = reader->line, .key_col = column(reader, at) };
    reader->field_indent = indent;
    field_add_line(reader, end);
}

/* ---- stanzas --------------------------------------------------------------- */

/* The word at *at up to a blank or `stop`; *at moves behind it. */
static Str take_word(Str text, size_t *at, char stop)
{
    size_t from = *at;
    while (*at < text.len && !is_blank(text.ptr[*at]) && text.ptr[*at] != stop)
        ++*at;
    return (Str){ text.ptr + from, *at - from };
}

/* "..." at *at; *at moves behind it.  False, and reported, if it is not closed. */
static bool take_quoted(Reader *reader, size_t *at, Str *out)
{
    size_t close = str_find(reader->text, STR("\""), *at + 1);
    if (close == reader->text.len) {
        complain(reader, *at, "missing closing quotation mark");
        return false;
    }
    *out = (Str){ reader->text.ptr + *at + 1, close - *at - 1 };
    *at = close + 1;
    return true;
}

static bool read_attribute(Reader *reader, size_t *at, Stanza *stanza)
{
    size_t from = *at;
    Str key = take_word(reader->text, at, '=');
    if (*at == reader->text.len || reader->text.ptr[*at] != '=' || key.len == 0) {
        complain(reader, from, "expected key=value or \"label\", not `%.*s`", STR_ARG(key));
        return false;
    }
    if (stanza_attribute(stanza, str_cstr(reader->arena, key)).ptr) {
        complain(reader, from, "attribute `%.*s` is given twice", STR_ARG(key));
        return false;
    }
    ++*at;
    int value_col = column(reader, *at);
    Str value;
    if (*at < reader->text.len && reader->text.ptr[*at] == '"') {
        if (!take_quoted(reader, at, &value))
            return false;
    } else {
        value = take_word(reader->text, at, ' ');
    }
    if (value.len == 0) {
        complain(reader, from, "attribute `%.*s` has no value", STR_ARG(key));
        return false;
    }
    RuleAttribute attribute = { key, value, column(reader, from), value_col };
    LIST_PUSH(reader->arena, &stanza->attributes, attribute);
    return true;
}

static bool read_head(Reader *reader, Stanza *stanza)
{
    Str text = reader->text;
    size_t at = 0;
    stanza->kind = take_word(text, &at, ' ');
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    stanza->name = take_word(text, &at, ' ');
    stanza->name_col = column(reader, at - stanza->name.len);
    if (stanza->name.len == 0) {
        complain(reader, 0, "`%.*s` needs a name behind it", STR_ARG(stanza->kind));
        return false;
    }
    for (size_t i = 0; i < stanza->name.len; i++)
        if (!is_name_char(stanza->name.ptr[i])) {
            complain(reader, at - stanza->name.len,
                     "`%.*s` is no name: a name has only letters, digits, - and _", STR_ARG(stanza->name));
            return false;
        }
    enum { ATTRIBUTES = 32 };
    for (;;) {
        while (at < text.len && is_blank(text.ptr[at]))
            at++;
        if (at == text.len)
            return true;
        if (text.ptr[at] == '"' && !stanza->label.ptr) {
            if (!take_quoted(reader, &at, &stanza->label))
                return false;
        } else if (stanza->attributes.len == ATTRIBUTES) {
            complain(reader, at, "too many attributes");
            return false;
        } else if (!read_attribute(reader, &at, stanza)) {
            return false;
        }
    }
}

static void read_line(Reader *reader)
{
    Str text = reader->text;
    size_t at = 0;
    int indent = 0;
    for (; at < text.len && is_blank(text.ptr[at]); at++)
        indent = text.ptr[at] == '\t' ? (indent / 8 + 1) * 8 : indent + 1;
    if (at == text.len || text.ptr[at] == '#')
        return;
    if (text.len > RULEFILE_LINE_BYTES) {
        complain(reader, 0, "the line is longer than 64 KiB");
        return;
    }
    size_t valid = utf8_valid_prefix(text);
    if (valid < text.len) {
        complain(reader, valid, "not UTF-8: the line is skipped");
        return;
    }
    if (indent) {
        read_indented(reader, at, indent);
        return;
    }
    field_close(reader);
    Stanza stanza = { .file = reader->file, .source = reader->file, .line = reader->line };
    reader->in_stanza = read_head(reader, &stanza);
    reader->skipping = !reader->in_stanza;
    if (reader->in_stanza)
        LIST_PUSH(reader->arena, reader->out, stanza);
}

/* A byte that no text file has: the file is something else. */
static bool is_binary(char c)
{
    unsigned char u = (unsigned char)c;
    return u < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

bool rulefile_parse(Str text, const char *file, Arena *arena, Stanzas *out, Problems *problems)
{
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = (Str){ text.ptr + 3, text.len - 3 };
    int line = 1;
    for (size_t i = 0; i < text.len; i++) {
        line += text.ptr[i] == '\n';
        if (is_binary(text.ptr[i])) {
            problems_addf(problems, ERR_RULES, file, line, 0, "not a text file: it holds the byte 0x%02x",
                          (unsigned)(unsigned char)text.ptr[i]);
            return false;
        }
    }
    Reader reader = { .file = file, .arena = arena, .out = out, .problems = problems, .sound = true };
    Str rest = text;
    while (str_split(&rest, '\n', &reader.text)) {
        reader.line++;
        while (reader.text.len && (is_blank(reader.text.ptr[reader.text.len - 1]) ||
                                   reader.text.ptr[reader.text.len - 1] == '\r'))
            reader.text.len--;
        read_line(&reader);
    }
    field_close(&reader);
    return reader.sound;
}

Str stanza_attribute(const Stanza *stanza, const char *key)
{
    for (size_t i = 0; i < stanza->attributes.len; i++)
        if (str_equal(stanza->attributes.ptr[i].key, str_from(key)))
            return stanza->attributes.ptr[i].value;
    return STR_NONE;
}

int stanza_attribute_col(const Stanza *stanza, const char *key)
{
    for (size_t i = 0; i < stanza->attributes.len; i++)
        if (str_equal(stanza->attributes.ptr[i].key, str_from(key)))
            return stanza->attributes.ptr[i].value_col;
    return stanza->name_col;
}

static const RulePiece *piece_at(const RuleField *field, size_t at)
{
    size_t low = 0, high = field->pieces.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (field->pieces.ptr[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return &field->pieces.ptr[low];
}

int rulefile_line(const RuleField *field, size_t at)
{
    return piece_at(field, at)->line;
}

int rulefile_col(const RuleField *field, size_t at)
{
    const RulePiece *piece = piece_at(field, at);
    return piece->col + (int)utf8_count((Str){ field->text.ptr + piece->from, at - piece->from });
}

/* ---- did you mean ---------------------------------------------------------- */

enum { NEAREST_BYTES = 48, NEAREST_WORDS = 5000 };

/* Insertions, deletions, changes and swaps of neighbours between two words (optimal string alignment). */
static int edit_distance(Str a, Str b)
{
    int rows[3][NEAREST_BYTES + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        int *row = rows[i % 3], *above = rows[(i - 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.len; j++) {
            int best = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (above[j] + 1 < best)
                best = above[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                rows[(i - 2) % 3][j - 2] + 1 < best)
                best = rows[(i - 2) % 3][j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[a.len % 3][b.len];
}

Str rulefile_nearest(Str word, const Str *words, size_t n_words)
{
    Str nearest = STR_NONE;
    int best = word.len < 2 ? 1 : word.len < 4 ? 2 : 3;      /* short words: one slip, else everything is near */
    if (word.len > NEAREST_BYTES || n_words > NEAREST_WORDS)
        return STR_NONE;
    for (size_t i = 0; i < n_words; i++) {
        if (words[i].len > NEAREST_BYTES || words[i].len + 2 < word.len || words[i].len > word.len + 2)
            continue;
        int distance = edit_distance(word, words[i]);
        if (distance < best) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}
