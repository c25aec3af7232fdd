/* The ground floor: the arena, names, statuses. (Random numbers: test_random.c; matrices: test_matrix.c.) */
#include "support.h"
#include "text/characters.h"
#include "text/file.h"
#include "text/nearest.h"

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/grow.h"
#include "base/index.h"
#include "base/names.h"
#include "base/sized.h"

/* --- arena ------------------------------------------------------------------ */

static bool zeros(const unsigned char *piece, size_t bytes)
{
    for (size_t k = 0; k < bytes; k++)
        if (piece[k])
            return false;
    return true;
}

START_TEST(arena_pieces_are_zeros_aligned_and_apart)
{
    gf_arena arena = {0};
    unsigned char *pieces[300];
    size_t total = 0;
    for (size_t k = 0; k < 300; k++) {
        size_t bytes = k * 7 % 100 + k * k / 10;
        pieces[k] = gf_arena_get(&arena, bytes);
        ck_assert_ptr_nonnull(pieces[k]);
        ck_assert_uint_eq((uintptr_t)pieces[k] % sizeof(double), 0);
        ck_assert(zeros(pieces[k], bytes));
        memset(pieces[k], (int)(k % 255) + 1, bytes);
        total += bytes;
    }
    for (size_t k = 0; k < 300; k++) /* nobody wrote into another's piece */
        for (size_t at = 0, bytes = k * 7 % 100 + k * k / 10; at < bytes; at++)
            if (pieces[k][at] != k % 255 + 1)
                ck_abort_msg("piece %zu was overwritten", k);
    ck_assert_uint_ge(arena.held, total);
    gf_arena_free(&arena);
    ck_assert_uint_eq(arena.held, 0);
    ck_assert_ptr_null(arena.block);
}
END_TEST

START_TEST(arena_pieces_of_no_bytes_differ)
{
    gf_arena arena = {0};
    ck_assert_ptr_ne(gf_arena_get(&arena, 0), gf_arena_get(&arena, 0));
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_large_pieces_get_a_block_of_their_own)
{
    gf_arena arena = {0};
    size_t large_piece = (size_t)3 << 20;
    unsigned char *piece = gf_arena_get(&arena, large_piece);
    ck_assert(zeros(piece, large_piece));
    ck_assert_uint_lt(arena.held, large_piece + 4096);
    ck_assert_ptr_nonnull(gf_arena_get(&arena, 8));
    ck_assert_uint_le(arena.held, large_piece + ((size_t)1 << 20) + 4096); /* blocks do not grow past 1 MiB */
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_refuses_what_no_memory_has)
{
    gf_arena arena = {0};
    ck_assert_ptr_null(gf_arena_get(&arena, SIZE_MAX));
    ck_assert_ptr_null(gf_arena_get(&arena, SIZE_MAX / 2 + 1));
    ck_assert_uint_eq(arena.held, 0);
    ck_assert_ptr_nonnull(gf_arena_get(&arena, 16));
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_goes_back_to_a_piece)
{
    gf_arena arena = {0};
    unsigned char *kept = gf_arena_get(&arena, 100), *mark = gf_arena_get(&arena, 100);
    memset(kept, 7, 100);
    memset(mark, 7, 100);
    for (int k = 0; k < 1000; k++)
        memset(gf_arena_get(&arena, 1000), 7, 1000);
    gf_arena_back(&arena, mark);
    ck_assert_int_eq(kept[99], 7);
    ck_assert_ptr_eq(gf_arena_get(&arena, 100), mark);
    ck_assert(zeros(mark, 100)); /* pieces are zeros, used memory or not */
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_goes_back_to_the_first_piece_of_a_block)
{
    gf_arena arena = {0};
    gf_arena_get(&arena, 4096); /* fills the first block */
    void *mark = gf_arena_get(&arena, 4096);
    gf_arena_get(&arena, (size_t)1 << 22);
    gf_arena_back(&arena, mark);
    ck_assert_ptr_eq(gf_arena_get(&arena, 8), mark);
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_serves_the_same_pieces_from_the_same_blocks)
{
    gf_arena arena = {0};
    void *mark = gf_arena_get(&arena, 8), *first[300];
    for (int k = 0; k < 300; k++)
        first[k] = gf_arena_get(&arena, k % 100 ? 3000 : 3000000);
    size_t held = arena.held;
    for (int round = 0; round < 3; round++) {
        gf_arena_back(&arena, mark);
        ck_assert_uint_eq(arena.held, held); /* nothing is handed back, */
        ck_assert_ptr_eq(gf_arena_get(&arena, 8), mark);
        for (int k = 0; k < 300; k++)
            ck_assert_ptr_eq(gf_arena_get(&arena, k % 100 ? 3000 : 3000000), first[k]);
        ck_assert_uint_eq(arena.held, held); /* and nothing is asked for */
    }
    gf_arena_free(&arena);
    ck_assert_uint_eq(arena.held, 0);
}
END_TEST

