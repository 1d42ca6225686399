/*
 * officials.h - questions to the roster: who held an office on a day, and what in the roster cannot be right
 *
 *     Foreign Minister, NL      2010 -- Ada Roe -- 2014    2014 -- Max Moe -- 2017       2019 -- Jo Poe --
 *     on 2015-06-01                                        Max Moe
 *     gap                                                                    2017 to 2019
 *
 * A row is one person in one office.  It holds from its first day, or ever, to its last day; without a last day to
 * the day it was last known ("as of"), or until today.
 */
#ifndef TRACKER_OFFICIALS_H
#define TRACKER_OFFICIALS_H

#include "engine/rules.h"

typedef enum Holding { HOLDING_NO, HOLDING_MAYBE, HOLDING_YES } Holding;

/* On that day.  MAYBE: the day is later than the last one on which the row is known to have been true. */
Holding official_holds(const Official *official, Date day);

/*
 * All words stand in the row's office, body or country, in any order, blind to case and without small words:
 * "Dutch foreign minister" finds the Minister of Foreign Affairs of NL.
 */
bool official_has_office(const Rules *rules, const Official *official, Str words, Arena *arena);
/* All words stand in one of the row's names. */
bool official_has_name(const Official *official, Str words, Arena *arena);

/*
 * Warnings, each at a row of the roster: an alias that means two people on one day; an open end that nobody has
 * confirmed for a year before `today`.  Unless `all`, each sort is told once, with how many there are.
 */
void officials_check(const Rules *rules, Date today, bool all, Problems *problems);

/* Two people in one office of one country on the same days, and months in which nobody held it. */
void officials_check_terms(const Rules *rules, Problems *problems);

/* ---- import -------------------------------------------------------------------- */

/*
 * A row as officials.csv writes it, from a spreadsheet that calls and orders its columns as it likes:
 *
 *     Ministry;Surname;First name;Title;Nation;Since
 *     Foreign Ministry;Roe;Ada;Foreign Minister;the Netherlands;31.5.2024
 *     -> Ada Roe, Foreign Minister, Foreign Ministry, NL, 2024-05-31
 */
typedef struct ImportedOfficial {
    Str name, aliases, office, body, country, from, until, source;
    char gender;
    int line;
} ImportedOfficial;
typedef struct Officials { ImportedOfficial *ptr; size_t len, cap; } Officials;

typedef struct ImportOptions {
    Str map;                 /* "office=Fonction,from=Beginn": what the header calls a column; "" */
    Str country;             /* of rows that name none; "" */
    Str source;              /* of rows that name none */
} ImportOptions;

/* What is sound is appended to *out; every wrong cell is reported with line and column.  False if anything was. */
bool officials_import(const Rules *rules, Str text, const char *file, ImportOptions options, Arena *arena, Officials *out,
                      Problems *problems);

#endif
