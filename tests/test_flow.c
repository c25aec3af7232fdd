/* How far gradients reach back: the numbers of small models, what is refused, and plots in characters. That larger
 * ones are PyTorch's, test_pytorch.c says. */
#include "support.h"

#include <math.h>

#include <gradflow/flow.h>
#include <gradflow/template.h>

#include "flow/reach.h"
#include "view/drawing/drawing.h"

#define AS(...) ((gf_flow_options){.size = sizeof(gf_flow_options), __VA_ARGS__})

/* Halves each step; the loss of each step is what is there. */
static const char HALF[] =
    "steps T = 3\nsize m = 1\ninput x[t] : m x 1 = 1\nparam w : m x m = 0.5\nstart h[0] : m x 1\n"
    "h[t] = w @ h[t-1] + x[t]\nL[t] = h[t]\nloss sum(t, L[t])\n";

static gf_model *models[4];
static size_t model_count;

static gf_model *parse(const char *text, const char *name)
{
    gf_model *m;
    ck_assert_msg(gf_model_parse(&m, text, name) == GF_OK, "%s", gf_model_message(m));
    models[model_count++] = m;
    return m;
}

static void teardown(void)
{
    while (model_count)
        gf_model_free(models[--model_count]);
}

/* Of the models; the caller frees it. */
static char *written(gf_flow_options options)
{
    char *out;
    gf_status status = gf_flow_text(&out, NULL, models, model_count, &options);
    ck_assert_msg(status == GF_OK, "%s%s", gf_model_message(models[0]),
                  model_count > 1 ? gf_model_message(models[1]) : "");
    return out;
}

static void assert_written(gf_flow_options options, const char *wanted)
{
    char *out = written(options);
    ck_assert_str_eq(out, wanted);
    free(out);
}

/* Of one model alone. */
static void assert_flow(const char *text, gf_flow_options options, const char *wanted)
{
    parse(text, "a.gf");
    assert_written(options, wanted);
    teardown();
}

static void assert_refused(const char *text, gf_flow_options options, gf_status wanted, const char *message)
{
    char *out = "";
    gf_model *m = parse(text, "a.gf");
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), wanted);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(gf_model_message(m), message);
    teardown();
}

/* --- numbers -------------------------------------------------- */

START_TEST(each_kind_has_its_numbers)
{
    const char *halves = "file,variable,k,t,l2\n"
                         "a.gf,h,1,1,1\na.gf,h,2,1,0.5\na.gf,h,2,2,1\n"
                         "a.gf,h,3,1,0.25\na.gf,h,3,2,0.5\na.gf,h,3,3,1\n";
    assert_flow(HALF, AS(.kind = GF_FLOW_LOSS, .format = GF_FLOW_CSV), halves);
    assert_flow(HALF, AS(.kind = GF_FLOW_JACOBIAN), halves);
    assert_flow(HALF, AS(.kind = GF_FLOW_PATHS),
                "file,variable,k,t,l2\na.gf,h[t-1] -> h[t],2,1,0.5\na.gf,h[t-1] -> h[t],3,2,0.5\n");
    /* The loss is h1 + h2 + h3, h0 = 0: w gets (1 + 1/2 + 1/4) h0, (1 + 1/2) h1, 1 h2. */
    assert_flow(HALF, AS(.kind = GF_FLOW_WEIGHTS), "file,variable,k,t,l2\na.gf,w,,1,0\na.gf,w,,2,1.5\na.gf,w,,3,1.5\n");
    assert_flow(HALF, AS(.of = "x"),
                "file,variable,k,t,l2\n"
                "a.gf,x,1,1,1\na.gf,x,2,1,0.5\na.gf,x,2,2,1\n"
                "a.gf,x,3,1,0.25\na.gf,x,3,2,0.5\na.gf,x,3,3,1\n");
}
END_TEST

static const char AHEAD[] = "steps T = 3\ninput x[t] : 1 x 1\nstart g[T+1] : 1 x 1\ng[t] = 0.5 * g[t+1] + x[t]\n"
                            "start h[0] : 1 x 1\nh[t] = 0.25 * h[t-1] + x[t]\ny[t] = g[t] + h[t]\n"
                            "L[t] = y[t]\nloss sum(t, L[t])\n";

