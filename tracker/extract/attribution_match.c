#include "extract/attribution_internal.h"

const VerbForm *attribution_verb(const Finder *f, const Row *row, const Candidate *c)
{
    int32_t verb = row->chunks[c->cue_from].verb;
    return verb >= 0 ? &f->rules->verb_forms[verb] : NULL;
}

bool attribution_is_judgement(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    return form && f->rules->verbs[form->verb].tag == f->by->judge;
}

bool attribution_is_coordinated(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    return k > 0 && c->source >= 0 && (uint32_t)c->source < k - 1 && chunk_has(f, row, k - 1, WORD_CONJUNCTION) &&
           !chunk_is(f, row, k - 1, f->by->as);          /* "cited Roe as saying" */
}

/* Does "that" stand right behind a speaker and a verb of saying?  Then no relative clause begins. */
static bool reports_with_that(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = attribution_source(f, row, c);
    return m && m->kind != MENTION_OTHER && c->cue_to < row->len &&
           (uint32_t)c->source + 1 == attribution_verb_group(f, row, c->cue_from) &&
           chunk_is(f, row, c->cue_to, f->by->that) && !attribution_is_judgement(f, row, c);
}

/* What may follow "..., she said": the day, the place, the end; not "..., who pleaded guilty". */
static bool ends_attribution(const Finder *f, const Row *row, uint32_t at)
{
    if (at >= row->len || row->chunks[at].quote >= 0)
        return true;
    if (row->chunks[at].mention >= 0 && row->symbols[at] != f->by->pp)
        return false;
    Symbol symbol = row->symbols[at];
    return tok(f, row->chunks[at].first)->kind != TOKEN_WORD || symbol == f->by->pp || symbol == f->by->date || symbol == f->by->adverb ||
           chunk_has(f, row, at, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_RELATIVE | WORD_ADVERB) || attribution_ends_in_ing(f, row, at);
}

/* "There is a puzzle for the media: ...": only a person speaks behind a colon without a cue. */
static bool is_loose_colon(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0 || c->quote < 0 || attribution_verb(f, row, c) || (uint32_t)c->source + 1 >= (uint32_t)c->quote - 1)
        return false;
    const Mention *m = attribution_source(f, row, c);
    return m->plural || m->possessive ||
           (m->kind != MENTION_PERSON && m->kind != MENTION_ROLE && !(m->kind == MENTION_PRONOUN && has(f, m->first, WORD_HE | WORD_SHE)));
}

/* "told reporters before leaving that the talks ...": when it was said comes first. */
static void move_behind_that(const Finder *f, const Row *row, Candidate *c)
{
    enum { REACH = 12 };
    uint32_t from = c->content_from, first = row->chunks[from].first;
    bool adverbial = !chunk_is(f, row, from - 1, f->by->that);
    adverbial &= row->symbols[from] == f->by->pp || row->symbols[from] == SYMBOL_DASH ||
                 (row->chunks[from].mention < 0 && has(f, first, WORD_PREPOSITION | WORD_CONJUNCTION));
    for (uint32_t k = from + 1; adverbial && k + 1 < c->content_to && k + 1 < row->len && k < from + REACH; k++) {
        if (row->chunks[k].verb >= 0 || row->chunks[k].quote >= 0)
            return;
        if (chunk_is(f, row, k, f->by->that) && row->chunks[k].mention < 0 &&
            row->chunks[k + 1].mention >= 0 && row->symbols[k + 1] != f->by->pp && !attribution_is_relative_that(f, row, k + 1)) {
            c->content_from = k + 1;
            return;
        }
    }
}

/* "The fleet sailed according to Roe on Monday": without a comma, only a clause at the start of its sentence is hers. */
static bool runs_on(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from;
    return !attribution_verb(f, row, c) && c->source >= 0 && at == (uint32_t)c->source + 1 && at > c->cue_to &&
           row->symbols[at] != SYMBOL_COMMA &&
           (attribution_has_clause(f, row, c->cue_from) || row->symbols[at] != f->by->source ||
            !attribution_is_clause(f, row, at, c->content_to));
}

