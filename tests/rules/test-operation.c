/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/reg-operation.h"
#include "rules/reg-status.h"

#include <string.h>

typedef struct
{
  RegUser *user;
  RegCourse *course;
  RegEnrollment *enrollment;
  RegLicensePool *pool;
  RegSubject subject;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->user = reg_user_new ();
  f->user->id = 7;
  f->user->state = REG_USER_STATE_ACTIVE;
  f->user->approved_at = 10;
  f->course = reg_course_new ();
  f->course->id = 3;
  f->enrollment = reg_enrollment_new ();
  f->enrollment->user_id = 7;
  f->enrollment->course_id = 3;
  f->pool = reg_license_pool_new ();
  f->pool->available = 2;
  f->subject = (RegSubject){ .user = f->user,
                             .course = f->course,
                             .enrollment = f->enrollment,
                             .pool = f->pool,
                             .actor_id = 1,
                             .actor_role = REG_ROLE_PRIMARY_ADMIN,
                             .now = 1000 };
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  reg_user_free (f->user);
  reg_course_free (f->course);
  reg_enrollment_free (f->enrollment);
  reg_license_pool_free (f->pool);
}

static RegParams *
params_of (const char *first, ...)
{
  RegParams *params = reg_params_new ();
  va_list list;

  va_start (list, first);
  for (const char *key = first; key != NULL; key = va_arg (list, const char *))
    reg_params_set (params, key, va_arg (list, const char *));
  va_end (list);
  return params;
}

static RegReason
check (Fixture *f, const char *name, const RegParams *params)
{
  g_autofree char *sentence = NULL;
  RegReason reason =
      reg_operation_check (reg_operation_find (name), &f->subject, params, &sentence);

  g_assert_cmpint (reason == REG_REASON_NONE, ==, sentence == NULL);
  return reason;
}

static void
apply (Fixture *f, const char *name, const RegParams *params)
{
  g_assert_cmpint (check (f, name, params), ==, REG_REASON_NONE);
  reg_operation_apply (reg_operation_find (name), &f->subject, params);
}

static RegStatus
status (Fixture *f)
{
  return reg_enrollment_get_status (f->enrollment, f->course->kind);
}

static void
test_assign (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) params = params_of ("due_date", "2026-12-31", NULL);

  apply (f, "assign", params);
  g_assert_cmpint (status (f), ==, REG_STATUS_NOT_STARTED);
  g_assert_cmpstr (f->enrollment->due_date, ==, "2026-12-31");
  g_assert_cmpint (f->enrollment->requirement, ==, REG_REQUIREMENT_REQUIRED);
  g_assert_cmpint (f->enrollment->assigned_by, ==, 1);
  g_assert_cmpint (f->enrollment->assigned_at, ==, 1000);
  g_assert_cmpint (f->enrollment->attempt, ==, 1);
  g_assert_cmpint (f->pool->available, ==, 1);

  g_assert_cmpint (check (f, "assign", NULL), ==, REG_REASON_ALREADY_ASSIGNED);
}

static void
test_assign_without_license (Fixture *f, gconstpointer data)
{
  f->pool->available = 0;
  g_assert_cmpint (check (f, "assign", NULL), ==, REG_REASON_LICENCE_SHORT);
  f->subject.pool = NULL;
  g_assert_cmpint (check (f, "assign", NULL), ==, REG_REASON_NONE);
}

static void
test_assign_bad_values (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) date = params_of ("due_date", "2026-02-30", NULL);
  g_autoptr (RegParams) requirement = params_of ("requirement", "maybe", NULL);

  g_assert_cmpint (check (f, "assign", date), ==, REG_REASON_DATE_INVALID);
  g_assert_cmpint (check (f, "assign", requirement), ==, REG_REASON_VALUE_INVALID);
}

