/* Texts that are too wide for their place. */
#include "view/drawing/cut.h"

#include <string.h>

#include "text/characters.h"

/* Cuts a run that grows wider than `width`; false without memory. */
static bool cut_run(gf_arena *arena, gf_run *run, gf_face face, double width)
{
    size_t count = gf_utf8_count(run->text);
    char *text = gf_arena_get(arena, strlen(run->text) + sizeof "…");
    if (!text)
        return false;
    do {
        size_t bytes = gf_utf8_bytes(run->text, count);
        memcpy(text, run->text, bytes);
        strcpy(text + bytes, "…");
    } while (count-- && gf_letters_width(text, face, run->style, run->size) > width);
    run->text = text;
    return true;
}

const gf_run *gf_runs_cut(gf_arena *arena, const gf_run *runs, size_t *count, gf_face face, double width)
{
    if (gf_runs_width(runs, *count, face) <= width)
        return runs;
    gf_run *cut = gf_arena_get(arena, (*count + 1) * sizeof *cut);
    double room = width - gf_letters_width("…", face, GF_PLAIN, runs->size);
    size_t kept = 0;
    while (kept + 1 < *count && gf_runs_width(runs, kept + 1, face) <= room)
        kept++;
    if (!cut)
        return NULL;
    memcpy(cut, runs, (kept + 1) * sizeof *cut);
    *count = kept + 1;
    return cut_run(arena, &cut[kept], face, width - gf_runs_width(cut, kept, face)) ? cut : NULL;
}
