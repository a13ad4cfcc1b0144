/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small LMS in this process: it serves the wire API of docs/openapi.yaml on 127.0.0.1. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  REG_SANDBOX_SEED_NONE,   /* the signed-in administrator alone */
  REG_SANDBOX_SEED_DEMO,   /* some 300 people and 14 courses, a bit of everything */
  REG_SANDBOX_SEED_COUNT,  /* many people */
  REG_SANDBOX_SEED_PEOPLE, /* the people of a roster file */
} RegSandboxSeed;

/**
 * RegSandboxOptions:
 * @port: where to listen; 0 for any free port
 * @db_path: (nullable): the database's file; by default it is in memory
 * @token: (nullable): the administrator's token; by default a random one, or the one in the file
 * @seed: what an empty database is filled with
 * @n_users: for %REG_SANDBOX_SEED_COUNT
 * @people: (nullable): for %REG_SANDBOX_SEED_PEOPLE: the roster file
 * @n_courses: for %REG_SANDBOX_SEED_PEOPLE
 * @now: unix seconds its clock starts with; 0 for the real time
 * @record: (nullable): the file to append each request and answer to; by default a new one in the
 *   folder that the environment variable `REGISTRAR_SANDBOX_RECORD` names, or none
 */
typedef struct
{
  guint port;
  const char *db_path;
  const char *token;
  RegSandboxSeed seed;
  guint n_users;
  const char *people;
  guint n_courses;
  gint64 now;
  const char *record;
} RegSandboxOptions;

typedef struct _RegSandbox RegSandbox;

RegSandbox *reg_sandbox_new (const RegSandboxOptions *options);
gboolean reg_sandbox_start (RegSandbox *self, GError **error);
void reg_sandbox_stop (RegSandbox *self);
void reg_sandbox_free (RegSandbox *self);
const char *reg_sandbox_get_url (RegSandbox *self);
const char *reg_sandbox_get_token (RegSandbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegSandbox, reg_sandbox_free)

G_END_DECLS
