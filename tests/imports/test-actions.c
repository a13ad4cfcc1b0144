/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions beside assigning: what each line asks for, and what it would change. */
#include "import-fixture.h"

#include "imports/reg-import-breaker.h"

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
  RegPeopleRule people;
} Case;

#define DATES "Email ID,Employee ID,Course,Due Date\n"
#define USERS "Email ID,Employee ID,Given Name,Family Name,Role,Location,Manager,Groups\n"
#define USERS_EXPORT                                                                               \
  "Email ID,Employee ID,Given Name,Family Name,Role,Location,Manager,Groups,Status\n"
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
  { "due/rounded", "set-due-dates", DATES ",4.9E+11,C001,2027-01-31\n", "!2:id-shortened" },
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
  { "due/forms", "set-due-dates",
    DATES "anna@example.com,,C001,20310131\nanna@example.com,,C002,31-Jan-2031\n"
          "bruno@example.com,,C001,1 February 2031 00:00\n",
    "+2:11:1 +3:11:2 +4:12:1" },
  { "due/no-forms", "set-due-dates",
    DATES "anna@example.com,,C001,20311331\nbruno@example.com,,C001,31-Foo-2031\n"
          "anna@example.com,,C002,31-Jan 2031\nélise@example.com,,C001,31-Jan-31\n"
          ",000123,C001,99990101\n,000123,C002,\"Jan 5, 2031\"\n",
    "!2:date-invalid !3:date-invalid !4:date-invalid !5:date-invalid !6:date-invalid "
    "!7:date-invalid" },
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

  { "add/rounded", "add-users", "Email ID,Employee ID\nnew@example.com,4.9E+11\n",
    "!2:id-shortened" },
  { "add/new", "add-users",
    USERS "new@example.com,N-1,Nora,Nye,learner,Oslo,anna@example.com,Drivers\n"
          "other@example.com,,,,,,,\n,N-3,,Only,,,,\n",
    "+2:0:0 +3:0:0 +4:0:0" },
  { "add/exists", "add-users",
    "Email ID,Given Name\nanna@example.com,Other\nnew@example.com,Nora\ncarla@example.com,C\n",
    "+3:0:0 -2:11:0:user-exists !4:user-deactivated" },
  { "add/doubles", "add-users",
    "Email ID,Employee ID,Given Name\nnew@example.com,N-1,Nora\nNEW@example.com,N-1,Nora\n"
    "two@example.com,,A\ntwo@example.com,,B\nthree@example.com,N-9,A\nfour@example.com,N-9,B\n",
    "+2:0:0 !3:user-duplicate-line !4:lines-contradict !5:lines-contradict !6:lines-contradict "
    "!7:lines-contradict" },
  { "add/same-line-twice", "add-users",
    "Email ID,Given Name\nnew@example.com,Nora\nnew@example.com,Nora\n",
    "+2:0:0 !3:user-duplicate-line" },
  { "add/first-is-bad", "add-users",
    "Email ID,Role\nnew@example.com,Boss\nnew@example.com,learner\n", "+3:0:0 !2:value-invalid" },
  { "add/wrong", "add-users",
    USERS "nobody,,,,,,,\n,123,,,,,,\nx@example.com,,X,,Boss,,,\ny@example.com,,Y,,,Osol,,\n"
          "z@example.com,,Z,,,,nobody@example.com,\nv@example.com,,V,,,,,Drivres\n"
          "w@example.com,,W,,Primary admin,,,\n",
    "!2:email-invalid !3:id-shortened !4:value-invalid !5:label-unknown !6:user-unknown "
    "!7:label-unknown !8:role-missing" },
  { "add/manager-in-the-file", "add-users",
    "Email ID,Manager\nnew@example.com,boss@example.com\nboss@example.com,\nx@example.com,000124\n",
    "+2:0:0 +3:0:0 +4:0:0" },
  /* 2 ← 3 ← 4, who has no role that is one; 5 is their own; 6 and 7 are each other's */
  { "add/manager-not-added", "add-users",
    "Email ID,Role,Manager\na@example.com,,b@example.com\nb@example.com,,c@example.com\n"
    "c@example.com,boss,\nd@example.com,,D@example.com\ne@example.com,,f@example.com\n"
    "f@example.com,,e@example.com\n",
    "+6:0:0 +7:0:0 !2:user-unknown !3:user-unknown !4:value-invalid !5:user-unknown" },
  { "update/fields", "update-users",
    USERS "anna@example.com,000123,Anna,Family,Instructor,Bergen,E-5,Night Shift\n", "+2:11:0" },
  { "update/nothing", "update-users", USERS "ANNA@example.com,000123,Given,Family,learner,,,\n",
    "02" },
  { "update/unknown", "update-users", "Email ID,Given Name\nnew@example.com,Nora\n",
    "!2:user-unknown" },
  { "update/absent-column", "update-users", "Email ID,Family Name\nélise@example.com,Noir\n",
    "+2:15:0" },
  { "update/rounded", "update-users",
    "Email ID,Employee ID,Given Name\nanna@example.com,4.9E+11,Anna\n"
    "bruno@example.com,\"4,90123E+11\",B\nélise@example.com,4E+1,E\n",
    "+4:15:0 !2:id-shortened !3:id-shortened" },
  { "update/empty-leaves", "update-users", "Email ID,Groups\nélise@example.com,\n", "02" },
  { "update/empty-clears", "update-users", "Email ID,Groups,Role\nélise@example.com,,\n", "+2:15:0",
    NULL, REG_EMPTY_CLEAR },
  { "update/names-cleared", "update-users",
    "Email ID,Given Name,Family Name\nélise@example.com,,\n", "-2:15:0:value-invalid", NULL,
    REG_EMPTY_CLEAR },
  { "update/email", "update-users",
    "Email ID,Employee ID\nanna.new@example.com,000123\nbruno@example.com,B-1\n",
    "+2:11:0 +3:12:0" },
  { "update/email-of-two", "update-users",
    "Email ID,Employee ID\nnew@example.com,000123\nnew@example.com,000124\n",
    "!2:lines-contradict !3:lines-contradict" },
  { "update/email-of-another", "update-users", "Email ID,Employee ID\nbruno@example.com,000123\n",
    "!2:user-ambiguous" },
  { "update/twice", "update-users",
    "Email ID,Given Name\nanna@example.com,A\nanna@example.com,B\nélise@example.com,E\n"
    "élise@example.com,E\n",
    "+4:15:0 !2:lines-contradict !3:lines-contradict !5:user-duplicate-line" },
  { "update/both", "update-users",
    "Email ID,Given Name\nnew@example.com,Nora\nanna@example.com,Anna\n", "+2:0:0 +3:11:0", NULL,
    REG_EMPTY_LEAVE, REG_PEOPLE_BOTH },
  { "update/export", "update-users",
    USERS_EXPORT "anna@example.com,000123,Given,Family,learner,,,,active\n", "02" },
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
  self->people_rule = one != NULL ? one->people : REG_PEOPLE_USUAL;
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

