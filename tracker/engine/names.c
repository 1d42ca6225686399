#include "engine/names.h"

/* Open addressing; a slot without text is free, so the empty text is no name. */
static size_t slot_of(const Names *names, Str text)
{
    size_t at = (size_t)str_hash(text) & (names->n_slots - 1);
    while (names->slots[at].text.ptr && !str_equal(names->slots[at].text, text))
        at = (at + 1) & (names->n_slots - 1);
    return at;
}

bool names_add(Names *names, Arena *arena, Str text, uint32_t value)
{
    if ((names->len + 1) * 2 > names->n_slots) {
        Names larger = { .n_slots = names->n_slots ? names->n_slots * 2 : 64, .len = names->len };
        larger.slots = ARENA_ARRAY(arena, Name, larger.n_slots);
        for (size_t i = 0; i < names->n_slots; i++)
            if (names->slots[i].text.ptr)
                larger.slots[slot_of(&larger, names->slots[i].text)] = names->slots[i];
        *names = larger;
    }
    size_t at = slot_of(names, text);
    if (names->slots[at].text.ptr)
        return false;
    names->slots[at] = (Name){ text, value };
    names->len++;
    return true;
}

uint32_t names_find(const Names *names, Str text)
{
    if (!names->n_slots)
        return NAMES_NONE;
    const Name *name = &names->slots[slot_of(names, text)];
    return name->text.ptr ? name->value : NAMES_NONE;
}
