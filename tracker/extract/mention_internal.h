/*
 * mention_internal.h - shared by the parts of the mention module only
 *
 *     mention.c           rosters by office and day; who a pronoun means
 *     mention_phrase.c    word classes, days, noun phrases and what each is
 *     mention_entity.c    who is who in a story
 *
 * Hits are those of lexicon_find, phrases the mentions of the map; a token, a
 * mention and an entity are named by their index.
 */
#ifndef TRACKER_MENTION_INTERNAL_H
#define TRACKER_MENTION_INTERNAL_H

#include "extract/mention.h"

/* Phrases that mean a day: an offset from the story's own day, or one of these. */
enum { DAY_VAGUE = 1000, DAY_SAME = 1001, DAY_BEFORE = 1002 };

/* One official in one office, by country and title words in any order. */
typedef struct OfficeKey { uint64_t key; uint32_t row; } OfficeKey;

struct Mentioner {
    const Rules *rules;
    Arena arena;
    uint32_t *list_bits;             /* list id -> WORD_... */
    int *list_days;                  /* list id -> offset, or INT32_MAX */
    OfficeKey *offices; size_t n_offices;
    /* lists */
    int known_offices, anaphoric_bodies, anaphoric_firms, parts_of_firms, stay_unnamed, bystanders, never_nouns, generic_roles, epithets,
        common_names;
    WordId to, that, and_;
};

/* Everything that cutting and naming one story needs. */
typedef struct MentionFinder {
    const Mentioner *self;
    const Rules *rules;
    const Story *story;
    const Text *text;
    const Hits *hits;
    Arena *arena;
    MentionMap *map;
    Date last_day;                   /* the last day that the text told */
    bool *named_countries;           /* by row: does the story name it? */
} MentionFinder;

static inline bool has(const MentionFinder *f, uint32_t token, uint32_t bits)
{
    return token < f->text->n_tokens && (f->map->classes[token] & bits) != 0;
}

static inline const Token *tok(const MentionFinder *f, uint32_t token)
{
    return &f->text->tokens[token];
}

static inline Str word(const MentionFinder *f, uint32_t token)
{
    return token_fold(f->text->text, tok(f, token), f->arena);
}

/* The longest hit of a kind that starts at a token; NULL if there is none. */
static inline const Hit *hit_of(const MentionFinder *f, uint32_t token, LexiconKind kind)
{
    for (uint32_t i = f->hits->at[token]; i < f->hits->at[token + 1]; i++)
        if (f->hits->ptr[i].kind == kind)
            return &f->hits->ptr[i];
    return NULL;
}

/* Does a phrase of the list start at a token? */
static inline bool in_list(const MentionFinder *f, uint32_t token, int list)
{
    for (uint32_t i = f->hits->at[token]; i < f->hits->at[token + 1]; i++)
        if (f->hits->ptr[i].kind == LEXICON_LIST && (int)f->hits->ptr[i].id == list)
            return true;
    return false;
}

/* Unknown genders fit any. */
static inline bool gender_fits(char a, char b)
{
    return !a || !b || a == b;
}

/* Was the row's office held on `day`?  An open end after "as of" counts for three years at most. */
bool mention_held_on(const Official *row, Date day);

/* Of two rows of one person held on the day, does `row` say more than `best` (which may be NULL)? */
bool mention_better_row(const Official *row, const Official *best);

/* Fill classes, days and mentions of the map; the mentions have no entity yet. */
void mention_cut(MentionFinder *finder);

/* Capitalised for its own sake, not because it opens a sentence ("But", "Asked", "Speaking"). */
bool mention_is_capital(const MentionFinder *finder, uint32_t token);

/* The roster row that fits a name best on the story's day, among the rows that bear it; -1 if none does. */
int32_t mention_best_official(const MentionFinder *finder, uint32_t first, uint32_t end);

/* Fill the entities of the map, and of every mention but pronouns whom it means. */
void mention_name(MentionFinder *finder);

#endif
