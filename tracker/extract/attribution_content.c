#include "extract/attribution_internal.h"

/* Chunk where the clause of another candidate begins: its source, with the conjunction in front. */
static uint32_t clause_start(const Candidate *c)
{
    uint32_t at = c->cue_from;
    if (c->source >= 0 && (uint32_t)c->source < at)
        at = (uint32_t)c->source;
    return at;
}

/* A clause between commas: "Roe, who said ...,", "the plan, which Roe said ...," */
static bool is_relative(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    k -= c->source >= 0 && (uint32_t)c->source + 1 == k;
    if (k > 1 && chunk_has(f, row, k - 1, WORD_CONJUNCTION) && attribution_is_coordinated(f, row, c))
        for (uint32_t at = k - 1; at > 1 && row->symbols[at] != SYMBOL_COMMA; at--)      /* "Roe, who left and has said ...," */
            if (row->symbols[at - 2] == SYMBOL_COMMA && chunk_is(f, row, at - 1, f->by->who) && at >= 3 &&
                (uint32_t)c->source == at - 3)
                return true;
    return k > 1 && chunk_has(f, row, k - 1, WORD_RELATIVE) && row->symbols[k - 2] == SYMBOL_COMMA;
}

/* "the man who says the pact is dead": right behind it, with a comma or none */
static bool is_who_clause(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    return attribution_verb(f, row, c) && c->source >= 0 && (uint32_t)c->source + 1 < k && row->chunks[k - 1].mention < 0 &&
           chunk_has(f, row, k - 1, WORD_RELATIVE);
}

/* "While Roe said the pact was dead, others signed it" */
static bool is_subordinate(const Finder *f, const Row *row, const Candidate *c)
{
    return c->source >= 1 && c->source <= 2 && (uint32_t)c->source <= c->cue_from && chunk_in(f, row, 0, f->by->subordinators);
}

/* "The war began, and when Roe said the pact was dead, it spread" */
static bool is_inner_subordinate(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 2 || (uint32_t)c->source > c->cue_from)
        return false;
    uint32_t at = (uint32_t)c->source - 1;
    return row->chunks[at].mention < 0 && chunk_in(f, row, at, f->by->subordinators) &&
           (row->symbols[at - 1] == SYMBOL_COMMA || (row->chunks[at - 1].mention < 0 && chunk_has(f, row, at - 1, WORD_CONJUNCTION)));
}

/* 'a "nice thing,"': a comma stands inside the marks. */
static bool ends_quoted(const Finder *f, const Row *row, uint32_t at)
{
    return row->chunks[at].quote >= 0 && is_mark(f, attribution_quote_range(f, row, at).end - 1, ",");
}

/* "in what Roe called a farce, the council left": a name for a thing, and no more of the sentence. */
static bool is_free_relative(const Finder *f, const Row *row, const Candidate *c)
{
    return c->source >= 1 && (uint32_t)c->source < c->cue_from && row->chunks[c->source - 1].mention < 0 &&
           chunk_is(f, row, (uint32_t)c->source - 1, f->by->what);
}

/* "said that if the plan failed, it expects ...": the content is not over at the comma. */
static bool opens_with_condition(const Finder *f, const Row *row, uint32_t from, uint32_t comma)
{
    from += row->symbols[from] == SYMBOL_COMMA;
    bool opens = row->chunks[from].mention < 0 && row->chunks[from].quote < 0 && chunk_has(f, row, from, WORD_CONJUNCTION);
    opens |= row->chunks[from].quote < 0 && chunk_ends_in(f, row, from, "ing") && !attribution_is_clause(f, row, from, comma);
    for (uint32_t k = from; opens && k < comma; k++)
        opens = row->symbols[k] != SYMBOL_COMMA;
    return opens;
}

/* "held", "joined" behind a conjunction: what the speaker did next.  Not "the attacks and killed soldiers". */
static bool is_past_verb(const Finder *f, const Row *row, uint32_t at)
{
    uint32_t token = row->chunks[at].first;
    if (row->chunks[at].mention >= 0 || row->chunks[at].quote >= 0)
        return false;
    const VerbForm *form = row->chunks[at].verb >= 0 ? &f->rules->verb_forms[row->chunks[at].verb] : NULL;
    if (form)
        return form->tense == VERB_PAST || form->tense == VERB_S;
    bool adjective = at + 1 < row->len && row->symbols[at + 1] == f->by->source && !is_capital(f, row->chunks[at + 1].first) &&
                     !chunk_has(f, row, at + 1, WORD_DETERMINER | WORD_PRONOUN);       /* "and increased sales" */
    return hits_list_at(f->hits, token, f->by->perfects) || hits_list_at(f->hits, token, f->by->pasts) ||
           (ends_in(f, token, "ed") && !adjective);
}

