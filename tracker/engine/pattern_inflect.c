#include "engine/pattern.h"

#include <string.h>

/* Sorted.  Base, past, participle; "/" between spellings in use.  -s and -ing follow from the base. */
static const struct { const char *base, *past, *participle; } irregular[] = {
    { "arise", "arose", "arisen" }, { "awake", "awoke", "awoken" }, { "bear", "bore", "borne/born" },
    { "beat", "beat", "beaten" }, { "become", "became", "become" }, { "befall", "befell", "befallen" },
    { "begin", "began", "begun" }, { "bend", "bent", "bent" }, { "beset", "beset", "beset" }, { "bet", "bet", "bet" },
    { "bid", "bid", "bid" }, { "bind", "bound", "bound" }, { "bite", "bit", "bitten" }, { "bleed", "bled", "bled" },
    { "blow", "blew", "blown" }, { "break", "broke", "broken" }, { "breed", "bred", "bred" },
    { "bring", "brought", "brought" }, { "broadcast", "broadcast", "broadcast" }, { "build", "built", "built" },
    { "burn", "burned/burnt", "burned/burnt" }, { "burst", "burst", "burst" }, { "buy", "bought", "bought" },
    { "cast", "cast", "cast" }, { "catch", "caught", "caught" }, { "choose", "chose", "chosen" },
    { "cling", "clung", "clung" }, { "come", "came", "come" }, { "cost", "cost", "cost" }, { "creep", "crept", "crept" },
    { "cut", "cut", "cut" }, { "deal", "dealt", "dealt" }, { "dig", "dug", "dug" }, { "do", "did", "done" },
    { "draw", "drew", "drawn" }, { "dream", "dreamed/dreamt", "dreamed/dreamt" }, { "drink", "drank", "drunk" },
    { "drive", "drove", "driven" }, { "eat", "ate", "eaten" }, { "fall", "fell", "fallen" }, { "feed", "fed", "fed" },
    { "feel", "felt", "felt" }, { "fight", "fought", "fought" }, { "find", "found", "found" }, { "flee", "fled", "fled" },
    { "fling", "flung", "flung" }, { "fly", "flew", "flown" }, { "forbid", "forbade", "forbidden" },
    { "forecast", "forecast/forecasted", "forecast/forecasted" }, { "forego", "forewent", "foregone" },
    { "foresee", "foresaw", "foreseen" }, { "forget", "forgot", "forgotten" }, { "forgive", "forgave", "forgiven" },
    { "forgo", "forwent", "forgone" }, { "forsake", "forsook", "forsaken" }, { "freeze", "froze", "frozen" },
    { "get", "got", "got/gotten" }, { "give", "gave", "given" }, { "go", "went", "gone" }, { "grind", "ground", "ground" },
    { "grow", "grew", "grown" }, { "hang", "hung/hanged", "hung/hanged" }, { "have", "had", "had" },
    { "hear", "heard", "heard" }, { "hide", "hid", "hidden" }, { "hit", "hit", "hit" }, { "hold", "held", "held" },
    { "hurt", "hurt", "hurt" }, { "keep", "kept", "kept" }, { "kneel", "knelt", "knelt" }, { "know", "knew", "known" },
    { "lay", "laid", "laid" }, { "lead", "led", "led" }, { "lean", "leaned/leant", "leaned/leant" },
    { "leap", "leaped/leapt", "leaped/leapt" }, { "learn", "learned/learnt", "learned/learnt" },
    { "leave", "left", "left" }, { "lend", "lent", "lent" }, { "let", "let", "let" }, { "lie", "lied/lay", "lied/lain" },
    { "light", "lit/lighted", "lit/lighted" }, { "lose", "lost", "lost" }, { "make", "made", "made" },
    { "mean", "meant", "meant" }, { "meet", "met", "met" }, { "mislead", "misled", "misled" },
    { "misread", "misread", "misread" }, { "misspeak", "misspoke", "misspoken" }, { "mistake", "mistook", "mistaken" },
    { "misunderstand", "misunderstood", "misunderstood" }, { "offset", "offset", "offset" }, { "outdo", "outdid", "outdone" },
    { "overcome", "overcame", "overcome" }, { "overdo", "overdid", "overdone" }, { "override", "overrode", "overridden" },
    { "oversee", "oversaw", "overseen" }, { "overtake", "overtook", "overtaken" }, { "overthrow", "overthrew", "overthrown" },
    { "partake", "partook", "partaken" }, { "pay", "paid", "paid" }, { "plead", "pleaded/pled", "pleaded/pled" },
    { "prove", "proved", "proved/proven" }, { "put", "put", "put" }, { "quit", "quit", "quit" }, { "read", "read", "read" },
    { "rebuild", "rebuilt", "rebuilt" }, { "redo", "redid", "redone" }, { "remake", "remade", "remade" },
    { "repay", "repaid", "repaid" }, { "reset", "reset", "reset" }, { "retake", "retook", "retaken" },
    { "rethink", "rethought", "rethought" }, { "rewrite", "rewrote", "rewritten" }, { "rid", "rid", "rid" },
    { "ride", "rode", "ridden" }, { "ring", "rang", "rung" }, { "rise", "rose", "risen" }, { "run", "ran", "run" },
    { "say", "said", "said" }, { "see", "saw", "seen" }, { "seek", "sought", "sought" }, { "sell", "sold", "sold" },
    { "send", "sent", "sent" }, { "set", "set", "set" }, { "shake", "shook", "shaken" }, { "shed", "shed", "shed" },
    { "shine", "shone", "shone" }, { "shoot", "shot", "shot" }, { "show", "showed", "shown/showed" },
    { "shrink", "shrank", "shrunk" }, { "shut", "shut", "shut" }, { "sing", "sang", "sung" }, { "sink", "sank", "sunk" },
    { "sit", "sat", "sat" }, { "sleep", "slept", "slept" }, { "slide", "slid", "slid" }, { "speak", "spoke", "spoken" },
    { "speed", "sped/speeded", "sped/speeded" }, { "spell", "spelled/spelt", "spelled/spelt" },
    { "spend", "spent", "spent" }, { "spill", "spilled/spilt", "spilled/spilt" }, { "spin", "spun", "spun" },
    { "split", "split", "split" }, { "spread", "spread", "spread" }, { "spring", "sprang", "sprung" },
    { "stand", "stood", "stood" }, { "steal", "stole", "stolen" }, { "stick", "stuck", "stuck" },
    { "sting", "stung", "stung" }, { "stride", "strode", "stridden" }, { "strike", "struck", "struck/stricken" },
    { "strive", "strove/strived", "striven/strived" }, { "swear", "swore", "sworn" }, { "sweep", "swept", "swept" },
    { "swim", "swam", "swum" }, { "swing", "swung", "swung" }, { "take", "took", "taken" }, { "teach", "taught", "taught" },
    { "tear", "tore", "torn" }, { "tell", "told", "told" }, { "think", "thought", "thought" }, { "throw", "threw", "thrown" },
    { "thrust", "thrust", "thrust" }, { "tread", "trod", "trodden" }, { "undercut", "undercut", "undercut" },
    { "undergo", "underwent", "undergone" }, { "understand", "understood", "understood" },
    { "undertake", "undertook", "undertaken" }, { "undo", "undid", "undone" }, { "unwind", "unwound", "unwound" },
    { "uphold", "upheld", "upheld" }, { "upset", "upset", "upset" }, { "wake", "woke", "woken" }, { "wear", "wore", "worn" },
    { "weave", "wove", "woven" }, { "weep", "wept", "wept" }, { "win", "won", "won" }, { "wind", "wound", "wound" },
    { "withdraw", "withdrew", "withdrawn" }, { "withhold", "withheld", "withheld" },
    { "withstand", "withstood", "withstood" }, { "wring", "wrung", "wrung" }, { "write", "wrote", "written" },
};

