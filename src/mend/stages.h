/* Stages: small models of the same text, in which edits are looked for, and those in which they are tried. */
#ifndef GF_MEND_STAGES_H
#define GF_MEND_STAGES_H

#include "mend/search.h"

enum { GF_STAGES = 4, GF_SETTINGS = 16 }; /* the last two with as many steps as the file has, the last with its sizes */

/* Whether the file says something else under a setting. */
typedef struct gf_known_setting {
    gf_setting setting;
    bool cannot;
} gf_known_setting;

/* The stages of one file. */
typedef struct gf_stages {
    const gf_claims *claims; /* the file's own */
    const gf_model *m;
    bool *by_chance; /* by number of a claim: it holds in the file, and not with another seed */
    gf_stage list[GF_STAGES];
    int count;
    const char *tried; /* at what alone edits can be tried, where the file fixes it; NULL: not looked at yet */
    gf_known_setting settings[GF_SETTINGS];
    int setting_count;
    int seeds;        /* with so many an edit is tried; 0: not looked at yet */
    gf_readings *own; /* what lets stand for in the file's own model; NULL: it is not known */
    gf_stage *reader; /* on which was found what lets stand for */
    gf_status status;
} gf_stages;

/* Finds what lets stand for, on the stage that is most like the file. False where there is none, or without memory,
 * which is noted. Free them in any case. */
bool gf_stages_find_readings(gf_stages *stages, const gf_claims *claims);
void gf_stages_free(gf_stages *stages);
void gf_stage_end(gf_stage *stage);

/* All of them are asked from now on whether to go on. */
void gf_stages_watch(gf_stages *stages, gf_watch *watch);

/* The first, or the first after another, on which the line is wrong by itself, too; what is right is put in there. NULL
 * where there is none. */
gf_stage *gf_stage_for(gf_stages *stages, const gf_cause_found *cause, const gf_stage *after);

/* Is the line right with the mend: with other steps, with other seeds, with other sizes, and in the file as it is?
 * Does a claim that held fail with it? Without memory, which is noted, it is neither. */
bool gf_mend_is_right(gf_stages *stages, const gf_stage *stage, const gf_mend *mend, const gf_cause_found *cause);
bool gf_mend_breaks_one(gf_stages *stages, const gf_stage *stage, const gf_mend *mend);

/* Would the line be right as it stands if the file had no `truncate`? Likewise. */
bool gf_line_is_right_uncut(gf_stages *stages, const gf_stage *stage, const gf_cause_found *cause);

/* "tried at T = 4 only": a list, or a csv file, fixes how many steps there are; or the sizes. "" where nothing does.
 * NULL without memory. */
const char *gf_stages_tried(gf_stages *stages, gf_arena *arena);

#endif
