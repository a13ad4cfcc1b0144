/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of another system is written anew, in memory, as the lists the actions read; the lines of
 * the plans are then those of the file again. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-interchange.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-import-plan.h"
#include "imports/reg-interchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * Format:
 * @all: headings that such a file has
 * @any: (nullable): others, of which it has one at least
 * @read: (nullable): NULL for an archive
 */
typedef struct
{
  RegInterchange kind;
  const char *const *all;
  const char *const *any;
  gboolean (*read) (RegInterchangeTable *table, GPtrArray *steps, GError **error);
} Format;

static const char *const canvas_enrollment_headings[] = { "course_id", "user_id", "role", "status",
                                                          NULL };
static const char *const canvas_user_headings[] = { "user_id", "login_id", "status", NULL };
static const char *const moodle_headings[] = { "username", NULL };
static const char *const moodle_any_headings[] = { "firstname", "lastname", "email", "course1",
                                                   NULL };

static const Format formats[] = {
  { { "canvas-enrollments", N_ ("Canvas: enrollments.csv"),
      N_ ("This looks like Canvas's enrollments.csv"),
      N_ ("Sections are passed over. Other roles than student, and completed enrollments, are not "
          "done: such lines are named.") },
    canvas_enrollment_headings,
    NULL,
    reg_interchange_read_canvas_enrollments },
  { { "canvas-users", N_ ("Canvas: users.csv"), N_ ("This looks like Canvas's users.csv"),
      N_ ("Passwords, pronouns and authentication are passed over. Deleting and suspending "
          "accounts is not done from a file: such lines are named.") },
    canvas_user_headings,
    NULL,
    reg_interchange_read_canvas_users },
  { { "moodle-users", N_ ("Moodle: upload users"),
      N_ ("This looks like a file of Moodle to upload users"),
      N_ ("Passwords, preferences, profile fields, cohorts and site roles are passed over. "
          "Deleting and suspending accounts, and other course roles than student, are not done "
          "from a file: such lines are named.") },
    moodle_headings,
    moodle_any_headings,
    reg_interchange_read_moodle },
  { { "oneroster", N_ ("OneRoster 1.2 (zip of CSV files)"),
      N_ ("This looks like a OneRoster archive"),
      N_ ("Organizations, terms, demographics and resources are passed over. Deleting accounts, "
          "and other roles than student in a class, are not done: such lines are named.") },
    NULL,
    NULL,
    NULL },
};

/**
 * reg_interchange_find:
 * @name: (nullable): a name
 *
 * Returns: (transfer none) (nullable): the kind of file of that name
 */
const RegInterchange *
reg_interchange_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].kind.name, name) == 0)
      return &formats[i].kind;
  return NULL;
}

/* ---- Steps ---- */

static void
refused_clear (gpointer data)
{
  RegInterchangeRefused *refused = data;

  g_free (refused->identifier);
  g_free (refused->sentence);
}

RegInterchangeStep *
reg_interchange_step_add_new (GPtrArray *steps,
                              const char *action,
                              const char *file_name,
                              const char *headings)
{
  RegInterchangeStep *self = g_new0 (RegInterchangeStep, 1);

  self->action = action;
  self->file_name = g_strdup (file_name);
  self->text = g_string_new (headings);
  g_string_append_c (self->text, '\n');
  self->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->refused = g_array_new (FALSE, FALSE, sizeof (RegInterchangeRefused));
  g_array_set_clear_func (self->refused, refused_clear);
  g_ptr_array_add (steps, self);
  return self;
}

void
reg_interchange_step_free (RegInterchangeStep *self)
{
  g_free (self->file_name);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_array_unref (self->lines);
  g_array_unref (self->refused);
  g_free (self);
}

/* One line: a break within a cell would move the lines below it. */
static void
append_cell (GString *out, const char *text)
{
  if (strpbrk (text, "\",\n\r") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
  g_string_append_c (out, '"');
}

void
reg_interchange_step_add (RegInterchangeStep *self, guint64 line, const char *const *cells)
{
  guint32 own = (guint32)line;

  for (guint i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, ',');
      append_cell (self->text, cells[i]);
    }
  g_string_append_c (self->text, '\n');
  g_array_append_val (self->lines, own);
}

void
reg_interchange_step_refuse (RegInterchangeStep *self,
                             guint64 line,
                             const char *identifier,
                             const char *sentence)
{
  RegInterchangeRefused refused = { (gint64)line, g_strdup (identifier), g_strdup (sentence) };

  g_array_append_val (self->refused, refused);
}

