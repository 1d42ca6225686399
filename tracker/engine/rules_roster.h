/*
 * rules_roster.h - the CSV files of the rules folder: officials, countries, given names, oppositions
 *
 *     name,aliases,office,body,country,from,until,gender,source
 *     Ada Roe,A. Roe;Ada R. Roe,Foreign Minister,Foreign Ministry,NL,2024-05,,F,editor (as of 2025-01-31)
 *
 * A row that is wrong is reported with its line and left out; the others are loaded.  Texts must outlive the
 * rules.  Countries come first: the others name them.
 */
#ifndef TRACKER_RULES_ROSTER_H
#define TRACKER_RULES_ROSTER_H

#include "engine/names.h"
#include "engine/rules.h"

void roster_load_countries(Rules *rules, Str text, const char *file, Problems *problems);
void roster_load_officials(Rules *rules, Str text, const char *file, Problems *problems);
void roster_load_given_names(Rules *rules, Str text, const char *file, Problems *problems);
/* positions: the names that rows may use. */
void roster_load_oppositions(Rules *rules, Str text, const char *file, const Strs *positions, Problems *problems);

#endif
