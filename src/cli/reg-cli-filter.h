/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters of lists: options of `users list` and `enrollments list`, KEY=VALUE of `do`. */
#pragma once

#include "cli/reg-cli.h"

G_BEGIN_DECLS

typedef struct
{
  char *search;
  char *status;
  char *role;
  char *group;
  char *location;
  char *manager;
  char *requirement;
  char *access;
  char *due;
  char *session;
  gboolean waiting;
} RegCliFilter;

void reg_cli_filter_clear (RegCliFilter *self);
/* "status=active" */
gboolean reg_cli_filter_set (RegCliFilter *self, const char *text);
/* Each says on stderr what is wrong. */
gboolean reg_cli_filter_fill_users (RegCli *cli, const RegCliFilter *self, RegUserQuery *query);
gboolean
reg_cli_filter_fill_enrollments (RegCli *cli, const RegCliFilter *self, RegEnrollmentQuery *query);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RegCliFilter, reg_cli_filter_clear)

G_END_DECLS
