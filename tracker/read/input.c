#include "read/input.h"

#include "read/input_archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_BYTES = 4096 };          /* has the header of a manifest */

/* A folder whose entries are being read, or a manifest's files. */
typedef struct Folder {
    Arena memory;
    Strs paths;
    const Story *given;              /* of a manifest: what it says of each file; NULL */
    size_t next;
} Folder;

/* A file, whatever its path is written like. */
typedef struct FileId { uint64_t device, number; } FileId;
typedef struct FileIds { FileId *ptr; size_t len, cap; } FileIds;

typedef struct Folders { Folder *ptr; size_t len, cap; } Folders;

struct Input {
    Arena memory;
    Problems *problems;
    InputOptions options;
    Strs paths;                      /* as given */
    size_t next_path;
    Folders folders;                 /* from the outermost to the one at hand */
    FileIds listed;                  /* by manifests in folders, sorted: read where they are listed, not again as files */
    InputArchive *archive;           /* whose members are being read, or NULL */
    Arena archive_memory;
    Str archive_path;
    Str path;                        /* of the open file */
    const Story *given;              /* what a manifest says of it, or NULL */
    int fd;                          /* of the open file */
    uint64_t read_bytes;             /* of all files */
    const InputReader *reader;       /* NULL: no file is open */
    InputStream *stream;
};

/* The first row whose probe says yes. */
static const InputReader *const readers[] = {
    &input_wire, &input_json, &input_sgml, &input_xml, &input_html, &input_mail, &input_csv, &input_text,
};

/* ---- a file as a source ---------------------------------------------------------- */

