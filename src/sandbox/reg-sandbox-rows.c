/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-rows.h"

void
reg_sandbox_write_label (RegJsonWriter *writer, const RegLabel *label)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", label->id);
  reg_json_writer_add_int (writer, "revision", label->revision);
  reg_json_writer_add_text (writer, "kind", reg_label_kind_to_nick (label->kind));
  reg_json_writer_add_text (writer, "name", label->name);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_user (RegJsonWriter *writer, const RegUser *user)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", user->id);
  reg_json_writer_add_int (writer, "revision", user->revision);
  reg_json_writer_add_text (writer, "email", user->email);
  reg_json_writer_add_text_or_null (writer, "employee_id", user->employee_id);
  reg_json_writer_add_text (writer, "given_name", user->given_name);
  reg_json_writer_add_text (writer, "family_name", user->family_name);
  reg_json_writer_add_text (writer, "role", reg_role_to_nick (user->role));
  reg_json_writer_add_text (writer, "state", reg_user_state_to_nick (user->state));
  reg_json_writer_add_int_or_null (writer, "location_id", user->location_id);
  reg_json_writer_add_int_or_null (writer, "manager_id", user->manager_id);
  reg_json_writer_add_ids (writer, "labels", user->labels);
  reg_json_writer_add_int_or_null (writer, "approved_at", user->approved_at);
  reg_json_writer_add_int_or_null (writer, "notified_at", user->notified_at);
  reg_json_writer_add_int_or_null (writer, "archived_at", user->archived_at);
  reg_json_writer_close (writer, '}');
}

static void
write_parts (RegJsonWriter *writer, const char *key, const char *parts)
{
  g_autoptr (RegParams) names = reg_course_parse_parts (parts);

  reg_json_writer_key (writer, key);
  reg_json_writer_open (writer, '[');
  for (guint i = 0; i < reg_params_get_size (names); i++)
    {
      const char *number = reg_params_get_key (names, i);

      reg_json_writer_open (writer, '{');
      reg_json_writer_add_int (writer, "id", g_ascii_strtoll (number, NULL, 10));
      reg_json_writer_add_text (writer, "name", reg_params_get (names, number));
      reg_json_writer_close (writer, '}');
    }
  reg_json_writer_close (writer, ']');
}

