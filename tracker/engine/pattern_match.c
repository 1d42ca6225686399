#include "engine/pattern.h"

#include "engine/pattern_node.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- regular expression ----------------------------------------------------- */

typedef struct Units { uint16_t *ptr; size_t len, cap; } Units;

/* A pattern as PCRE2 has it; the slot of each of its groups. */
typedef struct Code {
    pcre2_code *regex;
    uint8_t slots[PATTERN_GROUPS + 1]; size_t n_groups;
    bool broken;
} Code;

typedef struct Writer {
    const Pattern *pattern;
    Code *code;
    Arena scratch;
    Units out;
} Writer;

static void put(Writer *w, const char *text)
{
    for (; *text; text++)
        LIST_PUSH(&w->scratch, &w->out, (uint16_t)(unsigned char)*text);
}

static void put_number(Writer *w, const char *format, unsigned number)
{
    char text[32];
    snprintf(text, sizeof text, format, number);
    put(w, text);
}

/*
 * Word symbols are literals: no character of a regular expression has so high a code.  The others may have the
 * value of a metacharacter and are written in hexadecimal.
 */
static void put_symbol(Writer *w, Symbol symbol)
{
    if (symbol >= SYMBOL_FIRST_WORD)
        LIST_PUSH(&w->scratch, &w->out, symbol);
    else
        put_number(w, "\\x{%x}", symbol);
}

/* "[^...]" of the symbols that a run does not cross. */
static void put_barred(Writer *w, SlotKind slot)
{
    put(w, "[^");
    put_symbol(w, SYMBOL_STOP);
    if (slot == SLOT_OBJECT || slot == SLOT_NONE)
        put_symbol(w, SYMBOL_SEMICOLON);
    if (slot == SLOT_OBJECT)
        put_symbol(w, SYMBOL_DASH);
    put(w, "]");
}

static void put_class(Writer *w, const Symbol *symbols, size_t n)
{
    put(w, "[");
    for (size_t i = 0; i < n; i++)
        put_symbol(w, symbols[i]);
    put(w, "]");
}

static void put_slot(Writer *w, const Node *node)
{
    const PatternClasses *classes = w->pattern->classes;
    bool kept = node->slot_index != SLOT_NOT_KEPT;
    if (kept)
        w->code->slots[++w->code->n_groups] = node->slot_index;
    if (node->slot == SLOT_ASIDE) {
        put(w, "(?:");
        put_symbol(w, SYMBOL_COMMA);
    }
    put(w, kept ? "(" : "(?:");
    switch (node->slot) {
    case SLOT_OBJECT: case SLOT_ANY:
        put_barred(w, node->slot);
        put_number(w, "{1,%u}?", node->slot == SLOT_OBJECT ? PATTERN_MIDDLE_SYMBOLS : PATTERN_END_SYMBOLS);
        break;
    case SLOT_CONTENT:
        put_number(w, ".{1,%u}?", PATTERN_CONTENT_SYMBOLS);
        break;
    case SLOT_ASIDE:
        put_barred(w, SLOT_ANY);
        put_number(w, "{1,%u}?", PATTERN_END_SYMBOLS);
        break;
    case SLOT_NUMBER:
        put_class(w, classes->numbers, classes->n_numbers);
        break;
    case SLOT_NAME:
        put_class(w, classes->names, classes->n_names);
        break;
    case SLOT_TAG: case SLOT_NONE:
        put_symbol(w, node->symbol);
        break;
    }
    put(w, ")");
    if (node->slot == SLOT_ASIDE) {
        put_symbol(w, SYMBOL_COMMA);
        put(w, ")?");
    }
}

static void put_node(Writer *w, const Node *node);

static int by_length(const void *a, const void *b)
{
    const Node *x = *(const Node *const *)a, *y = *(const Node *const *)b;
    if (x->most != y->most)
        return x->most > y->most ? -1 : 1;
    return str_compare(x->source, y->source);
}

