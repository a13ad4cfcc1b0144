/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a line of Import Status that was not imported. */
#pragma once

#include "model/reg-import-run.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  REG_RUN_LINE_CORRECT,
  REG_RUN_LINE_RETRY,
  REG_RUN_LINE_SHOW_PEOPLE,
  REG_RUN_LINE_SHOW_CHANGES,
} RegRunLineAct;

/* can_correct: whether the file is at hand. */
GMenuModel *reg_run_line_menu_create (const RegImportReject *reject, gboolean can_correct);
/* all: (out): for all with the same reason */
gboolean reg_run_line_act_from_name (const char *name, RegRunLineAct *act, gboolean *all);

G_END_DECLS
