-- From version 5 to 6: a few sentences of each story by their hashes, so that a copy which another paper has cut,
-- headed or extended is known again.  The program fills the table for the stories on file.

CREATE TABLE story_keys (
    period INTEGER NOT NULL,                            -- fortnights since 1970-01-01: what can be a copy lies together
    key    INTEGER NOT NULL,
    story  INTEGER NOT NULL REFERENCES stories,
    PRIMARY KEY (period, key, story)
) STRICT, WITHOUT ROWID;

-- A copy or another version that says more than the story it is linked to: it stands in stories as well, with those
-- statements only that are in none of the first one's sentences.
CREATE TABLE story_versions (
    story    INTEGER PRIMARY KEY REFERENCES stories,
    first    INTEGER NOT NULL REFERENCES stories,
    relation TEXT NOT NULL CHECK (relation IN ('copy', 'corrected'))
) STRICT;
CREATE INDEX story_versions_by_first ON story_versions (first);
