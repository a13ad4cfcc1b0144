/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/reg-enums.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define REG_TYPE_IMPORT_RUN (reg_import_run_get_type ())
#define REG_TYPE_IMPORT_REJECT (reg_import_reject_get_type ())

/* From this many lines not imported on, Import Status shows no table, only Download List (SPEC
 * D-05). */
#define REG_IMPORT_TABLE_LIMIT 50

/**
 * RegImportRun:
 * @file_name: display name of the file
 * @file_hash: SHA-256 of its bytes, in hex
 * @lines_read: lines that carry data, the heading left out
 * @n_blank: blank lines
 * @n_unmarked: lines of a matrix without a mark
 * @n_not_imported: lines left out before sending
 * @n_users: people in lines accepted
 * @batch_id: the staged batch
 * @corrects: the import whose lines these are, read once more: the first one of the file; 0 for
 * none
 * @is_reverted: whether what the LMS has made of it was taken back, or is with the next sync, as
 * far as that goes
 *
 * One import that was started.
 */
typedef struct
{
  gint64 id;
  char *action;
  char *file_name;
  char *file_hash;
  gint64 batch_id;
  RegRunState state;
  gint64 started_at;
  gint64 finished_at;
  gint64 lines_read;
  gint64 n_blank;
  gint64 n_unmarked;
  gint64 n_not_imported;
  gint64 n_users;
  gint64 corrects;
  gboolean is_reverted;
} RegImportRun;

/**
 * RegImportReject:
 * @id: tells it from all others in the list of its import, whenever that is read; 0 for one that is
 *   in none yet
 * @line: the number the spreadsheet shows
 * @identifier: e-mail or employee ID as it stands in the file
 * @course: (nullable): code of the course, where the reason concerns one
 * @code: reason code
 * @reason: that reason in words
 * @change_id: the change that the LMS refused; 0 for what was not imported at the start
 * @user_id: whom that change is about; 0 likewise
 *
 * One line, or one mark of a line, that was not imported.
 */
typedef struct
{
  gint64 id;
  gint64 line;
  char *identifier;
  char *course;
  char *code;
  char *reason;
  gint64 change_id;
  gint64 user_id;
} RegImportReject;

GType reg_import_run_get_type (void);
RegImportRun *reg_import_run_new (void);
RegImportRun *reg_import_run_copy (const RegImportRun *self);
void reg_import_run_free (RegImportRun *self);

GType reg_import_reject_get_type (void);
RegImportReject *reg_import_reject_new (gint64 line,
                                        const char *identifier,
                                        const char *course,
                                        const char *code,
                                        const char *reason);
RegImportReject *reg_import_reject_copy (const RegImportReject *self);
void reg_import_reject_free (RegImportReject *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportRun, reg_import_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportReject, reg_import_reject_free)

G_END_DECLS
