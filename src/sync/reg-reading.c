/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-reading.h"

#include "lms/reg-lms-error.h"
#include "rules/reg-operation.h"
#include "store/reg-store-query.h"
#include "tabular/reg-row-writer.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* More than an LMS would tell of one person in one course. */
#define MAX_LINES 100000

static void
line_free (gpointer data)
{
  RegReadingLine *line = data;

  g_free (line->title);
  g_free (line->question);
  g_free (line->detail);
  g_free (line->actor);
  g_free (line);
}

static void
attempt_free (gpointer data)
{
  reg_attempt_free (data);
}

void
reg_reading_free (RegReading *self)
{
  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_free (self);
}

static RegReading *
reading_new (const RegRead *read, gint64 user_id, gint64 course_id)
{
  RegReading *self = g_new0 (RegReading, 1);

  self->read = read;
  self->user_id = user_id;
  self->course_id = course_id;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->attempts = g_ptr_array_new_with_free_func (attempt_free);
  return self;
}

/* ---- Reading the LMS's answer ----
 *
 * A member that is absent or of another type counts as empty; the whole is refused only where it is
 * not the object that was asked for. */

static gint64
get_int (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : 0;
}

static char *
dup_text (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return g_strdup (node != NULL && JSON_NODE_HOLDS_VALUE (node)
                           && json_node_get_value_type (node) == G_TYPE_STRING
                       ? json_node_get_string (node)
                       : "");
}

static gboolean
get_boolean (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_object (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static RegReadingLine *
add_line (RegReading *self)
{
  RegReadingLine *line = g_new0 (RegReadingLine, 1);

  g_ptr_array_add (self->lines, line);
  return line;
}

static void
fill_texts (RegReadingLine *line)
{
  if (line->title == NULL)
    line->title = g_strdup ("");
  if (line->question == NULL)
    line->question = g_strdup ("");
  if (line->detail == NULL)
    line->detail = g_strdup ("");
}

static char *
dup_user_name (RegStore *store, gint64 id)
{
  g_autoptr (RegUser) user = id != 0 ? reg_store_get_user (store, id, NULL) : NULL;

  return user != NULL ? reg_user_dup_name (user) : NULL;
}

static void
read_event (RegReading *self, RegStore *store, JsonObject *object)
{
  RegReadingLine *line = add_line (self);

  line->at = get_int (object, "at");
  line->number = (int)get_int (object, "attempt");
  line->title = dup_text (object, "event");
  line->detail = dup_text (object, "detail");
  line->actor = dup_user_name (store, get_int (object, "actor_id"));
  fill_texts (line);
}

static void
read_chapter (RegReading *self, RegStore *store, JsonObject *object)
{
  RegReadingLine *line = add_line (self);

  line->number = (int)get_int (object, "number");
  line->title = dup_text (object, "title");
  line->progress = (int)CLAMP (get_int (object, "progress"), 0, 100);
  line->at = get_int (object, "started_at");
  line->ended_at = get_int (object, "completed_at");
  fill_texts (line);
}

static void
read_statement (RegReading *self, RegStore *store, JsonObject *object)
{
  RegReadingLine *line = add_line (self);

  line->at = get_int (object, "at");
  line->title = dup_text (object, "verb");
  line->detail = dup_text (object, "object");
  fill_texts (line);
}

/* A quiz is one line for each answer; one without answers is a line nevertheless. */
static void
read_quiz (RegReading *self, RegStore *store, JsonObject *object)
{
  JsonArray *responses = get_array (object, "responses");
  guint n = responses != NULL ? json_array_get_length (responses) : 0;

  for (guint i = 0; i < MAX (n, 1) && self->lines->len < MAX_LINES; i++)
    {
      JsonObject *response = n > 0 ? get_object (responses, i) : NULL;
      RegReadingLine *line;

      if (n > 0 && response == NULL)
        continue;
      line = add_line (self);
      line->number = (int)get_int (object, "number");
      line->title = dup_text (object, "title");
      line->at = get_int (object, "answered_at");
      line->progress = (int)CLAMP (get_int (object, "score"), 0, 100);
      line->is_passed = get_boolean (object, "passed");
      if (response != NULL)
        {
          line->question = dup_text (response, "question");
          line->detail = dup_text (response, "answer");
          line->is_correct = get_boolean (response, "correct");
        }
      fill_texts (line);
    }
}

typedef struct
{
  const char *what;
  const char *member;
  void (*read) (RegReading *self, RegStore *store, JsonObject *object);
} Shape;

static const Shape shapes[] = {
  { "history", "events", read_event },
  { "chapters", "chapters", read_chapter },
  { "quiz", "quizzes", read_quiz },
  { "activity", "statements", read_statement },
};

static gboolean
parse (RegReading *self, RegStore *store, const char *body, gssize len, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) cause = NULL;
  JsonArray *array = NULL;
  JsonNode *root;
  const Shape *shape = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (strcmp (shapes[i].what, self->read->what) == 0)
      shape = &shapes[i];
  g_return_val_if_fail (shape != NULL, FALSE);
  if (json_parser_load_from_data (parser, body, len, &cause)
      && (root = json_parser_get_root (parser)) != NULL && JSON_NODE_HOLDS_OBJECT (root))
    array = get_array (json_node_get_object (root), shape->member);
  if (array == NULL)
    {
      g_set_error (error, REG_LMS_ERROR, REG_LMS_ERROR_GARBLED,
                   _ ("The LMS's answer cannot be read: %s"),
                   cause != NULL ? cause->message : _ ("it is not what was asked for."));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array) && self->lines->len < MAX_LINES; i++)
    if (get_object (array, i) != NULL)
      shape->read (self, store, get_object (array, i));
  return TRUE;
}

