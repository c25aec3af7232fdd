/* gradflow new: a model file to start from. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/options.h"

static const option_row own[] = {
    {"output", "FILE", "the file to write; without it, or with -o -, standard output", ANY_FILE},
    {"exercise", "N",
     "with ? for what is yours to derive: 1, the default, what comes back from the next step; 2, all gradients; 3, "
     "what is said of them, too",
     "1 2 3"},
    {"force", NULL, "overwrite FILE, which is refused where it is there already", NULL},
    {NULL, NULL, NULL, NULL},
};

/* What new alone is told. */
typedef struct new_options {
    bool force;
    int exercise; /* 0: none */
} new_options;

static int take(void *data, const command *self, const char *name, const char *value)
{
    new_options *n = data;
    long long number;
    n->force |= !strcmp(name, "force");
    if (strcmp(name, "exercise"))
        return EXIT_DONE;
    if (!read_integer(&number, value) || number < 1 || number > 3)
        return bad_usage(self, "--exercise wants 1, 2 or 3, not '%s'", value);
    n->exercise = (int)number;
    return EXIT_DONE;
}

/* --exercise alone is the first. */
static void name_exercise(int argc, char *argv[])
{
    static char first[] = "--exercise=1";
    for (int k = 1; k < argc && strcmp(argv[k], "--"); k++)
        if (!strcmp(argv[k], "--exercise") && !(k + 1 < argc && strspn(argv[k + 1], "0123456789")))
            argv[k] = first;
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

static int unknown(const command *self, const char *name, const char *known)
{
    gf_nearest nearest = {.wanted = name};
    for (int k = 0; gf_template_at(k); k++)
        gf_nearest_offer(&nearest, gf_template_at(k)->name);
    if (nearest.found)
        return bad_usage(self, "there is no model '%s'; did you mean %s? There are %s", name, nearest.found, known);
    return bad_usage(self, "there is no model '%s'; there are %s", name, known);
}

/* Says which models there are, to whom names none of them, or (NULL) none at all. */
static int refuse_model(const command *self, const char *name)
{
    gf_text known = {0};
    for (int k = 0; gf_template_at(k); k++)
        gf_text_print(&known, "%s%s", !k ? "" : gf_template_at(k + 1) ? ", " : " and ", gf_template_at(k)->name);
    int status = name ? unknown(self, name, gf_text_string(&known))
                      : bad_usage(self, "which model? There are %s", gf_text_string(&known));
    gf_text_free(&known);
    return status;
}

/* The text with a line more in its head: how hints are had. It stands behind the one that says how it is judged. */
static void add_hint_line(gf_text *w, const gf_template *model, const char *text)
{
    const char *says = strstr(text, "judges every claim"), *line = says, *end = says ? strchr(says, '\n') : NULL;
    while (line && line > text && line[-1] != '\n')
        line--;
    gf_text command = {0};
    gf_text_print(&command, "#   gradflow check %s.gf --hints 2", model->name);
    if (end) {
        gf_text_bytes(w, text, (size_t)(end + 1 - text));
        gf_text_print(w, "%-*s  what belongs in each open place\n", (int)(says - line) - 2, gf_text_string(&command));
    }
    gf_text_add(w, end ? end + 1 : text);
    w->failed |= command.failed;
    gf_text_free(&command);
}

static int write_exercise(const options *o, const command *self, const gf_template *model, int number)
{
    gf_model *m;
    char *text = NULL;
    gf_status status = gf_model_parse(&m, model->text, model->name);
    if (!status)
        status = gf_model_exercise(&text, m, number);
    gf_text w = {0};
    if (!status)
        add_hint_line(&w, model, text);
    status = w.failed ? GF_ERROR_MEMORY : status;
    int result = status ? options_report(m, status) : options_write(o, self, w.data, w.size);
    gf_text_free(&w);
    free(text);
    gf_model_free(m);
    return result;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    int status;
    new_options n = {.exercise = 0};
    name_exercise(argc, argv);
    if (!options_read(&o, self, argc, argv, take, &n, &status))
        return status;
    status = options_refuse_settings(&o, self);
    if (status)
        return status;
    if (o.file_count == 0)
        return refuse_model(self, NULL);
    if (o.file_count > 1)
        return bad_usage(self, "unexpected argument '%s'", o.files[1]);
    const gf_template *model = gf_template_find(o.files[0]);
    if (!model)
        return refuse_model(self, o.files[0]);
    status = n.force ? EXIT_DONE : refuse_file(&o, self);
    if (status)
        return status;
    return n.exercise ? write_exercise(&o, self, model, n.exercise)
                      : options_write(&o, self, model->text, strlen(model->text));
}

const command new_command = {
    .name = "new",
    .summary = "a model file to start from",
    .usage = "NAME [-o FILE] [--exercise [N]] [--force]",
    .operands = TEMPLATE_NAME,
    .about = "Writes a model: its equations, its gradients by backpropagation through time\n"
             "derived by hand, and claims about them, all of which hold. NAME is one of\n\n"
             "  rnn         a recurrent network with tanh\n"
             "  lstm        long short-term memory\n"
             "  peephole    long short-term memory whose gates see the cell state\n"
             "  gru         a gated recurrent unit, reset gate before the product\n"
             "  gru-after   the same, reset gate after the product, as PyTorch has it\n"
             "  birnn       a recurrent network in both directions of time\n"
             "  deep-lstm   two layers of long short-term memory\n"
             "  residual    a recurrent network with skips over steps and over a layer\n"
             "  untied      a recurrent network with weights of its own at each step\n"
             "  masked      a recurrent network on a batch of sequences of unequal length\n"
             "  attention   a recurrent network with attention over its states\n",
    .own = own,
    .shared = "",
    .example = "gradflow new lstm -o lstm.gf && gradflow check lstm.gf\n",
    .run = run,
};
