/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sync"

#include "sync/reg-import-copy.h"

#include "imports/reg-directory-private.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "tabular/reg-row-reader.h"

#include <glib/gstdio.h>
#include <string.h>

/* Of so many imports, and up to this size each: nobody's disk fills with them. */
#define MAX_COPIES 30
#define MAX_SIZE (32 * 1024 * 1024)

void
reg_import_copy_free (RegImportCopy *self)
{
  g_free (self->path);
  g_free (self->file_name);
  g_free (self->series);
  g_clear_pointer (&self->recipe, reg_import_recipe_free);
  g_clear_pointer (&self->edits, reg_import_edits_free);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_free (self);
}

static char *
dup_path (RegStore *store, gint64 run_id)
{
  g_autofree char *folder = g_path_get_dirname (reg_store_get_path (store));
  g_autofree char *name = g_strdup_printf ("import-%" G_GINT64_FORMAT ".copy", run_id);

  return g_build_filename (folder, name, NULL);
}

static char *
dup_key (const char *what, gint64 run_id)
{
  return g_strdup_printf ("import-%s:%" G_GINT64_FORMAT, what, run_id);
}

static gboolean
set_text (RegStore *store, const char *what, gint64 run_id, const char *text, GError **error)
{
  g_autofree char *key = dup_key (what, run_id);

  return reg_store_set_setting (store, key, text, error);
}

static char *
dup_text (RegStore *store, const char *what, gint64 run_id, GError **error)
{
  g_autofree char *key = dup_key (what, run_id);

  return reg_store_dup_setting (store, key, error);
}

static gboolean
copy_file (const RegImportPlan *plan, const char *path, GError **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (plan->path);
  g_autoptr (GFile) to = g_file_new_for_path (path);

  if (!g_file_copy (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL,
                    NULL, error))
    return FALSE;
  g_chmod (path, 0600);
  return TRUE;
}

static void
drop_old (RegStore *store, gint64 run_id)
{
  g_autofree char *path = dup_path (store, run_id);

  if (run_id <= 0)
    return;
  g_unlink (path);
  set_text (store, "series", run_id, NULL, NULL);
  set_text (store, "recipe", run_id, NULL, NULL);
  set_text (store, "edits", run_id, NULL, NULL);
}

static gboolean
keep (RegStore *store,
      const RegImportRun *run,
      const RegImportPlan *plan,
      const RegImportRequest *request,
      GError **error)
{
  g_autofree char *path = dup_path (store, run->id);
  g_autoptr (RegImportRecipe) recipe = reg_import_recipe_new (run->file_name, request);
  g_autofree char *recipe_text = NULL;
  g_autofree char *edits = reg_import_edits_to_text (request->edits);

  /* How the file was understood is part of it: nothing is found out anew. */
  g_free (recipe->encoding);
  recipe->encoding = plan->delimiter != 0 ? g_strdup (plan->encoding) : NULL;
  recipe->delimiter = plan->delimiter;
  g_free (recipe->sheet);
  recipe->sheet = g_strdup (plan->sheet);
  g_free (recipe->headings);
  recipe->headings = g_strdup_printf ("%" G_GINT64_FORMAT, plan->heading_line);
  recipe_text = reg_import_recipe_to_text (recipe);
  return copy_file (plan, path, error) && set_text (store, "edits", run->id, edits, error)
         && set_text (store, "series", run->id, request->recipe, error)
         && set_text (store, "recipe", run->id, recipe_text, error);
}

void
reg_import_copy_keep (RegStore *store,
                      const RegImportRun *run,
                      const RegImportPlan *plan,
                      const RegImportRequest *request)
{
  g_autoptr (GError) error = NULL;

  drop_old (store, run->id - MAX_COPIES);
  if (plan->file_size > MAX_SIZE || keep (store, run, plan, request, &error))
    return;
  g_message ("The file of import %" G_GINT64_FORMAT " is not kept: %s", run->id, error->message);
  drop_old (store, run->id);
}

static int
compare_lines (gconstpointer one, gconstpointer other)
{
  const gint64 *a = one, *b = other;

  return (*a > *b) - (*a < *b);
}

