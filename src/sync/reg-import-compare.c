/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-compare.h"

#include "imports/reg-directory-private.h"
#include "imports/reg-interchange.h"
#include "rules/reg-text.h"
#include "sync/reg-import-copy.h"
#include "sync/reg-import-job.h"
#include "tabular/reg-row-reader.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

static void
person_free (gpointer data)
{
  RegComparedPerson *person = data;

  g_free (person->identifier);
  g_free (person);
}

void
reg_import_comparison_free (RegImportComparison *self)
{
  g_clear_pointer (&self->run, reg_import_run_free);
  g_clear_pointer (&self->before, reg_import_run_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

/* ---- The run before ---- */

/* How much another run is of the same kind: 0 for not at all. */
static int
get_kinship (RegStore *store,
             const RegImportRun *run,
             const char *series,
             const RegImportRun *other)
{
  g_autofree char *other_series = NULL;

  if (other->id >= run->id || other->batch_id == 0 || other->state == REG_RUN_UNDONE
      || other->is_reverted || !g_str_equal (other->action, run->action))
    return 0;
  other_series = reg_import_copy_dup_series (store, other->id, NULL);
  if (series != NULL && g_strcmp0 (series, other_series) == 0)
    return 3;
  /* A recipe says what belongs together. */
  if (series != NULL || other_series != NULL)
    return 0;
  return g_str_equal (other->file_name, run->file_name) ? 2 : 1;
}

RegImportRun *
reg_import_compare_find_before (RegStore *store, const RegImportRun *run, GError **error)
{
  g_autoptr (GPtrArray) runs = reg_store_list_runs (store, error);
  g_autofree char *series = NULL;
  const RegImportRun *best = NULL;
  int kinship = 0;

  if (runs == NULL)
    return NULL;
  series = reg_import_copy_dup_series (store, run->id, NULL);
  /* The newest stand first. */
  for (guint i = 0; i < runs->len; i++)
    {
      const RegImportRun *other = g_ptr_array_index (runs, i);
      int own = get_kinship (store, run, series, other);

      if (own <= kinship)
        continue;
      kinship = own;
      best = other;
    }
  return best != NULL ? reg_import_run_copy (best) : NULL;
}

/* ---- Files ---- */

/* What a file says of somebody: all lines of theirs, in whatever order; and what was chosen for
 * them instead of what the action says. */
typedef struct
{
  gint64 user_id;
  char *identifier;
  guint64 says;
  const RegImportInstead *instead;
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  g_free (said->identifier);
  g_free (said);
}

typedef struct
{
  RegDirectory *directory;
  const RegImportPlan *plan; /* tells of the columns */
  const RegImportEdits *edits;
  GHashTable *people; /* text → Said */
  GPtrArray *folded;  /* headings */
  const RegImportInstead *instead;
  RegIdList *instead_users; /* by id */
} Reading;

static char *
dup_cell (const RegRow *row, guint column)
{
  const char *text = row->cells[column].text;
  gsize len = row->cells[column].len;

  if (len > 0)
    reg_text_strip (&text, &len);
  return g_strndup (text, len);
}

/* (transfer full) (nullable): the first text of a column of that kind */
static char *
dup_of_kind (const Reading *self, const RegRow *row, RegColumnKind kind)
{
  for (guint i = 0; i < MIN (self->plan->columns->len, row->n_cells); i++)
    if (g_array_index (self->plan->columns, RegColumnKind, i) == kind && row->cells[i].len > 0)
      {
        char *text = dup_cell (row, i);

        if (*text != '\0')
          return text;
        g_free (text);
      }
  return NULL;
}

static gint64
find_user (const Reading *self, const char *email, const char *employee_id)
{
  g_autofree char *key = email != NULL ? reg_email_key (email, -1) : NULL;
  guint32 user = REG_DIRECTORY_NONE;

  if (key != NULL)
    user = reg_directory_find_email (self->directory, key, strlen (key));
  if (user >= REG_DIRECTORY_SEVERAL && employee_id != NULL)
    user = reg_directory_find_employee (self->directory, employee_id, strlen (employee_id));
  return user < REG_DIRECTORY_SEVERAL ? reg_directory_get_user_id_at (self->directory, user) : 0;
}

/* Columns go by their headings, so one that moved says the same. */
static guint64
hash_line (const Reading *self, const RegRow *row)
{
  guint64 sum = 0;

  for (guint i = 0; i < MIN (self->folded->len, row->n_cells); i++)
    {
      g_autofree char *text = dup_cell (row, i);
      guint64 hash = G_GUINT64_CONSTANT (0xCBF29CE484222325);

      if (*text == '\0')
        continue;
      for (const char *p = g_ptr_array_index (self->folded, i); *p != '\0'; p++)
        hash = (hash ^ (guchar)*p) * G_GUINT64_CONSTANT (0x100000001B3);
      hash *= 31;
      for (const char *p = text; *p != '\0'; p++)
        hash = (hash ^ (guchar)*p) * G_GUINT64_CONSTANT (0x100000001B3);
      sum += hash ^ hash >> 29;
    }
  return sum * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15) + 1;
}

static int
compare_ids (gconstpointer one, gconstpointer other)
{
  const gint64 *a = one, *b = other;

  return (*a > *b) - (*a < *b);
}

/* Whom a choice was for says only the import: it changes those of whom it was true then. */
static gboolean
list_instead (Reading *self,
              RegStore *store,
              const RegImportRun *run,
              const RegImportEdits *edits,
              GError **error)
{
  self->instead =
      reg_import_edits_has_instead (edits) ? reg_import_instead_find_of (run->action) : NULL;
  if (self->instead == NULL)
    return TRUE;
  self->instead_users = reg_store_list_run_users (store, run->id, self->instead->operation, error);
  return self->instead_users != NULL;
}

static const RegImportInstead *
find_instead (const Reading *self, gint64 user_id)
{
  return self->instead_users != NULL
                 && bsearch (&user_id, self->instead_users->ids, self->instead_users->n,
                             sizeof user_id, compare_ids)
                        != NULL
             ? self->instead
             : NULL;
}

static void
take_line (Reading *self, const RegRow *row)
{
  g_autofree char *either = dup_of_kind (self, row, REG_COLUMN_IDENTIFIER);
  g_autofree char *email = dup_of_kind (self, row, REG_COLUMN_EMAIL);
  g_autofree char *employee_id = dup_of_kind (self, row, REG_COLUMN_EMPLOYEE_ID);
  const char *shown = email != NULL ? email : either != NULL ? either : employee_id;
  g_autofree char *key = NULL;
  gint64 user_id;
  Said *said;

  if (shown == NULL)
    return;
  user_id =
      find_user (self, email != NULL ? email : either, employee_id != NULL ? employee_id : either);
  key = user_id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, user_id) : reg_email_key (shown, -1);
  said = g_hash_table_lookup (self->people, key);
  if (said == NULL)
    {
      said = g_new0 (Said, 1);
      said->user_id = user_id;
      said->identifier = g_strdup (shown);
      said->instead = find_instead (self, user_id);
      g_hash_table_insert (self->people, g_steal_pointer (&key), said);
    }
  said->says += hash_line (self, row);
}

