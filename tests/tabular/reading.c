/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <glib/gstdio.h>

TestFile *
test_file_new (const char *name, const void *bytes, gsize len)
{
  TestFile *self = g_new0 (TestFile, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("registrar-tabular-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, name, NULL);
  if (bytes != NULL)
    g_file_set_contents (self->path, bytes, (gssize)len, &error);
  g_assert_no_error (error);
  return self;
}

void
test_file_free (TestFile *self)
{
  GDir *dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/* All rows as one text: `1[a|b] 2[] …`, and what must hold of every cell is asserted. */
char *
read_rows (RegRowReader *reader, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GError *local = NULL;
  RegRow row;

  while (reg_row_reader_next (reader, &row, &local))
    {
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT "[", text->len > 0 ? " " : "", row.line);
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_assert_cmpuint (strlen (row.cells[i].text), ==, row.cells[i].len);
          g_assert_true (g_utf8_validate_len (row.cells[i].text, row.cells[i].len, NULL));
          g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row.cells[i].text);
        }
      g_string_append_c (text, ']');
    }
  g_assert_cmpfloat (reg_row_reader_get_fraction (reader), >=, 0);
  g_assert_cmpfloat (reg_row_reader_get_fraction (reader), <=, 1);
  if (local != NULL)
    {
      GError *again = NULL;

      g_assert_true (g_utf8_validate (local->message, -1, NULL));
      /* A failure stays. */
      g_assert_false (reg_row_reader_next (reader, &row, &again));
      g_assert_cmpstr (again->message, ==, local->message);
      g_error_free (again);
      g_propagate_error (error, local);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
read_file (const char *path, const RegReadOptions *options, GError **error)
{
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, options, NULL, error);

  return reader != NULL ? read_rows (reader, error) : g_strdup ("");
}

void
assert_rows (const void *bytes, gsize len, const char *expected)
{
  g_autoptr (TestFile) file = test_file_new ("people", bytes, len);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_file (file->path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, expected);
}

/* Reading ends with the error @code, and its message has @words in it. */
void
assert_refused (const void *bytes, gsize len, int code, const char *words)
{
  g_autoptr (TestFile) file = test_file_new ("people", bytes, len);
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_file (file->path, NULL, &error);

  g_assert_error (error, REG_TABULAR_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}
