#include "engine/token_internal.h"

#include "base/utf8.h"

/* ---- words of English ------------------------------------------------------ */

/*
 * Spelling that must be known before there are rules: their phrases are read through the same tokenizer.  All other
 * words of the language stand in rules/.  Each table is sorted.
 */

/* Abbreviations whose dot ends no sentence.  Facts of English spelling, not of any subject. */
static const Str abbreviations[] = {
    STR_INIT("adm"), STR_INIT("ala"), STR_INIT("amb"), STR_INIT("apr"), STR_INIT("ariz"), STR_INIT("ark"),
    STR_INIT("assn"), STR_INIT("asst"), STR_INIT("aug"), STR_INIT("ave"), STR_INIT("benj"), STR_INIT("blvd"),
    STR_INIT("brig"), STR_INIT("calif"), STR_INIT("capt"), STR_INIT("chas"), STR_INIT("cmdr"), STR_INIT("co"),
    STR_INIT("col"), STR_INIT("colo"), STR_INIT("comdr"), STR_INIT("conn"), STR_INIT("corp"), STR_INIT("cpl"),
    STR_INIT("dec"), STR_INIT("del"), STR_INIT("dept"), STR_INIT("dr"), STR_INIT("ed"), STR_INIT("est"),
    STR_INIT("etc"), STR_INIT("feb"), STR_INIT("fla"), STR_INIT("fr"), STR_INIT("ft"), STR_INIT("ga"),
    STR_INIT("gen"), STR_INIT("geo"), STR_INIT("gov"), STR_INIT("govs"), STR_INIT("hon"), STR_INIT("ill"),
    STR_INIT("inc"), STR_INIT("ind"), STR_INIT("jan"), STR_INIT("jas"), STR_INIT("jr"), STR_INIT("jul"),
    STR_INIT("jun"), STR_INIT("kan"), STR_INIT("ky"), STR_INIT("lt"), STR_INIT("ltd"), STR_INIT("maj"),
    STR_INIT("mar"), STR_INIT("mass"), STR_INIT("md"), STR_INIT("messrs"), STR_INIT("mich"), STR_INIT("minn"),
    STR_INIT("miss"), STR_INIT("mont"), STR_INIT("mr"), STR_INIT("mrs"), STR_INIT("ms"), STR_INIT("mt"),
    STR_INIT("neb"), STR_INIT("nev"), STR_INIT("no"), STR_INIT("nov"), STR_INIT("oct"), STR_INIT("okla"),
    STR_INIT("ore"), STR_INIT("pa"), STR_INIT("pres"), STR_INIT("prof"), STR_INIT("pvt"), STR_INIT("rep"),
    STR_INIT("reps"), STR_INIT("rev"), STR_INIT("robt"), STR_INIT("sec"), STR_INIT("sen"), STR_INIT("sens"),
    STR_INIT("sep"), STR_INIT("sept"), STR_INIT("sgt"), STR_INIT("sr"), STR_INIT("st"), STR_INIT("ste"),
    STR_INIT("supt"), STR_INIT("tenn"), STR_INIT("tex"), STR_INIT("thos"), STR_INIT("univ"), STR_INIT("va"),
    STR_INIT("vs"), STR_INIT("vt"), STR_INIT("wash"), STR_INIT("wis"), STR_INIT("wm"), STR_INIT("wyo"),
};

/* Of these the dot may also end a sentence: it does when a word follows that opens sentences. */
static const Str openers[] = {
    STR_INIT("a"), STR_INIT("after"), STR_INIT("although"), STR_INIT("an"), STR_INIT("and"), STR_INIT("as"), STR_INIT("asked"),
    STR_INIT("at"), STR_INIT("but"), STR_INIT("for"), STR_INIT("he"), STR_INIT("his"), STR_INIT("however"), STR_INIT("i"),
    STR_INIT("if"), STR_INIT("in"), STR_INIT("it"), STR_INIT("its"), STR_INIT("on"), STR_INIT("one"), STR_INIT("she"),
    STR_INIT("some"), STR_INIT("that"), STR_INIT("the"), STR_INIT("their"), STR_INIT("there"), STR_INIT("these"),
    STR_INIT("they"), STR_INIT("this"), STR_INIT("we"), STR_INIT("when"), STR_INIT("while"), STR_INIT("you"),
};