/* Pasts that are more often another word. */
static const char *const other_words[] = { "bit", "bore", "bound", "felt", "frozen", "ground", "lay", "saw", "thought", "wound" };

/* Longer than one syllable, stressed on the last: the final consonant doubles as in "admit". */
static const char *const doubling[] = {
    "abet", "abhor", "admit", "allot", "commit", "compel", "concur", "confer", "control", "defer", "demur", "deter", "disbar",
    "dispel", "emit", "equip", "excel", "expel", "forbid", "forget", "impel", "incur", "infer", "input", "instil", "misrun",
    "occur", "omit", "patrol", "permit", "prefer", "program", "propel", "rebel", "rebut", "recur", "refer", "regret", "remit",
    "repel", "reset", "rerun", "submit", "transfer", "transmit", "undercut", "upset", "beset", "offset", "begin", "debug",
};

static const struct { const char *text; VerbTense tense; } forms_of_be[] = {
    { "be", VERB_BASE }, { "am", VERB_S }, { "is", VERB_S }, { "are", VERB_S }, { "was", VERB_PAST },
    { "were", VERB_PAST }, { "been", VERB_PARTICIPLE }, { "being", VERB_ING },
};

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c) != NULL;
}

static char from_end(Str word, size_t back)
{
    return back <= word.len ? word.ptr[word.len - back] : 0;
}