START_TEST(time_runs_both_ways)
{
    const char *g = "file,variable,k,t,l2\n"
                    "a.gf,g,1,1,1\na.gf,g,1,2,0.5\na.gf,g,1,3,0.25\n"
                    "a.gf,g,2,2,1\na.gf,g,2,3,0.5\na.gf,g,3,3,1\n";
    assert_flow(AHEAD, AS(.of = "g"), g);
    assert_flow(AHEAD, AS(.kind = GF_FLOW_JACOBIAN, .of = "g"), g);
    assert_flow(AHEAD, AS(.kind = GF_FLOW_PATHS, .of = "g"),
                "file,variable,k,t,l2\na.gf,g[t+1] -> g[t],1,2,0.5\na.gf,g[t+1] -> g[t],2,3,0.5\n");
    assert_flow(AHEAD, AS(.of = "x"),
                "file,variable,k,t,l2\n"
                "a.gf,x,1,1,2\na.gf,x,1,2,0.5\na.gf,x,1,3,0.25\n"
                "a.gf,x,2,1,0.25\na.gf,x,2,2,2\na.gf,x,2,3,0.5\n"
                "a.gf,x,3,1,0.0625\na.gf,x,3,2,0.25\na.gf,x,3,3,2\n");
}
END_TEST

/* Without a scalar a step the loss of the file serves; another can be named. */
START_TEST(a_loss_is_found)
{
    const char *last = "steps T = 2\ninput x[t] : 1 x 1\nstart h[0] : 1 x 1\nh[t] = 0.5 * h[t-1] + x[t]\n"
                       "q = 3 * h[T]\nv[t] = [h[t]; h[t]]\nloss 2 * h[T]\n";
    assert_flow(last, AS(.of = "h", .loss = "q"), "file,variable,k,t,l2\na.gf,h,,1,1.5\na.gf,h,,2,3\n");
    const char *named = "steps T = 2\ninput x[t] : 2 x 1\nstart h[0] : 2 x 1\nh[t] = 0.5 * h[t-1] + x[t]\n"
                        "e[t] = sum(h[t] * [3; 4])\nloss sum(t, e[t]) / T\n";
    assert_flow(named, AS(.of = "h"), "file,variable,k,t,l2\na.gf,h,1,1,5\na.gf,h,2,1,2.5\na.gf,h,2,2,5\n");
    const char *none = "steps T = 2\ninput x[t] : 2 x 1\nstart h[0] : 2 x 1\nh[t] = 0.5 * h[t-1] + x[t]\n"
                       "loss sum(h[T] * [3; 4])\n";
    assert_flow(none, AS(.of = "h"), "file,variable,k,t,l2\na.gf,h,,1,2.5\na.gf,h,,2,5\n");
    assert_refused(last, AS(.loss = "v"), GF_ERROR_ARGUMENT, "flow: --loss v: it is 2 x 1, and a loss is 1 x 1\n");
    assert_refused(last, AS(.loss = "u"), GF_ERROR_ARGUMENT, "flow: --loss u: the file has no name 'u'\n");
    assert_refused(last, AS(.loss = "x"), GF_ERROR_ARGUMENT,
                   "flow: --loss x: it is given by no equation of the graph\n");
    assert_refused(last, AS(.loss = "h[2]"), GF_ERROR_ARGUMENT,
                   "flow: --loss h[2]: write the name alone, 'h', since every step's is differentiated\n");
    assert_refused(last, AS(.loss = "q", .kind = GF_FLOW_PATHS), GF_ERROR_ARGUMENT,
                   "flow: --loss says of what --kind loss differentiates, no other kind does\n");
}
END_TEST

