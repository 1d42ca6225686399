#include "extract/claim_internal.h"

enum {
    CONTENT_ENOUGH = 3,                  /* a claim with fewer content words is thin */
    NEIGHBOURS = 3,                      /* statements before and behind that may share its words */
    SUBJECT_WORDS = 4,                   /* from "and" to the verb of saying: "and Oslo has also denied" */
    DATELINE_TOKENS = 15,
    REMOTE_TOKENS = 8,                   /* between a cue and a topic that is what it is about */
};

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
                       .flags = flags, .asserted = attribute_is_yes(stanza, "asserted"),
                       .sense = stanza_attribute(stanza, "sense"), .pole = stanza_attribute(stanza, "pole") };
}

const Position *claim_position_named(const ClaimFinder *self, Str name)
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
        if (name.len && (as = claim_position_named(self, name)) != NULL) {
            Str sense = self->positions[i].sense, denied = self->positions[i].denied, pole = self->positions[i].pole;
            self->positions[i] = *as;
            self->positions[i].pole = pole;
            self->positions[i].sense = sense.len ? sense : as->sense;
            self->positions[i].denied = denied.len ? denied : as->denied;
        }
        self->positions[i].fallback = rules->rules[i].fallback;
        const Stanza *stanza = rules->rules[i].stanza;
        if (!self->positions[i].name.len)
            continue;
        self->positions[i].presupposed = attribute_is_yes(stanza, "presupposed");
        self->positions[i].flags |= (attribute_is_yes(stanza, "everything") ? CLAIM_EVERYTHING : 0u) |
                                    (attribute_is_yes(stanza, "mild") ? CLAIM_MILD : 0u) |
                                    (attribute_is_yes(stanza, "own") ? CLAIM_OWN_DEED : 0u);
    }
}

static void load_lists(ClaimFinder *self)
{
    static const char *const multipliers[CLAIM_MULTIPLIERS] = { "thousand", "million", "billion" };
    self->at_least = rules_list(self->rules, "number-at-least");
    self->at_most = rules_list(self->rules, "number-at-most");
    self->about = rules_list(self->rules, "number-about");
    self->ranges = rules_list(self->rules, "number-range");
    self->counted = rules_list(self->rules, "counted");
    self->yes = rules_list(self->rules, "answers-yes");
    self->no = rules_list(self->rules, "answers-no");
    self->months = rules_list(self->rules, "months");
    self->whether = rules_list(self->rules, "asks-whether");
    self->measures = rules_list(self->rules, "measures");
    for (size_t i = 0; i < CLAIM_MULTIPLIERS; i++)
        self->multipliers[i] = rules_list(self->rules, multipliers[i]);
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
    load_lists(self);
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

/* ---- flags ------------------------------------------------------------------------ */

enum { OWNER_REACH = 5 };                /* words from "the" to "decision" */

/* Names an act with a determiner or an owner: the decision, Roe's long-awaited plan. */
static bool names_act(const Work *w, TokenRange range)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        if (!claim_token_has(w, i, TOPIC_ACT))
            continue;
        uint32_t back = i > range.first + OWNER_REACH ? i - OWNER_REACH : range.first;
        for (uint32_t k = back; k < i; k++)
            if (claim_token_has(w, k, TOPIC_OWNER) || tokens[k].flags & TOKEN_POSSESSIVE ||
                (tokens[k].flags & TOKEN_CAPITAL && !(tokens[k].flags & TOKEN_FIRST)))
                return true;
    }
    return false;
}

static bool in_heading(const Work *w)
{
    return w->text->paragraphs[text_paragraph_of(w->text, w->content.ptr[0].first)].kind == PARAGRAPH_HEADING;
}

