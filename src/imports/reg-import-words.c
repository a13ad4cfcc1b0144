/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the final check and of Import Status. */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-import-check.h"

#include "base/reg-words.h"

#include <glib/gi18n-lib.h>

/* More hidden columns are not named one by one. */
#define MAX_NAMED 5

/* Puts texts in the places of "%s", in their order: the formats are translated and come out of a
 * table, so no compiler sees them. */
static char *
fill (const char *format, const char *first, const char *second)
{
  const char *values[] = { first, second };
  GString *out = g_string_new (NULL);
  guint next = 0;

  for (const char *p = format; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 's' && next < G_N_ELEMENTS (values) && values[next] != NULL)
      {
        g_string_append (out, values[next++]);
        p++;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static gulong
plural (gint64 n)
{
  return CLAMP (n, 0, G_MAXINT32);
}

static char *
fill_count (const char *format, gint64 n)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return fill (format, number, NULL);
}

static void
add_count (GString *text, const char *one, const char *many, gint64 n)
{
  g_autofree char *words = fill_count (g_dngettext (GETTEXT_PACKAGE, one, many, plural (n)), n);

  reg_words_add (text, words);
}

/* The action whose words fit: what a file of people does follows from whom it may add and change.
 */
static const RegImportAction *
get_wording (const RegImportPlan *self)
{
  const RegImportAction *action = reg_import_action_find (self->action);

  if (action->people == REG_PEOPLE_USUAL)
    return action;
  return reg_import_action_find (self->people == REG_PEOPLE_NEW ? "add-users" : "update-users");
}

const char *
reg_import_plan_get_will_title (const RegImportPlan *self)
{
  if (self->people == REG_PEOPLE_BOTH
      || (self->people == REG_PEOPLE_NEW && self->n_new < self->n_users))
    return _ ("Will Be Added or Updated");
  if (self->n_cleared_users > 0)
    return self->n_usual_users + self->n_instead_users > 0 ? _ (get_wording (self)->mixed_title)
                                                           : _ (get_wording (self)->cleared_title);
  if (self->n_instead_users > 0)
    return _ (self->instead->will_title);
  return _ (get_wording (self)->will_title);
}

/* What an empty cell takes away, and what is done instead, are told beside what the action does by
 * itself: "3 users will be enrolled · 2 users will be reassigned". */
static void
add_parts (GString *text, const RegImportPlan *self, const RegImportAction *action)
{
  if (self->n_usual_users > 0 || self->n_cleared_users == 0)
    add_count (text, action->summary_will_one, action->summary_will_many, self->n_usual_users);
  if (self->n_cleared_users > 0)
    add_count (text, action->summary_cleared_one, action->summary_cleared_many,
               self->n_cleared_users);
  if (self->n_instead_users > 0)
    add_count (text, self->instead->summary_one, self->instead->summary_many,
               self->n_instead_users);
}

/* Where some people are added and others updated, both are told. */
static void
add_people (GString *text, const RegImportPlan *self)
{
  const RegImportAction *add = reg_import_action_find ("add-users");
  const RegImportAction *update = reg_import_action_find ("update-users");

  if (self->n_new > 0)
    add_count (text, add->summary_will_one, add->summary_will_many, self->n_new);
  if (self->n_new < self->n_users)
    add_count (text, update->summary_will_one, update->summary_will_many,
               self->n_users - self->n_new);
}

/**
 * reg_import_plan_dup_summary:
 * @self: a plan
 *
 * Returns: (transfer full): "N users will be enrolled · M cannot be enrolled · K lines may not be
 *   imported"
 */
char *
reg_import_plan_dup_summary (const RegImportPlan *self)
{
  const RegImportAction *action = get_wording (self);
  GString *text = g_string_new (NULL);

  if (self->n_cleared_users + self->n_instead_users > 0)
    add_parts (text, self, action);
  else if (action->people == REG_PEOPLE_USUAL || self->n_users == 0)
    add_count (text, action->summary_will_one, action->summary_will_many, self->n_users);
  else
    add_people (text, self);
  add_count (text, action->summary_cannot_one, action->summary_cannot_many, self->n_cannot_users);
  add_count (text, PLURAL_ ("%s line may not be imported", "%s lines may not be imported"),
             self->bad_lines->len);
  return g_string_free (text, FALSE);
}

/* "“Salary”, “Born”" */
static char *
dup_hidden_columns (const RegImportPlan *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->hidden_columns->len && i < MAX_NAMED; i++)
    g_ptr_array_add (
        names, g_strdup_printf ("“%s”", (const char *)g_ptr_array_index (self->hidden_columns, i)));
  if (self->hidden_columns->len > MAX_NAMED)
    g_ptr_array_add (names, g_strdup ("…"));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

char *
reg_import_plan_dup_hidden (const RegImportPlan *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *names = dup_hidden_columns (self);

  if (self->n_hidden_rows > 0)
    reg_words_add_printf (text,
                          ngettext ("%'d line is hidden in the sheet, and is read too",
                                    "%'d lines are hidden in the sheet, and are read too",
                                    plural (self->n_hidden_rows)),
                          (int)self->n_hidden_rows);
  if (self->hidden_columns->len > 0)
    /* Translators: %s are headings: “Salary”, “Born”. */
    reg_words_add_printf (text,
                          ngettext ("the column %s is hidden in the sheet, and is read too",
                                    "the columns %s are hidden in the sheet, and are read too",
                                    self->hidden_columns->len),
                          names);
  return g_string_free (text, FALSE);
}

/**
 * reg_import_plan_dup_title:
 * @self: a plan
 * @n_users: how many people it stages
 *
 * Returns: (transfer full): how its batch is called in Pending Changes
 */
char *
reg_import_plan_dup_title (const RegImportPlan *self, gint64 n_users)
{
  const RegImportAction *action = reg_import_action_find (self->action);
  const char *one = action->title_one, *many = action->title_many;
  const char *format;
  gboolean usual = self->n_usual_users > 0;
  gboolean cleared = self->n_cleared_users > 0;
  gboolean instead = self->n_instead_users > 0;
  gboolean adds = self->n_new > 0 && g_strcmp0 (self->action, "update-users") == 0;
  gboolean updates = self->n_new < self->n_users && g_strcmp0 (self->action, "add-users") == 0;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n_users);

  if (cleared)
    {
      one = action->title_cleared_one;
      many = action->title_cleared_many;
    }
  else if (instead)
    {
      one = self->instead->title_one;
      many = self->instead->title_many;
    }
  if (usual + cleared + instead > 1)
    format = ngettext ("Import “%s”: %s user", "Import “%s”: %s users", plural (n_users));
  else
    format = g_dngettext (GETTEXT_PACKAGE, one, many, plural (n_users));
  if (adds || updates)
    format = ngettext ("Import “%s”: add or update %s user", "Import “%s”: add or update %s users",
                       plural (n_users));
  return fill (format, self->file_name, number);
}

