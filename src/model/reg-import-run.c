/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-import-run.h"

G_DEFINE_BOXED_TYPE (RegImportRun, reg_import_run, reg_import_run_copy, reg_import_run_free)
G_DEFINE_BOXED_TYPE (RegImportReject,
                     reg_import_reject,
                     reg_import_reject_copy,
                     reg_import_reject_free)

RegImportRun *
reg_import_run_new (void)
{
  return g_new0 (RegImportRun, 1);
}

RegImportRun *
reg_import_run_copy (const RegImportRun *self)
{
  RegImportRun *copy = g_memdup2 (self, sizeof *self);

  copy->action = g_strdup (self->action);
  copy->file_name = g_strdup (self->file_name);
  copy->file_hash = g_strdup (self->file_hash);
  return copy;
}

void
reg_import_run_free (RegImportRun *self)
{
  g_free (self->action);
  g_free (self->file_name);
  g_free (self->file_hash);
  g_free (self);
}

/**
 * reg_import_reject_new:
 * @line: the number the spreadsheet shows
 * @identifier: e-mail or employee ID as it stands in the file
 * @course: (nullable): code of the course the reason concerns
 * @code: reason code
 * @reason: that reason in words
 *
 * Returns: (transfer full): the record
 */
RegImportReject *
reg_import_reject_new (gint64 line,
                       const char *identifier,
                       const char *course,
                       const char *code,
                       const char *reason)
{
  RegImportReject *self = g_new0 (RegImportReject, 1);

  self->line = line;
  self->identifier = g_strdup (identifier);
  self->course = g_strdup (course);
  self->code = g_strdup (code);
  self->reason = g_strdup (reason);
  return self;
}

RegImportReject *
reg_import_reject_copy (const RegImportReject *self)
{
  RegImportReject *copy =
      reg_import_reject_new (self->line, self->identifier, self->course, self->code, self->reason);

  copy->id = self->id;
  copy->change_id = self->change_id;
  copy->user_id = self->user_id;
  return copy;
}

void
reg_import_reject_free (RegImportReject *self)
{
  g_free (self->identifier);
  g_free (self->course);
  g_free (self->code);
  g_free (self->reason);
  g_free (self);
}
