/*
 * cmd_show.h - what the files of `show` share: words in their place, and a pair as a card or a row
 *
 *     He met the press on Friday.  "[The treaty is dead]," Minister Ada Roe said.  She left at noon.
 *     ^^^^^^^^^^ before ^^^^^^^^^^  ^^^^^^^^^^^^^^^^^^^^^ here ^^^^^^^^^^^^^^^^^^^  ^^^^ after ^^^^^
 */
#ifndef TRACKER_CMD_SHOW_H
#define TRACKER_CMD_SHOW_H

#include "cli/session.h"

enum { SHOW_LABEL_WIDTH = 11 };

/* The sentences that hold some words, and those next to them; STR_NONE where there is none. */
typedef struct ShowContext {
    Str before, here, after;             /* as the story has them */
    Span marked;                         /* bytes of here */
} ShowContext;

/* points: what is to be marked, as rows have it ("[840,894]" or "[[840,894],[900,920]]", from the first to the last). */
bool show_find_context(Store *store, Str story, Str points, Arena *arena, ShowContext *out, Error *err);

/* One paragraph of at most 79 columns behind a label; the words are bold and underlined, without colour in brackets. */
void show_put_context(Session *session, const ShowContext *context);
/* "  label    text", wrapped; nothing without text. */
void show_put(Session *session, const char *label, Str text);
void show_put_story(Session *session, Str id, Str title, Str source, Str published, Str url);
Str  show_or_unknown(Str text);
/* "Ada Roe, Foreign Minister (NO)"; an office that says no more than the name is left out. */
Str  show_speaker(Str speaker, Str office, Str country, Arena *arena);

/* All that is known of a pair: for people, and as one row of the columns below. */
bool show_pair_card(Session *session, Store *store, Str id, Error *err);
bool show_pair_row(Session *session, Store *store, Str id, Sink *sink, Error *err);
extern const RowColumns show_pair_columns;

#endif
