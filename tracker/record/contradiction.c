#include "record/contradiction_internal.h"
#include "extract/topic.h"

#include <math.h>
#include <string.h>

/*
 * Measured twice: on labelled news (37 stories on 22 subjects), and on the pairs of 26,000 stories of wire archives,
 * some 270 of them read one by one.  What parts the pairs worth a look from the others there: the noun of each object
 * stands in the other's; the deed's words name the one who denies it; the later words answer the earlier ones; and
 * neither is said in passing.
 */
static const struct {
    double least;                /* the score that is worth a reader's time */
    double sure;                 /* from here on a contradiction is one; below it is told as a tension, but on one curated topic */
    double words;                /* a claim with fewer words than these counts as one with these */
    double links_across;         /* factor of the links between two stories */
    double same_noun;            /* link: each object holds the noun of the other */
    double reply;                /* link: the later claim's sentence says that it answers */
    double one_act;              /* link: both value something named as one act: the decision, this plan */
    double said_to_clash;        /* link, untested: one's sentence names the other and says that they contradict */
    double condition;            /* factor: if, unless, until in either */
    double undecided;            /* factor: whether, under review in either */
    double aside;                /* factor for each claim that is made in passing */
    double mild;                 /* factor: a worry in either */
    double countries_only;       /* factor: nothing but countries in common */
    double across;               /* taken off when the claims are of two stories and no rule names their topic */
    double one_topic;            /* untested: what one curated topic is worth, however different the words */
    double two_topics;           /* untested: factor when rules put them under different topics */
    double one_object;           /* factor when the objects have a single word in common */
    double other_objects;        /* factor when they have none */
    double other_names;          /* factor when the objects have different names or numbers: two treaties */
    double some_names;           /* factor when they have some names in common and some not */
    double other_actor;          /* factor when those who act are different: France will, Belgium will not */
    double other_heads;          /* factor when the nouns of the objects are different */
    double strangers;            /* factor when two governments of two stories name nobody in common */
    double other_deed;           /* factor when each does something else: did not sail, has signed */
    double of_other;             /* weight of two positions from which on they clash when both are told of one country */
    double told;                 /* their weight then */
    double told_at_home;         /* factor when one only tells of another's stance, and the other is of his own government */
    double denied_aside;         /* factor when the deed of another story names the one who denies by the way only */
    double other_plan;           /* factor when what one will do is not named where the other judges: will not link, calls for approval */
    double other_denier;         /* factor when the deed does not name the one who denies, in the same story */
    double reversal;             /* untested: one speaker's words in common, without links, for a reversal */
    double reversal_told;        /* the same, when the report says that the one was said before the other, of the same noun */
    double one_stand;            /* likeness of two claims of one speaker that are one answer given twice */
} worth = {
    .least = .27, .sure = .38, .words = 2,
    .links_across = .5, .same_noun = .15, .reply = .12, .one_act = .15, .said_to_clash = .10,
    .condition = .7, .undecided = .6, .aside = .6, .mild = .65, .countries_only = .7,
    .across = .10, .one_topic = .5, .two_topics = .5,
    .one_object = .9, .other_objects = .8, .other_names = .25, .some_names = .5, .other_actor = .25,
    .other_heads = .6, .strangers = .8, .other_deed = .45, .denied_aside = .8, .other_plan = .85, .other_denier = .55,
    .of_other = .4, .told = .8, .told_at_home = .6, .reversal = .5, .reversal_told = .3, .one_stand = .5,
};

enum { REPLY_BYTES = 600 };                      /* an answer stands in the same paragraph or the next */

/* On the same stories this parts related pairs from others as .35 does for cosines weighed by rarity. */
const double contradiction_likeness_least = .30;

const char *const relation_names[] = { "self", "same-government", "different-governments" };
const char *const grade_names[] = { "tension", "contradiction", "reversal" };

/* ---- likeness of claims ---------------------------------------------------- */

/* words: not only countries and names; objects: something that both objects name */
typedef struct Shared { double similarity; bool words; int objects; } Shared;

