-- Officials who speak on this day for the first time, or in an office new to them
-- One row for each official and office.
SELECT f.name, f.office, f.country, o.on_roster, o.institution, f.statements,
       (SELECT count(*) FROM offices e WHERE e.official = f.official AND e.first_published < :date) AS earlier_offices,
       f.official
FROM offices f
JOIN officials o ON o.key = f.official
WHERE f.first_published = :date
ORDER BY f.name, f.office;
