# Stories in every format: told by content, read the same wherever they come from, refused with a clear word.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"
formats=$STORIES/formats

# The name of a file says nothing, nor does the way in.
for name in page.html rss.xml mail.eml export.csv packed.zip stories.jsonl.gz iptc7901.txt reuters.sgm; do
    cp "$formats/$name" unnamed
    tracker 0 read "$formats/$name" --format jsonl -q
    cp out named
    tracker 0 read unnamed --format jsonl -q
    check "$name is told by its content" cmp -s out named
    tracker 0 read - --format jsonl -q <"$formats/$name"
    check "$name is read from standard input" cmp -s out named
done
gzip -c "$formats/page.html" >page.gz
tracker 0 read "$formats/page.html" --format jsonl -q
cp out named
tracker 0 read page.gz --format jsonl -q
check "packed or not" cmp -s out named

# What a manifest says of its files.
printf 'A toll is no tax, Ada Roe said.\n' >one.txt
printf 'file;outlet;date\none.txt;Bay Herald;4.3.2025\nnone.txt;Bay Herald;\n' >list.csv
tracker 3 read list.csv --format jsonl
out_has '"published":"2025-03-04","source":"Bay Herald"'
err_has "none.txt: error: No such file"
printf 'path,source\nlist.csv,Coast Wire\n' >lists.csv
tracker 3 read lists.csv
err_has "list.csv: error: is a manifest within a manifest, which is not followed"

# In a folder its files are read once, with what it says, wherever they lie and however it spells their paths.
mkdir -p folder/pages/old
cp one.txt folder/a.txt
printf 'The pier stays shut, Ben Low said.\n' >folder/pages/b.txt
printf 'The mole was mended, Eva Holt said.\n' >folder/pages/old/c.txt
printf 'The boats came back, Olaf Nord said.\n' >folder/z.txt
printf '\357\273\277path,source,published\npages/old/../b.txt,Bay Herald,2025-03-04\n./a.txt,Coast Wire,2025-03-05\n' >folder/list.csv
tracker 0 read folder --format jsonl
lines out 4
out_has '"published":"2025-03-04","source":"Bay Herald"'
out_has '"published":"2025-03-05","source":"Coast Wire"'
tracker 0 add folder --db folder.db
err_has "4 new stories, 0 seen, 0 corrected, 0 copied"
mkfifo folder/pipe
tracker 0 read folder folder/a.txt --format jsonl
lines out 5

# What a browser saves beside a page is none of the stories.
mkdir -p saved/page_files saved/notes_files
cp "$formats/page.html" saved/page.html
echo 'body { margin: 0 }' >saved/page_files/style.css
echo 'A toll is no tax, Ada Roe said.' >saved/notes_files/one.txt
tracker 0 read saved --format jsonl
lines out 2
out_lacks margin

# A page saved as one file; a mailbox.
{
    printf 'From: <Saved by Blink>\nSnapshot-Content-Location: https://bayherald.example/toll\nSubject: Toll\n'
    printf 'Date: Mon, 10 Mar 2025 10:00:00 -0000\nMIME-Version: 1.0\n'
    printf 'Content-Type: multipart/related; type="text/html"; boundary="--edge"\n\n----edge\nContent-Type: text/html\n\n'
    sed '/canonical/d; /og:url/d' "$formats/page.html"
    printf '\n----edge--\n'
} >page.mhtml
tracker 0 read page.mhtml --format jsonl
lines out 1
out_has '"source":"The Bay Herald"'
out_has '"published":"2025-03-04"'
out_lacks Blink
{
    printf 'From ada@x.example Mon Mar  3 10:00:00 2025\nFrom: ada@x.example\nSubject: One\n\nThe pier is shut, Ada Roe said.\n\n'
    printf 'From Monday on it will be open.\n\n'
    printf 'From ben@x.example Mon Mar  3 11:00:00 2025\nFrom: ben@x.example\nSubject: Two\n\nThe mole was mended, Ben Low said.\n'
} >box
tracker 0 read box --format jsonl
lines out 2
out_has 'From Monday on it will be open.'
out_has '"source":"ben@x.example"'

