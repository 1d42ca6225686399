#include "record/contradiction.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Measured on labelled news (37 stories on 22 subjects, half of them kept blind until the constants stood), with
 * claims marked by hand: precision .79 and recall .78 at .20, .83 and .66 at .25 when words are weighed by rarity,
 * as they are not here; for equal weights the same measurement asks for .25 to .30.  Moving any one constant to its
 * neighbour changes precision and recall by less than .03, but for the threshold.
 */
static const struct {
    double least;                /* the score that is worth a reader's time */
    double denier_named;         /* link: a deed, and its denial by someone whom the deed's sentence names */
    double denial_of_report;     /* link: the denial speaks of an accusation or report, or is a mere "that is false" */
    double reply;                /* link: the later claim's sentence says that it answers */
    double one_act;              /* link: both value something named as one act: the decision, this plan */
    double said_to_clash;        /* link, untested: one's sentence names the other and says that they contradict */
    double condition;            /* factor: if, unless, until in either */
    double undecided;            /* factor: whether, under review in either */
    double countries_only;       /* factor: nothing but countries in common */
    double across;               /* taken off when the claims are of two stories and no rule names their topic */
    double one_topic;            /* untested: what one curated topic is worth, however different the words */
    double two_topics;           /* untested: factor when rules put them under different topics */
    double other_objects;        /* factor when the objects have no word in common */
    double other_names;          /* factor when the objects have different names or numbers: two treaties */
    double other_actor;          /* factor when those who act are different: France will, Belgium will not */
    double reversal;             /* untested: one speaker's words in common, without links, for a reversal */
    double one_stand;            /* likeness of two claims of one speaker that are one answer given twice */
} worth = {
    .least = .25,
    .denier_named = .15, .denial_of_report = .05, .reply = .05, .one_act = .15, .said_to_clash = .10,
    .condition = .7, .undecided = .6, .countries_only = .7,
    .across = .10, .one_topic = .5, .two_topics = .5,
    .other_objects = .8, .other_names = .25, .other_actor = .25,
    .reversal = .5, .one_stand = .5,
};

/* On the same stories this parts related pairs from others as .35 does for cosines weighed by rarity. */
const double contradiction_likeness_least = .30;

const char *const relation_names[] = { "self", "same-government", "different-governments" };
const char *const grade_names[] = { "tension", "contradiction", "reversal" };

/* ---- likeness of claims ---------------------------------------------------- */

/* words: not only countries; objects: something that both objects name */
typedef struct Shared { double similarity; bool words, objects; } Shared;

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
        for (size_t k = 0; k < b->n_symbols; k++) {
            const ClaimSymbol *x = &a->symbols[i], *y = &b->symbols[k];
            if (x->weight <= 0 || !str_equal(x->name, y->name))
                continue;
            common += (double)(x->weight < y->weight ? x->weight : y->weight);
            shared.words |= !x->country;
            shared.objects |= x->weight >= 1 && y->weight >= 1;
        }
    if (common > 0)
        shared.similarity = common / sqrt(sum_a * sum_b);
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

static Date day_of(const ClaimView *view)
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
    int order = compare_days(day_of(x), day_of(y));
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

/* A speaker is on the roster on one day and not on another: the name decides too. */
static bool is_same_speaker(const ClaimView *x, const ClaimView *y)
{
    return str_equal(x->speaker_key, y->speaker_key) ||
           (x->speaker.len && str_equal_nocase(x->speaker, y->speaker));
}

static bool is_nameless(const ClaimView *view)
{
    return view->speaker.len == 0;
}

/* Surname of a person, or the whole name of a body, folded as in Claim.names. */
static Str folded_name(Str name, char *out, size_t out_bytes)
{
    if (name.len * 2 > out_bytes)
        return STR_NONE;
    return (Str){ out, utf8_fold(name, out, out_bytes) };
}

/* Does the claim's sentence name the other's speaker, or (country) the government spoken for? */
static bool claim_names(const ClaimView *view, const ClaimView *other, bool country)
{
    char whole_buffer[256], last_buffer[256];
    Str last = other->speaker;
    for (size_t i = last.len; i > 0; i--)
        if (last.ptr[i - 1] == ' ') {
            last = (Str){ last.ptr + i, last.len - i };
            break;
        }
    Str whole = folded_name(other->speaker, whole_buffer, sizeof whole_buffer);
    last = folded_name(last, last_buffer, sizeof last_buffer);
    for (size_t i = 0; i < view->claim->names.len; i++) {
        Str name = view->claim->names.ptr[i];
        if (name.len && (str_equal(name, whole) || str_equal(name, last) || (country && str_equal(name, other->country))))
            return true;
    }
    return false;
}

