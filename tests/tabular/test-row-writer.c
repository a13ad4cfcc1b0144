/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"
#include "reg-test-store.h"

#include "tabular/reg-row-writer.h"

#include <glib/gstdio.h>
#include <signal.h>

static const char *const texts[] = {
  "plain",          "00123",       "=1+1",         "+49 170",       "-5",
  "@home",          "\tx",         "\rx",          "'=x",           "''@x",
  "'quoted'",       "a,b;c",       "say \"hi\"",   "two\nlines",    "two\r\nlines",
  " spaces ",       "Zoë 東京 𠮷", "<b>&amp;</b>", "_x0041_ stays", "_x005F_",
  "_x0041__x0042_", "a_x0041\ab",  "bell\a",       "x\x1fy",        "1e5",
  "2026-01-31",
};

static void
write_texts (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (path, NULL, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *row[] = { texts[i], "", NULL, texts[i] };

      reg_row_writer_add (writer, row, 4, &error);
      g_assert_no_error (error);
    }
  reg_row_writer_close (writer, &error);
  g_assert_no_error (error);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* What is written is read again, exactly. */
static void
test_round_trip (gconstpointer name)
{
  g_autoptr (TestFile) file = test_file_new (name, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowReader) reader = NULL;
  gboolean csv = g_str_has_suffix (name, ".csv");
  RegRow row;
  gsize i = 0;

  write_texts (file->path);
  g_assert_cmpuint (count_files (file->folder), ==, 1);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  for (; reg_row_reader_next (reader, &row, &error); i++)
    {
      g_assert_cmpuint (i, <, G_N_ELEMENTS (texts));
      g_assert_cmpuint (row.n_cells, ==, 4);
      g_assert_cmpuint (row.cells[1].len + row.cells[2].len, ==, 0);
      for (guint k = 0; k < 4; k += 3)
        {
          const char *text = row.cells[k].text;

          g_assert_true (!csv || text[0] == '\0' || strchr ("=+-@\t\r", text[0]) == NULL);
          g_assert_cmpstr (csv ? reg_row_cell_unescape_formula (text) : text, ==, texts[i]);
        }
    }
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (texts));
}

