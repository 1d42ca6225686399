#include "extract/attribution_internal.h"

#include "extract/layout.h"

Attributor *attributor_open(const Rules *rules, RuleMatcher *matcher)
{
    Arena arena;
    arena_init(&arena);
    Attributor *self = ARENA_NEW(&arena, Attributor);
    const Lexicon *lex = rules->lexicon;
    self->rules = rules;
    self->matcher = matcher;
    self->quote = lexicon_tag(lex, STR("quote"));
    self->source = lexicon_tag(lex, STR("source"));
    self->pp = lexicon_tag(lex, STR("pp"));
    self->date = lexicon_tag(lex, STR("date"));
    self->aux = lexicon_tag(lex, STR("aux"));
    self->adverb = lexicon_tag(lex, STR("adverb"));
    self->judge = lexicon_tag(lex, STR("judge"));
    self->ask = lexicon_tag(lex, STR("ask"));
    self->that = lexicon_word(lex, STR("that"));
    self->what = lexicon_word(lex, STR("what"));
    self->who = lexicon_word(lex, STR("who"));
    self->with = lexicon_word(lex, STR("with"));
    self->and_ = lexicon_word(lex, STR("and"));
    self->but = lexicon_word(lex, STR("but"));
    self->while_ = lexicon_word(lex, STR("while"));
    self->as = lexicon_word(lex, STR("as"));
    self->for_ = lexicon_word(lex, STR("for"));
    self->to = lexicon_word(lex, STR("to"));
    self->of = lexicon_word(lex, STR("of"));
    self->by = lexicon_word(lex, STR("by"));
    self->during = lexicon_word(lex, STR("during"));
    self->according = lexicon_word(lex, STR("according"));
    self->not_ = lexicon_word(lex, STR("not"));
    self->never = lexicon_word(lex, STR("never"));
    self->participles = rules_list(rules, "reporter-participles");
    self->asides = rules_list(rules, "reporter-asides");
    self->adverbs = rules_list(rules, "adverbs");
    self->gaps = rules_list(rules, "gap-openers");
    self->thing_participles = rules_list(rules, "participles-of-things");
    self->conditions = rules_list(rules, "unsaid-openers");
    self->clause_openers = rules_list(rules, "clause-or-phrase");
    self->bare_determiners = rules_list(rules, "bare-determiners");
    self->indefinite_articles = rules_list(rules, "indefinite-articles");
    self->plural_determiners = rules_list(rules, "plural-determiners");
    self->possessives = rules_list(rules, "possessives");
    self->topic_prepositions = rules_list(rules, "topic-prepositions");
    self->subordinators = rules_list(rules, "subordinators");
    self->perfects = rules_list(rules, "perfects");
    self->pasts = rules_list(rules, "irregular-pasts");
    self->clause_verbs = rules_list(rules, "clause-verbs");
    self->airings = rules_list(rules, "airings");
    self->passives = rules_list(rules, "passives");
    self->wishes = rules_list(rules, "wishes");
    self->own_adverbs = rules_list(rules, "own-adverbs");
    self->platforms = rules_list(rules, "platforms");
    self->means = rules_list(rules, "means");
    self->scenes = rules_list(rules, "scenes");
    self->setting = setting_words(rules);
    self->bystanders = rules_list(rules, "bystanders");
    self->interviewers = rules_list(rules, "interviewers");
    self->never_nouns = rules_list(rules, "never-nouns");
    self->naming = rules_list(rules, "naming-verbs");
    self->times = rules_list(rules, "times-to-come");
    self->announcing = rules_list(rules, "announcing-verbs");
    self->meaning = rules_list(rules, "meaning-verbs");
    self->superlatives = rules_list(rules, "superlatives");
    self->quoting = rules_list(rules, "quoting-participles");
    self->hearsay = rules_list(rules, "hearsay");
    self->qualifiers = rules_list(rules, "fronted-qualifiers");
    self->askers = rules_list(rules, "asker-labels");
    self->answerers = rules_list(rules, "answerer-labels");
    self->source_slot = STR("source");
    self->quote_slot = STR("quote");
    self->content_slot = STR("content");
    self->recipient_slot = STR("recipient");
    self->arena = arena;
    return self;
}

