/* The manual page, gradflow.1, from the tables of the commands: roff, for man. */
#include <string.h>

#include "cli/help.h"

/* Text as roff has it: what is a hyphen to it, an escape, or a request at the start of a line. */
static void add_bytes(gf_text *out, const char *text, size_t size)
{
    for (const char *end = text + size; text < end; text++)
        switch (*text) {
        case '-':
            gf_text_add(out, "\\-");
            break;
        case '\\':
            gf_text_add(out, "\\e");
            break;
        case '\'':
            gf_text_add(out, "\\(aq");
            break;
        case '"':
            gf_text_add(out, "\\(dq");
            break;
        case '.':
            gf_text_add(out, "\\&.");
            break;
        default:
            gf_text_bytes(out, text, 1);
        }
}

static void add(gf_text *out, const char *text)
{
    add_bytes(out, text, strlen(text));
}

/* "  lstm  long short-term memory": a name, and behind two blanks or more what it is. */
static void add_named(gf_text *out, const char *line, size_t size)
{
    const char *end = line + size, *name = line + strspn(line, " "), *behind = strstr(name, "  ");
    behind = behind && behind < end ? behind : end;
    gf_text_add(out, ".TP\n");
    add_bytes(out, name, (size_t)(behind - name));
    gf_text_add(out, "\n");
    behind += strspn(behind, " ");
    add_bytes(out, behind, (size_t)(end - behind));
}

/* Lines as they are, but that an empty one begins a paragraph, and an indented one is of a list of names. */
static void add_lines(gf_text *out, const char *lines)
{
    while (*lines) {
        size_t size = strcspn(lines, "\n");
        if (!size)
            gf_text_add(out, ".PP");
        else if (*lines == ' ')
            add_named(out, lines, size);
        else
            add_bytes(out, lines, size);
        gf_text_add(out, "\n");
        lines += size + (lines[size] == '\n');
    }
}

static void add_example(gf_text *out, const char *lines)
{
    gf_text_add(out, ".PP\n.RS 4\n.EX\n");
    add_lines(out, lines);
    gf_text_add(out, ".EE\n.RE\n");
}

/* ".B \-o\fR, \fB\-\-output \fIFILE" */
static void add_option(gf_text *out, const option_row *row)
{
    gf_text_add(out, "\\fB");
    if (options_letter(row))
        gf_text_print(out, "\\-%c\\fR, \\fB", options_letter(row));
    gf_text_add(out, "\\-\\-");
    add(out, row->name);
    gf_text_add(out, row->value ? "\\fR \\fI" : "");
    add(out, row->value ? row->value : "");
    gf_text_add(out, "\\fR");
}

static void add_options(gf_text *out, const command *c)
{
    const option_row *rows[MOST_OPTIONS];
    size_t count = options_of(rows, c);
    const char *before = ".TP\n";
    for (size_t k = 0; k < count; k++) {
        gf_text_add(out, before);
        add_option(out, rows[k]);
        before = rows[k]->meaning ? ".TP\n" : ", ";
        if (!rows[k]->meaning)
            continue;
        gf_text_add(out, "\n");
        add(out, rows[k]->meaning);
        gf_text_add(out, "\n");
    }
}

static void add_command(gf_text *out, const command *c)
{
    gf_text_print(out, ".SS \"gradflow %s ", c->name);
    add(out, c->usage);
    gf_text_add(out, "\"\n");
    add_lines(out, c->about);
    add_options(out, c);
    if (c->status) {
        gf_text_add(out, ".PP\nExit status: ");
        add_lines(out, c->status);
    }
    add_example(out, c->example);
}

static const char first[] = ".SH NAME\n"
                            "gradflow \\- automatic differentiation with the gradient on every edge\n"
                            ".SH SYNOPSIS\n"
                            ".B gradflow\n"
                            ".I COMMAND\n"
                            ".RI [ OPTION ]...\n"
                            ".SH DESCRIPTION\n"
                            "Reads models in an equation language, such as recurrent networks over time, judges\n"
                            "gradients that were derived by hand, derives and draws them.\n"
                            "Options may stand before or after files, and behind the command.\n"
                            "The file \\- is standard input; \\-o \\- is standard output.\n";

static const char last[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\ndone\n"
    ".TP\n.B 1\nthe answer is no: a claim fails, is an error, or is open\n"
    ".TP\n.B 2\nbad usage or bad input\n"
    ".TP\n.B 3\nthe system failed: something cannot be written, or memory ran out\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B NO_COLOR\nwhere it is set, and not empty, there are no colors but with \\-\\-color always\n"
    ".SH SEE ALSO\n"
    ".BR dot (1)\n";

void manual_add(gf_text *out)
{
    gf_text_print(out, ".TH GRADFLOW 1 \"\" \"gradflow %s\" \"User Commands\"\n", gf_version());
    gf_text_add(out, first);
    gf_text_add(out, ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nthe commands; behind a command, how it is used\n"
                     ".TP\n\\fB\\-\\-version\\fR\nthe version\n");
    gf_text_add(out, ".SH COMMANDS\n");
    for (size_t k = 0; command_at(k); k++)
        add_command(out, command_at(k));
    gf_text_add(out, last);
}
