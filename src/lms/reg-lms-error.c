/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-lms"

#include "lms/reg-lms-error.h"

GQuark
reg_lms_error_quark (void)
{
  return g_quark_from_static_string ("reg-lms-error-quark");
}
