/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Around a list that may be long: for Tab all of it is one stop, the arrow keys go from row to row.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REG_TYPE_LIST_STOP (reg_list_stop_get_type ())
G_DECLARE_FINAL_TYPE (RegListStop, reg_list_stop, REG, LIST_STOP, AdwBin)

G_END_DECLS
