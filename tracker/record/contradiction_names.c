#include "record/contradiction_internal.h"
#include "base/utf8.h"

/* ---- speakers ---------------------------------------------------------------- */

/* "delegates", "officials": of whom nobody can tell that they are the same ones. */
bool contradiction_is_proper(Str name)
{
    return name.len && !(name.ptr[0] >= 'a' && name.ptr[0] <= 'z');
}

/* "Roe" of "Foreign Minister Ada Roe" */
static bool ends_name(Str whole, Str last)
{
    return last.len && whole.len > last.len && whole.ptr[whole.len - last.len - 1] == ' ' &&
           str_equal_nocase((Str){ whole.ptr + whole.len - last.len, last.len }, last);
}

static Str first_word(Str name)
{
    return (Str){ name.ptr, str_find(name, STR(" "), 0) };
}

/* "spokesman for Prime Minister Ada Roe" and "spokesman for Ada Roe" */
static bool speak_for_one(Str a, Str b)
{
    Str one = first_word(a), two = first_word(b), last = str_last_word(a);
    return one.len && one.len < a.len && one.ptr[0] >= 'a' && one.ptr[0] <= 'z' && str_equal(one, two) && ends_name(b, last);
}

/* "Ada Roe" of "Ada Roe and Per Moe", who spoke together */
Str contradiction_first_partner(Str name)
{
    size_t and_at = str_find(name, STR(" and "), 0), comma = str_find(name, STR(", "), 0);
    size_t end = comma < and_at ? comma : and_at;
    return and_at < name.len ? (Str){ name.ptr, end } : STR_NONE;
}

static bool is_one_name(Str a, Str b)
{
    return (a.len && str_equal_nocase(a, b)) || ends_name(a, b) || ends_name(b, a);
}

/*
 * A speaker is on the roster on one day and not on another, named in full in one story and not in another, and speaks
 * alone on one day and with others, before or behind them, on another.
 */
bool contradiction_same_speaker(const ClaimView *x, const ClaimView *y)
{
    return str_equal(x->speaker_key, y->speaker_key) || is_one_name(x->speaker, y->speaker) || speak_for_one(x->speaker, y->speaker) ||
           is_one_name(contradiction_first_partner(x->speaker), y->speaker) || is_one_name(x->speaker, contradiction_first_partner(y->speaker));
}

/* Surname of a person, or the whole name of a body, folded as in Claim.names. */
Str contradiction_fold_name(Str name, char *out, size_t out_bytes)
{
    if (name.len * 2 > out_bytes)
        return STR_NONE;
    return (Str){ out, utf8_fold(name, out, out_bytes) };
}

/* Does the claim's sentence name the other's speaker, or (country) the government spoken for? */
bool contradiction_names(const ClaimView *view, const ClaimView *other, bool country)
{
    char whole_buffer[256], last_buffer[256];
    Str whole = contradiction_fold_name(other->speaker, whole_buffer, sizeof whole_buffer);
    Str last = contradiction_fold_name(str_last_word(other->speaker), last_buffer, sizeof last_buffer);
    for (size_t i = 0; i < view->claim->names.len; i++) {
        Str name = view->claim->names.ptr[i];
        if (name.len && (str_equal(name, whole) || str_equal(name, last) || (country && str_equal(name, other->country))))
            return true;
    }
    return false;
}

/* ---- the marks and words of a claim ------------------------------------------ */

/* The name under a mark that a claim has at most once; STR_NONE. */
Str contradiction_mark(const Claim *claim, char mark)
{
    for (size_t i = 0; i < claim->n_symbols; i++) {
        Str name = claim->symbols[i].name;
        if (claim->symbols[i].weight <= 0 && name.len > 1 && name.ptr[0] == mark)
            return (Str){ name.ptr + 1, name.len - 1 };
    }
    return STR_NONE;
}

bool contradiction_has_mark(const Claim *claim, char mark)
{
    return contradiction_mark(claim, mark).len > 0;
}

bool contradiction_is_marked(const Claim *claim, char mark, Str name)
{
    for (size_t i = 0; i < claim->n_symbols; i++) {
        Str other = claim->symbols[i].name;
        if (claim->symbols[i].weight <= 0 && other.len == name.len + 1 && other.ptr[0] == mark && str_ends(other, name))
            return true;
    }
    return false;
}

bool contradiction_share_name(const Claim *a, const Claim *b)
{
    for (size_t i = 0; i < a->n_symbols; i++) {
        Str name = a->symbols[i].name;
        if (a->symbols[i].weight <= 0 && name.len > 1 && name.ptr[0] == CLAIM_NAME_MARK &&
            contradiction_is_marked(b, CLAIM_NAME_MARK, (Str){ name.ptr + 1, name.len - 1 }))
            return true;
    }
    return false;
}

static bool has_from(const Claim *claim, Str name, float weight)
{
    for (size_t i = 0; i < claim->n_symbols; i++)
        if (claim->symbols[i].weight >= weight && str_equal(claim->symbols[i].name, name))
            return true;
    return false;
}

/* In the claim's own words or the question it answers. */
bool contradiction_says(const Claim *claim, Str name)
{
    return has_from(claim, name, .5f);
}

/* In its object. */
bool contradiction_is_about(const Claim *claim, Str name)
{
    return has_from(claim, name, 1);
}

/* In its object, in the question it answers, or as who acts. */
static bool has_name(const Claim *claim, Str name)
{
    for (size_t i = 0; i < claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &claim->symbols[i];
        if (symbol->weight > 0 ? symbol->weight >= 1 && str_equal(symbol->name, name)
                               : str_ends(symbol->name, name) && symbol->name.len == name.len + 1)
            return true;
    }
    return false;
}

/* Does a claim have a marked name that the other lacks?  Governments that speak are no such names. */
static bool has_own_name(const ClaimView *view, const ClaimView *other, char mark, bool speakers)
{
    for (size_t i = 0; i < view->claim->n_symbols; i++) {
        const ClaimSymbol *symbol = &view->claim->symbols[i];
        if (symbol->weight > 0 || !symbol->name.len || symbol->name.ptr[0] != mark)
            continue;
        Str name = { symbol->name.ptr + 1, symbol->name.len - 1 };
        bool speaks = symbol->country && (str_equal_nocase(name, view->country) || str_equal_nocase(name, other->country));
        if ((speakers || !speaks) && !has_name(other->claim, name))
            return true;
    }
    return false;
}

bool contradiction_are_apart(const ClaimView *a, const ClaimView *b, char mark, bool speakers)
{
    return has_own_name(a, b, mark, speakers) && has_own_name(b, a, mark, speakers);
}
