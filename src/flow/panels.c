/* Heat maps, lines and words of the entries. */
#include "flow/panels.h"

#include <math.h>
#include <string.h>

typedef struct making {
    gf_panels *p;
    gf_flow_work *f;
    bool failed;
} making;

static void *get(making *x, size_t bytes)
{
    void *memory = gf_arena_get(&x->f->arena, bytes);
    x->failed |= !memory;
    return memory;
}

/* The text, kept. */
static const char *keep(making *x, gf_text *text)
{
    const char *kept = gf_text_keep(text, &x->f->arena);
    x->failed |= !kept;
    return kept ? kept : "";
}

/* --- what entries are called ------------------------------------------------------------ */

/* The last part of a path, without its ending. */
static void add_stem(gf_text *w, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    size_t size = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    gf_text_print(w, "%.*s", (int)size, name);
}

static bool same_stems(const char *a, const char *b)
{
    gf_text left = {0}, right = {0};
    add_stem(&left, a);
    add_stem(&right, b);
    bool same = !strcmp(gf_text_string(&left), gf_text_string(&right));
    gf_text_free(&left);
    gf_text_free(&right);
    return same;
}

/* A file by its name alone, unless another file has the same. */
static void add_file(gf_text *w, const making *x, const gf_reach *r)
{
    for (size_t n = 0; n < x->f->count; n++)
        if (x->f->list[n].m != r->m && same_stems(x->f->list[n].file, r->file)) {
            gf_text_add(w, r->file);
            return;
        }
    add_stem(w, r->file);
}

static bool one_file(const gf_flow_work *f)
{
    return f->list[0].m == f->list[f->count - 1].m;
}

/* What all entries measure; NULL: they differ. */
static const char *one_name(const gf_flow_work *f)
{
    for (size_t n = 1; n < f->count; n++)
        if (strcmp(f->list[n].name, f->list[0].name))
            return NULL;
    return f->list[0].name;
}

static const char *label_of(making *x, const gf_reach *r)
{
    const gf_flow_work *f = x->f;
    gf_text text = {0};
    if (!one_file(f))
        add_file(&text, x, r);
    if (one_file(f) || !one_name(f))
        gf_text_print(&text, "%s%s", text.size ? " " : "", r->name);
    return keep(x, &text);
}

/* --- heat maps ------------------------------------------------------------ */

static double pair_at(const void *data, long row, long col)
{
    const gf_panel *p = data;
    return gf_reach_has(p->first, row + 1, col + 1) ? gf_reach_at(p->first, row + 1, col + 1) : -1;
}

static double row_at(const void *data, long row, long col)
{
    const gf_panel *p = data;
    const gf_reach *r = &p->first[row];
    long t = col + p->heat.first_col - r->lag;
    return t >= r->first && t <= r->last ? r->numbers[t - 1] : -1;
}

static void make_panel(making *x, gf_panel *p, const gf_reach *first, size_t count)
{
    *p = (gf_panel){.first = first, .count = count};
    p->heat = (gf_heat){.rows = (long)count, .cols = first->steps, .first_row = 1, .first_col = 1, .along = "t"};
    p->heat.data = p;
    p->heat.down = "k";
    if (first->pairs) {
        p->heat.rows = first->steps;
        p->heat.at = pair_at;
        p->heat.title = label_of(x, first);
        return;
    }
    /* "c[t-1] -> c[t]" at t: the later step, of what runs backward the earlier one */
    if (first->lag && first->steps > 1) {
        p->heat.cols--;
        p->heat.first_col += first->lag > 0;
    }
    p->heat.at = row_at;
    gf_text title = {0};
    add_file(&title, x, first);
    p->heat.title = keep(x, &title);
    p->names = get(x, count * sizeof *p->names);
    for (size_t n = 0; p->names && n < count; n++)
        p->names[n] = first[n].name;
    p->heat.row_names = p->names;
}

static void make_heats(making *x)
{
    const gf_flow_work *f = x->f;
    gf_panels *p = x->p;
    const gf_heat **heats = get(x, f->count * sizeof *heats);
    p->list = get(x, f->count * sizeof *p->list);
    if (!heats || !p->list)
        return;
    for (size_t n = 0, size; n < f->count; n += size) {
        size = 1;
        while (!f->list[n].pairs && n + size < f->count && f->list[n + size].m == f->list[n].m)
            size++;
        make_panel(x, &p->list[p->count], &f->list[n], size);
        heats[p->count] = &p->list[p->count].heat;
        p->count++;
    }
    p->scale = gf_heat_scale(heats, p->count);
}

