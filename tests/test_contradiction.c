#include "check.h"
#include "record_world.h"
#include "record/contradiction.h"

#include <math.h>
#include <string.h>

/* One side of a pair: "who country day story position | symbols". */
typedef struct Side {
    const char *speaker, *country, *day, *story, *position, *symbols;
    unsigned flags;
    const char *names;               /* of Claim.names, blanks between */
    bool condition, unconditional, curated, brief;
    const char *topic;
    int n;                           /* of its statement, where that matters */
} Side;

static void make_view(const Side *side, uint32_t at, Arena *arena, ClaimView *out)
{
    Claim *claim = ARENA_NEW(arena, Claim);
    *claim = (Claim){
        .topic = str_from(side->topic ? side->topic : "open-topic"), .topic_label = STR("the Matter"),
        .curated = side->curated, .position = str_from(side->position), .span = { at, at + 5 }, .flags = side->flags,
        .condition = side->condition, .unconditional = side->unconditional,
    };
    world_symbols(side->symbols, arena, claim);
    Str rest = str_from(side->names), name;
    while (str_split(&rest, ' ', &name))
        LIST_PUSH(arena, &claim->names, name);
    *out = (ClaimView){
        .claim = claim, .speaker = str_from(side->speaker), .country = str_from(side->country),
        .speaker_key = side->speaker ? str_lower(arena, str_from(side->speaker)) : STR("?s:official"),
        .story = str_from(side->story), .published = world_date(side->day), .said_on = world_date(side->day),
        .n = side->n ? side->n : (int)at, .brief = side->brief,
    };
}

