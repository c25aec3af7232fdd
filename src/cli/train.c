/* gradflow train: the parameters of a model file, made better. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/page.h"
#include "cli/terminal.h"

enum { RECORDS = 100 };

typedef struct train_options {
    gf_optimizer_options how;
    long updates;
    size_t batch; /* 0: all examples; of drawn inputs, one */
    double split; /* the share of the examples that is trained with */
    double decay; /* --decay; 0: the rule's */
    bool shuffle, redraw;
    const char *records[RECORDS];
    size_t record_count;
} train_options;

static const option_row own[] = {
    {"updates", "N", "how many; 1000 unless said", NULL},
    {"optimizer", "O", "sgd, momentum, nesterov, rmsprop, adam, adamw", "sgd momentum nesterov rmsprop adam adamw"},
    {"lr", "X", NULL, NULL},
    {"schedule", "S", "learning rate; constant, step (a tenth, twice) or cosine", "constant step cosine"},
    {"batch", "B", "examples an update, all unless said: their mean counts", NULL},
    {"clip", "X", NULL, NULL},
    {"decay", "X", "the largest norm of all gradients; L2, or adamw's decay", NULL},
    {"shuffle", NULL, NULL, NULL},
    {"split", "SHARE", "in another order each round; 0.8: the rest validates", NULL},
    {"redraw", NULL, "inputs that the file draws are drawn anew", NULL},
    {"record", "EXPR", "a column of log.csv: 'norm(grad(W))'; repeated", NULL},
    {"output", "DIR", "for NAME.csv, the parameters, and log.csv", FOLDER},
    {NULL, NULL, NULL, NULL},
};

/* --- options --------------------------------------------------------------------------------------- */

static int take_count(const command *self, const char *name, const char *text, long *out)
{
    long long number;
    if (!read_integer(&number, text) || number < 1 || number > 1000000000)
        return bad_usage(self, "--%s wants a whole number from 1 to 1000000000, not '%s'", name, text);
    return *out = (long)number, EXIT_DONE;
}

static int take_positive(const command *self, const char *name, const char *text, double *out)
{
    if (!read_positive(out, text, strlen(text)))
        return bad_usage(self, "--%s wants a number above 0, not '%s'", name, text);
    return EXIT_DONE;
}

static int take_optimizer(train_options *t, const command *self, const char *value)
{
    if (!gf_update_rule_find(value))
        return bad_usage(self, "--optimizer wants sgd, momentum, nesterov, rmsprop, adam or adamw, not '%s'", value);
    return t->how.rule = value, EXIT_DONE;
}

static int take_schedule(train_options *t, const command *self, const char *value)
{
    static const char *const schedules[] = {"constant", "step", "cosine", NULL};
    int which = word_of(value, schedules);
    if (which < 0)
        return bad_usage(self, "--schedule wants constant, step or cosine, not '%s'", value);
    return t->how.schedule = (gf_rate_schedule)which, EXIT_DONE;
}

static int take_split(train_options *t, const command *self, const char *value)
{
    if (!read_positive(&t->split, value, strlen(value)) || t->split > 1)
        return bad_usage(self, "--split wants a share above 0, of 1 at the most, not '%s'", value);
    return EXIT_DONE;
}

static int take_record(train_options *t, const command *self, const char *value)
{
    if (t->record_count == RECORDS)
        return bad_usage(self, "more than %d records", RECORDS);
    return t->records[t->record_count++] = value, EXIT_DONE;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    train_options *t = data;
    long batch = 0;
    int status = EXIT_DONE;
    if (!strcmp(name, "updates"))
        return take_count(self, name, value, &t->updates);
    if (!strcmp(name, "optimizer"))
        return take_optimizer(t, self, value);
    if (!strcmp(name, "lr"))
        return take_positive(self, name, value, &t->how.rate);
    if (!strcmp(name, "clip"))
        return take_positive(self, name, value, &t->how.clip_norm);
    if (!strcmp(name, "decay"))
        return take_positive(self, name, value, &t->decay);
    if (!strcmp(name, "schedule"))
        return take_schedule(t, self, value);
    if (!strcmp(name, "split"))
        return take_split(t, self, value);
    if (!strcmp(name, "record"))
        return take_record(t, self, value);
    if (!strcmp(name, "batch"))
        status = take_count(self, name, value, &batch), t->batch = (size_t)batch;
    t->shuffle |= !strcmp(name, "shuffle");
    t->redraw |= !strcmp(name, "redraw");
    return status;
}

