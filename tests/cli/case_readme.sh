# What README.md shows is what its commands print.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

ran="sh tests/cli/readme.sh build/bin/tracker"
check "every command works" sh -c '"$@" >README.md' - sh "$ROOT/tests/cli/readme.sh" "$TRACKER"
check "its output is the one shown (refresh it with make golden)" diff "$ROOT/README.md" README.md

finish
