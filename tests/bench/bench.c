/*
 * bench.c - how fast the program is, beside a plain read of the same bytes
 *
 *     bench build/bin/tracker build/bench 1000000 [stories.jsonl]
 *
 *                       seconds       MB/s  stories/s    peak MB
 *     plain read           0.01     2105.3    1500000          -
 *     tracker scan         0.31       64.5      48000       21.4
 *
 *                              best of 15, ms
 *     one story                    34.1        reading the shipped rules, then one sentence
 *     the same, many rules         88.0        10,000 officials and 2,000 stanzas, most of them made up
 *
 * Without a file it makes one of about 20 MB from the fixtures: round after
 * round of the same stories, on later days and with other numbers, so that no
 * text occurs twice.  Then stories are added to a database with so many claims
 * on file (grow.c; 0: not).
 */
#include "bench/bench.h"
#include "base/json.h"
#include "read/input.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MADE_BYTES = 20 * 1000 * 1000, CHUNK_BYTES = 1 << 20 };

_Noreturn void bench_die(const char *what)
{
    fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- stories ------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Other numbers, the same years: a dateline must stay one. */
static void vary_numbers(char *text, size_t len, int round)
{
    for (size_t i = 0; i < len;) {
        size_t end = i;
        while (end < len && is_digit(text[end]))
            end++;
        for (size_t k = i; k < end && end - i != 4; k++)
            text[k] = (char)('1' + (text[k] - '0' + round) % 9);
        i = end + 1;
    }
}

/* "He left (7)." - a sentence that stands in two stories would make one a copy of the other. */
static Str number_sentences(Str text, int round, Arena *arena)
{
    enum { NUMBER_BYTES = 16 };
    size_t len = 0, stops = 0;
    for (size_t i = 0; i < text.len; i++)
        stops += text.ptr[i] == '.';
    char *out = arena_alloc(arena, text.len + stops * NUMBER_BYTES + 1);
    for (size_t i = 0; i < text.len; i++) {
        bool ends = text.ptr[i] == '.' && i > 0 && text.ptr[i - 1] >= 'a' && text.ptr[i - 1] <= 'z' &&
                    (i + 1 == text.len || strchr(" \n\"", text.ptr[i + 1]));
        if (ends)
            len += (size_t)snprintf(out + len, NUMBER_BYTES, " (%d)", round);
        out[len++] = text.ptr[i];
    }
    return (Str){ out, len };
}

static size_t write_story(FILE *out, const Story *story, int round, int n, Date published, Arena *arena)
{
    char *text = str_cstr(arena, story->text), day[DATE_TEXT_BYTES];
    vary_numbers(text, story->text.len, round);
    if (published == DATE_UNKNOWN)
        published = (story->published == DATE_UNKNOWN ? date_from_civil(2025, 1, 1) : story->published) + round;
    JsonWriter json;
    json_begin(&json, arena);
    json_object(&json);
    json_key(&json, "id");        json_text_value(&json, str_printf(arena, "bench-%d-%d", round, n));
    json_key(&json, "published"); json_text_value(&json, str_from(date_format(published, day)));
    json_key(&json, "source");    json_text_value(&json, story->source);
    json_key(&json, "place");     json_text_value(&json, story->place);
    json_key(&json, "text");
    json_text_value(&json, number_sentences(str_from(text), round + 1, arena));
    json_end(&json);
    return (size_t)fprintf(out, "%.*s\n", STR_ARG(json_text(&json)));
}

size_t bench_write_round(FILE *out, int first, int step, int round, Date published)
{
    static const char *const fixtures[] = { "fixtures/annotated.jsonl" };
    Problems problems = { 0 };
    Arena arena;
    arena_init(&arena);
    Input *input = input_open(fixtures, 1, (InputOptions){ .date = DATE_UNKNOWN }, &problems);
    size_t made = 0;
    int n = 0;
    for (Story story; input_next(input, &arena, &story); n++, arena_reset(&arena))
        if (n % step == first)
            made += write_story(out, &story, round, n, published, &arena);
    input_close(input);
    arena_clear(&arena);
    return made;
}

static void make_stories(const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        bench_die(path);
    size_t made = 0, more = 1;
    for (int round = 0; made < MADE_BYTES && more; round++)
        made += more = bench_write_round(out, 0, 1, round, DATE_UNKNOWN);
    if (fclose(out) != 0)
        bench_die(path);
}

void bench_remove_database(const char *path)
{
    static const char *const suffixes[] = { "", "-wal", "-shm" };
    char name[1024];
    for (size_t i = 0; i < BASE_COUNT(suffixes); i++) {
        snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
        unlink(name);
    }
}

/* ---- other formats, a small form each ------------------------------------------------ */

enum { N_PAGES = 400, PAGE_BYTES = 100 * 1024, N_ITEMS = 10000, N_SMALL = 20000 };

static const char paragraph[] = "The toll on foreign ships will not be lifted this year, the transport minister said on Tuesday. "
                                "\xE2\x80\x9CThe lock is not finished,\xE2\x80\x9D she told reporters at the quay.";

/* A page as they are: menus and scripts many times as long as the article. */
static Str make_page(int n, Arena *arena)
{
    Str page = str_printf(arena, "<!DOCTYPE html><html lang=en><head><title>Toll stays %d | The Bay Herald</title><meta charset=utf-8>"
                          "<meta property='article:published_time' content='2025-03-04'></head><body><nav><ul>", n);
    char *out = arena_alloc(arena, 2 * PAGE_BYTES);
    size_t len = page.len;
    memcpy(out, page.ptr, len);
    for (int i = 0; len < PAGE_BYTES; i++)
        len += (size_t)sprintf(out + len, "<li class='menu-item item-%d'><a href='/section/%d' data-track='menu'>Section %d</a></li>"
                               "<script>track('menu', %d, function () { return '<p>no text</p>'; });</script>\n", i, i, i, i);
    len += (size_t)sprintf(out + len, "</ul></nav><main><article><h1>Toll stays %d</h1>", n);
    for (int i = 0; i < 12; i++)
        len += (size_t)sprintf(out + len, "<p>Number %d. %s</p>", n * 12 + i, paragraph);
    len += (size_t)sprintf(out + len, "</article></main><footer>The Bay Herald</footer></body></html>");
    return (Str){ out, len };
}

static Str make_small(int n, Arena *arena)
{
    return str_printf(arena, "Toll stays %d\n\nVELDHAVEN, March 30, 2025 (Coast Wire) - Number %d. %s\n", n, n, paragraph);
}

/* A tar file of `count` members; the bytes in it. */
static void make_archive(const char *path, const char *suffix, int count, Str (*make)(int n, Arena *arena))
{
    struct archive *out = archive_write_new();
    Arena arena;
    arena_init(&arena);
    if (!out || archive_write_set_format_ustar(out) != ARCHIVE_OK || archive_write_open_filename(out, path) != ARCHIVE_OK)
        bench_die(path);
    for (int i = 0; i < count; i++, arena_reset(&arena)) {
        Str text = make(i, &arena);
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, str_printf(&arena, "%06d.%s", i, suffix).ptr);
        archive_entry_set_size(entry, (la_int64_t)text.len);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        if (archive_write_header(out, entry) != ARCHIVE_OK || archive_write_data(out, text.ptr, text.len) != (la_ssize_t)text.len)
            bench_die(path);
        archive_entry_free(entry);
    }
    if (archive_write_free(out) != ARCHIVE_OK)
        bench_die(path);
    arena_clear(&arena);
}

