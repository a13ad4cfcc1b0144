/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-columns.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many headings of a kind are named one by one. */
#define MAX_NAMED 8

/* What a person said about one heading: "Heading=field". */
typedef struct
{
  char *heading; /* folded */
  char *shown;
  char *field;
  int column;         /* of "[B]=…"; else -1 */
  gboolean is_absent; /* "=field": no column has it */
  gboolean used;
} Mapped;

static void
mapped_clear (gpointer data)
{
  Mapped *mapped = data;

  g_free (mapped->heading);
  g_free (mapped->shown);
  g_free (mapped->field);
}

/* Working state of one heading line. */
typedef struct
{
  const RegImportAction *action;
  RegDirectory *directory;
  GArray *mapped;      /* Mapped */
  GPtrArray *headings; /* folded */
  GPtrArray *shown;
  GPtrArray *missing; /* names, as the other two */
  GPtrArray *unknown;
  GPtrArray *twice;
  GPtrArray *missing_plain; /* headings, without quotation marks */
  GArray *problems;         /* RegColumnProblem */
  guint n_own;              /* columns of Download List, before those of the file */
  gboolean *is_own;         /* of each column: ours, and only for information */
  RegImportColumns *out;
} Reading;

#define MAX_QUOTE 80

char *
reg_import_dup_quote (const char *text, gssize len)
{
  const char *end = len < 0 ? text + strlen (text) : text + len;
  const char *p = text;
  char *quote;

  for (guint i = 0; i < MAX_QUOTE && p < end; i++)
    p = g_utf8_next_char (p);
  quote = p < end ? g_strdup_printf ("%.*s…", (int)(p - text), text) : g_strndup (text, p - text);
  /* A sentence stays on its line, whatever breaks a cell has. */
  return g_strdelimit (quote, "\n\r\t", ' ');
}

char *
reg_import_dup_column_letter (guint column)
{
  char letters[8];
  guint at = sizeof letters - 1;

  letters[at] = '\0';
  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    letters[--at] = 'A' + (n - 1) % 26;
  return g_strdup (letters + at);
}

/* "[AB]": the column of that letter; -1 for anything else. */
static int
read_letters (const char *text, gsize len)
{
  guint column = 0;

  if (len < 3 || len > 5 || text[0] != '[' || text[len - 1] != ']')
    return -1;
  for (gsize i = 1; i < len - 1; i++)
    {
      if (!g_ascii_isalpha (text[i]))
        return -1;
      column = column * 26 + (g_ascii_toupper (text[i]) - 'A') + 1;
    }
  return column - 1;
}

static void
add_missing (Reading *reading, const char *heading)
{
  g_ptr_array_add (reading->missing_plain, g_strdup (heading));
  g_ptr_array_add (reading->missing, g_strdup_printf (_ ("“%s”"), heading));
}

static void
add_wrong (Reading *reading, GPtrArray *list, guint column)
{
  g_autofree char *letter = reg_import_dup_column_letter (column);
  g_autofree char *quote = reg_import_dup_quote (g_ptr_array_index (reading->shown, column), -1);

  g_array_index (reading->problems, RegColumnProblem, column) =
      list == reading->twice ? REG_COLUMN_TWICE : REG_COLUMN_UNKNOWN;
  g_ptr_array_add (list, g_strdup_printf (_ ("“%s” (column %s)"), quote, letter));
}

/* "“first_name” (column B), “last_name” (column C) and 5 more" */
static char *
join_names (GPtrArray *names)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint left = names->len > MAX_NAMED ? names->len - MAX_NAMED : 0;

  for (guint i = 0; i < names->len - left; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", (char *)g_ptr_array_index (names, i));
  if (left == 0)
    return g_strdup (out->str);
  /* Translators: %s is a list of columns, "“first_name” (column B), “last_name” (column C)". */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", left), out->str, left);
}

/* format: holds one %s for the names */
static void
tell_names (GString *out, const char *format, GPtrArray *names)
{
  g_autofree char *joined = NULL;
  GString *sentence;

  if (names->len == 0)
    return;
  joined = join_names (names);
  sentence = g_string_new (format);
  g_string_replace (sentence, "%s", joined, 1);
  g_string_append_printf (out, "%s ", sentence->str);
  g_string_free (sentence, TRUE);
}

