#include "base/base.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---------------------------------------------------------------- */

Str str_from(const char *text)
{
    return text ? (Str){ text, strlen(text) } : STR_NONE;
}

static unsigned char lower_ascii(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

bool str_equal_nocase(Str a, Str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i]))
            return false;
    return true;
}

int str_compare(Str a, Str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_is_in(const Str *sorted, size_t n, Str text)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = str_compare(sorted[mid], text);
        if (order == 0)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

bool str_starts_nocase(Str text, Str prefix)
{
    return text.len >= prefix.len && str_equal_nocase((Str){ text.ptr, prefix.len }, prefix);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

Str str_last_word(Str text)
{
    size_t from = text.len;
    while (from > 0 && text.ptr[from - 1] != ' ')
        from--;
    return from > 0 ? (Str){ text.ptr + from, text.len - from } : text;
}

Str str_trim(Str text)
{
    while (text.len && is_space(text.ptr[0]))
        text.ptr++, text.len--;
    while (text.len && is_space(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

Str str_slice(Str text, Span span)
{
    assert(span.from <= span.to && span.to <= text.len);
    return (Str){ text.ptr + span.from, span.to - span.from };
}

size_t str_find(Str text, Str part, size_t from)
{
    if (part.len == 0)
        return from < text.len ? from : text.len;
    while (from + part.len <= text.len) {
        const char *hit = memchr(text.ptr + from, part.ptr[0], text.len - part.len + 1 - from);
        if (!hit)
            break;
        if (part.len == 1 || memcmp(hit, part.ptr, part.len) == 0)
            return (size_t)(hit - text.ptr);
        from = (size_t)(hit - text.ptr) + 1;
    }
    return text.len;
}

bool str_split(Str *rest, char sep, Str *piece)
{
    if (!rest->ptr)
        return false;
    size_t end = str_find(*rest, (Str){ &sep, 1 }, 0);
    *piece = (Str){ rest->ptr, end };
    *rest = end < rest->len ? (Str){ rest->ptr + end + 1, rest->len - end - 1 } : STR_NONE;
    return true;
}

/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
uint64_t str_hash(Str text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    return hash;
}

/* ---- memory -------------------------------------------------------------- */

enum { BLOCK_BYTES = 64 * 1024, BLOCK_KEEP_BYTES = 1024 * 1024, ALIGN_BYTES = 16 };

struct ArenaBlock {
    ArenaBlock *older;
    size_t size_bytes;
    _Alignas(16) char bytes[];
};

static void out_of_memory(void)
{
    fputs("tracker: out of memory\n", stderr);
    exit(70);
}

void arena_init(Arena *arena)
{
    *arena = (Arena){ 0 };
}

static void add_block(Arena *arena, size_t size_bytes)
{
    size_t want = arena->held_bytes / 2;          /* grow in proportion: few blocks for big stories */
    if (want < BLOCK_BYTES)
        want = BLOCK_BYTES;
    if (want > 8 * 1024 * 1024)
        want = 8 * 1024 * 1024;
    if (want < size_bytes)
        want = size_bytes;
    if (want > SIZE_MAX - sizeof(ArenaBlock))
        out_of_memory();
    ArenaBlock *block = malloc(sizeof *block + want);
    if (!block)
        out_of_memory();
    block->older = arena->block;
    block->size_bytes = want;
    arena->block = block;
    arena->used_bytes = 0;
    arena->held_bytes += want;
}

void *arena_alloc(Arena *arena, size_t size_bytes)
{
    if (size_bytes > SIZE_MAX - ALIGN_BYTES)
        out_of_memory();
    size_bytes = (size_bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);
    if (!arena->block || arena->block->size_bytes - arena->used_bytes < size_bytes)
        add_block(arena, size_bytes);
    void *out = arena->block->bytes + arena->used_bytes;
    arena->used_bytes += size_bytes;
    return memset(out, 0, size_bytes);
}

void arena_reset(Arena *arena)
{
    ArenaBlock *keep = NULL;
    for (ArenaBlock *block = arena->block, *older; block; block = older) {
        older = block->older;
        if (block->size_bytes <= BLOCK_KEEP_BYTES && (!keep || block->size_bytes > keep->size_bytes)) {
            free(keep);
            keep = block;
        } else {
            free(block);
        }
    }
    arena->block = keep;
    arena->used_bytes = 0;
    arena->held_bytes = keep ? keep->size_bytes : 0;
    if (keep)
        keep->older = NULL;
}

void arena_clear(Arena *arena)
{
    for (ArenaBlock *block = arena->block, *older; block; block = older) {
        older = block->older;
        free(block);
    }
    *arena = (Arena){ 0 };
}

Str str_copy(Arena *arena, Str text)
{
    if (!text.ptr)
        return STR_NONE;
    return (Str){ str_cstr(arena, text), text.len };
}

char *str_cstr(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    if (text.len)
        memcpy(out, text.ptr, text.len);
    return out;
}

Str str_printf(Arena *arena, const char *format, ...)
{
    char line[256];                               /* most results are short: formatted once, not measured first */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    assert(len >= 0);
    char *out = arena_alloc(arena, (size_t)len + 1);
    if ((size_t)len < sizeof line)
        memcpy(out, line, (size_t)len);
    else
        vsnprintf(out, (size_t)len + 1, format, again);
    va_end(again);
    return (Str){ out, (size_t)len };
}

Str str_lower(Arena *arena, Str text)
{
    char *out = str_cstr(arena, text);
    for (size_t i = 0; i < text.len; i++)
        out[i] = (char)lower_ascii(out[i]);
    return (Str){ out, text.len };
}

static size_t round_up(size_t size_bytes)
{
    return (size_bytes + ALIGN_BYTES - 1) & ~(size_t)(ALIGN_BYTES - 1);
}

/* What the arena gave last can grow where it stands, if its block has room. */
static bool grow_in_place(Arena *arena, const void *old, size_t old_bytes, size_t new_bytes)
{
    ArenaBlock *block = arena->block;
    if (!block || new_bytes > SIZE_MAX - ALIGN_BYTES)
        return false;
    size_t had = round_up(old_bytes), want = round_up(new_bytes);
    if (had > arena->used_bytes || (const char *)old != block->bytes + (arena->used_bytes - had) ||
        block->size_bytes - (arena->used_bytes - had) < want)
        return false;
    memset(block->bytes + arena->used_bytes, 0, want - had);
    arena->used_bytes += want - had;
    return true;
}

void *list_grow(Arena *arena, const void *old, size_t item_bytes, size_t len, size_t *cap)
{
    size_t more = *cap ? *cap * 2 : 4;
    if (more > SIZE_MAX / item_bytes)
        out_of_memory();
    if (len && grow_in_place(arena, old, *cap * item_bytes, more * item_bytes)) {
        *cap = more;
        return (void *)(uintptr_t)old;
    }
    void *out = arena_alloc(arena, more * item_bytes);
    if (len)
        memcpy(out, old, len * item_bytes);
    *cap = more;
    return out;
}

/* ---- errors -------------------------------------------------------------- */

static void error_fill(Error *err, ErrorKind kind, const char *file, int line, int col,
                       const char *format, va_list args)
{
    *err = (Error){ .kind = kind, .line = line, .col = col };
    if (file)
        snprintf(err->file, sizeof err->file, "%s", file);
    vsnprintf(err->text, sizeof err->text, format, args);
}

bool error_set(Error *err, ErrorKind kind, const char *file, int line, int col,
               const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        error_fill(err, kind, file, line, col, format, args);
        va_end(args);
    }
    return false;
}

void error_format(const Error *err, char *out, size_t out_bytes)
{
    const char *what = err->warning ? "warning" : "error";
    if (err->file[0] && err->line && err->col)
        snprintf(out, out_bytes, "%s:%d:%d: %s: %s", err->file, err->line, err->col, what, err->text);
    else if (err->file[0] && err->line)
        snprintf(out, out_bytes, "%s:%d: %s: %s", err->file, err->line, what, err->text);
    else if (err->file[0])
        snprintf(out, out_bytes, "%s: %s: %s", err->file, what, err->text);
    else
        snprintf(out, out_bytes, "%s: %s", what, err->text);
}

void problems_add(Problems *problems, const Error *err)
{
    if (err->warning) {
        problems->warnings++;
    } else {
        problems->errors++;
        if (err->kind > problems->worst)
            problems->worst = err->kind;
    }
    if (problems->report)
        problems->report(problems->user, err);
}

void problems_addf(Problems *problems, ErrorKind kind, const char *file, int line, int col,
                   const char *format, ...)
{
    Error err;
    va_list args;
    va_start(args, format);
    error_fill(&err, kind, file, line, col, format, args);
    va_end(args);
    problems_add(problems, &err);
}
