#include "read/story.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/*
 * Small words tell the language: they make up a third of any text.  Words that English has too ("die", "was", "in")
 * are left out of the other languages.
 */
enum { SAMPLE_BYTES = 2000, WORD_BYTES = 6, FEW = 4 };      /* no small word is longer */

typedef enum Tongue { EN, DE, FR, ES, IT, PT, NL, SV, NO, PL, TR, ID, RO, CS, FI, HU, TONGUES } Tongue;

static const char *const codes[TONGUES] = { "en", "de", "fr", "es", "it", "pt", "nl", "sv", "no", "pl", "tr", "id", "ro", "cs",
                                            "fi", "hu" };

#define IN(tongue) (1u << (tongue))

typedef struct SmallWord { const char *word; uint32_t tongues; } SmallWord;

/* Sorted by bytes, for bsearch. */
static const SmallWord words[] = {
    { "about", IN(EN) }, { "adalah", IN(ID) }, { "after", IN(EN) }, { "ai", IN(RO) }, { "ainda", IN(PT) },
    { "akan", IN(ID) }, { "alla", IN(IT) }, { "anche", IN(IT) }, { "and", IN(EN) }, { "ao", IN(PT) },
    { "are", IN(EN) }, { "att", IN(SV) }, { "auch", IN(DE) }, { "auf", IN(DE) }, { "aux", IN(FR) },
    { "av", IN(SV) | IN(NO) }, { "avec", IN(FR) }, { "az", IN(HU) }, { "bir", IN(TR) }, { "bu", IN(TR) },
    { "but", IN(EN) }, { "cette", IN(FR) }, { "che", IN(IT) }, { "com", IN(PT) }, { "como", IN(ES) | IN(PT) },
    { "con", IN(ES) | IN(IT) }, { "cu", IN(RO) }, { "da", IN(PT) | IN(TR) }, { "dalam", IN(ID) }, { "dan", IN(ID) },
    { "dans", IN(FR) }, { "dari", IN(ID) }, { "das", IN(DE) }, { "dass", IN(DE) }, { "dat", IN(NL) },
    { "de", IN(FR) | IN(ES) | IN(PT) | IN(NL) | IN(RO) }, { "dei", IN(IT) }, { "del", IN(ES) | IN(IT) },
    { "dem", IN(DE) }, { "den", IN(DE) | IN(SV) | IN(NO) }, { "dengan", IN(ID) }, { "der", IN(DE) },
    { "des", IN(DE) | IN(FR) }, { "det", IN(SV) | IN(NO) }, { "di", IN(IT) | IN(ID) }, { "dla", IN(PL) },
    { "dos", IN(PT) }, { "e", IN(IT) | IN(PT) }, { "een", IN(NL) }, { "egy", IN(HU) }, { "ein", IN(DE) },
    { "eine", IN(DE) }, { "el", IN(ES) }, { "em", IN(PT) }, { "en", IN(FR) | IN(ES) | IN(NL) | IN(SV) | IN(NO) },
    { "er", IN(DE) | IN(NO) }, { "es", IN(ES) | IN(DE) }, { "est", IN(FR) }, { "et", IN(FR) | IN(NO) },
    { "ett", IN(SV) }, { "foi", IN(PT) }, { "for", IN(EN) | IN(NO) }, { "from", IN(EN) }, { "fue", IN(ES) },
    { "gli", IN(IT) }, { "ha", IN(ES) | IN(IT) | IN(SV) }, { "had", IN(EN) }, { "har", IN(SV) | IN(NO) },
    { "has", IN(EN) }, { "hat", IN(DE) }, { "have", IN(EN) }, { "her", IN(EN) }, { "het", IN(NL) },
    { "hogy", IN(HU) }, { "ikke", IN(NO) }, { "il", IN(IT) | IN(FR) }, { "ini", IN(ID) }, { "inte", IN(SV) },
    { "is", IN(EN) | IN(NL) }, { "ist", IN(DE) }, { "it", IN(EN) }, { "its", IN(EN) }, { "itu", IN(ID) },
    { "ja", IN(FI) | IN(DE) }, { "je", IN(CS) }, { "jest", IN(PL) }, { "la", IN(FR) | IN(ES) | IN(IT) | IN(RO) },
    { "las", IN(ES) }, { "le", IN(FR) }, { "les", IN(FR) }, { "los", IN(ES) }, { "med", IN(SV) | IN(NO) },
    { "mit", IN(DE) }, { "na", IN(PT) | IN(PL) | IN(CS) }, { "ne", IN(FR) | IN(TR) }, { "nel", IN(IT) },
    { "nem", IN(HU) | IN(PT) }, { "nicht", IN(DE) }, { "nie", IN(PL) }, { "niet", IN(NL) }, { "non", IN(IT) },
    { "not", IN(EN) }, { "nu", IN(RO) }, { "o", IN(PT) | IN(PL) }, { "och", IN(SV) }, { "of", IN(EN) },
    { "og", IN(NO) }, { "olarak", IN(TR) }, { "oli", IN(FI) }, { "on", IN(EN) | IN(FI) }, { "ook", IN(NL) },
    { "os", IN(PT) }, { "pada", IN(ID) }, { "para", IN(ES) | IN(PT) }, { "pas", IN(FR) }, { "pe", IN(RO) },
    { "per", IN(IT) }, { "pero", IN(ES) }, { "por", IN(ES) | IN(PT) }, { "pour", IN(FR) }, { "pro", IN(CS) },
    { "przez", IN(PL) }, { "que", IN(FR) | IN(ES) | IN(PT) }, { "qui", IN(FR) }, { "sagte", IN(DE) },
    { "said", IN(EN) }, { "se", IN(ES) | IN(PT) | IN(CS) }, { "she", IN(EN) }, { "si", IN(IT) }, { "sich", IN(DE) },
    { "sie", IN(DE) }, { "som", IN(SV) | IN(NO) }, { "sono", IN(IT) }, { "sont", IN(FR) }, { "su", IN(ES) },
    { "sur", IN(FR) }, { "that", IN(EN) }, { "the", IN(EN) }, { "their", IN(EN) }, { "they", IN(EN) },
    { "this", IN(EN) }, { "tidak", IN(ID) }, { "til", IN(NO) }, { "till", IN(SV) }, { "to", IN(EN) | IN(PL) },
    { "um", IN(PT) | IN(DE) }, { "uma", IN(PT) }, { "un", IN(FR) | IN(ES) | IN(IT) | IN(RO) },
    { "una", IN(ES) | IN(IT) }, { "und", IN(DE) }, { "une", IN(FR) }, { "untuk", IN(ID) }, { "van", IN(NL) },
    { "ve", IN(TR) }, { "von", IN(DE) }, { "voor", IN(NL) }, { "w", IN(PL) }, { "werd", IN(NL) },
    { "werden", IN(DE) }, { "were", IN(EN) }, { "which", IN(EN) }, { "will", IN(EN) }, { "wird", IN(DE) },
    { "with", IN(EN) }, { "would", IN(EN) }, { "y", IN(ES) }, { "yang", IN(ID) }, { "z", IN(PL) }, { "zu", IN(DE) },
    { "zur", IN(DE) },
};

