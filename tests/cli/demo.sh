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
export COLUMNS="${COLUMNS:-120}"

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

# The ids that start the lines of a list.
ids() { "$program" "$@" --db "$db" --format jsonl | sed -n 's/^{"id":"\([a-z]-[0-9a-f]*\)".*/\1/p'; }

echo "Two stories of one day, read and stored.  What comes out: pairs to check."
run add fixtures/seed-wire/story.txt fixtures/seed-video/story.txt --db "$db" --as-of 2025-02-13 --format table

echo
echo "One claim: whose words, said when and where, and the rule that found it."
run show "$(ids claims --who Coale --topic NATO | head -n 1)" --db "$db" --format table

echo
echo "The contradictions within one government, both sides in full."
for pair in $(ids contradictions --who Coale --grade contradiction --relation same-government); do
    run show "$pair" --db "$db" --format table
done

echo
echo "The reports of the day as CSV files."
run report 2025-02-13 --out "$folder/reports" --db "$db" --format table
printf '\n$ cat %s\n' "$folder/reports/contradictions.csv"
cat "$folder/reports/contradictions.csv"