/* Weights of the symbols that two claims have in common, against all that they have. */
static Shared shared_symbols(const Claim *a, const Claim *b)
{
    Shared shared = { 0 };
    double sum_a = 0, sum_b = 0, common = 0;
    for (size_t i = 0; i < a->n_symbols; i++)
        sum_a += (double)a->symbols[i].weight;
    for (size_t k = 0; k < b->n_symbols; k++)
        sum_b += (double)b->symbols[k].weight;
    for (size_t i = 0; i < a->n_symbols; i++)
        for (size_t k = 0; k < b->n_symbols && a->symbols[i].weight > 0; k++) {
            const ClaimSymbol *x = &a->symbols[i], *y = &b->symbols[k];
            if (!str_equal(x->name, y->name))
                continue;
            common += (double)(x->weight < y->weight ? x->weight : y->weight);
            shared.words = shared.words || (!x->country && !contradiction_is_marked(a, CLAIM_NAME_MARK, x->name) &&
                                            !contradiction_is_marked(b, CLAIM_NAME_MARK, x->name));
            shared.objects += x->weight >= 1 && y->weight >= 1;
        }
    if (common > 0)
        shared.similarity = common / sqrt(fmax(sum_a, worth.words) * fmax(sum_b, worth.words));
    return shared;
}

bool contradiction_same_stand(const Claim *a, const Claim *b)
{
    if (a->side != b->side || a->curated != b->curated || (a->flags ^ b->flags) & CLAIM_EVERYTHING)
        return false;
    if (a->side == 0 && !str_equal(a->position, b->position))
        return false;
    return str_equal(a->topic, b->topic) ||
           (!a->curated && a->side != 0 && shared_symbols(a, b).similarity >= worth.one_stand);
}

bool contradiction_possible(const Rules *rules, const Claim *claim)
{
    if (claim->flags & (CLAIM_HEADLINE | CLAIM_BYSTANDER))
        return false;
    for (size_t i = 0; i < rules->n_oppositions; i++) {
        const Opposition *row = &rules->oppositions[i];
        if (row->weight > 0 && (str_equal(row->a, claim->position) || str_equal(row->b, claim->position)))
            return true;
    }
    return false;
}

/* ---- who and when ---------------------------------------------------------- */

Date contradiction_day_of(const ClaimView *view)
{
    return view->said_on != DATE_UNKNOWN ? view->said_on : view->published;
}

/* Unknown days come last. */
static int compare_days(Date a, Date b)
{
    if (a == b)
        return 0;
    if (a == DATE_UNKNOWN || b == DATE_UNKNOWN)
        return a == DATE_UNKNOWN ? 1 : -1;
    return a < b ? -1 : 1;
}

static int compare_views(const ClaimView *x, const ClaimView *y)
{
    int order = compare_days(contradiction_day_of(x), contradiction_day_of(y));
    if (order == 0)
        order = str_compare(x->story, y->story);
    if (order == 0)
        order = (x->n > y->n) - (x->n < y->n);
    if (order == 0)
        order = (x->claim->span.from > y->claim->span.from) - (x->claim->span.from < y->claim->span.from);
    if (order == 0)
        order = str_compare(x->claim->topic, y->claim->topic);
    return order ? order : str_compare(x->claim->position, y->claim->position);
}

static bool is_near(Date a, Date b, int days)
{
    return a != DATE_UNKNOWN && b != DATE_UNKNOWN && (a < b ? b - a : a - b) <= days;
}

/* Both published and said within days of each other. */
static bool are_near(const ClaimView *a, const ClaimView *b, int days)
{
    return is_near(a->published, b->published, days) && is_near(contradiction_day_of(a), contradiction_day_of(b), days);
}

/* "Norway" and "Oslo": one government under two names. */
static bool is_country(const Rules *rules, const ClaimView *view)
{
    for (size_t i = 0; i < rules->n_countries; i++) {
        const Country *country = &rules->countries[i];
        if (str_equal(topic_heir(country->iso), view->country) &&
            (str_equal_nocase(country->name, view->speaker) || str_equal_nocase(country->capital, view->speaker)))
            return true;
    }
    return false;
}