START_TEST(arena_keeps_no_block_that_is_too_small)
{
    gf_arena arena = {0};
    void *mark = gf_arena_get(&arena, 8);
    for (size_t round = 1; round <= 40; round++) { /* a larger piece each time: the last one is all that is held */
        gf_arena_get(&arena, round << 21);
        ck_assert_uint_le(arena.held, (round << 21) + ((size_t)1 << 13));
        gf_arena_back(&arena, mark);
    }
    gf_arena_free(&arena);
}
END_TEST

START_TEST(arena_copies_texts)
{
    gf_arena arena = {0};
    char text[] = "h\xcc\x83[t]";
    char *copy = gf_arena_text(&arena, text);
    text[0] = 'x';
    ck_assert_str_eq(copy, "h\xcc\x83[t]");
    ck_assert_str_eq(gf_arena_text(&arena, ""), "");
    gf_arena_free(&arena);
    gf_arena_free(&arena); /* twice is fine */
}
END_TEST

/* --- arrays --------------------------------------------------------------------- */

START_TEST(an_array_grows)
{
    long *numbers = NULL;
    size_t room = 0;
    for (size_t count = 0; count < 1000; count++) {
        size_t before = room;
        ck_assert(gf_grow(&numbers, &room, count + 1));
        ck_assert(room > count && (room == before || (before == count && room >= 2 * before)));
        for (size_t k = count; k < room; k++)
            ck_assert_int_eq(numbers[k], 0);
        numbers[count] = (long)count + 1;
    }
    for (size_t k = 0; k < 1000; k++)
        ck_assert_int_eq(numbers[k], (long)k + 1);
    ck_assert(gf_grow(&numbers, &room, 100000)); /* more than twice as much */
    ck_assert(room >= 100000 && numbers[99999] == 0 && numbers[999] == 1000);
    free(numbers);
}
END_TEST

START_TEST(an_array_that_no_memory_has_stays_as_it_is)
{
    static const size_t counts[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / sizeof(long) + 2,
                                    SIZE_MAX / 2 / sizeof(long) + 1};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        long *numbers = NULL;
        size_t room = 0;
        ck_assert(!gf_grow(&numbers, &room, counts[k]) && !numbers && !room);
        ck_assert(gf_grow(&numbers, &room, 2));
        long *old = numbers;
        size_t had = room;
        numbers[1] = 7;
        ck_assert(!gf_grow(&numbers, &room, counts[k]));
        ck_assert(numbers == old && room == had && numbers[1] == 7);
        free(numbers);
    }
}
END_TEST

/* --- structs that begin with their size --------------------------------------- */

typedef struct options {
    size_t size;
    int first;  /* of the first version */
    int second; /* of the present one */
} options;

typedef struct newer {
    options known;
    double third;
} newer;

START_TEST(structs_of_other_versions_are_taken)
{
    options own;
    char why[GF_SIZED_WHY] = "";
    ck_assert(gf_sized_take(&own, NULL, options, first, why));
    ck_assert(own.size == sizeof own && own.first == 0 && own.second == 0);
    options given = {.size = sizeof given, .first = 1, .second = 2};
    ck_assert(gf_sized_take(&own, &given, options, first, why) && own.first == 1 && own.second == 2);
    given.size = offsetof(options, second); /* as a program has it that was made for the first version */
    ck_assert(gf_sized_take(&own, &given, options, first, why) && own.first == 1 && own.second == 0);
    newer later = {.known = {.size = sizeof later, .first = 1, .second = 2}};
    ck_assert(gf_sized_take(&own, &later, options, first, why) && own.second == 2);
    ck_assert_str_eq(why, "");
    later.third = 3;
    ck_assert(!gf_sized_take(&own, &later, options, first, why));
    ck_assert_str_eq(why, "the options is of a newer version, and sets what this one does not know");
    given.size = 0;
    ck_assert(!gf_sized_take(&own, &given, options, first, why));
    ck_assert_str_eq(why, "the size of the options is 0: begin it with .size = sizeof(options)");
}
END_TEST

START_TEST(structs_are_given_as_far_as_there_is_room)
{
    options own = {.size = sizeof own, .first = 1, .second = 2}, old = {.second = 77};
    gf_sized_give(&old, offsetof(options, second), &own, sizeof own);
    ck_assert(old.size == offsetof(options, second) && old.first == 1 && old.second == 77);
    newer later = {.third = 7};
    gf_sized_give(&later, sizeof later, &own, sizeof own);
    ck_assert(later.known.size == sizeof own && later.known.second == 2 && later.third == 7);
}
END_TEST

