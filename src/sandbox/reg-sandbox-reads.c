/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read on demand about one enrollment. The history is recorded; chapters, quiz answers and
 * player statements follow from the progress, the same for the same enrollment every time. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-pdf.h"
#include "sandbox/reg-sandbox-rows.h"
#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-operation.h"
#include "rules/reg-read.h"

static void
write_target (RegJsonWriter *writer, const RegSandboxRequest *request)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "user_id", request->ids[0]);
  reg_json_writer_add_int (writer, "course_id", request->ids[1]);
}

static void
write_events (RegJsonWriter *writer, RegSandboxDb *db, const RegSandboxRequest *request)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT at, actor_id, event, attempt, detail FROM event WHERE enrollment_id = ?1"
          " ORDER BY at, id");

  reg_json_writer_key (writer, "events");
  reg_json_writer_open (writer, '[');
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (request->ids[0], request->ids[1]));
  while (reg_sandbox_db_step (db, stmt))
    {
      reg_json_writer_open (writer, '{');
      reg_json_writer_add_int (writer, "at", sqlite3_column_int64 (stmt, 0));
      reg_json_writer_add_int_or_null (writer, "actor_id", sqlite3_column_int64 (stmt, 1));
      reg_json_writer_add_text (writer, "event", (const char *)sqlite3_column_text (stmt, 2));
      reg_json_writer_add_int (writer, "attempt", sqlite3_column_int (stmt, 3));
      reg_json_writer_add_text_or_null (writer, "detail",
                                        (const char *)sqlite3_column_text (stmt, 4));
      reg_json_writer_close (writer, '}');
    }
  reg_json_writer_close (writer, ']');
}

static void
write_attempts (RegJsonWriter *writer, RegSandboxDb *db, const RegSandboxRequest *request)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (db, "SELECT " REG_SANDBOX_ATTEMPT_COLUMNS
                                                 " FROM attempt WHERE user_id = ?1"
                                                 " AND course_id = ?2 AND kept ORDER BY number");

  reg_json_writer_key (writer, "attempts");
  reg_json_writer_open (writer, '[');
  sqlite3_bind_int64 (stmt, 1, request->ids[0]);
  sqlite3_bind_int64 (stmt, 2, request->ids[1]);
  while (reg_sandbox_db_step (db, stmt))
    {
      RegSandboxAttempt attempt = { 0 };

      reg_sandbox_db_peek_attempt (stmt, &attempt);
      reg_sandbox_write_attempt (writer, &attempt);
    }
  reg_json_writer_close (writer, ']');
}

/* Instructors see what is in their own courses, managers what their own team did. */
static gboolean
may_see (RegSandboxSite *site,
         const RegSandboxRequest *request,
         RegSandboxReply *reply,
         const char *what)
{
  g_autoptr (RegUser) user = reg_sandbox_db_load_user (site->db, request->ids[0]);
  guint roles = reg_actor_get_roles (
      request->actor->role, request->actor->id,
      reg_sandbox_is_instructor (site->db, request->actor->id, request->ids[1]),
      user != NULL ? user->manager_id : 0);

  if ((reg_read_find_what (what)->roles & roles) != 0)
    return TRUE;
  reg_sandbox_reply_problem (reply, 403, "role-missing", "Your role may not see this.");
  return FALSE;
}

/* The history outlives the enrollment, so a person who was unassigned still has one. */
void
reg_sandbox_get_history (RegSandboxSite *site,
                         const RegSandboxRequest *request,
                         RegSandboxReply *reply)
{
  g_autoptr (RegUser) user = reg_sandbox_db_load_user (site->db, request->ids[0]);
  g_autoptr (RegCourse) course = reg_sandbox_db_load_course (site->db, request->ids[1]);
  RegJsonWriter writer;

  if (user == NULL || course == NULL)
    {
      reg_sandbox_reply_problem (reply, 404, user == NULL ? "user-unknown" : "course-unknown",
                                 "There is no such %s.", user == NULL ? "person" : "course");
      return;
    }
  if (!may_see (site, request, reply, "history"))
    return;
  writer = reg_sandbox_reply_begin (reply);
  write_target (&writer, request);
  write_events (&writer, site->db, request);
  write_attempts (&writer, site->db, request);
  reg_json_writer_close (&writer, '}');
}

