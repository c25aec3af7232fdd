/* A page: its theme, its size, the dots of a bitmap of it. */
#include "cli/page.h"

#include <math.h>
#include <string.h>

#include "cli/options.h"

bool read_positive(double *out, const char *text, size_t size)
{
    *out = gf_number_read(text, size);
    return *out > 0 && isfinite(*out);
}

static int take_theme(page_options *p, const command *self, const char *word)
{
    static const char *const themes[] = {"light", "dark", "print", NULL};
    int which, status = choose_word(&which, self, "theme", word, themes);
    if (!status)
        p->theme = themes[which];
    return status;
}

/* --size 16:9, or pixels: 1600x900 */
static int take_size(page_options *p, const command *self, const char *text)
{
    static const struct {
        const char *name;
        double width, height;
    } sizes[] = {{"16:9", 1280, 720}, {"4:3", 960, 720}, {"A4", 1122.5, 793.7}};
    const char *x = strchr(text, 'x');
    for (int k = 0; k < 3; k++)
        if (!strcmp(text, sizes[k].name))
            return p->width = sizes[k].width, p->height = sizes[k].height, EXIT_DONE;
    if (x && read_positive(&p->width, text, (size_t)(x - text)) && read_positive(&p->height, x + 1, strlen(x + 1)) &&
        fmin(p->width, p->height) >= 200 && fmax(p->width, p->height) <= 1000000)
        return EXIT_DONE;
    return bad_usage(self, "--size wants 16:9, 4:3, A4 or WIDTHxHEIGHT in pixels, 200 to 1000000 each, not '%s'", text);
}

static int take_dots(page_options *p, const command *self, const char *text)
{
    if (read_positive(&p->dots, text, strlen(text)) && p->dots >= 1 && p->dots <= 10000)
        return EXIT_DONE;
    return bad_usage(self, "--dpi wants dots an inch, 1 to 10000, not '%s'", text);
}

bool page_has(const char *name)
{
    return !strcmp(name, "theme") || !strcmp(name, "size") || !strcmp(name, "dpi");
}

int page_take(page_options *p, const command *self, const char *name, const char *value)
{
    return !strcmp(name, "theme")  ? take_theme(p, self, value)
           : !strcmp(name, "size") ? take_size(p, self, value)
                                   : take_dots(p, self, value);
}

void page_tell_idle(const page_options *p, const command *self, bool quiet, const char *format)
{
    static const char *const pictures[] = {"svg", "png", "pdf", "html", "json", NULL};
    bool picture = word_of(format, pictures) >= 0;
    const char *idle = p->dots > 0 && strcmp(format, "png") != 0 ? "dpi"
                       : p->width > 0 && !picture                ? "size"
                       : p->theme && !picture                    ? "theme"
                                                                 : NULL;
    if (idle && !quiet)
        complain(self->name, "--%s changes nothing in %s: it is for %s", idle, format,
                 !strcmp(idle, "dpi") ? "png" : "svg, png and pdf");
}
