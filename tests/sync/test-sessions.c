/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seats in sessions: made offline and then synced, the local row and the sessions' counts are what
 * the LMS made of it; T-11, T-12, T-20 and K-10 with the real LMS. */
#include "rules/reg-seat.h"
#include "rules/reg-status.h"
#include "sync-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* First aid at work: instructor-led, with sessions 130, 45 and 10 days ago, and in 7 and 40. */
#define COURSE 6
#define DAY 86400

enum
{
  TOO_OLD,
  OLD,
  RECENT,
  SOON,
  LATER,
  N_SESSIONS,
};

static GPtrArray *
list_sessions (SyncFixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *sessions = reg_store_list_sessions (f->store, COURSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sessions->len, ==, N_SESSIONS);
  return sessions;
}

static gint64
get_session (SyncFixture *f, guint which)
{
  g_autoptr (GPtrArray) sessions = list_sessions (f);

  return ((RegSession *)g_ptr_array_index (sessions, which))->id;
}

static int
get_taken (SyncFixture *f, guint which)
{
  g_autoptr (GPtrArray) sessions = list_sessions (f);

  return ((RegSession *)g_ptr_array_index (sessions, which))->taken;
}

static int
get_free (SyncFixture *f, guint which)
{
  g_autoptr (GPtrArray) sessions = list_sessions (f);
  const RegSession *session = g_ptr_array_index (sessions, which);

  return session->seats - session->taken;
}

static RegEnrollment *
get_enrollment (SyncFixture *f, gint64 user_id)
{
  g_autoptr (GError) error = NULL;
  RegEnrollment *enrollment = reg_store_get_enrollment (f->store, user_id, COURSE, &error);

  g_assert_no_error (error);
  if (enrollment == NULL)
    enrollment = reg_enrollment_new ();
  enrollment->user_id = user_id;
  enrollment->course_id = COURSE;
  return enrollment;
}

static void
assert_seat (SyncFixture *f, gint64 user_id, RegStatus status, RegSeat seat, gint64 session_id)
{
  g_autoptr (RegEnrollment) enrollment = get_enrollment (f, user_id);

  g_assert_cmpint (reg_enrollment_get_status (enrollment, REG_COURSE_ILT), ==, status);
  if (!enrollment->present)
    return;
  g_assert_cmpint (enrollment->seat, ==, seat);
  g_assert_cmpint (enrollment->session_id, ==, session_id);
}

/* The next active learner who is not enrolled in the course. */
static gint64
find_user (SyncFixture *f, gint64 after)
{
  for (gint64 id = MAX (after, 25) + 1;; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RegUser) user = reg_store_get_user (f->store, id, &error);
      g_autoptr (RegEnrollment) enrollment = get_enrollment (f, id);

      g_assert_no_error (error);
      if (!enrollment->present && user->state == REG_USER_STATE_ACTIVE
          && user->role == REG_ROLE_LEARNER)
        return id;
    }
}

static void
assign_there (SyncFixture *f, gint64 user_id)
{
  g_assert_cmpint (sync_fixture_do_there (f, "assign", user_id, COURSE, NULL), ==,
                   REG_OUTCOME_APPLIED);
}

static RegOutcomeKind
seat_there (SyncFixture *f, gint64 user_id, gint64 session_id)
{
  g_autofree char *params = g_strdup_printf ("session_id=%" G_GINT64_FORMAT, session_id);

  return sync_fixture_do_there (f, "change-session", user_id, COURSE, params);
}

static gint64
stage_seat (SyncFixture *f, gint64 user_id, gint64 session_id)
{
  g_autofree char *params = g_strdup_printf ("session_id=%" G_GINT64_FORMAT, session_id);

  return sync_fixture_stage (f, "change-session", user_id, COURSE, params);
}

