#include "record/store_internal.h"

/* What names a pair: "x-" and 16 hex digits. */
static bool is_pair_id(Str id)
{
    bool ok = id.len == ROW_ID_BYTES - 1 && str_starts(id, STR("x-"));
    for (size_t i = 2; i < id.len && ok; i++)
        ok = (id.ptr[i] >= '0' && id.ptr[i] <= '9') || (id.ptr[i] >= 'a' && id.ptr[i] <= 'f');
    return ok;
}

/* 2025-02-13T09:30:00Z, of a day that there is: times sort as text. */
static bool is_time(Str text)
{
    static const char shape[] = "0000-00-00T00:00:00Z", most[] = "9999-19-39T29:59:59Z";
    Date day;
    bool ok = text.len == sizeof shape - 1 && date_parse((Str){ text.ptr, 10 }, &day);
    for (size_t i = 0; i < text.len && ok; i++)
        ok = text.ptr[i] >= shape[i] && text.ptr[i] <= most[i];
    return ok;
}

static bool judge_review(const Store *store, const ReviewRow *review, Error *err)
{
    const char *fault = !is_pair_id(review->contradiction)                  ? "contradiction is not the id of a pair"
                        : !(str_equal(review->verdict, STR("ok")) || str_equal(review->verdict, STR("wrong")) ||
                            str_equal(review->verdict, STR("unsure")))      ? "verdict is not one of ok, wrong, unsure"
                        : !is_time(review->reviewed_utc)                    ? "reviewed_utc is not like 2025-02-13T09:30:00Z"
                        : !review->reviewer.len                             ? "reviewer is missing"
                                                                            : NULL;
    return !fault || error_set(err, ERR_INPUT, store->path, 0, 0, "%s", fault);
}

/* Bind story, speaker, from, to, text. */
static void bind_side(sqlite3_stmt *statement, int at, const ReviewSide *side)
{
    Span span;
    store_bind(statement, at, side->story);
    store_bind(statement, at + 1, side->speaker);
    if (row_parse_span(side->span, &span)) {
        sqlite3_bind_int64(statement, at + 2, span.from);
        sqlite3_bind_int64(statement, at + 3, span.to);
    } else {
        sqlite3_bind_null(statement, at + 2);
        sqlite3_bind_null(statement, at + 3);
    }
    store_bind(statement, at + 4, side->text);
}

bool store_add_review(Store *store, const ReviewRow *review, bool *is_new, Error *err)
{
    if (!judge_review(store, review, err))
        return false;
    sqlite3_stmt *add = store_use(store, SQL_ADD_REVIEW, err);
    if (!add)
        return false;
    const Str texts[] = {
        review->contradiction, review->reviewed_utc, review->reviewer, review->verdict,
        review->note.ptr ? review->note : STR(""), review->carried_from, review->topic_label,
    };
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        store_bind(add, (int)i + 1, texts[i]);
    bind_side(add, 8, &review->a);
    bind_side(add, 13, &review->b);
    if (!store_run(store, add, err))
        return false;
    *is_new = sqlite3_changes(store->db) > 0;
    return true;
}

/* "[[840,894]]" without its outer brackets. */
static Str first_span(Str spans)
{
    return spans.len > 2 ? (Str){ spans.ptr + 1, spans.len - 2 } : STR_NONE;
}

static ReviewSide judged(const ContradictionSide *side)
{
    return (ReviewSide){ side->story, side->speaker, first_span(side->spans), side->text };
}

bool store_review_pair(Store *store, const ReviewRow *review, Error *err)
{
    Arena arena;
    ContradictionRow pair;
    bool is_new;
    arena_init(&arena);
    bool ok = store_get_contradiction(store, review->contradiction, &arena, &pair, err);
    if (ok) {
        ReviewRow whole = *review;
        whole.topic_label = pair.topic_label;
        whole.a = judged(&pair.a);
        whole.b = judged(&pair.b);
        ok = store_add_review(store, &whole, &is_new, err);
    }
    arena_clear(&arena);
    return ok;
}
