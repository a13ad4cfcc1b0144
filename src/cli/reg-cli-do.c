/* SPDX-License-Identifier: GPL-3.0-or-later */
/* do: an operation of the table in rules/ on any number of people. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-filter.h"
#include "cli/reg-cli-table.h"

#include "rules/reg-text.h"
#include "store/reg-review.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char **courses;
  char **users;
  char **filters;
  char **from_courses;
  char *from_status;
  char *preset;
  char *edition;
  char *units;
  gboolean subscription;
  char *due;
  gboolean required;
  gboolean optional;
  char *message;
  char *session;
  char *scope;
  char *note;
  char *role;
  char **add_groups;
  char **remove_groups;
  gboolean notify;
  gboolean keep_active;
  gboolean remove_records;
  gboolean skip_completed;
  gboolean withdraw_certificate;
  char *days;
  gboolean dry_run;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->courses);
  g_strfreev (self->users);
  g_strfreev (self->filters);
  g_strfreev (self->from_courses);
  g_free (self->from_status);
  g_free (self->preset);
  g_free (self->edition);
  g_free (self->units);
  g_free (self->due);
  g_free (self->message);
  g_free (self->session);
  g_free (self->scope);
  g_free (self->note);
  g_free (self->days);
  g_free (self->role);
  g_strfreev (self->add_groups);
  g_strfreev (self->remove_groups);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Operations with a command of their own. */
static gboolean
has_own_command (const RegOperation *operation)
{
  return g_str_equal (operation->name, "edit-user") || operation->target == REG_TARGET_PRESET
         || operation->creates;
}

static char *
describe_operations (void)
{
  guint n;
  const RegOperation *const *all = reg_operation_list (&n);
  GString *out = g_string_new (_ ("Operations:"));

  for (guint i = 0; i < n; i++)
    if (!has_own_command (all[i]))
      g_string_append_printf (out, "\n  %-20s %s", all[i]->name, _ (all[i]->effect));
  g_string_append (out, "\n\n");
  g_string_append (
      out, _ ("--filter picks people as users list does; for an operation on people who are\n"
              "enrolled, it picks from the course's enrollments as enrollments list does."));
  return g_string_free (out, FALSE);
}

static gboolean
takes_param (const RegOperation *operation, const char *key)
{
  for (guint i = 0; operation->param_keys != NULL && operation->param_keys[i] != NULL; i++)
    if (g_str_equal (operation->param_keys[i], key))
      return TRUE;
  return FALSE;
}

static gboolean
set_param (const RegOperation *operation,
           RegParams *params,
           const char *key,
           const char *value,
           const char *option)
{
  if (value == NULL)
    return TRUE;
  if (!takes_param (operation, key))
    {
      reg_cli_misuse (_ ("%s does not take %s."), operation->name, option);
      return FALSE;
    }
  reg_params_set (params, key, value);
  return TRUE;
}

static gboolean
fill_params (const RegOperation *operation, const Options *options, RegParams *params)
{
  const char *requirement = options->required   ? reg_requirement_to_nick (REG_REQUIREMENT_REQUIRED)
                            : options->optional ? reg_requirement_to_nick (REG_REQUIREMENT_OPTIONAL)
                                                : NULL;

  if (options->required && options->optional)
    {
      reg_cli_misuse (_ ("--required and --optional exclude each other."));
      return FALSE;
    }
  if (options->due != NULL && !reg_date_is_valid (options->due))
    {
      reg_cli_misuse (_ ("“%s” is no date: write YYYY-MM-DD."), options->due);
      return FALSE;
    }
  return set_param (operation, params, "due_date", options->due, "--due")
         && set_param (operation, params, "requirement", requirement,
                       options->required ? "--required" : "--optional")
         && set_param (operation, params, "message", options->message, "--message")
         && set_param (operation, params, "session_id",
                       g_strcmp0 (options->session, "none") == 0 ? "" : options->session,
                       "--session")
         && set_param (operation, params, REG_PARAM_SCOPE, options->scope, "--scope")
         && set_param (operation, params, "edition", options->edition, "--edition")
         && set_param (operation, params, "mode",
                       options->subscription    ? REG_MODE_SUBSCRIPTION
                       : options->units != NULL ? REG_MODE_UNITS
                                                : NULL,
                       options->subscription ? "--subscription" : "--units")
         && set_param (operation, params, "units", options->units, "--units")
         && set_param (operation, params, "remove_records", options->remove_records ? "true" : NULL,
                       "--remove-records")
         && set_param (operation, params, "skip_completed", options->skip_completed ? "true" : NULL,
                       "--skip-completed")
         && set_param (operation, params, "withdraw_certificate",
                       options->withdraw_certificate ? "true" : NULL, "--withdraw-certificate")
         && set_param (operation, params, "auto_reassign_days", options->days, "--days");
}