/* "Rebels said they had won and an army spokesman said ...": who speaks there has not been named yet. */
static bool is_other_speaker(const Finder *f, const Row *row, const Candidate *own, const Candidate *c)
{
    if (c->source < 0 || own->source < 0 || c->mute)
        return false;
    const Mention *m = attribution_source(f, row, c);
    return m->kind == MENTION_ROLE && hits_list_at(f->hits, m->first, f->by->indefinite_articles);
}

/* "accuses Norland of theft and wants it back": of the same tense, with an object of its own. */
static bool is_present_verb(const Finder *f, const Row *row, const Candidate *own, uint32_t at)
{
    const VerbForm *form = attribution_verb(f, row, own);
    return form && form->tense == VERB_S && at + 1 < row->len && row->chunks[at].mention < 0 && chunk_has(f, row, at, WORD_VERB) &&
           chunk_ends_in(f, row, at, "s") && row->symbols[at + 1] == f->by->source;
}

/* "described the swap, in which boats change hands, as an option": what the thing is called, and no clause; in marks or not. */
static bool is_predicate_as(const Finder *f, const Row *row, uint32_t at, uint32_t end)
{
    for (uint32_t k = at + 1; k < end; k++)
        if (row->chunks[k].quote >= 0)
            end = k;
    return at + 1 < row->len && chunk_is(f, row, at, f->by->as) && chunk_has(f, row, at + 1, WORD_DETERMINER) &&
           !attribution_is_clause(f, row, at + 1, end);
}

static bool has_speaker(const Finder *f, const Row *row, uint32_t at)
{
    return row->chunks[at].mention >= 0 && f->map->mentions.ptr[row->chunks[at].mention].kind != MENTION_OTHER;
}

/*
 * "..., a person close to the council said on Monday": the verb at `at` ends its sentence, and its subject stands alone
 * between it and a comma.  Where the subject begins; `at` itself when it is none of these.
 */
static uint32_t trailing_subject(const Finder *f, const Row *row, uint32_t from, uint32_t at)
{
    enum { REACH = 6 };
    const VerbForm *form = row->chunks[at].verb >= 0 ? &f->rules->verb_forms[row->chunks[at].verb] : NULL;
    if (!form || form->tense != VERB_PAST)
        return at;
    uint32_t behind = at + 1;
    while (behind < row->len && (row->symbols[behind] == f->by->date || row->symbols[behind] == f->by->pp))
        behind++;
    if (behind < row->len && row->symbols[behind] != SYMBOL_STOP && row->symbols[behind] != SYMBOL_COMMA)
        return at;
    for (uint32_t k = at; k > from + 1 && at - k < REACH; k--) {
        if (row->symbols[k - 1] == SYMBOL_COMMA)
            return row->symbols[k] == f->by->source && has_speaker(f, row, k) ? k : at;
        const Chunk *chunk = &row->chunks[k - 1];
        if (chunk->verb >= 0 || chunk->quote >= 0 || has(f, chunk->first, WORD_CONJUNCTION | WORD_RELATIVE | WORD_AUXILIARY | WORD_COPULA))
            break;
    }
    return at;
}

/*
 * Is it a clause, or may it be one: a word that may be its verb behind a phrase ("the firm intends to"), two phrases side
 * by side ("the company owed" "nine dollars"), a pronoun in front of more words?
 */
static bool may_be_clause(const Finder *f, const Row *row, uint32_t from, uint32_t end)
{
    bool verb = attribution_is_clause(f, row, from, end);
    for (uint32_t k = from + 1; !verb && k < end; k++) {
        uint32_t token = row->chunks[k].first;
        WordId word = tok(f, token)->word;
        const Mention *before = chunk_mention(f, row, k - 1);
        if (row->chunks[k].mention >= 0)
            verb = before && row->symbols[k] == f->by->source;
        else
            verb = before && tok(f, token)->kind == TOKEN_WORD && !(word && word == f->by->to) &&
                   !has(f, token, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_ADVERB) && row->chunks[k].day < 0;
        verb |= before && before->kind == MENTION_PRONOUN && row->symbols[k - 1] == f->by->source;
    }
    return verb;
}

