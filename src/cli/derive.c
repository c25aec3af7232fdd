/* gradflow derive: the gradients of a model file, derived and written out. */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "text/text.h"

static const option_row own[] = {
    {"format", "F",
     "text (the default); gf: lets and claims, which hold, appended to FILE; latex; markdown; numpy: a function "
     "backward()",
     "text gf latex markdown numpy"},
    {"of", "NAME", "only what is needed for the gradient of one name; 'c | h' is that of c with h held fixed", NULL},
    {"why", NULL, "with the rule and the equation of each term", NULL},
    {"jacobian", "'Y, X'",
     "instead: the Jacobian of one name by another, as 'c[t], c[t-1]', a sum over the paths between them, in text or "
     "gf",
     NULL},
    {NULL, NULL, NULL, NULL},
};

typedef struct derive_options {
    gf_derivation_options how;
    bool format_said; /* by --format; else the ending of -o says it */
} derive_options;

static int take_format(gf_derivation_options *d, const command *self, const char *word)
{
    static const char *const words[] = {"text", "gf", "latex", "markdown", "numpy", NULL};
    int which, status = choose_word(&which, self, "format", word, words);
    if (!status)
        d->format = (gf_derivation_format)which;
    return status;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    derive_options *all = data;
    gf_derivation_options *d = &all->how;
    if (!strcmp(name, "format"))
        return all->format_said = true, take_format(d, self, value);
    if (!strcmp(name, "jacobian"))
        d->jacobian = value;
    else if (!strcmp(name, "of"))
        d->of = value;
    else
        d->why = true;
    return EXIT_DONE;
}

/* Takes --of as the model has the name: h is asked for as h[t] and h[0] as well, as derivations write it. */
static int take_of(const command *self, gf_derivation_options *d, gf_model *m)
{
    char *bar = strchr((char *)d->of, '|'); /* the string is the command line's own */
    if (bar) {
        *bar = '\0';
        d->held = bar + 1;
        while (bar > d->of && bar[-1] == ' ')
            *--bar = '\0';
    }
    size_t size = strcspn(d->of, "["), length = strlen(d->of);
    const gf_model_name *name = options_find_name(m, d->of, size);
    if (!name)
        return options_refuse_name(self, m, "of", d->of);
    if (name->kind == GF_MODEL_LET)
        return bad_usage(self, "--of %s: %s is a let, which is no part of the graph", d->of, name->name);
    if (size < length && (!name->timed || d->of[length - 1] != ']'))
        return bad_usage(self, "--of %s: write --of %s", d->of, name->name);
    d->of = name->name;
    return EXIT_DONE;
}

/* Lets and claims hold with the settings that they were derived with: a comment in front says so. */
static void add_settings(gf_text *w, const options *o, const gf_derivation_options *d)
{
    const char *before = "# Derived, and to be checked, with";
    for (int k = 0; k < o->setting_count && d->format == GF_DERIVATION_GF; k++) {
        const setting *s = &o->settings[k];
        if (!strcmp(s->name, "seed"))
            continue;
        gf_text_print(w, !strcmp(s->name, "truncate") ? "%s --%s %lld" : "%s --set %s=%lld", before, s->name, s->value);
        before = "";
    }
    gf_text_add(w, *before ? "" : "\n");
}

/* -o d.py wants a program. */
static int take_ending(gf_derivation_options *d, const command *self, const options *o)
{
    static const char *const endings[] = {"txt",   "text",  "text",  "text",  "gf",       "gf",       "tex",
                                          "latex", "latex", "latex", "md",    "markdown", "markdown", "markdown",
                                          "py",    "numpy", "numpy", "numpy", NULL};
    const char *format;
    int status = options_ending(&format, o, self, endings);
    return format ? take_format(d, self, format) : status;
}

static int derive(const command *self, const options *o, gf_derivation_options *d, gf_model *m)
{
    char *text;
    gf_text whole = {0};
    gf_status status = gf_model_unroll(m);
    int wrong = d->of && !status ? take_of(self, d, m) : EXIT_DONE;
    if (wrong)
        return wrong;
    if (!status)
        status = gf_derivation(&text, m, d);
    if (status)
        return options_report(m, status);
    add_settings(&whole, o, d);
    gf_text_add(&whole, text);
    free(text);
    int result = whole.failed ? options_report(NULL, GF_ERROR_MEMORY)
                              : options_write(o, self, gf_text_string(&whole), whole.size);
    gf_text_free(&whole);
    return result;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    derive_options all = {.how.size = sizeof all.how};
    int status;
    if (!options_read(&o, self, argc, argv, take, &all, &status))
        return status;
    if (o.file_count != 1)
        return o.file_count ? bad_usage(self, "unexpected argument '%s': derive derives one file", o.files[1])
                            : bad_usage(self, "which file?");
    status = options_check_output(&o, self);
    if (!status && !all.format_said)
        status = take_ending(&all.how, self, &o);
    if (status)
        return status;
    gf_derivation_options d = all.how;
    if (d.jacobian && d.of)
        return bad_usage(self, "--of and --jacobian ask for different things: give one of them");
    if (d.jacobian && d.format > GF_DERIVATION_GF)
        return bad_usage(self, "--jacobian is written as text or gf alone");
    gf_model *m = NULL;
    status = options_read_equations(&m, &o, o.files[0]);
    if (!status)
        status = derive(self, &o, &d, m);
    gf_model_free(m);
    return status;
}

const command derive_command = {
    .name = "derive",
    .summary = "the gradients that a hand would derive, written out",
    .usage = "FILE.gf [OPTION]...",
    .operands = MODEL_FILE,
    .about = "From the forward equations of a model, writes the backward equations: a line\n"
             "for each name between the loss and the parameters, a term for each use of it.\n"
             "FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow derive lstm.gf --of Wf --why\n",
    .run = run,
};
