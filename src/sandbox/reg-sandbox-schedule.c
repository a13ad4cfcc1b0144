/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the LMS does of its own accord when its time has come. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-operation.h"

#define DAY 86400

static GArray *
list_due (RegSandboxDb *db, gint64 now)
{
  GArray *due = g_array_new (FALSE, FALSE, sizeof (RegEnrollment));
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT e.user_id, c.id FROM course AS c JOIN enrollment AS e"
          " ON e.id >= c.id << 40 AND e.id < (c.id + 1) << 40"
          " WHERE c.auto_reassign_days > 0 AND e.assigned_at > 0"
          " AND e.assigned_at + c.auto_reassign_days * 86400 <= ?1 ORDER BY e.id");

  sqlite3_bind_int64 (stmt, 1, now);
  while (reg_sandbox_db_step (db, stmt))
    {
      RegEnrollment enrollment = { .user_id = sqlite3_column_int64 (stmt, 0),
                                   .course_id = sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (due, enrollment);
    }
  sqlite3_reset (stmt);
  return due;
}

/* The last assignment is always kept, whatever becomes of the attempt. A clock that jumped over
 * several terms makes one attempt, of the last term. */
static void
reassign (RegSandboxSite *site, gint64 user_id, gint64 course_id)
{
  const RegOperation *operation = reg_operation_find ("reassign");
  const RegUser nobody = { .id = 0 };
  g_autoptr (RegUser) user = reg_sandbox_db_load_user (site->db, user_id);
  g_autoptr (RegCourse) course = reg_sandbox_db_load_course (site->db, course_id);
  g_autoptr (RegEnrollment) enrollment =
      reg_sandbox_db_load_enrollment (site->db, user_id, course_id);
  g_autoptr (RegEnrollment) before = reg_enrollment_copy (enrollment);
  RegSubject subject = {
    .user = user, .course = course, .enrollment = enrollment, .actor_role = REG_ROLE_PRIMARY_ADMIN
  };
  gint64 term = (gint64)course->auto_reassign_days * DAY;
  gint64 n_terms = (reg_sandbox_site_now (site) - before->assigned_at) / term;

  subject.now = before->assigned_at + n_terms * term;
  if (user == NULL || reg_operation_check (operation, &subject, NULL, NULL) != REG_REASON_NONE)
    return;
  reg_operation_apply (operation, &subject, NULL);
  enrollment->source = REG_SOURCE_AUTO;
  reg_sandbox_store_effects (site, "auto-reassigned", &nobody, before, enrollment, FALSE, "");
}

/**
 * reg_sandbox_run_schedule:
 * @site: the site, not in a transaction
 * @error: return location
 *
 * Reassigns everybody whose last assignment is as many days ago as the course says.
 */
gboolean
reg_sandbox_run_schedule (RegSandboxSite *site, GError **error)
{
  g_autoptr (GArray) due = NULL;

  site->scheduled_at = reg_sandbox_site_now (site);
  due = list_due (site->db, site->scheduled_at);
  if (due->len == 0)
    return TRUE;
  reg_sandbox_db_begin (site->db);
  for (guint i = 0; i < due->len; i++)
    {
      const RegEnrollment *enrollment = &g_array_index (due, RegEnrollment, i);

      reassign (site, enrollment->user_id, enrollment->course_id);
    }
  return reg_sandbox_db_commit (site->db, error);
}

/**
 * reg_sandbox_run_daily_schedule:
 * @site: the site, not in a transaction
 * @error: return location
 *
 * The same where a day has passed since the last time; not at the very start.
 */
gboolean
reg_sandbox_run_daily_schedule (RegSandboxSite *site, GError **error)
{
  gint64 now = reg_sandbox_site_now (site);

  if (site->scheduled_at == 0)
    site->scheduled_at = now;
  return now - site->scheduled_at < DAY || reg_sandbox_run_schedule (site, error);
}
