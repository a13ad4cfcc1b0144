/* SPDX-License-Identifier: GPL-3.0-or-later */
/* POST /v1/operations and /v1/operations/outcomes. The table in rules/ decides and does; here are
 * the keys, the rows, and what a client cannot know. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-asked.h"
#include "sandbox/reg-sandbox-rows.h"
#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-operation.h"

#include <string.h>

/* What the site answers to it; kept under its key. */
typedef struct
{
  RegOutcomeKind outcome;
  RegReason reason;
  char *sentence;
  RegParams *server;
  gint64 user_id; /* whom it is about: the new one, where one was made */
} Verdict;

static void
verdict_clear (Verdict *verdict)
{
  g_clear_pointer (&verdict->sentence, g_free);
  g_clear_pointer (&verdict->server, reg_params_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

/* ---- deciding and doing ---- */

static RegOutcomeKind
get_outcome (RegReason reason)
{
  if (reason == REG_REASON_NONE)
    return REG_OUTCOME_APPLIED;
  if (reason == REG_REASON_FIELD_CHANGED)
    return REG_OUTCOME_CONFLICT;
  if (reason == REG_REASON_ALREADY_ASSIGNED || reason == REG_REASON_COMPLETED_SKIPPED
      || reason == REG_REASON_NOTHING_TO_DO)
    return REG_OUTCOME_SKIPPED;
  return REG_OUTCOME_REJECTED;
}

/* sentence: (transfer full) (nullable): the reason in words where it has details */
static void
decide (Verdict *verdict, RegReason reason, char *sentence)
{
  verdict->outcome = get_outcome (reason);
  verdict->reason = reason;
  verdict->sentence = sentence != NULL ? sentence : reg_reason_dup_sentence (reason, NULL, NULL);
}

static char *
join_keys (const RegParams *params)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < reg_params_get_size (params); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", reg_params_get_key (params, i));
  return g_string_free (out, FALSE);
}

static const char *
find_unknown_param (const RegOperation *operation, const RegParams *params)
{
  for (guint i = 0; i < reg_params_get_size (params); i++)
    if (!g_strv_contains (operation->param_keys, reg_params_get_key (params, i)))
      return reg_params_get_key (params, i);
  return NULL;
}

/* What others did to this enrollment since the change was made. K-05: what loses progress waits for
 * a person where the learner went on since. K-06, K-07: what cannot be taken back waits for a
 * person where anybody else left a record since. */
static gboolean
others_went_on (RegSandboxDb *db,
                const RegSandboxAsked *asked,
                const RegUser *actor,
                RegConfirm confirm)
{
  sqlite3_stmt *stmt;
  gboolean found;

  if (confirm == REG_CONFIRM_UNDO || asked->base_revision <= 0)
    return FALSE;
  if (confirm == REG_CONFIRM_IRREVERSIBLE)
    stmt = reg_sandbox_db_query (
        db, "SELECT 1 FROM event WHERE enrollment_id = ?1 AND revision > ?2 AND actor_id <> ?3");
  else
    stmt = reg_sandbox_db_query (
        db, "SELECT 1 FROM enrollment WHERE id = ?1 AND learned > ?2 AND ?3 <> 0");
  sqlite3_bind_int64 (stmt, 1, reg_enrollment_id (asked->user_id, asked->course_id));
  sqlite3_bind_int64 (stmt, 2, asked->base_revision);
  sqlite3_bind_int64 (stmt, 3, actor->id);
  found = reg_sandbox_db_step (db, stmt);
  sqlite3_reset (stmt);
  return found;
}

/* What the person is shown of an enrollment that others went on with. Sent back as the base, it
 * says that the person saw it and wants the change nevertheless. */
static RegParams *
describe_enrollment (const RegEnrollment *enrollment)
{
  RegParams *params = reg_params_new ();

  reg_params_set_int64 (params, "attempt", enrollment->attempt);
  reg_params_set_int64 (params, "certificate_at", enrollment->certificate_at);
  reg_params_set_int64 (params, "completed_at", enrollment->completed_at);
  reg_params_set (params, "due_date", enrollment->due_date);
  reg_params_set_int64 (params, "progress", enrollment->progress);
  return params;
}

static gboolean
was_seen (const RegSandboxAsked *asked, const RegParams *now)
{
  for (guint i = 0; i < reg_params_get_size (now); i++)
    {
      const char *key = reg_params_get_key (now, i);

      if (g_strcmp0 (reg_params_get (asked->base, key), reg_params_get (now, key)) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Where the person was unassigned before, the attempts go on counting from there. */
static void
continue_attempts (RegSandboxDb *db, RegEnrollment *enrollment)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT max (number) FROM attempt WHERE user_id = ?1 AND course_id = ?2");

  sqlite3_bind_int64 (stmt, 1, enrollment->user_id);
  sqlite3_bind_int64 (stmt, 2, enrollment->course_id);
  if (reg_sandbox_db_step (db, stmt))
    enrollment->attempt = sqlite3_column_int (stmt, 0);
  sqlite3_reset (stmt);
}

static void
send_mail (RegSandboxSite *site,
           const RegUser *user,
           const char *kind,
           const char *subject,
           const char *body)
{
  sqlite3_stmt *stmt =
      reg_sandbox_db_query (site->db, "INSERT INTO mail (at, user_id, address, kind, subject, body)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

  sqlite3_bind_int64 (stmt, 1, reg_sandbox_site_now (site));
  sqlite3_bind_int64 (stmt, 2, user->id);
  sqlite3_bind_text (stmt, 3, user->email, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 4, kind, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 5, subject, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 6, body, -1, SQLITE_TRANSIENT);
  reg_sandbox_db_run (site->db, stmt);
}

/* Nobody is written to unless the operation says so: by a message, or by having notified. */
static void
send_mails (RegSandboxSite *site,
            const RegSubject *subject,
            const RegUser *before,
            const RegSandboxAsked *asked)
{
  const char *message = reg_params_get (asked->params, "message");

  if (message != NULL && *message != '\0')
    send_mail (site, subject->user, asked->name,
               subject->course != NULL ? subject->course->title : site->name, message);
  if (reg_params_get_boolean (asked->params, "notify") || strcmp (asked->name, "notify") == 0)
    send_mail (site, subject->user, "notify", site->name,
               before->notified_at == 0 ? "Your account is ready."
                                        : "A reminder: your account is ready.");
  if (strcmp (asked->name, "reset-password") == 0)
    send_mail (site, subject->user, "reset-password", site->name, "Choose a new password.");
}

static RegReason
store_user (RegSandboxSite *site, const RegUser *before, RegUser *after)
{
  gboolean was = before->state == REG_USER_STATE_ARCHIVED;
  gboolean is = after->state == REG_USER_STATE_ARCHIVED;
  RegReason reason = REG_REASON_NONE;

  if (was != is)
    reason = reg_sandbox_move_licenses (site->db, after->id, is ? +1 : -1);
  if (reason == REG_REASON_NONE)
    reg_sandbox_db_save_user (site->db, after);
  return reason;
}

/* Who is enrolled based on a qualification has it still when the registration is removed, and so is
 * enrolled again at once, from the beginning (K-13); not where no license is left. */
static void
enroll_again (RegSandboxSite *site, RegSubject *subject, const RegUser *actor)
{
  const RegOperation *assign = reg_operation_find ("assign");
  g_autoptr (RegEnrollment) gone = reg_enrollment_copy (subject->enrollment);
  g_autoptr (RegParams) params = reg_params_new ();

  reg_params_set (params, "source", reg_source_to_nick (REG_SOURCE_QUALIFICATION));
  subject->enrollment->attempt = 0;
  subject->enrollment->started_at = 0;
  if (reg_operation_check (assign, subject, params, NULL) != REG_REASON_NONE)
    return;
  reg_operation_apply (assign, subject, params);
  subject->enrollment->assigned_by = 0;
  reg_sandbox_store_effects (site, "qualified", actor, gone, subject->enrollment, FALSE, "");
}

static RegReason
change_course (RegSandboxSite *site,
               const RegOperation *operation,
               RegSubject *subject,
               const RegSandboxAsked *asked)
{
  reg_operation_apply (operation, subject, asked->params);
  reg_sandbox_db_save_course (site->db, subject->edited_course);
  return REG_REASON_NONE;
}

static RegReason
do_it (RegSandboxSite *site,
       const RegOperation *operation,
       RegSubject *subject,
       const RegSandboxAsked *asked)
{
  g_autoptr (RegUser) user = reg_user_copy (subject->user);
  g_autoptr (RegEnrollment) enrollment =
      subject->enrollment != NULL ? reg_enrollment_copy (subject->enrollment) : NULL;
  gint64 available = subject->pool != NULL ? subject->pool->available : 0;
  g_autoptr (RegUser) actor = reg_sandbox_db_load_user (site->db, subject->actor_id);
  const char *note = asked->note != NULL ? asked->note : "";
  gboolean forget =
      reg_operation_get_confirm (operation, asked->params) == REG_CONFIRM_IRREVERSIBLE;
  gboolean comes_back =
      forget && operation->needs_notice != NULL && operation->needs_notice (subject);
  gboolean was_accessed = enrollment != NULL && reg_sandbox_is_accessed (site->db, enrollment);
  RegReason reason = REG_REASON_NONE;

  reg_operation_apply (operation, subject, asked->params);
  /* What is assigned anew beside what was archived needs a license of its own. */
  if (enrollment != NULL && enrollment->archived
      && subject->enrollment->attempt != enrollment->attempt)
    reg_sandbox_forget_access (site->db, enrollment);
  else if (subject->pool != NULL && was_accessed)
    subject->pool->available = available;
  if (!reg_user_equal (user, subject->user))
    reason = store_user (site, user, subject->user);
  if (reason != REG_REASON_NONE)
    return reason;
  if (enrollment != NULL)
    reg_sandbox_store_effects (site, operation->name, actor, enrollment, subject->enrollment,
                               forget, note);
  else
    reg_sandbox_db_add_event (site->db, subject->user->id, 0, subject->now, actor->id,
                              operation->name, 0, note);
  if (comes_back)
    enroll_again (site, subject, actor);
  if (subject->pool != NULL && subject->pool->available != available)
    reg_sandbox_db_save_pool (site->db, subject->pool);
  send_mails (site, subject, user, asked);
  return REG_REASON_NONE;
}

static RegReason
judge (RegSandboxSite *site,
       const RegUser *actor,
       const RegOperation *operation,
       RegSubject *subject,
       const RegSandboxAsked *asked,
       Verdict *verdict,
       char **sentence)
{
  const char *unknown = find_unknown_param (operation, asked->params);
  RegReason reason;

  if (unknown != NULL)
    {
      *sentence = reg_reason_dup_sentence (REG_REASON_VALUE_INVALID, unknown, NULL);
      return REG_REASON_VALUE_INVALID;
    }
  reason = reg_operation_check (operation, subject, asked->params, sentence);
  if (reason != REG_REASON_NONE)
    return reason;
  reason = reg_sandbox_check_references (site->db, subject, asked->params, sentence);
  if (reason != REG_REASON_NONE)
    return reason;
  reason =
      reg_operation_compare_base (operation, subject, asked->params, asked->base, &verdict->server);
  if (reason == REG_REASON_NONE && operation->target == REG_TARGET_ENROLLMENT
      && others_went_on (site->db, asked, actor,
                         reg_operation_get_confirm (operation, asked->params)))
    {
      g_autoptr (RegParams) now = describe_enrollment (subject->enrollment);

      if (!was_seen (asked, now))
        {
          verdict->server = g_steal_pointer (&now);
          reason = REG_REASON_FIELD_CHANGED;
        }
    }
  if (reason == REG_REASON_FIELD_CHANGED)
    {
      g_autofree char *keys = join_keys (verdict->server);

      *sentence = reg_reason_dup_sentence (reason, keys, NULL);
    }
  return reason;
}

static void
perform_on_course (RegSandboxSite *site,
                   const RegUser *actor,
                   const RegOperation *operation,
                   const RegSandboxAsked *asked,
                   Verdict *verdict)
{
  g_autoptr (RegCourse) course = reg_sandbox_db_load_course (site->db, asked->course_id);
  RegSubject subject = {
    .course = course,
    .edited_course = course,
    .actor_id = actor->id,
    .actor_role = actor->role,
    .now = reg_sandbox_site_now (site),
  };
  char *sentence = NULL;
  RegReason reason;

  if (course == NULL)
    return decide (verdict, REG_REASON_COURSE_UNKNOWN, NULL);
  reason = judge (site, actor, operation, &subject, asked, verdict, &sentence);
  if (reason == REG_REASON_NONE)
    reason = change_course (site, operation, &subject, asked);
  decide (verdict, reason, sentence);
}

static void perform (RegSandboxSite *site,
                     const RegUser *actor,
                     const RegSandboxAsked *asked,
                     Verdict *verdict);

/* On every course the user has access to. */
static RegReason
do_instead (RegSandboxSite *site,
            const RegUser *actor,
            const RegOperation *instead,
            const RegSandboxAsked *asked,
            char **sentence)
{
  g_autoptr (GArray) courses = reg_sandbox_list_courses (site->db, asked->user_id);

  for (guint i = 0; i < courses->len; i++)
    {
      const RegSandboxAsked one = { .uuid = asked->uuid,
                                    .name = instead->name,
                                    .user_id = asked->user_id,
                                    .course_id = g_array_index (courses, gint64, i),
                                    .note = asked->note };
      g_auto (Verdict) verdict = { 0 };

      perform (site, actor, &one, &verdict);
    }
  if (courses->len > 0)
    return REG_REASON_NONE;
  *sentence = reg_operation_dup_not_enrolled (instead);
  return REG_REASON_NOT_ENROLLED;
}

static void
perform_on_preset (RegSandboxSite *site,
                   const RegUser *actor,
                   const RegOperation *operation,
                   const RegSandboxAsked *asked,
                   Verdict *verdict)
{
  g_autoptr (RegPreset) preset = reg_sandbox_db_load_preset (site->db, -asked->course_id);
  RegSubject subject = {
    .preset = preset,
    .actor_id = actor->id,
    .actor_role = actor->role,
    .now = reg_sandbox_site_now (site),
  };
  char *sentence = NULL;
  RegReason reason = judge (site, actor, operation, &subject, asked, verdict, &sentence);

  if (reason == REG_REASON_NONE)
    {
      reg_operation_apply (operation, &subject, asked->params);
      reg_sandbox_db_store_preset (site->db, preset);
    }
  decide (verdict, reason, sentence);
}

/* Decides one operation that is new, and does it where it is possible. */
static void
perform (RegSandboxSite *site, const RegUser *actor, const RegSandboxAsked *asked, Verdict *verdict)
{
  const RegOperation *operation = reg_operation_find (asked->name);
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegCourse) course = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  g_autoptr (RegLicensePool) pool = NULL;
  g_autoptr (GPtrArray) sessions = NULL;
  g_autoptr (GTimeZone) time_zone = NULL;
  g_autoptr (RegUser) same_email = NULL;
  g_autoptr (RegUser) same_employee_id = NULL;
  RegSubject subject;
  char *sentence = NULL;
  RegReason reason;

  if (operation == NULL || !reg_sandbox_offers (site, operation))
    return decide (verdict, REG_REASON_OPERATION_UNSUPPORTED, NULL);
  if (operation->target == REG_TARGET_COURSE)
    return perform_on_course (site, actor, operation, asked, verdict);
  if (operation->target == REG_TARGET_PRESET)
    return perform_on_preset (site, actor, operation, asked, verdict);
  user = operation->creates ? reg_user_new () : reg_sandbox_db_load_user (site->db, asked->user_id);
  if (user == NULL)
    return decide (verdict, REG_REASON_USER_UNKNOWN, NULL);
  if (operation->target == REG_TARGET_ENROLLMENT)
    {
      course = reg_sandbox_db_load_course (site->db, asked->course_id);
      if (course == NULL)
        return decide (verdict, REG_REASON_COURSE_UNKNOWN, NULL);
      enrollment = reg_sandbox_db_load_enrollment (site->db, asked->user_id, asked->course_id);
      if (!enrollment->present)
        continue_attempts (site->db, enrollment);
      pool = course->pool_id != 0 ? reg_sandbox_db_load_pool (site->db, course->pool_id) : NULL;
      if (course->kind == REG_COURSE_ILT)
        {
          sessions = reg_sandbox_db_list_sessions (site->db, course->id);
          time_zone = g_time_zone_new_identifier (site->time_zone);
        }
    }
  reg_sandbox_find_same (site->db, user, asked->params, &same_email, &same_employee_id);
  subject = (RegSubject){
    .user = user,
    .course = course,
    .enrollment = enrollment,
    .pool = pool,
    .sessions = sessions,
    .time_zone = time_zone,
    .same_email = same_email,
    .same_employee_id = same_employee_id,
    .actor_id = actor->id,
    .actor_role = actor->role,
    .actor_is_instructor =
        course != NULL && reg_sandbox_is_instructor (site->db, actor->id, course->id),
    .now = reg_sandbox_site_now (site),
  };
  reason = judge (site, actor, operation, &subject, asked, verdict, &sentence);
  if (reason == REG_REASON_NONE && reg_operation_get_instead (operation, asked->params) != NULL)
    reason = do_instead (site, actor, reg_operation_get_instead (operation, asked->params), asked,
                         &sentence);
  else if (reason == REG_REASON_NONE)
    reason = do_it (site, operation, &subject, asked);
  verdict->user_id = user->id;
  decide (verdict, reason, sentence);
}

/* ---- keys and answers ---- */

/* The same key with other contents is a mistake of the client, which the answer must not hide. */
static char *
dup_request_text (const RegSandboxAsked *asked)
{
  g_autofree char *params = asked->params != NULL ? reg_params_to_text (asked->params) : NULL;

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", asked->name,
                          asked->user_id, asked->course_id, params != NULL ? params : "");
}

static gboolean
recall (RegSandboxSite *site, const RegSandboxAsked *asked, Verdict *verdict)
{
  g_autofree char *request = dup_request_text (asked);
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      site->db,
      "SELECT request, outcome, code, sentence, server, user_id FROM operation WHERE uuid = ?1");
  gboolean found;

  sqlite3_bind_text (stmt, 1, asked->uuid, -1, SQLITE_TRANSIENT);
  found = reg_sandbox_db_step (site->db, stmt);
  if (found && g_strcmp0 ((const char *)sqlite3_column_text (stmt, 0), request) != 0)
    decide (verdict, REG_REASON_SERVER_REFUSED,
            reg_reason_dup_sentence (REG_REASON_SERVER_REFUSED,
                                     "this key belongs to another change.", NULL));
  else if (found)
    {
      const char *server = (const char *)sqlite3_column_text (stmt, 4);

      verdict->outcome = (RegOutcomeKind)sqlite3_column_int (stmt, 1);
      reg_reason_from_code ((const char *)sqlite3_column_text (stmt, 2), &verdict->reason);
      verdict->sentence = g_strdup ((const char *)sqlite3_column_text (stmt, 3));
      if (*server != '\0')
        verdict->server = reg_params_new_from_text (server, NULL);
      verdict->user_id = sqlite3_column_int64 (stmt, 5);
    }
  sqlite3_reset (stmt);
  if (found)
    {
      stmt = reg_sandbox_db_query (site->db,
                                   "UPDATE operation SET received = received + 1 WHERE uuid = ?1");
      sqlite3_bind_text (stmt, 1, asked->uuid, -1, SQLITE_TRANSIENT);
      reg_sandbox_db_run (site->db, stmt);
    }
  return found;
}

static void
remember (RegSandboxSite *site, const RegSandboxAsked *asked, const Verdict *verdict)
{
  g_autofree char *request = dup_request_text (asked);
  g_autofree char *server = verdict->server != NULL ? reg_params_to_text (verdict->server) : NULL;
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      site->db, "INSERT INTO operation (uuid, request, operation, user_id, course_id, outcome,"
                " code, sentence, server, at, received, applied)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1, ?11)");

  sqlite3_bind_text (stmt, 1, asked->uuid, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 2, request, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 3, asked->name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 4, verdict->user_id);
  sqlite3_bind_int64 (stmt, 5, asked->course_id);
  sqlite3_bind_int (stmt, 6, verdict->outcome);
  sqlite3_bind_text (stmt, 7, reg_reason_to_code (verdict->reason), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 8, verdict->sentence, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (stmt, 9, server != NULL ? server : "", -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 10, reg_sandbox_site_now (site));
  sqlite3_bind_int (stmt, 11, verdict->outcome == REG_OUTCOME_APPLIED);
  reg_sandbox_db_run (site->db, stmt);
}

static void
write_server (RegJsonWriter *writer, const RegParams *server)
{
  reg_json_writer_key (writer, "server");
  if (server == NULL)
    {
      reg_json_writer_null (writer);
      return;
    }
  reg_json_writer_open (writer, '{');
  for (guint i = 0; i < reg_params_get_size (server); i++)
    {
      const char *key = reg_params_get_key (server, i);

      reg_json_writer_key (writer, key);
      reg_json_writer_text (writer, reg_params_get (server, key));
    }
  reg_json_writer_close (writer, '}');
}

/* The target's rows as they are now, and its revision. */
static void
write_target (RegJsonWriter *writer,
              RegSandboxSite *site,
              RegOutcomeKind outcome,
              gint64 user_id,
              gint64 course_id)
{
  gboolean told = outcome == REG_OUTCOME_APPLIED || outcome == REG_OUTCOME_SKIPPED;
  RegTarget target = reg_target_from_ids (user_id, course_id);
  g_autoptr (RegUser) user =
      target == REG_TARGET_USER ? reg_sandbox_db_load_user (site->db, user_id) : NULL;
  g_autoptr (RegEnrollment) enrollment =
      target == REG_TARGET_ENROLLMENT
          ? reg_sandbox_db_load_enrollment (site->db, user_id, course_id)
          : NULL;
  g_autoptr (RegCourse) course =
      target == REG_TARGET_COURSE ? reg_sandbox_db_load_course (site->db, course_id) : NULL;
  gboolean present = enrollment != NULL && enrollment->present;

  reg_json_writer_add_int_or_null (writer, "revision",
                                   user != NULL     ? user->revision
                                   : course != NULL ? course->revision
                                   : present        ? enrollment->revision
                                                    : 0);
  reg_json_writer_key (writer, "user");
  if (told && user != NULL)
    reg_sandbox_write_user (writer, user);
  else
    reg_json_writer_null (writer);
  reg_json_writer_key (writer, "enrollment");
  if (told && present)
    reg_sandbox_write_enrollment (writer, enrollment);
  else
    reg_json_writer_null (writer);
  reg_json_writer_key (writer, "course");
  if (told && course != NULL)
    reg_sandbox_write_course (writer, course);
  else
    reg_json_writer_null (writer);
  reg_json_writer_add_boolean (writer, "absent", told && enrollment != NULL && !present);
}

static void
write_result (RegJsonWriter *writer,
              RegSandboxSite *site,
              const char *uuid,
              const Verdict *verdict,
              gint64 user_id,
              gint64 course_id)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_text (writer, "id", uuid);
  reg_json_writer_add_text (writer, "outcome", reg_outcome_kind_to_nick (verdict->outcome));
  reg_json_writer_add_text_or_null (writer, "code", reg_reason_to_code (verdict->reason));
  reg_json_writer_add_text_or_null (writer, "sentence", verdict->sentence);
  write_server (writer, verdict->server);
  write_target (writer, site, verdict->outcome, user_id, course_id);
  reg_json_writer_close (writer, '}');
}