/* "Due Date: none → 2026-12-31" of every field of one item, with "; " between them. */
static void
assert_changes (const RegImportPlan *plan, guint item, const char *expected)
{
  g_autoptr (GPtrArray) changes = reg_import_plan_dup_changes (plan, item);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const RegImportText *change = g_ptr_array_index (changes, i);

      g_string_append_printf (text, "%s%s: %s → %s", i > 0 ? "; " : "", change->label,
                              change->before, change->after);
    }
  g_assert_cmpstr (text->str, ==, expected);
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
                  "The due date of 1 user will be set · 0 cannot be changed · 0 lines may not be "
                  "imported");
  params = reg_import_plan_dup_params (plan, g_array_index (plan->will, RegImportItem, 1).detail);
  g_assert_cmpstr (reg_params_get (params, "due_date"), ==, "2027-02-28");
  assert_changes (plan, 0, "Requirement: Optional → Required; Due Date:  → 2027-01-31");
  assert_changes (plan, 1, "Due Date: 2026-12-31 → 2027-02-28");
}

static void
assert_words (RegImportPlan *plan, const char *heading, const char *summary, const char *title)
{
  g_autofree char *own_title = reg_import_plan_dup_title (plan, plan->n_users);

  g_assert_cmpstr (reg_import_plan_get_will_title (plan), ==, heading);
  assert_summary (plan, summary);
  g_assert_cmpstr (own_title, ==, title);
}

/* A due date that is taken away is not said to be set, and who gets one and loses another is both;
 * the people, and the lines, are counted once all the same. */
