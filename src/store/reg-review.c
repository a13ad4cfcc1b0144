/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-review.h"

#include "store/reg-store-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (RegReview, reg_review, reg_review_ref, reg_review_unref)

/**
 * reg_review_item_new:
 * @course_id: a course
 * @params: (nullable): what is particular to it; copied
 *
 * Returns: (transfer full): an item
 */
RegReviewItem *
reg_review_item_new (gint64 course_id, const RegParams *params)
{
  RegReviewItem *self = g_new0 (RegReviewItem, 1);

  self->course_id = course_id;
  self->params = params != NULL ? reg_params_copy (params) : NULL;
  return self;
}

void
reg_review_item_free (RegReviewItem *self)
{
  g_clear_pointer (&self->params, reg_params_free);
  g_free (self);
}

static char *
dup_due_date (const char *today, int days)
{
  g_autofree char *text = g_strdup_printf ("%sT00:00:00Z", today);
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (text, NULL);
  g_autoptr (GDateTime) due = start != NULL ? g_date_time_add_days (start, days) : NULL;

  return due != NULL ? g_date_time_format (due, "%Y-%m-%d") : NULL;
}

static void
set_param (RegParams *params, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    reg_params_set (params, key, value);
}

GPtrArray *
reg_review_items_new_from_preset (const RegPreset *preset, const char *today, const char *message)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  g_autoptr (GPtrArray) products = reg_preset_parse_items (preset->items);

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const RegPresetItem *product = g_ptr_array_index (products, i);
      g_autoptr (RegParams) params = reg_params_new ();
      g_autofree char *due = product->due_days > 0 ? dup_due_date (today, product->due_days) : NULL;

      reg_params_set (params, "requirement", reg_requirement_to_nick (product->requirement));
      set_param (params, "due_date", due);
      set_param (params, "edition", product->edition);
      set_param (params, "mode", product->mode);
      set_param (params, "units", product->units);
      set_param (params, "message", message);
      g_ptr_array_add (items, reg_review_item_new (product->course_id, params));
    }
  return items;
}

RegReview *
reg_review_ref (RegReview *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
reg_review_unref (RegReview *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->params, reg_params_free);
  g_ptr_array_unref (self->items);
  g_free (self->rows);
  reg_ledger_clear (&self->ledger);
  g_string_chunk_free (self->sentences);
  g_free (self);
}

static RegReviewVerdict
get_verdict (RegReason reason)
{
  if (reason == REG_REASON_NONE)
    return REG_REVIEW_WILL;
  if (reason == REG_REASON_ALREADY_ASSIGNED || reason == REG_REASON_COMPLETED_SKIPPED
      || reason == REG_REASON_NOTHING_TO_DO)
    return REG_REVIEW_SKIP;
  return REG_REVIEW_CANNOT;
}

static RegStanding
get_standing (const RegEnrollment *enrollment)
{
  if (enrollment == NULL || !enrollment->present)
    return REG_STANDING_NONE;
  if (enrollment->access == REG_ACCESS_REVOKED)
    return REG_STANDING_UNENROLLED;
  return enrollment->completed_at != 0 ? REG_STANDING_COMPLETED : REG_STANDING_ENROLLED;
}

static gsize
count_rows (const RegReviewRequest *request)
{
  if (request->enrollment_ids != NULL)
    return request->n_enrollments;
  return request->n_users * (request->items != NULL ? request->items->len : 1);
}

/* Course by course, as the enrollments lie in the table. */
static RegStepTarget
get_target (const RegReview *review, const RegReviewRequest *request, gsize row)
{
  const RegReviewItem *item;

  if (request->enrollment_ids != NULL)
    return (RegStepTarget){ .user_id = reg_enrollment_id_get_user (request->enrollment_ids[row]),
                            .course_id =
                                reg_enrollment_id_get_course (request->enrollment_ids[row]) };
  if (request->items == NULL)
    return (RegStepTarget){ .user_id = request->user_ids[row] };
  item = g_ptr_array_index (review->items, row / request->n_users);
  return (RegStepTarget){ .user_id = request->user_ids[row % request->n_users],
                          .course_id = item->course_id,
                          .params = item->params };
}

/* order: the row of each target */
typedef struct
{
  RegReview *review;
  gsize *order;
} Look;

