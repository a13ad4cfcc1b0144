/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One action of the person on many targets: checked, applied to the effective rows and put into the
 * outbox in one transaction. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-batch-private.h"

#define PROGRESS_ROWS 2000
#define CANCEL_ROWS 128

/**
 * Stage:
 * @write: FALSE for a dry run
 * @has_refused: whether there may be something to be replaced
 * @refused_people: (element-type gint64 gint64): by line, those whom the LMS did not add and who
 * are added once more
 */
typedef struct
{
  RegStoreTransaction *transaction;
  const RegStep *step;
  RegStepResult *result;
  gboolean write;
  gboolean has_refused;
  GHashTable *refused_people;
  RegStoreItems items;
  RegStoreBatch batch;
} Stage;

static void
refusal_clear (gpointer data)
{
  RegRefusal *refusal = data;

  g_free (refusal->sentence);
}

/**
 * reg_step_result_clear:
 * @self: a result
 *
 * Frees what the result holds.
 */
void
reg_step_result_clear (RegStepResult *self)
{
  g_clear_pointer (&self->refusals, g_array_unref);
  reg_ledger_clear (&self->ledger);
}

void
reg_store_step_result_init (RegStepResult *self)
{
  *self = (RegStepResult){ .refusals = g_array_new (FALSE, FALSE, sizeof (RegRefusal)) };
  g_array_set_clear_func (self->refusals, refusal_clear);
  reg_ledger_init (&self->ledger);
}

/* What the counter-operation will need, as long as the row says what was there before. */
static char *
dup_counter_text (const Stage *stage, const RegStoreItem *item)
{
  const RegOperation *operation = item->operation;
  const char *usual = reg_operation_get_counter (operation, item->params);
  const char *name = reg_operation_get_counter_of (operation, &item->subject, item->params);
  g_autoptr (RegParams) counter = NULL;

  if (name == NULL)
    return NULL;
  counter = reg_operation_dup_counter_params (operation, &item->subject, item->params);
  /* That of the batch is known from its operation. */
  if (g_strcmp0 (name, usual) != 0 || operation != stage->step->operation)
    reg_params_set (counter, REG_STORE_COUNTER_KEY, name);
  return reg_params_get_size (counter) > 0 ? reg_params_to_text (counter) : NULL;
}