/* The first comma, or the end: "denied the claims, which ..." */
static uint32_t end_of_thing(const Row *row, uint32_t from, uint32_t end)
{
    while (from < end && row->symbols[from] != SYMBOL_COMMA)
        from++;
    return from;
}

/* "urged the crew to leave on Friday": the day is that of the deed. */
static bool has_infinitive(const Finder *f, const Row *row, uint32_t from, uint32_t end)
{
    for (uint32_t k = from; k < end; k++)
        if (chunk_is(f, row, k, f->by->to) && row->chunks[k].mention < 0)
            return true;
    return false;
}

/* "during the debate", "in his speech", "on Twitter": where the speaker said it. */
static bool is_stage(const Finder *f, const Row *row, uint32_t at)
{
    const Chunk *chunk = &row->chunks[at];
    bool stage = chunk_is(f, row, at, f->by->during);
    for (uint32_t k = chunk->first; k < chunk->end && row->symbols[at] == f->by->pp && !stage; k++)
        stage = hits_list_at(f->hits, k, f->by->scenes) || hits_list_at(f->hits, k, f->by->platforms) || hits_list_at(f->hits, k, f->by->airings);
    return stage;
}

/* "criticized the plan [on Friday at a rally in Oslo]": where what is told of the speaker begins, and goes on to the end. */
static uint32_t setting_start(const Finder *f, const Row *row, uint32_t from, uint32_t end)
{
    uint32_t start = end;
    for (uint32_t k = end; k > from + 1; k--) {
        Symbol symbol = row->symbols[k - 1];
        bool told = row->chunks[k - 1].day >= 0 || is_stage(f, row, k - 1);
        if (!told && symbol != f->by->pp && symbol != f->by->adverb)
            break;
        start = told ? k - 1 : start;
    }
    return start;
}

static bool has_symbol(const Row *row, uint32_t from, uint32_t end, Symbol symbol)
{
    while (from < end && row->symbols[from] != symbol)
        from++;
    return from < end;
}

/*
 * Behind a thing: "promised to cut taxes - but the bill does not", "left the candidate and the committee has cut ties",
 * "denied the charges, which few had heard".  Where the reporter's own clause begins; `end` when none does.
 */
static uint32_t end_before_clause(const Finder *f, const Row *row, uint32_t from, uint32_t end)
{
    bool inner = false;
    for (uint32_t k = from + 1; k + 2 < end; k++) {
        /* "fears that Roe and her party were ..." */
        inner |= row->chunks[k].mention < 0 && chunk_has(f, row, k, WORD_RELATIVE) && row->symbols[k - 1] != SYMBOL_COMMA;
        bool dash = row->symbols[k] == SYMBOL_DASH && chunk_is(f, row, k + 1, f->by->but) &&
                    row->symbols[k + 2] == f->by->source && !has_symbol(row, k + 1, end, SYMBOL_DASH);
        bool relative = row->symbols[k] == SYMBOL_COMMA && attribution_opens_relative(f, row, k + 1) &&
                        !has_symbol(row, k + 1, end, SYMBOL_COMMA);
        bool joined = row->chunks[k].mention < 0 && chunk_is(f, row, k, f->by->and_) && row->symbols[k + 1] == f->by->source &&
                      row->chunks[k + 2].mention < 0 && !attribution_is_clause(f, row, from, k) &&
                      (is_past_verb(f, row, k + 2) || (chunk_has(f, row, k + 2, WORD_COPULA | WORD_AUXILIARY) && !attribution_ends_in_ing(f, row, k + 2)));
        if (dash || (!inner && (relative || joined)))
            return k;
    }
    return end;
}

/*
 * Where content that starts at chunk `from` ends: before the next clause of saying that is joined to it, before a
 * participle of the reporter's ("contradicting ..."), before "according to" or an aside; at most at `limit`.
 */
