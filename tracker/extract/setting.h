/*
 * setting.h - when and where something was said
 *
 *     On Wednesday, U.S. Defense Secretary Pete Hegseth told allies in Brussels that a return ... was unrealistic.
 *     ^^^^^^^^^^^^ said_on 2025-02-12                   ^cue     ^^^^^^^^^^^ place "Brussels"
 *
 * First each statement by itself, from the words around its cue and outside its
 * content (setting_read); then, when all of a story's statements are known, what
 * one of them tells about the others of its speaker, and what the dateline and
 * the date of publication tell about those that nothing else does
 * (setting_spread).  What stays unknown is DATE_UNKNOWN and STR_NONE.
 */
#ifndef TRACKER_SETTING_H
#define TRACKER_SETTING_H

#include "engine/rules.h"
#include "extract/mention.h"
#include "extract/statement.h"
#include "read/story.h"

/* The words that tell days and places; of the rules, for any number of stories. */
typedef struct SettingWords {
    WordId in, on, at, of, by, to, with, after, before, and_, since, interview, last, during;
    int venues, gatherings, assemblies, scenes, scene_verbs, place_prepositions, platforms, apart, travels;      /* lists */
} SettingWords;
SettingWords setting_words(const Rules *rules);

/* What is read in one story; borrows all of it. */
typedef struct SettingText {
    const SettingWords *words;
    const Rules *rules;
    const Story *story;
    const Text *text;
    const Hits *hits;
    const MentionMap *map;
    Arena *arena;
} SettingText;

/* One attribution, by its tokens. */
typedef struct SettingCue {
    uint32_t row_first, row_end;         /* its sentence or sentences */
    uint32_t first, end;                 /* the cue */
    uint32_t from, to;                   /* what lies between the cues before and behind it */
    int32_t source;                      /* mention of who speaks, or -1 */
    int32_t recipient;                   /* mention of whom it was told, or -1 */
    bool perfect;                        /* "has said" */
    const Spans *content;                /* bytes; days and places in there are not the statement's */
} SettingCue;

/* What else the attribution tells. */
enum {
    SETTING_UNDATED = 1 << 0,            /* it was on no one day: "last month", "has said" */
    SETTING_APART   = 1 << 1,            /* not where its speaker said the rest: "later told" */
    SETTING_BEFORE  = 1 << 3,            /* told in between, of earlier: "had said on Friday" */
    SETTING_THERE   = 1 << 2,            /* where the one before was: "said at the conference" */
};

/* Set the day and the place that the attribution itself tells.  Returns SETTING_... */
unsigned setting_read(const SettingText *in, const SettingCue *cue, Statement *st);

/* Fill in what the statements do not tell themselves; notes: what setting_read returned of each. */
void setting_spread(const SettingText *in, Statements *all, const unsigned *notes);

#endif