enum { NONE = -1, FAR_APART = 0 };
static const struct {
    const char *name;
    Side a, b;
    double likeness, score;
    int grade, relation;             /* grade NONE: no pair */
} rows[] = {
    { "same words, opposed",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "one government",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_CONTRADICTION, RELATION_SAME_GOVERNMENT },
    { "nothing shared",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "budget tax" }, 1, 0, NONE, 0 },
    { "compatible positions",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "not-agreed", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "positions without a row in the table",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "will", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "weaker opposition is tension",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "oppose", .symbols = "treaty fish" }, 1, .7, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "a condition is tension and costs",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .condition = true },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, .7, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "a condition against no condition at all",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .condition = true },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish", .unconditional = true }, 1, .7, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "another's stance, told to his own government",
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish", CLAIM_TOLD },
      { "Ben Low", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" }, 1, .6, GRADE_CONTRADICTION, RELATION_SAME_GOVERNMENT },
    { "another's stance, told to that other",
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish", CLAIM_TOLD },
      { "Ben Low", "IS", "2025-03-01", "s", "will", .symbols = "treaty fish" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "undecided costs",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", CLAIM_UNDECIDED },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, .6, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "only a country in common",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "@ua aid" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "@ua visit" }, 1, .315, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two numbers of one thing",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/40/40:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/12/12:0" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "numbers with room for each other",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/30/1e+15:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/45/45:0" }, 1, 0, NONE, 0 },
    { "numbers of two things",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/40/40:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &sailor/12/12:0" }, 1, 0, NONE, 0 },
    { "numbers of two stories",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/40/40:0" },
      { "Ben Low", "IS", "2025-03-01", "t", "happened", .symbols = "boat sink *boat:0 &boat/12/12:0" }, 1, 0, NONE, 0 },
    { "a number that has grown from another",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/40/40:0 &boat/30/30:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "happened", .symbols = "boat sink *boat:0 &boat/12/12:0" }, 1, 0, NONE, 0 },
    { "a headline makes no pair",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", CLAIM_HEADLINE },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 0, NONE, 0 },

    { "one speaker turns round: a reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ada Roe", "NO", "2025-03-02", "s2", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_REVERSAL, RELATION_SELF },
    { "one who spoke with another first: a reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ada Roe and Per Moe", "NO", "2025-03-02", "s2", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_REVERSAL, RELATION_SELF },
    { "one speaker on many things: no reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish coast" },
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty budget tax", CLAIM_REPLIES }, 1, 0, NONE, 0 },
    { "one speaker with a condition: no reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .condition = true },
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "everything on the table, against one's own words",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "", CLAIM_EVERYTHING },
      { "Ada Roe", "NO", "2025-02-28", "s", "closed", .symbols = "treaty fish", .curated = true }, 1, .5, GRADE_REVERSAL, RELATION_SELF },
    { "everything on the table covers what a rule names",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "", CLAIM_EVERYTHING },
      { "Ada Roe", "NO", "2025-02-28", "s", "closed", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "everything on the table, against another's: tension only",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "", CLAIM_EVERYTHING },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "treaty fish", .curated = true }, 1, .5, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "everything on the table, and something merely opposed",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "", CLAIM_EVERYTHING },
      { "Ben Low", "IS", "2025-03-01", "s", "oppose", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "everything reaches no other story",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "", CLAIM_EVERYTHING },
      { "Ada Roe", "NO", "2025-03-01", "s2", "closed", .symbols = "treaty fish" }, 1, 0, NONE, 0 },

    { "two stories about the same",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-15", "s2", "will-not", .symbols = "treaty fish" }, .5, .7, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two stories about different things",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s2", "will-not", .symbols = "treaty fish" }, .1, 0, NONE, 0 },
    { "two stories too far apart",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-16", "s2", "will-not", .symbols = "treaty fish" }, .5, 0, NONE, 0 },
    { "two stories, a day unknown",
      { "Ada Roe", "NO", NULL, "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-16", "s2", "will-not", .symbols = "treaty fish" }, .5, 0, NONE, 0 },
    { "two stories, only a country in common",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "@ua" },
      { "Ben Low", "IS", "2025-03-01", "s2", "will-not", .symbols = "@ua" }, .5, 0, NONE, 0 },
    { "nameless speakers stay in their story",
      { NULL, "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s2", "will-not", .symbols = "treaty fish" }, .5, 0, NONE, 0 },
    { "a nameless speaker and a named one",
      { NULL, "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ben Low", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_CONTRADICTION, RELATION_SAME_GOVERNMENT },

    { "one speaker, two words on one day: no reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, 0, NONE, 0 },
    { "one speaker on one day, and the reporter says that she turned",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ada Roe", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish", CLAIM_CONTRADICTING }, 1, 1, GRADE_REVERSAL, RELATION_SELF },
    { "one speaker of one noun, and what she said before",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "date summit *date:0" },
      { "Ada Roe", "NO", NULL, "s", "closed", .symbols = "date plenary word *date:0", CLAIM_EARLIER }, 1, .408, GRADE_REVERSAL, RELATION_SELF },
    { "one speaker of two nouns, and what she said before: no reversal",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "date summit *summit:0" },
      { "Ada Roe", "NO", NULL, "s", "closed", .symbols = "date plenary word *date:0", CLAIM_EARLIER }, 1, 0, NONE, 0 },
    { "one government under two names",
      { "Norway", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", CLAIM_OF_BODY },
      { "Oslo", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish", CLAIM_OF_BODY }, 1, 0, NONE, 0 },
    { "a government and one of its ministries",
      { "Norway", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", CLAIM_OF_BODY },
      { "Fisheries Ministry", "NO", "2025-03-01", "s", "will-not", .symbols = "treaty fish", CLAIM_OF_BODY }, 1, 1, GRADE_CONTRADICTION, RELATION_SAME_GOVERNMENT },
    { "one speaker by the end of her name",
      { "Foreign Minister Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "Ada Roe", "NO", "2025-03-02", "s", "will-not", .symbols = "treaty fish" }, 1, 1, GRADE_REVERSAL, RELATION_SELF },
    { "officials of whom nobody knows whether they are the same",
      { "officials", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish" },
      { "officials", "NO", "2025-03-02", "s2", "will-not", .symbols = "treaty fish" }, 1, 0, NONE, 0 },

    { "little likeness is a tension",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish coast" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty budget tax" }, 1, .3, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "said in passing",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", CLAIM_ASIDE },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty fish" }, 1, .6, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "each object holds the noun of the other",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "levy car *levy:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "levy port *levy:0" }, 1, .585, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "the nouns of the objects are different",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "levy car plan:.4 *levy:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "plan car levy:.4 *plan:0" }, 1, .405, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "each does something else",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "ship fish sail !sail:0", CLAIM_DEED },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "ship fish sign !sign:0", CLAIM_DENIAL }, 1, .3, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "each does the same",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "ship fish sail !sail:0", CLAIM_DEED },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "ship fish sail !sail:0", CLAIM_DENIAL }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "opposite verbs turn equal positions",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "=EASE levy *levy:0 ~+=EASE:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will", .symbols = "=EASE levy *levy:0 ~-=EASE:0" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "opposite verbs turn opposed positions",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "=EASE levy *levy:0 ~+=EASE:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "=EASE levy *levy:0 ~-=EASE:0" }, 1, 0, NONE, 0 },
    { "opposite verbs on two things",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "=EASE levy *levy:0 ~+=EASE:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will", .symbols = "=EASE quota *quota:0 ~-=EASE:0" }, 1, 0, NONE, 0 },
    { "two tell of a third",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty fish @@fi:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "oppose", .symbols = "treaty fish @@fi:0" }, 1, .8, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },

    { "what a rule says of one topic takes nothing off",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat club", .curated = true },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "seat club" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two treaties",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty zorvan ^zorvan:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "treaty melkot ^melkot:0" }, 1, 0, NONE, 0 },
    { "a name on one side only",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty zorvan ^zorvan:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "treaty fish" }, 1, .45, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "each names the other's government",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "treaty fish @is @^is:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "treaty fish @no @^no:0" }, 1, .667, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two resolutions",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "resolut #2254:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "resolut #1701:0" }, 1, 0, NONE, 0 },
    { "one will and another will not",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "send troop @no:.5 @@no:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "send troop @is:.5 @@is:0" }, 1, 0, NONE, 0 },
    { "one will and, says another, will not",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "send troop @no:.5 @@no:0" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "send troop @no:.5 @@no:0" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "no word that both objects have",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "deliver tank ukrain:.5" },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "swap tank:.5 ukrain:.5" }, 1, .358, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "one curated topic, no word in common",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat", .curated = true },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "club" }, 1, 0, NONE, 0 },
    { "one curated topic on both sides",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat", .curated = true },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "club", .curated = true }, 1, .5, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "one curated topic, six weeks and two stories apart",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat", .curated = true },
      { "Ben Low", "IS", "2025-04-12", "s2", "closed", .symbols = "club", .curated = true }, FAR_APART, .5, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two curated topics with the same words",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat club", .curated = true },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "seat club", .curated = true, .topic = "another" }, 1, .5, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two curated topics with some of the same words",
      { "Ada Roe", "NO", "2025-03-01", "s", "open", .symbols = "seat club fee", .curated = true },
      { "Ben Low", "IS", "2025-03-01", "s", "closed", .symbols = "seat tax", .curated = true, .topic = "another" }, 1, 0, NONE, 0 },

    { "a deed, and its denial by the one it names",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "jet shot town", CLAIM_DEED, "low IS" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "jet", CLAIM_DENIAL | CLAIM_THIN }, 1, .828, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "a deed that another is charged with, and who denies is only named",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "jet shot town ^moss:0", CLAIM_DEED, "low moss" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "jet", CLAIM_DENIAL | CLAIM_THIN }, 1, .658, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "a deed that the speaker admits is not what another denies",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "jet shot town", CLAIM_DEED | CLAIM_OWN_DEED, "low IS" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "jet", CLAIM_DENIAL | CLAIM_THIN }, 1, 0, NONE, 0 },
    { "a worry is not yet a no",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "treaty fish" },
      { "Ben Low", "IS", "2025-03-01", "s", "oppose", .symbols = "treaty fish", CLAIM_MILD }, 1, .65, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "to back the end of a thing is to oppose it",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "levy fish *levy:0", CLAIM_UNDOES },
      { "Ben Low", "IS", "2025-03-01", "s", "support", .symbols = "levy fish *levy:0" }, 1, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "to oppose the end of a thing is to back it",
      { "Ada Roe", "NO", "2025-03-01", "s", "oppose", .symbols = "levy fish *levy:0", CLAIM_UNDOES },
      { "Ben Low", "IS", "2025-03-01", "s", "support", .symbols = "levy fish *levy:0" }, 1, 0, NONE, 0 },
    { "a deed, and its denial by somebody else",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "jet shot town", CLAIM_DEED, "moss" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "jet plane river hill", CLAIM_DENIAL }, 1, 0, NONE, 0 },
    { "the accuser's own country names no denier",
      { "Ada Roe", "IS", "2025-03-01", "s", "happened", .symbols = "jet shot town", CLAIM_DEED, "IS" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "jet plane river hill", CLAIM_DENIAL }, 1, 0, NONE, 0 },
    { "the report says that they clash",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish coast", CLAIM_CONTRADICTING, "low" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty budget tax" }, 1, .39, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "the report says that somebody else clashes",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish coast", CLAIM_CONTRADICTING, "moss" },
      { "Ben Low", "IS", "2025-03-01", "s", "will-not", .symbols = "treaty budget tax" }, 1, .3, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "both value one act",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "vote", CLAIM_STANCE | CLAIM_NAMES_ACT },
      { "Ben Low", "IS", "2025-03-01", "s", "oppose", .symbols = "vote ruin long war", CLAIM_STANCE | CLAIM_NAMES_ACT | CLAIM_REPLIES }, 1, .561, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "two brief stories need not be alike",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .brief = true },
      { "Ben Low", "IS", "2025-03-03", "s2", "will-not", .symbols = "treaty fish", .brief = true }, 0, 1, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "a brief story and a long one must be alike",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .brief = true },
      { "Ben Low", "IS", "2025-03-03", "s2", "will-not", .symbols = "treaty fish" }, 0, 0, NONE, 0 },
    { "two brief stories more than a week apart",
      { "Ada Roe", "NO", "2025-03-01", "s", "will", .symbols = "treaty fish", .brief = true },
      { "Ben Low", "IS", "2025-03-09", "s2", "will-not", .symbols = "treaty fish", .brief = true }, 0, 0, NONE, 0 },
    { "brief: a denial that names nothing answers what is told of the one who denies",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @is:.5 @@is:0", CLAIM_STANCE, "IS", .brief = true },
      { "Ben Low", "IS", "2025-03-01", "s2", "did-not-happen", .symbols = "charge", CLAIM_DENIAL | CLAIM_THIN, .brief = true }, 0, .336, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "in many words, of the charges alone",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @is:.5 @@is:0", CLAIM_STANCE, "IS", .brief = true },
      { "Ben Low", "IS", "2025-03-01", "s2", "did-not-happen", .symbols = "charge deny firm", CLAIM_DENIAL | CLAIM_ACCUSES, .brief = true }, 0, .336, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "in many words, of something else",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @is:.5 @@is:0", CLAIM_STANCE, "IS", .brief = true },
      { "Ben Low", "IS", "2025-03-01", "s2", "did-not-happen", .symbols = "charge deny firm *firm:0", CLAIM_DENIAL | CLAIM_ACCUSES, .brief = true }, 0, 0, NONE, 0 },
    { "brief: it answers nothing that is told of another",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @fi:.5 @@fi:0", CLAIM_STANCE, "FI", .brief = true },
      { "Ben Low", "IS", "2025-03-01", "s2", "did-not-happen", .symbols = "charge", CLAIM_DENIAL | CLAIM_THIN, .brief = true }, 0, 0, NONE, 0 },
    { "in one story: it answers what stands right before it",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @is:.5 @@is:0", CLAIM_STANCE, "IS", .n = 1 },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "charge", CLAIM_DENIAL | CLAIM_THIN, .n = 2 }, 1, .336, GRADE_TENSION, RELATION_DIFFERENT_GOVERNMENTS },
    { "in one story: it answers nothing further up",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "rebel @is:.5 @@is:0", CLAIM_STANCE, "IS", .n = 1 },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "charge", CLAIM_DENIAL | CLAIM_THIN, .n = 3 }, 1, 0, NONE, 0 },
    { "a bare denial that names who made the charge",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat ^low:0 @is:0", CLAIM_DEED, "IS" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "roe ^roe:0", CLAIM_DENIAL | CLAIM_THIN, "NO" }, 1, .54, GRADE_CONTRADICTION, RELATION_DIFFERENT_GOVERNMENTS },
    { "one that names somebody else",
      { "Ada Roe", "NO", "2025-03-01", "s", "happened", .symbols = "boat ^low:0 @is:0", CLAIM_DEED, "IS" },
      { "Ben Low", "IS", "2025-03-01", "s", "did-not-happen", .symbols = "roe ^roe:0", CLAIM_DENIAL | CLAIM_THIN, "FI" }, 1, 0, NONE, 0 },
    { "links alone, across stories, are not enough",
      { "Ada Roe", "NO", "2025-03-01", "s", "support", .symbols = "law", CLAIM_STANCE | CLAIM_NAMES_ACT },
      { "Ben Low", "IS", "2025-03-01", "s2", "oppose", .symbols = "vote", CLAIM_STANCE | CLAIM_NAMES_ACT | CLAIM_REPLIES }, 1, 0, NONE, 0 },
};

