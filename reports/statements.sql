-- What was said in the stories published on this day
-- One row for each statement, in the order of the stories.
SELECT statement, speaker, office, country, kind, text, cue, negated, reporter, said_on, place, published, source, title,
       url, rule, story, n
FROM who_said_what
WHERE published = :date
ORDER BY story, n;
