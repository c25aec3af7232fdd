/* Completion in shells: scripts for bash, zsh and fish, from the tables of the commands.
 *
 * All three offer the commands; behind a command its options, behind an option its values, and elsewhere what its
 * operands are. A value or an operand is words (the commands, the models of `gradflow new`), files of any name, files
 * that end in .gf, or folders. */
#include <string.h>

#include "cli/help.h"

/* The words that complete a value or an operand, with a blank between them, where it is words. */
static void add_words(gf_text *out, const char *completes)
{
    if (!strcmp(completes, COMMAND_NAME))
        for (size_t k = 0; command_at(k); k++)
            gf_text_print(out, "%s%s", k ? " " : "", command_at(k)->name);
    else if (!strcmp(completes, TEMPLATE_NAME))
        for (int k = 0; gf_template_at(k); k++)
            gf_text_print(out, "%s%s", k ? " " : "", gf_template_at(k)->name);
    else
        gf_text_add(out, completes);
}

/* Text within single quotes, where `quote` stands for one, and `slash` for what escapes. */
static void add_quoted(gf_text *out, const char *text, const char *quote, const char *escaped)
{
    for (; *text; text++)
        if (*text == '\'') {
            gf_text_add(out, quote);
        } else {
            gf_text_add(out, strchr(escaped, *text) ? "\\" : "");
            gf_text_bytes(out, text, 1);
        }
}

/* The meaning of an option, which may stand at the next one. */
static const char *meaning_of(const option_row *const rows[])
{
    while (!(*rows)->meaning)
        rows++;
    return (*rows)->meaning;
}

/* --- bash ------------------------------------------------------------------------------------------ */

static const char bash_end[] =
    "    local IFS=$'\\n'\n"
    "    case $offers in\n"
    "    '*') COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
    "    '*.gf') COMPREPLY=($(compgen -d -- \"$word\"; compgen -f -X '!*.gf' -- \"$word\")) ;;\n"
    "    /) COMPREPLY=($(compgen -d -- \"$word\")) ;;\n"
    "    *)\n"
    "        COMPREPLY=($(IFS=' '; compgen -W \"$offers\" -- \"$word\"))\n"
    "        return\n"
    "        ;;\n"
    "    esac\n"
    "    compopt -o filenames 2>/dev/null # which bash 3 lacks\n"
    "}\n"
    "complete -F _gradflow gradflow\n";

static void add_bash_values(gf_text *out, const command *c, const option_row *row)
{
    if (options_letter(row))
        gf_text_print(out, "    %s:-%c | ", c->name, options_letter(row));
    gf_text_print(out, options_letter(row) ? "%s:--%s) offers='" : "    %s:--%s) offers='", c->name, row->name);
    add_words(out, row->completes ? row->completes : "");
    gf_text_add(out, "' ;;\n");
}

static void add_bash_command(gf_text *out, const command *c)
{
    const option_row *rows[MOST_OPTIONS];
    size_t count = options_of(rows, c);
    for (size_t k = 0; k < count; k++)
        if (rows[k]->value)
            add_bash_values(out, c, rows[k]);
    gf_text_print(out, "    %s:*)\n        offers='", c->name);
    add_words(out, c->operands ? c->operands : "");
    gf_text_add(out, "'\n        [[ $word != -* ]] || offers='");
    for (size_t k = 0; k < count; k++)
        gf_text_print(out, "--%s ", rows[k]->name);
    gf_text_add(out, "--help'\n        ;;\n");
}

void completion_add_bash(gf_text *out)
{
    gf_text_add(out, "# bash completion for gradflow, made by: gradflow help --format bash\n"
                     "_gradflow()\n"
                     "{\n"
                     "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} offers=\n"
                     "    COMPREPLY=()\n"
                     "    # bash cuts --format=json into three words.\n"
                     "    if [[ $before == = ]]; then\n"
                     "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
                     "    elif [[ $word == = ]]; then\n"
                     "        word=\n"
                     "    fi\n"
                     "    ((COMP_CWORD > 1)) || before=\n"
                     "    case ${before:+${COMP_WORDS[1]}}:$before in\n"
                     "    :) offers='");
    add_words(out, COMMAND_NAME);
    gf_text_add(out, " --help --version' ;;\n");
    for (size_t k = 0; command_at(k); k++)
        add_bash_command(out, command_at(k));
    gf_text_add(out, "    esac\n");
    gf_text_add(out, bash_end);
}

/* --- zsh ------------------------------------------------------------------------------------------- */

/* What _arguments does for a value or an operand. */
static void add_zsh_action(gf_text *out, const char *completes)
{
    if (!completes)
        gf_text_add(out, " ");
    else if (!strcmp(completes, ANY_FILE))
        gf_text_add(out, "_files");
    else if (!strcmp(completes, MODEL_FILE))
        gf_text_add(out, "_files -g \"*.gf\"");
    else if (!strcmp(completes, FOLDER))
        gf_text_add(out, "_files -/");
    else {
        gf_text words = {0};
        add_words(&words, completes);
        gf_text_add(out, "(");
        add_quoted(out, gf_text_string(&words), "'\\''", ":");
        gf_text_add(out, ")");
        gf_text_free(&words);
    }
}

