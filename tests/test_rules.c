#include "check.h"

#include "engine/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char small_rules[] =
    "list colour\n"
    "  phrase  red | dark blue\n"
    "verb say tag=say\n"
    "  forms   ~say | ~put it | in the words of\n"
    "  test    x\n"
    "verb judge tag=judge effect=deny other=1\n"
    "  forms   ~reject | ~put\n"
    "  todo    x\n"
    "  test    x\n"
    "attribution quote rank=7\n"
    "  pattern <quote> , <say> <source>\n"
    "  pattern <source> , <judging> <content>\n"
    "  test    x\n"
    "position open side=+ denied=closed\n"
    "  cue     [still|firmly] on the table | open to <object>\n"
    "  cue     not [been] ruled out\n"
    "  test    x\n"
    "position closed side=-\n"
    "  cue     ruled out | off the table | ~reject ...2 @colour <object>\n"
    "  test    x\n"
    "topic flag \"The flag\"\n"
    "  about   @colour flag\n"
    "  needs   Norland\n"
    "  not     red flag day\n"
    "  test    x\n"
    "modifier if kind=condition reach=sentence\n"
    "  phrase  if | only when\n"
    "  test    x\n"
    "sense join\n"
    "  words   membership | ~join\n"
    "opposite raise\n"
    "  plus    raise\n"
    "  minus   cut back\n";

static void all_kinds_are_loaded(void)
{
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    arena_init(&arena);
    CHECK(rules_load_text(str_from(small_rules), "r.rules", &arena, &rules, &problems));
    CHECK_STR("messages", str_from(log.text), STR(""));
    CHECK(rules.n_rules == 5 && rules.n_verbs == 2 && rules.n_tests == 8 && rules.n_stanzas == 10);
    CHECK(rules.n_patterns == 13 && rules.n_list_names == 1);
    CHECK(rules_list(&rules, "colour") == 0 && rules_list(&rules, "color") == -1);

    const Verb *judge = &rules.verbs[0];
    CHECK_STR("verb", judge->name, STR("judge"));
    CHECK_STR("tag", lexicon_symbol_name(rules.lexicon, judge->tag), STR("judge"));
    CHECK_STR("-ing tag", lexicon_symbol_name(rules.lexicon, judge->ing), STR("judging"));
    CHECK(judge->effect == VERB_DENY && rules.verbs[1].effect == VERB_ASSERT && rules.verbs[1].ing == SYMBOL_NONE);
    CHECK_STR("other attributes", stanza_attribute(judge->stanza, "other"), STR("1"));
    CHECK_STR("where", judge->where, STR("r.rules:6"));

    const Rule *quote = &rules.rules[0];
    CHECK(quote->rank == 7);
    CHECK_STR("where", quote->where, STR("r.rules:10"));
    CHECK_STR("where of a pattern", rules.patterns[1].where, STR("r.rules:12"));
    CHECK(rules.rules[3].side == 1 && rules.rules[2].side == -1);
    CHECK_STR("label", rules.rules[4].label, STR("The flag"));
    CHECK_STR("modifier", rules.rules[1].modifier, STR("condition"));
    CHECK_STR("reach", rules.rules[1].reach, STR("sentence"));

    CHECK(rules.senses.len == 7);
    CHECK_STR("opposite", rules.senses.ptr[1].words, STR("cut back"));
    CHECK_STR("sense", rules.senses.ptr[2].words, STR("membership"));
    CHECK(rules.senses.ptr[1].sign == -1 && rules.senses.ptr[0].sign == 1 && rules.senses.ptr[2].sign == 0);
    rules_clear(&rules);
    arena_clear(&arena);
}

