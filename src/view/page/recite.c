/* A graph as a text: leaves are declared, each name's equation is that of one node, and what is read outside the steps
 * starts somewhere.
 *
 *     steps T = 5
 *     input x[t] : 1 x 3
 *     param U : 3 x 4
 *     h[t] = tanh((x[t] @ U) + (h[t-1] @ W))
 *     start h[0] : 1 x 4 */
#include "view/page/recite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/index.h"
#include "model/model.h"
#include "view/page/reciting.h"

enum { LONGEST_LOSS = 80 /* bytes of one without a name */, MOST_PRIMES = 4 };
static const char twice = '\001'; /* behind a key, once for each node of that name which the step has before */

/* --- words ------------------------------------------------------------------------------------------ */

/* The key of so many bytes of a node's name, in its scope; new where `add`. UINT32_MAX: there is none. */
static uint32_t find_key(gf_reciting *r, const gf_node *node, int length, bool add)
{
    gf_text key = {0};
    const char *scope = gf_node_scope(node);
    gf_text_print(&key, "%s%s%.*s", scope, *scope ? "." : "", length, gf_node_name(node));
    uint32_t number = key.failed ? UINT32_MAX
                      : add      ? gf_names_add(&r->keys, gf_text_string(&key))
                                 : gf_names_find(&r->keys, gf_text_string(&key));
    r->out->failed |= key.failed || (add && number == UINT32_MAX);
    gf_text_free(&key);
    return number;
}

/* The h of h[0]. */
static void find_start(gf_reciting *r, const gf_node *node)
{
    const char *name = gf_node_name(node), *index = strchr(name, '[');
    uint32_t number = index ? find_key(r, node, (int)(index - name), false) : UINT32_MAX;
    if (number && number != UINT32_MAX)
        r->sayings[node->id] = (gf_saying){number, (int)strtol(index + 1, NULL, 10), true};
}

/* The word of a node with a name: h, of the second one at a step h', and so on. `seen` counts them. */
static uint32_t find_word(gf_reciting *r, const gf_node *node, gf_index *seen)
{
    uint32_t number = find_key(r, node, (int)strlen(gf_node_name(node)), true);
    uint32_t *count = r->out->failed ? NULL : gf_index_put(seen, number, (uint32_t)gf_node_step(node));
    r->out->failed |= !count;
    if (!count || !(*count)++)
        return number;
    gf_text key = {0};
    gf_text_add(&key, gf_names_text(&r->keys, number));
    for (uint32_t k = 1; k < *count && k <= MOST_PRIMES; k++)
        gf_text_bytes(&key, &twice, 1);
    number = key.failed ? UINT32_MAX : gf_names_add(&r->keys, gf_text_string(&key));
    r->out->failed |= number == UINT32_MAX;
    gf_text_free(&key);
    return number;
}

static bool find_sayings(gf_reciting *r)
{
    gf_index seen = {0};
    r->sayings = calloc(r->g->size + 1, sizeof *r->sayings);
    for (size_t id = 0; r->sayings && id < r->g->size && !r->out->failed; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        if (node->name)
            r->sayings[id] = (gf_saying){find_word(r, node, &seen), gf_node_step(node), false};
    }
    gf_index_free(&seen);
    r->words = calloc((size_t)r->keys.count + 1, sizeof *r->words);
    r->out->failed |= !r->sayings || !r->words;
    for (size_t id = 0; id < r->g->size && !r->out->failed; id++)
        find_start(r, gf_node_in(r->g, id));
    return !r->out->failed;
}
/* --- statements ------------------------------------------------------------------------------------- */

/* What is said of a node's name; NULL: it has none, or is where others start. */
static gf_word *word_of(const gf_reciting *r, const gf_node *node)
{
    const gf_saying *its = &r->sayings[node->id];
    return its->word && !its->start ? &r->words[its->word] : NULL;
}

/* Of each name the steps at which it stands. */
static void find_words(gf_reciting *r)
{
    for (size_t id = 0; id < r->g->size; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        int step = gf_node_step(node);
        r->steps = step > r->steps ? step : r->steps;
        gf_word *w = word_of(r, node);
        if (!w)
            continue;
        w->count++;
        if (!step)
            continue;
        w->first = w->first ? (step < w->first ? step : w->first) : step;
        w->last = step > w->last ? step : w->last;
    }
}