static void
test_csv_bytes (void)
{
  g_autoptr (TestFile) file = test_file_new ("people.csv", NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (file->path, NULL, &error);
  const char *row[] = { "E-mail", "=cmd()", "a,\"b\"", "" };
  g_autofree char *bytes = NULL;

  g_assert_no_error (error);
  g_assert_true (reg_row_writer_add (writer, row, 4, &error));
  g_assert_false (g_file_test (file->path, G_FILE_TEST_EXISTS));
  g_assert_true (reg_row_writer_close (writer, &error));
  g_file_get_contents (file->path, &bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bytes, ==,
                   "\xEF\xBB\xBF"
                   "E-mail,'=cmd(),\"a,\"\"b\"\"\",\r\n");
}

static void
test_unescape (void)
{
  g_assert_cmpstr (reg_row_cell_unescape_formula ("'=x"), ==, "=x");
  g_assert_cmpstr (reg_row_cell_unescape_formula ("''=x"), ==, "'=x");
  g_assert_cmpstr (reg_row_cell_unescape_formula ("'x"), ==, "'x");
  g_assert_cmpstr (reg_row_cell_unescape_formula ("'"), ==, "'");
  g_assert_cmpstr (reg_row_cell_unescape_formula (""), ==, "");
  g_assert_cmpstr (reg_row_cell_unescape_formula ("=x"), ==, "=x");
}

static char *
read_part (const char *path, const char *part)
{
  g_autofree char *unzip = g_find_program_in_path ("unzip");
  char *argv[] = { unzip, (char *)"-p", (char *)path, (char *)part, NULL };
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (unzip == NULL)
    return NULL;
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* A template: the heading is bold and stays, columns are text, and an x is offered. */
static void
test_template (void)
{
  const RegWriteColumn columns[] = { { 30, FALSE }, { 12, TRUE }, { 0, TRUE } };
  const RegWriteOptions options = { "Fire: safety / [2026] and much more than fits", TRUE, 3,
                                    columns };
  const char *heading[] = { "Email ID", "C001", "C002" };
  const char *person[] = { "a@example.com", "", "x" };
  g_autoptr (TestFile) file = test_file_new ("template.xlsx", NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (file->path, &options, &error);
  g_autoptr (RegRowReader) reader = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *xml = NULL;

  g_assert_no_error (error);
  g_assert_true (reg_row_writer_add (writer, heading, 3, &error));
  g_assert_true (reg_row_writer_add (writer, person, 3, &error));
  reg_row_writer_close (writer, &error);
  g_assert_no_error (error);
  reader = reg_row_reader_open (file->path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reg_row_reader_get_sheet (reader), ==, "Fire  safety    2026  and much");
  rows = read_rows (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows, ==, "1[Email ID|C001|C002] 2[a@example.com||x]");
  xml = read_part (file->path, "xl/worksheets/sheet1.xml");
  if (xml == NULL)
    return;
  g_assert_nonnull (strstr (xml, "state=\"frozen\""));
  g_assert_nonnull (strstr (xml, "sqref=\"B2:B1048576\""));
  g_assert_nonnull (strstr (xml, "sqref=\"C2:C1048576\""));
  g_assert_null (strstr (xml, "sqref=\"A2:A1048576\""));
  g_assert_nonnull (strstr (xml, "<formula1>\"x\"</formula1>"));
}

/* Nobody closes it: the old file stays, and nothing else is left. */
static void
test_abandoned (gconstpointer name)
{
  g_autoptr (TestFile) file = test_file_new (name, "old", 3);
  const char *row[] = { "a", "b" };
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;

  {
    g_autoptr (RegRowWriter) writer = reg_row_writer_new_for_path (file->path, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (reg_row_writer_add (writer, row, 2, &error));
  }
  g_file_get_contents (file->path, &bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bytes, ==, "old");
  g_assert_cmpuint (count_files (file->folder), ==, 1);
}

/* A limit on the size of files does what a full disk does. */
static void
test_full_disk (gconstpointer name)
{
  g_autoptr (TestFile) file = test_file_new (name, "old", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = NULL;
  g_autofree char *bytes = NULL;
  gboolean fine = TRUE;

  signal (SIGXFSZ, SIG_IGN);
  reg_test_limit_file_size (100000);
  writer = reg_row_writer_new_for_path (file->path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20000 && fine; i++)
    {
      g_autofree char *id = g_strdup_printf ("E%07u", i);
      const char *row[] = { id, "somebody@example.com" };

      fine = reg_row_writer_add (writer, row, 2, &error);
    }
  fine = fine && reg_row_writer_close (writer, &error);
  g_clear_pointer (&writer, reg_row_writer_free);
  reg_test_limit_file_size (RLIM_INFINITY);
  g_assert_false (fine);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_file_get_contents (file->path, &bytes, NULL, NULL);
  g_assert_cmpstr (bytes, ==, "old");
  g_assert_cmpuint (count_files (file->folder), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (TestFile) file = test_file_new ("people.xlsx", NULL, 0);
  g_autofree char *nowhere = g_build_filename (file->folder, "no", "people.csv", NULL);
  g_autofree char *endless = g_strnfill (40000, 'a');
  const char *bad[] = { "fine", "\xE9" };
  const char *large[] = { endless };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegRowWriter) writer = NULL;

  g_assert_null (reg_row_writer_new_for_path (nowhere, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  writer = reg_row_writer_new_for_path (file->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (reg_row_writer_add (writer, bad, 2, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_BAD_TEXT);
  g_clear_error (&error);
  g_assert_false (reg_row_writer_add (writer, large, 1, &error));
  g_assert_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tabular/writer/round-trip/csv", "people.csv", test_round_trip);
  g_test_add_data_func ("/tabular/writer/round-trip/xlsx", "people.XLSX", test_round_trip);
  g_test_add_func ("/tabular/writer/csv-bytes", test_csv_bytes);
  g_test_add_func ("/tabular/writer/unescape", test_unescape);
  g_test_add_func ("/tabular/writer/template", test_template);
  g_test_add_data_func ("/tabular/writer/abandoned/csv", "people.csv", test_abandoned);
  g_test_add_data_func ("/tabular/writer/abandoned/xlsx", "people.xlsx", test_abandoned);
  g_test_add_data_func ("/tabular/writer/full-disk/csv", "people.csv", test_full_disk);
  g_test_add_data_func ("/tabular/writer/full-disk/xlsx", "people.xlsx", test_full_disk);
  g_test_add_func ("/tabular/writer/refused", test_refused);
  return g_test_run ();
}
