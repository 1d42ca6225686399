#include "record/contradiction.h"

#include <math.h>
#include <stdlib.h>

enum {
    WORD_LETTERS = 4, WORD_BYTES = 32,
    BRIEF_WORDS = 30,                    /* different words that a brief story may have, without those that all stories have */
};

/* The words of news that say least about what a story is about: by the number of stories they are in. */
static const char *const common_words[] = {
    "about", "according", "added", "after", "against", "already", "also", "another", "around", "back", "based",
    "because", "been", "before", "being", "best", "between", "bill", "billion", "both", "business", "called",
    "chairman", "chief", "come", "companies", "company", "could", "country", "current", "director", "dlrs", "down",
    "during", "earlier", "election", "even", "expected", "federal", "firm", "first", "five", "foreign", "former",
    "four", "from", "general", "going", "good", "government", "group", "have", "help", "high", "home", "house",
    "however", "including", "international", "into", "january", "just", "last", "like", "long", "made", "major",
    "make", "many", "market", "million", "minister", "money", "month", "months", "more", "most", "much", "national",
    "need", "news", "next", "number", "office", "only", "other", "over", "part", "people", "plans", "president",
    "public", "record", "reuters", "said", "same", "saying", "says", "second", "share", "should", "since", "some",
    "spokesman", "state", "statement", "states", "still", "such", "take", "than", "that", "their", "them", "then",
    "there", "these", "they", "think", "this", "those", "three", "through", "time", "told", "under", "united",
    "used", "very", "want", "washington", "week", "well", "were", "what", "when", "where", "whether", "which",
    "while", "will", "with", "work", "world", "would", "year", "years",
};

static int compare_words(const void *key, const void *member)
{
    const Str *word = key;
    return str_compare(*word, str_from(*(const char *const *)member));
}

static bool is_common(Str word)
{
    return bsearch(&word, common_words, BASE_COUNT(common_words), sizeof common_words[0], compare_words) != NULL;
}

static void count_word(Str word, int counts[STORY_VECTOR_SIZE])
{
    if (word.len < WORD_LETTERS || is_common(word))
        return;
    uint64_t hash = str_hash(word) * 0x9E3779B97F4A7C15u;    /* FNV's high bits are weak in short words */
    counts[(hash >> 40) % STORY_VECTOR_SIZE] += hash >> 63 ? 1 : -1;
}

/* Words of ASCII letters and of all bytes of other alphabets, in lower case. */
static void count_words(Str text, int counts[STORY_VECTOR_SIZE])
{
    char word[WORD_BYTES];
    size_t len = 0;
    for (size_t i = 0; i <= text.len; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : ' ';
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c + ('a' - 'A'));
        if (c >= 0x80 || (c >= 'a' && c <= 'z')) {
            if (len < sizeof word)
                word[len++] = (char)c;
        } else if (len) {
            count_word((Str){ word, len }, counts);
            len = 0;
        }
    }
}

/* 4 x (1 + ln n) in whole numbers, so that the vector is the same on every machine. */
static int damped(int count)
{
    static const int table[] = { 0, 4, 7, 8, 10, 10, 11, 12, 12, 13, 13 };
    int size = count < 0 ? -count : count, last = (int)BASE_COUNT(table) - 1;
    int value = table[size < last ? size : last];
    return count < 0 ? -value : value;
}

void contradiction_story_vector(Str title, Str text, StoryVector *out)
{
    int counts[STORY_VECTOR_SIZE] = { 0 };
    count_words(title, counts);
    count_words(text, counts);
    for (size_t i = 0; i < STORY_VECTOR_SIZE; i++)
        out->at[i] = (int8_t)damped(counts[i]);
    contradiction_measure_vector(out);
}

/* Where the loader can choose by processor: twice as many numbers at a time.  A sanitizer comes too late for it. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define WIDEST
#endif

/* Small whole numbers: exact, however they are added. */
WIDEST
static int dot(const int16_t *a, const int8_t *b)
{
    int sum = 0;
    for (size_t i = 0; i < STORY_VECTOR_SIZE; i++)
        sum += a[i] * b[i];
    return sum;
}

void contradiction_widen_vector(const StoryVector *vector, WideVector *out)
{
    for (size_t i = 0; i < STORY_VECTOR_SIZE; i++)
        out->at[i] = vector->at[i];
    out->length = vector->length;
}

void contradiction_measure_vector(StoryVector *vector)
{
    WideVector wide;
    contradiction_widen_vector(vector, &wide);
    vector->length = sqrt(dot(wide.at, vector->at));
}

double contradiction_likeness(const WideVector *a, const StoryVector *b)
{
    int both = dot(a->at, b->at);
    return both > 0 ? both / (a->length * b->length) : 0;
}

bool contradiction_is_brief(const StoryVector *vector)
{
    int once = damped(1);
    return vector->length <= sqrt(BRIEF_WORDS * once * once);
}
