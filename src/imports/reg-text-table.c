/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-text-table.h"

#include "base/reg-block.h"

#include <string.h>

/* Of reg_text_arena_reserve (). */
void
reg_text_arena_grow (RegTextArena *self, gsize len)
{
  gsize needed = self->len + len + 1;

  /* Offsets have 32 bits. A file this large is refused by its reader long before. */
  if (needed > G_MAXUINT32)
    g_error ("more than 4 GiB of keys");
  self->size = reg_block_grow ((gpointer *)&self->text, self->size, needed);
}

/**
 * reg_text_arena_is_at:
 * @self: an arena
 * @offset: where a text begins there
 * @text: a text
 * @len: its bytes
 *
 * Returns: whether they are the same
 */
gboolean
reg_text_arena_is_at (const RegTextArena *self, guint32 offset, const char *text, gsize len)
{
  /* Every text ends with NUL, so a shorter one differs before its end. */
  return offset + len < self->len && memcmp (self->text + offset, text, len) == 0
         && self->text[offset + len] == '\0';
}

void
reg_text_arena_clear (RegTextArena *self)
{
  g_clear_pointer (&self->text, g_free);
  self->len = self->size = 0;
}

/* Both halves of the product, folded: every bit of the text reaches every bit of the hash. Numbers
 * counted upwards, as employee IDs are, would else crowd into few slots. */
static guint64
mix (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128)a * b;

  return (guint64)product ^ (guint64)(product >> 64);
}

/**
 * reg_text_hash:
 * @text: bytes
 * @len: how many
 *
 * Returns: their hash
 */
guint32
reg_text_hash (const char *text, gsize len)
{
  const guint64 factor = G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
  guint64 h = len ^ G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  guint64 piece = 0;

  for (gsize at = 0; at + 8 < len; at += 8)
    {
      memcpy (&piece, text + at, 8);
      h = mix (h ^ piece, factor);
    }
  /* The last eight, of which the piece before may have had some. */
  if (len >= 8)
    memcpy (&piece, text + len - 8, 8);
  else
    for (gsize at = 0; at < len; at++)
      piece = piece << 8 | (guchar)text[at];
  h = mix (h ^ piece, factor);
  return (guint32)(h ^ h >> 32);
}

void
reg_text_slots_init (RegTextSlots *self, guint32 n)
{
  guint32 size = 1 << 10;

  while (size / 2 <= n && size < 1u << 31)
    size *= 2;
  /* Written now: a page of zeros that is first read and then written would be made twice. */
  self->slots = g_new (guint32, size);
  memset (self->slots, 0, (gsize)size * sizeof *self->slots);
  self->mask = size - 1;
}

void
reg_text_slots_clear (RegTextSlots *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->mask = 0;
}

gboolean
reg_text_slots_is_full (const RegTextSlots *self, guint32 n)
{
  return self->slots == NULL || n > self->mask / 2;
}

/* Four times as many slots: growing to a hundred thousand texts then moves few of them twice. */
static void
grow (RegTextTable *self, const RegTextArena *arena)
{
  g_autofree guint32 *old = self->slots.slots;

  reg_text_slots_init (&self->slots, self->n * 2);
  for (guint32 i = 0; i < self->n; i++)
    {
      const char *text = arena->text + self->entries[i].text;
      guint32 hash = reg_text_hash (text, strlen (text)), at = hash;

      while (reg_text_slots_probe (&self->slots, hash, &at) != 0)
        at++;
      reg_text_slots_put (&self->slots, hash, at, i);
    }
}

/* The entry of a text, or NULL and the slot where it would stand. */
static RegTextEntry *
find (const RegTextTable *self,
      const RegTextArena *arena,
      const char *text,
      gsize len,
      guint32 hash,
      guint32 *at)
{
  guint32 number;

  for (*at = hash; (number = reg_text_slots_probe (&self->slots, hash, at)) != 0; (*at)++)
    if (reg_text_arena_is_at (arena, self->entries[number - 1].text, text, len))
      return &self->entries[number - 1];
  return NULL;
}

/**
 * reg_text_table_look_up:
 * @self: a table
 * @arena: where its texts stand
 * @text: a text
 * @len: its bytes
 *
 * Returns: (transfer none) (nullable): its entry
 */
RegTextEntry *
reg_text_table_look_up (const RegTextTable *self,
                        const RegTextArena *arena,
                        const char *text,
                        gsize len)
{
  guint32 at;

  if (self->slots.slots == NULL)
    return NULL;
  return find (self, arena, text, len, reg_text_hash (text, len), &at);
}

/**
 * reg_text_table_add:
 * @self: a table
 * @arena: where its texts stand
 * @text: offset of a text there
 * @len: its bytes
 * @value: what it stands for
 *
 * Returns: (transfer none) (nullable): %NULL where it was added, else the entry that was there
 */
RegTextEntry *
reg_text_table_add (RegTextTable *self,
                    const RegTextArena *arena,
                    guint32 text,
                    guint32 len,
                    guint32 value)
{
  guint32 hash = reg_text_hash (arena->text + text, len);
  RegTextEntry *there;
  guint32 at;

  if (reg_text_slots_is_full (&self->slots, self->n + 1))
    grow (self, arena);
  there = find (self, arena, arena->text + text, len, hash, &at);
  if (there != NULL)
    return there;
  if (self->n == self->n_allocated)
    {
      self->n_allocated = MAX (self->n_allocated * 2, 1 << 10);
      self->entries = g_renew (RegTextEntry, self->entries, self->n_allocated);
    }
  self->entries[self->n] = (RegTextEntry){ text, value };
  reg_text_slots_put (&self->slots, hash, at, self->n++);
  return NULL;
}

void
reg_text_table_clear (RegTextTable *self)
{
  g_clear_pointer (&self->entries, g_free);
  reg_text_slots_clear (&self->slots);
  self->n = self->n_allocated = 0;
}
