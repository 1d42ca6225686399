-- From version 6 to 7: what the claims of a story can have in common with those of others (contradiction.h), two bytes
-- a key: a story without any key of the new one's is not looked at.  NULL: not known, may be any.

ALTER TABLE story_vectors ADD COLUMN keys BLOB;
