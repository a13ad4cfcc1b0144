/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox: what the person did and the LMS has not yet confirmed. */
#pragma once

#include "model/reg-batch.h"
#include "model/reg-change.h"
#include "model/reg-import-run.h"
#include "model/reg-page.h"
#include "rules/reg-ledger.h"
#include "rules/reg-operation.h"
#include "store/reg-id-list.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/**
 * RegStepTarget:
 * @user_id: 0 where the operation makes the user
 * @params: (nullable): overrides the step's own
 * @line: of the imported file, for its list of lines that were not imported; else 0
 * @operation: (nullable): where it is not the step's; such a target has its own @params
 * @made_by: 0, or the place among the targets, counted from 1, of the earlier one that makes the
 *   user of this one
 * @manager_made_by: likewise the one that makes the user's manager, which is then a parameter
 */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  const RegParams *params;
  gint64 line;
  const RegOperation *operation;
  gsize made_by;
  gsize manager_made_by;
} RegStepTarget;

/**
 * RegSight:
 * @enrollment: (nullable): as it is before; %NULL for an operation on a user, or an unknown course
 * @course: (nullable): the course
 * @is_waiting: whether changes of the target wait already
 * @reason: why it is not possible, or %REG_REASON_NONE
 * @sentence: (nullable): that reason in words
 * @cost: (nullable): what it costs, where it is possible
 *
 * What a step found at one of its targets.
 */
typedef struct
{
  const RegEnrollment *enrollment;
  const RegCourse *course;
  gboolean is_waiting;
  RegReason reason;
  const char *sentence;
  const RegCost *cost;
} RegSight;

typedef void (*RegStepVisitor) (gsize target, const RegSight *sight, gpointer data);

/**
 * RegStep:
 * @title: one line for Pending Changes, in the person's language
 * @note: (nullable): the person's reason
 * @run: (nullable): the import this comes from; its row, with its rejects, is written in the same
 *   transaction and its id and batch_id are set. Where it corrects an import, what the
 *   LMS refused of the lines of the targets goes, and of the @n_left_out lines @left_out, which are
 *   not imported after all. What was refused of the @n_unticked targets @unticked, of which only
 *   user, course and line count, stays though others of their lines are tried again
 * @reassign_license: what the site says of it
 * @visit: (nullable): told of every target, in their order
 * @dry_run: check and count only, write nothing
 *
 * One action of the person on any number of targets: one transaction, one undo step.
 */
typedef struct
{
  const RegOperation *operation;
  const RegParams *params;
  const RegStepTarget *targets;
  gsize n_targets;
  const char *title;
  const char *note;
  RegImportRun *run;
  GPtrArray *run_rejects;
  const gint64 *left_out;
  gsize n_left_out;
  const RegStepTarget *unticked;
  gsize n_unticked;
  gint64 actor_id;
  RegRole actor_role;
  gint64 now;
  RegReassignLicense reassign_license;
  RegStepVisitor visit;
  gpointer visit_data;
  gboolean dry_run;
} RegStep;

/* A target the operation is not possible for. */
typedef struct
{
  gsize target; /* index into RegStep.targets */
  RegReason reason;
  char *sentence;
} RegRefusal;

/**
 * RegStepResult:
 * @batch_id: 0 where nothing was staged
 * @n_noticed: of how many of those the operation has something to say beforehand; see
 *   reg_operation_dup_notice ()
 * @user_id: for an operation that makes users, the one it made last; else 0
 * @refusals: (element-type RegRefusal): in the order of the targets
 * @ledger: licenses and e-mails of those that are possible
 */
typedef struct
{
  gint64 batch_id;
  gint64 n_staged;
  gint64 n_noticed;
  gint64 user_id;
  GArray *refusals;
  RegLedger ledger;
} RegStepResult;

void reg_step_result_clear (RegStepResult *self);

gboolean reg_store_stage (RegStore *self,
                          const RegStep *step,
                          RegStepResult *result,
                          RegStoreProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error);

/* Undo. Waiting changes leave the queue and nothing is sent; for changes already done the
 * counter-change is queued as a new batch where the operation has one (its id in *counter_batch_id,
 * else 0). */
