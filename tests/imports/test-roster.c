/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices of make-roster against what it says of them: every rejected line with its reason, every
 * accepted one with its marks, in all the shapes files come in. */
#include "import-fixture.h"

#include "rules/reg-text.h"
#include "tabular/reg-row-reader.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define PEOPLE "400"
#define N_COURSES 12

typedef struct
{
  const char *name;
  const char *file;
  const char *args[12];
} Case;

static const Case cases[] = {
  { "plain", "marks.csv", { NULL } },
  { "errors", "marks.csv", { "--error-rate", "0.3", NULL } },
  { "errors-dense", "marks.csv", { "--error-rate", "0.1", "--density", "0.9", NULL } },
  { "sparse", "marks.csv", { "--error-rate", "0.2", "--density", "0.02", NULL } },
  { "inactive", "marks.csv", { "--inactive-rate", "0.5", NULL } },
  { "utf-8-bom", "marks.csv", { "--error-rate", "0.1", "--encoding", "utf-8-bom", NULL } },
  { "utf-16le", "marks.csv", { "--error-rate", "0.1", "--encoding", "utf-16le", NULL } },
  { "utf-16be", "marks.csv", { "--error-rate", "0.1", "--encoding", "utf-16be", NULL } },
  { "windows-1252",
    "marks.csv",
    { "--error-rate", "0.1", "--encoding", "cp1252", "--names", "latin", NULL } },
  { "semicolon", "marks.csv", { "--error-rate", "0.1", "--delimiter", "semicolon", NULL } },
  { "tab", "marks.tsv", { "--error-rate", "0.1", "--delimiter", "tab", NULL } },
  { "crlf-quoted",
    "marks.csv",
    { "--error-rate", "0.1", "--newline", "crlf", "--quote", "all", NULL } },
  { "cr", "marks.csv", { "--error-rate", "0.1", "--newline", "cr", NULL } },
  { "headings-upper", "marks.csv", { "--header", "upper", NULL } },
  { "headings-spaced", "marks.csv", { "--header", "spaced", NULL } },
  { "headings-renamed", "marks.csv", { "--header", "renamed", "--error-rate", "0.1", NULL } },
  { "xlsx-shared", "marks.xlsx", { "--error-rate", "0.2", NULL } },
  { "xlsx-inline", "marks.xlsx", { "--error-rate", "0.2", "--strings", "inline", NULL } },
  { "xlsx-prefix", "marks.xlsx", { "--error-rate", "0.1", "--variant", "prefix", NULL } },
  { "xlsx-no-refs", "marks.xlsx", { "--error-rate", "0.1", "--variant", "no-refs", NULL } },
  { "xlsx-no-dimension",
    "marks.xlsx",
    { "--error-rate", "0.1", "--variant", "no-dimension", NULL } },
  { "xlsx-strict", "marks.xlsx", { "--error-rate", "0.1", "--variant", "strict", NULL } },
  { "xlsx-stored", "marks.xlsx", { "--error-rate", "0.1", "--variant", "stored", NULL } },
  { "xlsx-absolute", "marks.xlsx", { "--error-rate", "0.1", "--variant", "absolute", NULL } },
  { "xlsx-zip64", "marks.xlsx", { "--error-rate", "0.1", "--variant", "zip64", NULL } },
};

static void
make_roster (const char *what, const char *out, const char *expect, const char *const *args)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, g_strdup ("python3"));
  g_ptr_array_add (argv, g_test_build_filename (G_TEST_DIST, "tools", "make-roster", NULL));
  g_ptr_array_add (argv, g_strdup (what));
  g_ptr_array_add (argv, g_strdup ("--rows"));
  g_ptr_array_add (argv, g_strdup (PEOPLE));
  g_ptr_array_add (argv, g_strdup ("--out"));
  g_ptr_array_add (argv, g_strdup (out));
  if (expect != NULL)
    {
      g_ptr_array_add (argv, g_strdup ("--expect"));
      g_ptr_array_add (argv, g_strdup (expect));
      g_ptr_array_add (argv, g_strdup ("--courses"));
      g_ptr_array_add (argv, g_strdup (G_STRINGIFY (N_COURSES)));
    }
  for (; *args != NULL; args++)
    g_ptr_array_add (argv, g_strdup (*args));
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *)argv->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* The people of a roster and the courses of a matrix, as an LMS would have them. */
static RegDirectory *
read_directory (const char *people, JsonObject *expect)
{
  RegDirectory *directory = reg_directory_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (people, NULL, NULL, &error);
  JsonArray *header = json_object_get_array_member (expect, "header");
  RegRow row;
  gint64 id = 0;

  g_assert_no_error (error);
  while (reg_row_reader_next (reader, &row, &error))
    if (id++ > 0)
      reg_directory_add_user (directory, id,
                              g_str_equal (row.cells[8].text, "active")
                                  ? REG_USER_STATE_ACTIVE
                                  : REG_USER_STATE_DEACTIVATED,
                              row.cells[3].text, -1, row.cells[0].text, -1);
  g_assert_no_error (error);
  for (guint i = 1; i < json_array_get_length (header); i++)
    {
      g_autoptr (RegCourse) course = reg_course_new ();
      const char *heading = json_array_get_string_element (header, i);

      course->id = i;
      g_free (course->code);
      course->code = g_strndup (heading, 4);
      g_free (course->title);
      course->title = g_strdup (strlen (heading) > 5 ? heading + 5 : heading);
      reg_directory_add_course (directory, course);
    }
  return directory;
}

