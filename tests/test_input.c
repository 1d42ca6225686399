#include "check.h"

#include "read/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a folder of files made by the test ----------------------------------------- */

typedef struct Bench {
    Arena arena;
    char folder[32];
    Problems problems;
    char said[2000];                 /* every problem, a line each, without the folder */
} Bench;

static void note_problem(void *user, const Error *err)
{
    Bench *bench = user;
    char line[800];
    error_format(err, line, sizeof line);
    size_t skip = strncmp(line, bench->folder, strlen(bench->folder)) == 0 ? strlen(bench->folder) + 1 : 0;
    size_t used = strlen(bench->said);
    snprintf(bench->said + used, sizeof bench->said - used, "%s\n", line + skip);
}

static void bench_open(Bench *bench)
{
    *bench = (Bench){ .folder = "/tmp/tracker-test-XXXXXX" };
    bench->problems = (Problems){ .report = note_problem, .user = bench };
    CHECK(mkdtemp(bench->folder) != NULL);
}

static const char *path_of(Bench *bench, const char *name)
{
    return str_printf(&bench->arena, "%s/%s", bench->folder, name).ptr;
}

static const char *put(Bench *bench, const char *name, Str bytes)
{
    const char *path = path_of(bench, name);
    FILE *out = fopen(path, "wb");
    CHECK_ROW(path, out != NULL);
    if (out) {
        fwrite(bytes.ptr, 1, bytes.len, out);
        fclose(out);
    }
    return path;
}

static void bench_close(Bench *bench, const char *const *names, size_t n_names)
{
    for (size_t i = n_names; i-- > 0;)
        CHECK_ROW(names[i], remove(path_of(bench, names[i])) == 0);
    CHECK_ROW(bench->folder, rmdir(bench->folder) == 0);
    arena_clear(&bench->arena);
}

/* "id|text|..." of every story, blanks for line ends. */
static Str read_all(Bench *bench, const char *const *paths, size_t n_paths)
{
    Str all = STR("");
    Input *input = input_open(paths, n_paths, (InputOptions){ .date = DATE_UNKNOWN }, &bench->problems);
    for (Story story; input_next(input, &bench->arena, &story);)
        all = str_printf(&bench->arena, "%.*s%.*s|", STR_ARG(all), STR_ARG(story.text));
    input_close(input);
    return all;
}

/* ---- decoding ---------------------------------------------------------------------- */

static const struct { const char *name; Str bytes, text; const char *note, *said; } text_rows[] = {
    { "plain",            STR_INIT("One.\n"), STR_INIT("One.\n"), NULL, "" },
    { "no final newline", STR_INIT("One."), STR_INIT("One."), NULL, "" },
    { "CRLF",             STR_INIT("One.\r\nTwo.\rThree."), STR_INIT("One.\nTwo.\nThree."), NULL, "" },
    { "controls",         STR_INIT("\001On\177e.\fTwo.\x1A"), STR_INIT("One.\nTwo."), NULL, "" },
    { "mark",             STR_INIT("\xEF\xBB\xBFOne."), STR_INIT("One."), NULL, "" },
    { "UTF-16LE",         STR_INIT("\xFF\xFEO\0n\0e\0\x19\x20"), STR_INIT("One\xE2\x80\x99"), "decoded from UTF-16LE", "" },
    { "UTF-16BE",         STR_INIT("\xFE\xFF\0O\0n\0e\x20\x19"), STR_INIT("One\xE2\x80\x99"), "decoded from UTF-16BE", "" },
    { "LE, no mark",      STR_INIT("O\0n\0e\0.\0"), STR_INIT("One."), "decoded from UTF-16LE", "" },
    { "BE, no mark",      STR_INIT("\0O\0n\0e\0."), STR_INIT("One."), "decoded from UTF-16BE", "" },
    { "UTF-16, pair",     STR_INIT("\xFF\xFE\x3D\xD8\x00\xDE"), STR_INIT("\xF0\x9F\x98\x80"), "decoded from UTF-16LE", "" },
    { "UTF-16, half",     STR_INIT("\xFF\xFEO\0n"), STR_INIT("O\xEF\xBF\xBD"), "broken characters replaced", "" },
    { "UTF-16, lone",     STR_INIT("\xFF\xFEO\0\x3D\xD8n\0"), STR_INIT("O\xEF\xBF\xBDn"), "broken characters replaced", "" },
    { "Windows-1252",     STR_INIT("\x93" "caf\xE9\x94 \x80"), STR_INIT("\xE2\x80\x9C" "caf\xC3\xA9\xE2\x80\x9D \xE2\x82\xAC"),
      "decoded from Windows-1252", "" },
    { "a hole in it",     STR_INIT("caf\xE9\x81."), STR_INIT("caf\xC3\xA9\xEF\xBF\xBD."), "decoded from Windows-1252", "" },
    { "damaged UTF-8",    STR_INIT("\xE2\x80\x9C" "caf\xC3\xA9\xE2\x80 x."), STR_INIT("\xE2\x80\x9C" "caf\xC3\xA9\xEF\xBF\xBD x."),
      "broken characters replaced", "" },
    { "empty",            STR_INIT(""), STR_INIT(""), NULL, "f: error: is empty\n" },
    { "only a mark",      STR_INIT("\xEF\xBB\xBF"), STR_INIT(""), NULL, "f: error: is empty\n" },
    { "blank",            STR_INIT(" \n\t\n"), STR_INIT(""), NULL, "f: error: has no text\n" },
    { "NUL",              STR_INIT("One.\n\0Two."), STR_INIT(""), NULL, "f: error: is binary: NUL byte at offset 5\n" },
};

