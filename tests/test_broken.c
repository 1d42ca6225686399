/*
 * test_broken.c - rule files as people break them: each error at the file, line and column that has to be mended
 *
 * Broken spreadsheets stand in test_rules.c and test_officials.c.
 */
#include "check.h"

#include "engine/rules.h"
#include "extract/ruletest.h"

#include <stdio.h>
#include <string.h>

static bool has_line(const char *text, const char *line)
{
    size_t len = strlen(line);
    for (const char *at = text; (at = strstr(at, line)) != NULL; at++)
        if ((at == text || at[-1] == '\n') && at[len] == '\n')
            return true;
    return false;
}

/* Everything that looks at a rule file has looked at it. */
static void read_all(Str text, CheckLog *log)
{
    Arena arena;
    Rules rules;
    RuleTestCounts counts = { 0 };
    Problems problems = { .report = check_log, .user = log };
    arena_init(&arena);
    log->text[0] = 0;
    rules_load_text(text, "r", &arena, &rules, &problems);
    ruletest_run(&rules, (RuleTestOptions){ 0 }, &counts, &problems);
    CHECK(problems.errors > 0 && problems.worst == ERR_RULES);
    rules_clear(&rules);
    arena_clear(&arena);
}

static const struct { const char *name, *text, *error; } rows[] = {
    { "group not closed", "position a\n  cue  (off|on the table\n  test x => none\n",
      "r:2:8: error: missing closing `)`" },
    { "group not closed, tab before", "position a\n\tcue\t(off\n  test x => none\n",
      "r:2:6: error: missing closing `)`" },
    { "option not closed", "position a\n  cue  still [on the table\n  test x => none\n",
      "r:2:14: error: missing closing `]`" },
    { "group closed by the wrong mark", "position a\n  cue  (off] the table\n  test x => none\n",
      "r:2:12: error: `]` where `)` should close the group" },
    { "option closed by the wrong mark", "position a\n  cue  [off) the table\n  test x => none\n",
      "r:2:12: error: `)` where `]` should close the group" },
    { "closes nothing", "position a\n  cue  off) the table\n  test x => none\n",
      "r:2:11: error: `)` closes nothing" },
    { "closes nothing, option", "position a\n  cue  off] the table\n  test x => none\n",
      "r:2:11: error: `]` closes nothing" },
    { "inner group not closed", "position a\n  cue  ((off|on) the (table|desk\n  test x => none\n",
      "r:2:22: error: missing closing `)`" },
    { "second phrase", "position a\n  cue  fine | (off\n  test x => none\n",
      "r:2:15: error: missing closing `)`" },
    { "third line of a field", "position a\n  cue  fine\n       | good\n       | [bad\n  test x => none\n",
      "r:4:10: error: missing closing `]`" },
    { "empty alternative", "position a\n  cue  (off|) the table\n  test x => none\n",
      "r:2:13: error: an empty alternative" },
    { "empty group", "position a\n  cue  () the table\n  test x => none\n",
      "r:2:9: error: an empty alternative" },
    { "empty phrase", "position a\n  cue  off | | on\n  test x => none\n",
      "r:2:14: error: an empty alternative" },
    { "empty phrase at the end", "position a\n  cue  off |\n  test x => none\n",
      "r:2:13: error: an empty alternative" },
    { "regular expression", "position a\n  cue  /(a+)+$/\n  test x => none\n",
      "r:2:8: error: a rule sees words, not characters: there are no regular expressions" },
    { "star", "position a\n  cue  off* the table\n  test x => none\n",
      "r:2:11: error: a pattern has words and the marks , : ; - \" \\( \\) only" },
    { "plus", "position a\n  cue  off + on\n  test x => none\n",
      "r:2:12: error: a pattern has words and the marks , : ; - \" \\( \\) only" },
    { "gap without a number", "position a\n  cue  off ... table\n  test x => none\n",
      "r:2:12: error: `...` needs a number right behind it: ...3 is up to 3 words" },
    { "gap of zero", "position a\n  cue  off ...0 table\n  test x => none\n",
      "r:2:12: error: `...` takes a number from 1 to 30" },
    { "gap too wide", "position a\n  cue  off ...31 table\n  test x => none\n",
      "r:2:12: error: `...` takes a number from 1 to 30" },
    { "gap that is no number", "position a\n  cue  off ...x table\n  test x => none\n",
      "r:2:12: error: `...` takes a number from 1 to 30" },
    { "gap at the end", "position a\n  cue  off the ...3\n  test x => none\n",
      "r:2:16: error: a gap or a run at the end of a pattern: `...N` needs words on both sides, <object> and its like stand outside ( )" },
    { "gap at the start", "position a\n  cue  ...3 off\n  test x => none\n",
      "r:2:8: error: a gap or a run at the end of a pattern: `...N` needs words on both sides, <object> and its like stand outside ( )" },
    { "nothing required", "position a\n  cue  [off] [the table]\n  test x => none\n",
      "r:2:8: error: nothing in this pattern must be there: it needs a word or a tag outside [ ]" },
    { "only a slot", "position a\n  cue  <object>\n  test x => none\n",
      "r:2:8: error: nothing in this pattern must be there: it needs a word or a tag outside [ ]" },
    { "unknown slot", "position a\n  cue  off <objekt>\n  test x => none\n",
      "r:2:12: error: unknown slot <objekt>; did you mean <object>?" },
    { "slot not closed", "position a\n  cue  off <object\n  test x => none\n",
      "r:2:12: error: a slot is <name> or <name:tag>" },
    { "slot without a name", "position a\n  cue  off <>\n  test x => none\n",
      "r:2:12: error: a slot is <name> or <name:tag>" },
    { "slot opened nowhere", "position a\n  cue  off object>\n  test x => none\n",
      "r:2:18: error: `>` without `<`" },
    { "slot twice", "position a\n  cue  <object> off <object>\n  test x => none\n",
      "r:2:21: error: the same slot stands twice in one pattern" },
    { "slot in a group at the end", "position a\n  cue  off (<object>|it)\n  test x => none\n",
      "r:2:13: error: a gap or a run at the end of a pattern: `...N` needs words on both sides, <object> and its like stand outside ( )" },
    { "tag outside attribution", "position a\n  cue  <say> off\n  test x => none\n",
      "r:2:8: error: unknown slot <say>" },
    { "too many slots", "attribution a\n  pattern  <a:source> x <b:source> x <c:source> x <d:source> x <e:source> x <f:source> x <g:source> x <h:source> x <i:source>\n  test x => none\n",
      "r:2:116: error: more than 8 slots in one pattern" },
    { "unknown tag", "attribution a\n  pattern  <source> <sayy>\n  test x => none\n",
      "r:2:21: error: unknown slot <sayy>; did you mean <any>?" },
    { "verb without a word", "position a\n  cue  ~ off\n  test x => none\n",
      "r:2:8: error: `~` needs a verb right behind it" },
    { "verb that is a number", "position a\n  cue  ~7\n  test x => none\n",
      "r:2:8: error: `~` needs a verb right behind it" },
    { "escape of a letter", "position a\n  cue  off \\n the table\n  test x => none\n",
      "r:2:12: error: only ( and ) may stand behind `\\`" },
    { "undefined list", "position a\n  cue  @colour table\n  test x => none\n",
      "r:2:8: error: there is no list `colour`" },
    { "undefined list, near", "list colours\n  phrase  red\nposition a\n  cue  @colour table\n  test x => none\n",
      "r:4:8: error: there is no list `colour`; did you mean @colours?" },
    { "list that holds itself", "list a\n  phrase  red | @a\n",
      "r:2:17: error: the list `a` contains itself" },
    { "lists in a circle", "list a\n  phrase  @b\nlist b\n  phrase  @c\nlist c\n  phrase  @a\n",
      "r:6:11: error: the list `a` contains itself" },
    { "gap in a list slot", "list a\n  phrase  red <object>\n",
      "r:2:15: error: <object> cannot stand in a list" },
    { "gap among forms", "verb a\n  forms  ~say ...2 so\n  test x => none\n",
      "r:2:10: error: only words here: no gap, no mark, at most 16 words and 512 phrases in all" },
    { "unknown kind", "postion a\n  cue  x\n  test x => none\n",
      "r:1:1: error: unknown kind of stanza `postion`; did you mean `position`?" },
    { "unknown key", "position a\n  cue  x\n  ceu  y\n  test x => none\n",
      "r:3:3: error: unknown key `ceu`; did you mean `cue`?" },
    { "key with a bad letter", "position a\n  cue:  x\n  test x => none\n",
      "r:2:3: error: `cue:` is no key: a key has only letters and -" },
    { "unknown attribute", "position a sied=+\n  cue  x\n  test x => none\n",
      "r:1:12: error: unknown attribute `sied`; did you mean `side`?" },
    { "unknown value", "position a side=up\n  cue  x\n  test x => none\n",
      "r:1:17: error: unknown value `up`" },
    { "attribute without a value", "position a side=\n  cue  x\n  test x => none\n",
      "r:1:12: error: attribute `side` has no value" },
    { "attribute without =", "position a side\n  cue  x\n  test x => none\n",
      "r:1:12: error: expected key=value or \"label\", not `side`" },
    { "attribute twice", "position a side=+ side=-\n  cue  x\n  test x => none\n",
      "r:1:19: error: attribute `side` is given twice" },
    { "rank that is no number", "attribution a rank=high\n  pattern  x\n  test x => none\n",
      "r:1:20: error: rank is a whole number up to 1000, not `high`" },
    { "label not closed", "topic a \"The ferry\n  about  x\n  test x => none\n",
      "r:1:9: error: missing closing quotation mark" },
    { "no name", "topic\n  about  x\n  test x => none\n",
      "r:1:1: error: `topic` needs a name behind it" },
    { "bad name", "topic a/b\n  about  x\n  test x => none\n",
      "r:1:7: error: `a/b` is no name: a name has only letters, digits, - and _" },
    { "duplicate", "topic a\n  about  x\n  test x => none\ntopic a\n  about  y\n  test x => none\n",
      "r:4:7: error: topic `a` is in r:1 already" },
    { "unknown position", "position a denied=b\n  cue  x\n  test x => none\n",
      "r:1:19: error: unknown position `b`" },
    { "field without text", "position a\n  cue\n  test x => none\n",
      "r:2:3: error: `cue` has no text" },
    { "stanza without its field", "topic a\n  needs  x\n  test x => none\n",
      "r:1:1: error: topic `a` has no `about`" },
    { "indented before any stanza", "  cue  x\n",
      "r:1:3: error: an indented line before any stanza" },
    { "indented by one column", "position a\n  cue  x\n   | y\n  test x => none\n",
      "r:3:4: error: neither in line with `cue` above nor two columns deeper" },
    { "CRLF", "position a\r\n  cue  (x\r\n  test y => none\r\n",
      "r:2:8: error: missing closing `)`" },
    { "BOM", "\357\273\277topci a\n  about  x\n  test x => none\n",
      "r:1:1: error: unknown kind of stanza `topci`; did you mean `topic`?" },
    { "accents before the place", "position a\n  cue  na\303\257ve (caf\303\251\n  test x => none\n",
      "r:2:14: error: missing closing `)`" },
    { "test without an arrow", "position a\n  cue  x\n  test  nothing\n",
      "r:3:9: error: a test needs \"=>\" and what must be found" },
    { "nothing to switch off", "topic a off=yes\n",
      "r:1:7: error: there is no topic `a` to switch off" },
    { "unknown value of off", "topic a off=no-way\n  about  x\n  test x => none\n",
      "r:1:13: error: unknown value `no-way`" },
};

