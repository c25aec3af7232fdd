/* gradflow demo: what gradflow is, in one command. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/demo_lstm.h"
#include "cli/options.h"

/* --- every gradient three ways ------------------------------------------------------------ */

static double error_of(const gf_matrix *a, const gf_matrix *b)
{
    gf_comparison c;
    return gf_compare(&c, a, b) || isnan(c.error) ? INFINITY : c.error;
}

/* A line of the table; returns the larger of the two errors. */
static double print_row(gf_node *param, const gf_matrix *by_hand, const gf_matrix *differences)
{
    const gf_matrix *automatic = gf_gradient(param);
    double hand = error_of(automatic, by_hand), numeric = error_of(automatic, differences);
    printf("  d loss / d %-3s %d x %d   %9.6f %9.6f    %9.6f   %7.1e      %7.1e\n", gf_node_name(param),
           gf_node_rows(param), gf_node_cols(param), gf_matrix_norm(automatic), gf_matrix_norm(by_hand),
           gf_matrix_norm(differences), hand, numeric);
    return fmax(hand, numeric);
}

static gf_status print_table(const demo_lstm *net, const gf_matrix by_hand[PARAMS], bool *agree)
{
    double worst = 0;
    puts("                               norm of the gradient by   error against autodiff\n"
         "  gradient of   shape    autodiff   by hand  differences   by hand  differences");
    for (int k = 0; k < PARAMS; k++) {
        gf_matrix differences;
        gf_status status = gf_finite_differences(&differences, net->loss, net->param[k], 0);
        if (status)
            return status;
        worst = fmax(worst, print_row(net->param[k], &by_hand[k], &differences));
        gf_matrix_free(&differences);
    }
    *agree = worst < GF_TOLERANCE;
    printf("\n  %d gradients, three ways: %s (largest relative error %.0e).\n\n", PARAMS,
           *agree ? "they agree" : "THEY DIFFER", worst);
    return GF_OK;
}

static gf_status three_ways(const demo_lstm *net, bool *agree)
{
    gf_matrix by_hand[PARAMS];
    printf("An LSTM over %d steps (%d inputs, %d hidden units, %d classes), softmax and\n"
           "cross-entropy at each step, loss = sum of L[t] = %.6f. Every gradient by\n"
           "automatic differentiation, by backpropagation through time derived by hand, and\n"
           "by central differences:\n\n",
           STEPS, INPUTS, HIDDEN, CLASSES, gf_scalar(gf_value(net->loss)));
    gf_status status = demo_lstm_by_hand(net, by_hand);
    if (status)
        return status;
    status = print_table(net, by_hand, agree);
    for (int k = 0; k < PARAMS; k++)
        gf_matrix_free(&by_hand[k]);
    return status;
}

/* --- how far a gradient reaches back ------------------------------------------------------- */

enum { FAR = 30, WIDTH = 8 };

/* norm of d L[FAR] / d h[t] for t = 1..FAR, of one cell reading random inputs. */
static gf_status reach(gf_graph *g, gf_cell *cell, double norm[FAR])
{
    gf_node *x[FAR], *h[FAR];
    for (int t = 1; t <= FAR; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "x", 1, INPUTS);
        gf_init_normal(x[t - 1], 0, 1);
    }
    gf_graph_step(g, 0);
    gf_unroll(h, x, FAR, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    gf_node *y = gf_fill(g, "y", 1, WIDTH, 0.5);
    gf_status status = gf_backward(gf_named(gf_mse(h[FAR - 1], y), "L"), 0);
    for (int t = 0; t < FAR && !status; t++)
        norm[t] = gf_matrix_norm(gf_gradient(h[t]));
    return status ? status : gf_graph_status(g);
}

static gf_status reach_of_rnn(double norm[FAR])
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, 2);
    gf_cell *cell = gf_rnn(g, "rnn", INPUTS, WIDTH, gf_tanh);
    gf_cell_init(cell);
    gf_status status = reach(g, cell, norm);
    gf_graph_free(g);
    return status;
}

/* The forget gates start nearly open, as is usual: a bias of 3. */
static gf_status reach_of_lstm(double norm[FAR])
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, 2);
    gf_cell *cell = gf_lstm(g, "lstm", INPUTS, WIDTH);
    gf_cell_init(cell);
    gf_init_constant(gf_cell_find(cell, "bf", 0), 3);
    gf_status status = reach(g, cell, norm);
    gf_graph_free(g);
    return status;
}

/* A bar on a logarithmic scale: 20 signs for 1, four fewer for each factor of ten. */
static const char *bar(double share)
{
    static const char full[] = "####################";
    int length = share > 0 ? 20 + (int)lround(4 * log10(share)) : 0;
    length = length < 0 ? 0 : length > 20 ? 20 : length;
    return full + 20 - length;
}

