# Writing rules: a stanza to begin with, its tests, what they do not cover, which rules use a word, what they cost.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

# What is printed passes as it stands, also where other rules know the words better.
mkdir desk
printed=0
for stanza in 'topic fishing-rights' 'topic railway' 'topic NATO' 'topic x2' 'position afloat' 'position open' 'position on_ice' \
    'verb murmur' 'verb let-slip' 'verb say' 'verb deny' 'modifier pending' 'modifier if' 'modifier not'; do
    # shellcheck disable=SC2086
    tracker 0 rules new $stanza -o desk/new.rules
    check "says what it is" grep -q "^$stanza" desk/new.rules
    check "has tests" grep -q '^  t[eo][sd][to]  ' desk/new.rules
    tracker 0 rules check --rules desk desk/new.rules --strict
    check "tests pass" grep -q ' 0 failed' err
    printed=$((printed + 1))
done
check "all were tried" [ "$printed" -eq 14 ]
rm desk/new.rules
tracker 0 rules new position open
err_has "there is a position open in positions.rules:"
tracker 0 rules new topic railway
out_has "  todo    The railway is off the table"
err_has "1 test does not hold yet and stands as todo"
tracker 2 rules new topc x
err_has "did you mean topic?"
tracker 2 rules new topic 'two words'
tracker 2 rules new topic ---
tracker 2 rules new topic

# Tests and what they miss.
cat >desk/pier.rules <<'END'
position moored  side=+
  cue     moored at the dock | made fast | ~tie (up|down)
  test    "It is moored at the dock," Foreign Minister Ada Roe said. => position=moored
  todo    "It was made fast," Foreign Minister Ada Roe said. => position=sunk
verb bark  tag=say
  forms   ~bark | ~yap at
  test    Foreign Minister Ada Roe barked that the treaty was dead. => speaker="Ada Roe"
END
tracker 0 rules test --rules desk desk/pier.rules --coverage --format csv
out_is "kind,name,file,line,col,phrase
position,moored,desk/pier.rules,2,32,made fast
position,moored,desk/pier.rules,2,44,~tie (up|down)
verb,bark,desk/pier.rules,6,19,~yap at"
err_is "2 tests: 2 passed, 0 failed, 1 todo
3 phrases of 5 are hit by no test"
printf '  test    "It sank," Ada Roe said. => postion=moored\n  test   nothing\n' >>desk/pier.rules
tracker 4 rules test --rules desk desk/pier.rules
err_has "desk/pier.rules:8:39: error: a test knows no \`postion\`; did you mean \`position\`?"
err_has "desk/pier.rules:9:10: error: a test needs"

# Which rules use a word: as it stands, as a form of a verb, through a list.
cat >desk/pier.rules <<'END'
list boats
  phrase  ferry | tug boat
list fleet
  phrase  @boats | ship
position moored  side=+
  cue     made fast | ~tie up @fleet
  test    "It was made fast," Foreign Minister Ada Roe said. => position=moored
END
tracker 0 rules list --no-shipped --rules desk --uses tug --format csv --verbatim
out_is "kind,name,label,rule,tests,todos,phrase
list,boats,,desk/pier.rules:2,0,0,tug boat
list,fleet,,desk/pier.rules:4,0,0,@boats
position,moored,,desk/pier.rules:6,1,0,~tie up @fleet"
tracker 0 rules list --no-shipped --rules desk --uses TIED --format csv
lines out 2
tracker 0 rules list --kind topic --format csv
check "topics only" sh -c '! grep -v "^topic," out | grep -qv "^kind"'
tracker 1 rules list --uses zorvan --exit-code

# Cost: a row for each phrase, slowest first.
tracker 0 rules cost "$STORIES/annotated.jsonl" --format csv --limit 5
lines out 6
check "slowest first" sh -c 'tail -n +2 out | cut -d, -f3 | sort -rnc'
tracker 0 rules cost --no-shipped --rules desk --format csv <<'END'
"It was made fast," Foreign Minister Ada Roe said on 13 February 2025.
END
out_has "desk/pier.rules:6,moored,0,0,0,0,~tie up @fleet"
finish
