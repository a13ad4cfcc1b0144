/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a line of Import Status that was not imported, and trying such lines again. */
#pragma once

#include "model/reg-import-run.h"
#include "workspace/reg-workspace.h"

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

/* Changes of an import that shall be tried again. */
typedef struct _RegRunRetry RegRunRetry;

/* change_id: 0 for all with that code */
RegRunRetry *reg_run_retry_new (gint64 run_id, const char *code, gint64 change_id);
void reg_run_retry_free (RegRunRetry *self);
/* A RegWorkspaceFunc, data: a RegRunRetry; returns a text. */
gpointer reg_run_retry (RegStore *store, gpointer data, RegProgress *progress, GError **error);

G_END_DECLS
