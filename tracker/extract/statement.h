/*
 * statement.h - what extraction yields: statements, and the claims in them
 *
 *     On Wednesday, U.S. Defense Secretary Pete Hegseth told allies in Brussels
 *     that a return to the old borders was unrealistic.
 *
 *     speaker "Pete Hegseth"   office "Secretary of Defense"   country "US"
 *     kind indirect            text "a return to the old borders was unrealistic"
 *     said_on 2025-02-12       place "Brussels"
 *     claim: topic "return-old-borders", position "closed"
 *
 * Spans are bytes of story->text.  Strings and arrays live in the story's
 * arena.  Unknown values are STR_NONE / DATE_UNKNOWN, never guessed.
 */
#ifndef TRACKER_STATEMENT_H
#define TRACKER_STATEMENT_H

#include "base/base.h"
#include "base/date.h"

typedef enum StatementKind { STATEMENT_DIRECT, STATEMENT_INDIRECT, STATEMENT_MIXED } StatementKind;

/* What two claims are compared by: a folded word, a sense class or a country (extract/topic.h). */
typedef struct ClaimSymbol {
    Str name;                /* "NATO", "ua" (a country, lower-case ISO code), "=JOIN" (a sense class), "border" (a stem) */
    float weight;            /* 1 in the claim's object, less in its other words and around them; 0: a mark */
    bool country;
} ClaimSymbol;

/*
 * Marks: a proper name in the object ("^zorvan"), a number that goes with one ("#2254"), who acts ("@fr"), and what
 * is done, where a mere verb is the position ("!=LEAVE" of "did not withdraw"); the noun of the object ("*levi");
 * what the position itself is about ("%=TALK"); the end of a scale that its verb stands at ("~+=EASE", "~-=EASE"); how
 * many of what ("&boat/20/30").
 */
enum {
    CLAIM_NAME_MARK = '^', CLAIM_NUMBER_MARK = '#', CLAIM_ACTOR_MARK = '@', CLAIM_DEED_MARK = '!', CLAIM_HEAD_MARK = '*',
    CLAIM_SENSE_MARK = '%', CLAIM_POLE_MARK = '~', CLAIM_QUANTITY_MARK = '&',
};

/* Features that link a claim to another one beyond shared words (record/contradiction.c says what each is worth). */
enum {
    CLAIM_THIN         = 1 << 0,   /* fewer than 3 content words, or opens with a pronoun */
    CLAIM_ACCUSES      = 1 << 1,   /* holds a word of accusation or report: accuse, allege, blame, rumour */
    CLAIM_REPLIES      = 1 << 2,   /* its sentence holds a reply cue: denied, dismissed, contradicting, despite */
    CLAIM_NAMES_ACT    = 1 << 3,   /* names an act with a determiner or owner: the decision, this plan, Roe's proposal */
    CLAIM_UNDECIDED    = 1 << 4,   /* whether, no decision, under review */
    CLAIM_CONTRADICTING= 1 << 5,   /* the reporter says so: "contradicting", "at odds with", "walked back" */
    CLAIM_EVERYTHING   = 1 << 6,   /* "everything is on the table": covers each topic of its story's negotiation */
    CLAIM_HEADLINE     = 1 << 7,   /* not used for pairs */
    /* What sort of position it is, from the position's stanza. */
    CLAIM_STANCE       = 1 << 8,   /* values something: open, closed, support, oppose, must, must-not */
    CLAIM_DEED         = 1 << 9,   /* says a deed was done, was agreed, or is wrong: happened, agreed, must-not */
    CLAIM_DENIAL       = 1 << 10,  /* says a deed was not done: did-not-happen, talks-off */
    CLAIM_BYSTANDER    = 1 << 11,  /* of no official: not used for pairs */
    CLAIM_ASIDE        = 1 << 12,  /* said in passing: its words are not the main clause of what is said */
    CLAIM_OF_BODY      = 1 << 13,  /* said by a body or a country, which answers for all of its own */
    CLAIM_EARLIER      = 1 << 14,  /* its sentence says that it was said before: "had earlier told" */
    CLAIM_MILD         = 1 << 15,  /* a worry, not yet a no */
    CLAIM_OWN_DEED     = 1 << 16,  /* the speaker admits it of himself */
    CLAIM_UNDOES       = 1 << 17,  /* is about the end of its noun: "supports the repeal of the levy" */
};

typedef struct Claim {
    Str topic;               /* slug: the topic rule's name, or made of the object's words */
    Str topic_label;         /* for people: the rule's label, or the object as written */
    bool curated;            /* the topic comes from a rule */
    Str position;            /* "open", "closed", ... : the position rule's name */
    int side;                /* +1, -1, or 0 where the position takes no side */
    bool negated, condition, hedged;
    bool unconditional;      /* "without preconditions", "immediately" */
    Str limit;               /* time or scope limiter in the words of the text ("for now"); STR_NONE */
    Span span;               /* the words of the claim */
    Str rule;                /* "positions.rules:41" */
    ClaimSymbol *symbols; size_t n_symbols;
    unsigned flags;          /* CLAIM_... */
    int content_words;       /* different content words in its own span; CLAIM_THIN when fewer than 3 */
    Strs names;              /* folded surnames, countries (ISO) and bodies in its span and sentence: "hegseth", "US", "nato" */
} Claim;

typedef struct Statement {
    int n;                   /* 1-based, in story order */
    Str speaker;             /* canonical full name, or the institution */
    Str speaker_text;        /* the words in the story */
    Span speaker_span; bool has_speaker_span;
    Str office;              /* that day: the roster's, else as the story gives it */
    Str country;             /* ISO code, or EU, UN, NATO ...; the government spoken for */
    Str official;            /* roster key when the speaker is on the roster, else STR_NONE */
    bool institution;        /* the speaker is a body or a country, not a person */
    bool question;           /* asked, not said: has no claims */
    bool bystander;          /* no official: dealers, analysts, "the poll"; listed, but never in a pair */
    StatementKind kind;
    Spans spans;             /* the content, without quotation marks */
    Str text;                /* the same, joined by " … " where it is split */
    Str cue; Span cue_span; bool has_cue;
    Date said_on;
    Str place;
    bool negated;            /* the cue denies its content */
    Str reporter;            /* "Lavrov said Kyiv had agreed": speaker Kyiv, reporter Lavrov */
    Str rule;                /* "attribution.rules:12" */
    Span context;            /* the sentence or sentences around it */
    Claim *claims; size_t n_claims;
} Statement;

typedef struct Statements { Statement *ptr; size_t len, cap; } Statements;

#endif
