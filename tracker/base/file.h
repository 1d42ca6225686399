#ifndef TRACKER_BASE_FILE_H
#define TRACKER_BASE_FILE_H

#include "base/base.h"

/*
 * Small files, taken whole:
 *
 *     file_read("reviews.csv", 64 << 20, &arena, &text, &err)  ->  the bytes of reviews.csv
 *     file_read("list.txt", 64 << 20, &arena, &text, &err)     ->  false, "list.txt: error: No such file or directory"
 *
 * Stories, which may be of any size, come through read/input.h instead.
 */

bool file_is_folder(const char *path);

/*
 * All bytes of a file, or of standard input for "-"; they live in the arena, are followed by a NUL that is not counted
 * and may hold others.  ERR_INPUT with the path if it cannot be read or is longer than most_bytes.
 */
bool file_read(const char *path, size_t most_bytes, Arena *arena, Str *out, Error *err);

#endif
