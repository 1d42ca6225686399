# Stories on file read again with changed rules: what changes is told, reviews stay, a kill does no harm.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 0 add "$STORIES/seed-wire/story.txt" "$STORIES/seed-video/story.txt" -q --format jsonl
cp out pairs
pair=$(sed -n '/"topic":"ukraine-nato".*"John Coale"/s/^{"id":"\([^"]*\)".*/\1/p' pairs | head -n 1)
tracker 0 review "$pair" ok --by ada --as-of 2025-02-14
dump tracker.db >before

# The same rules change nothing, kept or not.
for option in --dry-run --quiet; do
    tracker 0 rescan $option --exit-code --format jsonl
    out_is ""
    dump tracker.db >after
    check "nothing changed" cmp -s before after
done
tracker 0 rescan -n
err_has "dry run: 2 stories; claims "
err_has ": 0 gained, 0 lost, 0 changed; pairs "

# A topic goes, and its pairs with it; the review waits for it.
cp -R "$ROOT/rules" less
chmod -R u+w less
awk '/^topic /{ gone = $2 == "ukraine-nato" } !gone' "$ROOT/rules/topics/ukraine.rules" >less/topics/ukraine.rules
tracker 1 rescan --dry-run --rules less --no-shipped --format jsonl --exit-code
cp out tried
check "claims changed" grep -q '^{"change":"changed","thing":"claim".*"what":"topic ukraine-nato -> ' tried
check "the pair would go" grep -q "\"change\":\"\(lost\|changed\)\",\"thing\":\"pair\".*$pair" tried
dump tracker.db >after
check "a dry run changes nothing" cmp -s before after
chmod a-w tracker.db
tracker 0 rescan --dry-run --rules less --no-shipped --format jsonl
check "a database that may only be read will do" cmp -s tried out
chmod u+w tracker.db
tracker 0 rescan --rules less --no-shipped --format jsonl
check "what was tried is what happens" cmp -s tried out
tracker 0 db check
tracker 0 contradictions --topic ukraine-nato
lines out 1
tracker 0 claims --topic ukraine-nato
lines out 1
tracker 0 search '"on the table"' --who coale
out_has "John Coale"
tracker 0 reviews --format jsonl
out_has "\"contradiction\":\"$pair\""
tracker 0 rescan --format jsonl
dump tracker.db >after
check "the old rules give the old rows, verdict and all" cmp -s before after
tracker 0 contradictions --reviewed ok --format jsonl
out_has "\"id\":\"$pair\""

# A topic by another name: pairs have other ids, and their reviews go along.
cp -R "$ROOT/rules" renamed
chmod -R u+w renamed
sed 's/^topic ukraine-nato /topic ukraine-alliance /; /topic=ukraine-nato/d' "$ROOT/rules/topics/ukraine.rules" \
    >renamed/topics/ukraine.rules
tracker 0 rescan --rules renamed --no-shipped --format table
out_has "topic ukraine-nato -> ukraine-alliance"
err_has ": 0 gained, 0 lost, "
err_has "1 review carried over"
tracker 0 contradictions --reviewed ok --format jsonl
lines out 1
out_has '"topic":"ukraine-alliance"'
tracker 0 reviews --format jsonl
out_has "\"carried_from\":\"$pair\""
tracker 0 rescan --limit 2 --format jsonl
lines out 2
dump tracker.db >after
check "and back" cmp -s before after
tracker 0 db check

tracker 5 rescan --db none.db
err_has "none.db: error: no such database"
check "no database is made" [ ! -e none.db ]

# Killed at any moment, the rows are those of one set of rules or of the other.
grep -v -e '^open,closed,' -e '^closed,open,' "$ROOT/rules/oppositions.csv" >less/oppositions.csv
generate 3000 >many.jsonl
tracker 0 add many.jsonl --db whole.db -q -o whole.csv
dump whole.db >old
cp whole.db other.db
tracker 0 rescan --db other.db --rules less --no-shipped -q -o changes.csv
dump other.db >new
check "the rules differ" sh -c '! cmp -s old new'
for delay in 0.1 0.3 0.5 0.7; do
    cp whole.db cut.db
    "$TRACKER" rescan --db cut.db --rules less --no-shipped -q >/dev/null 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    dump cut.db >rows
    ran="tracker rescan, killed after $delay s"
    check "as before or as after" sh -c 'cmp -s old rows || cmp -s new rows'
    tracker 0 db check --db cut.db
    rm -f cut.db-wal cut.db-shm
done

finish
