#include "extract/topic.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLUG_WORDS = 4, SLUG_NAMES = 4,      /* longer slugs would tell two wordings of one topic apart */
    LABEL_BYTES = 90,
    LEAD_TOKENS = 80,
    WORDS_READ = 200,                    /* content words looked at in one range: sentences may have no end */
};

/* The lists of rules/words.rules that mark tokens. */
static const struct { const char *name; uint32_t mark; } marking_lists[] = {
    { "stop-words", TOPIC_STOP },           { "speech-words", TOPIC_STOP },  { "title-words", TOPIC_STOP },
    { "time-words", TOPIC_STOP },           { "no-country", TOPIC_NO_COUNTRY },
    { "opening-pronouns", TOPIC_PRONOUN },  { "opening-fillers", TOPIC_FILLER },
    { "asked", TOPIC_ASKED },               { "accusations", TOPIC_ACCUSES }, { "replies", TOPIC_REPLIES },
    { "contradicting", TOPIC_CONTRADICTS }, { "undecided", TOPIC_UNDECIDED }, { "acts", TOPIC_ACT },
    { "owners", TOPIC_OWNER },              { "object-breaks", TOPIC_BREAK }, { "object-edges", TOPIC_EDGE },
    { "coordinators", TOPIC_JOINS },        { "deverbal-nouns", TOPIC_DEVERBAL },
    { "earlier-words", TOPIC_EARLIER },     { "light-nouns", TOPIC_LIGHT },
    { "undoing", TOPIC_UNDOES },            { "noun-articles", TOPIC_ARTICLE }, { "aside-openers", TOPIC_RELATIVE },
    { "before-participles", TOPIC_PROGRESSIVE },  { "object-links", TOPIC_LINK },   { "behind-nouns", TOPIC_BEHIND_NOUN },
    { "forms-of-be", TOPIC_IS },                  { "speaker-himself", TOPIC_HIMSELF },   { "before-nouns", TOPIC_BEFORE_NOUN },
    { "public-voices", TOPIC_AGENT },       { "states", TOPIC_AGENT },  { "he", TOPIC_AGENT }, { "she", TOPIC_AGENT },
    { "they", TOPIC_AGENT },                { "speakers-own", TOPIC_WE },
    { "it", TOPIC_AGENT },                  { "speaker-pronouns", TOPIC_AGENT },
};

/* Marks that stand on a phrase's first token only. */
enum { MARKS_A_START = TOPIC_ASKED | TOPIC_BREAK };

typedef struct SenseEntry { Str stem, next; Str name; int pole; } SenseEntry;    /* next: the second word of two, or empty */

/* The stem of a word met before, and its first sense.  One word a slot: a later one takes its place. */
enum { MEMO_SLOTS = 8192, MEMO_BYTES = 24 };
typedef struct Memo { uint8_t word_len, stem_len; char word[MEMO_BYTES], stem[MEMO_BYTES]; uint32_t sense; } Memo;

struct TopicFinder {
    Arena arena;                         /* process: the tables below */
    Arena tokens;                        /* one story: the tables by token */
    Arena scratch;                       /* one call */
    const Rules *rules;
    RuleMatcher *matcher;
    struct sb_stemmer *stemmer;
    uint32_t *list_marks;                /* by LEXICON_LIST id */
    SenseEntry *senses; size_t n_senses; /* sorted by stem, two words before one */
    Memo *memos;
    /* of the story */
    const Story *story;
    const Text *text;
    const Hits *hits;
    Arena *out;
    uint32_t *marks;                     /* by token */
    TopicWord *words;                    /* by token */
    bool has_head;                       /* head_needs is filled */
    bool *head_needs;                    /* by rule: headline or lead has what it needs */
};

/* ---- words ----------------------------------------------------------------- */

static Str stem_word(const TopicFinder *self, Str folded)
{
    Str base = pattern_base_form(folded);
    if (base.len)
        folded = base;                   /* "withdrew" is a form of what "withdrawal" comes from */
    const sb_symbol *stem = sb_stemmer_stem(self->stemmer, (const sb_symbol *)folded.ptr, (int)folded.len);
    return stem ? (Str){ (const char *)stem, (size_t)sb_stemmer_length(self->stemmer) } : folded;
}