static gboolean
read_mapping (Reading *reading, const char *const *mapping, GError **error)
{
  for (; mapping != NULL && *mapping != NULL; mapping++)
    {
      const char *equals = strrchr (*mapping, '=');
      Mapped mapped = { .column = -1 };

      if (equals == NULL || (equals == *mapping && equals[1] == '\0'))
        {
          g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS,
                       _ ("“%s” does not say which heading means what: write Heading=field, or "
                          "Heading= to leave the column out."),
                       *mapping);
          return FALSE;
        }
      mapped.shown = g_strndup (*mapping, equals - *mapping);
      mapped.heading = reg_directory_fold (*mapping, equals - *mapping);
      mapped.column = read_letters (*mapping, equals - *mapping);
      mapped.is_absent = equals == *mapping;
      mapped.field = g_strstrip (g_strdup (equals + 1));
      g_array_append_val (reading->mapped, mapped);
    }
  return TRUE;
}

static const RegImportHeading *
find_heading (Reading *reading, const char *folded)
{
  for (guint i = 0; i < reading->action->n_headings; i++)
    {
      const char *text = reading->action->headings[i].text;
      g_autofree char *own = reg_directory_fold (text, strlen (text));
      g_autofree char *word = g_strdelimit (g_strdup (own), " ", '_');

      if (g_str_equal (own, folded) || g_str_equal (word, folded))
        return &reading->action->headings[i];
    }
  return NULL;
}

/* What is said of the column itself comes before what is said of its heading. */
static Mapped *
find_mapped (Reading *reading, guint column, const char *folded)
{
  Mapped *found = NULL;

  for (guint i = 0; i < reading->mapped->len; i++)
    {
      Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);

      if (mapped->column == (int)column)
        return mapped;
      if (found == NULL && !mapped->is_absent && g_str_equal (mapped->heading, folded))
        found = mapped;
    }
  return found;
}

/* Whether something is said of the heading itself: a column's letter fits any row. */
static gboolean
is_mapped_by_name (Reading *reading, const char *folded)
{
  for (guint i = 0; i < reading->mapped->len; i++)
    {
      const Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);

      if (mapped->column < 0 && !mapped->is_absent && g_str_equal (mapped->heading, folded))
        return TRUE;
    }
  return FALSE;
}

/* Whether the person said that no column has that heading. */
static gboolean
is_absent (Reading *reading, const RegImportHeading *heading)
{
  for (guint i = 0; i < reading->mapped->len; i++)
    {
      Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);
      g_autofree char *folded = NULL;

      if (!mapped->is_absent)
        continue;
      folded = reg_directory_fold (mapped->field, strlen (mapped->field));
      if (find_heading (reading, folded) == heading)
        return mapped->used = TRUE;
    }
  return FALSE;
}

/* Whether the headings from a column on begin with these. */
static gboolean
has_headings (const Reading *reading, guint first, const char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = reg_directory_fold (texts[i], strlen (texts[i]));

      if (first + i >= reading->headings->len
          || !g_str_equal (folded, g_ptr_array_index (reading->headings, first + i)))
        return FALSE;
    }
  return TRUE;
}

/* Whether they are, and end with, those of the action and one more: an export of people. */
static gboolean
is_people_export (const Reading *reading, guint first)
{
  const RegImportAction *action = reading->action;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < action->n_headings; i++)
    g_ptr_array_add (texts, (gpointer)action->headings[i].text);
  g_ptr_array_add (texts, (gpointer)REG_IMPORT_STATUS_HEADING);
  return action->people != REG_PEOPLE_USUAL && reading->headings->len == first + texts->len
         && has_headings (reading, first, (const char *const *)texts->pdata, texts->len);
}

/* What we wrote ourselves is passed over: in front the columns of Download List, and of an export
 * what the action does not read. */