static GArray *
list_lines (GPtrArray *rejects)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rejects->len; i++)
    {
      gint64 line = ((const RegImportReject *)g_ptr_array_index (rejects, i))->line;

      if (line > 0)
        g_array_append_val (lines, line);
    }
  g_array_sort (lines, compare_lines);
  return lines;
}

/* ---- Marks of a line ---- */

/* gint64 line → courses that are told of it (GHashTable of texts), or NULL where the line as such
 * is. */
static void
courses_free (gpointer courses)
{
  if (courses != NULL)
    g_hash_table_unref (courses);
}

static GHashTable *
list_courses (GPtrArray *rejects)
{
  GHashTable *lines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, courses_free);

  for (guint i = 0; i < rejects->len; i++)
    {
      const RegImportReject *reject = g_ptr_array_index (rejects, i);
      gpointer courses = NULL;
      gboolean is_known = g_hash_table_lookup_extended (lines, &reject->line, NULL, &courses);

      if (is_known && courses == NULL)
        continue;
      if (!is_known && reject->course != NULL)
        courses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      if (!is_known || reject->course == NULL)
        g_hash_table_insert (lines, g_memdup2 (&reject->line, sizeof reject->line),
                             reject->course != NULL ? courses : NULL);
      if (reject->course != NULL)
        g_hash_table_add (courses, g_strdup (reject->course));
    }
  return lines;
}

GHashTable *
reg_import_list_other_rows (GPtrArray *rejects, const RegImportPlan *plan)
{
  g_autoptr (GHashTable) lines = list_courses (rejects);
  g_autoptr (GHashTable) who = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTable *others = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < rejects->len; i++)
    {
      RegImportReject *reject = g_ptr_array_index (rejects, i);

      g_hash_table_insert (who, &reject->line, reject->identifier);
    }
  for (guint i = 0; i < plan->will->len; i++)
    {
      const RegImportItem *item = &g_array_index (plan->will, RegImportItem, i);
      const RegCourse *course = reg_directory_get_course (plan->directory, item->course_id);
      gint64 line = item->line, key = reg_import_item_get_key (item);
      GHashTable *courses = g_hash_table_lookup (lines, &line);

      if (course != NULL && courses != NULL && !g_hash_table_contains (courses, course->code)
          && g_strcmp0 (g_hash_table_lookup (who, &line),
                        reg_import_plan_get_identifier (plan, item))
                 == 0)
        g_hash_table_add (others, g_memdup2 (&key, sizeof key));
    }
  return others;
}

char *
reg_import_copy_dup_series (RegStore *store, gint64 run_id, GError **error)
{
  return dup_text (store, "series", run_id, error);
}

/* Without the lines. */
static RegImportCopy *
open_file (RegStore *store, gint64 run_id, GError **error)
{
  g_autoptr (RegImportCopy) self = g_new0 (RegImportCopy, 1);
  g_autoptr (RegImportRun) run = reg_store_get_run (store, run_id, error);
  g_autofree char *recipe = NULL;
  g_autofree char *edits = NULL;

  if (run == NULL)
    return NULL;
  self->run_id = run_id;
  self->path = dup_path (store, run_id);
  recipe = dup_text (store, "recipe", run_id, error);
  edits = recipe != NULL ? dup_text (store, "edits", run_id, error) : NULL;
  if (recipe == NULL || edits == NULL || !g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  self->file_name = g_strdup (run->file_name);
  self->series = reg_import_copy_dup_series (store, run_id, NULL);
  self->recipe = reg_import_recipe_from_text (run->file_name, recipe);
  if (self->recipe == NULL)
    return NULL;
  self->heading_line =
      self->recipe->headings != NULL ? g_ascii_strtoll (self->recipe->headings, NULL, 10) : 0;
  self->edits = reg_import_edits_from_text (edits);
  return g_steal_pointer (&self);
}

/**
 * reg_import_copy_open:
 * @store: the local copy
 * @run_id: an import
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file of the import, and the lines of it that were not
 *   imported; %NULL without an error where it is not kept any more
 */
RegImportCopy *
reg_import_copy_open (RegStore *store, gint64 run_id, GError **error)
{
  g_autoptr (RegImportCopy) self = open_file (store, run_id, error);

  if (self == NULL)
    return NULL;
  self->rejects = reg_store_list_rejects (store, run_id, 0, error);
  if (self->rejects == NULL)
    return NULL;
  self->lines = list_lines (self->rejects);
  return g_steal_pointer (&self);
}

gboolean
reg_import_copy_is_kept (RegStore *store, gint64 run_id)
{
  g_autoptr (RegImportCopy) self = open_file (store, run_id, NULL);

  return self != NULL;
}

/* The heading line and the lines that were not imported, as texts. */
static GHashTable *
read_cells (const RegImportCopy *copy, GPtrArray **headings, GError **error)
{
  RegImportPlan plan = { .path = copy->path,
                         .sheet = copy->recipe->sheet,
                         .encoding = copy->recipe->encoding,
                         .delimiter = copy->recipe->delimiter };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) lines = g_array_copy (copy->lines);
  GHashTable *cells;
  char **first;

  plan.headings = none;
  g_array_append_val (lines, copy->heading_line);
  cells = reg_import_plan_read_cells (&plan, copy->edits, (const gint64 *)(void *)lines->data,
                                      lines->len, NULL, error);
  if (cells == NULL)
    return NULL;
  *headings = g_ptr_array_new_with_free_func (g_free);
  first = g_hash_table_lookup (cells, &copy->heading_line);
  for (guint i = 0; first != NULL && first[i] != NULL; i++)
    g_ptr_array_add (*headings, g_strdup (first[i]));
  return cells;
}

