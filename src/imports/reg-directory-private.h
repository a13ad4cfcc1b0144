/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the check asks a directory. People and courses go by their index there. */
#pragma once

#include "imports/reg-directory.h"

G_BEGIN_DECLS

#define REG_DIRECTORY_NONE G_MAXUINT32
#define REG_DIRECTORY_SEVERAL (G_MAXUINT32 - 1)

/* Index, REG_DIRECTORY_NONE, or REG_DIRECTORY_SEVERAL where more than one has it. */
guint32 reg_directory_find_email (RegDirectory *self, const char *key, gsize len);
/**
 * RegDirectoryEmail:
 * @text: an e-mail as typed
 * @len: its bytes
 * @user: (out): as of reg_directory_find_email ()
 */
typedef struct
{
  const char *text;
  gsize len;
  guint32 user;
} RegDirectoryEmail;

/* The same for some at once, which takes less than one by one. */
void reg_directory_find_emails (RegDirectory *self, RegDirectoryEmail *emails, guint n);
guint32 reg_directory_find_employee (RegDirectory *self, const char *employee_id, gsize len);
guint32 reg_directory_find_course (RegDirectory *self, const char *text, gsize len);
guint32 reg_directory_find_course_id (RegDirectory *self, gint64 id);
/* The id with the zeros before it that somebody's has, if exactly one width fits; *digits: that
 * width. */
guint32
reg_directory_find_shortened (RegDirectory *self, const char *number, gsize len, guint *digits);

guint32 reg_directory_find_user_id (RegDirectory *self, gint64 id);
/* Labels of that name, of the kinds whose bits (1u << RegLabelKind) are set: the first kind that
 * has it. (nullable): NULL where there is none */
const RegLabel *
reg_directory_find_label (RegDirectory *self, guint kinds, const char *text, gsize len);
/* (nullable): the one whose name is nearest, where one is near enough to be meant */
const RegLabel *reg_directory_find_near_label (RegDirectory *self, guint kinds, const char *text);
gboolean reg_directory_visit_people (RegDirectory *self,
                                     RegDirectoryPerson person,
                                     gpointer data,
                                     GError **error);

gint64 reg_directory_get_user_id_at (RegDirectory *self, guint32 user);
gboolean reg_directory_is_in_team (RegDirectory *self, gint64 user_id);
RegUserState reg_directory_get_state_at (RegDirectory *self, guint32 user);
const char *reg_directory_get_email_at (RegDirectory *self, guint32 user);
const char *reg_directory_get_email_key_at (RegDirectory *self, guint32 user);
const char *reg_directory_get_employee_id_at (RegDirectory *self, guint32 user);
const RegCourse *reg_directory_get_course_at (RegDirectory *self, guint32 course);
guint reg_directory_get_n_courses (RegDirectory *self);
/* (nullable): the pool the course draws from, as it was added */
const RegLicensePool *reg_directory_get_pool (RegDirectory *self, gint64 pool_id);

/* From here on reg_directory_get_enrollment_at () answers for this course. */
gboolean reg_directory_load_course (RegDirectory *self, guint32 course, GError **error);
guint reg_directory_get_n_enrolled (RegDirectory *self);
/* (nullable): NULL where the user is not enrolled */
const RegEnrollment *reg_directory_get_enrollment_at (RegDirectory *self, guint32 user);

/* Text as headings are compared: folded, outer blanks off, inner ones made one space. */
char *reg_directory_fold (const char *text, gsize len);

G_END_DECLS