/* Ends consonant-vowel-consonant, the last not w, x or y: "plan", "stop"; the u of "quit" is no vowel. */
static bool ends_closed(Str word)
{
    char last = from_end(word, 1), middle = from_end(word, 2), before = from_end(word, 3);
    if (!last || is_vowel(last) || strchr("wxy", last) || !is_vowel(middle))
        return false;
    return !is_vowel(before) || (before == 'u' && from_end(word, 4) == 'q');
}

static bool is_one_syllable(Str word)
{
    int groups = 0;
    for (size_t i = 0; i < word.len; i++) {
        bool vowel = is_vowel(word.ptr[i]) && !(word.ptr[i] == 'u' && i && word.ptr[i - 1] == 'q');
        groups += vowel && (i == 0 || !is_vowel(word.ptr[i - 1]) || (word.ptr[i - 1] == 'u' && i > 1 && word.ptr[i - 2] == 'q'));
    }
    return groups == 1;
}

static bool doubles(Str word)
{
    if (!ends_closed(word))
        return false;
    if (is_one_syllable(word))
        return true;
    for (size_t i = 0; i < BASE_COUNT(doubling); i++)
        if (str_equal(word, str_from(doubling[i])))
            return true;
    return false;
}

static Str joined(Arena *arena, Str stem, const char *between, const char *end)
{
    return str_printf(arena, "%.*s%s%s", STR_ARG(stem), between, end);
}

static void add(Arena *arena, PatternPhrases *out, Str text, VerbTense tense)
{
    LIST_PUSH(arena, out, ((PatternPhrase){ text, tense }));
}

static void add_spellings(Arena *arena, PatternPhrases *out, const char *spellings, VerbTense tense)
{
    Str rest = str_from(spellings), piece;
    while (str_split(&rest, '/', &piece))
        add(arena, out, piece, tense);
}

static void add_s(Str verb, Arena *arena, PatternPhrases *out)
{
    char last = from_end(verb, 1), before = from_end(verb, 2);
    Str stem = { verb.ptr, verb.len - 1 };
    if (str_equal(verb, STR("have")))
        add(arena, out, STR("has"), VERB_S);
    else if (last == 'y' && !is_vowel(before))
        add(arena, out, joined(arena, stem, "", "ies"), VERB_S);
    else if (last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 's' || before == 'c')) ||
             (last == 'o' && !is_vowel(before)))
        add(arena, out, joined(arena, verb, "", "es"), VERB_S);
    else
        add(arena, out, joined(arena, verb, "", "s"), VERB_S);
}