static uint32_t content_end(const Finder *f, const Row *row, const Candidates *all, const Candidate *own, uint32_t from, uint32_t limit)
{
    uint32_t end = limit;
    const VerbForm *form = attribution_verb(f, row, own);
    bool thing = attribution_is_judgement(f, row, own) || (form && f->rules->verbs[form->verb].effect == VERB_DENY);
    bool aside = own->cue_from > 0 && ((form && form->tense == VERB_ING && row->symbols[own->cue_from - 1] == SYMBOL_COMMA) || is_relative(f, row, own));
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        if (c == own || c->cue_from < from || c->cue_from >= end)
            continue;
        const VerbForm *verb = attribution_verb(f, row, c);
        uint32_t group = attribution_verb_group(f, row, c->cue_from);
        if (aside && c->source == own->source && (uint32_t)c->source < from && group > from + 1 && row->symbols[group - 1] == SYMBOL_COMMA) {
            end = group - 1;         /* "Roe, citing two spies, said" */
            continue;
        }
        bool participle = verb && verb->tense == VERB_ING && !chunk_is(f, row, c->cue_from - 1, f->by->as);      /* "was quoted as saying" */
        bool coordinated = attribution_is_coordinated(f, row, c);
        uint32_t k = (participle && !attribution_is_absolute(f, row, c)) || coordinated ? c->cue_from : clause_start(c);
        if (k <= from)
            continue;
        for (uint32_t at = k; !participle && !coordinated && at > from &&
             (row->symbols[at - 1] == f->by->date || row->symbols[at - 1] == f->by->adverb); at--)
            if (at >= 2 && chunk_has(f, row, at - 2, WORD_CONJUNCTION) && row->chunks[at - 2].mention < 0)
                k = at - 1;          /* ", and last week the ministry said" */
        bool joined = false;
        if (participle) {
            if (chunk_has(f, row, k - 1, WORD_CONJUNCTION) && k - 1 > from)
                k--;                 /* ", while acknowledging" */
            joined = row->symbols[k - 1] == SYMBOL_COMMA || row->symbols[k - 1] == SYMBOL_DASH || ends_quoted(f, row, k - 1);
        } else if (coordinated) {
            while (k > from && !chunk_has(f, row, k - 1, WORD_CONJUNCTION))
                k--;
            joined = k > from + 1;
            k -= joined;
        } else {
            const Token *before = tok(f, row->chunks[k - 1].first);
            bool conjunction = chunk_has(f, row, k - 1, WORD_CONJUNCTION) && before->word != f->by->that;
            bool comma = row->symbols[k - 1] == SYMBOL_COMMA || ends_quoted(f, row, k - 1);
            if (conjunction && k >= 2 && k - 1 > from) {
                joined = row->symbols[k - 2] == SYMBOL_COMMA || row->symbols[k - 2] == SYMBOL_SEMICOLON || before->word == f->by->but ||
                         before->word == f->by->while_ ||
                         (before->word == f->by->and_ && (thing ? !attribution_is_clause(f, row, from, k - 1)
                                                                : is_other_speaker(f, row, own, c)));
                k--;
            } else if (comma || row->symbols[k - 1] == SYMBOL_SEMICOLON) {
                bool own_words = c->has_content && c->content_from >= c->cue_to && !chunk_is(f, row, c->content_from, f->by->by);
                joined = !own_words || !opens_with_condition(f, row, from, k - 1);
            }
        }
        if (joined) {
            while (k > from && (row->symbols[k - 1] == SYMBOL_COMMA ||
                                row->symbols[k - 1] == SYMBOL_SEMICOLON || row->symbols[k - 1] == SYMBOL_DASH))
                k--;
            if (k > from && k < end)
                end = k;
        }
    }
    for (uint32_t k = from + 2; k < end; k++) {
        uint32_t subject = trailing_subject(f, row, from, k);
        end = subject < k ? subject : end;
    }
    for (uint32_t k = from + 1; k < end; k++) {
        uint32_t token = row->chunks[k].first;
        bool behind_comma = row->symbols[k - 1] == SYMBOL_COMMA || row->symbols[k - 1] == SYMBOL_DASH;
        for (uint32_t at = k; behind_comma && row->symbols[k - 1] == SYMBOL_DASH && at < end; at++)
            behind_comma = row->symbols[at] != SYMBOL_DASH;          /* "the plan -- a move Moe fears -- is dead" */
        if ((behind_comma && hits_list_at(f->hits, token, f->by->participles)) || hits_list_at(f->hits, token, f->by->asides) ||
            (behind_comma && is_word(f, token, f->by->according))) {
            end = k;
            break;
        }
    }
    bool denies = thing && !attribution_is_judgement(f, row, own) && !attribution_is_clause(f, row, from, end_of_thing(row, from, end));
    if (denies || attribution_is_judgement(f, row, own))
        for (uint32_t k = from + 1; k + 1 < end; k++) {
            WordId word = tok(f, row->chunks[k + 1].first)->word;
            if (chunk_has(f, row, k + 1, WORD_CONJUNCTION) && row->chunks[k + 1].mention < 0 && !attribution_ends_in_ing(f, row, k + 2) &&
                !is_predicate_as(f, row, k + 1, end) && (!denies || (word && (word == f->by->and_ || word == f->by->but)))) {
                /* "welcomed the plan, and the boats came home"; 'called it "a nice thing," but left' */
                bool quoted = row->chunks[k].quote >= 0 && is_mark(f, attribution_quote_range(f, row, k).end - 1, ",.?!");
                end = row->symbols[k] == SYMBOL_COMMA ? k : quoted ? k + 1 : end;
            }
        }
    if (denies || attribution_is_judgement(f, row, own))
        end = end_before_clause(f, row, from, end);
    bool clausal = attribution_follows_that(f, row, from) || chunk_in(f, row, own->cue_from, f->by->clause_verbs);
    for (uint32_t k = from + 1; form && k + 1 < end; k++)
        if (row->symbols[k] == SYMBOL_SEMICOLON && row->symbols[k + 1] == f->by->source && chunk_has(f, row, k + 1, WORD_PRONOUN) &&
            !clausal && !may_be_clause(f, row, from, k))
            end = k;                 /* "proposes a tax on salmon; she wants none" */
    for (uint32_t k = from + 1; form && k + 1 < end; k++)
        if (row->chunks[k].mention < 0 && (chunk_is(f, row, k, f->by->and_) || chunk_is(f, row, k, f->by->but)) &&
            (thing || !(clausal || may_be_clause(f, row, from, k)))) {
            uint32_t next = k + 1 + (row->symbols[k + 1] == f->by->adverb && k + 2 < end);
            if (is_past_verb(f, row, next) || is_present_verb(f, row, own, next)) {
                end = k;             /* "expressed hope for the talks and then held off" */
                break;
            }
        }
    if (form)
        for (uint32_t k = from + 1; k + 2 < end; k++)
            if (row->symbols[k] == SYMBOL_COMMA && chunk_is(f, row, k + 1, f->by->while_) &&
                row->symbols[k + 2] == f->by->source && !attribution_is_clause(f, row, from, k))
                end = k;             /* "welcomed the plan, while the union fell silent" */
    for (uint32_t k = from + 1; form && k + 2 < end; k++)
        if (row->symbols[k] == SYMBOL_COMMA) {
            const Chunk *next = &row->chunks[k + 2];
            bool pronoun = next->mention >= 0 && f->map->mentions.ptr[next->mention].kind == MENTION_PRONOUN;
            if (pronoun && chunk_is(f, row, k + 1, f->by->but) && !may_be_clause(f, row, from, k))
                end = k;             /* "proposed a tax, but it brought nothing" */
        }
    if (is_relative(f, row, own) || (is_subordinate(f, row, own) && row->symbols[from] != SYMBOL_COMMA && row->symbols[from - 1] != SYMBOL_COMMA))
        for (uint32_t k = from + 1; k < end; k++)
            if (row->symbols[k] == SYMBOL_COMMA)
                end = k;
    for (uint32_t k = from + 1; is_who_clause(f, row, own) && k + 1 < end; k++) {
        bool main_verb = row->symbols[k] == SYMBOL_COMMA &&          /* "..., left on Monday"; "... and who left" */
                         (is_past_verb(f, row, k + 1) || (row->chunks[k + 1].mention < 0 && chunk_has(f, row, k + 1, WORD_COPULA | WORD_AUXILIARY)));
        if (main_verb || (chunk_is(f, row, k, f->by->and_) && chunk_is(f, row, k + 1, f->by->who)))
            end = k;
    }
    if (attribution_is_judgement(f, row, own) && is_free_relative(f, row, own))
        for (uint32_t k = from; k + 1 < end; k++)
            if ((row->symbols[k + 1] == SYMBOL_COMMA && !(tok(f, row->chunks[k + 1].first)->flags & TOKEN_QUOTED)) || ends_quoted(f, row, k) ||
                (row->chunks[k].quote >= 0 && row->symbols[k + 1] != f->by->source && row->symbols[k + 1] != f->by->pp))
                end = k + 1;
    for (uint32_t k = from + 1; is_inner_subordinate(f, row, own) && k + 1 < end; k++)
        if (row->symbols[k] == SYMBOL_COMMA && row->symbols[k + 1] == f->by->source && attribution_is_clause(f, row, k + 1, end))
            end = k;
    while (end > from && (row->symbols[end - 1] == SYMBOL_STOP || row->symbols[end - 1] == SYMBOL_COMMA ||
                          row->symbols[end - 1] == SYMBOL_SEMICOLON ||
                          row->symbols[end - 1] == SYMBOL_DASH || row->symbols[end - 1] == SYMBOL_COLON))
        end--;
    bool one_word = row->chunks[own->cue_from].end == row->chunks[own->cue_from].first + 1;      /* not "warned of" */
    bool bare = one_word && attribution_is_judgement(f, row, own) && !has_infinitive(f, row, from, end) && !attribution_is_clause(f, row, from, end);
    uint32_t start = bare ? setting_start(f, row, from, end) : end;
    bool enough = start < end && count_words(f, row->chunks[from].first, row->chunks[start - 1].end) >= 2 &&
                  (row->chunks[start - 1].mention >= 0 || row->chunks[start - 1].quote >= 0);
    return enough ? start : end;
}

