/* What grows on the ground floor while memory runs out. Linked with --wrap=malloc and so on. */
#include "failing.h"
#include "support.h"

#include "base/grow.h"
#include "text/text.h"

static void let_fail(long at)
{
    heap.count = heap.pieces = 0;
    heap.fail_at = at;
    heap.watching = true;
}

/* How many pieces are still out; from here on all is as usual. */
static long let_be(void)
{
    heap.watching = false;
    return heap.pieces;
}

/* --- arrays ----------------------------------------------------------------- */

/* The k-th time that it must grow it does not: then it is as it was, and grows the next time. */
START_TEST(an_array_without_memory_stays_as_it_is)
{
    for (long at = 1; at <= 6; at++) {
        int *numbers = NULL;
        size_t room = 0, size = 0, failed = 0;
        bool kept = true;
        let_fail(at);
        while (size < 400) {
            int *old = numbers;
            size_t had = room;
            if (gf_grow(&numbers, &room, size + 1)) {
                numbers[size] = (int)size;
                size++;
            } else {
                failed++;
                kept = kept && numbers == old && room == had && size == room && heap.count == at;
            }
        }
        for (size_t k = 0; k < size; k++)
            kept = kept && numbers[k] == (int)k;
        bool one = let_be() == 1;
        free(numbers);
        ck_assert(kept && one && failed == 1);
    }
}
END_TEST

/* --- text ------------------------------------------------------------------- */

static void write_much(gf_text *text)
{
    for (int k = 0; k < 100; k++) {
        gf_text_add(text, "line ");
        gf_text_print(text, "%d", k);
        gf_text_printable(text, ":\t");
        gf_text_name(text, "\xFF");
        gf_text_number(text, 1.0 / 3);
        gf_text_bytes(text, "\n", 1);
    }
}

/* What was written before memory failed stays, and nothing is written after it. */
START_TEST(a_text_without_memory_stays_as_it_is)
{
    gf_text whole = {0};
    let_fail(0);
    write_much(&whole);
    long needed = heap.count;
    let_be();
    ck_assert(!whole.failed && needed > 3);
    for (long at = 1; at <= needed; at++) {
        gf_text text = {0};
        let_fail(at);
        write_much(&text);
        bool stopped = text.failed && heap.count == at, ends = strlen(gf_text_string(&text)) == text.size;
        bool begins = text.size < whole.size && !memcmp(gf_text_string(&text), gf_text_string(&whole), text.size);
        gf_text_free(&text);
        bool clean = let_be() == 0;
        ck_assert(stopped && ends && begins && clean && !text.failed);
    }
    gf_text_free(&whole);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        an_array_without_memory_stays_as_it_is,
        a_text_without_memory_stays_as_it_is,
    };
    return RUN_TESTS("base_failures", tests);
}
