/* The options that commands on model files share, and what follows from them: what is refused, writing a result. */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/help.h"
#include "cli/watch.h"

/* --- values ------------------------------------------------------------------------------------ */

bool read_integer(long long *out, const char *text)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return end != text && !*end && !errno;
}

static bool add_setting(options *out, const char *name, long long value)
{
    if (out->setting_count == SETTINGS)
        return false;
    out->settings[out->setting_count++] = (setting){.name = name, .value = value};
    return true;
}

/* Cuts "T=50,m=8" into its names and numbers, where it stands. */
static int take_settings(options *out, const command *self, char *text)
{
    for (char *next; text; text = next) {
        next = strchr(text, ',');
        if (next)
            *next++ = '\0';
        text += strspn(text, " ");
        char *equal = strchr(text, '=');
        long long value;
        bool named = equal && equal > text, good = named && read_integer(&value, equal + 1);
        if (named && !good && errno == ERANGE)
            return bad_usage(self, "--set %s: this number is too large", text);
        if (!good)
            return bad_usage(self, "--set wants NAME=NUMBER,…, and the number whole, not '%s'", text);
        while (equal > text && equal[-1] == ' ')
            equal--;
        *equal = '\0';
        if (!add_setting(out, text, value))
            return bad_usage(self, "--set: more than %d values", SETTINGS);
    }
    return EXIT_DONE;
}

/* --seed N, --truncate K. */
static int take_number(options *out, const command *self, const char *name, const char *text)
{
    long long value;
    bool good = read_integer(&value, text);
    if (!good && errno == ERANGE)
        return bad_usage(self, "--%s %s: this number is too large", name, text);
    if (!good)
        return bad_usage(self, "--%s wants a whole number, not '%s'", name, text);
    return add_setting(out, name, value) ? EXIT_DONE : bad_usage(self, "more than %d settings", SETTINGS);
}

static int take_color(options *out, const command *self, const char *text)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int which, status = choose_word(&which, self, "color", text, words);
    if (!status)
        out->color = (color)which;
    return status;
}

static int take_folder(options *out, const command *self, const char *text)
{
    struct stat about;
    if (stat(text, &about))
        return bad_usage(self, "--load %s: %s", text, *text ? strerror(errno) : "no folder has this name");
    if (!S_ISDIR(about.st_mode))
        return bad_usage(self, "--load %s: this is no folder", text);
    return out->load = text, EXIT_DONE;
}

/* --- the command line ------------------------------------------------------------------------------ */

enum { OWN = 1000 }; /* what getopt_long returns for own option number 0 */

static const option_row shared[] = {
    {"set", "NAME=N,...", "sizes and steps in place of the file's: --set T=50,m=8", NULL},
    {"seed", "N", "another seed of the initial values", NULL},
    {"load", "DIR", "parameters from a folder that train wrote", FOLDER},
    {"truncate", "K", "no gradient between steps K and K+1, 2K and 2K+1, ...", NULL},
    {"output", "FILE", "where to write; without it, standard output", ANY_FILE},
    {"color", "WHEN", "auto, always or never", "auto always never"},
    {"quiet", NULL, "only what matters", NULL},
    {"help", NULL, "this help", NULL},
    {"version", NULL, "the version", NULL},
};
enum { SHARED = sizeof shared / sizeof *shared };
static const char shared_values[SHARED] = "sSltocqhV"; /* what getopt_long returns; oqh are letters, too */

static int shared_at(const char *name, size_t size)
{
    for (int k = 0; k < SHARED; k++)
        if (strlen(shared[k].name) == size && !memcmp(shared[k].name, name, size))
            return k;
    return -1;
}

char options_letter(const option_row *row)
{
    int k = shared_at(row->name, strlen(row->name));
    return k >= 0 && strchr("oqh", shared_values[k]) ? shared_values[k] : '\0';
}

