/* gradflow/base.h: what every other header needs: export marks and statuses.
 *
 * Part of gradflow, reverse-mode automatic differentiation for people who derive
 * gradients by hand. Include <gradflow/gradflow.h> for all of it. */
#ifndef GRADFLOW_BASE_H
#define GRADFLOW_BASE_H

#include <stddef.h>

#ifdef __cplusplus
#define GF_BEGIN_DECLS extern "C" {
#define GF_END_DECLS }
#else
#define GF_BEGIN_DECLS
#define GF_END_DECLS
#endif

#if defined(__GNUC__)
#define GF_API __attribute__((visibility("default")))
#else
#define GF_API
#endif

GF_BEGIN_DECLS

/* What a call came to. GF_OK is 0, so `if (status)` reads "if it failed". */
typedef enum gf_status {
    GF_OK = 0,
    GF_ERROR_MEMORY,   /* out of memory */
    GF_ERROR_ARGUMENT, /* a NULL, an index out of range, operands of two graphs … */
    GF_ERROR_SHAPE,    /* shapes that do not fit */
    GF_ERROR_NOT_RUN,  /* a gradient asked for before backward has run */
    GF_ERROR_SYNTAX,   /* a text that cannot be read */
    GF_ERROR_LIMIT,    /* more entries or nodes than a limit allows */
    GF_ERROR_WRITE,    /* a file that cannot be written */
    GF_ERROR_READ      /* a file that cannot be read */
} gf_status;

/* The status in two or three words ("out of memory"). A constant string. */
GF_API const char *gf_status_text(gf_status status);

/* The version of the library, "major.minor.patch". A constant string. */
GF_API const char *gf_version(void);

/* Puts a ? in the place of each character of a text (a path, an argument) that a
 * terminal would obey, or that hides others: control characters, the ends of lines,
 * what sets the direction of writing, blanks without width; and of what is not
 * UTF-8. Returns how many bytes are left. */
GF_API size_t gf_make_printable(char *text);

/* Of some known words, the one nearest to a word that is none of them; NULL where
 * none is near enough to be meant. */
GF_API const char *gf_nearest_word(const char *wanted, const char *const words[], size_t count);

/* Writes a file whole or not at all: into a new file beside it, which takes its
 * place at the end. A symbolic link stays, and the file that it names is written,
 * also where that is not there yet. What is no regular file, such as /dev/stdout,
 * is written into. Returns 0, or the errno that says why not, and a regular file is
 * as it was; so it is past the limit of `ulimit -f`: EFBIG, and no signal. (A
 * process that is killed in between may leave the one beside it, PATH.PID.0.) */
GF_API int gf_file_write(const char *path, const char *data, size_t size);

GF_END_DECLS

#endif
