#include "extract/attribution_internal.h"

#include <stdlib.h>

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
        capitals += tok(f, i)->kind == TOKEN_WORD && ((tok(f, i)->flags & TOKEN_CAPITAL) || tok(f, i)->span.to - tok(f, i)->span.from <= 3);
    bool title = words <= 6 && capitals == words &&
                 quote->open > 0 && (has(f, quote->open - 1, WORD_PREPOSITION | WORD_DETERMINER) || (tok(f, quote->open - 1)->flags & TOKEN_POSSESSIVE) ||
                                     (tok(f, quote->open - 1)->flags & TOKEN_CAPITAL));
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
            (hit->words == best->words && str_compare(f->rules->verbs[form->verb].name, f->rules->verbs[f->rules->verb_forms[best->id].verb].name) < 0))
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
    return end < f->text->n_tokens && f->map->at[end] < 0 && hits_list_at(f->hits, end, f->by->scenes) && has(f, end, WORD_VERB) ? end + 1 : end;
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
    if (is_mark(f, at - 1, ">") && tok(f, at)->word == f->by->of && at + 1 < f->text->n_tokens && f->map->at[at + 1] >= 0)
        return true;                 /* "<Zorvan Ltd> of Norland" */
    int32_t quote = at + 1 < f->text->n_tokens ? f->quote_at[at + 1] : -1;
    if (quote >= 0 && is_speech(f, &f->text->quotes[quote]))
        return false;
    if (!(has(f, at, WORD_PREPOSITION) || opens_phrase_of_time(f, at)) || tok(f, at)->word == f->by->of || tok(f, at)->word == f->by->by || f->map->at[at] >= 0)
        return false;
    uint32_t next = at + 1;
    if (next < f->text->n_tokens && tok(f, next)->kind == TOKEN_QUOTE_OPEN)
        next++;                      /* on "Meet the Press" */
    if (next >= f->text->n_tokens || f->map->at[next] < 0 || opens_clause_of_time(f, at, f->map->at[next]))
        return false;
    if (at > 0 && tok(f, at - 1)->word == f->by->according && tok(f, at)->word == f->by->to)
        return false;
    if (tok(f, at)->word == f->by->to)       /* "to resign" is a verb */
        return has(f, next, WORD_DETERMINER | WORD_ROLES | WORD_ROLE | WORD_PRONOUN | WORD_BODY) || (tok(f, next)->flags & TOKEN_CAPITAL);
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
    Symbol symbol = has(f, at, WORD_AUXILIARY) ? by->aux : has(f, at, WORD_ADVERB) && !has(f, at, WORD_PREPOSITION) ? by->adverb : SYMBOL_NONE;
    row_push(f, row, chunk, symbol != SYMBOL_NONE ? symbol : lexicon_token_symbol(f->rules->lexicon, f->text, at));
    return at + 1;
}

void attribution_build_row(Finder *f, Row *row)
{
    row->len = 0;
    for (uint32_t at = row->first; at < row->end;)
        at = push_token(f, row, at);
}

/* ---- candidates ------------------------------------------------------------------ */

const VerbForm *attribution_verb(const Finder *f, const Row *row, const Candidate *c)
{
    int32_t verb = row->chunks[c->cue_from].verb;
    return verb >= 0 ? &f->rules->verb_forms[verb] : NULL;
}

uint32_t attribution_verb_group(const Finder *f, const Row *row, uint32_t cue)
{
    while (cue > 0 && (row->symbols[cue - 1] == f->by->aux || row->symbols[cue - 1] == f->by->adverb))
        cue--;
    return cue;
}

/* Does nothing but a conjunction stand in front of a cue and its auxiliaries? */
static bool verb_group_opens(const Finder *f, const Row *row, uint32_t cue)
{
    uint32_t k = attribution_verb_group(f, row, cue);
    return k == 0 || (k == 1 && has(f, row->chunks[0].first, WORD_CONJUNCTION));
}

static bool looks_plural(const Finder *f, const Row *row, uint32_t source)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN)
        return m->plural || has(f, m->first, WORD_I);
    Str opening = str_slice(f->text->text, tok(f, m->first)->span);
    bool one = m->end > m->first + 1 && (str_equal_nocase(opening, STR("a")) || str_equal_nocase(opening, STR("an")));
    for (uint32_t at = m->first; one && at < m->end; at++)
        one = tok(f, at)->word != f->by->of;
    if (one && !m->plural)
        return false;                /* "a status report": no verb; "a group of traders report" */
    if (m->plural)
        return true;
    static const Str groups[] = { STR_INIT("many"), STR_INIT("some"), STR_INIT("most"), STR_INIT("several"), STR_INIT("few"), STR_INIT("both"),
                                  STR_INIT("these"), STR_INIT("those") };
    for (size_t i = 0; i < BASE_COUNT(groups); i++)
        if (str_equal_nocase(opening, groups[i]))
            return true;
    Str head = str_slice(f->text->text, tok(f, m->head)->span);
    return str_ends(head, STR("s")) && !str_ends(head, STR("ss")) && !(tok(f, m->head)->flags & TOKEN_CAPITAL);
}

/* "the previously announced sale", "its reported loss": an article speaks for nobody. */
static bool is_bare_article(const Finder *f, const Mention *m)
{
    static const Str articles[] = { STR_INIT("the"), STR_INIT("a"), STR_INIT("an"), STR_INIT("its"), STR_INIT("their"), STR_INIT("his"),
                                    STR_INIT("our"), STR_INIT("my"), STR_INIT("your"), STR_INIT("no"), STR_INIT("every") };
    Str word = str_slice(f->text->text, tok(f, m->first)->span);
    for (size_t i = 0; i < BASE_COUNT(articles) && m->end == m->first + 1; i++)
        if (str_equal_nocase(word, articles[i]))
            return true;
    return false;
}