static void
look (gsize target, const RegSight *sight, gpointer data)
{
  Look *self = data;
  RegReview *review = self->review;
  RegReviewRow *row = &review->rows[self->order[target]];

  row->reason = (guint8)sight->reason;
  row->verdict = (guint8)get_verdict (sight->reason);
  row->standing = (guint8)get_standing (sight->enrollment);
  row->progress = sight->enrollment != NULL ? (guint8)sight->enrollment->progress : 0;
  row->is_waiting = sight->is_waiting;
  if (sight->sentence != NULL)
    row->sentence = g_string_chunk_insert_const (review->sentences, sight->sentence);
  else if (sight->reason != REG_REASON_NONE)
    {
      g_autofree char *sentence = reg_reason_dup_sentence (sight->reason, NULL, NULL);

      row->sentence = g_string_chunk_insert_const (review->sentences, sentence);
    }
  if (sight->cost != NULL)
    row->cost = *sight->cost;
  review->counts[row->verdict]++;
  review->n_completed += row->verdict == REG_REVIEW_WILL && row->standing == REG_STANDING_COMPLETED;
  review->n_enrolled += sight->reason == REG_REASON_ALREADY_ASSIGNED;
}

static RegReview *
review_new (const RegReviewRequest *request)
{
  RegReview *self = g_new0 (RegReview, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->operation = request->operation;
  self->params = request->params != NULL ? reg_params_copy (request->params) : NULL;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_review_item_free);
  for (guint i = 0; request->items != NULL && i < request->items->len; i++)
    {
      const RegReviewItem *item = g_ptr_array_index (request->items, i);

      g_ptr_array_add (self->items, reg_review_item_new (item->course_id, item->params));
    }
  self->n_rows = count_rows (request);
  self->rows = g_new0 (RegReviewRow, MAX (self->n_rows, 1));
  self->sentences = g_string_chunk_new (1024);
  reg_ledger_init (&self->ledger);
  return self;
}

/* The rows in the order they are looked at. */
static gsize *
make_order (const RegReview *review, const guint8 *last)
{
  gsize *order = g_new (gsize, MAX (review->n_rows, 1));
  gsize n = 0;

  for (int pass = 0; pass < 2; pass++)
    for (gsize row = 0; row < review->n_rows; row++)
      if ((last != NULL && last[row] != 0) == (pass == 1))
        order[n++] = row;
  return order;
}

/**
 * reg_store_review:
 * @self: a store
 * @request: what would be done
 * @progress: (nullable) (scope call): told now and then
 * @progress_data: for @progress
 * @cancellable: (nullable)
 * @error: return location
 *
 * Looks at every target as reg_store_stage () would, and changes nothing.
 *
 * Returns: (transfer full): what would become of each, or %NULL
 */
RegReview *
reg_store_review (RegStore *self,
                  const RegReviewRequest *request,
                  RegStoreProgress progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (RegReview) review = review_new (request);
  g_autofree RegStepTarget *targets = g_new (RegStepTarget, MAX (review->n_rows, 1));
  g_autofree gsize *order = make_order (review, request->last);
  Look looking = { review, order };
  RegStep step = { .operation = request->operation,
                   .params = review->params,
                   .targets = targets,
                   .n_targets = review->n_rows,
                   .actor_id = request->actor_id,
                   .actor_role = request->actor_role,
                   .now = request->now,
                   .reassign_license = request->reassign_license,
                   .visit = look,
                   .visit_data = &looking,
                   .dry_run = TRUE };
  RegStepResult result;
  gboolean done;

  for (gsize i = 0; i < review->n_rows; i++)
    {
      targets[i] = get_target (review, request, order[i]);
      review->rows[order[i]].user_id = targets[i].user_id;
      review->rows[order[i]].course_id = targets[i].course_id;
    }
  done = reg_store_stage (self, &step, &result, progress, progress_data, cancellable, error);
  if (done)
    {
      reg_ledger_clear (&review->ledger);
      reg_ledger_copy (&review->ledger, &result.ledger);
      review->n_noticed = result.n_noticed;
    }
  reg_step_result_clear (&result);
  return done ? g_steal_pointer (&review) : NULL;
}

static const RegParams *
find_params (const RegReview *review, gint64 course_id)
{
  for (guint i = 0; i < review->items->len; i++)
    {
      const RegReviewItem *item = g_ptr_array_index (review->items, i);

      if (item->course_id == course_id)
        return item->params;
    }
  return NULL;
}

/**
 * reg_store_stage_review:
 * @self: a store
 * @review: what was looked at
 * @rows: (array length=n_rows): numbers of rows, from 1 on
 * @n_rows: how many
 * @step: title, note, actor and time; its operation, parameters and targets are the review's
 * @result: (out caller-allocates): as of reg_store_stage ()
 * @progress: (nullable) (scope call): told now and then
 * @progress_data: for @progress
 * @cancellable: (nullable)
 * @error: return location
 *
 * Stages those of the rows that the review found possible, in one step.
 *
 * Returns: %FALSE where nothing was staged because of an error
 */
