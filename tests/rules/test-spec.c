/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menus, effects and wordings that were promised, written down a second time and compared with
 * the table of operations. */
#include "rules/reg-operation.h"
#include "rules/reg-read.h"
#include "rules/reg-status.h"

#include <string.h>

/* ---- menus ---- */

/* Where an entry stands in the menu of Started, Not Started, XX% Completed, Enrolled and Completed;
 * 0: not there. name: NULL for what is only read, and so no operation; several where one entry of
 * the menu is several operations, of which it shows what there is to do. */
typedef struct
{
  const char *label;
  const char *names[3];
  int positions[5];
} MenuRow;

static const MenuRow menu_rows[] = {
  { "Update/Add Course Due Date", { "set-due-date", "clear-due-date" }, { 1, 1, 1, 1, 1 } },
  { "Change/Add to Session", { "change-session" }, { 0, 0, 0, 2, 0 } },
  { "Reset progress", { "reset-progress" }, { 2, 0, 2, 0, 2 } },
  { "Mark as Complete", { "mark-complete" }, { 4, 3, 4, 3, 0 } },
  { "Mark as No Show", { "mark-no-show" }, { 0, 0, 0, 4, 0 } },
  { "View History", { NULL }, { 3, 2, 3, 5, 3 } },
  { "View SCORM/xAPI Activity", { NULL }, { 5, 0, 0, 0, 0 } },
  { "View Chapter Insights", { NULL }, { 6, 4, 5, 0, 4 } },
  { "View Quiz Insights", { NULL }, { 7, 5, 6, 0, 5 } },
  { "Make Instructor", { "make-instructor", "remove-instructor" }, { 8, 6, 7, 6, 6 } },
  { "Unassign User", { "unassign" }, { 9, 7, 8, 7, 0 } },
  { "Remove User", { "remove-user" }, { 10, 8, 9, 8, 7 } },
  { "Remove/Generate Certificate",
    { "generate-certificate", "remove-certificate" },
    { 0, 0, 0, 0, 8 } },
};

static const RegStatus menu_statuses[] = { REG_STATUS_STARTED, REG_STATUS_NOT_STARTED,
                                           REG_STATUS_IN_PROGRESS, REG_STATUS_ENROLLED,
                                           REG_STATUS_COMPLETED };

/* After a separator, in every status. Who is in no session yet is added to one from there; who is
 * in one is removed from it, also by those who may not remove anybody from the course. */
static const char *const apart[] = { "reassign", NULL, "unenroll", "remove-registration" };

static const char *
get_apart (guint status, guint i)
{
  if (apart[i] != NULL || menu_statuses[status] == REG_STATUS_COMPLETED)
    return apart[i];
  return menu_statuses[status] == REG_STATUS_ENROLLED ? "remove-from-session" : "change-session";
}

static GPtrArray *
list_expected (guint status)
{
  GPtrArray *names = g_ptr_array_new ();

  for (int position = 1; position <= 10; position++)
    for (guint i = 0; i < G_N_ELEMENTS (menu_rows); i++)
      for (guint k = 0; menu_rows[i].names[k] != NULL; k++)
        if (menu_rows[i].positions[status] == position)
          g_ptr_array_add (names, (gpointer)menu_rows[i].names[k]);
  if (menu_statuses[status] == REG_STATUS_COMPLETED)
    g_ptr_array_add (names, (gpointer) "mark-incomplete");
  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    if (get_apart (status, i) != NULL)
      g_ptr_array_add (names, (gpointer)get_apart (status, i));
  return names;
}

/* T-07 */
static void
test_menus (void)
{
  for (guint status = 0; status < G_N_ELEMENTS (menu_statuses); status++)
    {
      g_autoptr (GPtrArray) expected = list_expected (status);
      g_autoptr (GPtrArray) menu = reg_operation_list_for_status (
          menu_statuses[status], REG_ROLE_BIT (REG_ROLE_ADMINISTRATOR));
      gboolean is_apart = FALSE;
      guint n_apart = 0;

      g_assert_cmpuint (menu->len, ==, expected->len);
      for (guint i = 0; i < menu->len; i++)
        {
          const RegOperation *operation = g_ptr_array_index (menu, i);

          g_assert_cmpstr (operation->name, ==, g_ptr_array_index (expected, i));
          is_apart |= operation->is_apart;
          n_apart += is_apart;
        }
      g_assert_cmpuint (n_apart, ==, get_apart (status, 1) != NULL ? 4 : 3);
    }
}

