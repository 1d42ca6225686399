# What README.md and rules/README.md show is what their commands print.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

for file in README.md rules/README.md; do
    ran="sh tests/cli/readme.sh build/bin/tracker $file"
    check "every command works" sh -c '"$@" >shown.md' - sh "$ROOT/tests/cli/readme.sh" "$TRACKER" "$file"
    check "its output is the one shown (refresh it with make golden)" diff "$ROOT/$file" shown.md
done

finish
