/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix of a hundred thousand lines may carry millions of marks. They are judged course by
 * course, so that one course's enrollments are in memory at a time, and told line by line. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-plan.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-people.h"

#include "base/reg-block.h"
#include "rules/reg-operation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Working state of one plan. */
typedef struct
{
  RegImportLines *lines;
  RegImportPlan *plan;
  const RegOperation *operation;
  const RegImportInstead *instead; /* (nullable): what some marks become, if it was asked for */
  GHashTable *instead_of;          /* "detail text" → detail of what is done instead */
  guint32 *instead_at;             /* (nullable): by mark: its detail, 0 for its line's */
  GPtrArray *params;               /* RegParams by detail */
  guint8 *verdict;                 /* RegReason by mark */
  gsize n_judged;                  /* the others have none */
  gsize n_usual;                   /* told so far as the action says */
  guint16 *sentence;               /* by mark: index in @sentences */
  guint32 *before;                 /* by mark: index in the plan's befores */
  GHashTable *before_at;           /* RegImportBefore → index */
  GPtrArray *sentences;
  GHashTable *sentence_of; /* text → index */
  guint8 *cost;            /* RegImportCost by mark */
  GHashTable *pools;       /* gint64 → RegLicensePool, as it is while the plan goes on */
  guint8 *told;            /* by person of the directory */
} Planning;

static guint16
intern_sentence (Planning *planning, char *sentence)
{
  gpointer found;

  if (sentence == NULL)
    return 0;
  if (g_hash_table_lookup_extended (planning->sentence_of, sentence, NULL, &found))
    {
      g_free (sentence);
      return GPOINTER_TO_UINT (found);
    }
  /* More different sentences than that are told by their reason alone. */
  if (planning->sentences->len >= G_MAXUINT16)
    {
      g_free (sentence);
      return 0;
    }
  g_ptr_array_add (planning->sentences, g_string_chunk_insert (planning->plan->strings, sentence));
  g_hash_table_insert (planning->sentence_of, sentence,
                       GUINT_TO_POINTER (planning->sentences->len - 1));
  return planning->sentences->len - 1;
}

static RegLicensePool *
get_pool (Planning *planning, gint64 pool_id)
{
  RegLicensePool *copy = g_hash_table_lookup (planning->pools, &pool_id);
  const RegLicensePool *pool;

  if (copy != NULL || pool_id == 0)
    return copy;
  pool = reg_directory_get_pool (planning->lines->directory, pool_id);
  if (pool == NULL)
    return NULL;
  copy = reg_license_pool_copy (pool);
  reg_ledger_look (&planning->plan->ledger, pool);
  g_hash_table_insert (planning->pools, g_memdup2 (&pool_id, sizeof pool_id), copy);
  return copy;
}

static guint
before_hash (gconstpointer key)
{
  const guint8 *bytes = key;
  guint hash = 5381;

  for (gsize i = 0; i < sizeof (RegImportBefore); i++)
    hash = hash * 33 + bytes[i];
  return hash;
}

static gboolean
before_equal (gconstpointer one, gconstpointer other)
{
  return memcmp (one, other, sizeof (RegImportBefore)) == 0;
}

/* Few enrollments of a course differ in what is told of them. */
static guint32
keep_before (Planning *planning, const RegEnrollment *there)
{
  GArray *befores = planning->plan->befores;
  RegImportBefore before;
  gpointer found;

  if (there == NULL || !there->present)
    return 0;
  /* Compared byte by byte, so what lies between the fields is told too. */
  memset (&before, 0, sizeof before);
  before.is_present = TRUE;
  before.is_started = there->started_at != 0;
  before.is_completed = there->completed_at != 0;
  before.progress = (guint8)CLAMP (there->progress, 0, 100);
  before.access = (guint8)there->access;
  before.seat = (guint8)there->seat;
  before.requirement = (guint8)there->requirement;
  g_strlcpy (before.due_date, there->due_date, sizeof before.due_date);
  if (g_hash_table_lookup_extended (planning->before_at, &before, NULL, &found))
    return GPOINTER_TO_UINT (found);
  g_array_append_val (befores, before);
  g_hash_table_insert (planning->before_at, g_memdup2 (&before, sizeof before),
                       GUINT_TO_POINTER (befores->len - 1));
  return befores->len - 1;
}

