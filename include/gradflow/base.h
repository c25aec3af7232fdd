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
    GF_ERROR_READ,     /* a file that cannot be read */
    GF_ERROR_OPEN,     /* a value that depends on a line with a ?, which is still to be written */
    GF_ERROR_FINITE    /* a number that is not finite */
} gf_status;

/* The status in two or three words ("out of memory"). A constant string. */
GF_API const char *gf_status_text(gf_status status);

/* The version of these headers, as numbers: `#if GF_VERSION_AT_LEAST(0, 2, 0)` asks
 * whether they are of that version, or newer. */
#define GF_VERSION_MAJOR 0
#define GF_VERSION_MINOR 2
#define GF_VERSION_PATCH 0
#define GF_VERSION_AT_LEAST(major, minor, patch)                                                                       \
    (GF_VERSION_MAJOR > (major) ||                                                                                     \
     (GF_VERSION_MAJOR == (major) &&                                                                                   \
      (GF_VERSION_MINOR > (minor) || (GF_VERSION_MINOR == (minor) && GF_VERSION_PATCH >= (patch)))))

/* The version of the library, "major.minor.patch": of the one that runs, which may be
 * newer than the headers. A constant string. */
GF_API const char *gf_version(void);

GF_END_DECLS

#endif
