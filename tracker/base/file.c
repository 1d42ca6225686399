#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FIRST_BYTES = 1 << 16 };

bool file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Of regular files the size is known, and one byte more tells that there is no more. */
static size_t likely_bytes(FILE *in, size_t most_bytes)
{
    struct stat info;
    bool known = fstat(fileno(in), &info) == 0 && S_ISREG(info.st_mode) && info.st_size >= 0;
    size_t bytes = known ? (size_t)info.st_size + 1 : FIRST_BYTES;
    return bytes < most_bytes ? bytes : most_bytes + 1;
}

bool file_read(const char *path, size_t most_bytes, Arena *arena, Str *out, Error *err)
{
    bool is_input = strcmp(path, "-") == 0;
    FILE *in = is_input ? stdin : fopen(path, "rb");
    if (!in)
        return error_set(err, ERR_INPUT, path, 0, 0, "%s", strerror(errno));
    size_t len = 0, cap = likely_bytes(in, most_bytes);
    char *text = arena_alloc(arena, cap + 1);
    for (size_t got; len <= most_bytes && (got = fread(text + len, 1, cap - len, in)) > 0;)
        if ((len += got) == cap && len <= most_bytes) {
            cap = cap < most_bytes / 2 ? cap * 2 : most_bytes + 1;
            char *wider = arena_alloc(arena, cap + 1);
            memcpy(wider, text, len);
            text = wider;
        }
    int fault = ferror(in) ? errno : 0;
    if (!is_input)
        fclose(in);
    if (fault)
        return error_set(err, ERR_INPUT, path, 0, 0, "%s", strerror(fault));
    if (len > most_bytes)
        return error_set(err, ERR_INPUT, path, 0, 0, "larger than %zu MiB", most_bytes >> 20);
    *out = (Str){ text, len };
    return true;
}
