/* Tutorial 12: an LSTM reads a song letter by letter, learns what comes next, and sings on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

/* Letters of the song, and kinds of them; pieces that are read side by side, letters of an update; units. */
enum { LENGTH = 3183, LETTERS = 30, PIECES = 8, STEPS = 20, HIDDEN = 48 };

int main(int argc, char *argv[])
{
    int passes = argc > 1 ? atoi(argv[1]) : 30;
    return 0;
}
