/* gradflow explain: the chain rule of one value of a model file, with its numbers. */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

typedef struct explain_options {
    gf_explanation_options what;
    const char *at;
} explain_options;

static const option_row own[] = {
    {"at", "t=N", "the step of values that are written without: c --at t=3", NULL},
    {"path", "'X -> Y'",
     "the chain from X to Y along which most comes back, by the norm of the product of its Jacobians, factor by factor",
     NULL},
    {"format", "F", "text (the default), json, markdown", "text json markdown"},
    {NULL, NULL, NULL, NULL},
};

static int take_format(gf_explanation_options *e, const command *self, const char *word)
{
    static const char *const words[] = {"text", "json", "markdown"};
    for (int k = 0; k < 3; k++)
        if (!strcmp(word, words[k])) {
            e->format = (gf_explanation_format)k;
            return EXIT_DONE;
        }
    return bad_usage(self, "--format wants text, json or markdown, not '%s'", word);
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    explain_options *e = data;
    if (!strcmp(name, "format"))
        return take_format(&e->what, self, value);
    if (!strcmp(name, "at"))
        e->at = value;
    else
        e->what.path = value;
    return EXIT_DONE;
}

/* One result after another; of JSON all stand in an array where there are several. */
static int explain_all(const command *self, const options *o, explain_options *e, gf_model *m)
{
    gf_text whole = {0};
    bool list = e->what.format == GF_EXPLANATION_JSON && o->file_count > 2;
    gf_status status = GF_OK;
    gf_text_add(&whole, list ? "[\n" : "");
    for (int k = 1; k < o->file_count + (e->what.path != NULL) && !status; k++) {
        gf_explanation_options one = e->what;
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

/* c --at t=3: c[3]. In the place of the name, in room that lives as long as the command; NULL without memory. */
static char *with_step(const char *name, const char *at)
{
    gf_text text = {0};
    const char *equal = strchr(at, '='), *step = equal ? equal + 1 : at;
    gf_text_print(&text, strpbrk(name, "[>") ? "%s" : "%s[%s]", name, step);
    if (text.failed)
        gf_text_free(&text);
    return text.data;
}

static int explain_at(const command *self, options *o, explain_options *e, gf_model *m)
{
    int count = e->at ? o->file_count : 1, result = EXIT_DONE, done = 1;
    char **own_texts = calloc((size_t)o->file_count + 1, sizeof *own_texts), **files = o->files;
    for (int k = 1; own_texts && k < count; k++, done++)
        if (!(own_texts[k] = with_step(files[k], e->at)))
            break;
    if (!own_texts || done < count)
        result = options_report(NULL, GF_ERROR_MEMORY);
    else if (e->at)
        o->files = own_texts;
    if (!result)
        result = explain_all(self, o, e, m);
    o->files = files;
    for (int k = 1; own_texts && k < count; k++)
        free(own_texts[k]);
    free(own_texts);
    return result;
}

static int check_usage(const command *self, const options *o, const explain_options *e)
{
    if (!o->file_count)
        return bad_usage(self, "which file?");
    if (e->what.path && o->file_count > 1)
        return bad_usage(self, "--path and '%s' ask for different things: give one of them", o->files[1]);
    if (e->at && !e->at[strspn(e->at, " ")])
        return bad_usage(self, "--at is empty: write the step, such as --at 3");
    if (!e->what.path && o->file_count == 1)
        return bad_usage(self, "which value of %s? Write it behind the file, such as 'h[2]'", o->files[0]);
    return EXIT_DONE;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    explain_options e = {.what.size = sizeof e.what};
    int status;
    if (!options_read(&o, self, argc, argv, take, &e, &status))
        return status;
    gf_model *m = NULL;
    status = check_usage(self, &o, &e);
    if (!status)
        status = options_check_output(&o, self);
    if (!status)
        status = options_read_model(&m, &o, o.files[0]);
    if (!status)
        status = explain_at(self, &o, &e, m);
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
    .shared = "set seed truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow explain lstm.gf 'c[2]'\n",
    .run = run,
};