/* Words that no name begins with: a capital of theirs behind "U.S." comes from a wire that put one behind every dot. */
static const Str inner_words[] = {
    STR_INIT("after"), STR_INIT("although"), STR_INIT("and"), STR_INIT("are"), STR_INIT("as"), STR_INIT("at"), STR_INIT("because"),
    STR_INIT("been"), STR_INIT("before"), STR_INIT("by"), STR_INIT("can"), STR_INIT("could"), STR_INIT("during"), STR_INIT("for"),
    STR_INIT("from"), STR_INIT("had"), STR_INIT("has"), STR_INIT("have"), STR_INIT("if"), STR_INIT("in"), STR_INIT("into"),
    STR_INIT("is"), STR_INIT("may"), STR_INIT("of"), STR_INIT("on"), STR_INIT("or"), STR_INIT("over"), STR_INIT("said"),
    STR_INIT("should"), STR_INIT("since"), STR_INIT("so"), STR_INIT("than"), STR_INIT("that"), STR_INIT("to"), STR_INIT("under"),
    STR_INIT("until"), STR_INIT("was"), STR_INIT("were"), STR_INIT("when"), STR_INIT("where"), STR_INIT("which"),
    STR_INIT("while"), STR_INIT("who"), STR_INIT("will"), STR_INIT("with"), STR_INIT("would"),
};

/* Lower-case ASCII copy of a short word; empty when it is long or not ASCII. */
static Str lower_short(Str word, char out[16])
{
    if (word.len > 16)
        return STR("");
    for (size_t i = 0; i < word.len; i++) {
        unsigned c = char_class((unsigned char)word.ptr[i]);
        if (c == C_HIGH)
            return STR("");
        out[i] = (char)(c == C_UPPER ? word.ptr[i] + 32 : word.ptr[i]);
    }
    return (Str){ out, word.len };
}

bool token_is_abbreviation(Str word)
{
    char lower[16];
    return str_is_in(abbreviations, BASE_COUNT(abbreviations), lower_short(word, lower));
}

bool token_is_opener(Str word)
{
    char lower[16];
    return str_is_in(openers, BASE_COUNT(openers), lower_short(word, lower));
}

bool token_is_inner(Str word)
{
    char lower[16];
    return str_is_in(inner_words, BASE_COUNT(inner_words), lower_short(word, lower));
}

/* ---- folding ----------------------------------------------------------------- */

enum { WORD_BYTES = 128 };           /* a longer word is hashed by its beginning: no rule has such */

static Str cut_long(Str word)
{
    return word.len > WORD_BYTES ? (Str){ word.ptr, utf8_valid_prefix((Str){ word.ptr, WORD_BYTES }) } : word;
}

/* A word without its dots; "US" and "U.S." as "u.s" so that the country is not the pronoun; a bare possessive as 's. */
static size_t fold_word(Str word, char *out, size_t out_bytes)
{
    size_t len = 0;
    if (word.len <= 4 && byte_is(word, 0, 'U') &&
        (str_equal(word, STR("US")) || str_equal(word, STR("U.S")) || str_equal(word, STR("U.S.")))) {
        memcpy(out, "u.s", 3);
        return 3;
    }
    if (word.len && token_apostrophe_length(word, 0) == word.len) {
        memcpy(out, "'s", 2);        /* allies' */
        return 2;
    }
    bool letters = word.len && (char_class((unsigned char)word.ptr[0]) & C_ALPHA);       /* "3.2" is not "32" */
    for (size_t i = 0; i < word.len && len < out_bytes; i++) {
        char c = word.ptr[i];
        if ((unsigned char)c >= 0x80)
            return utf8_fold(word, out, out_bytes);
        if (c != '.' || !letters)
            out[len++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return len;
}

static uint32_t hash_folded(const char *ptr, size_t len)
{
    uint32_t hash = 2166136261u;     /* FNV-1a, 32 bits */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)ptr[i]) * 16777619u;
    return hash;
}

/* The same of a word that folds letter by letter, as nearly all do: ASCII letters and digits, but not "US". */
static bool hash_plain(Str word, uint32_t *out)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i], lower = c | 32;
        if (lower < 'a' || lower > 'z') {
            if (c < '0' || c > '9')
                return false;
            lower = c;
        }
        hash = (hash ^ lower) * 16777619u;
    }
    *out = hash;
    return !str_equal(word, STR("US"));
}

uint32_t token_hash(Str word)
{
    uint32_t hash;
    char folded[2 * WORD_BYTES];
    word = cut_long(word);
    if (hash_plain(word, &hash))
        return hash;
    size_t len = fold_word(word, folded, sizeof folded);
    return hash_folded(folded, len);
}

Str token_fold(Str text, const Token *token, Arena *arena)
{
    Str word = cut_long(str_slice(text, token->span));
    char *out = arena_alloc(arena, 2 * word.len + 4);
    return (Str){ out, fold_word(word, out, 2 * word.len + 4) };
}