static void
test_due_dates_removed (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) all = NULL;
  g_autoptr (RegImportPlan) some = NULL;

  fixture->empty = REG_EMPTY_CLEAR;
  all = import_fixture_check (fixture, "set-due-dates", DATES "anna@example.com,,C002,\n", NULL,
                              NULL, &error);
  g_assert_no_error (error);
  assert_words (all, "Due Date Will Be Removed",
                "The due date of 1 user will be removed · 0 cannot be changed · 0 lines may not be "
                "imported",
                "Import “file.csv”: remove the due date of 1 user");
  assert_changes (all, 0, "Requirement: Required → Optional; Due Date: 2026-12-31 → ");

  some = import_fixture_check (fixture, "set-due-dates",
                               DATES "anna@example.com,,C001,2027-01-31\nanna@example.com,,C002,\n"
                                     "bruno@example.com,,C001,2027-01-31\nnobody@example.com,,C001,"
                                     "\nbruno@example.com,,C002,\n,,,\n",
                               NULL, NULL, &error);
  g_assert_no_error (error);
  assert_words (some, "Due Date Will Be Set or Removed",
                "The due dates of 2 users will be set · The due date of 1 user will be removed · "
                "1 cannot be changed · 1 line may not be imported",
                "Import “file.csv”: 2 users");
  g_assert_cmpint (some->n_users, ==, 2);
  g_assert_cmpint (some->n_empty, ==, 2);
  g_assert_cmpint (some->lines_read, ==,
                   some->n_accepted + some->bad_lines->len + some->unmarked->len + some->n_blank);
}

/* What becomes of an enrollment is told as the course's page will show it. */
static void
test_enrollment_changes (ImportFixture *fixture, gconstpointer data)
{
  RegEnrollment *half = &g_array_index (fixture->enrollments, RegEnrollment, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) unenroll = NULL;
  g_autoptr (RegImportPlan) assign = NULL;

  half->started_at = 1;
  half->progress = 40;
  unenroll = import_fixture_check (fixture, "unenroll", "Email ID,Employee ID\nanna@example.com,\n",
                                   course_one, NULL, &error);
  g_assert_no_error (error);
  assert_changes (unenroll, 0, "Status: 40% Completed → Unenrolled (was 40%)");
  assign = import_fixture_check (
      fixture, "assign",
      "Email ID,Employee ID,Requirement,Due Date,Message\n,E-5,,2027-01-31,Please\n", course_one,
      NULL, &error);
  g_assert_no_error (error);
  assert_changes (assign, 0,
                  "Status: not enrolled → Not Started; Requirement:  → Required; Due Date:  → "
                  "2027-01-31; Message:  → Please");
}

/* A column that is not there leaves everything as it is, whatever an empty cell means. */
static void
test_no_due_dates (ImportFixture *fixture, gconstpointer data)
{
  static const char *const mapping[] = { "=Employee ID", "=Due Date", NULL };
  static const gint64 courses[] = { 2, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;

  fixture->empty = REG_EMPTY_CLEAR;
  plan = import_fixture_check (fixture, "set-due-dates", "Email ID\nanna@example.com\n", courses,
                               mapping, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->will->len, ==, 0);
  g_assert_cmpuint (plan->unmarked->len, ==, 1);
  g_assert_cmpint (plan->n_empty, ==, 0);
}

/* What an empty cell means matters as often as there is one that may be. */
static void
test_count_empty (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) people = NULL;
  g_autoptr (RegImportPlan) dates = NULL;

  people = import_fixture_check (fixture, "update-users",
                                 USERS "anna@example.com,,Anna,,,,,\n,E-5,Elise,X,,Oslo,,Drivers\n",
                                 NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (people->n_empty, ==, 5);
  dates = import_fixture_check (
      fixture, "set-due-dates",
      DATES "anna@example.com,,C001,\nanna@example.com,,C002,2027-02-28\n", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dates->n_empty, ==, 1);
  g_assert_cmpuint (dates->unmarked->len, ==, 1);
}

static void
assert_field (const RegImportPlan *plan, guint item, const char *before, const char *after)
{
  g_autoptr (GPtrArray) changes = reg_import_plan_dup_changes (plan, item);
  const RegImportText *change;

  g_assert_cmpuint (changes->len, ==, 1);
  change = g_ptr_array_index (changes, 0);
  g_assert_cmpstr (change->key, ==, "labels");
  g_assert_cmpstr (change->label, ==, "Groups");
  g_assert_cmpstr (change->before, ==, before);
  g_assert_cmpstr (change->after, ==, after);
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
  /* what is there is not sent, so that nobody's work is undone by it */
  g_assert_cmpstr (reg_params_get (params, "add_labels"), ==, ",33,");
  g_assert_null (reg_params_get (params, "labels"));
  g_assert_cmpstr (
      reg_import_plan_get_operation (plan, &g_array_index (plan->will, RegImportItem, 0))->name, ==,
      "set-groups");
  assert_summary (
      plan, "2 users will be added to groups · 0 cannot be added · 0 lines may not be imported");
}

/* What is said of each field, and that ids are what is sent. */
static void
test_update_fields (ImportFixture *fixture, gconstpointer data)
{
  RegUser *anna = import_fixture_get_person (fixture, 11);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegParams) params = NULL;
  const RegImportItem *item;

  g_free (anna->labels);
  anna->labels = g_strdup (",34,");
  plan = import_fixture_check (fixture, "update-users",
                               USERS "anna@example.com,,Anna,Family,instructor,oslo,E-5,Drivers\n",
                               NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->will->len, ==, 1);
  item = &g_array_index (plan->will, RegImportItem, 0);
  assert_changes (plan, 0,
                  "Given Name: Given → Anna; Groups: Blue → Blue; Drivers; Location:  → Oslo; "
                  "Manager:  → élise@example.com; Role: Learner → Instructor");
  params = reg_import_plan_dup_params (plan, item->detail);
  g_assert_cmpstr (reg_params_get (params, "labels"), ==, ",31,34,");
  g_assert_cmpstr (reg_params_get (params, "location_id"), ==, "41");
  g_assert_cmpstr (reg_params_get (params, "manager_id"), ==, "15");
  g_assert_cmpstr (reg_params_get (params, "role"), ==, "instructor");
  g_assert_null (reg_params_get (params, "family_name"));
  g_assert_cmpstr (reg_import_plan_get_operation (plan, item)->name, ==, "edit-user");
}