/* ---- Detection ---- */

static gboolean
has_heading (const char *const *headings, const char *wanted)
{
  for (; *headings != NULL; headings++)
    {
      g_autofree char *folded = reg_directory_fold (*headings, strlen (*headings));

      if (g_str_equal (folded, wanted))
        return TRUE;
    }
  return FALSE;
}

static guint
count_headings (const char *const *headings, const char *const *wanted)
{
  guint n = 0;

  for (; *wanted != NULL; wanted++)
    n += has_heading (headings, *wanted);
  return n;
}

const RegInterchange *
reg_interchange_match_headings (const char *const *headings)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const Format *format = &formats[i];

      if (format->all != NULL
          && count_headings (headings, format->all) == g_strv_length ((char **)format->all)
          && (format->any == NULL || count_headings (headings, format->any) > 0))
        return &format->kind;
    }
  return NULL;
}

const RegInterchange *
reg_interchange_match_archive (const char *path, GCancellable *cancellable)
{
  g_autoptr (RegInput) input = reg_input_open (path, cancellable, NULL);
  g_autoptr (RegZip) zip = input != NULL ? reg_zip_new (input, NULL) : NULL;

  RegInterchangeArchive archive;

  if (zip == NULL)
    return NULL;
  /* Where it is not clear which of its files are meant, the check says so. */
  (void)reg_interchange_archive_find (&archive, zip, NULL);
  return reg_interchange_archive_is_roster (&archive, cancellable)
             ? reg_interchange_find ("oneroster")
             : NULL;
}

/**
 * reg_interchange_detect:
 * @path: a file
 * @cancellable: (nullable): to stop reading
 *
 * Looks at the first line, or into the archive.
 *
 * Returns: (transfer none) (nullable): what kind of file it is
 */
const RegInterchange *
reg_interchange_detect (const char *path, GCancellable *cancellable)
{
  const RegReadOptions options = { 0 };
  const RegInterchange *archive = reg_interchange_match_archive (path, cancellable);
  g_autoptr (RegInterchangeTable) table = NULL;

  if (archive != NULL)
    return archive;
  table = reg_interchange_table_open (path, &options, cancellable, NULL);
  if (table == NULL)
    return NULL;
  g_ptr_array_add (table->headings, NULL);
  return reg_interchange_match_headings ((const char *const *)table->headings->pdata);
}

/* ---- Plans ---- */

static int
compare_bad (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const RegImportBadLine *)a)->line, other = ((const RegImportBadLine *)b)->line;

  return one < other ? -1 : one > other;
}

/* What a column of such a file holds, for corrections: the same words in all of them. */
static RegColumnKind
get_column_kind (const char *folded)
{
  static const struct
  {
    const char *heading;
    RegColumnKind kind;
  } kinds[] = {
    { "email", REG_COLUMN_EMAIL },          { "username", REG_COLUMN_EMAIL },
    { "login_id", REG_COLUMN_EMAIL },       { "idnumber", REG_COLUMN_EMPLOYEE_ID },
    { "user_id", REG_COLUMN_EMPLOYEE_ID },  { "course_id", REG_COLUMN_COURSE_NAME },
    { "firstname", REG_COLUMN_GIVEN_NAME }, { "first_name", REG_COLUMN_GIVEN_NAME },
    { "lastname", REG_COLUMN_FAMILY_NAME }, { "last_name", REG_COLUMN_FAMILY_NAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].heading, folded))
      return kinds[i].kind;
  return REG_COLUMN_IGNORED;
}

/* The plan tells of the file, not of the list that was made of it. */
static void
describe_file (RegImportPlan *plan, const RegInterchangeTable *table)
{
  for (guint i = 0; i < table->headings->len; i++)
    {
      RegColumnKind kind = get_column_kind (g_ptr_array_index (table->folded, i));

      g_ptr_array_add (plan->headings, g_strdup (g_ptr_array_index (table->headings, i)));
      g_array_append_val (plan->columns, kind);
    }
  reg_import_plan_describe_file (plan, table->reader);
}

/* Lines that were left out knowingly belong to the first step. */
static void
add_left_out (RegImportPlan *plan, const RegInterchangeTable *table)
{
  g_array_append_vals (plan->left_out, table->left_out->data, table->left_out->len);
  plan->lines_read += table->left_out->len;
}