static void
find_own (Reading *reading)
{
  guint n = reading->headings->len, first = 0;

  reading->is_own = g_new0 (gboolean, MAX (n, 1));
  if (n > REG_IMPORT_N_REJECT_HEADINGS
      && has_headings (reading, 0, reg_import_reject_headings, REG_IMPORT_N_REJECT_HEADINGS))
    first = REG_IMPORT_N_REJECT_HEADINGS;
  reading->n_own = first;
  for (guint i = 0; i < first; i++)
    reading->is_own[i] = TRUE;
  if (is_people_export (reading, first))
    reading->is_own[n - 1] = TRUE;
  else if (n == first + REG_IMPORT_N_ENROLLMENT_HEADINGS
           && has_headings (reading, first, reg_import_enrollment_headings,
                            REG_IMPORT_N_ENROLLMENT_HEADINGS))
    for (guint i = first; i < n; i++)
      reading->is_own[i] = find_heading (reading, g_ptr_array_index (reading->headings, i)) == NULL;
}

/* Sets the column from one text, a heading or the field a heading is mapped to. */
static gboolean
take_text (Reading *reading, RegImportColumn *column, const char *text)
{
  g_autofree char *folded = reg_directory_fold (text, strlen (text));
  const RegImportHeading *heading = find_heading (reading, folded);
  guint32 course;

  if (heading != NULL)
    {
      column->kind = heading->kind;
      return TRUE;
    }
  if (!reading->action->has_matrix)
    return FALSE;
  course = reg_directory_find_course (reading->directory, text, strlen (text));
  if (course == REG_DIRECTORY_NONE || course == REG_DIRECTORY_SEVERAL)
    return FALSE;
  column->kind = REG_COLUMN_COURSE;
  column->course = course;
  return TRUE;
}

/* Decides one column; what cannot be decided yet is left unknown and said in *known. */
static gboolean
decide_column (Reading *reading, guint i, gboolean *known, GError **error)
{
  const char *folded = g_ptr_array_index (reading->headings, i);
  Mapped *mapped = find_mapped (reading, i, folded);
  RegImportColumn *column = &reading->out->columns[i];

  *known = TRUE;
  if (i < reading->n_own || (mapped == NULL && reading->is_own[i]))
    {
      column->kind = REG_COLUMN_IGNORED;
      return TRUE;
    }
  if (mapped == NULL)
    {
      *known = *folded == '\0' || take_text (reading, column, folded);
      return TRUE;
    }
  mapped->used = TRUE;
  if (*mapped->field == '\0')
    column->kind = REG_COLUMN_IGNORED;
  if (*mapped->field == '\0' || take_text (reading, column, mapped->field))
    return TRUE;
  g_set_error (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS,
               _ ("“%s” is neither a heading of the sample file nor a course."), mapped->field);
  return FALSE;
}

static void
find_doubles (Reading *reading)
{
  for (guint i = 0; i < reading->out->n_columns; i++)
    {
      const RegImportColumn *one = &reading->out->columns[i];
      gboolean twice = FALSE;

      for (guint j = 0; j < i && !twice && one->kind >= REG_COLUMN_IDENTIFIER; j++)
        {
          const RegImportColumn *other = &reading->out->columns[j];

          twice = other->kind == one->kind
                  && (one->kind != REG_COLUMN_COURSE || other->course == one->course);
        }
      if (twice)
        add_wrong (reading, reading->twice, i);
    }
}

static void
find_missing (Reading *reading)
{
  for (guint i = 0; i < reading->action->n_headings; i++)
    {
      const RegImportHeading *heading = &reading->action->headings[i];
      gboolean there = heading->is_optional;

      for (guint j = 0; j < reading->out->n_columns && !there; j++)
        there = reading->out->columns[j].kind == heading->kind;
      if (!there && !is_absent (reading, heading))
        add_missing (reading, heading->text);
    }
}

