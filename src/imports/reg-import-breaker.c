/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-breaker.h"

#include "rules/reg-operation.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* What an everyday correction does not reach. */
#define MANY_ROWS 25
#define MANY_PERCENT 10
/* Of fewer the percentage says nothing. */
#define FEW_ROWS 5

static gboolean
is_many (gint64 n, gint64 total)
{
  return n > MANY_ROWS || (n > FEW_ROWS && n * 100 > total * MANY_PERCENT);
}

static gboolean
takes_away (const RegOperation *operation)
{
  return operation->confirm != REG_CONFIRM_UNDO || g_str_equal (operation->name, "unenroll");
}

static void
append_sentence (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", sentence);
  g_free (sentence);
}

static gint64
count_unknown (const RegImportPlan *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->bad_lines->len; i++)
    {
      RegReason reason = g_array_index (self->bad_lines, RegImportBadLine, i).reason;

      n += reason == REG_REASON_USER_UNKNOWN || reason == REG_REASON_ID_SHORTENED
           || reason == REG_REASON_COURSE_UNKNOWN;
    }
  return n;
}

/* How many records of a last assignment go, because the person wants it instead. */
static gint64
count_removed_records (const RegImportPlan *self)
{
  gint64 n = 0;

  for (guint i = 0; self->n_instead_users > 0 && i < self->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (self->will, RegImportItem, i);
      g_autoptr (RegParams) params = NULL;

      if (reg_import_plan_get_instead (self, item) == NULL)
        continue;
      params = reg_import_plan_dup_params (self, item->detail);
      n += reg_operation_removes_records (reg_import_plan_get_operation (self, item), params);
    }
  return n;
}

/* Whoever is added changes nothing that is there; of those who are ticked they are taken to be the
 * first to be left out. */
static gint64
count_changed (const RegImportPlan *self, const RegOperation *operation, gint64 n_ticked)
{
  if (operation->fields == REG_FIELDS_NONE && self->people != REG_PEOPLE_BOTH)
    return 0;
  return MIN (n_ticked, (gint64)self->will->len - self->n_new);
}

/**
 * reg_import_plan_dup_warning:
 * @self: a plan
 * @n_ticked: rows that shall be started
 *
 * A file that is short of people, or of another LMS, is like any other to a program; its numbers
 * are not.
 *
 * Returns: (transfer full) (nullable): what a person must have seen before it starts
 */
char *
reg_import_plan_dup_warning (const RegImportPlan *self, gint64 n_ticked)
{
  const RegImportAction *action = reg_import_action_find (self->action);
  const RegOperation *operation = reg_operation_find (action->operation);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 n_unknown = count_unknown (self);
  gint64 n_removed = count_removed_records (self);
  gint64 n_changed = count_changed (self, operation, n_ticked);

  if (takes_away (operation) && is_many (n_ticked, self->n_enrolled))
    append_sentence (text, g_strdup_printf (ngettext ("This takes %" PRIi64 " training away.",
                                                      "This takes %" PRIi64 " trainings away.",
                                                      (gulong)n_ticked),
                                            n_ticked));
  else if (is_many (n_changed, self->lines_read))
    append_sentence (text,
                     g_strdup_printf (ngettext ("This changes what is known of %" PRIi64 " row.",
                                                "This changes what is known of %" PRIi64 " rows.",
                                                (gulong)n_changed),
                                      n_changed));
  /* However few they are. */
  if (n_removed > 0)
    append_sentence (
        text,
        g_strdup_printf (ngettext ("This removes all records of the last assignment of %" PRIi64
                                   " user for good.",
                                   "This removes all records of the last assignments of %" PRIi64
                                   " users for good.",
                                   (gulong)n_removed),
                         n_removed));
  if (n_unknown > FEW_ROWS && is_many (n_unknown, self->lines_read)
      && n_unknown * 100 > self->lines_read * MANY_PERCENT)
    append_sentence (
        text, g_strdup_printf (
                  ngettext ("%" PRIi64 " line names somebody, or a course, that the LMS does not "
                            "have. Is this the right file, and is it the right LMS?",
                            "%" PRIi64 " lines name somebody, or a course, that the LMS does not "
                            "have. Is this the right file, and is it the right LMS?",
                            (gulong)n_unknown),
                  n_unknown));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
reg_interchange_plan_dup_warning (const RegInterchangePlan *self, const gsize *n_ticked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (self->plans, i);
      char *warning = reg_import_plan_dup_warning (
          plan, (gint64)(n_ticked != NULL ? n_ticked[i] : plan->will->len));

      if (warning != NULL)
        append_sentence (text, warning);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