static gboolean
is_mark (const char *text)
{
  g_autofree char *own = g_strstrip (g_strdup (text));

  return g_ascii_strcasecmp (own, "x") == 0;
}

/* What was imported of a line with several marks, or was not wanted, is not asked for again. */
static gboolean
clear_other_marks (RegStore *store,
                   GPtrArray *rejects,
                   GPtrArray *headings,
                   GHashTable *cells,
                   GError **error)
{
  g_autoptr (RegDirectory) directory = reg_directory_new ();
  g_autoptr (GPtrArray) courses = reg_store_list_courses (store, error);
  g_autoptr (GHashTable) lines = list_courses (rejects);
  GHashTableIter iter;
  gpointer line, told;

  if (courses == NULL)
    return FALSE;
  for (guint i = 0; i < courses->len; i++)
    reg_directory_add_course (directory, g_ptr_array_index (courses, i));
  for (guint i = 0; i < headings->len; i++)
    {
      const char *heading = g_ptr_array_index (headings, i);
      guint32 found = reg_directory_find_course (directory, heading, strlen (heading));

      g_hash_table_iter_init (&iter, lines);
      while (found < REG_DIRECTORY_SEVERAL && g_hash_table_iter_next (&iter, &line, &told))
        {
          char **own = g_hash_table_lookup (cells, line);

          if (told == NULL || own == NULL || i >= g_strv_length (own) || !is_mark (own[i])
              || g_hash_table_contains (told, reg_directory_get_course_at (directory, found)->code))
            continue;
          *own[i] = '\0';
        }
    }
  return TRUE;
}

/**
 * reg_import_copy_write_rejects:
 * @store: the local copy
 * @run_id: an import
 * @path: where to
 * @error: why it cannot be written
 *
 * Returns: whether the list is written
 */
gboolean
reg_import_copy_write_rejects (RegStore *store, gint64 run_id, const char *path, GError **error)
{
  g_autoptr (GPtrArray) rejects = reg_store_list_rejects (store, run_id, 0, error);
  const RegImportAction *action;
  g_autoptr (RegImportCopy) copy = NULL;
  g_autoptr (GPtrArray) headings = NULL;
  g_autoptr (GHashTable) cells = NULL;
  g_autoptr (GError) local = NULL;

  if (rejects == NULL)
    return FALSE;
  copy = reg_import_copy_open (store, run_id, &local);
  if (copy != NULL)
    cells = read_cells (copy, &headings, &local);
  action = cells != NULL ? reg_import_action_find (copy->recipe->action) : NULL;
  if (action != NULL && action->has_matrix
      && !clear_other_marks (store, rejects, headings, cells, error))
    return FALSE;
  /* Without the file the list still has who, and why. */
  if (local != NULL)
    g_message ("The file of import %" G_GINT64_FORMAT " cannot be read: %s", run_id,
               local->message);
  return reg_import_write_rejects_with_cells (rejects, headings, cells, path, error);
}
