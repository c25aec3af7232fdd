/* Files that are written whole or not at all. */
#ifndef GF_TEXT_FILE_H
#define GF_TEXT_FILE_H

#include <stddef.h>

/* Writes a file whole or not at all: into a new file beside it, which takes its place at the end. A symbolic link
 * stays, and the file that it names is written, also where that is not there yet. What is no regular file, such as
 * /dev/stdout, is written into. Returns 0, or the errno that says why not, and a regular file is as it was; so it is
 * past the limit of `ulimit -f`: EFBIG, and no signal. (Where the system has no files without a name, a process that is
 * killed in between may leave the one beside it, PATH.PID.0.) */
int gf_file_write(const char *path, const char *data, size_t size);

/* Makes a directory, and those that it stands in, where they are not there. Returns 0 or errno. */
int gf_directory_make(const char *path);

#endif
