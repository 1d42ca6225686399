-- From version 1 to 2: reviews keep their history, who made them and when, and the words that were judged.

DROP VIEW disagreements;
ALTER TABLE reviews RENAME TO reviews_1;

-- What people said about a pair, each time they did; the latest counts.  No reference: a review outlives the pair
-- and waits for it to be found again.  The words are those that the reader saw: other rules may find the same two
-- under another id, and a desk that gets the review from another one may not have the story.
CREATE TABLE reviews (
    row           INTEGER PRIMARY KEY,
    contradiction TEXT NOT NULL,                        -- x-...
    reviewed_utc  TEXT NOT NULL,                        -- 2025-02-13T09:30:00Z
    reviewer      TEXT NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('ok', 'wrong', 'unsure')),
    note          TEXT NOT NULL,                        -- '' for none
    carried_from  TEXT,                                 -- the pair that was judged, where rules have renamed it since
    topic_label   TEXT,
    a_story       TEXT,                                 -- an id
    a_speaker     TEXT,
    a_from        INTEGER,
    a_to          INTEGER,
    a_text        TEXT,
    b_story       TEXT,
    b_speaker     TEXT,
    b_from        INTEGER,
    b_to          INTEGER,
    b_text        TEXT,
    UNIQUE (contradiction, reviewed_utc, reviewer, verdict, note)
) STRICT;

INSERT INTO reviews (contradiction, reviewed_utc, reviewer, verdict, note)
SELECT contradiction, coalesce(date(reviewed_on), '1970-01-01') || 'T00:00:00Z', 'unknown', verdict, coalesce(note, '')
FROM reviews_1;
DROP TABLE reviews_1;

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
