#include "extract/claim.h"

#include "extract/topic.h"

#include <stdlib.h>

enum {
    CLAIMS_IN_STATEMENT = 4,
    CUE_LEAD = 3,                        /* words before the verb of saying that may negate it: "has not yet" */
    GAP_TOKENS = 25,                     /* between the verb of saying and what it says: "told allies in Brussels that" */
    SEGMENT_TOKENS = 400,                /* of one sentence: a sentence may have no end */
    NEGATION_REACH = 3,                  /* words between a negation and the cue it turns round */
    CONTENT_ENOUGH = 3,                  /* a claim with fewer content words is thin */
    OBJECT_ENOUGH = 2,                   /* content words of an object that need no other place to explain them */
    REST_ENOUGH = 2,                     /* content words of its own sentence that say what a thin claim means */
    SYMBOLS_MAX = 96, NAMES_MAX = 32, OWN_NAMES_MAX = 16,
};

/* Weights of a claim's words beside its object, and of what stands around it (the object: 1). */
static const float WEIGHT_OWN = .5f, WEIGHT_REST = .4f, WEIGHT_BEFORE = .3f;

typedef struct Position {
    Str name, denied;
    int side;
    unsigned flags;
    bool fallback, asserted;
} Position;

struct ClaimFinder {
    Arena arena, scratch;
    const Rules *rules;
    RuleMatcher *matcher;
    TopicFinder *topics;
    Position *positions;                 /* by rule; name empty for rules of other kinds */
};

/* One sentence's share of a statement, with the verb of saying before it where there is one. */
typedef struct Segment {
    Symbol *symbols;
    uint32_t *tokens;                    /* of the story, by symbol */
    size_t len, cap;
    size_t cue_from, cue_end;            /* symbols of the cue; before them its auxiliaries: "had not" */
    size_t content;                      /* from here on the words said */
    Hits phrases;
    RuleMatches modifiers;
} Segment;
typedef struct Segments { Segment *ptr; size_t len, cap; } Segments;

typedef struct Cue {
    const Position *position;
    uint32_t pattern;
    uint32_t segment;
    size_t from, to;                     /* symbols, without the slots at its ends */
    size_t object_from, object_to;
    int weight;
} Cue;
typedef struct Cues { Cue *ptr; size_t len, cap; } Cues;

/* All that one call of claim_find works on. */
typedef struct Work {
    ClaimFinder *self;
    const Text *text;
    Statements *all;
    Statement *statement;
    size_t index;
    Arena *arena;
    Problems *problems;
    TokenRanges content;                 /* one range a span */
    TokenRange around;                   /* the sentences they stand in */
    TokenRanges asked;                   /* questions put to the speaker */
    TokenRange before;                   /* the sentence before */
    Str own[OWN_NAMES_MAX]; size_t n_own;    /* folded words of the speaker's name */
    int words;                           /* content words of the statement, counted to CONTENT_ENOUGH + 1 */
    bool thin;
} Work;

/* ---- rules ------------------------------------------------------------------ */

static bool attribute_is_yes(const Stanza *stanza, const char *key)
{
    return str_equal(stanza_attribute(stanza, key), STR("yes"));
}

static Position read_position(const Rule *rule)
{
    const Stanza *stanza = rule->stanza;
    unsigned flags = 0;
    flags |= attribute_is_yes(stanza, "stance") ? CLAIM_STANCE : 0u;
    flags |= attribute_is_yes(stanza, "deed") ? CLAIM_DEED : 0u;
    flags |= attribute_is_yes(stanza, "denial") ? CLAIM_DENIAL : 0u;
    return (Position){ .name = rule->name, .denied = stanza_attribute(stanza, "denied"), .side = rule->side,
                       .flags = flags, .asserted = attribute_is_yes(stanza, "asserted") };
}

static const Position *position_named(const ClaimFinder *self, Str name)
{
    for (size_t i = 0; i < self->rules->n_rules; i++)
        if (self->positions[i].name.len && str_equal(self->rules->rules[i].name, name))
            return &self->positions[i];
    return NULL;
}

static void load_positions(ClaimFinder *self)
{
    const Rules *rules = self->rules;
    self->positions = ARENA_ARRAY(&self->arena, Position, rules->n_rules + 1);
    for (size_t i = 0; i < rules->n_rules; i++)
        if (str_equal(rules->rules[i].stanza->kind, STR("position")))
            self->positions[i] = read_position(&rules->rules[i]);
    for (size_t i = 0; i < rules->n_rules; i++) {            /* "as": another way to say a position */
        const Position *as = NULL;
        Str name = self->positions[i].name.len ? stanza_attribute(rules->rules[i].stanza, "as") : STR_NONE;
        if (name.len && (as = position_named(self, name)) != NULL)
            self->positions[i] = *as;
        self->positions[i].fallback = rules->rules[i].fallback;
        if (self->positions[i].name.len && attribute_is_yes(rules->rules[i].stanza, "everything"))
            self->positions[i].flags |= CLAIM_EVERYTHING;
    }
}

ClaimFinder *claim_finder_open(const Rules *rules, RuleMatcher *matcher)
{
    Arena arena;
    arena_init(&arena);
    ClaimFinder *self = ARENA_NEW(&arena, ClaimFinder);
    self->arena = arena;
    arena_init(&self->scratch);
    self->rules = rules;
    self->matcher = matcher;
    self->topics = topic_finder_open(rules, matcher);
    load_positions(self);
    return self;
}

void claim_finder_close(ClaimFinder *self)
{
    if (!self)
        return;
    topic_finder_close(self->topics);
    arena_clear(&self->scratch);
    Arena arena = self->arena;
    arena_clear(&arena);
}

