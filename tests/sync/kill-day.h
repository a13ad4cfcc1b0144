/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day's work that a child does and is killed at, at step 1, 2, 3 …; then the program starts anew
 * and goes on. */
#pragma once

#include "sync-fixture.h"

G_BEGIN_DECLS

/* People 2 … 17 and courses 1 … 3 are there in the morning. */
#define KILL_N_PEOPLE 16

typedef struct _KillDay KillDay;

/**
 * KillDay:
 * @file: what is imported
 * @max_operations: in a request
 * @page_size: of a pull; both small, where there shall be several
 * @every: unless the tests may be slow, it is killed at every second or third … step only
 * @prepare: (nullable): what else is there in the morning
 * @work: does what is not done yet; for the child, that is all of it. path: of the file
 * @assert_whole: at any moment
 * @assert_done: in the evening
 * @data: what the day's functions know of it
 */
struct _KillDay
{
  const char *name;
  const char *file;
  guint max_operations;
  guint page_size;
  guint every;
  void (*prepare) (SyncFixture *f);
  void (*work) (SyncFixture *f, const KillDay *day, const char *path);
  void (*assert_whole) (SyncFixture *f, const KillDay *day);
  void (*assert_done) (SyncFixture *f, const KillDay *day, const char *path);
  gconstpointer data;
};

extern const KillDay kill_import_days[];
extern const guint kill_n_import_days;

void kill_day_sync (SyncFixture *f);
/* data: a KillDay */
void kill_day_test (gconstpointer data);
/* In the child, where kill_day_test () started one. */
gboolean kill_day_is_child (int argc, char **argv);
const char *kill_day_get_name (char **argv);
int kill_day_run_child (char **argv, const KillDay *day);

G_END_DECLS