static bool is_nameless(const ClaimView *view)
{
    return view->speaker.len == 0;
}

/* ---- names that tell two things apart ---------------------------------------- */

/* The fishing treaty with one country and that with another, Resolution 2254 and Resolution 1701. */
static bool name_others(const ClaimView *a, const ClaimView *b)
{
    return contradiction_are_apart(a, b, CLAIM_NAME_MARK, false) || contradiction_are_apart(a, b, CLAIM_NUMBER_MARK, false);
}

/*
 * "did not sail" against "has signed": the one deed is not named where the other is.  A denial of talks is one only
 * where talks are named.
 */
static bool do_others(const Claim *a, const Claim *b)
{
    Str of_a = contradiction_mark(a, CLAIM_DEED_MARK), of_b = contradiction_mark(b, CLAIM_DEED_MARK);
    Str about_a = contradiction_mark(a, CLAIM_SENSE_MARK), about_b = contradiction_mark(b, CLAIM_SENSE_MARK);
    unsigned deed = CLAIM_DEED | CLAIM_DENIAL;
    if (of_a.len && of_b.len)
        return !str_equal(of_a, of_b);
    if ((of_a.len && b->flags & deed && !contradiction_says(b, of_a)) ||
        (of_b.len && a->flags & deed && !contradiction_says(a, of_b)))
        return true;
    if (!((a->flags | b->flags) & CLAIM_DENIAL))
        return false;
    return (about_a.len && !str_equal(about_a, about_b) && !contradiction_says(b, about_a)) ||
           (about_b.len && !str_equal(about_a, about_b) && !contradiction_says(a, about_b));
}

/* The levy on cars against the tax on cars: the noun of neither object is named where the other is. */
static bool have_other_heads(const Claim *a, const Claim *b)
{
    Str of_a = contradiction_mark(a, CLAIM_HEAD_MARK), of_b = contradiction_mark(b, CLAIM_HEAD_MARK);
    return of_a.len && of_b.len && !contradiction_says(b, of_a) && !contradiction_says(a, of_b);
}

/* ---- links beyond shared words --------------------------------------------- */

/* Both value something named as an act: Roe's decision, this plan. */
static bool value_acts(const Claim *a, const Claim *b)
{
    unsigned both = a->flags & b->flags;
    return both & CLAIM_STANCE && both & CLAIM_NAMES_ACT;
}

bool contradiction_is_said_to_clash(const ClaimView *a, const ClaimView *b)
{
    return str_equal(a->story, b->story) && ((a->claim->flags & CLAIM_CONTRADICTING && contradiction_names(a, b, true)) ||
                                             (b->claim->flags & CLAIM_CONTRADICTING && contradiction_names(b, a, true)));
}

/* "the levy" against "a levy on cars": the noun of each object stands in the other's. */
static bool have_same_heads(const Claim *a, const Claim *b)
{
    Str of_a = contradiction_mark(a, CLAIM_HEAD_MARK), of_b = contradiction_mark(b, CLAIM_HEAD_MARK);
    return of_a.len && of_b.len && contradiction_is_about(b, of_a) && contradiction_is_about(a, of_b);
}

static double links(const ClaimView *a, const ClaimView *b, bool outright, bool apart)
{
    double sum = contradiction_denial_links(a, b) + contradiction_denial_links(b, a);
    if (have_same_heads(a->claim, b->claim))
        sum += worth.same_noun;
    if (!str_equal(a->story, b->story))
        return apart ? sum * worth.links_across : sum;
    const ClaimView *later = b->claim->span.from >= a->claim->span.from ? b : a;
    const ClaimView *earlier = later == a ? b : a;
    if (later->claim->flags & CLAIM_REPLIES && later->claim->span.from <= earlier->claim->span.to + REPLY_BYTES)
        sum += worth.reply;
    if (outright && contradiction_is_said_to_clash(a, b))
        sum += worth.said_to_clash;
    if (value_acts(a->claim, b->claim))
        sum += worth.one_act;
    return sum;
}

