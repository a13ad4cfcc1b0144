/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass: from matched lines to the plan. */
#pragma once

#include "imports/reg-import-lines.h"

G_BEGIN_DECLS

RegImportPlan *reg_import_plan_new (void);
gboolean reg_import_plan_fill (RegImportPlan *plan,
                               RegImportLines *lines,
                               GCancellable *cancellable,
                               GError **error);
/* How the file was understood, for the person to see; once its headings and columns are known. */
void reg_import_plan_describe_file (RegImportPlan *plan, RegRowReader *reader);
/* What a row does to its pool of licenses, in a byte. */
typedef enum
{
  REG_IMPORT_COST_NEEDED = 1 << 0,
  REG_IMPORT_COST_RETURNED = 1 << 1,
  REG_IMPORT_COST_USED = 1 << 2,
  REG_IMPORT_COST_UNDECIDED = 1 << 3,
} RegImportCost;

/* Adds a line that is not imported. */
void
reg_import_plan_tell_bad (RegImportPlan *plan, RegImportLines *lines, const RegImportLine *line);
/* The same thing twice, or two things that contradict each other. */
void reg_import_lines_refuse_double (RegImportLines *lines,
                                     RegImportLine *first,
                                     RegImportLine *line,
                                     gboolean is_same);
/* Of lines about enrollments, once all are read. */
void reg_import_lines_settle (RegImportLines *lines);
/* (nullable): what the person wants of a line that is not possible for that reason. */
const char *reg_import_lines_find_instead (const RegImportLines *lines,
                                           const RegImportLine *line,
                                           RegReason reason);
/* Before a line number: somebody who comes with that line, where an id is expected. */
#define REG_IMPORT_OF_LINE "@"
/* The parameters an item's fields make. */
void
reg_import_plan_fill_params (const RegImportPlan *plan, guint32 first_field, RegParams *params);

G_END_DECLS
