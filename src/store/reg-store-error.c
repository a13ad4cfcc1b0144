/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-error.h"

/* clang-format off */
G_DEFINE_QUARK (reg-store-error-quark, reg_store_error)
/* clang-format on */