static JsonNode *
call (SyncFixture *f, const char *path, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (RegHttpResponse) response =
      body != NULL ? reg_http_post_json (f->admin, path, bytes, NULL, &error)
                   : reg_http_get (f->admin, path, NULL, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  json_parser_load_from_data (parser, g_bytes_get_data (response->body, NULL),
                              (gssize)g_bytes_get_size (response->body), &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

/* The last mail the LMS sent; NULL where it sent none. */
static char *
dup_last_mail (SyncFixture *f)
{
  g_autoptr (JsonNode) root = call (f, "/sandbox/mailbox", NULL);
  JsonArray *mails = json_object_get_array_member (json_node_get_object (root), "mails");
  guint n = json_array_get_length (mails);

  return n > 0 ? g_strdup (
             json_object_get_string_member (json_array_get_object_element (mails, n - 1), "body"))
               : NULL;
}

static void
undo (SyncFixture *f, gint64 batch, gint64 *counter)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_cmpint (batch, >, 0);
  reg_store_undo_batch (f->store, batch, counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

static void
set_up (SyncFixture *f, gconstpointer data)
{
  sync_fixture_set_up (f, 0);
  sync_fixture_sync (f);
}

static void
tear_down (SyncFixture *f, gconstpointer data)
{
  sync_fixture_assert_same (f);
  sync_fixture_tear_down (f);
}

/* Added, moved, taken back before the sync and after it; the counts follow each time. */
static void
test_move (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0), old = get_session (f, OLD), later = get_session (f, LATER);
  int n_old = get_taken (f, OLD), n_later = get_taken (f, LATER);
  gint64 batch, counter = 0;

  assign_there (f, user);
  sync_fixture_sync (f);
  batch = stage_seat (f, user, later);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, later);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later + 1);
  undo (f, batch, &counter);
  assert_seat (f, user, REG_STATUS_NOT_STARTED, REG_SEAT_NONE, 0);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later);

  batch = stage_seat (f, user, later);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, later);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later + 1);
  batch = stage_seat (f, user, old);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later);
  g_assert_cmpint (get_taken (f, OLD), ==, n_old + 1);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  sync_fixture_assert_same (f);

  undo (f, batch, &counter);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, later);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later + 1);
  g_assert_cmpint (get_taken (f, OLD), ==, n_old);
}

/* Until the pull brings the session's own row, the answer alone moves the count. */
static void
test_answer_moves_seat (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0), later = get_session (f, LATER);
  int n_later = get_taken (f, LATER);
  g_autoptr (GError) error = NULL;
  RegSyncReport report;

  assign_there (f, user);
  sync_fixture_sync (f);
  stage_seat (f, user, later);
  reg_engine_run (f->engine, REG_SYNC_PUSH, &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.n_applied, ==, 1);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later + 1);
  sync_fixture_sync (f);
  g_assert_cmpint (get_taken (f, LATER), ==, n_later + 1);
}

/* Returns: how many changes wait with the session now; why not, where none does, is in words. */
static gint64
choose (SyncFixture *f, gint64 change_id, gint64 session_id, RegRole role)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  if (!reg_store_choose_session (f->store, &change_id, 1, session_id, 1, role, f->now, &n, &error))
    {
      g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_POSSIBLE);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
  return n;
}

/* K-10: somebody else took the last seat meanwhile; other sessions are offered. */
static void
test_k10_full (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0), other = user, later = get_session (f, LATER);
  int n_free = get_free (f, LATER);
  g_autoptr (RegChange) change = NULL;
  g_autofree char *taken = NULL;

  g_assert_cmpint (n_free, >, 0);
  assign_there (f, user);
  sync_fixture_sync (f);
  g_assert_cmpint (stage_seat (f, user, later), >, 0);
  for (int i = 0; i < n_free; i++)
    {
      other = find_user (f, other);
      assign_there (f, other);
      g_assert_cmpint (seat_there (f, other, later), ==, REG_OUTCOME_APPLIED);
    }
  other = find_user (f, other);
  assign_there (f, other);
  g_assert_cmpint (seat_there (f, other, later), ==, REG_OUTCOME_REJECTED);
  g_assert_cmpint (sync_fixture_sync (f).n_rejected, ==, 1);
  change = sync_fixture_dup_change (f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "session-full");
  g_assert_nonnull (strstr (change->sentence, "No seat left in "));
  assert_seat (f, user, REG_STATUS_NOT_STARTED, REG_SEAT_NONE, 0);
  g_assert_cmpint (get_free (f, LATER), ==, 0);
  /* and here it is known before it is sent from now on */
  g_assert_cmpint (stage_seat (f, other, later), ==, 0);

  /* another session is checked as any step is; it replaces the one that was full */
  g_assert_cmpint (choose (f, change->id, later, REG_ROLE_PRIMARY_ADMIN), ==, 0);
  g_assert_cmpint (choose (f, change->id, get_session (f, TOO_OLD), REG_ROLE_PRIMARY_ADMIN), ==, 0);
  g_assert_cmpint (choose (f, change->id, get_session (f, RECENT), REG_ROLE_MANAGER), ==, 0);
  assert_seat (f, user, REG_STATUS_NOT_STARTED, REG_SEAT_NONE, 0);
  g_assert_cmpint (choose (f, change->id, get_session (f, RECENT), REG_ROLE_PRIMARY_ADMIN), ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, RECENT));
  g_assert_cmpint (choose (f, change->id, get_session (f, OLD), REG_ROLE_PRIMARY_ADMIN), ==, 0);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, RECENT));
  sync_fixture_assert_same (f);
}