/* "Growers fear ...": a name or a plural, as the verb wants it. */
static bool opens_sentence(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    Str only = str_slice(f->text->text, tok(f, m->first)->span);
    return m->end == m->first + 1 && (tok(f, m->first)->flags & TOKEN_FIRST) && str_ends(only, STR("s")) && !attribution_is_coordinated(f, row, c);
}

/* "Analysts say it could hurt trade and threaten the port": goes on after the helping verb, and no clause follows. */
static bool goes_on_infinitive(const Finder *f, const Row *row, const Candidate *c)
{
    bool helped = false;
    for (uint32_t k = (uint32_t)c->source + 1; k < c->cue_from; k++)
        helped |= has(f, row->chunks[k].first, WORD_MODAL) || (tok(f, row->chunks[k].first)->word == f->by->to && row->chunks[k].mention < 0);
    return helped && c->quote < 0 && attribution_is_coordinated(f, row, c) && !attribution_is_clause(f, row, c->content_from, c->content_to);
}

/* "compensation claims", "renewed fears that": nouns, unless nobody uses the last as one ("research suggests"). */
static bool is_compound_noun(const Finder *f, const Row *row, const Candidate *c, const Mention *m)
{
    const Chunk *cue = &row->chunks[c->cue_from];
    bool adjective = m->end == m->first + 1 && str_ends(str_slice(f->text->text, tok(f, m->first)->span), STR("ed"));
    return m->kind == MENTION_OTHER && !has(f, m->first, WORD_DETERMINER) &&
           !(tok(f, m->first)->flags & (TOKEN_CAPITAL | TOKEN_FIRST)) &&
           !hits_list_at(f->hits, cue->first, f->by->never_nouns) && cue->end < f->text->n_tokens &&
           (adjective || tok(f, cue->end)->word != f->by->that || has(f, cue->end + 1, WORD_AUXILIARY | WORD_COPULA));
}

/* "..., with the union saying it was dead": of all phrases behind a preposition only this one brings a speaker. */
bool attribution_is_absolute(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    return form && form->tense == VERB_ING && c->source > 0 && (uint32_t)c->source < c->cue_from && row->symbols[c->source] == f->by->pp &&
           tok(f, row->chunks[c->source].first)->word == f->by->with;
}

/*
 * Do source and verb agree?  "the state support" and "swing states" hold no verb; nor does "X, Y said Z" invert.
 * What the writer or a speaker says of himself ("I think") is nobody's statement here.
 */
static bool agrees(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return true;
    uint32_t source = (uint32_t)c->source;
    const Mention *m = &f->map->mentions.ptr[row->chunks[source].mention];
    if (m->kind == MENTION_PRONOUN && has(f, m->first, WORD_I | WORD_OBJECT))
        return false;
    const VerbForm *form = attribution_verb(f, row, c);
    if (!form)
        return true;
    if (source < c->cue_from && is_bare_article(f, m))
        return false;
    if (form->tense == VERB_ING && row->symbols[source] == f->by->pp) {
        bool clause = c->quote >= 0 || !f->rules->verbs[form->verb].takes_clause || attribution_follows_that(f, row, c->content_from);
        return attribution_is_absolute(f, row, c) && clause;        /* not "with China adding 3,000 mills" */
    }
    Str head = str_slice(f->text->text, tok(f, m->first)->span);
    bool of_things = hits_list_at(f->hits, row->chunks[c->cue_from].first, f->by->thing_participles);
    if (m->kind == MENTION_OTHER && m->end == m->first + 1 && (str_ends(head, STR("ing")) || (of_things && str_ends(head, STR("ed")))) &&
        !(tok(f, m->first)->flags & TOKEN_CAPITAL))
        return false;                /* "lawyers investigating alleged fraud", "satisfied with the proposed rules" */
    if (m->possessive && form->tense == VERB_PAST && source < c->cue_from && row->symbols[source] == f->by->source)
        return false;                /* "the bank's last confirmed loss" */
    uint32_t group = attribution_verb_group(f, row, c->cue_from);
    int32_t owner = source < c->cue_from && group > 0 ? row->chunks[group - 1].mention : -1;
    if (owner >= 0 && f->map->mentions.ptr[owner].possessive && form->tense == VERB_PAST)
        return false;                /* "shares fell after Zorvan's previously reported loss" */
    if (m->kind == MENTION_OTHER && m->end == m->first + 1 && m->first > 0 && tok(f, m->first - 1)->word == f->by->to)
        return false;                /* "to soften proposed rules" */
    bool lower = !(tok(f, m->first)->flags & TOKEN_CAPITAL);
    if (m->kind == MENTION_OTHER && lower && source < c->cue_from && form->tense == VERB_BASE && !looks_plural(f, row, source) &&
        attribution_verb_group(f, row, c->cue_from) == c->cue_from && row->symbols[c->cue_from - 1] == f->by->pp)
        return false;                /* "unhappy with the child tax credit" */
    if (form->tense == VERB_BASE && source + 1 < c->cue_from && !attribution_is_coordinated(f, row, c) && has(f, row->chunks[source + 1].first, WORD_MODAL))
        return false;                /* "will continue to insist" */
    bool helped = source + 1 < c->cue_from && tok(f, row->chunks[c->cue_from - 1].first)->word == f->by->to;      /* "went on to say" */
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); source < c->cue_from && k < c->cue_from; k++) {
        if (has(f, row->chunks[k].first, WORD_MODAL))
            return false;
        helped |= row->symbols[k] == f->by->aux;         /* "did say" */
    }
    if (source > c->cue_from) {
        if (c->quote >= 0)                   /* "Said Roe: ..." opens its sentence */
            return (uint32_t)c->quote < c->cue_from || verb_group_opens(f, row, c->cue_from);
        uint32_t next = source + 1;
        while (next + 1 < row->len && tok(f, row->chunks[next].first)->word == f->by->and_ && row->symbols[next + 1] == f->by->source)
            next += 2;               /* "said Roe and Moe" */
        bool ends = next >= row->len || row->symbols[next] == SYMBOL_COMMA || row->symbols[next] == SYMBOL_STOP || row->symbols[next] == f->by->pp ||
                    row->symbols[next] == f->by->date || row->symbols[next] == SYMBOL_PAREN_OPEN || has(f, row->chunks[next].first, WORD_RELATIVE);
        return ends && m->kind != MENTION_OTHER && m->kind != MENTION_PRONOUN;
    }
    if (form->tense == VERB_BASE && !helped) {
        bool joined = source > 0 && tok(f, row->chunks[source - 1].first)->word == f->by->and_;
        for (uint32_t at = m->first; at < m->end; at++)
            joined |= tok(f, at)->word == f->by->and_;
        bool thing = m->kind == MENTION_OTHER && attribution_is_coordinated(f, row, c);      /* "plans that hurt small farms and call for help" */
        return !goes_on_infinitive(f, row, c) && (((joined || looks_plural(f, row, source)) && !thing) || opens_sentence(f, row, c, m));
    }
    if (source + 1 != c->cue_from)
        return true;
    if (form->tense == VERB_S && is_compound_noun(f, row, c, m))
        return false;
    return form->tense != VERB_S || !looks_plural(f, row, source) || m->kind == MENTION_BODY;
}

