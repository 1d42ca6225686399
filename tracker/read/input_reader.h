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
#include "read/input.h"
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
    void (*close)(void *state);      /* of the state that `next` keeps in the stream; may be NULL */
} InputReader;

extern const InputReader input_json, input_csv, input_html, input_mail, input_sgml, input_text, input_wire, input_xml;

/* A CSV file that names files and says what is known of them: path, url, source, published. */
bool input_is_manifest(Str head);
/* Its next row: the file, and the fields given for its stories; both in the arena. */
InputResult input_next_in_manifest(InputStream *stream, Arena *arena, Str *path, Story *given, Error *err);

/* ---- bytes ----------------------------------------------------------------------- */

/* Where a stream's bytes come from: a file, or a member of an archive. */
typedef struct InputSource {
    /* Up to `room` bytes, 0 at the end; -1 with a message in words the user understands. */
    ptrdiff_t (*read)(void *user, char *out, size_t room, const char **message);
    void (*close)(void *user);
    void *user;
} InputSource;

InputStream *input_stream_new(Arena *arena);
/* Takes the source over, also when it fails. */
bool input_stream_open(InputStream *stream, InputSource source, Error *err);
void input_stream_close(InputStream *stream);        /* ready for the next file */
void input_stream_free(InputStream *stream);
Str  input_stream_head(const InputStream *stream);   /* what is at hand of the file's start, decoded */
bool input_stream_seems_packed(const InputStream *stream);

/* A place of the reader's own, NULL when the file is opened; `memory` is cleared with it. */
void **input_stream_state(InputStream *stream);
Arena *input_stream_memory(InputStream *stream);
/* For what is needed while one story is read: the reader resets it before.  Story.note may be in it. */
Arena *input_stream_scratch(InputStream *stream);

/*
 * The next line without its line end, good until the next call; *line_number counts from 1.  A line of more
 * than INPUT_LINE_BYTES is passed over with INPUT_BAD, in bounded memory.
 */
InputResult input_stream_line(InputStream *stream, Str *line, int *line_number, Error *err);

/* The next value of a JSON array whose `[` comes first; as a line otherwise. */
InputResult input_stream_json(InputStream *stream, Str *value, int *line_number, Error *err);

/* All that is left; INPUT_END when that is nothing, INPUT_BAD when it is more than INPUT_FILE_BYTES. */
InputResult input_stream_rest(InputStream *stream, Str *rest, Error *err);

/* Up to `room` bytes (at least 4) of valid UTF-8, broken ones read as Windows-1252; 0 at the end, -1 with err. */
ptrdiff_t input_stream_read(InputStream *stream, char *out, size_t room, Error *err);

/* How the stream was decoded, for Story.note; STR_NONE for UTF-8. */
Str input_stream_note(const InputStream *stream);

/* ---- charsets -------------------------------------------------------------------- */

/*
 * Bytes as valid UTF-8: themselves where they are that already; else by the charset that is declared (STR_NONE:
 * none is); UTF-8 with a few broken characters gets U+FFFD for them; Western text is Windows-1252; of anything else
 * the charset is guessed.  *note says what was done, or stays as it is.  In `arena`, or `bytes` itself.
 */
Str input_decode(Str bytes, Str declared, Arena *arena, Str *note);

/* Windows-1252 or what it contains: ISO 8859-1, ASCII. */
bool input_is_western(Str charset);

/* The character that Windows-1252 has for a byte; U+FFFD where it has none. */
uint32_t input_windows_character(unsigned char byte);

/* The charset that <?xml encoding="...">, <meta charset="..."> or a http-equiv names in these first bytes. */
Str input_declared_charset(Str head);

/*
 * Text that was UTF-8, was taken for Windows-1252 or Latin-1 and encoded again is put right: "worldÃ¢Â€Â™s".
 * The text itself where there is none of that.
 */
Str input_mend_mojibake(Str text, Arena *arena);

/* ---- for several readers ----------------------------------------------------------- */

/* Line ends become LF, page breaks too; other control characters (wire files have them) go. */
Str input_clean_text(Str text, Arena *arena);

/* A Story of a text that is HTML or plain; false where it has no text. */
bool input_take_text(Str body, bool is_html, Arena *arena, Arena *scratch, Story *out);

/* The article of a web page inside something else; only the text is taken. */
bool input_take_page(Str page, Arena *arena, Arena *scratch, Story *out);

/* A saved page: title, source, address, language, day and text. */
bool input_take_whole_page(Str page, Arena *arena, Arena *scratch, Story *out, Error *err);

InputResult input_bad(Error *err, int line, int col, const char *text);

#endif
