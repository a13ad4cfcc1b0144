/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the LMS records of an enrollment, and what becomes of it. Each test has a site of its own.
 */
#include "reg-test-server.h"

#include <string.h>

#define COURSE 1

typedef struct
{
  RegTestServer *server;
  int user_id; /* who is active, and not enrolled in the course */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = reg_test_server_new_seeded (REG_SANDBOX_SEED_DEMO, 0);
  for (fixture->user_id = 3;; fixture->user_id++)
    {
      g_autoptr (JsonObject) assigned = reg_test_server_operate (
          fixture->server, NULL, "assign", fixture->user_id, COURSE, NULL, NULL);

      if (json_object_get_null_member (assigned, "code"))
        break;
    }
  json_object_unref (reg_test_server_operate (fixture->server, NULL, "remove-user",
                                              fixture->user_id, COURSE, NULL, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  reg_test_server_free (fixture->server);
}

/* Does it to the person's enrollment in the course, and asserts what is answered. */
static JsonObject *
operate (Fixture *fixture, const char *operation, const char *params, const char *code)
{
  JsonObject *result = reg_test_server_operate (fixture->server, NULL, operation, fixture->user_id,
                                                COURSE, params, NULL);

  g_assert_cmpstr (json_object_get_string_member_with_default (result, "code", NULL), ==, code);
  return result;
}

static void
check (Fixture *fixture, const char *operation, const char *params, const char *code)
{
  json_object_unref (operate (fixture, operation, params, code));
}

static JsonObject *
get_enrollment (JsonObject *result)
{
  return json_object_get_object_member (result, "enrollment");
}

static void
learn (Fixture *fixture, int progress)
{
  g_autofree char *body = g_strdup_printf ("{\"user_id\": %d, \"course_id\": %d, \"progress\": %d}",
                                           fixture->user_id, COURSE, progress);
  g_autoptr (JsonObject) answer = reg_test_server_post (fixture->server, "/sandbox/learn", body);

  g_assert_null (answer);
}

/* The rows of a kind that concern the enrollment. */
static guint
count_rows (Fixture *fixture, const char *kind, const char *member, gboolean is_null)
{
  g_autoptr (JsonObject) page = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  JsonArray *rows = json_object_get_array_member (page, kind);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (json_object_get_int_member (row, "user_id") == fixture->user_id
          && json_object_get_int_member (row, "course_id") == COURSE
          && (member == NULL || json_object_get_null_member (row, member) == is_null))
        n++;
    }
  return n;
}

static guint
count_certificates (Fixture *fixture)
{
  return count_rows (fixture, "certificates", "removed_at", TRUE);
}

/* The events of the enrollment's history, one word after the other. */
static char *
dup_history (Fixture *fixture)
{
  g_autofree char *path =
      g_strdup_printf ("/v1/users/%d/courses/%d/history", fixture->user_id, COURSE);
  g_autoptr (JsonObject) answer = reg_test_server_get (fixture->server, path);
  JsonArray *events = json_object_get_array_member (answer, "events");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (events); i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "",
        json_object_get_string_member (json_array_get_object_element (events, i), "event"));
  return g_string_free (text, FALSE);
}

/* Where the course has a pool: how many licenses are left. */
static gint64
get_available (Fixture *fixture, gint64 course_id)
{
  g_autoptr (JsonObject) page = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  JsonArray *courses = json_object_get_array_member (page, "courses");
  JsonArray *pools = json_object_get_array_member (page, "pools");

  for (guint i = 0; i < json_array_get_length (courses); i++)
    {
      JsonObject *course = json_array_get_object_element (courses, i);

      if (json_object_get_int_member (course, "id") != course_id)
        continue;
      for (guint k = 0; k < json_array_get_length (pools); k++)
        {
          JsonObject *pool = json_array_get_object_element (pools, k);

          if (json_object_get_int_member (pool, "id")
              == json_object_get_int_member (course, "pool_id"))
            return json_object_get_int_member (pool, "available");
        }
    }
  g_assert_not_reached ();
}

static gint64
find_course_with_pool (Fixture *fixture)
{
  g_autoptr (JsonObject) page = reg_test_server_get (fixture->server, "/v1/changes?limit=5000");
  JsonArray *courses = json_object_get_array_member (page, "courses");

  for (guint i = 0; i < json_array_get_length (courses); i++)
    {
      JsonObject *course = json_array_get_object_element (courses, i);
      gint64 id = json_object_get_int_member (course, "id");

      if (!json_object_get_null_member (course, "pool_id") && get_available (fixture, id) > 1)
        return id;
    }
  g_assert_not_reached ();
}

