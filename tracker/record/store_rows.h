/*
 * store_rows.h - statements, claims and pairs as SELECT gives them: store_list.c and store_get.c read the same columns
 *
 *     "SELECT " STATEMENT_COLUMNS STATEMENT_FROM "WHERE s.day = ?1"
 *     store_read_statement(from, 0, arena, &row)
 *
 * Tables go by one letter: s statements, c claims, t topics, st stories, o officials, x contradictions, r reviews.
 */
#ifndef TRACKER_STORE_ROWS_H
#define TRACKER_STORE_ROWS_H

#include "record/store_internal.h"

/* The row number comes first, then what store_read_statement reads. */
#define STATEMENT_COLUMNS                                                                                    \
    "s.row, s.id, st.id, s.n, s.speaker, s.speaker_text, s.speaker_span, s.office, s.country, s.kind, s.spans, "   \
    "s.text, s.cue, s.cue_span, s.said_on, s.place, s.negated, s.reporter, s.rule, st.title, st.published, "      \
    "st.source, st.url, CASE WHEN o.on_roster THEN o.key END, o.institution, s.context "
#define STATEMENT_FROM                                                                                       \
    "FROM statements s CROSS JOIN stories st ON st.row = s.story LEFT JOIN officials o ON o.row = s.official "

#define CLAIM_COLUMNS                                                                                        \
    "c.id, t.slug, coalesce(c.topic_label, t.label), c.position, c.condition, c.hedged, c.limiter, "              \
    "printf('[%d,%d]', c.span_from, c.span_to), c.rule, c.words, c.curated, c.negated, c.unconditional, c.side "
enum { CLAIM_COLUMN_COUNT = 14 };

/* Statements that have an id, or a claim of an id, that starts so; a phrase may hold no quotation mark. */
#define ROWS_OF_ID(id) "(SELECT rowid FROM thing_ids WHERE thing_ids MATCH '\"' || replace(" id ", '\"', '') || '\"*')"

/* The review of a pair that counts. */
#define LATEST_REVIEW(pair)                                                                                   \
    "(SELECT l.row FROM reviews l WHERE l.contradiction = " pair " ORDER BY l.reviewed_utc DESC, l.row DESC LIMIT 1)"

/* `at` is the first of the columns; the claims of a statement are read apart. */
void store_read_claim(sqlite3_stmt *from, int at, Arena *arena, ClaimRow *out);
void store_read_statement(sqlite3_stmt *from, int at, Arena *arena, StatementRow *out);

/* Prepare what gives the claims of a statement; NULL after filling err.  To be finalized. */
sqlite3_stmt *store_prepare_claims(Store *store, Error *err);
bool store_read_claims_of(Store *store, sqlite3_stmt *claims, int64_t statement_row, Arena *arena, StatementRow *out, Error *err);

/* Nothing happens where the statement has no such parameter. */
void store_bind_named(sqlite3_stmt *statement, const char *name, Str text);

#endif
