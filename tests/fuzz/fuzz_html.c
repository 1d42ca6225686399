/* A web page, and a fragment of one. */
#include "fuzz_input.h"

#include "read/html.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str bytes = { (const char *)data, size };
    const char *nul = size ? memchr(data, '\0', size) : NULL;
    bytes.len = nul ? (size_t)(nul - bytes.ptr) : size;
    bytes.len = utf8_valid_prefix(bytes);
    Str page = fuzz_copy(bytes);
    Arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    HtmlPage out;
    Str text;
    Error err;
    if (html_read_page(page, &arena, &scratch, &out, &err)) {
        const Str texts[] = { out.title, out.source, out.url, out.language, out.text };
        for (size_t i = 0; i < BASE_COUNT(texts); i++)
            FUZZ_CHECK(utf8_valid_prefix(texts[i]) == texts[i].len);
    }
    if (html_plain_text(page, &arena, &scratch, &text, &err))
        FUZZ_CHECK(utf8_valid_prefix(text) == text.len);
    arena_clear(&arena);
    arena_clear(&scratch);
    fuzz_free(page);
    return 0;
}
