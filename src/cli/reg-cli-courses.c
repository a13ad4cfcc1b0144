/* SPDX-License-Identifier: GPL-3.0-or-later */
/* courses list and show, enrollments list and export. */
#define G_LOG_DOMAIN "reg-cli"

#include "cli/reg-cli-filter.h"
#include "cli/reg-cli-table.h"

#include "rules/reg-seat.h"
#include "rules/reg-status.h"
#include "sync/reg-import-job.h"

#include <glib/gi18n-lib.h>

#define PAGE 1000

static const RegCliColumn course_columns[] = {
  { "id", N_ ("Id"), REG_CELL_NUMBER },
  { "code", N_ ("Code"), REG_CELL_TEXT },
  { "title", N_ ("Title"), REG_CELL_TEXT },
  { "kind", N_ ("Kind"), REG_CELL_TEXT },
  { "enrolled", N_ ("Enrolled"), REG_CELL_NUMBER },
  { "completed", N_ ("Completed"), REG_CELL_NUMBER },
  { "not_enrolled", N_ ("Not Enrolled"), REG_CELL_NUMBER },
  { "overdue", N_ ("Overdue"), REG_CELL_NUMBER },
  { "waiting", N_ ("Waiting"), REG_CELL_NUMBER },
  { "licenses_available", N_ ("Licenses"), REG_CELL_NUMBER },
};

/* is_team: whether the counts are those of a team; who does not have the course is counted then */
static gboolean
add_course (RegCliTable *table, const RegCourseRow *row, gboolean is_team, GError **error)
{
  const gint64 numbers[] = { row->course->id, row->n_enrolled,     row->n_completed, row->n_overdue,
                             row->n_waiting,  row->pool_available, row->n_missing };
  char texts[G_N_ELEMENTS (numbers)][24];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_snprintf (texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
  {
    const char *const cells[] = {
      texts[0],
      row->course->code,
      row->course->title,
      reg_course_kind_to_nick (row->course->kind),
      texts[1],
      texts[2],
      is_team ? texts[6] : "",
      texts[3],
      texts[4],
      row->pool_available >= 0 ? texts[5] : "",
    };

    G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (course_columns));
    return reg_cli_table_add (table, cells, error);
  }
}

static const RegCliColumn session_columns[] = {
  { "id", N_ ("Id"), REG_CELL_NUMBER },
  { "place", N_ ("Place"), REG_CELL_TEXT },
  { "starts_at", N_ ("Starts"), REG_CELL_TEXT },
  { "ends_at", N_ ("Ends"), REG_CELL_TEXT },
  { "seats", N_ ("Seats"), REG_CELL_NUMBER },
  { "taken", N_ ("Taken"), REG_CELL_NUMBER },
  { "left", N_ ("Left"), REG_CELL_NUMBER },
  { "past", N_ ("Past"), REG_CELL_YES_NO },
  { "can_be_chosen", N_ ("Can Be Chosen"), REG_CELL_YES_NO },
};

/* seats and left are empty where there is no limit */
static char **
dup_session (const RegSession *session, gint64 now, GTimeZone *time_zone)
{
  GPtrArray *cells = g_ptr_array_new ();
  gboolean is_limited = session->seats > 0;

  g_ptr_array_add (cells, g_strdup_printf ("%" G_GINT64_FORMAT, session->id));
  g_ptr_array_add (cells, g_strdup (session->place));
  g_ptr_array_add (cells, reg_cli_dup_time (session->starts_at));
  g_ptr_array_add (cells, reg_cli_dup_time (session->ends_at));
  g_ptr_array_add (cells, is_limited ? g_strdup_printf ("%d", session->seats) : g_strdup (""));
  g_ptr_array_add (cells, g_strdup_printf ("%d", session->taken));
  g_ptr_array_add (cells, is_limited
                              ? g_strdup_printf ("%d", MAX (0, session->seats - session->taken))
                              : g_strdup (""));
  g_ptr_array_add (cells, g_strdup (reg_session_is_past (session, now) ? "yes" : ""));
  g_ptr_array_add (cells, g_strdup (reg_session_is_open (session, now, time_zone)
                                            && !reg_session_is_full (session)
                                        ? "yes"
                                        : ""));
  g_ptr_array_add (cells, NULL);
  return (char **)g_ptr_array_free (cells, FALSE);
}