/* The groups to join and to leave, by their names. */
static gboolean
fill_groups (RegCli *self, const RegOperation *operation, const Options *options, RegParams *params)
{
  g_autofree char *joined =
      options->add_groups != NULL ? reg_cli_dup_labels (self, options->add_groups) : NULL;
  g_autofree char *left =
      options->remove_groups != NULL ? reg_cli_dup_labels (self, options->remove_groups) : NULL;

  if ((options->add_groups != NULL && joined == NULL)
      || (options->remove_groups != NULL && left == NULL))
    return FALSE;
  if (g_str_equal (operation->name, "set-groups") && joined == NULL && left == NULL)
    {
      reg_cli_misuse (_ ("set-groups needs --add-group or --remove-group."));
      return FALSE;
    }
  if (g_str_equal (operation->name, "set-role") && options->role == NULL)
    {
      reg_cli_misuse (_ ("set-role needs --role."));
      return FALSE;
    }
  return set_param (operation, params, "add_labels", joined, "--add-group")
         && set_param (operation, params, "remove_labels", left, "--remove-group")
         && set_param (operation, params, "role", options->role, "--role")
         && set_param (operation, params, "notify", options->notify ? "true" : NULL, "--notify")
         && set_param (operation, params, "keep_active", options->keep_active ? "true" : NULL,
                       "--keep-active");
}

/* A person, or with a course an enrollment; a course alone has no person. */
static void
add_target (GArray *targets, gint64 user_id, gint64 course_id)
{
  gint64 id = course_id == 0 ? user_id : reg_enrollment_id (user_id, course_id);

  g_array_append_val (targets, id);
}

/* Whether it is done to people who are enrolled already. */
static gboolean
needs_enrollment (const RegOperation *operation)
{
  return operation->target == REG_TARGET_ENROLLMENT
         && (operation->statuses & REG_STATUS_BIT (REG_STATUS_ABSENT)) == 0;
}

static gboolean
add_filtered_enrollments (RegCli *self,
                          RegCliFilter *filter,
                          const gint64 *courses,
                          GArray *targets,
                          RegExit *exit)
{
  g_autofree char *today = reg_cli_dup_today (self);

  for (; *courses != 0; courses++)
    {
      RegEnrollmentQuery query = { .course_id = *courses, .today = today };
      g_autoptr (GError) error = NULL;
      g_autoptr (RegIdList) ids = NULL;

      *exit = REG_EXIT_USAGE;
      if (!reg_cli_filter_fill_enrollments (self, filter, &query))
        return FALSE;
      ids = reg_store_query_enrollments (self->store, &query, NULL, &error);
      if (ids == NULL)
        {
          *exit = reg_cli_fail (error);
          return FALSE;
        }
      for (gsize i = 0; i < ids->n; i++)
        add_target (targets, reg_enrollment_id_get_user (ids->ids[i]), *courses);
    }
  return TRUE;
}

static gboolean
add_filtered_users (RegCli *self,
                    RegCliFilter *filter,
                    const gint64 *courses,
                    GArray *targets,
                    RegExit *exit)
{
  RegUserQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = NULL;

  *exit = REG_EXIT_USAGE;
  if (!reg_cli_filter_fill_users (self, filter, &query))
    return FALSE;
  ids = reg_store_query_users (self->store, &query, NULL, &error);
  if (ids == NULL)
    {
      *exit = reg_cli_fail (error);
      return FALSE;
    }
  for (gsize i = 0; i < ids->n; i++)
    if (*courses == 0)
      add_target (targets, ids->ids[i], 0);
    else
      for (const gint64 *course = courses; *course != 0; course++)
        add_target (targets, ids->ids[i], *course);
  return TRUE;
}