static int compare_word(const void *key, const void *row)
{
    const char *word = key, *small = ((const SmallWord *)row)->word;
    return word[0] != small[0] ? (unsigned char)word[0] - (unsigned char)small[0] : strcmp(word, small);
}

/* Other scripts than Latin need no words. */
typedef struct Sample { int hits[TONGUES], words; size_t latin, other; } Sample;

static bool is_decided(const Sample *sample)
{
    enum { PLENTY = 12 };
    if (sample->hits[EN] < PLENTY)
        return false;
    for (int i = EN + 1; i < TONGUES; i++)
        if (sample->hits[i] * 3 > sample->hits[EN])
            return false;
    return true;
}

static void take_sample(Str text, Sample *out)
{
    char word[WORD_BYTES + 1];
    size_t len = 0;
    for (size_t at = 0; at <= text.len;) {
        uint32_t code = at < text.len ? utf8_decode(text, at, &at) : (at++, (uint32_t)' ');
        bool letter = code < 0x80 ? (code | 32) - (uint32_t)'a' < 26 : utf8_is_letter(code);
        if (letter) {
            bool latin = code < 0x250;
            out->latin += latin;
            out->other += !latin;
            len += len <= WORD_BYTES;
            if (len <= WORD_BYTES)
                word[len - 1] = code < 0x80 ? (char)(code | 32) : '?';
            continue;
        }
        out->words += len > 0;
        if (len && len <= WORD_BYTES) {
            word[len] = '\0';
            const SmallWord *row = bsearch(word, words, BASE_COUNT(words), sizeof *words, compare_word);
            for (int i = 0; row && i < TONGUES; i++)
                out->hits[i] += (row->tongues & IN(i)) != 0;
            if (row && is_decided(out))
                return;
        }
        len = 0;
    }
}

Str story_language(Str text)
{
    Sample sample = { 0 };
    if (text.len > SAMPLE_BYTES) {
        text.len = SAMPLE_BYTES;
        while (((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
            text.len--;
    }
    take_sample(text, &sample);
    if (sample.other > sample.latin)
        return STR("und");
    int best = EN;
    for (int i = EN + 1; i < TONGUES; i++)
        if (sample.hits[i] > sample.hits[best])
            best = i;
    if (best == EN)
        return sample.hits[EN] >= FEW ? STR("en") : STR_NONE;
    bool plain = sample.hits[best] >= FEW && sample.hits[best] > 2 * sample.hits[EN] && sample.hits[best] * 8 > sample.words;
    return plain ? str_from(codes[best]) : STR_NONE;
}

bool story_is_foreign(const Story *story)
{
    return story->language.len && !str_equal(story->language, STR("en"));
}
