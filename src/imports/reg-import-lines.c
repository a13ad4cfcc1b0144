/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A good line costs two look-ups and a few copied bytes; texts are made only for what is wrong. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-lines.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-match.h"
#include "imports/reg-import-rows.h"

#include "base/reg-block.h"
#include "rules/reg-text.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRESS_STEP 4096
/* For how much room is made: bytes of a file for a line, and the largest file it is made for. */
#define USUAL_LINE 32
#define MAX_SIZE (32 << 20)
#define MAX_COURSES G_MAXUINT16

/* Where the columns of the list form, and those that name people, are; -1 where there is none. */
typedef struct
{
  RegImportLines *lines;
  gboolean is_csv;
  int identifier;
  int email;
  int employee_id;
  int requirement;
  int due_date;
  int message;
  int course_name;
  gboolean has_unnamed;
  guint n_chosen;    /* courses that were chosen for all lines */
  guint32 *mark_of;  /* by column: place in the courses */
  guint32 *place_of; /* by course of the directory: place in the courses + 1 */
  RegImportMatch match;
} Pass;

static const RegRowCell empty_cell = { "", 0 };

void
reg_import_lines_init (RegImportLines *self,
                       const RegImportRequest *request,
                       const RegImportAction *action,
                       RegDirectory *directory,
                       gint64 size)
{
  memset (self, 0, sizeof *self);
  self->request = request;
  self->action = action;
  self->directory = directory;
  self->details = reg_import_details_new ();
  reg_import_values_init (&self->values);
  self->courses = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lines = reg_block_new_array (sizeof (RegImportLine), MIN (size, MAX_SIZE) / USUAL_LINE);
  self->marks = g_array_new (FALSE, FALSE, sizeof (RegImportMark));
  self->bad = g_array_new (FALSE, FALSE, sizeof (RegImportBad));
  self->strings = g_string_chunk_new (4096);
  self->headings = g_ptr_array_new_with_free_func (g_free);
  self->left_out = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
reg_import_lines_clear (RegImportLines *self)
{
  reg_import_columns_clear (&self->columns);
  g_clear_pointer (&self->details, reg_import_details_free);
  reg_import_values_clear (&self->values);
  g_clear_pointer (&self->courses, g_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->bad, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_array_unref);
  reg_text_arena_clear (&self->texts);
}

void
reg_import_lines_refuse (RegImportLines *self,
                         RegImportLine *line,
                         RegReason reason,
                         char *sentence)
{
  RegImportBad bad = { .reason = reason };

  /* A file of somebody else's people says the same of each. */
  if (sentence == NULL && self->usual[reason] != NULL)
    bad.sentence = self->usual[reason];
  else if (sentence == NULL)
    {
      g_autofree char *usual = reg_reason_dup_sentence (reason, NULL, NULL);

      bad.sentence = self->usual[reason] = g_string_chunk_insert_const (self->strings, usual);
    }
  else
    bad.sentence = g_string_chunk_insert_const (self->strings, sentence);
  g_free (sentence);
  g_array_append_val (self->bad, bad);
  line->bad = self->bad->len;
}

/* A CSV file that this program wrote has an apostrophe before what looks like a formula. */
static RegRowCell
unescape_cell (RegRowCell cell)
{
  const char *text = reg_row_cell_unescape_formula (cell.text);

  cell.len -= text - cell.text;
  cell.text = text;
  return cell;
}

static inline RegRowCell
strip_cell (const Pass *pass, const RegRow *row, int column)
{
  RegRowCell cell;

  if (column < 0 || (guint)column >= row->n_cells)
    return empty_cell;
  cell = row->cells[column];
  if (cell.len > 0)
    reg_text_strip (&cell.text, &cell.len);
  if (pass->is_csv && cell.len > 0 && cell.text[0] == '\'')
    return unescape_cell (cell);
  return cell;
}

static void
refuse_stray (Pass *pass, RegImportLine *line, const RegRowCell *cell, guint column)
{
  g_autofree char *letter = reg_import_dup_column_letter (column);
  g_autofree char *text = reg_import_dup_quote (cell->text, (gssize)cell->len);

  reg_import_lines_refuse (
      pass->lines, line, REG_REASON_VALUE_INVALID,
      g_strdup_printf (_ ("“%s” stands in column %s, which has no heading."), text, letter));
}

/* Reads the marks of a matrix line; the first thing wrong with it is what is said. */
static void
read_marks (Pass *pass, RegImportLine *line, const RegRow *row)
{
  const RegImportColumns *columns = &pass->lines->columns;

  for (guint i = 0; i < row->n_cells; i++)
    {
      RegRowCell cell = row->cells[i];

      if (cell.len == 0)
        continue;
      if (cell.len != 1)
        reg_text_strip (&cell.text, &cell.len);
      if (i < columns->n_columns && columns->columns[i].kind == REG_COLUMN_COURSE)
        {
          if (cell.len == 1 && (cell.text[0] | 0x20) == 'x')
            {
              RegImportMark mark = pass->mark_of[i];

              g_array_append_val (pass->lines->marks, mark);
              line->n_marks++;
            }
          else if (cell.len > 1 || (cell.len == 1 && (guchar)cell.text[0] > 0x20))
            {
              if (line->bad == 0)
                reg_import_lines_refuse (pass->lines, line, REG_REASON_MARK_UNKNOWN, NULL);
            }
        }
      else if (i >= columns->n_columns || columns->columns[i].kind == REG_COLUMN_UNNAMED)
        {
          reg_text_strip (&cell.text, &cell.len);
          if (cell.len > 0 && line->bad == 0)
            refuse_stray (pass, line, &cell, i);
        }
    }
}

static void
refuse_strays (Pass *pass, RegImportLine *line, const RegRow *row)
{
  const RegImportColumns *columns = &pass->lines->columns;

  if (!pass->has_unnamed && row->n_cells <= columns->n_columns)
    return;
  for (guint i = 0; i < row->n_cells; i++)
    {
      RegRowCell cell;

      if (i < columns->n_columns && columns->columns[i].kind != REG_COLUMN_UNNAMED)
        continue;
      cell = strip_cell (pass, row, i);
      if (cell.len > 0 && line->bad == 0)
        refuse_stray (pass, line, &cell, i);
    }
}

static void
add_mark (Pass *pass, RegImportLine *line, guint place)
{
  RegImportMark mark = place;

  g_array_append_val (pass->lines->marks, mark);
  line->n_marks++;
}

static void
refuse_course (RegImportLines *lines, RegImportLine *line, char *sentence)
{
  if (line->bad == 0)
    reg_import_lines_refuse (lines, line, REG_REASON_COURSE_UNKNOWN, sentence);
  else
    g_free (sentence);
}

/* The course a line names, or those that were chosen for the lines that name none. */
static void
read_course_name (Pass *pass, RegImportLine *line, const RegRowCell *cell)
{
  RegImportLines *lines = pass->lines;
  guint32 course;

  for (guint i = 0; cell->len == 0 && i < pass->n_chosen; i++)
    add_mark (pass, line, i);
  if (cell->len == 0 && pass->n_chosen == 0)
    refuse_course (lines, line, g_strdup (_ ("The line names no course, and none was chosen.")));
  if (cell->len == 0)
    return;
  course = reg_directory_find_course (lines->directory, cell->text, cell->len);
  if (course == REG_DIRECTORY_SEVERAL)
    refuse_course (lines, line,
                   g_strdup (_ ("More than one course has this title. Write its code.")));
  else if (course == REG_DIRECTORY_NONE)
    refuse_course (lines, line, NULL);
  else
    {
      if (pass->place_of[course] == 0)
        {
          g_array_append_val (lines->courses, course);
          pass->place_of[course] = lines->courses->len;
        }
      add_mark (pass, line, pass->place_of[course] - 1);
    }
}

/* The same for a list line: the course it names, or every course that was chosen. */
static void
read_list_cells (Pass *pass, RegImportLine *line, const RegRow *row)
{
  RegImportLines *lines = pass->lines;
  RegRowCell requirement = strip_cell (pass, row, pass->requirement);
  RegRowCell due_date = strip_cell (pass, row, pass->due_date);
  RegRowCell message = strip_cell (pass, row, pass->message);
  RegRowCell course = strip_cell (pass, row, pass->course_name);

  line->detail = reg_import_details_add (lines->details, &requirement, &due_date, &message);
  /* Where an empty cell leaves everything as it is, nothing is asked for. */
  if (!lines->action->has_empty_rule || due_date.len > 0
      || (lines->has_due_dates && lines->request->empty == REG_EMPTY_CLEAR))
    read_course_name (pass, line, &course);
  refuse_strays (pass, line, row);
}

/* What a line says about the person. */
static void
read_values (Pass *pass, RegImportLine *line, const RegRow *row)
{
  RegImportValues *values = &pass->lines->values;

  line->detail = reg_import_values_begin_line (values);
  for (guint i = 0; i < values->n; i++)
    {
      RegRowCell cell = strip_cell (pass, row, values->columns[i]);

      reg_import_values_add_cell (values, cell.text, cell.len);
    }
  refuse_strays (pass, line, row);
}

RegPeopleRule
reg_import_lines_get_people (const RegImportLines *self)
{
  RegPeopleRule usual = self->action->people;

  if (usual == REG_PEOPLE_USUAL || self->request->people == REG_PEOPLE_USUAL)
    return usual;
  return self->request->people;
}

gboolean
reg_import_lines_name_courses (const RegImportLines *self)
{
  for (guint i = 0; i < self->columns.n_columns; i++)
    if (self->columns.columns[i].kind == REG_COLUMN_COURSE_NAME)
      return TRUE;
  return FALSE;
}

const char *
reg_import_lines_get_identifier (RegImportLines *self, const RegImportLine *line)
{
  if (line->identifier == REG_IMPORT_IDENTIFIER_EMAIL)
    return reg_directory_get_email_at (self->directory, line->user);
  if (line->identifier == REG_IMPORT_IDENTIFIER_EMPLOYEE_ID)
    return reg_directory_get_employee_id_at (self->directory, line->user);
  return self->texts.text + line->identifier;
}

/* What stands in columns that are left out makes no line. */
static gboolean
is_row_blank (const Pass *pass, const RegRow *row)
{
  const RegImportColumns *columns = &pass->lines->columns;

  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i].len > 0
        && (i >= columns->n_columns || columns->columns[i].kind != REG_COLUMN_IGNORED)
        && strip_cell (pass, row, i).len > 0)
      return FALSE;
  return TRUE;
}

