#include "record/contradiction_internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct Quantity { Str unit; double from, to; } Quantity;

/* "boat/20/30" */
static bool read_quantity(const ClaimSymbol *symbol, Quantity *out)
{
    char text[64];
    Str rest = { symbol->name.ptr + 1, symbol->name.len - (symbol->name.len > 0) };
    if (symbol->weight > 0 || !symbol->name.len || symbol->name.ptr[0] != CLAIM_QUANTITY_MARK)
        return false;
    size_t slash = str_find(rest, STR("/"), 0);
    if (slash >= rest.len || rest.len - slash >= sizeof text)
        return false;
    out->unit = (Str){ rest.ptr, slash };
    memcpy(text, rest.ptr + slash + 1, rest.len - slash - 1);
    text[rest.len - slash - 1] = '\0';
    char *end;
    out->from = strtod(text, &end);
    if (*end != '/')
        return false;
    out->to = strtod(end + 1, &end);
    return *end == '\0';
}

bool contradiction_has_number(const Claim *claim)
{
    return contradiction_has_mark(claim, CLAIM_QUANTITY_MARK);
}

/* "Fell by 20 boats to 300 boats": more than one number of a thing. */
static bool counts_twice(const Claim *claim)
{
    for (size_t i = 0; i < claim->n_symbols; i++)
        for (size_t k = 0; k < i; k++) {
            Quantity x, y;
            if (read_quantity(&claim->symbols[i], &x) && read_quantity(&claim->symbols[k], &y) && str_equal(x.unit, y.unit))
                return true;
        }
    return false;
}

bool contradiction_count_otherwise(const Claim *a, const Claim *b)
{
    static const double ROUNDED = .02;           /* 12,000 and 12,150 are one number */
    bool otherwise = false;
    for (size_t i = 0; i < a->n_symbols; i++)
        for (size_t k = 0; k < b->n_symbols; k++) {
            Quantity x, y;
            if (!read_quantity(&a->symbols[i], &x) || !read_quantity(&b->symbols[k], &y) || !str_equal(x.unit, y.unit))
                continue;
            if (x.to >= y.from * (1 - ROUNDED) && y.to >= x.from * (1 - ROUNDED))
                return false;
            otherwise = true;
        }
    return otherwise && !counts_twice(a) && !counts_twice(b);
}