/* A number below limit that belongs to the enrollment and to what is asked for. */
static guint
pick (const RegEnrollment *enrollment, guint salt, guint limit)
{
  guint64 x = (guint64)reg_enrollment_id (enrollment->user_id, enrollment->course_id) + salt;

  x = (x ^ (x >> 31)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return (guint)((x ^ (x >> 29)) % limit);
}

static gint64
get_end (const RegEnrollment *enrollment, gint64 now)
{
  return enrollment->completed_at != 0 ? enrollment->completed_at : now;
}

/* When the learner was done with share percent of the course. */
static gint64
get_time_at (const RegEnrollment *enrollment, gint64 now, int share)
{
  gint64 spent = get_end (enrollment, now) - enrollment->started_at;

  return enrollment->started_at + spent * share / MAX (1, MAX (enrollment->progress, share));
}

void
reg_sandbox_get_chapters (RegSandboxSite *site,
                          const RegSandboxRequest *request,
                          RegSandboxReply *reply)
{
  static const char *const titles[] = { "Welcome", "Why it matters", "The essentials",
                                        "In practice", "Test yourself" };
  g_autoptr (RegEnrollment) enrollment = NULL;
  gint64 now = reg_sandbox_site_now (site);
  RegJsonWriter writer;

  if (!may_see (site, request, reply, "chapters")
      || !reg_sandbox_reply_has_enrollment (site, request, reply, &enrollment))
    return;
  writer = reg_sandbox_reply_begin (reply);
  write_target (&writer, request);
  reg_json_writer_key (&writer, "chapters");
  reg_json_writer_open (&writer, '[');
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      int from = (int)i * 20;
      int progress = CLAMP ((enrollment->progress - from) * 5, 0, 100);

      reg_json_writer_open (&writer, '{');
      reg_json_writer_add_int (&writer, "number", i + 1);
      reg_json_writer_add_text (&writer, "title", titles[i]);
      reg_json_writer_add_int (&writer, "progress", progress);
      reg_json_writer_add_int_or_null (&writer, "started_at",
                                       progress > 0 ? get_time_at (enrollment, now, from) : 0);
      reg_json_writer_add_int_or_null (
          &writer, "completed_at", progress == 100 ? get_time_at (enrollment, now, from + 20) : 0);
      reg_json_writer_close (&writer, '}');
    }
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}

static gboolean
has_course (RegSandboxSite *site,
            const RegSandboxRequest *request,
            RegSandboxReply *reply,
            gboolean scorm)
{
  g_autoptr (RegCourse) course = reg_sandbox_db_load_course (site->db, request->ids[1]);

  if (course != NULL && (scorm ? course->has_scorm : course->has_quiz))
    return TRUE;
  reg_sandbox_reply_problem (reply, 404, course == NULL ? "course-unknown" : "not-in-course",
                             "This course has no %s.", scorm ? "SCORM package" : "quiz chapter");
  return FALSE;
}

static void
write_responses (RegJsonWriter *writer, const RegEnrollment *enrollment, guint *n_correct)
{
  static const char *const questions[][3] = {
    { "What do you do first?", "Stop and look", "Carry on" },
    { "Who is responsible?", "Everybody", "Somebody else" },
    { "Where is it written down?", "In the handbook", "Nowhere" },
    { "When must it be reported?", "At once", "At the end of the year" },
  };

  *n_correct = 0;
  reg_json_writer_key (writer, "responses");
  reg_json_writer_open (writer, '[');
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      gboolean correct = pick (enrollment, i, 5) != 0;

      *n_correct += correct;
      reg_json_writer_open (writer, '{');
      reg_json_writer_add_text (writer, "question", questions[i][0]);
      reg_json_writer_add_text (writer, "answer", questions[i][correct ? 1 : 2]);
      reg_json_writer_add_boolean (writer, "correct", correct);
      reg_json_writer_close (writer, '}');
    }
  reg_json_writer_close (writer, ']');
}

