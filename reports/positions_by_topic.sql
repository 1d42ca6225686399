-- Positions taken in the stories published on this day, by topic
-- One row for each topic and position: who holds it, and how many say so.
SELECT topic_label, topic, position, count(*) AS claims, count(DISTINCT speaker) AS speakers,
       group_concat(DISTINCT speaker) AS who, count(DISTINCT country) AS countries, count(DISTINCT story) AS stories
FROM (SELECT * FROM positions_taken WHERE published = :date ORDER BY speaker)
GROUP BY topic, position
ORDER BY topic, position;
