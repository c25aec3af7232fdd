/* gradflow explain: the chain rule of one value of a model file, with its numbers. */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

static const option_row own[] = {
    {"at", "t=N", "the step that t, and c without an index, stand for", NULL},
    {"path", "'X -> Y'",
     "the chain from X to Y along which most comes back, by the norm of the product of its Jacobians, factor by factor",
     NULL},
    {"full", NULL, "nothing is left out or cut short", NULL},
    {"format", "F", "text (the default), json, markdown", "text json markdown"},
    {NULL, NULL, NULL, NULL},
};

typedef struct explain_options {
    gf_explanation_options how;
    bool format_said; /* by --format; else the ending of -o says it */
} explain_options;

static int take_format(gf_explanation_options *e, const command *self, const char *word)
{
    static const char *const words[] = {"text", "json", "markdown", NULL};
    int which, status = choose_word(&which, self, "format", word, words);
    if (!status)
        e->format = (gf_explanation_format)which;
    return status;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    explain_options *all = data;
    gf_explanation_options *e = &all->how;
    const char *equal = value ? strchr(value, '=') : NULL;
    if (!strcmp(name, "format"))
        return all->format_said = true, take_format(e, self, value);
    if (!strcmp(name, "full"))
        e->full = true;
    else if (!strcmp(name, "at") && equal &&
             (value[strspn(value, " ")] != 't' || strcspn(value, " =") != strspn(value, " ") + 1))
        return bad_usage(self, "--at '%s': t alone has steps; write --at t=%s", value, equal + 1);
    else if (!strcmp(name, "at"))
        e->at = equal ? equal + 1 : value;
    else
        e->path = value;
    return EXIT_DONE;
}

/* One result after another; of JSON all stand in an array where there are several. */
static int explain_all(const command *self, const options *o, gf_explanation_options *e, gf_model *m)
{
    gf_text whole = {0};
    bool list = e->format == GF_EXPLANATION_JSON && o->file_count > 2;
    gf_status status = GF_OK;
    gf_text_add(&whole, list ? "[\n" : "");
    for (int k = 1; k < o->file_count + (e->path != NULL) && !status; k++) {
        gf_explanation_options one = *e;
        char *text;
        one.of = one.path ? NULL : o->files[k];
        status = gf_explanation(&text, m, &one);
        gf_text_add(&whole, k == 1 ? "" : list ? ",\n" : "\n");
        gf_text_add(&whole, text ? text : "");
        free(text);
    }
    gf_text_add(&whole, list ? "]\n" : "");
    int result = status         ? options_report(m, status)
                 : whole.failed ? options_report(NULL, GF_ERROR_MEMORY)
                                : options_write(o, self, gf_text_string(&whole), whole.size);
    gf_text_free(&whole);
    return result;
}

static int check_usage(const command *self, const options *o, const gf_explanation_options *e)
{
    if (!o->file_count)
        return bad_usage(self, "which file?");
    if (options_check_first_file(o, self))
        return EXIT_USAGE;
    if (e->path && o->file_count > 1)
        return bad_usage(self, "--path and '%s' ask for different things: give one of them", o->files[1]);
    if (e->at && !e->at[strspn(e->at, " ")])
        return bad_usage(self, "--at is empty: write the step, such as --at 3");
    if (!e->path && o->file_count == 1)
        return bad_usage(self, "which value of %s? Write it behind the file, such as 'h[2]'", o->files[0]);
    return EXIT_DONE;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    explain_options all = {.how.size = sizeof all.how};
    static const char *const endings[] = {"txt", "text",     "text",     "text",     "json", "json",
                                          "md",  "markdown", "markdown", "markdown", NULL};
    int status;
    if (!options_read(&o, self, argc, argv, take, &all, &status))
        return status;
    const char *format = NULL;
    gf_model *m = NULL;
    status = check_usage(self, &o, &all.how);
    if (!status)
        status = options_check_output(&o, self);
    if (!status && !all.format_said)
        status = options_ending(&format, &o, self, endings);
    if (format)
        status = take_format(&all.how, self, format);
    if (!status)
        status = options_read_model(&m, &o, o.files[0]);
    if (!status)
        status = explain_all(self, &o, &all.how, m);
    gf_model_free(m);
    return status;
}

const command explain_command = {
    .name = "explain",
    .summary = "the chain rule of one value, with its numbers",
    .usage = "FILE.gf VALUE... [OPTION]...",
    .operands = MODEL_FILE,
    .about = "What arrives at a value in backpropagation, arrow by arrow, with each one's\n"
             "share, the factors and their product in numbers, and where it goes on to.\n"
             "FILE - is standard input. VALUE is\n\n"
             "  'c[2]', 'L[T]', W, loss  one value\n"
             "  c                        its equation, and the shares at every step\n"
             "  'c[3] -> c[4]'           one arrow, the way of the values\n"
             "  'dc[2]'                  a let: the gradient it stands for\n",
    .own = own,
    .shared = "set seed load truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow explain lstm.gf 'c[2]'\n",
    .run = run,
};
