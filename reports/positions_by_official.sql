-- Positions taken in the stories published on this day, by official
-- One row for each official, topic and position, with the words of the first time it was said.
WITH today AS (
    SELECT *, count(*) OVER same AS times, row_number() OVER (same ORDER BY day, claim) AS turn
    FROM positions_taken
    WHERE published = :date AND speaker IS NOT NULL
    WINDOW same AS (PARTITION BY speaker, topic, position)
)
SELECT speaker, office, country, topic_label, topic, position, times, words, said_on, place, source, title, url,
       (SELECT min(p.day) FROM positions_taken p WHERE p.standing_row = today.standing_row) AS first_said, claim, standing
FROM today
WHERE turn = 1
ORDER BY speaker, topic, position;