size_t options_of(const option_row *out[MOST_OPTIONS], const command *c)
{
    size_t count = 0, size;
    for (const option_row *row = c->own; row && row->name && count < MOST_OPTIONS; row++)
        out[count++] = row;
    for (const char *word = c->shared; *word && count < MOST_OPTIONS; word += size + (word[size] == ' ')) {
        size = strcspn(word, " ");
        int k = shared_at(word, size);
        if (k >= 0)
            out[count++] = &shared[k];
    }
    return count;
}

static struct option option_for(const option_row *row, int value)
{
    return (struct option){row->name, row->value ? required_argument : no_argument, NULL, value};
}

/* The table for getopt_long: the shared options, then the command's own, then the end. */
static void list_options(struct option all[MOST_OPTIONS + 1], const option_row *own)
{
    int count = 0;
    memset(all, 0, (MOST_OPTIONS + 1) * sizeof *all);
    for (; count < SHARED; count++)
        all[count] = option_for(&shared[count], shared_values[count]);
    for (int k = 0; own && own[k].name && count < MOST_OPTIONS; k++)
        if (shared_at(own[k].name, strlen(own[k].name)) < 0)
            all[count++] = option_for(&own[k], OWN + k);
}

/* The option that is called so elsewhere, or the nearest by its letters. */
static const char *nearest_option(const char *name, const char *const names[], size_t count)
{
    static const char *const others[][2] = {
        {"learning-rate", "lr"},   {"epochs", "updates"}, {"iterations", "updates"}, {"batch-size", "batch"},
        {"weight-decay", "decay"}, {"out", "output"},     {"optim", "optimizer"},    {"resolution", "dpi"}};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        for (size_t n = 0; !strcmp(name, others[k][0]) && n < count; n++)
            if (!strcmp(names[n], others[k][1]))
                return names[n];
    return gf_nearest_word(name, names, count);
}

/* "--formt=json", say: the option whose name is the nearest is proposed. */
static int refuse_unknown(const command *self, const char *word, const struct option *all)
{
    const char *names[MOST_OPTIONS], *nearest;
    char name[32];
    size_t count = 0;
    for (; all[count].name; count++)
        names[count] = all[count].name;
    bool one_dash = word[0] == '-' && word[1] != '-';
    const char *begin = word + (one_dash ? 1 : 2);
    long long number;
    if (!access(word, F_OK))
        return bad_usage(self, "unknown option '%s'; the file of that name is ./%s", word, word);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(begin, "="), begin);
    nearest = nearest_option(name, names, count);
    if (!nearest && begin[strlen(name)] == '=' && read_integer(&number, begin + strlen(name) + 1))
        return bad_usage(self, "unknown option '%s'; did you mean --set %s?", word, begin);
    if (nearest)
        return bad_usage(self, "unknown option '%s'; did you mean --%s?", word, nearest);
    if (one_dash && strpbrk(word, "(["))
        return bad_usage(self, "unknown option '%s'; an expression that begins with a minus stands behind --: -- '%s'",
                         word, word);
    return bad_usage(self, "unknown option '%s'", word);
}

/* What getopt_long did not like: `word` is the word of the command line, or, of "-xyz", optopt the letter. */
static int refuse(const command *self, int why, const char *word, const struct option *all)
{
    if (why == ':')
        return bad_usage(self, "'%s' wants a value", word);
    const struct option *table = all;
    for (; all->name; all++)
        if (optopt && all->val == optopt && !strncmp(word, "--", 2) && strchr(word, '='))
            return bad_usage(self, "'--%s' takes no value", all->name);
    if (optopt && strlen(word) > 3 && word[1] != '-' && word[1] == optopt)
        return refuse_unknown(self, word, table); /* -set */
    if (optopt > ' ' && optopt < 127 && access(word, F_OK))
        return bad_usage(self, "unknown option '-%c'", optopt);
    if (optopt && access(word, F_OK))
        return bad_usage(self, "behind '-' stands a letter that no option has");
    return refuse_unknown(self, word, table);
}

static int take_truncate(options *out, const command *self, const char *text)
{
    int status = take_number(out, self, "truncate", text);
    if (!status && out->settings[out->setting_count - 1].value < 1)
        return bad_usage(self,
                         "--truncate %s: a gradient passes back over at least one step; to cut nothing, give as "
                         "many as there are",
                         text);
    return status;
}

