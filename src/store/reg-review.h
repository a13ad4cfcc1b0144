/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a step would do to each of its targets, to be looked at before it is confirmed: a dry run
 * with one row a target, to be sorted, narrowed down and carried out. */
#pragma once

#include "store/reg-id-list.h"
#include "store/reg-store-outbox.h"

G_BEGIN_DECLS

#define REG_TYPE_REVIEW (reg_review_get_type ())

/* What will become of a row. */
typedef enum
{
  REG_REVIEW_WILL,
  REG_REVIEW_SKIP,   /* left as it is, and that is right: the person has the course already */
  REG_REVIEW_CANNOT, /* somebody has to do something first */
} RegReviewVerdict;
#define REG_N_REVIEW_VERDICTS 3

/* How the person stands in the course now. */
typedef enum
{
  REG_STANDING_NONE,
  REG_STANDING_ENROLLED,
  REG_STANDING_COMPLETED,
  REG_STANDING_UNENROLLED,
} RegStanding;
#define REG_N_STANDINGS 4

/**
 * RegReviewRow:
 * @is_waiting: whether changes of it wait to be sent
 * @progress: of the latest attempt
 * @sentence: (nullable): why it is skipped or not possible
 */
typedef struct
{
  gint64 user_id;
  gint64 course_id;
  const char *sentence;
  RegCost cost;
  guint8 verdict;
  guint8 standing;
  guint8 progress;
  guint8 reason;
  guint8 is_waiting;
} RegReviewRow;

/* One course of a step, with what is particular to it. params: (nullable): overrides the step's */
typedef struct
{
  gint64 course_id;
  RegParams *params;
} RegReviewItem;

/**
 * RegReview:
 * @params: (nullable): of the whole step
 * @items: (element-type RegReviewItem): the courses, where the targets are people in courses
 * @rows: (array length=n_rows): a row a target
 * @counts: rows by verdict
 * @n_completed: people who will be concerned although they have completed the course
 * @n_enrolled: rows skipped because the person has the course
 * @ledger: of all rows that are possible
 *
 * Immutable once made; reference-counted, any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  const RegOperation *operation;
  RegParams *params;
  GPtrArray *items;
  RegReviewRow *rows;
  gsize n_rows;
  gint64 counts[REG_N_REVIEW_VERDICTS];
  gint64 n_completed;
  gint64 n_enrolled;
  gint64 n_noticed;
  RegLedger ledger;
  GStringChunk *sentences;
} RegReview;

typedef enum
{
  REG_REVIEW_SORT_NAME,
  REG_REVIEW_SORT_COURSE,
  REG_REVIEW_SORT_STANDING,
  REG_REVIEW_SORT_VERDICT,
} RegReviewSort;

RegReviewItem *reg_review_item_new (gint64 course_id, const RegParams *params);
void reg_review_item_free (RegReviewItem *self);

/* The products of a preset (element-type RegReviewItem), due so many days after today; message:
 * (nullable) */
GPtrArray *
reg_review_items_new_from_preset (const RegPreset *preset, const char *today, const char *message);

GType reg_review_get_type (void);
RegReview *reg_review_ref (RegReview *self);
void reg_review_unref (RegReview *self);

/**
 * RegReviewRequest:
 * @items: (nullable) (element-type RegReviewItem): each goes with each of @user_ids
 * @enrollment_ids: (nullable): or the targets one by one
 * @last: (nullable): rows, by their place, that are looked at after all others, so that the others
 *   come first where licenses are short; (array length=number of rows), not 0 for such a row
 */
typedef struct
{
  const RegOperation *operation;
  const RegParams *params;
  GPtrArray *items;
  const gint64 *user_ids;
  gsize n_users;
  const gint64 *enrollment_ids;
  gsize n_enrollments;
  const guint8 *last;
  gint64 actor_id;
  RegRole actor_role;
  RegReassignLicense reassign_license;
  gint64 now;
} RegReviewRequest;

RegReview *reg_store_review (RegStore *self,
                             const RegReviewRequest *request,
                             RegStoreProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error);

/* Rows from 1 on, in that order; verdicts: bits, 0: any. */
RegIdList *reg_store_sort_review (RegStore *self,
                                  const RegReview *review,
                                  guint verdicts,
                                  RegReviewSort sort,
                                  gboolean descending,
                                  GError **error);

/* Carries out those of these rows (from 1 on) that are possible. */
gboolean reg_store_stage_review (RegStore *self,
                                 const RegReview *review,
                                 const gint64 *rows,
                                 gsize n_rows,
                                 const RegStep *step,
                                 RegStepResult *result,
                                 RegStoreProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GError **error);

const char *reg_review_verdict_to_nick (RegReviewVerdict verdict);
const char *reg_standing_to_nick (RegStanding standing);
char *reg_review_row_dup_standing (const RegReviewRow *row);
char *reg_review_row_dup_verdict (const RegReviewRow *row, const RegOperation *operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegReview, reg_review_unref)

G_END_DECLS
