/* Characters: UTF-8, and those that a terminal obeys instead of showing them. */
#include "text/characters.h"

#include <string.h>

#include <utf8proc.h>

enum { TRANSPOSED = 0x1D40 }; /* ᵀ */

/* How many bytes count as one mistake: as many as a character begins with that would go on with 80s, and at least one
 * ("maximal subparts", The Unicode Standard 15, section 3.9). */
static int mistake(const utf8proc_uint8_t *at, size_t size)
{
    utf8proc_uint8_t filled[4] = {at[0], 0x80, 0x80, 0x80};
    utf8proc_int32_t code;
    for (int bytes = 1; (size_t)bytes < size && bytes < 4; bytes++) {
        filled[bytes] = at[bytes];
        if (utf8proc_iterate(filled, sizeof filled, &code) <= bytes)
            return bytes;
    }
    return size < 4 ? (int)size : 4;
}

uint32_t gf_utf8_decode(const char *text, size_t size, int *bytes)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;
    *bytes = (int)utf8proc_iterate(at, size < 4 ? (utf8proc_ssize_t)size : 4, &code);
    if (*bytes > 0)
        return (uint32_t)code;
    *bytes = mistake(at, size);
    return GF_INVALID;
}

size_t gf_utf8_bytes(const char *text, size_t most)
{
    size_t size = strlen(text), at = 0;
    int bytes;
    for (; at < size && most; at += (size_t)bytes, most--)
        gf_utf8_decode(text + at, size - at, &bytes);
    return at;
}

size_t gf_utf8_count(const char *text)
{
    size_t size = strlen(text), count = 0;
    int bytes;
    for (size_t at = 0; at < size; at += (size_t)bytes, count++)
        gf_utf8_decode(text + at, size - at, &bytes);
    return count;
}

bool gf_code_is_letter(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    bool number = category == UTF8PROC_CATEGORY_NL;
    return code != TRANSPOSED && (number || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO));
}

bool gf_code_is_mark(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

int gf_code_width(uint32_t code)
{
    return utf8proc_charwidth((utf8proc_int32_t)code);
}

static bool among(const uint32_t ranges[][2], size_t count, uint32_t code)
{
    for (size_t k = 0; k < count && code >= ranges[k][0]; k++)
        if (code <= ranges[k][1])
            return true;
    return false;
}

/* What makes of a text another than is read (Boucher and Anderson, Trojan Source, 2021), and tags, which hide text. */
bool gf_code_is_hidden(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200B},   {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    return among(ranges, sizeof ranges / sizeof *ranges, code);
}

/* What Unicode lets a program ignore, but for joiners: soft hyphens, fillers, variation selectors. utf8proc leaves out
 * what is reserved for more of them. */
bool gf_code_is_invisible(uint32_t code)
{
    static const uint32_t reserved[][2] = {{0xFFF0, 0xFFF8}, {0xE0080, 0xE0FFF}};
    bool joins = code == 0x200C || code == 0x200D;
    return gf_code_is_hidden(code) || among(reserved, sizeof reserved / sizeof *reserved, code) ||
           (!joins && utf8proc_get_property((utf8proc_int32_t)code)->ignorable);
}

bool gf_code_is_invisible_in_text(uint32_t code)
{
    return gf_code_is_invisible(code) && code != 0xFE0E && code != 0xFE0F;
}

size_t gf_make_printable(char *text)
{
    size_t size = strlen(text), at = 0, kept = 0;
    int bytes;
    for (; at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(text + at, size - at, &bytes);
        bool shown = code != GF_INVALID && !gf_code_is_hidden(code);
        if (shown)
            memmove(text + kept, text + at, (size_t)bytes);
        else
            text[kept] = '?';
        kept += shown ? (size_t)bytes : 1;
    }
    text[kept] = '\0';
    return kept;
}