void
reg_sandbox_write_course (RegJsonWriter *writer, const RegCourse *course)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", course->id);
  reg_json_writer_add_int (writer, "revision", course->revision);
  reg_json_writer_add_text (writer, "code", course->code);
  reg_json_writer_add_text (writer, "title", course->title);
  reg_json_writer_add_text (writer, "kind", reg_course_kind_to_nick (course->kind));
  reg_json_writer_add_boolean (writer, "has_scorm", course->has_scorm);
  reg_json_writer_add_boolean (writer, "has_quiz", course->has_quiz);
  reg_json_writer_add_int_or_null (writer, "pool_id", course->pool_id);
  reg_json_writer_add_int_or_null (writer, "auto_reassign_days", course->auto_reassign_days);
  reg_json_writer_add_ids (writer, "items", course->items);
  write_parts (writer, "editions", course->editions);
  write_parts (writer, "units", course->units);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_session (RegJsonWriter *writer, const RegSession *session)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", session->id);
  reg_json_writer_add_int (writer, "revision", session->revision);
  reg_json_writer_add_int (writer, "course_id", session->course_id);
  reg_json_writer_add_text (writer, "place", session->place);
  reg_json_writer_add_int (writer, "starts_at", session->starts_at);
  reg_json_writer_add_int (writer, "ends_at", session->ends_at);
  reg_json_writer_add_int_or_null (writer, "seats", session->seats);
  reg_json_writer_add_int (writer, "taken", session->taken);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_pool (RegJsonWriter *writer, const RegLicensePool *pool)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", pool->id);
  reg_json_writer_add_int (writer, "revision", pool->revision);
  reg_json_writer_add_text (writer, "kind", reg_pool_kind_to_nick (pool->kind));
  reg_json_writer_add_text (writer, "name", pool->name);
  reg_json_writer_add_int (writer, "total", pool->total);
  reg_json_writer_add_int (writer, "available", pool->available);
  reg_json_writer_add_text_or_null (writer, "expires", pool->expires);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_enrollment (RegJsonWriter *writer, const RegEnrollment *enrollment)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "user_id", enrollment->user_id);
  reg_json_writer_add_int (writer, "course_id", enrollment->course_id);
  reg_json_writer_add_int (writer, "revision", enrollment->revision);
  reg_json_writer_add_text (writer, "access", reg_access_to_nick (enrollment->access));
  reg_json_writer_add_text (writer, "requirement",
                            reg_requirement_to_nick (enrollment->requirement));
  reg_json_writer_add_text (writer, "source", reg_source_to_nick (enrollment->source));
  reg_json_writer_add_boolean (writer, "visible", enrollment->visible);
  reg_json_writer_add_boolean (writer, "archived", enrollment->archived);
  reg_json_writer_add_text_or_null (writer, "due_date", enrollment->due_date);
  reg_json_writer_add_int_or_null (writer, "assigned_by", enrollment->assigned_by);
  reg_json_writer_add_int_or_null (writer, "assigned_at", enrollment->assigned_at);
  reg_json_writer_add_int (writer, "attempt", enrollment->attempt);
  reg_json_writer_add_int_or_null (writer, "started_at", enrollment->started_at);
  reg_json_writer_add_int (writer, "progress", enrollment->progress);
  reg_json_writer_add_int_or_null (writer, "completed_at", enrollment->completed_at);
  reg_json_writer_add_int_or_null (writer, "session_id", enrollment->session_id);
  reg_json_writer_add_text_or_null (
      writer, "seat",
      enrollment->seat == REG_SEAT_NONE ? NULL : reg_seat_to_nick (enrollment->seat));
  reg_json_writer_add_int_or_null (writer, "certificate_at", enrollment->certificate_at);
  reg_json_writer_add_boolean (writer, "is_instructor", enrollment->is_instructor);
  reg_json_writer_add_text_or_null (writer, "edition", enrollment->edition);
  reg_json_writer_add_text_or_null (writer, "mode", enrollment->mode);
  reg_json_writer_add_text_or_null (writer, "units", enrollment->units);
  reg_json_writer_add_text_or_null (writer, "subscription_end", enrollment->subscription_end);
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_attempt (RegJsonWriter *writer, const RegSandboxAttempt *attempt)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", attempt->id);
  reg_json_writer_add_int (writer, "revision", attempt->revision);
  reg_json_writer_add_int (writer, "user_id", attempt->user_id);
  reg_json_writer_add_int (writer, "course_id", attempt->course_id);
  reg_json_writer_add_int (writer, "number", attempt->number);
  reg_json_writer_add_int_or_null (writer, "assigned_at", attempt->assigned_at);
  reg_json_writer_add_int_or_null (writer, "started_at", attempt->started_at);
  reg_json_writer_add_int (writer, "progress", attempt->progress);
  reg_json_writer_add_int_or_null (writer, "completed_at", attempt->completed_at);
  reg_json_writer_add_text_or_null (writer, "ended_by", attempt->ended_by);
  reg_json_writer_add_text (writer, "records", attempt->kept ? "kept" : "removed");
  reg_json_writer_close (writer, '}');
}

void
reg_sandbox_write_certificate (RegJsonWriter *writer, const RegSandboxCertificate *certificate)
{
  reg_json_writer_open (writer, '{');
  reg_json_writer_add_int (writer, "id", certificate->id);
  reg_json_writer_add_int (writer, "revision", certificate->revision);
  reg_json_writer_add_int (writer, "user_id", certificate->user_id);
  reg_json_writer_add_int (writer, "course_id", certificate->course_id);
  reg_json_writer_add_int (writer, "attempt", certificate->attempt);
  reg_json_writer_add_int (writer, "issued_at", certificate->issued_at);
  reg_json_writer_add_int_or_null (writer, "removed_at", certificate->removed_at);
  reg_json_writer_close (writer, '}');
}
