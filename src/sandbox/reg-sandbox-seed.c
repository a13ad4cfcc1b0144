/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-seed.h"

#include "sandbox/reg-sandbox-names.h"

#define DAY (24 * 60 * 60)

/* From 0 to limit - 1; splitmix64. */
guint
reg_seed_random_below (RegSeedRandom *self, guint limit)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;
  return (guint)(((z >> 32) * limit) >> 32);
}

/* The one who is signed in. */
void
reg_sandbox_seed_actor (RegSandboxDb *db, gint64 now)
{
  g_autofree char *id = NULL;
  RegUser actor = {
    .email = (char *)"robin.okonkwo@registrar.example",
    .employee_id = (char *)"00001",
    .given_name = (char *)"Robin",
    .family_name = (char *)"Okonkwo",
    .labels = (char *)"",
    .role = REG_ROLE_PRIMARY_ADMIN,
    .state = REG_USER_STATE_ACTIVE,
    .approved_at = now - 900 * DAY,
    .notified_at = now - 900 * DAY,
  };

  reg_sandbox_db_save_user (db, &actor);
  id = g_strdup_printf ("%" G_GINT64_FORMAT, actor.id);
  reg_sandbox_db_set_setting (db, "actor", id);
}

/**
 * reg_sandbox_seed_numbered_course:
 * @db: a database
 * @number: from 1 on
 *
 * Adds the course whose code and title make up the heading that tests/tools/make-roster gives to
 * that column of an enrolment file.
 */
void
reg_sandbox_seed_numbered_course (RegSandboxDb *db, guint number)
{
  static const char *const titles[] = {
    "Induction",
    "Fire safety",
    "Data protection",
    "Manual handling",
    "Anti-bribery, basics",
    "First aid",
    "Cyber security",
    "Équité",
    "Working at height",
    "Machine \"B\" permit",
    "Food hygiene",
    "安全培训",
    "Leadership",
    "Customer care",
    "Lone working",
    "Asbestos awareness",
  };
  g_autofree char *code = g_strdup_printf ("C%03u", number);
  RegCourse course = {
    .code = code,
    .title = (char *)titles[(number - 1) % G_N_ELEMENTS (titles)],
    .items = (char *)"",
    .kind = REG_COURSE_SELF_PACED,
    .has_quiz = number % 2 == 0,
    .has_scorm = number % 3 == 0,
  };

  reg_sandbox_db_save_course (db, &course);
}

static RegEnrollment
make_enrollment (RegSeedRandom *random, gint64 user_id, gint64 course_id, gint64 now)
{
  RegEnrollment enrollment = {
    .user_id = user_id,
    .course_id = course_id,
    .present = TRUE,
    .visible = TRUE,
    .assigned_by = 1,
    .attempt = 1,
  };
  guint what = reg_seed_random_below (random, 10);

  enrollment.assigned_at = now - (10 + (gint64)reg_seed_random_below (random, 600)) * DAY;
  if (what >= 4)
    enrollment.started_at = enrollment.assigned_at + 2 * DAY;
  if (what >= 5)
    enrollment.progress = 1 + (int)reg_seed_random_below (random, 99);
  if (what >= 7)
    {
      enrollment.progress = 100;
      enrollment.completed_at = enrollment.started_at + 5 * DAY;
    }
  return enrollment;
}