/* ---- the verdict ------------------------------------------------------------ */

/* A condition or a hedge on one side leaves room for both, unless the other side leaves none. */
static Grade grade_pair(bool outright, const Claim *a, const Claim *b)
{
    bool soft_a = a->condition || a->hedged, soft_b = b->condition || b->hedged;
    bool hard = (soft_a && b->unconditional) || (soft_b && a->unconditional);
    if (hard)
        return GRADE_CONTRADICTION;
    return soft_a || soft_b || !outright ? GRADE_TENSION : GRADE_CONTRADICTION;
}

static double discounts(const Claim *a, const Claim *b)
{
    double factor = (a->flags & CLAIM_ASIDE ? worth.aside : 1) * (b->flags & CLAIM_ASIDE ? worth.aside : 1);
    if (a->condition || b->condition)
        factor *= worth.condition;
    if ((a->flags | b->flags) & CLAIM_UNDECIDED)
        factor *= worth.undecided;
    if ((a->flags | b->flags) & CLAIM_MILD)
        factor *= worth.mild;
    return factor;
}

/* Will and will not: what one does is no matter of what another does. */
static bool is_plan(const Claim *claim)
{
    return !(claim->flags & (CLAIM_STANCE | CLAIM_DEED | CLAIM_DENIAL));
}

/* "Will not link the two": no answer to one who calls for something else to be done about them. */
static bool is_other_plan(const Claim *plan, const Claim *stance)
{
    Str deed = contradiction_mark(plan, CLAIM_DEED_MARK);
    return is_plan(plan) && stance->flags & CLAIM_STANCE && deed.len && !contradiction_says(stance, deed);
}

/* "I will not vote for it" against "the Senate will vote on it", or "Norland will" on what a third country does. */
static bool tells_of_another(const ClaimView *own, const ClaimView *other)
{
    if (contradiction_has_mark(own->claim, CLAIM_ACTOR_MARK) || contradiction_names(other, own, false))
        return false;
    for (size_t i = 0; i < other->claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &other->claim->symbols[i];
        if (symbol->weight > 0 || symbol->name.ptr[0] != CLAIM_ACTOR_MARK)
            continue;
        Str actor = { symbol->name.ptr + 1, symbol->name.len - 1 };
        if (!symbol->country || (own->country.len && other->country.len && !str_equal_nocase(actor, own->country) && !str_equal_nocase(actor, other->country)))
            return true;
    }
    return false;
}

/* Two governments, in two stories, who name nobody that both name. */
static bool are_strangers(const ClaimView *a, const ClaimView *b)
{
    if (!a->country.len || !b->country.len || str_equal(a->country, b->country) || contradiction_names(a, b, true) ||
        contradiction_names(b, a, true))
        return false;
    for (size_t i = 0; i < a->claim->names.len; i++)
        for (size_t k = 0; k < b->claim->names.len; k++)
            if (str_equal(a->claim->names.ptr[i], b->claim->names.ptr[k]))
                return false;
    return true;
}

/* What one government accepts and another turns down may be two things, when neither speaks of the other. */
static bool is_own_affair(const ClaimView *accepts, const ClaimView *rejects)
{
    const Claim *x = accepts->claim, *y = rejects->claim;
    return x->side > 0 && y->flags & CLAIM_STANCE && y->side < 0 && contradiction_has_mark(x, CLAIM_SENSE_MARK) &&
           !str_equal(accepts->country, rejects->country) && !contradiction_names(accepts, rejects, true) &&
           !contradiction_names(rejects, accepts, true) && !contradiction_share_name(x, y);
}

/* "Roe should resign" says nothing of Low, who will not: what one is asked to do is not what another does. */
static bool asks_another(const ClaimView *asks, const ClaimView *acts)
{
    return asks->claim->flags & CLAIM_STANCE && asks->claim->side > 0 && is_plan(acts->claim) && acts->claim->side < 0 &&
           contradiction_has_mark(asks->claim, CLAIM_ACTOR_MARK) && !contradiction_has_mark(acts->claim, CLAIM_ACTOR_MARK) &&
           !contradiction_names(asks, acts, !str_equal(asks->country, acts->country));
}

