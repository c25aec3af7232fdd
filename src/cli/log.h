/* What train writes down: the log, its curves, and how far it is. */
#ifndef GF_CLI_LOG_H
#define GF_CLI_LOG_H

#include "cli/terminal.h"

typedef struct training_log {
    const command *self;
    const options *o;
    gf_model *m;
    gf_history *history;
    bool earlier;         /* the folder is one that an earlier training wrote */
    bool validates;       /* there is a column of the loss of examples that are not trained with */
    double clip;          /* --clip; 0: none, and no column of the norm behind it */
    double first, last;   /* losses */
    double validation[2]; /* the first and the last one */
    progress p;
    tell_progress *tell; /* NULL: nobody sees it */
} training_log;

/* What an update came to. */
typedef struct update_numbers {
    double loss, validation, rate, norm;
} update_numbers;

/* Each returns the exit status, having said what is wrong. */
int log_begin(training_log *l, const char *const records[], size_t count);
int log_look(training_log *l); /* what is recorded is so of the example that is set */
int log_update(training_log *l, const update_numbers *u, double share);

/* log.csv and the curves into the folder; without one the log, or on a terminal a chart and what it came to. */
int log_write(training_log *l, int parameters);
void log_free(training_log *l);

/* Makes the folder, if one is asked for, and refuses one in which files that no training wrote would be overwritten,
 * with so many records (folder.c). At the end, curves of more records that an earlier training left there go. */
int folder_begin(training_log *l, size_t records);
void folder_end(training_log *l, size_t records);

#endif
