/*
 * Any text through the whole of extraction, with the shipped rules.  With and
 * without the gate the answers must be the same.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "extract/extract.h"

static Extractor *open_extractor(bool no_gate)
{
    static Arena arena;                      /* rules live as long as the fuzzer */
    static Rules rules;
    static bool loaded;
    if (!loaded) {
        Problems problems = { 0 };
        arena_init(&arena);
        FUZZ_CHECK(rules_load("rules", &arena, &rules, &problems));
        loaded = true;
    }
    return extractor_open(&rules, (ExtractOptions){ .no_gate = no_gate });
}

static void check_statement(const Story *story, const Statement *statement)
{
    size_t len = story->text.len;
    for (size_t i = 0; i < statement->spans.len; i++)
        FUZZ_CHECK(statement->spans.ptr[i].from <= statement->spans.ptr[i].to && statement->spans.ptr[i].to <= len);
    FUZZ_CHECK(!statement->has_cue || statement->cue_span.to <= len);
    FUZZ_CHECK(!statement->has_speaker_span || statement->speaker_span.to <= len);
    FUZZ_CHECK(utf8_valid_prefix(statement->text) == statement->text.len);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static Extractor *gated, *ungated;
    if (!gated) {
        gated = open_extractor(false);
        ungated = open_extractor(true);
    }
    Str bytes = { (const char *)data, size };
    const char *nul = size ? memchr(data, '\0', size) : NULL;
    bytes.len = nul ? (size_t)(nul - bytes.ptr) : size;
    bytes.len = utf8_valid_prefix(bytes);
    Str text = fuzz_copy(bytes);

    Arena arena;
    arena_init(&arena);
    Problems problems = { 0 };
    Statements some = { 0 }, all = { 0 };
    Story story = { .id = STR("fuzz"), .text = text, .published = 20132 };
    story_complete(&story, &arena);
    extract_story(gated, &story, &arena, &some, &problems);
    extract_story(ungated, &story, &arena, &all, &problems);
    FUZZ_CHECK(some.len == all.len);
    for (size_t i = 0; i < some.len; i++) {
        check_statement(&story, &some.ptr[i]);
        FUZZ_CHECK(some.ptr[i].n_claims == all.ptr[i].n_claims && str_equal(some.ptr[i].text, all.ptr[i].text) &&
                   str_equal(some.ptr[i].speaker, all.ptr[i].speaker));
    }
    arena_clear(&arena);
    fuzz_free(text);
    return 0;
}
