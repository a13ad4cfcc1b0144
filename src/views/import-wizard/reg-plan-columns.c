/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-wizard/reg-plan-columns.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>

static void
bind_line (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, ((const RegPlanRow *)row)->line);

  reg_cell_set_text (cell, text);
}

/* Where there is no room for a column of its own, what becomes of somebody stands below the name.
 */
static void
bind_person (RegCell *cell, RegColumnList *list, const RegPlanRow *row, const char *below)
{
  gboolean is_narrow = reg_column_list_is_narrow (list);

  reg_cell_set_wrap (cell, is_narrow);
  reg_cell_set_text (cell, row->name);
  reg_cell_set_subtitle (cell, is_narrow ? below : row->identifier);
}

/* (transfer full): "Fire safety · Already assigned…", and in another line what helps */
static char *
dup_below (const char *course, const char *what, const char *help)
{
  GString *below = g_string_new (NULL);

  reg_words_add (below, course);
  reg_words_add (below, what);
  if (help != NULL)
    g_string_append_printf (below, "\n%s", help);
  return g_string_free (below, FALSE);
}

static void
bind_changed_person (RegCell *cell, gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;
  g_autofree char *below = dup_below (plan_row->course, plan_row->detail, NULL);

  bind_person (cell, data, row, below);
}

static void
bind_held_person (RegCell *cell, gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;
  g_autofree char *below = dup_below (plan_row->course, plan_row->reason, plan_row->help);

  bind_person (cell, data, row, below);
}

static void
bind_course (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_text (cell, ((const RegPlanRow *)row)->course);
}

static void
bind_detail (RegCell *cell, gpointer row, gpointer data)
{
  reg_cell_set_wrap (cell, TRUE);
  reg_cell_set_text (cell, ((const RegPlanRow *)row)->detail);
}

static void
bind_reason (RegCell *cell, gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;

  reg_cell_set_wrap (cell, TRUE);
  reg_cell_set_text (cell, plan_row->reason);
  reg_cell_set_subtitle (cell, plan_row->help);
}

/* (transfer full): the best way out of a bad line, else what helps */
static char *
dup_way_out (const RegPlanRow *row)
{
  const RegImportFix *best =
      row->fixes != NULL && row->fixes->len > 0 ? g_ptr_array_index (row->fixes, 0) : NULL;

  if (best == NULL || best->kind == REG_FIX_LEAVE_OUT)
    return g_strdup (row->help);
  /* Translators: a suggestion, and why: “anna@example.com – 1 letter differs”. */
  return best->detail != NULL ? g_strdup_printf (_ ("%s – %s"), best->label, best->detail)
                              : g_strdup (best->label);
}

static void
bind_bad_line (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *way_out = dup_way_out (row);
  g_autofree char *below = dup_below (NULL, ((const RegPlanRow *)row)->reason, way_out);

  bind_person (cell, data, row, below);
}

static void
bind_bad_reason (RegCell *cell, gpointer row, gpointer data)
{
  g_autofree char *way_out = dup_way_out (row);
  const RegPlanRow *plan_row = row;

  reg_cell_set_wrap (cell, TRUE);
  reg_cell_set_text (cell, plan_row->reason);
  reg_cell_set_hint (cell, plan_row->help);
  reg_cell_set_subtitle (cell, way_out);
}

static char *
dup_row_name (gpointer row, gpointer data)
{
  const RegPlanRow *plan_row = row;

  /* Translators: a line of a spreadsheet, for a screen reader. */
  return g_strdup_printf (_ ("line %d, %s"), (int)plan_row->line,
                          plan_row->name != NULL ? plan_row->name : "");
}

/**
 * reg_plan_columns_set_up:
 * @list: a list of RegPlanRow
 * @group: which of the three groups it shows
 * @label: its accessible name
 *
 * Gives a list of the final check its columns. Only what will happen can be ticked; lines that may
 * not be imported name no course, but a way out.
 */
void
reg_plan_columns_set_up (RegColumnList *list, RegPlanGroup group, const char *label)
{
  gboolean is_bad = group == REG_PLAN_BAD_LINES;
  gboolean will = group == REG_PLAN_WILL;

  reg_column_list_set_label (list, label);
  reg_column_list_set_name_func (list, dup_row_name, NULL);
  if (will)
    reg_column_list_add_checks (list);
  reg_column_list_add_column (list, _ ("Line"), -1, 72, 0, REG_COLUMN_NUMERIC, bind_line, NULL);
  reg_column_list_add_column (list, is_bad ? _ ("Email ID or Employee ID") : _ ("User"), -1, 0, 0,
                              REG_COLUMN_EXPAND,
                              will     ? bind_changed_person
                              : is_bad ? bind_bad_line
                                       : bind_held_person,
                              list);
  if (!is_bad)
    reg_column_list_add_column (list, _ ("Course"), -1, 0, 560, REG_COLUMN_EXPAND, bind_course,
                                NULL);
  reg_column_list_add_column (list, will ? _ ("What Changes") : _ ("Reason"), -1, 0, 560,
                              REG_COLUMN_EXPAND,
                              will     ? bind_detail
                              : is_bad ? bind_bad_reason
                                       : bind_reason,
                              NULL);
  reg_column_list_set_empty (list, "emblem-ok-symbolic", _ ("Nobody"),
                             _ ("No line is in this group."), NULL, NULL);
}
