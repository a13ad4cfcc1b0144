/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A course in numbers. */
#pragma once

#include "store/reg-store-query.h"

G_BEGIN_DECLS

/* Months of the picture of completions, the present one among them. */
#define REG_OVERVIEW_MONTHS 12

/**
 * RegOverviewMonth:
 * @from: unix seconds of its beginning
 * @until: of its end, which is the next one's beginning
 * @n: enrollments completed in it
 */
typedef struct
{
  int year;
  int month;
  gint64 from;
  gint64 until;
  gint64 n;
} RegOverviewMonth;

/**
 * RegOverview:
 * @n: all enrollments
 * @statuses: by RegStatus
 * @n_open: those that can still be completed
 * @dues: of the open ones, by RegDueFilter: overdue, within seven days, later, and without a date
 * @months: the oldest first
 */
typedef struct
{
  gint64 n;
  gint64 statuses[REG_N_STATUSES];
  gint64 n_open;
  gint64 dues[REG_N_DUE_FILTERS];
  RegOverviewMonth months[REG_OVERVIEW_MONTHS];
} RegOverview;

/* Statuses of enrollments that can still be completed. */
#define REG_STATUS_ALL_OPEN (REG_STATUS_ALL_PRESENT & ~REG_STATUS_BIT (REG_STATUS_COMPLETED))

gboolean reg_store_get_overview (RegStore *self,
                                 gint64 course_id,
                                 const char *today,
                                 RegOverview *overview,
                                 GError **error);

/* More managers than these are found by a search, not in a list. */
#define REG_MAX_MANAGERS 1000
/* Whom anybody reports to (RegLabel with the person's id and name), by name; at most so many. */
GPtrArray *reg_store_list_managers (RegStore *self, gsize limit, GError **error);
/* Who assigned the course to anybody, or anything to the person (likewise), by name. */
GPtrArray *
reg_store_list_assigners (RegStore *self, gint64 course_id, gint64 user_id, GError **error);

G_END_DECLS
