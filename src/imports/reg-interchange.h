/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that other systems exchange, known by their headings: Moodle's upload of users, Canvas's
 * SIS files, OneRoster. Each becomes one or more of the usual actions, people first; nothing of it
 * is left out in silence. */
#pragma once

#include "imports/reg-import-check.h"

G_BEGIN_DECLS

/**
 * RegInterchange:
 * @name: the word of the command line
 * @label: for a person, to be translated
 * @not_done: what such a file may say and is not done, to be translated
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *not_done;
} RegInterchange;

const RegInterchange *reg_interchange_find (const char *name);
const RegInterchange *reg_interchange_list (guint *n);
/* (nullable): NULL for a file that is none of them, or cannot be read */
const RegInterchange *reg_interchange_detect (const char *path, GCancellable *cancellable);

/* The steps of the file as plans, in the order in which they are to be staged. Somebody new in one
 * of them has an id below REG_INTERCHANGE_NEW in those after it. */
#define REG_INTERCHANGE_NEW (G_MININT64 / 2)
/* The place of that person among the new ones of all steps, from 0 on. */
#define reg_interchange_get_new(user_id) ((guint64)(user_id) - (guint64)G_MININT64)

/* (transfer full) (element-type RegImportPlan). request: its action and courses do not matter */
GPtrArray *reg_interchange_check (const RegInterchange *interchange,
                                  const RegImportRequest *request,
                                  RegDirectory *directory,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
