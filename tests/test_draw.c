/* Drawing: formats, files, and what can go wrong on the way. */
#include "pictures.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- without Graphviz's plug-ins ------------------------------------------------------ */

/* In a process of its own: what Graphviz has once found it keeps. */
static int draw_without_plugins(void)
{
    setenv("GVBINDIR", "/nowhere", 1);
    gf_graph *g = gf_graph_new();
    gf_param(g, "x", 1, 1);
    const gf_draw_options graphviz = {.size = sizeof graphviz, .graphviz = true};
    gf_status svg = gf_draw(g, "/nowhere/x.svg", &graphviz);
    static const char why[] = "draw: cannot draw svg: Graphviz finds no plug-in for it: install those of libgvc, and "
                              "run 'dot -c' as root (Debian: libgvc6-config-update -c); .dot needs none";
    bool said = !strcmp(gf_graph_message(g), why);
    char *dot;
    gf_status status = gf_draw_text(&dot, NULL, g, "dot", &graphviz);
    free(dot);
    gf_graph_clear_status(g);
    gf_status own = gf_draw_text(&dot, NULL, g, "svg", NULL);
    free(dot);
    gf_graph_free(g);
    return svg == GF_ERROR_WRITE && said && status == GF_OK && own == GF_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

START_TEST(graphviz_without_plugins)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0)
        exit(draw_without_plugins());
    int status;
    ck_assert(child > 0 && waitpid(child, &status, 0) == child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
}
END_TEST

/* --- formats and files -------------------------------------------------------------------------------------------- */

START_TEST(formats_begin_as_they_should)
{
    static const struct {
        const char *format, *begin;
    } cases[] = {{"dot", "digraph gradflow {"}, {"gv", "digraph gradflow {"}, {"svg", "<svg xmlns="},
                 {"png", "\x89PNG\r\n\x1a\n"},  {"pdf", "%PDF-1."},           {"txt", "15 boxes, "},
                 {"json", "{\"nodes\": ["}};
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *text = drawn(g, cases[k].format, NULL);
        ck_assert_msg(strncmp(text, cases[k].begin, strlen(cases[k].begin)) == 0, "%s begins %.20s", cases[k].format,
                      text);
        free(text);
    }
    gf_graph_free(g);
}
END_TEST

/* --- by Graphviz's own layout ---------------------------------------------------------------------- */

static const gf_draw_options by_graphviz = {.size = sizeof by_graphviz, .graphviz = true, .level = GF_LEVEL_OPS};

/* Cairo has no bitmap of more than 32767 pixels: it is refused, and Graphviz, who would say so on standard error and
 * shrink it, is not heard. */
START_TEST(a_bitmap_that_would_be_too_wide)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_param(g, "h", 1, 1);
    for (int t = 1; t <= 600; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_tanh(h), "h");
    }
    char *png;
    fflush(stderr);
    FILE *heard = tmpfile();
    int before = dup(STDERR_FILENO);
    ck_assert(heard && before >= 0 && dup2(fileno(heard), STDERR_FILENO) >= 0);
    gf_status status = gf_draw_text(&png, NULL, g, "png", &by_graphviz);
    fflush(stderr);
    ck_assert(dup2(before, STDERR_FILENO) >= 0);
    close(before);
    ck_assert_int_eq(lseek(fileno(heard), 0, SEEK_END), 0);
    fclose(heard);
    ck_assert_int_eq(status, GF_ERROR_LIMIT);
    assert_has(gf_graph_message(g), "pixels a side, and may have 32767: draw fewer steps, or SVG");
    gf_graph_free(g);
}
END_TEST

START_TEST(graphviz_keeps_ids_classes_and_tooltips)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    gf_draw_options options = by_graphviz;
    options.title = "A title";
    char *svg = drawn(g, "svg", &options);
    assert_has(svg, "id=\"n0\" class=\"node param\"");
    assert_has(svg, "id=\"e4_1\" class=\"edge passes\"");
    assert_has(svg, "id=\"cluster_2\"");
    assert_has(svg, "w = param, 1 x 1, value l2 0.5, gradient l2");
    assert_has(svg, "A title");
    assert_has(svg, "t = 2");
    free(svg);
    gf_graph_free(g);
}
END_TEST

