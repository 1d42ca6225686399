-- From version 2 to 3: what adding a story looks at lies close together, however much is on file.

-- Statistics made when a database was small make SQLite scan tables that have grown since: queries give the order of
-- their tables instead, and no statistics are kept.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;

-- What stories are about, for comparing those of about the same day; of stories with a claim to compare.
CREATE TABLE story_vectors (
    day_story INTEGER PRIMARY KEY,                      -- days since 1970-01-01 << 32 | stories.row: days lie together
    vector    BLOB NOT NULL
) STRICT;

INSERT INTO story_vectors
SELECT CAST(julianday(published) - 2440587.5 AS INTEGER) << 32 | row, vector FROM stories
WHERE vector IS NOT NULL AND published IS NOT NULL ORDER BY published, row;
ALTER TABLE stories DROP COLUMN vector;
