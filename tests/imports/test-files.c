/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files the importer writes: a template is what the check accepts, and the list of rejects
 * keeps identifiers as they are and runs no formula. */
#include "import-fixture.h"

#include "tabular/reg-row-reader.h"

#include <string.h>

static GPtrArray *
list_courses (ImportFixture *fixture)
{
  GPtrArray *courses = g_ptr_array_new ();

  for (gint64 id = 1; id <= 3; id++)
    g_ptr_array_add (courses, (gpointer)reg_directory_get_course (fixture->directory, id));
  return courses;
}

/* Rows as text, cells between bars. */
static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, NULL, NULL, &error);
  GString *out = g_string_new (NULL);
  RegRow row;

  g_assert_no_error (error);
  while (reg_row_reader_next (reader, &row, &error))
    {
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (out, "%s|", row.cells[i].text);
      g_string_append_c (out, '\n');
    }
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
test_sample (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, data, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  reg_import_write_template ("assign", NULL, FALSE, path, &error);
  g_assert_no_error (error);
  text = read_file (path);
  g_assert_cmpstr (text, ==, "Email ID|Employee ID|Requirement|Due Date|Message|\n");
}

static void
test_sample_bytes (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "sample.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  reg_import_write_template ("unenroll", NULL, FALSE, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf"
                   "Email ID,Employee ID\r\n");
}

/* T-18: a template has the e-mail and a column for each course, and the check accepts it. */
static void
test_matrix (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, data, NULL);
  g_autoptr (GPtrArray) courses = list_courses (fixture);
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RegImportRequest request = {
    .path = path,
    .action = "assign",
    .today = "2026-06-01",
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };

  reg_import_write_template ("assign", courses, TRUE, path, &error);
  g_assert_no_error (error);
  text = read_file (path);
  g_assert_cmpstr (text, ==, "Email ID|C001 Induction|C002 Fire  safety|C003 Induction|\n");

  /* Its headings are understood; there is only nobody in it yet. */
  plan = reg_import_check (&request, fixture->directory, NULL, NULL, NULL, &error);
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY);
}

static void
test_no_courses (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "matrix.xlsx", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (reg_import_write_template ("assign", NULL, TRUE, path, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_rejects (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rejects =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_reject_free);
  g_autofree char *path = g_build_filename (fixture->folder, "list.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *rows = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (rejects, reg_import_reject_new (7, "000123", NULL, "user-unknown",
                                                   "Employee ID or Email ID not found"));
  g_ptr_array_add (
      rejects, reg_import_reject_new (9, "=1+1", "C001", "already-assigned", "Said \"no\", so"));
  reg_import_write_rejects (rejects, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (
      g_str_has_prefix (text, "\xef\xbb\xbf"
                              "Line,Email ID or Employee ID,Course,Reason,Reason Code\r\n"
                              "7,000123,,Employee ID or Email ID not found,user-unknown\r\n9,"));
  g_assert_null (strstr (text, ",=1+1"));
  g_assert_true (g_str_has_suffix (text, "\r\n"));
  rows = read_file (path);
  g_assert_nonnull (strstr (rows, "C001|Said \"no\", so|already-assigned|"));
}

/* Both lists of a plan, in the order of the file. */
static void
test_list_rejects (ImportFixture *fixture, gconstpointer data)
{
  const char *const expected[] = { "2 nobody@example.com - user-unknown",
                                   "3 anna@example.com C001 already-assigned",
                                   "4 carla@example.com - user-deactivated" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GPtrArray) rejects = NULL;

  import_fixture_add_enrollment (fixture, 11, 1);
  plan = import_fixture_check (fixture, "assign",
                               "email,C001,C002\nnobody@example.com,x,\nanna@example.com,x,x\n"
                               "carla@example.com,x,\n",
                               NULL, NULL, &error);
  g_assert_no_error (error);
  rejects = reg_import_plan_list_rejects (plan);
  g_assert_cmpuint (rejects->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      g_autofree char *text =
          g_strdup_printf ("%d %s %s %s", (int)reject->line, reject->identifier,
                           reject->course != NULL ? reject->course : "-", reject->code);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function, data)                                                                  \
  g_test_add (path, ImportFixture, data, import_fixture_set_up, function, import_fixture_tear_down)
  ADD ("/imports/files/sample/csv", test_sample, "sample.csv");
  ADD ("/imports/files/sample/xlsx", test_sample, "sample.xlsx");
  ADD ("/imports/files/sample/bytes", test_sample_bytes, NULL);
  ADD ("/imports/files/matrix/csv", test_matrix, "matrix.csv");
  ADD ("/imports/files/matrix/xlsx", test_matrix, "matrix.xlsx");
  ADD ("/imports/files/matrix/no-courses", test_no_courses, NULL);
  ADD ("/imports/files/rejects", test_rejects, NULL);
  ADD ("/imports/files/list-rejects", test_list_rejects, NULL);
  return g_test_run ();
}