/* Alternatives are tried longest first, so that their order in the rule does not matter. */
static void put_any(Writer *w, const Node *node)
{
    bool words = true;
    for (size_t i = 0; i < node->items.len; i++)
        words &= node->items.ptr[i]->kind == NODE_WORD;
    if (words) {
        put(w, "[");
        for (size_t i = 0; i < node->items.len; i++)
            put_symbol(w, node->items.ptr[i]->symbol);
        put(w, "]");
        return;
    }
    const Node **branches = ARENA_ARRAY(&w->scratch, const Node *, node->items.len);
    memcpy(branches, node->items.ptr, node->items.len * sizeof *branches);
    qsort(branches, node->items.len, sizeof *branches, by_length);
    put(w, "(?:");
    for (size_t i = 0; i < node->items.len; i++) {
        if (i)
            put(w, "|");
        put_node(w, branches[i]);
    }
    put(w, ")");
}

static void put_node(Writer *w, const Node *node)
{
    switch (node->kind) {
    case NODE_WORD:
        put_symbol(w, node->symbol);
        break;
    case NODE_GAP:
        put_barred(w, SLOT_NONE);
        put_number(w, "{0,%u}?", node->gap);
        break;
    case NODE_SLOT:
        put_slot(w, node);
        break;
    case NODE_ALL:
        for (size_t i = 0; i < node->items.len; i++)
            put_node(w, node->items.ptr[i]);
        break;
    case NODE_ANY:
        put_any(w, node);
        break;
    case NODE_OPTION:
        put(w, "(?:");
        put_node(w, node->items.ptr[0]);
        put(w, ")?");
        break;
    }
}

/* False: error_out says why, if it is wanted. */
static bool compile(const Pattern *pattern, Code *code, char *error_out, size_t error_bytes)
{
    Writer writer = { .pattern = pattern, .code = code };
    put_node(&writer, pattern->core);
    int error;
    PCRE2_SIZE at;
    code->regex = pcre2_compile(writer.out.ptr, writer.out.len, PCRE2_DOTALL | PCRE2_NEVER_UTF | PCRE2_USE_OFFSET_LIMIT, &error, &at, NULL);
    arena_clear(&writer.scratch);
    code->broken = !code->regex;
    if (code->regex) {
        (void)pcre2_jit_compile(code->regex, PCRE2_JIT_COMPLETE);    /* without JIT it runs all the same, slower */
    } else if (error_bytes) {
        PCRE2_UCHAR wide[128];
        int n = pcre2_get_error_message(error, wide, BASE_COUNT(wide));
        size_t len = 0;
        for (; (int)len < n && len + 1 < error_bytes; len++)
            error_out[len] = (char)wide[len];
        error_out[len] = '\0';
    }
    return !code->broken;
}

bool pattern_check(const Pattern *pattern, Problems *problems)
{
    Code code = { 0 };
    char text[128] = "";
    bool sound = compile(pattern, &code, text, sizeof text);
    pcre2_code_free(code.regex);
    if (!sound)
        problems_addf(problems, ERR_RULES, pattern->file, pattern_line(pattern), pattern_col(pattern),
                      "the pattern cannot be compiled: %s", text);
    return sound;
}

/* ---- matching --------------------------------------------------------------- */

struct PatternScratch {
    Arena arena;
    pcre2_match_data *data;
    pcre2_match_context *context;
    struct { Code **ptr; size_t len, cap; } codes;       /* by index of the pattern; NULL: not needed so far */
};

/* PCRE2 takes what a match needs from the scratch's arena, which ends the program when there is none. */
static void *scratch_alloc(size_t size_bytes, void *arena)
{
    return arena_alloc(arena, size_bytes);
}

static void scratch_free(void *block, void *arena)
{
    (void)block;
    (void)arena;
}

PatternScratch *pattern_scratch_open(void)
{
    Arena arena;
    arena_init(&arena);
    PatternScratch *scratch = ARENA_NEW(&arena, PatternScratch);
    scratch->arena = arena;
    pcre2_general_context *memory = pcre2_general_context_create(scratch_alloc, scratch_free, &scratch->arena);
    scratch->data = pcre2_match_data_create(PATTERN_GROUPS + 1, memory);
    scratch->context = pcre2_match_context_create(memory);
    pcre2_set_match_limit(scratch->context, PATTERN_LIMIT_STEPS);
    pcre2_set_depth_limit(scratch->context, PATTERN_LIMIT_STEPS);
    return scratch;
}

void pattern_scratch_close(PatternScratch *scratch)
{
    if (!scratch)
        return;
    for (size_t i = 0; i < scratch->codes.len; i++)
        if (scratch->codes.ptr[i])
            pcre2_code_free(scratch->codes.ptr[i]->regex);
    Arena arena = scratch->arena;
    arena_clear(&arena);
}

