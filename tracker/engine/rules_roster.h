/*
 * rules_roster.h - the CSV files of the rules folders: officials, countries, given names, oppositions
 *
 *     name,aliases,office,body,country,from,until,gender,source
 *     Ada Roe,A. Roe;Ada R. Roe,Foreign Minister,Foreign Ministry,NL,2024-05,,F,editor (as of 2025-01-31)
 *
 * A row that is wrong is reported with its line and column and left out; the others are loaded.  A row of a later
 * text replaces the one of an earlier text with the same key, or with `yes` in a column `off` takes it out:
 *
 *     officials      name, office, country and from
 *     countries      iso
 *     given names    name
 *     oppositions    the two positions
 *
 * Texts must outlive the rules.  Countries come first: the others name them.
 */
#ifndef TRACKER_RULES_ROSTER_H
#define TRACKER_RULES_ROSTER_H

#include "engine/rules.h"

typedef struct RosterText { Str text; const char *file; } RosterText;
typedef struct RosterTexts { RosterText *ptr; size_t len, cap; } RosterTexts;        /* lowest layer first */

void roster_load_countries(Rules *rules, RosterTexts texts, Problems *problems);
void roster_load_officials(Rules *rules, RosterTexts texts, Problems *problems);
void roster_load_given_names(Rules *rules, RosterTexts texts, Problems *problems);
/* positions: the names that rows may use.  Rows that name one of `off` are passed over in silence. */
void roster_load_oppositions(Rules *rules, RosterTexts texts, const Strs *positions, const Strs *off, Problems *problems);

#endif