static void
answer_one (RegSandboxSite *site,
            const RegUser *actor,
            const RegSandboxAsked *asked,
            RegJsonWriter *writer)
{
  g_auto (Verdict) verdict = { .user_id = asked->user_id };

  if (!recall (site, asked, &verdict))
    {
      perform (site, actor, asked, &verdict);
      remember (site, asked, &verdict);
    }
  write_result (writer, site, asked->uuid, &verdict, verdict.user_id, asked->course_id);
}

/* Answers a problem where the member is missing, not an array, or too long. */
static JsonArray *
get_array (const RegSandboxRequest *request, const char *key, RegSandboxReply *reply)
{
  JsonNode *node = json_object_get_member (request->body, key);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      reg_sandbox_reply_problem (reply, 422, "member-invalid", "%s must be an array.", key);
      return NULL;
    }
  if (json_array_get_length (json_node_get_array (node)) > REG_SANDBOX_MAX_OPERATIONS)
    {
      reg_sandbox_reply_problem (reply, 413, "too-many", "At most %d in one request.",
                                 REG_SANDBOX_MAX_OPERATIONS);
      return NULL;
    }
  return json_node_get_array (node);
}

void
reg_sandbox_post_operations (RegSandboxSite *site,
                             const RegSandboxRequest *request,
                             RegSandboxReply *reply)
{
  JsonArray *operations = get_array (request, "operations", reply);
  JsonNode *dry_run = json_object_get_member (request->body, "dry_run");
  guint n = operations != NULL ? json_array_get_length (operations) : 0;
  g_autoptr (GArray) asked = g_array_sized_new (FALSE, TRUE, sizeof (RegSandboxAsked), n);
  g_autoptr (GError) error = NULL;
  RegJsonWriter writer;

  if (operations == NULL)
    return;
  if (dry_run != NULL && json_node_get_value_type (dry_run) != G_TYPE_BOOLEAN)
    return reg_sandbox_reply_problem (reply, 422, "member-invalid", "dry_run is true or false.");
  g_array_set_clear_func (asked, (GDestroyNotify)reg_sandbox_asked_clear);
  g_array_set_size (asked, n);
  for (guint i = 0; i < n; i++)
    {
      const char *wrong = reg_sandbox_asked_read (json_array_get_element (operations, i),
                                                  &g_array_index (asked, RegSandboxAsked, i));

      if (wrong != NULL)
        return reg_sandbox_reply_problem (reply, 422, "member-invalid",
                                          "%s of operation %u is missing or wrong.", wrong, i + 1);
    }
  writer = reg_sandbox_reply_begin (reply);
  reg_json_writer_open (&writer, '{');
  reg_json_writer_key (&writer, "results");
  reg_json_writer_open (&writer, '[');
  reg_sandbox_db_begin (site->db);
  for (guint i = 0; i < n; i++)
    answer_one (site, request->actor, &g_array_index (asked, RegSandboxAsked, i), &writer);
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
  if (dry_run != NULL && json_node_get_boolean (dry_run))
    {
      reg_sandbox_db_take_error (site->db, &error);
      reg_sandbox_db_rollback (site->db);
    }
  else
    reg_sandbox_db_commit (site->db, &error);
  if (error != NULL)
    reg_sandbox_reply_storage (reply, g_steal_pointer (&error));
}

