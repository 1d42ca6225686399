/* Dates in every form that the program reads. */
#include "fuzz.h"

#include "base/date.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str text = fuzz_copy((Str){ (const char *)data, size });
    Date date, first, last;
    char out[DATE_TEXT_BYTES];
    if (date_parse_stamp(text, &date)) {
        Date again;
        FUZZ_CHECK(date_parse(str_from(date_format(date, out)), &again) && again == date);
        FUZZ_CHECK(date_of_weekday(date, date_weekday(date), false) == date);
    }
    if (date_parse(text, &date))
        FUZZ_CHECK(str_equal(str_from(date_format(date, out)), text));
    if (date_parse_range(text, &first, &last))
        FUZZ_CHECK(first <= last);
    date_month_named(text);
    date_weekday_named(text);
    fuzz_free(text);
    return 0;
}
