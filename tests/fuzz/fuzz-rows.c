/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-rows.h"

#include <string.h>

#define MAX_COLUMNS 16384

void
fuzz_assert_row (const RegRow *row, guint64 *line)
{
  g_assert_cmpuint (row->line, >, *line);
  g_assert_cmpuint (row->n_cells, <=, MAX_COLUMNS);
  *line = row->line;
  for (guint i = 0; i < row->n_cells; i++)
    {
      const RegRowCell *cell = &row->cells[i];

      g_assert_true (g_utf8_validate_len (cell->text, cell->len, NULL));
      g_assert_cmpint (cell->text[cell->len], ==, '\0');
    }
}

void
fuzz_assert_refusal (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == REG_TABULAR_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
}
