/* Characters: UTF-8; letters, marks and widths; and those that a terminal obeys instead of showing them. */
#ifndef GF_TEXT_CHARACTERS_H
#define GF_TEXT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GF_INVALID UINT32_MAX

enum { GF_BYTE_ORDER_MARK = 0xFEFF };

/* The character at the start of `size` bytes (at least one), and how many bytes it takes. Where they are not UTF-8
 * (surrogates and forms that are longer than need be are not), GF_INVALID and how many bytes count as one mistake: one,
 * or all that are there of a character whose rest is missing. Nothing else in the library reads UTF-8. */
uint32_t gf_utf8_decode(const char *text, size_t size, int *bytes);

/* The bytes of a character; returns how many. */
int gf_utf8_encode(uint32_t code, char out[4]);

/* Is the byte one of a character that has begun before it? */
static inline bool gf_utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* How many bytes the first `most` characters of a string have, or all, where it has fewer; and how many it has. */
size_t gf_utf8_bytes(const char *text, size_t most);
size_t gf_utf8_count(const char *text);

/* A letter of any script, or a number that is one (categories L and Nl: σ, 字, Ⅱ); ᵀ is none, since it transposes. */
bool gf_code_is_letter(uint32_t code);

/* A combining mark (category M), which belongs to the letter before it. */
bool gf_code_is_mark(uint32_t code);

/* Columns that a terminal needs for it: 0 for most marks, 2 for ideographs and full-width forms, else 1. */
int gf_code_width(uint32_t code);

/* It cannot be seen and can change how what stands beside it is seen: control characters, those that set the direction
 * of writing, separators of lines, blanks without width. (Joiners, which some scripts need, are none.) */
bool gf_code_is_hidden(uint32_t code);

/* The Latin letter that a Greek or a Cyrillic one, or one of full width, looks like on a screen (U+0445 like x); else
 * the character itself. And what script is said to be: "Latin", "Greek", "Cyrillic", "full-width", or "". */
uint32_t gf_code_looks_like(uint32_t code);
const char *gf_code_script(uint32_t code);

/* What a file is that is no text in UTF-8, by what it begins with: "UTF-16", "UTF-32", "a PDF", "no text"; NULL: it is
 * a text. */
const char *gf_text_other(const char *text, size_t size);

/* It joins letters or keeps them apart, and cannot be seen: U+200C and U+200D. */
bool gf_code_is_joiner(uint32_t code);

/* A blank, of whatever width (category Zs). */
bool gf_code_is_blank(uint32_t code);

/* The characters that it is another form of, and how many (ﬃ is f, f, i; 𝐔 is U; Unicode's compatibility
 * decomposition); itself, where there are none or more than fit. */
enum { GF_FORM = 4 };
int gf_code_form_of(uint32_t code, uint32_t out[GF_FORM]);

/* Is it a letter or a digit in a typeface of mathematics alone, as 𝐡, ℎ and 𝟏 are? It is then another form of one. */
bool gf_code_is_styled(uint32_t code);

/* Puts a ? in the place of each character of a text (a path, an argument) that a terminal would obey, or that hides
 * others: control characters, the ends of lines, what sets the direction of writing, blanks without width; and of what
 * is not UTF-8. Returns how many bytes are left. */
size_t gf_make_printable(char *text);

/* Nothing is seen of it, so that two names with and without it would look alike; hidden ones are such, too. */
bool gf_code_is_invisible(uint32_t code);

/* The same in a text, which is only shown: there, whether a pictograph is drawn in colours may be chosen. */
bool gf_code_is_invisible_in_text(uint32_t code);

#endif