static void
test_people_words (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *title = NULL;
  const RegImportItem *item;

  fixture->people_rule = REG_PEOPLE_BOTH;
  plan = import_fixture_check (fixture, "update-users",
                               "Email ID,Given Name\nnew@example.com,Nora\nanna@example.com,Anna\n"
                               "bruno@example.com,Bruno\nnobody,\n",
                               NULL, NULL, &error);
  g_assert_no_error (error);
  assert_summary (plan, "1 user will be added · 2 users will be updated · 0 cannot be updated · 1 "
                        "line may not be imported");
  title = reg_import_plan_dup_title (plan, 3);
  g_assert_cmpstr (title, ==, "Import “file.csv”: add or update 3 users");
  item = &g_array_index (plan->will, RegImportItem, 0);
  g_assert_cmpstr (reg_import_plan_get_identifier (plan, item), ==, "new@example.com");
  g_assert_cmpstr (reg_import_plan_get_operation (plan, item)->name, ==, "add-user");
}

static void
test_people_role (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *text = NULL;

  fixture->role = REG_ROLE_MANAGER;
  plan =
      import_fixture_check (fixture, "update-users",
                            "Email ID,Role\nanna@example.com,administrator\n", NULL, NULL, &error);
  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, "-2:11:0:role-missing");
}

static void
test_no_identity (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "update-users", "Given Name,Family Name\nAnna,A\n", NULL, NULL, &error);

  g_assert_null (plan);
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS);
  g_assert_nonnull (strstr (error->message, "Email ID"));
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

/* Who loses records in two courses is one person, and is told so. */
static void
test_losers (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = import_fixture_write (
      fixture, "again.csv",
      "Email ID,C001,C002\nanna@example.com,x,x\nbruno@example.com,x,\nelise@example.com,x,\n");
  g_autoptr (RegImportEdits) edits = reg_import_edits_new ();
  g_autoptr (GHashTable) excluded = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;
  g_autofree char *less = NULL;
  const RegImportRequest request = {
    .path = path,
    .action = "assign",
    .edits = edits,
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
  gint64 keys[2];

  reg_import_edits_set_instead (edits, 0, "reassign=remove_records");
  plan = reg_import_check (&request, fixture->directory, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plan->n_instead_users, ==, 2);
  warning = reg_import_plan_dup_warning (plan, NULL);
  g_assert_cmpstr (warning, ==,
                   "This removes all records of the last assignments of 2 users for good.");
  for (guint i = 0; i < 2; i++)
    {
      keys[i] = reg_import_item_get_key (&g_array_index (plan->will, RegImportItem, i + 1));
      g_hash_table_add (excluded, &keys[i]);
    }
  less = reg_import_plan_dup_warning (plan, excluded);
  g_assert_cmpstr (less, ==, "This removes all records of the last assignment of 1 user for good.");
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
  ADD ("/imports/actions/due-dates-removed", test_due_dates_removed, NULL);
  ADD ("/imports/actions/no-due-dates", test_no_due_dates, NULL);
  ADD ("/imports/actions/enrollment-changes", test_enrollment_changes, NULL);
  ADD ("/imports/actions/losers", test_losers, NULL);
  ADD ("/imports/actions/count-empty", test_count_empty, NULL);
  ADD ("/imports/actions/groups", test_groups, NULL);
  ADD ("/imports/actions/suggestion", test_suggestion, NULL);
  ADD ("/imports/actions/update-fields", test_update_fields, NULL);
  ADD ("/imports/actions/people-words", test_people_words, NULL);
  ADD ("/imports/actions/people-role", test_people_role, NULL);
  ADD ("/imports/actions/no-identity", test_no_identity, NULL);
  return g_test_run ();
}
