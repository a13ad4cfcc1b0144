/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-change.h"

G_DEFINE_BOXED_TYPE (RegChange, reg_change, reg_change_copy, reg_change_free)

RegChange *
reg_change_new (void)
{
  return g_new0 (RegChange, 1);
}

RegChange *
reg_change_copy (const RegChange *self)
{
  RegChange *copy = g_memdup2 (self, sizeof *self);

  copy->uuid = g_strdup (self->uuid);
  copy->operation = g_strdup (self->operation);
  copy->code = g_strdup (self->code);
  copy->sentence = g_strdup (self->sentence);
  copy->note = g_strdup (self->note);
  if (self->params != NULL)
    copy->params = reg_params_copy (self->params);
  if (self->base != NULL)
    copy->base = reg_params_copy (self->base);
  if (self->server != NULL)
    copy->server = reg_params_copy (self->server);
  return copy;
}

void
reg_change_free (RegChange *self)
{
  g_free (self->uuid);
  g_free (self->operation);
  g_free (self->code);
  g_free (self->sentence);
  g_free (self->note);
  g_clear_pointer (&self->params, reg_params_free);
  g_clear_pointer (&self->base, reg_params_free);
  g_clear_pointer (&self->server, reg_params_free);
  g_free (self);
}