/* ---- names that tell two things apart ---------------------------------------- */

/* In its object, in the question it answers, or as who acts. */
static bool has_name(const Claim *claim, Str name)
{
    for (size_t i = 0; i < claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &claim->symbols[i];
        if (symbol->weight > 0 ? symbol->weight >= 1 && str_equal(symbol->name, name)
                               : str_ends(symbol->name, name) && symbol->name.len == name.len + 1)
            return true;
    }
    return false;
}

/* Does a claim have a marked name that the other lacks?  Governments that speak are no such names. */
static bool has_own_name(const ClaimView *view, const ClaimView *other, char mark, bool speakers)
{
    for (size_t i = 0; i < view->claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &view->claim->symbols[i];
        if (symbol->weight > 0 || !symbol->name.len || symbol->name.ptr[0] != mark)
            continue;
        Str name = { symbol->name.ptr + 1, symbol->name.len - 1 };
        bool speaks = symbol->country && (str_equal_nocase(name, view->country) || str_equal_nocase(name, other->country));
        if ((speakers || !speaks) && !has_name(other->claim, name))
            return true;
    }
    return false;
}

static bool are_apart(const ClaimView *a, const ClaimView *b, char mark, bool speakers)
{
    return has_own_name(a, b, mark, speakers) && has_own_name(b, a, mark, speakers);
}

/* The fishing treaty with one country and that with another, Resolution 2254 and Resolution 1701. */
static bool name_others(const ClaimView *a, const ClaimView *b)
{
    return are_apart(a, b, CLAIM_NAME_MARK, false) || are_apart(a, b, CLAIM_NUMBER_MARK, false);
}

/* ---- links beyond shared words --------------------------------------------- */

/* A deed and its denial. */
static double denial_links(const ClaimView *deed, const ClaimView *denial)
{
    if (!(deed->claim->flags & CLAIM_DEED) || !(denial->claim->flags & CLAIM_DENIAL))
        return 0;
    bool brief = denial->claim->flags & (CLAIM_ACCUSES | CLAIM_THIN) || denial->claim->content_words < 4;
    bool foreign = !str_equal(deed->country, denial->country);        /* one's own country is no denier */
    return (claim_names(deed, denial, foreign) ? worth.denier_named : 0) + (brief ? worth.denial_of_report : 0);
}

static bool is_said_to_clash(const ClaimView *a, const ClaimView *b)
{
    return str_equal(a->story, b->story) && ((a->claim->flags & CLAIM_CONTRADICTING && claim_names(a, b, true)) ||
                                             (b->claim->flags & CLAIM_CONTRADICTING && claim_names(b, a, true)));
}

static double links(const ClaimView *a, const ClaimView *b, bool outright)
{
    double sum = denial_links(a, b) + denial_links(b, a);
    if (!str_equal(a->story, b->story))
        return sum;
    const ClaimView *later = b->claim->span.from >= a->claim->span.from ? b : a;
    unsigned both = a->claim->flags & b->claim->flags;
    if (later->claim->flags & CLAIM_REPLIES)
        sum += worth.reply;
    if (outright && is_said_to_clash(a, b))
        sum += worth.said_to_clash;
    if (both & CLAIM_STANCE && both & CLAIM_NAMES_ACT)
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
    double factor = 1;
    if (a->condition || b->condition)
        factor *= worth.condition;
    if ((a->flags | b->flags) & CLAIM_UNDECIDED)
        factor *= worth.undecided;
    return factor;
}

/* Will and will not: what one does is no matter of what another does. */
static bool is_plan(const Claim *claim)
{
    return !(claim->flags & (CLAIM_STANCE | CLAIM_DEED | CLAIM_DENIAL));
}

/* "Everything is on the table" meets what is closed in its own story: plainly so for the one who said both. */
static double score_everything(const ClaimView *a, const ClaimView *b)
{
    bool one = !(a->claim->flags & b->claim->flags & CLAIM_EVERYTHING);
    return one && str_equal(a->story, b->story) ? worth.one_topic : 0;
}

/*
 * An official speaks of many things in one breath: a reversal needs the words themselves, or a topic of one rule and
 * another day.
 */