gboolean
reg_store_stage_review (RegStore *self,
                        const RegReview *review,
                        const gint64 *rows,
                        gsize n_rows,
                        const RegStep *step,
                        RegStepResult *result,
                        RegStoreProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autofree RegStepTarget *targets = g_new0 (RegStepTarget, MAX (n_rows, 1));
  RegStep own = *step;
  gint64 course_id = 0;
  const RegParams *params = NULL;

  own.operation = review->operation;
  own.params = review->params;
  own.targets = targets;
  own.n_targets = 0;
  for (gsize i = 0; i < n_rows; i++)
    {
      const RegReviewRow *row = &review->rows[rows[i] - 1];

      if (row->verdict != REG_REVIEW_WILL)
        continue;
      if (row->course_id != course_id)
        params = find_params (review, row->course_id);
      course_id = row->course_id;
      targets[own.n_targets++] = (RegStepTarget){ row->user_id, row->course_id, params, 0 };
    }
  return reg_store_stage (self, &own, result, progress, progress_data, cancellable, error);
}

/* ---- Sorting ---- */

typedef struct
{
  gint64 id;
  guint32 rank;
} Rank;

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const Rank *)a)->id, right = ((const Rank *)b)->id;

  return left < right ? -1 : left > right;
}

static const Rank *
find_rank (const GArray *ranks, gint64 id)
{
  guint low = 0, high = ranks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (ranks, Rank, middle).id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low < ranks->len && g_array_index (ranks, Rank, low).id == id
             ? &g_array_index (ranks, Rank, low)
             : NULL;
}

static void
add_unique (GArray *ranks, gint64 id)
{
  const Rank rank = { id, G_MAXUINT32 };

  g_array_append_val (ranks, rank);
}

static void
sort_unique (GArray *ranks)
{
  guint n = 0;

  g_array_sort (ranks, compare_ranks);
  for (guint i = 0; i < ranks->len; i++)
    if (n == 0 || g_array_index (ranks, Rank, i).id != g_array_index (ranks, Rank, n - 1).id)
      g_array_index (ranks, Rank, n++) = g_array_index (ranks, Rank, i);
  g_array_set_size (ranks, n);
}

/* Places of the people of the review in the order of names. */
static GArray *
rank_users (RegStore *self, const RegReview *review, GError **error)
{
  const RegUserQuery query = { .sort = REG_USER_SORT_NAME };
  g_autoptr (RegIdList) users = reg_store_query_users (self, &query, NULL, error);
  GArray *ranks;

  if (users == NULL)
    return NULL;
  ranks = g_array_new (FALSE, FALSE, sizeof (Rank));
  for (gsize i = 0; i < review->n_rows; i++)
    add_unique (ranks, review->rows[i].user_id);
  sort_unique (ranks);
  for (gsize i = 0; i < users->n; i++)
    {
      Rank *rank = (Rank *)find_rank (ranks, users->ids[i]);

      if (rank != NULL)
        rank->rank = (guint32)i;
    }
  return ranks;
}

static int
compare_courses (gconstpointer a, gconstpointer b)
{
  const RegCourse *left = *(const RegCourse *const *)a, *right = *(const RegCourse *const *)b;

  return g_utf8_collate (left->title, right->title);
}

/* Courses are few. */
static GArray *
rank_courses (RegStore *self, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_courses (self, error);
  GArray *ranks;

  if (courses == NULL)
    return NULL;
  g_ptr_array_sort (courses, compare_courses);
  ranks = g_array_new (FALSE, FALSE, sizeof (Rank));
  for (guint i = 0; i < courses->len; i++)
    {
      const Rank rank = { ((const RegCourse *)g_ptr_array_index (courses, i))->id, i };

      g_array_append_val (ranks, rank);
    }
  g_array_sort (ranks, compare_ranks);
  return ranks;
}

/* What a row is sorted by: the column, then the name, then the course. */
typedef struct
{
  guint64 first;
  guint64 second;
  gint64 row;
} Key;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Key *left = a, *right = b;

  if (left->first != right->first)
    return left->first < right->first ? -1 : 1;
  if (left->second != right->second)
    return left->second < right->second ? -1 : 1;
  return left->row < right->row ? -1 : 1;
}

static guint32
get_rank (const GArray *ranks, gint64 id)
{
  const Rank *rank = find_rank (ranks, id);

  return rank != NULL ? rank->rank : G_MAXUINT32;
}

