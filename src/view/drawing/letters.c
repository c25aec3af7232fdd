/* Letters: how wide a text is. No font is read: the widths of Liberation's letters, which are those of Helvetica
 * (Arial) and Times, stand in a table that tests/scripts/make-letters has written, so that a picture has the same
 * places on every machine. What the table lacks is drawn in whatever font has it, and is guessed. */
#include <string.h>

#include "text/characters.h"
#include "view/drawing/drawing.h"
#include "view/drawing/letters_table.h"

/* Of the letter's size: East Asian letters are squares; arrows, operators and shapes are in DejaVu Sans, where most
 * systems find them, about as wide as this; other scripts vary. */
static const double square = 1, symbol = 0.84, unknown = 0.6;

static double guess(uint32_t code)
{
    int columns = gf_code_width(code);
    if (columns != 1)
        return columns == 2 ? square : 0;
    return code >= 0x2190 && code < 0x2C00 ? symbol : unknown;
}

static double letter_width(uint32_t code, const uint16_t *widths)
{
    for (size_t k = 0; k < sizeof letter_ranges / sizeof *letter_ranges && code >= letter_ranges[k].first; k++)
        if (code <= letter_ranges[k].last)
            return widths[letter_ranges[k].at + (code - letter_ranges[k].first)] / 2048.0;
    return guess(code);
}

double gf_letters_width(const char *text, gf_face face, unsigned style, double size)
{
    const uint16_t *widths = letter_widths[(face == GF_SERIF ? 4 : 0) + (style & (GF_BOLD | GF_ITALIC))];
    double width = 0;
    for (size_t length = strlen(text), at = 0; at < length;) {
        int bytes;
        uint32_t code = gf_utf8_decode(text + at, length - at, &bytes);
        width += letter_width(code == GF_INVALID ? 0xFFFD : code, widths);
        at += (size_t)bytes;
    }
    return width * size;
}

double gf_runs_width(const gf_run *runs, size_t count, gf_face face)
{
    double width = 0;
    for (size_t k = 0; k < count; k++)
        width += gf_letters_width(runs[k].text, face, runs[k].style, runs[k].size);
    return width;
}
