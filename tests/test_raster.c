/* PNG and PDF of a drawing. */
#include "support.h"

#include "drawing.h"
#include "pictures.h"
#include "view/drawing/look.h"
#include "view/page/legend.h"
#include "view/page/page.h"

static gf_text sample_svg(void)
{
    gf_drawing d;
    gf_text svg = {0};
    draw_sample(&d, gf_theme_find("light"));
    gf_svg_write(&d, "", &svg);
    ck_assert(!svg.failed);
    gf_drawing_free(&d);
    return svg;
}

static gf_text empty_svg(double width, double height)
{
    gf_drawing d;
    gf_text svg = {0};
    gf_drawing_begin(&d, width, height, "#ff8000", "", "");
    gf_svg_write(&d, "", &svg);
    gf_drawing_free(&d);
    return svg;
}

static gf_text raster(const gf_text *svg, const char *format, double dots)
{
    gf_text out = {0}, why = {0};
    gf_status status = gf_raster_write(svg, format, dots, &out, &why);
    ck_assert_msg(status == GF_OK, "%s: %s", gf_status_text(status), gf_text_string(&why));
    gf_text_free(&why);
    return out;
}

static bool has(const gf_text *text, const char *part)
{
    size_t size = strlen(part);
    for (size_t k = 0; k + size <= text->size; k++)
        if (memcmp(text->data + k, part, size) == 0)
            return true;
    return false;
}

/* Four bytes, the highest first. */
static unsigned long number_at(const gf_text *text, size_t at)
{
    unsigned long number = 0;
    for (size_t k = at; k < at + 4; k++)
        number = number << 8 | (unsigned char)text->data[k];
    return number;
}

/* PNG (ISO 15948): 8 bytes of signature, then the chunk IHDR, which begins with width and height. */
static void assert_png(const gf_text *png, unsigned long width, unsigned long height)
{
    ck_assert_uint_gt(png->size, 24);
    ck_assert_mem_eq(png->data, "\x89PNG\r\n\x1a\n", 8);
    ck_assert_mem_eq(png->data + 12, "IHDR", 4);
    ck_assert_uint_eq(number_at(png, 16), width);
    ck_assert_uint_eq(number_at(png, 20), height);
}

START_TEST(a_bitmap_has_the_pages_size)
{
    static const struct {
        double dots;
        unsigned long width, height;
    } cases[] = {{96, 800, 480}, {192, 1600, 960}, {72, 600, 360}, {97, 809, 485}};
    gf_text svg = sample_svg();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_text png = raster(&svg, "png", cases[k].dots);
        assert_png(&png, cases[k].width, cases[k].height);
        gf_text_free(&png);
    }
    gf_text_free(&svg);
}
END_TEST

START_TEST(a_page_of_pdf_is_in_points_and_embeds_its_fonts)
{
    gf_text svg = sample_svg(), pdf = raster(&svg, "pdf", 96);
    ck_assert_mem_eq(pdf.data, "%PDF-", 5);
    ck_assert(has(&pdf, "/FontFile"));
    ck_assert(has(&pdf, "/MediaBox [ 0 0 600 360 ]"));
    ck_assert(!has(&pdf, "/CreationDate"));
    ck_assert(!has(&pdf, "/Subtype /Image"));
    gf_text_free(&svg);
    gf_text_free(&pdf);
}
END_TEST

START_TEST(two_alike_are_the_same_bytes)
{
    static const char *const formats[] = {"png", "pdf"};
    gf_text svg = sample_svg();
    for (int k = 0; k < 2; k++) {
        gf_text first = raster(&svg, formats[k], 96), second = raster(&svg, formats[k], 96);
        ck_assert_uint_eq(first.size, second.size);
        ck_assert_mem_eq(first.data, second.data, first.size);
        gf_text_free(&first);
        gf_text_free(&second);
    }
    gf_text_free(&svg);
}
END_TEST

static void assert_refused(const char *svg_text, const char *format, double dots, gf_status wanted,
                           const char *sentence)
{
    gf_text svg = {0}, out = {0}, why = {0};
    gf_text_add(&svg, svg_text);
    gf_status status = gf_raster_write(&svg, format, dots, &out, &why);
    ck_assert_msg(status == wanted, "%s: %s", gf_status_text(status), gf_text_string(&why));
    if (sentence)
        ck_assert_str_eq(gf_text_string(&why), sentence);
    ck_assert(gf_text_string(&why)[0]);
    ck_assert_uint_eq(out.size, 0);
    gf_text_free(&svg);
    gf_text_free(&out);
    gf_text_free(&why);
}

