#include "extract/evaluate.h"

#include "base/json.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    EVALUATE_PAIRS_MAX = 4 * 1000 * 1000,    /* of marked and found things in one story: each pair is looked at */
    EVALUATE_WORDS_SHOWN = 150,              /* of a miss, in code points */
};

/* ---- words as sets of letters -------------------------------------------------- */

/* How many letters and digits stand before each byte and each code point. */
typedef struct Ranks {
    uint32_t *at_byte, *at_point;
    size_t n_points;
} Ranks;

/* Letters by rank: sorted spans that do not touch. */
typedef struct Words { Spans spans; uint32_t n; } Words;
typedef struct WordsList { Words *ptr; size_t len, cap; } WordsList;

static void number_letters(Str text, Arena *arena, Ranks *out)
{
    *out = (Ranks){ .at_byte = ARENA_ARRAY(arena, uint32_t, text.len + 1),
                    .at_point = ARENA_ARRAY(arena, uint32_t, text.len + 1) };
    uint32_t n = 0;
    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t code = utf8_decode(text, at, &next);
        out->at_point[out->n_points++] = n;
        for (size_t i = at; i < next; i++)
            out->at_byte[i] = n;
        n += (code >= '0' && code <= '9') || utf8_is_letter(code);
    }
    out->at_byte[text.len] = out->at_point[out->n_points] = n;
}

