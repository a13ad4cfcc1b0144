/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table from short texts to 32-bit numbers, for filling a hundred thousand of them within
 * milliseconds: open addressing over an arena, nothing is ever removed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RegTextArena:
 *
 * Texts one after the other, each with its NUL; a text is named by its offset.
 */
typedef struct
{
  char *text;
  gsize len;
  gsize size;
} RegTextArena;

guint32 reg_text_arena_add (RegTextArena *self, const char *text, gsize len);
void reg_text_arena_clear (RegTextArena *self);

typedef struct
{
  guint32 hash;
  guint32 text; /* offset in the arena */
  guint32 len;
  guint32 value; /* + 1; 0: the slot is free */
} RegTextSlot;

typedef struct
{
  RegTextSlot *slots;
  guint32 n;
  guint32 mask;
} RegTextTable;

/* The slot of a text, or where it would go. */
RegTextSlot *reg_text_table_look_up (RegTextTable *self,
                                     const RegTextArena *arena,
                                     const char *text,
                                     gsize len,
                                     guint32 *hash);
/* Fills a free slot that look_up () gave. */
void reg_text_table_fill (RegTextTable *self,
                          RegTextSlot *slot,
                          guint32 hash,
                          guint32 text,
                          guint32 len,
                          guint32 value);
void reg_text_table_clear (RegTextTable *self);

G_END_DECLS