/* ---- What the local copy knows of the history ---- */

static void
add_event (RegReading *self, const RegAttempt *attempt, gint64 at, const char *event)
{
  RegReadingLine *line;

  if (at == 0)
    return;
  line = add_line (self);
  line->at = at;
  line->number = attempt->number;
  line->title = g_strdup (event);
  fill_texts (line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const RegReadingLine *left = *(const RegReadingLine *const *)a;
  const RegReadingLine *right = *(const RegReadingLine *const *)b;

  return left->at < right->at ? -1 : left->at > right->at;
}

static void
tell_from_copy (RegReading *self)
{
  self->is_from_copy = TRUE;
  for (guint i = self->attempts->len; i > 0; i--)
    {
      const RegAttempt *attempt = g_ptr_array_index (self->attempts, i - 1);

      add_event (self, attempt, attempt->assigned_at, "assign");
      add_event (self, attempt, attempt->started_at, "started");
      add_event (self, attempt, attempt->completed_at, "completed");
      if (attempt->certificate_at != attempt->completed_at)
        add_event (self, attempt, attempt->certificate_at, "generate-certificate");
    }
  g_ptr_array_sort (self->lines, compare_lines);
}

/**
 * reg_reading_load:
 * @store: the local copy
 * @read: what
 * @user_id: the person
 * @course_id: the course
 * @error: return location
 *
 * What was read of the LMS last, or, of a history that never was, what the local copy knows of the
 * person's assignments.
 *
 * Returns: (transfer full) (nullable): the lines; %NULL on error
 */
RegReading *
reg_reading_load (RegStore *store,
                  const RegRead *read,
                  gint64 user_id,
                  gint64 course_id,
                  GError **error)
{
  g_autoptr (RegReading) self = reading_new (read, user_id, course_id);
  gboolean is_history = strcmp (read->what, "history") == 0;
  g_autofree char *body = NULL;

  if (!reg_store_get_reading (store, user_id, course_id, read->what, &self->read_at, &body, error))
    return NULL;
  if (is_history)
    {
      g_ptr_array_unref (self->attempts);
      self->attempts = reg_store_list_attempts (store, user_id, course_id, error);
      if (self->attempts == NULL)
        {
          self->attempts = g_ptr_array_new ();
          return NULL;
        }
    }
  if (body != NULL && !parse (self, store, body, -1, error))
    return NULL;
  if (body == NULL && is_history)
    tell_from_copy (self);
  return g_steal_pointer (&self);
}

/**
 * reg_reading_fetch:
 * @store: the local copy
 * @lms: a connector
 * @read: what
 * @user_id: the person
 * @course_id: the course
 * @now: unix seconds
 * @cancellable: (nullable)
 * @error: return location
 *
 * Asks the LMS and keeps its answer, where it is one; what was kept before stays otherwise.
 */
gboolean
reg_reading_fetch (RegStore *store,
                   RegLms *lms,
                   const RegRead *read,
                   gint64 user_id,
                   gint64 course_id,
                   gint64 now,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GBytes) answer =
      reg_lms_read (lms, read->what, user_id, course_id, cancellable, error);
  g_autoptr (RegReading) checked = NULL;
  const char *body;
  gsize len;

  if (answer == NULL)
    return FALSE;
  body = g_bytes_get_data (answer, &len);
  checked = reading_new (read, user_id, course_id);
  return parse (checked, store, body != NULL ? body : "", (gssize)len, error)
         && reg_store_put_reading (store, user_id, course_id, read->what, now, body, len, error);
}

