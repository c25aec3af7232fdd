/* A drawing: what a picture consists of, in the order in which it is painted, as plain data. Whoever lays out a page
 * puts rectangles, lines and texts into it; svg.c writes it, places.c lists where everything stands. Lengths are pixels
 * of 1/96 inch, y downwards. Colours are literals ("#rrggbb"): what reads SVG paints a variable black.
 *
 * A drawing that once found no memory takes nothing more, and says so: `failed`. */
#ifndef GF_VIEW_DRAWING_H
#define GF_VIEW_DRAWING_H

#include <stdbool.h>
#include <stddef.h>

#include <gradflow/base.h>

#include "base/arena.h"
#include "text/text.h"

typedef struct gf_point {
    double x, y;
} gf_point;

/* --- letters: how wide a text is; letters.c ------------------------------------------------------ */

typedef enum gf_face { GF_SANS, GF_SERIF } gf_face;
enum gf_style { GF_PLAIN = 0, GF_BOLD = 1, GF_ITALIC = 2 };

/* A piece of a text in one size and style; its baseline may be raised, or (negative) lowered, by so many pixels. */
typedef struct gf_run {
    const char *text; /* UTF-8 */
    double size;      /* of the letters, in pixels */
    unsigned style;   /* of gf_style */
    double raise;
} gf_run;

/* The width of a text in Liberation Sans or Serif, as wide as Helvetica (Arial) and Times, by a table of ours; East
 * Asian letters are as wide as they are high. */
double gf_letters_width(const char *text, gf_face face, unsigned style, double size);
double gf_runs_width(const gf_run *runs, size_t count, gf_face face);

/* --- what is painted ------------------------------------------------------------------------------- */

typedef enum gf_anchor { GF_START, GF_MIDDLE, GF_END } gf_anchor;

/* An area: its colours ("" for none), its border, how round its corners are. */
typedef struct gf_area {
    const char *fill, *line;
    double width; /* of the border */
    double radius;
    bool dashed;
} gf_area;

typedef enum gf_dash { GF_SOLID, GF_DASHED, GF_DOTTED, GF_DASH_DOTTED } gf_dash;

/* A line: colour, width; its bends are rounded by at most `radius`. Below it, where `halo` is a colour, lies a wider
 * line in it, so that what crosses behind it is cut. With a head it ends in an arrow's tip, which touches the last
 * point, and is painted with it or, as `later` says, by gf_drawing_tip. Without colour ("") the halo alone is painted:
 * so the lines of one source can lie over the halos of all. */
typedef struct gf_pen {
    const char *colour, *halo; /* halo "" for none */
    double width, radius;
    gf_dash dash;
    bool head, later;
    double tip; /* how wide a tip is at the most; 0: as goes with the line */
} gf_pen;

typedef enum gf_item_kind {
    GF_ITEM_GROUP,
    GF_ITEM_END,
    GF_ITEM_AREA,
    GF_ITEM_LINE,
    GF_ITEM_TIP,
    GF_ITEM_TEXT
} gf_item_kind;

/* One thing that is painted; it belongs to the drawing, texts and points too. */
typedef struct gf_item {
    gf_item_kind kind;
    int turn;                       /* as the drawing's when it was added */
    const char *id, *class, *title; /* of a group; NULL: none. The title is what a reader sees who points at it */
    const char *from, *to;          /* of a group that is an arrow: ids of the box it comes from, and, with blanks
                                       between them, of those it goes to; NULL otherwise */
    double x, y, width, height;     /* an area's upper left corner and size; a text's anchor on its baseline */
    gf_area area;
    gf_pen pen;
    const gf_point *points; /* of a line */
    size_t point_count;
    const gf_run *runs; /* of a text */
    size_t run_count;
    gf_anchor anchor;
    bool upright; /* reads from the bottom to the top, turned about its anchor */
    gf_face face;
    const char *colour;
} gf_item;

typedef struct gf_drawing {
    double width, height;
    const char *title, *description; /* the page's; "" for none */
    const char *ground;              /* the page's colour */
    gf_item *items;
    size_t count, room;
    int left_out; /* numbers that found no room */
    int turn;     /* of backpropagation, to which belongs what is added now: it shows from this one on; 0: always */
    int turns;    /* the last to which something belongs */
    bool failed;
    gf_arena arena;
} gf_drawing;

/* Makes what was added from item number `first` on that much larger, about the page's upper left corner, but for the
 * widths of lines. */
void gf_drawing_magnify(gf_drawing *d, size_t first, double factor);

/* An empty page; texts and colours are copied. Free it in any case. */
void gf_drawing_begin(gf_drawing *d, double width, double height, const char *ground, const char *title,
                      const char *description);
