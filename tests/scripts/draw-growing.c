/* Draws models twice each, the second time over twice as many steps, and says what it drew, "DRAWING STEPS BYTES" a
 * line: small ones, of which check-growth counts the instructions, or, with the word `templates`, what `gradflow new`
 * writes, at every level. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>
#include <gradflow/template.h>

static const char sums[] = "steps T = 5\ninput x[t] : 1 x 1\ngiven mask[t] : 1 x 1 = (T >= t)\nparam w : 1 x 1\n"
                           "start h[0] : 1 x 1\nh[t] = tanh(w * h[t-1] + x[t])\nN = sum(t, sum(mask[t]))\n"
                           "loss sum(t, h[t]^2) / N\n",
                  trunk[] = "steps T = 5\nparam w : 1 x 1\nstart h[0] : 1 x 1\nh[t] = tanh(w * h[t-1])\n"
                            "H = vcat(t, h[t])\nL[t] = sum(h[t] * H)\nloss sum(t, L[t])\n",
                  unnamed[] = "steps T = 5\nparam w : 1 x 1\nstart h[0] : 1 x 1\nh[t] = tanh(w * h[t-1])\n"
                              "loss sum(t, exp(w * h[t])) / T\n";

static const struct drawing {
    const char *name, *text, *format;
    gf_level level;
    bool ranged; /* --steps 1..T */
    int steps;
} drawings[] = {
    {"operations", sums, "dot", GF_LEVEL_OPS, false, 120}, {"range", sums, "dot", GF_LEVEL_OPS, true, 120},
    {"steps", sums, "dot", GF_LEVEL_STEPS, false, 200},    {"equations", sums, "svg", GF_LEVEL_EQUATIONS, true, 100},
    {"trunk", trunk, "svg", GF_LEVEL_EQUATIONS, true, 60}, {"rail", unnamed, "dot", GF_LEVEL_OPS, false, 60},
    {"unnamed", unnamed, "svg", GF_LEVEL_OPS, true, 60},
};

static bool draw(const struct drawing *d, int steps)
{
    gf_draw_options options = {.size = sizeof options, .level = d->level, .last_step = d->ranged ? steps : 0};
    gf_model *m = NULL;
    char *text = NULL;
    size_t size = 0;
    bool good = !gf_model_parse(&m, d->text, d->name) && !gf_model_set(m, "T", steps) && !gf_model_unroll(m) &&
                !gf_backward(gf_model_loss(m), GF_RECORD_EDGES) &&
                !gf_draw_text(&text, &size, gf_model_graph(m), d->format, &options);
    if (good)
        printf("%s %d %zu\n", d->name, steps, size);
    else
        fprintf(stderr, "%s: %s\n", d->name, gf_model_message(m));
    free(text);
    gf_model_free(m);
    return good;
}

static bool draw_twice(const struct drawing *d)
{
    return draw(d, d->steps) && draw(d, 2 * d->steps);
}

static bool draw_templates(void)
{
    static const gf_level levels[] = {GF_LEVEL_OPS, GF_LEVEL_EQUATIONS, GF_LEVEL_STEPS};
    bool good = true;
    const gf_template *one;
    for (int k = 0; (one = gf_template_at(k)) != NULL; k++)
        for (int l = 0; l < 6 && good; l++) {
            char name[64];
            snprintf(name, sizeof name, "%s:%d:%s", one->name, l / 2, l % 2 ? "svg" : "dot");
            good = draw_twice(&(struct drawing){name, one->text, l % 2 ? "svg" : "dot", levels[l / 2], true, 16});
        }
    return good;
}

int main(int count, char **words)
{
    bool good = true;
    if (count > 1 && !strcmp(words[1], "templates"))
        return draw_templates() ? 0 : 1;
    for (size_t k = 0; k < sizeof drawings / sizeof *drawings && good; k++)
        good = draw_twice(&drawings[k]);
    return good ? 0 : 1;
}
