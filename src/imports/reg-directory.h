/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who and what a file is matched against: filled from the local copy, asked by the check. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-label.h"
#include "model/reg-license-pool.h"
#include "model/reg-user.h"

G_BEGIN_DECLS

typedef struct _RegDirectory RegDirectory;

RegDirectory *reg_directory_new (void);
RegDirectory *reg_directory_ref (RegDirectory *self);
void reg_directory_unref (RegDirectory *self);

/* Filling. Texts are copied. email: as typed; its key is made here. */
void reg_directory_add_user (RegDirectory *self,
                             gint64 id,
                             RegUserState state,
                             const char *email,
                             gssize email_len,
                             const char *employee_id,
                             gssize employee_len);
/* Whom who is signed in manages; nobody at first. */
void reg_directory_set_team (RegDirectory *self, const gint64 *ids, gsize n);
void reg_directory_add_course (RegDirectory *self, const RegCourse *course);
void reg_directory_add_pool (RegDirectory *self, const RegLicensePool *pool);
/* Called when the check comes to a course, to add its enrollments; those of the course before are
 * let go first. */
typedef gboolean (*RegDirectoryLoad) (RegDirectory *self,
                                      gint64 course_id,
                                      gpointer data,
                                      GError **error);
void reg_directory_set_loader (RegDirectory *self,
                               RegDirectoryLoad load,
                               gpointer data,
                               GDestroyNotify destroy);
void reg_directory_add_enrollment (RegDirectory *self, const RegEnrollment *enrollment);
void reg_directory_add_label (RegDirectory *self, const RegLabel *label);
/* Called when the check must know more of people than how they are found: hands over all of them.
 */
typedef void (*RegDirectoryPerson) (const RegUser *user, gpointer data);
typedef gboolean (*RegDirectoryVisit) (RegDirectoryPerson person,
                                       gpointer person_data,
                                       gpointer data,
                                       GError **error);
void reg_directory_set_people (RegDirectory *self,
                               RegDirectoryVisit visit,
                               gpointer data,
                               GDestroyNotify destroy);

/* Asking by id, for showing a plan. NULL where there is no such id. */
const char *reg_directory_get_email (RegDirectory *self, gint64 user_id);
const char *reg_directory_get_employee_id (RegDirectory *self, gint64 user_id);
const RegCourse *reg_directory_get_course (RegDirectory *self, gint64 course_id);
const RegLabel *reg_directory_get_label (RegDirectory *self, gint64 label_id);
guint reg_directory_get_n_users (RegDirectory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegDirectory, reg_directory_unref)

G_END_DECLS
