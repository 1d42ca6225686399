-- What people and their tools read, made anew after the steps that bring the tables up to date.  A view keeps its
-- columns: new ones are added behind the others.

CREATE VIEW who_said_what AS
SELECT s.day, s.speaker, s.office, s.country, s.kind, s.text, s.cue, s.negated,
       s.reporter, s.said_on, s.place, st.published, st.source, st.title, st.url, s.speaker_text, s.rule,
       s.id AS statement, st.id AS story, s.n, o.key AS official, e.rules_hash, e.version
FROM statements s
JOIN stories st ON st.row = s.story
JOIN engines e ON e.row = st.engine
LEFT JOIN officials o ON o.row = s.official;

CREATE VIEW positions_taken AS
SELECT s.day, s.speaker, s.office, s.country, c.position, c.side,
       coalesce(c.topic_label, t.label) AS topic_label, t.slug AS topic, c.curated, c.words, c.negated, c.condition,
       c.hedged, c.unconditional, c.limiter, s.said_on, s.place, st.published, st.source, st.title, st.url, c.rule,
       c.id AS claim, s.id AS statement, st.id AS story, c.span_from, c.span_to, p.id AS standing, o.key AS official,
       c.standing AS standing_row
FROM claims c
JOIN topics t ON t.row = c.topic
JOIN statements s ON s.row = c.statement
JOIN stories st ON st.row = s.story
LEFT JOIN standing p ON p.row = c.standing
LEFT JOIN officials o ON o.row = s.official;

-- One row for each speaker, topic and side: first and last said, and how often.
CREATE VIEW standing_positions AS
SELECT p.id AS standing, min(s.speaker) AS speaker, max(s.country) AS country, t.slug AS topic,
       t.label AS topic_label, p.stance, min(coalesce(s.said_on, st.published)) AS first_said,
       max(coalesce(s.said_on, st.published)) AS last_said, count(*) AS claims, count(DISTINCT st.row) AS stories,
       p.speaker_key
FROM standing p
JOIN topics t ON t.row = p.topic
JOIN claims c ON c.standing = p.row
JOIN statements s ON s.row = c.statement
JOIN stories st ON st.row = s.story
GROUP BY p.row;

-- The offices in which each official spoke, as rosters and stories gave them.
CREATE VIEW offices AS
SELECT o.key AS official, o.name, s.office, s.country, min(st.published) AS first_published,
       max(st.published) AS last_published, count(*) AS statements
FROM statements s
JOIN officials o ON o.row = s.official
JOIN stories st ON st.row = s.story
GROUP BY o.row, s.office, s.country;

-- The review that counts, one row for each pair that has any.
CREATE VIEW verdicts AS
SELECT r.contradiction, r.verdict, r.note, r.reviewer, r.reviewed_utc, r.carried_from
FROM reviews r
WHERE r.row = (SELECT l.row FROM reviews l WHERE l.contradiction = r.contradiction
               ORDER BY l.reviewed_utc DESC, l.row DESC LIMIT 1);

CREATE VIEW disagreements AS
SELECT x.found_on, coalesce(x.topic_label, t.label) AS topic_label, t.slug AS topic, x.grade, x.relation, x.score,
       x.reason,
       sa.speaker AS a_speaker, sa.office AS a_office, sa.country AS a_country, ca.position AS a_position,
       ca.words AS a_words, sa.said_on AS a_said_on, sa.place AS a_place, ta.published AS a_published,
       ta.source AS a_source, ta.title AS a_title, ta.url AS a_url, ca.rule AS a_rule, ca.id AS a_claim,
       sa.id AS a_statement, ta.id AS a_story,
       sb.speaker AS b_speaker, sb.office AS b_office, sb.country AS b_country, cb.position AS b_position,
       cb.words AS b_words, sb.said_on AS b_said_on, sb.place AS b_place, tb.published AS b_published,
       tb.source AS b_source, tb.title AS b_title, tb.url AS b_url, cb.rule AS b_rule, cb.id AS b_claim,
       sb.id AS b_statement, tb.id AS b_story,
       x.id AS contradiction, x.evidence, r.verdict AS review, nullif(r.note, '') AS review_note,
       r.reviewer, r.reviewed_utc
FROM contradictions x
JOIN topics t ON t.row = x.topic
JOIN claims ca ON ca.row = x.claim_a
JOIN statements sa ON sa.row = ca.statement
JOIN stories ta ON ta.row = sa.story
JOIN claims cb ON cb.row = x.claim_b
JOIN statements sb ON sb.row = cb.statement
JOIN stories tb ON tb.row = sb.story
LEFT JOIN reviews r ON r.row = (SELECT l.row FROM reviews l WHERE l.contradiction = x.id
                                ORDER BY l.reviewed_utc DESC, l.row DESC LIMIT 1);

-- Where else a story stands: its copies and its other versions, those that say more included.
CREATE VIEW linked_stories AS
SELECT f.id AS first, k.relation, k.id AS story, k.published, k.source, k.title, k.url
FROM story_copies k
JOIN stories f ON f.row = k.story
UNION ALL
SELECT f.id, v.relation, st.id, st.published, st.source, st.title, st.url
FROM story_versions v
JOIN stories f ON f.row = v.first
JOIN stories st ON st.row = v.story;
