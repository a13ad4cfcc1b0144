/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /v1/site and GET /v1/changes. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-rows.h"
#include "sandbox/reg-sandbox-site.h"

#include "rules/reg-operation.h"

#include <string.h>

static gboolean
has_setting (RegSandboxSite *site, const char *key)
{
  g_autofree char *value = reg_sandbox_db_dup_setting (site->db, key);

  return g_strcmp0 (value, "true") == 0;
}

/* An organization may be without the renewal of subscriptions. */
gboolean
reg_sandbox_offers (RegSandboxSite *site, const RegOperation *operation)
{
  return strcmp (operation->name, "renew") != 0 || !has_setting (site, "renew_hidden");
}

/* Whether the person was made an instructor of the course (0: of any), and has access to it. */
gboolean
reg_sandbox_is_instructor (RegSandboxDb *db, gint64 user_id, gint64 course_id)
{
  sqlite3_stmt *stmt = reg_sandbox_db_query (
      db, "SELECT 1 FROM enrollment WHERE user_id = ?1 AND is_instructor AND access = ?2"
          " AND ?3 IN (0, id)");
  gboolean found;

  sqlite3_bind_int64 (stmt, 1, user_id);
  sqlite3_bind_int (stmt, 2, REG_ACCESS_ACTIVE);
  sqlite3_bind_int64 (stmt, 3, course_id != 0 ? reg_enrollment_id (user_id, course_id) : 0);
  found = reg_sandbox_db_step (db, stmt);
  sqlite3_reset (stmt);
  return found;
}

void
reg_sandbox_get_site (RegSandboxSite *site,
                      const RegSandboxRequest *request,
                      RegSandboxReply *reply)
{
  RegJsonWriter writer = reg_sandbox_reply_begin (reply);
  g_autofree char *name = reg_user_dup_name (request->actor);
  /* Those that count somewhere: in a course of theirs, for somebody of their team. */
  guint roles = reg_actor_get_roles (request->actor->role, request->actor->id,
                                     reg_sandbox_is_instructor (site->db, request->actor->id, 0),
                                     request->actor->id);
  guint n;
  const RegOperation *const *operations = reg_operation_list (&n);

  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_text (&writer, "name", site->name);
  reg_json_writer_add_text (&writer, "version", REG_VERSION);
  reg_json_writer_add_text (&writer, "time_zone", site->time_zone);
  reg_json_writer_key (&writer, "actor");
  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_int (&writer, "id", request->actor->id);
  reg_json_writer_add_text (&writer, "email", request->actor->email);
  reg_json_writer_add_text (&writer, "name", name);
  reg_json_writer_add_text (&writer, "role", reg_role_to_nick (request->actor->role));
  reg_json_writer_close (&writer, '}');
  reg_json_writer_key (&writer, "settings");
  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_boolean (&writer, "allow_reassign_always",
                               has_setting (site, "allow_reassign_always"));
  reg_json_writer_add_text_or_null (&writer, "reassign_license",
                                    has_setting (site, "reassign_license_hidden") ? NULL : "none");
  reg_json_writer_close (&writer, '}');
  reg_json_writer_key (&writer, "operations");
  reg_json_writer_open (&writer, '[');
  for (guint i = 0; i < n; i++)
    if (reg_sandbox_offers (site, operations[i]) && (operations[i]->roles & roles) != 0)
      reg_json_writer_text (&writer, operations[i]->name);
  reg_json_writer_close (&writer, ']');
  reg_json_writer_key (&writer, "limits");
  reg_json_writer_open (&writer, '{');
  reg_json_writer_add_int (&writer, "operations", REG_SANDBOX_MAX_OPERATIONS);
  reg_json_writer_add_int (&writer, "page", REG_SANDBOX_PAGE_SIZE);
  reg_json_writer_close (&writer, '}');
  reg_json_writer_close (&writer, '}');
}