/* K-10: the session was moved to by another person, or the LMS has another one by now. */
static void
test_k10_moved (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0);
  g_autoptr (RegChange) change = NULL;

  assign_there (f, user);
  g_assert_cmpint (seat_there (f, user, get_session (f, LATER)), ==, REG_OUTCOME_APPLIED);
  sync_fixture_sync (f);
  stage_seat (f, user, get_session (f, OLD));
  g_assert_cmpint (seat_there (f, user, get_session (f, RECENT)), ==, REG_OUTCOME_APPLIED);
  g_assert_cmpint (sync_fixture_sync (f).n_conflicts, ==, 1);
  change = sync_fixture_dup_change (f, REG_CHANGE_CONFLICT);
  g_assert_true (reg_change_awaits_session (change));
  g_assert_cmpint (choose (f, change->id, get_session (f, LATER), REG_ROLE_PRIMARY_ADMIN), ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, LATER));
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, LATER));
  sync_fixture_assert_same (f);
}

/* K-03: two moved the same person; the client's base says where from. */
static void
test_moved_meanwhile (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0);
  g_autoptr (RegChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *recent = NULL;

  assign_there (f, user);
  g_assert_cmpint (seat_there (f, user, get_session (f, LATER)), ==, REG_OUTCOME_APPLIED);
  sync_fixture_sync (f);
  stage_seat (f, user, get_session (f, OLD));
  g_assert_cmpint (seat_there (f, user, get_session (f, RECENT)), ==, REG_OUTCOME_APPLIED);
  g_assert_cmpint (sync_fixture_sync (f).n_conflicts, ==, 1);
  change = sync_fixture_dup_change (f, REG_CHANGE_CONFLICT);
  recent = g_strdup_printf ("%" G_GINT64_FORMAT, get_session (f, RECENT));
  g_assert_cmpstr (reg_params_get (change->server, "session_id"), ==, recent);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, RECENT));
  reg_store_resolve_changes (f->store, &change->id, 1, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, get_session (f, OLD));
}

/* T-11 with the LMS's own clock: what was possible when it was made may be too late there. */
static void
test_t11_clock (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0), second = find_user (f, user);
  gint64 recent = get_session (f, RECENT);
  g_autoptr (JsonNode) clock = NULL, later = NULL;
  g_autoptr (RegChange) change = NULL;

  assign_there (f, user);
  assign_there (f, second);
  sync_fixture_sync (f);
  g_assert_cmpint (stage_seat (f, user, get_session (f, TOO_OLD)), ==, 0);
  g_assert_cmpint (seat_there (f, user, get_session (f, TOO_OLD)), ==, REG_OUTCOME_REJECTED);
  g_assert_cmpint (stage_seat (f, second, recent), >, 0);
  /* 10 days ago, and 80 more: the ninetieth day still counts */
  clock = call (f, "/sandbox/clock", "{\"advance\": 6912000}");
  g_assert_cmpint (seat_there (f, user, recent), ==, REG_OUTCOME_APPLIED);
  later = call (f, "/sandbox/clock", "{\"advance\": 86400}");
  g_assert_cmpint (sync_fixture_sync (f).n_rejected, ==, 1);
  change = sync_fixture_dup_change (f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "session-too-old");
  assert_seat (f, second, REG_STATUS_NOT_STARTED, REG_SEAT_NONE, 0);
}

/* T-12: the seat is free, Not Started, a message only where one was written; kept in the history.
 */
static void
test_t12_no_show (SyncFixture *f, gconstpointer data)
{
  gint64 user = find_user (f, 0), second = find_user (f, user), recent = get_session (f, RECENT);
  int n_recent = get_taken (f, RECENT);
  g_autofree char *before = dup_last_mail (f);
  g_autofree char *after = NULL, *written = NULL, *path = NULL, *history = NULL;
  g_autoptr (JsonNode) root = NULL;
  gint64 batch, counter = 0;

  assign_there (f, user);
  assign_there (f, second);
  seat_there (f, user, recent);
  seat_there (f, second, recent);
  sync_fixture_sync (f);
  g_assert_cmpint (get_taken (f, RECENT), ==, n_recent + 2);
  batch = sync_fixture_stage (f, "mark-no-show", user, COURSE, NULL);
  assert_seat (f, user, REG_STATUS_NOT_STARTED, REG_SEAT_NO_SHOW, recent);
  g_assert_cmpint (get_taken (f, RECENT), ==, n_recent + 1);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  assert_seat (f, user, REG_STATUS_NOT_STARTED, REG_SEAT_NO_SHOW, recent);
  g_assert_cmpint (get_taken (f, RECENT), ==, n_recent + 1);
  after = dup_last_mail (f);
  g_assert_cmpstr (before, ==, after);
  path = g_strdup_printf ("/v1/users/%" G_GINT64_FORMAT "/courses/%d/history", user, COURSE);
  root = call (f, path, NULL);
  history = json_to_string (root, FALSE);
  g_assert_nonnull (strstr (history, "mark-no-show"));

  sync_fixture_stage (f, "mark-no-show", second, COURSE, "message=We missed you.");
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  written = dup_last_mail (f);
  g_assert_cmpstr (written, ==, "We missed you.");

  /* another session can be chosen, and a no-show is taken back by the seat there was */
  g_assert_cmpint (stage_seat (f, second, get_session (f, LATER)), >, 0);
  undo (f, batch, &counter);
  g_assert_cmpint (counter, >, 0);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);
  assert_seat (f, user, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, recent);
}