/* "Everything is on the table" meets what is closed in its own story: plainly so for the one who said both. */
static double score_everything(const ClaimView *a, const ClaimView *b)
{
    bool one = !(a->claim->flags & b->claim->flags & CLAIM_EVERYTHING);
    const Claim *closed = a->claim->flags & CLAIM_EVERYTHING ? b->claim : a->claim;
    return one && closed->curated && str_equal(a->story, b->story) ? worth.one_topic : 0;
}

/* "Norland had rejected the plan", says a minister of Sudmark: no quarrel within Sudmark. */
static bool is_told_at_home(const ClaimView *told, const ClaimView *other)
{
    return told->claim->flags & CLAIM_TOLD && told->country.len && (!other->country.len || str_equal(told->country, other->country));
}

/*
 * An official speaks of many things in one breath: a reversal needs the words themselves, or a topic of one rule and
 * another day.
 */
static double score_self(const ClaimView *a, const ClaimView *b, bool one_topic)
{
    double similarity = shared_symbols(a->claim, b->claim).similarity;
    one_topic = one_topic && (!str_equal(a->story, b->story) || contradiction_day_of(a) != contradiction_day_of(b));
    if (!one_topic && name_others(a, b) && !contradiction_answers(a, b) && !contradiction_answers(b, a))
        return 0;
    if (one_topic && similarity < worth.one_topic)
        similarity = worth.one_topic;
    similarity *= discounts(a->claim, b->claim);
    if (!one_topic && (have_other_heads(a->claim, b->claim) || do_others(a->claim, b->claim)))
        return 0;
    bool told = (a->claim->flags ^ b->claim->flags) & CLAIM_EARLIER && have_same_heads(a->claim, b->claim);
    return similarity >= (told ? worth.reversal_told : worth.reversal) ? similarity : 0;
}

static double score_pair(const ClaimView *a, const ClaimView *b, Relation relation, bool outright, double likeness)
{
    const Claim *x = a->claim, *y = b->claim;
    bool curated = x->curated && y->curated, one_topic = curated && str_equal(x->topic, y->topic);
    bool across = !str_equal(a->story, b->story);
    bool brief = across && !one_topic && a->brief && b->brief && are_near(a, b, CONTRADICTION_DAYS_BRIEF);
    if (across && !are_near(a, b, one_topic ? CONTRADICTION_DAYS_CURATED : CONTRADICTION_DAYS_OPEN))
        return 0;
    if (across && !one_topic && !brief && likeness < contradiction_likeness_least)
        return 0;
    across = across && !brief;                   /* from here on they count as one story */
    if (relation == RELATION_SELF)
        return score_self(a, b, one_topic);
    Shared shared = shared_symbols(x, y);
    if (across && !one_topic && !shared.words)
        return 0;
    double factor = discounts(x, y);
    bool bare = contradiction_is_bare_denial(x) || contradiction_is_bare_denial(y);
    if (one_topic && shared.similarity < worth.one_topic)
        shared.similarity = worth.one_topic;
    else if (!one_topic && !shared.words && !bare && !(x->flags & CLAIM_DENIAL && x->flags & CLAIM_THIN) &&
             !(y->flags & CLAIM_DENIAL && y->flags & CLAIM_THIN))
        factor *= worth.countries_only;
    if (!one_topic && shared.objects < 2 && !bare && !((x->flags | y->flags) & CLAIM_THIN))
        factor *= shared.objects ? worth.one_object : worth.other_objects;
    if (!one_topic && name_others(a, b) && !contradiction_answers(a, b) && !contradiction_answers(b, a))
        factor *= contradiction_share_name(x, y) ? worth.some_names : worth.other_names;
    if (!one_topic && have_other_heads(x, y) && !value_acts(x, y))
        factor *= (x->flags | y->flags) & CLAIM_DENIAL ? worth.other_deed : worth.other_heads;
    bool answered = (brief && bare) || contradiction_is_told_of(a, b) || contradiction_is_told_of(b, a);
    if (!answered && do_others(x, y) && !(one_topic && is_plan(x) && is_plan(y)))
        factor *= worth.other_deed;
    if (!one_topic && (is_other_plan(x, y) || is_other_plan(y, x)))
        factor *= worth.other_plan;
    if (!one_topic && (contradiction_denies_other(a, b) || contradiction_denies_other(b, a)))
        factor *= across ? worth.other_deed : worth.other_denier;
    if (across && !one_topic && (contradiction_denies_aside(a, b) || contradiction_denies_aside(b, a)))
        factor *= worth.denied_aside;
    if (is_own_affair(a, b) || is_own_affair(b, a) || contradiction_is_own_deed(a, b) || contradiction_is_own_deed(b, a))
        factor *= worth.other_deed;
    if (asks_another(a, b) || asks_another(b, a))
        factor *= worth.other_actor;
    if (is_told_at_home(a, b) || is_told_at_home(b, a))
        factor *= worth.told_at_home;
    bool actors_apart = contradiction_are_apart(a, b, CLAIM_ACTOR_MARK, true);
    if (is_plan(x) && is_plan(y) && (actors_apart || tells_of_another(a, b) || tells_of_another(b, a)))
        factor *= worth.other_actor;
    if (across && !one_topic && are_strangers(a, b))
        factor *= worth.strangers;
    if (curated && !one_topic)
        return factor * worth.two_topics * shared.similarity;
    return factor * (shared.similarity + links(a, b, outright, across)) - (across && !one_topic ? worth.across : 0);
}

