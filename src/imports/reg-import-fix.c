/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads: a fixer is used by one thread at a time. Its plan is only read. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-fix.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-fix-private.h"
#include "imports/reg-near-text.h"

#include "rules/reg-status.h"
#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From how many candidates on none of them is likely to be the one. */
#define MAX_NEAR 3
/* Texts shorter than this are near to too many others. */
#define MIN_NEAR_LEN 6

struct _RegImportFixer
{
  RegImportPlan *plan;
  guint64 *letters; /* by user: of the e-mail's key; made when first needed */
};

/* Another person or course can be written into a line, or it can be left out; of a cell the same
 * can be said wherever that stands. */
#define LINE (REG_REMEDY_EDIT | REG_REMEDY_LEAVE_OUT)
#define CELL (LINE | REG_REMEDY_ALIKE)

/* What is said of every line of a kind, in the order of RegReason. */
static const RegRemedy remedies[] = {
  [REG_REASON_NONE] = 0,
  [REG_REASON_USER_UNKNOWN] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_USER_DEACTIVATED] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_USER_ARCHIVED] = REG_REMEDY_RESTORE | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_USER_AMBIGUOUS] = REG_REMEDY_SUGGEST | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_USER_DUPLICATE_LINE] = REG_REMEDY_KEEP_ONE | LINE,
  [REG_REASON_USER_EXISTS] = REG_REMEDY_INSTEAD | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_EMAIL_INVALID] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_COURSE_UNKNOWN] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_LABEL_UNKNOWN] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_ALREADY_ASSIGNED] = REG_REMEDY_INSTEAD | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_NOT_ENROLLED] = REG_REMEDY_INSTEAD | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_COMPLETED_SKIPPED] = REG_REMEDY_INSTEAD | LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_STATUS_NOT_ALLOWED] = LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_MARK_UNKNOWN] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_LINES_CONTRADICT] = REG_REMEDY_KEEP_ONE | LINE,
  [REG_REASON_HEADING_MISSING] = REG_REMEDY_MAP,
  [REG_REASON_HEADING_UNKNOWN] = REG_REMEDY_MAP,
  [REG_REASON_HEADING_TWICE] = REG_REMEDY_MAP,
  [REG_REASON_DATE_AMBIGUOUS] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_DATE_INVALID] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_ID_SHORTENED] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_LICENCE_SHORT] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_SESSION_TOO_OLD] = LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_SESSION_FULL] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_ROLE_MISSING] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_SERVER_REFUSED] = CELL | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_VALUE_INVALID] = CELL | REG_REMEDY_SUGGEST | REG_REMEDY_MAP,
  [REG_REASON_FIELD_CHANGED] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_OPERATION_UNSUPPORTED] = LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_BLOCKED] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_NOTHING_TO_DO] = REG_REMEDY_NOTHING,
  [REG_REASON_COURSE_KIND] = LINE | REG_REMEDY_SHOW_PEOPLE,
  [REG_REASON_SESSION_UNKNOWN] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_NO_SEAT] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_CANCELLED_OUT] = REG_REMEDY_NOTHING,
  [REG_REASON_COURSE_NOT_OWN] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
  [REG_REASON_TEAM_NOT_OWN] = LINE | REG_REMEDY_SHOW_PEOPLE | REG_REMEDY_RETRY,
};

#undef LINE
#undef CELL

G_STATIC_ASSERT (G_N_ELEMENTS (remedies) == REG_N_REASONS);

/**
 * reg_import_get_remedies:
 * @reason: a reason
 *
 * Returns: the ways out of it that Registrar offers
 */
RegRemedy
reg_import_get_remedies (RegReason reason)
{
  g_return_val_if_fail ((guint)reason < G_N_ELEMENTS (remedies), 0);
  return remedies[reason];
}

void
reg_fix_set_all (RegImportFix *self, const char *label)
{
  self->can_all_alike = TRUE;
  self->all_label = g_strdup (label);
}

char *
reg_import_fix_dup_all_label (const RegImportFix *self)
{
  /* Translators: what is offered for one line, offered for all lines like it. */
  return self->all_label != NULL ? g_strdup (self->all_label)
                                 : g_strdup_printf (_ ("%s, for all alike"), self->label);
}

