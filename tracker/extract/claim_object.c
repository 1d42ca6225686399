#include "extract/claim_internal.h"

enum {
    OBJECT_ENOUGH = 2,                   /* content words of an object that need no other place to explain them */
    REST_ENOUGH = 2,                     /* content words of its own sentence that say what a thin claim means */
    SAID_ENOUGH = 5,                     /* content words of an object that leave nothing for others to say */
    DEED_REACH = 8,                      /* words from an auxiliary to its verb */
    SYMBOLS_MAX = 96, NAMES_MAX = 32,
};

/* Weights of a claim's words beside its object, and of what stands around it (the object: 1). */
static const float WEIGHT_OWN = .5f, WEIGHT_REST = .4f, WEIGHT_BEFORE = .3f;

/* ---- what it is about ------------------------------------------------------------ */

static bool ends_object(const Work *w, const Segment *segment, size_t at)
{
    Symbol symbol = segment->symbols[at];
    return symbol == SYMBOL_SEMICOLON || symbol == SYMBOL_COLON || symbol == SYMBOL_DASH ||
           claim_token_has(w, segment->tokens[at], TOPIC_BREAK);
}

TokenRange claim_segment_range(const Segment *segment, size_t from, size_t to)
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
    return claim_segment_range(segment, from, end);
}

TokenRange claim_object_before(Work *w, const Segment *segment, size_t from, size_t to)
{
    size_t start = to;
    bool content = false;
    for (; start > from && !(content && ends_object(w, segment, start - 1)); start--)
        content = content || topic_word(w->self->topics, segment->tokens[start - 1])->kind >= TOPIC_WORD;
    return claim_segment_range(segment, start, to);
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
    if (!claim_token_has(w, segment->tokens[object_from], TOPIC_LINK) || object_from != cue->to)
        return object_from;
    for (size_t i = cue->from + 1; i < cue->to; i++)
        if (topic_word(w->self->topics, segment->tokens[i])->kind >= TOPIC_WORD)
            return i;
    return object_from;
}

/* "Sanctions must be lifted", "will not be sent": what is done to stands before the cue. */
size_t claim_passive_verb(const Work *w, const Segment *segment, const Cue *cue)
{
    size_t at = segment->len;
    for (size_t i = cue->from; i <= cue->to && i < segment->len; i++)
        if (claim_token_has(w, segment->tokens[i], TOPIC_IS))
            at = i + 1;
    bool tells = claim_is_plan(cue->position) || cue->position->flags & CLAIM_STANCE || (cue->position->fallback && cue->position->flags & CLAIM_DEED);
    if (cue->to <= cue->from || !tells)
        return segment->len;
    while (at < segment->len && str_ends(claim_word_at(w, segment, at), STR("ly")))
        at++;
    if (at >= segment->len || at > cue->to + 1)
        return segment->len;
    Str verb = claim_word_at(w, segment, at), next = at + 1 < segment->len ? claim_word_at(w, segment, at + 1) : STR_NONE;
    bool governs = str_equal_nocase(next, STR("to")) || str_equal_nocase(next, STR("as"));     /* "be asked to", "be seen as" */
    return !governs && (str_ends(verb, STR("ed")) || str_ends(verb, STR("en")) || pattern_base_form(str_lower(&w->self->scratch, verb)).len) ? at : segment->len;
}

TokenRange claim_cue_object(Work *w, const Segment *segment, const Cue *cue, size_t from, size_t to)
{
    TokenRange object = { 0, 0 };
    if (claim_passive_verb(w, segment, cue) < to)
        object = claim_object_before(w, segment, from, cue->from);
    if (topic_count(w->self->topics, object, 1) > 0)
        return object;
    if (cue->object_to > cue->object_from) {
        size_t object_from = cue->object_from > from ? cue->object_from : from;
        size_t object_to = cue->object_to < to ? cue->object_to : to;
        object = cue->object_from < cue->from
                     ? claim_object_before(w, segment, object_from, object_to)
                     : object_behind(w, segment, noun_of_cue(w, segment, cue, object_from), object_to);
    }
    if (topic_count(w->self->topics, object, 1) == 0)
        object = claim_object_before(w, segment, from, cue_head(w, segment, cue));
    if (topic_count(w->self->topics, object, 1) == 0 && !(cue->to < to && claim_token_has(w, segment->tokens[cue->to], TOPIC_JOINS)))
        object = object_behind(w, segment, cue->to, to);
    return object;
}

