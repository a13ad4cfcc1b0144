/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-line-menu.h"

#include "store/reg-store-outbox.h"

#include <glib/gi18n-lib.h>

/* With "all " before it a name is about all lines with the same reason. */
#define ALL "all "

static const char *const names[] = {
  [REG_RUN_LINE_CORRECT] = "correct",
  [REG_RUN_LINE_RETRY] = "retry",
  [REG_RUN_LINE_SHOW_PEOPLE] = "people",
  [REG_RUN_LINE_SHOW_CHANGES] = "changes",
};

static void
append (GMenu *menu, const char *label, gboolean all, RegRunLineAct act)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *name = g_strdup_printf ("%s%s", all ? ALL : "", names[act]);

  g_menu_item_set_action_and_target (item, "row.do", "s", name);
  g_menu_append_item (menu, item);
}

/**
 * reg_run_line_menu_create:
 * @reject: a line that was not imported
 * @can_correct: whether the file is at hand
 *
 * What the LMS refused can be tried again, and its change be seen; what was not imported at the
 * start is checked again by correcting it.
 *
 * Returns: (transfer full): the menu
 */
GMenuModel *
reg_run_line_menu_create (const RegImportReject *reject, gboolean can_correct)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) line = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenu) changes = g_menu_new ();

  if (can_correct)
    append (line, _ ("Correct and Import Again…"), FALSE, REG_RUN_LINE_CORRECT);
  if (reject->change_id != 0)
    {
      append (line, _ ("Try Again"), FALSE, REG_RUN_LINE_RETRY);
      append (all, _ ("Try All with This Reason Again"), TRUE, REG_RUN_LINE_RETRY);
      append (changes, _ ("Show Changes"), FALSE, REG_RUN_LINE_SHOW_CHANGES);
    }
  append (line, _ ("Show the Person"), FALSE, REG_RUN_LINE_SHOW_PEOPLE);
  append (all, _ ("Show All People with This Reason"), TRUE, REG_RUN_LINE_SHOW_PEOPLE);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (line));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (changes));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

gboolean
reg_run_line_act_from_name (const char *name, RegRunLineAct *act, gboolean *all)
{
  *all = g_str_has_prefix (name, ALL);
  if (*all)
    name += strlen (ALL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *act = (RegRunLineAct)i;
        return TRUE;
      }
  return FALSE;
}

/* ---- Trying again ---- */

struct _RegRunRetry
{
  gint64 run_id;
  gint64 change_id;
  char *code;
};

RegRunRetry *
reg_run_retry_new (gint64 run_id, const char *code, gint64 change_id)
{
  RegRunRetry *self = g_new0 (RegRunRetry, 1);

  self->run_id = run_id;
  self->change_id = change_id;
  self->code = g_strdup (code);
  return self;
}

void
reg_run_retry_free (RegRunRetry *self)
{
  g_free (self->code);
  g_free (self);
}

gpointer
reg_run_retry (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const RegRunRetry *self = data;
  g_autoptr (GPtrArray) rejects = reg_store_list_rejects (store, self->run_id, 0, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; rejects != NULL && i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);

      if (reject->change_id != 0
          && (self->change_id != 0 ? reject->change_id == self->change_id
                                   : g_str_equal (reject->code, self->code)))
        g_array_append_val (ids, reject->change_id);
    }
  if (rejects == NULL
      || (ids->len > 0
          && !reg_store_retry_changes (store, (const gint64 *)(void *)ids->data, ids->len, error)))
    return NULL;
  return g_strdup ("");
}
