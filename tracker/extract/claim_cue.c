#include "extract/claim_internal.h"

#include <stdlib.h>

enum {
    CUE_LEAD = 6,                        /* words before the verb of saying that may negate it: "refuses to say she is" */
    GAP_TOKENS = 25,                     /* between the verb of saying and what it says: "told allies in Brussels that" */
    NEGATION_REACH = 3,                  /* words between a negation and the cue it turns round */
};

/* ---- segments ---------------------------------------------------------------- */

bool claim_is_quote_mark(const Token *token)
{
    return token->kind == TOKEN_QUOTE_OPEN || token->kind == TOKEN_QUOTE_CLOSE;
}

static void segment_push(Work *w, Segment *segment, uint32_t token)
{
    if (segment->len == segment->cap || claim_is_quote_mark(&w->text->tokens[token]))
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

void claim_make_segments(Work *w, const Hits *hits, Segments *out)
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

static bool is_run(const PatternSlot *slot)
{
    return str_equal(slot->name, STR("object")) || str_equal(slot->name, STR("any"));
}

Str claim_word_at(const Work *w, const Segment *segment, size_t at)
{
    return str_slice(w->text->text, w->text->tokens[segment->tokens[at]].span);
}

/* "angered by U.S. | demands": behind a preposition and a country. */
static bool is_of_country(const Work *w, const Segment *segment, size_t at)
{
    size_t from = at;
    while (from > 0 && topic_word(w->self->topics, segment->tokens[from - 1])->kind == TOPIC_COUNTRY)
        from--;
    return from < at && from > 0 && claim_token_has(w, segment->tokens[from - 1], TOPIC_BEHIND_NOUN) &&
           !str_equal_nocase(claim_word_at(w, segment, from - 1), STR("that"));
}

/* "the proposed levy", "Roe's call for talks": behind an article or an owner these words name a thing. */
static bool is_attribute(const Work *w, const Segment *segment, size_t at)
{
    if (at == 0)
        return false;
    Str text = w->text->text, word = str_slice(text, w->text->tokens[segment->tokens[at]].span);
    const Token *before = &w->text->tokens[segment->tokens[at - 1]];
    bool participle = str_ends(word, STR("ed")), noun = claim_token_has(w, segment->tokens[at], TOPIC_DEVERBAL);
    bool owned = before->flags & TOKEN_POSSESSIVE || claim_token_has(w, segment->tokens[at - 1], TOPIC_ARTICLE) ||
                 is_of_country(w, segment, at);
    if (str_equal_nocase(word, STR("no")))
        return owned;                    /* "a no-deal exit" */
    return (participle || noun) && (owned || (claim_token_has(w, segment->tokens[at - 1], TOPIC_OWNER) &&
                                              claim_token_has(w, segment->tokens[at], TOPIC_ACT)));
}

/* "Roe | 's attack on Low": no "is". */
static bool is_possession(const Work *w, const Segment *segment, const Cue *cue)
{
    if (cue->from == 0 || cue->from + 1 >= cue->to || !(w->text->tokens[segment->tokens[cue->from]].flags & TOKEN_POSSESSIVE))
        return false;
    uint32_t owner = segment->tokens[cue->from - 1], owned = segment->tokens[cue->from + 1];
    return topic_word(w->self->topics, owner)->kind >= TOPIC_WORD && !claim_token_has(w, owned, TOPIC_ARTICLE | TOPIC_IS);
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
    if (is_possession(w, segment, &cue))
        return;
    bool in_cue = cue.from < segment->cue_end && cue.to > segment->cue_from;
    if (cue.from >= cue.to || (!in_cue && (cue.from < segment->content || is_attribute(w, segment, cue.from))))
        return;
    LIST_PUSH(&w->self->scratch, out, cue);
}

void claim_find_cues(Work *w, const Segments *segments, Cues *out)
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
            claim_token_has(w, segment->tokens[i], TOPIC_JOINS))
            return true;
    return false;
}

/* ---- modifiers ----------------------------------------------------------------- */

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
        if (claim_token_has(w, segment->tokens[i], TOPIC_JOINS | TOPIC_BREAK))
            return true;
    return false;
}

