/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores and pages of rows for tests. */
#pragma once

#include "model/reg-page.h"
#include "store/reg-store-pull.h"

#include <sys/resource.h>

G_BEGIN_DECLS

/* A folder of its own with a database path in it. */
typedef struct
{
  char *folder;
  char *path;
} RegTestFolder;

void reg_test_folder_init (RegTestFolder *self);
void reg_test_folder_clear (RegTestFolder *self);
/* No file may grow beyond that: to whoever writes, it is a disk without room. SIGXFSZ is to be
 * ignored; RLIM_INFINITY takes the limit away. */
void reg_test_limit_file_size (rlim_t size);

/* Rows for a page; texts are copied into the page. Each may be changed after it was added. */
RegUser *reg_test_page_add_user (RegPage *page, gint64 id, gint64 revision);
RegUser *reg_test_page_add_named_user (RegPage *page,
                                       gint64 id,
                                       gint64 revision,
                                       const char *given_name,
                                       const char *family_name,
                                       const char *email,
                                       const char *employee_id);
RegCourse *reg_test_page_add_course (RegPage *page, gint64 id, gint64 revision);
RegEnrollment *
reg_test_page_add_enrollment (RegPage *page, gint64 user_id, gint64 course_id, gint64 revision);
RegLabel *reg_test_page_add_label (RegPage *page,
                                   gint64 id,
                                   gint64 revision,
                                   RegLabelKind kind,
                                   const char *name);
RegLicensePool *
reg_test_page_add_pool (RegPage *page, gint64 id, gint64 revision, gint64 available);
RegSession *reg_test_page_add_session (RegPage *page, gint64 id, gint64 revision, gint64 course_id);
void reg_test_page_add_tombstone (RegPage *page,
                                  const char *kind,
                                  gint64 id,
                                  gint64 user_id,
                                  gint64 course_id);
void reg_test_page_add_document (RegPage *page,
                                 const char *kind,
                                 gint64 id,
                                 gint64 user_id,
                                 gint64 course_id,
                                 const char *json);

/* Users 1 … n_users and courses 1 … n_courses, through reg_store_apply_page () in pages of 1000.
 * User i is "Given0000i Family0000i", user0000i@example.com, employee ID 0000i, active, a learner;
 * course j has the code "Cj". Nobody is enrolled. */
void reg_test_store_fill (RegStore *store, gint64 n_users, gint64 n_courses);
/* Enrolls users 1 … n_users in the course. */
void reg_test_store_enroll (RegStore *store, gint64 course_id, gint64 n_users);
/* Asserts success. */
void reg_test_store_apply (RegStore *store, const RegPage *page);

G_END_DECLS
