/* 09: training an LSTM: the regression of a published article. */
#include <stdio.h>
#include <stdlib.h>

#include <gradflow/gradflow.h>

enum { EXAMPLES = 1000, BATCH = 64, HIDDEN = 10 };

int main(int argc, char *argv[])
{
    int epochs = argc > 1 ? atoi(argv[1]) : 100;
    return 0;
}
