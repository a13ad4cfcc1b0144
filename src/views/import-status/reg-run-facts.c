/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-facts.h"

#include "imports/reg-import-check.h"
#include "sync/reg-import-copy.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define WAITING                                                                                    \
  (1u << REG_CHANGE_PENDING | 1u << REG_CHANGE_SENDING | 1u << REG_CHANGE_UNKNOWN                  \
   | 1u << REG_CHANGE_CONFLICT)

void
reg_run_facts_free (RegRunFacts *self)
{
  g_clear_pointer (&self->run, reg_import_run_free);
  g_clear_pointer (&self->batch, reg_batch_free);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_batch (RegRunFacts *self, RegStore *store, GError **error)
{
  if (self->run->batch_id == 0)
    return TRUE;
  self->batch = reg_store_get_batch (store, self->run->batch_id, error);
  return self->batch != NULL
         && reg_store_is_batch_paused (store, self->run->batch_id, &self->is_paused, error);
}

gint64
reg_run_facts_get_n_answered (const RegRunFacts *self)
{
  return self->batch == NULL
             ? 0
             : self->batch->counts[REG_CHANGE_DONE] + self->batch->counts[REG_CHANGE_REJECTED]
                   + self->batch->counts[REG_CHANGE_CONFLICT];
}

gint64
reg_run_facts_get_n_changes (const RegRunFacts *self)
{
  gint64 n = 0;

  for (guint i = 0; self->batch != NULL && i < REG_N_CHANGE_STATES; i++)
    n += i == REG_CHANGE_UNDONE ? 0 : self->batch->counts[i];
  return n;
}

/**
 * reg_run_facts_read:
 * @store: a store
 * @run_id: an import
 * @max_rejects: read the lines not imported where they are fewer; -1 for all of them
 * @error: return location
 *
 * Blocks; on a worker.
 *
 * Returns: (transfer full): the facts, or %NULL
 */
RegRunFacts *
reg_run_facts_read (RegStore *store, gint64 run_id, gint64 max_rejects, GError **error)
{
  g_autoptr (RegRunFacts) self = g_new0 (RegRunFacts, 1);

  self->run = reg_store_get_run (store, run_id, error);
  if (self->run == NULL)
    return NULL;
  self->n_imported =
      reg_store_count_batch_users (store, self->run->batch_id, 1u << REG_CHANGE_DONE, error);
  if (self->n_imported < 0)
    return NULL;
  self->n_waiting = reg_store_count_batch_users (store, self->run->batch_id, WAITING, error);
  if (self->n_waiting < 0)
    return NULL;
  self->n_rejects = reg_store_count_rejects (store, run_id, error);
  if (self->n_rejects < 0)
    return NULL;
  self->n_settled = reg_store_count_settled_lines (store, run_id, error);
  if (self->n_settled < 0)
    return NULL;
  if (!read_batch (self, store, error))
    return NULL;
  self->is_kept =
      self->n_rejects > 0 && max_rejects != 0 && reg_import_copy_is_kept (store, run_id);
  if (max_rejects < 0 || self->n_rejects < max_rejects)
    {
      self->rejects = reg_store_list_rejects (store, run_id, 0, error);
      if (self->rejects == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * reg_run_facts_dup_outcome:
 * @self: facts
 *
 * Returns: (transfer full): how the import stands, in a sentence
 */
char *
reg_run_facts_dup_outcome (const RegRunFacts *self)
{
  switch (self->run->state)
    {
    case REG_RUN_STAGED:
    case REG_RUN_SENDING:
      return g_strdup_printf (ngettext ("%'d user waits to be sent to the LMS.",
                                        "%'d users wait to be sent to the LMS.",
                                        (gulong)self->n_waiting),
                              (int)self->n_waiting);
    case REG_RUN_FINISHED:
      return reg_import_dup_run_outcome (self->run, self->n_imported, self->n_rejects);
    case REG_RUN_UNDONE:
      return g_strdup (_ ("This import was undone before it was sent. Nothing reached the LMS."));
    }
  g_return_val_if_reached (NULL);
}

const char *
reg_run_get_state_label (const RegImportRun *run)
{
  if (run->is_reverted)
    return _ ("Reverted");
  switch (run->state)
    {
    case REG_RUN_STAGED:
      return _ ("Waiting");
    case REG_RUN_SENDING:
      return _ ("Being Sent");
    case REG_RUN_FINISHED:
      return _ ("Finished");
    case REG_RUN_UNDONE:
      return _ ("Undone");
    }
  g_return_val_if_reached ("");
}

const char *
reg_run_get_icon_name (const RegImportRun *run)
{
  if (run->is_reverted)
    return "edit-undo-symbolic";
  switch (run->state)
    {
    case REG_RUN_STAGED:
      return "document-send-symbolic";
    case REG_RUN_SENDING:
      return "emblem-synchronizing-symbolic";
    case REG_RUN_FINISHED:
      return "emblem-ok-symbolic";
    case REG_RUN_UNDONE:
      return "edit-undo-symbolic";
    }
  g_return_val_if_reached (NULL);
}

/* Takes line; what there is none of is not told. */
static void
append_line (GString *text, gint64 n, char *line)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

/* What cannot be taken back stands first. */
char *
reg_run_dup_revert_text (const RegBatchRevert *revert, gboolean is_reverted)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (is_reverted)
    g_string_append (text, _ ("What can be taken back of this import was taken back already."));
  append_line (text, revert->n_kept,
               g_strdup_printf (
                   ngettext ("Cannot be taken back: %'" PRIi64 " change that the LMS has made.",
                             "Cannot be taken back: %'" PRIi64 " changes that the LMS has made.",
                             (gulong)revert->n_kept),
                   revert->n_kept));
  append_line (text, revert->n_nothing,
               g_strdup_printf (ngettext ("Stays as it is: %'" PRIi64
                                          " change that was so before this import.",
                                          "Stay as they are: %'" PRIi64
                                          " changes that were so before this import.",
                                          (gulong)revert->n_nothing),
                                revert->n_nothing));
  append_line (text, revert->n_waiting,
               g_strdup_printf (ngettext ("Is dropped: %'" PRIi64 " change that was not sent.",
                                          "Are dropped: %'" PRIi64 " changes that were not sent.",
                                          (gulong)revert->n_waiting),
                                revert->n_waiting));
  append_line (
      text, revert->n_countered,
      g_strdup_printf (ngettext ("Is taken back with the next sync: %'" PRIi64 " change.",
                                 "Are taken back with the next sync: %'" PRIi64 " changes.",
                                 (gulong)revert->n_countered),
                       revert->n_countered));
  append_line (text, revert->n_countered,
               g_strdup (_ ("What was changed again since is set back as well, to what it was "
                            "before the import.")));
  if (text->len == 0)
    return g_strdup (_ ("There is nothing to take back."));
  return g_strdup (text->str);
}
