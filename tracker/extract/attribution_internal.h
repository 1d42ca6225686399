/*
 * attribution_internal.h - shared by the parts of the attribution module only
 *
 *     attribution.c           the whole story: its rows, their statements, quotations without a cue, transcripts
 *     attribution_row.c       a sentence as a row of chunks
 *     attribution_clause.c    what a stretch of a row is: a clause, a frame, the opening of a relative clause
 *     attribution_match.c     what a rule matched in a row: a candidate, one way to read one cue
 *     attribution_agree.c     do the source and the verb of a candidate belong together?
 *     attribution_mute.c      cues that bring no words: "a package announced last week"
 *     attribution_choose.c    of all candidates the best for each cue, and who speaks in it
 *     attribution_content.c   which words a cue brings: where they begin and end
 *     attribution_speaker.c   whom the source of a statement means
 *
 *     Talks    failed ,  the envoy  said  on Monday .         the row
 *     <source>        ,  <source>   <say> <date>    .         its symbols
 *     [content      ]    [source ]  [cue]                     the candidate
 *
 * Tokens, chunks and mentions are named by their index; ends are exclusive.
 */
#ifndef TRACKER_ATTRIBUTION_INTERNAL_H
#define TRACKER_ATTRIBUTION_INTERNAL_H

#include "extract/attribution.h"
#include "extract/setting.h"

#include <string.h>

/* One symbol of a row: a phrase, a quotation, a cue or a single token. */
typedef struct Chunk {
    uint32_t first, end;             /* tokens */
    int32_t mention, quote, verb, day;       /* index, or -1; verb: a VerbForm */
} Chunk;

/* A sentence, or several that a quotation joins, as the patterns see it. */
typedef struct Row {
    Chunk *chunks; Symbol *symbols;
    size_t len, cap;
    uint32_t first, end;             /* tokens */
    uint32_t paragraph;
} Row;

/* One way to read one cue. */
typedef struct Candidate {
    uint32_t rule;
    uint32_t from, to;               /* chunks of the whole match */
    uint32_t cue_from, cue_to;       /* chunks */
    int32_t  source;                 /* chunk, or -1 */
    int32_t  quote;                  /* chunk of <quote>, or -1 */
    int32_t  recipient;              /* chunk of <recipient:source>, or -1 */
    bool     has_content;
    bool     mute;                   /* no words of anybody's, but content in front ends here: "... and posted a profit" */
    uint32_t content_from, content_to;
    int weight;
    Str where;
} Candidate;
typedef struct Candidates { Candidate *ptr; size_t len, cap; } Candidates;

/* Tokens [first, end) */
typedef struct Range { uint32_t first, end; } Range;
typedef struct Ranges { Range *ptr; size_t len, cap; } Ranges;

struct Attributor {
    Arena arena;
    const Rules *rules;
    RuleMatcher *matcher;
    Symbol quote, source, pp, date, aux, adverb, judge, ask;
    WordId that, who, what, with, and_, but, while_, to, of, by, as, for_, during, according, not_, never;
    int bare_determiners, indefinite_articles, plural_determiners, possessives, topic_prepositions, subordinators, perfects,
        pasts, clause_verbs, passives, own_adverbs, wishes, platforms, airings,
        adverbs, participles, asides, gaps, thing_participles, conditions, clause_openers, means, scenes, interviewers,
        bystanders, never_nouns, naming, times, announcing, meaning, superlatives, quoting, hearsay, qualifiers,
        askers, answerers;                   /* lists */
    SettingWords setting;
    Str source_slot, quote_slot, content_slot, recipient_slot;
    AttributionRows *rows;           /* see attributor_record */
};

typedef struct Notes { unsigned *ptr; size_t len, cap; } Notes;

