/* Explanations, written: as text and Markdown on a page (tell.c), and as JSON (json.c). */
#ifndef GF_EXPLAIN_TELL_H
#define GF_EXPLAIN_TELL_H

#include "explain/chain.h"
#include "explain/page.h"

/* One arrow. */
typedef struct gf_arrow_explained {
    gf_link link;
    const char *jacobian; /* "diag(f[4])"; NULL where it is no product of matrices */
    gf_matrix slope;      /* its value */
    double whole;         /* the norm of the gradient of `from` */
} gf_arrow_explained;

/* A name at several steps: of each step what arrives there, without the numbers of the terms. */
typedef struct gf_series {
    const char *name, *file;
    long steps; /* how many there are */
    gf_node_explained *list;
    size_t count; /* how many are shown */
} gf_series;

/* A let, at one step or at all of them, and the gradient that it stands for (let.c). */
typedef struct gf_let_explained {
    gf_spot spot;
    bool every_step;
    int line;
    const char *written, *name, *file;
    bool known, open; /* has it a value? else: because a line has a ?, or is wrong */
    gf_matrix value;  /* at the step, or the last of all */
    uint32_t of;      /* the name whose gradient it stands for; 0: nobody says */
    const char *of_name, *of_label;
    int claim;              /* the line of the claim that says so; 0: its own name does */
    const gf_matrix *truth; /* that gradient */
    bool compared;          /* they have one shape; then, of the norm of their difference */
    double error;           /* the share in the larger one's, and at which step it is largest */
    long worst;
} gf_let_explained;

bool gf_explain_let(gf_explaining *x, gf_let_explained *out, const gf_spot *spot, bool every_step);
void gf_tell_let(gf_page *p, const gf_let_explained *let);

void gf_tell_node(gf_page *p, const gf_node_explained *node);
void gf_tell_arrow(gf_page *p, const gf_arrow_explained *arrow);
void gf_tell_chain(gf_page *p, const gf_chain *chain);

/* "c[2] -> ... -> c[50]  (48 factors, together 2.8e-16, 0.47 a step)", then the rest of the chain, on lines (folds.c).
 */
void gf_tell_way(gf_page *p, const gf_chain *chain);

/* How many arrows a row of the chain's table stands for that begins at number k, going down, and their product. */
size_t gf_chain_fold(const gf_chain *chain, size_t k, double *product);

void gf_tell_series(gf_page *p, const gf_series *series);

/* In `what` stands what is asked for. Without memory text->failed says so. */
typedef struct gf_told_json {
    const gf_model *m;
    const gf_node_explained *node;
    const gf_arrow_explained *arrow;
    const gf_chain *chain;
    const gf_series *series;
    const gf_let_explained *let;
} gf_told_json;
void gf_tell_json(gf_text *text, const gf_told_json *what);

#endif