void attributor_close(Attributor *self)
{
    if (self) {
        Arena arena = self->arena;
        arena_clear(&arena);
    }
}

void attributor_record(Attributor *self, AttributionRows *rows)
{
    self->rows = rows;
}

/* ---- statements ---------------------------------------------------------------------- */

static Span range_span(const Finder *f, Range r)
{
    while (r.end > r.first && is_mark(f, r.end - 1, ",;:-"))
        r.end--;
    while (r.end > r.first && is_mark(f, r.first, ",;:"))
        r.first++;
    return token_span(f->text, r.first, r.end);
}

static StatementKind kind_of(const Finder *f, const Ranges *ranges)
{
    bool inside = false, outside = false;
    for (size_t i = 0; i < ranges->len; i++)
        for (uint32_t k = ranges->ptr[i].first; k < ranges->ptr[i].end; k++)
            if (tok(f, k)->kind == TOKEN_WORD || tok(f, k)->kind == TOKEN_NUMBER) {
                bool quoted = tok(f, k)->flags & TOKEN_QUOTED;
                inside |= quoted;
                outside |= !quoted;
            }
    return inside && outside ? STATEMENT_MIXED : inside ? STATEMENT_DIRECT : STATEMENT_INDIRECT;
}

static Str join_text(const Finder *f, const Spans *spans)
{
    Str all = f->text->text;
    if (spans->len == 1)
        return str_slice(all, spans->ptr[0]);
    Str out = STR("");
    for (size_t i = 0; i < spans->len; i++)
        out = i ? str_printf(f->arena, "%.*s … %.*s", STR_ARG(out), STR_ARG(str_slice(all, spans->ptr[i]))) : str_slice(all, spans->ptr[i]);
    return out;
}

static void set_spans(const Finder *f, Statement *st, const Ranges *ranges)
{
    st->spans = (Spans){ 0 };
    for (size_t i = 0; i < ranges->len; i++) {
        Span span = range_span(f, ranges->ptr[i]);
        if (span.from < span.to)
            LIST_PUSH(f->arena, &st->spans, span);
    }
    st->text = join_text(f, &st->spans);
    st->kind = kind_of(f, ranges);
}

/* "has said", "had long argued": no news of the day. */
static bool is_perfect(const Finder *f, const Row *row, const Candidate *c)
{
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); k < c->cue_from; k++)
        if (chunk_in(f, row, k, f->by->perfects))
            return true;
    return false;
}

/* When and where; returns SETTING_... */
static unsigned read_setting(const Finder *f, Statement *st, const Row *row, const Candidates *all,
                             const Candidate *own, const Ranges *ranges)
{
    Spans content = { 0 };
    for (size_t i = 0; i < ranges->len; i++)
        LIST_PUSH(f->arena, &content, token_span(f->text, ranges->ptr[i].first, ranges->ptr[i].end));
    Range said = attribution_chunk_range(row, own->cue_from, own->cue_to);
    SettingCue cue = { .row_first = row->first, .row_end = row->end, .first = said.first, .end = said.end,
                      .from = row->first, .to = row->end,
                       .source = own->source >= 0 ? row->chunks[own->source].mention : -1,
                       .recipient = own->recipient >= 0 ? row->chunks[own->recipient].mention : -1,
                       .perfect = is_perfect(f, row, own), .content = &content };
    for (size_t i = 0; i < all->len; i++) {
        Range other = attribution_chunk_range(row, all->ptr[i].cue_from, all->ptr[i].cue_to);
        if (other.first < said.first && other.end > cue.from)
            cue.from = other.end;
        if (other.first > said.first && other.first < cue.to)
            cue.to = other.first;
    }
    return setting_read(&f->setting, &cue, st);
}

static void push_statement(Finder *f, Statement st, int32_t entity, bool quoted, unsigned notes, uint32_t paragraph)
{
    if (st.spans.len == 0)
        return;
    LIST_PUSH(f->arena, f->out, st);
    LIST_PUSH(f->arena, &f->notes, notes);
    f->last = (int32_t)f->out->len - 1;
    f->last_paragraph = paragraph;
    f->last_quoted = quoted;
    if (entity >= 0 && !f->map->entities.ptr[entity].document)
        f->speaker = entity;
}

