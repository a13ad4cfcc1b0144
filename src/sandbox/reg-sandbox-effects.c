/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules say what an operation does to an enrollment. What else the LMS records of it (ended
 * attempts, certificates, seats taken, the history) follows here from the difference. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-seat.h"

static void
end_attempt (RegSandboxDb *db, const RegEnrollment *before, const char *ended_by, gboolean kept)
{
  RegSandboxAttempt attempt = {
    .user_id = before->user_id,
    .course_id = before->course_id,
    .number = before->attempt,
    .assigned_at = before->assigned_at,
    .started_at = before->started_at,
    .progress = kept ? before->progress : 0,
    .completed_at = kept ? before->completed_at : 0,
    .ended_by = ended_by,
    .kept = kept,
  };

  reg_sandbox_db_save_attempt (db, &attempt);
}

static void
withdraw_certificate (RegSandboxDb *db, const RegEnrollment *enrollment, gint64 now)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT " REG_SANDBOX_CERTIFICATE_COLUMNS " FROM certificate WHERE user_id = ?1"
          " AND course_id = ?2 AND removed_at = 0 ORDER BY attempt DESC, id DESC LIMIT 1");
  RegSandboxCertificate certificate = { 0 };
  gboolean found;

  sqlite3_bind_int64 (stmt, 1, enrollment->user_id);
  sqlite3_bind_int64 (stmt, 2, enrollment->course_id);
  found = reg_sandbox_db_step (db, stmt);
  if (found)
    reg_sandbox_db_peek_certificate (stmt, &certificate);
  sqlite3_reset (stmt);
  if (!found)
    return;
  certificate.removed_at = now;
  reg_sandbox_db_save_certificate (db, &certificate);
}

static void
keep_certificates (RegSandboxDb *db,
                   const RegEnrollment *before,
                   const RegEnrollment *after,
                   gint64 now)
{
  gboolean same_attempt = before->present && before->attempt == after->attempt;
  gint64 was = same_attempt ? before->certificate_at : 0;

  if (was == after->certificate_at)
    return;
  if (was != 0)
    withdraw_certificate (db, after, now);
  if (after->certificate_at != 0)
    {
      RegSandboxCertificate certificate = {
        .user_id = after->user_id,
        .course_id = after->course_id,
        .attempt = after->attempt,
        .issued_at = after->certificate_at,
      };

      reg_sandbox_db_save_certificate (db, &certificate);
    }
}

/* The records of an attempt that is over: its certificate and its history. */
static void
forget_attempt (RegSandboxDb *db, const RegEnrollment *before, gint64 now)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (db, "DELETE FROM event WHERE enrollment_id = ?1 AND attempt = ?2");

  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (before->user_id, before->course_id));
  sqlite3_bind_int (stmt, 2, before->attempt);
  reg_sandbox_db_run (db, stmt);
  if (before->certificate_at != 0)
    withdraw_certificate (db, before, now);
}

static void
count_seat (RegSandboxDb *db, gint64 session_id, int difference)
{
  g_autoptr (RegSession) session =
      session_id != 0 ? reg_sandbox_db_load_session (db, session_id) : NULL;

  if (session == NULL)
    return;
  session->taken = MAX (0, session->taken + difference);
  reg_sandbox_db_save_session (db, session);
}

/**
 * reg_sandbox_store_effects:
 * @site: the site, in a transaction
 * @event: what happened, for the history
 * @actor: who did it
 * @before: the enrollment before
 * @after: the enrollment now; gets its new revision
 * @forget: whether an enrollment that is gone takes all its records along, and an attempt that is
 *   over its own
 * @detail: a note for the history, or ""
 *
 * Writes the enrollment and everything that hangs on it.
 */
void
reg_sandbox_store_effects (RegSandboxSite *site,
                           const char *event,
                           const RegUser *actor,
                           const RegEnrollment *before,
                           RegEnrollment *after,
                           gboolean forget,
                           const char *detail)
{
  gint64 now = reg_sandbox_site_now (site);
  gint64 held_before = reg_enrollment_get_held_session (before);
  gint64 held_after = reg_enrollment_get_held_session (after);

  if (held_before != held_after)
    {
      count_seat (site->db, held_before, -1);
      count_seat (site->db, held_after, +1);
    }
  if (after->present)
    {
      if (before->present && before->attempt != after->attempt)
        {
          end_attempt (site->db, before, event, !forget);
          if (forget)
            forget_attempt (site->db, before, now);
        }
      keep_certificates (site->db, before, after, now);
      if (!before->present)
        after->revision = 0;
      reg_sandbox_db_save_enrollment (site->db, after);
    }
  else if (before->present)
    {
      if (forget)
        reg_sandbox_db_forget_records (site->db, before->user_id, before->course_id);
      else
        end_attempt (site->db, before, event, FALSE);
      reg_sandbox_db_remove_enrollment (site->db, before->user_id, before->course_id);
    }
  if (!forget || after->present)
    reg_sandbox_db_add_event (site->db, before->user_id, before->course_id, now, actor->id, event,
                              after->present ? after->attempt : before->attempt, detail);
}
