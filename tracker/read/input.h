/*
 * input.h - bytes in, stories out
 *
 * The format is found by content, never by name.  Each reader is one row of a
 * table (input.c): a probe on the first bytes and a function that yields
 * stories one by one, so that memory does not grow with the file.
 *
 *     input_json.c     JSON Lines, JSON Feed, ninjs, exports
 *     input_xml.c      RSS, Atom, WXR (input_feed.c); NewsML, NITF (input_newsml.c)
 *     input_html.c     a saved page: the article in it (html.h)
 *     input_mail.c     one message
 *     input_wire.c     IPTC 7901, ANPA 1312          input_sgml.c   Reuters SGML
 *     input_csv.c      exports, manifests            input_text.c   whatever is left
 *     input_archive.c  ZIP, tar, gzip: their members are files like others
 *
 * Bad input is reported with file and line, and skipped; the rest goes on.
 */
#ifndef TRACKER_INPUT_H
#define TRACKER_INPUT_H

#include "base/base.h"
#include "read/story.h"

enum {
    INPUT_LINE_BYTES = 64 * 1024 * 1024,     /* a longer JSON line is refused */
    INPUT_FILE_BYTES = 64 * 1024 * 1024,     /* a longer text file is refused */
};

typedef struct InputOptions {
    Date date;               /* for stories that have none; DATE_UNKNOWN */
} InputOptions;

typedef struct Input Input;

/*
 * Open files, folders (read recursively, in byte order of their names, hidden files left out) and "-"
 * (standard input).  A manifest in a folder comes first, and the files that it lists are read with what it says of
 * them, not again as files of the folder.  Nothing is read yet: a missing file is reported when its turn comes.
 */
Input *input_open(const char *const *paths, size_t n_paths, InputOptions options, Problems *problems);

/*
 * The next story, its text in `arena` (reset by the caller when done with it).  False at the end.
 * Stories that cannot be read go to `problems`.
 */
bool input_next(Input *input, Arena *arena, Story *out);

/* Bytes read so far, for progress and MB/s. */
uint64_t input_bytes(const Input *input);

void input_close(Input *input);

#endif