/* "The official rejected a suggestion by Roe": whoever the official is, it is not Roe. */
static bool names_himself(const Work *w)
{
    Str speaker = w->statement->speaker, last = str_last_word(speaker), text = w->text->text;
    if (last.len == speaker.len || w->statement->kind == STATEMENT_DIRECT || w->statement->institution ||
        str_find(w->statement->speaker_text, last, 0) < w->statement->speaker_text.len)
        return false;
    for (size_t i = 0; i < w->content.len; i++)
        for (uint32_t k = w->content.ptr[i].first; k < w->content.ptr[i].end; k++)
            if (str_equal(str_slice(text, w->text->tokens[k].span), last))
                return true;
    return false;
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
    flags |= in_heading(w) ? CLAIM_HEADLINE : 0u;
    flags |= around & TOPIC_EARLIER ? CLAIM_EARLIER : 0u;
    flags |= w->statement->institution ? CLAIM_OF_BODY : 0u;
    flags |= names_himself(w) ? CLAIM_BYSTANDER : 0u;
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
        if (claim_token_has(w, i, TOPIC_PRONOUN))
            return true;
        if (!claim_token_has(w, i, TOPIC_FILLER))
            return false;
    }
    return false;
}

static void find_asked(Work *w, TokenRange range)
{
    for (uint32_t i = range.first; i < range.end; i++) {
        if (!claim_token_has(w, i, TOPIC_ASKED))
            continue;
        uint32_t end = i + 1;
        while (end < range.end && !claim_is_quote_mark(&w->text->tokens[end]))
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
        if (tokens[i].kind == TOKEN_WORD) {
            w->own[w->n_own].hash = tokens[i].hash;
            w->own[w->n_own++].folded = token_fold(names, &tokens[i], &w->self->scratch);
        }
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

static bool is_verb_of_saying(const Work *w, uint32_t token)
{
    const Hits *hits = w->hits;
    for (size_t i = hits->at[token]; i < hits->len && hits->ptr[i].first == token; i++)
        if (hits->ptr[i].kind == LEXICON_VERB)
            return true;
    return false;
}

/* Where another statement's speaker stands in a range, behind a word that joins: "and Oslo has denied it". */
static uint32_t next_speaker(const Work *w, TokenRange range)
{
    size_t from = w->index > NEIGHBOURS ? w->index - NEIGHBOURS : 0, to = w->index + NEIGHBOURS + 1;
    uint32_t end = range.end;
    for (size_t i = from; i < to && i < w->all->len; i++) {
        const Statement *other = &w->all->ptr[i];
        if (i == w->index || !other->has_speaker_span || !other->has_cue || other->cue_span.from < other->speaker_span.to)
            continue;
        uint32_t first = topic_range(w->self->topics, other->speaker_span).first;
        if (first > range.first + 1 && first < end && claim_token_has(w, first - 1, TOPIC_JOINS))
            end = first - 1;
    }
    return end;
}

/* "denied that it sank a boat and has called the charge false": what is denied ends where somebody goes on to say. */
static uint32_t end_of_denial(const Work *w, TokenRange range)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        if (tokens[i].mark == ',' && i + 1 < range.end && is_verb_of_saying(w, i + 1))
            return i;
        if (!claim_token_has(w, i, TOPIC_JOINS))
            continue;
        for (uint32_t k = i + 1; tokens[i].kind == TOKEN_WORD && k <= i + SUBJECT_WORDS && k < range.end && tokens[k].kind == TOKEN_WORD; k++)
            if (is_verb_of_saying(w, k))
                return i;
    }
    return range.end;
}

/* "he would stay and Roe said the reports were false": where another speaker's words begin. */
static uint32_t end_of_speech(const Work *w, TokenRange range)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first + 1; i + 2 < range.end; i++) {
        if (!claim_token_has(w, i, TOPIC_JOINS) || tokens[i].kind != TOKEN_WORD)
            continue;
        if (tokens[i + 1].kind == TOKEN_WORD && tokens[i + 1].flags & TOKEN_CAPITAL && is_verb_of_saying(w, i + 2))
            return i;
        for (uint32_t k = i + 2; k <= i + SUBJECT_WORDS && k < range.end && tokens[k].kind == TOKEN_WORD; k++)
            if (str_equal(str_slice(w->text->text, tokens[k].span), STR("said")))
                return i;
    }
    return range.end;
}

