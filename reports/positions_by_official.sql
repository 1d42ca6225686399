-- Positions taken in the stories published on this day, by official
-- One row for each official, topic and position: what was held that day, and since when.
SELECT p.speaker, p.office, p.country, p.topic_label, p.topic, p.position, count(*) AS times,
       min(p.words) AS words, min(p.day) AS said_on,
       (SELECT min(coalesce(q.day, q.published)) FROM positions_taken q WHERE q.standing = p.standing) AS first_said,
       min(p.url) AS url, min(p.claim) AS claim, p.standing
FROM positions_taken p
WHERE p.published = :date AND p.speaker IS NOT NULL
GROUP BY p.speaker, p.office, p.country, p.topic, p.position, p.standing
ORDER BY p.speaker, p.topic, p.position, p.standing;
