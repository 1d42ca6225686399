/* JSON Lines: the parser on its own, then a file of such lines. */
#include "fuzz_input.h"

#include "base/json.h"

static void ignore(const Story *story)
{
    (void)story;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    Str bytes = { (const char *)data, size };
    Str copy = fuzz_copy(bytes);
    Json *json;
    Error err;
    if (json_parse(copy, &json, &err))
        json_free(json);
    fuzz_free(copy);
    fuzz_stories(bytes, ignore);
    return 0;
}