/* Not Started again; the certificate stays unless it is asked for too. */
static void
test_reset_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (JsonObject) removed = NULL;
  g_autofree char *history = NULL;

  check (fixture, "assign", NULL, NULL);
  check (fixture, "reset-progress", NULL, "status-not-allowed");
  learn (fixture, 100);
  g_assert_cmpuint (count_certificates (fixture), ==, 1);
  kept = operate (fixture, "reset-progress", NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (get_enrollment (kept), "progress"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (get_enrollment (kept), "attempt"), ==, 1);
  g_assert_true (json_object_get_null_member (get_enrollment (kept), "started_at"));
  g_assert_true (json_object_get_null_member (get_enrollment (kept), "completed_at"));
  g_assert_false (json_object_get_null_member (get_enrollment (kept), "certificate_at"));
  g_assert_cmpuint (count_certificates (fixture), ==, 1);

  learn (fixture, 40);
  removed = operate (fixture, "reset-progress", "{\"withdraw_certificate\": \"true\"}", NULL);
  g_assert_true (json_object_get_null_member (get_enrollment (removed), "certificate_at"));
  g_assert_cmpuint (count_certificates (fixture), ==, 0);
  history = dup_history (fixture);
  g_assert_nonnull (strstr (history, "completed reset-progress progressed reset-progress"));
}

/* The license was used when the course was opened; starting anew does not give it back. */
static void
test_used_license (Fixture *fixture, gconstpointer data)
{
  gint64 course = find_course_with_pool (fixture);
  gint64 available = get_available (fixture, course);
  g_autofree char *body =
      g_strdup_printf ("{\"user_id\": %d, \"course_id\": %" G_GINT64_FORMAT ", \"progress\": 40}",
                       fixture->user_id, course);
  static const char *const names[] = { "assign",   NULL,     "reset-progress",
                                       "unenroll", "assign", "unassign" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) result = NULL;

      if (names[i] == NULL)
        result = reg_test_server_post (fixture->server, "/sandbox/learn", body);
      else
        {
          result = reg_test_server_operate (fixture->server, NULL, names[i], fixture->user_id,
                                            course, NULL, NULL);
          g_assert_true (json_object_get_null_member (result, "code"));
        }
      g_assert_cmpint (get_available (fixture, course), ==, available - 1);
    }
}

/* T-21: the certificate goes and comes; the progress stays as it is. */
static void
test_certificates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) removed = NULL;
  g_autoptr (JsonObject) generated = NULL;

  check (fixture, "assign", NULL, NULL);
  check (fixture, "generate-certificate", NULL, "status-not-allowed");
  check (fixture, "mark-complete", NULL, NULL);
  check (fixture, "generate-certificate", NULL, "nothing-to-do");
  removed = operate (fixture, "remove-certificate", NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (get_enrollment (removed), "progress"), ==, 100);
  g_assert_false (json_object_get_null_member (get_enrollment (removed), "completed_at"));
  g_assert_true (json_object_get_null_member (get_enrollment (removed), "certificate_at"));
  g_assert_cmpuint (count_certificates (fixture), ==, 0);
  check (fixture, "remove-certificate", NULL, "nothing-to-do");
  generated = operate (fixture, "generate-certificate", NULL, NULL);
  g_assert_false (json_object_get_null_member (get_enrollment (generated), "certificate_at"));
  g_assert_cmpuint (count_certificates (fixture), ==, 1);
  g_assert_cmpuint (count_rows (fixture, "certificates", NULL, FALSE), ==, 2);
}

/* Sends an operation made on an older revision, as a client does that was offline. */
static JsonObject *
operate_late (Fixture *fixture,
              const char *operation,
              const char *params,
              const char *base,
              gint64 base_revision,
              const char *code)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *body = g_strdup_printf (
      "{\"operations\": [{\"id\": \"%s\", \"operation\": \"%s\", \"user_id\": %d, "
      "\"course_id\": %d, \"params\": %s, \"base\": %s, \"base_revision\": %" G_GINT64_FORMAT "}]}",
      uuid, operation, fixture->user_id, COURSE, params != NULL ? params : "null",
      base != NULL ? base : "null", base_revision);
  g_autoptr (JsonObject) answer = reg_test_server_post (fixture->server, "/v1/operations", body);
  JsonObject *result =
      json_array_get_object_element (json_object_get_array_member (answer, "results"), 0);

  g_assert_cmpstr (json_object_get_string_member_with_default (result, "code", NULL), ==, code);
  return json_object_ref (result);
}

static char *
dup_member_text (JsonObject *object, const char *member)
{
  return json_to_string (json_object_get_member (object, member), FALSE);
}

