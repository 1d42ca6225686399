/* Any bytes: decoded, cleaned, cut into tokens. */
#include "fuzz_input.h"

#include "engine/token.h"

static void tokenize(const Story *story)
{
    Arena arena;
    arena_init(&arena);
    Str copy = fuzz_copy(story->text);
    Text text;
    text_tokenize(copy, &arena, &text);
    uint32_t end = 0;
    for (size_t i = 0; i < text.n_tokens; i++) {
        Span span = text.tokens[i].span;
        bool supplied = text.tokens[i].mark && span.from == span.to;       /* a quotation mark that the text lacks */
        FUZZ_CHECK(span.from >= end && (span.from < span.to || supplied) && span.to <= copy.len);
        end = span.to;
        FUZZ_CHECK(utf8_valid_prefix(str_slice(copy, span)) == span.to - span.from);
    }
    for (size_t i = 0; i < text.n_sentences; i++)
        FUZZ_CHECK(text.sentences[i].first < text.sentences[i].end && text.sentences[i].end <= text.n_tokens);
    for (size_t i = 0; i < text.n_quotes; i++)
        FUZZ_CHECK(text.quotes[i].open < text.quotes[i].close && text.quotes[i].close <= text.n_tokens);
    arena_clear(&arena);
    fuzz_free(copy);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    fuzz_stories((Str){ (const char *)data, size }, tokenize);
    return 0;
}
