/* Which known word is the nearest to one that is not known. */
#include "text/nearest.h"

#include <stdio.h>
#include <string.h>

#include "text/characters.h"

enum { LONGEST = 40 }; /* bytes; longer words are compared whole */

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Damerau and Levenshtein's distance, with three rows of the table. */
int gf_edit_distance(const char *a, const char *b, int most)
{
    int n = (int)strlen(a), m = (int)strlen(b);
    if (n > LONGEST || m > LONGEST || n - m > most || m - n > most)
        return strcmp(a, b) ? most + 1 : 0;
    int rows[3][LONGEST + 1];
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return least(rows[n % 3][m], most + 1);
}

static int same_but_for_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        int x = *a >= 'A' && *a <= 'Z' ? *a - 'A' + 'a' : *a, y = *b >= 'A' && *b <= 'Z' ? *b - 'A' + 'a' : *b;
        if (x != y)
            return 0;
    }
    return *a == *b;
}

/* What a word looks like, letter by letter; 0 where it is too long. */
static int looks(const char *word, uint32_t out[LONGEST])
{
    int count = 0, bytes;
    for (; *word; word += bytes) {
        uint32_t form[GF_FORM];
        int letters = gf_code_form_of(gf_utf8_decode(word, strlen(word), &bytes), form);
        if (count + letters > LONGEST)
            return 0;
        for (int k = 0; k < letters; k++)
            out[count++] = gf_code_looks_like(form[k]);
    }
    return count;
}

/* Do they look the same, though they are not? Then also the first letters that differ. */
static bool look_alike(const char *a, const char *b, uint32_t letters[2])
{
    uint32_t one[LONGEST], two[LONGEST];
    int count = looks(a, one), same = 0, bytes;
    if (!count || looks(b, two) != count || memcmp(one, two, (size_t)count * sizeof *one) != 0)
        return false;
    while (a[same] && a[same] == b[same])
        same++;
    while (same && gf_utf8_continues(a[same]))
        same--; /* to where the letter begins */
    letters[0] = gf_utf8_decode(a + same, strlen(a + same), &bytes);
    letters[1] = gf_utf8_decode(b + same, strlen(b + same), &bytes);
    return a[same] || b[same];
}

const char *gf_nearest_letters(gf_nearest *nearest)
{
    uint32_t letters[2];
    *nearest->letters = '\0';
    if (nearest->found && look_alike(nearest->wanted, nearest->found, letters))
        snprintf(nearest->letters, sizeof nearest->letters, " the letter here is U+%04X (%s), there U+%04X (%s)",
                 (unsigned)letters[0], gf_code_script(letters[0]), (unsigned)letters[1], gf_code_script(letters[1]));
    return nearest->letters;
}

void gf_nearest_offer(gf_nearest *nearest, const char *word)
{
    uint32_t letters[2];
    if (look_alike(nearest->wanted, word, letters)) {
        nearest->found = word;
        nearest->rank = 0;
        return;
    }
    int count = (int)gf_utf8_count(nearest->wanted), most = count < 6 ? 1 : count / 3;
    int distance = same_but_for_case(nearest->wanted, word) ? 1 : gf_edit_distance(nearest->wanted, word, most);
    if (count == 1 && distance == 1 && gf_utf8_count(word) == 1 && !same_but_for_case(nearest->wanted, word))
        return;                                            /* one letter is not "near" another */
    int rank = 2 * distance + (*word != *nearest->wanted); /* of two alike, the one that begins alike */
    if (distance > most || (nearest->found && rank >= nearest->rank))
        return;
    nearest->found = word;
    nearest->rank = rank;
}

const char *gf_nearest_word(const char *wanted, const char *const words[], size_t count)
{
    gf_nearest nearest = {.wanted = wanted};
    for (size_t k = 0; wanted && k < count; k++)
        gf_nearest_offer(&nearest, words[k]);
    return nearest.found;
}