/* ---- segments ---------------------------------------------------------------- */

static bool is_quote_mark(const Token *token)
{
    return token->kind == TOKEN_QUOTE_OPEN || token->kind == TOKEN_QUOTE_CLOSE;
}

static void segment_push(Work *w, Segment *segment, uint32_t token)
{
    if (segment->len == segment->cap || is_quote_mark(&w->text->tokens[token]))
        return;
    segment->symbols[segment->len] = lexicon_token_symbol(w->self->rules->lexicon, w->text, token);
    segment->tokens[segment->len++] = token;
}

/* "We will not," he said, "accept it": the comma belongs to the reporter. */
static void segment_drop_comma(Segment *segment)
{
    if (segment->len > segment->content && segment->symbols[segment->len - 1] == SYMBOL_COMMA)
        segment->len--;
}

static Segment segment_new(Work *w, TokenRange sentence)
{
    size_t n = sentence.end - sentence.first, cap = n < SEGMENT_TOKENS ? n : SEGMENT_TOKENS;
    return (Segment){ .symbols = ARENA_ARRAY(&w->self->scratch, Symbol, cap + 1),
                      .tokens = ARENA_ARRAY(&w->self->scratch, uint32_t, cap + 1), .cap = cap };
}

/* The verb of saying and what stands between it and the words, when it comes first. */
static void segment_push_cue(Work *w, Segment *segment, uint32_t content)
{
    if (!w->statement->has_cue)
        return;
    TokenRange cue = topic_range(w->self->topics, w->statement->cue_span);
    if (cue.first >= cue.end || cue.end > content || content - cue.end > GAP_TOKENS ||
        topic_sentence(w->self->topics, cue.first).first != topic_sentence(w->self->topics, content).first)
        return;
    TokenRange sentence = topic_sentence(w->self->topics, cue.first);
    for (uint32_t i = cue.first > sentence.first + CUE_LEAD ? cue.first - CUE_LEAD : sentence.first; i < cue.first; i++)
        segment_push(w, segment, i);
    segment->cue_from = segment->len;
    for (uint32_t i = cue.first; i < cue.end; i++)
        segment_push(w, segment, i);
    segment->cue_end = segment->len;
    for (uint32_t i = cue.end; i < content; i++)
        segment_push(w, segment, i);
    segment->content = segment->len;
}

/* The lexicon's phrases that lie in a segment without a gap, at its offsets. */
static void segment_phrases(Work *w, const Hits *hits, Segment *segment)
{
    size_t at = 0;
    uint32_t last_token = segment->tokens[segment->len - 1];
    for (size_t i = hits->at[segment->tokens[0]]; i < hits->len && hits->ptr[i].first <= last_token; i++) {
        Hit hit = hits->ptr[i];
        if (hit.kind != LEXICON_PHRASE)
            continue;
        while (at < segment->len && segment->tokens[at] < hit.first)
            at++;
        size_t last = at + (hit.end - hit.first) - 1;
        if (last >= segment->len || segment->tokens[at] != hit.first || segment->tokens[last] != hit.end - 1)
            continue;
        hit.first = (uint32_t)at;
        hit.end = (uint32_t)last + 1;
        LIST_PUSH(&w->self->scratch, &segment->phrases, hit);
    }
}

static void make_segments(Work *w, const Hits *hits, Segments *out)
{
    Arena *scratch = &w->self->scratch;
    uint32_t sentence_end = 0;
    for (size_t s = 0; s < w->content.len; s++) {
        TokenRange range = w->content.ptr[s];
        for (uint32_t i = range.first; i < range.end; i++) {
            if (i >= sentence_end) {
                TokenRange sentence = topic_sentence(w->self->topics, i);
                sentence_end = sentence.end > i ? sentence.end : i + 1;
                Segment segment = segment_new(w, sentence);
                if (out->len == 0)
                    segment_push_cue(w, &segment, i);
                LIST_PUSH(scratch, out, segment);
            } else if (i == range.first) {
                segment_drop_comma(&out->ptr[out->len - 1]);
            }
            segment_push(w, &out->ptr[out->len - 1], i);
        }
    }
    for (size_t i = 0; i < out->len; i++)
        if (out->ptr[i].len)
            segment_phrases(w, hits, &out->ptr[i]);
}

/* ---- cues -------------------------------------------------------------------- */

static bool token_has(const Work *w, uint32_t token, unsigned marks)
{
    return topic_marks(w->self->topics, (TokenRange){ token, token + 1 }) & marks;
}

static bool is_run(const PatternSlot *slot)
{
    return str_equal(slot->name, STR("object")) || str_equal(slot->name, STR("any"));
}

static void add_cue(Work *w, const Segment *segment, uint32_t number, const RuleMatch *found, Cues *out)
{
    const RulePattern *pattern = &w->self->rules->patterns[found->pattern];
    const PatternMatch *match = &found->match;
    Cue cue = { .position = &w->self->positions[pattern->rule], .pattern = found->pattern, .segment = number,
                .from = match->from, .to = match->to, .weight = pattern_weight(pattern->pattern) };
    for (size_t i = 0; i < match->n_slots; i++) {
        const PatternSlot *slot = &match->slots[i];
        if (!slot->set || !is_run(slot))
            continue;
        if (slot->from == match->from)
            cue.from = slot->to;
        else if (slot->to == match->to)
            cue.to = slot->from;
        if (str_equal(slot->name, STR("object"))) {
            cue.object_from = slot->from;
            cue.object_to = slot->to;
        }
    }
    bool in_cue = cue.from < segment->cue_end && cue.to > segment->cue_from;
    if (cue.from >= cue.to || (!in_cue && cue.from < segment->content))
        return;
    LIST_PUSH(&w->self->scratch, out, cue);
}