Range attribution_quote_range(const Finder *f, const Row *row, uint32_t chunk)
{
    const Quote *q = &f->text->quotes[row->chunks[chunk].quote];
    uint32_t end = q->close < row->end ? q->close : row->end;
    return (Range){ q->open + 1, end };
}

/* The quotation's own end mark: "dead." ends a sentence, "dead" does not. */
static bool quote_is_open_ended(const Finder *f, const Row *row, uint32_t chunk)
{
    Range r = attribution_quote_range(f, row, chunk);
    bool ends = r.end > r.first && is_mark(f, r.end - 1, ".,?!");
    if (ends || chunk + 1 >= row->len)
        return false;
    Symbol next = row->symbols[chunk + 1];
    return next != SYMBOL_COMMA && next != SYMBOL_STOP && next != SYMBOL_SEMICOLON && next != SYMBOL_COLON && next != SYMBOL_DASH;
}

static bool is_cue_chunk(const Row *row, uint32_t at)
{
    return row->chunks[at].verb >= 0;
}

/* Does a quotation stand for itself, or is it the end of the reporter's sentence ("likely to be 'overrun,'")? */
static bool opens_clause(const Finder *f, const Row *row, uint32_t quote)
{
    if (quote == 0)
        return true;
    Symbol before = row->symbols[quote - 1];
    return before == SYMBOL_COMMA || before == SYMBOL_COLON || before == SYMBOL_STOP || before == SYMBOL_DASH || before == f->by->quote ||
           before == SYMBOL_ELLIPSIS || before == SYMBOL_SEMICOLON;
}

