/*
 * rulecheck.h - warnings about rules that are sound, and yet not what their writer meant
 *
 *     fish.rules:4:11: warning: never matches: positions.rules:87 (closed) always does before it
 *     fish.rules:7:11: warning: slow: no word in it must be there, so every sentence is tried
 *
 * What rules_load reports is wrong; this is worth knowing.  Only what PCRE2 does not take is an error: patterns are
 * compiled when they are first needed, so loading does not meet it.
 */
#ifndef TRACKER_RULECHECK_H
#define TRACKER_RULECHECK_H

#include "engine/rules.h"

/* Patterns too large, patterns without a required word, and cues of positions that others always come before. */
void rulecheck_run(const Rules *rules, Problems *problems);

#endif