/* No places: Graphviz finds them, from left to right, a step's inputs beside each other. */
START_TEST(graphviz_is_told_hints_alone)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    char *dot = drawn(g, "dot", &by_graphviz);
    assert_has_not(dot, "pos=");
    assert_has_not(dot, "bb=");
    assert_has_not(dot, "nop2");
    Agraph_t *graph = agmemread(dot);
    assert_attribute(graph, "rankdir", "LR");
    Agraph_t *inputs = agsubg(find_frame(graph, 2), mutable("inputs_2"), 0);
    ck_assert(inputs && agnnodes(inputs) == 1 && agnnodes(find_frame(graph, 2)) == 6);
    assert_attribute(inputs, "rank", "same");
    assert_measure(find_node(graph, gf_graph_find(g, "h", 2)), gf_gradient(gf_graph_find(g, "h", 2)));
    agclose(graph);
    free(dot);
    gf_graph_free(g);
}
END_TEST

START_TEST(two_drawings_are_the_same_bytes)
{
    static const char *const formats[] = {"txt", "dot", "svg", "png", "pdf", "json", "csv"};
    for (size_t k = 0; k < 2 * (sizeof formats / sizeof *formats); k++) {
        const char *format = formats[k / 2];
        char *text[2];
        size_t size[2];
        for (int n = 0; n < 2; n++) {
            gf_graph *g = gf_graph_new();
            gf_backward(lstm(g, 2), GF_RECORD_EDGES);
            ck_assert(!gf_draw_text(&text[n], &size[n], g, format, k % 2 ? &by_graphviz : NULL));
            gf_graph_free(g);
        }
        ck_assert_msg(size[0] == size[1] && memcmp(text[0], text[1], size[0]) == 0, "two of %s differ", format);
        free(text[0]);
        free(text[1]);
    }
}
END_TEST

/* Graphviz draws so many. */
START_TEST(arrows_are_counted)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 2), GF_RECORD_EDGES);
    char *svg;
    size_t arrows, lines = 0;
    ck_assert(!gf_draw_text(&svg, NULL, g, "svg", &by_graphviz) && !gf_draw_arrows(&arrows, g, &by_graphviz));
    for (const char *at = svg; (at = strstr(at, "class=\"edge ")); at++)
        lines++;
    ck_assert_uint_eq(arrows, lines);
    free(svg);
    ck_assert_int_eq(gf_draw_arrows(NULL, g, NULL), GF_ERROR_ARGUMENT);
    gf_graph_free(g);
}
END_TEST

/* One picture of a graph of C has every text of the list. */
static void assert_says(gf_graph *g, const char *const texts[], int count)
{
    char *svg;
    ck_assert(!gf_draw_text(&svg, NULL, g, "svg", NULL));
    for (int k = 0; k < count; k++)
        ck_assert_msg(strstr(svg, texts[k]), "'%s' is not in the picture", texts[k]);
    free(svg);
    gf_graph_free(g);
}

START_TEST(a_graph_without_a_model_says_what_it_is)
{
    static const char *const none[] = {">Computation graph<", ">nothing to draw<"};
    static const char *const run[] = {">Gradient of the loss, two steps<", ">loss = ", "log scale", "all steps"};
    static const char *const not_run[] = {"backward has not run: no gradients", "1 × 1: value<",
                                          "which weights each quantity uses"};
    static const char *const no_edges[] = {"backward did not record edges"};
    assert_says(gf_graph_new(), none, 2);
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 2), GF_RECORD_EDGES);
    assert_says(g, run, 4);
    lstm(g = gf_graph_new(), 2);
    assert_says(g, not_run, 3);
    gf_backward(lstm(g = gf_graph_new(), 2), 0);
    assert_says(g, no_edges, 1);
}
END_TEST

/* However high a box is for its arrows, its number stands below its name, a line further down. */
START_TEST(lines_of_a_high_box_stay_together)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *sum = x;
    for (int k = 0; k < 40; k++) {
        char name[16];
        snprintf(name, sizeof name, "y%d", k);
        sum = gf_add(sum, gf_named(gf_tanh(x), name));
    }
    gf_backward(gf_named(sum, "sum"), GF_RECORD_EDGES);
    char *svg;
    ck_assert(!gf_draw_text(&svg, NULL, g, "svg", NULL));
    const char *name = strstr(svg, ">sum</tspan>");
    ck_assert_ptr_nonnull(name);
    const char *number = strstr(name, " y=\"");
    while (name > svg && strncmp(name, " y=\"", 4) != 0)
        name--;
    double apart = atof(number + 4) - atof(name + 4);
    ck_assert_msg(apart > 8 && apart < 40, "%g apart", apart);
    free(svg);
    gf_graph_free(g);
}
END_TEST