static const struct { const char *name, *text, *log; } error_rows[] = {
    { "unknown kind", "positon a\n  cue x\n", "r:1:1: error: unknown kind of stanza `positon`; did you mean `position`?\n" },
    { "unknown key", "list a\n  phrase  x\n  phrases  y\n", "r:3:3: error: unknown key `phrases`; did you mean `phrase`?\n" },
    { "unknown attribute", "list a kind=x\n  phrase  x\n", "r:1:8: error: unknown attribute `kind`\n" },
    { "near attribute of a verb", "verb a efect=deny\n  forms  x\n  test y\n",
      "r:1:8: error: unknown attribute `efect`; did you mean `effect`?\n" },
    { "bad value", "verb a effect=denie\n  forms  x\n  test y\n", "r:1:15: error: unknown value `denie`; did you mean `deny`?\n" },
    { "bad rank", "attribution a rank=x\n  pattern  x\n  test y\n",
      "r:1:20: error: rank is a whole number up to 1000, not `x`\n" },
    { "missing field", "topic a\n  needs  x\n  test y\n", "r:1:1: error: topic `a` has no `about`\n" },
    { "no test", "position a\n  cue  x\n", "r:1:1: warning: position `a` has no test\n" },
    { "twice", "list a\n  phrase  x\n\nlist a\n  phrase  y\n", "r:4:6: error: list `a` is in r:1 already\n" },
    { "same name, other kind", "list a\n  phrase  x\nsense a\n  words  y\n", "" },
    { "unknown position", "position open denied=closd\n  cue  x\n  test y\nposition closed\n  cue  z\n  test y\n",
      "r:1:22: error: unknown position `closd`; did you mean `closed`?\n" },
    { "a span outside attribution", "position a\n  cue  <source> x\n  test y\n", "r:2:8: error: unknown slot <source>\n" },
    { "an unknown tag", "attribution a\n  pattern  <sayy> x\n  test y\nverb say\n  forms  ~say\n  test y\n",
      "r:2:12: error: unknown slot <sayy>; did you mean <say>?\n" },
    { "forms have words only", "verb a\n  forms  ~say ...3 so\n  test y\n",
      "r:2:10: error: only words here: no gap, no mark, at most 16 words and 512 phrases in all\n" },
    { "every error is told", "list a\n  phrase  (x\nlist b\n  phrase  @nope\n",
      "r:2:11: error: missing closing `)`\nr:4:11: error: there is no list `nope`\n" },
};

static void errors_name_the_place(void)
{
    for (size_t i = 0; i < BASE_COUNT(error_rows); i++) {
        Arena arena;
        Rules rules;
        CheckLog log = { "" };
        Problems problems = { .report = check_log, .user = &log };
        arena_init(&arena);
        rules_load_text(str_from(error_rows[i].text), "r", &arena, &rules, &problems);
        CHECK_STR(error_rows[i].name, str_from(log.text), str_from(error_rows[i].log));
        rules_clear(&rules);
        arena_clear(&arena);
    }
}

/* All matches of one kind in a sentence, as "from-to:rule". */
static Str matches_of(const Rules *rules, RuleMatcher *matcher, RuleKind kind, const char *sentence, Arena *arena)
{
    Text text;
    Hits hits = { 0 };
    RuleMatches matches = { 0 };
    Problems problems = { 0 };
    text_tokenize(str_from(sentence), arena, &text);
    lexicon_find(rules->lexicon, &text, arena, &hits);
    Symbol *symbols = ARENA_ARRAY(arena, Symbol, text.n_tokens + 1);
    for (uint32_t i = 0; i < text.n_tokens; i++)
        symbols[i] = lexicon_token_symbol(rules->lexicon, &text, i);
    rules_match(matcher, kind, symbols, text.n_tokens, hits.ptr, hits.len, arena, &matches, &problems);
    Str out = STR("");
    for (size_t i = 0; i < matches.len; i++) {
        const PatternMatch *match = &matches.ptr[i].match;
        Str name = rules->rules[rules->patterns[matches.ptr[i].pattern].rule].name;
        out = str_printf(arena, "%.*s%s%u-%u:%.*s", STR_ARG(out), i ? " " : "", match->from, match->to, STR_ARG(name));
    }
    return out;
}

static const struct { const char *name; RuleKind kind; const char *sentence, *matches; } match_rows[] = {
    { "longest first", RULE_POSITION, "It has not been ruled out", "2-6:open 4-6:closed" },
    { "options of a plain phrase", RULE_POSITION, "still on the table", "0-4:open 1-4:open" },
    { "with an object", RULE_POSITION, "We are open to talks.", "2-4:open" },
    { "regular expression and list", RULE_POSITION, "She rejects a dark blue flag", "1-5:closed" },
    { "other kind", RULE_MODIFIER, "It is off the table only when you leave", "5-7:if" },
    { "topic", RULE_TOPIC_ABOUT, "the red flag", "1-3:flag" },
    { "nothing", RULE_POSITION, "Nothing of the kind", "" },
    { "empty", RULE_POSITION, "", "" },
};

