/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-test"

#include "reg-test-store.h"

#include <glib/gstdio.h>
#include <string.h>

#define ROWS_A_PAGE 1000

void
reg_test_folder_init (RegTestFolder *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("registrar-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "registrar.db", NULL);
}

void
reg_test_folder_clear (RegTestFolder *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

void
reg_test_limit_file_size (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size == RLIM_INFINITY ? limit.rlim_max : size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static char *
add_string (RegPage *page, const char *text)
{
  return g_string_chunk_insert (page->strings, text);
}

RegUser *
reg_test_page_add_named_user (RegPage *page,
                              gint64 id,
                              gint64 revision,
                              const char *given_name,
                              const char *family_name,
                              const char *email,
                              const char *employee_id)
{
  RegUser user = { 0 };

  user.id = id;
  user.revision = revision;
  user.given_name = add_string (page, given_name);
  user.family_name = add_string (page, family_name);
  user.email = add_string (page, email);
  user.employee_id = add_string (page, employee_id);
  user.labels = add_string (page, "");
  user.state = REG_USER_STATE_ACTIVE;
  user.role = REG_ROLE_LEARNER;
  user.approved_at = 1;
  g_array_append_val (page->users, user);
  return &g_array_index (page->users, RegUser, page->users->len - 1);
}

RegUser *
reg_test_page_add_user (RegPage *page, gint64 id, gint64 revision)
{
  char given_name[32], family_name[32], email[48], employee_id[32];

  g_snprintf (given_name, sizeof given_name, "Given%05d", (int)id);
  g_snprintf (family_name, sizeof family_name, "Family%05d", (int)id);
  g_snprintf (email, sizeof email, "user%05d@example.com", (int)id);
  g_snprintf (employee_id, sizeof employee_id, "%05d", (int)id);
  return reg_test_page_add_named_user (page, id, revision, given_name, family_name, email,
                                       employee_id);
}

RegCourse *
reg_test_page_add_course (RegPage *page, gint64 id, gint64 revision)
{
  RegCourse course = { 0 };
  char code[32], title[32];

  g_snprintf (code, sizeof code, "C%d", (int)id);
  g_snprintf (title, sizeof title, "Course %d", (int)id);
  course.id = id;
  course.revision = revision;
  course.code = add_string (page, code);
  course.title = add_string (page, title);
  course.items = add_string (page, "");
  course.kind = REG_COURSE_SELF_PACED;
  g_array_append_val (page->courses, course);
  return &g_array_index (page->courses, RegCourse, page->courses->len - 1);
}

RegEnrollment *
reg_test_page_add_enrollment (RegPage *page, gint64 user_id, gint64 course_id, gint64 revision)
{
  RegEnrollment enrollment = { 0 };

  enrollment.user_id = user_id;
  enrollment.course_id = course_id;
  enrollment.revision = revision;
  enrollment.present = TRUE;
  enrollment.visible = TRUE;
  enrollment.attempt = 1;
  enrollment.assigned_at = 100;
  g_array_append_val (page->enrollments, enrollment);
  return &g_array_index (page->enrollments, RegEnrollment, page->enrollments->len - 1);
}

RegLabel *
reg_test_page_add_label (RegPage *page,
                         gint64 id,
                         gint64 revision,
                         RegLabelKind kind,
                         const char *name)
{
  RegLabel label = { .id = id, .revision = revision, .kind = kind };

  label.name = add_string (page, name);
  g_array_append_val (page->labels, label);
  return &g_array_index (page->labels, RegLabel, page->labels->len - 1);
}

RegLicensePool *
reg_test_page_add_pool (RegPage *page, gint64 id, gint64 revision, gint64 available)
{
  RegLicensePool pool = { .id = id, .revision = revision, .kind = REG_POOL_LICENSE };

  pool.name = add_string (page, "Pool");
  pool.total = available + 10;
  pool.available = available;
  g_array_append_val (page->pools, pool);
  return &g_array_index (page->pools, RegLicensePool, page->pools->len - 1);
}

RegSession *
reg_test_page_add_session (RegPage *page, gint64 id, gint64 revision, gint64 course_id)
{
  RegSession session = { .id = id, .revision = revision, .course_id = course_id };

  session.place = add_string (page, "Room 1");
  session.starts_at = 1000;
  session.ends_at = 2000;
  session.seats = 10;
  g_array_append_val (page->sessions, session);
  return &g_array_index (page->sessions, RegSession, page->sessions->len - 1);
}

void
reg_test_page_add_tombstone (RegPage *page,
                             const char *kind,
                             gint64 id,
                             gint64 user_id,
                             gint64 course_id)
{
  RegTombstone tombstone = { .kind = kind, .id = id, .user_id = user_id, .course_id = course_id };

  g_array_append_val (page->tombstones, tombstone);
}

void
reg_test_page_add_document (RegPage *page,
                            const char *kind,
                            gint64 id,
                            gint64 user_id,
                            gint64 course_id,
                            const char *json)
{
  RegDocument document = { .kind = kind,
                           .id = id,
                           .revision = 1,
                           .user_id = user_id,
                           .course_id = course_id,
                           .json = add_string (page, json),
                           .json_len = strlen (json) };

  g_array_append_val (page->documents, document);
}

void
reg_test_store_apply (RegStore *store, const RegPage *page)
{
  g_autoptr (GError) error = NULL;
  RegPullStats stats;

  reg_store_apply_page (store, page, &stats, &error);
  g_assert_no_error (error);
}

void
reg_test_store_fill (RegStore *store, gint64 n_users, gint64 n_courses)
{
  g_autoptr (RegPage) page = reg_page_new ();

  for (gint64 id = 1; id <= n_courses; id++)
    reg_test_page_add_course (page, id, id);
  for (gint64 id = 1; id <= n_users; id++)
    {
      reg_test_page_add_user (page, id, id);
      if (id % ROWS_A_PAGE == 0)
        {
          reg_test_store_apply (store, page);
          reg_page_free (page);
          page = reg_page_new ();
        }
    }
  reg_test_store_apply (store, page);
}

void
reg_test_store_enroll (RegStore *store, gint64 course_id, gint64 n_users)
{
  g_autoptr (RegPage) page = reg_page_new ();

  for (gint64 id = 1; id <= n_users; id++)
    reg_test_page_add_enrollment (page, id, course_id, id);
  reg_test_store_apply (store, page);
}
