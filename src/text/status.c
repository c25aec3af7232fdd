/* Statuses in words, and the version. */
#include <stddef.h>

#include <gradflow/base.h>

const char *gf_status_text(gf_status status)
{
    static const char *const texts[] = {
        [GF_OK] = "all is well",
        [GF_ERROR_MEMORY] = "out of memory",
        [GF_ERROR_ARGUMENT] = "a bad argument",
        [GF_ERROR_SHAPE] = "shapes that do not fit",
        [GF_ERROR_NOT_RUN] = "backward has not run",
        [GF_ERROR_SYNTAX] = "a text that cannot be read",
        [GF_ERROR_LIMIT] = "past a limit",
        [GF_ERROR_WRITE] = "cannot write",
        [GF_ERROR_READ] = "cannot read",
        [GF_ERROR_OPEN] = "still open",
        [GF_ERROR_FINITE] = "not finite",
    };
    int known = (int)status >= 0 && (size_t)status < sizeof texts / sizeof *texts;
    return known ? texts[status] : "an unknown status";
}

#define WORD(number) #number
#define VERSION(major, minor, patch) WORD(major) "." WORD(minor) "." WORD(patch)

const char *gf_version(void)
{
    return VERSION(GF_VERSION_MAJOR, GF_VERSION_MINOR, GF_VERSION_PATCH);
}
