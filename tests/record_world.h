/*
 * record_world.h - a handful of stories with their claims, by hand, for the tests of tracker/record
 *
 * A deputy envoy and a defence secretary of US differ on a union and on a border;
 * a report of the next day repeats it; two ministers differ about fish in words
 * that no rule knows; a chancellor turns round.
 */
#ifndef TESTS_RECORD_WORLD_H
#define TESTS_RECORD_WORLD_H

#include "check.h"
#include "base/date.h"
#include "engine/rules.h"
#include "extract/statement.h"
#include "read/story.h"
#include "record/store.h"

#include <stdlib.h>
#include <string.h>

typedef struct WorldStory { const char *id, *published, *text; } WorldStory;
typedef struct WorldClaim {
    const char *story, *speaker, *country, *said_on;
    const char *words;               /* found in the story's text */
    const char *position; int side;
    const char *topic; bool curated; /* the slug is also the label */
    const char *symbols;             /* "treaty fish:.4 @no": weight 1 unless given, @ a country */
    unsigned flags;
} WorldClaim;

#define FISH "The two coastal ministries met again on mackerel quotas, trawlers, landing rights and herring nets. "

/* Long enough to tell what it is about. */
#define BANK "Collectors prize silver pieces with fishes, whales, dolphins, seals, gulls, lighthouses, anchors, schooners, rudders, " \
    "compasses, lanterns, barrels, ropes, sails, masts, harpoons, buoys, lobsters, crabs, oysters, cockles, mussels, shrimps, " \
    "starfish, seaweed, pebbles, dunes, cliffs, caves, storms and rainbows."

static const WorldStory world_stories[] = {
    { "union-1", "2025-02-13", "Joining the union is still on the table, said Ida Moss. Old borders are on the table too. "
      "Tom Vale said membership was out of the question. The old borders are unrealistic, he said in Brüssel. "
      "Everything is on the table, he said." },
    { "union-2", "2025-02-14", "A day later Moss repeated that membership is on the table. Vale ruled the union out again. Everything stays on the table, Vale said." },
    { "fish-1", "2025-03-01", FISH "The mackerel treaty will be signed, Olaf Nord said." },
    { "fish-2", "2025-03-03", FISH "There will be no mackerel treaty, Rita Sund said. No treaty on mackerel, Rita Sund said." },
    { "fish-far", "2025-06-03", FISH "There will be no mackerel treaty, Rita Sund wrote." },
    { "bank-1", "2025-03-02", "The central bank of the island will not sign the treaty on mackerel coins, Eva Holt said. " BANK },
    { "turn-1", "2025-04-01", "We will raise the levy, said Kurt Lange." },
    { "turn-2", "2025-04-20", "We will not raise the levy, said Kurt Lange." },
};