gboolean reg_store_undo_batch (RegStore *self,
                               gint64 batch_id,
                               gint64 *counter_batch_id,
                               gint64 *n_undone,
                               RegStoreProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);
gboolean reg_store_undo_changes (RegStore *self,
                                 const gint64 *change_ids,
                                 gsize n,
                                 gint64 *n_undone,
                                 GError **error);
gint64 reg_store_count_dependants (RegStore *self,
                                   gint64 batch_id,
                                   const gint64 *change_ids,
                                   gsize n,
                                   GError **error);
/* How many changes of the same targets were made later than what was undone of a step, or than
 * these changes, and still wait; -1 on error. */
gint64 reg_store_count_later (RegStore *self,
                              gint64 batch_id,
                              const gint64 *change_ids,
                              gsize n,
                              GError **error);
/* The newest batch that still has something to undo, or 0. */
gint64 reg_store_get_undoable_batch (RegStore *self, GError **error);

/* Looking. Newest first; all arrays own their records. */
GPtrArray *reg_store_list_batches (RegStore *self, gboolean waiting_only, GError **error);
RegBatch *reg_store_get_batch (RegStore *self, gint64 batch_id, GError **error);

/**
 * RegChangeRow:
 *
 * A change with what a person needs to recognize its target.
 */
typedef struct
{
  RegChange *change;
  char *user_name;
  char *user_email;
  char *course_title;
  char *course_code;
  /* Of rows that were asked for by id, (nullable): what the ids among the values stand for, by key
   */
  RegParams *names;
  RegParams *server_names; /* the same of the LMS's values, in a conflict */
} RegChangeRow;

void reg_change_row_free (RegChangeRow *self);

/* batch_id 0: any; states: bits 1u << RegChangeState, 0: any; limit 0: all */
GPtrArray *reg_store_list_changes (RegStore *self,
                                   gint64 batch_id,
                                   guint states,
                                   gint64 offset,
                                   gint64 limit,
                                   GError **error);
/* The same as ids and, one row per id, as rows: for lists of any length. */
RegIdList *reg_store_query_changes (RegStore *self, gint64 batch_id, guint states, GError **error);
GPtrArray *reg_store_get_change_rows (RegStore *self, const gint64 *ids, gsize n, GError **error);
gboolean
reg_store_count_changes (RegStore *self, gint64 counts[REG_N_CHANGE_STATES], GError **error);

/* How many people the changes of a batch in these states concern; -1 on error. */
gint64 reg_store_count_batch_users (RegStore *self, gint64 batch_id, guint states, GError **error);

/* What waits for a person. */
gboolean reg_store_retry_changes (RegStore *self, const gint64 *ids, gsize n, GError **error);
gboolean reg_store_discard_changes (RegStore *self, const gint64 *ids, gsize n, GError **error);
gboolean reg_store_resolve_changes (RegStore *self,
                                    const gint64 *ids,
                                    gsize n,
                                    gboolean use_mine,
                                    GError **error);

/* Sends changes of a session that were not accepted once more, with another session (K-10): those
 * of ids for which that is possible. Of none: REG_STORE_ERROR_NOT_POSSIBLE, which says why. */
gboolean reg_store_choose_session (RegStore *self,
                                   const gint64 *ids,
                                   gsize n,
                                   gint64 session_id,
                                   gint64 actor_id,
                                   RegRole actor_role,
                                   gint64 now,
                                   gint64 *n_done,
                                   GError **error);
/* Whether a change is one of a session that was not accepted. */
gboolean reg_change_awaits_session (const RegChange *change);

/* Sending. */
gboolean reg_store_drop_cancelled_out (RegStore *self, gint64 *n_dropped, GError **error);
GPtrArray *reg_store_take_changes (RegStore *self, gsize limit, gint64 now, GError **error);
GPtrArray *reg_store_list_unknown (RegStore *self, gsize limit, GError **error);
gboolean reg_store_mark_interrupted (RegStore *self, GError **error);
gboolean reg_store_get_next_attempt (RegStore *self, gint64 now, gint64 *when, GError **error);

/**
 * RegOutcome:
 * @change_id: local id, as handed out by reg_store_take_changes ()
 * @rows: (nullable): the target's rows as the LMS now has them
 * @server: (nullable): for a conflict, the LMS's values of the fields
 *
 * The LMS's answer to one change.
 */