/* The second half of a split quotation: "X," he said, "Y." */
static int32_t split_quote(const Finder *f, const Row *row, const Candidates *all, const Candidate *own)
{
    enum { REACH = 24 };
    for (uint32_t k = own->to; k < row->len && k < own->to + REACH; k++) {
        for (size_t i = 0; i < all->len; i++)
            if (&all->ptr[i] != own && all->ptr[i].cue_from == k)
                return -1;
        if (row->symbols[k] == f->by->quote) {
            Str before = str_slice(f->text->text, tok(f, row->chunks[k].first - 1)->span);
            bool stops = str_ends(before, STR(".")) || chunk_has(f, row, k - 1, WORD_CONJUNCTION);       /* "of Reno, Nev." */
            if (k > own->to && !stops && !opens_clause(f, row, k))
                return -1;           /* '"No," he said, meaning the "deal of the age"' */
            for (size_t i = 0; i < all->len; i++)
                if (&all->ptr[i] != own && all->ptr[i].quote == (int32_t)k)
                    return -1;
            return (int32_t)k;
        }
        if (row->symbols[k] == SYMBOL_STOP)
            return -1;
    }
    return -1;
}

/* Does a quotation stand for itself: with a cue of its own, or with its own full stop? */
static bool is_whole_quote(const Finder *f, const Row *row, const Candidates *all, uint32_t chunk)
{
    for (size_t i = 0; i < all->len; i++)
        if (all->ptr[i].quote == (int32_t)chunk)
            return true;
    Range r = attribution_quote_range(f, row, chunk);
    return is_mark(f, r.end - 1, ".?!") && !quote_is_open_ended(f, row, chunk);
}