static gboolean
add_named_users (RegCli *self, char **users, const gint64 *courses, GArray *targets)
{
  for (; *users != NULL; users++)
    {
      gint64 id = reg_cli_find_user (self, *users);

      if (id == 0)
        return FALSE;
      if (*courses == 0)
        add_target (targets, id, 0);
      for (const gint64 *course = courses; *course != 0; course++)
        add_target (targets, id, *course);
    }
  return TRUE;
}

/* Who is enrolled elsewhere, copied into these courses. */
static gboolean
add_enrolled_users (RegCli *self,
                    const Options *options,
                    const gint64 *courses,
                    GArray *targets,
                    RegExit *exit)
{
  g_auto (RegCliFilter) filter = { .status = g_strdup (options->from_status) };
  RegEnrollmentQuery query = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) users = NULL;
  gsize n_from;
  g_autofree gint64 *from = reg_cli_find_courses (self, options->from_courses, &n_from);

  *exit = REG_EXIT_USAGE;
  if (from == NULL || !reg_cli_filter_fill_enrollments (self, &filter, &query))
    return FALSE;
  users = reg_store_query_enrolled_users (self->store, from, n_from, query.statuses, NULL, &error);
  if (users == NULL)
    {
      *exit = reg_cli_fail (error);
      return FALSE;
    }
  for (gsize i = 0; *courses == 0 && i < users->n; i++)
    add_target (targets, users->ids[i], 0);
  for (; *courses != 0; courses++)
    for (gsize i = 0; i < users->n; i++)
      add_target (targets, users->ids[i], *courses);
  return TRUE;
}

static gboolean
collect_targets (RegCli *self,
                 const RegOperation *operation,
                 const Options *options,
                 GArray *targets,
                 RegExit *exit)
{
  gsize n_courses;
  g_autofree gint64 *courses = reg_cli_find_courses (self, options->courses, &n_courses);
  g_auto (RegCliFilter) filter = { 0 };

  *exit = REG_EXIT_USAGE;
  if (courses == NULL)
    return FALSE;
  if (operation->target == REG_TARGET_COURSE)
    {
      for (gsize i = 0; i < n_courses; i++)
        add_target (targets, 0, courses[i]);
      return TRUE;
    }
  if (options->users != NULL)
    return add_named_users (self, options->users, courses, targets);
  if (options->from_courses != NULL)
    return add_enrolled_users (self, options, courses, targets, exit);
  for (guint i = 0; options->filters[i] != NULL; i++)
    if (!reg_cli_filter_set (&filter, options->filters[i]))
      return FALSE;
  return needs_enrollment (operation)
             ? add_filtered_enrollments (self, &filter, courses, targets, exit)
             : add_filtered_users (self, &filter, courses, targets, exit);
}

