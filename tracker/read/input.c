#include "read/input.h"

#include "read/input_reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder whose entries are being read. */
typedef struct Folder {
    Arena memory;
    Strs paths;
    size_t next;
} Folder;

typedef struct Folders { Folder *ptr; size_t len, cap; } Folders;

struct Input {
    Arena memory;
    Problems *problems;
    InputOptions options;
    Strs paths;                      /* as given */
    size_t next_path;
    Folders folders;                 /* from the outermost to the one at hand */
    Str path;                        /* of the open file */
    int fd;                          /* of the open file */
    uint64_t read_bytes;             /* of all files */
    const InputReader *reader;       /* NULL: no file is open */
    InputStream *stream;
};

/* The first row whose probe says yes. */
static const InputReader *const readers[] = { &input_json, &input_html, &input_text };

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

/* ---- files and folders ------------------------------------------------------- */

static int compare_paths(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

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
    LIST_PUSH(&input->memory, &input->folders, folder);
    return !failure || error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(failure));
}

/* A path from the innermost folder, else the next one that was given. */
static bool next_path(Input *input, Str *path, bool *in_folder)
{
    while (input->folders.len) {
        Folder *folder = &input->folders.ptr[input->folders.len - 1];
        if (folder->next < folder->paths.len) {
            *path = folder->paths.ptr[folder->next++];
            *in_folder = true;
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
        if (S_ISDIR(info.st_mode))
            return enter_folder(input, path, err);
        input->fd = open(path.ptr, O_RDONLY | O_CLOEXEC);
        if (input->fd < 0)
            return error_set(err, ERR_INPUT, NULL, 0, 0, "%s", strerror(errno));
    }
    InputSource source = { .read = read_file, .close = close_file, .user = input };
    if (!input_stream_open(input->stream, source, err)) {
        input_stream_close(input->stream);
        return false;
    }
    input->path = path;
    for (size_t i = 0; !input->reader; i++)
        if (readers[i]->probe(input_stream_head(input->stream)))
            input->reader = readers[i];
    return true;
}

static void report(Input *input, Str path, Error *err)
{
    Str name = str_equal(path, STR("-")) ? STR("standard input") : path;
    snprintf(err->file, sizeof err->file, "%.*s", STR_ARG(name));
    problems_add(input->problems, err);
}

static bool next_file(Input *input)
{
    Str path;
    bool in_folder;
    while (!input->reader && next_path(input, &path, &in_folder)) {
        Error err = { 0 };
        if (!open_path(input, path, in_folder, &err))
            report(input, path, &err);
    }
    return input->reader != NULL;
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
    return input->read_bytes;
}

void input_close(Input *input)
{
    if (!input)
        return;
    close_stream(input);
    input_stream_free(input->stream);
    for (size_t i = 0; i < input->folders.len; i++)
        arena_clear(&input->folders.ptr[i].memory);
    Arena memory = input->memory;
    arena_clear(&memory);
}