/* T-08: Required and Optional; who assigned is filled only where it was empty. */
static void
test_due_date (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) date = params_of ("due_date", "2027-01-15", NULL);

  g_assert_cmpint (check (f, "set-due-date", date), ==, REG_REASON_NOT_ENROLLED);
  apply (f, "assign", NULL);
  g_assert_cmpint (f->enrollment->requirement, ==, REG_REQUIREMENT_OPTIONAL);
  f->enrollment->assigned_by = 5;
  apply (f, "set-due-date", date);
  g_assert_cmpint (f->enrollment->requirement, ==, REG_REQUIREMENT_REQUIRED);
  g_assert_cmpint (f->enrollment->assigned_by, ==, 5);
  f->enrollment->assigned_by = 0;
  apply (f, "clear-due-date", NULL);
  g_assert_cmpstr (f->enrollment->due_date, ==, "");
  g_assert_cmpint (f->enrollment->requirement, ==, REG_REQUIREMENT_OPTIONAL);
  g_assert_cmpint (f->enrollment->assigned_by, ==, 1);
  g_assert_cmpint (check (f, "clear-due-date", NULL), ==, REG_REASON_NOTHING_TO_DO);
  g_assert_cmpint (check (f, "set-due-date", NULL), ==, REG_REASON_DATE_INVALID);
}

static void
test_complete (Fixture *f, gconstpointer data)
{
  apply (f, "assign", NULL);
  f->enrollment->progress = 40;
  apply (f, "mark-complete", NULL);
  g_assert_cmpint (status (f), ==, REG_STATUS_COMPLETED);
  g_assert_cmpint (f->enrollment->progress, ==, 100);
  g_assert_cmpint (f->enrollment->certificate_at, ==, 1000);
  g_assert_cmpint (check (f, "mark-complete", NULL), ==, REG_REASON_STATUS_NOT_ALLOWED);
  g_assert_cmpint (check (f, "unassign", NULL), ==, REG_REASON_STATUS_NOT_ALLOWED);
  apply (f, "mark-incomplete", NULL);
  g_assert_cmpint (status (f), ==, REG_STATUS_IN_PROGRESS);
  g_assert_cmpint (f->enrollment->certificate_at, ==, 1000);
}

static void
test_unassign (Fixture *f, gconstpointer data)
{
  apply (f, "assign", NULL);
  apply (f, "unassign", NULL);
  g_assert_cmpint (status (f), ==, REG_STATUS_ABSENT);
  g_assert_cmpint (f->pool->available, ==, 2);

  apply (f, "assign", NULL);
  f->enrollment->started_at = 1500;
  apply (f, "unassign", NULL);
  g_assert_cmpint (f->pool->available, ==, 1);
}

static void
test_unenroll (Fixture *f, gconstpointer data)
{
  apply (f, "assign", NULL);
  f->enrollment->progress = 40;
  f->enrollment->started_at = 1200;
  apply (f, "unenroll", NULL);
  g_assert_cmpint (status (f), ==, REG_STATUS_UNENROLLED);
  g_assert_cmpint (f->enrollment->progress, ==, 40);
  g_assert_cmpint (f->enrollment->completed_at, ==, 0);
  g_assert_cmpint (f->pool->available, ==, 1);
  /* enrolled again: the attempt goes on */
  apply (f, "assign", NULL);
  g_assert_cmpint (status (f), ==, REG_STATUS_IN_PROGRESS);
  g_assert_cmpint (f->enrollment->attempt, ==, 1);
  g_assert_cmpint (f->pool->available, ==, 1);
}

static void
test_account (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) notify = params_of ("notify", "true", NULL);

  f->user->state = REG_USER_STATE_PENDING;
  f->user->approved_at = 0;
  apply (f, "archive", NULL);
  apply (f, "restore", NULL);
  g_assert_cmpint (f->user->state, ==, REG_USER_STATE_PENDING);
  apply (f, "approve", NULL);
  g_assert_cmpint (f->user->state, ==, REG_USER_STATE_ACTIVE);
  g_assert_cmpint (f->user->notified_at, ==, 0);
  g_assert_cmpint (check (f, "approve", notify), ==, REG_REASON_STATUS_NOT_ALLOWED);
  apply (f, "archive", NULL);
  g_assert_cmpint (f->user->archived_at, ==, 1000);
  g_assert_cmpint (check (f, "assign", NULL), ==, REG_REASON_USER_ARCHIVED);
  f->user->state = REG_USER_STATE_DEACTIVATED;
  g_assert_cmpint (check (f, "assign", NULL), ==, REG_REASON_USER_DEACTIVATED);
}

