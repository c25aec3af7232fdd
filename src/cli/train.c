/* gradflow train: the parameters of a model file, made better. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/size.h"
#include "cli/log.h"
#include "cli/page.h"

enum { RECORDS = 100, RULES = 20 }; /* the most of them */

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
    {"lr", "X", "learning rate; the optimizer's own unless said", NULL},
    {"schedule", "S", "of it: constant, step (a tenth, twice), cosine", "constant step cosine"},
    {"batch", "B", "examples an update; all unless said", NULL},
    {"clip", "X", "largest norm of all gradients together", NULL},
    {"decay", "X", "L2; of adamw, decay apart from the gradient", NULL},
    {"shuffle", NULL, "examples in another order each round", NULL},
    {"split", "SHARE", "of the examples to train with, as 0.8; the rest validates", NULL},
    {"redraw", NULL, "inputs that the file draws are drawn anew", NULL},
    {"record", "EXPR", "a curve: 'norm(grad(h[t]))', mean over the batch", NULL},
    {"output", "DIR", "for the parameters, log.csv and its curves", FOLDER},
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
    const char *names[RULES + 1] = {NULL};
    for (size_t k = 0; k < RULES && gf_update_rule_at(k); k++)
        names[k] = gf_update_rule_at(k)->name;
    int which, status = choose_word(&which, self, "optimizer", value, names);
    if (!status)
        t->how.rule = names[which];
    return status;
}

static int take_schedule(train_options *t, const command *self, const char *value)
{
    static const char *const schedules[] = {"constant", "step", "cosine", NULL};
    int which, status = choose_word(&which, self, "schedule", value, schedules);
    if (!status)
        t->how.schedule = (gf_rate_schedule)which;
    return status;
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
    training_log log;
    long now;       /* the update that is made, counted from 1 */
    size_t example; /* that is looked at, counted from 1; 0: there is one alone */
} training;

static volatile sig_atomic_t interrupted;

/* A second one ends the program as ever. */
static void interrupt(int number)
{
    signal(number, SIG_DFL);
    interrupted = 1;
}

/* "update 3, example 7: …; the last finite parameters are kept" */
static void say_end(training *r, size_t example, const char *what, const char *kept)
{
    char of[48] = "";
    if (example)
        snprintf(of, sizeof of, ", example %zu", example);
    progress_end(&r->log.p);
    complain(r->self->name, "update %ld%s: %s; %s%s%s", r->now, of, what, r->o->output ? "" : "-o DIR would keep ",
             kept, r->o->output ? " are kept" : "");
}

/* Says where the first number is that is not finite; returns EXIT_NO. */
static int not_finite(training *r, bool gradients)
{
    char fact[FACT] = "the loss is not finite";
    options_find_nonfinite(fact, r->g, gradients);
    say_end(r, gradients ? 0 : r->example, fact, "the last finite parameters");
    return EXIT_NO;
}

/* "update 3: Wf would reach 1e+200: …" */
static int too_large(training *r)
{
    const char *message = gf_graph_message(r->g), *reason = strchr(message, ' ');
    say_end(r, 0, reason ? reason + 1 : message, "the parameters before it");
    return EXIT_NO;
}

/* The loss of an example; *status EXIT_NO, said, where it is not finite. */
static double loss_of(training *r, size_t example, int *status)
{
    gf_model_example(r->m, example);
    r->example = r->count > 1 ? example + 1 : 0;
    double loss = gf_scalar(gf_value(r->loss));
    if (isfinite(loss))
        return loss;
    *status = not_finite(r, false);
    gf_optimizer_undo(r->optimizer);
    return loss;
}

