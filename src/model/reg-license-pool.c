/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-license-pool.h"

G_DEFINE_BOXED_TYPE (RegLicensePool, reg_license_pool, reg_license_pool_copy, reg_license_pool_free)

/**
 * reg_license_pool_new:
 *
 * Makes a pool with empty texts and zeros.
 *
 * Returns: (transfer full): the record
 */
RegLicensePool *
reg_license_pool_new (void)
{
  RegLicensePool *self = g_new0 (RegLicensePool, 1);

  self->name = g_strdup ("");
  return self;
}

RegLicensePool *
reg_license_pool_copy (const RegLicensePool *self)
{
  RegLicensePool *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  return copy;
}

void
reg_license_pool_clear (RegLicensePool *self)
{
  g_clear_pointer (&self->name, g_free);
}

void
reg_license_pool_free (RegLicensePool *self)
{
  reg_license_pool_clear (self);
  g_free (self);
}