START_TEST(what_is_too_large_is_refused)
{
    gf_text wide = empty_svg(40000, 100), broad = empty_svg(30000, 30000);
    assert_refused(wide.data, "png", 96, GF_ERROR_LIMIT,
                   "the bitmap would have 40000 x 100 pixels, at 96 dots an inch; it may have 32767 a side and 500 "
                   "million in all: at most 78 dots an inch, or SVG, whose size has no limit");
    assert_refused(broad.data, "png", 96, GF_ERROR_LIMIT,
                   "the bitmap would have 30000 x 30000 pixels, at 96 dots an inch; it may have 32767 a side and 500 "
                   "million in all: at most 71 dots an inch, or SVG, whose size has no limit");
    assert_refused(
        wide.data, "pdf", 96, GF_ERROR_LIMIT,
        "the page would have 30000 x 75 points; a page of PDF has at most 14400 a side: SVG has no such limit");
    gf_text png = raster(&wide, "png", 78);
    assert_png(&png, 32500, 82);
    gf_text_free(&png);
    gf_text_free(&wide);
    gf_text_free(&broad);
}
END_TEST

/* Before anything is drawn. */
START_TEST(what_a_format_holds)
{
    gf_text why = {0};
    ck_assert(gf_raster_holds("png", 96, 32767, 10) && !gf_raster_holds("png", 96, 32768, 10));
    ck_assert(gf_raster_holds("png", 48, 65534, 10) && !gf_raster_holds("png", 192, 16384, 10));
    ck_assert(!gf_raster_holds("png", 96, 32000, 32000) && gf_raster_holds("svg", 96, 1e6, 1e6));
    ck_assert(gf_raster_holds("pdf", 0, 19200, 19200) && !gf_raster_holds("pdf", 0, 10, 19201));
    ck_assert(!gf_raster_check("pdf", 0, 19200, 10, &why) && !why.size);
    ck_assert_int_eq(gf_raster_check("pdf", 0, 20000, 10, &why), GF_ERROR_LIMIT);
    assert_has(gf_text_string(&why), "the page would have 15000 x 8 points");
    gf_text_free(&why);
}
END_TEST

/* Its size is known, and nothing is on it. */
START_TEST(a_page_that_its_format_does_not_hold_is_not_painted)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 5), GF_RECORD_EDGES);
    static const char *const formats[] = {"svg", "png"};
    for (int k = 0; k < 2; k++) {
        gf_view view;
        gf_drawing d;
        bool fits;
        ck_assert(!gf_view_make_folded(&view, g, NULL, 0, 0));
        gf_size_scale scale = gf_scale_choose(&view, 0, 0);
        gf_page_options page = {.width = 1280,
                                .height = 720,
                                .theme = gf_theme_find("light"),
                                .scale = &scale,
                                .title = "",
                                .subtitle = "",
                                .format = formats[k],
                                .dots = 9600};
        ck_assert(!gf_page_draw(&d, &view, &page, &fits));
        ck_assert(d.width == 1280 && d.height == 720 && (d.count > 0) == (k == 0));
        gf_drawing_free(&d);
        gf_view_free(&view);
    }
    gf_graph_free(g);
}
END_TEST

START_TEST(what_is_no_svg_is_refused)
{
    assert_refused("no picture", "png", 96, GF_ERROR_WRITE, NULL);
    assert_refused("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><g></svg>", "pdf", 96,
                   GF_ERROR_WRITE, NULL);
    assert_refused("", "png", 96, GF_ERROR_WRITE, NULL);
}
END_TEST

START_TEST(without_memory_nothing_is_painted)
{
    gf_text svg = {.failed = true}, out = {0}, why = {0};
    ck_assert_int_eq(gf_raster_write(&svg, "png", 96, &out, &why), GF_ERROR_MEMORY);
    gf_text fine = empty_svg(10, 10);
    out.failed = true;
    ck_assert_int_eq(gf_raster_write(&fine, "png", 96, &out, &why), GF_ERROR_MEMORY);
    ck_assert_int_eq(gf_raster_write(&fine, "pdf", 96, &out, &why), GF_ERROR_MEMORY);
    gf_text_free(&fine);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_bitmap_has_the_pages_size,  a_page_of_pdf_is_in_points_and_embeds_its_fonts,
                            two_alike_are_the_same_bytes, what_is_too_large_is_refused,
                            what_is_no_svg_is_refused,    without_memory_nothing_is_painted,
                            what_a_format_holds,          a_page_that_its_format_does_not_hold_is_not_painted};
    return RUN_TESTS("raster", tests);
}