/* The last answer about somebody who is not in the course. All that an operation is told about
 * such a person is the state and who the manager is, so the next one of whom both are the same and
 * who is to get the same gets the same answer. */
typedef struct
{
  gboolean is_known;
  RegUserState state;
  gint64 manager_id;
  guint32 detail;
  guint8 verdict;
  guint16 sentence;
} Alike;

/* Does what will happen, and notes what it does to the pool. E-mails are counted with the rows. */
static guint8
apply_counted (Planning *planning,
               RegSubject *subject,
               const RegOperation *operation,
               const RegParams *params)
{
  RegCost cost;

  reg_operation_apply_counted (operation, subject, params, REG_REASSIGN_LICENSE_UNKNOWN, &cost);
  cost.mails = 0;
  reg_ledger_add (&planning->plan->ledger, &cost);
  return (cost.needed > 0 ? REG_IMPORT_COST_NEEDED : 0)
         | (cost.returned > 0 ? REG_IMPORT_COST_RETURNED : 0)
         | (cost.used > 0 ? REG_IMPORT_COST_USED : 0)
         | (cost.undecided > 0 ? REG_IMPORT_COST_UNDECIDED : 0);
}

/* What the operation says to one mark; a mark that will happen takes its license. */
static RegReason
judge (Planning *planning,
       RegSubject *subject,
       const RegOperation *operation,
       guint32 mark,
       guint32 detail,
       const RegEnrollment *there,
       char **sentence)
{
  const RegParams *params = g_ptr_array_index (planning->params, detail);
  RegReason reason;

  if (there != NULL)
    *subject->enrollment = *there;
  else
    {
      memset (subject->enrollment, 0, sizeof *subject->enrollment);
      subject->enrollment->user_id = subject->user->id;
      subject->enrollment->course_id = subject->course->id;
    }
  reason = reg_operation_check (operation, subject, params, sentence);
  if (reason == REG_REASON_NONE && operation->fields != REG_FIELDS_NONE)
    {
      reason = reg_operation_compare_base (operation, subject, params, NULL, NULL);
      if (reason != REG_REASON_NONE)
        *sentence = reg_reason_dup_sentence (reason, NULL, NULL);
    }
  if (subject->pool == NULL)
    return reason;
  if (reason == REG_REASON_NONE)
    planning->cost[mark] = apply_counted (planning, subject, operation, params);
  else if (reason == REG_REASON_LICENCE_SHORT)
    reg_ledger_look (&planning->plan->ledger, subject->pool)->left_out++;
  return reason;
}

/* The details of the line, with what is done instead of what the action does by itself. */
static guint32
get_instead_detail (Planning *planning, guint32 detail, const char *text)
{
  RegImportPlan *plan = planning->plan;
  g_autofree char *key = g_strdup_printf ("%u %s", detail, text);
  guint32 found = GPOINTER_TO_UINT (g_hash_table_lookup (planning->instead_of, key));
  RegImportDetail own;

  if (found != 0)
    return found;
  own = g_array_index (plan->details, RegImportDetail, detail);
  own.instead = g_string_chunk_insert_const (plan->strings, text);
  g_array_append_val (plan->details, own);
  found = plan->details->len - 1;
  g_ptr_array_add (planning->params, reg_import_plan_dup_params (plan, found));
  g_hash_table_insert (planning->instead_of, g_steal_pointer (&key), GUINT_TO_POINTER (found));
  return found;
}

/* Whether the import that is put right has done that itself: it is no reason to do anything
 * instead. */