static int by_start(const void *a, const void *b)
{
    const Span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Parts may come in any order and overlap. */
static void settle(Words *words)
{
    Spans *spans = &words->spans;
    size_t kept = 0;
    if (spans->len > 1)
        qsort(spans->ptr, spans->len, sizeof *spans->ptr, by_start);
    words->n = 0;
    for (size_t i = 0; i < spans->len; i++) {
        Span span = spans->ptr[i];
        if (span.from >= span.to)
            continue;
        if (kept && spans->ptr[kept - 1].to >= span.from) {
            Span *last = &spans->ptr[kept - 1];
            words->n += span.to > last->to ? span.to - last->to : 0;
            last->to = span.to > last->to ? span.to : last->to;
        } else {
            spans->ptr[kept++] = span;
            words->n += span.to - span.from;
        }
    }
    spans->len = kept;
}

static Words words_found(const Statement *statement, const Ranks *ranks, Arena *arena)
{
    Words words = { 0 };
    for (size_t i = 0; i < statement->spans.len; i++) {
        Span span = statement->spans.ptr[i];
        LIST_PUSH(arena, &words.spans, ((Span){ ranks->at_byte[span.from], ranks->at_byte[span.to] }));
    }
    settle(&words);
    return words;
}

static uint32_t words_shared(const Words *a, const Words *b)
{
    uint32_t n = 0;
    for (size_t i = 0, k = 0; i < a->spans.len && k < b->spans.len;) {
        Span x = a->spans.ptr[i], y = b->spans.ptr[k];
        uint32_t from = x.from > y.from ? x.from : y.from, to = x.to < y.to ? x.to : y.to;
        n += from < to ? to - from : 0;
        *(x.to < y.to ? &i : &k) += 1;
    }
    return n;
}

static bool any_shared(const WordsList *list, const Words *words)
{
    for (size_t i = 0; i < list->len; i++)
        if (words_shared(&list->ptr[i], words))
            return true;
    return false;
}

/* ---- who goes to whom ------------------------------------------------------------- */

typedef struct Link { double alike; uint32_t marked, found; } Link;
typedef struct Links { Link *ptr; size_t len, cap; } Links;

typedef double Likeness(uint32_t shared, const Words *a, const Words *b);

static double by_union(uint32_t shared, const Words *a, const Words *b)
{
    return (double)shared / (double)(a->n + b->n - shared);
}

/* A claim may be marked more narrowly than the statement that holds it. */
static double by_smaller(uint32_t shared, const Words *a, const Words *b)
{
    return (double)shared / (double)(a->n < b->n ? a->n : b->n);
}

static int most_alike_first(const void *a, const void *b)
{
    const Link *x = a, *y = b;
    if (x->alike != y->alike)
        return x->alike < y->alike ? 1 : -1;
    if (x->marked != y->marked)
        return x->marked > y->marked ? 1 : -1;
    return (x->found > y->found) - (x->found < y->found);
}

/* What was given to whom, and what of both sides was given at all. */
typedef struct Match { Links links; bool *marked, *found; } Match;

/* Greedy, so that the strict matches are those of the lenient ones that are alike enough. */
static Match match(const WordsList *marked, const WordsList *found, Likeness *likeness, double cut, Arena *arena)
{
    Links all = { 0 };
    for (size_t i = 0; i < marked->len; i++)
        for (size_t k = 0; k < found->len; k++) {
            uint32_t shared = words_shared(&marked->ptr[i], &found->ptr[k]);
            double alike = shared ? likeness(shared, &marked->ptr[i], &found->ptr[k]) : 0;
            if (shared && alike >= cut)
                LIST_PUSH(arena, &all, ((Link){ alike, (uint32_t)i, (uint32_t)k }));
        }
    if (all.len > 1)
        qsort(all.ptr, all.len, sizeof *all.ptr, most_alike_first);
    Match out = { .marked = ARENA_ARRAY(arena, bool, marked->len), .found = ARENA_ARRAY(arena, bool, found->len) };
    for (size_t i = 0; i < all.len; i++) {
        Link link = all.ptr[i];
        if (out.marked[link.marked] || out.found[link.found])
            continue;
        out.marked[link.marked] = out.found[link.found] = true;
        LIST_PUSH(arena, &out.links, link);
    }
    return out;
}

/* ---- names -------------------------------------------------------------------------- */

static bool is_word(uint32_t code)
{
    return utf8_is_letter(code) || (code < 0x80 && code && strchr("0123456789_'-", (int)code));
}

/* Without the word at the end and the comma and blanks before it; false if it is not there. */
static bool drop_suffix(Str *name, Str suffix)
{
    Str rest = *name;
    if (str_ends(rest, STR(".")))
        rest.len--;
    if (!str_ends(rest, suffix) || rest.len == suffix.len || rest.ptr[rest.len - suffix.len - 1] != ' ')
        return false;
    *name = str_trim((Str){ rest.ptr, rest.len - suffix.len });
    return true;
}

/* "Ada Roe's", "Ada Roe, the foreign minister", "Ada Roe (Labour)", "Ada Roe Jr." -> "roe" */
static Str last_name(Str name, Arena *arena)
{
    static const Str suffixes[] = { STR_INIT("jr"), STR_INIT("sr"), STR_INIT("ii"), STR_INIT("iii") };
    name = str_trim(utf8_fold_copy(arena, name));
    name.len -= str_ends(name, STR("'s")) ? 2 : str_ends(name, STR("'")) ? 1 : 0;
    name.len = str_find(name, STR(","), 0);
    name.len = str_find(name, STR(" ("), 0);
    for (size_t i = 0; i < BASE_COUNT(suffixes); i++)
        if (drop_suffix(&name, suffixes[i]))
            break;
    Str last = STR("");
    bool open = false;
    for (size_t at = 0, next; at < name.len; at = next) {
        bool word = is_word(utf8_decode(name, at, &next));
        if (word && !open)
            last = (Str){ name.ptr + at, 0 };
        last.len += word ? next - at : 0;
        open = word;
    }
    return last;
}

static bool same_last_name(Str a, Str b, Arena *arena)
{
    return str_equal(last_name(a, arena), last_name(b, arena));
}

/* Zelensky, Zelenski, Zelenskiy and Zelenskyy are one name; Ma and May are two. */
static bool same_spelling(Str a, Str b)
{
    static const Str endings[] = { STR_INIT("iy"), STR_INIT("yy"), STR_INIT("ii"), STR_INIT("y"), STR_INIT("i") };
    Str *const names[2] = { &a, &b };
    bool cut[2] = { false, false };
    for (int n = 0; n < 2; n++)
        for (size_t i = 0; i < BASE_COUNT(endings) && !cut[n]; i++)
            if (str_ends(*names[n], endings[i])) {
                names[n]->len -= endings[i].len;
                cut[n] = true;
            }
    return cut[0] == cut[1] && str_equal(a, b);
}

/* One of the marked names, a person's or a body's, is one of those found. */
static bool same_speaker(const Str marked[2], const Statement *found, Arena *arena)
{
    const Str got[2] = { last_name(found->speaker, arena), last_name(found->speaker_text, arena) };
    for (int i = 0; i < 2; i++) {
        Str want = last_name(marked[i], arena);
        for (int k = 0; k < 2; k++)
            if (want.len && same_spelling(want, got[k]))
                return true;
    }
    return false;
}

static Str speaker_of(const Statement *statement)
{
    return statement->speaker.len ? statement->speaker : statement->speaker_text;
}

/* ---- annotations ----------------------------------------------------------------- */

typedef struct MarkedQuote {
    StatementKind kind;
    bool speech;
    bool by_other_words;                     /* the speaker's words do not hold the name */
    Str cue, speaker_text, speaker_full;
} MarkedQuote;

typedef struct MarkedClaim {                 /* one that takes a side */
    int side;
    Str position, speaker[2], place;
    Date said_on;
} MarkedClaim;

typedef struct MarkedQuotes { MarkedQuote *ptr; size_t len, cap; } MarkedQuotes;
typedef struct MarkedClaims { MarkedClaim *ptr; size_t len, cap; } MarkedClaims;

/* One story under evaluation. */
typedef struct Work {
    Evaluation *to;
    const Story *story;
    const Statements *statements;
    Ranks ranks;
    WordsList found;                         /* of the statements, in their order */
    Arena *arena;
    Error *err;
} Work;

static bool bad(Work *w, const char *list, size_t i, const char *what)
{
    return error_set(w->err, ERR_INPUT, str_cstr(w->arena, w->story->path), w->story->line, 0, "\"%s\" no. %zu: %s",
                     list, i + 1, what);
}

static bool read_offset(const Json *value, Arena *arena, uint32_t *out)
{
    Str digits = json_string_value(value, arena);
    *out = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || i == 9)
            return false;
        *out = *out * 10 + (uint32_t)(digits.ptr[i] - '0');
    }
    return digits.len > 0;
}

