/* Rosters and tables: what csv_read hands out must lie in the input or in its own memory, never beyond. */
#include "fuzz.h"

#include "base/csvfile.h"

static bool each(void *user, const CsvRow *row, Error *err)
{
    CsvColumn *columns = user;
    size_t sum = csv_field(row, &columns[0]).len + csv_field(row, &columns[1]).len;
    for (size_t i = 0; i < row->len; i++)
        for (size_t k = 0; k < row->fields[i].len; k++)
            sum += (unsigned char)row->fields[i].ptr[k];
    FUZZ_CHECK(row->line > 0);
    return sum % 7 != 0 || error_set(err, ERR_RULES, NULL, 0, 0, "refused");
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str text = fuzz_copy((Str){ (const char *)data, size });
    CsvColumn columns[] = { { .name = "name", .required = true }, { .name = "office" } };
    Problems problems = { 0 };
    bool ok = csv_read(text, "fuzz.csv", columns, BASE_COUNT(columns), each, columns, &problems);
    FUZZ_CHECK(ok == (problems.errors == 0));
    fuzz_free(text);
    return 0;
}
