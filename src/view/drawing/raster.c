/* PNG and PDF: the SVG of a drawing, painted by librsvg and cairo. They are loaded for the first such picture: with all
 * that they need they are forty libraries, and to load them takes longer than most commands. Where memory ends within
 * them, they end the program: so what would need much of it is refused before. */
#include <assert.h>
#include <dlfcn.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#include "view/drawing/drawing.h"

/* Where the loader does not look for it, the build says where it is. */
#ifndef GF_LIBRSVG
#define GF_LIBRSVG "librsvg-2.so.2"
#endif

/* A side of cairo's bitmaps, and how many bytes we let one take; a side of a page of PDF (PDF Reference 1.7, annex C),
 * in points. */
static const double most_pixels = 32767, most_bytes = 2e9, most_points = 14400;
enum { BYTES_A_PIXEL = 4 };

static const double pixels_an_inch = 96, points_an_inch = 72;

/* What is used of them. */
#define FUNCTIONS(X)                                                                                                   \
    X(cairo_create)                                                                                                    \
    X(cairo_destroy)                                                                                                   \
    X(cairo_image_surface_create)                                                                                      \
    X(cairo_pdf_surface_create_for_stream)                                                                             \
    X(cairo_pdf_surface_set_metadata)                                                                                  \
    X(cairo_status)                                                                                                    \
    X(cairo_status_to_string)                                                                                          \
    X(cairo_surface_destroy)                                                                                           \
    X(cairo_surface_finish)                                                                                            \
    X(cairo_surface_status)                                                                                            \
    X(cairo_surface_write_to_png_stream)                                                                               \
    X(g_clear_error)                                                                                                   \
    X(g_memory_input_stream_new_from_data)                                                                             \
    X(g_object_unref)                                                                                                  \
    X(rsvg_handle_get_intrinsic_size_in_pixels)                                                                        \
    X(rsvg_handle_new_from_stream_sync)                                                                                \
    X(rsvg_handle_render_document)                                                                                     \
    X(rsvg_handle_set_dpi)
#define POINTER_TO(name) __typeof__(name) *name;
#define NAME_OF(name) #name,
typedef struct painters {
    FUNCTIONS(POINTER_TO)
} painters;

/* The page, in pixels of 1/96 inch. */
typedef struct page {
    painters use;
    RsvgHandle *svg;
    double width, height;
} page;

/* --- the way in -------------------------------------------------------------------------------------- */

static gf_status refuse_svg(const page *p, GError *error, gf_text *why)
{
    gf_text_print(why, "librsvg does not take the SVG: %s", error ? error->message : "no reason is given");
    p->use.g_clear_error(&error);
    return GF_ERROR_WRITE;
}

static gf_status load_painters(page *p, gf_text *why)
{
    static const char *const names[] = {FUNCTIONS(NAME_OF)};
    void *found[sizeof names / sizeof names[0]] = {NULL}, *library = dlopen(GF_LIBRSVG, RTLD_NOW);
    bool all = library;
    for (size_t k = 0; all && k < sizeof names / sizeof names[0]; k++)
        all = (found[k] = dlsym(library, names[k])); /* those of cairo and GLib, too, which it needs */
    if (!all)
        gf_text_print(why, "librsvg cannot be loaded: %s", dlerror());
    static_assert(sizeof found == sizeof p->use, "a function takes as much room as a thing");
    memcpy(&p->use, found, sizeof found);
    return all ? GF_OK : GF_ERROR_WRITE;
}

/* Large ones are allowed: what librsvg guards against are files of strangers. */
static gf_status open_page(page *p, const gf_text *svg, gf_text *why)
{
    GError *error = NULL;
    GInputStream *stream = p->use.g_memory_input_stream_new_from_data(gf_text_string(svg), (gssize)svg->size, NULL);
    p->svg = p->use.rsvg_handle_new_from_stream_sync(stream, NULL, RSVG_HANDLE_FLAG_UNLIMITED, NULL, &error);
    p->use.g_object_unref(stream);
    if (!p->svg)
        return refuse_svg(p, error, why);
    p->use.rsvg_handle_set_dpi(p->svg, pixels_an_inch);
    if (!p->use.rsvg_handle_get_intrinsic_size_in_pixels(p->svg, &p->width, &p->height))
        return refuse_svg(p, NULL, why);
    return GF_OK;
}

/* --- the way out ------------------------------------------------------------------------------------- */