/* `said "everything is on the table" for the talks`: what follows the words in their own sentence. */
static TokenRange range_after(const Work *w)
{
    uint32_t first = w->content.ptr[w->content.len - 1].end, end = first;
    while (first < w->around.end && claim_is_quote_mark(&w->text->tokens[first]))
        end = ++first;
    while (end < w->around.end && w->text->tokens[end].kind <= TOKEN_NUMBER &&
           !claim_token_has(w, end, TOPIC_SPOKEN | TOPIC_BREAK | TOPIC_JOINS))
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

void claim_find_topics(Work *w, TokenRange object, TokenRange segment, bool alone, Topics *out)
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

static bool is_among(const Work *w, uint32_t token, size_t n)
{
    const Token *word = &w->text->tokens[token];
    for (size_t i = 0; i < n; i++)
        if (w->own[i].hash == word->hash && str_equal(w->own[i].folded, token_fold(w->text->text, word, &w->self->scratch)))
            return true;
    return false;
}

static bool is_own_name(const Work *w, uint32_t token)
{
    return is_among(w, token, w->n_own);
}

static void add_symbols(Work *w, TokenRange range, unsigned without, TokenRange except, float weight, Symbols *out)
{
    for (uint32_t i = range.first; i < range.end && out->len < SYMBOLS_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        if (word->kind < TOPIC_WORD || (i >= except.first && i < except.end) || claim_token_has(w, i, without) ||
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
        n += topic_word(w->self->topics, i)->kind >= TOPIC_WORD && !claim_token_has(w, i, TOPIC_SPOKEN) && !is_own_name(w, i);
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
    size_t own = mark == CLAIM_ACTOR_MARK ? w->n_name : w->n_own;        /* "Zorvan's envoy said Zorvan would not sign" */
    for (uint32_t i = range.first; i < range.end && out->len < SYMBOLS_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        bool given = word->kind == TOPIC_NAME && i + 1 < range.end && topic_word(w->self->topics, i + 1)->kind == TOPIC_NAME;
        if ((word->kind == TOPIC_NAME && !given && !is_among(w, i, own)) || word->kind == TOPIC_COUNTRY)
            add_mark(w, mark, word->name, word->kind == TOPIC_COUNTRY, out);
        else if (tokens[i].kind == TOKEN_NUMBER && i > range.first && tokens[i - 1].flags & TOKEN_CAPITAL &&
                 !(tokens[i - 1].flags & TOKEN_FIRST))                            /* "Resolution 2254", "May 1" */
            add_mark(w, CLAIM_NUMBER_MARK, str_slice(w->text->text, tokens[i].span), false, out);
    }
}

/* "my rival | , Ada Roe ,": the name that stands beside an object is the object's. */
static TokenRange name_beside(const Work *w, TokenRange object)
{
    const Token *tokens = w->text->tokens;
    uint32_t from = object.end + 1, to = from;
    if (object.end >= w->around.end || tokens[object.end].mark != ',')
        return (TokenRange){ 0, 0 };
    while (to < w->around.end && tokens[to].kind == TOKEN_WORD && tokens[to].flags & TOKEN_CAPITAL && topic_word(w->self->topics, to)->kind == TOPIC_NAME)
        to++;
    bool ends = to > from && to < w->around.end && tokens[to].kind > TOKEN_NUMBER;
    return ends ? (TokenRange){ from, to } : (TokenRange){ 0, 0 };
}

/* "in June", "by 2030": a cut in June and one in October are two cuts. */
static void add_periods(Work *w, TokenRange range, Symbols *out)
{
    const Token *tokens = w->text->tokens;
    for (uint32_t i = range.first + 1; i < range.end && out->len < SYMBOLS_MAX; i++) {
        Str text = str_slice(w->text->text, tokens[i].span);
        bool month = tokens[i].flags & TOKEN_CAPITAL && hits_list_at(w->hits, i, w->self->months);
        bool year = tokens[i].kind == TOKEN_NUMBER && text.len == 4 && (str_starts(text, STR("19")) || str_starts(text, STR("20")));
        if ((month || year) && claim_token_has(w, i - 1, TOPIC_BEHIND_NOUN))
            add_mark(w, CLAIM_NUMBER_MARK, token_fold(w->text->text, &tokens[i], w->arena), false, out);
    }
}

static bool names_deed(const Work *w, uint32_t token)
{
    return topic_word(w->self->topics, token)->kind == TOPIC_WORD && !claim_token_has(w, token, TOPIC_LIGHT);
}

/* "Nothing to do with this": what it is about stands elsewhere. */
static bool points_away(Work *w, const Segment *segment, const Cue *cue)
{
    return cue->object_to > cue->object_from &&
           topic_count(w->self->topics, claim_segment_range(segment, cue->object_from, cue->object_to), 1) == 0;
}

/* "lift" of "could lift"; segment->len where the cue holds no verb that is done: "remained suspended" says no by itself. */
static size_t verb_of_cue(const Work *w, const Segment *segment, const Cue *cue)
{
    bool judges = cue->position->flags & CLAIM_STANCE && !cue->position->fallback;
    size_t found = segment->len;
    for (size_t i = cue->from; i < cue->to && i < segment->len && !judges; i++)
        if (topic_word(w->self->topics, segment->tokens[i])->kind >= TOPIC_WORD)
            found = i;
    return found;
}

/* The verb of the cue or behind it, or the first word that it governs: "will lift the embargo", "must be lifted", "opposes lifting it". */
static void add_pole(Work *w, const Segment *segment, const Cue *cue, size_t passive, TokenRange object, Symbols *out)
{
    const TopicWord *word = NULL;
    Str pole = cue->position->pole;
    if (pole.len > 1) {
        add_mark(w, CLAIM_POLE_MARK, str_printf(w->arena, "%c=%.*s", pole.ptr[0], (int)pole.len - 1, pole.ptr + 1), false, out);
        return;
    }
    size_t own = verb_of_cue(w, segment, cue);
    if (own < segment->len)
        word = topic_word(w->self->topics, segment->tokens[own]);
    if (passive < segment->len && topic_word(w->self->topics, segment->tokens[passive])->pole)
        word = topic_word(w->self->topics, segment->tokens[passive]);
    for (uint32_t i = object.first; i < object.end && (!word || !word->pole); i++)
        if (topic_word(w->self->topics, i)->kind >= TOPIC_WORD) {
            word = topic_word(w->self->topics, i);
            break;
        }
    if (word && word->pole)
        add_mark(w, CLAIM_POLE_MARK, str_printf(w->arena, "%c%.*s", word->pole > 0 ? '+' : '-', STR_ARG(word->name)), false, out);
}

/* Where the noun of an object has been: "a return | to the old borders". */
static bool ends_noun(const Work *w, uint32_t token)
{
    const Token *mark = &w->text->tokens[token];
    return (mark->kind > TOKEN_NUMBER && !claim_is_quote_mark(mark)) || claim_token_has(w, token, TOPIC_BEHIND_NOUN);
}

/* What is done: the verb of a cue that is no more than a verb, or else what follows its auxiliaries. */
static void add_deed(Work *w, const Segment *segment, const Cue *cue, Symbols *out)
{
    if (cue->position->sense.len && !points_away(w, segment, cue))
        add_mark(w, CLAIM_SENSE_MARK, str_printf(w->arena, "=%.*s", STR_ARG(cue->position->sense)), false, out);
    if (!cue->position->fallback && !claim_is_plan(cue->position))
        return;
    size_t found = segment->len;
    for (size_t i = cue->from; i < cue->to; i++)
        if (names_deed(w, segment->tokens[i]))
            found = i;
    size_t behind = found == segment->len ? cue->to : segment->len;
    for (size_t i = behind; i < segment->len && i < cue->to + DEED_REACH && found == segment->len; i++)
        if (names_deed(w, segment->tokens[i]))
            found = i;
    /* "no unilateral cut in the quota": the noun, not what it is like */
    bool noun = behind > 0 && behind < segment->len && claim_token_has(w, segment->tokens[behind - 1], TOPIC_ARTICLE | TOPIC_BEFORE_NOUN);
    for (size_t i = found; noun && i < segment->len && i < cue->to + DEED_REACH && !ends_noun(w, segment->tokens[i]); i++)
        if (names_deed(w, segment->tokens[i]))
            found = i;
    if (found < segment->len)
        add_mark(w, CLAIM_DEED_MARK, topic_word(w->self->topics, segment->tokens[found])->name, false, out);
}

/* "the plan | for a levy that the vote put off": up to the end of its first noun. */
TokenRange claim_first_noun(const Work *w, TokenRange object)
{
    bool content = false;
    for (uint32_t i = object.first; i < object.end; i++) {
        if (content && ends_noun(w, i))
            return (TokenRange){ object.first, i };
        content |= topic_word(w->self->topics, i)->kind == TOPIC_WORD;
    }
    return object;
}

/*
 * The noun of an object: "levy" of "a levy on cars", "plan" of "Norland's plan to build a port"; "raid" of "charges of a
 * raid", but nothing of "the charges made by Norland".
 */
static void add_head(Work *w, TokenRange object, bool charge, Symbols *out)
{
    const TopicWord *head = NULL;
    for (uint32_t i = object.first; i < object.end; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        if (head && head->kind == TOPIC_WORD && ends_noun(w, i))
            break;
        if (word->kind >= TOPIC_WORD && (!head || word->kind == TOPIC_WORD) && !claim_token_has(w, i, TOPIC_ACCUSES | TOPIC_LIGHT | TOPIC_UNDOES))
            head = word;
    }
    if (head && !(charge && head->kind != TOPIC_WORD))
        add_mark(w, CLAIM_HEAD_MARK, head->name, head->kind == TOPIC_COUNTRY, out);
}

/* "the repeal of the levy", "to lift the embargo": the first word of an object ends what follows. */
static bool undoes_noun(const Work *w, TokenRange object)
{
    for (uint32_t i = object.first; i < object.end; i++)
        if (topic_word(w->self->topics, i)->kind >= TOPIC_WORD && !claim_token_has(w, i, TOPIC_LIGHT))
            return claim_token_has(w, i, TOPIC_UNDOES);
    return false;
}

/* "The reports that he left are untrue": what is denied stands behind the reports. */
static TokenRange behind_charge(const Work *w, TokenRange object)
{
    for (uint32_t i = object.end; i > object.first; i--)
        if (claim_token_has(w, i - 1, TOPIC_ACCUSES))
            return (TokenRange){ i, object.end };
    return (TokenRange){ 0, 0 };
}

/* "That decision is a mistake": what is valued stands before the cue. */
static bool values_subject(const Work *w, const Segment *segment, const Cue *cue)
{
    return cue->position->flags & (CLAIM_STANCE | CLAIM_DEED) && !cue->position->fallback && cue->from >= segment->content &&
           cue->from < segment->len && claim_token_has(w, segment->tokens[cue->from], TOPIC_IS);
}

/* Its words; who does it is another matter. */
static void add_valued(Work *w, const Segment *segment, const Cue *cue, TokenRange subject, Symbols *out)
{
    if (!values_subject(w, segment, cue))
        return;
    for (uint32_t i = subject.first; i < subject.end; i++)
        if (topic_word(w->self->topics, i)->kind == TOPIC_WORD && !claim_token_has(w, i, TOPIC_AGENT))
            add_symbols(w, (TokenRange){ i, i + 1 }, 0, (TokenRange){ 0, 0 }, 1, out);
}

/* "Those demands", "the accusation": words for what somebody said before. */
static bool points_back(const Work *w, TokenRange object)
{
    return object.end > object.first && topic_count(w->self->topics, object, OBJECT_ENOUGH) < OBJECT_ENOUGH &&
           topic_marks(w->self->topics, object) & (TOPIC_ACT | TOPIC_ACCUSES);
}

/*
 * Who did what is told in the passive: "Norland's fleet" of "two boats were sunk by Norland's fleet"; nobody where no "by"
 * follows.  False where it is not so told.
 */
static bool find_doer(Work *w, const Segment *segment, const Cue *cue, TokenRange clause, TokenRange *doer)
{
    bool passive = false;
    for (size_t i = cue->from; i < cue->to && i < segment->len; i++)
        passive = claim_token_has(w, segment->tokens[i], TOPIC_IS) || (passive && !str_ends(claim_word_at(w, segment, i), STR("ing")));
    if (passive && cue->to < segment->len && str_ends(claim_word_at(w, segment, cue->to), STR("ing")))
        passive = false;             /* "was | sinking" */
    if (!passive || !cue->position->fallback || !(cue->position->flags & CLAIM_DEED) || cue->from < segment->content)
        return false;
    *doer = (TokenRange){ 0, 0 };
    for (uint32_t i = segment->tokens[cue->to - 1]; i + 1 < clause.end; i++)
        if (str_equal_nocase(str_slice(w->text->text, w->text->tokens[i].span), STR("by"))) {
            uint32_t end = i + 1;
            while (end < clause.end && !ends_noun(w, end))
                end++;
            *doer = (TokenRange){ i + 1, end };
            break;
        }
    return true;
}

/* The words of the claim before, where this one only points to it. */
static void add_before(const Claim *before, Arena *arena, Symbols *out)
{
    for (size_t i = 0; i < before->n_symbols; i++) {
        const ClaimSymbol *symbol = &before->symbols[i];
        bool known = symbol->weight < 1;
        for (size_t k = 0; k < out->len && !known; k++)
            known = str_equal(out->ptr[k].name, symbol->name);
        if (!known && out->len < SYMBOLS_MAX)
            LIST_PUSH(arena, out, ((ClaimSymbol){ symbol->name, 1, symbol->country }));
    }
}

void claim_find_symbols(Work *w, const Segment *segment, const Cue *cue, const TokenRanges *own, TokenRange clause, TokenRange except,
                         TokenRange object, TokenRange actor, bool says_itself, Claim *claim)
{
    Symbols symbols = { 0 };
    const TokenRange nothing = { 0, 0 };
    /* Its own sentence says what "it" is, but where its words do. */
    bool own_first = w->thin && topic_count(w->self->topics, object, SAID_ENOUGH) < SAID_ENOUGH && count_rest(w) >= REST_ENOUGH;
    add_symbols(w, object, 0, except, 1, &symbols);
    add_symbols(w, clause, 0, except, WEIGHT_OWN, &symbols);
    for (size_t i = 0; i < own->len; i++)
        add_symbols(w, own->ptr[i], 0, except, WEIGHT_REST, &symbols);
    for (size_t i = 0; i < w->asked.len; i++)
        add_symbols(w, w->asked.ptr[i], 0, nothing, 1, &symbols);
    add_symbols(w, w->around, TOPIC_SPOKEN, nothing, own_first ? 1 : WEIGHT_REST, &symbols);
    if (w->thin && !own_first && !says_itself)
        add_symbols(w, w->before, 0, nothing, WEIGHT_BEFORE, &symbols);
    add_valued(w, segment, cue, actor, &symbols);
    const Claim *before = claim_before(w);
    /* "not to rush" says what it is about, "it won't come to that" does not. */
    bool goes_on = w->pronoun || topic_count(w->self->topics, object, 1) == 0 || topic_marks(w->self->topics, object) & TOPIC_PRONOUN;
    bool charge = before && !(before->flags & CLAIM_OWN_DEED);       /* nobody is charged with what another admits */
    if (before && ((charge && points_back(w, object)) || (w->thin && goes_on && str_equal(claim->topic, before->topic))))
        add_before(before, w->arena, &symbols);
    size_t unmarked = symbols.len;
    add_marks(w, object, CLAIM_NAME_MARK, &symbols);
    add_marks(w, name_beside(w, object), CLAIM_NAME_MARK, &symbols);
    bool named = object.end > object.first && (actor.end <= actor.first || object.first >= actor.end);       /* "Norway signed [the treaty]" */
    if (symbols.len == unmarked && !named && claim->flags & (CLAIM_DEED | CLAIM_DENIAL))      /* "the Roe treaty has been signed" */
        add_marks(w, actor, CLAIM_NAME_MARK, &symbols);
    TokenRange doer = actor;
    if (find_doer(w, segment, cue, clause, &doer) && doer.end == doer.first)
        add_marks(w, actor, CLAIM_NAME_MARK, &symbols);      /* "Norland's boats were sunk": whoever sank them */
    add_marks(w, doer, CLAIM_ACTOR_MARK, &symbols);
    add_deed(w, segment, cue, &symbols);
    size_t verb = claim_passive_verb(w, segment, cue);
    add_pole(w, segment, cue, verb, object, &symbols);
    add_periods(w, clause, &symbols);
    Strs quantities = { 0 };
    claim_find_quantities(w, clause, &quantities);
    for (size_t i = 0; i < quantities.len; i++)
        add_mark(w, CLAIM_QUANTITY_MARK, quantities.ptr[i], false, &symbols);
    bool valued = values_subject(w, segment, cue) && topic_marks(w->self->topics, actor) & TOPIC_ACT;    /* "the move is a step to the end of it" */
    if (undoes_noun(w, valued ? actor : object) || (verb < segment->len && claim_token_has(w, segment->tokens[verb], TOPIC_UNDOES)))
        claim->flags |= CLAIM_UNDOES;
    bool behind = cue->to <= cue->from || object.first >= segment->tokens[cue->to - 1];
    bool verdict = claim->flags & CLAIM_DENIAL && !behind;
    add_head(w, verdict ? behind_charge(w, object) : object, verdict, &symbols);
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
void claim_find_names(Work *w, Claim *claim)
{
    TokenRange speaker = w->statement->has_speaker_span ? topic_range(w->self->topics, w->statement->speaker_span)
                                                        : (TokenRange){ 0, 0 };
    for (uint32_t i = w->around.first; i < w->around.end && claim->names.len < NAMES_MAX; i++) {
        const TopicWord *word = topic_word(w->self->topics, i);
        const Token *token = &w->text->tokens[i];
        bool inside = false;
        for (size_t k = 0; k < w->content.len; k++)
            inside = inside || (i >= w->content.ptr[k].first && i < w->content.ptr[k].end);
        if (inside && claim_token_has(w, i, TOPIC_AGENT) && !(token->flags & TOKEN_CAPITAL))
            add_name(w, token_fold(w->text->text, token, w->arena), &claim->names);      /* "the administration" */
        if (word->kind < TOPIC_WORD || !(token->flags & TOKEN_CAPITAL) || (i >= speaker.first && i < speaker.end) ||
            (!inside && (claim_token_has(w, i, TOPIC_SPOKEN) || is_own_name(w, i))))
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