/**
 * reg_import_dup_outcome:
 * @n_imported: users imported
 * @n_not_imported: lines that failed
 *
 * Returns: (transfer full): what Import Status says of a run that is complete
 */
char *
reg_import_dup_outcome (gint64 n_imported, gint64 n_not_imported)
{
  g_autofree char *imported = NULL;
  g_autofree char *failed = NULL;

  /* The English words are fixed (SPEC X-25): "users" whatever the number. */
  if (n_not_imported == 0 && n_imported > 0)
    return fill_count (ngettext ("Import process completed and %s users imported successfully.",
                                 "Import process completed and %s users imported successfully.",
                                 plural (n_imported)),
                       n_imported);
  imported = fill_count (ngettext ("%s users imported successfully",
                                   "%s users imported successfully", plural (n_imported)),
                         n_imported);
  failed = fill_count (
      ngettext ("%s users not imported", "%s users not imported", plural (n_not_imported)),
      n_not_imported);
  /* Translators: “5 users imported successfully” and “2 users not imported”. */
  return fill (_ ("Import process completed. %s, %s."), imported, failed);
}

/**
 * reg_import_dup_run_outcome:
 * @run: an import that is complete
 * @n_imported: users imported
 * @n_not_imported: lines that failed
 *
 * Returns: (transfer full): the same, and whether it was reverted since
 */
char *
reg_import_dup_run_outcome (const RegImportRun *run, gint64 n_imported, gint64 n_not_imported)
{
  g_autofree char *outcome = reg_import_dup_outcome (n_imported, n_not_imported);

  /* Translators: %s is a whole sentence: how the import went. */
  return run->is_reverted ? g_strdup_printf (_ ("%s It was reverted since."), outcome)
                          : g_steal_pointer (&outcome);
}

/**
 * reg_import_dup_list_notice:
 * @n_not_imported: how many lines failed, too many for a table
 *
 * Returns: (transfer full): what is said instead of the table
 */
char *
reg_import_dup_list_notice (gint64 n_not_imported)
{
  return fill_count (
      ngettext ("%s users were not imported. Download the list to see each user and the reason.",
                "%s users were not imported. Download the list to see each user and the reason.",
                plural (n_not_imported)),
      n_not_imported);
}

/**
 * reg_import_dup_list_path:
 * @folder: where it goes
 * @today: YYYY-MM-DD
 *
 * Returns: (transfer full): a path there that is free, for the list to be downloaded:
 * "Non_Imported_List_YYYY-MM-DD.csv", with " (2)" and so on where it must be
 */
char *
reg_import_dup_list_path (const char *folder, const char *today)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("Non_Imported_List_%s.csv", today)
                                     : g_strdup_printf ("Non_Imported_List_%s (%u).csv", today, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&path);
    }
}
