# rules why: every span under its words, with the rule of each; what nearly matched, and what it lacked.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 0 rules why '"That is still on the table," said John Coale on Wednesday.' --date 2025-02-13
sed -n 1,4p out >top
same_text top ' "That is still on the table," said John Coale on Wednesday.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^  words of 1, direct
       ^^^^^^^^^^^^^^^^^^^^^  position open  '"$(grep -o 'positions.rules:.*' out | head -n 1)
                               ^^^^"
out_has "source of 1: John Coale, Deputy Special Envoy for Ukraine  officials.csv:"
out_has "cue of 1, verb say of verbs.rules:"
out_has "day 2025-02-12"
out_has " 1. John Coale, Deputy Special Envoy for Ukraine (US), said on 2025-02-12"

# The first part that failed, also of a shape of attribution.
tracker 0 rules why 'The levy, according Ada Roe, is off the tables.' --date 2025-02-13
out_has "no statement"
out_has "  lacks <say>"
out_lacks "^^^  position"

# 80 columns, however the sentence runs; no colour unless it is asked for.
long='Foreign Minister Ada Roe of Norland, who has led the talks on fishing rights since the spring of last year, said on'
long="$long Tuesday in Geneva that everything is on the table if the fleet of Southland leaves the Channel, 她说 naïvely, but"
tracker 0 rules why "$long a pact has not been ruled out." --date 2025-02-13
check "80 columns" awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 82) exit 1 }' out
check "no escapes" sh -c '! grep -q "$(printf "\033")" out'
tracker 0 rules why "$long" --date 2025-02-13 --color always
check "colours" grep -q "$(printf '\033')\[32m" out
tracker 0 rules why "$(printf 'It is \033[31mred\033[0m, Ada Roe said.')"
check "a sentence commands no terminal" sh -c '! grep -q "$(printf "\033")" out'

# A story, standard input, rows.
tracker 0 rules why "$STORIES/seed-wire/story.txt"
out_has "source of 1: John Coale"
tracker 0 rules why - --date 2025-02-13 --format jsonl <<'END'
"We – naïvely – hope. It is off the table," said Foreign Minister Ada Roe.
END
out_has '"kind":"position","name":"closed","note":null,"rule":"positions.rules:'
out_has '"statement":null,"used":true,"span":[28,41],"text":"off the table","lacks":null,"pattern":null}'
out_has '"kind":"nearly"'
tracker 0 rules why 'It is off the table, Ada Roe said.' --format csv
check "rows as csv" grep -q '^argument,1,cue,said,' out

tracker 2 rules why
err_has "usage: tracker rules why TEXT"
finish
