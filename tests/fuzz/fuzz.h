/*
 * fuzz.h - what every fuzz target is made of
 *
 * A target is one function from bytes to nothing: it must neither crash nor
 * hang on any input.  clang's fuzzer calls it (make fuzz-csv), and so does
 * replay.c with the files of tests/fuzz/corpus/csv.  An input that once broke
 * something becomes a file there.
 */
#ifndef TRACKER_FUZZ_H
#define TRACKER_FUZZ_H

#include "base/base.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* A copy of just that size, so that the address sanitizer sees each byte read behind its end. */
static inline Str fuzz_copy(Str bytes)
{
    char *copy = malloc(bytes.len ? bytes.len : 1);
    if (!copy)
        abort();
    if (bytes.len)
        memcpy(copy, bytes.ptr, bytes.len);
    return (Str){ copy, bytes.len };
}

static inline void fuzz_free(Str copy)
{
    free((void *)(uintptr_t)copy.ptr);
}

/* The input broke a promise of the code. */
#define FUZZ_CHECK(condition) do { if (!(condition)) abort(); } while (0)

#endif
