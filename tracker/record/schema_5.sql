-- From version 4 to 5: which positions a story's claims take, as bits, so that a story which opposes nothing is passed
-- over without a look at what it is about.  -1: not known, may be any.

ALTER TABLE story_vectors ADD COLUMN positions INTEGER NOT NULL DEFAULT -1;
