/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-batch.h"

G_DEFINE_BOXED_TYPE (RegBatch, reg_batch, reg_batch_copy, reg_batch_free)

RegBatch *
reg_batch_new (void)
{
  return g_new0 (RegBatch, 1);
}

RegBatch *
reg_batch_copy (const RegBatch *self)
{
  RegBatch *copy = g_memdup2 (self, sizeof *self);

  copy->operation = g_strdup (self->operation);
  copy->title = g_strdup (self->title);
  copy->note = g_strdup (self->note);
  if (self->params != NULL)
    copy->params = reg_params_copy (self->params);
  return copy;
}

void
reg_batch_free (RegBatch *self)
{
  g_free (self->operation);
  g_free (self->title);
  g_free (self->note);
  g_clear_pointer (&self->params, reg_params_free);
  g_free (self);
}

/**
 * reg_batch_get_total:
 * @self: a batch
 *
 * Returns: how many changes it was made of
 */
gint64
reg_batch_get_total (const RegBatch *self)
{
  gint64 total = 0;

  for (guint i = 0; i < REG_N_CHANGE_STATES; i++)
    total += self->counts[i];
  return total;
}

/**
 * reg_batch_get_waiting:
 * @self: a batch
 *
 * Returns: how many of its changes the LMS has not answered yet
 */
gint64
reg_batch_get_waiting (const RegBatch *self)
{
  return self->counts[REG_CHANGE_PENDING] + self->counts[REG_CHANGE_SENDING]
         + self->counts[REG_CHANGE_UNKNOWN];
}
