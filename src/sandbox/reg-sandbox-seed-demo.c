/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo: one invented company with everything the program has a word for. */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-seed.h"

#include "sandbox/reg-sandbox-names.h"
#include "sandbox/reg-sandbox-rows.h"

#include <string.h>

#define DAY ((gint64)24 * 60 * 60)
#define HOUR ((gint64)60 * 60)
#define N_PEOPLE 300

static const char *const locations[] = { "Basel", "Kraków",      "São Paulo",
                                         "大阪",  "Toronto, ON", "Αθήνα" };
static const char *const groups[] = {
  "Production", "Warehouse",        "Sales, EMEA", "Sales, Americas", "Research & Development",
  "IT",         "Étudiants",        "Night shift", "Front office",    "Contractors",
  "营业部",     "First responders",
};
static const char *const teams[] = { "Team North", "Team Süd", "Team Pacific" };
static const char *const tags[] = { "remote", "new starter", "part time", "union" };

enum
{
  FIRST_LOCATION = 1,
  FIRST_GROUP = FIRST_LOCATION + G_N_ELEMENTS (locations),
  FIRST_TEAM = FIRST_GROUP + G_N_ELEMENTS (groups),
  FIRST_TAG = FIRST_TEAM + G_N_ELEMENTS (teams),
};

enum
{
  POOL_NONE,
  POOL_FIRE,
  POOL_FORK_LIFT,
  POOL_SPREADSHEETS,
  POOL_LANGUAGES,
  N_POOLS,
};

typedef struct
{
  const char *code;
  const char *title;
  RegCourseKind kind;
  gboolean has_scorm;
  gboolean has_quiz;
  int pool;
  int auto_reassign_days;
  const char *items;
  guint share; /* of 100 people, how many have it */
  const char *editions;
  const char *units;
} DemoCourse;

static const DemoCourse courses[] = {
  { "IND-101", "Welcome to the company", REG_COURSE_SELF_PACED, FALSE, TRUE, 0, 0, "", 80 },
  { "FIRE-110", "Fire safety", REG_COURSE_SELF_PACED, FALSE, TRUE, POOL_FIRE, 365, "", 60 },
  { "DATA-120", "Data protection essentials", REG_COURSE_SELF_PACED, TRUE, TRUE, 0, 0, "", 70 },
  { "SEC-130", "Cyber security awareness", REG_COURSE_SELF_PACED, TRUE, FALSE, 0, 365, "", 65 },
  { "ETH-140", "Anti-bribery, basics", REG_COURSE_SELF_PACED, TRUE, TRUE, 0, 0, "", 30 },
  { "FA-200", "First aid at work", REG_COURSE_ILT, FALSE, FALSE, 0, 0, "", 22 },
  { "FORK-210", "Fork-lift license", REG_COURSE_ILT, FALSE, FALSE, POOL_FORK_LIFT, 0, "", 12 },
  { "CHEM-220", "Handling chemicals", REG_COURSE_ILT, FALSE, FALSE, 0, 0, "", 15 },
  { "LEAD-300", "Leading a team", REG_COURSE_ILT, FALSE, FALSE, 0, 0, "", 10 },
  { "LANG-310", "Español para empezar", REG_COURSE_SELF_PACED, FALSE, TRUE, POOL_LANGUAGES, 0, "",
    14, "Castellano|Español de América", "Saludos|En la oficina|De viaje|Comer y beber" },
  { "SHEET-320", "Spreadsheets in depth", REG_COURSE_SELF_PACED, TRUE, FALSE, POOL_SPREADSHEETS, 0,
    "", 9, "Full", "Formulas|Charts|Pivot tables" },
  { "AUD-900", "Quality auditor (external)", REG_COURSE_EXTERNAL, FALSE, FALSE, 0, 0, "", 4 },
  { "PATH-500", "New starters", REG_COURSE_PATH, FALSE, FALSE, 0, 0, ",1,2,3,4,", 25 },
  { "PATH-510", "Safety officers", REG_COURSE_PATH, FALSE, FALSE, 0, 0, ",2,6,8,", 6 },
};

/* Sessions of each instructor-led course, in days from today. The last two lie ahead. */
static const int session_days[] = { -130, -45, -10, 7, 40 };
#define N_PAST_SESSIONS 3

/* How long a subscription lasts. */
#define TERM_DAYS 180

