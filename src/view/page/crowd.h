/* Where lines stand close: how thick they may be, and how wide their tips. */
#ifndef GF_VIEW_CROWD_H
#define GF_VIEW_CROWD_H

#include "view/drawing/look.h"
#include "view/spread/spread.h"

/* Sets scale->widest. Fails with GF_ERROR_MEMORY. */
gf_status gf_crowd_measure(gf_size_scale *scale, const gf_view *view, const gf_spread *spread);

/* By trail: how far its end is from the next one beside it; INFINITY where there is none. NULL without memory; to be
 * freed. */
double *gf_crowd_tips(const gf_spread *spread);

#endif