static void
decide_form (Reading *reading, const gboolean *known)
{
  RegImportColumns *out = reading->out;
  guint n_courses = 0, first = reading->n_own;

  for (guint i = 0; i < out->n_columns; i++)
    n_courses += out->columns[i].kind == REG_COLUMN_COURSE;
  out->is_matrix = n_courses > 0;

  /* The first column of a matrix names the person, whatever stands above it. */
  if (out->is_matrix && out->n_columns > first
      && (!known[first] || *(char *)g_ptr_array_index (reading->headings, first) == '\0'))
    {
      out->columns[first].kind = REG_COLUMN_IDENTIFIER;
      out->holds_emails = strstr (g_ptr_array_index (reading->headings, first), "mail") != NULL;
    }
  else if (out->is_matrix && out->n_columns > first && out->columns[first].kind == REG_COLUMN_EMAIL)
    {
      /* In a template the column is called "Email ID"; employee IDs may stand there all the same.
       */
      out->columns[first].kind = REG_COLUMN_IDENTIFIER;
      out->holds_emails = TRUE;
    }
  for (guint i = first; i < out->n_columns; i++)
    {
      gboolean alien = out->is_matrix && out->columns[i].kind >= REG_COLUMN_REQUIREMENT
                       && out->columns[i].kind != REG_COLUMN_COURSE;

      if (i == first && out->columns[i].kind == REG_COLUMN_IDENTIFIER)
        continue;
      if (!known[i] || alien)
        add_wrong (reading, reading->unknown, i);
    }
}

static gboolean
names_nobody (const RegImportColumns *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].kind >= REG_COLUMN_IDENTIFIER
        && self->columns[i].kind <= REG_COLUMN_EMPLOYEE_ID)
      return FALSE;
  return TRUE;
}

/* Everything that is wrong, in one message. */
static char *
dup_complaint (Reading *reading)
{
  g_autoptr (GString) text = g_string_new (NULL);

  tell_names (text, _ ("These headings are missing: %s."), reading->missing);
  tell_names (text, _ ("These headings are not known: %s."), reading->unknown);
  tell_names (text, _ ("These headings are there more than once: %s."), reading->twice);
  if (text->len == 0)
    return NULL;
  g_string_append (text, reading->out->is_matrix
                             ? _ ("Write each course as its code, its title or both, or say what a "
                                  "heading means.")
                             : _ ("The headings must be those of the sample file, all of them, "
                                  "even if a column is not used."));
  return g_strdup (text->str);
}

static void
find_wrong (Reading *reading)
{
  if (!reading->out->is_matrix)
    find_missing (reading);
  if (reading->missing->len == 0 && names_nobody (reading->out))
    add_missing (reading, "Email ID");
  find_doubles (reading);
  for (guint i = 0; i < reading->mapped->len; i++)
    {
      const Mapped *mapped = &g_array_index (reading->mapped, Mapped, i);

      if (!mapped->used && !mapped->is_absent)
        add_missing (reading, mapped->shown);
    }
}

static void
reading_init (Reading *reading,
              RegImportHeadings *out,
              const RegImportAction *action,
              RegDirectory *directory,
              const RegRow *row)
{
  *reading = (Reading){
    .action = action,
    .directory = directory,
    .mapped = g_array_new (FALSE, FALSE, sizeof (Mapped)),
    .headings = g_ptr_array_new_with_free_func (g_free),
    .shown = g_ptr_array_new_with_free_func (g_free),
    .missing = g_ptr_array_new_with_free_func (g_free),
    .unknown = g_ptr_array_new_with_free_func (g_free),
    .twice = g_ptr_array_new_with_free_func (g_free),
    .missing_plain = g_ptr_array_new_with_free_func (g_free),
    .problems = g_array_new (FALSE, TRUE, sizeof (RegColumnProblem)),
    .out = &out->columns,
  };
  memset (out, 0, sizeof *out);
  g_array_set_clear_func (reading->mapped, mapped_clear);
  g_array_set_size (reading->problems, row->n_cells);
  out->columns.n_columns = row->n_cells;
  out->columns.columns = g_new0 (RegImportColumn, MAX (row->n_cells, 1));
  for (guint i = 0; i < row->n_cells; i++)
    {
      g_ptr_array_add (reading->headings,
                       reg_directory_fold (row->cells[i].text, row->cells[i].len));
      g_ptr_array_add (reading->shown, g_strstrip (g_strdup (row->cells[i].text)));
    }
  find_own (reading);
}

static void
reading_clear (Reading *reading)
{
  g_array_unref (reading->mapped);
  g_free (reading->is_own);
  g_ptr_array_unref (reading->headings);
  g_ptr_array_unref (reading->shown);
  g_ptr_array_unref (reading->missing);
  g_ptr_array_unref (reading->unknown);
  g_ptr_array_unref (reading->twice);
  g_clear_pointer (&reading->missing_plain, g_ptr_array_unref);
  g_clear_pointer (&reading->problems, g_array_unref);
}