static Relation relation_of(const Rules *rules, const ClaimView *a, const ClaimView *b)
{
    if (contradiction_same_speaker(a, b))
        return RELATION_SELF;
    if (!a->country.len || !str_equal(a->country, b->country))
        return RELATION_DIFFERENT_GOVERNMENTS;
    bool bodies = a->claim->flags & b->claim->flags & CLAIM_OF_BODY;
    return bodies && is_country(rules, a) && is_country(rules, b) ? RELATION_SELF : RELATION_SAME_GOVERNMENT;
}

static bool is_one_word(Str label)
{
    return str_find(label, STR(" "), 0) == label.len;
}

/* One that a rule names, else the one that says more; never "everything". */
static const ClaimView *topic_of(const ClaimView *a, const ClaimView *b)
{
    unsigned of_a = a->claim->flags, of_b = b->claim->flags;
    if ((of_a ^ of_b) & CLAIM_EVERYTHING)
        return of_a & CLAIM_EVERYTHING ? b : a;
    if (a->claim->curated != b->claim->curated)
        return a->claim->curated ? a : b;
    bool one_word_a = is_one_word(a->claim->topic_label), one_word_b = is_one_word(b->claim->topic_label);
    if (one_word_a != one_word_b && !a->claim->curated)
        return one_word_a ? b : a;               /* "the bill" names nothing */
    return of_a & CLAIM_THIN && !(of_b & CLAIM_THIN) ? b : a;
}

/* One reported inside the other: words that two speakers are given cannot be held against each other. */
static bool is_nested(const ClaimView *a, const ClaimView *b)
{
    Span x = a->claim->span, y = b->claim->span;
    return str_equal(a->story, b->story) && x.from < y.to && y.from < x.to && x.from != x.to && y.from != y.to;
}

/* To want a thing and not to do another is no change of mind: the one position must be the denial of the other. */
static bool is_denial_of(const Rules *rules, const Claim *a, const Claim *b)
{
    return str_equal(rules_denied(rules, a->position), b->position) || str_equal(rules_denied(rules, b->position), a->position);
}

