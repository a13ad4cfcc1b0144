/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell may have been meant to be. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-import-date.h"
#include "imports/reg-import-fix-private.h"
#include "imports/reg-import-meaning.h"
#include "imports/reg-near-text.h"

#include "rules/reg-status.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Day 1 of a spreadsheet is 1899-12-31, and it believes in a 29 February 1900. */
#define SPREADSHEET_DAY_ZERO 693594
#define FIRST_LIKELY_DAY 36526
#define LAST_LIKELY_DAY 73050

void
reg_fix_line_suggest_mark (RegFixLine *line)
{
  for (guint i = 0; i < line->n_cells; i++)
    {
      const char *text = line->cells[i];

      if (reg_fix_line_get_kind (line, i) != REG_COLUMN_COURSE || *text == '\0'
          || g_ascii_strcasecmp (text, "x") == 0)
        continue;
      reg_fix_line_add_set (line, i, "x", g_strdup_printf (_ ("Treat “%s” as x"), text), NULL)
          ->in_any_column = TRUE;
      reg_fix_line_add_set (line, i, "", g_strdup_printf (_ ("Treat “%s” as empty"), text), NULL)
          ->in_any_column = TRUE;
      return;
    }
}

static char *
dup_day_in_words (const RegDate date)
{
  GDate day;
  char text[64];

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, (GDateDay)atoi (date + 8), (GDateMonth)atoi (date + 5),
                  (GDateYear)atoi (date));
  /* Translators: a date written out, so that day and month cannot be mixed up. */
  return g_strndup (text, g_date_strftime (text, sizeof text, _ ("%-d %B %Y"), &day));
}

void
reg_fix_line_suggest_date_order (RegFixLine *line)
{
  int column = reg_fix_line_find_filled (line, REG_COLUMN_DUE_DATE);
  g_autofree char *day_first = NULL;
  g_autofree char *month_first = NULL;
  RegDate date, other;

  if (column < 0
      || reg_import_date_read (line->cells[column], strlen (line->cells[column]), date, other)
             != REG_DATE_EITHER)
    return;
  day_first = dup_day_in_words (date);
  month_first = dup_day_in_words (other);
  reg_fix_line_add (line, REG_FIX_DATE_ORDER,
                    g_strdup_printf ("%s = %s", line->cells[column], day_first),
                    g_strdup (_ ("in the whole file the day comes first")))
      ->date_order = 'd';
  reg_fix_line_add (line, REG_FIX_DATE_ORDER,
                    g_strdup_printf ("%s = %s", line->cells[column], month_first),
                    g_strdup (_ ("in the whole file the month comes first")))
      ->date_order = 'm';
}

/* "46022": the number a spreadsheet has for a date whose cell lost its format. */
void
reg_fix_line_suggest_date (RegFixLine *line)
{
  int column = reg_fix_line_find_filled (line, REG_COLUMN_DUE_DATE);
  const char *text = column >= 0 ? line->cells[column] : "";
  guint64 number;
  char date[32];
  GDate day;

  if (column < 0)
    return;
  if (g_ascii_string_to_unsigned (text, 10, FIRST_LIKELY_DAY, LAST_LIKELY_DAY, &number, NULL))
    {
      g_date_clear (&day, 1);
      g_date_set_julian (&day, (guint32)number + SPREADSHEET_DAY_ZERO);
      g_date_strftime (date, sizeof date, "%Y-%m-%d", &day);
      reg_fix_line_add_set (line, column, date, g_strdup (date),
                            g_strdup (_ ("a spreadsheet's number for it")));
    }
  reg_fix_line_add_set (line, column, "", g_strdup (_ ("No due date")), NULL);
}

/* A role that is none: the one it is like, or what it is without one. */
static void
suggest_role (RegFixLine *line)
{
  int column = reg_fix_line_find_filled (line, REG_COLUMN_ROLE);
  g_autofree char *wanted = NULL;
  RegRole role;

  if (column < 0)
    return;
  wanted = reg_directory_fold (line->cells[column], strlen (line->cells[column]));
  if (reg_role_from_nick (wanted, -1, &role))
    return;
  for (guint i = 0; i < REG_N_ROLES; i++)
    {
      const char *nick = reg_role_to_nick ((RegRole)i);

      if (reg_near_text_get_distance (wanted, strlen (wanted), nick, strlen (nick), 3) <= 3)
        reg_fix_line_add_set (line, column, nick, g_strdup (reg_role_get_label ((RegRole)i)), NULL);
    }
  reg_fix_line_add_set (line, column, "", g_strdup (_ ("No role")), NULL);
}

