/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that other systems exchange, known by their headings: Moodle's upload of users, Canvas's
 * SIS files, OneRoster. Each becomes one or more of the usual actions, people first; nothing of it
 * is left out in silence. */
#pragma once

#include "imports/reg-import-check.h"

G_BEGIN_DECLS

/**
 * RegInterchange:
 * @name: the word of the command line and of an import run
 * @label: for a person, to be translated
 * @looks_like: the sentence that says it was known by what it is, to be translated
 * @not_done: what such a file may say and is not done, to be translated
 */
typedef struct
{
  const char *name;
  const char *label;
  const char *looks_like;
  const char *not_done;
} RegInterchange;

/* (nullable) */
const RegInterchange *reg_interchange_find (const char *name);
/* (nullable): NULL for a file that is none of them, or cannot be read */
const RegInterchange *reg_interchange_detect (const char *path, GCancellable *cancellable);
/* (nullable): the same of a heading line that was read already; headings: NULL-terminated */
const RegInterchange *reg_interchange_match_headings (const char *const *headings);
/* The same of an archive. */
const RegInterchange *reg_interchange_match_archive (const char *path, GCancellable *cancellable);

/**
 * RegInterchangeFile:
 * @name: of the file, or of one in the archive
 * @unused: headings of columns that nothing is taken from
 * @is_read: whether anything of it is
 */
typedef struct
{
  char *name;
  char **unused;
  gboolean is_read;
} RegInterchangeFile;

/**
 * RegInterchangePlan:
 * @plans: (element-type RegImportPlan): the steps, in the order in which they are to be staged.
 *   Somebody new in one of them has an id below REG_INTERCHANGE_NEW in those after it
 * @files: (element-type RegInterchangeFile): what was looked at
 * @note: (nullable): what is unusual about the file, translated
 *
 * What starting the file will do. A finished one is never changed.
 */
typedef struct
{
  gatomicrefcount refs;
  const RegInterchange *interchange;
  GPtrArray *plans;
  GPtrArray *files;
  const char *note;
} RegInterchangePlan;

#define REG_INTERCHANGE_NEW (G_MININT64 / 2)
/* The place of that person among the new ones of all steps, from 0 on. */
#define reg_interchange_get_new(user_id) ((guint64)(user_id) - (guint64)G_MININT64)

/* request: its action and courses do not matter */
RegInterchangePlan *reg_interchange_check (const RegInterchange *interchange,
                                           const RegImportRequest *request,
                                           RegDirectory *directory,
                                           RegImportProgress progress,
                                           gpointer progress_data,
                                           GCancellable *cancellable,
                                           GError **error);
RegInterchangePlan *reg_interchange_plan_ref (RegInterchangePlan *self);
void reg_interchange_plan_unref (RegInterchangePlan *self);
/* What a step of it is called, translated. */
const char *reg_interchange_get_step_label (const RegImportPlan *step);
/* How many things will happen, in all steps. */
gsize reg_interchange_plan_count_will (const RegInterchangePlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegInterchangePlan, reg_interchange_plan_unref)

G_END_DECLS
