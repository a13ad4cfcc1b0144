/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that ask for more than one thing are put right: of what the person unticks meanwhile, the
 * list they came from goes on to tell. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-job.h"

#include "store/reg-store-outbox.h"

#include <glib/gi18n-lib.h>

typedef void (*Visit) (const RegImportPlan *plan,
                       const RegImportItem *item,
                       gboolean is_ticked,
                       gpointer data);

typedef struct
{
  GHashTable *ticked; /* gint64 line */
  GHashTable *listed; /* "line course" */
  GArray *unticked;
  GPtrArray *rejects;
} Unticked;

static void
visit_rows (GPtrArray *plans, GPtrArray *excluded, Visit visit, gpointer data)
{
  for (guint i = 0; i < plans->len; i++)
    {
      const RegImportPlan *plan = g_ptr_array_index (plans, i);
      GHashTable *rows = g_ptr_array_index (excluded, i);

      for (guint k = 0; k < plan->will->len; k++)
        {
          const RegImportItem *item = &g_array_index (plan->will, RegImportItem, k);

          visit (plan, item, !reg_import_item_is_in (item, rows), data);
        }
    }
}

static void
note_ticked (const RegImportPlan *plan,
             const RegImportItem *item,
             gboolean is_ticked,
             gpointer data)
{
  Unticked *self = data;
  gint64 line = item->line;

  if (is_ticked)
    g_hash_table_add (self->ticked, g_memdup2 (&line, sizeof line));
}

static char *
dup_place (gint64 line, const char *course)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", line, course != NULL ? course : "");
}

static void
note_unticked (const RegImportPlan *plan,
               const RegImportItem *item,
               gboolean is_ticked,
               gpointer data)
{
  Unticked *self = data;
  const RegCourse *course = reg_directory_get_course (plan->directory, item->course_id);
  const char *code = course != NULL ? course->code : NULL;
  const RegStepTarget target = { .user_id = item->user_id,
                                 .course_id = item->course_id,
                                 .line = item->line };
  g_autofree char *place = dup_place (item->line, code);

  /* A line of which nothing is imported stays where it is. */
  if (is_ticked || !g_hash_table_contains (self->ticked, &target.line))
    return;
  g_array_append_val (self->unticked, target);
  if (g_hash_table_contains (self->listed, place))
    g_ptr_array_add (self->rejects,
                     reg_import_reject_new (item->line, reg_import_plan_get_identifier (plan, item),
                                            code, reg_reason_to_code (REG_REASON_BLOCKED),
                                            _ ("Unticked in the final check.")));
}

gboolean
reg_import_job_list_unticked (RegStore *store,
                              gint64 corrects,
                              GPtrArray *plans,
                              GPtrArray *excluded,
                              GArray *unticked,
                              GPtrArray *rejects,
                              GError **error)
{
  g_autoptr (GHashTable) ticked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) list = NULL;
  Unticked self = { ticked, listed, unticked, rejects };

  if (corrects == 0 || excluded == NULL)
    return TRUE;
  list = reg_store_list_rejects (store, corrects, 0, error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (list, i);

      g_hash_table_add (listed, dup_place (reject->line, reject->course));
    }
  visit_rows (plans, excluded, note_ticked, &self);
  visit_rows (plans, excluded, note_unticked, &self);
  return TRUE;
}
