/* gradflow help, and --help: what a command is for, from its table. */
#include "cli/help.h"

#include <string.h>

enum { SCREEN = 80 }; /* columns that a line may take */

/* "--format F", or of a shared option "-o FILE". */
static void add_option(gf_text *out, const option_row *row)
{
    char letter = options_letter(row);
    if (letter)
        gf_text_print(out, "-%c", letter);
    else
        gf_text_print(out, "--%s", row->name);
    if (row->value)
        gf_text_print(out, " %s", row->value);
}

/* What stands to the left of a meaning: the option, and those before it that share its line. Returns how many. */
static size_t add_left(gf_text *out, const option_row *const rows[], size_t count)
{
    for (size_t k = 0; k < count; k++) {
        gf_text_add(out, k ? ", " : "");
        add_option(out, rows[k]);
        if (rows[k]->meaning)
            return k + 1;
    }
    return count;
}

static int widest_left(const option_row *const rows[], size_t count)
{
    size_t widest = 0;
    for (size_t k = 0; k < count;) {
        gf_text left = {0};
        k += add_left(&left, rows + k, count - k);
        widest = left.size > widest ? left.size : widest;
        gf_text_free(&left);
    }
    return (int)widest;
}

/* Adds words from a column on, in as many lines as it takes. */
static void add_wrapped(gf_text *out, const char *words, int column)
{
    size_t room = (size_t)(SCREEN - column);
    while (strlen(words) > room) {
        size_t size = room;
        while (size && words[size] != ' ')
            size--;
        size = size ? size : room;
        gf_text_bytes(out, words, size);
        gf_text_print(out, "\n%*s", column, "");
        words += size + (words[size] == ' ');
    }
    gf_text_print(out, "%s\n", words);
}

static void add_options(gf_text *out, const command *c)
{
    const option_row *rows[MOST_OPTIONS];
    size_t count = options_of(rows, c);
    int width = widest_left(rows, count);
    for (size_t k = 0; k < count;) {
        gf_text left = {0};
        k += add_left(&left, rows + k, count - k);
        gf_text_print(out, "  %-*s  ", width, gf_text_string(&left));
        add_wrapped(out, rows[k - 1]->meaning ? rows[k - 1]->meaning : "", width + 4);
        gf_text_free(&left);
    }
}

/* "example: " and its lines, one under the other. */
static void add_example(gf_text *out, const char *lines)
{
    const char *head = "\nexample: ";
    while (*lines) {
        size_t size = strcspn(lines, "\n");
        gf_text_print(out, "%s%.*s\n", head, (int)size, lines);
        lines += size + (lines[size] == '\n');
        head = "         ";
    }
}

static void add_help(gf_text *out, const command *c)
{
    gf_text_print(out, "usage: gradflow %s %s\n\n%s\n", c->name, c->usage, c->about);
    add_options(out, c);
    if (c->status)
        gf_text_print(out, "\nExit status: %s", c->status);
    add_example(out, c->example);
}

void help_print(const command *c)
{
    gf_text text = {0};
    add_help(&text, c);
    fputs(gf_text_string(&text), stdout);
    gf_text_free(&text);
}

void help_list(FILE *stream)
{
    fputs("gradflow: automatic differentiation with the gradient on every edge\n\n"
          "usage: gradflow COMMAND [OPTION]...\n\n",
          stream);
    for (size_t k = 0; command_at(k); k++)
        fprintf(stream, "  %-8s %s\n", command_at(k)->name, command_at(k)->summary);
    fputs("\n  -h, --help     this help; gradflow COMMAND --help shows a command's\n"
          "      --version  the version\n\n"
          "Exit status: 0 done; 1 the answer is no; 2 bad usage or bad input; 3 the system\n"
          "failed.\n",
          stream);
}

/* --- the command ------------------------------------------------------------------------------------ */

static const struct writer {
    const char *name;
    void (*add)(gf_text *out);
} writers[] = {
    {"text", NULL},
    {"man", manual_add},
    {"bash", completion_add_bash},
    {"zsh", completion_add_zsh},
    {"fish", completion_add_fish},
};
enum { WRITERS = sizeof writers / sizeof *writers };

static const option_row own[] = {
    {"format", "F", "text (the default), man (the manual page), or bash, zsh, fish: completion",
     "text man bash zsh fish"},
    {NULL, NULL, NULL, NULL},
};

static int take(void *data, const command *self, const char *name, const char *value)
{
    const char *names[WRITERS + 1] = {NULL};
    for (int k = 0; k < WRITERS; k++)
        names[k] = writers[k].name;
    int which, status = choose_word(&which, self, name, value, names);
    if (!status)
        *(const struct writer **)data = &writers[which];
    return status;
}

static int write_whole(const command *self, const struct writer *writer)
{
    gf_text text = {0};
    writer->add(&text);
    int result = text.failed ? EXIT_SYSTEM : EXIT_DONE;
    if (text.failed)
        complain(self->name, "%s", gf_status_text(GF_ERROR_MEMORY));
    else
        fputs(text.data, stdout);
    gf_text_free(&text);
    return result;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    int status;
    const struct writer *writer = &writers[0];
    if (!options_read(&o, self, argc, argv, take, &writer, &status))
        return status;
    if (o.file_count > !writer->add)
        return bad_usage(self, "unexpected argument '%s'", o.files[!writer->add]);
    if (writer->add)
        return write_whole(self, writer);
    const command *named = o.file_count ? command_find(o.files[0]) : NULL;
    if (o.file_count && !named)
        return refuse_command("help ", 1, o.files);
    if (named)
        help_print(named);
    else
        help_list(stdout);
    return EXIT_DONE;
}

const command help_command = {
    .name = "help",
    .summary = "how a command is used: gradflow help check",
    .usage = "[COMMAND] [--format F]",
    .operands = COMMAND_NAME,
    .about = "Shows how a command is used, as gradflow COMMAND --help does, or lists them all.\n",
    .own = own,
    .shared = "",
    .example = "gradflow help check\n"
               "eval \"$(gradflow help --format bash)\"\n",
    .run = run,
};
