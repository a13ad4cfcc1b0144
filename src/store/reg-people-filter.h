/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which people: by what they belong to and whom they report to. */
#pragma once

#include "model/reg-label.h"

G_BEGIN_DECLS

/* What people are told apart by: the kinds of labels, and whom they report to. */
typedef enum
{
  REG_PEOPLE_GROUP = REG_LABEL_GROUP,
  REG_PEOPLE_TEAM = REG_LABEL_TEAM,
  REG_PEOPLE_TAG = REG_LABEL_TAG,
  REG_PEOPLE_LOCATION = REG_LABEL_LOCATION,
  REG_PEOPLE_MANAGER,
  REG_N_PEOPLE_ATTRIBUTES,
} RegPeopleAttribute;

/**
 * RegPeopleFilter:
 * @ids: (element-type gint64) (nullable): by RegPeopleAttribute: labels, locations or managers, one
 *   of which a person must have; %NULL for any
 *
 * Every attribute that is filtered by must be met. All zero, it leaves nobody out.
 */
typedef struct
{
  GArray *ids[REG_N_PEOPLE_ATTRIBUTES];
} RegPeopleFilter;

void reg_people_filter_add (RegPeopleFilter *self, RegPeopleAttribute attribute, gint64 id);
/* filter: (nullable) */
gboolean reg_people_filter_is_set (const RegPeopleFilter *self);
/* Whether the id is one of those, or the attribute is not filtered by. */
gboolean
reg_people_filter_allows (const RegPeopleFilter *self, RegPeopleAttribute attribute, gint64 id);
/* copy: zero; source: (nullable) */
void reg_people_filter_copy (RegPeopleFilter *self, const RegPeopleFilter *source);
void reg_people_filter_clear (RegPeopleFilter *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RegPeopleFilter, reg_people_filter_clear)

G_END_DECLS
