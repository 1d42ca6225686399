#!/bin/sh
# golden.sh - what the program makes of the fixtures: the statements of each case, then its pairs, as JSON Lines
#
#     sh tests/cli/golden.sh build/bin/tracker fixtures        writes fixtures/<case>/expect.jsonl
#
# Status 1 if a command failed.

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
program=$1
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
