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

# Stories as JSON Lines: generate N [FIRST]
generate()
{
    awk -v n="$1" -v first="${2:-1}" 'BEGIN {
        split("Norway Kenya Peru Japan Ghana", country, " ")
        split("Roe Vance Okoro Lind Sato", name, " ")
        for (i = first; i < first + n; i++) {
            c = country[i % 5 + 1]; s = name[int(i / 5) % 5 + 1]
            day = sprintf("2025-%02d-%02d", i % 12 + 1, i % 28 + 1)
            view = i % 2 ? "off the table" : "still on the table"
            printf "{\"id\":\"g-%d\",\"published\":\"%s\",\"source\":\"Generated\",\"text\":\"The harbour treaty of %s is %s, " \
                "Foreign Minister Ada %s said in port %d.\\n\\n\\\"We will sign in spring,\\\" %s told reporters.\"}\n", \
                i, day, c, view, s, i, s
        }
    }'
}
