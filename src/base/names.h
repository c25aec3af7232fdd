/* Names: each string is kept once and has a number. */
#ifndef GF_BASE_NAMES_H
#define GF_BASE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/index.h"

/* Zero-initialise it. Number 0 is the empty name. */
typedef struct gf_names {
    gf_arena arena;
    const char **text; /* by number */
    size_t text_room;
    uint32_t count;
    gf_index numbers; /* of (hash, place) */
} gf_names;

/* The number of a name, new if need be; UINT32_MAX without memory. NULL and "" have number 0. */
uint32_t gf_names_add(gf_names *names, const char *text);

/* The number of a name; UINT32_MAX if it was never added. */
uint32_t gf_names_find(const gf_names *names, const char *text);

/* Gives a number another name, and none by which it is found. False without memory. */
bool gf_names_rename(gf_names *names, uint32_t number, const char *text);

/* The name of a number. */
const char *gf_names_text(const gf_names *names, uint32_t number);

size_t gf_names_memory(const gf_names *names);
void gf_names_free(gf_names *names);

#endif
