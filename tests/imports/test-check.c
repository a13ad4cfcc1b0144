/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of small files: every reason, every form, every sentence. */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define LIST "Email ID,Employee ID,Requirement,Due Date,Message\n"

static const gint64 course_one[] = { 1, 0 };
static const gint64 course_three[] = { 3, 0 };

typedef struct
{
  const char *name;
  const char *text;
  const char *plan;
  gint64 blank;
} Case;

static const Case list_cases[] = {
  { "email", LIST "anna@example.com,,,,\n", "+2:11:1", 0 },
  { "email-case-and-blanks",
    LIST " ANNA@Example.COM\xc2\xa0,,,,\nbruno@example.com\xe3\x80\x80,,,,\n", "+2:11:1 +3:12:1",
    0 },
  { "email-zero-width", LIST "an\xe2\x80\x8bna@example.com,,,,\n", "+2:11:1", 0 },
  { "email-not-ascii", LIST "ÉLISE@example.com,,,,\n", "+2:15:1", 0 },
  { "employee-id", LIST ",000123,,,\n, E-5 ,,,\n", "+2:11:1 +3:15:1", 0 },
  { "both-agree", LIST "anna@example.com,000123,,,\n", "+2:11:1", 0 },
  { "one-of-both-known", LIST "anna@old.example,000123,,,\nanna@example.com,999,,,\n",
    "+2:11:1 !3:user-duplicate-line", 0 },
  { "both-disagree", LIST "anna@example.com,000124,,,\n", "!2:user-ambiguous", 0 },
  { "shared", LIST "shared@example.com,,,,\nshared@example.com,S2,,,\n",
    "+3:17:1 !2:user-ambiguous", 0 },
  { "unknown", LIST "nobody@example.com,,,,\n,X-1,,,\n", "!2:user-unknown !3:user-unknown", 0 },
  { "no-person", LIST ",,required,,\n", "!2:user-unknown", 0 },
  { "malformed", LIST "anna@,,,,\nanna,,,,\nanna@x..com,,,,\n",
    "!2:email-invalid !3:email-invalid !4:email-invalid", 0 },
  { "deactivated-archived", LIST "carla@example.com,,,,\ndora@example.com,,,,\n",
    "!2:user-deactivated !3:user-archived", 0 },
  { "shortened", LIST ",123,,,\n,124,,,\n,125,,,\n",
    "!2:id-shortened !3:id-shortened !4:user-unknown", 0 },
  { "duplicate", LIST "anna@example.com,,,,\nANNA@example.com,,,,\n,000123,,,\n",
    "+2:11:1 !3:user-duplicate-line !4:user-duplicate-line", 0 },
  { "duplicate-of-a-bad-line", LIST "anna@example.com,,maybe,,\nanna@example.com,,,,\n",
    "+3:11:1 !2:value-invalid", 0 },
  { "contradict",
    LIST "anna@example.com,,required,,\nbruno@example.com,,,,\nanna@example.com,,,,\n",
    "+3:12:1 !2:lines-contradict !4:lines-contradict", 0 },
  { "blank", LIST "\nanna@example.com,,,,\n,,,,\n \xc2\xa0,,,,\n", "+3:11:1", 3 },
  { "blank-before-heading", "\n\n" LIST "anna@example.com,,,,\n", "+4:11:1", 0 },
  { "stray", LIST "anna@example.com,,,,,note\nbruno@example.com,,,,, \n",
    "+3:12:1 !2:value-invalid", 0 },
  { "requirement", LIST "anna@example.com,,REQUIRED,,\nbruno@example.com,, optional ,,\n",
    "+2:11:1 +3:12:1", 0 },
  { "optional-with-date", LIST "anna@example.com,,Optional,2026-12-31,\n", "!2:value-invalid", 0 },
  { "date-invalid", LIST "anna@example.com,,,2026-02-30,\nbruno@example.com,,,soon,\n",
    "!2:date-invalid !3:date-invalid", 0 },
  { "date-ambiguous", LIST "anna@example.com,,,3/4/2026,\nbruno@example.com,,,5/5/2026,\n",
    "+3:12:1 !2:date-ambiguous", 0 },
  { "heading-case",
    "\xef\xbb\xbf EMAIL ID ,employee id,REQUIREMENT,due  date,Message\nanna@example.com,,,,\n",
    "+2:11:1", 0 },
  { "heading-order", "Message,Due Date,Requirement,Employee ID,Email ID\n,,,,anna@example.com\n",
    "+2:11:1", 0 },
};

