/*
 * replay.c - runs a fuzz target over a corpus without a fuzzer: any compiler will do
 *
 *     replay-csv tests/fuzz/corpus/csv      each file of the folder is one input
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>

enum { INPUT_BYTES = 1 << 20 };

static bool replay_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    unsigned char *bytes = malloc(INPUT_BYTES);
    if (!in || !bytes) {
        perror(path);
        return false;
    }
    size_t len = fread(bytes, 1, INPUT_BYTES, in);
    fclose(in);
    LLVMFuzzerTestOneInput(bytes, len);
    free(bytes);
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    DIR *dir = opendir(argv[1]);
    if (!dir) {
        perror(argv[1]);
        return 1;
    }
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        if (!replay_file(path))
            return 1;
        n++;
    }
    closedir(dir);
    printf("%s: %zu inputs\n", argv[1], n);
    return n == 0;
}
