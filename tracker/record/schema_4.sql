-- From version 3 to 4: adding costs the same however much is on file.  An index on ids, which are hashes, puts every
-- new row on a page of its own among all that there are; full text gathers new words first and merges them in runs.

DROP VIEW who_said_what;
DROP VIEW positions_taken;
DROP VIEW standing_positions;
DROP VIEW offices;
DROP VIEW disagreements;

CREATE TABLE statements_4 (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL,                         -- thing_ids finds it
    story        INTEGER NOT NULL REFERENCES stories,
    n            INTEGER NOT NULL,                      -- in the story, from 1
    official     INTEGER REFERENCES officials,
    speaker_key  TEXT,                                  -- equal for one speaker; '?...': nameless, of this story only
    speaker      TEXT,
    speaker_text TEXT,
    speaker_span TEXT,                                  -- JSON, as are the other spans
    office       TEXT,                                  -- on that day
    country      TEXT,
    kind         TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
    spans        TEXT NOT NULL,
    text         TEXT NOT NULL,
    cue          TEXT,
    cue_span     TEXT,
    said_on      TEXT,
    place        TEXT,
    negated      INTEGER NOT NULL,
    reporter     TEXT,
    context      TEXT NOT NULL,
    rule         TEXT
) STRICT;
INSERT INTO statements_4 SELECT * FROM statements;
DROP TABLE statements;
ALTER TABLE statements_4 RENAME TO statements;
CREATE INDEX statements_by_story ON statements (story, n);
CREATE INDEX statements_by_official ON statements (official);

CREATE TABLE standing_4 (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    speaker_key TEXT NOT NULL,
    topic       INTEGER NOT NULL REFERENCES topics,
    stance      TEXT NOT NULL,                          -- '+', '-', or the position where it takes no side
    UNIQUE (topic, speaker_key, stance)                 -- new topics come at the end
) STRICT;
INSERT INTO standing_4 SELECT * FROM standing;
DROP TABLE standing;
ALTER TABLE standing_4 RENAME TO standing;

CREATE TABLE claims_4 (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL,                        -- thing_ids finds its statement
    statement     INTEGER NOT NULL REFERENCES statements,
    ordinal       INTEGER NOT NULL,                     -- in the statement, from 0
    topic         INTEGER NOT NULL REFERENCES topics,
    topic_label   TEXT,
    position      TEXT NOT NULL,
    side          INTEGER NOT NULL,
    curated       INTEGER NOT NULL,
    negated       INTEGER NOT NULL,
    condition     INTEGER NOT NULL,
    hedged        INTEGER NOT NULL,
    unconditional INTEGER NOT NULL,
    limiter       TEXT,
    span_from     INTEGER NOT NULL,
    span_to       INTEGER NOT NULL,
    words         TEXT NOT NULL,
    rule          TEXT,
    standing      INTEGER REFERENCES standing,          -- NULL: nobody can tell whose words they are
    published     TEXT,                                 -- of the story
    -- What other claims are compared by; NULL where the claim opposes none.
    symbols       TEXT,
    names         TEXT,
    flags         INTEGER NOT NULL,
    content_words INTEGER NOT NULL
) STRICT;
INSERT INTO claims_4 SELECT * FROM claims;
DROP TABLE claims;
ALTER TABLE claims_4 RENAME TO claims;
CREATE UNIQUE INDEX claims_by_statement ON claims (statement, ordinal);
CREATE INDEX claims_by_topic ON claims (topic, position, published);
CREATE INDEX claims_by_standing ON claims (standing);

-- Ids of statements and of their claims, rowid = statements.row.
CREATE VIRTUAL TABLE thing_ids USING fts5 (ids, content = '', detail = 'none', tokenize = "unicode61 tokenchars '-'");
INSERT INTO thing_ids (rowid, ids)
SELECT s.row, s.id || coalesce((SELECT ' ' || group_concat(c.id, ' ') FROM claims c WHERE c.statement = s.row), '')
FROM statements s ORDER BY s.row;

CREATE VIEW who_said_what AS
SELECT coalesce(s.said_on, st.published) AS day, s.speaker, s.office, s.country, s.kind, s.text, s.cue, s.negated,
       s.reporter, s.said_on, s.place, st.published, st.source, st.title, st.url, s.speaker_text, s.rule,
       s.id AS statement, st.id AS story, s.n, o.key AS official, e.rules_hash, e.version
FROM statements s
JOIN stories st ON st.row = s.story
JOIN engines e ON e.row = st.engine
LEFT JOIN officials o ON o.row = s.official;

CREATE VIEW positions_taken AS
SELECT coalesce(s.said_on, st.published) AS day, s.speaker, s.office, s.country, c.position, c.side,
       coalesce(c.topic_label, t.label) AS topic_label, t.slug AS topic, c.curated, c.words, c.negated, c.condition,
       c.hedged, c.unconditional, c.limiter, s.said_on, s.place, st.published, st.source, st.title, st.url, c.rule,
       c.id AS claim, s.id AS statement, st.id AS story, c.span_from, c.span_to, p.id AS standing, o.key AS official
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