void
reg_fix_line_suggest_value (RegFixLine *line)
{
  const guint n_columns = line->plan->columns->len;
  int requirement = reg_fix_line_find_filled (line, REG_COLUMN_REQUIREMENT);
  int due_date = reg_fix_line_find_filled (line, REG_COLUMN_DUE_DATE);

  for (guint i = 0; i < line->n_cells; i++)
    if ((i >= n_columns || reg_fix_line_get_kind (line, i) == REG_COLUMN_UNNAMED)
        && *line->cells[i] != '\0')
      {
        reg_fix_line_add_set (line, i, "", g_strdup_printf (_ ("Ignore “%s”"), line->cells[i]),
                              NULL);
        return;
      }
  suggest_role (line);
  if (requirement < 0)
    return;
  reg_fix_line_add_set (line, requirement, "Required", g_strdup (_ ("Required")), NULL);
  if (due_date < 0)
    reg_fix_line_add_set (line, requirement, "Optional", g_strdup (_ ("Optional")), NULL);
  else if (g_ascii_strcasecmp (line->cells[requirement], "optional") == 0)
    reg_fix_line_add_set (line, due_date, "", g_strdup (_ ("Optional, without the due date")),
                          NULL);
}

/* ---- Names ---- */

/* (transfer full) (nullable): the names that are known, and of the others those that are near, or
 * none; NULL where nothing is near to one of them */
static char *
dup_joined (RegFixLine *line, const char *text, gboolean leave_out)
{
  const guint kinds = reg_import_get_group_kinds (line->plan->people);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (const char *p = text; *p != '\0';)
    {
      const char *end = p;
      const RegLabel *label;
      g_autofree char *name = NULL;

      if (reg_import_is_separator (*p) || g_ascii_isspace (*p))
        {
          p++;
          continue;
        }
      label = reg_import_find_longest_label (line->directory, kinds, p, &end);
      while (label == NULL && *end != '\0' && !reg_import_is_separator (*end))
        end++;
      name = g_strstrip (g_strndup (p, end - p));
      if (label == NULL && !leave_out)
        {
          label = reg_directory_find_near_label (line->directory, kinds, name);
          if (label == NULL)
            return NULL;
        }
      if (label != NULL)
        g_ptr_array_add (kept, label->name);
      p = end;
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("; ", (char **)kept->pdata);
}

static void
suggest_groups (RegFixLine *line, guint column)
{
  const char *text = line->cells[column];
  g_autofree char *near = dup_joined (line, text, FALSE);
  g_autofree char *known = dup_joined (line, text, TRUE);

  if (near != NULL)
    reg_fix_line_add_set (line, column, near, g_strdup (near), g_strdup (_ ("the nearest name")));
  if (*known == '\0')
    reg_fix_line_add_set (line, column, "", g_strdup (_ ("No group")), NULL);
  else
    reg_fix_line_add_set (line, column, known, g_strdup_printf (_ ("Only %s"), known), NULL);
}

/* A location, or a group among groups, that is not there. */
void
reg_fix_line_suggest_label (RegFixLine *line)
{
  const guint locations = 1u << REG_LABEL_LOCATION;
  int location = reg_fix_line_find_filled (line, REG_COLUMN_LOCATION);
  int groups = reg_fix_line_find_filled (line, REG_COLUMN_GROUPS);
  const char *text = location >= 0 ? line->cells[location] : "";
  const RegLabel *near;

  if (location >= 0
      && reg_directory_find_label (line->directory, locations, text, strlen (text)) == NULL)
    {
      near = reg_directory_find_near_label (line->directory, locations, text);
      if (near != NULL)
        reg_fix_line_add_set (line, location, near->name, g_strdup (near->name),
                              g_strdup (_ ("the nearest name")));
      reg_fix_line_add_set (line, location, "", g_strdup (_ ("No location")), NULL);
    }
  else if (groups >= 0)
    suggest_groups (line, groups);
}

/* Courses whose title or code is like what the line names. */
void
reg_fix_line_suggest_course (RegFixLine *line)
{
  int column = reg_fix_line_find_filled (line, REG_COLUMN_COURSE_NAME);
  g_autofree char *wanted = NULL;
  const RegCourse *found = NULL;
  guint best;

  if (column < 0)
    return;
  wanted = reg_directory_fold (line->cells[column], strlen (line->cells[column]));
  best = reg_near_text_get_limit (strlen (wanted)) + 1;
  for (guint i = 0; best > 0 && i < reg_directory_get_n_courses (line->directory); i++)
    {
      const RegCourse *course = reg_directory_get_course_at (line->directory, i);
      const char *const names[] = { course->title, course->code };

      for (guint k = 0; best > 0 && k < G_N_ELEMENTS (names); k++)
        {
          g_autofree char *name = reg_directory_fold (names[k], strlen (names[k]));
          guint distance =
              reg_near_text_get_distance (wanted, strlen (wanted), name, strlen (name), best - 1);

          if (distance >= best)
            continue;
          best = distance;
          found = course;
        }
    }
  if (found != NULL)
    reg_fix_line_add_set (line, column, found->code, g_strdup (found->title),
                          g_strdup (found->code));
}
