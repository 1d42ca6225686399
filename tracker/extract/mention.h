/*
 * mention.h - noun phrases that can speak, and who is meant by them
 *
 *     On Wednesday, U.S. Defense Secretary Pete Hegseth told allies in Brussels ...
 *                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^      ^^^^^^    ^^^^^^^^
 *                   PERSON Pete Hegseth                      ROLE      COUNTRY BE
 *                   office "U.S. Defense Secretary", country US
 *
 * First the tokens of a story are cut into phrases (mention_find), then each
 * phrase is resolved against the whole story and the roster on the story's
 * date (mention_resolve): surnames, pronouns, "the envoy", "a senior U.S.
 * official" who is named a paragraph later.  A person whom no roster names is
 * an entity too, with the office that the story gives.
 *
 * The word classes (determiners, roles, ...) are lists in rules/grammar.rules.
 */
#ifndef TRACKER_MENTION_H
#define TRACKER_MENTION_H

#include "base/base.h"
#include "engine/rules.h"
#include "engine/token.h"
#include "read/story.h"

/* Word classes of a token, from the lists of rules/grammar.rules. */
enum {
    WORD_DETERMINER  = 1 << 0,  WORD_PREPOSITION = 1 << 1,  WORD_CONJUNCTION = 1 << 2,  WORD_RELATIVE = 1 << 3,
    WORD_AUXILIARY   = 1 << 4,  WORD_COPULA      = 1 << 5,  WORD_ADVERB      = 1 << 6,  WORD_HE       = 1 << 7,
    WORD_SHE         = 1 << 8,  WORD_THEY        = 1 << 9,  WORD_IT          = 1 << 10, WORD_I        = 1 << 11,
    WORD_TITLE       = 1 << 12, WORD_ROLE        = 1 << 13, WORD_ROLES       = 1 << 14, WORD_BODY     = 1 << 15,
    WORD_SPEAKS_FOR  = 1 << 16, WORD_VERB        = 1 << 17, WORD_WEEKDAY     = 1 << 18, WORD_MONTH    = 1 << 19,
    WORD_CUE         = 1 << 20,                             /* a form of a cue verb */
    WORD_DATE        = 1 << 21,                             /* part of a date phrase */
    WORD_GIVEN       = 1 << 22,                             /* a given name */
    WORD_MODAL       = 1 << 23,  WORD_OBJECT      = 1 << 24,   /* him, themselves: never a subject */
    WORD_PARTICLE    = 1 << 25,                             /* de, van, al: inside a personal name */
    WORD_MAN         = 1 << 26,  WORD_WOMAN       = 1 << 27,
    WORD_PORTFOLIO   = 1 << 28,                             /* Trade, Ways: what an office or a body is for */
    WORD_SUFFIX      = 1 << 29,                             /* Inc, Corp: ends the name of a firm */
    WORD_PUBLIC      = 1 << 30,                             /* ministry, court: no firm */
    WORD_PRONOUN = WORD_HE | WORD_SHE | WORD_THEY | WORD_IT | WORD_I,
};

typedef enum MentionKind {
    MENTION_OTHER,           /* a phrase that is none of these: "the talks", "Monday's ruling" */
    MENTION_PERSON,          /* has a personal name */
    MENTION_ROLE,            /* a person without a name: "the envoy", "analysts", "a senior U.S. official" */
    MENTION_BODY,            /* "the Foreign Ministry", "the White House", "the report" */
    MENTION_COUNTRY,         /* "Russia", "Washington" */
    MENTION_PRONOUN,
} MentionKind;

typedef struct Mention {
    uint32_t first, end;             /* tokens of the whole phrase */
    uint32_t name_first, name_end;   /* tokens of the name in it; equal when there is none */
    uint32_t head;                   /* the token that decides its kind */
    int32_t  official;               /* row of the roster on the story's date, or -1 */
    int32_t  country;                /* row of countries named in it, or -1 */
    int32_t  body;                   /* index of bodies, or -1 */
    int32_t  entity;                 /* who is meant, or -1 */
    uint8_t  kind;                   /* MentionKind */
    bool     plural, definite, indefinite, possessive;
    bool     owned;                  /* "his letter": gender and number are those of whose it is */
    char     gender;                 /* 'M', 'F' or 0 */
} Mention;
typedef struct Mentions { Mention *ptr; size_t len, cap; } Mentions;