static void make_feed(const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        bench_die(path);
    fputs("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Coast Wire</title>\n", out);
    for (int i = 0; i < N_ITEMS; i++) {
        fprintf(out, "<item><title>Toll stays %d</title><pubDate>Tue, 11 Mar 2025 08:15:00 +0100</pubDate><description>", i);
        for (int k = 0; k < 10; k++)
            fprintf(out, "&lt;p&gt;Number %d. %s&lt;/p&gt;", i * 10 + k, paragraph);
        fputs("</description></item>\n", out);
    }
    fputs("</channel></rss>\n", out);
    if (fclose(out) != 0)
        bench_die(path);
}

/* ---- runs --------------------------------------------------------------------- */

void bench_print_row(const char *what, Load load, Result result)
{
    printf("%-18s %8.2f %10.1f %10.0f ", what, result.seconds, load.mb / result.seconds,
           (double)load.stories / result.seconds);
    if (result.peak_kb)
        printf("%10.1f\n", (double)result.peak_kb / 1024);
    else
        printf("%10s\n", "-");
    fflush(stdout);
}

/* Every byte is looked at, as any reader of lines must. */
static Result plain_read(Load *load)
{
    char *chunk = malloc(CHUNK_BYTES);
    int fd = open(load->path, O_RDONLY);
    if (fd < 0 || !chunk)
        bench_die(load->path);
    double started = seconds_now();
    size_t bytes = 0;
    for (ssize_t got; (got = read(fd, chunk, CHUNK_BYTES)) != 0; bytes += (size_t)got) {
        if (got < 0)
            bench_die(load->path);
        for (const char *at = chunk; (at = memchr(at, '\n', (size_t)(chunk + got - at))) != NULL; at++)
            load->stories++;
    }
    load->mb = (double)bytes / 1e6;
    close(fd);
    free(chunk);
    return (Result){ .seconds = seconds_now() - started };
}

