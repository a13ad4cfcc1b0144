/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the outbox tests share. */
#pragma once

#include "reg-test-store.h"

#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"

#define ACTOR 900
#define NOW 1000000

typedef struct
{
  RegTestFolder folder;
  RegStore *store;
} StoreFixture;

/* 20 users, courses 1 … 3; users 1 … 5 are enrolled in course 1. */
void store_fixture_set_up (StoreFixture *fixture, gconstpointer data);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer data);
void store_fixture_reopen (StoreFixture *fixture);

/* "due_date=2026-01-01 requirement=required"; NULL for NULL */
RegParams *make_params (const char *text);

/* Stages one operation on users from … to; course 0 for none. Returns the batch. */
gint64 stage (RegStore *store,
              const char *operation,
              const char *params,
              gint64 course_id,
              gint64 from,
              gint64 to);
/* The same with the refusals counted. */
gint64 stage_full (RegStore *store,
                   const char *operation,
                   const char *params,
                   gint64 course_id,
                   gint64 from,
                   gint64 to,
                   guint *n_refused);
gint64 undo (RegStore *store, gint64 batch_id, gint64 *counter_batch_id);
/* The change of a batch with that user. */
RegChange *get_change (RegStore *store, gint64 batch_id, gint64 user_id);
gint64 get_change_id (RegStore *store, gint64 batch_id, gint64 user_id);
void assert_state (RegStore *store, gint64 batch_id, gint64 user_id, RegChangeState state);
void assert_user_state (RegStore *store, gint64 id, RegUserState state);
void assert_due (RegStore *store, gint64 user_id, gint64 course_id, const char *due_date);
void assert_enrolled (RegStore *store, gint64 user_id, gint64 course_id, gboolean enrolled);
/* Takes what can be sent and answers each with that outcome, without rows. */
guint answer_all (RegStore *store, RegOutcomeKind kind, const char *code);
/* Everything in the effective tables, the base tables and the changes, as text; columns that differ
 * from run to run left out. */
char *dump_effective (const char *path);
/* Effective = base + waiting changes for every row; counts of batches are right; no base is left
 * without an open change. */
void assert_consistent (const char *path);