static void matches_are_sorted_and_gated(void)
{
    Arena arena;
    Rules rules;
    Problems problems = { 0 };
    arena_init(&arena);
    rules_load_text(str_from(small_rules), "r", &arena, &rules, &problems);
    RuleMatcher *gated = rule_matcher_open(&rules, true), *open = rule_matcher_open(&rules, false);
    for (size_t i = 0; i < BASE_COUNT(match_rows); i++) {
        const char *sentence = match_rows[i].sentence;
        CHECK_STR(match_rows[i].name, matches_of(&rules, gated, match_rows[i].kind, sentence, &arena),
                  str_from(match_rows[i].matches));
        CHECK_STR(match_rows[i].name, matches_of(&rules, open, match_rows[i].kind, sentence, &arena),
                  str_from(match_rows[i].matches));
    }
    RuleCounts counts = rule_matcher_counts(gated), all = rule_matcher_counts(open);
    CHECK(counts.tried < all.tried && counts.tried + counts.held == all.tried && all.held == 0);
    rule_matcher_close(gated);
    rule_matcher_close(open);
    rules_clear(&rules);
    arena_clear(&arena);
}

/* Stanzas in reverse order give the same matches: only names and words break ties. */
static void order_of_stanzas_changes_nothing(void)
{
    static const char forward[] = "position a\n  cue  off the table <object>\nposition b\n  cue  off the table\nposition c\n  cue  the table\n";
    static const char reverse[] = "position c\n  cue  the table\nposition b\n  cue  off the table\nposition a\n  cue  off the table <object>\n";
    static const char *const texts[] = { forward, reverse };
    for (size_t i = 0; i < BASE_COUNT(texts); i++) {
        Arena arena;
        Rules rules;
        Problems problems = { 0 };
        arena_init(&arena);
        rules_load_text(str_from(texts[i]), "r", &arena, &rules, &problems);
        RuleMatcher *matcher = rule_matcher_open(&rules, true);
        CHECK_STR(texts[i], matches_of(&rules, matcher, RULE_POSITION, "It is off the table now", &arena),
                  STR("2-5:a 2-5:b 3-5:c"));
        rule_matcher_close(matcher);
        rules_clear(&rules);
        arena_clear(&arena);
    }
}

static void explosion_is_reported_once(void)
{
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    RuleMatches matches = { 0 };
    arena_init(&arena);
    Str text = STR("position a\n  cue  x ...30 x ...30 x ...30 x ...30 x ...30 <name>\n  test z\n");
    rules_load_text(text, "r", &arena, &rules, &problems);
    RuleMatcher *matcher = rule_matcher_open(&rules, true);
    const Symbol *gate;                          /* the word x */
    CHECK(pattern_gate(rules.patterns[0].pattern, &gate) == 1);
    Symbol symbols[400];
    for (size_t i = 0; i < BASE_COUNT(symbols); i++)
        symbols[i] = i + 1 < BASE_COUNT(symbols) ? gate[0] : (Symbol)SYMBOL_NAME;
    rules_match(matcher, RULE_POSITION, symbols, BASE_COUNT(symbols), NULL, 0, &arena, &matches, &problems);
    rules_match(matcher, RULE_POSITION, symbols, BASE_COUNT(symbols), NULL, 0, &arena, &matches, &problems);
    CHECK_STR("message", str_from(log.text),
              STR("r:2:8: error: the pattern takes too long here and is skipped: fewer gaps or runs would help\n"));
    rule_matcher_close(matcher);
    rules_clear(&rules);
    arena_clear(&arena);
}

/* ---- folders --------------------------------------------------------------- */

typedef struct Folder { char path[64]; Strs files; Arena arena; } Folder;

static void folder_make(Folder *folder)
{
    *folder = (Folder){ .path = "/tmp/tracker-rules-XXXXXX" };
    arena_init(&folder->arena);
    CHECK(mkdtemp(folder->path) != NULL);
}