/* ---- As a table ---- */

static const RegReadingColumn history_columns[] = {
  { "at", N_ ("When"), FALSE, FALSE },
  { "attempt", N_ ("Assignment"), TRUE, FALSE },
  { "event", N_ ("What Happened"), FALSE, FALSE },
  { "actor", N_ ("Who"), FALSE, FALSE },
  { "detail", N_ ("Note"), FALSE, FALSE },
};
static const RegReadingColumn chapter_columns[] = {
  { "number", N_ ("Number"), TRUE, FALSE },
  { "title", N_ ("Chapter"), FALSE, FALSE },
  { "progress", N_ ("Progress"), TRUE, FALSE },
  { "started_at", N_ ("Started"), FALSE, FALSE },
  { "completed_at", N_ ("Completed"), FALSE, FALSE },
};
static const RegReadingColumn quiz_columns[] = {
  { "number", N_ ("Number"), TRUE, FALSE },         { "title", N_ ("Quiz"), FALSE, FALSE },
  { "answered_at", N_ ("Answered"), FALSE, FALSE }, { "score", N_ ("Score"), TRUE, FALSE },
  { "passed", N_ ("Passed"), FALSE, TRUE },         { "question", N_ ("Question"), FALSE, FALSE },
  { "answer", N_ ("Answer"), FALSE, FALSE },        { "correct", N_ ("Correct"), FALSE, TRUE },
};
static const RegReadingColumn activity_columns[] = {
  { "at", N_ ("When"), FALSE, FALSE },
  { "verb", N_ ("What Happened"), FALSE, FALSE },
  { "object", N_ ("Where"), FALSE, FALSE },
};

/**
 * reg_reading_get_columns:
 * @read: what was read
 * @n: (out): how many columns
 *
 * Returns: (transfer none) (array length=n): the columns of its table
 */
const RegReadingColumn *
reg_reading_get_columns (const RegRead *read, guint *n)
{
  if (strcmp (read->what, "chapters") == 0)
    {
      *n = G_N_ELEMENTS (chapter_columns);
      return chapter_columns;
    }
  if (strcmp (read->what, "quiz") == 0)
    {
      *n = G_N_ELEMENTS (quiz_columns);
      return quiz_columns;
    }
  if (strcmp (read->what, "activity") == 0)
    {
      *n = G_N_ELEMENTS (activity_columns);
      return activity_columns;
    }
  *n = G_N_ELEMENTS (history_columns);
  return history_columns;
}

/**
 * reg_reading_line_dup_event:
 * @self: a line of a history or of a player's activity
 *
 * Returns: (transfer full): what happened, translated where it is one of ours, else as the LMS says
 */
char *
reg_reading_line_dup_event (const RegReadingLine *self)
{
  static const struct
  {
    const char *event, *words;
  } known[] = {
    { "assign", N_ ("Assigned") },
    { "started", N_ ("Started") },
    { "progressed", N_ ("Progressed") },
    { "completed", N_ ("Completed") },
    { "initialized", N_ ("Opened") },
    { "qualified", N_ ("Enrolled based on a qualification") },
    { "reassign", N_ ("Reassigned") },
    { "auto-reassigned", N_ ("Reassigned automatically") },
    { "set-due-date", N_ ("Due date set") },
    { "clear-due-date", N_ ("Due date removed") },
    { "mark-complete", N_ ("Marked as complete") },
    { "mark-incomplete", N_ ("Marked as incomplete") },
    { "mark-no-show", N_ ("Marked as no-show") },
    { "change-session", N_ ("Session changed") },
    { "reset-progress", N_ ("Progress reset") },
    { "unassign", N_ ("Unassigned") },
    { "unenroll", N_ ("Unenrolled") },
    { "remove-user", N_ ("Removed from the course") },
    { "remove-registration", N_ ("Registration removed") },
    { "generate-certificate", N_ ("Certificate issued") },
    { "remove-certificate", N_ ("Certificate removed") },
    { "make-instructor", N_ ("Made instructor") },
    { "remove-instructor", N_ ("Not an instructor any more") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].event, self->title) == 0)
      return g_strdup (_ (known[i].words));
  return g_strdup (self->title);
}

static char *
dup_number (int number)
{
  return g_strdup_printf ("%d", number);
}