static bool reaches(const Work *w, const Segment *segment, const Rule *rule, const PatternMatch *modifier, const Cue *cue)
{
    bool behind = modifier->from >= cue->to;
    if (str_equal(rule->reach, STR("sentence")))
        return true;
    if (cue->position->flags & CLAIM_DENIAL && cue->from > 0 && claim_token_has(w, segment->tokens[cue->from - 1], TOPIC_OWNER))
        return false;                    /* "did not understand the groundless charges" */
    if (str_equal(rule->reach, STR("next")))
        return !behind && modifier->to <= cue->from && cue->from - modifier->to <= NEGATION_REACH &&
               same_clause(segment, modifier->to, cue->from);
    if (behind && str_equal(rule->modifier, STR("negation")))
        return false;                    /* "they will not come if he does not think so" */
    if (behind && str_equal(rule->modifier, STR("hedge")) &&
        (joins_between(w, segment, cue->to, modifier->from) || str_equal_nocase(claim_word_at(w, segment, modifier->from - 1), STR("that"))))
        return false;                    /* "an act that could mean war" is an act all the same */
    return behind ? same_clause(segment, cue->to, modifier->from) : same_clause(segment, modifier->to, cue->from);
}

bool claim_is_covered(const Segment *segment, size_t at)
{
    const PatternMatch *own = &segment->modifiers.ptr[at].match;
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const PatternMatch *other = &segment->modifiers.ptr[i].match;
        if (other->from <= own->from && other->to >= own->to && other->to - other->from > own->to - own->from)
            return true;
    }
    return false;
}

/* "unless they show readiness to talk, ...": nobody says that they do.  From each condition to the end of its clause. */
static void mark_conditions(const Work *w, Segment *segment)
{
    segment->in_condition = ARENA_ARRAY(&w->self->scratch, bool, segment->len + 1);
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const RuleMatch *found = &segment->modifiers.ptr[i];
        const Rule *rule = &w->self->rules->rules[w->self->rules->patterns[found->pattern].rule];
        if (!str_equal(rule->modifier, STR("condition")) || found->match.from < segment->content || claim_is_covered(segment, i))
            continue;
        for (size_t k = found->match.to; k < segment->len && !segment->in_condition[k]; k++) {
            segment->in_condition[k] = true;
            if (!same_clause(segment, k, k + 1) || joins_between(w, segment, k, k + 1))
                break;
        }
    }
}

void claim_find_modifiers(Work *w, Segment *segment)
{
    rules_match(w->self->matcher, RULE_MODIFIER, segment->symbols, segment->len, segment->phrases.ptr,
                segment->phrases.len, &w->self->scratch, &segment->modifiers, w->problems);
    mark_conditions(w, segment);
}

static Str segment_text(const Work *w, const Segment *segment, size_t from, size_t to)
{
    return str_slice(w->text->text, token_span(w->text, segment->tokens[from], segment->tokens[to - 1] + 1));
}

/* "No, I don't think so": a no that answers turns nothing round. */
static bool is_answer(const Work *w, const Segment *segment, const PatternMatch *match)
{
    return match->from == segment->content && match->to == match->from + 1 && match->to < segment->len &&
           str_equal_nocase(segment_text(w, segment, match->from, match->to), STR("no")) &&
           (segment->symbols[match->to] == SYMBOL_COMMA || claim_token_has(w, segment->tokens[match->to], TOPIC_AGENT));
}