#define DEFINE_ROW_WRITER(name, Type)                                                              \
  static void write_##name##_row (RegJsonWriter *writer, sqlite3_stmt *stmt)                       \
  {                                                                                                \
    Type borrowed = { 0 };                                                                         \
                                                                                                   \
    reg_sandbox_db_peek_##name (stmt, &borrowed);                                                  \
    reg_sandbox_write_##name (writer, &borrowed);                                                  \
  }

DEFINE_ROW_WRITER (label, RegLabel)
DEFINE_ROW_WRITER (user, RegUser)
DEFINE_ROW_WRITER (course, RegCourse)
DEFINE_ROW_WRITER (session, RegSession)
DEFINE_ROW_WRITER (pool, RegLicensePool)
DEFINE_ROW_WRITER (enrollment, RegEnrollment)
DEFINE_ROW_WRITER (attempt, RegSandboxAttempt)
DEFINE_ROW_WRITER (certificate, RegSandboxCertificate)

static void
write_preset_row (RegJsonWriter *writer, sqlite3_stmt *stmt)
{
  const RegPreset borrowed = { .id = sqlite3_column_int64 (stmt, 0),
                               .revision = sqlite3_column_int64 (stmt, 1),
                               .name = (char *)sqlite3_column_text (stmt, 2),
                               .items = (char *)sqlite3_column_text (stmt, 3) };

  reg_sandbox_write_preset (writer, &borrowed);
}

static void
write_tombstone_row (RegJsonWriter *writer, sqlite3_stmt *stmt)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_text (writer, "kind", (const char *)sqlite3_column_text (stmt, 0));
  reg_json_writer_add_int_or_null (writer, "id", sqlite3_column_int64 (stmt, 2));
  reg_json_writer_add_int_or_null (writer, "user_id", sqlite3_column_int64 (stmt, 3));
  reg_json_writer_add_int_or_null (writer, "course_id", sqlite3_column_int64 (stmt, 4));
  reg_json_writer_close (writer, '}');
}

typedef struct
{
  const char *key;
  const char *sql; /* its second column is the revision */
  void (*write) (RegJsonWriter *writer, sqlite3_stmt *stmt);
} Kind;

#define AFTER " WHERE revision > ?1 ORDER BY revision"

static const Kind kinds[] = {
  { "labels", "SELECT " REG_SANDBOX_LABEL_COLUMNS " FROM label" AFTER, write_label_row },
  { "users", "SELECT " REG_SANDBOX_USER_COLUMNS " FROM user" AFTER, write_user_row },
  { "courses", "SELECT " REG_SANDBOX_COURSE_COLUMNS " FROM course" AFTER, write_course_row },
  { "sessions", "SELECT " REG_SANDBOX_SESSION_COLUMNS " FROM session" AFTER, write_session_row },
  { "pools", "SELECT " REG_SANDBOX_POOL_COLUMNS " FROM pool" AFTER, write_pool_row },
  { "enrollments", "SELECT " REG_SANDBOX_ENROLLMENT_COLUMNS " FROM enrollment" AFTER,
    write_enrollment_row },
  { "attempts", "SELECT " REG_SANDBOX_ATTEMPT_COLUMNS " FROM attempt" AFTER, write_attempt_row },
  { "certificates", "SELECT " REG_SANDBOX_CERTIFICATE_COLUMNS " FROM certificate" AFTER,
    write_certificate_row },
  { "presets", "SELECT id, revision, name, items FROM preset" AFTER, write_preset_row },
  { "removed", "SELECT kind, revision, id, user_id, course_id FROM tombstone" AFTER,
    write_tombstone_row },
};

typedef struct
{
  sqlite3_stmt *stmt;
  gint64 revision; /* of the row it stands on; G_MAXINT64 at the end */
  RegJsonWriter rows;
} Stream;

static void
stream_next (RegSandboxDb *db, Stream *stream)
{
  stream->revision =
      reg_sandbox_db_step (db, stream->stmt) ? sqlite3_column_int64 (stream->stmt, 1) : G_MAXINT64;
}