static void
test_edit_user (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) good = params_of ("email", "a@b.org", "family_name", "Öz", NULL);
  g_autoptr (RegParams) bad = params_of ("email", "a@b", NULL);
  g_autoptr (RegParams) role = params_of ("role", "primary-admin", NULL);

  apply (f, "edit-user", good);
  g_assert_cmpstr (f->user->email, ==, "a@b.org");
  g_assert_cmpstr (f->user->family_name, ==, "Öz");
  g_assert_cmpint (check (f, "edit-user", bad), ==, REG_REASON_EMAIL_INVALID);
  f->subject.actor_role = REG_ROLE_ADMINISTRATOR;
  g_assert_cmpint (check (f, "edit-user", role), ==, REG_REASON_ROLE_MISSING);
  f->subject.actor_role = REG_ROLE_LEARNER;
  g_assert_cmpint (check (f, "edit-user", good), ==, REG_REASON_ROLE_MISSING);
}

/* Where the manager is known by id, the LMS need not be asked. */
static void
test_own_manager (Fixture *f, gconstpointer data)
{
  static const gint64 ids[] = { 4, -4 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (RegParams) params = reg_params_new ();
      g_autofree char *sentence = NULL;

      f->user->id = ids[i];
      reg_params_set_int64 (params, "manager_id", ids[i]);
      g_assert_cmpint (
          reg_operation_check (reg_operation_find ("edit-user"), &f->subject, params, &sentence),
          ==, REG_REASON_VALUE_INVALID);
      g_assert_cmpstr (sentence, ==, "Nobody can be their own manager.");
      reg_params_set_int64 (params, "manager_id", -ids[i]);
      g_assert_cmpint (check (f, "edit-user", params), ==, REG_REASON_NONE);
      reg_params_set (params, "manager_id", "");
      g_assert_cmpint (check (f, "edit-user", params), ==, REG_REASON_NONE);
    }
}

static void
test_add_user (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *key, *value;
    RegReason reason;
  } rows[] = {
    { "given_name", "Nobody", REG_REASON_VALUE_INVALID },
    { "email", " ", REG_REASON_VALUE_INVALID },
    { "email", "a@b", REG_REASON_EMAIL_INVALID },
    { "email", "a@b.org", REG_REASON_NONE },
    { "employee_id", "007", REG_REASON_NONE },
  };
  g_autoptr (RegUser) blank = reg_user_new ();
  g_autoptr (RegParams) params =
      params_of ("email", " Öz@b.org ", "employee_id", " 007\u00a0", "labels", ",3,7,", "role",
                 "manager", "location_id", "2", NULL);
  g_autoptr (RegParams) role = params_of ("email", "a@b.org", "role", "primary-admin", NULL);
  g_autoptr (RegParams) labels = params_of ("email", "a@b.org", "labels", ",7,3,", NULL);
  g_autoptr (RegParams) manager = params_of ("email", "a@b.org", "manager_id", "-4", NULL);
  g_autoptr (GPtrArray) menu =
      reg_operation_list_for_state (REG_USER_STATE_PENDING, REG_ROLE_BIT (REG_ROLE_PRIMARY_ADMIN));
  g_autofree char *sentence = NULL;

  f->subject.user = blank;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RegParams) one = params_of (rows[i].key, rows[i].value, NULL);

      g_assert_cmpint (check (f, "add-user", one), ==, rows[i].reason);
    }
  g_assert_cmpint (check (f, "add-user", labels), ==, REG_REASON_VALUE_INVALID);
  g_assert_cmpint (check (f, "add-user", manager), ==, REG_REASON_NONE);
  reg_params_set (manager, "manager_id", "-");
  g_assert_cmpint (check (f, "add-user", manager), ==, REG_REASON_VALUE_INVALID);
  f->subject.actor_role = REG_ROLE_ADMINISTRATOR;
  g_assert_cmpint (check (f, "add-user", role), ==, REG_REASON_ROLE_MISSING);

  apply (f, "add-user", params);
  g_assert_cmpint (blank->state, ==, REG_USER_STATE_PENDING);
  g_assert_cmpint (blank->role, ==, REG_ROLE_MANAGER);
  g_assert_cmpstr (blank->email, ==, "Öz@b.org");
  g_assert_cmpstr (blank->employee_id, ==, "007");
  g_assert_cmpstr (blank->labels, ==, ",3,7,");
  g_assert_cmpint (blank->location_id, ==, 2);

  g_free (f->user->given_name);
  f->user->given_name = g_strdup ("Zoe");
  f->subject.same_email = f->user;
  g_assert_cmpint (check (f, "add-user", params), ==, REG_REASON_USER_EXISTS);
  reg_operation_check (reg_operation_find ("add-user"), &f->subject, params, &sentence);
  g_assert_cmpstr (sentence, ==, "Another user has Öz@b.org already: Zoe.");
  for (guint i = 0; i < menu->len; i++)
    g_assert_false (((const RegOperation *)g_ptr_array_index (menu, i))->creates);
}