/* What the local copy sees nothing wrong in, and the LMS did. */
static void
check_refused (Pass *pass, RegImportLine *line)
{
  const RegImportRequest *request = pass->lines->request;
  gint64 number = line->line;
  const char *words =
      request->refused != NULL ? g_hash_table_lookup (request->refused, &number) : NULL;

  if (words != NULL && !reg_import_edits_is_settled (request->edits, number))
    reg_import_lines_refuse (pass->lines, line, REG_REASON_SERVER_REFUSED,
                             reg_reason_dup_sentence (REG_REASON_SERVER_REFUSED, words, NULL));
}

static void
read_line (Pass *pass, const RegRow *row)
{
  RegImportLines *lines = pass->lines;
  RegRowCell identifier = strip_cell (pass, row, pass->identifier);
  RegRowCell email = strip_cell (pass, row, pass->email);
  RegRowCell employee_id = strip_cell (pass, row, pass->employee_id);
  RegImportLine line = { .line = row->line, .first_mark = lines->marks->len };
  const RegRowCell *shown = email.len > 0         ? &email
                            : identifier.len > 0  ? &identifier
                            : employee_id.len > 0 ? &employee_id
                                                  : &empty_cell;

  lines->lines_read++;
  if (shown->len == 0 && is_row_blank (pass, row))
    {
      lines->n_blank++;
      return;
    }
  reg_import_match_add (&pass->match, &identifier, &email, &employee_id, shown);
  if (lines->columns.is_matrix)
    read_marks (pass, &line, row);
  else if (!lines->action->has_courses)
    read_values (pass, &line, row);
  else
    read_list_cells (pass, &line, row);
  if (line.bad == 0)
    check_refused (pass, &line);
  g_array_append_val (lines->lines, line);
  if (pass->match.n_waiting == REG_IMPORT_MATCHED_AT_ONCE)
    reg_import_match_run (&pass->match);
}

