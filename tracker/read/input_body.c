#include "read/input_reader.h"

#include "read/html.h"

#include <string.h>

InputResult input_bad(Error *err, int line, int col, const char *text)
{
    error_set(err, ERR_INPUT, NULL, line, col, "%s", text);
    return INPUT_BAD;
}

Str input_clean_text(Str text, Arena *arena)
{
    char *out = str_cstr(arena, text);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        if (c == '\r' || c == '\f' || c == '\v')
            out[len++] = '\n';
        else if ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t')
            out[len++] = (char)c;
    }
    return (Str){ out, len };
}

bool input_take_text(Str body, bool is_html, Arena *arena, Arena *scratch, Story *out)
{
    Str text = STR("");
    if (is_html)
        html_plain_text(body, arena, scratch, &text, NULL);
    else
        text = input_clean_text(str_trim(body), arena);
    Str mended = input_mend_mojibake(text, arena);
    if (mended.ptr != text.ptr)
        out->note = STR("text decoded twice put right");
    if (!str_trim(mended).len)
        return false;
    out->text = mended;
    return true;
}

bool input_take_page(Str page, Arena *arena, Arena *scratch, Story *out)
{
    HtmlPage read;
    return html_read_page(page, arena, scratch, &read, NULL) && input_take_text(read.text, false, arena, scratch, out);
}