/* The whole menu of an enrollment, with what is only looked at: of each status, role and kind of
 * content. */
static void
compare_whole_menu (guint status, RegRole role, gboolean has_scorm, gboolean has_quiz)
{
  const RegCourse course = { .kind = menu_statuses[status] == REG_STATUS_ENROLLED
                                         ? REG_COURSE_ILT
                                         : REG_COURSE_SELF_PACED,
                             .has_scorm = has_scorm,
                             .has_quiz = has_quiz };
  RegEnrollment enrollment = { .present = TRUE };
  gboolean is_admin = role == REG_ROLE_ADMINISTRATOR || role == REG_ROLE_PRIMARY_ADMIN;
  g_autoptr (GArray) menu = NULL;
  guint at = 0;

  switch (menu_statuses[status])
    {
    case REG_STATUS_ENROLLED:
      enrollment.session_id = 3;
      enrollment.seat = REG_SEAT_ENROLLED;
      break;
    case REG_STATUS_IN_PROGRESS:
      enrollment.progress = 40;
      enrollment.started_at = 5;
      break;
    case REG_STATUS_STARTED:
      enrollment.started_at = 5;
      break;
    case REG_STATUS_COMPLETED:
      enrollment.completed_at = 5;
      break;
    case REG_STATUS_ABSENT:
    case REG_STATUS_NOT_STARTED:
    case REG_STATUS_UNENROLLED:
      break;
    }
  menu = reg_menu_list_for_enrollment (&enrollment, &course, REG_ROLE_BIT (role));
  for (int position = 1; position <= 10; position++)
    for (guint i = 0; i < G_N_ELEMENTS (menu_rows); i++)
      {
        const char *label = menu_rows[i].label;
        const RegMenuEntry *entry = at < menu->len ? &g_array_index (menu, RegMenuEntry, at) : NULL;

        if (menu_rows[i].positions[status] != position)
          continue;
        if (menu_rows[i].names[0] != NULL)
          {
            /* not everybody may do everything; who may, finds it here */
            if (entry != NULL && entry->operation != NULL
                && (strcmp (entry->operation->name, menu_rows[i].names[0]) == 0
                    || g_strcmp0 (entry->operation->name, menu_rows[i].names[1]) == 0))
              at++;
            else
              g_assert_false (is_admin);
            continue;
          }
        if ((strcmp (label, "View SCORM/xAPI Activity") == 0 && (!has_scorm || !is_admin))
            || (strcmp (label, "View Quiz Insights") == 0 && !has_quiz) || role == REG_ROLE_LEARNER)
          continue;
        g_assert_nonnull (entry);
        g_assert_nonnull (entry->read);
        g_assert_cmpstr (entry->read->label, ==, label);
        at++;
      }
  /* what follows stands apart, or is a mark taken back */
  for (; at < menu->len; at++)
    {
      const RegMenuEntry *entry = &g_array_index (menu, RegMenuEntry, at);

      g_assert_nonnull (entry->operation);
      g_assert_true (entry->operation->is_apart
                     || strcmp (entry->operation->name, "mark-incomplete") == 0);
    }
}

static void
test_whole_menus (void)
{
  for (guint status = 0; status < G_N_ELEMENTS (menu_statuses); status++)
    for (guint role = 0; role < REG_N_ROLES; role++)
      for (guint content = 0; content < 4; content++)
        {
          g_test_message ("%u %s %u", status, reg_role_to_nick ((RegRole)role), content);
          compare_whole_menu (status, (RegRole)role, (content & 1) != 0, (content & 2) != 0);
        }
}

