/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-label-names.h"

#include "model/reg-label.h"
#include "rules/reg-text.h"

#include <string.h>

typedef struct
{
  char *name;
  char *fold;
  gboolean is_group;
} LabelName;

struct _RegLabelNames
{
  GHashTable *names; /* id → LabelName */
};

static void
label_name_free (gpointer data)
{
  LabelName *self = data;

  g_free (self->name);
  g_free (self->fold);
  g_free (self);
}

static void
add_label (RegLabelNames *self, sqlite3_stmt *statement)
{
  LabelName *name = g_new0 (LabelName, 1);
  gint64 id = sqlite3_column_int64 (statement, 0);

  name->is_group = sqlite3_column_int (statement, 1) == REG_LABEL_GROUP;
  name->name = g_strdup (reg_store_column_text (statement, 2));
  name->fold = reg_text_fold (name->name, -1);
  g_hash_table_replace (self->names, g_memdup2 (&id, sizeof id), name);
}

/**
 * reg_label_names_new:
 * @db: where the table "label" is
 *
 * Returns: (transfer full): the names as they are now, or %NULL with @error set
 */
RegLabelNames *
reg_label_names_new (RegStoreDb *db, GError **error)
{
  g_autoptr (RegLabelNames) self = g_new0 (RegLabelNames, 1);
  sqlite3_stmt *statement = NULL;
  gboolean row = FALSE;

  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, label_name_free);
  statement = reg_store_db_prepare (db, "SELECT id, kind, name FROM label", error);
  if (statement == NULL)
    return NULL;
  do
    {
      if (!reg_store_db_step (db, statement, &row, error))
        return NULL;
      if (row)
        add_label (self, statement);
    }
  while (row);
  return g_steal_pointer (&self);
}

void
reg_label_names_free (RegLabelNames *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

/**
 * reg_label_names_get:
 *
 * Returns: (transfer none): the label's name; "" for a label that is not there
 */
const char *
reg_label_names_get (RegLabelNames *self, gint64 id)
{
  const LabelName *name = g_hash_table_lookup (self->names, &id);

  return name != NULL ? name->name : "";
}

/**
 * reg_label_names_get_fold:
 *
 * Returns: (transfer none): the label's name as it is sorted; "" for a label that is not there
 */
const char *
reg_label_names_get_fold (RegLabelNames *self, gint64 id)
{
  const LabelName *name = g_hash_table_lookup (self->names, &id);

  return name != NULL ? name->fold : "";
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LabelName *first = *(const LabelName *const *)a;
  const LabelName *second = *(const LabelName *const *)b;
  int order = strcmp (first->fold, second->fold);

  return order != 0 ? order : strcmp (first->name, second->name);
}

static char *
dup_names (RegLabelNames *self, const char *labels, gboolean groups_only, gboolean fold)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (const char *at = labels; at != NULL && *at == ',' && at[1] != '\0';)
    {
      char *next = NULL;
      gint64 id = g_ascii_strtoll (at + 1, &next, 10);
      LabelName *name = g_hash_table_lookup (self->names, &id);

      if (name != NULL && (name->is_group || !groups_only))
        g_ptr_array_add (names, name);
      at = next;
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const LabelName *name = names->pdata[i];

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, fold ? name->fold : name->name);
    }
  return g_string_free (text, FALSE);
}

/**
 * reg_label_names_dup:
 * @labels: ids as RegUser keeps them, ",3,7,12,"
 *
 * Returns: (transfer full): the names of all of them, in alphabetical order, ", " between them
 */
char *
reg_label_names_dup (RegLabelNames *self, const char *labels)
{
  return dup_names (self, labels, FALSE, FALSE);
}

/**
 * reg_label_names_dup_groups:
 * @labels: ids as RegUser keeps them, ",3,7,12,"
 *
 * Returns: (transfer full): the names of those that are groups, in alphabetical order, ", " between
 *   them
 */
char *
reg_label_names_dup_groups (RegLabelNames *self, const char *labels)
{
  return dup_names (self, labels, TRUE, FALSE);
}

/**
 * reg_label_names_dup_groups_fold:
 * @labels: ids as RegUser keeps them, ",3,7,12,"
 *
 * Returns: (transfer full): what reg_label_names_dup_groups () gives, as it is sorted
 */
char *
reg_label_names_dup_groups_fold (RegLabelNames *self, const char *labels)
{
  return dup_names (self, labels, TRUE, TRUE);
}