/* Everything one call needs. */
typedef struct Finder {
    const Attributor *by;
    const Rules *rules;
    const Story *story;
    const Text *text;
    const Hits *hits;
    const MentionMap *map;
    Arena *arena;
    Statements *out;
    Problems *problems;
    int32_t *day_at;                 /* token -> day that starts there, or -1 */
    int32_t *quote_at;               /* token -> quotation that opens there, or -1 */
    int32_t speaker;                 /* entity that spoke last, or -1 */
    int32_t last;                    /* index of the last statement, or -1 */
    uint32_t last_paragraph;
    bool last_quoted;                /* it ended in a quotation */
    SettingText setting;
    Notes notes;                     /* of each statement: SETTING_... */
} Finder;

static inline const Token *tok(const Finder *f, uint32_t at)
{
    return &f->text->tokens[at];
}

static inline bool has(const Finder *f, uint32_t at, uint32_t bits)
{
    return at < f->text->n_tokens && (f->map->classes[at] & bits) != 0;
}

static inline bool is_mark(const Finder *f, uint32_t at, const char *marks)
{
    return at < f->text->n_tokens && token_is_mark(tok(f, at), marks);
}

static inline bool is_word(const Finder *f, uint32_t at, WordId word)
{
    return word && at < f->text->n_tokens && tok(f, at)->word == word;
}

static inline bool is_capital(const Finder *f, uint32_t at)
{
    return (tok(f, at)->flags & TOKEN_CAPITAL) != 0;
}

/* As it is written: "ing", not "ING". */
static inline bool ends_in(const Finder *f, uint32_t at, const char *ending)
{
    return str_ends(str_slice(f->text->text, tok(f, at)->span), str_from(ending));
}

/* The words of a stretch: marks, numbers and the possessive 's are none. */
static inline size_t count_words(const Finder *f, uint32_t first, uint32_t end)
{
    size_t n = 0;
    for (uint32_t i = first; i < end; i++)
        n += tok(f, i)->kind == TOKEN_WORD && !(tok(f, i)->flags & TOKEN_POSSESSIVE);
    return n;
}

/* The first word of a chunk */
static inline bool chunk_is(const Finder *f, const Row *row, uint32_t at, WordId word)
{
    return is_word(f, row->chunks[at].first, word);
}

static inline bool chunk_has(const Finder *f, const Row *row, uint32_t at, uint32_t bits)
{
    return has(f, row->chunks[at].first, bits);
}

static inline bool chunk_in(const Finder *f, const Row *row, uint32_t at, int list)
{
    return hits_list_at(f->hits, row->chunks[at].first, list);
}

static inline bool chunk_ends_in(const Finder *f, const Row *row, uint32_t at, const char *ending)
{
    return ends_in(f, row->chunks[at].first, ending);
}

/* NULL where the chunk is no phrase. */
static inline const Mention *chunk_mention(const Finder *f, const Row *row, uint32_t at)
{
    int32_t mention = row->chunks[at].mention;
    return mention >= 0 ? &f->map->mentions.ptr[mention] : NULL;
}

/* The source of a candidate; NULL if it has none. */
static inline const Mention *attribution_source(const Finder *f, const Row *row, const Candidate *c)
{
    return c->source >= 0 ? chunk_mention(f, row, (uint32_t)c->source) : NULL;
}

static inline Range attribution_chunk_range(const Row *row, uint32_t from, uint32_t to)
{
    return (Range){ row->chunks[from].first, row->chunks[to - 1].end };
}

/* ---- attribution_row.c ---- */

/* Cut the tokens of the row into chunks. */
void attribution_build_row(Finder *f, Row *row);

/* ---- attribution_clause.c ---- */

/* The first of the auxiliaries and adverbs in front of a cue: "has not [said]"; the cue's own chunk when none is. */
uint32_t attribution_verb_group(const Finder *f, const Row *row, uint32_t cue);

/* "starting", "making": a participle, or a noun that is none of the phrases found. */
bool attribution_ends_in_ing(const Finder *f, const Row *row, uint32_t at);