/* One entry for several operations shows what there is to do. */
static void
test_menu_of_row (void)
{
  static const struct
  {
    const char *due_date;
    gint64 certificate_at;
    const char *there, *not_there;
  } rows[] = {
    { "", 0, "generate-certificate", "remove-certificate" },
    { "", 5, "remove-certificate", "generate-certificate" },
    { "", 5, "set-due-date", "clear-due-date" },
    { "2031-01-01", 5, "clear-due-date", "generate-certificate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RegEnrollment enrollment = { .present = TRUE, .completed_at = 4 };
      g_autoptr (GPtrArray) menu = NULL;
      guint n_there = 0;

      g_strlcpy (enrollment.due_date, rows[i].due_date, sizeof enrollment.due_date);
      enrollment.certificate_at = rows[i].certificate_at;
      menu = reg_operation_list_for_enrollment (&enrollment, REG_COURSE_SELF_PACED,
                                                REG_ROLE_BIT (REG_ROLE_ADMINISTRATOR));
      for (guint k = 0; k < menu->len; k++)
        {
          const RegOperation *operation = g_ptr_array_index (menu, k);

          n_there += strcmp (operation->name, rows[i].there) == 0;
          g_assert_cmpstr (operation->name, !=, rows[i].not_there);
        }
      g_assert_cmpuint (n_there, ==, 1);
    }
}

static gboolean
offers (const RegEnrollment *enrollment, RegCourseKind kind, RegRole role, const char *name)
{
  g_autoptr (GPtrArray) menu =
      reg_operation_list_for_enrollment (enrollment, kind, REG_ROLE_BIT (role));
  gboolean found = FALSE;

  for (guint i = 0; i < menu->len; i++)
    found |= strcmp (((const RegOperation *)g_ptr_array_index (menu, i))->name, name) == 0;
  return found;
}

/* Sessions are for instructor-led courses, and for those who look after them. */
static void
test_menu_of_sessions (void)
{
  const RegEnrollment fresh = { .present = TRUE };
  const RegEnrollment seated = { .present = TRUE, .session_id = 5, .seat = REG_SEAT_ENROLLED };
  const RegEnrollment teacher = { .present = TRUE, .is_instructor = TRUE };

  g_assert_true (offers (&fresh, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "change-session"));
  g_assert_false (offers (&fresh, REG_COURSE_SELF_PACED, REG_ROLE_COORDINATOR, "change-session"));
  g_assert_false (offers (&fresh, REG_COURSE_ILT, REG_ROLE_MANAGER, "change-session"));
  g_assert_false (offers (&fresh, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "mark-no-show"));
  g_assert_true (offers (&seated, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "mark-no-show"));
  g_assert_true (offers (&seated, REG_COURSE_ILT, REG_ROLE_INSTRUCTOR, "mark-no-show"));
  g_assert_false (offers (&seated, REG_COURSE_ILT, REG_ROLE_MANAGER, "mark-no-show"));
  /* who may not remove anybody from the course may from the session */
  g_assert_true (offers (&seated, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "remove-from-session"));
  g_assert_false (offers (&seated, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "remove-user"));
  g_assert_false (offers (&fresh, REG_COURSE_ILT, REG_ROLE_COORDINATOR, "remove-from-session"));
  g_assert_true (offers (&fresh, REG_COURSE_ILT, REG_ROLE_ADMINISTRATOR, "make-instructor"));
  g_assert_false (offers (&fresh, REG_COURSE_ILT, REG_ROLE_ADMINISTRATOR, "remove-instructor"));
  g_assert_true (offers (&teacher, REG_COURSE_ILT, REG_ROLE_ADMINISTRATOR, "remove-instructor"));
  g_assert_false (offers (&teacher, REG_COURSE_ILT, REG_ROLE_ADMINISTRATOR, "make-instructor"));
}

/* ---- words ---- */

/* label: as in the menu; confirm: how strongly it is asked about; chosen: the same where the choice
 * of the dialog is made; counter: what takes it back after it was sent. */
typedef struct
{
  const char *name;
  const char *label;
  RegConfirm confirm;
  const char *warning;
  const char *effect;
  const char *counter;
  const char *choice;
  RegConfirm chosen_confirm;
  const char *chosen_counter;
  const char *chosen_warning;
  const char *chosen_effect;
  const char *proceed;
  const char *notice;
} WordRow;

static const WordRow word_rows[] = {
  { .name = "assign", .label = "Assign Course", .counter = "unassign" },
  { .name = "set-due-date",
    .label = "Update/Add Course Due Date",
    .effect = "Adding a due date makes the course Required. Removing it makes the course Optional. "
              "No notifications will be generated.",
    .counter = "set-due-date" },
  { .name = "clear-due-date", .label = "Remove Course Due Date", .counter = "set-due-date" },
  { .name = "mark-complete", .label = "Mark as Complete", .counter = "mark-incomplete" },
  { .name = "mark-incomplete",
    .label = "Mark as Incomplete",
    .counter = "mark-complete",
    .choice = "withdraw_certificate",
    .chosen_counter = "mark-complete" },
  { .name = "unassign",
    .label = "Unassign User",
    .confirm = REG_CONFIRM_DIALOG,
    .warning = "The current progress of the latest attempt for the course will be lost and the "
               "course will be removed from the user's My Learning page.",
    .counter = "assign" },
  { .name = "unenroll",
    .label = "Unenroll",
    .counter = "assign",
    .notice = "Enrolled based on a qualification; the LMS may enroll again." },
  { .name = "reset-progress",
    .label = "Reset progress",
    .confirm = REG_CONFIRM_DIALOG,
    .choice = "withdraw_certificate",
    .chosen_confirm = REG_CONFIRM_DIALOG },
  { .name = "generate-certificate",
    .label = "Generate Certificate",
    .counter = "remove-certificate" },
  { .name = "remove-certificate",
    .label = "Remove Certificate",
    .confirm = REG_CONFIRM_DIALOG,
    .warning = "This will not reset the user's progress in the course.",
    .counter = "generate-certificate" },
  { .name = "remove-user",
    .label = "Remove User",
    .confirm = REG_CONFIRM_IRREVERSIBLE,
    .warning = "Once removed, the data CANNOT be recovered." },
  { .name = "remove-registration",
    .label = "Remove registration",
    .confirm = REG_CONFIRM_IRREVERSIBLE,
    .warning = "Please note: removing registrations is irreversible.",
    .notice = "This user was enrolled based on a qualification and will automatically be "
              "re-enrolled after the registration is removed." },
  { .name = "reassign",
    .label = "Reassign",
    .warning = "Reassign training without affecting last assignment",
    .effect = "Learners start from the beginning. Certificates and reports of the last assignment "
              "stay available.",
    .counter = "unassign",
    .choice = "remove_records",
    .chosen_confirm = REG_CONFIRM_IRREVERSIBLE,
    .chosen_warning = "Reassign training and Remove records of last assignment",
    .chosen_effect = "Learners start from the beginning. All records of the last assignment are "
                     "removed for each selected user, and users who completed it no longer see its "
                     "certificates. Earlier assignments are unaffected.",
    .proceed = "Proceed" },
  { .name = "renew", .label = "Renew Subscription", .confirm = REG_CONFIRM_IRREVERSIBLE },
  { .name = "change-session", .label = "Change/Add to Session", .counter = "change-session" },
  { .name = "mark-no-show",
    .label = "Mark as No Show",
    .confirm = REG_CONFIRM_DIALOG,
    .warning = "The user is removed from the session and the course status reverts to \"Not "
               "Started\". The user can enroll in another session.",
    .counter = "change-session" },
  { .name = "remove-from-session", .label = "Remove from Session", .counter = "change-session" },
  { .name = "make-instructor", .label = "Make Instructor", .counter = "remove-instructor" },
  { .name = "remove-instructor", .label = "Remove as Instructor", .counter = "make-instructor" },
  { .name = "approve", .label = "Approve", .choice = "notify" },
  { .name = "notify", .label = "Notify" },
  { .name = "archive",
    .label = "Archive",
    .warning = "The system will never delete any recorded training data.",
    .counter = "restore",
    .choice = "keep_active",
    .chosen_warning = "The system will never delete any recorded training data.",
    .chosen_counter = "restore-activity" },
  { .name = "restore", .label = "Restore", .counter = "archive" },
  { .name = "reset-password", .label = "Reset Password" },
  { .name = "archive-activity", .label = "Archive Course Activity", .counter = "restore-activity" },
  { .name = "restore-activity", .label = "Restore Course Activity", .counter = "archive-activity" },
  { .name = "add-user", .label = "Add User", .counter = "archive" },
  { .name = "edit-user", .label = "Edit User", .counter = "edit-user" },
  { .name = "set-groups", .label = "Change Groups", .counter = "set-groups" },
  { .name = "set-role", .label = "Change Role", .counter = "set-role" },
  { .name = "save-preset", .label = "Save Preset", .counter = "save-preset" },
  { .name = "set-auto-reassign",
    .label = "Set Auto-Reassignment",
    .effect = "Everybody who enrolls or is assigned is reassigned after this number of days. The "
              "last assignment is always kept, with its records and certificates.",
    .counter = "set-auto-reassign" },
};

static void
compare_choice (const WordRow *row, const RegOperation *operation)
{
  g_autoptr (RegParams) params = reg_params_new ();

  g_assert_cmpint (row->choice != NULL, ==, operation->choice != NULL);
  if (row->choice == NULL)
    return;
  g_assert_cmpstr (row->choice, ==, operation->choice->key);
  g_assert_true (g_strv_contains (operation->param_keys, row->choice));
  /* D-03: off unless it is chosen */
  g_assert_false (reg_operation_has_chosen (operation, NULL));
  reg_params_set_boolean (params, row->choice, FALSE);
  g_assert_false (reg_operation_has_chosen (operation, params));
  reg_params_set_boolean (params, row->choice, TRUE);
  g_assert_cmpint (reg_operation_get_confirm (operation, params), ==, row->chosen_confirm);
  g_assert_cmpstr (reg_operation_get_counter (operation, params), ==, row->chosen_counter);
  if (row->chosen_warning != NULL)
    g_assert_cmpstr (reg_operation_get_warning (operation, params), ==, row->chosen_warning);
  if (row->chosen_effect != NULL)
    g_assert_cmpstr (reg_operation_get_effect (operation, params), ==, row->chosen_effect);
}

static void
test_words (void)
{
  guint n;

  reg_operation_list (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (word_rows));
  for (guint i = 0; i < G_N_ELEMENTS (word_rows); i++)
    {
      const WordRow *row = &word_rows[i];
      const RegOperation *operation = reg_operation_find (row->name);

      g_test_message ("%s", row->name);
      g_assert_nonnull (operation);
      g_assert_cmpstr (operation->label, ==, row->label);
      g_assert_cmpint (reg_operation_get_confirm (operation, NULL), ==, row->confirm);
      g_assert_cmpstr (reg_operation_get_counter (operation, NULL), ==, row->counter);
      g_assert_cmpstr (operation->proceed, ==, row->proceed);
      g_assert_cmpstr (operation->notice, ==, row->notice);
      /* the reset has no warning of its own in what was promised */
      if (row->warning != NULL || operation->confirm == REG_CONFIRM_UNDO)
        g_assert_cmpstr (operation->warning, ==, row->warning);
      if (row->effect != NULL)
        g_assert_cmpstr (operation->effect, ==, row->effect);
      compare_choice (row, operation);
    }
  g_assert_cmpstr (reg_operation_find ("reassign")->choice->label, ==,
                   "Remove records of last assignment");
}

/* Of somebody who is not enrolled every operation says what there is nothing of. */
static void
test_not_enrolled (void)
{
  g_autoptr (RegUser) user = reg_user_new ();
  g_autoptr (RegCourse) course = reg_course_new ();
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RegEnrollment nothing = { 0 };
  const RegSubject subject = { .user = user,
                               .course = course,
                               .enrollment = &nothing,
                               .actor_id = 1,
                               .actor_role = REG_ROLE_ADMINISTRATOR };
  guint n;
  const RegOperation *const *all = reg_operation_list (&n);

  user->state = REG_USER_STATE_ACTIVE;
  course->kind = REG_COURSE_ILT;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sentence = NULL;

      if (all[i]->target != REG_TARGET_ENROLLMENT || strcmp (all[i]->name, "assign") == 0)
        {
          g_assert_null (all[i]->not_enrolled);
          continue;
        }
      g_test_message ("%s", all[i]->name);
      g_assert_cmpint (reg_operation_check (all[i], &subject, NULL, &sentence), ==,
                       REG_REASON_NOT_ENROLLED);
      g_assert_true (g_str_has_prefix (sentence, "Not enrolled, so there is n"));
      if (strcmp (all[i]->name, "unenroll") == 0)
        g_assert_cmpstr (sentence, ==, "Not enrolled, so there is nothing to unenroll.");
      if (strcmp (all[i]->name, "reassign") == 0)
        g_assert_cmpstr (sentence, ==, "Not enrolled, so there is nothing to reassign.");
      g_assert_true (g_hash_table_add (sentences, g_steal_pointer (&sentence)));
    }
}