/* T-20: from the session, from the course, from both; instructors may. */
static void
test_t20_removal (SyncFixture *f, gconstpointer data)
{
  gint64 users[3] = { 0 }, old = get_session (f, OLD);
  int n_old = get_taken (f, OLD);

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      users[i] = find_user (f, i > 0 ? users[i - 1] : 0);
      assign_there (f, users[i]);
      g_assert_cmpint (seat_there (f, users[i], old), ==, REG_OUTCOME_APPLIED);
    }
  sync_fixture_sync (f);
  g_assert_cmpint (sync_fixture_stage (f, "remove-from-session", users[0], COURSE, NULL), >, 0);
  g_assert_cmpint (sync_fixture_stage (f, "remove-user", users[1], COURSE, "scope=course"), >, 0);
  g_assert_cmpint (sync_fixture_stage (f, "remove-user", users[2], COURSE, "scope=both"), >, 0);
  g_assert_cmpint (get_taken (f, OLD), ==, n_old);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 3);
  assert_seat (f, users[0], REG_STATUS_NOT_STARTED, REG_SEAT_NONE, 0);
  assert_seat (f, users[1], REG_STATUS_ABSENT, REG_SEAT_NONE, 0);
  assert_seat (f, users[2], REG_STATUS_ABSENT, REG_SEAT_NONE, 0);
  g_assert_cmpint (get_taken (f, OLD), ==, n_old);
}

/* MAS-03, and its counter-changes: each gets back what there was. */
static void
test_incomplete (SyncFixture *f, gconstpointer data)
{
  gint64 seated = find_user (f, 0), done = find_user (f, seated), later = get_session (f, LATER);
  const RegStepTarget targets[] = { { .user_id = seated, .course_id = COURSE },
                                    { .user_id = done, .course_id = COURSE } };
  RegStep step = { .operation = reg_operation_find ("mark-incomplete"),
                   .targets = targets,
                   .n_targets = G_N_ELEMENTS (targets),
                   .title = "",
                   .actor_id = 1,
                   .actor_role = REG_ROLE_PRIMARY_ADMIN,
                   .now = f->now };
  RegStepResult result = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 counter = 0, n = 0;

  assign_there (f, seated);
  assign_there (f, done);
  seat_there (f, seated, later);
  seat_there (f, done, later);
  sync_fixture_do_there (f, "mark-complete", done, COURSE, NULL);
  sync_fixture_sync (f);
  assert_seat (f, done, REG_STATUS_COMPLETED, REG_SEAT_ATTENDED, later);
  reg_store_stage (f->store, &step, &result, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.n_staged, ==, 2);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);
  assert_seat (f, seated, REG_STATUS_NOT_STARTED, REG_SEAT_INCOMPLETE, later);
  assert_seat (f, done, REG_STATUS_IN_PROGRESS, REG_SEAT_INCOMPLETE, later);
  reg_store_undo_batch (f->store, result.batch_id, &counter, &n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 2);
  assert_seat (f, seated, REG_STATUS_ENROLLED, REG_SEAT_ENROLLED, later);
  assert_seat (f, done, REG_STATUS_COMPLETED, REG_SEAT_ATTENDED, later);
  reg_step_result_clear (&result);
}

