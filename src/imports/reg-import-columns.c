/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-columns.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many headings of a kind are named one by one. */
#define MAX_NAMED 8

/* What a person said about one heading: "Heading=field". */
typedef struct
{
  char *heading; /* folded */
  char *shown;
  char *field;
  gboolean used;
} Mapped;

static void
mapped_clear (gpointer data)
{
  Mapped *mapped = data;

  g_free (mapped->heading);
  g_free (mapped->shown);
  g_free (mapped->field);
}

/* Working state of one heading line. */
typedef struct
{
  const RegImportAction *action;
  RegDirectory *directory;
  GArray *mapped;      /* Mapped */
  GPtrArray *headings; /* folded */
  GPtrArray *shown;
  GPtrArray *missing; /* names, as the other two */
  GPtrArray *unknown;
  GPtrArray *twice;
  RegImportColumns *out;
} Reading;

char *
reg_import_dup_column_letter (guint column)
{
  char letters[8];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = 'A' + (n - 1) % 26;
  return g_strdup (letters + at);
}

static void
add_missing (Reading *reading, const char *heading)
{
  g_ptr_array_add (reading->missing, g_strdup_printf (_ ("“%s”"), heading));
}

static void
add_wrong (Reading *reading, GPtrArray *list, guint column)
{
  g_autofree char *letter = reg_import_dup_column_letter (column);

  g_ptr_array_add (list,
                   g_strdup_printf (_ ("“%s” (column %s)"),
                                    (char *)g_ptr_array_index (reading->shown, column), letter));
}

/* "“first_name” (column B), “last_name” (column C) and 5 more" */
static char *
join_names (GPtrArray *names)
{
  GString *out = g_string_new (NULL);
  guint left = names->len > MAX_NAMED ? names->len - MAX_NAMED : 0;

  for (guint i = 0; i < names->len - left; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", (char *)g_ptr_array_index (names, i));
  if (left > 0)
    g_string_append_printf (out, ngettext (" and %u more", " and %u more", left), left);
  return g_string_free (out, FALSE);
}

/* format: holds one %s for the names */
static void
tell_names (GString *out, const char *format, GPtrArray *names)
{
  g_autofree char *joined = NULL;
  GString *sentence;

  if (names->len == 0)
    return;
  joined = join_names (names);
  sentence = g_string_new (format);
  g_string_replace (sentence, "%s", joined, 1);
  g_string_append_printf (out, "%s ", sentence->str);
  g_string_free (sentence, TRUE);
}

static gboolean
read_mapping (Reading *reading, const char *const *mapping, GError **error)
{
  for (; mapping != NULL && *mapping != NULL; mapping++)
    {
      const char *equals = strrchr (*mapping, '=');
      Mapped mapped = { 0 };

      if (equals == NULL || equals == *mapping)
        {
          g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS,
                       _ ("“%s” does not say which heading means what: write Heading=field, or "
                          "Heading= to leave the column out."),
                       *mapping);
          return FALSE;
        }
      mapped.shown = g_strndup (*mapping, equals - *mapping);
      mapped.heading = reg_directory_fold (*mapping, equals - *mapping);
      mapped.field = g_strstrip (g_strdup (equals + 1));
      g_array_append_val (reading->mapped, mapped);
    }
  return TRUE;
}

static const RegImportHeading *
find_heading (Reading *reading, const char *folded)
{
  for (guint i = 0; i < reading->action->n_headings; i++)
    {
      const char *text = reading->action->headings[i].text;
      g_autofree char *own = reg_directory_fold (text, strlen (text));
      g_autofree char *word = g_strdelimit (g_strdup (own), " ", '_');

      if (g_str_equal (own, folded) || g_str_equal (word, folded))
        return &reading->action->headings[i];
    }
  return NULL;
}

static Mapped *
find_mapped (Reading *reading, const char *folded)
{
  for (guint i = 0; i < reading->mapped->len; i++)
    {
      Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);

      if (g_str_equal (mapped->heading, folded))
        return mapped;
    }
  return NULL;
}

/* Sets the column from one text, a heading or the field a heading is mapped to. */
static gboolean
take_text (Reading *reading, RegImportColumn *column, const char *text)
{
  g_autofree char *folded = reg_directory_fold (text, strlen (text));
  const RegImportHeading *heading = find_heading (reading, folded);
  guint32 course;

  if (heading != NULL)
    {
      column->kind = heading->kind;
      return TRUE;
    }
  if (!reading->action->has_matrix)
    return FALSE;
  course = reg_directory_find_course (reading->directory, text, strlen (text));
  if (course == REG_DIRECTORY_NONE || course == REG_DIRECTORY_SEVERAL)
    return FALSE;
  column->kind = REG_COLUMN_COURSE;
  column->course = course;
  return TRUE;
}

/* Decides one column; what cannot be decided yet is left unknown and said in *known. */
static gboolean
decide_column (Reading *reading, guint i, gboolean *known, GError **error)
{
  const char *folded = g_ptr_array_index (reading->headings, i);
  Mapped *mapped = find_mapped (reading, folded);
  RegImportColumn *column = &reading->out->columns[i];

  *known = TRUE;
  if (mapped == NULL)
    {
      *known = *folded == '\0' || take_text (reading, column, folded);
      return TRUE;
    }
  mapped->used = TRUE;
  if (*mapped->field == '\0')
    column->kind = REG_COLUMN_IGNORED;
  if (*mapped->field == '\0' || take_text (reading, column, mapped->field))
    return TRUE;
  g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS,
               _ ("“%s” is neither a heading of the sample file nor a course."), mapped->field);
  return FALSE;
}

