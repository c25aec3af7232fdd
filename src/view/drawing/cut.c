/* Texts that are too wide for their place. */
#include "view/drawing/cut.h"

#include <string.h>

#include "text/characters.h"

/* The first characters of a text, so many, and an ellipsis. */
static void take(char *out, const char *text, size_t count)
{
    size_t bytes = gf_utf8_bytes(text, count);
    memcpy(out, text, bytes);
    strcpy(out + bytes, "…");
}

/* Cuts a run that grows wider than `width`, found by bisection; false without memory. */
static bool cut_run(gf_arena *arena, gf_run *run, gf_face face, double width)
{
    size_t fits = 0, most = gf_utf8_count(run->text);
    char *text = gf_arena_get(arena, strlen(run->text) + sizeof "…");
    if (!text)
        return false;
    while (fits < most) {
        size_t middle = fits + (most - fits + 1) / 2;
        take(text, run->text, middle);
        if (gf_letters_width(text, face, run->style, run->size) <= width)
            fits = middle;
        else
            most = middle - 1;
    }
    take(text, run->text, fits);
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

void gf_drawing_cut(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                    const gf_run *runs, size_t count, double room)
{
    const gf_run *cut = count ? gf_runs_cut(&d->arena, runs, &count, face, room) : NULL;
    d->failed |= count && !cut;
    if (cut)
        gf_drawing_runs(d, x, y, anchor, face, colour, cut, count);
}

void gf_text_draw(gf_drawing *d, double x, double y, gf_anchor anchor, const char *colour, gf_run run, double room)
{
    gf_drawing_cut(d, x, y, anchor, GF_SANS, colour, &run, *run.text != '\0', room);
}
