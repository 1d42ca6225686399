# shellcheck shell=sh disable=SC2016
# lib.sh - what cases are written in
#
#     tracker 0 claims --format csv      run it: wanted exit status, then its arguments; output goes to out and err
#     out_is "topic,position"            stdout is exactly this
#     err_has "no such file"             stderr has this, as it stands
#     check "nothing stored" [ ! -e tracker.db ]
#
# Input, if any, comes from standard input.  A failed check is printed and the case goes on.

checks=0 faults=0
export STORIES="$ROOT/fixtures" TERM=dumb

fault()
{
    faults=$((faults + 1))
    echo "$*"
}

tracker()
{
    wanted=$1
    shift
    ran="tracker $*"
    code=0
    "$TRACKER" "$@" >out 2>err || code=$?
    checks=$((checks + 1))
    [ "$code" -eq "$wanted" ] || { fault "$ran: exit $code, want $wanted"; head -n 5 err; }
}

check()
{
    what=$1
    shift
    checks=$((checks + 1))
    "$@" || fault "$ran: not so: $what"
}

same_text()
{
    printf '%s\n' "$2" >want
    [ -n "$2" ] || : >want
    checks=$((checks + 1))
    cmp -s "$1" want || { fault "$ran: $1 is not as wanted"; diff want "$1" | head -n 20; }
}

out_is() { same_text out "$1"; }
err_is() { same_text err "$1"; }
out_has() { check "stdout has $1" grep -qF -e "$1" out; }
err_has() { check "stderr has $1" grep -qF -e "$1" err; }
out_lacks() { check "stdout lacks $1" sh -c '! grep -qF -e "$1" out' - "$1"; }
lines() { check "$1 has $2 lines, not $(wc -l <"$1")" [ "$(wc -l <"$1")" -eq "$2" ]; }

# Every statement, claim and pair of a database, for comparing two.
dump()
{
    for list in statements claims contradictions; do
        "$TRACKER" "$list" --db "$1" --format jsonl || fault "cannot list $list of $1"
    done
}

skip() { echo "$*"; exit 77; }

finish()
{
    [ "$checks" -gt 0 ] || fault "nothing was checked"
    exit "$((faults > 0))"
}

# Stories as JSON Lines, four on each of many matters: generate N
generate()
{
    awk -v n="$1" 'BEGIN {
        split("ba ko du li mer nos ta vin so pel", part, " ")
        split("Roe Vance Okoro Lind Sato", name, " ")
        for (i = 1; i <= n; i++) {
            k = int(i / 4)
            matter = part[k % 10 + 1] part[int(k / 10) % 10 + 1] part[int(k / 100) % 10 + 1] part[int(k / 1000) % 10 + 1]
            printf "{\"id\":\"g-%d\",\"published\":\"2025-%02d-%02d\",\"source\":\"Generated\",\"text\":\"Number %d. " \
                "The %snak is %s, Foreign Minister Ada %s said.\"}\n", i, int(k / 28) % 12 + 1, k % 28 + 1, i, matter,
                i % 2 ? "off the table" : "still on the table", name[i % 5 + 1]
        }
    }'
}
