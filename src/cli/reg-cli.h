/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all commands of registrar-cli share: the options before them, the account, and how they end.
 *
 * Threads: the command line has one; everything blocks. */
#pragma once

#include "base/reg-json-writer.h"
#include "rules/reg-operation.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-account.h"

#include <stdio.h>

G_BEGIN_DECLS

/* Exit statuses: scripts rely on them. */
typedef enum
{
  REG_EXIT_DONE = 0,
  REG_EXIT_FAILED = 1,
  REG_EXIT_USAGE = 2,
  REG_EXIT_ATTENTION = 3,   /* done, but something waits for a person */
  REG_EXIT_UNREACHABLE = 4, /* the work is saved and waits */
  REG_EXIT_AUTH = 5,
} RegExit;

/**
 * RegCli:
 * @data_dir: (nullable): the profile
 * @account: once opened, and so are @store and @site (nullable: before the first contact)
 */
typedef struct
{
  char *data_dir;
  gboolean json;
  gboolean yes;
  gboolean quiet;
  RegAccount *account;
  RegStore *store;
  RegSite *site;
} RegCli;

/**
 * RegCliCommand:
 * @name: one or two words
 * @arguments: what follows them, for the usage line
 * @summary: one sentence for the list of commands, to be translated
 * @run: gets the rest of the line, with the name as argv[0]
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  RegExit (*run) (RegCli *self, int argc, char **argv);
} RegCliCommand;

const RegCliCommand *reg_cli_find_command (const char *name);

/* Parses the options of a command, the shared ones among them; prints what is wrong. details:
 * (nullable): what --help says below the options */
gboolean reg_cli_parse (RegCli *self,
                        const char *name,
                        int *argc,
                        char ***argv,
                        const GOptionEntry *entries,
                        const char *details);

/* The account and its local copy. */
gboolean reg_cli_find_account (RegCli *self, GError **error);
gboolean reg_cli_open (RegCli *self, GError **error);
gint64 reg_cli_get_now (void);
/* Today in the site's time zone. */
char *reg_cli_dup_today (RegCli *self);
RegRole reg_cli_get_actor_role (RegCli *self);
gint64 reg_cli_get_actor_id (RegCli *self);
void reg_cli_clear (RegCli *self);

/* Messages, on stderr. say () is left out with --quiet. */
RegExit reg_cli_fail (GError *error);
RegExit reg_cli_misuse (const char *format, ...) G_GNUC_PRINTF (1, 2);
void reg_cli_say (RegCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A question for a person; --yes answers it. FALSE with REG_EXIT_USAGE or REG_EXIT_FAILED in *exit
 * where it is not answered with yes. */
gboolean reg_cli_confirm (RegCli *self, const char *question, RegExit *exit);

/* Prints what the writer holds, with a line break at the end of the document. */
void reg_cli_flush_json (RegJsonWriter *writer, gboolean end);

/* Names on the command line. Each says on stderr what it does not find. 0: not found */
gint64 reg_cli_find_user (RegCli *self, const char *text);
gint64 reg_cli_find_course (RegCli *self, const char *text);
/* kinds: bits of RegLabelKind */
#define REG_CLI_ANY_GROUP (1u << REG_LABEL_GROUP | 1u << REG_LABEL_TEAM | 1u << REG_LABEL_TAG)
gint64 reg_cli_find_label (RegCli *self, guint kinds, const char *name);
/* (transfer full) (nullable): ",3,7,"; NULL where one is not found */
char *reg_cli_dup_labels (RegCli *self, char **names);
/* (transfer full) (nullable): ids of courses, 0-terminated; NULL where one is not found */
gint64 *reg_cli_find_courses (RegCli *self, char **texts, gsize *n);
/* Seconds as "2026-12-31T23:59:59Z", or "" for 0. */
char *reg_cli_dup_time (gint64 unix_seconds);

RegPreset *reg_cli_find_preset (RegCli *self, const char *name, GError **error);

/* The commands. */
RegExit reg_cli_connect (RegCli *self, int argc, char **argv);
RegExit reg_cli_disconnect (RegCli *self, int argc, char **argv);
RegExit reg_cli_account (RegCli *self, int argc, char **argv);
RegExit reg_cli_sync (RegCli *self, int argc, char **argv);
RegExit reg_cli_users_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_users_show (RegCli *self, int argc, char **argv);
RegExit reg_cli_users_export (RegCli *self, int argc, char **argv);
RegExit reg_cli_users_add (RegCli *self, int argc, char **argv);
RegExit reg_cli_users_edit (RegCli *self, int argc, char **argv);
RegExit reg_cli_courses_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_courses_show (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_export (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_history (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_chapters (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_quiz (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_activity (RegCli *self, int argc, char **argv);
RegExit reg_cli_enrollments_certificate (RegCli *self, int argc, char **argv);
RegExit reg_cli_presets_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_presets_save (RegCli *self, int argc, char **argv);
RegExit reg_cli_presets_delete (RegCli *self, int argc, char **argv);
RegExit reg_cli_do (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_template (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_check (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_start (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_show (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_rejects (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_compare (RegCli *self, int argc, char **argv);
RegExit reg_cli_import_recipes (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_show (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_undo (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_retry (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_resolve (RegCli *self, int argc, char **argv);
RegExit reg_cli_changes_discard (RegCli *self, int argc, char **argv);
RegExit reg_cli_records_list (RegCli *self, int argc, char **argv);
RegExit reg_cli_audit (RegCli *self, int argc, char **argv);

G_END_DECLS