/* Groups merge: what others put in stays, and the counter takes away only what was new. */
static void
test_set_groups (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) params = params_of ("add_labels", ",3,9,", "remove_labels", ",7,8,", NULL);
  g_autoptr (RegParams) wrong = params_of ("add_labels", "3", NULL);
  g_autoptr (RegParams) counter = NULL;
  g_autoptr (RegUser) before = NULL;
  RegSubject was;

  g_free (f->user->labels);
  f->user->labels = g_strdup (",3,7,12,");
  before = reg_user_copy (f->user);
  was = f->subject;
  was.user = before;
  g_assert_cmpint (check (f, "set-groups", wrong), ==, REG_REASON_VALUE_INVALID);
  g_assert_cmpint (check (f, "set-groups", NULL), ==, REG_REASON_NOTHING_TO_DO);
  apply (f, "set-groups", params);
  g_assert_cmpstr (f->user->labels, ==, ",3,9,12,");
  g_assert_cmpint (check (f, "set-groups", params), ==, REG_REASON_NOTHING_TO_DO);
  counter = reg_operation_dup_counter_params (reg_operation_find ("set-groups"), &was, params);
  g_assert_cmpstr (reg_params_get (counter, "add_labels"), ==, ",7,");
  g_assert_cmpstr (reg_params_get (counter, "remove_labels"), ==, ",9,");
  apply (f, "set-groups", counter);
  g_assert_cmpstr (f->user->labels, ==, ",3,7,12,");
}

static void
test_set_role (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) admin = params_of ("role", "administrator", NULL);
  g_autoptr (RegParams) manager = params_of ("role", "manager", NULL);
  g_autoptr (RegParams) king = params_of ("role", "king", NULL);

  g_assert_cmpint (check (f, "set-role", NULL), ==, REG_REASON_VALUE_INVALID);
  g_assert_cmpint (check (f, "set-role", king), ==, REG_REASON_VALUE_INVALID);
  apply (f, "set-role", admin);
  g_assert_cmpint (f->user->role, ==, REG_ROLE_ADMINISTRATOR);
  g_assert_cmpint (check (f, "set-role", admin), ==, REG_REASON_NOTHING_TO_DO);
  f->user->role = REG_ROLE_PRIMARY_ADMIN;
  f->subject.actor_role = REG_ROLE_ADMINISTRATOR;
  g_assert_cmpint (check (f, "set-role", manager), ==, REG_REASON_ROLE_MISSING);
}

