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

/* Slots are small, so that the table stays in the processor's cache; what they stand for is beside.
 */
typedef struct
{
  guint32 hash;
  guint32 entry; /* + 1; 0: the slot is free */
} RegTextSlot;

typedef struct
{
  guint32 text; /* offset in the arena */
  guint32 value;
} RegTextEntry;

typedef struct
{
  RegTextSlot *slots;
  guint32 mask;
  RegTextEntry *entries;
  guint32 n;
  guint32 n_allocated;
} RegTextTable;

/* Makes room for so many texts at once. */
void reg_text_table_reserve (RegTextTable *self, guint32 n);
/* Fetches into the processor's cache what adding a text will look at. */
void reg_text_table_prepare (const RegTextTable *self, const char *text, gsize len);
/* (nullable): the entry of a text; its value may be changed */
RegTextEntry *reg_text_table_look_up (const RegTextTable *self,
                                      const RegTextArena *arena,
                                      const char *text,
                                      gsize len);
/* Adds a text that stands in the arena, unless it is in the table: then its entry. */
RegTextEntry *reg_text_table_add (RegTextTable *self,
                                  const RegTextArena *arena,
                                  guint32 text,
                                  guint32 len,
                                  guint32 value);
void reg_text_table_clear (RegTextTable *self);

G_END_DECLS
