#include "check.h"

#include "extract/claim.h"

#include <string.h>

static Arena arena, rules_arena;
static Problems problems;
static Rules rules;
static RuleMatcher *matcher;
static ClaimFinder *finder;

typedef struct Told { Story story; Text text; Hits hits; Statements statements; } Told;

/*
 * A story with its statements marked: [[...]] is what was said, {{...}} the cue of the statement that ends next,
 * <<...>> its speaker.  A cue "denied" makes its statement negated and indirect.
 */
static void tell(const char *title, const char *marked, Told *told)
{
    char *text = ARENA_ARRAY(&arena, char, strlen(marked) + 1);
    uint32_t n = 0;
    Statement statement = { 0 };
    bool complete = false;
    for (const char *c = marked; *c; c++) {
        bool open = (*c == '[' || *c == '{' || *c == '<') && c[1] == *c;
        bool shut = (*c == ']' || *c == '}' || *c == '>') && c[1] == *c;
        if (!open && !shut) {
            text[n++] = *c;
            continue;
        }
        Span *span = *c == '{' || *c == '}' ? &statement.cue_span : &statement.speaker_span;
        if (*c == '[') {
            if (complete) {
                LIST_PUSH(&arena, &told->statements, statement);
                statement = (Statement){ 0 };
                complete = false;
            }
            LIST_PUSH(&arena, &statement.spans, ((Span){ n, n }));
        } else if (*c == ']') {
            statement.spans.ptr[statement.spans.len - 1].to = n;
            complete = c[2] != '+';
            c += c[2] == '+';                    /* "]]+": goes on in the next marks */
        } else if (open) {
            span->from = n;
        } else {
            span->to = n;
            statement.has_cue = statement.has_cue || *c == '}';
            statement.has_speaker_span = statement.has_speaker_span || *c == '>';
        }
        c++;
    }
    if (statement.spans.len)
        LIST_PUSH(&arena, &told->statements, statement);
    told->story = (Story){ .title = str_from(title), .text = { text, n } };
    for (size_t i = 0; i < told->statements.len; i++) {
        Statement *s = &told->statements.ptr[i];
        s->n = (int)i + 1;
        s->cue = str_slice(told->story.text, s->cue_span);
        s->speaker = s->speaker_text = str_slice(told->story.text, s->speaker_span);
        s->negated = str_equal(s->cue, STR("denied"));
        s->kind = s->negated ? STATEMENT_INDIRECT : STATEMENT_DIRECT;
    }
    text_tokenize(told->story.text, &arena, &told->text);
    lexicon_find(rules.lexicon, &told->text, &arena, &told->hits);
    for (size_t i = 0; i < told->statements.len; i++)
        claim_find(finder, &told->story, &told->text, &told->hits, &told->statements, i, &arena, &problems);
}

static bool rules_start(void)
{
    bool ok = rules_load("rules", &rules_arena, &rules, &problems);
    matcher = rule_matcher_open(&rules, true);
    finder = claim_finder_open(&rules, matcher);
    return ok;
}

static void rules_stop(void)
{
    claim_finder_close(finder);
    rule_matcher_close(matcher);
    rules_clear(&rules);
    arena_clear(&rules_arena);
    arena_clear(&arena);
}

/* "open ukraine-nato; open ukraine-borders-2014": the claims of the last statement. */
static Str claims_text(const Told *told, bool topics)
{
    const Statement *last = &told->statements.ptr[told->statements.len - 1];
    Str out = STR("");
    for (size_t i = 0; i < last->n_claims; i++) {
        const Claim *claim = &last->claims[i];
        out = str_printf(&arena, "%.*s%s%.*s%s%.*s", STR_ARG(out), i ? "; " : "", STR_ARG(claim->position),
                         topics ? " " : "", STR_ARG(topics ? claim->topic : STR("")));
    }
    return out;
}

