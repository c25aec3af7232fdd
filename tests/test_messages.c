/* Everything that is said about the files under wrong/: places, marks, lines, notes, word for word. What is wanted
 * stands beside each, in a .txt; with GF_WRITE set, these are written anew instead, to be looked at and committed. */
#include "equations.h"
#include "text/file.h"

static void write_problems(gf_text *w, const gf_source *source, gf_problems *problems)
{
    gf_problems_sort(problems);
    for (uint32_t k = 0; k < problems->count; k++)
        gf_problem_write(w, source, problems->list[k]);
}

/* Without the folder, wherever a message names it. */
static void write_without(gf_text *w, const char *text, const char *folder)
{
    for (const char *cut; (cut = strstr(text, folder)); text = cut + strlen(folder))
        gf_text_bytes(w, text, (size_t)(cut - text));
    gf_text_add(w, text);
}

/* The file's own problems, and then those of its lets and claims. */
static gf_text said_about(const char *path, const char *folder)
{
    gf_model *m;
    gf_text raw = {0}, said = {0};
    gf_model_read(&m, path);
    gf_model_unroll(m);
    write_problems(&raw, &m->file.source, &m->problems);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        write_problems(&raw, &m->file.source, &s->problems);
    write_without(&said, gf_text_string(&raw), folder);
    gf_text_free(&raw);
    gf_model_free(m);
    return said;
}

static int line_of_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++)
        line += *a == '\n';
    return line;
}

static void messages_are_as_written(const char *path)
{
    if (getenv("GF_SMALL") && strstr(path, "much-work"))
        return; /* it is about much work */
    char folder[1024], text[1024];
    snprintf(folder, sizeof folder, "%s", path);
    strrchr(folder, '/')[1] = '\0';
    snprintf(text, sizeof text, "%.*s.txt", (int)strlen(path) - 3, path);
    gf_text said = said_about(path, folder);
    if (getenv("GF_WRITE")) {
        ck_assert_int_eq(gf_file_write(text, said.data, said.size), 0);
    } else {
        gf_text wanted = read_whole(text);
        ck_assert_msg(!strcmp(gf_text_string(&said), gf_text_string(&wanted)), "%s, line %d; it is now:\n%s", text,
                      line_of_difference(gf_text_string(&said), gf_text_string(&wanted)), gf_text_string(&said));
        gf_text_free(&wanted);
    }
    gf_text_free(&said);
}

START_TEST(every_message_is_as_written)
{
    each_file("wrong/", 15, messages_are_as_written);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {every_message_is_as_written};
    return RUN_TESTS("messages", tests);
}
