#include "record/fingerprint.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    PASSAGES_MOST = 4096,                /* a text of more is compared by these */
    KEY_WORDS = 5,                       /* "He did not elaborate" stands in many stories */
    SHARED_WORDS = 25, SHARED_PASSAGES = 2,
    WORDS_COMPARED = 128,                /* of one passage */
    REWORDED_MOST = 64,                  /* each is held against every passage of the first story */
    WORD_BYTES = 64,
};

static const uint64_t hash_start = 0xCBF29CE484222325u, hash_prime = 0x100000001B3u;

/* ---- words ---------------------------------------------------------------------- */

static bool is_word_byte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The end of the word that starts at `at`; `at` itself where none does. */
static size_t word_end(Str text, size_t at)
{
    while (at < text.len) {
        size_t next = at + 1;
        unsigned char c = (unsigned char)text.ptr[at];
        if (c < 0x80 ? !is_word_byte(c) : !utf8_is_letter(utf8_decode(text, at, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t skip_point(Str text, size_t at)
{
    size_t next = at + 1;
    if ((unsigned char)text.ptr[at] >= 0x80)
        utf8_decode(text, at, &next);
    return next;
}

static uint64_t add_byte(uint64_t hash, unsigned char c)
{
    return (hash ^ c) * hash_prime;
}

/* Folded. */
static uint64_t add_word(uint64_t hash, Str word)
{
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        if (c >= 0x80) {
            char folded[WORD_BYTES * 2];
            size_t len = utf8_fold((Str){ word.ptr + i, word.len - i }, folded, sizeof folded);
            for (size_t k = 0; k < len; k++)
                hash = add_byte(hash, (unsigned char)folded[k]);
            break;
        }
        hash = add_byte(hash, c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c);
    }
    return add_byte(hash, ' ');
}

/* ---- passages --------------------------------------------------------------------- */

static bool starts(Str text, size_t at, const char *mark)
{
    return str_starts((Str){ text.ptr + at, text.len - at }, str_from(mark));
}

static bool is_blank(Str text, size_t at)
{
    return at >= text.len || strchr(" \t\r\n", text.ptr[at]);
}

/* Behind a full stop, the marks and brackets that close with it. */
static size_t skip_closing(Str text, size_t at)
{
    while (at < text.len) {
        if (strchr("\"')]", text.ptr[at]))
            at++;
        else if (starts(text, at, "\xE2\x80\x9D") || starts(text, at, "\xE2\x80\x99"))
            at += 3;
        else
            break;
    }
    return at;
}

/* An empty line, or the end of a line whose sentence is over: other line ends only wrap the text. */
static bool is_paragraph_end(Str text, size_t at, bool stopped)
{
    if (text.ptr[at] != '\n')
        return false;
    for (at++; at < text.len && text.ptr[at] != '\n'; at++)
        if (!is_blank(text, at))
            return stopped;
    return true;
}

static void end_passage(Fingerprint *out, Passage *passage, Arena *arena)
{
    if (passage->span.to > passage->span.from) {
        passage->hash = (passage->hash ^ passage->hash >> 29) * 0x9E3779B97F4A7C15u;
        LIST_PUSH(arena, out, *passage);
    }
    *passage = (Passage){ .hash = hash_start };
}

void fingerprint_make(Str text, Arena *arena, Fingerprint *out)
{
    Passage passage = { .hash = hash_start };
    bool quoted = false, stopped = false;        /* stopped: only blanks and closing marks since a full stop */
    *out = (Fingerprint){ .text = text };
    for (size_t at = 0; at < text.len && out->len < PASSAGES_MOST;) {
        size_t end = word_end(text, at);
        if (end > at) {
            if (passage.span.to == 0)
                passage.span.from = (uint32_t)at;
            passage.span.to = (uint32_t)end;
            passage.hash = add_word(passage.hash, (Str){ text.ptr + at, end - at });
            passage.told += !quoted;
            stopped = false;
            at = end;
            continue;
        }
        bool ends = false;
        switch (text.ptr[at]) {
        case ' ':
            break;
        case '.':
        case '?':
        case '!':
            ends = passage.stopped = stopped = is_blank(text, skip_closing(text, at + 1));
            break;
        case '\n':
            ends = is_paragraph_end(text, at, stopped);
            quoted = quoted && !ends;
            break;
        case '"':
            quoted = at == 0 || is_blank(text, at - 1) || text.ptr[at - 1] == '(';
            break;
        case '-':
            ends = starts(text, at, "--") || (at > 0 && is_blank(text, at - 1) && is_blank(text, at + 1));
            break;
        case '\xE2':
            ends = starts(text, at, "\xE2\x80\x93") || starts(text, at, "\xE2\x80\x94");      /* dashes */
            if (starts(text, at, "\xE2\x80\x9C") || starts(text, at, "\xE2\x80\x9D"))
                quoted = text.ptr[at + 2] == '\x9C';
            break;
        }
        if (ends)
            end_passage(out, &passage, arena);
        at = skip_point(text, at);
    }
    end_passage(out, &passage, arena);
}

size_t fingerprint_keys(const Fingerprint *of, int32_t keys[FINGERPRINT_KEYS])
{
    size_t n = 0;
    for (size_t i = 0; i < of->len; i++) {
        if (of->ptr[i].told < KEY_WORDS)
            continue;
        int32_t key = (int32_t)(of->ptr[i].hash >> 32), last = key;
        size_t at = 0;
        while (at < n && keys[at] < key)
            at++;
        if (at < n && keys[at] == key)
            continue;
        for (size_t k = at; k < n; k++) {
            int32_t moved = keys[k];
            keys[k] = last;
            last = moved;
        }
        if (n < FINGERPRINT_KEYS)
            keys[n++] = last;
    }
    return n;
}

/* ---- two stories --------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The words of a passage, sorted, numbers with their lowest bit set; how many. */
static size_t list_words(Str text, Span span, uint64_t words[WORDS_COMPARED])
{
    Str passage = str_slice(text, span);
    size_t n = 0;
    for (size_t at = 0; at < passage.len && n < WORDS_COMPARED;) {
        size_t end = word_end(passage, at);
        bool number = passage.ptr[at] >= '0' && passage.ptr[at] <= '9';
        if (end > at)
            words[n++] = (add_word(hash_start, (Str){ passage.ptr + at, end - at }) & ~(uint64_t)1) | number;
        at = end > at ? end : skip_point(passage, at);
    }
    if (n > 1)
        qsort(words, n, sizeof *words, compare_numbers);
    return n;
}

/* Two wordings of one sentence have three quarters of their words in common. */
static Wording compare_words(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
    size_t shared = 0, numbers = 0;
    for (size_t i = 0, k = 0; i < n_a || k < n_b;) {
        if (i < n_a && k < n_b && a[i] == b[k]) {
            shared++;
            i++;
            k++;
        } else {
            numbers += (k == n_b || (i < n_a && a[i] < b[k]) ? a[i++] : b[k++]) & 1;
        }
    }
    return shared * 4 < (n_a > n_b ? n_a : n_b) * 3 ? WORDING_NONE : numbers ? WORDING_NUMBERS : WORDING_OTHER;
}

/* A passage that the first story has not as it stands. */
static Wording find_wording(const Fingerprint *story, const Passage *passage, const Fingerprint *first)
{
    uint64_t words[WORDS_COMPARED], others[WORDS_COMPARED];
    size_t n = list_words(story->text, passage->span, words);
    Wording best = WORDING_NONE;
    for (size_t i = 0; i < first->len && best != WORDING_OTHER; i++) {
        Wording wording = compare_words(words, n, others, list_words(first->text, first->ptr[i].span, others));
        best = wording > best ? wording : best;
    }
    return best;
}

/* The first whole sentence: headlines and datelines, which every paper makes its own, have no full stop. */
static size_t find_lead(const Fingerprint *story)
{
    size_t i = 0;
    while (i < story->len && (!story->ptr[i].stopped || story->ptr[i].told < KEY_WORDS))
        i++;
    return i;
}

static uint64_t *sort_hashes(const Fingerprint *of, Arena *arena)
{
    uint64_t *hashes = ARENA_ARRAY(arena, uint64_t, of->len);
    for (size_t i = 0; i < of->len; i++)
        hashes[i] = of->ptr[i].hash;
    if (of->len)
        qsort(hashes, of->len, sizeof *hashes, compare_numbers);
    return hashes;
}

typedef struct Shared { size_t passages, words, told; } Shared;

/* What `one` has in common with `other`; each of its passages as it is there goes to wordings, unless that is NULL. */
static Shared count_shared(const Fingerprint *one, const Fingerprint *other, Arena *arena, Wording *wordings)
{
    const uint64_t *hashes = sort_hashes(other, arena);
    Shared shared = { 0 };
    for (size_t i = 0; i < one->len; i++) {
        const Passage *passage = &one->ptr[i];
        bool there = other->len && bsearch(&passage->hash, hashes, other->len, sizeof *hashes, compare_numbers);
        shared.told += passage->told;
        shared.words += there ? passage->told : 0;
        shared.passages += there && passage->told >= KEY_WORDS;
        if (wordings)
            wordings[i] = there ? WORDING_SAME : WORDING_NONE;
    }
    return shared;
}

bool fingerprint_compare(const Fingerprint *story, const Fingerprint *first, Arena *arena, FingerprintMatch *out)
{
    size_t n_reworded = 0, lead = find_lead(story);
    *out = (FingerprintMatch){ .lead = WORDING_SAME, .wordings = ARENA_ARRAY(arena, Wording, story->len) };
    Shared shared = count_shared(story, first, arena, out->wordings);
    if (shared.passages < SHARED_PASSAGES || shared.words < SHARED_WORDS)
        return false;
    Shared held = count_shared(first, story, arena, NULL);
    out->share = (double)shared.words / (double)shared.told;
    out->held = (double)held.words / (double)held.told;
    for (size_t i = 0; i < story->len; i++) {
        if (out->wordings[i] == WORDING_SAME)
            continue;
        out->edited = true;
        if (n_reworded++ < REWORDED_MOST)
            out->wordings[i] = find_wording(story, &story->ptr[i], first);
    }
    if (lead < story->len)
        out->lead = out->wordings[lead];
    return true;
}

bool fingerprint_is_fresh(const Fingerprint *story, const FingerprintMatch *match, Span span, Wording least)
{
    for (size_t i = 0; i < story->len; i++)
        if (match->wordings[i] < least && story->ptr[i].span.from < span.to && span.from < story->ptr[i].span.to)
            return true;
    return false;
}
