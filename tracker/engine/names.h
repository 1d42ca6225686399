/*
 * names.h - strings to small numbers, for looking things up while rules are loaded
 *
 *     names_add(&names, arena, STR("nato"), 7)       true: new
 *     names_find(&names, STR("nato"))                7
 *     names_find(&names, STR("seato"))               NAMES_NONE
 */
#ifndef TRACKER_NAMES_H
#define TRACKER_NAMES_H

#include "base/base.h"

#define NAMES_NONE UINT32_MAX

typedef struct Name { Str text; uint32_t value; } Name;
typedef struct Names { Name *slots; size_t n_slots, len; } Names;     /* all zero: empty */

/* The text stays borrowed.  False, and nothing changes, when it is there already. */
bool names_add(Names *names, Arena *arena, Str text, uint32_t value);
uint32_t names_find(const Names *names, Str text);

#endif
