/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: one at a time; a copy goes to another thread. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-edits.h"

#include "rules/reg-text.h"
#include "tabular/reg-row-writer.h"

#include <string.h>

/* No spreadsheet has more columns; a correction of one beyond is none. */

typedef enum
{
  EDIT_CELL,
  EDIT_ALIKE,
  EDIT_DIGITS,
  EDIT_LEAVE_OUT,
  EDIT_ACCEPT,  /* line 0: of all lines */
  EDIT_INSTEAD, /* likewise; text says what */
} EditKind;

typedef struct
{
  EditKind kind;
  guint step; /* those made at once are taken back at once */
  gint64 line;
  guint column;
  guint digits;
  char *old;
  char *text;
} Edit;

struct _RegImportEdits
{
  GArray *edits;        /* Edit, in the order they were made */
  GHashTable *by_line;  /* gint64 → GArray of places in @edits: cells of that line */
  GHashTable *left_out; /* gint64 */
  GArray *rules;        /* guint: places of those that concern every line */
  GArray *instead;      /* guint: places of those that ask for another operation */
  guint n_steps;
  GHashTable *only; /* (nullable): gint64 */
  guint only_step;  /* the newest step when that was said */
};

static void
edit_clear (gpointer data)
{
  Edit *edit = data;

  g_free (edit->old);
  g_free (edit->text);
}

/**
 * reg_import_edits_new:
 *
 * Returns: (transfer full): no corrections
 */
RegImportEdits *
reg_import_edits_new (void)
{
  RegImportEdits *self = g_new0 (RegImportEdits, 1);

  self->edits = g_array_new (FALSE, TRUE, sizeof (Edit));
  g_array_set_clear_func (self->edits, edit_clear);
  self->by_line =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
  self->left_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->rules = g_array_new (FALSE, FALSE, sizeof (guint));
  self->instead = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
reg_import_edits_free (RegImportEdits *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->edits);
  g_hash_table_unref (self->by_line);
  g_hash_table_unref (self->left_out);
  g_array_unref (self->rules);
  g_array_unref (self->instead);
  g_clear_pointer (&self->only, g_hash_table_unref);
  g_free (self);
}

static void
index_edit (RegImportEdits *self, guint place)
{
  const Edit *edit = &g_array_index (self->edits, Edit, place);
  GArray *places;

  switch (edit->kind)
    {
    case EDIT_CELL:
      places = g_hash_table_lookup (self->by_line, &edit->line);
      if (places == NULL)
        {
          places = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->by_line, g_memdup2 (&edit->line, sizeof edit->line), places);
        }
      g_array_append_val (places, place);
      break;
    case EDIT_LEAVE_OUT:
      g_hash_table_add (self->left_out, g_memdup2 (&edit->line, sizeof edit->line));
      break;
    case EDIT_ALIKE:
    case EDIT_DIGITS:
      g_array_append_val (self->rules, place);
      break;
    case EDIT_INSTEAD:
      g_array_append_val (self->instead, place);
      break;
    case EDIT_ACCEPT:
      break;
    }
}

static void
append_edit (RegImportEdits *self, const Edit *edit, guint step)
{
  g_array_append_vals (self->edits, edit, 1);
  g_array_index (self->edits, Edit, self->edits->len - 1).step = step;
  index_edit (self, self->edits->len - 1);
}

static void
append_copy (RegImportEdits *self, const Edit *edit, guint step)
{
  Edit copy = *edit;

  copy.old = g_strdup (edit->old);
  copy.text = g_strdup (edit->text);
  append_edit (self, &copy, step);
}

static void
add_edit (RegImportEdits *self, const Edit *edit)
{
  append_edit (self, edit, ++self->n_steps);
}

static void
copy_only (RegImportEdits *self, GHashTable *only)
{
  GHashTableIter iter;
  gpointer line;

  self->only = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, only);
  while (g_hash_table_iter_next (&iter, &line, NULL))
    g_hash_table_add (self->only, g_memdup2 (line, sizeof (gint64)));
}