typedef struct
{
  RegSandboxDb *db;
  RegSeedRandom random;
  gint64 now;
  gint64 used[N_POOLS];
  RegSession sessions[G_N_ELEMENTS (courses)][G_N_ELEMENTS (session_days)];
} Demo;

static guint
below (Demo *demo, guint limit)
{
  return reg_seed_random_below (&demo->random, limit);
}

static void
add_labels (RegSandboxDb *db, RegLabelKind kind, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      RegLabel label = { .kind = kind, .name = (char *)names[i] };

      reg_sandbox_db_save_label (db, &label);
    }
}

static char *
dup_labels (Demo *demo, gboolean recent)
{
  GString *out = g_string_new (",");
  guint group = below (demo, G_N_ELEMENTS (groups));

  g_string_append_printf (out, "%u,", FIRST_GROUP + group);
  if (group + 3 < G_N_ELEMENTS (groups) && below (demo, 4) == 0)
    g_string_append_printf (out, "%u,", FIRST_GROUP + group + 3);
  if (below (demo, 3) == 0)
    g_string_append_printf (out, "%u,", FIRST_TEAM + below (demo, G_N_ELEMENTS (teams)));
  if (below (demo, 6) == 0)
    g_string_append_printf (out, "%d,", FIRST_TAG);
  if (recent)
    g_string_append_printf (out, "%d,", FIRST_TAG + 1);
  if (below (demo, 8) == 0)
    g_string_append_printf (out, "%d,", FIRST_TAG + 2);
  return g_string_free (out, FALSE);
}

static RegRole
get_role (guint number)
{
  if (number <= 2)
    return REG_ROLE_ADMINISTRATOR;
  if (number <= 14)
    return REG_ROLE_MANAGER;
  if (number <= 20)
    return REG_ROLE_INSTRUCTOR;
  return number <= 22 ? REG_ROLE_COORDINATOR : REG_ROLE_LEARNER;
}

static void
set_state (Demo *demo, RegUser *user, gint64 joined)
{
  guint what = user->role == REG_ROLE_LEARNER ? below (demo, 100) : 0;

  user->state = REG_USER_STATE_ACTIVE;
  user->approved_at = joined;
  user->notified_at = below (demo, 10) == 0 ? 0 : joined + HOUR;
  if (what >= 96)
    {
      user->state = REG_USER_STATE_ARCHIVED;
      user->archived_at = demo->now - (gint64)(5 + below (demo, 60)) * DAY;
    }
  else if (what >= 92)
    user->state = REG_USER_STATE_DEACTIVATED;
  else if (what >= 87)
    {
      user->state = REG_USER_STATE_PENDING;
      user->approved_at = user->notified_at = 0;
    }
}

static RegUser *
make_person (Demo *demo, guint number)
{
  const RegNamePool *pool = reg_sandbox_get_name_pool (below (demo, 1000));
  RegUser *user = g_new0 (RegUser, 1);
  gint64 joined = demo->now - (gint64)(5 + below (demo, 1500)) * DAY;
  g_autofree char *given_latin = NULL;
  g_autofree char *family_latin = NULL;

  reg_sandbox_split_name (pool->given[below (demo, g_strv_length ((GStrv)pool->given))],
                          &user->given_name, &given_latin);
  reg_sandbox_split_name (pool->family[below (demo, g_strv_length ((GStrv)pool->family))],
                          &user->family_name, &family_latin);
  user->email = g_strdup_printf ("%s.%s@registrar.example", given_latin, family_latin);
  for (guint again = 2; reg_sandbox_db_has_email (demo->db, user->email, 0); again++)
    {
      g_free (user->email);
      user->email = g_strdup_printf ("%s.%s%u@registrar.example", given_latin, family_latin, again);
    }
  user->employee_id = number % 29 == 0 ? g_strdup ("") : g_strdup_printf ("%05u", 100 + number * 7);
  user->role = get_role (number);
  user->location_id = FIRST_LOCATION + below (demo, G_N_ELEMENTS (locations));
  user->manager_id = number <= 14 ? 1 : 4 + below (demo, 12);
  user->labels = dup_labels (demo, demo->now - joined < 90 * DAY);
  set_state (demo, user, joined);
  return user;
}

