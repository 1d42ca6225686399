-- A database of :n claims, for measuring what adding a story costs when many are on file.
--
-- What claims are compared by (topic, position, symbols, names, the stories' vectors) is drawn from the stories of
-- `real`, a small database that the program made; everything else is made up: 20 years of news at an even pace, few
-- speakers who say much and many who say little, most open topics met once.  Rows are numbered, and hashed numbers
-- stand for chance, so that the same :n makes the same database.

CREATE TEMP TABLE size AS
SELECT :n AS claims, :n * 13 / 10 AS statements, :n * 2 / 5 AS stories, 1000 + :n / 50 AS officials,
       julianday('2026-01-01') AS last_day, 7300 AS days;
CREATE TEMP TABLE pool_story (k INTEGER PRIMARY KEY, vector BLOB, positions INTEGER, keys BLOB, title TEXT, text TEXT);
INSERT INTO pool_story SELECT NULL, v.vector, v.positions, v.keys, st.title, substr(st.text, 1, 600)
FROM real.story_vectors v JOIN real.stories st ON st.row = v.day_story & 4294967295;
CREATE TEMP TABLE pool_claim (k INTEGER PRIMARY KEY, topic INTEGER, curated, label, position, side, words, rule, symbols,
                              names, flags, content_words);
INSERT INTO pool_claim
SELECT NULL, topic, curated, topic_label, position, side, words, rule, symbols, names, flags, content_words
FROM real.claims WHERE symbols IS NOT NULL;
CREATE TEMP TABLE pool AS
SELECT (SELECT max(k) FROM pool_story) AS stories, (SELECT max(k) FROM pool_claim) AS claims,
       (SELECT max(row) FROM real.topics) AS topics;

INSERT INTO engines SELECT * FROM real.engines;
INSERT INTO topics SELECT * FROM real.topics;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.officials)
INSERT INTO officials SELECT i, 'speaker ' || i, 'Speaker ' || i, 'speaker ' || i, 0, 0 FROM n;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.stories),
drawn AS (SELECT i, i * 2654435761 % 4294967296 AS h FROM n)
INSERT INTO stories (row, id, engine, published, title, source, url, place, text_hash, text)
SELECT d.i, printf('b-%08x', d.h), 1, date(size.last_day - size.days + d.i * size.days / size.stories), p.title,
       'Wire ' || d.h % 40, NULL, NULL, printf('%08x%08x', d.h, d.i), printf('%d. ', d.i) || p.text
FROM drawn d CROSS JOIN size CROSS JOIN pool CROSS JOIN pool_story p ON p.k = 1 + (d.h >> 3) % pool.stories;

-- Seven in eight stories have parts of the vectors of others: near to few; the eighth is near to one.
INSERT INTO story_vectors
SELECT CAST(julianday(s.published) - 2440587.5 AS INTEGER) << 32 | s.row,
       CASE WHEN s.row % 8 = 0 THEN p.vector
       ELSE CAST(substr(p.vector, 1, 64) || substr(q.vector, 65, 128) || substr(p.vector, 193, 64) ||
                 substr(r.vector, 257, 256) AS BLOB) END, p.positions, p.keys
FROM stories s CROSS JOIN pool
CROSS JOIN pool_story p ON p.k = 1 + (s.row * 2654435761 % 4294967296 >> 3) % pool.stories
CROSS JOIN pool_story q ON q.k = 1 + (s.row * 2654435761 % 4294967296 >> 7) % pool.stories
CROSS JOIN pool_story r ON r.k = 1 + (s.row * 2654435761 % 4294967296 >> 11) % pool.stories
ORDER BY 1;

WITH k (i) AS (VALUES (1), (2), (3), (4), (5), (6))
INSERT INTO story_keys
SELECT CAST(julianday(s.published) - 2440587.5 AS INTEGER) / 14, (s.row * 6 + k.i) * 2654435761 % 4294967296 - 2147483648, s.row
FROM stories s CROSS JOIN k ORDER BY 1, 2, 3;

WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.statements),
drawn AS (SELECT i, i * 2654435761 % 4294967296 AS h FROM n),
said AS (SELECT i, h, 1 + (i - 1) * size.stories / size.statements AS story,
                CAST(1 + size.officials * (h / 4294967296.0) * (h / 4294967296.0) * (h / 4294967296.0) AS INTEGER) AS speaker,
                date(size.last_day - size.days + i * size.days / size.statements) AS day FROM drawn CROSS JOIN size)
INSERT INTO statements (row, id, story, n, official, speaker_key, speaker, speaker_text, speaker_span, office, country,
                        kind, spans, text, cue, cue_span, said_on, place, negated, context, rule, day)
SELECT i, printf('s-%08x%08x', h, i), story, i, speaker, 'speaker ' || speaker, 'Speaker ' || speaker, 'the minister',
       '[10,22]', 'Minister', substr('USRUCNFRDEGBINJPBRZA', 1 + 2 * (speaker % 10), 2), 'indirect', '[[31,110]]',
       p.words, 'said', '[24,28]', day, 'Geneva', 0, '[0,120]', 'attribution.rules:1', day
FROM said CROSS JOIN pool CROSS JOIN pool_claim p ON p.k = 1 + h % pool.claims;

-- Topics of rules stay, of the others one in five is met again.
CREATE TEMP TABLE drawn_claim (i INTEGER PRIMARY KEY, h INTEGER, k INTEGER, topic INTEGER);
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n, size WHERE i < size.claims),
drawn AS (SELECT i, (i * 2246822519 + 374761393) % 4294967296 AS h FROM n)
INSERT INTO drawn_claim
SELECT d.i, d.h, p.k, CASE WHEN p.curated OR d.h % 5 = 0 THEN p.topic ELSE pool.topics + d.i END
FROM drawn d CROSS JOIN pool CROSS JOIN pool_claim p ON p.k = 1 + (d.h >> 4) % pool.claims;

INSERT INTO topics
SELECT d.topic, printf('matter-%08x-%d', d.h, d.i), 'matter ' || d.i, 'matter ' || d.i, 0
FROM drawn_claim d CROSS JOIN pool WHERE d.topic > pool.topics;

INSERT INTO standing
SELECT d.i, printf('p-%08x%08x', d.h, d.i), 'speaker ' || d.i, d.topic, '+' FROM drawn_claim d;

INSERT INTO claims
SELECT d.i, printf('c-%08x%08x', d.h, d.i), 1 + (d.i - 1) * 13 / 10, 0, d.topic, p.label, p.position, p.side, p.curated,
       0, 0, 0, 0, NULL, 31, 110, p.words, p.rule, d.i, s.said_on, p.symbols, p.names, p.flags, p.content_words
FROM drawn_claim d CROSS JOIN pool_claim p ON p.k = d.k CROSS JOIN statements s ON s.row = 1 + (d.i - 1) * 13 / 10;

INSERT INTO contradictions
SELECT d.i, printf('x-%08x%08x', d.h, d.i), d.i, d.i + 1, d.i, d.i + 1, d.topic, NULL, 'tension', 'different-governments', .4,
       'made up', b.day, 1, 'z', a.official, b.official, e.topic
FROM drawn_claim d CROSS JOIN drawn_claim e ON e.i = d.i + 1
CROSS JOIN statements a ON a.row = 1 + (d.i - 1) * 13 / 10 CROSS JOIN statements b ON b.row = 1 + d.i * 13 / 10 WHERE d.i % 30 = 0;

INSERT INTO statement_words (rowid, text, speaker, title)
SELECT s.row, s.text, s.speaker, 'A day in Geneva' FROM statements s ORDER BY s.row;

INSERT INTO thing_ids (rowid, ids)
SELECT s.row, s.id || coalesce((SELECT ' ' || group_concat(c.id, ' ') FROM claims c WHERE c.statement = s.row), '')
FROM statements s ORDER BY s.row;
