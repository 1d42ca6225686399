# Verdicts on pairs: kept, listed, exported, taken in elsewhere.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 0 add "$STORIES/seed-wire/story.txt" "$STORIES/seed-video/story.txt" -q --format jsonl
cp out pairs
pair=$(sed -n '1s/^{"id":"\([^"]*\)".*/\1/p' pairs)
other=$(sed -n '2s/^{"id":"\([^"]*\)".*/\1/p' pairs)
claim=$(sed -n '1s/.*"claim":"\([^"]*\)".*/\1/p' pairs)
n=$(wc -l <pairs)

tracker 0 review "$(printf %.8s "$pair")" wrong -m '-two borders, not one' --by ada --as-of 2025-02-14
err_has "$pair: wrong, by ada"
tracker 0 review "$pair" ok --by ben --as-of 2025-02-15
err_has "$pair: ok, by ben (before: wrong, by ada)"
tracker 0 review "$other" unsure --as-of 2025-02-15
tracker 2 review x- ok
err_has "more than one id begins with x-"
tracker 2 review x-ffffffffffffffff ok
err_has "nothing has the id x-ffffffffffffffff"
tracker 2 review "$claim" ok
err_has "$claim is no pair"
tracker 2 review "$pair" good
err_has "verdict good: want one of ok|wrong|unsure"
tracker 5 review "$pair" ok --db none.db
check "a review makes no database" [ ! -e none.db ]

tracker 0 contradictions --unreviewed --format jsonl
lines out $((n - 2))
tracker 0 contradictions --reviewed ok --format jsonl
lines out 1
out_has '"review":"ok"}'
tracker 0 contradictions --reviewed any --format table
out_has "review"
tracker 0 contradictions --unreviewed --format table
out_lacks "review"
tracker 0 show "$pair" --format table
out_has "ben"
tracker 0 report 2025-02-13 --out today
check "the verdict is in the report" grep -q ',ok,,ben,2025-02-15T00:00:00Z' today/contradictions.csv

# Exported as either format, taken in by another database; once.
for format in csv jsonl; do
    tracker 0 reviews --format $format -o "reviews.$format"
    tracker 0 reviews --import "reviews.$format" --db "$format.db"
    err_has "3 new reviews, 0 seen, 0 refused"
    tracker 0 reviews --import - --db "$format.db" <"reviews.$format"
    err_has "0 new reviews, 3 seen, 0 refused"
    tracker 0 add "$STORIES/seed-wire/story.txt" "$STORIES/seed-video/story.txt" -q --db "$format.db"
    tracker 0 reviews --db "$format.db" --format jsonl
    "$TRACKER" reviews --format jsonl >want
    check "what went out came in" cmp -s want out
    tracker 0 contradictions --db "$format.db" --format jsonl
    "$TRACKER" contradictions --format jsonl >want
    check "the pairs have their verdicts" cmp -s want out
    tracker 0 db check --db "$format.db"
done
tracker 0 reviews --by ada --format csv
lines out 2
out_has "'-two borders, not one"
tracker 0 reviews --since 2025-02-15 --format jsonl
lines out 2

# What is no review is told, with its line; the rest is taken in.
{
    sed 's/"ok"/"fine"/' reviews.jsonl
    echo 'nonsense'
} >some.jsonl
tracker 3 reviews --import some.jsonl --db some.db
err_has "some.jsonl:2: error: verdict is not one of ok, wrong, unsure"
err_has "some.jsonl:4:"
err_has "2 new reviews, 0 seen, 2 refused"
printf 'contradiction,verdict\nx-1,ok\n' >some.csv
tracker 3 reviews --import some.csv --db some.db
err_has "reviewer"
tracker 3 reviews --import missing.csv --db some.db
err_has "missing.csv: error: "

finish