static void find_cues(Work *w, const Segments *segments, Cues *out)
{
    for (size_t i = 0; i < segments->len; i++) {
        const Segment *segment = &segments->ptr[i];
        RuleMatches matches = { 0 };
        rules_match(w->self->matcher, RULE_POSITION, segment->symbols, segment->len, segment->phrases.ptr,
                    segment->phrases.len, &w->self->scratch, &matches, w->problems);
        for (size_t k = 0; k < matches.len; k++)
            add_cue(w, segment, (uint32_t)i, &matches.ptr[k], out);
    }
}

/* Longest first, then the most specific, then the first in the text, then by name: never by file order. */
static int compare_cues(const void *left, const void *right)
{
    const Cue *a = left, *b = right;
    size_t a_len = a->to - a->from, b_len = b->to - b->from;
    if (a_len != b_len)
        return a_len > b_len ? -1 : 1;
    if (a->weight != b->weight)
        return b->weight - a->weight;
    if (a->segment != b->segment)
        return a->segment < b->segment ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    size_t a_object = a->object_to - a->object_from, b_object = b->object_to - b->object_from;
    if (a_object != b_object)
        return a_object > b_object ? -1 : 1;
    return str_compare(a->position->name, b->position->name);
}

static int compare_places(const void *left, const void *right)
{
    const Cue *a = left, *b = right;
    if (a->segment != b->segment)
        return a->segment < b->segment ? -1 : 1;
    return a->from < b->from ? -1 : a->from > b->from;
}

static bool cues_meet(const Cue *a, const Cue *b)
{
    return a->segment == b->segment && a->from < b->to && b->from < a->to;
}

/* Whether two cues of one sentence are coordinate: something joins them, so that each is said for itself. */
static bool cues_joined(const Work *w, const Segments *segments, const Cue *a, const Cue *b)
{
    if (a->segment != b->segment)
        return true;
    const Segment *segment = &segments->ptr[a->segment];
    for (size_t i = a->to; i < b->from; i++)
        if (segment->symbols[i] == SYMBOL_COMMA ||
            topic_marks(w->self->topics, (TokenRange){ segment->tokens[i], segment->tokens[i] + 1 }) & TOPIC_JOINS)
            return true;
    return false;
}

/* ---- modifiers ----------------------------------------------------------------- */

static void find_modifiers(Work *w, Segment *segment)
{
    rules_match(w->self->matcher, RULE_MODIFIER, segment->symbols, segment->len, segment->phrases.ptr,
                segment->phrases.len, &w->self->scratch, &segment->modifiers, w->problems);
}

/* No comma, semicolon or dash between two places. */
static bool same_clause(const Segment *segment, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        switch (segment->symbols[i]) {
        case SYMBOL_COMMA: case SYMBOL_SEMICOLON: case SYMBOL_COLON: case SYMBOL_DASH:
            return false;
        default:
            break;
        }
    return true;
}

/* "could still join and could recover": the second hedge is not the first clause's. */
static bool joins_between(const Work *w, const Segment *segment, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (token_has(w, segment->tokens[i], TOPIC_JOINS | TOPIC_BREAK))
            return true;
    return false;
}

static bool reaches(const Work *w, const Segment *segment, const Rule *rule, const PatternMatch *modifier, const Cue *cue)
{
    bool behind = modifier->from >= cue->to;
    if (str_equal(rule->reach, STR("sentence")))
        return true;
    if (str_equal(rule->reach, STR("next")))
        return !behind && modifier->to <= cue->from && cue->from - modifier->to <= NEGATION_REACH &&
               same_clause(segment, modifier->to, cue->from);
    if (behind && str_equal(rule->modifier, STR("hedge")) && joins_between(w, segment, cue->to, modifier->from))
        return false;
    return behind ? same_clause(segment, cue->to, modifier->from) : same_clause(segment, modifier->to, cue->from);
}

/* A longer modifier covers the shorter ones in it: "without preconditions" is no condition. */
static bool is_covered(const Segment *segment, size_t at)
{
    const PatternMatch *own = &segment->modifiers.ptr[at].match;
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const PatternMatch *other = &segment->modifiers.ptr[i].match;
        if (other->from <= own->from && other->to >= own->to && other->to - other->from > own->to - own->from)
            return true;
    }
    return false;
}

static Str segment_text(const Work *w, const Segment *segment, size_t from, size_t to)
{
    return str_slice(w->text->text, token_span(w->text, segment->tokens[from], segment->tokens[to - 1] + 1));
}

/* What the modifiers do to a cue.  False when they leave no claim: the cue stands in a question. */
static bool modify(Work *w, const Segment *segment, const Cue *cue, Claim *claim, bool *turned)
{
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const RuleMatch *found = &segment->modifiers.ptr[i];
        const Rule *rule = &w->self->rules->rules[w->self->rules->patterns[found->pattern].rule];
        const PatternMatch *match = &found->match;
        if ((match->from < segment->content && cue->from >= segment->content) || is_covered(segment, i))
            continue;
        bool inside = match->from < cue->to && match->to > cue->from;
        claim->negated = claim->negated || (inside && str_equal(rule->modifier, STR("negation")));
        claim->hedged = claim->hedged || (inside && cue->position->fallback && str_equal(rule->modifier, STR("hedge")));
        claim->unconditional = claim->unconditional || (inside && str_equal(rule->modifier, STR("unconditional")));
        if (inside || !reaches(w, segment, rule, match, cue))
            continue;
        if (str_equal(rule->modifier, STR("condition")))
            claim->condition = true;
        else if (str_equal(rule->modifier, STR("hedge")))
            claim->hedged = true;
        else if (str_equal(rule->modifier, STR("unconditional")))
            claim->unconditional = true;
        else if (str_equal(rule->modifier, STR("limit")) && !claim->limit.ptr)
            claim->limit = segment_text(w, segment, match->from, match->to);
        else if (str_equal(rule->modifier, STR("negation")))
            claim->negated = *turned = true;
        else if (str_equal(rule->modifier, STR("question")) && match->to <= cue->from)
            return false;
    }
    return true;
}