/**
 * reg_import_edits_copy:
 * @self: (nullable): corrections
 *
 * Returns: (transfer full) (nullable): the same, for another thread
 */
RegImportEdits *
reg_import_edits_copy (const RegImportEdits *self)
{
  RegImportEdits *copy;

  if (self == NULL)
    return NULL;
  copy = reg_import_edits_new ();
  for (guint i = 0; i < self->edits->len; i++)
    {
      const Edit *edit = &g_array_index (self->edits, Edit, i);

      append_copy (copy, edit, edit->step);
    }
  copy->n_steps = self->n_steps;
  copy->only_step = self->only_step;
  if (self->only != NULL)
    copy_only (copy, self->only);
  return copy;
}

RegImportEdits *
reg_import_edits_copy_only (const RegImportEdits *self)
{
  RegImportEdits *copy = reg_import_edits_new ();

  if (self->only != NULL)
    copy_only (copy, self->only);
  return copy;
}

void
reg_import_edits_add (RegImportEdits *self, const RegImportEdits *others)
{
  if (others->edits->len > 0)
    self->n_steps++;
  for (guint i = 0; i < others->edits->len; i++)
    append_copy (self, &g_array_index (others->edits, Edit, i), self->n_steps);
}

void
reg_import_edits_set_cell (RegImportEdits *self, gint64 line, guint column, const char *text)
{
  const Edit edit = {
    .kind = EDIT_CELL, .line = line, .column = column, .text = g_utf8_make_valid (text, -1)
  };

  g_return_if_fail (column < REG_IMPORT_MAX_COLUMNS);
  add_edit (self, &edit);
}

void
reg_import_edits_set_alike (RegImportEdits *self, guint column, const char *old, const char *text)
{
  gsize len = strlen (old);
  Edit edit = { .kind = EDIT_ALIKE, .column = column, .text = g_utf8_make_valid (text, -1) };

  reg_text_strip (&old, &len);
  edit.old = g_strndup (old, len);
  add_edit (self, &edit);
}

void
reg_import_edits_set_digits (RegImportEdits *self, guint column, guint digits)
{
  const Edit edit = { .kind = EDIT_DIGITS, .column = column, .digits = digits };

  add_edit (self, &edit);
}

void
reg_import_edits_leave_out (RegImportEdits *self, gint64 line)
{
  const Edit edit = { .kind = EDIT_LEAVE_OUT, .line = line };

  add_edit (self, &edit);
}

void
reg_import_edits_accept (RegImportEdits *self, gint64 line)
{
  const Edit edit = { .kind = EDIT_ACCEPT, .line = line };

  add_edit (self, &edit);
}

void
reg_import_edits_set_instead (RegImportEdits *self, gint64 line, const char *instead)
{
  const Edit edit = { .kind = EDIT_INSTEAD, .line = line, .text = g_strdup (instead) };

  add_edit (self, &edit);
}

gboolean
reg_import_edits_has_instead (const RegImportEdits *self)
{
  return self != NULL && self->instead->len > 0;
}

const char *
reg_import_edits_find_instead (const RegImportEdits *self,
                               gint64 line,
                               RegImportInsteadFits fits,
                               gconstpointer data,
                               gboolean *is_of_all)
{
  for (guint i = self != NULL ? self->instead->len : 0; i > 0; i--)
    {
      const Edit *edit =
          &g_array_index (self->edits, Edit, g_array_index (self->instead, guint, i - 1));

      if ((edit->line != line && edit->line != 0) || !fits (edit->text, data))
        continue;
      *is_of_all = edit->line == 0;
      return edit->text;
    }
  return NULL;
}

