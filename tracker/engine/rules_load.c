#include "engine/rules_internal.h"

#include "base/file.h"
#include "engine/rules_roster.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDER_DEPTH = 8, FILE_BYTES = 64 * 1024 * 1024 };

/* ---- files ----------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* Paths below `folder` of all files that end in ".rules", hidden ones left out. */
static void find_files(Loader *loader, const char *folder, Str below, int depth, Strs *out)
{
    Str path = below.len ? str_printf(loader->arena, "%s/%.*s", folder, STR_ARG(below)) : str_from(folder);
    DIR *dir = opendir(str_cstr(loader->arena, path));
    if (!dir) {
        problems_addf(loader->problems, ERR_RULES, str_cstr(loader->arena, path), 0, 0, "cannot open the folder: %s",
                      strerror(errno));
        return;
    }
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        Str name = below.len ? str_printf(loader->arena, "%.*s/%s", STR_ARG(below), entry->d_name)
                             : str_copy(loader->arena, str_from(entry->d_name));
        if (file_is_folder(str_printf(loader->arena, "%s/%.*s", folder, STR_ARG(name)).ptr)) {
            if (depth < FOLDER_DEPTH)
                find_files(loader, folder, name, depth + 1, out);
        } else if (str_ends(name, STR(".rules"))) {
            LIST_PUSH(loader->arena, out, name);
        }
    }
    closedir(dir);
}

/* A whole file, called `shown` in messages.  Absent is no error if `optional`; then the text is STR_NONE. */
static bool read_file(Loader *loader, const char *path, const char *shown, bool optional, Str *out)
{
    Error err;
    *out = STR_NONE;
    if (optional && access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    if (file_read(path, FILE_BYTES, loader->arena, out, &err))
        return true;
    problems_addf(loader->problems, ERR_RULES, shown, 0, 0, "cannot read the file: %s", err.text);
    return false;
}

/* ---- stanzas --------------------------------------------------------------- */

static void begin(Loader *loader, Arena *arena, Rules *rules, Problems *problems)
{
    *rules = (Rules){ .arena = arena, .lexicon = lexicon_new(arena) };
    *loader = (Loader){ .rules = rules, .arena = arena, .problems = problems, .lists = pattern_lists_new(arena) };
}

/* A sum: the order of files does not matter, but what lies over what does. */
static void add_hash(Loader *loader, Str text, size_t layer)
{
    loader->rules->hash += str_hash(text) * (2 * layer + 1);
}

/* `shown` for messages, `source` for results. */
static void read_rules(Loader *loader, Str text, const char *shown, const char *source, size_t layer)
{
    size_t first = loader->stanzas.len;
    add_hash(loader, text, layer);
    rulefile_parse(text, shown, loader->arena, &loader->stanzas, loader->problems);
    for (size_t i = first; i < loader->stanzas.len; i++) {
        loader->stanzas.ptr[i].source = source;
        loader->stanzas.ptr[i].layer = (int)layer;
    }
}

bool rules_load_text(Str text, const char *name, Arena *arena, Rules *out, Problems *problems)
{
    Loader loader;
    begin(&loader, arena, out, problems);
    const char *file = str_cstr(arena, str_from(name));
    read_rules(&loader, str_copy(arena, text), file, file, 0);
    rules_compile(&loader);
    return out->n_stanzas > 0;
}

/* What messages call a file of a source: the shipped ones by their own name, the user's by a path that opens. */
static const char *shown_name(Loader *loader, const RuleSource *source, const char *name)
{
    return source->name[0] ? str_printf(loader->arena, "%s/%s", source->path, name).ptr : name;
}

static void read_source(Loader *loader, const RuleSource *source, size_t layer)
{
    Strs files = { 0 };
    Str text;
    if (source->text.ptr) {
        read_rules(loader, source->text, source->path, source->name, layer);
        return;
    }
    if (!file_is_folder(source->path) && str_ends(str_from(source->path), STR(".rules"))) {
        if (read_file(loader, source->path, source->path, false, &text))
            read_rules(loader, text, source->path, source->name, layer);
        return;
    }
    find_files(loader, source->path, STR(""), 0, &files);
    if (files.len)
        qsort(files.ptr, files.len, sizeof *files.ptr, by_text);
    for (size_t i = 0; i < files.len; i++) {
        const char *name = files.ptr[i].ptr, *shown = shown_name(loader, source, name);
        const char *path = str_printf(loader->arena, "%s/%s", source->path, name).ptr;
        if (read_file(loader, path, shown, false, &text))
            read_rules(loader, text, shown, source->name[0] ? str_printf(loader->arena, "%s/%s", source->name, name).ptr : name,
                       layer);
    }
}

/* ---- rosters --------------------------------------------------------------- */

/*
 * One roster of all layers.  That the lowest has none is worth a warning: no official would ever be named.
 */
static RosterTexts read_rosters(Loader *loader, const RuleSource *sources, size_t n_sources, const char *name)
{
    RosterTexts out = { 0 };
    for (size_t i = 0; i < n_sources; i++) {
        RosterText roster = { .file = shown_name(loader, &sources[i], name) };
        const char *path = str_printf(loader->arena, "%s/%s", sources[i].path, name).ptr;
        if (sources[i].text.ptr || !file_is_folder(sources[i].path) || !read_file(loader, path, roster.file, true, &roster.text))
            continue;
        if (roster.text.ptr) {
            add_hash(loader, roster.text, i);
            LIST_PUSH(loader->arena, &out, roster);
        } else if (i == 0) {
            Error warning;
            error_set(&warning, ERR_RULES, name, 0, 0, "there is no such file in the rules folder");
            warning.warning = true;
            problems_add(loader->problems, &warning);
        }
    }
    return out;
}

bool rules_load_layers(const RuleSource *sources, size_t n_sources, Arena *arena, Rules *out, Problems *problems)
{
    Loader loader;
    begin(&loader, arena, out, problems);
    for (size_t i = 0; i < n_sources; i++) {
        read_source(&loader, &sources[i], i);
        if (i == 0 && loader.stanzas.len == 0)
            problems_addf(problems, ERR_RULES, sources[0].path, 0, 0, "no rules: no file here ends in .rules, or none is sound");
    }
    bool any = loader.stanzas.len > 0;
    if (any) {
        roster_load_countries(out, read_rosters(&loader, sources, n_sources, "countries.csv"), problems);
        roster_load_officials(out, read_rosters(&loader, sources, n_sources, "officials.csv"), problems);
        roster_load_given_names(out, read_rosters(&loader, sources, n_sources, "given-names.csv"), problems);
    }
    rules_compile(&loader);
    if (any)
        roster_load_oppositions(out, read_rosters(&loader, sources, n_sources, "oppositions.csv"), &loader.positions,
                                &loader.positions_off, problems);
    return out->n_stanzas > 0;
}

bool rules_load(const char *folder, Arena *arena, Rules *out, Problems *problems)
{
    return rules_load_layers(&(RuleSource){ folder, "", STR_NONE }, 1, arena, out, problems);
}
