/*
 * story.h - one news story as the program understands it
 *
 *     MUNICH (Reuters) - A senior official said on Thursday ...
 *     id "seed-001", published 2025-02-13, source "Reuters", title "NATO membership ...", text "MUNICH (Reuters) ..."
 *
 * All text is valid UTF-8 without NUL bytes.  `text` is what every Span and
 * every printed offset refers to: for JSON Lines it is the input's "text" as
 * given, for files it is the decoded file with CRLF turned into LF.  The title
 * is inside the text only where the input has it there.
 */
#ifndef TRACKER_STORY_H
#define TRACKER_STORY_H

#include "base/base.h"
#include "base/date.h"

typedef struct Story {
    Str id;                  /* the input's own id; else "u-" + 16 hex digits of a hash of the address, or "t-" of the text */
    Str title, source, url;  /* STR_NONE where unknown */
    Str place;               /* of the dateline or as given; STR_NONE where unknown */
    Str language;            /* "en", "de" ...: of the text where it tells, else as given; STR_NONE where unknown */
    Str text;
    Date published;          /* DATE_UNKNOWN where the input does not say */
    Str path;                /* where it was read from: file name, "-" for standard input */
    int line;                /* in that file, for formats with one story a line; else 0 */
    Str annotation;          /* the JSON it came from where that has "quotes" or "claims" (extract/evaluate.h), or STR_NONE */
    Str note;                /* what had to be changed to read it ("decoded from Windows-1252"), or STR_NONE */
} Story;

/*
 * Fill what the input left open from the text itself: id, language, title (the first line when it is short and
 * has no full stop), dateline place and source ("MUNICH (Reuters) -"), a date in the dateline or a
 * date line of its own.  Never from the clock.
 */
void story_complete(Story *story, Arena *arena);

/*
 * An address without what changes from visit to visit: scheme, www., fragment, tracking words, last slash.  STR_NONE for
 * one that is not of a single story, such as a site's front page.
 *
 *     https://www.herald.example/toll-stays/?utm_source=mail#top  ->  herald.example/toll-stays
 */
Str story_canonical_url(Str url, Arena *arena);

/* What the small words of a text tell: "en", "de" ..., "und" for one in another script; STR_NONE where they tell nothing. */
Str story_language(Str text);

/* Is it known to be in another language than English?  Such a story is kept, and nothing is looked for in it. */
bool story_is_foreign(const Story *story);

#endif