/* And the node that is said: of one step, in the middle. */
static void find_said(gf_reciting *r)
{
    for (size_t id = 0; id < r->g->size; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        gf_word *w = word_of(r, node);
        int behind = w ? gf_node_step(node) - (w->first + w->last) / 2 : -1;
        if (!behind)
            w->said = node;
        if (behind == 1)
            w->next = node;
    }
}

static void say_leaf(gf_reciting *r, const gf_node *node)
{
    const char *kind = gf_node_is_param(node) ? "param" : gf_node_is_input(node) ? "input" : "given";
    char spelled[GF_SPELLED];
    gf_text_print(r->out, "%s %s%s : %d x %d\n", kind, gf_spell(spelled, r, r->sayings[node->id].word),
                  gf_node_step(node) ? "[t]" : "", gf_node_rows(node), gf_node_cols(node));
}

/* Is the right side of `node`, from `begin` of the text on, also that of the step behind it? */
static bool says_the_same(gf_reciting *r, const gf_node *next, size_t begin)
{
    gf_text *out = r->out, other = {0};
    r->out = &other;
    r->here = gf_node_step(next);
    r->begin = 0;
    r->parts = 0;
    gf_say_right(r, next, 0);
    r->out = out;
    out->failed |= other.failed;
    bool same = r->fine && !out->failed && !strcmp(gf_text_string(out) + begin, gf_text_string(&other));
    gf_text_free(&other);
    return same;
}

/* The right side, which stands for that of the next step as well. */
static void say_equation(gf_reciting *r, const gf_node *node)
{
    const gf_node *next = r->words[r->sayings[node->id].word].next;
    size_t begin = r->out->size;
    bool same = false;
    for (int way = 0; way < 2 && !same && r->fine && !r->out->failed; way++) {
        r->ranges = way == 0;
        if (r->out->size > begin)
            gf_text_cut(r->out, begin);
        r->here = gf_node_step(node);
        r->parts = 0;
        gf_say_right(r, node, 0);
        same = !next || (r->fine && says_the_same(r, next, begin));
    }
    r->ranges = false;
    r->fine &= same;
}

static void say_statement(gf_reciting *r, const gf_node *node)
{
    r->here = gf_node_step(node);
    r->begin = r->out->size;
    if (!node->arity) {
        say_leaf(r, node);
        return;
    }
    uint32_t number = r->sayings[node->id].word;
    char spelled[GF_SPELLED];
    if (!strcmp(gf_names_text(&r->keys, number), "loss"))
        gf_text_add(r->out, "loss ");
    else
        gf_text_print(r->out, "%s%s = ", gf_spell(spelled, r, number), r->here ? "[t]" : "");
    size_t begin = r->out->size;
    r->of = number;
    say_equation(r, node);
    r->said += r->fine;
    if (!r->fine && !r->out->failed) {
        gf_text_cut(r->out, begin);
        gf_say_piece(r, GF_LEFT_OUT, node, false);
        r->fine = true;
    }
    gf_text_add(r->out, "\n");
}

/* Has no name two meanings, twice at one step of one scope? */
static bool is_clear(const gf_reciting *r)
{
    for (uint32_t k = 1; k <= r->keys.count; k++) {
        const gf_word *w = &r->words[k];
        if (w->count > (w->last ? w->last - w->first + 1 : 1))
            return false;
    }
    return true;
}

/* A file has a loss: without one of that name, where backward began, which need not have a name. */
static void say_loss(gf_reciting *r)
{
    const gf_node *root = r->g->record.root;
    uint32_t loss = gf_names_find(&r->keys, "loss");
    if (loss != UINT32_MAX && r->words[loss].said)
        return;
    r->here = 0;
    r->of = 0;
    r->parts = 0;
    gf_text_add(r->out, "loss ");
    size_t begin = r->begin = r->out->size;
    if (root && root->name)
        gf_say_name(r, r->sayings[root->id].word, r->sayings[root->id].step);
    else if (root)
        gf_say_right(r, root, 0);
    bool scalar = root && gf_matrix_size(&root->value) == 1;
    if ((!scalar || !r->fine || (!root->name && r->out->size - begin > LONGEST_LOSS)) && !r->out->failed) {
        gf_text_cut(r->out, begin);
        gf_say_piece(r, GF_LEFT_OUT, NULL, false);
        r->fine = true;
    }
    gf_text_add(r->out, "\n");
}