/* Ours keeps the date in a compressed part: test_raster.c. */
START_TEST(a_pdf_does_not_tell_when_it_was_made)
{
    gf_graph *g = gf_graph_new();
    gf_param(g, "x", 1, 1);
    char *pdf;
    size_t size;
    ck_assert(!gf_draw_text(&pdf, &size, g, "pdf", &by_graphviz));
    const char key[] = "/CreationDate (D:19700101000000";
    bool found = false;
    for (size_t k = 0; k + sizeof key < size; k++)
        found |= memcmp(pdf + k, key, sizeof key - 1) == 0;
    ck_assert(found);
    free(pdf);
    gf_graph_free(g);
}
END_TEST

/* A directory of the test's own; it must be empty in the end. */
static char directory[] = "/tmp/gradflow-view-......";

static const char *in_directory(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void make_directory(void)
{
    memset(directory + strlen(directory) - 6, 'X', 6);
    ck_assert(mkdtemp(directory) != NULL);
}

#define remove_directory() ck_assert_msg(rmdir(directory) == 0, "something is left in %s", directory)

/* The colour of the page, the table of weights or none, and the width of a bitmap in its header. */
START_TEST(options_of_a_page)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    char *dark = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .theme = "dark"});
    char *strip = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .params = GF_SHOW_STRIP});
    char *folded = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .params = GF_SHOW_FOLDED});
    char *png = drawn(g, "png", &(gf_draw_options){.size = sizeof(gf_draw_options), .dots_per_inch = 192});
    ck_assert(!strstr(dark, "fill=\"#ffffff\"") && strstr(strip, "fill=\"#fff"));
    ck_assert(strstr(strip, "class=\"strip\"") && !strstr(folded, "class=\"strip\""));
    ck_assert(strstr(folded, ">w</tspan></text>") && !strstr(strip, ">w</tspan></text>"));
    ck_assert_mem_eq(png + 16, "\0\0\x0a\0\0\0\x05\xa0", 8); /* 2560 x 1440 */
    free(dark), free(strip), free(folded), free(png);
    gf_graph_free(g);
}
END_TEST

/* A page of a size that was asked for, and too low for the table of weights, says so; it names the losses once. */
START_TEST(what_has_no_room_is_said)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 6), GF_RECORD_EDGES);
    char *low = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .width = 1280, .height = 260});
    char *high = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .width = 1280, .height = 720});
    assert_has(low, "no room for the gradients of weights");
    ck_assert(!strstr(low, "class=\"strip\"") && strstr(high, "class=\"strip\"") && !strstr(high, "no room"));
    assert_has(high, "<title>L[1], L[2], L[3], L[4], … → loss (6 arrows): gradient l2 ");
    free(low), free(high);
    gf_graph_free(g);
}
END_TEST

/* Steps that a program counts from 11. */
START_TEST(what_is_folded_stands_between_the_first_and_the_last)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_param(g, "h0", 1, 1);
    for (int t = 11; t <= 40; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_tanh(h), "h");
    }
    char *svg = drawn(g, "svg", NULL);
    assert_has(svg, "<title>h[11]");
    assert_has(svg, "<title>h[40]");
    assert_has(svg, " in one box");
    free(svg);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_file_holds_the_drawing)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 2);
    make_directory();
    ck_assert_int_eq(gf_draw(g, in_directory("a.b.dot"), NULL), GF_OK);
    ck_assert_int_eq(gf_draw(g, in_directory("a.b.dot"), NULL), GF_OK); /* over the old one */
    char *wanted = drawn(g, "dot", NULL), *got = malloc(strlen(wanted) + 2);
    FILE *file = fopen(in_directory("a.b.dot"), "rb");
    got[fread(got, 1, strlen(wanted) + 1, file)] = '\0';
    fclose(file);
    ck_assert(strcmp(got, wanted) == 0);
    assert_fine(g);
    free(got);
    free(wanted);
    unlink(in_directory("a.b.dot"));
    remove_directory();
    gf_graph_free(g);
}
END_TEST

