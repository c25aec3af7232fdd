/* Rules of update: the table. A rule's text says what its function does, entry by entry. */
#include <math.h>
#include <string.h>

#include <gradflow/train.h>

static void sgd(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v)
{
    (void)m, (void)v;
    for (size_t k = 0; k < count; k++)
        p[k] -= u->rate * g[k];
}

static void momentum(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v)
{
    (void)v;
    for (size_t k = 0; k < count; k++) {
        m[k] = u->momentum * m[k] + g[k];
        p[k] -= u->rate * m[k];
    }
}

static void nesterov(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v)
{
    (void)v;
    for (size_t k = 0; k < count; k++) {
        m[k] = u->momentum * m[k] + g[k];
        p[k] -= u->rate * (g[k] + u->momentum * m[k]);
    }
}

static void rmsprop(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v)
{
    (void)v;
    for (size_t k = 0; k < count; k++) {
        m[k] = u->beta2 * m[k] + (1 - u->beta2) * g[k] * g[k];
        p[k] -= u->rate * g[k] / (sqrt(m[k]) + u->epsilon);
    }
}

static void adam(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v)
{
    for (size_t k = 0; k < count; k++) {
        m[k] = u->beta1 * m[k] + (1 - u->beta1) * g[k];
        v[k] = u->beta2 * v[k] + (1 - u->beta2) * g[k] * g[k];
        p[k] -= u->rate * (m[k] / u->correct1) / (sqrt(v[k] / u->correct2) + u->epsilon);
    }
}

static const char adam_text[] = "m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g^2; "
                                "p = p - rate * (m / (1 - beta1^k)) / (sqrt(v / (1 - beta2^k)) + epsilon)";

static const gf_update_rule rules[] = {
    {.size = sizeof(gf_update_rule),
     .name = "sgd",
     .text = "p = p - rate * g",
     .source = "Robbins and Monro 1951",
     .rate = 0.01,
     .states = 0,
     .apply = sgd},
    {.size = sizeof(gf_update_rule),
     .name = "momentum",
     .text = "m = momentum * m + g; p = p - rate * m",
     .source = "Polyak 1964",
     .rate = 0.01,
     .states = 1,
     .apply = momentum},
    {.size = sizeof(gf_update_rule),
     .name = "nesterov",
     .text = "m = momentum * m + g; p = p - rate * (g + momentum * m)",
     .source = "Nesterov 1983, as Sutskever et al. 2013 write it",
     .rate = 0.01,
     .states = 1,
     .apply = nesterov},
    {.size = sizeof(gf_update_rule),
     .name = "rmsprop",
     .text = "m = beta2 * m + (1 - beta2) * g^2; p = p - rate * g / (sqrt(m) + epsilon)",
     .source = "Tieleman and Hinton 2012",
     .rate = 0.01,
     .states = 1,
     .apply = rmsprop},
    {.size = sizeof(gf_update_rule),
     .name = "adam",
     .text = adam_text,
     .source = "Kingma and Ba 2015, algorithm 1",
     .rate = 0.001,
     .states = 2,
     .apply = adam},
    {.size = sizeof(gf_update_rule),
     .name = "adamw",
     .text = adam_text,
     .source = "Loshchilov and Hutter 2019: adam with decay apart from the gradient",
     .rate = 0.001,
     .decay = 0.01,
     .states = 2,
     .apply = adam},
};

enum { RULES = sizeof rules / sizeof *rules };

const gf_update_rule *gf_update_rule_at(size_t k)
{
    return k < RULES ? &rules[k] : NULL;
}

const gf_update_rule *gf_update_rule_find(const char *name)
{
    for (size_t k = 0; name && k < RULES; k++)
        if (!strcmp(rules[k].name, name))
            return &rules[k];
    return NULL;
}