static void add_zsh_option(gf_text *out, const option_row *const rows[])
{
    const option_row *row = *rows;
    char letter = options_letter(row);
    if (letter)
        gf_text_print(out, "            '(-%c --%s)'{-%c,--%s%s}'[", letter, row->name, letter, row->name,
                      row->value ? "=" : "");
    else
        gf_text_print(out, "            '--%s%s[", row->name, row->value ? "=" : "");
    add_quoted(out, meaning_of(rows), "'\\''", "[]\\");
    gf_text_add(out, "]");
    if (row->value) {
        gf_text_add(out, ":");
        add_quoted(out, row->value, "'\\''", ":\\");
        gf_text_add(out, ":");
        add_zsh_action(out, row->completes);
    }
    gf_text_add(out, "' \\\n");
}

static void add_zsh_command(gf_text *out, const command *c)
{
    const option_row *rows[MOST_OPTIONS];
    size_t count = options_of(rows, c);
    gf_text_print(out, "    %s)\n        _arguments \\\n", c->name);
    for (size_t k = 0; k < count; k++)
        add_zsh_option(out, rows + k);
    gf_text_add(out, "            '*: :");
    add_zsh_action(out, c->operands);
    gf_text_add(out, "'\n        ;;\n");
}

void completion_add_zsh(gf_text *out)
{
    gf_text_add(out, "#compdef gradflow\n"
                     "# zsh completion for gradflow, made by: gradflow help --format zsh\n"
                     "_gradflow()\n"
                     "{\n"
                     "    local -a commands\n"
                     "    commands=(\n");
    for (size_t k = 0; command_at(k); k++) {
        gf_text_print(out, "        '%s:", command_at(k)->name);
        add_quoted(out, command_at(k)->summary, "'\\''", "\\");
        gf_text_add(out, "'\n");
    }
    gf_text_add(out, "    )\n"
                     "    if ((CURRENT == 2)); then\n"
                     "        _describe command commands\n"
                     "        return\n"
                     "    fi\n"
                     "    shift words\n"
                     "    ((CURRENT--))\n"
                     "    case $words[1] in\n");
    for (size_t k = 0; command_at(k); k++)
        add_zsh_command(out, command_at(k));
    gf_text_add(out, "    esac\n"
                     "}\n"
                     "if [[ $funcstack[1] = _gradflow ]]; then\n"
                     "    _gradflow \"$@\"\n"
                     "else\n"
                     "    compdef _gradflow gradflow\n"
                     "fi\n");
}

/* --- fish ------------------------------------------------------------------------------------------ */

/* What `complete` is told of a value or an operand. */
static void add_fish_action(gf_text *out, const char *completes)
{
    if (!completes)
        return;
    if (!strcmp(completes, ANY_FILE))
        gf_text_add(out, " -F");
    else if (!strcmp(completes, MODEL_FILE))
        gf_text_add(out, " -k -a '(__fish_complete_suffix .gf)'");
    else if (!strcmp(completes, FOLDER))
        gf_text_add(out, " -a '(__fish_complete_directories)'");
    else {
        gf_text_add(out, " -a '");
        add_words(out, completes);
        gf_text_add(out, "'");
    }
}

static void add_fish_option(gf_text *out, const char *behind, const option_row *const rows[])
{
    const option_row *row = *rows;
    bool any_file = row->completes && !strcmp(row->completes, ANY_FILE);
    gf_text_print(out, "complete -c gradflow -n %s", behind);
    if (options_letter(row))
        gf_text_print(out, " -s %c", options_letter(row));
    gf_text_print(out, " -l %s%s", row->name, !row->value ? "" : any_file ? " -r" : " -x");
    add_fish_action(out, row->completes);
    gf_text_add(out, " -d '");
    add_quoted(out, meaning_of(rows), "\\'", "\\");
    gf_text_add(out, "'\n");
}

static void add_fish_command(gf_text *out, const command *c)
{
    const option_row *rows[MOST_OPTIONS];
    size_t count = options_of(rows, c);
    char behind[80];
    snprintf(behind, sizeof behind, "'__fish_seen_subcommand_from %s'", c->name);
    gf_text_print(out, "complete -c gradflow -n __fish_use_subcommand -a %s -d '", c->name);
    add_quoted(out, c->summary, "\\'", "\\");
    gf_text_add(out, "'\n");
    if (c->operands) {
        gf_text_print(out, "complete -c gradflow -n %s", behind);
        add_fish_action(out, c->operands);
        gf_text_add(out, "\n");
    }
    for (size_t k = 0; k < count; k++)
        add_fish_option(out, behind, rows + k);
}

void completion_add_fish(gf_text *out)
{
    gf_text_add(out, "# fish completion for gradflow, made by: gradflow help --format fish\n"
                     "complete -c gradflow -f\n"
                     "complete -c gradflow -n __fish_use_subcommand -l help -d 'the commands'\n"
                     "complete -c gradflow -n __fish_use_subcommand -l version -d 'the version'\n");
    for (size_t k = 0; command_at(k); k++)
        add_fish_command(out, command_at(k));
}
