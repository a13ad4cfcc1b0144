/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-store-private.h"

#include "rules/reg-text.h"

#include <string.h>

static char *
dup_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup (reg_store_column_text (stmt, column));
}

/* An enum that a damaged or later database may hold out of range reads as the first value. */
static guint
read_enum (sqlite3_stmt *stmt, int column, guint n)
{
  int value = sqlite3_column_int (stmt, column);

  return value >= 0 && (guint)value < n ? (guint)value : 0;
}

void
reg_store_read_user (sqlite3_stmt *stmt, int first, RegUser *user)
{
  user->id = sqlite3_column_int64 (stmt, first);
  user->revision = sqlite3_column_int64 (stmt, first + 1);
  user->email = dup_text (stmt, first + 2);
  user->employee_id = dup_text (stmt, first + 3);
  user->given_name = dup_text (stmt, first + 4);
  user->family_name = dup_text (stmt, first + 5);
  user->role = (RegRole)read_enum (stmt, first + 6, REG_N_ROLES);
  user->state = (RegUserState)read_enum (stmt, first + 7, REG_N_USER_STATES);
  user->location_id = sqlite3_column_int64 (stmt, first + 8);
  user->manager_id = sqlite3_column_int64 (stmt, first + 9);
  user->labels = dup_text (stmt, first + 10);
  user->approved_at = sqlite3_column_int64 (stmt, first + 11);
  user->notified_at = sqlite3_column_int64 (stmt, first + 12);
  user->archived_at = sqlite3_column_int64 (stmt, first + 13);
}

void
reg_store_bind_user (sqlite3_stmt *stmt, const RegUser *user)
{
  sqlite3_bind_int64 (stmt, 1, user->id);
  sqlite3_bind_int64 (stmt, 2, user->revision);
  reg_store_bind_text (stmt, 3, user->email);
  reg_store_bind_text (stmt, 4, user->employee_id);
  reg_store_bind_text (stmt, 5, user->given_name);
  reg_store_bind_text (stmt, 6, user->family_name);
  sqlite3_bind_int (stmt, 7, (int)user->role);
  sqlite3_bind_int (stmt, 8, (int)user->state);
  sqlite3_bind_int64 (stmt, 9, user->location_id);
  sqlite3_bind_int64 (stmt, 10, user->manager_id);
  reg_store_bind_text (stmt, 11, user->labels);
  sqlite3_bind_int64 (stmt, 12, user->approved_at);
  sqlite3_bind_int64 (stmt, 13, user->notified_at);
  sqlite3_bind_int64 (stmt, 14, user->archived_at);
}

void
reg_store_read_enrollment (sqlite3_stmt *stmt, int first, RegEnrollment *enrollment)
{
  enrollment->present = TRUE;
  enrollment->user_id = sqlite3_column_int64 (stmt, first);
  enrollment->course_id = sqlite3_column_int64 (stmt, first + 1);
  enrollment->revision = sqlite3_column_int64 (stmt, first + 2);
  enrollment->access = (RegAccess)read_enum (stmt, first + 3, REG_ACCESS_REVOKED + 1);
  enrollment->requirement =
      (RegRequirement)read_enum (stmt, first + 4, REG_REQUIREMENT_REQUIRED + 1);
  enrollment->source = (RegSource)read_enum (stmt, first + 5, REG_SOURCE_AUTO + 1);
  enrollment->visible = sqlite3_column_int (stmt, first + 6) != 0;
  enrollment->archived = sqlite3_column_int (stmt, first + 7) != 0;
  g_strlcpy (enrollment->due_date, reg_store_column_text (stmt, first + 8),
             sizeof enrollment->due_date);
  enrollment->assigned_by = sqlite3_column_int64 (stmt, first + 9);
  enrollment->assigned_at = sqlite3_column_int64 (stmt, first + 10);
  enrollment->attempt = sqlite3_column_int (stmt, first + 11);
  enrollment->started_at = sqlite3_column_int64 (stmt, first + 12);
  enrollment->progress = sqlite3_column_int (stmt, first + 13);
  enrollment->completed_at = sqlite3_column_int64 (stmt, first + 14);
  enrollment->session_id = sqlite3_column_int64 (stmt, first + 15);
  enrollment->seat = (RegSeat)read_enum (stmt, first + 16, REG_SEAT_NO_SHOW + 1);
  enrollment->certificate_at = sqlite3_column_int64 (stmt, first + 17);
  enrollment->is_instructor = sqlite3_column_int (stmt, first + 18) != 0;
  enrollment->edition = reg_enrollment_intern (reg_store_column_text (stmt, first + 19));
  enrollment->mode = reg_enrollment_intern (reg_store_column_text (stmt, first + 20));
  enrollment->units = reg_enrollment_intern (reg_store_column_text (stmt, first + 21));
  g_strlcpy (enrollment->subscription_end, reg_store_column_text (stmt, first + 22),
             sizeof enrollment->subscription_end);
}

