/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that may not be imported, put right: every reason its way out, every correction checked by
 * the same check. */
#include "import-fixture.h"

#include "imports/reg-import-fix.h"
#include "imports/reg-near-text.h"

#include <string.h>

#define LIST "Email ID,Employee ID,Requirement,Due Date,Message\n"

#define ADDING                                                                                     \
  " | Add this person, and include the line: at once, as a change of its own that can be undone"

static const gint64 course_one[] = { 1, 0 };

typedef struct
{
  ImportFixture base;
  char *path;
  const char *action; /* (nullable): "assign" */
  RegImportEdits *edits;
  char date_order;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  import_fixture_set_up (&f->base, data);
  f->edits = reg_import_edits_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->path);
  reg_import_edits_free (f->edits);
  import_fixture_tear_down (&f->base, data);
}

static RegImportPlan *
check (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  const RegImportRequest request = {
    .path = f->path,
    .action = f->action != NULL ? f->action : "assign",
    .courses = course_one,
    .date_order = f->date_order,
    .edits = f->edits,
    .today = "2026-06-01",
    .now = 1780272000,
    .actor_id = 1,
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
  RegImportPlan *plan = reg_import_check (&request, f->base.directory, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (plan->lines_read, ==,
                   plan->n_accepted + plan->bad_lines->len + plan->unmarked->len
                       + plan->left_out->len + plan->n_blank);
  return plan;
}

static void
write_file (Fixture *f, const char *text)
{
  f->path = import_fixture_write (&f->base, "file.csv", text);
}

static void
assert_plan (Fixture *f, const char *expected)
{
  g_autoptr (RegImportPlan) plan = check (f);
  g_autofree char *text = import_plan_to_text (plan);

  g_assert_cmpstr (text, ==, expected);
}

static GPtrArray *
list_fixes (Fixture *f, gint64 line)
{
  g_autoptr (RegImportPlan) plan = check (f);
  g_autoptr (RegImportFixer) fixer = reg_import_fixer_new (plan);
  const RegImportBadLine *bad = import_plan_find_bad (plan, line);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) cells = NULL;

  g_assert_nonnull (bad);
  cells = reg_import_plan_read_cells (plan, f->edits, &line, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (cells, &line));
  return reg_import_fixer_list (fixer, bad, g_hash_table_lookup (cells, &line));
}

/* The corrections offered for a line, in one text. */
static char *
describe_fixes (Fixture *f, gint64 line)
{
  g_autoptr (GPtrArray) fixes = list_fixes (f, line);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < fixes->len; i++)
    {
      const RegImportFix *fix = g_ptr_array_index (fixes, i);

      if (fix->kind >= REG_FIX_SHOW_PEOPLE)
        continue;
      g_string_append_printf (out, "%s%s%s%s", i > 0 ? " | " : "", fix->label,
                              fix->detail != NULL ? ": " : "",
                              fix->detail != NULL ? fix->detail : "");
    }
  return g_string_free (out, FALSE);
}

