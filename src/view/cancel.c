/* How far contributions that are added up cancel, in words. */
#include "view/cancel.h"

#include <math.h>

/* Smaller than the root of the sum of squares is what unlike directions do not explain. */
const char *gf_cancel_words(double total, double parts, double squares)
{
    return total == 0              ? " cancel"
           : total < 0.2 * parts   ? " largely cancel"
           : total < sqrt(squares) ? " partly cancel"
           : total < 0.97 * parts  ? " differ in direction"
                                   : " add up";
}
