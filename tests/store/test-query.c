/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries against plain loops over the same rows, and rows against what they were made of. */
#include "query-fixture.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <string.h>

static const RegUser *
get_person (QueryFixture *fixture, gint64 id)
{
  return fixture->people->pdata[id - 1];
}

static RegCourseKind
get_kind (const RegEnrollment *enrollment)
{
  return query_courses[enrollment->course_id - 1].kind;
}

static gboolean
has_words (const char *fold, const char *search)
{
  g_autofree char *wanted = reg_text_fold (search, -1);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (fold, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
matches (QueryFixture *fixture, const RegEnrollment *enrollment, const RegEnrollmentQuery *query)
{
  const RegUser *user = get_person (fixture, enrollment->user_id);
  const char *due = enrollment->due_date;
  gboolean open = enrollment->access == REG_ACCESS_ACTIVE && enrollment->completed_at == 0;
  RegStatus status = reg_enrollment_get_status (enrollment, get_kind (enrollment));

  if ((query->course_id != 0 && query->course_id != enrollment->course_id)
      || (query->user_id != 0 && query->user_id != enrollment->user_id))
    return FALSE;
  if (query->search != NULL)
    {
      g_autofree char *full =
          query->user_id != 0 ? g_strjoin ("\x1f", query_courses[enrollment->course_id - 1].title,
                                           query_courses[enrollment->course_id - 1].code, NULL)
                              : g_strjoin ("\x1f", user->family_name, user->given_name, user->email,
                                           user->employee_id, NULL);
      g_autofree char *fold = reg_text_fold (full, -1);

      /* the fold turns U+001F into a space, which is no part of a word either */
      if (!has_words (fold, query->search))
        return FALSE;
    }
  if ((query->statuses != 0 && (query->statuses & 1u << status) == 0)
      || (query->requirement >= 0 && query->requirement != (int)enrollment->requirement)
      || (query->access >= 0 && query->access != (int)enrollment->access)
      || (query->archived_only && !enrollment->archived)
      || !reg_test_person_matches (user, query->people))
    return FALSE;
  switch (query->due)
    {
    case REG_DUE_ANY:
      return TRUE;
    case REG_DUE_OVERDUE:
      return open && *due != '\0' && strcmp (due, QUERY_TODAY) < 0;
    case REG_DUE_THIS_WEEK:
      return open && strcmp (due, QUERY_TODAY) >= 0 && strcmp (due, "2026-03-16") <= 0;
    case REG_DUE_LATER:
      return open && strcmp (due, "2026-03-16") > 0;
    case REG_DUE_NONE:
      return *due == '\0';
    }
  return FALSE;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/* Those without a value last, either way. */
static int
compare_values (gint64 a, gint64 b, gint64 none, gboolean descending)
{
  if (a == none || b == none)
    return (a == none) - (b == none);
  return descending ? compare_numbers (b, a) : compare_numbers (a, b);
}

/* Place of a course by title: Ärztlicher, Erste, fire drill, Fire Safety (code FIRE-1), Fire
 * safety (fire-1), Gabelstapler, 安全教育 */
static const int course_places[N_COURSES] = { 3, 1, 0, 2, 5, 4, 6 };

static int
compare_enrollments (gconstpointer a, gconstpointer b, gpointer data)
{
  const RegEnrollment *first = *(const RegEnrollment *const *)a;
  const RegEnrollment *second = *(const RegEnrollment *const *)b;
  const RegEnrollmentQuery *query = ((gpointer *)data)[0];
  QueryFixture *fixture = ((gpointer *)data)[1];
  gint64 first_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (fixture->ranks, &first->user_id));
  gint64 second_rank = GPOINTER_TO_SIZE (g_hash_table_lookup (fixture->ranks, &second->user_id));
  gint64 first_status =
      reg_enrollment_get_status (first, get_kind (first)) * 1000 + first->progress;
  gint64 second_status =
      reg_enrollment_get_status (second, get_kind (second)) * 1000 + second->progress;
  int first_course = course_places[first->course_id - 1];
  int second_course = course_places[second->course_id - 1];
  gboolean down = query->descending;
  int order = 0;

  switch (query->sort)
    {
    case REG_ENROLLMENT_SORT_NAME:
      order = compare_values (first_rank, second_rank, -1, down);
      break;
    case REG_ENROLLMENT_SORT_EMAIL:
      {
        g_autofree char *first_key =
            reg_email_key (get_person (fixture, first->user_id)->email, -1);
        g_autofree char *second_key =
            reg_email_key (get_person (fixture, second->user_id)->email, -1);

        order = query->user_id != 0 ? 0 : strcmp (first_key, second_key) * (down ? -1 : 1);
      }
      break;
    case REG_ENROLLMENT_SORT_STATUS:
      order = compare_values (first_status, second_status, -1, down);
      break;
    case REG_ENROLLMENT_SORT_REQUIREMENT:
      order = compare_values (first->requirement, second->requirement, -1, down);
      break;
    case REG_ENROLLMENT_SORT_DUE:
      if (first->due_date[0] == '\0' || second->due_date[0] == '\0')
        order = (first->due_date[0] == '\0') - (second->due_date[0] == '\0');
      else
        order = strcmp (first->due_date, second->due_date) * (down ? -1 : 1);
      break;
    case REG_ENROLLMENT_SORT_ASSIGNED:
      order = compare_values (first->assigned_at, second->assigned_at, 0, down);
      break;
    case REG_ENROLLMENT_SORT_COMPLETED:
      order = compare_values (first->completed_at, second->completed_at, 0, down);
      break;
    case REG_ENROLLMENT_SORT_COURSE:
      order = query->user_id != 0 ? compare_values (first_course, second_course, -1, down) : 0;
      break;
    }
  if (order == 0)
    order = compare_numbers (first_rank, second_rank);
  return order != 0 ? order : compare_numbers (first_course, second_course);
}

static void
check (QueryFixture *fixture, const RegEnrollmentQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = NULL;
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  gpointer data[] = { (gpointer)query, fixture };

  ids = reg_store_query_enrollments (fixture->base.store, query, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < fixture->enrollments->len; i++)
    if (matches (fixture, fixture->enrollments->pdata[i], query))
      g_ptr_array_add (expected, fixture->enrollments->pdata[i]);
  g_ptr_array_sort_with_data (expected, compare_enrollments, data);
  g_assert_cmpuint (ids->n, ==, expected->len);
  for (gsize i = 0; i < ids->n; i++)
    {
      const RegEnrollment *enrollment = expected->pdata[i];

      g_assert_cmpint (ids->ids[i], ==,
                       reg_enrollment_id (enrollment->user_id, enrollment->course_id));
    }
}

static void
test_enrollment_orders (QueryFixture *fixture, gconstpointer data)
{
  for (int sort = REG_ENROLLMENT_SORT_NAME; sort <= REG_ENROLLMENT_SORT_COURSE; sort++)
    for (int descending = 0; descending < 2; descending++)
      for (gint64 id = 1; id <= N_COURSES; id++)
        {
          RegEnrollmentQuery of_course = { .course_id = id,
                                           .requirement = -1,
                                           .access = -1,
                                           .sort = (RegEnrollmentSort)sort,
                                           .descending = descending };
          RegEnrollmentQuery of_user = of_course;

          of_user.course_id = 0;
          of_user.user_id = id * 50;
          check (fixture, &of_course);
          check (fixture, &of_user);
        }
}

static void
test_enrollment_filters (QueryFixture *fixture, gconstpointer data)
{
  GRand *rand = fixture->rand;

  for (guint round = 0; round < 400; round++)
    {
      gint64 somebody = g_rand_int_range (rand, 1, N_PEOPLE + 1);
      g_autofree char *search =
          reg_test_make_search (rand, get_person (fixture, somebody), 1 + round % 2);
      g_auto (RegPeopleFilter) people = { 0 };
      RegEnrollmentQuery query = {
        .requirement = -1, .access = -1, .today = QUERY_TODAY, .people = &people
      };

      if (round % 4 == 3)
        query.user_id = somebody;
      if (round % 4 != 3 || round % 16 == 3)
        query.course_id = g_rand_int_range (rand, 1, N_COURSES + 1);
      if (round % 3 == 0)
        query.search = query.user_id != 0 ? "fire SAFE" : search;
      if (round % 5 == 0)
        query.statuses = g_rand_int_range (rand, 0, 1 << REG_N_STATUSES);
      if (round % 6 == 0)
        query.requirement = g_rand_int_range (rand, 0, 2);
      if (round % 7 == 0)
        query.access = g_rand_int_range (rand, 0, 2);
      query.archived_only = round % 11 == 0;
      query.due = (RegDueFilter)g_rand_int_range (rand, 0, REG_DUE_NONE + 1);
      if (round % 8 == 0)
        reg_test_make_people_filter (&query_world, rand, &people);
      query.sort = (RegEnrollmentSort)g_rand_int_range (rand, 0, REG_ENROLLMENT_SORT_COURSE + 1);
      query.descending = g_rand_boolean (rand);
      if (query.user_id == 0 || query.sort != REG_ENROLLMENT_SORT_NAME)
        check (fixture, &query);
    }
}

static void
assert_equal_rows (QueryFixture *fixture, const RegUserRow *row)
{
  static const char *const locations[] = { "", "Zürich", "berlin", "Oslo", "Ankara", "東京" };
  const RegUser *user = get_person (fixture, row->user->id);
  g_autoptr (RegUser) expected = reg_user_copy (user);

  expected->approved_at = row->user->approved_at;
  g_assert_true (reg_user_equal (row->user, expected));
  g_assert_cmpstr (row->location, ==, locations[user->location_id]);
  g_assert_cmpint (row->sync_state, ==, REG_SYNCED);
  if (user->manager_id == 0)
    g_assert_null (row->manager);
  else
    {
      g_autofree char *manager = reg_user_dup_name (get_person (fixture, user->manager_id));

      g_assert_cmpstr (row->manager, ==, manager);
    }
  /* groups are labels 7, 10, 13, 16; their names stand in the opposite order of their ids */
  g_assert_cmpint (strstr (row->groups, "s label") != NULL, ==, reg_user_has_label (user, 7));
  g_assert_cmpint (strstr (row->groups, "j label") != NULL, ==, reg_user_has_label (user, 16));
  g_assert_null (strstr (row->groups, "t label"));
  if (reg_user_has_label (user, 7) && reg_user_has_label (user, 16))
    g_assert_true (g_str_has_prefix (row->groups, "j label, "));
}

static void
test_user_rows (QueryFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 ids[N_PEOPLE + 2];
  g_autoptr (GPtrArray) rows = NULL;

  for (gint64 i = 0; i < N_PEOPLE; i++)
    ids[i] = N_PEOPLE - i;
  ids[N_PEOPLE] = 987654;
  ids[N_PEOPLE + 1] = 1;
  rows = reg_store_get_user_rows (fixture->base.store, ids, G_N_ELEMENTS (ids), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < rows->len; i++)
    if (ids[i] == 987654)
      g_assert_null (rows->pdata[i]);
    else
      {
        const RegUserRow *row = rows->pdata[i];

        g_assert_cmpint (row->user->id, ==, ids[i]);
        assert_equal_rows (fixture, row);
      }
}

static void
test_enrollment_rows (QueryFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 gone = reg_enrollment_id (4711, 1);

  for (guint i = 0; i < fixture->enrollments->len; i++)
    {
      const RegEnrollment *enrollment = fixture->enrollments->pdata[i];
      gint64 id = reg_enrollment_id (enrollment->user_id, enrollment->course_id);

      g_array_append_val (ids, id);
    }
  g_array_append_val (ids, gone);
  rows = reg_store_get_enrollment_rows (fixture->base.store, (const gint64 *)(gpointer)ids->data,
                                        ids->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, ids->len);
  g_assert_null (rows->pdata[rows->len - 1]);
  for (guint i = 0; i < fixture->enrollments->len; i++)
    {
      const RegEnrollment *enrollment = fixture->enrollments->pdata[i];
      const RegEnrollmentRow *row = rows->pdata[i];
      const RegUser *user = get_person (fixture, enrollment->user_id);
      g_autofree char *name = reg_user_dup_name (user);

      g_assert_true (reg_enrollment_equal (row->enrollment, enrollment));
      g_assert_cmpint (row->course_kind, ==, get_kind (enrollment));
      g_assert_cmpstr (row->course_title, ==, query_courses[enrollment->course_id - 1].title);
      g_assert_cmpstr (row->course_code, ==, query_courses[enrollment->course_id - 1].code);
      g_assert_cmpstr (row->user_name, ==, name);
      g_assert_cmpstr (row->user_email, ==, user->email);
      g_assert_cmpstr (row->user_employee_id, ==, user->employee_id);
      g_assert_cmpint (row->user_state, ==, user->state);
      g_assert_cmpint (row->sync_state, ==, REG_SYNCED);
      if (enrollment->assigned_by == 0)
        g_assert_null (row->assigned_by);
      else
        {
          g_autofree char *by = reg_user_dup_name (get_person (fixture, enrollment->assigned_by));

          g_assert_cmpstr (row->assigned_by, ==, by);
        }
      g_assert_cmpstr (row->session_place, ==, enrollment->session_id != 0 ? "Room 1" : NULL);
      g_assert_cmpint (row->session_starts_at, ==, enrollment->session_id != 0 ? 1000 : 0);
    }
}

static void
test_course_rows (QueryFixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "Ärztlicher Pfad", "Erste Hilfe für Büro", "fire drill",
                                        "Fire Safety",     "Fire safety",          "Gabelstapler",
                                        "安全教育" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      reg_store_list_course_rows (fixture->base.store, NULL, QUERY_TODAY, &error);
  g_autoptr (GPtrArray) found =
      reg_store_list_course_rows (fixture->base.store, "SAFE fire-1", QUERY_TODAY, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (rows->len, ==, N_COURSES);
  for (guint i = 0; i < rows->len; i++)
    {
      const RegCourseRow *row = rows->pdata[i];
      gint64 enrolled = 0, completed = 0, overdue = 0;

      g_assert_cmpstr (row->course->title, ==, titles[i]);
      for (guint j = 0; j < fixture->enrollments->len; j++)
        {
          const RegEnrollment *enrollment = fixture->enrollments->pdata[j];

          if (enrollment->course_id != row->course->id)
            continue;
          enrolled++;
          completed +=
              reg_enrollment_get_status (enrollment, row->course->kind) == REG_STATUS_COMPLETED;
          overdue += reg_enrollment_is_overdue (enrollment, QUERY_TODAY);
        }
      g_assert_cmpint (row->n_enrolled, ==, enrolled);
      g_assert_cmpint (row->n_completed, ==, completed);
      g_assert_cmpint (row->n_overdue, ==, overdue);
      g_assert_cmpint (row->n_waiting, ==, 0);
      g_assert_cmpint (row->pool_available, ==, row->course->id == 1 ? 42 : -1);
    }
}

static gint64
find_user (RegStore *store, const char *identifier)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_user (store, identifier, &error);

  g_assert_no_error (error);
  return id;
}

static gint64
find_course (RegStore *store, const char *identifier)
{
  g_autoptr (GError) error = NULL;
  gint64 id = reg_store_find_course (store, identifier, &error);

  g_assert_no_error (error);
  return id;
}

static void
test_find (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  g_autoptr (RegPage) page = reg_page_new ();

  reg_test_page_add_named_user (page, 2001, 1, "A", "B", "Some.One@Example.org", "E-1");
  reg_test_page_add_named_user (page, 2002, 1, "A", "B", "two@example.org", "00042");
  reg_test_page_add_named_user (page, 2003, 1, "A", "B", "TWIN@example.org", "E-3");
  reg_test_page_add_named_user (page, 2004, 1, "A", "B", "twin@example.org", "E-4");
  reg_test_page_add_named_user (page, 2005, 1, "A", "B", "five@example.org", "E-5");
  reg_test_page_add_named_user (page, 2006, 1, "A", "B", "six@example.org", "five@example.org");
  reg_test_page_add_named_user (page, 2007, 1, "A", "B", "seven@example.org", "seven@example.org");
  reg_test_store_apply (store, page);

  g_assert_cmpint (find_user (store, " some.one@EXAMPLE.org\xc2\xa0"), ==, 2001);
  g_assert_cmpint (find_user (store, "E-1"), ==, 2001);
  g_assert_cmpint (find_user (store, "e-1"), ==, 0);
  g_assert_cmpint (find_user (store, " 00042 "), ==, 2002);
  g_assert_cmpint (find_user (store, "42"), ==, 0);
  g_assert_cmpint (find_user (store, "twin@example.org"), ==, 0);
  g_assert_cmpint (find_user (store, "E-4"), ==, 2004);
  g_assert_cmpint (find_user (store, "five@example.org"), ==, 0);
  g_assert_cmpint (find_user (store, "seven@example.org"), ==, 2007);
  g_assert_cmpint (find_user (store, ""), ==, 0);
  g_assert_cmpint (find_user (store, "  "), ==, 0);
  g_assert_cmpint (find_user (store, "nobody@example.org"), ==, 0);
  g_assert_cmpint (find_user (store, "\xff"), ==, 0);

  g_assert_cmpint (find_course (store, "FIRE-1"), ==, 1);
  g_assert_cmpint (find_course (store, "fire-1"), ==, 6);
  /* two codes, case ignored */
  g_assert_cmpint (find_course (store, "Fire-1"), ==, 0);
  g_assert_cmpint (find_course (store, "path"), ==, 3);
  g_assert_cmpint (find_course (store, "arztlicher pfad"), ==, 3);
  g_assert_cmpint (find_course (store, "Fire Safety"), ==, 0);
  /* the code of course 5 before the id of course 3 */
  g_assert_cmpint (find_course (store, "3"), ==, 5);
  g_assert_cmpint (find_course (store, " 7 "), ==, 7);
  g_assert_cmpint (find_course (store, "安全教育"), ==, 7);
  g_assert_cmpint (find_course (store, ""), ==, 0);
  g_assert_cmpint (find_course (store, "99"), ==, 0);
}

static void
on_user_visited_cb (gint64 id,
                    RegUserState state,
                    const char *email,
                    gsize email_len,
                    const char *employee_id,
                    gsize employee_len,
                    gpointer data)
{
  QueryFixture *fixture = ((gpointer *)data)[0];
  const RegUser *user = get_person (fixture, id);

  g_assert_cmpint (state, ==, user->state);
  g_assert_cmpmem (email, email_len, user->email, strlen (user->email));
  g_assert_cmpmem (employee_id, employee_len, user->employee_id, strlen (user->employee_id));
  (*(guint *)((gpointer *)data)[1])++;
}

static void
on_enrollment_visited_cb (const RegEnrollment *enrollment, gpointer data)
{
  QueryFixture *fixture = ((gpointer *)data)[0];
  guint *n = ((gpointer *)data)[1];

  for (guint i = 0; i < fixture->enrollments->len; i++)
    if (reg_enrollment_equal (fixture->enrollments->pdata[i], enrollment))
      (*n)++;
}

static void
test_single_records_and_visits (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  const RegEnrollment *first = fixture->enrollments->pdata[0];
  g_autoptr (GError) error = NULL;
  guint n = 0;
  gpointer both[] = { fixture, &n };
  gint64 n_users = 0, n_courses = 0, n_enrollments = 0, expected = 0;
  g_autoptr (RegCourse) course = reg_store_get_course (store, 2, &error);
  g_autoptr (RegUser) user = reg_store_get_user (store, 3, &error);
  g_autoptr (RegEnrollment) enrollment =
      reg_store_get_enrollment (store, first->user_id, first->course_id, &error);
  g_autoptr (RegEnrollment) absent = reg_store_get_enrollment (store, 3000, 1, &error);
  g_autoptr (GPtrArray) labels = reg_store_list_labels (store, &error);
  g_autoptr (GPtrArray) sessions = reg_store_list_sessions (store, 2, &error);
  g_autoptr (GPtrArray) no_sessions = reg_store_list_sessions (store, 1, &error);
  g_autoptr (GPtrArray) pools = reg_store_list_pools (store, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (course->code, ==, "ERSTE");
  g_assert_cmpstr (user->email, ==, get_person (fixture, 3)->email);
  g_assert_true (reg_enrollment_equal (enrollment, first));
  g_assert_false (absent->present);
  g_assert_cmpint (absent->user_id, ==, 3000);
  g_assert_cmpuint (labels->len, ==, query_world.n_labels);
  g_assert_cmpstr (((const RegLabel *)labels->pdata[0])->name, ==, "j label");
  g_assert_cmpuint (sessions->len, ==, 1);
  g_assert_cmpuint (no_sessions->len, ==, 0);
  g_assert_cmpuint (pools->len, ==, 1);

  g_assert_null (reg_store_get_user (store, 3000, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (reg_store_get_course (store, 3000, &error));
  g_assert_error (error, REG_STORE_ERROR, REG_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (reg_store_count (store, &n_users, &n_courses, &n_enrollments, &error));
  g_assert_cmpint (n_users, ==, N_PEOPLE);
  g_assert_cmpint (n_courses, ==, N_COURSES);
  g_assert_cmpint (n_enrollments, ==, fixture->enrollments->len);

  g_assert_true (reg_store_visit_users (store, on_user_visited_cb, both, &error));
  g_assert_cmpuint (n, ==, N_PEOPLE);
  n = 0;
  g_assert_true (reg_store_visit_enrollments (store, 4, on_enrollment_visited_cb, both, &error));
  for (guint i = 0; i < fixture->enrollments->len; i++)
    expected += ((const RegEnrollment *)fixture->enrollments->pdata[i])->course_id == 4;
  g_assert_cmpuint (n, ==, expected);
}

static void
test_cancelled (QueryFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  RegUserQuery users = { 0 };
  RegEnrollmentQuery enrollments = { .course_id = 1, .requirement = -1, .access = -1 };

  g_cancellable_cancel (cancellable);
  g_assert_null (reg_store_query_users (fixture->base.store, &users, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (
      reg_store_query_enrollments (fixture->base.store, &enrollments, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static RegSyncState
get_enrollment_sync_state (RegStore *store, gint64 user_id, gint64 course_id)
{
  gint64 id = reg_enrollment_id (user_id, course_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_get_enrollment_rows (store, &id, 1, &error);

  g_assert_no_error (error);
  return ((const RegEnrollmentRow *)rows->pdata[0])->sync_state;
}

static RegSyncState
get_user_sync_state (RegStore *store, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = reg_store_get_user_rows (store, &id, 1, &error);

  g_assert_no_error (error);
  return ((const RegUserRow *)rows->pdata[0])->sync_state;
}

static gsize
count_waiting (RegStore *store)
{
  RegEnrollmentQuery query = {
    .course_id = 1, .requirement = -1, .access = -1, .waiting_only = TRUE
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = reg_store_query_enrollments (store, &query, NULL, &error);
  g_autoptr (GPtrArray) rows = reg_store_list_course_rows (store, NULL, QUERY_TODAY, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const RegCourseRow *row = rows->pdata[i];

      g_assert_cmpint (row->n_waiting, ==, row->course->id == 1 ? (gint64)ids->n : 0);
    }
  return ids->n;
}

static void
test_sync_states (StoreFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->store;
  RegUserQuery archived = { .states = 1u << REG_USER_STATE_ARCHIVED };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) before = NULL;
  g_autoptr (RegIdList) after = NULL;
  gint64 batch_id;

  before = reg_store_query_users (store, &archived, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->n, ==, 0);

  stage (store, "set-due-date", "due_date=2026-05-05", 1, 1, 2);
  g_assert_cmpint (get_enrollment_sync_state (store, 1, 1), ==, REG_WAITING);
  g_assert_cmpint (get_enrollment_sync_state (store, 3, 1), ==, REG_SYNCED);
  g_assert_cmpint (get_user_sync_state (store, 1), ==, REG_SYNCED);
  g_assert_cmpuint (count_waiting (store), ==, 2);

  g_assert_cmpuint (answer_all (store, REG_OUTCOME_REJECTED, "server-refused"), ==, 2);
  g_assert_cmpint (get_enrollment_sync_state (store, 1, 1), ==, REG_NEEDS_ATTENTION);
  g_assert_cmpuint (count_waiting (store), ==, 2);

  batch_id = stage (store, "archive", NULL, 0, 7, 8);
  g_assert_cmpint (get_user_sync_state (store, 7), ==, REG_WAITING);
  /* what was just done is in the list at once */
  after = reg_store_query_users (store, &archived, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->n, ==, 2);
  g_assert_cmpint (after->ids[0], ==, 7);
  undo (store, batch_id, NULL);
  g_assert_cmpint (get_user_sync_state (store, 7), ==, REG_SYNCED);
  g_clear_pointer (&after, reg_id_list_unref);
  after = reg_store_query_users (store, &archived, NULL, &error);
  g_assert_cmpuint (after->n, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  QUERY_TEST ("/store/query/enrollment-orders", test_enrollment_orders);
  QUERY_TEST ("/store/query/enrollment-filters", test_enrollment_filters);
  QUERY_TEST ("/store/query/user-rows", test_user_rows);
  QUERY_TEST ("/store/query/enrollment-rows", test_enrollment_rows);
  QUERY_TEST ("/store/query/course-rows", test_course_rows);
  QUERY_TEST ("/store/query/find", test_find);
  QUERY_TEST ("/store/query/single-records-and-visits", test_single_records_and_visits);
  QUERY_TEST ("/store/query/cancelled", test_cancelled);
  g_test_add ("/store/query/sync-states", StoreFixture, NULL, store_fixture_set_up,
              test_sync_states, store_fixture_tear_down);
  return g_test_run ();
}
