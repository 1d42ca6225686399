/*
 * base.h - text slices, byte spans, arenas, lists and errors
 *
 * A Str borrows bytes that live elsewhere: it is not NUL-terminated, and once
 * a story has been read it is always valid UTF-8.  A Span is a half-open range
 * of BYTES in a story's text:
 *
 *     "Talks are closed," Foreign Minister Ada Roe said.
 *      0                19                 ^ Span{ 36, 39 } is "Roe"
 *
 * Memory comes from arenas and is never freed singly.  Three lifetimes exist:
 * process (rules, officials), story (all that is derived from one text) and
 * scratch (one call).  Running out of memory ends the program in one place,
 * arena_alloc(), with exit code 70.
 *
 * Errors are of three kinds: our own bug (assert), no memory (exit), and the
 * world's fault: a function returns false and fills the caller's Error.
 */
#ifndef TRACKER_BASE_H
#define TRACKER_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TRACKER_VERSION "0.1.0"

#if defined(__GNUC__)
#define BASE_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define BASE_PRINTF(fmt, args)
#endif

#define BASE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- text ---------------------------------------------------------------- */

typedef struct Str { const char *ptr; size_t len; } Str;

#define STR(literal)      ((Str){ (literal), sizeof(literal) - 1 })
#define STR_INIT(literal) { (literal), sizeof(literal) - 1 }   /* for static tables */
#define STR_NONE          ((Str){ NULL, 0 })                   /* unknown: null in output */
#define STR_ARG(s)        (int)(s).len, (s).ptr                /* for "%.*s" */

typedef struct Span { uint32_t from, to; } Span;

Str  str_from(const char *text);                 /* of a C string; NULL gives STR_NONE */
/* Most texts differ at the first letter. */
static inline bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}
bool str_equal_nocase(Str a, Str b);             /* blind to ASCII case only */
int  str_compare(Str a, Str b);                  /* by bytes, for qsort */
bool str_is_in(const Str *sorted, size_t n, Str text);
static inline bool str_starts(Str text, Str prefix)
{
    return text.len >= prefix.len && str_equal((Str){ text.ptr, prefix.len }, prefix);
}
bool str_starts_nocase(Str text, Str prefix);    /* blind to ASCII case only */
static inline bool str_ends(Str text, Str suffix)
{
    return text.len >= suffix.len && str_equal((Str){ text.ptr + (text.len - suffix.len), suffix.len }, suffix);
}
Str  str_last_word(Str text);                    /* behind the last blank: "Roe" of "Ada Roe"; the text itself if it has none */
Str  str_trim(Str text);                         /* without ASCII white space at both ends */
Str  str_slice(Str text, Span span);
/* Offset of the first `part` at or after byte `from`, or text.len when there is none. */
size_t str_find(Str text, Str part, size_t from);
/* The piece of *rest before the next `sep`; *rest moves behind it.  False when *rest is used up. */
bool str_split(Str *rest, char sep, Str *piece);
uint64_t str_hash(Str text);                     /* FNV-1a, 64 bits; stable between runs and machines */

/* ---- memory -------------------------------------------------------------- */

typedef struct ArenaBlock ArenaBlock;
typedef struct Arena {
    ArenaBlock *block;       /* newest first */
    size_t used_bytes;       /* in the newest block */
    size_t held_bytes;       /* of all blocks: what the process pays */
} Arena;

void  arena_init(Arena *arena);
/* Zeroed and aligned to 16 bytes; lives until the arena is reset or cleared. */
void *arena_alloc(Arena *arena, size_t size_bytes);
/* Forget everything, keep one block (of at most 1 MiB) for the next use. */
void  arena_reset(Arena *arena);
void  arena_clear(Arena *arena);                 /* gives all memory back */

#define ARENA_NEW(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(count)))

Str   str_copy(Arena *arena, Str text);
char *str_cstr(Arena *arena, Str text);          /* NUL-terminated copy */
Str   str_printf(Arena *arena, const char *format, ...) BASE_PRINTF(2, 3);
Str   str_lower(Arena *arena, Str text);         /* ASCII letters only */

/*
 * A list is any struct with the fields  T *ptr; size_t len, cap;  and grows in
 * an arena:
 *
 *     typedef struct Spans { Span *ptr; size_t len, cap; } Spans;
 *     LIST_PUSH(arena, &spans, ((Span){ 0, 4 }));
 */
#define LIST_PUSH(arena, list, item)                                                     \
    do {                                                                                 \
        if ((list)->len == (list)->cap)                                                  \
            (list)->ptr = list_grow((arena), (list)->ptr, sizeof(*(list)->ptr),          \
                                    (list)->len, &(list)->cap);                          \
        (list)->ptr[(list)->len++] = (item);                                             \
    } while (0)

void *list_grow(Arena *arena, const void *old, size_t item_bytes, size_t len, size_t *cap);

typedef struct Spans { Span *ptr; size_t len, cap; } Spans;
typedef struct Strs  { Str  *ptr; size_t len, cap; } Strs;

/* ---- errors -------------------------------------------------------------- */

/* The values are the program's exit codes (tracker(1), EXIT STATUS). */
typedef enum ErrorKind {
    ERR_NONE     = 0,
    ERR_FOUND    = 1,     /* only with --exit-code */
    ERR_USAGE    = 2,
    ERR_INPUT    = 3,     /* some input could not be read; the rest was */
    ERR_RULES    = 4,
    ERR_DATABASE = 5,
    ERR_OUTPUT   = 6,
} ErrorKind;

/*
 * Where and what, in the user's terms: the user's file and line, never ours.
 * Unknown places are "" and 0.
 *
 *     rules/topics/nato.rules:14:22: error: missing closing parenthesis
 */
typedef struct Error {
    ErrorKind kind;
    bool warning;            /* true: worth knowing, nothing was dropped */
    char file[256];
    int  line, col;          /* 1-based; col in code points */
    char text[384];
} Error;

/* Fill *err (which may be NULL) and return false, so that a caller can write  return error_set(...). */
bool error_set(Error *err, ErrorKind kind, const char *file, int line, int col,
               const char *format, ...) BASE_PRINTF(6, 7);
/* "file:line:col: error: text", leaving out what is unknown; into out, always NUL-terminated. */
void error_format(const Error *err, char *out, size_t out_bytes);

/*
 * Where code that goes on after an error sends each one.  report may be NULL.
 * worst is the highest kind seen that is not a warning: the exit code.
 */
typedef struct Problems {
    void (*report)(void *user, const Error *err);
    void *user;
    int errors, warnings;
    ErrorKind worst;
} Problems;

void problems_add(Problems *problems, const Error *err);
void problems_addf(Problems *problems, ErrorKind kind, const char *file, int line, int col,
                   const char *format, ...) BASE_PRINTF(6, 7);

#endif