static void check_pairs(void)
{
    Rules rules = world_rules();
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        ClaimView a, b;
        Contradiction one, other;
        make_view(&rows[i].a, 10, &arena, &a);
        make_view(&rows[i].b, 20, &arena, &b);
        bool found = contradiction_find(&rules, &a, &b, rows[i].likeness, &one);
        bool again = contradiction_find(&rules, &b, &a, rows[i].likeness, &other);
        CHECK_ROW(rows[i].name, found == (rows[i].grade != NONE));
        CHECK_ROW(rows[i].name, found == again);
        if (!found || !again || rows[i].grade == NONE)
            continue;
        CHECK_ROW(rows[i].name, fabs(one.score - rows[i].score) < .0011);
        CHECK_ROW(rows[i].name, (int)one.grade == rows[i].grade && (int)one.relation == rows[i].relation);
        CHECK_ROW(rows[i].name, one.a == other.a && one.b == other.b && one.topic == other.topic);
        CHECK_ROW(rows[i].name, one.score >= other.score && one.score <= other.score);
        CHECK_STR(rows[i].name, contradiction_order(&one, &arena), contradiction_order(&other, &arena));
    }
    arena_clear(&arena);
}

static bool share_key(const ClaimView *a, const ClaimView *b, Arena *arena)
{
    ClaimKeys of_a = { 0 }, of_b = { 0 };
    contradiction_add_keys(a, arena, &of_a);
    contradiction_add_keys(b, arena, &of_b);
    for (size_t i = 0; i < of_a.len; i++)
        for (size_t k = 0; k < of_b.len; k++)
            if (of_a.ptr[i] == of_b.ptr[k])
                return of_a.ptr[i] != CONTRADICTION_ANY_KEY;
    return false;
}