void gf_drawing_free(gf_drawing *d);

/* A group, which ends with gf_drawing_end; groups may lie in groups. Each text may be NULL. */
void gf_drawing_group(gf_drawing *d, const char *id, const char *class, const char *title);
void gf_drawing_arrow(gf_drawing *d, const char *class, const char *title, const char *from, const char *to);
void gf_drawing_end(gf_drawing *d);

/* Copies points without those that say nothing: twins, and those on the way between two others, on a line that is level
 * or upright. Returns how many. */
size_t gf_points_tidy(gf_point *out, const gf_point *points, size_t count);

/* A line's points are tidied; a line of one is none. */
void gf_drawing_area(gf_drawing *d, double x, double y, double width, double height, const gf_area *area);
void gf_drawing_line(gf_drawing *d, const gf_point *points, size_t count, const gf_pen *pen);

/* The tip alone, of a line whose pen said `later`: so that tips lie over the lines of others. */
void gf_drawing_tip(gf_drawing *d, const gf_point *points, size_t count, const gf_pen *pen);
void gf_drawing_runs(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                     const gf_run *runs, size_t count);

/* One run. */
void gf_drawing_text(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                     const char *text, double size, unsigned style);

/* Of a scale from one power of ten to another: are its numbers so long that all stand as powers? */
bool gf_powers_are_long(double low, double high);

/* A power of ten behind a text: 0.01, or, `raised`, 10 with its exponent. */
void gf_drawing_power(gf_drawing *d, double x, double y, gf_anchor anchor, const char *colour, const char *before,
                      int power, bool raised, double size);

/* The text added last reads from the bottom to the top, as an axis's name does. */
void gf_drawing_upright(gf_drawing *d);

/* --- what becomes of it ---------------------------------------------------------------------------- */

/* A length to a hundredth of a pixel, in as few digits as that takes; 0 for what is not finite. */
void gf_length_write(gf_text *out, double length);

/* Where a text's ink is: from capitals down to descenders, the raised and lowered runs, too. */
typedef struct gf_ink {
    double x, y, width, height;
} gf_ink;
gf_ink gf_text_ink(const gf_item *text);

/* SVG: one <text> a text with a <tspan> a run, groups with id, class and <title>, ids with `prefix` before them, so
 * that two pictures fit in one page; an arrow's are in data-from and data-to (of more than a hundred arrows, the first
 * and the last). The same drawing is the same bytes. Of a drawing that failed nothing is written, and `out` has
 * failed. */
void gf_svg_write(const gf_drawing *d, const char *prefix, gf_text *out);

/* The same, pale what belongs to later turns than `turn`; and one that plays all turns, again and again, by a style
 * sheet: nothing moves where the reader's system wants less motion, or the program knows none, and all is shown. */
void gf_svg_write_turn(const gf_drawing *d, const char *prefix, int turn, gf_text *out);
void gf_svg_write_playing(const gf_drawing *d, const char *prefix, gf_text *out);

/* Is there room for a bitmap of so many bytes, and for what paints it? Fonts are looked for in threads, and GLib ends
 * the program where one of them cannot begin. */
bool gf_raster_has_room(double bytes);

/* Does a format, as PNG at so many dots an inch, hold a page of so many pixels of 1/96 inch? GF_ERROR_LIMIT, and a
 * sentence in `why`, where it does not. */
bool gf_raster_holds(const char *format, double dots, double width, double height);
gf_status gf_raster_check(const char *format, double dots, double width, double height, gf_text *why);

/* PNG or PDF of an SVG, by librsvg; `dots` an inch (PNG). `why` gets a sentence where it fails: GF_ERROR_LIMIT where
 * the page is larger than the format holds, GF_ERROR_WRITE, GF_ERROR_MEMORY. */
gf_status gf_raster_write(const gf_text *svg, const char *format, double dots, gf_text *out, gf_text *why);

/* Where everything stands, as a JSON object {"width", "height", "ground", "areas": [{"id", "class", "x", "y", "width",
 * "height", "fill"}], "texts": [{"text", "in" (the id of the nearest group that has one), "x", "y", "width", "height"
 * of its ink: capitals to descenders, "size", "smallest" (of its runs), "colour"}], "lines": [{"class", "from", "to":
 * [...], "width", "colour", "dashed", "head", "points": [[x, y], ...]}]}. An area's id and class, and a line's class,
 * are those of the nearest group that has one, "from" and "to" those of the nearest arrow; null where there is none. A
 * line without colour, a mere halo, is not listed. Failed as gf_svg_write. */
void gf_places_write(const gf_drawing *d, gf_text *out);

#endif