static gboolean
write_effective (Stage *stage, const RegStoreItem *item, const RegUser *old, GError **error)
{
  switch (item->operation->target)
    {
    case REG_TARGET_USER:
      return reg_store_write_user (stage->transaction, &item->user, old, error);
    case REG_TARGET_ENROLLMENT:
      return reg_store_write_enrollment (stage->transaction, &item->enrollment, error);
    case REG_TARGET_COURSE:
      return reg_store_write_course (stage->transaction, item->edited_course, error);
    case REG_TARGET_PRESET:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
replace_refused (Stage *stage, const RegStoreItem *item, const RegParams *base, GError **error)
{
  return !stage->has_refused
         || reg_store_replace_refused (
             stage->transaction, reg_store_pick_user_id (item->operation, item->user_id),
             reg_store_pick_course_id (item->operation, item->target->course_id), item->operation,
             base, error);
}

static gboolean
make_user (Stage *stage, RegStoreItem *item, GError **error)
{
  const gint64 *refused = g_hash_table_lookup (stage->refused_people, &item->target->line);

  if (!reg_store_make_local_id (stage->transaction, &item->user_id, error))
    return FALSE;
  item->user.id = stage->result->user_id = item->user_id;
  reg_store_items_note_made (&stage->items, item);
  return refused == NULL
         || reg_store_move_manager (stage->transaction, *refused, item->user_id, error);
}

static gboolean
stage_item (Stage *stage, RegStoreItem *item, GError **error)
{
  const RegOperation *operation = item->operation;
  gint64 available = item->subject.pool != NULL ? item->subject.pool->available : 0;
  RegReassignLicense reassign = stage->step->reassign_license;
  g_autoptr (RegUser) old = NULL;
  g_autoptr (RegParams) base = NULL;
  g_autofree char *base_text = NULL, *counter = NULL;

  if (operation->needs_notice != NULL && operation->needs_notice (&item->subject))
    stage->result->n_noticed++;
  if (!stage->write)
    {
      reg_operation_apply_counted (operation, &item->subject, item->params, reassign, &item->cost);
      return TRUE;
    }
  if (!reg_store_batch_ensure (&stage->batch, error))
    return FALSE;
  if (operation->creates && !make_user (stage, item, error))
    return FALSE;
  base = reg_operation_dup_base (operation, &item->subject, item->params);
  if (!replace_refused (stage, item, base, error)
      || !reg_store_keep_base (
          stage->transaction, reg_store_pick_user_id (operation, item->user_id),
          reg_store_pick_course_id (operation, item->target->course_id), error))
    return FALSE;
  if (operation->target == REG_TARGET_USER && !operation->creates)
    old = reg_user_copy (&item->user);
  if (base != NULL)
    base_text = reg_params_to_text (base);
  counter = dup_counter_text (stage, item);
  reg_operation_apply_counted (operation, &item->subject, item->params, reassign, &item->cost);
  return write_effective (stage, item, old, error)
         && reg_store_batch_add_change (
             &stage->batch, item, base_text, counter,
             item->subject.pool != NULL ? item->subject.pool->available - available : 0, error);
}

static void
add_refusal (Stage *stage, gsize index, RegReason reason, char *sentence)
{
  RegRefusal refusal = { .target = index, .reason = reason, .sentence = sentence };

  if (refusal.sentence == NULL)
    refusal.sentence = reg_reason_dup_sentence (reason, NULL, NULL);
  g_array_append_val (stage->result->refusals, refusal);
}

/* What waits already is looked up only for somebody who wants to see it. */
static gboolean
look_for_waiting (Stage *stage, RegStoreItem *item, GError **error)
{
  if (stage->step->visit == NULL)
    return TRUE;
  return reg_store_has_base (stage->transaction,
                             reg_store_pick_user_id (item->operation, item->user_id),
                             reg_store_pick_course_id (item->operation, item->target->course_id),
                             &item->is_waiting, error);
}

static void
tell_visitor (Stage *stage,
              gsize index,
              const RegStoreItem *item,
              const RegEnrollment *before,
              RegReason reason,
              const char *sentence)
{
  const RegSight sight = { .enrollment = item->subject.enrollment != NULL ? before : NULL,
                           .course = item->subject.course,
                           .is_waiting = item->is_waiting,
                           .reason = reason,
                           .sentence = sentence,
                           .cost = reason == REG_REASON_NONE ? &item->cost : NULL };

  if (stage->step->visit != NULL)
    stage->step->visit (index, &sight, stage->step->visit_data);
}

/* For the question beforehand alone: on many users it costs as much as the rest. */
static gboolean
count_licenses (Stage *stage, const RegStoreItem *item, GError **error)
{
  return !stage->step->operation->returns_licenses || !stage->step->dry_run
         || reg_store_count_user_licenses (stage->transaction, item->user_id,
                                           reg_store_items_get_pool, &stage->items,
                                           &stage->result->ledger, error);
}

static gboolean
stage_target (Stage *stage, gsize index, GError **error)
{
  RegStoreItem item;
  RegLedgerLine *line = NULL;
  RegEnrollment before;
  char *sentence = NULL;
  RegReason reason;
  gboolean done =
      reg_store_items_load (&stage->items, &stage->step->targets[index], &item, &reason, error)
      && look_for_waiting (stage, &item, error);

  if (done)
    line = reg_ledger_look (&stage->result->ledger, item.subject.pool);
  before = item.enrollment;
  if (done && reason == REG_REASON_NONE)
    reason = reg_operation_check (item.operation, &item.subject, item.params, &sentence);
  if (done && reason != REG_REASON_NONE)
    {
      if (line != NULL && reason == REG_REASON_LICENCE_SHORT)
        line->left_out++;
      tell_visitor (stage, index, &item, &before, reason, sentence);
      add_refusal (stage, index, reason, sentence);
    }
  else if (done && count_licenses (stage, &item, error) && stage_item (stage, &item, error))
    {
      stage->result->n_staged++;
      reg_ledger_add (&stage->result->ledger, &item.cost);
      tell_visitor (stage, index, &item, &before, REG_REASON_NONE, NULL);
    }
  else
    {
      done = FALSE;
    }
  reg_store_item_clear (&item);
  return done;
}

/* A dry run leaves the rows alone, so a target that stands there twice would be judged by what was
 * before; then the dry run writes, and is rolled back. */
static gboolean
has_doubles (const RegStep *step)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < step->n_targets; i++)
    {
      const RegStepTarget *target = &step->targets[i];
      const RegOperation *operation =
          target->operation != NULL ? target->operation : step->operation;
      gint64 id;

      /* So would one whose user another target makes. */
      if (target->made_by != 0)
        return TRUE;
      id = reg_enrollment_id (reg_store_pick_user_id (operation, target->user_id),
                              reg_store_pick_course_id (operation, target->course_id));
      if (!g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
stage_targets (Stage *stage,
               RegStoreProgress progress,
               gpointer progress_data,
               GCancellable *cancellable,
               GError **error)
{
  const RegStep *step = stage->step;

  for (gsize i = 0; i < step->n_targets; i++)
    {
      if (i % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!stage_target (stage, i, error))
        return FALSE;
      if (progress != NULL && (i + 1) % PROGRESS_ROWS == 0)
        progress ((gint64)i + 1, (gint64)step->n_targets, progress_data);
    }
  return TRUE;
}

gboolean
reg_store_stage_within (RegStoreTransaction *transaction,
                        const RegStep *step,
                        gint64 counter_of,
                        RegStepResult *result,
                        RegStoreProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  const RegOperation *instead = reg_operation_get_instead (step->operation, step->params);
  Stage stage = { .transaction = transaction,
                  .step = step,
                  .result = result,
                  .write = !step->dry_run || has_doubles (step) };
  gboolean done;

  if (instead != NULL)
    return reg_store_stage_instead (transaction, step, instead, counter_of, result, progress,
                                    progress_data, cancellable, error);
  stage.refused_people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  reg_store_items_init (&stage.items, transaction, step);
  done = reg_store_batch_init (&stage.batch, transaction, step, counter_of, error)
         && (!stage.write
             || (reg_store_replace_lines (transaction, step, stage.refused_people, error)
                 && reg_store_has_refused (transaction, &stage.has_refused, error)))
         && stage_targets (&stage, progress, progress_data, cancellable, error);
  result->batch_id = stage.batch.id;
  if (done && !step->dry_run)
    done = reg_store_batch_finish (&stage.batch, result->n_staged, error)
           && reg_store_write_run (transaction, step, result, error);
  if (done && progress != NULL)
    progress ((gint64)step->n_targets, (gint64)step->n_targets, progress_data);
  g_hash_table_unref (stage.refused_people);
  reg_store_batch_clear (&stage.batch);
  reg_store_items_clear (&stage.items);
  return done;
}

/**
 * reg_store_stage:
 * @self: a store
 * @step: what the person does
 * @result: (out caller-allocates): what was staged and what was refused; clear it, also after an
 *   error, with reg_step_result_clear ()
 * @progress: (nullable) (scope call): told now and then
 * @progress_data: for @progress
 * @cancellable: (nullable): cancelling it leaves everything as it was
 * @error: return location
 *
 * Checks every target, applies the operation to the effective rows and queues the changes: all in
 * one transaction that is on the disk when this returns. Targets for which the operation is not
 * possible are in @result and do not stop the others.
 */
gboolean
reg_store_stage (RegStore *self,
                 const RegStep *step,
                 RegStepResult *result,
                 RegStoreProgress progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  RegStoreTransaction transaction;

  reg_store_step_result_init (result);
  if (!reg_store_transaction_begin (&transaction, self, REG_STORE_DURABLE, error))
    return FALSE;
  if (reg_store_stage_within (&transaction, step, 0, result, progress, progress_data, cancellable,
                              error))
    {
      if (!step->dry_run)
        {
          if (reg_store_transaction_commit (&transaction, error))
            return TRUE;
        }
      else
        {
          reg_store_transaction_rollback (&transaction);
          result->batch_id = 0;
          result->user_id = 0;
          return TRUE;
        }
    }
  else
    {
      reg_store_transaction_rollback (&transaction);
    }
  result->batch_id = 0;
  result->n_staged = 0;
  result->user_id = 0;
  if (step->run != NULL)
    step->run->id = step->run->batch_id = 0;
  return FALSE;
}