static const struct { const char *name, *story, *want; } position_rows[] = {
    { "the longest cue wins",        "<<Ada Roe>> {{said}} [[the plan was not ruled out]].",                     "open" },
    { "a negation before a cue",     "<<Ada Roe>> {{said}} [[she would never support the plan]].",               "oppose" },
    { "a fallback alone",            "<<Ada Roe>> {{said}} [[Norland would send ships]].",                       "will" },
    { "a fallback beside a cue",     "<<Ada Roe>> {{said}} [[Norland would oppose the plan]].",                  "oppose" },
    { "the verb of saying decides",  "<<Ada Roe>> {{urged}} [[Sudmark to accept the plan]].",                    "demand" },
    { "the verb and a not",          "<<Ada Roe>> {{urged}} [[Sudmark not to accept the plan]].",                "must-not" },
    { "an accusation",               "<<Ada Roe>> {{accused}} [[Sudmark of sinking a boat]].",                   "happened" },
    { "a denial turns round",        "<<Ada Roe>> {{denied}} [[that Sudmark had agreed to the plan]].",          "not-agreed" },
    { "a denial of a closed door",   "<<Ada Roe>> {{denied}} [[the plan was off the table]].",                   "open" },
    { "a denial without a cue",      "<<Ada Roe>> {{denied}} [[any wrongdoing]].",                               "did-not-happen" },
    { "two claims",                  "<<Ada Roe>> {{said}} [[the plan was unrealistic and that she supports the treaty]].", "closed; support" },
    { "in a quotation",              "\"[[The plan is off the table]],\" <<Ada Roe>> {{said}}.",                 "closed" },
    { "a split quotation",           "\"[[We will not,]]+\" <<Ada Roe>> {{said}}, \"[[support the plan]].\"",    "oppose" },
    { "words in scare quotes",       "<<Ada Roe>> {{said}} [[the plan was \"out of the question\"]].",           "closed" },
    { "a question",                  "<<Ada Roe>> {{said}} [[it was unclear whether the plan was off the table]].", "" },
    { "the end of a denial",         "<<Ada Roe>> {{denied}} [[that Sudmark had agreed to the plan and said it opposed the levy]].", "not-agreed" },
    { "an answer is no negation",    "\"[[No, I support the plan]],\" <<Ada Roe>> {{said}}.",                    "support" },
    { "a mind not made up",          "<<Ada Roe>> {{said}} [[Norland has not made up its mind about the levy]].", "undecided" },
    { "never, to a question",        "Asked whether Norland would sell ships, <<Ada Roe>> {{said}}: \"[[Never]].\"",      "will-not" },
    { "yes, to a question",          "Asked if Norland would sell ships, <<Ada Roe>> {{said}}: \"[[Yes, we will]].\"",   "will" },
    { "no, to a question before",    "Is the sale of ships off the table? \"[[No]],\" <<Ada Roe>> {{said}}.",  "open" },
    { "no, to nothing",              "The ships will be sold. \"[[No]],\" <<Ada Roe>> {{said}}.",               "" },
    { "nothing held",                "<<Ada Roe>> {{said}} [[hello]].",                                          "" },
};

static void positions_are_found(void)
{
    CHECK(rules_start());
    for (size_t i = 0; i < BASE_COUNT(position_rows); i++) {
        Told told = { 0 };
        tell(NULL, position_rows[i].story, &told);
        CHECK_STR(position_rows[i].name, claims_text(&told, false), str_from(position_rows[i].want));
    }
    rules_stop();
}

