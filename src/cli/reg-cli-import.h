/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/reg-cli-import-options.h"
#include "cli/reg-cli-table.h"
#include "cli/reg-cli.h"

G_BEGIN_DECLS

#define REG_CLI_N_REJECT_COLUMNS 5

/* One run with its counts, as lines or as JSON. */
gboolean reg_cli_print_run (RegCli *self, const RegImportRun *run, GError **error);
/* rejects: RegImportReject */
gboolean reg_cli_print_rejects (RegCli *self, GPtrArray *rejects, GError **error);
/* Licenses and e-mails. */
void reg_cli_say_ledger (RegCli *self, const RegImportPlan *plan);
/* Who is left out, as Import Status shows it: few are shown, many are to be written to a file. */
gboolean reg_cli_print_failures (RegCli *self, const RegImportPlan *plan, GError **error);
/* The members of an object that is open. */
void reg_cli_write_plan (RegJsonWriter *json, const RegImportPlan *plan);
RegExit reg_cli_get_plan_exit (const RegImportPlan *plan);
RegExit reg_cli_fail_import (GError *error);
/* Whether the circuit breaker holds a start, which is said then. take_warning: (nullable): what is
 * large or looks wrong; confirm: the number the person gave */
gboolean reg_cli_is_held (char *take_warning, gint64 confirm, gint64 n_rows);

/* Files of other systems. */
RegExit reg_cli_check_interchange (RegCli *self, const RegCliImportOptions *options);
RegExit reg_cli_start_interchange (RegCli *self, const RegCliImportOptions *options);

G_END_DECLS