static gf_status print_reach(void)
{
    double rnn[FAR], lstm[FAR];
    gf_status status = reach_of_rnn(rnn);
    if (!status)
        status = reach_of_lstm(lstm);
    if (status)
        return status;
    printf("How far the loss of the last step reaches back: the norm of d L[%d] / d h[t], as\n"
           "a share of that at t = %d (a bar loses four signs for each factor of ten):\n\n"
           "     t        RNN                            LSTM, forget bias 3\n",
           FAR, FAR);
    static const int shown[] = {30, 29, 28, 25, 20, 15, 10, 5, 1};
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
        int t = shown[k];
        double of_rnn = rnn[t - 1] / rnn[FAR - 1], of_lstm = lstm[t - 1] / lstm[FAR - 1];
        printf("    %2d   %8.1e %-20s   %8.1e %s\n", t, of_rnn, bar(of_rnn), of_lstm, bar(of_lstm));
    }
    puts("");
    return GF_OK;
}

/* --- files ------------------------------------------------------------------------------------- */

/* A model as `new` writes it, and its pictures. */
static const char *const names[] = {"lstm.gf", "lstm.dot", "lstm.svg"};
enum { FILES = 3 };

static char *path_in(const char *directory, const char *name)
{
    size_t room = strlen(directory) + strlen(name) + 2;
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s", directory, name);
    return path;
}

/* Before they are written. */
typedef struct files {
    char *text[FILES], *path[FILES];
    size_t size[FILES];
} files;

static gf_status draw(files *out, gf_model *m)
{
    gf_draw_options options = {.size = sizeof options, .title = gf_model_title(m), .model = m};
    gf_status status = gf_model_unroll(m);
    if (!status)
        status = gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    for (int k = 1; k < FILES && !status; k++)
        status = gf_draw_text(&out->text[k], &out->size[k], gf_model_graph(m), strrchr(names[k], '.') + 1, &options);
    return status;
}

static gf_status make_files(files *out, const char *directory)
{
    const char *text = gf_template_find("lstm")->text;
    gf_model *m = NULL;
    bool room = true;
    out->size[0] = strlen(text);
    out->text[0] = malloc(out->size[0] + 1);
    if (out->text[0])
        memcpy(out->text[0], text, out->size[0] + 1);
    for (int k = 0; k < FILES; k++)
        room &= (out->path[k] = path_in(directory, names[k])) != NULL;
    gf_status status = room && out->text[0] ? gf_model_parse(&m, text, names[0]) : GF_ERROR_MEMORY;
    if (!status)
        status = draw(out, m);
    if (status)
        complain("demo", "%s", m && *gf_model_message(m) ? gf_model_message(m) : gf_status_text(status));
    gf_model_free(m);
    return status;
}

static void free_files(files *d)
{
    for (int k = 0; k < FILES; k++) {
        free(d->text[k]);
        free(d->path[k]);
    }
}

/* Is that what the file has? */
static bool is_same(const char *path, const char *text, size_t size)
{
    struct stat about;
    if (stat(path, &about) || !S_ISREG(about.st_mode) || (size_t)about.st_size != size)
        return false;
    FILE *file = fopen(path, "rb");
    size_t at = 0;
    for (int c; file && (c = getc(file)) != EOF && at < size && text[at] == (char)c;)
        at++;
    if (file)
        fclose(file);
    return file && at == size;
}

/* Is there nothing yet, or the very same? */
static bool files_are_free(const files *d)
{
    struct stat about;
    for (int k = 0; k < FILES; k++)
        if ((!lstat(d->path[k], &about) || errno != ENOENT) && !is_same(d->path[k], d->text[k], d->size[k])) {
            complain("demo", "%s is there already, and is another: remove it, or name another directory behind -o",
                     d->path[k]);
            return false;
        }
    return true;
}

static bool write_files(const files *d)
{
    for (int k = 0; k < FILES; k++) {
        int error = gf_file_write(d->path[k], d->text[k], d->size[k]);
        if (error) {
            complain("demo", "cannot write %s: %s", d->path[k], strerror(error));
            return false;
        }
        gf_make_printable(d->path[k]);
        printf("%s %s\n", k ? "     " : "wrote", d->path[k]);
    }
    return true;
}

/* A line to be pasted: "  <program> <words> <directory>/<file><behind>". */
static void print_command(const char *program, const char *words, const char *directory, const char *file,
                          const char *behind)
{
    gf_text line = {0};
    add_word(&line, program);
    gf_text_print(&line, " %s %s", words, *directory == '-' ? "./" : "");
    add_word(&line, directory);
    printf("  %s/%s%s\n", gf_text_string(&line), file, behind);
    gf_text_free(&line);
}

/* Can it be shown as it is? Else no command has it. */
static bool is_printable(const char *word)
{
    char *shown = path_in(word, "");
    if (shown)
        gf_make_printable(shown);
    bool same = shown && !strncmp(shown, word, strlen(word));
    free(shown);
    return same;
}

