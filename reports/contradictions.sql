-- Pairs to check that were found on this day
-- One row for each two standing positions that cannot both hold, with the words that show it best.
-- Columns: see README.md.  :date is the day.
SELECT contradiction, topic_label, topic, grade, relation, score, reason,
       a_speaker, a_office, a_country, a_position, a_words, a_said_on, a_place, a_published, a_source, a_title, a_url,
       a_rule, a_claim, a_story,
       b_speaker, b_office, b_country, b_position, b_words, b_said_on, b_place, b_published, b_source, b_title, b_url,
       b_rule, b_claim, b_story,
       evidence, found_on, review, review_note,
       reviewer, reviewed_utc
FROM disagreements
WHERE found_on = :date
ORDER BY grade = 'tension', score DESC, contradiction;
