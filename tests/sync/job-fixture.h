/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A local copy and a file to import into it. */
#pragma once

#include "reg-test-store.h"

#include "sync/reg-import-job.h"

G_BEGIN_DECLS

#define JOB_FIXTURE_NOW 1780272000

typedef struct
{
  RegTestFolder folder;
  RegStore *store;
  char *path;
  RegImportRequest request;
} JobFixture;

/* n_users people and 3 courses; the request is about assigning from the file of that name. */
void job_fixture_set_up (JobFixture *self, gint64 n_users, const char *file_name);
void job_fixture_tear_down (JobFixture *self, gconstpointer data);
RegImportPlan *job_fixture_check (JobFixture *self);

G_END_DECLS