/* What a span says, without what another speaker, or the same in another tone, says behind it. */
static TokenRange own_words(const Work *w, Span span)
{
    TokenRange range = topic_range(w->self->topics, span);
    if (w->statement->kind == STATEMENT_DIRECT)
        return range;
    range.end = end_of_speech(w, range);
    range.end = next_speaker(w, range);
    if (w->statement->negated)
        range.end = end_of_denial(w, range);
    return range;
}

/* "MUSCAT, Jan 20 (Newswire) - " says nothing of the matter. */
static uint32_t past_dateline(const Work *w, uint32_t from, uint32_t to)
{
    const Token *tokens = w->text->tokens;
    if (!(tokens[from].flags & TOKEN_ALL_CAPS))
        return from;
    for (uint32_t i = from; i < to && i < from + DATELINE_TOKENS; i++)
        if (tokens[i].kind == TOKEN_MARK && tokens[i].mark == '-')
            return i + 1;
    return from;
}

/* "Asked about the levy, Low said it would stay": the question has had its answer, from someone else. */
static bool is_answered(const Work *w, TokenRange question)
{
    if (w->index == 0)
        return false;
    const Statement *before = &w->all->ptr[w->index - 1];
    return before->spans.len && !str_equal(before->speaker, w->statement->speaker) &&
           topic_range(w->self->topics, before->spans.ptr[0]).first >= question.first;
}

static bool read_surroundings(Work *w)
{
    TopicFinder *topics = w->self->topics;
    for (size_t i = 0; i < w->statement->spans.len; i++) {
        TokenRange range = own_words(w, w->statement->spans.ptr[i]);
        if (range.end > range.first)
            LIST_PUSH(&w->self->scratch, &w->content, range);
    }
    if (!w->content.len)
        return false;
    uint32_t first = w->content.ptr[0].first, last = w->content.ptr[w->content.len - 1].end - 1;
    w->around = clipped((TokenRange){ topic_sentence(topics, first).first, topic_sentence(topics, last).end }, first, last + 1);
    w->around.first = past_dateline(w, w->around.first, first);
    if (w->around.first > 0)
        w->before = clipped(topic_sentence(topics, w->around.first - 1), w->around.first, w->around.first);

    /* The question in the sentence itself, around the words; or the sentence before, when it is one. */
    find_asked(w, (TokenRange){ w->around.first, first });
    find_asked(w, (TokenRange){ last + 1, w->around.end });
    if (w->before.end > w->before.first && claim_token_has(w, w->before.first, TOPIC_ASKED) && !is_answered(w, w->before))
        LIST_PUSH(&w->self->scratch, &w->asked, w->before);

    for (size_t i = 0; i < w->content.len && w->words <= CONTENT_ENOUGH; i++)
        w->words += topic_count(topics, w->content.ptr[i], CONTENT_ENOUGH + 1 - w->words);
    w->pronoun = opens_with_pronoun(w);
    w->thin = w->words < CONTENT_ENOUGH || w->pronoun;
    return true;
}

/* The words of a claim: of the whole statement when it is alone in it, else of its sentence. */
static Span claim_span(const Work *w, TokenRange range, bool alone)
{
    if (alone)
        return (Span){ w->statement->spans.ptr[0].from, w->statement->spans.ptr[w->statement->spans.len - 1].to };
    return token_span(w->text, range.first, range.end);
}

/*
 * "refused to meet him in protest of his plan to leave the pact": the topic is named, but it is not what the cue is
 * about.  Of two topics in a row the second is measured from the first.
 */