/* W-17 would be false anywhere else. */
static void
test_archive_warning (void)
{
  guint n;
  const RegOperation *const *all = reg_operation_list (&n);

  for (guint i = 0; i < n; i++)
    g_assert_cmpint (all[i]->warning != NULL && strstr (all[i]->warning, "never delete") != NULL,
                     ==, strcmp (all[i]->name, "archive") == 0);
}

/* ---- effects ---- */

/* An enrollment, as far as the effects of the operations differ in it. */
typedef struct
{
  const char *access; /* NULL: there is none */
  RegStatus status;
  int attempt;
  int progress;
  gboolean is_completed;
  gboolean has_certificate;
  const char *due_date;
  const char *requirement;
  int available; /* licenses in the pool */
} State;

typedef struct
{
  const char *name;
  const char *params;
  State before, after;
} EffectRow;

/* clang-format off */
#define NONE(available) { NULL, REG_STATUS_ABSENT, 0, 0, FALSE, FALSE, NULL, NULL, available }
#define FRESH(available) { "active", REG_STATUS_NOT_STARTED, 1, 0, FALSE, FALSE, "", "optional", available }
#define FORTY(access, status, available) { access, status, 1, 40, FALSE, FALSE, "2031-01-01", "required", available }
#define DONE(access, status, certificate, available) { access, status, 1, 100, TRUE, certificate, "", "optional", available }