static _Noreturn void run_child(char *const *command)
{
    int null = open("/dev/null", O_WRONLY);
    if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
        bench_die("/dev/null");
    execv(command[0], command);
    bench_die(command[0]);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Peak memory comes only as the maximum of all children so far: so each run has a parent of its own. */
Result bench_run(char *const *command)
{
    int ends[2];
    if (pipe(ends) != 0)
        bench_die("pipe");
    pid_t parent = fork();
    if (parent < 0)
        bench_die("fork");
    if (parent == 0) {
        double started = seconds_now();
        pid_t child = fork();
        if (child == 0)
            run_child(command);
        int status;
        struct rusage usage;
        if (child < 0 || waitpid(child, &status, 0) != child || getrusage(RUSAGE_CHILDREN, &usage) != 0)
            bench_die("wait");
        Result result = { seconds_now() - started, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss };
#ifdef __APPLE__
        result.peak_kb /= 1024;              /* bytes there */
#endif
        bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        _exit(ok && write(ends[1], &result, sizeof result) == (ssize_t)sizeof result ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    int status;
    Result result;
    if (waitpid(parent, &status, 0) != parent || status != 0 ||
        read(ends[0], &result, sizeof result) != (ssize_t)sizeof result) {
        fprintf(stderr, "bench: %s %s failed\n", command[0], command[1]);
        exit(EXIT_FAILURE);
    }
    close(ends[0]);
    close(ends[1]);
    return result;
}

/* ---- start-up ------------------------------------------------------------------- */

enum { STARTS = 15, MADE_STANZAS = 1800, MADE_OFFICIALS = 2100 };      /* over some 250 and 8,000 that are shipped */

/* A word of three syllables; never the same twice in a row of 1,728. */
static Str made_word(int n, Arena *arena)
{
    static const char *const parts[] = { "ba", "ko", "du", "li", "mer", "nos", "ta", "vin", "so", "pel", "ra", "tor" };
    size_t i = (size_t)n * 7919 % 1728;
    return str_printf(arena, "%s%s%s", parts[i % 12], parts[i / 12 % 12], parts[i / 144]);
}

static void write_stanza(FILE *out, int n, Arena *arena)
{
    const Str w[] = { made_word(4 * n, arena), made_word(4 * n + 1, arena), made_word(4 * n + 2, arena), made_word(4 * n + 3, arena) };
    switch (n % 6) {
    case 4:
        fprintf(out, "position p%d side=+\n  cue  ~be [@adv] %.*s to <object> | %.*s (up|down) <object> | never %.*s %.*s\n", n, STR_ARG(w[0]),
                STR_ARG(w[1]), STR_ARG(w[2]), STR_ARG(w[3]));
        break;
    case 5:
        fprintf(out, "verb v%d\n  forms  ~%.*s | ~%.*s out\n", n, STR_ARG(w[0]), STR_ARG(w[1]));
        break;
    default:
        fprintf(out, "topic t%d\n  about  (join|joining) ...3 %.*s | %.*s %.*s | [the] %.*s (plan|talks)\n  needs  %.*s\n", n, STR_ARG(w[0]),
                STR_ARG(w[1]), STR_ARG(w[2]), STR_ARG(w[3]), STR_ARG(w[1]));
    }
    fputs("  test  x => none\n", out);
}

static void make_rules(const char *folder, Arena *arena)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        bench_die(folder);
    FILE *out = fopen(str_printf(arena, "%s/made.rules", folder).ptr, "w");
    if (!out)
        bench_die(folder);
    for (int i = 0; i < MADE_STANZAS; i++)
        write_stanza(out, i, arena);
    fclose(out);
    out = fopen(str_printf(arena, "%s/officials.csv", folder).ptr, "w");
    if (!out)
        bench_die(folder);
    fputs("name,aliases,office,body,country,from,until,gender,source\n", out);
    for (int i = 0; i < MADE_OFFICIALS; i++) {
        Str given = made_word(i, arena), family = made_word(i / 3 + 500, arena);
        fprintf(out, "X%.*s Y%.*s,X. Y%.*s,Minister of %.*s,%.*s Office,FR,%d,,M,made\n", STR_ARG(given), STR_ARG(family), STR_ARG(family),
                STR_ARG(family), STR_ARG(family), 2000 + i % 20);
    }
    fclose(out);
}

static double best_start(char *const *command)
{
    double best = 1e9;
    for (int i = 0; i < STARTS; i++) {
        double seconds = bench_run(command).seconds;
        best = seconds < best ? seconds : best;
    }
    return best * 1000;
}

static void print_starts(char *tracker, const char *folder, Arena *arena)
{
    char *story = str_cstr(arena, str_printf(arena, "%s/story.txt", folder)), *rules = str_cstr(arena, str_printf(arena, "%s/rules", folder));
    char scan_word[] = "scan", quiet[] = "-q", rules_option[] = "--rules", date[] = "--date=2025-02-13";
    FILE *out = fopen(story, "w");
    if (!out)
        bench_die(story);
    fputs("\"It is off the table,\" Foreign Minister Ada Roe said on Wednesday.\n", out);
    fclose(out);
    make_rules(rules, arena);
    setenv("TRACKER_RULES", "", 1);              /* nobody's own */
    printf("%-26s %s %d, ms\n", "", "best of", STARTS);
    printf("%-26s %10.1f\n", "one story", best_start((char *[]){ tracker, scan_word, quiet, date, story, NULL }));
    printf("%-26s %10.1f\n", "the same, many rules",
           best_start((char *[]){ tracker, scan_word, quiet, date, rules_option, rules, story, NULL }));
}

static void run_formats(char *tracker, const char *folder, Arena *arena)
{
    char read_word[] = "read", quiet[] = "-q", format[] = "--format=jsonl";
    char *pages = str_cstr(arena, str_printf(arena, "%s/pages.tar", folder)), *small = str_cstr(arena, str_printf(arena, "%s/small.tar", folder)),
         *feed = str_cstr(arena, str_printf(arena, "%s/feed.xml", folder));
    make_archive(pages, "html", N_PAGES, make_page);
    make_archive(small, "txt", N_SMALL, make_small);
    make_feed(feed);
    const struct { const char *what; char *path; size_t stories; } rows[] = {
        { "read pages", pages, N_PAGES }, { "read small files", small, N_SMALL }, { "read a feed", feed, N_ITEMS },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        struct stat info;
        if (stat(rows[i].path, &info) != 0)
            bench_die(rows[i].path);
        Load load = { .path = rows[i].path, .mb = (double)info.st_size / 1e6, .stories = rows[i].stories };
        bench_print_row(rows[i].what, load, bench_run((char *[]){ tracker, read_word, quiet, format, rows[i].path, NULL }));
        unlink(rows[i].path);
    }
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: bench TRACKER FOLDER CLAIMS [FILE.jsonl]\n");
        return 2;
    }
    Arena arena;
    arena_init(&arena);
    char *tracker = argv[1];
    const char *folder = argv[2];
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        bench_die(folder);
    Str made = str_printf(&arena, "%s/stories.jsonl", folder), database = str_printf(&arena, "%s/bench.db", folder);
    Load load = { .path = argc == 5 ? argv[4] : made.ptr };
    if (argc < 5)
        make_stories(made.ptr);

    Result plain = plain_read(&load);
    printf("%s: %.1f MB, %zu stories\n", load.path, load.mb, load.stories);
    printf("%-18s %8s %10s %10s %10s\n", "", "seconds", "MB/s", "stories/s", "peak MB");
    bench_print_row("plain read", load, plain);

    char *file = str_cstr(&arena, str_from(load.path)), *db = str_cstr(&arena, database);
    char read_word[] = "read", scan_word[] = "scan", add_word[] = "add", quiet[] = "-q", format[] = "--format=jsonl",
         db_option[] = "--db";
    bench_print_row("tracker read", load, bench_run((char *[]){ tracker, read_word, quiet, format, file, NULL }));
    bench_print_row("tracker scan", load, bench_run((char *[]){ tracker, scan_word, quiet, format, file, NULL }));
    bench_remove_database(db);
    bench_print_row("tracker add", load, bench_run((char *[]){ tracker, add_word, quiet, format, db_option, db, file, NULL }));
    bench_print_row("tracker add again", load, bench_run((char *[]){ tracker, add_word, quiet, format, db_option, db, file, NULL }));
    run_formats(tracker, folder, &arena);
    print_starts(tracker, folder, &arena);
    if (atoll(argv[3]) > 0)
        bench_grow(tracker, folder, argc == 5 ? argv[4] : NULL, atoll(argv[3]));
    arena_clear(&arena);
    return 0;
}