static bool read_span(Work *w, const Json *pair, Words *words)
{
    Span points;
    if (json_length(pair) != 2 || !read_offset(json_at(pair, 0), w->arena, &points.from) ||
        !read_offset(json_at(pair, 1), w->arena, &points.to) || points.from > points.to || points.to > w->ranks.n_points)
        return false;
    LIST_PUSH(w->arena, &words->spans, ((Span){ w->ranks.at_point[points.from], w->ranks.at_point[points.to] }));
    return true;
}

/* "parts", else "quote". */
static bool read_words(Work *w, const Json *item, Words *out)
{
    const Json *parts = json_member(item, "parts");
    *out = (Words){ 0 };
    if (!json_length(parts) && !read_span(w, json_member(item, "quote"), out))
        return false;
    if (json_length(parts))
        for (const Json *part = json_at(parts, 0); part; part = json_next(part))
            if (!read_span(w, part, out))
                return false;
    settle(out);
    return true;
}

static const char bad_words[] = "\"quote\" must be [FROM,TO] and \"parts\" a list of such, in code points of the text";

static const Str kinds[] = { [STATEMENT_DIRECT] = STR_INIT("direct"), [STATEMENT_INDIRECT] = STR_INIT("indirect"),
                             [STATEMENT_MIXED] = STR_INIT("mixed") };

static bool read_kind(Str name, StatementKind *out)
{
    for (size_t i = 0; i < BASE_COUNT(kinds); i++)
        if (str_equal(name, kinds[i])) {
            *out = (StatementKind)i;
            return true;
        }
    return false;
}

static bool read_quotes(Work *w, const Json *list, MarkedQuotes *quotes, WordsList *words)
{
    for (const Json *item = json_at(list, 0); item; item = json_next(item)) {
        Words marked;
        MarkedQuote quote = {
            .speech = !json_is_false(json_member(item, "speech")),
            .by_other_words = str_equal(json_string(item, "speaker_full_src", w->arena), STR("coref")),
            .cue = json_string(item, "cue_text", w->arena),
            .speaker_text = json_string(item, "speaker_text", w->arena),
            .speaker_full = json_string(item, "speaker_full", w->arena),
        };
        if (!read_words(w, item, &marked))
            return bad(w, "quotes", quotes->len, bad_words);
        if (!read_kind(json_string(item, "kind", w->arena), &quote.kind))
            return bad(w, "quotes", quotes->len, "\"kind\" must be direct, indirect or mixed");
        LIST_PUSH(w->arena, quotes, quote);
        LIST_PUSH(w->arena, words, marked);
    }
    return true;
}