/* A word that opens a phrase as well as a clause; not the one of "after-tax". */
static bool is_before(const Finder *f, uint32_t at)
{
    Span span = tok(f, at)->span;
    Str word = str_slice(f->text->text, span);
    return f->text->text.ptr[span.to] != '-' && (str_equal_nocase(word, STR("before")) || str_equal_nocase(word, STR("after")));
}

bool attribution_is_frame(const Finder *f, const Row *row, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++) {
        Symbol symbol = row->symbols[k];
        if (k > from && row->symbols[k] == f->by->source && is_before(f, row->chunks[k - 1].first))
            continue;                /* "before the jury" */
        if (symbol != f->by->pp && symbol != f->by->date && symbol != f->by->adverb && symbol != SYMBOL_COMMA && symbol != SYMBOL_STOP &&
            !has(f, row->chunks[k].first, WORD_PREPOSITION | WORD_CONJUNCTION))
            return false;
    }
    return true;
}

/* "agreed on a pact that settles ...": a finite verb behind "that" (just before the content, or its first word). */
static bool is_relative_that(const Finder *f, const Row *row, uint32_t content)
{
    uint32_t first = tok(f, row->chunks[content].first)->word == f->by->that ? content + 1 : content;
    if (first >= row->len || tok(f, row->chunks[first - 1].first)->word != f->by->that || row->chunks[first].mention >= 0 ||
        row->chunks[first].quote >= 0)
        return false;
    uint32_t token = row->chunks[first].first;
    return has(f, token, WORD_COPULA | WORD_AUXILIARY | WORD_VERB | WORD_CUE) && !str_ends(str_slice(f->text->text, tok(f, token)->span), STR("ing"));
}

/* Does a clause stand in front of a chunk ("The pact is dead, ..."), or only a phrase ("On Monday, ...")? */
static bool has_clause(const Finder *f, const Row *row, uint32_t end)
{
    for (uint32_t k = 0; k < end; k++)
        if (row->chunks[k].mention < 0 && row->chunks[k].quote < 0 &&
            (has(f, row->chunks[k].first, WORD_COPULA | WORD_AUXILIARY | WORD_VERB) || row->chunks[k].verb >= 0))
            return true;
    return false;
}

bool attribution_is_finite(const Finder *f, const Row *row, uint32_t at)
{
    const Chunk *chunk = &row->chunks[at];
    const Token *token = tok(f, chunk->first);
    if (chunk->quote >= 0 || chunk->day >= 0 || at == 0 || token->kind != TOKEN_WORD || (token->flags & TOKEN_CAPITAL) ||
        tok(f, chunk->first - 1)->word == f->by->to)
        return false;
    Str word = str_slice(f->text->text, token->span);
    bool behind_aux = row->symbols[at - 1] == f->by->aux && !attribution_ends_in_ing(f, row, at - 1);
    bool behind_noun = row->chunks[at - 1].mention >= 0 || row->symbols[at - 1] == f->by->adverb || behind_aux;
    bool passive = at + 1 < row->len && tok(f, row->chunks[at + 1].first)->word == f->by->by;
    bool past = behind_noun && !passive && str_ends(word, STR("ed"));
    if (chunk->mention >= 0)
        return past && chunk->end == chunk->first + 1;
    bool ing = str_ends(word, STR("ing"));                   /* "having" too */
    return past || (!ing && has(f, chunk->first, WORD_COPULA | WORD_AUXILIARY)) ||
           (behind_noun && !passive && !ing && has(f, chunk->first, WORD_VERB | WORD_CUE));
}

bool attribution_is_clause(const Finder *f, const Row *row, uint32_t from, uint32_t to)
{
    bool relative = false;
    for (uint32_t k = from; k < to && k < row->len; k++) {
        if (row->chunks[k].quote >= 0)
            return true;
        if (has(f, row->chunks[k].first, WORD_RELATIVE) && row->chunks[k].mention < 0) {
            relative = k > from;
        } else if (attribution_is_finite(f, row, k)) {
            if (!relative)
                return true;
            while (k + 1 < to && k + 1 < row->len && attribution_is_finite(f, row, k + 1))
                k++;
            relative = false;
        }
    }
    return false;
}