START_TEST(what_cannot_be_written_says_so)
{
    gf_graph *g = gf_graph_new();
    gf_param(g, "x", 1, 1);
    ck_assert_int_eq(gf_draw(g, "/nowhere/y.svg", NULL), GF_ERROR_WRITE);
    assert_failed(g, GF_ERROR_WRITE, "draw: cannot write /nowhere/y.svg: No such file or directory");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw(g, "y.jpeg", NULL), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT,
                  "draw: y.jpeg: not a format, because it is none of dot, gv, svg, png, pdf, html, json, csv, txt");
    ck_assert_int_eq(access("y.jpeg", F_OK), -1);
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw(g, "a.dir/svg", NULL), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT,
                  "draw: a.dir/svg: not a format, because it is none of dot, gv, svg, png, pdf, html, json, csv, txt");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw(g, NULL, NULL), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "draw: no file or format: NULL");
    gf_graph_clear_status(g);
    ck_assert_int_eq(
        gf_draw(g, "y.svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = 9, .last_step = 3}),
        GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "draw: steps 9 to 3: the first comes after the last");
    ck_assert_int_eq(access("y.svg", F_OK), -1);
    gf_graph_free(g);
}
END_TEST

START_TEST(drawing_into_nothing)
{
    gf_graph *g = gf_graph_new();
    char *text = (char *)g;
    ck_assert_int_eq(gf_draw(NULL, "x.svg", NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(access("x.svg", F_OK), -1);
    ck_assert_int_eq(gf_draw_text(NULL, NULL, g, "svg", NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_draw_text(&text, NULL, NULL, "svg", NULL), GF_ERROR_ARGUMENT);
    ck_assert(text == NULL);
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, NULL, NULL), GF_ERROR_ARGUMENT);
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, "dot", NULL), GF_OK);
    ck_assert(text != NULL);
    free(text);
    gf_graph_free(g);
}
END_TEST

START_TEST(an_earlier_error_stays_and_what_was_built_is_drawn)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 3);
    gf_matmul(x, x);
    ck_assert_int_eq(gf_graph_status(g), GF_ERROR_SHAPE);
    free(drawn(g, "dot", NULL));
    ck_assert_int_eq(gf_draw(g, "/nowhere/y.svg", NULL), GF_ERROR_WRITE);
    assert_has(gf_graph_message(g), "matmul");
    gf_graph_free(g);
}
END_TEST

/* Of the page; points. */
static double width_of(const char *dot)
{
    while (*dot && strncmp(dot, " bb=\"0,0,", 9) != 0)
        dot++;
    return *dot ? strtod(dot + 9, NULL) : 0;
}

/* Parameters below stand at the steps, wherever there is room without end. */
START_TEST(dot_is_as_wide_as_its_steps)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 5);
    char *dot = drawn(g, "dot", &(gf_draw_options){.size = sizeof(gf_draw_options), .level = GF_LEVEL_EQUATIONS});
    double width = width_of(dot);
    ck_assert(width > 100 && width < 3000);
    free(dot);
    gf_graph_free(g);
}
END_TEST

/* A disk that is full: the old file is as it was, and there is no other. */
static void fill_disk(gf_graph *g, const char *path)
{
    FILE *file = fopen(path, "w");
    fputs("old", file);
    fclose(file);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 1000;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    gf_status status = gf_draw(g, path, NULL);
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, handler);
    ck_assert_int_eq(status, GF_ERROR_WRITE);
    assert_has(gf_graph_message(g), ": File too large");
    gf_graph_clear_status(g);
    char text[8] = "";
    file = fopen(path, "r");
    ck_assert_str_eq(fgets(text, sizeof text, file), "old");
    fclose(file);
    unlink(path);
}

START_TEST(a_full_disk_leaves_nothing_behind)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 3);
    make_directory();
    fill_disk(g, in_directory("x.svg"));
    fill_disk(g, in_directory("x.html"));
    remove_directory();
    gf_graph_free(g);
}
END_TEST

/* How often a text has another in it. */
static int count_of(const char *text, const char *what)
{
    int count = 0;
    while ((text = strstr(text, what))) {
        text++;
        count++;
    }
    return count;
}

/* One file: style, data, program; the network is not needed, and refused. */
START_TEST(a_page_has_all_that_it_needs)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 3);
    char *page = drawn(g, "html", NULL);
    ck_assert_int_eq(strncmp(page, "<!DOCTYPE html>", 15), 0);
    assert_has(page, "default-src 'none'");
    assert_has(page, "\"level\":1,");
    assert_has(page, "\"explanations\":null}");
    ck_assert_int_eq(count_of(page, "\n<script"), 2);
    ck_assert(!strstr(page, " src=") && !strstr(page, "<link") && !strstr(page, "@import"));
    free(page);
    page = drawn(g, "html", &(gf_draw_options){.size = sizeof(gf_draw_options), .explanations = "{\"at\":\"<\"}"});
    assert_has(page, "\"explanations\":{\"at\":\"\\u003c\"}}");
    free(page);
    gf_graph_free(g);
}
END_TEST