/* One of the shared options but --help and --version. */
static int take_shared(options *out, const command *self, int which)
{
    switch (which) {
    case 's':
        return take_settings(out, self, optarg);
    case 'S':
        return take_number(out, self, "seed", optarg);
    case 'l':
        return take_folder(out, self, optarg);
    case 't':
        return take_truncate(out, self, optarg);
    case 'c':
        return take_color(out, self, optarg);
    case 'o':
        out->output = strcmp(optarg, "-") ? optarg : NULL;
        return *optarg ? EXIT_DONE : bad_usage(self, "-o wants the name of a file");
    default:
        out->quiet = true;
        return EXIT_DONE;
    }
}

/* Of the letters of -set, getopt goes on to the next word with the last alone. */
static int in_cluster(const char *word)
{
    return word && word[0] == '-' && word[1] == optopt && word[1] && word[2];
}

bool options_read(options *out, const command *self, int argc, char *argv[], take_option *take, void *data, int *status)
{
    struct option all[MOST_OPTIONS + 1];
    list_options(all, self->own);
    *out = (options){.files = NULL};
    *status = EXIT_DONE;
    opterr = 0;
    for (int option; (option = getopt_long(argc, argv, ":ho:q", all, NULL)) != -1;) {
        if (option == 'h' || option == 'V') {
            if (option == 'h')
                help_print(self);
            else
                printf("gradflow %s\n", gf_version());
            return false;
        }
        if (option == '?' || option == ':')
            *status = refuse(self, option, argv[optind - 1 + in_cluster(argv[optind])], all);
        else if (option >= OWN)
            *status = take(data, self, self->own[option - OWN].name, optarg);
        else
            *status = take_shared(out, self, option);
        if (*status)
            return false;
    }
    out->files = argv + optind;
    out->file_count = argc - optind;
    int inputs = 0;
    for (int k = 0; k < out->file_count; k++)
        inputs += !strcmp(out->files[k], "-");
    if (inputs > 1)
        *status = bad_usage(self, "- is standard input, which can be read once, not %d times: name files", inputs);
    return inputs < 2;
}

int options_refuse_settings(const options *o, const command *self)
{
    return o->setting_count ? bad_usage(self, "--set, --seed and --truncate are for commands that read a model")
           : o->load        ? bad_usage(self, "--load is for commands that read a model")
                            : EXIT_DONE;
}

/* --- what an output must not overwrite ------------------------------------------------------------- */

/* Is the output the same regular file as an input ("-": standard input), whatever they are called? */
static bool is_output(const char *output, const char *input)
{
    struct stat a, b;
    if (!output || stat(output, &a) || !S_ISREG(a.st_mode))
        return false;
    return (strcmp(input, "-") ? stat(input, &b) : fstat(STDIN_FILENO, &b)) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static int refuse_directory(const options *o, const command *self)
{
    struct stat about;
    if (!o->output || stat(o->output, &about) || !S_ISDIR(about.st_mode))
        return EXIT_DONE;
    complain(self->name, "-o %s is a directory: name a file in it", o->output);
    return EXIT_USAGE;
}

static int refuse_input(const options *o, const char *who, const char *input, const char *output)
{
    if (!is_output(output, input))
        return EXIT_DONE;
    complain(who, "-o %s would overwrite %s, which is read: name another %s", o->output,
             strcmp(input, "-") ? input : "standard input", output == o->output ? "file" : "folder");
    return EXIT_USAGE;
}

int options_check_output(const options *o, const command *self)
{
    int result = refuse_directory(o, self);
    for (int k = 0; k < o->file_count && !result; k++)
        result = refuse_input(o, self->name, o->files[k], o->output);
    return result;
}

static bool is_model_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && !strcmp(dot, ".gf") && !access(path, R_OK);
}