/* One who changes his mind does so on another day, or the reporter says that he did. */
static bool is_of_two_days(const ClaimView *a, const ClaimView *b)
{
    if ((a->claim->flags | b->claim->flags) & CLAIM_CONTRADICTING)
        return true;
    if ((a->claim->flags ^ b->claim->flags) & CLAIM_EARLIER && (a->said_on == DATE_UNKNOWN) != (b->said_on == DATE_UNKNOWN))
        return true;
    return a->said_on != DATE_UNKNOWN && b->said_on != DATE_UNKNOWN && a->said_on != b->said_on;
}

bool contradiction_has_pole(const Claim *claim)
{
    return contradiction_has_mark(claim, CLAIM_POLE_MARK) || claim->flags & CLAIM_UNDOES;
}

/* Both have one noun for an object: "eliminate the levy" says nothing of a vote on a bill that holds the levy. */
static bool is_of_one_noun(const Claim *a, const Claim *b)
{
    return str_equal(contradiction_mark(a, CLAIM_HEAD_MARK), contradiction_mark(b, CLAIM_HEAD_MARK));
}

/*
 * "Will lift the embargo" and "will tighten the embargo": at two ends of one scale the one is the other's denial.  So
 * it is when only one of them is about the end of a thing: "backs the levy", "backs the repeal of the levy".
 */
static const Opposition *opposition_of(const Rules *rules, const Claim *a, const Claim *b)
{
    Str end_a = contradiction_mark(a, CLAIM_POLE_MARK), end_b = contradiction_mark(b, CLAIM_POLE_MARK);
    bool scale = end_a.len > 1 && end_a.len == end_b.len && memcmp(end_a.ptr + 1, end_b.ptr + 1, end_a.len - 1) == 0;
    bool turned = scale ? end_a.ptr[0] != end_b.ptr[0] : ((a->flags ^ b->flags) & CLAIM_UNDOES) != 0 && is_of_one_noun(a, b);
    turned = turned && have_same_heads(a, b);
    return rules_opposition(rules, a->position, turned ? rules_denied(rules, b->position) : b->position);
}

/* "Sank 40 boats", "sank 12 boats": two reports of one story that both say yes, or both what will be, and differ in how many. */
static bool count_apart(const ClaimView *a, const ClaimView *b)
{
    Date first = contradiction_day_of(a), second = contradiction_day_of(b);
    return str_equal(a->story, b->story) && str_equal(a->claim->position, b->claim->position) &&
           !((a->claim->flags | b->claim->flags) & CLAIM_DENIAL) && is_near(first, second, 1) && contradiction_count_otherwise(a->claim, b->claim);
}

/* Two on what a third country, or one of the two, does: "Oslo asks for no quota", says its neighbour. */
static bool tell_of_one(const ClaimView *a, const ClaimView *b)
{
    for (size_t i = 0; i < a->claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &a->claim->symbols[i];
        if (symbol->weight > 0 || !symbol->country || symbol->name.ptr[0] != CLAIM_ACTOR_MARK)
            continue;
        Str actor = { symbol->name.ptr + 1, symbol->name.len - 1 };
        if ((contradiction_is_marked(b->claim, CLAIM_ACTOR_MARK, actor) || str_equal_nocase(actor, b->country)) &&
            !str_equal_nocase(actor, a->country))
            return true;
    }
    return false;
}

/* ---- keys ------------------------------------------------------------------- */

static void add_key(Arena *arena, ClaimKeys *keys, Str text)
{
    uint16_t key = (uint16_t)(str_hash(text) * 0x9E3779B97F4A7C15u >> 48);
    LIST_PUSH(arena, keys, key == CONTRADICTION_ANY_KEY ? 1 : key);
}

