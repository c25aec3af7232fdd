/* What train writes down: the log, its curves, and how far it is. */
#include "cli/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOSS, RATE, NORM, RECORDED }; /* groups of columns; from the last one on, the records */

/* --- while it trains --------------------------------------------------------------------------------- */

int log_begin(training_log *l, const char *const records[], size_t count)
{
    gf_status status = gf_history_new(&l->history, gf_model_title(l->m));
    status = status ? status : gf_history_add(l->history, "loss", "loss");
    if (!status && l->validates)
        status = gf_history_add(l->history, "loss", "validation");
    status = status ? status : gf_history_add(l->history, "learning rate", "rate");
    status = status ? status : gf_history_add(l->history, "norm of the gradient", "norm");
    if (!status && l->clip > 0)
        status = gf_history_add(l->history, "norm of the gradient", "clipped");
    if (status)
        return options_report(NULL, status);
    status = gf_history_watch(l->history, l->m, records, count);
    l->tell = progress_begin(&l->p, l->self, l->o);
    return status ? options_report_own(l->self, l->m, status) : EXIT_DONE;
}

int log_look(training_log *l)
{
    gf_status status = gf_history_look(l->history);
    return status ? options_report_own(l->self, l->m, status) : EXIT_DONE;
}

/* "loss 0.01234, 95 updates/s" */
static void tell_progress_of(training_log *l, double share)
{
    char loss[GF_NUMBER];
    double seconds = progress_seconds(&l->p), done = (double)gf_history_rows(l->history);
    snprintf(l->p.words, sizeof l->p.words, "loss %s, %.3g updates/s", gf_number_as(loss, "%.4g", l->last),
             seconds > 0 ? done / seconds : 0);
    l->tell(share, &l->p);
}

int log_update(training_log *l, const update_numbers *u, double share)
{
    double row[5];
    int count = 0;
    row[count++] = u->loss;
    if (l->validates)
        row[count++] = u->validation;
    row[count++] = u->rate;
    row[count++] = u->norm;
    if (l->clip > 0)
        row[count++] = u->norm < l->clip ? u->norm : l->clip;
    if (!gf_history_rows(l->history))
        l->first = u->loss, l->validation[0] = u->validation;
    l->last = u->loss;
    l->validation[1] = u->validation;
    gf_status status = gf_history_row(l->history, row);
    if (status)
        return options_report(NULL, status);
    if (l->tell)
        tell_progress_of(l, share);
    return EXIT_DONE;
}

/* --- what comes of it -------------------------------------------------------------------------------- */

static int write_as(training_log *l, const char *group, gf_values_format format, const char *path)
{
    gf_values_options form = {.size = sizeof form, .format = format, .width = terminal_width(l->o)};
    options one = *l->o;
    one.output = path;
    char *text;
    size_t size;
    gf_status status = gf_history_text(&text, &size, l->history, group, &form);
    int result = status ? options_report(NULL, status) : options_write(&one, l->self, text, size);
    free(text);
    return result;
}

/* Into a file of the folder: its name, or, where it has a number, that behind it. */
static int write_file(training_log *l, const char *group, const char *name, size_t number)
{
    gf_text path = {0};
    gf_text_print(&path, "%s/%s", l->o->output, name);
    if (number)
        gf_text_print(&path, "-%zu", number);
    gf_text_add(&path, group ? ".svg" : ".csv");
    int result = path.failed ? options_report(NULL, GF_ERROR_MEMORY)
                             : write_as(l, group, group ? GF_VALUES_SVG : GF_VALUES_CSV, path.data);
    gf_text_free(&path);
    return result;
}

/* Is there something to see? The rate is what was said. */
static bool has_curve(const training_log *l, size_t group)
{
    return group != RATE && gf_history_rows(l->history);
}

/* loss.svg, norm.svg, record-1.svg …; how many. */
static int write_curves(training_log *l, size_t *count)
{
    static const char *const names[] = {[LOSS] = "loss", [NORM] = "norm", [RECORDED] = "record"};
    const char *group;
    int status = EXIT_DONE;
    *count = 0;
    for (size_t k = 0; !status && (group = gf_history_group(l->history, k)); k++)
        if (has_curve(l, k)) {
            status = write_file(l, group, names[k < RECORDED ? k : RECORDED], k < RECORDED ? 0 : k - RECORDED + 1);
            *count += 1;
        }
    if (!status)
        folder_end(l, *count > 2 ? *count - 2 : 0);
    return status;
}

static void say_losses(const training_log *l)
{
    char first[GF_NUMBER], last[GF_NUMBER];
    size_t rows = gf_history_rows(l->history);
    printf("%zu update%s", rows, rows == 1 ? "" : "s");
    if (rows)
        printf(", loss %s to %s", gf_number_as(first, "%.4g", l->first), gf_number_as(last, "%.4g", l->last));
    if (rows && l->validates)
        printf(", validation %s to %s", gf_number_as(first, "%.4g", l->validation[0]),
               gf_number_as(last, "%.4g", l->validation[1]));
}

static int write_folder(training_log *l, int parameters)
{
    size_t curves = 0;
    int status = write_file(l, NULL, "log", 0);
    status = status ? status : write_curves(l, &curves);
    if (status || l->o->quiet)
        return status;
    say_losses(l);
    printf("\n%s: %d parameter%s, log.csv and %zu curves; --load %s uses them\n", l->o->output, parameters,
           parameters == 1 ? "" : "s", curves, l->o->output);
    return EXIT_DONE;
}

static int print_charts(training_log *l)
{
    const char *group;
    int status = EXIT_DONE;
    for (size_t k = 0; !status && (group = gf_history_group(l->history, k)); k++)
        if (has_curve(l, k) && k != NORM) {
            status = write_as(l, group, GF_VALUES_CHART, NULL);
            printf("\n");
        }
    if (status || l->o->quiet)
        return status;
    say_losses(l);
    printf("; -o DIR keeps the parameters, the log and its curves\n");
    return EXIT_DONE;
}

int log_write(training_log *l, int parameters)
{
    return l->o->output            ? write_folder(l, parameters)
           : isatty(STDOUT_FILENO) ? print_charts(l)
                                   : write_as(l, NULL, GF_VALUES_CSV, NULL);
}

void log_free(training_log *l)
{
    gf_history_free(l->history);
}