void
reg_import_fix_free (RegImportFix *self)
{
  g_free (self->old);
  g_free (self->text);
  g_free (self->label);
  g_free (self->all_label);
  g_free (self->detail);
  g_free (self);
}

RegImportFix *
reg_import_fix_copy (const RegImportFix *self)
{
  RegImportFix *copy = g_memdup2 (self, sizeof *self);

  copy->old = g_strdup (self->old);
  copy->text = g_strdup (self->text);
  copy->label = g_strdup (self->label);
  copy->all_label = g_strdup (self->all_label);
  copy->detail = g_strdup (self->detail);
  return copy;
}

/**
 * reg_import_fixer_new:
 * @plan: a finished plan
 *
 * Returns: (transfer full): what finds ways out for its lines
 */
RegImportFixer *
reg_import_fixer_new (RegImportPlan *plan)
{
  RegImportFixer *self = g_new0 (RegImportFixer, 1);

  self->plan = reg_import_plan_ref (plan);
  return self;
}

RegImportPlan *
reg_import_fixer_get_plan (RegImportFixer *self)
{
  return self->plan;
}

void
reg_import_fixer_free (RegImportFixer *self)
{
  reg_import_plan_unref (self->plan);
  g_free (self->letters);
  g_free (self);
}

/* ---- What stands in the line ---- */

RegColumnKind
reg_fix_line_get_kind (const RegFixLine *line, guint column)
{
  const GArray *columns = line->plan->columns;

  return column < columns->len ? g_array_index (columns, RegColumnKind, column)
                               : REG_COLUMN_UNNAMED;
}

/* The first column of that kind that has text; -1 where none has. */
int
reg_fix_line_find_filled (const RegFixLine *line, RegColumnKind kind)
{
  for (guint i = 0; i < line->n_cells; i++)
    if (reg_fix_line_get_kind (line, i) == kind && *line->cells[i] != '\0')
      return i;
  return -1;
}

int
reg_fix_line_find_column (const RegFixLine *line, RegColumnKind kind)
{
  for (guint i = 0; i < line->plan->columns->len; i++)
    if (reg_fix_line_get_kind (line, i) == kind)
      return i;
  return -1;
}

RegImportFix *
reg_fix_line_add (RegFixLine *line, RegImportFixKind kind, char *label, char *detail)
{
  RegImportFix *fix = g_new0 (RegImportFix, 1);

  fix->kind = kind;
  fix->line = line->bad->line;
  fix->reason = line->bad->reason;
  fix->label = label;
  fix->detail = detail;
  g_ptr_array_add (line->fixes, fix);
  return fix;
}

RegImportFix *
reg_fix_line_add_set (RegFixLine *line, guint column, const char *text, char *label, char *detail)
{
  RegImportFix *fix = reg_fix_line_add (line, REG_FIX_SET, label, detail);

  fix->column = column;
  fix->old = g_strdup (column < line->n_cells ? line->cells[column] : "");
  fix->text = g_strdup (text);
  fix->can_all_alike = *fix->old != '\0';
  return fix;
}

/* ---- E-mails ---- */

/* "Anna Brown <anna@example.com>;" → "anna@example.com" */
static char *
dup_bare_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *from = at, *to = at;

  if (at == NULL)
    return NULL;
  while (from > text && strchr (" <>\"'(),;:\t", from[-1]) == NULL)
    from--;
  while (*to != '\0' && strchr (" <>\"'(),;:\t", *to) == NULL)
    to++;
  while (to > at && to[-1] == '.')
    to--;
  return g_strndup (from, to - from);
}

typedef struct
{
  guint32 users[MAX_NEAR];
  guint n;
  guint distance;
  guint32 same_name; /* the only one with the same text before the "@" */
  guint n_same_name;
} Near;

static void
make_letters (RegImportFixer *self)
{
  guint n = reg_directory_get_n_users (self->plan->directory);

  if (self->letters != NULL)
    return;
  self->letters = g_new (guint64, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const char *key = reg_directory_get_email_key_at (self->plan->directory, i);

      self->letters[i] = reg_near_text_get_letters (key, strlen (key));
    }
}

