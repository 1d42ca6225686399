/* A rules file: parsed, compiled, looked at for what can never match, and let loose on a text. */
#include "fuzz.h"

#include "engine/rulecheck.h"
#include "engine/rules.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str text = fuzz_copy((Str){ (const char *)data, size });
    Arena arena;
    Rules rules = { 0 };
    Problems problems = { 0 };
    arena_init(&arena);
    rules_load_text(text, "fuzz.rules", &arena, &rules, &problems);
    if (size < 4096)                         /* many patterns against many: minutes for a large file */
        rulecheck_run(&rules, &problems);
    rules_clear(&rules);
    arena_clear(&arena);
    fuzz_free(text);
    return 0;
}