/* Takes the first, or the one whose label begins so. */
static void
take (Fixture *f, gint64 line, const char *label, gboolean all_alike)
{
  g_autoptr (GPtrArray) fixes = list_fixes (f, line);

  for (guint i = 0; i < fixes->len; i++)
    {
      const RegImportFix *fix = g_ptr_array_index (fixes, i);

      if (g_str_has_prefix (fix->label, label))
        {
          g_autoptr (RegImportPlan) plan = check (f);

          reg_import_fix_apply (fix, all_alike, plan, f->edits, &f->date_order);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_edit_cell (Fixture *f, gconstpointer data)
{
  write_file (f, LIST "anna@exmaple.com,,,,\nbruno@example.com,,must,,\n");
  assert_plan (f, "!2:user-unknown !3:value-invalid");
  reg_import_edits_set_cell (f->edits, 2, 0, "anna@example.com");
  reg_import_edits_set_cell (f->edits, 3, 2, "Required");
  assert_plan (f, "+2:11:1 +3:12:1");
  /* taken back one by one, the line is as it was */
  g_assert_true (reg_import_edits_undo (f->edits));
  assert_plan (f, "+2:11:1 !3:value-invalid");
  g_assert_true (reg_import_edits_undo (f->edits));
  g_assert_false (reg_import_edits_undo (f->edits));
  assert_plan (f, "!2:user-unknown !3:value-invalid");
}

/* A column that the line does not reach; a text that is not UTF-8; the newest counts. */
static void
test_edit_odd (Fixture *f, gconstpointer data)
{
  write_file (f, LIST "anna@example.com\nbruno@example.com,,,,\n");
  reg_import_edits_set_cell (f->edits, 2, 3, "2026-12-31");
  reg_import_edits_set_cell (f->edits, 3, 4, "\xff\xfe");
  reg_import_edits_set_cell (f->edits, 3, 0, "nobody");
  reg_import_edits_set_cell (f->edits, 3, 0, "bruno@example.com");
  assert_plan (f, "+2:11:1 +3:12:1");
  reg_import_edits_set_cell (f->edits, 3, 9, "stray");
  assert_plan (f, "+2:11:1 !3:value-invalid");
  /* of lines that are not there nothing comes */
  reg_import_edits_set_cell (f->edits, 99, 0, "anna@example.com");
  reg_import_edits_leave_out (f->edits, 98);
  assert_plan (f, "+2:11:1 !3:value-invalid");
}

static void
test_leave_out (Fixture *f, gconstpointer data)
{
  g_autoptr (RegImportPlan) plan = NULL;

  write_file (f, LIST "nobody@example.com,,,,\nanna@example.com,,,,\n");
  reg_import_edits_leave_out (f->edits, 2);
  plan = check (f);
  g_assert_cmpuint (plan->left_out->len, ==, 1);
  g_assert_cmpint (g_array_index (plan->left_out, gint64, 0), ==, 2);
  g_assert_cmpuint (plan->bad_lines->len, ==, 0);
  g_assert_cmpuint (plan->will->len, ==, 1);
}

static void
test_near_email (Fixture *f, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *swapped = NULL;
  g_autofree char *name = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *nobody = NULL;

  write_file (f, LIST "ana@example.com,,,,\nbruno@exmaple.com,,,,\n"
                      "Anna Brown <anna@example.com>,,,,\nelise@old.example,,,,\n"
                      "someone.else@nowhere.example,,,,\nbruno@old.example,,,,\n");
  one = describe_fixes (f, 2);
  g_assert_cmpstr (one, ==, "anna@example.com: 1 letter differs" ADDING " | Leave this line out");
  swapped = describe_fixes (f, 3);
  g_assert_cmpstr (swapped, ==,
                   "Bruno@Example.com: 1 letter differs" ADDING " | Leave this line out");
  name = describe_fixes (f, 4);
  g_assert_cmpstr (name, ==, "anna@example.com: the address alone | Leave this line out");
  domain = describe_fixes (f, 7);
  g_assert_cmpstr (domain, ==,
                   "Bruno@Example.com: the same name at another address" ADDING
                   " | Leave this line out");
  nobody = describe_fixes (f, 6);
  g_assert_cmpstr (nobody, ==,
                   "Add this person, and include the line: at once, as a change of its own that "
                   "can be undone | Leave this line out");
  take (f, 2, "anna", FALSE);
  take (f, 3, "Bruno", FALSE);
  assert_plan (f, "+2:11:1 +3:12:1 !4:email-invalid !5:user-unknown !6:user-unknown "
                  "!7:user-unknown");
}

static void
test_all_alike (Fixture *f, gconstpointer data)
{
  write_file (f, LIST "anna@example.com,,must,,\nbruno@example.com,, must ,,\n");
  assert_plan (f, "!2:value-invalid !3:value-invalid");
  take (f, 2, "Required", TRUE);
  assert_plan (f, "+2:11:1 +3:12:1");
}

static void
test_marks (Fixture *f, gconstpointer data)
{
  write_file (f, "Email ID,C001,C002\nanna@example.com,yes,\nbruno@example.com,,yes\n"
                 "élise@example.com,-,x\n");
  assert_plan (f, "!2:mark-unknown !3:mark-unknown !4:mark-unknown");
  take (f, 2, "Treat “yes” as x", TRUE);
  assert_plan (f, "+2:11:1 +3:12:2 !4:mark-unknown");
  take (f, 4, "Treat “-” as empty", FALSE);
  assert_plan (f, "+2:11:1 +3:12:2 +4:15:2");
}

/* Marks alike are put right, not what stands in the other columns. */
static void
test_marks_only (Fixture *f, gconstpointer data)
{
  reg_directory_add_user (f->base.directory, 90, REG_USER_STATE_ACTIVE, "one@example.com", -1, "1",
                          -1);
  write_file (f, "Email ID,C001,C002\nanna@example.com,1,\n1,,1\n");
  assert_plan (f, "!2:mark-unknown !3:mark-unknown");
  take (f, 2, "Treat “1” as x", TRUE);
  assert_plan (f, "+2:11:1 +3:90:2");
  g_assert_true (reg_import_edits_undo (f->edits));
  assert_plan (f, "!2:mark-unknown !3:mark-unknown");
}

/* In the order in which they were made: what was typed into a cell is alike to others, too. */
static void
test_typed_alike (Fixture *f, gconstpointer data)
{
  write_file (f, "Email ID,C001,C002\nanna@example.com,yes,\nbruno@example.com,?,x\n");
  reg_import_edits_set_cell (f->edits, 3, 1, "yes");
  assert_plan (f, "!2:mark-unknown !3:mark-unknown");
  take (f, 3, "Treat “yes” as x", TRUE);
  assert_plan (f, "+2:11:1 +3:12:1 +3:12:2");
  reg_import_edits_set_cell (f->edits, 2, 1, "");
  reg_import_edits_set_cell (f->edits, 2, 2, "x");
  assert_plan (f, "+2:11:2 +3:12:1 +3:12:2");
}

/* The first column of a matrix may hold employee IDs; another one beside it may not contradict. */
static void
test_two_numbers (Fixture *f, gconstpointer data)
{
  write_file (f, "Email ID,Employee ID,C001\nE-5,000123,x\nE-5,E-5,x\nnobody,000124,x\nE-5,999,\n");
  assert_plan (f, "+3:15:1 +4:12:1 !2:user-ambiguous !5:user-unknown");
}

static void
test_zeros (Fixture *f, gconstpointer data)
{
  write_file (f, LIST ",123,,,\n,124,,,\n,E-5,,,\n");
  assert_plan (f, "+4:15:1 !2:id-shortened !3:id-shortened");
  take (f, 2, "Restore to 000123", FALSE);
  assert_plan (f, "+2:11:1 +4:15:1 !3:id-shortened");
  g_assert_true (reg_import_edits_undo (f->edits));
  take (f, 2, "Restore all", FALSE);
  assert_plan (f, "+2:11:1 +3:12:1 +4:15:1");
}

static void
test_dates (Fixture *f, gconstpointer data)
{
  g_autofree char *offered = NULL;
  g_autofree char *number = NULL;

  write_file (f, LIST "anna@example.com,,,3/4/2026,\nbruno@example.com,,,46234,\n");
  assert_plan (f, "!2:date-ambiguous !3:date-invalid");
  offered = describe_fixes (f, 2);
  g_assert_cmpstr (offered, ==,
                   "3/4/2026 = 3 April 2026: in the whole file the day comes first | "
                   "3/4/2026 = 4 March 2026: in the whole file the month comes first | "
                   "Leave this line out");
  number = describe_fixes (f, 3);
  g_assert_cmpstr (number, ==,
                   "2026-07-31: a spreadsheet's number for it | No due date | Leave this line out");
  take (f, 2, "3/4/2026 = 4 March", FALSE);
  g_assert_cmpint (f->date_order, ==, 'm');
  take (f, 3, "2026-07-31", FALSE);
  assert_plan (f, "+2:11:1 +3:12:1");
}

static void
test_two_lines (Fixture *f, gconstpointer data)
{
  g_autofree char *offered = NULL;

  write_file (f, LIST "anna@example.com,,Required,,\nanna@example.com,,Optional,,\n"
                      "bruno@example.com,,,,\nbruno@example.com,,,,\n");
  assert_plan (f, "+4:12:1 !2:lines-contradict !3:lines-contradict !5:user-duplicate-line");
  offered = describe_fixes (f, 3);
  g_assert_cmpstr (offered, ==,
                   "Keep line 2, leave this one out | Keep this line, leave line 2 out");
  take (f, 3, "Keep this line", FALSE);
  take (f, 5, "Keep line 4", FALSE);
  assert_plan (f, "+3:11:1 +4:12:1");
}

static void
test_two_people (Fixture *f, gconstpointer data)
{
  write_file (f, LIST "anna@example.com,000124,,,\nshared@example.com,,,,\n");
  assert_plan (f, "!2:user-ambiguous !3:user-ambiguous");
  take (f, 2, "Bruno@Example.com", FALSE);
  take (f, 3, "The one with the employee ID S2", FALSE);
  assert_plan (f, "+2:12:1 +3:17:1");
}

/* They are called by their employee ID, and nobody who mistyped an address is meant to be them. */
static void
test_no_email (Fixture *f, gconstpointer data)
{
  g_autofree char *offered = NULL;

  reg_directory_add_user (f->base.directory, 19, REG_USER_STATE_ACTIVE, "", -1, "000987", -1);
  write_file (f, LIST "anna@example.com,000987,,,\n,000986,,,\n@,,,,\n");
  assert_plan (f, "!2:user-ambiguous !3:user-unknown !4:email-invalid");
  offered = describe_fixes (f, 4);
  g_assert_null (strstr (offered, "letter"));
  take (f, 2, "000987", FALSE);
  take (f, 3, "000987", FALSE);
  assert_plan (f, "+2:19:1 !3:user-duplicate-line !4:email-invalid");
}

static void
test_archived (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) fixes = NULL;
  const RegImportFix *fix;

  write_file (f, LIST "dora@example.com,,,,\n");
  fixes = list_fixes (f, 2);
  fix = g_ptr_array_index (fixes, 0);
  g_assert_cmpint (fix->kind, ==, REG_FIX_RESTORE);
  g_assert_cmpint (fix->user_id, ==, 14);
}

static void
test_stray (Fixture *f, gconstpointer data)
{
  write_file (f, LIST "anna@example.com,,,,,note\n");
  take (f, 2, "Ignore “note”", FALSE);
  assert_plan (f, "+2:11:1");
}

/* A group, team, location, role or manager that is not there: the nearest one, or none. */
static void
test_names (Fixture *f, gconstpointer data)
{
  g_autofree char *groups = NULL;
  g_autofree char *unlike = NULL;
  g_autofree char *place = NULL;
  g_autofree char *role = NULL;
  g_autofree char *manager = NULL;

  f->action = "update-users";
  write_file (f, "Email ID,Location,Role,Manager,Groups\n"
                 "anna@example.com,,,,\"Sales, North; Drivres\"\n"
                 "bruno@example.com,,,,\"Night Shift, Elsewhere\"\n"
                 "élise@example.com,Olso,,,\n"
                 ",,,,\n"
                 "anna@example.com,,lerner,,\n"
                 "bruno@example.com,,,ana@example.com,\n");
  groups = describe_fixes (f, 2);
  g_assert_cmpstr (groups, ==,
                   "Sales, North; Drivers: the nearest name | Only Sales, North | "
                   "Leave this line out");
  unlike = describe_fixes (f, 3);
  g_assert_cmpstr (unlike, ==, "Only Night Shift | Leave this line out");
  place = describe_fixes (f, 4);
  g_assert_cmpstr (place, ==, "Oslo: the nearest name | No location | Leave this line out");
  role = describe_fixes (f, 6);
  g_assert_cmpstr (role, ==, "Learner | No role | Leave this line out");
  manager = describe_fixes (f, 7);
  g_assert_cmpstr (manager, ==,
                   "anna@example.com: 1 letter differs | No manager | Leave this line out");
  take (f, 2, "Sales", FALSE);
  take (f, 4, "Oslo", TRUE);
  take (f, 6, "No role", FALSE);
  take (f, 7, "anna", FALSE);
  assert_plan (f, "+4:15:0 +7:12:0 !2:lines-contradict !3:label-unknown !6:lines-contradict");
}

/* The same of courses. */
static void
test_course_name (Fixture *f, gconstpointer data)
{
  g_autofree char *title = NULL;
  g_autofree char *unlike = NULL;
  g_autofree char *short_code = NULL;

  write_file (f, "Email ID,Employee ID,Requirement,Due Date,Message,Course\n"
                 "anna@example.com,,,,,Fire safty\nbruno@example.com,,,,,Cooking\n"
                 "bruno@example.com,,,,,X02\n");
  title = describe_fixes (f, 2);
  g_assert_cmpstr (title, ==, "Fire  safety: C002 | Leave this line out");
  unlike = describe_fixes (f, 3);
  g_assert_cmpstr (unlike, ==, "Leave this line out");
  short_code = describe_fixes (f, 4);
  g_assert_cmpstr (short_code, ==, "Leave this line out");
  take (f, 2, "Fire", FALSE);
  assert_plan (f, "+2:11:2 !3:course-unknown !4:course-unknown");
}

/* A line for each reason that a check finds in lines; fix: the first way out that is offered. */
static const struct
{
  const char *code;
  const char *action;
  const char *file;
  RegImportFixKind fix;
} samples[] = {
  { "user-unknown", "assign", LIST "ana@example.com,,,,\n", REG_FIX_SET },
  { "user-deactivated", "assign", LIST "carla@example.com,,,,\n", REG_FIX_LEAVE_OUT },
  { "user-archived", "assign", LIST "dora@example.com,,,,\n", REG_FIX_RESTORE },
  { "user-ambiguous", "assign", LIST "anna@example.com,000124,,,\n", REG_FIX_SET },
  { "user-duplicate-line", "assign", LIST "anna@example.com,,,,\nanna@example.com,,,,\n",
    REG_FIX_LEAVE_OUT },
  { "email-invalid", "assign", LIST "Anna <anna@example.com>,,,,\n", REG_FIX_SET },
  { "course-unknown", "assign",
    "Email ID,Employee ID,Requirement,Due Date,Message,Course\nanna@example.com,,,,,Fire safty\n",
    REG_FIX_SET },
  { "label-unknown", "update-users", "Email ID,Location\nanna@example.com,Olso\n", REG_FIX_SET },
  { "mark-unknown", "assign", "Email ID,C001\nanna@example.com,yes\n", REG_FIX_SET },
  { "lines-contradict", "assign",
    LIST "anna@example.com,,Required,,\nanna@example.com,,Optional,,\n", REG_FIX_LEAVE_OUT },
  { "date-ambiguous", "assign", LIST "anna@example.com,,,3/4/2026,\n", REG_FIX_DATE_ORDER },
  { "date-invalid", "assign", LIST "anna@example.com,,,soon,\n", REG_FIX_SET },
  { "id-shortened", "assign", LIST ",123,,,\n", REG_FIX_SET },
  { "value-invalid", "assign", LIST "anna@example.com,,must,,\n", REG_FIX_SET },
};

static gboolean
has_kind (GPtrArray *fixes, RegImportFixKind kind)
{
  for (guint i = 0; i < fixes->len; i++)
    if (((RegImportFix *)g_ptr_array_index (fixes, i))->kind == kind)
      return TRUE;
  return FALSE;
}

/* What is promised is there to be taken. */
static void
assert_acts (GPtrArray *fixes, RegRemedy remedies)
{
  static const struct
  {
    RegRemedy remedy;
    RegImportFixKind kind;
  } acts[] = {
    { REG_REMEDY_INSTEAD, REG_FIX_INSTEAD },         { REG_REMEDY_LEAVE_OUT, REG_FIX_LEAVE_OUT },
    { REG_REMEDY_RESTORE, REG_FIX_RESTORE },         { REG_REMEDY_MAP, REG_FIX_MAP },
    { REG_REMEDY_SHOW_PEOPLE, REG_FIX_SHOW_PEOPLE }, { REG_REMEDY_RETRY, REG_FIX_CHECK_AGAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if ((remedies & acts[i].remedy) != 0)
      g_assert_true (has_kind (fixes, acts[i].kind));
}

/* Where people may be added, an ID that lost its zeros still is somebody's, and an address has to
 * be one. */
static void
test_adding (Fixture *f, gconstpointer data)
{
  g_autofree char *shortened = NULL;
  g_autofree char *wrapped = NULL;

  f->action = "add-users";
  write_file (f, "Email ID,Employee ID,Family Name\n,123,Brown\n<anna@example.com>,,Brown\n");
  assert_plan (f, "!2:id-shortened !3:email-invalid");
  shortened = describe_fixes (f, 2);
  g_assert_cmpstr (shortened, ==,
                   "Restore to 000123 | Restore all IDs of the column to 6 digits | "
                   "Leave this line out");
  wrapped = describe_fixes (f, 3);
  g_assert_cmpstr (wrapped, ==, "anna@example.com: the address alone | Leave this line out");
}

/* What a check says of the last line, and what it offers: those there are besides leaving it out.
 */
static void
assert_sample (Fixture *f, guint i)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) fixes = NULL;
  const RegImportBadLine *bad;
  RegReason reason;
  RegRemedy remedies;

  f->action = samples[i].action;
  g_clear_pointer (&f->path, g_free);
  write_file (f, samples[i].file);
  plan = check (f);
  g_assert_cmpuint (plan->bad_lines->len, >, 0);
  bad = &g_array_index (plan->bad_lines, RegImportBadLine, plan->bad_lines->len - 1);
  g_assert_true (reg_reason_from_code (samples[i].code, &reason));
  g_assert_cmpstr (reg_reason_to_code (bad->reason), ==, samples[i].code);
  fixes = list_fixes (f, bad->line);
  g_assert_cmpint (((RegImportFix *)g_ptr_array_index (fixes, 0))->kind, ==, samples[i].fix);
  remedies = reg_import_get_remedies (reason);
  g_assert_cmpuint (
      fixes->len, >=,
      (remedies & (REG_REMEDY_SUGGEST | REG_REMEDY_KEEP_ONE | REG_REMEDY_RESTORE)) != 0 ? 2 : 1);
  assert_acts (fixes, remedies & ~REG_REMEDY_INSTEAD);
}

/* What something that cannot happen offers; the plan is one of such an action. */
static void
assert_cannot (Fixture *f, const char *action, RegReason reason)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportFixer) fixer = NULL;
  g_autoptr (GPtrArray) fixes = NULL;
  RegImportCannot cannot = { .user_id = 11, .course_id = 1, .line = 9, .reason = reason };
  RegRemedy remedies = reg_import_get_remedies (reason);

  f->action = action;
  g_clear_pointer (&f->path, g_free);
  write_file (f, g_str_equal (action, "add-users") ? "Email ID,Given Name\nanna@example.com,A\n"
                 : reason == REG_REASON_NOT_ENROLLED
                     ? "Email ID,Employee ID,Due Date\nanna@example.com,,2026-12-31\n"
                     : LIST "anna@example.com,,,,\n");
  plan = check (f);
  plan->instead = reg_import_instead_find_of (action);
  fixer = reg_import_fixer_new (plan);
  fixes = reg_import_fixer_list_cannot (fixer, &cannot);
  assert_acts (fixes, remedies
                          & (REG_REMEDY_INSTEAD | REG_REMEDY_LEAVE_OUT | REG_REMEDY_SHOW_PEOPLE
                             | REG_REMEDY_RETRY));
}

