/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files whose headings are not those of the sample file: what is seen in them, what is suggested,
 * and that nothing is dropped in silence. */
#include "import-fixture.h"

#include "imports/reg-import-preview.h"

#include <string.h>

static const gint64 course_one[] = { 1, 0 };

typedef struct
{
  const char *name;
  const char *text;
  const char *mapping[8];
  /* letter=field, or letter?suggestion, or letter!! where it is there twice; then the missing */
  const char *columns;
  const char *missing;
  gint64 heading_line;
  gboolean is_exact;
} Case;

static const Case cases[] = {
  { "exact",
    "Email ID,Employee ID,Requirement,Due Date,Message\nanna@example.com,,,,\n",
    { NULL },
    "A=Email ID B=Employee ID C=Requirement D=Due Date E=Message",
    "",
    1,
    TRUE },
  { "synonyms",
    "E-Mail,Staff No.,Mandatory,Deadline,Comment,Shoe size\nanna@example.com,000123,,,,44\n",
    { NULL },
    "A?Email ID B?Employee ID C?Requirement D?Due Date E?Message F?-",
    "Email ID Employee ID Requirement Due Date Message",
    1,
    FALSE },
  { "near",
    "Emial ID,Employe ID,Requirment,DueDate,Mesage\nanna@example.com,,,,\n",
    { NULL },
    "A?Email ID B?Employee ID C?Requirement D?Due Date E?Message",
    "Email ID Employee ID Requirement Due Date Message",
    1,
    FALSE },
  { "matrix-beside",
    "E-mail,C001,Remark,Due Dtae\nanna@example.com,x,old,\n",
    { NULL },
    "A=Email ID B=C001 C?- D?-",
    "",
    1,
    FALSE },
  { "by-samples",
    "Contact,Number\nanna@example.com,1\nbruno@example.com,2\n",
    { NULL },
    "A?Email ID B?-",
    "Email ID Employee ID Requirement Due Date Message",
    1,
    FALSE },
  { "mapped",
    "Mail,Staff No.,Size\nanna@example.com,,4\n",
    { "Mail=Email ID", "Staff No.=Employee ID", "Size=", "=Requirement", "=Due Date", "=Message",
      NULL },
    "A=Email ID B=Employee ID C=",
    "",
    1,
    TRUE },
  { "by-letter",
    "Name,Name,x\nanna@example.com,000123,4\n",
    { "[A]=Email ID", "[b]=Employee ID", "[C]=", "=Requirement", "=Due Date", "=Message", NULL },
    "A=Email ID B=Employee ID C=",
    "",
    1,
    TRUE },
  { "twice",
    "Email ID,Email ID,Employee ID,Requirement,Due Date,Message\na,b,,,,\n",
    { NULL },
    "A=Email ID B!! C=Employee ID D=Requirement E=Due Date F=Message",
    "",
    1,
    FALSE },
  { "title-above",
    "Training roster 2026,,,,\n\nPrepared by,Anna,,,\n"
    "Email ID,Employee ID,Requirement,Due Date,Message\nanna@example.com,,,,\n",
    { NULL },
    "A=Email ID B=Employee ID C=Requirement D=Due Date E=Message",
    "",
    4,
    TRUE },
  { "title-above-others",
    "Training roster 2026\n\nStaff No.,Name,E-mail\n000123,Anna,anna@example.com\n",
    { NULL },
    "A?Employee ID B?- C?Email ID",
    "Email ID Employee ID Requirement Due Date Message",
    3,
    FALSE },
  { "matrix",
    "Person,C001,Fire safty,C999\nanna@example.com,x,,\n",
    { NULL },
    "A=Email ID B=C001 C?C002 D?-",
    "",
    1,
    FALSE },
  { "no-heading",
    "Email ID,Employee ID,Requirement,Due Date,Message,\nanna@example.com,,,,,\n",
    { NULL },
    "A=Email ID B=Employee ID C=Requirement D=Due Date E=Message F=",
    "",
    1,
    TRUE },
};

static RegImportPreview *
preview (ImportFixture *f, const char *text, const char *const *mapping, gint64 heading_line)
{
  g_autofree char *path = import_fixture_write (f, "file.csv", text);
  const RegImportRequest request = { .path = path,
                                     .action = "assign",
                                     .courses = course_one,
                                     .mapping = mapping,
                                     .heading_line = heading_line };
  g_autoptr (GError) error = NULL;
  RegImportPreview *out = reg_import_preview_read (&request, f->directory, NULL, &error);

  g_assert_no_error (error);
  return out;
}

static char *
describe (const RegImportPreview *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const RegImportPreviewColumn *column = g_ptr_array_index (self->columns, i);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", column->letter);
      if (column->is_twice)
        g_string_append (out, "!!");
      else if (column->field != NULL)
        g_string_append_printf (out, "=%s", column->field);
      else
        g_string_append_printf (out, "?%s", column->suggestion != NULL ? column->suggestion : "-");
      /* a suggestion says why */
      g_assert_cmpint (column->suggestion != NULL, ==, column->why != NULL);
    }
  return g_string_free (out, FALSE);
}

