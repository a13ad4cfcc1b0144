/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /sandbox/…: what tests and demos may look at and move, beside the API. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-operation.h"

void
reg_sandbox_get_mailbox (RegSandboxSite *site,
                         const RegSandboxRequest *request,
                         RegSandboxReply *reply)
{
  RegJsonWriter writer = reg_sandbox_reply_begin (reply);
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      site->db, "SELECT id, at, user_id, address, kind, subject, body FROM mail ORDER BY id");

  reg_json_writer_open (&writer, '{');
  reg_json_writer_key (&writer, "mails");
  reg_json_writer_open (&writer, '[');
  while (reg_sandbox_db_step (site->db, stmt))
    {
      reg_json_writer_open (&writer, '{');
      reg_json_writer_add_int (&writer, "id", sqlite3_column_int64 (stmt, 0));
      reg_json_writer_add_int (&writer, "at", sqlite3_column_int64 (stmt, 1));
      reg_json_writer_add_int (&writer, "user_id", sqlite3_column_int64 (stmt, 2));
      reg_json_writer_add_text (&writer, "to", (const char *)sqlite3_column_text (stmt, 3));
      reg_json_writer_add_text (&writer, "kind", (const char *)sqlite3_column_text (stmt, 4));
      reg_json_writer_add_text (&writer, "subject", (const char *)sqlite3_column_text (stmt, 5));
      reg_json_writer_add_text (&writer, "body", (const char *)sqlite3_column_text (stmt, 6));
      reg_json_writer_close (&writer, '}');
    }
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}

void
reg_sandbox_delete_mailbox (RegSandboxSite *site,
                            const RegSandboxRequest *request,
                            RegSandboxReply *reply)
{
  reg_sandbox_db_exec (site->db, "DELETE FROM mail");
  reg_sandbox_reply_clear (reply);
  reply->status = 204;
}

void
reg_sandbox_get_clock (RegSandboxSite *site,
                       const RegSandboxRequest *request,
                       RegSandboxReply *reply)
{
  RegJsonWriter writer = reg_sandbox_reply_begin (reply);

  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_int (&writer, "now", reg_sandbox_site_now (site));
  reg_json_writer_close (&writer, '}');
}

static gboolean
get_number (const RegSandboxRequest *request, const char *key, gint64 *value)
{
  JsonNode *node = json_object_get_member (request->body, key);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

void
reg_sandbox_post_clock (RegSandboxSite *site,
                        const RegSandboxRequest *request,
                        RegSandboxReply *reply)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  if (get_number (request, "now", &value))
    site->clock_offset = value - g_get_real_time () / G_USEC_PER_SEC;
  else if (get_number (request, "advance", &value))
    site->clock_offset += value;
  else
    {
      reg_sandbox_reply_problem (reply, 422, "member-invalid",
                                 "now (unix seconds) or advance (seconds) must be a number.");
      return;
    }
  if (!reg_sandbox_run_schedule (site, &error))
    {
      reg_sandbox_reply_storage (reply, g_steal_pointer (&error));
      return;
    }
  reg_sandbox_get_clock (site, request, reply);
}

/* Every key the site has seen: how often it came, and how often it was carried out. */
void
reg_sandbox_get_log (RegSandboxSite *site, const RegSandboxRequest *request, RegSandboxReply *reply)
{
  RegJsonWriter writer = reg_sandbox_reply_begin (reply);
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      site->db, "SELECT uuid, operation, user_id, course_id, outcome, code, received, applied"
                " FROM operation ORDER BY rowid");

  reg_json_writer_open (&writer, '{');
  reg_json_writer_key (&writer, "operations");
  reg_json_writer_open (&writer, '[');
  while (reg_sandbox_db_step (site->db, stmt))
    {
      RegOutcomeKind outcome = (RegOutcomeKind)sqlite3_column_int (stmt, 4);

      reg_json_writer_open (&writer, '{');
      reg_json_writer_add_text (&writer, "id", (const char *)sqlite3_column_text (stmt, 0));
      reg_json_writer_add_text (&writer, "operation", (const char *)sqlite3_column_text (stmt, 1));
      reg_json_writer_add_int (&writer, "user_id", sqlite3_column_int64 (stmt, 2));
      reg_json_writer_add_int (&writer, "course_id", sqlite3_column_int64 (stmt, 3));
      reg_json_writer_add_text (&writer, "outcome", reg_outcome_kind_to_nick (outcome));
      reg_json_writer_add_text_or_null (&writer, "code",
                                        (const char *)sqlite3_column_text (stmt, 5));
      reg_json_writer_add_int (&writer, "received", sqlite3_column_int (stmt, 6));
      reg_json_writer_add_int (&writer, "applied", sqlite3_column_int (stmt, 7));
      reg_json_writer_close (&writer, '}');
    }
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}