/* What cannot be done from a file joins those lines that are not imported. */
static void
add_refused (RegImportPlan *plan, const RegInterchangeStep *step)
{
  g_ptr_array_set_size (plan->headings, 0);
  g_array_set_size (plan->columns, 0);
  for (guint i = 0; i < step->refused->len; i++)
    {
      const RegInterchangeRefused *refused =
          &g_array_index (step->refused, RegInterchangeRefused, i);
      const RegImportBadLine bad = {
        .line = refused->line,
        .identifier = g_string_chunk_insert (plan->strings, refused->identifier),
        .reason = REG_REASON_OPERATION_UNSUPPORTED,
        .sentence = g_string_chunk_insert_const (plan->strings, refused->sentence),
      };

      g_array_append_val (plan->bad_lines, bad);
    }
  plan->lines_read += step->refused->len;
  g_array_sort (plan->bad_lines, compare_bad);
}

/* Those who come with this step are known to the steps after it. */
static void
add_new_people (RegDirectory *directory, const RegImportPlan *plan, guint64 *n_new)
{
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const RegImportField *fields = NULL;
      guint n = item->user_id == 0 ? reg_import_plan_get_fields (plan, item, &fields) : 0;
      const char *email = "", *employee_id = "";

      if (item->user_id != 0)
        continue;
      for (guint k = 0; k < n; k++)
        {
          const char *key = reg_import_plan_get_text (plan, fields[k].key);

          if (strcmp (key, "email") == 0)
            email = reg_import_plan_get_text (plan, fields[k].after);
          else if (strcmp (key, "employee_id") == 0)
            employee_id = reg_import_plan_get_text (plan, fields[k].after);
        }
      reg_directory_add_user (directory, G_MININT64 + (gint64)(*n_new)++, REG_USER_STATE_PENDING,
                              email, -1, employee_id, -1);
    }
}

/* Progress of a step is part of that of the file. */
typedef struct
{
  RegImportProgress func;
  gpointer data;
  guint place;
  guint n;
} StepProgress;

/* What all steps are checked with. */
typedef struct
{
  const RegImportRequest *request;
  const RegInterchangeTable *table; /* (nullable): NULL for an archive */
  RegDirectory *directory;
  StepProgress *progress;
  GCancellable *cancellable;
} Checking;

static void
on_step_progress (gint64 lines, double fraction, gpointer data)
{
  const StepProgress *self = data;

  self->func (lines, (self->place + fraction) / self->n, self->data);
}

/* opposed: (nullable): what other lines ask the opposite of. keeps_text: else that of the step is
 * gone afterwards */
static RegImportPlan *
check_step (const Checking *self,
            RegInterchangeStep *step,
            GArray *opposed,
            gboolean keeps_text,
            GError **error)
{
  RegImportRequest own = *self->request;
  gsize text_len = step->text->len;
  g_autofree char *text = keeps_text ? g_strndup (step->text->str, text_len)
                                     : g_string_free (g_steal_pointer (&step->text), FALSE);
  RegImportPlan *plan;

  own.action = step->action;
  own.people = REG_PEOPLE_USUAL;
  if (g_str_equal (step->action, "update-users"))
    own.people =
        self->request->people != REG_PEOPLE_USUAL ? self->request->people : REG_PEOPLE_BOTH;
  own.courses = NULL;
  own.mapping = NULL;
  /* Lines of an archive are not corrected here. */
  if (self->table == NULL)
    own.edits = NULL;
  own.sheet = NULL;
  own.encoding = "UTF-8";
  own.delimiter = ',';
  own.heading_line = 1;
  own.text = &text;
  own.text_len = text_len;
  own.numbers = step->lines;
  own.opposed = opposed;
  plan = reg_import_check (&own, self->directory,
                           self->progress->func != NULL ? on_step_progress : NULL, self->progress,
                           self->cancellable, error);
  if (plan == NULL)
    return NULL;
  add_refused (plan, step);
  g_free (plan->file_name);
  plan->file_name = g_strdup (step->file_name);
  if (self->table != NULL)
    describe_file (plan, self->table);
  return plan;
}

static void
plan_unref (gpointer data)
{
  reg_import_plan_unref (data);
}

