/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What archiving a user means for their courses: licenses that go back, and the choice to archive
 * the courses instead of the account. */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

/* targets: RegStepTarget; origins: for each, the index of the user it comes from */
typedef struct
{
  GArray *targets;
  GArray *origins;
} Expanded;

static gboolean
expand_user (RegStoreTransaction *self,
             gint64 user_id,
             gsize index,
             Expanded *expanded,
             GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT course_id FROM enrollment WHERE user_id = ?1 AND access = 0 ORDER BY course_id",
      error);
  gboolean row = TRUE;

  if (stmt == NULL || !reg_store_resolve_user (self, &user_id, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      RegStepTarget target = { .user_id = user_id, .course_id = sqlite3_column_int64 (stmt, 0) };

      g_array_append_val (expanded->targets, target);
      g_array_append_val (expanded->origins, index);
    }
  return !row;
}

/* Whom nothing could be done for, and why; for anybody else something was. */
static GArray *
refuse_users (const RegStep *step,
              const RegOperation *instead,
              const Expanded *expanded,
              GArray *refusals)
{
  GArray *refused = g_array_new (FALSE, FALSE, sizeof (RegRefusal));
  guint next = 0, at = 0;

  for (gsize i = 0; i < step->n_targets; i++)
    {
      RegRefusal refusal = { .target = i, .reason = REG_REASON_NOT_ENROLLED };
      gboolean is_done = FALSE;

      for (; at < expanded->origins->len && g_array_index (expanded->origins, gsize, at) == i; at++)
        if (next < refusals->len && g_array_index (refusals, RegRefusal, next).target == at)
          refusal.reason = g_array_index (refusals, RegRefusal, next++).reason;
        else
          is_done = TRUE;
      if (is_done)
        continue;
      refusal.sentence = next > 0 && refusal.reason != REG_REASON_NOT_ENROLLED
                             ? g_strdup (g_array_index (refusals, RegRefusal, next - 1).sentence)
                             : reg_operation_dup_not_enrolled (instead);
      g_array_append_val (refused, refusal);
    }
  return refused;
}

/* The callers think of users, not of their courses. */
static void
name_users (const RegStep *step,
            const RegOperation *instead,
            const Expanded *expanded,
            RegStepResult *result)
{
  g_autoptr (GArray) refused = refuse_users (step, instead, expanded, result->refusals);
  const RegCost nothing = { 0 };
  guint next = 0;

  g_array_set_size (result->refusals, 0);
  g_array_append_vals (result->refusals, refused->data, refused->len);
  result->n_staged = (gint64)(step->n_targets - refused->len);
  for (gsize i = 0; step->visit != NULL && i < step->n_targets; i++)
    {
      const RegRefusal *refusal =
          next < refused->len && g_array_index (refused, RegRefusal, next).target == i
              ? &g_array_index (refused, RegRefusal, next++)
              : NULL;
      const RegSight sight = { .reason = refusal != NULL ? refusal->reason : REG_REASON_NONE,
                               .sentence = refusal != NULL ? refusal->sentence : NULL,
                               .cost = refusal == NULL ? &nothing : NULL };

      step->visit (i, &sight, step->visit_data);
    }
}

gboolean
reg_store_stage_instead (RegStoreTransaction *self,
                         const RegStep *step,
                         const RegOperation *instead,
                         gint64 counter_of,
                         RegStepResult *result,
                         RegStoreProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error)
{
  Expanded expanded = { g_array_new (FALSE, TRUE, sizeof (RegStepTarget)),
                        g_array_new (FALSE, FALSE, sizeof (gsize)) };
  RegStep inner = *step;
  gboolean done = TRUE;

  for (gsize i = 0; done && i < step->n_targets; i++)
    done = expand_user (self, step->targets[i].user_id, i, &expanded, error);
  inner.operation = instead;
  inner.params = NULL;
  inner.visit = NULL;
  inner.targets = (const RegStepTarget *)(gconstpointer)expanded.targets->data;
  inner.n_targets = expanded.targets->len;
  done = done
         && reg_store_stage_within (self, &inner, counter_of, result, progress, progress_data,
                                    cancellable, error);
  if (done)
    name_users (step, instead, &expanded, result);
  g_array_unref (expanded.targets);
  g_array_unref (expanded.origins);
  return done;
}

gboolean
reg_store_count_user_licenses (RegStoreTransaction *self,
                               gint64 user_id,
                               RegStoreGetPool get_pool,
                               gpointer data,
                               RegLedger *ledger,
                               GError **error)
{
  sqlite3_stmt *stmt = reg_store_db_prepare (
      self->db,
      "SELECT c.pool_id, e.started_at = 0, count(*) FROM enrollment AS e JOIN course AS c "
      "ON c.id = e.course_id WHERE e.user_id = ?1 AND e.access = 0 AND c.pool_id <> 0 "
      "GROUP BY c.pool_id, e.started_at = 0",
      error);
  gboolean row = TRUE;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, user_id);
  while (reg_store_db_step (self->db, stmt, &row, error) && row)
    {
      RegLicensePool *pool;
      RegLedgerLine *line;

      if (!get_pool (data, sqlite3_column_int64 (stmt, 0), &pool, error))
        {
          sqlite3_reset (stmt);
          return FALSE;
        }
      line = reg_ledger_look (ledger, pool);
      if (line != NULL && sqlite3_column_int (stmt, 1) != 0)
        line->returned += sqlite3_column_int64 (stmt, 2);
      else if (line != NULL)
        line->used += sqlite3_column_int64 (stmt, 2);
    }
  return !row;
}