/* ARC-05: the activity goes, the user stays; what comes after is another attempt and license. */
static void
test_archive_activity (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) keep = params_of ("keep_active", "true", NULL);
  const RegOperation *archive = reg_operation_find ("archive");
  g_autofree char *label = NULL;

  g_assert_null (reg_operation_get_instead (archive, NULL));
  g_assert_cmpstr (reg_operation_get_instead (archive, keep)->name, ==, "archive-activity");
  apply (f, "archive", keep);
  g_assert_cmpint (f->user->state, ==, REG_USER_STATE_ACTIVE);

  apply (f, "assign", NULL);
  g_assert_cmpint (f->pool->available, ==, 1);
  apply (f, "archive-activity", NULL);
  g_assert_cmpint (f->pool->available, ==, 2);
  g_assert_cmpint (status (f), ==, REG_STATUS_UNENROLLED);
  label = reg_enrollment_dup_status_label (f->enrollment, f->course->kind);
  g_assert_cmpstr (label, ==, "Archived (was 0%)");
  apply (f, "restore-activity", NULL);
  g_assert_cmpint (f->pool->available, ==, 1);
  g_assert_cmpint (status (f), ==, REG_STATUS_NOT_STARTED);

  f->enrollment->started_at = 5;
  f->enrollment->progress = 40;
  apply (f, "archive-activity", NULL);
  g_assert_cmpint (f->pool->available, ==, 1);
  g_assert_cmpint (f->enrollment->progress, ==, 40);
  apply (f, "assign", NULL);
  g_assert_cmpint (f->pool->available, ==, 0);
  g_assert_cmpint (f->enrollment->attempt, ==, 2);
  g_assert_cmpint (f->enrollment->progress, ==, 0);
  g_assert_false (f->enrollment->archived);
  g_assert_cmpint (check (f, "restore-activity", NULL), !=, REG_REASON_NONE);
}

static void
test_fields (Fixture *f, gconstpointer data)
{
  const RegOperation *edit = reg_operation_find ("edit-user");
  g_autoptr (RegParams) params = params_of ("email", "new@b.org", "given_name", "Ann", NULL);
  g_autoptr (RegParams) base = NULL, theirs = NULL, none = NULL;

  reg_params_set (params, "email", "new@b.org");
  g_free (f->user->email);
  f->user->email = g_strdup ("old@b.org");
  base = reg_operation_dup_base (edit, &f->subject, params);
  g_assert_cmpstr (reg_params_get (base, "email"), ==, "old@b.org");
  g_assert_cmpuint (reg_params_get_size (base), ==, 2);

  /* K-02: another field changed */
  g_free (f->user->family_name);
  f->user->family_name = g_strdup ("Other");
  g_assert_cmpint (reg_operation_compare_base (edit, &f->subject, params, base, &none), ==,
                   REG_REASON_NONE);
  g_assert_null (none);
  /* K-03: the same field, another value */
  g_free (f->user->email);
  f->user->email = g_strdup ("theirs@b.org");
  g_assert_cmpint (reg_operation_compare_base (edit, &f->subject, params, base, &theirs), ==,
                   REG_REASON_FIELD_CHANGED);
  g_assert_cmpstr (reg_params_get (theirs, "email"), ==, "theirs@b.org");
  /* K-01: the same values */
  reg_operation_apply (edit, &f->subject, params);
  g_assert_cmpint (reg_operation_compare_base (edit, &f->subject, params, base, NULL), ==,
                   REG_REASON_NOTHING_TO_DO);
}

/* Every operation with a counter comes back to where it was, as far as SPEC §7 promises. */
static void
test_counters (Fixture *f, gconstpointer data)
{
  g_autoptr (RegParams) date = params_of ("due_date", "2027-01-15", NULL);
  g_autoptr (RegParams) back = NULL;
  g_autoptr (RegEnrollment) before = NULL;
  const RegOperation *set = reg_operation_find ("set-due-date");

  apply (f, "assign", NULL);
  f->enrollment->requirement = REG_REQUIREMENT_REQUIRED;
  before = reg_enrollment_copy (f->enrollment);
  back = reg_operation_dup_counter_params (set, &f->subject, date);
  apply (f, "set-due-date", date);
  g_assert_false (reg_enrollment_equal (before, f->enrollment));
  apply (f, set->counter, back);
  g_assert_true (reg_enrollment_equal (before, f->enrollment));

  g_clear_pointer (&back, reg_params_free);
  back = reg_operation_dup_counter_params (reg_operation_find ("unenroll"), &f->subject, NULL);
  apply (f, "unenroll", NULL);
  apply (f, "assign", back);
  g_assert_true (reg_enrollment_equal (before, f->enrollment));
}

