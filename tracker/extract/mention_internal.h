/*
 * mention_internal.h - shared by the parts of the mention module only
 *
 *     mention.c           rosters by office and day; who a pronoun means
 *     mention_day.c       days told in the text
 *     mention_word.c      what each word may be: its class, a name, a verb
 *     mention_phrase.c    where a noun phrase ends
 *     mention_kind.c      what a phrase is: a person, a role, a body, a country; the name in it
 *     mention_land.c      whose it is: the country in a phrase
 *     mention_entity.c    who is who in a story: people by their names
 *     mention_body.c      bodies and countries: full names, short ones, "the company"
 *     mention_role.c      people without a name: "the envoy", "a senior official"; whose they are
 *     mention_document.c  "the report", "the lawsuit": who wrote it
 *     mention_joint.c     those who speak together: "Roe and Moe", and "the two men" who are they
 *
 * Hits are those of lexicon_find, phrases the mentions of the map; a token, a
 * mention and an entity are named by their index.
 */
#ifndef TRACKER_MENTION_INTERNAL_H
#define TRACKER_MENTION_INTERNAL_H

#include "engine/names.h"
#include "extract/mention.h"

/* Phrases that mean a day: an offset from the story's own day, or one of these. */
enum { DAY_VAGUE = 1000, DAY_SAME = 1001, DAY_BEFORE = 1002, DAY_COUNTED = 1003 };

/* One official in one office, by country and title words in any order. */
typedef struct OfficeKey { uint64_t key; uint32_t row; } OfficeKey;

