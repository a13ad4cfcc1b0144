/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import against the local copy: check fills a directory from the store; start stages the plan
 * as one undoable batch. Blocking; any thread but the window's. */
#pragma once

#include "imports/reg-import-check.h"
#include "imports/reg-interchange.h"
#include "imports/reg-import-preview.h"
#include "store/reg-store-outbox.h"

G_BEGIN_DECLS

RegImportPlan *reg_import_job_check (RegStore *store,
                                     const RegImportRequest *request,
                                     RegImportProgress progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error);

/* The first lines, in an instant, whatever the length of the file. */
RegImportPreview *reg_import_job_preview (RegStore *store,
                                          const RegImportRequest *request,
                                          GCancellable *cancellable,
                                          GError **error);

/* Verifies that the file did not change, then stages what the plan says in one transaction.
 * excluded: (nullable): rows the person unticked. run: (out) the run as written. */
gboolean reg_import_job_start (RegStore *store,
                               const RegImportRequest *request,
                               const RegImportPlan *plan,
                               GHashTable *excluded,
                               RegImportRun **run,
                               RegStoreProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

/* The same for a file of another system: every step of it, staged as one. */
RegInterchangePlan *reg_import_job_check_interchange (RegStore *store,
                                                      const RegInterchange *interchange,
                                                      const RegImportRequest *request,
                                                      RegImportProgress progress,
                                                      gpointer progress_data,
                                                      GCancellable *cancellable,
                                                      GError **error);
gboolean reg_import_job_start_interchange (RegStore *store,
                                           const RegImportRequest *request,
                                           const RegInterchangePlan *plan,
                                           GPtrArray *excluded,
                                           RegImportRun **run,
                                           RegStoreProgress progress,
                                           gpointer progress_data,
                                           GCancellable *cancellable,
                                           GError **error);

/* The directory of the local copy, as reg_import_job_check () makes it. request: (nullable): where
 * it corrects an import, without those of it whom the LMS refused to add */
RegDirectory *
reg_import_job_fill_directory (RegStore *store, const RegImportRequest *request, GError **error);
/* Of the import whose lines are read once more: what of them the LMS refused for reasons of its
 * own, and what was done, as RegImportRequest has it. */
typedef struct
{
  GHashTable *refused;
  GHashTable *made;
} RegImportPast;

/* The request names parts of it from then on. */
RegImportPast *reg_import_past_new (RegStore *store, RegImportRequest *request, GError **error);
void reg_import_past_free (RegImportPast *self);
/* Rows of the plan that stay out of a correction while others of their line are in it: to unticked
 * (RegStepTarget), and to rejects where the list of what is corrected has them. excluded:
 * (nullable) (element-type GHashTable): by plan, each (nullable) */
gboolean reg_import_job_list_unticked (RegStore *store,
                                       gint64 corrects,
                                       GPtrArray *plans,
                                       GPtrArray *excluded,
                                       GArray *unticked,
                                       GPtrArray *rejects,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportPast, reg_import_past_free)

/* A template with a line for everybody the action may be about: for unenroll and set-due-dates who
 * is in one of the courses, else everybody who is active. courses: RegCourse */
gboolean reg_import_job_write_template (RegStore *store,
                                        const char *action,
                                        GPtrArray *courses,
                                        gboolean matrix,
                                        const char *path,
                                        GError **error);

/* Writes people as "update-users" reads them, so that what is not touched changes nothing. ids: in
 * the order wanted; path: .xlsx or .csv */
gboolean reg_import_job_export_people (RegStore *store,
                                       const gint64 *ids,
                                       gsize n,
                                       const char *path,
                                       RegImportProgress progress,
                                       gpointer progress_data,
                                       GCancellable *cancellable,
                                       GError **error);
/* The same of enrollments, as "assign" and "set-due-dates" read them. */
gboolean reg_import_job_export_enrollments (RegStore *store,
                                            const gint64 *ids,
                                            gsize n,
                                            const char *path,
                                            RegImportProgress progress,
                                            gpointer progress_data,
                                            GCancellable *cancellable,
                                            GError **error);

G_END_DECLS