static gboolean
is_made (const Planning *planning, const RegImportLine *line, const RegSubject *subject)
{
  GHashTable *made = planning->lines->request->made;
  g_autofree char *key =
      made != NULL ? reg_import_dup_made_key (line->line, subject->user->id, subject->course->id)
                   : NULL;

  return made != NULL && g_hash_table_contains (made, key);
}

/* What the person wants instead takes the place of a verdict that it is about, be it possible or
 * not. sentence: (inout) */
static RegReason
judge_instead (Planning *planning,
               RegSubject *subject,
               const RegImportLine *line,
               guint32 mark,
               char **sentence)
{
  const RegImportInstead *instead = planning->instead;
  const RegEnrollment there = *subject->enrollment;
  const RegImportDetail *detail =
      &g_array_index (planning->plan->details, RegImportDetail, line->detail);
  gboolean is_of_all = FALSE;
  const char *text = reg_import_edits_find_instead (planning->lines->request->edits, line->line,
                                                    reg_import_instead_fits, instead, &is_of_all);

  if (text == NULL || is_made (planning, line, subject)
      || (is_of_all && instead->is_with_date && detail->due_date[0] == '\0'))
    return instead->reason;
  g_clear_pointer (sentence, g_free);
  planning->instead_at[mark] = get_instead_detail (planning, line->detail, text);
  return judge (planning, subject, reg_operation_find (instead->operation), mark,
                planning->instead_at[mark], &there, sentence);
}

/* The line's mark in that course. */
static guint32
find_mark (const RegImportLines *lines, const RegImportLine *line, guint place)
{
  const RegImportMark *marks = (const RegImportMark *)(void *)lines->marks->data;
  guint32 mark = line->first_mark;

  while (marks[mark] != place)
    mark++;
  return mark;
}

/* What an operation is told about a person. */
static void
take_person (const Planning *planning, const RegImportLine *line, RegUser *user)
{
  RegDirectory *directory = planning->lines->directory;

  user->id = reg_directory_get_user_id_at (directory, line->user);
  user->state = reg_directory_get_state_at (directory, line->user);
  user->manager_id =
      reg_directory_is_in_team (directory, user->id) ? planning->lines->request->actor_id : 0;
}

static gboolean
is_alike (const Alike *alike, const RegUser *user, guint32 detail)
{
  return alike->is_known && alike->detail == detail && alike->state == user->state
         && alike->manager_id == user->manager_id;
}

/* with_mark: (array length=n): the lines that have a mark in the course */
static gboolean
judge_course (Planning *planning, guint place, const guint32 *with_mark, gsize n, GError **error)
{
  RegImportLines *lines = planning->lines;
  guint32 index = g_array_index (lines->courses, guint32, place);
  const RegCourse *course = reg_directory_get_course_at (lines->directory, index);
  RegLicensePool *pool = get_pool (planning, course->pool_id);
  Alike alike = { FALSE };
  char none[] = "";
  RegUser user = {
    .email = none, .employee_id = none, .given_name = none, .family_name = none, .labels = none
  };
  RegEnrollment enrollment = { 0 };
  RegSubject subject = {
    .user = &user,
    .course = course,
    .enrollment = &enrollment,
    .pool = pool,
    .actor_id = lines->request->actor_id,
    .actor_role = lines->request->actor_role,
    .now = lines->request->now,
  };

  planning->n_judged += n;
  if (!reg_directory_load_course (lines->directory, index, error))
    return FALSE;
  planning->plan->n_enrolled += reg_directory_get_n_enrolled (lines->directory);
  for (gsize i = 0; i < n; i++)
    {
      const RegImportLine *line = &g_array_index (lines->lines, RegImportLine, with_mark[i]);
      guint32 mark = find_mark (lines, line, place);
      const RegEnrollment *there = reg_directory_get_enrollment_at (lines->directory, line->user);
      gboolean is_plain;
      char *sentence = NULL;

      planning->before[mark] = keep_before (planning, there);
      take_person (planning, line, &user);
      /* Licenses run out from one to the next, and of who imports it may be told otherwise. */
      is_plain = pool == NULL && there == NULL && user.id != lines->request->actor_id
                 && planning->instead == NULL;
      if (is_plain && is_alike (&alike, &user, line->detail))
        {
          planning->verdict[mark] = alike.verdict;
          planning->sentence[mark] = alike.sentence;
          continue;
        }
      planning->verdict[mark] =
          judge (planning, &subject, planning->operation, mark, line->detail, there, &sentence);
      if (planning->instead != NULL && planning->verdict[mark] == planning->instead->reason)
        planning->verdict[mark] = judge_instead (planning, &subject, line, mark, &sentence);
      if (sentence != NULL)
        planning->sentence[mark] = intern_sentence (planning, sentence);
      if (is_plain)
        alike = (Alike){ TRUE,
                         user.state,
                         user.manager_id,
                         line->detail,
                         planning->verdict[mark],
                         planning->sentence[mark] };
    }
  return TRUE;
}