/* ---- choosing ------------------------------------------------------------------ */

static bool meets_any(const Cue *cue, const Cues *kept)
{
    for (size_t i = 0; i < kept->len; i++)
        if (cues_meet(cue, &kept->ptr[i]))
            return true;
    return false;
}

/*
 * The cue that is the verb of saying itself decides alone: what follows is what is urged, not what is claimed.
 * A verb that only denies leaves it to its content, turned round.
 */
static bool choose_governing(Work *w, const Segments *segments, const Cues *cues, Cues *kept)
{
    for (size_t i = 0; i < cues->len; i++) {
        const Cue *cue = &cues->ptr[i];
        if (cue->from >= segments->ptr[cue->segment].cue_end || cue->position->fallback)
            continue;
        if (w->statement->negated && cue->position->flags & CLAIM_DENIAL)
            return false;
        LIST_PUSH(&w->self->scratch, kept, *cue);
        return true;
    }
    return false;
}

/* Stands behind a "because" or "which", and the clause before it has a cue of its own. */
static bool is_subordinate(const Work *w, const Segments *segments, const Cues *cues, const Cue *cue)
{
    const Segment *segment = &segments->ptr[cue->segment];
    size_t joint = cue->from;
    while (joint > segment->content && !token_has(w, segment->tokens[joint], TOPIC_BREAK))
        joint--;
    if (joint > segment->content &&
        (token_has(w, segment->tokens[joint], TOPIC_JOINS) || token_has(w, segment->tokens[joint - 1], TOPIC_JOINS)))
        return false;                    /* "and that": coordinate */
    for (size_t i = 0; i < cues->len; i++)
        if (cues->ptr[i].segment == cue->segment && !cues->ptr[i].position->fallback &&
            cues->ptr[i].from >= segment->content && cues->ptr[i].to <= joint)
            return true;
    return false;
}

static void choose_cues(Work *w, const Segments *segments, Cues *cues, Cues *kept)
{
    qsort(cues->ptr, cues->len, sizeof *cues->ptr, compare_cues);
    if (choose_governing(w, segments, cues, kept))
        return;
    for (int fallback = 0; fallback < 2 && kept->len == 0; fallback++)
        for (size_t i = 0; i < cues->len; i++) {
            const Cue *cue = &cues->ptr[i];
            if (cue->position->fallback == (bool)fallback && cue->from >= segments->ptr[cue->segment].content &&
                !meets_any(cue, kept) && (fallback || !is_subordinate(w, segments, cues, cue)))
                LIST_PUSH(&w->self->scratch, kept, *cue);
        }
    if (kept->len && kept->ptr[0].position->fallback)
        kept->len = 1;
    if (kept->len > 1)
        qsort(kept->ptr, kept->len, sizeof *kept->ptr, compare_places);
    size_t n = 0;
    for (size_t i = 0; i < kept->len && n < CLAIMS_IN_STATEMENT; i++)
        if (n == 0 || cues_joined(w, segments, &kept->ptr[n - 1], &kept->ptr[i]))
            kept->ptr[n++] = kept->ptr[i];
    kept->len = n;
}

/* ---- what it is about ------------------------------------------------------------ */

static bool ends_object(const Work *w, const Segment *segment, size_t at)
{
    Symbol symbol = segment->symbols[at];
    return symbol == SYMBOL_SEMICOLON || symbol == SYMBOL_COLON || symbol == SYMBOL_DASH ||
           token_has(w, segment->tokens[at], TOPIC_BREAK);
}

static TokenRange segment_range(const Segment *segment, size_t from, size_t to)
{
    if (from >= to)
        return (TokenRange){ 0, 0 };
    return (TokenRange){ segment->tokens[from], segment->tokens[to - 1] + 1 };
}

/* From `from` to the first break behind a content word. */
static TokenRange object_behind(Work *w, const Segment *segment, size_t from, size_t to)
{
    size_t end = from;
    bool content = false;
    for (; end < to && !(content && ends_object(w, segment, end)); end++)
        content = content || topic_word(w->self->topics, segment->tokens[end])->kind >= TOPIC_WORD;
    return segment_range(segment, from, end);
}

/* From the last break before `to` that has a content word behind it, not before `from`. */
static TokenRange object_before(Work *w, const Segment *segment, size_t from, size_t to)
{
    size_t start = to;
    bool content = false;
    for (; start > from && !(content && ends_object(w, segment, start - 1)); start--)
        content = content || topic_word(w->self->topics, segment->tokens[start - 1])->kind >= TOPIC_WORD;
    return segment_range(segment, start, to);
}

/* A cue that opens with what it is about: "negotiations on Ukraine" of "negotiations on Ukraine had not yet begun". */
static size_t cue_head(Work *w, const Segment *segment, const Cue *cue)
{
    size_t end = cue->from;
    for (size_t i = cue->from; i < cue->to && i <= end + 1; i++)
        if (topic_word(w->self->topics, segment->tokens[i])->kind >= TOPIC_WORD)
            end = i + 1;
        else if (i == cue->from)
            break;
    return end;
}

