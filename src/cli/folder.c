/* The folder that train writes into: it is made, and what else is there stays. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/log.h"

/* The folder is made, or is one. */
static int make(const options *o, const command *self)
{
    int error = gf_directory_make(o->output);
    struct stat about;
    if (!error && !stat(o->output, &about) && !S_ISDIR(about.st_mode))
        error = ENOTDIR;
    bool there = !error;
    if (there && access(o->output, W_OK | X_OK))
        error = errno;
    if (!error)
        return EXIT_DONE;
    complain(self->name, "cannot %s the folder %s: %s", there ? "write into" : "make", o->output, strerror(error));
    return EXIT_SYSTEM;
}

/* Did a training write this log? */
static bool is_log(const char *path)
{
    static const char begins[] = "update,loss,";
    char head[sizeof begins] = "";
    FILE *file = fopen(path, "rb");
    bool is = file && fread(head, 1, sizeof head - 1, file) == sizeof head - 1 && !strcmp(head, begins);
    if (file)
        fclose(file);
    return is;
}

typedef int visit(training_log *l, const char *path);

/* A file of the folder: NAME.csv, or NAME-2.svg. */
static int with_path(training_log *l, const char *name, size_t number, const char *ending, visit *do_it)
{
    gf_text path = {0};
    gf_text_print(&path, "%s/%s", l->o->output, name);
    if (number)
        gf_text_print(&path, "-%zu", number);
    gf_text_add(&path, ending);
    int status = path.failed ? options_report(NULL, GF_ERROR_MEMORY) : do_it(l, path.data);
    gf_text_free(&path);
    return status;
}

static int find_earlier(training_log *l, const char *path)
{
    l->earlier = is_log(path);
    return EXIT_DONE;
}

static int refuse_file(training_log *l, const char *path)
{
    if (access(path, F_OK))
        return EXIT_DONE;
    complain(l->self->name, "-o %s would overwrite %s, which no training wrote: name another folder", l->o->output,
             path);
    return EXIT_USAGE;
}

/* Of a folder that no training wrote, nothing is overwritten. */
static int refuse_files(training_log *l, size_t records)
{
    const gf_model_name *name;
    int status = with_path(l, "log", 0, ".csv", refuse_file);
    status = status ? status : with_path(l, "loss", 0, ".svg", refuse_file);
    status = status ? status : with_path(l, "norm", 0, ".svg", refuse_file);
    for (size_t k = 1; k <= records && !status; k++)
        status = with_path(l, "record", k, ".svg", refuse_file);
    for (size_t k = 0; !status && (name = gf_model_name_at(l->m, k)); k++)
        if (name->kind == GF_MODEL_PARAM)
            status = with_path(l, name->name, 0, ".csv", refuse_file);
    return status;
}

int folder_begin(training_log *l, size_t records)
{
    if (!l->o->output)
        return EXIT_DONE;
    int status = make(l->o, l->self);
    status = status ? status : with_path(l, "log", 0, ".csv", find_earlier);
    return status || l->earlier ? status : refuse_files(l, records);
}

static int remove_file(training_log *l, const char *path)
{
    (void)l;
    return unlink(path) ? EXIT_NO : EXIT_DONE;
}

void folder_end(training_log *l, size_t records)
{
    while (l->earlier && !with_path(l, "record", records + 1, ".svg", remove_file))
        records++;
}
