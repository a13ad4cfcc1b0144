/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-preset.h"

#include <string.h>

#define MAX_DUE_DAYS 3650

G_DEFINE_BOXED_TYPE (RegPreset, reg_preset, reg_preset_copy, reg_preset_free)

RegPreset *
reg_preset_new (void)
{
  RegPreset *self = g_new0 (RegPreset, 1);

  self->name = g_strdup ("");
  self->items = g_strdup ("");
  return self;
}

RegPreset *
reg_preset_copy (const RegPreset *self)
{
  RegPreset *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->items = g_strdup (self->items);
  return copy;
}

void
reg_preset_clear (RegPreset *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->items, g_free);
}

void
reg_preset_free (RegPreset *self)
{
  reg_preset_clear (self);
  g_free (self);
}

gint64
reg_preset_make_id (void)
{
  gint64 id = 0;

  while (id == 0)
    id = (gint64)(((guint64)g_random_int () << 32 | g_random_int ())
                  & ((G_GUINT64_CONSTANT (1) << REG_PRESET_ID_BITS) - 1));
  return id;
}

RegPresetItem *
reg_preset_item_new (gint64 course_id)
{
  RegPresetItem *self = g_new0 (RegPresetItem, 1);

  self->course_id = course_id;
  self->edition = g_strdup ("");
  self->mode = g_strdup ("");
  self->units = g_strdup ("");
  return self;
}

void
reg_preset_item_free (RegPresetItem *self)
{
  g_free (self->edition);
  g_free (self->mode);
  g_free (self->units);
  g_free (self);
}

static RegPresetItem *
parse_item (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, ":", -1);
  g_autoptr (RegPresetItem) item = reg_preset_item_new (0);
  guint64 days;

  if (g_strv_length (words) != 6
      || !g_ascii_string_to_signed (words[0], 10, 1, G_MAXINT64, &item->course_id, NULL)
      || !reg_requirement_from_nick (words[1], -1, &item->requirement)
      || !g_ascii_string_to_unsigned (words[2], 10, 0, MAX_DUE_DAYS, &days, NULL))
    return NULL;
  item->due_days = (int)days;
  g_free (item->edition);
  g_free (item->mode);
  g_free (item->units);
  item->edition = g_strdup (words[3]);
  item->mode = g_strdup (words[4]);
  item->units = g_strdup (words[5]);
  return g_steal_pointer (&item);
}

/**
 * reg_preset_parse_items:
 * @text: products with semicolons between them: course, requirement, days, edition, mode and units
 *   with colons between them, "3:required:14::subscription:"
 *
 * Returns: (transfer full) (nullable) (element-type RegPresetItem): the products
 */
GPtrArray *
reg_preset_parse_items (const char *text)
{
  g_autoptr (GPtrArray) items =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);
  g_auto (GStrv) words = g_strsplit (text, ";", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      RegPresetItem *item = parse_item (words[i]);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

/**
 * reg_preset_items_to_text:
 * @items: (element-type RegPresetItem): products
 *
 * Returns: (transfer full): what reg_preset_parse_items () reads
 */
char *
reg_preset_items_to_text (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const RegPresetItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT ":%s:%d:%s:%s:%s", i > 0 ? ";" : "",
                              item->course_id, reg_requirement_to_nick (item->requirement),
                              item->due_days, item->edition, item->mode, item->units);
    }
  return g_string_free (text, FALSE);
}