/* A position of the rules, or only its side: "for", "against", "normative-for"; 0: none of these. */
static int position_side(const Rules *rules, Str name)
{
    for (size_t i = 0; i < rules->n_rules; i++)
        if (str_equal(rules->rules[i].stanza->kind, STR("position")) && str_equal(rules->rules[i].name, name))
            return rules->rules[i].side;
    bool against = str_equal(name, STR("against")) || str_ends(name, STR("-against"));
    return against ? -1 : str_equal(name, STR("for")) || str_ends(name, STR("-for"));
}

/* Words whose position takes no side go to *other: what is found there is neither right nor wrong. */
static bool read_claims(Work *w, const Json *list, MarkedClaims *claims, WordsList *words, WordsList *other)
{
    size_t n = 0;
    for (const Json *item = json_at(list, 0); item; item = json_next(item), n++) {
        Words marked;
        MarkedClaim claim = {
            .position = json_string(item, "position", w->arena),
            .speaker = { json_string(item, "speaker", w->arena), json_string(item, "speaker_surface", w->arena) },
            .place = json_string(item, "place", w->arena),
            .said_on = DATE_UNKNOWN,
        };
        Str day = json_string(item, "said_on", w->arena);
        if (!read_words(w, item, &marked))
            return bad(w, "claims", n, bad_words);
        if (!claim.position.len)
            return bad(w, "claims", n, "it has no \"position\"");
        if (day.len && !date_parse(day, &claim.said_on))
            return bad(w, "claims", n, "\"said_on\" must be YYYY-MM-DD");
        claim.side = position_side(w->to->rules, claim.position);
        if (claim.side)
            LIST_PUSH(w->arena, claims, claim);
        LIST_PUSH(w->arena, claim.side ? words : other, marked);
    }
    return true;
}

/* ---- misses ---------------------------------------------------------------------------- */

/* Where a letter stands, by its rank. */
static size_t letter_byte(const Work *w, uint32_t rank)
{
    size_t low = 0, high = w->story->text.len;       /* the first byte behind it lies between them */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->ranks.at_byte[middle] <= rank)
            low = middle + 1;
        else
            high = middle;
    }
    do
        low--;
    while (((unsigned char)w->story->text.ptr[low] & 0xC0) == 0x80);
    return low;
}

/* From the first of the letters to the last, in one line. */
static Str shown(const Work *w, const Words *words, Arena *arena)
{
    if (!words->n)
        return STR("");
    Str text = w->story->text;
    uint32_t end = words->spans.ptr[words->spans.len - 1].to;
    char *line = arena_alloc(arena, EVALUATE_WORDS_SHOWN * 4);
    size_t len = 0, n = 0;
    for (size_t at = letter_byte(w, words->spans.ptr[0].from), next; n < EVALUATE_WORDS_SHOWN; at = next, n++) {
        if (w->ranks.at_byte[at] == end)
            break;
        utf8_decode(text, at, &next);
        bool blank = (unsigned char)text.ptr[at] <= ' ';
        if (blank && line[len - 1] == ' ')
            continue;
        memcpy(line + len, blank ? " " : text.ptr + at, next - at);
        len += next - at;
    }
    return (Str){ line, len };
}

static void keep(const Work *w, EvaluateMisses *misses, Str what, Str speaker, const Words *words)
{
    Arena *arena = w->to->arena;
    if (arena)
        LIST_PUSH(arena, misses, ((EvaluateMiss){ str_copy(arena, w->story->id), str_copy(arena, what),
                                                  str_copy(arena, speaker), shown(w, words, arena) }));
}

/* "indirect, said" */
static Str what_is(const Work *w, StatementKind kind, Str cue)
{
    return cue.len ? str_printf(w->arena, "%.*s, %.*s", STR_ARG(kinds[kind]), STR_ARG(cue)) : kinds[kind];
}

