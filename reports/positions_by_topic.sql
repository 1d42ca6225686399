-- Positions taken in the stories published on this day, by topic
-- One row for each topic and position: who holds it, and in how many stories.
WITH today AS (
    SELECT * FROM positions_taken WHERE published = :date
)
SELECT min(topic_label) AS topic_label, topic, position, count(*) AS claims, count(DISTINCT speaker) AS speakers,
       (SELECT group_concat(speaker, '; ')
        FROM (SELECT DISTINCT speaker FROM today i
              WHERE i.topic = o.topic AND i.position = o.position AND speaker IS NOT NULL ORDER BY speaker)) AS who,
       count(DISTINCT country) AS countries, count(DISTINCT story) AS stories
FROM today o
GROUP BY topic, position
ORDER BY topic, position;
