/*
 * input_reader.h - what a format's reader gets and gives; only for input*.c
 *
 *     file on disk      FF FE 4D 00 55 00 ...            UTF-16
 *     stream            "MU..."  note "decoded from UTF-16LE"
 *     reader "text"     one Story
 *
 * A new format is one file input_<format>.c and one row in input.c.  Readers
 * pull bytes from an InputStream and never open, seek or print.
 */
#ifndef TRACKER_INPUT_READER_H
#define TRACKER_INPUT_READER_H

#include "base/base.h"
#include "read/story.h"

typedef struct InputStream InputStream;

typedef enum InputResult {
    INPUT_OK,
    INPUT_BAD,               /* this line or file is not usable: err says why; go on behind it */
    INPUT_END,
} InputResult;

typedef struct InputReader {
    const char *name;
    bool (*probe)(Str head);         /* are these first bytes of that format? */
    /*
     * The next story, in the arena; its path is filled by the caller.  On INPUT_BAD err has line, column and
     * text.  With INPUT_OK err may hold a warning: something was wrong, the story is usable.
     */
    InputResult (*next)(InputStream *stream, Arena *arena, Story *out, Error *err);
} InputReader;

extern const InputReader input_jsonl, input_text;

/*
 * The next line without its line end, good until the next call; *line_number counts from 1.  A line of more
 * than INPUT_LINE_BYTES is passed over with INPUT_BAD, in bounded memory.
 */
InputResult input_stream_line(InputStream *stream, Str *line, int *line_number, Error *err);

/* All that is left; INPUT_END when that is nothing, INPUT_BAD when it is more than INPUT_FILE_BYTES. */
InputResult input_stream_rest(InputStream *stream, Str *rest, Error *err);

/* How the stream was decoded, for Story.note; STR_NONE for UTF-8. */
Str input_stream_note(const InputStream *stream);

/*
 * Bytes as valid UTF-8: themselves where they are that already; UTF-8 with a few broken characters gets U+FFFD
 * for them; anything else is Windows-1252.  *note says what was done, or stays as it is.  Good until the next call.
 */
Str input_stream_decode(InputStream *stream, Str bytes, Str *note);

#endif