/* Of a batch the loss is about all examples together, a Jacobian about that which it stretches most. */
START_TEST(a_batch_is_taken_together)
{
    const char *batch = "steps T = 2\ninput x[t] : 2 x 1\nstart h[0] : 2 x 1\nh[t] = [0.3; 0.4] * h[t-1] + x[t]\n"
                        "L[t] = sum(h[t])\nloss sum(t, L[t])\n";
    parse(batch, "a.gf");
    char *loss = written(AS(.kind = GF_FLOW_LOSS)), *jacobian = written(AS(.kind = GF_FLOW_JACOBIAN));
    ck_assert_ptr_nonnull(strstr(loss, "a.gf,h,2,1,0.5\n"));
    ck_assert_ptr_nonnull(strstr(jacobian, "a.gf,h,2,1,0.4\n"));
    free(loss);
    free(jacobian);
}
END_TEST

/* What is added to h[t] is how h[t] is moved. */
START_TEST(numbers_are_those_of_central_differences)
{
    const char *text = "steps T = 4\nsize m = 2\ninput e[t] : m x 1 = 0\ninput x[t] : m x 1\nparam W : m x m\n"
                       "start h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(W @ h[t-1] + x[t]) + e[t]\n"
                       "L[t] = sum(h[t]^2)\nloss sum(t, L[t])\n";
    gf_model *m = parse(text, "a.gf");
    double numbers[2] = {0, 0};
    gf_matrix e = gf_matrix_over(numbers, 2, 1);
    char *out = written(AS(.of = "h"));
    int compared = 0;
    strtok(out, "\n");
    for (char *line; (line = strtok(NULL, "\n")); compared++) {
        int k, t;
        double number, sum = 0;
        ck_assert_int_eq(sscanf(line, "a.gf,h,%d,%d,%lf", &k, &t, &number), 3);
        for (int i = 0; i < 2; i++) {
            double slope = 0;
            for (int sign = -1; sign <= 1; sign += 2) {
                numbers[i] = sign * 1e-5;
                ck_assert_int_eq(gf_set(gf_model_node(m, "e", t), &e), GF_OK);
                slope += sign * gf_model_value(m, "L", k)->data[0] / 2e-5;
            }
            numbers[i] = 0;
            ck_assert_int_eq(gf_set(gf_model_node(m, "e", t), &e), GF_OK);
            sum += slope * slope;
        }
        ck_assert_double_eq_tol(number, sqrt(sum), 1e-8);
    }
    ck_assert_int_eq(compared, 10);
    free(out);
}
END_TEST

/* --- what is refused -------------------------------------------------- */

static const char ALL[] = "steps T = 2\nsize m = 2\ninput x[t] : m x 1\ngiven y[t] : m x 1\nparam W : m x m\n"
                          "param P[t] : m x 1\nstart h[0] : m x 1\nh[t] = tanh(W @ h[t-1] + x[t] + P[t])\n"
                          "k[t] = ones(m, 1)\nu = W @ W\nL[t] = sum(h[t] * k[t]) + sum(u)\nloss sum(t, L[t])\n"
                          "let d[t] = grad(h[t])\n";

START_TEST(names_are_refused_by_what_they_are)
{
    static const struct {
        gf_flow_kind kind;
        const char *of, *says;
    } cases[] = {
        {GF_FLOW_LOSS, "z", "z is no name of the file"},
        {GF_FLOW_LOSS, "h, ", "a name is missing; write --of h, or --of 'h, c'"},
        {GF_FLOW_LOSS, "d", "d is a let, which is no part of the graph"},
        {GF_FLOW_LOSS, "y", "y is given: nobody asks for its gradient"},
        {GF_FLOW_JACOBIAN, "W", "W is the same at each step: --kind weights shows what each one adds to it"},
        {GF_FLOW_JACOBIAN, "u", "u has no steps: it is not written with [t]"},
        {GF_FLOW_WEIGHTS, "h", "h is no parameter, and these are what --kind weights is about"},
        {GF_FLOW_WEIGHTS, "W,P", "P is another parameter at each step: --kind loss shows its gradients"},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        char wanted[200];
        snprintf(wanted, sizeof wanted, "flow: --of %s: %s\n", cases[n].of, cases[n].says);
        assert_refused(ALL, AS(.kind = cases[n].kind, .of = cases[n].of), GF_ERROR_ARGUMENT, wanted);
    }
    assert_refused("param W : 1 x 1\nloss W\n", AS(.kind = GF_FLOW_LOSS), GF_ERROR_ARGUMENT,
                   "flow: a.gf has no state, a name with a start: say --of NAME\n");
    assert_refused("input W : 1 x 1\nloss W\n", AS(.kind = GF_FLOW_WEIGHTS), GF_ERROR_ARGUMENT,
                   "flow: a.gf has no parameter that its steps share\n");
}
END_TEST