static const EffectRow effect_rows[] = {
  { "assign", NULL, NONE (5), FRESH (4) },
  { "assign", "due_date=2031-01-01", NONE (5),
    { "active", REG_STATUS_NOT_STARTED, 1, 0, FALSE, FALSE, "2031-01-01", "required", 4 } },
  { "set-due-date", "due_date=2032-02-02", FRESH (5),
    { "active", REG_STATUS_NOT_STARTED, 1, 0, FALSE, FALSE, "2032-02-02", "required", 5 } },
  { "clear-due-date", NULL, FORTY ("active", REG_STATUS_IN_PROGRESS, 5),
    { "active", REG_STATUS_IN_PROGRESS, 1, 40, FALSE, FALSE, "", "optional", 5 } },
  /* Unassign: lost; the license returns if the course was never accessed */
  { "unassign", NULL, FRESH (5), NONE (6) },
  { "unassign", NULL, FORTY ("active", REG_STATUS_IN_PROGRESS, 5), NONE (5) },
  /* Unenroll: no access; progress and completion untouched */
  { "unenroll", NULL, FORTY ("active", REG_STATUS_IN_PROGRESS, 5), FORTY ("revoked", REG_STATUS_UNENROLLED, 5) },
  { "unenroll", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5), DONE ("revoked", REG_STATUS_UNENROLLED, TRUE, 5) },
  { "unenroll", NULL, FRESH (5),
    { "revoked", REG_STATUS_UNENROLLED, 1, 0, FALSE, FALSE, "", "optional", 6 } },
  /* Remove user, remove registration: gone */
  { "remove-user", NULL, FRESH (5), NONE (6) },
  { "remove-user", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5), NONE (5) },
  { "remove-registration", NULL, FORTY ("active", REG_STATUS_IN_PROGRESS, 5), NONE (5) },
  { "remove-registration", NULL, DONE ("revoked", REG_STATUS_UNENROLLED, TRUE, 5), NONE (5) },
  { "remove-registration", NULL,
    { "revoked", REG_STATUS_UNENROLLED, 1, 0, FALSE, FALSE, "", "optional", 5 }, NONE (5) },
  /* Reassign: a new attempt from the beginning; due date and requirement stay */
  { "reassign", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5),
    { "active", REG_STATUS_NOT_STARTED, 2, 0, FALSE, FALSE, "", "optional", 5 } },
  { "reassign", "remove_records=true", FORTY ("active", REG_STATUS_IN_PROGRESS, 5),
    { "active", REG_STATUS_NOT_STARTED, 2, 0, FALSE, FALSE, "2031-01-01", "required", 5 } },
  /* Reset: the same attempt; the certificate stays unless it is asked for */
  { "reset-progress", NULL, FORTY ("active", REG_STATUS_IN_PROGRESS, 5),
    { "active", REG_STATUS_NOT_STARTED, 1, 0, FALSE, FALSE, "2031-01-01", "required", 5 } },
  { "reset-progress", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5),
    { "active", REG_STATUS_NOT_STARTED, 1, 0, FALSE, TRUE, "", "optional", 5 } },
  { "reset-progress", "withdraw_certificate=true", DONE ("active", REG_STATUS_COMPLETED, TRUE, 5), FRESH (5) },
  /* Complete: 100 %, all certificates; incomplete: the progress stays */
  { "mark-complete", NULL, FRESH (5), DONE ("active", REG_STATUS_COMPLETED, TRUE, 5) },
  { "mark-incomplete", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5),
    { "active", REG_STATUS_IN_PROGRESS, 1, 100, FALSE, TRUE, "", "optional", 5 } },
  { "mark-incomplete", "withdraw_certificate=true", DONE ("active", REG_STATUS_COMPLETED, TRUE, 5),
    { "active", REG_STATUS_IN_PROGRESS, 1, 100, FALSE, FALSE, "", "optional", 5 } },
  /* T-21: the progress stays */
  { "remove-certificate", NULL, DONE ("active", REG_STATUS_COMPLETED, TRUE, 5), DONE ("active", REG_STATUS_COMPLETED, FALSE, 5) },
  { "generate-certificate", NULL, DONE ("active", REG_STATUS_COMPLETED, FALSE, 5), DONE ("active", REG_STATUS_COMPLETED, TRUE, 5) },
};
/* clang-format on */

