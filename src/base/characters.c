/* Characters: UTF-8, and those that a terminal obeys instead of showing them. */
#include "base/characters.h"

#include <string.h>

#include <gradflow/base.h>

uint32_t gf_utf8_decode(const char *text, size_t size, int *bytes)
{
    const unsigned char *at = (const unsigned char *)text;
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    *bytes = 1;
    if (at[0] < 0x80)
        return at[0];
    int length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || (size_t)length > size)
        return GF_INVALID;
    uint32_t code = at[0] & (0xFFu >> (length + 1));
    for (int k = 1; k < length; k++) {
        if ((at[k] & 0xC0) != 0x80)
            return GF_INVALID;
        code = code << 6 | (at[k] & 0x3F);
    }
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return GF_INVALID;
    *bytes = length;
    return code;
}

/* What makes of a text another than is read (Boucher and Anderson, Trojan Source, 2021), and tags, which hide text. */
bool gf_code_is_hidden(uint32_t code)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200B},   {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    for (size_t k = 0; k < sizeof ranges / sizeof *ranges; k++)
        if (code >= ranges[k][0] && code <= ranges[k][1])
            return true;
    return false;
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
