/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the lines name. People are looked up some at a time: the records of a large directory lie
 * outside the nearest caches, and waiting for those of sixteen lines at once takes about what
 * waiting for one does. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-match.h"
#include "imports/reg-directory-private.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const RegRowCell empty_cell = { "", 0 };

void
reg_import_match_init (RegImportMatch *self, RegImportLines *lines)
{
  self->lines = lines;
}

void
reg_import_match_clear (RegImportMatch *self)
{
  reg_text_arena_clear (&self->texts);
}

static gboolean
is_same (const RegRowCell *cell, const char *text)
{
  return strncmp (cell->text, text, cell->len) == 0 && text[cell->len] == '\0';
}

static guint32
find_email (RegDirectory *directory, const RegRowCell *cell)
{
  char key[512];
  gsize len;

  if (G_UNLIKELY (!reg_email_key_into (cell->text, cell->len, key, sizeof key, &len)))
    {
      g_autofree char *long_key = reg_email_key (cell->text, cell->len);

      return reg_directory_find_email (directory, long_key, strlen (long_key));
    }
  return reg_directory_find_email (directory, key, len);
}

static gboolean
is_number (const RegRowCell *cell)
{
  for (gsize i = 0; i < cell->len; i++)
    if (!g_ascii_isdigit (cell->text[i]))
      return FALSE;
  return cell->len > 0;
}

/* "4.9E+11", also with a comma: what a spreadsheet program makes of a long number. */
gboolean
reg_import_match_is_rounded (const char *text, gsize len)
{
  gsize at = 0, digits = 0;

  while (at < len && (g_ascii_isdigit (text[at]) || (at == 1 && strchr (".,", text[at]) != NULL)))
    at++;
  if (at == 0 || at + 2 >= len || text[at] != 'E' || text[at + 1] != '+')
    return FALSE;
  for (at += 2; at < len && g_ascii_isdigit (text[at]); at++)
    digits++;
  return at == len && digits >= 2;
}

void
reg_import_match_refuse_rounded (RegImportLines *lines,
                                 RegImportLine *line,
                                 const char *text,
                                 gsize len)
{
  reg_import_lines_refuse (
      lines, line, REG_REASON_ID_SHORTENED,
      g_strdup_printf (_ ("“%.*s” is an employee ID that a spreadsheet program has rounded. Write "
                          "the whole of it, in a column that is formatted as text."),
                       (int)len, text));
}

/* Nobody has this employee ID: were there zeros before it once? */
static gboolean
refuse_shortened (RegImportMatch *self, RegImportLine *line, const RegRowCell *employee_id)
{
  guint digits = 0;
  g_autofree char *number = NULL;
  g_autofree char *width = NULL;

  if (!is_number (employee_id)
      || reg_directory_find_shortened (self->lines->directory, employee_id->text, employee_id->len,
                                       &digits)
             >= REG_DIRECTORY_SEVERAL)
    return FALSE;
  number = g_strndup (employee_id->text, employee_id->len);
  width = g_strdup_printf ("%u", digits);
  reg_import_lines_refuse (self->lines, line, REG_REASON_ID_SHORTENED,
                           reg_reason_dup_sentence (REG_REASON_ID_SHORTENED, number, width));
  return TRUE;
}

static void
refuse_unknown (RegImportMatch *self,
                RegImportLine *line,
                const RegRowCell *email,
                const RegRowCell *employee_id)
{
  if (employee_id->len > 0 && refuse_shortened (self, line, employee_id))
    return;
  if (reg_import_match_is_rounded (employee_id->text, employee_id->len))
    reg_import_match_refuse_rounded (self->lines, line, employee_id->text, employee_id->len);
  else if (employee_id->len == 0 && email->len > 0 && !reg_email_is_valid (email->text, email->len))
    reg_import_lines_refuse (self->lines, line, REG_REASON_EMAIL_INVALID, NULL);
  else
    reg_import_lines_refuse (self->lines, line, REG_REASON_USER_UNKNOWN, NULL);
}

static void
refuse_several (RegImportMatch *self,
                RegImportLine *line,
                const RegRowCell *email,
                const RegRowCell *employee_id)
{
  const RegRowCell *cell = email->len > 0 ? email : employee_id;
  g_autofree char *text = g_strndup (cell->text, cell->len);

  reg_import_lines_refuse (self->lines, line, REG_REASON_USER_AMBIGUOUS,
                           g_strdup_printf (email->len > 0
                                                ? _ ("More than one user has the e-mail %s.")
                                                : _ ("More than one user has the employee ID %s."),
                                            text));
}

