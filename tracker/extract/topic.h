/*
 * topic.h - what a claim is about: its words, its topic, its surroundings
 *
 *     A return to Ukraine's pre-2014 borders was unrealistic, he said.
 *     words    =return ua =border
 *     topic    ukraine-borders-2014 "Return to Ukraine's pre-2014 borders"      (a rule of rules/topics)
 *     or       border-return-ukraine "return to Ukraine's pre-2014 borders"     (open: made of the words)
 *
 * A word is folded to its country (Kyiv, Ukrainian: ua), else to its sense
 * class (membership, accession: =join), else to its stem.  Words that say
 * nothing about the matter (rules/words.rules) are none.
 *
 * Ranges are tokens of the story's Text.  One finder per thread;
 * topic_begin() once a story, whose arena keeps what is found.
 */
#ifndef TRACKER_TOPIC_H
#define TRACKER_TOPIC_H

#include "base/base.h"
#include "engine/rules.h"
#include "engine/token.h"
#include "extract/statement.h"
#include "read/story.h"

typedef struct TokenRange { uint32_t first, end; } TokenRange;
typedef struct TokenRanges { TokenRange *ptr; size_t len, cap; } TokenRanges;

/* What the lists of rules/words.rules say of a token. */
enum {
    TOPIC_STOP        = 1 << 0,      /* no content: the, said, minister, Tuesday */
    TOPIC_NO_COUNTRY  = 1 << 1,
    TOPIC_PRONOUN     = 1 << 2,      /* may open a claim whose object stands elsewhere */
    TOPIC_FILLER      = 1 << 3,      /* may stand before such a pronoun */
    TOPIC_ASKED       = 1 << 4,      /* a question to the speaker begins here */
    TOPIC_ACCUSES     = 1 << 5,
    TOPIC_REPLIES     = 1 << 6,
    TOPIC_CONTRADICTS = 1 << 7,
    TOPIC_UNDECIDED   = 1 << 8,
    TOPIC_ACT         = 1 << 9,      /* decision, plan, vote */
    TOPIC_OWNER       = 1 << 10,     /* the, this, her */
    TOPIC_BREAK       = 1 << 11,     /* an object ends before it: but, because, which */
    TOPIC_EDGE        = 1 << 12,     /* trimmed from the ends of an object */
    TOPIC_JOINS       = 1 << 13,     /* joins two claims: and, but, a comma */
    TOPIC_SPOKEN      = 1 << 14,     /* inside the content of some statement */
    TOPIC_DEVERBAL    = 1 << 15,     /* noun or verb: call, demand, veto */
    TOPIC_AGENT       = 1 << 16,     /* one who can act: government, minister, we */
    TOPIC_EARLIER     = 1 << 17,     /* earlier, previously */
    TOPIC_LIGHT       = 1 << 18,     /* not what an object is about: attempt, evidence */
    TOPIC_UNDOES      = 1 << 19,     /* the end of what it governs: repeal, halt, lift */
    TOPIC_ARTICLE     = 1 << 20,     /* a noun follows: the, any */
    TOPIC_RELATIVE    = 1 << 21,     /* opens a clause that is an aside: who, which */
    TOPIC_PROGRESSIVE = 1 << 22,     /* behind it -ing is the verb: is, not, and */
    TOPIC_LINK        = 1 << 23,     /* ties a noun to its object: treaty | with, talks | on */
    TOPIC_BEHIND_NOUN = 1 << 24,     /* a noun ends before it: return | to */
    TOPIC_IS          = 1 << 25,     /* is, were, been */
    TOPIC_HIMSELF     = 1 << 26,     /* the speaker of himself: he, I */
    TOPIC_BEFORE_NOUN = 1 << 27,     /* a noun follows: the, his, some */
    TOPIC_WE          = 1 << 28,     /* the speaker and those he speaks for */
};

/* One country stands for its predecessor: a claim of 1990 about Moscow and one about the Soviets share it. */
Str topic_heir(Str iso);

typedef enum TopicWordKind { TOPIC_UNREAD, TOPIC_NONE, TOPIC_WORD, TOPIC_NAME, TOPIC_COUNTRY } TopicWordKind;

typedef struct TopicWord {
    Str name;                        /* "ua", "=join", "treati"; as a ClaimSymbol has it */
    TopicWordKind kind;
    int pole;                        /* of an opposite: +1 lift, -1 impose; else 0 */
} TopicWord;

typedef struct Topic {
    Str slug, label;
    bool curated;
    TokenRange at;                   /* the words that name it */
} Topic;
typedef struct Topics { Topic *ptr; size_t len, cap; } Topics;

typedef struct TopicFinder TopicFinder;

TopicFinder *topic_finder_open(const Rules *rules, RuleMatcher *matcher);
void topic_finder_close(TopicFinder *finder);

/* Start a story.  All arguments stay borrowed until the next one. */
void topic_begin(TopicFinder *finder, const Story *story, const Text *text, const Hits *hits,
                 const Statements *statements, Arena *arena);

/* Bits of TOPIC_STOP ... that any token of a range has. */
unsigned topic_marks(const TopicFinder *finder, TokenRange range);
const uint32_t *topic_token_marks(const TopicFinder *finder);          /* of each token */
/* The content word that a token is; kind TOPIC_NONE for all others and for later tokens of a country's name. */
const TopicWord *topic_word(TopicFinder *finder, uint32_t token);
/* How many content words a range has, none of them twice; counting stops at `limit`. */
int topic_count(TopicFinder *finder, TokenRange range, int limit);

/* The tokens whose bytes lie in a span, and the sentence that a token stands in. */
TokenRange topic_range(const TopicFinder *finder, Span span);
TokenRange topic_sentence(const TopicFinder *finder, uint32_t token);

/* Without the words at both ends that name nothing. */
TokenRange topic_trim(const TopicFinder *finder, TokenRange range);

/*
 * The topics of rules that speak of a range, in text order, no two on the same words.  What a rule `needs` may
 * stand in `around`, the headline or the lead.
 */
void topic_curated(TopicFinder *finder, TokenRange range, TokenRange around, Topics *out, Problems *problems);

/* Whether those words name a thing: a name, a noun, or more than one word; "honest" and "leaving" alone do not. */
bool topic_is_named(TopicFinder *finder, TokenRange range);

/* A topic made of the words of a range; false when it has no content word. */
bool topic_open(TopicFinder *finder, TokenRange range, Topic *out);

#endif
