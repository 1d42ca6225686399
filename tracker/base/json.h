/*
 * json.h - a thin cover over cJSON for reading, and a writer that streams
 *
 * Reading is strict where cJSON is lax: UTF-8 is checked, NUL bytes are
 * refused, nesting is limited, and errors come back with line and column.
 * Writing keeps no tree: it appends to a growing buffer in an arena.
 *
 *     JsonWriter w;
 *     json_begin(&w, arena);
 *     json_object(&w);
 *       json_key(&w, "n");     json_integer(&w, 4);
 *       json_key(&w, "spans"); json_array(&w); ... json_end(&w);
 *     json_end(&w);
 *     Str text = json_text(&w);            {"n":4,"spans":[...]}
 */
#ifndef TRACKER_JSON_H
#define TRACKER_JSON_H

#include "base/base.h"

typedef struct Json Json;                /* one parsed value; owned by the Json it was parsed into */

/*
 * Parse one value that fills the whole text.  On failure false, with err's line (counted from 1 inside
 * text) and column and a message in plain words.  json_free() gives the tree back; strings returned by
 * the getters are copied to the arena, so that they outlive it.
 */
bool  json_parse(Str text, Json **out, Error *err);
void  json_free(Json *json);
bool  json_is_object(const Json *json);
bool  json_is_array(const Json *json);
bool  json_is_false(const Json *json);           /* the value false itself: not null, not 0, not absent */
size_t json_length(const Json *array);
const Json *json_at(const Json *array, size_t index);             /* counts from the front: to walk, */
const Json *json_next(const Json *element);                       /* take json_at(array, 0) and its followers */
const Json *json_member(const Json *object, const char *name);   /* NULL when absent or null */
/* The text of a string member, a number in digits; STR_NONE when absent, null or of another type. */
Str   json_string(const Json *object, const char *name, Arena *arena);
bool  json_number(const Json *object, const char *name, double *out);   /* a finite number, or false */
Str   json_string_value(const Json *value, Arena *arena);         /* the same of a value already at hand */

/* ---- writing --------------------------------------------------------------- */

enum { JSON_DEPTH = 32, JSON_REAL_BYTES = 32 };

/* The shortest decimal form with at most 6 digits, the same in every locale; "null" when not finite. */
Str json_format_real(double value, char out[JSON_REAL_BYTES]);

typedef struct JsonWriter {
    Arena *arena;
    char *ptr; size_t len, cap;
    unsigned char depth;
    bool first[JSON_DEPTH], is_object[JSON_DEPTH], after_key;
} JsonWriter;

void json_begin(JsonWriter *writer, Arena *arena);
void json_restart(JsonWriter *writer);                  /* the next value, in the memory of the last */
void json_object(JsonWriter *writer);
void json_array(JsonWriter *writer);
void json_end(JsonWriter *writer);                      /* of the innermost object or array */
void json_key(JsonWriter *writer, const char *name);
void json_text_value(JsonWriter *writer, Str text);     /* STR_NONE writes null */
void json_integer(JsonWriter *writer, int64_t value);
void json_real(JsonWriter *writer, double value);       /* as json_format_real() */
void json_bool(JsonWriter *writer, bool value);
void json_null(JsonWriter *writer);
void json_raw(JsonWriter *writer, Str json);            /* text that is JSON already */
Str  json_text(const JsonWriter *writer);

#endif
