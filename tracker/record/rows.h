/*
 * rows.h - what programs read: one row of output for a statement, a claim, a pair
 *
 * `scan` prints what extraction found, `statements` what the database holds;
 * both go through the same row, so they cannot differ:
 *
 *     Statement --row_from_statement--> StatementRow --row_send_statement--> Sink
 *                                          |      ^
 *                                          v      |
 *                                          database
 *
 * In a row, offsets are Unicode code points of the story's text, ends
 * exclusive, already written as JSON ("[840,894]", "[[840,894]]"); days are
 * "2025-02-13"; unknown values are STR_NONE.
 *
 * Ids are a letter and 16 hex digits, a hash of what makes the thing itself:
 *
 *     s-  story, speaker key, reporter, spans, cue    statement
 *     c-  statement, topic, position, span            claim
 *     p-  speaker key, topic, stance                  standing position
 *     x-  two standing positions                      contradiction
 */
#ifndef TRACKER_ROWS_H
#define TRACKER_ROWS_H

#include "base/base.h"
#include "base/sink.h"
#include "base/utf8.h"
#include "extract/statement.h"
#include "read/story.h"

enum { ROW_ID_BYTES = 19 };                /* "c-" + 16 digits + NUL */

typedef struct ClaimRow {
    Str id;
    Str topic, topic_label;
    Str position;
    bool condition, hedged;
    Str limit;
    Str span;                              /* JSON */
    Str rule;
    /* Not in a statement's "claims", but in `claims` and `show`: */
    Str words;                             /* of the span */
    bool curated, negated, unconditional;
    int side;
} ClaimRow;

typedef struct StatementRow {
    Str id, story;
    int n;
    Str speaker, speaker_text, speaker_span;
    Str office, country;
    Str kind;                              /* "direct", "indirect", "mixed" */
    Str spans, text;
    Str cue, cue_span;
    Str said_on, place;
    bool negated;
    Str reporter;
    ClaimRow *claims; size_t n_claims;
    Str rule;
    Str title, published, source, url;     /* of the story */
    Str official;                          /* roster key */
    bool institution;
    Str context;                           /* JSON span */
} StatementRow;

typedef struct StoryRow {
    Str id, title, source, url, place, published;
    int statements, claims, copies;
} StoryRow;

typedef struct ContradictionSide {
    Str claim, story, speaker, office, country, said_on, place, position;
    Str spans, text;                       /* the claim's words */
    Str url, rule;
    Str title, published, source;          /* of the story: for `show` */
    Str statement;                         /* id */
} ContradictionSide;

typedef struct ContradictionRow {
    Str id, topic, topic_label, grade, relation;
    double score;
    Str reason, found_on;
    ContradictionSide a, b;
    int evidence;                          /* how many pairs of claims showed it */
    Str review;                            /* "ok", "wrong", "unsure"; STR_NONE */
    Str review_note, reviewer, reviewed_utc;      /* for `show` */
} ContradictionRow;

/* The words that were judged. */
typedef struct ReviewSide { Str story, speaker, span, text; } ReviewSide;

typedef struct ReviewRow {
    Str contradiction;                     /* id of the pair */
    Str verdict, note, reviewer;
    Str reviewed_utc;                      /* "2025-02-13T09:30:00Z" */
    bool latest;                           /* the one of its pair that counts */
    bool on_file;                          /* the pair is in the database */
    Str topic_label;
    ReviewSide a, b;
    Str carried_from;                      /* the pair that was judged, where other rules gave it another id since */
} ReviewRow;

/* What other rules make of the stories on file: a claim or a pair that is there only before, only after, or differs. */
typedef struct ChangeRow {
    Str change;                            /* "gained", "lost", "changed" */
    Str thing;                             /* "claim", "pair" */
    Str id, was;                           /* was: its id before, where that was another */
    Str what;                              /* "position closed -> open; condition"; of what changed */
    Str topic, topic_label;
    Str grade; double score;               /* of pairs */
    ContradictionSide a, b;                /* a claim is all a: id, story, speaker, country, said_on, position, spans,
                                            * text, rule */
    Str review;                            /* of a pair */
} ChangeRow;

typedef struct RowColumns { const SinkColumn *ptr; size_t len; } RowColumns;

/* "statement", "claim", "contradiction", "story", "search", "review", "change": what sink_open() is given. */
extern const RowColumns row_statement_columns, row_claim_columns, row_contradiction_columns, row_story_columns,
                        row_search_columns, row_review_columns, row_change_columns;

/* In story order one counter serves a whole story in one pass. */
void row_from_statement(const Story *story, const Statement *statement, Utf8Counter *counter, Arena *arena,
                        StatementRow *out);

void row_send_statement(Sink *sink, const StatementRow *row, Arena *scratch);
/* One claim of a statement, a row of its own. */
void row_send_claim(Sink *sink, const StatementRow *row, const ClaimRow *claim);
void row_send_contradiction(Sink *sink, const ContradictionRow *row);
void row_send_story(Sink *sink, const StoryRow *row);
void row_send_search(Sink *sink, const StatementRow *row);
void row_send_review(Sink *sink, const ReviewRow *row);
void row_send_change(Sink *sink, const ChangeRow *row);

/* The id of anything: a letter and the parts that make it what it is. */
Str row_id(char letter, const Str *parts, size_t n_parts, Arena *arena);

/* One key for a speaker in all stories: the roster's, else the name folded; a nameless one is the story's own.
 * STR_NONE when nobody can tell whose words they are. */
Str row_speaker_key(const Story *story, const Statement *statement, Arena *arena);

/* "[840,894]" back into a span of points; false if it is none (STR_NONE). */
bool row_parse_span(Str json, Span *out);
/* "[[1,2],[3,4]]" likewise. */
void row_parse_spans(Str json, Arena *arena, Spans *out);
/* Points of valid text into bytes. */
Span row_span_bytes(Str text, Span points);

#endif