static int compare_senses(const void *left, const void *right)
{
    const SenseEntry *a = left, *b = right;
    int order = str_compare(a->stem, b->stem);
    return order ? order : -str_compare(a->next, b->next);
}

static void load_senses(TopicFinder *self)
{
    const Senses *senses = &self->rules->senses;
    self->senses = ARENA_ARRAY(&self->arena, SenseEntry, senses->len + 1);
    self->n_senses = senses->len;
    for (size_t i = 0; i < senses->len; i++) {
        Str next = senses->ptr[i].words, first;
        str_split(&next, ' ', &first);
        self->senses[i] = (SenseEntry){ str_copy(&self->arena, stem_word(self, first)), next,
                                        str_printf(&self->arena, "=%.*s", STR_ARG(senses->ptr[i].name)),
                                        senses->ptr[i].sign };
    }
    qsort(self->senses, senses->len, sizeof *self->senses, compare_senses);
}

/* Where the senses of a stem begin, or would. */
static size_t first_sense(const TopicFinder *self, Str stem)
{
    size_t low = 0, high = self->n_senses;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (str_compare(self->senses[mid].stem, stem) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Stem of a word and its first sense: most words of a story have been met before. */
static Str read_stem(TopicFinder *self, Str folded, uint32_t hash, size_t *sense)
{
    Memo *memo = &self->memos[hash % MEMO_SLOTS];
    if (str_equal((Str){ memo->word, memo->word_len }, folded)) {
        *sense = memo->sense;
        return (Str){ memo->stem, memo->stem_len };
    }
    Str stem = stem_word(self, folded);
    *sense = first_sense(self, stem);
    if (folded.len > 0 && folded.len <= MEMO_BYTES && stem.len <= MEMO_BYTES) {
        memo->word_len = (uint8_t)folded.len;
        memo->stem_len = (uint8_t)stem.len;
        memo->sense = (uint32_t)*sense;
        memcpy(memo->word, folded.ptr, folded.len);
        memcpy(memo->stem, stem.ptr, stem.len);
    }
    return stem;
}

/* The sense of a word that stands before `next`, or NULL; `at` is the first of its stem. */
static const SenseEntry *sense_before(const TopicFinder *self, size_t at, Str stem, Str next)
{
    for (; at < self->n_senses && str_equal(self->senses[at].stem, stem); at++)
        if (!self->senses[at].next.len || str_equal_nocase(self->senses[at].next, next))
            return &self->senses[at];
    return NULL;
}

TopicFinder *topic_finder_open(const Rules *rules, RuleMatcher *matcher)
{
    Arena arena;
    arena_init(&arena);
    TopicFinder *self = ARENA_NEW(&arena, TopicFinder);
    self->rules = rules;
    self->matcher = matcher;
    self->stemmer = sb_stemmer_new("english", "UTF_8");
    self->arena = arena;
    arena_init(&self->tokens);
    arena_init(&self->scratch);
    self->list_marks = ARENA_ARRAY(&self->arena, uint32_t, rules->n_list_names + 1);
    for (size_t i = 0; i < BASE_COUNT(marking_lists); i++) {
        int list = rules_list(rules, marking_lists[i].name);
        if (list >= 0)
            self->list_marks[list] |= marking_lists[i].mark;
    }
    load_senses(self);
    self->memos = ARENA_ARRAY(&self->arena, Memo, MEMO_SLOTS);
    return self;
}

void topic_finder_close(TopicFinder *self)
{
    if (!self)
        return;
    sb_stemmer_delete(self->stemmer);
    arena_clear(&self->scratch);
    arena_clear(&self->tokens);
    Arena arena = self->arena;
    arena_clear(&arena);
}

/* ---- a story ----------------------------------------------------------------- */

Str topic_heir(Str iso)
{
    return str_equal(iso, STR("SU")) ? STR("RU") : iso;
}

static bool is_country_kind(unsigned kind)
{
    return kind == LEXICON_COUNTRY || kind == LEXICON_DEMONYM || kind == LEXICON_PEOPLE || kind == LEXICON_CAPITAL || kind == LEXICON_BODY;
}

/*
 * The country that the hits on the words of hits[at] agree on, or STR_NONE.  Of several rows the first in the roster:
 * Washington is the capital of the United States before it is the seat of the IMF.
 */
static Str hit_country(const TopicFinder *self, size_t at)
{
    const Hits *hits = self->hits;
    const Hit *hit = &hits->ptr[at];
    uint32_t row = UINT32_MAX;
    Str body = STR_NONE;
    bool bodies_agree = true;
    for (size_t i = at; i < hits->len && hits->ptr[i].first == hit->first; i++) {
        uint32_t id = hits->ptr[i].id;
        if (hits->ptr[i].end != hit->end || !is_country_kind(hits->ptr[i].kind))
            continue;
        if (hits->ptr[i].kind != LEXICON_BODY) {
            row = id < row ? id : row;
        } else if (self->rules->bodies[id].country.len) {
            Str of = topic_heir(self->rules->bodies[id].country);
            bodies_agree = bodies_agree && (!body.len || str_equal(body, of));
            body = of;
        }
    }
    if (row != UINT32_MAX)
        return topic_heir(self->rules->countries[row].iso);
    return bodies_agree && body.len ? body : STR_NONE;
}

/* Countries' names become words here, longest first; everything else is read when it is asked for. */
static void read_hits(TopicFinder *self)
{
    const Hits *hits = self->hits;
    for (size_t i = 0; i < hits->len; i++) {
        const Hit *hit = &hits->ptr[i];
        uint32_t mark = hit->kind == LEXICON_LIST ? self->list_marks[hit->id] : 0;
        if (mark)
            for (uint32_t k = hit->first; k < ((mark & MARKS_A_START) ? hit->first + 1 : hit->end); k++)
                self->marks[k] |= mark;
    }
    uint32_t covered = 0;
    for (size_t i = 0; i < hits->len; i++) {
        const Hit *hit = &hits->ptr[i];
        if (!is_country_kind(hit->kind) || hit->first < covered || self->marks[hit->first] & TOPIC_NO_COUNTRY ||
            !(self->text->tokens[hit->first].flags & TOKEN_CAPITAL))
            continue;
        Str country = hit_country(self, i);
        if (!country.ptr)
            continue;
        self->words[hit->first] = (TopicWord){ str_lower(self->out, country), TOPIC_COUNTRY, 0 };
        for (uint32_t k = hit->first + 1; k < hit->end; k++)
            self->words[k].kind = TOPIC_NONE;
        covered = hit->end;
    }
}

TokenRange topic_range(const TopicFinder *self, Span span)
{
    const Text *text = self->text;
    size_t low = 0, high = text->n_tokens;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (text->tokens[mid].span.from < span.from)
            low = mid + 1;
        else
            high = mid;
    }
    uint32_t end = (uint32_t)low;
    while (end < text->n_tokens && text->tokens[end].span.from < span.to)
        end++;
    return (TokenRange){ (uint32_t)low, end };
}

TokenRange topic_sentence(const TopicFinder *self, uint32_t token)
{
    const Text *text = self->text;
    if (token >= text->n_tokens)
        return (TokenRange){ token, token };
    const Sentence *sentence = &text->sentences[text_sentence_of(text, token)];
    return (TokenRange){ sentence->first, sentence->end };
}

void topic_begin(TopicFinder *self, const Story *story, const Text *text, const Hits *hits,
                 const Statements *statements, Arena *arena)
{
    self->story = story;
    self->text = text;
    self->hits = hits;
    self->out = arena;
    arena_reset(&self->tokens);
    self->marks = ARENA_ARRAY(&self->tokens, uint32_t, text->n_tokens + 1);
    self->words = ARENA_ARRAY(&self->tokens, TopicWord, text->n_tokens + 1);
    self->has_head = false;
    read_hits(self);
    for (size_t i = 0; i < statements->len; i++)
        for (size_t k = 0; k < statements->ptr[i].spans.len; k++) {
            TokenRange spoken = topic_range(self, statements->ptr[i].spans.ptr[k]);
            for (uint32_t t = spoken.first; t < spoken.end; t++)
                self->marks[t] |= TOPIC_SPOKEN;
        }
}

const uint32_t *topic_token_marks(const TopicFinder *self)
{
    return self->marks;
}

unsigned topic_marks(const TopicFinder *self, TokenRange range)
{
    unsigned marks = 0;
    for (uint32_t i = range.first; i < range.end; i++)
        marks |= self->marks[i];
    return marks;
}

const TopicWord *topic_word(TopicFinder *self, uint32_t at)
{
    TopicWord *word = &self->words[at];
    if (word->kind != TOPIC_UNREAD)
        return word;
    const Token *token = &self->text->tokens[at];
    word->kind = TOPIC_NONE;
    if (token->kind != TOKEN_WORD || token->flags & TOKEN_POSSESSIVE || token->span.to - token->span.from < 2 ||
        self->marks[at] & TOPIC_STOP)
        return word;
    size_t first;
    Str text = self->text->text, folded = token_fold(text, token, self->out), stem = read_stem(self, folded, token->hash, &first);
    Str next = at + 1 < self->text->n_tokens ? str_slice(text, self->text->tokens[at + 1].span) : STR("");
    const SenseEntry *sense = sense_before(self, first, stem, next);
    word->name = sense ? sense->name : str_copy(self->out, stem);
    word->pole = sense ? sense->pole : 0;
    word->kind = (token->flags & TOKEN_CAPITAL) && !(token->flags & TOKEN_FIRST) ? TOPIC_NAME : TOPIC_WORD;
    return word;
}

int topic_count(TopicFinder *self, TokenRange range, int limit)
{
    Str seen[8];
    int n = 0;
    for (uint32_t i = range.first; i < range.end && n < limit && n < (int)BASE_COUNT(seen); i++) {
        const TopicWord *word = topic_word(self, i);
        if (word->kind < TOPIC_WORD)
            continue;
        bool known = false;
        for (int k = 0; k < n; k++)
            known = known || str_equal(seen[k], word->name);
        if (!known)
            seen[n++] = word->name;
    }
    return n;
}

TokenRange topic_trim(const TopicFinder *self, TokenRange range)
{
    const Token *tokens = self->text->tokens;
    while (range.first < range.end && (tokens[range.first].kind > TOKEN_NUMBER || self->marks[range.first] & TOPIC_EDGE ||
                                       tokens[range.first].flags & TOKEN_POSSESSIVE))
        range.first++;
    while (range.end > range.first && (tokens[range.end - 1].kind > TOKEN_NUMBER || self->marks[range.end - 1] & TOPIC_EDGE))
        range.end--;
    return range;
}

/* ---- curated topics --------------------------------------------------------- */

/* Every match of one kind of rule in a range of tokens of a text; offsets are from the range's first token. */
static RuleMatches match_range(TopicFinder *self, RuleKind kind, const Text *text, const Hits *hits, TokenRange range,
                               Problems *problems)
{
    size_t n = range.end - range.first;
    Symbol *symbols = ARENA_ARRAY(&self->scratch, Symbol, n + 1);
    for (uint32_t i = range.first; i < range.end; i++)
        symbols[i - range.first] = lexicon_token_symbol(self->rules->lexicon, text, i);
    Hits phrases = { 0 };
    for (size_t i = hits->at[range.first]; i < hits->len && hits->ptr[i].first < range.end; i++) {
        Hit hit = hits->ptr[i];
        if (hit.kind != LEXICON_PHRASE || hit.end > range.end)
            continue;
        hit.first -= range.first;
        hit.end -= range.first;
        LIST_PUSH(&self->scratch, &phrases, hit);
    }
    RuleMatches matches = { 0 };
    rules_match(self->matcher, kind, symbols, n, phrases.ptr, phrases.len, &self->scratch, &matches, problems);
    return matches;
}

static void note_needs(TopicFinder *self, const Text *text, const Hits *hits, TokenRange range, Problems *problems)
{
    RuleMatches matches = match_range(self, RULE_TOPIC_NEEDS, text, hits, range, problems);
    for (size_t i = 0; i < matches.len; i++)
        self->head_needs[self->rules->patterns[matches.ptr[i].pattern].rule] = true;
}

/* Read once a story, and only when a topic asks: most stories have no curated topic. */
static void read_head(TopicFinder *self, Problems *problems)
{
    self->has_head = true;
    self->head_needs = ARENA_ARRAY(self->out, bool, self->rules->n_rules + 1);
    for (size_t i = 0; i < self->text->n_paragraphs; i++) {
        const Paragraph *paragraph = &self->text->paragraphs[i];
        if (paragraph->kind != PARAGRAPH_BODY && paragraph->kind != PARAGRAPH_HEADING)
            continue;
        uint32_t end = paragraph->end_token < paragraph->first_token + LEAD_TOKENS ? paragraph->end_token
                                                                                   : paragraph->first_token + LEAD_TOKENS;
        note_needs(self, self->text, self->hits, (TokenRange){ paragraph->first_token, end }, problems);
        if (paragraph->kind == PARAGRAPH_BODY)
            break;
    }
    if (self->story->title.len) {
        Text title;
        Hits hits = lexicon_look_up(self->rules->lexicon, self->story->title, &self->scratch, &title);
        note_needs(self, &title, &hits, (TokenRange){ 0, (uint32_t)title.n_tokens }, problems);
    }
}

static bool rule_has_patterns(const Rules *rules, uint32_t rule, RuleKind kind)
{
    for (size_t i = 0; i < rules->n_patterns; i++)
        if (rules->patterns[i].rule == rule && rules->patterns[i].kind == kind)
            return true;
    return false;
}

static bool names_rule(const TopicFinder *self, const RuleMatches *matches, uint32_t rule)
{
    for (size_t i = 0; i < matches->len; i++)
        if (self->rules->patterns[matches->ptr[i].pattern].rule == rule)
            return true;
    return false;
}

static bool has_needs(TopicFinder *self, uint32_t rule, const RuleMatches *around, Problems *problems)
{
    if (!rule_has_patterns(self->rules, rule, RULE_TOPIC_NEEDS) || names_rule(self, around, rule))
        return true;
    if (!self->has_head)
        read_head(self, problems);
    return self->head_needs[rule];
}

void topic_curated(TopicFinder *self, TokenRange range, TokenRange around, Topics *out, Problems *problems)
{
    RuleMatches about = match_range(self, RULE_TOPIC_ABOUT, self->text, self->hits, range, problems);
    if (about.len) {
        RuleMatches needs = match_range(self, RULE_TOPIC_NEEDS, self->text, self->hits, around, problems);
        RuleMatches nots = match_range(self, RULE_TOPIC_NOT, self->text, self->hits, range, problems);
        for (size_t i = 0; i < about.len; i++) {
            const RuleMatch *match = &about.ptr[i];
            uint32_t rule = self->rules->patterns[match->pattern].rule;
            TokenRange at = { range.first + match->match.from, range.first + match->match.to };
            bool taken = names_rule(self, &nots, rule);
            for (size_t k = 0; k < out->len && !taken; k++)
                taken = out->ptr[k].at.end > at.first || str_equal(out->ptr[k].slug, self->rules->rules[rule].name);
            if (taken || !has_needs(self, rule, &needs, problems))
                continue;
            const Rule *topic = &self->rules->rules[rule];
            LIST_PUSH(self->out, out, ((Topic){ topic->name, topic->label.ptr ? topic->label : topic->name, true, at }));
        }
    }
    arena_reset(&self->scratch);
}

/* ---- open topics ------------------------------------------------------------- */

/* "borders" -> "border": one slug for both, yet readable. */
static Str singular(Str word)
{
    bool plural = word.len > 3 && word.ptr[word.len - 1] == 's' && !strchr("suia", word.ptr[word.len - 2]);
    return plural ? (Str){ word.ptr, word.len - 1 } : word;
}

static int compare_words(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void add_part(Str *parts, size_t *n, size_t limit, Str part)
{
    for (size_t i = 0; i < *n; i++)
        if (str_equal(parts[i], part))
            return;
    if (*n < limit)
        parts[(*n)++] = part;
}

/* The word of a slug: a country by its name, anything else as the text has it. */
static Str slug_word(TopicFinder *self, uint32_t at, const TopicWord *word)
{
    if (word->kind == TOPIC_COUNTRY)
        for (size_t i = 0; i < self->rules->n_countries; i++)
            if (str_equal_nocase(self->rules->countries[i].iso, word->name)) {
                Str name = self->rules->countries[i].name;
                char *slug = str_cstr(self->out, str_lower(self->out, name));
                for (size_t k = 0; k < name.len; k++)
                    if (slug[k] == ' ')
                        slug[k] = '-';
                return (Str){ slug, name.len };
            }
    return singular(token_fold(self->text->text, &self->text->tokens[at], self->out));
}

/* The text of a range on one line, cut at a word. */
static Str range_label(const TopicFinder *self, TokenRange range)
{
    const Text *text = self->text;
    uint32_t end = range.first + 1;
    while (end < range.end && text->tokens[end].span.to - text->tokens[range.first].span.from <= LABEL_BYTES)
        end++;
    Str words = str_slice(text->text, token_span(text, range.first, end));
    char *line = ARENA_ARRAY(self->out, char, words.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < words.len; i++) {
        bool space = words.ptr[i] == ' ' || words.ptr[i] == '\n' || words.ptr[i] == '\t' || words.ptr[i] == '\r';
        if (!space)
            line[n++] = words.ptr[i];
        else if (n && line[n - 1] != ' ')
            line[n++] = ' ';
    }
    return (Str){ line, n };
}

/* Up to the first comma or break behind a content word: one thing, without what is added to it. */
static TokenRange one_thing(TopicFinder *self, TokenRange range)
{
    bool content = false;
    for (uint32_t i = range.first; i < range.end; i++) {
        if (content && (token_is_mark(&self->text->tokens[i], ",;:-") || self->marks[i] & TOPIC_BREAK))
            return topic_trim(self, (TokenRange){ range.first, i });
        content = content || topic_word(self, i)->kind >= TOPIC_WORD;
    }
    return range;
}

static bool ends_any(Str word, const char *const *endings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_ends(word, str_from(endings[i])) && word.len > strlen(endings[i]) + 1)
            return true;
    return false;
}

/* "levy" of "the levy", "enrichment", "talks"; not "honest", "wasting", "among". */
static bool is_noun(TopicFinder *self, uint32_t at)
{
    static const char *const nouns[] = { "tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ism", "ology" };
    static const char *const others[] = { "ing", "ed", "ly", "ous", "able", "ible", "ical", "ful", "ive" };
    Str text = self->text->text, word = token_fold(text, &self->text->tokens[at], self->out);
    if (topic_word(self, at)->kind > TOPIC_WORD || ends_any(word, nouns, BASE_COUNT(nouns)))
        return true;
    if (ends_any(word, others, BASE_COUNT(others)))
        return false;
    if (str_ends(word, STR("s")) && !str_ends(word, STR("ss")))
        return true;
    return at > 0 && (self->marks[at - 1] & TOPIC_BEFORE_NOUN || self->text->tokens[at - 1].flags & TOKEN_POSSESSIVE);
}

bool topic_is_named(TopicFinder *self, TokenRange range)
{
    range = one_thing(self, topic_trim(self, range));
    int words = 0;
    for (uint32_t i = range.first; i < range.end && words < 2; i++)
        if (topic_word(self, i)->kind >= TOPIC_WORD && (++words > 1 || is_noun(self, i)))
            return true;
    return false;
}

/* "Russia's" says whose, not what. */
static TokenRange with_owned(const TopicFinder *self, TokenRange range)
{
    const Token *tokens = self->text->tokens;
    while (range.end > range.first && range.end < self->text->n_tokens && tokens[range.end].kind == TOKEN_WORD &&
           tokens[range.end - 1].flags & TOKEN_POSSESSIVE)
        range.end++;
    return range;
}

bool topic_open(TopicFinder *self, TokenRange range, Topic *out)
{
    range = with_owned(self, one_thing(self, topic_trim(self, range)));
    Str words[SLUG_WORDS], names[SLUG_NAMES];
    size_t n_words = 0, n_names = 0, read = 0;
    for (uint32_t i = range.first; i < range.end && read < WORDS_READ; i++) {
        const TopicWord *word = topic_word(self, i);
        if (word->kind < TOPIC_WORD)
            continue;
        read++;
        if (word->kind == TOPIC_WORD)
            add_part(words, &n_words, SLUG_WORDS, slug_word(self, i, word));
        else
            add_part(names, &n_names, SLUG_NAMES, slug_word(self, i, word));
    }
    if (n_words + n_names == 0)
        return false;
    qsort(words, n_words, sizeof *words, compare_words);
    qsort(names, n_names, sizeof *names, compare_words);
    Str slug = STR("");
    for (size_t i = 0; i < n_words + n_names; i++) {
        Str part = i < n_words ? words[i] : names[i - n_words];
        slug = slug.len ? str_printf(self->out, "%.*s-%.*s", STR_ARG(slug), STR_ARG(part)) : part;
    }
    *out = (Topic){ .slug = slug, .label = range_label(self, range), .curated = false, .at = range };
    return true;
}
