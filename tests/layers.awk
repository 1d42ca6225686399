# Checks that modules include only what stands above them, and that only the store knows SQLite.
#
#     awk -f tests/layers.awk tracker/*/*.[ch]
#
# A module is one header and the files named after it: read/input is input.h, input.c and input_*.[ch], of which
# input_*.h are its own business.  The order is that of the flow: folders first, modules within a folder next.
# A new module gets its place here.

BEGIN {
    order("base",    "base utf8 file date json csvfile sink")
    order("read",    "story html input")
    order("engine",  "token names lexicon rulefile pattern rules rulecheck officials")
    order("extract", "statement voice layout mention setting attribution topic claim extract ruletest evaluate")
    order("record",  "rows contradiction fingerprint store report")
    order("cli",     "cli pipeline session rescan why cmd main")
}

function order(folder, modules,    list, n, i) {
    n = split(modules, list, " ")
    for (i = 1; i <= n; i++)
        rank[folder "/" list[i]] = ++ranks
}

# "tracker/read/input_jsonl.c" -> "read/input"; what has no place stays as it is
function module_of(path,    name) {
    sub(/^tracker\//, "", path)
    sub(/\.[ch]$/, "", path)
    name = path
    while (!(name in rank) && sub(/_[^_\/]*$/, "", name))
        ;
    return name in rank ? name : path
}

function complain(text) {
    printf "%s:%d: error: %s\n", FILENAME, FNR, text
    bad = 1
}

FNR == 1 {
    me = module_of(FILENAME)
    if (!(me in rank))
        complain(me " has no place in tests/layers.awk")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, part, "\"")
    file = part[2]
    other = module_of(file)
    if (file != "schema.h" && other != me) {
        if (!(other in rank))
            complain("includes \"" file "\", which has no place in tests/layers.awk")
        else if (rank[other] > rank[me])
            complain("includes \"" file "\", which is below " me)
        else if (file != other ".h")
            complain("includes \"" file "\", which is private to " other)
    }
}

/^[ \t]*#[ \t]*include[ \t]*<sqlite3\.h>/ && me != "record/store" {
    complain("only record/store*.c may include <sqlite3.h>")
}

END { exit bad }