/* May the chunk be a finite verb?  Not "to sign", "signing", nor "signed by".  Verbs that no list has end in -ed. */
bool attribution_is_finite(const Finder *f, const Row *row, uint32_t at);

/* Is it a clause ("exports had fallen"), and no bare thing ("a photo of a boat that had sunk")? */
bool attribution_is_clause(const Finder *f, const Row *row, uint32_t from, uint32_t to);

/* Does a clause stand in front of a chunk ("The pact is dead, ..."), or only a phrase ("On Monday, ...")? */
bool attribution_has_clause(const Finder *f, const Row *row, uint32_t end);

/* "In an interview in Oslo last week, ...": a day and a place are no content. */
bool attribution_is_frame(const Finder *f, const Row *row, uint32_t from, uint32_t to);

/* Does "that" stand in front of a chunk: "said that [", "said that, ["? */
bool attribution_follows_that(const Finder *f, const Row *row, uint32_t at);

/* "agreed on a pact that settles ...": a finite verb behind "that" (just before the content, or its first word). */
bool attribution_is_relative_that(const Finder *f, const Row *row, uint32_t content);

/* "who", "in which" */
bool attribution_opens_relative(const Finder *f, const Row *row, uint32_t at);

/* "For the first time, she mentions ...", "Touring Oslo, he said ...": what stands there is no clause on its own. */
bool attribution_opens_phrase(const Finder *f, const Row *row, uint32_t from);

/* ---- attribution_match.c ---- */

/* The verb of a candidate's cue; NULL where the cue is a colon or plain words ("according to"). */
const VerbForm *attribution_verb(const Finder *f, const Row *row, const Candidate *c);

/* A verb that takes a thing, not a clause: "welcomed the plan". */
bool attribution_is_judgement(const Finder *f, const Row *row, const Candidate *c);

/* "X said A and promised B": the second cue shares the first one's source. */
bool attribution_is_coordinated(const Finder *f, const Row *row, const Candidate *c);

/* A match as a candidate; false when nobody says anything in it. */
bool attribution_read_match(const Finder *f, const Row *row, const RuleMatch *match, Candidate *out);

/* ---- attribution_agree.c ---- */

/* "..., with the union saying it was dead": of all phrases behind a preposition only this one brings a speaker. */
bool attribution_is_absolute(const Finder *f, const Row *row, const Candidate *c);

/*
 * Do source and verb agree?  "the state support" and "swing states" hold no verb; nor does "X, Y said Z" invert.
 * What the writer or a speaker says of himself ("I think") is nobody's statement here.
 */
bool attribution_agrees(const Finder *f, const Row *row, const Candidate *c);

/* ---- attribution_mute.c ---- */

/* "a package announced in May": verbs of which things are the object, and a preposition behind. */
bool attribution_is_thing_participle(const Finder *f, const Row *row, const Candidate *c);

/* Does a cue with words behind it say none of them? */
bool attribution_is_mute(const Finder *f, const Row *row, const Candidate *c);

/* ---- attribution_choose.c ---- */

/* The candidates of a row, one for each cue and one for each quotation, in the order of their cues. */
void attribution_candidates(Finder *f, const Row *row, Candidates *out);

/* ---- attribution_content.c ---- */

/* The words of a quotation, without its marks, as far as they stand in the row. */
Range attribution_quote_range(const Finder *f, const Row *row, uint32_t chunk);

/* The words of a candidate, in text order; false when it says nothing. */
bool attribution_content(const Finder *f, const Row *row, const Candidates *all, const Candidate *c, Ranges *ranges);

/* ---- attribution_speaker.c ---- */

/* Fill the speaker fields from an entity. */
void attribution_speak_as(const Finder *f, Statement *st, int32_t entity);

/* Who speaks: fills the speaker fields from the mention beside a cue (its first token); returns the entity or -1. */
int32_t attribution_set_speaker(const Finder *f, Statement *st, int32_t mention, uint32_t cue);

#endif
