/*
 * rules_shared.h - the shipped rules, loaded once for all tests that need them
 */
#ifndef TRACKER_RULES_SHARED_H
#define TRACKER_RULES_SHARED_H

#include "engine/rules.h"

/* Loaded from ./rules on first use and kept for the run; a rules file with an error fails the calling test. */
const Rules *rules_shared(void);

#endif