/* --- a training -------------------------------------------------------------------------------------- */

typedef struct training {
    const command *self;
    const options *o;
    const train_options *t;
    gf_model *m;
    gf_graph *g;
    gf_node *loss;
    gf_optimizer *optimizer;
    size_t count;                   /* of all examples */
    gf_batches *known, *validation; /* those to train with, and the others */
    gf_text log;
} training;

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

/* Says where the first number is that is not finite; returns EXIT_NO. */
static int not_finite(training *r, const gf_node *node, const char *what)
{
    char label[128] = "the loss";
    if (node)
        gf_node_label(node, label, sizeof label);
    complain(r->self->name, "update %ld: %s%s is not finite; the last finite parameters are kept",
             gf_optimizer_updates(r->optimizer) + 1, what, label);
    return EXIT_NO;
}

/* The loss of an example; *status EXIT_NO, said, where it is not finite. */
static double loss_of(training *r, size_t example, int *status)
{
    gf_model_example(r->m, example);
    double loss = gf_scalar(gf_value(r->loss));
    if (isfinite(loss))
        return loss;
    *status = not_finite(r, gf_graph_nonfinite_value(r->g), "");
    gf_optimizer_undo(r->optimizer);
    return loss;
}

/* The mean loss of the examples that are not trained with; nothing where there are none. */
static void log_validation(training *r, int *status)
{
    double sum = 0;
    size_t count = gf_batches_count(r->validation), size;
    if (!count)
        return;
    while ((size = gf_batches_next(r->validation)))
        for (size_t k = 0; k < size && !*status; k++)
            sum += loss_of(r, gf_batches_example(r->validation, k), status) / (double)count;
    gf_text_add(&r->log, ",");
    gf_text_number(&r->log, sum);
}

/* The last field of each line of what `show --format csv` writes, but for the first line. With `head`, instead, the
 * names of the columns. */
static void log_fields(gf_text *out, const char *name, const char *csv, bool head)
{
    size_t lines = 0, line = 0;
    for (const char *at = csv; (at = strchr(at, '\n')); at++)
        lines++;
    for (const char *at = strchr(csv, '\n') + 1, *end; (end = strchr(at, '\n')); at = end + 1) {
        const char *value = end;
        while (value[-1] != ',')
            value--;
        gf_text_add(out, ",");
        if (!head)
            gf_text_bytes(out, value, (size_t)(end - value));
        else if (lines == 2)
            gf_text_print(out, "\"%s\"", name);
        else
            gf_text_print(out, "\"%s #%zu\"", name, ++line);
    }
}

static int log_records(training *r, gf_text *out, bool head)
{
    for (size_t k = 0; k < r->t->record_count; k++) {
        char *csv;
        gf_values_options options = {.size = sizeof options, .format = GF_VALUES_CSV};
        gf_status status = gf_model_values(&csv, NULL, r->m, &r->t->records[k], 1, &options);
        if (status)
            return options_report_own(r->self, r->m, status);
        log_fields(out, r->t->records[k], csv, head);
        free(csv);
    }
    return EXIT_DONE;
}

static int log_head(training *r)
{
    gf_text_add(&r->log, "update,loss,rate,norm");
    gf_text_add(&r->log, gf_batches_count(r->validation) ? ",validation" : "");
    int status = log_records(r, &r->log, true);
    gf_text_add(&r->log, "\n");
    return status;
}