static bool is_remote(const Work *w, const Segment *segment, const Cue *cue, TokenRange before, TokenRange topic)
{
    if (cue->from >= segment->len || cue->to <= cue->from)
        return false;
    bool governs = cue->from < segment->cue_end && segment->content < segment->len;
    uint32_t cue_first = segment->tokens[cue->from];
    uint32_t cue_end = governs ? segment->tokens[segment->content] : segment->tokens[cue->to - 1] + 1;
    uint32_t from = topic.first >= cue_end ? cue_end : topic.end, to = topic.first >= cue_end ? topic.first : cue_first;
    if (before.end > from && before.end <= to)
        from = before.end;
    if (topic.first < segment->tokens[0] || topic.end > segment->tokens[segment->len - 1] + 1)
        return false;                    /* in the question, or the sentence before */
    for (uint32_t i = from; i < to; i++)
        if (w->text->tokens[i].mark == ',' || claim_token_has(w, i, TOPIC_BREAK))
            return true;
    return to > from + REMOTE_TOKENS;
}

/* "the sale would give them a role": what will come of a thing is nobody's plan. */
static bool is_forecast(const Work *w, const Segment *segment, const Cue *cue, TokenRange actor)
{
    bool passive = claim_passive_verb(w, segment, cue) < segment->len;       /* "the levy would be lifted" is somebody's plan, though it has no agent */
    bool plan = !passive && cue->position->fallback && cue->position->side && !(cue->position->flags & (CLAIM_DEED | CLAIM_DENIAL));
    bool agent = actor.end <= actor.first || topic_marks(w->self->topics, actor) & TOPIC_AGENT;
    for (uint32_t i = actor.first; i < actor.end; i++)
        agent |= (w->text->tokens[i].flags & (TOKEN_CAPITAL | TOKEN_FIRST)) == TOKEN_CAPITAL ||
                 topic_word(w->self->topics, i)->kind == TOPIC_COUNTRY;
    return plan && !agent;
}

/* "he had left the port": of himself. */
static bool is_own_deed(const Work *w, const Cue *cue, TokenRange actor)
{
    if (!(cue->position->flags & CLAIM_DEED) || !cue->position->fallback || w->statement->institution)
        return false;
    for (uint32_t i = actor.end; i > actor.first && topic_word(w->self->topics, i - 1)->kind < TOPIC_WORD; i--)
        if (claim_token_has(w, i - 1, TOPIC_HIMSELF))
            return true;
    return false;
}

/* "said that Norland again denied it", "that Norland had rejected it": who does so is another than the speaker. */
static bool is_told_of_another(const Work *w, const Segment *segment, const Cue *cue, TokenRange actor)
{
    if (!(cue->position->flags & (CLAIM_DENIAL | CLAIM_STANCE)) || cue->position->fallback || cue->from < segment->content || cue->from >= segment->len ||
        !is_verb_of_saying(w, segment->tokens[cue->from]))
        return false;
    bool another = false;
    for (uint32_t i = actor.first; i < actor.end; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        if ((word->kind == TOPIC_COUNTRY && str_equal_nocase(word->name, w->statement->country)) || claim_token_has(w, i, TOPIC_WE))
            return false;
        if (!(cue->position->flags & CLAIM_DENIAL))      /* a spokesman speaks for his president */
            another |= word->kind == TOPIC_COUNTRY;
        else
            another |= word->kind >= TOPIC_NAME || (claim_token_has(w, i, TOPIC_AGENT) && !claim_token_has(w, i, TOPIC_PRONOUN | TOPIC_HIMSELF));
    }
    return another;
}

/* From the break before a cue to the one behind it: "he praised the plan | but will not sign it". */
static TokenRange clause_of(const Work *w, const Segment *segment, const Cue *cue, TokenRange words)
{
    if (cue->from >= segment->len || cue->to <= cue->from || segment->tokens[cue->from] < words.first || segment->tokens[cue->to - 1] >= words.end)
        return words;
    TokenRange clause = { segment->tokens[cue->from], segment->tokens[cue->to - 1] + 1 };
    while (clause.first > words.first && !claim_token_has(w, clause.first - 1, TOPIC_BREAK))
        clause.first--;
    while (clause.end < words.end && !claim_token_has(w, clause.end, TOPIC_BREAK))
        clause.end++;
    return clause;
}