/* The regular past or -ing form; words in -l that are not stressed there are spelt both ways (signaled, signalled). */
static void add_regular(Str verb, const char *end, VerbTense tense, Arena *arena, PatternPhrases *out)
{
    char last = from_end(verb, 1), before = from_end(verb, 2);
    const char twice[2] = { last, 0 };
    Str stem = { verb.ptr, verb.len - 1 };
    bool ing = tense == VERB_ING;
    if (ing && last == 'e' && before == 'i')
        add(arena, out, joined(arena, (Str){ verb.ptr, verb.len - 2 }, "y", end), tense);
    else if (last == 'e' && !(ing && (before == 'e' || before == 'o' || before == 'y')))
        add(arena, out, joined(arena, stem, "", end), tense);
    else if (last == 'e')
        add(arena, out, joined(arena, verb, "", end), tense);
    else if (!ing && last == 'y' && !is_vowel(before))
        add(arena, out, joined(arena, stem, "i", end), tense);
    else if (last == 'c')
        add(arena, out, joined(arena, verb, "k", end), tense);
    else if (doubles(verb))
        add(arena, out, joined(arena, verb, twice, end), tense);
    else {
        add(arena, out, joined(arena, verb, "", end), tense);
        if (last == 'l' && ends_closed(verb))
            add(arena, out, joined(arena, verb, twice, end), tense);
    }
}

/* The first verb with that letter or a later one. */
static size_t first_irregular(char letter)
{
    size_t low = 0, high = BASE_COUNT(irregular);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (irregular[mid].base[0] < letter)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

void pattern_inflect(Str verb, Arena *arena, PatternPhrases *out)
{
    verb = str_lower(arena, verb);
    if (str_equal(verb, STR("be"))) {
        for (size_t i = 0; i < BASE_COUNT(forms_of_be); i++)
            add(arena, out, str_from(forms_of_be[i].text), forms_of_be[i].tense);
        return;
    }
    add(arena, out, verb, VERB_BASE);
    if (verb.len < 2)
        return;
    add_s(verb, arena, out);
    size_t i = first_irregular(verb.ptr[0]);
    while (i < BASE_COUNT(irregular) && irregular[i].base[0] == verb.ptr[0] && !str_equal(verb, str_from(irregular[i].base)))
        i++;
    if (i < BASE_COUNT(irregular) && irregular[i].base[0] == verb.ptr[0]) {
        add_spellings(arena, out, irregular[i].past, VERB_PAST);
        if (strcmp(irregular[i].past, irregular[i].participle) != 0)
            add_spellings(arena, out, irregular[i].participle, VERB_PARTICIPLE);
    } else {
        add_regular(verb, "ed", VERB_PAST, arena, out);
    }
    add_regular(verb, "ing", VERB_ING, arena, out);
}

static bool is_spelling(Str word, const char *spellings)
{
    while (spellings) {
        size_t same = 0;
        while (same < word.len && spellings[same] == word.ptr[same])
            same++;
        if (same == word.len && (spellings[same] == '/' || !spellings[same]))
            return true;
        const char *slash = strchr(spellings, '/');
        spellings = slash ? slash + 1 : NULL;
    }
    return false;
}

Str pattern_base_form(Str past)
{
    size_t at = past.len ? first_irregular(past.ptr[0]) : BASE_COUNT(irregular);
    for (; at < BASE_COUNT(irregular) && irregular[at].base[0] == past.ptr[0]; at++)
        if (is_spelling(past, irregular[at].past) || is_spelling(past, irregular[at].participle)) {
            for (size_t i = 0; i < BASE_COUNT(other_words); i++)
                if (str_equal(past, str_from(other_words[i])))
                    return STR_NONE;
            return str_from(irregular[at].base);
        }
    return STR_NONE;
}
