/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People and enrollments written the way they are read: what was exported and not touched changes
 * nothing when it is imported again. */
#pragma once

#include "imports/reg-directory.h"
#include "imports/reg-import-action.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The person's cell of a column: names instead of ids, "" for a column that says nothing of a
 * person. directory: knows labels and managers */
char *reg_import_dup_person_cell (RegDirectory *directory, const RegUser *user, RegColumnKind kind);

typedef struct _RegPeopleExport RegPeopleExport;

RegPeopleExport *reg_people_export_new (RegDirectory *directory, const char *path, GError **error);
gboolean reg_people_export_add (RegPeopleExport *self, const RegUser *user, GError **error);
/* Gives the file its name. */
gboolean reg_people_export_close (RegPeopleExport *self, GError **error);
void reg_people_export_free (RegPeopleExport *self);

/* A template with people in it; see reg_import_write_template () for one without. */
typedef struct _RegTemplateWriter RegTemplateWriter;

RegTemplateWriter *reg_template_writer_new (const char *action,
                                            GPtrArray *courses,
                                            gboolean matrix,
                                            RegDirectory *directory,
                                            const char *path,
                                            GError **error);
gboolean reg_template_writer_add (RegTemplateWriter *self,
                                  const RegUser *user,
                                  const RegCourse *course,
                                  const char *due_date,
                                  GError **error);
/* Gives the file its name. */
gboolean reg_template_writer_close (RegTemplateWriter *self, GError **error);
void reg_template_writer_free (RegTemplateWriter *self);

/* Whether a file of that name can be written: .xlsx or .csv. */
gboolean reg_import_check_output (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegPeopleExport, reg_people_export_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegTemplateWriter, reg_template_writer_free)

G_END_DECLS