static void
assert_rejects (const RegImportPlan *plan, JsonObject *expect)
{
  static const char *const codes[][2] = {
    { "unknown-email", "user-unknown" },
    { "malformed-email", "email-invalid" },
    { "duplicate-row", "user-duplicate-line" },
    { "deactivated-user", "user-deactivated" },
  };
  JsonArray *rejects = json_object_get_array_member (expect, "rejects");

  for (guint i = 0; i < json_array_get_length (rejects); i++)
    {
      JsonArray *reject = json_array_get_array_element (rejects, i);
      gint64 line = json_array_get_int_element (reject, 1);
      const RegImportBadLine *bad = import_plan_find_bad (plan, line);
      const char *code = NULL;

      for (guint c = 0; c < G_N_ELEMENTS (codes); c++)
        if (g_str_equal (codes[c][0], json_array_get_string_element (reject, 2)))
          code = codes[c][1];
      g_assert_nonnull (bad);
      g_assert_cmpstr (reg_reason_to_code (bad->reason), ==, code);
      g_assert_cmpstr (bad->identifier, ==, json_array_get_string_element (reject, 4));
    }
  g_assert_cmpuint (plan->bad_lines->len, ==, json_array_get_length (rejects));
}

/* The records that are accepted, written as make-roster writes them. */
static char *
digest_accepted (const RegImportPlan *plan)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (plan->path, NULL, NULL, &error);
  guint next = 0, bad = 0;
  gboolean heading = TRUE;
  RegRow row;

  g_assert_no_error (error);
  while (reg_row_reader_next (reader, &row, &error))
    {
      gboolean marked[N_COURSES + 1] = { FALSE };
      g_autofree char *email = NULL;

      if (heading
          || (bad < plan->bad_lines->len
              && g_array_index (plan->bad_lines, RegImportBadLine, bad).line == (gint64)row.line))
        {
          bad += !heading;
          heading = FALSE;
          continue;
        }
      for (; next < plan->will->len
             && g_array_index (plan->will, RegImportItem, next).line == row.line;
           next++)
        marked[g_array_index (plan->will, RegImportItem, next).course_id] = TRUE;
      email = reg_email_key (row.cells[0].text, row.cells[0].len);
      g_checksum_update (checksum, (const guchar *)email, -1);
      for (guint i = 1; i <= N_COURSES; i++)
        g_checksum_update (checksum, (const guchar *)(marked[i] ? "\x1fx" : "\x1f"), -1);
      g_checksum_update (checksum, (const guchar *)"\n", 1);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (next, ==, plan->will->len);
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_roster (ImportFixture *fixture, gconstpointer data)
{
  const Case *one = data;
  const char *const none[] = { NULL };
  g_autofree char *people = g_build_filename (fixture->folder, "people.csv", NULL);
  g_autofree char *marks = g_build_filename (fixture->folder, one->file, NULL);
  g_autofree char *answers = g_build_filename (fixture->folder, "expect.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (RegDirectory) directory = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  RegImportRequest request = {
    .path = marks,
    .action = "assign",
    .today = "2026-06-01",
    .actor_role = REG_ROLE_ADMINISTRATOR,
  };
  const char *const *people_args = none;
  const char *const latin[] = { "--names", "latin", NULL };
  const char *const inactive[] = { "--inactive-rate", "0.5", NULL };
  JsonObject *expect;

  if (g_str_equal (one->name, "windows-1252"))
    people_args = latin;
  if (g_str_equal (one->name, "inactive"))
    people_args = inactive;
  make_roster ("roster", people, NULL, people_args);
  make_roster ("enrolments", marks, answers, one->args);
  json_parser_load_from_file (parser, answers, &error);
  g_assert_no_error (error);
  expect = json_node_get_object (json_parser_get_root (parser));
  directory = read_directory (people, expect);

  plan = reg_import_check (&request, directory, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_rejects (plan, expect);
  g_assert_cmpint (plan->n_accepted + plan->unmarked->len, ==,
                   json_object_get_int_member (expect, "accepted"));
  g_assert_cmpint (plan->will->len, ==, json_object_get_int_member (expect, "marks"));
  g_assert_cmpuint (plan->cannot->len, ==, 0);
  digest = digest_accepted (plan);
  g_assert_cmpstr (digest, ==, json_object_get_string_member (expect, "accepted_sha256"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/roster/", cases[i].name, NULL);

      g_test_add (path, ImportFixture, &cases[i], import_fixture_set_up, test_roster,
                  import_fixture_tear_down);
    }
  return g_test_run ();
}
