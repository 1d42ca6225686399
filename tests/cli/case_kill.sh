# kill -9 in the middle of an add, then the same command: the rows of an undisturbed run.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
generate 3000 >many.jsonl

tracker 0 add many.jsonl --db whole.db -q -o whole.csv
dump whole.db >whole

# Killed at any moment ...
for delay in 0.1 0.2 0.4; do
    "$TRACKER" add many.jsonl --db cut.db -q >/dev/null 2>&1 &
    pid=$!
    sleep $delay
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
done
# ... and for certain while a transaction is open: it waits for input that never comes.
mkfifo slow
"$TRACKER" add slow --db open.db -q --jobs 1 >/dev/null 2>&1 &
pid=$!
exec 3>slow
head -n 2800 many.jsonl >&3
tries=0
until [ -n "$("$TRACKER" statements --db open.db --limit 1 2>/dev/null)" ] || [ $tries -gt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
kill -9 $pid
wait $pid 2>/dev/null
exec 3>&-
dump open.db >part
ran="tracker add, killed"
check "something was stored before the kill" [ -s part ]
check "but not all" [ "$(wc -l <part)" -lt "$(wc -l <whole)" ]

for name in cut open; do
    tracker 0 add many.jsonl --db $name.db
    dump $name.db >again
    check "the same rows" cmp -s whole again
    tracker 0 db check --db $name.db
    tracker 0 add many.jsonl --db $name.db
    err_has "0 new stories, 3,000 seen"
done

finish
