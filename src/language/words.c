/* What people paste from elsewhere: the table, in three pieces, and what is left when none of their rows fits. */
#include "language/words.h"

#include "language/patterns.h"
#include "language/words_rows.h"

/* clang-format off */
static const gf_foreign_word left[] = {
#define GROUP GROUP_PROGRAMS
    /* --- what is left --- */
    TO("<tanh|sigmoid|σ|relu|exp|log|sqrt|abs|softmax|log_softmax|softplus|norm|grad|mean|diag|vec> $o", "$1($o)",
       "a function, whose argument stands in brackets", .when = WHEN_LAST),
    TO("$d$h[$t]^$k", "$d * $h[$t]^$k", "a product with a number", .when = WHEN_LAST | WHEN_NO_SHAPE | WHEN_KNOWN),
    TO("$d$h^$k", "$d * $h^$k", "a product with a number", .when = WHEN_LAST | WHEN_NO_SHAPE | WHEN_KNOWN),
    TO("$d$h'", "$d * $h'", "a product with a number", .when = WHEN_LAST | WHEN_NO_SHAPE | WHEN_KNOWN),
    TO("$d$h", "$d * $h", "a product with a number", .when = WHEN_LAST | WHEN_NO_SHAPE | WHEN_KNOWN),
    TO("$dt", "$d * t", "a product with a number", .when = WHEN_LAST),
    TO("$d<f|F|f0|f32|L|d0>", "$d", "a number, which has one kind here", .when = WHEN_LAST),
    NO("$^<We|Therefore|Thus|Hence|Then|So|The|This|Here|Note|Now|Since|Using|Finally|First|Second|Next|If|Recall|"
       "Suppose|Assume|Similarly|Where|where> $u $r",
       "a sentence: a comment begins with #", .when = WHEN_LAST),
    NO("$^<Therefore|Thus|Hence|Then|So|The|This|Here|Note|Now|Since|Using|Finally|First|Second|Next|If|Recall|"
       "Suppose|Assume|Similarly|Where|where>, $r",
       "a sentence: a comment begins with #", .when = WHEN_LAST),
    NO("$_<and|or|if|is> $r", "no word of the language: two claims are two lines, a choice is where(c, a, b)",
       .when = WHEN_LAST),
    NO("for $w in $r", "a range: write for j = 1..T, of what stands there", .when = WHEN_LAST),
    TO("= ($a, $b)$.", "= [$a; $b]", "two values: one on top of the other; [a, b] is side by side", .say = "[a; b]",
       .when = WHEN_LAST),
    TO("$^$W = $a >= $r", "$W = ($a >= $r)", "a comparison, which stands in brackets", .say = "(a >= b)",
       .when = WHEN_LAST),
    TO("$^$W = $a $< $r", "$W = ($a $< $r)", "a comparison, which stands in brackets", .say = "(a $< b)",
       .when = WHEN_LAST),
    TO("$^$W = $a > $r", "$W = ($a > $r)", "a comparison, which stands in brackets", .say = "(a > b)",
       .when = WHEN_LAST),
    TO("$^$h[$t] = $a > $r", "$h[$t] = ($a > $r)", "a comparison, which stands in brackets", .say = "(a > b)",
       .when = WHEN_LAST),
    NO("$^<self.|>$W = <nn.|tf.keras.layers.|keras.layers.|layers.>$u($*)$.",
       "a layer, which is written out as an equation here, h[t] = …", .when = WHEN_LAST),
    NO("np.$u($*)", "a function of a module, and there are no modules here: functions stand alone, as tanh(a)",
       .when = WHEN_MODULE | WHEN_LAST),
    NO("$a.$u($*)",
       "a method, and there are no objects here: functions stand before their argument, f(a)", .when = WHEN_LAST),
    TO("$W.$h[$j]", "$W @ $h[$j]", "the matrix product, whose sign is @",
       .when = WHEN_KNOWN | WHEN_TIMED | WHEN_LAST),
    NO("$^$u($*) = $r", "a function of one's own, and there are none: write what it is where it is used",
       .when = WHEN_UNKNOWN | WHEN_LAST),
    NO("$^let $u($*) = $r", "a function of one's own, and there are none: write what it is where it is used",
       .when = WHEN_UNKNOWN | WHEN_LAST),
    NO("$^$u, $w<,| => $r",
       "several names at once, and a line gives one: write a line for each, of a part rows(a, i, j)",
       .when = WHEN_LAST),
    NO("$u.$W",
       "an attribute, and there are no objects here: names are letters, digits and _", .when = WHEN_LAST),
    NO("$h[$i].$W",
       "an attribute, and there are no objects here: names are letters, digits and _", .when = WHEN_LAST),
    TO("\\\\ $r", "$r", "the end of a line in LaTeX, which needs no sign", .say = "", .when = WHEN_LAST),
    TO("\\$_$r", "$r", "a line that goes on: it does so by itself behind an operator and inside a bracket", .say = "",
       .when = WHEN_LAST),
    NO("loss", "a word, and no name: give the loss one, E = sum(t, L[t]) and loss E", .when = WHEN_CLAIM | WHEN_LAST),
    TO("`", "", "a matter of layout", .when = WHEN_LAST),
    NO("\\$u",
       "a command of LaTeX that the language has no sign for: write what it stands for", .when = WHEN_LAST),
};
#undef GROUP
/* clang-format on */

static const gf_foreign_rows nothing_else = ROWS(left);

const gf_foreign_word *gf_foreign_row(size_t k)
{
    const gf_foreign_rows *const pieces[] = {&gf_words_programs, &gf_words_arrays, &gf_words_paper, &nothing_else};
    for (size_t piece = 0; piece < sizeof pieces / sizeof *pieces; k -= pieces[piece++]->count)
        if (k < pieces[piece]->count)
            return &pieces[piece]->list[k];
    return NULL;
}

const char *gf_foreign_title(gf_foreign_group group)
{
    static const char *const titles[GROUPS] = {"Arrays: NumPy, PyTorch, MATLAB", "Nets: PyTorch, Keras",
                                               "Programs: Python and others", "Paper", "LaTeX"};
    return titles[group];
}
