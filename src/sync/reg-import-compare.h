/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the file of an import differs from that of the import of its kind before it: who is new, who
 * is gone, and of whom it says something else. Blocking; any thread but the window's. */
#pragma once

#include "imports/reg-import-instead.h"
#include "model/reg-import-run.h"
#include "store/reg-store-outbox.h"

G_BEGIN_DECLS

typedef enum
{
  REG_DIFFERENCE_NEW,
  REG_DIFFERENCE_GONE,
  REG_DIFFERENCE_CHANGED,
} RegDifference;

/**
 * RegComparedPerson:
 * @user_id: 0 for somebody the LMS does not have
 * @identifier: as it stands in the file
 * @instead: (nullable): what this import does instead of what its action says, because somebody
 *   chose so
 */
typedef struct
{
  RegDifference difference;
  gint64 user_id;
  char *identifier;
  const RegImportInstead *instead;
} RegComparedPerson;

/**
 * RegImportComparison:
 * @before: (nullable): what it was compared with; %NULL where there is none
 * @people: (element-type RegComparedPerson): those that differ
 */
typedef struct
{
  RegImportRun *run;
  RegImportRun *before;
  GPtrArray *people;
} RegImportComparison;

/* (transfer full) (nullable): the one before of the same recipe, or else of the same file name, or
 * else of the same action; NULL without an error where there is none */
RegImportRun *
reg_import_compare_find_before (RegStore *store, const RegImportRun *run, GError **error);
/* (transfer full): an error where one of the files is not kept any more */
RegImportComparison *
reg_import_compare (RegStore *store, gint64 run_id, GCancellable *cancellable, GError **error);
void reg_import_comparison_free (RegImportComparison *self);

/* (transfer full): the people known here of lines of an import that were not imported: of that
 * line, or, where it is 0, of all with that code. */
RegIdList *reg_import_list_reject_users (RegStore *store,
                                         gint64 run_id,
                                         gint64 line,
                                         const char *code,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RegImportComparison, reg_import_comparison_free)

G_END_DECLS
