#!/bin/sh
# demo.sh - the program at work on two of the shipped stories; every command is shown before it runs
#
#     sh tests/cli/demo.sh build/bin/tracker
#
# The database and the reports stay in build/demo until the next run, to look at.
set -eu
program=$1
folder=build/demo
db=$folder/tracker.db
rm -rf "$folder"
mkdir -p "$folder"
unset TRACKER_DB TRACKER_RULES TRACKER_REPORTS

# What is printed can be pasted: the program is called by its path.
run()
{
    printf '\n$ %s' "$program"
    for word; do
        case $word in
        *' '*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$program" "$@"
}

echo "Two stories of one day, read and stored:"
run add fixtures/seed-wire/story.txt fixtures/seed-video/story.txt --db "$db" --as-of 2025-02-13 -q --format table

echo
echo "One claim, with the words, who said them, and the rule that found it:"
claim=$("$program" claims --who Coale --db "$db" --format jsonl | sed -n 's/^{"id":"\(c-[0-9a-f]*\)".*/\1/p' | head -n 1)
run show "$claim" --db "$db"

echo
echo "Pairs to check: claims that cannot both stand."
run contradictions --db "$db" --format table

echo
echo "The day's reports as CSV:"
run report 2025-02-13 --out "$folder/reports" --db "$db" --format table
printf '\n$ cat %s\n' "$folder/reports/contradictions.csv"
cat "$folder/reports/contradictions.csv"