static void
note_near (Near *near, guint32 user, guint distance)
{
  if (distance < near->distance)
    {
      near->distance = distance;
      near->n = 0;
    }
  if (near->n < MAX_NEAR)
    near->users[near->n] = user;
  near->n++;
}

/* All people are looked at: those whose letters differ too much in an instant. */
static void
find_near (RegImportFixer *self, const char *key, Near *near)
{
  RegDirectory *directory = self->plan->directory;
  gsize len = strlen (key);
  const char *at = strchr (key, '@');
  gsize name_len = at != NULL ? (gsize)(at - key) + 1 : 0;
  guint64 letters = reg_near_text_get_letters (key, len);
  guint max = len < MIN_NEAR_LEN ? 1 : 2;

  make_letters (self);
  near->distance = max;
  for (guint32 i = 0; i < reg_directory_get_n_users (directory); i++)
    {
      const char *other = reg_directory_get_email_key_at (directory, i);
      gsize other_len;
      guint distance;

      if (name_len > 3 && strncmp (other, key, name_len) == 0)
        {
          near->same_name = i;
          near->n_same_name++;
        }
      if (__builtin_popcountll (letters ^ self->letters[i]) > (int)(2 * near->distance))
        continue;
      /* Not everybody has an e-mail. */
      if (*other == '\0')
        continue;
      other_len = strlen (other);
      distance = reg_near_text_get_distance (key, len, other, other_len, near->distance);
      if (distance <= near->distance)
        note_near (near, i, distance);
    }
}

static gboolean
is_usable (RegFixLine *line, guint32 user)
{
  RegUserState state = reg_directory_get_state_at (line->directory, user);

  return state == REG_USER_STATE_ACTIVE || state == REG_USER_STATE_PENDING;
}

void
reg_fix_line_suggest_email (RegFixLine *line, guint column, const char *text)
{
  g_autofree char *bare = dup_bare_email (text);
  g_autofree char *key = reg_email_key (bare != NULL ? bare : text, -1);
  guint32 user = reg_directory_find_email (line->directory, key, strlen (key));
  Near near = { 0 };

  if (bare != NULL && !g_str_equal (bare, text) && user < REG_DIRECTORY_SEVERAL)
    reg_fix_line_add_set (line, column, bare, g_strdup (bare), g_strdup (_ ("the address alone")));
  if (user != REG_DIRECTORY_NONE)
    return;
  find_near (line->fixer, key, &near);
  for (guint i = 0; near.n <= MAX_NEAR && i < near.n; i++)
    if (is_usable (line, near.users[i]))
      {
        const char *email = reg_directory_get_email_at (line->directory, near.users[i]);

        reg_fix_line_add_set (
            line, column, email, g_strdup (email),
            g_strdup_printf (ngettext ("%u letter differs", "%u letters differ", near.distance),
                             near.distance));
      }
  if (line->fixes->len == 0 && near.n_same_name == 1 && is_usable (line, near.same_name))
    {
      const char *email = reg_directory_get_email_at (line->directory, near.same_name);

      reg_fix_line_add_set (line, column, email, g_strdup (email),
                            g_strdup (_ ("the same name at another address")));
    }
}

/* ---- Employee IDs ---- */

static void
suggest_zeros (RegFixLine *line, guint column, const char *number)
{
  g_autofree char *padded = NULL;
  RegImportFix *fix;
  guint digits = 0;
  gsize len = strlen (number);

  if (reg_directory_find_shortened (line->directory, number, len, &digits) >= REG_DIRECTORY_SEVERAL)
    return;
  padded = g_strdup_printf ("%.*s%s", (int)(digits - len), "00000000000000000000", number);
  /* Translators: %s is an employee ID whose leading zeros were lost. */
  reg_fix_line_add_set (line, column, padded, g_strdup_printf (_ ("Restore to %s"), padded), NULL);
  fix = reg_fix_line_add (
      line, REG_FIX_DIGITS,
      g_strdup_printf (ngettext ("Restore all IDs of the column to %u digit",
                                 "Restore all IDs of the column to %u digits", digits),
                       digits),
      NULL);
  fix->column = column;
  fix->digits = digits;
}

