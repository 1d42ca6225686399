-- From version 6 to 7: what is compared and what is listed is found without a look at everything else on file.

-- What the claims of a story can have in common with those of others (contradiction.h), two bytes a key: a story without
-- any key of the new one's is not looked at.  NULL: not known, may be any.
ALTER TABLE story_vectors ADD COLUMN keys BLOB;
-- A claim whose verb turns its position round opposes what its position does not: not known, may be all.
UPDATE story_vectors SET positions = -1;

-- said_on, else the day on which the story was published: the order of lists.
ALTER TABLE statements ADD COLUMN day TEXT;
UPDATE statements SET day = coalesce(said_on, (SELECT st.published FROM stories st WHERE st.row = story));
CREATE INDEX statements_by_day ON statements (day);
DROP INDEX statements_by_official;
CREATE INDEX statements_by_official ON statements (official, day);

-- Whose words are shown, and the topic of the side that does not name the pair.
ALTER TABLE contradictions ADD COLUMN official_a INTEGER REFERENCES officials;
ALTER TABLE contradictions ADD COLUMN official_b INTEGER REFERENCES officials;
ALTER TABLE contradictions ADD COLUMN other_topic INTEGER REFERENCES topics;
UPDATE contradictions SET
    official_a = (SELECT s.official FROM claims c CROSS JOIN statements s ON s.row = c.statement WHERE c.row = claim_a),
    official_b = (SELECT s.official FROM claims c CROSS JOIN statements s ON s.row = c.statement WHERE c.row = claim_b),
    other_topic = (SELECT c.topic FROM claims c WHERE c.row IN (claim_a, claim_b) AND c.topic <> contradictions.topic);
CREATE INDEX contradictions_by_official_a ON contradictions (official_a);
CREATE INDEX contradictions_by_official_b ON contradictions (official_b);
CREATE INDEX contradictions_by_other_topic ON contradictions (other_topic);
