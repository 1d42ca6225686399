-- A database of :n claims, for measuring what adding a story costs when many are on file.
--
-- Stories with all that the program found in them are drawn, whole, from those of `real`, a small database that the
-- program made; what is their own is made up: 20 years of news at an even pace, few speakers who say much and many who
-- say little, most open topics met once.  A topic with a rule has a circle of its own: in a wire's archive 20 speakers
-- say half or more of what is said on one subject.  Rows are numbered, and hashed numbers stand for chance, so that the
-- same :n makes the same database.

CREATE TEMP TABLE pool_story (k INTEGER PRIMARY KEY, row INTEGER UNIQUE, claims INTEGER, statements INTEGER);
INSERT INTO pool_story
SELECT NULL, st.row, (SELECT count(*) FROM real.statements s CROSS JOIN real.claims c ON c.statement = s.row WHERE s.story = st.row),
       (SELECT count(*) FROM real.statements s WHERE s.story = st.row)
FROM real.stories st ORDER BY st.row;
CREATE TEMP TABLE pool_statement (story INTEGER, n INTEGER, row INTEGER, topic INTEGER, PRIMARY KEY (story, n)) WITHOUT ROWID;
INSERT INTO pool_statement
SELECT story, row_number() OVER (PARTITION BY story ORDER BY row), row,
       (SELECT min(c.topic) FROM real.claims c WHERE c.statement = s.row AND c.curated) FROM real.statements s;
CREATE TEMP TABLE pool_claim (story INTEGER, n INTEGER, row INTEGER, statement INTEGER, PRIMARY KEY (story, n)) WITHOUT ROWID;
INSERT INTO pool_claim
SELECT p.story, row_number() OVER (PARTITION BY p.story ORDER BY c.row), c.row, p.n
FROM pool_statement p CROSS JOIN real.claims c ON c.statement = p.row;
CREATE TEMP TABLE size AS
SELECT :n AS claims, CAST(:n / (SELECT avg(claims) FROM pool_story) AS INTEGER) AS stories, (SELECT max(k) FROM pool_story) AS pool,
       (SELECT max(row) FROM real.topics) AS topics, 1000 + :n / 50 AS officials, 150 AS circle, julianday('2026-01-01') AS last_day, 7300 AS days;

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
    SELECT d.statements + p.n AS i, (d.statements + p.n) * 2654435761 % 4294967296 AS h, d.i AS story, p.n, p.row, p.topic
    FROM drawn d CROSS JOIN pool_statement p ON p.story = d.story),
spoken AS (
    SELECT said.*, 1 + coalesce(topic * 7919 % (size.officials - size.circle), 0) +
           CAST(iif(topic, size.circle, size.officials) * (h / 4294967296.0) * (h / 4294967296.0) * (h / 4294967296.0) AS INTEGER) AS speaker
    FROM said CROSS JOIN size)
INSERT INTO statements (row, id, story, n, official, speaker_key, speaker, speaker_text, speaker_span, office, country,
                        kind, spans, text, cue, cue_span, said_on, place, negated, context, rule, day)
SELECT a.i, printf('s-%08x%08x', a.h, a.i), a.story, a.n, a.speaker, 'speaker ' || a.speaker, 'Speaker ' || a.speaker, r.speaker_text,
       r.speaker_span, r.office, substr('USRUCNFRDEGBINJPBRZA', 1 + 2 * (a.speaker % 10), 2), r.kind, r.spans,
       r.text, r.cue, r.cue_span, st.published, 'Geneva', r.negated, r.context, r.rule, st.published
FROM spoken a CROSS JOIN real.statements r ON r.row = a.row CROSS JOIN stories st ON st.row = a.story ORDER BY a.i;

-- One topic in five is met again, and so is that of a rule: what the pool's few stories speak of is a fifth of what is
-- discussed at any time.  The others are on 40 topics of rules that are made up, and on topics met once.
CREATE TEMP TABLE drawn_claim (i INTEGER PRIMARY KEY, h INTEGER, row INTEGER, statement INTEGER, topic INTEGER);
WITH taken AS (
    SELECT d.claims + p.n AS i, ((d.claims + p.n) * 2246822519 + 374761393) % 4294967296 AS h, p.row, d.statements + p.statement AS statement, d.h AS story_h
    FROM drawn d CROSS JOIN pool_claim p ON p.story = d.story)