/* "For the first time, she mentions ...", "Touring Oslo, he said ...": what stands there is no clause on its own. */
static bool opens_phrase(const Finder *f, const Row *row, uint32_t from)
{
    const Chunk *chunk = &row->chunks[from];
    WordId first = tok(f, chunk->first)->word;
    bool joins = first && (first == f->by->and_ || first == f->by->but);
    return row->symbols[from] == f->by->pp || (has(f, chunk->first, WORD_PREPOSITION | WORD_CONJUNCTION) && !joins) ||
           (chunk->mention < 0 && str_ends(str_slice(f->text->text, tok(f, chunk->first)->span), STR("ing")));
}

/* "research cited by the senator", "friends described as loyal", "critics blame for the war": no content of the cue. */
static bool is_reduced_relative(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from;
    bool plain = row->chunks[c->cue_from].end == row->chunks[c->cue_from].first + 1;      /* not "refer to" */
    return at == c->cue_to && plain && row->chunks[at].quote < 0 &&
           (tok(f, row->chunks[at].first)->word == f->by->by || hits_list_at(f->hits, row->chunks[at].first, attribution_is_judgement(f, row, c) ? f->by->gaps : -1));
}

/* "a package announced last week, ...", "gains expected for steel": no speaker, and a preposition or a comma behind. */
static bool is_thing_participle(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = c->source >= 0 ? &f->map->mentions.ptr[row->chunks[c->source].mention] : NULL;
    const VerbForm *form = attribution_verb(f, row, c);
    if (!m || !form || m->kind != MENTION_OTHER || form->tense != VERB_PAST || (uint32_t)c->source + 1 != c->cue_from || c->cue_to >= row->len ||
        (tok(f, m->head)->flags & TOKEN_CAPITAL) || !hits_list_at(f->hits, row->chunks[c->cue_from].first, f->by->thing_participles))
        return false;
    uint32_t at = c->cue_to;
    bool preposition = row->symbols[at] == f->by->pp || (row->chunks[at].mention < 0 && has(f, row->chunks[at].first, WORD_PREPOSITION));
    bool comma = c->content_from > at && c->content_from < row->len && row->symbols[c->content_from] == SYMBOL_COMMA;
    bool clause = c->content_from > at && c->content_from < row->len && row->symbols[c->content_from] == f->by->source &&
                  attribution_is_clause(f, row, c->content_from, c->content_to);       /* "the nations agreed in Oslo rates were fair" */
    return c->quote < 0 && (preposition || comma) && !clause;
}

/*
 * "the sale of shares announced today through brokers", "talks agreed in May between the two": what is no speaker
 * announces nothing "through", and a thing but no clause follows.
 */
static bool is_bare_participle(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    uint32_t at = c->content_from;
    if (attribution_verb(f, row, c)->tense != VERB_PAST || m->kind != MENTION_OTHER || (uint32_t)c->source + 1 != c->cue_from || attribution_is_judgement(f, row, c))
        return false;
    bool preposition = row->chunks[at].mention < 0 && row->chunks[at].quote < 0 && has(f, row->chunks[at].first, WORD_PREPOSITION);
    return preposition || (c->cue_to < row->len && row->symbols[c->cue_to] == f->by->pp && tok(f, row->chunks[at - 1].first)->word != f->by->that &&
                           !attribution_is_clause(f, row, at, c->content_to));
}

/* "remarks published today were accurate": the verb of the noun that the cue, a participle, stands behind. */
static bool is_participle(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    bool gap = c->source > 1 && has(f, row->chunks[c->source - 1].first, WORD_RELATIVE) &&
               (row->chunks[c->source - 2].mention >= 0 || row->symbols[c->source - 2] == SYMBOL_COMMA);      /* "changes that they say would" */
    uint32_t token = row->chunks[c->content_from].first;
    Str word = token_fold(f->text->text, tok(f, token), f->arena);
    bool own_subject = str_find(word, STR("'"), 0) < word.len;       /* "he'd", "they've" */
    int32_t verb = row->chunks[c->content_from].verb;
    bool past = verb >= 0 && f->rules->verb_forms[verb].tense == VERB_PAST;
    bool finite = (past || has(f, token, WORD_COPULA | WORD_AUXILIARY)) && !own_subject && !str_ends(word, STR("ing"));
    bool pronoun = m->kind == MENTION_PRONOUN && !attribution_is_judgement(f, row, c);       /* but "the reasons she cited were" */
    return (uint32_t)c->source + 1 == c->cue_from && !gap && !pronoun && finite;
}

bool attribution_ends_in_ing(const Finder *f, const Row *row, uint32_t at)
{
    return at < row->len && row->chunks[at].mention < 0 && str_ends(str_slice(f->text->text, tok(f, row->chunks[at].first)->span), STR("ing"));
}

/* "a group called the Sea Bears": a name behind a thing that is called so; not "called it a sham", "which Roe called a sham". */
static bool is_naming(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    uint32_t at = c->content_from, next = at + 1;
    const Chunk *chunk = &row->chunks[at];
    bool gap = c->source > 0 && has(f, row->chunks[c->source - 1].first, WORD_RELATIVE | WORD_CONJUNCTION);
    uint32_t behind = (uint32_t)c->source + 1;
    while (behind < c->cue_from && row->symbols[behind] == f->by->pp)
        behind++;                    /* "a group within the army called the Sea Bears" */
    bool name = (tok(f, chunk->end - 1)->flags & TOKEN_CAPITAL) && (chunk->mention >= 0 || chunk->quote >= 0);
    for (uint32_t k = next; k < row->len && k < next + 2; k++)
        gap |= row->chunks[k].quote >= 0;
    bool alone = next >= row->len || tok(f, row->chunks[next].first)->kind != TOKEN_WORD || row->symbols[next] == f->by->pp ||
                 has(f, row->chunks[next].first, WORD_PREPOSITION | WORD_RELATIVE | WORD_CONJUNCTION);
    return attribution_verb(f, row, c)->tense == VERB_PAST && row->chunks[c->cue_from].end == row->chunks[c->cue_from].first + 1 &&
           hits_list_at(f->hits, row->chunks[c->cue_from].first, f->by->naming) &&
           behind == c->cue_from && at == c->cue_to && !gap && name && alone && m->name_end == m->name_first && m->kind != MENTION_PRONOUN;
}

