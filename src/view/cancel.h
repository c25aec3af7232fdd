/* How far contributions that are added up cancel. */
#ifndef GF_VIEW_CANCEL_H
#define GF_VIEW_CANCEL_H

/* " partly cancel": of the norm of a sum, the sum of the norms of its parts, and that of their squares. */
const char *gf_cancel_words(double total, double parts, double squares);

#endif
