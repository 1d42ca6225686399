-- The database of tracker, version 1; schema_2.sql and those that follow lead on from here.  Tables are the program's;
-- people and their tools should read the views, which schema_views.sql makes when all steps are done.
--
-- Every thing has a row number for joins, which means nothing, and an id, which is a hash of what the thing
-- is made of and stays the same in any other database.  Days are text, 2025-02-13.  Offsets count characters
-- of the story's text from 0, ends exclusive: substr(text, span_from + 1, span_to - span_from).
-- NULL is "not known".

-- Which rules and which program made the rows of a story.
CREATE TABLE engines (
    row        INTEGER PRIMARY KEY,
    rules_hash TEXT NOT NULL,
    version    TEXT NOT NULL,
    UNIQUE (rules_hash, version)
) STRICT;

CREATE TABLE stories (
    row       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    engine    INTEGER NOT NULL REFERENCES engines,
    published TEXT,
    title     TEXT,
    source    TEXT,
    url       TEXT,
    place     TEXT,
    text_hash TEXT NOT NULL,
    vector    BLOB,                    -- what the story is about, for comparing stories; NULL: it has no claim to compare
    text      TEXT NOT NULL            -- last: reading the other columns need not touch it
) STRICT;
CREATE INDEX stories_by_text ON stories (text_hash);
CREATE INDEX stories_by_day ON stories (published);

-- The same text under another id, or another text under the same id: linked, not counted again.
CREATE TABLE story_copies (
    row       INTEGER PRIMARY KEY,
    story     INTEGER NOT NULL REFERENCES stories,      -- the one that came first
    id        TEXT NOT NULL,
    relation  TEXT NOT NULL CHECK (relation IN ('copy', 'corrected')),
    published TEXT,
    title     TEXT,
    source    TEXT,
    url       TEXT,
    text_hash TEXT NOT NULL,
    text      TEXT,                                     -- of a corrected version
    UNIQUE (id, text_hash)
) STRICT;
CREATE INDEX story_copies_by_story ON story_copies (story);
CREATE INDEX story_copies_by_text ON story_copies (text_hash);

-- Everybody who was named as a speaker: people and bodies, on the roster or not.
CREATE TABLE officials (
    row         INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,                   -- the roster's key, else the folded name
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,                          -- lower case without accents: to search in
    on_roster   INTEGER NOT NULL,
    institution INTEGER NOT NULL
) STRICT;

CREATE TABLE statements (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
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
CREATE INDEX statements_by_story ON statements (story, n);
CREATE INDEX statements_by_official ON statements (official);

CREATE TABLE topics (
    row     INTEGER PRIMARY KEY,
    slug    TEXT NOT NULL UNIQUE,
    label   TEXT NOT NULL,
    folded  TEXT NOT NULL,
    curated INTEGER NOT NULL                            -- a rule names it
) STRICT;

-- What one speaker holds on one topic, however often it was said.
CREATE TABLE standing (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    speaker_key TEXT NOT NULL,
    topic       INTEGER NOT NULL REFERENCES topics,
    stance      TEXT NOT NULL                           -- '+', '-', or the position where it takes no side
) STRICT;

CREATE TABLE claims (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
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
CREATE INDEX claims_by_statement ON claims (statement, ordinal);
CREATE INDEX claims_by_topic ON claims (topic, position, published);
CREATE INDEX claims_by_standing ON claims (standing);

-- Pairs to check: two standing positions that cannot both hold, with the best evidence.
CREATE TABLE contradictions (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    standing_low  INTEGER NOT NULL REFERENCES standing, -- the one with the lesser id
    standing_high INTEGER NOT NULL REFERENCES standing,
    claim_a       INTEGER NOT NULL REFERENCES claims,   -- of the best evidence; said first
    claim_b       INTEGER NOT NULL REFERENCES claims,
    topic         INTEGER NOT NULL REFERENCES topics,
    topic_label   TEXT,
    grade         TEXT NOT NULL CHECK (grade IN ('contradiction', 'tension', 'reversal')),
    relation      TEXT NOT NULL CHECK (relation IN ('self', 'same-government', 'different-governments')),
    score         REAL NOT NULL,                        -- of the strongest evidence
    reason        TEXT NOT NULL,
    found_on      TEXT,                                 -- the first day on which both sides were published
    evidence      INTEGER NOT NULL,                     -- how many pairs of claims show it
    tie           TEXT NOT NULL,                        -- sorts evidence: the least is shown
    UNIQUE (standing_low, standing_high)
) STRICT;
CREATE INDEX contradictions_by_day ON contradictions (found_on);
CREATE INDEX contradictions_by_topic ON contradictions (topic);

-- What people said about a pair.  No reference: a review outlives the pair and waits for it to be found again.
CREATE TABLE reviews (
    contradiction TEXT PRIMARY KEY,                     -- x-...
    verdict       TEXT NOT NULL CHECK (verdict IN ('ok', 'wrong', 'unsure')),
    note          TEXT,
    reviewed_on   TEXT
) STRICT, WITHOUT ROWID;

-- Full text, rowid = statements.row.  The words themselves are in the tables.
CREATE VIRTUAL TABLE statement_words USING fts5 (
    text, speaker, title, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
