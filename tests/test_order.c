/*
 * test_order.c - neither the order of stanzas, fields and files nor how stanzas are spread over files changes a result
 */
#include "check.h"

#include "extract/extract.h"
#include "read/input.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 5, ROUNDS = 4, PATH_BYTES = 512 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void shuffle(Strs *items, uint32_t *state)
{
    for (size_t i = items->len; i > 1; i--) {
        size_t k = next_random(state) % i;
        Str item = items->ptr[i - 1];
        items->ptr[i - 1] = items->ptr[k];
        items->ptr[k] = item;
    }
}

static size_t indent_of(Str line)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] == ' ')
        n++;
    return n;
}

static Str joined(const Strs *lines, Arena *arena)
{
    Str out = STR("");
    for (size_t i = 0; i < lines->len; i++)
        out = str_printf(arena, "%.*s%.*s\n", STR_ARG(out), STR_ARG(lines->ptr[i]));
    return out;
}

/* A stanza with its fields in another order; a field keeps the lines that go on below it. */
static Str shuffled_stanza(Str stanza, uint32_t *state, Arena *arena)
{
    Strs fields = { 0 };
    Str head = STR("");
    for (Str line; str_split(&stanza, '\n', &line);) {
        size_t indent = indent_of(line);
        if (line.len == indent || line.ptr[indent] == '#')
            continue;
        if (indent == 0)
            head = line;
        else if (indent == 2)
            LIST_PUSH(arena, &fields, line);
        else
            fields.ptr[fields.len - 1] = str_printf(arena, "%.*s\n%.*s", STR_ARG(fields.ptr[fields.len - 1]), STR_ARG(line));
    }
    shuffle(&fields, state);
    return str_printf(arena, "%.*s\n%.*s", STR_ARG(head), STR_ARG(joined(&fields, arena)));
}

static void add_stanzas(const char *path, Strs *out, Arena *arena)
{
    Str text = check_read_file(path, arena);
    const char *start = NULL;
    for (Str rest = text, line; str_split(&rest, '\n', &line);) {
        bool opens = line.len && line.ptr[0] != ' ' && line.ptr[0] != '#';
        if (opens && start)
            LIST_PUSH(arena, out, ((Str){ start, (size_t)(line.ptr - start) }));
        if (opens)
            start = line.ptr;
    }
    if (start)
        LIST_PUSH(arena, out, ((Str){ start, (size_t)(text.ptr + text.len - start) }));
}

static Strs all_stanzas(Arena *arena)
{
    static const char *const folders[] = { "rules", "rules/topics" };
    Strs out = { 0 };
    for (size_t i = 0; i < BASE_COUNT(folders); i++) {
        DIR *dir = opendir(folders[i]);
        CHECK(dir != NULL);
        for (const struct dirent *entry; dir && (entry = readdir(dir));)
            if (str_ends(str_from(entry->d_name), STR(".rules")))
                add_stanzas(str_printf(arena, "%s/%s", folders[i], entry->d_name).ptr, &out, arena);
        if (dir)
            closedir(dir);
    }
    return out;
}

/* Everything that is found in the stories but the rules' places. */
static uint64_t results_with(const char *folder, size_t *n_stanzas)
{
    static const char *const stories[] = { "fixtures/annotated.jsonl" };
    Arena rules_arena, arena;
    Rules rules;
    Problems problems = { 0 };
    uint64_t hash = 0;
    arena_init(&rules_arena);
    arena_init(&arena);
    CHECK_ROW(folder, rules_load(folder, &rules_arena, &rules, &problems));
    CHECK_ROW(folder, problems.errors == 0);
    *n_stanzas = rules.n_stanzas;
    Extractor *extractor = extractor_open(&rules, (ExtractOptions){ 0 });
    Input *input = input_open(stories, 1, (InputOptions){ .date = DATE_UNKNOWN }, &problems);
    for (Story story; input_next(input, &arena, &story); arena_reset(&arena)) {
        Statements found = { 0 };
        extract_story(extractor, &story, &arena, &found, &problems);
        for (size_t i = 0; i < found.len; i++) {
            const Statement *st = &found.ptr[i];
            Str line = str_printf(&arena, "%.*s|%.*s|%.*s|%.*s|%d|%d|%.*s", STR_ARG(st->speaker), STR_ARG(st->office), STR_ARG(st->text),
                                  STR_ARG(st->cue), (int)st->said_on, st->negated, STR_ARG(st->place));
            for (size_t k = 0; k < st->n_claims; k++)
                line = str_printf(&arena, "%.*s|%.*s %.*s %u-%u %d%d%d %u", STR_ARG(line), STR_ARG(st->claims[k].topic),
                                  STR_ARG(st->claims[k].position), st->claims[k].span.from, st->claims[k].span.to, st->claims[k].negated,
                                  st->claims[k].condition, st->claims[k].hedged, st->claims[k].flags);
            hash = hash * 31 + str_hash(line);
        }
    }
    input_close(input);
    extractor_close(extractor);
    rules_clear(&rules);
    arena_clear(&arena);
    arena_clear(&rules_arena);
    return hash;
}

static void order_changes_nothing(void)
{
    static const char *const rosters[] = { "officials.csv", "countries.csv", "given-names.csv", "oppositions.csv" };
    char here[PATH_BYTES], folder[] = "/tmp/tracker-order-XXXXXX";
    CHECK(getcwd(here, sizeof here) != NULL && mkdtemp(folder) != NULL);
    Arena arena;
    arena_init(&arena);
    Strs stanzas = all_stanzas(&arena), written = { 0 };
    for (size_t i = 0; i < BASE_COUNT(rosters); i++) {
        Str link = str_printf(&arena, "%s/%s", folder, rosters[i]);
        CHECK(symlink(str_printf(&arena, "%s/rules/%s", here, rosters[i]).ptr, link.ptr) == 0);
        LIST_PUSH(&arena, &written, link);
    }
    size_t n_stanzas, n;
    uint64_t want = results_with("rules", &n_stanzas);
    CHECK(stanzas.len == n_stanzas && n_stanzas > 100);
    uint32_t state = 1;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(&stanzas, &state);
        for (size_t f = 0; f < FILES; f++) {
            Str path = str_printf(&arena, "%s/%zu.rules", folder, f);
            FILE *out = fopen(path.ptr, "w");
            CHECK(out != NULL);
            for (size_t i = f; out && i < stanzas.len; i += FILES) {
                Str text = shuffled_stanza(stanzas.ptr[i], &state, &arena);
                fwrite(text.ptr, 1, text.len, out);
            }
            if (out)
                fclose(out);
            if (round == 0)
                LIST_PUSH(&arena, &written, path);
        }
        CHECK_ROW("shuffled", results_with(folder, &n) == want);
        CHECK_ROW("nothing is lost", n == n_stanzas);
    }
    for (size_t i = 0; i < written.len; i++)
        unlink(written.ptr[i].ptr);
    CHECK(rmdir(folder) == 0);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "order changes nothing", order_changes_nothing },
};
const TestSuite test_order = SUITE(cases);
