# Bad input: one clear line with file and place, the right status, and the rest goes on.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
good() { printf '{"id":"%s","text":"The port is open, Foreign Minister Ada Roe said.","published":"2025-02-13"}\n' "$1"; }
good last >last.jsonl

# refused WORDS... FILE: status 3, one line on stderr that starts with the file's name and has the words; last.jsonl is read.
refused()
{
    for words; do file=$words; done
    tracker 3 read "$file" last.jsonl --format jsonl
    check "one line" [ "$(grep -c 'error:' err)" -eq 1 ]
    while [ $# -gt 1 ]; do
        err_has "$1"
        shift
    done
    out_has '"id":"last"'
}

refused "missing.txt: error: " missing.txt
: >empty.txt
refused "empty.txt: error: " "empty" empty.txt
printf 'Talks are\0 closed, Ada Roe said.\n' >nul.txt
refused "nul.txt: error: " "NUL byte" nul.txt
{ good one; good two; printf '{"id":"three", text}\n'; good four; good five; } >broken.jsonl
refused "broken.jsonl:3:" broken.jsonl
lines out 5
err_has '{"level":"error","kind":"input","file":"broken.jsonl","line":3,"col":16,"text":"broken JSON: unexpected t","message":'
{ good one; printf '{"id":"no text"}\n'; printf '[1]\n'; } >keys.jsonl
tracker 3 read keys.jsonl --format jsonl
err_has "keys.jsonl:2: error: "
err_has "keys.jsonl:3:1: error: "
lines out 1
{ good one; head -c 100000000 /dev/zero | tr '\0' x; echo; good three; } >long.jsonl
refused "long.jsonl:2: error: " long.jsonl
lines out 3
rm long.jsonl

# Broken UTF-8 is read as Windows-1252, and that is said.
printf 'Talks are closed, Ada Ro\351 said.\n' >latin.txt
{ good one; printf '{"id":"two","text":"Ada Ro\351 said."}\n'; good three; } >latin.jsonl
tracker 0 read latin.txt latin.jsonl --format jsonl -v
check "told of both" [ "$(grep -c 'Windows-1252' err)" -eq 2 ]
check "read as meant" [ "$(grep -c 'Ada Roé said' out)" -eq 2 ]
lines out 4

# A folder is read as a whole, in the order of its names; all its errors are told.
mkdir -p folder/inner empty
good a >folder/a.jsonl
good b >folder/inner/b.jsonl
: >folder/empty.txt
tracker 3 read folder --format jsonl
lines out 2
err_has "folder/empty.txt: error: "
tracker 0 read empty --format jsonl
out_is ""

# What is sound is stored all the same, and the summary counts what was not.
tracker 3 add broken.jsonl missing.txt last.jsonl
err_has "skipped"
err_has "2 skipped"
tracker 0 statements --format jsonl
lines out 5

# Adversaries: deep nesting, one huge word, thousands of quotation marks.
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"a\":"; print "" }' >deep.jsonl
tracker 3 read deep.jsonl
err_has "deep.jsonl:1:"
awk 'BEGIN { for (i = 0; i < 300000; i++) printf "a"; print " said." }' >word.txt
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "\" Roe said, "; print "" }' >marks.txt
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "said "; print "" }' >said.txt
tracker 0 scan word.txt marks.txt said.txt --date 2025-02-13 -q

finish