static const struct { const char *name, *title, *story, *want; } topic_rows[] = {
    { "what stays", NULL, "<<Ada Roe>> {{said}} [[the curbs on herring would stay in place]].", "will curb-herring" },
    { "what is to be lifted", NULL, "<<Ada Roe>> {{said}} [[the curbs on herring would be lifted]].", "will curb-herring" },
    { "two topics in one object", NULL,
      "<<Ada Roe>> {{said}} [[Norland had not ruled out NATO membership for Ukraine or a return to its pre-2014 borders]].",
      "open ukraine-nato; open ukraine-borders-2014" },
    { "two clauses, two topics", NULL,
      "<<Ada Roe>> {{said}} [[restoring Ukraine's pre-2014 borders was unrealistic and that Norland did not see "
      "membership in NATO for Kyiv as part of a solution]].",
      "closed ukraine-borders-2014; closed ukraine-nato" },
    { "a question gives the object", NULL,
      "\"[[For now, that is still on the table]],\" {{said}} <<Ada Roe>> when asked whether Norland had ruled out NATO membership for Ukraine.",
      "open ukraine-nato" },
    { "the sentence before gives the object", NULL,
      "The parties argued about NATO membership for Ukraine. \"[[That is off the table]],\" {{said}} <<Ada Roe>>.",
      "closed ukraine-nato" },
    { "the headline has what the topic needs", "Ukraine war",
      "<<Ada Roe>> {{said}} [[joining NATO was off the table]].", "closed ukraine-nato" },
    { "no ties without a state: the state is asked for", NULL,
      "<<Ada Roe>> {{said}} [[Norland would never have diplomatic ties with Israel without a Palestinian state]].",
      "will-not israel-normalisation; demand two-state" },
    { "an open topic", NULL,
      "<<Ada Roe>> {{said}} [[she opposes the fishing treaty between Norland and Sudmark]].",
      "oppose fishing-treaty-norland-sudmark" },
    { "the same from the other side", NULL,
      "<<Bo Lund>> {{said}} [[the fishing treaty between Norland and Sudmark is still on the table]].",
      "open fishing-treaty-norland-sudmark" },
    { "a pronoun goes on about the claim before", NULL,
      "<<Ada Roe>> {{said}} [[she opposes the fishing treaty]]. <<Bo Lund>> {{said}} [[it was off the table]].",
      "closed fishing-treaty" },
};

static void topics_are_found(void)
{
    CHECK(rules_start());
    for (size_t i = 0; i < BASE_COUNT(topic_rows); i++) {
        Told told = { 0 };
        tell(topic_rows[i].title, topic_rows[i].story, &told);
        CHECK_STR(topic_rows[i].name, claims_text(&told, true), str_from(topic_rows[i].want));
    }
    rules_stop();
}

static const struct { const char *name, *story; unsigned has, has_not; } flag_rows[] = {
    { "thin",              "<<Ada Roe>> {{said}} [[it was a mistake]].",                              CLAIM_THIN, CLAIM_REPLIES },
    { "not thin",          "<<Ada Roe>> {{said}} [[Norland opposes the fishing treaty with Sudmark]].",   CLAIM_STANCE, CLAIM_THIN | CLAIM_DEED },
    { "replies",           "<<Ada Roe>> {{dismissed}} [[the report of a secret deal]].",              CLAIM_REPLIES | CLAIM_ACCUSES | CLAIM_DENIAL, CLAIM_STANCE },
    { "names an act",      "<<Ada Roe>> {{said}} [[she opposes Norland's fishing decision]].",        CLAIM_NAMES_ACT, CLAIM_UNDECIDED },
    { "everything",        "<<Ada Roe>> {{said}} [[everything is on the table]].",                    CLAIM_EVERYTHING, 0 },
    { "a deed",            "<<Ada Roe>> {{accused}} [[Sudmark of sinking a boat]].",                  CLAIM_DEED | CLAIM_ACCUSES, CLAIM_DENIAL },
    { "in passing",        "<<Ada Roe>> {{said}} [[talks on the levy that Norland opposes go on in Sudmark]].", CLAIM_ASIDE, 0 },
    { "not in passing",    "<<Ada Roe>> {{said}} [[the talks were useful and that Norland opposes the levy]].", CLAIM_STANCE, CLAIM_ASIDE },
    { "before a year",     "<<Ada Roe>> {{said}} [[any levy on cars before 2050 is out of the question]].",  CLAIM_STANCE, CLAIM_ASIDE },
    { "said before",       "<<Ada Roe>> had earlier {{said}} [[Norland opposes the levy]].",          CLAIM_EARLIER, 0 },
    { "a worry",           "<<Ada Roe>> {{said}} [[she was worried about the levy]].",                CLAIM_MILD | CLAIM_STANCE, 0 },
    { "admits",            "<<Ada Roe>> {{admitted}} [[she had sunk a boat]].",                       CLAIM_OWN_DEED | CLAIM_DEED, 0 },
    { "does himself",      "<<Ada Roe>> {{said}} [[she had sunk a boat]].",                           CLAIM_OWN_DEED | CLAIM_DEED, 0 },
    { "looks at it",       "<<Ada Roe>> {{said}} [[Norland is considering a levy]].",                 CLAIM_MILD | CLAIM_STANCE, 0 },
    { "confirms",          "<<Ada Roe>> {{confirmed}} [[that Sudmark had sunk a boat]].",             CLAIM_DEED, CLAIM_OWN_DEED },
    { "undoes",            "<<Ada Roe>> {{said}} [[she supports the repeal of the levy]].",           CLAIM_UNDOES, 0 },
    { "undoes nothing",    "<<Ada Roe>> {{said}} [[she supports the levy]].",                         CLAIM_STANCE, CLAIM_UNDOES },
    { "told of another",   "<<Ada Roe>> {{said}} [[Norway had rejected the levy]].",                  CLAIM_TOLD | CLAIM_STANCE, CLAIM_ASIDE },
    { "told of her chief", "Spokeswoman <<Ada Roe>> {{said}} [[Low had rejected the levy]].",         CLAIM_STANCE, CLAIM_TOLD },
    { "told of himself",   "<<Ada Roe>> {{said}} [[she had rejected the levy]].",                     CLAIM_STANCE, CLAIM_TOLD },
    { "contradicting",     "<<Ada Roe>> {{said}} [[the plan is off the table]], contradicting her envoy.", CLAIM_CONTRADICTING, 0 },
};