START_TEST(too_much_is_refused)
{
    gf_model *m = parse(HALF, "a.gf");
    char *out;
    ck_assert_int_eq(gf_model_set(m, "T", 5000), GF_OK);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, NULL), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(m),
                     "flow: these are more than 20000000 numbers: --set takes fewer steps, --of fewer names\n");
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 0, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_text(NULL, NULL, models, 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_text(&out, NULL, NULL, 1, NULL), GF_ERROR_ARGUMENT);
    gf_model *const none[] = {NULL};
    ck_assert_int_eq(gf_flow_text(&out, NULL, none, 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &(gf_flow_options){.size = 1}), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &AS(.kind = (gf_flow_kind)9)), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "flow: there is no kind 9\n");
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &AS(.format = (gf_flow_format)9)), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "flow: there is no format 9\n");
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &AS(.page_width = -1)), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "flow: page_width, page_height and dots_per_inch are 0 to 1000000\n");
}
END_TEST

/* A path needs a product of matrices, and one direction. */
START_TEST(paths_say_why_not)
{
    const char *batch = "steps T = 3\nsize m = 2\ninput x[t] : 2 x m\nparam W : m x m\nstart h[0] : 2 x m\n"
                        "h[t] = tanh(h[t-1] @ W + x[t])\nloss sum(h[T])\n";
    assert_refused(batch, AS(.kind = GF_FLOW_PATHS), GF_ERROR_ARGUMENT,
                   "a.gf: error: h[t] is a matrix: a Jacobian is written for columns and rows\n");
    assert_refused(ALL, AS(.kind = GF_FLOW_PATHS, .of = "k"), GF_ERROR_ARGUMENT,
                   "a.gf: error: k[t], k[t-1]: no path leads from the second to the first\n");
    parse(HALF, "a.gf");
    ck_assert_int_eq(gf_model_set(models[0], "T", 1), GF_OK);
    assert_written(AS(.kind = GF_FLOW_PATHS), "file,variable,k,t,l2\n");
}
END_TEST

/* --- plots in characters -------------------------------------------------- */

START_TEST(a_heat_map_is_drawn_in_characters)
{
    assert_flow(HALF, AS(.format = GF_FLOW_CHARACTERS),
                "size of d L[k] / d h[t], T = 3, seed 0; factors are means over all steps\n\n"
                "h: k downwards, t to the right\n"
                "1 │██\n"
                "  │████\n"
                "3 │██████\n"
                "   t = 1 3\n\n"
                "█ 1e-1 and more   ▓ 1e-2 and more   ▒ 1e-3 and more   ░ 1e-4 and more   · less\n\n"
                "h: × 0.5 a step; after 2 steps 0.25 is left\n");
}
END_TEST

START_TEST(lines_are_drawn_in_characters)
{
    parse(HALF, "some/half.gf");
    parse("steps T = 3\nstart c[0] : 1 x 1\ninput x[t] : 1 x 1\nc[t] = 2 * c[t-1] + x[t]\nL[t] = c[t]\n"
          "loss sum(t, L[t])\n",
          "double.gf");
    assert_written(AS(.format = GF_FLOW_CHARACTERS, .lines = true, .width = 40),
                   "size of d L[k] / d v[t], T = 3, seed 0; one scale for all; factors are means over all steps\n\n"
                   " 1e1 ┤\n     │\n     │            b\n     │\n     │      b\n     │\n"
                   " 1e0 ┤a\n     │\n     │      a\n     │\n     │            a\n     │\n"
                   "1e-1 ┤\n     └─────────────\n      steps back = 0 2\n"
                   "a  half h\nb  double c\n\n"
                   "half h: × 0.5 a step; after 2 steps 0.25 is left\n"
                   "double c: × 2 a step; after 2 steps 4 times as much\n");
}
END_TEST