static guint
find_first (const Stream *streams)
{
  guint first = 0;

  for (guint i = 1; i < G_N_ELEMENTS (kinds); i++)
    if (streams[i].revision < streams[first].revision)
      first = i;
  return first;
}

static void
write_page (RegSandboxSite *site,
            Stream *streams,
            gint64 after,
            gint64 limit,
            RegSandboxReply *reply)
{
  RegJsonWriter writer;
  g_autofree char *cursor = NULL;
  guint first = find_first (streams);

  for (; limit > 0 && streams[first].revision != G_MAXINT64; limit--)
    {
      after = streams[first].revision;
      kinds[first].write (&streams[first].rows, streams[first].stmt);
      stream_next (site->db, &streams[first]);
      first = find_first (streams);
    }
  cursor = g_strdup_printf ("%s.%" G_GINT64_FORMAT, site->generation, after);
  writer = reg_sandbox_reply_begin (reply);
  reg_json_writer_open (&writer, '{');
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      reg_json_writer_key (&writer, kinds[i].key);
      reg_json_writer_open (&writer, '[');
      g_string_append_len (writer.out, streams[i].rows.out->str, streams[i].rows.out->len);
      reg_json_writer_close (&writer, ']');
    }
  reg_json_writer_add_text (&writer, "cursor", cursor);
  reg_json_writer_add_boolean (&writer, "more", streams[first].revision != G_MAXINT64);
  reg_json_writer_close (&writer, '}');
}

/* A cursor of another database, or of a revision this one has not reached, is refused: what it
 * leaves out cannot be known. */
static gboolean
read_cursor (RegSandboxSite *site, const char *cursor, gint64 *after)
{
  guint64 revision;

  *after = 0;
  if (cursor == NULL || *cursor == '\0')
    return TRUE;
  if (!g_str_has_prefix (cursor, site->generation) || cursor[strlen (site->generation)] != '.'
      || !g_ascii_string_to_unsigned (cursor + strlen (site->generation) + 1, 10, 0,
                                      (guint64)reg_sandbox_db_get_revision (site->db), &revision,
                                      NULL))
    return FALSE;
  *after = (gint64)revision;
  return TRUE;
}

void
reg_sandbox_get_changes (RegSandboxSite *site,
                         const RegSandboxRequest *request,
                         RegSandboxReply *reply)
{
  const char *limit_text = g_hash_table_lookup (request->query, "limit");
  guint64 limit = REG_SANDBOX_DEFAULT_PAGE;
  g_autoptr (GError) error = NULL;
  gint64 after;
  Stream streams[G_N_ELEMENTS (kinds)] = { 0 };

  if (limit_text != NULL
      && !g_ascii_string_to_unsigned (limit_text, 10, 1, G_MAXINT64, &limit, NULL))
    {
      reg_sandbox_reply_problem (reply, 422, "limit-invalid", "limit is a number from 1 on.");
      return;
    }
  if (!read_cursor (site, g_hash_table_lookup (request->query, "after"), &after))
    {
      reg_sandbox_reply_problem (reply, 422, "cursor-invalid",
                                 "This cursor is not one of this site; begin without one.");
      return;
    }
  if (!reg_sandbox_run_daily_schedule (site, &error))
    {
      reg_sandbox_reply_storage (reply, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      streams[i].rows.out = g_string_new (NULL);
      streams[i].stmt = reg_sandbox_db_query (site->db, kinds[i].sql);
      sqlite3_bind_int64 (streams[i].stmt, 1, after);
      stream_next (site->db, &streams[i]);
    }
  write_page (site, streams, after, (gint64)MIN (limit, REG_SANDBOX_PAGE_SIZE), reply);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      sqlite3_reset (streams[i].stmt);
      g_string_free (streams[i].rows.out, TRUE);
    }
}
