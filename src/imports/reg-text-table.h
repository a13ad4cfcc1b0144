/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hash table from short texts to 32-bit numbers, for filling a hundred thousand of them within
 * milliseconds: open addressing over an arena, nothing is ever removed. */
#pragma once

#include <glib.h>
#include <string.h>

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

void reg_text_arena_grow (RegTextArena *self, gsize len);
/* Where the next text is to be written: there is room for so many bytes and the NUL. Other texts
 * may have moved. */
static inline char *
reg_text_arena_reserve (RegTextArena *self, gsize len)
{
  if (G_UNLIKELY (self->len + len + 1 > self->size))
    reg_text_arena_grow (self, len);
  return self->text + self->len;
}
/* Ends the text that was written there. Returns: its offset */
static inline guint32
reg_text_arena_commit (RegTextArena *self, gsize len)
{
  gsize at = self->len;

  self->text[at + len] = '\0';
  self->len = at + len + 1;
  return (guint32)at;
}
/* Returns: the offset of the copy */
static inline guint32
reg_text_arena_add (RegTextArena *self, const char *text, gsize len)
{
  memcpy (reg_text_arena_reserve (self, len), text, len);
  return reg_text_arena_commit (self, len);
}
/* Whether the text that begins there is this one, whole. */
gboolean
reg_text_arena_is_at (const RegTextArena *self, guint32 offset, const char *text, gsize len);
void reg_text_arena_clear (RegTextArena *self);

guint32 reg_text_hash (const char *text, gsize len);

/**
 * RegTextSlots:
 * @slots: 0 where free; else a number + 1 in the bits of @mask, and above them those of the hash
 *
 * Numbers by the hash of what they stand for, which the owner knows. Small, so that as much of it
 * as can be stays in the processor's cache.
 */
typedef struct
{
  guint32 *slots;
  guint32 mask;
} RegTextSlots;

/* Empty, for so many numbers. */
void reg_text_slots_init (RegTextSlots *self, guint32 n);
void reg_text_slots_clear (RegTextSlots *self);
/* Whether that many are too many for it. */
gboolean reg_text_slots_is_full (const RegTextSlots *self, guint32 n);

/* Has the processor fetch what a look-up will see. Waiting for some slots at once costs no more
 * than waiting for one. */
static inline void
reg_text_slots_prepare (const RegTextSlots *self, guint32 hash)
{
  __builtin_prefetch (&self->slots[hash & self->mask]);
}

/* Goes on to the next slot at or behind *at whose number may have the hash: its number + 1, or 0
 * where there is none and a free slot is at *at. At first *at is the hash itself. */
static inline guint32
reg_text_slots_probe (const RegTextSlots *self, guint32 hash, guint32 *at)
{
  guint32 slot;

  for (*at &= self->mask; (slot = self->slots[*at]) != 0; *at = (*at + 1) & self->mask)
    if (((slot ^ hash) & ~self->mask) == 0)
      return slot & self->mask;
  return 0;
}

static inline void
reg_text_slots_put (RegTextSlots *self, guint32 hash, guint32 at, guint32 number)
{
  self->slots[at] = (hash & ~self->mask) | (number + 1);
}

typedef struct
{
  guint32 text; /* offset in the arena */
  guint32 value;
} RegTextEntry;

typedef struct
{
  RegTextSlots slots;
  RegTextEntry *entries;
  guint32 n;
  guint32 n_allocated;
} RegTextTable;

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