static int
find_column (const RegImportColumns *columns, RegColumnKind kind)
{
  for (guint i = 0; i < columns->n_columns; i++)
    if (columns->columns[i].kind == kind)
      return i;
  return -1;
}

static gboolean
choose_courses (Pass *pass, GError **error)
{
  RegImportLines *lines = pass->lines;
  const gint64 *chosen = lines->request->courses;

  pass->mark_of = g_new0 (guint32, MAX (lines->columns.n_columns, 1));
  pass->place_of = g_new0 (guint32, reg_directory_get_n_courses (lines->directory) + 1);
  if (!lines->action->has_courses)
    return TRUE;
  for (guint i = 0; lines->columns.is_matrix && i < lines->columns.n_columns; i++)
    if (lines->columns.columns[i].kind == REG_COLUMN_COURSE)
      {
        pass->mark_of[i] = lines->courses->len;
        g_array_append_val (lines->courses, lines->columns.columns[i].course);
      }
  for (; !lines->columns.is_matrix && chosen != NULL && *chosen != 0; chosen++)
    {
      guint32 course = reg_directory_find_course_id (lines->directory, *chosen);

      if (course == REG_DIRECTORY_NONE)
        {
          g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                               _ ("A chosen course is not there any more. Choose it again."));
          return FALSE;
        }
      if (pass->place_of[course] != 0)
        continue;
      g_array_append_val (lines->courses, course);
      pass->place_of[course] = lines->courses->len;
    }
  pass->n_chosen = lines->courses->len;
  if (pass->course_name >= 0 && pass->n_chosen <= MAX_COURSES)
    return TRUE;
  if (lines->courses->len > 0 && lines->courses->len <= MAX_COURSES)
    return TRUE;
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_ACTION,
                       _ ("The file lists people but names no course. Choose the course first."));
  return FALSE;
}