int options_check_first_file(const options *o, const command *self)
{
    bool first = !access(o->files[0], R_OK) || !strcmp(o->files[0], "-");
    for (int k = 1; k < o->file_count; k++)
        if (is_model_file(o->files[k]))
            return first
                       ? bad_usage(self, "%s takes one file, and %s is another: once for each", self->name, o->files[k])
                       : bad_usage(self, "the file comes first: gradflow %s %s '%s'", self->name, o->files[k],
                                   o->files[0]);
    return EXIT_DONE;
}

static int refuse_csv(const options *o, const char *who, gf_model *m, const char *output)
{
    int result = EXIT_DONE;
    const char *path;
    for (size_t k = 0; !result && (path = gf_model_csv_at(m, k)); k++)
        result = refuse_input(o, who, path, output);
    return result;
}

int options_refuse_csv(const options *o, gf_model *m)
{
    return refuse_csv(o, "", m, o->output);
}

int options_check_folder(const options *o, const command *self, gf_model *m)
{
    const gf_model_name *name;
    int result = EXIT_DONE;
    for (size_t k = 0; o->output && !result && (name = gf_model_name_at(m, k)); k++) {
        if (name->kind != GF_MODEL_PARAM)
            continue;
        gf_text path = {0}, loaded = {0};
        gf_text_print(&path, "%s/%s.csv", o->output, name->name);
        gf_text_print(&loaded, "%s/%s.csv", o->load ? o->load : "", name->name);
        result = path.failed || loaded.failed ? EXIT_SYSTEM : refuse_csv(o, self->name, m, path.data);
        if (!result && o->load)
            result = refuse_input(o, self->name, loaded.data, path.data);
        gf_text_free(&path);
        gf_text_free(&loaded);
    }
    return result;
}

/* --- what follows from them -------------------------------------------------------------------------- */

bool options_color(const options *o, FILE *stream)
{
    if (o->color != COLOR_AUTO)
        return o->color == COLOR_ALWAYS;
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return !(no_color && *no_color) && terminal && strcmp(terminal, "dumb") != 0 && isatty(fileno(stream));
}

const gf_model_name *options_find_name(gf_model *m, const char *text, size_t size)
{
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        if (strlen(name->name) == size && !memcmp(name->name, text, size))
            return name;
    return NULL;
}

int options_refuse_name(const command *self, gf_model *m, const char *option, const char *text)
{
    const char *advice = gf_model_advice(m, text);
    if (*advice)
        return bad_usage(self, "--%s %s: the file has no such name; %s", option, text, advice);
    size_t size = strcspn(text, "[");
    const gf_model_name *name = options_find_name(m, text, size);
    if (name && name->timed && text[size] && text[strlen(text) - 1] == ']')
        return bad_usage(self, "--%s %s: of which step? '%s[T]', say", option, text, name->name);
    long long number;
    if (gf_model_size(&number, m, text))
        return bad_usage(self, "--%s %s: it is a number, and no gradient flows there", option, text);
    return bad_usage(self, "--%s wants a name of the file, such as h, not '%s'", option, text);
}

/* The first node from `node` on that has a name, of those whose matrix is not finite; else the node itself. */
static const gf_node *named(gf_graph *g, const gf_node *node, const gf_matrix *(*of)(gf_node *node))
{
    gf_node *next;
    for (size_t id = node ? gf_node_id(node) : 0; node && (next = gf_graph_node(g, id)); id++)
        if (*gf_node_name(next) && of(next) && !isfinite(gf_matrix_norm(of(next))))
            return next;
    return node;
}

bool options_find_nonfinite(char fact[FACT], gf_graph *g, bool gradients)
{
    char label[128];
    const gf_node *node = gradients ? gf_graph_nonfinite_gradient(g) : gf_graph_nonfinite_value(g);
    node = named(g, node, gradients ? gf_gradient : gf_value);
    if (node)
        snprintf(fact, FACT, "%s%s is not finite", gradients ? "the gradient of " : "",
                 gf_node_label(label, sizeof label, node));
    return node;
}

