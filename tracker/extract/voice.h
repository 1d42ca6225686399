/*
 * voice.h - does a statement speak for a government, a body or a party?
 *
 *     "French Foreign Minister" Ada Roe      yes: a minister
 *     "oil company spokesman"                no: a company
 *     "Ada Roe", of whom nothing is said     no, unless she is on the roster
 *
 * Only what public voices say is set against each other.  Which words tell is
 * data: the lists public-voices, private-voices and state-roles (public beside a
 * country's name: "the Slovak director") of rules/grammar.rules.
 */
#ifndef TRACKER_VOICE_H
#define TRACKER_VOICE_H

#include "base/base.h"
#include "engine/rules.h"
#include "extract/statement.h"

typedef struct Voices {
    const Rules *rules;
    int publics, privates, roles;    /* lists; publics is -1 where the rules have none: then every voice is public */
} Voices;

Voices voices_read(const Rules *rules);

/* By the speaker's name and office; the scratch arena is the caller's to reset. */
bool voice_is_public(const Voices *voices, const Statement *statement, Arena *scratch);

#endif
