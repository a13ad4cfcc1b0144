/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the check says of a line does not depend on the lines before it: people alike are judged
 * once, and nobody is taken for somebody else. Each line is checked among all, and alone. */
#include "import-fixture.h"

#include <stdlib.h>
#include <string.h>

#define FIRST 101
#define N_PEOPLE 48
#define ACTOR 1

static const gint64 both_courses[] = { 1, 2, 0 };

static void
add_person (ImportFixture *f, gint64 id, guint kind)
{
  static const RegUserState states[] = { REG_USER_STATE_ACTIVE, REG_USER_STATE_PENDING,
                                         REG_USER_STATE_DEACTIVATED, REG_USER_STATE_ARCHIVED };
  g_autofree char *email = g_strdup_printf ("user%d@example.com", (int)id);

  reg_directory_add_user (f->directory, id, states[kind % 4], email, -1, "", -1);
  /* Whether somebody is there already changes faster than the state. */
  if (kind % 3 == 0)
    import_fixture_add_enrollment (f, id, 1);
  if (kind % 5 == 0)
    import_fixture_add_enrollment (f, id, 2);
}

/* People of every state, in and out of the team and of either course, in no order. */
static void
set_up (ImportFixture *f, gconstpointer data)
{
  gint64 team[N_PEOPLE];
  gsize n_team = 0;

  import_fixture_set_up (f, data);
  for (gint64 id = FIRST; id < FIRST + N_PEOPLE; id++)
    {
      guint kind = (guint)g_test_rand_int_range (0, 120);

      add_person (f, id, kind);
      if (g_test_rand_bit ())
        team[n_team++] = id;
    }
  add_person (f, ACTOR, 0);
  reg_directory_set_team (f->directory, team, n_team);
}

/* What a plan says of one line, the line's number left out. */
static char *
dup_line_text (const RegImportPlan *plan, gint64 line)
{
  g_autofree char *text = import_plan_to_text (plan);
  g_auto (GStrv) parts = g_strsplit (text, " ", 0);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *rest;

      if (*parts[i] != '\0' && strtoll (parts[i] + 1, &rest, 10) == line)
        g_string_append_printf (out, "%c%s ", *parts[i], rest);
    }
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      g_autoptr (RegParams) params = reg_import_plan_dup_params (plan, item->detail);
      g_autofree char *values = params != NULL ? reg_params_to_text (params) : NULL;

      if (item->line == line)
        g_string_append_printf (out, "“%s” ", values != NULL ? values : "");
    }
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      const RegImportCannot *cannot = &g_array_index (plan->cannot, RegImportCannot, i);

      if (cannot->line == line)
        g_string_append_printf (out, "“%s” ", cannot->sentence);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct
{
  const char *action;
  const char *heading;
  const char *const *rows; /* with %s for the person */
  const gint64 *courses;
  RegRole role;
} Judged;

static char *
dup_row (const Judged *judged, gint64 id)
{
  guint n = g_strv_length ((GStrv)judged->rows);
  g_auto (GStrv) parts = g_strsplit (judged->rows[g_test_rand_int_range (0, (gint32)n)], "%s", 2);

  return g_strdup_printf ("%suser%d@example.com%s\n", parts[0], (int)id, parts[1]);
}

static void
test_alone_and_together (ImportFixture *f, gconstpointer data)
{
  const Judged *judged = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) all = g_string_new (judged->heading);
  g_autoptr (GHashTable) verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RegImportPlan) together = NULL;
  g_autoptr (GError) error = NULL;

  f->role = judged->role;
  for (gint64 id = FIRST - 1; id < FIRST + N_PEOPLE; id++)
    {
      g_ptr_array_add (rows, dup_row (judged, id < FIRST ? ACTOR : id));
      g_string_append (all, g_ptr_array_index (rows, rows->len - 1));
    }
  together = import_fixture_check (f, judged->action, all->str, judged->courses, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *text = g_strconcat (judged->heading, g_ptr_array_index (rows, i), NULL);
      g_autoptr (RegImportPlan) alone =
          import_fixture_check (f, judged->action, text, judged->courses, NULL, &error);
      g_autofree char *said = NULL;
      g_autofree char *expected = NULL;

      g_assert_no_error (error);
      said = dup_line_text (together, i + 2);
      expected = dup_line_text (alone, 2);
      g_assert_cmpstr (expected, !=, "");
      g_assert_cmpstr (said, ==, expected);
      g_hash_table_add (verdicts, g_strdup (strrchr (said, ':')));
    }
  /* Else there was nothing to be mixed up. */
  g_assert_cmpuint (g_hash_table_size (verdicts), >, 1);
}

int
main (int argc, char *argv[])
{
  static const char *const marks[] = { "%s,x,x", "%s,x,", "%s,,x", NULL };
  static const char *const details[] = { "%s,,Required,2027-01-31,", "%s,,Optional,,",
                                         "%s,,Required,,A word", "%s,,,,", NULL };
  static const char *const dates[] = { "%s,,2027-01-31", "%s,,2027-02-28", NULL };
  static const Judged judged[] = {
    { "assign", "email,C001,C002\n", marks, NULL, REG_ROLE_ADMINISTRATOR },
    { "assign", "email,C001,C002\n", marks, NULL, REG_ROLE_MANAGER },
    { "assign", "Email ID,Employee ID,Requirement,Due Date,Message\n", details, both_courses,
      REG_ROLE_MANAGER },
    { "unenroll", "email,C001,C002\n", marks, NULL, REG_ROLE_ADMINISTRATOR },
    { "unenroll", "email,C001,C002\n", marks, NULL, REG_ROLE_MANAGER },
    { "set-due-dates", "Email ID,Employee ID,Due Date\n", dates, both_courses,
      REG_ROLE_ADMINISTRATOR },
    { "set-due-dates", "Email ID,Employee ID,Due Date\n", dates, both_courses, REG_ROLE_MANAGER },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (judged); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imports/alike/%s/%u", judged[i].action, i);

      g_test_add (path, ImportFixture, &judged[i], set_up, test_alone_and_together,
                  import_fixture_tear_down);
    }
  return g_test_run ();
}
