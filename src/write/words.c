/* Calls in other notations: templates filled in. */
#include "write/words.h"

#include <string.h>

const char *gf_words_at(const gf_function *function, uint32_t k, size_t *size)
{
    const char *at = function->usage ? strchr(function->usage, '(') : NULL;
    for (uint32_t n = 0; at && n <= k; n++) {
        at += n && *at == ',' ? 2 : 1;
        *size = strspn(at, GF_LETTERS);
        if (!*size)
            return NULL;
        if (n == k)
            return at;
        at += *size;
    }
    return NULL;
}

/* The number of the argument that a word stands for; GF_ARGUMENTS if it is none. */
static uint32_t argument_of(const gf_function *function, const char *word, size_t size)
{
    size_t length;
    const char *at;
    for (uint32_t k = 0; k < GF_ARGUMENTS && (at = gf_words_at(function, k, &length)); k++)
        if (length == size && !memcmp(at, word, size))
            return k;
    return GF_ARGUMENTS;
}

/* Between brackets or commas: (a), {a}, (a, b). The braces of {a}_{1:m} enclose nothing that could be seen. */
static bool is_enclosed(const char *template, const char *word, size_t size)
{
    const char *behind = word + size;
    if (word > template && word[-1] == ' ')
        word--;
    bool opened = word > template && strchr("({[,:", word[-1]);
    bool closed = (*behind && strchr(")}],:", *behind)) || !strncmp(behind, "\\right", strlen("\\right"));
    return opened && closed && strncmp(behind, "}_", 2) != 0;
}

void gf_words_write(gf_text *w, const char *template, const gf_function *function, const gf_tree *call,
                    gf_argument_writer *write, void *data)
{
    for (const char *at = template; *at;) {
        bool command = *at == '\\', letter = strspn(at, GF_LETTERS) > 0;
        size_t size = command ? 1 + strspn(at + 1, GF_LETTERS) : letter ? strspn(at, GF_LETTERS "_") : 1;
        uint32_t k = letter ? argument_of(function, at, size) : GF_ARGUMENTS;
        if (k < GF_ARGUMENTS && k < call->count) {
            char word[GF_FUNCTION_NAME] = "";
            memcpy(word, at, size);
            write(data, call->kids[k], word, is_enclosed(template, at, size));
        } else {
            gf_text_bytes(w, at, size);
        }
        at += size;
    }
}
