#include "read/story.h"

#include <string.h>

enum { PATH_BYTES = 8 };             /* a shorter path is a section: /world/ */

/* Words of a query that tell where a reader came from. */
static bool is_tracking(Str parameter)
{
    static const Str names[] = { STR_INIT("utm_"), STR_INIT("fbclid="), STR_INIT("gclid="), STR_INIT("ref="), STR_INIT("cmpid="),
                                 STR_INIT("ocid="), STR_INIT("mc_cid="), STR_INIT("mc_eid="), STR_INIT("smid="), STR_INIT("igshid=") };
    for (size_t i = 0; i < BASE_COUNT(names); i++)
        if (str_starts_nocase(parameter, names[i]))
            return true;
    return false;
}

Str story_canonical_url(Str url, Arena *arena)
{
    static const Str schemes[] = { STR_INIT("https://"), STR_INIT("http://") };
    bool known = false;
    for (size_t i = 0; i < BASE_COUNT(schemes) && !known; i++)
        if (str_starts_nocase(url, schemes[i])) {
            url = (Str){ url.ptr + schemes[i].len, url.len - schemes[i].len };
            known = true;
        }
    if (!known)
        return STR_NONE;
    if (str_starts_nocase(url, STR("www.")))
        url = (Str){ url.ptr + 4, url.len - 4 };
    url.len = str_find(url, STR("#"), 0);
    size_t path = str_find(url, STR("/"), 0), query = str_find(url, STR("?"), 0);
    if (path >= query)
        return STR_NONE;

    Str host = str_lower(arena, (Str){ url.ptr, path }), kept = STR(""), parameter;
    Str rest = query < url.len ? (Str){ url.ptr + query + 1, url.len - query - 1 } : STR_NONE;
    while (str_split(&rest, '&', &parameter))
        if (parameter.len && !is_tracking(parameter))
            kept = str_printf(arena, "%.*s%c%.*s", STR_ARG(kept), kept.len ? '&' : '?', STR_ARG(parameter));
    Str way = { url.ptr + path, query - path };
    while (str_ends(way, STR("/")))
        way.len--;
    if (way.len + kept.len < PATH_BYTES)
        return STR_NONE;
    return str_printf(arena, "%.*s%.*s%.*s", STR_ARG(host), STR_ARG(way), STR_ARG(kept));
}