/* "no ties without a state for them", "will sign only if the fleet leaves": the second thing is what is asked for. */
static bool is_asked_for(const Work *w, const Segment *segment, TokenRange first, TokenRange second)
{
    for (size_t i = 0; i < segment->modifiers.len; i++) {
        const RuleMatch *found = &segment->modifiers.ptr[i];
        const Rule *rule = &w->self->rules->rules[w->self->rules->patterns[found->pattern].rule];
        uint32_t token = segment->tokens[found->match.from];
        if (str_equal(rule->modifier, STR("condition")) && !claim_is_covered(segment, i) && token >= first.end && token < second.first)
            return true;
    }
    return false;
}

static void ask_for(const Work *w, Claim *claim)
{
    const Position *demand = claim_position_named(w->self, STR("demand"));
    if (!demand)
        return;
    claim->position = demand->name;
    claim->side = demand->side;
    claim->flags = (claim->flags & ~(unsigned)(CLAIM_STANCE | CLAIM_DEED | CLAIM_DENIAL | CLAIM_ASIDE)) | demand->flags;
    claim->condition = false;
}

/* What follows the condition of a claim that is no yes without it: "no ties without | a state", "only if | the fleet leaves". */
static TokenRange find_demanded(const Work *w, const Segment *segment, const Cue *cue, const Claim *claim, size_t to)
{
    bool strict = claim->side < 0;
    for (size_t i = cue->from < segment->content ? segment->content : cue->from; i < to; i++)
        strict |= str_equal_nocase(claim_word_at(w, segment, i), STR("only"));
    for (size_t i = 0; strict && i < segment->modifiers.len; i++) {
        const RuleMatch *found = &segment->modifiers.ptr[i];
        const Rule *rule = &w->self->rules->rules[w->self->rules->patterns[found->pattern].rule];
        if (!str_equal(rule->modifier, STR("condition")) || claim_is_covered(segment, i) || found->match.from < cue->to || found->match.to >= to)
            continue;
        size_t end = found->match.to;
        while (end < to && segment->symbols[end] != SYMBOL_COMMA && segment->symbols[end] != SYMBOL_SEMICOLON && segment->symbols[end] != SYMBOL_DASH)
            end++;
        return claim_segment_range(segment, found->match.to, end);
    }
    return (TokenRange){ 0, 0 };
}

/* A condition is a demand: on a topic that a rule names, or ("without that") on what was claimed just before. */
static void add_demand(Work *w, const Segment *segment, const Cue *cue, const Claim *own, size_t to, TokenRange actor, size_t before,
                       Claim *claims, size_t *n)
{
    TokenRange asked = find_demanded(w, segment, cue, own, to);
    if (asked.end <= asked.first || *n >= CLAIMS_IN_STATEMENT)
        return;
    Topics topics = { 0 };
    topic_curated(w->self->topics, asked, w->around, &topics, w->problems);
    Claim claim = *own;
    if (topics.len) {
        claim.topic = topics.ptr[0].slug;
        claim.topic_label = topics.ptr[0].label;
        claim.curated = true;
    } else if (topic_count(w->self->topics, asked, 1) == 0 && before > 0 && claims[0].curated) {
        claim = claims[0];
    } else {
        return;
    }
    for (size_t i = 0; i < *n; i++)
        if (i >= before && str_equal(claims[i].topic, claim.topic))
            return;
    ask_for(w, &claim);
    claim.names = (Strs){ 0 };
    if (topics.len) {
        TokenRanges words = { 0 };
        LIST_PUSH(&w->self->scratch, &words, asked);
        claim.span = token_span(w->text, asked.first, asked.end);
        claim_find_symbols(w, segment, cue, &words, asked, (TokenRange){ 0, 0 }, asked, actor, false, &claim);
    }
    claim_find_names(w, &claim);
    claims[(*n)++] = claim;
}