/* "who", "in which" */
static bool opens_relative(const Finder *f, const Row *row, uint32_t at)
{
    uint32_t first = row->chunks[at].first;
    return row->chunks[at].mention < 0 && tok(f, first)->word != f->by->that &&
           (has(f, first, WORD_RELATIVE) ||
            (has(f, first, WORD_PREPOSITION) && has(f, first + 1, WORD_RELATIVE) && tok(f, first + 1)->word != f->by->that));
}

/* Does a cue with words behind it say none of them? */
static bool says_nothing(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from, token = row->chunks[at].first;
    const VerbForm *form = attribution_verb(f, row, c);
    WordId word = tok(f, token)->word;
    bool that = tok(f, row->chunks[at - 1].first)->word == f->by->that;
    if (!form || c->source < 0 || (uint32_t)c->source > c->cue_from)
        return false;
    if (c->source > 0 && hits_list_at(f->hits, row->chunks[c->source - 1].first, f->by->conditions))
        return true;                         /* "if it threatened the port" */
    if (c->quote >= 0)
        return false;
    if (at == c->cue_to && word && (word == f->by->and_ || word == f->by->but))
        return true;
    if (row->symbols[at] == SYMBOL_COMMA && attribution_ends_in_ing(f, row, at + 1))
        return true;                         /* "..., he said, leaving the hall" */
    if (row->symbols[at] == SYMBOL_COMMA && at + 1 < row->len && attribution_is_judgement(f, row, c) &&
        has(f, row->chunks[at + 1].first, WORD_CONJUNCTION | WORD_RELATIVE | WORD_PREPOSITION | WORD_PRONOUN))
        return true;                         /* "an offer that the union rejects, and ..." */
    if (form->tense == VERB_S && row->symbols[at] == SYMBOL_COMMA && at + 1 < row->len && opens_relative(f, row, at + 1))
        return true;                         /* "its forecasts, which ..." */
    if ((is_thing_participle(f, row, c) && !that) || is_bare_participle(f, row, c) || is_reduced_relative(f, row, c) ||
        is_participle(f, row, c) || is_naming(f, row, c))
        return true;
    bool means = form->tense == VERB_ING && c->cue_from > 0 && hits_list_at(f->hits, row->chunks[c->cue_from - 1].first, f->by->means);
    return (means || f->rules->verbs[form->verb].takes_clause) && !that && !attribution_is_clause(f, row, at, c->content_to);
}

/* Does "that" stand right behind a speaker and a verb of saying?  Then no relative clause begins. */
static bool reports_with_that(const Finder *f, const Row *row, const Candidate *c)
{
    const Mention *m = c->source >= 0 ? &f->map->mentions.ptr[row->chunks[c->source].mention] : NULL;
    return m && m->kind != MENTION_OTHER && c->cue_to < row->len && (uint32_t)c->source + 1 == attribution_verb_group(f, row, c->cue_from) &&
           tok(f, row->chunks[c->cue_to].first)->word == f->by->that && !attribution_is_judgement(f, row, c);
}

bool attribution_follows_that(const Finder *f, const Row *row, uint32_t at)
{
    at -= at > 1 && row->symbols[at - 1] == SYMBOL_COMMA;
    return at > 0 && tok(f, row->chunks[at - 1].first)->word == f->by->that;
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
           has(f, row->chunks[at].first, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_RELATIVE | WORD_ADVERB) || attribution_ends_in_ing(f, row, at);
}

/* "There is a puzzle for the media: ...": only a person speaks behind a colon without a cue. */
static bool is_loose_colon(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0 || c->quote < 0 || attribution_verb(f, row, c) || (uint32_t)c->source + 1 >= (uint32_t)c->quote - 1)
        return false;
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    return m->plural || m->possessive ||
           (m->kind != MENTION_PERSON && m->kind != MENTION_ROLE && !(m->kind == MENTION_PRONOUN && has(f, m->first, WORD_HE | WORD_SHE)));
}

/* "told reporters before leaving that the talks ...": when it was said comes first. */
static void move_behind_that(const Finder *f, const Row *row, Candidate *c)
{
    enum { REACH = 12 };
    uint32_t from = c->content_from, first = row->chunks[from].first;
    bool adverbial = tok(f, row->chunks[from - 1].first)->word != f->by->that;
    adverbial &= row->symbols[from] == f->by->pp || row->symbols[from] == SYMBOL_DASH ||
                 (row->chunks[from].mention < 0 && has(f, first, WORD_PREPOSITION | WORD_CONJUNCTION));
    for (uint32_t k = from + 1; adverbial && k + 1 < c->content_to && k + 1 < row->len && k < from + REACH; k++) {
        if (row->chunks[k].verb >= 0 || row->chunks[k].quote >= 0)
            return;
        if (tok(f, row->chunks[k].first)->word == f->by->that && row->chunks[k].mention < 0 &&
            row->chunks[k + 1].mention >= 0 && row->symbols[k + 1] != f->by->pp) {
            c->content_from = k + 1;
            return;
        }
    }
}

/* "The fleet sailed according to Roe on Monday": without a comma, only a clause at the start of its sentence is hers. */
static bool runs_on(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t at = c->content_from;
    return !attribution_verb(f, row, c) && c->source >= 0 && at == (uint32_t)c->source + 1 && at > c->cue_to && row->symbols[at] != SYMBOL_COMMA &&
           (has_clause(f, row, c->cue_from) || row->symbols[at] != f->by->source || !attribution_is_clause(f, row, at, c->content_to));
}

