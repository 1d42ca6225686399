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

# Only the files that were named; warnings as errors; places for editors.
mkdir desk
cat >desk/ferry.rules <<'END'
position moored  side=+
  cue     moored at the dock | off the table
END
tracker 0 rules check --rules desk --as-of 2025-02-13 desk/ferry.rules
err_has "desk/ferry.rules:1:1: warning: position \`moored\` has no test"
err_has "desk/ferry.rules:2:32: warning: never counts: "
err_has "1 stanza, 0 tests: 0 passed, 0 failed, 0 todo; 0 errors, 2 warnings"
tracker 4 rules check --rules desk --strict desk/ferry.rules
err_has "0 todo; 2 errors, 0 warnings"
tracker 0 rules check desk/ferry.rules
err_has "desk/ferry.rules:1:1: warning"
tracker 0 rules check --format jsonl desk/ferry.rules -q
err_is ""
lines out 2
out_has '{"severity":"warning","file":"desk/ferry.rules","line":1,"col":1,"message":"position `moored` has no test","path":"desk/ferry.rules"}'
tracker 4 rules check nowhere.rules
tracker 2 rules check "$LIB"
tracker 0 rules check -q "$ROOT/rules/modifiers.rules"
err_is ""

# Your own folder: what was asked for, else TRACKER_RULES, else the settings, else none; over the shipped rules.
mkdir -p home/.config/tracker/rules settings/tracker/rules
cp desk/ferry.rules home/.config/tracker/rules/at-home.rules
cp desk/ferry.rules settings/tracker/rules/set.rules
sentence='"The ferry is moored at the dock," Foreign Minister Ada Roe said.'
HOME=$PWD/home tracker 0 rules why "$sentence"
out_has "rules/at-home.rules:2"
HOME=$PWD/home XDG_CONFIG_HOME=$PWD/settings tracker 0 rules why "$sentence"
out_has "rules/set.rules:2"
HOME=$PWD/home TRACKER_RULES=desk tracker 0 rules why "$sentence"
out_has "desk/ferry.rules:2"
HOME=$PWD/home TRACKER_RULES='' tracker 0 rules why "$sentence"
out_lacks "position moored"
HOME=$PWD/home TRACKER_RULES=settings tracker 0 rules why "$sentence" --rules desk
out_has "desk/ferry.rules:2"
tracker 4 rules why "$sentence" --no-shipped
tracker 0 rules why "$sentence" --no-shipped --rules "$ROOT/rules"

# Replace by name, switch off by name, without a change to the shipped files.
cat >desk/ferry.rules <<'END'
position closed  side=-
  cue     moored at the dock
  test    "The ferry is moored at the dock," Foreign Minister Ada Roe said. => position=closed
modifier hedge off=yes
END
tracker 0 rules check --rules desk desk/ferry.rules
tracker 0 scan --rules desk --format jsonl <<'END'
"The ferry is moored at the dock," Foreign Minister Ada Roe said on 13 February 2025.
END
out_has '"position":"closed"'
out_has '"rule":"desk/ferry.rules:2"'
tracker 0 rules why '"The plan is off the table," Foreign Minister Ada Roe said.' --rules desk
out_lacks "position closed "
printf 'topic ukraine-nat off=yes\n' >desk/off.rules
tracker 4 scan --rules desk "$STORIES/seed-wire/story.txt"
err_has "desk/off.rules:1:7: error: there is no topic \`ukraine-nat\` to switch off; did you mean \`ukraine-nato\`?"

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
unset TRACKER_RULES


finish
