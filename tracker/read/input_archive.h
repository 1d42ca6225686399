/*
 * input_archive.h - the members of a ZIP or tar file, and what is in a compressed one; only for input*.c
 *
 *     stories.zip                 day/one.html   day/two.txt   ../../etc/passwd
 *     "stories.zip/day/one.html"  as a source of bytes, one after the other; the last is refused
 *
 * Nothing is ever written to disk.
 */
#ifndef TRACKER_INPUT_ARCHIVE_H
#define TRACKER_INPUT_ARCHIVE_H

#include "read/input_reader.h"

typedef struct InputArchive InputArchive;

/* `head` is what was read already of a source that cannot go back.  Takes `fd` over.  NULL with err. */
InputArchive *input_archive_open(int fd, Str head, Arena *arena, Error *err);

/*
 * Go to the next member that is a file.  On INPUT_OK *name is its path, "" for what is only compressed; INPUT_BAD
 * with *name and err for one that is refused.
 */
InputResult input_archive_next(InputArchive *archive, Str *name, Error *err);

/* The bytes of that member. */
InputSource input_archive_source(InputArchive *archive);

uint64_t input_archive_read_bytes(const InputArchive *archive);      /* of the packed file */
void input_archive_close(InputArchive *archive);

#endif
