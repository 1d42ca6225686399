#include "base/sink.h"
#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const SinkColumn columns[] = {
    { "topic", SINK_TEXT, 0, "Topic" },
    { "a.speaker", SINK_TEXT, 0, NULL },
    { "a.said.on", SINK_TEXT, SINK_WIDE, NULL },
    { "a.spans", SINK_JSON, SINK_JSON_ONLY, NULL },
    { "n", SINK_INTEGER, 0, NULL },
    { "score", SINK_REAL, 0, NULL },
    { "same", SINK_BOOL, 0, NULL },
};

static void put_row(Sink *sink, Str topic, Str speaker, int64_t n)
{
    sink_text(sink, topic);
    sink_text(sink, speaker);
    sink_null(sink);
    sink_text(sink, STR("[[0,4]]"));
    sink_integer(sink, n);
    sink_real(sink, 0.5);
    sink_bool(sink, n > 1);
    sink_row_end(sink);
}

/* Two rows in the given style; the caller frees. */
static char *two_rows(SinkOptions options)
{
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    Sink *sink = sink_open(out, columns, BASE_COUNT(columns), options);
    put_row(sink, STR("NATO, \x1B[31mred\n\xC2\x9B\xE2\x80\xAE"), STR("Ada Roe"), 1);
    put_row(sink, STR("x"), STR_NONE, 12);
    CHECK(sink_rows(sink) == 2);
    Error err;
    CHECK(sink_close(sink, &err));
    fclose(out);
    return text;
}

#define RED_JSON "NATO, \\u001b[31mred\\n\\u009b\xE2\x80\xAE"
#define ROW_1 "{\"topic\":\"" RED_JSON "\",\"a\":{\"speaker\":\"Ada Roe\",\"said\":{\"on\":null},\"spans\":[[0,4]]}," \
              "\"n\":1,\"score\":0.5,\"same\":false}"
#define ROW_2 "{\"topic\":\"x\",\"a\":{\"speaker\":null,\"said\":{\"on\":null},\"spans\":[[0,4]]}," \
              "\"n\":12,\"score\":0.5,\"same\":true}"

