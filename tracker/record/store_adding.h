/*
 * store_adding.h - what the parts of adding a story share
 *
 *     store_add.c      a story, its statements and claims, officials, topics and standing positions
 *     store_held.c     what is on file of others, as it is compared: held in memory from story to story
 *     store_pairs.c    the comparison, and the pairs that it makes: written once a batch
 */
#ifndef TRACKER_STORE_ADDING_H
#define TRACKER_STORE_ADDING_H

#include "record/store_internal.h"

typedef struct Standing { int64_t row; Str id; } Standing;

/*
 * A claim as the database has it.  New ones are read back too, so that both sides of every pair come from there.  What
 * only a pair tells of it (told: open topics, the standing position) lies elsewhere and is read when there is one.
 */
struct Held {
    ClaimView view;                      /* first: a ClaimView of ours is a Held */
    Claim claim;
    int64_t row, topic_row, story_row;
    int64_t official_row;                /* 0: nobody is named */
    bool told;
    Standing standing;
    Claim stand;                         /* the standing position's topic, no more */
    uint8_t position;                    /* the number of its bit, or POSITION_ANY */
    uint64_t positions, against;         /* bits of its position, and of those that oppose it */
    uint64_t keys;                       /* a bit for each of its keys: filled by store_hold_story */
};

typedef struct FoundPairs { struct FoundPair *ptr; size_t len, cap; } FoundPairs;

typedef struct Adding {                  /* one story on its way in */
    Store *store;
    const Rules *rules;
    const Story *story;
    Arena *arena;
    StoreOutcome *outcome;
    Error *err;
    int64_t story_row;
    Str published;                       /* day of the story */
    size_t n_compared;                   /* claims that others are compared with */
    Names ids;                           /* of its statements and claims */
    FoundPairs pairs;                    /* found so far */
    Names pair_rows;                     /* rows of two standing positions -> index in pairs */
} Adding;

/* ---- store_add.c */

/* The standing position of which `first` is the first claim.  topic is that of `first`, or 0 where it is not known. */
bool store_add_standing(Adding *adding, Str speaker_key, const Claim *first, int64_t topic, bool new_topic, Standing *out);

/* ---- store_held.c: NULL and false after filling err; all lives until store_limit_held or store_forget_held */

/* Before a story, so that what is held stays until the story is done: no more than fits. */
void store_limit_held(Store *store);
/* The claims of a story that are compared. */
bool store_hold_story(Store *store, int64_t story, const Rules *rules, HeldClaims *out, Error *err);
/* All that a pair tells of a claim. */
bool store_tell_held(Store *store, Held *held, Error *err);
/* The stories of a day that have any. */
Day *store_hold_day(Store *store, Date date, Error *err);
/* The place of a key among `places`, a power of two. */
size_t store_place_of(StoryKey key, size_t places);
/* Another story of a day that is held; keys: each once. */
void store_hold_story_of_day(Store *store, Date date, const DayStory *story, const StoryKeys *keys);
/* Claims of other stories that take this position on the curated topic of `own`, within CONTRADICTION_DAYS_CURATED of
 * the new one's day and maybe beyond. */
const HeldClaims *store_hold_topic(Adding *adding, const Held *own, Str position);
/* One of the new story, for those that follow. */
void store_hold_on_topic(Store *store, Held *held);
/* The columns of claims by which they are compared. */
Str store_symbols_text(const Claim *claim, Arena *arena);
Str store_names_text(const Strs *names, Arena *arena);

/* ---- store_pairs.c */

/* Pairs of the story's claims with each other and with those on file, into adding->pairs. */
bool store_find_pairs(Adding *adding);
/* When the story is in for good: its pairs wait for store_write_pairs. */
void store_keep_pairs(Adding *adding);
/* Before a story: those that wait are written when they are many. */
bool store_limit_pairs(Store *store, Error *err);

#endif
