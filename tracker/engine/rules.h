/*
 * rules.h - everything the engine knows, loaded from a folder of data
 *
 *     rules/officials.csv countries.csv given-names.csv oppositions.csv    rosters and relations
 *     rules/NAME.rules, rules/topics/NAME.rules                             stanzas
 *
 * Loaded once, immutable afterwards, shared by threads.  Kinds of stanza and
 * their fields are described for users in rules/README.md:
 *
 *     list NAME           phrase ...
 *     verb NAME           forms          (attributes tag=, effect=, takes=)
 *     attribution NAME    pattern        (attribute rank=)
 *     position NAME       cue            (attributes side=+|-|0, as=, denied=, fallback=yes and other flags)
 *     topic NAME "label"  about, needs, not
 *     modifier NAME       phrase         (attributes kind=condition|hedge|limit|unconditional|negation|question,
 *                                         reach=clause|sentence|next)
 *     sense NAME          words          a sense class: different words for one thing (extract/topic.h)
 *     opposite NAME       plus, minus    two poles of one thing
 *     every kind          test, todo     (attribute off=yes)
 *
 * Neither the order of files nor of stanzas changes a result: stanzas are sorted by kind and name before anything
 * is made of them.
 */
#ifndef TRACKER_RULES_H
#define TRACKER_RULES_H

#include "base/base.h"
#include "base/date.h"
#include "engine/lexicon.h"
#include "engine/pattern.h"
#include "engine/rulefile.h"

/* ---- rosters --------------------------------------------------------------- */

typedef struct Official {            /* one row of officials.csv: one person in one office */
    Str name, office, body, country, source;
    Str aliases;                     /* ';' between them */
    Date from, until;                /* first day and last day; DATE_UNKNOWN where open */
    Date as_of;                      /* "in office on this day, unknown afterwards"; DATE_UNKNOWN if not so */
    char gender;                     /* 'M', 'F' or 0 */
    const char *file;                /* where the row stands: "officials.csv" */
    int line;
} Official;

typedef struct Country {
    Str iso, name, demonym, capital;
    Str metonyms;                    /* "Kremlin=government;Foggy Bottom=State Department" */
    Str aliases;
    bool is_body;                    /* EU, UN, NATO: no state, told by the missing iso3 */
    int line;
} Country;

/* A body that speaks: a metonym or a row's body, with its country. */
typedef struct Body { Str name, country; } Body;

/* ---- rules ----------------------------------------------------------------- */

typedef enum RuleKind {
    RULE_ATTRIBUTION, RULE_POSITION, RULE_TOPIC_ABOUT, RULE_TOPIC_NEEDS, RULE_TOPIC_NOT, RULE_MODIFIER, RULE_KINDS
} RuleKind;

typedef struct Rule {                /* one stanza */
    const Stanza *stanza;
    Str name, label;
    Str where;                       /* "positions.rules:41": what output shows */
    int rank;                        /* attribution: higher wins */
    int side;                        /* position */
    bool fallback;                   /* position: only where no other matches */
    Str modifier, reach;             /* modifier: its kind and how far it reaches */
} Rule;

typedef struct RulePattern {         /* one phrase of one field of one stanza */
    RuleKind kind;
    uint32_t rule;                   /* index into Rules.rules */
    Pattern *pattern;
    bool in_trie;                    /* a plain phrase: found by lexicon_find */
    Str where;                       /* "positions.rules:43" */
} RulePattern;

typedef enum VerbEffect {
    VERB_ASSERT,                     /* says it is so */
    VERB_DENY,                       /* says it is not so */
    VERB_QUESTION,                   /* asks: no claim of the speaker's */
    VERB_SILENCE,                    /* declined to comment: nothing said */
} VerbEffect;

typedef struct Verb {                /* one `verb` stanza */
    const Stanza *stanza;            /* for attributes and fields beyond these */
    Str name;
    Symbol tag;                      /* <say>, <tell>, <accuse> ...: how attribution patterns name it */
    Symbol ing;                      /* the same of its -ing forms: <saying>, <judging>; SYMBOL_NONE if no pattern has it */
    VerbEffect effect;
    bool takes_clause;               /* "posted a profit" says nothing, "posted that it had won" does */
    Str where;
} Verb;

typedef struct VerbForm { uint32_t verb; VerbTense tense; } VerbForm;

/* One way two positions relate (oppositions.csv). */
typedef struct Opposition {
    Str a, b;
    float weight;                    /* 1 outright, .7-.8 weaker, 0 compatible */
    Str grade;                       /* "contradiction", "tension", "compatible" */
    Str note;
} Opposition;

/* A word or phrase -> its sense class or its pole of an opposite. */
typedef struct Sense { Str words; Str name; int sign; } Sense;   /* words: folded, blanks between */
typedef struct Senses { Sense *ptr; size_t len, cap; } Senses;

