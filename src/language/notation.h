/* How other notations write what an operation does, with the words of its row's text for the operands and constants. */
#ifndef GF_LANGUAGE_NOTATION_H
#define GF_LANGUAGE_NOTATION_H

typedef struct gf_notation {
    /* "\\tanh(a)"; NULL: \operatorname{name}(a). */
    const char *latex;
    /* Python with NumPy, where each value is an array of two dimensions: an expression that binds like a call,
     * "np.tanh(a)", or, if it has a `return`, the lines of a function of that name. NULL: there is none. NumPy counts
     * from 0: there `first` is one less than in the text. */
    const char *numpy;
} gf_notation;

/* Of the operation of that name; both NULL where nothing is noted. */
gf_notation gf_notation_of(const char *name);

#endif