/* The mean loss of the examples that are not trained with. */
static double validate(training *r, int *status)
{
    double sum = 0;
    size_t count = gf_batches_count(r->validation), size;
    while ((size = gf_batches_next(r->validation)))
        for (size_t k = 0; k < size && !*status && !interrupted; k++)
            sum += loss_of(r, gf_batches_example(r->validation, k), status) / (double)count;
    return sum;
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

/* The next batch: its mean loss in *loss, its gradients gathered. */
static int gather_batch(training *r, double *loss)
{
    size_t size = next_batch(r);
    int status = EXIT_DONE;
    *loss = 0;
    for (size_t k = 0; k < size && !status && !interrupted; k++) {
        gf_status drawn = r->t->redraw ? gf_model_redraw(r->m) : GF_OK;
        if (drawn)
            return options_report(r->m, drawn);
        *loss += loss_of(r, r->count > 1 ? gf_batches_example(r->known, k) : 0, &status) / (double)size;
        status = status ? status : log_look(&r->log);
        if (!status && (gf_backward(r->loss, 0) || gf_optimizer_gather(r->optimizer)))
            status = options_report(r->m, GF_ERROR_MEMORY);
    }
    return status;
}

/* One that is interrupted is none. */
static int update(training *r)
{
    update_numbers u = {.rate = gf_optimizer_rate(r->optimizer)};
    int status = gather_batch(r, &u.loss);
    if (interrupted)
        return status;
    gf_status stepped = status ? GF_OK : gf_optimizer_step(r->optimizer);
    if (stepped == GF_ERROR_LIMIT)
        status = too_large(r);
    else if (stepped)
        status = not_finite(r, true);
    u.norm = gf_optimizer_norm(r->optimizer);
    if (!status && r->log.validates)
        u.validation = validate(r, &status);
    double share = (double)gf_optimizer_updates(r->optimizer) / (double)r->t->updates;
    return status || interrupted ? status : log_update(&r->log, &u, share);
}

/* --- what comes of it -------------------------------------------------------------------------------- */

static void write_matrix(gf_text *w, const gf_matrix *m)
{
    char digits[GF_NUMBER];
    GF_EACH_ENTRY (m, i, j)
        gf_text_print(w, "%s%s", gf_number_as(digits, "%.17g", gf_matrix_at(m, i, j)), j + 1 < m->cols ? "," : "\n");
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
    for (size_t k = 0; r->o->output && !status && (name = gf_model_name_at(r->m, k)); k++) {
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
    return status ? status : log_write(&r->log, count);
}

/* --- from the beginning to the end -------------------------------------------------------------------- */

static bool is_param(const gf_model_name *name)
{
    return name->kind == GF_MODEL_PARAM;
}

static bool is_drawn(const gf_model_name *name)
{
    return name->drawn;
}

static bool has_name(gf_model *m, bool (*is)(const gf_model_name *name))
{
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        if (is(name))
            return true;
    return false;
}

/* Options that change nothing with these examples. */
static void say_idle(const training *r, const train_options *t)
{
    const char *name = r->self->name;
    bool one = r->count == 1;
    if (one && (t->shuffle || t->split < 1))
        complain(name, "%s changes nothing: there is one example", t->shuffle ? "--shuffle" : "--split");
    else if (t->split < 1 && !r->log.validates)
        complain(name, "--split %g leaves none of %zu examples to validate", t->split, r->count);
    if (t->redraw && !has_name(r->m, is_drawn))
        complain(name, "--redraw changes nothing: the file draws no input, as x : 2 x 1 ~ normal(0, 1) would");
    if (one && t->batch > 1 && !t->redraw)
        complain(name, "--batch %zu takes the one example %zu times: several stand in csv files, or come by --redraw",
                 t->batch, t->batch);
}

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
    if (!has_name(r->m, is_param)) {
        complain(r->self->name, "%s has no param, and nothing else is trained: write W as param W : 2 x 1 ~ xavier",
                 r->o->files[0]);
        return EXIT_USAGE;
    }
    uint64_t seed = 0;
    for (int k = 0; k < r->o->setting_count; k++)
        if (!strcmp(r->o->settings[k].name, "seed"))
            seed = (uint64_t)r->o->settings[k].value;
    if (gf_batches_new(&r->known, r->count, t->batch, seed))
        return options_report(NULL, GF_ERROR_MEMORY);
    if (t->shuffle)
        gf_batches_shuffle(r->known);
    if (gf_batches_split(&r->validation, r->known, t->split))
        return options_report(NULL, GF_ERROR_MEMORY);
    r->g = gf_model_graph(r->m);
    r->loss = gf_model_loss(r->m);
    r->log = (training_log){.self = r->self, .o = r->o, .m = r->m, .clip = how.clip_norm};
    r->log.validates = gf_batches_count(r->validation) > 0;
    say_idle(r, t);
    if (!gf_optimizer_new(&r->optimizer, r->g, &how))
        return log_begin(&r->log, t->records, t->record_count);
    complain(r->self->name, "%s", gf_graph_message(r->g));
    return exit_for(gf_graph_status(r->g));
}

static int train(training *r)
{
    int status = EXIT_DONE;
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    for (r->now = 1; r->now <= r->t->updates && !status && !interrupted; r->now++)
        status = update(r);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    progress_end(&r->log.p);
    int written = status <= EXIT_NO ? write_all(r) : EXIT_DONE;
    return written > status ? written : status;
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
        status = begin(&r, &t);
    if (!status)
        status = folder_begin(&r.log, t.record_count);
    if (!status)
        status = train(&r);
    gf_optimizer_free(r.optimizer);
    log_free(&r.log);
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
             "T lines: N examples. Without -o: charts on a terminal, elsewhere log.csv.\n"
             "Ctrl-C keeps what is there. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow train lstm.gf --updates 100 --lr 0.01\n",
    .run = run,
};
