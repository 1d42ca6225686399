#!/bin/sh
# golden.sh - what the program makes of the fixtures: the statements of each case, then its pairs, as JSON Lines
#
#     sh tests/cli/golden.sh build/bin/tracker fixtures        writes fixtures/<case>/expect.jsonl
#
# and fixtures/formats.jsonl: the stories of fixtures/formats, one file of every format, as they are read.
#
# Status 1 if a command failed.

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export TRACKER_RULES="$root/rules"

for expect in "$root"/fixtures/*/expect.txt "$root"/fixtures/*/*/expect.txt; do
    case=${expect%/expect.txt}
    into=$2/${case#"$root/fixtures/"}
    mkdir -p "$into"
    rm -f "$work"/*
    "$program" scan -q --format jsonl "$case"/story.* >"$work/out" &&
        "$program" add -q --db "$work/db" -o "$work/new" "$case"/story.* &&
        "$program" contradictions -q --db "$work/db" --format jsonl >>"$work/out" &&
        mv "$work/out" "$into/expect.jsonl" && continue
    echo "golden.sh: failed: $into" >&2
    exit 1
done

cd "$root/fixtures" && "$program" read -q formats --format jsonl >"$work/out" && mv "$work/out" "$OLDPWD/$2/formats.jsonl" && exit
echo "golden.sh: failed: formats" >&2
exit 1
