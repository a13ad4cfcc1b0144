/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/reg-block.h"

#include <string.h>

static void
test_grow (void)
{
  guint32 *block = NULL;
  gsize size = 0, n = 0;

  /* Past the size from which large pages are asked for, and past the first one of those. */
  for (guint32 i = 0; i < 6 << 20; i++)
    {
      if (n == size / sizeof *block)
        size = reg_block_grow ((gpointer *)&block, size, size + sizeof *block);
      g_assert_cmpuint (n, <, size / sizeof *block);
      block[n++] = i;
    }
  for (guint32 i = 0; i < n; i++)
    if (block[i] != i)
      g_error ("%u stands at %u", block[i], i);
  g_free (block);
}

static void
test_needed (void)
{
  gpointer block = NULL;
  gsize size = reg_block_grow (&block, 0, 100 << 20);

  g_assert_cmpuint (size, >=, 100 << 20);
  memset (block, 1, 10);
  g_assert_cmpuint (reg_block_grow (&block, size, size + 1), >, size);
  g_assert_cmpint (((char *)block)[9], ==, 1);
  g_free (block);
}

static void
test_array (void)
{
  static const gsize sizes[] = { 0, 1000, 100000, 3000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GArray) array = reg_block_new_array (sizeof (gint64), sizes[i]);

      g_assert_cmpuint (array->len, ==, 0);
      for (gint64 n = 0; n < 200000; n++)
        g_array_append_val (array, n);
      for (gint64 n = 0; n < 200000; n++)
        g_assert_cmpint (g_array_index (array, gint64, n), ==, n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block/grow", test_grow);
  g_test_add_func ("/block/needed", test_needed);
  g_test_add_func ("/block/array", test_array);
  return g_test_run ();
}