/* What a tail took from the words: "agreed on a range [in which ...]", "concluded this week['s tour]". */
static uint32_t give_back_tail(const Finder *f, const Row *row, uint32_t cue_to, uint32_t from)
{
    int32_t verb = row->chunks[cue_to - 1].verb;
    if (verb >= 0 && f->rules->verbs[f->rules->verb_forms[verb].verb].tag == f->by->ask && from == cue_to + 1 &&
        row->symbols[cue_to] == f->by->pp && chunk_is(f, row, cue_to, f->by->for_))
        return cue_to;               /* "asked [for nine boats to patrol the port]" */
    bool topic = row->symbols[from - 1] == f->by->pp && chunk_in(f, row, from - 1, f->by->topic_prepositions);
    bool taken = (topic && attribution_opens_relative(f, row, from)) || (tok(f, row->chunks[from].first)->flags & TOKEN_POSSESSIVE);
    return taken && from > cue_to ? from - 1 : from;
}

enum { MARKED = 64 };                /* how far into a match the words of a plain cue may stand */

/* What the slots of a match hold; `used` marks their chunks. */
static void read_slots(const Finder *f, const Row *row, const PatternMatch *match, Candidate *out, bool used[MARKED])
{
    for (size_t i = 0; i < match->n_slots; i++) {
        const PatternSlot *slot = &match->slots[i];
        if (!slot->set)
            continue;
        for (uint32_t k = slot->from; k < slot->to && k - out->from < MARKED; k++)
            used[k - out->from] = true;
        if (str_equal(slot->name, f->by->source_slot))
            out->source = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->recipient_slot))
            out->recipient = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->quote_slot))
            out->quote = (int32_t)slot->from;
        else if (str_equal(slot->name, f->by->content_slot)) {
            out->has_content = true;
            out->content_from = slot->from;
            out->content_to = slot->to;
        } else if (slot->to == slot->from + 1 && row->chunks[slot->from].verb >= 0) {
            out->cue_from = slot->from;
            out->cue_to = slot->to;
        }
    }
}

/* "..., Ada Roe, head of the guild said": the office behind a name has lost its second comma, and is who the name is. */
static void step_back_to_name(const Finder *f, const Row *row, Candidate *out)
{
    const Mention *role = attribution_source(f, row, out);
    if (out->source < 3 || !role || role->kind != MENTION_ROLE || role->plural || role->definite || role->indefinite || role->possessive)
        return;
    uint32_t name = (uint32_t)out->source - 2;
    const Mention *who = chunk_mention(f, row, name);
    bool opens = row->symbols[name - 1] == SYMBOL_COMMA || row->chunks[name - 1].quote >= 0;
    if (!who || who->kind != MENTION_PERSON || who->possessive || !opens || row->symbols[name + 1] != SYMBOL_COMMA)
        return;
    out->source = (int32_t)name;
    uint32_t end = row->symbols[name - 1] == SYMBOL_COMMA ? name - 1 : name;
    if (!out->has_content || out->content_from >= end || out->content_to <= end)
        return;
    out->content_to = end;
    if (end == out->content_from + 1 && row->chunks[end - 1].quote >= 0) {
        out->has_content = false;
        out->quote = (int32_t)end - 1;
    }
}

/* Without a verb the cue is the words of the pattern itself: "according to", a colon. */
static void read_plain_cue(const Finder *f, const Row *row, Candidate *out, const bool used[MARKED])
{
    for (uint32_t k = out->from; k < out->to && k - out->from < MARKED; k++)
        if (!used[k - out->from] && row->symbols[k] != SYMBOL_COMMA && row->symbols[k] != f->by->pp && row->symbols[k] != f->by->date) {
            if (out->cue_from == UINT32_MAX)
                out->cue_from = k;
            out->cue_to = k + 1;
        }
}

/* May what stands in front of a cue be its content? */
static bool fits_in_front(const Finder *f, const Row *row, const Candidate *c)
{
    bool goes_on = c->to < row->len && row->symbols[c->to] == SYMBOL_COMMA;       /* "Waiting, he said, would be wrong" */
    if (!goes_on && attribution_opens_phrase(f, row, c->content_from) && !attribution_is_clause(f, row, c->content_from, c->content_to))
        return false;
    return !attribution_verb(f, row, c) || (ends_attribution(f, row, c->to) && !attribution_is_thing_participle(f, row, c));
}

/* Where the content behind a cue begins.  False where it is the reporter's. */
static bool find_start(const Finder *f, const Row *row, Candidate *c)
{
    if (runs_on(f, row, c))
        return false;                /* "..., she said on Monday, hours before the talks" */
    if (attribution_is_relative_that(f, row, c->content_from)) {
        if (!reports_with_that(f, row, c))
            return false;
        /* "that would fail" is a clause, "that talks would fail" opens one */
        c->content_from = c->cue_to + !has(f, row->chunks[c->cue_to].first + 1, WORD_COPULA | WORD_AUXILIARY);
    }
    c->content_from = give_back_tail(f, row, c->cue_to, c->content_from);
    move_behind_that(f, row, c);
    uint32_t last = c->content_from - 1;         /* "agreed [not to issue]", "say [at least nine left]" */
    c->content_from -= last >= c->cue_to && row->chunks[last].mention < 0 && chunk_in(f, row, last, f->by->own_adverbs);
    return true;
}