/*
 * "sign the herring treaty with Norway": the cue's own noun belongs to what stands behind it, when that opens with
 * a preposition.
 */
static size_t noun_of_cue(Work *w, const Segment *segment, const Cue *cue, size_t object_from)
{
    static const Str links[] = { STR_INIT("with"), STR_INIT("between"), STR_INIT("of"), STR_INIT("on"), STR_INIT("over") };
    Str opens = str_slice(w->text->text, w->text->tokens[segment->tokens[object_from]].span);
    bool linked = false;
    for (size_t i = 0; i < BASE_COUNT(links); i++)
        linked |= str_equal_nocase(opens, links[i]);
    if (!linked || object_from != cue->to)
        return object_from;
    for (size_t i = cue->from + 1; i < cue->to; i++)
        if (topic_word(w->self->topics, segment->tokens[i])->kind >= TOPIC_WORD)
            return i;
    return object_from;
}

/* The words that a cue is about, inside the statement; `from` and `to` are where its neighbours' cues stand. */
static TokenRange cue_object(Work *w, const Segment *segment, const Cue *cue, size_t from, size_t to)
{
    TokenRange object = { 0, 0 };
    if (cue->object_to > cue->object_from) {
        size_t object_from = cue->object_from > from ? cue->object_from : from;
        size_t object_to = cue->object_to < to ? cue->object_to : to;
        object = cue->object_from < cue->from
                     ? object_before(w, segment, object_from, object_to)
                     : object_behind(w, segment, noun_of_cue(w, segment, cue, object_from), object_to);
    }
    if (topic_count(w->self->topics, object, 1) == 0)
        object = object_before(w, segment, from, cue_head(w, segment, cue));
    if (topic_count(w->self->topics, object, 1) == 0 && !(cue->to < to && token_has(w, segment->tokens[cue->to], TOPIC_JOINS)))
        object = object_behind(w, segment, cue->to, to);
    return object;
}

/* `said "everything is on the table" for the talks`: what follows the words in their own sentence. */
static TokenRange range_after(const Work *w)
{
    uint32_t first = w->content.ptr[w->content.len - 1].end, end = first;
    while (first < w->around.end && is_quote_mark(&w->text->tokens[first]))
        end = ++first;
    while (end < w->around.end && w->text->tokens[end].kind <= TOKEN_NUMBER &&
           !token_has(w, end, TOPIC_SPOKEN | TOPIC_BREAK | TOPIC_JOINS))
        end++;
    return (TokenRange){ first, end };
}

/* Places outside a thin statement that say what it is about, nearest in meaning first. */
static void outside_ranges(Work *w, TokenRanges *out)
{
    Arena *scratch = &w->self->scratch;
    for (size_t i = 0; i < w->asked.len; i++)
        LIST_PUSH(scratch, out, w->asked.ptr[i]);
    TokenRange after = range_after(w);
    if (topic_count(w->self->topics, after, 1))
        LIST_PUSH(scratch, out, after);
    TokenRange lead = { w->around.first, w->content.ptr[0].first };
    if (topic_count(w->self->topics, lead, REST_ENOUGH) >= REST_ENOUGH)
        LIST_PUSH(scratch, out, lead);
    else if (w->before.end > w->before.first)
        LIST_PUSH(scratch, out, w->before);
}

/* A statement just before, whose topic a thin one goes on about. */
static const Claim *claim_before(const Work *w)
{
    if (w->index == 0)
        return NULL;
    const Statement *previous = &w->all->ptr[w->index - 1];
    if (previous->n_claims == 0 || previous->spans.len == 0)
        return NULL;
    TokenRange range = topic_range(w->self->topics, previous->spans.ptr[previous->spans.len - 1]);
    uint32_t from = w->before.end > w->before.first ? w->before.first : w->around.first;
    return range.end > from ? &previous->claims[0] : NULL;
}

static void find_topics(Work *w, TokenRange object, TokenRange segment, bool alone, Topics *out)
{
    TopicFinder *topics = w->self->topics;
    topic_curated(topics, object, w->around, out, w->problems);
    if (!out->len && alone)
        topic_curated(topics, segment, w->around, out, w->problems);
    Topic topic;
    bool own_object = !w->thin || topic_count(topics, object, OBJECT_ENOUGH) >= OBJECT_ENOUGH;
    bool named = topic_is_named(topics, object);
    if (out->len == 0 && own_object && named && topic_open(topics, object, &topic))
        LIST_PUSH(w->arena, out, topic);
    if (out->len == 0 && !w->thin && topic_open(topics, segment, &topic))       /* its subject and verb */
        LIST_PUSH(w->arena, out, topic);
    if (out->len)
        return;
    TokenRanges outside = { 0 };
    outside_ranges(w, &outside);
    for (size_t i = 0; i < outside.len && !out->len; i++) {
        topic_curated(topics, outside.ptr[i], w->around, out, w->problems);
        out->len = out->len ? 1 : 0;                         /* "it" is one thing */
    }
    const Claim *before = claim_before(w);
    if (!out->len && named && topic_open(topics, object, &topic))
        LIST_PUSH(w->arena, out, topic);
    else if (!out->len && w->asked.len && topic_open(topics, w->asked.ptr[0], &topic))
        LIST_PUSH(w->arena, out, topic);
    else if (!out->len && before)
        LIST_PUSH(w->arena, out, ((Topic){ before->topic, before->topic_label, before->curated, segment }));
    for (size_t i = 0; i < outside.len && !out->len; i++)
        if (topic_open(topics, outside.ptr[i], &topic))
            LIST_PUSH(w->arena, out, topic);
    if (!out->len && topic_open(topics, segment, &topic))
        LIST_PUSH(w->arena, out, topic);
    if (!out->len)
        LIST_PUSH(w->arena, out, ((Topic){ STR("unnamed"), STR("(not named)"), false, segment }));
}