static gboolean
read_heading (Pass *pass, RegImportRows *rows, GError **error)
{
  RegImportLines *lines = pass->lines;
  RegRow row;

  if (!reg_import_rows_find_heading (rows, lines->action, lines->directory, lines->request, &row,
                                     error)
      || !reg_import_columns_read (&lines->columns, lines->action, lines->directory, &row,
                                   lines->request->mapping, error))
    return FALSE;
  for (guint i = 0; i < row.n_cells; i++)
    g_ptr_array_add (lines->headings, g_strstrip (g_strdup (row.cells[i].text)));
  lines->heading_line = rows->heading_line;
  lines->n_above = rows->n_above;
  pass->identifier = find_column (&lines->columns, REG_COLUMN_IDENTIFIER);
  pass->email = find_column (&lines->columns, REG_COLUMN_EMAIL);
  pass->employee_id = find_column (&lines->columns, REG_COLUMN_EMPLOYEE_ID);
  pass->requirement = find_column (&lines->columns, REG_COLUMN_REQUIREMENT);
  pass->due_date = find_column (&lines->columns, REG_COLUMN_DUE_DATE);
  lines->has_due_dates = pass->due_date >= 0;
  pass->message = find_column (&lines->columns, REG_COLUMN_MESSAGE);
  pass->course_name = find_column (&lines->columns, REG_COLUMN_COURSE_NAME);
  pass->has_unnamed = find_column (&lines->columns, REG_COLUMN_UNNAMED) >= 0;
  if (!lines->action->has_courses)
    reg_import_values_set_columns (&lines->values, &lines->columns,
                                   lines->action->people != REG_PEOPLE_USUAL);
  return choose_courses (pass, error);
}

/* A line the person left out is counted, not judged. */
static gboolean
is_left_out (RegImportLines *lines, gint64 line)
{
  if (G_LIKELY (!reg_import_edits_is_left_out (lines->request->edits, line)))
    return FALSE;
  g_array_append_val (lines->left_out, line);
  lines->lines_read++;
  return TRUE;
}

/* The number of the line in the file, where the text was made of it. */
static void
number_row (const RegImportLines *lines, RegRow *row)
{
  const GArray *numbers = lines->request->numbers;
  guint64 place = row->line - (guint64)lines->heading_line - 1;

  if (numbers != NULL && place < numbers->len)
    row->line = g_array_index (numbers, guint32, place);
}

static gboolean
read_rows (Pass *pass,
           RegImportRows *rows,
           RegImportProgress progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  RegImportLines *lines = pass->lines;
  GError *inner = NULL;
  RegRow row;

  while (reg_import_rows_next (rows, &row, &inner))
    {
      number_row (lines, &row);
      if (!is_left_out (lines, row.line))
        read_line (pass, &row);
      if (lines->lines_read % PROGRESS_STEP != 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (progress != NULL)
        progress (lines->lines_read, reg_row_reader_get_fraction (rows->reader), progress_data);
    }
  if (inner == NULL)
    {
      reg_import_match_run (&pass->match);
      reg_import_match_settle (&pass->match);
      return TRUE;
    }
  g_propagate_error (error, inner);
  return FALSE;
}

gboolean
reg_import_lines_read (RegImportLines *self,
                       RegRowReader *reader,
                       RegImportProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Pass pass = { .lines = self, .is_csv = reg_row_reader_get_format (reader) == REG_ROW_FORMAT_CSV };
  g_autofree guint32 *mark_of = NULL;
  RegImportRows rows;
  g_autofree guint32 *place_of = NULL;
  gboolean ok;

  reg_import_rows_init (&rows, reader,
                        self->request->numbers == NULL ? self->request->edits : NULL);
  reg_import_match_init (&pass.match, self);
  ok = read_heading (&pass, &rows, error);
  mark_of = pass.mark_of;
  place_of = pass.place_of;
  ok = ok && read_rows (&pass, &rows, progress, progress_data, cancellable, error);
  reg_import_rows_clear (&rows);
  reg_import_match_clear (&pass.match);
  if (!ok)
    return FALSE;
  /* All there is of a file that was translated may be lines that are not done from a file. */
  if (self->lines_read == self->n_blank && self->request->numbers == NULL)
    {
      g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                           _ ("The file has a heading but no line below it."));
      return FALSE;
    }
  return TRUE;
}