/* An action that has another operation for the reason, where one has. */
static const char *
get_action_of (RegReason reason)
{
  if (reason == REG_REASON_USER_EXISTS)
    return "add-users";
  return reason == REG_REASON_NOT_ENROLLED ? "set-due-dates" : "assign";
}

static gboolean
is_sampled (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].code, code))
      return TRUE;
  return FALSE;
}

/* The catalogue, all of it: each code has a sentence, a help and a way out, or says that there is
 * nothing to put right; and what is promised of lines is offered for one. */
static void
test_catalogue (Fixture *f, gconstpointer data)
{
  const RegRemedy of_lines = REG_REMEDY_SUGGEST | REG_REMEDY_KEEP_ONE | REG_REMEDY_RESTORE;

  for (guint i = 1; i < REG_N_REASONS; i++)
    {
      g_autofree char *sentence = reg_reason_dup_sentence ((RegReason)i, "a", "b");
      const char *code = reg_reason_to_code ((RegReason)i);
      const char *help = reg_reason_get_help ((RegReason)i);
      RegRemedy remedies = reg_import_get_remedies ((RegReason)i);

      g_test_message ("%s", code);
      g_assert_cmpstr (sentence, !=, "");
      g_assert_cmpstr (help, !=, "");
      g_assert_cmphex (remedies, !=, 0);
      g_assert_cmpint (remedies == REG_REMEDY_NOTHING, ==,
                       g_str_has_prefix (help, "Nothing needs to be done."));
      if ((remedies & of_lines) != 0)
        g_assert_true (is_sampled (code));
    }
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_sample (f, i);
  for (guint i = 1; i < REG_N_REASONS; i++)
    if (!is_sampled (reg_reason_to_code ((RegReason)i)))
      assert_cannot (f, get_action_of ((RegReason)i), (RegReason)i);
}