static void each_has_its_place(void)
{
    static CheckLog log;
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        read_all(str_from(rows[i].text), &log);
        if (!has_line(log.text, rows[i].error))
            CHECK_STR(rows[i].name, str_from(log.text), str_from(rows[i].error));
    }
}

/* What cannot be written down in a row: `n` times `part` between two others. */
static const struct { const char *name, *before, *part, *after; size_t n; const char *error; } large_rows[] = {
    { "10 MB in one line", "list a\n  phrase  red\n", "x", "\nlist b\n  phrase  (blue\n", 10 << 20,
      "r:3:1: error: the line is longer than 64 KiB" },
    { "behind 10 MB in one line", "list a\n  phrase  red\n", "x", "\nlist b\n  phrase  (blue\n", 10 << 20,
      "r:5:11: error: missing closing `)`" },
    { "groups inside one another", "list a\n  phrase  ", "(", "\n", 100, "r:2:43: error: too many groups and lists inside one another" },
    { "more of them than anybody counts", "list a\n  phrase  ", "(x|", "\n", 20000,
      "r:2:107: error: too many groups and lists inside one another" },
    { "a phrase that stands for too much", "list a\n  phrase  ", "(a|b|c|d|e|f|g|h) ", "\nverb v\n  forms  @a\n  test x => none\n", 10,
      "r:4:10: error: only words here: no gap, no mark, at most 16 words and 512 phrases in all" },
    { "too many parts", "position a\n  cue  ", "[x] (y|z) ", "end\n", 1500,
      "r:2:8: error: the pattern is too large: more than 4000 parts when its lists are written out" },
    { "too many slots in branches", "position a\n  cue  off ", "(<name>|it) ", "\n", 9, "r:2:25: error: the same slot stands twice in one pattern" },
};

