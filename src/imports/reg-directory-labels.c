/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-labels.h"
#include "imports/reg-directory-private.h"
#include "imports/reg-near-text.h"

#include <string.h>

typedef struct
{
  RegLabel *label;
  char *folded;
} Named;

struct _RegDirectoryLabels
{
  GPtrArray *all;    /* Named */
  GHashTable *by_id; /* gint64 → RegLabel */
  /* folded name → GPtrArray of RegLabel, sorted by kind */
  GHashTable *by_name;
};

static void
named_free (gpointer data)
{
  Named *named = data;

  reg_label_free (named->label);
  g_free (named->folded);
  g_free (named);
}

RegDirectoryLabels *
reg_directory_labels_new (void)
{
  RegDirectoryLabels *self = g_new0 (RegDirectoryLabels, 1);

  self->all = g_ptr_array_new_with_free_func (named_free);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  return self;
}

void
reg_directory_labels_free (RegDirectoryLabels *self)
{
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->all);
  g_free (self);
}

void
reg_directory_labels_add (RegDirectoryLabels *self, const RegLabel *label)
{
  Named *named = g_new0 (Named, 1);
  GPtrArray *same;
  guint at = 0;

  named->label = reg_label_copy (label);
  named->folded = reg_directory_fold (label->name, strlen (label->name));
  g_ptr_array_add (self->all, named);
  g_hash_table_insert (self->by_id, &named->label->id, named->label);
  same = g_hash_table_lookup (self->by_name, named->folded);
  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->by_name, named->folded, same);
    }
  while (at < same->len && ((RegLabel *)g_ptr_array_index (same, at))->kind <= label->kind)
    at++;
  g_ptr_array_insert (same, at, named->label);
}

const RegLabel *
reg_directory_labels_get (RegDirectoryLabels *self, gint64 id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

static gboolean
is_of (const RegLabel *label, guint kinds)
{
  return (kinds & 1u << label->kind) != 0;
}

const RegLabel *
reg_directory_labels_find (RegDirectoryLabels *self, guint kinds, const char *text, gsize len)
{
  g_autofree char *folded = reg_directory_fold (text, len);
  GPtrArray *same = g_hash_table_lookup (self->by_name, folded);

  for (guint i = 0; same != NULL && i < same->len; i++)
    if (is_of (g_ptr_array_index (same, i), kinds))
      return g_ptr_array_index (same, i);
  return NULL;
}

const RegLabel *
reg_directory_labels_find_near (RegDirectoryLabels *self, guint kinds, const char *text)
{
  g_autofree char *folded = reg_directory_fold (text, strlen (text));
  gsize len = strlen (folded);
  guint best = reg_near_text_get_limit (len) + 1;
  const RegLabel *found = NULL;

  for (guint i = 0; i < self->all->len && best > 0; i++)
    {
      const Named *named = g_ptr_array_index (self->all, i);
      guint distance;

      if (!is_of (named->label, kinds))
        continue;
      distance =
          reg_near_text_get_distance (folded, len, named->folded, strlen (named->folded), best - 1);
      if (distance >= best)
        continue;
      best = distance;
      found = named->label;
    }
  return found;
}