static void
fill (RegEnrollment *enrollment, const State *state)
{
  *enrollment = (RegEnrollment){ .user_id = 7, .course_id = 3 };
  if (state->access == NULL)
    return;
  enrollment->present = TRUE;
  enrollment->visible = TRUE;
  g_assert_true (reg_access_from_nick (state->access, -1, &enrollment->access));
  g_assert_true (reg_requirement_from_nick (state->requirement, -1, &enrollment->requirement));
  enrollment->attempt = state->attempt;
  enrollment->progress = state->progress;
  enrollment->assigned_at = 10;
  enrollment->assigned_by = 5;
  enrollment->started_at = state->progress > 0 ? 20 : 0;
  enrollment->completed_at = state->is_completed ? 30 : 0;
  enrollment->certificate_at = state->has_certificate ? 30 : 0;
  g_strlcpy (enrollment->due_date, state->due_date, sizeof enrollment->due_date);
}

static void
compare (const RegEnrollment *enrollment, const RegLicensePool *pool, const State *state)
{
  g_assert_cmpint (reg_enrollment_get_status (enrollment, REG_COURSE_SELF_PACED), ==,
                   state->status);
  g_assert_cmpint (pool->available, ==, state->available);
  g_assert_cmpint (enrollment->present, ==, state->access != NULL);
  if (state->access == NULL)
    return;
  g_assert_cmpstr (reg_access_to_nick (enrollment->access), ==, state->access);
  g_assert_cmpint (enrollment->attempt, ==, state->attempt);
  g_assert_cmpint (enrollment->progress, ==, state->progress);
  g_assert_cmpint (enrollment->completed_at != 0, ==, state->is_completed);
  g_assert_cmpint (enrollment->certificate_at != 0, ==, state->has_certificate);
  g_assert_cmpstr (enrollment->due_date, ==, state->due_date);
  g_assert_cmpstr (reg_requirement_to_nick (enrollment->requirement), ==, state->requirement);
  g_assert_true (enrollment->visible);
}

