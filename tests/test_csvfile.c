#include "base/csvfile.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* What a reading did, as text: rows as "line:name|office;", problems as "line:col text;". */
typedef struct Log { char rows[400], problems[400]; CsvColumn columns[2]; } Log;

static void log_problem(void *user, const Error *err)
{
    char *out = ((Log *)user)->problems;
    size_t len = strlen(out);
    CHECK(strcmp(err->file, "x.csv") == 0);
    snprintf(out + len, 400 - len, "%d:%d %s;", err->line, err->col, err->text);
}

static bool log_row(void *user, const CsvRow *row, Error *err)
{
    Log *log = user;
    Str name = csv_field(row, &log->columns[0]), office = csv_field(row, &log->columns[1]);
    if (str_equal(name, STR("bad")))
        return error_set(err, ERR_RULES, NULL, 0, 0, "refused");
    size_t len = strlen(log->rows);
    snprintf(log->rows + len, sizeof log->rows - len, "%d:%.*s|%.*s;", row->line, STR_ARG(name), STR_ARG(office));
    return true;
}

static bool read_log(Str text, Log *log)
{
    *log = (Log){ .columns = { { "name", true, 0 }, { "office", false, 0 } } };
    Problems problems = { .report = log_problem, .user = log };
    return csv_read(text, "x.csv", log->columns, 2, log_row, log, &problems);
}