/* A day told in the text: "on Wednesday", "Feb. 12", "a day earlier", "last month". */
typedef struct DayMention { uint32_t first, end; Date day; } DayMention;    /* DATE_UNKNOWN where no one day is meant */
typedef struct DayMentions { DayMention *ptr; size_t len, cap; } DayMentions;

typedef struct Entity {
    Str name;                        /* canonical: the roster's, else the fullest form in the story */
    Str surname;                     /* folded last word */
    Str office;                      /* that day: the roster's, else the story's words; STR_NONE */
    Str country;                     /* ISO or body code; STR_NONE */
    int32_t official;                /* roster row, or -1 */
    bool institution;
    bool document;                   /* "the statement", "the talks": somebody stands behind it */
    bool national;                   /* "the government", "the central bank": every country has one */
    bool plural;                     /* nobody whom "he" or "she" means: "women", "officials" */
    bool junior;                     /* his name ends in Jr. or the like */
    bool surnamed;                   /* called by the last word of a longer name, as firms are not */
    bool unnamed;                    /* a role that nobody in the story bears by name: "a European diplomat" */
    char gender;
    uint32_t first_token;            /* of its first mention by name */
} Entity;
typedef struct Entities { Entity *ptr; size_t len, cap; } Entities;

/* Where those who speak together stand. */
typedef enum JointPlace {
    JOINT_IN_FRONT,                  /* they open their clause: "Roe and Moe said" */
    JOINT_BEHIND_VERB,               /* "said Roe and Moe", "according to Roe and Moe" */
    JOINT_LAST_OF_LIST,              /* "in a letter to Low, Roe and Moe said" */
    JOINT_IN_PASSING,                /* "thanked Roe and Moe" */
} JointPlace;

/* Those who speak together: "Roe, Moe and the ministry". */
typedef struct Joint {
    uint32_t first, last;            /* mentions */
    uint32_t partners;
    int32_t entity;                  /* all of them by their names; him who has one: "Roe and his aides" */
    JointPlace place;
    bool firms, people;              /* all of them may be */
} Joint;
typedef struct Joints { Joint *ptr; size_t len, cap; } Joints;

typedef struct MentionMap {
    uint32_t *classes;               /* WORD_... of each token */
    int32_t  *at;                    /* token -> index of the mention it belongs to, or -1 */
    Mentions mentions;               /* in text order, not overlapping */
    DayMentions days;
    Entities entities;
    Joints joints;                   /* in the order of their last mentions */
    Str home;                        /* ISO code of the state from whose capital the story is datelined, or STR_NONE */
} MentionMap;

typedef struct Mentioner Mentioner;                   /* per thread */
Mentioner *mentioner_open(const Rules *rules);
void mentioner_close(Mentioner *mentioner);

/* Cut the story into phrases, name the entities, resolve everything but pronouns. */
void mention_find(Mentioner *mentioner, const Story *story, const Text *text, const Hits *hits, Arena *arena, MentionMap *out);

/*
 * Who a pronoun or an unnamed role at mention `index` means; -1 when nobody fits.  `speaker` is the entity that
 * spoke last before it, or -1.
 */
int32_t mention_resolve(const Text *text, const MentionMap *map, size_t index, int32_t speaker);

/* How many groups end in front of a mention. */
size_t mention_joints_before(const MentionMap *map, size_t index);

/* Those who speak together, of whom a mention is one; NULL if it speaks alone. */
const Joint *mention_joint_of(const MentionMap *map, size_t index);

/*
 * The token behind a firm's sign at its exchange, "<SLMN.O>" or "(SLMN.O)", that stands at `at` behind a name; `at`
 * itself when none does.  It is part of no phrase.
 */
uint32_t mention_ticker_end(const Text *text, const MentionMap *map, uint32_t at);

/* The official of an office title on a day ("U.S. defense secretary", country row): roster row, or -1. */
int32_t mention_office_holder(const Mentioner *mentioner, Str title, int32_t country, Date day);

#endif