static Str not_that(const Work *w, Str want, Str got)
{
    return str_printf(w->arena, "%.*s, not %.*s", STR_ARG(want), STR_ARG(got.len ? got : STR("nobody")));
}

/* ---- measuring ------------------------------------------------------------------------- */

static void count(const Work *w, EvaluateCount what, bool so)
{
    w->to->counts[what] += so;
}

static void measure_quotes(const Work *w, const MarkedQuotes *quotes, const WordsList *words)
{
    const Statements *statements = w->statements;
    for (size_t i = 0; i < quotes->len; i++) {
        const MarkedQuote *quote = &quotes->ptr[i];
        count(w, EVALUATE_MARKED, quote->speech);
        count(w, EVALUATE_MARKED_DIRECT + quote->kind, quote->speech);
        count(w, EVALUATE_MARKED_NAMED, quote->speech && quote->speaker_full.len);
    }
    w->to->counts[EVALUATE_FOUND] += statements->len;

    static const double cuts[] = { .5, .8, 1 };
    Match matched = match(words, &w->found, by_union, cuts[0], w->arena);
    for (size_t i = 0; i < matched.links.len; i++) {
        Link link = matched.links.ptr[i];
        const MarkedQuote *quote = &quotes->ptr[link.marked];
        const Statement *statement = &statements->ptr[link.found];
        for (unsigned k = 0; k < BASE_COUNT(cuts); k++) {
            count(w, EVALUATE_LENIENT + k, link.alike >= cuts[k]);
            count(w, EVALUATE_LENIENT_SPEECH + k, link.alike >= cuts[k] && quote->speech);
        }
        count(w, EVALUATE_MATCHED_DIRECT + quote->kind, quote->speech);
        if (!quote->speech || !quote->speaker_full.len)
            continue;
        bool right = same_last_name(quote->speaker_full, speaker_of(statement), w->arena);
        count(w, EVALUATE_JOINT, right);
        count(w, EVALUATE_NAMED, !quote->by_other_words);
        count(w, EVALUATE_NAMED_RIGHT, right && !quote->by_other_words);
        if (!right)
            keep(w, &w->to->wrong, what_is(w, statement->kind, statement->cue),
                 not_that(w, quote->speaker_full, speaker_of(statement)), &w->found.ptr[link.found]);
    }
    for (size_t i = 0; i < quotes->len; i++)
        if (!matched.marked[i] && quotes->ptr[i].speech)
            keep(w, &w->to->missed, what_is(w, quotes->ptr[i].kind, quotes->ptr[i].cue), quotes->ptr[i].speaker_text,
                 &words->ptr[i]);
    for (size_t i = 0; i < statements->len; i++)
        if (!matched.found[i])
            keep(w, &w->to->wrong, what_is(w, statements->ptr[i].kind, statements->ptr[i].cue),
                 speaker_of(&statements->ptr[i]), &w->found.ptr[i]);
}

typedef struct FoundClaim { const Statement *statement; const Claim *claim; } FoundClaim;
typedef struct FoundClaims { FoundClaim *ptr; size_t len, cap; } FoundClaims;

static void measure_claim(const Work *w, const MarkedClaim *want, const FoundClaim *got, const Words *words)
{
    const Statement *statement = got->statement;
    bool speaker = same_speaker(want->speaker, statement, w->arena), side = want->side == got->claim->side;
    count(w, EVALUATE_CLAIMS_MATCHED, true);
    count(w, EVALUATE_CLAIM_SPEAKER, speaker);
    count(w, EVALUATE_CLAIM_SIDE, side);
    count(w, EVALUATE_CLAIM_JOINT, speaker && side);
    count(w, EVALUATE_DAYS, want->said_on != DATE_UNKNOWN);
    count(w, EVALUATE_DAYS_RIGHT, want->said_on != DATE_UNKNOWN && want->said_on == statement->said_on);
    count(w, EVALUATE_PLACES, want->place.len);
    count(w, EVALUATE_PLACES_RIGHT, want->place.len && same_last_name(want->place, statement->place, w->arena));
    if (!speaker || !side)
        keep(w, &w->to->wrong, side ? want->position : not_that(w, want->position, got->claim->position),
             speaker ? want->speaker[0] : not_that(w, want->speaker[0], speaker_of(statement)), words);
}