/* How many examples the next batch has; of one alone, which is drawn anew, as many as are asked for. */
static size_t next_batch(training *r)
{
    if (r->count == 1)
        return r->t->batch ? r->t->batch : 1;
    size_t size = gf_batches_next(r->known);
    if (!size && r->t->shuffle)
        gf_batches_shuffle(r->known);
    return size ? size : gf_batches_next(r->known);
}

/* The next batch: its mean loss in *loss, its gradients gathered. What is recorded is so of its first example. */
static int gather_batch(training *r, double *loss, gf_text *records)
{
    size_t size = next_batch(r);
    int status = EXIT_DONE;
    *loss = 0;
    for (size_t k = 0; k < size && !status; k++) {
        gf_status drawn = r->t->redraw ? gf_model_redraw(r->m) : GF_OK;
        if (drawn)
            return options_report(r->m, drawn);
        *loss += loss_of(r, r->count > 1 ? gf_batches_example(r->known, k) : 0, &status) / (double)size;
        if (!status && k == 0)
            status = log_records(r, records, false);
        if (!status && (gf_backward(r->loss, 0) || gf_optimizer_gather(r->optimizer)))
            status = options_report(r->m, GF_ERROR_MEMORY);
    }
    return status;
}

static int update(training *r)
{
    double loss, rate = gf_optimizer_rate(r->optimizer);
    gf_text records = {0};
    int status = gather_batch(r, &loss, &records);
    if (!status && gf_optimizer_step(r->optimizer))
        status = not_finite(r, gf_graph_nonfinite_gradient(r->g), "the gradient of ");
    if (!status) {
        gf_text_print(&r->log, "%ld,", gf_optimizer_updates(r->optimizer));
        gf_text_number(&r->log, loss);
        gf_text_add(&r->log, ",");
        gf_text_number(&r->log, rate);
        gf_text_add(&r->log, ",");
        gf_text_number(&r->log, gf_optimizer_norm(r->optimizer));
        log_validation(r, &status);
        gf_text_add(&r->log, gf_text_string(&records));
        gf_text_add(&r->log, "\n");
        r->log.failed |= records.failed;
    }
    gf_text_free(&records);
    return status;
}

/* --- what comes of it -------------------------------------------------------------------------------- */

static void write_matrix(gf_text *w, const gf_matrix *m)
{
    char digits[GF_NUMBER];
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++)
            gf_text_print(w, "%s%s", gf_number_as(digits, "%.17g", gf_matrix_at(m, i, j)),
                          j + 1 < m->cols ? "," : "\n");
}

/* A line a step, row by row, of what is NAME[t]. */
static void write_steps(gf_text *w, gf_model *m, const gf_model_name *name)
{
    for (int t = 1; t <= gf_model_steps(m); t++) {
        const gf_matrix *value = gf_model_value(m, name->name, t);
        gf_matrix line = gf_matrix_over(value->data, 1, value->rows * value->cols);
        write_matrix(w, &line);
    }
}

static int write_file(const training *r, const char *name, const gf_text *text)
{
    gf_text path = {0};
    gf_text_print(&path, "%s/%s.csv", r->o->output, name);
    options one = *r->o;
    one.output = path.data;
    int status = path.failed || text->failed ? options_report(NULL, GF_ERROR_MEMORY)
                                             : options_write(&one, r->self, gf_text_string(text), text->size);
    gf_text_free(&path);
    return status;
}

static int write_all(training *r)
{
    const gf_model_name *name;
    int status = EXIT_DONE, count = 0;
    for (size_t k = 0; !status && (name = gf_model_name_at(r->m, k)); k++) {
        if (name->kind != GF_MODEL_PARAM)
            continue;
        gf_text text = {0};
        if (name->timed)
            write_steps(&text, r->m, name);
        else
            write_matrix(&text, gf_model_value(r->m, name->name, 0));
        status = write_file(r, name->name, &text);
        gf_text_free(&text);
        count++;
    }
    if (!status)
        status = write_file(r, "log", &r->log);
    if (!status && !r->o->quiet)
        printf("%ld updates; %d parameters and log.csv are in %s\n", gf_optimizer_updates(r->optimizer), count,
               r->o->output);
    return status;
}

