/* The page: a frame, a style and a program, which stand beside this file, and the data. */
#include "view/web/web.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "view/page/legend.h"
#include "view/page/subtitle.h"
#include "view/web/inside.h"

extern const char gf_web_text_frame[], gf_web_text_style[], gf_web_text_data[], gf_web_text_figures[],
    gf_web_text_paint[], gf_web_text_strip[], gf_web_text_evaluate[], gf_web_text_explain[], gf_web_text_panel[],
    gf_web_text_sight[], gf_web_text_main[];
static const char *const program[] = {gf_web_text_data,  gf_web_text_figures,  gf_web_text_paint,
                                      gf_web_text_strip, gf_web_text_evaluate, gf_web_text_explain,
                                      gf_web_text_panel, gf_web_text_sight,    gf_web_text_main};
enum { PROGRAM = sizeof program / sizeof *program };

enum { MOST_OPERATIONS = 1500 }; /* boxes of the level of operations, where nobody asked for it */

/* --- what stands around ------------------------------------------------------------------------------------------- */

static void add_colour(gf_text *out, const char *name, const char *colour)
{
    gf_text_print(out, ",\"%s\":\"%s\"", name, colour);
}

static void add_theme(gf_text *out, const gf_theme *theme)
{
    gf_text_print(out, "\"%s\":{\"ramp\":[", theme->name);
    for (int k = 0; k < GF_RAMP; k++) {
        unsigned long rgb = strtoul(theme->ramp[k] + 1, NULL, 16);
        gf_text_print(out, "%s[%lu,%lu,%lu]", k ? "," : "", rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }
    gf_text_add(out, "]");
    add_colour(out, "ground", theme->ground);
    add_colour(out, "ink", theme->ink);
    add_colour(out, "soft", theme->soft);
    add_colour(out, "box", theme->box);
    add_colour(out, "line", theme->line);
    add_colour(out, "frame", theme->frame);
    add_colour(out, "input", theme->input);
    add_colour(out, "input-line", theme->input_line);
    add_colour(out, "zero", theme->zero);
    add_colour(out, "aside", theme->aside);
    add_colour(out, "mixed", theme->mixed);
    add_colour(out, "bad", theme->bad);
    gf_text_add(out, "}");
}

/* The themes: the reader's setting chooses between light and dark, unless one is asked for. */
static bool add_themes(gf_text *out, const gf_draw_options *options, gf_text *why)
{
    const gf_theme *only = options->theme ? gf_theme_find(options->theme) : NULL;
    if (options->theme && !only) {
        gf_text_print(why, "there is no theme '%s': light, dark or print", options->theme);
        return false;
    }
    gf_text_add(out, ",\n\"themes\":{");
    add_theme(out, only ? only : gf_theme_find("light"));
    if (!only) {
        gf_text_add(out, ",\n");
        add_theme(out, gf_theme_find("dark"));
    }
    gf_text_add(out, "}");
    return true;
}

static void add_heading(gf_text *out, gf_graph *g, const gf_draw_options *options, const gf_view *view)
{
    gf_text title = {0}, subtitle = {0};
    gf_legend_title(&title, view);
    gf_subtitle_write(&subtitle, g, options, NULL, view, false);
    gf_text_add(out, "\"title\":");
    gf_text_quoted(out, gf_text_string(&title));
    gf_text_add(out, ",\"subtitle\":");
    gf_text_quoted(out, gf_text_string(&subtitle));
    gf_text_print(out, ",\"first\":%d,\"last\":%d,\"magnitude\":\"%s\"", view->first_step, view->last_step,
                  gf_magnitude_name(view->magnitude));
    out->failed |= title.failed || subtitle.failed;
    gf_text_free(&title);
    gf_text_free(&subtitle);
}

/* --- levels ------------------------------------------------------------------------------------------------------- */

typedef struct web {
    gf_graph *g;
    const gf_draw_options *options;
    gf_level chosen;
    gf_text *out;
    gf_names held;
    bool worked; /* the page works out what the model says */
    bool any;
} web;

/* Is there a level, and does the page hold it? The one that was asked for always. */
static gf_status look_at(const web *w, gf_level level, const gf_view *chosen, bool *holds)
{
    gf_view view;
    gf_draw_options own = *w->options;
    own.level = level;
    *holds = level == w->chosen || level == GF_LEVEL_EQUATIONS || chosen->last_step > chosen->first_step;
    if (level == w->chosen || level != GF_LEVEL_OPS)
        return GF_OK;
    gf_status status = gf_view_make_folded(&view, w->g, &own, 0, 0);
    *holds = !status && view.box_count <= MOST_OPERATIONS;
    gf_view_free(&view);
    return status == GF_ERROR_LIMIT ? GF_OK : status;
}

static gf_status add_level(web *w, gf_level level)
{
    gf_web_level made;
    gf_draw_options own = *w->options;
    own.level = level;
    if (own.params == GF_SHOW_AUTO && level == GF_LEVEL_OPS)
        own.params = GF_SHOW_FOLDED;
    if (level == GF_LEVEL_STEPS && (own.params == GF_SHOW_STRIP || own.params == GF_SHOW_FOLDED))
        own.params = GF_SHOW_AUTO;
    gf_status status = gf_web_level_make(&made, w->g, &own, &w->held, w->worked);
    gf_text_add(w->out, w->any ? ",\n" : "");
    w->any = true;
    if (!status && !gf_web_level_write(&made, &own, w->out))
        status = GF_ERROR_MEMORY;
    gf_web_level_free(&made);
    return status;
}

static gf_status write_data(gf_graph *g, const gf_draw_options *options, bool worked, gf_text *out, gf_text *why)
{
    gf_view view;
    gf_draw_options own = *options;
    web w = {.g = g, .options = options, .out = out, .worked = worked};
    w.chosen = options->level ? options->level : GF_LEVEL_EQUATIONS;
    own.level = w.chosen;
    gf_status status = gf_view_make_folded(&view, g, &own, 0, 0);
    gf_text_add(out, "{");
    if (!status)
        add_heading(out, g, options, &view);
    if (!status && !add_themes(out, options, why))
        status = GF_ERROR_ARGUMENT;
    gf_text_add(out, ",\n\"values\":");
    if (!status)
        status = gf_web_values_write(g, worked, &w.held, out);
    gf_text_print(out, ",\n\"level\":%d,\n\"levels\":[", (int)w.chosen - GF_LEVEL_OPS);
    for (gf_level level = GF_LEVEL_STEPS; level >= GF_LEVEL_OPS && !status; level--) {
        bool holds;
        status = look_at(&w, level, &view, &holds);
        if (!status && holds)
            status = add_level(&w, level);
    }
    gf_text_print(out, "],\n\"explanations\":%s}", options->explanations ? options->explanations : "null");
    gf_view_free(&view);
    gf_names_free(&w.held);
    return status;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

/* What is data for a script may have no "<" that a browser could take for the script's end. */
static void add_data(gf_text *out, const char *data)
{
    for (size_t plain; *data; data += plain) {
        plain = strcspn(data, "<");
        gf_text_bytes(out, data, plain);
        if (data[plain] == '<') {
            gf_text_add(out, "\\u003c");
            plain++;
        }
    }
}

static void add_title(gf_text *out, const char *title)
{
    gf_text clean = {0};
    gf_text_name(&clean, title);
    for (const char *at = gf_text_string(&clean); *at; at++)
        if (*at == '<' || *at == '&')
            gf_text_add(out, *at == '<' ? "&lt;" : "&amp;");
        else
            gf_text_bytes(out, at, 1);
    out->failed |= clean.failed;
    gf_text_free(&clean);
}

/* They stand in the page as they are: one that is no JSON would leave it without any data. Does the page work out the
 * numbers itself? */
static gf_status check_explanations(const char *text, bool *worked, gf_text *why)
{
    json_error_t error = {.text = ""};
    json_t *read = text ? json_loads(text, 0, &error) : NULL;
    *worked = json_is_true(json_object_get(read, "worked"));
    json_decref(read);
    if (!text || read)
        return GF_OK;
    if (!*error.text || json_error_code(&error) == json_error_out_of_memory)
        return GF_ERROR_MEMORY;
    gf_text_add(why, "the explanations are no JSON, as gf_explanations writes it");
    return GF_ERROR_ARGUMENT;
}

gf_status gf_web_write(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    (void)format;
    if (options->graphviz) {
        gf_text_add(why, "Graphviz lays out no page");
        return GF_ERROR_ARGUMENT;
    }
    gf_text data = {0};
    bool worked;
    gf_status status = check_explanations(options->explanations, &worked, why);
    if (status)
        return status;
    status = write_data(g, options, worked, &data, why);
    gf_text_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    add_title(out, options->title && *options->title ? options->title : "Computation graph");
    gf_text_add(out, "</title>\n<style>\n");
    gf_text_add(out, gf_web_text_style);
    gf_text_add(out, "</style>\n");
    gf_text_add(out, gf_web_text_frame);
    gf_text_add(out, "<script type=\"application/json\" id=\"data\">\n");
    add_data(out, gf_text_string(&data));
    gf_text_add(out, "\n</script>\n<script>\n\"use strict\";\n");
    for (int k = 0; k < PROGRAM; k++)
        gf_text_add(out, program[k]);
    gf_text_add(out, "</script>\n</body>\n</html>\n");
    if (!status && data.failed)
        status = GF_ERROR_MEMORY;
    gf_text_free(&data);
    return status;
}