/* Every claim above against every other, as if they stood in two stories about the same: no pair without a key. */
static void check_keys(void)
{
    Rules rules = world_rules();
    Arena arena = { 0 };
    size_t pairs = 0, apart = 0;
    for (size_t i = 0; i < 2 * BASE_COUNT(rows); i++)
        for (size_t k = i + 1; k < 2 * BASE_COUNT(rows); k++) {
            ClaimView a, b;
            Contradiction pair;
            make_view(i % 2 ? &rows[i / 2].a : &rows[i / 2].b, 10, &arena, &a);
            make_view(k % 2 ? &rows[k / 2].a : &rows[k / 2].b, 20, &arena, &b);
            a.story = STR("one");
            b.story = STR("other");
            bool one_topic = a.claim->curated && b.claim->curated && str_equal(a.claim->topic, b.claim->topic);
            bool found = contradiction_find(&rules, &a, &b, 1, &pair), shared = share_key(&a, &b, &arena);
            CHECK_ROW(rows[i / 2].name, !found || one_topic || shared);
            pairs += found && !one_topic;
            apart += !shared;
        }
    CHECK(pairs > 50 && apart > pairs);
    arena_clear(&arena);
}

static void check_order_and_reason(void)
{
    static const Side coming = { "Ada Roe", "NO", "2025-03-02", "s", "open", .symbols = "=JOIN union", .curated = true };
    static const Side earlier = { "Ben Low", "NO", "2025-03-01", "t", "closed", .symbols = "union", .curated = true };
    Rules rules = world_rules();
    Arena arena = { 0 };
    ClaimView a, b;
    Contradiction pair;
    make_view(&coming, 10, &arena, &a);
    make_view(&earlier, 20, &arena, &b);
    CHECK(contradiction_find(&rules, &a, &b, 0, &pair));
    CHECK(pair.a == &b && pair.b == &a);
    CHECK(pair.found_on == world_date("2025-03-02"));
    CHECK_STR("reason", contradiction_reason(&pair, &arena),
              STR("Ben Low: closed; Ada Roe: open; both on the Matter; said a day apart; same government"));
    static const Side open_a = { "Ada Roe", "NO", "2025-03-02", "s", "will", .symbols = "=JOIN union @no", .condition = true };
    static const Side open_b = { "Ben Low", "IS", "2025-03-02", "s", "will-not", .symbols = "@no =JOIN union" };
    make_view(&open_a, 10, &arena, &a);
    make_view(&open_b, 20, &arena, &b);
    CHECK(contradiction_find(&rules, &b, &a, 0, &pair));
    CHECK_STR("reason", contradiction_reason(&pair, &arena),
              STR("Ada Roe: will; Ben Low: will-not; both on the Matter (in both: join, union, no); with a condition; "
                  "said on one day; different governments"));
    arena_clear(&arena);
}