/* The learner goes on in a course by themselves; 100 completes it as the rules have it. */
static void
learn (RegSandboxSite *site, const RegUser *user, RegEnrollment *enrollment, int progress)
{
  g_autoptr (RegEnrollment) before = reg_enrollment_copy (enrollment);
  g_autoptr (RegUser) learner = reg_user_copy (user);
  g_autoptr (RegCourse) course = reg_sandbox_db_load_course (site->db, enrollment->course_id);
  gint64 now = reg_sandbox_site_now (site);
  sqlite3_stmt *stmt;

  if (enrollment->started_at == 0)
    enrollment->started_at = now;
  enrollment->progress = progress;
  if (progress == 100)
    {
      RegSubject subject = {
        .user = learner,
        .course = course,
        .enrollment = enrollment,
        .actor_id = user->id,
        .actor_role = user->role,
        .now = now,
      };

      reg_operation_apply (reg_operation_find ("mark-complete"), &subject, NULL);
    }
  reg_sandbox_store_effects (site, progress == 100 ? "completed" : "progressed", user, before,
                             enrollment, FALSE, "");
  stmt = reg_sandbox_db_query (site->db, "UPDATE enrollment SET learned = revision WHERE id = ?1");
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (enrollment->user_id, enrollment->course_id));
  reg_sandbox_db_run (site->db, stmt);
}

void
reg_sandbox_post_learn (RegSandboxSite *site,
                        const RegSandboxRequest *request,
                        RegSandboxReply *reply)
{
  gint64 user_id, course_id, progress;
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  g_autoptr (GError) error = NULL;

  if (!get_number (request, "user_id", &user_id) || !get_number (request, "course_id", &course_id)
      || !get_number (request, "progress", &progress) || progress < 0 || progress > 100)
    {
      reg_sandbox_reply_problem (reply, 422, "member-invalid",
                                 "user_id, course_id and progress (0 to 100) must be numbers.");
      return;
    }
  user = reg_sandbox_db_load_user (site->db, user_id);
  enrollment = reg_sandbox_db_load_enrollment (site->db, user_id, course_id);
  if (user == NULL || !enrollment->present || enrollment->access == REG_ACCESS_REVOKED)
    {
      reg_sandbox_reply_problem (reply, 409, "not-enrolled",
                                 "This person has no access to this course.");
      return;
    }
  reg_sandbox_db_begin (site->db);
  learn (site, user, enrollment, (int)progress);
  reg_sandbox_reply_clear (reply);
  reply->status = 204;
  if (!reg_sandbox_db_commit (site->db, &error))
    reg_sandbox_reply_storage (reply, g_steal_pointer (&error));
}

/* What an administrator sets in the LMS's own pages. A setting is true or false. */
void
reg_sandbox_post_settings (RegSandboxSite *site,
                           const RegSandboxRequest *request,
                           RegSandboxReply *reply)
{
  static const char *const keys[] = { "allow_reassign_always", "reassign_license_hidden",
                                      "renew_hidden", NULL };
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init (&iter, request->body);
  while (json_object_iter_next (&iter, &key, &value))
    if (!g_strv_contains (keys, key) || !JSON_NODE_HOLDS_VALUE (value)
        || json_node_get_value_type (value) != G_TYPE_BOOLEAN)
      {
        reg_sandbox_reply_problem (reply, 422, "member-invalid",
                                   "%s is no setting that is true or false.", key);
        return;
      }
  json_object_iter_init (&iter, request->body);
  while (json_object_iter_next (&iter, &key, &value))
    reg_sandbox_db_set_setting (site->db, key, json_node_get_boolean (value) ? "true" : "false");
  reg_sandbox_reply_clear (reply);
  reply->status = 204;
}

/* A token for somebody else, to see what their role may do. */
void
reg_sandbox_post_tokens (RegSandboxSite *site,
                         const RegSandboxRequest *request,
                         RegSandboxReply *reply)
{
  g_autofree char *token = g_uuid_string_random ();
  g_autoptr (RegUser) user = NULL;
  RegJsonWriter writer;
  sqlite3_stmt *stmt;
  gint64 user_id;

  if (get_number (request, "user_id", &user_id))
    user = reg_sandbox_db_load_user (site->db, user_id);
  if (user == NULL)
    {
      reg_sandbox_reply_problem (reply, 422, "member-invalid", "user_id must be that of a person.");
      return;
    }
  stmt = reg_sandbox_db_query (site->db, "INSERT INTO token (token, user_id) VALUES (?1, ?2)");
  sqlite3_bind_text (stmt, 1, token, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, user_id);
  reg_sandbox_db_run (site->db, stmt);
  writer = reg_sandbox_reply_begin (reply);
  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_text (&writer, "token", token);
  reg_json_writer_close (&writer, '}');
}