static const Case matrix_cases[] = {
  { "marks", "email,C001,C002\nanna@example.com,x, X \nbruno@example.com,,x\n",
    "+2:11:1 +2:11:2 +3:12:2", 0 },
  { "unmarked", "email,C001\nanna@example.com,\nanna@example.com,x\nbruno@example.com\n",
    "!3:user-duplicate-line 02 04", 0 },
  /* T-18: x as it may be written; anything else is refused by its line */
  { "mark-unknown",
    "email,C001,C002\nanna@example.com,1,x\nanna@example.com,yes,\nanna@example.com,x,\n",
    "+4:11:1 !2:mark-unknown !3:mark-unknown", 0 },
  { "titles", "who,Fire safety,c003 induction\nanna@example.com,x,x\n", "+2:11:2 +2:11:3", 0 },
  { "employee-ids", "number,C001\n000123,x\nE-5,x\nE-6,x\n123,x\n",
    "+2:11:1 +3:15:1 !4:user-unknown !5:id-shortened", 0 },
  { "no-at-among-emails",
    "who,C001\nanna@example.com,x\nbruno@example.com,x\nbruno,x\n4711,x\nélise@example.com,x\n",
    "+2:11:1 +3:12:1 +6:15:1 !4:email-invalid !5:user-unknown", 0 },
  { "email-without-at", "who,C001\nadmin,x\n", "+2:18:1", 0 },
  { "template", "Email ID,C001 Induction\nanna@example.com,x\n000124,x\n", "+2:11:1 +3:12:1", 0 },
  { "two-columns", "Email ID,Employee ID,C001\n,000123,x\nanna@example.com,000124,x\n",
    "+2:11:1 !3:user-ambiguous", 0 },
  { "bad-and-unmarked", "email,C001\nnobody@example.com,\ncarla@example.com,\n",
    "!2:user-unknown !3:user-deactivated", 0 },
};

static void
test_plan (ImportFixture *fixture, const Case *one, const gint64 *courses, gboolean is_matrix)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      import_fixture_check (fixture, "assign", one->text, courses, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, one->plan);
  g_assert_cmpint (plan->n_blank, ==, one->blank);
  g_assert_cmpint (plan->is_matrix, ==, is_matrix);
  g_assert_cmpint (plan->lines_read, ==,
                   plan->n_accepted + plan->bad_lines->len + plan->unmarked->len + plan->n_blank);
}

static void
test_list (ImportFixture *fixture, gconstpointer data)
{
  test_plan (fixture, data, course_one, FALSE);
}

static void
test_matrix (ImportFixture *fixture, gconstpointer data)
{
  test_plan (fixture, data, NULL, TRUE);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *mapping[3];
  int code;
  const char *says[3];
} ErrorCase;