static bool is_negated(const Finder *f, const Row *row, const Candidate *c)
{
    for (uint32_t k = attribution_verb_group(f, row, c->cue_from); k < c->cue_from; k++) {
        const Token *token = tok(f, row->chunks[k].first);
        Str raw = str_slice(f->text->text, token->span);
        if (token->word == f->by->not_ || token->word == f->by->never || str_ends(raw, STR("n't")) || str_ends(raw, STR("n’t")))
            return true;
    }
    return false;
}

/* "..., when asked whether the U.S. had ruled out ...": what stands there is the question, and nobody's claim. */
static bool in_question(const Finder *f, const Row *row, uint32_t cue)
{
    for (uint32_t k = cue; k-- > 0 && row->symbols[k] != SYMBOL_COMMA && row->symbols[k] != f->by->quote;)
        if (chunk_in(f, row, k, f->by->asides))
            return true;
    return false;
}

/* The statement of this row in whose content the source stands: its speaker reports this one.  NULL if none does. */
static const Statement *reporter_of(const Finder *f, size_t first_of_row, uint32_t source_token)
{
    uint32_t byte = tok(f, source_token)->span.from;
    for (size_t i = first_of_row; i < f->out->len; i++) {
        const Statement *st = &f->out->ptr[i];
        for (size_t k = 0; k < st->spans.len; k++)
            if (byte >= st->spans.ptr[k].from && byte < st->spans.ptr[k].to)
                return st;
    }
    return NULL;
}

/* "Roe said Low told the council that ...": of a named colleague's words there are two witnesses. */
static bool is_told_by_name(const Finder *f, const Row *row, const Candidate *c)
{
    const VerbForm *form = attribution_verb(f, row, c);
    return f->map->mentions.ptr[row->chunks[c->source].mention].kind == MENTION_PERSON && form;
}

static void emit_candidates(Finder *f, const Row *row, const Candidates *all)
{
    size_t first_of_row = f->out->len;
    int32_t speaker = f->speaker;
    for (size_t i = 0; i < all->len; i++) {
        const Candidate *c = &all->ptr[i];
        const VerbForm *form = attribution_verb(f, row, c);
        VerbEffect effect = form ? f->rules->verbs[form->verb].effect : VERB_ASSERT;
        bool not_said = is_negated(f, row, c);
        if (c->quote < 0 && is_mark(f, row->end - 1, "?"))
            continue;                /* the reporter asks */
        if (c->quote < 0 && c->source >= 0 && row->chunks[c->source].mention >= 0 &&
            hits_list_at(f->hits, f->map->mentions.ptr[row->chunks[c->source].mention].head, f->by->interviewers))
            continue;
        if (c->mute || effect == VERB_SILENCE || (not_said && effect != VERB_DENY) || in_question(f, row, c->cue_from))
            continue;
        Ranges ranges;
        if (!attribution_content(f, row, all, c, &ranges))
            continue;
        f->speaker = speaker;
        Statement st = { .rule = c->where, .said_on = DATE_UNKNOWN };
        int32_t mention = c->source >= 0 ? row->chunks[c->source].mention : -1;
        int32_t entity = attribution_set_speaker(f, &st, mention, row->chunks[c->cue_from].first);
        set_spans(f, &st, &ranges);
        Range cue = attribution_chunk_range(row, c->cue_from, c->cue_to);
        st.cue_span = token_span(f->text, cue.first, cue.end);
        st.cue = str_slice(f->text->text, st.cue_span);
        st.has_cue = true;
        st.negated = effect == VERB_DENY && !not_said;
        st.question = effect == VERB_QUESTION;
        st.context = token_span(f->text, row->first, row->end);
        unsigned notes = read_setting(f, &st, row, all, c, &ranges);
        const Statement *reporter = c->source >= 0 ? reporter_of(f, first_of_row, row->chunks[c->source].first) : NULL;
        if (reporter) {
            if (attribution_is_judgement(f, row, c))
                continue;            /* what others did, in somebody's words */
            /* An official who says what his own side ("his country") says or does speaks for himself. */
            bool own_side = str_equal(reporter->speaker, st.speaker) || chunk_in(f, row, (uint32_t)c->source, f->by->possessives) ||
                            (reporter->country.len && str_equal(reporter->country, st.country) && !is_told_by_name(f, row, c));
            if (own_side)
                continue;
            st.reporter = reporter->speaker;
        }
        bool quoted = tok(f, ranges.ptr[ranges.len - 1].end - 1)->flags & TOKEN_QUOTED;
        push_statement(f, st, entity, quoted, notes, row->paragraph);
        if (entity >= 0 && !f->map->entities.ptr[entity].document)
            speaker = entity;
    }
    f->speaker = speaker;
}

