/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One account opened: its store, its engine and the threads they run on, for the main thread.
 *
 * Threads: RegWorkspace is used on the main thread only. Writes run on the store worker, pages and
 * searches on the reader worker, sync on the sync worker. Signals are emitted on main.
 *
 * Every …_finish () returns what the plain store function returns. */
#pragma once

#include "base/reg-progress.h"
#include "imports/reg-import-check.h"
#include "lms/reg-lms.h"
#include "imports/reg-import-preview.h"
#include "imports/reg-interchange.h"
#include "model/reg-site.h"
#include "store/reg-id-list-model.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-account.h"
#include "sync/reg-engine.h"

G_BEGIN_DECLS

typedef enum
{
  REG_SYNC_STATE_IDLE,    /* up to date as far as known */
  REG_SYNC_STATE_WAITING, /* changes wait and will be sent */
  REG_SYNC_STATE_SYNCING,
  REG_SYNC_STATE_OFFLINE,     /* "Work offline" is on */
  REG_SYNC_STATE_UNREACHABLE, /* tried; will try again by itself */
  REG_SYNC_STATE_SIGNED_OUT,  /* the token was refused */
  REG_SYNC_STATE_FAILED,      /* an error a person should read */
} RegSyncStateKind;

#define REG_TYPE_WORKSPACE (reg_workspace_get_type ())
G_DECLARE_FINAL_TYPE (RegWorkspace, reg_workspace, REG, WORKSPACE, GObject)

/* Signals: "changed" (users, courses, enrollments, outbox, runs: five gbooleans);
 * "synced" (RegSyncReport pointer) after each finished run.
 * Properties: "sync-state" (int RegSyncStateKind), "sync-message" (string), "work-offline"
 * (boolean), "n-waiting" (int64), "n-attention" (int64), "last-sync" (int64), "progress"
 * (RegProgress or NULL). */

