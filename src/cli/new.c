/* gradflow new: a model file to start from. */
#include <string.h>
#include <sys/stat.h>

#include "cli/options.h"

static const option_row own[] = {
    {"output", "FILE", "the file to write; without it, or with -o -, standard output", ANY_FILE},
    {"force", NULL, "overwrite FILE, which is refused where it is there already", NULL},
    {NULL, NULL, NULL, NULL},
};

static int take(void *data, const command *self, const char *name, const char *value)
{
    (void)self, (void)name, (void)value;
    *(bool *)data = true;
    return EXIT_DONE;
}

/* What is there may have been edited. */
static int refuse_file(const options *o, const command *self)
{
    struct stat about;
    if (!o->output || stat(o->output, &about) || !S_ISREG(about.st_mode))
        return EXIT_DONE;
    complain(self->name, "%s is there already: name another file, or overwrite it with --force", o->output);
    return EXIT_USAGE;
}

static int unknown(const command *self, const char *name)
{
    char known[200] = "";
    gf_nearest nearest = {.wanted = name};
    for (int k = 0; gf_template_at(k); k++) {
        size_t size = strlen(known);
        snprintf(known + size, sizeof known - size, "%s%s", k ? ", " : "", gf_template_at(k)->name);
        gf_nearest_offer(&nearest, gf_template_at(k)->name);
    }
    if (nearest.found)
        return bad_usage(self, "there is no model '%s'; did you mean %s? There are %s", name, nearest.found, known);
    return bad_usage(self, "there is no model '%s'; there are %s", name, known);
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    int status;
    bool force = false;
    if (!options_read(&o, self, argc, argv, take, &force, &status))
        return status;
    status = options_refuse_settings(&o, self);
    if (status)
        return status;
    if (o.file_count == 0)
        return bad_usage(self, "which model? There are rnn, lstm, peephole, gru, birnn and deep-lstm");
    if (o.file_count > 1)
        return bad_usage(self, "unexpected argument '%s'", o.files[1]);
    const gf_template *model = gf_template_find(o.files[0]);
    if (!model)
        return unknown(self, o.files[0]);
    status = force ? EXIT_DONE : refuse_file(&o, self);
    return status ? status : options_write(&o, self, model->text, strlen(model->text));
}

const command new_command = {
    .name = "new",
    .summary = "a model file to start from",
    .usage = "NAME [-o FILE] [--force]",
    .operands = TEMPLATE_NAME,
    .about = "Writes a model: its equations, its gradients by backpropagation through time\n"
             "derived by hand, and claims about them, all of which hold. NAME is one of\n\n"
             "  rnn         a recurrent network with tanh\n"
             "  lstm        long short-term memory\n"
             "  peephole    long short-term memory whose gates see the cell state\n"
             "  gru         a gated recurrent unit, reset gate before the product\n"
             "  birnn       a recurrent network in both directions of time\n"
             "  deep-lstm   two layers of long short-term memory\n",
    .own = own,
    .shared = "",
    .example = "gradflow new lstm -o lstm.gf && gradflow check lstm.gf\n",
    .run = run,
};
