/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who and what a file is matched against: filled from the local copy, asked by the check. */
#pragma once

#include "model/reg-course.h"
#include "model/reg-enrollment.h"
#include "model/reg-license-pool.h"
#include "model/reg-user.h"

G_BEGIN_DECLS

typedef struct _RegDirectory RegDirectory;

RegDirectory *reg_directory_new (void);
void reg_directory_free (RegDirectory *self);

/* Filling. Keys are copied. */
void reg_directory_add_user (RegDirectory *self,
                             gint64 id,
                             RegUserState state,
                             const char *email_key,
                             const char *employee_id);
void reg_directory_add_course (RegDirectory *self, const RegCourse *course);
void reg_directory_add_pool (RegDirectory *self, const RegLicensePool *pool);
/* Called when the check first needs a course's enrollments. */
typedef gboolean (*RegDirectoryLoad) (RegDirectory *self,
                                      gint64 course_id,
                                      gpointer data,
                                      GError **error);
void reg_directory_set_loader (RegDirectory *self, RegDirectoryLoad load, gpointer data);
void reg_directory_add_enrollment (RegDirectory *self, const RegEnrollment *enrollment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegDirectory, reg_directory_free)

G_END_DECLS