/* Marks of accepted lines, sorted by course, line by line within one. */
static gboolean
judge_marks (Planning *planning, GCancellable *cancellable, GError **error)
{
  RegImportLines *lines = planning->lines;
  guint n_courses = lines->courses->len;
  g_autofree guint32 *sorted = g_new (guint32, MAX (lines->marks->len, 1));
  g_autofree gsize *start = g_new0 (gsize, n_courses + 2);
  const RegImportMark *marks = (const RegImportMark *)(void *)lines->marks->data;

  for (guint i = 0; i < lines->lines->len; i++)
    {
      const RegImportLine *line = &g_array_index (lines->lines, RegImportLine, i);

      for (guint32 m = 0; line->bad == 0 && m < line->n_marks; m++)
        start[marks[line->first_mark + m] + 2]++;
    }
  for (guint c = 2; c < n_courses + 2; c++)
    start[c] += start[c - 1];
  for (guint i = 0; i < lines->lines->len; i++)
    {
      const RegImportLine *line = &g_array_index (lines->lines, RegImportLine, i);

      for (guint32 m = 0; line->bad == 0 && m < line->n_marks; m++)
        sorted[start[marks[line->first_mark + m] + 1]++] = i;
    }

  for (guint c = 0; c < n_courses; c++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (start[c + 1] > start[c]
          && !judge_course (planning, c, sorted + start[c], start[c + 1] - start[c], error))
        return FALSE;
    }
  return TRUE;
}

static guint32
get_detail (const Planning *planning, const RegImportLine *line, guint32 mark)
{
  return planning->instead_at != NULL && planning->instead_at[mark] != 0
             ? planning->instead_at[mark]
             : line->detail;
}

/* There is room in the arrays, see reserve (). */
static void
tell_mark (Planning *planning, const RegImportLine *line, guint32 mark)
{
  RegImportLines *lines = planning->lines;
  guint32 detail = get_detail (planning, line, mark);
  RegImportPlan *plan = planning->plan;
  gint64 user = reg_directory_get_user_id_at (lines->directory, line->user);
  gint64 course =
      g_array_index (plan->courses, gint64, g_array_index (lines->marks, RegImportMark, mark));

  if (planning->verdict[mark] == REG_REASON_NONE)
    {
      guint n = plan->will->len++;

      plan->before_of->len++;
      g_array_index (plan->will, RegImportItem, n) =
          (RegImportItem){ user, course, line->line, detail };
      g_array_index (plan->before_of, guint32, n) = planning->before[mark];
      plan->costs->len++;
      g_array_index (plan->costs, guint8, n) = planning->cost[mark];
      if (g_array_index (plan->details, RegImportDetail, detail).message != NULL)
        plan->n_emails++;
      planning->n_usual += detail == line->detail;
    }
  else
    {
      RegImportCannot cannot = { user, course, line->line, planning->verdict[mark],
                                 g_ptr_array_index (planning->sentences,
                                                    planning->sentence[mark]) };

      g_array_append_val (plan->cannot, cannot);
    }
}