static void measure_claims(const Work *w, const MarkedClaims *claims, const WordsList *words, const WordsList *other)
{
    FoundClaims found = { 0 };
    WordsList found_words = { 0 };
    for (size_t i = 0; i < w->statements->len; i++)
        for (size_t k = 0; k < w->statements->ptr[i].n_claims; k++) {
            const Statement *statement = &w->statements->ptr[i];
            LIST_PUSH(w->arena, &found, ((FoundClaim){ statement, &statement->claims[k] }));
            LIST_PUSH(w->arena, &found_words, w->found.ptr[i]);
        }
    Match matched = match(words, &found_words, by_smaller, .5, w->arena);
    w->to->counts[EVALUATE_CLAIMS_MARKED] += claims->len;
    for (size_t i = 0; i < matched.links.len; i++) {
        Link link = matched.links.ptr[i];
        measure_claim(w, &claims->ptr[link.marked], &found.ptr[link.found], &words->ptr[link.marked]);
    }
    for (size_t i = 0; i < claims->len; i++)
        if (!matched.marked[i])
            keep(w, &w->to->missed, claims->ptr[i].position, claims->ptr[i].speaker[0], &words->ptr[i]);
    for (size_t i = 0; i < found.len; i++) {
        /* A second claim read off words that are marked once is no mistake that a reader would name. */
        bool elsewhere = !any_shared(words, &found_words.ptr[i]) && !any_shared(other, &found_words.ptr[i]);
        count(w, EVALUATE_CLAIMS_FOUND, matched.found[i] || elsewhere);
        if (!matched.found[i] && elsewhere)
            keep(w, &w->to->wrong, found.ptr[i].claim->position, speaker_of(found.ptr[i].statement), &found_words.ptr[i]);
    }
}

static bool measure(Work *w, const Json *json)
{
    const Json *quotes_json = json_member(json, "quotes"), *claims_json = json_member(json, "claims");
    if ((quotes_json && !json_is_array(quotes_json)) || (claims_json && !json_is_array(claims_json)))
        return error_set(w->err, ERR_INPUT, str_cstr(w->arena, w->story->path), w->story->line, 0,
                         "\"quotes\" and \"claims\" must be lists");
    size_t n_found = w->statements->len;
    for (size_t i = 0; i < w->statements->len; i++)
        n_found += w->statements->ptr[i].n_claims;
    size_t n_marked = json_length(quotes_json) + json_length(claims_json);
    if (n_marked && n_found > EVALUATE_PAIRS_MAX / n_marked)
        return error_set(w->err, ERR_INPUT, str_cstr(w->arena, w->story->path), w->story->line, 0,
                         "too much to compare: %zu things marked, %zu found", n_marked, n_found);

    number_letters(w->story->text, w->arena, &w->ranks);
    for (size_t i = 0; i < w->statements->len; i++)
        LIST_PUSH(w->arena, &w->found, words_found(&w->statements->ptr[i], &w->ranks, w->arena));
    MarkedQuotes quotes = { 0 };
    MarkedClaims claims = { 0 };
    WordsList quote_words = { 0 }, claim_words = { 0 }, other = { 0 };
    if (!read_quotes(w, quotes_json, &quotes, &quote_words) ||
        !read_claims(w, claims_json, &claims, &claim_words, &other))
        return false;
    if (quotes_json)
        measure_quotes(w, &quotes, &quote_words);
    if (claims_json)
        measure_claims(w, &claims, &claim_words, &other);
    w->to->stories++;
    return true;
}

bool evaluate_story(Evaluation *evaluation, const Story *story, const Statements *statements, Arena *scratch, Error *err)
{
    Work w = { .to = evaluation, .story = story, .statements = statements, .arena = scratch, .err = err };
    Json *json;
    if (!story->annotation.len)
        return error_set(err, ERR_INPUT, str_cstr(scratch, story->path), story->line, 0,
                         "the story has neither \"quotes\" nor \"claims\"");
    if (!json_parse(story->annotation, &json, err))
        return false;
    bool ok = measure(&w, json);
    json_free(json);
    return ok;
}

