/*
 * fuzz_input.h - the bytes of a fuzz input as a file that read/input opens
 */
#ifndef TRACKER_FUZZ_INPUT_H
#define TRACKER_FUZZ_INPUT_H

#include "fuzz.h"

#include "base/utf8.h"
#include "read/input.h"

#include <stdio.h>
#include <unistd.h>

/* Calls `each` for every story; checks what story.h promises. */
static inline void fuzz_stories(Str bytes, void (*each)(const Story *story))
{
    FILE *file = tmpfile();
    FUZZ_CHECK(file && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len);
    rewind(file);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));

    Arena arena;
    Problems problems = { 0 };
    const char *paths[] = { path };
    Input *input = input_open(paths, 1, (InputOptions){ .date = DATE_UNKNOWN }, &problems);
    arena_init(&arena);
    for (Story story; input_next(input, &arena, &story); arena_reset(&arena)) {
        const Str texts[] = { story.id, story.title, story.source, story.url, story.place, story.text };
        for (size_t i = 0; i < BASE_COUNT(texts); i++)
            FUZZ_CHECK(!texts[i].len || (utf8_valid_prefix(texts[i]) == texts[i].len && !memchr(texts[i].ptr, '\0', texts[i].len)));
        FUZZ_CHECK(story.id.len && story.text.len);
        each(&story);
    }
    arena_clear(&arena);
    input_close(input);
    fclose(file);
}

#endif