void
reg_import_plan_tell_bad (RegImportPlan *plan, RegImportLines *lines, const RegImportLine *line)
{
  const RegImportBad *bad = &g_array_index (lines->bad, RegImportBad, line->bad - 1);
  RegImportBadLine out = {
    .line = line->line,
    .other = bad->other,
    .identifier =
        g_string_chunk_insert (plan->strings, reg_import_lines_get_identifier (lines, line)),
    .reason = bad->reason,
    .sentence = g_string_chunk_insert_const (plan->strings, bad->sentence),
  };

  g_array_append_val (plan->bad_lines, out);
}

enum
{
  TOLD_WILL = 1,
  TOLD_CANNOT = 2,
  TOLD_USUAL = 4,
  TOLD_INSTEAD = 8,
  TOLD_CLEARED = 16,
};

/* Counts a person once, however many lines they stand in. */
static void
count_person (Planning *planning, const RegImportLine *line, guint told)
{
  guint8 *before = &planning->told[line->user];
  RegImportPlan *plan = planning->plan;
  guint fresh = told & ~*before;

  plan->n_accepted++;
  plan->n_will_lines += (told & TOLD_WILL) != 0;
  plan->n_users += (fresh & TOLD_WILL) != 0;
  plan->n_cannot_users += (fresh & TOLD_CANNOT) != 0;
  plan->n_usual_users += (fresh & TOLD_USUAL) != 0;
  plan->n_instead_users += (fresh & TOLD_INSTEAD) != 0;
  plan->n_cleared_users += (fresh & TOLD_CLEARED) != 0;
  *before |= told;
}

static void
tell_line (Planning *planning, const RegImportLine *line)
{
  RegImportLines *lines = planning->lines;
  RegImportPlan *plan = planning->plan;
  guint will = plan->will->len, cannot = plan->cannot->len;
  gsize usual = planning->n_usual;
  gboolean is_empty = lines->action->has_empty_rule && lines->has_due_dates;

  if (line->bad != 0)
    {
      reg_import_plan_tell_bad (plan, lines, line);
      return;
    }
  if (line->n_marks == 0)
    {
      gint64 number = line->line;

      g_array_append_val (plan->unmarked, number);
      plan->n_empty += is_empty;
      return;
    }
  for (guint32 m = line->first_mark; m < line->first_mark + line->n_marks; m++)
    tell_mark (planning, line, m);
  is_empty &= g_array_index (plan->details, RegImportDetail, line->detail).due_date[0] == '\0';
  plan->n_empty += is_empty;
  will = plan->will->len - will;
  usual = planning->n_usual - usual;
  count_person (planning, line,
                (will > 0 ? TOLD_WILL : 0)
                    | (usual == 0 ? 0
                       : is_empty ? TOLD_CLEARED
                                  : TOLD_USUAL)
                    | (will > usual ? TOLD_INSTEAD : 0)
                    | (plan->cannot->len > cannot ? TOLD_CANNOT : 0));
}

/* Only in the end is it known how many licenses are needed. */
static void
tell_licenses (Planning *planning)
{
  RegImportPlan *plan = planning->plan;

  for (guint i = 0; i < plan->cannot->len; i++)
    {
      RegImportCannot *cannot = &g_array_index (plan->cannot, RegImportCannot, i);
      const RegLedgerLine *pool;
      const RegCourse *course;
      g_autofree char *needed = NULL;
      g_autofree char *available = NULL;
      g_autofree char *sentence = NULL;

      if (cannot->reason != REG_REASON_LICENCE_SHORT)
        continue;
      course = reg_directory_get_course (planning->lines->directory, cannot->course_id);
      pool = reg_ledger_find (&plan->ledger, course->pool_id);
      needed = g_strdup_printf ("%" G_GINT64_FORMAT, pool->needed + pool->left_out);
      available = g_strdup_printf ("%" G_GINT64_FORMAT, pool->available);
      sentence = reg_reason_dup_sentence (REG_REASON_LICENCE_SHORT, needed, available);
      cannot->sentence = g_string_chunk_insert_const (plan->strings, sentence);
    }
}

