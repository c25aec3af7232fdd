/* The text of a model file: its lines, and pieces of it quoted. */
#include "language/source.h"

#include <stdlib.h>
#include <string.h>

#include "text/characters.h"

/* LF ends a line; the CR before it belongs to the end. */
static gf_status find_lines(gf_source *source)
{
    uint32_t count = 1;
    for (uint32_t k = 0; k < source->size; k++)
        count += source->text[k] == '\n';
    source->lines = malloc(count * sizeof *source->lines);
    if (!source->lines)
        return GF_ERROR_MEMORY;
    int bytes;
    bool marked = source->size && gf_utf8_decode(source->text, source->size, &bytes) == GF_BYTE_ORDER_MARK;
    source->lines[source->line_count++] = marked ? (uint32_t)bytes : 0;
    for (uint32_t k = 0; k < source->size; k++)
        if (source->text[k] == '\n')
            source->lines[source->line_count++] = k + 1;
    return GF_OK;
}

gf_status gf_source_new(gf_source *source, const char *name, const char *text, size_t size)
{
    *source = (gf_source){0};
    source->name = malloc(strlen(name) + 1);
    if (!source->name)
        return GF_ERROR_MEMORY;
    strcpy(source->name, name);
    bool fits = size <= GF_SOURCE_LIMIT;
    source->text = malloc(fits ? size + 1 : 1);
    if (!source->text)
        return GF_ERROR_MEMORY;
    source->size = fits ? (uint32_t)size : 0;
    memcpy(source->text, text, source->size);
    source->text[source->size] = '\0';
    gf_status status = find_lines(source);
    return status || fits ? status : GF_ERROR_LIMIT;
}

bool gf_source_append(gf_source *source, const char *text, uint32_t *begin)
{
    gf_text whole = {0};
    gf_source longer;
    gf_text_bytes(&whole, source->text, source->size);
    gf_text_bytes(&whole, "\n", 1);
    gf_text_add(&whole, text);
    *begin = source->size + 1;
    bool good = !whole.failed && !gf_source_new(&longer, source->name, gf_text_string(&whole), whole.size);
    if (!whole.failed)
        gf_source_free(good ? source : &longer);
    if (good)
        *source = longer;
    gf_text_free(&whole);
    return good;
}

void gf_source_cut(gf_source *source, uint32_t size, uint32_t lines)
{
    source->size = size;
    source->text[size] = '\0';
    source->line_count = lines;
}

void gf_source_free(gf_source *source)
{
    free(source->name);
    free(source->text);
    free(source->lines);
    *source = (gf_source){0};
}

int gf_source_line(const gf_source *source, uint32_t at)
{
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (source->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (int)low + 1;
}

int gf_source_column(const gf_source *source, uint32_t at)
{
    uint32_t k = source->lines[gf_source_line(source, at) - 1];
    int column = 1, bytes;
    for (; k < at && k < source->size; k += (uint32_t)bytes, column++)
        gf_utf8_decode(source->text + k, source->size - k, &bytes);
    return column;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Past white space and comments. */
static uint32_t skip_blanks(const gf_source *source, uint32_t at, uint32_t end)
{
    while (at < end && (is_blank(source->text[at]) || source->text[at] == '#'))
        if (source->text[at] == '#')
            while (at < end && source->text[at] != '\n')
                at++;
        else
            at++;
    return at;
}

void gf_source_quote(gf_text *w, const gf_source *source, gf_span span, int most)
{
    bool text = false; /* between two " */
    int bytes, count = 0;
    for (uint32_t at = span.begin; at < span.end; at += (uint32_t)bytes, count++) {
        if (most && count >= most) {
            gf_text_add(w, "…");
            return;
        }
        uint32_t next = text ? at : skip_blanks(source, at, span.end);
        if (next > at) {
            gf_text_add(w, next < span.end ? " " : "");
            bytes = (int)(next - at);
            continue;
        }
        uint32_t code = gf_utf8_decode(source->text + at, span.end - at, &bytes);
        text = code == '"' ? !text : text;
        if (code == GF_INVALID || gf_code_is_hidden(code))
            gf_text_add(w, "?");
        else
            gf_text_bytes(w, source->text + at, (size_t)bytes);
    }
}
