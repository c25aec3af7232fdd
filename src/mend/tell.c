/* Edits as they are told: what stands in the file, what is wrong in it, and the line to put in its place. */
#include <string.h>

#include "mend/search.h"

typedef struct teller {
    gf_arena *arena;
    const gf_model *m;
    const char *tried;
    gf_status status;
} teller;

/* Without a line that is to stand behind it. */
static void cut_line(gf_text *w)
{
    char *end = w->data ? memchr(w->data, '\n', w->size) : NULL;
    if (!end)
        return;
    *end = '\0';
    w->size = (size_t)(end - w->data);
}

static const char *keep(teller *r, gf_text *w)
{
    char *text = w->failed ? NULL : gf_arena_text(r->arena, gf_text_string(w));
    gf_text_free(w);
    if (!text)
        r->status = GF_ERROR_MEMORY;
    return text;
}

/* A line to stand behind another. */
static gf_repair tell_added(teller *r, const gf_mend *mend)
{
    gf_text w = {0};
    const gf_source *source = &r->m->file.source;
    gf_text_add(&w, mend->text + strspn(mend->text, "\n"));
    const char *line = keep(r, &w);
    return (gf_repair){.line = gf_source_line(source, mend->statement->span.begin),
                       .kind = gf_edit_kind_text(mend->kind),
                       .term = line,
                       .written = "",
                       .marks = "",
                       .mended = line,
                       .tried = r->tried};
}

static gf_repair tell(teller *r, const gf_mend *mend)
{
    const gf_source *source = &r->m->file.source;
    gf_span whole = mend->statement->span;
    gf_repair repair = {.line = gf_source_line(source, whole.begin), .kind = gf_edit_kind_text(mend->kind)};
    gf_text w = {0};
    gf_mend_write(&w, source, mend, mend->around);
    cut_line(&w);
    repair.term = keep(r, &w);
    gf_source_quote(&w, source, whole, 0);
    repair.written = keep(r, &w);
    gf_mend_write_marks(&w, source, mend);
    repair.marks = keep(r, &w);
    gf_mend_write(&w, source, mend, whole);
    repair.mended = keep(r, &w);
    repair.tried = r->tried;
    return repair;
}

gf_status gf_mends_tell(gf_repairs *out, gf_arena *arena, const gf_model *m, const gf_mend chosen[], size_t count,
                        const char *tried)
{
    teller r = {arena, m, tried, GF_OK};
    gf_repair *list = gf_arena_get(arena, (count + 1) * sizeof *list);
    r.status = list ? GF_OK : GF_ERROR_MEMORY;
    for (size_t k = 0; k < count && !r.status; k++)
        list[k] = *chosen[k].text == '\n' ? tell_added(&r, &chosen[k]) : tell(&r, &chosen[k]);
    *out = (gf_repairs){list, r.status ? 0 : count};
    return r.status;
}