/* Numbered names, as a course keeps them; names: (nullable): with bars between them. */
static char *
dup_parts (const char *names)
{
  g_autoptr (RegParams) parts = reg_params_new ();
  g_auto (GStrv) words = names != NULL ? g_strsplit (names, "|", -1) : NULL;
  char number[16];

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_snprintf (number, sizeof number, "%u", i + 1);
      reg_params_set (parts, number, words[i]);
    }
  return words != NULL ? reg_params_to_text (parts) : g_strdup ("");
}

static void
add_catalogue (Demo *demo)
{
  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      g_autofree char *editions = dup_parts (courses[i].editions);
      g_autofree char *units = dup_parts (courses[i].units);
      RegCourse course = {
        .code = (char *)courses[i].code,
        .title = (char *)courses[i].title,
        .kind = courses[i].kind,
        .has_scorm = courses[i].has_scorm,
        .has_quiz = courses[i].has_quiz,
        .pool_id = courses[i].pool,
        .auto_reassign_days = courses[i].auto_reassign_days,
        .items = (char *)courses[i].items,
        .editions = editions,
        .units = units,
      };

      reg_sandbox_db_save_course (demo->db, &course);
      for (guint k = 0; courses[i].kind == REG_COURSE_ILT && k < G_N_ELEMENTS (session_days); k++)
        {
          gint64 midnight = demo->now - demo->now % DAY;
          RegSession session = {
            .course_id = course.id,
            .place = (char *)locations[(i + k) % G_N_ELEMENTS (locations)],
            .starts_at = midnight + session_days[k] * DAY + 8 * HOUR,
            .ends_at = midnight + session_days[k] * DAY + 15 * HOUR,
            .seats = k == 3 ? 6 : 16,
          };

          reg_sandbox_db_save_session (demo->db, &session);
          demo->sessions[i][k] = session;
        }
    }
}

static void
take_seat (Demo *demo, guint course, RegEnrollment *enrollment)
{
  guint which = below (demo, G_N_ELEMENTS (session_days));
  RegSession *session = &demo->sessions[course][which];
  guint luck = below (demo, 10);

  if (session->taken >= session->seats || below (demo, 8) == 0)
    return;
  enrollment->session_id = session->id;
  enrollment->seat = REG_SEAT_ENROLLED;
  if (which < N_PAST_SESSIONS)
    {
      enrollment->assigned_at = MIN (enrollment->assigned_at, session->starts_at - 20 * DAY);
      enrollment->seat = luck < 7   ? REG_SEAT_ATTENDED
                         : luck < 9 ? REG_SEAT_NO_SHOW
                                    : REG_SEAT_INCOMPLETE;
    }
  if (enrollment->seat != REG_SEAT_NO_SHOW)
    session->taken++;
  if (enrollment->seat == REG_SEAT_ATTENDED || enrollment->seat == REG_SEAT_INCOMPLETE)
    enrollment->started_at = session->starts_at;
  if (enrollment->seat == REG_SEAT_ATTENDED)
    {
      enrollment->progress = 100;
      enrollment->completed_at = session->ends_at;
    }
}

static void
make_progress (Demo *demo, RegEnrollment *enrollment)
{
  guint what = below (demo, 100);
  gint64 since = demo->now - enrollment->assigned_at;

  if (what < 30)
    return;
  enrollment->started_at = enrollment->assigned_at + since * below (demo, 50) / 100;
  if (what < 38)
    return;
  enrollment->progress = 1 + (int)below (demo, 99);
  if (what < 62)
    return;
  enrollment->progress = 100;
  enrollment->completed_at = enrollment->started_at + since * (1 + below (demo, 45)) / 100;
}

static void
set_due_date (Demo *demo, RegEnrollment *enrollment)
{
  gint64 due = demo->now + ((gint64)below (demo, 120) - 30) * DAY;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (due);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%d");

  g_strlcpy (enrollment->due_date, text, sizeof enrollment->due_date);
  enrollment->requirement = REG_REQUIREMENT_REQUIRED;
}

static void
add_certificate (Demo *demo, const RegEnrollment *enrollment, int attempt, gint64 at)
{
  RegSandboxCertificate certificate = {
    .user_id = enrollment->user_id,
    .course_id = enrollment->course_id,
    .attempt = attempt,
    .issued_at = at,
  };

  reg_sandbox_db_save_certificate (demo->db, &certificate);
}

