#include "extract/extract.h"

#include "extract/attribution.h"
#include "extract/claim.h"
#include "extract/layout.h"
#include "extract/mention.h"

struct Extractor {
    Arena arena;
    const Rules *rules;
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
    Arena arena = self->arena;
    arena_clear(&arena);
}

void extract_story(Extractor *self, const Story *story, Arena *arena, Statements *out, Problems *problems)
{
    Text *text = &self->trace.text;
    Hits *hits = &self->trace.hits;
    *hits = (Hits){ 0 };
    text_tokenize(story->text, arena, text);
    lexicon_find(self->rules->lexicon, text, arena, hits);
    layout_mark(self->rules, hits, text);
    self->trace.rows = (AttributionRows){ 0 };
    mention_find(self->mentioner, story, text, hits, arena, &self->trace.map);
    attribution_find(self->attributor, story, text, hits, &self->trace.map, arena, out, problems);
    for (size_t i = 0; i < out->len; i++) {
        out->ptr[i].n = (int)i + 1;
        claim_find(self->claims, story, text, hits, out, i, arena, problems);
        if (out->ptr[i].question)
            out->ptr[i].n_claims = 0;
        for (size_t k = 0; out->ptr[i].bystander && k < out->ptr[i].n_claims; k++)
            out->ptr[i].claims[k].flags |= CLAIM_BYSTANDER;
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
