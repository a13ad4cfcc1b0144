/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-tabular-error.h"

GQuark
reg_tabular_error_quark (void)
{
  return g_quark_from_static_string ("reg-tabular-error-quark");
}
