# The roster: who held an office, what in it is doubtful, rows from a spreadsheet.
# shellcheck shell=sh source=tests/cli/lib.sh
. "$LIB"

tracker 0 officials on 2025-02-13 U.S. secretary of defense --format csv
check "Hegseth first" [ "$(sed -n '2s/,.*//p' out)" = "Pete Hegseth" ]
tracker 0 officials on 2000-01-01 "secretary of defense" --format csv
out_lacks "Hegseth"
tracker 1 officials on 2025-02-13 zorvan --exit-code
err_is "nobody"
tracker 2 officials on yesterday minister
tracker 0 officials show hegseth --format jsonl
out_has '"name":"Pete Hegseth","office":"Secretary of Defense"'
out_has '"row":"officials.csv:'

tracker 0 officials check --as-of 2025-02-13 --format csv
out_lacks "means two people on one day"
out_has "overlap: from "
out_has "gap: nobody is "
check "only warnings" sh -c '! grep -q "^error" out'
tracker 4 officials check --as-of 2025-02-13 --strict -q --format csv
mkdir two
printf '%s\n' "name,aliases,office,body,country,from,until,gender,source" \
    "Ada Roe,A. Roe,Minister of Tides,Tide Office,NO,2020,2025,F,made" \
    "Adam Roe,A. Roe,Minister of Ferries,Ferry Office,NO,2024,2026,M,made" >two/officials.csv
tracker 0 officials check --rules two --as-of 2025-02-13 --format csv
out_has "\`A. Roe\` means two people on one day"

# Rows of one's own, from a spreadsheet of another shape.
mkdir desk
printf 'Ministerium;Nachname;Vorname;Amt;Staat;Seit\r\nForeign Office;Roe;Ada;Foreign Minister;Norway;31.5.2024\r\n;Moe;Max;;Norway;\r\n' >staff.csv
tracker 3 officials import staff.csv
err_has "staff.csv:1: error: no column for the name among: Ministerium, Nachname, Vorname, Amt, Staat, Seit; say which with --map"
tracker 3 officials import staff.csv --map body=Ministerium,family=Nachname,given=Vorname,office=Amt,country=Staat,from=Seit \
    --as-of 2025-02-13 -o desk/officials.csv
err_is "staff.csv:3:10: error: no office
1 row, 1 row left out"
check "the roster" cmp -s desk/officials.csv - <<'END'
name,aliases,office,body,country,from,until,gender,source
Ada Roe,,Foreign Minister,Foreign Office,NO,2024-05-31,,,staff.csv (as of 2025-02-13)
END
tracker 0 officials on 2025-02-13 Norwegian foreign minister --rules desk --format csv
out_has "Ada Roe,Foreign Minister,Foreign Office,NO,2024-05-31,,2025-02-13"
out_has "desk/officials.csv:2"
tracker 0 officials check --rules desk --as-of 2025-06-01 desk/officials.csv
tracker 0 officials check --rules desk --as-of 2026-06-01 desk/officials.csv
err_has "desk/officials.csv:2: warning: Ada Roe, Foreign Minister: no last day, and last known on 2025-02-13"
tracker 0 scan --rules desk --format jsonl <<'END'
OSLO, Feb. 13, 2025 - Norway's foreign minister said the levy was off the table.
END
out_has '"speaker":"Ada Roe"'
printf 'name,office,country\nA,b,NO\n"C,d,NO\n' >bad.csv
tracker 3 officials import bad.csv -q
err_has "bad.csv:3: error: a quotation mark is opened here and never closed"
tracker 3 officials import missing.csv
finish
