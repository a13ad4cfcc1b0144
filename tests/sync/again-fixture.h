/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports whose lines are put right and imported again, against a real LMS. */
#pragma once

#include "sync-fixture.h"

#include "sync/reg-import-copy.h"
#include "sync/reg-import-job.h"

G_BEGIN_DECLS

#define AGAIN_COURSE 5

typedef struct
{
  SyncFixture sync;
  char *path;
  RegImportRequest request;
  gint64 courses[2];
} AgainFixture;

void again_set_up (AgainFixture *self, gconstpointer data);
void again_tear_down (AgainFixture *self, gconstpointer data);
RegUser *again_get_user (AgainFixture *self, gint64 id);
/* The next active person after this one who is not in the course. */
gint64 again_find_person (AgainFixture *self, gint64 after);
gboolean again_is_enrolled (AgainFixture *self, gint64 user_id);
RegImportPlan *again_check (AgainFixture *self);
/* Checks and starts the request as it is; (transfer full), as all that is returned here. */
RegImportRun *again_start (AgainFixture *self);
RegImportRun *again_start_text (AgainFixture *self, const char *text);
GPtrArray *again_list_rejects (AgainFixture *self, const RegImportRun *run);
/* As "Correct and Import Again…" opens it; the request is about it from then on. */
RegImportCopy *again_correct (AgainFixture *self, const RegImportRun *run);
/* A line for each of these people. */
char *again_dup_list (AgainFixture *self, const gint64 *people, guint n);
/* Returns: the batch that gives back what the LMS has; 0 for none. */
gint64 again_undo (AgainFixture *self, gint64 batch_id);

G_END_DECLS