static void
seed_count_users (RegSandboxDb *db,
                  RegSeedRandom *random,
                  guint n_users,
                  guint n_courses,
                  gint64 now)
{
  for (guint i = 1; i <= n_users; i++)
    {
      const RegNamePool *pool = reg_sandbox_get_name_pool (reg_seed_random_below (random, 1000));
      guint given = reg_seed_random_below (random, g_strv_length ((GStrv)pool->given));
      guint family = reg_seed_random_below (random, g_strv_length ((GStrv)pool->family));
      guint state = reg_seed_random_below (random, 100);
      g_autofree char *given_latin = NULL;
      g_autofree char *family_latin = NULL;
      RegUser user = { .location_id = 1 + reg_seed_random_below (random, 6) };
      guint first = reg_seed_random_below (random, n_courses);

      reg_sandbox_split_name (pool->given[given], &user.given_name, &given_latin);
      reg_sandbox_split_name (pool->family[family], &user.family_name, &family_latin);
      user.email = g_strdup_printf ("%s.%s.%u@example.com", given_latin, family_latin, i);
      user.employee_id = g_strdup_printf ("%07u", i);
      user.labels = g_strdup_printf (",%u,", 7 + reg_seed_random_below (random, 12));
      user.role = i % 100 == 0 ? REG_ROLE_MANAGER : REG_ROLE_LEARNER;
      user.manager_id = i >= 100 ? i / 100 * 100 + 1 : 1;
      user.state = state < 94   ? REG_USER_STATE_ACTIVE
                   : state < 96 ? REG_USER_STATE_PENDING
                   : state < 98 ? REG_USER_STATE_DEACTIVATED
                                : REG_USER_STATE_ARCHIVED;
      user.approved_at = user.state == REG_USER_STATE_PENDING ? 0 : now - 700 * DAY;
      user.notified_at = user.approved_at;
      user.archived_at = user.state == REG_USER_STATE_ARCHIVED ? now - 30 * DAY : 0;
      reg_sandbox_db_save_user (db, &user);
      for (guint k = 0; k < MIN (5, n_courses); k++)
        {
          RegEnrollment enrollment =
              make_enrollment (random, user.id, 1 + (first + k) % n_courses, now);

          reg_sandbox_db_save_enrollment (db, &enrollment);
        }
      reg_user_clear (&user);
    }
}

/* 6 locations with ids 1 to 6, then 12 groups with ids 7 to 18. */
static void
seed_count_labels (RegSandboxDb *db)
{
  for (guint i = 1; i <= 18; i++)
    {
      g_autofree char *name =
          g_strdup_printf (i <= 6 ? "Location %u" : "Group %u", i <= 6 ? i : i - 6);
      RegLabel label = {
        .kind = i <= 6 ? REG_LABEL_LOCATION : REG_LABEL_GROUP,
        .name = name,
      };

      reg_sandbox_db_save_label (db, &label);
    }
}

/**
 * reg_sandbox_seed_count:
 * @db: a database
 * @n_users: how many people, beside the one who is signed in
 * @now: unix seconds
 *
 * Adds people, a hundredth as many courses (five at least) and five enrollments a person.
 */
void
reg_sandbox_seed_count (RegSandboxDb *db, guint n_users, gint64 now)
{
  RegSeedRandom random = { n_users };
  guint n_courses = MAX (5, n_users / 100);

  seed_count_labels (db);
  for (guint i = 1; i <= n_courses; i++)
    reg_sandbox_seed_numbered_course (db, i);
  seed_count_users (db, &random, n_users, n_courses, now);
}

static gboolean
fill (RegSandboxDb *db, const RegSandboxOptions *options, gint64 now, GError **error)
{
  g_autofree char *token = g_uuid_string_random ();
  g_autofree char *generation = g_strdup_printf ("%08x", g_random_int ());

  reg_sandbox_db_set_setting (db, "generation", generation);
  reg_sandbox_db_set_setting (db, "token", token);
  reg_sandbox_db_set_setting (db, "name", "Registrar Sandbox");
  reg_sandbox_db_set_setting (db, "time_zone", "UTC");
  reg_sandbox_seed_actor (db, now);
  switch (options->seed)
    {
    case REG_SANDBOX_SEED_NONE:
      return TRUE;
    case REG_SANDBOX_SEED_DEMO:
      reg_sandbox_seed_demo (db, now);
      return TRUE;
    case REG_SANDBOX_SEED_COUNT:
      reg_sandbox_seed_count (db, options->n_users, now);
      return TRUE;
    case REG_SANDBOX_SEED_PEOPLE:
      return reg_sandbox_seed_people (db, options->people, options->n_courses, now, error);
    }
  g_return_val_if_reached (FALSE);
}

/**
 * reg_sandbox_seed:
 * @db: a database
 * @options: what to fill it with
 * @now: unix seconds
 * @error: return location
 *
 * Fills the database, unless it was filled before.
 *
 * Returns: whether it is filled now
 */
gboolean
reg_sandbox_seed (RegSandboxDb *db, const RegSandboxOptions *options, gint64 now, GError **error)
{
  g_autofree char *generation = reg_sandbox_db_dup_setting (db, "generation");

  if (generation != NULL)
    return TRUE;
  reg_sandbox_db_begin (db);
  reg_sandbox_db_drop_indexes (db);
  if (!fill (db, options, now, error))
    {
      reg_sandbox_db_rollback (db);
      return FALSE;
    }
  reg_sandbox_db_make_indexes (db);
  return reg_sandbox_db_commit (db, error);
}