INSERT INTO drawn_claim
SELECT t.i, t.h, t.row, t.statement, CASE WHEN iif(r.curated, t.story_h >> 7, t.h) % 5 = 0 THEN r.topic
                                          WHEN r.curated THEN size.topics + 1 + (t.story_h + r.topic) % 40
                                          ELSE size.topics + 40 + t.i END
FROM taken t CROSS JOIN size CROSS JOIN real.claims r ON r.row = t.row;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40)
INSERT INTO topics SELECT size.topics + i, 'ruled-' || i, 'ruled ' || i, 'ruled ' || i, 1 FROM n CROSS JOIN size;
INSERT INTO topics
SELECT d.topic, printf('matter-%08x-%d', d.h, d.i), 'matter ' || d.i, 'matter ' || d.i, 0
FROM drawn_claim d CROSS JOIN size WHERE d.topic > size.topics + 40;

-- The first claim of each gives its number.
INSERT OR IGNORE INTO standing
SELECT d.i, printf('p-%08x%08x', d.h, d.i), s.speaker_key, d.topic,
       CASE WHEN r.side > 0 THEN '+' WHEN r.side < 0 THEN '-' ELSE r.position END
FROM drawn_claim d CROSS JOIN statements s ON s.row = d.statement CROSS JOIN real.claims r ON r.row = d.row;

INSERT INTO claims
SELECT d.i, printf('c-%08x%08x', d.h, d.i), d.statement, r.ordinal, d.topic, r.topic_label, r.position, r.side, r.curated,
       r.negated, r.condition, r.hedged, r.unconditional, r.limiter, r.span_from, r.span_to, r.words, r.rule, p.row, s.said_on,
       r.symbols, r.names, r.flags, r.content_words
FROM drawn_claim d CROSS JOIN real.claims r ON r.row = d.row CROSS JOIN statements s ON s.row = d.statement
CROSS JOIN standing p ON p.topic = d.topic AND p.speaker_key = s.speaker_key AND
                         p.stance = CASE WHEN r.side > 0 THEN '+' WHEN r.side < 0 THEN '-' ELSE r.position END;

INSERT INTO topic_claims
SELECT c.topic, c.position, CAST(julianday(st.published) - 2440587.5 AS INTEGER), c.row, c.topic_label, c.side, c.condition, c.hedged,
       c.unconditional, c.span_from, c.span_to, c.symbols, c.names, c.flags, c.content_words, c.standing, s.speaker,
       s.speaker_key, s.country, s.said_on, s.n, s.place, st.row, st.id, s.official
FROM claims c CROSS JOIN statements s ON s.row = c.statement CROSS JOIN stories st ON st.row = s.story
WHERE c.curated AND c.symbols IS NOT NULL;

INSERT OR IGNORE INTO contradictions
SELECT d.i, printf('x-%08x%08x', d.h, d.i), c.standing, f.standing, d.i, d.i + 1, d.topic, NULL, 'tension', 'different-governments', .4,
       'made up', b.day, 1, 'z', a.official, b.official, e.topic
FROM drawn_claim d CROSS JOIN drawn_claim e ON e.i = d.i + 1
CROSS JOIN claims c ON c.row = d.i CROSS JOIN claims f ON f.row = e.i
CROSS JOIN statements a ON a.row = d.statement CROSS JOIN statements b ON b.row = e.statement WHERE d.i % 30 = 0;

-- Gathered in more memory than the program takes, the same words are merged fewer times.
INSERT INTO statement_words (statement_words, rank) VALUES ('hashsize', 64 << 20);
INSERT INTO thing_ids (thing_ids, rank) VALUES ('hashsize', 64 << 20);
INSERT INTO statement_words (rowid, text, speaker, title)
SELECT s.row, s.text, s.speaker, 'A day in Geneva' FROM statements s ORDER BY s.row;

INSERT INTO thing_ids (rowid, ids)
SELECT s.row, s.id || coalesce((SELECT ' ' || group_concat(c.id, ' ') FROM claims c WHERE c.statement = s.row), '')
FROM statements s ORDER BY s.row;

INSERT INTO statement_words (statement_words, rank) VALUES ('hashsize', 1 << 20);
INSERT INTO thing_ids (thing_ids, rank) VALUES ('hashsize', 1 << 20);