/* --- names ------------------------------------------------------------------ */

START_TEST(names_have_numbers)
{
    gf_names names = {0};
    ck_assert_uint_eq(gf_names_find(&names, "h"), UINT32_MAX);
    ck_assert_uint_eq(gf_names_add(&names, "h"), 1);
    ck_assert_uint_eq(gf_names_add(&names, "c"), 2);
    ck_assert_uint_eq(gf_names_add(&names, "h"), 1);
    ck_assert_uint_eq(gf_names_find(&names, "c"), 2);
    ck_assert_uint_eq(gf_names_find(&names, "C"), UINT32_MAX);
    ck_assert_str_eq(gf_names_text(&names, 1), "h");
    gf_names_free(&names);
    ck_assert_uint_eq(names.count, 0);
}
END_TEST

START_TEST(an_index_keeps_what_was_put_there)
{
    gf_index map = {0};
    ck_assert_uint_eq(gf_index_get(&map, 1, 2), 0);
    for (uint32_t k = 0; k < 5000; k++) { /* pairs that differ in one number alone, in high bits and in low */
        uint32_t *value = gf_index_put(&map, (uint64_t)(k / 70) << 32, k % 70);
        ck_assert_uint_eq(*value, 0);
        *value = k + 1;
    }
    for (uint32_t k = 0; k < 5000; k++)
        ck_assert_uint_eq(gf_index_get(&map, (uint64_t)(k / 70) << 32, k % 70), k + 1);
    ck_assert_uint_eq(gf_index_get(&map, 0, 70), 0);
    ck_assert_uint_eq(gf_index_get(&map, 1, 0), 0);
    ck_assert_uint_eq(map.count, 5000);
    size_t memory = gf_index_memory(&map);
    ck_assert_uint_le(memory, 4 * 5000 * sizeof(gf_index_entry));
    for (uint32_t k = 0; k < 5000; k++) /* what is there takes no more room */
        *gf_index_put(&map, (uint64_t)(k / 70) << 32, k % 70) = k + 2;
    ck_assert_uint_eq(gf_index_memory(&map), memory);
    gf_index_free(&map);
    ck_assert_uint_eq(gf_index_memory(&map), 0);
}
END_TEST

START_TEST(names_without_letters_are_number_0)
{
    gf_names names = {0};
    ck_assert_uint_eq(gf_names_add(&names, NULL), 0);
    ck_assert_uint_eq(gf_names_add(&names, ""), 0);
    ck_assert_uint_eq(gf_names_find(&names, NULL), 0);
    ck_assert_uint_eq(gf_names_find(&names, ""), 0);
    ck_assert_str_eq(gf_names_text(&names, 0), "");
    gf_names_free(&names);
}
END_TEST

START_TEST(names_with_one_hash_are_two)
{
    gf_names names = {0};
    ck_assert_uint_eq(gf_names_add(&names, "liquid"), 1);
    ck_assert_uint_eq(gf_names_add(&names, "costarring"), 2); /* FNV-1a gives both 0x5e4daa9d */
    ck_assert_uint_eq(gf_names_find(&names, "costarring"), 2);
    gf_names_free(&names);
}
END_TEST

START_TEST(names_by_the_thousand)
{
    gf_names names = {0};
    char text[32];
    bool right = true;
    for (uint32_t k = 1; k <= 5000; k++) {
        snprintf(text, sizeof text, "name %u", k);
        right = right && gf_names_add(&names, text) == k;
    }
    for (uint32_t k = 1; k <= 5000; k++) {
        snprintf(text, sizeof text, "name %u", k);
        right = right && gf_names_find(&names, text) == k && !strcmp(gf_names_text(&names, k), text);
    }
    ck_assert(right);
    ck_assert_uint_gt(gf_names_memory(&names), 5000 * 10);
    ck_assert_uint_lt(gf_names_memory(&names), 5000 * 72);
    gf_names_free(&names);
}
END_TEST

/* --- statuses --------------------------------------------------------------------- */

START_TEST(statuses_have_words)
{
    for (int k = GF_OK; k <= GF_ERROR_OPEN; k++) {
        ck_assert_str_ne(gf_status_text((gf_status)k), "");
        for (int j = 0; j < k; j++)
            ck_assert_str_ne(gf_status_text((gf_status)k), gf_status_text((gf_status)j));
    }
    ck_assert_str_eq(gf_status_text(GF_ERROR_MEMORY), "out of memory");
    ck_assert_str_eq(gf_status_text((gf_status)(GF_ERROR_FINITE + 1)), "an unknown status");
    ck_assert_str_eq(gf_status_text((gf_status)-1), "an unknown status");
}
END_TEST