/* ---- quotations without a cue of their own ------------------------------------------------ */

/* Nothing but quotations (and their punctuation)? */
static bool is_pure_quote(const Finder *f, const Row *row)
{
    bool any = false;
    for (size_t i = 0; i < row->len; i++) {
        if (row->symbols[i] == f->by->quote)
            any = true;
        else if (row->symbols[i] != SYMBOL_STOP && row->symbols[i] != SYMBOL_COMMA && row->symbols[i] != SYMBOL_ELLIPSIS &&
                 row->symbols[i] != SYMBOL_DASH)
            return false;
    }
    return any;
}

static void add_range(const Finder *f, Statement *st, Range range)
{
    Span span = range_span(f, range);
    if (span.from >= span.to)
        return;
    LIST_PUSH(f->arena, &st->spans, span);
    st->text = join_text(f, &st->spans);
    st->context.to = span.to;
}

static void emit_uncued(Finder *f, const Row *row)
{
    enum { SPEECH_WORDS = 4 };
    for (uint32_t k = 0; k < row->len; k++) {
        if (row->symbols[k] != f->by->quote)
            continue;
        Range range = attribution_quote_range(f, row, k);
        const Quote *quote = &f->text->quotes[row->chunks[k].quote];
        Statement *last = f->last >= 0 ? &f->out->ptr[f->last] : NULL;
        bool near = last && f->last_paragraph + 1 >= row->paragraph;
        if (near && f->last_quoted && (f->last_paragraph == row->paragraph || quote->continues >= 0)) {
            add_range(f, last, range);
            f->last_paragraph = row->paragraph;
            continue;
        }
        if (!near || f->speaker < 0 || count_words(f, range.first, range.end) < SPEECH_WORDS)
            continue;
        Ranges ranges = { &range, 1, 1 };
        Statement st = { .rule = STR("quotation without a cue"), .said_on = DATE_UNKNOWN };
        attribution_speak_as(f, &st, f->speaker);
        st.context = token_span(f->text, row->first, row->end);
        set_spans(f, &st, &ranges);
        push_statement(f, st, f->speaker, true, 0, row->paragraph);
    }
}

/* ---- transcripts -------------------------------------------------------------------------- */

/*
 * The token behind the colon where a paragraph is one turn of a transcript ("ROE: We are ready.", "Q: Are you?"),
 * else 0.
 */
static uint32_t turn_start(const Finder *f, const Paragraph *para)
{
    enum { LABEL_TOKENS = 6 };
    uint32_t first = para->first_token;
    for (uint32_t i = first + 1; i + 1 < para->end_token && i <= first + LABEL_TOKENS; i++) {
        if (!is_mark(f, i, ":"))
            continue;
        int32_t mention = f->map->at[first];
        const Mention *m = mention >= 0 ? &f->map->mentions.ptr[mention] : NULL;
        bool person = m && m->first == first && m->end == i && (m->kind == MENTION_PERSON || m->kind == MENTION_ROLE) && !m->plural;
        bool letter = hits_list_at(f->hits, first, f->by->askers) || hits_list_at(f->hits, first, f->by->answerers);
        return (person || (letter && i == first + 1)) && tok(f, i + 1)->kind != TOKEN_QUOTE_OPEN ? i + 1 : 0;
    }
    return 0;
}

