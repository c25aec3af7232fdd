/* How fast gradflow is: one table, in a few minutes. Nothing here is a test.
 *
 * Usage: bench [--csv] [--rounds N] [--only PART] [--python PROGRAM SCRIPT] [--articles FOLDER]
 * PART is layers, scalars, growth or commands. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cblas.h>

#include "parts.h"
#include "table.h"

enum { ROUNDS = 9 };

typedef struct choice {
    int rounds;
    const char *only, *program, *script, *articles;
} choice;

static const char *const parts[] = {"layers", "scalars", "growth", "commands"};

static bool is_part(const char *word)
{
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (!strcmp(word, parts[k]))
            return true;
    return false;
}

static bool wanted(const choice *c, const char *part)
{
    return !c->only || !strcmp(c->only, part);
}

/* False where it is not as the usage says. */
static bool choose(choice *c, int count, char **words)
{
    *c = (choice){.rounds = ROUNDS};
    for (int k = 1; k < count; k++)
        if (!strcmp(words[k], "--csv"))
            table_csv();
        else if (!strcmp(words[k], "--rounds") && k + 1 < count)
            c->rounds = atoi(words[++k]);
        else if (!strcmp(words[k], "--only") && k + 1 < count)
            c->only = words[++k];
        else if (!strcmp(words[k], "--articles") && k + 1 < count)
            c->articles = words[++k];
        else if (!strcmp(words[k], "--python") && k + 2 < count) {
            c->program = words[++k];
            c->script = words[++k];
        } else
            return false;
    return c->rounds >= 1 && (!c->only || is_part(c->only));
}

int main(int count, char **words)
{
    choice c;
    if (!choose(&c, count, words)) {
        fputs("Usage: bench [--csv] [--rounds N] [--only layers|scalars|growth|commands] [--python PROGRAM SCRIPT]\n"
              "             [--articles FOLDER]\n",
              stderr);
        return 2;
    }
    table_say("gradflow: one core, double precision; medians of %d rounds. OpenBLAS: %s.\n", c.rounds,
              openblas_get_corename());
    if (wanted(&c, "layers"))
        bench_layers(c.rounds, c.program, c.script);
    if (wanted(&c, "scalars"))
        bench_scalars(c.rounds);
    if (wanted(&c, "growth"))
        bench_growth();
    if (wanted(&c, "commands"))
        bench_commands(c.rounds, c.articles);
    return 0;
}