static double score_self(const ClaimView *a, const ClaimView *b, bool one_topic)
{
    double similarity = shared_symbols(a->claim, b->claim).similarity;
    one_topic = one_topic && (!str_equal(a->story, b->story) || day_of(a) != day_of(b));
    if (!one_topic && name_others(a, b))
        return 0;
    if (one_topic && similarity < worth.one_topic)
        similarity = worth.one_topic;
    return similarity >= worth.reversal ? similarity : 0;
}

static double score_pair(const ClaimView *a, const ClaimView *b, Relation relation, bool outright, double likeness)
{
    const Claim *x = a->claim, *y = b->claim;
    bool curated = x->curated && y->curated, one_topic = curated && str_equal(x->topic, y->topic);
    bool across = !str_equal(a->story, b->story);
    int days = one_topic ? CONTRADICTION_DAYS_CURATED : CONTRADICTION_DAYS_OPEN;
    if (across && (!is_near(a->published, b->published, days) || !is_near(day_of(a), day_of(b), days)))
        return 0;
    if (across && !one_topic && likeness < contradiction_likeness_least)
        return 0;
    if (relation == RELATION_SELF)
        return score_self(a, b, one_topic);
    Shared shared = shared_symbols(x, y);
    if (across && !one_topic && !shared.words)
        return 0;
    double factor = discounts(x, y);
    if (one_topic && shared.similarity < worth.one_topic)
        shared.similarity = worth.one_topic;
    else if (!one_topic && !shared.words)
        factor *= worth.countries_only;
    if (!one_topic && !shared.objects && !((x->flags | y->flags) & CLAIM_THIN))
        factor *= worth.other_objects;
    if (!one_topic && name_others(a, b))
        factor *= worth.other_names;
    if (is_plan(x) && is_plan(y) && are_apart(a, b, CLAIM_ACTOR_MARK, true))
        factor *= worth.other_actor;
    if (curated && !one_topic)
        return factor * worth.two_topics * shared.similarity;
    return factor * (shared.similarity + links(a, b, outright)) - (across && !one_topic ? worth.across : 0);
}

static Relation relation_of(const ClaimView *a, const ClaimView *b)
{
    if (is_same_speaker(a, b))
        return RELATION_SELF;
    return a->country.len && str_equal(a->country, b->country) ? RELATION_SAME_GOVERNMENT
                                                               : RELATION_DIFFERENT_GOVERNMENTS;
}

/* One that a rule names, else the one that says more; never "everything". */
static const ClaimView *topic_of(const ClaimView *a, const ClaimView *b)
{
    unsigned of_a = a->claim->flags, of_b = b->claim->flags;
    if ((of_a ^ of_b) & CLAIM_EVERYTHING)
        return of_a & CLAIM_EVERYTHING ? b : a;
    if (a->claim->curated != b->claim->curated)
        return a->claim->curated ? a : b;
    return of_a & CLAIM_THIN && !(of_b & CLAIM_THIN) ? b : a;
}

/* One reported inside the other: words that two speakers are given cannot be held against each other. */
static bool is_nested(const ClaimView *a, const ClaimView *b)
{
    Span x = a->claim->span, y = b->claim->span;
    return str_equal(a->story, b->story) && x.from < y.to && y.from < x.to && x.from != x.to && y.from != y.to;
}

bool contradiction_find(const Rules *rules, const ClaimView *x, const ClaimView *y, double likeness,
                        Contradiction *out)
{
    const Opposition *opposition = rules_opposition(rules, x->claim->position, y->claim->position);
    if (!opposition || opposition->weight <= 0 || (x->claim->flags | y->claim->flags) & (CLAIM_HEADLINE | CLAIM_BYSTANDER) ||
        !x->speaker_key.len || !y->speaker_key.len)
        return false;
    if ((is_nameless(x) || is_nameless(y)) && !str_equal(x->story, y->story))
        return false;
    if (is_nested(x, y))
        return false;
    /* One order for both arguments' orders: sums of fractions depend on it. */
    const ClaimView *a = compare_views(x, y) <= 0 ? x : y, *b = a == x ? y : x;
    Relation relation = relation_of(a, b);
    bool everything = (a->claim->flags | b->claim->flags) & CLAIM_EVERYTHING;
    bool outright = str_equal(opposition->grade, STR("contradiction"));
    Grade grade = grade_pair(outright, a->claim, b->claim);
    /* One official may well see two sides of a thing: only what is plainly opposed is a reversal. */
    if ((relation == RELATION_SELF || everything) && grade != GRADE_CONTRADICTION)
        return false;
    if (relation == RELATION_SELF)
        grade = GRADE_REVERSAL;
    else if (everything)
        grade = GRADE_TENSION;
    double score = (double)opposition->weight *
                   (everything ? score_everything(a, b) : score_pair(a, b, relation, outright, likeness));
    score = round(score * 1000) / 1000;          /* it is no more exact than that, and ties should be ties */
    if (score < worth.least)
        return false;
    *out = (Contradiction){
        .a = a, .b = b, .topic = topic_of(a, b), .score = score < 1 ? score : 1, .grade = grade, .relation = relation,
        .found_on = compare_days(a->published, b->published) <= 0 ? b->published : a->published,
    };
    return true;
}

