/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-store"

#include "store/reg-people-filter.h"

void
reg_people_filter_add (RegPeopleFilter *self, RegPeopleAttribute attribute, gint64 id)
{
  if (self->ids[attribute] == NULL)
    self->ids[attribute] = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->ids[attribute], id);
}

gboolean
reg_people_filter_is_set (const RegPeopleFilter *self)
{
  for (guint i = 0; self != NULL && i < REG_N_PEOPLE_ATTRIBUTES; i++)
    if (self->ids[i] != NULL)
      return TRUE;
  return FALSE;
}

gboolean
reg_people_filter_allows (const RegPeopleFilter *self, RegPeopleAttribute attribute, gint64 id)
{
  const GArray *ids = self->ids[attribute];

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;
  return ids == NULL;
}

void
reg_people_filter_copy (RegPeopleFilter *self, const RegPeopleFilter *source)
{
  for (guint i = 0; source != NULL && i < REG_N_PEOPLE_ATTRIBUTES; i++)
    self->ids[i] = source->ids[i] != NULL ? g_array_copy (source->ids[i]) : NULL;
}

void
reg_people_filter_clear (RegPeopleFilter *self)
{
  for (guint i = 0; i < REG_N_PEOPLE_ATTRIBUTES; i++)
    g_clear_pointer (&self->ids[i], g_array_unref);
}
