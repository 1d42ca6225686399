#include "record/contradiction_internal.h"

/* Measured with the table of contradiction.c: what a deed and its denial say of each other. */
static const struct {
    double denier_named;         /* a deed, and its denial by someone whom the deed's sentence names */
    double denier_aside;         /* the same, but someone else is the first whom it names */
    double accuser_named;        /* and the denial's sentence names the one who says that it was done */
    double denial_of_report;     /* the denial speaks of an accusation or report, or is a mere "that is false" */
} worth = {
    .denier_named = .34, .denier_aside = .17, .accuser_named = .12, .denial_of_report = .08,
};

/* There may be two charges: the deed must name the one who denies, or both name the same. */
bool contradiction_denies_other(const ClaimView *deed, const ClaimView *denial)
{
    return denial->claim->flags & CLAIM_DENIAL && !(denial->claim->flags & CLAIM_OF_BODY) &&
           !contradiction_has_mark(denial->claim, CLAIM_DEED_MARK) &&
           !contradiction_has_mark(denial->claim, CLAIM_SENSE_MARK) &&
           !contradiction_share_name(deed->claim, denial->claim) &&
           !contradiction_names(deed, denial, !str_equal(deed->country, denial->country));
}

/* One admits what another denies: two deeds, unless it is a country's, and both answer for that. */
bool contradiction_is_own_deed(const ClaimView *deed, const ClaimView *denial)
{
    return deed->claim->flags & CLAIM_OWN_DEED && denial->claim->flags & CLAIM_DENIAL &&
           !(str_equal(deed->country, denial->country) && contradiction_has_mark(deed->claim, CLAIM_ACTOR_MARK));
}

/* Is who denies a deed among those who did it, or the first whom it names: the one who is charged with it? */
static bool is_charged(const ClaimView *deed, const ClaimView *denial)
{
    char buffer[256];
    bool acts = contradiction_has_mark(deed->claim, CLAIM_ACTOR_MARK);
    char mark = acts ? CLAIM_ACTOR_MARK : CLAIM_NAME_MARK;
    bool found = !contradiction_is_proper(denial->speaker) || !contradiction_has_mark(deed->claim, mark);
    Str last = contradiction_fold_name(str_last_word(denial->speaker), buffer, sizeof buffer);
    for (size_t i = 0; i < deed->claim->n_symbols && !found; i++) {
        Str name = deed->claim->symbols[i].name;
        if (deed->claim->symbols[i].weight > 0 || name.len < 2 || name.ptr[0] != mark)
            continue;
        name = (Str){ name.ptr + 1, name.len - 1 };
        found = str_equal_nocase(name, denial->country) || (last.len && str_starts(last, name));
        if (!acts)
            break;
    }
    return found;
}

/* "This is not true", "the charge is baseless": it says nothing of what is denied. */
bool contradiction_is_bare_denial(const Claim *claim)
{
    return claim->flags & CLAIM_DENIAL && claim->flags & (CLAIM_THIN | CLAIM_ACCUSES) && !contradiction_has_mark(claim, CLAIM_DEED_MARK) &&
           !contradiction_has_mark(claim, CLAIM_HEAD_MARK) && !contradiction_has_mark(claim, CLAIM_SENSE_MARK);
}

/* "What Roe says is untrue": it names no other thing than the one who charges. */
bool contradiction_answers(const ClaimView *denial, const ClaimView *charge)
{
    return contradiction_is_bare_denial(denial->claim) && charge->claim->flags & CLAIM_DEED &&
           contradiction_names(denial, charge, !str_equal(denial->country, charge->country));
}

/* Is no other charge in sight?  The stories are brief, or the denial stands right behind it. */
static bool are_alone(const ClaimView *charge, const ClaimView *denial)
{
    return (charge->brief && denial->brief) || (str_equal(charge->story, denial->story) && denial->n == charge->n + 1);
}

/* "Oslo will arm the rebels": where no other is in sight, whatever is told of the one who denies it is the charge. */
bool contradiction_is_told_of(const ClaimView *charge, const ClaimView *denial)
{
    if (!are_alone(charge, denial) || !contradiction_is_bare_denial(denial->claim) || charge->claim->flags & (CLAIM_DENIAL | CLAIM_OWN_DEED) ||
        str_equal(charge->country, denial->country))
        return false;
    return denial->country.len && contradiction_has_mark(charge->claim, CLAIM_ACTOR_MARK) && is_charged(charge, denial);
}

/* Told elsewhere, and of someone else: who denies is only named by the way. */
bool contradiction_denies_aside(const ClaimView *deed, const ClaimView *denial)
{
    return deed->claim->flags & CLAIM_DEED && denial->claim->flags & CLAIM_DENIAL && denial->claim->flags & CLAIM_THIN &&
           !contradiction_has_mark(denial->claim, CLAIM_DEED_MARK) && !is_charged(deed, denial) &&
           contradiction_names(deed, denial, !str_equal(deed->country, denial->country));
}

double contradiction_denial_links(const ClaimView *deed, const ClaimView *denial)
{
    const Claim *x = deed->claim, *y = denial->claim;
    if (!(x->flags & CLAIM_DEED || contradiction_is_told_of(deed, denial)) || !(y->flags & CLAIM_DENIAL) || contradiction_has_mark(y, CLAIM_DEED_MARK) ||
        contradiction_is_own_deed(deed, denial))
        return 0;
    bool foreign = !str_equal(deed->country, denial->country);        /* one's own country is no denier */
    double sum = 0;
    if (contradiction_names(deed, denial, foreign))
        sum += is_charged(deed, denial) ? worth.denier_named : worth.denier_aside;
    if (y->flags & (CLAIM_ACCUSES | CLAIM_THIN) || y->content_words < 4)
        sum += worth.denial_of_report;
    if (contradiction_names(denial, deed, foreign))
        sum += worth.accuser_named;
    return sum;
}