static void flags_are_set(void)
{
    CHECK(rules_start());
    for (size_t i = 0; i < BASE_COUNT(flag_rows); i++) {
        Told told = { 0 };
        tell(NULL, flag_rows[i].story, &told);
        const Statement *last = &told.statements.ptr[told.statements.len - 1];
        unsigned flags = last->n_claims ? last->claims[0].flags : 0;
        CHECK_ROW(flag_rows[i].name, (flags & flag_rows[i].has) == flag_rows[i].has && !(flags & flag_rows[i].has_not));
    }
    rules_stop();
}

static const struct { const char *name, *story; bool condition, hedged, unconditional, negated; const char *limit; } modifier_rows[] = {
    { "condition",     "<<Ada Roe>> {{said}} [[she will support the plan only if the fleet leaves]].", true, false, false, false, NULL },
    { "no condition",  "<<Ada Roe>> {{said}} [[she will support the plan without preconditions]].",    false, false, true, false, NULL },
    { "limit",         "<<Ada Roe>> {{said}} [[the plan is off the table for now]].",                  false, false, false, false, "for now" },
    { "negated",       "<<Ada Roe>> {{said}} [[she does not support the plan]].",                      false, false, false, true, NULL },
    { "plain",         "<<Ada Roe>> {{said}} [[she supports the plan]].",                              false, false, false, false, NULL },
};

static void modifiers_are_read(void)
{
    CHECK(rules_start());
    for (size_t i = 0; i < BASE_COUNT(modifier_rows); i++) {
        Told told = { 0 };
        tell(NULL, modifier_rows[i].story, &told);
        const Statement *last = &told.statements.ptr[0];
        CHECK_ROW(modifier_rows[i].name, last->n_claims == 1);
        if (!last->n_claims)
            continue;
        const Claim *claim = &last->claims[0];
        CHECK_ROW(modifier_rows[i].name, claim->condition == modifier_rows[i].condition && claim->hedged == modifier_rows[i].hedged &&
                                         claim->unconditional == modifier_rows[i].unconditional && claim->negated == modifier_rows[i].negated);
        CHECK_STR(modifier_rows[i].name, claim->limit, str_from(modifier_rows[i].limit));
    }
    rules_stop();
}

