/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/reg-cli.h"

#include "imports/reg-interchange.h"
#include "sync/reg-import-recipes.h"

G_BEGIN_DECLS

#define REG_CLI_IMPORT_ACTIONS "assign|unenroll|set-due-dates|add-to-groups|add-users|update-users"

/* What import check and import start take alike. */
typedef struct
{
  char *action;
  char **courses;
  char **mapping;
  char *sheet;
  char *encoding;
  char *delimiter;
  char *empty;
  char *date_order;
  char *recipe_name;
  char *remember;
  char **corrections;
  char **left_out;
  char **instead;
  int heading_line;
  gint64 confirm;
  char *people;
  char *today;
  gint64 *course_ids;
  RegImportRecipe *recipe;           /* (nullable) */
  const RegInterchange *interchange; /* (nullable) */
  RegImportEdits *edits;
  RegImportRequest request;
} RegCliImportOptions;

void reg_cli_import_options_clear (RegCliImportOptions *self);
/* Parses, opens the local copy and fills the request. */
RegExit reg_cli_import_options_read (RegCli *cli,
                                     const char *name,
                                     int argc,
                                     char **argv,
                                     RegCliImportOptions *self);
/* Whether there is such an action; says so where there is none. */
gboolean reg_cli_import_check_action (const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RegCliImportOptions, reg_cli_import_options_clear)

G_END_DECLS
