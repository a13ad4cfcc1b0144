/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-csv-delimiter.h"

#include <string.h>

#define SAMPLE_BYTES ((gsize)64 * 1024)
#define SAMPLE_RECORDS 200

/* The number of cells of every record that is not blank, as the quotes have it. */
static guint
count_cells (const char *text, gsize len, gboolean whole, char delimiter, guint *counts)
{
  const char *end = text + len;
  gboolean quoted = FALSE;
  gboolean cell_start = TRUE;
  gboolean blank = TRUE;
  guint n = 0;
  guint cells = 1;

  for (const char *p = text; p < end && n < SAMPLE_RECORDS; p++)
    {
      if (quoted)
        {
          quoted = *p != '"'; /* a doubled quote opens it again at once */
          cell_start = !quoted;
        }
      else if (*p == '"' && cell_start)
        {
          quoted = TRUE;
          blank = FALSE;
        }
      else if (*p == '\n' || *p == '\r')
        {
          if (!blank)
            counts[n++] = cells;
          cells = 1;
          cell_start = TRUE;
          blank = TRUE;
        }
      else
        {
          cell_start = *p == delimiter;
          cells += cell_start;
          blank = FALSE;
        }
    }
  /* The last record counts only when it is known to be complete. */
  if (whole && !blank && n < SAMPLE_RECORDS)
    counts[n++] = cells;
  return n;
}

/* How well the records agree: 1 when all have the same number of cells, and that is more than one.
 */
static double
score_counts (const guint *counts, guint n)
{
  guint best = 0;
  guint usual = 1;

  for (guint i = 0; i < n; i++)
    {
      guint same = 0;

      for (guint k = 0; k < n; k++)
        same += counts[k] == counts[i];
      if (counts[i] > 1 && same > best)
        {
          best = same;
          usual = counts[i];
        }
    }
  if (best == 0)
    return 0;
  /* The heading decides between two that fit the data alike, then the number of columns. */
  return (double)best / n + (counts[0] == usual ? 0.1 : 0) + 0.001 * MIN (usual, 50u);
}

/**
 * reg_csv_delimiter_guess:
 * @text: the start of a text file
 * @len: its length in bytes
 * @whole: whether that is all of it
 *
 * Returns: the character that stands between the cells; a comma when nothing speaks for another
 */
char
reg_csv_delimiter_guess (const char *text, gsize len, gboolean whole)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[SAMPLE_RECORDS];
  double best_score = 0;
  char best = ',';

  if (len > SAMPLE_BYTES)
    {
      len = SAMPLE_BYTES;
      whole = FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint n = count_cells (text, len, whole, candidates[i], counts);
      double score = score_counts (counts, n);

      if (score > best_score)
        {
          best_score = score;
          best = candidates[i];
        }
    }
  return best;
}

/**
 * reg_csv_delimiter_declared:
 * @text: the start of a text file
 * @len: its length in bytes
 * @delimiter: (out): the character that a first line such as `sep=;` names
 *
 * Returns: the length of that line without its end, 0 when there is none
 */
gsize
reg_csv_delimiter_declared (const char *text, gsize len, char *delimiter)
{
  gboolean quoted = len > 0 && text[0] == '"';
  gsize at = quoted ? 1 : 0;
  gsize used;

  if (len < at + 5 || g_ascii_strncasecmp (text + at, "sep=", 4) != 0)
    return 0;
  used = at + 5;
  if (quoted && (used >= len || text[used++] != '"'))
    return 0;
  if (used < len && text[used] != '\n' && text[used] != '\r')
    return 0;
  if (strchr ("\r\n\"", text[at + 4]) != NULL || (guint8)text[at + 4] >= 0x80)
    return 0;
  *delimiter = text[at + 4];
  return used;
}