static void folder_write(Folder *folder, const char *name, const char *text)
{
    Str path = str_printf(&folder->arena, "%s/%s", folder->path, name);
    FILE *file = fopen(path.ptr, "w");
    CHECK(file != NULL);
    if (!file)
        return;
    fputs(text, file);
    fclose(file);
    LIST_PUSH(&folder->arena, &folder->files, path);
}

static void folder_remove(Folder *folder)
{
    for (size_t i = 0; i < folder->files.len; i++)
        remove(folder->files.ptr[i].ptr);
    rmdir(str_printf(&folder->arena, "%s/topics", folder->path).ptr);
    rmdir(folder->path);
    arena_clear(&folder->arena);
}

/* "kind:id" of every hit in a sentence. */
static Str hits_of(const Rules *rules, const char *sentence, Arena *arena)
{
    static const char *const kinds[] = { "", "person", "surname", "body", "country", "demonym", "people", "capital", "given",
                                         "verb", "phrase", "list" };
    Text text;
    Hits hits = { 0 };
    Str out = STR("");
    text_tokenize(str_from(sentence), arena, &text);
    lexicon_find(rules->lexicon, &text, arena, &hits);
    for (size_t i = 0; i < hits.len; i++)
        out = str_printf(arena, "%.*s%s%s:%u", STR_ARG(out), i ? " " : "", kinds[hits.ptr[i].kind], hits.ptr[i].id);
    return out;
}

static const struct { const char *sentence, *hits; } hit_rows[] = {
    { "Ada Roe", "person:0 given:70 surname:0" },
    { "A. B. Roe", "person:0 surname:0" },
    { "roe", "" },
    { "Jim Poe", "surname:1" },
    { "the foreign minister", "" },
    { "the Norland foreign ministry", "country:0 body:0" },
    { "Redhouse", "body:2" },
    { "the Free Isles", "country:1" },
    { "an alliance", "" },
    { "The alliance", "country:1" },
    { "Northtown", "capital:0" },
    { "a Norlander", "demonym:0" },
};

static void folder_is_loaded(void)
{
    Folder folder;
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    char date[DATE_TEXT_BYTES];
    folder_make(&folder);
    arena_init(&arena);
    CHECK(mkdir(str_printf(&arena, "%s/topics", folder.path).ptr, 0700) == 0);
    folder_write(&folder, "a.rules", "position open\n  cue  x\n  test y\nposition closed\n  cue  z\n  test y\n");
    folder_write(&folder, "topics/b.rules", "list l\n  phrase  (x\n");
    folder_write(&folder, ".hidden.rules", "nonsense\n");
    folder_write(&folder, "countries.csv", "iso,name,demonym,capital,aliases,metonyms\n"
                 "NL,Norland,Norlander,Northtown,,Redhouse=presidency\n"
                 "FI,Free Isles,,,the Free Isles;the alliance,\n"
                 "NL,Again,,,,\n");
    folder_write(&folder, "officials.csv", "name,aliases,office,body,country,from,until,gender,source\n"
                 "Ada Roe,A. B. Roe,Foreign Minister,Foreign Ministry,NL,2020-05,2021,F,editor (as of 2021-03-01)\n"
                 "\"James Poe, Jr.\",,foreign minister,Foreign Ministry,FI,,,M,editor\n"
                 "Bad Date,,x,,NL,soon,,,\n"
                 "Bad Order,,x,,NL,2021,2020,,\n"
                 "Bad Gender,,x,,NL,,,Z,\n"
                 ",,x,,NL,,,,\n"
                 "Max Moe,,Envoy,Treasury,NL,,,,\n");
    folder_write(&folder, "given-names.csv", "name,gender\nAda,F\n");
    folder_write(&folder, "oppositions.csv", "a,b,weight,grade,note\nopen,closed,0.5,tension,why\nclosed,open,1,tension,\n"
                 "open,closd,1,tension,\nopen,open,2,tension,\nopen,open,1,quarrel,\n");
    CHECK(rules_load(folder.path, &arena, &rules, &problems));
    CHECK_STR("messages", str_from(log.text),
              STR("countries.csv:4:1: error: `NL` is in line 2 already\n"
                  "officials.csv:4:17: error: `soon` is no date: write YYYY, YYYY-MM or YYYY-MM-DD\n"
                  "officials.csv:5:23: error: until is before from\n"
                  "officials.csv:6:21: error: gender is M, F or empty, not `Z`\n"
                  "officials.csv:7:1: error: an official needs a name\n"
                  "topics/b.rules:2:11: error: missing closing `)`\n"
                  "oppositions.csv:3:1: error: `closed, open` is in line 2 already\n"
                  "oppositions.csv:4:6: error: there is no position `closd`; did you mean `closed`?\n"
                  "oppositions.csv:5:11: error: weight is a number from 0 to 1, not `2`\n"
                  "oppositions.csv:6:13: error: grade is contradiction, tension or compatible, not `quarrel`\n"));
    CHECK(problems.worst == ERR_RULES);
    CHECK(rules.n_officials == 3 && rules.n_countries == 2);
    CHECK_STR("from", str_from(date_format(rules.officials[0].from, date)), STR("2020-05-01"));
    CHECK_STR("until", str_from(date_format(rules.officials[0].until, date)), STR("2021-12-31"));
    CHECK_STR("as of", str_from(date_format(rules.officials[0].as_of, date)), STR("2021-03-01"));
    CHECK(rules.officials[1].from == DATE_UNKNOWN && rules.officials[1].as_of == DATE_UNKNOWN);
    CHECK(rules.n_bodies == 3);
    CHECK_STR("a body of many countries", rules.bodies[0].country, STR_NONE);
    CHECK_STR("a body of one", rules.bodies[1].country, STR("NL"));
    CHECK_STR("a metonym", rules.bodies[2].country, STR("NL"));
    for (size_t i = 0; i < BASE_COUNT(hit_rows); i++)
        CHECK_STR(hit_rows[i].sentence, hits_of(&rules, hit_rows[i].sentence, &arena), str_from(hit_rows[i].hits));
    const Opposition *opposition = rules_opposition(&rules, STR("open"), STR("closed"));
    CHECK(opposition != NULL && opposition == rules_opposition(&rules, STR("closed"), STR("open")));
    CHECK(opposition && opposition->weight > 0.49f && opposition->weight < 0.51f);
    CHECK(rules_opposition(&rules, STR("open"), STR("open")) == NULL);
    rules_clear(&rules);
    arena_clear(&arena);
    folder_remove(&folder);
}

