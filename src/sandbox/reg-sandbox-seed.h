/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an empty sandbox is filled with. The same options and the same day make the same data. */
#pragma once

#include "sandbox/reg-sandbox-db.h"
#include "sandbox/reg-sandbox.h"

G_BEGIN_DECLS

gboolean
reg_sandbox_seed (RegSandboxDb *db, const RegSandboxOptions *options, gint64 now, GError **error);

/* The parts of it. Each runs in the transaction that is open. */
void reg_sandbox_seed_actor (RegSandboxDb *db, gint64 now);
void reg_sandbox_seed_demo (RegSandboxDb *db, gint64 now);
void reg_sandbox_seed_count (RegSandboxDb *db, guint n_users, gint64 now);
gboolean reg_sandbox_seed_people (RegSandboxDb *db,
                                  const char *path,
                                  guint n_courses,
                                  gint64 now,
                                  GError **error);

/* A course of make-roster's enrolment files: C001 and the title its heading has. */
void reg_sandbox_seed_numbered_course (RegSandboxDb *db, guint number);

/* A small generator of numbers that are the same everywhere. */
typedef struct
{
  guint64 state;
} RegSeedRandom;

guint reg_seed_random_below (RegSeedRandom *self, guint limit);

G_END_DECLS