/* T-25, as far as the rules go. */
static void
test_effects (void)
{
  g_autoptr (RegUser) user = reg_user_new ();
  g_autoptr (RegCourse) course = reg_course_new ();
  g_autoptr (RegLicensePool) pool = reg_license_pool_new ();
  RegEnrollment enrollment;
  RegSubject subject = { .user = user,
                         .course = course,
                         .enrollment = &enrollment,
                         .pool = pool,
                         .actor_id = 1,
                         .actor_role = REG_ROLE_ADMINISTRATOR,
                         .now = 1000 };

  user->id = 7;
  user->state = REG_USER_STATE_ACTIVE;
  course->id = 3;
  for (guint i = 0; i < G_N_ELEMENTS (effect_rows); i++)
    {
      const EffectRow *row = &effect_rows[i];
      const RegOperation *operation = reg_operation_find (row->name);
      g_autoptr (RegParams) params = reg_params_new ();

      g_test_message ("%u %s", i, row->name);
      if (row->params != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (row->params, "=", 2);

          reg_params_set (params, parts[0], parts[1]);
        }
      fill (&enrollment, &row->before);
      pool->available = row->before.available;
      compare (&enrollment, pool, &row->before);
      g_assert_cmpint (reg_operation_check (operation, &subject, params, NULL), ==,
                       REG_REASON_NONE);
      reg_operation_apply (operation, &subject, params);
      compare (&enrollment, pool, &row->after);
    }
}

