# Rules that are wrong: every error with its place, line and caret; status 4.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 0 rules check
err_has " 0 failed"

copy() { rm -rf rules; cp -R "$ROOT/rules" rules; chmod -R u+w rules; }

tracker 4 rules check --rules nowhere
err_has "nowhere"
tracker 4 scan --rules nowhere "$STORIES/seed-wire/story.txt"
out_is ""

# Two files, three errors, all told.
copy
cat >rules/broken.rules <<'END'
position open-again  side=+
  cue     (still|firmly on the table
  test    "That is on the table," Ada Roe said. => position=open
postion closed-again
  cue     off the table
END
printf 'topic x "X"\n  about   ships\n  abuot   ferries\n' >rules/topics/broken.rules
tracker 4 rules check --rules rules
err_has "broken.rules:2:11: error: "
err_has "    cue     (still|firmly on the table"
err_has "            ^"
err_has "broken.rules:4:1: error: "
err_has "did you mean \`position\`"
err_has "topics/broken.rules:3:3: error: "
err_has "did you mean \`about\`"

# A pattern that explodes is named and given up; the story comes out.
copy
awk 'BEGIN {
    print "position exploding  side=+"
    printf "  cue     "; for (i = 0; i < 12; i++) printf "[a|b|a b] ...9 "; print "zzyzx"
}' >rules/explode.rules
awk 'BEGIN { printf "Ada Roe, the foreign minister, said: \"We "; for (i = 0; i < 60; i++) printf "a b "; print "zzyzx.\"" }' >ab.txt
tracker 4 scan --rules rules ab.txt --date 2025-02-13 --no-gate --jobs 2
err_has "explode.rules:2:"
out_has "Ada Roe"
check "told once" [ "$(grep -c 'explode.rules:2' err)" -eq 1 ]

# A roster with an unclosed quotation mark.
copy
printf 'Ada Roe,"Foreign Minister\n' >>rules/officials.csv
last=$(wc -l <rules/officials.csv)
tracker 4 rules check --rules rules
err_has "officials.csv:$last"

# Failing tests are errors, and so are known gaps that are closed.
copy
cat >rules/failing.rules <<'END'
position dockside  side=+
  cue     moored at the dock
  test    "It is moored at the dock," Foreign Minister Ada Roe said. => position=elsewhere
  test    "It is moored at the dock," Foreign Minister Ada Roe said. => position=dockside
END
tracker 4 rules check --rules rules
err_has "failing.rules:3"
err_has " 1 failed"

# A desk's own rule, from the environment.
TRACKER_RULES=rules
export TRACKER_RULES
copy
cat >rules/own.rules <<'END'
position dockside  side=+
  cue     moored at the dock
  test    "It is moored at the dock," Foreign Minister Ada Roe said. => position=dockside
  test    "It is at sea," Foreign Minister Ada Roe said. => position!=dockside
END
tracker 0 rules why '"The ferry is moored at the dock," Foreign Minister Ada Roe said.' --date 2025-02-13
out_has "position dockside"
out_has "own.rules:2"
check "80 columns" sh -c '! grep -q "^.\{101,\}" out'
unset TRACKER_RULES

tracker 0 rules why '"That is still on the table," said Coale.' --date 2025-02-13
out_has "surname of John Coale"
out_has "positions.rules:"
tracker 2 rules why
err_has "usage: tracker rules why TEXT"

finish