/* One cue's claims: one a topic, several when rules tell topics apart in its object. */
static void add_claims(Work *w, const Segments *segments, const Cues *cues, size_t at, unsigned flags, Claim *claims, size_t *n)
{
    const Cue *cue = &cues->ptr[at];
    const Segment *segment = &segments->ptr[cue->segment];
    bool governs = cue->from < segment->cue_end, alone = cues->len == 1;
    size_t from = at > 0 && cues->ptr[at - 1].segment == cue->segment ? cues->ptr[at - 1].to : segment->content;
    size_t to = at + 1 < cues->len && cues->ptr[at + 1].segment == cue->segment ? cues->ptr[at + 1].from : segment->len;

    size_t first = *n;
    bool turned = false;
    Claim claim = { 0 };
    if (!claim_modify(w, segment, cue, to, &claim, &turned))
        return;
    /* "denied the reports as baseless" denies once. */
    bool verdict = cue->position->flags & CLAIM_DENIAL && !cue->position->fallback;
    if (w->statement->negated && !governs && !verdict) {
        turned = !turned;
        claim.negated = true;
    }
    if (w->denies_question) {
        turned = !turned;
        claim.negated = true;
    }
    const Position *position = cue->position, *denied = turned ? claim_position_named(w->self, position->denied) : NULL;
    if (denied)
        position = denied;
    claim.position = position->name;
    claim.side = position->side;
    claim.flags = flags | position->flags | (claim_is_aside(w, segment, cue) ? CLAIM_ASIDE : 0u);
    claim.rule = w->self->rules->patterns[cue->pattern].where;
    claim.content_words = w->words;

    TokenRange words = claim_segment_range(segment, alone ? segment->content : from, alone ? segment->len : to);
    if (words.end <= words.first)
        words = w->content.ptr[0];
    Topics topics = { 0 };
    size_t start = from < segment->content ? segment->content : from;
    TokenRange object = claim_cue_object(w, segment, cue, start, to);
    TokenRange actor = cue->from > start ? claim_object_before(w, segment, start, cue->from) : (TokenRange){ 0, 0 };
    if (names_act(w, claim_first_noun(w, object)) || names_act(w, claim_first_noun(w, actor)) || (w->thin && names_act(w, w->around)))
        claim.flags |= CLAIM_NAMES_ACT;
    if (is_own_deed(w, cue, actor))
        claim.flags |= CLAIM_OWN_DEED;
    if (is_told_of_another(w, segment, cue, actor))
        claim.flags |= position->flags & CLAIM_DENIAL ? CLAIM_ASIDE : CLAIM_TOLD;
    if (is_forecast(w, segment, cue, actor))
        claim.flags |= CLAIM_ASIDE;
    /* A mere verb and its object say what they are about: "They will be on holiday". */
    bool says_itself = cue->position->fallback && topic_count(w->self->topics, object, 1) > 0;
    claim_find_topics(w, object, words, alone, &topics);
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
        if (claim.curated && is_remote(w, segment, cue, i ? topics.ptr[i - 1].at : (TokenRange){ 0, 0 }, topics.ptr[i].at))
            claim.flags |= CLAIM_ASIDE;
        if (i && is_asked_for(w, segment, topics.ptr[i - 1].at, topics.ptr[i].at))
            ask_for(w, &claim);
        claim.span = claim_span(w, part, alone && topics.len == 1);
        claim.names = (Strs){ 0 };
        bool inside = !topics.ptr[i].curated && topics.ptr[i].at.first >= words.first && topics.ptr[i].at.end <= words.end;
        claim_find_symbols(w, segment, cue, &own, clause_of(w, segment, cue, words), except, inside ? topics.ptr[i].at : object, actor, says_itself, &claim);
        claim_find_names(w, &claim);
        claims[(*n)++] = claim;
    }
    if (claim.condition && *n > first)
        add_demand(w, segment, cue, &claims[first], to, actor, first, claims, n);
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

