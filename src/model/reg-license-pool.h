/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enrollment.h"
#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_LICENSE_POOL (reg_license_pool_get_type ())

/**
 * RegLicensePool:
 * @total: licenses bought
 * @available: licenses free to assign
 * @expires: for a subscription, its last day, or ""
 *
 * Where the licenses of one or several courses come from.
 */
typedef struct
{
  gint64 id;
  gint64 revision;
  RegPoolKind kind;
  char *name;
  gint64 total;
  gint64 available;
  RegDate expires;
} RegLicensePool;

GType reg_license_pool_get_type (void);
RegLicensePool *reg_license_pool_new (void);
RegLicensePool *reg_license_pool_copy (const RegLicensePool *self);
void reg_license_pool_free (RegLicensePool *self);
void reg_license_pool_clear (RegLicensePool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegLicensePool, reg_license_pool_free)

G_END_DECLS