static void
find_doubles (Reading *reading)
{
  for (guint i = 0; i < reading->out->n_columns; i++)
    {
      const RegImportColumn *one = &reading->out->columns[i];
      gboolean twice = FALSE;

      for (guint j = 0; j < i && !twice && one->kind >= REG_COLUMN_IDENTIFIER; j++)
        {
          const RegImportColumn *other = &reading->out->columns[j];

          twice = other->kind == one->kind
                  && (one->kind != REG_COLUMN_COURSE || other->course == one->course);
        }
      if (twice)
        add_wrong (reading, reading->twice, i);
    }
}

static void
find_missing (Reading *reading)
{
  for (guint i = 0; i < reading->action->n_headings; i++)
    {
      const RegImportHeading *heading = &reading->action->headings[i];
      gboolean there = FALSE;

      for (guint j = 0; j < reading->out->n_columns && !there; j++)
        there = reading->out->columns[j].kind == heading->kind;
      if (!there)
        add_missing (reading, heading->text);
    }
}

static void
decide_form (Reading *reading, const gboolean *known)
{
  RegImportColumns *out = reading->out;
  guint n_courses = 0;

  for (guint i = 0; i < out->n_columns; i++)
    n_courses += out->columns[i].kind == REG_COLUMN_COURSE;
  out->is_matrix = n_courses > 0;

  /* The first column of a matrix names the person, whatever stands above it. */
  if (out->is_matrix && out->n_columns > 0
      && (!known[0] || *(char *)g_ptr_array_index (reading->headings, 0) == '\0'))
    {
      out->columns[0].kind = REG_COLUMN_IDENTIFIER;
      out->holds_emails = strstr (g_ptr_array_index (reading->headings, 0), "mail") != NULL;
    }
  else if (out->is_matrix && out->columns[0].kind == REG_COLUMN_EMAIL)
    {
      /* In a template the column is called "Email ID"; employee IDs may stand there all the same.
       */
      out->columns[0].kind = REG_COLUMN_IDENTIFIER;
      out->holds_emails = TRUE;
    }
  for (guint i = out->columns[0].kind == REG_COLUMN_IDENTIFIER ? 1 : 0; i < out->n_columns; i++)
    {
      gboolean alien = out->is_matrix && out->columns[i].kind >= REG_COLUMN_REQUIREMENT
                       && out->columns[i].kind != REG_COLUMN_COURSE;

      if (!known[i] || alien)
        add_wrong (reading, reading->unknown, i);
    }
}

static gboolean
names_nobody (const RegImportColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].kind >= REG_COLUMN_IDENTIFIER
        && self->columns[i].kind <= REG_COLUMN_EMPLOYEE_ID)
      return FALSE;
  return TRUE;
}

static gboolean
finish (Reading *reading, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!reading->out->is_matrix)
    find_missing (reading);
  else if (names_nobody (reading->out))
    add_missing (reading, "Email ID");
  find_doubles (reading);
  for (guint i = 0; i < reading->mapped->len; i++)
    {
      const Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);

      if (!mapped->used)
        add_missing (reading, mapped->shown);
    }
  tell_names (text, _ ("These headings are missing: %s."), reading->missing);
  tell_names (text, _ ("These headings are not known: %s."), reading->unknown);
  tell_names (text, _ ("These headings are there more than once: %s."), reading->twice);
  if (text->len == 0)
    return TRUE;
  g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS, "%s%s", text->str,
               reading->out->is_matrix
                   ? _ ("Write each course as its code, its title or both, or say what a heading "
                        "means.")
                   : _ ("The headings must be those of the sample file, all of them, even if a "
                        "column is not used."));
  return FALSE;
}

/**
 * reg_import_columns_read:
 * @self: (out caller-allocates): what the columns hold
 * @action: what the file is for
 * @directory: knows the courses
 * @row: the heading line
 * @mapping: (nullable): "Heading=field" texts, %NULL-terminated
 * @error: where to say which headings are missing, unknown or there twice
 *
 * Reads a heading line. Case, outer blanks and a byte order mark do not matter; nothing is dropped
 * in silence.
 *
 * Returns: %FALSE on error, with nothing to clear
 */
gboolean
reg_import_columns_read (RegImportColumns *self,
                         const RegImportAction *action,
                         RegDirectory *directory,
                         const RegRow *row,
                         const char *const *mapping,
                         GError **error)
{
  g_autoptr (GArray) mapped = g_array_new (FALSE, FALSE, sizeof (Mapped));
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) twice = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *known = g_new0 (gboolean, row->n_cells);
  Reading reading = {
    .action = action,
    .directory = directory,
    .mapped = mapped,
    .headings = headings,
    .shown = shown,
    .missing = missing,
    .unknown = unknown,
    .twice = twice,
    .out = self,
  };
  gboolean ok;

  g_array_set_clear_func (mapped, mapped_clear);
  memset (self, 0, sizeof *self);
  self->n_columns = row->n_cells;
  self->columns = g_new0 (RegImportColumn, row->n_cells);
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_ptr_array_add (headings, reg_directory_fold (row->cells[i].text, row->cells[i].len));
      g_ptr_array_add (shown, g_strstrip (g_strdup (row->cells[i].text)));
    }
  ok = read_mapping (&reading, mapping, error);
  for (guint i = 0; ok && i < row->n_cells; i++)
    ok = decide_column (&reading, i, &known[i], error);
  if (ok)
    decide_form (&reading, known);
  ok = ok && finish (&reading, error);
  if (!ok)
    reg_import_columns_clear (self);
  return ok;
}

void
reg_import_columns_clear (RegImportColumns *self)
{
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
}
