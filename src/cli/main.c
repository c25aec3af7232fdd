/* The command gradflow: finds the command that is named and runs it. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static const command *const commands[] = {&check_command,   &derive_command, &draw_command, &show_command,
                                          &explain_command, &new_command,    &demo_command};
enum { COMMANDS = sizeof commands / sizeof *commands };

const char *program_called = "gradflow";

/* Paths and arguments are shown as far as they can be. */
static void complain_list(const char *who, const char *format, va_list arguments)
{
    gf_text text = {0};
    gf_text_vprint(&text, format, arguments);
    if (text.data)
        gf_make_printable(text.data);
    fprintf(stderr, "gradflow: %s%s%s\n", who, *who ? ": " : "", text.failed ? "out of memory" : gf_text_string(&text));
    gf_text_free(&text);
}

void complain(const char *who, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(who, format, arguments);
    va_end(arguments);
}

int bad_usage(const command *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(self->name, format, arguments);
    va_end(arguments);
    fprintf(stderr, "gradflow %s --help shows how it is used\n", self->name);
    return EXIT_USAGE;
}

int exit_for(gf_status status)
{
    switch (status) {
    case GF_OK:
        return EXIT_DONE;
    case GF_ERROR_MEMORY:
    case GF_ERROR_WRITE:
        return EXIT_SYSTEM;
    default:
        return EXIT_USAGE;
    }
}

static void print_help(FILE *stream)
{
    fputs("gradflow: automatic differentiation with the gradient on every edge\n\n"
          "usage: gradflow COMMAND [OPTION]...\n\n",
          stream);
    for (int k = 0; k < COMMANDS; k++)
        fprintf(stream, "  %-8s %s\n", commands[k]->name, commands[k]->summary);
    fputs("  help     how a command is used: gradflow help check\n"
          "\n  -h, --help     this help; gradflow COMMAND --help shows a command's\n"
          "      --version  the version\n\n"
          "Exit status: 0 done; 1 the answer is no; 2 bad usage or bad input; 3 the system\n"
          "failed.\n",
          stream);
}

static bool is(const char *argument, const char *a, const char *b)
{
    return !strcmp(argument, a) || !strcmp(argument, b);
}

static const command *find_command(const char *name)
{
    for (int k = 0; k < COMMANDS; k++)
        if (!strcmp(name, commands[k]->name))
            return commands[k];
    return NULL;
}

static int refuse_command(const char *name)
{
    const char *words[COMMANDS + 3] = {"help", "--help", "--version"};
    for (int k = 0; k < COMMANDS; k++)
        words[k + 3] = commands[k]->name;
    const char *nearest = gf_nearest_word(name, words, COMMANDS + 3);
    size_t size = strlen(name);
    if (nearest)
        complain("", "there is no command '%s'; did you mean %s?", name, nearest);
    else if (size > 3 && !strcmp(name + size - 3, ".gf"))
        complain("", "there is no command '%s'; did you mean gradflow check %s?", name, name);
    else
        complain("", "there is no command '%s'; gradflow --help lists them", name);
    return EXIT_USAGE;
}

/* gradflow help, gradflow help COMMAND. */
static int run_help(int argc, char *argv[])
{
    const command *named = argc == 2 ? find_command(argv[1]) : NULL;
    if (argc > 2)
        return complain("help", "unexpected argument '%s'", argv[2]), EXIT_USAGE;
    if (named)
        fputs(named->help, stdout);
    else if (argc == 1 || is(argv[1], "-h", "--help") || !strcmp(argv[1], "help"))
        print_help(stdout);
    else
        return refuse_command(argv[1]);
    return EXIT_DONE;
}

static int run_named(int argc, char *argv[])
{
    if (!strcmp(argv[0], "help"))
        return run_help(argc, argv);
    const command *named = find_command(argv[0]);
    return named ? named->run(named, argc, argv) : refuse_command(argv[0]);
}

/* What was printed must have been written: a full disk is not a success. */
static int close_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    complain("", "cannot write standard output: %s", strerror(errno));
    return EXIT_SYSTEM;
}

int main(int argc, char *argv[])
{
    signal(SIGXFSZ, SIG_IGN); /* past `ulimit -f`, writing fails like on a full disk */
    if (argc > 0)
        program_called = argv[0];
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (is(argv[1], "-h", "--help")) {
        print_help(stdout);
        return close_output(EXIT_DONE);
    }
    if (is(argv[1], "--version", "-V")) {
        printf("gradflow %s\n", gf_version());
        return close_output(EXIT_DONE);
    }
    return close_output(run_named(argc - 1, argv + 1));
}