static void large_ones_too(void)
{
    static CheckLog log;
    for (size_t i = 0; i < BASE_COUNT(large_rows); i++) {
        Arena arena;
        arena_init(&arena);
        size_t before = strlen(large_rows[i].before), part = strlen(large_rows[i].part), after = strlen(large_rows[i].after);
        char *text = arena_alloc(&arena, before + part * large_rows[i].n + after + 1), *at = text + before;
        memcpy(text, large_rows[i].before, before);
        for (size_t k = 0; k < large_rows[i].n; k++, at += part)
            memcpy(at, large_rows[i].part, part);
        memcpy(at, large_rows[i].after, after);
        read_all(str_from(text), &log);
        if (!has_line(log.text, large_rows[i].error))
            CHECK_STR(large_rows[i].name, ((Str){ log.text, strlen(log.text) < 300 ? strlen(log.text) : 300 }), str_from(large_rows[i].error));
        arena_clear(&arena);
    }
}

/* Bytes that no text has. */
static const struct { const char *name; Str text; const char *error; } binary_rows[] = {
    { "NUL", STR_INIT("list a\n  phrase  r\0d\n"), "r:2: error: not a text file: it holds the byte 0x00" },
    { "ELF", STR_INIT("\177ELF\002\001"), "r:1: error: not a text file: it holds the byte 0x02" },
    { "Latin-1", STR_INIT("list a\n  phrase  na\357ve\n"), "r:2:13: error: not UTF-8: the line is skipped" },
    { "cut in the middle of a character", STR_INIT("list a\n  phrase  x\xE2\x80\n"), "r:2:12: error: not UTF-8: the line is skipped" },
    { "a surrogate", STR_INIT("list a\n  phrase  \xED\xA0\x80\n"), "r:2:11: error: not UTF-8: the line is skipped" },
    { "bell", STR_INIT("list a\n  phrase  \a\n"), "r:2: error: not a text file: it holds the byte 0x07" },
};