static void check_same_stand(void)
{
    static const struct { const char *name; Side a, b; bool same; } stands[] = {
        { "the same words",      { NULL, NULL, NULL, "s", "will", .symbols = "treaty fish" }, { NULL, NULL, NULL, "s", "will", .symbols = "fish treaty", .topic = "x" }, true },
        { "other words",         { NULL, NULL, NULL, "s", "will", .symbols = "treaty fish" }, { NULL, NULL, NULL, "s", "will", .symbols = "tax", .topic = "x" }, false },
        { "one topic",           { NULL, NULL, NULL, "s", "will", .symbols = "treaty fish" }, { NULL, NULL, NULL, "s", "will", .symbols = "tax" }, true },
        { "two curated topics",  { NULL, NULL, NULL, "s", "will", .symbols = "fish", .curated = true }, { NULL, NULL, NULL, "s", "will", .symbols = "fish", .curated = true, .topic = "x" }, false },
        { "everything is apart", { NULL, NULL, NULL, "s", "open", .symbols = "fish", CLAIM_EVERYTHING }, { NULL, NULL, NULL, "s", "open", .symbols = "fish" }, false },
    };
    Arena arena = { 0 };
    for (size_t i = 0; i < BASE_COUNT(stands); i++) {
        ClaimView a, b;
        make_view(&stands[i].a, 1, &arena, &a);
        make_view(&stands[i].b, 2, &arena, &b);
        Claim one = *a.claim, two = *b.claim;
        one.side = two.side = 1;
        CHECK_ROW(stands[i].name, contradiction_same_stand(&one, &two) == stands[i].same);
        CHECK_ROW(stands[i].name, contradiction_same_stand(&two, &one) == stands[i].same);
        two.side = -1;
        CHECK_ROW(stands[i].name, !contradiction_same_stand(&one, &two));
    }
    arena_clear(&arena);
}

