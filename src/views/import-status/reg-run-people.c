/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-views"

#include "views/import-status/reg-run-people.h"

#include "base/reg-words.h"
#include "sync/reg-import-compare.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DONE (1u << REG_CHANGE_DONE)
#define REFUSED (1u << REG_CHANGE_REJECTED | 1u << REG_CHANGE_CONFLICT)
#define WAITING (1u << REG_CHANGE_PENDING | 1u << REG_CHANGE_SENDING | 1u << REG_CHANGE_UNKNOWN)

RegRunPeople *
reg_run_people_new (gint64 run_id, const char *group)
{
  RegRunPeople *self = g_new0 (RegRunPeople, 1);

  self->run_id = run_id;
  self->group = g_strdup (group);
  return self;
}

void
reg_run_people_free (RegRunPeople *self)
{
  g_free (self->group);
  g_clear_pointer (&self->ids, reg_id_list_unref);
  g_free (self->what);
  g_free (self);
}

/* How many of them the import does something else to, and what. */
static void
add_instead (GString *text, const RegImportComparison *comparison, RegDifference difference)
{
  const RegImportInstead *instead = NULL;
  guint n = 0;

  for (guint i = 0; i < comparison->people->len; i++)
    {
      const RegComparedPerson *person = g_ptr_array_index (comparison->people, i);

      if (person->difference != difference || person->instead == NULL)
        continue;
      instead = person->instead;
      n++;
    }
  if (n > 0)
    /* Translators: %1$s is a choice such as "Reassign instead" */
    reg_words_add_printf (text, ngettext ("%1$s: %2$'u of them", "%1$s: %2$'u of them", n),
                          _ (instead->label), n);
}

static char *
dup_what (const RegImportComparison *comparison, RegDifference difference, gsize n, guint n_unknown)
{
  const char *now = comparison->run->file_name, *before = comparison->before->file_name;
  g_autofree char *what = NULL;
  GString *text = g_string_new (NULL);

  switch (difference)
    {
    case REG_DIFFERENCE_NEW:
      what =
          n > 0 ? g_strdup_printf (_ ("In “%s”, but not in the import of “%s” before"), now, before)
                : g_strdup_printf (_ ("Nobody is new since “%s”"), before);
      break;
    case REG_DIFFERENCE_GONE:
      what = n > 0 ? g_strdup_printf (_ ("In the import of “%2$s” before, but not in “%1$s”"), now,
                                      before)
                   : g_strdup_printf (_ ("Nobody is gone since “%s”"), before);
      break;
    case REG_DIFFERENCE_CHANGED:
      what = n > 0 ? g_strdup_printf (_ ("“%s” says something else of them than “%s” before"), now,
                                      before)
                   : g_strdup_printf (_ ("Nothing is said differently since “%s”"), before);
      break;
    }
  reg_words_add (text, what);
  add_instead (text, comparison, difference);
  if (n_unknown > 0)
    reg_words_add_printf (text,
                          ngettext ("%'u more whom the LMS does not have",
                                    "%'u more whom the LMS does not have", n_unknown),
                          n_unknown);
  return g_string_free (text, FALSE);
}

static gboolean
compare (RegStore *store, RegRunPeople *self, RegDifference difference, GError **error)
{
  g_autoptr (RegImportComparison) comparison =
      reg_import_compare (store, self->run_id, NULL, error);
  gint64 *ids;
  gsize n = 0;
  guint n_unknown = 0;

  if (comparison == NULL)
    return FALSE;
  if (comparison->before == NULL)
    {
      self->what = g_strdup (_ ("There is no import of this kind before it"));
      return TRUE;
    }
  ids = g_new (gint64, MAX (comparison->people->len, 1));
  for (guint i = 0; i < comparison->people->len; i++)
    {
      const RegComparedPerson *person = g_ptr_array_index (comparison->people, i);

      if (person->difference != difference)
        continue;
      if (person->user_id != 0)
        ids[n++] = person->user_id;
      else
        n_unknown++;
    }
  self->ids = reg_id_list_new_take (ids, n);
  self->what = dup_what (comparison, difference, n, n_unknown);
  return TRUE;
}

/* "line 12", or "code user-archived" for all with that reason. */
static gboolean
read_rejects (RegStore *store, RegRunPeople *self, const RegImportRun *run, GError **error)
{
  gboolean is_line = g_str_has_prefix (self->group, REG_RUN_PEOPLE_LINE);
  const char *rest = strchr (self->group, ' ') + 1;

  self->ids = reg_import_list_reject_users (
      store, self->run_id, is_line ? g_ascii_strtoll (rest, NULL, 10) : 0, rest, error);
  if (self->ids == NULL)
    return FALSE;
  self->what = self->ids->n == 0 ? g_strdup (_ ("The LMS does not have this person"))
                                 : g_strdup_printf (_ ("Not imported from “%s”"), run->file_name);
  return TRUE;
}

static gboolean
read_group (RegStore *store, RegRunPeople *self, const RegImportRun *run, GError **error)
{
  gboolean imported = g_str_equal (self->group, "imported");
  gboolean refused = g_str_equal (self->group, "refused");
  gboolean kept = g_str_equal (self->group, REG_RUN_PEOPLE_KEPT);

  self->ids = kept ? reg_store_list_kept_users (store, run->batch_id, error)
                   : reg_store_list_batch_users (store, run->batch_id,
                                                 imported  ? DONE
                                                 : refused ? REFUSED
                                                           : WAITING,
                                                 error);
  if (self->ids == NULL)
    return FALSE;
  if (self->ids->n == 0)
    self->what = g_strdup (_ ("Nobody is in this group"));
  else if (kept)
    self->what = g_strdup_printf (_ ("Cannot be taken back, from “%s”"), run->file_name);
  else if (imported)
    self->what = g_strdup_printf (_ ("Imported from “%s”"), run->file_name);
  else if (refused)
    self->what = g_strdup_printf (_ ("Refused by the LMS, from “%s”"), run->file_name);
  else
    self->what = g_strdup_printf (_ ("Waiting to be sent, from “%s”"), run->file_name);
  return TRUE;
}

gpointer
reg_run_people_read (RegStore *store, gpointer data, RegProgress *progress, GError **error)
{
  const RegRunPeople *wanted = data;
  g_autoptr (RegRunPeople) self = reg_run_people_new (wanted->run_id, wanted->group);
  g_autoptr (RegImportRun) run = reg_store_get_run (store, wanted->run_id, error);
  static const char *const differences[] = { [REG_DIFFERENCE_NEW] = "new",
                                             [REG_DIFFERENCE_GONE] = "gone",
                                             [REG_DIFFERENCE_CHANGED] = "changed" };

  if (run == NULL)
    return NULL;
  if (g_str_has_prefix (wanted->group, REG_RUN_PEOPLE_LINE)
      || g_str_has_prefix (wanted->group, REG_RUN_PEOPLE_CODE))
    return read_rejects (store, self, run, error) ? g_steal_pointer (&self) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    if (g_str_equal (wanted->group, differences[i]))
      return compare (store, self, (RegDifference)i, error) ? g_steal_pointer (&self) : NULL;
  return read_group (store, self, run, error) ? g_steal_pointer (&self) : NULL;
}
