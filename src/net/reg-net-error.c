/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-net"

#include "net/reg-net-error.h"

GQuark
reg_net_error_quark (void)
{
  return g_quark_from_static_string ("reg-net-error-quark");
}
