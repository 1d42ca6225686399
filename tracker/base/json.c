#include "base/json.h"
#include "base/utf8.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * A finite number in at most `digits` digits; whole ones up to 15 digits in
 * full.  Whatever a locale has for the decimal point, perhaps several bytes,
 * becomes one dot.
 */
static Str format_number(double value, int digits, char out[JSON_REAL_BYTES])
{
    char raw[JSON_REAL_BYTES];
    if (fabs(value) < 1e15 && value == (double)(int64_t)value)
        snprintf(raw, sizeof raw, "%lld", (long long)value);
    else
        snprintf(raw, sizeof raw, "%.*g", digits, value);
    size_t len = 0;
    for (const char *c = raw; *c; c++) {
        if (strchr("0123456789+-e", *c))
            out[len++] = *c;
        else if (len && out[len - 1] != '.')
            out[len++] = '.';
    }
    return (Str){ out, len };
}

/* ---- reading --------------------------------------------------------------- */

/* A Json is a cJSON: the struct is never defined, so nobody can reach past this cover. */
static const cJSON *inner(const Json *json)
{
    return (const cJSON *)json;
}

static const Json *outer(const cJSON *json)
{
    return (const Json *)json;
}

/* Report at byte `at` of text, in lines and code points. */
static bool fail_at(Str text, size_t at, Error *err, const char *what)
{
    int line = 1;
    size_t line_start = 0;
    for (const char *hit; (hit = memchr(text.ptr + line_start, '\n', at - line_start)) != NULL; line++)
        line_start = (size_t)(hit - text.ptr) + 1;
    size_t col = utf8_count((Str){ text.ptr + line_start, at - line_start }) + 1;
    return error_set(err, ERR_INPUT, NULL, line, (int)col, "broken JSON: %s", what);
}

typedef struct Place {
    size_t depth;                /* of open brackets */
    bool in_object, in_string;
    char after;                  /* the last character before it that is no blank */
} Place;

static Place place_at(Str text, size_t at)
{
    Place place = { 0 };
    bool is_object[CJSON_NESTING_LIMIT + 1] = { false };
    for (size_t i = 0; i < at; i++) {
        char c = text.ptr[i];
        if (place.in_string) {
            i += c == '\\';
            place.in_string = c != '"';
        } else if (c == '"') {
            place.in_string = true;
        } else if ((c == '[' || c == '{') && place.depth < CJSON_NESTING_LIMIT) {
            is_object[++place.depth] = c == '{';
        } else if ((c == ']' || c == '}') && place.depth > 0) {
            place.depth--;
        }
        place.after = (unsigned char)c > ' ' ? c : place.after;
    }
    place.in_object = is_object[place.depth];
    return place;
}

/* cJSON tells only where it stopped, and not always exactly: say why in plain words. */
static bool explain(Str text, size_t at, Error *err)
{
    Place place = place_at(text, text.len);
    char last = text.ptr[text.len - 1];
    if (at + 1 >= text.len && !place.in_string && last != ']' && last != '}')
        return fail_at(text, text.len, err, "ends too early");

    if (at > 0) {                                    /* it stops one byte behind what should be a key */
        place = place_at(text, at - 1);
        at -= place.in_object && !place.in_string && (place.after == '{' || place.after == ',') &&
              text.ptr[at - 1] != '"' && (unsigned char)text.ptr[at - 1] > ' ';
    }
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
        at--;
    place = place_at(text, at);
    char c = text.ptr[at];
    if (place.in_string)
        return fail_at(text, at, err, c == '\\' ? "bad escape in a string" : "a string is not closed");
    if ((c == '[' || c == '{') && place.depth >= CJSON_NESTING_LIMIT)
        return fail_at(text, at, err, "nested too deeply");
    if ((unsigned char)c < ' ')
        return fail_at(text, at, err, "unexpected control character");
    size_t next;
    utf8_decode(text, at, &next);
    char what[32];
    snprintf(what, sizeof what, "unexpected %.*s", (int)(next - at), text.ptr + at);
    return fail_at(text, at, err, what);
}

/* The byte of an escaped NUL, which would cut a C string short; text.len if there is none. */
static size_t find_escaped_nul(Str text)
{
    for (size_t at = 0; (at = str_find(text, STR("\\u0000"), at)) < text.len; at++) {
        size_t backslashes = 0;
        while (backslashes < at && text.ptr[at - backslashes - 1] == '\\')
            backslashes++;
        if (backslashes % 2 == 0)
            return at;
    }
    return text.len;
}