/* The last line that is written. */
static void assert_words(const char *text, gf_flow_options options, const char *wanted)
{
    options.format = GF_FLOW_CHARACTERS;
    parse(text, "a.gf");
    char *out = written(options);
    size_t size = strlen(out), length = strlen(wanted);
    ck_assert_msg(size > length + 1 && out[size - length - 2] == '\n' &&
                      !strncmp(out + size - length - 1, wanted, length),
                  "%s", out);
    free(out);
    teardown();
}

START_TEST(words_say_what_is_left)
{
    static const char start[] = "steps T = 5\ninput x[t] : 1 x 1 = 1\nstart h[0] : 1 x 1 = 1\n";
    char text[400];
    snprintf(text, sizeof text, "%struncate 2\nh[t] = 0.5 * h[t-1] + x[t]\nL[t] = h[t]\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: × 0.5 a step; after 1 step 0.5 is left; 0 further on");
    snprintf(text, sizeof text, "%sh[t] = 0.01 * h[t-1] + x[t]\nL[t] = h[t]\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: × 0.01 a step; after 2 steps < 1e-3, 1e-8 is left after 4");
    snprintf(text, sizeof text, "%sh[t] = 0 * h[t-1] + x[t]\nL[t] = h[t]\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: nothing comes from another step; 0 further on");
    snprintf(text, sizeof text, "%sh[t] = h[t-1] + x[t]\nL[t] = 0 * h[t]\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: no gradient arrives");
    snprintf(text, sizeof text, "%sh[t] = h[t-1] + sqrt(x[t] - 1)\nL[t] = sqrt(0 * h[t])\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: 15 numbers are not finite");
    snprintf(text, sizeof text,
             "%sh[t] = h[t-1] + h[t-2] + x[t]\nstart h[-1] : 1 x 1\nL[t] = h[t]\n"
             "loss sum(t, L[t])\n",
             start);
    assert_words(text, AS(.kind = GF_FLOW_JACOBIAN),
                 "h: × 1.5 a step; after 4 steps 5 times as much; single steps give no bound: ways go past them");
    assert_words(HALF, AS(.kind = GF_FLOW_PATHS),
                 "h[t-1] -> h[t]: × 0.5 a step, most 0.5 at t = 2, least 0.5 at t = 2");
    /* the losses of later steps are larger: each is compared with itself alone */
    snprintf(text, sizeof text, "%sh[t] = 0.5 * h[t-1] + x[t]\nL[t] = 10^t * h[t]\nloss sum(t, L[t])\n", start);
    assert_words(text, AS(.of = NULL), "h: × 0.5 a step; after 4 steps 0.062 is left");
}
END_TEST

/* What one way alone goes through is bounded by the product of the single steps, and says so with a line. */
START_TEST(a_product_of_single_steps_is_a_bound)
{
    parse("steps T = 4\nsize m = 2\ninput x[t] : m x 1\nstart h[0] : m x 1\nparam W : m x m = [0, 1; 0.25, 0]\n"
          "h[t] = W @ h[t-1] + x[t]\nL[t] = sum(h[t])\nloss sum(t, L[t])\n",
          "a.gf");
    char *out = written(AS(.kind = GF_FLOW_JACOBIAN, .lines = true, .format = GF_FLOW_CHARACTERS));
    ck_assert_ptr_nonnull(strstr(out, "b  h, bound: product of single steps\n"));
    free(out);
}
END_TEST

/* How much the product of the single steps of all states allows between two steps. */
static double bound_at(const gf_reach *r, long k, long t)
{
    double product = r->lift[t - 1];
    for (long s = t; s < k; s++)
        product *= r->joint[s - 1];
    return product;
}

