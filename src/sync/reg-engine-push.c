/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox to the LMS, each change exactly once: "sending" is on disk before a request, its
 * answer right after; a lost answer is asked for by key, never sent again blindly. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-engine-private.h"

#include "store/reg-store-outbox.h"

#include <glib/gi18n-lib.h>

/* How many lost answers one run puts up with before it leaves the rest for later. */
#define MAX_LOST 3

static void
count (RegSyncReport *report, RegOutcomeKind kind)
{
  switch (kind)
    {
    case REG_OUTCOME_APPLIED:
      report->n_applied++;
      break;
    case REG_OUTCOME_SKIPPED:
      report->n_skipped++;
      break;
    case REG_OUTCOME_REJECTED:
      report->n_rejected++;
      break;
    case REG_OUTCOME_CONFLICT:
      report->n_conflicts++;
      break;
    case REG_OUTCOME_UNKNOWN:
      break;
    }
}

/* Writes what the LMS answered; takes the results' contents. */
static gboolean
settle (RegEngineRun *run, GPtrArray *changes, GPtrArray *results, GError **error)
{
  g_autoptr (GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);

  for (guint i = 0; i < results->len; i++)
    {
      RegLmsResult *result = g_ptr_array_index (results, i);

      g_hash_table_insert (by_uuid, result->uuid, result);
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const RegChange *change = g_ptr_array_index (changes, i);
      RegLmsResult *result = g_hash_table_lookup (by_uuid, change->uuid);
      RegOutcome *outcome;

      if (result == NULL)
        {
          g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED,
                               _ ("The LMS did not answer for every change."));
          return FALSE;
        }
      outcome = reg_outcome_new (change->id, result->kind);
      outcome->code = g_steal_pointer (&result->code);
      outcome->sentence = g_steal_pointer (&result->sentence);
      outcome->server = g_steal_pointer (&result->server);
      outcome->user = g_steal_pointer (&result->user);
      outcome->enrollment = g_steal_pointer (&result->enrollment);
      outcome->course = g_steal_pointer (&result->course);
      g_ptr_array_add (outcomes, outcome);
      count (run->report, result->kind);
      run->n_sent += result->kind != REG_OUTCOME_UNKNOWN;
    }
  return reg_store_put_outcomes (run->engine->store, outcomes, error);
}

static gboolean
postpone (RegEngineRun *run,
          GPtrArray *changes,
          gboolean unknown,
          gint64 not_before,
          GError **error)
{
  g_autofree gint64 *ids = g_new (gint64, changes->len);

  for (guint i = 0; i < changes->len; i++)
    ids[i] = ((RegChange *)g_ptr_array_index (changes, i))->id;
  return reg_store_put_postponed (run->engine->store, ids, changes->len, unknown, not_before,
                                  error);
}

/* Ends the run with the error that made it end, or with a worse one of the store. */
static gboolean
postpone_and_fail (RegEngineRun *run,
                   GPtrArray *changes,
                   gboolean unknown,
                   gint64 not_before,
                   GError *cause,
                   GError **error)
{
  if (postpone (run, changes, unknown, not_before, error))
    g_propagate_error (error, cause);
  else
    g_error_free (cause);
  return FALSE;
}

static GPtrArray *
slice (GPtrArray *changes, guint from, guint n)
{
  GPtrArray *part = g_ptr_array_new ();

  for (guint i = from; i < MIN (from + n, changes->len); i++)
    g_ptr_array_add (part, g_ptr_array_index (changes, i));
  return part;
}