/* An attempt that was completed a year before the one there is now. */
static void
add_earlier_attempt (Demo *demo, RegEnrollment *enrollment)
{
  gint64 at = enrollment->assigned_at - 365 * DAY;
  RegSandboxAttempt attempt = {
    .user_id = enrollment->user_id,
    .course_id = enrollment->course_id,
    .number = 1,
    .assigned_at = at,
    .started_at = at + DAY,
    .progress = 100,
    .completed_at = at + 3 * DAY,
    .ended_by = "auto-reassign",
    .kept = TRUE,
  };

  reg_sandbox_db_save_attempt (demo->db, &attempt);
  add_certificate (demo, enrollment, 1, attempt.completed_at);
  enrollment->attempt = 2;
  enrollment->source = REG_SOURCE_AUTO;
}

static void
add_history (Demo *demo, const RegEnrollment *enrollment)
{
  gint64 user_id = enrollment->user_id;

  reg_sandbox_db_add_event (demo->db, user_id, enrollment->course_id, enrollment->assigned_at,
                            enrollment->assigned_by, "assign", enrollment->attempt, "");
  if (enrollment->started_at != 0)
    reg_sandbox_db_add_event (demo->db, user_id, enrollment->course_id, enrollment->started_at,
                              user_id, "started", enrollment->attempt, "");
  if (enrollment->completed_at != 0)
    reg_sandbox_db_add_event (demo->db, user_id, enrollment->course_id, enrollment->completed_at,
                              user_id, "completed", enrollment->attempt, "");
  if (enrollment->access == REG_ACCESS_REVOKED)
    reg_sandbox_db_add_event (demo->db, user_id, enrollment->course_id, demo->now - DAY, 1,
                              "unenroll", enrollment->attempt, "");
}

static RegSource
get_source (Demo *demo, guint course)
{
  static const RegSource others[] = { REG_SOURCE_SELF, REG_SOURCE_TEAM, REG_SOURCE_IMPORT };

  /* The fork-lift license is what makes somebody qualified to drive one. */
  if (courses[course].pool == POOL_FORK_LIFT || courses[course].kind == REG_COURSE_PATH)
    return REG_SOURCE_QUALIFICATION;
  return below (demo, 3) > 0 ? REG_SOURCE_MANUAL : others[below (demo, G_N_ELEMENTS (others))];
}

static void
set_date (gint64 time, RegDate date)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (time);
  g_autofree char *text = g_date_time_format (moment, "%Y-%m-%d");

  g_strlcpy (date, text, sizeof (RegDate));
}

/* Half a year in one of the editions; who began early has to renew it. */
static void
subscribe (RegEnrollment *enrollment)
{
  enrollment->edition = reg_enrollment_intern (enrollment->user_id % 2 == 0 ? "1" : "2");
  enrollment->mode = reg_enrollment_intern (REG_MODE_SUBSCRIPTION);
  set_date (enrollment->assigned_at + TERM_DAYS * DAY, enrollment->subscription_end);
}

static void
enroll (Demo *demo, const RegUser *user, guint course)
{
  RegEnrollment enrollment = {
    .user_id = user->id,
    .course_id = course + 1,
    .present = TRUE,
    .visible = TRUE,
    .attempt = 1,
    .assigned_by = 1 + below (demo, 14),
    .source = get_source (demo, course),
  };

  enrollment.assigned_at = demo->now - (gint64)(3 + below (demo, 240)) * DAY;
  if (courses[course].pool == POOL_LANGUAGES)
    subscribe (&enrollment);
  if (courses[course].kind == REG_COURSE_ILT)
    take_seat (demo, course, &enrollment);
  else if (user->state != REG_USER_STATE_PENDING)
    make_progress (demo, &enrollment);
  if (below (demo, 5) < 2)
    set_due_date (demo, &enrollment);
  if (courses[course].auto_reassign_days > 0 && below (demo, 4) == 0)
    add_earlier_attempt (demo, &enrollment);
  if (enrollment.completed_at != 0)
    {
      enrollment.certificate_at = enrollment.completed_at;
      add_certificate (demo, &enrollment, enrollment.attempt, enrollment.completed_at);
    }
  if (enrollment.seat != REG_SEAT_ENROLLED && below (demo, 16) == 0)
    enrollment.access = REG_ACCESS_REVOKED;
  /* Instructors are in the courses they give. */
  enrollment.is_instructor =
      user->role == REG_ROLE_INSTRUCTOR && courses[course].kind == REG_COURSE_ILT;
  if (enrollment.started_at != 0
      || (enrollment.access == REG_ACCESS_ACTIVE && user->state != REG_USER_STATE_ARCHIVED))
    demo->used[courses[course].pool]++;
  reg_sandbox_db_save_enrollment (demo->db, &enrollment);
  add_history (demo, &enrollment);
}

