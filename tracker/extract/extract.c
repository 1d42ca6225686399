#include "extract/extract.h"

#include "extract/attribution.h"
#include "extract/claim.h"
#include "extract/layout.h"
#include "extract/mention.h"
#include "extract/voice.h"

struct Extractor {
    Arena arena;
    Arena story;                         /* tokens and hits of the present one */
    Arena scratch;                       /* one statement */
    const Rules *rules;
    LayoutLists layout;
    Voices voices;
    RuleMatcher *matcher;
    Mentioner *mentioner;
    Attributor *attributor;
    ClaimFinder *claims;
    ExtractTrace trace;
};

Extractor *extractor_open(const Rules *rules, ExtractOptions options)
{
    Arena arena;
    arena_init(&arena);
    Extractor *self = ARENA_NEW(&arena, Extractor);
    self->rules = rules;
    self->matcher = rule_matcher_open(rules, !options.no_gate);
    self->mentioner = mentioner_open(rules);
    self->attributor = attributor_open(rules, self->matcher);
    self->claims = claim_finder_open(rules, self->matcher);
    self->layout = layout_lists(rules);
    self->voices = voices_read(rules);
    arena_init(&self->story);
    arena_init(&self->scratch);
    if (options.trace)
        attributor_record(self->attributor, &self->trace.rows);
    self->arena = arena;
    return self;
}

void extractor_close(Extractor *self)
{
    if (!self)
        return;
    claim_finder_close(self->claims);
    attributor_close(self->attributor);
    mentioner_close(self->mentioner);
    rule_matcher_close(self->matcher);
    arena_clear(&self->scratch);
    arena_clear(&self->story);
    Arena arena = self->arena;
    arena_clear(&arena);
}

/* Claims that no pair is made of.  Of one whom a pronoun alone names, the matter decides: an official speaks of a rule's topic. */
static void mark_bystander(Extractor *self, Statement *statement)
{
    if (!statement->n_claims || !(statement->bystander || !voice_is_public(&self->voices, statement, &self->scratch)))
        return;
    for (size_t k = 0; k < statement->n_claims; k++)
        if (statement->speaker.len || !statement->claims[k].curated)
            statement->claims[k].flags |= CLAIM_BYSTANDER;
}

void extract_story(Extractor *self, const Story *story, Arena *arena, Statements *out, Problems *problems)
{
    Text *text = &self->trace.text;
    Hits *hits = &self->trace.hits;
    *hits = (Hits){ 0 };
    arena_reset(&self->story);           /* the same memory for each: it stays in the cache */
    text_tokenize(story->text, &self->story, text);
    lexicon_find(self->rules->lexicon, text, &self->story, hits);
    layout_mark(self->layout, hits, text);
    self->trace.rows = (AttributionRows){ 0 };
    mention_find(self->mentioner, story, text, hits, arena, &self->trace.map);
    attribution_find(self->attributor, story, text, hits, &self->trace.map, arena, out, problems);
    for (size_t i = 0; i < out->len; i++) {
        out->ptr[i].n = (int)i + 1;
        claim_find(self->claims, story, text, hits, out, i, arena, problems);
        if (out->ptr[i].question)
            out->ptr[i].n_claims = 0;
        mark_bystander(self, &out->ptr[i]);
        arena_reset(&self->scratch);
    }
}

const ExtractTrace *extractor_trace(const Extractor *self)
{
    return &self->trace;
}

RuleMatcher *extractor_matcher(Extractor *self)
{
    return self->matcher;
}
