-- From version 3 to 4: adding costs the same however much is on file.  An index on ids, which are hashes, puts every
-- new row on a page of its own among all that there are; full text gathers new words first and merges them in runs.

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
