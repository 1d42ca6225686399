/* A rules file: parsed and compiled, errors and all. */
#include "fuzz.h"

#include "engine/rules.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str text = fuzz_copy((Str){ (const char *)data, size });
    Arena arena;
    Rules rules = { 0 };
    Problems problems = { 0 };
    arena_init(&arena);
    rules_load_text(text, "fuzz.rules", &arena, &rules, &problems);
    rules_clear(&rules);
    arena_clear(&arena);
    fuzz_free(text);
    return 0;
}