typedef struct RuleTest {            /* a test or todo line, run by extract/ruletest */
    const Stanza *stanza;
    const RuleField *field;
    bool todo;
} RuleTest;

typedef struct Rules {
    Arena *arena;
    Lexicon *lexicon;
    Official *officials;   size_t n_officials;
    Country *countries;    size_t n_countries;
    Body *bodies;          size_t n_bodies;
    Rule *rules;           size_t n_rules;
    RulePattern *patterns; size_t n_patterns;
    Verb *verbs;           size_t n_verbs;
    VerbForm *verb_forms;  size_t n_verb_forms;
    Str *list_names;       size_t n_list_names;   /* LEXICON_LIST ids */
    Opposition *oppositions; size_t n_oppositions;    /* sorted by pair */
    Stanza *stanzas;       size_t n_stanzas;      /* all that are sound, by kind and name */
    Senses senses;
    RuleTest *tests;       size_t n_tests;
    const PatternLists *lists;       /* for reading more phrases */
    uint64_t hash;                   /* of all files' bytes, independent of their order */
    struct RuleGate *gate;           /* symbol -> patterns */
} Rules;

/*
 * Where rules come from.  A later source lies over the earlier ones: its stanzas and rows are added, those of the
 * same kind and name replace, and `off=yes` takes out what lies below.
 *
 *     { "/usr/share/tracker/rules", "" }          errors and results say  positions.rules:41
 *     { "desk/rules-nl", "rules-nl" }             errors say  desk/rules-nl/fish.rules:3:7, results  rules-nl/fish.rules:3
 *     { "draft/fish.rules", "fish.rules" }        one file
 */
typedef struct RuleSource {
    const char *path;                /* a folder, or one file that ends in ".rules" */
    const char *name;                /* of it in results; "" for the shipped rules */
    Str text;                        /* the text of the file, where it is at hand; STR_NONE: it is read */
} RuleSource;

/*
 * Load all sources, the lowest first.  Every error of every file goes to problems, and what is sound is loaded all
 * the same; false only when nothing is sound.  Clear with rules_clear in either case.
 */
bool rules_load_layers(const RuleSource *sources, size_t n_sources, Arena *arena, Rules *out, Problems *problems);
/* One folder. */
bool rules_load(const char *folder, Arena *arena, Rules *out, Problems *problems);
/* The same from memory, for tests and fuzzing: one rules text, no rosters. */
bool rules_load_text(Str text, const char *name, Arena *arena, Rules *out, Problems *problems);
void rules_clear(Rules *rules);

/* How positions a and b relate, in either order; NULL when the table has no row: they do not oppose. */
const Opposition *rules_opposition(const Rules *rules, Str a, Str b);

/* What a denial of a position says; STR_NONE where no denial of it is a position. */
Str rules_denied(const Rules *rules, Str position);

/* The stanza language, for those who write it: kinds, and what a stanza of a kind may have, words between blanks. */
typedef struct RuleKindInfo { Str name, keys, attributes; } RuleKindInfo;
const RuleKindInfo *rules_kinds(size_t *n);
/* The values that an attribute takes; STR_NONE if it takes anything. */
Str rules_attribute_values(Str kind, Str attribute);

/* Index of a `list` stanza that C code asks for, or -1. */
int rules_list(const Rules *rules, const char *name);

typedef struct RuleMatch {
    uint32_t pattern;                /* index into Rules.patterns */
    PatternMatch match;              /* symbol offsets */
} RuleMatch;
typedef struct RuleMatches { RuleMatch *ptr; size_t len, cap; } RuleMatches;

typedef struct RuleMatcher RuleMatcher;       /* per thread */
RuleMatcher *rule_matcher_open(const Rules *rules, bool gated);
void rule_matcher_close(RuleMatcher *matcher);

/*
 * Every match of every pattern of one kind in a string of symbols, at every start.  `phrases` are the lexicon's
 * hits that lie in it, shifted to its offsets (those of other kinds are passed over); NULL where symbols are
 * not tokens.  Sorted by start, longest first, heaviest first, then by `where`.  A pattern that runs past its
 * match limit is reported once to problems and skipped.
 */
void rules_match(RuleMatcher *matcher, RuleKind kind, const Symbol *symbols, size_t n_symbols,
                 const Hit *phrases, size_t n_phrases, Arena *arena, RuleMatches *out, Problems *problems);

/* What each pattern did since counting began; by index of Rules.patterns.  Plain phrases are never tried: the lexicon finds them. */
typedef struct RuleUse { uint64_t tried, matched; double seconds; } RuleUse;
/* Begin to count, and with a clock (seconds) to take times.  The array belongs to the matcher. */
const RuleUse *rule_matcher_count(RuleMatcher *matcher, double (*clock)(void));

/* How many pattern runs the gate let through and held back since open: for bench and tests. */
typedef struct RuleCounts { uint64_t tried, held; } RuleCounts;
RuleCounts rule_matcher_counts(const RuleMatcher *matcher);

#endif
