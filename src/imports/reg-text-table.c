/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-text-table.h"

#include <string.h>

/**
 * reg_text_arena_add:
 * @self: an arena
 * @text: bytes
 * @len: how many
 *
 * Returns: the offset of their copy
 */
guint32
reg_text_arena_add (RegTextArena *self, const char *text, gsize len)
{
  gsize at = self->len;

  if (G_UNLIKELY (at + len + 1 > self->size))
    {
      /* Offsets have 32 bits. A file this large is refused by its reader long before. */
      if (at + len + 1 > G_MAXUINT32)
        g_error ("more than 4 GiB of keys");
      self->size = MAX (self->size * 2, MAX (at + len + 1, 1 << 16));
      self->text = g_realloc (self->text, self->size);
    }
  memcpy (self->text + at, text, len);
  self->text[at + len] = '\0';
  self->len = at + len + 1;
  return (guint32)at;
}

void
reg_text_arena_clear (RegTextArena *self)
{
  g_clear_pointer (&self->text, g_free);
  self->len = self->size = 0;
}

/* Eight bytes a step, multiplied and folded. */
static guint32
hash_text (const char *text, gsize len)
{
  guint64 h = len * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  while (len >= 8)
    {
      guint64 piece;

      memcpy (&piece, text, 8);
      h = (h ^ piece) * G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
      h ^= h >> 32;
      text += 8;
      len -= 8;
    }
  if (len > 0)
    {
      guint64 piece = 0;

      memcpy (&piece, text, len);
      h = (h ^ piece) * G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
      h ^= h >> 32;
    }
  h *= G_GUINT64_CONSTANT (0xD6E8FEB86659FD93);
  return (guint32)(h >> 32);
}

static void
grow (RegTextTable *self)
{
  guint32 old_size = self->slots != NULL ? self->mask + 1 : 0;
  guint32 size = MAX (old_size * 2, 1 << 10);
  RegTextSlot *old = self->slots;

  self->slots = g_new0 (RegTextSlot, size);
  self->mask = size - 1;
  for (guint32 i = 0; i < old_size; i++)
    if (old[i].value != 0)
      {
        guint32 at = old[i].hash & self->mask;

        while (self->slots[at].value != 0)
          at = (at + 1) & self->mask;
        self->slots[at] = old[i];
      }
  g_free (old);
}

/**
 * reg_text_table_look_up:
 * @self: a table
 * @arena: where its texts stand
 * @text: the text
 * @len: its bytes
 * @hash: (out): to be handed to reg_text_table_fill ()
 *
 * Returns: (transfer none): the text's slot, or the free one where it would stand
 */
RegTextSlot *
reg_text_table_look_up (RegTextTable *self,
                        const RegTextArena *arena,
                        const char *text,
                        gsize len,
                        guint32 *hash)
{
  guint32 at;

  if (self->n * 2 >= self->mask)
    grow (self);
  *hash = hash_text (text, len);
  for (at = *hash & self->mask; self->slots[at].value != 0; at = (at + 1) & self->mask)
    {
      RegTextSlot *slot = &self->slots[at];

      if (slot->hash == *hash && slot->len == len
          && memcmp (arena->text + slot->text, text, len) == 0)
        break;
    }
  return &self->slots[at];
}

void
reg_text_table_fill (RegTextTable *self,
                     RegTextSlot *slot,
                     guint32 hash,
                     guint32 text,
                     guint32 len,
                     guint32 value)
{
  g_return_if_fail (slot->value == 0);

  slot->hash = hash;
  slot->text = text;
  slot->len = len;
  slot->value = value + 1;
  self->n++;
}

void
reg_text_table_clear (RegTextTable *self)
{
  g_clear_pointer (&self->slots, g_free);
  self->n = self->mask = 0;
}