static gboolean
read_lines (Reading *self, GCancellable *cancellable, GError **error)
{
  const RegReadOptions options = {
    .sheet = self->plan->sheet,
    .encoding = self->plan->delimiter != 0 ? self->plan->encoding : NULL,
    .delimiter = self->plan->delimiter,
  };
  g_autoptr (RegRowReader) reader =
      reg_row_reader_open (self->plan->path, &options, cancellable, error);
  RegImportEditsScratch scratch = { 0 };
  GError *inner = NULL;
  RegRow row;

  if (reader == NULL)
    return FALSE;
  while (reg_row_reader_next (reader, &row, &inner))
    {
      if ((gint64)row.line <= self->plan->heading_line
          || reg_import_edits_is_left_out (self->edits, (gint64)row.line))
        continue;
      reg_import_edits_apply (self->edits, &row, &scratch);
      take_line (self, &row);
    }
  reg_import_edits_scratch_clear (&scratch);
  if (inner != NULL)
    g_propagate_error (error, inner);
  return inner == NULL;
}

/* The same check as of then says what the columns are. Returns: (transfer full) (nullable) */
static RegImportPlan *
check_copy (RegStore *store, const RegImportCopy *copy, GCancellable *cancellable, GError **error)
{
  const RegInterchange *interchange = reg_interchange_find (copy->recipe->action);
  RegImportRequest request = {
    .path = copy->path, .name = copy->file_name, .edits = copy->edits, .today = "2000-01-01"
  };
  g_autoptr (RegInterchangePlan) steps = NULL;

  reg_import_recipe_fill_request (copy->recipe, &request);
  if (interchange == NULL)
    {
      request.heading_line = copy->heading_line;
      return reg_import_job_check (store, &request, NULL, NULL, cancellable, error);
    }
  steps = reg_import_job_check_interchange (store, interchange, &request, NULL, NULL, cancellable,
                                            error);
  return steps != NULL ? reg_import_plan_ref (g_ptr_array_index (steps->plans, 0)) : NULL;
}

