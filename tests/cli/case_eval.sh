# Annotated stories: the figures, their floors, what was missed, and annotations that are no use.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
annotated=$STORIES/annotated.jsonl

# Just below what is measured: raise them with it.
floors=lenient.f1=.86,strict.f1=.8,exact.f1=.78,direct.recall=.95,indirect.recall=.8,speaker=.97,joint=.83
floors=$floors,claims.f1=.8,claims.speaker=.9,claims.side=.9,claims.said_on=.9,claims.place=.9
tracker 0 eval "$annotated" --floor "$floors"
err_has "37 stories (0 skipped)"
cp out all.csv
check "a header" [ "$(head -n 1 out)" = "figure,value,right,of,among" ]
check "figures of both kinds" [ "$(grep -c '^lenient\|^claims' out)" -eq 11 ]
for jobs in 1 3; do
    tracker 0 eval "$annotated" --jobs $jobs -q
    check "workers change nothing" cmp -s out all.csv
    err_is ""
done
head -n 10 "$annotated" >a.jsonl
tail -n +11 "$annotated" >b.jsonl
tracker 0 eval a.jsonl b.jsonl
check "two files are measured as one" cmp -s out all.csv
tracker 0 eval - --format jsonl <"$annotated"
check "one object a line" [ "$(grep -c '^{"figure":"[a-z0-9_.]*","value":[0-9.]*,"right":.*}$' out)" -eq "$(wc -l <out)" ]

tracker 1 eval "$annotated" --floor joint=1
err_has "joint is 0."
err_has "below its floor of 1"
cat >one.jsonl <<'END'
{"id":"one","text":"Ada Roe said the levy is dead.","published":"2025-02-13","quotes":[{"quote":[13,29],"kind":"indirect","speaker_full":"Ada Roe"}]}
END
tracker 0 eval one.jsonl --floor exact.f1=1,joint=1
tracker 1 eval one.jsonl --floor claims.f1=.5
err_has "claims.f1 has a floor, but nothing to be measured on"
tracker 2 eval one.jsonl --floor joynt=.5
err_is "tracker: error: --floor joynt=.5: no such figure; did you mean joint?"
tracker 2 eval one.jsonl --floor joint
err_has "want a number up to 1"
tracker 2 eval one.jsonl --floor joint=90
tracker 2 scan one.jsonl --floor joint=.5

tracker 0 eval "$annotated" --misses 2
err_has "missed: "
err_has "wrongly found: "
check "two of each" [ "$(grep -c '^  [^ ]* | ' err)" -eq 4 ]

cat >bad.jsonl <<'END'
{"id":"a","text":"Ada Roe said the levy is dead.","quotes":[{"quote":[13,99],"kind":"indirect"}]}
{"id":"b","text":"Ada Roe said the levy is dead."}
END
tracker 3 eval bad.jsonl one.jsonl
err_has 'bad.jsonl:1: error: "quotes" no. 1: "quote" must be'
err_has 'bad.jsonl:2: error: the story has neither "quotes" nor "claims"'
err_has "1 story (2 skipped)"
out_has "exact.f1,1,,,"

finish
