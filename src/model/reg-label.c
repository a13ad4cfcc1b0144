/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-label.h"

G_DEFINE_BOXED_TYPE (RegLabel, reg_label, reg_label_copy, reg_label_free)

/**
 * reg_label_new:
 *
 * Makes a label with empty texts and zeros.
 *
 * Returns: (transfer full): the record
 */
RegLabel *
reg_label_new (void)
{
  RegLabel *self = g_new0 (RegLabel, 1);

  self->name = g_strdup ("");
  return self;
}

RegLabel *
reg_label_copy (const RegLabel *self)
{
  RegLabel *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  return copy;
}

void
reg_label_clear (RegLabel *self)
{
  g_clear_pointer (&self->name, g_free);
}

void
reg_label_free (RegLabel *self)
{
  reg_label_clear (self);
  g_free (self);
}
