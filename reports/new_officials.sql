-- Officials who speak on this day for the first time, or in an office new to them
-- One row for each official and office.
WITH spoke AS (
    SELECT official, office, country FROM who_said_what
    WHERE published = :date AND official IS NOT NULL
    GROUP BY official, office, country
)
SELECT o.name, f.office, f.country, o.on_roster, o.institution,
       (SELECT count(*) FROM who_said_what w
        WHERE w.official = f.official AND w.office IS f.office AND w.country IS f.country) AS statements,
       (SELECT count(*) FROM (SELECT DISTINCT w.office, w.country FROM who_said_what w
                              WHERE w.official = f.official AND w.published < :date)) AS earlier_offices,
       f.official
FROM spoke f
JOIN officials o ON o.key = f.official
WHERE NOT EXISTS (SELECT 1 FROM who_said_what w
                  WHERE w.official = f.official AND w.office IS f.office AND w.country IS f.country AND w.published < :date)
ORDER BY o.name, f.office;