static gboolean
add_sessions (RegCli *self, RegCliTable *table, gint64 course_id, GError **error)
{
  const char *name = self->site != NULL ? self->site->time_zone : NULL;
  g_autoptr (GTimeZone) time_zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  g_autoptr (GPtrArray) sessions = reg_store_list_sessions (self->store, course_id, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  if (sessions == NULL)
    return FALSE;
  for (guint i = 0; i < sessions->len; i++)
    g_ptr_array_add (rows,
                     dup_session (g_ptr_array_index (sessions, i), reg_cli_get_now (), time_zone));
  reg_cli_table_add_details (table, "sessions", _ ("Sessions"), session_columns,
                             G_N_ELEMENTS (session_columns), rows);
  return TRUE;
}

/* The courses of everybody, or of a team: active and pending people alone. */
static GPtrArray *
list_courses (RegCli *self, const char *search, const RegUserQuery *team, GError **error)
{
  g_autofree char *today = reg_cli_dup_today (self);
  g_autoptr (RegIdList) members = NULL;

  if (team == NULL)
    return reg_store_list_course_rows (self->store, search, today, error);
  members = reg_store_query_users (self->store, team, NULL, error);
  return members != NULL ? reg_store_list_team_rows (self->store, members, search, today, error)
                         : NULL;
}

/* team: (nullable): whose courses; only: id of the one course to show, or 0; what is instructor-led
 * is shown with its sessions */
static RegExit
print_courses (RegCli *self,
               const char *search,
               const RegUserQuery *team,
               gint64 only,
               const char *format,
               const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = list_courses (self, search, team, &error);
  g_autoptr (RegCliTable) table = NULL;

  if (rows == NULL)
    return reg_cli_fail (error);
  table = reg_cli_table_new (self, course_columns, G_N_ELEMENTS (course_columns), format, output,
                             &error);
  if (table == NULL)
    return reg_cli_misuse ("%s", error->message);
  if (only != 0)
    reg_cli_table_set_single (table);
  for (guint i = 0; i < rows->len; i++)
    {
      const RegCourseRow *row = g_ptr_array_index (rows, i);

      if (only != 0 && row->course->id != only)
        continue;
      if (!add_course (table, row, team != NULL, &error)
          || (only != 0 && row->course->kind == REG_COURSE_ILT
              && !add_sessions (self, table, only, &error)))
        return reg_cli_fail (error);
    }
  if (!reg_cli_table_finish (table, &error))
    return reg_cli_fail (error);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_courses_list (RegCli *self, int argc, char **argv)
{
  g_auto (RegCliFilter) filter = { 0 };
  g_autofree char *search = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  RegUserQuery team = { 0 };
  gboolean is_team;
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, N_ ("Words in title or code"), N_ ("TEXT") },
    { "group", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter.groups,
      N_ ("What a group, team or tag has, with counts of its members alone"), N_ ("GROUP") },
    { "manager", 0, 0, G_OPTION_ARG_STRING_ARRAY, &filter.managers,
      N_ ("What the people have who report to somebody"), N_ ("USER") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a spreadsheet instead"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, "courses list", &argc, &argv, entries, NULL))
    return REG_EXIT_USAGE;
  if (argc > 1)
    return reg_cli_misuse (_ ("“%s” is too much here."), argv[1]);
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  is_team = filter.groups != NULL || filter.managers != NULL;
  filter.status = g_strdup ("active,pending");
  if (is_team && !reg_cli_filter_fill_users (self, &filter, &team))
    return REG_EXIT_USAGE;
  return print_courses (self, search, is_team ? &team : NULL, 0, format, output);
}

RegExit
reg_cli_courses_show (RegCli *self, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!reg_cli_parse (self, "courses show", &argc, &argv, NULL, NULL))
    return REG_EXIT_USAGE;
  if (argc != 2)
    return reg_cli_misuse (_ ("courses show needs one code, title or id."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  id = reg_cli_find_course (self, argv[1]);
  return id != 0 ? print_courses (self, NULL, NULL, id, NULL, NULL) : REG_EXIT_FAILED;
}

static const RegCliColumn enrollment_columns[] = {
  { "user", N_ ("Email ID"), REG_CELL_TEXT },
  { "name", N_ ("Name"), REG_CELL_TEXT },
  { "employee_id", N_ ("Employee ID"), REG_CELL_TEXT },
  { "course", N_ ("Course"), REG_CELL_TEXT },
  { "course_title", N_ ("Title"), REG_CELL_HIDDEN },
  { "status", N_ ("Status"), REG_CELL_TEXT },
  { "progress", N_ ("%"), REG_CELL_NUMBER },
  { "requirement", N_ ("Requirement"), REG_CELL_TEXT },
  { "due_date", N_ ("Due Date"), REG_CELL_TEXT },
  { "access", N_ ("Access"), REG_CELL_HIDDEN },
  { "source", N_ ("Source"), REG_CELL_HIDDEN },
  { "attempt", N_ ("Attempt"), REG_CELL_NUMBER },
  { "assigned_at", N_ ("Assigned"), REG_CELL_TEXT },
  { "completed_at", N_ ("Completed"), REG_CELL_TEXT },
  { "assigned_by", N_ ("Assigned By"), REG_CELL_HIDDEN },
  { "session", N_ ("Session"), REG_CELL_HIDDEN },
  { "session_id", N_ ("Session Id"), REG_CELL_HIDDEN },
  { "seat", N_ ("Seat"), REG_CELL_HIDDEN },
  { "edition", N_ ("Edition"), REG_CELL_HIDDEN },
  { "mode", N_ ("Mode"), REG_CELL_HIDDEN },
  { "units", N_ ("Units"), REG_CELL_HIDDEN },
  { "product", N_ ("Product"), REG_CELL_HIDDEN },
  { "subscription_end", N_ ("Subscription Ends"), REG_CELL_HIDDEN },
  { "instructor", N_ ("Instructor"), REG_CELL_YES_NO },
  { "waiting", N_ ("Waiting"), REG_CELL_YES_NO },
};

static gboolean
add_enrollment (RegCliTable *table, const RegEnrollmentRow *row, GError **error)
{
  const RegEnrollment *own = row->enrollment;
  RegStatus status = reg_enrollment_get_status (own, row->course_kind);
  g_autofree char *progress = g_strdup_printf ("%d", own->progress);
  g_autofree char *attempt = g_strdup_printf ("%d", own->attempt);
  g_autofree char *session = g_strdup_printf ("%" G_GINT64_FORMAT, own->session_id);
  g_autofree char *assigned = reg_cli_dup_time (own->assigned_at);
  g_autofree char *completed = reg_cli_dup_time (own->completed_at);
  const char *const cells[] = {
    row->user_email,
    row->user_name,
    row->user_employee_id,
    row->course_code,
    row->course_title,
    reg_status_to_nick (status),
    progress,
    reg_requirement_to_nick (own->requirement),
    own->due_date,
    reg_access_to_nick (own->access),
    reg_source_to_nick (own->source),
    attempt,
    assigned,
    completed,
    row->assigned_by != NULL ? row->assigned_by : "",
    row->session_place != NULL ? row->session_place : "",
    own->session_id != 0 ? session : "",
    own->seat != REG_SEAT_NONE ? reg_seat_to_nick (own->seat) : "",
    own->edition != NULL ? own->edition : "",
    own->mode != NULL ? own->mode : "",
    own->units != NULL ? own->units : "",
    row->product != NULL ? row->product : "",
    own->subscription_end,
    own->is_instructor ? "yes" : "",
    row->sync_state != REG_SYNCED ? "yes" : "",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (enrollment_columns));
  return reg_cli_table_add (table, cells, error);
}

static gboolean
add_enrollments (RegCli *self, RegCliTable *table, const RegIdList *ids, GError **error)
{
  for (gsize at = 0; at < ids->n; at += PAGE)
    {
      g_autoptr (GPtrArray) rows = reg_store_get_enrollment_rows (self->store, ids->ids + at,
                                                                  MIN (PAGE, ids->n - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i) != NULL
            && !add_enrollment (table, g_ptr_array_index (rows, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
print_enrollments (RegCli *self,
                   const RegIdList *ids,
                   const char *format,
                   const char *output,
                   GError **error)
{
  g_autoptr (RegCliTable) table = reg_cli_table_new (
      self, enrollment_columns, G_N_ELEMENTS (enrollment_columns), format, output, error);

  return table != NULL && add_enrollments (self, table, ids, error)
         && reg_cli_table_finish (table, error);
}

/* list and export differ in where the rows go. */
static RegExit
list_enrollments (RegCli *self, int argc, char **argv, gboolean export)
{
  g_auto (RegCliFilter) filter = { 0 };
  g_autofree char *course = NULL;
  g_autofree char *user = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *today = NULL;
  g_autoptr (RegIdList) ids = NULL;
  RegEnrollmentQuery query = { 0 };
  const GOptionEntry entries[] = {
    { "course", 0, 0, G_OPTION_ARG_STRING, &course, N_ ("A course: code, title or id"),
      N_ ("COURSE") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, N_ ("A person: e-mail or employee ID"),
      N_ ("USER") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &filter.search,
      N_ ("Words in name, e-mail or employee ID"), N_ ("TEXT") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &filter.status,
      N_ ("not-started, started, in-progress, enrolled, completed, unenrolled, or several with "
          "commas"),
      N_ ("STATUS") },
    { "requirement", 0, 0, G_OPTION_ARG_STRING, &filter.requirement, N_ ("required or optional"),
      N_ ("REQUIREMENT") },
    { "access", 0, 0, G_OPTION_ARG_STRING, &filter.access, N_ ("active, revoked or archived"),
      N_ ("ACCESS") },
    { "due", 0, 0, G_OPTION_ARG_STRING, &filter.due, N_ ("overdue, this-week, later or none"),
      N_ ("WHEN") },
    REG_CLI_PEOPLE_OPTIONS (filter),
    { "source", 0, 0, G_OPTION_ARG_STRING, &filter.source,
      N_ ("manual, self, team, qualification, import, auto, or several with commas"),
      N_ ("SOURCE") },
    { "assigned-by", 0, 0, G_OPTION_ARG_STRING, &filter.assigned_by, N_ ("What somebody assigned"),
      N_ ("USER") },
    { "session", 0, 0, G_OPTION_ARG_STRING, &filter.session,
      N_ ("People of a session, by its number; none: of no session"), N_ ("ID") },
    { "waiting", 0, 0, G_OPTION_ARG_NONE, &filter.waiting,
      N_ ("Only those with changes that are not sent"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print the list"),
      "table|csv|json" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("Write a spreadsheet instead"),
      N_ ("FILE.xlsx|FILE.csv") },
    G_OPTION_ENTRY_NULL,
  };

  if (!reg_cli_parse (self, export ? "enrollments export" : "enrollments list", &argc, &argv,
                      entries, NULL))
    return REG_EXIT_USAGE;
  if ((course == NULL) == (user == NULL) || argc > 1)
    return reg_cli_misuse (_ ("%s needs either --course or --user."),
                           export ? "enrollments export" : "enrollments list");
  if (export && output == NULL)
    return reg_cli_misuse (_ ("enrollments export needs --output FILE.xlsx or FILE.csv."));
  if (!reg_cli_open (self, &error))
    return reg_cli_fail (error);
  if (course != NULL && (query.course_id = reg_cli_find_course (self, course)) == 0)
    return REG_EXIT_FAILED;
  if (user != NULL && (query.user_id = reg_cli_find_user (self, user)) == 0)
    return REG_EXIT_FAILED;
  if (!reg_cli_filter_fill_enrollments (self, &filter, &query))
    return REG_EXIT_USAGE;
  today = reg_cli_dup_today (self);
  query.today = today;
  query.sort = query.user_id != 0 ? REG_ENROLLMENT_SORT_COURSE : REG_ENROLLMENT_SORT_NAME;
  ids = reg_store_query_enrollments (self->store, &query, NULL, &error);
  if (ids == NULL)
    return reg_cli_fail (error);
  if (export ? !reg_import_job_export_enrollments (self->store, ids->ids, ids->n, output, NULL,
                                                   NULL, NULL, &error)
             : !print_enrollments (self, ids, format, output, &error))
    return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
               ? reg_cli_misuse ("%s", error->message)
               : reg_cli_fail (error);
  if (export)
    reg_cli_say (
        self,
        ngettext ("%u enrollment written to %s", "%u enrollments written to %s", (gulong)ids->n),
        (guint)ids->n, output);
  return REG_EXIT_DONE;
}

RegExit
reg_cli_enrollments_list (RegCli *self, int argc, char **argv)
{
  return list_enrollments (self, argc, argv, FALSE);
}

RegExit
reg_cli_enrollments_export (RegCli *self, int argc, char **argv)
{
  return list_enrollments (self, argc, argv, TRUE);
}
