/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the last imports, kept beside the local copy, with what was said of them: so that
 * what was not imported can be put right later, wherever the file itself is by then. Blocking. */
#pragma once

#include "imports/reg-import-fix.h"
#include "imports/reg-import-recipe.h"
#include "model/reg-import-run.h"
#include "store/reg-store.h"

G_BEGIN_DECLS

/**
 * RegImportCopy:
 * @run_id: the import
 * @path: of the copy
 * @file_name: what the file was called
 * @recipe: how it was read
 * @series: (nullable): name of the recipe it was read with
 * @edits: what was corrected
 * @lines: (element-type gint64): those that were not imported, or whose change the LMS refused
 * @rejects: (element-type RegImportReject): what was not imported of them
 */
typedef struct
{
  gint64 run_id;
  char *path;
  char *file_name;
  RegImportRecipe *recipe;
  char *series;
  gint64 heading_line;
  RegImportEdits *edits;
  GArray *lines;
  GPtrArray *rejects;
} RegImportCopy;

void reg_import_copy_free (RegImportCopy *self);
/* After a run was staged. That the copy cannot be made is no reason to take the run back. */
void reg_import_copy_keep (RegStore *store,
                           const RegImportRun *run,
                           const RegImportPlan *plan,
                           const RegImportRequest *request);
/* (transfer full) (nullable): NULL with an error, or without one where the file is not kept */
RegImportCopy *reg_import_copy_open (RegStore *store, gint64 run_id, GError **error);
/* Whether it can be opened. */
gboolean reg_import_copy_is_kept (RegStore *store, gint64 run_id);
/* Rows of a plan that reads these lines once more of which the import had no need, or the person
 * did not want them: of the same person, in a line of which only other courses are in the list.
 * Returns: (transfer full): a set of reg_import_item_get_key () */
GHashTable *reg_import_list_other_rows (GPtrArray *rejects, const RegImportPlan *plan);
/* (transfer full) (nullable): name of the recipe of the run, where it had one and is kept */
char *reg_import_copy_dup_series (RegStore *store, gint64 run_id, GError **error);
/* Download List, with the columns of the file where it is kept. */
gboolean
reg_import_copy_write_rejects (RegStore *store, gint64 run_id, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportCopy, reg_import_copy_free)

G_END_DECLS
