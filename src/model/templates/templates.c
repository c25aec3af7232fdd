/* Model files to start from. Their texts stand beside this file; a generator makes arrays of them. */
#include <gradflow/template.h>

#include <string.h>

extern const char gf_template_text_rnn[], gf_template_text_lstm[], gf_template_text_peephole[], gf_template_text_gru[],
    gf_template_text_gru_after[], gf_template_text_birnn[], gf_template_text_deep_lstm[], gf_template_text_residual[],
    gf_template_text_untied[], gf_template_text_attention[], gf_template_text_masked[];

static const gf_template templates[] = {
    {"rnn", "a recurrent network with tanh", gf_template_text_rnn},
    {"lstm", "long short-term memory", gf_template_text_lstm},
    {"peephole", "long short-term memory whose gates see the cell state", gf_template_text_peephole},
    {"gru", "a gated recurrent unit, reset gate before the product", gf_template_text_gru},
    {"gru-after", "a gated recurrent unit, reset gate after the product, as PyTorch's", gf_template_text_gru_after},
    {"birnn", "a recurrent network in both directions of time", gf_template_text_birnn},
    {"deep-lstm", "two layers of long short-term memory", gf_template_text_deep_lstm},
    {"residual", "a recurrent network with skips over steps and over a layer", gf_template_text_residual},
    {"untied", "a recurrent network with weights of its own at each step", gf_template_text_untied},
    {"masked", "a recurrent network on a batch of sequences of unequal length", gf_template_text_masked},
    {"attention", "a recurrent network with attention over its states", gf_template_text_attention},
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