/* Somebody's "Name: ..." once is a headline or a caption; several make a transcript. */
static bool is_transcript(const Finder *f)
{
    enum { TURNS = 3 };
    size_t turns = 0;
    for (size_t p = 0; p < f->text->n_paragraphs && turns < TURNS; p++)
        turns += f->text->paragraphs[p].kind == PARAGRAPH_BODY && turn_start(f, &f->text->paragraphs[p]) > 0;
    return turns == TURNS;
}

/* Who is asked in an interview told as questions and answers: who spoke last, else the first person named. */
static int32_t interviewee(const Finder *f)
{
    for (size_t i = 0; i < f->map->mentions.len && f->speaker < 0; i++)
        if (f->map->mentions.ptr[i].kind == MENTION_PERSON && f->map->mentions.ptr[i].entity >= 0)
            return f->map->mentions.ptr[i].entity;
    return f->speaker;
}

/* A turn of a transcript is one statement; what interviewers ask is none. */
static void read_turn(Finder *f, const Paragraph *para, uint32_t start, uint32_t paragraph)
{
    uint32_t label = para->first_token;
    if (hits_list_at(f->hits, label, f->by->askers) || hits_list_at(f->hits, label, f->by->interviewers))
        return;
    Statement st = { .rule = STR("turn of a transcript"), .said_on = DATE_UNKNOWN };
    int32_t entity = hits_list_at(f->hits, label, f->by->answerers) ? interviewee(f) : -1;
    if (entity >= 0)
        attribution_speak_as(f, &st, entity);
    else if (!hits_list_at(f->hits, label, f->by->answerers))
        entity = attribution_set_speaker(f, &st, f->map->at[label], start);
    if (!st.speaker.ptr)
        return;
    Range range = { start, para->end_token };
    Ranges ranges = { &range, 1, 1 };
    st.context = token_span(f->text, label, para->end_token);
    set_spans(f, &st, &ranges);
    st.kind = STATEMENT_DIRECT;
    st.question = is_mark(f, para->end_token - 1, "?");
    push_statement(f, st, entity, false, 0, paragraph);
}

/* ---- the whole story -------------------------------------------------------------------- */

static void index_starts(Finder *f)
{
    size_t n = f->text->n_tokens;
    f->day_at = ARENA_ARRAY(f->arena, int32_t, n + 1);
    f->quote_at = ARENA_ARRAY(f->arena, int32_t, n + 1);
    for (uint32_t i = 0; i <= n; i++)
        f->day_at[i] = f->quote_at[i] = -1;
    for (size_t i = 0; i < f->map->days.len; i++)
        f->day_at[f->map->days.ptr[i].first] = (int32_t)i;
    for (size_t i = 0; i < f->text->n_quotes; i++)
        f->quote_at[f->text->quotes[i].open] = (int32_t)i;
}

/* Is a quotation still open where a sentence ends? */
static bool inside_quote(const Finder *f, uint32_t end, uint32_t *close)
{
    if (end >= f->text->n_tokens || !(tok(f, end)->flags & TOKEN_QUOTED))
        return false;
    for (uint32_t i = end; i-- > 0;) {
        int32_t quote = f->quote_at[i];
        if (quote >= 0 && f->text->quotes[quote].outer < 0 && f->text->quotes[quote].close > end) {
            *close = f->text->quotes[quote].close;
            return true;
        }
        if (!(tok(f, i)->flags & TOKEN_QUOTED) && tok(f, i)->kind != TOKEN_QUOTE_OPEN)
            break;
    }
    return false;
}

/*
 * "Is it in our interest?" Roe asked.  The mark ends no sentence when what follows is short and only says who
 * spoke: a cue among its first words, nothing quoted, and no content of its own behind "that".
 */
static bool asks_on(const Finder *f, const Text *text, uint32_t next)
{
    enum { FIRST_TOKENS = 14 };
    const Sentence *before = &text->sentences[next - 1], *after = &text->sentences[next];
    if (before->paragraph != after->paragraph || before->end < before->first + 2 || tok(f, before->end - 1)->kind != TOKEN_QUOTE_CLOSE ||
        !is_mark(f, before->end - 2, "?!~-") || tok(f, after->first)->kind == TOKEN_QUOTE_OPEN)
        return false;
    for (uint32_t i = after->first; i < after->end && i < after->first + FIRST_TOKENS; i++)
        if (has(f, i, WORD_CUE) && f->map->at[i] < 0) {
            uint32_t behind = i + 1;
            while (behind < after->end && (has(f, behind, WORD_DATE | WORD_ADVERB | WORD_PREPOSITION) || f->map->at[behind] >= 0))
                behind++;
            return behind >= after->end || is_mark(f, behind, ".,") || tok(f, behind)->kind == TOKEN_QUOTE_OPEN;
        }
    return false;
}