static cairo_status_t take_bytes(void *out, const unsigned char *data, unsigned size)
{
    gf_text_bytes(out, (const char *)data, size);
    return ((gf_text *)out)->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static gf_status status_of(const page *p, cairo_status_t status, gf_text *why)
{
    if (status == CAIRO_STATUS_SUCCESS)
        return GF_OK;
    if (status == CAIRO_STATUS_NO_MEMORY)
        return GF_ERROR_MEMORY;
    gf_text_print(why, "cairo: %s", p->use.cairo_status_to_string(status));
    return GF_ERROR_WRITE;
}

/* Paints the page onto a surface of so many units. */
static gf_status paint(const page *p, cairo_surface_t *surface, double width, double height, gf_text *why)
{
    GError *error = NULL;
    cairo_t *cairo = p->use.cairo_create(surface);
    bool painted = p->use.rsvg_handle_render_document(p->svg, cairo, &(RsvgRectangle){0, 0, width, height}, &error);
    gf_status status = status_of(p, p->use.cairo_status(cairo), why);
    p->use.cairo_destroy(cairo);
    if (!painted && !status)
        return refuse_svg(p, error, why);
    p->use.g_clear_error(&error);
    return status;
}

/* --- what is too large ------------------------------------------------------------------------------- */

/* As many as hold all of it; what rounding adds is none. */
static double pixels(double length)
{
    return ceil(length - 1e-6);
}

static bool is_pdf(const char *format)
{
    return strcmp(format, "pdf") == 0;
}

static double scale_of(const char *format, double dots)
{
    return (is_pdf(format) ? points_an_inch : dots) / pixels_an_inch;
}

bool gf_raster_holds(const char *format, double dots, double width, double height)
{
    double scale = scale_of(format, dots), wide = width * scale, high = height * scale;
    if (is_pdf(format))
        return wide <= most_points && high <= most_points;
    wide = pixels(wide), high = pixels(high);
    return strcmp(format, "png") != 0 ||
           (wide <= most_pixels && high <= most_pixels && wide * high * BYTES_A_PIXEL <= most_bytes);
}

/* How many dots an inch would do. */
static double most_dots(double width, double height)
{
    double scale = fmin(most_pixels / fmax(width, height), sqrt(most_bytes / BYTES_A_PIXEL / width / height));
    return floor(scale * pixels_an_inch);
}

gf_status gf_raster_check(const char *format, double dots, double width, double height, gf_text *why)
{
    double scale = scale_of(format, dots);
    if (gf_raster_holds(format, dots, width, height))
        return GF_OK;
    if (is_pdf(format))
        gf_text_print(
            why, "the page would have %.0f x %.0f points; a page of PDF has at most %.0f a side: SVG has no such limit",
            width * scale, height * scale, most_points);
    else
        gf_text_print(why,
                      "the bitmap would have %.0f x %.0f pixels, at %.0f dots an inch; it may have %.0f a side and "
                      "%.0f million in all: at most %.0f dots an inch, or SVG, whose size has no limit",
                      pixels(width * scale), pixels(height * scale), dots, most_pixels,
                      most_bytes / BYTES_A_PIXEL / 1e6, most_dots(width, height));
    return GF_ERROR_LIMIT;
}

/* --- PNG --------------------------------------------------------------------------------------------- */

static gf_status write_png(const page *p, double dots, gf_text *out, gf_text *why)
{
    double scale = scale_of("png", dots), width = p->width * scale, height = p->height * scale;
    cairo_surface_t *surface =
        p->use.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)pixels(width), (int)pixels(height));
    gf_status status = paint(p, surface, width, height, why);
    if (!status)
        status = status_of(p, p->use.cairo_surface_write_to_png_stream(surface, take_bytes, out), why);
    p->use.cairo_surface_destroy(surface);
    return status;
}

/* --- PDF --------------------------------------------------------------------------------------------- */

/* The same picture is the same bytes: without a date. */
static gf_status write_pdf(const page *p, gf_text *out, gf_text *why)
{
    double scale = scale_of("pdf", 0), width = p->width * scale, height = p->height * scale;
    cairo_surface_t *surface = p->use.cairo_pdf_surface_create_for_stream(take_bytes, out, width, height);
    p->use.cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
    gf_status status = paint(p, surface, width, height, why);
    p->use.cairo_surface_finish(surface);
    if (!status)
        status = status_of(p, p->use.cairo_surface_status(surface), why);
    p->use.cairo_surface_destroy(surface);
    return status;
}

/* Not by malloc, which fills what it gives where MALLOC_PERTURB_ is set, as in tests. */
bool gf_raster_has_room(double bytes)
{
    size_t size = ((size_t)256 << 20) + (size_t)bytes;
    void *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return room != MAP_FAILED && munmap(room, size) == 0;
}

/* --- both -------------------------------------------------------------------------------------------- */

gf_status gf_raster_write(const gf_text *svg, const char *format, double dots, gf_text *out, gf_text *why)
{
    page p = {0};
    assert(dots > 0);
    if (svg->failed || !gf_raster_has_room(0))
        return GF_ERROR_MEMORY;
    gf_status status = load_painters(&p, why);
    if (!status)
        status = open_page(&p, svg, why);
    if (!status)
        status = gf_raster_check(format, dots, p.width, p.height, why);
    if (!status)
        status = is_pdf(format) ? write_pdf(&p, out, why) : write_png(&p, dots, out, why);
    if (p.svg)
        p.use.g_object_unref(p.svg);
    return status ? status : out->failed ? GF_ERROR_MEMORY : GF_OK;
}
