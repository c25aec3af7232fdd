/* gradflow derive: the gradients of a model file, derived and written out. */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

static const own_option own[] = {{"format", true}, {"jacobian", true}, {"of", true}, {"why", false}, {NULL, false}};

static int take_format(gf_derivation_options *d, const command *self, const char *word)
{
    static const char *const words[] = {"text", "gf", "latex", "markdown", "numpy"};
    for (int k = 0; k < 5; k++)
        if (!strcmp(word, words[k])) {
            d->format = (gf_derivation_format)k;
            return EXIT_DONE;
        }
    return bad_usage(self, "--format wants gf, text, latex, markdown or numpy, not '%s'", word);
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    gf_derivation_options *d = data;
    if (!strcmp(name, "format"))
        return take_format(d, self, value);
    if (!strcmp(name, "jacobian"))
        d->jacobian = value;
    else if (!strcmp(name, "of"))
        d->of = value;
    else
        d->why = true;
    return EXIT_DONE;
}

static int derive(const command *self, const options *o, const gf_derivation_options *d, gf_model *m)
{
    char *text;
    gf_status status = gf_derivation(&text, m, d);
    if (status)
        return options_report(m, status);
    int result = options_write(o, self, text, strlen(text));
    free(text);
    return result;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    gf_derivation_options d = {.size = sizeof d};
    int status;
    if (!options_read(&o, self, argc, argv, own, take, &d, &status))
        return status;
    if (o.file_count != 1)
        return o.file_count ? bad_usage(self, "unexpected argument '%s': derive derives one file", o.files[1])
                            : bad_usage(self, "which file?");
    if (d.jacobian && d.of)
        return bad_usage(self, "--of and --jacobian ask for different things: give one of them");
    gf_model *m = NULL;
    status = options_check_output(&o, self);
    if (!status)
        status = options_read_model(&m, &o, o.files[0]);
    if (!status)
        status = derive(self, &o, &d, m);
    gf_model_free(m);
    return status;
}

const command derive_command = {
    .name = "derive",
    .summary = "the gradients that a hand would derive, written out",
    .help = "usage: gradflow derive FILE.gf [OPTION]...\n\n"
            "From the forward equations of a model, writes the backward equations: a line\n"
            "for each name between the loss and the parameters, a term for each use of it.\n"
            "FILE - is standard input.\n\n"
            "  --format F       text (the default); gf: lets and claims, which hold, appended\n"
            "                   to FILE; latex; markdown; numpy: a function backward()\n"
            "  --of NAME        only what is needed for the gradient of one name\n"
            "  --why            with the rule and the equation of each term\n"
            "  --jacobian 'c[t], c[t-1]'   instead: the Jacobian of one name by another, as\n"
            "                   a sum over the paths between them\n"
            "  --set NAME=N,... sizes and steps in place of the file's: --set T=50,m=8\n"
            "  --seed N         another seed of the initial values\n"
            "  --truncate K     no gradient between steps K and K+1, 2K and 2K+1, ...\n"
            "  -o FILE          where to write; without it, standard output\n"
            "  -h, --help       this help\n\n"
            "example: gradflow new lstm -o lstm.gf\n"
            "         gradflow derive lstm.gf --of Wf --why\n",
    .run = run,
};