static float weight_of(const Claim *claim, const char *name)
{
    for (size_t i = 0; i < claim->n_symbols; i++)
        if (str_equal(claim->symbols[i].name, str_from(name)))
            return claim->symbols[i].weight;
    return 0;
}

static bool has_symbol(const Claim *claim, const char *name)
{
    for (size_t i = 0; i < claim->n_symbols; i++)
        if (str_equal(claim->symbols[i].name, str_from(name)))
            return true;
    return false;
}

/* Words in, how many of what out. */
static const struct { const char *name, *words, *want; } quantity_rows[] = {
    { "a number and its noun",  "Norland lost 40 foreign sailors at sea",           "&sailor/40/40" },
    { "commas and a bound",     "Norland lost at least 1,200 sailors at sea",       "&sailor/1200/1e+15" },
    { "no more than",           "Norland lost up to 30 sailors at sea",             "&sailor/0/30" },
    { "a range",                "Norland lost 20 to 30 sailors at sea",             "&sailor/20/30" },
    { "about",                  "Norland lost about 50 sailors at sea",             "&sailor/45/55" },
    { "multiplied",             "Norland lost 1.5 million herrings at sea",         "&herring/1500000/1500000" },
    { "people",                 "Norland killed 40 people at sea",                  "&people/40/40" },
    { "a measure and its thing","Norland imposed a 25 percent levy on boats",       "&=tariff/25/25" },
    { "a measure alone",        "Norland imposed a levy of 25 percent on boats",    "" },
    { "a year",                 "Norland lost the 2024 elections at sea",           "" },
    { "a name's number",        "Norland violated Resolution 1701 boats at sea",    "" },
};

static void quantities_are_read(void)
{
    CHECK(rules_start());
    for (size_t i = 0; i < BASE_COUNT(quantity_rows); i++) {
        Told told = { 0 };
        char text[200];
        snprintf(text, sizeof text, "<<Ada Roe>> {{said}} [[%s]].", quantity_rows[i].words);
        tell(NULL, text, &told);
        CHECK_ROW(quantity_rows[i].name, told.statements.len == 1 && told.statements.ptr[0].n_claims > 0);
        Str got = STR("");
        for (size_t k = 0; told.statements.ptr[0].n_claims && k < told.statements.ptr[0].claims[0].n_symbols; k++)
            if (str_starts(told.statements.ptr[0].claims[0].symbols[k].name, STR("&")))
                got = told.statements.ptr[0].claims[0].symbols[k].name;
        CHECK_STR(quantity_rows[i].name, got, str_from(quantity_rows[i].want));
    }
    rules_stop();
}

