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

# What a rule would change in what is stored, and nothing is written.
cat >story.txt <<'END'
PORT ANNA, March 3, 2026 - Licences for mining the seabed are off the table, Environment Minister Ada Roe of Denmark said.

Denmark will allow companies to dig for metals in the deep sea, Denmark's Energy Minister Max Moe said.
END
cat >ocean.rules <<'END'
topic seabed-mining "Mining in the deep sea"
  about   (mining|licences|dig) ...5 (seabed|deep sea)
  test    Licences for mining the seabed are off the table, Foreign Minister Ada Roe said. => topic=seabed-mining
END
printf 'position closed-late  as=closed\n  cue     dead in the water\n  test    x => none\n' >other.rules
tracker 0 add story.txt --db try.db -q
dump try.db >before.txt
tracker 0 rules try ocean.rules --db try.db --format jsonl
err_is "1 story; claims: 0 gained, 0 lost, 2 changed; pairs: 1 gained, 0 lost, 0 changed; nothing was stored"
lines out 3
out_has '"topic":"seabed-mining"'
dump try.db >after.txt
check "nothing was stored" cmp -s before.txt after.txt
tracker 1 rules try other.rules --db try.db --exit-code --format csv
lines out 1
# Changes that the rules of now make anyhow are not the file's.
mkdir both
cp ocean.rules both
tracker 0 rules try other.rules --rules both --db try.db
err_is "1 story; claims: 0 gained, 0 lost, 0 changed; pairs: 0 gained, 0 lost, 0 changed; nothing was stored"
tracker 0 rules try both/ocean.rules --rules both --db try.db -q --format jsonl
lines out 3
printf 'topic x "X"\n  about   (x\n' >broken.rules
tracker 4 rules try broken.rules --db try.db
out_is ""
err_has "broken.rules:2:11: error: missing closing"
tracker 5 rules try ocean.rules --db nowhere.db

# Cost: a row for each phrase, slowest first.
tracker 0 rules cost "$STORIES/annotated.jsonl" --format csv --limit 5
lines out 6
check "slowest first" sh -c 'tail -n +2 out | cut -d, -f3 | sort -rnc'
tracker 0 rules cost --no-shipped --rules desk --format csv <<'END'
"It was made fast," Foreign Minister Ada Roe said on 13 February 2025.
END
out_has "desk/pier.rules:6,moored,0,0,0,0,~tie up @fleet"
finish
