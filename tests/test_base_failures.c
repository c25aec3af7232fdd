/* What grows on the ground floor while memory runs out. Linked with --wrap=malloc and so on. */
#include "support.h"

#include "base/grow.h"
#include "base/text.h"

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *piece, size_t bytes);
void __real_free(void *piece);

/* Allocations since let_fail, which of them fails (0: none), and pieces that are alive. */
static long count, fail_at, alive;

static void let_fail(long at)
{
    count = alive = 0;
    fail_at = at;
}

static void *counted(void *piece)
{
    alive += piece != NULL;
    return piece;
}

static bool fails(void)
{
    return ++count == fail_at;
}

void *__wrap_malloc(size_t bytes)
{
    return fails() ? NULL : counted(__real_malloc(bytes));
}

void *__wrap_calloc(size_t number, size_t bytes)
{
    return fails() ? NULL : counted(__real_calloc(number, bytes));
}

void *__wrap_realloc(void *piece, size_t bytes)
{
    if (fails())
        return NULL;
    void *larger = __real_realloc(piece, bytes);
    alive += !piece && larger;
    return larger;
}

void __wrap_free(void *piece)
{
    alive -= piece != NULL;
    __real_free(piece);
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
                kept = kept && numbers == old && room == had && size == room && count == at;
            }
        }
        for (size_t k = 0; k < size; k++)
            kept = kept && numbers[k] == (int)k;
        bool one = alive == 1;
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
    long needed = count;
    ck_assert(!whole.failed && needed > 3);
    for (long at = 1; at <= needed; at++) {
        gf_text text = {0};
        let_fail(at);
        write_much(&text);
        bool stopped = text.failed && count == at, ends = strlen(gf_text_string(&text)) == text.size;
        bool begins = text.size < whole.size && !memcmp(gf_text_string(&text), gf_text_string(&whole), text.size);
        gf_text_free(&text);
        bool clean = alive == 0;
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
