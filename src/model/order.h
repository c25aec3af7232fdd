/* Working things out in the order of what they need: names, for their shapes; names at a step, for their values. */
#ifndef GF_MODEL_ORDER_H
#define GF_MODEL_ORDER_H

#include "model/model.h"

/* A name at a step; for what is about names alone, the step is 0. */
typedef struct gf_item {
    gf_symbol *symbol;
    long t;
} gf_item;

typedef struct gf_order gf_order;

/* What is to be done. However long a chain of needs is, nothing here recurses along it. */
struct gf_order {
    gf_model *m;
    gf_progress *(*progress)(gf_order *order, gf_item item); /* where it is kept how far an item has got */
    void (*needs)(gf_order *order, gf_item item);            /* calls gf_order_need for all that the item is made of */
    void (*work)(gf_order *order, gf_item item);             /* works it out: what it needs is done, or has failed */
    /* Item path[0] needs path[1], and so on, and the last one path[0]. They count as failed. NULL: a circle is no
     * fault, and the item that closes it goes without. */
    void (*circle)(gf_order *order, const gf_item path[], size_t count);
    void *data;                   /* the caller's own */
    struct gf_order_entry *stack; /* from here on, zero to begin with */
    size_t count, room;
    bool out_of_memory;
};

/* Works out an item after everything that it needs. */
void gf_order_run(gf_order *order, gf_item item);

/* From within `needs`: this one first. */
void gf_order_need(gf_order *order, gf_item item);

void gf_order_free(gf_order *order);

#endif