/* (transfer full) (nullable): text → Said, of the file of a run */
static GHashTable *
read_people (RegStore *store,
             RegDirectory *directory,
             const RegImportRun *run,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (RegImportPlan) plan = NULL;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) people =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, said_free);
  Reading reading = { .directory = directory, .people = people, .folded = folded };
  GError *inner = NULL;
  gboolean done;

  copy = reg_import_copy_open (store, run->id, &inner);
  if (copy == NULL && inner == NULL)
    g_set_error (&inner, REG_IMPORT_ERROR, REG_IMPORT_ERROR_CHANGED,
                 _ ("The file of the import of “%s” is not kept any more, so it cannot be "
                    "compared."),
                 run->file_name);
  if (copy != NULL)
    plan = check_copy (store, copy, cancellable, &inner);
  if (plan == NULL)
    {
      g_propagate_error (error, inner);
      return NULL;
    }
  for (guint i = 0; i < plan->headings->len; i++)
    {
      const char *heading = g_ptr_array_index (plan->headings, i);

      g_ptr_array_add (folded, reg_text_fold (heading, -1));
    }
  reading.plan = plan;
  reading.edits = copy->edits;
  done = list_instead (&reading, store, run, copy->edits, error)
         && read_lines (&reading, cancellable, error);
  g_clear_pointer (&reading.instead_users, reg_id_list_unref);
  return done ? g_steal_pointer (&people) : NULL;
}

/* ---- The difference ---- */

static void
add_person (GPtrArray *people, RegDifference difference, const Said *said)
{
  RegComparedPerson *person = g_new0 (RegComparedPerson, 1);

  person->difference = difference;
  person->user_id = said->user_id;
  person->identifier = g_strdup (said->identifier);
  person->instead = difference != REG_DIFFERENCE_GONE ? said->instead : NULL;
  g_ptr_array_add (people, person);
}

static void
add_differences (GPtrArray *people, GHashTable *now, GHashTable *then)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Said *said = value;
      const Said *before = g_hash_table_lookup (then, key);

      if (before == NULL)
        add_person (people, REG_DIFFERENCE_NEW, said);
      else if (before->says != said->says || before->instead != said->instead)
        add_person (people, REG_DIFFERENCE_CHANGED, said);
    }
  g_hash_table_iter_init (&iter, then);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (now, key))
      add_person (people, REG_DIFFERENCE_GONE, value);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  const RegComparedPerson *one = *(RegComparedPerson *const *)a;
  const RegComparedPerson *other = *(RegComparedPerson *const *)b;

  if (one->difference != other->difference)
    return (int)one->difference - (int)other->difference;
  return strcmp (one->identifier, other->identifier);
}

/**
 * reg_import_compare:
 * @store: the local copy
 * @run_id: an import
 * @cancellable: (nullable): to stop it
 * @error: %REG_IMPORT_ERROR_CHANGED where a file is not kept, or as of reading it
 *
 * Compares what the files say, as they were corrected, not what was sent: who has a course already
 * is in both of them. That something else was chosen for a person is part of what the import says
 * of them.
 *
 * Returns: (transfer full): the comparison
 */
RegImportComparison *
reg_import_compare (RegStore *store, gint64 run_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (RegImportComparison) self = g_new0 (RegImportComparison, 1);
  g_autoptr (RegDirectory) directory = NULL;
  g_autoptr (GHashTable) now = NULL;
  g_autoptr (GHashTable) then = NULL;
  GError *inner = NULL;

  self->people = g_ptr_array_new_with_free_func (person_free);
  self->run = reg_store_get_run (store, run_id, error);
  if (self->run == NULL)
    return NULL;
  self->before = reg_import_compare_find_before (store, self->run, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return NULL;
    }
  if (self->before == NULL)
    return g_steal_pointer (&self);
  directory = reg_import_job_fill_directory (store, NULL, error);
  now = directory != NULL ? read_people (store, directory, self->run, cancellable, error) : NULL;
  then = now != NULL ? read_people (store, directory, self->before, cancellable, error) : NULL;
  if (then == NULL)
    return NULL;
  add_differences (self->people, now, then);
  g_ptr_array_sort (self->people, compare_people);
  return g_steal_pointer (&self);
}

RegIdList *
reg_import_list_reject_users (RegStore *store,
                              gint64 run_id,
                              gint64 line,
                              const char *code,
                              GError **error)
{
  g_autoptr (GPtrArray) rejects = reg_store_list_rejects (store, run_id, 0, error);
  g_autoptr (RegDirectory) directory =
      rejects != NULL ? reg_import_job_fill_directory (store, NULL, error) : NULL;
  const Reading reading = { .directory = directory };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 *ids;
  gsize n = 0;

  if (directory == NULL)
    return NULL;
  ids = g_new (gint64, MAX (rejects->len, 1));
  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      gint64 id = reject->user_id;

      if (line != 0 ? reject->line != line : !g_str_equal (reject->code, code))
        continue;
      if (id == 0)
        id = find_user (&reading, reject->identifier, reject->identifier);
      if (id != 0 && g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
        ids[n++] = id;
    }
  return reg_id_list_new_take (ids, n);
}
