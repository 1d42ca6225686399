# Four formats, the same rows; options before and after; -o; spreadsheets.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
story=$STORIES/seed-wire/story.txt

tracker 0 scan "$story" --format jsonl
rows=$(wc -l <out)
check "there are statements" [ "$rows" -gt 5 ]
check "one object a line" [ "$(grep -c '^{"id":"s-[0-9a-f]*","story":".*"claims":\[.*}$' out)" -eq "$rows" ]
err_has "1 story (0 skipped): $rows statements"
cp out first.jsonl

tracker 0 --format=jsonl scan "$story"
check "options stand anywhere" cmp -s out first.jsonl
tracker 0 scan --jobs 1 --format jsonl "$story"
check "one worker gives the same" cmp -s out first.jsonl
tracker 0 scan --no-gate --format jsonl "$story"
check "no gate gives the same" cmp -s out first.jsonl
tracker 0 scan --format jsonl - <"$story"
check "as many from standard input" [ "$(wc -l <out)" -eq "$rows" ]
tracker 0 scan --format jsonl <"$story"
check "which is read when nothing is named" [ "$(wc -l <out)" -eq "$rows" ]

tracker 0 scan "$story" --format json
check "an array" [ "$(head -c 1 out)$(tail -c 2 out)" = "[]" ]
check "of as many" [ "$(grep -o '"speaker_span":' out | wc -l)" -eq "$rows" ]

tracker 0 scan "$story"
check "CSV in a pipe: a header" grep -q '^id,story,n,speaker,' out
cp out first.csv
tracker 0 scan "$story" --format csv
check "which is csv" cmp -s out first.csv
tracker 0 scan "$story" -q -o saved.csv
out_is ""
err_is ""
check "the same in a file" cmp -s saved.csv first.csv
check "nothing else" [ "$(find . -name 'saved.csv*' | wc -l)" -eq 1 ]
tracker 0 scan "$story" --excel
check "a byte order mark" [ "$(head -c 3 out | od -An -tx1 | tr -d ' \n')" = efbbbf ]
check "CRLF" grep -q "$(printf '\r')\$" out

tracker 0 scan "$story" --format table
out_has "Hegseth"
check "no colour in a pipe" [ "$(grep -c "$(printf '\033')" out)" -eq 0 ]
tracker 0 scan "$story" --format table --color always
check "colour when asked for" grep -q "$(printf '\033')" out

# Cells that a spreadsheet would run.
printf '%s\n' '{"id":"=1+1","text":"The port is open, Foreign Minister Ada Roe said.","published":"2025-02-13"}' >formula.jsonl
tracker 0 read formula.jsonl
out_has "'=1+1"
tracker 0 read formula.jsonl --verbatim
out_lacks "'=1+1"
tracker 0 read formula.jsonl --format jsonl
out_has '"id":"=1+1"'

# What is read can be read again.
tracker 0 read "$story" --format jsonl -o story.jsonl
tracker 0 read story.jsonl --format jsonl
check "the same story" cmp -s out story.jsonl

# A reader that has enough.
generate 3000 >many.jsonl
"$TRACKER" read many.jsonl --format jsonl 2>err | head -n 1 >out
lines out 1
err_is ""

finish
