/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query-fixture.h"

const RegTestWorld query_world = { .n_locations = 5, .n_labels = 16, .n_people = N_PEOPLE };

const QueryCourse query_courses[N_COURSES] = {
  { "FIRE-1", "Fire Safety", REG_COURSE_SELF_PACED },
  { "ERSTE", "Erste Hilfe für Büro", REG_COURSE_ILT },
  { "PATH", "Ärztlicher Pfad", REG_COURSE_PATH },
  { "EXT", "fire drill", REG_COURSE_EXTERNAL },
  { "3", "Gabelstapler", REG_COURSE_SELF_PACED },
  { "fire-1", "Fire safety", REG_COURSE_ILT },
  { "JP", "安全教育", REG_COURSE_SELF_PACED },
};

static void
add_random_enrollment (QueryFixture *fixture, RegPage *page, gint64 user_id, gint64 course_id)
{
  static const char *const dates[] = { "",           "",           "2026-03-09", "2026-03-10",
                                       "2026-03-16", "2026-03-17", "2025-12-31" };
  GRand *rand = fixture->rand;
  RegEnrollment *enrollment = reg_test_page_add_enrollment (page, user_id, course_id, 1);

  enrollment->access = g_rand_int_range (rand, 0, 6) == 0 ? REG_ACCESS_REVOKED : REG_ACCESS_ACTIVE;
  enrollment->archived =
      enrollment->access == REG_ACCESS_REVOKED && g_rand_int_range (rand, 0, 2) == 0;
  enrollment->requirement = (RegRequirement)g_rand_int_range (rand, 0, 2);
  g_strlcpy (enrollment->due_date, dates[g_rand_int_range (rand, 0, G_N_ELEMENTS (dates))],
             sizeof enrollment->due_date);
  enrollment->assigned_at = g_rand_int_range (rand, 0, 4) * 1000;
  enrollment->assigned_by = g_rand_int_range (rand, 0, 3);
  enrollment->started_at = g_rand_int_range (rand, 0, 2) * 500;
  enrollment->progress = g_rand_int_range (rand, 0, 3) * 30;
  enrollment->completed_at = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 1, 5) : 0;
  enrollment->seat = (RegSeat)g_rand_int_range (rand, 0, REG_SEAT_NO_SHOW + 1);
  enrollment->session_id = enrollment->seat != REG_SEAT_NONE ? 77 : 0;
  g_ptr_array_add (fixture->enrollments, reg_enrollment_copy (enrollment));
}

static void
add_labels (RegPage *page)
{
  reg_test_page_add_label (page, 1, 1, REG_LABEL_LOCATION, "Zürich");
  reg_test_page_add_label (page, 2, 1, REG_LABEL_LOCATION, "berlin");
  reg_test_page_add_label (page, 3, 1, REG_LABEL_LOCATION, "Oslo");
  reg_test_page_add_label (page, 4, 1, REG_LABEL_LOCATION, "Ankara");
  reg_test_page_add_label (page, 5, 1, REG_LABEL_LOCATION, "東京");
  for (gint64 id = 6; id <= query_world.n_labels; id++)
    {
      g_autofree char *name = g_strdup_printf ("%c label", (char)('z' - id));

      reg_test_page_add_label (page, id, 1,
                               id % 3 == 0   ? REG_LABEL_TAG
                               : id % 3 == 1 ? REG_LABEL_GROUP
                                             : REG_LABEL_TEAM,
                               name);
    }
}

static void
add_people (QueryFixture *fixture, RegPage *page)
{
  for (gint64 id = 1; id <= N_PEOPLE; id++)
    {
      RegUser *user = reg_test_make_person (&query_world, fixture->rand, id);
      RegUser *row = reg_test_page_add_named_user (page, id, 1, user->given_name, user->family_name,
                                                   user->email, user->employee_id);

      row->role = user->role;
      row->state = user->state;
      row->location_id = user->location_id;
      row->manager_id = user->manager_id;
      row->labels = g_string_chunk_insert (page->strings, user->labels);
      g_ptr_array_add (fixture->people, user);
      for (gint64 course = 1; course <= N_COURSES; course++)
        if (g_rand_int_range (fixture->rand, 0, 3) > 0)
          add_random_enrollment (fixture, page, id, course);
    }
}

void
query_fixture_set_up (QueryFixture *fixture, gconstpointer data)
{
  g_autoptr (RegPage) page = reg_page_new ();
  g_autoptr (GError) error = NULL;
  RegUserQuery by_name = { 0 };
  g_autoptr (RegIdList) ids = NULL;

  reg_test_folder_init (&fixture->base.folder);
  fixture->base.store = reg_store_open (fixture->base.folder.path, &error);
  g_assert_no_error (error);
  fixture->rand = g_rand_new_with_seed (11);
  fixture->people = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_user_free);
  fixture->enrollments = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_enrollment_free);
  add_labels (page);
  for (gint64 id = 1; id <= N_COURSES; id++)
    {
      RegCourse *course = reg_test_page_add_course (page, id, 1);

      course->code = g_string_chunk_insert (page->strings, query_courses[id - 1].code);
      course->title = g_string_chunk_insert (page->strings, query_courses[id - 1].title);
      course->kind = query_courses[id - 1].kind;
      course->pool_id = id == 1 ? 500 : 0;
    }
  reg_test_page_add_pool (page, 500, 1, 42);
  reg_test_page_add_session (page, 77, 1, 2);
  add_people (fixture, page);
  reg_test_store_apply (fixture->base.store, page);

  ids = reg_store_query_users (fixture->base.store, &by_name, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->n, ==, N_PEOPLE);
  fixture->ranks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < ids->n; i++)
    g_hash_table_insert (fixture->ranks, g_memdup2 (&ids->ids[i], sizeof (gint64)),
                         GSIZE_TO_POINTER (i));
}

void
query_fixture_tear_down (QueryFixture *fixture, gconstpointer data)
{
  reg_store_unref (fixture->base.store);
  reg_test_folder_clear (&fixture->base.folder);
  g_ptr_array_unref (fixture->people);
  g_ptr_array_unref (fixture->enrollments);
  g_hash_table_unref (fixture->ranks);
  g_rand_free (fixture->rand);
}