static void
add_pools (Demo *demo)
{
  static const struct
  {
    RegPoolKind kind;
    const char *name;
    gint64 available;
  } pools[] = {
    [POOL_FIRE] = { REG_POOL_LICENSE, "Fire safety licenses", 90 },
    [POOL_FORK_LIFT] = { REG_POOL_LICENSE, "Fork-lift places", 25 },
    [POOL_SPREADSHEETS] = { REG_POOL_CREDIT, "Spreadsheet credits", 2 },
    [POOL_LANGUAGES] = { REG_POOL_SUBSCRIPTION, "Language subscriptions", 60 },
  };

  for (guint i = POOL_FIRE; i < N_POOLS; i++)
    {
      RegLicensePool pool = {
        .id = i,
        .kind = pools[i].kind,
        .name = (char *)pools[i].name,
        .total = demo->used[i] + pools[i].available,
        .available = pools[i].available,
      };

      if (pools[i].kind == REG_POOL_SUBSCRIPTION)
        set_date (demo->now + TERM_DAYS * DAY, pool.expires);
      reg_sandbox_db_save_pool (demo->db, &pool);
    }
}

static void
add_presets (Demo *demo)
{
  static const struct
  {
    const char *name;
    struct
    {
      int course_id;
      const char *requirement;
      int due_days;
    } items[3];
  } presets[] = {
    { "First week", { { 1, "required", 7 }, { 3, "required", 14 }, { 4, "required", 14 } } },
    { "Warehouse", { { 2, "required", 30 }, { 7, "optional", 0 } } },
    { "Line managers", { { 9, "required", 90 }, { 5, "optional", 0 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      g_autoptr (GPtrArray) items =
          g_ptr_array_new_with_free_func ((GDestroyNotify)reg_preset_item_free);
      g_autofree char *text = NULL;

      for (guint k = 0; k < 3 && presets[i].items[k].course_id != 0; k++)
        {
          RegPresetItem *item = reg_preset_item_new (presets[i].items[k].course_id);

          reg_requirement_from_nick (presets[i].items[k].requirement, -1, &item->requirement);
          item->due_days = presets[i].items[k].due_days;
          g_ptr_array_add (items, item);
        }
      text = reg_preset_items_to_text (items);
      reg_sandbox_db_save_preset (demo->db, 0, presets[i].name, text);
    }
}

/**
 * reg_sandbox_seed_demo:
 * @db: a database
 * @now: unix seconds; all dates are counted from there
 *
 * Adds the demo's company.
 */
void
reg_sandbox_seed_demo (RegSandboxDb *db, gint64 now)
{
  g_autofree Demo *demo = g_new0 (Demo, 1);

  demo->db = db;
  demo->now = now;
  demo->random.state = 20;
  reg_sandbox_db_set_setting (db, "name", "Registrar Demo");
  add_labels (db, REG_LABEL_LOCATION, locations, G_N_ELEMENTS (locations));
  add_labels (db, REG_LABEL_GROUP, groups, G_N_ELEMENTS (groups));
  add_labels (db, REG_LABEL_TEAM, teams, G_N_ELEMENTS (teams));
  add_labels (db, REG_LABEL_TAG, tags, G_N_ELEMENTS (tags));
  add_catalogue (demo);
  for (guint i = 1; i <= N_PEOPLE; i++)
    {
      g_autoptr (RegUser) user = make_person (demo, i);

      reg_sandbox_db_save_user (db, user);
      for (guint k = 0; k < G_N_ELEMENTS (courses); k++)
        if (below (demo, 100) < courses[k].share)
          enroll (demo, user, k);
    }
  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    for (guint k = 0; k < G_N_ELEMENTS (session_days); k++)
      if (demo->sessions[i][k].id != 0)
        reg_sandbox_db_save_session (db, &demo->sessions[i][k]);
  add_pools (demo);
  add_presets (demo);
}
