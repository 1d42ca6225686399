#include "read/input_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 64 * 1024,
    BOMB_BYTES = 32 * 1024 * 1024,   /* unpacked, before growth is looked at */
    BOMB_GROWTH = 200,               /* text grows 3 to 10 times, and repetitive exports 50 */
};

struct InputArchive {
    struct archive *packed;
    int fd;
    Str head;                        /* still to be given out before the file's own bytes */
    uint64_t read_bytes, member_start, member_bytes;
    bool bomb, raw;
    char block[BLOCK_BYTES];
    char message[200];
};

/* ---- the packed file, as libarchive wants it ---------------------------------------------- */

static la_ssize_t read_packed(struct archive *packed, void *user, const void **out)
{
    InputArchive *archive = user;
    if (archive->head.len) {
        size_t len = archive->head.len;
        *out = archive->head.ptr;
        archive->head = STR_NONE;
        archive->read_bytes += len;
        return (la_ssize_t)len;
    }
    ssize_t got;
    do {
        got = read(archive->fd, archive->block, BLOCK_BYTES);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        archive_set_error(packed, errno, "%s", strerror(errno));
    else
        archive->read_bytes += (uint64_t)got;
    *out = archive->block;
    return got;
}

static la_int64_t seek_packed(struct archive *packed, void *user, la_int64_t offset, int whence)
{
    InputArchive *archive = user;
    (void)packed;
    off_t at = lseek(archive->fd, (off_t)offset, whence);
    return at < 0 ? ARCHIVE_FATAL : (la_int64_t)at;
}

static bool refuse(InputArchive *archive, Error *err)
{
    const char *why = archive->packed ? archive_error_string(archive->packed) : NULL;
    return error_set(err, ERR_INPUT, NULL, 0, 0, "cannot be unpacked: %s", why ? why : "not enough memory");
}

InputArchive *input_archive_open(int fd, Str head, Arena *arena, Error *err)
{
    InputArchive *archive = ARENA_NEW(arena, InputArchive);
    archive->fd = fd;
    archive->packed = archive_read_new();
    bool can_seek = lseek(fd, 0, SEEK_SET) == 0;
    if (!can_seek)
        archive->head = str_copy(arena, head);
    if (archive->packed) {
        archive_read_support_filter_all(archive->packed);
        archive_read_support_format_zip(archive->packed);
        archive_read_support_format_tar(archive->packed);
        archive_read_support_format_raw(archive->packed);
        archive_read_set_read_callback(archive->packed, read_packed);
        if (can_seek)
            archive_read_set_seek_callback(archive->packed, seek_packed);
        archive_read_set_callback_data(archive->packed, archive);
    }
    if (archive->packed && archive_read_open1(archive->packed) == ARCHIVE_OK)
        return archive;
    refuse(archive, err);
    input_archive_close(archive);
    return NULL;
}

/* ---- members ----------------------------------------------------------------------------------- */

static bool leads_out(Str name)
{
    Str part;
    if (str_starts(name, STR("/")) || (name.len > 1 && name.ptr[1] == ':'))
        return true;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '\\' && str_starts((Str){ name.ptr + i + 1, name.len - i - 1 }, STR("..")))
            return true;
    while (str_split(&name, '/', &part))
        if (str_equal(part, STR("..")))
            return true;
    return false;
}

/* As in folders: what starts with a dot is none of the stories; nor is what macOS adds. */
static bool is_hidden(Str name)
{
    Str part;
    while (str_split(&name, '/', &part))
        if ((part.len && part.ptr[0] == '.' && !str_equal(part, STR("."))) || str_equal(part, STR("__MACOSX")))
            return true;
    return false;
}

InputResult input_archive_next(InputArchive *archive, Str *name, Error *err)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive->bomb ? ARCHIVE_EOF : archive_read_next_header(archive->packed, &entry);
        *name = STR("");
        if (status == ARCHIVE_EOF)
            return INPUT_END;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            refuse(archive, err);
            archive->bomb |= status == ARCHIVE_FATAL || status == ARCHIVE_RETRY;
            return INPUT_BAD;
        }
        archive->member_start = archive->read_bytes;
        archive->member_bytes = 0;
        if (archive_format(archive->packed) == ARCHIVE_FORMAT_RAW)
            return INPUT_OK;
        const char *path = archive_entry_pathname_utf8(entry);
        *name = str_from(path ? path : archive_entry_pathname(entry));
        if (leads_out(*name)) {
            error_set(err, ERR_INPUT, NULL, 0, 0, "leads out of the archive: not read");
            return INPUT_BAD;
        }
        if (archive_entry_filetype(entry) == AE_IFREG && !is_hidden(*name))
            return INPUT_OK;
    }
}

static ptrdiff_t read_member(void *user, char *out, size_t room, const char **message)
{
    InputArchive *archive = user;
    la_ssize_t got = archive_read_data(archive->packed, out, room);
    if (got < 0) {
        const char *why = archive_error_string(archive->packed);
        Str text = str_from(why ? why : "the archive is damaged");
        size_t len = text.len < sizeof archive->message ? text.len : sizeof archive->message - 1;
        memcpy(archive->message, text.ptr, len);
        archive->message[len] = '\0';
        *message = archive->message;
        return -1;
    }
    archive->member_bytes += (uint64_t)got;
    uint64_t packed = archive->read_bytes - archive->member_start + BLOCK_BYTES;
    if (archive->member_bytes > BOMB_BYTES && archive->member_bytes / packed > BOMB_GROWTH) {
        archive->bomb = true;
        *message = "it grows more than 200 times when unpacked, as no text does";
        return -1;
    }
    return got;
}

InputSource input_archive_source(InputArchive *archive)
{
    return (InputSource){ .read = read_member, .user = archive };
}

uint64_t input_archive_read_bytes(const InputArchive *archive)
{
    return archive->read_bytes;
}

void input_archive_close(InputArchive *archive)
{
    if (archive->packed)
        archive_read_free(archive->packed);
    archive->packed = NULL;
    if (archive->fd > STDIN_FILENO)
        close(archive->fd);
    archive->fd = -1;
}
