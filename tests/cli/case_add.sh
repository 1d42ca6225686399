# Two stories: added, listed, shown, searched, reported; added again.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
wire=$STORIES/seed-wire/story.txt
video=$STORIES/seed-video/story.txt

tracker 0 add "$wire" --date 2025-02-13 --dry-run
err_has "dry run: 1 new story,"
check "a dry run stores nothing" [ ! -e tracker.db ]

tracker 1 add "$wire" --date 2025-02-13 --format jsonl --exit-code
err_has "1 new story, 0 seen, 0 corrected, 0 copied, 0 skipped"
check "pairs on stdout" [ "$(grep -c '^{"id":"x-' out)" -ge 2 ]
out_has '"relation":"same-government"'
cp out made.jsonl

dump tracker.db >once
tracker 0 add "$wire" --date 2025-02-13 --format jsonl --exit-code
out_is ""
err_has "0 new stories, 1 seen"
err_has "new: 0 statements, 0 claims, 0 contradictions"
dump tracker.db >twice
check "added twice changes nothing" cmp -s once twice

tracker 0 add -n "$video" --date 2025-02-13
err_has "dry run: 1 new story,"
dump tracker.db >after
check "a dry run changes nothing" cmp -s once after
tracker 0 add "$video" --date 2025-02-13
err_has "1 new story, 0 seen"
dump tracker.db >forward
for jobs in 1 3; do
    tracker 0 add "$video" "$wire" --date 2025-02-13 --db "backward$jobs.db" --jobs $jobs
    dump "backward$jobs.db" >backward
    check "order and workers change nothing" cmp -s forward backward
done

# To back the repeal of a thing is to oppose it, whichever was said first.
levy="A levy on ferries has been paid by ships of the coast for years, and harbour towns collect the levy for the ferry fund"
echo "OSLO, March 4, 2025 - \"We support the repeal of the ferry levy,\" Foreign Minister Ada Roe of Norway said on Tuesday. $levy in spring." >repeal.txt
echo "STOCKHOLM, March 5, 2025 - \"We support the ferry levy,\" Foreign Minister Jon Low of Sweden said on Wednesday. $levy each autumn." >levy.txt
tracker 0 add repeal.txt levy.txt --db first.db
err_has "1 contradiction"
tracker 0 add levy.txt repeal.txt --db second.db
dump first.db >first
dump second.db >second
check "order changes nothing" cmp -s first second

# Lists: the variable and the option name one database; filters.
cp tracker.db other.db
mv tracker.db moved.db
export TRACKER_DB=moved.db
tracker 0 contradictions --format jsonl
pairs=$(wc -l <out)
tracker 0 contradictions --format jsonl --db other.db
lines out "$pairs"
tracker 1 contradictions --exit-code
tracker 0 contradictions --relation same-government --grade contradiction --format jsonl
check "Coale and Hegseth" [ "$(grep 'John Coale' out | grep -c 'Pete Hegseth')" -ge 2 ]
tracker 0 contradictions --relation self --format jsonl
check "reversals" [ "$(grep -c '"grade":"reversal"' out)" -eq "$(wc -l <out)" ]
tracker 0 contradictions --new --as-of 2025-02-13 --format jsonl
lines out "$pairs"
tracker 0 contradictions --new --as-of 2025-02-14 --format jsonl --exit-code
lines out 0

tracker 0 statements --who hegseth --format jsonl
check "only his" [ "$(grep -c '"speaker":"Pete Hegseth"' out)" -eq "$(wc -l <out)" ]
tracker 0 statements --who hegseth --until 2025-02-12 --format jsonl
check "only what was said by then" sh -c '! grep -q "\"said_on\":\"2025-02-13\"" out'
check "but that" [ "$(wc -l <out)" -gt 0 ]
tracker 0 statements --limit 2 --format jsonl
lines out 2
tracker 0 claims --topic nato --who coale --format jsonl
check "claims on the topic" [ "$(grep -c '"topic_label":"[^"]*NATO' out)" -eq "$(wc -l <out)" ]
tracker 1 claims --who nobody --exit-code
tracker 0 search appeasement
out_has "Kaja Kallas"
tracker 0 search '"on the table"' --who coale
out_has "John Coale"

# Show, by any beginning of an id.
statement=$("$TRACKER" statements --limit 1 --format jsonl | sed 's/^{"id":"\([^"]*\)".*/\1/')
pair=$(sed -n '1s/^{"id":"\([^"]*\)".*/\1/p' made.jsonl)
claim=$(sed -n '1s/.*"claim":"\([^"]*\)".*/\1/p' made.jsonl)
for id in "$statement" "$pair" "$claim"; do
    tracker 0 show "$id" --format table
    out_has "$id"
    out_has "context"
    tracker 0 show "$(printf %.12s "$id")" --format jsonl
    out_has "$id"
    lines out 1
done
story=$("$TRACKER" read "$wire" --format jsonl | sed 's/^{"id":"\([^"]*\)".*/\1/')
tracker 0 show "$story" --format table
out_has "appeasement"
tracker 0 show "$pair" "$claim" --format table --color always
check "the words are marked" grep -q "$(printf '\033\\[1;4m')" out
tracker 0 show "$pair" --format table
LC_ALL=C tr -d '\200-\277' <out >points         # a byte a character
check "no wider than 80 columns" awk 'length > 79 { exit 1 }' points
out_has "["
for line in speaker said context story rules reason score for against review; do
    check "a line for $line" grep -q "^  $line " out
done
tracker 0 show "$pair" --format json
out_has '"support":["'
out_has '"sentence":"'
tracker 0 show "$pair" "$claim" --format jsonl
lines out 2
tracker 2 show "$pair" "$claim" --format csv
err_has "a pair and a claim do not fit one table"
tracker 0 show "$(printf %.10s "$pair")…" --format jsonl
lines out 1
tracker 2 show x-ffffffffffffffff "$claim" --format jsonl
err_has "nothing has the id x-ffffffffffffffff"
lines out 1
tracker 2 show x-ffffffffffffffff
err_has "x-ffffffffffffffff"
tracker 2 show s
err_has "s"

# Reports are whole, and the same again.
tracker 0 report 2025-02-13 --out today --format jsonl
out_has '"report":"contradictions"'
check "run.json" [ -s today/run.json ]
check "contradictions.csv" grep -q "John Coale" today/contradictions.csv
cp -R today before
tracker 0 report 2025-02-13 --out today
check "the same again" diff -r before today
tracker 1 report 2025-02-13 --out today --exit-code

tracker 0 db check
err_has "moved.db is sound"
out_has "statements"

finish
