/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a course, and who leads to whom, against the lists they stand for. */
#include "query-fixture.h"

#include "rules/reg-status.h"
#include "store/reg-store-overview.h"

static gsize
count_matches (RegStore *store, gint64 course_id, const RegEnrollmentQuery *like)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegIdList) ids = NULL;
  RegEnrollmentQuery query = *like;

  query.course_id = course_id;
  query.requirement = query.access = -1;
  query.today = QUERY_TODAY;
  ids = reg_store_query_enrollments (store, &query, NULL, &error);
  g_assert_no_error (error);
  return ids->n;
}

/* The numbers of the picture are those of the lists they lead to. */
static void
test_overview (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  g_autoptr (GError) error = NULL;

  for (gint64 course = 1; course <= N_COURSES; course++)
    {
      RegOverview overview;
      gint64 n = 0, n_open = 0;

      g_assert_true (reg_store_get_overview (store, course, QUERY_TODAY, &overview, &error));
      g_assert_no_error (error);
      for (guint i = 0; i < REG_N_STATUSES; i++)
        {
          const RegEnrollmentQuery query = { .statuses = REG_STATUS_BIT (i) };

          n += overview.statuses[i];
          g_assert_cmpint (overview.statuses[i], ==,
                           i == REG_STATUS_ABSENT ? 0 : count_matches (store, course, &query));
        }
      g_assert_cmpint (overview.n, ==, n);
      for (guint i = REG_DUE_OVERDUE; i < REG_N_DUE_FILTERS; i++)
        {
          const RegEnrollmentQuery query = { .statuses = REG_STATUS_ALL_OPEN,
                                             .due = (RegDueFilter)i };

          n_open += overview.dues[i];
          g_assert_cmpint (overview.dues[i], ==, count_matches (store, course, &query));
        }
      g_assert_cmpint (overview.n_open, ==, n_open);
      for (guint i = 0; i < REG_OVERVIEW_MONTHS; i++)
        {
          const RegEnrollmentQuery query = { .statuses = REG_STATUS_BIT (REG_STATUS_COMPLETED),
                                             .completed_from = overview.months[i].from,
                                             .completed_until = overview.months[i].until };

          g_assert_cmpint (overview.months[i].from, <, overview.months[i].until);
          if (i > 0)
            g_assert_cmpint (overview.months[i - 1].until, ==, overview.months[i].from);
          g_assert_cmpint (overview.months[i].n, ==, count_matches (store, course, &query));
        }
    }
  {
    RegOverview none;

    g_assert_false (reg_store_get_overview (store, 999, QUERY_TODAY, &none, &error));
    g_assert_nonnull (error);
  }
}

/* How somebody came to the course, and through whom. */
static void
test_assignment (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  g_autoptr (GError) error = NULL;

  for (gint64 course = 1; course <= N_COURSES; course++)
    {
      g_autoptr (GPtrArray) assigners = reg_store_list_assigners (store, course, 0, &error);
      gsize by_source[REG_SOURCE_AUTO + 1] = { 0 };
      gsize n_by_somebody = 0;

      g_assert_no_error (error);
      for (guint i = 0; i < fixture->enrollments->len; i++)
        {
          const RegEnrollment *enrollment = g_ptr_array_index (fixture->enrollments, i);

          if (enrollment->course_id != course)
            continue;
          by_source[enrollment->source]++;
          n_by_somebody += enrollment->assigned_by != 0;
        }
      for (guint i = 0; i <= REG_SOURCE_AUTO; i++)
        {
          const RegEnrollmentQuery query = { .sources = 1u << i };

          g_assert_cmpuint (count_matches (store, course, &query), ==, by_source[i]);
        }
      for (guint i = 0; i < assigners->len; i++)
        {
          const RegLabel *label = g_ptr_array_index (assigners, i);
          const RegEnrollmentQuery query = { .assigned_by = label->id };
          gsize n = count_matches (store, course, &query);

          g_assert_cmpuint (n, >, 0);
          g_assert_cmpuint (n, <=, n_by_somebody);
          n_by_somebody -= n;
        }
    }
}

/* Who assigned one person anything. */
static void
test_assigners_of_user (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  g_autoptr (GError) error = NULL;
  const RegEnrollment *one = g_ptr_array_index (fixture->enrollments, 0);
  g_autoptr (GPtrArray) assigners = reg_store_list_assigners (store, 0, one->user_id, &error);
  gsize n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < assigners->len; i++)
    {
      const RegLabel *label = g_ptr_array_index (assigners, i);
      const RegEnrollmentQuery query = {
        .user_id = one->user_id, .assigned_by = label->id, .requirement = -1, .access = -1
      };
      g_autoptr (RegIdList) ids = reg_store_query_enrollments (store, &query, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ids->n, >, 0);
      n += ids->n;
    }
  for (guint i = 0; i < fixture->enrollments->len; i++)
    {
      const RegEnrollment *enrollment = g_ptr_array_index (fixture->enrollments, i);

      if (enrollment->user_id == one->user_id && enrollment->assigned_by != 0)
        n--;
    }
  g_assert_cmpuint (n, ==, 0);
}

/* Whom somebody reports to, by name and each once. */
static void
test_managers (QueryFixture *fixture, gconstpointer data)
{
  RegStore *store = fixture->base.store;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) managers = reg_store_list_managers (store, 10000, &error);
  g_autoptr (GPtrArray) few = reg_store_list_managers (store, 2, &error);
  gsize n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (few->len, ==, 2);
  g_assert_cmpuint (managers->len, >, 2);
  for (guint i = 0; i < managers->len; i++)
    {
      g_auto (RegPeopleFilter) people = { 0 };
      const RegUserQuery query = { .people = &people };
      g_autoptr (RegIdList) ids = NULL;

      reg_people_filter_add (&people, REG_PEOPLE_MANAGER,
                             ((RegLabel *)g_ptr_array_index (managers, i))->id);
      ids = reg_store_query_users (store, &query, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (ids->n, >, 0);
      n += ids->n;
    }
  g_assert_cmpuint (n, <=, N_PEOPLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  QUERY_TEST ("/store/overview/numbers", test_overview);
  QUERY_TEST ("/store/overview/assignment", test_assignment);
  QUERY_TEST ("/store/overview/assigners-of-user", test_assigners_of_user);
  QUERY_TEST ("/store/overview/managers", test_managers);
  return g_test_run ();
}