/* Who may do what; a role below that is offered nothing of it. */
static void
test_roles (void)
{
  static const struct
  {
    RegRole role;
    const char *may[4], *may_not[4];
  } rows[] = {
    { REG_ROLE_LEARNER, { NULL }, { "reassign", "remove-user", "reset-progress" } },
    { REG_ROLE_INSTRUCTOR,
      { "reset-progress", "remove-user", "remove-certificate" },
      { "reassign", "remove-registration", "archive" } },
    { REG_ROLE_MANAGER,
      { "reassign", "remove-registration", "unassign" },
      { "remove-user", "reset-progress", "archive" } },
    { REG_ROLE_ADMINISTRATOR, { "reassign", "remove-user", "archive" }, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      for (guint k = 0; rows[i].may[k] != NULL; k++)
        g_assert_true (reg_operation_find (rows[i].may[k])->roles & REG_ROLE_BIT (rows[i].role));
      for (guint k = 0; rows[i].may_not[k] != NULL; k++)
        g_assert_false (reg_operation_find (rows[i].may_not[k])->roles
                        & REG_ROLE_BIT (rows[i].role));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/spec/menus", test_menus);
  g_test_add_func ("/rules/spec/whole-menus", test_whole_menus);
  g_test_add_func ("/rules/spec/menu-of-row", test_menu_of_row);
  g_test_add_func ("/rules/spec/menu-of-sessions", test_menu_of_sessions);
  g_test_add_func ("/rules/spec/words", test_words);
  g_test_add_func ("/rules/spec/not-enrolled", test_not_enrolled);
  g_test_add_func ("/rules/spec/archive-warning", test_archive_warning);
  g_test_add_func ("/rules/spec/effects", test_effects);
  g_test_add_func ("/rules/spec/roles", test_roles);
  return g_test_run ();
}
