/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/reg-cli.h"
#include "lms/reg-lms.h"

G_BEGIN_DECLS

RegLms *reg_cli_create_lms (RegCli *self, GError **error);

G_END_DECLS
