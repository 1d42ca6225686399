/*
 * run.c - runs every suite of suites.def; `tests [SUITE]...` runs only those named
 *
 * CUnit's run call succeeds even when assertions fail (measured), so the exit
 * status comes from its counters: non-zero on any failure and on zero tests.
 */
#include "check.h"

#include "base/file.h"

#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST_SUITE(name) extern const TestSuite test_##name;
#include "suites.def"
#undef TEST_SUITE

static const struct { const char *name; const TestSuite *suite; } suites[] = {
#define TEST_SUITE(name) { #name, &test_##name },
#include "suites.def"
#undef TEST_SUITE
};

void check_str(Str got, Str want, const char *row, const char *file, int line)
{
    char text[600];
    snprintf(text, sizeof text, "%s: got \"%.*s\", want \"%.*s\"", row,
             got.len < 250 ? (int)got.len : 250, got.ptr ? got.ptr : "(none)",
             want.len < 250 ? (int)want.len : 250, want.ptr ? want.ptr : "(none)");
    bool same = str_equal(got, want) && !got.ptr == !want.ptr;
    CU_assertImplementation(same, (unsigned)line, text, file, "", CU_FALSE);
}

Str check_read_file(const char *path, Arena *arena)
{
    Str text = STR("");
    Error err;
    bool read = file_read(path, 64 << 20, arena, &text, &err);
    CU_assertImplementation(read, __LINE__, path, __FILE__, "", CU_FALSE);
    return text;
}

void check_log(void *log, const Error *err)
{
    char line[1200];
    CheckLog *all = log;
    size_t at = strlen(all->text);
    error_format(err, line, sizeof line);
    if (at + strlen(line) + 2 <= sizeof all->text)
        snprintf(all->text + at, sizeof all->text - at, "%s\n", line);
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc < 2;
}

int main(int argc, char **argv)
{
    if (CU_initialize_registry() != CUE_SUCCESS)
        return EXIT_FAILURE;
    for (size_t i = 0; i < BASE_COUNT(suites); i++) {
        if (!wanted(suites[i].name, argc, argv))
            continue;
        CU_pSuite suite = CU_add_suite(suites[i].name, NULL, NULL);
        for (size_t k = 0; suite && k < suites[i].suite->n_cases; k++)
            if (!CU_add_test(suite, suites[i].suite->cases[k].name, suites[i].suite->cases[k].run))
                suite = NULL;
        if (!suite) {
            fprintf(stderr, "tests: cannot register %s: %s\n", suites[i].name, CU_get_error_msg());
            return EXIT_FAILURE;
        }
    }
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_ErrorCode code = CU_basic_run_tests();
    bool ok = code == CUE_SUCCESS && CU_get_number_of_failures() == 0 && CU_get_number_of_tests_run() > 0 &&
              CU_get_number_of_asserts() > 0;
    CU_cleanup_registry();
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