/* Adds what a step asks of people who are known, or come with the file. */
static GArray *
list_opposed (const RegImportPlan *plan)
{
  GArray *opposed = g_array_new (FALSE, FALSE, sizeof (RegImportOpposed));

  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const RegImportOpposed one = { item->user_id, item->course_id, item->line, 0 };

      g_array_append_val (opposed, one);
    }
  for (guint i = 0; i < plan->cannot->len; i++)
    {
      const RegImportCannot *item = &g_array_index (plan->cannot, RegImportCannot, i);
      const RegImportOpposed one = { item->user_id, item->course_id, item->line, 0 };

      g_array_append_val (opposed, one);
    }
  reg_import_sort_opposed (opposed);
  return opposed;
}

/* Those that another line met, as that line has them. */
static GArray *
list_met (const GArray *opposed)
{
  GArray *met = g_array_new (FALSE, FALSE, sizeof (RegImportOpposed));

  for (guint i = 0; i < opposed->len; i++)
    {
      RegImportOpposed one = g_array_index (opposed, RegImportOpposed, i);

      one.line = one.met;
      if (one.met != 0)
        g_array_append_val (met, one);
    }
  return met;
}

static gboolean
is_empty (const RegInterchangeStep *step)
{
  return step->lines->len == 0 && step->refused->len == 0;
}

/* Of a file whose every line was left out knowingly the first step is told. */
static gboolean
is_checked (const Checking *self, GPtrArray *steps, guint place)
{
  gboolean all_empty = TRUE;

  for (guint i = 0; i < steps->len; i++)
    all_empty = all_empty && is_empty (g_ptr_array_index (steps, i));
  if (all_empty)
    return place == 0 && self->table != NULL && self->table->left_out->len > 0;
  return !is_empty (g_ptr_array_index (steps, place));
}

/* Two steps where one gives what the other takes: what a file asks for in both is done in neither,
 * such as of somebody who moves from one section of a course to another. The few who lose something
 * are looked at first, and once more where others contradict. plans: (out): of each */
static gboolean
check_opposites (const Checking *self,
                 RegInterchangeStep *gives,
                 RegInterchangeStep *takes,
                 RegImportPlan *plans[2],
                 GError **error)
{
  g_autoptr (GArray) opposed = NULL;
  g_autoptr (GArray) met = NULL;

  plans[1] = check_step (self, takes, NULL, TRUE, error);
  opposed = plans[1] != NULL ? list_opposed (plans[1]) : NULL;
  plans[0] = opposed != NULL ? check_step (self, gives, opposed, FALSE, error) : NULL;
  if (plans[0] == NULL)
    return FALSE;
  met = list_met (opposed);
  if (met->len == 0)
    return TRUE;
  g_clear_pointer (&plans[1], reg_import_plan_unref);
  plans[1] = check_step (self, takes, met, FALSE, error);
  return plans[1] != NULL;
}

static gboolean
check_steps (RegInterchangePlan *self, GPtrArray *steps, const Checking *checking, GError **error)
{
  guint64 n_new = 0;

  checking->progress->n = steps->len;
  for (guint i = 0; i < steps->len; i++)
    {
      RegInterchangeStep *step = g_ptr_array_index (steps, i);
      RegImportPlan *plans[2] = { NULL, NULL };
      gboolean ok = TRUE;

      checking->progress->place = i;
      if (g_str_equal (step->action, "assign") && is_checked (checking, steps, i)
          && is_checked (checking, steps, i + 1))
        ok = check_opposites (checking, step, g_ptr_array_index (steps, ++i), plans, error);
      else if (is_checked (checking, steps, i))
        ok = (plans[0] = check_step (checking, step, NULL, FALSE, error)) != NULL;
      for (guint k = 0; k < G_N_ELEMENTS (plans); k++)
        if (plans[k] != NULL)
          {
            if (checking->table != NULL && self->plans->len == 0)
              add_left_out (plans[k], checking->table);
            g_ptr_array_add (self->plans, plans[k]);
            add_new_people (checking->directory, plans[k], &n_new);
          }
      if (!ok)
        return FALSE;
    }
  if (self->plans->len > 0)
    return TRUE;
  g_set_error_literal (error, REG_IMPORT_ERROR, REG_IMPORT_ERROR_EMPTY,
                       _ ("The file has a heading but no line below it."));
  return FALSE;
}

/* ---- The file ---- */

