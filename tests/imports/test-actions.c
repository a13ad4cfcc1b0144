/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions beside assigning: what each line asks for, and what it would change. */
#include "import-fixture.h"

#include <string.h>

static const gint64 course_one[] = { 1, 0 };

typedef struct
{
  const char *name;
  const char *action;
  const char *text;
  const char *plan;
  const gint64 *courses;
  RegEmptyRule empty;
} Case;

#define DATES "Email ID,Employee ID,Course,Due Date\n"
#define GROUPS "Email ID,Employee ID,Groups\n"

static const Case cases[] = {
  /* Unenrolling: 11 and 12 are in course 1, 11 is in course 2 as well. */
  { "unenroll/list", "unenroll", "Email ID,Employee ID\nanna@example.com,\n,000124\n,E-5\n",
    "+2:11:1 +3:12:1 -4:15:1:not-enrolled", course_one },
  { "unenroll/matrix", "unenroll",
    "Email ID,C001 "
    "Induction,C002\nanna@example.com,x,X\nbruno@example.com,x,\nbruno@example.com,,x\n",
    "+2:11:1 +2:11:2 +3:12:1 !4:user-duplicate-line" },
  { "unenroll/template", "unenroll",
    "Email ID,C001 Induction\nanna@example.com, x \nbruno@example.com,1\ncarla@example.com,x\n,\n",
    "+2:11:1 !3:mark-unknown !4:user-deactivated" },

  { "due/course-column", "set-due-dates",
    DATES "anna@example.com,,C001,2027-01-31\nanna@example.com,,Fire safety,2027-02-28\n",
    "+2:11:1 +3:11:2" },
  { "due/chosen", "set-due-dates",
    "Email ID,Employee ID,Due Date\nanna@example.com,,2027-01-31\n,000124,2027-01-31\n",
    "+2:11:1 +3:12:1", course_one },
  { "due/chosen-and-named", "set-due-dates",
    DATES "anna@example.com,,,2027-01-31\nanna@example.com,,C002,2027-01-31\n", "+2:11:1 +3:11:2",
    course_one },
  { "due/none-named", "set-due-dates", DATES "anna@example.com,,,2027-01-31\n",
    "!2:course-unknown" },
  { "due/unknown-course", "set-due-dates",
    DATES "anna@example.com,,C999,2027-01-31\nanna@example.com,,Induction,2027-01-31\n",
    "!2:course-unknown !3:course-unknown" },
  { "due/not-enrolled", "set-due-dates", DATES "bruno@example.com,,C002,2027-01-31\n",
    "-2:12:2:not-enrolled" },
  { "due/empty-leaves", "set-due-dates",
    DATES "anna@example.com,,C001,\nbruno@example.com,,C001,2027-01-31\n", "+3:12:1 02" },
  { "due/empty-clears", "set-due-dates",
    DATES "anna@example.com,,C002,\nbruno@example.com,,C001,\n", "+2:11:2 -3:12:1:nothing-to-do",
    NULL, REG_EMPTY_CLEAR },
  { "due/as-it-is", "set-due-dates", DATES "anna@example.com,,C002,2026-12-31\n",
    "-2:11:2:nothing-to-do" },
  { "due/twice", "set-due-dates",
    DATES "anna@example.com,,C001,2027-01-31\n,000123,C001 Induction,31.01.2027\n"
          "anna@example.com,,C001,2027-01-31\n",
    "+2:11:1 !3:user-duplicate-line !4:user-duplicate-line" },
  { "due/contradict", "set-due-dates",
    DATES "anna@example.com,,C001,2027-01-31\nanna@example.com,,C002,2027-01-31\n"
          ",000123,C001,2027-03-01\n",
    "+3:11:2 !2:lines-contradict !4:lines-contradict" },
  { "due/not-a-date", "set-due-dates", DATES "anna@example.com,,C001,soon\n", "!2:date-invalid" },

  { "groups/add", "add-to-groups",
    GROUPS "anna@example.com,,Drivers\n,000124,drivers; NIGHT  shift\n,E-5,Blue\n",
    "+2:11:0 +3:12:0 +4:15:0" },
  { "groups/name-with-comma", "add-to-groups",
    GROUPS "anna@example.com,,\"Sales, North, Drivers\"\n", "+2:11:0" },
  { "groups/unknown", "add-to-groups",
    GROUPS "anna@example.com,,Drivres\nbruno@example.com,,Drivers;Pilots\n,E-5,Oslo\n",
    "!2:label-unknown !3:label-unknown !4:label-unknown" },
  { "groups/in-it-already", "add-to-groups",
    GROUPS "élise@example.com,,Night Shift\nanna@example.com,,\n", "02 03" },
  { "groups/two-lines", "add-to-groups",
    GROUPS "anna@example.com,,Drivers\nanna@example.com,,Night Shift\n,000123,Drivers\n",
    "+2:11:0 +3:11:0 !4:user-duplicate-line" },
  { "groups/people", "add-to-groups",
    GROUPS "nobody@example.com,,Drivers\ncarla@example.com,,Drivers\ndora@example.com,,Drivers\n",
    "!2:user-unknown !3:user-deactivated !4:user-archived" },
};

