#include "extract/attribution_internal.h"

/*
 * Is a quotation somebody's speech?  Not a title ("Meet the Press"), a nickname or a word in doubtful use: those
 * are short, and neither end like a sentence nor stand beside a comma of their own.
 */
static bool is_speech(const Finder *f, const Quote *quote)
{
    uint32_t first = quote->open + 1, end = quote->close;
    size_t words = count_words(f, first, end);
    if (words == 0 || quote->outer >= 0)
        return false;
    if (quote->single && words < 3)
        return false;
    bool ends = end > first && is_mark(f, end - 1, ".,?!~-");
    bool follows_comma = quote->open > 0 && is_mark(f, quote->open - 1, ",:");
    size_t capitals = 0;
    for (uint32_t i = first; i < end; i++)
        capitals += tok(f, i)->kind == TOKEN_WORD && (is_capital(f, i) || tok(f, i)->span.to - tok(f, i)->span.from <= 3);
    bool title = words <= 6 && capitals == words &&
                 quote->open > 0 && (has(f, quote->open - 1, WORD_PREPOSITION | WORD_DETERMINER) ||
                                     (tok(f, quote->open - 1)->flags & TOKEN_POSSESSIVE) ||
                                     is_capital(f, quote->open - 1));
    if (title && !follows_comma)
        return false;
    return ends || words >= 4 || (follows_comma && words >= 2);
}

/* The cue that starts at a token: the longest form, of several verbs the first by name. */
static const Hit *cue_hit(const Finder *f, uint32_t at)
{
    const Hit *best = NULL;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit->kind != LEXICON_VERB)
            continue;
        const VerbForm *form = &f->rules->verb_forms[hit->id];
        if (!best || hit->words > best->words ||
            (hit->words == best->words && str_compare(f->rules->verbs[form->verb].name,
                                                      f->rules->verbs[f->rules->verb_forms[best->id].verb].name) < 0))
            best = hit;
    }
    return best;
}

static void row_push(const Finder *f, Row *row, Chunk chunk, Symbol symbol)
{
    if (row->len == row->cap) {
        size_t cap = row->cap ? row->cap * 2 : 64;
        Chunk *chunks = ARENA_ARRAY(f->arena, Chunk, cap);
        Symbol *symbols = ARENA_ARRAY(f->arena, Symbol, cap);
        if (row->len) {
            memcpy(chunks, row->chunks, row->len * sizeof *chunks);
            memcpy(symbols, row->symbols, row->len * sizeof *symbols);
        }
        row->chunks = chunks;
        row->symbols = symbols;
        row->cap = cap;
    }
    row->chunks[row->len] = chunk;
    row->symbols[row->len++] = symbol;
}

/* Where a phrase behind a preposition ends: "the council | meeting", whose last word may be a verb elsewhere. */
static uint32_t thing_end(const Finder *f, int32_t mention)
{
    uint32_t end = f->map->mentions.ptr[mention].end;
    return end < f->text->n_tokens && f->map->at[end] < 0 && hits_list_at(f->hits, end, f->by->scenes) &&
           has(f, end, WORD_VERB) ? end + 1 : end;
}

/* "since Roe abruptly announced": behind some prepositions a whole clause may stand. */
static bool opens_clause_of_time(const Finder *f, uint32_t at, int32_t mention)
{
    uint32_t verb = thing_end(f, mention);
    while (has(f, verb, WORD_ADVERB | WORD_AUXILIARY))
        verb++;
    return hits_list_at(f->hits, at, f->by->clause_openers) && has(f, verb, WORD_CUE | WORD_VERB | WORD_COPULA);
}

/* "Roe in remarks before the vote Wednesday said": a conjunction in front of no speaker, a day and a cue is a preposition. */
static bool opens_phrase_of_time(const Finder *f, uint32_t at)
{
    int32_t mention = at + 1 < f->text->n_tokens ? f->map->at[at + 1] : -1;
    if (mention < 0 || !hits_list_at(f->hits, at, f->by->clause_openers))
        return false;
    const Mention *thing = &f->map->mentions.ptr[mention];
    uint32_t end = thing_end(f, mention);
    int32_t day = end < f->text->n_tokens ? f->day_at[end] : -1;
    return day >= 0 && has(f, f->map->days.ptr[day].end, WORD_CUE) && (thing->kind == MENTION_OTHER || end > thing->end);
}

