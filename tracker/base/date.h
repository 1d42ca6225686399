/*
 * date.h - civil dates, and the days that news text means
 *
 *     published 2025-02-13 (a Thursday):  "on Wednesday" -> 2025-02-12
 *                                         "a day earlier" -> 2025-02-12
 *                                         "Feb. 12" -> 2025-02-12
 *                                         "last month", "recently" -> unknown
 *
 * A Date is a day number of the proleptic Gregorian calendar, 0 = 1970-01-01,
 * without a time zone.  An unknown day stays DATE_UNKNOWN; nothing is guessed
 * from the clock.
 */
#ifndef TRACKER_DATE_H
#define TRACKER_DATE_H

#include "base/base.h"

typedef int32_t Date;
#define DATE_UNKNOWN INT32_MIN

enum { DATE_TEXT_BYTES = 16 };

Date date_from_civil(int year, int month, int day);          /* DATE_UNKNOWN if there is no such day */
void date_to_civil(Date date, int *year, int *month, int *day);
int  date_weekday(Date date);                                 /* 0 = Sunday ... 6 = Saturday */

/* "2025-02-13" into out; "" for an unknown date.  Returns out. */
const char *date_format(Date date, char out[DATE_TEXT_BYTES]);

/* Exactly YYYY-MM-DD. */
bool date_parse(Str text, Date *out);

/*
 * A timestamp as stories carry it: 2025-02-13, 2025-02-13T18:30:00Z, 2025-02-13 18:30:00+01:00,
 * RFC 822 (Thu, 13 Feb 2025 18:30:00 GMT), "February 13, 2025", "13 February 2025", 26-FEB-1987 15:01:01.79.
 * The day is the one written, in the zone written.
 */
bool date_parse_stamp(Str text, Date *out);

/*
 * The first full date anywhere in a line: the forms of a stamp, 2025/2/13, 13.2.2025, and 13/2/2025 or 2/13/2025
 * where only one of them is a day of the year.  Byte `*at` is where it starts.
 */
bool date_find(Str text, Date *out, size_t *at);

/* YYYY, YYYY-MM or YYYY-MM-DD, as rosters have them: first and last day meant. */
bool date_parse_range(Str text, Date *first, Date *last);

/* 0-6 / 1-12 for an English weekday or month name or its abbreviation (dot or not), folded; -1 if it is none. */
int date_weekday_named(Str folded);
int date_month_named(Str folded);

/*
 * The weekday that a story of day `published` means: the last such day, published itself included
 * (a story of Thursday that says "on Thursday" means that day).  forward: the next such day ("next Monday").
 */
Date date_of_weekday(Date published, int weekday, bool forward);

/* "Feb. 12" without a year in a story of day `published`: the nearest such day not more than 60 days ahead. */
Date date_of_month_day(Date published, int month, int day);

#endif
