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

/* What is ticked: how many rows, how many of them about those who are there already, and how many
 * people lose the records of a last assignment, because that is wanted instead. */
typedef struct
{
  gint64 n;
  gint64 n_there;
  gint64 n_losers;
} Ticked;

static gboolean
removes_records (const RegImportPlan *self, const RegImportItem *item)
{
  g_autoptr (RegParams) params = NULL;

  if (self->n_instead_users == 0 || reg_import_plan_get_instead (self, item) == NULL)
    return FALSE;
  params = reg_import_plan_dup_params (self, item->detail);
  return reg_operation_removes_records (reg_import_plan_get_operation (self, item), params);
}

static Ticked
count_ticked (const RegImportPlan *self, GHashTable *excluded)
{
  g_autoptr (GHashTable) losers = g_hash_table_new (g_int64_hash, g_int64_equal);
  Ticked ticked = { 0 };

  for (guint i = 0; i < self->will->len; i++)
    {
      RegImportItem *item = &g_array_index (self->will, RegImportItem, i);

      if (reg_import_item_is_in (item, excluded))
        continue;
      ticked.n++;
      ticked.n_there += item->user_id != 0;
      if (removes_records (self, item))
        g_hash_table_add (losers, &item->user_id);
    }
  ticked.n_losers = g_hash_table_size (losers);
  return ticked;
}

/**
 * reg_import_plan_dup_warning:
 * @self: a plan
 * @excluded: (nullable): rows that shall not be started, a set of reg_import_item_get_key ()
 *
 * A file that is short of people, or of another LMS, is like any other to a program; its numbers
 * are not.
 *
 * Returns: (transfer full) (nullable): what a person must have seen before it starts
 */
char *
reg_import_plan_dup_warning (const RegImportPlan *self, GHashTable *excluded)
{
  const RegImportAction *action = reg_import_action_find (self->action);
  const RegOperation *operation = reg_operation_find (action->operation);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 n_unknown = count_unknown (self);
  gboolean changes = operation->fields != REG_FIELDS_NONE || self->people == REG_PEOPLE_BOTH;
  Ticked ticked = count_ticked (self, excluded);

  if (takes_away (operation) && is_many (ticked.n, self->n_enrolled))
    append_sentence (text, g_strdup_printf (ngettext ("This takes %" PRIi64 " training away.",
                                                      "This takes %" PRIi64 " trainings away.",
                                                      (gulong)ticked.n),
                                            ticked.n));
  else if (changes && is_many (ticked.n_there, self->lines_read))
    append_sentence (text,
                     g_strdup_printf (ngettext ("This changes what is known of %" PRIi64 " row.",
                                                "This changes what is known of %" PRIi64 " rows.",
                                                (gulong)ticked.n_there),
                                      ticked.n_there));
  /* However few they are. */
  if (ticked.n_losers > 0)
    append_sentence (
        text,
        g_strdup_printf (ngettext ("This removes all records of the last assignment of %" PRIi64
                                   " user for good.",
                                   "This removes all records of the last assignments of %" PRIi64
                                   " users for good.",
                                   (gulong)ticked.n_losers),
                         ticked.n_losers));
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
reg_interchange_plan_dup_warning (const RegInterchangePlan *self, GPtrArray *excluded)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (self->plans, i);
      char *warning = reg_import_plan_dup_warning (
          plan, excluded != NULL ? g_ptr_array_index (excluded, i) : NULL);

      if (warning != NULL)
        append_sentence (text, warning);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