typedef struct
{
  gint64 change_id;
  RegOutcomeKind kind;
  char *code;
  char *sentence;
  RegParams *server;
  RegUser *user;
  RegEnrollment *enrollment;
  RegCourse *course;
} RegOutcome;

RegOutcome *reg_outcome_new (gint64 change_id, RegOutcomeKind kind);
void reg_outcome_free (RegOutcome *self);

/* One transaction: states, server truth of the rows, rebase of what still waits. */
gboolean reg_store_put_outcomes (RegStore *self, GPtrArray *outcomes, GError **error);
/* No answer that says anything: back to pending, with not_before; or to unknown. */
gboolean reg_store_put_postponed (RegStore *self,
                                  const gint64 *change_ids,
                                  gsize n,
                                  gboolean unknown,
                                  gint64 not_before,
                                  GError **error);

/* Import runs. */
GPtrArray *reg_store_list_runs (RegStore *self, GError **error);
RegImportRun *reg_store_get_run (RegStore *self, gint64 run_id, GError **error);
/* Lines left out at the start and not put right since, and those the LMS rejected. limit 0: all. */
GPtrArray *reg_store_list_rejects (RegStore *self, gint64 run_id, gint64 limit, GError **error);
gint64 reg_store_count_rejects (RegStore *self, gint64 run_id, GError **error);
gint64 reg_store_count_settled_lines (RegStore *self, gint64 run_id, GError **error);
/* What this import and others of the same file do, but what was taken back or refused: targets
 * (RegStepTarget) of which only user, course and line are set. */
GPtrArray *reg_store_list_import_targets (RegStore *self, gint64 run_id, GError **error);
/* Of the file of an import: whom the LMS refused to change or to add. */
RegIdList *reg_store_list_refused_users (RegStore *self, gint64 run_id, GError **error);
/* To whom an import, or one of the same file before it, does the operation. */
RegIdList *
reg_store_list_run_users (RegStore *self, gint64 run_id, const char *operation, GError **error);
/* What waits of a batch is not sent while it is paused, whatever happens to the program. */
gboolean
reg_store_set_batch_paused (RegStore *self, gint64 batch_id, gboolean paused, GError **error);
gboolean
reg_store_is_batch_paused (RegStore *self, gint64 batch_id, gboolean *paused, GError **error);
/* What was not sent yet is dropped; what was sent stays as it is. */
gboolean reg_store_cancel_batch (RegStore *self, gint64 batch_id, gint64 *n, GError **error);

/**
 * RegBatchRevert:
 * @n_waiting: changes that are dropped before they are sent
 * @n_countered: changes the LMS made, and for which the counter-change is queued
 * @n_kept: changes the LMS made that cannot be taken back
 * @n_nothing: the LMS had it so before; there is nothing to take back
 *
 * What undoing a batch would do.
 */
typedef struct
{
  gint64 n_waiting;
  gint64 n_countered;
  gint64 n_kept;
  gint64 n_nothing;
} RegBatchRevert;

gboolean
reg_store_preview_revert (RegStore *self, gint64 batch_id, RegBatchRevert *revert, GError **error);
/* People whose changes of the batch are in these states. */
RegIdList *
reg_store_list_batch_users (RegStore *self, gint64 batch_id, guint states, GError **error);
RegIdList *reg_store_list_kept_users (RegStore *self, gint64 batch_id, GError **error);

/**
 * RegAuditEntry:
 *
 * One line of the local audit log: what was done, when, and what the LMS said.
 */
typedef struct
{
  gint64 id;
  gint64 at;
  char *event; /* "staged", "undone", "applied", "skipped", "rejected", "conflict", "resolved",
                  "discarded", "retried" */
  char *operation;
  gint64 batch_id;
  char *title;
  char *user_email;
  char *course_code;
  char *detail;
} RegAuditEntry;

void reg_audit_entry_free (RegAuditEntry *self);
GPtrArray *reg_store_list_audit (RegStore *self, gint64 since, gint64 limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegChangeRow, reg_change_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegOutcome, reg_outcome_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegAuditEntry, reg_audit_entry_free)

G_END_DECLS