static void
write_outcome (RegJsonWriter *writer, RegSandboxSite *site, const char *uuid)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      site->db, "SELECT request, operation, user_id, course_id, outcome, code, sentence, server"
                " FROM operation WHERE uuid = ?1");
  g_auto (Verdict) verdict = { .outcome = REG_OUTCOME_UNKNOWN };
  gint64 user_id = 0, course_id = 0;

  sqlite3_bind_text (stmt, 1, uuid, -1, SQLITE_TRANSIENT);
  if (reg_sandbox_db_step (site->db, stmt))
    {
      const char *server = (const char *)sqlite3_column_text (stmt, 7);

      user_id = sqlite3_column_int64 (stmt, 2);
      course_id = sqlite3_column_int64 (stmt, 3);
      verdict.outcome = (RegOutcomeKind)sqlite3_column_int (stmt, 4);
      reg_reason_from_code ((const char *)sqlite3_column_text (stmt, 5), &verdict.reason);
      verdict.sentence = g_strdup ((const char *)sqlite3_column_text (stmt, 6));
      if (*server != '\0')
        verdict.server = reg_params_new_from_text (server, NULL);
    }
  sqlite3_reset (stmt);
  write_result (writer, site, uuid, &verdict, user_id, course_id);
}

void
reg_sandbox_post_outcomes (RegSandboxSite *site,
                           const RegSandboxRequest *request,
                           RegSandboxReply *reply)
{
  JsonArray *ids = get_array (request, "ids", reply);
  guint n = ids != NULL ? json_array_get_length (ids) : 0;
  RegJsonWriter writer;

  if (ids == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (ids, i);

      if (json_node_get_value_type (node) != G_TYPE_STRING)
        return reg_sandbox_reply_problem (reply, 422, "member-invalid", "ids are texts.");
    }
  writer = reg_sandbox_reply_begin (reply);
  reg_json_writer_open (&writer, '{');
  reg_json_writer_key (&writer, "results");
  reg_json_writer_open (&writer, '[');
  for (guint i = 0; i < n; i++)
    write_outcome (&writer, site, json_array_get_string_element (ids, i));
  reg_json_writer_close (&writer, ']');
  reg_json_writer_close (&writer, '}');
}