/* A preposition and its phrase are one: "in Brussels", "to reporters". */
static bool opens_place(const Finder *f, uint32_t at)
{
    if (is_mark(f, at - 1, ">") && is_word(f, at, f->by->of) && at + 1 < f->text->n_tokens && f->map->at[at + 1] >= 0)
        return true;                 /* "<Zorvan Ltd> of Norland" */
    int32_t quote = at + 1 < f->text->n_tokens ? f->quote_at[at + 1] : -1;
    if (quote >= 0 && is_speech(f, &f->text->quotes[quote]))
        return false;
    if (!(has(f, at, WORD_PREPOSITION) || opens_phrase_of_time(f, at)) || is_word(f, at, f->by->of) ||
        is_word(f, at, f->by->by) || f->map->at[at] >= 0)
        return false;
    uint32_t next = at + 1;
    if (next < f->text->n_tokens && tok(f, next)->kind == TOKEN_QUOTE_OPEN)
        next++;                      /* on "Meet the Press" */
    if (next >= f->text->n_tokens || f->map->at[next] < 0 || opens_clause_of_time(f, at, f->map->at[next]))
        return false;
    if (at > 0 && is_word(f, at - 1, f->by->according) && is_word(f, at, f->by->to))
        return false;
    if (is_word(f, at, f->by->to))       /* "to resign" is a verb */
        return has(f, next, WORD_DETERMINER | WORD_ROLES | WORD_ROLE | WORD_PRONOUN | WORD_BODY) || is_capital(f, next);
    return true;
}

/* Where the adverb that starts at a token ends: "for his part", "in a statement" are one. */
static uint32_t adverb_phrase_end(const Finder *f, uint32_t at)
{
    uint32_t end = at;
    for (uint32_t i = f->hits->at[at]; i < f->hits->at[at + 1]; i++) {
        const Hit *hit = &f->hits->ptr[i];
        if (hit_is_of_list(hit, f->by->adverbs) && hit->end > end)
            end = hit->end;
    }
    return end;
}

static uint32_t push_token(Finder *f, Row *row, uint32_t at)
{
    const Attributor *by = f->by;
    Chunk chunk = { at, at + 1, -1, -1, -1, -1 };
    uint32_t ticker_end = mention_ticker_end(f->text, f->map, at);
    if (ticker_end > at)
        return ticker_end;
    if (is_mark(f, at, "<>"))
        return at + 1;               /* the marks around a firm's name */
    int32_t quote = f->quote_at[at];
    if (quote >= 0 && is_speech(f, &f->text->quotes[quote])) {
        const Quote *q = &f->text->quotes[quote];
        chunk.quote = quote;
        chunk.end = q->close < row->end ? q->close + !q->unclosed : row->end;
        row_push(f, row, chunk, by->quote);
        return chunk.end;
    }
    if (tok(f, at)->kind == TOKEN_QUOTE_OPEN || tok(f, at)->kind == TOKEN_QUOTE_CLOSE)
        return at + 1;               /* marks that are no speech: only their words count */
    if (f->day_at[at] >= 0) {
        const DayMention *day = &f->map->days.ptr[f->day_at[at]];
        chunk.day = f->day_at[at];
        chunk.end = day->end < row->end ? day->end : row->end;
        row_push(f, row, chunk, by->date);
        return chunk.end;
    }
    if (f->map->at[at] >= 0) {
        chunk.mention = f->map->at[at];
        uint32_t end = f->map->mentions.ptr[chunk.mention].end;
        chunk.end = end < row->end ? end : row->end;
        row_push(f, row, chunk, by->source);
        return chunk.end;
    }
    const Hit *cue = has(f, at, WORD_CUE) ? cue_hit(f, at) : NULL;
    if (cue && cue->end <= row->end) {
        const VerbForm *form = &f->rules->verb_forms[cue->id];
        chunk.verb = (int32_t)cue->id;
        chunk.end = cue->end;
        Symbol symbol = form->tense == VERB_ING ? f->rules->verbs[form->verb].ing : f->rules->verbs[form->verb].tag;
        row_push(f, row, chunk, symbol != SYMBOL_NONE ? symbol : SYMBOL_WORD);
        return chunk.end;
    }
    if (opens_place(f, at)) {
        bool marked = tok(f, at + 1)->kind == TOKEN_QUOTE_OPEN;
        chunk.mention = f->map->at[at + 1 + marked];
        uint32_t end = thing_end(f, chunk.mention);
        if (marked && end < row->end && tok(f, end)->kind == TOKEN_QUOTE_CLOSE)
            end++;
        chunk.end = end < row->end ? end : row->end;
        row_push(f, row, chunk, by->pp);
        return chunk.end;
    }
    uint32_t adverb_end = has(f, at, WORD_ADVERB) ? adverb_phrase_end(f, at) : at;
    if (adverb_end > at + 1 && adverb_end <= row->end) {
        chunk.end = adverb_end;
        row_push(f, row, chunk, by->adverb);
        return chunk.end;
    }
    Symbol symbol = has(f, at, WORD_AUXILIARY) ? by->aux
                    : has(f, at, WORD_ADVERB) && !has(f, at, WORD_PREPOSITION) ? by->adverb : SYMBOL_NONE;
    row_push(f, row, chunk, symbol != SYMBOL_NONE ? symbol : lexicon_token_symbol(f->rules->lexicon, f->text, at));
    return at + 1;
}

void attribution_build_row(Finder *f, Row *row)
{
    row->len = 0;
    for (uint32_t at = row->first; at < row->end;)
        at = push_token(f, row, at);
}