/* ---- symbols --------------------------------------------------------------------- */

typedef struct Symbols { ClaimSymbol *ptr; size_t len, cap; } Symbols;

static bool is_own_name(const Work *w, uint32_t token)
{
    if (!w->n_own)
        return false;
    Str folded = token_fold(w->text->text, &w->text->tokens[token], &w->self->scratch);
    for (size_t i = 0; i < w->n_own; i++)
        if (str_equal(w->own[i], folded))
            return true;
    return false;
}

static void add_symbols(Work *w, TokenRange range, unsigned without, TokenRange except, float weight, Symbols *out)
{
    for (uint32_t i = range.first; i < range.end && out->len < SYMBOLS_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        if (word->kind < TOPIC_WORD || (i >= except.first && i < except.end) || token_has(w, i, without) ||
            (word->kind != TOPIC_COUNTRY && is_own_name(w, i)))
            continue;
        size_t k = 0;
        while (k < out->len && !str_equal(out->ptr[k].name, word->name))
            k++;
        if (k == out->len)
            LIST_PUSH(w->arena, out, ((ClaimSymbol){ word->name, weight, word->kind == TOPIC_COUNTRY }));
        else if (out->ptr[k].weight < weight)
            out->ptr[k].weight = weight;
    }
}

/* Content words of the statement's sentences that no statement says: the reporter's own. */
static int count_rest(Work *w)
{
    int n = 0;
    for (uint32_t i = w->around.first; i < w->around.end && n < REST_ENOUGH; i++)
        n += topic_word(w->self->topics, i)->kind >= TOPIC_WORD && !token_has(w, i, TOPIC_SPOKEN) && !is_own_name(w, i);
    return n;
}

static void add_mark(Work *w, char mark, Str name, bool country, Symbols *out)
{
    LIST_PUSH(w->arena, out, ((ClaimSymbol){ str_printf(w->arena, "%c%.*s", mark, STR_ARG(name)), 0, country }));
}

/* Names and numbers tell two treaties apart, and two countries that may send troops. */
static void add_marks(Work *w, TokenRange range, char mark, Symbols *out)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first; i < range.end && out->len < SYMBOLS_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        if ((word->kind == TOPIC_NAME && !is_own_name(w, i)) || word->kind == TOPIC_COUNTRY)
            add_mark(w, mark, word->name, word->kind == TOPIC_COUNTRY, out);
        else if (tokens[i].kind == TOKEN_NUMBER && i > range.first && tokens[i - 1].flags & TOKEN_CAPITAL &&
                 topic_word(w->self->topics, i - 1)->kind >= TOPIC_WORD)          /* "Resolution 2254", not "May 1" */
            add_mark(w, CLAIM_NUMBER_MARK, str_slice(w->text->text, tokens[i].span), false, out);
    }
}

static void find_symbols(Work *w, const TokenRanges *own, TokenRange except, TokenRange object, TokenRange actor, bool says_itself,
                         Claim *claim)
{
    Symbols symbols = { 0 };
    const TokenRange nothing = { 0, 0 };
    bool own_first = w->thin && count_rest(w) >= REST_ENOUGH;        /* its own sentence says what "it" is */
    add_symbols(w, object, 0, except, 1, &symbols);
    for (size_t i = 0; i < own->len; i++)
        add_symbols(w, own->ptr[i], 0, except, WEIGHT_OWN, &symbols);
    for (size_t i = 0; i < w->asked.len; i++)
        add_symbols(w, w->asked.ptr[i], 0, nothing, 1, &symbols);
    add_symbols(w, w->around, TOPIC_SPOKEN, nothing, own_first ? 1 : WEIGHT_REST, &symbols);
    if (w->thin && !own_first && !says_itself)
        add_symbols(w, w->before, 0, nothing, WEIGHT_BEFORE, &symbols);
    size_t unmarked = symbols.len;
    add_marks(w, object, CLAIM_NAME_MARK, &symbols);
    if (symbols.len == unmarked && claim->flags & (CLAIM_DEED | CLAIM_DENIAL))      /* "the Roe treaty has been signed" */
        add_marks(w, actor, CLAIM_NAME_MARK, &symbols);
    add_marks(w, actor, CLAIM_ACTOR_MARK, &symbols);
    claim->symbols = symbols.ptr;
    claim->n_symbols = symbols.len;
}

static void add_name(Work *w, Str name, Strs *out)
{
    for (size_t i = 0; i < out->len; i++)
        if (str_equal(out->ptr[i], name))
            return;
    LIST_PUSH(w->arena, out, name);
}

/* Whom the claim names: in its words anybody, around them anybody but the speaker. */
static void find_names(Work *w, Claim *claim)
{
    TokenRange speaker = w->statement->has_speaker_span ? topic_range(w->self->topics, w->statement->speaker_span)
                                                        : (TokenRange){ 0, 0 };
    for (uint32_t i = w->around.first; i < w->around.end && claim->names.len < NAMES_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        const Token *token = &w->text->tokens[i];
        bool inside = false;
        for (size_t k = 0; k < w->content.len; k++)
            inside = inside || (i >= w->content.ptr[k].first && i < w->content.ptr[k].end);
        if (word->kind < TOPIC_WORD || !(token->flags & TOKEN_CAPITAL) || (i >= speaker.first && i < speaker.end) ||
            (!inside && (token_has(w, i, TOPIC_SPOKEN) || is_own_name(w, i))))
            continue;
        if (word->kind == TOPIC_COUNTRY) {
            char *iso = str_cstr(w->arena, word->name);
            for (char *c = iso; *c; c++)
                *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
            add_name(w, str_from(iso), &claim->names);
        } else {
            add_name(w, token_fold(w->text->text, token, w->arena), &claim->names);
        }
    }
}