/* Past c a way goes by h, and past h one by c: both together bound each. c[t] = 0.5 * c[t-1] + 0.25 * h[t-1] with h[t]
 * = c[t] has [0.5, 0.25; 0.5, 0.25] for a single step, of norm sqrt(0.625), and c[t] is [1; 1] to both. */
START_TEST(all_states_together_are_a_bound)
{
    const char *const texts[] = {
        "steps T = 5\ninput x[t] : 1 x 1\nstart h[0] : 1 x 1\nstart c[0] : 1 x 1\n"
        "c[t] = c[t-1] / 2 + h[t-1] / 4 + x[t]\nh[t] = c[t] + h[t-1] / 2\nL[t] = h[t]\nloss sum(t, L[t])\n",
        gf_template_find("lstm")->text};
    for (int n = 0; n < 2; n++) {
        gf_flow_options options = AS(.kind = GF_FLOW_JACOBIAN);
        parse(texts[n], "a.gf");
        ck_assert_int_eq(gf_model_unroll(models[0]), GF_OK);
        gf_flow_work f = {.options = &options, .m = models[0], .models = 1};
        ck_assert_int_eq(gf_flow_measure_jacobians(&f), GF_OK);
        ck_assert_uint_eq(f.count, 2);
        for (size_t i = 0; i < f.count; i++) {
            const gf_reach *r = &f.list[i];
            ck_assert_ptr_nonnull(r->joint);
            for (long k = 1; k <= r->steps; k++)
                for (long t = 1; t < k; t++)
                    ck_assert_double_ge(bound_at(r, k, t) * (1 + 1e-12), gf_reach_at(r, k, t));
            if (n == 0 && !strcmp(r->name, "c"))
                ck_assert_double_eq_tol(bound_at(r, 4, 2), sqrt(2) * (9 + sqrt(65)) / 16, 1e-12);
        }
        gf_arena_free(&f.arena);
        free(f.list);
        teardown();
    }
}
END_TEST

/* A cut right before the last step hides the ways past h there, not elsewhere. */
START_TEST(a_cut_hides_no_way_past_a_state)
{
    parse("steps T = 5\ninput x[t] : 1 x 1\nstart h[0] : 1 x 1\nstart h[-1] : 1 x 1\ntruncate 3\n"
          "h[t] = h[t-1] / 2 + h[t-2] / 4 + x[t]\nL[t] = h[t]\nloss sum(t, L[t])\n",
          "a.gf");
    char *out = written(AS(.kind = GF_FLOW_JACOBIAN, .lines = true, .format = GF_FLOW_CHARACTERS));
    ck_assert_ptr_null(strstr(out, "bound: product"));
    free(out);
}
END_TEST

/* Of the farthest distance there is one number, and that is told; the numbers here go up and down from step to step. */
START_TEST(what_is_left_is_what_the_numbers_say)
{
    gf_flow_options options = AS(.kind = GF_FLOW_JACOBIAN, .of = "h");
    gf_decay d;
    parse("steps T = 6\ninput g[t] : 1 x 1 = {0.5, 1, 1e-6, 1e-6, 1e-6, 1e-6}\nstart h[0] : 1 x 1\nstart q[0] : 1 x 1\n"
          "h[t] = q[t-1] + g[t] * h[t-1]\nq[t] = 0.9 * h[t-1]\nL[t] = h[t]\nloss sum(t, L[t])\n",
          "a.gf");
    ck_assert_int_eq(gf_model_unroll(models[0]), GF_OK);
    gf_flow_work f = {.options = &options, .m = models[0], .models = 1};
    ck_assert_int_eq(gf_flow_measure_jacobians(&f), GF_OK);
    ck_assert(gf_decay_of(&d, &f.arena, &f.list[0]));
    ck_assert_double_eq_tol(d.left, gf_reach_at(&f.list[0], 6, 1), 1e-12);
    gf_arena_free(&f.arena);
    free(f.list);
}
END_TEST

/* --- pages -------------------------------------------------- */

/* The ink of a <text> of an SVG of ours; the text begins at the x of its anchor, each run in its own size. */
typedef struct ink {
    double left, right, top, bottom;
    char text[120];
} ink;

