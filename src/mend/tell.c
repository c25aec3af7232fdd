/* Edits as they are told: what stands in the file, what is wrong in it, and the line to put in its place. */
#include <string.h>

#include "mend/search.h"

/* The term is told without a line that is to stand behind it. False without memory. */
static bool tell(gf_repair *out, gf_arena *arena, const gf_source *source, const gf_mend *mend)
{
    gf_text w = {0};
    if (*mend->text == '\n') { /* a line to stand behind another */
        out->written = out->marks = "";
        out->term = out->mended = gf_arena_text(arena, mend->text + strspn(mend->text, "\n"));
        return out->term;
    }
    gf_mend_write(&w, source, mend, mend->around);
    gf_text_cut(&w, strcspn(gf_text_string(&w), "\n"));
    out->term = gf_text_keep(&w, arena);
    gf_source_quote(&w, source, mend->statement->span, 0);
    out->written = gf_text_keep(&w, arena);
    gf_mend_write_marks(&w, source, mend);
    out->marks = gf_text_keep(&w, arena);
    gf_mend_write(&w, source, mend, mend->statement->span);
    out->mended = gf_text_keep(&w, arena);
    return out->term && out->written && out->marks && out->mended;
}

gf_status gf_mends_tell(gf_repairs *out, gf_arena *arena, const gf_model *m, const gf_mend chosen[], size_t count,
                        const char *tried)
{
    const gf_source *source = &m->file.source;
    gf_repair *list = gf_arena_get(arena, (count + 1) * sizeof *list);
    bool good = list;
    for (size_t k = 0; k < count && good; k++) {
        const gf_mend *mend = &chosen[k];
        list[k] = (gf_repair){.line = gf_source_line(source, mend->statement->span.begin),
                              .kind = gf_edit_kind_text(mend->kind),
                              .tried = tried};
        good = tell(&list[k], arena, source, mend);
    }
    *out = (gf_repairs){list, good ? count : 0};
    return good ? GF_OK : GF_ERROR_MEMORY;
}
