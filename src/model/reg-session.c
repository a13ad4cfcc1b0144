/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-session.h"

G_DEFINE_BOXED_TYPE (RegSession, reg_session, reg_session_copy, reg_session_free)

/**
 * reg_session_new:
 *
 * Makes a session with empty texts and zeros.
 *
 * Returns: (transfer full): the record
 */
RegSession *
reg_session_new (void)
{
  RegSession *self = g_new0 (RegSession, 1);

  self->place = g_strdup ("");
  return self;
}

RegSession *
reg_session_copy (const RegSession *self)
{
  RegSession *copy = g_memdup2 (self, sizeof *self);

  copy->place = g_strdup (self->place);
  return copy;
}

void
reg_session_clear (RegSession *self)
{
  g_clear_pointer (&self->place, g_free);
}

void
reg_session_free (RegSession *self)
{
  reg_session_clear (self);
  g_free (self);
}
