# A story that other papers took over: linked to the first, counted once, all sources kept.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

cat >first.txt <<'END'
PORT ROYAL, March 3, 2025 (Newswire) - The harbour treaty between the two islands is dead, Foreign Minister Ada Roe said on Monday.

Fishermen on both shores had waited for the treaty since the storms of last winter broke half of their boats and filled the old basin with sand.

"We will not sign a paper that closes our harbour," Roe told reporters in Port Royal.

The council of the larger island meets on Friday to decide who pays for the dredgers that lie idle off the northern pier.

Boats of less than ten metres may still use the southern pier, where the customs house opens at six.
END

# Another paper's headline, byline, dateline and last line; without the end; wrapped, with other quotation marks.
{
    printf 'No treaty for the islands\n\nBy Nora Field\n\nPORT ROYAL, March 4, 2025 (Isle Times) - '
    sed '1s/^[^-]*- //; s/ on Monday//' first.txt
    printf '\n(Reporting by Nora Field; editing by Tom Vale)\n'
} >headed.txt
{ sed '1s/(Newswire)/(Coast Post)/' first.txt | head -n 7; } >cut.txt
{ sed '1s/(Newswire)/(Gazette)/; s/"We/“We/; s/harbour,"/harbour,”/' first.txt | fold -s -w 50 | sed 's/ *$//'; } >wrapped.txt
tracker 0 add first.txt headed.txt cut.txt wrapped.txt -v --db copies.db
err_has "1 new story, 0 seen, 0 corrected, 3 copied, 0 skipped; new: 2 statements"
tracker 0 add cut.txt headed.txt first.txt --db copies.db
err_has "0 new stories, 3 seen"
dump copies.db >copies
tracker 0 add first.txt --db alone.db
dump alone.db >alone
check "copies add nothing" cmp -s copies alone

# All sources are kept, and the id of a copy leads to the first.
first=$(sed -n 's/.*"story":"\([^"]*\)".*/\1/p;q' copies)
tracker 0 show "$first" --db copies.db --format table
out_has "copy     Coast Post, 2025-03-03"
out_has "copy     Gazette, 2025-03-03"
out_has "copy     Isle Times, 2025-03-04"
copy=$("$TRACKER" read headed.txt --format jsonl 2>err | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
tracker 0 show "$copy" --db copies.db --format table
out_has "story $first"
out_has "Newswire"

# The same paper again, with a word mended: another version.
sed 's/less than ten metres/less than twelve metres/' first.txt >mended.txt
tracker 0 add mended.txt --db copies.db
err_has "0 new stories, 0 seen, 1 corrected, 0 copied"
tracker 0 show "$first" --db copies.db --format table
out_has "version  Newswire, 2025-03-03"

# A copy that says more: that is added, under its own source, and nothing twice.
{
    sed '1s/(Newswire)/(Daily Tide)/' first.txt
    printf '\nFishermen will not pay for the dredgers, Fisheries Minister Ben Low of the larger island said.\n'
} >more.txt
tracker 0 add more.txt -v --db copies.db
err_has "says more: 1 of its statements"
err_has "0 new stories, 0 seen, 0 corrected, 1 copied, 0 skipped; new: 1 statement"
tracker 0 statements --db copies.db --who Low --format jsonl
lines out 1
out_has '"source":"Daily Tide"'
tracker 0 statements --db copies.db --format jsonl
lines out 3
tracker 0 rescan --dry-run --db copies.db
err_has "0 gained, 0 lost, 0 changed; pairs"
tracker 0 rescan --db copies.db
tracker 0 statements --db copies.db --format jsonl
lines out 3
tracker 0 db check --db copies.db

# Two agencies that quote the same words tell two stories.
cat >other.txt <<'END'
PORT ROYAL, March 3, 2025 (Gull Agency) - A year of talks ended without a result when the smaller island's government turned its back on the treaty.

"We will not sign a paper that closes our harbour," Roe told reporters in Port Royal.

Shares in the company that owns the ferries fell by a tenth before noon, and two hotels closed for the season.
END
tracker 0 add other.txt --db copies.db
err_has "1 new story, 0 seen, 0 corrected, 0 copied"

finish