# refused WORDS FILE
refused()
{
    tracker 3 read "$2" --format jsonl
    lines out 0
    err_has "$1"
}
entity='<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
printf '<?xml version="1.0"?><!DOCTYPE rss [%s]><rss><channel><item><description>&c;</description></item></channel></rss>' "$entity" >laughs
refused "defines entities, which are not read" laughs
printf '<!DOCTYPE rss [<!ENTITY x SYSTEM "/etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>' >outside
printf '<?xml version="1.0"?>' | cat - outside >external
refused "defines entities, which are not read" external
out_lacks "root:"
awk 'BEGIN { printf "<html><body>"; for (i = 0; i < 100000; i++) printf "<div>"; print "Talks are off." }' >deep.html
refused "deep.html: error: has elements nested more than 1000 deep" deep.html
awk 'BEGIN { printf "<rss><channel><item>"; for (i = 0; i < 100000; i++) printf "<a>" }' >deep.xml
refused "nested more than 256 deep" deep.xml
head -c 100000000 /dev/zero | tr '\0' a | gzip -c >bomb.gz
refused "it grows more than 200 times when unpacked" bomb.gz
head -c 60 "$formats/packed.zip" >cut.zip
tracker 3 read cut.zip
err_has "cut.zip"
printf '<rss><channel><title>Coast Wire</title></channel></rss>' >none.xml
refused "holds no story: a feed without items" none.xml
printf '<?xml version="1.0"?><recipe><step>Stir.</step></recipe>' >recipe.xml
refused "holds no story: XML of a kind that is not known" recipe.xml
printf '<html><body><img src="a.png"></body></html>' >picture.html
refused "is a page without an article" picture.html
printf 'From: a@b.example\nTo: c@d.example\nContent-Type: image/png\n\nabc\n' >picture.eml
refused "is a mail without text" picture.eml
printf 'title,text\n"Open, and never closed,Roe said so.\n' >open.csv
refused "open.csv:2: error: a quotation mark that opens here is not closed" open.csv
printf '%%PDF-1.4\nBT (Roe said no) Tj ET\n' >story.pdf
refused "is a PDF document: save its text as a text file, which is read" story.pdf
printf '{\\rtf1 The toll stays, Roe said.}' >story.rtf
refused "is an RTF document" story.rtf
printf '\211PNG\r\n\032\n' >picture.png
refused "is a picture" picture.png
cp "$ROOT/tests/fuzz/corpus/packed/office" story.docx
refused "story.docx: error: is an Office document" story.docx
lines err 1
cp "$ROOT/tests/fuzz/corpus/packed/leads-out" out.zip
tracker 3 read out.zip --format jsonl
lines out 1
err_has "out.zip/../../out.txt: error: leads out of the archive: not read"

# A broken feed gives what is whole, and says so.
printf '<rss><channel><item><description>The port is open, Roe said.</description></item><item><desc' >half.xml
tracker 3 read half.xml --format jsonl
lines out 1
err_has "half.xml:1: error: broken XML"

# A page that was changed, an item that a feed has again, and a copy elsewhere are linked to the first.
sed 's/is not finished/will never be finished/' "$formats/page.html" >changed.html
sed 's/bayherald\.example/coastwire.example/g; s/The Bay Herald/Coast Wire/g' "$formats/page.html" >copied.html
tracker 0 add "$formats/page.html" changed.html copied.html "$formats/page.html" --db linked.db
err_has "1 new story, 1 seen, 1 corrected, 1 copied, 0 skipped"
tracker 0 add "$formats/rss.xml" "$formats/rss.xml" --db linked.db
err_has "2 new stories, 2 seen, 0 corrected"

# Another language is told, kept and passed over; so is what has no date.
tracker 0 scan "$formats/german.txt" --format jsonl
lines out 0
err_has "1 story (0 skipped): 0 statements, 0 claims; 1 not in English, passed over"
tracker 0 add "$formats/german.txt" "$formats/export.jsonl" --db kept.db
err_has "3 new stories"
err_has "1 not in English, passed over; 1 without a date"
tracker 0 add "$formats/german.txt" --db kept.db
err_has "0 new stories, 1 seen"
tracker 0 read "$formats/export.jsonl" --date 2025-03-20 -q --format jsonl
out_has '"published":"2025-03-20"'

finish
