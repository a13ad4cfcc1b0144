/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-tabular-error.h"

G_DEFINE_QUARK (reg - tabular - error - quark, reg_tabular_error)