/* K-05: asked with the new progress, and done where the person saw it and wants it still. */
static void
test_learner_went_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) assigned = operate (fixture, "assign", NULL, NULL);
  gint64 revision = json_object_get_int_member (assigned, "revision");
  g_autoptr (JsonObject) conflict = NULL;
  g_autofree char *seen = NULL;

  learn (fixture, 60);
  conflict = operate_late (fixture, "reset-progress", NULL, NULL, revision, "field-changed");
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (conflict, "server"), "progress"),
                   ==, "60");
  seen = dup_member_text (conflict, "server");
  learn (fixture, 80);
  json_object_unref (
      operate_late (fixture, "reset-progress", NULL, seen, revision, "field-changed"));
  learn (fixture, 60);
  json_object_unref (operate_late (fixture, "reset-progress", NULL, seen, revision, NULL));
}

/* Remove User: all of the course's data of the person goes (UNE-02). */
static void
test_remove_user (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) removed = NULL;
  g_autofree char *history = NULL;

  check (fixture, "remove-user", NULL, "not-enrolled");
  check (fixture, "assign", NULL, NULL);
  check (fixture, "mark-complete", NULL, NULL);
  check (fixture, "reset-progress", NULL, NULL);
  removed = operate (fixture, "remove-user", NULL, NULL);
  g_assert_true (json_object_get_boolean_member (removed, "absent"));
  g_assert_cmpuint (count_rows (fixture, "enrollments", NULL, FALSE), ==, 0);
  g_assert_cmpuint (count_rows (fixture, "certificates", NULL, FALSE), ==, 0);
  g_assert_cmpuint (count_rows (fixture, "attempts", NULL, FALSE), ==, 0);
  history = dup_history (fixture);
  g_assert_cmpstr (history, ==, "");
}

/* T-17: gone with its history, whether the person had access still or not. */
static void
test_remove_registration (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) removed = NULL;
  g_autofree char *history = NULL;

  check (fixture, "assign", NULL, NULL);
  learn (fixture, 100);
  check (fixture, "unenroll", NULL, NULL);
  check (fixture, "remove-user", NULL, "status-not-allowed");
  removed = operate (fixture, "remove-registration", NULL, NULL);
  g_assert_true (json_object_get_boolean_member (removed, "absent"));
  g_assert_cmpuint (count_rows (fixture, "enrollments", NULL, FALSE), ==, 0);
  g_assert_cmpuint (count_rows (fixture, "certificates", NULL, FALSE), ==, 0);
  history = dup_history (fixture);
  g_assert_cmpstr (history, ==, "");
}

/* K-13: by qualification, so enrolled again from the beginning. */
static void
test_qualification (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) removed = NULL;
  g_autofree char *history = NULL;
  JsonObject *enrollment;

  check (fixture, "assign", "{\"source\": \"qualification\"}", NULL);
  learn (fixture, 100);
  removed = operate (fixture, "remove-registration", NULL, NULL);
  enrollment = get_enrollment (removed);
  g_assert_cmpstr (json_object_get_string_member (enrollment, "source"), ==, "qualification");
  g_assert_cmpint (json_object_get_int_member (enrollment, "attempt"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (enrollment, "progress"), ==, 0);
  g_assert_true (json_object_get_null_member (enrollment, "certificate_at"));
  g_assert_true (json_object_get_null_member (enrollment, "assigned_by"));
  g_assert_cmpuint (count_rows (fixture, "enrollments", NULL, FALSE), ==, 1);
  g_assert_cmpuint (count_rows (fixture, "certificates", NULL, FALSE), ==, 0);
  history = dup_history (fixture);
  g_assert_cmpstr (history, ==, "qualified");
}

/* What was never opened gives its license back, once; what was unenrolled gave it back before. */
static void
test_licenses_of_removed (Fixture *fixture, gconstpointer data)
{
  gint64 course = find_course_with_pool (fixture);
  gint64 available = get_available (fixture, course);
  static const struct
  {
    const char *operation;
    const char *params;
    int taken;
  } steps[] = {
    { "assign", NULL, 1 },
    { "remove-user", NULL, 0 },
    { "assign", NULL, 1 },
    { "unenroll", NULL, 0 },
    { "remove-registration", NULL, 0 },
    { "assign", "{\"source\": \"qualification\"}", 1 },
    { "remove-registration", NULL, 1 },
    { "remove-user", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (JsonObject) result =
          reg_test_server_operate (fixture->server, NULL, steps[i].operation, fixture->user_id,
                                   course, steps[i].params, NULL);

      g_assert_true (json_object_get_null_member (result, "code"));
      g_assert_cmpint (get_available (fixture, course), ==, available - steps[i].taken);
    }
}

/* K-06: any new record of anybody else is asked about; one's own is not. */
static void
test_new_record (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "remove-user", "remove-registration" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (JsonObject) assigned = operate (fixture, "assign", NULL, NULL);
      gint64 revision = json_object_get_int_member (assigned, "revision");
      g_autoptr (JsonObject) conflict = NULL;
      g_autofree char *seen = NULL;

      check (fixture, "set-due-date", "{\"due_date\": \"2031-01-01\"}", NULL);
      learn (fixture, 10);
      conflict = operate_late (fixture, names[i], NULL, NULL, revision, "field-changed");
      seen = dup_member_text (conflict, "server");
      json_object_unref (operate_late (fixture, names[i], NULL, seen, revision, NULL));

      json_object_unref (g_steal_pointer (&assigned));
      assigned = operate (fixture, "assign", NULL, NULL);
      revision = json_object_get_int_member (assigned, "revision");
      check (fixture, "set-due-date", "{\"due_date\": \"2031-01-01\"}", NULL);
      json_object_unref (operate_late (fixture, names[i], NULL, NULL, revision, NULL));
    }
}

