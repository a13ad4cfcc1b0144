/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A team whose trainings are on show, and what is done to all its members at once. */
#pragma once

#include "views/common/reg-host.h"
#include "views/common/reg-progress-row.h"

G_BEGIN_DECLS

/* Instead of the id of a label: who reports to the person signed in. */
#define REG_TEAM_REPORTS (-1)

/* (element-type RegLabel): the teams that may be chosen; for a store's worker. actor_id: who is
 * signed in */
GPtrArray *reg_team_list (RegStore *store, gint64 actor_id, GError **error);
/* id: a label, or REG_TEAM_REPORTS. A manager is shown the own people alone. */
void reg_team_fill (gint64 id, RegRole actor_role, gint64 actor_id, RegPeopleFilter *people);
/* Who of them counts: bits of RegUserState. */
#define REG_TEAM_STATES (1u << REG_USER_STATE_ACTIVE | 1u << REG_USER_STATE_PENDING)

/* Opens the assign dialog for the whole team, with these courses ticked. */
void reg_team_assign (GtkWidget *page,
                      RegWorkspace *workspace,
                      gint64 id,
                      const char *name,
                      const gint64 *course_ids,
                      gsize n);
/* Takes these courses from whoever of the team has them; operation: unassign or unenroll. */
void reg_team_remove (GtkWidget *page,
                      RegWorkspace *workspace,
                      gint64 id,
                      const char *name,
                      const char *operation,
                      const gint64 *course_ids,
                      gsize n,
                      RegProgressRow *progress_row);

G_END_DECLS