void options_tell_nonfinite(const options *o, const command *self, gf_model *m, const char *path)
{
    char fact[FACT];
    gf_node *loss = gf_model_loss(m);
    if (o->quiet || !loss || isfinite(gf_scalar(gf_value(loss))))
        return;
    if (!options_find_nonfinite(fact, gf_model_graph(m), false))
        return;
    char place[48] = "";
    const gf_model_name *name = options_find_name(m, fact, strcspn(fact, "[ "));
    if (name)
        snprintf(place, sizeof place, ":%d:%d", name->line, name->column);
    complain(self->name,
             "%s%s: %s, the first of all: look there for a log or root of what is below 0, a quotient by 0, or what "
             "grows beyond 1.8e308",
             path, place, fact);
}

int options_write(const options *o, const command *self, const char *data, size_t size)
{
    if (!o->output) /* main looks after standard output */
        return fwrite(data, 1, size, stdout) == size ? EXIT_DONE : EXIT_SYSTEM;
    int refused = o->refused ? EXIT_USAGE : refuse_directory(o, self);
    int error = refused ? 0 : gf_file_write(o->output, data, size);
    if (!error)
        return refused;
    complain(self->name, "cannot write %s: %s", o->output, strerror(error));
    return EXIT_SYSTEM;
}

/* What others call it: "md" is markdown. The word that is meant, where the list has it; else the nearest. */
static const char *meant(const char *word, const char *const words[], size_t count)
{
    static const char *const others[][2] = {{"tex", "latex"},    {"md", "markdown"},   {"py", "numpy"},
                                            {"python", "numpy"}, {"pytorch", "numpy"}, {"jpg", "png"},
                                            {"jpeg", "png"},     {"txt", "text"},      {"htm", "html"}};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (!strcmp(word, others[k][0]) && word_of(others[k][1], words) >= 0)
            return others[k][1];
    return gf_nearest_word(word, words, count);
}

int choose_word(int *out, const command *self, const char *option, const char *word, const char *const words[])
{
    *out = word_of(word, words);
    if (*out >= 0)
        return EXIT_DONE;
    gf_text list = {0};
    size_t count = 0;
    for (; words[count]; count++)
        gf_text_print(&list, "%s%s", !count ? "" : words[count + 1] ? ", " : " or ", words[count]);
    const char *nearest = meant(word, words, count);
    int status = bad_usage(self, "--%s wants %s, not '%s'%s%s%s", option, gf_text_string(&list), word,
                           nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
    gf_text_free(&list);
    return status;
}

/* Does the ending say what some command writes? A text may be called report.log, but not c.svg. */
static bool names_format(const char *ending)
{
    static const char *const endings[] = {"dot", "gv",       "svg", "png", "pdf", "html", "csv", "npy", "json",
                                          "md",  "markdown", "tex", "py",  "gf",  "gcc",  "txt", NULL};
    int k = 0;
    while (endings[k] && strcasecmp(ending, endings[k]) != 0)
        k++;
    return endings[k];
}

int options_ending(const char **out, const options *o, const command *self, const char *const formats[])
{
    const char *slash = o->output ? strrchr(o->output, '/') : NULL, *name = slash ? slash + 1 : o->output;
    const char *dot = name ? strrchr(name, '.') : NULL;
    *out = NULL;
    if (!dot || dot == name)
        return EXIT_DONE;
    gf_text list = {0};
    for (int k = 0; formats[k] && !*out; k += 2) {
        *out = strcmp(dot + 1, formats[k]) ? NULL : formats[k + 1];
        if (k == 0 || strcmp(formats[k + 1], formats[k - 1]) != 0)
            gf_text_print(&list, ".%s, ", formats[k]);
    }
    int status = EXIT_DONE;
    if (!*out && names_format(dot + 1))
        status = bad_usage(self, "-o %s: which format? End it in %sor say --format", o->output, gf_text_string(&list));
    gf_text_free(&list);
    return status;
}

int word_of(const char *word, const char *const words[])
{
    for (int k = 0; words[k]; k++)
        if (!strcmp(word, words[k]))
            return k;
    return -1;
}
