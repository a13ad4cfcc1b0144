/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same people in every form that make-roster can write are the same cells to the reader. */
#include "reading.h"

typedef struct
{
  const char *name;
  const char *options;
  const char *encoding;
} Form;

static const Form forms[] = {
  { "people.csv", "--encoding utf-8-bom", "UTF-8" },
  { "people.csv", "--encoding utf-16le --delimiter tab", "UTF-16LE" },
  { "people.csv", "--encoding utf-16be --newline crlf", "UTF-16BE" },
  { "people.csv", "--delimiter semicolon --newline cr", "UTF-8" },
  { "people.csv", "--delimiter tab --quote all --newline crlf", "UTF-8" },
  { "people.xlsx", "", NULL },
  { "people.xlsx", "--strings inline", NULL },
  { "people.xlsx", "--dates text", NULL },
  { "people.xlsx", "--variant prefix", NULL },
  { "people.xlsx", "--variant no-refs", NULL },
  { "people.xlsx", "--variant no-refs --strings inline --variant prefix", NULL },
  { "people.xlsx", "--variant no-dimension", NULL },
  { "people.xlsx", "--variant strict", NULL },
  { "people.xlsx", "--variant date1904", NULL },
  { "people.xlsx", "--variant stored", NULL },
  { "people.xlsx", "--variant absolute", NULL },
  { "people.xlsx", "--variant zip64", NULL },
};

static char *python;
static char *make_roster;

static TestFile *
make (const char *name, const char *kind, const char *options)
{
  g_autoptr (TestFile) file = test_file_new (name, NULL, 0);
  g_autofree char *command = g_strdup_printf ("%s %s %s --rows 300 --error-rate 0.05 --out %s %s",
                                              python, make_roster, kind, file->path, options);
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return g_steal_pointer (&file);
}

/* The cells alone: lines are counted differently where a cell has several lines. Empty cells at the
 * end of a row are there in one form and not in the other. */
static char *
read_cells (const char *path, const char *encoding)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = reg_row_reader_open (path, NULL, NULL, &error);
  RegRow row;

  g_assert_no_error (error);
  g_assert_cmpstr (reg_row_reader_get_encoding (reader), ==, encoding);
  while (reg_row_reader_next (reader, &row, &error))
    {
      while (row.n_cells > 0 && row.cells[row.n_cells - 1].len == 0)
        row.n_cells--;
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (text, "%s|", row.cells[i].text);
      g_string_append_c (text, '\n');
    }
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_forms (const char *kind, const char *common, gsize step)
{
  g_autoptr (TestFile) plain = make ("people.csv", kind, common);
  g_autofree char *expected = read_cells (plain->path, "UTF-8");

  g_assert_cmpuint (strlen (expected), >, 10000);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i += step)
    {
      g_autofree char *options = g_strconcat (common, " ", forms[i].options, NULL);
      g_autoptr (TestFile) file = make (forms[i].name, kind, options);
      g_autofree char *cells = read_cells (file->path, forms[i].encoding);

      g_test_message ("%s %s", kind, options);
      g_assert_cmpstr (cells, ==, expected);
    }
}

static void
test_rosters (void)
{
  check_forms ("roster", "", 1);
}

static void
test_several_lines (void)
{
  check_forms ("roster", "--multiline-rate 0.2 --nfd-rate 0.3 --seed 7", 4);
}

static void
test_marks (void)
{
  check_forms ("enrolments", "--courses 30", 5);
}

static void
test_western (void)
{
  g_autoptr (TestFile) plain =
      make ("people.csv", "roster", "--names latin --errors duplicate-row");
  g_autoptr (TestFile) western =
      make ("people.csv", "roster", "--names latin --errors duplicate-row --encoding cp1252");
  g_autofree char *expected = read_cells (plain->path, "UTF-8");
  g_autofree char *cells = read_cells (western->path, "windows-1252");

  g_assert_cmpstr (cells, ==, expected);
}