static void test_formats(void)
{
    static const struct { const char *row; SinkOptions options; const char *want; } rows[] = {
        { "jsonl", { .format = SINK_JSONL }, ROW_1 "\n" ROW_2 "\n" },
        { "json", { .format = SINK_JSONARRAY }, "[\n" ROW_1 ",\n" ROW_2 "\n]\n" },
        { "csv", { .format = SINK_CSV },
          "topic,a_speaker,a_said_on,n,score,same\n"
          "\"NATO, \x1B[31mred\n\xC2\x9B\xE2\x80\xAE\",Ada Roe,,1,0.5,no\nx,,,12,0.5,yes\n" },
        { "auto is csv on a file", { .format = SINK_AUTO, .excel = true },
          "\xEF\xBB\xBFtopic,a_speaker,a_said_on,n,score,same\r\n"
          "\"NATO, \x1B[31mred\n\xC2\x9B\xE2\x80\xAE\",Ada Roe,,1,0.5,no\r\nx,,,12,0.5,yes\r\n" },
        { "table", { .format = SINK_TABLE },
          "Topic              a.speaker   n  score  same\n"
          "NATO, \xE2\x90\x9B[31mred \xEF\xBF\xBD\xEF\xBF\xBD  Ada Roe     1    0.5  no\n"
          "x                  .          12    0.5  yes\n" },
        { "narrow table", { .format = SINK_TABLE, .width = 40, .color = true },
          "\x1B[1mTopic         a.speaker   n  score  same\x1B[0m\n"
          "NATO, \xE2\x90\x9B[31m\xE2\x80\xA6  Ada Roe     1    0.5  no\n"
          "x             .          12    0.5  yes\n" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char *text = two_rows(rows[i].options);
        CHECK_STR(rows[i].row, str_from(text), str_from(rows[i].want));
        free(text);
    }
}

static void test_no_rows(void)
{
    static const struct { SinkFormat format; const char *want; } rows[] = {
        { SINK_JSONL, "" }, { SINK_JSONARRAY, "[]\n" }, { SINK_TABLE, "" },
        { SINK_CSV, "topic,a_speaker,a_said_on,n,score,same\n" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char *text;
        size_t len;
        FILE *out = open_memstream(&text, &len);
        Sink *sink = sink_open(out, columns, BASE_COUNT(columns), (SinkOptions){ .format = rows[i].format });
        CHECK(sink_close(sink, NULL));
        fclose(out);
        CHECK_STR("no rows", str_from(text), str_from(rows[i].want));
        free(text);
    }
}

/* No line is wider than asked, none ends in a blank, and all rows arrive: also past the rows held back. */
static void test_long_table(void)
{
    enum { ROWS = 1500, WIDTH = 60 };
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    Sink *sink = sink_open(out, columns, BASE_COUNT(columns), (SinkOptions){ .format = SINK_TABLE, .width = WIDTH });
    for (int i = 0; i < ROWS; i++) {
        static const char words[] = "a speaker with a name of many words, and then some more of them";
        put_row(sink, STR("short"), (Str){ words, (size_t)i % sizeof words }, i);
    }
    put_row(sink, STR(""), STR("wider than all before it, and it comes when rows are streamed past, with no cut"), 7);
    CHECK(sink_close(sink, NULL));
    fclose(out);
    size_t lines = 0, bad = 0;
    Str rest = { text, len - 1 }, line;
    for (; str_split(&rest, '\n', &line); lines++)
        bad += str_ends(line, STR(" ")) || line.len > WIDTH + 2;          /* the ellipsis has three bytes */
    CHECK(lines == ROWS + 2);
    CHECK(bad == 0);
    free(text);
}

static void test_write_errors(void)
{
    FILE *out = fopen("/dev/full", "w");
    if (!out)
        return;                                        /* not every system has it */
    Sink *sink = sink_open(out, columns, BASE_COUNT(columns), (SinkOptions){ .format = SINK_CSV });
    for (int i = 0; i < 2000; i++)
        put_row(sink, STR("topic"), STR("speaker"), i);
    Error err;
    CHECK(!sink_close(sink, &err));
    CHECK(err.kind == ERR_OUTPUT && strstr(err.text, "No space") != NULL);
    fclose(out);
}

static void test_closed_pipe(void)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    close(ends[0]);
    void (*old)(int) = signal(SIGPIPE, SIG_IGN);
    FILE *out = fdopen(ends[1], "w");
    Sink *sink = sink_open(out, columns, BASE_COUNT(columns), (SinkOptions){ .format = SINK_JSONL });
    for (int i = 0; i < 2000; i++)
        put_row(sink, STR("topic"), STR("speaker"), i);
    CHECK(sink_close(sink, NULL));
    fclose(out);
    signal(SIGPIPE, old);
}

static void test_format_names(void)
{
    SinkFormat format = SINK_AUTO;
    CHECK(sink_format_named(STR("json"), &format) && format == SINK_JSONARRAY);
    CHECK(sink_format_named(STR("jsonl"), &format) && format == SINK_JSONL);
    CHECK(sink_format_named(STR("table"), &format) && format == SINK_TABLE);
    CHECK(sink_format_named(STR("csv"), &format) && format == SINK_CSV);
    CHECK(!sink_format_named(STR("xml"), &format) && !sink_format_named(STR(""), &format));
}

static const TestCase cases[] = {
    { "formats", test_formats },
    { "no rows", test_no_rows },
    { "long table", test_long_table },
    { "write errors", test_write_errors },
    { "closed pipe", test_closed_pipe },
    { "format names", test_format_names },
};
const TestSuite test_sink = SUITE(cases);