static const Code *code_of(PatternScratch *scratch, const Pattern *pattern)
{
    while (scratch->codes.len <= pattern->index)
        LIST_PUSH(&scratch->arena, &scratch->codes, NULL);
    Code **code = &scratch->codes.ptr[pattern->index];
    if (!*code) {
        *code = ARENA_NEW(&scratch->arena, Code);
        compile(pattern, *code, NULL, 0);
    }
    return *code;
}

static bool bars(SlotKind slot, Symbol symbol)
{
    if (slot == SLOT_CONTENT)
        return false;
    return symbol == SYMBOL_STOP || (slot == SLOT_OBJECT && (symbol == SYMBOL_SEMICOLON || symbol == SYMBOL_DASH));
}

static bool is_mark(Symbol symbol)
{
    return symbol >= SYMBOL_COMMA && symbol <= SYMBOL_MARK;
}

/* How far a run at an end of the pattern reaches from `at`; without marks at its edges unless it is <content>. */
static void measure_end(PatternEnd end, const Symbol *symbols, uint32_t n, uint32_t at, bool backwards, PatternSlot *slot)
{
    uint32_t most = end.slot == SLOT_CONTENT ? n : PATTERN_END_SYMBOLS;
    slot->from = slot->to = at;
    if (backwards)
        while (slot->from > 0 && at - slot->from < most && !bars(end.slot, symbols[slot->from - 1]))
            slot->from--;
    else
        while (slot->to < n && slot->to - at < most && !bars(end.slot, symbols[slot->to]))
            slot->to++;
    if (end.slot != SLOT_CONTENT) {
        while (slot->from < slot->to && is_mark(symbols[slot->from]))
            slot->from++;
        while (slot->from < slot->to && is_mark(symbols[slot->to - 1]))
            slot->to--;
    }
    slot->set = slot->from < slot->to;
}

PatternResult pattern_match(const Pattern *pattern, PatternScratch *scratch, const Symbol *symbols, size_t n_symbols,
                            Span starts, PatternMatch *out)
{
    const Code *code = code_of(scratch, pattern);
    if (code->broken || n_symbols > UINT32_MAX)
        return PATTERN_BROKEN;
    uint32_t n = (uint32_t)n_symbols;
    pcre2_set_offset_limit(scratch->context, starts.to);
    for (; starts.from < n && starts.from <= starts.to; starts.from = out->from + 1) {
        int rc = pcre2_match(code->regex, symbols, n, starts.from, 0, scratch->data, scratch->context);
        if (rc == PCRE2_ERROR_NOMATCH)
            return PATTERN_NO;
        if (rc < 0)
            return PATTERN_EXPLODED;
        const PCRE2_SIZE *place = pcre2_get_ovector_pointer(scratch->data);
        *out = (PatternMatch){ .from = (uint32_t)place[0], .to = (uint32_t)place[1], .n_slots = pattern->n_slots };
        for (size_t i = 0; i < pattern->n_slots; i++)
            out->slots[i].name = pattern->slot_names[i];
        for (size_t g = 1; g < (size_t)rc; g++)
            if (place[2 * g] != PCRE2_UNSET) {
                PatternSlot *slot = &out->slots[code->slots[g]];
                slot->from = (uint32_t)place[2 * g];
                slot->to = (uint32_t)place[2 * g + 1];
                slot->set = true;
            }
        out->whole_from = out->from;
        out->whole_to = out->to;
        if (pattern->head.slot) {
            PatternSlot *slot = &out->slots[pattern->head.slot_index];
            measure_end(pattern->head, symbols, n, out->from, true, slot);
            if (!slot->set && !pattern->head.optional)
                continue;
            if (slot->set)
                out->whole_from = slot->from;
        }
        if (pattern->tail.slot) {
            PatternSlot *slot = &out->slots[pattern->tail.slot_index];
            measure_end(pattern->tail, symbols, n, out->to, false, slot);
            if (!slot->set && !pattern->tail.optional)
                continue;
            if (slot->set)
                out->whole_to = slot->to;
        }
        return PATTERN_YES;
    }
    return PATTERN_NO;
}

/* ---- near misses ------------------------------------------------------------ */

