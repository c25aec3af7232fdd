/* Characters: UTF-8, and those that a terminal obeys instead of showing them. */
#include "base/characters.h"

#include <string.h>

/* The second byte of some is bound more tightly: that leaves out forms longer than need be, surrogates, and what lies
 * beyond U+10FFFF (The Unicode Standard 15, table 3-7). */
uint32_t gf_utf8_decode(const char *text, size_t size, int *bytes)
{
    const unsigned char *at = (const unsigned char *)text, first = at[0];
    *bytes = 1;
    if (first < 0x80)
        return first;
    if (first < 0xC2 || first > 0xF4)
        return GF_INVALID;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    uint32_t code = first & (0xFFu >> (length + 1));
    for (; *bytes < length; ++*bytes, least = 0x80, most = 0xBF) {
        if ((size_t)*bytes == size || at[*bytes] < least || at[*bytes] > most)
            return GF_INVALID;
        code = code << 6 | (at[*bytes] & 0x3F);
    }
    return code;
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

bool gf_code_among(const gf_code_range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

/* What makes of a text another than is read (Boucher and Anderson, Trojan Source, 2021), and tags, which hide text. */
bool gf_code_is_hidden(uint32_t code)
{
    static const gf_code_range ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},   {0x180E, 0x180E}, {0x200B, 0x200B},   {0x200E, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    };
    return gf_code_among(ranges, sizeof ranges / sizeof *ranges, code);
}

/* The property Default_Ignorable_Code_Point of the Unicode Character Database, version 14, but for joiners: soft
 * hyphens, fillers, variation selectors. */
bool gf_code_is_invisible(uint32_t code)
{
    static const gf_code_range ranges[] = {
        {0xAD, 0xAD},     {0x34F, 0x34F},     {0x115F, 0x1160},   {0x17B4, 0x17B5},
        {0x180B, 0x180F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0080, 0xE0FFF},
    };
    return gf_code_is_hidden(code) || gf_code_among(ranges, sizeof ranges / sizeof *ranges, code);
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