static void binary_ones_too(void)
{
    static CheckLog log;
    for (size_t i = 0; i < BASE_COUNT(binary_rows); i++) {
        read_all(binary_rows[i].text, &log);
        if (!has_line(log.text, binary_rows[i].error))
            CHECK_STR(binary_rows[i].name, str_from(log.text), str_from(binary_rows[i].error));
    }
}

/* A pattern with more ways through one sentence than anybody can try is stopped, and told once with its place. */
static void a_bomb_is_stopped(void)
{
    static const char bomb[] =
        "position a\n"
        "  cue  x | [a|b|a b] ...9 [a|b|a b] ...9 [a|b|a b] ...9 [a|b|a b] ...9 [a|b|a b] ...9 [a|b|a b] ...9 a ...9 [b] ...9 zzyzx\n";
    static CheckLog log;
    Arena arena;
    Rules rules;
    Problems problems = { .report = check_log, .user = &log };
    arena_init(&arena);
    log.text[0] = 0;
    rules_load_text(str_from(bomb), "r", &arena, &rules, &problems);
    RuleMatcher *matcher = rule_matcher_open(&rules, false);
    Text text;
    Hits hits = { 0 };
    Symbol symbols[200];
    text_tokenize(STR("a b zzyzx"), &arena, &text);
    lexicon_find(rules.lexicon, &text, &arena, &hits);
    for (uint32_t i = 0; i < BASE_COUNT(symbols); i++)
        symbols[i] = lexicon_token_symbol(rules.lexicon, &text, i + 1 == BASE_COUNT(symbols) ? 2 : i % 2);
    RuleMatches matches = { 0 };
    for (int i = 0; i < 3; i++)
        rules_match(matcher, RULE_POSITION, symbols, BASE_COUNT(symbols), NULL, 0, &arena, &matches, &problems);
    CHECK_STR("message", str_from(log.text),
              STR("r:1:1: warning: position `a` has no test\n"
                  "r:2:12: error: the pattern takes too long here and is skipped: fewer gaps or runs would help\n"));
    rule_matcher_close(matcher);
    rules_clear(&rules);
    arena_clear(&arena);
}

static const TestCase cases[] = {
    { "each has its place", each_has_its_place },
    { "large ones too", large_ones_too },
    { "binary ones too", binary_ones_too },
    { "a bomb is stopped", a_bomb_is_stopped },
};
const TestSuite test_broken = SUITE(cases);