static void say_starts(gf_reciting *r)
{
    char spelled[GF_SPELLED];
    for (uint32_t k = 1; k <= r->keys.count; k++) {
        const gf_word *w = &r->words[k];
        gf_spell(spelled, r, k);
        for (int step = -w->before + 1; w->said && step <= 0; step++)
            gf_text_print(r->out, "start %s[%d] : %d x %d\n", spelled, step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
        for (int step = 1; w->said && step <= w->behind; step++)
            gf_text_print(r->out, "start %s[T+%d] : %d x %d\n", spelled, step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
    }
}

static void recite(gf_reciting *r)
{
    if (!find_sayings(r))
        return;
    find_words(r);
    find_said(r);
    r->fine = is_clear(r);
    if (r->steps)
        gf_text_print(r->out, "steps T = %d\n", r->steps);
    for (size_t id = 0; id < r->g->size && r->fine; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        const gf_word *w = word_of(r, node);
        if (w && w->said == node)
            say_statement(r, node);
    }
    if (!r->fine)
        return;
    say_loss(r);
    say_starts(r);
    gf_text_add(r->out, gf_text_string(&r->given));
    r->out->failed |= r->given.failed;
    r->fine = r->said > 0;
}

static void end(gf_reciting *r)
{
    gf_names_free(&r->keys);
    gf_names_free(&r->pieces);
    gf_text_free(&r->given);
    free(r->words);
    free(r->sayings);
}

bool gf_recite(gf_text *out, const gf_graph *g)
{
    gf_reciting r = {.out = out, .g = g, .fine = true};
    recite(&r);
    end(&r);
    return r.fine && !out->failed;
}

/* --- a model ---------------------------------------------------------------------------------------- */

/* What stands for a word: its key; of a parameter its name alone, as in the strip, where that is nobody else's; of a
 * second node of one name h′. */
static void add_shown(gf_text *out, const gf_reciting *r, uint32_t number)
{
    const gf_node *said = r->words[number].said;
    const char *name = said && gf_node_is_param(said) ? gf_node_name(said) : "";
    bool alone = *name && gf_names_find(&r->keys, name) == UINT32_MAX;
    for (const char *at = alone ? name : gf_names_text(&r->keys, number); *at; at++)
        if (*at == twice)
            gf_text_add(out, "′");
        else
            gf_text_bytes(out, at, 1);
}

/* A name of the text gets another one. */
static bool rename_one(gf_model *m, const char *spelled, const char *name)
{
    uint32_t number = gf_names_find(&m->file.names, spelled);
    gf_text clean = {0};
    gf_text_name(&clean, name);
    bool fine =
        !clean.failed && (number == UINT32_MAX || gf_names_rename(&m->file.names, number, gf_text_string(&clean)));
    gf_text_free(&clean);
    return fine;
}

/* Names that the language does not take, and pieces, stand for their numbers. */
static bool rename_all(const gf_reciting *r, gf_model *m)
{
    char spelled[GF_SPELLED];
    bool fine = true;
    for (uint32_t k = 1; k <= r->keys.count && fine; k++) {
        gf_text shown = {0};
        if (gf_is_plain(gf_names_text(&r->keys, k)))
            continue;
        add_shown(&shown, r, k);
        fine = !shown.failed && rename_one(m, gf_spell(spelled, r, k), gf_text_string(&shown));
        gf_text_free(&shown);
    }
    for (uint32_t k = 1; k <= r->pieces.count && fine; k++) {
        snprintf(spelled, sizeof spelled, "p%u_", (unsigned)k);
        fine = rename_one(m, spelled, strchr(strchr(gf_names_text(&r->pieces, k), ' ') + 1, ' ') + 1);
    }
    return fine;
}

gf_status gf_recite_model(gf_model **m, const gf_graph *g)
{
    gf_text text = {0};
    gf_reciting r = {.out = &text, .g = g, .fine = true};
    *m = NULL;
    recite(&r);
    gf_status status = r.fine && !text.failed ? gf_model_parse(m, gf_text_string(&text), "") : GF_ERROR_ARGUMENT;
    if (text.failed || (!status && !rename_all(&r, *m)))
        status = GF_ERROR_MEMORY;
    end(&r);
    gf_text_free(&text);
    return status;
}