static void
set_up (ImportFixture *self, gconstpointer data)
{
  const Case *one = data;
  RegEnrollment due = {
    .user_id = 11, .course_id = 2, .present = TRUE, .visible = TRUE, .attempt = 1
  };
  RegUser *elise;

  import_fixture_set_up (self, NULL);
  import_fixture_add_enrollment (self, 11, 1);
  import_fixture_add_enrollment (self, 12, 1);
  g_strlcpy (due.due_date, "2026-12-31", sizeof due.due_date);
  due.requirement = REG_REQUIREMENT_REQUIRED;
  g_array_append_val (self->enrollments, due);
  elise = import_fixture_get_person (self, 15);
  g_free (elise->labels);
  elise->labels = g_strdup (",32,");
  self->empty = one != NULL ? one->empty : REG_EMPTY_LEAVE;
}

static void
test_case (ImportFixture *fixture, gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      import_fixture_check (fixture, one->action, one->text, one->courses, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, one->plan);
  g_assert_cmpint (plan->lines_read, ==,
                   plan->n_accepted + plan->bad_lines->len + plan->unmarked->len + plan->n_blank);
}

static void
assert_summary (RegImportPlan *plan, const char *expected)
{
  g_autofree char *summary = reg_import_plan_dup_summary (plan);

  g_assert_cmpstr (summary, ==, expected);
}

/* SPEC W-38 */
static void
test_unenroll_words (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "unenroll",
      "Email ID,Employee ID\nanna@example.com,\n,000124\n,E-5\nnobody@example.com,\n", course_one,
      NULL, &error);

  g_assert_no_error (error);
  assert_summary (plan, "2 users will be unenrolled · 1 cannot be unenrolled · 1 line may not be "
                        "imported");
}

/* One person in several lines counts once; parameters are those of the operation. */
static void
test_due_dates (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "set-due-dates",
      DATES "anna@example.com,,C001,2027-01-31\nanna@example.com,,C002,2027-02-28\n", NULL, NULL,
      &error);
  g_autoptr (RegParams) params = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (plan->n_users, ==, 1);
  g_assert_cmpint (plan->n_will_lines, ==, 2);
  g_assert_cmpint (plan->n_emails, ==, 0);
  assert_summary (plan,
                  "The due date of 1 user will be set · 0 cannot get one · 0 lines may not be "
                  "imported");
  params = reg_import_plan_dup_params (plan, g_array_index (plan->will, RegImportItem, 1).detail);
  g_assert_cmpstr (reg_params_get (params, "due_date"), ==, "2027-02-28");
}

static void
assert_field (const RegImportPlan *plan, guint item, const char *before, const char *after)
{
  const RegImportField *fields;
  const RegImportItem *one = &g_array_index (plan->will, RegImportItem, item);
  g_autofree char *was = NULL;
  g_autofree char *will_be = NULL;

  g_assert_cmpuint (reg_import_plan_get_fields (plan, one, &fields), ==, 1);
  was = reg_import_plan_dup_field_text (plan, fields, FALSE);
  will_be = reg_import_plan_dup_field_text (plan, fields, TRUE);
  g_assert_cmpstr (reg_import_field_get_label (fields), ==, "Groups");
  g_assert_cmpstr (was, ==, before);
  g_assert_cmpstr (will_be, ==, after);
}

/* Before and after, and the second line of a person goes on from the first. */
static void
test_groups (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "add-to-groups",
      GROUPS "élise@example.com,,Drivers\n,E-5,\"Sales, North\"\nanna@example.com,,Drivers\n", NULL,
      NULL, &error);
  g_autoptr (RegParams) params = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (plan->n_users, ==, 2);
  assert_field (plan, 0, "Night Shift", "Drivers; Night Shift");
  assert_field (plan, 1, "Drivers; Night Shift", "Drivers; Night Shift; Sales, North");
  assert_field (plan, 2, "", "Drivers");
  params = reg_import_plan_dup_params (plan, g_array_index (plan->will, RegImportItem, 1).detail);
  g_assert_cmpstr (reg_params_get (params, "labels"), ==, ",31,32,33,");
  assert_summary (
      plan, "2 users will be added to groups · 0 cannot be added · 0 lines may not be imported");
}

static void
test_suggestion (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "add-to-groups", GROUPS "anna@example.com,,Drivres\nanna@example.com,,Zeppelins\n",
      NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (import_plan_find_bad (plan, 2)->sentence, ==,
                   "There is no group “Drivres”. Did you mean “Drivers”?");
  g_assert_cmpstr (import_plan_find_bad (plan, 3)->sentence, ==, "There is no group “Zeppelins”.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function, data)                                                                  \
  g_test_add (path, ImportFixture, data, set_up, function, import_fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/actions/", cases[i].name, NULL);

      ADD (path, test_case, &cases[i]);
    }
  ADD ("/imports/actions/unenroll-words", test_unenroll_words, NULL);
  ADD ("/imports/actions/due-dates", test_due_dates, NULL);
  ADD ("/imports/actions/groups", test_groups, NULL);
  ADD ("/imports/actions/suggestion", test_suggestion, NULL);
  return g_test_run ();
}