/* Steps that look alike share a stamp: of 100, the first, the last, and those between. */
START_TEST(a_page_holds_one_step)
{
    int sizes[2];
    for (int k = 0; k < 2; k++) {
        gf_graph *g = gf_graph_new();
        scalar_rnn(g, k ? 100 : 20);
        char *page = drawn(g, "html", &(gf_draw_options){.size = sizeof(gf_draw_options), .level = GF_LEVEL_STEPS});
        sizes[k] = count_of(page, "{\"boxes\":");
        free(page);
        gf_graph_free(g);
    }
    ck_assert_int_eq(sizes[0], sizes[1]);
    ck_assert_int_le(sizes[0], 16);
}
END_TEST

/* What a name says is text: no "<" of it stands in the page. */
START_TEST(what_a_page_is_called_is_text)
{
    static const char name[] = "</script><script>alert(1)</script>";
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, name, 1, 1);
    gf_set_scalar(x, 1);
    gf_backward(gf_tanh(x), GF_RECORD_EDGES);
    char *page = drawn(g, "html", &(gf_draw_options){.size = sizeof(gf_draw_options), .title = name});
    ck_assert_int_eq(count_of(page, "<script>alert"), 0);
    ck_assert_int_eq(count_of(page, "</script>"), 2);
    assert_has(page, "<title>&lt;/script>&lt;script>alert(1)&lt;/script></title>");
    assert_has(page, "\"title\":\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\"");
    free(page);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_page_refuses_a_theme_that_there_is_not)
{
    gf_graph *g = gf_graph_new();
    gf_param(g, "x", 1, 1);
    char *text;
    gf_draw_options options = {.size = sizeof options, .theme = "pink"};
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, "html", &options), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "draw: cannot draw html: there is no theme 'pink': light, dark or print");
    gf_graph_free(g);
}
END_TEST

/* Graphviz can serve one thread at a time: the others wait for it, and all draw the same. */
static void *draw_often(void *out)
{
    for (int k = 0; k < 5; k++) {
        gf_graph *g = gf_graph_new();
        gf_node *x = gf_param(g, "x", 2, 2);
        gf_set_scalar(x, 1);
        gf_backward(gf_sum(gf_tanh(gf_matmul(x, x))), GF_RECORD_EDGES);
        free(*(char **)out);
        gf_draw_text(out, NULL, g, k % 2 ? "dot" : "svg", k % 3 ? &by_graphviz : NULL);
        gf_graph_free(g);
    }
    return NULL;
}

START_TEST(threads_draw_one_after_the_other)
{
    pthread_t threads[3];
    char *pictures[3] = {NULL};
    for (int k = 0; k < 3; k++)
        ck_assert_int_eq(pthread_create(&threads[k], NULL, draw_often, &pictures[k]), 0);
    for (int k = 0; k < 3; k++)
        pthread_join(threads[k], NULL);
    for (int k = 0; k < 3; k++) {
        ck_assert_ptr_nonnull(pictures[k]);
        ck_assert_str_eq(pictures[k], pictures[0]);
    }
    for (int k = 0; k < 3; k++)
        free(pictures[k]);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        graphviz_without_plugins, /* before any other draws */
        formats_begin_as_they_should,
        a_bitmap_that_would_be_too_wide,
        graphviz_keeps_ids_classes_and_tooltips,
        graphviz_is_told_hints_alone,
        two_drawings_are_the_same_bytes,
        arrows_are_counted,
        a_pdf_does_not_tell_when_it_was_made,
        a_graph_without_a_model_says_what_it_is,
        lines_of_a_high_box_stay_together,
        options_of_a_page,
        what_has_no_room_is_said,
        what_is_folded_stands_between_the_first_and_the_last,
        a_file_holds_the_drawing,
        what_cannot_be_written_says_so,
        drawing_into_nothing,
        an_earlier_error_stays_and_what_was_built_is_drawn,
        dot_is_as_wide_as_its_steps,
        a_full_disk_leaves_nothing_behind,
        a_page_has_all_that_it_needs,
        a_page_holds_one_step,
        what_a_page_is_called_is_text,
        a_page_refuses_a_theme_that_there_is_not,
        threads_draw_one_after_the_other,
    };
    return RUN_TESTS("draw", tests);
}