static double likeness(const StoryVector *a, const StoryVector *b)
{
    WideVector wide;
    contradiction_widen_vector(a, &wide);
    return contradiction_likeness(&wide, b);
}

static void check_story_likeness(void)
{
    StoryVector fish, more_fish, tax, empty;
    contradiction_story_vector(STR_NONE, STR("Mackerel quotas and herring nets: trawlers of the northern coast land."), &fish);
    contradiction_story_vector(STR("MACKEREL"), STR("Northern trawlers land herring; quotas for mackerel stay."), &more_fish);
    contradiction_story_vector(STR_NONE, STR("Parliament votes on the income levy and on pensions of teachers."), &tax);
    contradiction_story_vector(STR_NONE, STR("They said that this would be so."), &empty);
    CHECK(likeness(&fish, &fish) > .999);
    CHECK(likeness(&fish, &more_fish) > contradiction_likeness_least);
    CHECK(likeness(&fish, &tax) < contradiction_likeness_least);
    CHECK(likeness(&empty, &empty) <= 0);
    CHECK(contradiction_is_brief(&empty) && contradiction_is_brief(&fish));
    char words[40 * 6 + 1] = "";
    for (size_t i = 0; i < 40; i++)
        memcpy(words + i * 6, (char[]){ 'c', 'o', (char)('a' + i % 26), (char)('d' + i / 26), 'x', ' ' }, 6);
    contradiction_story_vector(STR_NONE, str_from(words), &tax);
    CHECK(!contradiction_is_brief(&tax));
}

static const TestCase cases[] = {
    { "pairs, in both orders", check_pairs },
    { "no pair of two stories without a key", check_keys },
    { "who comes first, and why", check_order_and_reason },
    { "one answer given twice", check_same_stand },
    { "likeness of stories", check_story_likeness },
};

const TestSuite test_contradiction = SUITE(cases);
