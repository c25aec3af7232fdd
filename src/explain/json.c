/* Explanations as JSON, by Jansson. */
#include <math.h>

#include <jansson.h>

#include "explain/tell.h"

/* Is there no memory? Jansson's setters take NULL for a value, and say so; one flag gathers that. */
typedef struct object {
    json_t *json;
    bool *failed;
} object;

static void set(object to, const char *key, json_t *value)
{
    *to.failed |= json_object_set_new(to.json, key, value) != 0;
}

static void add(object to, json_t *value)
{
    *to.failed |= json_array_append_new(to.json, value) != 0;
}

/* JSON knows no NaN, and nothing infinite. */
static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *matrix(const gf_matrix *m, bool *failed)
{
    object rows = {json_array(), failed};
    for (int i = 0; i < m->rows; i++) {
        object row = {json_array(), failed};
        for (int j = 0; j < m->cols; j++)
            add(row, number(gf_matrix_at(m, i, j)));
        add(rows, row.json);
    }
    return rows.json;
}

static void set_matrix(object to, const char *key, const gf_matrix *m)
{
    set(to, key, matrix(m, to.failed));
}

static void set_text(object to, const char *key, const char *text)
{
    set(to, key, text ? json_string(text) : json_null());
}

/* --- arrows ------------------------------------------------------------------------------------------------------- */

static json_t *factors_of(const gf_product *product, bool *failed)
{
    object list = {json_array(), failed};
    for (int k = 0; k < product->count; k++) {
        object factor = {json_object(), failed};
        set_text(factor, "sign", product->factors[k].sign);
        set_text(factor, "text", product->factors[k].text);
        set_matrix(factor, "value", &product->factors[k].value);
        add(list, factor.json);
    }
    return list.json;
}

static json_t *products_of(const gf_link *link, bool *failed)
{
    object list = {json_array(), failed};
    for (int k = 0; k < link->count && link->worked; k++)
        for (int n = 0; n < link->worked[k].count; n++) {
            const gf_product *product = &link->worked[k].products[n];
            object one = {json_object(), failed};
            set_text(one, "text", product->text);
            set(one, "factors", factors_of(product, failed));
            set_matrix(one, "value", &product->value);
            add(list, one.json);
        }
    return list.json;
}

static json_t *link_object(const gf_link *link, bool *failed)
{
    object to = {json_object(), failed};
    set_text(to, "from", link->from.label);
    set_text(to, "to", link->to.label);
    set_text(to, "equation", link->equation);
    set_text(to, "formula", link->formula);
    set(to, "cut", json_boolean(link->cut));
    set(to, "norm", number(link->norm));
    set(to, "share", number(link->share));
    set(to, "cosine", number(link->cosine));
    set_matrix(to, "value", &link->sum);
    set(to, "products", products_of(link, failed));
    return to.json;
}

static void set_links(object to, const char *key, const gf_links_of *links)
{
    object list = {json_array(), to.failed};
    for (size_t k = 0; k < links->count; k++)
        add(list, link_object(&links->list[k], to.failed));
    set(to, key, list.json);
}

/* --- what is asked for -------------------------------------------------------------------------------------------- */

static json_t *node_object(const gf_node_explained *node, bool *failed)
{
    object to = {json_object(), failed}, operands = {json_array(), failed};
    set_text(to, "name", node->spot.label);
    set(to, "line", json_integer(node->line));
    set_text(to, "equation", node->written);
    set_text(to, "put_in", node->put_in);
    for (size_t k = 0; k < node->operand_count; k++) {
        object one = {json_object(), failed};
        set_text(one, "name", node->operands[k].label);
        set_matrix(one, "value", gf_value(node->operands[k].node));
        add(operands, one.json);
    }
    set(to, "operands", operands.json);
    set_matrix(to, "value", &node->value);
    set_text(to, "without_gradient", node->without);
    if (!node->gradient.data)
        return to.json;
    set_matrix(to, "gradient", &node->gradient);
    set(to, "norm", number(node->norm));
    set(to, "norms_of_arrows", number(node->parts));
    set_links(to, "arrives", &node->arrives);
    set_links(to, "goes_on", &node->goes_on);
    return to.json;
}

static json_t *arrow_object(const gf_arrow_explained *arrow, bool *failed)
{
    object to = {json_object(), failed};
    set(to, "arrow", link_object(&arrow->link, failed));
    set_text(to, "jacobian", arrow->jacobian);
    if (arrow->jacobian)
        set_matrix(to, "jacobian_value", &arrow->slope);
    set(to, "norm_of_gradient", number(arrow->whole));
    return to.json;
}

static json_t *chain_object(const gf_chain *chain, bool *failed)
{
    object to = {json_object(), failed}, links = {json_array(), failed};
    set_text(to, "from", chain->from.label);
    set_text(to, "to", chain->to.label);
    for (size_t k = 0; k < chain->count; k++) {
        const gf_chain_link *link = &chain->links[k];
        object one = {json_object(), failed};
        set_text(one, "from", link->from.label);
        set_text(one, "to", link->to.label);
        set_text(one, "formula", link->term);
        set(one, "factor", number(link->factor));
        set(one, "norm", number(link->norm));
        add(links, one.json);
    }
    set(to, "links", links.json);
    set(to, "chains", number(chain->chains));
    set_matrix(to, "value", &chain->value);
    set_matrix(to, "whole", &chain->whole);
    set(to, "norm", number(chain->norm));
    set(to, "norm_of_whole", number(chain->whole_norm));
    set(to, "share", number(chain->share));
    set(to, "cosine", number(chain->cosine));
    return to.json;
}

static json_t *series_object(const gf_series *series, bool *failed)
{
    object to = {json_object(), failed}, steps = {json_array(), failed};
    set_text(to, "name", series->name);
    set(to, "steps", json_integer(series->steps));
    for (size_t k = 0; k < series->count; k++)
        add(steps, node_object(&series->list[k], failed));
    set(to, "values", steps.json);
    return to.json;
}

static json_t *let_object(const gf_let_explained *let, bool *failed)
{
    object to = {json_object(), failed};
    set_text(to, "let", let->every_step ? let->name : let->spot.label);
    set(to, "line", json_integer(let->line));
    set_text(to, "equation", let->written);
    set(to, "open", json_boolean(let->open));
    if (let->known && !let->every_step)
        set_matrix(to, "value", &let->value);
    set_text(to, "gradient_of", let->every_step ? let->of_name : let->of_label);
    set(to, "claim", let->claim ? json_integer(let->claim) : json_null());
    if (let->truth && !let->every_step)
        set_matrix(to, "gradient", let->truth);
    set(to, "error", number(let->known && let->compared ? let->error : NAN));
    return to.json;
}

static int add_bytes(const char *bytes, size_t size, void *data)
{
    gf_text *text = data;
    gf_text_bytes(text, bytes, size);
    return text->failed ? -1 : 0;
}

void gf_tell_json(gf_text *text, const gf_told_json *what)
{
    bool failed = false;
    json_t *json = what->node    ? node_object(what->node, &failed)
                   : what->arrow ? arrow_object(what->arrow, &failed)
                   : what->let   ? let_object(what->let, &failed)
                   : what->chain ? chain_object(what->chain, &failed)
                                 : series_object(what->series, &failed);
    text->failed |= failed || json_dump_callback(json, add_bytes, text, JSON_INDENT(2)) != 0;
    gf_text_add(text, "\n");
    json_decref(json);
}