static void missing_parts_are_told(void)
{
    Folder folder;
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    arena_init(&arena);
    CHECK(!rules_load("/nonexistent/rules", &arena, &rules, &problems));
    CHECK(problems.worst == ERR_RULES && str_find(str_from(log.text), STR("No such file"), 0) < strlen(log.text));
    rules_clear(&rules);

    folder_make(&folder);
    folder_write(&folder, "officials.csv", "name,office,country\n\"Ada Roe,x,NL\n");
    folder_write(&folder, "a.rules", "list l\n  phrase  x\n");
    log.text[0] = 0;
    CHECK(rules_load(folder.path, &arena, &rules, &problems));
    CHECK(str_starts(str_from(log.text), STR("countries.csv: warning: there is no such file in the rules folder\n"
                                             "officials.csv:2: error: ")));
    CHECK(rules.n_officials == 0 && rules.n_list_names == 1);
    rules_clear(&rules);
    arena_clear(&arena);
    folder_remove(&folder);
}

static void shipped_rules_are_sound(void)
{
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    arena_init(&arena);
    CHECK(rules_load("rules", &arena, &rules, &problems));
    CHECK_STR("messages", str_from(log.text), STR(""));
    CHECK(rules.n_officials > 7900 && rules.n_countries > 260 && rules.n_patterns > 500 && rules.n_oppositions > 20);
    rules_clear(&rules);
    arena_clear(&arena);
}

/* ---- layers ---------------------------------------------------------------- */

static bool has_rule(const Rules *rules, const char *name, const char *where)
{
    for (size_t i = 0; i < rules->n_rules; i++)
        if (str_equal(rules->rules[i].name, str_from(name)))
            return str_equal(rules->rules[i].where, str_from(where));
    return where[0] == '\0';
}

