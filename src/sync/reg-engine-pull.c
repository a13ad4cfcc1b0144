/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LMS's rows, page by page; each page is one transaction with its cursor, so that a pull that
 * was cut goes on where it stood. Where the LMS does not know the cursor any more, everything is
 * pulled anew, and what did not come is what the LMS no longer shows. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-engine-private.h"

#include "store/reg-store-pull.h"

#include <glib/gi18n-lib.h>

/* One page from *cursor, which moves on. */
static gboolean
take_page (RegEngineRun *run, char **cursor, gboolean *more, GError **error)
{
  RegEngine *self = run->engine;
  g_autoptr (RegPage) page =
      reg_lms_pull (self->lms, *cursor, run->page_size, run->cancellable, error);
  RegPullStats stats;

  if (page == NULL)
    return FALSE;
  if (page->more && g_strcmp0 (page->cursor, *cursor) == 0)
    {
      g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED,
                           _ ("The LMS sends the same page again and again."));
      return FALSE;
    }
  if (!reg_store_apply_page (self->store, page, &stats, error))
    return FALSE;
  run->report->n_pulled += stats.n_changed;
  *more = page->more;
  g_free (*cursor);
  *cursor = g_strdup (page->cursor);
  return TRUE;
}

static gboolean
take_pages (RegEngineRun *run, char **cursor, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      reg_engine_run_tell (run, REG_SYNC_PHASE_PULLING, run->report->n_pulled, 0);
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error)
          || !take_page (run, cursor, &more, error))
        return FALSE;
    }
  reg_engine_run_tell (run, REG_SYNC_PHASE_PULLING, run->report->n_pulled, 0);
  return TRUE;
}

static gboolean
take_everything (RegEngineRun *run, GError **error)
{
  g_autofree char *cursor = g_strdup ("");

  return reg_store_begin_anew (run->engine->store, error) && take_pages (run, &cursor, error);
}

gboolean
reg_engine_run_pull (RegEngineRun *run, GError **error)
{
  RegStore *store = run->engine->store;
  GError *cause = NULL;
  g_autofree char *cursor = reg_store_dup_cursor (store, &cause);
  RegPullStats stats;

  if (cause == NULL)
    take_pages (run, &cursor, &cause);
  if (cursor != NULL && *cursor != '\0'
      && g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_REFUSED))
    {
      g_info ("Cursor refused, pulling everything: %s", cause->message);
      g_clear_error (&cause);
      take_everything (run, &cause);
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (!reg_store_end_anew (store, &stats, error))
    return FALSE;
  run->report->n_pulled += stats.n_changed;
  return TRUE;
}