/* What tells who it is: of somebody without an e-mail the employee ID. */
static char *
dup_identifier (RegDirectory *directory, guint32 user)
{
  const char *email = reg_directory_get_email_at (directory, user);

  return g_strdup (*email != '\0' ? email : reg_directory_get_employee_id_at (directory, user));
}

/* Ids follow each other, so a near one is a suggestion only where nobody else is near. */
static void
suggest_employee (RegFixLine *line, guint column, const char *id)
{
  gsize len = strlen (id);
  guint32 found = REG_DIRECTORY_NONE;
  const char *email;
  guint n = 0;

  if (len < MIN_NEAR_LEN - 1)
    return;
  for (guint32 i = 0; n < 2 && i < reg_directory_get_n_users (line->directory); i++)
    {
      const char *other = reg_directory_get_employee_id_at (line->directory, i);

      if (*other != '\0' && reg_near_text_get_distance (id, len, other, strlen (other), 1) <= 1)
        {
          found = i;
          n++;
        }
    }
  if (n != 1 || !is_usable (line, found))
    return;
  email = reg_directory_get_email_at (line->directory, found);
  reg_fix_line_add_set (line, column, reg_directory_get_employee_id_at (line->directory, found),
                        g_strdup (reg_directory_get_employee_id_at (line->directory, found)),
                        *email != '\0' ? g_strdup (email) : NULL);
}

static guint32
find_by_email (RegFixLine *line, const char *email)
{
  g_autofree char *key = reg_email_key (email, -1);

  return reg_directory_find_email (line->directory, key, strlen (key));
}

/* The line is about somebody else than whom it names as manager. */
static void
suggest_manager (RegFixLine *line)
{
  int column = reg_fix_line_find_filled (line, REG_COLUMN_MANAGER);

  if (column < 0)
    return;
  reg_fix_line_suggest_email (line, column, line->cells[column]);
  reg_fix_line_add_set (line, column, "", g_strdup (_ ("No manager")), NULL);
}

/* Nobody is like them: somebody new may be meant. */
static void
suggest_adding (RegFixLine *line)
{
  int email = reg_fix_line_find_filled (line, REG_COLUMN_EMAIL);
  int either = reg_fix_line_find_filled (line, REG_COLUMN_IDENTIFIER);
  int employee = reg_fix_line_find_filled (line, REG_COLUMN_EMPLOYEE_ID);
  RegImportFix *fix;

  if (either >= 0 && strchr (line->cells[either], '@') != NULL)
    email = either;
  else if (either >= 0)
    employee = either;
  if ((email < 0 && employee < 0)
      || (email >= 0 && !reg_email_is_valid (line->cells[email], strlen (line->cells[email]))))
    return;
  fix = reg_fix_line_add (line, REG_FIX_ADD_PERSON,
                          g_strdup (_ ("Add this person, and include the line")),
                          g_strdup (_ ("at once, as a change of its own that can be undone")));
  fix->text = g_strdup (email >= 0 ? line->cells[email] : "");
  fix->old = g_strdup (employee >= 0 ? line->cells[employee] : "");
}

static gboolean
is_known (RegFixLine *line)
{
  int email = reg_fix_line_find_filled (line, REG_COLUMN_EMAIL);
  int employee = reg_fix_line_find_filled (line, REG_COLUMN_EMPLOYEE_ID);

  return (email >= 0 && find_by_email (line, line->cells[email]) < REG_DIRECTORY_SEVERAL)
         || (employee >= 0
             && reg_directory_find_employee (line->directory, line->cells[employee],
                                             strlen (line->cells[employee]))
                    < REG_DIRECTORY_SEVERAL);
}

