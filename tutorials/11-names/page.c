/* Tutorial 11: which country does a name come from? An LSTM reads it letter by letter, and its last state decides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

/* Names, and letters of the longest; letters and countries that there are; units; names of a batch. */
enum { NAMES = 510, STEPS = 14, LETTERS = 26, COUNTRIES = 6, HIDDEN = 32, BATCH = 34 };

int main(int argc, char *argv[])
{
    int epochs = argc > 1 ? atoi(argv[1]) : 15;
    return 0;
}
