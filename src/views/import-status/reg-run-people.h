/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of a group of an import: by what became of them, by why they were not imported, or by
 * how they differ from those of the import before it. */
#pragma once

#include "store/reg-store-outbox.h"

#include "base/reg-progress.h"

G_BEGIN_DECLS

/**
 * RegRunPeople:
 * @group: "imported", "waiting", "refused", or as below; "new", "gone" or "changed" against the
 * import before
 * @ids: (nullable): the people
 * @what: who they are, or why there is nobody, translated
 */
typedef struct
{
  gint64 run_id;
  char *group;
  RegIdList *ids;
  char *what;
} RegRunPeople;

/* Groups of lines that were not imported: "line 12", "code user-archived". */
#define REG_RUN_PEOPLE_LINE "line "
#define REG_RUN_PEOPLE_CODE "code "
/* What a revert leaves. */
#define REG_RUN_PEOPLE_KEPT "kept"

RegRunPeople *reg_run_people_new (gint64 run_id, const char *group);
void reg_run_people_free (RegRunPeople *self);
/* A RegWorkspaceFunc: data: what is wanted; returns it with the people. */
gpointer
reg_run_people_read (RegStore *store, gpointer data, RegProgress *progress, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegRunPeople, reg_run_people_free)

G_END_DECLS