/* +1 of "Yes, we will", -1 of "Never": words that say no more than yes or no; else 0. */
static int read_answer(const Work *w)
{
    const TokenRange range = w->content.ptr[0];
    if (w->content.len != 1)
        return 0;
    int answer = hits_list_at(w->hits, range.first, w->self->no) ? -1 : hits_list_at(w->hits, range.first, w->self->yes);
    for (uint32_t i = range.first; i < range.end && answer; i++)
        if (w->text->tokens[i].kind == TOKEN_NUMBER || topic_word(w->self->topics, i)->kind >= TOPIC_WORD)
            answer = hits_list_at(w->hits, i, w->self->no) || hits_list_at(w->hits, i, w->self->yes) ? answer : 0;
    return answer;
}

/* The question that an answer answers: "Norland would sell the fleet" of "Asked whether Norland would sell the fleet, Roe said". */
static TokenRange find_question(const Work *w)
{
    const Token *tokens = w->text->tokens;
    bool before = w->before.end > w->before.first && tokens[w->before.end - 1].mark == '?';
    TokenRange range = before ? w->before : w->asked.len ? w->asked.ptr[0] : (TokenRange){ 0, 0 };
    if (w->statement->has_speaker_span) {
        uint32_t speaker = topic_range(w->self->topics, w->statement->speaker_span).first;
        if (speaker > range.first && speaker < range.end)
            range.end = speaker;
    }
    for (uint32_t i = range.first; !before && i < range.end; i++)
        if (hits_list_at(w->hits, i, w->self->whether))
            return (TokenRange){ i + 1, range.end };
    return before ? range : (TokenRange){ 0, 0 };
}

/* "Would Norland sell the fleet?  Never": the claim's words are the question's. */
static void find_in_question(Work *w, Segments *segments, Cues *found)
{
    int answer = read_answer(w);
    TokenRange question = answer ? find_question(w) : (TokenRange){ 0, 0 };
    if (question.end <= question.first)
        return;
    *segments = (Segments){ 0 };
    w->content.ptr[0] = question;
    w->asked = (TokenRanges){ 0 };
    w->words = topic_count(w->self->topics, question, CONTENT_ENOUGH + 1);
    w->pronoun = false;
    w->thin = w->words < CONTENT_ENOUGH;
    w->denies_question = answer < 0;
    claim_make_segments(w, w->hits, segments);
    claim_find_cues(w, segments, found);
    if (found->len > 1)
        found->len = 1;              /* one answer, one claim */
}

void claim_find(ClaimFinder *self, const Story *story, const Text *text, const Hits *hits,
                Statements *all, size_t index, Arena *arena, Problems *problems)
{
    if (index == 0)
        topic_begin(self->topics, story, text, hits, all, arena);
    Work work = { .self = self, .text = text, .marks = topic_token_marks(self->topics), .hits = hits, .all = all, .statement = &all->ptr[index], .index = index,
                  .arena = arena, .problems = problems };
    Work *w = &work;
    Segments segments = { 0 };
    Cues found = { 0 }, cues = { 0 };
    if (!read_surroundings(w))
        goto done;
    claim_make_segments(w, hits, &segments);
    claim_find_cues(w, &segments, &found);
    if (!found.len)
        find_in_question(w, &segments, &found);
    for (size_t i = 0; i < segments.len; i++)
        claim_find_modifiers(w, &segments.ptr[i]);
    if (found.len)
        claim_choose_cues(w, &segments, &found, &cues);
    if (!cues.len && w->statement->negated && segments.len)
        add_bare_denial(w, &segments.ptr[0], &cues);
    if (!cues.len)
        goto done;
    read_own_names(w, w->statement->speaker);
    w->n_name = w->n_own;
    read_own_names(w, w->statement->speaker_text);
    unsigned flags = statement_flags(w);
    w->statement->claims = ARENA_ARRAY(arena, Claim, CLAIMS_IN_STATEMENT);
    for (size_t i = 0; i < cues.len; i++)
        add_claims(w, &segments, &cues, i, flags, w->statement->claims, &w->statement->n_claims);
done:
    arena_reset(&self->scratch);
}