/**
 * reg_import_plan_new:
 *
 * Returns: (transfer full): a plan of nothing
 */
RegImportPlan *
reg_import_plan_new (void)
{
  RegImportPlan *plan = g_new0 (RegImportPlan, 1);

  g_atomic_ref_count_init (&plan->refs);
  plan->strings = g_string_chunk_new (4096);
  plan->courses = g_array_new (FALSE, FALSE, sizeof (gint64));
  plan->will = g_array_new (FALSE, FALSE, sizeof (RegImportItem));
  plan->befores = g_array_new (FALSE, TRUE, sizeof (RegImportBefore));
  g_array_set_size (plan->befores, 1);
  plan->before_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  plan->costs = g_array_new (FALSE, FALSE, sizeof (guint8));
  reg_ledger_init (&plan->ledger);
  plan->cannot = g_array_new (FALSE, FALSE, sizeof (RegImportCannot));
  plan->bad_lines = g_array_new (FALSE, FALSE, sizeof (RegImportBadLine));
  plan->unmarked = g_array_new (FALSE, FALSE, sizeof (gint64));
  plan->left_out = g_array_new (FALSE, FALSE, sizeof (gint64));
  plan->headings = g_ptr_array_new_with_free_func (g_free);
  plan->hidden_columns = g_ptr_array_new_with_free_func (g_free);
  plan->columns = g_array_new (FALSE, FALSE, sizeof (RegColumnKind));
  plan->fields = g_array_new (FALSE, FALSE, sizeof (RegImportField));
  return plan;
}

static void
take_lines (RegImportPlan *plan, RegImportLines *lines)
{
  plan->action = g_strdup (lines->action->name);
  plan->people = reg_import_lines_get_people (lines);
  plan->empty = lines->action->has_empty_rule ? lines->request->empty : REG_EMPTY_LEAVE;
  plan->is_matrix = lines->columns.is_matrix;
  plan->lines_read = lines->lines_read;
  plan->n_blank = lines->n_blank;
  plan->heading_line = lines->heading_line;
  plan->n_above = lines->n_above;
  g_array_append_vals (plan->left_out, lines->left_out->data, lines->left_out->len);
  plan->directory = reg_directory_ref (lines->directory);
  for (guint i = 0; i < lines->courses->len; i++)
    {
      guint32 index = g_array_index (lines->courses, guint32, i);
      gint64 id = reg_directory_get_course_at (lines->directory, index)->id;

      g_array_append_val (plan->courses, id);
    }
  plan->details = reg_import_details_dup_array (lines->details, plan->strings);
}

/* SPEC M-07: held at run time, not only by tests. */
static gboolean
is_conserved (const RegImportPlan *plan, const RegImportLines *lines)
{
  gsize marks = lines->action->has_courses ? 0 : (gsize)plan->n_accepted;

  for (guint i = 0; lines->action->has_courses && i < lines->lines->len; i++)
    {
      const RegImportLine *line = &g_array_index (lines->lines, RegImportLine, i);

      marks += line->bad == 0 ? line->n_marks : 0;
    }
  return plan->lines_read
             == plan->n_accepted + plan->bad_lines->len + plan->unmarked->len + plan->left_out->len
                    + plan->n_blank
         && marks == (gsize)plan->will->len + plan->cannot->len;
}