static void symbols_have_weights(void)
{
    CHECK(rules_start());
    Told told = { 0 };
    tell(NULL, "<<Ada Roe>> of Ukraine {{told}} fishermen that [[Norland opposes the Roe treaty with France]].", &told);
    const Claim *claim = &told.statements.ptr[0].claims[0];
    CHECK(weight_of(claim, "=agree") > .9f && weight_of(claim, "fr") > .9f);
    CHECK(weight_of(claim, "fishermen") < .5f && weight_of(claim, "ua") < .5f && weight_of(claim, "ua") > 0);
    CHECK(weight_of(claim, "roe") == 0 && weight_of(claim, "told") == 0);
    CHECK(claim->names.len == 4);            /* norland, roe, FR in the words; UA around them */

    CHECK(claim->n_symbols > 3 && weight_of(claim, "norland") < .9f);        /* only the object weighs 1 */

    told = (Told){ 0 };
    tell(NULL, "<<Ada Roe>> {{said}} [[France will not sign the treaty with Sudmark under Resolution 2254]].", &told);
    CHECK(has_symbol(&told.statements.ptr[0].claims[0], "@fr") && has_symbol(&told.statements.ptr[0].claims[0], "^sudmark") &&
          has_symbol(&told.statements.ptr[0].claims[0], "#2254"));

    told = (Told){ 0 };
    tell(NULL, "<<Ada Roe>> {{said}} [[the curbs on herring would be lifted]].", &told);
    CHECK(told.statements.ptr[0].claims[0].flags & CLAIM_UNDOES && !(told.statements.ptr[0].claims[0].flags & CLAIM_ASIDE));

    told = (Told){ 0 };
    tell(NULL, "<<Ada Roe>> {{said}} [[the levy would give fishermen a role]].", &told);
    CHECK(!(told.statements.ptr[0].claims[0].flags & CLAIM_UNDOES) && told.statements.ptr[0].claims[0].flags & CLAIM_ASIDE);

    told = (Told){ 0 };
    tell(NULL, "<<Ada Roe>> {{said}} [[a cut in June was ruled out by 2030]].", &told);
    CHECK(has_symbol(&told.statements.ptr[0].claims[0], "#june") && has_symbol(&told.statements.ptr[0].claims[0], "#2030"));

    told = (Told){ 0 };
    tell(NULL, "<<Ada Roe>> {{said}} [[Norland did not sink the trawler of the guild]].", &told);
    CHECK(has_symbol(&told.statements.ptr[0].claims[0], "!sink") && has_symbol(&told.statements.ptr[0].claims[0], "*trawler"));

    static const struct { const char *said, *symbol; bool has; } marks[] = {
        { "two boats of Germany were sunk by French gunners", "@fr", true },
        { "two boats of Germany were sunk by French gunners", "@de", false },
        { "two German boats were sunk at noon", "^de", true },
        { "two German boats were sunk at noon", "@de", false },
        { "France was sinking boats", "@fr", true },
        { "France had agreed to sign the treaty", "@fr", true },
        { "France had agreed to sign the treaty", "^fr", false },
        { "there would be no unilateral landing of herring", "!land", true },
        { "there would be no unilateral landing of herring", "!unilater", false },
        { "the claims made by France were untrue", "*fr", false },
    };
    for (size_t i = 0; i < BASE_COUNT(marks); i++) {
        told = (Told){ 0 };
        tell(NULL, str_printf(&arena, "<<Ada Roe>> {{said}} [[%s]].", marks[i].said).ptr, &told);
        CHECK_ROW(marks[i].said, has_symbol(&told.statements.ptr[0].claims[0], marks[i].symbol) == marks[i].has);
    }

    told = (Told){ 0 };
    tell(NULL, "The levy hurts. \"[[They will be on holiday]],\" {{said}} <<Ada Roe>>.", &told);
    CHECK(weight_of(&told.statements.ptr[0].claims[0], "=tariff") <= 0);

    told = (Told){ 0 };
    tell(NULL, "The levy hurts. \"[[It is a mistake]],\" {{said}} <<Ada Roe>>.", &told);
    claim = &told.statements.ptr[0].claims[0];
    CHECK(weight_of(claim, "=tariff") > .2f && weight_of(claim, "=tariff") < .4f);
    rules_stop();
}

/* Hostile statements: spans without words, beyond sentences, very many; nothing may break or grow. */
static void odd_statements_are_survived(void)
{
    CHECK(rules_start());
    Told told = { 0 };
    tell(NULL, "[[]] {{}} [[...]] [[\n\n]] x", &told);
    CHECK(told.statements.len == 3);
    for (size_t i = 0; i < told.statements.len; i++)
        CHECK(told.statements.ptr[i].n_claims == 0);

    char *many = ARENA_ARRAY(&arena, char, 40000);
    strcpy(many, "Roe {{said}} [[");
    for (int i = 0; i < 1500; i++)
        strcat(many, "not ruled out and ");
    strcat(many, "]]");
    told = (Told){ 0 };
    tell(NULL, many, &told);
    CHECK(told.statements.ptr[0].n_claims > 0 && told.statements.ptr[0].n_claims <= 4);
    rules_stop();
}

static const TestCase cases[] = {
    { "positions are found", positions_are_found },
    { "topics are found", topics_are_found },
    { "flags are set", flags_are_set },
    { "modifiers are read", modifiers_are_read },
    { "symbols have weights", symbols_have_weights },
    { "quantities are read", quantities_are_read },
    { "odd statements are survived", odd_statements_are_survived },
};

const TestSuite test_claim = SUITE(cases);
