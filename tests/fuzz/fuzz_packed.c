/* Archives and compressed files, as files: the corpus has one of each to begin with. */
#include "fuzz_input.h"

static void ignore(const Story *story)
{
    (void)story;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    fuzz_stories((Str){ (const char *)data, size }, ignore);
    return 0;
}