void
reg_sandbox_get_quiz (RegSandboxSite *site,
                      const RegSandboxRequest *request,
                      RegSandboxReply *reply)
{
  g_autoptr (RegEnrollment) enrollment = NULL;
  RegJsonWriter writer;
  guint n_correct;

  if (!may_see (site, request, reply, "quiz") || !has_course (site, request, reply, FALSE)
      || !reg_sandbox_reply_has_enrollment (site, request, reply, &enrollment))
    return;
  writer = reg_sandbox_reply_begin (reply);
  write_target (&writer, request);
  reg_json_writer_key (&writer, "quizzes");
  reg_json_writer_open (&writer, '[');
  if (enrollment->progress > 80)
    {
      reg_json_writer_open (&writer, '{');
      reg_json_writer_add_int (&writer, "number", 1);
      reg_json_writer_add_text (&writer, "title", "Test yourself");
      reg_json_writer_add_int (&writer, "answered_at",
                               get_time_at (enrollment, reg_sandbox_site_now (site), 90));
      write_responses (&writer, enrollment, &n_correct);
      reg_json_writer_add_int (&writer, "score", n_correct * 25);
      reg_json_writer_add_boolean (&writer, "passed", enrollment->completed_at != 0);
      reg_json_writer_close (&writer, '}');
    }
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}

static void
write_statement (RegJsonWriter *writer, gint64 at, const char *verb, const char *object)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "at", at);
  reg_json_writer_add_text (writer, "verb", verb);
  reg_json_writer_add_text (writer, "object", object);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_get_activity (RegSandboxSite *site,
                          const RegSandboxRequest *request,
                          RegSandboxReply *reply)
{
  g_autoptr (RegEnrollment) enrollment = NULL;
  gint64 now = reg_sandbox_site_now (site);
  RegJsonWriter writer;

  if (!may_see (site, request, reply, "activity") || !has_course (site, request, reply, TRUE)
      || !reg_sandbox_reply_has_enrollment (site, request, reply, &enrollment))
    return;
  writer = reg_sandbox_reply_begin (reply);
  write_target (&writer, request);
  reg_json_writer_key (&writer, "statements");
  reg_json_writer_open (&writer, '[');
  if (enrollment->started_at != 0)
    write_statement (&writer, enrollment->started_at, "initialized", "package");
  for (int share = 20; share <= enrollment->progress; share += 20)
    write_statement (&writer, get_time_at (enrollment, now, share), "progressed", "chapter");
  if (enrollment->completed_at != 0)
    write_statement (&writer, enrollment->completed_at, "completed", "package");
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}

void
reg_sandbox_get_certificate (RegSandboxSite *site,
                             const RegSandboxRequest *request,
                             RegSandboxReply *reply)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (site->db, "SELECT " REG_SANDBOX_CERTIFICATE_COLUMNS
                                                       " FROM certificate WHERE id = ?1");
  RegSandboxCertificate certificate = { 0 };
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegCourse) course = NULL;
  g_autoptr (GDateTime) issued = NULL;
  g_autofree char *name = NULL;
  g_autofree char *date = NULL;

  sqlite3_bind_int64 (stmt, 1, request->ids[0]);
  if (reg_sandbox_db_step (site->db, stmt))
    reg_sandbox_db_peek_certificate (stmt, &certificate);
  sqlite3_reset (stmt);
  user = reg_sandbox_db_load_user (site->db, certificate.user_id);
  course = reg_sandbox_db_load_course (site->db, certificate.course_id);
  if (user == NULL || course == NULL || certificate.removed_at != 0)
    {
      reg_sandbox_reply_problem (reply, 404, "certificate-unknown",
                                 "There is no such certificate.");
      return;
    }
  name = reg_user_dup_name (user);
  issued = g_date_time_new_from_unix_utc (certificate.issued_at);
  date = g_date_time_format (issued, "%Y-%m-%d");
  reg_sandbox_reply_clear (reply);
  reply->status = 200;
  reply->content_type = "application/pdf";
  reply->body = reg_sandbox_pdf_new (site->name, name, course->title, date);
}
