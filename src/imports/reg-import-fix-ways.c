/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways out that are no correction of a cell: leaving lines out, another operation, a list of the
 * people, another look; for one line or for all alike. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-import-fix-private.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- Whom a line is about ---- */

static guint32
find_user (RegDirectory *directory, const char *text)
{
  g_autofree char *key = reg_email_key (text, -1);
  guint32 user = reg_directory_find_email (directory, key, strlen (key));

  return user < REG_DIRECTORY_SEVERAL
             ? user
             : reg_directory_find_employee (directory, text, strlen (text));
}

static guint32
find_in_column (const RegFixLine *line, RegColumnKind kind)
{
  int column = reg_fix_line_find_filled (line, kind);

  return column >= 0 ? find_user (line->directory, line->cells[column]) : REG_DIRECTORY_NONE;
}

/* The people a line names, two where it names two. Returns: how many */
static guint
list_named (const RegFixLine *line, gint64 users[2])
{
  static const RegColumnKind kinds[] = { REG_COLUMN_IDENTIFIER, REG_COLUMN_EMAIL,
                                         REG_COLUMN_EMPLOYEE_ID };
  guint n = 0;

  for (guint i = 0; n < 2 && i < G_N_ELEMENTS (kinds); i++)
    {
      guint32 user = find_in_column (line, kinds[i]);
      gint64 id;

      if (user >= REG_DIRECTORY_SEVERAL)
        continue;
      id = reg_directory_get_user_id_at (line->directory, user);
      if (n == 0 || users[0] != id)
        users[n++] = id;
    }
  return n;
}

/**
 * reg_import_plan_list_users:
 * @self: a plan
 * @reason: why not
 *
 * Returns: (transfer full) (element-type gint64): the people known here of whom something is not
 *   imported for that reason, in the order of the lines
 */
GArray *
reg_import_plan_list_users (const RegImportPlan *self, RegReason reason)
{
  GArray *users = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->cannot->len; i++)
    {
      const RegImportCannot *one = &g_array_index (self->cannot, RegImportCannot, i);

      if (one->reason == reason
          && g_hash_table_add (seen, g_memdup2 (&one->user_id, sizeof one->user_id)))
        g_array_append_val (users, one->user_id);
    }
  for (guint i = 0; i < self->bad_lines->len; i++)
    {
      const RegImportBadLine *bad = &g_array_index (self->bad_lines, RegImportBadLine, i);
      guint32 user =
          bad->reason == reason ? find_user (self->directory, bad->identifier) : REG_DIRECTORY_NONE;
      gint64 id;

      if (user >= REG_DIRECTORY_SEVERAL)
        continue;
      id = reg_directory_get_user_id_at (self->directory, user);
      if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        g_array_append_val (users, id);
    }
  return users;
}

/* ---- What is offered ---- */

static RegImportFix *
add_way (RegFixLine *line, RegImportFixKind kind, const char *label, const char *all_label)
{
  RegImportFix *fix = reg_fix_line_add (line, kind, g_strdup (label), NULL);

  reg_fix_set_all (fix, all_label);
  return fix;
}

static void
add_leave_out (RegFixLine *line)
{
  add_way (line, REG_FIX_LEAVE_OUT, _ ("Leave this line out"),
           _ ("Leave out all lines with this reason"));
}

static void
add_people (RegFixLine *line, const gint64 *users, guint n)
{
  RegImportFix *fix;

  if (n == 0)
    return;
  fix = add_way (line, REG_FIX_SHOW_PEOPLE, n > 1 ? _ ("Show both people") : _ ("Show the person"),
                 _ ("Show all people with this reason"));
  fix->user_id = users[0];
  fix->other_user_id = n > 1 ? users[1] : 0;
}

void
reg_fix_line_add_ways (RegFixLine *line)
{
  RegRemedy offered = reg_import_get_remedies (line->bad->reason);
  gint64 users[2];

  if ((offered & REG_REMEDY_LEAVE_OUT) != 0 && (line->bad->other == 0 || line->fixes->len == 0))
    add_leave_out (line);
  if ((offered & REG_REMEDY_SHOW_PEOPLE) != 0)
    add_people (line, users, list_named (line, users));
  if ((offered & REG_REMEDY_MAP) != 0)
    reg_fix_line_add (line, REG_FIX_MAP, g_strdup (_ ("Say what the columns mean…")), NULL);
  /* What the LMS refused is tried again as a suggestion says. */
  if ((offered & REG_REMEDY_RETRY) != 0 && line->bad->reason != REG_REASON_SERVER_REFUSED)
    reg_fix_line_add (line, REG_FIX_CHECK_AGAIN, g_strdup (_ ("Check again")), NULL);
}

static void
add_instead (RegFixLine *line, RegReason reason)
{
  const RegImportInstead *instead = reg_import_instead_find (line->plan->action, reason);
  RegImportFix *fix;

  if (instead != NULL)
    fix = add_way (line, REG_FIX_INSTEAD, _ (instead->label), _ (instead->all_label));
  else if (reason == REG_REASON_COMPLETED_SKIPPED && line->plan->instead != NULL)
    {
      /* Whom a choice that was made before leaves out. */
      instead = line->plan->instead;
      fix = add_way (line, REG_FIX_INSTEAD, _ ("Include the person all the same"),
                     _ ("Include all with this reason all the same"));
    }
  else
    return;
  fix->text = g_strdup (instead->name);
  fix->operation = instead->operation;
}

/**
 * reg_import_fixer_list_cannot:
 * @self: a fixer
 * @cannot: something that cannot happen, of its plan
 *
 * Returns: (transfer full) (element-type RegImportFix): what can be done about it, the best first
 */
