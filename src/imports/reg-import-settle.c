/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines about enrollments once all are read: dates are understood, and those that ask the same or
 * the opposite of one person are told. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-import-plan.h"

static char *
format_line (guint32 line)
{
  return g_strdup_printf ("%u", line);
}

static void
refuse_for_line (RegImportLines *lines, RegImportLine *line, RegReason reason, guint32 other)
{
  g_autofree char *number = format_line (other);

  reg_import_lines_refuse (lines, line, reason, reg_reason_dup_sentence (reason, number, NULL));
  g_array_index (lines->bad, RegImportBad, line->bad - 1).other = other;
}

void
reg_import_lines_refuse_double (RegImportLines *lines,
                                RegImportLine *first,
                                RegImportLine *line,
                                gboolean is_same)
{
  if (is_same)
    {
      refuse_for_line (lines, line, REG_REASON_USER_DUPLICATE_LINE, first->line);
      return;
    }
  refuse_for_line (lines, line, REG_REASON_LINES_CONTRADICT, first->line);
  if (first->bad == 0)
    refuse_for_line (lines, first, REG_REASON_LINES_CONTRADICT, line->line);
}

/* Lines by person and course, where one person may stand in several lines. Open addressing: a
 * million lines must not cost a million allocations. */
typedef struct
{
  guint64 key; /* 0: free; else the pair + 1 */
  guint32 line;
} PairSlot;

typedef struct
{
  PairSlot *slots;
  gsize mask;
} PairTable;

/* The first line of the pair; adds the line where it is the first. */
static guint32
pair_table_add (PairTable *self, guint32 user, guint mark, guint32 line)
{
  guint64 key = ((guint64)user << 16 | mark) + 1;
  gsize at = key * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) >> 24 & self->mask;

  for (; self->slots[at].key != 0; at = (at + 1) & self->mask)
    if (self->slots[at].key == key)
      return self->slots[at].line;
  self->slots[at] = (PairSlot){ key, line };
  return line;
}

/* Two lines for one person and course: the same thing asked twice leaves out the second, different
 * things leave out both (SPEC X-32). */
static void
settle_pair (RegImportLines *lines, PairTable *pairs, guint32 index)
{
  RegImportLine *all = (RegImportLine *)(void *)lines->lines->data;
  RegImportLine *line = &all[index];

  for (guint32 m = 0; line->bad == 0 && m < line->n_marks; m++)
    {
      guint mark = g_array_index (lines->marks, RegImportMark, line->first_mark + m);
      guint32 first = pair_table_add (pairs, line->user, mark, index);

      if (first != index)
        reg_import_lines_refuse_double (
            lines, &all[first], line,
            reg_import_details_is_same (lines->details, all[first].detail, line->detail));
    }
}

static int
compare_opposed (gconstpointer a, gconstpointer b)
{
  const RegImportOpposed *one = a, *other = b;

  if (one->user_id != other->user_id)
    return one->user_id < other->user_id ? -1 : 1;
  return (one->course_id > other->course_id) - (one->course_id < other->course_id);
}

void
reg_import_sort_opposed (GArray *opposed)
{
  g_array_sort (opposed, compare_opposed);
}

/* What the file asks the opposite of in another line is not done, nor is that. */
static void
settle_opposed (RegImportLines *lines, RegImportLine *line)
{
  RegImportOpposed wanted = { .user_id =
                                  reg_directory_get_user_id_at (lines->directory, line->user) };

  for (guint32 m = 0; line->bad == 0 && m < line->n_marks; m++)
    {
      guint mark = g_array_index (lines->marks, RegImportMark, line->first_mark + m);
      guint32 course = g_array_index (lines->courses, guint32, mark);
      RegImportOpposed *opposed;
      guint at;

      wanted.course_id = reg_directory_get_course_at (lines->directory, course)->id;
      if (!g_array_binary_search (lines->request->opposed, &wanted, compare_opposed, &at))
        continue;
      opposed = &g_array_index (lines->request->opposed, RegImportOpposed, at);
      opposed->met = line->line;
      refuse_for_line (lines, line, REG_REASON_LINES_CONTRADICT, opposed->line);
    }
}

/* The same where a person stands in one line at most. */
static void
settle_person (RegImportLines *lines, guint32 *seen, guint32 index)
{
  RegImportLine *all = (RegImportLine *)(void *)lines->lines->data;
  RegImportLine *line = &all[index];
  RegImportLine *first = seen[line->user] != 0 ? &all[seen[line->user] - 1] : NULL;

  if (first != NULL)
    reg_import_lines_refuse_double (
        lines, first, line,
        lines->columns.is_matrix
            || reg_import_details_is_same (lines->details, first->detail, line->detail));
  else
    seen[line->user] = index + 1;
}

void
reg_import_lines_settle (RegImportLines *lines)
{
  gboolean name_courses = reg_import_lines_name_courses (lines);
  g_autofree guint32 *seen = g_new0 (guint32, reg_directory_get_n_users (lines->directory) + 1);
  g_autofree PairSlot *slots = NULL;
  PairTable pairs = { NULL, 1023 };

  while (name_courses && pairs.mask < (gsize)lines->marks->len * 2)
    pairs.mask = pairs.mask * 2 + 1;
  pairs.slots = slots = name_courses ? g_new0 (PairSlot, pairs.mask + 1) : NULL;
  reg_import_details_resolve (lines->details, lines->request->date_order);
  for (guint i = 0; i < lines->lines->len; i++)
    {
      RegImportLine *line = &g_array_index (lines->lines, RegImportLine, i);
      const char *sentence;
      RegReason reason;

      if (line->bad != 0)
        continue;
      reason = reg_import_details_check (lines->details, line->detail, &sentence);
      if (reason != REG_REASON_NONE)
        reg_import_lines_refuse (lines, line, reason, g_strdup (sentence));
      else if (name_courses)
        settle_pair (lines, &pairs, i);
      else
        settle_person (lines, seen, i);
      if (line->bad == 0 && lines->request->opposed != NULL)
        settle_opposed (lines, line);
    }
}

const char *
reg_import_lines_find_instead (const RegImportLines *lines,
                               const RegImportLine *line,
                               RegReason reason)
{
  const RegImportInstead *instead = reg_import_instead_find (lines->action->name, reason);

  gboolean is_of_all;

  return instead != NULL ? reg_import_edits_find_instead (
             lines->request->edits, line->line, reg_import_instead_fits, instead, &is_of_all)
                         : NULL;
}