RegInterchangeFile *
reg_interchange_file_new (const char *name, char **take_unused, gboolean is_read)
{
  RegInterchangeFile *self = g_new0 (RegInterchangeFile, 1);

  self->name = g_strdup (name);
  self->unused = take_unused;
  self->is_read = is_read;
  return self;
}

static void
file_free (gpointer data)
{
  RegInterchangeFile *self = data;

  g_free (self->name);
  g_strfreev (self->unused);
  g_free (self);
}

static gboolean
check_archive (RegInterchangePlan *self,
               GPtrArray *steps,
               const RegImportRequest *request,
               RegDirectory *directory,
               StepProgress *progress,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (RegInput) input = reg_input_open (request->path, cancellable, error);
  g_autoptr (RegZip) zip = input != NULL ? reg_zip_new (input, error) : NULL;

  RegInterchangeArchive archive;

  if (zip == NULL || !reg_interchange_archive_find (&archive, zip, error)
      || !reg_interchange_read_oneroster (&archive, steps, self->files, cancellable, error))
    return FALSE;
  reg_interchange_archive_add_unread (&archive, self->files);
  if (archive.manifest == NULL)
    self->note = _ ("The archive has no manifest.csv; its files are known by their headings.");
  return check_steps (self, steps,
                      &(const Checking){ request, NULL, directory, progress, cancellable }, error);
}

static gboolean
check_table (RegInterchangePlan *self,
             const Format *format,
             GPtrArray *steps,
             const RegImportRequest *request,
             RegDirectory *directory,
             StepProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  const RegReadOptions options = {
    .sheet = request->sheet,
    .encoding = request->encoding,
    .delimiter = request->delimiter,
  };
  g_autoptr (RegInterchangeTable) table =
      reg_interchange_table_open (request->path, &options, cancellable, error);

  if (table == NULL)
    return FALSE;
  table->edits = request->edits;
  if (request->name != NULL)
    {
      g_free (table->file_name);
      table->file_name = g_strdup (request->name);
    }
  if (!format->read (table, steps, error))
    return FALSE;
  g_ptr_array_add (self->files, reg_interchange_table_describe (table));
  return check_steps (self, steps,
                      &(const Checking){ request, table, directory, progress, cancellable }, error);
}

/**
 * reg_interchange_check:
 * @interchange: what kind of file it is
 * @request: the file, and who asks
 * @directory: who and what is known; people who come with the file are added to it
 * @progress: (nullable): called now and then
 * @progress_data: passed to @progress
 * @cancellable: (nullable): to stop it
 * @error: %REG_IMPORT_ERROR, %REG_TABULAR_ERROR or %G_IO_ERROR
 *
 * Checks every step of the file; one without a line is left out. Nothing is changed but the
 * directory.
 *
 * Returns: (transfer full) (nullable): what starting it will do
 */
RegInterchangePlan *
reg_interchange_check (const RegInterchange *interchange,
                       const RegImportRequest *request,
                       RegDirectory *directory,
                       RegImportProgress progress,
                       gpointer progress_data,
                       GCancellable *cancellable,
                       GError **error)
{
  const Format *format = (const Format *)(const void *)interchange;
  g_autoptr (RegInterchangePlan) self = g_new0 (RegInterchangePlan, 1);
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify)reg_interchange_step_free);
  StepProgress own = { .func = progress, .data = progress_data };
  gboolean ok;

  g_atomic_ref_count_init (&self->refs);
  self->interchange = interchange;
  self->plans = g_ptr_array_new_with_free_func (plan_unref);
  self->files = g_ptr_array_new_with_free_func (file_free);
  ok = format->read == NULL
           ? check_archive (self, steps, request, directory, &own, cancellable, error)
           : check_table (self, format, steps, request, directory, &own, cancellable, error);
  return ok ? g_steal_pointer (&self) : NULL;
}

RegInterchangePlan *
reg_interchange_plan_ref (RegInterchangePlan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
reg_interchange_plan_unref (RegInterchangePlan *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->files);
  g_free (self);
}

gsize
reg_interchange_plan_count_will (const RegInterchangePlan *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->plans->len; i++)
    n += ((const RegImportPlan *)g_ptr_array_index (self->plans, i))->will->len;
  return n;
}

const char *
reg_interchange_get_step_label (const RegImportPlan *step)
{
  const RegImportAction *action = reg_import_action_find (step->action);

  return action->people != REG_PEOPLE_USUAL ? _ ("People") : _ (action->label);
}