/* ---- flags ------------------------------------------------------------------------ */

enum { OWNER_REACH = 5 };                /* words from "the" to "decision" */

/* Names an act with a determiner or an owner: the decision, Roe's long-awaited plan. */
static bool names_act(const Work *w, TokenRange range)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        if (!token_has(w, i, TOPIC_ACT))
            continue;
        uint32_t back = i > range.first + OWNER_REACH ? i - OWNER_REACH : range.first;
        for (uint32_t k = back; k < i; k++)
            if (token_has(w, k, TOPIC_OWNER) || tokens[k].flags & TOKEN_POSSESSIVE ||
                (tokens[k].flags & TOKEN_CAPITAL && !(tokens[k].flags & TOKEN_FIRST)))
                return true;
    }
    return false;
}

static bool in_heading(const Work *w)
{
    return w->text->paragraphs[text_paragraph_of(w->text, w->content.ptr[0].first)].kind == PARAGRAPH_HEADING;
}

static unsigned statement_flags(const Work *w)
{
    unsigned flags = w->thin ? CLAIM_THIN : 0u, around = topic_marks(w->self->topics, w->around), inside = 0;
    for (size_t i = 0; i < w->content.len; i++)
        inside |= topic_marks(w->self->topics, w->content.ptr[i]);
    flags |= around & TOPIC_ACCUSES ? CLAIM_ACCUSES : 0u;
    flags |= around & TOPIC_REPLIES ? CLAIM_REPLIES : 0u;
    flags |= around & TOPIC_CONTRADICTS ? CLAIM_CONTRADICTING : 0u;
    flags |= inside & TOPIC_UNDECIDED ? CLAIM_UNDECIDED : 0u;
    flags |= names_act(w, w->around) ? CLAIM_NAMES_ACT : 0u;
    flags |= in_heading(w) ? CLAIM_HEADLINE : 0u;
    return flags;
}

/* ---- a statement ------------------------------------------------------------------- */

/* First content word is a pronoun, fillers aside: "Right now, that is ...". */
static bool opens_with_pronoun(const Work *w)
{
    TokenRange range = w->content.ptr[0];
    for (uint32_t i = range.first; i < range.end; i++) {
        if (w->text->tokens[i].kind > TOKEN_NUMBER)
            continue;
        if (token_has(w, i, TOPIC_PRONOUN))
            return true;
        if (!token_has(w, i, TOPIC_FILLER))
            return false;
    }
    return false;
}

static void find_asked(Work *w, TokenRange range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        if (!token_has(w, i, TOPIC_ASKED))
            continue;
        uint32_t end = i + 1;
        while (end < range.end && !is_quote_mark(&w->text->tokens[end]))
            end++;
        LIST_PUSH(&w->self->scratch, &w->asked, ((TokenRange){ i, end }));
        i = end;
    }
}

static void read_own_names(Work *w, Str names)
{
    Token *tokens;
    size_t n = token_split(names, &w->self->scratch, &tokens);
    for (size_t i = 0; i < n && w->n_own < OWN_NAMES_MAX; i++)
        if (tokens[i].kind == TOKEN_WORD)
            w->own[w->n_own++] = token_fold(names, &tokens[i], &w->self->scratch);
}

/* A sentence that has no end must not be read again for every statement in it. */
static TokenRange clipped(TokenRange range, uint32_t first, uint32_t end)
{
    if (first > range.first + SEGMENT_TOKENS)
        range.first = first - SEGMENT_TOKENS;
    if (range.end > end + SEGMENT_TOKENS)
        range.end = end + SEGMENT_TOKENS;
    if (range.end < end)
        range.end = end;
    return range;
}

static bool read_surroundings(Work *w)
{
    TopicFinder *topics = w->self->topics;
    for (size_t i = 0; i < w->statement->spans.len; i++) {
        TokenRange range = topic_range(topics, w->statement->spans.ptr[i]);
        if (range.end > range.first)
            LIST_PUSH(&w->self->scratch, &w->content, range);
    }
    if (!w->content.len)
        return false;
    uint32_t first = w->content.ptr[0].first, last = w->content.ptr[w->content.len - 1].end - 1;
    w->around = clipped((TokenRange){ topic_sentence(topics, first).first, topic_sentence(topics, last).end }, first, last + 1);
    if (w->around.first > 0)
        w->before = clipped(topic_sentence(topics, w->around.first - 1), w->around.first, w->around.first);
    read_own_names(w, w->statement->speaker);
    read_own_names(w, w->statement->speaker_text);

    /* The question in the sentence itself, around the words; or the sentence before, when it is one. */
    find_asked(w, (TokenRange){ w->around.first, first });
    find_asked(w, (TokenRange){ last + 1, w->around.end });
    if (w->before.end > w->before.first && token_has(w, w->before.first, TOPIC_ASKED))
        LIST_PUSH(&w->self->scratch, &w->asked, w->before);

    for (size_t i = 0; i < w->content.len && w->words <= CONTENT_ENOUGH; i++)
        w->words += topic_count(topics, w->content.ptr[i], CONTENT_ENOUGH + 1 - w->words);
    w->thin = w->words < CONTENT_ENOUGH || opens_with_pronoun(w);
    return true;
}