static void test_decoding(void)
{
    Bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < BASE_COUNT(text_rows); i++) {
        const char *path = put(&bench, "f", text_rows[i].bytes), *row = text_rows[i].name;
        bench.said[0] = '\0';
        Input *input = input_open(&path, 1, (InputOptions){ .date = 20000 }, &bench.problems);
        Story story;
        bool got = input_next(input, &bench.arena, &story);
        CHECK_ROW(row, got == (text_rows[i].text.len > 0));
        if (got) {
            CHECK_STR(row, story.text, text_rows[i].text);
            CHECK_STR(row, story.note, str_from(text_rows[i].note));
            CHECK_STR(row, story.path, str_from(path));
            CHECK_ROW(row, story.line == 0 && story.published == 20000 && story.id.len == 18);
        }
        CHECK_ROW(row, !input_next(input, &bench.arena, &story));
        CHECK_ROW(row, input_bytes(input) == text_rows[i].bytes.len);
        CHECK_STR(row, str_from(bench.said), str_from(text_rows[i].said));
        input_close(input);
    }
    CHECK(bench.problems.worst == ERR_INPUT);
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* Long enough to cross every buffer on the way, with characters of 1, 2, 3 and 4 bytes. */
static void test_long_utf16(void)
{
    enum { ROUNDS = 60000 };
    static const char unit16[] = "a\0\xE9\0\x19\x20\x3D\xD8\x00\xDE", unit8[] = "a\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80";
    Bench bench;
    bench_open(&bench);
    char *bytes = arena_alloc(&bench.arena, 2 + 10 * ROUNDS), *text = arena_alloc(&bench.arena, 10 * ROUNDS);
    memcpy(bytes, "\xFF\xFE", 2);
    for (size_t i = 0; i < ROUNDS; i++) {
        memcpy(bytes + 2 + 10 * i, unit16, 10);
        memcpy(text + 10 * i, unit8, 10);
    }
    const char *path = put(&bench, "f", (Str){ bytes, 2 + 10 * ROUNDS });
    Str all = read_all(&bench, &path, 1);
    CHECK(all.len == 10 * ROUNDS + 1 && memcmp(all.ptr, text, 10 * ROUNDS) == 0);
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* ---- JSON Lines ------------------------------------------------------------------------ */

static const struct { const char *name; Str bytes, texts; const char *said; } jsonl_rows[] = {
    { "two", STR_INIT("{\"id\":\"a\",\"text\":\"A.\"}\n{\"id\":\"b\",\"text\":\"B.\"}\n"), STR_INIT("A.|B.|"), "" },
    { "blank lines, CRLF, mark, no end", STR_INIT("\xEF\xBB\xBF\r\n{\"text\":\"A.\"}\r\n\n \n{\"text\":\"B.\"}"),
      STR_INIT("A.|B.|"), "" },
    { "text as given", STR_INIT("{\"text\":\"A\\r\\nB\\f.\"}"), STR_INIT("A\r\nB\f.|"), "" },
    { "unknown fields", STR_INIT("{\"x\":[1,{}],\"text\":\"A.\",\"y\":null}"), STR_INIT("A.|"), "" },
    { "no text", STR_INIT("{\"id\":\"a\"}\n{\"text\":\"B.\"}"), STR_INIT("B.|"), "f:1: error: the story has no \"text\"\n" },
    { "empty text", STR_INIT("{\"text\":\" \"}\n{\"text\":\"B.\"}"), STR_INIT("B.|"), "f:1: error: the story's \"text\" is empty\n" },
    { "not an object", STR_INIT("{\"text\":\"A.\"}\n[1]\n"), STR_INIT("A.|"),
      "f:2:1: error: not a JSON object: a line must hold one story\n" },
    { "bad date", STR_INIT("{\"text\":\"A.\",\"published\":\"soon\"}"), STR_INIT("A.|"),
      "f:1: warning: \"published\" is not a date: \"soon\"\n" },
    { "Windows-1252", STR_INIT("{\"text\":\"A.\"}\n{\"text\":\"caf\xE9.\"}\n"), STR_INIT("A.|caf\xC3\xA9.|"), "" },
    { "UTF-16", STR_INIT("\xFF\xFE{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0A\0\"\0}\0\n\0\n\0"), STR_INIT("A|"), "" },
};

static void test_jsonl(void)
{
    Bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < BASE_COUNT(jsonl_rows); i++) {
        const char *path = put(&bench, "f", jsonl_rows[i].bytes);
        bench.said[0] = '\0';
        CHECK_STR(jsonl_rows[i].name, read_all(&bench, &path, 1), jsonl_rows[i].texts);
        CHECK_STR(jsonl_rows[i].name, str_from(bench.said), str_from(jsonl_rows[i].said));
    }
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

static void test_jsonl_fields(void)
{
    Bench bench;
    bench_open(&bench);
    const char *path = put(&bench, "f", STR("\n{\"id\":\"x-1\",\"title\":\"T\",\"published\":\"2025-02-13T18:30:00Z\","
                                            "\"source\":\"Desk\",\"url\":\"http://a/b\",\"place\":\"\",\"text\":\"OSLO (NTB) - He left.\"}"));
    Input *input = input_open(&path, 1, (InputOptions){ .date = 1 }, &bench.problems);
    Story story;
    CHECK(input_next(input, &bench.arena, &story));
    CHECK_STR("id", story.id, STR("x-1"));
    CHECK_STR("title", story.title, STR("T"));
    CHECK_STR("source", story.source, STR("Desk"));
    CHECK_STR("url", story.url, STR("http://a/b"));
    CHECK_STR("an empty place is filled from the text", story.place, STR("Oslo"));
    CHECK(story.published == date_from_civil(2025, 2, 13) && story.line == 2);
    input_close(input);
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* One broken line harms no other. */
static void test_jsonl_broken(void)
{
    static const Str broken[] = {
        STR_INIT("{\"text\":\"C.\""), STR_INIT("{\"text\":\"C.}"), STR_INIT("{text:1}"), STR_INIT("nonsense"),
        STR_INIT("{\"text\":\"C\0.\"}"), STR_INIT("{\"text\":\"C.\"} x"),
    };
    Bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < BASE_COUNT(broken); i++) {
        Str line = broken[i];
        Str before = STR("{\"text\":\"A.\"}\n{\"text\":\"B.\"}\n"), after = STR("\n{\"text\":\"D.\"}\n{\"text\":\"E.\"}\n");
        char bytes[200];
        memcpy(bytes, before.ptr, before.len);
        memcpy(bytes + before.len, line.ptr, line.len);
        memcpy(bytes + before.len + line.len, after.ptr, after.len);
        const char *path = put(&bench, "f", (Str){ bytes, before.len + line.len + after.len });
        bench.said[0] = '\0';
        CHECK_STR(line.ptr, read_all(&bench, &path, 1), STR("A.|B.|D.|E.|"));
        CHECK_ROW(line.ptr, strncmp(bench.said, "f:3:", 4) == 0 && strchr(bench.said, '\n')[1] == '\0');
        CHECK_ROW(line.ptr, strstr(bench.said, ": error: ") != NULL);
    }
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* A line over the limit is passed over; the file is sparse, so that it costs no disk. */
static void test_jsonl_long_line(void)
{
    Bench bench;
    bench_open(&bench);
    const char *path = put(&bench, "f", STR("{\"text\":\"A.\"}\n{"));
    FILE *out = fopen(path, "r+b");
    CHECK(out != NULL && fseek(out, (long)INPUT_LINE_BYTES + (long)INPUT_LINE_BYTES / 2, SEEK_SET) == 0);
    fputs("}\n{\"text\":\"C.\"}\n", out);
    fclose(out);
    CHECK_STR("long line", read_all(&bench, &path, 1), STR("A.|C.|"));
    CHECK_STR("long line", str_from(bench.said), STR("f:2: error: the line is longer than 64 MiB\n"));

    bench.said[0] = '\0';
    CHECK(truncate(path, 0) == 0 && truncate(path, (off_t)INPUT_FILE_BYTES + 1) == 0);
    CHECK_STR("large text file", read_all(&bench, &path, 1), STR(""));
    CHECK_STR("large text file", str_from(bench.said), STR("f: error: is larger than 64 MiB\n"));
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* A line that just fits is read whole; the buffer grows and moves on the way. */
static void test_jsonl_growing(void)
{
    enum { TEXT_BYTES = 3 * 1024 * 1024 };
    Bench bench;
    bench_open(&bench);
    char *bytes = arena_alloc(&bench.arena, TEXT_BYTES + 200);
    size_t len = (size_t)snprintf(bytes, 100, "{\"text\":\"A.\"}\n{\"text\":\"");
    memset(bytes + len, 'x', TEXT_BYTES);
    len += TEXT_BYTES;
    len += (size_t)snprintf(bytes + len, 100, "\"}\n{\"text\":\"C.\"}");
    const char *path = put(&bench, "f", (Str){ bytes, len });
    Str all = read_all(&bench, &path, 1);
    CHECK(all.len == TEXT_BYTES + 7 && str_starts(all, STR("A.|xxx")) && str_ends(all, STR("xxx|C.|")));
    CHECK_STR("no problem", str_from(bench.said), STR(""));
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

/* ---- files and folders ------------------------------------------------------------------- */

static void test_folders(void)
{
    Bench bench;
    bench_open(&bench);
    static const char *const made[] = { "d", "d/b.txt", "d/a", "d/a/2.jsonl", "d/a/10.txt", "d/.hidden", "d/c.txt", "d/loop",
                                        "d/pipe", "d/lost" };
    CHECK(mkdir(path_of(&bench, "d"), 0700) == 0 && mkdir(path_of(&bench, "d/a"), 0700) == 0);
    put(&bench, "d/b.txt", STR("B."));
    put(&bench, "d/a/2.jsonl", STR("{\"text\":\"2.\"}\n{\"text\":\"3.\"}\n"));
    put(&bench, "d/a/10.txt", STR("10."));
    put(&bench, "d/.hidden", STR("Hidden."));
    put(&bench, "d/c.txt", STR("C."));
    CHECK(symlink("..", path_of(&bench, "d/loop")) == 0);
    CHECK(symlink("nowhere", path_of(&bench, "d/lost")) == 0);
    CHECK(mkfifo(path_of(&bench, "d/pipe"), 0600) == 0);

    const char *paths[] = { path_of(&bench, "d"), path_of(&bench, "gone"), path_of(&bench, "d/b.txt") };
    CHECK_STR("byte order", read_all(&bench, paths, 3), STR("10.|2.|3.|B.|C.|B.|"));
    CHECK_STR("byte order", str_from(bench.said), STR("d/lost: error: No such file or directory\n"
                                                      "gone: error: No such file or directory\n"));
    bench_close(&bench, made, BASE_COUNT(made));
}

static void test_unreadable(void)
{
    if (geteuid() == 0)
        return;                      /* root reads everything */
    Bench bench;
    bench_open(&bench);
    const char *paths[] = { put(&bench, "f", STR("A.")), path_of(&bench, "d"), put(&bench, "g", STR("B.")) };
    CHECK(mkdir(paths[1], 0000) == 0 && chmod(paths[0], 0000) == 0);
    CHECK_STR("the rest goes on", read_all(&bench, paths, 3), STR("B.|"));
    CHECK_STR("the rest goes on", str_from(bench.said), STR("f: error: Permission denied\nd: error: Permission denied\n"));
    bench_close(&bench, (const char *[]){ "f", "d", "g" }, 3);
}

static void test_nothing(void)
{
    Bench bench;
    bench_open(&bench);
    CHECK_STR("no paths", read_all(&bench, NULL, 0), STR(""));
    input_close(NULL);
    bench_close(&bench, NULL, 0);
}

/* ---- the other formats: one short file each; whole ones are in fixtures/formats ---------------- */

#define CYRILLIC "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE \xEF\xEE\xF0\xF2 \xE7\xE0\xEA\xF0\xFB\xF2, \xE8 " \
                 "\xE4\xEE\xE1\xE0\xE2\xE8\xEB, \xF7\xF2\xEE \xEE\xED \xED\xE5 \xEE\xF2\xEA\xF0\xEE\xE5\xF2\xF1\xFF."
#define CYRILLIC_UTF8 "\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80 \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xBB, " \
                 "\xD1\x87\xD1\x82\xD0\xBE \xD0\xBF\xD0\xBE\xD1\x80\xD1\x82 \xD0\xB7\xD0\xB0\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82, \xD0\xB8 " \
                 "\xD0\xB4\xD0\xBE\xD0\xB1\xD0\xB0\xD0\xB2\xD0\xB8\xD0\xBB, \xD1\x87\xD1\x82\xD0\xBE \xD0\xBE\xD0\xBD \xD0\xBD\xD0\xB5 " \
                 "\xD0\xBE\xD1\x82\xD0\xBA\xD1\x80\xD0\xBE\xD0\xB5\xD1\x82\xD1\x81\xD1\x8F."

static const struct { const char *name; Str bytes, texts; const char *said; } format_rows[] = {
    { "array", STR_INIT("[\n{\"body\":\"A.\"},\n{\"content\":\"<p>B</p><p>C</p>\"}]"), STR_INIT("A.|B\n\nC|"), "" },
    { "brackets in strings", STR_INIT("[{\"body\":\"A]}\\\"[{.\"},{\"body\":\"B.\"}]"), STR_INIT("A]}\"[{.|B.|"), "" },
    { "array, broken element", STR_INIT("[{\"body\":\"A.\"},\n{body},\n{\"body\":\"C.\"}]"), STR_INIT("A.|C.|"),
      "f:2:2: error: broken JSON: unexpected b\n" },
    { "array that stops", STR_INIT("[{\"body\":\"A.\"},\n"), STR_INIT("A.|"), "f:2: error: the array is not closed\n" },
    { "array cut in a value", STR_INIT("[{\"body\":\"A.\"},{\"bo"), STR_INIT("A.|"), "f:1: error: broken JSON: the array ends within a value\n" },
    { "object over lines", STR_INIT("{\n\"headline\":\"H\",\n\"body_text\":\"A.\"}"), STR_INIT("A.|"), "" },
    { "box in a box", STR_INIT("{\"response\":{\"docs\":[{\"body\":\"A.\"},{\"body\":\"B.\"}]}}"), STR_INIT("A.|B.|"), "" },
    { "decoded twice", STR_INIT("It\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s caf\xC3\x83\xC2\xA9."), STR_INIT("It\xE2\x80\x99s caf\xC3\xA9.|"), "" },
    { "not decoded twice", STR_INIT("CAF\xC3\x89\xE2\x80\x99S"), STR_INIT("CAF\xC3\x89\xE2\x80\x99S|"), "" },
    { "guessed charset", STR_INIT(CYRILLIC), STR_INIT(CYRILLIC_UTF8 "|"), "" },
    { "declared charset", STR_INIT("<html><meta charset=windows-1251><p>" CYRILLIC "</p>"), STR_INIT(CYRILLIC_UTF8 "|"), "" },
    { "declared in XML", STR_INIT("<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss><item><description>" CYRILLIC
      "</description></item></rss>"), STR_INIT(CYRILLIC_UTF8 "|"), "" },
    { "declared wrongly", STR_INIT("<html><meta charset=iso-8859-1><p>A caf\xC3\xA9 is open today in the port.</p>"),
      STR_INIT("A caf\xC3\xA9 is open today in the port.|"), "" },
    { "no such charset", STR_INIT("<html><meta charset=klingon-1><p>A caf\xE9 is open today in the port.</p>"),
      STR_INIT("A caf\xC3\xA9 is open today in the port.|"), "" },
    { "columns", STR_INIT("date\tcontent\n2025-03-04\tA.\n\n2025-03-05\t\n"), STR_INIT("A.|"), "f:4: error: the row has no text\n" },
    { "marks in a row", STR_INIT("title,text\nT,\"A \"\"b\"\"\nc, d.\"\n"), STR_INIT("A \"b\"\nc, d.|"), "" },
    { "no text column", STR_INIT("name,office\nRoe,Minister\n"), STR_INIT("name,office\nRoe,Minister\n|"), "" },
    { "mail in base64", STR_INIT("From: a@b.example\nSubject: S\nContent-Transfer-Encoding: base64\n\nQS4K\nQi4=\n"), STR_INIT("A.\nB.|"), "" },
    { "mail cut off", STR_INIT("From: a@b.example\nTo: c@d.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nA."), STR_INIT("A.|"), "" },
    { "a letter, no mail", STR_INIT("Note: this is\nDear: all\n\nA."), STR_INIT("Note: this is\nDear: all\n\nA.|"), "" },
    { "feed with a hole", STR_INIT("<rss><channel><item><title>T</title></item><item><description>B.</description></item></channel></rss>"),
      STR_INIT("B.|"), "f:1: error: the story has no text\n" },
    { "prefixes", STR_INIT("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:summary>A &amp;lt; B.</a:summary></a:entry></a:feed>"),
      STR_INIT("A < B.|"), "" },
    { "bad bytes in a feed", STR_INIT("<rss><item><description>caf\xE9 \xE2\x80\x99.</description></item></rss>"),
      STR_INIT("caf\xC3\xA9 \xE2\x80\x99.|"), "" },
    { "wire cut off", STR_INIT("\001abc\r\n\002Headline =\r\n   A.\r\n"), STR_INIT("A.|"), "" },
    { "SGML cut off", STR_INIT("<REUTERS NEWID=\"1\">\n<TEXT><BODY>A."), STR_INIT(""), "f:1: error: the story that begins here is not closed\n" },
    { "packed nothing", STR_INIT("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), STR_INIT(""), "" },
};

static void test_formats(void)
{
    Bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < BASE_COUNT(format_rows); i++) {
        const char *path = put(&bench, "f", format_rows[i].bytes);
        bench.said[0] = '\0';
        CHECK_STR(format_rows[i].name, read_all(&bench, &path, 1), format_rows[i].texts);
        CHECK_STR(format_rows[i].name, str_from(bench.said), str_from(format_rows[i].said));
    }
    bench_close(&bench, (const char *[]){ "f" }, 1);
}

static const TestCase cases[] = {
    { "other formats", test_formats },
    { "decoding", test_decoding },
    { "long UTF-16", test_long_utf16 },
    { "JSON Lines", test_jsonl },
    { "JSON Lines fields", test_jsonl_fields },
    { "broken line", test_jsonl_broken },
    { "line over the limit", test_jsonl_long_line },
    { "long line within it", test_jsonl_growing },
    { "folders", test_folders },
    { "unreadable", test_unreadable },
    { "nothing to read", test_nothing },
};

const TestSuite test_input = SUITE(cases);
