# What the program makes of the fixtures is what stands beside them.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

ran="sh tests/cli/golden.sh build/bin/tracker"
check "every command works" sh "$ROOT/tests/cli/golden.sh" "$TRACKER" .
for story in "$STORIES"/*/expect.txt "$STORIES"/*/*/expect.txt; do
    name=${story%/expect.txt}
    name=${name#"$STORIES/"}
    check "$name is as before (refresh it with make golden)" diff "$STORIES/$name/expect.jsonl" "$name/expect.jsonl"
done
check "every format is read as before (refresh it with make golden)" diff "$STORIES/formats.jsonl" formats.jsonl

finish