static void
suggest_person (RegFixLine *line)
{
  int email = reg_fix_line_find_filled (line, REG_COLUMN_EMAIL);
  int either = reg_fix_line_find_filled (line, REG_COLUMN_IDENTIFIER);
  int employee = reg_fix_line_find_filled (line, REG_COLUMN_EMPLOYEE_ID);

  if (email >= 0)
    reg_fix_line_suggest_email (line, email, line->cells[email]);
  if (either >= 0)
    {
      suggest_zeros (line, either, line->cells[either]);
      reg_fix_line_suggest_email (line, either, line->cells[either]);
      if (strchr (line->cells[either], '@') == NULL)
        suggest_employee (line, either, line->cells[either]);
    }
  if (employee >= 0)
    {
      suggest_zeros (line, employee, line->cells[employee]);
      suggest_employee (line, employee, line->cells[employee]);
    }
}

static void
suggest_unknown (RegFixLine *line)
{
  /* Who is not known may be added; an ID that lost its zeros, or no address, is nobody's. */
  if (line->bad->reason == REG_REASON_USER_UNKNOWN
      && (is_known (line) || line->plan->people == REG_PEOPLE_NEW
          || line->plan->people == REG_PEOPLE_BOTH))
    suggest_manager (line);
  else
    {
      suggest_person (line);
      if (line->bad->reason == REG_REASON_USER_UNKNOWN)
        suggest_adding (line);
    }
}

/* ---- Which of two people ---- */

/* Several people have the e-mail: their employee IDs tell them apart. */
static void
suggest_sharers (RegFixLine *line, const char *email)
{
  g_autofree char *key = reg_email_key (email, -1);
  int column = reg_fix_line_find_column (line, REG_COLUMN_EMPLOYEE_ID);
  guint n = 0;

  if (column < 0)
    column = reg_fix_line_find_filled (line, REG_COLUMN_IDENTIFIER);
  for (guint32 i = 0;
       column >= 0 && n < MAX_NEAR && i < reg_directory_get_n_users (line->directory); i++)
    {
      const char *id = reg_directory_get_employee_id_at (line->directory, i);

      if (*id == '\0' || !g_str_equal (reg_directory_get_email_key_at (line->directory, i), key))
        continue;
      /* Translators: the person with that employee ID. */
      reg_fix_line_add_set (line, column, id,
                            g_strdup_printf (_ ("The one with the employee ID %s"), id), NULL)
          ->can_all_alike = FALSE;
      n++;
    }
}

static void
suggest_one_of_two (RegFixLine *line)
{
  int email = reg_fix_line_find_filled (line, REG_COLUMN_EMAIL);
  int employee = reg_fix_line_find_filled (line, REG_COLUMN_EMPLOYEE_ID);
  int either = reg_fix_line_find_filled (line, REG_COLUMN_IDENTIFIER);

  if (email < 0 && either >= 0 && strchr (line->cells[either], '@') != NULL)
    email = either;
  if (email >= 0 && find_by_email (line, line->cells[email]) == REG_DIRECTORY_SEVERAL)
    suggest_sharers (line, line->cells[email]);
  else if (email >= 0 && employee >= 0)
    {
      guint32 one = find_by_email (line, line->cells[email]);
      guint32 other = reg_directory_find_employee (line->directory, line->cells[employee],
                                                   strlen (line->cells[employee]));

      if (one < REG_DIRECTORY_SEVERAL)
        reg_fix_line_add_set (
            line, employee, reg_directory_get_employee_id_at (line->directory, one),
            dup_identifier (line->directory, one), g_strdup (_ ("the one with the e-mail")));
      if (other < REG_DIRECTORY_SEVERAL)
        reg_fix_line_add_set (line, email, reg_directory_get_email_at (line->directory, other),
                              dup_identifier (line->directory, other),
                              g_strdup (_ ("the one with the employee ID")));
    }
}

/* ---- Two lines ---- */

/* all_label: what it is for every two lines like these */
static void
add_keep (RegFixLine *line, gint64 kept, gint64 left, char *label)
{
  RegImportFix *fix = reg_fix_line_add (line, REG_FIX_LEAVE_OUT, label, NULL);

  fix->line = left;
  fix->kept = kept;
  reg_fix_set_all (fix, kept < left ? _ ("Keep the first line of each such two")
                                    : _ ("Keep the second line of each such two"));
}