/* --- lines ------------------------------------------------------------ */

static bool is_by_distance(const gf_flow_work *f)
{
    return f->options->kind == GF_FLOW_LOSS || f->options->kind == GF_FLOW_JACOBIAN;
}

/* Numbers of a line, `lag` steps on, up to the length of all. */
static const double *stretch(making *x, const double *numbers, long first, long last, long lag)
{
    double *out = get(x, x->p->lines.length * sizeof *out);
    for (size_t k = 0; out && k < x->p->lines.length; k++) {
        long t = (long)k + 1 - lag;
        out[k] = t >= first && t <= last ? numbers[t - 1] : NAN;
    }
    return out;
}

/* Of what leads from step to step nothing stands at the first one, or of what runs backward at the last: the axis is
 * that of the others. */
static void trim(gf_lines *lines, gf_line *list)
{
    bool first = true, last = true;
    for (size_t n = 0; n < lines->count; n++) {
        first &= isnan(list[n].numbers[0]);
        last &= isnan(list[n].numbers[lines->length - 1]);
    }
    if (lines->length < 3 || first == last)
        return;
    lines->length--;
    lines->first += first;
    lines->last -= last;
    for (size_t n = 0; n < lines->count && first; n++)
        list[n].numbers++;
}

/* Where a row is largest and smallest; of a path, how it goes on where only it is taken. */
static void write_row_words(gf_text *w, gf_text *brief, const gf_reach *r)
{
    long most = r->first, least = r->first;
    double sum = 0, count = 0;
    char large[GF_NUMBER], small[GF_NUMBER];
    for (long t = r->first; t <= r->last; t++) {
        double number = r->numbers[t - 1];
        most = number > r->numbers[most - 1] ? t : most;
        least = number < r->numbers[least - 1] ? t : least;
        if (number > 0 && isfinite(number))
            sum += log(number), count++;
    }
    if (r->first > r->last) {
        gf_text_add(w, "a single step");
        return;
    }
    if (r->lag && count > 0)
        gf_text_print(brief, "× %s a step", gf_flow_number(large, exp(sum / count)));
    gf_flow_number(large, r->numbers[most - 1]);
    gf_flow_number(small, r->numbers[least - 1]);
    gf_text_print(w, "%s%smost %s at t = %ld, least %s at t = %ld", gf_text_string(brief), brief->size ? ", " : "",
                  large, most + r->lag, small, least + r->lag);
    if (r->once != 0)
        gf_text_print(w, ", outside of time %s", gf_flow_number(large, r->once));
}

static void add_bound(making *x, gf_line *lines, size_t n, const double *numbers)
{
    gf_text label = {0};
    gf_text_print(&label, "%s, bound: product of single steps%s", x->p->words[n].label,
                  x->f->list[n].joint ? " of all states" : "");
    lines[x->p->lines.count++] = (gf_line){
        .label = keep(x, &label), .numbers = stretch(x, numbers, 1, x->f->list[n].steps, 0), .look = n, .bound = true};
}

static void add_entry(making *x, gf_line *lines, size_t n)
{
    const gf_reach *r = &x->f->list[n];
    gf_text text = {0}, brief = {0}, label = {0};
    gf_decay d = {0};
    gf_words *words = &x->p->words[n];
    words->label = label_of(x, r);
    lines[n] = (gf_line){.look = n};
    if (!is_by_distance(x->f)) {
        lines[n].numbers = stretch(x, r->numbers, r->first, r->last, r->lag);
        write_row_words(&text, &brief, r);
    } else if (gf_decay_of(&d, &x->f->arena, r)) {
        lines[n].numbers = stretch(x, d.mean, 1, r->steps, 0);
        gf_decay_write(&text, r, &d);
        gf_decay_write_factor(&brief, &d);
    } else {
        x->failed = true;
    }
    gf_text_print(&label, "%s%s%s", words->label, brief.size ? ": " : "", gf_text_string(&brief));
    lines[n].label = keep(x, &label);
    words->text = keep(x, &text);
    words->brief = keep(x, &brief);
    if (d.bound)
        add_bound(x, lines, n, d.bound);
}