gboolean
reg_import_edits_undo (RegImportEdits *self)
{
  if (self->edits->len == 0)
    return FALSE;
  while (self->edits->len > 0
         && g_array_index (self->edits, Edit, self->edits->len - 1).step == self->n_steps)
    g_array_set_size (self->edits, self->edits->len - 1);
  self->n_steps--;
  self->only_step = MIN (self->only_step, self->n_steps);
  g_hash_table_remove_all (self->by_line);
  g_hash_table_remove_all (self->left_out);
  g_array_set_size (self->rules, 0);
  g_array_set_size (self->instead, 0);
  for (guint i = 0; i < self->edits->len; i++)
    index_edit (self, i);
  return TRUE;
}

guint
reg_import_edits_get_n (const RegImportEdits *self)
{
  return self != NULL ? self->n_steps : 0;
}

void
reg_import_edits_set_only (RegImportEdits *self, const gint64 *lines, gsize n)
{
  g_clear_pointer (&self->only, g_hash_table_unref);
  self->only = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (self->only, g_memdup2 (&lines[i], sizeof lines[i]));
  self->only_step = self->n_steps;
}

gboolean
reg_import_edits_is_settled (const RegImportEdits *self, gint64 line)
{
  for (guint i = self != NULL ? self->edits->len : 0; i > 0; i--)
    {
      const Edit *edit = &g_array_index (self->edits, Edit, i - 1);

      if (edit->step <= self->only_step)
        return FALSE;
      if ((edit->kind == EDIT_CELL && edit->line == line)
          || (edit->kind == EDIT_ACCEPT && (edit->line == line || edit->line == 0)))
        return TRUE;
    }
  return FALSE;
}

gboolean
reg_import_edits_concerns (const RegImportEdits *self, gint64 line)
{
  return self == NULL || self->only == NULL || g_hash_table_contains (self->only, &line);
}

/* ---- To be kept ---- */

#define TEXT_TYPE "a(uuxuuss)"

char *
reg_import_edits_to_text (const RegImportEdits *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (TEXT_TYPE));
  g_autoptr (GVariant) all = NULL;

  for (guint i = 0; self != NULL && i < self->edits->len; i++)
    {
      const Edit *edit = &g_array_index (self->edits, Edit, i);

      g_variant_builder_add (&builder, "(uuxuuss)", edit->kind, edit->step, edit->line,
                             edit->column, edit->digits, edit->old != NULL ? edit->old : "",
                             edit->text != NULL ? edit->text : "");
    }
  all = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (all, FALSE);
}

RegImportEdits *
reg_import_edits_from_text (const char *text)
{
  RegImportEdits *self = reg_import_edits_new ();
  g_autoptr (GVariant) all = g_variant_parse (G_VARIANT_TYPE (TEXT_TYPE), text, NULL, NULL, NULL);
  GVariantIter iter;
  Edit edit = { 0 };
  guint kind;

  if (all == NULL)
    return self;
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "(uuxuuss)", &kind, &edit.step, &edit.line, &edit.column,
                              &edit.digits, &edit.old, &edit.text))
    {
      edit.kind = (EditKind)MIN (kind, EDIT_INSTEAD);
      append_edit (self, &edit, edit.step);
      self->n_steps = MAX (self->n_steps, edit.step);
    }
  return self;
}

gboolean
reg_import_edits_is_left_out (const RegImportEdits *self, gint64 line)
{
  return self != NULL && g_hash_table_size (self->left_out) > 0
         && g_hash_table_contains (self->left_out, &line);
}

/* ---- Reading ---- */