bool json_parse(Str text, Json **out, Error *err)
{
    *out = NULL;
    while (text.len && (unsigned char)text.ptr[text.len - 1] <= ' ' && text.ptr[text.len - 1])
        text.len--;
    if (text.len == 0)
        return error_set(err, ERR_INPUT, NULL, 1, 1, "broken JSON: empty");
    const char *nul = memchr(text.ptr, '\0', text.len);
    if (nul)
        return fail_at(text, (size_t)(nul - text.ptr), err, "NUL byte");
    size_t valid = utf8_valid_prefix(text);
    if (valid < text.len)
        return fail_at(text, valid, err, "not UTF-8");
    size_t escaped = find_escaped_nul(text);
    if (escaped < text.len)
        return fail_at(text, escaped, err, "NUL character");

    const char *stop = NULL;
    cJSON *json = cJSON_ParseWithLengthOpts(text.ptr, text.len, &stop, false);
    size_t at = stop ? (size_t)(stop - text.ptr) : 0;
    if (!json)
        return explain(text, at, err);
    if (at < text.len) {
        while ((unsigned char)text.ptr[at] <= ' ')
            at++;
        cJSON_Delete(json);
        return fail_at(text, at, err, "more text after the value");
    }
    *out = (Json *)json;
    return true;
}

void json_free(Json *json)
{
    cJSON_Delete((cJSON *)json);
}

bool json_is_object(const Json *json)
{
    return cJSON_IsObject(inner(json));
}

bool json_is_array(const Json *json)
{
    return cJSON_IsArray(inner(json));
}

bool json_is_false(const Json *json)
{
    return cJSON_IsFalse(inner(json));
}

size_t json_length(const Json *array)
{
    return json_is_array(array) ? (size_t)cJSON_GetArraySize(inner(array)) : 0;
}

const Json *json_at(const Json *array, size_t index)
{
    const cJSON *item = json_is_array(array) ? inner(array)->child : NULL;
    while (item && index-- > 0)
        item = item->next;
    return outer(item);
}

const Json *json_next(const Json *element)
{
    return outer(inner(element)->next);
}

const Json *json_member(const Json *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(inner(object), name);
    return cJSON_IsNull(item) ? NULL : outer(item);
}

Str json_string_value(const Json *value, Arena *arena)
{
    const cJSON *item = inner(value);
    if (cJSON_IsString(item))
        return str_copy(arena, str_from(item->valuestring));
    if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
        return STR_NONE;
    char digits[JSON_REAL_BYTES];
    return str_copy(arena, format_number(item->valuedouble, 15, digits));
}

Str json_string(const Json *object, const char *name, Arena *arena)
{
    return json_string_value(json_member(object, name), arena);
}

bool json_number(const Json *object, const char *name, double *out)
{
    const cJSON *item = inner(json_member(object, name));
    if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
        return false;
    *out = item->valuedouble;
    return true;
}

/* ---- writing --------------------------------------------------------------- */

void json_begin(JsonWriter *writer, Arena *arena)
{
    *writer = (JsonWriter){ .arena = arena };
}

void json_restart(JsonWriter *writer)
{
    assert(writer->depth == 0);
    writer->len = 0;
}

static void make_room(JsonWriter *writer, size_t n_bytes)
{
    size_t cap = writer->cap ? writer->cap * 2 : 128;
    while (cap - writer->len < n_bytes)
        cap *= 2;
    char *more = arena_alloc(writer->arena, cap);
    if (writer->len)
        memcpy(more, writer->ptr, writer->len);
    writer->ptr = more;
    writer->cap = cap;
}

static inline void append(JsonWriter *writer, const char *bytes, size_t n_bytes)
{
    if (writer->cap - writer->len < n_bytes)
        make_room(writer, n_bytes);
    if (n_bytes)
        memcpy(writer->ptr + writer->len, bytes, n_bytes);
    writer->len += n_bytes;
}

static inline void append_char(JsonWriter *writer, char c)
{
    if (writer->cap == writer->len)
        make_room(writer, 1);
    writer->ptr[writer->len++] = c;
}