/* ---- for people ------------------------------------------------------------- */

static Str speaker_or_unnamed(const ClaimView *view)
{
    return view->speaker.len ? view->speaker : STR("unnamed speaker");
}

static Str said_apart(const Contradiction *pair, Arena *arena)
{
    Date a = day_of(pair->a), b = day_of(pair->b);
    if (a == DATE_UNKNOWN || b == DATE_UNKNOWN)
        return STR("days unknown");
    return b == a       ? STR("said on one day")
           : b - a == 1 ? STR("said a day apart")
                        : str_printf(arena, "said %d days apart", (int)(b - a));
}

/* The first few words that both claims have; sense classes as a word, countries as their code. */
static Str shared_words(const Contradiction *pair, Arena *arena)
{
    enum { SHOWN = 4 };
    const Claim *a = pair->a->claim, *b = pair->b->claim;
    Str list = STR_NONE;
    size_t n = 0;
    for (size_t i = 0; i < a->n_symbols && n < SHOWN; i++)
        for (size_t k = 0; k < b->n_symbols; k++) {
            Str name = a->symbols[i].name;
            if (a->symbols[i].weight <= 0 || !str_equal(name, b->symbols[k].name))
                continue;
            if (str_starts(name, STR("=")))
                name = str_lower(arena, (Str){ name.ptr + 1, name.len - 1 });
            list = n++ ? str_printf(arena, "%.*s, %.*s", STR_ARG(list), STR_ARG(name)) : name;
            break;
        }
    return list;
}

Str contradiction_reason(const Contradiction *pair, Arena *arena)
{
    static const char *const relations[] = { "one speaker", "same government", "different governments" };
    const Claim *a = pair->a->claim, *b = pair->b->claim;
    Str words = a->curated && b->curated ? STR_NONE : shared_words(pair, arena);
    bool denial = pair->relation != RELATION_SELF && denial_links(pair->a, pair->b) + denial_links(pair->b, pair->a) > 0;
    bool condition = a->condition || b->condition, hedged = a->hedged || b->hedged;
    bool clash = pair->grade != GRADE_TENSION && is_said_to_clash(pair->a, pair->b);
    const Claim *topic = pair->topic->claim;
    Str label = topic->topic_label.len ? topic->topic_label : topic->topic;
    Str who_b = pair->relation == RELATION_SELF ? STR("the same speaker") : speaker_or_unnamed(pair->b);
    return str_printf(arena, "%.*s: %.*s; %.*s: %.*s; both on %.*s%s%.*s%s%s%s%s; %.*s; %s",
                      STR_ARG(speaker_or_unnamed(pair->a)), STR_ARG(a->position), STR_ARG(who_b),
                      STR_ARG(b->position), STR_ARG(label), words.len ? " (in both: " : "", STR_ARG(words),
                      words.len ? ")" : "", denial ? "; a deed and its denial" : "",
                      condition ? "; with a condition" : hedged ? "; hedged" : "",
                      clash ? "; the report sets them against each other" : "", STR_ARG(said_apart(pair, arena)),
                      relations[pair->relation]);
}

static Str view_order(const ClaimView *view, Arena *arena)
{
    char day[DATE_TEXT_BYTES];
    Date said = day_of(view);
    return str_printf(arena, "%s %.*s %08d %010u %.*s %.*s", said == DATE_UNKNOWN ? "unknown" : date_format(said, day),
                      STR_ARG(view->story), view->n, (unsigned)view->claim->span.from, STR_ARG(view->claim->topic),
                      STR_ARG(view->claim->position));
}

/* A reader can go after a pair whose days and places are known. */
static int count_unknown(const ClaimView *view)
{
    return (view->said_on == DATE_UNKNOWN) + (view->place.len == 0);
}

