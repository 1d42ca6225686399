# Databases and outputs that cannot be used: nothing stored is lost.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
wire=$STORIES/seed-wire/story.txt

# Not a database; one of a newer version; a folder.
echo "no database at all, only a few words that are long enough to be looked at" >text.db
cp text.db before
tracker 5 add "$wire" --db text.db
err_has "text.db: error: "
check "left as it was" cmp -s text.db before
tracker 5 claims --db text.db
tracker 0 add "$wire" -q --db newer.db
# user_version stands big-endian at byte 60 of the file.
printf '\000\000\003\347' | dd of=newer.db bs=1 seek=60 conv=notrunc 2>/dev/null
cp newer.db before
tracker 5 add "$STORIES/seed-video/story.txt" --db newer.db
err_has "newer.db: error: "
err_has "999"
check "left as it was" cmp -s newer.db before
tracker 5 claims --db newer.db
mkdir folder.db
tracker 5 add "$wire" --db folder.db
err_has "folder.db: error: "

# Output that cannot be written.
tracker 6 scan "$wire" -o no/such/folder.csv
err_has "no/such/folder.csv: error: "
if [ -w /dev/full ]; then
    tracker 6 scan "$wire" -o /dev/full
    err_has "/dev/full: error: "
    checks=$((checks + 1))
    "$TRACKER" scan "$wire" >/dev/full 2>err
    [ $? -eq 6 ] || fault "scan >/dev/full: not 6"
    err_has "standard output: error: "
fi
echo old >kept.csv
tracker 3 read missing.txt -o kept.csv
check "no half file" [ "$(find . -name 'kept.csv*' | wc -l)" -eq 1 ]

# A disk that fills up: the shell's limit on the size of files stands for it.
tracker 0 add "$wire" -q --db small.db
dump small.db >before
generate 1500 >many.jsonl
ran="tracker add, on a full disk"
checks=$((checks + 1))
(
    trap '' XFSZ
    ulimit -f 1200
    "$TRACKER" add many.jsonl --db small.db >out 2>err
)
[ $? -eq 5 ] || fault "$ran: not 5"
err_has "small.db: error: "
dump small.db >after
check "what was stored is there" [ "$(grep -cxFf before after)" -ge "$(wc -l <before)" ]
tracker 0 db check --db small.db
tracker 0 add many.jsonl --db small.db -q -o rest.csv
tracker 0 add many.jsonl "$wire" --db whole.db -q -o whole.csv
dump small.db | sort >a
dump whole.db | sort >b
check "the same command finishes the work" cmp -s a b

# A folder that may not be written.  root may write anywhere, so another user has to try.
mkdir locked
chmod 555 locked
if [ "$(id -u)" -ne 0 ]; then
    tracker 5 add "$wire" --db locked/new.db
    err_has "locked/new.db: error: "
elif command -v setpriv >/dev/null && setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$TRACKER"; then
    ran="tracker add, as another user"
    checks=$((checks + 1))
    setpriv --reuid=65534 --regid=65534 --clear-groups "$TRACKER" add "$wire" --db locked/new.db >out 2>err
    [ $? -eq 5 ] || fault "$ran: not 5"
    err_has "locked/new.db: error: "
fi

finish
