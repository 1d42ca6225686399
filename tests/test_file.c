#include "check.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of so many bytes "a", "b", … "z", "a" …; the caller unlinks it. */
static void write_alphabet(size_t bytes, char path[static 32])
{
    strcpy(path, "/tmp/tracker-file-XXXXXX");
    int fd = mkstemp(path);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "wb");
    CHECK(out != NULL);
    for (size_t i = 0; out && i < bytes; i++)
        putc('a' + (int)(i % 26), out);
    CHECK(out && fclose(out) == 0);
}

static void test_read(void)
{
    enum { MOST = 200000 };
    static const struct { const char *row; size_t bytes; bool read; } rows[] = {
        { "empty", 0, true }, { "one byte", 1, true }, { "just as long as allowed", MOST, true }, { "a byte more", MOST + 1, false },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char path[32];
        Arena arena = { 0 };
        Str text = STR_NONE;
        Error err = { 0 };
        write_alphabet(rows[i].bytes, path);
        CHECK_ROW(rows[i].row, file_read(path, MOST, &arena, &text, &err) == rows[i].read);
        if (rows[i].read) {
            CHECK_ROW(rows[i].row, text.len == rows[i].bytes && text.ptr[text.len] == '\0');
            CHECK_ROW(rows[i].row, !text.len || text.ptr[text.len - 1] == (char)('a' + (rows[i].bytes - 1) % 26));
        } else {
            CHECK_ROW(rows[i].row, err.kind == ERR_INPUT && strcmp(err.file, path) == 0);
        }
        unlink(path);
        arena_clear(&arena);
    }
}

/* Of a pipe no size is known: it is read until it ends or is too long. */
static void test_pipe(void)
{
    static const struct { size_t most; bool read; } rows[] = { { 300000, true }, { 299999, false } };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena = { 0 };
        Str text = STR_NONE;
        Error err = { 0 };
        char path[32];
        FILE *pipe = popen("head -c 300000 /dev/zero", "r");
        CHECK(pipe != NULL);
        if (!pipe)
            break;
        snprintf(path, sizeof path, "/dev/fd/%d", fileno(pipe));
        CHECK(file_read(path, rows[i].most, &arena, &text, &err) == rows[i].read);
        CHECK(text.len == (rows[i].read ? 300000 : 0));
        pclose(pipe);
        arena_clear(&arena);
    }
}

static void test_refused(void)
{
    Arena arena = { 0 };
    Str text = STR_NONE;
    Error err = { 0 };
    CHECK(!file_read("/nowhere/list.csv", 10, &arena, &text, &err));
    CHECK_STR("absent", str_from(err.text), STR("No such file or directory"));
    CHECK(!file_read("/tmp", 10, &arena, &text, &err));
    CHECK_STR("folder", str_from(err.text), STR("Is a directory"));
    CHECK(file_is_folder("/tmp") && !file_is_folder("/nowhere") && !file_is_folder("/dev/null"));
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "read", test_read },
    { "pipe", test_pipe },
    { "refused", test_refused },
};
const TestSuite test_file = SUITE(cases);
