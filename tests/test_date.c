#include "base/date.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

static Date day(const char *text)
{
    Date date = DATE_UNKNOWN;
    date_parse(str_from(text), &date);
    return date;
}

static void check_day(const char *row, Date got, const char *want)
{
    char text[DATE_TEXT_BYTES];
    CHECK_STR(row, str_from(date_format(got, text)), str_from(want));
}

static void test_calendar(void)
{
    static const struct { int year, month, day; Date want; int weekday; } rows[] = {
        { 1970, 1, 1, 0, 4 },        { 1969, 12, 31, -1, 3 },     { 2000, 2, 29, 11016, 2 },
        { 2025, 2, 13, 20132, 4 },   { 1, 1, 1, -719162, 1 },     { 9999, 12, 31, 2932896, 5 },
        { 1900, 2, 29, DATE_UNKNOWN, -1 }, { 2025, 2, 30, DATE_UNKNOWN, -1 },
        { 2025, 13, 1, DATE_UNKNOWN, -1 }, { 2025, 0, 1, DATE_UNKNOWN, -1 },
        { 2025, 4, 31, DATE_UNKNOWN, -1 }, { 0, 1, 1, DATE_UNKNOWN, -1 },
        { 10000, 1, 1, DATE_UNKNOWN, -1 },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char row[32];
        snprintf(row, sizeof row, "%d-%d-%d", rows[i].year, rows[i].month, rows[i].day);
        Date got = date_from_civil(rows[i].year, rows[i].month, rows[i].day);
        CHECK_ROW(row, got == rows[i].want);
        if (got != DATE_UNKNOWN)
            CHECK_ROW(row, date_weekday(got) == rows[i].weekday);
    }
    int previous = 0, bad = 0;
    for (Date date = day("1896-01-01"); date <= day("2105-01-01"); date++) {
        int y, m, d;
        date_to_civil(date, &y, &m, &d);
        bad += date_from_civil(y, m, d) != date || y * 10000 + m * 100 + d <= previous;
        previous = y * 10000 + m * 100 + d;
    }
    CHECK(bad == 0);
    check_day("unknown", DATE_UNKNOWN, "");
    check_day("year 1", date_from_civil(1, 1, 1), "0001-01-01");
    check_day("beyond the calendar", INT32_MAX, "");
}

static void test_plain(void)
{
    static const char *const bad[] = {
        "", "2025", "2025-2-13", "2025-02-30", "2025-02-13 ", " 2025-02-13", "2025/02/13", "02025-02-13",
        "2025-02-13T00:00:00Z", "-025-02-13", "0000-01-01",
    };
    check_day("good", day("2025-02-13"), "2025-02-13");
    for (size_t i = 0; i < BASE_COUNT(bad); i++)
        CHECK_ROW(bad[i], day(bad[i]) == DATE_UNKNOWN);
}