/* Where content that stands before its cue begins: behind the last attribution of the same kind, else at the row's start. */
static uint32_t content_start(const Finder *f, const Row *row, const Candidates *all, const Candidate *own, uint32_t to)
{
    uint32_t from = 0;
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        bool behind = c->has_content && c->content_from >= c->cue_to;
        if (c != own && !behind && c->to > from && c->to < to)
            from = c->to;            /* "X, she said, and Y, he said" */
    }
    while (from < to && (row->symbols[from] == SYMBOL_COMMA || row->symbols[from] == SYMBOL_STOP ||
                         (row->symbols[from] == f->by->quote && is_whole_quote(f, row, all, from))))
        from++;
    return from < to ? from : to;
}

/* "The price, she said, is ...", "The price, according to the owner, is ...": what stands in front of the aside. */
static bool front_half(const Finder *f, const Row *row, const Candidates *all, const Candidate *c, Range *out)
{
    uint32_t from = c->content_from, lead = attribution_verb(f, row, c) && c->source >= 0 ? (uint32_t)c->source : c->cue_from;
    if (lead == 0 || lead >= from || attribution_follows_that(f, row, from) || row->symbols[lead - 1] != SYMBOL_COMMA ||
        (row->symbols[from] != SYMBOL_COMMA && row->symbols[from - 1] != SYMBOL_COMMA))
        return false;
    uint32_t first = content_start(f, row, all, c, lead - 1);
    bool that = chunk_is(f, row, c->cue_to, f->by->that);            /* "Asked again, he said that, ..." */
    if (that || first >= lead - 1 || attribution_is_frame(f, row, first, lead - 1) ||
        chunk_has(f, row, lead - 2, WORD_RELATIVE | WORD_CONJUNCTION))
        return false;
    *out = attribution_chunk_range(row, first, lead - 1);
    return true;
}

/* "For the nine weeks ended in May, it said sales fell": what the words hold for, and no frame of the saying. */
static bool front_qualifier(const Finder *f, const Row *row, const Candidate *c, Range *out)
{
    uint32_t lead = attribution_verb(f, row, c) && c->source >= 0 ? (uint32_t)c->source : 0;
    if (lead < 2 || lead >= c->cue_from || row->symbols[lead - 1] != SYMBOL_COMMA || !chunk_in(f, row, 0, f->by->qualifiers))
        return false;
    for (uint32_t k = 0; k < lead; k++)
        if (row->chunks[k].verb >= 0 || row->chunks[k].quote >= 0)
            return false;
    *out = attribution_chunk_range(row, 0, lead - 1);
    return true;
}

/* "a deal that Roe says is dead", "a deal, which Roe says is dead,": what is dead; false when nothing is missing. */
static bool head_of_gap(const Finder *f, const Row *row, const Candidate *c, Range *out)
{
    uint32_t group = attribution_verb_group(f, row, c->cue_from), first = row->chunks[c->content_from].first;
    if (!attribution_verb(f, row, c) || attribution_is_judgement(f, row, c) || c->source < 2 ||
        (uint32_t)c->source + 1 != group || c->content_from != c->cue_to)
        return false;
    bool finite = has(f, first, WORD_COPULA | WORD_AUXILIARY);
    bool bare = finite && row->chunks[c->source - 1].mention >= 0;         /* "the boat they say had sunk" */
    bool past = row->chunks[c->content_from].end == first + 1 && ends_in(f, first, "ed");
    bool relative = chunk_has(f, row, (uint32_t)c->source - 1, WORD_RELATIVE) && (past || row->chunks[c->content_from].mention < 0) &&
                    (finite || past || has(f, first, WORD_VERB) || is_word(f, first, f->by->to));
    if (!relative && !bare)
        return false;
    uint32_t head = (uint32_t)c->source - 1 - relative;
    head -= row->symbols[head] == SYMBOL_COMMA && head > 0;
    int32_t mention = row->chunks[head].mention;
    if (mention < 0)
        return false;
    *out = (Range){ f->map->mentions.ptr[mention].first, f->map->mentions.ptr[mention].end };
    return true;
}