static char *
dup_yes (gboolean is_so)
{
  return g_strdup (is_so ? "yes" : "");
}

static char **
make_cells (char *first, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  va_list cells;

  va_start (cells, first);
  for (char *cell = first; cell != NULL; cell = va_arg (cells, char *))
    {
      g_strv_builder_add (builder, cell);
      g_free (cell);
    }
  va_end (cells);
  return g_strv_builder_end (builder);
}

/**
 * reg_reading_dup_cells:
 * @self: what was read
 * @line: one of its lines
 * @dup_time: writes a moment that is known
 *
 * Returns: (transfer full): the cells of the line, %NULL-terminated
 */
char **
reg_reading_dup_cells (const RegReading *self,
                       const RegReadingLine *line,
                       char *(*dup_time) (gint64 unix_seconds))
{
  char *at = line->at != 0 ? dup_time (line->at) : g_strdup ("");

  if (strcmp (self->read->what, "chapters") == 0)
    return make_cells (dup_number (line->number), g_strdup (line->title),
                       dup_number (line->progress), at,
                       line->ended_at != 0 ? dup_time (line->ended_at) : g_strdup (""), NULL);
  if (strcmp (self->read->what, "quiz") == 0)
    return make_cells (dup_number (line->number), g_strdup (line->title), at,
                       dup_number (line->progress), dup_yes (line->is_passed),
                       g_strdup (line->question), g_strdup (line->detail),
                       dup_yes (line->is_correct), NULL);
  if (strcmp (self->read->what, "activity") == 0)
    return make_cells (at, g_strdup (line->title), g_strdup (line->detail), NULL);
  return make_cells (at, dup_number (line->number), g_strdup (line->title),
                     g_strdup (line->actor != NULL ? line->actor : ""), g_strdup (line->detail),
                     NULL);
}

/* A spreadsheet understands it, and it sorts. */
static char *
dup_sheet_time (gint64 unix_seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static gboolean
write_lines (const RegReading *self, RegRowWriter *writer, GError **error)
{
  guint n;
  const RegReadingColumn *columns = reg_reading_get_columns (self->read, &n);
  g_autofree const char **headings = g_new (const char *, n);

  for (guint i = 0; i < n; i++)
    headings[i] = _ (columns[i].heading);
  if (!reg_row_writer_add (writer, headings, n, error))
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RegReadingLine *line = g_ptr_array_index (self->lines, i);
      g_auto (GStrv) cells = reg_reading_dup_cells (self, line, dup_sheet_time);

      for (guint k = 0; k < n; k++)
        if (columns[k].is_yes_no)
          {
            gboolean is_so = *cells[k] != '\0';

            g_free (cells[k]);
            cells[k] = g_strdup (is_so ? _ ("Yes") : _ ("No"));
          }
      if (!reg_row_writer_add (writer, (const char *const *)cells, n, error))
        return FALSE;
    }
  return reg_row_writer_close (writer, error);
}

/**
 * reg_reading_export:
 * @self: what was read
 * @path: a file, .xlsx or .csv
 * @error: return location
 *
 * Writes it as a spreadsheet: whole, or not at all.
 */
gboolean
reg_reading_export (const RegReading *self, const char *path, GError **error)
{
  const RegWriteOptions options = { .sheet = _ (self->read->title), .has_header = TRUE };
  g_autoptr (RegRowWriter) writer = NULL;

  if (g_str_has_suffix (path, ".xls"))
    {
      g_set_error_literal (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_UNSUPPORTED,
                           _ ("The old .xls form is not written. Save as .xlsx."));
      return FALSE;
    }
  writer = reg_row_writer_new_for_path (path, &options, error);
  return writer != NULL && write_lines (self, writer, error);
}

/**
 * reg_reading_dup_age:
 * @self: what was read
 *
 * Returns: (transfer full): how old it is, in one line
 */
char *
reg_reading_dup_age (const RegReading *self)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (self->read_at);
  g_autofree char *moment = NULL;

  if (self->read_at == 0 && self->is_from_copy)
    return g_strdup (_ ("Never read from the LMS: this is what the last sync told."));
  if (self->read_at == 0 || then == NULL)
    return g_strdup (_ ("Never read from the LMS."));
  /* Translators: a day and a time, as 21 November 2026, 14:05 */
  moment = g_date_time_format (then, _ ("%-d %B %Y, %H:%M"));
  /* Translators: %s is a moment, as 21 November 2026, 14:05 */
  return g_strdup_printf (_ ("As of %s"), moment);
}