static guint64
get_first (const RegReviewRow *row, RegReviewSort sort, guint32 course)
{
  switch (sort)
    {
    case REG_REVIEW_SORT_NAME:
      return 0;
    case REG_REVIEW_SORT_COURSE:
      return course;
    case REG_REVIEW_SORT_STANDING:
      return (guint64)row->standing << 16 | (guint64)row->is_waiting << 8 | row->progress;
    case REG_REVIEW_SORT_VERDICT:
      return (guint64)row->verdict << 8 | row->reason;
    }
  g_return_val_if_reached (0);
}

/**
 * reg_store_sort_review:
 * @self: a store
 * @review: what was looked at
 * @verdicts: bits 1u << RegReviewVerdict of the rows that are wanted; 0 for any
 * @sort: by what
 * @descending: the other way round
 * @error: return location
 *
 * Returns: (transfer full): numbers of rows, from 1 on, in that order
 */
RegIdList *
reg_store_sort_review (RegStore *self,
                       const RegReview *review,
                       guint verdicts,
                       RegReviewSort sort,
                       gboolean descending,
                       GError **error)
{
  g_autoptr (GArray) users = rank_users (self, review, error);
  g_autoptr (GArray) courses = users != NULL ? rank_courses (self, error) : NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));
  gint64 *ids;

  if (courses == NULL)
    return NULL;
  for (gsize i = 0; i < review->n_rows; i++)
    {
      const RegReviewRow *row = &review->rows[i];
      guint32 course = get_rank (courses, row->course_id);
      const Key key = { get_first (row, sort, course),
                        (guint64)get_rank (users, row->user_id) << 32 | course, (gint64)i + 1 };

      if (verdicts == 0 || (verdicts & 1u << row->verdict) != 0)
        g_array_append_val (keys, key);
    }
  g_array_sort (keys, compare_keys);
  ids = g_new (gint64, MAX (keys->len, 1));
  for (guint i = 0; i < keys->len; i++)
    ids[descending ? keys->len - 1 - i : i] = g_array_index (keys, Key, i).row;
  return reg_id_list_new_take (ids, keys->len);
}

/* ---- Words ---- */

const char *
reg_review_verdict_to_nick (RegReviewVerdict verdict)
{
  static const char *const nicks[] = { "will", "skip", "cannot" };

  G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == REG_N_REVIEW_VERDICTS);
  g_return_val_if_fail ((guint)verdict < G_N_ELEMENTS (nicks), "");
  return nicks[verdict];
}

const char *
reg_standing_to_nick (RegStanding standing)
{
  static const char *const nicks[] = { "not-enrolled", "enrolled", "completed", "unenrolled" };

  G_STATIC_ASSERT (G_N_ELEMENTS (nicks) == REG_N_STANDINGS);
  g_return_val_if_fail ((guint)standing < G_N_ELEMENTS (nicks), "");
  return nicks[standing];
}

/**
 * reg_review_row_dup_standing:
 * @row: a row
 *
 * Returns: (transfer full): how the person stands in the course, translated
 */
char *
reg_review_row_dup_standing (const RegReviewRow *row)
{
  const char *text = "";

  switch ((RegStanding)row->standing)
    {
    case REG_STANDING_NONE:
      text = _ ("Not enrolled");
      break;
    case REG_STANDING_ENROLLED:
      if (row->progress > 0)
        return g_strdup_printf (_ ("Already enrolled, %d%%"), row->progress);
      text = _ ("Already enrolled");
      break;
    case REG_STANDING_COMPLETED:
      text = _ ("Completed");
      break;
    case REG_STANDING_UNENROLLED:
      text = _ ("Unenrolled");
      break;
    }
  return g_strdup (text);
}

/**
 * reg_review_row_dup_verdict:
 * @row: a row
 * @operation: the operation of the review
 *
 * Returns: (transfer full): what will become of it, translated
 */
char *
reg_review_row_dup_verdict (const RegReviewRow *row, const RegOperation *operation)
{
  switch ((RegReviewVerdict)row->verdict)
    {
    case REG_REVIEW_WILL:
      if (strcmp (operation->name, "assign") == 0)
        return g_strdup (_ ("Will be assigned"));
      if (strcmp (operation->name, "reassign") == 0)
        return g_strdup (_ ("Will be reassigned"));
      return g_strdup (_ (operation->label));
    case REG_REVIEW_SKIP:
      return g_strdup (_ ("Skipped"));
    case REG_REVIEW_CANNOT:
      return g_strdup (_ ("Cannot be included"));
    }
  g_return_val_if_reached (NULL);
}