static double attribute(const char *from, const char *name, double without)
{
    const char *end = strchr(from, '>'), *at = strstr(from, name);
    return at && at < end ? strtod(at + strlen(name), NULL) : without;
}

static bool has(const char *from, const char *name)
{
    const char *end = strchr(from, '>'), *at = strstr(from, name);
    return at && at < end;
}

static ink read_ink(const char *text)
{
    double x = attribute(text, " x=\"", 0), y = attribute(text, " y=\"", 0), width = 0, largest = 0;
    const char *end = strstr(text, "</text>");
    ink out = {.text = ""};
    for (const char *run = text; (run = strstr(run, "<tspan")) && run < end; run++) {
        const char *begin = strchr(run, '>') + 1;
        char part[100];
        double size = attribute(run, "font-size=\"", 0);
        snprintf(part, sizeof part, "%.*s", (int)strcspn(begin, "<"), begin);
        for (char *at; (at = strstr(part, "&gt;"));)
            memmove(at + 1, at + 4, strlen(at + 4) + 1), *at = '>';
        ck_assert_msg(size >= 12, "'%s' has letters of %g pixels", part, size);
        unsigned style = has(run, "bold") ? GF_BOLD : GF_PLAIN;
        width += gf_letters_width(part, GF_SANS, style, size);
        largest = fmax(largest, size);
        strncat(out.text, part, sizeof out.text - strlen(out.text) - 1);
    }
    double before = has(text, "\"end\"") ? width : has(text, "\"middle\"") ? width / 2 : 0;
    double above = 0.72 * largest, below = 0.2 * largest;
    bool upright = has(text, "rotate(-90");
    out.left = x - (upright ? above : before);
    out.right = x + (upright ? below : width - before);
    out.top = y - (upright ? width - before : above);
    out.bottom = y + (upright ? before : below);
    return out;
}

/* No text of the page, of at least so many, meets another, or leaves it. */
static void assert_readable(gf_flow_options options, int least)
{
    enum { MOST = 400 };
    static ink inks[MOST];
    options.format = GF_FLOW_SVG;
    char *svg = written(options);
    double width = attribute(svg, " width=\"", 0), height = attribute(svg, " height=\"", 0);
    int count = 0;
    for (const char *text = svg; (text = strstr(text, "<text")); text++) {
        ck_assert_int_lt(count, MOST);
        ink own = inks[count++] = read_ink(text);
        ck_assert_msg(own.left >= 0 && own.right <= width && own.top >= 0 && own.bottom <= height,
                      "'%s' leaves the page", own.text);
        for (int k = 0; k + 1 < count; k++)
            ck_assert_msg(own.left >= inks[k].right || own.right <= inks[k].left || own.top >= inks[k].bottom ||
                              own.bottom <= inks[k].top,
                          "'%s' meets '%s'", own.text, inks[k].text);
    }
    ck_assert_int_ge(count, least);
    free(svg);
}

static void read_template(const char *name, int steps)
{
    ck_assert_int_eq(gf_model_set(parse(gf_template_find(name)->text, name), "T", steps), GF_OK);
}

START_TEST(no_texts_of_a_page_meet)
{
    static const int steps[] = {1, 5, 30};
    for (size_t n = 0; n < sizeof steps / sizeof *steps; n++)
        for (gf_flow_kind kind = GF_FLOW_LOSS; kind <= GF_FLOW_PATHS; kind++) {
            int few = kind == GF_FLOW_PATHS && steps[n] == 1 ? 3 : 9; /* no path leads from one step to the next */
            read_template("rnn", steps[n]);
            read_template("birnn", steps[n]);
            assert_readable(AS(.kind = kind), few);
            if (kind != GF_FLOW_WEIGHTS) /* whose lines are too many */
                assert_readable(AS(.kind = kind, .lines = true, .theme = "print"), few);
            assert_readable(AS(.kind = kind, .page_width = 960, .page_height = 720, .theme = "dark"), few);
            teardown();
        }
    for (int many = 0; many < 4; many++)
        read_template(many % 2 ? "deep-lstm" : "rnn", 12);
    assert_readable(AS(.kind = GF_FLOW_LOSS), 9);
    assert_readable(AS(.kind = GF_FLOW_WEIGHTS), 9);
}
END_TEST

