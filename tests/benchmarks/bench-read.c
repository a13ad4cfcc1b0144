/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-read FILE: reads a spreadsheet through, every cell of it, and says what that took. */
#include "tabular/reg-row-reader.h"

#include <stdio.h>
#include <sys/resource.h>

static double
seconds (struct timeval t)
{
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main (int argc, char **argv)
{
  g_autoptr (RegRowReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  struct rusage usage;
  guint64 rows = 0;
  guint64 cells = 0;
  guint64 bytes = 0;
  RegRow row;

  if (argc != 2)
    {
      g_printerr ("Usage: bench-read FILE\n");
      return 2;
    }
  reader = reg_row_reader_open (argv[1], NULL, NULL, &error);
  while (reader != NULL && reg_row_reader_next (reader, &row, &error))
    {
      rows++;
      for (guint i = 0; i < row.n_cells; i++)
        {
          cells += row.cells[i].len > 0;
          bytes += row.cells[i].len;
        }
    }
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT " cells, %" G_GUINT64_FORMAT
           " bytes: %.3f s CPU, %.1f MB peak\n",
           rows, cells, bytes, seconds (usage.ru_utime) + seconds (usage.ru_stime),
           (double)usage.ru_maxrss / 1024);
  return error != NULL;
}