/* Arrays of millions are made in their final size: growing them would hold them twice. */
static void
reserve (Planning *planning)
{
  RegImportPlan *plan = planning->plan;
  gsize n_cannot = 0;
  gsize n_will;

  for (guint i = 0; i < planning->lines->marks->len; i++)
    n_cannot += planning->verdict[i] != REG_REASON_NONE;
  n_will = planning->n_judged - n_cannot;
  g_array_unref (plan->will);
  g_array_unref (plan->cannot);
  plan->will = reg_block_new_array (sizeof (RegImportItem), n_will);
  plan->cannot = g_array_sized_new (FALSE, FALSE, sizeof (RegImportCannot), n_cannot);
  g_array_unref (plan->before_of);
  plan->before_of = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_will);
  g_array_unref (plan->costs);
  plan->costs = g_array_sized_new (FALSE, FALSE, sizeof (guint8), n_will);
}

static gboolean
fill_enrollments (RegImportPlan *plan,
                  RegImportLines *lines,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_params_free);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();
  g_autoptr (GHashTable) sentence_of =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) pools = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        (GDestroyNotify)reg_license_pool_free);
  g_autofree guint8 *verdict = g_new0 (guint8, MAX (lines->marks->len, 1));
  g_autofree guint16 *sentence = g_new0 (guint16, MAX (lines->marks->len, 1));
  g_autofree guint32 *before = g_new0 (guint32, MAX (lines->marks->len, 1));
  g_autofree guint8 *cost = g_new0 (guint8, MAX (lines->marks->len, 1));
  g_autoptr (GHashTable) before_at =
      g_hash_table_new_full (before_hash, before_equal, g_free, NULL);
  g_autofree guint8 *told = g_new0 (guint8, reg_directory_get_n_users (lines->directory) + 1);
  g_autofree guint32 *instead_at = NULL;
  g_autoptr (GHashTable) instead_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Planning planning = {
    .lines = lines,
    .plan = plan,
    .operation = reg_operation_find (lines->action->operation),
    .params = params,
    .verdict = verdict,
    .sentence = sentence,
    .before = before,
    .cost = cost,
    .before_at = before_at,
    .sentences = sentences,
    .sentence_of = sentence_of,
    .pools = pools,
    .told = told,
    .instead_of = instead_of,
  };

  if (reg_import_edits_has_instead (lines->request->edits))
    planning.instead = plan->instead = reg_import_instead_find_of (lines->action->name);
  if (planning.instead != NULL)
    planning.instead_at = instead_at = g_new0 (guint32, MAX (lines->marks->len, 1));
  reg_import_lines_settle (lines);
  take_lines (plan, lines);
  for (guint i = 0; i < plan->details->len; i++)
    g_ptr_array_add (params, reg_import_plan_dup_params (plan, i));
  g_ptr_array_add (sentences, g_string_chunk_insert (plan->strings, ""));
  if (!judge_marks (&planning, cancellable, error))
    return FALSE;
  reserve (&planning);
  for (guint i = 0; i < lines->lines->len; i++)
    tell_line (&planning, &g_array_index (lines->lines, RegImportLine, i));
  tell_licenses (&planning);
  return TRUE;
}

gboolean
reg_import_plan_fill (RegImportPlan *plan,
                      RegImportLines *lines,
                      GCancellable *cancellable,
                      GError **error)
{
  gboolean ok;

  g_return_val_if_fail (reg_operation_find (lines->action->operation) != NULL, FALSE);

  if (lines->action->has_courses)
    ok = fill_enrollments (plan, lines, cancellable, error);
  else
    {
      take_lines (plan, lines);
      ok = reg_import_people_fill (plan, lines, cancellable, error);
    }
  if (!ok)
    return FALSE;
  /* Makes the index of ids, so that asking the directory later only reads. */
  reg_directory_get_email (lines->directory, 0);
  if (is_conserved (plan, lines))
    return TRUE;
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_INTERNAL,
                       _ ("The check does not account for every line of the file, so nothing can "
                          "be started. Please report this with the file."));
  return FALSE;
}