static const WorldClaim world_claims[] = {
    { "union-1", "Ida Moss", "US", "2025-02-13", "Joining the union is still on the table", "open", 1, "union", true, "=JOIN union", CLAIM_STANCE },
    { "union-1", "Ida Moss", "US", "2025-02-13", "Old borders are on the table too", "open", 1, "borders", true, "border old", CLAIM_STANCE },
    { "union-1", "Tom Vale", "US", "2025-02-12", "membership was out of the question", "closed", -1, "union", true, "=JOIN", CLAIM_STANCE },
    { "union-1", "Tom Vale", "US", "2025-02-12", "The old borders are unrealistic", "closed", -1, "borders", true, "border old", CLAIM_STANCE },
    { "union-1", "Tom Vale", "US", "2025-02-13", "Everything is on the table", "open", 1, "everything", false, "", CLAIM_EVERYTHING | CLAIM_STANCE },
    { "union-2", "Ida Moss", "US", "2025-02-14", "membership is on the table", "open", 1, "union", true, "=JOIN", CLAIM_STANCE },
    { "union-2", "Tom Vale", "US", "2025-02-14", "ruled the union out", "closed", -1, "union", true, "union", CLAIM_STANCE },
    { "union-2", "Tom Vale", "US", "2025-02-14", "Everything stays on the table", "open", 1, "union", true, "", CLAIM_EVERYTHING | CLAIM_STANCE },
    { "fish-1", "Olaf Nord", "NO", NULL, "The mackerel treaty will be signed", "will", 1, "mackerel-treaty", false, "mackerel treaty sign", 0 },
    { "fish-2", "Rita Sund", "IS", NULL, "There will be no mackerel treaty", "will-not", -1, "no-mackerel-treaty", false, "mackerel treaty", 0 },
    { "fish-2", "Rita Sund", "IS", NULL, "No treaty on mackerel", "will-not", -1, "treaty-mackerel", false, "treaty mackerel", 0 },
    { "fish-far", "Rita Sund", "IS", NULL, "There will be no mackerel treaty", "will-not", -1, "no-mackerel-treaty", false, "mackerel treaty", 0 },
    { "bank-1", "Eva Holt", "NO", NULL, "will not sign the treaty on mackerel coins", "will-not", -1, "mackerel-treaty", false, "mackerel treaty sign", 0 },
    { "turn-1", "Kurt Lange", "DE", "2025-04-01", "We will raise the levy", "will", 1, "levy", true, "levy raise", 0 },
    { "turn-2", "Kurt Lange", "DE", "2025-04-20", "We will not raise the levy", "will-not", -1, "levy", true, "levy raise", 0 },
};

static inline void world_symbols(const char *text, Arena *arena, Claim *out)
{
    Str rest = str_from(text), word;
    out->symbols = ARENA_ARRAY(arena, ClaimSymbol, rest.len + 1);
    while (str_split(&rest, ' ', &word)) {
        Str name;
        if (!str_split(&word, ':', &name) || !name.len)
            continue;
        ClaimSymbol *symbol = &out->symbols[out->n_symbols++];
        symbol->country = name.ptr[0] == '@';
        symbol->name = symbol->country ? (Str){ name.ptr + 1, name.len - 1 } : name;
        symbol->weight = word.ptr ? strtof(word.ptr, NULL) : 1;
    }
    out->content_words = (int)out->n_symbols;
}

static inline Date world_date(const char *text)
{
    Date date = DATE_UNKNOWN;
    if (text)
        date_parse(str_from(text), &date);
    return date;
}

static inline void world_story(const WorldStory *from, Arena *arena, Story *story, Statements *statements)
{
    *story = (Story){
        .id = str_from(from->id), .title = str_from(from->id), .source = STR("wire"), .text = str_from(from->text),
        .published = world_date(from->published),
    };
    *statements = (Statements){ 0 };
    for (size_t i = 0; i < BASE_COUNT(world_claims); i++) {
        const WorldClaim *row = &world_claims[i];
        if (strcmp(row->story, from->id) != 0)
            continue;
        Str words = str_from(row->words);
        uint32_t at = (uint32_t)str_find(story->text, words, 0);
        Claim *claim = ARENA_NEW(arena, Claim);
        *claim = (Claim){
            .topic = str_from(row->topic), .topic_label = str_from(row->topic), .curated = row->curated,
            .position = str_from(row->position), .side = row->side, .span = { at, at + (uint32_t)words.len },
            .rule = STR("positions.rules:1"), .flags = row->flags,
        };
        world_symbols(row->symbols, arena, claim);
        Statement statement = {
            .n = (int)statements->len + 1, .speaker = str_from(row->speaker), .speaker_text = str_from(row->speaker),
            .office = STR("Minister"), .country = str_from(row->country), .kind = STATEMENT_INDIRECT,
            .text = words, .said_on = world_date(row->said_on), .rule = STR("attribution.rules:1"),
            .context = { at, at + (uint32_t)words.len }, .claims = claim, .n_claims = 1,
        };
        LIST_PUSH(arena, &statement.spans, claim->span);
        LIST_PUSH(arena, statements, statement);
    }
}

