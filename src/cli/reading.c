/* Model files, read with the settings of the command line; what is wrong with them is said. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/options.h"
#include "cli/watch.h"
#include "text/characters.h"
#include "text/text.h"

/* Everything of a stream, or more of it than a model may have, and a 0 behind it; a 0 within becomes a 1, which no text
 * has either, and is reported like any other character that means nothing. NULL where it cannot be read, and errno says
 * why. */
static char *read_all(FILE *stream)
{
    enum { MOST = 64 << 20 }; /* bytes */
    char piece[4096];
    gf_text text = {0};
    for (size_t size; !text.failed && text.size <= MOST && (size = fread(piece, 1, sizeof piece, stream)) > 0;)
        gf_text_bytes(&text, piece, size);
    int error = errno;
    gf_text_bytes(&text, "", 0); /* a stream without bytes is a text, too */
    for (size_t k = 0; k < text.size; k++)
        text.data[k] = text.data[k] ? text.data[k] : '\1';
    if (!text.failed && !ferror(stream))
        return text.data;
    errno = text.failed ? ENOMEM : error;
    gf_text_free(&text);
    return NULL;
}

static gf_status read_standard_input(gf_model **out)
{
    char *text = read_all(stdin);
    if (!text && errno != ENOMEM)
        complain("", "cannot read standard input: %s", strerror(errno));
    if (!text)
        return errno == ENOMEM ? GF_ERROR_MEMORY : GF_ERROR_READ;
    gf_status status = gf_model_parse(out, text, "<standard input>");
    free(text);
    return status;
}

int options_report(gf_model *m, gf_status status)
{
    bool said = !m && status == GF_ERROR_READ; /* of standard input */
    fputs(said ? "" : gf_model_message(m), stderr);
    return exit_for(status);
}

int options_report_own(const command *self, gf_model *m, gf_status status)
{
    const char *text = gf_model_message(m);
    for (size_t size; *text; text += size) {
        size = strcspn(text, "\n");
        size += text[size] == '\n';
        bool own = !strncmp(text, self->name, strlen(self->name)) && text[strlen(self->name)] == ':';
        fprintf(stderr, "%s%.*s", own ? "gradflow: " : "", (int)size, text);
    }
    return exit_for(status);
}

/* With --watch, the csv files of a model are watched, too. */
static int watch_csv(const options *o, gf_model *m)
{
    const char *path;
    for (size_t k = 0; o->watched && (path = gf_model_csv_at(m, k)); k++)
        if (!watch_add(o->watched, path))
            return options_report(NULL, GF_ERROR_MEMORY);
    return EXIT_DONE;
}

/* Of a file that is not there, what is meant instead, where it can be told: then true, and it was said. */
static bool refuse_missing(const char *path)
{
    struct stat about;
    bool missing = *path && stat(path, &about) && errno == ENOENT;
    bool dash = !strncmp(path, "–", strlen("–")) || !strncmp(path, "—", strlen("—"));
    bool setting = strchr(path, '=') && !strchr(path, '/');
    gf_text line = {0}, longer = {0};
    gf_text_print(&longer, "%s.gf", path);
    bool ending = missing && !longer.failed && !access(longer.data, R_OK);
    gf_text_printable(&line, path);
    gf_text_print(&line, ": error: %s: ", strerror(ENOENT));
    gf_text_add(&line, dash      ? "an option begins with -, and this is a dash"
                       : setting ? "a size is set by --set NAME=NUMBER"
                                 : "did you mean ");
    if (!dash && !setting && ending) {
        gf_text_printable(&line, longer.data);
        gf_text_add(&line, "?");
    }
    bool said = missing && (dash || setting || ending) && !line.failed;
    if (said)
        fprintf(stderr, "%s\n", line.data);
    gf_text_free(&line);
    gf_text_free(&longer);
    return said;
}

/* Where memory is limited, OpenBLAS asks for the room that it works in until it gets it, if need be for ever. So it is
 * looked whether there is some, and then taken. */
static bool takes_room(void)
{
    enum {
        ROOM = 136 << 20,
        SIDE = 64
    }; /* bytes; of a product that one thread works out, and not by a kernel without */
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) || limit.rlim_cur == RLIM_INFINITY)
        return true;
    void *volatile room = malloc(ROOM);
    free(room);
    if (!room)
        return false;
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_zeros(g, "a", SIDE, SIDE);
    gf_value(gf_matmul(a, a));
    gf_graph_free(g);
    return true;
}

static int read_model(gf_model **out, options *o, const char *path)
{
    *out = NULL;
    if (strcmp(path, "-") && refuse_missing(path)) {
        gf_model_read(out, path); /* what is wrong is its message */
        return EXIT_USAGE;
    }
    gf_status status = strcmp(path, "-") ? gf_model_read(out, path) : read_standard_input(out);
    for (int k = 0; k < o->setting_count && !status; k++)
        status = gf_model_set(*out, o->settings[k].name, o->settings[k].value);
    if (o->load && !status)
        status = gf_model_load(*out, o->load);
    if (!status && !o->quiet)
        fputs(gf_model_warnings(*out), stderr);
    int result = status ? options_report(*out, status) : options_refuse_csv(o, *out);
    o->refused |= !status && result;
    return result ? result : watch_csv(o, *out);
}

int options_try_model(gf_model **out, options *o, const char *path)
{
    int result = read_model(out, o, path);
    if (result || takes_room())
        return result;
    complain("", "%s: %s", path, gf_status_text(GF_ERROR_MEMORY));
    return EXIT_SYSTEM;
}

/* No model where it is none that can be used. */
static int or_none(gf_model **out, int result)
{
    if (result) {
        gf_model_free(*out);
        *out = NULL;
    }
    return result;
}

int options_read_model(gf_model **out, options *o, const char *path)
{
    return or_none(out, options_try_model(out, o, path));
}

int options_read_equations(gf_model **out, options *o, const char *path)
{
    return or_none(out, read_model(out, o, path));
}