void reg_workspace_open_async (RegAccount *account,
                               const char *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
RegWorkspace *reg_workspace_open_finish (GAsyncResult *result, GError **error);
/* Stops the workers; must precede the last unref. */
void reg_workspace_close (RegWorkspace *self);

const RegAccount *reg_workspace_get_account (RegWorkspace *self);
/* (nullable): before the first contact there is none */
const RegSite *reg_workspace_get_site (RegWorkspace *self);
/* Who acts, for checks; before the first contact a learner, who may do nothing. */
RegRole reg_workspace_get_actor_role (RegWorkspace *self);
gint64 reg_workspace_get_actor_id (RegWorkspace *self);
/* Bits of RegRole that count in a course (0 for any) and for somebody of this manager. */
guint reg_workspace_get_roles (RegWorkspace *self, gint64 course_id, gint64 manager_id);
/* Whether an operation may be possible in a course (0 for any), with the right person. */
gboolean reg_workspace_offers (RegWorkspace *self, const RegOperation *operation, gint64 course_id);
/* Whether there is anything a file could be imported for. */
gboolean reg_workspace_offers_imports (RegWorkspace *self);
/* Today in the site's time zone; valid until the next call. */
const char *reg_workspace_get_today (RegWorkspace *self);
/* (nullable): where the database had to be salvaged at opening, what a person should be told */
const char *reg_workspace_get_notice (RegWorkspace *self);

RegSyncStateKind reg_workspace_get_sync_state (RegWorkspace *self);
const char *reg_workspace_get_sync_message (RegWorkspace *self);
gboolean reg_workspace_get_work_offline (RegWorkspace *self);
void reg_workspace_set_work_offline (RegWorkspace *self, gboolean offline);
gint64 reg_workspace_get_n_waiting (RegWorkspace *self);
gint64 reg_workspace_get_n_attention (RegWorkspace *self);
gint64 reg_workspace_get_last_sync (RegWorkspace *self);
RegProgress *reg_workspace_get_progress (RegWorkspace *self);
void reg_workspace_sync (RegWorkspace *self); /* F5; a run in progress is run once more after it */
void reg_workspace_cancel_sync (RegWorkspace *self);
/* How often it looks at the LMS of its own accord; changes are sent soon after they are made. */
void reg_workspace_set_sync_interval (RegWorkspace *self, guint minutes);
void reg_workspace_sign_in (RegWorkspace *self, const char *token);

/* Reading, on the reader worker. Query structs are copied. */
void reg_workspace_query_users_async (RegWorkspace *self,
                                      const RegUserQuery *query,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
RegIdList *
reg_workspace_query_users_finish (RegWorkspace *self, GAsyncResult *result, GError **error);
void reg_workspace_query_enrollments_async (RegWorkspace *self,
                                            const RegEnrollmentQuery *query,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer data);
RegIdList *
reg_workspace_query_enrollments_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* Any other read or write of the store: func runs on the reader (write FALSE) or store worker with
 * the store, returns its result (freed by result_free if nobody takes it) or sets the error. */
typedef gpointer (*RegWorkspaceFunc) (RegStore *store,
                                      gpointer data,
                                      RegProgress *progress,
                                      GError **error);
void reg_workspace_run_async (RegWorkspace *self,
                              gboolean write,
                              RegWorkspaceFunc func,
                              gpointer func_data,
                              GDestroyNotify func_data_free,
                              GDestroyNotify result_free,
                              RegProgress *progress,
                              GAsyncReadyCallback callback,
                              gpointer data);
/* A long read, as of a whole list into a file, on a worker of its own, so that pages and searches
 * do not wait for it. It is asked to stop when the account is closed. */
void reg_workspace_run_errand_async (RegWorkspace *self,
                                     RegWorkspaceFunc func,
                                     gpointer func_data,
                                     GDestroyNotify func_data_free,
                                     GDestroyNotify result_free,
                                     RegProgress *progress,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gpointer reg_workspace_run_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* Asking the LMS for something, beside any sync: func runs on a worker of its own, with the store
 * and a connector. */
typedef gpointer (*RegWorkspaceFetch) (RegStore *store,
                                       RegLms *lms,
                                       gpointer data,
                                       GCancellable *cancellable,
                                       GError **error);
void reg_workspace_fetch_async (RegWorkspace *self,
                                RegWorkspaceFetch func,
                                gpointer func_data,
                                GDestroyNotify func_data_free,
                                GDestroyNotify result_free,
                                GAsyncReadyCallback callback,
                                gpointer data);
gpointer reg_workspace_fetch_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* Models whose pages are fetched on the reader worker: one row per id, NULL for one that is gone.
 */
typedef GPtrArray *(
    *RegWorkspaceRows) (RegStore *store, const gint64 *ids, gsize n, gpointer data, GError **error);
RegIdListModel *reg_workspace_create_model (RegWorkspace *self,
                                            RegWorkspaceRows get_rows,
                                            gpointer data,
                                            GDestroyNotify destroy,
                                            GDestroyNotify row_free);
/* Items' rows are RegUserRow and RegEnrollmentRow. */
RegIdListModel *reg_workspace_create_user_model (RegWorkspace *self);
RegIdListModel *reg_workspace_create_enrollment_model (RegWorkspace *self);

/* A step on many targets, on the store worker. course_ids of length 1 goes with every user; for
 * operations on users it is NULL. The step is checked first; see RegStepResult. */
void reg_workspace_stage_async (RegWorkspace *self,
                                const RegOperation *operation,
                                const RegParams *params,
                                const gint64 *user_ids,
                                gsize n_users,
                                const gint64 *course_ids,
                                gsize n_courses,
                                const char *title,
                                gboolean dry_run,
                                RegProgress *progress,
                                GAsyncReadyCallback callback,
                                gpointer data);
/* For enrollments picked in a list: ids as of reg_enrollment_id (). */
void reg_workspace_stage_enrollments_async (RegWorkspace *self,
                                            const RegOperation *operation,
                                            const RegParams *params,
                                            const gint64 *enrollment_ids,
                                            gsize n,
                                            const char *title,
                                            gboolean dry_run,
                                            RegProgress *progress,
                                            GAsyncReadyCallback callback,
                                            gpointer data);
/* result: (out caller-allocates): reg_step_result_clear () it */
gboolean reg_workspace_stage_finish (RegWorkspace *self,
                                     GAsyncResult *result,
                                     RegStepResult *step_result,
                                     GError **error);
/* batch_id 0: the newest undoable one. Returns how many changes were taken back, -1 on error. */
void reg_workspace_undo_async (RegWorkspace *self,
                               gint64 batch_id,
                               RegProgress *progress,
                               GAsyncReadyCallback callback,
                               gpointer data);
gint64 reg_workspace_undo_finish (RegWorkspace *self, GAsyncResult *result, GError **error);

/* Imports, on the store worker. The request is copied; its actor, today and now are filled in. */
void reg_workspace_check_import_async (RegWorkspace *self,
                                       const RegImportRequest *request,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
RegImportPlan *
reg_workspace_check_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error);
/* The first lines, on the reader worker. */
void reg_workspace_preview_import_async (RegWorkspace *self,
                                         const RegImportRequest *request,
                                         RegProgress *progress,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
RegImportPreview *
reg_workspace_preview_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error);
/* excluded: (nullable): set of rows the person unticked */
void reg_workspace_start_import_async (RegWorkspace *self,
                                       const RegImportRequest *request,
                                       RegImportPlan *plan,
                                       GHashTable *excluded,
                                       RegProgress *progress,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
RegImportRun *
reg_workspace_start_import_finish (RegWorkspace *self, GAsyncResult *result, GError **error);
/* The same for files of other systems. */
void reg_workspace_check_interchange_async (RegWorkspace *self,
                                            const RegInterchange *interchange,
                                            const RegImportRequest *request,
                                            RegProgress *progress,
                                            GAsyncReadyCallback callback,
                                            gpointer data);
RegInterchangePlan *
reg_workspace_check_interchange_finish (RegWorkspace *self, GAsyncResult *result, GError **error);
/* excluded: (transfer full): a set of rows of each step. Finish it with
 * reg_workspace_start_import_finish (). */
void reg_workspace_start_interchange_async (RegWorkspace *self,
                                            const RegImportRequest *request,
                                            RegInterchangePlan *plan,
                                            GPtrArray *excluded,
                                            RegProgress *progress,
                                            GAsyncReadyCallback callback,
                                            gpointer data);

G_END_DECLS
