-- A database of :n claims, for measuring what adding a story costs when many are on file.
--
-- Stories with all that the program found in them are drawn, whole, from those of `real`, a small database that the
-- program made; what is their own is made up: 20 years of news at an even pace, few speakers who say much and many who
-- say little, most open topics met once.  Rows are numbered, and hashed numbers stand for chance, so that the same :n
-- makes the same database.

CREATE TEMP TABLE pool_story (k INTEGER PRIMARY KEY, row INTEGER UNIQUE, claims INTEGER, statements INTEGER);
INSERT INTO pool_story
SELECT NULL, st.row, (SELECT count(*) FROM real.statements s CROSS JOIN real.claims c ON c.statement = s.row WHERE s.story = st.row),
       (SELECT count(*) FROM real.statements s WHERE s.story = st.row)
FROM real.stories st ORDER BY st.row;
CREATE TEMP TABLE pool_statement (story INTEGER, n INTEGER, row INTEGER, PRIMARY KEY (story, n)) WITHOUT ROWID;
INSERT INTO pool_statement SELECT story, row_number() OVER (PARTITION BY story ORDER BY row), row FROM real.statements;
CREATE TEMP TABLE pool_claim (story INTEGER, n INTEGER, row INTEGER, statement INTEGER, PRIMARY KEY (story, n)) WITHOUT ROWID;
INSERT INTO pool_claim
SELECT p.story, row_number() OVER (PARTITION BY p.story ORDER BY c.row), c.row, p.n
FROM pool_statement p CROSS JOIN real.claims c ON c.statement = p.row;
CREATE TEMP TABLE size AS
SELECT :n AS claims, CAST(:n / (SELECT avg(claims) FROM pool_story) AS INTEGER) AS stories, (SELECT max(k) FROM pool_story) AS pool,
       (SELECT max(row) FROM real.topics) AS topics, 1000 + :n / 50 AS officials, julianday('2026-01-01') AS last_day, 7300 AS days;

-- Which story of the pool each one is, and where its statements and claims begin.
CREATE TEMP TABLE drawn (i INTEGER PRIMARY KEY, h INTEGER, story INTEGER, statements INTEGER, claims INTEGER);
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.stories),
hashed AS (SELECT i, i * 2654435761 % 4294967296 AS h FROM n)
INSERT INTO drawn
SELECT i, h, p.row, sum(p.statements) OVER (ORDER BY i) - p.statements, sum(p.claims) OVER (ORDER BY i) - p.claims
FROM hashed CROSS JOIN size CROSS JOIN pool_story p ON p.k = 1 + (h >> 3) % size.pool;

INSERT INTO engines SELECT * FROM real.engines;
INSERT INTO topics SELECT * FROM real.topics;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.officials)
INSERT INTO officials SELECT i, 'speaker ' || i, 'Speaker ' || i, 'speaker ' || i, 0, 0 FROM n;

INSERT INTO stories (row, id, engine, published, title, source, url, place, text_hash, text)
SELECT d.i, printf('b-%08x', d.h), 1, date(size.last_day - size.days + d.i * size.days / size.stories), p.title,
       'Wire ' || d.h % 40, NULL, NULL, printf('%08x%08x', d.h, d.i), printf('%d. ', d.i) || p.text
FROM drawn d CROSS JOIN size CROSS JOIN real.stories p ON p.row = d.story;

-- Seven in eight stories have parts of the vectors of others: near to few; the eighth is near to one.
CREATE TEMP TABLE pool_vector (k INTEGER PRIMARY KEY, story INTEGER UNIQUE, vector BLOB, positions INTEGER, keys BLOB);
INSERT INTO pool_vector SELECT NULL, day_story & 4294967295, vector, positions, keys FROM real.story_vectors;
INSERT INTO story_vectors
SELECT CAST(julianday(s.published) - 2440587.5 AS INTEGER) << 32 | s.row,
       CASE WHEN s.row % 8 = 0 THEN p.vector
       ELSE CAST(substr(p.vector, 1, 64) || substr(q.vector, 65, 128) || substr(p.vector, 193, 64) ||
                 substr(r.vector, 257, 256) AS BLOB) END, p.positions, p.keys
FROM drawn d CROSS JOIN stories s ON s.row = d.i CROSS JOIN pool_vector p ON p.story = d.story
CROSS JOIN pool_vector q ON q.k = 1 + (d.h >> 7) % (SELECT max(k) FROM pool_vector)
CROSS JOIN pool_vector r ON r.k = 1 + (d.h >> 11) % (SELECT max(k) FROM pool_vector)
ORDER BY 1;