bool attribution_content(const Finder *f, const Row *row, const Candidates *all, const Candidate *c, Ranges *ranges)
{
    *ranges = (Ranges){ 0 };
    if (c->quote >= 0) {
        uint32_t quote = (uint32_t)c->quote;
        if (quote >= c->cue_to && quote_is_open_ended(f, row, quote)) {
            uint32_t end = content_end(f, row, all, c, quote, (uint32_t)row->len);
            end = end > quote ? end : quote + 1;
            LIST_PUSH(f->arena, ranges, attribution_chunk_range(row, quote, end));
            return true;
        }
        if (quote < c->cue_from && !opens_clause(f, row, quote)) {
            LIST_PUSH(f->arena, ranges, ((Range){ row->chunks[content_start(f, row, all, c, quote)].first,
                                                 attribution_quote_range(f, row, quote).end }));
            return true;
        }
        uint32_t front = quote < c->cue_from && quote > 1 && row->symbols[quote - 1] == SYMBOL_COMMA
                         ? content_start(f, row, all, c, quote - 1) : quote;
        if (front + 1 < quote && !attribution_is_frame(f, row, front, quote - 1) && !attribution_is_clause(f, row, front, quote - 1))
            LIST_PUSH(f->arena, ranges, attribution_chunk_range(row, front, quote - 1));
        LIST_PUSH(f->arena, ranges, attribution_quote_range(f, row, quote));
        int32_t more = split_quote(f, row, all, c);
        if (more >= 0)
            LIST_PUSH(f->arena, ranges, attribution_quote_range(f, row, (uint32_t)more));
        return true;
    }
    if (!c->has_content)
        return false;
    uint32_t from = c->content_from, to = c->content_to;
    if (from >= c->cue_to) {
        uint32_t end = content_end(f, row, all, c, from, to);
        Range front;
        if (end <= from || count_words(f, row->chunks[from].first, row->chunks[end - 1].end) < 2 ||
            (end == from + 1 && row->symbols[from] == f->by->date))
            return false;
        if (front_half(f, row, all, c, &front) || front_qualifier(f, row, c, &front) || head_of_gap(f, row, c, &front))
            LIST_PUSH(f->arena, ranges, front);
        LIST_PUSH(f->arena, ranges, attribution_chunk_range(row, from, end));
        return true;
    }
    from = content_start(f, row, all, c, to);
    while (from < to && (row->symbols[from] == SYMBOL_COMMA || row->symbols[from] == SYMBOL_STOP))
        from++;
    while (to > from && (row->symbols[to - 1] == SYMBOL_COMMA || row->symbols[to - 1] == SYMBOL_DASH))
        to--;
    if (to <= from)
        return false;
    LIST_PUSH(f->arena, ranges, attribution_chunk_range(row, from, to));
    /* ", he said, " in the middle: what follows goes on; behind ", said Roe," only the verb that the words lack. */
    bool goes_on = c->source < (int32_t)c->cue_from ||
                   (attribution_verb(f, row, c) && c->to + 1 < row->len &&
                    attribution_is_finite(f, row, c->to + 1) && !attribution_is_clause(f, row, from, to));
    uint32_t behind = c->to;
    while (goes_on && behind < row->len && (row->symbols[behind] == f->by->pp || row->symbols[behind] == f->by->date))
        behind++;                    /* "The talks, he said in Oslo on Monday, failed" */
    bool late = behind > c->to && behind + 1 < row->len && !attribution_is_finite(f, row, behind + 1);
    if (goes_on && !late && behind + 2 < row->len && row->symbols[behind] == SYMBOL_COMMA) {
        uint32_t next = behind + 1;
        uint32_t end = content_end(f, row, all, c, next, (uint32_t)row->len);
        bool cue_next = is_cue_chunk(row, next);
        for (size_t i = 0; i < all->len; i++)
            cue_next |= &all->ptr[i] != c && all->ptr[i].cue_from >= next && clause_start(&all->ptr[i]) <= next + 1;
        if (!cue_next && end > next + 1 && count_words(f, row->chunks[next].first, row->chunks[end - 1].end) >= 2 &&
            !chunk_has(f, row, next, WORD_RELATIVE))
            LIST_PUSH(f->arena, ranges, attribution_chunk_range(row, next, end));
    }
    /* "The talks, he said, failed": two words in front are enough when more follows. */
    return ranges->len > 1 || count_words(f, row->chunks[from].first, row->chunks[to - 1].end) >= 3;
}