/* The comma before all but the first; a value in an object must follow its key. */
static void separate(JsonWriter *writer, bool is_key)
{
    if (writer->depth == 0)
        return;
    unsigned level = writer->depth - 1u;
    assert(writer->is_object[level] == (is_key != writer->after_key));
    if (!writer->after_key && !writer->first[level])
        append_char(writer, ',');
    writer->first[level] = false;
    writer->after_key = is_key;
}

static void open_level(JsonWriter *writer, bool is_object)
{
    separate(writer, false);
    assert(writer->depth < JSON_DEPTH);
    writer->first[writer->depth] = true;
    writer->is_object[writer->depth++] = is_object;
    append_char(writer, is_object ? '{' : '[');
}

void json_object(JsonWriter *writer)
{
    open_level(writer, true);
}

void json_array(JsonWriter *writer)
{
    open_level(writer, false);
}

void json_end(JsonWriter *writer)
{
    assert(writer->depth > 0 && !writer->after_key);
    append_char(writer, writer->is_object[--writer->depth] ? '}' : ']');
}

/* Is one of eight bytes zero?  Right where none is above 0x7F. */
static uint64_t has_zero(uint64_t eight)
{
    return (eight - 0x0101010101010101u) & ~eight & 0x8080808080808080u;
}

/* Bytes at the start that stand for themselves in a string: at least so many, counted by eights. */
static size_t plain_prefix(const char *p, size_t len)
{
    size_t at = 0;
    for (uint64_t eight; len - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, p + at, sizeof eight);
        uint64_t high = (eight | (eight - 0x2020202020202020u)) & 0x8080808080808080u;         /* or below a blank */
        if (high | has_zero(eight ^ 0x2222222222222222u) | has_zero(eight ^ 0x5C5C5C5C5C5C5C5Cu) | has_zero(eight ^ 0x7F7F7F7F7F7F7F7Fu))
            break;
    }
    return at;
}

/*
 * Besides what JSON demands, DEL and the C1 controls (U+0080-U+009F) are
 * escaped: the reader gets the same text, a terminal no commands.
 */
static void append_string(JsonWriter *writer, Str text)
{
    append_char(writer, '"');
    size_t done = 0;
    for (size_t i = plain_prefix(text.ptr, text.len); i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\')
            continue;
        bool c1 = c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xA0;
        if (c > 0x7F && !c1)
            continue;
        append(writer, text.ptr + done, i - done);
        char escape[8];
        static const char plain[] = "\"\\\n\r\t\b\f", letter[] = "\"\\nrtbf";
        const char *short_form = c ? strchr(plain, c) : NULL;
        if (short_form)
            snprintf(escape, sizeof escape, "\\%c", letter[short_form - plain]);
        else
            snprintf(escape, sizeof escape, "\\u%04x", c1 ? (unsigned char)text.ptr[++i] : c);
        append(writer, escape, strlen(escape));
        done = i + 1;
        i += plain_prefix(text.ptr + done, text.len - done);
    }
    append(writer, text.ptr + done, text.len - done);
    append_char(writer, '"');
}

void json_key(JsonWriter *writer, const char *name)
{
    separate(writer, true);
    append_string(writer, str_from(name));
    append_char(writer, ':');
}

void json_raw(JsonWriter *writer, Str json)
{
    separate(writer, false);
    append(writer, json.ptr, json.len);
}

void json_null(JsonWriter *writer)
{
    json_raw(writer, STR("null"));
}

void json_bool(JsonWriter *writer, bool value)
{
    json_raw(writer, value ? STR("true") : STR("false"));
}

void json_text_value(JsonWriter *writer, Str text)
{
    if (!text.ptr) {
        json_null(writer);
        return;
    }
    separate(writer, false);
    append_string(writer, text);
}

void json_integer(JsonWriter *writer, int64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)value);
    json_raw(writer, (Str){ digits, (size_t)len });
}

Str json_format_real(double value, char out[JSON_REAL_BYTES])
{
    return isfinite(value) ? format_number(value, 6, out) : STR("null");
}

void json_real(JsonWriter *writer, double value)
{
    char digits[JSON_REAL_BYTES];
    json_raw(writer, json_format_real(value, digits));
}

Str json_text(const JsonWriter *writer)
{
    assert(writer->depth == 0);
    return (Str){ writer->ptr, writer->len };
}