Str contradiction_order(const Contradiction *pair, Arena *arena)
{
    Str a = view_order(pair->a, arena), b = view_order(pair->b, arena);
    return str_printf(arena, "%d%d %04d %.*s | %.*s", pair->grade == GRADE_TENSION,
                      count_unknown(pair->a) + count_unknown(pair->b), (int)lround(1000 - pair->score * 1000),
                      STR_ARG(a), STR_ARG(b));
}

/* ---- likeness of stories ---------------------------------------------------- */

enum { WORD_LETTERS = 4, WORD_BYTES = 32 };

/* The words of news that say least about what a story is about: by the number of stories they are in. */
static const char *const common_words[] = {
    "about", "according", "added", "after", "against", "already", "also", "another", "around", "back", "based",
    "because", "been", "before", "being", "best", "between", "bill", "billion", "both", "business", "called",
    "chairman", "chief", "come", "companies", "company", "could", "country", "current", "director", "dlrs", "down",
    "during", "earlier", "election", "even", "expected", "federal", "firm", "first", "five", "foreign", "former",
    "four", "from", "general", "going", "good", "government", "group", "have", "help", "high", "home", "house",
    "however", "including", "international", "into", "january", "just", "last", "like", "long", "made", "major",
    "make", "many", "market", "million", "minister", "money", "month", "months", "more", "most", "much", "national",
    "need", "news", "next", "number", "office", "only", "other", "over", "part", "people", "plans", "president",
    "public", "record", "reuters", "said", "same", "saying", "says", "second", "share", "should", "since", "some",
    "spokesman", "state", "statement", "states", "still", "such", "take", "than", "that", "their", "them", "then",
    "there", "these", "they", "think", "this", "those", "three", "through", "time", "told", "under", "united",
    "used", "very", "want", "washington", "week", "well", "were", "what", "when", "where", "whether", "which",
    "while", "will", "with", "work", "world", "would", "year", "years",
};

static int compare_words(const void *key, const void *member)
{
    const Str *word = key;
    return str_compare(*word, str_from(*(const char *const *)member));
}

static bool is_common(Str word)
{
    return bsearch(&word, common_words, BASE_COUNT(common_words), sizeof common_words[0], compare_words) != NULL;
}

static void count_word(Str word, int counts[STORY_VECTOR_SIZE])
{
    if (word.len < WORD_LETTERS || is_common(word))
        return;
    uint64_t hash = str_hash(word) * 0x9E3779B97F4A7C15u;    /* FNV's high bits are weak in short words */
    counts[(hash >> 40) % STORY_VECTOR_SIZE] += hash >> 63 ? 1 : -1;
}

/* Words of ASCII letters and of all bytes of other alphabets, in lower case. */
static void count_words(Str text, int counts[STORY_VECTOR_SIZE])
{
    char word[WORD_BYTES];
    size_t len = 0;
    for (size_t i = 0; i <= text.len; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : ' ';
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + ('a' - 'A'));
        if (c >= 0x80 || (c >= 'a' && c <= 'z')) {
            if (len < sizeof word)
                word[len++] = (char)c;
        } else if (len) {
            count_word((Str){ word, len }, counts);
            len = 0;
        }
    }
}

/* 4 x (1 + ln n) in whole numbers, so that the vector is the same on every machine. */
static int damped(int count)
{
    static const int table[] = { 0, 4, 7, 8, 10, 10, 11, 12, 12, 13, 13 };
    int size = count < 0 ? -count : count, last = (int)BASE_COUNT(table) - 1;
    int value = table[size < last ? size : last];
    return count < 0 ? -value : value;
}

void contradiction_story_vector(Str title, Str text, StoryVector *out)
{
    int counts[STORY_VECTOR_SIZE] = { 0 };
    count_words(title, counts);
    count_words(text, counts);
    for (size_t i = 0; i < STORY_VECTOR_SIZE; i++)
        out->at[i] = (int16_t)damped(counts[i]);
    contradiction_measure_vector(out);
}

/* Small whole numbers: exact. */
static int dot(const StoryVector *a, const StoryVector *b)
{
    int sum = 0;
    for (size_t i = 0; i < STORY_VECTOR_SIZE; i++)
        sum += a->at[i] * b->at[i];
    return sum;
}

void contradiction_measure_vector(StoryVector *vector)
{
    vector->length = sqrt(dot(vector, vector));
}

double contradiction_likeness(const StoryVector *a, const StoryVector *b)
{
    int both = dot(a, b);
    return both > 0 ? both / (a->length * b->length) : 0;
}