static void record_row(const Finder *f, const Row *row)
{
    AttributionRow out = { ARENA_ARRAY(f->arena, Symbol, row->len + 1), ARENA_ARRAY(f->arena, uint32_t, row->len + 1), row->len };
    for (size_t i = 0; i < row->len; i++) {
        out.symbols[i] = row->symbols[i];
        out.tokens[i] = row->chunks[i].first;
    }
    out.tokens[row->len] = row->end;
    LIST_PUSH(f->arena, f->by->rows, out);
}

/* "The envoy went on:", and the next paragraph is what he said. */
static bool announces_quote(const Finder *f, size_t paragraph)
{
    const Paragraph *para = &f->text->paragraphs[paragraph], *next = para + 1;
    return paragraph + 1 < f->text->n_paragraphs && next->kind == PARAGRAPH_BODY && next->first_sentence == para->end_sentence &&
           next->first_sentence < next->end_sentence && is_mark(f, para->end_token - 1, ":,") &&
           tok(f, next->first_token)->kind == TOKEN_QUOTE_OPEN;
}

/* Sentences longer than any real one are read in pieces, so that the cost of a text stays linear. */
enum { ROW_TOKENS = 800 };

static void read_row(Finder *f, Row *row, uint32_t first, uint32_t end, uint32_t paragraph)
{
    for (; first < end; first = row->end) {
        row->first = first;
        row->end = end - first > ROW_TOKENS ? first + ROW_TOKENS : end;
        row->paragraph = paragraph;
        attribution_build_row(f, row);
        if (f->by->rows)
            record_row(f, row);
        Candidates candidates = { 0 };
        attribution_candidates(f, row, &candidates);
        size_t before = f->out->len;
        emit_candidates(f, row, &candidates);
        if (f->out->len == before && is_pure_quote(f, row))
            emit_uncued(f, row);
    }
}

void attribution_find(Attributor *self, const Story *story, const Text *text, const Hits *hits,
                      const MentionMap *map, Arena *arena, Statements *out, Problems *problems)
{
    Finder f = { .by = self, .rules = self->rules, .story = story, .text = text, .hits = hits, .map = map,
                 .arena = arena, .out = out, .problems = problems, .speaker = -1, .last = -1,
                 .setting = { &self->setting, self->rules, story, text, hits, map, arena } };
    index_starts(&f);
    Row row = { 0 };
    bool transcript = is_transcript(&f);
    uint32_t done = 0;               /* sentences before this one are read */
    for (size_t p = 0; p < text->n_paragraphs; p++) {
        const Paragraph *para = &text->paragraphs[p];
        if (para->kind != PARAGRAPH_BODY)
            continue;
        uint32_t turn = transcript ? turn_start(&f, para) : 0;
        if (turn) {
            read_turn(&f, para, turn, (uint32_t)p);
            continue;
        }
        for (uint32_t s = done > para->first_sentence ? done : para->first_sentence; s < para->end_sentence; s = done) {
            uint32_t close, last = para->end_sentence, paragraph = (uint32_t)p;
            done = s + 1;
            if (done == last && announces_quote(&f, p)) {
                last = text->paragraphs[++paragraph].end_sentence;
                done++;
            }
            while (done < last && (inside_quote(&f, text->sentences[done - 1].end, &close) || asks_on(&f, text, done)))
                done++;
            uint32_t first = text->sentences[s].first;
            if (s == para->first_sentence)
                first = layout_dateline_end(text, para);
            read_row(&f, &row, first, text->sentences[done - 1].end, paragraph);
        }
    }
    setting_spread(&f.setting, out, f.notes.ptr);
}