void
reg_store_bind_enrollment (sqlite3_stmt *stmt, const RegEnrollment *enrollment)
{
  sqlite3_bind_int64 (stmt, 1, enrollment->user_id);
  sqlite3_bind_int64 (stmt, 2, enrollment->course_id);
  sqlite3_bind_int64 (stmt, 3, enrollment->revision);
  sqlite3_bind_int (stmt, 4, (int)enrollment->access);
  sqlite3_bind_int (stmt, 5, (int)enrollment->requirement);
  sqlite3_bind_int (stmt, 6, (int)enrollment->source);
  sqlite3_bind_int (stmt, 7, enrollment->visible);
  sqlite3_bind_int (stmt, 8, enrollment->archived);
  reg_store_bind_text (stmt, 9, enrollment->due_date);
  sqlite3_bind_int64 (stmt, 10, enrollment->assigned_by);
  sqlite3_bind_int64 (stmt, 11, enrollment->assigned_at);
  sqlite3_bind_int (stmt, 12, enrollment->attempt);
  sqlite3_bind_int64 (stmt, 13, enrollment->started_at);
  sqlite3_bind_int (stmt, 14, enrollment->progress);
  sqlite3_bind_int64 (stmt, 15, enrollment->completed_at);
  sqlite3_bind_int64 (stmt, 16, enrollment->session_id);
  sqlite3_bind_int (stmt, 17, (int)enrollment->seat);
  sqlite3_bind_int64 (stmt, 18, enrollment->certificate_at);
  sqlite3_bind_int (stmt, 19, enrollment->is_instructor);
  reg_store_bind_text (stmt, 20, enrollment->edition != NULL ? enrollment->edition : "");
  reg_store_bind_text (stmt, 21, enrollment->mode != NULL ? enrollment->mode : "");
  reg_store_bind_text (stmt, 22, enrollment->units != NULL ? enrollment->units : "");
  reg_store_bind_text (stmt, 23, enrollment->subscription_end);
}

void
reg_store_read_course (sqlite3_stmt *stmt, int first, RegCourse *course)
{
  course->id = sqlite3_column_int64 (stmt, first);
  course->revision = sqlite3_column_int64 (stmt, first + 1);
  course->code = dup_text (stmt, first + 2);
  course->title = dup_text (stmt, first + 3);
  course->kind = (RegCourseKind)read_enum (stmt, first + 4, REG_COURSE_EXTERNAL + 1);
  course->has_scorm = sqlite3_column_int (stmt, first + 5) != 0;
  course->has_quiz = sqlite3_column_int (stmt, first + 6) != 0;
  course->pool_id = sqlite3_column_int64 (stmt, first + 7);
  course->auto_reassign_days = sqlite3_column_int (stmt, first + 8);
  course->items = dup_text (stmt, first + 9);
  course->editions = dup_text (stmt, first + 10);
  course->units = dup_text (stmt, first + 11);
}

void
reg_store_read_pool (sqlite3_stmt *stmt, int first, RegLicensePool *pool)
{
  pool->id = sqlite3_column_int64 (stmt, first);
  pool->revision = sqlite3_column_int64 (stmt, first + 1);
  pool->kind = (RegPoolKind)read_enum (stmt, first + 2, REG_POOL_SUBSCRIPTION + 1);
  pool->name = dup_text (stmt, first + 3);
  pool->total = sqlite3_column_int64 (stmt, first + 4);
  pool->available = sqlite3_column_int64 (stmt, first + 5);
  g_strlcpy (pool->expires, (const char *)sqlite3_column_text (stmt, first + 6),
             sizeof pool->expires);
}

static void
append_email_key (const char *email, GString *out)
{
  gsize size = strlen (email);
  gsize at = out->len;
  gsize len;

  g_string_set_size (out, at + size + 1);
  if (reg_email_key_into (email, size, out->str + at, size + 1, &len))
    {
      g_string_truncate (out, at + len);
    }
  else
    {
      g_autofree char *key = reg_email_key (email, (gssize)size);

      g_string_truncate (out, at);
      g_string_append (out, key);
    }
}

static gboolean
is_ascii (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if ((guchar)text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

void
reg_store_make_search_text (const RegUser *user,
                            GString *out,
                            gsize *email_key_at,
                            gsize *email_key_len)
{
  g_string_truncate (out, 0);
  reg_text_append_fold (out, user->family_name, -1);
  g_string_append_c (out, ' ');
  reg_text_append_fold (out, user->given_name, -1);
  g_string_append_c (out, '\x1f');
  *email_key_at = out->len;
  append_email_key (user->email, out);
  *email_key_len = out->len - *email_key_at;
  g_string_append_c (out, '\x1f');
  reg_text_append_fold (out, user->employee_id, -1);
  /* The key keeps accents; who searches does not type them. */
  if (!is_ascii (out->str + *email_key_at, *email_key_len))
    {
      g_string_append_c (out, '\x1f');
      reg_text_append_fold (out, user->email, -1);
    }
}