static void
test_distance (void)
{
  static const struct
  {
    const char *one;
    const char *other;
    guint max;
    guint distance;
  } rows[] = {
    { "anna", "anna", 2, 0 },      { "anna", "ana", 2, 1 },        { "ana", "anna", 2, 1 },
    { "anna", "anne", 2, 1 },      { "example", "exmaple", 2, 1 }, { "example", "exmapel", 2, 2 },
    { "anna", "berta", 2, 3 },     { "abcdef", "abc", 2, 3 },      { "ab", "ba", 1, 1 },
    { "kitten", "sitting", 3, 3 }, { "kitten", "sitting", 2, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (reg_near_text_get_distance (rows[i].one, strlen (rows[i].one),
                                                    rows[i].other, strlen (rows[i].other),
                                                    rows[i].max),
                        ==, rows[i].distance);
      g_assert_cmpuint (reg_near_text_get_distance (rows[i].other, strlen (rows[i].other),
                                                    rows[i].one, strlen (rows[i].one), rows[i].max),
                        ==, rows[i].distance);
    }
}

#define ADD(name, func) g_test_add ("/imports/fixes/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("edit-cell", test_edit_cell);
  ADD ("edit-odd", test_edit_odd);
  ADD ("leave-out", test_leave_out);
  ADD ("near-email", test_near_email);
  ADD ("all-alike", test_all_alike);
  ADD ("marks", test_marks);
  ADD ("marks-only", test_marks_only);
  ADD ("typed-alike", test_typed_alike);
  ADD ("two-numbers", test_two_numbers);
  ADD ("zeros", test_zeros);
  ADD ("dates", test_dates);
  ADD ("two-lines", test_two_lines);
  ADD ("two-people", test_two_people);
  ADD ("no-email", test_no_email);
  ADD ("archived", test_archived);
  ADD ("stray", test_stray);
  ADD ("names", test_names);
  ADD ("course-name", test_course_name);
  ADD ("adding", test_adding);
  ADD ("catalogue", test_catalogue);
  g_test_add_func ("/imports/fixes/distance", test_distance);
  return g_test_run ();
}
