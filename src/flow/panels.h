/* What is shown, whether on a page or in characters: heat maps, lines, words. */
#ifndef GF_FLOW_PANELS_H
#define GF_FLOW_PANELS_H

#include "flow/reach.h"
#include "view/plot/plot.h"

/* A heat map: of one entry with pairs, or of the rows of one file. */
typedef struct gf_panel {
    gf_heat heat;
    const gf_reach *first; /* of `count` entries, one after another */
    size_t count;
    const char **names; /* of rows */
} gf_panel;

/* What is said of an entry. */
typedef struct gf_words {
    const char *label; /* what it is called */
    const char *text;  /* "× 0.56 a step; after 20 steps 1e-5 is left" */
    const char *brief; /* "× 0.56 a step"; "" where there is none */
} gf_words;

/* Everything is in the arena of the work. */
typedef struct gf_panels {
    gf_panel *list;
    size_t count;
    gf_size_scale scale; /* of all */
    gf_lines lines;      /* an entry each, bounds behind them */
    gf_words *words;     /* an entry each */
    size_t own;          /* entries */
    const char *title, *about;
} gf_panels;

/* False without memory. */
bool gf_panels_of(gf_panels *out, gf_flow_work *f);

#endif