/* What a tail took from the words: "agreed on a range [in which ...]", "concluded this week['s tour]". */
static uint32_t give_back_tail(const Finder *f, const Row *row, uint32_t cue_to, uint32_t from)
{
    bool on = false, relative = opens_relative(f, row, from);
    static const Str topical[] = { STR_INIT("on"), STR_INIT("to"), STR_INIT("about"), STR_INIT("over") };
    Str before = str_slice(f->text->text, tok(f, row->chunks[from - 1].first)->span);
    for (size_t i = 0; i < BASE_COUNT(topical); i++)
        on |= str_equal(before, topical[i]);
    bool taken = (relative && on && row->symbols[from - 1] == f->by->pp) || (tok(f, row->chunks[from].first)->flags & TOKEN_POSSESSIVE);
    return taken && from > cue_to ? from - 1 : from;
}

static bool read_match(const Finder *f, const Row *row, const RuleMatch *match, Candidate *out)
{
    const RulePattern *pattern = &f->rules->patterns[match->pattern];
    *out = (Candidate){ .rule = pattern->rule, .from = match->match.from, .to = match->match.to, .source = -1, .quote = -1, .recipient = -1,
                        .where = pattern->where, .weight = pattern_weight(pattern->pattern), .cue_from = UINT32_MAX };
    bool used[64] = { false };
    for (size_t i = 0; i < match->match.n_slots; i++) {
        const PatternSlot *slot = &match->match.slots[i];
        if (!slot->set)
            continue;
        for (uint32_t k = slot->from; k < slot->to && k - out->from < 64; k++)
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
    if (out->cue_from == UINT32_MAX) {       /* no verb: the words of the pattern itself ("according to", a colon) */
        for (uint32_t k = out->from; k < out->to && k - out->from < 64; k++)
            if (!used[k - out->from] && row->symbols[k] != SYMBOL_COMMA && row->symbols[k] != f->by->pp && row->symbols[k] != f->by->date) {
                if (out->cue_from == UINT32_MAX)
                    out->cue_from = k;
                out->cue_to = k + 1;
            }
    }
    if (out->cue_from == UINT32_MAX || !agrees(f, row, out) || is_loose_colon(f, row, out))
        return false;
    const VerbForm *form = attribution_verb(f, row, out);
    bool silent = form && f->rules->verbs[form->verb].effect == VERB_SILENCE && attribution_is_coordinated(f, row, out);     /* "but gave no details" */
    if (out->has_content && !silent && attribution_is_frame(f, row, out->content_from, out->content_to))
        return false;
    bool goes_on = out->to < row->len && row->symbols[out->to] == SYMBOL_COMMA;       /* "Waiting, he said, would be wrong" */
    if (out->has_content && out->content_from < out->cue_from && !goes_on && opens_phrase(f, row, out->content_from) &&
        !attribution_is_clause(f, row, out->content_from, out->content_to))
        return false;
    if (out->has_content && out->content_from < out->cue_from && attribution_verb(f, row, out) &&
        (!ends_attribution(f, row, out->to) || is_thing_participle(f, row, out)))
        return false;
    if (out->has_content && out->content_from >= out->cue_to && out->content_from < row->len) {
        /* "..., she said on Monday, hours before the talks": what follows is the reporter's. */
        if (runs_on(f, row, out))
            return false;
        if (is_relative_that(f, row, out->content_from)) {
            if (!reports_with_that(f, row, out))
                return false;
            /* "that would fail" is a clause, "that talks would fail" opens one */
            out->content_from = out->cue_to + !has(f, row->chunks[out->cue_to].first + 1, WORD_COPULA | WORD_AUXILIARY);
        }
        out->content_from = give_back_tail(f, row, out->cue_to, out->content_from);
        move_behind_that(f, row, out);
        bool aside = out->content_from > out->cue_to && opens_relative(f, row, out->content_from);       /* "said in Oslo where talks failed" */
        out->mute = (aside && attribution_verb(f, row, out)) || says_nothing(f, row, out);
        uint32_t lead = attribution_verb(f, row, out) && out->source >= 0 ? (uint32_t)out->source : out->cue_from;
        bool begins = lead >= 2 && has(f, row->chunks[lead - 2].first, WORD_RELATIVE | WORD_CONJUNCTION);      /* "that, according to the union, ..." */
        bool framed = lead > 0 && !begins && (row->symbols[lead - 1] == SYMBOL_COMMA || lead < (uint32_t)out->source) && has_clause(f, row, lead - 1);
        Symbol before = row->symbols[out->content_from - 1], first = row->symbols[out->content_from];
        uint32_t token = row->chunks[out->content_from].first;
        /* "on the eve of talks starting today", "in a paper showing gains" */
        bool late = out->content_from > out->cue_to && !(tok(f, token)->flags & TOKEN_CAPITAL) &&
                    str_ends(str_slice(f->text->text, tok(f, token)->span), STR("ing"));
        bool that = attribution_follows_that(f, row, out->content_from);
        if (first == SYMBOL_SEMICOLON || (first == SYMBOL_STOP && !silent) || (framed && !that && (late || first == SYMBOL_COMMA || before == SYMBOL_COMMA || first == f->by->pp ||
                       has(f, token, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_RELATIVE))))
            return false;
    }
    /* "..., she said." has no content behind its cue */
    return !out->has_content || silent || out->content_from < out->cue_to || out->content_to > row->len ||
           (out->content_to > out->content_from &&
            count_words(f, row->chunks[out->content_from].first, row->chunks[out->content_to - 1].end) >= 2);
}

static int candidate_rank(const Finder *f, const Candidate *c)
{
    return f->rules->rules[c->rule].rank;
}

static bool can_speak(const Finder *f, const Row *row, const Candidate *c)
{
    if (c->source < 0)
        return false;
    const Mention *m = &f->map->mentions.ptr[row->chunks[c->source].mention];
    return m->kind != MENTION_OTHER && !m->possessive;
}

bool attribution_is_coordinated(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    return k > 0 && c->source >= 0 && (uint32_t)c->source < k - 1 && has(f, row->chunks[k - 1].first, WORD_CONJUNCTION);
}

/*
 * "In Oslo, as the ministry fell silent, Roe left and said": a source in the phrase that a row opens with, in front of
 * the comma behind which the subject stands.
 */
static bool is_fronted(const Finder *f, const Row *row, const Candidate *c)
{
    bool opened = row->symbols[0] == f->by->pp || has(f, row->chunks[0].first, WORD_PREPOSITION | WORD_CONJUNCTION) ||
                  str_ends(str_slice(f->text->text, tok(f, row->chunks[0].first)->span), STR("ing"));
    for (uint32_t k = (uint32_t)c->source + 1; opened && k + 1 < c->cue_from; k++)
        if (row->symbols[k] == SYMBOL_COMMA)
            return row->symbols[k + 1] == f->by->source && k + 1 < c->cue_from;
    return false;
}

/* "Roe, who ..., said" */
static bool is_before_aside(const Finder *f, const Row *row, const Candidate *c)
{
    uint32_t source = (uint32_t)c->source;
    return c->source >= 0 && source + 2 < attribution_verb_group(f, row, c->cue_from) && row->symbols[source + 1] == SYMBOL_COMMA;
}

/* Higher rank, then longer, then heavier, then by place of the rule: never by order of loading. */
static bool candidate_better(const Finder *f, const Row *row, const Candidate *a, const Candidate *b)
{
    if (a->mute != b->mute)
        return b->mute;
    int rank_a = candidate_rank(f, a), rank_b = candidate_rank(f, b);
    if (rank_a != rank_b)
        return rank_a > rank_b;
    const VerbForm *form = attribution_verb(f, row, a);
    bool speaks_a = can_speak(f, row, a), speaks_b = can_speak(f, row, b);
    if ((form && form->tense == VERB_ING) || attribution_is_coordinated(f, row, a)) {        /* the subject of the sentence, not its object */
        if (speaks_a != speaks_b)
            return speaks_a;
        if (a->source != b->source) {
            bool fronted_a = is_fronted(f, row, a), fronted_b = is_fronted(f, row, b);
            return fronted_a != fronted_b ? fronted_b : a->source < b->source;
        }
    }
    if (a->has_content && b->has_content && a->content_to != b->content_to)
        return a->content_to > b->content_to;
    if (!form && speaks_a != speaks_b)
        return speaks_a;                     /* "Roe was curt: ..." */
    if (a->source != b->source) {
        /* "Roe, whose home, Oslo, lies by the sea, said": both stand before an aside, and the second inside the first's */
        bool apart = is_before_aside(f, row, a) && is_before_aside(f, row, b) && speaks_a && speaks_b;
        return apart ? a->source < b->source : a->source > b->source;        /* else the nearer source */
    }
    if (a->to - a->from != b->to - b->from)
        return a->to - a->from > b->to - b->from;
    if (a->weight != b->weight)
        return a->weight > b->weight;
    return str_compare(a->where, b->where) < 0;
}

/*
 * "The group trying to buy Zorvan Corp said", "ministers called by Roe said": the chunk that has the participle in front
 * of the source, and so speaks; the source itself when it stands in nobody's modifier.
 */
static int32_t head_source(const Finder *f, const Row *row, const Candidate *c)
{
    enum { REACH = 10 };
    if (c->source < 2 || (uint32_t)c->source >= c->cue_from || !attribution_verb(f, row, c) ||
        tok(f, row->chunks[c->cue_from - 1].first)->word == f->by->as)       /* "a paper quoting Roe as saying" */
        return c->source;
    uint32_t source = (uint32_t)c->source;
    for (uint32_t k = source; k > 0 && source - k < REACH; k--) {
        const Chunk *chunk = &row->chunks[k];
        Symbol symbol = row->symbols[k];
        bool participle = k < source && chunk->quote < 0 && chunk->day < 0 && tok(f, chunk->first)->kind == TOKEN_WORD &&
                          (chunk->mention < 0 || chunk->end == chunk->first + 1) && symbol != f->by->pp &&
                          !has(f, chunk->first, WORD_ROLE | WORD_ROLES | WORD_BODY | WORD_PRONOUN | WORD_PREPOSITION) && !(tok(f, chunk->first)->flags & TOKEN_CAPITAL) &&
                          (str_ends(str_slice(f->text->text, tok(f, chunk->first)->span), STR("ing")) ||
                           (k + 1 < source && tok(f, row->chunks[k + 1].first)->word == f->by->by && row->chunks[k + 1].mention < 0));
        if (participle) {
            uint32_t head = k - 1;
            while (head > 0 && row->symbols[head] == f->by->pp)
                head--;
            const Mention *m = row->symbols[head] == f->by->source ? &f->map->mentions.ptr[row->chunks[head].mention] : NULL;
            /* but "the holding company" */
            bool object = k + 1 < source || has(f, row->chunks[source].first, WORD_DETERMINER) || (m && m->plural && m->kind == MENTION_ROLE);
            bool opens = head == 0 || row->symbols[head - 1] == SYMBOL_COMMA || tok(f, row->chunks[head - 1].first)->word == f->by->that ||
                         (row->chunks[head - 1].mention < 0 && has(f, row->chunks[head - 1].first, WORD_CONJUNCTION));
            return m && object && opens && !m->possessive && m->kind != MENTION_PRONOUN ? (int32_t)head : c->source;
        }
        bool breaks = symbol == SYMBOL_COMMA || chunk->quote >= 0 || symbol == SYMBOL_SEMICOLON || symbol == SYMBOL_DASH ||
                      (tok(f, chunk->first)->kind == TOKEN_MARK) || has(f, chunk->first, WORD_RELATIVE | WORD_COPULA | WORD_AUXILIARY) ||
                      (k < source && chunk->mention < 0 && (chunk->verb >= 0 || has(f, chunk->first, WORD_CONJUNCTION)) &&
                       tok(f, row->chunks[k - 1].first)->word != f->by->to);
        if (breaks)
            return c->source;
    }
    return c->source;
}

/* "a teacher from Oslo, who said", "Roe, dean of the college, who said": the person in front of places and bodies. */
static int32_t who_source(const Finder *f, const Row *row, const Candidate *c)
{
    enum { REACH = 8 };
    uint32_t k = attribution_verb_group(f, row, c->cue_from);
    const VerbForm *form = attribution_verb(f, row, c);
    if (c->source < 1 || (uint32_t)c->source + 2 > k || tok(f, row->chunks[k - 1].first)->word != f->by->who || !form || form->tense == VERB_BASE)
        return c->source;
    for (uint32_t at = (uint32_t)c->source + 1; at-- > 0 && c->source - (int32_t)at < REACH;) {
        const Chunk *chunk = &row->chunks[at];
        const Mention *m = chunk->mention >= 0 ? &f->map->mentions.ptr[chunk->mention] : NULL;
        if (m && (m->kind == MENTION_PERSON || m->kind == MENTION_ROLE || m->plural))
            return (int32_t)at;
        if (!m && row->symbols[at] != SYMBOL_COMMA && tok(f, chunk->first)->word != f->by->of && tok(f, chunk->first)->kind != TOKEN_NUMBER)
            break;
    }
    return c->source;
}

static int by_cue(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    return (x->cue_from > y->cue_from) - (x->cue_from < y->cue_from);
}

/* "said the fall in proven and estimated reserves was small": joined to a word of a phrase that has no verb yet. */
static bool is_coordinated_adjective(const Finder *f, const Row *row, const Candidate *before, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    uint32_t from = before->content_from, at = c->cue_from;
    return form && form->tense == VERB_PAST && attribution_is_coordinated(f, row, c) && before->has_content && from >= before->cue_to &&
           from + 1 < at && attribution_verb(f, row, before) && !attribution_is_judgement(f, row, before) &&
           str_ends(str_slice(f->text->text, tok(f, row->chunks[at].first)->span), STR("ed")) && row->symbols[at - 2] != SYMBOL_COMMA &&
           c->content_from == c->cue_to && row->chunks[at + 1].mention >= 0 && !has(f, row->chunks[at + 1].first, WORD_DETERMINER | WORD_PRONOUN) &&
           !(tok(f, row->chunks[at + 1].first)->flags & TOKEN_CAPITAL) &&
           !attribution_is_clause(f, row, from, at - 1) && attribution_is_clause(f, row, at + 1, (uint32_t)row->len);
}

/* "said it paid in cash and notes": what is joined to a verb in the past and has an -s is a noun. */
static bool is_coordinated_noun(const Finder *f, const Row *row, const Candidate *before, const Candidate *c)
{
    const VerbForm *first = attribution_verb(f, row, before), *form = attribution_verb(f, row, c);
    bool verb = hits_list_at(f->hits, row->chunks[c->cue_from].first, f->by->never_nouns) || c->cue_to >= row->len ||
                row->symbols[c->cue_to] == f->by->source || row->chunks[c->cue_to].quote >= 0 ||
                tok(f, row->chunks[c->cue_to].first)->word == f->by->that;
    return first && form && first->tense == VERB_PAST && form->tense == VERB_S && !verb && attribution_is_coordinated(f, row, c);
}

void attribution_candidates(Finder *f, const Row *row, Candidates *out)
{
    RuleMatches matches = { 0 };
    rules_match(f->by->matcher, RULE_ATTRIBUTION, row->symbols, row->len, NULL, 0, f->arena, &matches, f->problems);
    for (size_t i = 0; i < matches.len; i++) {
        Candidate c;
        if (!read_match(f, row, &matches.ptr[i], &c))
            continue;
        size_t k = 0;
        while (k < out->len && out->ptr[k].cue_from != c.cue_from)
            k++;
        if (k == out->len)
            LIST_PUSH(f->arena, out, c);
        else if (candidate_better(f, row, &c, &out->ptr[k]))
            out->ptr[k] = c;
    }
    if (out->len)
        qsort(out->ptr, out->len, sizeof *out->ptr, by_cue);
    Candidates single = { 0 };
    for (size_t i = 0; i < out->len; i++) {          /* a quotation has one cue */
        bool beaten = false;
        for (size_t k = 0; k < out->len && !beaten; k++)
            beaten = k != i && out->ptr[i].quote >= 0 && out->ptr[k].quote == out->ptr[i].quote &&
                     candidate_better(f, row, &out->ptr[k], &out->ptr[i]);
        if (!beaten)
            LIST_PUSH(f->arena, &single, out->ptr[i]);
    }
    *out = (Candidates){ 0 };
    for (size_t i = 0; i < single.len; i++)
        if (i == 0 || (!is_coordinated_noun(f, row, &single.ptr[i - 1], &single.ptr[i]) &&
                       !is_coordinated_adjective(f, row, &single.ptr[i - 1], &single.ptr[i])))
            LIST_PUSH(f->arena, out, single.ptr[i]);
    for (size_t i = 0; i < out->len; i++)
        out->ptr[i].source = head_source(f, row, &out->ptr[i]);
    for (size_t i = 0; i < out->len; i++)
        out->ptr[i].source = who_source(f, row, &out->ptr[i]);
    for (size_t i = 1; i < out->len; i++)
        if (attribution_is_coordinated(f, row, &out->ptr[i]) && out->ptr[i - 1].source >= 0)
            out->ptr[i].source = out->ptr[i - 1].source;
}
