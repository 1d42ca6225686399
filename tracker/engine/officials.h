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

/* The office title, or all its words in any order, blind to case: "minister foreign" finds "Minister of Foreign Affairs". */
bool official_has_words(Str title, Str words, Arena *arena);

/*
 * Warnings, each at a row of the roster: an alias that means two people on one day; an open end that nobody has
 * confirmed for a year before `today`.  Unless `all`, each sort is told once, with how many there are.
 */
void officials_check(const Rules *rules, Date today, bool all, Problems *problems);

/* Two people in one office of one country on the same days, and months in which nobody held it. */
void officials_check_terms(const Rules *rules, Problems *problems);

#endif