/* ---- figures --------------------------------------------------------------------------- */

/* of EVALUATE_COUNTS: the f1 of the two rows before it. */
static const struct { Str name; EvaluateCount right, of; Str among; } figures[] = {
#define MARKED STR_INIT("marked")
#define FOUND STR_INIT("found")
#define MATCHED STR_INIT("matched")
#define F1 EVALUATE_COUNTS, EVALUATE_COUNTS, { NULL, 0 }
    { STR_INIT("lenient.precision"), EVALUATE_LENIENT, EVALUATE_FOUND, FOUND },
    { STR_INIT("lenient.recall"), EVALUATE_LENIENT_SPEECH, EVALUATE_MARKED, MARKED },
    { STR_INIT("lenient.f1"), F1 },
    { STR_INIT("strict.precision"), EVALUATE_STRICT, EVALUATE_FOUND, FOUND },
    { STR_INIT("strict.recall"), EVALUATE_STRICT_SPEECH, EVALUATE_MARKED, MARKED },
    { STR_INIT("strict.f1"), F1 },
    { STR_INIT("exact.precision"), EVALUATE_EXACT, EVALUATE_FOUND, FOUND },
    { STR_INIT("exact.recall"), EVALUATE_EXACT_SPEECH, EVALUATE_MARKED, MARKED },
    { STR_INIT("exact.f1"), F1 },
    { STR_INIT("direct.recall"), EVALUATE_MATCHED_DIRECT, EVALUATE_MARKED_DIRECT, MARKED },
    { STR_INIT("mixed.recall"), EVALUATE_MATCHED_MIXED, EVALUATE_MARKED_MIXED, MARKED },
    { STR_INIT("indirect.recall"), EVALUATE_MATCHED_INDIRECT, EVALUATE_MARKED_INDIRECT, MARKED },
    { STR_INIT("speaker"), EVALUATE_NAMED_RIGHT, EVALUATE_NAMED, MATCHED },
    { STR_INIT("joint"), EVALUATE_JOINT, EVALUATE_MARKED_NAMED, MARKED },
    { STR_INIT("claims.precision"), EVALUATE_CLAIMS_MATCHED, EVALUATE_CLAIMS_FOUND, FOUND },
    { STR_INIT("claims.recall"), EVALUATE_CLAIMS_MATCHED, EVALUATE_CLAIMS_MARKED, MARKED },
    { STR_INIT("claims.f1"), F1 },
    { STR_INIT("claims.speaker"), EVALUATE_CLAIM_SPEAKER, EVALUATE_CLAIMS_MATCHED, MATCHED },
    { STR_INIT("claims.side"), EVALUATE_CLAIM_SIDE, EVALUATE_CLAIMS_MATCHED, MATCHED },
    { STR_INIT("claims.joint"), EVALUATE_CLAIM_JOINT, EVALUATE_CLAIMS_MARKED, MARKED },
    { STR_INIT("claims.said_on"), EVALUATE_DAYS_RIGHT, EVALUATE_DAYS, MATCHED },
    { STR_INIT("claims.place"), EVALUATE_PLACES_RIGHT, EVALUATE_PLACES, MATCHED },
#undef MARKED
#undef FOUND
#undef MATCHED
#undef F1
};

void evaluate_figures(const Evaluation *evaluation, EvaluateFigure out[EVALUATE_FIGURES])
{
    _Static_assert(BASE_COUNT(figures) == EVALUATE_FIGURES, "every figure has its row");
    for (size_t i = 0; i < BASE_COUNT(figures); i++) {
        EvaluateFigure *figure = &out[i];
        *figure = (EvaluateFigure){ .name = figures[i].name, .among = figures[i].among };
        if (figures[i].of == EVALUATE_COUNTS) {
            double precision = out[i - 2].value, recall = out[i - 1].value;
            figure->known = out[i - 1].known;
            figure->value = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
            continue;
        }
        figure->right = evaluation->counts[figures[i].right];
        figure->of = evaluation->counts[figures[i].of];
        figure->known = figure->of > 0;
        figure->value = figure->known ? (double)figure->right / (double)figure->of : 0;
    }
}