static void
suggest_keep_one (RegFixLine *line)
{
  gint64 own = line->bad->line, other = line->bad->other;

  if (other == 0)
    return;
  /* Translators: of two lines for one person. */
  add_keep (line, other, own, g_strdup_printf (_ ("Keep line %d, leave this one out"), (int)other));
  add_keep (line, own, other,
            g_strdup_printf (_ ("Keep this line, leave line %d out"), (int)other));
}

static void
suggest_restore (RegFixLine *line)
{
  int email = reg_fix_line_find_filled (line, REG_COLUMN_EMAIL);
  int either = reg_fix_line_find_filled (line, REG_COLUMN_IDENTIFIER);
  int employee = reg_fix_line_find_filled (line, REG_COLUMN_EMPLOYEE_ID);
  guint32 user = REG_DIRECTORY_NONE;
  RegImportFix *fix;

  if (email < 0)
    email = either;
  if (employee < 0)
    employee = either;
  if (email >= 0)
    user = find_by_email (line, line->cells[email]);
  if (user >= REG_DIRECTORY_SEVERAL && employee >= 0)
    user = reg_directory_find_employee (line->directory, line->cells[employee],
                                        strlen (line->cells[employee]));
  if (user >= REG_DIRECTORY_SEVERAL)
    return;
  fix = reg_fix_line_add (line, REG_FIX_RESTORE,
                          g_strdup (_ ("Restore the person, and include the line")),
                          g_strdup (_ ("at once, as a change of its own that can be undone")));
  fix->user_id = reg_directory_get_user_id_at (line->directory, user);
  reg_fix_set_all (fix, _ ("Restore all who are archived, and include their lines"));
}

static void
suggest_again (RegFixLine *line)
{
  reg_fix_line_add (line, REG_FIX_ACCEPT, g_strdup (_ ("Try it again as it is")), NULL)
      ->can_all_alike = TRUE;
}

/**
 * reg_import_fixer_list:
 * @self: a fixer
 * @bad: a line of its plan that may not be imported
 * @cells: (array zero-terminated=1): its texts
 *
 * Returns: (transfer full) (element-type RegImportFix): what can be done about it, the best first
 */
GPtrArray *
reg_import_fixer_list (RegImportFixer *self, const RegImportBadLine *bad, const char *const *cells)
{
  RegFixLine line = {
    .fixer = self,
    .plan = self->plan,
    .directory = self->plan->directory,
    .bad = bad,
    .cells = cells,
    .n_cells = g_strv_length ((char **)cells),
    .fixes = g_ptr_array_new_with_free_func ((GDestroyNotify)reg_import_fix_free),
  };
  RegRemedy offered = reg_import_get_remedies (bad->reason);

  if (bad->reason == REG_REASON_USER_UNKNOWN || bad->reason == REG_REASON_EMAIL_INVALID
      || bad->reason == REG_REASON_ID_SHORTENED)
    suggest_unknown (&line);
  else if (bad->reason == REG_REASON_USER_AMBIGUOUS)
    suggest_one_of_two (&line);
  else if (bad->reason == REG_REASON_MARK_UNKNOWN)
    reg_fix_line_suggest_mark (&line);
  else if (bad->reason == REG_REASON_DATE_AMBIGUOUS)
    reg_fix_line_suggest_date_order (&line);
  else if (bad->reason == REG_REASON_DATE_INVALID)
    reg_fix_line_suggest_date (&line);
  else if (bad->reason == REG_REASON_VALUE_INVALID)
    reg_fix_line_suggest_value (&line);
  else if (bad->reason == REG_REASON_LABEL_UNKNOWN)
    reg_fix_line_suggest_label (&line);
  else if (bad->reason == REG_REASON_COURSE_UNKNOWN)
    reg_fix_line_suggest_course (&line);
  else if (bad->reason == REG_REASON_SERVER_REFUSED)
    suggest_again (&line);
  if ((offered & REG_REMEDY_KEEP_ONE) != 0)
    suggest_keep_one (&line);
  if ((offered & REG_REMEDY_RESTORE) != 0)
    suggest_restore (&line);
  reg_fix_line_add_ways (&line);
  return line.fixes;
}