struct Mentioner {
    const Rules *rules;
    Arena arena;
    uint32_t *list_bits;             /* list id -> WORD_... */
    int *list_days;                  /* list id -> offset, or INT32_MAX */
    OfficeKey *offices; size_t n_offices;
    Names office_fillers;            /* folded words that do not tell one office from another */
    Names capitals;                  /* folded to lower case -> row of countries */
    Names lands;                     /* ISO code -> row of countries */
    Date *ended;                     /* by row of countries: the last day of a state that is no more, or DATE_UNKNOWN */
    /* lists */
    int known_offices, anaphoric_bodies, anaphoric_firms, parts_of_firms, stay_unnamed, bystanders, peers, joint_firms, joint_people, joint_lands,
        group_pronouns, floating, papers, ranks, issuing, never_nouns, generic_roles, epithets,
        common_names, articles, things, name_openers, loose_bodies, other_firms, firm_words, press, press_names, quantifiers, documents, national_bodies,
        anaphoric_lands, namesakes, firm_suffixes, small_suffixes, master_prepositions, purpose_bodies, purpose_prepositions,
        before_days, parts_of_days, generations, short_given_names,
        anaphoric_panels, panels, posted_abroad, seats_of_officials;
    Symbol tell;
    WordId to, that, and_, of, by, from, in_, next, last;
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
    int32_t *writers;                /* mention -> who wrote the paper that it names, or -1 */
    bool *named_countries;           /* by row: does the story name it? */
    Names *known_names;              /* of mention_body.c: name -> what the lexicon knows of it */
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

/* Is the token this word of the lexicon? */
static inline bool is_word(const MentionFinder *f, uint32_t token, WordId word)
{
    return word && tok(f, token)->word == word && tok(f, token)->kind == TOKEN_WORD;
}

/* The longest hit of a kind that starts at a token; NULL if there is none. */
static inline const Hit *hit_of(const MentionFinder *f, uint32_t token, LexiconKind kind)
{
    for (uint32_t i = f->hits->at[token]; i < f->hits->at[token + 1]; i++)
        if (f->hits->ptr[i].kind == kind)
            return &f->hits->ptr[i];
    return NULL;
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

/* Fill the classes of the map. */
void mention_mark_classes(MentionFinder *finder);

/* Does a name of somebody or something begin at a token, or its first word? */
bool mention_is_in_roster(const MentionFinder *finder, uint32_t token);

/* A finite verb seen from its left, in a phrase that began at `first`: not a noun that happens to look like one. */
bool mention_is_verb(const MentionFinder *finder, uint32_t token, uint32_t first);

/* "the [previously] announced sale", "the [first] official" of a phrase that began at `first` */
bool mention_is_behind_article(const MentionFinder *finder, uint32_t token, uint32_t first);

/* "the Joint Committee on Salmon", "Citizens for Clean Fjords"; `at` is the token of that preposition. */
bool mention_is_body_for(const MentionFinder *finder, uint32_t at, uint32_t limit);

/* What a phrase is, from the words between its first and its end. */
void mention_classify(MentionFinder *finder, Mention *mention);

/* Is it only the second half of another place's name: "Gulf of [Norland]"? */
bool mention_is_namesake(const MentionFinder *finder, const Hit *land);

/* The countries that the story names, or is datelined from the capital of. */
void mention_find_countries(MentionFinder *finder);

/* The capital or the body that starts at a token, of a state that was still there on the story's day if there is one. */
const Hit *mention_seat_at(const MentionFinder *finder, uint32_t token, LexiconKind kind);

/*
 * The country of a mention that has none yet: from its words at `token`; from its bodies up to `end` ("a White House
 * adviser"); from what it is of ("president of Norway"); from the country named before ("the country's president").
 */
void mention_read_country(const MentionFinder *finder, Mention *mention, uint32_t token);
void mention_read_body_country(const MentionFinder *finder, Mention *mention, uint32_t end);
void mention_read_country_behind(const MentionFinder *finder, Mention *mention, uint32_t of, uint32_t end);
void mention_read_anaphoric_country(const MentionFinder *finder, Mention *mention);

/* Of no country all the same: "a Norway expert", "Norwegian and Swedish officials". */
bool mention_is_topic(const MentionFinder *finder, const Mention *mention);
bool mention_joins_countries(const MentionFinder *finder, const Mention *mention, uint32_t end);

/* Capitalised for its own sake, not because it opens a sentence ("But", "Asked", "Speaking"). */
bool mention_is_capital(const MentionFinder *finder, uint32_t token);

/* The roster row that fits a name best on the story's day, among the rows that bear it; -1 if none does. */
int32_t mention_best_official(const MentionFinder *finder, uint32_t first, uint32_t end);

/* Fill the days of the map, and mark their tokens. */
void mention_find_days(MentionFinder *finder);

/* Words of a span with single blanks, without a determiner in front. */
Str mention_clean_text(const MentionFinder *finder, uint32_t first, uint32_t end);

/* The title in front of token `end`, without country and determiner words; "" when there is none. */
Str mention_title_text(const MentionFinder *finder, const Mention *mention, uint32_t end);

/* Words of a name; "Leigh-Roe" is one. */
uint32_t mention_name_words(const MentionFinder *finder, const Mention *mention);

/* Where a name begins, at or behind `from`, that ends at a token: "[Senate Salmon] Committee", "[House of Lords Salmon] Committee". */
uint32_t mention_name_start(const MentionFinder *finder, uint32_t from, uint32_t token);

/* Where an apposition ends with all that belongs to it: "president of the Salmon Fund in Oslo". */
uint32_t mention_apposition_end(const MentionFinder *finder, const Mention *apposition);

/* Does a verb of saying stand beside it? */
bool mention_is_beside_cue(const MentionFinder *finder, const Mention *mention);

/* ISO code of a row of countries; STR_NONE for -1. */
Str mention_country_code(const MentionFinder *finder, int32_t row);

/* Heads of state and government and their foreign ministers are news under their surnames alone. */
bool mention_is_known_by_surname(const MentionFinder *finder, const Official *row);

/* New entities; their index.  The second for somebody of the roster whom the story names by office, or in passing. */
int32_t mention_add_entity(MentionFinder *finder, Entity entity);
int32_t mention_add_official(MentionFinder *finder, int32_t row, uint32_t first_token);

/* Bodies: the one that a phrase names for short, or -1; name a mention; find the parts of firms that speak; let firms that looked like people be bodies. */
int32_t mention_body_in_short(const MentionFinder *finder, const Mention *mention);
void mention_name_body(MentionFinder *finder, size_t index);
void mention_name_parts(MentionFinder *finder);
void mention_name_firm_of_roles(MentionFinder *finder, size_t index);
void mention_retype_firms(MentionFinder *finder);

/*
 * Roles, in this order: by an apposition, by what is known of others, as somebody of their own.  Then whose country
 * each serves.  `surnames` holds the entities whose country the story tells.
 */
void mention_name_role(MentionFinder *finder, size_t index);
void mention_resolve_role(MentionFinder *finder, size_t index);
void mention_place_entities(MentionFinder *finder, const Names *surnames);
void mention_name_unnamed(MentionFinder *finder, size_t index, const Names *surnames);
void mention_name_speaker(MentionFinder *finder, size_t index, const Names *surnames);

/*
 * Those who speak together.  Note the group that a mention is the last of, if it is; let "the two men" mean one (false if
 * it does not); where "both", "the two" end that stand for a group in front of a verb (`at` if they do not); is a word "himself", "both" in "Roe himself said", "have both said"?
 */
void mention_join(MentionFinder *finder, size_t index);
bool mention_mean_joint(MentionFinder *finder, size_t index);
uint32_t mention_group_end(const MentionFinder *finder, uint32_t at);
bool mention_floats(const MentionFinder *finder, uint32_t at);

/* "His office" is "Per Moe's office"; STR_NONE where nobody fits, and for all that no pronoun owns. */
Str mention_owned_name(MentionFinder *finder, size_t index);

/* Let papers speak for those who wrote them, as far as the story tells: "The report said" that "a report by the board". */
void mention_find_writers(MentionFinder *finder);

/* Fill the entities of the map, and of every mention but pronouns whom it means. */
void mention_name(MentionFinder *finder);

#endif