static inline Rules world_rules(void)
{
    static Country countries[] = { { .iso = STR_INIT("NO"), .name = STR_INIT("Norway"), .capital = STR_INIT("Oslo") } };
    static Opposition oppositions[] = {              /* sorted, as rules_load leaves them */
        { STR_INIT("closed"), STR_INIT("open"), 1, STR_INIT("contradiction"), STR_INIT("") },
        { STR_INIT("did-not-happen"), STR_INIT("happened"), 1, STR_INIT("contradiction"), STR_INIT("") },
        { STR_INIT("did-not-happen"), STR_INIT("support"), 0.2f, STR_INIT("tension"), STR_INIT("") },
        { STR_INIT("not-agreed"), STR_INIT("open"), 0, STR_INIT("compatible"), STR_INIT("") },
        { STR_INIT("number"), STR_INIT("number"), 1, STR_INIT("contradiction"), STR_INIT("") },
        { STR_INIT("open"), STR_INIT("oppose"), 0.7f, STR_INIT("tension"), STR_INIT("") },
        { STR_INIT("oppose"), STR_INIT("support"), 1, STR_INIT("contradiction"), STR_INIT("") },
        { STR_INIT("will"), STR_INIT("will-not"), 1, STR_INIT("contradiction"), STR_INIT("") },
    };
    static RuleAttribute denied[] = {
        { STR_INIT("denied"), STR_INIT("closed"), 1, 1 },         { STR_INIT("denied"), STR_INIT("did-not-happen"), 1, 1 },
        { STR_INIT("denied"), STR_INIT("oppose"), 1, 1 },         { STR_INIT("denied"), STR_INIT("will-not"), 1, 1 },
    };
    static const Stanza stanzas[] = {
        { .kind = STR_INIT("position"), .attributes = { &denied[0], 1, 1 } },
        { .kind = STR_INIT("position"), .attributes = { &denied[1], 1, 1 } },
        { .kind = STR_INIT("position"), .attributes = { &denied[2], 1, 1 } },
        { .kind = STR_INIT("position"), .attributes = { &denied[3], 1, 1 } },
    };
    static Rule positions[] = {
        { .stanza = &stanzas[0], .name = STR_INIT("open") },    { .stanza = &stanzas[1], .name = STR_INIT("happened") },
        { .stanza = &stanzas[2], .name = STR_INIT("support") }, { .stanza = &stanzas[3], .name = STR_INIT("will") },
    };
    return (Rules){ .oppositions = oppositions, .n_oppositions = BASE_COUNT(oppositions), .hash = 7,
                    .rules = positions, .n_rules = BASE_COUNT(positions),
                    .countries = countries, .n_countries = BASE_COUNT(countries) };
}

/* A new database of the stories, all but the one of the id `without` (NULL: all); the caller closes it. */
static inline Store *world_store_at(const char *path, const char *without)
{
    Error err = { 0 };
    Arena arena = { 0 };
    Rules rules = world_rules();
    Store *store = store_open(path, STORE_WRITE, &err);
    CHECK_ROW(err.text, store && store_begin(store, &err));
    for (size_t i = 0; store && i < BASE_COUNT(world_stories); i++) {
        Story story;
        Statements statements;
        StoreOutcome outcome;
        if (without && strcmp(world_stories[i].id, without) == 0)
            continue;
        world_story(&world_stories[i], &arena, &story, &statements);
        bool added = store_add_story(store, &rules, &story, &statements, &arena, &outcome, &err);
        CHECK_ROW(added ? world_stories[i].id : err.text, added);
    }
    CHECK_ROW(err.text, store && store_commit(store, &err));
    arena_clear(&arena);
    return store;
}

static inline Store *world_store(const char *without)
{
    return world_store_at(":memory:", without);
}

#endif