static void
test_table (void)
{
  guint n;
  const RegOperation *const *all = reg_operation_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s", all[i]->name);
      g_assert_true (reg_operation_find (all[i]->name) == all[i]);
      g_assert_nonnull (all[i]->label);
      g_assert_nonnull (all[i]->effect);
      g_assert_nonnull (all[i]->done_many);
      g_assert_true ((all[i]->target == REG_TARGET_COURSE || all[i]->target == REG_TARGET_PRESET)
                     == (all[i]->states == 0));
      g_assert_cmpuint (all[i]->roles, !=, 0);
      g_assert_true ((all[i]->target == REG_TARGET_ENROLLMENT) == (all[i]->statuses != 0));
      if (all[i]->counter != NULL)
        g_assert_nonnull (reg_operation_find (all[i]->counter));
      for (guint k = 0; all[i]->param_keys[k] != NULL; k++)
        if (k > 0)
          g_assert_cmpstr (all[i]->param_keys[k - 1], <, all[i]->param_keys[k]);
    }
  g_assert_null (reg_operation_find ("no-such-operation"));
}

static void
test_menus (void)
{
  g_autoptr (GPtrArray) menu =
      reg_operation_list_for_status (REG_STATUS_COMPLETED, REG_ROLE_BIT (REG_ROLE_PRIMARY_ADMIN));
  g_autoptr (GPtrArray) learner =
      reg_operation_list_for_status (REG_STATUS_STARTED, REG_ROLE_BIT (REG_ROLE_LEARNER));

  g_assert_cmpuint (learner->len, ==, 0);
  g_assert_cmpstr (((RegOperation *)menu->pdata[0])->name, ==, "set-due-date");
  for (guint i = 0; i < menu->len; i++)
    {
      g_assert_cmpstr (((RegOperation *)menu->pdata[i])->name, !=, "unassign");
      g_assert_cmpstr (((RegOperation *)menu->pdata[i])->name, !=, "mark-complete");
    }
}

static void
test_reasons (void)
{
  for (guint i = 1; i < REG_N_REASONS; i++)
    {
      g_autofree char *sentence = reg_reason_dup_sentence ((RegReason)i, "A", "B");
      RegReason back;

      g_assert_true (reg_reason_from_code (reg_reason_to_code ((RegReason)i), &back));
      g_assert_cmpint (back, ==, i);
      g_assert_null (strstr (sentence, "%"));
      g_assert_cmpstr (reg_reason_get_help ((RegReason)i), !=, "");
    }
  /* T-03: to the byte */
  {
    g_autofree char *unknown = reg_reason_dup_sentence (REG_REASON_USER_UNKNOWN, NULL, NULL);
    g_autofree char *off = reg_reason_dup_sentence (REG_REASON_USER_DEACTIVATED, NULL, NULL);

    g_assert_cmpstr (unknown, ==, "Employee ID or Email ID not found");
    g_assert_cmpstr (off, ==, "User with the given Email ID or Employee ID is deactivated.");
  }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/rules/operation/assign", test_assign);
  ADD ("/rules/operation/assign-without-license", test_assign_without_license);
  ADD ("/rules/operation/assign-bad-values", test_assign_bad_values);
  ADD ("/rules/operation/due-date", test_due_date);
  ADD ("/rules/operation/complete", test_complete);
  ADD ("/rules/operation/unassign", test_unassign);
  ADD ("/rules/operation/unenroll", test_unenroll);
  ADD ("/rules/operation/account", test_account);
  ADD ("/rules/operation/edit-user", test_edit_user);
  ADD ("/rules/operation/own-manager", test_own_manager);
  ADD ("/rules/operation/add-user", test_add_user);
  ADD ("/rules/operation/set-groups", test_set_groups);
  ADD ("/rules/operation/set-role", test_set_role);
  ADD ("/rules/operation/archive-activity", test_archive_activity);
  ADD ("/rules/operation/fields", test_fields);
  ADD ("/rules/operation/counters", test_counters);
  g_test_add_func ("/rules/operation/table", test_table);
  g_test_add_func ("/rules/operation/menus", test_menus);
  g_test_add_func ("/rules/reason/catalogue", test_reasons);
  return g_test_run ();
}