static void
refuse_two (RegImportMatch *self, RegImportLine *line, guint32 by_email, guint32 by_employee)
{
  RegDirectory *directory = self->lines->directory;

  reg_import_lines_refuse (
      self->lines, line, REG_REASON_USER_AMBIGUOUS,
      reg_reason_dup_sentence (REG_REASON_USER_AMBIGUOUS,
                               reg_directory_get_email_at (directory, by_email),
                               reg_directory_get_email_at (directory, by_employee)));
}

static void
match_by_columns (RegImportMatch *self,
                  RegImportLine *line,
                  const RegRowCell *email,
                  guint32 by_email,
                  const RegRowCell *employee_id)
{
  RegDirectory *directory = self->lines->directory;
  guint32 by_employee = REG_DIRECTORY_NONE;

  /* Where the two columns agree, the second is compared instead of looked up. */
  if (by_email < REG_DIRECTORY_SEVERAL && employee_id->len > 0
      && is_same (employee_id, reg_directory_get_employee_id_at (directory, by_email)))
    by_employee = by_email;
  else if (employee_id->len > 0)
    by_employee = reg_directory_find_employee (directory, employee_id->text, employee_id->len);

  /* What stands where the e-mail should may be somebody's employee ID, who is another one then. */
  if (by_email == REG_DIRECTORY_NONE && email->len > 0 && by_employee < REG_DIRECTORY_SEVERAL)
    by_email = reg_directory_find_employee (directory, email->text, email->len);
  if (by_email < REG_DIRECTORY_SEVERAL && by_employee < REG_DIRECTORY_SEVERAL
      && by_email != by_employee)
    refuse_two (self, line, by_email, by_employee);
  else if (by_email < REG_DIRECTORY_SEVERAL)
    line->user = by_email;
  else if (by_employee < REG_DIRECTORY_SEVERAL)
    line->user = by_employee;
  else if (by_email == REG_DIRECTORY_SEVERAL)
    refuse_several (self, line, email, &empty_cell);
  else if (by_employee == REG_DIRECTORY_SEVERAL)
    refuse_several (self, line, &empty_cell, employee_id);
  else
    refuse_unknown (self, line, email, employee_id);
}

/* In one column that holds either, what is nobody's employee ID may be an e-mail without "@": an
 * LMS may well have "admin". */
static void
doubt_identifier (RegImportMatch *self, RegImportLine *line, const RegRowCell *cell)
{
  RegImportBad *bad = &g_array_index (self->lines->bad, RegImportBad, line->bad - 1);
  guint32 user;

  if (bad->reason != REG_REASON_USER_UNKNOWN)
    return;
  user = find_email (self->lines->directory, cell);
  if (user < REG_DIRECTORY_SEVERAL)
    {
      g_array_set_size (self->lines->bad, self->lines->bad->len - 1);
      line->bad = 0;
      line->user = user;
    }
  else
    bad->is_doubtful = !is_number (cell);
}

/* Nobody the directory knows: somebody to be added, where the action may. */
static void
expect_new_person (RegImportMatch *self, RegImportLine *line)
{
  RegImportLines *lines = self->lines;
  RegPeopleRule people = reg_import_lines_get_people (lines);

  if (line->bad == 0 || (people != REG_PEOPLE_NEW && people != REG_PEOPLE_BOTH)
      || g_array_index (lines->bad, RegImportBad, line->bad - 1).reason != REG_REASON_USER_UNKNOWN)
    return;
  g_array_set_size (lines->bad, lines->bad->len - 1);
  line->bad = 0;
  line->user = REG_DIRECTORY_NONE;
}

static void
check_state (RegImportMatch *self, RegImportLine *line)
{
  switch (reg_directory_get_state_at (self->lines->directory, line->user))
    {
    case REG_USER_STATE_DEACTIVATED:
      reg_import_lines_refuse (self->lines, line, REG_REASON_USER_DEACTIVATED, NULL);
      break;
    case REG_USER_STATE_ARCHIVED:
      reg_import_lines_refuse (self->lines, line, REG_REASON_USER_ARCHIVED, NULL);
      break;
    case REG_USER_STATE_PENDING:
    case REG_USER_STATE_ACTIVE:
      break;
    }
}

/* What is longer names nobody; it is only shown. */
#define MAX_IDENTIFIER ((gsize)400)

static guint32
keep_text (RegImportLines *self, const RegRowCell *cell)
{
  g_autofree char *cut = NULL;
  const char *end;

  if (G_LIKELY (cell->len <= MAX_IDENTIFIER))
    return reg_text_arena_add (&self->texts, cell->text, cell->len);
  end = g_utf8_find_prev_char (cell->text, cell->text + MAX_IDENTIFIER);
  cut = g_strdup_printf ("%.*s…", (int)(end - cell->text), cell->text);
  return reg_text_arena_add (&self->texts, cut, strlen (cut));
}

