#include "extract/attribution_internal.h"

uint32_t attribution_verb_group(const Finder *f, const Row *row, uint32_t cue)
{
    while (cue > 0 && (row->symbols[cue - 1] == f->by->aux || row->symbols[cue - 1] == f->by->adverb))
        cue--;
    return cue;
}

bool attribution_ends_in_ing(const Finder *f, const Row *row, uint32_t at)
{
    return at < row->len && row->chunks[at].mention < 0 && chunk_ends_in(f, row, at, "ing");
}

bool attribution_is_finite(const Finder *f, const Row *row, uint32_t at)
{
    const Chunk *chunk = &row->chunks[at];
    const Token *token = tok(f, chunk->first);
    if (chunk->quote >= 0 || chunk->day >= 0 || at == 0 || token->kind != TOKEN_WORD || (token->flags & TOKEN_CAPITAL) ||
        is_word(f, chunk->first - 1, f->by->to))
        return false;
    Str word = str_slice(f->text->text, token->span);
    bool behind_aux = row->symbols[at - 1] == f->by->aux && !attribution_ends_in_ing(f, row, at - 1);
    bool behind_noun = row->chunks[at - 1].mention >= 0 || row->symbols[at - 1] == f->by->adverb || behind_aux;
    const Mention *before = chunk_mention(f, row, at - 1);
    bool deed = before && before->kind == MENTION_PRONOUN;          /* "it paid for" */
    bool passive = at + 1 < row->len && (chunk_is(f, row, at + 1, f->by->by) ||
                                         (!deed && row->symbols[at + 1] == f->by->pp && chunk_in(f, row, at, f->by->passives)));
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
        if (chunk_has(f, row, k, WORD_RELATIVE) && row->chunks[k].mention < 0) {
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

bool attribution_has_clause(const Finder *f, const Row *row, uint32_t end)
{
    for (uint32_t k = 0; k < end; k++)
        if (row->chunks[k].mention < 0 && row->chunks[k].quote < 0 &&
            (chunk_has(f, row, k, WORD_COPULA | WORD_AUXILIARY | WORD_VERB) || row->chunks[k].verb >= 0))
            return true;
    return false;
}

/* A word that opens a phrase as well as a clause; not the one of "after-tax". */
static bool is_before(const Finder *f, uint32_t at)
{
    return f->text->text.ptr[tok(f, at)->span.to] != '-' && hits_list_at(f->hits, at, f->by->clause_openers);
}

bool attribution_is_frame(const Finder *f, const Row *row, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++) {
        Symbol symbol = row->symbols[k];
        if (k > from && row->symbols[k] == f->by->source && is_before(f, row->chunks[k - 1].first))
            continue;                /* "before the jury" */
        if (symbol != f->by->pp && symbol != f->by->date && symbol != f->by->adverb && symbol != SYMBOL_COMMA && symbol != SYMBOL_STOP &&
            !chunk_has(f, row, k, WORD_PREPOSITION | WORD_CONJUNCTION))
            return false;
    }
    return true;
}

bool attribution_follows_that(const Finder *f, const Row *row, uint32_t at)
{
    at -= at > 1 && row->symbols[at - 1] == SYMBOL_COMMA;
    return at > 0 && chunk_is(f, row, at - 1, f->by->that);
}

/* A word that no phrase has taken in, or a verb taken for one: "[exceeds] [nine boats]", "[exceeds boats]". */
static bool is_bare_verb(const Finder *f, const Row *row, uint32_t at)
{
    const Chunk *chunk = &row->chunks[at];
    uint32_t token = chunk->first;
    if (chunk->quote >= 0 || tok(f, token)->kind != TOKEN_WORD || has(f, token, WORD_PREPOSITION | WORD_CONJUNCTION | WORD_DETERMINER | WORD_PRONOUN))
        return false;
    bool goes_on = chunk->end > token + 1 || (at + 1 < row->len && row->symbols[at + 1] == f->by->source);
    return chunk->mention < 0 || (goes_on && !is_capital(f, token) && ends_in(f, token, "s"));
}

bool attribution_is_relative_that(const Finder *f, const Row *row, uint32_t content)
{
    uint32_t first = chunk_is(f, row, content, f->by->that) ? content + 1 : content;
    if (first >= row->len || !chunk_is(f, row, first - 1, f->by->that) || row->chunks[first].quote >= 0)
        return false;
    if (first + 1 < row->len && row->chunks[first + 1].mention >= 0 && chunk_ends_in(f, row, first, "ed") &&
        row->chunks[first].end == row->chunks[first].first + 1 &&
        (chunk_has(f, row, first + 1, WORD_DETERMINER | WORD_PRONOUN) || chunk_in(f, row, first + 1, f->by->possessives)))
        return true;                 /* "the quarrel that doomed their plan" */
    if (row->chunks[first].mention >= 0)
        return false;
    if (row->symbols[first] == f->by->adverb && first + 1 < row->len)        /* "a debt that already exceeds" */
        return is_bare_verb(f, row, first + 1);
    uint32_t token = row->chunks[first].first;
    return has(f, token, WORD_COPULA | WORD_AUXILIARY | WORD_VERB | WORD_CUE) && !ends_in(f, token, "ing");
}

bool attribution_opens_relative(const Finder *f, const Row *row, uint32_t at)
{
    uint32_t first = row->chunks[at].first;
    return row->chunks[at].mention < 0 && !is_word(f, first, f->by->that) &&
           (has(f, first, WORD_RELATIVE) ||
            (has(f, first, WORD_PREPOSITION) && has(f, first + 1, WORD_RELATIVE) && !is_word(f, first + 1, f->by->that)));
}

bool attribution_opens_phrase(const Finder *f, const Row *row, uint32_t from)
{
    const Chunk *chunk = &row->chunks[from];
    WordId first = tok(f, chunk->first)->word;
    bool joins = first && (first == f->by->and_ || first == f->by->but);
    return row->symbols[from] == f->by->pp || (has(f, chunk->first, WORD_PREPOSITION | WORD_CONJUNCTION) && !joins) ||
           (chunk->mention < 0 && ends_in(f, chunk->first, "ing"));
}
