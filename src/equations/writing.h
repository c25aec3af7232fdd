/* The old names of text that grows. */
#ifndef GF_EQUATIONS_WRITING_H
#define GF_EQUATIONS_WRITING_H

#include "base/text.h"

#define gf_writing gf_text
#define gf_writing_add gf_text_bytes
#define gf_writing_text gf_text_add
#define gf_writing_printable gf_text_printable
#define gf_writing_print gf_text_print
#define gf_writing_vprint gf_text_vprint
#define gf_writing_number gf_text_number
#define gf_writing_string gf_text_string
#define gf_writing_free gf_text_free

#endif