/* The words of a claim: of the whole statement when it is alone in it, else of its sentence. */
static Span claim_span(const Work *w, TokenRange range, bool alone)
{
    if (alone)
        return (Span){ w->statement->spans.ptr[0].from, w->statement->spans.ptr[w->statement->spans.len - 1].to };
    return token_span(w->text, range.first, range.end);
}

/* One cue's claims: one a topic, several when rules tell topics apart in its object. */
static void add_claims(Work *w, const Segments *segments, const Cues *cues, size_t at, unsigned flags, Claim *claims, size_t *n)
{
    const Cue *cue = &cues->ptr[at];
    const Segment *segment = &segments->ptr[cue->segment];
    bool governs = cue->from < segment->cue_end, alone = cues->len == 1;
    size_t from = at > 0 && cues->ptr[at - 1].segment == cue->segment ? cues->ptr[at - 1].to : segment->content;
    size_t to = at + 1 < cues->len && cues->ptr[at + 1].segment == cue->segment ? cues->ptr[at + 1].from : segment->len;

    bool turned = false;
    Claim claim = { 0 };
    if (!modify(w, segment, cue, &claim, &turned))
        return;
    if (w->statement->negated && !governs) {
        turned = !turned;
        claim.negated = true;
    }
    const Position *position = cue->position, *denied = turned ? position_named(w->self, position->denied) : NULL;
    if (denied)
        position = denied;
    claim.position = position->name;
    claim.side = position->side;
    claim.flags = flags | position->flags;
    claim.rule = w->self->rules->patterns[cue->pattern].where;
    claim.content_words = w->words;

    TokenRange words = segment_range(segment, alone ? segment->content : from, alone ? segment->len : to);
    if (words.end <= words.first)
        words = w->content.ptr[0];
    Topics topics = { 0 };
    size_t start = from < segment->content ? segment->content : from;
    TokenRange object = cue_object(w, segment, cue, start, to);
    TokenRange actor = cue->from > start ? object_before(w, segment, start, cue->from) : (TokenRange){ 0, 0 };
    /* A mere verb and its object say what they are about: "They will be on holiday". */
    bool says_itself = cue->position->fallback && topic_count(w->self->topics, object, 1) > 0;
    find_topics(w, object, words, alone, &topics);
    TokenRanges own = { 0 };
    if (alone)
        own = w->content;
    else
        LIST_PUSH(&w->self->scratch, &own, words);
    for (size_t i = 0; i < topics.len && *n < CLAIMS_IN_STATEMENT; i++) {
        TokenRange part = words, except = { 0, 0 };
        if (topics.len > 1) {                                /* "X or Y": neither claim has the other's words */
            part.first = i ? topics.ptr[i].at.first : words.first;
            part.end = i + 1 < topics.len ? topics.ptr[i + 1].at.first : words.end;
            part = topic_trim(w->self->topics, part);
            except = topics.ptr[i ? i - 1 : i + 1].at;
        }
        claim.topic = topics.ptr[i].slug;
        claim.topic_label = topics.ptr[i].label;
        claim.curated = topics.ptr[i].curated;
        claim.span = claim_span(w, part, alone && topics.len == 1);
        claim.names = (Strs){ 0 };
        bool inside = !topics.ptr[i].curated && topics.ptr[i].at.first >= words.first && topics.ptr[i].at.end <= words.end;
        find_symbols(w, &own, except, inside ? topics.ptr[i].at : object, actor, says_itself, &claim);
        find_names(w, &claim);
        claims[(*n)++] = claim;
    }
}

/* "denied any wrongdoing": no cue in the words, yet they are denied. */
static void add_bare_denial(Work *w, const Segment *segment, Cues *cues)
{
    for (size_t i = 0; i < w->self->rules->n_patterns; i++) {
        const Position *position = &w->self->positions[w->self->rules->patterns[i].rule];
        if (position->asserted) {
            LIST_PUSH(&w->self->scratch, cues, ((Cue){ .position = position, .pattern = (uint32_t)i,
                                                         .from = segment->content, .to = segment->content }));
            return;
        }
    }
}

void claim_find(ClaimFinder *self, const Story *story, const Text *text, const Hits *hits,
                Statements *all, size_t index, Arena *arena, Problems *problems)
{
    if (index == 0)
        topic_begin(self->topics, story, text, hits, all, arena);
    Work work = { .self = self, .text = text, .all = all, .statement = &all->ptr[index], .index = index,
                  .arena = arena, .problems = problems };
    Work *w = &work;
    Segments segments = { 0 };
    Cues found = { 0 }, cues = { 0 };
    if (!read_surroundings(w))
        goto done;
    make_segments(w, hits, &segments);
    find_cues(w, &segments, &found);
    if (found.len)
        choose_cues(w, &segments, &found, &cues);
    if (!cues.len && w->statement->negated && segments.len)
        add_bare_denial(w, &segments.ptr[0], &cues);
    if (!cues.len)
        goto done;
    for (size_t i = 0; i < segments.len; i++)
        find_modifiers(w, &segments.ptr[i]);
    unsigned flags = statement_flags(w);
    w->statement->claims = ARENA_ARRAY(arena, Claim, CLAIMS_IN_STATEMENT);
    for (size_t i = 0; i < cues.len; i++)
        add_claims(w, &segments, &cues, i, flags, w->statement->claims, &w->statement->n_claims);
done:
    arena_reset(&self->scratch);
}