GPtrArray *
reg_import_fixer_list_cannot (RegImportFixer *self, const RegImportCannot *cannot)
{
  const RegImportPlan *plan = reg_import_fixer_get_plan (self);
  const RegImportBadLine bad = { .line = cannot->line, .reason = cannot->reason };
  RegFixLine line = {
    .fixer = self,
    .plan = plan,
    .directory = plan->directory,
    .bad = &bad,
    .fixes = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_fix_free),
  };
  RegRemedy offered = reg_import_get_remedies (cannot->reason);

  if (reg_import_plan_can_correct (plan) && (offered & REG_REMEDY_INSTEAD) != 0)
    add_instead (&line, cannot->reason);
  /* Of a line with several marks others may be imported. */
  if (reg_import_plan_can_correct (plan) && (offered & REG_REMEDY_LEAVE_OUT) != 0
      && reg_import_plan_find_item (plan, cannot->line) == NULL)
    add_leave_out (&line);
  add_people (&line, &cannot->user_id, 1);
  if ((offered & REG_REMEDY_RETRY) != 0)
    reg_fix_line_add (&line, REG_FIX_CHECK_AGAIN, g_strdup (_ ("Check again")), NULL);
  return line.fixes;
}

/* ---- What is taken ---- */

/* Of every two lines the one that stands on the same side as the line of the fix. */
static void
leave_out_doubles (const RegImportPlan *plan, const RegImportFix *fix, RegImportEdits *edits)
{
  gint64 last = 0;

  for (guint i = 0; i < plan->bad_lines->len; i++)
    {
      const RegImportBadLine *bad = &g_array_index (plan->bad_lines, RegImportBadLine, i);
      gint64 line =
          fix->line > fix->kept ? MAX (bad->line, bad->other) : MIN (bad->line, bad->other);

      if (bad->reason != fix->reason || bad->other == 0 || line == last)
        continue;
      last = line;
      reg_import_edits_leave_out (edits, line);
    }
}

/* All lines of which nothing is imported for that reason. */
static void
leave_out_lines (const RegImportPlan *plan, RegReason reason, RegImportEdits *edits)
{
  gint64 last = 0;

  for (guint i = 0; i < plan->bad_lines->len; i++)
    {
      const RegImportBadLine *bad = &g_array_index (plan->bad_lines, RegImportBadLine, i);

      if (bad->reason == reason)
        reg_import_edits_leave_out (edits, bad->line);
    }
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      const RegImportCannot *one = &g_array_index (plan->cannot, RegImportCannot, i);

      if (one->reason != reason || one->line == last
          || reg_import_plan_find_item (plan, one->line) != NULL)
        continue;
      last = one->line;
      reg_import_edits_leave_out (edits, one->line);
    }
}

/* As one step. */
static void
leave_out_alike (const RegImportPlan *plan, const RegImportFix *fix, RegImportEdits *edits)
{
  g_autoptr (RegImportEdits) others = reg_import_edits_new ();

  if (fix->kept != 0)
    leave_out_doubles (plan, fix, others);
  else
    leave_out_lines (plan, fix->reason, others);
  reg_import_edits_add (edits, others);
}

/* The same text in whatever course; in front of the marks it may be who somebody is. */
static void
set_marks_alike (const RegImportPlan *plan, const RegImportFix *fix, RegImportEdits *edits)
{
  g_autoptr (RegImportEdits) others = reg_import_edits_new ();

  for (guint i = 0; i < plan->columns->len; i++)
    if (g_array_index (plan->columns, RegColumnKind, i) == REG_COLUMN_COURSE)
      reg_import_edits_set_alike (others, i, fix->old, fix->text);
  reg_import_edits_add (edits, others);
}

/**
 * reg_import_fix_apply:
 * @self: what is taken
 * @all_alike: for all that are like it, where that can be said
 * @plan: the plan it was found for
 * @edits: where it is written down, as one step
 * @date_order: (inout): how dates are meant
 *
 * Of what is done besides a correction there is nothing to write.
 */
void
reg_import_fix_apply (const RegImportFix *self,
                      gboolean all_alike,
                      const RegImportPlan *plan,
                      RegImportEdits *edits,
                      char *date_order)
{
  gboolean all = all_alike && self->can_all_alike;

  switch (self->kind)
    {
    case REG_FIX_SET:
      if (all && self->in_any_column)
        set_marks_alike (plan, self, edits);
      else if (all)
        reg_import_edits_set_alike (edits, self->column, self->old, self->text);
      else
        reg_import_edits_set_cell (edits, self->line, self->column, self->text);
      break;
    case REG_FIX_DIGITS:
      reg_import_edits_set_digits (edits, self->column, self->digits);
      break;
    case REG_FIX_DATE_ORDER:
      *date_order = self->date_order;
      break;
    case REG_FIX_LEAVE_OUT:
      if (all)
        leave_out_alike (plan, self, edits);
      else
        reg_import_edits_leave_out (edits, self->line);
      break;
    case REG_FIX_INSTEAD:
      reg_import_edits_set_instead (edits, all ? 0 : self->line, self->text);
      break;
    case REG_FIX_ACCEPT:
      reg_import_edits_accept (edits, all ? 0 : self->line);
      break;
    case REG_FIX_RESTORE:
    case REG_FIX_ADD_PERSON:
    case REG_FIX_SHOW_PEOPLE:
    case REG_FIX_MAP:
    case REG_FIX_CHECK_AGAIN:
      break;
    }
}
