/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The LMS's rows, page by page; each page is one transaction with its cursor, so that a pull that
 * was cut goes on where it stood.
 *
 * A cursor the LMS no longer knows makes everything be pulled anew. Removals from before are not
 * told then, so what did not come is what the LMS no longer shows. That needs all pages in one run:
 * until it has succeeded a setting makes each run begin at the beginning. */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-engine-private.h"

#include "store/reg-store-pull.h"
#include "store/reg-store-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ANEW_SETTING "pull-anew"

typedef enum
{
  KIND_USER,
  KIND_COURSE,
  KIND_LABEL,
  KIND_SESSION,
  KIND_POOL,
  KIND_ENROLLMENT,
} Kind;
#define N_KINDS 6

static const char *const kind_names[N_KINDS] = { "user",    "course", "label",
                                                 "session", "pool",   "enrollment" };

/* The ids that came, by kind. */
typedef struct
{
  GArray *ids[N_KINDS];
} Seen;

static Seen *
seen_new (void)
{
  Seen *self = g_new0 (Seen, 1);

  for (guint i = 0; i < N_KINDS; i++)
    self->ids[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

static void
seen_free (Seen *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    g_array_unref (self->ids[i]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Seen, seen_free)

static void
seen_add_page (Seen *self, const RegPage *page)
{
#define ADD(kind, array, Type, id)                                                                 \
  for (guint i = 0; i < (array)->len; i++)                                                         \
    {                                                                                              \
      const Type *row = &g_array_index (array, Type, i);                                           \
      gint64 value = id;                                                                           \
                                                                                                   \
      g_array_append_val (self->ids[kind], value);                                                 \
    }
  ADD (KIND_USER, page->users, RegUser, row->id)
  ADD (KIND_COURSE, page->courses, RegCourse, row->id)
  ADD (KIND_LABEL, page->labels, RegLabel, row->id)
  ADD (KIND_SESSION, page->sessions, RegSession, row->id)
  ADD (KIND_POOL, page->pools, RegLicensePool, row->id)
  ADD (KIND_ENROLLMENT, page->enrollments, RegEnrollment,
       reg_enrollment_id (row->user_id, row->course_id))
#undef ADD
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return x < y ? -1 : x > y;
}

static void
seen_sort (Seen *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    g_array_sort (self->ids[i], compare_ids);
}

/* What is here and did not come, as a page of removals. */
typedef struct
{
  Seen *seen;
  RegPage *page;
} Leftovers;

static void
check (Leftovers *self, Kind kind, gint64 id)
{
  RegTombstone tombstone = { .kind = kind_names[kind], .id = id };

  if (id <= 0 || g_array_binary_search (self->seen->ids[kind], &id, compare_ids, NULL))
    return;
  if (kind == KIND_ENROLLMENT)
    {
      tombstone.id = 0;
      tombstone.user_id = reg_enrollment_id_get_user (id);
      tombstone.course_id = reg_enrollment_id_get_course (id);
    }
  g_array_append_val (self->page->tombstones, tombstone);
}

/* Revision 0: made here, the LMS has not seen it yet. */
static void
check_enrollment (const RegEnrollment *enrollment, gpointer data)
{
  if (enrollment->revision != 0)
    check (data, KIND_ENROLLMENT, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
}

static gboolean
check_users (Leftovers *self, RegEngineRun *run, GError **error)
{
  RegUserQuery everybody = { 0 };
  g_autoptr (RegIdList) users =
      reg_store_query_users (run->engine->store, &everybody, run->cancellable, error);

  if (users == NULL)
    return FALSE;
  for (gsize i = 0; i < users->n; i++)
    check (self, KIND_USER, users->ids[i]);
  return TRUE;
}

static gboolean
check_course (Leftovers *self, RegStore *store, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) sessions = reg_store_list_sessions (store, id, error);

  if (sessions == NULL)
    return FALSE;
  for (guint i = 0; i < sessions->len; i++)
    check (self, KIND_SESSION, ((RegSession *)g_ptr_array_index (sessions, i))->id);
  check (self, KIND_COURSE, id);
  return reg_store_visit_enrollments (store, id, check_enrollment, self, error);
}

static gboolean
check_courses (Leftovers *self, RegStore *store, GError **error)
{
  g_autoptr (GPtrArray) courses = reg_store_list_course_rows (store, NULL, "1970-01-01", error);
  g_autoptr (GPtrArray) labels = courses != NULL ? reg_store_list_labels (store, error) : NULL;
  g_autoptr (GPtrArray) pools = labels != NULL ? reg_store_list_pools (store, error) : NULL;

  if (pools == NULL)
    return FALSE;
  for (guint i = 0; i < courses->len; i++)
    if (!check_course (self, store, ((RegCourseRow *)g_ptr_array_index (courses, i))->course->id,
                       error))
      return FALSE;
  for (guint i = 0; i < labels->len; i++)
    check (self, KIND_LABEL, ((RegLabel *)g_ptr_array_index (labels, i))->id);
  for (guint i = 0; i < pools->len; i++)
    check (self, KIND_POOL, ((RegLicensePool *)g_ptr_array_index (pools, i))->id);
  return TRUE;
}

static gboolean
remove_leftovers (RegEngineRun *run, Seen *seen, GError **error)
{
  RegStore *store = run->engine->store;
  g_autoptr (RegPage) page = reg_page_new ();
  Leftovers leftovers = { seen, page };
  RegPullStats stats;

  seen_sort (seen);
  if (!check_users (&leftovers, run, error) || !check_courses (&leftovers, store, error)
      || !reg_store_apply_page (store, page, &stats, error))
    return FALSE;
  run->report->n_pulled += stats.n_changed;
  return reg_store_set_setting (store, ANEW_SETTING, "", error);
}

/* One page from *cursor, which moves on. */
static gboolean
take_page (RegEngineRun *run, char **cursor, Seen *seen, gboolean *more, GError **error)
{
  RegEngine *self = run->engine;
  g_autoptr (RegPage) page =
      reg_lms_pull (self->lms, *cursor, run->page_size, run->cancellable, error);
  RegPullStats stats;

  if (page == NULL)
    return FALSE;
  if (page->more && g_strcmp0 (page->cursor, *cursor) == 0)
    {
      g_set_error_literal (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED,
                           _ ("The LMS sends the same page again and again."));
      return FALSE;
    }
  if (!reg_store_apply_page (self->store, page, &stats, error))
    return FALSE;
  if (seen != NULL)
    seen_add_page (seen, page);
  run->report->n_pulled += stats.n_changed;
  *more = page->more;
  g_free (*cursor);
  *cursor = g_strdup (page->cursor);
  return TRUE;
}

static gboolean
take_pages (RegEngineRun *run, char **cursor, Seen *seen, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      reg_engine_run_tell (run, REG_SYNC_PHASE_PULLING, run->report->n_pulled, 0);
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error)
          || !take_page (run, cursor, seen, &more, error))
        return FALSE;
    }
  reg_engine_run_tell (run, REG_SYNC_PHASE_PULLING, run->report->n_pulled, 0);
  return TRUE;
}

static gboolean
pull_anew (RegEngineRun *run, GError **error)
{
  g_autoptr (Seen) seen = seen_new ();
  g_autofree char *cursor = g_strdup ("");

  return reg_store_set_setting (run->engine->store, ANEW_SETTING, "1", error)
         && take_pages (run, &cursor, seen, error) && remove_leftovers (run, seen, error);
}

gboolean
reg_engine_run_pull (RegEngineRun *run, GError **error)
{
  RegStore *store = run->engine->store;
  g_autoptr (GError) cause = NULL;
  g_autofree char *anew = reg_store_dup_setting (store, ANEW_SETTING, &cause);
  g_autofree char *cursor = cause == NULL ? reg_store_dup_cursor (store, &cause) : NULL;

  if (cause == NULL && anew != NULL && *anew != '\0')
    return pull_anew (run, error);
  if (cause == NULL && take_pages (run, &cursor, NULL, &cause))
    return TRUE;
  if (cursor != NULL && *cursor != '\0'
      && g_error_matches (cause, REG_LMS_ERROR, REG_LMS_ERROR_REFUSED))
    {
      g_info ("Cursor refused, pulling everything: %s", cause->message);
      return pull_anew (run, error);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