void
reg_import_edits_scratch_clear (RegImportEditsScratch *self)
{
  g_clear_pointer (&self->cells, g_array_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

/* A cell that may be written to: the row's cells belong to the reader. */
static RegRowCell *
get_cell (RegRow *row, RegImportEditsScratch *scratch, guint column)
{
  static const RegRowCell empty = { "", 0 };

  if (scratch->cells == NULL)
    {
      scratch->cells = g_array_new (FALSE, FALSE, sizeof (RegRowCell));
      scratch->texts = g_ptr_array_new_with_free_func (g_free);
    }
  if (row->cells != (const RegRowCell *)(void *)scratch->cells->data)
    {
      g_array_set_size (scratch->cells, 0);
      g_array_append_vals (scratch->cells, row->cells, row->n_cells);
    }
  while (scratch->cells->len <= column)
    g_array_append_val (scratch->cells, empty);
  row->cells = (const RegRowCell *)(void *)scratch->cells->data;
  row->n_cells = scratch->cells->len;
  return &g_array_index (scratch->cells, RegRowCell, column);
}

/* What the person saw of the cell: blanks and the apostrophe of our own CSV files are off. */
static RegRowCell
get_shown (const RegRowCell *cell)
{
  RegRowCell shown = *cell;
  const char *text;

  if (shown.len > 0)
    reg_text_strip (&shown.text, &shown.len);
  if (shown.len == 0 || shown.text[0] != '\'')
    return shown;
  text = reg_row_cell_unescape_formula (shown.text);
  shown.len -= text - shown.text;
  shown.text = text;
  return shown;
}

static void
set_alike (RegRow *row, RegImportEditsScratch *scratch, const Edit *edit, guint column)
{
  RegRowCell shown = get_shown (&row->cells[column]);
  RegRowCell *cell;

  if (shown.len != strlen (edit->old) || memcmp (shown.text, edit->old, shown.len) != 0
      || shown.len == 0)
    return;
  cell = get_cell (row, scratch, column);
  cell->text = edit->text;
  cell->len = strlen (edit->text);
}

static void
set_digits (RegRow *row, RegImportEditsScratch *scratch, const Edit *edit)
{
  RegRowCell shown = get_shown (&row->cells[edit->column]);
  RegRowCell *cell;
  char *text;

  if (shown.len == 0 || shown.len >= edit->digits)
    return;
  for (gsize i = 0; i < shown.len; i++)
    if (!g_ascii_isdigit (shown.text[i]))
      return;
  text = g_malloc (edit->digits + 1);
  memset (text, '0', edit->digits - shown.len);
  memcpy (text + edit->digits - shown.len, shown.text, shown.len);
  text[edit->digits] = '\0';
  cell = get_cell (row, scratch, edit->column);
  g_ptr_array_add (scratch->texts, text);
  cell->text = text;
  cell->len = edit->digits;
}

static void
apply_rule (RegRow *row, RegImportEditsScratch *scratch, const Edit *edit)
{
  if (edit->kind == EDIT_DIGITS)
    {
      if (edit->column < row->n_cells)
        set_digits (row, scratch, edit);
    }
  else if (edit->column < row->n_cells)
    set_alike (row, scratch, edit, edit->column);
}

static guint
get_rule (const RegImportEdits *self, guint place)
{
  return g_array_index (self->rules, guint, place);
}

void
reg_import_edits_apply (const RegImportEdits *self, RegRow *row, RegImportEditsScratch *scratch)
{
  const gint64 line = row->line;
  const GArray *places;
  guint rule = 0;

  if (self == NULL || self->edits->len == 0)
    return;
  if (scratch->texts != NULL)
    g_ptr_array_set_size (scratch->texts, 0);
  places = g_hash_table_lookup (self->by_line, &line);
  /* In the order in which they were made. */
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      const Edit *edit = &g_array_index (self->edits, Edit, place);
      RegRowCell *cell;

      for (; rule < self->rules->len && get_rule (self, rule) < place; rule++)
        apply_rule (row, scratch, &g_array_index (self->edits, Edit, get_rule (self, rule)));
      cell = get_cell (row, scratch, edit->column);
      cell->text = edit->text;
      cell->len = strlen (edit->text);
    }
  for (; rule < self->rules->len; rule++)
    apply_rule (row, scratch, &g_array_index (self->edits, Edit, get_rule (self, rule)));
}