static const ErrorCase error_cases[] = {
  /* T-04: a heading that is not there is named, although its column would not be used */
  { "missing",
    "Email ID,Employee ID,Requirement,Due Date\nanna@example.com,,,\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Message", "missing" } },
  { "unknown",
    "Email ID,Employee ID,Requirement,Due Date,Message,Notes\nanna@example.com,,,,,\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Notes", "column F" } },
  { "twice",
    "Email ID,Email ID,Employee ID,Requirement,Due Date,Message\na,b,,,,\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Email ID", "more than once" } },
  { "course-twice",
    "email,C001,C001 Induction\na,b,c\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "C001 Induction", "more than once" } },
  { "course-unknown",
    "email,C001,C999\na,b,c\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "C999", "column C" } },
  { "course-title-shared",
    "email,C002,Induction\na,b,c\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Induction", "column C" } },
  { "no-heading",
    "anna@example.com,x,x\nbruno@example.com,x,\n",
    { NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Email ID" } },
  { "empty", "", { NULL }, REG_IMPORT_ERROR_EMPTY, { "empty" } },
  { "heading-only", LIST, { NULL }, REG_IMPORT_ERROR_EMPTY, { "no line" } },
  { "heading-and-blanks", LIST "\n,,,,\n", { NULL }, REG_IMPORT_ERROR_EMPTY, { "no line" } },
  { "mapping-unknown-field",
    LIST "a,,,,\n",
    { "Message=Nonsense", NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Nonsense" } },
  { "mapping-absent-heading",
    LIST "a,,,,\n",
    { "Mail=Email ID", NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Mail" } },
  { "mapping-malformed",
    LIST "a,,,,\n",
    { "Mail", NULL },
    REG_IMPORT_ERROR_HEADINGS,
    { "Heading=" } },
};

static void
test_error (ImportFixture *fixture, gconstpointer data)
{
  const ErrorCase *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      import_fixture_check (fixture, "assign", one->text, course_one, one->mapping, &error);

  g_assert_null (plan);
  g_assert_error (error, REG_IMPORT_ERROR, one->code);
  for (guint i = 0; i < G_N_ELEMENTS (one->says) && one->says[i] != NULL; i++)
    if (strstr (error->message, one->says[i]) == NULL)
      g_error ("\"%s\" does not say \"%s\"", error->message, one->says[i]);
}

static void
test_mapping (ImportFixture *fixture, gconstpointer data)
{
  const char *const list[] = { "E-mail address=Email ID", "Nr=employee_id", "Notes=", NULL };
  const char *const matrix[] = { "Safety=C002", "Notes=", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "assign",
      "e-mail ADDRESS,Notes,Nr,Requirement,Due Date,Message\nanna@example.com,hello,,,,\n",
      course_one, list, &error);
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, "+2:11:1");
  reg_import_plan_unref (plan);
  plan = import_fixture_check (fixture, "assign", "who,Safety,Notes\nanna@example.com,x,hello\n",
                               NULL, matrix, &error);
  g_assert_no_error (error);
  other = import_plan_to_text (plan);
  g_assert_cmpstr (other, ==, "+2:11:2");
}

static void
test_details (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan =
      import_fixture_check (fixture, "assign",
                            LIST "anna@example.com,,,3/4/2026,\n"
                                 "bruno@example.com,,required,25/12/2026,\"Welcome,\nBruno\"\n"
                                 "élise@example.com,,,31.01.2027,\n"
                                 "admin,,,,'=1+1\n",
                            course_one, NULL, &error);
  g_autofree char *text = NULL;
  /* what our own CSV files put before a formula is taken off again */
  const char *const messages[] = { NULL, "Welcome,\nBruno", NULL, "=1+1" };
  const char *const dates[] = { "2026-04-03", "2026-12-25", "2027-01-31", "" };

  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, "+2:11:1 +3:12:1 +5:15:1 +6:18:1");
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const RegImportDetail *detail = &g_array_index (plan->details, RegImportDetail, item->detail);
      g_autoptr (RegParams) params = reg_import_plan_dup_params (plan, item->detail);

      g_assert_cmpstr (detail->due_date, ==, dates[i]);
      g_assert_cmpstr (reg_params_get (params, "source"), ==, "import");
      g_assert_cmpstr (reg_params_get (params, "requirement"), ==, i < 3 ? "required" : "optional");
      g_assert_cmpstr (reg_params_get (params, "message"), ==, messages[i]);
    }
  g_assert_cmpint (plan->n_emails, ==, 2);
}

static void
test_months_first (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "assign", LIST "anna@example.com,,,3/4/2026,\nbruno@example.com,,,12/25/2026,\n",
      course_one, NULL, &error);
  const RegImportItem *item;

  g_assert_no_error (error);
  g_assert_cmpuint (plan->will->len, ==, 2);
  item = &g_array_index (plan->will, RegImportItem, 0);
  g_assert_cmpstr (g_array_index (plan->details, RegImportDetail, item->detail).due_date, ==,
                   "2026-03-04");
}

static void
test_sentences (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *summary = NULL;

  import_fixture_add_enrollment (fixture, 12, 1);
  plan = import_fixture_check (fixture, "assign",
                               LIST "nobody@example.com,,,,\ncarla@example.com,,,,\n"
                                    "anna@example.com,000124,,,\n,123,,,\n"
                                    "bruno@example.com,,,,\nélise@example.com,,,,\n"
                                    "ÉLISE@example.com,,,,\n",
                               course_one, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (import_plan_find_bad (plan, 2)->sentence, ==,
                   "Employee ID or Email ID not found");
  g_assert_cmpstr (import_plan_find_bad (plan, 3)->sentence, ==,
                   "User with the given Email ID or Employee ID is deactivated.");
  g_assert_cmpstr (
      import_plan_find_bad (plan, 4)->sentence, ==,
      "Two users match: by e-mail anna@example.com, by employee ID Bruno@Example.com.");
  g_assert_cmpstr (import_plan_find_bad (plan, 5)->sentence, ==,
                   "Leading zeros seem lost: 123, others have 6 digits.");
  g_assert_cmpstr (import_plan_find_bad (plan, 5)->identifier, ==, "123");
  g_assert_cmpstr (import_plan_find_bad (plan, 8)->sentence, ==, "Same user as line 7.");
  g_assert_cmpuint (plan->cannot->len, ==, 1);
  g_assert_cmpstr (
      g_array_index (plan->cannot, RegImportCannot, 0).sentence, ==,
      "Already assigned: not assigned a second time. No credit used, progress unchanged.");
  summary = reg_import_plan_dup_summary (plan);
  g_assert_cmpstr (summary, ==,
                   "1 user will be enrolled · 1 cannot be enrolled · 5 lines may not be imported");
}

/* Two licenses for four people: the first two lines get them; who has the course needs none. */
static void
assert_ledger (const RegImportPlan *plan, const guint8 *is_ticked, const char *expected)
{
  g_autofree char *text = NULL;
  RegLedger ledger;

  reg_import_plan_init_ledger (plan, &ledger, is_ticked);
  text = reg_ledger_dup_text (&ledger);
  reg_ledger_clear (&ledger);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_licenses (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *text = NULL;

  import_fixture_add_enrollment (fixture, 11, 3);
  plan = import_fixture_check (fixture, "assign",
                               LIST "anna@example.com,,,,\nbruno@example.com,,,,\n"
                                    "élise@example.com,,,,\nadmin,,,,\n,S1,,,\n",
                               course_three, NULL, &error);
  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==,
                   "+3:12:3 +4:15:3 -2:11:3:already-assigned -5:18:3:licence-short "
                   "-6:16:3:licence-short");
  g_assert_cmpstr (g_array_index (plan->cannot, RegImportCannot, 1).sentence, ==,
                   "No license left for this product (needed 4, available 2).");
  assert_ledger (
      plan, NULL,
      "Licenses, one pool: 2 needed, 2 available · 2 left out, because no license is left\n"
      "E-mails this will cause: 0");
  assert_ledger (
      plan, (const guint8[]){ TRUE, FALSE },
      "Licenses, one pool: 1 needed, 2 available · 2 left out, because no license is left\n"
      "E-mails this will cause: 0");
}

/* What was not accessed goes back to its pool, the rest is used up; pools are told apart. */
static void
test_licenses_back (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  RegEnrollment started = { .user_id = 12,
                            .course_id = 3,
                            .present = TRUE,
                            .visible = TRUE,
                            .attempt = 1,
                            .started_at = 1000,
                            .progress = 40 };

  import_fixture_add_enrollment (fixture, 11, 3);
  g_array_append_val (fixture->enrollments, started);
  plan = import_fixture_check (fixture, "unenroll",
                               "Email ID,Employee ID\nanna@example.com,\nbruno@example.com,\n",
                               course_three, NULL, &error);
  g_assert_no_error (error);
  assert_ledger (plan, NULL,
                 "Licenses, one pool: 0 needed, 2 available · 1 returned · 1 used, not returned\n"
                 "E-mails this will cause: 0");
  assert_ledger (plan, (const guint8[]){ FALSE, TRUE },
                 "Licenses, one pool: 0 needed, 2 available · 1 used, not returned\n"
                 "E-mails this will cause: 0");
}

static void
test_unenroll (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;

  import_fixture_add_enrollment (fixture, 11, 1);
  import_fixture_add_enrollment (fixture, 12, 2);
  plan = import_fixture_check (fixture, "unenroll",
                               "email,C001,C002\nanna@example.com,x,x\nbruno@example.com,,x\n",
                               NULL, NULL, &error);
  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, "+2:11:1 +3:12:2 -2:11:2:not-enrolled");
  summary = reg_import_plan_dup_summary (plan);
  g_assert_cmpstr (summary, ==,
                   "2 users will be unenrolled · 1 cannot be unenrolled · 0 lines may not be "
                   "imported");
  g_assert_cmpuint (fixture->n_loads, ==, 2);
}

static void
test_role (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      import_fixture_write (fixture, "file.csv", "email,C001\nanna@example.com,x\n");
  const RegImportRequest request = {
    .path = path, .action = "assign", .actor_role = REG_ROLE_LEARNER, .today = "2026-06-01"
  };
  g_autoptr (RegImportPlan) plan =
      reg_import_check (&request, fixture->directory, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = import_plan_to_text (plan);
  g_assert_cmpstr (text, ==, "-2:11:1:role-missing");
}

static void
test_no_course (ImportFixture *fixture, gconstpointer data)
{
  const gint64 gone[] = { 99, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (
      import_fixture_check (fixture, "assign", LIST "anna@example.com,,,,\n", NULL, NULL, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION);
  g_clear_error (&error);
  g_assert_null (
      import_fixture_check (fixture, "assign", LIST "anna@example.com,,,,\n", gone, NULL, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION);
  g_clear_error (&error);
  g_assert_null (import_fixture_check (fixture, "promote", LIST, course_one, NULL, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION);
}

static void
test_changed (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      fixture, "assign", LIST "anna@example.com,,,,\n", course_one, NULL, &error);
  g_autofree char *path = NULL;
  g_autofree char *own_hash = NULL;
  g_autofree char *hash =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, LIST "anna@example.com,,,,\n", -1);

  g_assert_no_error (error);
  own_hash = reg_import_plan_dup_hash (plan, &error);
  g_assert_cmpstr (own_hash, ==, hash);
  g_assert_true (reg_import_plan_verify_file (plan, &error));
  g_assert_no_error (error);

  /* Written again with the same contents: the same file. */
  plan->file_mtime--;
  g_assert_true (reg_import_plan_verify_file (plan, &error));
  g_assert_no_error (error);

  path = import_fixture_write (fixture, "file.csv", LIST "ANNA@example.com,,,,\n");
  plan->file_mtime--;
  g_assert_false (reg_import_plan_verify_file (plan, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED);
  g_clear_error (&error);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_false (reg_import_plan_verify_file (plan, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_cancelled (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = import_fixture_write (fixture, "file.csv", LIST "anna@example.com,,,,\n");
  const RegImportRequest request = { .path = path,
                                     .action = "assign",
                                     .courses = course_one,
                                     .actor_role = REG_ROLE_ADMINISTRATOR,
                                     .today = "2026-06-01" };

  g_cancellable_cancel (cancellable);
  g_assert_null (reg_import_check (&request, fixture->directory, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_words (void)
{
  const struct
  {
    gint64 imported, failed;
    const char *sentence;
  } cases[] = {
    { 2000, 0, "Import process completed and 2000 users imported successfully." },
    { 1, 0, "Import process completed and 1 users imported successfully." },
    { 3, 2, "Import process completed. 3 users imported successfully, 2 users not imported." },
    { 0, 49, "Import process completed. 0 users imported successfully, 49 users not imported." },
    { 0, 0, "Import process completed. 0 users imported successfully, 0 users not imported." },
  };
  g_autofree char *notice = reg_import_dup_list_notice (50);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = reg_import_dup_outcome (cases[i].imported, cases[i].failed);

      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  g_assert_cmpstr (
      notice, ==, "50 users were not imported. Download the list to see each user and the reason.");
}

static void
test_list_path (ImportFixture *fixture, gconstpointer data)
{
  const char *const names[] = { "Non_Imported_List_2026-06-01.csv",
                                "Non_Imported_List_2026-06-01 (2).csv",
                                "Non_Imported_List_2026-06-01 (3).csv" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = reg_import_dup_list_path (fixture->folder, "2026-06-01");
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *made = import_fixture_write (fixture, name, "");

      g_assert_cmpstr (name, ==, names[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function, data)                                                                  \
  g_test_add (path, ImportFixture, data, import_fixture_set_up, function, import_fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (list_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/check/list/", list_cases[i].name, NULL);

      ADD (path, test_list, &list_cases[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (matrix_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/check/matrix/", matrix_cases[i].name, NULL);

      ADD (path, test_matrix, &matrix_cases[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/check/headings/", error_cases[i].name, NULL);

      ADD (path, test_error, &error_cases[i]);
    }
  ADD ("/imports/check/mapping", test_mapping, NULL);
  ADD ("/imports/check/details", test_details, NULL);
  ADD ("/imports/check/months-first", test_months_first, NULL);
  ADD ("/imports/check/sentences", test_sentences, NULL);
  ADD ("/imports/check/licenses", test_licenses, NULL);
  ADD ("/imports/check/licenses-back", test_licenses_back, NULL);
  ADD ("/imports/check/unenroll", test_unenroll, NULL);
  ADD ("/imports/check/role", test_role, NULL);
  ADD ("/imports/check/no-course", test_no_course, NULL);
  ADD ("/imports/check/changed", test_changed, NULL);
  ADD ("/imports/check/cancelled", test_cancelled, NULL);
  ADD ("/imports/check/list-path", test_list_path, NULL);
  g_test_add_func ("/imports/check/words", test_words);
  return g_test_run ();
}
