/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-values.h"
#include "imports/reg-import-meaning.h"

#include <string.h>

void
reg_import_values_init (RegImportValues *self)
{
  memset (self, 0, sizeof *self);
  self->cells = g_array_new (FALSE, FALSE, sizeof (guint32));
  reg_import_values_intern (self, "", 0);
}

void
reg_import_values_clear (RegImportValues *self)
{
  g_clear_pointer (&self->cells, g_array_unref);
  reg_text_table_clear (&self->table);
  reg_text_arena_clear (&self->texts);
}

void
reg_import_values_set_columns (RegImportValues *self,
                               const RegImportColumns *columns,
                               gboolean with_identity)
{
  static const RegColumnKind kinds[REG_IMPORT_MAX_VALUES] = {
    REG_COLUMN_EMAIL, REG_COLUMN_EMPLOYEE_ID, REG_COLUMN_GIVEN_NAME, REG_COLUMN_FAMILY_NAME,
    REG_COLUMN_ROLE,  REG_COLUMN_LOCATION,    REG_COLUMN_MANAGER,    REG_COLUMN_GROUPS,
  };

  for (guint i = with_identity ? 0 : 2; i < REG_IMPORT_MAX_VALUES; i++)
    for (guint j = 0; j < columns->n_columns; j++)
      if (columns->columns[j].kind == kinds[i])
        {
          self->kinds[self->n] = kinds[i];
          self->columns[self->n++] = (int)j;
        }
}

/**
 * reg_import_values_intern:
 * @self: values
 * @text: a text
 * @len: its bytes
 *
 * Returns: the offset of that text in the arena; 0 for an empty one
 */
guint32
reg_import_values_intern (RegImportValues *self, const char *text, gsize len)
{
  const RegTextEntry *there = reg_text_table_look_up (&self->table, &self->texts, text, len);
  guint32 offset;

  if (there != NULL)
    return there->text;
  offset = reg_text_arena_add (&self->texts, text, len);
  reg_text_table_add (&self->table, &self->texts, offset, len, 0);
  return offset;
}

guint32
reg_import_values_begin_line (RegImportValues *self)
{
  return self->n > 0 ? self->cells->len / self->n : 0;
}

void
reg_import_values_add_cell (RegImportValues *self, const char *text, gsize len)
{
  RegColumnKind kind = self->kinds[self->cells->len % self->n];
  guint32 offset = 0;

  if (len > 0)
    offset = reg_import_is_verbatim (kind) ? reg_text_arena_add (&self->texts, text, len)
                                           : reg_import_values_intern (self, text, len);
  g_array_append_val (self->cells, offset);
}

int
reg_import_values_find (const RegImportValues *self, RegColumnKind kind)
{
  for (guint i = 0; i < self->n; i++)
    if (self->kinds[i] == kind)
      return (int)i;
  return -1;
}

guint32
reg_import_values_get_cell (const RegImportValues *self, guint32 line, guint place)
{
  return g_array_index (self->cells, guint32, (gsize)line * self->n + place);
}

const char *
reg_import_values_get (const RegImportValues *self, guint32 line, int place)
{
  return place >= 0 ? self->texts.text + reg_import_values_get_cell (self, line, place) : "";
}

gboolean
reg_import_values_is_same_cell (const RegImportValues *self,
                                guint32 one,
                                guint32 other,
                                guint place)
{
  guint32 a = reg_import_values_get_cell (self, one, place);
  guint32 b = reg_import_values_get_cell (self, other, place);

  return a == b || strcmp (self->texts.text + a, self->texts.text + b) == 0;
}

gboolean
reg_import_values_is_same (const RegImportValues *self, guint32 one, guint32 other)
{
  for (guint i = 0; i < self->n; i++)
    if (!reg_import_values_is_same_cell (self, one, other, i))
      return FALSE;
  return TRUE;
}