/* "The pact was dead, she said, calling for talks": behind a clause and its cue, what may follow is no content. */
static bool follows_content(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t lead = attribution_verb(f, row, c) && c->source >= 0 ? (uint32_t)c->source : c->cue_from;
    bool begins = lead >= 2 && chunk_has(f, row, lead - 2, WORD_RELATIVE | WORD_CONJUNCTION);       /* "that, according to the union, ..." */
    bool framed = lead > 0 && !begins && (row->symbols[lead - 1] == SYMBOL_COMMA || lead < (uint32_t)c->source) &&
                  attribution_has_clause(f, row, lead - 1);
    if (!framed || attribution_follows_that(f, row, c->content_from))
        return false;
    Symbol before = row->symbols[c->content_from - 1], first = row->symbols[c->content_from];
    uint32_t token = row->chunks[c->content_from].first;
    /* "on the eve of talks starting today", "in a paper showing gains" */
    bool late = c->content_from > c->cue_to && !is_capital(f, token) && ends_in(f, token, "ing");
    return late || first == SYMBOL_COMMA || before == SYMBOL_COMMA || first == f->by->pp ||
           has(f, token, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_RELATIVE);
}

/* 'Noting that "the pact is dead," Roe said she would leave': what she said stands behind. */
static bool is_fronted_quote(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->quote < 1 || (uint32_t)c->quote > c->cue_from || !attribution_ends_in_ing(f, row, 0) || c->to + 1 >= row->len)
        return false;
    for (uint32_t k = 0; k < (uint32_t)c->quote; k++)
        if (row->symbols[k] == SYMBOL_COMMA || row->symbols[k] == SYMBOL_STOP || row->symbols[k] == SYMBOL_COLON)
            return false;
    return row->symbols[c->to] == f->by->source || chunk_is(f, row, c->to, f->by->that);
}

bool attribution_read_match(const Finder *f, const Row *row, const RuleMatch *match, Candidate *out)
{
    const RulePattern *pattern = &f->rules->patterns[match->pattern];
    *out = (Candidate){ .rule = pattern->rule, .from = match->match.from, .to = match->match.to, .source = -1, .quote = -1, .recipient = -1,
                        .where = pattern->where, .weight = pattern_weight(pattern->pattern), .cue_from = UINT32_MAX };
    bool used[MARKED] = { false };
    read_slots(f, row, &match->match, out, used);
    step_back_to_name(f, row, out);
    if (out->source >= 0 && !attribution_source(f, row, out))
        return false;                /* a pattern of a user's that calls something a source that is no phrase */
    if (out->cue_from == UINT32_MAX)
        read_plain_cue(f, row, out, used);
    if (out->cue_from == UINT32_MAX || !attribution_agrees(f, row, out) || is_loose_colon(f, row, out) || is_fronted_quote(f, row, out))
        return false;
    const VerbForm *form = attribution_verb(f, row, out);
    /* "but gave no details" */
    bool silent = form && f->rules->verbs[form->verb].effect == VERB_SILENCE && attribution_is_coordinated(f, row, out);
    if (out->has_content && !silent && attribution_is_frame(f, row, out->content_from, out->content_to))
        return false;
    if (out->has_content && out->content_from < out->cue_from && !fits_in_front(f, row, out))
        return false;
    if (out->has_content && out->content_from >= out->cue_to && out->content_from < row->len) {
        if (!find_start(f, row, out))
            return false;
        bool aside = out->content_from > out->cue_to && attribution_opens_relative(f, row, out->content_from);      /* "said in Oslo where talks failed" */
        out->mute = (aside && form) || attribution_is_mute(f, row, out);
        Symbol first = row->symbols[out->content_from];
        if (first == SYMBOL_SEMICOLON || (first == SYMBOL_STOP && !silent) || follows_content(f, row, out))
            return false;
    }
    /* "..., she said." has no content behind its cue */
    return !out->has_content || silent || out->content_from < out->cue_to || out->content_to > row->len ||
           (out->content_to > out->content_from &&
            count_words(f, row->chunks[out->content_from].first, row->chunks[out->content_to - 1].end) >= 2);
}