static void test_stamps(void)
{
    static const struct { const char *text, *want; } rows[] = {
        { "2025-02-13", "2025-02-13" },
        { "2025-02-13T18:30:00Z", "2025-02-13" },
        { "2025-02-13 18:30:00+01:00", "2025-02-13" },
        { "2025-02-13T23:59:59.123-05:00", "2025-02-13" },
        { "20250213", "2025-02-13" },
        { "20250213T183000Z", "2025-02-13" },
        { "Thu, 13 Feb 2025 18:30:00 GMT", "2025-02-13" },
        { "13 Feb 25 18:30 +0000", "2025-02-13" },
        { "Sun, 6 Nov 94 08:49:37 GMT", "1994-11-06" },
        { "February 13, 2025", "2025-02-13" },
        { "Feb. 13, 2025", "2025-02-13" },
        { "feb 13 2025", "2025-02-13" },
        { "Sept. 5, 2024", "2024-09-05" },
        { "Thursday, February 13, 2025 6:30 PM", "2025-02-13" },
        { "February 13, 2025, at 6:30 p.m.", "2025-02-13" },
        { "13 February 2025", "2025-02-13" },
        { "13th February, 2025", "2025-02-13" },
        { "26-FEB-1987 15:01:01.79", "1987-02-26" },
        { " 1-APR-1987 09:07:23.16", "1987-04-01" },
        { "29 Feb 2024", "2024-02-29" },
        { "29 Feb 2025", "" },
        { "31 June 2025", "" },
        { "2025-02-13T", "" },
        { "2025-02-13 or so", "" },
        { "2025-02-131", "" },
        { "202502131", "" },
        { "20251313", "" },
        { "February 2025", "" },
        { "13 Febtober 2025", "" },
        { "February 13, 20255", "" },
        { "13/02/2025", "" },
        { "yesterday", "" },
        { "Thu,", "" },
        { "", "" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Date got = DATE_UNKNOWN;
        bool ok = date_parse_stamp(str_from(rows[i].text), &got);
        CHECK_ROW(rows[i].text, ok == (got != DATE_UNKNOWN));
        check_day(rows[i].text, got, rows[i].want);
    }
}

static void test_finding(void)
{
    static const struct { const char *text, *want; } rows[] = {
        { "Published November 20th, 2019 - 07:50 GMT", "2019-11-20" },
        { "By Ada Roe | Feb. 13, 2025 | 6:30 PM", "2025-02-13" },
        { "Updated: 2025-02-13T18:30:00Z", "2025-02-13" },
        { "posted on 2025/2/13", "2025-02-13" },
        { "Stand: 13.02.2025, 18:30 Uhr", "2025-02-13" },
        { "13/2/2025", "2025-02-13" },
        { "2/13/2025 6:30 PM", "2025-02-13" },
        { "2/3/2025", "" },
        { "3/3/2025", "2025-03-03" },
        { "Room 13, Feb 30, 2025 and 13 Feb 2025", "2025-02-13" },
        { "tel. 2025-02-131 or 12025-02-13", "" },
        { "version 1.2.2025.3", "2025-02-01" },
        { "the 13 of February", "" },
        { "", "" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Date got = DATE_UNKNOWN;
        size_t at;
        CHECK_ROW(rows[i].text, date_find(str_from(rows[i].text), &got, &at) == (rows[i].want[0] != '\0'));
        check_day(rows[i].text, got, rows[i].want);
    }
}

static void test_ranges(void)
{
    static const struct { const char *text, *first, *last; } rows[] = {
        { "2024", "2024-01-01", "2024-12-31" },
        { "2024-02", "2024-02-01", "2024-02-29" },
        { "2023-02", "2023-02-01", "2023-02-28" },
        { "2025-02-13", "2025-02-13", "2025-02-13" },
        { "2024-13", "", "" }, { "2024-2", "", "" }, { "0000", "", "" }, { "2024-02-30", "", "" },
        { "2024-", "", "" }, { "", "", "" }, { "since 2024", "", "" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Date first = DATE_UNKNOWN, last = DATE_UNKNOWN;
        bool ok = date_parse_range(str_from(rows[i].text), &first, &last);
        CHECK_ROW(rows[i].text, ok == (rows[i].first[0] != '\0'));
        if (ok) {
            check_day(rows[i].text, first, rows[i].first);
            check_day(rows[i].text, last, rows[i].last);
        }
    }
}

static void test_names(void)
{
    static const struct { const char *text; int weekday, month; } rows[] = {
        { "sunday", 0, -1 }, { "wed", 3, -1 }, { "wed.", 3, -1 }, { "thurs.", 4, -1 }, { "tues", 2, -1 },
        { "saturday", 6, -1 }, { "january", -1, 1 }, { "sept.", -1, 9 }, { "sep", -1, 9 }, { "may", -1, 5 },
        { "dec.", -1, 12 }, { "marc", -1, -1 }, { "augustus", -1, -1 }, { "su", -1, -1 }, { "", -1, -1 },
        { ".", -1, -1 }, { "sundays", -1, -1 },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        CHECK_ROW(rows[i].text, date_weekday_named(str_from(rows[i].text)) == rows[i].weekday);
        CHECK_ROW(rows[i].text, date_month_named(str_from(rows[i].text)) == rows[i].month);
    }
}

static void test_weekdays(void)
{
    static const struct { const char *row, *published; int weekday; bool forward; const char *want; } rows[] = {
        { "the day before",          "2025-02-13", 3, false, "2025-02-12" },
        { "the same day",            "2025-02-13", 4, false, "2025-02-13" },
        { "the day after is a week ago", "2025-02-13", 5, false, "2025-02-07" },
        { "back over the year end",  "2025-01-01", 2, false, "2024-12-31" },
        { "back over a leap day",    "2024-03-01", 4, false, "2024-02-29" },
        { "next Monday",             "2025-02-13", 1, true,  "2025-02-17" },
        { "next same day",           "2025-02-13", 4, true,  "2025-02-20" },
        { "next over the year end",  "2024-12-31", 5, true,  "2025-01-03" },
        { "before 1970",             "1962-10-22", 0, false, "1962-10-21" },
        { "no weekday",              "2025-02-13", 7, false, "" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        check_day(rows[i].row, date_of_weekday(day(rows[i].published), rows[i].weekday, rows[i].forward), rows[i].want);
    check_day("unknown day", date_of_weekday(DATE_UNKNOWN, 1, false), "");
}

static void test_month_days(void)
{
    static const struct { const char *row, *published; int month, day; const char *want; } rows[] = {
        { "yesterday",                 "2025-02-13", 2, 12, "2025-02-12" },
        { "today",                     "2025-02-13", 2, 13, "2025-02-13" },
        { "tomorrow",                  "2025-02-13", 2, 14, "2025-02-14" },
        { "December, told in January", "2025-01-03", 12, 28, "2024-12-28" },
        { "January, told in December", "2024-12-28", 1, 20, "2025-01-20" },
        { "60 days ahead",             "2025-02-13", 4, 14, "2025-04-14" },
        { "61 days ahead",             "2025-02-13", 4, 15, "2024-04-15" },
        { "leap day, told in a leap year", "2024-02-01", 2, 29, "2024-02-29" },
        { "leap day, told a year on",  "2025-03-01", 2, 29, "2024-02-29" },
        { "leap day over 1900",        "1903-06-01", 2, 29, "1896-02-29" },
        { "no such day",               "2025-02-13", 2, 30, "" },
        { "no such month",             "2025-02-13", 13, 1, "" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        check_day(rows[i].row, date_of_month_day(day(rows[i].published), rows[i].month, rows[i].day), rows[i].want);
    check_day("unknown day", date_of_month_day(DATE_UNKNOWN, 2, 12), "");
}

static const TestCase cases[] = {
    { "calendar", test_calendar },
    { "plain", test_plain },
    { "stamps", test_stamps },
    { "finding", test_finding },
    { "ranges", test_ranges },
    { "names", test_names },
    { "weekdays", test_weekdays },
    { "month days", test_month_days },
};
const TestSuite test_date = SUITE(cases);