static void test_reading(void)
{
    static const struct { const char *row; Str text; const char *rows, *problems; } rows[] = {
        { "plain", STR_INIT("name,office\nRoe,FM\nDoe,PM\n"), "2:Roe|FM;3:Doe|PM;", "" },
        { "no final line end", STR_INIT("name,office\nRoe,FM"), "2:Roe|FM;", "" },
        { "CRLF and BOM", STR_INIT("\xEF\xBB\xBFname,office\r\nRoe,FM\r\n\r\nDoe,PM\r\n"), "2:Roe|FM;4:Doe|PM;", "" },
        { "CR alone", STR_INIT("name,office\rRoe,FM\rDoe,PM\r"), "2:Roe|FM;3:Doe|PM;", "" },
        { "columns by name, any case", STR_INIT("Office,x, NAME \nFM,1,Roe\n"), "2:Roe|FM;", "" },
        { "quoted comma and quote", STR_INIT("name,office\n\"Roe, \"\"A\"\"\",FM\n"), "2:Roe, \"A\"|FM;", "" },
        { "line end inside quotes", STR_INIT("name,office\n\"Roe\n\nA\",FM\nDoe,PM\n"), "2:Roe\n\nA|FM;5:Doe|PM;", "" },
        { "blanks trimmed", STR_INIT("name,office\n Roe ,\" FM \"\n"), "2:Roe|FM;", "" },
        { "short row", STR_INIT("name,office\nRoe\n"), "2:Roe|;", "" },
        { "optional column absent", STR_INIT("name\nRoe\n"), "2:Roe|;", "" },
        { "empty rows", STR_INIT("name,office\n\n,\n  \n,,,,\nRoe,FM,,\n"), "6:Roe|FM;", "" },
        { "too long a row", STR_INIT("name,office\nRoe,FM,x\nDoe,PM\n"), "3:Doe|PM;",
          "2:0 more fields than the header has; is a comma not quoted?;" },
        { "row refused", STR_INIT("name,office\nbad,FM\nDoe,PM\n"), "3:Doe|PM;", "2:0 refused;" },
        { "column missing", STR_INIT("office\nFM\n"), "", "1:0 no column \"name\" in the header;" },
        { "empty file", STR_INIT(""), "", "1:0 empty: no header line;" },
        { "only blank lines", STR_INIT("\n\n"), "", "1:0 empty: no header line;" },
        { "header only", STR_INIT("name,office"), "", "" },
        { "quote never closed", STR_INIT("name,office\nRoe,FM\nDoe,\"PM\nPoe,PM\n"), "2:Roe|FM;",
          "3:0 a quotation mark is opened here and never closed;" },
        { "quote never closed, second line of the row", STR_INIT("name,office\n\"Roe\nA\",\"FM\nDoe,PM\n"), "",
          "3:0 a quotation mark is opened here and never closed;" },
        { "closed by another's quote", STR_INIT("name,office\nRoe,\"FM\nDoe,\"PM\"\n"), "",
          "2:0 the field that opens with a quotation mark here ends wrongly in line 3;" },
        { "text after a quote", STR_INIT("name,office\nRoe,FM\n\"Do\"e,PM\nPoe,x\n"), "2:Roe|FM;",
          "3:5 stray quotation mark; inside a quoted field it is doubled;" },
        { "quote in a bare field", STR_INIT("name,office\nD\xC3\xB6\"e,PM\n"), "",
          "2:3 stray quotation mark; inside a quoted field it is doubled;" },
        { "not UTF-8", STR_INIT("name,office\nRoe,FM\nD\xC3\xB6\xE9,PM\n"), "2:Roe|FM;", "3:3 not UTF-8;" },
        { "NUL", STR_INIT("name,office\nRo\0e,FM\n"), "", "2:3 NUL byte;" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Log log;
        bool ok = read_log(rows[i].text, &log);
        CHECK_ROW(rows[i].row, ok == (rows[i].problems[0] == '\0'));
        CHECK_STR(rows[i].row, str_from(log.rows), str_from(rows[i].rows));
        CHECK_STR(rows[i].row, str_from(log.problems), str_from(rows[i].problems));
    }
}

static void test_writing(void)
{
    static const struct { Str cell; bool is_number; CsvStyle style; const char *want; } rows[] = {
        { STR_INIT("plain"), false, { 0 }, "plain" },
        { STR_INIT(""), false, { 0 }, "" },
        { STR_INIT("a,b"), false, { 0 }, "\"a,b\"" },
        { STR_INIT("say \"no\""), false, { 0 }, "\"say \"\"no\"\"\"" },
        { STR_INIT("two\nlines"), false, { 0 }, "\"two\nlines\"" },
        { STR_INIT(" blank"), false, { 0 }, "\" blank\"" },
        { STR_INIT("=1+1"), false, { 0 }, "'=1+1" },
        { STR_INIT("@SUM(A1)"), false, { 0 }, "'@SUM(A1)" },
        { STR_INIT("-2"), false, { 0 }, "'-2" },
        { STR_INIT("-2"), true, { 0 }, "-2" },
        { STR_INIT("\tx"), false, { 0 }, "\"'\tx\"" },
        { STR_INIT("=HYPERLINK(\"a\",1)"), false, { 0 }, "\"'=HYPERLINK(\"\"a\"\",1)\"" },
        { STR_INIT("=1+1"), false, { .verbatim = true }, "=1+1" },
        { STR_INIT("Erdo\xC4\x9F" "an"), false, { .excel = true }, "Erdo\xC4\x9F" "an" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        char *text;
        size_t len;
        FILE *out = open_memstream(&text, &len);
        csv_write_cell(out, rows[i].cell, rows[i].is_number, true, rows[i].style);
        fclose(out);
        CHECK_STR(rows[i].want, str_from(text), str_from(rows[i].want));
        free(text);
    }
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    CsvStyle excel = { .excel = true };
    csv_write_bom(out);
    csv_write_cell(out, STR("a"), false, true, excel);
    csv_write_cell(out, STR_NONE, false, false, excel);
    csv_write_end(out, excel);
    fclose(out);
    CHECK_STR("excel", str_from(text), STR("\xEF\xBB\xBF" "a,\r\n"));
    free(text);
}

static const TestCase cases[] = {
    { "reading", test_reading },
    { "writing", test_writing },
};
const TestSuite test_csvfile = SUITE(cases);
