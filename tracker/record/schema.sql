-- The database of tracker, version 1; schema_2.sql and those that follow lead on from here.  Tables are the program's; people and their tools should read the views
-- at the end, which keep their columns (new ones are added behind the others).
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

-- ---- what people and their tools read ----------------------------------------

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
       x.id AS contradiction, x.evidence, r.verdict AS review, r.note AS review_note
FROM contradictions x
JOIN topics t ON t.row = x.topic
JOIN claims ca ON ca.row = x.claim_a
JOIN statements sa ON sa.row = ca.statement
JOIN stories ta ON ta.row = sa.story
JOIN claims cb ON cb.row = x.claim_b
JOIN statements sb ON sb.row = cb.statement
JOIN stories tb ON tb.row = sb.story
LEFT JOIN reviews r ON r.contradiction = x.id;