static void make_lines(making *x)
{
    gf_panels *p = x->p;
    size_t count = x->f->count;
    bool reversed = false, forward = false;
    for (size_t n = 0; n < count; n++) {
        const gf_reach *r = &x->f->list[n];
        p->lines.length = (size_t)r->steps > p->lines.length ? (size_t)r->steps : p->lines.length;
        reversed |= r->reversed || (r->pairs && r->ahead);
        forward |= !r->reversed && (!r->pairs || r->back);
    }
    p->own = p->lines.count = count;
    p->words = get(x, count * sizeof *p->words);
    gf_line *lines = get(x, 2 * count * sizeof *lines);
    const double **numbers = get(x, 2 * count * sizeof *numbers);
    p->lines.list = lines;
    for (size_t n = 0; n < count && !x->failed; n++)
        add_entry(x, lines, n);
    if (x->failed)
        return;
    for (size_t n = 0; n < p->lines.count; n++)
        numbers[n] = lines[n].numbers;
    p->lines.axis = gf_axis_of_powers(numbers, p->lines.count, p->lines.length);
    p->lines.axis.zeros = p->lines.axis.lost = 0; /* the words say it */
    bool distance = is_by_distance(x->f);
    p->lines.first = distance ? 0 : 1;
    p->lines.last = p->lines.first + (double)p->lines.length - 1;
    if (!distance)
        trim(&p->lines, lines);
    p->lines.labelled = true;
    p->lines.along = !distance ? "t" : !reversed ? "steps back" : forward ? "steps apart" : "steps ahead";
}

/* --- what it is about ------------------------------------------------------------ */

/* d L[k] / d h[t] */
static void add_measured(gf_text *w, const making *x)
{
    const gf_flow_work *f = x->f;
    const char *name = one_name(f), *v = name ? name : "v";
    const char *loss = "loss";
    bool timed = false;
    gf_flow_work of_first = *f;
    of_first.m = (gf_model *)f->list[0].m;
    switch (f->options->kind) {
    case GF_FLOW_LOSS:
        gf_flow_loss(&of_first, &loss, &timed);
        gf_text_print(w, "size of d %s%s / d %s[t]", loss ? loss : "loss", timed ? "[k]" : "", v);
        break;
    case GF_FLOW_JACOBIAN:
        gf_text_print(w, "largest singular value of d %s[k] / d %s[t]", v, v);
        break;
    case GF_FLOW_WEIGHTS:
        gf_text_add(w, "size of what step t adds to the gradient of a parameter");
        break;
    case GF_FLOW_PATHS:
        gf_text_add(w, "largest singular value of each path from a state of one step to the next");
    }
}

static bool has_factors(const making *x)
{
    for (size_t n = 0; n < x->f->count; n++)
        if (x->p->words[n].brief && *x->p->words[n].brief)
            return true;
    return false;
}

static void make_texts(making *x)
{
    static const char *const titles[] = {
        [GF_FLOW_LOSS] = "How far a gradient reaches back",
        [GF_FLOW_JACOBIAN] = "How far a state reaches back",
        [GF_FLOW_WEIGHTS] = "What each step adds to each gradient",
        [GF_FLOW_PATHS] = "By which path a gradient goes back",
    };
    const gf_flow_work *f = x->f;
    const gf_reach *first = &f->list[0];
    gf_text title = {0}, about = {0};
    bool same = true, seed = true;
    gf_text_add(&title, titles[f->options->kind]);
    for (size_t n = 0; n < f->count; n++) {
        const gf_reach *r = &f->list[n];
        same &= r->steps == first->steps;
        seed &= r->m->seed == first->m->seed;
        if (n && r->m == r[-1].m)
            continue;
        gf_text_add(&title, n ? ", " : ": ");
        if (one_file(f) && *gf_model_title(r->m))
            gf_text_add(&title, gf_model_title(r->m));
        else
            add_file(&title, x, r);
    }
    add_measured(&about, x);
    if (same)
        gf_text_print(&about, ", T = %ld", first->steps);
    if (seed)
        gf_text_print(&about, ", seed %llu", (unsigned long long)first->m->seed);
    if (x->p->count > 1)
        gf_text_add(&about, "; one scale for all");
    if (has_factors(x))
        gf_text_add(&about, "; factors are means over all steps");
    x->p->title = keep(x, &title);
    x->p->about = keep(x, &about);
}

bool gf_panels_of(gf_panels *out, gf_flow_work *f)
{
    *out = (gf_panels){0};
    making x = {.p = out, .f = f};
    make_heats(&x);
    if (!x.failed)
        make_lines(&x);
    if (!x.failed)
        make_texts(&x);
    return !x.failed;
}