/* --- from the beginning to the end -------------------------------------------------------------------- */

static int begin(training *r, const train_options *t)
{
    gf_optimizer_options how = t->how;
    bool apart = how.rule && !strcmp(how.rule, "adamw");
    how.l2 = apart ? 0 : t->decay;
    how.decay = apart ? t->decay : 0;
    how.factor = 0.1;
    how.every = how.schedule == GF_RATE_STEP ? (t->updates + 2) / 3 : t->updates;
    gf_status status = gf_model_examples(&r->count, r->m);
    if (status)
        return options_report(r->m, status);
    uint64_t seed = 0;
    for (int k = 0; k < r->o->setting_count; k++)
        if (!strcmp(r->o->settings[k].name, "seed"))
            seed = (uint64_t)r->o->settings[k].value;
    if (gf_batches_new(&r->known, r->count, t->batch, seed) || gf_batches_split(&r->validation, r->known, t->split))
        return options_report(NULL, GF_ERROR_MEMORY);
    if (t->shuffle)
        gf_batches_shuffle(r->known);
    r->g = gf_model_graph(r->m);
    r->loss = gf_model_loss(r->m);
    if (!gf_optimizer_new(&r->optimizer, r->g, &how))
        return log_head(r);
    complain(r->self->name, "%s", gf_graph_message(r->g));
    return exit_for(gf_graph_status(r->g));
}

static int train(training *r)
{
    progress p;
    tell_progress *tell = progress_begin(&p, r->self, r->o);
    int status = begin(r, r->t);
    bool begun = !status;
    signal(SIGINT, interrupt);
    for (long k = 0; k < r->t->updates && !status && !interrupted; k++) {
        status = update(r);
        if (tell)
            tell((double)(k + 1) / (double)r->t->updates, &p);
    }
    signal(SIGINT, SIG_DFL);
    int written = !begun || status > EXIT_NO ? EXIT_DONE
                  : r->o->output             ? write_all(r)
                                             : options_write(r->o, r->self, gf_text_string(&r->log), r->log.size);
    return written > status ? written : status;
}

/* The folder is made, or is one. */
static int check_folder(const options *o, const command *self)
{
    int error = o->output ? gf_directory_make(o->output) : 0;
    struct stat about;
    if (!error && o->output && !stat(o->output, &about) && !S_ISDIR(about.st_mode))
        error = ENOTDIR;
    if (!error)
        return EXIT_DONE;
    complain(self->name, "cannot make the folder %s: %s", o->output, strerror(error));
    return EXIT_SYSTEM;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    train_options t = {.how = {.size = sizeof t.how}, .updates = 1000, .split = 1};
    int status;
    if (!options_read(&o, self, argc, argv, take, &t, &status))
        return status;
    if (o.file_count != 1)
        return o.file_count ? bad_usage(self, "unexpected argument '%s': train trains one file", o.files[1])
                            : bad_usage(self, "which file?");
    training r = {.self = self, .o = &o, .t = &t};
    status = options_read_model(&r.m, &o, o.files[0]);
    if (!status)
        status = options_check_folder(&o, self, r.m);
    if (!status)
        status = check_folder(&o, self);
    if (!status)
        status = train(&r);
    gf_optimizer_free(r.optimizer);
    gf_text_free(&r.log);
    gf_batches_free(r.known);
    gf_batches_free(r.validation);
    gf_model_free(r.m);
    return status;
}

const command train_command = {
    .name = "train",
    .summary = "the parameters of a model file, made better",
    .usage = "FILE.gf [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Makes the loss of a model smaller. A csv file of an input x[t] may hold N times\n"
             "T lines: N examples. Without -o the log is printed. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow train lstm.gf --updates 100 --lr 0.01\n",
    .run = run,
};