WITH k (i) AS (VALUES (1), (2), (3), (4), (5), (6))
INSERT INTO story_keys
SELECT CAST(julianday(s.published) - 2440587.5 AS INTEGER) / 14, (s.row * 6 + k.i) * 2654435761 % 4294967296 - 2147483648, s.row
FROM stories s CROSS JOIN k ORDER BY 1, 2, 3;

WITH said AS (
    SELECT d.statements + p.n AS i, (d.statements + p.n) * 2654435761 % 4294967296 AS h, d.i AS story, p.n, p.row
    FROM drawn d CROSS JOIN pool_statement p ON p.story = d.story),
spoken AS (SELECT said.*, CAST(1 + size.officials * (h / 4294967296.0) * (h / 4294967296.0) * (h / 4294967296.0) AS INTEGER) AS speaker
           FROM said CROSS JOIN size)
INSERT INTO statements (row, id, story, n, official, speaker_key, speaker, speaker_text, speaker_span, office, country,
                        kind, spans, text, cue, cue_span, said_on, place, negated, context, rule, day)
SELECT a.i, printf('s-%08x%08x', a.h, a.i), a.story, a.n, a.speaker, 'speaker ' || a.speaker, 'Speaker ' || a.speaker, r.speaker_text,
       r.speaker_span, r.office, substr('USRUCNFRDEGBINJPBRZA', 1 + 2 * (a.speaker % 10), 2), r.kind, r.spans,
       r.text, r.cue, r.cue_span, st.published, 'Geneva', r.negated, r.context, r.rule, st.published
FROM spoken a CROSS JOIN real.statements r ON r.row = a.row CROSS JOIN stories st ON st.row = a.story ORDER BY a.i;

-- Topics of rules stay, of the others one in five is met again.
CREATE TEMP TABLE drawn_claim (i INTEGER PRIMARY KEY, h INTEGER, row INTEGER, statement INTEGER, topic INTEGER);
WITH taken AS (
    SELECT d.claims + p.n AS i, ((d.claims + p.n) * 2246822519 + 374761393) % 4294967296 AS h, p.row, d.statements + p.statement AS statement
    FROM drawn d CROSS JOIN pool_claim p ON p.story = d.story)
INSERT INTO drawn_claim
SELECT t.i, t.h, t.row, t.statement, CASE WHEN r.curated OR t.h % 5 = 0 THEN r.topic ELSE size.topics + t.i END
FROM taken t CROSS JOIN size CROSS JOIN real.claims r ON r.row = t.row;

INSERT INTO topics
SELECT d.topic, printf('matter-%08x-%d', d.h, d.i), 'matter ' || d.i, 'matter ' || d.i, 0
FROM drawn_claim d CROSS JOIN size WHERE d.topic > size.topics;

INSERT INTO standing
SELECT d.i, printf('p-%08x%08x', d.h, d.i), 'speaker ' || d.i, d.topic, '+' FROM drawn_claim d;

INSERT INTO claims
SELECT d.i, printf('c-%08x%08x', d.h, d.i), d.statement, r.ordinal, d.topic, r.topic_label, r.position, r.side, r.curated,
       r.negated, r.condition, r.hedged, r.unconditional, r.limiter, r.span_from, r.span_to, r.words, r.rule, d.i, s.said_on,
       r.symbols, r.names, r.flags, r.content_words
FROM drawn_claim d CROSS JOIN real.claims r ON r.row = d.row CROSS JOIN statements s ON s.row = d.statement;

INSERT INTO contradictions
SELECT d.i, printf('x-%08x%08x', d.h, d.i), d.i, d.i + 1, d.i, d.i + 1, d.topic, NULL, 'tension', 'different-governments', .4,
       'made up', b.day, 1, 'z', a.official, b.official, e.topic
FROM drawn_claim d CROSS JOIN drawn_claim e ON e.i = d.i + 1
CROSS JOIN statements a ON a.row = d.statement CROSS JOIN statements b ON b.row = e.statement WHERE d.i % 30 = 0;

INSERT INTO statement_words (rowid, text, speaker, title)
SELECT s.row, s.text, s.speaker, 'A day in Geneva' FROM statements s ORDER BY s.row;

INSERT INTO thing_ids (rowid, ids)
SELECT s.row, s.id || coalesce((SELECT ' ' || group_concat(c.id, ' ') FROM claims c WHERE c.statement = s.row), '')
FROM statements s ORDER BY s.row;