static void layers_add_replace_and_switch_off(void)
{
    Folder below, above;
    Arena arena;
    Rules rules;
    CheckLog log = { "" };
    Problems problems = { .report = check_log, .user = &log };
    folder_make(&below);
    folder_make(&above);
    arena_init(&arena);
    folder_write(&below, "p.rules", "position open\n  cue  x\n  test y\nposition closed\n  cue  z\n  test y\nposition far\n  cue  w\n  test y\n");
    folder_write(&below, "countries.csv", "iso,name\nNL,Norland\nSL,Southland\n");
    folder_write(&below, "officials.csv", "name,office,country,from,until\nAda Roe,Envoy,NL,2020,\nMax Moe,Envoy,SL,2021,\nJo Poe,Chief,SL,,\n");
    folder_write(&below, "given-names.csv", "name,gender\nAda,F\nKim,F\n");
    folder_write(&below, "oppositions.csv", "a,b,weight,grade,note\nopen,closed,1,contradiction,\nopen,far,1,tension,\n");
    folder_write(&above, "own.rules", "position closed\n  cue  zz\n  test y\nposition far off=yes\nposition near\n  cue  n\n  test y\n"
                 "position mine off=yes\n  cue  asleep\n  test y\nposition opn off=yes\n");
    folder_write(&above, "countries.csv", "iso,name,off\nSL,Southern Land,\nWL,Westland,\nNL,Norland,yes\n");
    folder_write(&above, "officials.csv", "name,office,country,from,until,off\nAda Roe,Envoy,NL,2020,2024,\nMax Moe,Envoy,SL,2021,,yes\n"
                 "Li Loe,Envoy,SL,2022,,\nJo Poe,Chief,SL,1999,,yes\nKi Koe,Chief,SL,1999,,no\n");
    folder_write(&above, "given-names.csv", "name,gender,off\nKim,U,\nAda,F,yes\n");
    folder_write(&above, "oppositions.csv", "a,b,weight,grade,note\nclosed,open,0.5,tension,\nnear,open,1,tension,\n");
    RuleSource sources[] = { { below.path, "", STR_NONE }, { above.path, "own", STR_NONE } };
    CHECK(rules_load_layers(sources, 2, &arena, &rules, &problems));
    Str want = str_printf(&arena,
        "%s/officials.csv:5:23: error: there is no row below to switch off: `Jo Poe, Chief, SL, 1999`\n"
        "%s/officials.csv:6:23: error: `off` is yes or empty, not `no`\n"
        "%s/own.rules:11:10: error: there is no position `opn` to switch off; did you mean `open`?\n",
        above.path, above.path, above.path);
    CHECK_STR("messages", str_from(log.text), want);
    CHECK(has_rule(&rules, "open", "p.rules:1") && has_rule(&rules, "closed", "own/own.rules:1"));
    CHECK(has_rule(&rules, "near", "own/own.rules:5") && has_rule(&rules, "far", "") && has_rule(&rules, "mine", ""));
    CHECK(rules.n_countries == 2 && rules.n_officials == 3 && rules.n_oppositions == 2);
    CHECK_STR("a country that was replaced", rules.countries[0].name, STR("Southern Land"));
    CHECK(rules.officials[0].until != DATE_UNKNOWN && rules.officials[0].line == 2);
    CHECK_STR("a row that was added", rules.officials[2].name, STR("Li Loe"));
    const Opposition *opposition = rules_opposition(&rules, STR("open"), STR("closed"));
    CHECK(opposition && opposition->weight < 0.6f);
    CHECK_STR("a given name that was replaced", hits_of(&rules, "Kim", &arena), STR("given:85"));
    CHECK_STR("one that was switched off", hits_of(&rules, "Ada", &arena), STR(""));
    rules_clear(&rules);
    arena_clear(&arena);
    folder_remove(&above);
    folder_remove(&below);
}

static const TestCase cases[] = {
    { "layers add, replace and switch off", layers_add_replace_and_switch_off },
    { "all kinds are loaded", all_kinds_are_loaded },
    { "errors name the place", errors_name_the_place },
    { "matches are sorted and gated", matches_are_sorted_and_gated },
    { "the order of stanzas changes nothing", order_of_stanzas_changes_nothing },
    { "an explosion is reported once", explosion_is_reported_once },
    { "a folder is loaded", folder_is_loaded },
    { "missing parts are told", missing_parts_are_told },
    { "the shipped rules are sound", shipped_rules_are_sound },
};
const TestSuite test_rules = SUITE(cases);
