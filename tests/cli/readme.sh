#!/bin/sh
# readme.sh - run what README.md shows, and print README.md with the output it should have
#
#     sh tests/cli/readme.sh build/bin/tracker >new && mv new README.md
#     sh tests/cli/readme.sh build/bin/tracker rules/README.md >new && mv new rules/README.md
#
# In ```console blocks, lines that start with "$ " are run one after the other
# in one fresh folder that has fixtures and rules; what follows each is its
# output.  A block behind <!-- file: PATH --> becomes that file.  Status 1 if
# a command failed.

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
mkdir bin
ln -s "$program" bin/tracker
ln -s "$root/fixtures" "$root/rules" .
export PATH="$work/bin:$PATH" HOME="$work" COLUMNS=110 LC_ALL=C TERM=dumb
unset TRACKER_DB TRACKER_RULES TRACKER_REPORTS XDG_CONFIG_HOME

failed=0 block='' file=''
while IFS= read -r line; do
    case $block,$line in
    ,'<!-- file: '*)
        file=${line#<!-- file: }
        file=${file% -->}
        ;;
    ,'```console') block=console ;;
    ,'```'*)
        block=text
        if [ -n "$file" ]; then
            block="file"
            mkdir -p "$(dirname "$file")"
            : >"$file"
        fi
        ;;
    *,'```') block='' file='' ;;
    file,*) printf '%s\n' "$line" >>"$file" ;;
    console,'$ '*)
        printf '%s\n' "$line"
        sh -c "${line#\$ }" 2>&1 </dev/null || { echo "readme.sh: failed: $line" >&2; failed=1; }
        continue
        ;;
    console,*) continue ;;
    esac
    printf '%s\n' "$line"
done <"$root/${2:-README.md}"
exit $failed