START_TEST(the_version_has_three_numbers)
{
    int major, minor, patch, length = 0;
    ck_assert_int_eq(sscanf(gf_version(), "%d.%d.%d%n", &major, &minor, &patch, &length), 3);
    ck_assert_int_eq(length, (int)strlen(gf_version()));
#ifdef PROJECT_VERSION
    ck_assert_str_eq(gf_version(), PROJECT_VERSION); /* meson.build has it, too */
#endif
    ck_assert(major == GF_VERSION_MAJOR && minor == GF_VERSION_MINOR && patch == GF_VERSION_PATCH);
    ck_assert(GF_VERSION_AT_LEAST(GF_VERSION_MAJOR, GF_VERSION_MINOR, GF_VERSION_PATCH));
    ck_assert(GF_VERSION_AT_LEAST(0, 1, 9));
    ck_assert(!GF_VERSION_AT_LEAST(GF_VERSION_MAJOR, GF_VERSION_MINOR, GF_VERSION_PATCH + 1));
    ck_assert(!GF_VERSION_AT_LEAST(GF_VERSION_MAJOR, GF_VERSION_MINOR + 1, 0));
    ck_assert(!GF_VERSION_AT_LEAST(GF_VERSION_MAJOR + 1, 0, 0));
}
END_TEST

static void assert_printable(const char *text, const char *wanted)
{
    char copy[64];
    snprintf(copy, sizeof copy, "%s", text);
    ck_assert_uint_eq(gf_make_printable(copy), strlen(wanted));
    ck_assert_str_eq(copy, wanted);
}

START_TEST(what_a_terminal_would_obey_is_shown_as_a_question_mark)
{
    assert_printable("", "");
    assert_printable("größe/尺寸 – ✓.gf", "größe/尺寸 – ✓.gf");
    assert_printable("a\033[2J\nb\tc\x7F", "a?[2J?b?c?");
    assert_printable("a\xC2\x9B"
                     "2J",
                     "a?2J");
    assert_printable("\u202Egf.\u2066\u2069\u200E\u200F\u061C", "?gf.?????");
    assert_printable("a\u2028\u2029b\u200B\uFEFF", "a??b??");
    assert_printable("\xFF\xC3(\xED\xA0\x80", "?"
                                              "?(???");
    assert_printable("\U000E0041\u200C\u200D\u202F\uFE0F", "?\u200C\u200D\u202F\uFE0F");
}
END_TEST

START_TEST(the_nearest_word_is_proposed)
{
    static const char *const words[] = {"check", "draw", "new"};
    ck_assert_pstr_eq(gf_nearest_word("chekc", words, 3), "check");
    ck_assert_pstr_eq(gf_nearest_word("DRAW", words, 3), "draw");
    ck_assert_ptr_null(gf_nearest_word("fly", words, 3));
    ck_assert_ptr_null(gf_nearest_word("chekc", words, 0));
    ck_assert_ptr_null(gf_nearest_word(NULL, words, 3));
    /* Five letters in ten bytes: one of them may differ, and not three. */
    static const char *const umlauts[] = {"äöüßx"};
    ck_assert_pstr_eq(gf_nearest_word("äöüßy", umlauts, 1), "äöüßx");
    ck_assert_ptr_null(gf_nearest_word("äöüéy", umlauts, 1));
    ck_assert_ptr_null(gf_nearest_word("y", (const char *const[]){"x"}, 1));
    ck_assert_pstr_eq(gf_nearest_word("y", (const char *const[]){"x", "Y"}, 2), "Y");
    ck_assert_pstr_eq(gf_nearest_word("axis", (const char *const[]){"exis", "axes"}, 2), "axes");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        arena_pieces_are_zeros_aligned_and_apart,
        arena_pieces_of_no_bytes_differ,
        arena_large_pieces_get_a_block_of_their_own,
        arena_refuses_what_no_memory_has,
        arena_goes_back_to_a_piece,
        arena_goes_back_to_the_first_piece_of_a_block,
        arena_serves_the_same_pieces_from_the_same_blocks,
        arena_keeps_no_block_that_is_too_small,
        arena_copies_texts,
        an_array_grows,
        an_array_that_no_memory_has_stays_as_it_is,
        structs_of_other_versions_are_taken,
        structs_are_given_as_far_as_there_is_room,
        names_have_numbers,
        an_index_keeps_what_was_put_there,
        names_without_letters_are_number_0,
        names_with_one_hash_are_two,
        names_by_the_thousand,
        statuses_have_words,
        the_version_has_three_numbers,
        what_a_terminal_would_obey_is_shown_as_a_question_mark,
        the_nearest_word_is_proposed,
    };
    return RUN_TESTS("base", tests);
}