/* A learner who was made an instructor of the course may do there what instructors may. */
static void
test_instructor (SyncFixture *f, gconstpointer data)
{
  gint64 teacher = find_user (f, 0), learner = find_user (f, teacher);
  g_autofree char *body = g_strdup_printf ("{\"user_id\": %" G_GINT64_FORMAT "}", teacher);
  g_autoptr (JsonNode) token = NULL;
  g_autoptr (RegChange) change = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;

  assign_there (f, teacher);
  assign_there (f, learner);
  sync_fixture_do_there (f, "assign", learner, 1, NULL);
  sync_fixture_sync (f);
  g_assert_cmpint (sync_fixture_stage (f, "make-instructor", teacher, COURSE, NULL), >, 0);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  enrollment = get_enrollment (f, teacher);
  g_assert_true (enrollment->is_instructor);
  sync_fixture_assert_same (f);

  token = call (f, "/sandbox/tokens", body);
  sync_fixture_connect (f, json_object_get_string_member (json_node_get_object (token), "token"));
  g_assert_cmpint (sync_fixture_stage (f, "mark-complete", learner, COURSE, NULL), >, 0);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  /* in no other course */
  g_assert_cmpint (sync_fixture_stage (f, "remove-user", learner, 1, NULL), >, 0);
  g_assert_cmpint (sync_fixture_sync (f).n_rejected, ==, 1);
  change = sync_fixture_dup_change (f, REG_CHANGE_REJECTED);
  g_assert_cmpstr (change->code, ==, "role-missing");
  sync_fixture_connect (f, reg_sandbox_get_token (f->sandbox));
}

/* What a manager does for their team is shown at once, and done by the LMS; for others it is
 * neither. */
static void
test_manager (SyncFixture *f, gconstpointer data)
{
  static const gint64 boss = 4;
  g_autofree char *body = g_strdup_printf ("{\"user_id\": %" G_GINT64_FORMAT "}", boss);
  g_autoptr (JsonNode) token = NULL;
  g_autoptr (RegIdList) team = NULL;
  g_autoptr (RegEnrollment) enrollment = NULL;
  g_auto (RegPeopleFilter) people = { 0 };
  const RegUserQuery query = { .people = &people, .states = 1u << REG_USER_STATE_ACTIVE };
  RegStepTarget target = { .course_id = 10 };
  RegStep step = { .operation = reg_operation_find ("assign"),
                   .title = "Assign",
                   .targets = &target,
                   .n_targets = 1,
                   .actor_id = boss,
                   .actor_role = REG_ROLE_MANAGER,
                   .now = f->now };
  RegStepResult result = { 0 };
  g_autoptr (GError) error = NULL;

  sync_fixture_sync (f);
  reg_people_filter_add (&people, REG_PEOPLE_MANAGER, boss);
  team = reg_store_query_users (f->store, &query, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; target.user_id == 0 && i < team->n; i++)
    {
      g_autoptr (RegEnrollment) there = reg_store_get_enrollment (f->store, team->ids[i], 10, NULL);

      if (there == NULL || !there->present)
        target.user_id = team->ids[i];
    }
  g_assert_cmpint (target.user_id, >, 0);
  token = call (f, "/sandbox/tokens", body);
  sync_fixture_connect (f, json_object_get_string_member (json_node_get_object (token), "token"));
  g_assert_true (reg_store_stage (f->store, &step, &result, NULL, NULL, NULL, &error));
  g_assert_cmpint (result.n_staged, ==, 1);
  reg_step_result_clear (&result);
  enrollment = reg_store_get_enrollment (f->store, target.user_id, 10, &error);
  g_assert_true (enrollment != NULL && enrollment->present);
  g_assert_cmpint (sync_fixture_sync (f).n_applied, ==, 1);
  sync_fixture_assert_same (f);
  target.user_id = 2;
  g_assert_true (reg_store_stage (f->store, &step, &result, NULL, NULL, NULL, &error));
  g_assert_cmpint (result.n_staged, ==, 0);
  reg_step_result_clear (&result);
  sync_fixture_connect (f, reg_sandbox_get_token (f->sandbox));
}

#define ADD(path, func) g_test_add (path, SyncFixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/sessions/move", test_move);
  ADD ("/sync/sessions/answer-moves-seat", test_answer_moves_seat);
  ADD ("/sync/sessions/k-10-full", test_k10_full);
  ADD ("/sync/sessions/k-10-moved", test_k10_moved);
  ADD ("/sync/sessions/moved-meanwhile", test_moved_meanwhile);
  ADD ("/sync/sessions/t-11-clock", test_t11_clock);
  ADD ("/sync/sessions/t-12-no-show", test_t12_no_show);
  ADD ("/sync/sessions/t-20-removal", test_t20_removal);
  ADD ("/sync/sessions/incomplete", test_incomplete);
  ADD ("/sync/sessions/instructor", test_instructor);
  ADD ("/sync/sessions/manager", test_manager);
  return g_test_run ();
}
