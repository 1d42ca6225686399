-- From version 7 to 8: what is compared on a much discussed topic lies together.

-- Claims on topics of rules, of stories whose day is known, with all that others are compared with them by: those of one
-- position by day, so that those of some weeks are a few pages however many stories they stand in.
CREATE TABLE topic_claims (
    topic         INTEGER NOT NULL,                     -- all but the day are copies of what other tables hold
    position      TEXT NOT NULL,
    day           INTEGER NOT NULL,                     -- days since 1970-01-01, of the story
    claim         INTEGER NOT NULL,
    topic_label   TEXT,
    side          INTEGER NOT NULL,
    condition     INTEGER NOT NULL,
    hedged        INTEGER NOT NULL,
    unconditional INTEGER NOT NULL,
    span_from     INTEGER NOT NULL,
    span_to       INTEGER NOT NULL,
    symbols       TEXT NOT NULL,
    names         TEXT,
    flags         INTEGER NOT NULL,
    content_words INTEGER NOT NULL,
    standing      INTEGER,
    speaker       TEXT,
    speaker_key   TEXT,
    country       TEXT,
    said_on       TEXT,
    n             INTEGER NOT NULL,
    place         TEXT,
    story         INTEGER NOT NULL,
    story_id      TEXT NOT NULL,
    official      INTEGER,
    PRIMARY KEY (topic, position, day, claim)
) STRICT, WITHOUT ROWID;

INSERT INTO topic_claims
SELECT c.topic, c.position, CAST(julianday(st.published) - 2440587.5 AS INTEGER), c.row, c.topic_label, c.side, c.condition, c.hedged,
       c.unconditional, c.span_from, c.span_to, c.symbols, c.names, c.flags, c.content_words, c.standing, s.speaker,
       s.speaker_key, s.country, s.said_on, s.n, s.place, st.row, st.id, s.official
FROM claims c CROSS JOIN statements s ON s.row = c.statement CROSS JOIN stories st ON st.row = s.story
WHERE c.curated AND c.symbols IS NOT NULL AND st.published IS NOT NULL;

-- Keys are told with the position of the claim that has them, three bytes each: not known, may be any.
UPDATE story_vectors SET keys = NULL;

DROP INDEX claims_by_topic;
CREATE INDEX claims_by_topic ON claims (topic);