bool claim_modify(Work *w, const Segment *segment, const Cue *cue, size_t next, Claim *claim, bool *turned)
{
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const RuleMatch *found = &segment->modifiers.ptr[i];
        const Rule *rule = &w->self->rules->rules[w->self->rules->patterns[found->pattern].rule];
        const PatternMatch *match = &found->match;
        if ((match->from < segment->content && cue->from >= segment->content) || claim_is_covered(segment, i))
            continue;
        bool inside = match->from < cue->to && match->to > cue->from;
        if (str_equal(rule->modifier, STR("negation")) && is_answer(w, segment, match))
            continue;
        claim->negated = claim->negated || (inside && str_equal(rule->modifier, STR("negation")));
        claim->hedged = claim->hedged || (inside && cue->position->fallback && str_equal(rule->modifier, STR("hedge")));
        claim->unconditional = claim->unconditional || (inside && str_equal(rule->modifier, STR("unconditional")));
        if (inside || !reaches(w, segment, rule, match, cue))
            continue;
        if (str_equal(rule->modifier, STR("condition")))
            claim->condition |= match->from < next;          /* behind the next cue it is the next one's */
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

/* "if they want a deal, they need to come": the main clause is the claim, where it holds one. */
static void drop_conditions(const Segments *segments, Cues *cues)
{
    bool main = false;
    for (size_t i = 0; i < cues->len; i++)
        main |= !cues->ptr[i].position->fallback && !segments->ptr[cues->ptr[i].segment].in_condition[cues->ptr[i].from];
    size_t n = 0;
    for (size_t i = 0; i < cues->len; i++)
        if (!main || !segments->ptr[cues->ptr[i].segment].in_condition[cues->ptr[i].from])
            cues->ptr[n++] = cues->ptr[i];
    cues->len = n;
}

/* "before 2050" opens no clause. */
static bool is_before_number(const Work *w, const Segment *segment, size_t at)
{
    return at + 1 < segment->len && w->text->tokens[segment->tokens[at + 1]].kind == TOKEN_NUMBER;
}

static bool is_gerund(Str word)
{
    return str_ends(word, STR("ing")) && !str_ends(word, STR("thing"));
}

/* "the figures supporting the levy", "urged them to accept it", "a plan that would undermine peace": not the main clause. */
bool claim_is_aside(const Work *w, const Segment *segment, const Cue *cue)
{
    if (cue->from < segment->content || cue->from >= segment->len)
        return false;
    if (segment->in_condition[cue->from])
        return true;
    bool verdict = cue->position->flags & CLAIM_DENIAL && !cue->position->fallback &&    /* "that he left is a lie" */
                   !is_gerund(claim_word_at(w, segment, cue->from));                     /* "was sincere in denying it" */
    if (verdict)
        return false;
    bool aside = false;
    for (size_t i = segment->content + 1; i < cue->from; i++)
        if (segment->symbols[i] != SYMBOL_COMMA && claim_token_has(w, segment->tokens[i], TOPIC_JOINS))
            aside = false;               /* "and that": coordinate */
        else if (!claim_token_has(w, segment->tokens[i - 1], TOPIC_JOINS) || segment->symbols[i - 1] == SYMBOL_COMMA)
            aside |= (claim_token_has(w, segment->tokens[i], TOPIC_BREAK) && !is_before_number(w, segment, i)) ||
                     claim_token_has(w, segment->tokens[i], TOPIC_RELATIVE);
    if (aside)
        return true;
    if (cue->from == segment->content)
        return false;
    Str before = claim_word_at(w, segment, cue->from - 1), first = claim_word_at(w, segment, cue->from);
    return str_equal_nocase(before, STR("to")) ||
           (is_gerund(first) && !str_ends(before, STR("ly")) && !claim_token_has(w, segment->tokens[cue->from - 1], TOPIC_PROGRESSIVE));
}

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

/* "The reports that he plans to leave are false": what is denied in the end is not claimed before. */
static bool is_denied_later(const Work *w, const Segments *segments, const Cues *cues, const Cue *cue)
{
    const Segment *segment = &segments->ptr[cue->segment];
    bool charge = false;
    for (size_t i = segment->content; i < cue->from; i++)
        charge |= claim_token_has(w, segment->tokens[i], TOPIC_ACCUSES);
    for (size_t i = 0; charge && i < cues->len; i++) {
        const Cue *verdict = &cues->ptr[i];
        if (verdict->segment == cue->segment && verdict->from >= cue->to && verdict->position->flags & CLAIM_DENIAL &&
            !verdict->position->fallback)
            return true;
    }
    return false;
}

/* Stands behind a "because" or "which", and the clause before it has a cue of its own. */
static bool is_subordinate(const Work *w, const Segments *segments, const Cues *cues, const Cue *cue)
{
    const Segment *segment = &segments->ptr[cue->segment];
    size_t joint = cue->from;
    while (joint > segment->content && !claim_token_has(w, segment->tokens[joint], TOPIC_BREAK))
        joint--;
    if (joint > segment->content &&
        (claim_token_has(w, segment->tokens[joint], TOPIC_JOINS) || claim_token_has(w, segment->tokens[joint - 1], TOPIC_JOINS)))
        return false;                    /* "and that": coordinate */
    for (size_t i = 0; i < cues->len; i++)
        if (cues->ptr[i].segment == cue->segment && !cues->ptr[i].position->fallback &&
            cues->ptr[i].from >= segment->content && cues->ptr[i].to <= joint)
            return true;
    return false;
}

bool claim_is_plan(const Position *position)
{
    return position->side && !(position->flags & (CLAIM_STANCE | CLAIM_DEED | CLAIM_DENIAL));
}

/* "We will not withdraw troops who are vital to our allies": what will be done is the main clause, and nothing else is. */
static bool says_plainly(const Work *w, const Segments *segments, const Cues *cues)
{
    bool plain = false;
    for (size_t i = 0; i < cues->len; i++) {
        const Cue *cue = &cues->ptr[i];
        const Segment *segment = &segments->ptr[cue->segment];
        if (cue->from < segment->content || claim_is_aside(w, segment, cue))
            continue;
        if (!cue->position->fallback)
            return false;
        plain |= claim_is_plan(cue->position);
    }
    return plain;
}

/* What is taken for granted beside all else: "to punish them for breaking the pact". */
static void add_presupposed(Work *w, const Segments *segments, const Cues *cues, Cues *kept)
{
    for (size_t i = 0; i < cues->len && kept->len < CLAIMS_IN_STATEMENT; i++)
        if (cues->ptr[i].position->presupposed && cues->ptr[i].from >= segments->ptr[cues->ptr[i].segment].content &&
            !meets_any(&cues->ptr[i], kept))
            LIST_PUSH(&w->self->scratch, kept, cues->ptr[i]);
    if (kept->len > 1)
        qsort(kept->ptr, kept->len, sizeof *kept->ptr, compare_places);
}

/* "will go on with the talks, and will not pay": what else will be done, or not, joined to what has been chosen. */
static void add_joined_plans(const Work *w, const Segments *segments, const Cues *cues, Cues *kept)
{
    for (size_t i = 0; i < cues->len && kept->len < CLAIMS_IN_STATEMENT; i++) {
        const Cue *cue = &cues->ptr[i];
        const Segment *segment = &segments->ptr[cue->segment];
        bool behind = false;
        for (size_t k = 0; k < kept->len; k++)
            behind |= kept->ptr[k].segment == cue->segment && kept->ptr[k].to < cue->from;
        if (behind && cue->position->fallback && claim_is_plan(cue->position) && cue->from > segment->content &&
            segment->symbols[cue->from - 1] != SYMBOL_COMMA && claim_token_has(w, segment->tokens[cue->from - 1], TOPIC_JOINS) &&
            !meets_any(cue, kept) && !is_denied_later(w, segments, cues, cue))
            LIST_PUSH(&w->self->scratch, kept, *cue);
    }
}

static void choose_own_cues(Work *w, const Segments *segments, const Cues *cues, Cues *kept)
{
    if (choose_governing(w, segments, cues, kept))
        return;
    for (int fallback = says_plainly(w, segments, cues); fallback < 2 && kept->len == 0; fallback++)
        for (size_t i = 0; i < cues->len; i++) {
            const Cue *cue = &cues->ptr[i];
            if (cue->position->fallback == (bool)fallback && !cue->position->presupposed && cue->from >= segments->ptr[cue->segment].content &&
                !meets_any(cue, kept) && !is_denied_later(w, segments, cues, cue) &&
                (fallback || !is_subordinate(w, segments, cues, cue)))
                LIST_PUSH(&w->self->scratch, kept, *cue);
        }
    if (kept->len && kept->ptr[0].position->fallback)
        kept->len = 1;
    else
        add_joined_plans(w, segments, cues, kept);
    if (kept->len > 1)
        qsort(kept->ptr, kept->len, sizeof *kept->ptr, compare_places);
    size_t n = 0;
    for (size_t i = 0; i < kept->len && n < CLAIMS_IN_STATEMENT; i++)
        if (n == 0 || cues_joined(w, segments, &kept->ptr[n - 1], &kept->ptr[i]))
            kept->ptr[n++] = kept->ptr[i];
    kept->len = n;
}

void claim_choose_cues(Work *w, const Segments *segments, Cues *cues, Cues *kept)
{
    drop_conditions(segments, cues);
    qsort(cues->ptr, cues->len, sizeof *cues->ptr, compare_cues);
    choose_own_cues(w, segments, cues, kept);
    add_presupposed(w, segments, cues, kept);
}