static void
test_case (ImportFixture *f, gconstpointer data)
{
  const Case *one = data;
  g_autoptr (RegImportPreview) out = preview (f, one->text, one->mapping, 0);
  g_autofree char *columns = describe (out);
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = NULL;
  g_autofree char *missing = NULL;

  g_ptr_array_add (out->missing, NULL);
  missing = g_strjoinv (" ", (char **)out->missing->pdata);
  g_assert_cmpstr (columns, ==, one->columns);
  g_assert_cmpstr (missing, ==, one->missing);
  g_assert_cmpint (out->heading_line, ==, one->heading_line);
  g_assert_cmpint (out->is_exact, ==, one->is_exact);
  /* the check agrees: it goes on where the preview says so, and names what is wrong elsewhere */
  plan = import_fixture_check (f, "assign", one->text, course_one, one->mapping, &error);
  if (one->is_exact)
    {
      g_assert_no_error (error);
      g_assert_cmpint (plan->heading_line, ==, one->heading_line);
      g_assert_cmpuint (plan->headings->len, ==, out->columns->len);
    }
  else
    g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS);
}

/* A person may say which line has the headings. */
static void
test_heading_line (ImportFixture *f, gconstpointer data)
{
  static const char text[] = "Mail,Staff\nE-mail,Number\nanna@example.com,000123\n";
  g_autoptr (RegImportPreview) first = preview (f, text, NULL, 0);
  g_autoptr (RegImportPreview) second = preview (f, text, NULL, 2);

  g_assert_cmpint (first->heading_line, ==, 1);
  g_assert_cmpint (second->heading_line, ==, 2);
  g_assert_cmpstr (((RegImportPreviewColumn *)g_ptr_array_index (second->columns, 0))->heading, ==,
                   "E-mail");
  g_assert_cmpuint (second->rows->len, ==, 3);
}

/* Titles are no lines of data, so the numbers still add up. */
static void
test_titles_are_told (ImportFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPlan) plan = import_fixture_check (
      f, "assign",
      "Roster,,,,\n\nEmail ID,Employee ID,Requirement,Due Date,Message\nanna@example.com,,,,\n",
      course_one, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (plan->heading_line, ==, 3);
  g_assert_cmpuint (plan->n_above, ==, 1);
  g_assert_cmpint (plan->lines_read, ==, 1);
  g_assert_cmpuint (plan->will->len, ==, 1);
}

/* What is mostly written above the columns of people. */
static void
test_people (ImportFixture *f, gconstpointer data)
{
  g_autofree char *path = import_fixture_write (
      f, "people.csv",
      "Surname;First Name;E-Mail;Staff No;Site;Supervisor E-mail;User Role;Cohort;Shoe size\n"
      "Lind;Anna;anna@example.com;000123;Oslo;boss@example.com;learner;Drivers;44\n");
  const RegImportRequest request = { .path = path, .action = "update-users" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPreview) out = reg_import_preview_read (&request, f->directory, NULL, &error);
  g_autofree char *columns = NULL;

  g_assert_no_error (error);
  columns = describe (out);
  g_assert_cmpstr (
      columns, ==,
      "A?Family Name B?Given Name C?Email ID D?Employee ID E?Location F?Manager G?Role "
      "H?Groups I?-");
}

static void
test_sample (ImportFixture *f, gconstpointer data)
{
  g_autoptr (RegImportPreview) out =
      preview (f, "Name;Email ID\nM\xfcller;m@example.com\n", NULL, 0);

  g_assert_cmpstr (out->sample, ==, "Müller");
  g_assert_cmpstr (out->encoding, ==, "windows-1252");
  g_assert_cmpint (out->delimiter, ==, ';');
}

/* In the wrong encoding there may be no letter at all. */
static void
test_sample_without_letter (ImportFixture *f, gconstpointer data)
{
  g_autofree char *path = import_fixture_write (f, "file.csv", "Name;Email ID\nM\x9fller;m@x.de\n");
  const RegImportRequest request = { .path = path, .action = "assign", .encoding = "ISO-8859-15" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RegImportPreview) out = reg_import_preview_read (&request, f->directory, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (out->sample, ==, "M�ller");
}

/* What the mapping says of a column that is not there is told, not passed over. */
static void
test_mapping_in_vain (ImportFixture *f, gconstpointer data)
{
  static const char *const mapping[] = { "Nowhere=Email ID", NULL };
  static const char *const nonsense[] = { "Email ID=Shoe size", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_null (import_fixture_check (
      f, "assign", "Email ID,Employee ID,Requirement,Due Date,Message\nanna@example.com,,,,\n",
      course_one, mapping, &error));
  g_assert_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS);
  g_assert_nonnull (strstr (error->message, "Nowhere"));
  g_assert_null (import_fixture_check (
      f, "assign", "Email ID,Employee ID,Requirement,Due Date,Message\nanna@example.com,,,,\n",
      course_one, nonsense, &other));
  g_assert_error (other, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS);
  g_assert_nonnull (strstr (other->message, "Shoe size"));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/imports/mapping/" name, ImportFixture, NULL, import_fixture_set_up, func,          \
              import_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imports/mapping/%s", cases[i].name);

      g_test_add (path, ImportFixture, &cases[i], import_fixture_set_up, test_case,
                  import_fixture_tear_down);
    }
  ADD ("heading-line", test_heading_line);
  ADD ("titles-are-told", test_titles_are_told);
  ADD ("people", test_people);
  ADD ("sample", test_sample);
  ADD ("sample-without-letter", test_sample_without_letter);
  ADD ("mapping-in-vain", test_mapping_in_vain);
  return g_test_run ();
}