START_TEST(pages_are_refused_and_written)
{
    char *out;
    size_t size;
    read_template("deep-lstm", 4);
    gf_flow_options options = AS(.format = GF_FLOW_SVG, .kind = GF_FLOW_WEIGHTS, .lines = true);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(models[0]),
                     "flow: a picture holds 18 of these, not 26: --of takes fewer names\n");
    options = AS(.format = GF_FLOW_SVG, .kind = GF_FLOW_WEIGHTS, .page_width = 640, .page_height = 480);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(models[0]),
                     "flow: 26 rows do not fit 640 x 480 pixels: --of takes fewer names, or "
                     "leave out --size\n");
    options = AS(.format = GF_FLOW_SVG, .page_width = 200, .page_height = 200);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(models[0]), "flow: 200 x 200 pixels are too few: leave out --size\n");
    options = AS(.format = GF_FLOW_SVG, .theme = "loud");
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(models[0]), "flow: there is no theme 'loud', only light, dark and print\n");
    options = AS(.format = GF_FLOW_PNG, .dots_per_inch = 10000);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 1, &options), GF_ERROR_LIMIT);
    ck_assert_msg(!strncmp(gf_model_message(models[0]), "flow: ", 6), "%s", gf_model_message(models[0]));
    options = AS(.format = GF_FLOW_PNG, .dots_per_inch = 48);
    ck_assert_int_eq(gf_flow_text(&out, &size, models, 1, &options), GF_OK);
    ck_assert(size > 1000 && !memcmp(out, "\x89PNG", 4));
    free(out);
    parse("steps T = 3\ninput x[t] : 2 x 1\nstart h[0] : 2 x 1\nh[t] = h[t-1] + x[t]\nloss sum(h[T])\n", "last.gf");
    options = AS(.format = GF_FLOW_SVG);
    ck_assert_int_eq(gf_flow_text(&out, NULL, models, 2, &options), GF_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(gf_model_message(models[1]),
                                 "flow: last.gf has one loss, deep-lstm one at each step: no heat map holds both; "
                                 "--plot lines does\n"));
    options = AS(.format = GF_FLOW_PDF);
    ck_assert_int_eq(gf_flow_text(&out, &size, models, 1, &options), GF_OK);
    ck_assert(size > 1000 && !memcmp(out, "%PDF", 4));
    free(out);
}
END_TEST

static void count_up(double share, void *data)
{
    double *last = data;
    ck_assert(share >= *last && share <= 1);
    *last = share;
}

START_TEST(progress_is_told)
{
    for (int kind = GF_FLOW_LOSS; kind <= GF_FLOW_WEIGHTS; kind++) {
        double share = 0;
        parse(HALF, "a.gf");
        parse(HALF, "b.gf");
        free(written(AS(.kind = (gf_flow_kind)kind, .progress = count_up, .progress_data = &share)));
        ck_assert_double_eq(share, 1);
        teardown();
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        each_kind_has_its_numbers,
        time_runs_both_ways,
        a_loss_is_found,
        a_batch_is_taken_together,
        numbers_are_those_of_central_differences,
        names_are_refused_by_what_they_are,
        too_much_is_refused,
        paths_say_why_not,
        a_heat_map_is_drawn_in_characters,
        lines_are_drawn_in_characters,
        words_say_what_is_left,
        a_product_of_single_steps_is_a_bound,
        all_states_together_are_a_bound,
        a_cut_hides_no_way_past_a_state,
        what_is_left_is_what_the_numbers_say,
        no_texts_of_a_page_meet,
        pages_are_refused_and_written,
        progress_is_told,
    };
    Suite *suite = suite_create("flow");
    TCase *tcase = tcase_create("flow");
    tcase_set_timeout(tcase, 100);
    tcase_add_checked_fixture(tcase, NULL, teardown);
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