static const RegCliColumn columns[] = {
  { "user", N_ ("Email ID"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "standing", N_ ("Now"), REG_CELL_TEXT },
  { "waiting", N_ ("Waiting"), REG_CELL_YES_NO },
  { "outcome", N_ ("Outcome"), REG_CELL_TEXT },
  { "eligible", N_ ("Eligible"), REG_CELL_YES_NO },
  { "code", N_ ("Code"), REG_CELL_TEXT },
  { "reason", N_ ("Reason"), REG_CELL_TEXT },
  { "licenses", N_ ("Licenses"), REG_CELL_NUMBER },
  { "emails", N_ ("E-mails"), REG_CELL_NUMBER },
};

/* What a row takes of its pool; empty where there is none, or only the LMS knows. */
static char *
dup_licenses (const RegReviewRow *row)
{
  if (row->verdict != REG_REVIEW_WILL || row->cost.pool_id == 0 || row->cost.undecided)
    return g_strdup ("");
  return g_strdup_printf ("%d", row->cost.needed - row->cost.returned);
}

static gboolean
print_row (RegCli *self, RegCliTable *table, const RegReviewRow *row, GError **error)
{
  gboolean will = row->verdict == REG_REVIEW_WILL;
  g_autoptr (RegUser) user = NULL;
  g_autoptr (RegCourse) course = NULL;
  g_autofree char *licenses = dup_licenses (row);
  g_autofree char *mails = g_strdup_printf ("%u", will ? row->cost.mails : 0u);

  if (row->user_id != 0)
    user = reg_store_get_user (self->store, row->user_id, error);
  if (row->user_id != 0 && user == NULL)
    return FALSE;
  if (row->course_id != 0)
    course = reg_store_get_course (self->store, row->course_id, error);
  if (row->course_id != 0 && course == NULL)
    return FALSE;
  {
    const char *const cells[] = {
      user != NULL ? user->email : "",
      course != NULL ? course->code : "",
      course != NULL && user != NULL ? reg_standing_to_nick ((RegStanding)row->standing) : "",
      row->is_waiting ? "yes" : "",
      reg_review_verdict_to_nick ((RegReviewVerdict)row->verdict),
      will ? "yes" : "",
      reg_reason_to_code ((RegReason)row->reason),
      row->sentence != NULL ? row->sentence : "",
      licenses,
      mails,
    };

    return reg_cli_table_add (table, cells, error);
  }
}

/* For a dry run every target, else those it does not concern. */
static gboolean
print_review (RegCli *self, const RegReview *review, gboolean all, GError **error)
{
  g_autoptr (RegCliTable) table =
      reg_cli_table_new (self, columns, G_N_ELEMENTS (columns), NULL, NULL, error);

  for (gsize i = 0; table != NULL && i < review->n_rows; i++)
    if (all || review->rows[i].verdict != REG_REVIEW_WILL)
      if (!print_row (self, table, &review->rows[i], error))
        return FALSE;
  return table != NULL && reg_cli_table_finish (table, error);
}

/* "Archive: 12 users" */
static char *
make_title (const RegOperation *operation, gint64 n)
{
  int shown = (int)CLAMP (n, 0, G_MAXINT);

  if (operation->target == REG_TARGET_COURSE)
    return g_strdup_printf (ngettext ("%s: %d course", "%s: %d courses", shown),
                            _ (operation->label), shown);
  return g_strdup_printf (ngettext ("%s: %d user", "%s: %d users", shown), _ (operation->label),
                          shown);
}

/* What a person should know beforehand: whom it leaves out, what it costs. */
static void
say_costs (RegCli *self, const RegReview *review)
{
  g_autofree char *notice = reg_operation_dup_notice (
      review->operation, review->counts[REG_REVIEW_WILL], review->n_noticed);
  g_autofree char *ledger = reg_ledger_dup_text (&review->ledger);
  g_autofree char *words =
      review->operation->returns_licenses ? reg_ledger_dup_license_words (&review->ledger) : NULL;

  /* The window's dialog says so, which comes for what can be taken back, too. */
  if (review->operation->choice != NULL
      && reg_operation_get_confirm (review->operation, review->params) == REG_CONFIRM_UNDO
      && reg_operation_get_warning (review->operation, review->params) != NULL)
    reg_cli_say (self, "%s", _ (reg_operation_get_warning (review->operation, review->params)));
  if (words != NULL)
    reg_cli_say (self, "%s", words);
  if (notice != NULL)
    reg_cli_say (self, "%s", notice);
  reg_cli_say (self, "%s", ledger);
  if (review->n_completed > 0 && review->operation->starts_anew)
    reg_cli_say (self,
                 ngettext ("%d completed user will be re-assigned",
                           "%d completed users will be re-assigned", (gulong)review->n_completed),
                 (int)review->n_completed);
}

/* Whether anything of it cannot be taken back by its parameters: a subscription. */
static gboolean
is_final (const RegReview *review)
{
  const RegOperation *operation = review->operation;

  if (operation->is_final == NULL)
    return FALSE;
  for (guint i = 0; review->items != NULL && i < review->items->len; i++)
    if (operation->is_final (((RegReviewItem *)g_ptr_array_index (review->items, i))->params))
      return TRUE;
  return operation->is_final (review->params);
}

/* Data-losing operations are asked about, with the number of people and what is lost. */
static gboolean
confirm (RegCli *self, const RegReview *review, RegExit *exit)
{
  const RegOperation *operation = review->operation;
  gint64 n = review->counts[REG_REVIEW_WILL];
  const char *warning = is_final (review) ? reg_operation_get_tick (operation, review->params)
                                          : reg_operation_get_warning (operation, review->params);
  g_autofree char *title = NULL;
  g_autofree char *question = NULL;

  if (n == 0
      || (reg_operation_get_confirm (operation, review->params) == REG_CONFIRM_UNDO
          && !is_final (review)))
    return TRUE;
  title = make_title (operation, n);
  question = g_strdup_printf (
      "%s. %s %s", title,
      _ (warning != NULL ? warning : reg_operation_get_effect (operation, review->params)),
      _ ("Go on?"));
  return reg_cli_confirm (self, question, exit);
}

/* What is said in the end, and how the program ends. */
static RegExit
report (RegCli *self, const RegReview *review, gint64 n_staged, gboolean dry_run)
{
  g_autofree char *title = make_title (review->operation, n_staged);
  g_autoptr (GError) error = NULL;
  int n_skipped = (int)review->counts[REG_REVIEW_SKIP];
  int n_cannot = (int)((gint64)review->n_rows - n_staged) - n_skipped;

  if (dry_run || n_skipped + n_cannot > 0 || self->json)
    if (!print_review (self, review, dry_run || self->json, &error))
      return reg_cli_fail (error);
  reg_cli_say (self, "%s", title);
  if (n_skipped > 0)
    reg_cli_say (self, ngettext ("%d skipped", "%d skipped", n_skipped), n_skipped);
  if (n_cannot > 0)
    reg_cli_say (self, ngettext ("%d not possible", "%d not possible", n_cannot), n_cannot);
  if (dry_run)
    reg_cli_say (self, "%s", _ ("Nothing was changed."));
  else if (n_staged > 0)
    reg_cli_say (self, "%s",
                 _ ("Saved on this computer. Nothing is sent to the LMS until you sync."));
  return n_skipped + n_cannot > 0 ? REG_EXIT_ATTENTION : REG_EXIT_DONE;
}

/* Exit status 0, with the number of changes, where all of it is saved. */
static RegExit
stage_all (RegCli *self, const RegReview *review, const char *note, gint64 *n_staged)
{
  g_autofree char *title = make_title (review->operation, review->counts[REG_REVIEW_WILL]);
  g_autofree gint64 *rows = g_new (gint64, MAX (review->n_rows, 1));
  g_autoptr (GError) error = NULL;
  RegStepResult result;
  const RegStep step = { .title = title,
                         .note = note,
                         .actor_id = reg_cli_get_actor_id (self),
                         .actor_role = reg_cli_get_actor_role (self),
                         .now = reg_cli_get_now () };

  for (gsize i = 0; i < review->n_rows; i++)
    rows[i] = (gint64)i + 1;
  if (reg_store_stage_review (self->store, review, rows, review->n_rows, &step, &result, NULL, NULL,
                              NULL, &error))
    *n_staged = result.n_staged;
  reg_step_result_clear (&result);
  return error != NULL ? reg_cli_fail (error) : REG_EXIT_DONE;
}

static RegExit
run_step (RegCli *self, const RegReviewRequest *request, const char *note, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegReview) review = reg_store_review (self->store, request, NULL, NULL, NULL, &error);
  RegExit exit = REG_EXIT_DONE;
  gint64 n_staged = 0;

  if (review == NULL)
    return reg_cli_fail (error);
  say_costs (self, review);
  if (dry_run)
    n_staged = review->counts[REG_REVIEW_WILL];
  else if (review->counts[REG_REVIEW_WILL] > 0)
    {
      if (!confirm (self, review, &exit))
        return exit;
      exit = stage_all (self, review, note, &n_staged);
    }
  return exit == REG_EXIT_DONE ? report (self, review, n_staged, dry_run) : exit;
}