/* complaint: (out): what is wrong, or NULL */
static gboolean
examine (RegImportHeadings *self,
         const RegImportAction *action,
         RegDirectory *directory,
         const RegRow *row,
         const char *const *mapping,
         char **complaint,
         GError **error)
{
  g_autofree gboolean *known = g_new0 (gboolean, MAX (row->n_cells, 1));
  Reading reading;
  gboolean ok;

  reading_init (&reading, self, action, directory, row);
  ok = read_mapping (&reading, mapping, error);
  for (guint i = 0; ok && i < row->n_cells; i++)
    ok = decide_column (&reading, i, &known[i], error);
  if (ok)
    {
      decide_form (&reading, known);
      find_wrong (&reading);
      *complaint = dup_complaint (&reading);
      self->problems = g_steal_pointer (&reading.problems);
      self->missing = g_steal_pointer (&reading.missing_plain);
    }
  else
    reg_import_columns_clear (&self->columns);
  reading_clear (&reading);
  return ok;
}

/**
 * reg_import_headings_examine:
 * @self: (out caller-allocates): what was found
 * @action: what the file is for
 * @directory: knows the courses
 * @row: the heading line
 * @mapping: (nullable): as of RegImportRequest
 * @error: where the mapping makes no sense
 *
 * Looks at a heading line that may not be right yet, for a person to say what it means.
 *
 * Returns: %FALSE on error, with nothing to clear
 */
gboolean
reg_import_headings_examine (RegImportHeadings *self,
                             const RegImportAction *action,
                             RegDirectory *directory,
                             const RegRow *row,
                             const char *const *mapping,
                             GError **error)
{
  g_autofree char *complaint = NULL;

  return examine (self, action, directory, row, mapping, &complaint, error);
}

void
reg_import_headings_clear (RegImportHeadings *self)
{
  reg_import_columns_clear (&self->columns);
  g_clear_pointer (&self->problems, g_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

/**
 * reg_import_columns_count_known:
 * @action: what the file is for
 * @directory: knows the courses
 * @row: a row
 * @mapping: (nullable): as of RegImportRequest
 *
 * Returns: how many cells of the row would do as headings
 */
guint
reg_import_columns_count_known (const RegImportAction *action,
                                RegDirectory *directory,
                                const RegRow *row,
                                const char *const *mapping)
{
  RegImportHeadings out;
  Reading reading;
  guint n = 0;

  reading_init (&reading, &out, action, directory, row);
  if (read_mapping (&reading, mapping, NULL))
    for (guint i = 0; i < row->n_cells; i++)
      {
        const char *folded = g_ptr_array_index (reading.headings, i);
        RegImportColumn column = { 0 };

        n += *folded != '\0'
             && (take_text (&reading, &column, folded) || is_mapped_by_name (&reading, folded));
      }
  reading_clear (&reading);
  reg_import_columns_clear (&out.columns);
  return n;
}

/**
 * reg_import_columns_read:
 * @self: (out caller-allocates): what the columns hold
 * @action: what the file is for
 * @directory: knows the courses
 * @row: the heading line
 * @mapping: (nullable): as of RegImportRequest
 * @error: where to say which headings are missing, unknown or there twice
 *
 * Reads a heading line. Case, outer blanks and a byte order mark do not matter; nothing is dropped
 * in silence.
 *
 * Returns: %FALSE on error, with nothing to clear
 */
gboolean
reg_import_columns_read (RegImportColumns *self,
                         const RegImportAction *action,
                         RegDirectory *directory,
                         const RegRow *row,
                         const char *const *mapping,
                         GError **error)
{
  g_autofree char *complaint = NULL;
  RegImportHeadings headings;

  memset (self, 0, sizeof *self);
  if (!examine (&headings, action, directory, row, mapping, &complaint, error))
    return FALSE;
  if (complaint != NULL)
    g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_HEADINGS, complaint);
  else
    {
      *self = headings.columns;
      headings.columns.columns = NULL;
    }
  reg_import_headings_clear (&headings);
  return complaint == NULL;
}

void
reg_import_columns_clear (RegImportColumns *self)
{
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
}
