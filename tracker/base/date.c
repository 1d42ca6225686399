#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_MIN = 1, YEAR_MAX = 9999, LOOK_AHEAD_DAYS = 60 };

/* ---- calendar -------------------------------------------------------------- */

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

/*
 * Both ways between days and dates count from 1 March of year 0, so that the
 * leap day is the last of its year; 719468 is the day number of 1970-01-01
 * then, and an era is the 400 years (146097 days) after which all repeats.
 * Howard Hinnant, chrono-Compatible Low-Level Date Algorithms.
 */
Date date_from_civil(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return DATE_UNKNOWN;
    int y = year - (month <= 2);
    int era = y / 400, year_of_era = y % 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_to_civil(Date date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date + 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int day_of_era = (int)(days - era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

int date_weekday(Date date)
{
    int64_t from_sunday = (int64_t)date + 4;                    /* 1970-01-01 was a Thursday */
    return (int)(((from_sunday % 7) + 7) % 7);
}

static void write_digits(int value, char *out, int n)
{
    for (; n-- > 0; value /= 10)
        out[n] = (char)('0' + value % 10);
}

/* By hand: every row of every output has two. */
const char *date_format(Date date, char out[DATE_TEXT_BYTES])
{
    static const Date last = 2932896;                           /* 9999-12-31 */
    static const Date first = -719162;                          /* 0001-01-01 */
    out[0] = '\0';
    if (date >= first && date <= last) {
        int year, month, day;
        date_to_civil(date, &year, &month, &day);
        memcpy(out, "YYYY-MM-DD", sizeof "YYYY-MM-DD");
        write_digits(year, out, 4);
        write_digits(month, out + 5, 2);
        write_digits(day, out + 8, 2);
    }
    return out;
}

/* ---- reading --------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip(Str *rest, size_t n_bytes)
{
    *rest = (Str){ rest->ptr + n_bytes, rest->len - n_bytes };
}

static void skip_any(Str *rest, const char *set)
{
    while (rest->len && rest->ptr[0] && strchr(set, rest->ptr[0]))
        skip(rest, 1);
}

/* Take a run of `min` to `max` digits that no further digit follows. */
static bool take_number(Str *rest, size_t min, size_t max, int *out)
{
    size_t n = 0;
    int value = 0;
    for (; n < rest->len && n < max && is_digit(rest->ptr[n]); n++)
        value = value * 10 + (rest->ptr[n] - '0');
    if (n < min || (n < rest->len && is_digit(rest->ptr[n])))
        return false;
    skip(rest, n);
    *out = value;
    return true;
}

static bool take_char(Str *rest, char c)
{
    if (rest->len == 0 || rest->ptr[0] != c)
        return false;
    skip(rest, 1);
    return true;
}

/* YYYY-MM-DD at the start of *rest. */
static bool take_iso(Str *rest, Date *out)
{
    int year, month, day;
    if (!take_number(rest, 4, 4, &year) || !take_char(rest, '-') || !take_number(rest, 2, 2, &month) ||
        !take_char(rest, '-') || !take_number(rest, 2, 2, &day))
        return false;
    *out = date_from_civil(year, month, day);
    return *out != DATE_UNKNOWN;
}

bool date_parse(Str text, Date *out)
{
    Date date;
    if (!take_iso(&text, &date) || text.len)
        return false;
    *out = date;
    return true;
}

bool date_parse_range(Str text, Date *first, Date *last)
{
    if (date_parse(text, first)) {
        *last = *first;
        return true;
    }
    int year, month;
    if (!take_number(&text, 4, 4, &year))
        return false;
    int from = 1, to = 12;
    if (text.len) {
        if (!take_char(&text, '-') || !take_number(&text, 2, 2, &month) || text.len ||
            month < 1 || month > 12)
            return false;
        from = to = month;
    }
    if (year < YEAR_MIN)
        return false;
    *first = date_from_civil(year, from, 1);
    *last = date_from_civil(year, to, days_in_month(year, to));
    return true;
}

/* ---- names ----------------------------------------------------------------- */

/* Any three letters abbreviate; of the longer prefixes only these, lest a Marc become a March. */
static bool is_abbreviation(Str folded)
{
    return folded.len == 3 || str_equal(folded, STR("tues")) || str_equal(folded, STR("thur")) ||
           str_equal(folded, STR("thurs")) || str_equal(folded, STR("sept"));
}

static int name_index(const char *const *names, int n, Str folded)
{
    if (folded.len && folded.ptr[folded.len - 1] == '.')
        folded.len--;
    for (int i = 0; i < n; i++) {
        Str name = str_from(names[i]);
        if (str_equal(name, folded) || (is_abbreviation(folded) && str_starts(name, folded)))
            return i;
    }
    return -1;
}

int date_weekday_named(Str folded)
{
    static const char *const names[] = {
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    };
    return name_index(names, 7, folded);
}

int date_month_named(Str folded)
{
    static const char *const names[] = {
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    };
    int index = name_index(names, 12, folded);
    return index < 0 ? -1 : index + 1;
}

/* Take a word of ASCII letters that `named` knows, and the dot behind it. */
static bool take_name(Str *rest, int (*named)(Str), int *out)
{
    char lower[16];
    size_t n = 0;
    for (; n < rest->len && is_alpha(rest->ptr[n]); n++) {
        if (n == sizeof lower)
            return false;
        lower[n] = (char)(rest->ptr[n] | 32);
    }
    int index = named((Str){ lower, n });
    if (n == 0 || index < 0)
        return false;
    skip(rest, n);
    take_char(rest, '.');
    *out = index;
    return true;
}

/* A day of the month, perhaps "13th". */
static bool take_day(Str *rest, int *out)
{
    if (!take_number(rest, 1, 2, out))
        return false;
    static const char *const ordinals[] = { "st", "nd", "rd", "th" };
    for (size_t i = 0; i < BASE_COUNT(ordinals); i++)
        if (str_starts(*rest, str_from(ordinals[i]))) {
            skip(rest, 2);
            break;
        }
    return true;
}

/* Four digits, or the two that RFC 822 had. */
static bool take_year(Str *rest, int *out)
{
    if (take_number(rest, 4, 4, out))
        return true;
    if (!take_number(rest, 2, 2, out))
        return false;
    *out += *out < 50 ? 2000 : 1900;
    return true;
}

/* "Thu, 13 Feb 2025", "26-FEB-1987", "February 13, 2025" */
static bool take_named(Str *rest, Date *out)
{
    int weekday, year, month, day;
    if (take_name(rest, date_weekday_named, &weekday))
        skip_any(rest, ", ");
    if (take_name(rest, date_month_named, &month)) {
        skip_any(rest, " ");
        if (!take_day(rest, &day))
            return false;
        skip_any(rest, ", ");
        if (!take_number(rest, 4, 4, &year))
            return false;
    } else {
        if (!take_day(rest, &day))
            return false;
        skip_any(rest, " -");
        if (!take_name(rest, date_month_named, &month))
            return false;
        skip_any(rest, " -,");
        if (!take_year(rest, &year))
            return false;
    }
    *out = date_from_civil(year, month, day);
    return *out != DATE_UNKNOWN;
}

/* What may follow a day: nothing, or a separator and a time of day whose details do not matter here. */
static bool is_time_or_end(Str rest)
{
    if (rest.len == 0)
        return true;
    if (rest.ptr[0] != 'T' && rest.ptr[0] != 't' && rest.ptr[0] != ' ' && rest.ptr[0] != ',')
        return false;
    skip(&rest, 1);
    skip_any(&rest, " ,");
    if (str_starts(rest, STR("at ")))
        skip(&rest, 3);
    return rest.len > 0 && is_digit(rest.ptr[0]);
}

/* The basic form of ISO 8601 that NewsML and NITF use: 20250213 or 20250213T183000Z. */
static bool take_basic(Str *rest, Date *out)
{
    int number;
    if (!take_number(rest, 8, 8, &number))
        return false;
    *out = date_from_civil(number / 10000, number / 100 % 100, number % 100);
    return *out != DATE_UNKNOWN;
}

bool date_parse_stamp(Str text, Date *out)
{
    bool (*const readers[])(Str *, Date *) = { take_iso, take_basic, take_named };
    text = str_trim(text);
    for (size_t i = 0; i < BASE_COUNT(readers); i++) {
        Str rest = text;
        Date date;
        if (readers[i](&rest, &date) && is_time_or_end(rest)) {
            *out = date;
            return true;
        }
    }
    return false;
}

/* ---- the days that news text means ------------------------------------------- */

/* 2025/2/13, 2025.02.13, 13.2.2025; with slashes 13/2/2025 and 2/13/2025, where the 13 tells which is the day. */
static bool take_numeric(Str *rest, Date *out)
{
    int a, b, c;
    Str start = *rest;
    if (!take_number(rest, 1, 4, &a) || !rest->len || (rest->ptr[0] != '/' && rest->ptr[0] != '.' && rest->ptr[0] != '-'))
        return false;
    size_t first_len = start.len - rest->len;
    char mark = rest->ptr[0];
    if (!take_char(rest, mark) || !take_number(rest, 1, 2, &b) || !take_char(rest, mark) || !take_number(rest, 1, 4, &c))
        return false;
    if (first_len == 4)
        *out = date_from_civil(a, b, c);
    else if (first_len > 2 || c < 1000)
        return false;
    else if (mark == '.' || a > 12 || a == b)
        *out = date_from_civil(c, b, a);
    else
        *out = b > 12 ? date_from_civil(c, a, b) : DATE_UNKNOWN;
    return *out != DATE_UNKNOWN;
}

bool date_find(Str text, Date *out, size_t *at)
{
    bool (*const readers[])(Str *, Date *) = { take_iso, take_named, take_numeric };
    for (size_t i = 0; i < text.len; i++) {
        bool starts = is_digit(text.ptr[i]) || is_alpha(text.ptr[i]);
        if (!starts || (i > 0 && (is_digit(text.ptr[i - 1]) || is_alpha(text.ptr[i - 1]) || (signed char)text.ptr[i - 1] < 0)))
            continue;
        for (size_t k = 0; k < BASE_COUNT(readers); k++) {
            Str rest = { text.ptr + i, text.len - i };
            Date date;
            if (readers[k](&rest, &date) && !(rest.len && is_digit(rest.ptr[0]))) {
                *out = date;
                *at = i;
                return true;
            }
        }
    }
    return false;
}

Date date_of_weekday(Date published, int weekday, bool forward)
{
    if (published == DATE_UNKNOWN || weekday < 0 || weekday > 6)
        return DATE_UNKNOWN;
    int back = (date_weekday(published) - weekday + 7) % 7;
    return forward ? published + 7 - back : published - back;
}

Date date_of_month_day(Date published, int month, int day)
{
    if (published == DATE_UNKNOWN)
        return DATE_UNKNOWN;
    int year, unused;
    date_to_civil(published, &year, &unused, &unused);
    /* The latest such day that is not too far ahead; 29 February may be eight years back (1896, 1904). */
    for (int y = year + 1; y >= year - 8; y--) {
        Date date = date_from_civil(y, month, day);
        if (date != DATE_UNKNOWN && date <= published + LOOK_AHEAD_DAYS)
            return date;
    }
    return DATE_UNKNOWN;
}
