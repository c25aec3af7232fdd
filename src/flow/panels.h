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

/* Everything is in the arena of the work. */
typedef struct gf_panels {
    gf_panel *list;
    size_t count;
    gf_size_scale scale; /* of all */
    gf_lines lines;
    size_t own;       /* so many of the lines are entries; the others are bounds, */
    size_t *bound_of; /* bounds[n - own] being the number of the entry of line n */
    const char *title, *about;
    const char **words; /* a line an entry */
    size_t word_count;
} gf_panels;

/* False without memory. */
bool gf_panels_of(gf_panels *out, gf_flow_work *f);

#endif
