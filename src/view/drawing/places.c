/* Places: where everything in a drawing stands, as JSON, for who tests a picture, or draws another from it. */
#include <math.h>
#include <string.h>

#include "view/drawing/drawing.h"

/* What stands in the lists so far, and how far the drawing has been read. */
typedef struct reading {
    const gf_drawing *drawing;
    size_t at;
    gf_text areas, texts, lines;
} reading;

/* The nearest groups that have them. */
typedef struct context {
    const char *id, *class, *from, *to;
} context;

/* --- values ------------------------------------------------------------------------------------------ */

/* A drawing's texts have no control characters; two others need a mark before them. */
static void add_quoted(gf_text *out, const char *text, size_t size)
{
    for (const char *end = text + size; text < end; text++) {
        gf_text_add(out, *text == '"' || *text == '\\' ? "\\" : "");
        gf_text_bytes(out, text, 1);
    }
}

static void write_string(gf_text *out, const char *text)
{
    if (text)
        gf_text_quoted(out, text);
    else
        gf_text_add(out, "null");
}

static void key(gf_text *out, const char *name)
{
    gf_text_print(out, ", \"%s\": ", name);
}

static void string(gf_text *out, const char *name, const char *text)
{
    key(out, name);
    write_string(out, text);
}

static void number(gf_text *out, const char *name, double length)
{
    key(out, name);
    gf_length_write(out, length);
}

static void truth(gf_text *out, const char *name, bool value)
{
    key(out, name);
    gf_text_add(out, value ? "true" : "false");
}

/* Words become the elements of an array. */
static void words(gf_text *out, const char *list)
{
    gf_text_add(out, "[");
    while (list && *list) {
        size_t word = strcspn(list, " ");
        gf_text_add(out, "\"");
        add_quoted(out, list, word);
        list += word + strspn(list + word, " ");
        gf_text_add(out, *list ? "\", " : "\"");
    }
    gf_text_add(out, "]");
}

static void rectangle(gf_text *out, gf_ink r)
{
    number(out, "x", r.x);
    number(out, "y", r.y);
    number(out, "width", r.width);
    number(out, "height", r.height);
}

/* --- what is listed ---------------------------------------------------------------------------------- */

gf_ink gf_text_ink(const gf_item *text)
{
    double width = gf_runs_width(text->runs, text->run_count, text->face), top = 0, bottom = 0;
    for (size_t k = 0; k < text->run_count; k++) {
        const gf_run *run = &text->runs[k];
        top = fmin(top, -run->raise - 0.74 * run->size);
        bottom = fmax(bottom, -run->raise + 0.2 * run->size);
    }
    double left = text->anchor == GF_MIDDLE ? width / 2 : text->anchor == GF_END ? width : 0;
    if (text->upright)
        return (gf_ink){text->x + top, text->y + left - width, bottom - top, width};
    return (gf_ink){text->x - left, text->y + top, width, bottom - top};
}

/* The next element of a list, whose first member is written. */
static void open_element(gf_text *list, const char *name)
{
    gf_text_print(list, "%s\n{\"%s\": ", list->size ? "," : "", name);
}

static void list_area(gf_text *list, const gf_item *item, const context *in)
{
    open_element(list, "id");
    write_string(list, in->id);
    string(list, "class", in->class);
    rectangle(list, (gf_ink){item->x, item->y, item->width, item->height});
    string(list, "fill", item->area.fill);
    gf_text_add(list, "}");
}

static void list_text(gf_text *list, const gf_item *item, const context *in)
{
    double largest = 0, smallest = INFINITY;
    open_element(list, "text");
    gf_text_add(list, "\"");
    for (size_t k = 0; k < item->run_count; k++) {
        add_quoted(list, item->runs[k].text, strlen(item->runs[k].text));
        largest = fmax(largest, item->runs[k].size);
        smallest = fmin(smallest, item->runs[k].size);
    }
    gf_text_add(list, "\"");
    string(list, "in", in->id);
    rectangle(list, gf_text_ink(item));
    number(list, "size", largest);
    number(list, "smallest", smallest);
    string(list, "colour", item->colour);
    gf_text_add(list, "}");
}

static void list_line(gf_text *list, const gf_item *item, const context *in)
{
    open_element(list, "class");
    write_string(list, in->class);
    string(list, "from", in->from);
    key(list, "to");
    words(list, in->to);
    number(list, "width", item->pen.width);
    string(list, "colour", item->pen.colour);
    truth(list, "dashed", item->pen.dash != GF_SOLID);
    truth(list, "head", item->pen.head);
    key(list, "points");
    for (size_t k = 0; k < item->point_count; k++) {
        gf_text_add(list, k ? ", [" : "[[");
        gf_length_write(list, item->points[k].x);
        gf_text_add(list, ", ");
        gf_length_write(list, item->points[k].y);
        gf_text_add(list, "]");
    }
    gf_text_add(list, "]}");
}

/* Reads on, to the end of the group that is open. */
static void read_group(reading *r, context in)
{
    while (r->at < r->drawing->count) {
        const gf_item *item = &r->drawing->items[r->at++];
        if (item->kind == GF_ITEM_END)
            return;
        if (item->kind == GF_ITEM_GROUP)
            read_group(r, (context){item->id ? item->id : in.id, item->class ? item->class : in.class,
                                    item->from ? item->from : in.from, item->from ? item->to : in.to});
        else if (item->kind == GF_ITEM_AREA)
            list_area(&r->areas, item, &in);
        else if (item->kind == GF_ITEM_TEXT)
            list_text(&r->texts, item, &in);
        else if (item->kind == GF_ITEM_LINE && *item->pen.colour)
            list_line(&r->lines, item, &in);
    }
}

/* --- all of it --------------------------------------------------------------------------------------- */

static void add_list(gf_text *out, const char *name, gf_text *list)
{
    gf_text_print(out, ",\n\"%s\": [", name);
    gf_text_bytes(out, gf_text_string(list), list->size);
    gf_text_add(out, "]");
    out->failed |= list->failed;
    gf_text_free(list);
}

void gf_places_write(const gf_drawing *d, gf_text *out)
{
    out->failed |= d->failed;
    if (out->failed)
        return;
    reading r = {.drawing = d};
    read_group(&r, (context){0});
    gf_text_add(out, "{\"width\": ");
    gf_length_write(out, d->width);
    number(out, "height", d->height);
    string(out, "ground", d->ground);
    key(out, "left_out");
    gf_text_print(out, "%d", d->left_out);
    add_list(out, "areas", &r.areas);
    add_list(out, "texts", &r.texts);
    add_list(out, "lines", &r.lines);
    gf_text_add(out, "}\n");
}