/* Most people are written as the directory has them, which need not be kept a second time. */
static void
keep_identifier (RegImportLines *self, RegImportLine *line, const RegRowCell *cell, gboolean known)
{
  if (known && is_same (cell, reg_directory_get_email_at (self->directory, line->user)))
    line->identifier = REG_IMPORT_IDENTIFIER_EMAIL;
  else if (known && is_same (cell, reg_directory_get_employee_id_at (self->directory, line->user)))
    line->identifier = REG_IMPORT_IDENTIFIER_EMPLOYEE_ID;
  else
    line->identifier = keep_text (self, cell);
}

static guint32
copy_text (RegImportMatch *self, const RegRowCell *cell)
{
  return reg_text_arena_add (&self->texts, cell->text, cell->len);
}

void
reg_import_match_add (RegImportMatch *self,
                      const RegRowCell *identifier,
                      const RegRowCell *email,
                      const RegRowCell *employee_id,
                      const RegRowCell *shown)
{
  RegImportWaiting *waiting = &self->waiting[self->n_waiting++];
  gboolean is_email = memchr (identifier->text, '@', identifier->len) != NULL;
  gboolean is_identifier = identifier->len > 0 && email->len == 0 && employee_id->len == 0;

  if (is_identifier)
    {
      self->n_identifiers++;
      self->n_emails += is_email;
    }
  if (is_email || (email->len == 0 && employee_id->len > 0))
    email = identifier;
  else if (employee_id->len == 0)
    employee_id = identifier;
  *waiting = (RegImportWaiting){
    .line = self->lines->lines->len,
    .is_identifier = is_identifier,
    .email = copy_text (self, email),
    .email_len = email->len,
    .employee_id = copy_text (self, employee_id),
    .employee_len = employee_id->len,
    .shown_len = shown->len,
  };
  waiting->shown = shown->text == email->text         ? waiting->email
                   : shown->text == employee_id->text ? waiting->employee_id
                                                      : copy_text (self, shown);
}

/* For a line whose cells have been read. What is wrong with the person is told before what
 * is wrong with them. */
static void
match_line (RegImportMatch *self, const RegImportWaiting *waiting)
{
  RegImportLines *lines = self->lines;
  RegImportLine *line = &g_array_index (lines->lines, RegImportLine, waiting->line);
  const RegRowCell email = { self->texts.text + waiting->email, waiting->email_len };
  const RegRowCell employee_id = { self->texts.text + waiting->employee_id, waiting->employee_len };
  const RegRowCell shown = { self->texts.text + waiting->shown, waiting->shown_len };
  guint32 bad = line->bad;

  line->bad = 0;
  match_by_columns (self, line, &email, waiting->by_email, &employee_id);
  if (line->bad != 0 && waiting->is_identifier && employee_id.len > 0)
    doubt_identifier (self, line, &employee_id);
  expect_new_person (self, line);
  keep_identifier (lines, line, &shown, line->bad == 0 && line->user != REG_DIRECTORY_NONE);
  if (line->bad == 0 && line->user != REG_DIRECTORY_NONE)
    check_state (self, line);
  if (line->bad == 0)
    line->bad = bad;
}

void
reg_import_match_run (RegImportMatch *self)
{
  RegDirectoryEmail emails[REG_IMPORT_MATCHED_AT_ONCE];

  for (guint i = 0; i < self->n_waiting; i++)
    emails[i] = (RegDirectoryEmail){ self->texts.text + self->waiting[i].email,
                                     self->waiting[i].email_len, REG_DIRECTORY_NONE };
  reg_directory_find_emails (self->lines->directory, emails, self->n_waiting);
  for (guint i = 0; i < self->n_waiting; i++)
    {
      self->waiting[i].by_email = emails[i].user;
      match_line (self, &self->waiting[i]);
    }
  self->n_waiting = 0;
  self->texts.len = 0;
}

/* In a column of e-mails a text without "@" is no e-mail; in one of employee IDs nobody has it. */
void
reg_import_match_settle (RegImportMatch *self)
{
  RegImportLines *lines = self->lines;
  gboolean emails = lines->columns.holds_emails || self->n_emails * 2 > self->n_identifiers;
  g_autofree char *sentence = reg_reason_dup_sentence (REG_REASON_EMAIL_INVALID, NULL, NULL);
  const char *kept = g_string_chunk_insert_const (lines->strings, sentence);

  for (guint i = 0; emails && i < lines->bad->len; i++)
    {
      RegImportBad *bad = &g_array_index (lines->bad, RegImportBad, i);

      if (!bad->is_doubtful)
        continue;
      bad->reason = REG_REASON_EMAIL_INVALID;
      bad->sentence = kept;
    }
}
