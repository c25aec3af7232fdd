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

bool gf_code_is_joiner(uint32_t code)
{
    return code == 0x200C || code == 0x200D;
}

/* What Unicode lets a program ignore, but for joiners: soft hyphens, fillers, variation selectors. utf8proc leaves out
 * what is reserved for more of them. */
bool gf_code_is_invisible(uint32_t code)
{
    static const uint32_t reserved[][2] = {{0xFFF0, 0xFFF8}, {0xE0080, 0xE0FFF}};
    return gf_code_is_hidden(code) || among(reserved, sizeof reserved / sizeof *reserved, code) ||
           (!gf_code_is_joiner(code) && utf8proc_get_property((utf8proc_int32_t)code)->ignorable);
}

bool gf_code_is_invisible_in_text(uint32_t code)
{
    return gf_code_is_invisible(code) && code != 0xFE0E && code != 0xFE0F;
}

uint32_t gf_code_looks_like(uint32_t code)
{
    static const struct {
        uint32_t first;
        const char *letters; /* from there on; a blank looks like none */
    } rows[] = {
        {0x391, "AB  EZH IK MN O P  TY X"}, /* Greek */
        {0x3B1, "a       i   v o p   u x"}, /* αινορυχ */
        {0x405, "SI J"},                    /* Cyrillic */
        {0x410, "A B  E    K MHO PCTY X"},  /* АВЕКМНОРСТУХ */
        {0x430, "a    e        o pc y x"},  /* аеорсух */
        {0x455, "si j"},                    /* ѕіј */
        {0x4BB, "h"},                       /* һ */
        {0x501, "d"},                       /* ԁ */
        {0x51B, "q w"},                     /* ԛԝ */
        {0x54D, "U       O"},               /* Armenian */
        {0x578, "n    u       o"},          /* ո սօ */
        {0xFF21, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        {0xFF41, "abcdefghijklmnopqrstuvwxyz"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (code >= rows[k].first && code - rows[k].first < strlen(rows[k].letters)) {
            char letter = rows[k].letters[code - rows[k].first];
            return letter == ' ' ? code : (uint32_t)letter;
        }
    return code;
}

const char *gf_code_script(uint32_t code)
{
    if (code >= 0xFF21 && code <= 0xFF5A)
        return "full-width";
    return code < 0x250                         ? "Latin"
           : code >= 0x370 && code < 0x400      ? "Greek"
           : code >= 0x400 && code < 0x530      ? "Cyrillic"
           : code >= 0x530 && code < 0x590      ? "Armenian"
           : code >= 0x1D400 && code <= 0x1D7FF ? "mathematical"
           : code >= 0xFB00 && code <= 0xFB06   ? "a ligature"
                                                : "";
}

bool gf_code_is_blank(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ZS;
}

int gf_code_form_of(uint32_t code, uint32_t out[GF_FORM])
{
    utf8proc_int32_t parts[GF_FORM];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, parts, GF_FORM,
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    if (count < 1 || count > GF_FORM) {
        out[0] = code;
        return 1;
    }
    for (utf8proc_ssize_t k = 0; k < count; k++)
        out[k] = (uint32_t)parts[k];
    return (int)count;
}

bool gf_code_is_styled(uint32_t code)
{
    enum { PLANCK = 0x210E }; /* ℎ, where the row of italic letters has a gap */
    uint32_t form[GF_FORM];
    return (code == PLANCK || (code >= 0x1D400 && code <= 0x1D7FF)) && gf_code_form_of(code, form) == 1 &&
           form[0] != code;
}

int gf_utf8_encode(uint32_t code, char out[4])
{
    return (int)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
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

/* Of four bytes every other one, or two of them, are 0 where a text of ASCII is written in 16 or 32 bits; some editors
 * save so, and it is what a shell of Windows makes of > . */
static const char *wide_encoding(const unsigned char *at, size_t size)
{
    if (size >= 4 && ((at[0] == 0xFF && at[1] == 0xFE && !at[2] && !at[3]) ||
                      (!at[0] && !at[1] && ((at[2] == 0xFE && at[3] == 0xFF) || (!at[2] && at[3])))))
        return "UTF-32";
    bool marked = size >= 2 && ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF));
    bool other = size < 4 || (!at[0] == !at[2] && !at[1] == !at[3]);
    return marked || (size >= 2 && !at[0] != !at[1] && other) ? "UTF-16" : NULL;
}

/* A program, a picture: a third of what it begins with are bytes that no text has. */
static bool is_binary(const char *text, size_t size)
{
    enum { LOOKED_AT = 1000, SHARE = 3 };
    size_t most = size < LOOKED_AT ? size : LOOKED_AT, odd = 0;
    int bytes;
    for (size_t at = 0; at < most; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(text + at, size - at, &bytes);
        odd += code == GF_INVALID || (code < ' ' && !strchr("\t\r\n", (int)code)) || !code;
    }
    return SHARE * odd > most;
}

const char *gf_text_other(const char *text, size_t size)
{
    static const struct {
        const char *begin, *what;
    } kinds[] = {
        {"%PDF", "a PDF"},
        {"{\\rtf", "an RTF document"},
        {"PK\3\4", "a zip file, as Word and Excel save"},
        {"\x93NUMPY", "an array as NumPy saves it"},
        {"<!DOCTYPE", "a web page"},
        {"<!doctype", "a web page"},
        {"<html", "a web page"},
        {"<?xml", "XML"},
        {"{\"", "a notebook, or other JSON"},
        {"{\n", "a notebook, or other JSON"},
    };
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (size >= strlen(kinds[k].begin) && !memcmp(text, kinds[k].begin, strlen(kinds[k].begin)))
            return kinds[k].what;
    const char *encoding = wide_encoding((const unsigned char *)text, size);
    return encoding ? encoding : is_binary(text, size) ? "no text" : NULL;
}