/* An operation this program or this site does not have is refused by its name. */
static const RegOperation *
find_operation (RegCli *self, const char *name, RegExit *exit)
{
  const RegOperation *operation = reg_operation_find (name);
  g_autoptr (GError) error = NULL;

  if (operation == NULL || has_own_command (operation))
    {
      *exit = reg_cli_misuse (
          operation != NULL && operation->creates ? _ ("%s is done by users add.")
          : operation != NULL && operation->target == REG_TARGET_PRESET
              ? _ ("%s is done by presets save and presets delete.")
          : operation != NULL
              ? _ ("%s is done by users edit.")
              : _ ("There is no operation “%s”. registrar-cli do --help lists them."),
          name);
      return NULL;
    }
  if (!reg_cli_open (self, &error))
    {
      *exit = reg_cli_fail (error);
      return NULL;
    }
  if (self->site == NULL || reg_site_can (self->site, name))
    return operation;
  *exit = reg_cli_misuse (_ ("The LMS does not offer %s to this account."), name);
  return NULL;
}

static gboolean
parse (RegCli *self, int *argc, char ***argv, Options *options)
{
  g_autofree char *details = describe_operations ();
  const GOptionEntry entries[] = {
    { "course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->courses,
      N_ ("In which course: code, title or id; may be given again"), N_ ("COURSE") },
    { "user", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->users,
      N_ ("Whom: e-mail or employee ID; may be given again"), N_ ("USER") },
    { "filter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->filters,
      N_ ("All who match; may be given again"), N_ ("KEY=VALUE") },
    { "from-course", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->from_courses,
      N_ ("All who are enrolled in this course; may be given again"), N_ ("COURSE") },
    { "from-status", 0, 0, G_OPTION_ARG_STRING, &options->from_status,
      N_ ("Of those, only with this status, as completed"), N_ ("STATUS") },
    { "due", 0, 0, G_OPTION_ARG_STRING, &options->due, N_ ("Due date"), N_ ("YYYY-MM-DD") },
    { "required", 0, 0, G_OPTION_ARG_NONE, &options->required, N_ ("As required"), NULL },
    { "optional", 0, 0, G_OPTION_ARG_NONE, &options->optional, N_ ("As optional"), NULL },
    { "message", 0, 0, G_OPTION_ARG_STRING, &options->message, N_ ("A personal message"),
      N_ ("TEXT") },
    { "session", 0, 0, G_OPTION_ARG_STRING, &options->session,
      N_ ("A session, by its number as courses show has it; none: out of it"), N_ ("ID") },
    { "scope", 0, 0, G_OPTION_ARG_STRING, &options->scope,
      N_ ("remove-user: from the course, or from both the session and the course"), "course|both" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role,
      N_ ("learner, coordinator, instructor, manager, administrator, primary-admin"), N_ ("ROLE") },
    { "add-group", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->add_groups,
      N_ ("Group, team or tag to join; may be given again"), N_ ("GROUP") },
    { "remove-group", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->remove_groups,
      N_ ("Group, team or tag to leave; may be given again"), N_ ("GROUP") },
    { "notify", 0, 0, G_OPTION_ARG_NONE, &options->notify,
      N_ ("Send the notification e-mail as well"), NULL },
    { "keep-active", 0, 0, G_OPTION_ARG_NONE, &options->keep_active,
      N_ ("Archive the old course activity, keep the user active"), NULL },
    { "preset", 0, 0, G_OPTION_ARG_STRING, &options->preset,
      N_ ("assign: the products of a preset, as it says, in place of --course"), N_ ("NAME") },
    { "edition", 0, 0, G_OPTION_ARG_STRING, &options->edition,
      N_ ("An edition of the course, by its number"), N_ ("ID") },
    { "subscription", 0, 0, G_OPTION_ARG_NONE, &options->subscription,
      N_ ("By subscription; cannot be taken back once it was sent"), NULL },
    { "units", 0, 0, G_OPTION_ARG_STRING, &options->units,
      N_ ("Only these units of the course, by their numbers"), N_ ("ID,…") },
    { "remove-records", 0, 0, G_OPTION_ARG_NONE, &options->remove_records,
      N_ ("Remove the records of the last assignment"), NULL },
    { "skip-completed", 0, 0, G_OPTION_ARG_NONE, &options->skip_completed,
      N_ ("Leave out people who have completed the course"), NULL },
    { "withdraw-certificate", 0, 0, G_OPTION_ARG_NONE, &options->withdraw_certificate,
      N_ ("Also withdraw the certificate"), NULL },
    { "days", 0, 0, G_OPTION_ARG_STRING, &options->days,
      N_ ("Reassign after so many days; 0 for never"), N_ ("DAYS") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options->note, N_ ("Why; kept in the audit log"),
      N_ ("TEXT") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options->dry_run,
      N_ ("Only say who is eligible and who is not, and why"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return reg_cli_parse (self, "do", argc, argv, entries, details);
}

/* "--user A B C" means what "--user A --user B --user C" means. The operation comes first then, so
 * that no word is taken for it. Returns: (transfer container) the words, which stay the caller's */
static char **
spread_words (int *argc, char **argv)
{
  static const char *const many[] = { "--course", "--user", "--filter", "--from-course" };
  GPtrArray *out = g_ptr_array_new ();
  char *option = NULL;

  for (int i = 0; i < *argc; i++)
    {
      gboolean is_option = argv[i][0] == '-' && argv[i][1] != '\0';
      gboolean is_value = i > 2 && !is_option && option != NULL;

      /* The first value follows its option as it stands. */
      if (is_value && argv[i - 1] != option)
        g_ptr_array_add (out, option);
      g_ptr_array_add (out, argv[i]);
      if (is_option)
        option = NULL;
      for (guint k = 0; is_option && k < G_N_ELEMENTS (many) && i > 1; k++)
        if (g_str_equal (argv[i], many[k]))
          option = argv[i];
    }
  *argc = (int)out->len;
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (out, FALSE);
}

/* (nullable) (element-type RegReviewItem): NULL where there is no such preset */
static GPtrArray *
dup_preset_items (RegCli *self, const Options *options, RegExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegPreset) preset = reg_cli_find_preset (self, options->preset, &error);
  g_autofree char *today = reg_cli_dup_today (self);

  if (preset != NULL)
    return reg_review_items_new_from_preset (preset, today, options->message);
  *exit = error != NULL ? reg_cli_fail (error)
                        : reg_cli_misuse (_ ("There is no preset “%s”. presets list shows them."),
                                          options->preset);
  return NULL;
}

RegExit
reg_cli_do (RegCli *self, int argc, char **argv)
{
  g_autofree char **words = spread_words (&argc, argv);
  g_auto (Options) options = { 0 };
  const RegOperation *operation;
  g_autoptr (RegParams) params = reg_params_new ();
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) items = NULL;
  RegReviewRequest request = { 0 };
  RegExit exit = REG_EXIT_DONE;

  argv = words;
  if (!parse (self, &argc, &argv, &options))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("Which operation? registrar-cli do --help lists them."));
  operation = reg_operation_find (argv[1]);
  if ((operation == NULL || operation->target != REG_TARGET_COURSE)
      && (options.users != NULL) + (options.filters != NULL) + (options.from_courses != NULL) != 1)
    return reg_cli_misuse (_ ("do needs either --user, --filter or --from-course."));
  if (options.from_status != NULL && options.from_courses == NULL)
    return reg_cli_misuse (_ ("--from-status needs --from-course."));
  operation = find_operation (self, argv[1], &exit);
  if (operation == NULL)
    return exit;
  if (operation->target == REG_TARGET_COURSE && (options.users != NULL || options.filters != NULL))
    return reg_cli_misuse (_ ("%s is about courses alone: no --user, no --filter."),
                           operation->name);
  if (options.preset != NULL
      && (strcmp (operation->name, "assign") != 0 || options.courses != NULL || options.due != NULL
          || options.required || options.optional || options.edition != NULL
          || options.units != NULL || options.subscription))
    return reg_cli_misuse (_ ("--preset is for assign, and says all but whom and the message."));
  if ((operation->target != REG_TARGET_USER) != (options.courses != NULL || options.preset != NULL))
    return reg_cli_misuse (options.courses != NULL ? _ ("%s is about people alone: no --course.")
                                                   : _ ("%s needs --course."),
                           operation->name);
  if (options.from_courses != NULL && needs_enrollment (operation))
    return reg_cli_misuse (_ ("%s is about people who are enrolled already: no --from-course."),
                           operation->name);
  if (!fill_params (operation, &options, params)
      || !fill_groups (self, operation, &options, params))
    return REG_EXIT_USAGE;
  if (!collect_targets (self, operation, &options, targets, &exit))
    return exit;
  request.operation = operation;
  request.params = params;
  if (options.preset != NULL)
    {
      request.items = items = dup_preset_items (self, &options, &exit);
      if (items == NULL)
        return exit;
    }
  if (operation->target != REG_TARGET_USER && items == NULL)
    {
      request.enrollment_ids = (const gint64 *)(void *)targets->data;
      request.n_enrollments = targets->len;
    }
  else
    {
      request.user_ids = (const gint64 *)(void *)targets->data;
      request.n_users = targets->len;
    }
  request.actor_id = reg_cli_get_actor_id (self);
  request.actor_role = reg_cli_get_actor_role (self);
  request.now = reg_cli_get_now ();
  if (self->site != NULL)
    request.reassign_license = self->site->reassign_license;
  return run_step (self, &request, options.note, options.dry_run);
}