void contradiction_add_keys(const ClaimView *view, Arena *arena, ClaimKeys *keys)
{
    const Claim *claim = view->claim;
    if (is_nameless(view) || !view->speaker_key.len || claim->flags & (CLAIM_EVERYTHING | CLAIM_HEADLINE | CLAIM_BYSTANDER))
        return;
    for (size_t i = 0; i < claim->n_symbols; i++) {            /* as shared_symbols() counts words */
        const ClaimSymbol *symbol = &claim->symbols[i];
        if (symbol->weight > 0 && !symbol->country && !contradiction_is_marked(claim, CLAIM_NAME_MARK, symbol->name))
            add_key(arena, keys, symbol->name);
    }
    /* However a speaker is named, contradiction_same_speaker() looks for the last word, or the key. */
    const Str names[] = { view->speaker, contradiction_first_partner(view->speaker) };
    for (size_t i = 0; i < BASE_COUNT(names); i++)
        if (names[i].len)
            add_key(arena, keys, str_lower(arena, str_last_word(names[i])));
    add_key(arena, keys, view->speaker_key);
    /* "That is a lie" has no word of the deed: what is denied names the one who denies it. */
    if (view->brief && claim->flags & CLAIM_DENIAL && view->country.len)
        add_key(arena, keys, view->country);
    for (size_t i = 0; view->brief && !(claim->flags & CLAIM_DENIAL) && i < claim->names.len; i++)
        add_key(arena, keys, claim->names.ptr[i]);
}

bool contradiction_find(const Rules *rules, const ClaimView *x, const ClaimView *y, double likeness,
                        Contradiction *out)
{
    /* One order for both arguments' orders: sums of fractions depend on it. */
    const ClaimView *a = compare_views(x, y) <= 0 ? x : y, *b = a == x ? y : x;
    const Opposition *opposition = opposition_of(rules, a->claim, b->claim);
    if (!opposition || opposition->weight <= 0 || str_equal(a->claim->position, CONTRADICTION_NUMBER))
        opposition = count_apart(a, b) ? rules_opposition(rules, CONTRADICTION_NUMBER, CONTRADICTION_NUMBER) : NULL;
    if (!opposition || opposition->weight <= 0 || (x->claim->flags | y->claim->flags) & (CLAIM_HEADLINE | CLAIM_BYSTANDER) ||
        !x->speaker_key.len || !y->speaker_key.len)
        return false;
    bool one_topic = a->claim->curated && b->claim->curated && str_equal(a->claim->topic, b->claim->topic);
    if ((is_nameless(x) || is_nameless(y)) && !str_equal(x->story, y->story) && !one_topic)
        return false;
    if (is_nested(x, y))
        return false;
    Relation relation = relation_of(rules, a, b);
    bool everything = (a->claim->flags | b->claim->flags) & CLAIM_EVERYTHING;
    bool outright = str_equal(opposition->grade, STR("contradiction"));
    double weight = (double)opposition->weight;
    bool told = !outright && relation != RELATION_SELF && weight >= worth.of_other && (tell_of_one(a, b) || tell_of_one(b, a));
    if (told || (weight < worth.told && (contradiction_is_told_of(a, b) || contradiction_is_told_of(b, a)))) {
        outright = true;
        weight = worth.told;
    }
    Grade grade = grade_pair(outright, a->claim, b->claim);
    /* One official may well see two sides of a thing: only what is plainly opposed is a reversal. */
    if ((relation == RELATION_SELF || everything) && grade != GRADE_CONTRADICTION)
        return false;
    if (relation == RELATION_SELF && !(contradiction_is_proper(a->speaker) && is_of_two_days(a, b) &&
                                       is_denial_of(rules, a->claim, b->claim)))
        return false;
    if (relation == RELATION_SELF)
        grade = GRADE_REVERSAL;
    else if (everything)
        grade = GRADE_TENSION;
    double score = weight *
                   (everything ? score_everything(a, b) : score_pair(a, b, relation, outright, likeness));
    score = round(score * 1000) / 1000;          /* it is no more exact than that, and ties should be ties */
    if (score < worth.least)
        return false;
    if (grade == GRADE_CONTRADICTION && score < worth.sure && !one_topic)
        grade = GRADE_TENSION;
    *out = (Contradiction){
        .a = a, .b = b, .topic = topic_of(a, b), .score = score < 1 ? score : 1, .grade = grade, .relation = relation,
        .found_on = compare_days(a->published, b->published) <= 0 ? b->published : a->published,
    };
    return true;
}
