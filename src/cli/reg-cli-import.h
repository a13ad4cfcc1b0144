/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/reg-cli.h"

G_BEGIN_DECLS

#define REG_CLI_N_REJECT_COLUMNS 5

/* One run with its counts, as lines or as JSON. */
gboolean reg_cli_print_run (RegCli *self, const RegImportRun *run, GError **error);
/* rejects: RegImportReject */
gboolean reg_cli_print_rejects (RegCli *self, GPtrArray *rejects, GError **error);

G_END_DECLS
