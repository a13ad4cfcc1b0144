/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real LMS on 127.0.0.1, a real store and an engine between them. */
#pragma once

#include "lms/registrar/reg-registrar-lms.h"
#include "net/reg-http.h"
#include "reg-test-store.h"
#include "sandbox/reg-sandbox.h"
#include "store/reg-store-outbox.h"
#include "store/reg-store-query.h"
#include "sync/reg-engine.h"

G_BEGIN_DECLS

/**
 * SyncFixture:
 * @admin: another administrator's connection, also used for /sandbox/…
 * @now: what the engine takes for the time
 */
typedef struct
{
  RegTestFolder folder;
  RegSandboxOptions options;
  RegSandbox *sandbox;
  RegStore *store;
  RegLms *lms;
  RegEngine *engine;
  RegHttp *admin;
  gint64 now;
} SyncFixture;

/* n_users: how many people; 0 for the demo's */
void sync_fixture_set_up (SyncFixture *f, guint n_users);
void sync_fixture_tear_down (SyncFixture *f);
/* The parts of it: with the folder and the options that are set, and the files that are there. */
void sync_fixture_start_sandbox (SyncFixture *f);
void sync_fixture_open_store (SyncFixture *f);

/* Anew, as after the program was started again. */
void sync_fixture_connect (SyncFixture *f, const char *token);
void sync_fixture_restart_sandbox (SyncFixture *f);

/* What goes wrong at the LMS; status for "status", else 0. */
void sync_fixture_add_fault (SyncFixture *f, const char *path, const char *fault, guint count);
void sync_fixture_add_status (SyncFixture *f,
                              const char *path,
                              guint status,
                              guint retry_after,
                              guint count);
void sync_fixture_add_fault_after (SyncFixture *f,
                                   const char *path,
                                   const char *fault,
                                   guint after,
                                   guint count);

/* One batch of one change; params: (nullable): "key=value;key=value", or with & between. Returns
 * the batch, or 0 where the operation is not possible. */
gint64 sync_fixture_stage (SyncFixture *f,
                           const char *operation,
                           gint64 user_id,
                           gint64 course_id,
                           const char *params);
/* Adds a user and returns their local id; 0 where that is not possible. */
gint64 sync_fixture_add_user (SyncFixture *f, const char *params);
/* One batch for users first … last. */
gint64 sync_fixture_stage_many (SyncFixture *f,
                                const char *operation,
                                gint64 first,
                                gint64 last,
                                gint64 course_id);
/* The other administrator does something, at once. Returns the outcome. */
RegOutcomeKind sync_fixture_do_there (SyncFixture *f,
                                      const char *operation,
                                      gint64 user_id,
                                      gint64 course_id,
                                      const char *params);
/* A setting of the LMS. */
void sync_fixture_set_setting (SyncFixture *f, const char *key, gboolean value);
void sync_fixture_learn (SyncFixture *f, gint64 user_id, gint64 course_id, int progress);

/* Runs once and asserts success. */
RegSyncReport sync_fixture_sync (SyncFixture *f);
/* Runs, with the clock moved to when the engine wants to, until nothing waits but what a person
 * holds up. */
void sync_fixture_sync_to_end (SyncFixture *f);

gint64 sync_fixture_count (SyncFixture *f, RegChangeState state);
/* The one change in that state. */
RegChange *sync_fixture_dup_change (SyncFixture *f, RegChangeState state);

/* Every key this client sent was carried out at most once, and n of them were. */
void sync_fixture_assert_applied (SyncFixture *f, gint64 n);
/* How many e-mails the LMS has sent. */
guint sync_fixture_count_mails (SyncFixture *f);
gint64 sync_fixture_count_received (SyncFixture *f);
/* The local copy equals what a new one would be, to the last column. */
void sync_fixture_assert_same (SyncFixture *f);
void sync_assert_same_databases (const char *a, const char *b);

G_END_DECLS
