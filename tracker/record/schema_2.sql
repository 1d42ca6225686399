-- From version 1 to 2: reviews keep their history, who made them and when, and the words that were judged.

ALTER TABLE reviews RENAME TO reviews_1;

-- What people said about a pair, each time they did; the latest counts.  No reference: a review outlives the pair
-- and waits for it to be found again.  The words are those that the reader saw: other rules may find the same two
-- under another id, and a desk that gets the review from another one may not have the story.
CREATE TABLE reviews (
    row           INTEGER PRIMARY KEY,
    contradiction TEXT NOT NULL,                        -- x-...
    reviewed_utc  TEXT NOT NULL,                        -- 2025-02-13T09:30:00Z
    reviewer      TEXT NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('ok', 'wrong', 'unsure')),
    note          TEXT NOT NULL,                        -- '' for none
    carried_from  TEXT,                                 -- the pair that was judged, where rules have renamed it since
    topic_label   TEXT,
    a_story       TEXT,                                 -- an id
    a_speaker     TEXT,
    a_from        INTEGER,
    a_to          INTEGER,
    a_text        TEXT,
    b_story       TEXT,
    b_speaker     TEXT,
    b_from        INTEGER,
    b_to          INTEGER,
    b_text        TEXT,
    UNIQUE (contradiction, reviewed_utc, reviewer, verdict, note)
) STRICT;

INSERT INTO reviews (contradiction, reviewed_utc, reviewer, verdict, note)
SELECT contradiction, coalesce(date(reviewed_on), '1970-01-01') || 'T00:00:00Z', 'unknown', verdict, coalesce(note, '')
FROM reviews_1;
DROP TABLE reviews_1;