static gboolean
ask (RegEngineRun *run, GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i += run->max_operations)
    {
      g_autoptr (GPtrArray) part = slice (changes, i, run->max_operations);
      g_autoptr (GPtrArray) results = NULL;

      reg_engine_run_tell (run, REG_SYNC_PHASE_ASKING, i, changes->len);
      results = reg_lms_ask (run->engine->lms, part, run->cancellable, error);
      if (results == NULL || !settle (run, part, results, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
reg_engine_run_ask (RegEngineRun *run, GError **error)
{
  g_autoptr (GPtrArray) unknown = reg_store_list_unknown (run->engine->store, G_MAXINT32, error);

  return unknown != NULL && ask (run, unknown, error);
}

static gboolean push (RegEngineRun *run, GPtrArray *changes, GError **error);

static gboolean
reject (RegEngineRun *run, const RegChange *change, const char *words, GError **error)
{
  g_autoptr (GPtrArray) outcomes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_outcome_free);
  RegOutcome *outcome = reg_outcome_new (change->id, REG_OUTCOME_REJECTED);

  outcome->code = g_strdup (reg_reason_to_code (REG_REASON_SERVER_REFUSED));
  outcome->sentence = g_strdup (words);
  g_ptr_array_add (outcomes, outcome);
  count (run->report, outcome->kind);
  run->n_sent++;
  return reg_store_put_outcomes (run->engine->store, outcomes, error);
}

/* The LMS refuses the request as such. Some change in it is the reason, so that one is looked for
 * by halves; alone in its request it is rejected and waits for a person. */
static gboolean
push_halves (RegEngineRun *run, GPtrArray *changes, const char *words, GError **error)
{
  g_autoptr (GPtrArray) first = slice (changes, 0, changes->len / 2);
  g_autoptr (GPtrArray) second = slice (changes, first->len, changes->len);
  GError *cause = NULL;

  if (changes->len == 1)
    return reject (run, g_ptr_array_index (changes, 0), words, error);
  if (!push (run, first, &cause))
    return postpone_and_fail (run, second, FALSE, 0, cause, error);
  return push (run, second, error);
}

/* Nobody knows what became of the request: note that, then ask. */
static gboolean
recover (RegEngineRun *run, GPtrArray *changes, GError *cause, GError **error)
{
  gboolean cancelled = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (cancelled || ++run->n_lost > MAX_LOST)
    return postpone_and_fail (run, changes, TRUE, 0, cause, error);
  g_info ("Answer lost, asking: %s", cause->message);
  g_error_free (cause);
  return postpone (run, changes, TRUE, 0, error) && reg_engine_run_ask (run, error);
}

static gboolean
push (RegEngineRun *run, GPtrArray *changes, GError **error)
{
  RegEngine *self = run->engine;
  const RegChange *first = g_ptr_array_index (changes, 0);
  GError *cause = NULL;
  g_autoptr (GPtrArray) results = reg_lms_push (self->lms, changes, run->cancellable, &cause);
  g_autoptr (GError) refusal = NULL;

  if (results != NULL)
    return settle (run, changes, results, error);
  if (g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_AUTH))
    return postpone_and_fail (run, changes, FALSE, 0, cause, error);
  if (g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_BUSY))
    return postpone_and_fail (run, changes, FALSE,
                              reg_engine_get_now (self)
                                  + reg_engine_get_delay (self,
                                                          MAX (self->n_failures, first->attempts),
                                                          reg_lms_get_retry_after (self->lms)),
                              cause, error);
  if (!g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_REFUSED)
      && !g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_UNSUPPORTED))
    return recover (run, changes, cause, error);
  refusal = cause;
  return push_halves (run, changes, refusal->message, error);
}

static gboolean
count_waiting (RegEngineRun *run, GError **error)
{
  gint64 counts[REG_N_CHANGE_STATES] = { 0 };

  if (!reg_store_count_changes (run->engine->store, counts, error))
    return FALSE;
  run->n_to_send = counts[REG_CHANGE_PENDING] + counts[REG_CHANGE_UNKNOWN];
  return TRUE;
}

gboolean
reg_engine_run_push (RegEngineRun *run, GError **error)
{
  gint64 n_dropped;

  if (!count_waiting (run, error)
      || !reg_store_drop_cancelled_out (run->engine->store, &n_dropped, error))
    return FALSE;
  run->n_to_send -= n_dropped;
  for (;;)
    {
      g_autoptr (GPtrArray) changes = NULL;

      reg_engine_run_tell (run, REG_SYNC_PHASE_PUSHING, run->n_sent,
                           MAX (run->n_to_send, run->n_sent));
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      changes = reg_store_take_changes (run->engine->store, run->max_operations,
                                        reg_engine_get_now (run->engine), error);
      if (changes == NULL)
        return FALSE;
      if (changes->len == 0)
        return TRUE;
      if (!push (run, changes, error))
        return FALSE;
    }
}