static ptrdiff_t read_file(void *user, char *out, size_t room, const char **message)
{
    Input *input = user;
    ssize_t got;
    do {
        got = read(input->fd, out, room);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        *message = strerror(errno);
    else
        input->read_bytes += (uint64_t)got;
    return got;
}

static void close_file(void *user)
{
    Input *input = user;
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    input->fd = -1;
}

/* ---- files that manifests list -------------------------------------------------- */

static FileId file_id(const struct stat *info)
{
    return (FileId){ (uint64_t)info->st_dev, (uint64_t)info->st_ino };
}

static int compare_ids(const void *a, const void *b)
{
    const FileId *x = a, *y = b;
    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void list_files(Input *input, const Strs *paths)
{
    struct stat info;
    for (size_t i = 0; i < paths->len; i++)
        if (stat(paths->ptr[i].ptr, &info) == 0)
            LIST_PUSH(&input->memory, &input->listed, file_id(&info));
    if (input->listed.len)
        qsort(input->listed.ptr, input->listed.len, sizeof *input->listed.ptr, compare_ids);
}

static bool is_listed(const Input *input, const struct stat *info)
{
    FileId id = file_id(info);
    return input->listed.len &&
           bsearch(&id, input->listed.ptr, input->listed.len, sizeof id, compare_ids) != NULL;
}

/* By its first bytes. */
static bool is_manifest_file(Str path)
{
    struct stat info;
    char head[HEAD_BYTES];
    if (stat(path.ptr, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    int fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? 0 : read(fd, head, sizeof head);
    if (fd >= 0)
        close(fd);
    Str text = { head, got > 0 ? (size_t)got : 0 };
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = (Str){ text.ptr + 3, text.len - 3 };
    return input_is_manifest(text);
}

static int compare_paths(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static const Str *find_path(const Folder *folder, Str path)
{
    return bsearch(&path, folder->paths.ptr, folder->paths.len, sizeof path, compare_paths);
}

/* "page_files" beside "page.html": what a browser saves with a page, scripts and pictures. */
static bool is_of_page(const Folder *folder, Str path, Arena *scratch)
{
    static const char *const tails[] = { "html", "htm" };
    static const Str mark = STR_INIT("_files");
    bool found = false;
    for (size_t i = 0; i < BASE_COUNT(tails) && str_ends(path, mark); i++)
        found |= find_path(folder, str_printf(scratch, "%.*s.%s", (int)(path.len - mark.len), path.ptr, tails[i])) != NULL;
    return found;
}

static void leave_out_saved(Folder *folder)
{
    Strs kept = { 0 };
    for (size_t i = 0; i < folder->paths.len; i++)
        if (!is_of_page(folder, folder->paths.ptr[i], &folder->memory))
            LIST_PUSH(&folder->memory, &kept, folder->paths.ptr[i]);
    folder->paths = kept;
}

/* Manifests first: the files that they list are then known. */
static void put_manifests_first(Folder *folder)
{
    size_t n = 0;
    for (size_t i = 0; i < folder->paths.len; i++) {
        Str path = folder->paths.ptr[i];
        if (!is_manifest_file(path))
            continue;
        memmove(folder->paths.ptr + n + 1, folder->paths.ptr + n, (i - n) * sizeof path);
        folder->paths.ptr[n++] = path;
    }
}

/* ---- files and folders ------------------------------------------------------- */

static bool enter_folder(Input *input, Str path, Error *err)
{
    DIR *dir = opendir(path.ptr);
    if (!dir)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
    Folder folder = { 0 };
    const char *slash = str_ends(path, STR("/")) ? "" : "/";
    const struct dirent *entry;
    while ((errno = 0, entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            LIST_PUSH(&folder.memory, &folder.paths,
                      str_printf(&folder.memory, "%.*s%s%s", STR_ARG(path), slash, entry->d_name));
    int failure = errno;
    closedir(dir);
    if (folder.paths.len)
        qsort(folder.paths.ptr, folder.paths.len, sizeof *folder.paths.ptr, compare_paths);
    leave_out_saved(&folder);
    put_manifests_first(&folder);
    LIST_PUSH(&input->memory, &input->folders, folder);
    return !failure || error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(failure));
}

/* A path from the innermost folder, else the next one that was given. */
static bool next_path(Input *input, Str *path, bool *in_folder)
{
    input->given = NULL;
    while (input->folders.len) {
        Folder *folder = &input->folders.ptr[input->folders.len - 1];
        if (folder->next < folder->paths.len) {
            input->given = folder->given ? &folder->given[folder->next] : NULL;
            *path = folder->paths.ptr[folder->next++];
            *in_folder = !folder->given;
            return true;
        }
        arena_clear(&folder->memory);
        input->folders.len--;
    }
    *in_folder = false;
    if (input->next_path == input->paths.len)
        return false;
    *path = input->paths.ptr[input->next_path++];
    return true;
}

static void report(Input *input, Str path, Error *err)
{
    Str name = str_equal(path, STR("-")) ? STR("standard input") : path;
    snprintf(err->file, sizeof err->file, "%.*s", STR_ARG(name));
    problems_add(input->problems, err);
}

/* "stories/manifest.csv" + "one.html" -> "stories/one.html" */
static Str beside(Str manifest, Str name, Arena *arena)
{
    size_t slash = manifest.len;
    while (slash > 0 && manifest.ptr[slash - 1] != '/')
        slash--;
    return str_starts(name, STR("/")) ? str_printf(arena, "%.*s", STR_ARG(name))
                                      : str_printf(arena, "%.*s%.*s", (int)slash, manifest.ptr, STR_ARG(name));
}

typedef struct Stories { Story *ptr; size_t len, cap; } Stories;

/* The files that a manifest names take their turn as those of a folder do. */
static bool enter_manifest(Input *input, Str path, Error *err)
{
    bool within = input->archive != NULL;
    for (size_t i = 0; i < input->folders.len; i++)
        within |= input->folders.ptr[i].given != NULL;
    if (within)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is a manifest within %s, which is not followed",
                         input->archive ? "an archive" : "a manifest");
    Folder folder = { 0 };
    Stories given = { 0 };
    for (;;) {
        Str name;
        Story story;
        Error row = { 0 };
        InputResult result = input_next_in_manifest(input->stream, &folder.memory, &name, &story, &row);
        if (result == INPUT_END)
            break;
        if (row.kind != ERR_NONE)
            report(input, path, &row);
        if (result != INPUT_OK)
            continue;
        Str file = beside(path, name, &folder.memory);
        LIST_PUSH(&folder.memory, &folder.paths, file);
        LIST_PUSH(&folder.memory, &given, story);
    }
    folder.given = given.ptr;
    if (input->folders.len)
        list_files(input, &folder.paths);
    if (folder.paths.len)
        LIST_PUSH(&input->memory, &input->folders, folder);
    else
        arena_clear(&folder.memory);
    return true;
}

/* The open file is packed: its members take their turn. */
static bool enter_archive(Input *input, Str path, Error *err)
{
    if (input->archive)
        return error_set(err, ERR_INPUT, NULL, 0, 0, "is packed within an archive, and not unpacked");
    input->archive = input_archive_open(input->fd, input_stream_head(input->stream), &input->archive_memory, err);
    input->fd = -1;                  /* the archive's now */
    input->archive_path = str_equal(path, STR("-")) ? STR("standard input") : path;
    return input->archive != NULL;
}

static void close_archive(Input *input)
{
    if (!input->archive)
        return;
    input->read_bytes += input_archive_read_bytes(input->archive);
    input_archive_close(input->archive);
    input->archive = NULL;
    arena_reset(&input->archive_memory);
}

/* What people have their news in, too, and what no text can be taken from here. */
static const struct { Str mark; const char *is; } strangers[] = {
    { STR_INIT("%PDF-"), "a PDF document" },
    { STR_INIT("{\\rtf"), "an RTF document" },
    { STR_INIT("\xD0\xCF\x11\xE0"), "an Office document" },
    { STR_INIT("\x89PNG"), "a picture" },
    { STR_INIT("GIF8"), "a picture" },
    { STR_INIT("\xFF\xD8\xFF"), "a picture" },
    { STR_INIT("<svg"), "a picture" },
};

static bool refuse_stranger(Str head, Error *err)
{
    for (size_t i = 0; i < BASE_COUNT(strangers); i++)
        if (str_starts(head, strangers[i].mark))
            return error_set(err, ERR_INPUT, NULL, 0, 0, "is %s: save its text as a text file, which is read",
                             strangers[i].is);
    return true;
}

/* The stream is open: a reader for it, or what is in it instead. */
static bool start_file(Input *input, Str path, Error *err)
{
    Str head = input_stream_head(input->stream);
    bool packed = input_stream_seems_packed(input->stream);
    if (packed || input_is_manifest(head)) {
        bool ok = packed ? enter_archive(input, path, err) : enter_manifest(input, path, err);
        input_stream_close(input->stream);
        return ok;
    }
    if (!refuse_stranger(head, err)) {
        input_stream_close(input->stream);
        return false;
    }
    input->path = path;
    for (size_t i = 0; !input->reader; i++)
        if (readers[i]->probe(head))
            input->reader = readers[i];
    return true;
}

static bool open_source(Input *input, Str path, InputSource source, Error *err)
{
    if (input_stream_open(input->stream, source, err))
        return start_file(input, path, err);
    input_stream_close(input->stream);
    return false;
}

/* False when the archive has no more. */
static bool next_member(Input *input)
{
    Str name, path = input->archive_path;
    Error err = { 0 };
    InputResult result = input_archive_next(input->archive, &name, &err);
    if (result == INPUT_END)
        return false;
    if (name.len)
        path = str_printf(&input->archive_memory, "%.*s/%.*s", STR_ARG(path), STR_ARG(name));
    if (result == INPUT_OK && (str_equal(name, STR("[Content_Types].xml")) || str_equal(name, STR("mimetype")))) {
        error_set(&err, ERR_INPUT, NULL, 0, 0, "is an Office document or an e-book: save its text as a text file, which "
                  "is read");
        report(input, input->archive_path, &err);
        return false;
    }
    if (result != INPUT_OK || !open_source(input, path, input_archive_source(input->archive), &err))
        report(input, path, &err);
    return true;
}

/* Opens a file, enters a folder or passes over what is neither; false with an error. */
static bool open_path(Input *input, Str path, bool in_folder, Error *err)
{
    input->fd = STDIN_FILENO;
    if (in_folder || !str_equal(path, STR("-"))) {
        struct stat info, link;
        if (stat(path.ptr, &info) != 0)
            return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
        /* In a folder a link could lead in circles and a pipe would wait for ever. */
        if (in_folder && !S_ISREG(info.st_mode) &&
            (!S_ISDIR(info.st_mode) || lstat(path.ptr, &link) != 0 || S_ISLNK(link.st_mode)))
            return true;
        if (in_folder && is_listed(input, &info))
            return true;
        if (S_ISDIR(info.st_mode))
            return enter_folder(input, path, err);
        input->fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
        if (input->fd < 0)
            return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
    }
    return open_source(input, path, (InputSource){ .read = read_file, .close = close_file, .user = input }, err);
}

static bool next_file(Input *input)
{
    Str path;
    bool in_folder;
    while (!input->reader) {
        Error err = { 0 };
        if (input->archive && !next_member(input))
            close_archive(input);
        else if (input->archive)
            continue;
        else if (!next_path(input, &path, &in_folder))
            return false;
        else if (!open_path(input, path, in_folder, &err))
            report(input, path, &err);
    }
    return true;
}

Input *input_open(const char *const *paths, size_t n_paths, InputOptions options, Problems *problems)
{
    Arena memory;
    arena_init(&memory);
    Input *input = ARENA_NEW(&memory, Input);
    *input = (Input){ .memory = memory, .problems = problems, .options = options, .fd = -1 };
    input->stream = input_stream_new(&input->memory);
    for (size_t i = 0; i < n_paths; i++)
        LIST_PUSH(&input->memory, &input->paths, str_copy(&input->memory, str_from(paths[i])));
    return input;
}

static void close_stream(Input *input)
{
    if (input->reader && input->reader->close)
        input->reader->close(*input_stream_state(input->stream));
    input->reader = NULL;
    input_stream_close(input->stream);
}

/* What a manifest says of a file is said by a person. */
static void take_given(Story *out, const Story *given, Arena *arena)
{
    const struct { Str *to, from; } fields[] = {
        { &out->title, given->title }, { &out->source, given->source }, { &out->url, given->url }, { &out->place, given->place },
    };
    for (size_t i = 0; i < BASE_COUNT(fields); i++)
        if (fields[i].from.len)
            *fields[i].to = str_copy(arena, fields[i].from);
    if (given->published != DATE_UNKNOWN)
        out->published = given->published;
}

bool input_next(Input *input, Arena *arena, Story *out)
{
    while (next_file(input)) {
        Error err = { 0 };
        InputResult result = input->reader->next(input->stream, arena, out, &err);
        if (result == INPUT_END) {
            close_stream(input);
            continue;
        }
        if (err.kind != ERR_NONE)
            report(input, input->path, &err);
        if (result == INPUT_OK) {
            if (input->given)
                take_given(out, input->given, arena);
            out->path = str_copy(arena, input->path);
            out->note = out->note.len ? str_copy(arena, out->note) : STR_NONE;
            story_complete(out, arena);
            if (out->published == DATE_UNKNOWN)
                out->published = input->options.date;
            return true;
        }
    }
    return false;
}

uint64_t input_bytes(const Input *input)
{
    return input->read_bytes + (input->archive ? input_archive_read_bytes(input->archive) : 0);
}

void input_close(Input *input)
{
    if (!input)
        return;
    close_stream(input);
    input_stream_free(input->stream);
    close_archive(input);
    arena_clear(&input->archive_memory);
    for (size_t i = 0; i < input->folders.len; i++)
        arena_clear(&input->folders.ptr[i].memory);
    Arena memory = input->memory;
    arena_clear(&memory);
}
