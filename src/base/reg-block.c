/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-base"

#include "base/reg-block.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SMALL ((gsize)64 << 10)
#define LARGE ((gsize)16 << 20)
/* Of x86 and most others. */
#define LARGE_PAGE ((gsize)2 << 20)

/* Tells the system that the block is about to be filled. It may then give large pages: each small
 * one is an interruption of its own, which takes longer than filling it does. */
static void
expect (gpointer block, gsize size)
{
#ifdef MADV_HUGEPAGE
  guintptr page = (guintptr)sysconf (_SC_PAGESIZE);
  guintptr start = ((guintptr)block + page - 1) & ~(page - 1);
  guintptr end = ((guintptr)block + size) & ~(page - 1);

  /* Where it does not, everything goes on as before. */
  (void)madvise ((void *)start, end - start, MADV_HUGEPAGE);
#endif
}

static gpointer
new_large (gsize size)
{
  gpointer block = NULL;

  if (posix_memalign (&block, LARGE_PAGE, size) != 0)
    g_error ("no memory for a block of %" G_GSIZE_FORMAT " bytes", size);
  expect (block, size);
  return block;
}

/**
 * reg_block_grow:
 * @block: (inout) (nullable): to be freed with g_free (); it may move
 * @size: its bytes
 * @needed: how many it must have
 *
 * Makes a block larger: a small one at first, then one that seldom has to grow again.
 *
 * Returns: how many bytes it has now
 */
gsize
reg_block_grow (gpointer *block, gsize size, gsize needed)
{
  gsize larger = MAX (size < SMALL ? SMALL : size < LARGE ? LARGE : size * 2, needed);
  gpointer small = *block;

  if (size >= LARGE || larger < LARGE)
    {
      *block = g_realloc (*block, larger);
      return larger;
    }
  *block = new_large (larger);
  if (size > 0)
    memcpy (*block, small, size);
  g_free (small);
  return larger;
}

/**
 * reg_block_new_array:
 * @element_size: bytes of an element
 * @n: how many there may be
 *
 * Returns: (transfer full): an array without elements that has room for them
 */
GArray *
reg_block_new_array (gsize element_size, gsize n)
{
  gsize size = element_size * n;
  GArray *array;

  if (size < LARGE_PAGE / 2)
    return g_array_sized_new (FALSE, FALSE, (guint)element_size, (guint)n);
  size = MAX (size, LARGE);
  array = g_array_sized_new (FALSE, FALSE, (guint)element_size, (guint)(size / element_size));
  expect (array->data, size);
  return array;
}