/* The reader's text of a file, checked against another reader's */
static void
test_against_python (void)
{
  static const char script[] =
      "import csv, sys\n"
      "for row in csv.reader(open(sys.argv[1], encoding='utf-8', newline='')):\n"
      "  while row and not row[-1]: row.pop()\n"
      "  sys.stdout.buffer.write((''.join(c + '|' for c in row) + '\\n').encode())\n";
  g_autoptr (TestFile) file = make ("people.csv", "roster", "--multiline-rate 0.1 --quote minimal");
  char *argv[] = { python, (char *)"-c", (char *)script, file->path, NULL };
  g_autofree char *expected = NULL;
  g_autofree char *cells = read_cells (file->path, "UTF-8");
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &expected, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_cmpstr (cells, ==, expected);
}

static gboolean
run (const char *const *argv)
{
  /* Other programs' warnings are not ours to fail on. */
  g_auto (GStrv) environment = g_environ_unsetenv (g_get_environ (), "G_DEBUG");
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, environment,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  return error == NULL && status == 0;
}

/* What another program makes of our people is still the same people. */
static void
check_saved_again (const char *form, const char *const *command, gsize from, gsize to)
{
  g_autoptr (TestFile) plain = make ("people.csv", "roster", "");
  g_autoptr (TestFile) file = make ("people.xlsx", "roster", form);
  g_autoptr (TestFile) again = test_file_new ("again.xlsx", NULL, 0);
  g_autofree char *expected = read_cells (plain->path, "UTF-8");
  g_autofree char *cells = NULL;
  const char *argv[8] = { NULL };

  for (gsize i = 0; command[i] != NULL; i++)
    argv[i] = command[i];
  argv[from] = file->path;
  argv[to] = again->path;
  g_assert_true (run (argv));
  cells = read_cells (again->path, NULL);
  g_assert_cmpstr (cells, ==, expected);
}

static void
test_gnumeric (void)
{
  const char *const command[] = { "ssconvert", "", "", NULL };
  g_autofree char *program = g_find_program_in_path ("ssconvert");
  g_autoptr (TestFile) plain = NULL;
  static const struct
  {
    const char *name;
    int code;
  } others[] = { { "people.xls", REG_TABULAR_ERROR_OLD_XLS },
                 { "people.ods", REG_TABULAR_ERROR_UNSUPPORTED } };

  if (program == NULL)
    {
      g_test_skip ("Gnumeric is not installed");
      return;
    }
  check_saved_again ("", command, 1, 2);
  check_saved_again ("--strings inline --variant date1904", command, 1, 2);
  plain = make ("people.csv", "roster", "");
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (TestFile) other = test_file_new (others[i].name, NULL, 0);
      const char *const convert[] = { "ssconvert", plain->path, other->path, NULL };
      g_autoptr (GError) error = NULL;

      g_assert_true (run (convert));
      g_assert_null (reg_row_reader_open (other->path, NULL, NULL, &error));
      g_assert_error (error, REG_TABULAR_ERROR, others[i].code);
    }
}

static void
test_openpyxl (void)
{
  static const char script[] =
      "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
  const char *const command[] = { python, "-c", script, "", "", NULL };
  const char *const probe[] = { python, "-c", "import openpyxl", NULL };

  if (!run (probe))
    {
      g_test_skip ("openpyxl is not installed");
      return;
    }
  check_saved_again ("", command, 3, 4);
  check_saved_again ("--strings inline --variant date1904", command, 3, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The distribution's own has its packages. */
  python = g_find_program_in_path ("/usr/bin/python3");
  if (python == NULL)
    python = g_find_program_in_path ("python3");
  make_roster = g_test_build_filename (G_TEST_DIST, "tools", "make-roster", NULL);
  if (python == NULL || !g_file_test (make_roster, G_FILE_TEST_EXISTS))
    {
      g_print ("1..0 # SKIP python3 or make-roster is not there\n");
      return 0;
    }
  g_test_add_func ("/tabular/made/rosters", test_rosters);
  g_test_add_func ("/tabular/made/several-lines", test_several_lines);
  g_test_add_func ("/tabular/made/marks", test_marks);
  g_test_add_func ("/tabular/made/western", test_western);
  g_test_add_func ("/tabular/made/against-python", test_against_python);
  g_test_add_func ("/tabular/made/gnumeric", test_gnumeric);
  g_test_add_func ("/tabular/made/openpyxl", test_openpyxl);
  return g_test_run ();
}