static int
get_attempt (JsonObject *result)
{
  return (int)json_object_get_int_member (get_enrollment (result), "attempt");
}

/* T-09, keep: the last assignment stays in the reports, with its certificate (REA-05…08). */
static void
test_reassign_keep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *history = NULL;

  check (fixture, "reassign", NULL, "not-enrolled");
  check (fixture, "assign", "{\"due_date\": \"2031-01-01\"}", NULL);
  learn (fixture, 100);
  check (fixture, "reassign", "{\"skip_completed\": \"true\"}", "completed-skipped");
  check (fixture, "reassign", "{\"remove_records\": \"1\"}", "value-invalid");
  again = operate (fixture, "reassign", NULL, NULL);
  g_assert_cmpint (get_attempt (again), ==, 2);
  g_assert_cmpint (json_object_get_int_member (get_enrollment (again), "progress"), ==, 0);
  g_assert_true (json_object_get_null_member (get_enrollment (again), "started_at"));
  g_assert_true (json_object_get_null_member (get_enrollment (again), "completed_at"));
  g_assert_true (json_object_get_null_member (get_enrollment (again), "certificate_at"));
  g_assert_cmpstr (json_object_get_string_member (get_enrollment (again), "due_date"), ==,
                   "2031-01-01");
  g_assert_cmpstr (json_object_get_string_member (get_enrollment (again), "requirement"), ==,
                   "required");
  g_assert_cmpuint (count_certificates (fixture), ==, 1);
  g_assert_cmpuint (count_rows (fixture, "attempts", "completed_at", FALSE), ==, 1);
  history = dup_history (fixture);
  g_assert_nonnull (strstr (history, "completed reassign"));
}

/* T-09, remove: the last assignment goes with its certificate, the one before it stays. */
static void
test_reassign_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *history = NULL;

  check (fixture, "assign", NULL, NULL);
  learn (fixture, 100);
  check (fixture, "reassign", NULL, NULL);
  learn (fixture, 100);
  g_assert_cmpuint (count_certificates (fixture), ==, 2);
  again = operate (fixture, "reassign", "{\"remove_records\": \"true\"}", NULL);
  g_assert_cmpint (get_attempt (again), ==, 3);
  g_assert_cmpuint (count_certificates (fixture), ==, 1);
  g_assert_cmpuint (count_rows (fixture, "attempts", NULL, FALSE), ==, 2);
  g_assert_cmpuint (count_rows (fixture, "attempts", "completed_at", FALSE), ==, 1);
  history = dup_history (fixture);
  g_assert_cmpstr (history, ==, "assign completed reassign");
}

/* K-07: the last attempt changed, so removing its records is asked about; keeping them is not. */
static void
test_reassign_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) assigned = operate (fixture, "assign", NULL, NULL);
  gint64 revision = json_object_get_int_member (assigned, "revision");
  g_autoptr (JsonObject) conflict = NULL;
  g_autofree char *seen = NULL;

  learn (fixture, 60);
  conflict = operate_late (fixture, "reassign", "{\"remove_records\": \"true\"}", NULL, revision,
                           "field-changed");
  seen = dup_member_text (conflict, "server");
  json_object_unref (
      operate_late (fixture, "reassign", "{\"remove_records\": \"true\"}", seen, revision, NULL));
  learn (fixture, 60);
  json_object_unref (operate_late (fixture, "reassign", NULL, NULL, revision, NULL));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sandbox/records/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reset-progress", test_reset_progress);
  ADD ("used-license", test_used_license);
  ADD ("certificates", test_certificates);
  ADD ("learner-went-on", test_learner_went_on);
  ADD ("remove-user", test_remove_user);
  ADD ("remove-registration", test_remove_registration);
  ADD ("qualification", test_qualification);
  ADD ("licenses-of-removed", test_licenses_of_removed);
  ADD ("new-record", test_new_record);
  ADD ("reassign-keep", test_reassign_keep);
  ADD ("reassign-remove", test_reassign_remove);
  ADD ("reassign-changed", test_reassign_changed);
  return g_test_run ();
}
