/* Model files to start from. Their texts stand beside this file; a generator makes arrays of them. */
#include <gradflow/template.h>

#include <string.h>

extern const char gf_template_text_rnn[], gf_template_text_lstm[], gf_template_text_peephole[], gf_template_text_gru[],
    gf_template_text_birnn[], gf_template_text_deep_lstm[];

static const gf_template templates[] = {
    {"rnn", "a recurrent network with tanh", gf_template_text_rnn},
    {"lstm", "long short-term memory", gf_template_text_lstm},
    {"peephole", "long short-term memory whose gates see the cell state", gf_template_text_peephole},
    {"gru", "a gated recurrent unit, reset gate before the product", gf_template_text_gru},
    {"birnn", "a recurrent network in both directions of time", gf_template_text_birnn},
    {"deep-lstm", "two layers of long short-term memory", gf_template_text_deep_lstm},
};
enum { TEMPLATES = sizeof templates / sizeof *templates };

const gf_template *gf_template_at(int number)
{
    return number >= 0 && number < TEMPLATES ? &templates[number] : NULL;
}

const gf_template *gf_template_find(const char *name)
{
    for (int k = 0; name && k < TEMPLATES; k++)
        if (!strcmp(templates[k].name, name))
            return &templates[k];
    return NULL;
}
