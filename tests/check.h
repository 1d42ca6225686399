/*
 * check.h - how the tests are written
 *
 * One file per module, tests/test_<module>.c, ends in
 *
 *     const TestSuite test_date = SUITE(cases);
 *
 * and is listed in tests/suites.def.  Rows of one behaviour stand in a table;
 * CHECK_ROW names the row that failed.
 */
#ifndef TRACKER_CHECK_H
#define TRACKER_CHECK_H

#include "base/base.h"

#include <CUnit/CUnit.h>

typedef struct TestCase { const char *name; void (*run)(void); } TestCase;
typedef struct TestSuite { const TestCase *cases; size_t n_cases; } TestSuite;

#define SUITE(cases) { (cases), sizeof(cases) / sizeof((cases)[0]) }

#define CHECK(condition) CU_assertImplementation((condition), __LINE__, #condition, __FILE__, "", CU_FALSE)
/* The row's name goes into the failure message. */
#define CHECK_ROW(row, condition) CU_assertImplementation((condition), __LINE__, (row), __FILE__, "", CU_FALSE)

/* Fails with both texts shown. */
void check_str(Str got, Str want, const char *row, const char *file, int line);
#define CHECK_STR(row, got, want) check_str((got), (want), (row), __FILE__, __LINE__)

/* What was reported, a line each; what no longer fits is left out. */
typedef struct CheckLog { char text[40000]; } CheckLog;
void check_log(void *log, const Error *err);     /* a Problems' report */

/* A file below the folder the tests run in; fails the test when it cannot be read. */
Str check_read_file(const char *path, Arena *arena);

#endif