static void print_commands(const char *directory)
{
    print_command("grep", "grad_l2", directory, "lstm.dot", "");
    puts("\nlstm.gf is that model with its whole derivation as a page of notes. What is in\n"
         "it, what comes back to c[2] and by which way, what a hand would derive, and a\n"
         "judge for every line:");
    print_command(program_called, "show", directory, "lstm.gf", "");
    print_command(program_called, "explain", directory, "lstm.gf", " 'c[2]'");
    print_command(program_called, "derive", directory, "lstm.gf", "");
    print_command(program_called, "check", directory, "lstm.gf", "");
    puts("And a mistake that nearly everybody makes, the forget gate of the wrong step:");
    gf_text judged = {0};
    gf_text_add(&judged, " | ");
    add_word(&judged, program_called);
    gf_text_add(&judged, " check -q - | head -n 7");
    print_command("sed", "'/^let dc/s/f.t+1/f[t/'", directory, "lstm.gf", gf_text_string(&judged));
    gf_text_free(&judged);
}

static void print_what_to_look_at(const files *d, const char *directory)
{
    printf("\nOpen %s in a browser. Steps stand from left to right;\n"
           "a box is a named quantity, with the size of its gradient. An arrow points the\n"
           "way the values go; its colour and width say how large the gradient is that came\n"
           "back along it, and the legend gives the scale. Look at\n"
           "  - the straight way of c[1] to c[5]: the cell state, where the gradient passes\n"
           "    only f and +;\n"
           "  - the trunk from h[1] to the gates of step 2: as large as the sum of what its\n"
           "    branches bring;\n"
           "  - the grey lines of y[1] to y[5]: targets are given, and want no gradient;\n"
           "  - the table: what each step adds to the gradient of each weight, and all steps\n"
           "    together;\n"
           "  - the foot: the equations that every step repeats.\n"
           "lstm.dot has every operation, with its numbers as attributes (grad_l2, grad_rms,\n"
           "grad_max), for your own tools:\n",
           d->path[2]);
    if (is_printable(directory) && is_printable(program_called))
        print_commands(directory);
    puts("new lstm --exercise leaves the derivation to you, and check --hints 2 helps.\n\n"
         "From here: tutorials/03-equations, the language that lstm.gf is written in;\n"
         "tutorials/04-pictures, how to draw; tutorials/01-first-graph, nine nodes in C.\n"
         "docs/language.md and include/gradflow/ are the manual.");
}

/* --- the command --------------------------------------------------------------------------------- */

static bool have_directory(const char *path)
{
    int error = gf_directory_make(path);
    if (error)
        complain("demo", "cannot make the directory %s: %s", path, strerror(error));
    return !error;
}

static int say_why(const demo_lstm *net, gf_status status)
{
    complain("demo", "%s", *gf_graph_message(net->g) ? gf_graph_message(net->g) : gf_status_text(status));
    return exit_for(status);
}

static int show(const demo_lstm *net, const files *d, const char *directory)
{
    bool agree = false;
    gf_status status = gf_backward(net->loss, 0);
    if (!status)
        status = three_ways(net, &agree);
    if (!status)
        status = print_reach();
    if (status)
        return say_why(net, status);
    if (!write_files(d))
        return EXIT_SYSTEM;
    print_what_to_look_at(d, directory);
    return agree ? EXIT_DONE : EXIT_NO;
}

static int tour(const char *directory)
{
    demo_lstm net;
    files d = {{NULL}, {NULL}, {0}};
    if (!have_directory(directory))
        return EXIT_SYSTEM;
    gf_status status = make_files(&d, directory);
    int result = status ? exit_for(status) : EXIT_USAGE;
    if (!status && files_are_free(&d)) {
        demo_lstm_build(&net);
        result = show(&net, &d, directory);
        gf_graph_free(net.g);
    }
    free_files(&d);
    return result;
}

static const option_row own[] = {
    {"output", "DIR", "the directory to write to, made if need be (gradflow-demo)", FOLDER},
    {NULL, NULL, NULL, NULL},
};

static int run(const command *self, int argc, char *argv[])
{
    options o;
    int status;
    if (!options_read(&o, self, argc, argv, NULL, NULL, &status))
        return status;
    status = options_refuse_settings(&o, self);
    if (status)
        return status;
    if (o.file_count)
        return bad_usage(self, "unexpected argument '%s'", o.files[0]);
    return tour(o.output ? o.output : "gradflow-demo");
}

const command demo_command = {
    .name = "demo",
    .summary = "the tour: an LSTM, its gradients three ways, and the picture",
    .usage = "[-o DIR]",
    .about = "Builds an LSTM over 5 steps, differentiates it by backpropagation through time,\n"
             "compares every gradient with one derived by hand and with central differences,\n"
             "shows how far gradients reach back in an RNN and in an LSTM, and writes the\n"
             "model and picture of an LSTM: DIR/lstm.gf, lstm.dot and lstm.svg. Other files of\n"
             "these names stay.\n",
    .own = own,
    .shared = "",
    .example = "gradflow demo -o tour && xdg-open tour/lstm.svg\n",
    .run = run,
};
