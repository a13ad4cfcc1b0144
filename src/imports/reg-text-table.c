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

/* Both halves of the product, folded: every bit of the text reaches every bit of the hash. Numbers
 * counted upwards, as employee IDs are, would else crowd into few slots. */
static guint64
mix (guint64 a, guint64 b)
{
  unsigned __int128 product = (unsigned __int128)a * b;

  return (guint64)product ^ (guint64)(product >> 64);
}

static guint32
hash_text (const char *text, gsize len)
{
  guint64 h = len ^ G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  for (gsize at = 0; at < len; at += 8)
    {
      guint64 piece = 0;

      if (len - at >= 8)
        memcpy (&piece, text + at, 8);
      else
        memcpy (&piece, text + at, len - at);
      h = mix (h ^ piece, G_GUINT64_CONSTANT (0xD6E8FEB86659FD93));
    }
  return (guint32)(h ^ h >> 32);
}

static void
resize (RegTextTable *self, guint32 size)
{
  guint32 old_size = self->slots != NULL ? self->mask + 1 : 0;
  RegTextSlot *old = self->slots;

  self->slots = g_new0 (RegTextSlot, size);
  self->mask = size - 1;
  for (guint32 i = 0; i < old_size; i++)
    if (old[i].entry != 0)
      {
        guint32 at = old[i].hash & self->mask;

        while (self->slots[at].entry != 0)
          at = (at + 1) & self->mask;
        self->slots[at] = old[i];
      }
  g_free (old);
}

/* Four times as many slots: growing to a hundred thousand texts then moves few of them twice. */
static void
grow (RegTextTable *self)
{
  resize (self, self->slots != NULL ? (self->mask + 1) * 4 : 1 << 10);
}

/**
 * reg_text_table_reserve:
 * @self: a table
 * @n: how many texts it will hold at least
 *
 * Makes room for them at once, so that adding them moves none.
 */
void
reg_text_table_reserve (RegTextTable *self, guint32 n)
{
  guint32 size = 1 << 10;

  while (size / 2 <= n && size < 1u << 31)
    size *= 2;
  if (self->slots == NULL || self->mask + 1 < size)
    resize (self, size);
  if (self->n_allocated < n)
    {
      self->n_allocated = n;
      self->entries = g_renew (RegTextEntry, self->entries, n);
    }
}

/**
 * reg_text_table_prepare:
 * @self: a table with room for the text
 * @text: a text that is about to be added or looked up
 * @len: its bytes
 *
 * Has the processor fetch its slot. A table of a hundred thousand texts is larger than the nearest
 * caches: waiting for some slots at once costs no more than waiting for one.
 */
void
reg_text_table_prepare (const RegTextTable *self, const char *text, gsize len)
{
  __builtin_prefetch (&self->slots[hash_text (text, len) & self->mask]);
}

/* The slot of a text, or the free one where it would stand. */
static RegTextSlot *
find_slot (const RegTextTable *self,
           const RegTextArena *arena,
           const char *text,
           gsize len,
           guint32 hash)
{
  guint32 at;

  for (at = hash & self->mask; self->slots[at].entry != 0; at = (at + 1) & self->mask)
    if (self->slots[at].hash == hash)
      {
        const RegTextEntry *entry = &self->entries[self->slots[at].entry - 1];

        /* Every text ends with NUL, so a shorter one differs before its end. */
        if (entry->text + len < arena->len && memcmp (arena->text + entry->text, text, len) == 0
            && arena->text[entry->text + len] == '\0')
          break;
      }
  return &self->slots[at];
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
  const RegTextSlot *slot;

  if (self->slots == NULL)
    return NULL;
  slot = find_slot (self, arena, text, len, hash_text (text, len));
  return slot->entry != 0 ? &self->entries[slot->entry - 1] : NULL;
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
  guint32 hash = hash_text (arena->text + text, len);
  RegTextSlot *slot;

  if ((gsize)self->n * 2 >= self->mask)
    grow (self);
  slot = find_slot (self, arena, arena->text + text, len, hash);
  if (slot->entry != 0)
    return &self->entries[slot->entry - 1];
  if (self->n == self->n_allocated)
    {
      self->n_allocated = MAX (self->n_allocated * 2, 1 << 10);
      self->entries = g_renew (RegTextEntry, self->entries, self->n_allocated);
    }
  self->entries[self->n] = (RegTextEntry){ text, value };
  slot->hash = hash;
  slot->entry = ++self->n;
  return NULL;
}

void
reg_text_table_clear (RegTextTable *self)
{
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->entries, g_free);
  self->n = self->n_allocated = self->mask = 0;
}