enum { NEAR_SYMBOLS = 1024 };        /* a longer string is looked at up to here */

typedef struct Places { bool at[NEAR_SYMBOLS + 1]; } Places;      /* places between symbols that a part may end at */

typedef struct Near { const Pattern *pattern; const Symbol *symbols; size_t n; } Near;

static bool symbol_fits(const Near *near, const Node *node, Symbol symbol)
{
    const Symbol *class = node->slot == SLOT_NUMBER ? near->pattern->classes->numbers : near->pattern->classes->names;
    size_t n = node->slot == SLOT_NUMBER ? near->pattern->classes->n_numbers : near->pattern->classes->n_names;
    if (node->kind == NODE_WORD || node->slot == SLOT_TAG)
        return node->symbol == symbol;
    if (node->slot == SLOT_NUMBER || node->slot == SLOT_NAME) {
        for (size_t i = 0; i < n; i++)
            if (class[i] == symbol)
                return true;
        return false;
    }
    if (node->kind == NODE_GAP)
        return symbol != SYMBOL_STOP && symbol != SYMBOL_SEMICOLON;
    return !bars(node->slot, symbol);
}

static void add_places(Places *to, const Places *from)
{
    for (size_t i = 0; i <= NEAR_SYMBOLS; i++)
        to->at[i] |= from->at[i];
}

static bool any_place(const Places *places, size_t *first)
{
    for (size_t i = 0; i <= NEAR_SYMBOLS; i++)
        if (places->at[i]) {
            *first = i;
            return true;
        }
    return false;
}

/* All places where `node` may end when it starts at one of `places`. */
static Places step(const Near *near, const Node *node, const Places *places)
{
    Places out = { 0 };
    switch (node->kind) {
    case NODE_WORD: case NODE_GAP: case NODE_SLOT: {
        bool run = node->most > 1;
        size_t most = node->slot == SLOT_OBJECT ? PATTERN_MIDDLE_SYMBOLS : node->most;
        for (size_t i = 0; i <= near->n; i++) {
            if (!places->at[i])
                continue;
            out.at[i] |= node->kind == NODE_GAP || node->slot == SLOT_ASIDE;
            for (size_t k = i; k < near->n && k - i < (run ? most : 1) && symbol_fits(near, node, near->symbols[k]); k++)
                out.at[k + 1] = true;
        }
        break;
    }
    case NODE_ALL:
        out = *places;
        for (size_t i = 0; i < node->items.len; i++)
            out = step(near, node->items.ptr[i], &out);
        break;
    case NODE_OPTION:
        out = *places;
        /* fall through */
    case NODE_ANY:
        for (size_t i = 0; i < node->items.len; i++) {
            Places branch = step(near, node->items.ptr[i], places);
            add_places(&out, &branch);
        }
        break;
    }
    return out;
}

/*
 * From every part on: which parts match in a row, starting anywhere.  What lacks is the part behind the best
 * row, or the one before it when the row reaches the pattern's end.
 */
bool pattern_near(const Pattern *pattern, const Symbol *symbols, size_t n_symbols, PatternNear *out)
{
    Near near = { pattern, symbols, n_symbols < NEAR_SYMBOLS ? n_symbols : NEAR_SYMBOLS };
    const Nodes *parts = &pattern->core->items;
    *out = (PatternNear){ 0 };
    for (size_t i = 0; i < parts->len; i++)
        out->total += parts->ptr[i]->least > 0;
    for (size_t first = 0; first < parts->len; first++) {
        if (parts->ptr[first]->least == 0)
            continue;
        Places places = { 0 };
        memset(places.at, 1, near.n + 1);
        int matched = 0;
        size_t i = first, at = 0;
        for (; i < parts->len; i++) {
            places = step(&near, parts->ptr[i], &places);
            size_t end;
            if (!any_place(&places, &end))
                break;
            at = end;
            matched += parts->ptr[i]->least > 0;
        }
        if (matched <= out->matched)
            continue;
        size_t before = first;
        while (before > 0 && parts->ptr[--before]->least == 0)
            ;
        out->matched = matched;
        out->at = (uint32_t)at;
        out->lacks = i < parts->len ? parts->ptr[i]->source : first > 0 ? parts->ptr[before]->source : STR("");
    }
    return out->matched > 0;
}
