#!/bin/sh
# run.sh - the program as its users run it:  sh tests/cli/run.sh build/bin/tracker [CASE]...
#
# Every case is a script of its own, run in a fresh folder with an empty
# environment; lib.sh has the words it is written in.  A case passes when it
# ends with status 0 and has checked something; 77 means skipped.

tests=$(cd "$(dirname "$0")" && pwd) || exit 2
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
[ -x "$program" ] || { echo "run.sh: no program: $1" >&2; exit 2; }
shift
[ $# -gt 0 ] || set -- "$tests"/case_*.sh

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"

passed=0 failed=0 skipped=0
for case in "$@"; do
    name=$(basename "$case" .sh)
    name=${name#case_}
    mkdir "$work/$name"
    (cd "$work/$name" && env -i PATH="$PATH" TRACKER="$program" ROOT="$tests/../.." LIB="$tests/lib.sh" \
        sh "$tests/case_$name.sh" >"../$name.log" 2>&1 </dev/null)
    case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)); echo "skip $name: $(tail -n 1 "$work/$name.log")" ;;
    *) failed=$((failed + 1)); echo "FAIL $name"; sed 's/^/    /' "$work/$name.log" ;;
    esac
    chmod -R u+w "$work/$name" 2>/dev/null
    rm -rf "${work:?}/$name"
done
echo "cli: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
