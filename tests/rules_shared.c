#include "rules_shared.h"

#include "check.h"

#include <stdlib.h>

static Arena arena;
static Rules rules;

static void forget(void)
{
    rules_clear(&rules);
    arena_clear(&arena);
}

const Rules *rules_shared(void)
{
    static bool loaded;
    if (!loaded) {
        Problems problems = { 0 };
        arena_init(&arena);
        CHECK(rules_load("rules", &arena, &rules, &problems));
        CHECK(problems.errors == 0);
        loaded = true;
        atexit(forget);
    }
    return &rules;
}
